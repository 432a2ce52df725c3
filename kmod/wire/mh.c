// SPDX-License-Identifier: GPL-2.0
/* Mobility Header: fixed part and checksum. RFC 6275 6.1.1. */

#include "mh.h"

/* Last 8 octets of the pseudo-header, RFC 8200 8.1. */
enum mh_pseudo { MH_NEXT_HEADER = 135 };

/* Least octets of a message of this type, table 1.2; 0 for a type unknown here. */
static u16 least_length(u8 type)
{
	switch (type) {
	case DSMIP_MH_BRR:
	case DSMIP_MH_HAS:
		return 8;
	case DSMIP_MH_HOTI:
	case DSMIP_MH_COTI:
	case DSMIP_MH_BU:
	case DSMIP_MH_BA:
	case DSMIP_MH_BR:
		return 16;
	case DSMIP_MH_HOT:
	case DSMIP_MH_COT:
	case DSMIP_MH_BE:
		return 24;
	}
	return 0;
}

enum dsmip_drop dsmip_mh_parse(struct dsmip_span in, struct dsmip_mh *mh, u16 *at)
{
	struct dsmip_mh_hdr hdr;

	*at = 0;
	if (in.len < sizeof(hdr))
		return DSMIP_DROP_MH_TRUNCATED;
	memcpy(&hdr, in.data, sizeof(hdr));
	mh->type = hdr.type;
	mh->len = (hdr.hdrlen + 1) * 8;

	*at = offsetof(struct dsmip_mh_hdr, hdrlen);
	if (mh->len > in.len)
		return DSMIP_DROP_MH_TRUNCATED;
	*at = offsetof(struct dsmip_mh_hdr, proto);
	if (hdr.proto != DSMIP_MH_PROTO_NONE)
		return DSMIP_DROP_MH_PAYLOAD_PROTO;
	*at = offsetof(struct dsmip_mh_hdr, type);
	if (!least_length(hdr.type))
		return DSMIP_DROP_MH_UNKNOWN_TYPE;
	*at = offsetof(struct dsmip_mh_hdr, hdrlen);
	if (mh->len < least_length(hdr.type))
		return DSMIP_DROP_MH_SHORT;
	return DSMIP_OK;
}

/* Sum of 16-bit words; an odd octet counts as followed by zero. */
static u64 add_words(u64 sum, struct dsmip_span s)
{
	u32 i;

	for (i = 0; i + 1 < s.len; i += 2)
		sum += dsmip_span_u16(s, i);
	if (s.len % 2)
		sum += s.data[i] << 8;
	return sum;
}

__be16 dsmip_mh_checksum(struct dsmip_span mh, const struct in6_addr *src,
			 const struct in6_addr *dst)
{
	u64 sum = MH_NEXT_HEADER + (u64)mh.len;

	sum = add_words(sum, dsmip_span(src, sizeof(*src)));
	sum = add_words(sum, dsmip_span(dst, sizeof(*dst)));
	sum = add_words(sum, mh);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return cpu_to_be16((u16)~sum);
}

void dsmip_mh_seal(u8 *buf, u32 len, const struct in6_addr *src,
		   const struct in6_addr *dst)
{
	u8 *to = buf + offsetof(struct dsmip_mh_hdr, checksum);
	__be16 checksum = 0;

	memcpy(to, &checksum, sizeof(checksum));
	checksum = dsmip_mh_checksum(dsmip_span(buf, len), src, dst);
	memcpy(to, &checksum, sizeof(checksum));
}
