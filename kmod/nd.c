// SPDX-License-Identifier: GPL-2.0
/*
 * The home link as a home agent sees it: addresses that it tries out for a new
 * binding, and addresses that it defends while the mobile is away.
 *
 * An address enters the table under dsmip_dev.lock, from any context, and
 * ndwork.c does what must sleep or must not hold the lock. The kernel's own
 * proxying is not used: it searches sixteen buckets for every forwarded packet.
 */
#include "nd.h"

#include <linux/netfilter_ipv6.h>
#include <linux/rtnetlink.h>
#include <net/addrconf.h>

#include "ndlink.h"
#include "wire/bu.h"

enum {
	ND_TRIALS_MAX = 256,		/* addresses under trial at once */
	ND_ANNOUNCEMENTS = 3,		/* MAX_NEIGHBOR_ADVERTISEMENT, RFC 4861 10 */
};

struct dsmip_nd_ops dsmip_nd_ops;

static const struct rhashtable_params addr_params = {
	.key_len = sizeof(struct in6_addr),
	.key_offset = offsetof(struct dsmip_nd_addr, addr),
	.head_offset = offsetof(struct dsmip_nd_addr, node),
	.automatic_shrinking = true,
};

struct dsmip_nd_addr *dsmip_nd_find_rcu(struct dsmip_nd *nd, const struct in6_addr *addr)
{
	return rhashtable_lookup_fast(&nd->addrs, addr, addr_params);
}

static void work_now(struct dsmip_nd *nd)
{
	mod_delayed_work(system_wq, &nd->work, 0);
}

void dsmip_nd_set_phase_locked(struct dsmip_nd *nd, struct dsmip_nd_addr *a, u8 phase)
{
	lockdep_assert_held(&nd->d->lock);
	nd->trials -= a->phase < DSMIP_ND_DEFENDED;
	nd->trials += phase < DSMIP_ND_DEFENDED;
	WRITE_ONCE(a->phase, phase);
}

static struct dsmip_nd_addr *add(struct dsmip_nd *nd, const struct in6_addr *addr,
				 const struct in6_addr *hoa, u8 phase)
{
	struct dsmip_nd_addr *a = kzalloc(sizeof(*a), GFP_ATOMIC);
	int err;

	lockdep_assert_held(&nd->d->lock);
	if (!a)
		return ERR_PTR(-ENOMEM);
	a->addr = *addr;
	a->hoa = *hoa;
	a->phase = phase;
	get_random_bytes(a->nonce, sizeof(a->nonce));
	err = rhashtable_lookup_insert_fast(&nd->addrs, &a->node, addr_params);
	if (err) {
		kfree(a);
		return ERR_PTR(err);
	}
	nd->trials += phase < DSMIP_ND_DEFENDED;
	list_add_tail(&a->list, &nd->fresh);
	return a;
}

static void del(struct dsmip_nd *nd, struct dsmip_nd_addr *a)
{
	rhashtable_remove_fast(&nd->addrs, &a->node, addr_params);
	dsmip_nd_set_phase_locked(nd, a, DSMIP_ND_GONE);
	list_move_tail(&a->list, &nd->leaving);
}

struct dsmip_nd_addr *dsmip_nd_find_own_locked(struct dsmip_nd *nd, const struct in6_addr *addr,
					       const struct in6_addr *hoa)
{
	struct dsmip_nd_addr *a = dsmip_nd_find_rcu(nd, addr);

	return a && ipv6_addr_equal(&a->hoa, hoa) ? a : NULL;
}

void dsmip_nd_forget_locked(struct dsmip_nd *nd, const struct in6_addr *hoa, bool trials_only)
{
	struct in6_addr addrs[] = { *hoa, dsmip_nd_link_local(hoa) };
	struct dsmip_nd_addr *a;
	int i;

	for (i = 0; i < ARRAY_SIZE(addrs); i++) {
		a = dsmip_nd_find_own_locked(nd, &addrs[i], hoa);
		if (a && (a->phase < DSMIP_ND_DEFENDED || !trials_only))
			del(nd, a);
	}
}

static int try_address(struct dsmip_nd *nd, const struct in6_addr *addr,
		       const struct in6_addr *hoa)
{
	struct dsmip_nd_addr *a = add(nd, addr, hoa, DSMIP_ND_TRYING);

	if (IS_ERR(a))
		return PTR_ERR(a);
	a->left = clamp(READ_ONCE(nd->idev->cnf.dad_transmits), 0, U8_MAX);
	return 0;
}

int dsmip_nd_dad_locked(struct dsmip_dev *d, const struct in6_addr *hoa, bool link_local)
{
	struct in6_addr local = dsmip_nd_link_local(hoa);
	struct dsmip_nd *nd = d->nd;
	int err;

	lockdep_assert_held(&d->lock);
	if (!nd)
		return -ENODEV;
	if (!netif_running(nd->link) || !netif_carrier_ok(nd->link))
		return -ENETDOWN;
	if (nd->trials + 1 + link_local > ND_TRIALS_MAX)
		return -EBUSY;
	err = try_address(nd, hoa, hoa);
	if (err)
		return err;
	if (link_local)
		err = try_address(nd, &local, hoa);
	if (err)
		dsmip_nd_forget_locked(nd, hoa, true);
	work_now(nd);
	return err;
}

static void defend(struct dsmip_nd *nd, const struct in6_addr *addr, const struct dsmip_mobile *m)
{
	const struct in6_addr *hoa = &m->binding.hoa;
	struct dsmip_nd_addr *a = dsmip_nd_find_own_locked(nd, addr, hoa);

	if (!a)
		a = add(nd, addr, hoa, DSMIP_ND_DEFENDED);
	if (IS_ERR(a)) {
		net_warn_ratelimited("%s: cannot intercept %pI6c: %pe\n",
				     netdev_name(nd->d->dev), addr, a);
		return;
	}
	dsmip_nd_set_phase_locked(nd, a, DSMIP_ND_DEFENDED);
	WRITE_ONCE(a->router, m->binding.flags & DSMIP_BU_R);
	a->hoa4 = addr == hoa ? m->hoa4 : 0;
	a->left = ND_ANNOUNCEMENTS;
	list_move_tail(&a->list, &nd->fresh);
}

void dsmip_nd_intercept(struct dsmip_dev *d, struct dsmip_mobile *m, bool on)
{
	struct in6_addr local = dsmip_nd_link_local(&m->binding.hoa);
	struct dsmip_nd *nd = d->nd;

	lockdep_assert_held(&d->lock);
	if (!nd)
		return;
	if (on) {
		defend(nd, &m->binding.hoa, m);
		if (m->binding.flags & DSMIP_BU_L)
			defend(nd, &local, m);
	} else {
		dsmip_nd_forget_locked(nd, &m->binding.hoa, false);
	}
	work_now(nd);
}

void dsmip_nd_clash(struct dsmip_nd *nd, const struct in6_addr *addr)
{
	struct dsmip_nd_addr *a;

	spin_lock_bh(&nd->d->lock);
	a = dsmip_nd_find_rcu(nd, addr);
	if (a && a->phase < DSMIP_ND_DEFENDED) {
		dsmip_nd_set_phase_locked(nd, a, DSMIP_ND_CLASHED);
		a->due = jiffies;
		list_move(&a->list, &nd->later);
		work_now(nd);
	}
	spin_unlock_bh(&nd->d->lock);
}

/* Bindings from before the home link was configured. */
static void adopt_bindings(struct dsmip_dev *d)
{
	struct rhashtable_iter iter;
	struct dsmip_mobile *m;

	rhashtable_walk_enter(&d->mobiles, &iter);
	rhashtable_walk_start(&iter);
	while ((m = rhashtable_walk_next(&iter))) {
		if (IS_ERR(m))
			continue;
		spin_lock_bh(&d->lock);
		if (m->binding.phase == DSMIP_BINDING_ALIVE)
			dsmip_nd_intercept(d, m, true);
		spin_unlock_bh(&d->lock);
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
}

static struct inet6_dev *find_link(struct dsmip_dev *d, int home_link,
				   struct netlink_ext_ack *extack)
{
	struct net_device *link = __dev_get_by_index(d->net, home_link);
	struct inet6_dev *idev;

	if (!link) {
		NL_SET_ERR_MSG_MOD(extack, "there is no interface of the home link's index");
		return ERR_PTR(-ENODEV);
	}
	if (dsmip_dev_is_ours(link) || link->flags & IFF_LOOPBACK) {
		NL_SET_ERR_MSG_MOD(extack, "this interface cannot be a home link");
		return ERR_PTR(-EINVAL);
	}
	idev = in6_dev_get(link);
	if (!idev) {
		NL_SET_ERR_MSG_MOD(extack, "the home link has no IPv6");
		return ERR_PTR(-EINVAL);
	}
	return idev;
}

static struct dsmip_nd *alloc_nd(struct dsmip_dev *d, struct inet6_dev *idev)
{
	struct dsmip_nd *nd = kzalloc(sizeof(*nd), GFP_KERNEL);

	if (!nd)
		return NULL;
	if (rhashtable_init(&nd->addrs, &addr_params)) {
		kfree(nd);
		return NULL;
	}
	nd->d = d;
	nd->idev = idev;
	nd->link = idev->dev;
	INIT_LIST_HEAD(&nd->fresh);
	INIT_LIST_HEAD(&nd->later);
	INIT_LIST_HEAD(&nd->leaving);
	INIT_DELAYED_WORK(&nd->work, dsmip_nd_work);
	nd->local_out.hook = dsmip_nd_local_out;
	nd->local_out.priv = nd;
	nd->local_out.pf = NFPROTO_IPV6;
	nd->local_out.hooknum = NF_INET_LOCAL_OUT;
	nd->local_out.priority = NF_IP6_PRI_LAST;
	nd->arp.type = htons(ETH_P_ARP);
	nd->arp.dev = nd->link;
	nd->arp.func = dsmip_nd_arp;
	return nd;
}

int dsmip_nd_start(struct dsmip_dev *d, int home_link, struct netlink_ext_ack *extack)
{
	struct inet6_dev *idev;
	struct dsmip_nd *nd;
	int err;

	ASSERT_RTNL();
	if (!home_link)
		dsmip_nd_stop(d);
	if (!home_link || (d->nd && d->nd->link->ifindex == home_link))
		return 0;
	idev = find_link(d, home_link, extack);
	if (IS_ERR(idev))
		return PTR_ERR(idev);
	nd = alloc_nd(d, idev);
	err = -ENOMEM;
	if (!nd)
		goto put_idev;
	err = nf_register_net_hook(d->net, &nd->local_out);
	if (err)
		goto free_nd;
	dsmip_nd_stop(d);
	dev_add_pack(&nd->arp);
	/* pairs with the address dependency behind READ_ONCE() in dsmip_nd_hook() */
	smp_store_release(&d->nd, nd);
	adopt_bindings(d);
	return 0;

free_nd:
	rhashtable_destroy(&nd->addrs);
	kfree(nd);
put_idev:
	in6_dev_put(idev);
	return err;
}

/* A home agent that lives on owes an answer to those that wait for a trial. */
static void free_addr(void *ptr, void *arg)
{
	struct dsmip_nd_addr *a = ptr;
	struct dsmip_nd *nd = arg;

	dsmip_nd_leave(nd, a);
	if (!nd->d->dead && a->phase < DSMIP_ND_DEFENDED && ipv6_addr_equal(&a->addr, &a->hoa))
		dsmip_nd_ops.dad_done(nd->d, &a->hoa, DSMIP_DAD_ABORTED);
	kfree(a);
}

static void free_nd(struct dsmip_nd *nd)
{
	struct dsmip_nd_addr *a, *next;

	list_for_each_entry_safe(a, next, &nd->leaving, list) {
		dsmip_nd_leave(nd, a);
		kfree(a);
	}
	rhashtable_free_and_destroy(&nd->addrs, free_addr, nd);
	if (nd->allmulti)
		dev_set_allmulti(nd->link, -1);
	dsmip_detour_teardown(&nd->detour);
	in6_dev_put(nd->idev);
	kfree(nd);
}

void dsmip_nd_stop(struct dsmip_dev *d)
{
	struct dsmip_nd *nd;

	ASSERT_RTNL();
	spin_lock_bh(&d->lock);
	nd = d->nd;
	WRITE_ONCE(d->nd, NULL);
	spin_unlock_bh(&d->lock);
	if (!nd)
		return;
	nf_unregister_net_hook(d->net, &nd->local_out);
	/* waits for the readers of all three */
	dev_remove_pack(&nd->arp);
	cancel_delayed_work_sync(&nd->work);
	free_nd(nd);
}

static int on_netdev_event(struct notifier_block *nb, unsigned long event, void *ptr)
{
	const struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct dsmip_dev *d;

	if (event != NETDEV_UNREGISTER)
		return NOTIFY_DONE;
	list_for_each_entry(d, &dsmip_net(dev_net(dev))->devs, list)
		if (d->nd && d->nd->link == dev)
			dsmip_nd_stop(d);
	return NOTIFY_DONE;
}

static struct notifier_block netdev_notifier = { .notifier_call = on_netdev_event };

int dsmip_nd_init(void)
{
	return register_netdevice_notifier(&netdev_notifier);
}

void dsmip_nd_exit(void)
{
	unregister_netdevice_notifier(&netdev_notifier);
}
