/* SPDX-License-Identifier: GPL-2.0 */
/* Lifetimes, refresh times and the retransmission series. */
#ifndef DSMIP_RULE_LIFE_H
#define DSMIP_RULE_LIFE_H

#include "../wire/wire.h"

enum dsmip_life_limits {
	DSMIP_LIFE_UNIT_S = 4,
	DSMIP_LIFE_MAX_S = 262140,
	DSMIP_LIFE_FOREVER_S = -1,		/* as u32: a prefix that never ends */
	DSMIP_NAT_NEVER_S = -1,			/* as u32: no NAT wants keepalives [DS-10] */
	DSMIP_DELETE_HOLD_S = 10,		/* MAX_DELETE_BCE_TIMEOUT */
	DSMIP_BACKOFF_FIRST_MS = 1500,		/* InitialBindackTimeoutFirstReg */
	DSMIP_BACKOFF_INITIAL_MS = 1000,	/* INITIAL_BINDACK_TIMEOUT */
	DSMIP_BACKOFF_MAX_MS = 32000,		/* MAX_BINDACK_TIMEOUT */
	DSMIP_RATE_COUNT = 3,			/* MAX_UPDATE_RATE ... */
	DSMIP_RATE_WINDOW_MS = 1000,		/* ... per second */
};

/**
 * dsmip_life_grant() - life to grant to a binding
 * @asked_s: life asked for
 * @policy_s: longest by policy
 * @valid_s: what the home prefix has left, DSMIP_LIFE_FOREVER_S for ever [HR-09]
 *
 * Return: seconds in whole units of 4 s, at least one unit when @asked_s is
 * not 0 and the prefix is valid at all; 0 when it is not.
 */
u32 dsmip_life_grant(u32 asked_s, u32 policy_s, u32 valid_s);

/**
 * dsmip_life_prefix_matters() - whether status 1 is to be given [HR-11]
 * @granted_s: life granted
 * @preferred_s: what the home prefix has left as preferred
 * @valid_s: what it has left as valid
 *
 * Compared in units of 4 s.
 */
bool dsmip_life_prefix_matters(u32 granted_s, u32 preferred_s, u32 valid_s);

/**
 * dsmip_life_refresh() - refresh interval to advise [HR-14]
 * @granted_s: life granted
 * @policy_s: interval that policy wishes, 0 for none
 *
 * Return: seconds in units of 4 s, smaller than @granted_s; 0: no advice.
 */
u32 dsmip_life_refresh(u32 granted_s, u32 policy_s);

/**
 * dsmip_life_refresh_delay_ms() - when a mobile node refreshes [MR-15]
 * @granted_s: life granted
 * @advice_s: refresh advice, 0 for none
 *
 * Return: milliseconds from the time the Binding Update was sent; well before
 * the end of the binding, and leaving room for retransmissions.
 */
u64 dsmip_life_refresh_delay_ms(u32 granted_s, u32 advice_s);

/**
 * dsmip_backoff_next_ms() - the retransmission series of RFC 6275 11.8
 * @last_ms: last timeout, 0 for the first Binding Update of a series
 * @bound: a binding exists already at the home agent
 */
u32 dsmip_backoff_next_ms(u32 last_ms, bool bound);

#endif
