/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A route into our device for packets whose destination is a home address on
 * a home link, where the routing table says: on the link. One route serves all.
 */
#ifndef DSMIP_DETOUR_H
#define DSMIP_DETOUR_H

#include "dev.h"

struct rt6_info;

/**
 * struct dsmip_detour - the route
 * @route: made when first needed; RCU
 * @forward: what an ordinary route does with a packet that came in, NULL until
 *	one was seen; set once
 */
struct dsmip_detour {
	struct rt6_info __rcu *route;
	int (*forward)(struct sk_buff *skb);
};

/**
 * dsmip_detour_in_rcu() - send a packet that came in through the device
 * @detour: the route
 * @d: device
 * @skb: IPv6 packet, not yet routed
 *
 * RCU held until the stack has routed the packet. It goes the way of every
 * forwarded packet: hop limit, policies, firewall. Without memory or without
 * forwarding nothing happens.
 */
void dsmip_detour_in_rcu(struct dsmip_detour *detour, struct dsmip_dev *d,
			 struct sk_buff *skb);

/* RCU held. The same for a packet of this host, routed already. */
void dsmip_detour_out_rcu(struct dsmip_detour *detour, struct dsmip_dev *d,
			  struct sk_buff *skb);

/* Nobody uses it any more, a grace period has passed. Lets the device go. */
void dsmip_detour_teardown(struct dsmip_detour *detour);

#endif
