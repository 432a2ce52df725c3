// SPDX-License-Identifier: GPL-2.0
/*
 * Where there are an IPv6 and an IPv4 care-of address, one is in use and the
 * other waits. What was learned of UDP is learned of one address: with it, it is
 * forgotten.
 */

#include "../wire/ext.h"
#include "way.h"

static bool same(const struct in6_addr *a, const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static bool is_any(const struct in6_addr *a)
{
	static const struct in6_addr any;

	return same(a, &any);
}

static bool uses_ip4(const struct dsmip_reg *reg)
{
	return dsmip_in6_to_in4(&reg->coa);
}

static bool uses_ip6(const struct dsmip_reg *reg)
{
	return !is_any(&reg->coa) && same(&reg->coa, &reg->coa6);
}

static void use(struct dsmip_reg *reg, struct in6_addr coa)
{
	if (same(&reg->coa, &coa))
		return;
	reg->coa = coa;
	reg->force = false;
	reg->force_refused = false;
}

static bool chooses_ip4(const struct dsmip_reg *reg, const struct in6_addr *coa6, __be32 coa4)
{
	if (!coa4 || is_any(coa6))
		return coa4;
	if (uses_ip4(reg))
		return reg->prefers4 || same(coa6, &reg->coa6);
	return reg->prefers4 && !(uses_ip6(reg) && coa4 == reg->coa4);
}

bool dsmip_way_choose(struct dsmip_reg *reg, const struct in6_addr *coa6, __be32 coa4)
{
	const struct in6_addr before = reg->coa;
	const bool ip4 = chooses_ip4(reg, coa6, coa4);

	reg->coa6 = *coa6;
	reg->coa4 = coa4;
	use(reg, ip4 ? dsmip_in6_from_in4(coa4) : *coa6);
	return !same(&reg->coa, &before);
}

void dsmip_way_home(struct dsmip_reg *reg, const struct in6_addr *hoa)
{
	memset(&reg->coa6, 0, sizeof(reg->coa6));
	reg->coa4 = 0;
	use(reg, *hoa);
}

bool dsmip_way_has_other(const struct dsmip_reg *reg)
{
	return reg->coa4 && !is_any(&reg->coa6);
}

void dsmip_way_turn(struct dsmip_reg *reg)
{
	use(reg, uses_ip4(reg) ? reg->coa6 : dsmip_in6_from_in4(reg->coa4));
}

/* [DS-18] [DS-19]. At home there is no way to speak of. */
bool dsmip_way_asks_for_udp(const struct dsmip_reg *reg, const struct dsmip_want *want)
{
	if (reg->force_refused || same(&reg->coa, &want->hoa))
		return false;
	return reg->force || want->flags & DSMIP_BU_F;
}

/* [DS-02] From IPv4 always in UDP, so that a NAT is found whenever it comes. */
u8 dsmip_way_of_bu(const struct dsmip_reg *reg, const struct dsmip_want *want)
{
	if (uses_ip4(reg))
		return DSMIP_OUTER_UDP4;
	return dsmip_way_asks_for_udp(reg, want) ? DSMIP_OUTER_UDP6 : DSMIP_OUTER_IP6;
}

/*
 * [DS-30] That IPv4 is good where there is nothing else says nothing about IPv6
 * elsewhere.
 */
static void learn_family(struct dsmip_reg *reg)
{
	if (!uses_ip4(reg))
		reg->prefers4 = false;
	else if (!is_any(&reg->coa6))
		reg->prefers4 = true;
}

/*
 * [DS-07] to [DS-10]. Without option 31 there is no NAT, RFC 5555 3.2.2; nor with
 * one that wants no refresh. Over IPv6 a home agent has no say in it: UDP is there
 * when it was asked for [DS-19].
 */
void dsmip_way_bind(struct dsmip_reg *reg, const struct dsmip_want *want,
		    const struct dsmip_ba *ba)
{
	const bool told = ba->has & DSMIP_HAS(DSMIP_OPT_NAT);
	const bool nat = told && ba->nat.refresh_s != (u32)DSMIP_NAT_NEVER_S;
	const bool udp = dsmip_way_asks_for_udp(reg, want) ||
			 (uses_ip4(reg) && told && (nat || ba->nat.force));

	if (uses_ip4(reg))
		reg->bound_outer = udp ? DSMIP_OUTER_UDP4 : DSMIP_OUTER_IP4;
	else
		reg->bound_outer = udp ? DSMIP_OUTER_UDP6 : DSMIP_OUTER_IP6;
	reg->nat = udp && nat;
	reg->keepalive_s = 0;
	if (reg->nat)
		reg->keepalive_s = ba->nat.refresh_s ?: want->keepalive_s;
	reg->bound_coa = reg->coa;
	learn_family(reg);
}

void dsmip_way_unbind(struct dsmip_reg *reg)
{
	memset(&reg->bound_coa, 0, sizeof(reg->bound_coa));
	reg->bound_outer = DSMIP_OUTER_IP6;
	reg->nat = false;
	reg->keepalive_s = 0;
}

/* While another address is tried, or none is there, nothing keeps the one bound awake. */
u64 dsmip_way_keep_ms(const struct dsmip_reg *reg, u64 heard_ms)
{
	if (!reg->keepalive_s || !same(&reg->coa, &reg->bound_coa))
		return 0;
	return max(reg->sent_ms, heard_ms) + reg->keepalive_s * 1000ULL;
}
