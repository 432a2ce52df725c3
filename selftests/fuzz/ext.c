// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as a Destination Options header and as a type 2 routing header,
 * beside a plain count of what stands in it.
 */

#include "fuzz.h"
#include "../../kmod/wire/ext.h"

struct count {
	u32 hao, arrival, others;
	bool whole;
};

/* Options of a header that is all there, counted the simplest way. */
static struct count count(const u8 *data, u32 len)
{
	struct count n = { .whole = true };
	u32 at = 2;

	while (at < len) {
		const u8 type = data[at];

		if (type == 0) {
			at++;
			continue;
		}
		n.hao += type == DSMIP_EXT_HAO;
		n.arrival += type == DSMIP_EXT_ARRIVAL;
		n.others += type > 1 && type != DSMIP_EXT_HAO && type != DSMIP_EXT_ARRIVAL;
		at += at + 1 < len ? 2 + data[at + 1] : 2;
	}
	n.whole = at == len;
	return n;
}

static void judge(const u8 *data, size_t size, enum dsmip_ext_kind kind,
		  const struct dsmip_ext *ext)
{
	const struct count n = count(data, ext->len);
	u8 again[DSMIP_ARRIVAL_LEN];

	switch (kind) {
	case DSMIP_EXT_OTHER:
		require(!n.hao && !n.arrival);
		break;
	case DSMIP_EXT_IS_HAO:
		require(n.hao == 1 && !n.arrival && !n.others && n.whole);
		require(ext->len >= DSMIP_HAO_LEN && ext->len <= size);
		break;
	case DSMIP_EXT_IS_ARRIVAL:
		require(n.arrival == 1 && !n.hao && !n.others && n.whole);
		dsmip_arrival_build(again, ext->nexthdr, &ext->addr, ext->port, ext->cookie);
		require(ext->len == sizeof(again) && !memcmp(again, data, sizeof(again)));
		break;
	case DSMIP_EXT_BAD:
		require(n.hao || n.arrival);
		require(ext->why == (n.arrival ? DSMIP_DROP_ARRIVAL_FORGED : DSMIP_DROP_HAO_FORM));
		break;
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	const struct dsmip_span in = dsmip_span(data, size);
	enum dsmip_ext_kind kind;
	u8 again[DSMIP_RH2_LEN];
	struct dsmip_ext ext;

	kind = dsmip_ext_dstopts(in, &ext);
	if (size >= 2 && ext.len <= size)
		judge(data, size, kind, &ext);
	else
		require(kind == DSMIP_EXT_BAD || kind == DSMIP_EXT_OTHER);
	if (dsmip_ext_rh2(in, &ext) != DSMIP_OK)
		return 0;
	dsmip_rh2_build(again, ext.nexthdr, &ext.addr);
	require(!memcmp(again, data, 4) && !memcmp(again + 8, data + 8, 16));
	require(dsmip_in6_prefix_equal(&ext.addr, (const void *)(data + 8), 128));
	return 0;
}
