/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The home agent's judgement of a Binding Update: RFC 6275 9.5.1, 10.3.1 and
 * 10.3.2, RFC 5555 4.4.2 and 4.5, RFC 3963 6.2. Values in, verdict out; total
 * and without side effects.
 */
#ifndef DSMIP_RULE_ACCEPT_H
#define DSMIP_RULE_ACCEPT_H

#include "../wire/bu.h"
#include "../wire/ba.h"

/**
 * enum dsmip_protection - under what a message arrived
 * @DSMIP_PROTECTION_NONE: in clear
 * @DSMIP_PROTECTION_OURS: ESP transport under the SA of this very mobile
 * @DSMIP_PROTECTION_OTHER: ESP, but not that SA
 */
enum dsmip_protection {
	DSMIP_PROTECTION_NONE,
	DSMIP_PROTECTION_OURS,
	DSMIP_PROTECTION_OTHER,
};

/**
 * struct dsmip_arrival - how a message came, by value
 * @hoa: home address: the source that upper layers see
 * @ha: final destination
 * @src: true outer source, v4-mapped over IPv4; equals @hoa when it came without HAO
 *	or tunnel
 * @outer: outer format it came in, enum dsmip_outer; over IPv4 always in UDP [DS-02]
 * @port: UDP source port, 0 without UDP
 * @hao: a Home Address option, or an outer header, told @src from @hoa
 * @home_link: it came in by the home link
 * @protection: enum dsmip_protection
 */
struct dsmip_arrival {
	struct in6_addr hoa;
	struct in6_addr ha;
	struct in6_addr src;
	u8 outer;
	u16 port;
	bool hao;
	bool home_link;
	u8 protection;
};

/**
 * struct dsmip_snapshot - the binding that exists, by value
 * @exists: there is one, alive
 * @held: it was deregistered less than DSMIP_DELETE_HOLD_S ago; only @seq counts [DR-04]
 * @pending: DAD for its first registration still runs
 * @home: its H flag
 * @router: its R flag
 * @seq: last sequence number accepted
 * @coa: its care-of address
 * @hoa4: IPv4 home address bound, 0 for none
 */
struct dsmip_snapshot {
	bool exists;
	bool held;
	bool pending;
	bool home;
	bool router;
	u16 seq;
	struct in6_addr coa;
	__be32 hoa4;
};

/**
 * struct dsmip_policy - what device and mobile allow, by value
 * @open: signalling in clear is accepted: lab mode
 * @authorised: the mobile is known (or open mode makes it known)
 * @room: there is room for one more mobile and binding
 * @dad: a real home link: the home address wants DAD before its first binding
 * @mobile_router: the R flag may be granted (a whole prefix belongs to the mobile)
 * @key_management: the K flag may be granted: the SAs are made by a key exchange
 *	whose end here follows the mobile
 * @home_plen: length of the home prefix; 0 when none is configured
 * @home_prefix: prefix that home addresses must be in [HR-05]
 * @prefix_valid_s: remaining valid life of it; DSMIP_LIFE_FOREVER_S for ever
 * @prefix_preferred_s: remaining preferred life of it
 * @lifetime_max_s: longest life granted
 * @refresh_s: refresh advice wished, 0 for none
 * @hoa4: static IPv4 home address of the mobile, 0 for none
 * @pool: an IPv4 home address may be allocated from the pool
 * @udp: enum dsmip_udp
 * @keepalive_s: how often a mobile behind a NAT shall be heard, 0xffffffff for never;
 *	not 0 [DS-10]
 * @nat_always: option 31 in the answer to whatever is accepted in UDP [DS-08]
 */
struct dsmip_policy {
	bool open;
	bool authorised;
	bool room;
	bool dad;
	bool mobile_router;
	bool key_management;
	u8 home_plen;
	struct in6_addr home_prefix;
	u32 prefix_valid_s;
	u32 prefix_preferred_s;
	u32 lifetime_max_s;
	u32 refresh_s;
	__be32 hoa4;
	bool pool;
	u8 udp;
	u32 keepalive_s;
	bool nat_always;
};

/**
 * enum dsmip_action - what to do with a Binding Update
 * @DSMIP_ACTION_DROP: nothing, silently; count @why
 * @DSMIP_ACTION_REFUSE: answer with @status, change nothing but @store_seq; count @why
 * @DSMIP_ACTION_CREATE: new binding, then acknowledge
 * @DSMIP_ACTION_CREATE_DAD: new binding after DAD; the acknowledgment waits
 * @DSMIP_ACTION_UPDATE: refresh or move the binding, then acknowledge
 * @DSMIP_ACTION_DELETE: delete the binding, hold its sequence number, acknowledge
 */
enum dsmip_action {
	DSMIP_ACTION_DROP,
	DSMIP_ACTION_REFUSE,
	DSMIP_ACTION_CREATE,
	DSMIP_ACTION_CREATE_DAD,
	DSMIP_ACTION_UPDATE,
	DSMIP_ACTION_DELETE,
};

/**
 * enum dsmip_hoa4_action - what to do about the IPv4 home address
 * @DSMIP_HOA4_NONE: no option 29: release one that was bound [DR-11]
 * @DSMIP_HOA4_BIND: bind @hoa4.addr
 * @DSMIP_HOA4_ALLOCATE: keep the one bound, else take one from the pool; none
 *	left is DSMIP_HOA4_UNAVAILABLE in the answer [DS-22]
 * @DSMIP_HOA4_REFUSE: bind none, answer @hoa4.status [DS-21]
 */
enum dsmip_hoa4_action {
	DSMIP_HOA4_NONE,
	DSMIP_HOA4_BIND,
	DSMIP_HOA4_ALLOCATE,
	DSMIP_HOA4_REFUSE,
};

/**
 * struct dsmip_verdict - the judgement
 * @action: enum dsmip_action
 * @why: reason, when dropped or refused
 * @status: status of the acknowledgment
 * @ba_flags: its flags
 * @ba_seq: its sequence number: that of the BU, or the last accepted with 135
 * @store_seq: the sequence number is to be stored in the binding [HR-20]
 * @seq: sequence number to store
 * @flags: BU flags granted
 * @lifetime_s: life granted
 * @refresh_s: refresh advice, 0 for none
 * @coa: care-of address to use [HR-18]
 * @outer: outer format for data, enum dsmip_outer; the answer itself goes as the
 *	message came
 * @port: UDP port of the mobile, 0 when it came without UDP; known over IPv4 even when
 *	data goes without [DS-04]
 * @nat_found: the outer source is not the address that the mobile gave [DS-06]
 * @nat_told: the answer has option 31
 * @nat: what it says
 * @rh2: the acknowledgment carries a type 2 routing header [HR-16]
 * @hoa4_action: enum dsmip_hoa4_action
 * @hoa4: what option 30 says, and what to bind
 */
struct dsmip_verdict {
	u8 action;
	enum dsmip_drop why;
	u8 status;
	u8 ba_flags;
	u16 ba_seq;
	bool store_seq;
	u16 seq;
	u16 flags;
	u32 lifetime_s;
	u32 refresh_s;
	struct in6_addr coa;
	u8 outer;
	u16 port;
	bool nat_found;
	bool nat_told;
	struct dsmip_nat nat;
	bool rh2;
	u8 hoa4_action;
	struct dsmip_hoa4 hoa4;
};

/**
 * dsmip_accept() - judge a Binding Update
 * @bu: the message
 * @snap: the binding that exists for arrival->hoa
 * @arrival: how it came
 * @policy: what is allowed
 * @v: verdict, always wholly written
 *
 * Order: protection, addresses, form, sequence, authority, lifetime.
 */
void dsmip_accept(const struct dsmip_bu *bu, const struct dsmip_snapshot *snap,
		  const struct dsmip_arrival *arrival,
		  const struct dsmip_policy *policy, struct dsmip_verdict *v);

/**
 * dsmip_accept_answer() - the acknowledgment that a verdict asks for
 * @bu: the message that was judged
 * @v: verdict, its hoa4 as it was carried out
 * @ba: result
 */
void dsmip_accept_answer(const struct dsmip_bu *bu, const struct dsmip_verdict *v,
			 struct dsmip_ba *ba);

#endif
