// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "../wire/help_test.h"
#include "accept.h"
#include "life.h"

#define IP4(a, b, c, d) cpu_to_be32((a) * 16777216u + (b) * 65536 + (c) * 256 + (d))
#define EXPECT_IP4(test, left, right) \
	KUNIT_EXPECT_EQ(test, be32_to_cpu(left), be32_to_cpu(right))
#define MAPPED(a, b, c, d) { .s6_addr = { [10] = 0xff, 0xff, a, b, c, d } }

enum { LAST = 100, NEXT = 101, PORT = 40000, FOREVER = DSMIP_LIFE_FOREVER_S };

/* All that a verdict depends on, and the verdict. */
struct world {
	struct dsmip_bu bu;
	struct dsmip_snapshot snap;
	struct dsmip_arrival arrival;
	struct dsmip_policy policy;
	struct dsmip_verdict v;
};

/* One thing at a time that may be otherwise than in a plain registration. */
enum twist {
	PLAIN,
	/* protection */
	IN_CLEAR, OTHER_SA, STRANGE_SA, OPEN,
	/* addresses */
	HOA_MULTICAST, HOA_LINK_LOCAL, HOA_IS_HA, SRC_MULTICAST, SRC_LINK_LOCAL, SRC_IS_HA,
	SRC_IS_HOA, FROM_AFAR, COA_UNSPECIFIED, COA_MULTICAST, COA_LINK_LOCAL, COA_LOOPBACK,
	COA_MAPPED, COA_IS_HA, COA_IS_HOA, NO_HAO, NO_ALT_COA,
	/* an IPv4 care-of address */
	OVER_UDP4, OVER_IP4, SRC4_PRIVATE, SRC4_MULTICAST, SRC4_UNMAPPED,
	/* IPv6 in UDP */
	OVER_UDP6,
	/* form */
	NO_H, NO_A, NONCES, BID, BID_ILL_FORMED,
	/* the binding that exists */
	BOUND, HELD, PENDING, NO_HOME_BINDING, ROUTER_BINDING, SAME_SEQ, OLD_SEQ,
	OLDEST_SEQ, FARTHEST_SEQ,
	/* what is asked */
	FLAG_L, FLAG_K, FLAG_R, FLAG_F, FLAG_M, FLAG_P, FLAG_T, FLAG_O, WITH_MNP, ASKS_IP4,
	LIFE_ZERO,
	/* what is allowed */
	UNKNOWN, FULL, DAD, OUTSIDE, NO_PREFIX, ROUTER, PREFIX_ENDED, PREFIX_DEPRECATED,
	TWISTS,
};

static const struct in6_addr multicast = { .s6_addr = { 0xff, 0x0e, [15] = 1 } };
static const struct in6_addr link_local = { .s6_addr = { 0xfe, 0x80, [15] = 9 } };
static const struct in6_addr elsewhere = { .s6_addr = { 0x20, 0x01, 0x0d, 0xb9 } };

static void make_plain(struct world *w)
{
	*w = (struct world){
		.bu = {
			.seq = NEXT,
			.flags = DSMIP_BU_A | DSMIP_BU_H,
			.lifetime_s = 600,
			.has = DSMIP_HAS(DSMIP_OPT_ALT_COA),
			.alt_coa = test_coa,
		},
		.arrival = {
			.hoa = test_hoa, .ha = test_ha, .src = test_coa, .hao = true,
			.outer = DSMIP_OUTER_IP6, .protection = DSMIP_PROTECTION_OURS,
		},
		.policy = {
			.authorised = true, .room = true,
			.home_plen = 48, .home_prefix = test_hoa,
			.prefix_valid_s = FOREVER, .prefix_preferred_s = FOREVER,
			.lifetime_max_s = 3600,
		},
	};
}

static void set_coa(struct world *w, const struct in6_addr *coa)
{
	w->bu.alt_coa = *coa;
}

static void set_over_ip4(struct world *w, u8 outer, u16 port)
{
	static const struct in6_addr src4 = MAPPED(192, 0, 2, 33);

	w->arrival.outer = outer;
	w->arrival.port = port;
	w->arrival.src = src4;
	w->bu.has = DSMIP_HAS(DSMIP_OPT_COA4);
}

static bool twist_protection(struct world *w, enum twist twist)
{
	switch (twist) {
	case IN_CLEAR:
		w->arrival.protection = DSMIP_PROTECTION_NONE;
		break;
	case OTHER_SA:
		w->arrival.protection = DSMIP_PROTECTION_OTHER;
		break;
	case STRANGE_SA:
		w->arrival.protection = 0xff;
		break;
	case OPEN:
		w->policy.open = true;
		break;
	default:
		return false;
	}
	return true;
}

static bool twist_endpoints(struct world *w, enum twist twist)
{
	switch (twist) {
	case HOA_MULTICAST:
		w->arrival.hoa = multicast;
		break;
	case HOA_LINK_LOCAL:
		w->arrival.hoa = link_local;
		break;
	case HOA_IS_HA:
		w->arrival.hoa = test_ha;
		break;
	case SRC_MULTICAST:
		w->arrival.src = multicast;
		break;
	case SRC_LINK_LOCAL:
		w->arrival.src = link_local;
		break;
	case SRC_IS_HA:
		w->arrival.src = test_ha;
		break;
	case SRC_IS_HOA:
		w->arrival.src = test_hoa;
		w->arrival.home_link = true;
		break;
	case NO_HAO:
		w->arrival.hao = false;
		w->arrival.src = test_hoa;
		w->arrival.home_link = true;
		break;
	case FROM_AFAR:
		w->arrival.home_link = false;
		break;
	default:
		return false;
	}
	return true;
}

static bool twist_coa(struct world *w, enum twist twist)
{
	static const struct in6_addr unspecified, mapped = MAPPED(192, 0, 2, 33);
	static const struct in6_addr loopback = { .s6_addr = { [15] = 1 } };

	switch (twist) {
	case COA_UNSPECIFIED:
		set_coa(w, &unspecified);
		break;
	case COA_MULTICAST:
		set_coa(w, &multicast);
		break;
	case COA_LINK_LOCAL:
		set_coa(w, &link_local);
		break;
	case COA_LOOPBACK:
		set_coa(w, &loopback);
		break;
	case COA_MAPPED:
		set_coa(w, &mapped);
		break;
	case COA_IS_HA:
		set_coa(w, &test_ha);
		break;
	case COA_IS_HOA:
		set_coa(w, &test_hoa);
		break;
	case NO_ALT_COA:
		w->bu.has &= ~DSMIP_HAS(DSMIP_OPT_ALT_COA);
		break;
	default:
		return false;
	}
	return true;
}

static bool twist_coa4(struct world *w, enum twist twist)
{
	static const struct in6_addr private = MAPPED(10, 0, 0, 5);
	static const struct in6_addr group = MAPPED(224, 0, 0, 5);

	switch (twist) {
	case OVER_UDP4:
		set_over_ip4(w, DSMIP_OUTER_UDP4, PORT);
		break;
	case OVER_UDP6:
		w->arrival.outer = DSMIP_OUTER_UDP6;
		w->arrival.port = PORT;
		break;
	case OVER_IP4:
		set_over_ip4(w, DSMIP_OUTER_IP4, 0);
		break;
	case SRC4_PRIVATE:
		w->arrival.src = private;
		break;
	case SRC4_MULTICAST:
		w->arrival.src = group;
		break;
	case SRC4_UNMAPPED:
		w->arrival.src = test_coa;
		break;
	default:
		return false;
	}
	return true;
}

static bool twist_form(struct world *w, enum twist twist)
{
	switch (twist) {
	case NO_H:
		w->bu.flags &= ~DSMIP_BU_H;
		break;
	case NO_A:
		w->bu.flags &= ~DSMIP_BU_A;
		break;
	case NONCES:
		w->bu.has |= DSMIP_HAS(DSMIP_OPT_NONCE);
		break;
	case BID:
	case BID_ILL_FORMED:
		w->bu.has |= DSMIP_HAS(DSMIP_OPT_BID);
		w->bu.bid_count = 1;
		w->bu.bid[0].bid = 7;
		w->bu.bid[0].coa_len = twist == BID ? 0 : 0xff;
		break;
	case WITH_MNP:
		w->bu.has |= DSMIP_HAS(DSMIP_OPT_MNP);
		w->bu.mnp_count = 1;
		break;
	case ASKS_IP4:
		w->bu.has |= DSMIP_HAS(DSMIP_OPT_HOA4);
		w->bu.hoa4_count = 1;
		w->bu.hoa4[0].plen = 32;
		break;
	case LIFE_ZERO:
		w->bu.lifetime_s = 0;
		break;
	default:
		return false;
	}
	return true;
}

static bool twist_flags(struct world *w, enum twist twist)
{
	static const u16 flags[] = {
		DSMIP_BU_L, DSMIP_BU_K, DSMIP_BU_R, DSMIP_BU_F, DSMIP_BU_M, DSMIP_BU_P,
		DSMIP_BU_T, DSMIP_BU_O,
	};

	if (twist < FLAG_L || twist > FLAG_O)
		return false;
	w->bu.flags |= flags[twist - FLAG_L];
	return true;
}

static bool twist_binding(struct world *w, enum twist twist)
{
	switch (twist) {
	case BOUND:
		w->snap = (struct dsmip_snapshot){
			.exists = true, .home = true, .seq = LAST, .coa = elsewhere,
		};
		break;
	case HELD:
		w->snap = (struct dsmip_snapshot){ .held = true, .seq = LAST };
		break;
	case PENDING:
		w->snap = (struct dsmip_snapshot){ .pending = true, .seq = LAST };
		break;
	case NO_HOME_BINDING:
		w->snap.home = false;
		break;
	case ROUTER_BINDING:
		w->snap.router = true;
		break;
	default:
		return false;
	}
	return true;
}

static bool twist_seq(struct world *w, enum twist twist)
{
	switch (twist) {
	case SAME_SEQ:
		w->bu.seq = LAST;
		break;
	case OLD_SEQ:
		w->bu.seq = LAST - 1;
		break;
	case OLDEST_SEQ:
		w->bu.seq = LAST - 32768;
		break;
	case FARTHEST_SEQ:
		w->bu.seq = LAST + 32767;
		break;
	default:
		return false;
	}
	return true;
}

static void twist_policy(struct world *w, enum twist twist)
{
	switch (twist) {
	case UNKNOWN:
		w->policy.authorised = false;
		break;
	case FULL:
		w->policy.room = false;
		break;
	case DAD:
		w->policy.dad = true;
		break;
	case OUTSIDE:
		w->policy.home_prefix = elsewhere;
		break;
	case NO_PREFIX:
		w->policy.home_plen = 0;
		break;
	case ROUTER:
		w->policy.mobile_router = true;
		break;
	case PREFIX_ENDED:
		w->policy.prefix_valid_s = 0;
		break;
	case PREFIX_DEPRECATED:
		w->policy.prefix_preferred_s = 0;
		break;
	default:
		break;
	}
}

static void twist(struct world *w, enum twist twist)
{
	if (!twist_protection(w, twist) && !twist_endpoints(w, twist) &&
	    !twist_coa(w, twist) && !twist_coa4(w, twist) && !twist_form(w, twist) &&
	    !twist_flags(w, twist) && !twist_binding(w, twist) && !twist_seq(w, twist))
		twist_policy(w, twist);
}

static void judge(struct world *w)
{
	memset(&w->v, 0xa5, sizeof(w->v));
	dsmip_accept(&w->bu, &w->snap, &w->arrival, &w->policy, &w->v);
}

#define ROW_TWISTS 5

struct row {
	const char *says;
	enum twist twists[ROW_TWISTS];
	u8 action;
	u8 status;
	enum dsmip_drop why;
};

#define DROPPED(reason) .action = DSMIP_ACTION_DROP, .why = DSMIP_DROP_##reason
#define REFUSED(code, reason) \
	.action = DSMIP_ACTION_REFUSE, .status = DSMIP_BA_##code, .why = DSMIP_DROP_##reason
#define DONE(what) .action = DSMIP_ACTION_##what

static const struct row rows[] = {
	{ "a plain registration is accepted", { PLAIN }, DONE(CREATE) },
	{ "[HR-10] without A too", { NO_A }, DONE(CREATE) },
	{ "[HR-02] any number without an entry", { FARTHEST_SEQ }, DONE(CREATE) },
	{ "[HR-08] a home link wants DAD first", { DAD }, DONE(CREATE_DAD) },
	{ "[HR-08] but not while a binding exists", { DAD, BOUND }, DONE(UPDATE) },
	{ "[HR-08] again after a deregistration", { DAD, HELD }, DONE(CREATE_DAD) },
	{ "a binding that exists is updated", { BOUND }, DONE(UPDATE) },
	{ "a held one is made anew", { HELD }, DONE(CREATE) },

	{ "[IP-01] in clear is dropped", { IN_CLEAR }, DROPPED(BU_UNPROTECTED) },
	{ "[IP-01] in clear is accepted in open mode", { IN_CLEAR, OPEN }, DONE(CREATE) },
	{ "[HR-07] another's SA is dropped", { OTHER_SA }, DROPPED(BU_WRONG_SA) },
	{ "[HR-07] also in open mode", { OTHER_SA, OPEN }, DROPPED(BU_WRONG_SA) },
	{ "[HR-07] as is what nobody knows", { STRANGE_SA, OPEN }, DROPPED(BU_WRONG_SA) },
	{ "own SA in open mode", { OPEN }, DONE(CREATE) },

	{ "[MH-15] multicast home address", { HOA_MULTICAST }, DROPPED(BU_HOA_INVALID) },
	{ "[MH-15] link-local home address", { HOA_LINK_LOCAL }, DROPPED(BU_HOA_INVALID) },
	{ "home agent's address as home address", { HOA_IS_HA }, DROPPED(BU_HOA_INVALID) },
	{ "[HR-17] multicast source", { SRC_MULTICAST }, DROPPED(BU_COA_INVALID) },
	{ "[HR-17] link-local source", { SRC_LINK_LOCAL }, DROPPED(BU_COA_INVALID) },
	{ "[TU-11] home agent as source", { SRC_IS_HA }, DROPPED(BU_COA_FORBIDDEN) },
	{ "[MH-15] no care-of address", { COA_UNSPECIFIED }, DROPPED(BU_COA_INVALID) },
	{ "[MH-15] multicast care-of address", { COA_MULTICAST }, DROPPED(BU_COA_INVALID) },
	{ "[MH-15] link-local care-of address", { COA_LINK_LOCAL }, DROPPED(BU_COA_INVALID) },
	{ "[MH-15] loopback care-of address", { COA_LOOPBACK }, DROPPED(BU_COA_INVALID) },
	{ "[MH-15] mapped care-of address over IPv6", { COA_MAPPED }, DROPPED(BU_COA_INVALID) },
	{ "[TU-11] home agent as care-of address", { COA_IS_HA }, DROPPED(BU_COA_FORBIDDEN) },
	{ "[MH-15] 174 is never sent: silence", { COA_LINK_LOCAL, BOUND },
	  DROPPED(BU_COA_INVALID) },
	{ "[HR-06] without a Home Address option", { NO_HAO }, DROPPED(BU_NO_HAO) },
	{ "[HR-06] with one that says the source", { SRC_IS_HOA }, DROPPED(BU_NO_HAO) },
	{ "[HR-18] source without Alternate CoA", { NO_ALT_COA }, DONE(CREATE) },

	{ "[HR-06] no option over UDP and IPv4", { OVER_UDP4 }, DONE(CREATE) },
	{ "[DS-02] none over plain IPv4", { OVER_IP4 }, DROPPED(BU_NO_HAO) },
	{ "[DS-02] nor the end", { OVER_IP4, BOUND, LIFE_ZERO }, DROPPED(BU_NO_HAO) },
	{ "[DS-04] a private address is one", { OVER_UDP4, SRC4_PRIVATE }, DONE(CREATE) },
	{ "[MH-15] a group is none", { OVER_UDP4, SRC4_MULTICAST }, DROPPED(BU_COA_INVALID) },
	{ "[MH-15] nor is IPv6", { OVER_UDP4, SRC4_UNMAPPED }, DROPPED(BU_COA_INVALID) },

	{ "correspondent registration", { NO_H }, DROPPED(BU_NOT_HOME) },
	{ "also of who left just now", { NO_H, HELD }, DROPPED(BU_NOT_HOME) },
	{ "also beside one", { NO_H, BOUND, NO_HOME_BINDING }, DROPPED(BU_NOT_HOME) },
	{ "[NE-01] R without H", { NO_H, FLAG_R, ROUTER }, REFUSED(MR_NOT_PERMITTED, BU_PREFIX) },
	{ "[NE-01] but not at the end", { NO_H, FLAG_R, LIFE_ZERO }, DROPPED(BU_NOT_HOME) },
	{ "[HR-04] H with Nonce Indices", { NONCES }, DROPPED(BU_NONCE) },
	{ "[HR-04] for an existing binding too", { NONCES, BOUND }, DROPPED(BU_NONCE) },

	{ "[HR-01] the same number", { BOUND, SAME_SEQ }, REFUSED(SEQUENCE, BU_SEQUENCE) },
	{ "[HR-01] an older number", { BOUND, OLD_SEQ }, REFUSED(SEQUENCE, BU_SEQUENCE) },
	{ "[HR-01] the oldest number", { BOUND, OLDEST_SEQ }, REFUSED(SEQUENCE, BU_SEQUENCE) },
	{ "[HR-01] the farthest number", { BOUND, FARTHEST_SEQ }, DONE(UPDATE) },
	{ "[DR-04] late after the end", { HELD, OLD_SEQ }, REFUSED(SEQUENCE, BU_SEQUENCE) },
	{ "[DR-04] replayed end", { HELD, SAME_SEQ, LIFE_ZERO }, REFUSED(SEQUENCE, BU_SEQUENCE) },
	{ "[HR-01] old end", { BOUND, OLD_SEQ, LIFE_ZERO }, REFUSED(SEQUENCE, BU_SEQUENCE) },
	{ "[HR-08] DAD still runs", { PENDING }, DROPPED(BU_PENDING) },
	{ "[HR-08] the same again", { PENDING, SAME_SEQ }, DROPPED(BU_PENDING) },
	{ "[HR-08] an end meanwhile", { PENDING, LIFE_ZERO }, DROPPED(BU_PENDING) },
	{ "[HR-03] H gone", { BOUND, NO_H }, REFUSED(TYPE_CHANGE, BU_TYPE_CHANGE) },
	{ "[HR-03] H gone, Nonce Indices come", { BOUND, NO_H, NONCES },
	  REFUSED(TYPE_CHANGE, BU_TYPE_CHANGE) },
	{ "[HR-03] H come", { BOUND, NO_HOME_BINDING }, REFUSED(TYPE_CHANGE, BU_TYPE_CHANGE) },
	{ "[HR-03] H gone, R come", { BOUND, NO_H, FLAG_R },
	  REFUSED(TYPE_CHANGE, BU_TYPE_CHANGE) },
	{ "[NE-01] R come", { BOUND, FLAG_R, ROUTER }, REFUSED(TYPE_CHANGE, BU_TYPE_CHANGE) },
	{ "[NE-01] R gone", { BOUND, ROUTER_BINDING }, REFUSED(TYPE_CHANGE, BU_TYPE_CHANGE) },
	{ "[NE-01] R as before", { BOUND, ROUTER_BINDING, FLAG_R, ROUTER }, DONE(UPDATE) },
	{ "[NE-01] R no longer allowed", { BOUND, ROUTER_BINDING, FLAG_R },
	  REFUSED(MR_NOT_PERMITTED, BU_PREFIX) },
	{ "[NE-01] R gone after the end", { HELD, ROUTER_BINDING }, DONE(CREATE) },

	{ "[HR-05] not of the home prefix", { OUTSIDE }, REFUSED(NOT_HOME_SUBNET, BU_NOT_SERVED) },
	{ "[HR-05] no prefix: all are", { OUTSIDE, NO_PREFIX }, DONE(CREATE) },
	{ "[HR-05] nobody's", { UNKNOWN }, REFUSED(PROHIBITED, BU_NOT_AUTHORISED) },
	{ "[HR-05] no longer allowed", { UNKNOWN, BOUND }, REFUSED(PROHIBITED, BU_NOT_AUTHORISED) },
	{ "[HR-05] no room", { FULL }, REFUSED(RESOURCES, BU_RESOURCES) },
	{ "[HR-15] room for what exists", { FULL, BOUND }, DONE(UPDATE) },
	{ "[HR-09] prefix has ended", { PREFIX_ENDED }, REFUSED(NOT_HOME_SUBNET, BU_NOT_SERVED) },
	{ "[HR-09] under a binding", { PREFIX_ENDED, BOUND },
	  REFUSED(NOT_HOME_SUBNET, BU_NOT_SERVED) },
	{ "[HR-11] prefix is deprecated", { PREFIX_DEPRECATED }, DONE(CREATE),
	  .status = DSMIP_BA_ACCEPTED_PREFIX },
	{ "[3G-30] R for the own prefix", { FLAG_R, ROUTER }, DONE(CREATE) },
	{ "[NE-01] R without right", { FLAG_R }, REFUSED(MR_NOT_PERMITTED, BU_PREFIX) },
	{ "[NE-02] a prefix by name", { FLAG_R, ROUTER, WITH_MNP },
	  REFUSED(PREFIX_NOT_AUTHORISED, BU_PREFIX) },
	{ "[NE-03] ignored without R", { WITH_MNP, ROUTER }, DONE(CREATE) },
	{ "[MC-10] several care-of addresses", { BID }, REFUSED(MCOA_PROHIBITED, BU_MULTIPLE) },
	{ "[MC-10] also to a binding", { BID, BOUND }, REFUSED(MCOA_PROHIBITED, BU_MULTIPLE) },
	{ "[MC-08] ill-formed ones", { BID_ILL_FORMED }, REFUSED(MCOA_PROHIBITED, BU_MULTIPLE) },
	{ "[MC-15] at home and abroad", { BID, COA_IS_HOA, BOUND },
	  REFUSED(MCOA_PROHIBITED, BU_MULTIPLE) },
	{ "[MC-15] told from home", { BID, NO_HAO, NO_ALT_COA, BOUND },
	  REFUSED(MCOA_PROHIBITED, BU_MULTIPLE) },
	{ "[MC-03] nor with Alternate CoA", { BID, NO_ALT_COA },
	  REFUSED(MCOA_PROHIBITED, BU_MULTIPLE) },
	{ "[DS-18] F with a native address", { FLAG_F }, REFUSED(UDP_REFUSED, BU_OPTIONS) },
	{ "[DS-18] F over UDP", { OVER_UDP4, FLAG_F }, DONE(CREATE) },
	{ "[DS-18] F over UDP and IPv6", { OVER_UDP6, FLAG_F }, DONE(CREATE) },
	{ "[DS-02] F over plain IPv4", { OVER_IP4, FLAG_F }, DROPPED(BU_NO_HAO) },
	{ "[MH-10] flags of others", { FLAG_M, FLAG_P, FLAG_T, FLAG_O }, DONE(CREATE) },
	{ "[3G-33] O of 3GPP", { FLAG_O, BOUND }, DONE(UPDATE) },
	{ "[DS-21] IPv4 never fails IPv6", { ASKS_IP4 }, DONE(CREATE) },

	{ "[DR-01] life 0 is the end", { LIFE_ZERO, BOUND }, DONE(DELETE) },
	{ "[DR-01] home address is the end", { COA_IS_HOA, BOUND }, DONE(DELETE) },
	{ "[DR-01] both are", { COA_IS_HOA, LIFE_ZERO, BOUND }, DONE(DELETE) },
	{ "[DR-01] without Alternate CoA", { SRC_IS_HOA, NO_ALT_COA, BOUND }, DONE(DELETE) },
	{ "[DR-05] no option at home", { NO_HAO, LIFE_ZERO, BOUND }, DONE(DELETE) },
	{ "[DR-05] nor Alternate CoA", { NO_HAO, NO_ALT_COA, BOUND }, DONE(DELETE) },
	{ "[DR-05] but not from elsewhere", { NO_HAO, LIFE_ZERO, BOUND, FROM_AFAR },
	  DROPPED(BU_NO_HAO) },
	{ "[DR-05] nor with the option", { SRC_IS_HOA, LIFE_ZERO, BOUND, FROM_AFAR },
	  DROPPED(BU_NO_HAO) },
	{ "[DR-05] nor for the sake of a number", { NO_HAO, OLD_SEQ, BOUND, FROM_AFAR },
	  DROPPED(BU_NO_HAO) },
	{ "[DR-01] over UDP", { OVER_UDP4, LIFE_ZERO, BOUND }, DONE(DELETE) },
	{ "[DR-02] no binding to end", { LIFE_ZERO }, REFUSED(NOT_HA_FOR_MN, BU_NO_BINDING) },
	{ "[DR-02] ended already", { LIFE_ZERO, HELD }, REFUSED(NOT_HA_FOR_MN, BU_NO_BINDING) },
	{ "[DR-02] first of all", { LIFE_ZERO, UNKNOWN, OUTSIDE },
	  REFUSED(NOT_HA_FOR_MN, BU_NO_BINDING) },
	{ "another's binding is not ended", { LIFE_ZERO, BOUND, UNKNOWN },
	  REFUSED(PROHIBITED, BU_NOT_AUTHORISED) },
	{ "[MC-09] unknown identifier", { LIFE_ZERO, BID, BOUND },
	  REFUSED(NOT_HA_FOR_MN, BU_NO_BINDING) },
	{ "[NE-01] R does not matter then", { LIFE_ZERO, FLAG_R, BOUND }, DONE(DELETE) },
	{ "[NE-01] nor does its absence", { LIFE_ZERO, BOUND, ROUTER_BINDING }, DONE(DELETE) },
	{ "[NE-04] nor do prefixes", { LIFE_ZERO, FLAG_R, WITH_MNP, BOUND }, DONE(DELETE) },
	{ "nor room nor home prefix", { LIFE_ZERO, FULL, OUTSIDE, PREFIX_ENDED, BOUND },
	  DONE(DELETE) },
	{ "nor F", { LIFE_ZERO, FLAG_F, BOUND }, DONE(DELETE) },
	{ "[MH-15] bad addresses do", { LIFE_ZERO, COA_MULTICAST, BOUND },
	  DROPPED(BU_COA_INVALID) },
	{ "[IP-01] in clear it is nothing", { LIFE_ZERO, IN_CLEAR, BOUND },
	  DROPPED(BU_UNPROTECTED) },
};

static void say(const struct row *row, char *desc)
{
	strscpy(desc, row->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row, rows, say);

static void make_row(struct world *w, const struct row *row)
{
	u8 i;

	make_plain(w);
	for (i = 0; i < ROW_TWISTS; i++)
		twist(w, row->twists[i]);
	judge(w);
}

static void verdict_is_as_the_rfc_says(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct world w;

	make_row(&w, row);
	KUNIT_EXPECT_EQ(test, w.v.action, row->action);
	KUNIT_EXPECT_EQ(test, w.v.status, row->status);
	KUNIT_EXPECT_EQ(test, w.v.why, row->why);
}

/* [HR-01] [HR-13] [HR-20] */
static void sequence_numbers_are_told_and_kept(struct kunit *test)
{
	const struct row *row = test->param_value;
	bool passed, old = row->why == DSMIP_DROP_BU_SEQUENCE;
	struct world w;

	make_row(&w, row);
	passed = row->action != DSMIP_ACTION_DROP && !old &&
		 (!w.snap.exists || w.snap.home == !!(w.bu.flags & DSMIP_BU_H));
	KUNIT_EXPECT_EQ(test, w.v.ba_seq, old ? LAST : w.bu.seq);
	KUNIT_EXPECT_EQ(test, w.v.seq, w.bu.seq);
	KUNIT_EXPECT_EQ(test, w.v.store_seq, passed &&
			(w.snap.exists || row->action > DSMIP_ACTION_REFUSE));
}

/* nothing is granted by the way */
static void what_is_not_accepted_grants_nothing(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct world w;

	make_row(&w, row);
	KUNIT_EXPECT_EQ(test, w.v.status >= DSMIP_BA_UNSPECIFIED,
			w.v.action == DSMIP_ACTION_REFUSE);
	if (w.v.action > DSMIP_ACTION_REFUSE)
		return;
	KUNIT_EXPECT_EQ(test, w.v.flags | w.v.ba_flags, 0);
	KUNIT_EXPECT_EQ(test, w.v.lifetime_s | w.v.refresh_s, 0);
	KUNIT_EXPECT_EQ(test, w.v.hoa4_action, DSMIP_HOA4_NONE);
}

enum { ROUTER_CHANGED = 6 };

/* Each of these is told before all that come after it. */
static const struct {
	enum twist twist;
	enum dsmip_drop why;
} judges[] = {
	{ OTHER_SA, DSMIP_DROP_BU_WRONG_SA },
	{ HOA_MULTICAST, DSMIP_DROP_BU_HOA_INVALID },
	{ COA_MULTICAST, DSMIP_DROP_BU_COA_INVALID },
	{ NONCES, DSMIP_DROP_BU_NONCE },
	{ OLD_SEQ, DSMIP_DROP_BU_SEQUENCE },
	{ NO_HOME_BINDING, DSMIP_DROP_BU_TYPE_CHANGE },
	[ROUTER_CHANGED] = { PLAIN, DSMIP_DROP_BU_TYPE_CHANGE },
	{ OUTSIDE, DSMIP_DROP_BU_NOT_SERVED },
	{ UNKNOWN, DSMIP_DROP_BU_NOT_AUTHORISED },
	{ BID, DSMIP_DROP_BU_MULTIPLE },
	{ WITH_MNP, DSMIP_DROP_BU_PREFIX },
	{ FLAG_F, DSMIP_DROP_BU_OPTIONS },
	{ PREFIX_ENDED, DSMIP_DROP_BU_NOT_SERVED },
};

static void judges_are_asked_in_their_order(struct kunit *test)
{
	struct world w;
	u8 first, i;

	for (first = 0; first < ARRAY_SIZE(judges); first++) {
		make_plain(&w);
		twist(&w, BOUND);
		twist(&w, FLAG_R);
		twist(&w, ROUTER);
		w.snap.router = first > ROUTER_CHANGED;
		for (i = first; i < ARRAY_SIZE(judges); i++)
			twist(&w, judges[i].twist);
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.why, judges[first].why);
	}
}

/* All that must hold of any verdict. */
static void expect_safe(struct kunit *test, const struct world *w)
{
	const struct dsmip_verdict *v = &w->v;

	if (v->action == DSMIP_ACTION_DROP || v->action == DSMIP_ACTION_REFUSE) {
		KUNIT_EXPECT_NE(test, v->why, DSMIP_OK);
		return;
	}
	KUNIT_EXPECT_EQ(test, v->why, DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, w->arrival.protection == DSMIP_PROTECTION_OURS ||
			  (w->arrival.protection == DSMIP_PROTECTION_NONE && w->policy.open));
	KUNIT_EXPECT_TRUE(test, w->policy.authorised);
	KUNIT_EXPECT_FALSE(test, w->snap.pending);
	KUNIT_EXPECT_TRUE(test, v->flags & DSMIP_BU_H);
	KUNIT_EXPECT_LE(test, v->lifetime_s, w->bu.lifetime_s);
	KUNIT_EXPECT_LE(test, v->lifetime_s, w->policy.lifetime_max_s);
	KUNIT_EXPECT_EQ(test, v->action == DSMIP_ACTION_DELETE, !v->lifetime_s);
	KUNIT_EXPECT_EQ(test, w->snap.exists, v->action == DSMIP_ACTION_UPDATE ||
			v->action == DSMIP_ACTION_DELETE);
}

static void any_three_things_at_once_are_judged_safely(struct kunit *test)
{
	struct world w;
	u8 a, b, c;

	for (a = 0; a < TWISTS; a++)
		for (b = a; b < TWISTS; b++)
			for (c = b; c < TWISTS; c++) {
				make_plain(&w);
				twist(&w, a);
				twist(&w, b);
				twist(&w, c);
				judge(&w);
				expect_safe(test, &w);
			}
}

static void expect_coa(struct kunit *test, const struct world *w, const struct in6_addr *coa,
		       u8 outer, u16 port)
{
	KUNIT_EXPECT_TRUE(test, test_same_in6(&w->v.coa, coa));
	KUNIT_EXPECT_EQ(test, w->v.outer, outer);
	KUNIT_EXPECT_EQ(test, w->v.port, port);
}

/* [HR-18] */
static void care_of_address_is_the_alternate_or_the_source(struct kunit *test)
{
	struct world w;

	make_plain(&w);
	w.bu.alt_coa = elsewhere;
	judge(&w);
	expect_coa(test, &w, &elsewhere, DSMIP_OUTER_IP6, 0);
	twist(&w, NO_ALT_COA);
	judge(&w);
	expect_coa(test, &w, &test_coa, DSMIP_OUTER_IP6, 0);
}

/* [DS-04] [MC-13] also against an Alternate Care-of Address */
static void care_of_address_over_ipv4_is_what_was_seen(struct kunit *test)
{
	static const struct in6_addr seen = MAPPED(192, 0, 2, 33);
	struct world w;

	make_plain(&w);
	twist(&w, OVER_UDP4);
	w.bu.has |= DSMIP_HAS(DSMIP_OPT_ALT_COA);
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	expect_coa(test, &w, &seen, DSMIP_OUTER_UDP4, PORT);
}

/* [HR-16] [DS-11] RFC 5555 4.5 "always" is not what 6275 9.5.4 and 5555 5.2.1 do */
static void routing_header_answers_a_home_address_option_only(struct kunit *test)
{
	static const struct {
		bool rh2;
		enum twist twists[3];
	} table[] = {
		{ true, { PLAIN } }, { true, { BOUND, LIFE_ZERO } }, { true, { UNKNOWN } },
		{ true, { BOUND, OLD_SEQ } }, { false, { BOUND, NO_HAO, LIFE_ZERO } },
		{ false, { BOUND, SRC_IS_HOA, LIFE_ZERO } }, { false, { NO_HAO, LIFE_ZERO } },
		{ false, { OVER_UDP4 } }, { false, { OVER_IP4 } },
		{ false, { OVER_UDP4, UNKNOWN } },
	};
	struct world w;
	u8 i, j;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		make_plain(&w);
		for (j = 0; j < ARRAY_SIZE(table[i].twists); j++)
			twist(&w, table[i].twists[j]);
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.rh2, table[i].rh2);
	}
}

static void routing_header_is_not_put_inside_udp(struct kunit *test)
{
	struct world w;

	make_plain(&w);
	twist(&w, OVER_UDP6);
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	KUNIT_EXPECT_FALSE(test, w.v.rh2);
	expect_coa(test, &w, &test_coa, DSMIP_OUTER_UDP6, PORT);
}

/* [HR-12] [NE-03] */
static void flags_are_granted_that_can_be_kept(struct kunit *test)
{
	const u16 kept = DSMIP_BU_A | DSMIP_BU_H | DSMIP_BU_L | DSMIP_BU_R;
	struct world w;

	make_plain(&w);
	w.policy.mobile_router = true;
	w.bu.flags = 0xffff & ~DSMIP_BU_F;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.flags, kept);
	KUNIT_EXPECT_EQ(test, w.v.ba_flags, DSMIP_BA_R);
	w.bu.flags &= ~DSMIP_BU_R;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.flags, kept & ~DSMIP_BU_R);
	KUNIT_EXPECT_EQ(test, w.v.ba_flags, 0);
	twist(&w, OVER_UDP4);
	w.bu.flags = 0xffff;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.flags, kept | DSMIP_BU_F);
}

/* K asked for or not, and what there is to move. */
struct row_k {
	const char *says;
	bool granted;
	enum twist twists[3];
	bool manual;
	u8 status;
};

static const struct row_k rows_k[] = {
	{ "[HR-12] [3G-32] a new binding", true, { FLAG_K } },
	{ "[HR-12] [IP-14] a move", true, { FLAG_K, BOUND } },
	{ "[HR-12] [DR-03] an end: it goes home", true, { FLAG_K, BOUND, LIFE_ZERO } },
	{ "[HR-12] not asked for", false, { BOUND } },
	{ "[HR-12] keys that nobody moves", false, { FLAG_K, BOUND }, true },
	{ "[HR-12] the same in the end", false, { FLAG_K, BOUND, LIFE_ZERO }, true },
	{ "[HR-12] 135: it is to go on", true, { FLAG_K, BOUND, SAME_SEQ }, .status = 135 },
	{ "[HR-12] 129 as well", true, { FLAG_K, UNKNOWN }, .status = 129 },
	{ "[HR-12] 129 to manual keys", false, { FLAG_K, UNKNOWN }, true, .status = 129 },
	{ "[HR-12] no home registration", false, { FLAG_K, BOUND, NO_H }, .status = 139 },
};

static void say_k(const struct row_k *row, char *desc)
{
	strscpy(desc, row->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row_k, rows_k, say_k);

static void key_exchange_moves_along_where_it_can(struct kunit *test)
{
	const struct row_k *row = test->param_value;
	const bool kept = row->granted && !row->status;
	struct dsmip_ba ba;
	struct world w;
	u8 i;

	make_plain(&w);
	w.policy.key_management = !row->manual;
	for (i = 0; i < ARRAY_SIZE(row->twists); i++)
		twist(&w, row->twists[i]);
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.status, row->status);
	KUNIT_EXPECT_EQ(test, w.v.ba_flags, row->granted ? DSMIP_BA_K : 0);
	KUNIT_EXPECT_EQ(test, w.v.flags & DSMIP_BU_K, kept ? DSMIP_BU_K : 0);
	dsmip_accept_answer(&w.bu, &w.v, &ba);
	KUNIT_EXPECT_EQ(test, ba.flags, w.v.ba_flags);
}

/* [HR-12] */
static void what_came_in_clear_has_no_key_exchange_to_move(struct kunit *test)
{
	struct world w;

	make_plain(&w);
	w.policy.key_management = true;
	twist(&w, FLAG_K);
	twist(&w, OPEN);
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.ba_flags, DSMIP_BA_K);
	twist(&w, IN_CLEAR);
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	KUNIT_EXPECT_EQ(test, w.v.ba_flags, 0);
	KUNIT_EXPECT_EQ(test, w.v.flags & DSMIP_BU_K, 0);
}

/* [HR-09] [HR-11] [HR-14] */
static void life_is_granted_within_policy_and_prefix(struct kunit *test)
{
	static const struct {
		u32 granted, refresh;
		u8 status;
		u32 asked, policy, valid, preferred, advice;
	} table[] = {
		{ 600, 0, 0, 600, 3600, FOREVER, FOREVER, 0 },
		{ 300, 100, 0, 600, 300, FOREVER, FOREVER, 100 },
		{ 300, 0, 0, 600, 300, FOREVER, FOREVER, 300 },
		{ 200, 100, 1, 600, 3600, 200, 200, 100 },
		{ 600, 0, 1, 600, 3600, 700, 500, 0 },
		{ 600, 0, 0, 600, 3600, 700, 600, 0 },
		{ 600, 596, 0, 600, 3600, FOREVER, FOREVER, 597 },
	};
	struct world w;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		make_plain(&w);
		w.bu.lifetime_s = table[i].asked;
		w.policy.lifetime_max_s = table[i].policy;
		w.policy.prefix_valid_s = table[i].valid;
		w.policy.prefix_preferred_s = table[i].preferred;
		w.policy.refresh_s = table[i].advice;
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.lifetime_s, table[i].granted);
		KUNIT_EXPECT_EQ(test, w.v.refresh_s, table[i].refresh);
		KUNIT_EXPECT_EQ(test, w.v.status, table[i].status);
	}
}

/* [DR-03] */
static void end_is_answered_with_nothing_granted(struct kunit *test)
{
	struct world w;

	make_plain(&w);
	twist(&w, BOUND);
	twist(&w, LIFE_ZERO);
	twist(&w, PREFIX_DEPRECATED);
	w.bu.flags |= DSMIP_BU_K | DSMIP_BU_R | DSMIP_BU_L;
	w.policy.refresh_s = 100;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_DELETE);
	KUNIT_EXPECT_EQ(test, w.v.status, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, w.v.lifetime_s | w.v.refresh_s, 0);
	KUNIT_EXPECT_EQ(test, w.v.flags, DSMIP_BU_A | DSMIP_BU_H);
	KUNIT_EXPECT_EQ(test, w.v.ba_flags, 0);
	KUNIT_EXPECT_EQ(test, w.v.hoa4_action, DSMIP_HOA4_NONE);
}

#define STATIC4 IP4(10, 0, 0, 7)
#define POOLED4 IP4(10, 1, 0, 7)
#define ALIEN4 IP4(10, 2, 0, 7)

struct row4 {
	const char *says;
	__be32 asked;
	u8 plen;
	bool prefix;
	__be32 fixed;
	bool pool;
	__be32 bound;
	u8 action;
	u8 status;
	__be32 addr;
};

#define BIND(a) .action = DSMIP_HOA4_BIND, .addr = a
#define ALLOCATE(a) .action = DSMIP_HOA4_ALLOCATE, .addr = a
#define NO_IP4(code, a) \
	.action = DSMIP_HOA4_REFUSE, .status = DSMIP_HOA4_##code, .addr = a

static const struct row4 rows4[] = {
	{ "[DS-23] its own", STATIC4, 32, .fixed = STATIC4, BIND(STATIC4) },
	{ "[DS-22] any: its own", 0, 32, .fixed = STATIC4, BIND(STATIC4) },
	{ "[DS-22] any: its own before the pool", 0, 32, false, STATIC4, true, 0, BIND(STATIC4) },
	{ "[DS-22] any from the pool", 0, 32, .pool = true, ALLOCATE(0) },
	{ "[DS-22] any, one is bound", 0, 32, false, 0, true, POOLED4, ALLOCATE(0) },
	{ "[DS-24] the one bound", POOLED4, 32, false, 0, true, POOLED4, ALLOCATE(POOLED4) },
	{ "[DS-22] any, none allowed", 0, 32, NO_IP4(UNAVAILABLE, 0) },
	{ "[DS-23] one, none allowed", STATIC4, 32, NO_IP4(PROHIBITED, STATIC4) },
	{ "[DS-23] one that was allowed", POOLED4, 32, .bound = POOLED4,
	  NO_IP4(PROHIBITED, POOLED4) },
	{ "[DS-23] another's, has its own", ALIEN4, 32, .fixed = STATIC4,
	  NO_IP4(INCORRECT, ALIEN4) },
	{ "[DS-23] pool taken away", POOLED4, 32, false, STATIC4, false, POOLED4,
	  NO_IP4(INCORRECT, POOLED4) },
	{ "[DS-23] out of the pool unasked", ALIEN4, 32, .pool = true, NO_IP4(INCORRECT, ALIEN4) },
	{ "[DS-23] another's, one is bound", ALIEN4, 32, false, 0, true, POOLED4,
	  NO_IP4(INCORRECT, ALIEN4) },
	{ "[DS-23] loopback", IP4(127, 0, 0, 1), 32, .fixed = STATIC4,
	  NO_IP4(INVALID, IP4(127, 0, 0, 1)) },
	{ "[DS-23] multicast", IP4(224, 0, 0, 1), 32, .pool = true,
	  NO_IP4(INVALID, IP4(224, 0, 0, 1)) },
	{ "[DS-23] broadcast", IP4(255, 255, 255, 255), 32,
	  NO_IP4(INVALID, IP4(255, 255, 255, 255)) },
	{ "[DS-26] length 0", STATIC4, 0, .fixed = STATIC4, NO_IP4(UNSPECIFIED, STATIC4) },
	{ "[DS-26] length 0 of any", 0, 0, .pool = true, NO_IP4(UNSPECIFIED, 0) },
	{ "[DS-26] length 33", STATIC4, 33, .fixed = STATIC4, NO_IP4(UNSPECIFIED, STATIC4) },
	{ "[DS-27] another length is overridden", STATIC4, 24, .fixed = STATIC4, BIND(STATIC4) },
	{ "[DS-28] a prefix", 0, 24, true, STATIC4, true, 0, NO_IP4(PREFIX_UNAUTHORISED, 0) },
	{ "[DS-28] a prefix by name", STATIC4, 24, true, STATIC4, true, 0,
	  NO_IP4(PREFIX_UNAUTHORISED, STATIC4) },
	{ "[DS-26] P in a refresh", STATIC4, 32, true, STATIC4, false, STATIC4, BIND(STATIC4) },
	{ "[DS-26] P in a refresh, pooled", POOLED4, 32, true, 0, true, POOLED4,
	  ALLOCATE(POOLED4) },
};

static void say4(const struct row4 *row, char *desc)
{
	strscpy(desc, row->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row4, rows4, say4);

static void make_row4(struct world *w, const struct row4 *row)
{
	make_plain(w);
	twist(w, ASKS_IP4);
	w->bu.hoa4[0].addr = row->asked;
	w->bu.hoa4[0].plen = row->plen;
	w->bu.hoa4[0].prefix = row->prefix;
	w->policy.hoa4 = row->fixed;
	w->policy.pool = row->pool;
	if (row->bound) {
		twist(w, BOUND);
		w->snap.hoa4 = row->bound;
	}
	judge(w);
}

static void ipv4_home_address_is_judged(struct kunit *test)
{
	const struct row4 *row = test->param_value;
	struct world w;

	make_row4(&w, row);
	KUNIT_EXPECT_GT(test, w.v.action, DSMIP_ACTION_REFUSE);
	KUNIT_EXPECT_EQ(test, w.v.status, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, w.v.hoa4_action, row->action);
	KUNIT_EXPECT_EQ(test, w.v.hoa4.status, row->status);
	EXPECT_IP4(test, w.v.hoa4.addr, row->addr);
	KUNIT_EXPECT_EQ(test, w.v.hoa4.plen, row->status ? 0 : 32);
}

/* [DS-24] what another binding had does not count for one that has gone */
static void ipv4_address_of_a_binding_that_ended_is_nobodys(struct kunit *test)
{
	struct world w;

	make_plain(&w);
	twist(&w, ASKS_IP4);
	twist(&w, HELD);
	w.policy.pool = true;
	w.snap.hoa4 = POOLED4;
	w.bu.hoa4[0].addr = POOLED4;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.hoa4.status, DSMIP_HOA4_INCORRECT);
}

/* [DR-11] */
static void ipv4_is_given_up_by_not_asking(struct kunit *test)
{
	struct world w;

	make_plain(&w);
	twist(&w, BOUND);
	w.snap.hoa4 = STATIC4;
	w.policy.hoa4 = STATIC4;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_UPDATE);
	KUNIT_EXPECT_EQ(test, w.v.hoa4_action, DSMIP_HOA4_NONE);
}

/* The acknowledgment, through octets and back. */
static struct dsmip_ba answer(struct kunit *test, const struct world *w)
{
	static u8 buf[256];
	struct dsmip_ba ba, back;
	int len;

	dsmip_accept_answer(&w->bu, &w->v, &ba);
	len = dsmip_ba_build(&ba, buf, sizeof(buf));
	KUNIT_ASSERT_GT(test, len, 0);
	KUNIT_ASSERT_EQ(test, dsmip_ba_parse(dsmip_span(buf, len), &back), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_ba(&ba, &back));
	return back;
}

/* [HR-13] */
static void answer_says_what_was_granted(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;

	make_plain(&w);
	twist(&w, FLAG_R);
	twist(&w, ROUTER);
	w.policy.refresh_s = 400;
	judge(&w);
	ba = answer(test, &w);
	KUNIT_EXPECT_EQ(test, ba.status, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, ba.flags, DSMIP_BA_R);
	KUNIT_EXPECT_EQ(test, ba.seq, NEXT);
	KUNIT_EXPECT_EQ(test, ba.lifetime_s, 600);
	KUNIT_EXPECT_EQ(test, ba.refresh_s, 400);
	KUNIT_EXPECT_EQ(test, ba.has, DSMIP_HAS(DSMIP_OPT_REFRESH));
}

/* [HR-01] */
static void answer_to_an_old_number_says_the_last(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;

	make_plain(&w);
	twist(&w, BOUND);
	twist(&w, OLDEST_SEQ);
	twist(&w, ASKS_IP4);
	judge(&w);
	ba = answer(test, &w);
	KUNIT_EXPECT_EQ(test, ba.status, DSMIP_BA_SEQUENCE);
	KUNIT_EXPECT_EQ(test, ba.seq, LAST);
	KUNIT_EXPECT_EQ(test, ba.lifetime_s, 0);
	KUNIT_EXPECT_EQ(test, ba.has, 0);
}

/* [DS-20] [DS-27] */
static void answer_has_option_30_for_option_29(struct kunit *test)
{
	const struct row4 *row = test->param_value;
	struct dsmip_ba ba;
	struct world w;

	make_row4(&w, row);
	ba = answer(test, &w);
	KUNIT_EXPECT_EQ(test, ba.has, DSMIP_HAS(DSMIP_OPT_HOA4_ACK));
	KUNIT_EXPECT_EQ(test, ba.hoa4_count, 1);
	KUNIT_EXPECT_EQ(test, ba.hoa4[0].status, row->status);
	EXPECT_IP4(test, ba.hoa4[0].addr, row->addr);
	KUNIT_EXPECT_EQ(test, ba.hoa4[0].plen, row->status ? 0 : 32);
}

/* [DS-28] in either order */
static void address_is_bound_and_prefix_refused_beside_it(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;
	u8 first;

	for (first = 0; first < 2; first++) {
		make_plain(&w);
		twist(&w, ASKS_IP4);
		w.policy.hoa4 = STATIC4;
		w.bu.hoa4_count = 2;
		w.bu.hoa4[first] = (struct dsmip_hoa4){ .addr = STATIC4, .plen = 32 };
		w.bu.hoa4[!first] = (struct dsmip_hoa4){ .plen = 24, .prefix = true };
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.hoa4_action, DSMIP_HOA4_BIND);
		ba = answer(test, &w);
		KUNIT_ASSERT_EQ(test, ba.hoa4_count, 2);
		EXPECT_IP4(test, ba.hoa4[0].addr, STATIC4);
		KUNIT_EXPECT_EQ(test, ba.hoa4[0].status, DSMIP_HOA4_OK);
		KUNIT_EXPECT_EQ(test, ba.hoa4[1].status, DSMIP_HOA4_PREFIX_UNAUTHORISED);
		KUNIT_EXPECT_EQ(test, ba.hoa4[1].plen, 0);
	}
}

/* [DS-28] */
static void prefixes_are_refused_together(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;
	u8 i;

	make_plain(&w);
	twist(&w, ASKS_IP4);
	w.policy.hoa4 = STATIC4;
	w.bu.hoa4_count = 2;
	for (i = 0; i < 2; i++)
		w.bu.hoa4[i] = (struct dsmip_hoa4){ .plen = 24 + i, .prefix = true };
	judge(&w);
	ba = answer(test, &w);
	KUNIT_ASSERT_EQ(test, ba.hoa4_count, 2);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_EQ(test, ba.hoa4[i].status, DSMIP_HOA4_PREFIX_UNAUTHORISED);
}

static void second_address_is_refused_beside_the_first(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;

	make_plain(&w);
	twist(&w, ASKS_IP4);
	w.policy.hoa4 = STATIC4;
	w.bu.hoa4_count = 2;
	w.bu.hoa4[0].addr = STATIC4;
	w.bu.hoa4[1] = (struct dsmip_hoa4){ .addr = ALIEN4, .plen = 32 };
	judge(&w);
	ba = answer(test, &w);
	KUNIT_ASSERT_EQ(test, ba.hoa4_count, 2);
	KUNIT_EXPECT_EQ(test, ba.hoa4[0].status, DSMIP_HOA4_OK);
	EXPECT_IP4(test, ba.hoa4[1].addr, ALIEN4);
	KUNIT_EXPECT_EQ(test, ba.hoa4[1].status, DSMIP_HOA4_PROHIBITED);
}

/* [DS-20] silence would mean that there is no IPv4 here, ever */
static void end_has_option_30_for_option_29(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;

	make_plain(&w);
	twist(&w, BOUND);
	twist(&w, LIFE_ZERO);
	twist(&w, ASKS_IP4);
	w.snap.hoa4 = POOLED4;
	judge(&w);
	ba = answer(test, &w);
	KUNIT_EXPECT_EQ(test, ba.status, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, ba.lifetime_s, 0);
	KUNIT_ASSERT_EQ(test, ba.hoa4_count, 1);
	KUNIT_EXPECT_EQ(test, ba.hoa4[0].status, DSMIP_HOA4_OK);
	EXPECT_IP4(test, ba.hoa4[0].addr, POOLED4);
	w.bu.hoa4[0].addr = STATIC4;
	judge(&w);
	ba = answer(test, &w);
	EXPECT_IP4(test, ba.hoa4[0].addr, STATIC4);
}

/* [MC-10] [MC-18] what is refused is known, so its identifiers come back */
static void answer_repeats_binding_identifiers(struct kunit *test)
{
	struct dsmip_ba ba;
	struct world w;

	make_plain(&w);
	w.bu.has |= DSMIP_HAS(DSMIP_OPT_BID);
	w.bu.bid_count = 3;
	w.bu.bid[0] = (struct dsmip_bid){ .bid = 7, .status = 9, .coa_len = 16, .coa = test_coa };
	w.bu.bid[1] = (struct dsmip_bid){ .coa_len = 0xff };
	w.bu.bid[2] = (struct dsmip_bid){ .bid = 8, .home = true, .priority = 3 };
	judge(&w);
	ba = answer(test, &w);
	KUNIT_EXPECT_EQ(test, ba.status, DSMIP_BA_MCOA_PROHIBITED);
	KUNIT_ASSERT_EQ(test, ba.bid_count, 2);
	KUNIT_EXPECT_EQ(test, ba.bid[0].bid, 7);
	KUNIT_EXPECT_EQ(test, ba.bid[0].status, 0);
	KUNIT_EXPECT_EQ(test, ba.bid[0].coa_len, 0);
	KUNIT_EXPECT_EQ(test, ba.bid[1].bid, 8);
	KUNIT_EXPECT_TRUE(test, ba.bid[1].home);
	KUNIT_EXPECT_EQ(test, ba.bid[1].priority, 3);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(verdict_is_as_the_rfc_says, row_gen_params),
	KUNIT_CASE_PARAM(sequence_numbers_are_told_and_kept, row_gen_params),
	KUNIT_CASE_PARAM(what_is_not_accepted_grants_nothing, row_gen_params),
	KUNIT_CASE(judges_are_asked_in_their_order),
	KUNIT_CASE(any_three_things_at_once_are_judged_safely),
	KUNIT_CASE(care_of_address_is_the_alternate_or_the_source),
	KUNIT_CASE(care_of_address_over_ipv4_is_what_was_seen),
	KUNIT_CASE(routing_header_answers_a_home_address_option_only),
	KUNIT_CASE(routing_header_is_not_put_inside_udp),
	KUNIT_CASE(flags_are_granted_that_can_be_kept),
	KUNIT_CASE_PARAM(key_exchange_moves_along_where_it_can, row_k_gen_params),
	KUNIT_CASE(what_came_in_clear_has_no_key_exchange_to_move),
	KUNIT_CASE(life_is_granted_within_policy_and_prefix),
	KUNIT_CASE(end_is_answered_with_nothing_granted),
	KUNIT_CASE_PARAM(ipv4_home_address_is_judged, row4_gen_params),
	KUNIT_CASE(ipv4_address_of_a_binding_that_ended_is_nobodys),
	KUNIT_CASE(ipv4_is_given_up_by_not_asking),
	KUNIT_CASE(answer_says_what_was_granted),
	KUNIT_CASE(answer_to_an_old_number_says_the_last),
	KUNIT_CASE_PARAM(answer_has_option_30_for_option_29, row4_gen_params),
	KUNIT_CASE(address_is_bound_and_prefix_refused_beside_it),
	KUNIT_CASE(prefixes_are_refused_together),
	KUNIT_CASE(second_address_is_refused_beside_the_first),
	KUNIT_CASE(end_has_option_30_for_option_29),
	KUNIT_CASE(answer_repeats_binding_identifiers),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-accept", .test_cases = cases };

kunit_test_suite(suite);
