/* SPDX-License-Identifier: GPL-2.0 */
/* What the files behind the door share; nobody else includes this. */
#ifndef DSMIP_NL_PRIV_H
#define DSMIP_NL_PRIV_H

#include <net/genetlink.h>

#include "dev.h"
#include "nl-gen.h"
#include "nl.h"

enum dsmip_nl_limits {
	DSMIP_NL_A_IFINDEX = 1,		/* the same in all attribute sets */
	DSMIP_NL_ANY_ROLE = -1,
	DSMIP_NL_NO_EVENT = -1,
	DSMIP_NL_SIZE = 768,		/* of the longest message with its identity */
	DSMIP_NL_ID_MAX = 254,		/* identity with its NUL */
};

/* Refuse: a sentence that says what would do, and the attribute that is wrong. */
#define dsmip_nl_bad(info, attr, msg) do {					\
	struct genl_info *__i = (info);						\
										\
	NL_SET_ERR_MSG_ATTR(__i->extack, __i->attrs[attr],			\
			    KBUILD_MODNAME ": " msg);				\
} while (0)

/* Whether an attribute is missing; then refuse with a sentence. */
#define dsmip_nl_missing(info, attr, msg) ({					\
	struct genl_info *__m = (info);						\
	bool __missing = GENL_REQ_ATTR_CHECK(__m, attr);			\
										\
	if (__missing)								\
		NL_SET_ERR_MSG_MOD(__m->extack, msg);				\
	__missing;								\
})

/**
 * struct dsmip_nl_out - messages on their way out: a reply, an event or a dump
 * @skb: where to
 * @cb: of a dump, NULL otherwise
 * @portid: whom for, 0 for all
 * @seq: of the request
 * @flags: NLM_F_MULTI in a dump
 * @cmd: enum dsmip_cmd
 * @event: enum dsmip_event, or DSMIP_NL_NO_EVENT
 */
struct dsmip_nl_out {
	struct sk_buff *skb;
	struct netlink_callback *cb;
	u32 portid;
	u32 seq;
	int flags;
	u8 cmd;
	int event;
};

/**
 * struct dsmip_nl_cursor - how far a dump has come; in netlink_callback.ctx
 * @ifindex: device to continue with; all below are done
 * @repeats: how often what was shown had to be begun again; then the messages
 *	that follow carry NLM_F_DUMP_INTR
 * @place: where in this device, in the words of who dumps; zero at its beginning
 *
 * Nothing is held between two messages: neither a device nor a table waits
 * for a reader that went to sleep, and an abandoned dump leaves nothing.
 */
struct dsmip_nl_cursor {
	int ifindex;
	u32 repeats;
	u32 place[10];
};

static inline struct dsmip_nl_cursor *dsmip_nl_cursor(struct netlink_callback *cb)
{
	return (struct dsmip_nl_cursor *)cb->ctx;
}

/* nl.c */
void *dsmip_nl_begin(struct dsmip_nl_out *o);
int dsmip_nl_end(struct dsmip_nl_out *o, void *hdr, int err);

int dsmip_nl_reply_open(struct dsmip_nl_out *o, struct genl_info *info, u8 cmd);
int dsmip_nl_reply_close(struct dsmip_nl_out *o, struct genl_info *info, int err);
bool dsmip_nl_event_open(struct dsmip_nl_out *o, struct net *net, u8 cmd, int event);
void dsmip_nl_event_close(struct dsmip_nl_out *o, struct net *net, int err);

int dsmip_nl_put_addr6(struct dsmip_nl_out *o, int attr, const struct in6_addr *addr);
int dsmip_nl_put_event(struct dsmip_nl_out *o, int attr);
int dsmip_nl_put_account(struct dsmip_nl_out *o, const struct dsmip_account *account, int attr);

/* With a reference: every doit ends with dsmip_nl_done(). Or ERR_PTR(). */
struct dsmip_dev *dsmip_nl_dev(struct genl_info *info, int role);
int dsmip_nl_done(struct genl_info *info, struct dsmip_dev *d, int err);

int dsmip_nl_dump(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd, int role,
		  int (*put)(struct dsmip_nl_out *o, struct dsmip_dev *d));
const struct nlattr *dsmip_nl_dump_filter(const struct netlink_callback *cb);
void dsmip_nl_dump_out(struct dsmip_nl_out *o, struct sk_buff *skb,
		       struct netlink_callback *cb, u8 cmd);

/* nl-mobile.c */
typedef int (*dsmip_nl_visit)(struct dsmip_nl_out *o, struct dsmip_dev *d,
			      struct dsmip_mobile *m);

int dsmip_nl_dump_mobiles(struct dsmip_nl_out *o, struct dsmip_dev *d, dsmip_nl_visit visit);
void dsmip_nl_each_mobile(struct dsmip_dev *d, dsmip_nl_visit visit);

#endif
