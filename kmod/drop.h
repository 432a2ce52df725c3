/* SPDX-License-Identifier: GPL-2.0 */
/* Why things are refused, and how often things happen: per-CPU counters. */
#ifndef DSMIP_DROP_H
#define DSMIP_DROP_H

#include <linux/percpu.h>
#include <linux/skbuff.h>
#include <linux/u64_stats_sync.h>

#include "wire/wire.h"

/**
 * enum dsmip_count - what is counted beside the drops
 * @DSMIP_COUNT_MH_RX: Mobility Header messages that reached the handler
 * @DSMIP_COUNT_BU_RX: Binding Updates that were judged
 * @DSMIP_COUNT_BA_TX: Binding Acknowledgments sent
 * @DSMIP_COUNT_BU_TX: Binding Updates sent
 * @DSMIP_COUNT_BA_RX: Binding Acknowledgments taken
 * @DSMIP_COUNT_BE_TX: Binding Errors sent
 * @DSMIP_COUNT_BE_RX: Binding Errors taken
 * @DSMIP_COUNT_CREATED: bindings created
 * @DSMIP_COUNT_MOVED: bindings moved
 * @DSMIP_COUNT_REFRESHED: bindings refreshed
 * @DSMIP_COUNT_DELETED: bindings deleted
 * @DSMIP_COUNT_EXPIRED: bindings expired
 * @DSMIP_COUNT_RX_GRACE: packets taken from the previous care-of address
 * @DSMIP_COUNT_ICMP_RELAYED: errors of the outer path told to the inner source
 * @__DSMIP_COUNT_MAX: how many there are
 */
enum dsmip_count {
	DSMIP_COUNT_MH_RX,
	DSMIP_COUNT_BU_RX,
	DSMIP_COUNT_BA_TX,
	DSMIP_COUNT_BU_TX,
	DSMIP_COUNT_BA_RX,
	DSMIP_COUNT_BE_TX,
	DSMIP_COUNT_BE_RX,
	DSMIP_COUNT_CREATED,
	DSMIP_COUNT_MOVED,
	DSMIP_COUNT_REFRESHED,
	DSMIP_COUNT_DELETED,
	DSMIP_COUNT_EXPIRED,
	DSMIP_COUNT_RX_GRACE,
	DSMIP_COUNT_ICMP_RELAYED,
	__DSMIP_COUNT_MAX,
};

/**
 * struct dsmip_counters - one CPU's counters
 * @drop: by enum dsmip_drop
 * @count: by enum dsmip_count
 */
struct dsmip_counters {
	unsigned long drop[DSMIP_DROP_MAX + 1];
	unsigned long count[__DSMIP_COUNT_MAX];
};

extern const char * const dsmip_count_names[__DSMIP_COUNT_MAX];

static inline void dsmip_count(struct dsmip_counters __percpu *c, enum dsmip_count what)
{
	this_cpu_inc(c->count[what]);
}

static inline void dsmip_drop_count(struct dsmip_counters __percpu *c, enum dsmip_drop why)
{
	this_cpu_inc(c->drop[why]);
}

/**
 * dsmip_drop_skb() - count a reason and free the packet
 * @c: counters
 * @skb: packet, consumed
 * @why: reason
 */
void dsmip_drop_skb(struct dsmip_counters __percpu *c, struct sk_buff *skb,
		    enum dsmip_drop why);

/**
 * dsmip_drop_sum() - one drop counter over all CPUs
 * @c: counters
 * @why: which
 */
u64 dsmip_drop_sum(struct dsmip_counters __percpu *c, enum dsmip_drop why);

/**
 * dsmip_count_sum() - one other counter over all CPUs
 * @c: counters
 * @what: which
 */
u64 dsmip_count_sum(struct dsmip_counters __percpu *c, enum dsmip_count what);

#endif
