// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as an answer of DNS. Names are such that they can be shown and asked
 * for, the C library reads the same ones, and all of them are in the order.
 */

#include <arpa/nameser.h>
#include <ctype.h>
#include <resolv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find.h"

#define TARGETS 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int held, const char *sentence)
{
	if (held)
		return;
	fprintf(stderr, "%s\n", sentence);
	abort();
}

static bool is_host(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			return false;
	return true;
}

/* The next SRV record that has a host, as the C library reads it. */
static bool their_next(ns_msg *message, int *record, char name[NS_MAXDNAME])
{
	for (; *record < ns_msg_count(*message, ns_s_an); ++*record) {
		ns_rr rr;

		must(!ns_parserr(message, ns_s_an, *record, &rr), "they do not read a record");
		if (ns_rr_type(rr) != ns_t_srv || ns_rr_class(rr) != ns_c_in)
			continue;
		must(dn_expand(ns_msg_base(*message), ns_msg_end(*message), ns_rr_rdata(rr) + 6,
			       name, NS_MAXDNAME) > 0,
		     "they do not read a name");
		if (!*name)
			strcpy(name, ".");
		if (!is_host(name))
			continue;
		++*record;
		return true;
	}
	return false;
}

static void compare(const uint8_t *data, size_t size, const struct find_target *targets, int count)
{
	char name[NS_MAXDNAME];
	ns_msg message;
	int record = 0;

	if (size > NS_MAXMSG || ns_initparse(data, size, &message))
		return;
	for (int i = 0; i < count; i++) {
		must(their_next(&message, &record, name), "they have fewer targets");
		must(!strcmp(name, targets[i].name), "they have another name");
	}
	must(count == TARGETS || !their_next(&message, &record, name), "they have more targets");
}

static uint32_t throw_dice(void *arg, uint32_t below)
{
	uint32_t *state = arg;

	must(below > 0, "a number below 0 is wanted");
	*state = *state * 1103515245 + 12345;
	return *state % below;
}

static uint32_t sum_of(const struct find_target *targets, int count)
{
	uint32_t sum = 0;

	for (int i = 0; i < count; i++)
		for (const char *c = targets[i].name; *c; c++)
			sum += (uint32_t)*c * (targets[i].weight + 1U) * (targets[i].port + 1U);
	return sum;
}

static void order(struct find_target *targets, int count, uint32_t state)
{
	uint32_t sum = sum_of(targets, count);

	find_order(targets, count, throw_dice, &state);
	must(sum == sum_of(targets, count), "one is lost");
	for (int i = 1; i < count; i++)
		must(targets[i - 1].priority <= targets[i].priority, "the order is wrong");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct find_target targets[TARGETS];
	int count = find_targets(data, size, targets, TARGETS);

	must(count >= -1 && count <= TARGETS, "there are more than there is room for");
	for (int i = 0; i < count; i++) {
		must(strnlen(targets[i].name, 254) < 254, "a name is too long");
		must(*targets[i].name && is_host(targets[i].name), "a name is none");
	}
	if (count < 0)
		return 0;
	compare(data, size, targets, count);
	order(targets, count, size);
	return 0;
}
