// SPDX-License-Identifier: GPL-2.0
/* SRV records as DNS has them on the wire, RFC 1035 section 4.1 and RFC 2782. */

#include "find.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_SIZE 12
#define NAME_SIZE_MAX 255 /* of a name on the wire */
#define TYPE_SRV 33
#define CLASS_IN 1
#define IS_ANSWER 0x80 /* in the third octet of the head */
#define POINTER 0xc0

/* Octets of the answer, and where the next ones are read. */
struct wire {
	const uint8_t *octets;
	size_t size;
	size_t at;
};

static int skip(struct wire *wire, size_t count)
{
	if (count > wire->size - wire->at)
		return -1;
	wire->at += count;
	return 0;
}

static int read_16(struct wire *wire, uint16_t *number)
{
	const uint8_t *octets = wire->octets + wire->at;

	if (skip(wire, 2))
		return -1;
	*number = octets[0] << 8 | octets[1];
	return 0;
}

/* What no name of a host has becomes '?'. */
static char letter_of(uint8_t octet)
{
	return octet < 0x80 && (isalnum(octet) || octet == '-' || octet == '_') ? octet : '?';
}

/* One label, if there is one: 1, or 0 for the end of the name. */
static int read_label(struct wire *wire, char **to, const char *end)
{
	const uint8_t *octets = wire->octets + wire->at + 1;
	size_t length;

	if (skip(wire, 1))
		return -1;
	length = octets[-1];
	if (!length)
		return 0;
	if (length & POINTER || skip(wire, length) || (size_t)(end - *to) < length + 1)
		return -1;
	for (size_t i = 0; i < length; i++)
		*(*to)++ = letter_of(octets[i]);
	*(*to)++ = '.';
	return 1;
}

/*
 * A name; "." is that of the root. It may go on elsewhere, but only further in
 * front each time, so that it ends. The wire is then behind what stands here.
 */
static int read_name(struct wire *wire, char name[NAME_SIZE_MAX + 1])
{
	struct wire part = *wire;
	size_t behind = 0;
	size_t front = part.at;
	char *to = name;
	int more = 1;

	while (more == 1) {
		uint16_t where;

		if (part.at == part.size || part.octets[part.at] < POINTER) {
			more = read_label(&part, &to, name + NAME_SIZE_MAX - 1);
			continue;
		}
		if (read_16(&part, &where))
			return -1;
		if (!behind)
			behind = part.at;
		part.at = where & 0x3fff;
		if (part.at >= front)
			return -1;
		front = part.at;
	}
	if (more < 0)
		return -1;
	/* A dot stands behind each label, and none behind a name but the root. */
	if (to == name)
		memcpy(name, ".", 2);
	else
		to[-1] = 0;
	wire->at = behind ? behind : part.at;
	return 0;
}

static int read_target(struct wire *wire, uint16_t length, struct find_target *target)
{
	size_t end = wire->at + length;

	if (read_16(wire, &target->priority) || read_16(wire, &target->weight) ||
	    read_16(wire, &target->port) || read_name(wire, target->name))
		return -1;
	return wire->at == end ? 0 : -1;
}

/* 1 for a record that has a target, 0 for another. */
static int read_record(struct wire *wire, struct find_target *target)
{
	char name[NAME_SIZE_MAX + 1];
	uint16_t length;
	uint16_t class;
	uint16_t type;

	if (read_name(wire, name) || read_16(wire, &type) || read_16(wire, &class) ||
	    skip(wire, 4) || read_16(wire, &length) || length > wire->size - wire->at)
		return -1;
	if (type != TYPE_SRV || class != CLASS_IN)
		return skip(wire, length);
	if (read_target(wire, length, target))
		return -1;
	return !strchr(target->name, '?');
}

/* Where the answers begin, and how many there are. */
static int read_head(struct wire *wire, uint16_t *answers)
{
	char name[NAME_SIZE_MAX + 1];
	uint16_t questions;

	if (wire->size < HEAD_SIZE || !(wire->octets[2] & IS_ANSWER))
		return -1;
	wire->at = 4;
	if (read_16(wire, &questions) || read_16(wire, answers))
		return -1;
	wire->at = HEAD_SIZE;
	for (; questions; questions--)
		if (read_name(wire, name) || skip(wire, 4))
			return -1;
	return 0;
}

int find_targets(const uint8_t *answer, size_t size, struct find_target *targets, size_t max)
{
	struct wire wire = { .octets = answer, .size = size };
	struct find_target target;
	uint16_t answers;
	size_t count = 0;

	if (read_head(&wire, &answers))
		return -1;
	for (; answers; answers--) {
		int got = read_record(&wire, &target);

		if (got < 0)
			return -1;
		if (got && count < max)
			targets[count++] = target;
	}
	return count;
}

/* ---- the order of trying ---------------------------------------------------------- */

static int compare(const void *one, const void *other)
{
	const struct find_target *a = one;
	const struct find_target *b = other;

	if (a->priority != b->priority)
		return a->priority < b->priority ? -1 : 1;
	return (a->weight > b->weight) - (a->weight < b->weight);
}

/* The place where the running sum of the weights reaches the number. */
static size_t reach(const struct find_target *targets, uint32_t number)
{
	size_t place = 0;
	uint32_t sum = targets[0].weight;

	while (sum < number)
		sum += targets[++place].weight;
	return place;
}

/* Targets of one priority, those of weight 0 in front. */
static void order_equals(struct find_target *targets, size_t count,
			 uint32_t (*random)(void *arg, uint32_t below), void *arg)
{
	for (; count > 1; targets++, count--) {
		struct find_target next;
		uint32_t sum = 0;
		size_t place;

		for (size_t i = 0; i < count; i++)
			sum += targets[i].weight;
		place = reach(targets, random(arg, sum + 1));
		next = targets[place];
		memmove(targets + 1, targets, place * sizeof(next));
		targets[0] = next;
	}
}

void find_order(struct find_target *targets, size_t count,
		uint32_t (*random)(void *arg, uint32_t below), void *arg)
{
	qsort(targets, count, sizeof(*targets), compare);
	for (size_t i = 0; i < count;) {
		size_t end = i;

		while (end < count && targets[end].priority == targets[i].priority)
			end++;
		order_equals(targets + i, end - i, random, arg);
		i = end;
	}
}
