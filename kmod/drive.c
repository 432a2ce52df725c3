// SPDX-License-Identifier: GPL-2.0
/*
 * What happens to a registration is judged by dsmip_step() and carried out
 * here.
 *
 * Locks. RTNL is held by some callers and never taken here. dsmip_dev.lock
 * covers one step as a whole: the state machine, the endpoint that data leaves
 * by, the timer and the notification, so that they never contradict one
 * another; under it only the locks of RCU, work queues and netlink sockets are
 * taken. Messages leave without it, so two Binding Updates may overtake each
 * other: the home agent answers 135 to the older, the next one mends that.
 *
 * Life. The list holds a reference on a registration, and the timer's work
 * while it is queued or runs. dsmip_drive_forget_locked() takes both back, in
 * whatever context a registration ends: an acknowledgment in softirq, the timer, a
 * command, the end of the device. Who comes late finds @dead under the lock.
 * The device outlives all of it: dsmip_mn_stop() comes when no packet can find
 * the device any more, and waits for the work that runs; commands hold a
 * reference on the device.
 */
#include "drive.h"

#include <linux/random.h>
#include <linux/rculist.h>
#include <net/ipv6.h>

#include "access.h"
#include "home.h"
#include "mn.h"

/* No memory for the endpoint: once more then. */
#define APPLY_RETRY_MS 1000

bool dsmip_drive_may_locked(const struct dsmip_registration *r)
{
	lockdep_assert_held(&r->d->lock);
	return !r->dead && !r->d->dead;
}

/* Nothing starts any more. Whoever goes on with @r has a reference or RCU. */
void dsmip_drive_forget_locked(struct dsmip_registration *r)
{
	struct dsmip_coa *coa;

	lockdep_assert_held(&r->d->lock);
	r->dead = true;
	list_del_rcu(&r->list);
	coa = rcu_replace_pointer(r->coa, NULL, lockdep_is_held(&r->d->lock));
	dsmip_coa_free(coa);
	WRITE_ONCE(r->hoa4, 0);
	WRITE_ONCE(r->home_link, 0);
	if (cancel_delayed_work(&r->timer))
		dsmip_registration_put(r);
	dsmip_registration_put(r);
}

/* Without a word to the home agent, or its last word not waited for. */
void dsmip_drive_abandon_locked(struct dsmip_registration *r)
{
	dsmip_mn_ops.event(r, DSMIP_EVENT_DELETED);
	dsmip_drive_forget_locked(r);
}

/* The work that gets queued owns a reference; one that was queued has it already. */
static void arm_locked(struct dsmip_registration *r, u64 now, u64 due)
{
	unsigned long delay = 1;

	lockdep_assert_held(&r->d->lock);
	if (!due) {
		if (cancel_delayed_work(&r->timer))
			dsmip_registration_put(r);
		return;
	}
	if (due > now)
		delay += msecs_to_jiffies(min_t(u64, due - now, INT_MAX));
	refcount_inc(&r->ref);
	if (mod_delayed_work(dsmip_access_wq, &r->timer, delay))
		dsmip_registration_put(r);
}

/* From our care-of address to the home agent. */
static void make_way(const struct dsmip_registration *r, const struct in6_addr *local, u8 outer,
		     struct dsmip_way *way)
{
	*way = (struct dsmip_way){
		.local = *local,
		.remote = r->ha,
		.ifindex = dsmip_access_ifindex(r->d, local),
		.outer = outer,
	};
	if (dsmip_outer_is_ip4(outer))
		ipv6_addr_set_v4mapped(r->ha4, &way->remote);
	if (!dsmip_outer_is_udp(outer))
		return;
	way->port = rcu_dereference_check(r->d->config, true)->udp_port;
	way->sport = dsmip_dev_port(r->d, outer);
}

/*
 * Make the data path follow the binding. Compared instead of told, so that
 * what failed for want of memory is mended by the next step.
 * Return: false when it failed.
 */
static bool apply_locked(struct dsmip_registration *r)
{
	const struct in6_addr *local = &r->reg.bound_coa;
	struct dsmip_dev *d = r->d;
	struct dsmip_coa *new = NULL;
	struct dsmip_coa *old;
	struct dsmip_way way;

	WRITE_ONCE(r->hoa4, r->reg.hoa4);
	old = rcu_dereference_protected(r->coa, lockdep_is_held(&d->lock));
	if (!ipv6_addr_any(local)) {
		make_way(r, local, r->reg.bound_outer, &way);
		/* an address that is gone stays in use until another is bound */
		if (old && !way.ifindex)
			way.ifindex = old->way.ifindex;
		if (old && dsmip_way_is(&old->way, &way))
			return true;
		new = dsmip_coa_alloc(&r->hoa, &way);
		if (!new) {
			dsmip_drop_count(d->counters, DSMIP_DROP_TX_MEMORY);
			return false;
		}
	}
	rcu_assign_pointer(r->coa, new);
	dsmip_coa_free(old);
	return true;
}

/* Put the Binding Update of a step into its letter. */
static void write_bu_locked(struct dsmip_registration *r, struct dsmip_step_out *out,
			    struct dsmip_dispatch *go)
{
	bool at_home = ipv6_addr_equal(&out->coa, &r->hoa);
	struct dsmip_letter *l = &go->letter;
	int len;

	make_way(r, &out->coa, at_home ? DSMIP_OUTER_IP6 : out->outer, &l->way);
	if (at_home)
		l->way.ifindex = r->home_link;
	if (!l->way.ifindex) {
		dsmip_drop_count(r->d->counters, DSMIP_DROP_SIG_NO_ROUTE);
		return;
	}
	if (r->id) {
		out->bu.id.subtype = 1;
		out->bu.id.id = dsmip_span(r->id, strlen(r->id));
		out->bu.has |= DSMIP_HAS(DSMIP_OPT_MN_ID);
	}
	len = dsmip_bu_build(&out->bu, go->mh, sizeof(go->mh));
	if (WARN_ON_ONCE(len < 0))
		return;
	l->src = r->hoa;
	l->dst = r->ha;
	l->form = at_home ? DSMIP_LETTER_PLAIN :
		  dsmip_outer_is_udp(out->outer) ? DSMIP_LETTER_UDP : DSMIP_LETTER_HAO;
	l->clear = r->want.open;
	l->mh = go->mh;
	l->len = len;
	go->seq = out->bu.seq;
	go->awaited = r->reg.state == DSMIP_STATE_UNPROTECTED;
}

static void count_message(struct dsmip_dev *d, u8 event, enum dsmip_drop why)
{
	if (why != DSMIP_OK)
		dsmip_drop_count(d->counters, why);
	else if (event == DSMIP_STEP_BA)
		dsmip_count(d->counters, DSMIP_COUNT_BA_RX);
	else if (event == DSMIP_STEP_BE)
		dsmip_count(d->counters, DSMIP_COUNT_BE_RX);
}

/* When data last went in UDP, in the state machine's clock; 0 for never. */
static u64 udp_ms_locked(struct dsmip_registration *r, u64 now_ms)
{
	struct dsmip_coa *coa = rcu_dereference_protected(r->coa, lockdep_is_held(&r->d->lock));
	unsigned long sent = coa ? READ_ONCE(coa->sent) : 0;
	unsigned long now = jiffies;
	u64 ago_ms;

	if (!sent)
		return 0;
	/* as it is never 0, it may be a jiffy ahead */
	ago_ms = time_after(now, sent) ? jiffies_to_msecs(now - sent) : 0;
	return now_ms > ago_ms ? now_ms - ago_ms : 1;
}

static u32 keepalive_s(struct dsmip_dev *d)
{
	u32 every_s;

	rcu_read_lock();
	every_s = rcu_dereference(d->config)->keepalive_s;
	rcu_read_unlock();
	return every_s == U32_MAX ? 0 : every_s;
}

static bool is_open(struct dsmip_dev *d)
{
	bool open;

	rcu_read_lock();
	open = rcu_dereference(d->config)->auth == DSMIP_AUTH_OPEN;
	rcu_read_unlock();
	return open;
}

/* One step, carried out; the large values are off the stack before anything is sent. */
noinline_for_stack void dsmip_drive_locked(struct dsmip_registration *r, struct dsmip_step_in *in,
					   struct dsmip_dispatch *go)
{
	struct dsmip_dev *d = r->d;
	struct dsmip_step_out out;
	u8 before = r->reg.state;
	u64 due;

	lockdep_assert_held(&d->lock);
	memset(go, 0, offsetof(struct dsmip_dispatch, mh));
	/* read under the lock: time does not go back from one step to the next */
	in->now_ms = dsmip_mn_now_ms();
	in->random = get_random_u16();
	in->udp_ms = udp_ms_locked(r, in->now_ms);
	r->want.open = is_open(d);
	r->want.keepalive_s = keepalive_s(d);
	dsmip_step(&r->reg, &r->want, in, &out);
	count_message(d, in->event, out.why);
	due = r->reg.due_ms;
	if (!apply_locked(r) && (!due || due > in->now_ms + APPLY_RETRY_MS))
		due = in->now_ms + APPLY_RETRY_MS;
	if (out.send)
		write_bu_locked(r, &out, go);
	if (in->event == DSMIP_STEP_HOME && go->letter.len)
		go->solicit = r->home_link;
	if (in->event == DSMIP_STEP_BA && before != DSMIP_STATE_AT_HOME &&
	    r->reg.state == DSMIP_STATE_AT_HOME)
		go->announce = r->home_link;
	if (out.event >= 0)
		dsmip_mn_ops.event(r, out.event);
	if (r->stopping && out.ended)
		dsmip_drive_forget_locked(r);
	else
		arm_locked(r, in->now_ms, due);
}

/* There was no SA for the Binding Update; unless another one went since. */
static void without_sa(struct dsmip_registration *r, struct dsmip_dispatch *go)
{
	struct dsmip_step_in in = { .event = DSMIP_STEP_NO_SA };
	struct dsmip_dev *d = r->d;
	u16 seq = go->seq;

	spin_lock_bh(&d->lock);
	if (dsmip_drive_may_locked(r) && r->reg.seq == seq) {
		dsmip_drive_locked(r, &in, go);
		/* who is to go and cannot even say so, goes */
		if (r->stopping && !r->dead)
			dsmip_drive_abandon_locked(r);
	}
	spin_unlock_bh(&d->lock);
}

/* Lock not held; a reference or RCU is. */
void dsmip_drive_finish(struct dsmip_registration *r, struct dsmip_dispatch *go)
{
	struct dsmip_dev *d = r->d;
	int err;

	if (go->solicit)
		dsmip_home_solicit(d->net, go->solicit, &r->hoa);
	if (go->announce)
		dsmip_home_announce(d->net, go->announce, &r->hoa);
	if (!go->letter.len)
		return;
	err = dsmip_signal_send(d, &go->letter);
	if (!err) {
		dsmip_count(d->counters, DSMIP_COUNT_BU_TX);
		if (go->awaited)
			dsmip_drive_event(r, DSMIP_STEP_SENT);
	} else if (err == -ENOKEY) {
		without_sa(r, go);
	}
}

/* Lock not held; a reference or RCU is. */
void dsmip_drive(struct dsmip_registration *r, struct dsmip_step_in *in)
{
	struct dsmip_dev *d = r->d;
	struct dsmip_dispatch go;
	bool alive;

	spin_lock_bh(&d->lock);
	alive = dsmip_drive_may_locked(r);
	if (alive)
		dsmip_drive_locked(r, in, &go);
	spin_unlock_bh(&d->lock);
	if (alive)
		dsmip_drive_finish(r, &go);
}

void dsmip_drive_event(struct dsmip_registration *r, u8 event)
{
	struct dsmip_step_in in = { .event = event };

	dsmip_drive(r, &in);
}

void dsmip_drive_timer(struct work_struct *work)
{
	struct dsmip_registration *r = container_of(to_delayed_work(work),
						    struct dsmip_registration, timer);

	dsmip_drive_event(r, DSMIP_STEP_TIMER);
	dsmip_registration_put(r);
}
