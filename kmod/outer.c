// SPDX-License-Identifier: GPL-2.0
#include "outer.h"

#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip6_route.h>
#include <net/ip6_tunnel.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/udp.h>
#include <net/udp_tunnel.h>

#include "wire/ext.h"

/*
 * Over IPv4 the checksum of UDP is left out [DS-39], and devices need not know of it;
 * over IPv6 it must be there [TU-12].
 */
static int offload_udp(struct sk_buff *skb, bool checksum)
{
	/* by its kind, not by a protocol: who segments by that one wants it right in IP */
	skb_set_inner_protocol(skb, skb->protocol);
	return udp_tunnel_handle_offloads(skb, checksum);
}

static int offload_ip(struct sk_buff *skb, int kind)
{
	skb_set_inner_ipproto(skb, skb->protocol == htons(ETH_P_IPV6) ? IPPROTO_IPV6 :
									IPPROTO_IPIP);
	return iptunnel_handle_offloads(skb, kind);
}

int dsmip_outer_offload(struct sk_buff *skb, u8 outer)
{
	switch (outer) {
	case DSMIP_OUTER_IP4:
		return offload_ip(skb, SKB_GSO_IPXIP4);
	case DSMIP_OUTER_UDP4:
		return offload_udp(skb, false);
	case DSMIP_OUTER_UDP6:
		return offload_udp(skb, true);
	}
	return offload_ip(skb, SKB_GSO_IPXIP6);
}

static void push_udp(struct sk_buff *skb, const struct dsmip_way *way)
{
	struct udphdr *uh = skb_push(skb, sizeof(*uh));

	skb_reset_transport_header(skb);
	uh->source = way->sport;
	uh->dest = way->port;
	uh->len = htons(skb->len);
	if (way->outer == DSMIP_OUTER_UDP6)
		udp6_set_csum(false, skb, &way->local, &way->remote, skb->len);
	else
		udp_set_csum(true, skb, dsmip_in4_of(&way->local), dsmip_in4_of(&way->remote),
			     skb->len);
}

/*
 * DF unless it is too long already: a path that takes less shall say so, and 16 bits
 * of identification do not last long [TU-06].
 */
static void push_ip4(struct net *net, struct sk_buff *skb, const struct dsmip_way *way,
		     const struct dsmip_wrap *wrap, u8 proto)
{
	struct iphdr *iph = skb_push(skb, sizeof(*iph));

	skb_reset_network_header(skb);
	iph->version = 4;
	iph->ihl = sizeof(*iph) / 4;
	iph->tos = wrap->dsfield;
	iph->tot_len = htons(skb->len);
	iph->id = 0;
	iph->frag_off = wrap->fragment ? 0 : htons(IP_DF);
	iph->ttl = wrap->hop_limit;
	iph->protocol = proto;
	iph->saddr = dsmip_in4_of(&way->local);
	iph->daddr = dsmip_in4_of(&way->remote);
	if (wrap->fragment)
		__ip_select_ident(net, iph, skb_shinfo(skb)->gso_segs ?: 1);
}

static void push_ip6(struct sk_buff *skb, const struct dsmip_way *way,
		     const struct dsmip_wrap *wrap, u8 proto, __be32 label)
{
	struct ipv6hdr *ip6 = skb_push(skb, sizeof(*ip6));

	skb_reset_network_header(skb);
	ip6_flow_hdr(ip6, wrap->dsfield, label);
	ip6->hop_limit = wrap->hop_limit;
	ip6->nexthdr = proto;
	ip6->saddr = way->local;
	ip6->daddr = way->remote;
}

/* From the inner flow, so that routers on the way can tell them apart. */
static __be32 make_label(struct net *net, struct sk_buff *skb, const struct dsmip_way *way)
{
	struct flowi6 fl6 = { .saddr = way->local, .daddr = way->remote };

	skb_get_hash(skb);
	return ip6_make_flowlabel(net, skb, 0, true, &fl6);
}

void dsmip_outer_push(struct net *net, struct sk_buff *skb, const struct dsmip_way *way,
		      const struct dsmip_wrap *wrap)
{
	u8 proto = wrap->proto;
	__be32 label;

	if (dsmip_outer_is_ip4(way->outer)) {
		if (way->outer == DSMIP_OUTER_UDP4) {
			push_udp(skb, way);
			proto = IPPROTO_UDP;
		} else {
			skb_set_transport_header(skb, 0);
		}
		push_ip4(net, skb, way, wrap, proto);
		return;
	}
	label = make_label(net, skb, way);
	if (way->outer == DSMIP_OUTER_UDP6) {
		push_udp(skb, way);
		proto = IPPROTO_UDP;
	} else if (wrap->limit != 255) {
		dsmip_encap_limit_build(skb_push(skb, DSMIP_ENCAP_LIMIT_LEN), proto, wrap->limit);
		skb_reset_transport_header(skb);
		proto = NEXTHDR_DEST;
	} else {
		skb_reset_transport_header(skb);
	}
	push_ip6(skb, way, wrap, proto, label);
}

static void send_ip4(struct net *net, struct sk_buff *skb, struct net_device *stats)
{
	int len = skb->len - skb_inner_network_offset(skb);
	int err;

	skb->protocol = htons(ETH_P_IP);
	memset(IPCB(skb), 0, sizeof(*IPCB(skb)));
	err = ip_local_out(net, NULL, skb);
	if (stats)
		iptunnel_xmit_stats(stats, likely(!net_xmit_eval(err)) ? len : -1);
}

void dsmip_outer_send(struct net *net, struct sk_buff *skb, u8 outer, struct net_device *stats)
{
	/* fragments are made even where the inner packet forbids them to itself */
	skb->ignore_df = 1;
	if (dsmip_outer_is_ip4(outer)) {
		send_ip4(net, skb, stats);
	} else {
		skb->protocol = htons(ETH_P_IPV6);
		ip6tunnel_xmit(NULL, skb, stats);
	}
}
