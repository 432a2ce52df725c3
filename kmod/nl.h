/* SPDX-License-Identifier: GPL-2.0 */
/* The door: generic netlink. */
#ifndef DSMIP_NL_H
#define DSMIP_NL_H

#include "binding.h"
#include "registration.h"

int dsmip_nl_init(void);
void dsmip_nl_exit(void);

/*
 * Notifications: take no lock, do not sleep. Of bindings, registrations and the
 * end of mobiles tells who holds dsmip_dev.lock, for it keeps them as they are
 * meanwhile.
 */
void dsmip_nl_binding_notify(struct dsmip_dev *d, struct dsmip_mobile *m, int event);
void dsmip_nl_refused_notify(struct dsmip_dev *d, const struct in6_addr *hoa,
			     const struct in6_addr *coa, u8 status, enum dsmip_drop why);
void dsmip_nl_forgotten_notify(struct dsmip_dev *d, struct dsmip_mobile *m);
void dsmip_nl_registration_notify(struct dsmip_registration *r, int event);
void dsmip_nl_device_notify(struct dsmip_dev *d, int event);

#endif
