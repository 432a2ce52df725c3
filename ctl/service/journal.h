/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Accounting: what happened to sessions, one JSON object a line on the standard
 * output, for whoever bills or watches.
 *
 *	event	session-start, session-stop, handover, refused
 *	time	seconds since 1970
 *	id	of the subscriber
 *	hoa, hoa4, coa, coa-before
 *	in-octets, out-octets, in-packets, out-packets: from and to the mobile
 *	seconds	that the session lasted
 *	handovers in it
 *	cause	of a stop or a refusal
 */

#ifndef _SERVICE_JOURNAL_H
#define _SERVICE_JOURNAL_H

#include <stdint.h>

struct journal {
	const char *event;
	const char *id;
	const uint8_t *hoa; /* these may be NULL */
	const uint8_t *hoa4;
	const uint8_t *coa;
	const uint8_t *coa_before;
	const uint64_t *octets; /* in, out */
	const uint64_t *packets;
	const uint64_t *seconds;
	const uint64_t *handovers;
	const char *cause;
};

void journal_write(const struct journal *entry);

#endif
