/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A mobile: one authorised UE at the home agent, with its binding. The table
 * is keyed by home address and prefix length; the data path reads it under
 * RCU, all changes are made under dsmip_dev.lock.
 */
#ifndef DSMIP_MOBILE_H
#define DSMIP_MOBILE_H

#include <linux/refcount.h>
#include <linux/rhashtable-types.h>

#include "account.h"
#include "coa.h"
#include "dev.h"
#include "rule/sa.h"

/**
 * struct dsmip_mobile_key - what a mobile is found by
 * @prefix: home address, host bits cleared
 * @plen: prefix length
 */
struct dsmip_mobile_key {
	struct in6_addr prefix;
	u32 plen;
};

/**
 * enum dsmip_binding_phase - life of a binding
 * @DSMIP_BINDING_NONE: there is none
 * @DSMIP_BINDING_PENDING: DAD runs before the first acknowledgment
 * @DSMIP_BINDING_ALIVE: registered
 * @DSMIP_BINDING_HELD: deregistered; its sequence number still counts [DR-04]
 */
enum dsmip_binding_phase {
	DSMIP_BINDING_NONE,
	DSMIP_BINDING_PENDING,
	DSMIP_BINDING_ALIVE,
	DSMIP_BINDING_HELD,
};

/**
 * struct dsmip_binding - control part of a binding cache entry; under dsmip_dev.lock
 * @phase: enum dsmip_binding_phase
 * @hoa: home address that was registered, inside the mobile's prefix
 * @seq: last sequence number accepted
 * @flags: BU flags granted
 * @nat: there is a NAT on the way [DS-06]
 * @lifetime_s: life granted
 * @ends: boottime second at which the phase ends
 * @coa_before: care-of address before the last move
 * @wheel: in a slot of dsmip_dev.wheel
 */
struct dsmip_binding {
	u8 phase;
	bool nat;
	u16 seq;
	u16 flags;
	u32 lifetime_s;
	time64_t ends;
	struct in6_addr hoa;
	struct in6_addr coa_before;
	struct list_head wheel;
};

/**
 * struct dsmip_mobile - one mobile
 * @node: in dsmip_dev.mobiles
 * @key: its key
 * @coa: where its data goes, NULL when not bound; RCU, written under the lock
 * @account: counters of its data, NULL when nobody wants them; RCU, written under
 *	the lock
 * @old_coa: previous care-of endpoint, for the grace period; RCU
 * @old_until: jiffies until which @old_coa counts
 * @hoa4: IPv4 home address bound, 0 for none; read lock-free
 * @node4: in dsmip_dev.mobiles4 while @hoa4 is set
 * @binding: the binding
 * @hoa4_static: IPv4 home address by configuration, 0 for none
 * @hoa4_pooled: @hoa4 came from the pool and goes back there
 * @pool: may have one from the pool
 * @open: made by open mode, goes with its binding
 * @dead: out of the table
 * @key_management: K may be granted [HR-12]
 * @sa: numbers of the SA that its Binding Updates come under
 * @lifetime_max_s: longest life, 0 for the device's
 * @id: identity or NULL; under dsmip_dev.lock
 * @ref: the table holds one
 * @rcu: for freeing
 */
struct dsmip_mobile {
	struct rhash_head node;
	struct dsmip_mobile_key key;
	struct dsmip_coa __rcu *coa;
	struct dsmip_account __rcu *account;
	struct dsmip_coa __rcu *old_coa;
	unsigned long old_until;
	__be32 hoa4;
	struct rhash_head node4;
	struct dsmip_binding binding;
	__be32 hoa4_static;
	bool hoa4_pooled;
	bool pool;
	bool open;
	bool dead;
	bool key_management;
	struct dsmip_sa sa;
	u32 lifetime_max_s;
	char *id;
	refcount_t ref;
	struct rcu_head rcu;
};

/**
 * enum dsmip_mobile_given - which values of a configuration are given
 * @DSMIP_MOBILE_GIVEN_HOA4: hoa4
 * @DSMIP_MOBILE_GIVEN_POOL: pool
 * @DSMIP_MOBILE_GIVEN_ID: id
 * @DSMIP_MOBILE_GIVEN_REQID: reqid
 * @DSMIP_MOBILE_GIVEN_SPI: spi
 * @DSMIP_MOBILE_GIVEN_LIFETIME_MAX: lifetime_max_s
 * @DSMIP_MOBILE_GIVEN_ACCOUNT: account
 * @DSMIP_MOBILE_GIVEN_KEY_MANAGEMENT: key_management
 */
enum dsmip_mobile_given {
	DSMIP_MOBILE_GIVEN_HOA4 = BIT(0),
	DSMIP_MOBILE_GIVEN_POOL = BIT(1),
	DSMIP_MOBILE_GIVEN_ID = BIT(2),
	DSMIP_MOBILE_GIVEN_REQID = BIT(3),
	DSMIP_MOBILE_GIVEN_SPI = BIT(4),
	DSMIP_MOBILE_GIVEN_LIFETIME_MAX = BIT(5),
	DSMIP_MOBILE_GIVEN_ACCOUNT = BIT(6),
	DSMIP_MOBILE_GIVEN_KEY_MANAGEMENT = BIT(7),
};

/**
 * struct dsmip_mobile_config - what the controller says of a mobile
 * @hoa: home address or prefix; host bits are cleared by the callee
 * @plen: prefix length, 1..128
 * @given: which of the values below are given; enum dsmip_mobile_given
 * @hoa4: static IPv4 home address, 0 for none
 * @pool: may have one from the pool
 * @reqid: reqid that its SA must have, 0 for any
 * @spi: SPI that its SA must have, 0 for any; network byte order
 * @lifetime_max_s: see struct dsmip_mobile
 * @account: count its data
 * @key_management: see struct dsmip_mobile
 * @id: identity, NULL or "" for none; copied
 */
struct dsmip_mobile_config {
	struct in6_addr hoa;
	u8 plen;
	u32 given;
	__be32 hoa4;
	bool pool;
	u32 reqid;
	__be32 spi;
	u32 lifetime_max_s;
	bool account;
	bool key_management;
	const char *id;
};

int dsmip_mobile_init(void);
void dsmip_mobile_exit(void);

/* Role hooks of the home agent: tables and wheel. */
int dsmip_mobile_setup(struct dsmip_dev *d);
void dsmip_mobile_free(struct dsmip_dev *d);

/**
 * dsmip_mobile_add() - authorise a mobile
 * @d: home agent
 * @c: what it may
 * @extack: says what is wrong
 *
 * Process context. Return: 0, -EEXIST, -EINVAL, -ENOSPC (max_mobiles), -ENOMEM,
 * -EADDRINUSE (IPv4 home address belongs to another), -ENODEV (device going).
 */
int dsmip_mobile_add(struct dsmip_dev *d, const struct dsmip_mobile_config *c,
		     struct netlink_ext_ack *extack);

/**
 * dsmip_mobile_change() - change of a mobile what is given, and nothing else
 * @d: home agent
 * @c: which mobile, and what is given
 * @extack: says what is wrong
 *
 * Process context. A binding whose IPv4 home address is no longer permitted loses
 * it. On failure nothing has changed.
 * Return: 0 or as dsmip_mobile_add(), -ENOENT.
 */
int dsmip_mobile_change(struct dsmip_dev *d, const struct dsmip_mobile_config *c,
			struct netlink_ext_ack *extack);

/* Forget a mobile and its binding. Return: 0 or -ENOENT. */
int dsmip_mobile_del(struct dsmip_dev *d, const struct in6_addr *hoa, u8 plen);

/* Forget all; may sleep. */
void dsmip_mobile_flush(struct dsmip_dev *d);

/* Find by exact key. RCU or lock held. */
struct dsmip_mobile *dsmip_mobile_exact_rcu(struct dsmip_dev *d, const struct in6_addr *hoa,
					    u8 plen);

/* Find the longest prefix that an address is in. RCU or lock held. */
struct dsmip_mobile *dsmip_mobile_find_rcu(struct dsmip_dev *d, const struct in6_addr *addr);

/* Find by bound IPv4 home address. RCU or lock held. */
struct dsmip_mobile *dsmip_mobile_find4_rcu(struct dsmip_dev *d, __be32 addr);

/* Lock held. Open mode: a mobile for a home address that nobody announced, or NULL. */
struct dsmip_mobile *dsmip_mobile_add_open_locked(struct dsmip_dev *d,
						  const struct in6_addr *hoa);

/* Lock held. Out of the table; the binding must be NONE already. */
void dsmip_mobile_remove_locked(struct dsmip_dev *d, struct dsmip_mobile *m);

/* Lock held. Bind an IPv4 home address (0: release). Return: 0, -EEXIST, -ENOMEM. */
int dsmip_mobile_bind4_locked(struct dsmip_dev *d, struct dsmip_mobile *m, __be32 addr,
			      bool pooled);

#endif
