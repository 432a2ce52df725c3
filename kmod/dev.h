/* SPDX-License-Identifier: GPL-2.0 */
/* The network device of kind "dsmip": one per home agent or mobile node. */
#ifndef DSMIP_DEV_H
#define DSMIP_DEV_H

#include <linux/netdevice.h>
#include <linux/ratelimit.h>
#include <linux/rhashtable-types.h>
#include <linux/workqueue.h>
#include <net/gro_cells.h>

#include "drop.h"
#include "net.h"

struct dsmip_pool;
struct dsmip_nd;
struct socket;

/**
 * struct dsmip_config - what a device is told; immutable, replaced under RCU
 * @addr: the home agent's own address; :: in a mobile node
 * @addr4: its address for mobiles in IPv4, 0 for none; 0 in a mobile node
 * @udp_port: of the home agent, for messages and data in UDP; 0 for no UDP, and then
 *	no IPv4 either
 * @udp: enum dsmip_udp: when data from IPv4 goes in UDP; home agent only
 * @keepalive_s: how often a NAT wants to hear a mobile, U32_MAX for never
 * @nat_always: option 31 in every answer in UDP [DS-08]
 * @auth: enum dsmip_auth
 * @home_link: ifindex of the home link, 0 for point-to-point prefixes
 * @home_prefix: prefix of all home addresses
 * @home_plen: its length, 0 for none
 * @prefix_valid: ktime_get_boottime_seconds() at which it ends, 0 for never
 * @prefix_preferred: the same for its preferred life
 * @lifetime_max_s: longest life granted
 * @refresh_s: refresh advice, 0 for none
 * @grace: jiffies for which the previous care-of address still counts
 * @hop_limit: outer hop limit
 * @encap_limit: tunnel encapsulation limit, 255 for none
 * @tclass_copy: copy the traffic class outwards
 * @max_mobiles: most mobiles taken
 * @rcu: for freeing
 */
struct dsmip_config {
	struct in6_addr addr;
	__be32 addr4;
	__be16 udp_port;
	u8 udp;
	u32 keepalive_s;
	bool nat_always;
	u8 auth;
	int home_link;
	struct in6_addr home_prefix;
	u8 home_plen;
	time64_t prefix_valid;
	time64_t prefix_preferred;
	u32 lifetime_max_s;
	u32 refresh_s;
	unsigned long grace;
	u8 hop_limit;
	u8 encap_limit;
	bool tclass_copy;
	u32 max_mobiles;
	struct rcu_head rcu;
};

enum dsmip_dev_limits {
	DSMIP_UDP_PORT = 4191,		/* RFC 5555 4.1 */
	DSMIP_KEEPALIVE_S = 110,	/* RFC 5555 4.3 */
	DSMIP_WHEEL_SLOTS = 1024,	/* seconds that one turn of the wheel takes */
	DSMIP_PLENS = 129,
	DSMIP_REGISTRATIONS_MAX = 128,	/* of one mobile node: each looks at all accesses */
};

/**
 * struct dsmip_dev - private part of the device
 * @dev: the device
 * @net: namespace it was created in; it does not leave it
 * @list: in dsmip_net.devs
 * @role: enum dsmip_role, fixed
 * @config: see there; written under RTNL
 * @counters: drops and events
 * @gro_cells: receive queues of what came out of the tunnel
 * @lock: protects all control state below and the bindings; taken with BH off;
 *	the innermost of our locks but for rhashtable's and the pool's own
 * @be_limit: rate limit of Binding Errors [MH-16]
 * @refused_limit: rate limit of notifications about refusals
 * @udp4: what brings us UDP over IPv4, NULL for none; see udp.h; under RTNL
 * @udp6: the same over IPv6
 * @port4: UDP port that we send from over IPv4, 0 without @udp4; read lock-free
 * @port6: the same over IPv6
 * @dead: being unregistered: nothing may be added any more; under @lock
 * @mobiles: home agent: mobiles by home address and prefix length
 * @mobiles4: home agent: mobiles by IPv4 home address
 * @plens: prefix lengths in use in @mobiles; set bits only grow old, read lock-free
 * @plen_use: mobiles per prefix length
 * @mobile_count: entries of @mobiles
 * @binding_count: bindings alive
 * @wheel: home agent: bindings by the second they end in
 * @wheel_now: second that the wheel has reached
 * @wheel_work: turns the wheel
 * @pending: home agent: Binding Updates that wait for DAD, see ha.c
 * @pool: home agent: IPv4 home addresses to give out
 * @nd: home agent on a real home link: see nd.h
 * @registrations: mobile node: struct dsmip_registration.list; RCU
 * @accesses: mobile node: struct dsmip_access.list; RCU
 * @choose_work: mobile node: look at the accesses again
 * @look_soon: a look is queued for a reason; under @lock
 */
struct dsmip_dev {
	struct net_device *dev;
	struct net *net;
	struct list_head list;
	u8 role;
	struct dsmip_config __rcu *config;
	struct dsmip_counters __percpu *counters;
	struct gro_cells gro_cells;
	spinlock_t lock; /* protects control state, see above */
	struct ratelimit_state be_limit;
	struct ratelimit_state refused_limit;
	struct socket *udp4;
	struct socket *udp6;
	__be16 port4;
	__be16 port6;
	bool dead;

	struct rhashtable mobiles;
	struct rhashtable mobiles4;
	DECLARE_BITMAP(plens, DSMIP_PLENS);
	u32 plen_use[DSMIP_PLENS];
	u32 mobile_count;
	u32 binding_count;
	struct list_head *wheel;
	time64_t wheel_now;
	struct delayed_work wheel_work;
	struct list_head pending;
	struct dsmip_pool __rcu *pool;
	struct dsmip_nd *nd;

	struct list_head registrations;
	struct list_head accesses;
	struct delayed_work choose_work;
	bool look_soon;
};

/**
 * struct dsmip_dev_role - what a role adds to the device's life; filled by main.c
 * @setup: prepare role state; process context, RTNL held; may fail
 * @stop: timers and work are cancelled, tables emptied; dsmip_dev.dead is set, so
 *	nothing new starts; process context, RTNL held, may sleep
 * @free: the last reference has gone: free what @setup made; may be NULL
 * @configure: a configuration is about to be used; RTNL held, may sleep; may fail,
 *	and then nothing has changed; may be NULL
 * @xmit: carry one packet (not GSO-split) outwards; consumes it; RCU held
 */
struct dsmip_dev_role {
	int (*setup)(struct dsmip_dev *d);
	void (*stop)(struct dsmip_dev *d);
	void (*free)(struct dsmip_dev *d);
	int (*configure)(struct dsmip_dev *d, const struct dsmip_config *config,
			 struct netlink_ext_ack *extack);
	void (*xmit)(struct dsmip_dev *d, struct sk_buff *skb);
};

extern struct dsmip_dev_role dsmip_dev_roles[];

/**
 * struct dsmip_dev_ops - what every device wants of its namespace; filled by main.c
 * @attach: let packets reach the device before it is found; RTNL held; may fail
 * @detach: the opposite; the device is not found any more
 * @carry: transmit a packet that is signalling of ours: true when it was;
 *	RCU held
 */
struct dsmip_dev_ops {
	int (*attach)(struct dsmip_net *dn);
	void (*detach)(struct dsmip_net *dn);
	bool (*carry)(struct dsmip_dev *d, struct sk_buff *skb);
};

extern struct dsmip_dev_ops dsmip_dev_ops;

int dsmip_dev_init(void);
void dsmip_dev_exit(void);

/**
 * dsmip_dev_create() - make and register a device
 * @net: namespace
 * @name: interface name or pattern
 * @role: enum dsmip_role
 * @config: becomes the device's; freed on failure
 * @extack: says what is wrong
 *
 * RTNL held. Return: the device or ERR_PTR().
 */
struct dsmip_dev *dsmip_dev_create(struct net *net, const char *name, u8 role,
				   struct dsmip_config *config,
				   struct netlink_ext_ack *extack);

/**
 * dsmip_dev_configure() - replace the configuration
 * @d: device
 * @config: becomes the device's; freed on failure
 * @extack: says what is wrong
 *
 * RTNL held. Return: 0 or -errno; on failure nothing has changed.
 */
int dsmip_dev_configure(struct dsmip_dev *d, struct dsmip_config *config,
			struct netlink_ext_ack *extack);

/* RTNL held; gone when it returns. */
void dsmip_dev_delete(struct dsmip_dev *d);

/* A configuration with the defaults of Documentation/netlink/dsmip.md, or NULL. */
struct dsmip_config *dsmip_dev_config_alloc(void);

bool dsmip_dev_is_ours(const struct net_device *dev);

static inline struct dsmip_dev *dsmip_dev(const struct net_device *dev)
{
	return netdev_priv(dev);
}

/**
 * dsmip_dev_get() - find a device by interface index and hold it
 * @net: namespace
 * @ifindex: index
 *
 * Return: the device with a reference (dsmip_dev_put()), or NULL when there is
 * none or it is not ours.
 */
struct dsmip_dev *dsmip_dev_get(struct net *net, int ifindex);

static inline void dsmip_dev_put(struct dsmip_dev *d)
{
	dev_put(d->dev);
}

/**
 * dsmip_dev_find_ha_rcu() - the home agent that owns an address
 * @net: namespace
 * @addr: address
 */
struct dsmip_dev *dsmip_dev_find_ha_rcu(struct net *net, const struct in6_addr *addr);

/* The same by its IPv4 address. */
struct dsmip_dev *dsmip_dev_find_ha4_rcu(struct net *net, __be32 addr);

/* The UDP port that messages and data in an outer format leave from; 0 for none. */
static inline __be16 dsmip_dev_port(const struct dsmip_dev *d, u8 outer)
{
	return READ_ONCE(*(outer == DSMIP_OUTER_UDP6 || outer == DSMIP_OUTER_IP6 ?
			   &d->port6 : &d->port4));
}

#endif
