// SPDX-License-Identifier: GPL-2.0
/*
 * The mobile node: commands, messages and movement become events of the
 * registrations that they concern; drive.c carries them out, and says how locks
 * and lives are ordered.
 */
#include "mn.h"

#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "access.h"
#include "drive.h"
#include "udp.h"
#include "wire/ext.h"

enum mn_limits {
	MN_ID_MAX = 253,
};

/* Nothing came back for so long, and something should have. */
#define MN_SILENCE (3 * HZ)

#define MN_BU_FLAGS (DSMIP_BU_L | DSMIP_BU_K | DSMIP_BU_R | DSMIP_BU_F)

struct dsmip_mn_ops dsmip_mn_ops;

/* Return: a registration with a reference, or NULL. */
static struct dsmip_registration *get(struct dsmip_dev *d, const struct in6_addr *hoa)
{
	struct dsmip_registration *r;

	rcu_read_lock();
	r = dsmip_registration_find_rcu(d, hoa);
	if (r && !dsmip_registration_get_maybe(r))
		r = NULL;
	rcu_read_unlock();
	return r;
}

/* One of IPv4 is none for who does not know the home agent's. */
static int check_coa_family(const struct in6_addr *coa, __be32 ha4,
			    struct netlink_ext_ack *extack)
{
	bool ip4 = ipv6_addr_v4mapped(coa);

	if (ip4 && !ha4) {
		NL_SET_ERR_MSG_MOD(extack, "an IPv4 coa needs the home agent's IPv4 address, ha4");
		return -EINVAL;
	}
	if (ip4 ? dsmip_in4_is_unicast(dsmip_in4_of(coa)) : dsmip_in6_is_unicast(coa))
		return 0;
	NL_SET_ERR_MSG_MOD(extack, "coa must be a unicast address and no home address");
	return -EINVAL;
}

static bool is_home_rcu(struct net *net, const struct in6_addr *coa)
{
	if (ipv6_addr_v4mapped(coa))
		return dsmip_registration_lookup4_rcu(net, dsmip_in4_of(coa));
	return dsmip_registration_lookup_rcu(net, coa);
}

static int check_coa(struct dsmip_dev *d, const struct in6_addr *coa, __be32 ha4,
		     struct netlink_ext_ack *extack)
{
	bool is_home;
	int err;

	if (ipv6_addr_any(coa))
		return 0;
	err = check_coa_family(coa, ha4, extack);
	if (err)
		return err;
	rcu_read_lock();
	is_home = is_home_rcu(d->net, coa);
	rcu_read_unlock();
	if (is_home) {
		NL_SET_ERR_MSG_MOD(extack, "coa must be a unicast address and no home address");
		return -EINVAL;
	}
	if (!dsmip_access_ifindex(d, coa)) {
		NL_SET_ERR_MSG_MOD(extack,
				   "coa is not an address of this host: add it to an access");
		return -EADDRNOTAVAIL;
	}
	return 0;
}

static int check_hoa4(__be32 hoa4, struct netlink_ext_ack *extack)
{
	if (!hoa4 || dsmip_in4_is_unicast(hoa4))
		return 0;
	NL_SET_ERR_MSG_MOD(extack, "hoa4 must be a unicast address, or 0.0.0.0 to be given one");
	return -EINVAL;
}

static int check_config(struct dsmip_dev *d, const struct dsmip_registration_config *c,
			struct netlink_ext_ack *extack)
{
	int err;

	if (!dsmip_in6_is_unicast(&c->hoa) || !c->plen || c->plen > 128) {
		NL_SET_ERR_MSG_MOD(extack, "hoa must be a global unicast address, plen 1 to 128");
		return -EINVAL;
	}
	if (!dsmip_in6_is_unicast(&c->ha) || ipv6_addr_equal(&c->ha, &c->hoa)) {
		NL_SET_ERR_MSG_MOD(extack, "ha must be a global unicast address other than hoa");
		return -EINVAL;
	}
	if (c->ha4 && !dsmip_in4_is_unicast(c->ha4)) {
		NL_SET_ERR_MSG_MOD(extack, "ha4 must be a unicast address");
		return -EINVAL;
	}
	if (!c->lifetime_s) {
		NL_SET_ERR_MSG_MOD(extack, "a lifetime of 0 would deregister: use del for that");
		return -EINVAL;
	}
	if (c->id && strlen(c->id) > MN_ID_MAX) {
		NL_SET_ERR_MSG_MOD(extack, "id is longer than 253 octets");
		return -EINVAL;
	}
	err = check_hoa4(c->hoa4, extack);
	return err ?: check_coa(d, &c->coa, c->ha4, extack);
}

/* Return: a registration in no list, with one reference, or NULL. */
static struct dsmip_registration *make(struct dsmip_dev *d,
				       const struct dsmip_registration_config *c)
{
	size_t id_len = c->id ? strlen(c->id) : 0;
	struct dsmip_registration *r;

	r = kzalloc(sizeof(*r) + id_len + 1, GFP_KERNEL);
	if (!r)
		return NULL;
	r->d = d;
	r->hoa = c->hoa;
	r->plen = c->plen;
	r->ha = c->ha;
	r->ha4 = c->ha4;
	r->want.hoa = c->hoa;
	r->want.lifetime_s = c->lifetime_s;
	r->want.flags = c->flags & MN_BU_FLAGS;
	r->want.hoa4_asked = c->hoa4_asked;
	r->want.hoa4 = c->hoa4;
	r->sa.reqid = c->reqid;
	r->sa.spi = c->spi;
	r->coa_auto = ipv6_addr_any(&c->coa);
	if (id_len)
		r->id = memcpy(r + 1, c->id, id_len);
	INIT_DELAYED_WORK(&r->timer, dsmip_drive_timer);
	refcount_set(&r->ref, 1);
	return r;
}

/*
 * One that still says goodbye makes room. The home agent may remember its last
 * sequence number, and has seen its last messages [MR-07] [MR-11].
 */
static void succeed_locked(struct dsmip_registration *r, struct dsmip_registration *old)
{
	r->reg.seq = old->reg.seq;
	r->reg.seq_oldest = old->reg.seq_oldest;
	r->reg.sent = old->reg.sent;
	memcpy(r->reg.sent_at_ms, old->reg.sent_at_ms, sizeof(r->reg.sent_at_ms));
	dsmip_drive_abandon_locked(old);
}

static bool is_full_locked(const struct dsmip_dev *d)
{
	const struct dsmip_registration *r;
	int count = 0;

	list_for_each_entry(r, &d->registrations, list)
		count++;
	return count >= DSMIP_REGISTRATIONS_MAX;
}

/* RCU held: another device of the namespace may have the home address. */
static int insert_locked(struct dsmip_registration *r, struct netlink_ext_ack *extack)
{
	struct dsmip_registration *old;
	struct dsmip_dev *d = r->d;

	lockdep_assert_held(&dsmip_net(d->net)->lock);
	lockdep_assert_held(&d->lock);
	if (d->dead)
		return -ENODEV;
	old = dsmip_registration_lookup_rcu(d->net, &r->hoa);
	if (old && old->d != d) {
		NL_SET_ERR_MSG_MOD(extack, "another device registers this home address already");
		return -EEXIST;
	}
	if (old && !old->stopping) {
		NL_SET_ERR_MSG_MOD(extack, "this registration exists: use set to change it");
		return -EEXIST;
	}
	if (!old && is_full_locked(d)) {
		NL_SET_ERR_MSG_MOD(extack, "the device has 128 registrations: use another device");
		return -ENOSPC;
	}
	if (old)
		succeed_locked(r, old);
	list_add_tail_rcu(&r->list, &d->registrations);
	return 0;
}

static void move(struct dsmip_registration *r, const struct in6_addr *coa)
{
	struct dsmip_step_in in = { .event = DSMIP_STEP_COA };
	struct dsmip_dev *d = r->d;
	struct dsmip_dispatch go;
	bool alive;

	if (ipv6_addr_v4mapped(coa))
		in.coa4 = dsmip_in4_of(coa);
	else
		in.coa = *coa;

	spin_lock_bh(&d->lock);
	alive = dsmip_drive_may_locked(r) && !r->stopping;
	if (alive) {
		r->coa_auto = false;
		WRITE_ONCE(r->home_link, 0);
		dsmip_drive_locked(r, &in, &go);
	}
	spin_unlock_bh(&d->lock);
	if (alive)
		dsmip_drive_finish(r, &go);
}

int dsmip_mn_add(struct dsmip_dev *d, const struct dsmip_registration_config *c,
		 struct netlink_ext_ack *extack)
{
	struct dsmip_registration *r;
	int err;

	err = check_config(d, c, extack);
	if (err)
		return err;
	r = make(d, c);
	if (!r)
		return -ENOMEM;
	rcu_read_lock();
	/* two devices at once must not find each other without the home address */
	spin_lock_bh(&dsmip_net(d->net)->lock);
	spin_lock(&d->lock);
	err = insert_locked(r, extack);
	if (!err)
		dsmip_mn_ops.event(r, DSMIP_EVENT_CREATED);
	spin_unlock(&d->lock);
	spin_unlock_bh(&dsmip_net(d->net)->lock);
	if (err)
		kfree(r);
	else if (!ipv6_addr_any(&c->coa))
		move(r, &c->coa);
	if (!err)
		dsmip_access_look(d);
	rcu_read_unlock();
	return err;
}

/* Return: 0, -ENOENT when it is going. */
static int set_wishes(struct dsmip_registration *r, const struct dsmip_registration_change *c)
{
	struct dsmip_dev *d = r->d;
	int err = -ENOENT;

	spin_lock_bh(&d->lock);
	if (!dsmip_drive_may_locked(r) || r->stopping)
		goto unlock;
	err = 0;
	if (c->has_coa && ipv6_addr_any(&c->coa))
		r->coa_auto = true;
	if (c->lifetime_s)
		r->want.lifetime_s = c->lifetime_s;
	if (c->has_hoa4) {
		r->want.hoa4_asked = true;
		r->want.hoa4 = c->hoa4;
		r->reg.hoa4_unsupported = false;
	}
	if (c->has_force) {
		r->want.flags = c->force ? r->want.flags | DSMIP_BU_F :
					   r->want.flags & ~DSMIP_BU_F;
		r->reg.force = false;
		r->reg.force_refused = false;
	}
	if (c->has_reqid)
		r->sa.reqid = c->reqid;
	if (c->has_spi)
		dsmip_sa_set_spi(&r->sa, c->spi);
unlock:
	spin_unlock_bh(&d->lock);
	return err;
}

static int change(struct dsmip_registration *r, const struct dsmip_registration_change *c,
		  struct netlink_ext_ack *extack)
{
	int err;

	err = c->has_hoa4 ? check_hoa4(c->hoa4, extack) : 0;
	if (!err && c->has_coa)
		err = check_coa(r->d, &c->coa, r->ha4, extack);
	if (err)
		return err;
	err = set_wishes(r, c);
	if (err)
		return err;
	if (c->has_reqid || c->has_spi)
		dsmip_drive_event(r, DSMIP_STEP_SA);
	if (c->has_coa && ipv6_addr_any(&c->coa))
		dsmip_access_look(r->d);
	else if (c->has_coa)
		move(r, &c->coa);
	if (c->lifetime_s || c->has_hoa4 || c->has_force)
		dsmip_drive_event(r, DSMIP_STEP_CHANGED);
	return 0;
}

int dsmip_mn_change(struct dsmip_dev *d, const struct in6_addr *hoa,
		    const struct dsmip_registration_change *c, struct netlink_ext_ack *extack)
{
	struct dsmip_registration *r = get(d, hoa);
	int err = -ENOENT;

	if (r) {
		err = change(r, c, extack);
		dsmip_registration_put(r);
	}
	if (err == -ENOENT)
		NL_SET_ERR_MSG_MOD(extack, "no such registration: use add to make one");
	return err;
}

/* The first time say goodbye, the second time leave. A reference or RCU is held. */
static void stop(struct dsmip_registration *r)
{
	struct dsmip_step_in in = { .event = DSMIP_STEP_STOP };
	struct dsmip_dev *d = r->d;
	struct dsmip_dispatch go;
	bool first = false;

	spin_lock_bh(&d->lock);
	if (dsmip_drive_may_locked(r)) {
		first = !r->stopping;
		r->stopping = true;
		if (first)
			dsmip_drive_locked(r, &in, &go);
		else
			dsmip_drive_abandon_locked(r);
	}
	spin_unlock_bh(&d->lock);
	if (first)
		dsmip_drive_finish(r, &go);
}

int dsmip_mn_del(struct dsmip_dev *d, const struct in6_addr *hoa)
{
	struct dsmip_registration *r = get(d, hoa);

	if (!r)
		return -ENOENT;
	stop(r);
	dsmip_registration_put(r);
	return 0;
}

void dsmip_mn_flush(struct dsmip_dev *d)
{
	struct dsmip_registration *r;

	rcu_read_lock();
	list_for_each_entry_rcu(r, &d->registrations, list)
		stop(r);
	rcu_read_unlock();
}

/* Away from home an acknowledgment comes by type 2 routing header, from the home agent. */
static bool form_is_right(const struct dsmip_registration *r, const struct dsmip_arrival *a)
{
	return ipv6_addr_equal(&a->hoa, &r->ha) && (a->hao || READ_ONCE(r->home_link));
}

static u8 protection_of(struct dsmip_registration *r, const struct xfrm_state *sa)
{
	bool ours;

	if (!sa)
		return DSMIP_PROTECTION_NONE;
	spin_lock_bh(&r->d->lock);
	ours = dsmip_control_sa_matches(sa, &r->ha, &r->hoa, &r->sa);
	spin_unlock_bh(&r->d->lock);
	return ours ? DSMIP_PROTECTION_OURS : DSMIP_PROTECTION_OTHER;
}

void dsmip_mn_ba(struct dsmip_dev *d, const struct dsmip_arrival *arrival,
		 const struct dsmip_ba *ba, const struct xfrm_state *sa)
{
	struct dsmip_step_in in = { .event = DSMIP_STEP_BA, .ba = ba, .from_ha = true };
	struct dsmip_registration *r = dsmip_registration_find_rcu(d, &arrival->ha);

	if (!r) {
		dsmip_drop_count(d->counters, DSMIP_DROP_BA_UNKNOWN);
		return;
	}
	if (!form_is_right(r, arrival)) {
		dsmip_drop_count(d->counters, DSMIP_DROP_BA_FORM);
		return;
	}
	in.protection = protection_of(r, sa);
	dsmip_drive(r, &in);
}

/* An error is not authenticated: it must know all three addresses of a registration. */
static bool concerns(const struct dsmip_registration *r, const struct dsmip_arrival *arrival,
		     const struct dsmip_be *be)
{
	const struct in6_addr *to = &arrival->ha;

	return ipv6_addr_equal(&r->ha, &arrival->hoa) && ipv6_addr_equal(&r->hoa, &be->hoa) &&
	       (ipv6_addr_equal(&r->reg.coa, to) || ipv6_addr_equal(&r->reg.bound_coa, to));
}

void dsmip_mn_be(struct dsmip_dev *d, const struct dsmip_arrival *arrival,
		 const struct dsmip_be *be)
{
	struct dsmip_step_in in = { .event = DSMIP_STEP_BE, .be_status = be->status };
	struct dsmip_registration *r = dsmip_registration_find_rcu(d, &be->hoa);
	bool known;

	spin_lock_bh(&d->lock);
	known = r && concerns(r, arrival, be);
	spin_unlock_bh(&d->lock);
	if (known)
		dsmip_drive(r, &in);
	else
		dsmip_drop_count(d->counters, DSMIP_DROP_BE_UNKNOWN);
}

void dsmip_mn_unsupported(struct dsmip_registration *r)
{
	dsmip_drive_event(r, DSMIP_STEP_UNSUPPORTED);
}

/* Whether a look at the accesses found others than were found before. */
static bool is_news_locked(const struct dsmip_registration *r,
			   const struct dsmip_access_choice *choice)
{
	if (!dsmip_drive_may_locked(r) || !r->coa_auto)
		return false;
	if (r->home_link || choice->home)
		return r->home_link != (choice->home ? choice->ifindex : 0);
	return !ipv6_addr_equal(&choice->coa, &r->reg.coa6) || choice->coa4 != r->reg.coa4;
}

/* Timers stand still while the host sleeps, bindings do not. */
static bool is_late_locked(const struct dsmip_registration *r)
{
	return dsmip_drive_may_locked(r) && r->reg.due_ms && r->reg.due_ms < dsmip_mn_now_ms();
}

/* Make a choice known, if it is news. */
static void take_choice(struct dsmip_registration *r, const struct dsmip_access_choice *choice)
{
	struct dsmip_step_in in = {
		.event = choice->home ? DSMIP_STEP_HOME : DSMIP_STEP_COA,
		.coa = choice->coa,
		.coa4 = choice->coa4,
	};
	struct dsmip_dev *d = r->d;
	struct dsmip_dispatch go;
	bool news;

	spin_lock_bh(&d->lock);
	news = is_news_locked(r, choice);
	if (news) {
		WRITE_ONCE(r->home_link, choice->home ? choice->ifindex : 0);
		dsmip_drive_locked(r, &in, &go);
	}
	spin_unlock_bh(&d->lock);
	if (news)
		dsmip_drive_finish(r, &go);
}

/* The address in use moved to another interface: a step looks where it is. */
static bool changed_link_rcu(struct dsmip_registration *r,
			     const struct dsmip_access_choice *choice)
{
	const struct dsmip_coa *coa = rcu_dereference(r->coa);

	if (!coa || coa->way.ifindex == choice->ifindex)
		return false;
	if (dsmip_outer_is_ip4(coa->way.outer))
		return choice->coa4 && dsmip_in4_of(&coa->way.local) == choice->coa4;
	return ipv6_addr_equal(&coa->way.local, &choice->coa);
}

/*
 * Data goes out and nothing comes back: a firewall may not like IP in IP [DS-31], unless
 * something came that way before; or a NAT has forgotten us. Said once, until something
 * comes back. In IPv6 UDP is for those who ask for it: one who only ever sends, and
 * hears nothing, proves nothing [DS-19].
 */
static bool is_silent_locked(struct dsmip_registration *r)
{
	struct dsmip_coa *coa = rcu_dereference_protected(r->coa, lockdep_is_held(&r->d->lock));
	unsigned long asked = coa ? READ_ONCE(coa->asked) : 0;

	if (!asked || asked == coa->told || !time_after(jiffies, asked + MN_SILENCE) ||
	    coa->way.outer == DSMIP_OUTER_IP6 ||
	    (coa->way.outer == DSMIP_OUTER_IP4 && READ_ONCE(coa->heard)))
		return false;
	coa->told = asked;
	return true;
}

static void choose(struct dsmip_registration *r)
{
	struct dsmip_access_choice choice, before = {};
	struct dsmip_dev *d = r->d;
	bool wanted, late, silent;

	spin_lock_bh(&d->lock);
	wanted = r->coa_auto;
	before.coa = r->reg.coa6;
	before.coa4 = r->reg.coa4;
	late = is_late_locked(r);
	silent = dsmip_drive_may_locked(r) && is_silent_locked(r);
	spin_unlock_bh(&d->lock);
	if (silent)
		dsmip_drive_event(r, DSMIP_STEP_SILENT);
	if (late && !wanted)
		dsmip_drive_event(r, DSMIP_STEP_TIMER);
	if (!wanted)
		return;
	dsmip_access_choose_rcu(r, &before, &choice);
	if (late || changed_link_rcu(r, &choice))
		dsmip_drive_event(r, DSMIP_STEP_TIMER);
	take_choice(r, &choice);
}

static void choose_work(struct work_struct *work)
{
	struct dsmip_dev *d = container_of(work, struct dsmip_dev, choose_work.work);
	struct dsmip_registration *r;

	dsmip_access_look_begins(d);
	rcu_read_lock();
	list_for_each_entry_rcu(r, &d->registrations, list)
		choose(r);
	rcu_read_unlock();
}

int dsmip_mn_configure(struct dsmip_dev *d, const struct dsmip_config *config,
		       struct netlink_ext_ack *extack)
{
	struct dsmip_udp_change change;
	int err;

	err = dsmip_udp_open(d, config, &change, extack);
	if (!err)
		dsmip_udp_settle(&change);
	return err;
}

int dsmip_mn_setup(struct dsmip_dev *d)
{
	INIT_DELAYED_WORK(&d->choose_work, choose_work);
	dsmip_access_setup(d);
	return 0;
}

/*
 * The device is dead and no packet finds it: nothing starts again. What was
 * forgotten before may still have its work running: wait for that too.
 */
void dsmip_mn_stop(struct dsmip_dev *d)
{
	struct dsmip_registration *next;
	struct dsmip_registration *r;

	dsmip_udp_close(d);
	dsmip_access_stop(d);
	spin_lock_bh(&d->lock);
	list_for_each_entry_safe(r, next, &d->registrations, list)
		dsmip_drive_forget_locked(r);
	spin_unlock_bh(&d->lock);
	flush_workqueue(dsmip_access_wq);
}
