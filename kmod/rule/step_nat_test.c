// SPDX-License-Identifier: GPL-2.0
/* What an acknowledgment says of a NAT, what keeps it awake, and what silence leads to. */

#include <kunit/test.h>
#include "help_test.h"

enum { KEEP_S = 25, OWN_S = 110, REFRESH_MS = 525000 };

static void make_asking(struct machine *m, const struct in6_addr *coa6, __be32 coa4, u16 flags)
{
	make(m);
	m->want.keepalive_s = OWN_S;
	m->want.flags = flags;
	moves_to_both(m, coa6, coa4);
}

/* Behind a NAT that wants to be heard every KEEP_S seconds. */
static void make_behind_nat(struct machine *m)
{
	make_asking(m, &nowhere, COA4, 0);
	is_told_nat(m, false, KEEP_S);
}

/* The timer comes, and data was last sent then. */
static void timer_after_data(struct machine *m, u64 udp_ms)
{
	m->now = m->reg.due_ms;
	step(m, (struct dsmip_step_in){ .event = DSMIP_STEP_TIMER, .udp_ms = udp_ms });
}

/* Where one is and what is asked; what the acknowledgment says; what comes of it. */
struct row {
	const char *says;
	bool ip6;
	bool f;
	bool told;
	bool force;
	u32 refresh_s;
	u8 outer;
	bool nat;
	u32 keepalive_s;
};

#define TOLD(f, s) .told = true, .force = f, .refresh_s = s
#define DATA(what) .outer = DSMIP_OUTER_##what
#define NAT(s) .nat = true, .keepalive_s = s

static const struct row rows[] = {
	{ "[DS-08] no option 31: IP in IP", DATA(IP4) },
	{ "[DS-18] no option 31, F accepted", .f = true, DATA(UDP4) },
	{ "[DS-07] a NAT", TOLD(false, KEEP_S), DATA(UDP4), NAT(KEEP_S) },
	{ "[DS-07] a NAT, F", .f = true, TOLD(false, KEEP_S), DATA(UDP4), NAT(KEEP_S) },
	{ "[DS-08] [TRAP-01] option 31 that says no NAT", TOLD(false, NEVER_S), DATA(IP4) },
	{ "[DS-08] [TRAP-01] no NAT, F", .f = true, TOLD(false, NEVER_S), DATA(UDP4) },
	{ "[DS-10] a NAT of unknown patience", TOLD(false, 0), DATA(UDP4), NAT(OWN_S) },
	{ "[DS-10] a patient NAT", TOLD(false, 0xfffffffe), DATA(UDP4), NAT(0xfffffffe) },
	{ "[DS-09] forced, without a NAT", TOLD(true, NEVER_S), DATA(UDP4) },
	{ "[DS-09] forced, and a NAT", TOLD(true, KEEP_S), DATA(UDP4), NAT(KEEP_S) },
	{ "[DS-09] forced, of unknown patience", TOLD(true, 0), DATA(UDP4), NAT(OWN_S) },
	{ "[DS-19] IPv6: native", .ip6 = true, DATA(IP6) },
	{ "[DS-19] IPv6: native, whatever is said", .ip6 = true, TOLD(true, KEEP_S), DATA(IP6) },
	{ "[DS-19] IPv6: F accepted", .ip6 = true, .f = true, DATA(UDP6) },
	{ "[DS-19] IPv6: F, no NAT", .ip6 = true, .f = true, TOLD(true, NEVER_S), DATA(UDP6) },
	{ "[DS-07] IPv6: F, a NAT", .ip6 = true, .f = true, TOLD(false, KEEP_S), DATA(UDP6),
	  NAT(KEEP_S) },
};

static void say(const struct row *row, char *desc)
{
	strscpy(desc, row->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(row, rows, say);

static void make_row(struct machine *m, const struct row *row)
{
	make_asking(m, row->ip6 ? &test_coa : &nowhere, row->ip6 ? 0 : COA4,
		    row->f ? DSMIP_BU_F : 0);
	if (row->told)
		is_told_nat(m, row->force, row->refresh_s);
	else
		is_told(m, DSMIP_BA_ACCEPTED);
}

static void data_goes_as_the_acknowledgement_says(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct machine m;

	make_row(&m, row);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, row->outer);
	KUNIT_EXPECT_EQ(test, m.reg.nat, row->nat);
	KUNIT_EXPECT_EQ(test, m.reg.keepalive_s, row->keepalive_s);
}

/* [DS-12] [DS-09] where no NAT wants it the next message is the refresh */
static void timer_is_that_of_the_nat_or_of_the_life(struct kunit *test)
{
	const struct row *row = test->param_value;
	struct machine m;
	u64 keep;

	make_row(&m, row);
	keep = row->keepalive_s * 1000ULL;
	KUNIT_EXPECT_EQ(test, m.reg.due_ms - T0, keep && keep < REFRESH_MS ? keep : REFRESH_MS);
}

/* [DS-07] [MR-20] with the binding goes what was known of its way */
static void nat_is_forgotten_with_the_binding(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	m.now += 1000 * LIFE;
	happens(&m, DSMIP_STEP_TIMER);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	KUNIT_EXPECT_FALSE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.keepalive_s, 0);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, 0);

	make_behind_nat(&m);
	m.now += 5000;
	happens(&m, DSMIP_STEP_STOP);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
	KUNIT_EXPECT_FALSE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, 0);
}

/* [DS-02] "perpetual NAT detection": each acknowledgment says it anew */
static void nat_comes_and_goes_with_each_acknowledgement(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	timer(&m);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_FALSE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_IP4);
	timer(&m);
	is_told_nat(&m, false, KEEP_S);
	KUNIT_EXPECT_TRUE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP4);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
}

/* [DS-08] a refusal and an answer that is none say nothing of the way */
static void only_what_accepts_says_where_data_goes(struct kunit *test)
{
	const struct dsmip_ba refusal = {
		.status = DSMIP_BA_RESOURCES, .has = DSMIP_HAS(DSMIP_OPT_NAT),
		.nat = { .refresh_s = NEVER_S },
	};
	struct dsmip_ba ba = refusal;
	struct machine m;

	make_behind_nat(&m);
	timer(&m);
	ba.seq = m.reg.seq;
	hears(&m, &ba);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
	KUNIT_EXPECT_TRUE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP4);
	KUNIT_EXPECT_EQ(test, m.reg.keepalive_s, KEEP_S);
	ba.status = DSMIP_BA_ACCEPTED;
	ba.lifetime_s = LIFE;
	step(&m, (struct dsmip_step_in){
		.event = DSMIP_STEP_BA, .ba = &ba, .from_ha = true,
		.protection = DSMIP_PROTECTION_NONE,
	});
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_UNPROTECTED);
	KUNIT_EXPECT_TRUE(test, m.reg.nat);
}

/* [DS-12] and a refresh it is, in all it says and in what comes of it */
static void keepalive_is_a_registration(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	m.now = T0 + 1000 * KEEP_S - 1;
	happens(&m, DSMIP_STEP_TIMER);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + 1000 * KEEP_S);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + 1000 * LIFE);
	m.now += 40;
	is_told_nat(&m, false, KEEP_S);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + 1000 * (LIFE + KEEP_S));
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 2000 * KEEP_S);
}

/* [DS-12] [MR-09] one that is not answered is retransmitted like any */
static void keepalive_is_retransmitted(struct kunit *test)
{
	const u32 timeouts[] = { 1000, 2000, 4000, 8000, 16000, 32000, 32000 };
	struct machine m;
	u8 i;

	make_behind_nat(&m);
	timer(&m);
	for (i = 0; i < ARRAY_SIZE(timeouts); i++) {
		KUNIT_EXPECT_EQ(test, m.reg.due_ms - m.now, timeouts[i]);
		timer(&m);
		KUNIT_EXPECT_TRUE(test, m.out.send);
	}
}

/* [DS-12] data keeps a NAT awake as well; the timer comes once in each time */
static void data_takes_the_place_of_a_keepalive(struct kunit *test)
{
	struct machine m;
	u64 due;
	u8 i;

	make_behind_nat(&m);
	for (i = 0; i < 10; i++) {
		due = m.reg.due_ms;
		timer_after_data(&m, due - 3000);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.out.event, -1);
		KUNIT_EXPECT_EQ(test, m.reg.due_ms, due - 3000 + 1000 * KEEP_S);
	}
	due = m.reg.due_ms;
	timer_after_data(&m, due - 1000 * KEEP_S);
	KUNIT_EXPECT_TRUE(test, m.out.send);
}

/* [DS-12] [MR-15] but not of a refresh, which the life of the binding wants */
static void data_takes_the_place_of_no_refresh(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	while (m.now < T0 + 2000 * LIFE && !m.out.send)
		timer_after_data(&m, m.reg.due_ms - 1);
	KUNIT_EXPECT_EQ(test, m.now, T0 + REFRESH_MS);
	KUNIT_EXPECT_TRUE(test, m.out.send);
}

/* [DS-12] a clock that runs ahead elsewhere puts nothing off */
static void data_of_the_future_counts_as_of_now(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	m.now += 1000;
	step(&m, (struct dsmip_step_in){ .event = DSMIP_STEP_TIMER, .udp_ms = m.now + 999999 });
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.now + 1000 * KEEP_S);
}

/* [DS-09] [DS-10] all ones, and no time of one's own */
static void nothing_is_kept_awake_that_need_not_be(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &nowhere, COA4, 0);
	is_told_nat(&m, true, NEVER_S);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + REFRESH_MS);
	make_asking(&m, &nowhere, COA4, 0);
	m.want.keepalive_s = 0;
	is_told_nat(&m, false, 0);
	KUNIT_EXPECT_TRUE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + REFRESH_MS);
}

/* [DS-12] [MR-11] a home agent that wants to be told every second is */
static void most_impatient_nat_is_kept_awake(struct kunit *test)
{
	struct machine m;
	u32 i;

	make_asking(&m, &nowhere, COA4, 0);
	for (i = 0; i < 100; i++) {
		is_told_nat(&m, false, 1);
		KUNIT_EXPECT_EQ(test, m.reg.due_ms - m.now, 1000);
		timer(&m);
		KUNIT_EXPECT_TRUE(test, m.out.send);
	}
}

/* [DS-12] where no access is left, where it is refused, where SAs are missing: nothing */
static void nothing_is_kept_awake_where_nothing_can_be_said(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	moves_to_both(&m, &nowhere, 0);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.reg.expires_ms);
	KUNIT_EXPECT_TRUE(test, m.reg.nat);

	make_behind_nat(&m);
	timer(&m);
	is_told(&m, DSMIP_BA_PROHIBITED);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.reg.expires_ms);
}

/* [DS-12] [MR-22] while another address is tried, its Binding Updates say enough */
static void address_that_is_left_is_not_kept_awake(struct kunit *test)
{
	struct machine m;

	make_behind_nat(&m);
	moves_to_both(&m, &test_coa, 0);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP4);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms - m.now, 1000);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_FALSE(test, m.reg.nat);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_IP6);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + REFRESH_MS);
}

/* [DS-29] [DS-12] a NAT that went away is found by its keepalive, and the other address tried */
static void keepalive_that_nobody_answers_leads_to_the_other_address(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &nowhere, COA4, 0);
	m.reg.prefers4 = true;
	is_told_nat(&m, false, KEEP_S);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, waits(&m, 7000), 3);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP4);
}

/* [DS-31] */
static void silence_leads_to_udp(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &nowhere, COA4, 0);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_IP4);
	is_told_nat(&m, true, NEVER_S);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP4);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
}

/* [DS-19] [DS-31] the last resort over IPv6 */
static void silence_leads_to_udp_over_ipv6(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &test_coa, 0, 0);
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP6);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP6);
}

/* [DS-31] [DS-18] where F is refused, silence is not answered by F again */
static void silence_where_udp_is_refused_stays(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &nowhere, COA4, 0);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	is_told(&m, DSMIP_BA_UDP_REFUSED);
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_IP4);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
}

/* [DS-31] another access may let through what this one did not */
static void what_silence_taught_is_forgotten_with_the_address(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &nowhere, COA4, 0);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	is_told_nat(&m, true, NEVER_S);
	m.now += 10000;
	moves_to_both(&m, &nowhere, COA4_B);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
}

/* [DS-35] a NAT that has forgotten is no reason for F */
static void silence_behind_a_nat_leads_to_a_refresh(struct kunit *test)
{
	struct machine m;

	make_asking(&m, &nowhere, COA4, 0);
	is_told_nat(&m, false, 110);
	m.now += 10000;
	happens(&m, DSMIP_STEP_SILENT);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_UDP4);
}

enum silent_one {
	NOT_BOUND, WITHOUT_ACCESS, ASKING, REFUSED, LEAVING, HOMEWARD,
	SILENT_ONES,
};

static void make_silent(struct machine *m, enum silent_one which)
{
	make_asking(m, &nowhere, COA4, 0);
	if (which == NOT_BOUND)
		return;
	is_told_nat(m, false, NEVER_S);
	m->now += 10000;
	if (which == WITHOUT_ACCESS)
		moves_to_both(m, &nowhere, 0);
	else if (which == ASKING || which == REFUSED)
		happens(m, DSMIP_STEP_CHANGED);
	else if (which == LEAVING)
		happens(m, DSMIP_STEP_STOP);
	else if (which == HOMEWARD)
		happens(m, DSMIP_STEP_HOME);
	if (which == REFUSED)
		is_told(m, DSMIP_BA_PROHIBITED);
}

/* [DS-31] and least of all where there is no tunnel, or is about to be none */
static void silence_that_udp_does_not_mend_is_no_news(struct kunit *test)
{
	struct machine m;
	u8 i;

	for (i = 0; i < SILENT_ONES; i++) {
		make_silent(&m, i);
		happens(&m, DSMIP_STEP_SILENT);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_FALSE(test, m.reg.force);
		KUNIT_EXPECT_EQ(test, m.out.event, -1);
	}
}

/* What is on the way, and what either side wishes. */
struct meeting {
	bool ip6;
	bool nat;
	bool f;
	u8 udp;
	bool always;
	u32 keep_s;
};

static void meet(const struct meeting *e, struct machine *m, struct dsmip_verdict *v)
{
	const struct dsmip_policy policy = {
		.authorised = true, .room = true, .lifetime_max_s = LIFE,
		.prefix_valid_s = DSMIP_LIFE_FOREVER_S,
		.prefix_preferred_s = DSMIP_LIFE_FOREVER_S,
		.udp = e->udp, .nat_always = e->always, .keepalive_s = e->keep_s,
	};
	const struct dsmip_snapshot nothing = { .exists = false };
	struct dsmip_arrival arrival = {
		.hoa = test_hoa, .ha = test_ha, .src = m->out.coa, .outer = m->out.outer,
		.port = m->out.outer == DSMIP_OUTER_IP6 ? 0 : 40000, .hao = true,
		.protection = DSMIP_PROTECTION_OURS,
	};
	const struct dsmip_bu bu = m->out.bu;
	struct dsmip_ba ba;

	if (e->nat && arrival.port)
		arrival.src = e->ip6 ? coa_c : dsmip_in6_from_in4(COA4_B);
	dsmip_accept(&bu, &nothing, &arrival, &policy, v);
	dsmip_accept_answer(&bu, v, &ba);
	hears(m, &ba);
}

/* [DS-07] [DS-08] [DS-09] [DS-18] [TRAP-01] also when F was refused on the way there */
static void both_ends_come_to_the_same_format(struct kunit *test)
{
	const u32 keeps[] = { KEEP_S, NEVER_S, 0 };
	struct dsmip_verdict v;
	struct machine m;
	u32 i, tries;

	for (i = 0; i < 2 * 2 * 2 * 2 * 3 * 3; i++) {
		const struct meeting e = {
			.ip6 = i & 1, .nat = i & 2, .f = i & 4, .always = i & 8,
			.udp = i / 16 % 3, .keep_s = keeps[i / 48],
		};

		make_asking(&m, e.ip6 ? &test_coa : &nowhere, e.ip6 ? 0 : COA4,
			    e.f ? DSMIP_BU_F : 0);
		for (tries = 0; tries < 2 && m.reg.state != DSMIP_STATE_REGISTERED; tries++)
			meet(&e, &m, &v);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
		KUNIT_EXPECT_EQ(test, m.reg.bound_outer, v.outer);
		if (e.nat && !e.ip6)
			KUNIT_EXPECT_EQ(test, v.outer, DSMIP_OUTER_UDP4);
		KUNIT_EXPECT_EQ(test, m.reg.nat, v.nat_found && e.keep_s != NEVER_S);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(data_goes_as_the_acknowledgement_says, row_gen_params),
	KUNIT_CASE_PARAM(timer_is_that_of_the_nat_or_of_the_life, row_gen_params),
	KUNIT_CASE(nat_is_forgotten_with_the_binding),
	KUNIT_CASE(nat_comes_and_goes_with_each_acknowledgement),
	KUNIT_CASE(only_what_accepts_says_where_data_goes),
	KUNIT_CASE(keepalive_is_a_registration),
	KUNIT_CASE(keepalive_is_retransmitted),
	KUNIT_CASE(data_takes_the_place_of_a_keepalive),
	KUNIT_CASE(data_takes_the_place_of_no_refresh),
	KUNIT_CASE(data_of_the_future_counts_as_of_now),
	KUNIT_CASE(nothing_is_kept_awake_that_need_not_be),
	KUNIT_CASE(most_impatient_nat_is_kept_awake),
	KUNIT_CASE(nothing_is_kept_awake_where_nothing_can_be_said),
	KUNIT_CASE(address_that_is_left_is_not_kept_awake),
	KUNIT_CASE(keepalive_that_nobody_answers_leads_to_the_other_address),
	KUNIT_CASE(silence_leads_to_udp),
	KUNIT_CASE(silence_leads_to_udp_over_ipv6),
	KUNIT_CASE(silence_where_udp_is_refused_stays),
	KUNIT_CASE(what_silence_taught_is_forgotten_with_the_address),
	KUNIT_CASE(silence_behind_a_nat_leads_to_a_refresh),
	KUNIT_CASE(silence_that_udp_does_not_mend_is_no_news),
	KUNIT_CASE(both_ends_come_to_the_same_format),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-step-nat", .test_cases = cases };

kunit_test_suite(suite);
