/* SPDX-License-Identifier: GPL-2.0 */
/* Binding Update, RFC 6275 6.1.7 and its extensions. */
#ifndef DSMIP_WIRE_BU_H
#define DSMIP_WIRE_BU_H

#include "opt.h"

enum dsmip_bu_flags {
	DSMIP_BU_A = 0x8000,
	DSMIP_BU_H = 0x4000,
	DSMIP_BU_L = 0x2000,
	DSMIP_BU_K = 0x1000,
	DSMIP_BU_M = 0x0800,
	DSMIP_BU_R = 0x0400,
	DSMIP_BU_P = 0x0200,
	DSMIP_BU_F = 0x0100,
	DSMIP_BU_T = 0x0080,
	DSMIP_BU_O = 0x0040,	/* only with P clear; see standards 1.3 */
};

/**
 * struct dsmip_bu - a Binding Update as values
 * @seq: sequence number
 * @flags: enum dsmip_bu_flags
 * @lifetime_s: life asked for, in seconds; 0 deregisters
 * @has: DSMIP_HAS() of every option that was there, known types only
 * @alt_coa: Alternate Care-of Address option
 * @coa4: IPv4 Care-of Address option
 * @nonce_home: Nonce Indices option
 * @nonce_coa: Nonce Indices option
 * @hoa4: IPv4 Home Address options
 * @hoa4_count: how many
 * @mnp: Mobile Network Prefix options
 * @mnp_count: how many
 * @bid: Binding Identifier options; an ill-formed one has coa_len 0xff
 * @bid_count: how many
 * @id: Mobile Node Identifier option, borrowed
 * @options: all options, borrowed, for what is not kept by value
 */
struct dsmip_bu {
	u16 seq;
	u16 flags;
	u32 lifetime_s;
	u64 has;
	struct in6_addr alt_coa;
	__be32 coa4;
	u16 nonce_home;
	u16 nonce_coa;
	struct dsmip_hoa4 hoa4[DSMIP_HOA4_MAX];
	u8 hoa4_count;
	struct dsmip_mnp mnp[DSMIP_MNP_MAX];
	u8 mnp_count;
	struct dsmip_bid bid[DSMIP_BID_MAX];
	u8 bid_count;
	struct dsmip_mn_id id;
	struct dsmip_span options;
};

/**
 * dsmip_bu_parse() - octets to values
 * @mh: message that dsmip_mh_parse() accepted as DSMIP_MH_BU, cut to its length
 * @bu: result; borrows from @mh
 *
 * Return: DSMIP_OK, or the reason; @bu is then not to be used.
 */
enum dsmip_drop dsmip_bu_parse(struct dsmip_span mh, struct dsmip_bu *bu);

/**
 * dsmip_bu_build() - values to octets, checksum left zero
 * @bu: what to send; of the options those in @bu->has are written
 * @buf: where to
 * @size: octets there
 *
 * Return: length, a multiple of 8, or -ENOSPC, -EINVAL.
 */
int dsmip_bu_build(const struct dsmip_bu *bu, u8 *buf, u16 size);

#endif
