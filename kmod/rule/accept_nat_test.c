// SPDX-License-Identifier: GPL-2.0
/* What comes in UDP: where it was seen, whether a NAT is there, and what data goes in. */

#include <kunit/test.h>
#include "../wire/ext.h"
#include "../wire/help_test.h"
#include "accept.h"
#include "life.h"

#define IP4(a, b, c, d) cpu_to_be32((a) * 16777216u + (b) * 65536 + (c) * 256 + (d))
#define COA4 IP4(192, 0, 2, 33)
#define PRIVATE4 IP4(10, 9, 8, 7)
#define HOA4 IP4(10, 0, 0, 7)
#define NEVER_S ((u32)DSMIP_NAT_NEVER_S)

enum { LAST = 100, NEXT = 101, PORT = 40000, KEEP_S = 25 };

static const struct in6_addr elsewhere = { .s6_addr = { 0x20, 0x01, 0x0d, 0xb9, [15] = 3 } };

/* All that a verdict depends on, and the verdict. */
struct world {
	struct dsmip_bu bu;
	struct dsmip_snapshot snap;
	struct dsmip_arrival arrival;
	struct dsmip_policy policy;
	struct dsmip_verdict v;
	struct dsmip_ba ba;
};

/* Over IPv4, and nothing on the way has changed the address. */
static void make_over_ip4(struct world *w)
{
	*w = (struct world){
		.bu = {
			.seq = NEXT, .flags = DSMIP_BU_A | DSMIP_BU_H, .lifetime_s = 600,
			.has = DSMIP_HAS(DSMIP_OPT_COA4), .coa4 = COA4,
		},
		.arrival = {
			.hoa = test_hoa, .ha = test_ha, .src = dsmip_in6_from_in4(COA4),
			.outer = DSMIP_OUTER_UDP4, .port = PORT, .hao = true,
			.protection = DSMIP_PROTECTION_OURS,
		},
		.policy = {
			.authorised = true, .room = true, .lifetime_max_s = 3600,
			.prefix_valid_s = DSMIP_LIFE_FOREVER_S,
			.prefix_preferred_s = DSMIP_LIFE_FOREVER_S,
			.keepalive_s = KEEP_S,
		},
	};
}

static void make_over_ip6(struct world *w, u8 outer)
{
	make_over_ip4(w);
	w->bu.has = DSMIP_HAS(DSMIP_OPT_ALT_COA);
	w->bu.coa4 = 0;
	w->bu.alt_coa = test_coa;
	w->arrival.src = test_coa;
	w->arrival.outer = outer;
	w->arrival.port = outer == DSMIP_OUTER_UDP6 ? PORT : 0;
}

/* The mobile gave the address that it has, not the one that is seen. */
static void put_nat_between(struct world *w)
{
	w->bu.coa4 = PRIVATE4;
	w->bu.alt_coa = elsewhere;
}

static void bind(struct world *w)
{
	w->snap = (struct dsmip_snapshot){
		.exists = true, .home = true, .seq = LAST, .coa = elsewhere,
	};
}

static void judge(struct world *w)
{
	memset(&w->v, 0xa5, sizeof(w->v));
	dsmip_accept(&w->bu, &w->snap, &w->arrival, &w->policy, &w->v);
	dsmip_accept_answer(&w->bu, &w->v, &w->ba);
}

/* How it came, what is wished by either side; what comes of it. */
struct row {
	const char *says;
	u8 over;
	bool nat;
	bool f;
	u8 policy;
	bool always;
	u32 keep_s;
	bool refused;
	u8 outer;
	bool told;
	bool force;
	u32 refresh_s;
};

#define OVER(what) .over = DSMIP_OUTER_##what
#define POLICY(what) .policy = DSMIP_UDP_##what
#define TOLD(f, s) .told = true, .force = f, .refresh_s = s
#define DATA(what) .outer = DSMIP_OUTER_##what

static const struct row rows[] = {
	{ "[DS-06] no NAT: data goes without UDP", OVER(UDP4), DATA(IP4) },
	{ "[DS-07] NAT: data goes in UDP, option 31", OVER(UDP4), .nat = true, DATA(UDP4),
	  TOLD(false, KEEP_S) },
	{ "[DS-10] NAT that lives long", OVER(UDP4), .nat = true, .keep_s = 3000, DATA(UDP4),
	  TOLD(false, 3000) },
	{ "[DS-09] NAT that need not be kept awake", OVER(UDP4), .nat = true,
	  .keep_s = NEVER_S, DATA(UDP4), TOLD(true, NEVER_S) },
	{ "[DS-09] no NAT, F", OVER(UDP4), .f = true, DATA(UDP4), TOLD(true, NEVER_S) },
	{ "[DS-09] no NAT, UDP by policy", OVER(UDP4), POLICY(ALWAYS), DATA(UDP4),
	  TOLD(true, NEVER_S) },
	{ "[DS-09] both", OVER(UDP4), .f = true, POLICY(ALWAYS), DATA(UDP4),
	  TOLD(true, NEVER_S) },
	{ "[DS-07] NAT, UDP by policy", OVER(UDP4), .nat = true, POLICY(ALWAYS), DATA(UDP4),
	  TOLD(false, KEEP_S) },
	{ "[DS-07] NAT, F", OVER(UDP4), .nat = true, .f = true, DATA(UDP4),
	  TOLD(false, KEEP_S) },
	{ "[DS-08] [TRAP-01] no NAT, and told so", OVER(UDP4), .always = true, DATA(IP4),
	  TOLD(false, NEVER_S) },
	{ "[DS-08] [TRAP-01] NAT, always told", OVER(UDP4), .nat = true, .always = true,
	  DATA(UDP4), TOLD(false, KEEP_S) },
	{ "[DS-18] F where only a NAT counts", OVER(UDP4), .f = true, POLICY(NAT_ONLY),
	  .refused = true },
	{ "[DS-18] F where only a NAT counts, and is", OVER(UDP4), .nat = true, .f = true,
	  POLICY(NAT_ONLY), DATA(UDP4), TOLD(false, KEEP_S) },
	{ "[DS-18] no F where only a NAT counts", OVER(UDP4), POLICY(NAT_ONLY), DATA(IP4) },
	{ "[DS-19] F and UDP over IPv6", OVER(UDP6), .f = true, DATA(UDP6),
	  TOLD(true, NEVER_S) },
	{ "[DS-07] NAT over IPv6", OVER(UDP6), .nat = true, .f = true, DATA(UDP6),
	  TOLD(false, KEEP_S) },
	{ "[DS-18] F over IPv6 where only a NAT counts", OVER(UDP6), .f = true,
	  POLICY(NAT_ONLY), .refused = true },
	{ "[DS-19] UDP over IPv6 without F", OVER(UDP6), DATA(UDP6), TOLD(true, NEVER_S) },
	{ "[DS-19] native: without UDP", OVER(IP6), DATA(IP6) },
	{ "[DS-19] native: whatever the policy", OVER(IP6), POLICY(ALWAYS), .always = true,
	  DATA(IP6) },
	{ "[DS-06] native: another Alternate CoA is no NAT", OVER(IP6), .nat = true,
	  DATA(IP6) },
	{ "[DS-18] native: F", OVER(IP6), .f = true, .refused = true },
	{ "[DS-18] native: F, UDP by policy", OVER(IP6), .f = true, POLICY(ALWAYS),
	  .refused = true },
};

static void say(const struct row *row, char *desc)
{
	strscpy(desc, row->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row, rows, say);

static void make_row(struct world *w, const struct row *row)
{
	if (row->over == DSMIP_OUTER_UDP4)
		make_over_ip4(w);
	else
		make_over_ip6(w, row->over);
	if (row->nat)
		put_nat_between(w);
	if (row->f)
		w->bu.flags |= DSMIP_BU_F;
	w->policy.udp = row->policy;
	w->policy.nat_always = row->always;
	w->policy.keepalive_s = row->keep_s ?: KEEP_S;
	judge(w);
}

static void expect_told(struct kunit *test, const struct world *w, const struct row *row)
{
	const bool has = w->ba.has & DSMIP_HAS(DSMIP_OPT_NAT);

	KUNIT_EXPECT_EQ(test, w->v.nat_told, row->told);
	KUNIT_EXPECT_EQ(test, has, row->told);
	KUNIT_EXPECT_EQ(test, w->ba.nat.force, row->force);
	KUNIT_EXPECT_EQ(test, w->ba.nat.refresh_s, row->refresh_s);
}

static void data_goes_as_either_side_can(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct world w;

	make_row(&w, row);
	expect_told(test, &w, row);
	if (row->refused) {
		KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_REFUSE);
		KUNIT_EXPECT_EQ(test, w.v.status, DSMIP_BA_UDP_REFUSED);
		KUNIT_EXPECT_EQ(test, w.v.why, DSMIP_DROP_BU_OPTIONS);
		return;
	}
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	KUNIT_EXPECT_EQ(test, w.v.outer, row->outer);
	KUNIT_EXPECT_EQ(test, w.v.nat_found, row->nat && row->over != DSMIP_OUTER_IP6);
	KUNIT_EXPECT_EQ(test, !!(w.v.flags & DSMIP_BU_F), row->f);
}

/* A move from here to there is judged as if it were the first. */
static void data_goes_so_after_a_move_too(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct world w;

	make_row(&w, row);
	bind(&w);
	judge(&w);
	expect_told(test, &w, row);
	KUNIT_EXPECT_EQ(test, w.v.action,
			row->refused ? DSMIP_ACTION_REFUSE : DSMIP_ACTION_UPDATE);
	if (!row->refused)
		KUNIT_EXPECT_EQ(test, w.v.outer, row->outer);
}

/* [DS-04] [DS-05] [DS-36] whatever the message says, and where data goes without UDP too */
static void data_goes_to_where_the_mobile_was_seen(struct kunit *test)
{
	const u16 ports[] = { 1, 4191, 40000, 65535 };
	const struct in6_addr seen = dsmip_in6_from_in4(COA4);
	struct world w;
	u8 i;

	for (i = 0; i < 2 * ARRAY_SIZE(ports); i++) {
		make_over_ip4(&w);
		w.arrival.port = ports[i / 2];
		if (i % 2)
			put_nat_between(&w);
		w.bu.has |= DSMIP_HAS(DSMIP_OPT_ALT_COA);
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
		KUNIT_EXPECT_TRUE(test, test_same_in6(&w.v.coa, &seen));
		KUNIT_EXPECT_EQ(test, w.v.port, ports[i / 2]);
		KUNIT_EXPECT_EQ(test, w.v.outer, i % 2 ? DSMIP_OUTER_UDP4 : DSMIP_OUTER_IP4);
	}
}

/* [DS-04] [DS-36] over IPv6 as well */
static void data_goes_to_where_the_mobile_was_seen_over_ipv6(struct kunit *test)
{
	struct world w;

	make_over_ip6(&w, DSMIP_OUTER_UDP6);
	put_nat_between(&w);
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&w.v.coa, &test_coa));
	KUNIT_EXPECT_EQ(test, w.v.port, PORT);
	KUNIT_EXPECT_FALSE(test, w.v.rh2);
}

/* [DS-05] to port 0 nobody can be answered */
static void nobody_registers_from_port_0(struct kunit *test)
{
	const u8 outers[] = { DSMIP_OUTER_UDP4, DSMIP_OUTER_UDP6 };
	struct world w;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(outers); i++) {
		make_over_ip6(&w, outers[i]);
		if (outers[i] == DSMIP_OUTER_UDP4)
			make_over_ip4(&w);
		w.arrival.port = 0;
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_DROP);
		KUNIT_EXPECT_EQ(test, w.v.why, DSMIP_DROP_BU_COA_INVALID);
	}
}

/* [DS-06] who does not say where he is may be anywhere */
static void without_an_address_of_its_own_there_may_be_a_nat(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	w.bu.has = DSMIP_HAS(DSMIP_OPT_ALT_COA);
	judge(&w);
	KUNIT_EXPECT_TRUE(test, w.v.nat_found);
	KUNIT_EXPECT_EQ(test, w.v.outer, DSMIP_OUTER_UDP4);
	make_over_ip6(&w, DSMIP_OUTER_UDP6);
	w.bu.has = DSMIP_HAS(DSMIP_OPT_COA4);
	judge(&w);
	KUNIT_EXPECT_TRUE(test, w.v.nat_found);
	KUNIT_EXPECT_EQ(test, w.ba.nat.refresh_s, KEEP_S);
}

/* [DS-07] the mobile would take it for a word about the tunnel that it has */
static void refusal_says_nothing_about_a_nat(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	put_nat_between(&w);
	bind(&w);
	w.policy.authorised = false;
	w.policy.nat_always = true;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.ba.status, DSMIP_BA_PROHIBITED);
	KUNIT_EXPECT_FALSE(test, w.v.nat_told);
	KUNIT_EXPECT_EQ(test, w.ba.has, 0);
}

/* [DS-07] what the caller makes of an acceptance that it cannot keep */
static void refusal_of_another_hand_says_nothing_about_a_nat(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	put_nat_between(&w);
	judge(&w);
	KUNIT_EXPECT_TRUE(test, w.v.nat_told);
	w.v.action = DSMIP_ACTION_REFUSE;
	w.v.status = DSMIP_BA_DAD_FAILED;
	dsmip_accept_answer(&w.bu, &w.v, &w.ba);
	KUNIT_EXPECT_EQ(test, w.ba.has, 0);
}

/* [DS-18] [DS-08] what ends has no tunnel, so F and a NAT do not matter */
static void end_has_nothing_to_do_with_a_nat(struct kunit *test)
{
	const u8 policies[] = { DSMIP_UDP_AUTO, DSMIP_UDP_ALWAYS, DSMIP_UDP_NAT_ONLY };
	struct world w;
	u8 i;

	for (i = 0; i < 2 * ARRAY_SIZE(policies); i++) {
		make_over_ip4(&w);
		bind(&w);
		w.policy.udp = policies[i / 2];
		w.policy.nat_always = true;
		w.bu.flags |= DSMIP_BU_F;
		w.bu.lifetime_s = 0;
		if (i % 2)
			put_nat_between(&w);
		judge(&w);
		KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_DELETE);
		KUNIT_EXPECT_FALSE(test, w.v.nat_told);
		KUNIT_EXPECT_EQ(test, w.ba.has, 0);
	}
}

/* [DS-18] F is judged behind who may be here at all, and before there is room */
static void f_is_refused_in_its_turn(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	w.policy.udp = DSMIP_UDP_NAT_ONLY;
	w.bu.flags |= DSMIP_BU_F;
	w.policy.room = false;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.status, DSMIP_BA_UDP_REFUSED);
	w.policy.authorised = false;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.status, DSMIP_BA_PROHIBITED);
	w.arrival.protection = DSMIP_PROTECTION_NONE;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_DROP);
}

/* [DS-18] [HR-20] the number was good, and the binding that there is stands */
static void refusal_of_f_keeps_the_number(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	bind(&w);
	w.policy.udp = DSMIP_UDP_NAT_ONLY;
	w.bu.flags |= DSMIP_BU_F;
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_REFUSE);
	KUNIT_EXPECT_TRUE(test, w.v.store_seq);
	KUNIT_EXPECT_EQ(test, w.v.flags, 0);
}

/* [DS-01] [DS-20] [DS-23] [DS-24] one message, both home addresses, one care-of address */
static void both_home_addresses_are_bound_over_ipv4(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	put_nat_between(&w);
	w.policy.hoa4 = HOA4;
	w.bu.has |= DSMIP_HAS(DSMIP_OPT_HOA4);
	w.bu.hoa4_count = 1;
	w.bu.hoa4[0] = (struct dsmip_hoa4){ .addr = HOA4, .plen = 32 };
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	KUNIT_EXPECT_EQ(test, w.v.hoa4_action, DSMIP_HOA4_BIND);
	KUNIT_EXPECT_EQ(test, w.ba.has,
			DSMIP_HAS(DSMIP_OPT_HOA4_ACK) | DSMIP_HAS(DSMIP_OPT_NAT));
}

/* [DS-21] [DS-22] over IPv4 neither fails the other */
static void no_ipv4_home_address_fails_no_binding_over_ipv4(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	w.bu.has |= DSMIP_HAS(DSMIP_OPT_HOA4);
	w.bu.hoa4_count = 1;
	w.bu.hoa4[0] = (struct dsmip_hoa4){ .plen = 32 };
	judge(&w);
	KUNIT_EXPECT_EQ(test, w.v.action, DSMIP_ACTION_CREATE);
	KUNIT_EXPECT_EQ(test, w.ba.hoa4[0].status, DSMIP_HOA4_UNAVAILABLE);
	KUNIT_EXPECT_EQ(test, w.ba.status, DSMIP_BA_ACCEPTED);
}

/* [DS-11] [TRAP-02] "the routing header MUST always", says 4.5, of what needs none */
static void no_routing_header_goes_in_udp(struct kunit *test)
{
	struct world w;

	make_over_ip4(&w);
	judge(&w);
	KUNIT_EXPECT_FALSE(test, w.v.rh2);
	make_over_ip6(&w, DSMIP_OUTER_IP6);
	judge(&w);
	KUNIT_EXPECT_TRUE(test, w.v.rh2);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(data_goes_as_either_side_can, row_gen_params),
	KUNIT_CASE_PARAM(data_goes_so_after_a_move_too, row_gen_params),
	KUNIT_CASE(data_goes_to_where_the_mobile_was_seen),
	KUNIT_CASE(data_goes_to_where_the_mobile_was_seen_over_ipv6),
	KUNIT_CASE(nobody_registers_from_port_0),
	KUNIT_CASE(without_an_address_of_its_own_there_may_be_a_nat),
	KUNIT_CASE(refusal_says_nothing_about_a_nat),
	KUNIT_CASE(refusal_of_another_hand_says_nothing_about_a_nat),
	KUNIT_CASE(end_has_nothing_to_do_with_a_nat),
	KUNIT_CASE(f_is_refused_in_its_turn),
	KUNIT_CASE(refusal_of_f_keeps_the_number),
	KUNIT_CASE(both_home_addresses_are_bound_over_ipv4),
	KUNIT_CASE(no_ipv4_home_address_fails_no_binding_over_ipv4),
	KUNIT_CASE(no_routing_header_goes_in_udp),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-accept-nat", .test_cases = cases };

kunit_test_suite(suite);
