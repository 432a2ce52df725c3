// SPDX-License-Identifier: GPL-2.0
/* Trees: made, found in, copied, taken from. */

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "ktap.h"
#include "tree.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct tree *example(void)
{
	struct tree *tree = tree_new();
	struct tree *home = tree_add_section(tree, "home");
	struct tree *list = tree_add_list(home, "proposals");

	tree_add_text(list, NULL, "aes256-sha256");
	tree_add_text(list, NULL, "aes128-sha1");
	tree_add(home, "version", "%d", 2);
	tree_add_text(tree, "name", "first");
	tree_add_text(tree, "name", "second");
	tree_add_value(tree, "octets", "a\0b", 3);
	tree_add_value(tree, "empty", NULL, 0);
	return tree;
}

static bool is_same(const struct tree *one, const struct tree *other)
{
	if (!one || !other)
		return one == other;
	if (one->kind != other->kind || !one->key != !other->key || one->size != other->size)
		return false;
	if ((one->key && strcmp(one->key, other->key)) ||
	    (one->size && memcmp(one->value, other->value, one->size)))
		return false;
	return is_same(one->first, other->first) && is_same(one->next, other->next);
}

static void finding(void)
{
	struct tree *tree = example();
	const struct tree *home = tree_find(tree, "home");
	const struct tree *proposals = tree_find(home, "proposals");

	check(home && home->kind == TREE_SECTION, "a section is found");
	check(proposals && proposals->kind == TREE_LIST, "a list in it is found");
	check(proposals && !strcmp((char *)proposals->first->value, "aes256-sha256") &&
		      !strcmp((char *)proposals->last->value, "aes128-sha1"),
	      "the items of a list are in order");
	check_text(tree_text(tree, "name") ?: "", "first", "of one key the first is found");
	check(tree_is(home, "version", "2"), "a formatted value is what was formatted");
	check(!tree_is(home, "version", "20") && !tree_is(home, "version", ""),
	      "another text is another text");
	check(!tree_find(tree, "version"), "what is in a section is not found beside it");
	check(!tree_find(proposals, "aes256-sha256"), "items of a list are not found by a key");
	check(!tree_find(NULL, "name") && !tree_text(NULL, "name") && !tree_is(NULL, "name", ""),
	      "nothing is found in nothing");
	check(!tree_text(tree, "home"), "a section has no text");
	check(!tree_text(tree, "octets"), "a value with a NUL inside is no text");
	check_text(tree_text(tree, "empty") ?: "none", "", "an empty value is an empty text");
	check(tree_find(tree, "octets")->size == 3, "a value with a NUL inside has its size");
	tree_free(tree);
}

static void numbers(void)
{
	static const struct {
		const char *text;
		bool decimal;
		bool hex;
		uint64_t as_decimal;
		uint64_t as_hex;
	} rows[] = {
		{ "0", true, true, 0, 0 },
		{ "10", true, true, 10, 16 },
		{ "65536", true, true, 65536, 0x65536 },
		{ "c41d3da0", false, true, 0, 0xc41d3da0 },
		{ "C41D3DA0", false, true, 0, 0xc41d3da0 },
		{ "FFaF09", false, true, 0, 0xffaf09 },
		{ "0000000a", false, true, 0, 10 },
		{ "ffffffffffffffff", false, true, 0, UINT64_MAX },
		{ "10000000000000000", true, false, 10000000000000000, 0 },
		{ "18446744073709551615", true, false, UINT64_MAX, 0 },
		{ "18446744073709551616", false, false, 0, 0 },
		{ "99999999999999999999999", false, false, 0, 0 },
		{ "", false, false, 0, 0 },
		{ " 1", false, false, 0, 0 },
		{ "1 ", false, false, 0, 0 },
		{ "+1", false, false, 0, 0 },
		{ "-1", false, false, 0, 0 },
		{ "0x10", false, false, 0, 0 },
		{ "1.5", false, false, 0, 0 },
		{ "g", false, false, 0, 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tree *tree = tree_new();
		uint64_t decimal = 0;
		uint64_t hex = 0;

		tree_add_text(tree, "n", rows[i].text);
		check(!tree_number(tree, "n", &decimal) == rows[i].decimal &&
			      decimal == rows[i].as_decimal,
		      "'%s' is %s number", rows[i].text, rows[i].decimal ? "a" : "no");
		check(!tree_hex(tree, "n", &hex) == rows[i].hex && hex == rows[i].as_hex,
		      "'%s' is %s number in hex digits", rows[i].text, rows[i].hex ? "a" : "no");
		tree_free(tree);
	}
}

static void no_numbers(void)
{
	struct tree *tree = tree_new();
	uint64_t number = 7;

	tree_add_value(tree, "nul", "1\0", 2);
	tree_add_section(tree, "section");
	check(tree_number(tree, "absent", &number) && tree_number(NULL, "n", &number),
	      "what is not there is no number");
	check(tree_number(tree, "nul", &number) && tree_hex(tree, "nul", &number),
	      "a digit and a NUL are no number");
	check(tree_number(tree, "section", &number) && number == 7,
	      "a section is no number, and the number stays what it was");
	tree_free(tree);
}

static void lines(void)
{
	struct tree *tree = tree_new();
	char text[16];

	tree_add_text(tree, "msg", "  a\x1b[0m\nb\tc\x7f");
	tree_add_text(tree, "long", "0123456789abcdefghij");
	tree_add_text(tree, "blank", "  \n");
	tree_add_value(tree, "nul", "a\0b", 3);
	check(tree_line(tree, "msg", text, sizeof(text)), "a text is a line");
	check_text(text, "a [0m b c", "control characters and blanks around it are not in it");
	check(tree_line(tree, "long", text, sizeof(text)) && !strcmp(text, "0123456789abcde"),
	      "a line is cut to the room");
	check(!tree_line(tree, "blank", text, sizeof(text)) && !*text, "blanks are no line");
	check(!tree_line(tree, "nul", text, sizeof(text)) && !*text, "a text with a NUL is none");
	check(!tree_line(tree, "absent", text, sizeof(text)) && !*text, "nothing is none");
	tree_free(tree);
}

static void copies(void)
{
	struct tree *tree = example();
	struct tree *copied = tree_copy(tree);
	struct tree *message = tree_new();

	check(is_same(tree, copied), "a copy is the same");
	tree_free(copied);
	copied = tree_copy(tree_find(tree, "home"));
	check(copied && !copied->next && !strcmp(copied->key, "home") &&
		      is_same(copied->first, tree_find(tree, "home")->first),
	      "a copy of a section is that section and nothing beside it");
	tree_free(copied);
	tree_add_text(message, "before", "it");
	check(tree_add_copy(message, "work", tree_find(tree, "home")) == message->last &&
		      is_same(tree_find(tree, "home")->first, tree_find(message, "work")->first),
	      "a copy is put under another key");
	check(!tree_add_text(message, "behind", "it") && tree_is(message, "behind", "it"),
	      "more is put behind a copy");
	check(!tree_copy(NULL) && !tree_add_copy(message, "x", NULL) &&
		      !tree_add_copy(NULL, "x", tree) && !tree_add_copy(message, NULL, tree),
	      "of nothing, into nothing and under no key is no copy");
	tree_free(message);
	tree_free(tree);
}

static void removals(void)
{
	struct tree *tree = example();

	tree_remove(tree, "name");
	check_text(tree_text(tree, "name") ?: "", "second", "the first of a key is taken away");
	tree_remove(tree, "name");
	check(!tree_find(tree, "name"), "the second one, when asked again");
	tree_remove(tree, "name");
	tree_remove(NULL, "name");
	check(tree_find(tree, "home") && tree_find(tree, "octets"), "the others stay");
	tree_remove(tree, "home");
	check(!tree_find(tree, "home") && !strcmp(tree->first->key, "octets"),
	      "a section at the front is taken away");
	tree_remove(tree, "empty");
	check(tree->first == tree->last, "what is at the end is taken away");
	check(!tree_add_text(tree, "new", "one") && !strcmp(tree->last->key, "new") &&
		      tree->first->next == tree->last,
	      "something is put where it was");
	tree_remove(tree, "octets");
	tree_remove(tree, "new");
	check(!tree->first && !tree->last, "everything is taken away");
	check(!tree_add_text(tree, "new", "one") && tree_is(tree, "new", "one"),
	      "something is put where nothing is");
	tree_free(tree);
}

static void refusals(void)
{
	struct tree *tree = tree_new();
	struct tree *list = tree_add_list(tree, "list");

	check(!tree_add_section(NULL, "x") && !tree_add_list(NULL, "x") &&
		      tree_add_text(NULL, "x", "") && tree_add(NULL, "x", "%d", 1) &&
		      tree_add_value(NULL, "x", "", 0),
	      "nothing can be put into nothing");
	check(tree_add_text(tree, "x", NULL), "no text is no value");
	check(!tree_add_section(tree, NULL) && !tree_add_list(tree, NULL) &&
		      tree_add_text(tree, NULL, ""),
	      "nothing is without a key in a section");
	check(tree_add_text(list, "x", ""), "no item of a list has a key");
	check(!tree_add_section(list, NULL) && !tree_add_list(list, NULL),
	      "there is no section and no list in a list");
	tree_add_text(tree, "value", "");
	check(tree_add_text(tree->last, "x", "") && tree_add_text(tree->last, NULL, ""),
	      "nothing is in a value");
	check(tree->first == list && list->next == tree->last && !list->first,
	      "what was refused has left nothing");
	tree_free(tree);
	tree_free(NULL);
}

/* A recursion would need more stack than there is. */
static void depths(void)
{
	struct tree *tree = tree_new();
	struct tree *in = tree;

	for (int i = 0; i < 1000000; i++)
		in = tree_add_section(in, "x");
	check(in, "a tree may be a million sections deep");
	tree_free(tree);
	check(true, "and is freed again");
}

int main(void)
{
	finding();
	numbers();
	no_numbers();
	lines();
	copies();
	removals();
	refusals();
	depths();
	return ktap_end();
}
