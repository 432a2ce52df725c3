// SPDX-License-Identifier: GPL-2.0
/* Devices: the only objects that are changed under RTNL. */
#include <linux/ktime.h>
#include <linux/rtnetlink.h>
#include <net/ipv6.h>

#include "nl-priv.h"
#include "rule/life.h"
#include "wire/ext.h"

/* --- what is shown --- */

static u32 seconds_left(time64_t end)
{
	if (!end)
		return DSMIP_LIFE_FOREVER_S;
	return clamp_t(time64_t, end - ktime_get_boottime_seconds(), 0, U32_MAX - 1);
}

/* What only a home agent has. */
static int put_home(struct dsmip_nl_out *o, const struct dsmip_config *c)
{
	struct sk_buff *skb = o->skb;

	if (dsmip_nl_put_addr6(o, DSMIP_A_DEVICE_ADDR, &c->addr) ||
	    (c->addr4 && nla_put_in_addr(skb, DSMIP_A_DEVICE_ADDR4, c->addr4)) ||
	    nla_put_u8(skb, DSMIP_A_DEVICE_UDP, c->udp) ||
	    nla_put_u8(skb, DSMIP_A_DEVICE_NAT_ALWAYS, c->nat_always) ||
	    nla_put_u32(skb, DSMIP_A_DEVICE_HOME_LINK, c->home_link) ||
	    nla_put_u32(skb, DSMIP_A_DEVICE_LIFETIME_MAX, c->lifetime_max_s) ||
	    nla_put_u32(skb, DSMIP_A_DEVICE_REFRESH, c->refresh_s) ||
	    nla_put_u32(skb, DSMIP_A_DEVICE_MAX_MOBILES, c->max_mobiles))
		return -EMSGSIZE;
	if (!c->home_plen)
		return 0;
	return dsmip_nl_put_addr6(o, DSMIP_A_DEVICE_HOME_PREFIX, &c->home_prefix) ||
	       nla_put_u8(skb, DSMIP_A_DEVICE_HOME_PLEN, c->home_plen) ||
	       nla_put_u32(skb, DSMIP_A_DEVICE_PREFIX_VALID, seconds_left(c->prefix_valid)) ||
	       nla_put_u32(skb, DSMIP_A_DEVICE_PREFIX_PREFERRED,
			   seconds_left(c->prefix_preferred));
}

static int put_config(struct dsmip_nl_out *o, const struct dsmip_config *c)
{
	struct sk_buff *skb = o->skb;

	return nla_put_u8(skb, DSMIP_A_DEVICE_AUTH, c->auth) ||
	       nla_put_u16(skb, DSMIP_A_DEVICE_UDP_PORT, ntohs(c->udp_port)) ||
	       nla_put_u32(skb, DSMIP_A_DEVICE_KEEPALIVE, c->keepalive_s) ||
	       nla_put_u32(skb, DSMIP_A_DEVICE_GRACE, jiffies_to_msecs(c->grace)) ||
	       nla_put_u8(skb, DSMIP_A_DEVICE_HOP_LIMIT, c->hop_limit) ||
	       nla_put_u8(skb, DSMIP_A_DEVICE_ENCAP_LIMIT, c->encap_limit) ||
	       nla_put_u8(skb, DSMIP_A_DEVICE_TCLASS_COPY, c->tclass_copy);
}

/* Any context. A name that is being changed may be shown half changed. */
static int put_dev(struct dsmip_nl_out *o, struct dsmip_dev *d)
{
	bool ha = d->role == DSMIP_ROLE_HOME_AGENT;
	const struct dsmip_config *c;
	void *hdr = dsmip_nl_begin(o);
	int err;

	if (!hdr)
		return -EMSGSIZE;
	rcu_read_lock();
	c = rcu_dereference(d->config);
	err = nla_put_u32(o->skb, DSMIP_A_DEVICE_IFINDEX, d->dev->ifindex) ||
	      nla_put_string(o->skb, DSMIP_A_DEVICE_NAME, d->dev->name) ||
	      nla_put_u8(o->skb, DSMIP_A_DEVICE_ROLE, d->role) ||
	      (ha && put_home(o, c)) ||
	      put_config(o, c) ||
	      (ha && nla_put_u32(o->skb, DSMIP_A_DEVICE_MOBILES, READ_ONCE(d->mobile_count))) ||
	      (ha && nla_put_u32(o->skb, DSMIP_A_DEVICE_BINDINGS, READ_ONCE(d->binding_count))) ||
	      dsmip_nl_put_event(o, DSMIP_A_DEVICE_EVENT);
	rcu_read_unlock();
	return dsmip_nl_end(o, hdr, err);
}

void dsmip_nl_device_notify(struct dsmip_dev *d, int event)
{
	struct dsmip_nl_out o;

	if (dsmip_nl_event_open(&o, d->net, DSMIP_CMD_DEVICE_NTF, event))
		dsmip_nl_event_close(&o, d->net, put_dev(&o, d));
}

/* --- which device --- */

static int ifindex_of_name(struct net *net, const char *name)
{
	struct net_device *dev;
	int ifindex;

	rcu_read_lock();
	dev = dev_get_by_name_rcu(net, name);
	ifindex = dev ? dev->ifindex : 0;
	rcu_read_unlock();
	return ifindex;
}

/* By ifindex, name or both. Return: with a reference, or ERR_PTR(). */
static struct dsmip_dev *find_device(struct genl_info *info)
{
	struct nlattr *index = info->attrs[DSMIP_A_DEVICE_IFINDEX];
	struct nlattr *name = info->attrs[DSMIP_A_DEVICE_NAME];
	struct dsmip_dev *d;
	int ifindex = 0;

	if (!index && dsmip_nl_missing(info, DSMIP_A_DEVICE_NAME,
				       "say which device, by its name or ifindex"))
		return ERR_PTR(-EINVAL);
	if (name) {
		ifindex = ifindex_of_name(genl_info_net(info), nla_data(name));
		if (!ifindex) {
			dsmip_nl_bad(info, DSMIP_A_DEVICE_NAME,
				     "no interface has this name; device-get lists the devices");
			return ERR_PTR(-ENODEV);
		}
	}
	if (index && name && ifindex != nla_get_u32(index)) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_IFINDEX,
			     "ifindex and name are different interfaces; give one of them");
		return ERR_PTR(-EINVAL);
	}
	d = dsmip_dev_get(genl_info_net(info), index ? nla_get_u32(index) : ifindex);
	if (d)
		return d;
	dsmip_nl_bad(info, index ? DSMIP_A_DEVICE_IFINDEX : DSMIP_A_DEVICE_NAME,
		     "this is no dsmip device; device-get lists them");
	return ERR_PTR(-ENODEV);
}

/* RTNL keeps the device; a reference would make its deletion wait for itself. */
static struct dsmip_dev *find_device_rtnl(struct genl_info *info)
{
	struct dsmip_dev *d;

	ASSERT_RTNL();
	d = find_device(info);
	if (!IS_ERR(d))
		dsmip_dev_put(d);
	return d;
}

/* --- what is told --- */

static int read_addr(struct dsmip_config *c, u8 role, struct genl_info *info)
{
	struct nlattr *attr = info->attrs[DSMIP_A_DEVICE_ADDR];

	if (role == DSMIP_ROLE_MOBILE_NODE && attr) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_ADDR,
			     "a mobile node has no addr; its addresses come from its registrations");
		return -EINVAL;
	}
	if (attr)
		c->addr = nla_get_in6_addr(attr);
	if (attr && !dsmip_in6_is_unicast(&c->addr)) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_ADDR,
			     "addr must be a unicast IPv6 address that mobiles can reach");
		return -EINVAL;
	}
	if (role == DSMIP_ROLE_HOME_AGENT && ipv6_addr_any(&c->addr)) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, DSMIP_A_DEVICE_ADDR);
		NL_SET_ERR_MSG_MOD(info->extack, "a home agent needs its IPv6 address, addr");
		return -EINVAL;
	}
	return 0;
}

static int read_addr4(struct dsmip_config *c, u8 role, struct genl_info *info)
{
	struct nlattr *attr = info->attrs[DSMIP_A_DEVICE_ADDR4];

	if (!attr)
		return 0;
	if (role == DSMIP_ROLE_MOBILE_NODE) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_ADDR4,
			     "a mobile node has no addr4; its registrations have the home agent's, ha4");
		return -EINVAL;
	}
	c->addr4 = nla_get_in_addr(attr);
	if (c->addr4 && !dsmip_in4_is_unicast(c->addr4)) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_ADDR4,
			     "addr4 must be a unicast IPv4 address, or 0.0.0.0 for none");
		return -EINVAL;
	}
	return 0;
}

/* Without UDP no message can come from IPv4 [DS-02]. */
static int read_udp(struct dsmip_config *c, u8 role, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;

	if (role == DSMIP_ROLE_MOBILE_NODE &&
	    (attrs[DSMIP_A_DEVICE_UDP] || attrs[DSMIP_A_DEVICE_NAT_ALWAYS])) {
		NL_SET_ERR_MSG_MOD(info->extack,
				   "udp and nat-always are the home agent's; a registration has force-udp");
		return -EINVAL;
	}
	if (attrs[DSMIP_A_DEVICE_UDP_PORT])
		c->udp_port = htons(nla_get_u16(attrs[DSMIP_A_DEVICE_UDP_PORT]));
	if (attrs[DSMIP_A_DEVICE_UDP])
		c->udp = nla_get_u8(attrs[DSMIP_A_DEVICE_UDP]);
	if (attrs[DSMIP_A_DEVICE_KEEPALIVE])
		c->keepalive_s = nla_get_u32(attrs[DSMIP_A_DEVICE_KEEPALIVE]);
	if (attrs[DSMIP_A_DEVICE_NAT_ALWAYS])
		c->nat_always = nla_get_u8(attrs[DSMIP_A_DEVICE_NAT_ALWAYS]);
	if (c->addr4 && !c->udp_port) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_UDP_PORT,
			     "without UDP there is no IPv4: give a port, or addr4 0.0.0.0");
		return -EINVAL;
	}
	return 0;
}

static int read_home_link(struct dsmip_config *c, u8 role, struct genl_info *info)
{
	struct nlattr *attr = info->attrs[DSMIP_A_DEVICE_HOME_LINK];
	struct net_device *dev;

	if (!attr)
		return 0;
	c->home_link = nla_get_u32(attr);
	if (!c->home_link)
		return 0;
	if (role == DSMIP_ROLE_MOBILE_NODE) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_HOME_LINK,
			     "a mobile node serves no home link; it finds it by its home prefix");
		return -EINVAL;
	}
	dev = __dev_get_by_index(genl_info_net(info), c->home_link);
	if (!dev) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_HOME_LINK,
			     "home-link is no interface; 0 is for prefixes without a link");
		return -ENODEV;
	}
	if (dsmip_dev_is_ours(dev)) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_HOME_LINK,
			     "home-link is a dsmip device; name the real link or 0");
		return -EINVAL;
	}
	return 0;
}

static int read_home_prefix(struct dsmip_config *c, u8 role, struct genl_info *info)
{
	struct nlattr *prefix = info->attrs[DSMIP_A_DEVICE_HOME_PREFIX];
	struct nlattr *plen = info->attrs[DSMIP_A_DEVICE_HOME_PLEN];
	struct in6_addr addr;

	if (!prefix && !plen)
		return 0;
	if (!prefix || !plen) {
		NL_SET_ERR_MSG_MOD(info->extack,
				   "home-prefix and home-plen belong together; give both");
		return -EINVAL;
	}
	if (role == DSMIP_ROLE_MOBILE_NODE) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_HOME_PREFIX,
			     "the home prefix of a mobile node is the plen of its registration");
		return -EINVAL;
	}
	addr = nla_get_in6_addr(prefix);
	c->home_plen = nla_get_u8(plen);
	ipv6_addr_prefix(&c->home_prefix, &addr, c->home_plen);
	if (c->home_plen && !dsmip_in6_is_unicast(&c->home_prefix)) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_HOME_PREFIX,
			     "home-prefix must be a prefix of global unicast addresses");
		return -EINVAL;
	}
	return 0;
}

static time64_t end_of(const struct nlattr *seconds)
{
	u32 s = nla_get_u32(seconds);

	if (s == DSMIP_LIFE_FOREVER_S)
		return 0;
	return max_t(time64_t, 1, ktime_get_boottime_seconds() + s);
}

/* Whether one end comes after another; 0 never comes. */
static bool outlives(time64_t end, time64_t other)
{
	return other && (!end || end > other);
}

/* A shorter valid life cuts the preferred one, unless that is given too. */
static int read_prefix_life(struct dsmip_config *c, struct genl_info *info)
{
	struct nlattr *preferred = info->attrs[DSMIP_A_DEVICE_PREFIX_PREFERRED];
	struct nlattr *valid = info->attrs[DSMIP_A_DEVICE_PREFIX_VALID];

	if (valid)
		c->prefix_valid = end_of(valid);
	if (preferred)
		c->prefix_preferred = end_of(preferred);
	if (!outlives(c->prefix_preferred, c->prefix_valid))
		return 0;
	if (preferred && (!valid || nla_get_u32(preferred) > nla_get_u32(valid))) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_PREFIX_PREFERRED,
			     "prefix-preferred must not be longer than prefix-valid");
		return -EINVAL;
	}
	c->prefix_preferred = c->prefix_valid;
	return 0;
}

/* Numbers whose ranges the policy has checked. */
static void read_numbers(struct dsmip_config *c, struct nlattr **attrs)
{
	if (attrs[DSMIP_A_DEVICE_AUTH])
		c->auth = nla_get_u8(attrs[DSMIP_A_DEVICE_AUTH]);
	if (attrs[DSMIP_A_DEVICE_LIFETIME_MAX])
		c->lifetime_max_s = nla_get_u32(attrs[DSMIP_A_DEVICE_LIFETIME_MAX]);
	if (attrs[DSMIP_A_DEVICE_REFRESH])
		c->refresh_s = nla_get_u32(attrs[DSMIP_A_DEVICE_REFRESH]);
	if (attrs[DSMIP_A_DEVICE_GRACE])
		c->grace = msecs_to_jiffies(nla_get_u32(attrs[DSMIP_A_DEVICE_GRACE]));
	if (attrs[DSMIP_A_DEVICE_HOP_LIMIT])
		c->hop_limit = nla_get_u8(attrs[DSMIP_A_DEVICE_HOP_LIMIT]);
	if (attrs[DSMIP_A_DEVICE_ENCAP_LIMIT])
		c->encap_limit = nla_get_u8(attrs[DSMIP_A_DEVICE_ENCAP_LIMIT]);
	if (attrs[DSMIP_A_DEVICE_TCLASS_COPY])
		c->tclass_copy = nla_get_u8(attrs[DSMIP_A_DEVICE_TCLASS_COPY]);
	if (attrs[DSMIP_A_DEVICE_MAX_MOBILES])
		c->max_mobiles = nla_get_u32(attrs[DSMIP_A_DEVICE_MAX_MOBILES]);
}

/* Write what is given into a configuration that has all the rest; RTNL held. */
static int read_config(struct dsmip_config *c, u8 role, struct genl_info *info)
{
	int err;

	err = read_addr(c, role, info);
	if (err)
		return err;
	err = read_addr4(c, role, info);
	if (err)
		return err;
	err = read_udp(c, role, info);
	if (err)
		return err;
	err = read_home_link(c, role, info);
	if (err)
		return err;
	err = read_home_prefix(c, role, info);
	if (err)
		return err;
	err = read_prefix_life(c, info);
	if (err)
		return err;
	read_numbers(c, info->attrs);
	return 0;
}

/* --- commands --- */

int dsmip_nl_device_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_nl_out o;
	struct dsmip_dev *d;
	int err;

	d = find_device(info);
	if (IS_ERR(d))
		return PTR_ERR(d);
	err = dsmip_nl_reply_open(&o, info, DSMIP_CMD_DEVICE_GET);
	if (!err)
		err = dsmip_nl_reply_close(&o, info, put_dev(&o, d));
	return dsmip_nl_done(info, d, err);
}

int dsmip_nl_device_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dsmip_nl_dump(skb, cb, DSMIP_CMD_DEVICE_GET, DSMIP_NL_ANY_ROLE, put_dev);
}

/* RTNL held. @c becomes the device's, or is freed. */
static int create(struct genl_info *info, const char *name, struct dsmip_config *c)
{
	u8 role = nla_get_u8(info->attrs[DSMIP_A_DEVICE_ROLE]);
	struct dsmip_dev *d;
	int err;

	err = read_config(c, role, info);
	if (err) {
		kfree(c);
		return err;
	}
	d = dsmip_dev_create(genl_info_net(info), name, role, c, info->extack);
	if (IS_ERR(d)) {
		if (!info->extack->_msg)
			NL_SET_ERR_MSG_MOD(info->extack,
					   "the interface was not made; try another name");
		return PTR_ERR(d);
	}
	dsmip_nl_device_notify(d, DSMIP_EVENT_CREATED);
	return 0;
}

int dsmip_nl_device_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	const char *name = "dsmip%d";
	struct dsmip_config *c;
	int err;

	if (dsmip_nl_missing(info, DSMIP_A_DEVICE_ROLE,
			     "say the role, home-agent or mobile-node"))
		return -EINVAL;
	if (info->attrs[DSMIP_A_DEVICE_NAME])
		name = nla_data(info->attrs[DSMIP_A_DEVICE_NAME]);
	if (!dev_valid_name(name)) {
		dsmip_nl_bad(info, DSMIP_A_DEVICE_NAME,
			     "no name for an interface; take letters and digits");
		return -EINVAL;
	}
	c = dsmip_dev_config_alloc();
	if (!c)
		return -ENOMEM;
	rtnl_lock();
	err = create(info, name, c);
	rtnl_unlock();
	return err;
}

/* RTNL held. */
static int change(struct genl_info *info, struct dsmip_config *c)
{
	struct dsmip_dev *d;
	int err;

	d = find_device_rtnl(info);
	err = PTR_ERR_OR_ZERO(d);
	if (!err) {
		*c = *rtnl_dereference(d->config);
		err = read_config(c, d->role, info);
	}
	if (err) {
		kfree(c);
		return err;
	}
	err = dsmip_dev_configure(d, c, info->extack);
	if (!err)
		dsmip_nl_device_notify(d, DSMIP_EVENT_CHANGED);
	return err;
}

int dsmip_nl_device_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_config *c = dsmip_dev_config_alloc();
	int err;

	if (!c)
		return -ENOMEM;
	rtnl_lock();
	err = change(info, c);
	rtnl_unlock();
	return err;
}

int dsmip_nl_device_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct dsmip_dev *d;

	rtnl_lock();
	d = find_device_rtnl(info);
	if (!IS_ERR(d)) {
		dsmip_nl_device_notify(d, DSMIP_EVENT_DELETED);
		dsmip_dev_delete(d);
	}
	rtnl_unlock();
	return PTR_ERR_OR_ZERO(d);
}
