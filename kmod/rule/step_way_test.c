// SPDX-License-Identifier: GPL-2.0
/* Which of two care-of addresses is used, and in what format Binding Updates go. */

#include <kunit/test.h>
#include "help_test.h"

enum { SERIES = 1500 + 3000 + 6000, SERIES_BOUND = 1000 + 2000 + 4000 };

/* Registered by what it has chosen. */
static void make_bound_at(struct machine *m, const struct in6_addr *coa6, __be32 coa4)
{
	make(m);
	moves_to_both(m, coa6, coa4);
	m->now += 40;
	is_told(m, DSMIP_BA_ACCEPTED);
	m->now += 5000;
}

/* Nobody answers by IPv6, somebody does by IPv4. */
static void make_bound_by_ip4_beside_ip6(struct machine *m)
{
	make(m);
	moves_to_both(m, &test_coa, COA4);
	waits(m, SERIES);
	is_told(m, DSMIP_BA_ACCEPTED);
	m->now += 5000;
}

static bool is_bound_to4(const struct machine *m, __be32 coa4)
{
	return dsmip_in6_to_in4(&m->reg.bound_coa) == coa4;
}

static bool is_bound_to6(const struct machine *m, const struct in6_addr *coa)
{
	return test_same_in6(&m->reg.bound_coa, coa);
}

/* [DS-02] [DS-11] [MR-02] the address is in an option of its own, and there is no other */
static void binding_update_from_ipv4_goes_in_udp(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &nowhere, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP4);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, DSMIP_HAS(DSMIP_OPT_COA4));
	EXPECT_IP4(test, m.out.bu.coa4, COA4);
	KUNIT_EXPECT_EQ(test, m.out.bu.flags, DSMIP_BU_A | DSMIP_BU_H);
}

/* [DS-02] the first, a repeated one, a refresh, and the end */
static void every_binding_update_from_ipv4_goes_in_udp(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &nowhere, COA4);
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP4);
	is_told(&m, DSMIP_BA_ACCEPTED);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP4);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 5000;
	happens(&m, DSMIP_STEP_STOP);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP4);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, DSMIP_HAS(DSMIP_OPT_COA4));
}

/* [DS-02] but from IPv6 and from home not */
static void binding_update_from_ipv6_goes_natively(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &test_coa, COA4);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_IP6);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, DSMIP_HAS(DSMIP_OPT_ALT_COA));
	m.want.flags = DSMIP_BU_F;
	m.now += 5000;
	happens(&m, DSMIP_STEP_HOME);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_hoa));
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_IP6);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, 0);
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
}

/* [DS-29] */
static void ipv6_is_tried_first(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_TRUE(test, is_bound_to6(&m, &test_coa));
}

/* [DS-29] after three in total, each with its timeout */
static void ipv4_is_tried_after_three_without_an_answer(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_EQ(test, waits(&m, SERIES - 1), 2);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.coa, &test_coa));
	timer(&m);
	KUNIT_EXPECT_EQ(test, m.now, T0 + SERIES);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CHANGED);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms - m.now, 1500);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_TRUE(test, is_bound_to4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_CREATED);
}

/* [DS-29] [MR-09] but with nothing else, for ever by that */
static void only_address_is_tried_for_ever(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &nowhere, COA4);
	waits(&m, 200000);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.reg.due_ms - m.now, 32000);
}

/* [DS-29] [MR-07] [MR-11] by turns, three each */
static void addresses_take_turns_for_ever(struct kunit *test)
{
	struct machine m;
	u16 seq = RANDOM;
	u32 i;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	for (i = 1; i < 300; i++) {
		timer(&m);
		KUNIT_EXPECT_TRUE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.out.bu.seq, ++seq);
		KUNIT_EXPECT_EQ(test, !!dsmip_in6_to_in4(&m.out.coa), i / 3 % 2);
	}
	KUNIT_EXPECT_EQ(test, m.now, T0 + 99 * SERIES + 4500);
}

/* [DS-29] [MR-22] [DS-33] a refresh as well; meanwhile data goes by what is bound */
static void refresh_turns_to_the_other_too(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &test_coa, COA4);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, waits(&m, SERIES_BOUND), 3);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFRESHING);
	KUNIT_EXPECT_TRUE(test, is_bound_to6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_IP6);
	KUNIT_EXPECT_FALSE(test, m.out.bound);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_TRUE(test, is_bound_to4(&m, COA4));
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_MOVED);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.coa_before, &test_coa));
}

/* [DS-29] [MR-12] what IPv6 was answered, late, says nothing about IPv4 */
static void answer_to_the_other_address_is_none(struct kunit *test)
{
	struct machine m;
	u16 seq;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	waits(&m, SERIES - 1);
	seq = m.reg.seq;
	timer(&m);
	answers(&m, DSMIP_BA_ACCEPTED, seq, LIFE);
	KUNIT_EXPECT_EQ(test, m.out.why, DSMIP_DROP_BA_SEQUENCE);
	KUNIT_EXPECT_FALSE(test, m.out.bound);
}

/* [DS-29] an answer of any kind shows that the address is good */
static void address_that_is_answered_is_kept(struct kunit *test)
{
	const u8 statuses[] = { DSMIP_BA_SEQUENCE, DSMIP_BA_RESOURCES, DSMIP_BA_UNSPECIFIED };
	struct machine m;
	u8 i, j;

	for (i = 0; i < ARRAY_SIZE(statuses); i++) {
		make(&m);
		moves_to_both(&m, &test_coa, COA4);
		for (j = 0; j < 10; j++) {
			waits(&m, 4500);
			is_told(&m, statuses[i]);
			KUNIT_EXPECT_TRUE(test, test_same_in6(&m.reg.coa, &test_coa));
		}
	}
}

/* [DS-29] [IP-19] what could not be sent was not left unanswered */
static void want_of_an_sa_is_no_fault_of_an_address(struct kunit *test)
{
	struct machine m;
	u8 i;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	for (i = 0; i < 10; i++) {
		happens(&m, DSMIP_STEP_NO_SA);
		timer(&m);
		KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	}
	happens(&m, DSMIP_STEP_SENT);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms - m.now, 32000);
	happens(&m, DSMIP_STEP_SA);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, waits(&m, SERIES - 1), 2);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
}

/* [DS-29] what was sent at last is the first of three, though nobody said that there is an SA */
static void first_that_could_be_sent_is_the_first(struct kunit *test)
{
	struct machine m;
	u8 i;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	for (i = 0; i < 10; i++) {
		happens(&m, DSMIP_STEP_NO_SA);
		timer(&m);
	}
	happens(&m, DSMIP_STEP_SENT);
	for (i = 0; i < 2; i++) {
		timer(&m);
		KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	}
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
}

/* [DS-29] a dead address does not make the one that comes wait for its timeouts */
static void address_that_comes_to_the_rescue_is_used_at_once(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &test_coa, 0);
	waits(&m, 100000);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

/* but one that has not had its three tries gets them */
static void address_that_comes_beside_waits_for_its_turn(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &test_coa, 0);
	timer(&m);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.out.event, -1);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
}

/* [DS-29] after the third its timeout is waited for, whatever is said again meanwhile */
static void same_addresses_again_hurry_nothing(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	waits(&m, 5000);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, T0 + SERIES);
}

/* [DS-29] [MR-22] */
static void other_address_is_used_at_once_when_one_goes(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &test_coa, COA4);
	moves_to_both(&m, &nowhere, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_TRUE(test, is_bound_to6(&m, &test_coa));
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_TRUE(test, is_bound_to4(&m, COA4));
	m.now += 5000;
	moves_to_both(&m, &test_coa, 0);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_TRUE(test, is_bound_to4(&m, COA4));
}

/* an address that is not in use may come and go */
static void other_address_that_changes_is_no_news(struct kunit *test)
{
	const __be32 others[] = { COA4, COA4_B, 0, COA4 };
	struct machine m;
	u8 i;

	make_bound_at(&m, &test_coa, 0);
	for (i = 0; i < ARRAY_SIZE(others); i++) {
		moves_to_both(&m, &test_coa, others[i]);
		KUNIT_EXPECT_FALSE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.out.event, -1);
		KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REGISTERED);
	}
}

/* [DS-29] IPv4 where there was nothing else says nothing against IPv6 */
static void ipv6_that_comes_is_preferred(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &nowhere, COA4);
	KUNIT_EXPECT_FALSE(test, m.reg.prefers4);
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_TRUE(test, is_bound_to4(&m, COA4));
}

/* [DS-30] IPv6 was there, and nobody answered by it */
static void family_is_kept_across_moves(struct kunit *test)
{
	struct machine m;

	make_bound_by_ip4_beside_ip6(&m);
	KUNIT_EXPECT_TRUE(test, m.reg.prefers4);
	moves_to_both(&m, &coa_b, COA4_B);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4_B));
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 5000;
	moves_to_both(&m, &nowhere, COA4);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 5000;
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

/* [DS-30] until IPv6 is good again, because there is nothing else, or IPv4 is dead */
static void family_is_learned_anew(struct kunit *test)
{
	struct machine m;

	make_bound_by_ip4_beside_ip6(&m);
	moves_to_both(&m, &test_coa, 0);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_FALSE(test, m.reg.prefers4);
	m.now += 5000;
	moves_to_both(&m, &coa_b, COA4_B);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &coa_b));

	make_bound_by_ip4_beside_ip6(&m);
	timer(&m);
	waits(&m, SERIES_BOUND);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_FALSE(test, m.reg.prefers4);
}

/* [DS-30] what is tried because the other failed stays in use when its address changes */
static void family_under_trial_is_not_left_for_a_new_address_of_it(struct kunit *test)
{
	struct machine m;

	make(&m);
	moves_to_both(&m, &test_coa, COA4);
	waits(&m, SERIES + 1000);
	moves_to_both(&m, &test_coa, COA4_B);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4_B));
	m.now += 1000;
	moves_to_both(&m, &coa_b, COA4_B);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &coa_b));

	make_bound_by_ip4_beside_ip6(&m);
	timer(&m);
	waits(&m, SERIES_BOUND + 1000);
	moves_to_both(&m, &coa_b, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &coa_b));
	m.now += 1000;
	moves_to_both(&m, &coa_b, COA4_B);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4_B));
}

/* [DS-29] farewell by either, three times each; any of them may be answered */
static void stopping_tries_either_address(struct kunit *test)
{
	struct machine m;
	u8 i;

	make_bound_at(&m, &test_coa, COA4);
	happens(&m, DSMIP_STEP_STOP);
	for (i = 0; i < 6; i++) {
		KUNIT_EXPECT_TRUE(test, m.out.send);
		KUNIT_EXPECT_EQ(test, m.out.bu.lifetime_s, 0);
		KUNIT_EXPECT_EQ(test, !!dsmip_in6_to_in4(&m.out.coa), i / 3);
		timer(&m);
	}
	KUNIT_EXPECT_TRUE(test, m.out.ended);
	KUNIT_EXPECT_FALSE(test, m.out.send);
}

/* [MR-12] the farewell is one, by which address it ever was said */
static void stopping_is_over_with_an_answer_by_the_other_address(struct kunit *test)
{
	struct machine m;
	u16 seq;

	make_bound_at(&m, &test_coa, COA4);
	happens(&m, DSMIP_STEP_STOP);
	seq = m.reg.seq;
	waits(&m, SERIES_BOUND);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	answers(&m, DSMIP_BA_ACCEPTED, seq, 0);
	KUNIT_EXPECT_TRUE(test, m.out.ended);
}

/* a farewell begins where the last word was tried */
static void stopping_begins_with_the_address_in_use(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &test_coa, COA4);
	timer(&m);
	waits(&m, SERIES_BOUND + 2000);
	happens(&m, DSMIP_STEP_STOP);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
}

/* [DR-05] [DS-29] from IPv4 too it is home that is come to, and there is nothing beside it */
static void home_has_no_other_address(struct kunit *test)
{
	struct machine m;
	u8 i;

	make_bound_at(&m, &nowhere, COA4);
	happens(&m, DSMIP_STEP_HOME);
	for (i = 0; i < 10; i++) {
		KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_hoa));
		timer(&m);
	}
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_AT_HOME);
	m.now += 5000;
	moves_to_both(&m, &nowhere, COA4);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
}

/* [MR-11] however fast it all goes */
static void turns_keep_to_the_rate(struct kunit *test)
{
	u64 sent[DSMIP_RATE_COUNT + 1] = { 0 };
	struct machine m;
	u32 i, count = 0;

	make(&m);
	for (i = 0; i < 3000; i++) {
		m.now += 10;
		if (i % 3)
			moves_to_both(&m, i % 2 ? &test_coa : &coa_b, i % 5 ? COA4 : COA4_B);
		else
			happens(&m, DSMIP_STEP_SA);
		if (!m.out.send)
			continue;
		memmove(&sent[1], &sent[0], sizeof(sent) - sizeof(sent[0]));
		sent[0] = m.now;
		KUNIT_EXPECT_GT(test, sent[0] - sent[DSMIP_RATE_COUNT], DSMIP_RATE_WINDOW_MS);
		count++;
	}
	KUNIT_EXPECT_GT(test, count, 60);
}

/* [MR-11] [DS-29] a turn that has to wait a moment is made once */
static void turn_held_back_by_the_rate_is_made_once(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &test_coa, COA4);
	happens(&m, DSMIP_STEP_STOP);
	happens(&m, DSMIP_STEP_SA);
	happens(&m, DSMIP_STEP_SA);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	happens(&m, DSMIP_STEP_SA);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	timer(&m);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
}

/* [DS-18] [DS-19] F is asked for wherever one is */
static void f_is_asked_for_by_either_address(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.flags = DSMIP_BU_F;
	moves_to_both(&m, &test_coa, COA4);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP6);
	KUNIT_EXPECT_EQ(test, m.out.bu.has, DSMIP_HAS(DSMIP_OPT_ALT_COA));
	waits(&m, SERIES);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP4);
}

/* [DS-18] "MAY resend the Binding Update without setting the F flag" */
static void f_that_is_refused_is_left_out_at_once(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.flags = DSMIP_BU_F;
	moves_to_both(&m, &nowhere, COA4);
	is_told(&m, DSMIP_BA_UDP_REFUSED);
	KUNIT_EXPECT_EQ(test, m.out.event, DSMIP_EVENT_REFUSED);
	KUNIT_EXPECT_TRUE(test, sent_from4(&m, COA4));
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
	is_told(&m, DSMIP_BA_ACCEPTED);
	KUNIT_EXPECT_EQ(test, m.reg.bound_outer, DSMIP_OUTER_IP4);
	timer(&m);
	KUNIT_EXPECT_FALSE(test, m.out.bu.flags & DSMIP_BU_F);
}

/* [DS-18] [MR-18] who says so without F is not understood, and not asked again */
static void f_that_was_not_asked_for_cannot_be_left_out(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.flags = DSMIP_BU_F;
	moves_to_both(&m, &test_coa, 0);
	is_told(&m, DSMIP_BA_UDP_REFUSED);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_IP6);
	is_told(&m, DSMIP_BA_UDP_REFUSED);
	KUNIT_EXPECT_FALSE(test, m.out.send);
	KUNIT_EXPECT_EQ(test, m.reg.state, DSMIP_STATE_REFUSED);
	KUNIT_EXPECT_EQ(test, m.reg.due_ms, 0);
}

/* [DS-18] what one access does not need another may */
static void f_is_asked_for_again_from_another_address(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.flags = DSMIP_BU_F;
	moves_to_both(&m, &nowhere, COA4);
	is_told(&m, DSMIP_BA_UDP_REFUSED);
	is_told(&m, DSMIP_BA_ACCEPTED);
	m.now += 5000;
	moves_to_both(&m, &nowhere, COA4_B);
	KUNIT_EXPECT_TRUE(test, m.out.bu.flags & DSMIP_BU_F);
	KUNIT_EXPECT_FALSE(test, m.reg.force_refused);
}

/* [DS-18] [MR-22] a refusal of F ends no binding, and is no reason to try the other address */
static void refusal_of_f_leaves_the_binding_and_the_address(struct kunit *test)
{
	struct machine m;

	make_bound_at(&m, &test_coa, COA4);
	m.want.flags = DSMIP_BU_F;
	happens(&m, DSMIP_STEP_CHANGED);
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_UDP6);
	is_told(&m, DSMIP_BA_UDP_REFUSED);
	KUNIT_EXPECT_TRUE(test, sent_from6(&m, &test_coa));
	KUNIT_EXPECT_EQ(test, m.out.outer, DSMIP_OUTER_IP6);
	KUNIT_EXPECT_TRUE(test, is_bound_to6(&m, &test_coa));
	KUNIT_EXPECT_FALSE(test, m.out.bound);
}

/* [DS-01] from IPv4 the IPv4 home address is asked for in the same message */
static void both_home_addresses_are_registered_from_ipv4(struct kunit *test)
{
	struct machine m;

	make(&m);
	m.want.hoa4_asked = true;
	moves_to_both(&m, &nowhere, COA4);
	KUNIT_EXPECT_EQ(test, m.out.bu.has,
			DSMIP_HAS(DSMIP_OPT_COA4) | DSMIP_HAS(DSMIP_OPT_HOA4));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(binding_update_from_ipv4_goes_in_udp),
	KUNIT_CASE(every_binding_update_from_ipv4_goes_in_udp),
	KUNIT_CASE(binding_update_from_ipv6_goes_natively),
	KUNIT_CASE(ipv6_is_tried_first),
	KUNIT_CASE(ipv4_is_tried_after_three_without_an_answer),
	KUNIT_CASE(only_address_is_tried_for_ever),
	KUNIT_CASE(addresses_take_turns_for_ever),
	KUNIT_CASE(refresh_turns_to_the_other_too),
	KUNIT_CASE(answer_to_the_other_address_is_none),
	KUNIT_CASE(address_that_is_answered_is_kept),
	KUNIT_CASE(want_of_an_sa_is_no_fault_of_an_address),
	KUNIT_CASE(first_that_could_be_sent_is_the_first),
	KUNIT_CASE(address_that_comes_to_the_rescue_is_used_at_once),
	KUNIT_CASE(address_that_comes_beside_waits_for_its_turn),
	KUNIT_CASE(same_addresses_again_hurry_nothing),
	KUNIT_CASE(other_address_is_used_at_once_when_one_goes),
	KUNIT_CASE(other_address_that_changes_is_no_news),
	KUNIT_CASE(ipv6_that_comes_is_preferred),
	KUNIT_CASE(family_is_kept_across_moves),
	KUNIT_CASE(family_is_learned_anew),
	KUNIT_CASE(family_under_trial_is_not_left_for_a_new_address_of_it),
	KUNIT_CASE(stopping_tries_either_address),
	KUNIT_CASE(stopping_is_over_with_an_answer_by_the_other_address),
	KUNIT_CASE(stopping_begins_with_the_address_in_use),
	KUNIT_CASE(home_has_no_other_address),
	KUNIT_CASE(turns_keep_to_the_rate),
	KUNIT_CASE(turn_held_back_by_the_rate_is_made_once),
	KUNIT_CASE(f_is_asked_for_by_either_address),
	KUNIT_CASE(f_that_is_refused_is_left_out_at_once),
	KUNIT_CASE(f_that_was_not_asked_for_cannot_be_left_out),
	KUNIT_CASE(f_is_asked_for_again_from_another_address),
	KUNIT_CASE(refusal_of_f_leaves_the_binding_and_the_address),
	KUNIT_CASE(both_home_addresses_are_registered_from_ipv4),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-step-way", .test_cases = cases };

kunit_test_suite(suite);
