// SPDX-License-Identifier: GPL-2.0
/* The IPv4 home addresses that a home agent gives out. */
#include "nl-priv.h"
#include "pool.h"

/* Return: 0, -ENOENT without a pool, -EMSGSIZE. */
static int put_pool(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	const struct dsmip_pool *p;
	u32 first, last, used;
	void *hdr;
	int err;

	spin_lock_bh(&d->lock);
	p = rcu_dereference_protected(d->pool, lockdep_is_held(&d->lock));
	if (p) {
		first = p->first;
		last = p->first + p->size - 1;
		used = p->used;
	}
	spin_unlock_bh(&d->lock);
	if (!p)
		return -ENOENT;
	hdr = dsmip_nl_begin(o);
	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(o->skb, DSMIP_A_POOL_IFINDEX, d->dev->ifindex) ||
	      nla_put_in_addr(o->skb, DSMIP_A_POOL_FIRST, htonl(first)) ||
	      nla_put_in_addr(o->skb, DSMIP_A_POOL_LAST, htonl(last)) ||
	      nla_put_u32(o->skb, DSMIP_A_POOL_USED, used);
	return dsmip_nl_end(o, hdr, err);
}

static int no_pool(struct genl_info *info)
{
	NL_SET_ERR_MSG_MOD(info->extack, "the device has no pool; pool-new gives it one");
	return -ENOENT;
}

int dsmip_nl_pool_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);
	struct dsmip_nl_out o;
	int err;

	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_nl_reply_open(&o, info, DSMIP_CMD_POOL_GET);
	if (!err)
		err = dsmip_nl_reply_close(&o, info, put_pool(&o, d));
	if (err == -ENOENT)
		no_pool(info);
	return dsmip_nl_done(info, d, err);
}

static int put_pool_if_any(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	int err = put_pool(o, d);

	return err == -ENOENT ? 0 : err;
}

int dsmip_nl_pool_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_POOL_GET, DSMIP_ROLE_HOME_AGENT,
			     put_pool_if_any);
}

int dsmip_nl_pool_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);
	int err = -EINVAL;

	if (IS_ERR(d))
		return PTR_ERR(d);
	if (!dsmip_nl_missing(info, DSMIP_A_POOL_FIRST, "say the first address of the pool") &&
	    !dsmip_nl_missing(info, DSMIP_A_POOL_LAST, "say the last address of the pool"))
		err = dsmip_pool_add(d, nla_get_in_addr(info->attrs[DSMIP_A_POOL_FIRST]),
				     nla_get_in_addr(info->attrs[DSMIP_A_POOL_LAST]),
				     info->extack);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_pool_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);
	int err;

	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_pool_del(d);
	if (err == -ENOENT)
		no_pool(info);
	return dsmip_nl_done(info, d, err);
}
