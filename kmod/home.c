// SPDX-License-Identifier: GPL-2.0
#include "home.h"

#include <linux/icmpv6.h>
#include <linux/netfilter_ipv6.h>
#include <linux/rculist.h>
#include <net/addrconf.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/ipv6_stubs.h>
#include <net/ndisc.h>

#include "wire/ext.h"

/*
 * The home address itself says nothing: it is put on the home link by hand
 * and stays there when the mobile node leaves.
 */
static bool has_neighbour_address(struct net_device *dev, const struct dsmip_registration *r)
{
	struct inet6_dev *idev = __in6_dev_get(dev);
	struct inet6_ifaddr *ifa;

	if (!idev)
		return false;
	list_for_each_entry_rcu(ifa, &idev->addr_list, if_list)
		if (!(READ_ONCE(ifa->flags) & (IFA_F_TENTATIVE | IFA_F_DADFAILED)) &&
		    dsmip_in6_prefix_equal(&ifa->addr, &r->hoa, r->plen) &&
		    !ipv6_addr_equal(&ifa->addr, &r->hoa))
			return true;
	return false;
}

/* A prefix route that a Router Advertisement made, not wider than the home prefix. */
static bool is_advertised(const struct fib6_info *route, u8 plen)
{
	const u32 wanted = RTF_ADDRCONF | RTF_PREFIX_RT;

	return route && (route->fib6_flags & (wanted | RTF_GATEWAY)) == wanted &&
	       route->fib6_dst.plen >= plen;
}

static bool has_advertised_prefix(struct net *net, int ifindex,
				  const struct dsmip_registration *r)
{
	struct flowi6 fl6 = { .flowi6_oif = ifindex };
	struct dst_entry *dst;
	bool is;

	/* the prefix, not the address: that may have a host route */
	ipv6_addr_prefix(&fl6.daddr, &r->hoa, r->plen);
	dst = ip6_route_output_flags(net, NULL, &fl6, RT6_LOOKUP_F_IFACE);
	is = !dst->error && dst->dev->ifindex == ifindex &&
	     is_advertised(rcu_dereference(((struct rt6_info *)dst)->from), r->plen);
	dst_release(dst);
	return is;
}

bool dsmip_home_is_link_rcu(struct net *net, int ifindex, const struct dsmip_registration *r)
{
	struct net_device *dev = dev_get_by_index_rcu(net, ifindex);

	return dev && (has_neighbour_address(dev, r) || has_advertised_prefix(net, ifindex, r));
}

void dsmip_home_solicit(struct net *net, int ifindex, const struct in6_addr *hoa)
{
	struct net_device *dev;
	struct in6_addr group;
	struct sk_buff *skb;

	addrconf_addr_solict_mult(hoa, &group);
	rcu_read_lock();
	dev = dev_get_by_index_rcu(net, ifindex);
	skb = dev ? ndisc_ns_create(dev, hoa, &in6addr_any, 0) : NULL;
	if (skb)
		ndisc_send_skb(skb, &group, &in6addr_any);
	rcu_read_unlock();
}

void dsmip_home_announce(struct net *net, int ifindex, const struct in6_addr *hoa)
{
	struct net_device *dev;

	rcu_read_lock();
	dev = dev_get_by_index_rcu(net, ifindex);
	if (dev)
		ipv6_stub->ndisc_send_na(dev, &in6addr_linklocal_allnodes, hoa, false, false,
					 true, true);
	rcu_read_unlock();
}

/* The registration that is at home on this interface with this address. */
static struct dsmip_registration *find_at_home(struct dsmip_dev *d, int ifindex,
					       const struct in6_addr *hoa)
{
	struct dsmip_registration *r = dsmip_registration_find_rcu(d, hoa);

	return r && READ_ONCE(r->home_link) == ifindex ? r : NULL;
}

static void answer(const struct sk_buff *skb, const struct in6_addr *hoa)
{
	const struct in6_addr *to = &ipv6_hdr(skb)->saddr;
	bool solicited = !ipv6_addr_any(to);

	if (!solicited)
		to = &in6addr_linklocal_allnodes;
	ipv6_stub->ndisc_send_na(skb->dev, to, hoa, false, solicited, true, true);
}

/* The link-layer address that an advertisement gives first, or NULL. */
static const u8 *target_lladdr(const struct sk_buff *skb, const struct nd_msg *msg)
{
	u32 have = skb_tail_pointer(skb) - msg->opt;

	if (have < 2 + skb->dev->addr_len || !skb->dev->addr_len ||
	    msg->opt[0] != ND_OPT_TARGET_LL_ADDR || msg->opt[1] * 8 < 2 + skb->dev->addr_len)
		return NULL;
	return msg->opt + 2;
}

/* Until the acknowledgment the home agent defends the home address: so it is there. */
static void learn(const struct sk_buff *skb, const struct nd_msg *msg,
		  const struct dsmip_registration *r)
{
	const u8 *lladdr = target_lladdr(skb, msg);
	struct neighbour *n;

	if (!lladdr || msg->icmph.icmp6_solicited ||
	    READ_ONCE(r->reg.state) != DSMIP_STATE_DEREGISTERING)
		return;
	n = __neigh_lookup(&nd_tbl, &r->ha, skb->dev, 1);
	if (!n)
		return;
	if (!(READ_ONCE(n->nud_state) & NUD_VALID))
		neigh_update(n, lladdr, NUD_REACHABLE, NEIGH_UPDATE_F_OVERRIDE, 0);
	neigh_release(n);
}

/* Return: a neighbour solicitation or advertisement, linear, or NULL. */
static const struct nd_msg *pull_message(struct sk_buff *skb)
{
	const u32 hlen = sizeof(struct ipv6hdr);
	const struct nd_msg *msg;

	if (ipv6_hdr(skb)->nexthdr != IPPROTO_ICMPV6 || ipv6_hdr(skb)->hop_limit != 255 ||
	    !pskb_may_pull(skb, hlen + sizeof(*msg)))
		return NULL;
	msg = (struct nd_msg *)(skb->data + hlen);
	if (msg->icmph.icmp6_code ||
	    (msg->icmph.icmp6_type != NDISC_NEIGHBOUR_SOLICITATION &&
	     msg->icmph.icmp6_type != NDISC_NEIGHBOUR_ADVERTISEMENT))
		return NULL;
	return msg;
}

bool dsmip_home_hook(struct dsmip_dev *d, struct sk_buff *skb)
{
	const struct nd_msg *msg = pull_message(skb);
	struct dsmip_registration *r;

	if (!msg)
		return false;
	r = find_at_home(d, skb->dev->ifindex, &msg->target);
	/* an address that the interface has is the stack's affair */
	if (!r || ipv6_chk_addr(d->net, &msg->target, skb->dev, 1))
		return false;
	if (nf_ip6_checksum(skb, NF_INET_PRE_ROUTING, sizeof(struct ipv6hdr), IPPROTO_ICMPV6)) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_ND_FORM);
		return true;
	}
	if (msg->icmph.icmp6_type == NDISC_NEIGHBOUR_ADVERTISEMENT) {
		learn(skb, msg, r);
		return false;
	}
	answer(skb, &r->hoa);
	consume_skb(skb);
	return true;
}
