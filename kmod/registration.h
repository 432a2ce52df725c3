/* SPDX-License-Identifier: GPL-2.0 */
/* A registration: an entry of the mobile node's Binding Update List for a home agent. */
#ifndef DSMIP_REGISTRATION_H
#define DSMIP_REGISTRATION_H

#include <linux/refcount.h>
#include <linux/workqueue.h>

#include "coa.h"
#include "dev.h"
#include "rule/sa.h"
#include "rule/step.h"

/**
 * struct dsmip_registration - one home address and where it is registered
 * @list: in dsmip_dev.registrations; RCU, written under dsmip_dev.lock
 * @d: the device; lives longer than the registration
 * @hoa: home address
 * @plen: length of the home network prefix around it
 * @ha: home agent's address
 * @ha4: its IPv4 address as it is seen from here, 0 for none: then IPv4 is no way to it
 * @coa: endpoint that data leaves by, NULL while not registered; RCU
 * @hoa4: IPv4 home address bound, 0 for none; read lock-free
 * @want: wishes; under dsmip_dev.lock
 * @reg: the state machine; under dsmip_dev.lock
 * @sa: numbers of the SA that acknowledgments come under; under dsmip_dev.lock
 * @coa_auto: care-of address is chosen from the accesses; under dsmip_dev.lock
 * @home_link: interface of the home link while on it, 0 elsewhere; written under
 *	dsmip_dev.lock, read lock-free
 * @id: identity for the MN-ID option, or NULL; fixed, freed with the registration
 * @stopping: told to deregister and go; under dsmip_dev.lock
 * @dead: out of the list, nothing may start any more; under dsmip_dev.lock
 * @timer: brings DSMIP_STEP_TIMER; armed and cancelled under dsmip_dev.lock
 * @ref: the list holds one, and the timer's work while it is queued or runs
 * @rcu: for freeing
 */
struct dsmip_registration {
	struct list_head list;
	struct dsmip_dev *d;
	struct in6_addr hoa;
	u8 plen;
	struct in6_addr ha;
	__be32 ha4;
	struct dsmip_coa __rcu *coa;
	__be32 hoa4;
	struct dsmip_want want;
	struct dsmip_reg reg;
	struct dsmip_sa sa;
	bool coa_auto;
	int home_link;
	char *id;
	bool stopping;
	bool dead;
	struct delayed_work timer;
	refcount_t ref;
	struct rcu_head rcu;
};

/* Find by home address, exactly. RCU or lock held. */
struct dsmip_registration *dsmip_registration_find_rcu(struct dsmip_dev *d,
						       const struct in6_addr *hoa);

/* Find by an inner source or destination: home address or inside its prefix. RCU held. */
struct dsmip_registration *dsmip_registration_match_rcu(struct dsmip_dev *d,
							const struct in6_addr *addr);

/* The same by IPv4 home address. RCU held. */
struct dsmip_registration *dsmip_registration_match4_rcu(struct dsmip_dev *d, __be32 addr);

/* Any mobile node device of the namespace that has this home address. RCU held. */
struct dsmip_registration *dsmip_registration_lookup_rcu(struct net *net,
							 const struct in6_addr *hoa);

/* The same by IPv4 home address. RCU held. */
struct dsmip_registration *dsmip_registration_lookup4_rcu(struct net *net, __be32 hoa4);

bool dsmip_registration_get_maybe(struct dsmip_registration *r);
void dsmip_registration_put(struct dsmip_registration *r);

#endif
