/* SPDX-License-Identifier: GPL-2.0 */
/* The UDP ports of a device: what comes in UDP comes by them, what goes leaves from them. */
#ifndef DSMIP_UDP_H
#define DSMIP_UDP_H

#include "dev.h"

/**
 * struct dsmip_udp_listener - one socket, as it is and as it shall be
 * @family: AF_INET or AF_INET6
 * @sock: where the device keeps it
 * @port: where the device keeps its port
 * @old: what is there, NULL for none
 * @wanted: there shall be one
 * @addr: address to listen on, AF_INET's v4-mapped; :: or its like for any
 * @at: port to listen on, 0 for any
 * @new: opened for it, NULL when @old will do, or nothing is wanted
 */
struct dsmip_udp_listener {
	int family;
	struct socket **sock;
	__be16 *port;
	struct socket *old;
	bool wanted;
	struct in6_addr addr;
	__be16 at;
	struct socket *new;
};

/**
 * struct dsmip_udp_change - ports that are open already, but not in use yet
 * @l4: over IPv4
 * @l6: over IPv6
 */
struct dsmip_udp_change {
	struct dsmip_udp_listener l4;
	struct dsmip_udp_listener l6;
};

/**
 * dsmip_udp_open() - open the ports that a configuration wants
 * @d: device
 * @config: about to be used
 * @change: result, for dsmip_udp_settle() or dsmip_udp_abandon()
 * @extack: says what is wrong
 *
 * A home agent listens on its own addresses only, and where udp-port is 0 not at all.
 * A mobile node has a port of its own that the kernel picks: home agents answer to
 * where they were spoken to from [DS-03] [DS-05].
 *
 * RTNL held, may sleep. Return: 0 or -errno; on failure nothing has changed.
 */
int dsmip_udp_open(struct dsmip_dev *d, const struct dsmip_config *config,
		   struct dsmip_udp_change *change, struct netlink_ext_ack *extack);

/* RTNL held, may sleep: use what was opened, and close what was there before. */
void dsmip_udp_settle(struct dsmip_udp_change *change);

/* RTNL held, may sleep: close what was opened; all stays as it was. */
void dsmip_udp_abandon(struct dsmip_udp_change *change);

/* RTNL held, may sleep; nothing comes in any more when it returns. */
void dsmip_udp_close(struct dsmip_dev *d);

#endif
