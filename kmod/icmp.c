// SPDX-License-Identifier: GPL-2.0
/* Errors of the outer path, told to the inner source: RFC 2473 7 and 8. */
#include "icmp.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <net/icmp.h>
#include <net/route.h>
#include <net/xfrm.h>

enum { IN4_MTU_MIN = 68 };	/* RFC 791 3.2 */

static bool may_tell6(const struct sk_buff *skb)
{
	struct in6_addr buf, *src;

	src = skb_header_pointer(skb, skb_network_offset(skb) + offsetof(struct ipv6hdr, saddr),
				 sizeof(buf), &buf);
	return src && !ipv6_addr_any(src) && !ipv6_addr_is_multicast(src);
}

static bool may_tell4(const struct sk_buff *skb)
{
	struct iphdr buf, *iph;

	iph = skb_header_pointer(skb, skb_network_offset(skb), sizeof(buf), &buf);
	return iph && !ipv4_is_zeronet(iph->saddr) && !ipv4_is_multicast(iph->saddr) &&
	       !ipv4_is_lbcast(iph->saddr);
}

static bool may_fragment4(const struct sk_buff *skb)
{
	struct iphdr buf, *iph;

	iph = skb_header_pointer(skb, skb_network_offset(skb), sizeof(buf), &buf);
	return iph && !(iph->frag_off & htons(IP_DF));
}

/* Whether there was somebody to tell. */
static bool tell(struct sk_buff *skb, u8 type6, u8 code6, u8 code4, u32 mtu)
{
	switch (skb->protocol) {
	case htons(ETH_P_IPV6):
		if (!may_tell6(skb))
			return false;
		icmpv6_ndo_send(skb, type6, code6, mtu);
		return true;
	case htons(ETH_P_IP):
		if (!may_tell4(skb))
			return false;
		icmp_ndo_send(skb, ICMP_DEST_UNREACH, code4, htonl(mtu));
		return true;
	default:
		return false;
	}
}

static bool tell_too_big(struct sk_buff *skb, u32 mtu)
{
	if (skb->protocol == htons(ETH_P_IP)) {
		if (may_fragment4(skb))
			return false;
		mtu = max_t(u32, mtu, IN4_MTU_MIN);
	} else {
		mtu = max_t(u32, mtu, IPV6_MIN_MTU);
	}
	return tell(skb, ICMPV6_PKT_TOOBIG, 0, ICMP_FRAG_NEEDED, mtu);
}

static bool tell_unreachable(struct sk_buff *skb)
{
	return tell(skb, ICMPV6_DEST_UNREACH, ICMPV6_ADDR_UNREACH, ICMP_HOST_UNREACH, 0);
}

void dsmip_icmp_too_big(struct sk_buff *skb, u32 mtu)
{
	tell_too_big(skb, mtu);
}

void dsmip_icmp_unreachable(struct sk_buff *skb)
{
	tell_unreachable(skb);
}

/* The quoted packet may have been cut, so its own header says how long it was. */
static bool was_above_min_mtu(const struct sk_buff *skb)
{
	return ntohs(ipv6_hdr(skb)->payload_len) + sizeof(struct ipv6hdr) > IPV6_MIN_MTU;
}

/* Which errors concern the inner source, RFC 2473 8.1. */
static bool relay(struct sk_buff *skb, u8 type, u8 code, u32 mtu)
{
	switch (type) {
	case ICMPV6_PKT_TOOBIG:
		if (skb->protocol == htons(ETH_P_IPV6) && !was_above_min_mtu(skb))
			return false;
		return tell_too_big(skb, mtu);
	case ICMPV6_PARAMPROB:
		if (code != ICMPV6_HDR_FIELD)
			return false;
		fallthrough;
	case ICMPV6_DEST_UNREACH:
	case ICMPV6_TIME_EXCEED:
		return tell_unreachable(skb);
	default:
		return false;
	}
}

static bool is_packet6(struct sk_buff *skb)
{
	return pskb_may_pull(skb, sizeof(struct ipv6hdr)) && ipv6_hdr(skb)->version == 6;
}

static bool is_packet4(struct sk_buff *skb)
{
	if (!pskb_may_pull(skb, sizeof(struct iphdr)))
		return false;
	return ip_hdr(skb)->version == 4 && ip_hdr(skb)->ihl >= 5 &&
	       pskb_may_pull(skb, ip_hdr(skb)->ihl * 4);
}

/*
 * ICMP takes namespace, interface and addresses from the route of the packet
 * it is about: the one that led the packet into the device.
 */
static bool give_route4(struct dsmip_dev *d, struct sk_buff *skb)
{
	struct flowi4 fl4 = {
		.flowi4_oif = d->dev->ifindex,
		.daddr = ip_hdr(skb)->daddr,
	};
	struct rtable *rt;

	rt = ip_route_output_key(d->net, &fl4);
	if (IS_ERR(rt))
		return false;
	skb_dst_set(skb, &rt->dst);
	return true;
}

/* A clone that is the quoted packet, and that nothing of the outer one clings to. */
static struct sk_buff *take_quoted(struct dsmip_dev *d, struct sk_buff *skb, bool v6)
{
	int offset = skb_network_offset(skb);
	struct sk_buff *quoted;

	if (offset < 0)
		return NULL;
	quoted = skb_clone(skb, GFP_ATOMIC);
	if (!quoted)
		return NULL;
	if (!pskb_pull(quoted, offset)) {
		kfree_skb(quoted);
		return NULL;
	}
	skb_reset_network_header(quoted);
	skb_dst_drop(quoted);
	nf_reset_ct(quoted);
	secpath_reset(quoted);
	memset(quoted->cb, 0, sizeof(quoted->cb));
	quoted->dev = d->dev;
	quoted->protocol = v6 ? htons(ETH_P_IPV6) : htons(ETH_P_IP);
	return quoted;
}

void dsmip_icmp_relay(struct dsmip_dev *d, struct sk_buff *skb, u8 type, u8 code, u32 mtu,
		      bool v6)
{
	struct sk_buff *quoted;
	bool ready;

	quoted = take_quoted(d, skb, v6);
	if (!quoted)
		return;
	ready = v6 ? is_packet6(quoted) : is_packet4(quoted) && give_route4(d, quoted);
	if (ready && relay(quoted, type, code, mtu))
		dsmip_count(d->counters, DSMIP_COUNT_ICMP_RELAYED);
	consume_skb(quoted);
}
