/* SPDX-License-Identifier: GPL-2.0 */
/* Serial number comparison of RFC 6275 9.5.1. */
#ifndef DSMIP_RULE_SEQ_H
#define DSMIP_RULE_SEQ_H

#include "../wire/wire.h"

/**
 * dsmip_seq_is_newer() - whether a sequence number may follow another
 * @seq: the one that came
 * @last: the last one accepted
 *
 * [last - 32768 .. last] mod 2^16 is old [HR-01].
 */
static inline bool dsmip_seq_is_newer(u16 seq, u16 last)
{
	return (u16)(last - seq) > 32768;
}

#endif
