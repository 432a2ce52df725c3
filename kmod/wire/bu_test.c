// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "help_test.h"

/* The 12 octets of a Binding Update and a PadN(4). */
static struct dsmip_span plain(u16 flags, u16 units)
{
	const u8 rest[] = { 0x12, 0x67, flags >> 8, flags, units >> 8, units, 1, 2, 0, 0 };

	return test_message(DSMIP_MH_BU, rest, sizeof(rest));
}

static struct dsmip_bu parsed(struct kunit *test, struct dsmip_span mh)
{
	struct dsmip_bu bu;

	KUNIT_ASSERT_EQ(test, dsmip_bu_parse(mh, &bu), DSMIP_OK);
	return bu;
}

static void lifetime_is_read_in_seconds(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0)).lifetime_s, 0);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 150)).lifetime_s, 600);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0xffff)).lifetime_s, 262140);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0, 0)).seq, 0x1267);
}

static void lifetime_is_never_rounded_to_a_deregistration(struct kunit *test)
{
	struct dsmip_bu bu = { .lifetime_s = 1 };
	u8 buf[16];

	KUNIT_ASSERT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[11], 1);
	bu.lifetime_s = 0;
	KUNIT_ASSERT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[10] | buf[11], 0);
	bu.lifetime_s = 0xffffffff;
	KUNIT_ASSERT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[10] & buf[11], 0xff);
}

static void every_flag_is_read_and_written(struct kunit *test)
{
	u16 flag;

	for (flag = DSMIP_BU_A; flag >= DSMIP_BU_O; flag >>= 1) {
		const struct dsmip_bu bu = { .flags = flag };
		u8 buf[16];

		KUNIT_EXPECT_EQ(test, parsed(test, plain(flag, 1)).flags, flag);
		KUNIT_ASSERT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), 16);
		KUNIT_EXPECT_EQ(test, buf[8] << 8 | buf[9], flag);
	}
}

/* the same bit is B, bulk, of RFC 6602 with P set */
static void overwrite_flag_means_so_only_without_proxy(struct kunit *test)
{
	const struct dsmip_bu bu = { .flags = DSMIP_BU_P | DSMIP_BU_O };
	u8 buf[16];

	KUNIT_EXPECT_EQ(test, parsed(test, plain(0x0040, 1)).flags, DSMIP_BU_O);
	KUNIT_EXPECT_EQ(test, parsed(test, plain(0x0240, 1)).flags, DSMIP_BU_P);
	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), -EINVAL);
}

/* [MH-10] reserved bits: ignored on receive, zero on send */
static void reserved_flags_are_ignored_and_sent_as_zero(struct kunit *test)
{
	const struct dsmip_bu bu = { .flags = 0x003f };
	u8 buf[16];

	KUNIT_EXPECT_EQ(test, parsed(test, plain(0x003f, 1)).flags, 0);
	KUNIT_ASSERT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[8] | buf[9], 0);
}

/* RFC 5648 6.2 answers it with 164, so it must get through to the judge */
static void ill_formed_binding_identifier_is_kept(struct kunit *test)
{
	u8 len;

	for (len = 0; len < 32; len++) {
		u8 options[2 + 32 + 8] = { DSMIP_OPT_BID, len, 0x12, 0x34, 0xff, 0xff };
		struct dsmip_bu bu;

		bu = parsed(test, test_options(DSMIP_MH_BU, options, 2 + len));
		KUNIT_ASSERT_EQ(test, bu.bid_count, 1);
		KUNIT_EXPECT_EQ(test, bu.bid[0].coa_len,
				len == 4 || len == 8 || len == 20 ? len - 4 : 0xff);
		KUNIT_EXPECT_EQ(test, bu.bid[0].bid, len < 2 ? 0 : 0x1234);
		if (bu.bid[0].coa_len == 0xff)
			KUNIT_EXPECT_EQ(test, bu.bid[0].status, 0);
	}
}

static void ill_formed_binding_identifier_is_not_sent(struct kunit *test)
{
	const struct dsmip_bu bu = {
		.has = DSMIP_HAS(DSMIP_OPT_BID),
		.bid = { { .bid = 1, .coa_len = 0xff } },
		.bid_count = 1,
	};
	u8 buf[64];

	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), -EINVAL);
}

static void ipv4_in_a_binding_identifier_is_mapped(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_BID, 8, 0, 2, 0, 0x85, 192, 0, 2, 33, 0, 0 };
	static const struct in6_addr mapped = {
		.s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 33 },
	};
	struct dsmip_bu bu;

	bu = parsed(test, test_options(DSMIP_MH_BU, options, sizeof(options)));
	KUNIT_ASSERT_EQ(test, bu.bid_count, 1);
	KUNIT_EXPECT_EQ(test, bu.bid[0].coa_len, 4);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&bu.bid[0].coa, &mapped));
	KUNIT_EXPECT_TRUE(test, bu.bid[0].home);
	KUNIT_EXPECT_EQ(test, bu.bid[0].priority, 5);
}

/* How many options of this kind a Binding Update may have. */
static u8 most(u8 type, u8 len)
{
	u8 options[16 * 20], n;
	struct dsmip_bu bu;

	memset(options, 0, sizeof(options));
	for (n = 0; n < 16; n++) {
		options[n * (2 + len)] = type;
		options[n * (2 + len) + 1] = len;
		if (dsmip_bu_parse(test_options(DSMIP_MH_BU, options, (n + 1) * (2 + len)),
				   &bu) == DSMIP_DROP_OPT_REPEATED)
			break;
	}
	return n;
}

static void repeats_are_counted_and_bounded(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, most(DSMIP_OPT_HOA4, 6), DSMIP_HOA4_MAX);
	KUNIT_EXPECT_EQ(test, most(DSMIP_OPT_MNP, 18), DSMIP_MNP_MAX);
	KUNIT_EXPECT_EQ(test, most(DSMIP_OPT_BID, 4), DSMIP_BID_MAX);
	KUNIT_EXPECT_EQ(test, most(DSMIP_OPT_COA4, 6), 1);
	KUNIT_EXPECT_EQ(test, most(DSMIP_OPT_MN_ID, 6), 1);
	KUNIT_EXPECT_EQ(test, most(DSMIP_OPT_FLOW, 6), 16);
}

static void more_than_the_arrays_hold_is_not_sent(struct kunit *test)
{
	struct dsmip_bu bu = { .hoa4_count = DSMIP_HOA4_MAX + 1 };
	u8 buf[512];

	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), -EINVAL);
	bu = (struct dsmip_bu){ .mnp_count = DSMIP_MNP_MAX + 1 };
	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), -EINVAL);
	bu = (struct dsmip_bu){ .bid_count = DSMIP_BID_MAX + 1 };
	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), -EINVAL);
}

static void only_what_is_marked_present_is_sent(struct kunit *test)
{
	const struct dsmip_bu bu = {
		.alt_coa = test_coa, .coa4 = cpu_to_be32(0xc0000221), .nonce_home = 5,
		.hoa4_count = 1, .mnp_count = 1, .bid_count = 1, .id = { .subtype = 1 },
	};
	u8 buf[256];

	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, sizeof(buf)), 16);
}

/* RFC 4283 3.2 */
static void identity_stands_before_authentication(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_AUTH, 5, 1, 0, 0, 1, 0,
				      DSMIP_OPT_MN_ID, 3, 1, 'a', 'b' };
	struct dsmip_opt_cursor c = { .at = TEST_FIXED_OF_BU };
	struct dsmip_opt opt;
	struct dsmip_bu bu;
	u8 buf[64];
	int len;

	bu = parsed(test, test_options(DSMIP_MH_BU, options, sizeof(options)));
	len = dsmip_bu_build(&bu, buf, sizeof(buf));
	KUNIT_ASSERT_GT(test, len, 0);
	c.mh = dsmip_span(buf, len);
	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_EXPECT_EQ(test, opt.type, DSMIP_OPT_MN_ID);
	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_EXPECT_EQ(test, opt.type, DSMIP_OPT_AUTH);
}

static void buffer_too_small_is_told_and_not_overrun(struct kunit *test)
{
	const struct dsmip_bu bu = {
		.has = DSMIP_HAS(DSMIP_OPT_ALT_COA) | DSMIP_HAS(DSMIP_OPT_COA4),
		.alt_coa = test_coa,
	};
	u8 buf[64];
	u16 size;

	for (size = 0; size < 40; size++) {
		memset(buf, 0xee, sizeof(buf));
		KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, size), -ENOSPC);
		KUNIT_EXPECT_EQ(test, buf[size], 0xee);
	}
	KUNIT_EXPECT_EQ(test, dsmip_bu_build(&bu, buf, size), 40);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(lifetime_is_read_in_seconds),
	KUNIT_CASE(lifetime_is_never_rounded_to_a_deregistration),
	KUNIT_CASE(every_flag_is_read_and_written),
	KUNIT_CASE(overwrite_flag_means_so_only_without_proxy),
	KUNIT_CASE(reserved_flags_are_ignored_and_sent_as_zero),
	KUNIT_CASE(ill_formed_binding_identifier_is_kept),
	KUNIT_CASE(ill_formed_binding_identifier_is_not_sent),
	KUNIT_CASE(ipv4_in_a_binding_identifier_is_mapped),
	KUNIT_CASE(repeats_are_counted_and_bounded),
	KUNIT_CASE(more_than_the_arrays_hold_is_not_sent),
	KUNIT_CASE(only_what_is_marked_present_is_sent),
	KUNIT_CASE(identity_stands_before_authentication),
	KUNIT_CASE(buffer_too_small_is_told_and_not_overrun),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-bu", .test_cases = cases };

kunit_test_suite(suite);
