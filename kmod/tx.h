/* SPDX-License-Identifier: GPL-2.0 */
/* Into the tunnel: one packet of the inner network becomes one of the outer. */
#ifndef DSMIP_TX_H
#define DSMIP_TX_H

#include "coa.h"
#include "dev.h"

/* Role hooks, see struct dsmip_dev_role. */
void dsmip_tx_ha(struct dsmip_dev *d, struct sk_buff *skb);
void dsmip_tx_mn(struct dsmip_dev *d, struct sk_buff *skb);

#endif
