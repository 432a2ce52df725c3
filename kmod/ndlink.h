/* SPDX-License-Identifier: GPL-2.0 */
/* What a home agent holds for its home link: nd.c keeps it, ndwork.c works, ndrecv.c listens. */
#ifndef DSMIP_NDLINK_H
#define DSMIP_NDLINK_H

#include <linux/netfilter.h>
#include <linux/rhashtable.h>
#include <linux/workqueue.h>
#include <net/if_inet6.h>
#include <net/ipv6.h>

#include "detour.h"
#include "ndmsg.h"

/**
 * enum dsmip_nd_phase - life of an address on the home link
 * @DSMIP_ND_TRYING: duplicate address detection runs
 * @DSMIP_ND_UNIQUE: it passed; waits for the verdict on the other address
 * @DSMIP_ND_CLASHED: somebody else has it
 * @DSMIP_ND_DEFENDED: we answer for it
 * @DSMIP_ND_GONE: out of the table, its group is still to be left
 *
 * In this order: what comes before DSMIP_ND_DEFENDED is a trial.
 */
enum dsmip_nd_phase {
	DSMIP_ND_TRYING,
	DSMIP_ND_UNIQUE,
	DSMIP_ND_CLASHED,
	DSMIP_ND_DEFENDED,
	DSMIP_ND_GONE,
};

/**
 * struct dsmip_nd_addr - a home address, or the link-local one derived from it
 * @node: in dsmip_nd.addrs
 * @addr: the address
 * @hoa: the home address that it belongs to, maybe itself
 * @hoa4: IPv4 home address to announce with it, 0 for none
 * @phase: enum dsmip_nd_phase; read lock-free
 * @left: messages still to be sent
 * @router: the mobile is a router [ND-02]; read lock-free
 * @nonce: of our probes; fixed
 * @due: when the next message is, in jiffies
 * @joined: a member of its solicited-node group; the work's own
 * @list: in dsmip_nd.fresh, .later or .leaving, or in the hands of the work
 * @rcu: for freeing
 *
 * Under dsmip_dev.lock where nothing else is said. Only the work frees.
 */
struct dsmip_nd_addr {
	struct rhash_head node;
	struct in6_addr addr;
	struct in6_addr hoa;
	__be32 hoa4;
	u8 phase;
	u8 left;
	bool router;
	u8 nonce[DSMIP_NDMSG_NONCE_LEN];
	unsigned long due;
	bool joined;
	struct list_head list;
	struct rcu_head rcu;
};

/**
 * struct dsmip_nd - a home link
 * @d: home agent
 * @link: the interface, held through @idev
 * @idev: its IPv6 part when we began
 * @addrs: struct dsmip_nd_addr by address; RCU, written under dsmip_dev.lock
 * @fresh: addresses whose group is to be joined; under dsmip_dev.lock
 * @later: addresses with messages to send, soonest first; under dsmip_dev.lock
 * @leaving: addresses whose group is to be left; under dsmip_dev.lock
 * @trials: addresses under trial; under dsmip_dev.lock
 * @groups: groups joined; the work's own
 * @allmulti: too many groups: all are received; the work's own
 * @work: joins, leaves and sends
 * @detour: route into the device
 * @local_out: sees packets of this host
 * @arp: sees ARP on the link
 */
struct dsmip_nd {
	struct dsmip_dev *d;
	struct net_device *link;
	struct inet6_dev *idev;
	struct rhashtable addrs;
	struct list_head fresh;
	struct list_head later;
	struct list_head leaving;
	unsigned int trials;
	unsigned int groups;
	bool allmulti;
	struct delayed_work work;
	struct dsmip_detour detour;
	struct nf_hook_ops local_out;
	struct packet_type arp;
};

/* The link-local address that a mobile forms beside a home address. */
static inline struct in6_addr dsmip_nd_link_local(const struct in6_addr *hoa)
{
	struct in6_addr a;

	ipv6_addr_set(&a, htonl(0xfe800000), 0, hoa->s6_addr32[2], hoa->s6_addr32[3]);
	return a;
}

/* RCU or dsmip_dev.lock held. */
struct dsmip_nd_addr *dsmip_nd_find_rcu(struct dsmip_nd *nd, const struct in6_addr *addr);

/* Lock held. The address if it is there and belongs to @hoa, else NULL. */
struct dsmip_nd_addr *dsmip_nd_find_own_locked(struct dsmip_nd *nd, const struct in6_addr *addr,
					       const struct in6_addr *hoa);

/* Lock held. */
void dsmip_nd_set_phase_locked(struct dsmip_nd *nd, struct dsmip_nd_addr *a, u8 phase);

/* Lock held. A home address and its link-local one, or what of them is under trial. */
void dsmip_nd_forget_locked(struct dsmip_nd *nd, const struct in6_addr *hoa, bool trials_only);

/* BH off: somebody else has an address that is under trial. */
void dsmip_nd_clash(struct dsmip_nd *nd, const struct in6_addr *addr);

/* RTNL held, by the work or when it is over: leave the group of an address. */
void dsmip_nd_leave(struct dsmip_nd *nd, struct dsmip_nd_addr *a);

/* Handlers of ndwork.c and ndrecv.c, set up by nd.c. */
void dsmip_nd_work(struct work_struct *work);
unsigned int dsmip_nd_local_out(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state);
int dsmip_nd_arp(struct sk_buff *skb, struct net_device *dev, struct packet_type *pt,
		 struct net_device *orig_dev);

#endif
