// SPDX-License-Identifier: GPL-2.0
/* Counters: one message each, the drops first. */
#include <net/sock.h>

#include "nl-priv.h"

enum { STATS_DROPS = DSMIP_DROP_MAX, STATS = STATS_DROPS + __DSMIP_COUNT_MAX };

static const char *name_of(u32 which)
{
	if (which < STATS_DROPS)
		return dsmip_drop_names[which + 1];	/* 0 is no reason */
	return dsmip_count_names[which - STATS_DROPS];
}

static u64 value_of(struct dsmip_counters __percpu *c, u32 which)
{
	if (which < STATS_DROPS)
		return dsmip_drop_sum(c, which + 1);
	return dsmip_count_sum(c, which - STATS_DROPS);
}

static int put_one(struct dsmip_nl_out *o, int ifindex, struct dsmip_counters __percpu *c,
		   u32 which)
{
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(o->skb, DSMIP_A_STATS_IFINDEX, ifindex) ||
	      nla_put_string(o->skb, DSMIP_A_STATS_NAME, name_of(which)) ||
	      nla_put_u64_64bit(o->skb, DSMIP_A_STATS_VALUE, value_of(c, which),
				DSMIP_A_STATS_PAD);
	return dsmip_nl_end(o, hdr, err);
}

static int put_all(struct dsmip_nl_out *o, int ifindex, struct dsmip_counters __percpu *c)
{
	u32 *which = dsmip_nl_cursor(o->cb)->place;
	int err = 0;

	while (*which < STATS && !err) {
		err = put_one(o, ifindex, c, *which);
		if (!err)
			(*which)++;
	}
	return err;
}

static int put_device_counters(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	return put_all(o, d->dev->ifindex, d->counters);
}

/* What belongs to no device goes before all devices, as if it were number 0. */
int dsmip_nl_stats_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct nlattr *filter = dsmip_nl_dump_filter(cb);
	struct dsmip_nl_cursor *c = dsmip_nl_cursor(cb);
	struct dsmip_nl_out o;
	int err;

	if (!c->ifindex && (!filter || !nla_get_u32(filter))) {
		dsmip_nl_dump_out(&o, skb, cb, DSMIP_CMD_STATS_GET);
		err = put_all(&o, 0, dsmip_net(sock_net(cb->skb->sk))->counters);
		if (err)
			return skb->len ?: err;
		*c = (struct dsmip_nl_cursor){ .ifindex = 1 };
	}
	if (filter && !nla_get_u32(filter))
		return skb->len;
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_STATS_GET, DSMIP_NL_ANY_ROLE, put_device_counters);
}
