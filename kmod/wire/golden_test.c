// SPDX-License-Identifier: GPL-2.0
/*
 * The vectors of selftests/golden, written from the RFCs and not by our
 * builders: they are read as what they say, and our builders make the same.
 */

#include <kunit/test.h>
#include "ext.h"
#include "help_test.h"
#include <golden.h>

#define VECTOR(name) { golden_##name, sizeof(golden_##name) }
#define HAS(name) DSMIP_HAS(DSMIP_OPT_##name)
#define HOME (DSMIP_BU_A | DSMIP_BU_H)
#define IN6(...) { .s6_addr = { 0x20, 0x01, 0x0d, 0xb8, __VA_ARGS__ } }
#define IN4(a, b, c, d) cpu_to_be32((a) << 24 | (b) << 16 | (c) << 8 | (d))
#define COA IN6(0, 2, 0, 3, [15] = 9)
#define HOA IN6(0, 1, [15] = 7)
#define MAPPED { .s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 33 } }
#define UE { 1, { (const u8 *)"ue@example.org", 14 } }

static u8 buf[DSMIP_MH_MAX];

/**
 * struct bu_vector - a Binding Update and what it says
 * @in: vector
 * @want: what it says
 * @foreign: well-formed, but not as our builder would have it
 */
struct bu_vector {
	struct dsmip_span in;
	struct dsmip_bu want;
	bool foreign;
};

static const struct bu_vector bu_all[] = {
	{ VECTOR(bu_v6), { .seq = 4711, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA), .alt_coa = COA } },
	{ VECTOR(bu_v6_flags), { .seq = 65535, .flags = HOME | DSMIP_BU_L | DSMIP_BU_K,
	  .lifetime_s = 262140, .has = HAS(ALT_COA), .alt_coa = COA } },
	{ VECTOR(bu_v6_hoa4), { .seq = 1, .flags = HOME, .lifetime_s = 3600,
	  .has = HAS(ALT_COA) | HAS(HOA4), .alt_coa = COA,
	  .hoa4 = { { IN4(10, 0, 0, 7), 32 } }, .hoa4_count = 1 } },
	{ VECTOR(bu_v6_ask4), { .seq = 2, .flags = HOME, .lifetime_s = 3600,
	  .has = HAS(ALT_COA) | HAS(HOA4), .alt_coa = COA,
	  .hoa4 = { { 0, 32 } }, .hoa4_count = 1 } },
	{ VECTOR(bu_v4), { .seq = 4712, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(COA4) | HAS(HOA4), .coa4 = IN4(192, 0, 2, 33),
	  .hoa4 = { { 0, 32 } }, .hoa4_count = 1 } },
	{ VECTOR(bu_v4_force), { .seq = 4713, .flags = HOME | DSMIP_BU_F, .lifetime_s = 600,
	  .has = HAS(COA4), .coa4 = IN4(192, 0, 2, 33) } },
	{ VECTOR(bu_v4_prefix), { .seq = 7, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(COA4) | HAS(HOA4), .coa4 = IN4(192, 0, 2, 33),
	  .hoa4 = { { 0, 32 }, { 0, 28, true } }, .hoa4_count = 2 } },
	{ VECTOR(bu_deregister), { .seq = 4714, .flags = HOME } },
	{ VECTOR(bu_deregister_home), { .seq = 4715, .flags = HOME,
	  .has = HAS(ALT_COA), .alt_coa = HOA } },
	{ VECTOR(bu_router), { .seq = 300, .flags = HOME | DSMIP_BU_R, .lifetime_s = 600,
	  .has = HAS(ALT_COA) | HAS(MNP), .alt_coa = COA,
	  .mnp = { { IN6(0, 7), 56 }, { IN6(0, 8), 64 } }, .mnp_count = 2 } },
	{ VECTOR(bu_identity), { .seq = 4716, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA) | HAS(MN_ID), .alt_coa = COA, .id = UE } },
	{ VECTOR(bu_mcoa_v6), { .seq = 100, .flags = HOME | DSMIP_BU_O, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 1, .coa_len = 16, .coa = COA } },
	  .bid_count = 1 } },
	{ VECTOR(bu_mcoa_v4), { .seq = 101, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 2, .coa_len = 4, .coa = MAPPED } },
	  .bid_count = 1 } },
	{ VECTOR(bu_mcoa_bulk), { .seq = 102, .flags = HOME | DSMIP_BU_O, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 1, .coa_len = 16, .coa = COA },
				    { .bid = 2, .coa_len = 4, .coa = MAPPED } },
	  .bid_count = 2 } },
	{ VECTOR(bu_mcoa_refresh), { .seq = 103, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 1 } }, .bid_count = 1 } },
	{ VECTOR(bu_mcoa_home), { .seq = 104, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 3, .home = true, .coa_len = 16, .coa = HOA } },
	  .bid_count = 1 } },
	{ VECTOR(bu_mcoa_priority), { .seq = 105, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 4, .priority = 5, .coa_len = 16, .coa = COA } },
	  .bid_count = 1 } },
	{ VECTOR(bu_mcoa_malformed), { .seq = 108, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID), .bid = { { .bid = 5, .coa_len = 0xff } }, .bid_count = 1 },
	  .foreign = true },
	{ VECTOR(bu_flow), { .seq = 106, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID) | HAS(FLOW), .bid = { { .bid = 1, .coa_len = 16, .coa = COA } },
	  .bid_count = 1 } },
	{ VECTOR(bu_flow_summary), { .seq = 107, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(BID) | HAS(FLOW_SUMMARY), .bid = { { .bid = 1 } }, .bid_count = 1 } },
	{ VECTOR(bu_correspondent), { .seq = 9, .flags = DSMIP_BU_A, .lifetime_s = 420,
	  .has = HAS(NONCE) | HAS(AUTH_DATA), .nonce_home = 5, .nonce_coa = 6 } },
	{ VECTOR(bu_auth_option), { .seq = 10, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA) | HAS(MN_ID) | HAS(REPLAY) | HAS(AUTH),
	  .alt_coa = COA, .id = UE } },
	{ VECTOR(bu_dns), { .seq = 11, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA) | HAS(DNS_UPDATE), .alt_coa = COA } },
	{ VECTOR(bu_service), { .seq = 12, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA) | HAS(SERVICE), .alt_coa = COA } },
	{ VECTOR(bu_link_layer), { .seq = 13, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA) | HAS(LLA), .alt_coa = COA } },
	{ VECTOR(bu_proxy), { .seq = 14, .flags = HOME | DSMIP_BU_P, .lifetime_s = 600 },
	  .foreign = true },
	{ VECTOR(bu_unknown_option), { .seq = 15, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(ALT_COA), .alt_coa = COA }, .foreign = true },
	{ VECTOR(bu_misaligned), { .seq = 16, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(HOA4) | HAS(ALT_COA), .hoa4 = { { IN4(10, 0, 0, 7), 32 } },
	  .hoa4_count = 1, .alt_coa = COA }, .foreign = true },
	{ VECTOR(bu_reserved), { .seq = 17, .flags = HOME, .lifetime_s = 600,
	  .has = HAS(COA4) | HAS(HOA4), .coa4 = IN4(192, 0, 2, 33),
	  .hoa4 = { { IN4(10, 0, 0, 7), 32 } }, .hoa4_count = 1 }, .foreign = true },
};

/* The same for Binding Acknowledgments. */
struct ba_vector {
	struct dsmip_span in;
	struct dsmip_ba want;
	bool foreign;
};

#define GIVEN { .addr = IN4(10, 0, 0, 7), .plen = 32 }

static const struct ba_vector ba_all[] = {
	{ VECTOR(ba_accepted), { .seq = 4711, .lifetime_s = 600 } },
	{ VECTOR(ba_key_management), { .flags = DSMIP_BA_K, .seq = 65535,
	  .lifetime_s = 262140 } },
	{ VECTOR(ba_prefix), { .status = 1, .seq = 1, .lifetime_s = 100 } },
	{ VECTOR(ba_refresh), { .seq = 4711, .lifetime_s = 600, .has = HAS(REFRESH),
	  .refresh_s = 400 } },
	{ VECTOR(ba_hoa4), { .seq = 1, .lifetime_s = 3600, .has = HAS(HOA4_ACK),
	  .hoa4 = { GIVEN }, .hoa4_count = 1 } },
	{ VECTOR(ba_hoa4_unavailable), { .seq = 2, .lifetime_s = 3600, .has = HAS(HOA4_ACK),
	  .hoa4 = { { .status = 132 } }, .hoa4_count = 1 } },
	{ VECTOR(ba_hoa4_prefix), { .seq = 7, .lifetime_s = 600, .has = HAS(HOA4_ACK),
	  .hoa4 = { GIVEN, { .addr = IN4(10, 1, 0, 16), .plen = 28 } },
	  .hoa4_count = 2 } },
	{ VECTOR(ba_nat), { .seq = 4712, .lifetime_s = 600, .has = HAS(NAT) | HAS(HOA4_ACK),
	  .nat = { false, 110 }, .hoa4 = { GIVEN }, .hoa4_count = 1 } },
	{ VECTOR(ba_nat_forced), { .seq = 4713, .lifetime_s = 600, .has = HAS(NAT),
	  .nat = { true, 0xffffffff } } },
	{ VECTOR(ba_nat_none), { .seq = 4713, .lifetime_s = 600, .has = HAS(NAT),
	  .nat = { false, 0xffffffff } } },
	{ VECTOR(ba_sequence), { .status = 135, .seq = 4720 } },
	{ VECTOR(ba_udp_refused), { .status = 144, .seq = 4713 } },
	{ VECTOR(ba_router), { .flags = DSMIP_BA_R, .seq = 300, .lifetime_s = 600 } },
	{ VECTOR(ba_mcoa), { .status = 4, .seq = 102, .lifetime_s = 600,
	  .has = HAS(HOA4_ACK) | HAS(BID), .hoa4 = { GIVEN }, .hoa4_count = 1,
	  .bid = { { .bid = 1 }, { .bid = 2, .status = 166 } }, .bid_count = 2 } },
	{ VECTOR(ba_flow), { .seq = 106, .lifetime_s = 600, .has = HAS(BID) | HAS(FLOW),
	  .bid = { { .bid = 1 } }, .bid_count = 1 } },
	{ VECTOR(ba_correspondent), { .seq = 9, .lifetime_s = 420, .has = HAS(AUTH_DATA) } },
	{ VECTOR(ba_reserved), { .seq = 18, .lifetime_s = 600, .has = HAS(NAT) | HAS(HOA4_ACK),
	  .nat = { false, 110 }, .hoa4 = { GIVEN }, .hoa4_count = 1 }, .foreign = true },
};

/* The same for the smaller messages, all of which are as our builders make them. */
struct be_vector {
	struct dsmip_span in;
	struct dsmip_be want;
};

static const struct be_vector be_all[] = {
	{ VECTOR(be_unknown_binding), { DSMIP_BE_UNKNOWN_BINDING, HOA } },
	{ VECTOR(be_unknown_type), { .status = DSMIP_BE_UNKNOWN_TYPE } },
};

struct brr_vector {
	struct dsmip_span in;
	struct dsmip_brr want;
};

static const struct brr_vector brr_all[] = {
	{ VECTOR(brr), { .bid_count = 0 } },
	{ VECTOR(brr_mcoa), { { { .bid = 2 } }, 1 } },
};

struct rr_vector {
	struct dsmip_span in;
	struct dsmip_rr want;
};

static const struct rr_vector rr_all[] = {
	{ VECTOR(hoti), { 1, 0, 0x0123456789abcdefULL, 0 } },
	{ VECTOR(coti), { 2, 0, 0xfedcba9876543210ULL, 0 } },
	{ VECTOR(hot), { 3, 5, 0x0123456789abcdefULL, 0x1122334455667788ULL } },
	{ VECTOR(cot), { 4, 6, 0xfedcba9876543210ULL, 0x8877665544332211ULL } },
};

struct has_vector {
	struct dsmip_span in;
	struct dsmip_has want;
};

static const struct has_vector has_all[] = {
	{ VECTOR(has_none), { .count = 0 } },
	{ VECTOR(has_two), { { IN6(0, 0xf, [15] = 2), IN6(0, 0xf, [15] = 3) }, 2 } },
};

struct br_vector {
	struct dsmip_span in;
	struct dsmip_br want;
};

static const struct br_vector br_all[] = {
	{ VECTOR(bri), { .type = 1, .code = 1, .seq = 513 } },
	{ VECTOR(bri_hoa4), { .type = 1, .seq = 514, .flags = DSMIP_BR_V, .has = HAS(HOA4),
	  .hoa4 = GIVEN } },
	{ VECTOR(bri_mcoa), { .type = 1, .code = 7, .seq = 515, .has = HAS(BID),
	  .bid = { { .bid = 1 }, { .bid = 2 } }, .bid_count = 2 } },
	{ VECTOR(bri_proxy), { .type = 1, .code = 128, .seq = 516,
	  .flags = DSMIP_BR_P | DSMIP_BR_G, .has = HAS(MN_ID),
	  .id = { 1, { (const u8 *)"gw.example.org", 14 } } } },
	{ VECTOR(bra), { .type = 2, .seq = 513 } },
	{ VECTOR(bra_refused), { .type = 2, .code = 129, .seq = 514, .flags = DSMIP_BR_V } },
	{ VECTOR(bra_partial), { .type = 2, .code = 1, .seq = 515, .has = HAS(BID),
	  .bid = { { .bid = 2 } }, .bid_count = 1 } },
};

/* The name in the table of all of them, for the report. */
static void name_vector(struct dsmip_span in, char *desc)
{
	u16 i;

	for (i = 0; i < ARRAY_SIZE(golden_good); i++)
		if (golden_good[i].in.data == in.data)
			strscpy(desc, golden_good[i].name, KUNIT_PARAM_DESC_SIZE);
}

static void name_golden(const struct golden *golden, char *desc)
{
	strscpy(desc, golden->name, KUNIT_PARAM_DESC_SIZE);
}

#define NAMED(kind)								\
	static void name_##kind(const struct kind##_vector *v, char *desc)	\
	{									\
		name_vector(v->in, desc);					\
	}									\
	KUNIT_ARRAY_PARAM(kind##_all, kind##_all, name_##kind)

NAMED(bu);
NAMED(ba);
NAMED(be);
NAMED(brr);
NAMED(rr);
NAMED(has);
NAMED(br);
KUNIT_ARRAY_PARAM(good, golden_good, name_golden);
KUNIT_ARRAY_PARAM(bad, golden_bad, name_golden);

/* What the builder left in buf is, once sealed, the vector. */
static void same_octets(struct kunit *test, int len, struct dsmip_span in)
{
	KUNIT_ASSERT_EQ(test, len, in.len);
	dsmip_mh_seal(buf, len, &test_hoa, &test_ha);
	KUNIT_EXPECT_EQ(test, memcmp(buf, in.data, len), 0);
}

static void binding_update_says_this(struct kunit *test)
{
	const struct bu_vector *v = test->param_value;
	struct dsmip_bu bu, want = v->want;

	KUNIT_ASSERT_EQ(test, dsmip_bu_parse(v->in, &bu), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, bu.flags, want.flags);
	KUNIT_EXPECT_EQ(test, bu.has, want.has);
	KUNIT_EXPECT_TRUE(test, test_same_bu(&bu, &want));
	if (v->foreign)
		return;
	want.options = bu.options;
	same_octets(test, dsmip_bu_build(&want, buf, sizeof(buf)), v->in);
}

static void binding_acknowledgement_says_this(struct kunit *test)
{
	const struct ba_vector *v = test->param_value;
	struct dsmip_ba ba, want = v->want;

	KUNIT_ASSERT_EQ(test, dsmip_ba_parse(v->in, &ba), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, ba.status, want.status);
	KUNIT_EXPECT_EQ(test, ba.has, want.has);
	KUNIT_EXPECT_TRUE(test, test_same_ba(&ba, &want));
	if (v->foreign)
		return;
	want.options = ba.options;
	same_octets(test, dsmip_ba_build(&want, buf, sizeof(buf)), v->in);
}

static void binding_error_says_this(struct kunit *test)
{
	const struct be_vector *v = test->param_value;
	struct dsmip_be be;

	KUNIT_ASSERT_EQ(test, dsmip_be_parse(v->in, &be), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_be(&be, &v->want));
	same_octets(test, dsmip_be_build(&v->want, buf, sizeof(buf)), v->in);
}

static void refresh_request_says_this(struct kunit *test)
{
	const struct brr_vector *v = test->param_value;
	struct dsmip_brr brr;

	KUNIT_ASSERT_EQ(test, dsmip_brr_parse(v->in, &brr), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_brr(&brr, &v->want));
	same_octets(test, dsmip_brr_build(&v->want, buf, sizeof(buf)), v->in);
}

static void return_routability_says_this(struct kunit *test)
{
	const struct rr_vector *v = test->param_value;
	struct dsmip_rr rr;

	KUNIT_ASSERT_EQ(test, dsmip_rr_parse(v->in, &rr), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_rr(&rr, &v->want));
	same_octets(test, dsmip_rr_build(&v->want, buf, sizeof(buf)), v->in);
}

static void home_agent_switch_says_this(struct kunit *test)
{
	const struct has_vector *v = test->param_value;
	struct dsmip_has has;

	KUNIT_ASSERT_EQ(test, dsmip_has_parse(v->in, &has), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_has(&has, &v->want));
	same_octets(test, dsmip_has_build(&v->want, buf, sizeof(buf)), v->in);
}

static void revocation_says_this(struct kunit *test)
{
	const struct br_vector *v = test->param_value;
	struct dsmip_br br;

	KUNIT_ASSERT_EQ(test, dsmip_br_parse(v->in, &br), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_br(&br, &v->want));
	same_octets(test, dsmip_br_build(&v->want, buf, sizeof(buf)), v->in);
}

/* every parser on its type, in the order of a receiver: [MH-01] [MH-04] to [MH-09] */
static enum dsmip_drop receive(struct dsmip_span in, u16 *at)
{
	union {
		struct dsmip_bu bu;
		struct dsmip_ba ba;
		struct dsmip_be be;
		struct dsmip_brr brr;
		struct dsmip_has has;
		struct dsmip_br br;
		struct dsmip_rr rr;
	} v;
	struct dsmip_mh mh;
	enum dsmip_drop why;

	why = dsmip_mh_parse(in, &mh, at);
	if (why != DSMIP_OK)
		return why;
	in = dsmip_span_take(in, mh.len);
	if (dsmip_mh_checksum(in, &test_hoa, &test_ha))
		return DSMIP_DROP_MH_CHECKSUM;
	switch (mh.type) {
	case DSMIP_MH_BU:
		return dsmip_bu_parse(in, &v.bu);
	case DSMIP_MH_BA:
		return dsmip_ba_parse(in, &v.ba);
	case DSMIP_MH_BE:
		return dsmip_be_parse(in, &v.be);
	case DSMIP_MH_BRR:
		return dsmip_brr_parse(in, &v.brr);
	case DSMIP_MH_HAS:
		return dsmip_has_parse(in, &v.has);
	case DSMIP_MH_BR:
		return dsmip_br_parse(in, &v.br);
	}
	return dsmip_rr_parse(in, &v.rr);
}

/* The same for extension headers. */
static enum dsmip_drop receive_ext(const struct golden *v)
{
	struct dsmip_ext ext;

	if (v->kind == GOLDEN_ROUTING)
		return dsmip_ext_rh2(v->in, &ext);
	return dsmip_ext_dstopts(v->in, &ext) == DSMIP_EXT_BAD ? ext.why : DSMIP_OK;
}

static void good_vector_is_received(struct kunit *test)
{
	const struct golden *v = test->param_value;
	u16 at;

	KUNIT_EXPECT_EQ(test, receive(v->in, &at), DSMIP_OK);
}

static void bad_vector_is_refused_for_its_reason(struct kunit *test)
{
	const struct golden *v = test->param_value;
	u16 at = GOLDEN_ANYWHERE;

	KUNIT_EXPECT_EQ(test, v->kind == GOLDEN_MH ? receive(v->in, &at) : receive_ext(v),
			v->refuse);
	if (v->at != GOLDEN_ANYWHERE)
		KUNIT_EXPECT_EQ(test, at, v->at);
}

static void every_vector_is_told_what_it_says(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(golden_good), ARRAY_SIZE(bu_all) + ARRAY_SIZE(ba_all) +
			ARRAY_SIZE(be_all) + ARRAY_SIZE(brr_all) + ARRAY_SIZE(rr_all) +
			ARRAY_SIZE(has_all) + ARRAY_SIZE(br_all));
}

static void extension_headers_are_the_vectors(struct kunit *test)
{
	static const struct dsmip_span hao = VECTOR(ext_hao), rh2 = VECTOR(ext_rh2),
		limit = VECTOR(ext_encap_limit), arrival = VECTOR(ext_arrival);
	static const struct in6_addr addr = MAPPED;
	struct dsmip_ext ext;

	dsmip_hao_build(buf, DSMIP_MH_PROTO_NONE, &test_hoa);
	KUNIT_EXPECT_EQ(test, memcmp(buf, hao.data, hao.len), 0);
	KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(hao, &ext), DSMIP_EXT_IS_HAO);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &test_hoa));

	dsmip_rh2_build(buf, DSMIP_MH_PROTO_NONE, &test_hoa);
	KUNIT_EXPECT_EQ(test, memcmp(buf, rh2.data, rh2.len), 0);
	KUNIT_EXPECT_EQ(test, dsmip_ext_rh2(rh2, &ext), DSMIP_OK);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &test_hoa));

	dsmip_encap_limit_build(buf, DSMIP_MH_PROTO_NONE, 4);
	KUNIT_EXPECT_EQ(test, memcmp(buf, limit.data, limit.len), 0);

	dsmip_arrival_build(buf, DSMIP_MH_PROTO_NONE, &addr, 40123, 0x0123456789abcdefULL);
	KUNIT_EXPECT_EQ(test, memcmp(buf, arrival.data, arrival.len), 0);
	KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(arrival, &ext), DSMIP_EXT_IS_ARRIVAL);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &addr));
	KUNIT_EXPECT_EQ(test, ext.port, 40123);
	KUNIT_EXPECT_EQ(test, ext.cookie, 0x0123456789abcdefULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(binding_update_says_this, bu_all_gen_params),
	KUNIT_CASE_PARAM(binding_acknowledgement_says_this, ba_all_gen_params),
	KUNIT_CASE_PARAM(binding_error_says_this, be_all_gen_params),
	KUNIT_CASE_PARAM(refresh_request_says_this, brr_all_gen_params),
	KUNIT_CASE_PARAM(return_routability_says_this, rr_all_gen_params),
	KUNIT_CASE_PARAM(home_agent_switch_says_this, has_all_gen_params),
	KUNIT_CASE_PARAM(revocation_says_this, br_all_gen_params),
	KUNIT_CASE_PARAM(good_vector_is_received, good_gen_params),
	KUNIT_CASE_PARAM(bad_vector_is_refused_for_its_reason, bad_gen_params),
	KUNIT_CASE(every_vector_is_told_what_it_says),
	KUNIT_CASE(extension_headers_are_the_vectors),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-golden", .test_cases = cases };

kunit_test_suite(suite);
