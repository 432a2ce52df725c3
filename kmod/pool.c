// SPDX-License-Identifier: GPL-2.0
#include "pool.h"

#include <linux/bitmap.h>
#include <linux/mm.h>

#include "wire/ext.h"

static struct dsmip_pool *pool_locked(struct dsmip_dev *d)
{
	return rcu_dereference_protected(d->pool, lockdep_is_held(&d->lock));
}

static struct dsmip_pool *alloc_pool(u32 first, u32 size)
{
	struct dsmip_pool *p;

	p = kvzalloc(struct_size(p, map, BITS_TO_LONGS(size)), GFP_KERNEL_ACCOUNT);
	if (!p)
		return NULL;
	p->first = first;
	p->size = size;
	return p;
}

int dsmip_pool_add(struct dsmip_dev *d, __be32 first, __be32 last,
		   struct netlink_ext_ack *extack)
{
	u32 from = ntohl(first), to = ntohl(last);
	struct dsmip_pool *p;
	int err = 0;

	if (!dsmip_in4_is_unicast(first) || !dsmip_in4_is_unicast(last) || to < from ||
	    to - from >= DSMIP_POOL_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "a range of 1 to 1048576 unicast addresses is wanted");
		return -EINVAL;
	}
	p = alloc_pool(from, to - from + 1);
	if (!p)
		return -ENOMEM;
	spin_lock_bh(&d->lock);
	if (d->dead)
		err = -ENODEV;
	else if (pool_locked(d))
		err = -EEXIST;
	else
		rcu_assign_pointer(d->pool, p);
	spin_unlock_bh(&d->lock);
	if (err == -EEXIST)
		NL_SET_ERR_MSG_MOD(extack, "the device has a pool: delete it first");
	if (err)
		kvfree(p);
	return err;
}

int dsmip_pool_del(struct dsmip_dev *d)
{
	struct dsmip_pool *p;

	spin_lock_bh(&d->lock);
	p = rcu_replace_pointer(d->pool, NULL, lockdep_is_held(&d->lock));
	spin_unlock_bh(&d->lock);
	if (!p)
		return -ENOENT;
	kvfree_rcu(p, rcu);
	return 0;
}

void dsmip_pool_teardown(struct dsmip_dev *d)
{
	dsmip_pool_del(d);
}

__be32 dsmip_pool_take_locked(struct dsmip_dev *d)
{
	struct dsmip_pool *p = pool_locked(d);
	u32 at;

	if (!p || p->used == p->size)
		return 0;
	at = find_next_zero_bit(p->map, p->size, p->next);
	if (at >= p->size)
		at = find_first_zero_bit(p->map, p->size);
	__set_bit(at, p->map);
	p->used++;
	p->next = at + 1;
	return htonl(p->first + at);
}

bool dsmip_pool_has_locked(struct dsmip_dev *d, __be32 addr)
{
	struct dsmip_pool *p = pool_locked(d);

	return p && ntohl(addr) - p->first < p->size;
}

void dsmip_pool_give_locked(struct dsmip_dev *d, __be32 addr)
{
	struct dsmip_pool *p = pool_locked(d);

	if (dsmip_pool_has_locked(d, addr) &&
	    __test_and_clear_bit(ntohl(addr) - p->first, p->map))
		p->used--;
}
