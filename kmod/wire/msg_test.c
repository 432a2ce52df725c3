// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "help_test.h"

/* [MH-04] the answer to an unknown type: status 2, and a home address or :: */
static void binding_error_tells_the_unknown_type(struct kunit *test)
{
	const struct dsmip_be be = { .status = DSMIP_BE_UNKNOWN_TYPE };
	struct dsmip_mh mh;
	u8 buf[32];
	u16 at;

	memset(buf, 0xee, sizeof(buf));
	KUNIT_ASSERT_EQ(test, dsmip_be_build(&be, buf, sizeof(buf)), 24);
	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(buf, 24), &mh, &at), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, mh.type, DSMIP_MH_BE);
	KUNIT_EXPECT_EQ(test, buf[6], 2);
	KUNIT_EXPECT_EQ(test, buf[7], 0);
	KUNIT_EXPECT_TRUE(test, test_same_in6((const void *)(buf + 8), &be.hoa));
}

/* [MH-10] the reserved octet */
static void reserved_octet_of_an_error_is_ignored(struct kunit *test)
{
	u8 rest[18] = { 1, 0xff };
	struct dsmip_be be;

	memcpy(rest + 2, &test_hoa, sizeof(test_hoa));
	KUNIT_ASSERT_EQ(test, dsmip_be_parse(test_message(DSMIP_MH_BE, rest, 18), &be),
			DSMIP_OK);
	KUNIT_EXPECT_EQ(test, be.status, 1);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&be.hoa, &test_hoa));
}

/* What the parser of a type says of a message. */
static enum dsmip_drop judged(u8 type, struct dsmip_span mh)
{
	union {
		struct dsmip_brr brr;
		struct dsmip_rr rr;
		struct dsmip_be be;
		struct dsmip_has has;
		struct dsmip_br br;
	} v;

	switch (type) {
	case DSMIP_MH_BRR:
		return dsmip_brr_parse(mh, &v.brr);
	case DSMIP_MH_BE:
		return dsmip_be_parse(mh, &v.be);
	case DSMIP_MH_HAS:
		return dsmip_has_parse(mh, &v.has);
	case DSMIP_MH_BR:
		return dsmip_br_parse(mh, &v.br);
	}
	return dsmip_rr_parse(mh, &v.rr);
}

/* [MH-08] [MH-09] in every message that may have options, which is all */
static void options_of_small_messages_are_judged(struct kunit *test)
{
	static const struct {
		u8 type;
		u8 fixed;
		u8 first;
	} messages[] = {
		{ DSMIP_MH_BRR, 2, 0 }, { DSMIP_MH_HOTI, 10, 0 }, { DSMIP_MH_COTI, 10, 0 },
		{ DSMIP_MH_HOT, 18, 0 }, { DSMIP_MH_COT, 18, 0 }, { DSMIP_MH_BE, 18, 0 },
		{ DSMIP_MH_HAS, 2, 0 }, { DSMIP_MH_HAS, 18, 1 }, { DSMIP_MH_BR, 6, 1 },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(messages); i++) {
		const u8 type = messages[i].type, fixed = messages[i].fixed;
		u8 rest[32] = { messages[i].first };

		rest[fixed] = 200;
		rest[fixed + 1] = 6;
		KUNIT_EXPECT_EQ(test, judged(type, test_message(type, rest, fixed + 8)), DSMIP_OK);
		rest[fixed + 1] = 7;
		KUNIT_EXPECT_EQ(test, judged(type, test_message(type, rest, fixed + 8)),
				DSMIP_DROP_OPT_TRUNCATED);
	}
}

/* RFC 6275 6.1.2 */
static void refresh_request_without_options_has_header_len_0(struct kunit *test)
{
	const struct dsmip_brr brr = {};
	u8 buf[16];

	KUNIT_EXPECT_EQ(test, dsmip_brr_build(&brr, buf, sizeof(buf)), 8);
	KUNIT_EXPECT_EQ(test, buf[1], 0);
}

/* [MC-19] */
static void refresh_request_names_its_bindings(struct kunit *test)
{
	struct dsmip_brr brr = { .bid_count = DSMIP_BID_MAX }, again;
	u8 buf[64], i;
	int len;

	for (i = 0; i < DSMIP_BID_MAX; i++)
		brr.bid[i].bid = i + 1;
	len = dsmip_brr_build(&brr, buf, sizeof(buf));
	KUNIT_ASSERT_EQ(test, len, 8 + 8 * 6);
	KUNIT_ASSERT_EQ(test, dsmip_brr_parse(dsmip_span(buf, len), &again), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_brr(&brr, &again));
	brr.bid_count++;
	KUNIT_EXPECT_EQ(test, dsmip_brr_build(&brr, buf, sizeof(buf)), -EINVAL);
}

/* [MH-10] what is the nonce index in HoT and CoT is reserved in HoTI and CoTI */
static void test_init_has_no_nonce_and_no_token(struct kunit *test)
{
	struct dsmip_rr rr = { DSMIP_MH_HOTI, 0xffff, 1, 0xffff }, again;
	u8 rest[10] = { 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1 };
	u8 buf[32];

	for (rr.type = DSMIP_MH_HOTI; rr.type <= DSMIP_MH_COTI; rr.type++) {
		KUNIT_ASSERT_EQ(test, dsmip_rr_build(&rr, buf, sizeof(buf)), 16);
		KUNIT_EXPECT_EQ(test, buf[6] | buf[7], 0);
		KUNIT_ASSERT_EQ(test, dsmip_rr_parse(test_message(rr.type, rest, 10), &again),
				DSMIP_OK);
		KUNIT_EXPECT_EQ(test, again.nonce, 0);
		KUNIT_EXPECT_EQ(test, again.cookie, 1);
		KUNIT_EXPECT_EQ(test, again.token, 0);
	}
}

static void test_of_no_such_type_is_not_made(struct kunit *test)
{
	const struct dsmip_rr rr = { .type = DSMIP_MH_BU };
	u8 buf[32];

	KUNIT_EXPECT_EQ(test, dsmip_rr_build(&rr, buf, sizeof(buf)), -EINVAL);
}

/* RFC 5142 4: to be found by discovery */
static void switch_to_no_address_is_legal(struct kunit *test)
{
	const struct dsmip_has has = {};
	struct dsmip_has again;
	u8 buf[16];

	KUNIT_ASSERT_EQ(test, dsmip_has_build(&has, buf, sizeof(buf)), 8);
	KUNIT_EXPECT_EQ(test, buf[1], 0);
	KUNIT_ASSERT_EQ(test, dsmip_has_parse(dsmip_span(buf, 8), &again), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, again.count, 0);
}

static void switch_keeps_the_preferred_addresses(struct kunit *test)
{
	u8 rest[2 + 16 * 12] = { 12 };
	struct dsmip_has has;
	u8 i;

	for (i = 0; i < 12; i++)
		rest[2 + 16 * i] = i + 1;
	KUNIT_ASSERT_EQ(test, dsmip_has_parse(test_message(DSMIP_MH_HAS, rest, sizeof(rest)),
					      &has), DSMIP_OK);
	KUNIT_ASSERT_EQ(test, has.count, DSMIP_HAS_MAX);
	for (i = 0; i < DSMIP_HAS_MAX; i++)
		KUNIT_EXPECT_EQ(test, has.ha[i].s6_addr[0], i + 1);
}

/* [MH-06] */
static void switch_with_fewer_addresses_than_said_is_refused(struct kunit *test)
{
	u8 rest[2 + 32] = {};
	struct dsmip_has has;
	u32 count;

	for (count = 0; count < 256; count++) {
		rest[0] = count;
		KUNIT_EXPECT_EQ(test, dsmip_has_parse(test_message(DSMIP_MH_HAS, rest,
								   sizeof(rest)), &has),
				count <= 2 ? DSMIP_OK : DSMIP_DROP_MH_SHORT);
	}
}

static void switch_to_more_than_it_holds_is_not_made(struct kunit *test)
{
	const struct dsmip_has has = { .count = DSMIP_HAS_MAX + 1 };
	u8 buf[256];

	KUNIT_EXPECT_EQ(test, dsmip_has_build(&has, buf, sizeof(buf)), -EINVAL);
}

static void revocation_is_an_indication_or_an_acknowledgement(struct kunit *test)
{
	u32 type;

	for (type = 0; type < 256; type++) {
		const bool known = type == DSMIP_BR_INDICATION || type == DSMIP_BR_ACK;
		const u8 rest[] = { type, 0, 0, 1, 0, 0, 1, 2, 0, 0 };
		struct dsmip_br br;
		u8 buf[16];

		KUNIT_EXPECT_EQ(test, dsmip_br_parse(test_message(DSMIP_MH_BR, rest,
								  sizeof(rest)), &br),
				known ? DSMIP_OK : DSMIP_DROP_MH_UNKNOWN_TYPE);
		KUNIT_EXPECT_EQ(test, dsmip_br_build(&br, buf, sizeof(buf)),
				known ? 16 : -EINVAL);
	}
}

/* [MH-10] reserved bits */
static void flags_other_than_p_v_g_are_ignored_and_sent_as_zero(struct kunit *test)
{
	static const u8 rest[] = { 1, 0, 0, 1, 0xff, 0xff, 1, 2, 0, 0 };
	struct dsmip_br br;
	u8 buf[16];

	KUNIT_ASSERT_EQ(test, dsmip_br_parse(test_message(DSMIP_MH_BR, rest, sizeof(rest)),
					     &br), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, br.flags, DSMIP_BR_P | DSMIP_BR_V | DSMIP_BR_G);
	br.flags = 0xffff;
	KUNIT_ASSERT_EQ(test, dsmip_br_build(&br, buf, sizeof(buf)), 16);
	KUNIT_EXPECT_EQ(test, buf[10], 0xe0);
	KUNIT_EXPECT_EQ(test, buf[11], 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(binding_error_tells_the_unknown_type),
	KUNIT_CASE(reserved_octet_of_an_error_is_ignored),
	KUNIT_CASE(options_of_small_messages_are_judged),
	KUNIT_CASE(refresh_request_without_options_has_header_len_0),
	KUNIT_CASE(refresh_request_names_its_bindings),
	KUNIT_CASE(test_init_has_no_nonce_and_no_token),
	KUNIT_CASE(test_of_no_such_type_is_not_made),
	KUNIT_CASE(switch_to_no_address_is_legal),
	KUNIT_CASE(switch_keeps_the_preferred_addresses),
	KUNIT_CASE(switch_with_fewer_addresses_than_said_is_refused),
	KUNIT_CASE(switch_to_more_than_it_holds_is_not_made),
	KUNIT_CASE(revocation_is_an_indication_or_an_acknowledgement),
	KUNIT_CASE(flags_other_than_p_v_g_are_ignored_and_sent_as_zero),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-msg", .test_cases = cases };

kunit_test_suite(suite);
