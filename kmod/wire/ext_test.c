// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "ext.h"
#include "help_test.h"

enum { NEXT = 135, PORT = 40123, END = 0x55 };
static const u64 cookie = 0x0123456789abcdefULL;

/* A Destination Options header of these options, as long as they are. */
static enum dsmip_ext_kind judged(const u8 *options, u8 len, struct dsmip_ext *ext)
{
	u8 hdr[64] = { NEXT, (2 + len) / 8 - 1 };

	memcpy(hdr + 2, options, len);
	return dsmip_ext_dstopts(dsmip_span(hdr, 2 + len), ext);
}

/* RFC 6275 6.3: at 8n + 6, 16 octets */
static void home_address_option_is_made_and_read(struct kunit *test)
{
	u8 buf[DSMIP_HAO_LEN + 1];
	struct dsmip_ext ext;

	buf[DSMIP_HAO_LEN] = END;
	dsmip_hao_build(buf, NEXT, &test_hoa);
	KUNIT_EXPECT_EQ(test, buf[DSMIP_HAO_LEN], END);
	KUNIT_EXPECT_EQ(test, buf[6], 201);
	KUNIT_EXPECT_EQ(test, buf[7], 16);
	KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(dsmip_span(buf, sizeof(buf)), &ext),
			DSMIP_EXT_IS_HAO);
	KUNIT_EXPECT_EQ(test, ext.nexthdr, NEXT);
	KUNIT_EXPECT_EQ(test, ext.len, DSMIP_HAO_LEN);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &test_hoa));
}

/* [MH-12] in spirit: another sender pads and places as he likes */
static void home_address_option_may_be_padded_in_any_way(struct kunit *test)
{
	u8 options[30];
	u8 at;

	for (at = 0; at <= sizeof(options) - 18; at++) {
		struct dsmip_ext ext;

		memset(options, 0, sizeof(options));
		options[at] = DSMIP_EXT_HAO;
		options[at + 1] = 16;
		memcpy(options + at + 2, &test_hoa, 16);
		KUNIT_EXPECT_EQ(test, judged(options, sizeof(options), &ext), DSMIP_EXT_IS_HAO);
		KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &test_hoa));
	}
}

static void home_address_option_in_company_is_refused(struct kunit *test)
{
	static const u8 others[] = { 4, 5, 0x26, 0xc2, 0xff };
	u8 i;

	for (i = 0; i < ARRAY_SIZE(others); i++) {
		u8 options[22] = { DSMIP_EXT_HAO, 16, [18] = others[i], 1, 4, 0 };
		struct dsmip_ext ext;

		KUNIT_EXPECT_EQ(test, judged(options, sizeof(options), &ext), DSMIP_EXT_BAD);
		KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_HAO_FORM);
		options[18] = 0;
		options[19] = 0;
		options[20] = 0;
		KUNIT_EXPECT_EQ(test, judged(options, sizeof(options), &ext), DSMIP_EXT_IS_HAO);
	}
}

static void home_address_option_twice_is_refused(struct kunit *test)
{
	static const u8 options[38] = { DSMIP_EXT_HAO, 16, [18] = DSMIP_EXT_HAO, 16 };
	struct dsmip_ext ext;

	KUNIT_EXPECT_EQ(test, judged(options, sizeof(options), &ext), DSMIP_EXT_BAD);
	KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_HAO_FORM);
}

static void home_address_option_of_another_length_is_refused(struct kunit *test)
{
	u32 len;

	for (len = 0; len < 256; len++) {
		const u8 options[30] = { DSMIP_EXT_HAO, len };
		struct dsmip_ext ext;

		KUNIT_EXPECT_EQ(test, judged(options, sizeof(options), &ext),
				len == 16 ? DSMIP_EXT_IS_HAO : DSMIP_EXT_BAD);
		KUNIT_EXPECT_EQ(test, ext.why, len == 16 ? DSMIP_OK : DSMIP_DROP_HAO_FORM);
	}
}

/* pulled too little, or cut on the way */
static void header_beyond_the_packet_is_refused(struct kunit *test)
{
	u8 buf[DSMIP_HAO_LEN];
	struct dsmip_ext ext;
	u32 len;

	dsmip_hao_build(buf, NEXT, &test_hoa);
	for (len = 0; len < sizeof(buf); len++) {
		KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(dsmip_span(buf, len), &ext),
				DSMIP_EXT_BAD);
		KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_HAO_FORM);
	}
}

static void header_of_others_is_left_to_the_stack(struct kunit *test)
{
	static const u8 padding[6] = { 1, 4 };
	static const u8 limit[6] = { 4, 1, 4, 1, 1, 0 };
	static const u8 overrun[6] = { 0x26, 9 };
	static const u8 beyond[] = { NEXT, 1, 1, 4, 0, 0, 0, 0 };
	struct dsmip_ext ext;

	KUNIT_EXPECT_EQ(test, judged(padding, sizeof(padding), &ext), DSMIP_EXT_OTHER);
	KUNIT_EXPECT_EQ(test, judged(limit, sizeof(limit), &ext), DSMIP_EXT_OTHER);
	KUNIT_EXPECT_EQ(test, ext.nexthdr, NEXT);
	KUNIT_EXPECT_EQ(test, ext.len, 8);
	KUNIT_EXPECT_EQ(test, judged(overrun, sizeof(overrun), &ext), DSMIP_EXT_OTHER);
	/* too short a header to hold any of ours, whole or not */
	KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(dsmip_span(beyond, sizeof(beyond)), &ext),
			DSMIP_EXT_OTHER);
}

static void arrival_option_is_made_and_read(struct kunit *test)
{
	u8 buf[DSMIP_ARRIVAL_LEN + 1];
	struct dsmip_ext ext;

	buf[DSMIP_ARRIVAL_LEN] = END;
	dsmip_arrival_build(buf, NEXT, &test_coa, PORT, cookie);
	KUNIT_EXPECT_EQ(test, buf[DSMIP_ARRIVAL_LEN], END);
	KUNIT_EXPECT_EQ(test, buf[2], 0x1e);
	KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(dsmip_span(buf, sizeof(buf)), &ext),
			DSMIP_EXT_IS_ARRIVAL);
	KUNIT_EXPECT_EQ(test, ext.nexthdr, NEXT);
	KUNIT_EXPECT_EQ(test, ext.len, DSMIP_ARRIVAL_LEN);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &test_coa));
	KUNIT_EXPECT_EQ(test, ext.port, PORT);
	KUNIT_EXPECT_EQ(test, ext.cookie, cookie);
}

/* the form is one: only address, port, cookie and next header may differ */
static void arrival_option_of_another_form_is_refused(struct kunit *test)
{
	u8 at;

	for (at = 1; at < DSMIP_ARRIVAL_LEN; at++) {
		const bool value = at >= 4 && at < 30;
		u8 buf[DSMIP_ARRIVAL_LEN];
		struct dsmip_ext ext;
		enum dsmip_ext_kind kind;

		dsmip_arrival_build(buf, NEXT, &test_coa, PORT, cookie);
		buf[at] ^= 0x01;
		kind = dsmip_ext_dstopts(dsmip_span(buf, sizeof(buf)), &ext);
		if (value)
			KUNIT_EXPECT_EQ(test, kind, DSMIP_EXT_IS_ARRIVAL);
		else
			KUNIT_EXPECT_NE(test, kind, DSMIP_EXT_IS_ARRIVAL);
		if (!value && buf[2] == DSMIP_EXT_ARRIVAL)
			KUNIT_EXPECT_EQ(test, kind, DSMIP_EXT_BAD);
		if (at == 3 || at >= 30)
			KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_ARRIVAL_FORGED);
	}
}

/* Pad1 twice is padding as well, but not as we pad */
static void arrival_option_padded_otherwise_is_refused(struct kunit *test)
{
	u8 buf[DSMIP_ARRIVAL_LEN];
	struct dsmip_ext ext;

	dsmip_arrival_build(buf, NEXT, &test_coa, PORT, cookie);
	buf[30] = 0;
	KUNIT_EXPECT_EQ(test, dsmip_ext_dstopts(dsmip_span(buf, sizeof(buf)), &ext),
			DSMIP_EXT_BAD);
	KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_ARRIVAL_FORGED);
}

static void arrival_option_hidden_among_others_is_refused(struct kunit *test)
{
	static const u8 behind_hao[54] = { DSMIP_EXT_HAO, 16, [18] = DSMIP_EXT_ARRIVAL, 26 };
	static const u8 before_hao[54] = { DSMIP_EXT_ARRIVAL, 26, [28] = DSMIP_EXT_HAO, 16 };
	static const u8 cut[6] = { 0, 0, 0, 0, DSMIP_EXT_ARRIVAL, 26 };
	static const u8 lone[6] = { 0, 0, 0, 0, 0, DSMIP_EXT_ARRIVAL };
	struct dsmip_ext ext;

	KUNIT_EXPECT_EQ(test, judged(behind_hao, sizeof(behind_hao), &ext), DSMIP_EXT_BAD);
	KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_ARRIVAL_FORGED);
	KUNIT_EXPECT_EQ(test, judged(before_hao, sizeof(before_hao), &ext), DSMIP_EXT_BAD);
	KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_ARRIVAL_FORGED);
	KUNIT_EXPECT_EQ(test, judged(cut, sizeof(cut), &ext), DSMIP_EXT_BAD);
	KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_ARRIVAL_FORGED);
	KUNIT_EXPECT_EQ(test, judged(lone, sizeof(lone), &ext), DSMIP_EXT_BAD);
	KUNIT_EXPECT_EQ(test, ext.why, DSMIP_DROP_ARRIVAL_FORGED);
}

/* [RH-01] Hdr Ext Len 2, one segment left */
static void routing_header_is_made_and_read(struct kunit *test)
{
	u8 buf[DSMIP_RH2_LEN + 1];
	struct dsmip_ext ext;
	u32 len;
	u8 at;

	buf[DSMIP_RH2_LEN] = END;
	dsmip_rh2_build(buf, NEXT, &test_hoa);
	KUNIT_EXPECT_EQ(test, buf[DSMIP_RH2_LEN], END);
	KUNIT_EXPECT_EQ(test, dsmip_ext_rh2(dsmip_span(buf, sizeof(buf)), &ext), DSMIP_OK);
	KUNIT_EXPECT_EQ(test, ext.nexthdr, NEXT);
	KUNIT_EXPECT_EQ(test, ext.len, DSMIP_RH2_LEN);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&ext.addr, &test_hoa));
	for (len = 0; len < DSMIP_RH2_LEN; len++)
		KUNIT_EXPECT_EQ(test, dsmip_ext_rh2(dsmip_span(buf, len), &ext),
				DSMIP_DROP_RH2_FORM);
	for (at = 1; at < 4; at++) {
		buf[at] ^= 1;
		KUNIT_EXPECT_EQ(test, dsmip_ext_rh2(dsmip_span(buf, sizeof(buf)), &ext),
				DSMIP_DROP_RH2_FORM);
		buf[at] ^= 1;
	}
	memset(buf + 4, 0xff, 4);
	KUNIT_EXPECT_EQ(test, dsmip_ext_rh2(dsmip_span(buf, sizeof(buf)), &ext), DSMIP_OK);
}

/* RFC 2473 4.1.1 */
static void encapsulation_limit_is_made(struct kunit *test)
{
	static const u8 octets[] = { NEXT, 0, 4, 1, 7, 1, 1, 0, END };
	u8 buf[sizeof(octets)];

	memset(buf, END, sizeof(buf));
	dsmip_encap_limit_build(buf, NEXT, 7);
	KUNIT_EXPECT_EQ(test, memcmp(buf, octets, sizeof(octets)), 0);
}

/* [MH-15] [HO-01] */
static void unicast_ipv6_addresses_are_told_from_others(struct kunit *test)
{
	static const struct {
		bool unicast;
		struct in6_addr a;
	} addrs[] = {
		{ true, { .s6_addr = { 0x20, 0x01, 0x0d, 0xb8 } } },
		{ true, { .s6_addr = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 } } },
		{ true, { .s6_addr = { 0xfd, [15] = 1 } } },
		{ true, { .s6_addr = { 0xfe, 0xc0, [15] = 1 } } },
		{ true, { .s6_addr = { 0xfe, 0x7f, [15] = 1 } } },
		{ true, { .s6_addr = { 0x00, 0x64, 0xff, 0x9b, [12] = 192, 0, 2, 33 } } },
		{ true, { .s6_addr = { [9] = 1, [15] = 1 } } },
		{ true, { .s6_addr = { [10] = 0xff, 0xfe, [15] = 1 } } },
		{ true, { .s6_addr = { [11] = 1, [15] = 1 } } },
		{ true, { .s6_addr = { [8] = 0xff, 0xff, [15] = 1 } } },
		{ false, { .s6_addr = {} } },
		{ false, { .s6_addr = { [15] = 1 } } },
		{ false, { .s6_addr = { [12] = 192, 0, 2, 33 } } },
		{ false, { .s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 33 } } },
		{ false, { .s6_addr = { 0xfe, 0x80, [15] = 1 } } },
		{ false, { .s6_addr = { 0xfe, 0xbf, [15] = 1 } } },
		{ false, { .s6_addr = { 0xff, 0x02, [15] = 1 } } },
		{ false, { .s6_addr = { 0xff, 0x0e, [15] = 1 } } },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(addrs); i++)
		KUNIT_EXPECT_EQ(test, dsmip_in6_is_unicast(&addrs[i].a), addrs[i].unicast);
}

/* [DS-23] */
static void unicast_ipv4_addresses_are_told_from_others(struct kunit *test)
{
	static const struct {
		bool unicast;
		u32 a;
	} addrs[] = {
		{ false, 0x00000000 }, { false, 0x00ffffff }, { true, 0x01000000 },
		{ true, 0x0a000007 }, { true, 0x7effffff }, { false, 0x7f000001 },
		{ false, 0x7fffffff }, { true, 0x80000000 }, { true, 0xa9fdffff },
		{ false, 0xa9fe0000 }, { false, 0xa9feffff }, { true, 0xa9ff0000 },
		{ true, 0xc0000221 }, { true, 0xdfffffff }, { false, 0xe0000001 },
		{ false, 0xefffffff }, { false, 0xf0000000 }, { false, 0xffffffff },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(addrs); i++)
		KUNIT_EXPECT_EQ(test, dsmip_in4_is_unicast(cpu_to_be32(addrs[i].a)),
				addrs[i].unicast);
}

static void prefix_is_compared_bit_by_bit(struct kunit *test)
{
	u32 bit, plen;

	for (bit = 0; bit < 128; bit++) {
		struct in6_addr other = test_hoa;

		other.s6_addr[bit / 8] ^= 0x80 >> bit % 8;
		for (plen = 0; plen < 256; plen++)
			KUNIT_EXPECT_EQ(test, dsmip_in6_prefix_equal(&test_hoa, &other, plen),
					plen <= bit);
	}
	KUNIT_EXPECT_TRUE(test, dsmip_in6_prefix_equal(&test_hoa, &test_hoa, 128));
	KUNIT_EXPECT_TRUE(test, dsmip_in6_prefix_equal(&test_hoa, &test_hoa, 255));
}

/* :: and 0.0.0.0 stand for no address in either form */
static void ipv4_address_is_mapped_and_back(struct kunit *test)
{
	static const struct in6_addr mapped = { .s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 33 } };
	static const struct in6_addr none;
	const __be32 addr = cpu_to_be32(0xc0000221);
	struct in6_addr a = dsmip_in6_from_in4(addr);

	KUNIT_EXPECT_TRUE(test, test_same_in6(&a, &mapped));
	KUNIT_EXPECT_EQ(test, be32_to_cpu(dsmip_in6_to_in4(&a)), 0xc0000221);
	a = dsmip_in6_from_in4(0);
	KUNIT_EXPECT_TRUE(test, test_same_in6(&a, &none));
	KUNIT_EXPECT_EQ(test, be32_to_cpu(dsmip_in6_to_in4(&none)), 0);
	KUNIT_EXPECT_EQ(test, be32_to_cpu(dsmip_in6_to_in4(&test_coa)), 0);
	a = mapped;
	a.s6_addr[9] = 1;
	KUNIT_EXPECT_EQ(test, be32_to_cpu(dsmip_in6_to_in4(&a)), 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(home_address_option_is_made_and_read),
	KUNIT_CASE(home_address_option_may_be_padded_in_any_way),
	KUNIT_CASE(home_address_option_in_company_is_refused),
	KUNIT_CASE(home_address_option_twice_is_refused),
	KUNIT_CASE(home_address_option_of_another_length_is_refused),
	KUNIT_CASE(header_beyond_the_packet_is_refused),
	KUNIT_CASE(header_of_others_is_left_to_the_stack),
	KUNIT_CASE(arrival_option_is_made_and_read),
	KUNIT_CASE(arrival_option_of_another_form_is_refused),
	KUNIT_CASE(arrival_option_padded_otherwise_is_refused),
	KUNIT_CASE(arrival_option_hidden_among_others_is_refused),
	KUNIT_CASE(routing_header_is_made_and_read),
	KUNIT_CASE(encapsulation_limit_is_made),
	KUNIT_CASE(unicast_ipv6_addresses_are_told_from_others),
	KUNIT_CASE(unicast_ipv4_addresses_are_told_from_others),
	KUNIT_CASE(prefix_is_compared_bit_by_bit),
	KUNIT_CASE(ipv4_address_is_mapped_and_back),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-ext", .test_cases = cases };

kunit_test_suite(suite);
