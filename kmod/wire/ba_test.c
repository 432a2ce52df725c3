// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "help_test.h"

/* The 12 octets of a Binding Acknowledgment and a PadN(4). */
static struct dsmip_span plain(u8 status, u8 flags, u16 units)
{
	const u8 rest[] = { status, flags, 0x12, 0x67, units >> 8, units, 1, 2, 0, 0 };

	return test_message(DSMIP_MH_BA, rest, sizeof(rest));
}

static struct dsmip_ba parsed(struct kunit *test, struct dsmip_span mh)
{
	struct dsmip_ba ba;

	KUNIT_ASSERT_EQ(test, dsmip_ba_parse(mh, &ba), DSMIP_OK);
	return ba;
}

/* a number that nobody has given a meaning still says below or above 128 */
static void every_status_is_read_and_written(struct kunit *test)
{
	u32 status;

	for (status = 0; status < 256; status++) {
		const struct dsmip_ba ba = { .status = status };
		u8 buf[16];

		KUNIT_EXPECT_EQ(test, parsed(test, plain(status, 0, 1)).status, status);
		KUNIT_ASSERT_EQ(test, dsmip_ba_build(&ba, buf, sizeof(buf)), 16);
		KUNIT_EXPECT_EQ(test, buf[6], status);
	}
}

static void times_are_read_in_seconds(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_REFRESH, 2, 0xff, 0xff };
	struct dsmip_ba ba = parsed(test, plain(0, 0, 0xffff));

	KUNIT_EXPECT_EQ(test, ba.lifetime_s, 262140);
	KUNIT_EXPECT_EQ(test, ba.seq, 0x1267);
	ba = parsed(test, test_options(DSMIP_MH_BA, options, sizeof(options)));
	KUNIT_EXPECT_EQ(test, ba.refresh_s, 262140);
	KUNIT_EXPECT_EQ(test, ba.has, DSMIP_HAS(DSMIP_OPT_REFRESH));
}

static void times_are_written_in_units(struct kunit *test)
{
	const struct dsmip_ba ba = {
		.lifetime_s = 603, .refresh_s = 401, .has = DSMIP_HAS(DSMIP_OPT_REFRESH),
	};
	u8 buf[16];

	KUNIT_ASSERT_EQ(test, dsmip_ba_build(&ba, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[10] << 8 | buf[11], 150);
	KUNIT_EXPECT_EQ(test, buf[14] << 8 | buf[15], 100);
}

/* [MH-10] reserved bits: ignored on receive, zero on send */
static void flags_other_than_k_r_p_are_ignored_and_sent_as_zero(struct kunit *test)
{
	const struct dsmip_ba ba = { .flags = 0xff };
	u8 buf[16];

	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0x1f, 1)).flags, 0);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0x80, 1)).flags, DSMIP_BA_K);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0x40, 1)).flags, DSMIP_BA_R);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0x20, 1)).flags, DSMIP_BA_P);
	KUNIT_ASSERT_EQ(test, dsmip_ba_build(&ba, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[7], 0xe0);
}

/* [MC-14] option 30 stands before any option 35 */
static void ipv4_answer_stands_before_binding_identifiers(struct kunit *test)
{
	const struct dsmip_ba ba = {
		.has = DSMIP_HAS(DSMIP_OPT_BID) | DSMIP_HAS(DSMIP_OPT_HOA4_ACK),
		.bid = { { .bid = 1 }, { .bid = 2 } },
		.bid_count = 2,
		.hoa4 = { { .plen = 32 } },
		.hoa4_count = 1,
	};
	static const u8 order[] = { DSMIP_OPT_HOA4_ACK, DSMIP_OPT_BID, DSMIP_OPT_BID };
	struct dsmip_opt_cursor c = { .at = TEST_FIXED_OF_BU };
	struct dsmip_opt opt;
	u8 buf[64], i;
	int len;

	len = dsmip_ba_build(&ba, buf, sizeof(buf));
	KUNIT_ASSERT_GT(test, len, 0);
	c.mh = dsmip_span(buf, len);
	for (i = 0; i < ARRAY_SIZE(order); i++) {
		KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
		KUNIT_EXPECT_EQ(test, opt.type, order[i]);
	}
	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&c, &opt), 0);
}

/* only a Binding Update's is answered */
static void ill_formed_binding_identifier_is_refused(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_BID, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
	struct dsmip_ba ba;

	KUNIT_EXPECT_EQ(test, dsmip_ba_parse(test_options(DSMIP_MH_BA, options,
							  sizeof(options)), &ba),
			DSMIP_DROP_OPT_LENGTH);
}

static void care_of_address_in_an_answer_is_accepted(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_BID, 8, 0, 1, 166, 0, 192, 0, 2, 33, 0, 0 };
	struct dsmip_ba ba;

	ba = parsed(test, test_options(DSMIP_MH_BA, options, sizeof(options)));
	KUNIT_ASSERT_EQ(test, ba.bid_count, 1);
	KUNIT_EXPECT_EQ(test, ba.bid[0].status, 166);
	KUNIT_EXPECT_EQ(test, ba.bid[0].coa_len, 4);
}

static void nat_detection_is_read(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_NAT, 6, 0x80, 0, 0xff, 0xff, 0xff, 0xfe,
				      0, 0, 0, 0 };
	const struct dsmip_ba ba =
		parsed(test, test_options(DSMIP_MH_BA, options, sizeof(options)));

	KUNIT_EXPECT_TRUE(test, ba.nat.force);
	KUNIT_EXPECT_EQ(test, ba.nat.refresh_s, 0xfffffffe);
}

static void more_than_the_arrays_hold_is_not_sent(struct kunit *test)
{
	struct dsmip_ba ba = { .hoa4_count = DSMIP_HOA4_MAX + 1 };
	u8 buf[512];

	KUNIT_EXPECT_EQ(test, dsmip_ba_build(&ba, buf, sizeof(buf)), -EINVAL);
	ba = (struct dsmip_ba){ .bid_count = DSMIP_BID_MAX + 1 };
	KUNIT_EXPECT_EQ(test, dsmip_ba_build(&ba, buf, sizeof(buf)), -EINVAL);
}

static void more_than_the_arrays_hold_is_not_kept(struct kunit *test)
{
	u8 options[9 * 8] = {};
	struct dsmip_ba ba;
	u8 i;

	for (i = 0; i < 9; i++) {
		options[8 * i] = DSMIP_OPT_HOA4_ACK;
		options[8 * i + 1] = 6;
	}
	KUNIT_EXPECT_EQ(test, dsmip_ba_parse(test_options(DSMIP_MH_BA, options, 16), &ba),
			DSMIP_OK);
	KUNIT_EXPECT_EQ(test, ba.hoa4_count, 2);
	KUNIT_EXPECT_EQ(test, dsmip_ba_parse(test_options(DSMIP_MH_BA, options, 24), &ba),
			DSMIP_DROP_OPT_REPEATED);
	for (i = 0; i < 9; i++) {
		options[6 * i] = DSMIP_OPT_BID;
		options[6 * i + 1] = 4;
	}
	KUNIT_EXPECT_EQ(test, dsmip_ba_parse(test_options(DSMIP_MH_BA, options, 48), &ba),
			DSMIP_OK);
	KUNIT_EXPECT_EQ(test, ba.bid_count, 8);
	KUNIT_EXPECT_EQ(test, dsmip_ba_parse(test_options(DSMIP_MH_BA, options, 54), &ba),
			DSMIP_DROP_OPT_REPEATED);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(every_status_is_read_and_written),
	KUNIT_CASE(times_are_read_in_seconds),
	KUNIT_CASE(times_are_written_in_units),
	KUNIT_CASE(flags_other_than_k_r_p_are_ignored_and_sent_as_zero),
	KUNIT_CASE(ipv4_answer_stands_before_binding_identifiers),
	KUNIT_CASE(ill_formed_binding_identifier_is_refused),
	KUNIT_CASE(care_of_address_in_an_answer_is_accepted),
	KUNIT_CASE(nat_detection_is_read),
	KUNIT_CASE(more_than_the_arrays_hold_is_not_sent),
	KUNIT_CASE(more_than_the_arrays_hold_is_not_kept),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-ba", .test_cases = cases };

kunit_test_suite(suite);
