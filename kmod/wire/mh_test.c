// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "help_test.h"

/* Table 1.2 of the standards, written down again. */
static const struct {
	u8 type;
	u8 hdrlen;
} least[] = {
	{ 0, 0 }, { 1, 1 }, { 2, 1 }, { 3, 2 }, { 4, 2 }, { 5, 1 }, { 6, 1 }, { 7, 2 },
	{ 12, 0 }, { 16, 1 },
};

static bool is_known(u8 type)
{
	u8 i;

	for (i = 0; i < ARRAY_SIZE(least); i++)
		if (least[i].type == type)
			return true;
	return false;
}

static u16 checksum(struct dsmip_span mh, const struct in6_addr *src, const struct in6_addr *dst)
{
	return be16_to_cpu(dsmip_mh_checksum(mh, src, dst));
}

/* A Binding Update of 16 octets, of which one is set to something else. */
static struct dsmip_span with(u8 at, u8 value)
{
	static u8 octets[16];

	memset(octets, 0, sizeof(octets));
	octets[0] = DSMIP_MH_PROTO_NONE;
	octets[1] = 1;
	octets[2] = DSMIP_MH_BU;
	octets[at] = value;
	return dsmip_span(octets, sizeof(octets));
}

static void message_is_as_long_as_its_header_says(struct kunit *test)
{
	struct dsmip_mh mh;
	u16 at;

	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(with(1, 1), &mh, &at), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, mh.type, DSMIP_MH_BU);
	KUNIT_EXPECT_EQ(test, mh.len, 16);
}

/* what stands behind the message is not ours to judge */
static void octets_behind_the_message_are_left_alone(struct kunit *test)
{
	u8 octets[24] = { DSMIP_MH_PROTO_NONE, 1, DSMIP_MH_BU };
	struct dsmip_mh mh;
	u16 at;

	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, 24), &mh, &at), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, mh.len, 16);
}

/* [MH-04] unknown type: dropped, for a Binding Error to be sent */
static void unknown_type_is_refused(struct kunit *test)
{
	u32 type;

	for (type = 0; type < 256; type++) {
		u8 octets[24] = { DSMIP_MH_PROTO_NONE, 2, type };
		struct dsmip_mh mh;
		u16 at = 99;
		const enum dsmip_drop why =
			dsmip_mh_parse(dsmip_span(octets, sizeof(octets)), &mh, &at);

		KUNIT_EXPECT_EQ(test, why, is_known(type) ? DSMIP_OK :
				DSMIP_DROP_MH_UNKNOWN_TYPE);
		if (why != DSMIP_OK)
			KUNIT_EXPECT_EQ(test, at, 2);
	}
}

/* [MH-05] Payload Proto is 59 and nothing else */
static void payload_proto_other_than_59_is_refused(struct kunit *test)
{
	u32 proto;

	for (proto = 0; proto < 256; proto++) {
		struct dsmip_mh mh;
		u16 at = 99;
		const enum dsmip_drop why = dsmip_mh_parse(with(0, proto), &mh, &at);

		KUNIT_EXPECT_EQ(test, why, proto == 59 ? DSMIP_OK :
				DSMIP_DROP_MH_PAYLOAD_PROTO);
		if (why != DSMIP_OK)
			KUNIT_EXPECT_EQ(test, at, 0);
	}
}

/* [MH-06] Header Len below the least of the type */
static void message_shorter_than_its_type_is_refused(struct kunit *test)
{
	u8 i, hdrlen;

	for (i = 0; i < ARRAY_SIZE(least); i++)
		for (hdrlen = 0; hdrlen < 4; hdrlen++) {
			u8 octets[32] = { DSMIP_MH_PROTO_NONE, hdrlen, least[i].type };
			struct dsmip_mh mh;
			u16 at = 99;
			const enum dsmip_drop why =
				dsmip_mh_parse(dsmip_span(octets, sizeof(octets)), &mh, &at);

			KUNIT_EXPECT_EQ(test, why, hdrlen < least[i].hdrlen ?
					DSMIP_DROP_MH_SHORT : DSMIP_OK);
			if (why != DSMIP_OK)
				KUNIT_EXPECT_EQ(test, at, 1);
		}
}

/* [MH-07] Header Len beyond the octets received */
static void message_longer_than_the_packet_is_refused(struct kunit *test)
{
	u8 octets[16] = { DSMIP_MH_PROTO_NONE, 1, DSMIP_MH_BU };
	struct dsmip_mh mh;
	u32 len;
	u16 at;

	for (len = 0; len < sizeof(octets); len++)
		KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, len), &mh, &at),
				DSMIP_DROP_MH_TRUNCATED);
	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, len), &mh, &at), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(with(1, 2), &mh, &at), DSMIP_DROP_MH_TRUNCATED);
	KUNIT_EXPECT_EQ(test, at, 1);
}

/* with nothing behind them, so that a sanitizer sees who reads on */
static void octets_too_few_for_a_header_are_not_read(struct kunit *test)
{
	u8 octets[DSMIP_MH_HLEN - 1] = {};
	struct dsmip_mh mh;
	u32 len;
	u16 at;

	for (len = 0; len <= sizeof(octets); len++)
		KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets + sizeof(octets) - len,
								len), &mh, &at),
				DSMIP_DROP_MH_TRUNCATED);
}

/* of two faults the one that comes first in the order of the header file */
static void first_fault_is_named(struct kunit *test)
{
	u8 octets[8] = { 6, 1, 200 };
	struct dsmip_mh mh;
	u16 at;

	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, 8), &mh, &at),
			DSMIP_DROP_MH_TRUNCATED);
	octets[1] = 0;
	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, 8), &mh, &at),
			DSMIP_DROP_MH_PAYLOAD_PROTO);
	octets[0] = DSMIP_MH_PROTO_NONE;
	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, 8), &mh, &at),
			DSMIP_DROP_MH_UNKNOWN_TYPE);
	octets[2] = DSMIP_MH_BU;
	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(dsmip_span(octets, 8), &mh, &at),
			DSMIP_DROP_MH_SHORT);
}

/* [MH-10] the reserved octet: ignored on receive, zero on send */
static void reserved_octet_is_ignored_and_sent_as_zero(struct kunit *test)
{
	const struct dsmip_brr brr = {};
	struct dsmip_mh mh;
	u8 buf[16];
	u16 at;

	KUNIT_EXPECT_EQ(test, dsmip_mh_parse(with(3, 0xff), &mh, &at), DSMIP_OK);
	memset(buf, 0xff, sizeof(buf));
	KUNIT_ASSERT_EQ(test, dsmip_brr_build(&brr, buf, sizeof(buf)), 8);
	KUNIT_EXPECT_EQ(test, buf[3], 0);
	KUNIT_EXPECT_EQ(test, buf[6], 0);
	KUNIT_EXPECT_EQ(test, buf[7], 0);
}

/* [MH-01] any bit that flips is seen */
static void flipped_bit_breaks_the_checksum(struct kunit *test)
{
	u8 octets[16] = { DSMIP_MH_PROTO_NONE, 1, DSMIP_MH_BU, 0, 0, 0, 0x12, 0x67, 0xc0 };
	const struct dsmip_span mh = dsmip_span(octets, sizeof(octets));
	u32 bit;

	dsmip_mh_seal(octets, sizeof(octets), &test_hoa, &test_ha);
	KUNIT_EXPECT_EQ(test, checksum(mh, &test_hoa, &test_ha), 0);
	for (bit = 0; bit < 8 * sizeof(octets); bit++) {
		octets[bit / 8] ^= 1 << bit % 8;
		KUNIT_EXPECT_NE(test, checksum(mh, &test_hoa, &test_ha), 0);
		octets[bit / 8] ^= 1 << bit % 8;
	}
}

/* [MH-02] next header 135, the length, and the home address as the source */
static void checksum_is_over_the_home_address(struct kunit *test)
{
	u8 octets[8] = { DSMIP_MH_PROTO_NONE, 0, DSMIP_MH_BRR };
	const struct dsmip_span mh = dsmip_span(octets, sizeof(octets));
	/* 2001 0db8 0001 0007 + 2001 0db8 000f 0001 + 8 + 135 + 3b00, folded, inverted */
	const u16 by_hand = 0xffff - (0x2001 + 0x0db8 + 0x0001 + 0x0007 + 0x2001 + 0x0db8 +
				      0x000f + 0x0001 + 8 + 135 + 0x3b00);

	KUNIT_EXPECT_EQ(test, checksum(mh, &test_hoa, &test_ha), by_hand);
	dsmip_mh_seal(octets, sizeof(octets), &test_hoa, &test_ha);
	KUNIT_EXPECT_EQ(test, octets[4] << 8 | octets[5], by_hand);
	KUNIT_EXPECT_EQ(test, checksum(mh, &test_hoa, &test_ha), 0);
	KUNIT_EXPECT_NE(test, checksum(mh, &test_coa, &test_ha), 0);
}

/* [MH-03] the final destination, not the care-of address that the header has */
static void checksum_is_over_the_final_destination(struct kunit *test)
{
	u8 octets[16] = { DSMIP_MH_PROTO_NONE, 1, DSMIP_MH_BA };
	const struct dsmip_span mh = dsmip_span(octets, sizeof(octets));

	dsmip_mh_seal(octets, sizeof(octets), &test_ha, &test_hoa);
	KUNIT_EXPECT_EQ(test, checksum(mh, &test_ha, &test_hoa), 0);
	KUNIT_EXPECT_NE(test, checksum(mh, &test_ha, &test_coa), 0);
}

static void stale_checksum_does_not_count_in_a_new_one(struct kunit *test)
{
	u8 octets[8] = { DSMIP_MH_PROTO_NONE, 0, DSMIP_MH_BRR, 0, 0xab, 0xcd };

	dsmip_mh_seal(octets, sizeof(octets), &test_hoa, &test_ha);
	KUNIT_EXPECT_EQ(test, checksum(dsmip_span(octets, sizeof(octets)), &test_hoa, &test_ha),
			0);
}

/* a carry may bring about another one */
static void checksum_folds_every_carry(struct kunit *test)
{
	u8 octets[16] = { DSMIP_MH_PROTO_NONE, 1, DSMIP_MH_BU, [8] = 0xff, 0xff };
	u32 word;

	for (word = 0; word < 0x10000; word++) {
		octets[6] = word >> 8;
		octets[7] = word;
		dsmip_mh_seal(octets, sizeof(octets), &test_hoa, &test_ha);
		KUNIT_EXPECT_EQ(test, checksum(dsmip_span(octets, sizeof(octets)), &test_hoa,
					       &test_ha), 0);
	}
}

static void checksum_of_the_longest_message_is_right(struct kunit *test)
{
	static u8 octets[DSMIP_MH_MAX];

	memset(octets, 0xff, sizeof(octets));
	dsmip_mh_seal(octets, sizeof(octets), &test_hoa, &test_ha);
	KUNIT_EXPECT_EQ(test, checksum(dsmip_span(octets, sizeof(octets)), &test_hoa, &test_ha),
			0);
}

static void odd_octet_counts_as_the_high_one(struct kunit *test)
{
	static const u8 even[] = { 1, 2, 3, 0 };
	const u16 odd = checksum(dsmip_span(even, 3), &test_hoa, &test_ha);
	const u16 sum = checksum(dsmip_span(even, 4), &test_hoa, &test_ha);

	/* one octet more in the pseudo-header's length */
	KUNIT_EXPECT_EQ(test, odd, sum + 1);
}

static void time_travels_in_units_of_4_seconds(struct kunit *test)
{
	static const struct {
		u32 seconds;
		u16 units;
	} times[] = {
		{ 0, 0 }, { 1, 1 }, { 3, 1 }, { 4, 1 }, { 7, 1 }, { 8, 2 }, { 600, 150 },
		{ 603, 150 }, { 262139, 65534 }, { 262140, 65535 }, { 262144, 65535 },
		{ 0xffffffff, 65535 },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(times); i++)
		KUNIT_EXPECT_EQ(test, dsmip_mh_units(times[i].seconds), times[i].units);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(message_is_as_long_as_its_header_says),
	KUNIT_CASE(octets_behind_the_message_are_left_alone),
	KUNIT_CASE(unknown_type_is_refused),
	KUNIT_CASE(payload_proto_other_than_59_is_refused),
	KUNIT_CASE(message_shorter_than_its_type_is_refused),
	KUNIT_CASE(message_longer_than_the_packet_is_refused),
	KUNIT_CASE(octets_too_few_for_a_header_are_not_read),
	KUNIT_CASE(first_fault_is_named),
	KUNIT_CASE(reserved_octet_is_ignored_and_sent_as_zero),
	KUNIT_CASE(flipped_bit_breaks_the_checksum),
	KUNIT_CASE(checksum_is_over_the_home_address),
	KUNIT_CASE(checksum_is_over_the_final_destination),
	KUNIT_CASE(stale_checksum_does_not_count_in_a_new_one),
	KUNIT_CASE(checksum_folds_every_carry),
	KUNIT_CASE(checksum_of_the_longest_message_is_right),
	KUNIT_CASE(odd_octet_counts_as_the_high_one),
	KUNIT_CASE(time_travels_in_units_of_4_seconds),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-mh", .test_cases = cases };

kunit_test_suite(suite);
