// SPDX-License-Identifier: GPL-2.0
/*
 * Bindings live in their mobiles. The wheel has a slot per second; a refresh
 * only writes the new end, and the slot finds out when it comes round. So a
 * million bindings cost no timers, and a refresh costs one store.
 */
#include "binding.h"

#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/timekeeping.h>
#include <net/ipv6.h>

#include "pool.h"
#include "rule/life.h"

struct dsmip_binding_ops dsmip_binding_ops;

enum {
	WHEEL_BATCH = 256,
	PENDING_S = 30,		/* DAD is over long before, whatever happens to it */
};

void dsmip_binding_snapshot_locked(const struct dsmip_mobile *m, struct dsmip_snapshot *snap)
{
	const struct dsmip_binding *b;

	memset(snap, 0, sizeof(*snap));
	if (!m)
		return;
	b = &m->binding;
	snap->exists = b->phase == DSMIP_BINDING_ALIVE;
	snap->held = b->phase == DSMIP_BINDING_HELD;
	snap->pending = b->phase == DSMIP_BINDING_PENDING;
	snap->home = b->flags & DSMIP_BU_H;
	snap->router = b->flags & DSMIP_BU_R;
	snap->seq = b->seq;
	snap->hoa4 = m->hoa4;
	if (snap->exists)
		snap->coa = rcu_dereference_check(m->coa, true)->way.remote;
}

static struct list_head *slot_of(struct dsmip_dev *d, time64_t second)
{
	return &d->wheel[second & (DSMIP_WHEEL_SLOTS - 1)];
}

static void put_on_wheel(struct dsmip_dev *d, struct dsmip_binding *b, time64_t ends)
{
	bool sooner = ends < b->ends;

	b->ends = ends;
	if (!list_empty(&b->wheel) && !sooner)
		return;
	/* a slot may not lie in the past, or it would be found a turn too late */
	ends = max(ends, d->wheel_now + 1);
	list_move_tail(&b->wheel, slot_of(d, ends));
	if (!d->dead)
		queue_delayed_work(system_power_efficient_wq, &d->wheel_work, HZ);
}

static struct dsmip_coa *coa_locked(struct dsmip_dev *d, struct dsmip_mobile *m)
{
	return rcu_dereference_protected(m->coa, lockdep_is_held(&d->lock));
}

static void keep_old_coa(struct dsmip_dev *d, struct dsmip_mobile *m, struct dsmip_coa *old)
{
	unsigned long grace = old ? rcu_dereference_check(d->config, true)->grace : 0;

	WRITE_ONCE(m->old_until, jiffies + grace);
	dsmip_coa_free(rcu_replace_pointer(m->old_coa, grace ? old : NULL,
					   lockdep_is_held(&d->lock)));
	if (!grace)
		dsmip_coa_free(old);
}

static void make_way(struct dsmip_dev *d, const struct dsmip_arrival *arrival,
		     const struct dsmip_verdict *v, struct dsmip_way *way)
{
	*way = (struct dsmip_way){
		.local = arrival->ha,
		.remote = v->coa,
		.outer = v->outer,
		.port = htons(v->port),
		.sport = v->port ? dsmip_dev_port(d, v->outer) : 0,
	};
	if (dsmip_outer_is_ip4(v->outer))
		ipv6_addr_set_v4mapped(rcu_dereference_check(d->config, true)->addr4,
				       &way->local);
}

/* The care-of address is the endpoint: one pointer, replaced as a whole. */
static int set_coa(struct dsmip_dev *d, struct dsmip_mobile *m,
		   const struct dsmip_arrival *arrival, const struct dsmip_verdict *v)
{
	struct dsmip_coa *old = coa_locked(d, m), *coa;
	struct dsmip_way way;

	make_way(d, arrival, v, &way);
	if (old && dsmip_way_is(&old->way, &way) && ipv6_addr_equal(&old->home, &arrival->hoa))
		return 0;
	coa = dsmip_coa_alloc(&arrival->hoa, &way);
	if (!coa)
		return -ENOMEM;
	if (old)
		m->binding.coa_before = old->way.remote;
	rcu_assign_pointer(m->coa, coa);
	keep_old_coa(d, m, old);
	return 1;
}

static void refuse_hoa4(struct dsmip_verdict *v, u8 status)
{
	v->hoa4_action = DSMIP_HOA4_REFUSE;
	v->hoa4.status = status;
	v->hoa4.plen = 0;
}

/* Carries out what the verdict says of the IPv4 home address, and completes it. */
static void set_hoa4(struct dsmip_dev *d, struct dsmip_mobile *m, struct dsmip_verdict *v)
{
	bool pooled = false;

	if (v->hoa4_action == DSMIP_HOA4_ALLOCATE) {
		v->hoa4.addr = m->hoa4;
		pooled = !m->hoa4;
		/* an address of an earlier pool, or a static one, may be bound already */
		while (!v->hoa4.addr || (pooled && dsmip_mobile_find4_rcu(d, v->hoa4.addr))) {
			v->hoa4.addr = dsmip_pool_take_locked(d);
			if (!v->hoa4.addr)
				break;
		}
		if (!v->hoa4.addr) {
			refuse_hoa4(v, DSMIP_HOA4_UNAVAILABLE);
			return;
		}
	} else if (v->hoa4_action != DSMIP_HOA4_BIND) {
		dsmip_mobile_bind4_locked(d, m, 0, false);
		return;
	}
	if (dsmip_mobile_bind4_locked(d, m, v->hoa4.addr, pooled)) {
		if (pooled)
			dsmip_pool_give_locked(d, v->hoa4.addr);
		refuse_hoa4(v, DSMIP_HOA4_UNAVAILABLE);
	}
}

static int establish(struct dsmip_dev *d, struct dsmip_mobile *m,
		     const struct dsmip_arrival *arrival, struct dsmip_verdict *v)
{
	struct dsmip_binding *b = &m->binding;
	bool fresh = b->phase != DSMIP_BINDING_ALIVE;
	int moved = set_coa(d, m, arrival, v);
	int event;

	if (moved < 0)
		return moved;
	set_hoa4(d, m, v);
	b->phase = DSMIP_BINDING_ALIVE;
	b->hoa = arrival->hoa;
	b->seq = v->seq;
	b->flags = v->flags;
	b->nat = v->nat_found;
	b->lifetime_s = v->lifetime_s;
	put_on_wheel(d, b, ktime_get_boottime_seconds() + v->lifetime_s);
	if (fresh) {
		d->binding_count++;
		dsmip_binding_ops.intercept(d, m, true);
	}
	event = fresh ? DSMIP_EVENT_CREATED : moved ? DSMIP_EVENT_MOVED : DSMIP_EVENT_REFRESHED;
	dsmip_count(d->counters, fresh ? DSMIP_COUNT_CREATED :
		    moved ? DSMIP_COUNT_MOVED : DSMIP_COUNT_REFRESHED);
	dsmip_binding_ops.event(d, m, event);
	return 0;
}

/* No longer intercepted, no longer reachable; what is left is the sequence number. */
static void cut(struct dsmip_dev *d, struct dsmip_mobile *m)
{
	if (m->binding.phase == DSMIP_BINDING_ALIVE) {
		d->binding_count--;
		dsmip_binding_ops.intercept(d, m, false);
	}
	dsmip_mobile_bind4_locked(d, m, 0, false);
	dsmip_coa_free(rcu_replace_pointer(m->coa, NULL, lockdep_is_held(&d->lock)));
	dsmip_coa_free(rcu_replace_pointer(m->old_coa, NULL, lockdep_is_held(&d->lock)));
}

static void hold(struct dsmip_dev *d, struct dsmip_mobile *m, const struct dsmip_verdict *v)
{
	struct dsmip_binding *b = &m->binding;

	/* whether the key exchange goes home with the mobile is as it was answered now */
	b->flags = (b->flags & ~DSMIP_BU_K) | (v->flags & DSMIP_BU_K);
	dsmip_binding_ops.event(d, m, DSMIP_EVENT_DELETED);
	dsmip_count(d->counters, DSMIP_COUNT_DELETED);
	cut(d, m);
	b->phase = DSMIP_BINDING_HELD;
	b->seq = v->seq;
	b->lifetime_s = 0;
	put_on_wheel(d, b, ktime_get_boottime_seconds() + DSMIP_DELETE_HOLD_S);
}

int dsmip_binding_commit_locked(struct dsmip_dev *d, struct dsmip_mobile *m,
				const struct dsmip_arrival *arrival, struct dsmip_verdict *v)
{
	lockdep_assert_held(&d->lock);
	switch (v->action) {
	case DSMIP_ACTION_CREATE:
	case DSMIP_ACTION_UPDATE:
		return establish(d, m, arrival, v);
	case DSMIP_ACTION_CREATE_DAD:
		m->binding.phase = DSMIP_BINDING_PENDING;
		m->binding.hoa = arrival->hoa;
		m->binding.seq = v->seq;
		m->binding.flags = v->flags;
		put_on_wheel(d, &m->binding, ktime_get_boottime_seconds() + PENDING_S);
		return 0;
	case DSMIP_ACTION_DELETE:
		hold(d, m, v);
		return 0;
	}
	return -EINVAL;
}

void dsmip_binding_end_locked(struct dsmip_dev *d, struct dsmip_mobile *m, int event)
{
	lockdep_assert_held(&d->lock);
	if (m->binding.phase == DSMIP_BINDING_ALIVE) {
		dsmip_count(d->counters, event == DSMIP_EVENT_EXPIRED ?
			    DSMIP_COUNT_EXPIRED : DSMIP_COUNT_DELETED);
		dsmip_binding_ops.event(d, m, event);
	}
	cut(d, m);
	list_del_init(&m->binding.wheel);
	memset(&m->binding, 0, offsetof(struct dsmip_binding, wheel));
	if (m->open)
		dsmip_mobile_remove_locked(d, m);
}

u32 dsmip_binding_remaining_locked(const struct dsmip_mobile *m)
{
	time64_t left = m->binding.ends - ktime_get_boottime_seconds();

	return left > 0 && m->binding.phase == DSMIP_BINDING_ALIVE ? left : 0;
}

static void meet(struct dsmip_dev *d, struct dsmip_binding *b, time64_t now)
{
	struct dsmip_mobile *m = container_of(b, struct dsmip_mobile, binding);

	if (b->ends <= now) {
		dsmip_binding_end_locked(d, m, DSMIP_EVENT_EXPIRED);
		return;
	}
	list_del_init(&b->wheel);
	put_on_wheel(d, b, b->ends);
}

/* Return: whether the slot is done. */
static bool turn_some(struct dsmip_dev *d, struct list_head *slot, time64_t now)
{
	int left = WHEEL_BATCH;
	bool done;

	spin_lock_bh(&d->lock);
	while (left-- && !list_empty(slot))
		meet(d, list_first_entry(slot, struct dsmip_binding, wheel), now);
	done = list_empty(slot);
	spin_unlock_bh(&d->lock);
	return done;
}

static void turn(struct dsmip_dev *d, time64_t second)
{
	struct list_head slot;

	spin_lock_bh(&d->lock);
	d->wheel_now = second;
	list_replace_init(slot_of(d, second), &slot);
	spin_unlock_bh(&d->lock);
	while (!turn_some(d, &slot, second))
		cond_resched();
}

static bool wheel_is_empty(struct dsmip_dev *d)
{
	int i;

	for (i = 0; i < DSMIP_WHEEL_SLOTS; i++)
		if (!list_empty(&d->wheel[i]))
			return false;
	return true;
}

static void wheel_work(struct work_struct *work)
{
	struct dsmip_dev *d = container_of(work, struct dsmip_dev, wheel_work.work);
	time64_t now = ktime_get_boottime_seconds();
	time64_t second;

	/* after a long sleep every slot is met once, and once is enough */
	second = max(d->wheel_now + 1, now - DSMIP_WHEEL_SLOTS + 1);
	for (; second <= now; second++)
		turn(d, second);
	spin_lock_bh(&d->lock);
	if (!d->dead && !wheel_is_empty(d))
		queue_delayed_work(system_power_efficient_wq, &d->wheel_work, HZ);
	spin_unlock_bh(&d->lock);
}

int dsmip_binding_wheel_setup(struct dsmip_dev *d)
{
	int i;

	d->wheel = kvmalloc_array(DSMIP_WHEEL_SLOTS, sizeof(*d->wheel), GFP_KERNEL);
	if (!d->wheel)
		return -ENOMEM;
	for (i = 0; i < DSMIP_WHEEL_SLOTS; i++)
		INIT_LIST_HEAD(&d->wheel[i]);
	d->wheel_now = ktime_get_boottime_seconds();
	INIT_DELAYED_WORK(&d->wheel_work, wheel_work);
	return 0;
}

/* The bindings are gone and the device is dead, so nothing is queued again. */
void dsmip_binding_wheel_teardown(struct dsmip_dev *d)
{
	cancel_delayed_work_sync(&d->wheel_work);
	kvfree(d->wheel);
	d->wheel = NULL;
}
