/* SPDX-License-Identifier: GPL-2.0 */
/* The fixed part of every Mobility Header message, RFC 6275 6.1.1. */
#ifndef DSMIP_WIRE_MH_H
#define DSMIP_WIRE_MH_H

#include "span.h"

enum dsmip_mh_type {
	DSMIP_MH_BRR = 0,
	DSMIP_MH_HOTI = 1,
	DSMIP_MH_COTI = 2,
	DSMIP_MH_HOT = 3,
	DSMIP_MH_COT = 4,
	DSMIP_MH_BU = 5,
	DSMIP_MH_BA = 6,
	DSMIP_MH_BE = 7,
	DSMIP_MH_HAS = 12,	/* RFC 5142 */
	DSMIP_MH_BR = 16,	/* RFC 5846 */
};

enum dsmip_mh_sizes {
	DSMIP_MH_HLEN = 6,		/* up to and with the checksum */
	DSMIP_MH_PROTO_NONE = 59,	/* what Payload Proto must be */
	DSMIP_MH_MAX = (255 + 1) * 8,	/* the longest message */
	DSMIP_MH_UNIT_S = 4,		/* lifetimes and refresh intervals */
};

/**
 * struct dsmip_mh_hdr - the fixed header as octets
 * @proto: Payload Proto
 * @hdrlen: Header Len, in units of 8 octets after the first
 * @type: MH Type
 * @reserved: zero when sent
 * @checksum: see dsmip_mh_checksum()
 */
struct dsmip_mh_hdr {
	u8 proto;
	u8 hdrlen;
	u8 type;
	u8 reserved;
	__be16 checksum;
} __packed;
static_assert(sizeof(struct dsmip_mh_hdr) == DSMIP_MH_HLEN);

/**
 * dsmip_mh_units() - seconds to the unit that lifetimes travel in
 * @seconds: any time
 *
 * Return: rounded down, but never from something to nothing; at most 65535.
 */
static inline u16 dsmip_mh_units(u32 seconds)
{
	u32 units = seconds / DSMIP_MH_UNIT_S;

	if (seconds && !units)
		return 1;
	return units < 0xffff ? units : 0xffff;
}

/**
 * struct dsmip_mh - the fixed header as values
 * @type: message type
 * @len: length of the message in octets, from Header Len
 */
struct dsmip_mh {
	u8 type;
	u16 len;
};

/**
 * dsmip_mh_parse() - check the fixed header against the octets received
 * @in: from the first octet of the Mobility Header to the end of the packet
 * @mh: result
 * @at: on failure, the offset that an ICMPv6 Parameter Problem points at
 *
 * Checks in this order: truncation, Header Len beyond the octets [MH-07],
 * Payload Proto [MH-05], unknown type [MH-04], least length of the type
 * [MH-06]. The checksum is the caller's affair, see dsmip_mh_checksum().
 *
 * Return: DSMIP_OK, or the reason.
 */
enum dsmip_drop dsmip_mh_parse(struct dsmip_span in, struct dsmip_mh *mh, u16 *at);

/**
 * dsmip_mh_checksum() - checksum of a message with its pseudo-header
 * @mh: message, its checksum field counted as it stands
 * @src: source as the receiver sees it; the home address with a HAO [MH-02]
 * @dst: final destination [MH-03]
 *
 * Return: 0 over a correct message; over one with a zero checksum field, the
 * value to put there.
 */
__be16 dsmip_mh_checksum(struct dsmip_span mh, const struct in6_addr *src,
			 const struct in6_addr *dst);

/**
 * dsmip_mh_seal() - set the checksum of a finished message
 * @buf: message
 * @len: its length
 * @src: source as the receiver will see it
 * @dst: final destination
 */
void dsmip_mh_seal(u8 *buf, u32 len, const struct in6_addr *src,
		   const struct in6_addr *dst);

#endif
