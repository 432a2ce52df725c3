// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "seq.h"

/* [HR-01] the example of RFC 6275 9.5.1 */
static void numbers_that_the_rfc_calls_old_are_old(struct kunit *test)
{
	u32 seq;

	for (seq = 0; seq < 65536; seq++)
		KUNIT_EXPECT_EQ(test, dsmip_seq_is_newer(seq, 15), seq > 15 && seq < 32783);
}

/* [HR-01] */
static void number_is_compared_around_the_end(struct kunit *test)
{
	static const struct {
		bool newer;
		u16 seq;
		u16 last;
	} rows[] = {
		{ false, 0, 0 }, { true, 1, 0 }, { true, 32767, 0 },
		{ false, 32768, 0 }, { false, 65535, 0 },
		{ true, 0, 65535 }, { false, 65535, 65535 }, { true, 32766, 65535 },
		{ false, 32767, 65535 }, { false, 65534, 65535 },
		{ false, 0, 32768 }, { true, 32769, 32768 }, { true, 65535, 32768 },
		{ false, 1, 32769 }, { true, 0, 32769 },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_EQ(test, dsmip_seq_is_newer(rows[i].seq, rows[i].last),
				rows[i].newer);
}

/* [HR-01] */
static void only_the_distance_counts(struct kunit *test)
{
	u32 last, distance;

	for (last = 0; last < 65536; last += 257)
		for (distance = 0; distance < 65536; distance += 31)
			KUNIT_EXPECT_EQ(test, dsmip_seq_is_newer(last + distance, last),
					distance && distance < 32768);
}

/* what follows another is not followed by it, so a replay never gets in again */
static void newer_is_never_mutual(struct kunit *test)
{
	u32 a;

	for (a = 0; a < 65536; a++)
		KUNIT_EXPECT_FALSE(test, dsmip_seq_is_newer(a, 4711) &&
				   dsmip_seq_is_newer(4711, a));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(numbers_that_the_rfc_calls_old_are_old),
	KUNIT_CASE(number_is_compared_around_the_end),
	KUNIT_CASE(only_the_distance_counts),
	KUNIT_CASE(newer_is_never_mutual),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-rule-seq", .test_cases = cases };

kunit_test_suite(suite);
