/* SPDX-License-Identifier: GPL-2.0 */
/* The headers around an inner packet, in every format of RFC 5555 4.1. */
#ifndef DSMIP_OUTER_H
#define DSMIP_OUTER_H

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>

#include "coa.h"
#include "dev.h"
#include "wire/ext.h"

/**
 * struct dsmip_wrap - what an outer header says beside its way
 * @proto: of the inner packet, IPPROTO_IPV6 or IPPROTO_IPIP
 * @dsfield: traffic class, or type of service
 * @hop_limit: hop limit, or time to live
 * @limit: tunnel encapsulation limit, 255 for none; only IPv6 without UDP has one
 * @fragment: the outer packet is longer than its route takes, and shall be fragmented
 */
struct dsmip_wrap {
	u8 proto;
	u8 dsfield;
	u8 hop_limit;
	u8 limit;
	bool fragment;
};

/**
 * dsmip_outer_len() - octets that go in front of an inner packet
 * @outer: enum dsmip_outer
 * @limit: see struct dsmip_wrap
 */
static inline unsigned int dsmip_outer_len(u8 outer, u8 limit)
{
	switch (outer) {
	case DSMIP_OUTER_IP4:
		return sizeof(struct iphdr);
	case DSMIP_OUTER_UDP4:
		return sizeof(struct iphdr) + sizeof(struct udphdr);
	case DSMIP_OUTER_UDP6:
		return sizeof(struct ipv6hdr) + sizeof(struct udphdr);
	}
	return sizeof(struct ipv6hdr) + (limit == 255 ? 0 : DSMIP_ENCAP_LIMIT_LEN);
}

/**
 * dsmip_outer_offload() - have what is computed later know of the headers to come
 * @skb: inner packet, headroom made
 * @outer: enum dsmip_outer
 *
 * Return: 0 or -errno.
 */
int dsmip_outer_offload(struct sk_buff *skb, u8 outer);

/**
 * dsmip_outer_push() - put the headers on
 * @net: namespace
 * @skb: inner packet with headroom; its network header is the outer one afterwards
 * @way: from where to where, and how
 * @wrap: what else they say
 */
void dsmip_outer_push(struct net *net, struct sk_buff *skb, const struct dsmip_way *way,
		      const struct dsmip_wrap *wrap);

/**
 * dsmip_outer_send() - let it go by its route
 * @net: namespace
 * @skb: packet with its headers and a route; consumed
 * @outer: enum dsmip_outer
 * @stats: device whose transmissions are counted, or NULL
 */
void dsmip_outer_send(struct net *net, struct sk_buff *skb, u8 outer, struct net_device *stats);

#endif
