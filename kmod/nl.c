// SPDX-License-Identifier: GPL-2.0
#include "nl.h"

#include <linux/rculist.h>
#include <net/genetlink.h>
#include <net/sock.h>

#include "nl-priv.h"

static_assert((int)DSMIP_A_DEVICE_IFINDEX == DSMIP_NL_A_IFINDEX);
static_assert((int)DSMIP_A_MOBILE_IFINDEX == DSMIP_NL_A_IFINDEX);
static_assert((int)DSMIP_A_BINDING_IFINDEX == DSMIP_NL_A_IFINDEX);
static_assert((int)DSMIP_A_REGISTRATION_IFINDEX == DSMIP_NL_A_IFINDEX);
static_assert((int)DSMIP_A_ACCESS_IFINDEX == DSMIP_NL_A_IFINDEX);
static_assert((int)DSMIP_A_POOL_IFINDEX == DSMIP_NL_A_IFINDEX);
static_assert((int)DSMIP_A_STATS_IFINDEX == DSMIP_NL_A_IFINDEX);

static_assert(sizeof(struct dsmip_nl_cursor) <= sizeof_field(struct netlink_callback, ctx));

/* The number of the group is ours only while the family is registered. */
static bool is_open;

int dsmip_nl_init(void)
{
	int err = genl_register_family(&dsmip_nl_family);

	WRITE_ONCE(is_open, !err);
	return err;
}

/* Devices are still deleted after this, and have nobody to tell any more. */
void dsmip_nl_exit(void)
{
	WRITE_ONCE(is_open, false);
	synchronize_net();
	genl_unregister_family(&dsmip_nl_family);
}

/* --- one message --- */

/**
 * dsmip_nl_begin() - begin a message
 * @o: where to
 *
 * Return: its header for dsmip_nl_end(), or NULL when there is no room.
 */
void *dsmip_nl_begin(struct dsmip_nl_out *o)
{
	void *hdr = genlmsg_put(o->skb, o->portid, o->seq, &dsmip_nl_family, o->flags, o->cmd);

	if (hdr && o->cb) {
		o->cb->seq = 1 + dsmip_nl_cursor(o->cb)->repeats;
		genl_dump_check_consistent(o->cb, hdr);
	}
	return hdr;
}

/**
 * dsmip_nl_end() - end a message, or take back what was written of it
 * @o: where to
 * @hdr: from dsmip_nl_begin(), not NULL
 * @err: whether anything did not fit
 *
 * Return: 0 or -EMSGSIZE.
 */
int dsmip_nl_end(struct dsmip_nl_out *o, void *hdr, int err)
{
	if (err) {
		genlmsg_cancel(o->skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(o->skb, hdr);
	return 0;
}

int dsmip_nl_put_addr6(struct dsmip_nl_out *o, int attr, const struct in6_addr *addr)
{
	return nla_put_in6_addr(o->skb, attr, addr);
}

int dsmip_nl_put_event(struct dsmip_nl_out *o, int attr)
{
	return o->event == DSMIP_NL_NO_EVENT ? 0 : nla_put_u8(o->skb, attr, o->event);
}

/* In the order of the attributes, mobile's and binding's. */
static_assert(DSMIP_A_MOBILE_IN_OCTETS - DSMIP_A_MOBILE_IN_PACKETS == 1);
static_assert(DSMIP_A_MOBILE_OUT_PACKETS - DSMIP_A_MOBILE_IN_PACKETS == 2);
static_assert(DSMIP_A_MOBILE_OUT_OCTETS - DSMIP_A_MOBILE_IN_PACKETS == 3);
static_assert(DSMIP_A_MOBILE_PAD - DSMIP_A_MOBILE_IN_PACKETS == 4);
static_assert(DSMIP_A_BINDING_IN_OCTETS - DSMIP_A_BINDING_IN_PACKETS == 1);
static_assert(DSMIP_A_BINDING_OUT_PACKETS - DSMIP_A_BINDING_IN_PACKETS == 2);
static_assert(DSMIP_A_BINDING_OUT_OCTETS - DSMIP_A_BINDING_IN_PACKETS == 3);
static_assert(DSMIP_A_BINDING_PAD - DSMIP_A_BINDING_IN_PACKETS == 4);

/**
 * dsmip_nl_put_account() - the counters of a mobile, if it has any
 * @o: where to
 * @account: counters, or NULL; BH off
 * @attr: the first of the attributes
 *
 * Return: 0 or -EMSGSIZE.
 */
int dsmip_nl_put_account(struct dsmip_nl_out *o, const struct dsmip_account *account, int attr)
{
	struct dsmip_account_sum sum;
	int way, err = 0;

	if (!account)
		return 0;
	dsmip_account_sum(account, &sum);
	for (way = 0; way < DSMIP_ACCOUNT_WAYS && !err; way++)
		err = nla_put_u64_64bit(o->skb, attr + 2 * way, sum.packets[way], attr + 4) ||
		      nla_put_u64_64bit(o->skb, attr + 2 * way + 1, sum.octets[way], attr + 4);
	return err ? -EMSGSIZE : 0;
}

int dsmip_nl_reply_open(struct dsmip_nl_out *o, struct genl_info *info, u8 cmd)
{
	*o = (struct dsmip_nl_out){
		.skb = genlmsg_new(DSMIP_NL_SIZE, GFP_KERNEL),
		.portid = info->snd_portid,
		.seq = info->snd_seq,
		.cmd = cmd,
		.event = DSMIP_NL_NO_EVENT,
	};
	return o->skb ? 0 : -ENOMEM;
}

int dsmip_nl_reply_close(struct dsmip_nl_out *o, struct genl_info *info, int err)
{
	if (!err)
		return genlmsg_reply(o->skb, info);
	nlmsg_free(o->skb);
	return err;
}

/* Who listens and cannot be told is told that something was lost. */
static void tell_of_loss(struct net *net)
{
	genl_set_err(&dsmip_nl_family, net, 0, DSMIP_NLGRP_EVENTS, -ENOBUFS);
}

/**
 * dsmip_nl_event_open() - begin to tell of an event; any context
 * @o: result
 * @net: namespace
 * @cmd: command of the notification
 * @event: enum dsmip_event
 *
 * Return: whether anybody listens; then end with dsmip_nl_event_close().
 */
bool dsmip_nl_event_open(struct dsmip_nl_out *o, struct net *net, u8 cmd, int event)
{
	if (!READ_ONCE(is_open) ||
	    !genl_has_listeners(&dsmip_nl_family, net, DSMIP_NLGRP_EVENTS))
		return false;
	*o = (struct dsmip_nl_out){
		.skb = genlmsg_new(DSMIP_NL_SIZE, GFP_ATOMIC),
		.cmd = cmd,
		.event = event,
	};
	if (!o->skb)
		tell_of_loss(net);
	return o->skb;
}

void dsmip_nl_event_close(struct dsmip_nl_out *o, struct net *net, int err)
{
	if (!err) {
		genlmsg_multicast_netns(&dsmip_nl_family, net, o->skb, 0, DSMIP_NLGRP_EVENTS,
					GFP_ATOMIC);
		return;
	}
	nlmsg_free(o->skb);
	tell_of_loss(net);
}

/* --- the device that is meant --- */

static struct dsmip_dev *dev_of_role(struct net *net, int ifindex, int role,
				     struct netlink_ext_ack *extack)
{
	struct dsmip_dev *d = dsmip_dev_get(net, ifindex);

	if (!d) {
		NL_SET_ERR_MSG_MOD(extack,
				   "no dsmip device has this ifindex; device-get lists them");
		return ERR_PTR(-ENODEV);
	}
	if (role == DSMIP_NL_ANY_ROLE || role == d->role)
		return d;
	if (role == DSMIP_ROLE_HOME_AGENT)
		NL_SET_ERR_MSG_MOD(extack,
				   "a mobile node has no mobiles, bindings or pool; name a home agent");
	else
		NL_SET_ERR_MSG_MOD(extack,
				   "a home agent has no registrations or accesses; name a mobile node");
	dsmip_dev_put(d);
	return ERR_PTR(-EOPNOTSUPP);
}

struct dsmip_dev *dsmip_nl_dev(struct genl_info *info, int role)
{
	if (dsmip_nl_missing(info, DSMIP_NL_A_IFINDEX, "say which device, by its ifindex"))
		return ERR_PTR(-EINVAL);
	return dev_of_role(genl_info_net(info), nla_get_u32(info->attrs[DSMIP_NL_A_IFINDEX]),
			   role, info->extack);
}

/* What refused has said why, unless the device was deleted in the meantime. */
int dsmip_nl_done(struct genl_info *info, struct dsmip_dev *d, int err)
{
	if (err == -ENODEV && !info->extack->_msg)
		NL_SET_ERR_MSG_MOD(info->extack, "the device is being deleted");
	dsmip_dev_put(d);
	return err;
}

/* --- dumps: device after device, in the order of their indices --- */

/* The ifindex that a dump was asked for, or NULL; validated before. */
const struct nlattr *dsmip_nl_dump_filter(const struct netlink_callback *cb)
{
	return nlmsg_find_attr(cb->nlh, GENL_HDRLEN, DSMIP_NL_A_IFINDEX);
}

void dsmip_nl_dump_out(struct dsmip_nl_out *o, struct sk_buff *skb,
		       struct netlink_callback *cb, u8 cmd)
{
	*o = (struct dsmip_nl_out){
		.skb = skb,
		.cb = cb,
		.portid = NETLINK_CB(cb->skb).portid,
		.seq = cb->nlh->nlmsg_seq,
		.flags = NLM_F_MULTI,
		.cmd = cmd,
		.event = DSMIP_NL_NO_EVENT,
	};
}

static void move_cursor(struct dsmip_nl_cursor *c, int ifindex)
{
	if (c->ifindex == ifindex)
		return;
	c->ifindex = ifindex;
	memset(c->place, 0, sizeof(c->place));
}

/* The lowest index of a device of a role, from @from on; 0 for none. */
static int next_ifindex(struct net *net, int from, int role)
{
	struct dsmip_dev *d;
	int next = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list) {
		int ifindex = d->dev->ifindex;

		if (role != DSMIP_NL_ANY_ROLE && role != d->role)
			continue;
		if (ifindex >= from && (!next || ifindex < next))
			next = ifindex;
	}
	rcu_read_unlock();
	return next;
}

/* Return: the device to continue with, with a reference; NULL at the end; ERR_PTR(). */
static struct dsmip_dev *next_dev(struct netlink_callback *cb, int role)
{
	const struct nlattr *filter = dsmip_nl_dump_filter(cb);
	struct dsmip_nl_cursor *c = dsmip_nl_cursor(cb);
	struct net *net = sock_net(cb->skb->sk);
	struct dsmip_dev *d;
	int ifindex;

	if (filter) {
		ifindex = nla_get_u32(filter);
		if (c->ifindex > 0 && c->ifindex > ifindex)
			return NULL;
		move_cursor(c, ifindex);
		return dev_of_role(net, ifindex, role, cb->extack);
	}
	while ((ifindex = next_ifindex(net, c->ifindex, role))) {
		move_cursor(c, ifindex);
		d = dsmip_dev_get(net, ifindex);
		if (d)
			return d;
		move_cursor(c, ifindex + 1);
	}
	return NULL;
}

/**
 * dsmip_nl_dump() - a dumpit
 * @skb: message
 * @cb: dump
 * @cmd: command of the answers
 * @role: devices of this role, or of any
 * @put: write all of a device from struct dsmip_nl_cursor.place on; process
 *	context; -EMSGSIZE to be called again for the rest
 */
int dsmip_nl_dump(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd, int role,
		  int (*put)(struct dsmip_nl_out *o, struct dsmip_dev *d))
{
	struct dsmip_nl_cursor *c = dsmip_nl_cursor(cb);
	struct dsmip_nl_out o;
	struct dsmip_dev *d;
	int err = 0;

	dsmip_nl_dump_out(&o, skb, cb, cmd);
	while (!err && (d = next_dev(cb, role))) {
		if (IS_ERR(d))
			return PTR_ERR(d);
		err = put(&o, d);
		if (!err)
			move_cursor(c, c->ifindex + 1);
		dsmip_dev_put(d);
	}
	cb->seq = 1 + c->repeats;
	return skb->len ?: err;
}
