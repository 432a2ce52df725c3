// SPDX-License-Identifier: GPL-2.0
#include "mobile.h"

#include <linux/bitmap.h>
#include <linux/rhashtable.h>
#include <net/ipv6.h>

#include "binding.h"
#include "pool.h"
#include "wire/ext.h"

static struct kmem_cache *mobile_cache;

static const struct rhashtable_params by_hoa = {
	.head_offset = offsetof(struct dsmip_mobile, node),
	.key_offset = offsetof(struct dsmip_mobile, key),
	.key_len = sizeof(struct dsmip_mobile_key),
	.automatic_shrinking = true,
};

static const struct rhashtable_params by_hoa4 = {
	.head_offset = offsetof(struct dsmip_mobile, node4),
	.key_offset = offsetof(struct dsmip_mobile, hoa4),
	.key_len = sizeof(__be32),
	.automatic_shrinking = true,
};

int dsmip_mobile_init(void)
{
	static_assert(sizeof(struct dsmip_mobile_key) == 20);

	mobile_cache = KMEM_CACHE(dsmip_mobile, SLAB_HWCACHE_ALIGN | SLAB_ACCOUNT);
	return mobile_cache ? 0 : -ENOMEM;
}

void dsmip_mobile_exit(void)
{
	rcu_barrier();
	kmem_cache_destroy(mobile_cache);
}

int dsmip_mobile_setup(struct dsmip_dev *d)
{
	int err;

	err = rhashtable_init(&d->mobiles, &by_hoa);
	if (err)
		return err;
	err = rhashtable_init(&d->mobiles4, &by_hoa4);
	if (err)
		rhashtable_destroy(&d->mobiles);
	return err;
}

void dsmip_mobile_free(struct dsmip_dev *d)
{
	rhashtable_destroy(&d->mobiles);
	rhashtable_destroy(&d->mobiles4);
}

static void free_mobile(struct rcu_head *rcu)
{
	struct dsmip_mobile *m = container_of(rcu, struct dsmip_mobile, rcu);

	dsmip_account_free(rcu_dereference_raw(m->account));
	kfree(m->id);
	kmem_cache_free(mobile_cache, m);
}

static void make_key(struct dsmip_mobile_key *key, const struct in6_addr *hoa, u8 plen)
{
	ipv6_addr_prefix(&key->prefix, hoa, plen);
	key->plen = plen;
}

struct dsmip_mobile *dsmip_mobile_exact_rcu(struct dsmip_dev *d, const struct in6_addr *hoa,
					    u8 plen)
{
	struct dsmip_mobile_key key;

	make_key(&key, hoa, plen);
	return rhashtable_lookup(&d->mobiles, &key, by_hoa);
}

/* One look-up per prefix length in use, the longest first. */
struct dsmip_mobile *dsmip_mobile_find_rcu(struct dsmip_dev *d, const struct in6_addr *addr)
{
	unsigned long plen = DSMIP_PLENS;
	struct dsmip_mobile *m;

	while (plen) {
		unsigned long next = find_last_bit(d->plens, plen);

		if (next >= plen)
			break;
		m = dsmip_mobile_exact_rcu(d, addr, next);
		if (m)
			return m;
		plen = next;
	}
	return NULL;
}

struct dsmip_mobile *dsmip_mobile_find4_rcu(struct dsmip_dev *d, __be32 addr)
{
	return rhashtable_lookup(&d->mobiles4, &addr, by_hoa4);
}

static void count_plen(struct dsmip_dev *d, u8 plen, int by)
{
	d->mobile_count += by;
	d->plen_use[plen] += by;
	if (d->plen_use[plen])
		set_bit(plen, d->plens);
	else
		clear_bit(plen, d->plens);
}

static int check_config(const struct dsmip_mobile_config *c, struct netlink_ext_ack *extack)
{
	if (!c->plen || c->plen > 128 || !dsmip_in6_is_unicast(&c->hoa)) {
		NL_SET_ERR_MSG_MOD(extack, "hoa must be a global unicast address or prefix");
		return -EINVAL;
	}
	if (c->hoa4 && !dsmip_in4_is_unicast(c->hoa4)) {
		NL_SET_ERR_MSG_MOD(extack, "hoa4 must be a unicast address");
		return -EINVAL;
	}
	return 0;
}

/**
 * struct parts - what a configuration needs memory for
 * @id: the identity, or NULL
 * @account: counters, or NULL
 *
 * Made before the lock is taken; what a mobile gives back, or does not take, is
 * freed behind it.
 */
struct parts {
	char *id;
	struct dsmip_account *account;
};

static void free_parts(struct parts *p)
{
	kfree(p->id);
	dsmip_account_free(p->account);
}

/* Return: 0 or -ENOMEM, and then there are none. */
static int make_parts(const struct dsmip_mobile_config *c, struct parts *p)
{
	bool has_id = c->given & DSMIP_MOBILE_GIVEN_ID && c->id && *c->id;
	bool has_account = c->given & DSMIP_MOBILE_GIVEN_ACCOUNT && c->account;

	p->id = has_id ? kstrdup(c->id, GFP_KERNEL_ACCOUNT) : NULL;
	p->account = has_account ? dsmip_account_alloc() : NULL;
	if ((!has_id || p->id) && (!has_account || p->account))
		return 0;
	free_parts(p);
	return -ENOMEM;
}

/* Counters that are there go on; others begin at 0, or end. */
static void set_account(struct dsmip_dev *d, struct dsmip_mobile *m, bool on, struct parts *p)
{
	if (on && rcu_access_pointer(m->account))
		return;
	p->account = rcu_replace_pointer(m->account, p->account, lockdep_is_held(&d->lock));
}

/* What a configuration may set in a mobile, besides its key. Lock held. */
static void apply_config(struct dsmip_dev *d, struct dsmip_mobile *m,
			 const struct dsmip_mobile_config *c, struct parts *p)
{
	lockdep_assert_held(&d->lock);
	if (c->given & DSMIP_MOBILE_GIVEN_HOA4)
		m->hoa4_static = c->hoa4;
	if (c->given & DSMIP_MOBILE_GIVEN_POOL)
		m->pool = c->pool;
	if (c->given & DSMIP_MOBILE_GIVEN_ID)
		swap(m->id, p->id);
	if (c->given & DSMIP_MOBILE_GIVEN_REQID)
		m->sa.reqid = c->reqid;
	if (c->given & DSMIP_MOBILE_GIVEN_SPI)
		dsmip_sa_set_spi(&m->sa, c->spi);
	if (c->given & DSMIP_MOBILE_GIVEN_LIFETIME_MAX)
		m->lifetime_max_s = c->lifetime_max_s;
	if (c->given & DSMIP_MOBILE_GIVEN_ACCOUNT)
		set_account(d, m, c->account, p);
	if (c->given & DSMIP_MOBILE_GIVEN_KEY_MANAGEMENT)
		m->key_management = c->key_management;
}

static struct dsmip_mobile *alloc_mobile(const struct in6_addr *hoa, u8 plen, gfp_t gfp)
{
	struct dsmip_mobile *m = kmem_cache_zalloc(mobile_cache, gfp);

	if (!m)
		return NULL;
	make_key(&m->key, hoa, plen);
	INIT_LIST_HEAD(&m->binding.wheel);
	refcount_set(&m->ref, 1);
	return m;
}

/*
 * A static IPv4 home address is found in the table of bound ones only while it
 * is bound; that two mobiles claim one is noticed when the second binds it
 * [DS-24], and refused there. What can be seen here is refused here.
 */
static int check_hoa4(struct dsmip_dev *d, const struct dsmip_mobile *self, __be32 hoa4,
		      struct netlink_ext_ack *extack)
{
	struct dsmip_mobile *other;

	if (!hoa4)
		return 0;
	other = dsmip_mobile_find4_rcu(d, hoa4);
	if (!other || other == self)
		return 0;
	NL_SET_ERR_MSG_MOD(extack, "hoa4 is bound by another mobile");
	return -EADDRINUSE;
}

static int insert_locked(struct dsmip_dev *d, struct dsmip_mobile *m)
{
	int err;

	if (d->dead)
		return -ENODEV;
	if (d->mobile_count >= rcu_dereference_check(d->config, true)->max_mobiles)
		return -ENOSPC;
	err = rhashtable_lookup_insert_fast(&d->mobiles, &m->node, by_hoa);
	if (!err)
		count_plen(d, m->key.plen, 1);
	return err;
}

int dsmip_mobile_add(struct dsmip_dev *d, const struct dsmip_mobile_config *c,
		     struct netlink_ext_ack *extack)
{
	struct dsmip_mobile *m;
	struct parts parts;
	int err;

	err = check_config(c, extack);
	if (err)
		return err;
	err = make_parts(c, &parts);
	if (err)
		return err;
	m = alloc_mobile(&c->hoa, c->plen, GFP_KERNEL_ACCOUNT);
	if (!m) {
		free_parts(&parts);
		return -ENOMEM;
	}
	rcu_read_lock();
	spin_lock_bh(&d->lock);
	apply_config(d, m, c, &parts);
	err = check_hoa4(d, NULL, c->hoa4, extack);
	if (!err)
		err = insert_locked(d, m);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	if (!err)
		return 0;
	if (err == -EEXIST)
		NL_SET_ERR_MSG_MOD(extack, "this mobile exists: use set to change it");
	else if (err == -ENOSPC)
		NL_SET_ERR_MSG_MOD(extack, "the device has its max-mobiles already");
	free_mobile(&m->rcu);
	return err;
}

/* Whether what the binding holds is still permitted. Lock held. */
static bool hoa4_is_permitted(struct dsmip_dev *d, const struct dsmip_mobile *m)
{
	if (!m->hoa4)
		return true;
	return m->hoa4_pooled ? m->pool && !m->hoa4_static : m->hoa4 == m->hoa4_static;
}

static int change_locked(struct dsmip_dev *d, const struct dsmip_mobile_config *c,
			 struct parts *p, struct netlink_ext_ack *extack)
{
	struct dsmip_mobile *m = dsmip_mobile_exact_rcu(d, &c->hoa, c->plen);
	int err;

	if (!m) {
		NL_SET_ERR_MSG_MOD(extack, "no such mobile");
		return -ENOENT;
	}
	err = check_hoa4(d, m, c->hoa4, extack);
	if (err)
		return err;
	apply_config(d, m, c, p);
	if (!hoa4_is_permitted(d, m))
		dsmip_mobile_bind4_locked(d, m, 0, false);
	return 0;
}

int dsmip_mobile_change(struct dsmip_dev *d, const struct dsmip_mobile_config *c,
			struct netlink_ext_ack *extack)
{
	struct parts parts;
	int err;

	err = check_config(c, extack);
	if (err)
		return err;
	err = make_parts(c, &parts);
	if (err)
		return err;
	rcu_read_lock();
	spin_lock_bh(&d->lock);
	err = change_locked(d, c, &parts, extack);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	free_parts(&parts);
	return err;
}

/*
 * Lock and RCU held; @m is not to be used afterwards. Of one that is counted the
 * last word is always told, for nobody can ask for its counters any more.
 */
static void forget_locked(struct dsmip_dev *d, struct dsmip_mobile *m, bool told)
{
	if (m->binding.phase != DSMIP_BINDING_NONE)
		dsmip_binding_end_locked(d, m, DSMIP_EVENT_DELETED);
	if (told || rcu_access_pointer(m->account))
		dsmip_binding_ops.forgotten(d, m);
	/* one of open mode went with its binding */
	if (!m->dead)
		dsmip_mobile_remove_locked(d, m);
}

int dsmip_mobile_del(struct dsmip_dev *d, const struct in6_addr *hoa, u8 plen)
{
	struct dsmip_mobile *m;

	rcu_read_lock();
	spin_lock_bh(&d->lock);
	m = dsmip_mobile_exact_rcu(d, hoa, plen);
	if (m)
		forget_locked(d, m, true);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	return m ? 0 : -ENOENT;
}

enum {
	FLUSH_BATCH = 256,
	FLUSH_WALKS = 32,
};

/* Return: whether the walk came to its end; counts what it forgot. */
static bool flush_some(struct dsmip_dev *d, struct rhashtable_iter *iter, u32 *forgot)
{
	struct dsmip_mobile *m;
	int left = FLUSH_BATCH;

	while (left--) {
		m = rhashtable_walk_next(iter);
		if (!m)
			return true;
		if (IS_ERR(m))
			continue;
		spin_lock_bh(&d->lock);
		if (!m->dead) {
			forget_locked(d, m, false);
			(*forgot)++;
		}
		spin_unlock_bh(&d->lock);
	}
	return false;
}

static u32 flush_walk(struct dsmip_dev *d)
{
	struct rhashtable_iter iter;
	u32 forgot = 0;
	bool ended;

	rhashtable_walk_enter(&d->mobiles, &iter);
	do {
		rhashtable_walk_start(&iter);
		ended = flush_some(d, &iter, &forgot);
		rhashtable_walk_stop(&iter);
		cond_resched();
	} while (!ended);
	rhashtable_walk_exit(&iter);
	return forgot;
}

/*
 * The table shrinks behind a walk and hides entries from it: until one finds
 * nothing. On a device that lives others may add as fast: not for ever then.
 */
void dsmip_mobile_flush(struct dsmip_dev *d)
{
	int walks = FLUSH_WALKS;

	while (flush_walk(d) && (--walks || READ_ONCE(d->dead)))
		;
}

struct dsmip_mobile *dsmip_mobile_add_open_locked(struct dsmip_dev *d,
						  const struct in6_addr *hoa)
{
	struct dsmip_mobile *m = alloc_mobile(hoa, 128, GFP_ATOMIC);

	if (!m)
		return NULL;
	m->open = true;
	m->pool = true;
	if (!insert_locked(d, m))
		return m;
	kmem_cache_free(mobile_cache, m);
	return NULL;
}

void dsmip_mobile_remove_locked(struct dsmip_dev *d, struct dsmip_mobile *m)
{
	WARN_ON_ONCE(m->dead || m->binding.phase != DSMIP_BINDING_NONE);
	m->dead = true;
	rhashtable_remove_fast(&d->mobiles, &m->node, by_hoa);
	count_plen(d, m->key.plen, -1);
	if (refcount_dec_and_test(&m->ref))
		call_rcu(&m->rcu, free_mobile);
}

int dsmip_mobile_bind4_locked(struct dsmip_dev *d, struct dsmip_mobile *m, __be32 addr,
			      bool pooled)
{
	int err;

	lockdep_assert_held(&d->lock);
	if (m->hoa4 == addr)
		return 0;
	if (m->hoa4) {
		rhashtable_remove_fast(&d->mobiles4, &m->node4, by_hoa4);
		dsmip_pool_give_locked(d, m->hoa4);
		WRITE_ONCE(m->hoa4, 0);
		m->hoa4_pooled = false;
	}
	if (!addr)
		return 0;
	WRITE_ONCE(m->hoa4, addr);
	err = rhashtable_lookup_insert_fast(&d->mobiles4, &m->node4, by_hoa4);
	if (err)
		WRITE_ONCE(m->hoa4, 0);
	else
		m->hoa4_pooled = pooled;
	return err;
}
