/* SPDX-License-Identifier: GPL-2.0 */
/* What a network namespace holds: its devices, and counters of what belongs to none. */
#ifndef DSMIP_NET_H
#define DSMIP_NET_H

#include <linux/siphash.h>
#include <linux/spinlock.h>
#include <net/net_namespace.h>
#include <net/netns/generic.h>

#include "drop.h"

struct dsmip_dev;

/**
 * struct dsmip_net - the module in one network namespace
 * @net: the namespace
 * @devs: devices (struct dsmip_dev.list); written under RTNL, read under RCU
 * @counters: what belongs to no device
 * @arrival_key: key of the cookies in arrival options
 * @hooks: how many devices want the netfilter hooks; under RTNL
 * @lock: registrations are added under it, so that no two devices take the same
 *	home address; outside dsmip_dev.lock
 */
struct dsmip_net {
	struct net *net;
	struct list_head devs;
	struct dsmip_counters __percpu *counters;
	siphash_key_t arrival_key;
	unsigned int hooks;
	spinlock_t lock; /* adding of registrations, see above */
};

extern unsigned int dsmip_net_id;

static inline struct dsmip_net *dsmip_net(const struct net *net)
{
	return net_generic(net, dsmip_net_id);
}

int dsmip_net_init(void);
void dsmip_net_exit(void);

#endif
