/* SPDX-License-Identifier: GPL-2.0 */
/* Errors of the outer path, told to the inner source: RFC 2473 8. */
#ifndef DSMIP_ICMP_H
#define DSMIP_ICMP_H

#include "dev.h"

/**
 * dsmip_icmp_too_big() - the packet does not fit into the tunnel
 * @skb: inner packet with its protocol set; not consumed
 * @mtu: largest inner packet
 *
 * IPv4 only with DF, and only while the packet still has its route: the device
 * must keep it (netif_keep_dst()).
 */
void dsmip_icmp_too_big(struct sk_buff *skb, u32 mtu);

/**
 * dsmip_icmp_unreachable() - the packet cannot be delivered
 * @skb: inner packet, see dsmip_icmp_too_big(); not consumed
 *
 * IPv6: type 1 code 3; IPv4: type 3 code 1. Never to a multicast source.
 */
void dsmip_icmp_unreachable(struct sk_buff *skb);

/**
 * dsmip_icmp_relay() - an error about one of our outer packets came in
 * @d: device
 * @skb: the error: data at the quoted inner packet or before it, network
 *	header at its start; not consumed, not changed
 * @type: ICMPv6 type
 * @code: ICMPv6 code
 * @mtu: inner MTU for Packet Too Big, already without the outer headers
 * @v6: the quoted inner packet is IPv6, else IPv4
 *
 * Of the parameter problems only those that point at the tunnel encapsulation
 * limit may be given, see RFC 2473 8.1; the quoted packet may be cut anywhere.
 */
void dsmip_icmp_relay(struct dsmip_dev *d, struct sk_buff *skb, u8 type, u8 code, u32 mtu,
		      bool v6);

#endif
