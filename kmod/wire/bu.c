// SPDX-License-Identifier: GPL-2.0
/* Binding Update: RFC 6275 6.1.7, RFC 3963 4.1, RFC 5555 3.1, RFC 5648 4.2. */

#include "bu.h"
#include "mh.h"

struct bu_fixed {
	__be16 seq;
	__be16 flags;
	__be16 lifetime;
} __packed;
static_assert(sizeof(struct bu_fixed) == 6);

enum bu_sizes {
	BU_OPTIONS = DSMIP_MH_HLEN + sizeof(struct bu_fixed),
	BU_FLAGS = DSMIP_BU_A | DSMIP_BU_H | DSMIP_BU_L | DSMIP_BU_K | DSMIP_BU_M |
		   DSMIP_BU_R | DSMIP_BU_P | DSMIP_BU_F | DSMIP_BU_T | DSMIP_BU_O,
};

/* Options that struct dsmip_bu keeps by value. */
#define BU_KEPT (DSMIP_HAS(DSMIP_OPT_ALT_COA) | DSMIP_HAS(DSMIP_OPT_COA4) | \
		 DSMIP_HAS(DSMIP_OPT_NONCE) | DSMIP_HAS(DSMIP_OPT_HOA4) | \
		 DSMIP_HAS(DSMIP_OPT_MNP) | DSMIP_HAS(DSMIP_OPT_BID) | \
		 DSMIP_HAS(DSMIP_OPT_MN_ID))

/* With P the bit of O means bulk registration, RFC 6602, which is not for us. */
static u16 read_flags(u16 word)
{
	word &= BU_FLAGS;
	return word & DSMIP_BU_P ? word & ~DSMIP_BU_O : word;
}

/* An ill-formed identifier is kept, to be answered with status 164. */
static void keep_bid(const struct dsmip_opt *opt, struct dsmip_bid *bid)
{
	if (dsmip_opt_bid(opt, bid))
		return;
	*bid = (struct dsmip_bid){ .coa_len = 0xff };
	if (opt->body.len >= sizeof(bid->bid))
		bid->bid = dsmip_span_u16(opt->body, 0);
}

/* Options that may stand more than once. */
static enum dsmip_drop keep_repeated(struct dsmip_bu *bu, const struct dsmip_opt *opt)
{
	switch (opt->type) {
	case DSMIP_OPT_HOA4:
		if (bu->hoa4_count == DSMIP_HOA4_MAX)
			return DSMIP_DROP_OPT_REPEATED;
		dsmip_opt_hoa4(opt, &bu->hoa4[bu->hoa4_count++]);
		break;
	case DSMIP_OPT_MNP:
		if (bu->mnp_count == DSMIP_MNP_MAX)
			return DSMIP_DROP_OPT_REPEATED;
		dsmip_opt_mnp(opt, &bu->mnp[bu->mnp_count++]);
		break;
	case DSMIP_OPT_BID:
		if (bu->bid_count == DSMIP_BID_MAX)
			return DSMIP_DROP_OPT_REPEATED;
		keep_bid(opt, &bu->bid[bu->bid_count++]);
		break;
	}
	return DSMIP_OK;
}

static enum dsmip_drop keep(struct dsmip_bu *bu, const struct dsmip_opt *opt)
{
	switch (opt->type) {
	case DSMIP_OPT_ALT_COA:
		bu->alt_coa = dsmip_span_in6(opt->body, 0);
		break;
	case DSMIP_OPT_COA4:
		bu->coa4 = dsmip_span_in4(opt->body, 2);
		break;
	case DSMIP_OPT_NONCE:
		bu->nonce_home = dsmip_span_u16(opt->body, 0);
		bu->nonce_coa = dsmip_span_u16(opt->body, 2);
		break;
	case DSMIP_OPT_MN_ID:
		dsmip_opt_mn_id(opt, &bu->id);
		break;
	default:
		return keep_repeated(bu, opt);
	}
	return DSMIP_OK;
}

enum dsmip_drop dsmip_bu_parse(struct dsmip_span mh, struct dsmip_bu *bu)
{
	struct dsmip_opt_cursor c = { .mh = mh, .at = BU_OPTIONS };
	struct bu_fixed fixed;
	struct dsmip_opt opt;
	enum dsmip_drop why;

	memcpy(&fixed, mh.data + DSMIP_MH_HLEN, sizeof(fixed));
	*bu = (struct dsmip_bu){
		.seq = be16_to_cpu(fixed.seq),
		.flags = read_flags(be16_to_cpu(fixed.flags)),
		.lifetime_s = be16_to_cpu(fixed.lifetime) * DSMIP_MH_UNIT_S,
		.options = dsmip_span_skip(mh, BU_OPTIONS),
	};
	while (dsmip_opt_take(&c, &opt, &bu->has, &why)) {
		why = keep(bu, &opt);
		if (why != DSMIP_OK)
			return why;
	}
	return why;
}

static void put_repeated(struct dsmip_opt_out *out, const struct dsmip_bu *bu)
{
	u8 i;

	if (bu->hoa4_count > DSMIP_HOA4_MAX || bu->mnp_count > DSMIP_MNP_MAX ||
	    bu->bid_count > DSMIP_BID_MAX) {
		out->invalid = true;
		return;
	}
	for (i = 0; bu->has & DSMIP_HAS(DSMIP_OPT_HOA4) && i < bu->hoa4_count; i++)
		dsmip_opt_put_hoa4(out, &bu->hoa4[i]);
	for (i = 0; bu->has & DSMIP_HAS(DSMIP_OPT_MNP) && i < bu->mnp_count; i++)
		dsmip_opt_put_mnp(out, &bu->mnp[i]);
	for (i = 0; bu->has & DSMIP_HAS(DSMIP_OPT_BID) && i < bu->bid_count; i++)
		dsmip_opt_put_bid(out, &bu->bid[i]);
}

/* The identifier goes before any authentication option, RFC 4283 3.2. */
int dsmip_bu_build(const struct dsmip_bu *bu, u8 *buf, u16 size)
{
	const struct bu_fixed fixed = {
		.seq = cpu_to_be16(bu->seq),
		.flags = cpu_to_be16(bu->flags & BU_FLAGS),
		.lifetime = cpu_to_be16(dsmip_mh_units(bu->lifetime_s)),
	};
	const __be16 nonces[2] = { cpu_to_be16(bu->nonce_home), cpu_to_be16(bu->nonce_coa) };
	struct dsmip_opt_out out;

	out = dsmip_opt_begin(buf, size, DSMIP_MH_BU, &fixed, sizeof(fixed));
	if (bu->flags & DSMIP_BU_P && bu->flags & DSMIP_BU_O)
		out.invalid = true;
	if (bu->has & DSMIP_HAS(DSMIP_OPT_ALT_COA))
		dsmip_opt_put_alt_coa(&out, &bu->alt_coa);
	if (bu->has & DSMIP_HAS(DSMIP_OPT_COA4))
		dsmip_opt_put_coa4(&out, bu->coa4);
	if (bu->has & DSMIP_HAS(DSMIP_OPT_NONCE))
		dsmip_opt_put(&out, DSMIP_OPT_NONCE, nonces, sizeof(nonces));
	put_repeated(&out, bu);
	if (bu->has & DSMIP_HAS(DSMIP_OPT_MN_ID))
		dsmip_opt_put_mn_id(&out, &bu->id);
	dsmip_opt_put_rest(&out, bu->options, bu->has & ~BU_KEPT);
	return dsmip_opt_finish(&out);
}
