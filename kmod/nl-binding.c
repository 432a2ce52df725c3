// SPDX-License-Identifier: GPL-2.0
/* The bindings of a home agent. */
#include "nl-priv.h"

/* --- what is shown of a binding --- */

static u16 shown_flags(u16 bu)
{
	static const struct {
		u16 bu;
		u16 shown;
	} flags[] = {
		{ DSMIP_BU_A, DSMIP_BINDING_FLAGS_ACK },
		{ DSMIP_BU_H, DSMIP_BINDING_FLAGS_HOME },
		{ DSMIP_BU_L, DSMIP_BINDING_FLAGS_LINK_LOCAL },
		{ DSMIP_BU_K, DSMIP_BINDING_FLAGS_KEY_MANAGEMENT },
		{ DSMIP_BU_R, DSMIP_BINDING_FLAGS_MOBILE_ROUTER },
		{ DSMIP_BU_F, DSMIP_BINDING_FLAGS_FORCE_UDP },
	};
	u16 shown = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(flags); i++)
		if (bu & flags[i].bu)
			shown |= flags[i].shown;
	return shown;
}

/* Lock held. A binding that has just ended has no endpoint any more. */
static int put_endpoint(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	const struct dsmip_coa *coa;

	coa = rcu_dereference_protected(m->coa, lockdep_is_held(&d->lock));
	if (!coa)
		return 0;
	return dsmip_nl_put_addr6(o, DSMIP_A_BINDING_COA, &coa->way.remote) ||
	       nla_put_u8(o->skb, DSMIP_A_BINDING_OUTER, coa->way.outer) ||
	       nla_put_u16(o->skb, DSMIP_A_BINDING_PORT, ntohs(coa->way.port)) ||
	       (coa->way.port &&
		nla_put_u8(o->skb, DSMIP_A_BINDING_NAT, m->binding.nat)) ||
	       (o->event == DSMIP_EVENT_MOVED &&
		dsmip_nl_put_addr6(o, DSMIP_A_BINDING_COA_BEFORE, &m->binding.coa_before));
}

/* Lock held. */
static const struct dsmip_account *account_of(struct dsmip_dev *d, struct dsmip_mobile *m)
{
	return rcu_dereference_protected(m->account, lockdep_is_held(&d->lock));
}

/* Lock held. */
static int put_binding(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	const struct dsmip_binding *b = &m->binding;
	struct sk_buff *skb = o->skb;
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(skb, DSMIP_A_BINDING_IFINDEX, d->dev->ifindex) ||
	      dsmip_nl_put_addr6(o, DSMIP_A_BINDING_HOA, &b->hoa) ||
	      nla_put_u8(skb, DSMIP_A_BINDING_PLEN, m->key.plen) ||
	      (m->hoa4 && nla_put_in_addr(skb, DSMIP_A_BINDING_HOA4, m->hoa4)) ||
	      put_endpoint(o, d, m) ||
	      nla_put_u16(skb, DSMIP_A_BINDING_SEQ, b->seq) ||
	      nla_put_u32(skb, DSMIP_A_BINDING_LIFETIME, b->lifetime_s) ||
	      nla_put_u32(skb, DSMIP_A_BINDING_REMAINING, dsmip_binding_remaining_locked(m)) ||
	      nla_put_u16(skb, DSMIP_A_BINDING_FLAGS, shown_flags(b->flags)) ||
	      (m->id && nla_put_string(skb, DSMIP_A_BINDING_ID, m->id)) ||
	      dsmip_nl_put_event(o, DSMIP_A_BINDING_EVENT) ||
	      dsmip_nl_put_account(o, account_of(d, m), DSMIP_A_BINDING_IN_PACKETS);
	return dsmip_nl_end(o, hdr, err);
}

void dsmip_nl_binding_notify(struct dsmip_dev *d, struct dsmip_mobile *m, int event)
{
	struct dsmip_nl_out o;

	lockdep_assert_held(&d->lock);
	if (dsmip_nl_event_open(&o, d->net, DSMIP_CMD_BINDING_NTF, event))
		dsmip_nl_event_close(&o, d->net, put_binding(&o, d, m));
}

static int put_refused(struct dsmip_nl_out *o, struct dsmip_dev *d, const struct in6_addr *hoa,
		       const struct in6_addr *coa, u8 status, enum dsmip_drop why)
{
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(o->skb, DSMIP_A_BINDING_IFINDEX, d->dev->ifindex) ||
	      dsmip_nl_put_addr6(o, DSMIP_A_BINDING_HOA, hoa) ||
	      dsmip_nl_put_addr6(o, DSMIP_A_BINDING_COA, coa) ||
	      dsmip_nl_put_event(o, DSMIP_A_BINDING_EVENT) ||
	      nla_put_u8(o->skb, DSMIP_A_BINDING_STATUS, status) ||
	      nla_put_u32(o->skb, DSMIP_A_BINDING_REASON, why);
	return dsmip_nl_end(o, hdr, err);
}

void dsmip_nl_refused_notify(struct dsmip_dev *d, const struct in6_addr *hoa,
			     const struct in6_addr *coa, u8 status, enum dsmip_drop why)
{
	struct dsmip_nl_out o;

	if (dsmip_nl_event_open(&o, d->net, DSMIP_CMD_BINDING_NTF, DSMIP_EVENT_REFUSED))
		dsmip_nl_event_close(&o, d->net, put_refused(&o, d, hoa, coa, status, why));
}

/* --- commands for bindings --- */

/* Lock and RCU held. A living binding of the mobile whose prefix has @hoa. */
static struct dsmip_mobile *bound_locked(struct dsmip_dev *d, const struct in6_addr *hoa)
{
	struct dsmip_mobile *m = dsmip_mobile_find_rcu(d, hoa);

	return m && m->binding.phase == DSMIP_BINDING_ALIVE ? m : NULL;
}

static struct dsmip_dev *binding_of(struct genl_info *info, struct in6_addr *hoa)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);

	if (IS_ERR(d))
		return d;
	if (dsmip_nl_missing(info, DSMIP_A_BINDING_HOA,
			     "say which binding, by its home address, hoa")) {
		dsmip_dev_put(d);
		return ERR_PTR(-EINVAL);
	}
	*hoa = nla_get_in6_addr(info->attrs[DSMIP_A_BINDING_HOA]);
	return d;
}

/* Nothing is bound, or not any more. */
static int no_such_binding(struct genl_info *info)
{
	dsmip_nl_bad(info, DSMIP_A_BINDING_HOA,
		     "no binding has this hoa; binding-get lists them, mobile-get who may bind");
	return -ENOENT;
}

int dsmip_nl_binding_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_mobile *m;
	struct dsmip_nl_out o;
	struct dsmip_dev *d;
	struct in6_addr hoa;
	int err;

	d = binding_of(info, &hoa);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_nl_reply_open(&o, info, DSMIP_CMD_BINDING_GET);
	if (err)
		return dsmip_nl_done(info, d, err);
	rcu_read_lock();
	spin_lock_bh(&d->lock);
	m = bound_locked(d, &hoa);
	err = m ? put_binding(&o, d, m) : no_such_binding(info);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	return dsmip_nl_done(info, d, dsmip_nl_reply_close(&o, info, err));
}

static int visit_binding(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	int err = 0;

	spin_lock_bh(&d->lock);
	if (!m->dead && m->binding.phase == DSMIP_BINDING_ALIVE)
		err = put_binding(o, d, m);
	spin_unlock_bh(&d->lock);
	return err;
}

static int put_bindings(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	return dsmip_nl_dump_mobiles(o, d, visit_binding);
}

int dsmip_nl_binding_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_BINDING_GET, DSMIP_ROLE_HOME_AGENT,
			     put_bindings);
}

int dsmip_nl_binding_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_mobile *m;
	struct dsmip_dev *d;
	struct in6_addr hoa;

	d = binding_of(info, &hoa);
	if (IS_ERR(d))
		return PTR_ERR(d);
	rcu_read_lock();
	spin_lock_bh(&d->lock);
	m = bound_locked(d, &hoa);
	if (m)
		dsmip_binding_end_locked(d, m, DSMIP_EVENT_REVOKED);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	return dsmip_nl_done(info, d, m ? 0 : no_such_binding(info));
}

static int visit_revoke(struct dsmip_nl_out *o, struct dsmip_dev *d, struct dsmip_mobile *m)
{
	spin_lock_bh(&d->lock);
	if (!m->dead && m->binding.phase == DSMIP_BINDING_ALIVE)
		dsmip_binding_end_locked(d, m, DSMIP_EVENT_REVOKED);
	spin_unlock_bh(&d->lock);
	return 0;
}

/* What is bound while it runs may stay. */
int dsmip_nl_binding_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_HOME_AGENT);

	if (IS_ERR(d))
		return PTR_ERR(d);
	dsmip_nl_each_mobile(d, visit_revoke);
	return dsmip_nl_done(info, d, 0);
}
