/* SPDX-License-Identifier: GPL-2.0 */
/* Neighbour discovery for home addresses on a real home link, RFC 6275 10.4.1. */
#ifndef DSMIP_ND_H
#define DSMIP_ND_H

#include "mobile.h"

int dsmip_nd_init(void);
void dsmip_nd_exit(void);

/**
 * dsmip_nd_start() - serve a home link from now on, and no other
 * @d: home agent, its tables set up
 * @home_link: interface index, 0 for none
 * @extack: says what is wrong
 *
 * RTNL held, may sleep. Bindings that are alive already are intercepted there.
 * Return: 0; -ENODEV, -EINVAL, -ENOMEM with nothing changed.
 */
int dsmip_nd_start(struct dsmip_dev *d, int home_link, struct netlink_ext_ack *extack);

/* RTNL held, may sleep. Trials under way fail. Happens by itself when the link goes. */
void dsmip_nd_stop(struct dsmip_dev *d);

/**
 * enum dsmip_dad - how a trial ended
 * @DSMIP_DAD_UNIQUE: nobody else has the address
 * @DSMIP_DAD_DUPLICATE: somebody has
 * @DSMIP_DAD_ABORTED: it was not brought to its end
 */
enum dsmip_dad {
	DSMIP_DAD_UNIQUE,
	DSMIP_DAD_DUPLICATE,
	DSMIP_DAD_ABORTED,
};

/**
 * struct dsmip_nd_ops - told of results; filled by main.c
 * @dad_done: see dsmip_ha_dad_done()
 */
struct dsmip_nd_ops {
	void (*dad_done)(struct dsmip_dev *d, const struct in6_addr *hoa, u8 result);
};

extern struct dsmip_nd_ops dsmip_nd_ops;

/**
 * dsmip_nd_dad_locked() - find out whether a home address is free [HR-08]
 * @d: home agent
 * @hoa: home address
 * @link_local: also the link-local address derived from it [L flag]
 *
 * Lock held, BH off. The answer comes by dsmip_nd_ops, never from here.
 * Return: 0; -ENODEV without a home link, -ENETDOWN when it is down, -EBUSY
 * when too many are under way, -EEXIST when we have the address ourselves,
 * -ENOMEM.
 */
int dsmip_nd_dad_locked(struct dsmip_dev *d, const struct in6_addr *hoa, bool link_local);

/**
 * dsmip_nd_intercept() - answer for a home address, or stop to
 * @d: home agent
 * @m: mobile
 * @on: begin [ND-01] [ND-03], or end
 *
 * Lock held, must not sleep. Without a home link it does nothing [ND-12].
 */
void dsmip_nd_intercept(struct dsmip_dev *d, struct dsmip_mobile *m, bool on);

/**
 * dsmip_nd_hook() - a packet came in on some interface, before routing
 * @d: home agent with a home link
 * @skb: IPv6 packet, header pulled; its head may move
 *
 * RCU held, BH off. Neighbour solicitations for home addresses are answered,
 * DAD collisions noticed, and packets for bound home addresses get their route
 * into the device. Return: true when the packet was consumed.
 */
bool dsmip_nd_hook(struct dsmip_dev *d, struct sk_buff *skb);

#endif
