/* SPDX-License-Identifier: GPL-2.0 */
/* Binding Acknowledgment, RFC 6275 6.1.8 and its extensions. */
#ifndef DSMIP_WIRE_BA_H
#define DSMIP_WIRE_BA_H

#include "opt.h"

enum dsmip_ba_flags {
	DSMIP_BA_K = 0x80,
	DSMIP_BA_R = 0x40,
	DSMIP_BA_P = 0x20,
};

/* IANA mobility-parameters; below 128 is accepted. */
enum dsmip_ba_status {
	DSMIP_BA_ACCEPTED = 0,
	DSMIP_BA_ACCEPTED_PREFIX = 1,
	DSMIP_BA_MCOA_NOTCOMPLETE = 4,
	DSMIP_BA_MCOA_RETURNHOME_WO_NDP = 5,
	DSMIP_BA_UNSPECIFIED = 128,
	DSMIP_BA_PROHIBITED = 129,
	DSMIP_BA_RESOURCES = 130,
	DSMIP_BA_NO_HOME_REGISTRATION = 131,
	DSMIP_BA_NOT_HOME_SUBNET = 132,
	DSMIP_BA_NOT_HA_FOR_MN = 133,
	DSMIP_BA_DAD_FAILED = 134,
	DSMIP_BA_SEQUENCE = 135,
	DSMIP_BA_EXPIRED_HOME_NONCE = 136,
	DSMIP_BA_EXPIRED_COA_NONCE = 137,
	DSMIP_BA_EXPIRED_NONCES = 138,
	DSMIP_BA_TYPE_CHANGE = 139,
	DSMIP_BA_MR_NOT_PERMITTED = 140,
	DSMIP_BA_INVALID_PREFIX = 141,
	DSMIP_BA_PREFIX_NOT_AUTHORISED = 142,
	DSMIP_BA_FORWARDING_FAILED = 143,
	DSMIP_BA_UDP_REFUSED = 144,
	DSMIP_BA_MCOA_MALFORMED = 164,
	DSMIP_BA_NON_MCOA_EXISTS = 165,
	DSMIP_BA_MCOA_PROHIBITED = 166,
	DSMIP_BA_MCOA_UNKNOWN_COA = 167,
	DSMIP_BA_MCOA_BULK_PROHIBITED = 168,
	DSMIP_BA_MCOA_HOME_AND_FOREIGN = 169,
	DSMIP_BA_INVALID_COA = 174,
};

/* RFC 5555 3.2.1; below 128 is accepted. */
enum dsmip_hoa4_status {
	DSMIP_HOA4_OK = 0,
	DSMIP_HOA4_UNSPECIFIED = 128,
	DSMIP_HOA4_PROHIBITED = 129,
	DSMIP_HOA4_INCORRECT = 130,
	DSMIP_HOA4_INVALID = 131,
	DSMIP_HOA4_UNAVAILABLE = 132,
	DSMIP_HOA4_PREFIX_UNAUTHORISED = 133,
};

/**
 * struct dsmip_ba - a Binding Acknowledgment as values
 * @status: enum dsmip_ba_status, or any other octet a peer sent
 * @flags: enum dsmip_ba_flags
 * @seq: sequence number
 * @lifetime_s: life granted, in seconds
 * @has: DSMIP_HAS() of every option that was there, known types only
 * @refresh_s: Binding Refresh Advice option, in seconds
 * @hoa4: IPv4 Address Acknowledgment options
 * @hoa4_count: how many
 * @nat: NAT Detection option
 * @bid: Binding Identifier options
 * @bid_count: how many
 * @options: all options, borrowed
 */
struct dsmip_ba {
	u8 status;
	u8 flags;
	u16 seq;
	u32 lifetime_s;
	u64 has;
	u32 refresh_s;
	struct dsmip_hoa4 hoa4[DSMIP_HOA4_MAX];
	u8 hoa4_count;
	struct dsmip_nat nat;
	struct dsmip_bid bid[DSMIP_BID_MAX];
	u8 bid_count;
	struct dsmip_span options;
};

/**
 * dsmip_ba_parse() - octets to values
 * @mh: message that dsmip_mh_parse() accepted as DSMIP_MH_BA, cut to its length
 * @ba: result; borrows from @mh
 *
 * Return: DSMIP_OK, or the reason; @ba is then not to be used.
 */
enum dsmip_drop dsmip_ba_parse(struct dsmip_span mh, struct dsmip_ba *ba);

/**
 * dsmip_ba_build() - values to octets, checksum left zero
 * @ba: what to send; of the options those in @ba->has are written, option 30
 *      before any option 35 [MC-14]
 * @buf: where to
 * @size: octets there
 *
 * Return: length, a multiple of 8, or -ENOSPC, -EINVAL.
 */
int dsmip_ba_build(const struct dsmip_ba *ba, u8 *buf, u16 size);

#endif
