// SPDX-License-Identifier: GPL-2.0
/*
 * Which access a mobile node uses. Notifiers of addresses, links and routes
 * only ask for another look; the look itself is background work of mn.c, which
 * walks the accesses under RCU.
 */
#include "access.h"

#include <linux/inetdevice.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/addrconf.h>
#include <net/fib_notifier.h>
#include <net/ip_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>

#include "home.h"
#include "wire/ext.h"

/* A routing table that moved too fast to be watched is tried again then. */
#define WATCH_RETRY (5 * HZ)

struct workqueue_struct *dsmip_access_wq;

/**
 * struct access_net - what watches the routes of a namespace
 * @net: the namespace
 * @fib: told of routes, while @watching
 * @watch: registers @fib, for that takes RTNL; not on dsmip_access_wq
 * @watching: @fib is registered; only @watch and the end of the namespace touch it
 */
struct access_net {
	struct net *net;
	struct notifier_block fib;
	struct delayed_work watch;
	bool watching;
};

static unsigned int access_net_id;

/* Whether a link carries packets now. RCU held. */
static struct net_device *usable_link(struct net *net, int ifindex)
{
	struct net_device *dev = dev_get_by_index_rcu(net, ifindex);

	return dev && netif_running(dev) && netif_carrier_ok(dev) && netif_oper_up(dev) ?
	       dev : NULL;
}

static bool has_route(struct net *net, int ifindex, const struct in6_addr *src,
		      const struct in6_addr *to)
{
	struct flowi6 fl6 = {
		.saddr = *src,
		.daddr = *to,
		.flowi6_oif = ifindex,
	};
	struct dst_entry *dst;
	bool has;

	/* the flag keeps better routes by other links out, our own device's too */
	dst = ip6_route_output_flags(net, NULL, &fl6, RT6_LOOKUP_F_IFACE);
	has = !dst->error && dst->dev->ifindex == ifindex;
	dst_release(dst);
	return has;
}

/* How good an address is: 0 unusable; one that stays beats one that does not. */
static int rate(struct net *net, const struct inet6_ifaddr *ifa, const struct in6_addr *before)
{
	u32 flags = READ_ONCE(ifa->flags);
	int score = 1;

	if ((flags & (IFA_F_TENTATIVE | IFA_F_DADFAILED)) || !dsmip_in6_is_unicast(&ifa->addr) ||
	    dsmip_registration_lookup_rcu(net, &ifa->addr))
		return 0;
	if (!(flags & IFA_F_DEPRECATED))
		score += 4;
	if (before && ipv6_addr_equal(&ifa->addr, before))
		score += 2;
	if (!(flags & IFA_F_TEMPORARY))
		score += 1;
	return score;
}

/* @before: the address chosen last, which is kept if nothing speaks against it. RCU held. */
static bool pick(struct net *net, int ifindex, const struct in6_addr *ha,
		 const struct in6_addr *before, struct in6_addr *coa)
{
	struct net_device *dev = usable_link(net, ifindex);
	struct inet6_dev *idev = dev ? __in6_dev_get(dev) : NULL;
	struct inet6_ifaddr *ifa;
	int best = 0;

	if (!idev)
		return false;
	list_for_each_entry_rcu(ifa, &idev->addr_list, if_list) {
		int score = rate(net, ifa, before);

		if (score <= best || (ha && !has_route(net, ifindex, &ifa->addr, ha)))
			continue;
		best = score;
		*coa = ifa->addr;
	}
	return best;
}

/* A look-up by interface would take the destination to be on the link if all else fails. */
static bool has_route4(struct net *net, int ifindex, __be32 src, __be32 to)
{
	struct flowi4 fl4 = {
		.saddr = src,
		.daddr = to,
		.flowi4_oif = ifindex,
		.flowi4_scope = RT_SCOPE_UNIVERSE,
	};
	struct fib_result res;

	return !fib_lookup(net, &fl4, &res, 0) && res.type == RTN_UNICAST &&
	       FIB_RES_DEV(res)->ifindex == ifindex;
}

static int rate4(struct net *net, const struct in_ifaddr *ifa, __be32 before)
{
	int score = 1;

	if (ifa->ifa_scope > RT_SCOPE_LINK || !dsmip_in4_is_unicast(ifa->ifa_local) ||
	    dsmip_registration_lookup4_rcu(net, ifa->ifa_local))
		return 0;
	if (!(ifa->ifa_flags & (IFA_F_SECONDARY | IFA_F_DEPRECATED)))
		score += 1;
	if (ifa->ifa_local == before)
		score += 2;
	return score;
}

/* As pick(). Return: 0 for none. */
static __be32 pick4(struct net *net, int ifindex, __be32 ha4, __be32 before)
{
	struct net_device *dev = usable_link(net, ifindex);
	struct in_device *in_dev = dev ? __in_dev_get_rcu(dev) : NULL;
	const struct in_ifaddr *ifa;
	__be32 coa4 = 0;
	int best = 0;

	if (!in_dev)
		return 0;
	in_dev_for_each_ifa_rcu(ifa, in_dev) {
		int score = rate4(net, ifa, before);

		if (score <= best || (ha4 && !has_route4(net, ifindex, ifa->ifa_local, ha4)))
			continue;
		best = score;
		coa4 = ifa->ifa_local;
	}
	return coa4;
}

bool dsmip_access_coa4(struct dsmip_dev *d, int ifindex, __be32 ha4, __be32 *coa4)
{
	rcu_read_lock();
	*coa4 = pick4(d->net, ifindex, ha4, 0);
	rcu_read_unlock();
	return *coa4;
}

bool dsmip_access_coa(struct dsmip_dev *d, int ifindex, const struct in6_addr *ha,
		      struct in6_addr *coa)
{
	bool found;

	rcu_read_lock();
	found = pick(d->net, ifindex, ha, NULL, coa);
	rcu_read_unlock();
	return found;
}

int dsmip_access_ifindex(struct dsmip_dev *d, const struct in6_addr *coa)
{
	struct net_device *dev;
	int ifindex = 0;

	rcu_read_lock();
	dev = ipv6_addr_v4mapped(coa) ? __ip_dev_find(d->net, dsmip_in4_of(coa), false) :
					ipv6_dev_find(d->net, coa, NULL);
	if (dev && !dsmip_dev_is_ours(dev))
		ifindex = dev->ifindex;
	rcu_read_unlock();
	return ifindex;
}

void dsmip_access_choose_rcu(const struct dsmip_registration *r,
			     const struct dsmip_access_choice *before,
			     struct dsmip_access_choice *choice)
{
	struct dsmip_dev *d = r->d;
	struct dsmip_access *a;

	memset(choice, 0, sizeof(*choice));
	list_for_each_entry_rcu(a, &d->accesses, list) {
		choice->ifindex = a->ifindex;
		choice->home = usable_link(d->net, a->ifindex) &&
			       dsmip_home_is_link_rcu(d->net, a->ifindex, r);
		if (choice->home)
			return;
		if (r->ha4)
			choice->coa4 = pick4(d->net, a->ifindex, r->ha4, before->coa4);
		if (pick(d->net, a->ifindex, &r->ha, &before->coa, &choice->coa) || choice->coa4)
			return;
	}
	choice->ifindex = 0;
}

/*
 * Notifiers of addresses and routes run before the kernel can use what they
 * tell of: a Binding Update sent at once would wait for its neighbour's answer
 * in vain. And of routes that are not the first of their prefix none tells. So
 * a look comes a moment later than its cause, and one comes without a cause.
 */
enum {
	LOOK_SOON_MS = 20,
	LOOK_AGAIN_MS = 1000,
};

void dsmip_access_look(struct dsmip_dev *d)
{
	spin_lock_bh(&d->lock);
	if (!d->dead && !d->look_soon) {
		d->look_soon = true;
		mod_delayed_work(dsmip_access_wq, &d->choose_work,
				 msecs_to_jiffies(LOOK_SOON_MS));
	}
	spin_unlock_bh(&d->lock);
}

void dsmip_access_look_begins(struct dsmip_dev *d)
{
	spin_lock_bh(&d->lock);
	d->look_soon = false;
	if (!d->dead && !list_empty(&d->registrations))
		queue_delayed_work(dsmip_access_wq, &d->choose_work,
				   msecs_to_jiffies(LOOK_AGAIN_MS));
	spin_unlock_bh(&d->lock);
}

static struct dsmip_access *find_locked(struct dsmip_dev *d, int ifindex)
{
	struct dsmip_access *a;

	lockdep_assert_held(&d->lock);
	list_for_each_entry(a, &d->accesses, list)
		if (a->ifindex == ifindex)
			return a;
	return NULL;
}

/* By preference, behind its equals. */
static void insert_locked(struct dsmip_dev *d, struct dsmip_access *a)
{
	struct list_head *before = &d->accesses;
	struct dsmip_access *other;

	lockdep_assert_held(&d->lock);
	list_for_each_entry(other, &d->accesses, list) {
		if (other->preference > a->preference) {
			before = &other->list;
			break;
		}
	}
	list_add_tail_rcu(&a->list, before);
}

static void remove_locked(struct dsmip_dev *d, struct dsmip_access *a)
{
	lockdep_assert_held(&d->lock);
	list_del_rcu(&a->list);
	kfree_rcu(a, rcu);
}

static struct dsmip_access *alloc_access(int ifindex, u32 preference)
{
	struct dsmip_access *a = kzalloc(sizeof(*a), GFP_KERNEL);

	if (!a)
		return NULL;
	a->ifindex = ifindex;
	a->preference = preference;
	return a;
}

static int check_link(struct dsmip_dev *d, int ifindex, struct netlink_ext_ack *extack)
{
	struct net_device *dev = dev_get_by_index_rcu(d->net, ifindex);

	if (!dev) {
		NL_SET_ERR_MSG_MOD(extack, "no such interface: name one that ip link shows");
		return -ENODEV;
	}
	if (dsmip_dev_is_ours(dev) || (dev->flags & IFF_LOOPBACK)) {
		NL_SET_ERR_MSG_MOD(extack, "a dsmip device or loopback cannot be an access");
		return -EINVAL;
	}
	return 0;
}

static int add_locked(struct dsmip_dev *d, struct dsmip_access *a,
		      struct netlink_ext_ack *extack)
{
	if (d->dead)
		return -ENODEV;
	if (find_locked(d, a->ifindex)) {
		NL_SET_ERR_MSG_MOD(extack, "this access exists: use set to change its preference");
		return -EEXIST;
	}
	insert_locked(d, a);
	return 0;
}

int dsmip_access_add(struct dsmip_dev *d, int ifindex, u32 preference,
		     struct netlink_ext_ack *extack)
{
	struct dsmip_access *a;
	int err;

	a = alloc_access(ifindex, preference);
	if (!a)
		return -ENOMEM;
	/* in one RCU section: an interface that goes waits for it, and then forgets @a */
	rcu_read_lock();
	err = check_link(d, ifindex, extack);
	if (!err) {
		spin_lock_bh(&d->lock);
		err = add_locked(d, a, extack);
		spin_unlock_bh(&d->lock);
	}
	rcu_read_unlock();
	if (err) {
		kfree(a);
		return err;
	}
	dsmip_access_look(d);
	return 0;
}

/* Readers walk the list: the entry is replaced, not moved. */
int dsmip_access_change(struct dsmip_dev *d, int ifindex, u32 preference)
{
	struct dsmip_access *old;
	struct dsmip_access *a;

	a = alloc_access(ifindex, preference);
	if (!a)
		return -ENOMEM;
	spin_lock_bh(&d->lock);
	old = find_locked(d, ifindex);
	if (old) {
		insert_locked(d, a);
		remove_locked(d, old);
	}
	spin_unlock_bh(&d->lock);
	if (!old) {
		kfree(a);
		return -ENOENT;
	}
	dsmip_access_look(d);
	return 0;
}

int dsmip_access_del(struct dsmip_dev *d, int ifindex)
{
	struct dsmip_access *a;

	spin_lock_bh(&d->lock);
	a = find_locked(d, ifindex);
	if (a)
		remove_locked(d, a);
	spin_unlock_bh(&d->lock);
	if (!a)
		return -ENOENT;
	dsmip_access_look(d);
	return 0;
}

void dsmip_access_flush(struct dsmip_dev *d)
{
	struct dsmip_access *a;
	struct dsmip_access *next;

	spin_lock_bh(&d->lock);
	list_for_each_entry_safe(a, next, &d->accesses, list)
		remove_locked(d, a);
	spin_unlock_bh(&d->lock);
	dsmip_access_look(d);
}

void dsmip_access_setup(struct dsmip_dev *d)
{
	struct access_net *an = net_generic(d->net, access_net_id);

	schedule_delayed_work(&an->watch, 0);
}

/* The device is dead, so no look is queued again. */
void dsmip_access_stop(struct dsmip_dev *d)
{
	cancel_delayed_work_sync(&d->choose_work);
	dsmip_access_flush(d);
}

static bool has_access(struct dsmip_dev *d, int ifindex)
{
	struct dsmip_access *a;

	list_for_each_entry_rcu(a, &d->accesses, list)
		if (a->ifindex == ifindex)
			return true;
	return false;
}

/* @ifindex: where something changed, 0 for anywhere. */
static void look_all(struct net *net, int ifindex)
{
	struct dsmip_dev *d;

	rcu_read_lock();
	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list)
		if (d->role == DSMIP_ROLE_MOBILE_NODE && (!ifindex || has_access(d, ifindex)))
			dsmip_access_look(d);
	rcu_read_unlock();
}

static void forget_link(struct net_device *dev)
{
	struct dsmip_dev *d;

	rcu_read_lock();
	list_for_each_entry_rcu(d, &dsmip_net(dev_net(dev))->devs, list)
		dsmip_access_del(d, dev->ifindex);
	rcu_read_unlock();
}

static int link_event(struct notifier_block *nb, unsigned long event, void *info)
{
	struct net_device *dev = netdev_notifier_info_to_dev(info);

	if (dsmip_dev_is_ours(dev))
		return NOTIFY_DONE;
	switch (event) {
	case NETDEV_UNREGISTER:
		forget_link(dev);
		break;
	case NETDEV_UP:
	case NETDEV_DOWN:
	case NETDEV_CHANGE:
		look_all(dev_net(dev), dev->ifindex);
		break;
	}
	return NOTIFY_DONE;
}

/* An address is not tentative any more when its route comes: see fib_event(). */
static int addr_event(struct notifier_block *nb, unsigned long event, void *info)
{
	const struct inet6_ifaddr *ifa = info;
	struct net_device *dev = ifa->idev->dev;

	if (!dsmip_dev_is_ours(dev))
		look_all(dev_net(dev), dev->ifindex);
	return NOTIFY_DONE;
}

static int addr4_event(struct notifier_block *nb, unsigned long event, void *info)
{
	const struct in_ifaddr *ifa = info;
	struct net_device *dev = ifa->ifa_dev->dev;

	if (!dsmip_dev_is_ours(dev))
		look_all(dev_net(dev), dev->ifindex);
	return NOTIFY_DONE;
}

static int fib_event(struct notifier_block *nb, unsigned long event, void *info)
{
	const struct access_net *an = container_of(nb, struct access_net, fib);
	const struct fib_notifier_info *what = info;

	if (what->family == AF_INET6 || what->family == AF_INET)
		look_all(an->net, 0);
	return NOTIFY_DONE;
}

static struct notifier_block link_notifier = { .notifier_call = link_event };
static struct notifier_block addr_notifier = { .notifier_call = addr_event };
static struct notifier_block addr4_notifier = { .notifier_call = addr4_event };

static void watch(struct work_struct *work)
{
	struct access_net *an = container_of(work, struct access_net, watch.work);

	if (an->watching)
		return;
	if (register_fib_notifier(an->net, &an->fib, NULL, NULL))
		schedule_delayed_work(&an->watch, WATCH_RETRY);
	else
		an->watching = true;
}

static int net_init(struct net *net)
{
	struct access_net *an = net_generic(net, access_net_id);

	an->net = net;
	an->fib.notifier_call = fib_event;
	INIT_DELAYED_WORK(&an->watch, watch);
	return 0;
}

/* The devices are gone. */
static void net_exit(struct net *net)
{
	struct access_net *an = net_generic(net, access_net_id);

	cancel_delayed_work_sync(&an->watch);
	if (an->watching)
		unregister_fib_notifier(net, &an->fib);
}

static struct pernet_operations net_ops = {
	.init = net_init,
	.exit = net_exit,
	.id = &access_net_id,
	.size = sizeof(struct access_net),
};

int dsmip_access_init(void)
{
	int err;

	dsmip_access_wq = alloc_workqueue("dsmip", 0, 0);
	if (!dsmip_access_wq)
		return -ENOMEM;
	err = register_pernet_subsys(&net_ops);
	if (err)
		goto destroy_wq;
	err = register_netdevice_notifier(&link_notifier);
	if (err)
		goto unregister_net;
	err = register_inet6addr_notifier(&addr_notifier);
	if (err)
		goto unregister_link;
	err = register_inetaddr_notifier(&addr4_notifier);
	if (err)
		goto unregister_addr;
	return 0;

unregister_addr:
	unregister_inet6addr_notifier(&addr_notifier);
unregister_link:
	unregister_netdevice_notifier(&link_notifier);
unregister_net:
	unregister_pernet_subsys(&net_ops);
destroy_wq:
	destroy_workqueue(dsmip_access_wq);
	return err;
}

void dsmip_access_exit(void)
{
	unregister_inetaddr_notifier(&addr4_notifier);
	unregister_inet6addr_notifier(&addr_notifier);
	unregister_netdevice_notifier(&link_notifier);
	unregister_pernet_subsys(&net_ops);
	destroy_workqueue(dsmip_access_wq);
}
