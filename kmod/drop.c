// SPDX-License-Identifier: GPL-2.0
#include "drop.h"

#include <linux/cpumask.h>

const char * const dsmip_count_names[__DSMIP_COUNT_MAX] = {
	[DSMIP_COUNT_MH_RX] = "mh-received",
	[DSMIP_COUNT_BU_RX] = "bu-received",
	[DSMIP_COUNT_BA_TX] = "ba-sent",
	[DSMIP_COUNT_BU_TX] = "bu-sent",
	[DSMIP_COUNT_BA_RX] = "ba-received",
	[DSMIP_COUNT_BE_TX] = "be-sent",
	[DSMIP_COUNT_BE_RX] = "be-received",
	[DSMIP_COUNT_CREATED] = "binding-created",
	[DSMIP_COUNT_MOVED] = "binding-moved",
	[DSMIP_COUNT_REFRESHED] = "binding-refreshed",
	[DSMIP_COUNT_DELETED] = "binding-deleted",
	[DSMIP_COUNT_EXPIRED] = "binding-expired",
	[DSMIP_COUNT_RX_GRACE] = "rx-grace",
	[DSMIP_COUNT_ICMP_RELAYED] = "icmp-relayed",
};

void dsmip_drop_skb(struct dsmip_counters __percpu *c, struct sk_buff *skb,
		    enum dsmip_drop why)
{
	dsmip_drop_count(c, why);
	kfree_skb(skb);
}

u64 dsmip_drop_sum(struct dsmip_counters __percpu *c, enum dsmip_drop why)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(c, cpu)->drop[why]);
	return sum;
}

u64 dsmip_count_sum(struct dsmip_counters __percpu *c, enum dsmip_count what)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(per_cpu_ptr(c, cpu)->count[what]);
	return sum;
}
