/* SPDX-License-Identifier: GPL-2.0 */
/* 6.3 gave the callback for errors more to read. */
#ifndef DSMIP_COMPAT_NET_UDP_TUNNEL_H
#define DSMIP_COMPAT_NET_UDP_TUNNEL_H

#include_next <net/udp_tunnel.h>

/* The head of such a callback; it may use sk and skb, data at the quoted IP header. */
#ifdef DSMIP_SHORT_UDP_ERROR
#define DSMIP_UDP_ERROR(name) \
	void name(struct sock *sk, struct sk_buff *skb, unsigned int udp_offset)
#else
#define DSMIP_UDP_ERROR(name) \
	void name(struct sock *sk, struct sk_buff *skb, int err, __be16 port, u32 info, \
		  u8 *payload)
#endif

#endif
