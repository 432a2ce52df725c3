// SPDX-License-Identifier: GPL-2.0
/* The smaller messages: RFC 6275 6.1.2 to 6.1.6 and 6.1.9, RFC 5142 4, RFC 5846 5. */

#include "msg.h"
#include "mh.h"

struct be_fixed {
	u8 status;
	u8 reserved;
	struct in6_addr hoa;
} __packed;
static_assert(sizeof(struct be_fixed) == 18);

struct brr_fixed {
	__be16 reserved;
} __packed;
static_assert(sizeof(struct brr_fixed) == 2);

struct rr_fixed {
	__be16 nonce;		/* reserved in HoTI and CoTI */
	__be64 cookie;
	__be64 token;		/* in HoT and CoT only */
} __packed;
static_assert(sizeof(struct rr_fixed) == 18);

struct has_fixed {
	u8 count;
	u8 reserved;
	struct in6_addr ha[DSMIP_HAS_MAX];
} __packed;
static_assert(offsetof(struct has_fixed, ha) == 2);

struct br_fixed {
	u8 type;
	u8 code;
	__be16 seq;
	__be16 flags;
} __packed;
static_assert(sizeof(struct br_fixed) == 6);

enum msg_sizes {
	BE_OPTIONS = DSMIP_MH_HLEN + sizeof(struct be_fixed),
	BRR_OPTIONS = DSMIP_MH_HLEN + sizeof(struct brr_fixed),
	TEST_INIT_FIXED = offsetof(struct rr_fixed, token),
	HAS_HEAD = offsetof(struct has_fixed, ha),
	BR_OPTIONS = DSMIP_MH_HLEN + sizeof(struct br_fixed),
	BR_FLAGS = DSMIP_BR_P | DSMIP_BR_V | DSMIP_BR_G,
};

/* Options of a message that keeps none of them: only whether they may be so. */
static enum dsmip_drop skip_options(struct dsmip_span mh, u16 at)
{
	struct dsmip_opt_cursor c = { .mh = mh, .at = at };
	struct dsmip_opt opt;
	enum dsmip_drop why;
	u64 has = 0;

	while (dsmip_opt_take(&c, &opt, &has, &why))
		;
	return why;
}

enum dsmip_drop dsmip_be_parse(struct dsmip_span mh, struct dsmip_be *be)
{
	struct be_fixed fixed;

	memcpy(&fixed, mh.data + DSMIP_MH_HLEN, sizeof(fixed));
	be->status = fixed.status;
	be->hoa = fixed.hoa;
	return skip_options(mh, BE_OPTIONS);
}

int dsmip_be_build(const struct dsmip_be *be, u8 *buf, u16 size)
{
	const struct be_fixed fixed = { .status = be->status, .hoa = be->hoa };
	struct dsmip_opt_out out;

	out = dsmip_opt_begin(buf, size, DSMIP_MH_BE, &fixed, sizeof(fixed));
	return dsmip_opt_finish(&out);
}

static enum dsmip_drop keep_bid(const struct dsmip_opt *opt, struct dsmip_bid *bid, u8 *count)
{
	if (*count == DSMIP_BID_MAX)
		return DSMIP_DROP_OPT_REPEATED;
	if (!dsmip_opt_bid(opt, &bid[*count]))
		return DSMIP_DROP_OPT_LENGTH;
	++*count;
	return DSMIP_OK;
}

static void put_bids(struct dsmip_opt_out *out, const struct dsmip_bid *bid, u8 count)
{
	u8 i;

	if (count > DSMIP_BID_MAX) {
		out->invalid = true;
		return;
	}
	for (i = 0; i < count; i++)
		dsmip_opt_put_bid(out, &bid[i]);
}

enum dsmip_drop dsmip_brr_parse(struct dsmip_span mh, struct dsmip_brr *brr)
{
	struct dsmip_opt_cursor c = { .mh = mh, .at = BRR_OPTIONS };
	struct dsmip_opt opt;
	enum dsmip_drop why;
	u64 has = 0;

	*brr = (struct dsmip_brr){};
	while (dsmip_opt_take(&c, &opt, &has, &why)) {
		if (opt.type == DSMIP_OPT_BID)
			why = keep_bid(&opt, brr->bid, &brr->bid_count);
		if (why != DSMIP_OK)
			return why;
	}
	return why;
}

int dsmip_brr_build(const struct dsmip_brr *brr, u8 *buf, u16 size)
{
	const struct brr_fixed fixed = {};
	struct dsmip_opt_out out;

	out = dsmip_opt_begin(buf, size, DSMIP_MH_BRR, &fixed, sizeof(fixed));
	put_bids(&out, brr->bid, brr->bid_count);
	return dsmip_opt_finish(&out);
}

/* Octets after the checksum; 0 for a message that is none of the four. */
static u16 rr_length(u8 type)
{
	switch (type) {
	case DSMIP_MH_HOTI:
	case DSMIP_MH_COTI:
		return TEST_INIT_FIXED;
	case DSMIP_MH_HOT:
	case DSMIP_MH_COT:
		return sizeof(struct rr_fixed);
	}
	return 0;
}

enum dsmip_drop dsmip_rr_parse(struct dsmip_span mh, struct dsmip_rr *rr)
{
	const u8 type = mh.data[offsetof(struct dsmip_mh_hdr, type)];
	const u16 len = rr_length(type);
	struct rr_fixed fixed = {};

	memcpy(&fixed, mh.data + DSMIP_MH_HLEN, len);
	if (len == TEST_INIT_FIXED)
		fixed.nonce = 0;
	*rr = (struct dsmip_rr){
		.type = type,
		.nonce = be16_to_cpu(fixed.nonce),
		.cookie = be64_to_cpu(fixed.cookie),
		.token = be64_to_cpu(fixed.token),
	};
	return skip_options(mh, DSMIP_MH_HLEN + len);
}

int dsmip_rr_build(const struct dsmip_rr *rr, u8 *buf, u16 size)
{
	const u16 len = rr_length(rr->type);
	const struct rr_fixed fixed = {
		.nonce = cpu_to_be16(len == TEST_INIT_FIXED ? 0 : rr->nonce),
		.cookie = cpu_to_be64(rr->cookie),
		.token = cpu_to_be64(rr->token),
	};
	struct dsmip_opt_out out;

	out = dsmip_opt_begin(buf, size, rr->type, &fixed, len);
	out.invalid = !len;
	return dsmip_opt_finish(&out);
}

/* Addresses beyond those that fit are the least preferred ones: let go. */
enum dsmip_drop dsmip_has_parse(struct dsmip_span mh, struct dsmip_has *has)
{
	const u8 count = mh.data[DSMIP_MH_HLEN + offsetof(struct has_fixed, count)];
	const u32 at = DSMIP_MH_HLEN + HAS_HEAD + count * sizeof(has->ha[0]);

	if (at > mh.len)
		return DSMIP_DROP_MH_SHORT;
	*has = (struct dsmip_has){ .count = min_t(u8, count, DSMIP_HAS_MAX) };
	memcpy(has->ha, mh.data + DSMIP_MH_HLEN + HAS_HEAD, has->count * sizeof(has->ha[0]));
	return skip_options(mh, at);
}

int dsmip_has_build(const struct dsmip_has *has, u8 *buf, u16 size)
{
	struct has_fixed fixed = { .count = has->count };
	struct dsmip_opt_out out;

	if (has->count > DSMIP_HAS_MAX)
		return -EINVAL;
	memcpy(fixed.ha, has->ha, has->count * sizeof(has->ha[0]));
	out = dsmip_opt_begin(buf, size, DSMIP_MH_HAS, &fixed,
			      HAS_HEAD + has->count * sizeof(has->ha[0]));
	return dsmip_opt_finish(&out);
}

static enum dsmip_drop keep_br(struct dsmip_br *br, const struct dsmip_opt *opt)
{
	switch (opt->type) {
	case DSMIP_OPT_HOA4:
		if (br->has & DSMIP_HAS(DSMIP_OPT_HOA4))
			return DSMIP_DROP_OPT_REPEATED;
		dsmip_opt_hoa4(opt, &br->hoa4);
		break;
	case DSMIP_OPT_MN_ID:
		dsmip_opt_mn_id(opt, &br->id);
		break;
	case DSMIP_OPT_BID:
		return keep_bid(opt, br->bid, &br->bid_count);
	}
	return DSMIP_OK;
}

enum dsmip_drop dsmip_br_parse(struct dsmip_span mh, struct dsmip_br *br)
{
	struct dsmip_opt_cursor c = { .mh = mh, .at = BR_OPTIONS };
	struct br_fixed fixed;
	struct dsmip_opt opt;
	enum dsmip_drop why;
	u64 has = 0;

	memcpy(&fixed, mh.data + DSMIP_MH_HLEN, sizeof(fixed));
	*br = (struct dsmip_br){
		.type = fixed.type,
		.code = fixed.code,
		.seq = be16_to_cpu(fixed.seq),
		.flags = be16_to_cpu(fixed.flags) & BR_FLAGS,
	};
	if (br->type != DSMIP_BR_INDICATION && br->type != DSMIP_BR_ACK)
		return DSMIP_DROP_MH_UNKNOWN_TYPE;
	while (dsmip_opt_take(&c, &opt, &has, &why)) {
		why = keep_br(br, &opt);
		if (why != DSMIP_OK)
			return why;
		br->has = has;
	}
	return why;
}

int dsmip_br_build(const struct dsmip_br *br, u8 *buf, u16 size)
{
	const struct br_fixed fixed = {
		.type = br->type,
		.code = br->code,
		.seq = cpu_to_be16(br->seq),
		.flags = cpu_to_be16(br->flags & BR_FLAGS),
	};
	struct dsmip_opt_out out;

	out = dsmip_opt_begin(buf, size, DSMIP_MH_BR, &fixed, sizeof(fixed));
	if (br->type != DSMIP_BR_INDICATION && br->type != DSMIP_BR_ACK)
		out.invalid = true;
	if (br->has & DSMIP_HAS(DSMIP_OPT_HOA4))
		dsmip_opt_put_hoa4(&out, &br->hoa4);
	if (br->has & DSMIP_HAS(DSMIP_OPT_BID))
		put_bids(&out, br->bid, br->bid_count);
	if (br->has & DSMIP_HAS(DSMIP_OPT_MN_ID))
		dsmip_opt_put_mn_id(&out, &br->id);
	return dsmip_opt_finish(&out);
}
