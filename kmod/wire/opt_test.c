// SPDX-License-Identifier: GPL-2.0

#include <kunit/test.h>
#include "help_test.h"

enum { TYPES = 64, LENGTHS = 256 };

/* Table 1.4 of the standards, written down again. */
struct form {
	const char *name;
	u8 type;
	u8 len;
	u8 unit;
	u8 offset;
};

static const struct form forms[] = {
	{ "refresh advice 2n", DSMIP_OPT_REFRESH, 2, 2, 0 },
	{ "alternate care-of address 8n+6", DSMIP_OPT_ALT_COA, 16, 8, 6 },
	{ "nonce indices 2n", DSMIP_OPT_NONCE, 4, 2, 0 },
	{ "authorization data 8n+2", DSMIP_OPT_AUTH_DATA, 12, 8, 2 },
	{ "mobile network prefix 8n+4", DSMIP_OPT_MNP, 18, 8, 4 },
	{ "link-layer address", DSMIP_OPT_LLA, 7, 1, 0 },
	{ "identifier", DSMIP_OPT_MN_ID, 15, 1, 0 },
	{ "authentication 4n+1", DSMIP_OPT_AUTH, 17, 4, 1 },
	{ "replay protection 8n+2", DSMIP_OPT_REPLAY, 8, 8, 2 },
	{ "DNS update", DSMIP_OPT_DNS_UPDATE, 9, 1, 0 },
	{ "service selection", DSMIP_OPT_SERVICE, 5, 1, 0 },
	{ "IPv4 home address 4n", DSMIP_OPT_HOA4, 6, 4, 0 },
	{ "IPv4 address acknowledgment 4n", DSMIP_OPT_HOA4_ACK, 6, 4, 0 },
	{ "NAT detection 4n", DSMIP_OPT_NAT, 6, 4, 0 },
	{ "IPv4 care-of address 4n", DSMIP_OPT_COA4, 6, 4, 0 },
	{ "binding identifier 2n", DSMIP_OPT_BID, 4, 2, 0 },
	{ "binding identifier with IPv4 8n+2", DSMIP_OPT_BID, 8, 8, 2 },
	{ "binding identifier with IPv6 8n+2", DSMIP_OPT_BID, 20, 8, 2 },
	{ "flow summary 2n", DSMIP_OPT_FLOW_SUMMARY, 6, 2, 0 },
	{ "flow identification 2n", DSMIP_OPT_FLOW, 6, 2, 0 },
	{ "unknown", 200, 5, 1, 0 },
};

static void name_form(const struct form *form, char *desc)
{
	strscpy(desc, form->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(forms, forms, name_form);

/* A message that has got as far as @at octets. */
static struct dsmip_opt_out begun(u8 *buf, u16 size, u16 at)
{
	static const u8 fixed[32];

	memset(buf, 0xee, size);
	return dsmip_opt_begin(buf, size, DSMIP_MH_BU, fixed, at - DSMIP_MH_HLEN);
}

/* [MH-11] each option on its alignment, from wherever it starts */
static void option_stands_on_its_alignment(struct kunit *test)
{
	const struct form *form = test->param_value;
	static const u8 body[32];
	u8 buf[128];
	u16 at;

	for (at = 8; at < 8 + 2 * 8; at++) {
		struct dsmip_opt_out out = begun(buf, sizeof(buf), at);
		struct dsmip_opt_cursor c;
		struct dsmip_opt opt;
		int len;

		dsmip_opt_put(&out, form->type, body, form->len);
		len = dsmip_opt_finish(&out);
		KUNIT_ASSERT_GT(test, len, 0);
		c = (struct dsmip_opt_cursor){ .mh = dsmip_span(buf, len), .at = at };
		KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
		KUNIT_EXPECT_EQ(test, opt.type, form->type);
		KUNIT_EXPECT_EQ(test, opt.body.len, form->len);
		KUNIT_EXPECT_EQ(test, opt.at % form->unit, form->offset);
		KUNIT_EXPECT_LT(test, opt.at - at, 8);
	}
}

/* [MH-11] total length a multiple of 8, and Header Len says it */
static void message_is_a_multiple_of_8(struct kunit *test)
{
	static const u8 body[16];
	u8 buf[64];
	u8 n;

	for (n = 0; n <= sizeof(body); n++) {
		struct dsmip_opt_out out = begun(buf, sizeof(buf), 12);
		int len;

		dsmip_opt_put(&out, 200, body, n);
		len = dsmip_opt_finish(&out);
		KUNIT_EXPECT_EQ(test, len % 8, 0);
		KUNIT_EXPECT_GE(test, len, 12 + 2 + n);
		KUNIT_EXPECT_LT(test, len, 12 + 2 + n + 8);
		KUNIT_EXPECT_EQ(test, (buf[1] + 1) * 8, len);
	}
}

/* [MH-10] padding: one octet is Pad1, more are PadN, its data zero */
static void padding_is_zero_and_as_long_as_needed(struct kunit *test)
{
	static const u8 body[16];
	u8 buf[64];
	u8 pad;

	for (pad = 0; pad < 8; pad++) {
		struct dsmip_opt_out out = begun(buf, sizeof(buf), 16);
		const u8 *to = buf + 16 + 2 + 14 - pad;
		u8 i;

		dsmip_opt_put(&out, 200, body, 14 - pad);
		KUNIT_ASSERT_EQ(test, dsmip_opt_finish(&out), 32);
		if (pad == 1)
			KUNIT_EXPECT_EQ(test, to[0], DSMIP_OPT_PAD1);
		if (pad < 2)
			continue;
		KUNIT_EXPECT_EQ(test, to[0], DSMIP_OPT_PADN);
		KUNIT_EXPECT_EQ(test, to[1], pad - 2);
		for (i = 2; i < pad; i++)
			KUNIT_EXPECT_EQ(test, to[i], 0);
	}
}

static void option_that_does_not_fit_is_not_written(struct kunit *test)
{
	static const u8 body[16];
	u8 buf[40];
	u16 size;

	for (size = 0; size < sizeof(buf); size++) {
		struct dsmip_opt_out out = begun(buf, size, 12);

		memset(buf + size, 0xee, sizeof(buf) - size);
		dsmip_opt_put(&out, DSMIP_OPT_ALT_COA, body, 16);
		KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), size < 32 ? -ENOSPC : 32);
		KUNIT_EXPECT_EQ(test, buf[size], 0xee);
	}
}

static void padding_that_does_not_fit_is_not_written(struct kunit *test)
{
	u8 buf[16];
	u16 size;

	for (size = 14; size < sizeof(buf); size++) {
		struct dsmip_opt_out out = begun(buf, size, 12);

		buf[size] = 0xee;
		dsmip_opt_put(&out, 200, NULL, 0);
		KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -ENOSPC);
		KUNIT_EXPECT_EQ(test, buf[size], 0xee);
	}
}

static void option_of_more_than_255_octets_is_not_written(struct kunit *test)
{
	static u8 body[256], buf[1024];
	struct dsmip_opt_out out = begun(buf, sizeof(buf), 12);
	const struct dsmip_mn_id id = { 1, dsmip_span(body, 255) };
	const struct dsmip_flow flow = { .fid = 1, .sub = dsmip_span(body, 250) };

	dsmip_opt_put(&out, 200, body, 255);
	KUNIT_EXPECT_FALSE(test, out.overflow);
	dsmip_opt_put(&out, 200, body, 256);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -ENOSPC);

	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_mn_id(&out, &id);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -ENOSPC);

	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_flow(&out, &flow);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -ENOSPC);
}

static void message_of_more_than_2048_octets_is_not_made(struct kunit *test)
{
	static u8 body[255], buf[DSMIP_MH_MAX + 64];
	struct dsmip_opt_out out = begun(buf, sizeof(buf), 8);
	u8 i;

	for (i = 0; i < 8; i++)
		dsmip_opt_put(&out, 200, body, 253);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), DSMIP_MH_MAX);
	dsmip_opt_put(&out, 200, body, 0);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -ENOSPC);
}

/* [MH-09] an option must end where the message does, or before */
static void truncated_option_is_refused(struct kunit *test)
{
	static const u8 whole[] = { 0x00, 0xc8, 0x05, 1, 2, 3, 4, 5 };
	u32 cut;

	for (cut = 0; cut <= sizeof(whole); cut++) {
		struct dsmip_opt_cursor c = { .mh = dsmip_span(whole, cut) };
		struct dsmip_opt opt;
		const int more = dsmip_opt_next(&c, &opt);

		if (cut < 2)
			KUNIT_EXPECT_EQ(test, more, 0);
		else if (cut < sizeof(whole))
			KUNIT_EXPECT_EQ(test, more, -EBADMSG);
		else
			KUNIT_EXPECT_EQ(test, more, 1);
		if (more < 0)
			KUNIT_EXPECT_EQ(test, c.at, 1);
	}
}

/* [MH-09] the same for padding */
static void truncated_padding_is_refused(struct kunit *test)
{
	static const u8 lone[] = { DSMIP_OPT_PADN };
	static const u8 far[] = { DSMIP_OPT_PADN, 3, 0, 0 };
	struct dsmip_opt_cursor c = { .mh = dsmip_span(lone, sizeof(lone)) };
	struct dsmip_opt opt;

	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&c, &opt), -EBADMSG);
	c = (struct dsmip_opt_cursor){ .mh = dsmip_span(far, sizeof(far)) };
	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&c, &opt), -EBADMSG);
}

/* an offset of 16 bits must not run round for ever */
static void walk_over_more_than_65535_octets_ends(struct kunit *test)
{
	static const u8 octets[0x10000 + 8];
	struct dsmip_opt_cursor c = { .mh = dsmip_span(octets, sizeof(octets)) };
	struct dsmip_opt opt;

	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&c, &opt), 0);
}

/* [MH-10] PadN is skipped whatever it holds */
static void padding_is_skipped(struct kunit *test)
{
	static const u8 octets[] = { 0, 1, 0, 1, 3, 0xff, 0xff, 0xff, 0, 0xc8, 1, 7, 0, 1, 0 };
	struct dsmip_opt_cursor c = { .mh = dsmip_span(octets, sizeof(octets)) };
	struct dsmip_opt opt;

	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_EXPECT_EQ(test, opt.type, 0xc8);
	KUNIT_EXPECT_EQ(test, opt.at, 9);
	KUNIT_ASSERT_EQ(test, opt.body.len, 1);
	KUNIT_EXPECT_EQ(test, opt.body.data[0], 7);
	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&c, &opt), 0);
	KUNIT_EXPECT_EQ(test, dsmip_opt_next(&c, &opt), 0);
}

/* [MH-08] unknown options are skipped, the following ones handled */
static void unknown_option_is_skipped(struct kunit *test)
{
	static const u8 options[] = { 200, 2, 3, 16, 33, 1, 0, DSMIP_OPT_NONCE, 4, 0, 5, 0, 6,
				      255, 0, 0, 0, 0, 0, 0 };
	const struct dsmip_span mh = test_options(DSMIP_MH_BU, options, sizeof(options));
	struct dsmip_opt_cursor c = { .mh = mh, .at = TEST_FIXED_OF_BU };
	enum dsmip_drop why;
	struct dsmip_opt opt;
	u64 has = 0;

	KUNIT_ASSERT_TRUE(test, dsmip_opt_take(&c, &opt, &has, &why));
	KUNIT_EXPECT_EQ(test, opt.type, DSMIP_OPT_NONCE);
	KUNIT_EXPECT_FALSE(test, dsmip_opt_take(&c, &opt, &has, &why));
	KUNIT_EXPECT_EQ(test, why, DSMIP_OK);
	KUNIT_EXPECT_EQ(test, has, DSMIP_HAS(DSMIP_OPT_NONCE));
}

/* What take says of one option of this type and length at the end of a message. */
static enum dsmip_drop judged(u8 type, u8 len)
{
	u8 options[2 + 255] = { type, len };
	struct dsmip_span mh = test_options(DSMIP_MH_BU, options, 2 + len);
	struct dsmip_opt_cursor c = { .mh = mh, .at = TEST_FIXED_OF_BU };
	enum dsmip_drop why;
	struct dsmip_opt opt;
	u64 has = 0;

	dsmip_opt_take(&c, &opt, &has, &why);
	return why;
}

static bool may_be_so_long(u8 type, u32 len)
{
	switch (type) {
	case DSMIP_OPT_REFRESH:
		return len == 2;
	case DSMIP_OPT_ALT_COA:
		return len == 16;
	case DSMIP_OPT_NONCE:
		return len == 4;
	case DSMIP_OPT_AUTH_DATA:
		return len == 12;
	case DSMIP_OPT_MNP:
		return len == 18;
	case DSMIP_OPT_REPLAY:
		return len == 8;
	case DSMIP_OPT_HOA4:
	case DSMIP_OPT_HOA4_ACK:
	case DSMIP_OPT_NAT:
	case DSMIP_OPT_COA4:
		return len == 6;
	case DSMIP_OPT_LLA:
	case DSMIP_OPT_MN_ID:
	case DSMIP_OPT_SERVICE:
		return len >= 1;
	case DSMIP_OPT_DNS_UPDATE:
		return len >= 2;
	case DSMIP_OPT_AUTH:
		return len >= 5;
	case DSMIP_OPT_FLOW_SUMMARY:
		return len >= 2 && !(len % 2);
	case DSMIP_OPT_FLOW:
		return len >= 6;
	}
	return true;	/* padding, unknown, or judged where it is decoded */
}

/* [MH-09] a known option of a length that it cannot have */
static void wrong_length_is_refused_and_no_other(struct kunit *test)
{
	u32 type, len;

	for (type = 0; type < TYPES; type++) {
		if (type == DSMIP_OPT_PAD1)
			continue;
		for (len = 0; len < LENGTHS; len++)
			KUNIT_EXPECT_EQ(test, judged(type, len),
					may_be_so_long(type, len) ? DSMIP_OK :
					DSMIP_DROP_OPT_LENGTH);
	}
}

/* [MH-12] an option on no alignment at all is accepted */
static void misaligned_option_is_accepted(struct kunit *test)
{
	u8 options[52] = {};
	u8 at;

	for (at = 0; at < 8; at++) {
		struct dsmip_opt_cursor c;
		enum dsmip_drop why;
		struct dsmip_opt opt;
		u64 has = 0;

		memset(options, 0, sizeof(options));
		options[at] = DSMIP_OPT_ALT_COA;
		options[at + 1] = 16;
		memcpy(options + at + 2, &test_coa, sizeof(test_coa));
		c.mh = test_options(DSMIP_MH_BU, options, sizeof(options));
		c.at = TEST_FIXED_OF_BU;
		KUNIT_ASSERT_TRUE(test, dsmip_opt_take(&c, &opt, &has, &why));
		KUNIT_EXPECT_EQ(test, opt.at, TEST_FIXED_OF_BU + at);
		KUNIT_EXPECT_EQ(test, memcmp(opt.body.data, &test_coa, sizeof(test_coa)), 0);
	}
}

static bool may_stand_once(u8 type)
{
	switch (type) {
	case DSMIP_OPT_REFRESH:
	case DSMIP_OPT_ALT_COA:
	case DSMIP_OPT_NONCE:
	case DSMIP_OPT_MN_ID:
	case DSMIP_OPT_REPLAY:
	case DSMIP_OPT_SERVICE:
	case DSMIP_OPT_NAT:
	case DSMIP_OPT_COA4:
		return true;
	}
	return false;
}

static void option_that_may_stand_once_stands_once(struct kunit *test)
{
	const struct form *form = test->param_value;
	u8 options[2 * (2 + 20) + 8] = { form->type, form->len };
	u8 *again = options + 2 + form->len;
	struct dsmip_opt_cursor c = { .at = TEST_FIXED_OF_BU };
	enum dsmip_drop why;
	struct dsmip_opt opt;
	u64 has = 0;
	u8 n = 0;

	again[0] = form->type;
	again[1] = form->len;
	c.mh = test_options(DSMIP_MH_BU, options, 2 * (2 + form->len));
	while (dsmip_opt_take(&c, &opt, &has, &why))
		n++;
	if (form->type == DSMIP_OPT_AUTH_DATA)
		KUNIT_EXPECT_EQ(test, why, DSMIP_DROP_OPT_AUTH_PLACE);
	else if (may_stand_once(form->type))
		KUNIT_EXPECT_EQ(test, why, DSMIP_DROP_OPT_REPEATED);
	else
		KUNIT_EXPECT_EQ(test, why, DSMIP_OK);
	if (why == DSMIP_OK)
		KUNIT_EXPECT_EQ(test, n, form->type < TYPES ? 2 : 0);
}

/* [MH-13] authorization data: the last option, and nothing behind it */
static void authorization_data_ends_the_message(struct kunit *test)
{
	static const struct {
		u8 behind[4];
		u8 len;
		enum dsmip_drop why;
	} ends[] = {
		{ {}, 0, DSMIP_OK },
		{ { 0 }, 1, DSMIP_DROP_OPT_AUTH_PLACE },
		{ { DSMIP_OPT_PADN, 0 }, 2, DSMIP_DROP_OPT_AUTH_PLACE },
		{ { 200, 0 }, 2, DSMIP_DROP_OPT_AUTH_PLACE },
		{ { DSMIP_OPT_REFRESH, 2 }, 4, DSMIP_DROP_OPT_AUTH_PLACE },
	};
	u8 i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		u8 options[2 + 12 + 4] = { DSMIP_OPT_AUTH_DATA, 12 };
		struct dsmip_opt_cursor c = { .at = TEST_FIXED_OF_BU };
		enum dsmip_drop why;
		struct dsmip_opt opt;
		u64 has = 0;

		memcpy(options + 14, ends[i].behind, ends[i].len);
		c.mh = test_options(DSMIP_MH_BU, options, 14 + ends[i].len);
		while (dsmip_opt_take(&c, &opt, &has, &why))
			;
		KUNIT_EXPECT_EQ(test, why, ends[i].why);
	}
}

/* [MH-10] reserved bits: ignored on receive, zero on send */
static void reserved_bits_of_options_are_ignored_and_sent_as_zero(struct kunit *test)
{
	static const u8 in[] = {
		DSMIP_OPT_HOA4, 6, 32 << 2 | 1, 0xff, 10, 0, 0, 7,
		DSMIP_OPT_HOA4_ACK, 6, 0, 32 << 2 | 3, 10, 0, 0, 7,
		DSMIP_OPT_NAT, 6, 0x7f, 0xff, 0, 0, 0, 110,
		DSMIP_OPT_FLOW, 6, 0, 10, 0, 20, 0xff, 0,
	};
	static const u8 out_octets[] = {
		DSMIP_OPT_HOA4, 6, 32 << 2, 0, 10, 0, 0, 7,
		DSMIP_OPT_HOA4_ACK, 6, 0, 32 << 2, 10, 0, 0, 7,
		DSMIP_OPT_NAT, 6, 0, 0, 0, 0, 0, 110,
		DSMIP_OPT_FLOW, 6, 0, 10, 0, 20, 0, 0,
	};
	struct dsmip_opt_cursor c = { .mh = dsmip_span(in, sizeof(in)) };
	u8 buf[64];
	struct dsmip_opt_out out = begun(buf, sizeof(buf), 8);
	struct dsmip_hoa4 hoa4;
	struct dsmip_flow flow;
	struct dsmip_nat nat;
	struct dsmip_opt opt;

	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_ASSERT_TRUE(test, dsmip_opt_hoa4(&opt, &hoa4));
	KUNIT_EXPECT_FALSE(test, hoa4.prefix);
	dsmip_opt_put_hoa4(&out, &hoa4);
	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_ASSERT_TRUE(test, dsmip_opt_hoa4(&opt, &hoa4));
	dsmip_opt_put_hoa4_ack(&out, &hoa4);
	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_ASSERT_TRUE(test, dsmip_opt_nat(&opt, &nat));
	KUNIT_EXPECT_FALSE(test, nat.force);
	dsmip_opt_put_nat(&out, &nat);
	KUNIT_ASSERT_EQ(test, dsmip_opt_next(&c, &opt), 1);
	KUNIT_ASSERT_TRUE(test, dsmip_opt_flow(&opt, &flow));
	dsmip_opt_put_flow(&out, &flow);
	KUNIT_ASSERT_EQ(test, dsmip_opt_finish(&out), 8 + sizeof(out_octets));
	KUNIT_EXPECT_EQ(test, memcmp(buf + 8, out_octets, sizeof(out_octets)), 0);
}

static void decoder_wants_its_own_length(struct kunit *test)
{
	static const u8 body[32];
	u8 len;

	for (len = 0; len <= sizeof(body); len++) {
		const struct dsmip_opt opt = { .body = dsmip_span(body, len) };
		struct dsmip_mn_id id;
		struct dsmip_hoa4 hoa4;
		struct dsmip_flow flow;
		struct dsmip_nat nat;
		struct dsmip_mnp mnp;
		struct dsmip_bid bid;

		KUNIT_EXPECT_EQ(test, dsmip_opt_hoa4(&opt, &hoa4), len == 6);
		KUNIT_EXPECT_EQ(test, dsmip_opt_nat(&opt, &nat), len == 6);
		KUNIT_EXPECT_EQ(test, dsmip_opt_mnp(&opt, &mnp), len == 18);
		KUNIT_EXPECT_EQ(test, dsmip_opt_bid(&opt, &bid),
				len == 4 || len == 8 || len == 20);
		KUNIT_EXPECT_EQ(test, dsmip_opt_mn_id(&opt, &id), len >= 1);
		KUNIT_EXPECT_EQ(test, dsmip_opt_flow(&opt, &flow), len >= 6);
	}
}

static void value_without_octets_is_not_sent(struct kunit *test)
{
	static const struct dsmip_hoa4 hoa4 = { .plen = 64 };
	static const struct dsmip_bid loud = { .bid = 1, .priority = 128 };
	static const struct dsmip_bid odd = { .bid = 1, .coa_len = 6 };
	struct dsmip_opt_out out;
	u8 buf[64];

	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_hoa4(&out, &hoa4);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -EINVAL);
	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_hoa4_ack(&out, &hoa4);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -EINVAL);
	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_bid(&out, &loud);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -EINVAL);
	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_bid(&out, &odd);
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -EINVAL);
}

static void rest_is_written_on_its_alignment(struct kunit *test)
{
	static const u8 options[] = { DSMIP_OPT_FLOW_SUMMARY, 2, 0, 9, 200, 1, 1,
				      DSMIP_OPT_NAT, 6, 0, 0, 0, 0, 0, 110 };
	struct dsmip_opt_out out;
	u8 buf[64];

	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_rest(&out, dsmip_span(options, sizeof(options)),
			   DSMIP_HAS(DSMIP_OPT_NAT));
	KUNIT_ASSERT_EQ(test, dsmip_opt_finish(&out), 24);
	KUNIT_EXPECT_EQ(test, memcmp(buf + 12, options + 7, 8), 0);

	out = begun(buf, sizeof(buf), 12);
	dsmip_opt_put_rest(&out, dsmip_span(options, sizeof(options) - 1),
			   DSMIP_HAS(DSMIP_OPT_NAT));
	KUNIT_EXPECT_EQ(test, dsmip_opt_finish(&out), -EINVAL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(option_stands_on_its_alignment, forms_gen_params),
	KUNIT_CASE(message_is_a_multiple_of_8),
	KUNIT_CASE(padding_is_zero_and_as_long_as_needed),
	KUNIT_CASE(option_that_does_not_fit_is_not_written),
	KUNIT_CASE(padding_that_does_not_fit_is_not_written),
	KUNIT_CASE(option_of_more_than_255_octets_is_not_written),
	KUNIT_CASE(message_of_more_than_2048_octets_is_not_made),
	KUNIT_CASE(truncated_option_is_refused),
	KUNIT_CASE(truncated_padding_is_refused),
	KUNIT_CASE(walk_over_more_than_65535_octets_ends),
	KUNIT_CASE(padding_is_skipped),
	KUNIT_CASE(unknown_option_is_skipped),
	KUNIT_CASE(wrong_length_is_refused_and_no_other),
	KUNIT_CASE(misaligned_option_is_accepted),
	KUNIT_CASE_PARAM(option_that_may_stand_once_stands_once, forms_gen_params),
	KUNIT_CASE(authorization_data_ends_the_message),
	KUNIT_CASE(reserved_bits_of_options_are_ignored_and_sent_as_zero),
	KUNIT_CASE(decoder_wants_its_own_length),
	KUNIT_CASE(value_without_octets_is_not_sent),
	KUNIT_CASE(rest_is_written_on_its_alignment),
	{}
};

static struct kunit_suite suite = { .name = "dsmip-wire-opt", .test_cases = cases };

kunit_test_suite(suite);
