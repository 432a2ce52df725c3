/* SPDX-License-Identifier: GPL-2.0 */
/* IPv4 home addresses that a home agent gives out. */
#ifndef DSMIP_POOL_H
#define DSMIP_POOL_H

#include "dev.h"

enum dsmip_pool_limits { DSMIP_POOL_MAX = 1 << 20 };

/**
 * struct dsmip_pool - a range of addresses
 * @first: first address, host byte order
 * @size: how many
 * @used: how many are given out; under dsmip_dev.lock
 * @next: where the search starts; under dsmip_dev.lock
 * @rcu: for freeing
 * @map: a bit per address; under dsmip_dev.lock
 */
struct dsmip_pool {
	u32 first;
	u32 size;
	u32 used;
	u32 next;
	struct rcu_head rcu;
	unsigned long map[];
};

/* Process context. Return: 0, -EEXIST, -EINVAL, -ENOMEM. */
int dsmip_pool_add(struct dsmip_dev *d, __be32 first, __be32 last,
		   struct netlink_ext_ack *extack);
/* Process context. Return: 0 or -ENOENT. Addresses given out stay with their bindings. */
int dsmip_pool_del(struct dsmip_dev *d);
void dsmip_pool_teardown(struct dsmip_dev *d);

/* Lock held. Return: an address, or 0 when there is none. */
__be32 dsmip_pool_take_locked(struct dsmip_dev *d);
/* Lock held. An address that is not the pool's is ignored. */
void dsmip_pool_give_locked(struct dsmip_dev *d, __be32 addr);
/* Lock held. Whether an address is inside the pool. */
bool dsmip_pool_has_locked(struct dsmip_dev *d, __be32 addr);

#endif
