// SPDX-License-Identifier: GPL-2.0
/*
 * Octets of VICI. What is right here is written by hand from the words of
 * strongSwan's README on the protocol, not by the writer that is tested.
 */

#include <stdint.h>
#include <stdlib.h>

#include "ktap.h"
#include "tree.h"
#include "vici.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What the README's example says in words, element by element. */
static const char readme[] = "\3\4key1\0\6value1"
			     "\1\10section1"
			     "\1\13sub-section"
			     "\3\4key2\0\6value2"
			     "\2"
			     "\4\5list1"
			     "\5\0\5item1"
			     "\5\0\5item2"
			     "\6"
			     "\2";

#define README_SIZE (sizeof(readme) - 1)

static struct tree *readme_tree(void)
{
	struct tree *tree = tree_new();
	struct tree *section;
	struct tree *list;

	tree_add_text(tree, "key1", "value1");
	section = tree_add_section(tree, "section1");
	tree_add_text(tree_add_section(section, "sub-section"), "key2", "value2");
	list = tree_add_list(section, "list1");
	tree_add_text(list, NULL, "item1");
	tree_add_text(list, NULL, "item2");
	return tree;
}

static bool wrote(uint8_t *got, size_t size, const uint8_t *wanted, size_t wanted_size)
{
	bool same = got && size == wanted_size && !memcmp(got, wanted, size);

	free(got);
	return same;
}

static void golden_packets(void)
{
	static const struct {
		enum vici_packet type;
		const char *name;
		size_t size;
		uint8_t octets[16];
		const char *sentence;
	} rows[] = {
		{ VICI_CMD_REQUEST,
		  "stats",
		  11,
		  { 0, 0, 0, 7, 0, 5, 's', 't', 'a', 't', 's' },
		  "a command" },
		{ VICI_CMD_RESPONSE, NULL, 5, { 0, 0, 0, 1, 1 }, "an answer" },
		{ VICI_CMD_UNKNOWN, NULL, 5, { 0, 0, 0, 1, 2 }, "an unknown command" },
		{ VICI_EVENT_REGISTER,
		  "log",
		  9,
		  { 0, 0, 0, 5, 3, 3, 'l', 'o', 'g' },
		  "a subscription" },
		{ VICI_EVENT_UNREGISTER,
		  "log",
		  9,
		  { 0, 0, 0, 5, 4, 3, 'l', 'o', 'g' },
		  "the end of a subscription" },
		{ VICI_EVENT_CONFIRM, NULL, 5, { 0, 0, 0, 1, 5 }, "a confirmation" },
		{ VICI_EVENT_UNKNOWN, NULL, 5, { 0, 0, 0, 1, 6 }, "an unknown event" },
		{ VICI_EVENT, "log", 9, { 0, 0, 0, 5, 7, 3, 'l', 'o', 'g' }, "an event" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct vici_head head;
		size_t size = 0;
		uint8_t *packet = vici_write(rows[i].type, rows[i].name, NULL, &size);

		check(wrote(packet, size, rows[i].octets, rows[i].size), "%s is written",
		      rows[i].sentence);
		check(!vici_read_head(rows[i].octets + 4, rows[i].size - 4, &head) &&
			      head.type == rows[i].type && !strcmp(head.name, rows[i].name ?: "") &&
			      !head.size,
		      "%s is read", rows[i].sentence);
	}
}

static void golden_message(void)
{
	struct tree *tree = readme_tree();
	struct vici_head head = { 0 };
	struct tree *again;
	size_t size = 0;
	uint8_t *packet = vici_write(VICI_EVENT, "e", tree, &size);
	static const uint8_t front[] = { 0, 0, 0, README_SIZE + 3, 7, 1, 'e' };

	check(packet && size == sizeof(front) + README_SIZE &&
		      !memcmp(packet, front, sizeof(front)) &&
		      !memcmp(packet + sizeof(front), readme, README_SIZE),
	      "the example of the README is written octet by octet");
	check(!vici_read_head(packet + 4, size - 4, &head) && head.type == VICI_EVENT &&
		      !strcmp(head.name, "e") && head.size == README_SIZE,
	      "and its head is read");
	again = vici_read(head.message, head.size);
	check(tree_is(again, "key1", "value1") &&
		      tree_is(tree_find(tree_find(again, "section1"), "sub-section"), "key2",
			      "value2"),
	      "values of the example are read");
	check(again && tree_find(tree_find(again, "section1"), "list1")->first->next->size == 5,
	      "items of the example are read");
	tree_free(again);
	tree_free(tree);
	free(packet);
}

static void heads_that_are_none(void)
{
	static const struct {
		const char *octets;
		size_t size;
		const char *sentence;
	} rows[] = {
		{ "", 0, "a packet of nothing" },
		{ "\10", 1, "a type that there is not" },
		{ "\377", 1, "the greatest type that there is not" },
		{ "\0", 1, "a command without a name" },
		{ "\0\0", 2, "a command with an empty name" },
		{ "\0\5stat", 6, "a command with half a name" },
		{ "\7", 1, "an event without a name" },
		{ "\7\0\1", 3, "an event with an empty name" },
		{ "\7\3l\0g", 5, "an event with a NUL in its name" },
		{ "\7\377", 2, "an event whose name is only a length" },
		{ "\3", 1, "a subscription without a name" },
		{ "\4\1", 2, "the end of a subscription without its name" },
	};
	struct vici_head head;

	for (size_t i = 0; i < COUNT(rows); i++) {
		/* From the heap, so that one octet too many is seen. */
		uint8_t *octets = malloc(rows[i].size ?: 1);

		memcpy(octets, rows[i].octets, rows[i].size);
		check(vici_read_head(octets, rows[i].size, &head), "%s is no packet",
		      rows[i].sentence);
		free(octets);
	}
}

#define OCTETS(text) text, sizeof(text) - 1

static void messages_that_are_none(void)
{
	static const struct {
		const char *octets;
		size_t size;
		const char *sentence;
	} rows[] = {
		{ OCTETS("\0"), "an element of type 0" },
		{ OCTETS("\7"), "an element of type 7" },
		{ OCTETS("\377"), "an element of type 255" },
		{ OCTETS("\1"), "a section without a key" },
		{ OCTETS("\1\2a"), "a section with half a key" },
		{ OCTETS("\1\0\2"), "a section with an empty key" },
		{ OCTETS("\1\3a\0b\2"), "a section with a NUL in its key" },
		{ OCTETS("\1\1a"), "a section that does not end" },
		{ OCTETS("\1\1a\1\1b\2"), "two sections of which one ends" },
		{ OCTETS("\2"), "the end of a section that did not begin" },
		{ OCTETS("\1\1a\2\2"), "a section that ends twice" },
		{ OCTETS("\2\1\1a"), "a section that ends and then begins" },
		{ OCTETS("\2\3\1a\0\1x\1\1a"), "a value between such two" },
		{ OCTETS("\3"), "a value without a key" },
		{ OCTETS("\3\1a"), "a value without a length" },
		{ OCTETS("\3\1a\0"), "a value with half a length" },
		{ OCTETS("\3\1a\0\1"), "a value that is not there" },
		{ OCTETS("\3\1a\0\2x"), "half a value" },
		{ OCTETS("\3\1a\377\377x"), "a value with a length far behind the end" },
		{ OCTETS("\3\0\0\1x"), "a value with an empty key" },
		{ OCTETS("\3\1\0\0\1x"), "a value with a NUL for a key" },
		{ OCTETS("\4"), "a list without a key" },
		{ OCTETS("\4\0\6"), "a list with an empty key" },
		{ OCTETS("\4\2a\0\6"), "a list with a NUL in its key" },
		{ OCTETS("\4\1a"), "a list that does not end" },
		{ OCTETS("\5\0\0"), "an item outside a list" },
		{ OCTETS("\6"), "the end of a list that did not begin" },
		{ OCTETS("\4\1a\6\6"), "a list that ends twice" },
		{ OCTETS("\4\1a\5\0\2x\6"), "an item that is longer than what is left" },
		{ OCTETS("\4\1a\5"), "an item without a length" },
		{ OCTETS("\4\1a\3\1b\0\0\6"), "a value with a key in a list" },
		{ OCTETS("\4\1a\4\1b\6\6"), "a list in a list" },
		{ OCTETS("\4\1a\1\1b\2\6"), "a section in a list" },
		{ OCTETS("\1\1a\4\1b\2\6"), "a section that ends in a list" },
		{ OCTETS("\3\1a\0\1x\0"), "an octet behind a message" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		uint8_t *octets = malloc(rows[i].size);
		struct tree *tree;

		memcpy(octets, rows[i].octets, rows[i].size);
		tree = vici_read(octets, rows[i].size);
		check(!tree, "%s is no message", rows[i].sentence);
		tree_free(tree);
		free(octets);
	}
}

/* Every piece of a message that ends too early is none, or is whole as it is. */
static void cut_messages(void)
{
	int whole = 0;

	for (size_t size = 0; size <= README_SIZE; size++) {
		uint8_t *octets = malloc(size ?: 1);
		struct tree *tree;

		memcpy(octets, readme, size);
		tree = vici_read(octets, size);
		whole += !!tree;
		tree_free(tree);
		free(octets);
	}
	check(whole == 3, "cut anywhere, the example is a message at its 3 seams only");
}

static void odd_messages(void)
{
	static const uint8_t list[] = { 4, 1, 'a', 6 };
	static const uint8_t value[] = { 3, 1, 'a', 0, 3, 'x', 0, 'y' };
	static const uint8_t twice[] = { 3, 1, 'a', 0, 1, '1', 3, 1, 'a', 0, 1, '2' };
	struct tree *tree = vici_read(NULL, 0);

	check(tree && !tree->first, "a message of nothing is an empty section");
	tree_free(tree);
	tree = vici_read(list, sizeof(list));
	check(tree && tree->first->kind == TREE_LIST && !tree->first->first, "a list may be empty");
	tree_free(tree);
	tree = vici_read(value, sizeof(value));
	check(tree && tree->first->size == 3 && !memcmp(tree->first->value, "x\0y", 4) &&
		      !tree_text(tree, "a"),
	      "a value may have a NUL inside, and is no text then");
	tree_free(tree);
	tree = vici_read(twice, sizeof(twice));
	check(tree_is(tree, "a", "1") && tree->first->next, "a key may be there twice");
	tree_free(tree);
}

/* Written, and read again to the same octets. */
static bool round_trip(const struct tree *tree)
{
	size_t size;
	size_t size_again = 0;
	struct vici_head head;
	uint8_t *packet = vici_write(VICI_CMD_REQUEST, "load-conn", tree, &size);
	uint8_t *again = NULL;
	struct tree *read = NULL;
	bool same;

	if (!packet)
		return false;
	if (!vici_read_head(packet + 4, size - 4, &head))
		read = vici_read(head.message, head.size);
	if (read)
		again = vici_write(head.type, head.name, read, &size_again);
	same = again && size == size_again && !memcmp(packet, again, size);
	tree_free(read);
	free(packet);
	free(again);
	return same;
}

static bool is_refused(const struct tree *tree)
{
	size_t size;
	uint8_t *packet = vici_write(VICI_CMD_REQUEST, "load-conn", tree, &size);

	free(packet);
	return !packet;
}

static void key_limits(void)
{
	struct tree *tree = tree_new();
	char key[257];
	size_t size;

	memset(key, 'k', sizeof(key));
	key[256] = 0;
	tree_add_section(tree, key + 1);
	tree_add_list(tree, key + 1);
	tree_add_text(tree, key + 1, "");
	check(round_trip(tree), "keys of 255 octets are written and read");
	tree_add_section(tree, key);
	check(is_refused(tree), "a section with a key of 256 is not written");
	tree_remove(tree, key);
	tree_add_list(tree, key);
	check(is_refused(tree), "nor a list");
	tree_remove(tree, key);
	tree_add_text(tree, key, "");
	check(is_refused(tree), "nor a value");
	tree_remove(tree, key);
	check(round_trip(tree), "when it is gone, the others are");
	tree_add_text(tree, "", "x");
	check(is_refused(tree), "a value with an empty key is not written");
	tree_free(tree);
	check(!vici_write(VICI_CMD_REQUEST, key, NULL, &size) &&
		      !vici_write(VICI_CMD_REQUEST, "", NULL, &size) &&
		      !vici_write(VICI_CMD_REQUEST, NULL, NULL, &size),
	      "a command without a name, or with one of 256 octets, is not written");
}

static void value_limits(void)
{
	static char octets[65536];
	struct tree *tree = tree_new();
	struct tree *list = tree_add_list(tree, "list");

	memset(octets, 0xa5, sizeof(octets));
	tree_add_value(tree, "value", octets, 65535);
	tree_add_value(list, NULL, octets, 65535);
	check(round_trip(tree), "values of 65535 octets are written and read");
	tree_remove(tree, "value");
	tree_add_value(tree, "value", octets, 65536);
	check(is_refused(tree), "a value of 65536 is not written");
	tree_remove(tree, "value");
	tree_add_value(list, NULL, octets, 65536);
	check(is_refused(tree), "nor such an item");
	tree_free(tree);
}

static void depth_limits(void)
{
	struct tree *tree = tree_new();
	struct tree *in = tree;
	uint8_t octets[3 * (VICI_DEPTH_MAX + 1) + VICI_DEPTH_MAX + 1];
	size_t size = 0;

	for (int i = 0; i < VICI_DEPTH_MAX; i++)
		in = tree_add_section(in, "s");
	tree_add_text(tree_add_list(in, "l"), NULL, "x");
	check(round_trip(tree), "as many sections in sections as may be, with a list inside");
	tree_add_section(in, "s");
	check(is_refused(tree), "one section more is not written");
	tree_free(tree);
	for (int i = 0; i <= VICI_DEPTH_MAX; i++, size += 3)
		memcpy(octets + size, "\1\1s", 3);
	for (int i = 0; i <= VICI_DEPTH_MAX; i++)
		octets[size++] = 2;
	tree = vici_read(octets, size);
	check(!tree, "nor read");
	tree_free(tree);
	tree = vici_read(octets + 3, size - 4);
	check(tree, "without it they are");
	tree_free(tree);
}

static void size_limits(void)
{
	static char octets[65535];
	struct tree *tree = tree_new();
	size_t size;
	uint8_t *packet;
	/* Type, name with its length, and for each value type, key, length. */
	size_t left = VICI_PACKET_MAX - 3;

	while (left > sizeof(octets) + 5) {
		tree_add_value(tree, "v", octets, sizeof(octets));
		left -= sizeof(octets) + 5;
	}
	tree_add_value(tree, "w", octets, left - 5);
	packet = vici_write(VICI_CMD_REQUEST, "n", tree, &size);
	check(packet && size == VICI_PACKET_MAX + 4 && !memcmp(packet, "\0\10\0\0", 4),
	      "a packet of 512 KiB is written");
	free(packet);
	check(is_refused(tree), "with a longer name it is not");
	tree_remove(tree, "w");
	tree_add_value(tree, "w", octets, left - 4);
	packet = vici_write(VICI_CMD_REQUEST, "n", tree, &size);
	check(!packet, "a packet of one octet more is not written");
	free(packet);
	tree_free(tree);
}

static void element_limits(void)
{
	static uint8_t octets[3 * (VICI_ELEMENTS_MAX + 1) + 4];
	struct tree *tree = tree_new();
	struct tree *list = tree_add_list(tree, "l");
	size_t size = 3;

	/* The list itself begins and ends. */
	for (int i = 0; i < VICI_ELEMENTS_MAX - 2; i++)
		tree_add_text(list, NULL, "");
	check(round_trip(tree), "65536 elements are written and read");
	tree_add_text(list, NULL, "");
	check(is_refused(tree), "one more is not written");
	tree_free(tree);
	memcpy(octets, "\4\1l", 3);
	for (int i = 0; i < VICI_ELEMENTS_MAX - 1; i++, size += 3)
		octets[size] = 5;
	octets[size++] = 6;
	tree = vici_read(octets, size);
	check(!tree, "nor read");
	tree_free(tree);
}

static void trees_that_are_none(void)
{
	struct tree *tree = readme_tree();
	size_t size;

	check(round_trip(tree), "the example is written and read");
	check(!vici_write(VICI_EVENT, "e", tree_find(tree, "key1"), &size),
	      "a value alone is no message");
	check(!vici_write(VICI_EVENT, "e", tree_find(tree_find(tree, "section1"), "list1"), &size),
	      "a list alone is none");
	check(round_trip(tree_find(tree, "section1")), "a section alone is one");
	tree_free(tree);
}

int main(void)
{
	golden_packets();
	golden_message();
	heads_that_are_none();
	messages_that_are_none();
	cut_messages();
	odd_messages();
	key_limits();
	value_limits();
	depth_limits();
	size_limits();
	element_limits();
	trees_that_are_none();
	return ktap_end();
}
