/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Mobility options (RFC 6275 6.2): the one cursor of the project, the one
 * emitter with its padding rules, and every option as a value.
 */
#ifndef DSMIP_WIRE_OPT_H
#define DSMIP_WIRE_OPT_H

#include "span.h"

/* Option types, IANA mobility-parameters. */
enum dsmip_opt_type {
	DSMIP_OPT_PAD1 = 0,
	DSMIP_OPT_PADN = 1,
	DSMIP_OPT_REFRESH = 2,		/* RFC 6275 6.2.4 */
	DSMIP_OPT_ALT_COA = 3,		/* 6.2.5 */
	DSMIP_OPT_NONCE = 4,		/* 6.2.6 */
	DSMIP_OPT_AUTH_DATA = 5,	/* 6.2.7 */
	DSMIP_OPT_MNP = 6,		/* RFC 3963 4.3 */
	DSMIP_OPT_LLA = 7,		/* RFC 5568 6.4.4 */
	DSMIP_OPT_MN_ID = 8,		/* RFC 4283 3 */
	DSMIP_OPT_AUTH = 9,		/* RFC 4285 5 */
	DSMIP_OPT_REPLAY = 10,		/* RFC 4285 6 */
	DSMIP_OPT_DNS_UPDATE = 17,	/* RFC 5026 8.1 */
	DSMIP_OPT_SERVICE = 20,		/* RFC 5149 */
	DSMIP_OPT_HOA4 = 29,		/* RFC 5555 3.1.1 */
	DSMIP_OPT_HOA4_ACK = 30,	/* RFC 5555 3.2.1 */
	DSMIP_OPT_NAT = 31,		/* RFC 5555 3.2.2 */
	DSMIP_OPT_COA4 = 32,		/* RFC 5555 3.1.2 */
	DSMIP_OPT_BID = 35,		/* RFC 5648 4.3 */
	DSMIP_OPT_FLOW_SUMMARY = 44,	/* RFC 6089 4.2.2 */
	DSMIP_OPT_FLOW = 45,		/* RFC 6089 4.2 */
};

/* Bits of the presence words in decoded messages. */
#define DSMIP_HAS(type) (1ULL << (type))

/* Most repeats that a decoded message keeps; one more is DSMIP_DROP_OPT_REPEATED. */
enum dsmip_opt_limits {
	DSMIP_HOA4_MAX = 2,	/* one address, one prefix: RFC 5555 3.1.1 */
	DSMIP_MNP_MAX = 4,
	DSMIP_BID_MAX = 8,
};

/**
 * struct dsmip_opt - one option as the cursor meets it
 * @type: option type
 * @at: offset of the type octet from the start of the Mobility Header
 * @body: what follows type and length; wholly inside the message
 */
struct dsmip_opt {
	u8 type;
	u16 at;
	struct dsmip_span body;
};

/**
 * struct dsmip_opt_cursor - walks the options of one message
 * @mh: whole Mobility Header message
 * @at: offset of the next option
 */
struct dsmip_opt_cursor {
	struct dsmip_span mh;
	u16 at;
};

/**
 * dsmip_opt_next() - the next option that is not padding
 * @c: cursor; moves only over complete options
 * @opt: result
 *
 * The only place of the project that reads an option's length octet.
 *
 * Return: 1 with an option, 0 at the end, -EBADMSG when an option runs
 * beyond the message; c->at is then the offset of the offender.
 */
int dsmip_opt_next(struct dsmip_opt_cursor *c, struct dsmip_opt *opt);

/**
 * dsmip_opt_take() - the next known option, with all checks that need no message
 * @c: cursor
 * @opt: result; of a length that its type may have, except for a Binding Identifier
 * @has: presence word; gains DSMIP_HAS() of the option
 * @why: reason when the message is to be dropped, else DSMIP_OK
 *
 * Unknown options are skipped [MH-08]. An option that may stand once is not
 * taken twice; authorization data must be the end of the message [MH-13].
 *
 * Return: true with an option, false at the end or when refused: see @why.
 */
bool dsmip_opt_take(struct dsmip_opt_cursor *c, struct dsmip_opt *opt, u64 *has,
		    enum dsmip_drop *why);

/**
 * struct dsmip_opt_out - where options are written to
 * @buf: start of the Mobility Header message
 * @size: octets that @buf has
 * @len: octets written so far, from the start of the message
 * @overflow: something did not fit; the message must not be sent
 * @invalid: a value that no octets stand for; the message must not be sent
 */
struct dsmip_opt_out {
	u8 *buf;
	u16 size;
	u16 len;
	bool overflow;
	bool invalid;
};

/**
 * dsmip_opt_begin() - start a message: its fixed part, checksum zero
 * @buf: where to
 * @size: octets there
 * @type: enum dsmip_mh_type
 * @fixed: what follows the checksum, up to the options
 * @len: how many octets
 *
 * Return: the emitter, its options to follow.
 */
struct dsmip_opt_out dsmip_opt_begin(u8 *buf, u16 size, u8 type, const void *fixed,
				     u16 len);

/**
 * dsmip_opt_put() - write one option with the padding that its type asks
 * @out: emitter
 * @type: option type; its alignment is looked up (standards table 1.4)
 * @body: octets after type and length
 * @len: how many; at most 255
 */
void dsmip_opt_put(struct dsmip_opt_out *out, u8 type, const void *body, u32 len);

/**
 * dsmip_opt_finish() - pad to a multiple of 8 and set Header Len
 * @out: emitter
 *
 * Return: length of the message, or -ENOSPC, -EINVAL.
 */
int dsmip_opt_finish(struct dsmip_opt_out *out);

/**
 * struct dsmip_hoa4 - IPv4 Home Address option (29), and its answer (30)
 * @addr: the address; 0.0.0.0 asks for any
 * @plen: prefix length, 32 for one address; six bits, so that 63 may come
 * @prefix: P flag: a prefix is asked for; in option 29 only
 * @status: in option 30 only, RFC 5555 3.2.1
 */
struct dsmip_hoa4 {
	__be32 addr;
	u8 plen;
	bool prefix;
	u8 status;
};

/**
 * struct dsmip_nat - NAT Detection option (31)
 * @force: F flag: use UDP even without a NAT
 * @refresh_s: refresh time in seconds; 0 to be ignored, 0xffffffff none
 */
struct dsmip_nat {
	bool force;
	u32 refresh_s;
};

/**
 * struct dsmip_mnp - Mobile Network Prefix option (6)
 * @prefix: the prefix
 * @plen: its length; above 128 it is for the judge, not for the parser, to refuse
 */
struct dsmip_mnp {
	struct in6_addr prefix;
	u8 plen;
};

/**
 * struct dsmip_bid - Binding Identifier option (35)
 * @bid: identifier, 0 is reserved
 * @status: status in an acknowledgment
 * @home: H flag
 * @priority: RFC 6089 BID-PRI, 0 when an RFC 5648 style option
 * @coa_len: 0, 4 or 16: which care-of address follows
 * @coa: the care-of address; an IPv4 one is v4-mapped
 */
struct dsmip_bid {
	u16 bid;
	u8 status;
	bool home;
	u8 priority;
	u8 coa_len;
	struct in6_addr coa;
};

/**
 * struct dsmip_mn_id - Mobile Node Identifier option (8)
 * @subtype: 1 is a network access identifier
 * @id: the identifier, borrowed from the message
 */
struct dsmip_mn_id {
	u8 subtype;
	struct dsmip_span id;
};

/**
 * struct dsmip_flow - Flow Identification option (45)
 * @fid: flow identifier
 * @priority: FID-PRI
 * @status: status in an acknowledgment
 * @sub: sub-options, borrowed from the message
 */
struct dsmip_flow {
	u16 fid;
	u16 priority;
	u8 status;
	struct dsmip_span sub;
};

/*
 * Decoders: from the body of one option to its value. They return false when
 * the length is not one that the option may have (DSMIP_DROP_OPT_LENGTH).
 */
bool dsmip_opt_hoa4(const struct dsmip_opt *opt, struct dsmip_hoa4 *v);
bool dsmip_opt_nat(const struct dsmip_opt *opt, struct dsmip_nat *v);
bool dsmip_opt_mnp(const struct dsmip_opt *opt, struct dsmip_mnp *v);
bool dsmip_opt_bid(const struct dsmip_opt *opt, struct dsmip_bid *v);
bool dsmip_opt_mn_id(const struct dsmip_opt *opt, struct dsmip_mn_id *v);
bool dsmip_opt_flow(const struct dsmip_opt *opt, struct dsmip_flow *v);

/* Builders: from a value to one padded option. */
void dsmip_opt_put_alt_coa(struct dsmip_opt_out *out, const struct in6_addr *coa);
void dsmip_opt_put_refresh(struct dsmip_opt_out *out, u32 refresh_s);
void dsmip_opt_put_hoa4(struct dsmip_opt_out *out, const struct dsmip_hoa4 *v);
void dsmip_opt_put_hoa4_ack(struct dsmip_opt_out *out, const struct dsmip_hoa4 *v);
void dsmip_opt_put_nat(struct dsmip_opt_out *out, const struct dsmip_nat *v);
void dsmip_opt_put_coa4(struct dsmip_opt_out *out, __be32 coa);
void dsmip_opt_put_mnp(struct dsmip_opt_out *out, const struct dsmip_mnp *v);
void dsmip_opt_put_bid(struct dsmip_opt_out *out, const struct dsmip_bid *v);
void dsmip_opt_put_mn_id(struct dsmip_opt_out *out, const struct dsmip_mn_id *v);
void dsmip_opt_put_flow(struct dsmip_opt_out *out, const struct dsmip_flow *v);

/**
 * dsmip_opt_put_rest() - write options as another message has them
 * @out: emitter
 * @options: all options of that message
 * @types: DSMIP_HAS() of the types to write
 */
void dsmip_opt_put_rest(struct dsmip_opt_out *out, struct dsmip_span options, u64 types);

#endif
