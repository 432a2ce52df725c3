// SPDX-License-Identifier: GPL-2.0
/* What a mobile node has: registrations, and accesses. */
#include <linux/math64.h>
#include <linux/rculist.h>
#include <net/ipv6.h>

#include "access.h"
#include "mn.h"
#include "nl-priv.h"
#include "wire/ext.h"

enum {
	DEFAULT_PLEN = 64,
	DEFAULT_LIFETIME_S = 3600,
};

/* --- what is shown of a registration --- */

static u32 remaining_s(const struct dsmip_reg *reg)
{
	u64 now_ms = dsmip_mn_now_ms();

	return reg->expires_ms > now_ms ? div_u64(reg->expires_ms - now_ms, 1000) : 0;
}

/* Which addresses, as they are now and as they are asked for. */
static int put_addresses(struct dsmip_nl_out *o, const struct dsmip_registration *r)
{
	const struct in6_addr *coa = &r->reg.coa;

	if (ipv6_addr_any(coa))
		coa = &r->reg.bound_coa;
	if (dsmip_nl_put_addr6(o, DSMIP_A_REGISTRATION_HOA, &r->hoa) ||
	    nla_put_u8(o->skb, DSMIP_A_REGISTRATION_PLEN, r->plen) ||
	    dsmip_nl_put_addr6(o, DSMIP_A_REGISTRATION_HA, &r->ha) ||
	    (r->ha4 && nla_put_in_addr(o->skb, DSMIP_A_REGISTRATION_HA4, r->ha4)) ||
	    (!ipv6_addr_any(coa) && dsmip_nl_put_addr6(o, DSMIP_A_REGISTRATION_COA, coa)) ||
	    nla_put_u8(o->skb, DSMIP_A_REGISTRATION_COA_AUTO, r->coa_auto))
		return -EMSGSIZE;
	if (o->event == DSMIP_EVENT_MOVED &&
	    dsmip_nl_put_addr6(o, DSMIP_A_REGISTRATION_COA_BEFORE, &r->reg.coa_before))
		return -EMSGSIZE;
	if (!r->want.hoa4_asked)
		return 0;
	return nla_put_in_addr(o->skb, DSMIP_A_REGISTRATION_HOA4, r->reg.hoa4 ?: r->want.hoa4) ||
	       nla_put_u8(o->skb, DSMIP_A_REGISTRATION_HOA4_STATUS, r->reg.hoa4_status);
}

static int put_state(struct sk_buff *skb, const struct dsmip_reg *reg)
{
	return nla_put_u8(skb, DSMIP_A_REGISTRATION_STATE, reg->state) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_STATUS, reg->status) ||
	       nla_put_u16(skb, DSMIP_A_REGISTRATION_SEQ, reg->seq) ||
	       nla_put_u32(skb, DSMIP_A_REGISTRATION_GRANTED, reg->granted_s) ||
	       nla_put_u32(skb, DSMIP_A_REGISTRATION_REMAINING, remaining_s(reg)) ||
	       nla_put_u32(skb, DSMIP_A_REGISTRATION_TRIES, reg->tries) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_KEY_MANAGEMENT_GRANTED,
			  reg->key_management);
}

static int put_way(struct sk_buff *skb, const struct dsmip_reg *reg)
{
	if (ipv6_addr_any(&reg->bound_coa))
		return 0;
	return nla_put_u8(skb, DSMIP_A_REGISTRATION_OUTER, reg->bound_outer) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_NAT, reg->nat) ||
	       (reg->keepalive_s &&
		nla_put_u32(skb, DSMIP_A_REGISTRATION_KEEPALIVE, reg->keepalive_s));
}

static int put_wishes(struct sk_buff *skb, const struct dsmip_registration *r)
{
	u16 flags = r->want.flags;

	return nla_put_u32(skb, DSMIP_A_REGISTRATION_LIFETIME, r->want.lifetime_s) ||
	       nla_put_u32(skb, DSMIP_A_REGISTRATION_REQID, r->sa.reqid) ||
	       nla_put_u32(skb, DSMIP_A_REGISTRATION_SPI, ntohl(r->sa.spi)) ||
	       (r->sa.spi_before &&
		nla_put_u32(skb, DSMIP_A_REGISTRATION_SPI_BEFORE, ntohl(r->sa.spi_before))) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_LINK_LOCAL, !!(flags & DSMIP_BU_L)) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_KEY_MANAGEMENT, !!(flags & DSMIP_BU_K)) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_MOBILE_ROUTER, !!(flags & DSMIP_BU_R)) ||
	       nla_put_u8(skb, DSMIP_A_REGISTRATION_FORCE_UDP, !!(flags & DSMIP_BU_F)) ||
	       (r->id && nla_put_string(skb, DSMIP_A_REGISTRATION_ID, r->id));
}

/* Lock held. */
static int put_registration(struct dsmip_nl_out *o, const struct dsmip_registration *r)
{
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(o->skb, DSMIP_A_REGISTRATION_IFINDEX, r->d->dev->ifindex) ||
	      put_addresses(o, r) ||
	      put_state(o->skb, &r->reg) ||
	      put_way(o->skb, &r->reg) ||
	      put_wishes(o->skb, r) ||
	      dsmip_nl_put_event(o, DSMIP_A_REGISTRATION_EVENT);
	return dsmip_nl_end(o, hdr, err);
}

void dsmip_nl_registration_notify(struct dsmip_registration *r, int event)
{
	struct net *net = r->d->net;
	struct dsmip_nl_out o;

	lockdep_assert_held(&r->d->lock);
	if (dsmip_nl_event_open(&o, net, DSMIP_CMD_REGISTRATION_NTF, event))
		dsmip_nl_event_close(&o, net, put_registration(&o, r));
}

/* --- commands for registrations --- */

static struct dsmip_dev *registration_of(struct genl_info *info, struct in6_addr *hoa)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_MOBILE_NODE);

	if (IS_ERR(d))
		return d;
	if (dsmip_nl_missing(info, DSMIP_A_REGISTRATION_HOA,
			     "say which registration, by its home address, hoa")) {
		dsmip_dev_put(d);
		return ERR_PTR(-EINVAL);
	}
	*hoa = nla_get_in6_addr(info->attrs[DSMIP_A_REGISTRATION_HOA]);
	return d;
}

static int no_such_registration(struct genl_info *info)
{
	dsmip_nl_bad(info, DSMIP_A_REGISTRATION_HOA,
		     "no registration has this hoa; registration-get lists them");
	return -ENOENT;
}

static int find_and_put(struct dsmip_nl_out *o, struct dsmip_dev *d, const struct in6_addr *hoa)
{
	struct dsmip_registration *r;
	int err = -ENOENT;

	rcu_read_lock();
	spin_lock_bh(&d->lock);
	r = dsmip_registration_find_rcu(d, hoa);
	if (r)
		err = put_registration(o, r);
	spin_unlock_bh(&d->lock);
	rcu_read_unlock();
	return err;
}

int dsmip_nl_registration_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_nl_out o;
	struct dsmip_dev *d;
	struct in6_addr hoa;
	int err;

	d = registration_of(info, &hoa);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_nl_reply_open(&o, info, DSMIP_CMD_REGISTRATION_GET);
	if (!err)
		err = dsmip_nl_reply_close(&o, info, find_and_put(&o, d, &hoa));
	if (err == -ENOENT)
		no_such_registration(info);
	return dsmip_nl_done(info, d, err);
}

/**
 * struct registration_place - how far a dump has come in a device
 * @last: home address of the last registration shown
 * @begun: there is a @last
 */
struct registration_place {
	struct in6_addr last;
	bool begun;
};

static_assert(sizeof(struct registration_place) <=
	      sizeof_field(struct dsmip_nl_cursor, place));

/* What is behind the last one; all of it again when that has gone. */
static int put_registrations_rcu(struct dsmip_nl_out *o, struct dsmip_dev *d,
				 struct registration_place *p)
{
	struct dsmip_registration *r = NULL;
	int err = 0;

	if (p->begun) {
		r = dsmip_registration_find_rcu(d, &p->last);
		if (!r)
			dsmip_nl_cursor(o->cb)->repeats++;
	}
	r = list_prepare_entry(r, &d->registrations, list);
	list_for_each_entry_continue_rcu(r, &d->registrations, list) {
		spin_lock_bh(&d->lock);
		err = put_registration(o, r);
		spin_unlock_bh(&d->lock);
		if (err)
			break;
		p->last = r->hoa;
		p->begun = true;
	}
	return err;
}

static int put_registrations(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	int err;

	rcu_read_lock();
	err = put_registrations_rcu(o, d, (void *)dsmip_nl_cursor(o->cb)->place);
	rcu_read_unlock();
	return err;
}

int dsmip_nl_registration_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_REGISTRATION_GET, DSMIP_ROLE_MOBILE_NODE,
			     put_registrations);
}

static int read_home(struct dsmip_registration_config *c, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	if (!dsmip_in6_is_unicast(&c->hoa)) {
		dsmip_nl_bad(info, DSMIP_A_REGISTRATION_HOA,
			     "hoa must be a global unicast IPv6 address");
		return -EINVAL;
	}
	if (dsmip_nl_missing(info, DSMIP_A_REGISTRATION_HA,
			     "say where to register, by the home agent's address, ha"))
		return -EINVAL;
	c->ha = nla_get_in6_addr(attrs[DSMIP_A_REGISTRATION_HA]);
	if (!dsmip_in6_is_unicast(&c->ha) || ipv6_addr_equal(&c->ha, &c->hoa)) {
		dsmip_nl_bad(info, DSMIP_A_REGISTRATION_HA,
			     "ha must be a global unicast IPv6 address other than hoa");
		return -EINVAL;
	}
	if (attrs[DSMIP_A_REGISTRATION_HA4])
		c->ha4 = nla_get_in_addr(attrs[DSMIP_A_REGISTRATION_HA4]);
	if (attrs[DSMIP_A_REGISTRATION_HA4] && !dsmip_in4_is_unicast(c->ha4)) {
		dsmip_nl_bad(info, DSMIP_A_REGISTRATION_HA4,
			     "ha4 must be a unicast IPv4 address; leave it out for none");
		return -EINVAL;
	}
	c->hoa4_asked = attrs[DSMIP_A_REGISTRATION_HOA4];
	if (c->hoa4_asked)
		c->hoa4 = nla_get_in_addr(attrs[DSMIP_A_REGISTRATION_HOA4]);
	if (c->hoa4 && !dsmip_in4_is_unicast(c->hoa4)) {
		dsmip_nl_bad(info, DSMIP_A_REGISTRATION_HOA4,
			     "hoa4 must be a unicast address, or 0.0.0.0 for any");
		return -EINVAL;
	}
	return 0;
}

static bool is_yes(const struct nlattr *answer)
{
	return answer && nla_get_u8(answer) == DSMIP_ANSWER_YES;
}

static void read_wishes(struct dsmip_registration_config *c, struct nlattr **attrs)
{
	c->plen = DEFAULT_PLEN;
	c->lifetime_s = DEFAULT_LIFETIME_S;
	if (attrs[DSMIP_A_REGISTRATION_PLEN])
		c->plen = nla_get_u8(attrs[DSMIP_A_REGISTRATION_PLEN]);
	if (attrs[DSMIP_A_REGISTRATION_COA])
		c->coa = nla_get_in6_addr(attrs[DSMIP_A_REGISTRATION_COA]);
	if (attrs[DSMIP_A_REGISTRATION_LIFETIME])
		c->lifetime_s = nla_get_u32(attrs[DSMIP_A_REGISTRATION_LIFETIME]);
	if (attrs[DSMIP_A_REGISTRATION_REQID])
		c->reqid = nla_get_u32(attrs[DSMIP_A_REGISTRATION_REQID]);
	if (attrs[DSMIP_A_REGISTRATION_SPI])
		c->spi = htonl(nla_get_u32(attrs[DSMIP_A_REGISTRATION_SPI]));
	if (attrs[DSMIP_A_REGISTRATION_ID])
		c->id = nla_data(attrs[DSMIP_A_REGISTRATION_ID]);
	if (is_yes(attrs[DSMIP_A_REGISTRATION_LINK_LOCAL]))
		c->flags |= DSMIP_BU_L;
	if (is_yes(attrs[DSMIP_A_REGISTRATION_KEY_MANAGEMENT]))
		c->flags |= DSMIP_BU_K;
	if (is_yes(attrs[DSMIP_A_REGISTRATION_MOBILE_ROUTER]))
		c->flags |= DSMIP_BU_R;
	if (is_yes(attrs[DSMIP_A_REGISTRATION_FORCE_UDP]))
		c->flags |= DSMIP_BU_F;
}

int dsmip_nl_registration_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_registration_config c = {};
	struct dsmip_dev *d;
	int err;

	d = registration_of(info, &c.hoa);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = read_home(&c, info);
	if (!err) {
		read_wishes(&c, info->attrs);
		err = dsmip_mn_add(d, &c, info->extack);
	}
	return dsmip_nl_done(info, d, err);
}

static int read_change(struct dsmip_registration_change *c, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	c->has_coa = attrs[DSMIP_A_REGISTRATION_COA];
	if (c->has_coa)
		c->coa = nla_get_in6_addr(attrs[DSMIP_A_REGISTRATION_COA]);
	c->has_hoa4 = attrs[DSMIP_A_REGISTRATION_HOA4];
	if (c->has_hoa4)
		c->hoa4 = nla_get_in_addr(attrs[DSMIP_A_REGISTRATION_HOA4]);
	if (c->hoa4 && !dsmip_in4_is_unicast(c->hoa4)) {
		dsmip_nl_bad(info, DSMIP_A_REGISTRATION_HOA4,
			     "hoa4 must be a unicast address, or 0.0.0.0 for any");
		return -EINVAL;
	}
	if (attrs[DSMIP_A_REGISTRATION_LIFETIME])
		c->lifetime_s = nla_get_u32(attrs[DSMIP_A_REGISTRATION_LIFETIME]);
	c->has_force = attrs[DSMIP_A_REGISTRATION_FORCE_UDP];
	c->force = is_yes(attrs[DSMIP_A_REGISTRATION_FORCE_UDP]);
	c->has_reqid = attrs[DSMIP_A_REGISTRATION_REQID];
	if (c->has_reqid)
		c->reqid = nla_get_u32(attrs[DSMIP_A_REGISTRATION_REQID]);
	c->has_spi = attrs[DSMIP_A_REGISTRATION_SPI];
	if (c->has_spi)
		c->spi = htonl(nla_get_u32(attrs[DSMIP_A_REGISTRATION_SPI]));
	return 0;
}

int dsmip_nl_registration_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_registration_change c = {};
	struct dsmip_dev *d;
	struct in6_addr hoa;
	int err;

	d = registration_of(info, &hoa);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = read_change(&c, info);
	if (!err)
		err = dsmip_mn_change(d, &hoa, &c, info->extack);
	if (err == -ENOENT)
		no_such_registration(info);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_registration_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d;
	struct in6_addr hoa;
	int err;

	d = registration_of(info, &hoa);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_mn_del(d, &hoa);
	if (err == -ENOENT)
		no_such_registration(info);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_registration_flush_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_MOBILE_NODE);

	if (IS_ERR(d))
		return PTR_ERR(d);
	dsmip_mn_flush(d);
	return dsmip_nl_done(info, d, 0);
}

/* --- accesses --- */

/**
 * struct access_view - an access by value, so that it can be looked at without RCU
 * @link: its interface
 * @preference: its preference
 */
struct access_view {
	int link;
	u32 preference;
};

static_assert(sizeof(struct access_view) <= sizeof_field(struct dsmip_nl_cursor, place));

/* The access with the lowest interface index from @from on. */
static bool next_access(struct dsmip_dev *d, int from, struct access_view *next)
{
	struct dsmip_access *a;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(a, &d->accesses, list) {
		if (a->ifindex < from || (found && a->ifindex > next->link))
			continue;
		next->link = a->ifindex;
		next->preference = READ_ONCE(a->preference);
		found = true;
	}
	rcu_read_unlock();
	return found;
}

/*
 * The care-of address that a link offers, for the home agent that there is;
 * with several registrations, for that of the first.
 */
static bool find_coa(struct dsmip_dev *d, int link, struct in6_addr *coa)
{
	struct dsmip_registration *r;
	struct in6_addr ha;
	__be32 ha4 = 0;

	rcu_read_lock();
	r = list_first_or_null_rcu(&d->registrations, struct dsmip_registration, list);
	if (r) {
		ha = r->ha;
		ha4 = r->ha4;
	}
	rcu_read_unlock();
	if (dsmip_access_coa(d, link, r ? &ha : NULL, coa))
		return true;
	if ((r && !ha4) || !dsmip_access_coa4(d, link, ha4, &ha4))
		return false;
	ipv6_addr_set_v4mapped(ha4, coa);
	return true;
}

/* Process context. */
static int put_access(struct dsmip_nl_out *o, struct dsmip_dev *d, const struct access_view *a)
{
	struct in6_addr coa;
	bool usable = find_coa(d, a->link, &coa);
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	err = nla_put_u32(o->skb, DSMIP_A_ACCESS_IFINDEX, d->dev->ifindex) ||
	      nla_put_u32(o->skb, DSMIP_A_ACCESS_LINK, a->link) ||
	      nla_put_u32(o->skb, DSMIP_A_ACCESS_PREFERENCE, a->preference) ||
	      (usable && dsmip_nl_put_addr6(o, DSMIP_A_ACCESS_COA, &coa)) ||
	      nla_put_u8(o->skb, DSMIP_A_ACCESS_USABLE, usable);
	return dsmip_nl_end(o, hdr, err);
}

/* --- commands for accesses --- */

static struct dsmip_dev *access_of(struct genl_info *info, int *link)
{
	struct dsmip_dev *d = dsmip_nl_dev(info, DSMIP_ROLE_MOBILE_NODE);

	if (IS_ERR(d))
		return d;
	if (dsmip_nl_missing(info, DSMIP_A_ACCESS_LINK,
			     "say which access, by the ifindex of its link")) {
		dsmip_dev_put(d);
		return ERR_PTR(-EINVAL);
	}
	*link = nla_get_u32(info->attrs[DSMIP_A_ACCESS_LINK]);
	return d;
}

static int no_such_access(struct genl_info *info)
{
	dsmip_nl_bad(info, DSMIP_A_ACCESS_LINK,
		     "this link is no access; access-get lists them, access-new adds one");
	return -ENOENT;
}

int dsmip_nl_access_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct access_view a;
	struct dsmip_nl_out o;
	struct dsmip_dev *d;
	int link, err;

	d = access_of(info, &link);
	if (IS_ERR(d))
		return PTR_ERR(d);
	if (!next_access(d, link, &a) || a.link != link)
		return dsmip_nl_done(info, d, no_such_access(info));
	err = dsmip_nl_reply_open(&o, info, DSMIP_CMD_ACCESS_GET);
	if (!err)
		err = dsmip_nl_reply_close(&o, info, put_access(&o, d, &a));
	return dsmip_nl_done(info, d, err);
}

/* In the order of their links, which nobody can change meanwhile. */
static int put_accesses(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	u32 *from = dsmip_nl_cursor(o->cb)->place;
	struct access_view a;
	int err;

	while (next_access(d, *from, &a)) {
		err = put_access(o, d, &a);
		if (err)
			return err;
		*from = a.link + 1;
	}
	return 0;
}

int dsmip_nl_access_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_ACCESS_GET, DSMIP_ROLE_MOBILE_NODE,
			     put_accesses);
}

int dsmip_nl_access_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *preference = info->attrs[DSMIP_A_ACCESS_PREFERENCE];
	struct dsmip_dev *d;
	int link, err;

	d = access_of(info, &link);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_access_add(d, link, preference ? nla_get_u32(preference) : 0, info->extack);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_access_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	int link, err = -EINVAL;
	struct dsmip_dev *d;

	d = access_of(info, &link);
	if (IS_ERR(d))
		return PTR_ERR(d);
	if (!dsmip_nl_missing(info, DSMIP_A_ACCESS_PREFERENCE,
			      "say the new preference; there is nothing else to change"))
		err = dsmip_access_change(d, link,
					  nla_get_u32(info->attrs[DSMIP_A_ACCESS_PREFERENCE]));
	if (err == -ENOENT)
		no_such_access(info);
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_access_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d;
	int link, err;

	d = access_of(info, &link);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_access_del(d, link);
	if (err == -ENOENT)
		no_such_access(info);
	return dsmip_nl_done(info, d, err);
}
