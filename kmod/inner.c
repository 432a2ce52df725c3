// SPDX-License-Identifier: GPL-2.0
#include "inner.h"

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/rculist.h>
#include <net/ipv6.h>

bool dsmip_inner_read(struct sk_buff *skb, bool v6, struct dsmip_inner *in)
{
	in->v6 = v6;
	if (v6) {
		if (!pskb_may_pull(skb, sizeof(struct ipv6hdr)) ||
		    ((struct ipv6hdr *)skb->data)->version != 6)
			return false;
		in->src = ((struct ipv6hdr *)skb->data)->saddr;
		in->dst = ((struct ipv6hdr *)skb->data)->daddr;
		return true;
	}
	if (!pskb_may_pull(skb, sizeof(struct iphdr)) ||
	    ((struct iphdr *)skb->data)->version != 4)
		return false;
	in->src4 = ((struct iphdr *)skb->data)->saddr;
	in->dst4 = ((struct iphdr *)skb->data)->daddr;
	return true;
}

struct dsmip_registration *dsmip_inner_registration_rcu(struct net *net,
							const struct dsmip_inner *in)
{
	struct dsmip_registration *r;
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list) {
		if (d->role != DSMIP_ROLE_MOBILE_NODE)
			continue;
		r = in->v6 ? dsmip_registration_match_rcu(d, &in->dst) :
			     dsmip_registration_match4_rcu(d, in->dst4);
		if (r)
			return r;
	}
	return NULL;
}

bool dsmip_origin_is_ha_rcu(const struct dsmip_origin *from,
			    const struct dsmip_registration *r)
{
	if (from->port && from->port != rcu_dereference(r->d->config)->udp_port)
		return false;
	if (from->ip4)
		return r->ha4 && dsmip_in4_of(&from->addr) == r->ha4;
	return ipv6_addr_equal(&r->ha, &from->addr);
}
