// SPDX-License-Identifier: GPL-2.0
#include "dev.h"

#include <linux/if_arp.h>
#include <linux/inetdevice.h>
#include <linux/rculist.h>
#include <net/addrconf.h>
#include <net/ip.h>
#include <net/rtnetlink.h>

/* Room for the outer header, UDP or an encapsulation limit, and a HAO or RH2. */
#define DEV_HEADROOM (sizeof(struct ipv6hdr) + 32)
#define DEV_FEATURES (NETIF_F_SG | NETIF_F_FRAGLIST | NETIF_F_HIGHDMA | \
		      NETIF_F_GSO_SOFTWARE | NETIF_F_HW_CSUM)

struct dsmip_dev_ops dsmip_dev_ops;

struct dsmip_config *dsmip_dev_config_alloc(void)
{
	struct dsmip_config *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->auth = DSMIP_AUTH_ESP;
	c->lifetime_max_s = 3600;
	c->grace = HZ;
	c->hop_limit = IPV6_DEFAULT_HOPLIMIT;
	c->encap_limit = 255;
	c->max_mobiles = 1 << 20;
	c->udp_port = htons(DSMIP_UDP_PORT);
	c->keepalive_s = DSMIP_KEEPALIVE_S;
	return c;
}

static void free_all(struct dsmip_dev *d)
{
	if (dsmip_dev_roles[d->role].free)
		dsmip_dev_roles[d->role].free(d);
	gro_cells_destroy(&d->gro_cells);
	free_percpu(d->counters);
	free_percpu(d->dev->tstats);
}

static int dev_init(struct net_device *dev)
{
	struct dsmip_dev *d = dsmip_dev(dev);
	int err;

	dev->tstats = netdev_alloc_pcpu_stats(struct pcpu_sw_netstats);
	d->counters = alloc_percpu(struct dsmip_counters);
	err = -ENOMEM;
	if (!dev->tstats || !d->counters)
		goto free_stats;
	err = gro_cells_init(&d->gro_cells, dev);
	if (err)
		goto free_stats;
	err = dsmip_dev_roles[d->role].setup(d);
	if (err)
		goto destroy_cells;
	err = dsmip_dev_ops.attach(dsmip_net(d->net));
	if (err)
		goto stop_role;
	list_add_tail_rcu(&d->list, &dsmip_net(d->net)->devs);
	return 0;

stop_role:
	d->dead = true;
	dsmip_dev_roles[d->role].stop(d);
	free_all(d);
	return err;
destroy_cells:
	gro_cells_destroy(&d->gro_cells);
free_stats:
	free_percpu(d->counters);
	free_percpu(dev->tstats);
	return err;
}

/* Closed already, so nothing is transmitted; packets may still come in. */
static void dev_uninit(struct net_device *dev)
{
	struct dsmip_dev *d = dsmip_dev(dev);

	list_del_rcu(&d->list);
	dsmip_dev_ops.detach(dsmip_net(d->net));
	spin_lock_bh(&d->lock);
	d->dead = true;
	spin_unlock_bh(&d->lock);
	synchronize_net();
	dsmip_dev_roles[d->role].stop(d);
}

/* The last reference has gone: netlink requests hold one while they work. */
static void dev_free(struct net_device *dev)
{
	struct dsmip_dev *d = dsmip_dev(dev);

	free_all(d);
	kfree(rcu_replace_pointer(d->config, NULL, true));
}

/*
 * Nobody is behind this link, so it needs no link-local address of its own; and
 * two mobiles of one device have no shorter way to each other.
 */
static int start(struct net_device *dev)
{
	struct in_device *in_dev = __in_dev_get_rtnl(dev);
	struct inet6_dev *idev = __in6_dev_get(dev);

	if (idev)
		idev->cnf.addr_gen_mode = IN6_ADDR_GEN_MODE_NONE;
	if (in_dev)
		IN_DEV_CONF_SET(in_dev, SEND_REDIRECTS, false);
	return 0;
}

static netdev_tx_t dev_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct dsmip_dev *d = dsmip_dev(dev);

	rcu_read_lock();
	if (!dsmip_dev_ops.carry(d, skb))
		dsmip_dev_roles[d->role].xmit(d, skb);
	rcu_read_unlock();
	return NETDEV_TX_OK;
}

static const struct net_device_ops dev_ops = {
	.ndo_init = dev_init,
	.ndo_uninit = dev_uninit,
	.ndo_open = start,
	.ndo_start_xmit = dev_xmit,
	.ndo_get_stats64 = dev_get_tstats64,
};

static const struct device_type dev_type = { .name = "dsmip" };

static void dev_setup(struct net_device *dev)
{
	struct dsmip_dev *d = dsmip_dev(dev);

	dev->netdev_ops = &dev_ops;
	dev->needs_free_netdev = true;
	dev->priv_destructor = dev_free;
	dev->type = ARPHRD_NONE;
	dev->flags = IFF_POINTOPOINT | IFF_NOARP;
	dev->priv_flags |= IFF_NO_QUEUE;
	netif_keep_dst(dev);
	dev->mtu = ETH_DATA_LEN - sizeof(struct ipv6hdr);
	dev->min_mtu = IPV6_MIN_MTU;
	dev->max_mtu = IP_MAX_MTU - DEV_HEADROOM;
	dev->needed_headroom = LL_MAX_HEADER + DEV_HEADROOM;
	dev->features |= DEV_FEATURES;
	dev->hw_features |= DEV_FEATURES;
	dsmip_netdev_fix(dev);
	SET_NETDEV_DEVTYPE(dev, &dev_type);

	d->dev = dev;
	spin_lock_init(&d->lock);
	ratelimit_state_init(&d->be_limit, HZ, 10);
	ratelimit_set_flags(&d->be_limit, RATELIMIT_MSG_ON_RELEASE);
	ratelimit_state_init(&d->refused_limit, HZ, 100);
	ratelimit_set_flags(&d->refused_limit, RATELIMIT_MSG_ON_RELEASE);
	INIT_LIST_HEAD(&d->registrations);
	INIT_LIST_HEAD(&d->accesses);
	INIT_LIST_HEAD(&d->pending);
}

static int new_link(struct net *net, struct net_device *dev, struct nlattr *tb[],
		    struct nlattr *data[], struct netlink_ext_ack *extack)
{
	NL_SET_ERR_MSG_MOD(extack, "needs a role: create it with 'dsmipctl device add'");
	return -EOPNOTSUPP;
}

static struct rtnl_link_ops link_ops __read_mostly = {
	.kind = "dsmip",
	.priv_size = sizeof(struct dsmip_dev),
	.setup = dev_setup,
	.newlink = new_link,
};

int dsmip_dev_init(void)
{
	return rtnl_link_register(&link_ops);
}

void dsmip_dev_exit(void)
{
	rtnl_link_unregister(&link_ops);
}

bool dsmip_dev_is_ours(const struct net_device *dev)
{
	return dev->netdev_ops == &dev_ops;
}

struct dsmip_dev *dsmip_dev_find_ha_rcu(struct net *net, const struct in6_addr *addr)
{
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list)
		if (d->role == DSMIP_ROLE_HOME_AGENT &&
		    ipv6_addr_equal(&rcu_dereference(d->config)->addr, addr))
			return d;
	return NULL;
}

struct dsmip_dev *dsmip_dev_find_ha4_rcu(struct net *net, __be32 addr)
{
	struct dsmip_dev *d;

	if (!addr)
		return NULL;
	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list)
		if (d->role == DSMIP_ROLE_HOME_AGENT &&
		    rcu_dereference(d->config)->addr4 == addr)
			return d;
	return NULL;
}

struct dsmip_dev *dsmip_dev_get(struct net *net, int ifindex)
{
	struct net_device *dev = dev_get_by_index(net, ifindex);

	if (!dev)
		return NULL;
	if (dsmip_dev_is_ours(dev))
		return dsmip_dev(dev);
	dev_put(dev);
	return NULL;
}

static bool shares_addr(const struct dsmip_config *a, const struct dsmip_config *b)
{
	return (!ipv6_addr_any(&a->addr) && ipv6_addr_equal(&a->addr, &b->addr)) ||
	       (a->addr4 && a->addr4 == b->addr4);
}

/* Two home agents on one address could not be told apart. */
static int check_config(struct net *net, const struct dsmip_dev *self,
			const struct dsmip_config *c, struct netlink_ext_ack *extack)
{
	struct dsmip_dev *d;

	ASSERT_RTNL();
	list_for_each_entry(d, &dsmip_net(net)->devs, list) {
		if (d != self && shares_addr(rtnl_dereference(d->config), c)) {
			NL_SET_ERR_MSG_MOD(extack, "another dsmip device has this address already");
			return -EADDRINUSE;
		}
	}
	return 0;
}

static int configure_role(struct dsmip_dev *d, const struct dsmip_config *c,
			  struct netlink_ext_ack *extack)
{
	const struct dsmip_dev_role *role = &dsmip_dev_roles[d->role];

	return role->configure ? role->configure(d, c, extack) : 0;
}

struct dsmip_dev *dsmip_dev_create(struct net *net, const char *name, u8 role,
				   struct dsmip_config *config,
				   struct netlink_ext_ack *extack)
{
	struct net_device *dev;
	struct dsmip_dev *d;
	int err;

	err = check_config(net, NULL, config, extack);
	if (err)
		goto free_config;
	dev = alloc_netdev(sizeof(*d), name, NET_NAME_USER, dev_setup);
	err = -ENOMEM;
	if (!dev)
		goto free_config;
	dev_net_set(dev, net);
	dev->rtnl_link_ops = &link_ops;
	d = dsmip_dev(dev);
	d->net = net;
	d->role = role;
	rcu_assign_pointer(d->config, config);
	err = register_netdevice(dev);
	if (err) {
		if (err == -EEXIST)
			NL_SET_ERR_MSG_MOD(extack, "an interface of this name exists");
		/* unless it is being unregistered, which ends in dev_free() */
		if (dev->reg_state != NETREG_UNREGISTERING)
			kfree(rcu_replace_pointer(d->config, NULL, true));
		free_netdev(dev);
		return ERR_PTR(err);
	}
	err = configure_role(d, config, extack);
	if (err) {
		unregister_netdevice(dev);
		return ERR_PTR(err);
	}
	return d;

free_config:
	kfree(config);
	return ERR_PTR(err);
}

int dsmip_dev_configure(struct dsmip_dev *d, struct dsmip_config *config,
			struct netlink_ext_ack *extack)
{
	int err = check_config(d->net, d, config, extack);

	if (!err)
		err = configure_role(d, config, extack);
	if (err) {
		kfree(config);
		return err;
	}
	config = rcu_replace_pointer(d->config, config, lockdep_rtnl_is_held());
	kfree_rcu(config, rcu);
	return 0;
}

void dsmip_dev_delete(struct dsmip_dev *d)
{
	unregister_netdevice(d->dev);
}
