// SPDX-License-Identifier: GPL-2.0
/* parse(build(x)) == x, for many x: the same ones in every run. */

#include <kunit/test.h>
#include "help_test.h"

enum { ROUNDS = 2000 };

static u64 state;
static u8 buf[DSMIP_MH_MAX];
static u8 identity[100];

/* xorshift, Marsaglia 2003 */
static u32 any(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state >> 32;
}

static void any_octets(void *to, u32 len)
{
	u8 *octet = to;

	while (len--)
		*octet++ = any();
}

static u64 any64(void)
{
	return (u64)any() << 32 | any();
}

static u32 any_lifetime(void)
{
	return any() % 65536 * DSMIP_MH_UNIT_S;
}

static struct dsmip_bid any_bid(void)
{
	static const u8 lengths[] = { 0, 4, 16 };
	struct dsmip_bid bid = {
		.bid = any(), .status = any(), .home = any() & 1, .priority = any() & 0x7f,
		.coa_len = lengths[any() % 3],
	};

	any_octets(&bid.coa, sizeof(bid.coa));
	if (bid.coa_len == 4) {
		memset(bid.coa.s6_addr, 0, 10);
		memset(bid.coa.s6_addr + 10, 0xff, 2);
	}
	return bid;
}

static struct dsmip_hoa4 any_hoa4(void)
{
	struct dsmip_hoa4 hoa4 = { .plen = any() & 0x3f };

	any_octets(&hoa4.addr, sizeof(hoa4.addr));
	return hoa4;
}

static struct dsmip_mn_id any_id(void)
{
	any_octets(identity, sizeof(identity));
	return (struct dsmip_mn_id){ any(), dsmip_span(identity, any() % sizeof(identity)) };
}

static u8 any_bids(struct dsmip_bid *bid, u64 *has)
{
	const u8 count = any() % (DSMIP_BID_MAX + 1);
	u8 i;

	for (i = 0; i < count; i++)
		bid[i] = any_bid();
	if (count)
		*has |= DSMIP_HAS(DSMIP_OPT_BID);
	return count;
}

static struct dsmip_bu any_bu(void)
{
	struct dsmip_bu bu = { .seq = any(), .lifetime_s = any_lifetime() };
	u8 i;

	bu.flags = any() & 0xffc0;
	if (bu.flags & DSMIP_BU_P)
		bu.flags &= ~DSMIP_BU_O;
	if (any() & 1) {
		bu.has |= DSMIP_HAS(DSMIP_OPT_ALT_COA);
		any_octets(&bu.alt_coa, sizeof(bu.alt_coa));
	}
	if (any() & 1) {
		bu.has |= DSMIP_HAS(DSMIP_OPT_COA4);
		any_octets(&bu.coa4, sizeof(bu.coa4));
	}
	if (any() & 1) {
		bu.has |= DSMIP_HAS(DSMIP_OPT_NONCE);
		bu.nonce_home = any();
		bu.nonce_coa = any();
	}
	bu.hoa4_count = any() % (DSMIP_HOA4_MAX + 1);
	for (i = 0; i < bu.hoa4_count; i++) {
		bu.has |= DSMIP_HAS(DSMIP_OPT_HOA4);
		bu.hoa4[i] = any_hoa4();
		bu.hoa4[i].prefix = any() & 1;
	}
	bu.mnp_count = any() % (DSMIP_MNP_MAX + 1);
	for (i = 0; i < bu.mnp_count; i++) {
		bu.has |= DSMIP_HAS(DSMIP_OPT_MNP);
		any_octets(&bu.mnp[i].prefix, sizeof(bu.mnp[i].prefix));
		bu.mnp[i].plen = any();
	}
	bu.bid_count = any_bids(bu.bid, &bu.has);
	if (any() & 1) {
		bu.has |= DSMIP_HAS(DSMIP_OPT_MN_ID);
		bu.id = any_id();
	}
	return bu;
}

static struct dsmip_ba any_ba(void)
{
	struct dsmip_ba ba = { .status = any(), .flags = any() & 0xe0, .seq = any() };
	u8 i;

	ba.lifetime_s = any_lifetime();
	if (any() & 1) {
		ba.has |= DSMIP_HAS(DSMIP_OPT_REFRESH);
		ba.refresh_s = any_lifetime();
	}
	if (any() & 1) {
		ba.has |= DSMIP_HAS(DSMIP_OPT_NAT);
		ba.nat = (struct dsmip_nat){ any() & 1, any() };
	}
	ba.hoa4_count = any() % (DSMIP_HOA4_MAX + 1);
	for (i = 0; i < ba.hoa4_count; i++) {
		ba.has |= DSMIP_HAS(DSMIP_OPT_HOA4_ACK);
		ba.hoa4[i] = any_hoa4();
		ba.hoa4[i].status = any();
	}
	ba.bid_count = any_bids(ba.bid, &ba.has);
	return ba;
}

static struct dsmip_br any_br(void)
{
	struct dsmip_br br = { .type = 1 + any() % 2, .code = any(), .seq = any() };

	br.flags = any() & 0xe000;
	if (any() & 1) {
		br.has |= DSMIP_HAS(DSMIP_OPT_HOA4);
		br.hoa4 = any_hoa4();
		br.hoa4.prefix = any() & 1;
	}
	br.bid_count = any_bids(br.bid, &br.has);
	if (any() & 1) {
		br.has |= DSMIP_HAS(DSMIP_OPT_MN_ID);
		br.id = any_id();
	}
	return br;
}

/* What was built, sealed and checked as a receiver does. */
static struct dsmip_span received(struct kunit *test, int len, u8 type)
{
	const struct dsmip_span in = dsmip_span(buf, len);
	struct dsmip_mh mh;
	u16 at;

	KUNIT_ASSERT_GT(test, len, 0);
	dsmip_mh_seal(buf, len, &test_hoa, &test_ha);
	KUNIT_ASSERT_EQ(test, dsmip_mh_parse(in, &mh, &at), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, mh.type, type);
	KUNIT_EXPECT_EQ(test, mh.len, len);
	KUNIT_EXPECT_FALSE(test, dsmip_mh_checksum(in, &test_hoa, &test_ha));
	return in;
}

static void binding_update_comes_back(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		const struct dsmip_bu bu = any_bu();
		const int len = dsmip_bu_build(&bu, buf, sizeof(buf));
		struct dsmip_bu again;

		KUNIT_ASSERT_EQ(test, dsmip_bu_parse(received(test, len, DSMIP_MH_BU), &again),
				DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_bu(&bu, &again));
	}
}

static void binding_acknowledgement_comes_back(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		const struct dsmip_ba ba = any_ba();
		const int len = dsmip_ba_build(&ba, buf, sizeof(buf));
		struct dsmip_ba again;

		KUNIT_ASSERT_EQ(test, dsmip_ba_parse(received(test, len, DSMIP_MH_BA), &again),
				DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_ba(&ba, &again));
	}
}

static void revocation_comes_back(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		const struct dsmip_br br = any_br();
		const int len = dsmip_br_build(&br, buf, sizeof(buf));
		struct dsmip_br again;

		KUNIT_ASSERT_EQ(test, dsmip_br_parse(received(test, len, DSMIP_MH_BR), &again),
				DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_br(&br, &again));
	}
}

static void refresh_request_comes_back(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		struct dsmip_brr brr = {}, again;
		u64 has = 0;
		int len;

		brr.bid_count = any_bids(brr.bid, &has);
		len = dsmip_brr_build(&brr, buf, sizeof(buf));
		KUNIT_ASSERT_EQ(test, dsmip_brr_parse(received(test, len, DSMIP_MH_BRR), &again),
				DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_brr(&brr, &again));
	}
}

static void return_routability_comes_back(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		struct dsmip_rr rr = { .type = DSMIP_MH_HOTI + any() % 4, .cookie = any64() };
		struct dsmip_rr again;
		int len;

		if (rr.type >= DSMIP_MH_HOT) {
			rr.nonce = any();
			rr.token = any64();
		}
		len = dsmip_rr_build(&rr, buf, sizeof(buf));
		KUNIT_ASSERT_EQ(test, dsmip_rr_parse(received(test, len, rr.type), &again),
				DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_rr(&rr, &again));
	}
}

static void error_and_switch_come_back(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ROUNDS; i++) {
		struct dsmip_has has = { .count = any() % (DSMIP_HAS_MAX + 1) }, has_again;
		struct dsmip_be be = { .status = any() }, be_again;
		int len;

		any_octets(has.ha, has.count * sizeof(has.ha[0]));
		len = dsmip_has_build(&has, buf, sizeof(buf));
		KUNIT_ASSERT_EQ(test, dsmip_has_parse(received(test, len, DSMIP_MH_HAS),
						      &has_again), DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_has(&has, &has_again));
		any_octets(&be.hoa, sizeof(be.hoa));
		len = dsmip_be_build(&be, buf, sizeof(buf));
		KUNIT_ASSERT_EQ(test, dsmip_be_parse(received(test, len, DSMIP_MH_BE),
						     &be_again), DSMIP_OK);
		KUNIT_ASSERT_TRUE(test, test_same_be(&be, &be_again));
	}
}

/* options that are kept as octets only */
static void options_not_kept_by_value_come_back(struct kunit *test)
{
	static const u8 options[] = {
		DSMIP_OPT_FLOW, 10, 0, 10, 0, 20, 0, 0, 2, 2, 0, 1,
		DSMIP_OPT_FLOW_SUMMARY, 2, 0, 11,
		DSMIP_OPT_SERVICE, 2, 'a', 'b',
		DSMIP_OPT_DNS_UPDATE, 4, 0, 0, 'c', 'd',
		1, 0,
	};
	const struct dsmip_span in = test_options(DSMIP_MH_BU, options, sizeof(options));
	struct dsmip_opt_cursor a, b;
	struct dsmip_opt opt_a, opt_b;
	struct dsmip_bu bu, again;
	int len;

	KUNIT_ASSERT_EQ(test, dsmip_bu_parse(in, &bu), DSMIP_OK);
	len = dsmip_bu_build(&bu, buf, sizeof(buf));
	KUNIT_ASSERT_EQ(test, dsmip_bu_parse(received(test, len, DSMIP_MH_BU), &again), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_bu(&bu, &again));
	a = (struct dsmip_opt_cursor){ .mh = bu.options };
	b = (struct dsmip_opt_cursor){ .mh = again.options };
	while (dsmip_opt_next(&a, &opt_a) > 0) {
		KUNIT_ASSERT_EQ(test, dsmip_opt_next(&b, &opt_b), 1);
		KUNIT_EXPECT_EQ(test, opt_a.type, opt_b.type);
		KUNIT_EXPECT_TRUE(test, test_same_span(opt_a.body, opt_b.body));
	}
	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&b, &opt_b), 0);
}

static int begin(struct kunit *test)
{
	state = 0x243f6a8885a308d3ULL;	/* digits of pi */
	return 0;
}

static struct kunit_case cases[] = {
	KUNIT_CASE(binding_update_comes_back),
	KUNIT_CASE(binding_acknowledgement_comes_back),
	KUNIT_CASE(revocation_comes_back),
	KUNIT_CASE(refresh_request_comes_back),
	KUNIT_CASE(return_routability_comes_back),
	KUNIT_CASE(error_and_switch_come_back),
	KUNIT_CASE(options_not_kept_by_value_come_back),
	{}
};

static struct kunit_suite suite = {
	.name = "dsmip-wire-roundtrip",
	.init = begin,
	.test_cases = cases,
};

kunit_test_suite(suite);
