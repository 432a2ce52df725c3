// SPDX-License-Identifier: GPL-2.0
/*
 * What we send bypasses routing and netfilter, as ARP does: the link is given,
 * and no route leads to a home address on it.
 */
#include "ndmsg.h"

#include <linux/icmpv6.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/ip6_checksum.h>
#include <net/ndisc.h>
#include <net/neighbour.h>

#include "wire/span.h"

enum {
	ND_HOP_LIMIT = 255,		/* RFC 4861 7.1: nobody forwarded it */
	ND_NONCE_OPT_LEN = 8,
};

u8 dsmip_ndmsg_peek(struct sk_buff *skb, struct in6_addr *target)
{
	const struct nd_msg *nd;

	if (ipv6_hdr(skb)->nexthdr != IPPROTO_ICMPV6 ||
	    !pskb_may_pull(skb, sizeof(struct ipv6hdr) + sizeof(*nd)))
		return 0;
	nd = (const struct nd_msg *)(ipv6_hdr(skb) + 1);
	if (nd->icmph.icmp6_type != NDISC_NEIGHBOUR_SOLICITATION &&
	    nd->icmph.icmp6_type != NDISC_NEIGHBOUR_ADVERTISEMENT)
		return 0;
	*target = nd->target;
	return nd->icmph.icmp6_type;
}

/* Return: whether the option is as it may be. */
static bool take_option(const struct net_device *link, struct dsmip_span opt,
			struct dsmip_ndmsg *msg)
{
	const int pad = ndisc_addr_option_pad(link->type);

	switch (opt.data[0]) {
	case ND_OPT_SOURCE_LL_ADDR:
		if (msg->type != NDISC_NEIGHBOUR_SOLICITATION)
			return true;
		if (opt.len != __ndisc_opt_addr_space(link->addr_len, pad))
			return false;
		memcpy(msg->lladdr, opt.data + 2 + pad, link->addr_len);
		msg->has_lladdr = true;
		return true;
	case ND_OPT_NONCE:
		msg->has_nonce = opt.len == ND_NONCE_OPT_LEN;
		if (msg->has_nonce)
			memcpy(msg->nonce, opt.data + 2, sizeof(msg->nonce));
		return true;
	default:
		return true;
	}
}

static bool take_options(const struct net_device *link, struct dsmip_span rest,
			 struct dsmip_ndmsg *msg)
{
	u32 len;

	while (rest.len) {
		if (rest.len < 2)
			return false;
		len = rest.data[1] * 8;
		if (!len || len > rest.len ||
		    !take_option(link, dsmip_span_take(rest, len), msg))
			return false;
		rest = dsmip_span_skip(rest, len);
	}
	return true;
}

/* The rules that look at more than one field. */
static bool is_consistent(const struct ipv6hdr *ip6, const struct nd_msg *nd,
			  const struct dsmip_ndmsg *msg)
{
	if (ipv6_addr_is_multicast(&nd->target))
		return false;
	if (msg->type == NDISC_NEIGHBOUR_ADVERTISEMENT)
		return !ipv6_addr_is_multicast(&ip6->daddr) || !nd->icmph.icmp6_solicited;
	if (!ipv6_addr_any(&ip6->saddr))
		return !ipv6_addr_is_multicast(&ip6->saddr);
	return ipv6_addr_is_solict_mult(&ip6->daddr) && !msg->has_lladdr;
}

enum dsmip_drop dsmip_ndmsg_parse(struct sk_buff *skb, struct dsmip_ndmsg *msg)
{
	const u32 hlen = sizeof(struct ipv6hdr);
	const struct ipv6hdr *ip6;
	const struct nd_msg *nd;
	struct dsmip_span opts;

	if (skb_linearize(skb) || ipv6_hdr(skb)->hop_limit != ND_HOP_LIMIT ||
	    nf_ip6_checksum(skb, NF_INET_PRE_ROUTING, hlen, IPPROTO_ICMPV6))
		return DSMIP_DROP_ND_FORM;
	ip6 = ipv6_hdr(skb);
	nd = (const struct nd_msg *)(ip6 + 1);
	memset(msg, 0, sizeof(*msg));
	msg->type = nd->icmph.icmp6_type;
	msg->src = ip6->saddr;
	msg->target = nd->target;
	opts = dsmip_span_skip(dsmip_span(nd, skb->len - hlen), sizeof(*nd));
	if (nd->icmph.icmp6_code || !take_options(skb->dev, opts, msg) ||
	    !is_consistent(ip6, nd, msg))
		return DSMIP_DROP_ND_FORM;
	return DSMIP_OK;
}

static struct sk_buff *compose(struct net_device *link, u8 type, const struct in6_addr *target)
{
	const int opts = __ndisc_opt_addr_space(MAX_ADDR_LEN, 0);
	const int room = LL_RESERVED_SPACE(link) + sizeof(struct ipv6hdr);
	struct sk_buff *skb;
	struct nd_msg *nd;

	skb = alloc_skb(room + sizeof(*nd) + opts + link->needed_tailroom, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, room);
	skb->dev = link;
	skb->protocol = htons(ETH_P_IPV6);
	skb->priority = TC_PRIO_CONTROL;
	skb_reset_transport_header(skb);
	nd = skb_put_zero(skb, sizeof(*nd));
	nd->icmph.icmp6_type = type;
	nd->target = *target;
	return skb;
}

static void address(struct sk_buff *skb, const struct in6_addr *src, const struct in6_addr *dst)
{
	struct icmp6hdr *icmp6 = icmp6_hdr(skb);
	const u32 len = skb->len;
	struct ipv6hdr *ip6;

	icmp6->icmp6_cksum = csum_ipv6_magic(src, dst, len, IPPROTO_ICMPV6,
					     csum_partial(icmp6, len, 0));
	ip6 = skb_push(skb, sizeof(*ip6));
	skb_reset_network_header(skb);
	ip6_flow_hdr(ip6, 0, 0);
	ip6->payload_len = htons(len);
	ip6->nexthdr = IPPROTO_ICMPV6;
	ip6->hop_limit = ND_HOP_LIMIT;
	ip6->saddr = *src;
	ip6->daddr = *dst;
}

static void to_group(struct sk_buff *skb, const struct in6_addr *group)
{
	struct net_device *link = skb->dev;
	char lladdr[MAX_ADDR_LEN];

	if (ndisc_mc_map(group, lladdr, link, 0) ||
	    dev_hard_header(skb, link, ETH_P_IPV6, lladdr, NULL, skb->len) < 0)
		kfree_skb(skb);
	else
		dev_queue_xmit(skb);
}

/* The solicitation tells where its sender is: RFC 4861 7.2.3. */
static void to_neighbour(struct sk_buff *skb, const struct dsmip_ndmsg *msg)
{
	struct neighbour *n = __neigh_lookup(&nd_tbl, &msg->src, skb->dev, 1);

	if (!n) {
		kfree_skb(skb);
		return;
	}
	if (msg->has_lladdr)
		neigh_update(n, msg->lladdr, NUD_STALE,
			     NEIGH_UPDATE_F_WEAK_OVERRIDE | NEIGH_UPDATE_F_OVERRIDE, 0);
	neigh_output(n, skb, false);
	neigh_release(n);
}

void dsmip_ndmsg_probe(struct net_device *link, const struct in6_addr *target,
		       const u8 nonce[DSMIP_NDMSG_NONCE_LEN])
{
	struct sk_buff *skb = compose(link, NDISC_NEIGHBOUR_SOLICITATION, target);
	struct in6_addr group;
	u8 *opt;

	if (!skb)
		return;
	opt = skb_put(skb, ND_NONCE_OPT_LEN);
	opt[0] = ND_OPT_NONCE;
	opt[1] = ND_NONCE_OPT_LEN / 8;
	memcpy(opt + 2, nonce, DSMIP_NDMSG_NONCE_LEN);
	addrconf_addr_solict_mult(target, &group);
	address(skb, &in6addr_any, &group);
	to_group(skb, &group);
}

static struct sk_buff *compose_advert(struct net_device *link, const struct dsmip_advert *advert)
{
	struct sk_buff *skb = compose(link, NDISC_NEIGHBOUR_ADVERTISEMENT, &advert->target);

	if (!skb)
		return NULL;
	icmp6_hdr(skb)->icmp6_router = advert->router;
	if (link->addr_len)
		__ndisc_fill_addr_option(skb, ND_OPT_TARGET_LL_ADDR, link->dev_addr,
					 link->addr_len, ndisc_addr_option_pad(link->type));
	return skb;
}

void dsmip_ndmsg_announce(struct net_device *link, const struct dsmip_advert *advert)
{
	struct sk_buff *skb = compose_advert(link, advert);

	if (!skb)
		return;
	icmp6_hdr(skb)->icmp6_override = 1;
	address(skb, &advert->src, &in6addr_linklocal_allnodes);
	to_group(skb, &in6addr_linklocal_allnodes);
}

/*
 * RFC 6275 10.4.1 lets the home agent answer as a proxy, and a proxy leaves
 * Override clear: RFC 4861 7.2.4. The delay that 7.2.8 advises is for links
 * where several would answer; here nobody else may.
 */
void dsmip_ndmsg_answer(struct net_device *link, const struct dsmip_advert *advert,
			const struct dsmip_ndmsg *msg)
{
	struct sk_buff *skb = compose_advert(link, advert);

	if (!skb)
		return;
	icmp6_hdr(skb)->icmp6_solicited = 1;
	address(skb, &advert->src, &msg->src);
	to_neighbour(skb, msg);
}
