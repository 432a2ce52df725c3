/* SPDX-License-Identifier: GPL-2.0 */
/* The mobile node: registrations, driven by commands, timers, messages and movement. */
#ifndef DSMIP_MN_H
#define DSMIP_MN_H

#include <linux/ktime.h>

#include "control.h"
#include "registration.h"
#include "wire/msg.h"

/**
 * struct dsmip_registration_config - what the controller says of a registration
 * @hoa: home address
 * @plen: length of the home network prefix
 * @ha: home agent
 * @ha4: its IPv4 address, 0 for none
 * @coa: care-of address to use, :: for automatic choice, v4-mapped for IPv4
 * @hoa4_asked: an IPv4 home address is wanted
 * @hoa4: which, 0.0.0.0 for any
 * @lifetime_s: life to ask for
 * @flags: DSMIP_BU_L, DSMIP_BU_K, DSMIP_BU_R, DSMIP_BU_F
 * @reqid: reqid that the SA of acknowledgments must have, 0 for any
 * @spi: SPI that it must have, 0 for any; network byte order
 * @id: identity or NULL; copied
 */
struct dsmip_registration_config {
	struct in6_addr hoa;
	u8 plen;
	struct in6_addr ha;
	__be32 ha4;
	struct in6_addr coa;
	bool hoa4_asked;
	__be32 hoa4;
	u32 lifetime_s;
	u16 flags;
	u32 reqid;
	__be32 spi;
	const char *id;
};

/**
 * struct dsmip_mn_ops - told of changes; filled by main.c
 * @event: a registration changed (enum dsmip_event); dsmip_dev.lock held, must not sleep
 */
struct dsmip_mn_ops {
	void (*event)(struct dsmip_registration *r, int event);
};

extern struct dsmip_mn_ops dsmip_mn_ops;

/* The clock of struct dsmip_reg: milliseconds since boot, suspended ones too; never 0. */
static inline u64 dsmip_mn_now_ms(void)
{
	return ktime_to_ms(ktime_get_boottime()) ?: 1;
}

/* Process context. Return: 0, -EEXIST, -EINVAL, -EADDRNOTAVAIL, -ENOMEM, -ENODEV. */
int dsmip_mn_add(struct dsmip_dev *d, const struct dsmip_registration_config *c,
		 struct netlink_ext_ack *extack);

/**
 * struct dsmip_registration_change - what is to change
 * @has_coa: @coa is given: move there; :: gives the choice back to the accesses
 * @coa: care-of address
 * @has_hoa4: @hoa4 is given
 * @hoa4: IPv4 home address wanted
 * @lifetime_s: 0 keeps it
 * @has_force: @force is given
 * @force: set the F flag
 * @has_reqid: @reqid is given
 * @reqid: see struct dsmip_registration_config
 * @has_spi: @spi is given
 * @spi: see struct dsmip_registration_config
 */
struct dsmip_registration_change {
	bool has_coa;
	struct in6_addr coa;
	bool has_hoa4;
	__be32 hoa4;
	u32 lifetime_s;
	bool has_force;
	bool force;
	bool has_reqid;
	u32 reqid;
	bool has_spi;
	__be32 spi;
};

/* Process context. Return: 0, -ENOENT, -EINVAL, -EADDRNOTAVAIL (not an address of this host). */
int dsmip_mn_change(struct dsmip_dev *d, const struct in6_addr *hoa,
		    const struct dsmip_registration_change *c, struct netlink_ext_ack *extack);

/* Deregister in the background and forget; asked twice, forget now. Return: 0 or -ENOENT. */
int dsmip_mn_del(struct dsmip_dev *d, const struct in6_addr *hoa);
void dsmip_mn_flush(struct dsmip_dev *d);

/* A Binding Acknowledgment or Binding Error came; RCU held, BH off. */
void dsmip_mn_ba(struct dsmip_dev *d, const struct dsmip_arrival *arrival,
		 const struct dsmip_ba *ba, const struct xfrm_state *sa);
void dsmip_mn_be(struct dsmip_dev *d, const struct dsmip_arrival *arrival,
		 const struct dsmip_be *be);
/* ICMPv6 Parameter Problem code 1 about a Binding Update of @r [MR-23]. */
void dsmip_mn_unsupported(struct dsmip_registration *r);

/* Role hooks, see struct dsmip_dev_role. */
int dsmip_mn_configure(struct dsmip_dev *d, const struct dsmip_config *config,
		       struct netlink_ext_ack *extack);
int dsmip_mn_setup(struct dsmip_dev *d);
void dsmip_mn_stop(struct dsmip_dev *d);

#endif
