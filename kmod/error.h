/* SPDX-License-Identifier: GPL-2.0 */
/* ICMP errors about outer packets of ours: RFC 2473 8, and the same over IPv4 [TU-08]. */
#ifndef DSMIP_ERROR_H
#define DSMIP_ERROR_H

#include "dev.h"

struct inet6_skb_parm;

/*
 * For the kernel's tunnel demultiplexers: data of @skb at the quoted outer header.
 * Return: 0 when it was ours.
 */
int dsmip_error_ip6(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type, u8 code,
		    int offset, __be32 info);
int dsmip_error_ip4(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type, u8 code,
		    int offset, __be32 info);
int dsmip_error_ip6_in_ip4(struct sk_buff *skb, u32 info);
int dsmip_error_ip4_in_ip4(struct sk_buff *skb, u32 info);

/**
 * dsmip_error_udp() - an error about UDP that left from a port of ours
 * @d: device whose port it is
 * @skb: data at the quoted outer IP header; neither consumed nor changed
 * @ip4: that is IPv4
 *
 * RCU held. The kernel has seen to the path MTU of its own socket's route, which is
 * that of ours too.
 */
void dsmip_error_udp(struct dsmip_dev *d, struct sk_buff *skb, bool ip4);

#endif
