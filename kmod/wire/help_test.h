/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests and the fuzzers share: messages by hand, and when values are equal. */
#ifndef DSMIP_WIRE_HELP_TEST_H
#define DSMIP_WIRE_HELP_TEST_H

#include "ba.h"
#include "bu.h"
#include "mh.h"
#include "msg.h"

enum { TEST_FIXED_OF_BU = 12 };	/* where the options of a BU, BA or BR begin */

static const struct in6_addr test_hoa __maybe_unused = {
	.s6_addr = { 0x20, 0x01, 0x0d, 0xb8, 0x00, 0x01, [15] = 0x07 },
};

static const struct in6_addr test_ha __maybe_unused = {
	.s6_addr = { 0x20, 0x01, 0x0d, 0xb8, 0x00, 0x0f, [15] = 0x01 },
};

static const struct in6_addr test_coa __maybe_unused = {
	.s6_addr = { 0x20, 0x01, 0x0d, 0xb8, 0x00, 0x02, 0x00, 0x03, [15] = 0x09 },
};

/* A message of one type with these octets after the checksum, as long as they say. */
static inline struct dsmip_span test_message(u8 type, const void *rest, u32 len)
{
	static u8 buf[DSMIP_MH_MAX];
	const u32 all = DSMIP_MH_HLEN + len;

	memset(buf, 0, sizeof(buf));
	buf[0] = DSMIP_MH_PROTO_NONE;
	buf[1] = all / 8 - 1;
	buf[2] = type;
	memcpy(buf + DSMIP_MH_HLEN, rest, len);
	return dsmip_span(buf, all);
}

/* The same with a fixed part of zeroes, as long as that of a BU, BA or BR. */
static inline struct dsmip_span test_options(u8 type, const void *options, u32 len)
{
	static u8 rest[DSMIP_MH_MAX - DSMIP_MH_HLEN];
	const u32 at = TEST_FIXED_OF_BU - DSMIP_MH_HLEN;

	memset(rest, 0, sizeof(rest));
	memcpy(rest + at, options, len);
	return test_message(type, rest, at + len);
}

static inline bool test_same_in6(const struct in6_addr *a, const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static inline bool test_same_span(struct dsmip_span a, struct dsmip_span b)
{
	return a.len == b.len && (!a.len || !memcmp(a.data, b.data, a.len));
}

static inline bool test_same_id(const struct dsmip_mn_id *a, const struct dsmip_mn_id *b)
{
	return a->subtype == b->subtype && test_same_span(a->id, b->id);
}

static inline bool test_same_hoa4(const struct dsmip_hoa4 *a, const struct dsmip_hoa4 *b,
				  u8 count)
{
	for (; count; count--, a++, b++)
		if (a->addr != b->addr || a->plen != b->plen || a->prefix != b->prefix ||
		    a->status != b->status)
			return false;
	return true;
}

static inline bool test_same_mnp(const struct dsmip_mnp *a, const struct dsmip_mnp *b, u8 count)
{
	for (; count; count--, a++, b++)
		if (a->plen != b->plen || !test_same_in6(&a->prefix, &b->prefix))
			return false;
	return true;
}

static inline bool test_same_bid(const struct dsmip_bid *a, const struct dsmip_bid *b, u8 count)
{
	for (; count; count--, a++, b++)
		if (a->bid != b->bid || a->status != b->status || a->home != b->home ||
		    a->priority != b->priority || a->coa_len != b->coa_len ||
		    (a->coa_len && !test_same_in6(&a->coa, &b->coa)))
			return false;
	return true;
}

/* All values; the borrowed options are not compared. */
static inline bool test_same_bu(const struct dsmip_bu *a, const struct dsmip_bu *b)
{
	return a->seq == b->seq && a->flags == b->flags && a->lifetime_s == b->lifetime_s &&
	       a->has == b->has && test_same_in6(&a->alt_coa, &b->alt_coa) &&
	       a->coa4 == b->coa4 && a->nonce_home == b->nonce_home &&
	       a->nonce_coa == b->nonce_coa && a->hoa4_count == b->hoa4_count &&
	       test_same_hoa4(a->hoa4, b->hoa4, a->hoa4_count) &&
	       a->mnp_count == b->mnp_count && test_same_mnp(a->mnp, b->mnp, a->mnp_count) &&
	       a->bid_count == b->bid_count && test_same_bid(a->bid, b->bid, a->bid_count) &&
	       test_same_id(&a->id, &b->id);
}

static inline bool test_same_ba(const struct dsmip_ba *a, const struct dsmip_ba *b)
{
	return a->status == b->status && a->flags == b->flags && a->seq == b->seq &&
	       a->lifetime_s == b->lifetime_s && a->has == b->has &&
	       a->refresh_s == b->refresh_s && a->hoa4_count == b->hoa4_count &&
	       test_same_hoa4(a->hoa4, b->hoa4, a->hoa4_count) &&
	       a->nat.force == b->nat.force && a->nat.refresh_s == b->nat.refresh_s &&
	       a->bid_count == b->bid_count && test_same_bid(a->bid, b->bid, a->bid_count);
}

static inline bool test_same_brr(const struct dsmip_brr *a, const struct dsmip_brr *b)
{
	return a->bid_count == b->bid_count && test_same_bid(a->bid, b->bid, a->bid_count);
}

static inline bool test_same_rr(const struct dsmip_rr *a, const struct dsmip_rr *b)
{
	return a->type == b->type && a->nonce == b->nonce && a->cookie == b->cookie &&
	       a->token == b->token;
}

static inline bool test_same_be(const struct dsmip_be *a, const struct dsmip_be *b)
{
	return a->status == b->status && test_same_in6(&a->hoa, &b->hoa);
}

static inline bool test_same_has(const struct dsmip_has *a, const struct dsmip_has *b)
{
	return a->count == b->count && !memcmp(a->ha, b->ha, a->count * sizeof(a->ha[0]));
}

static inline bool test_same_br(const struct dsmip_br *a, const struct dsmip_br *b)
{
	return a->type == b->type && a->code == b->code && a->seq == b->seq &&
	       a->flags == b->flags && a->has == b->has &&
	       test_same_hoa4(&a->hoa4, &b->hoa4, 1) && a->bid_count == b->bid_count &&
	       test_same_bid(a->bid, b->bid, a->bid_count) && test_same_id(&a->id, &b->id);
}

#endif
