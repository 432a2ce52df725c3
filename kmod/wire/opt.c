// SPDX-License-Identifier: GPL-2.0
/* Mobility options: one cursor, one emitter, one table of what each type may be. */

#include "opt.h"
#include "mh.h"

enum opt_sizes {
	OPT_HEAD = 2,		/* type and length */
	OPT_BODY_MAX = 255,
	OPT_ALIGN = 8,		/* of a whole message */
};

/**
 * struct opt_rule - what its standard says of one option type
 * @least: fewest octets after type and length
 * @most: most octets
 * @step: lengths go from @least to @most by this
 * @unit: the option starts at a multiple of this, plus @offset; 0 for a type
 *	that we do not know
 * @offset: see @unit
 * @once: a message may have one at most
 */
struct opt_rule {
	u8 least;
	u8 most;
	u8 step;
	u8 unit;
	u8 offset;
	bool once;
};

/* A Binding Identifier is judged where it is decoded: see dsmip_opt_bid(). */
static const struct opt_rule rules[] = {
	[DSMIP_OPT_REFRESH] =	   { 2,   2, 1, 2, 0, true },
	[DSMIP_OPT_ALT_COA] =	   { 16, 16, 1, 8, 6, true },
	[DSMIP_OPT_NONCE] =	   { 4,   4, 1, 2, 0, true },
	[DSMIP_OPT_AUTH_DATA] =	   { 12, 12, 1, 8, 2, true },
	[DSMIP_OPT_MNP] =	   { 18, 18, 1, 8, 4, false },
	[DSMIP_OPT_LLA] =	   { 1, 255, 1, 1, 0, false },
	[DSMIP_OPT_MN_ID] =	   { 1, 255, 1, 1, 0, true },
	[DSMIP_OPT_AUTH] =	   { 5, 255, 1, 4, 1, false },
	[DSMIP_OPT_REPLAY] =	   { 8,   8, 1, 8, 2, true },
	[DSMIP_OPT_DNS_UPDATE] =   { 2, 255, 1, 1, 0, false },
	[DSMIP_OPT_SERVICE] =	   { 1, 255, 1, 1, 0, true },
	[DSMIP_OPT_HOA4] =	   { 6,   6, 1, 4, 0, false },
	[DSMIP_OPT_HOA4_ACK] =	   { 6,   6, 1, 4, 0, false },
	[DSMIP_OPT_NAT] =	   { 6,   6, 1, 4, 0, true },
	[DSMIP_OPT_COA4] =	   { 6,   6, 1, 4, 0, true },
	[DSMIP_OPT_BID] =	   { 0, 255, 1, 2, 0, false },
	[DSMIP_OPT_FLOW_SUMMARY] = { 2, 254, 2, 2, 0, false },
	[DSMIP_OPT_FLOW] =	   { 6, 255, 1, 2, 0, false },
};

/* A Binding Identifier with a care-of address in it, RFC 5648 4.3. */
static const struct opt_rule bid_with_coa = { 8, 20, 12, 8, 2, false };

struct hoa4_body {
	u8 plen;		/* in the six high bits, then P */
	u8 reserved;
	__be32 addr;
} __packed;
static_assert(sizeof(struct hoa4_body) == 6);

struct hoa4_ack_body {
	u8 status;
	u8 plen;		/* in the six high bits */
	__be32 addr;
} __packed;
static_assert(sizeof(struct hoa4_ack_body) == 6);

struct nat_body {
	__be16 flags;
	__be32 refresh;
} __packed;
static_assert(sizeof(struct nat_body) == 6);

struct coa4_body {
	__be16 reserved;
	__be32 addr;
} __packed;
static_assert(sizeof(struct coa4_body) == 6);

struct mnp_body {
	u8 reserved;
	u8 plen;
	struct in6_addr prefix;
} __packed;
static_assert(sizeof(struct mnp_body) == 18);

/* A care-of address of 0, 4 or 16 octets follows. */
struct bid_head {
	__be16 bid;
	u8 status;
	u8 flags;		/* H, then the priority */
} __packed;
static_assert(sizeof(struct bid_head) == 4);

/* Sub-options follow. */
struct flow_head {
	__be16 fid;
	__be16 priority;
	u8 reserved;
	u8 status;
} __packed;
static_assert(sizeof(struct flow_head) == 6);

enum opt_bits {
	HOA4_PLEN_SHIFT = 2,
	HOA4_PLEN_MAX = 63,
	HOA4_P = 0x02,
	NAT_F = 0x8000,
	BID_H = 0x80,
	BID_PRIORITY = 0x7f,
	BID_HEAD = sizeof(struct bid_head),
	FLOW_HEAD = sizeof(struct flow_head),
	MN_ID_HEAD = 1,		/* the subtype */
};

static const u8 v4_mapped[12] = { [10] = 0xff, [11] = 0xff };

static const struct opt_rule *rule_of(u8 type)
{
	if (type >= ARRAY_SIZE(rules) || !rules[type].unit)
		return NULL;
	return &rules[type];
}

static bool length_is_right(const struct opt_rule *rule, u32 len)
{
	return len >= rule->least && len <= rule->most &&
	       !((len - rule->least) % rule->step);
}

int dsmip_opt_next(struct dsmip_opt_cursor *c, struct dsmip_opt *opt)
{
	const struct dsmip_span all = dsmip_span_take(c->mh, 0xffff);

	while (c->at < all.len) {
		const struct dsmip_span rest = dsmip_span_skip(all, c->at);

		if (rest.data[0] == DSMIP_OPT_PAD1) {
			c->at++;
			continue;
		}
		if (rest.len < OPT_HEAD || rest.len - OPT_HEAD < rest.data[1])
			return -EBADMSG;
		opt->type = rest.data[0];
		opt->at = c->at;
		opt->body = dsmip_span(rest.data + OPT_HEAD, rest.data[1]);
		c->at += OPT_HEAD + rest.data[1];
		if (opt->type != DSMIP_OPT_PADN)
			return 1;
	}
	return 0;
}

/* What can be said against an option without knowing its message. */
static enum dsmip_drop refuse(struct dsmip_span mh, const struct dsmip_opt *opt, u64 has)
{
	const struct opt_rule *rule = rule_of(opt->type);

	if (!length_is_right(rule, opt->body.len))
		return DSMIP_DROP_OPT_LENGTH;
	if (rule->once && has & DSMIP_HAS(opt->type))
		return DSMIP_DROP_OPT_REPEATED;
	if (opt->type == DSMIP_OPT_AUTH_DATA && opt->at + OPT_HEAD + opt->body.len != mh.len)
		return DSMIP_DROP_OPT_AUTH_PLACE;
	return DSMIP_OK;
}

bool dsmip_opt_take(struct dsmip_opt_cursor *c, struct dsmip_opt *opt, u64 *has,
		    enum dsmip_drop *why)
{
	int more;

	do {
		more = dsmip_opt_next(c, opt);
	} while (more > 0 && !rule_of(opt->type));

	*why = more < 0 ? DSMIP_DROP_OPT_TRUNCATED : DSMIP_OK;
	if (more <= 0)
		return false;
	*why = refuse(c->mh, opt, *has);
	*has |= DSMIP_HAS(opt->type);
	return *why == DSMIP_OK;
}

struct dsmip_opt_out dsmip_opt_begin(u8 *buf, u16 size, u8 type, const void *fixed,
				     u16 len)
{
	const struct dsmip_mh_hdr hdr = { .proto = DSMIP_MH_PROTO_NONE, .type = type };
	struct dsmip_opt_out out = { .buf = buf, .size = size };

	if (sizeof(hdr) + len > size) {
		out.overflow = true;
		return out;
	}
	memcpy(buf, &hdr, sizeof(hdr));
	memcpy(buf + sizeof(hdr), fixed, len);
	out.len = sizeof(hdr) + len;
	return out;
}

/* Pad1 for one octet, PadN for more, RFC 6275 6.2.2; n is below OPT_ALIGN. */
static void put_padding(struct dsmip_opt_out *out, u32 n)
{
	u8 *to = out->buf + out->len;

	memset(to, 0, n);
	if (n >= OPT_HEAD) {
		to[0] = DSMIP_OPT_PADN;
		to[1] = n - OPT_HEAD;
	}
	out->len += n;
}

static u32 padding_before(u32 at, u8 type, u32 len)
{
	const struct opt_rule *rule = rule_of(type);

	if (!rule)
		return 0;
	if (type == DSMIP_OPT_BID && len > BID_HEAD)
		rule = &bid_with_coa;
	return (rule->unit + rule->offset - at % rule->unit) % rule->unit;
}

void dsmip_opt_put(struct dsmip_opt_out *out, u8 type, const void *body, u32 len)
{
	const u32 pad = padding_before(out->len, type, len);
	u8 *to;

	if (len > OPT_BODY_MAX || out->len + pad + OPT_HEAD + len > out->size)
		out->overflow = true;
	if (out->overflow)
		return;
	put_padding(out, pad);
	to = out->buf + out->len;
	to[0] = type;
	to[1] = len;
	if (len)
		memcpy(to + OPT_HEAD, body, len);
	out->len += OPT_HEAD + len;
}

int dsmip_opt_finish(struct dsmip_opt_out *out)
{
	const u32 pad = -(u32)out->len % OPT_ALIGN;

	if (out->invalid)
		return -EINVAL;
	if (out->overflow || out->len + pad > min_t(u32, out->size, DSMIP_MH_MAX))
		return -ENOSPC;
	put_padding(out, pad);
	out->buf[offsetof(struct dsmip_mh_hdr, hdrlen)] = out->len / OPT_ALIGN - 1;
	return out->len;
}

bool dsmip_opt_hoa4(const struct dsmip_opt *opt, struct dsmip_hoa4 *v)
{
	const u8 *body = opt->body.data;

	if (opt->body.len != sizeof(struct hoa4_body))
		return false;
	*v = (struct dsmip_hoa4){ .addr = dsmip_span_in4(opt->body, 2) };
	if (opt->type == DSMIP_OPT_HOA4_ACK) {
		v->status = body[offsetof(struct hoa4_ack_body, status)];
		v->plen = body[offsetof(struct hoa4_ack_body, plen)] >> HOA4_PLEN_SHIFT;
	} else {
		v->plen = body[offsetof(struct hoa4_body, plen)] >> HOA4_PLEN_SHIFT;
		v->prefix = body[offsetof(struct hoa4_body, plen)] & HOA4_P;
	}
	return true;
}

bool dsmip_opt_nat(const struct dsmip_opt *opt, struct dsmip_nat *v)
{
	if (opt->body.len != sizeof(struct nat_body))
		return false;
	v->force = dsmip_span_u16(opt->body, offsetof(struct nat_body, flags)) & NAT_F;
	v->refresh_s = dsmip_span_u32(opt->body, offsetof(struct nat_body, refresh));
	return true;
}

bool dsmip_opt_mnp(const struct dsmip_opt *opt, struct dsmip_mnp *v)
{
	if (opt->body.len != sizeof(struct mnp_body))
		return false;
	v->plen = opt->body.data[offsetof(struct mnp_body, plen)];
	v->prefix = dsmip_span_in6(opt->body, offsetof(struct mnp_body, prefix));
	return true;
}

bool dsmip_opt_bid(const struct dsmip_opt *opt, struct dsmip_bid *v)
{
	const struct dsmip_span body = opt->body;
	u8 flags;

	if (body.len != BID_HEAD && !length_is_right(&bid_with_coa, body.len))
		return false;
	flags = body.data[offsetof(struct bid_head, flags)];
	*v = (struct dsmip_bid){
		.bid = dsmip_span_u16(body, offsetof(struct bid_head, bid)),
		.status = body.data[offsetof(struct bid_head, status)],
		.home = flags & BID_H,
		.priority = flags & BID_PRIORITY,
		.coa_len = body.len - BID_HEAD,
	};
	if (v->coa_len == sizeof(__be32)) {
		memcpy(v->coa.s6_addr, v4_mapped, sizeof(v4_mapped));
		memcpy(v->coa.s6_addr + sizeof(v4_mapped), body.data + BID_HEAD, sizeof(__be32));
	} else if (v->coa_len) {
		v->coa = dsmip_span_in6(body, BID_HEAD);
	}
	return true;
}

bool dsmip_opt_mn_id(const struct dsmip_opt *opt, struct dsmip_mn_id *v)
{
	if (opt->body.len < MN_ID_HEAD)
		return false;
	v->subtype = opt->body.data[0];
	v->id = dsmip_span_skip(opt->body, MN_ID_HEAD);
	return true;
}

bool dsmip_opt_flow(const struct dsmip_opt *opt, struct dsmip_flow *v)
{
	if (opt->body.len < FLOW_HEAD)
		return false;
	v->fid = dsmip_span_u16(opt->body, offsetof(struct flow_head, fid));
	v->priority = dsmip_span_u16(opt->body, offsetof(struct flow_head, priority));
	v->status = opt->body.data[offsetof(struct flow_head, status)];
	v->sub = dsmip_span_skip(opt->body, FLOW_HEAD);
	return true;
}

void dsmip_opt_put_alt_coa(struct dsmip_opt_out *out, const struct in6_addr *coa)
{
	dsmip_opt_put(out, DSMIP_OPT_ALT_COA, coa, sizeof(*coa));
}

void dsmip_opt_put_refresh(struct dsmip_opt_out *out, u32 refresh_s)
{
	const __be16 units = cpu_to_be16(dsmip_mh_units(refresh_s));

	dsmip_opt_put(out, DSMIP_OPT_REFRESH, &units, sizeof(units));
}

void dsmip_opt_put_hoa4(struct dsmip_opt_out *out, const struct dsmip_hoa4 *v)
{
	const struct hoa4_body body = {
		.plen = v->plen << HOA4_PLEN_SHIFT | (v->prefix ? HOA4_P : 0),
		.addr = v->addr,
	};

	if (v->plen > HOA4_PLEN_MAX)
		out->invalid = true;
	dsmip_opt_put(out, DSMIP_OPT_HOA4, &body, sizeof(body));
}

void dsmip_opt_put_hoa4_ack(struct dsmip_opt_out *out, const struct dsmip_hoa4 *v)
{
	const struct hoa4_ack_body body = {
		.status = v->status,
		.plen = v->plen << HOA4_PLEN_SHIFT,
		.addr = v->addr,
	};

	if (v->plen > HOA4_PLEN_MAX)
		out->invalid = true;
	dsmip_opt_put(out, DSMIP_OPT_HOA4_ACK, &body, sizeof(body));
}

void dsmip_opt_put_nat(struct dsmip_opt_out *out, const struct dsmip_nat *v)
{
	const struct nat_body body = {
		.flags = cpu_to_be16(v->force ? NAT_F : 0),
		.refresh = cpu_to_be32(v->refresh_s),
	};

	dsmip_opt_put(out, DSMIP_OPT_NAT, &body, sizeof(body));
}

void dsmip_opt_put_coa4(struct dsmip_opt_out *out, __be32 coa)
{
	const struct coa4_body body = { .addr = coa };

	dsmip_opt_put(out, DSMIP_OPT_COA4, &body, sizeof(body));
}

void dsmip_opt_put_mnp(struct dsmip_opt_out *out, const struct dsmip_mnp *v)
{
	const struct mnp_body body = { .plen = v->plen, .prefix = v->prefix };

	dsmip_opt_put(out, DSMIP_OPT_MNP, &body, sizeof(body));
}

/* A body of a head and a tail of any length. */
static void put_with_tail(struct dsmip_opt_out *out, u8 type, const void *head, u32 len,
			  struct dsmip_span tail)
{
	u8 body[OPT_BODY_MAX];

	if (tail.len > sizeof(body) - len) {
		out->overflow = true;
		return;
	}
	memcpy(body, head, len);
	if (tail.len)
		memcpy(body + len, tail.data, tail.len);
	dsmip_opt_put(out, type, body, len + tail.len);
}

void dsmip_opt_put_bid(struct dsmip_opt_out *out, const struct dsmip_bid *v)
{
	const struct bid_head head = {
		.bid = cpu_to_be16(v->bid),
		.status = v->status,
		.flags = (v->home ? BID_H : 0) | (v->priority & BID_PRIORITY),
	};
	const struct dsmip_span coa = dsmip_span(&v->coa, sizeof(v->coa));

	if (v->priority > BID_PRIORITY ||
	    (v->coa_len && !length_is_right(&bid_with_coa, BID_HEAD + v->coa_len))) {
		out->invalid = true;
		return;
	}
	put_with_tail(out, DSMIP_OPT_BID, &head, sizeof(head),
		      dsmip_span_skip(coa, coa.len - v->coa_len));
}

void dsmip_opt_put_mn_id(struct dsmip_opt_out *out, const struct dsmip_mn_id *v)
{
	put_with_tail(out, DSMIP_OPT_MN_ID, &v->subtype, sizeof(v->subtype), v->id);
}

void dsmip_opt_put_flow(struct dsmip_opt_out *out, const struct dsmip_flow *v)
{
	const struct flow_head head = {
		.fid = cpu_to_be16(v->fid),
		.priority = cpu_to_be16(v->priority),
		.status = v->status,
	};

	put_with_tail(out, DSMIP_OPT_FLOW, &head, sizeof(head), v->sub);
}

void dsmip_opt_put_rest(struct dsmip_opt_out *out, struct dsmip_span options, u64 types)
{
	struct dsmip_opt_cursor c = { .mh = options };
	struct dsmip_opt opt;
	int more;

	while ((more = dsmip_opt_next(&c, &opt)) > 0) {
		if (rule_of(opt.type) && types & DSMIP_HAS(opt.type))
			dsmip_opt_put(out, opt.type, opt.body.data, opt.body.len);
	}
	if (more < 0)
		out->invalid = true;
}
