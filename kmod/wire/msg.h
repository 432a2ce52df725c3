/* SPDX-License-Identifier: GPL-2.0 */
/* The smaller messages: refresh request, errors, return routability, switch, revocation. */
#ifndef DSMIP_WIRE_MSG_H
#define DSMIP_WIRE_MSG_H

#include "opt.h"

enum dsmip_be_status {
	DSMIP_BE_UNKNOWN_BINDING = 1,
	DSMIP_BE_UNKNOWN_TYPE = 2,
};

/**
 * struct dsmip_be - Binding Error, RFC 6275 6.1.9
 * @status: enum dsmip_be_status
 * @hoa: home address of the offending packet, or ::
 */
struct dsmip_be {
	u8 status;
	struct in6_addr hoa;
};

enum dsmip_drop dsmip_be_parse(struct dsmip_span mh, struct dsmip_be *be);
int dsmip_be_build(const struct dsmip_be *be, u8 *buf, u16 size);

/**
 * struct dsmip_brr - Binding Refresh Request, RFC 6275 6.1.2
 * @bid: Binding Identifier options [MC-19]
 * @bid_count: how many
 */
struct dsmip_brr {
	struct dsmip_bid bid[DSMIP_BID_MAX];
	u8 bid_count;
};

enum dsmip_drop dsmip_brr_parse(struct dsmip_span mh, struct dsmip_brr *brr);
int dsmip_brr_build(const struct dsmip_brr *brr, u8 *buf, u16 size);

/**
 * struct dsmip_rr - HoTI, CoTI, HoT and CoT, RFC 6275 6.1.3-6.1.6
 * @type: which of the four
 * @nonce: nonce index, in HoT and CoT
 * @cookie: init cookie
 * @token: keygen token, in HoT and CoT
 */
struct dsmip_rr {
	u8 type;
	u16 nonce;
	u64 cookie;
	u64 token;
};

enum dsmip_drop dsmip_rr_parse(struct dsmip_span mh, struct dsmip_rr *rr);
int dsmip_rr_build(const struct dsmip_rr *rr, u8 *buf, u16 size);

enum dsmip_has_limits { DSMIP_HAS_MAX = 8 };

/**
 * struct dsmip_has - Home Agent Switch, RFC 5142 4
 * @ha: addresses, in order of preference
 * @count: how many; 0 is legal
 */
struct dsmip_has {
	struct in6_addr ha[DSMIP_HAS_MAX];
	u8 count;
};

enum dsmip_drop dsmip_has_parse(struct dsmip_span mh, struct dsmip_has *has);
int dsmip_has_build(const struct dsmip_has *has, u8 *buf, u16 size);

enum dsmip_br_type { DSMIP_BR_INDICATION = 1, DSMIP_BR_ACK = 2 };
enum dsmip_br_flags { DSMIP_BR_P = 0x8000, DSMIP_BR_V = 0x4000, DSMIP_BR_G = 0x2000 };

/**
 * struct dsmip_br - Binding Revocation Indication or Acknowledgment, RFC 5846 5
 * @type: enum dsmip_br_type
 * @code: trigger of an indication, status of an acknowledgment
 * @seq: sequence number
 * @flags: enum dsmip_br_flags
 * @has: DSMIP_HAS() of the options
 * @hoa4: IPv4 Home Address option [BR-05]
 * @bid: Binding Identifier options [BR-07]
 * @bid_count: how many
 * @id: Mobile Node Identifier option, borrowed
 */
struct dsmip_br {
	u8 type;
	u8 code;
	u16 seq;
	u16 flags;
	u64 has;
	struct dsmip_hoa4 hoa4;
	struct dsmip_bid bid[DSMIP_BID_MAX];
	u8 bid_count;
	struct dsmip_mn_id id;
};

enum dsmip_drop dsmip_br_parse(struct dsmip_span mh, struct dsmip_br *br);
int dsmip_br_build(const struct dsmip_br *br, u8 *buf, u16 size);

#endif
