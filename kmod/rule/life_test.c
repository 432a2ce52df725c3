// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "life.h"

enum { FOREVER = DSMIP_LIFE_FOREVER_S, MOST = DSMIP_LIFE_MAX_S };

/* [HR-09] */
static void life_is_the_least_of_what_is_asked_allowed_and_left(struct kunit *test)
{
	static const struct {
		u32 granted, asked, policy, valid;
	} rows[] = {
		{ 600, 600, 3600, FOREVER },
		{ 300, 600, 300, FOREVER },
		{ 120, 600, 3600, 120 },
		{ 4, 600, 3600, 4 },
		{ 4, 600, 3600, 7 },
		{ 100, 600, 100, 104 },
		{ MOST, MOST, MOST, FOREVER },
		{ MOST, FOREVER, FOREVER, FOREVER },
		{ MOST, FOREVER, FOREVER, MOST + 4 },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ(test, dsmip_life_grant(rows[i].asked, rows[i].policy,
						       rows[i].valid), rows[i].granted);
}

static void life_is_granted_in_whole_units(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(600, 301, FOREVER), 300);
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(600, 303, FOREVER), 300);
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(600, 304, FOREVER), 304);
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(600, 3600, 599), 596);
}

static void life_is_never_rounded_to_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(4, 1, FOREVER), 4);
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(1, 3600, FOREVER), 4);
}

/* [HR-09] less than a unit left is nothing left: four seconds would be too long */
static void nothing_is_granted_of_a_prefix_that_has_ended(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(600, 3600, 0), 0);
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(600, 3600, 3), 0);
	KUNIT_EXPECT_EQ(test, dsmip_life_grant(0, 3600, FOREVER), 0);
}

/* [HR-11] */
static void prefix_matters_when_it_does_not_outlive_the_binding(struct kunit *test)
{
	static const struct {
		bool matters;
		u32 granted, preferred, valid;
	} rows[] = {
		{ false, 600, FOREVER, FOREVER },
		{ false, 600, 601, 604 },
		{ false, 600, 600, 604 },	/* deprecated when the binding has ended */
		{ false, 600, 603, 604 },
		{ true, 600, 599, 604 },	/* becomes deprecated within */
		{ true, 600, 0, 7200 },		/* is deprecated */
		{ true, 600, 3, 7200 },
		{ true, 600, 600, 600 },	/* becomes invalid at the end */
		{ true, 600, 603, 603 },	/* compared in units */
		{ true, MOST, FOREVER, MOST },
		{ false, MOST, FOREVER, MOST + 4 },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ(test, dsmip_life_prefix_matters(rows[i].granted,
								rows[i].preferred,
								rows[i].valid),
				rows[i].matters);
}

/* [HR-14] */
static void refresh_advice_is_smaller_than_the_life_or_none(struct kunit *test)
{
	static const struct {
		u32 advice, granted, policy;
	} rows[] = {
		{ 0, 600, 0 }, { 300, 600, 300 }, { 300, 600, 303 }, { 596, 600, 599 },
		{ 0, 600, 600 }, { 0, 600, 3600 }, { 4, 600, 1 }, { 0, 4, 1 }, { 0, 4, 4 },
		{ 4, 8, 7 }, { 0, 600, FOREVER },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ(test, dsmip_life_refresh(rows[i].granted, rows[i].policy),
				rows[i].advice);
}

/* [MR-15] */
static void refresh_comes_well_before_the_end(struct kunit *test)
{
	static const struct {
		u64 delay_ms;
		u32 granted, advice;
	} rows[] = {
		{ 525000, 600, 0 },		/* an eighth is left */
		{ 3537000, 3600 + 442, 0 },
		{ 441000, 504, 0 },		/* a whole series of 63 s is left */
		{ 137000, 200, 0 },
		{ 63000, 126, 0 },
		{ 60000, 120, 0 },		/* half is left */
		{ 2000, 4, 0 },
		{ 0, 0, 0 },
		{ 300000, 600, 300 },		/* as the home agent advises */
		{ 525000, 600, 526 },		/* but not later than is well before */
		{ 525000, 600, 599 },
		{ 525000, 600, 7200 },
		{ 4000, 600, 4 },
		{ 229373000, MOST, 0 },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ(test, dsmip_life_refresh_delay_ms(rows[i].granted,
								  rows[i].advice),
				rows[i].delay_ms);
}

/* [MR-15] */
static void refresh_leaves_room_for_retransmissions(struct kunit *test)
{
	u32 life_s;

	for (life_s = 4; life_s <= 2000; life_s += 4) {
		u64 life_ms = life_s * 1000ULL;
		u64 spare_ms = life_ms - dsmip_life_refresh_delay_ms(life_s, 0);

		KUNIT_EXPECT_LE(test, 2 * spare_ms, max(life_ms, 2 * 63000ULL));
		KUNIT_EXPECT_GE(test, spare_ms, min(life_ms / 2, 63000ULL));
	}
}

/* [MR-09] */
static void timeouts_double_up_to_the_longest(struct kunit *test)
{
	static const u32 first[] = { 1500, 3000, 6000, 12000, 24000, 32000, 32000, 32000 };
	static const u32 bound[] = { 1000, 2000, 4000, 8000, 16000, 32000, 32000, 32000 };
	u32 a = 0, b = 0;
	u8 i;

	for (i = 0; i < ARRAY_SIZE(first); i++) {
		a = dsmip_backoff_next_ms(a, false);
		KUNIT_EXPECT_EQ(test, a, first[i]);
		b = dsmip_backoff_next_ms(b, true);
		KUNIT_EXPECT_EQ(test, b, bound[i]);
	}
	KUNIT_EXPECT_EQ(test, dsmip_backoff_next_ms(0xffffffff, true), 32000);
}

/* [MR-09] only the first timeout asks whether there is a binding */
static void timeouts_double_whatever_becomes_of_the_binding(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, dsmip_backoff_next_ms(1500, true), 3000);
	KUNIT_EXPECT_EQ(test, dsmip_backoff_next_ms(1000, false), 2000);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(life_is_the_least_of_what_is_asked_allowed_and_left),
	KUNIT_CASE(life_is_granted_in_whole_units),
	KUNIT_CASE(life_is_never_rounded_to_nothing),
	KUNIT_CASE(nothing_is_granted_of_a_prefix_that_has_ended),
	KUNIT_CASE(prefix_matters_when_it_does_not_outlive_the_binding),
	KUNIT_CASE(refresh_advice_is_smaller_than_the_life_or_none),
	KUNIT_CASE(refresh_comes_well_before_the_end),
	KUNIT_CASE(refresh_leaves_room_for_retransmissions),
	KUNIT_CASE(timeouts_double_up_to_the_longest),
	KUNIT_CASE(timeouts_double_whatever_becomes_of_the_binding),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-life", .test_cases = cases };

kunit_test_suite(suite);
