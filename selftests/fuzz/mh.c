// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as a Mobility Header message. What a parser accepts, its builder
 * makes again, and the parser reads the same values from it.
 */

#include "fuzz.h"
#include "../../kmod/wire/help_test.h"

#define HAS(name) DSMIP_HAS(DSMIP_OPT_##name)
#define BR_KEPT (HAS(HOA4) | HAS(BID) | HAS(MN_ID))

static u8 first[DSMIP_MH_MAX], second[DSMIP_MH_MAX];

/* A message that was built is one that is received, and of this length. */
static struct dsmip_span received(const u8 *buf, int len)
{
	const struct dsmip_span in = dsmip_span(buf, len);
	struct dsmip_mh mh;
	u16 at;

	require(len >= 8 && len % 8 == 0 && len <= DSMIP_MH_MAX);
	require(dsmip_mh_parse(in, &mh, &at) == DSMIP_OK && mh.len == len);
	return in;
}

/* Packed tightly, options may need more room on their alignment than there is. */
static bool is_too_long(struct dsmip_span in, int len)
{
	return len == -ENOSPC && in.len > DSMIP_MH_MAX / 2;
}

#define COMES_BACK(kind)                                                                 \
	static void kind##_comes_back(struct dsmip_span in, struct dsmip_##kind *v)      \
	{                                                                                \
		struct dsmip_##kind again;                                               \
		int len = dsmip_##kind##_build(v, first, sizeof(first));                 \
		if (is_too_long(in, len))                                                \
			return;                                                          \
		require(dsmip_##kind##_parse(received(first, len), &again) == DSMIP_OK); \
		require(test_same_##kind(v, &again));                                    \
		require(dsmip_##kind##_build(&again, second, sizeof(second)) == len);    \
		require(!memcmp(first, second, len));                                    \
	}

COMES_BACK(bu)
COMES_BACK(ba)
COMES_BACK(be)
COMES_BACK(brr)
COMES_BACK(rr)
COMES_BACK(has)
COMES_BACK(br)

/* An ill-formed Binding Identifier is kept for an answer, but never sent. */
static bool is_answered_only(const struct dsmip_bu *bu)
{
	u8 i;

	for (i = 0; i < bu->bid_count; i++)
		if (bu->bid[i].coa_len == 0xff)
			return true;
	return false;
}

static void parse_bu(struct dsmip_span in)
{
	struct dsmip_bu bu;

	if (dsmip_bu_parse(in, &bu) != DSMIP_OK)
		return;
	require(bu.lifetime_s % 4 == 0 && bu.hoa4_count <= DSMIP_HOA4_MAX &&
		bu.mnp_count <= DSMIP_MNP_MAX && bu.bid_count <= DSMIP_BID_MAX);
	if (is_answered_only(&bu))
		require(dsmip_bu_build(&bu, first, sizeof(first)) == -EINVAL);
	else
		bu_comes_back(in, &bu);
}

#define PARSER(kind)                                          \
	static void parse_##kind(struct dsmip_span in)        \
	{                                                     \
		struct dsmip_##kind v;                        \
		if (dsmip_##kind##_parse(in, &v) == DSMIP_OK) \
			kind##_comes_back(in, &v);            \
	}

PARSER(ba)
PARSER(be)
PARSER(brr)
PARSER(rr)
PARSER(has)

static void parse_br(struct dsmip_span in)
{
	struct dsmip_br br;

	if (dsmip_br_parse(in, &br) != DSMIP_OK)
		return;
	br.has &= BR_KEPT;
	br_comes_back(in, &br);
}

static void dispatch(struct dsmip_span in, u8 type)
{
	if (type == DSMIP_MH_BU)
		parse_bu(in);
	else if (type == DSMIP_MH_BA)
		parse_ba(in);
	else if (type == DSMIP_MH_BE)
		parse_be(in);
	else if (type == DSMIP_MH_BRR)
		parse_brr(in);
	else if (type == DSMIP_MH_HAS)
		parse_has(in);
	else if (type == DSMIP_MH_BR)
		parse_br(in);
	else
		parse_rr(in);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct dsmip_mh mh;
	u8 *exact;
	u16 at;

	if (dsmip_mh_parse(dsmip_span(data, size), &mh, &at) != DSMIP_OK) {
		require(at <= 2);
		return 0;
	}
	require(mh.len <= size && mh.len % 8 == 0);
	exact = malloc(mh.len);
	memcpy(exact, data, mh.len);
	dispatch(dsmip_span(exact, mh.len), mh.type);
	dsmip_mh_seal(exact, mh.len, &test_hoa, &test_ha);
	require(!dsmip_mh_checksum(dsmip_span(exact, mh.len), &test_hoa, &test_ha));
	free(exact);
	return 0;
}
