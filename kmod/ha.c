// SPDX-License-Identifier: GPL-2.0
/*
 * The home agent. Judged on values, made true in one place, answered: nothing
 * has to be undone when a Binding Update is refused. All of it is short and
 * under dsmip_dev.lock, but for the sending.
 */
#include "ha.h"

#include <linux/inetdevice.h>
#include <net/addrconf.h>
#include <net/ipv6.h>

#include "nd.h"
#include "pool.h"
#include "rule/life.h"
#include "signal.h"
#include "udp.h"

/* Mobiles that strangers may make in open mode. */
enum { OPEN_MOBILES_MAX = 1 << 16 };

/**
 * struct pending - a Binding Update that waits for DAD
 * @list: in dsmip_dev.pending; under dsmip_dev.lock
 * @bu: the message; its borrowed parts are cut off
 * @arrival: how it came
 * @verdict: what was judged
 * @clear: the answer may go without ESP
 */
struct pending {
	struct list_head list;
	struct dsmip_bu bu;
	struct dsmip_arrival arrival;
	struct dsmip_verdict verdict;
	bool clear;
};

static u32 seconds_left(time64_t end)
{
	time64_t now = ktime_get_boottime_seconds();

	if (!end)
		return DSMIP_LIFE_FOREVER_S;
	return end > now ? min_t(time64_t, end - now, (u32)DSMIP_LIFE_FOREVER_S - 1) : 0;
}

static u8 protection_of(const struct dsmip_mobile *m, const struct dsmip_arrival *a,
			const struct xfrm_state *sa)
{
	static const struct dsmip_sa any;

	if (!sa)
		return DSMIP_PROTECTION_NONE;
	return dsmip_control_sa_matches(sa, &a->hoa, &a->ha, m ? &m->sa : &any) ?
	       DSMIP_PROTECTION_OURS : DSMIP_PROTECTION_OTHER;
}

/* Another home address of the same prefix is bound: one at a time. */
static bool is_other_home(const struct dsmip_mobile *m, const struct in6_addr *hoa)
{
	return m->binding.phase != DSMIP_BINDING_NONE &&
	       m->binding.phase != DSMIP_BINDING_HELD &&
	       !ipv6_addr_equal(&m->binding.hoa, hoa);
}

static void make_policy(struct dsmip_dev *d, const struct dsmip_config *c,
			const struct dsmip_mobile *m, const struct in6_addr *hoa,
			struct dsmip_policy *p)
{
	memset(p, 0, sizeof(*p));
	/* open mode does not open a mobile that has an SA to its name */
	p->open = c->auth == DSMIP_AUTH_OPEN && !(m && (m->sa.reqid || m->sa.spi));
	p->authorised = m ? !is_other_home(m, hoa) : p->open;
	p->room = m || d->mobile_count < min_t(u32, c->max_mobiles, OPEN_MOBILES_MAX);
	p->dad = READ_ONCE(d->nd) && (!m || m->binding.phase != DSMIP_BINDING_ALIVE);
	p->mobile_router = m && m->key.plen < 128;
	p->key_management = m && m->key_management;
	p->home_plen = c->home_plen;
	p->home_prefix = c->home_prefix;
	p->prefix_valid_s = seconds_left(c->prefix_valid);
	p->prefix_preferred_s = seconds_left(c->prefix_preferred);
	p->lifetime_max_s = c->lifetime_max_s;
	if (m && m->lifetime_max_s)
		p->lifetime_max_s = min(m->lifetime_max_s, p->lifetime_max_s);
	p->refresh_s = c->refresh_s;
	p->udp = c->udp;
	p->keepalive_s = c->keepalive_s;
	p->nat_always = c->nat_always;
	p->hoa4 = m ? m->hoa4_static : 0;
	p->pool = m ? m->pool : p->open;
}

static struct pending *find_pending(struct dsmip_dev *d, const struct in6_addr *hoa)
{
	struct pending *p;

	list_for_each_entry(p, &d->pending, list)
		if (ipv6_addr_equal(&p->arrival.hoa, hoa))
			return p;
	return NULL;
}

/* What a DAD of ours that cannot be started means to the mobile. */
static void refuse(struct dsmip_verdict *v, u8 status, enum dsmip_drop why)
{
	v->action = DSMIP_ACTION_REFUSE;
	v->status = status;
	v->why = why;
	v->ba_flags &= DSMIP_BA_K;
	v->store_seq = false;
	v->lifetime_s = 0;
	v->refresh_s = 0;
	v->hoa4_action = DSMIP_HOA4_NONE;
}

static int wait_for_dad(struct dsmip_dev *d, const struct dsmip_bu *bu,
			const struct dsmip_arrival *a, const struct dsmip_verdict *v, bool clear)
{
	struct pending *p = kmalloc(sizeof(*p), GFP_ATOMIC);
	int err;

	if (!p)
		return -ENOMEM;
	err = dsmip_nd_dad_locked(d, &a->hoa, v->flags & DSMIP_BU_L);
	if (err) {
		kfree(p);
		return err;
	}
	p->bu = *bu;
	p->bu.options = dsmip_span(NULL, 0);
	p->bu.id.id = dsmip_span(NULL, 0);
	p->arrival = *a;
	p->verdict = *v;
	p->clear = clear;
	list_add_tail(&p->list, &d->pending);
	return 0;
}

/* Make an accepted verdict true; what fails becomes a refusal. Lock held. */
static void commit(struct dsmip_dev *d, struct dsmip_mobile *m, const struct dsmip_bu *bu,
		   const struct dsmip_arrival *a, struct dsmip_verdict *v, bool clear)
{
	int err = -ENOMEM;

	if (!m && !d->dead)
		m = dsmip_mobile_add_open_locked(d, &a->hoa);
	if (m && v->action == DSMIP_ACTION_CREATE_DAD)
		err = wait_for_dad(d, bu, a, v, clear);
	else if (m)
		err = 0;
	if (!err)
		err = dsmip_binding_commit_locked(d, m, a, v);
	if (!err)
		return;
	refuse(v, DSMIP_BA_RESOURCES, DSMIP_DROP_BU_RESOURCES);
	if (m && m->open && m->binding.phase == DSMIP_BINDING_NONE)
		dsmip_mobile_remove_locked(d, m);
}

/* A tunnel to ourselves, or into a tunnel [TU-11]. */
static bool coa_is_ours(struct dsmip_dev *d, const struct in6_addr *coa)
{
	if (ipv6_addr_v4mapped(coa))
		return __ip_dev_find(d->net, dsmip_in4_of(coa), false) ||
		       dsmip_mobile_find4_rcu(d, dsmip_in4_of(coa));
	return ipv6_chk_addr(d->net, coa, NULL, 0) || dsmip_mobile_find_rcu(d, coa);
}

/* Strangers must not be able to flood the listeners. */
static void report(struct dsmip_dev *d, const struct dsmip_arrival *a,
		   const struct dsmip_verdict *v)
{
	if (__ratelimit(&d->refused_limit))
		dsmip_binding_ops.refused(d, &a->hoa, &a->src, v->status, v->why);
}

static void judge(struct dsmip_dev *d, const struct dsmip_bu *bu, struct dsmip_arrival *a,
		  const struct xfrm_state *sa, struct dsmip_verdict *v)
{
	struct dsmip_mobile *m = dsmip_mobile_find_rcu(d, &a->hoa);
	const struct dsmip_config *c = rcu_dereference(d->config);
	struct dsmip_snapshot snap;
	struct dsmip_policy policy;

	a->protection = protection_of(m, a, sa);
	dsmip_binding_snapshot_locked(m, &snap);
	make_policy(d, c, m, &a->hoa, &policy);
	dsmip_accept(bu, &snap, a, &policy, v);
	if (v->action > DSMIP_ACTION_REFUSE && v->action != DSMIP_ACTION_DELETE &&
	    coa_is_ours(d, &v->coa))
		refuse(v, DSMIP_BA_PROHIBITED, DSMIP_DROP_BU_COA_FORBIDDEN);
	if (v->store_seq && v->action == DSMIP_ACTION_REFUSE && snap.exists &&
	    ipv6_addr_equal(&m->binding.hoa, &a->hoa))
		m->binding.seq = v->seq;
	if (v->action > DSMIP_ACTION_REFUSE)
		commit(d, m, bu, a, v, !sa);
	if (v->action == DSMIP_ACTION_REFUSE)
		report(d, a, v);
}

static __be32 addr4_of(struct dsmip_dev *d)
{
	__be32 addr4;

	rcu_read_lock();
	addr4 = rcu_dereference(d->config)->addr4;
	rcu_read_unlock();
	return addr4;
}

static void answer(struct dsmip_dev *d, const struct dsmip_bu *bu,
		   const struct dsmip_arrival *a, const struct dsmip_verdict *v, bool clear)
{
	struct dsmip_letter letter = {
		.src = a->ha,
		.dst = a->hoa,
		.way = {
			.local = a->ha,
			.remote = a->src,
			.port = htons(a->port),
		},
		.form = v->rh2 ? DSMIP_LETTER_RH2 : DSMIP_LETTER_PLAIN,
		.clear = clear,
	};
	struct dsmip_ba ba;
	u8 buf[256];
	int len;

	/* [DS-03]: to where it came from, whatever was judged */
	if (dsmip_outer_is_udp(a->outer))
		letter.form = DSMIP_LETTER_UDP;
	if (dsmip_outer_is_ip4(a->outer))
		ipv6_addr_set_v4mapped(addr4_of(d), &letter.way.local);
	dsmip_accept_answer(bu, v, &ba);
	len = dsmip_ba_build(&ba, buf, sizeof(buf));
	if (len < 0) {
		dsmip_drop_count(d->counters, DSMIP_DROP_SIG_MEMORY);
		return;
	}
	letter.mh = buf;
	letter.len = len;
	if (!dsmip_signal_send(d, &letter))
		dsmip_count(d->counters, DSMIP_COUNT_BA_TX);
}

void dsmip_ha_bu(struct dsmip_dev *d, struct dsmip_arrival *arrival, const struct dsmip_bu *bu,
		 const struct xfrm_state *sa)
{
	struct dsmip_verdict v;

	spin_lock_bh(&d->lock);
	judge(d, bu, arrival, sa, &v);
	spin_unlock_bh(&d->lock);
	if (v.action <= DSMIP_ACTION_REFUSE)
		dsmip_drop_count(d->counters, v.why);
	if (v.action != DSMIP_ACTION_DROP && v.action != DSMIP_ACTION_CREATE_DAD)
		answer(d, bu, arrival, &v, !sa);
}

/* What is pending, if the controller did not take its mobile away meanwhile. */
static struct dsmip_mobile *pending_mobile(struct dsmip_dev *d, const struct pending *p)
{
	struct dsmip_mobile *m = dsmip_mobile_find_rcu(d, &p->arrival.hoa);

	if (!m || m->binding.phase != DSMIP_BINDING_PENDING ||
	    !ipv6_addr_equal(&m->binding.hoa, &p->arrival.hoa))
		return NULL;
	return m;
}

/* Judged again: policy and permission are those of now, and DAD is done. */
static void accept_pending(struct dsmip_dev *d, struct dsmip_mobile *m, struct pending *p)
{
	struct dsmip_snapshot snap;
	struct dsmip_policy policy;

	m->binding.phase = DSMIP_BINDING_NONE;
	dsmip_binding_snapshot_locked(m, &snap);
	make_policy(d, rcu_dereference(d->config), m, &p->arrival.hoa, &policy);
	policy.dad = false;
	dsmip_accept(&p->bu, &snap, &p->arrival, &policy, &p->verdict);
	if (p->verdict.action > DSMIP_ACTION_REFUSE)
		commit(d, m, &p->bu, &p->arrival, &p->verdict, p->clear);
}

static void conclude(struct dsmip_dev *d, struct pending *p, u8 result)
{
	struct dsmip_mobile *m = pending_mobile(d, p);

	list_del(&p->list);
	if (result == DSMIP_DAD_UNIQUE && m)
		accept_pending(d, m, p);
	else if (result == DSMIP_DAD_DUPLICATE)
		refuse(&p->verdict, DSMIP_BA_DAD_FAILED, DSMIP_DROP_BU_DUPLICATE);
	else
		refuse(&p->verdict, DSMIP_BA_UNSPECIFIED, DSMIP_DROP_BU_RESOURCES);
	if (p->verdict.action > DSMIP_ACTION_REFUSE)
		return;
	report(d, &p->arrival, &p->verdict);
	if (m && !m->dead && m->binding.phase != DSMIP_BINDING_ALIVE)
		dsmip_binding_end_locked(d, m, DSMIP_EVENT_DELETED);
}

void dsmip_ha_dad_done(struct dsmip_dev *d, const struct in6_addr *hoa, u8 result)
{
	struct pending *p;

	rcu_read_lock();
	spin_lock_bh(&d->lock);
	p = find_pending(d, hoa);
	if (p)
		conclude(d, p, result);
	spin_unlock_bh(&d->lock);
	if (p && p->verdict.action <= DSMIP_ACTION_REFUSE)
		dsmip_drop_count(d->counters, p->verdict.why);
	if (p && p->verdict.action != DSMIP_ACTION_DROP)
		answer(d, &p->bu, &p->arrival, &p->verdict, p->clear);
	rcu_read_unlock();
	kfree(p);
}

/* What is bound goes by the address and port that there are; the mobiles know no others. */
static int check_ports(struct dsmip_dev *d, const struct dsmip_config *config,
		       struct netlink_ext_ack *extack)
{
	const struct dsmip_config *old = rtnl_dereference(d->config);

	if (!READ_ONCE(d->binding_count) ||
	    ((!old->addr4 || old->addr4 == config->addr4) &&
	     (!old->udp_port || old->udp_port == config->udp_port)))
		return 0;
	NL_SET_ERR_MSG_MOD(extack,
			   "mobiles are bound by it: flush the bindings first");
	return -EBUSY;
}

int dsmip_ha_configure(struct dsmip_dev *d, const struct dsmip_config *config,
		       struct netlink_ext_ack *extack)
{
	struct dsmip_udp_change change;
	int err;

	err = check_ports(d, config, extack);
	if (err)
		return err;
	err = dsmip_udp_open(d, config, &change, extack);
	if (err)
		return err;
	err = dsmip_nd_start(d, config->home_link, extack);
	if (err)
		dsmip_udp_abandon(&change);
	else
		dsmip_udp_settle(&change);
	return err;
}

int dsmip_ha_setup(struct dsmip_dev *d)
{
	int err = dsmip_mobile_setup(d);

	if (err)
		return err;
	err = dsmip_binding_wheel_setup(d);
	if (err)
		dsmip_mobile_free(d);
	return err;
}

void dsmip_ha_stop(struct dsmip_dev *d)
{
	struct pending *p, *next;

	dsmip_udp_close(d);
	dsmip_nd_stop(d);
	list_for_each_entry_safe(p, next, &d->pending, list) {
		list_del(&p->list);
		kfree(p);
	}
	dsmip_mobile_flush(d);
	dsmip_binding_wheel_teardown(d);
	dsmip_pool_teardown(d);
}
