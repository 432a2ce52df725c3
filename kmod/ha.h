/* SPDX-License-Identifier: GPL-2.0 */
/* The home agent: Binding Updates to bindings and acknowledgments. */
#ifndef DSMIP_HA_H
#define DSMIP_HA_H

#include "binding.h"
#include "control.h"

/**
 * dsmip_ha_bu() - a Binding Update came
 * @d: home agent
 * @arrival: how; protection is filled in here
 * @bu: the message
 * @sa: SA that it came under, or NULL
 *
 * RCU held, BH off.
 */
void dsmip_ha_bu(struct dsmip_dev *d, struct dsmip_arrival *arrival, const struct dsmip_bu *bu,
		 const struct xfrm_state *sa);

/* DAD of a home address is over (enum dsmip_dad); process context or BH. */
void dsmip_ha_dad_done(struct dsmip_dev *d, const struct in6_addr *hoa, u8 result);

/* Role hooks, see struct dsmip_dev_role. */
int dsmip_ha_configure(struct dsmip_dev *d, const struct dsmip_config *config,
		       struct netlink_ext_ack *extack);
int dsmip_ha_setup(struct dsmip_dev *d);
void dsmip_ha_stop(struct dsmip_dev *d);

#endif
