/* SPDX-License-Identifier: GPL-2.0 */
/* What went through the tunnel from and to a mobile, for those who asked to count it. */
#ifndef DSMIP_ACCOUNT_H
#define DSMIP_ACCOUNT_H

#include <linux/percpu.h>
#include <linux/skbuff.h>
#include <linux/u64_stats_sync.h>

/**
 * enum dsmip_account_way - which way a packet goes
 * @DSMIP_ACCOUNT_IN: from the mobile
 * @DSMIP_ACCOUNT_OUT: to the mobile
 * @DSMIP_ACCOUNT_WAYS: how many there are
 */
enum dsmip_account_way {
	DSMIP_ACCOUNT_IN,
	DSMIP_ACCOUNT_OUT,
	DSMIP_ACCOUNT_WAYS,
};

/**
 * struct dsmip_account_cpu - one CPU's counters; written with BH off
 * @packets: inner packets, each way
 * @octets: their octets, each way
 * @sync: for readers
 */
struct dsmip_account_cpu {
	u64_stats_t packets[DSMIP_ACCOUNT_WAYS];
	u64_stats_t octets[DSMIP_ACCOUNT_WAYS];
	struct u64_stats_sync sync;
};

/**
 * struct dsmip_account - counters of one mobile
 * @cpu: for each CPU
 * @rcu: for freeing
 */
struct dsmip_account {
	struct dsmip_account_cpu __percpu *cpu;
	struct rcu_head rcu;
};

/**
 * struct dsmip_account_sum - the counters of all CPUs
 * @packets: inner packets, each way
 * @octets: their octets, each way
 */
struct dsmip_account_sum {
	u64 packets[DSMIP_ACCOUNT_WAYS];
	u64 octets[DSMIP_ACCOUNT_WAYS];
};

/* Process context, may sleep. Return: counters at 0, or NULL. */
struct dsmip_account *dsmip_account_alloc(void);

/* After a grace period; any context, NULL is fine. */
void dsmip_account_free(struct dsmip_account *account);

/**
 * dsmip_account_count() - a packet went through the tunnel
 * @account: counters; RCU held
 * @way: enum dsmip_account_way
 * @skb: the packet, its inner IP header at @skb->data; a GSO packet counts as the
 *	segments that it is made of
 *
 * BH off.
 */
void dsmip_account_count(struct dsmip_account *account, enum dsmip_account_way way,
			 const struct sk_buff *skb);

/* BH off. What other CPUs count at this moment may be missing. */
void dsmip_account_sum(const struct dsmip_account *account, struct dsmip_account_sum *sum);

#endif
