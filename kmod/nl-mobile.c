// SPDX-License-Identifier: GPL-2.0
/* The mobiles of a home agent, and the walk over them. */
#include <linux/rhashtable.h>
#include <net/ipv6.h>

#include "nl-priv.h"

/* --- all mobiles of a device --- */

/**
 * struct walk - how far a walk over the mobiles has come
 * @seed: hash_rnd of the table that the walk is in
 * @slot: bucket to continue with
 * @last: key of the last mobile visited in this bucket
 * @begun: there is a @seed
 * @within: there is a @last
 *
 * Values only, so that nothing is held while a dump waits for its reader.
 * Mobiles that are there all the time are visited at least once; some twice,
 * when the table is resized or the last one visited is deleted meanwhile.
 */
struct walk {
	u32 seed;
	u32 slot;
	struct dsmip_mobile_key last;
	bool begun;
	bool within;
};

static_assert(sizeof(struct walk) <= sizeof_field(struct dsmip_nl_cursor, place));

/**
 * struct visitor - who walks
 * @visit: told of a mobile under RCU; anything but 0 stops the walk in front of it
 * @out: for @visit
 * @repeats: counts how often mobiles are visited that were visited before
 */
struct visitor {
	dsmip_nl_visit visit;
	struct dsmip_nl_out *out;
	u32 *repeats;
};

enum { WALK_BATCH = 256, WALK_MORE = 1 };

/* The table that the walk is in, or the first one when that has gone. */
static struct bucket_table *walk_table(struct rhashtable *ht, struct walk *w, u32 *repeats)
{
	struct bucket_table *first = rht_dereference_rcu(ht->tbl, ht);
	struct bucket_table *tbl = first;

	while (w->begun && tbl) {
		if (tbl->hash_rnd == w->seed)
			return tbl;
		tbl = rht_dereference_rcu(tbl->future_tbl, ht);
	}
	if (w->begun)
		(*repeats)++;
	*w = (struct walk){ .seed = first->hash_rnd, .begun = true };
	return first;
}

static struct rhash_head *find_in_bucket(struct bucket_table *tbl, u32 slot,
					 const struct dsmip_mobile_key *key)
{
	struct dsmip_mobile *m;
	struct rhash_head *pos;

	rht_for_each_entry_rcu(m, pos, tbl, slot, node)
		if (!memcmp(&m->key, key, sizeof(*key)))
			return pos;
	return NULL;
}

/* What to visit next in the bucket: what is behind the last one, else all of it. */
static struct rhash_head *next_in_bucket(struct bucket_table *tbl, const struct walk *w,
					 u32 *repeats)
{
	struct rhash_head *last;

	if (w->within) {
		last = find_in_bucket(tbl, w->slot, &w->last);
		if (last)
			return rht_dereference_bucket_rcu(last->next, tbl, w->slot);
		(*repeats)++;
	}
	return rht_ptr_rcu(rht_bucket(tbl, w->slot));
}

static int walk_bucket(struct dsmip_dev *d, struct bucket_table *tbl, struct walk *w,
		       const struct visitor *v)
{
	struct rhash_head *pos, *next = next_in_bucket(tbl, w, v->repeats);
	struct dsmip_mobile *m;
	int err;

	rht_for_each_entry_rcu_from(m, pos, next, tbl, w->slot, node) {
		err = v->visit(v->out, d, m);
		if (err)
			return err;
		w->last = m->key;
		w->within = true;
	}
	w->slot++;
	w->within = false;
	return 0;
}

/* A bounded number of buckets. Return: 0 at the end, WALK_MORE, or what @v said. */
static int walk_some(struct dsmip_dev *d, struct walk *w, const struct visitor *v)
{
	struct bucket_table *tbl = walk_table(&d->mobiles, w, v->repeats);
	int left = WALK_BATCH;
	int err;

	while (left--) {
		if (w->slot >= tbl->size) {
			/* a resize moves mobiles there, some of them before our eyes */
			tbl = rht_dereference_rcu(tbl->future_tbl, &d->mobiles);
			if (!tbl)
				return 0;
			(*v->repeats)++;
			*w = (struct walk){ .seed = tbl->hash_rnd, .begun = true };
		}
		err = walk_bucket(d, tbl, w, v);
		if (err)
			return err;
	}
	return WALK_MORE;
}

/* Process context. Return: 0 at the end, or what @v said: a negative errno. */
static int walk_mobiles(struct dsmip_dev *d, struct walk *w, const struct visitor *v)
{
	int err;

	do {
		rcu_read_lock();
		err = walk_some(d, w, v);
		rcu_read_unlock();
		cond_resched();
	} while (err == WALK_MORE);
	return err;
}

/**
 * dsmip_nl_dump_mobiles() - the part of a dump that is one home agent
 * @o: dump
 * @d: home agent
 * @visit: writes what it wants of a mobile; RCU held; -EMSGSIZE without room
 */
int dsmip_nl_dump_mobiles(struct dsmip_nl_out *o, struct dsmip_dev *d, dsmip_nl_visit visit)
{
	struct dsmip_nl_cursor *c = dsmip_nl_cursor(o->cb);
	struct visitor v = { .visit = visit, .out = o, .repeats = &c->repeats };

	return walk_mobiles(d, (struct walk *)c->place, &v);
}

/**
 * dsmip_nl_each_mobile() - visit all mobiles, some perhaps twice
 * @d: home agent
 * @visit: gets NULL for its message; RCU held; returns 0
 */
void dsmip_nl_each_mobile(struct dsmip_dev *d, dsmip_nl_visit visit)
{
	u32 repeats = 0;
	struct visitor v = { .visit = visit, .repeats = &repeats };
	struct walk w = {};

	walk_mobiles(d, &w, &v);
}

/* --- what is shown of a mobile --- */

static int put_key(struct dsmip_nl_out *o, struct dsmip_dev *d,
		   const struct dsmip_mobile_key *key)
{
	return nla_put_u32(o->skb, DSMIP_A_MOBILE_IFINDEX, d->dev->ifindex) ||
	       dsmip_nl_put_addr6(o, DSMIP_A_MOBILE_HOA, &key->prefix) ||
	       nla_put_u8(o->skb, DSMIP_A_MOBILE_PLEN, key->plen);
}

/* Lock held. */
static int put_account(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	const struct dsmip_account *account;

	account = rcu_dereference_protected(m->account, lockdep_is_held(&d->lock));
	return nla_put_u8(o->skb, DSMIP_A_MOBILE_ACCOUNT, !!account) ||
	       dsmip_nl_put_account(o, account, DSMIP_A_MOBILE_IN_PACKETS);
}

/* Lock held. */
static int put_mobile(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	struct sk_buff *skb = o->skb;
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = put_key(o, d, &m->key) ||
	      (m->hoa4_static &&
	       nla_put_in_addr(skb, DSMIP_A_MOBILE_HOA4, m->hoa4_static)) ||
	      nla_put_u8(skb, DSMIP_A_MOBILE_POOL, m->pool) ||
	      (m->id && nla_put_string(skb, DSMIP_A_MOBILE_ID, m->id)) ||
	      nla_put_u32(skb, DSMIP_A_MOBILE_REQID, m->sa.reqid) ||
	      nla_put_u32(skb, DSMIP_A_MOBILE_SPI, ntohl(m->sa.spi)) ||
	      (m->sa.spi_before &&
	       nla_put_u32(skb, DSMIP_A_MOBILE_SPI_BEFORE, ntohl(m->sa.spi_before))) ||
	      nla_put_u32(skb, DSMIP_A_MOBILE_LIFETIME_MAX, m->lifetime_max_s) ||
	      nla_put_u8(skb, DSMIP_A_MOBILE_KEY_MANAGEMENT, m->key_management) ||
	      dsmip_nl_put_event(o, DSMIP_A_MOBILE_EVENT) ||
	      put_account(o, d, m);
	return dsmip_nl_end(o, hdr, err);
}

/* Only the device: all of its mobiles have gone. */
static int put_flushed(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(o->skb, DSMIP_A_MOBILE_IFINDEX, d->dev->ifindex) ||
	      dsmip_nl_put_event(o, DSMIP_A_MOBILE_EVENT);
	return dsmip_nl_end(o, hdr, err);
}

/* Process context. Return: 0, -ENOENT or -EMSGSIZE. */
static int find_and_put(struct dsmip_nl_out *o, struct dsmip_dev *d,
			const struct dsmip_mobile_key *key)
{
	struct dsmip_mobile *m;
	int err = -ENOENT;

	rcu_read_lock();
	spin_lock_bh(&d->lock);
	m = dsmip_mobile_exact_rcu(d, &key->prefix, key->plen);
	if (m)
		err = put_mobile(o, d, m);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	return err;
}

static void notify_kept(struct dsmip_dev *d, const struct dsmip_mobile_key *key, int event)
{
	struct dsmip_nl_out o;
	int err;

	if (!dsmip_nl_event_open(&o, d->net, DSMIP_CMD_MOBILE_NTF, event))
		return;
	err = find_and_put(&o, d, key);
	if (err == -ENOENT)	/* deleted by another already, who tells of that */
		nlmsg_free(o.skb);
	else
		dsmip_nl_event_close(&o, d->net, err);
}

void dsmip_nl_forgotten_notify(struct dsmip_dev *d, struct dsmip_mobile *m)
{
	struct dsmip_nl_out o;

	lockdep_assert_held(&d->lock);
	if (dsmip_nl_event_open(&o, d->net, DSMIP_CMD_MOBILE_NTF, DSMIP_EVENT_DELETED))
		dsmip_nl_event_close(&o, d->net, put_mobile(&o, d, m));
}

/* A flush is told once, without a home address: all mobiles of the device went. */
static void notify_flushed(struct dsmip_dev *d)
{
	struct dsmip_nl_out o;

	if (dsmip_nl_event_open(&o, d->net, DSMIP_CMD_MOBILE_NTF, DSMIP_EVENT_DELETED))
		dsmip_nl_event_close(&o, d->net, put_flushed(&o, d));
}

/* --- commands for mobiles --- */

/* The mobile that a request is about. Return: 0 or -EINVAL. */
static int read_key(struct dsmip_mobile_key *key, struct genl_info *info)
{
	struct nlattr *plen = info->attrs[DSMIP_A_MOBILE_PLEN];
	struct in6_addr hoa;

	if (dsmip_nl_missing(info, DSMIP_A_MOBILE_HOA,
			     "say which mobile, by its home address, hoa"))
		return -EINVAL;
	hoa = nla_get_in6_addr(info->attrs[DSMIP_A_MOBILE_HOA]);
	key->plen = plen ? nla_get_u8(plen) : 128;
	ipv6_addr_prefix(&key->prefix, &hoa, key->plen);
	return 0;
}

static int no_such_mobile(struct genl_info *info)
{
	dsmip_nl_bad(info, DSMIP_A_MOBILE_HOA,
		     "no mobile has this hoa and plen; mobile-get lists them");
	return -ENOENT;
}

/* Return: the home agent that a request is about with a reference, or ERR_PTR(). */
static struct dsmip_dev *mobile_of(struct genl_info *info, struct dsmip_mobile_key *key)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);
	int err;

	if (IS_ERR(d))
		return d;
	err = read_key(key, info);
	if (!err)
		return d;
	dsmip_dev_put(d);
	return ERR_PTR(err);
}

int dsmip_nl_mobile_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_mobile_key key;
	struct dsmip_nl_out o;
	struct dsmip_dev *d;
	int err;

	d = mobile_of(info, &key);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_nl_reply_open(&o, info, DSMIP_CMD_MOBILE_GET);
	if (!err)
		err = dsmip_nl_reply_close(&o, info, find_and_put(&o, d, &key));
	if (err == -ENOENT)
		no_such_mobile(info);
	return dsmip_nl_done(info, d, err);
}

static int visit_mobile(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	int err = 0;

	spin_lock_bh(&d->lock);
	if (!m->dead)
		err = put_mobile(o, d, m);
	spin_unlock_bh(&d->lock);
	return err;
}

static int put_mobiles(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	return dsmip_nl_dump_mobiles(o, d, visit_mobile);
}

int dsmip_nl_mobile_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_MOBILE_GET, DSMIP_ROLE_HOME_AGENT, put_mobiles);
}

/* Which attributes are given, as enum dsmip_mobile_given. */
static u32 given(struct nlattr **attrs)
{
	static const struct {
		u32 bit;
		int attr;
	} values[] = {
		{ DSMIP_MOBILE_GIVEN_HOA4, DSMIP_A_MOBILE_HOA4 },
		{ DSMIP_MOBILE_GIVEN_POOL, DSMIP_A_MOBILE_POOL },
		{ DSMIP_MOBILE_GIVEN_ID, DSMIP_A_MOBILE_ID },
		{ DSMIP_MOBILE_GIVEN_REQID, DSMIP_A_MOBILE_REQID },
		{ DSMIP_MOBILE_GIVEN_SPI, DSMIP_A_MOBILE_SPI },
		{ DSMIP_MOBILE_GIVEN_LIFETIME_MAX, DSMIP_A_MOBILE_LIFETIME_MAX },
		{ DSMIP_MOBILE_GIVEN_ACCOUNT, DSMIP_A_MOBILE_ACCOUNT },
		{ DSMIP_MOBILE_GIVEN_KEY_MANAGEMENT, DSMIP_A_MOBILE_KEY_MANAGEMENT },
	};
	u32 bits = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(values); i++)
		if (attrs[values[i].attr])
			bits |= values[i].bit;
	return bits;
}

static u32 number_of(const struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

static bool is_yes(const struct nlattr *answer)
{
	return answer && nla_get_u8(answer) == DSMIP_ANSWER_YES;
}

/* Ranges were checked by the policy. */
static struct dsmip_mobile_config read_mobile(const struct dsmip_mobile_key *key,
					      struct nlattr **attrs)
{
	struct nlattr *hoa4 = attrs[DSMIP_A_MOBILE_HOA4];
	struct nlattr *id = attrs[DSMIP_A_MOBILE_ID];

	return (struct dsmip_mobile_config){
		.hoa = key->prefix,
		.plen = key->plen,
		.given = given(attrs),
		.hoa4 = hoa4 ? nla_get_in_addr(hoa4) : 0,
		.pool = is_yes(attrs[DSMIP_A_MOBILE_POOL]),
		.reqid = number_of(attrs[DSMIP_A_MOBILE_REQID]),
		.spi = htonl(number_of(attrs[DSMIP_A_MOBILE_SPI])),
		.lifetime_max_s = number_of(attrs[DSMIP_A_MOBILE_LIFETIME_MAX]),
		.account = is_yes(attrs[DSMIP_A_MOBILE_ACCOUNT]),
		.key_management = is_yes(attrs[DSMIP_A_MOBILE_KEY_MANAGEMENT]),
		.id = id ? nla_data(id) : NULL,
	};
}

int dsmip_nl_mobile_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_mobile_config c;
	struct dsmip_mobile_key key;
	struct dsmip_dev *d;
	int err;

	d = mobile_of(info, &key);
	if (IS_ERR(d))
		return PTR_ERR(d);
	c = read_mobile(&key, info->attrs);
	err = dsmip_mobile_add(d, &c, info->extack);
	if (!err)
		notify_kept(d, &key, DSMIP_EVENT_CREATED);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_mobile_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_mobile_config c;
	struct dsmip_mobile_key key;
	struct dsmip_dev *d;
	int err;

	d = mobile_of(info, &key);
	if (IS_ERR(d))
		return PTR_ERR(d);
	c = read_mobile(&key, info->attrs);
	err = dsmip_mobile_change(d, &c, info->extack);
	if (!err)
		notify_kept(d, &key, DSMIP_EVENT_CHANGED);
	else if (err == -ENOENT)
		no_such_mobile(info);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_mobile_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_mobile_key key;
	struct dsmip_dev *d;
	int err;

	d = mobile_of(info, &key);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_mobile_del(d, &key.prefix, key.plen);
	if (err == -ENOENT)
		no_such_mobile(info);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_mobile_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);

	if (IS_ERR(d))
		return PTR_ERR(d);
	dsmip_mobile_flush(d);
	notify_flushed(d);
	return dsmip_nl_done(info, d, 0);
}
