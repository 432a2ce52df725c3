// SPDX-License-Identifier: GPL-2.0
/*
 * The work of a home link: it joins and leaves the solicited-node groups, and
 * sends probes and announcements.
 *
 * It must not wait for RTNL, for dsmip_nd_stop() waits for it with RTNL held;
 * when RTNL is taken it comes again.
 */
#include "ndlink.h"

#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <net/addrconf.h>
#include <net/arp.h>
#include <net/neighbour.h>

#include "nd.h"

enum {
	ND_GROUPS_MAX = 1024,		/* the kernel keeps them in a list */
	ND_BATCH = 256,			/* steps in one run */
};

/**
 * struct nd_job - what the work does for an address without the lock
 * @phase: phase that the address was in
 * @send: a message is due; else a trial has come to its end
 * @all: the end of the last trial of @hoa
 * @addr: see struct dsmip_nd_addr
 * @hoa: see struct dsmip_nd_addr
 * @hoa4: see struct dsmip_nd_addr
 * @router: see struct dsmip_nd_addr
 * @nonce: see struct dsmip_nd_addr
 */
struct nd_job {
	u8 phase;
	bool send;
	bool all;
	struct in6_addr addr;
	struct in6_addr hoa;
	__be32 hoa4;
	bool router;
	u8 nonce[DSMIP_NDMSG_NONCE_LEN];
};

static void join(struct dsmip_nd *nd, struct dsmip_nd_addr *a)
{
	struct in6_addr group;

	if (a->joined || nd->allmulti)
		return;
	if (nd->groups >= ND_GROUPS_MAX) {
		nd->allmulti = !dev_set_allmulti(nd->link, 1);
		return;
	}
	addrconf_addr_solict_mult(&a->addr, &group);
	a->joined = !ipv6_dev_mc_inc(nd->link, &group);
	nd->groups += a->joined;
}

void dsmip_nd_leave(struct dsmip_nd *nd, struct dsmip_nd_addr *a)
{
	struct in6_addr group;

	if (!a->joined)
		return;
	nd->groups--;
	/* another IPv6 part knows nothing of our groups */
	if (__in6_dev_get(nd->link) != nd->idev)
		return;
	addrconf_addr_solict_mult(&a->addr, &group);
	ipv6_dev_mc_dec(nd->link, &group);
}

static struct dsmip_nd_addr *take_first(struct dsmip_nd *nd, struct list_head *list)
{
	struct dsmip_nd_addr *a;

	spin_lock_bh(&nd->d->lock);
	a = list_first_entry_or_null(list, struct dsmip_nd_addr, list);
	if (a)
		list_del_init(&a->list);
	spin_unlock_bh(&nd->d->lock);
	return a;
}

/* Unless somebody has moved it on in the meantime. */
static void make_due(struct dsmip_nd *nd, struct dsmip_nd_addr *a)
{
	spin_lock_bh(&nd->d->lock);
	if (list_empty(&a->list)) {
		a->due = jiffies;
		list_add(&a->list, &nd->later);
	}
	spin_unlock_bh(&nd->d->lock);
}

static bool is_settled(struct dsmip_nd *nd)
{
	bool settled;

	spin_lock_bh(&nd->d->lock);
	settled = list_empty(&nd->fresh) && list_empty(&nd->leaving);
	spin_unlock_bh(&nd->d->lock);
	return settled;
}

/* Joins before leaves, lest a group be left and joined anew. */
static void settle_groups(struct dsmip_nd *nd)
{
	struct dsmip_nd_addr *a;
	int i;

	if (is_settled(nd) || !rtnl_trylock())
		return;
	for (i = 0; i < ND_BATCH; i++) {
		a = take_first(nd, &nd->fresh);
		if (!a)
			break;
		join(nd, a);
		make_due(nd, a);
	}
	for (; i < ND_BATCH; i++) {
		a = take_first(nd, &nd->leaving);
		if (!a)
			break;
		dsmip_nd_leave(nd, a);
		kfree_rcu(a, rcu);
	}
	rtnl_unlock();
}

static bool is_trying(struct dsmip_nd *nd, const struct in6_addr *addr, const struct in6_addr *hoa)
{
	struct dsmip_nd_addr *a = dsmip_nd_find_own_locked(nd, addr, hoa);

	return a && a->phase == DSMIP_ND_TRYING;
}

/* RetransTimer spaces probes and announcements: RFC 4862 5.4.2, RFC 4861 7.2.6. */
static unsigned long interval(const struct dsmip_nd *nd)
{
	const struct inet6_dev *idev;
	unsigned long t = HZ;

	rcu_read_lock();
	/* not @idev of ours, which may have lost its parameters */
	idev = __in6_dev_get(nd->link);
	if (idev)
		t = max(NEIGH_VAR(idev->nd_parms, RETRANS_TIME), 1);
	rcu_read_unlock();
	return t;
}

static void plan(struct dsmip_nd *nd, struct dsmip_nd_addr *a, struct nd_job *job)
{
	struct in6_addr local = dsmip_nd_link_local(&a->hoa);

	job->phase = a->phase;
	job->send = a->left;
	job->addr = a->addr;
	job->hoa = a->hoa;
	job->hoa4 = a->hoa4;
	job->router = a->router;
	memcpy(job->nonce, a->nonce, sizeof(job->nonce));
	if (a->left)
		a->left--;
	else if (a->phase == DSMIP_ND_TRYING)
		dsmip_nd_set_phase_locked(nd, a, DSMIP_ND_UNIQUE);
	job->all = !is_trying(nd, &a->hoa, &a->hoa) && !is_trying(nd, &local, &a->hoa);
	/* a trial ends one interval after its last probe */
	if (a->left || a->phase == DSMIP_ND_TRYING) {
		a->due = jiffies + interval(nd);
		list_add_tail(&a->list, &nd->later);
	}
}

static bool take_job(struct dsmip_nd *nd, struct nd_job *job)
{
	struct dsmip_nd_addr *a;

	spin_lock_bh(&nd->d->lock);
	a = list_first_entry_or_null(&nd->later, struct dsmip_nd_addr, list);
	if (a && time_before(jiffies, a->due))
		a = NULL;
	if (a) {
		list_del_init(&a->list);
		plan(nd, a, job);
	}
	spin_unlock_bh(&nd->d->lock);
	return a;
}

static void forget_trials(struct dsmip_nd *nd, const struct in6_addr *hoa)
{
	spin_lock_bh(&nd->d->lock);
	dsmip_nd_forget_locked(nd, hoa, true);
	spin_unlock_bh(&nd->d->lock);
}

/* A home address that is free was taken over by dsmip_nd_intercept() when this returns. */
static void conclude(struct dsmip_nd *nd, const struct in6_addr *hoa, bool unique)
{
	if (!unique)
		forget_trials(nd, hoa);
	dsmip_nd_ops.dad_done(nd->d, hoa, unique ? DSMIP_DAD_UNIQUE :
			      DSMIP_DAD_DUPLICATE);
	if (unique)
		forget_trials(nd, hoa);
}

static void probe(struct dsmip_nd *nd, const struct nd_job *job)
{
	bool local = ipv6_addr_type(&job->addr) & IPV6_ADDR_LINKLOCAL;

	/* we would not hear ourselves */
	if (ipv6_chk_addr(nd->d->net, &job->addr, local ? nd->link : NULL, 0))
		conclude(nd, &job->hoa, false);
	else
		dsmip_ndmsg_probe(nd->link, &job->addr, job->nonce);
}

static void announce(struct dsmip_nd *nd, const struct nd_job *job)
{
	struct dsmip_advert advert = { .target = job->addr, .router = job->router };

	rcu_read_lock();
	advert.src = rcu_dereference(nd->d->config)->addr;
	rcu_read_unlock();
	dsmip_ndmsg_announce(nd->link, &advert);
	if (job->hoa4)
		arp_send(ARPOP_REQUEST, ETH_P_ARP, job->hoa4, nd->link, job->hoa4, NULL,
			 nd->link->dev_addr, NULL);
}

static void do_job(struct dsmip_nd *nd, const struct nd_job *job)
{
	if (job->phase == DSMIP_ND_CLASHED)
		conclude(nd, &job->hoa, false);
	else if (job->phase == DSMIP_ND_DEFENDED)
		announce(nd, job);
	else if (job->send)
		probe(nd, job);
	else if (job->all)
		conclude(nd, &job->hoa, true);
}

static void work_later(struct dsmip_nd *nd)
{
	struct dsmip_nd_addr *a;
	long delay;

	spin_lock_bh(&nd->d->lock);
	a = list_first_entry_or_null(&nd->later, struct dsmip_nd_addr, list);
	if (!list_empty(&nd->fresh) || !list_empty(&nd->leaving)) {
		queue_delayed_work(system_wq, &nd->work, 1);
	} else if (a) {
		delay = a->due - jiffies;
		queue_delayed_work(system_wq, &nd->work, max(delay, 0L));
	}
	spin_unlock_bh(&nd->d->lock);
}

void dsmip_nd_work(struct work_struct *work)
{
	struct dsmip_nd *nd = container_of(to_delayed_work(work), struct dsmip_nd, work);
	struct nd_job job;
	int i;

	settle_groups(nd);
	for (i = 0; i < ND_BATCH && take_job(nd, &job); i++)
		do_job(nd, &job);
	work_later(nd);
}
