/* SPDX-License-Identifier: GPL-2.0 */
/* Out of the tunnel: what comes in IP is the kernel's to hand over, in UDP see udp.h. */
#ifndef DSMIP_RX_H
#define DSMIP_RX_H

#include "inner.h"

/**
 * dsmip_rx_udp() - data in UDP
 * @d: device whose port it came to
 * @skb: data at the inner packet, network header at the outer one; consumed
 * @v6: the inner packet is IPv6, else IPv4
 * @from: outer source
 *
 * RCU held, BH off.
 */
void dsmip_rx_udp(struct dsmip_dev *d, struct sk_buff *skb, bool v6,
		  const struct dsmip_origin *from);

int dsmip_rx_init(void);
void dsmip_rx_exit(void);

#endif
