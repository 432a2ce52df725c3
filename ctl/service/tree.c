// SPDX-License-Identifier: GPL-2.0

#include "tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tree *make(enum tree_kind kind, const char *key)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	if (!tree)
		return NULL;
	tree->kind = kind;
	if (key) {
		tree->key = strdup(key);
		if (!tree->key) {
			free(tree);
			return NULL;
		}
	}
	return tree;
}

struct tree *tree_new(void)
{
	return make(TREE_SECTION, NULL);
}

/* What is below is put in front of what comes next: no recursion, any depth. */
void tree_free(struct tree *tree)
{
	while (tree) {
		struct tree *next = tree->next;

		if (tree->first) {
			tree->last->next = next;
			next = tree->first;
		}
		if (tree->value)
			explicit_bzero(tree->value, tree->size);
		free(tree->value);
		free(tree->key);
		free(tree);
		tree = next;
	}
}

/* May that be there? */
static bool fits(const struct tree *in, enum tree_kind kind, const char *key)
{
	if (!in)
		return false;
	switch (in->kind) {
	case TREE_SECTION:
		return key;
	case TREE_LIST:
		return !key && kind == TREE_VALUE;
	default:
		return false;
	}
}

static void append(struct tree *in, struct tree *tree)
{
	if (in->last)
		in->last->next = tree;
	else
		in->first = tree;
	in->last = tree;
}

static struct tree *add(struct tree *in, enum tree_kind kind, const char *key)
{
	struct tree *tree = fits(in, kind, key) ? make(kind, key) : NULL;

	if (tree)
		append(in, tree);
	return tree;
}

struct tree *tree_add_section(struct tree *in, const char *key)
{
	return add(in, TREE_SECTION, key);
}

struct tree *tree_add_list(struct tree *in, const char *key)
{
	return add(in, TREE_LIST, key);
}

static int set_value(struct tree *tree, const void *value, size_t size)
{
	tree->value = malloc(size + 1);
	if (!tree->value)
		return -1;
	if (size)
		memcpy(tree->value, value, size);
	tree->value[size] = 0;
	tree->size = size;
	return 0;
}

int tree_add_value(struct tree *in, const char *key, const void *value, size_t size)
{
	struct tree *tree;

	if (!fits(in, TREE_VALUE, key))
		return -1;
	tree = make(TREE_VALUE, key);
	if (!tree || set_value(tree, value, size)) {
		tree_free(tree);
		return -1;
	}
	append(in, tree);
	return 0;
}

int tree_add_text(struct tree *in, const char *key, const char *text)
{
	return text ? tree_add_value(in, key, text, strlen(text)) : -1;
}

int tree_add(struct tree *in, const char *key, const char *format, ...)
{
	va_list args;
	char *text;
	int size;
	int err;

	va_start(args, format);
	size = vasprintf(&text, format, args);
	va_end(args);
	if (size < 0)
		return -1;
	err = tree_add_value(in, key, text, size);
	explicit_bzero(text, size);
	free(text);
	return err;
}

/* Who made the tree that is copied has bounded its depth. */
static struct tree *copy(const struct tree *of, const char *key)
{
	struct tree *tree = make(of->kind, key);

	if (!tree)
		return NULL;
	if (of->kind == TREE_VALUE && set_value(tree, of->value, of->size))
		goto free_tree;
	for (const struct tree *one = of->first; one; one = one->next) {
		struct tree *below = copy(one, one->key);

		if (!below)
			goto free_tree;
		append(tree, below);
	}
	return tree;
free_tree:
	tree_free(tree);
	return NULL;
}

struct tree *tree_copy(const struct tree *tree)
{
	return tree ? copy(tree, tree->key) : NULL;
}

struct tree *tree_add_copy(struct tree *in, const char *key, const struct tree *of)
{
	struct tree *tree = of && fits(in, of->kind, key) ? copy(of, key) : NULL;

	if (tree)
		append(in, tree);
	return tree;
}

/* The place that points to the first of that key. */
static struct tree **place_of(struct tree *in, const char *key, struct tree **before)
{
	struct tree **place = &in->first;

	*before = NULL;
	while (*place && (!(*place)->key || strcmp((*place)->key, key))) {
		*before = *place;
		place = &(*place)->next;
	}
	return place;
}

void tree_remove(struct tree *in, const char *key)
{
	struct tree **place;
	struct tree *before;
	struct tree *gone;

	if (!in)
		return;
	place = place_of(in, key, &before);
	gone = *place;
	if (!gone)
		return;
	*place = gone->next;
	if (in->last == gone)
		in->last = before;
	gone->next = NULL;
	tree_free(gone);
}

struct tree *tree_find(const struct tree *in, const char *key)
{
	struct tree *one = in ? in->first : NULL;

	while (one && (!one->key || strcmp(one->key, key)))
		one = one->next;
	return one;
}

const char *tree_text(const struct tree *in, const char *key)
{
	const struct tree *value = tree_find(in, key);

	if (!value || value->kind != TREE_VALUE || memchr(value->value, 0, value->size))
		return NULL;
	return (const char *)value->value;
}

bool tree_line(const struct tree *in, const char *key, char *text, size_t room)
{
	const char *from = tree_text(in, key);
	char *end = text;

	snprintf(text, room, "%s", from ? from + strspn(from, " \t\r\n") : "");
	for (char *c = text; *c; c++) {
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = ' ';
		if (*c != ' ')
			end = c + 1;
	}
	*end = 0;
	return *text;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* Digits and nothing else, within 64 bits. */
static int read_number(const char *text, int base, uint64_t *number)
{
	uint64_t sum = 0;

	if (!text || !*text)
		return -1;
	for (; *text; text++) {
		int digit = digit_of(*text);

		if (digit >= base || __builtin_mul_overflow(sum, base, &sum) ||
		    __builtin_add_overflow(sum, digit, &sum))
			return -1;
	}
	*number = sum;
	return 0;
}

int tree_number(const struct tree *in, const char *key, uint64_t *number)
{
	return read_number(tree_text(in, key), 10, number);
}

int tree_hex(const struct tree *in, const char *key, uint64_t *number)
{
	return read_number(tree_text(in, key), 16, number);
}

bool tree_is(const struct tree *in, const char *key, const char *text)
{
	const char *there = tree_text(in, key);

	return there && !strcmp(there, text);
}
