/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One printer with two voices. As text, an object is a line of "key value"
 * that can be pasted behind add; as JSON, it is an element of an array.
 */

#ifndef _CTL_OUT_H
#define _CTL_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct out {
	FILE *file;
	bool json;
	bool pretty;
	bool stream; /* JSON: an object a line, and no array around them */
	size_t objects;
	size_t members;
};

/* The prefix stands in front of a line of text; NULL for none. */
void out_begin(struct out *out, const char *prefix);
void out_end(struct out *out);

/* Close the array. With nothing in it, it is still one. */
void out_close(struct out *out);

void out_number(struct out *out, const char *key, uint64_t number);
void out_hex(struct out *out, const char *key, uint32_t number);
void out_text(struct out *out, const char *key, const char *text);

/* ADDR/PLEN; for text only. */
void out_prefix(struct out *out, const char *key, const char *addr, unsigned int plen);

/* A list: begin, any number of items, end. */
void out_list_begin(struct out *out, const char *key);
void out_list_item(struct out *out, const char *item, bool first);
void out_list_end(struct out *out, bool empty);

#endif
