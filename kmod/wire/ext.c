// SPDX-License-Identifier: GPL-2.0
/* Home Address option, type 2 routing header, arrival option, address predicates. */

#include "ext.h"
#include "opt.h"

/* What every extension header begins with; options or data follow. */
struct ext_head {
	u8 nexthdr;
	u8 hdrlen;
} __packed;
static_assert(sizeof(struct ext_head) == 2);

struct hao_hdr {
	struct ext_head head;
	u8 padn[4];		/* brings the option to 8n + 6 */
	u8 type;
	u8 len;
	struct in6_addr hoa;
} __packed;
static_assert(sizeof(struct hao_hdr) == DSMIP_HAO_LEN);
static_assert(offsetof(struct hao_hdr, type) % 8 == 6);

struct hao_long_hdr {
	struct ext_head head;
	u8 padn[12];		/* brings the option to 8n + 6 as well */
	u8 type;
	u8 len;
	struct in6_addr hoa;
} __packed;
static_assert(sizeof(struct hao_long_hdr) == DSMIP_ARRIVAL_LEN);
static_assert(offsetof(struct hao_long_hdr, type) % 8 == 6);

struct rh2_hdr {
	struct ext_head head;
	u8 type;
	u8 segments_left;
	__be32 reserved;
	struct in6_addr hoa;
} __packed;
static_assert(sizeof(struct rh2_hdr) == DSMIP_RH2_LEN);

struct arrival_hdr {
	struct ext_head head;
	u8 type;
	u8 len;
	__be16 port;
	struct in6_addr addr;
	__be64 cookie;
	u8 padn[2];
} __packed;
static_assert(sizeof(struct arrival_hdr) == DSMIP_ARRIVAL_LEN);

struct encap_limit_hdr {
	struct ext_head head;
	u8 type;
	u8 len;
	u8 limit;
	u8 padn[3];
} __packed;
static_assert(sizeof(struct encap_limit_hdr) == DSMIP_ENCAP_LIMIT_LEN);

enum ext_lengths {
	HAO_BODY = sizeof(struct in6_addr),
	ARRIVAL_BODY = offsetof(struct arrival_hdr, padn) - offsetof(struct arrival_hdr, port),
	HDRLEN_OF_24 = 2,
	HDRLEN_OF_32 = 3,
};

/**
 * struct ext_found - what stands in a Destination Options header
 * @hao: Home Address options, of any form
 * @arrival: arrival options, of any form
 * @others: options that are not ours
 * @body: that of the last Home Address option
 */
struct ext_found {
	u16 hao;
	u16 arrival;
	u16 others;
	struct dsmip_span body;
};

static void count_option(struct ext_found *found, u8 type, struct dsmip_span body)
{
	switch (type) {
	case DSMIP_EXT_HAO:
		found->hao++;
		found->body = body;
		break;
	case DSMIP_EXT_ARRIVAL:
		found->arrival++;
		break;
	default:
		found->others++;
	}
}

static struct ext_found find_options(struct dsmip_span hdr)
{
	struct dsmip_opt_cursor c = { .mh = hdr, .at = sizeof(struct ext_head) };
	struct ext_found found = {};
	struct dsmip_opt opt;
	int more;

	while ((more = dsmip_opt_next(&c, &opt)) > 0)
		count_option(&found, opt.type, opt.body);
	if (more < 0)
		count_option(&found, hdr.data[c.at], dsmip_span(NULL, 0));
	return found;
}

static enum dsmip_ext_kind judge_hao(const struct ext_found *found, struct dsmip_ext *ext)
{
	if (found->hao != 1 || found->others || found->body.len != HAO_BODY) {
		ext->why = DSMIP_DROP_HAO_FORM;
		return DSMIP_EXT_BAD;
	}
	ext->addr = dsmip_span_in6(found->body, 0);
	return DSMIP_EXT_IS_HAO;
}

/* Ours has one form only: built again from its values it is the same. */
static enum dsmip_ext_kind judge_arrival(struct dsmip_span hdr, struct dsmip_ext *ext)
{
	u8 again[DSMIP_ARRIVAL_LEN];
	struct arrival_hdr in;
	struct in6_addr addr;

	ext->why = DSMIP_DROP_ARRIVAL_FORGED;
	if (hdr.len != sizeof(in))
		return DSMIP_EXT_BAD;
	memcpy(&in, hdr.data, sizeof(in));
	addr = in.addr;
	dsmip_arrival_build(again, in.head.nexthdr, &addr, be16_to_cpu(in.port),
			    be64_to_cpu(in.cookie));
	if (memcmp(again, hdr.data, sizeof(again)))
		return DSMIP_EXT_BAD;
	ext->addr = addr;
	ext->port = be16_to_cpu(in.port);
	ext->cookie = be64_to_cpu(in.cookie);
	ext->why = DSMIP_OK;
	return DSMIP_EXT_IS_ARRIVAL;
}

enum dsmip_ext_kind dsmip_ext_dstopts(struct dsmip_span in, struct dsmip_ext *ext)
{
	struct ext_found found;
	struct dsmip_span hdr;

	*ext = (struct dsmip_ext){ .why = DSMIP_DROP_HAO_FORM };
	if (in.len < sizeof(struct ext_head))
		return DSMIP_EXT_BAD;
	ext->nexthdr = in.data[offsetof(struct ext_head, nexthdr)];
	ext->len = dsmip_ext_length(in);
	if (ext->len > in.len && ext->len >= DSMIP_HAO_LEN)
		return DSMIP_EXT_BAD;

	ext->why = DSMIP_OK;
	hdr = dsmip_span_take(in, ext->len);
	found = find_options(hdr);
	if (found.arrival)
		return judge_arrival(hdr, ext);
	if (found.hao)
		return judge_hao(&found, ext);
	return DSMIP_EXT_OTHER;
}

enum dsmip_drop dsmip_ext_rh2(struct dsmip_span in, struct dsmip_ext *ext)
{
	struct rh2_hdr hdr;

	*ext = (struct dsmip_ext){};
	if (in.len < sizeof(hdr))
		return DSMIP_DROP_RH2_FORM;
	memcpy(&hdr, in.data, sizeof(hdr));
	if (hdr.head.hdrlen != HDRLEN_OF_24 || hdr.type != DSMIP_RH_TYPE2 ||
	    hdr.segments_left != 1)
		return DSMIP_DROP_RH2_FORM;
	ext->nexthdr = hdr.head.nexthdr;
	ext->len = sizeof(hdr);
	ext->addr = hdr.hoa;
	return DSMIP_OK;
}

void dsmip_hao_build(u8 *buf, u8 nexthdr, const struct in6_addr *hoa)
{
	const struct hao_hdr hdr = {
		.head = { .nexthdr = nexthdr, .hdrlen = HDRLEN_OF_24 },
		.padn = { DSMIP_OPT_PADN, 2 },
		.type = DSMIP_EXT_HAO,
		.len = HAO_BODY,
		.hoa = *hoa,
	};

	memcpy(buf, &hdr, sizeof(hdr));
}

void dsmip_hao_build_long(u8 *buf, u8 nexthdr, const struct in6_addr *hoa)
{
	const struct hao_long_hdr hdr = {
		.head = { .nexthdr = nexthdr, .hdrlen = HDRLEN_OF_32 },
		.padn = { DSMIP_OPT_PADN, 10 },
		.type = DSMIP_EXT_HAO,
		.len = HAO_BODY,
		.hoa = *hoa,
	};

	memcpy(buf, &hdr, sizeof(hdr));
}

void dsmip_rh2_build(u8 *buf, u8 nexthdr, const struct in6_addr *hoa)
{
	const struct rh2_hdr hdr = {
		.head = { .nexthdr = nexthdr, .hdrlen = HDRLEN_OF_24 },
		.type = DSMIP_RH_TYPE2,
		.segments_left = 1,
		.hoa = *hoa,
	};

	memcpy(buf, &hdr, sizeof(hdr));
}

void dsmip_arrival_build(u8 *buf, u8 nexthdr, const struct in6_addr *addr, u16 port,
			 u64 cookie)
{
	const struct arrival_hdr hdr = {
		.head = { .nexthdr = nexthdr, .hdrlen = HDRLEN_OF_32 },
		.type = DSMIP_EXT_ARRIVAL,
		.len = ARRIVAL_BODY,
		.port = cpu_to_be16(port),
		.addr = *addr,
		.cookie = cpu_to_be64(cookie),
		.padn = { DSMIP_OPT_PADN },
	};

	memcpy(buf, &hdr, sizeof(hdr));
}

void dsmip_encap_limit_build(u8 *buf, u8 nexthdr, u8 limit)
{
	const struct encap_limit_hdr hdr = {
		.head = { .nexthdr = nexthdr },
		.type = DSMIP_EXT_ENCAP_LIMIT,
		.len = sizeof(hdr.limit),
		.limit = limit,
		.padn = { DSMIP_OPT_PADN, 1 },
	};

	memcpy(buf, &hdr, sizeof(hdr));
}

u8 dsmip_ext_encap_limit(struct dsmip_span in, u32 *at)
{
	struct dsmip_opt_cursor c = { .at = sizeof(struct ext_head) };
	struct dsmip_opt opt;

	if (in.len < sizeof(struct ext_head) || dsmip_ext_length(in) > in.len)
		return 255;
	c.mh = dsmip_span_take(in, dsmip_ext_length(in));
	while (dsmip_opt_next(&c, &opt) > 0) {
		if (opt.type != DSMIP_EXT_ENCAP_LIMIT || opt.body.len != 1)
			continue;
		*at = opt.at + 2;
		return opt.body.data[0];
	}
	return 255;
}

bool dsmip_in6_is_unicast(const struct in6_addr *a)
{
	static const u8 compatible[12];		/* has :: and ::1 too */
	static const u8 mapped[12] = { [10] = 0xff, [11] = 0xff };
	const u8 *o = a->s6_addr;

	if (o[0] == 0xff)
		return false;
	if (o[0] == 0xfe && (o[1] & 0xc0) == 0x80)
		return false;
	return memcmp(o, compatible, sizeof(compatible)) && memcmp(o, mapped, sizeof(mapped));
}

bool dsmip_in4_is_unicast(__be32 a)
{
	const u32 addr = be32_to_cpu(a);
	const u8 net = addr >> 24;

	return net && net != 127 && net < 224 && addr >> 16 != 0xa9fe;
}

bool dsmip_in6_prefix_equal(const struct in6_addr *a, const struct in6_addr *b, u8 plen)
{
	const u8 whole = min_t(u8, plen, 128) / 8;
	const u8 mask = 0xff << (8 - plen % 8);

	if (memcmp(a->s6_addr, b->s6_addr, whole))
		return false;
	if (whole == sizeof(a->s6_addr))
		return true;
	return !((a->s6_addr[whole] ^ b->s6_addr[whole]) & mask);
}

struct in6_addr dsmip_in6_from_in4(__be32 a)
{
	struct in6_addr mapped = { .s6_addr = { [10] = 0xff, [11] = 0xff } };
	static const struct in6_addr none;

	memcpy(&mapped.s6_addr[12], &a, sizeof(a));
	return a ? mapped : none;
}

__be32 dsmip_in6_to_in4(const struct in6_addr *a)
{
	static const struct in6_addr mapped = { .s6_addr = { [10] = 0xff, [11] = 0xff } };
	__be32 a4;

	memcpy(&a4, &a->s6_addr[12], sizeof(a4));
	return dsmip_in6_prefix_equal(a, &mapped, 96) ? a4 : 0;
}
