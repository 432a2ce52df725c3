/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Settings and messages as a tree: sections hold values, lists and sections, in
 * order, under keys. What charon's configuration files say and what VICI carries
 * is the same tree. A value is octets; a NUL that is not counted stands behind
 * them, so that a text can be used as it is.
 */

#ifndef _SERVICE_TREE_H
#define _SERVICE_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tree_kind {
	TREE_SECTION,
	TREE_LIST,
	TREE_VALUE,
};

struct tree {
	enum tree_kind kind;
	char *key;      /* NULL for the root and for items of a list */
	uint8_t *value; /* of a value */
	size_t size;
	struct tree *first; /* of a section or a list */
	struct tree *last;
	struct tree *next;
};

/*
 * Everything that makes returns NULL, or -1, without memory; NULL may be given.
 * Refused in the same way is what a tree cannot be: a key in a list, none in a
 * section, a section or a list in a list.
 */
struct tree *tree_new(void);
/* Values are wiped first: some are secrets. */
void tree_free(struct tree *tree);
struct tree *tree_copy(const struct tree *tree);

struct tree *tree_add_section(struct tree *in, const char *key);
struct tree *tree_add_list(struct tree *in, const char *key);
int tree_add_value(struct tree *in, const char *key, const void *value, size_t size);
int tree_add_text(struct tree *in, const char *key, const char *text);
__attribute__((format(printf, 3, 4))) int tree_add(struct tree *in, const char *key,
						   const char *format, ...);
/* A copy of another tree, or of a piece of one, under a key of its own. */
struct tree *tree_add_copy(struct tree *in, const char *key, const struct tree *of);

/* Forget the first of that key, if there is one. */
void tree_remove(struct tree *in, const char *key);

/* The first of that key, or NULL; NULL may be asked. */
struct tree *tree_find(const struct tree *in, const char *key);

/* The text of a value, or NULL when it is not there or has a NUL inside. */
const char *tree_text(const struct tree *in, const char *key);

/*
 * The same as one line that can be shown: without blanks around it, no control
 * characters, cut to the room. False, and an empty text, when there is nothing.
 */
bool tree_line(const struct tree *in, const char *key, char *text, size_t room);

/* A number in decimal digits; 0 or -1. */
int tree_number(const struct tree *in, const char *key, uint64_t *number);
/* The same in hex digits without 0x, as charon writes SPIs. */
int tree_hex(const struct tree *in, const char *key, uint64_t *number);
bool tree_is(const struct tree *in, const char *key, const char *text);

/* for (const struct tree *one = tree->first; one; one = one->next) walks. */

#endif
