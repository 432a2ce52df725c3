// SPDX-License-Identifier: GPL-2.0
/* Lifetimes: RFC 6275 10.3.1 and 11.8. Prefix lives end where their last whole unit ends. */

#include "life.h"

/* A life in seconds cut to whole units, as RFC 6275 10.3.1 compares prefix lives. */
static u32 units(u32 seconds)
{
	return seconds / DSMIP_LIFE_UNIT_S;
}

u32 dsmip_life_grant(u32 asked_s, u32 policy_s, u32 valid_s)
{
	u32 life = min(asked_s, policy_s);

	if (!asked_s || !units(valid_s))
		return 0;
	life = min(life, valid_s);
	life = min_t(u32, life, DSMIP_LIFE_MAX_S);
	return max_t(u32, units(life), 1) * DSMIP_LIFE_UNIT_S;
}

/* A life that ends together with the preferred life has not been deprecated in it. */
bool dsmip_life_prefix_matters(u32 granted_s, u32 preferred_s, u32 valid_s)
{
	return units(preferred_s) < units(granted_s) || units(valid_s) <= units(granted_s);
}

/* Advice that is no shorter than the life says nothing: there is none then. */
u32 dsmip_life_refresh(u32 granted_s, u32 policy_s)
{
	u32 advice;

	if (!policy_s)
		return 0;
	advice = max_t(u32, units(policy_s), 1) * DSMIP_LIFE_UNIT_S;
	return advice < granted_s ? advice : 0;
}

/*
 * An eighth of the life is kept for retransmissions, and not less than the
 * whole series up to its longest timeout needs (1 + 2 + .. + 32 s) where half
 * the life has that. Advice can only make it earlier [MR-15].
 */
u64 dsmip_life_refresh_delay_ms(u32 granted_s, u32 advice_s)
{
	const u32 series_s = (2 * DSMIP_BACKOFF_MAX_MS - DSMIP_BACKOFF_INITIAL_MS) / 1000;
	const u32 spare_s = max(granted_s / 8, min(granted_s / 2, series_s));
	const u32 delay_s = granted_s - spare_s;

	return (advice_s && advice_s < delay_s ? advice_s : delay_s) * 1000ULL;
}

u32 dsmip_backoff_next_ms(u32 last_ms, bool bound)
{
	if (!last_ms)
		return bound ? DSMIP_BACKOFF_INITIAL_MS : DSMIP_BACKOFF_FIRST_MS;
	return last_ms < DSMIP_BACKOFF_MAX_MS / 2 ? 2 * last_ms : DSMIP_BACKOFF_MAX_MS;
}
