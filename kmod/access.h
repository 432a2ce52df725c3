/* SPDX-License-Identifier: GPL-2.0 */
/* Accesses: interfaces of the mobile node whose addresses may be care-of addresses. */
#ifndef DSMIP_ACCESS_H
#define DSMIP_ACCESS_H

#include "dev.h"
#include "registration.h"

/**
 * struct dsmip_access - one access interface
 * @list: in dsmip_dev.accesses, by preference; RCU, written under dsmip_dev.lock
 * @ifindex: the interface
 * @preference: the lowest usable wins
 * @rcu: for freeing
 */
struct dsmip_access {
	struct list_head list;
	int ifindex;
	u32 preference;
	struct rcu_head rcu;
};

/*
 * Background work of mobile nodes: choices and timers. It is flushed with RTNL
 * held, so nothing on it may take RTNL.
 */
extern struct workqueue_struct *dsmip_access_wq;

/* After dsmip_net_init() and before any device; the exit in the reverse order. */
int dsmip_access_init(void);
void dsmip_access_exit(void);

/*
 * RTNL held: begin to watch for a mobile node, dsmip_dev.choose_work is ready;
 * and end, which waits for that work.
 */
void dsmip_access_setup(struct dsmip_dev *d);
void dsmip_access_stop(struct dsmip_dev *d);

/* Process context. Return: 0, -EEXIST, -ENOENT, -EINVAL, -ENODEV, -ENOMEM. */
int dsmip_access_add(struct dsmip_dev *d, int ifindex, u32 preference,
		     struct netlink_ext_ack *extack);
/* Process context. Return: 0, -ENOENT, -ENOMEM. */
int dsmip_access_change(struct dsmip_dev *d, int ifindex, u32 preference);
/* Return: 0 or -ENOENT. */
int dsmip_access_del(struct dsmip_dev *d, int ifindex);
void dsmip_access_flush(struct dsmip_dev *d);

/**
 * dsmip_access_coa() - the care-of address that an interface offers
 * @d: mobile node
 * @ifindex: interface
 * @ha: home agent, to which there must be a route by this interface; NULL: any
 * @coa: result
 *
 * Any context. A global unicast address that is no home address of ours, not
 * tentative, and not deprecated if there is another; the interface is up.
 * Return: whether there is one.
 */
bool dsmip_access_coa(struct dsmip_dev *d, int ifindex, const struct in6_addr *ha,
		      struct in6_addr *coa);

/* The same of IPv4; @ha4 may be 0 for any. */
bool dsmip_access_coa4(struct dsmip_dev *d, int ifindex, __be32 ha4, __be32 *coa4);

/**
 * struct dsmip_access_choice - where a registration is best made now
 * @coa: care-of address, :: for none
 * @coa4: care-of address of IPv4, 0 for none
 * @ifindex: the interface of both, or the home link, 0 for none
 * @home: @ifindex is on the home link
 */
struct dsmip_access_choice {
	struct in6_addr coa;
	__be32 coa4;
	int ifindex;
	bool home;
};

/**
 * dsmip_access_choose_rcu() - the first access that is of use
 * @r: registration
 * @before: what was chosen last, which is kept if nothing speaks against it
 * @choice: result
 *
 * RCU held. In order of preference: on the home link [3G-24], or with an
 * address and a route to the home agent, of either family or of both.
 */
void dsmip_access_choose_rcu(const struct dsmip_registration *r,
			     const struct dsmip_access_choice *before,
			     struct dsmip_access_choice *choice);

/*
 * The interface that has an address, v4-mapped for IPv4; 0 for none; a dsmip device's
 * own or a tentative address is none. Any context.
 */
int dsmip_access_ifindex(struct dsmip_dev *d, const struct in6_addr *coa);

/* Look again soon, in the background; any context but with interrupts off. */
void dsmip_access_look(struct dsmip_dev *d);

/* To be called by dsmip_dev.choose_work first of all. */
void dsmip_access_look_begins(struct dsmip_dev *d);

#endif
