// SPDX-License-Identifier: GPL-2.0
/* Packets that concern home addresses on the home link: what came in, what goes out. */
#include "ndlink.h"

#include <linux/if_arp.h>
#include <net/arp.h>
#include <net/ipv6.h>
#include <net/ndisc.h>

#include "icmp.h"
#include "nd.h"
#include "wire/ext.h"

static bool is_defended_rcu(struct dsmip_nd *nd, const struct in6_addr *addr)
{
	struct dsmip_nd_addr *a = dsmip_nd_find_rcu(nd, addr);

	return a && READ_ONCE(a->phase) == DSMIP_ND_DEFENDED;
}

/* The cheap question that most packets are let go by. */
static bool may_be_home(const struct dsmip_nd *nd, const struct in6_addr *addr)
{
	const struct dsmip_config *c = rcu_dereference(nd->d->config);

	return dsmip_in6_prefix_equal(addr, &c->home_prefix, c->home_plen);
}

static void answer(struct dsmip_nd *nd, const struct dsmip_nd_addr *a,
		   const struct dsmip_ndmsg *msg)
{
	struct dsmip_advert advert = {
		.src = rcu_dereference(nd->d->config)->addr,
		.target = msg->target,
		.router = READ_ONCE(a->router),
	};

	/*
	 * One without an address runs DAD, and must lose; or is the mobile
	 * itself, come home, that looks for us: RFC 6275 11.5.5 [DR-08].
	 */
	if (ipv6_addr_any(&msg->src))
		dsmip_ndmsg_announce(nd->link, &advert);
	else
		dsmip_ndmsg_answer(nd->link, &advert, msg);
}

/* RFC 4862 5.4.3, 5.4.4; a nonce of ours is our own probe in a loop, RFC 7527. */
static bool proves_clash(const struct dsmip_nd_addr *a, const struct dsmip_ndmsg *msg)
{
	if (msg->type == NDISC_NEIGHBOUR_ADVERTISEMENT)
		return true;
	return ipv6_addr_any(&msg->src) &&
	       !(msg->has_nonce && !memcmp(msg->nonce, a->nonce, sizeof(a->nonce)));
}

/* Return: true when the packet was consumed. */
static bool take_message(struct dsmip_nd *nd, struct sk_buff *skb)
{
	struct in6_addr target;
	struct dsmip_nd_addr *a;
	struct dsmip_ndmsg msg;

	if (!dsmip_ndmsg_peek(skb, &target))
		return false;
	a = dsmip_nd_find_rcu(nd, &target);
	if (!a)
		return false;
	if (dsmip_ndmsg_parse(skb, &msg)) {
		dsmip_drop_skb(nd->d->counters, skb, DSMIP_DROP_ND_FORM);
		return true;
	}
	if (READ_ONCE(a->phase) < DSMIP_ND_DEFENDED) {
		if (proves_clash(a, &msg))
			dsmip_nd_clash(nd, &target);
		return false;
	}
	if (msg.type != NDISC_NEIGHBOUR_SOLICITATION || !is_defended_rcu(nd, &target))
		return false;
	answer(nd, a, &msg);
	consume_skb(skb);
	return true;
}

/* Packets for the link-local address stay on the link, so nobody gets them [ND-05]. */
static bool refuse_link_local(struct dsmip_nd *nd, struct sk_buff *skb)
{
	if (skb->dev != nd->link || !is_defended_rcu(nd, &ipv6_hdr(skb)->daddr))
		return false;
	dsmip_icmp_unreachable(skb);
	dsmip_drop_skb(nd->d->counters, skb, DSMIP_DROP_TX_LINK_LOCAL);
	return true;
}

bool dsmip_nd_hook(struct dsmip_dev *d, struct sk_buff *skb)
{
	struct dsmip_nd *nd = READ_ONCE(d->nd);
	const struct in6_addr *dst;

	if (!nd)
		return false;
	if (skb->dev == nd->link && take_message(nd, skb))
		return true;
	if (skb->pkt_type != PACKET_HOST)
		return false;
	dst = &ipv6_hdr(skb)->daddr;
	if (ipv6_addr_type(dst) & IPV6_ADDR_LINKLOCAL)
		return refuse_link_local(nd, skb);
	if (may_be_home(nd, dst) && is_defended_rcu(nd, dst))
		dsmip_detour_in_rcu(&nd->detour, d, skb);
	return false;
}

/*
 * Before XFRM a packet keeps its route: it comes by again when XFRM is done.
 * What left by the device does not enter it again: so a refusal for a
 * mobile that is at home finds it on the link [DR-06].
 */
unsigned int dsmip_nd_local_out(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	const struct dst_entry *dst = skb_dst(skb);
	struct dsmip_nd *nd = priv;

	if (!dst || dst->xfrm || dst->dev == nd->d->dev || skb->dev == nd->d->dev)
		return NF_ACCEPT;
	rcu_read_lock();
	if (may_be_home(nd, &ipv6_hdr(skb)->daddr) &&
	    is_defended_rcu(nd, &ipv6_hdr(skb)->daddr))
		dsmip_detour_out_rcu(&nd->detour, nd->d, skb);
	rcu_read_unlock();
	return NF_ACCEPT;
}

static bool is_request(const struct arphdr *arp, const struct net_device *dev)
{
	return arp->ar_op == htons(ARPOP_REQUEST) && arp->ar_pro == htons(ETH_P_IP) &&
	       arp->ar_hln == dev->addr_len && arp->ar_pln == sizeof(__be32);
}

/* ARP for a bound IPv4 home address, RFC 5555 4.5 [ND-11]. */
static void answer_arp(struct dsmip_nd *nd, const struct arphdr *arp)
{
	const struct net_device *dev = nd->link;
	const u8 *sender = (const u8 *)(arp + 1);
	const struct dsmip_mobile *m;
	__be32 from, target;

	memcpy(&from, sender + dev->addr_len, sizeof(from));
	memcpy(&target, sender + 2 * dev->addr_len + sizeof(from), sizeof(target));
	m = from != target ? dsmip_mobile_find4_rcu(nd->d, target) : NULL;
	if (m && rcu_access_pointer(m->coa))
		arp_send(ARPOP_REPLY, ETH_P_ARP, from, nd->link, target, sender,
			 dev->dev_addr, sender);
}

int dsmip_nd_arp(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
		 struct net_device *orig_dev)
{
	struct dsmip_nd *nd = container_of(pt, struct dsmip_nd, arp);

	skb = skb_share_check(skb, GFP_ATOMIC);
	if (!skb)
		return NET_RX_DROP;
	if (skb->pkt_type != PACKET_OTHERHOST && skb->pkt_type != PACKET_LOOPBACK &&
	    pskb_may_pull(skb, arp_hdr_len(dev)) && is_request(arp_hdr(skb), dev))
		answer_arp(nd, arp_hdr(skb));
	consume_skb(skb);
	return NET_RX_SUCCESS;
}
