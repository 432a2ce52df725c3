// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "help_test.h"
#include "seq.h"

#define STATIC4 IP4(10, 0, 0, 7)
#define POOLED4 IP4(10, 1, 0, 7)

static void gets_error(struct machine *m, u8 status)
{
	step(m, (struct dsmip_step_in){ .event = DSMIP_STEP_BE, .be_status = status });
}

static void is_told_hoa4(struct machine *m, u8 status, __be32 addr, u8 plen)
{
	const struct dsmip_ba ba = {
		.seq = m->reg.seq,
		.lifetime_s = LIFE,
		.has = DSMIP_HAS(DSMIP_OPT_HOA4_ACK),
		.hoa4 = { { .addr = addr, .plen = plen, .status = status } },
		.hoa4_count = 1,
	};

	hears(m, &ba);
}

static void make_refreshing(struct machine *m)
{
	make_registered(m);
	timer(m);
}

static void make_at_home(struct machine *m)
{
	make_registered(m);
	happens(m, DSMIP_STEP_HOME);
	is_told(m, DSMIP_BA_ACCEPTED);
}

static void make_lost(struct machine *m)
{
	make_registered(m);
	m->now += 1000;
	moves_to(m, &nowhere);
}

static void make_stopping(struct machine *m)
{
	make_registered(m);
	m->now += 10000;
	happens(m, DSMIP_STEP_STOP);
}

static void make_ended(struct machine *m)
{
	make_stopping(m);
	is_told(m, DSMIP_BA_ACCEPTED);
}

static void make_refused(struct machine *m)
{
	make(m);
	moves_to(m, &test_coa);
	is_told(m, DSMIP_BA_PROHIBITED);
}

static void make_unprotected(struct machine *m)
{
	make(m);
	moves_to(m, &test_coa);
	happens(m, DSMIP_STEP_NO_SA);
}

static void make_registering(struct machine *m)
{
	make(m);
	moves_to(m, &test_coa);
}

/* [MR-01] [MR-02] [MR-06] [MR-08] */
static void first_binding_update_says_it_all(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.coa, &test_coa));
	KUNIT_EXPECT_EQ(test, m.out.bu.seq, RANDOM);
	KUNIT_EXPECT_EQ(test, m.out.bu.flags, DSMIP_BU_A | DSMIP_BU_H);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, DSMIP_HAS(DSMIP_OPT_ALT_COA));
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.bu.alt_coa, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	KUNIT_EXPECT_FALSE(test, m.out.bound);
}

/* [MR-01] [MR-04] [MR-05] [3G-30] */
static void flags_are_as_wished_and_no_others(struct kunit *test)
{
	const u16 wished[] = { 0, DSMIP_BU_L, DSMIP_BU_K, DSMIP_BU_R, 0xffff };
	const u16 most = DSMIP_BU_L | DSMIP_BU_K | DSMIP_BU_R | DSMIP_BU_F;
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(wished); i++) {
		make(&m);
		m.want.flags = wished[i];
		moves_to(&m, &test_coa);
		KUNIT_EXPECT_EQ(test, m.out.bu.flags,
				DSMIP_BU_A | DSMIP_BU_H | (wished[i] & most));
	}
}

/* [MR-05] where nothing is protected there is no key exchange */
static void k_is_not_set_in_open_mode(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.open = true;
	m.want.flags = DSMIP_BU_K | DSMIP_BU_L;
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_EQ(test, m.out.bu.flags, DSMIP_BU_A | DSMIP_BU_H | DSMIP_BU_L);
}

static void is_told_k(struct machine *m, u8 status, bool k)
{
	const struct dsmip_ba ba = {
		.status = status, .seq = m->reg.seq, .lifetime_s = status < 128 ? LIFE : 0,
		.flags = k ? DSMIP_BA_K : 0,
	};

	hears(m, &ba);
}

/* [MR-19] [IP-14] [3G-32] at every acceptance, and at no other time */
static void k_of_the_acceptance_is_remembered(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.flags = DSMIP_BU_K;
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_K);
	is_told_k(&m, DSMIP_BA_ACCEPTED, true);
	KUNIT_EXPECT_TRUE(test, m.reg.key_management);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CREATED);
	timer(&m);
	is_told_k(&m, DSMIP_BA_RESOURCES, false);
	KUNIT_EXPECT_TRUE(test, m.reg.key_management);
	timer(&m);
	is_told_k(&m, DSMIP_BA_ACCEPTED, false);
	KUNIT_EXPECT_FALSE(test, m.reg.key_management);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
	timer(&m);
	is_told_k(&m, DSMIP_BA_ACCEPTED, true);
	m.now += 1000000;
	happens(&m, DSMIP_STEP_TIMER);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	KUNIT_EXPECT_FALSE(test, m.reg.key_management);
}

/* [MR-19] */
static void k_that_was_not_asked_for_is_no_promise(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	is_told_k(&m, DSMIP_BA_ACCEPTED, true);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_FALSE(test, m.reg.key_management);
}

/* [MR-19] [DR-03] the home address is the new end of the key exchange */
static void k_of_a_deregistration_is_remembered(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	m.want.flags = DSMIP_BU_K;
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_K);
	is_told_k(&m, DSMIP_BA_ACCEPTED, true);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	KUNIT_EXPECT_TRUE(test, m.reg.key_management);
	m.now += 5000;
	moves_to(&m, &coa_b);
	is_told_k(&m, DSMIP_BA_ACCEPTED, false);
	KUNIT_EXPECT_FALSE(test, m.reg.key_management);
	m.now += 5000;
	happens(&m, DSMIP_STEP_STOP);
	is_told_k(&m, DSMIP_BA_NOT_HA_FOR_MN, true);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
	KUNIT_EXPECT_FALSE(test, m.reg.key_management);
}

/* [MR-06] */
static void life_asked_for_is_some_whole_units(struct kunit *test)
{
	static const struct {
		u32 asked, wished;
	} table[] = { { 4, 0 }, { 4, 3 }, { 4, 7 }, { 600, 600 }, { 262140, 0xffffffff } };
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		make(&m);
		m.want.lifetime_s = table[i].wished;
		moves_to(&m, &test_coa);
		KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, table[i].asked);
		KUNIT_EXPECT_EQ(test, m.reg.asked_s, table[i].asked);
	}
}

/* [MR-09] for ever: the longest timeout repeats */
static void expect_series(struct kunit *test, struct machine *m, const u32 *timeouts, u8 count)
{
	u16 seq = m->reg.seq;
	u8 i;

	for (i = 0; i < count; i++) {
		KUNIT_EXPECT_EQ(test, m->reg.tries, i + 1);
		KUNIT_EXPECT_EQ(test, m->reg.due_ms - m->now, timeouts[i]);
		m->now = m->reg.due_ms - 1;
		happens(m, DSMIP_STEP_TIMER);
		KUNIT_EXPECT_FALSE(test, m->out.send);
		timer(m);
		KUNIT_EXPECT_TRUE(test, m->out.send);
		KUNIT_EXPECT_EQ(test, m->out.bu.seq, ++seq);
	}
}

/* [MR-07] [MR-09] the numbers go through zero on their way */
static void first_registration_is_retransmitted_from_1500_ms_on(struct kunit *test)
{
	static const u32 timeouts[] = {
		1500, 3000, 6000, 12000, 24000, 32000, 32000, 32000, 32000, 32000, 32000,
		32000, 32000, 32000, 32000, 32000, 32000, 32000, 32000, 32000, 32000, 32000,
	};
	struct machine m;

	make_registering(&m);
	expect_series(test, &m, timeouts, ARRAY_SIZE(timeouts));
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
}

/* [MR-07] [MR-09] */
static void refresh_is_retransmitted_from_1000_ms_on(struct kunit *test)
{
	static const u32 timeouts[] = { 1000, 2000, 4000, 8000, 16000, 32000 };
	struct machine m;

	make_refreshing(&m);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
	expect_series(test, &m, timeouts, ARRAY_SIZE(timeouts));
}

/* [MR-11] and the last one of a burst is not forgotten */
static void movement_faster_than_the_rate_limit_is_told_later(struct kunit *test)
{
	struct machine m;
	u8 i, sent = 0;

	make(&m);
	for (i = 0; i < 20; i++, m.now += 10) {
		moves_to(&m, i % 2 ? &test_coa : &coa_b);
		sent += m.out.send;
	}
	KUNIT_EXPECT_EQ(test, sent, 3);
	moves_to(&m, &coa_c);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 1001);
	m.now = T0 + 1000;
	happens(&m, DSMIP_STEP_TIMER);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.bu.alt_coa, &coa_c));
}

/* Acknowledgments that are none of ours; wrong in one thing each. */
struct wrong {
	const char *says;
	enum dsmip_drop why;
	s16 seq_off;
	u8 status;
	u8 protection;
	bool stranger;
	bool idle;
};

static const struct wrong wrongs[] = {
	{ "[MR-12] from elsewhere", DSMIP_DROP_BA_FORM, .stranger = true },
	{ "[MR-12] in clear", DSMIP_DROP_BA_UNPROTECTED, .protection = DSMIP_PROTECTION_NONE },
	{ "[MR-12] under another SA", DSMIP_DROP_BA_WRONG_SA,
	  .protection = DSMIP_PROTECTION_OTHER },
	{ "[MR-12] under what nobody knows", DSMIP_DROP_BA_WRONG_SA, .protection = 0xff },
	{ "[MR-12] a number not sent yet", DSMIP_DROP_BA_SEQUENCE, 1 },
	{ "[MR-12] a number of an earlier life", DSMIP_DROP_BA_SEQUENCE, -3 },
	{ "[MR-12] half the circle away", DSMIP_DROP_BA_SEQUENCE, -32768 },
	{ "[MR-12] refusal of a number not sent", DSMIP_DROP_BA_SEQUENCE, 1, 129 },
	{ "[MR-13] 135 that is satisfied already", DSMIP_DROP_BA_SEQUENCE, -1, 135 },
	{ "[MR-13] 135 from far behind", DSMIP_DROP_BA_SEQUENCE, -32767, 135 },
	{ "[MR-13] 135 in clear", DSMIP_DROP_BA_UNPROTECTED, 0, 135, DSMIP_PROTECTION_NONE },
	{ "[MR-13] 135 from elsewhere", DSMIP_DROP_BA_FORM, 0, 135, .stranger = true },
	{ "[MR-12] nothing was asked", DSMIP_DROP_BA_SEQUENCE, .idle = true },
	{ "[MR-12] refusal of what was accepted", DSMIP_DROP_BA_SEQUENCE, 0, 129, .idle = true },
	{ "[MR-13] 135 when nothing was asked", DSMIP_DROP_BA_SEQUENCE, 0, 135, .idle = true },
};

static void say_wrong(const struct wrong *wrong, char *desc)
{
	strscpy(desc, wrong->says, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(wrong, wrongs, say_wrong);

static void make_wrong(struct dsmip_step_in *in, struct dsmip_ba *ba, const struct machine *m,
		       const struct wrong *wrong)
{
	const bool by_sa = wrong->why != DSMIP_DROP_BA_UNPROTECTED && !wrong->protection;

	*ba = (struct dsmip_ba){
		.status = wrong->status, .seq = m->reg.seq + wrong->seq_off, .lifetime_s = LIFE,
	};
	*in = (struct dsmip_step_in){
		.event = DSMIP_STEP_BA, .ba = ba, .from_ha = !wrong->stranger,
		.protection = by_sa ? DSMIP_PROTECTION_OURS : wrong->protection,
	};
}

/* so a flood of them leaves every timer where it is */
static void acknowledgement_that_is_none_changes_nothing(struct kunit *test)
{
	const struct wrong *wrong = test->param_value;
	struct dsmip_step_in in;
	struct dsmip_reg before;
	struct dsmip_ba ba;
	struct machine m;

	if (wrong->idle) {
		make_registered(&m);
	} else {
		make_refreshing(&m);
		waits(&m, 1000);
	}
	before = m.reg;
	make_wrong(&in, &ba, &m, wrong);
	for (m.now += 3; m.now < before.due_ms && m.now < T0 + 600000; m.now += 100) {
		step(&m, in);
		KUNIT_EXPECT_EQ(test, m.out.why, wrong->why);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.out.event, -1);
		KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	}
}

/* [MR-12] not even with the number that the first one might have */
static void acknowledgement_before_anything_was_sent_is_none(struct kunit *test)
{
	struct dsmip_reg before;
	struct machine m;

	make(&m);
	before = m.reg;
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	is_told(&m, DSMIP_BA_SEQUENCE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
}

/* [MR-12] */
static void first_acknowledgement_is_that_of_the_first_number(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	answers(&m, 0, RANDOM - 1, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	answers(&m, 0, 1, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	answers(&m, 0, RANDOM, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_OK);
}

/* [MR-12] */
static void acknowledgement_in_clear_counts_in_open_mode_only(struct kunit *test)
{
	struct dsmip_step_in in = { .event = DSMIP_STEP_BA, .from_ha = true };
	struct dsmip_ba ba = { .lifetime_s = LIFE };
	struct machine m;

	make_registering(&m);
	ba.seq = m.reg.seq;
	in.ba = &ba;
	m.want.open = true;
	in.protection = DSMIP_PROTECTION_OTHER;
	step(&m, in);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_WRONG_SA);
	in.protection = DSMIP_PROTECTION_NONE;
	step(&m, in);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_OK);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

/* [MR-12] */
static void acknowledgement_registers(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_OK);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CREATED);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.granted_s, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + LIFE * 1000);
	KUNIT_EXPECT_EQ(test, m.reg.tries, 0);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 525000);
}

/* [MR-12] [MR-14] life counts from the one that was answered */
static void acknowledgement_of_an_earlier_transmission_counts(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	waits(&m, LAST_TRY - 1);
	KUNIT_ASSERT_EQ(test, m.reg.seq, (u16)(RANDOM + 2));
	answers(&m, 0, RANDOM + 1, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + 1500 + LIFE * 1000);
}

/* [MR-14] rather too short than too long */
static void life_of_a_transmission_long_ago_is_counted_from_long_ago(struct kunit *test)
{
	u64 third_last;
	struct machine m;

	make_registering(&m);
	waits(&m, 100000);
	third_last = m.reg.sent_at_ms[2];
	answers(&m, 0, m.reg.seq - 4, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, third_last - 2 * 32000 + LIFE * 1000);
}

/* [MR-14] the clock need not have run that long */
static void life_of_a_transmission_before_the_clock_began_is_short(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.now = 1000;
	moves_to(&m, &test_coa);
	waits(&m, LAST_TRY);
	answers(&m, 0, RANDOM, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, LIFE * 1000);
}

/* [MR-12] both were outstanding: the home agent's last word counts, whatever it says */
static void acknowledgement_of_a_later_transmission_counts_too(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	waits(&m, LAST_TRY - 1);
	answers(&m, 0, RANDOM + 1, LIFE);
	answers(&m, 0, RANDOM, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	answers(&m, 0, RANDOM + 2, 300);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + 4500 + 300 * 1000);
	answers(&m, 0, RANDOM + 2, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
}

/* [MR-12] */
static void acceptance_of_a_later_transmission_outdoes_a_refusal(struct kunit *test)
{
	static const u8 statuses[] = { DSMIP_BA_RESOURCES, DSMIP_BA_PROHIBITED };
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(statuses); i++) {
		make_registering(&m);
		timer(&m);
		answers(&m, statuses[i], RANDOM, 0);
		answers(&m, 0, RANDOM + 1, LIFE);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	}
	make_registering(&m);
	timer(&m);
	answers(&m, DSMIP_BA_DAD_FAILED, RANDOM, 0);
	answers(&m, 0, RANDOM + 1, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

/* [MR-13] 135 to what was repeated on the way, when the first copy was accepted */
static void old_number_of_a_later_transmission_is_no_news(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	timer(&m);
	answers(&m, 0, RANDOM, LIFE);
	answers(&m, DSMIP_BA_SEQUENCE, RANDOM + 1, 0);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

/* [MR-12] what took minutes is an echo, and not even the numbers may run out */
static void acknowledgement_of_a_transmission_too_long_ago_is_ignored(struct kunit *test)
{
	struct machine m;
	u32 i;

	make_registering(&m);
	for (i = 0; i < 70000; i++)
		timer(&m);
	answers(&m, 0, m.reg.seq - 16, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	answers(&m, 0, m.reg.seq - 15, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_OK);
}

/* [MR-12] [MR-22] */
static void acknowledgement_of_an_old_address_is_not_that_of_the_new(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	moves_to(&m, &coa_b);
	answers(&m, 0, RANDOM, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	answers(&m, 0, RANDOM + 1, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &coa_b));
}

/* [MR-11] [MR-12] also while the message that names the new one is held back */
static void acknowledgement_of_an_old_address_does_not_count_meanwhile(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	moves_to(&m, &coa_b);
	moves_to(&m, &coa_c);
	moves_to(&m, &test_coa);
	KUNIT_ASSERT_FALSE(test, m.out.send);
	answers(&m, 0, m.reg.seq, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
}

/* [MR-22] [DS-33] the switch is made by the acknowledgment: RFC 5555 5.1, not 3776 4.3 */
static void old_address_is_used_until_the_new_one_is_acknowledged(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	m.now += 5000;
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.coa, &coa_b));
	KUNIT_EXPECT_FALSE(test, m.out.bound);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
	is_told(&m, 0);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_MOVED);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &coa_b));
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + 5040 + LIFE * 1000);
}

static void same_address_again_is_no_news(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	m.now += 5000;
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

/* [MR-13] */
static void number_is_taken_from_the_home_agent(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	m.now += 40;
	answers(&m, DSMIP_BA_SEQUENCE, 4711, 0);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.seq, 4712);
	answers(&m, 0, 4710, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	answers(&m, 0, 4712, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

/* [MR-13] its own number: the home agent had it, and the answer was lost */
static void number_of_ours_is_taken_too(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	answers(&m, DSMIP_BA_SEQUENCE, RANDOM, 0);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.seq, RANDOM + 1);
}

/* [MR-11] [MR-13] */
static void home_agent_that_is_never_content_sets_no_pace(struct kunit *test)
{
	struct machine m;
	u32 sent = 0;

	make_registering(&m);
	while (m.now < T0 + 60000) {
		sent += waits(&m, 40);
		answers(&m, DSMIP_BA_SEQUENCE, m.reg.seq + 1, 0);
		sent += m.out.send;
	}
	KUNIT_EXPECT_LT(test, sent, 9);
	KUNIT_EXPECT_GT(test, sent, 4);
}

/* [MR-14] */
static void life_is_the_smaller_of_asked_and_granted(struct kunit *test)
{
	static const struct {
		u32 life, asked, granted;
	} table[] = {
		{ 600, 600, 600 }, { 300, 600, 300 }, { 600, 600, 700 }, { 4, 600, 4 },
		{ 600, 600, 262140 }, { 4, 4, 600 },
	};
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		make(&m);
		m.want.lifetime_s = table[i].asked;
		moves_to(&m, &test_coa);
		m.now += 700;
		answers(&m, 0, RANDOM, table[i].granted);
		KUNIT_EXPECT_EQ(test, m.reg.granted_s, table[i].life);
		KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + table[i].life * 1000ULL);
	}
}

/* [MR-14] the remaining life is not negative, and not for ever either */
static void life_that_was_over_before_it_was_granted_is_none(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	m.now += 1400;
	m.reg.next_ms = m.now + 100000;
	m.now += 4000;
	answers(&m, 0, RANDOM, 4);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_TRUE(test, m.out.send);
}

/* [MR-15] */
static void binding_is_refreshed_before_it_ends(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + 525000);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.seq, RANDOM + 1);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + 525000 + LIFE * 1000);
}

/* [MR-15] */
static void binding_is_refreshed_as_advised(struct kunit *test)
{
	const struct dsmip_ba ba = {
		.seq = RANDOM, .lifetime_s = LIFE, .refresh_s = 100,
		.has = DSMIP_HAS(DSMIP_OPT_REFRESH),
	};
	struct machine m;

	make_registering(&m);
	hears(&m, &ba);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 100000);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + LIFE * 1000);
}

/* [MR-16] */
static void prefixes_to_be_learned_put_the_refresh_off(struct kunit *test)
{
	const struct dsmip_ba ba = {
		.status = DSMIP_BA_ACCEPTED_PREFIX, .seq = RANDOM, .lifetime_s = LIFE,
		.refresh_s = 100, .has = DSMIP_HAS(DSMIP_OPT_REFRESH),
	};
	struct machine m;

	make_registering(&m);
	hears(&m, &ba);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_EQ(test, m.reg.status, DSMIP_BA_ACCEPTED_PREFIX);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + (LIFE - 16) * 1000);
	m.now += 1000;
	happens(&m, DSMIP_STEP_CHANGED);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	make_registering(&m);
	answers(&m, DSMIP_BA_ACCEPTED_PREFIX, RANDOM, 40);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 30000);
}

/* [MR-20] */
static void binding_ends_and_is_asked_for_anew(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	while (m.out.event != DSMIP_EVENT_EXPIRED && m.now < T0 + 700000)
		timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + LIFE * 1000);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
	KUNIT_EXPECT_EQ(test, m.reg.granted_s, 0);
	KUNIT_EXPECT_EQ(test, m.reg.expires_ms, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_EQ(test, waits(&m, 64000), 2);
}

/* [MR-17] [DS-21] nothing of it is left, IPv4 neither, and nothing brings it back */
static void home_address_in_use_by_another_is_never_used_again(struct kunit *test)
{
	static const u8 events[] = {
		DSMIP_STEP_CHANGED, DSMIP_STEP_SA, DSMIP_STEP_TIMER, DSMIP_STEP_NO_SA,
		DSMIP_STEP_UNSUPPORTED, DSMIP_STEP_HOME,
	};
	struct machine m;
	u8 i;

	make_registered(&m);
	m.reg.hoa4 = STATIC4;
	timer(&m);
	is_told(&m, DSMIP_BA_DAD_FAILED);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	EXPECT_IP4(test, m.reg.hoa4, 0);
	for (i = 0; i < ARRAY_SIZE(events); i++) {
		moves_to(&m, i % 2 ? &test_coa : &coa_b);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		happens(&m, events[i]);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		moves_to(&m, &nowhere);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
		KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
	}
	happens(&m, DSMIP_STEP_STOP);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
}

/* [MR-18] what may pass by itself is asked again in half a minute, the rest is not */
static void refusals_are_told_apart(struct kunit *test)
{
	struct machine m;
	bool passes;
	u32 status;

	for (status = 128; status < 256; status++) {
		if (status == DSMIP_BA_SEQUENCE)
			continue;
		passes = status == 128 || status == 130 || status == 139;
		make_registering(&m);
		answers(&m, status, RANDOM, LIFE);
		KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
		KUNIT_EXPECT_EQ(test, m.reg.status, status);
		KUNIT_EXPECT_EQ(test, m.reg.state,
				passes ? DSMIP_STATE_REGISTERING : DSMIP_STATE_REFUSED);
		KUNIT_EXPECT_EQ(test, m.reg.due_ms, passes ? T0 + 32000 : 0);
		is_told(&m, 0);
		KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
		KUNIT_EXPECT_EQ(test, waits(&m, 32000), passes);
	}
}

/* [MR-18] */
static void refused_one_asks_again_when_something_changed(struct kunit *test)
{
	static const u8 events[] = { DSMIP_STEP_CHANGED, DSMIP_STEP_SA };
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(events); i++) {
		make_refused(&m);
		happens(&m, events[i]);
		KUNIT_EXPECT_TRUE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	}
	make_refused(&m);
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	make_refused(&m);
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	make_refused(&m);
	happens(&m, DSMIP_STEP_TIMER);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

/* RFC 3963 5.4: no R again to this home agent, until somebody wishes otherwise */
static void mobile_router_that_was_refused_asks_when_told_to(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	is_told(&m, DSMIP_BA_MR_NOT_PERMITTED);
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	moves_to(&m, &nowhere);
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	happens(&m, DSMIP_STEP_SA);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	happens(&m, DSMIP_STEP_CHANGED);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	make_registered(&m);
	moves_to(&m, &coa_b);
	is_told(&m, DSMIP_BA_MR_NOT_PERMITTED);
	moves_to(&m, &nowhere);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
}

/* [MR-18] the home agent keeps what it has: RFC 6275 9.5.1 */
static void binding_survives_a_refusal(struct kunit *test)
{
	struct machine m;
	u32 status;

	for (status = 128; status < 256; status++) {
		if (status == DSMIP_BA_SEQUENCE || status == DSMIP_BA_DAD_FAILED)
			continue;
		make_registered(&m);
		moves_to(&m, &coa_b);
		is_told(&m, status);
		KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
		KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &test_coa));
		KUNIT_EXPECT_EQ(test, m.reg.expires_ms, T0 + LIFE * 1000);
	}
}

/* [MR-20] */
static void binding_of_a_refused_one_ends_in_its_time(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	moves_to(&m, &coa_b);
	is_told(&m, DSMIP_BA_PROHIBITED);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + LIFE * 1000);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
}

/* [MR-14] */
static void life_of_nothing_ends_the_binding_and_is_asked_again_slowly(struct kunit *test)
{
	struct machine m;

	make_refreshing(&m);
	answers(&m, 0, m.reg.seq, 0);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.now + 32000);
}

/* [MR-24] */
static void unknown_binding_at_the_home_agent_is_registered_again(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	m.now += 2000;
	gets_error(&m, DSMIP_BE_UNKNOWN_BINDING);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_OK);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
	KUNIT_EXPECT_FALSE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
}

/* [MR-24] they are not protected: a Binding Update a second is all that they get */
static void flood_of_binding_errors_is_worth_one_message_a_second(struct kunit *test)
{
	struct machine m;
	u32 sent = 0;

	make_registered(&m);
	while (m.now < T0 + 60000) {
		sent += waits(&m, 10);
		gets_error(&m, DSMIP_BE_UNKNOWN_BINDING);
		sent += m.out.send;
		if (m.reg.outstanding)
			is_told(&m, 0);
	}
	KUNIT_EXPECT_LE(test, sent, 60);
	KUNIT_EXPECT_GT(test, sent, 50);
}

/* [MR-24] */
static void binding_error_without_a_binding_is_ignored(struct kunit *test)
{
	static void (*const makes[])(struct machine *) = {
		make, make_registering, make_at_home, make_refused, make_unprotected,
	};
	struct dsmip_reg before;
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(makes); i++) {
		makes[i](&m);
		before = m.reg;
		gets_error(&m, DSMIP_BE_UNKNOWN_BINDING);
		KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BE_UNKNOWN);
		KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	}
}

/* [MR-24] */
static void binding_error_beside_a_registration_changes_nothing(struct kunit *test)
{
	struct dsmip_reg before;
	struct machine m;

	make_refreshing(&m);
	before = m.reg;
	m.now += 500;
	gets_error(&m, DSMIP_BE_UNKNOWN_BINDING);
	gets_error(&m, 77);
	KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
}

/* [MR-24] */
static void binding_error_that_cannot_be_mended_changes_nothing(struct kunit *test)
{
	struct dsmip_reg before;
	struct machine m;

	make_registered(&m);
	before = m.reg;
	gets_error(&m, 77);
	gets_error(&m, DSMIP_BE_UNKNOWN_TYPE);
	KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	make_lost(&m);
	before = m.reg;
	gets_error(&m, DSMIP_BE_UNKNOWN_BINDING);
	KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
}

/* [MR-23] [MR-24] status 2 says the same */
static void says_that_it_knows_no_mobility(struct machine *m, u8 event)
{
	if (event == DSMIP_STEP_BE)
		gets_error(m, DSMIP_BE_UNKNOWN_TYPE);
	else
		happens(m, event);
}

/* [MR-23] [MR-24] a flood does not stop it for ever */
static void node_that_knows_no_mobility_is_asked_slowly(struct kunit *test)
{
	static const u8 events[] = { DSMIP_STEP_UNSUPPORTED, DSMIP_STEP_BE };
	struct machine m;
	u8 i, n;

	for (i = 0; i < ARRAY_SIZE(events); i++) {
		make_registering(&m);
		m.now += 40;
		for (n = 1; n < 10; n++) {
			says_that_it_knows_no_mobility(&m, events[i]);
			KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + n * 32000);
			waits(&m, 16000);
			says_that_it_knows_no_mobility(&m, events[i]);
			KUNIT_EXPECT_EQ(test, waits(&m, 16000), 1);
		}
	}
}

/* [MR-23] and is so, when the next one is not answered either */
static void node_that_knew_no_mobility_is_asked_slowly_again(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	happens(&m, DSMIP_STEP_UNSUPPORTED);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 64000);
}

/* [MR-23] MUST NOT create entries from ICMP */
static void parameter_problem_out_of_the_blue_is_nothing(struct kunit *test)
{
	struct dsmip_reg before;
	struct machine m;

	make_registered(&m);
	before = m.reg;
	happens(&m, DSMIP_STEP_UNSUPPORTED);
	KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
}

/* [DS-20] [DS-22] [DS-26] */
static void ipv4_home_address_is_asked_for(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_EQ(test, m.out.bu.has,
			DSMIP_HAS(DSMIP_OPT_ALT_COA) | DSMIP_HAS(DSMIP_OPT_HOA4));
	KUNIT_ASSERT_EQ(test, m.out.bu.hoa4_count, 1);
	EXPECT_IP4(test, m.out.bu.hoa4[0].addr, 0);
	KUNIT_EXPECT_EQ(test, m.out.bu.hoa4[0].plen, 32);
	KUNIT_EXPECT_FALSE(test, m.out.bu.hoa4[0].prefix);
	make(&m);
	m.want.hoa4_asked = true;
	m.want.hoa4 = STATIC4;
	moves_to(&m, &test_coa);
	EXPECT_IP4(test, m.out.bu.hoa4[0].addr, STATIC4);
}

/* [DS-26] [DS-27] [3G-30] the address and length that were given are asked for again */
static void ipv4_home_address_given_is_kept(struct kunit *test)
{
	static const struct {
		u8 plen, told;
	} table[] = { { 32, 32 }, { 24, 24 }, { 32, 0 }, { 32, 63 } };
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		make(&m);
		m.want.hoa4_asked = true;
		moves_to(&m, &test_coa);
		is_told_hoa4(&m, 0, POOLED4, table[i].told);
		EXPECT_IP4(test, m.reg.hoa4, POOLED4);
		KUNIT_EXPECT_EQ(test, m.reg.hoa4_plen, table[i].plen);
		timer(&m);
		EXPECT_IP4(test, m.out.bu.hoa4[0].addr, POOLED4);
		KUNIT_EXPECT_EQ(test, m.out.bu.hoa4[0].plen, table[i].plen);
	}
}

/* [DS-20] RFC 5555 2.3.1 SHOULD NOT, rather than 4.4.2 MAY */
static void home_agent_without_ipv4_is_not_asked_again(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to(&m, &test_coa);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_TRUE(test, m.reg.hoa4_unsupported);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, DSMIP_HAS(DSMIP_OPT_ALT_COA));
	is_told_hoa4(&m, 0, POOLED4, 32);
	EXPECT_IP4(test, m.reg.hoa4, 0);
}

/* [DS-20] a refusal answers nothing, 135 least of all */
static void refusal_says_nothing_about_ipv4(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to(&m, &test_coa);
	answers(&m, DSMIP_BA_SEQUENCE, 4711, 0);
	KUNIT_EXPECT_TRUE(test, m.out.bu.has & DSMIP_HAS(DSMIP_OPT_HOA4));
	is_told(&m, DSMIP_BA_RESOURCES);
	waits(&m, 32000);
	KUNIT_EXPECT_TRUE(test, m.out.bu.has & DSMIP_HAS(DSMIP_OPT_HOA4));
	KUNIT_EXPECT_FALSE(test, m.reg.hoa4_unsupported);
}

/* [DS-21] */
static void ipv4_failure_leaves_ipv6_alone(struct kunit *test)
{
	struct machine m;
	u32 status;

	for (status = 128; status < 256; status++) {
		make(&m);
		m.want.hoa4_asked = true;
		m.want.hoa4 = STATIC4;
		moves_to(&m, &test_coa);
		is_told_hoa4(&m, status, STATIC4, 0);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
		EXPECT_IP4(test, m.reg.hoa4, 0);
		KUNIT_EXPECT_EQ(test, m.reg.hoa4_status, status);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		timer(&m);
		EXPECT_IP4(test, m.out.bu.hoa4[0].addr, STATIC4);
	}
}

/* [DS-25] */
static void ipv4_address_that_was_taken_away_is_replaced_at_once(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to(&m, &test_coa);
	is_told_hoa4(&m, 0, POOLED4, 32);
	timer(&m);
	is_told_hoa4(&m, DSMIP_HOA4_INCORRECT, POOLED4, 0);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	EXPECT_IP4(test, m.out.bu.hoa4[0].addr, 0);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
	is_told_hoa4(&m, DSMIP_HOA4_UNAVAILABLE, 0, 0);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

/* [DS-21] one that is asked for by name is not asked for by another */
static void ipv4_address_by_name_that_was_taken_away_is_gone(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	m.want.hoa4 = STATIC4;
	moves_to(&m, &test_coa);
	is_told_hoa4(&m, 0, STATIC4, 32);
	timer(&m);
	is_told_hoa4(&m, DSMIP_HOA4_PROHIBITED, STATIC4, 0);
	EXPECT_IP4(test, m.reg.hoa4, 0);
	KUNIT_EXPECT_EQ(test, m.reg.hoa4_plen, 0);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

static void ipv4_address_that_is_none_is_not_taken(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to(&m, &test_coa);
	is_told_hoa4(&m, 0, IP4(224, 0, 0, 1), 32);
	EXPECT_IP4(test, m.reg.hoa4, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

static void ipv4_address_not_asked_for_is_not_taken(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	is_told_hoa4(&m, 0, POOLED4, 32);
	EXPECT_IP4(test, m.reg.hoa4, 0);
}

/* [DR-11] */
static void ipv4_address_goes_with_the_binding(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to(&m, &test_coa);
	is_told_hoa4(&m, 0, POOLED4, 32);
	moves_to(&m, &nowhere);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	EXPECT_IP4(test, m.reg.hoa4, 0);
	KUNIT_EXPECT_EQ(test, m.reg.hoa4_plen, 0);
}

static void binding_waits_for_an_access_to_come_back(struct kunit *test)
{
	struct machine m;

	make_lost(&m);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + LIFE * 1000);
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
}

/* [MR-20] */
static void binding_without_an_access_ends(struct kunit *test)
{
	struct machine m;

	make_lost(&m);
	KUNIT_EXPECT_EQ(test, waits(&m, LIFE * 1000), 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_IDLE);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
}

static void nothing_is_sent_without_an_access(struct kunit *test)
{
	struct machine m;
	u8 event;

	for (event = DSMIP_STEP_TIMER; event <= DSMIP_STEP_SENT; event++) {
		if (event == DSMIP_STEP_BA)
			continue;
		make_refreshing(&m);
		moves_to(&m, &nowhere);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
		happens(&m, event);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, waits(&m, 50000), 0);
		make(&m);
		happens(&m, event);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_IDLE);
		KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
	}
}

static void registration_that_never_was_is_idle_without_an_access(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	moves_to(&m, &nowhere);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_IDLE);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
}

/* [DR-01] [DR-05] [MR-02] */
static void coming_home_deregisters_from_the_home_address(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	m.want.hoa4_asked = true;
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.coa, &test_hoa));
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, 0);
	KUNIT_EXPECT_EQ(test, m.out.bu.flags, DSMIP_BU_A | DSMIP_BU_H);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_DEREGISTERING);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &test_coa));
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_DELETED);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_FALSE(test, m.out.ended);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
}

static void home_address_as_care_of_address_is_home(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	moves_to(&m, &test_hoa);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_DEREGISTERING);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
}

/* [3G-24] */
static void being_home_from_the_beginning_needs_no_message(struct kunit *test)
{
	struct machine m;

	make(&m);
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
}

/* [DR-05] the acknowledgment may be all that was lost */
static void coming_home_deregisters_what_may_be_registered(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_DEREGISTERING);
	KUNIT_EXPECT_EQ(test, waits(&m, 60000), 2);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	make_registering(&m);
	moves_to(&m, &nowhere);
	m.now += LIFE * 1000 - 1;
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	make_registering(&m);
	moves_to(&m, &nowhere);
	m.now += LIFE * 1000;
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
}

/* [MR-09] [MR-20] while the home agent may still intercept */
static void deregistration_at_home_is_retransmitted_until_the_binding_ends(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	happens(&m, DSMIP_STEP_HOME);
	waits(&m, LIFE * 1000 - 1000);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_DEREGISTERING);
	KUNIT_EXPECT_GT(test, m.reg.tries, 20);
	waits(&m, 33000);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
}

/* [DR-02] */
static void home_agent_that_knows_no_binding_has_deregistered(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	happens(&m, DSMIP_STEP_HOME);
	is_told(&m, DSMIP_BA_NOT_HA_FOR_MN);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
}

static void deregistration_at_home_that_is_refused_is_tried_again(struct kunit *test)
{
	struct machine m;
	u32 status;

	for (status = 128; status < 256; status++) {
		if (status == DSMIP_BA_SEQUENCE || status == DSMIP_BA_NOT_HA_FOR_MN)
			continue;
		make_registered(&m);
		happens(&m, DSMIP_STEP_HOME);
		is_told(&m, status);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_DEREGISTERING);
		KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
		KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.now + 32000);
		is_told(&m, 0);
		KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
		timer(&m);
		KUNIT_EXPECT_TRUE(test, m.out.send);
	}
}

static void deregistration_at_home_of_nothing_known_is_over_with_any_answer(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	happens(&m, DSMIP_STEP_HOME);
	is_told(&m, DSMIP_BA_PROHIBITED);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
}

/* [MR-13] */
static void deregistration_takes_the_number_too(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	happens(&m, DSMIP_STEP_HOME);
	answers(&m, DSMIP_BA_SEQUENCE, 4711, 0);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.seq, 4712);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
}

/* [MR-12] */
static void acknowledgement_of_a_registration_does_not_deregister(struct kunit *test)
{
	struct machine m;

	make_refreshing(&m);
	m.now += 100;
	happens(&m, DSMIP_STEP_STOP);
	answers(&m, 0, m.reg.seq - 1, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	KUNIT_EXPECT_FALSE(test, m.out.ended);
}

static void leaving_home_registers(struct kunit *test)
{
	struct machine m;

	make_at_home(&m);
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, LIFE);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	make_registered(&m);
	happens(&m, DSMIP_STEP_HOME);
	m.now += 1000;
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, LIFE);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_MOVED);
}

static void nothing_disturbs_at_home(struct kunit *test)
{
	struct dsmip_reg before;
	struct machine m;
	u8 event;

	make_at_home(&m);
	before = m.reg;
	for (event = DSMIP_STEP_TIMER; event <= DSMIP_STEP_SENT; event++) {
		if (event == DSMIP_STEP_BA)
			is_told(&m, 0);
		else
			happens(&m, event);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	}
}

static void access_lost_at_home_leaves_the_binding_as_it_is(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	happens(&m, DSMIP_STEP_HOME);
	moves_to(&m, &nowhere);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_EQ(test, waits(&m, 100000), 0);
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
}

/* [MR-02] [3G-40] */
static void stopping_deregisters_from_where_it_is(struct kunit *test)
{
	struct machine m;

	make_stopping(&m);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.coa, &test_coa));
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.bu.alt_coa, &test_coa));
	KUNIT_EXPECT_FALSE(test, m.out.ended);
	is_told(&m, 0);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_DELETED);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_IDLE);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
}

static void stopping_gives_up_after_three_messages(struct kunit *test)
{
	struct machine m;

	make_stopping(&m);
	KUNIT_EXPECT_EQ(test, waits(&m, 1000 + 2000), 2);
	KUNIT_EXPECT_FALSE(test, m.out.ended);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + 40 + 10000 + 7000);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, m.out.bound);
}

static void stopping_is_over_with_any_answer(struct kunit *test)
{
	struct machine m;
	u32 status;

	for (status = 0; status < 256; status++) {
		if (status == DSMIP_BA_SEQUENCE)
			continue;
		make_stopping(&m);
		is_told(&m, status);
		KUNIT_EXPECT_TRUE(test, m.out.ended);
	}
}

static void stopping_without_a_binding_is_over_at_once(struct kunit *test)
{
	static void (*const makes[])(struct machine *) = { make, make_at_home, make_refused };
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(makes); i++) {
		makes[i](&m);
		happens(&m, DSMIP_STEP_STOP);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_TRUE(test, m.out.ended);
		KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_DELETED);
	}
}

static void stopping_waits_a_little_for_an_access(struct kunit *test)
{
	struct machine m;

	make_lost(&m);
	happens(&m, DSMIP_STEP_STOP);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	m.now += 500;
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.bu.alt_coa, &coa_b));
	make_lost(&m);
	happens(&m, DSMIP_STEP_STOP);
	KUNIT_EXPECT_EQ(test, waits(&m, 7000), 0);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
}

/* [MR-20] */
static void binding_may_end_while_stopping_waits(struct kunit *test)
{
	struct machine m;

	make_lost(&m);
	m.now = m.reg.expires_ms - 100;
	happens(&m, DSMIP_STEP_STOP);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_EXPIRED);
	KUNIT_EXPECT_FALSE(test, m.out.ended);
	waits(&m, 7000);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
}

static void stopping_goes_on_from_home(struct kunit *test)
{
	struct machine m;

	make_stopping(&m);
	m.now += 100;
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.out.coa, &test_hoa));
	KUNIT_EXPECT_EQ(test, m.out.bu.has, 0);
	is_told(&m, 0);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
}

/* whatever comes, it neither registers nor moves its timer */
static void stopping_lets_itself_not_be_disturbed(struct kunit *test)
{
	static const u8 events[] = {
		DSMIP_STEP_STOP, DSMIP_STEP_CHANGED, DSMIP_STEP_UNSUPPORTED, DSMIP_STEP_TIMER,
		DSMIP_STEP_BE,
	};
	struct dsmip_reg before;
	struct machine m;
	u8 i;

	make_stopping(&m);
	before = m.reg;
	m.now += 10;
	for (i = 0; i < ARRAY_SIZE(events); i++) {
		happens(&m, events[i]);
		KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	}
}

static void what_has_ended_does_not_begin_again(struct kunit *test)
{
	struct dsmip_reg before;
	struct machine m;
	u8 event;

	make_ended(&m);
	before = m.reg;
	for (event = DSMIP_STEP_COA; event <= DSMIP_STEP_SENT; event++) {
		if (event == DSMIP_STEP_BA)
			is_told(&m, 0);
		else
			step(&m, (struct dsmip_step_in){ .event = event, .coa = coa_b });
		KUNIT_EXPECT_TRUE(test, m.out.ended);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.out.event, -1);
		KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	}
}

static void without_an_sa_it_is_wanted_and_tried_more_slowly(struct kunit *test)
{
	struct machine m;

	make_unprotected(&m);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_UNPROTECTED);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_SA_WANTED);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 1500);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_UNPROTECTED);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + 4500);
	KUNIT_EXPECT_EQ(test, waits(&m, 100000), 5);
}

/* a controller that makes SAs is called once, and again when it is needed again */
static void missing_sa_is_told_once(struct kunit *test)
{
	struct machine m;

	make_unprotected(&m);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	happens(&m, DSMIP_STEP_SA);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_SA_WANTED);
	m.now += 5000;
	moves_to(&m, &coa_b);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_SA_WANTED);
}

static void sa_that_came_without_a_word_is_told_by_its_use(struct kunit *test)
{
	struct machine m;

	make_unprotected(&m);
	timer(&m);
	happens(&m, DSMIP_STEP_SENT);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.now + 3000);
	timer(&m);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_SA_WANTED);

	make_refreshing(&m);
	happens(&m, DSMIP_STEP_NO_SA);
	timer(&m);
	happens(&m, DSMIP_STEP_SENT);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
	happens(&m, DSMIP_STEP_SENT);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	is_told(&m, 0);
	happens(&m, DSMIP_STEP_SENT);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

static void who_stops_wants_no_sa(struct kunit *test)
{
	struct machine m;

	make_stopping(&m);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_DEREGISTERING);
	waits(&m, 10000);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
}

static void with_an_sa_it_is_tried_at_once(struct kunit *test)
{
	struct machine m;

	make_unprotected(&m);
	waits(&m, 10000);
	happens(&m, DSMIP_STEP_SA);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, m.now + 1500);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

static void sa_that_comes_is_used_at_once(struct kunit *test)
{
	static void (*const makes[])(struct machine *) = {
		make_registering, make_refreshing, make_stopping, make_unprotected,
	};
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(makes); i++) {
		makes[i](&m);
		m.now += 100;
		happens(&m, DSMIP_STEP_SA);
		KUNIT_EXPECT_TRUE(test, m.out.send);
	}
}

static void acknowledgement_shows_that_there_is_an_sa(struct kunit *test)
{
	struct machine m;

	make_unprotected(&m);
	timer(&m);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
}

static void sa_that_nobody_waits_for_is_no_news(struct kunit *test)
{
	static void (*const makes[])(struct machine *) = {
		make, make_registered, make_at_home, make_lost, make_ended,
	};
	struct dsmip_reg before;
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(makes); i++) {
		makes[i](&m);
		before = m.reg;
		happens(&m, DSMIP_STEP_SA);
		KUNIT_EXPECT_FALSE(test, memcmp(&before, &m.reg, sizeof(before)));
	}
}

static void missing_sa_of_a_message_long_answered_is_no_news(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
}

static void binding_is_kept_without_an_sa_until_it_ends(struct kunit *test)
{
	struct machine m;

	make_refreshing(&m);
	happens(&m, DSMIP_STEP_NO_SA);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_UNPROTECTED);
	KUNIT_EXPECT_FALSE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
	waits(&m, 80000);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_UNPROTECTED);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &nowhere));
}

/* whoever moves other things along must know from where */
static void move_tells_the_care_of_address_before(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.coa_before, &nowhere));
	m.now += 5000;
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &test_coa));
	moves_to(&m, &coa_c);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_MOVED);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.coa_before, &test_coa));
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.bound_coa, &coa_c));
	timer(&m);
	is_told(&m, 0);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
}

/* who follows the notifications knows state, status and care-of address at any time */
static void whatever_is_shown_is_told(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	m.now += 400;
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	m.now += 400;
	answers(&m, DSMIP_BA_SEQUENCE, m.reg.seq + 1000, 0);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERING);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);

	make_refused(&m);
	m.now += 400;
	m.reg.hoa_forbidden = true;
	moves_to(&m, &coa_b);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
}

/* [BS-06] the controller takes another home address: nothing is left to say about this */
static void refused_home_address_goes_without_a_word(struct kunit *test)
{
	static const u8 statuses[] = { DSMIP_BA_DAD_FAILED, DSMIP_BA_PROHIBITED };
	struct machine m;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(statuses); i++) {
		make_registering(&m);
		is_told(&m, statuses[i]);
		KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
		KUNIT_EXPECT_EQ(test, m.reg.status, statuses[i]);
		m.now += 2000;
		happens(&m, DSMIP_STEP_STOP);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_TRUE(test, m.out.ended);
		KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_DELETED);
	}
}

static void changed_wishes_are_told_at_once(struct kunit *test)
{
	struct machine m;

	make_registered(&m);
	m.now += 5000;
	m.want.lifetime_s = 1200;
	m.want.hoa4_asked = true;
	happens(&m, DSMIP_STEP_CHANGED);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 1200);
	KUNIT_EXPECT_EQ(test, m.out.bu.hoa4_count, 1);
	answers(&m, 0, RANDOM + 1, 1200);
	KUNIT_EXPECT_EQ(test, m.reg.granted_s, 1200);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFRESHED);
}

/* [MR-07] [MR-11] one that takes over from another goes on with its numbers */
static void numbers_go_on_where_they_were_left(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.reg.sent = true;
	m.reg.seq = 77;
	m.reg.sent_at_ms[2] = T0 - 500;
	moves_to(&m, &test_coa);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + 501);
	KUNIT_EXPECT_EQ(test, m.out.bu.seq, 78);
}

static void event_that_nobody_knows_is_a_timer(struct kunit *test)
{
	struct machine m;

	make_registering(&m);
	m.now = m.reg.due_ms;
	happens(&m, 0xee);
	KUNIT_EXPECT_TRUE(test, m.out.send);
}

/*
 * A long walk: movements, wishes and refusals of every kind, over a network
 * that loses, delays, repeats and reorders, to a home agent that is the judge
 * of accept.h, and that forgets everything now and then.
 */
enum walk_limits {
	FLIGHT = 6, WALKS = 40, WALK_EVENTS = 1500, WALK_LIFE = 60, CALM_MS = 120000,
};

/**
 * struct letter - a message on its way
 * @arrives: when; 0 when the place is free
 * @is_ba: which of the two it is
 * @src: source, of a Binding Update
 * @bu: one
 * @ba: the other
 */
struct letter {
	u64 arrives;
	bool is_ba;
	struct in6_addr src;
	struct dsmip_bu bu;
	struct dsmip_ba ba;
};

/**
 * struct walk - the mobile node, the network, and the home agent
 * @m: mobile node
 * @random: state of the dice
 * @calm: nothing is lost any more
 * @flight: messages on their way
 * @sent: times of the last messages, the last one first
 * @snap: the home agent's binding
 * @ends: when it ends
 * @life_s: the longest life that it grants
 * @held_until: until when the number of an ended one counts
 * @forgot: the home agent lost its memory since the mobile node was bound
 */
struct walk {
	struct machine m;
	u32 random;
	bool calm;
	struct letter flight[FLIGHT];
	u64 sent[DSMIP_RATE_COUNT + 1];
	struct dsmip_snapshot snap;
	u64 ends;
	u32 life_s;
	u64 held_until;
	bool forgot;
};

static u32 dice(struct walk *w, u32 sides)
{
	w->random ^= w->random << 13;
	w->random ^= w->random >> 17;
	w->random ^= w->random << 5;
	return w->random % sides;
}

static void post(struct walk *w, const struct letter *letter)
{
	u8 copies = 1, i;

	if (!w->calm && !dice(w, 3))
		copies = 2 * dice(w, 2);
	for (i = 0; i < FLIGHT && copies; i++) {
		if (w->flight[i].arrives)
			continue;
		w->flight[i] = *letter;
		w->flight[i].arrives = w->m.now + 1 + dice(w, w->calm ? 100 : 3000);
		copies--;
	}
}

/* [MR-07] [MR-11] */
static void expect_pace_and_number(struct kunit *test, struct walk *w, u16 seq)
{
	memmove(&w->sent[1], &w->sent[0], sizeof(w->sent) - sizeof(w->sent[0]));
	w->sent[0] = w->m.now;
	KUNIT_EXPECT_GT(test, w->sent[0] - w->sent[DSMIP_RATE_COUNT], DSMIP_RATE_WINDOW_MS);
	KUNIT_EXPECT_EQ(test, w->m.out.bu.seq, (u16)(seq + 1));
	KUNIT_EXPECT_FALSE(test, test_same_in6(&w->m.out.coa, &nowhere));
}

/* [MR-12] [MR-20] [MR-22] an acknowledgment, the end of its life, or a farewell */
static void expect_reason(struct kunit *test, const struct walk *w,
			  const struct dsmip_reg *before, const struct dsmip_step_in *in)
{
	const struct dsmip_reg *reg = &w->m.reg;
	const bool answered = in->event == DSMIP_STEP_BA && w->m.out.why == DSMIP_OK;
	const bool over = before->expires_ms && before->expires_ms <= w->m.now;
	const bool left = before->deregister && !reg->deregister;

	if (test_same_in6(&before->bound_coa, &reg->bound_coa))
		return;
	KUNIT_EXPECT_TRUE(test, answered || over || left);
	KUNIT_EXPECT_TRUE(test, w->m.out.bound);
}

/*
 * [MR-14] What is registered and at rest is so at the home agent too, there and
 * as long: no delay, loss or disorder makes the mobile node believe otherwise.
 */
static void expect_truth(struct kunit *test, const struct walk *w)
{
	const struct dsmip_reg *reg = &w->m.reg;

	KUNIT_EXPECT_TRUE(test, !reg->due_ms || reg->due_ms > w->m.now);
	KUNIT_EXPECT_EQ(test, !reg->expires_ms, test_same_in6(&reg->bound_coa, &nowhere));
	if (w->forgot || reg->state != DSMIP_STATE_REGISTERED ||
	    !test_same_in6(&reg->coa, &reg->bound_coa))
		return;
	KUNIT_EXPECT_TRUE(test, w->snap.exists);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&w->snap.coa, &reg->coa));
	KUNIT_EXPECT_LE(test, reg->expires_ms, w->ends);
}

static void walk_step(struct kunit *test, struct walk *w, struct dsmip_step_in in)
{
	const struct dsmip_reg before = w->m.reg;
	struct letter letter = { .is_ba = false };
	u16 seq = before.sent ? before.seq : RANDOM - 1;

	step(&w->m, in);
	if (in.event == DSMIP_STEP_BA && w->m.out.why == DSMIP_OK) {
		w->forgot = false;
		if (in.ba->status == DSMIP_BA_SEQUENCE)
			seq = in.ba->seq;
	}
	if (w->m.out.send) {
		expect_pace_and_number(test, w, seq);
		letter.src = w->m.out.coa;
		letter.bu = w->m.out.bu;
		post(w, &letter);
	}
	expect_reason(test, w, &before, &in);
	expect_truth(test, w);
}

static void age(struct walk *w)
{
	if (w->snap.exists && w->m.now >= w->ends)
		memset(&w->snap, 0, sizeof(w->snap));
	if (w->snap.held && w->m.now >= w->held_until)
		memset(&w->snap, 0, sizeof(w->snap));
}

static void commit(struct walk *w, const struct dsmip_verdict *v)
{
	w->snap = (struct dsmip_snapshot){
		.exists = v->action != DSMIP_ACTION_DELETE,
		.held = v->action == DSMIP_ACTION_DELETE,
		.home = true, .seq = v->seq, .coa = v->coa,
	};
	w->ends = w->m.now + v->lifetime_s * 1000ULL;
	w->held_until = w->m.now + DSMIP_DELETE_HOLD_S * 1000;
}

/* The home agent; in a bad mood it refuses, for this or that reason. */
static void serve(struct walk *w, const struct letter *in)
{
	const bool home = test_same_in6(&in->src, &test_hoa);
	const struct dsmip_arrival arrival = {
		.hoa = test_hoa, .ha = test_ha, .src = in->src, .hao = !home,
		.home_link = home,
		.protection = DSMIP_PROTECTION_OURS,
	};
	const struct dsmip_policy policy = {
		.authorised = w->calm || dice(w, 20), .room = w->calm || dice(w, 10),
		.lifetime_max_s = w->life_s,
		.prefix_valid_s = DSMIP_LIFE_FOREVER_S,
		.prefix_preferred_s = dice(w, 4) ? DSMIP_LIFE_FOREVER_S : 0,
	};
	struct letter out = { .is_ba = true };
	struct dsmip_verdict v;

	age(w);
	dsmip_accept(&in->bu, &w->snap, &arrival, &policy, &v);
	if (v.action == DSMIP_ACTION_DROP)
		return;
	if (v.action > DSMIP_ACTION_REFUSE)
		commit(w, &v);
	else if (v.store_seq)
		w->snap.seq = v.seq;
	dsmip_accept_answer(&in->bu, &v, &out.ba);
	post(w, &out);
}

static void deliver(struct kunit *test, struct walk *w, struct letter *place)
{
	struct letter letter = *place;

	place->arrives = 0;
	if (letter.is_ba)
		walk_step(test, w, (struct dsmip_step_in){
			.event = DSMIP_STEP_BA, .ba = &letter.ba, .from_ha = true,
			.protection = DSMIP_PROTECTION_OURS,
		});
	else
		serve(w, &letter);
}

/* With its SAs go the messages that were under way under them [IP-19]. */
static void forget(struct walk *w)
{
	memset(&w->snap, 0, sizeof(w->snap));
	memset(w->flight, 0, sizeof(w->flight));
	w->forgot = true;
}

static void something_happens(struct kunit *test, struct walk *w)
{
	static const struct in6_addr *const places[] = {
		&test_coa, &coa_b, &coa_c, &nowhere, &test_hoa, &test_coa,
	};
	static const u8 events[] = {
		DSMIP_STEP_COA, DSMIP_STEP_COA, DSMIP_STEP_COA, DSMIP_STEP_HOME,
		DSMIP_STEP_TIMER, DSMIP_STEP_CHANGED, DSMIP_STEP_SA, DSMIP_STEP_NO_SA,
		DSMIP_STEP_UNSUPPORTED, DSMIP_STEP_BE, DSMIP_STEP_BE,
	};

	if (!dice(w, 100))
		forget(w);
	walk_step(test, w, (struct dsmip_step_in){
		.event = events[dice(w, ARRAY_SIZE(events))],
		.coa = *places[dice(w, ARRAY_SIZE(places))],
		.be_status = 1 + dice(w, 2),
	});
}

static struct letter *next_letter(struct walk *w)
{
	struct letter *next = NULL;
	u8 i;

	for (i = 0; i < FLIGHT; i++)
		if (w->flight[i].arrives &&
		    (!next || w->flight[i].arrives < next->arrives))
			next = &w->flight[i];
	return next;
}

/* Time goes to the next thing: a letter, the timer, or what the dice say. */
static void go_on(struct kunit *test, struct walk *w, u64 surprise)
{
	struct letter *letter = next_letter(w);
	u64 due = w->m.reg.due_ms;

	if (letter && letter->arrives <= surprise && (!due || letter->arrives <= due)) {
		w->m.now = letter->arrives;
		deliver(test, w, letter);
	} else if (due && due <= surprise) {
		w->m.now = due;
		walk_step(test, w, (struct dsmip_step_in){ .event = DSMIP_STEP_TIMER });
	} else {
		w->m.now = surprise;
		if (!w->calm)
			something_happens(test, w);
	}
	age(w);
}

static void begin_walk(struct walk *w, u32 seed)
{
	memset(w, 0, sizeof(*w));
	w->random = seed * 2654435761u + 1;
	make(&w->m);
	w->m.want.lifetime_s = WALK_LIFE;
	w->life_s = WALK_LIFE - 4 * dice(w, 10);
	w->m.want.hoa4_asked = seed % 2;
}

static struct walk the_walk;

static void no_walk_breaks_a_rule_or_ends_in_error(struct kunit *test)
{
	struct walk *w = &the_walk;
	u32 seed, i;

	for (seed = 1; seed <= WALKS; seed++) {
		begin_walk(w, seed);
		for (i = 0; i < WALK_EVENTS; i++)
			go_on(test, w, w->m.now + 1 + dice(w, dice(w, 2) ? 200 : 20000));
		w->calm = true;
		walk_step(test, w, (struct dsmip_step_in){
			.event = DSMIP_STEP_COA, .coa = seed % 2 ? coa_b : test_coa,
		});
		walk_step(test, w, (struct dsmip_step_in){ .event = DSMIP_STEP_CHANGED });
		for (i = w->m.now + CALM_MS; w->m.now < i;)
			go_on(test, w, i);
		KUNIT_EXPECT_FALSE(test, w->forgot);
		KUNIT_EXPECT_FALSE(test, test_same_in6(&w->m.reg.bound_coa, &nowhere));
		KUNIT_EXPECT_TRUE(test, test_same_in6(&w->m.reg.bound_coa, &w->snap.coa));
	}
}

static void every_walk_can_be_ended(struct kunit *test)
{
	struct walk *w = &the_walk;
	u32 seed, i;

	for (seed = 1; seed <= WALKS; seed++) {
		begin_walk(w, seed);
		for (i = 0; i < 10 * seed; i++)
			go_on(test, w, w->m.now + 1 + dice(w, 3000));
		walk_step(test, w, (struct dsmip_step_in){ .event = DSMIP_STEP_STOP });
		for (i = 0; i < 200 && !w->m.out.ended; i++)
			go_on(test, w, w->m.now + 1 + dice(w, 3000));
		KUNIT_EXPECT_TRUE(test, w->m.out.ended);
		KUNIT_EXPECT_EQ(test, w->m.reg.due_ms, 0);
		KUNIT_EXPECT_TRUE(test, test_same_in6(&w->m.reg.bound_coa, &nowhere));
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE(first_binding_update_says_it_all),
	KUNIT_CASE(flags_are_as_wished_and_no_others),
	KUNIT_CASE(k_is_not_set_in_open_mode),
	KUNIT_CASE(k_of_the_acceptance_is_remembered),
	KUNIT_CASE(k_that_was_not_asked_for_is_no_promise),
	KUNIT_CASE(k_of_a_deregistration_is_remembered),
	KUNIT_CASE(life_asked_for_is_some_whole_units),
	KUNIT_CASE(first_registration_is_retransmitted_from_1500_ms_on),
	KUNIT_CASE(refresh_is_retransmitted_from_1000_ms_on),
	KUNIT_CASE(movement_faster_than_the_rate_limit_is_told_later),
	KUNIT_CASE_PARAM(acknowledgement_that_is_none_changes_nothing, wrong_gen_params),
	KUNIT_CASE(acknowledgement_before_anything_was_sent_is_none),
	KUNIT_CASE(first_acknowledgement_is_that_of_the_first_number),
	KUNIT_CASE(acknowledgement_in_clear_counts_in_open_mode_only),
	KUNIT_CASE(acknowledgement_registers),
	KUNIT_CASE(acknowledgement_of_an_earlier_transmission_counts),
	KUNIT_CASE(life_of_a_transmission_long_ago_is_counted_from_long_ago),
	KUNIT_CASE(life_of_a_transmission_before_the_clock_began_is_short),
	KUNIT_CASE(acknowledgement_of_a_later_transmission_counts_too),
	KUNIT_CASE(acceptance_of_a_later_transmission_outdoes_a_refusal),
	KUNIT_CASE(old_number_of_a_later_transmission_is_no_news),
	KUNIT_CASE(acknowledgement_of_a_transmission_too_long_ago_is_ignored),
	KUNIT_CASE(acknowledgement_of_an_old_address_is_not_that_of_the_new),
	KUNIT_CASE(acknowledgement_of_an_old_address_does_not_count_meanwhile),
	KUNIT_CASE(old_address_is_used_until_the_new_one_is_acknowledged),
	KUNIT_CASE(same_address_again_is_no_news),
	KUNIT_CASE(number_is_taken_from_the_home_agent),
	KUNIT_CASE(number_of_ours_is_taken_too),
	KUNIT_CASE(home_agent_that_is_never_content_sets_no_pace),
	KUNIT_CASE(life_is_the_smaller_of_asked_and_granted),
	KUNIT_CASE(life_that_was_over_before_it_was_granted_is_none),
	KUNIT_CASE(binding_is_refreshed_before_it_ends),
	KUNIT_CASE(binding_is_refreshed_as_advised),
	KUNIT_CASE(prefixes_to_be_learned_put_the_refresh_off),
	KUNIT_CASE(binding_ends_and_is_asked_for_anew),
	KUNIT_CASE(home_address_in_use_by_another_is_never_used_again),
	KUNIT_CASE(refusals_are_told_apart),
	KUNIT_CASE(refused_one_asks_again_when_something_changed),
	KUNIT_CASE(mobile_router_that_was_refused_asks_when_told_to),
	KUNIT_CASE(binding_survives_a_refusal),
	KUNIT_CASE(binding_of_a_refused_one_ends_in_its_time),
	KUNIT_CASE(life_of_nothing_ends_the_binding_and_is_asked_again_slowly),
	KUNIT_CASE(unknown_binding_at_the_home_agent_is_registered_again),
	KUNIT_CASE(flood_of_binding_errors_is_worth_one_message_a_second),
	KUNIT_CASE(binding_error_without_a_binding_is_ignored),
	KUNIT_CASE(binding_error_beside_a_registration_changes_nothing),
	KUNIT_CASE(binding_error_that_cannot_be_mended_changes_nothing),
	KUNIT_CASE(node_that_knows_no_mobility_is_asked_slowly),
	KUNIT_CASE(node_that_knew_no_mobility_is_asked_slowly_again),
	KUNIT_CASE(parameter_problem_out_of_the_blue_is_nothing),
	KUNIT_CASE(ipv4_home_address_is_asked_for),
	KUNIT_CASE(ipv4_home_address_given_is_kept),
	KUNIT_CASE(home_agent_without_ipv4_is_not_asked_again),
	KUNIT_CASE(refusal_says_nothing_about_ipv4),
	KUNIT_CASE(ipv4_failure_leaves_ipv6_alone),
	KUNIT_CASE(ipv4_address_that_was_taken_away_is_replaced_at_once),
	KUNIT_CASE(ipv4_address_by_name_that_was_taken_away_is_gone),
	KUNIT_CASE(ipv4_address_that_is_none_is_not_taken),
	KUNIT_CASE(ipv4_address_not_asked_for_is_not_taken),
	KUNIT_CASE(ipv4_address_goes_with_the_binding),
	KUNIT_CASE(binding_waits_for_an_access_to_come_back),
	KUNIT_CASE(binding_without_an_access_ends),
	KUNIT_CASE(nothing_is_sent_without_an_access),
	KUNIT_CASE(registration_that_never_was_is_idle_without_an_access),
	KUNIT_CASE(coming_home_deregisters_from_the_home_address),
	KUNIT_CASE(home_address_as_care_of_address_is_home),
	KUNIT_CASE(being_home_from_the_beginning_needs_no_message),
	KUNIT_CASE(coming_home_deregisters_what_may_be_registered),
	KUNIT_CASE(deregistration_at_home_is_retransmitted_until_the_binding_ends),
	KUNIT_CASE(home_agent_that_knows_no_binding_has_deregistered),
	KUNIT_CASE(deregistration_at_home_that_is_refused_is_tried_again),
	KUNIT_CASE(deregistration_at_home_of_nothing_known_is_over_with_any_answer),
	KUNIT_CASE(deregistration_takes_the_number_too),
	KUNIT_CASE(acknowledgement_of_a_registration_does_not_deregister),
	KUNIT_CASE(leaving_home_registers),
	KUNIT_CASE(nothing_disturbs_at_home),
	KUNIT_CASE(access_lost_at_home_leaves_the_binding_as_it_is),
	KUNIT_CASE(stopping_deregisters_from_where_it_is),
	KUNIT_CASE(stopping_gives_up_after_three_messages),
	KUNIT_CASE(stopping_is_over_with_any_answer),
	KUNIT_CASE(stopping_without_a_binding_is_over_at_once),
	KUNIT_CASE(stopping_waits_a_little_for_an_access),
	KUNIT_CASE(binding_may_end_while_stopping_waits),
	KUNIT_CASE(stopping_goes_on_from_home),
	KUNIT_CASE(stopping_lets_itself_not_be_disturbed),
	KUNIT_CASE(what_has_ended_does_not_begin_again),
	KUNIT_CASE(without_an_sa_it_is_wanted_and_tried_more_slowly),
	KUNIT_CASE(missing_sa_is_told_once),
	KUNIT_CASE(sa_that_came_without_a_word_is_told_by_its_use),
	KUNIT_CASE(who_stops_wants_no_sa),
	KUNIT_CASE(with_an_sa_it_is_tried_at_once),
	KUNIT_CASE(sa_that_comes_is_used_at_once),
	KUNIT_CASE(acknowledgement_shows_that_there_is_an_sa),
	KUNIT_CASE(sa_that_nobody_waits_for_is_no_news),
	KUNIT_CASE(missing_sa_of_a_message_long_answered_is_no_news),
	KUNIT_CASE(binding_is_kept_without_an_sa_until_it_ends),
	KUNIT_CASE(move_tells_the_care_of_address_before),
	KUNIT_CASE(whatever_is_shown_is_told),
	KUNIT_CASE(refused_home_address_goes_without_a_word),
	KUNIT_CASE(changed_wishes_are_told_at_once),
	KUNIT_CASE(numbers_go_on_where_they_were_left),
	KUNIT_CASE(event_that_nobody_knows_is_a_timer),
	KUNIT_CASE(no_walk_breaks_a_rule_or_ends_in_error),
	KUNIT_CASE(every_walk_can_be_ended),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-step", .test_cases = cases };

kunit_test_suite(suite);
