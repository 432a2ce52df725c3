// SPDX-License-Identifier: GPL-2.0

#include "journal.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "out.h"
#include "sas.h"

static void put_address(struct out *out, const char *key, const uint8_t *addr)
{
	static const uint8_t none[16];
	char text[INET6_ADDRSTRLEN];

	if (!addr || !memcmp(addr, none, sizeof(none)))
		return;
	if (sas_is_ipv4(addr))
		inet_ntop(AF_INET, addr + 12, text, sizeof(text));
	else
		inet_ntop(AF_INET6, addr, text, sizeof(text));
	out_text(out, key, text);
}

void journal_write(const struct journal *entry)
{
	struct out out = { .file = stdout, .json = true, .stream = true };

	out_begin(&out, NULL);
	out_text(&out, "event", entry->event);
	out_number(&out, "time", time(NULL));
	if (entry->id && *entry->id)
		out_text(&out, "id", entry->id);
	put_address(&out, "hoa", entry->hoa);
	put_address(&out, "hoa4", entry->hoa4);
	put_address(&out, "coa", entry->coa);
	put_address(&out, "coa-before", entry->coa_before);
	if (entry->packets) {
		out_number(&out, "in-packets", entry->packets[0]);
		out_number(&out, "out-packets", entry->packets[1]);
	}
	if (entry->octets) {
		out_number(&out, "in-octets", entry->octets[0]);
		out_number(&out, "out-octets", entry->octets[1]);
	}
	if (entry->seconds)
		out_number(&out, "seconds", *entry->seconds);
	if (entry->handovers)
		out_number(&out, "handovers", *entry->handovers);
	if (entry->cause)
		out_text(&out, "cause", entry->cause);
	out_end(&out);
	fflush(stdout);
}
