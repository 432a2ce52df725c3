// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as a packet and as a message. What is read is written to the very
 * same octets, and a copy of it too.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"
#include "vici.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int held, const char *sentence)
{
	if (held)
		return;
	fprintf(stderr, "%s\n", sentence);
	abort();
}

static void write_again(const struct vici_head *head, const struct tree *tree,
			const uint8_t *packet, size_t size)
{
	size_t written;
	uint8_t *again = vici_write(head->type, head->name, tree, &written);

	must(again != NULL, "what was read cannot be written");
	must(written == size + VICI_LENGTH_SIZE, "what was read is written to another size");
	must(!memcmp(again + VICI_LENGTH_SIZE, packet, size), "or to other octets");
	free(again);
}

/* Everything that a user may ask of a tree. */
static void ask(const struct tree *tree)
{
	for (const struct tree *one = tree->first; one; one = one->next) {
		char line[32];
		uint64_t number;

		ask(one);
		if (!one->key)
			continue;
		must(tree_find(tree, one->key) != NULL, "a key is not found");
		tree_number(tree, one->key, &number);
		tree_hex(tree, one->key, &number);
		tree_line(tree, one->key, line, sizeof(line));
		tree_is(tree, one->key, "x");
	}
}

static void take_apart(struct tree *tree)
{
	while (tree->first && tree->first->key)
		tree_remove(tree, tree->first->key);
	must(!tree->first && !tree->last, "something is left");
}

static void as_packet(const uint8_t *data, size_t size)
{
	struct vici_head head;
	struct tree *tree;
	struct tree *copy;

	if (vici_read_head(data, size, &head))
		return;
	tree = vici_read(head.message, head.size);
	if (!tree)
		return;
	copy = tree_copy(tree);
	ask(tree);
	take_apart(tree);
	tree_free(tree);
	write_again(&head, copy, data, size);
	tree_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	as_packet(data, size);
	tree_free(vici_read(data, size));
	return 0;
}
