// SPDX-License-Identifier: GPL-2.0
#include "detour.h"

#include <linux/ipv6_route.h>
#include <net/addrconf.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>

/*
 * The gateway makes all destinations share one neighbour, which would else
 * fill the neighbour table; being unspecified, it is never the target of a
 * redirect.
 */
static struct rt6_info *make_route(struct dsmip_detour *detour, struct dsmip_dev *d)
{
	int (*forward)(struct sk_buff *skb) = READ_ONCE(detour->forward);
	struct inet6_dev *idev = in6_dev_get(d->dev);
	struct rt6_info *rt;

	if (!idev)
		return NULL;
	rt = ip6_dst_alloc(d->net, d->dev, 0);
	if (!rt) {
		in6_dev_put(idev);
		return NULL;
	}
	rt->rt6i_idev = idev;
	rt->rt6i_flags = RTF_UP | RTF_GATEWAY;
	rt->dst.output = ip6_output;
	if (forward)
		rt->dst.input = forward;
	return rt;
}

static void put_route(struct rt6_info *rt)
{
	if (!rt)
		return;
	dst_dev_put(&rt->dst);
	dst_release(&rt->dst);
}

static struct rt6_info *renew(struct dsmip_detour *detour, struct dsmip_dev *d,
			      struct rt6_info *old)
{
	struct rt6_info *rt = make_route(detour, d), *seen;

	if (!rt)
		return NULL;
	seen = unrcu_pointer(cmpxchg(&detour->route, RCU_INITIALIZER(old), RCU_INITIALIZER(rt)));
	if (seen == old) {
		put_route(old);
		return rt;
	}
	put_route(rt);
	return seen;
}

/* A route that was made for this host's own packets need not know @forward. */
static struct rt6_info *find_route(struct dsmip_detour *detour, struct dsmip_dev *d,
				   int (*forward)(struct sk_buff *skb))
{
	struct rt6_info *rt = rcu_dereference(detour->route);

	/* the device's IPv6 part goes and comes with its MTU */
	if (likely(rt && rt->rt6i_idev == __in6_dev_get(d->dev) &&
		   (!forward || READ_ONCE(rt->dst.input) == forward)))
		return rt;
	return renew(detour, d, rt);
}

/*
 * The stack's way of forwarding has no name that a module may use, but every
 * route to a unicast destination elsewhere leads to it.
 */
static void learn_forward(struct dsmip_detour *detour, struct net *net, struct sk_buff *skb)
{
	struct ipv6hdr *ip6 = ipv6_hdr(skb);
	struct flowi6 fl6 = {
		.flowi6_iif = skb->dev->ifindex,
		.daddr = ip6->daddr,
		.saddr = ip6->saddr,
		.flowlabel = ip6_flowinfo(ip6),
		.flowi6_mark = skb->mark,
		.flowi6_proto = ip6->nexthdr,
	};
	struct dst_entry *dst = ip6_route_input_lookup(net, skb->dev, &fl6, skb, 0);
	struct rt6_info *rt = container_of(dst, struct rt6_info, dst);

	if (!dst->error && !dst->lwtstate &&
	    !(rt->rt6i_flags & (RTF_REJECT | RTF_LOCAL | RTF_ANYCAST)))
		WRITE_ONCE(detour->forward, dst->input);
	dst_release(dst);
}

void dsmip_detour_in_rcu(struct dsmip_detour *detour, struct dsmip_dev *d,
			 struct sk_buff *skb)
{
	int (*forward)(struct sk_buff *skb);
	struct rt6_info *rt;

	if (unlikely(!READ_ONCE(detour->forward)))
		learn_forward(detour, d->net, skb);
	forward = READ_ONCE(detour->forward);
	if (!forward)
		return;
	rt = find_route(detour, d, forward);
	if (!rt)
		return;
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, &rt->dst);
}

void dsmip_detour_out_rcu(struct dsmip_detour *detour, struct dsmip_dev *d,
			  struct sk_buff *skb)
{
	struct rt6_info *rt = find_route(detour, d, NULL);

	if (!rt || !dst_hold_safe(&rt->dst))
		return;
	skb_dst_drop(skb);
	skb_dst_set(skb, &rt->dst);
}

void dsmip_detour_teardown(struct dsmip_detour *detour)
{
	put_route(rcu_replace_pointer(detour->route, NULL, true));
}
