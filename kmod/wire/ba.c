// SPDX-License-Identifier: GPL-2.0
/* Binding Acknowledgment: RFC 6275 6.1.8, RFC 3963 4.2, RFC 5555 3.2, RFC 5648 4.3. */

#include "ba.h"
#include "mh.h"

struct ba_fixed {
	u8 status;
	u8 flags;
	__be16 seq;
	__be16 lifetime;
} __packed;
static_assert(sizeof(struct ba_fixed) == 6);

enum ba_sizes {
	BA_OPTIONS = DSMIP_MH_HLEN + sizeof(struct ba_fixed),
	BA_FLAGS = DSMIP_BA_K | DSMIP_BA_R | DSMIP_BA_P,
};

/* Options that struct dsmip_ba keeps by value. */
#define BA_KEPT (DSMIP_HAS(DSMIP_OPT_REFRESH) | DSMIP_HAS(DSMIP_OPT_HOA4_ACK) | \
		 DSMIP_HAS(DSMIP_OPT_NAT) | DSMIP_HAS(DSMIP_OPT_BID))

static enum dsmip_drop keep(struct dsmip_ba *ba, const struct dsmip_opt *opt)
{
	switch (opt->type) {
	case DSMIP_OPT_REFRESH:
		ba->refresh_s = dsmip_span_u16(opt->body, 0) * DSMIP_MH_UNIT_S;
		break;
	case DSMIP_OPT_HOA4_ACK:
		if (ba->hoa4_count == DSMIP_HOA4_MAX)
			return DSMIP_DROP_OPT_REPEATED;
		dsmip_opt_hoa4(opt, &ba->hoa4[ba->hoa4_count++]);
		break;
	case DSMIP_OPT_NAT:
		dsmip_opt_nat(opt, &ba->nat);
		break;
	case DSMIP_OPT_BID:
		if (ba->bid_count == DSMIP_BID_MAX)
			return DSMIP_DROP_OPT_REPEATED;
		if (!dsmip_opt_bid(opt, &ba->bid[ba->bid_count++]))
			return DSMIP_DROP_OPT_LENGTH;
		break;
	}
	return DSMIP_OK;
}

enum dsmip_drop dsmip_ba_parse(struct dsmip_span mh, struct dsmip_ba *ba)
{
	struct dsmip_opt_cursor c = { .mh = mh, .at = BA_OPTIONS };
	struct ba_fixed fixed;
	struct dsmip_opt opt;
	enum dsmip_drop why;

	memcpy(&fixed, mh.data + DSMIP_MH_HLEN, sizeof(fixed));
	*ba = (struct dsmip_ba){
		.status = fixed.status,
		.flags = fixed.flags & BA_FLAGS,
		.seq = be16_to_cpu(fixed.seq),
		.lifetime_s = be16_to_cpu(fixed.lifetime) * DSMIP_MH_UNIT_S,
		.options = dsmip_span_skip(mh, BA_OPTIONS),
	};
	while (dsmip_opt_take(&c, &opt, &ba->has, &why)) {
		why = keep(ba, &opt);
		if (why != DSMIP_OK)
			return why;
	}
	return why;
}

/* RFC 5648 8.2 wants the IPv4 answer in front of any Binding Identifier. */
static void put_repeated(struct dsmip_opt_out *out, const struct dsmip_ba *ba)
{
	u8 i;

	if (ba->hoa4_count > DSMIP_HOA4_MAX || ba->bid_count > DSMIP_BID_MAX) {
		out->invalid = true;
		return;
	}
	for (i = 0; ba->has & DSMIP_HAS(DSMIP_OPT_HOA4_ACK) && i < ba->hoa4_count; i++)
		dsmip_opt_put_hoa4_ack(out, &ba->hoa4[i]);
	for (i = 0; ba->has & DSMIP_HAS(DSMIP_OPT_BID) && i < ba->bid_count; i++)
		dsmip_opt_put_bid(out, &ba->bid[i]);
}

int dsmip_ba_build(const struct dsmip_ba *ba, u8 *buf, u16 size)
{
	const struct ba_fixed fixed = {
		.status = ba->status,
		.flags = ba->flags & BA_FLAGS,
		.seq = cpu_to_be16(ba->seq),
		.lifetime = cpu_to_be16(dsmip_mh_units(ba->lifetime_s)),
	};
	struct dsmip_opt_out out;

	out = dsmip_opt_begin(buf, size, DSMIP_MH_BA, &fixed, sizeof(fixed));
	if (ba->has & DSMIP_HAS(DSMIP_OPT_REFRESH))
		dsmip_opt_put_refresh(&out, ba->refresh_s);
	if (ba->has & DSMIP_HAS(DSMIP_OPT_NAT))
		dsmip_opt_put_nat(&out, &ba->nat);
	put_repeated(&out, ba);
	dsmip_opt_put_rest(&out, ba->options, ba->has & ~BA_KEPT);
	return dsmip_opt_finish(&out);
}
