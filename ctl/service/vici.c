// SPDX-License-Identifier: GPL-2.0

#include "vici.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

enum element {
	SECTION_START = 1,
	SECTION_END,
	KEY_VALUE,
	LIST_START,
	LIST_ITEM,
	LIST_END,
};

#define KEY_MAX 255
#define VALUE_MAX 65535

static bool has_name(enum vici_packet type)
{
	switch (type) {
	case VICI_CMD_REQUEST:
	case VICI_EVENT_REGISTER:
	case VICI_EVENT_UNREGISTER:
	case VICI_EVENT:
		return true;
	default:
		return false;
	}
}

/* ---- reading ------------------------------------------------------------------- */

/* Octets not yet read: the only place that takes any of them. */
struct span {
	const uint8_t *at;
	size_t left;
};

static const uint8_t *take(struct span *span, size_t size)
{
	const uint8_t *at = span->at;

	if (size > span->left)
		return NULL;
	span->at += size;
	span->left -= size;
	return at;
}

/* A name with its length in front, as a text. */
static int take_key(struct span *span, char key[KEY_MAX + 1])
{
	const uint8_t *length = take(span, 1);
	const uint8_t *octets = length ? take(span, *length) : NULL;

	if (!octets || !*length || memchr(octets, 0, *length))
		return -1;
	memcpy(key, octets, *length);
	key[*length] = 0;
	return 0;
}

static const uint8_t *take_value(struct span *span, size_t *size)
{
	const uint8_t *length = take(span, 2);

	if (!length)
		return NULL;
	*size = length[0] << 8 | length[1];
	return take(span, *size);
}

int vici_read_head(const uint8_t *packet, size_t size, struct vici_head *head)
{
	struct span span = { packet, size };
	const uint8_t *type = take(&span, 1);

	if (!type || *type > VICI_EVENT)
		return -1;
	head->type = *type;
	*head->name = 0;
	if (has_name(head->type) && take_key(&span, head->name))
		return -1;
	head->message = span.at;
	head->size = span.left;
	return 0;
}

/* Where the next element goes. */
struct place {
	struct tree *open[VICI_DEPTH_MAX + 1]; /* sections, the root first */
	int depth;
	struct tree *list; /* that is open in the innermost, or NULL */
};

static int read_section(struct span *span, struct place *place)
{
	char key[KEY_MAX + 1];
	struct tree *section;

	if (place->depth == VICI_DEPTH_MAX || take_key(span, key))
		return -1;
	section = tree_add_section(place->open[place->depth], key);
	if (!section)
		return -1;
	place->open[++place->depth] = section;
	return 0;
}

static int read_list(struct span *span, struct place *place)
{
	char key[KEY_MAX + 1];

	if (take_key(span, key))
		return -1;
	place->list = tree_add_list(place->open[place->depth], key);
	return place->list ? 0 : -1;
}

static int read_value(struct span *span, struct tree *in, const char *key)
{
	const uint8_t *value;
	size_t size;

	value = take_value(span, &size);
	return value ? tree_add_value(in, key, value, size) : -1;
}

static int read_in_list(enum element element, struct span *span, struct place *place)
{
	switch (element) {
	case LIST_ITEM:
		return read_value(span, place->list, NULL);
	case LIST_END:
		place->list = NULL;
		return 0;
	default:
		return -1;
	}
}

static int read_in_section(enum element element, struct span *span, struct place *place)
{
	char key[KEY_MAX + 1];

	switch (element) {
	case SECTION_START:
		return read_section(span, place);
	case SECTION_END:
		return --place->depth < 0 ? -1 : 0;
	case KEY_VALUE:
		if (take_key(span, key))
			return -1;
		return read_value(span, place->open[place->depth], key);
	case LIST_START:
		return read_list(span, place);
	default:
		return -1;
	}
}

static int read_element(struct span *span, struct place *place)
{
	enum element element = *take(span, 1);

	return place->list ? read_in_list(element, span, place) :
			     read_in_section(element, span, place);
}

struct tree *vici_read(const uint8_t *message, size_t size)
{
	struct span span = { message, size };
	struct tree *root = tree_new();
	struct place place = { .open = { root } };
	int elements = 0;

	if (!root)
		return NULL;
	while (span.left) {
		if (elements++ == VICI_ELEMENTS_MAX || read_element(&span, &place))
			goto free_root;
	}
	if (place.depth || place.list)
		goto free_root;
	return root;
free_root:
	tree_free(root);
	return NULL;
}

/* ---- writing ------------------------------------------------------------------- */

/*
 * First only counted, with no room, and then put: a buffer that grows would leave
 * copies of secrets behind.
 */
struct writer {
	uint8_t *room;
	size_t size;
	int elements;
};

static void put(struct writer *writer, const void *octets, size_t size)
{
	if (writer->room && size)
		memcpy(writer->room + writer->size, octets, size);
	writer->size += size;
}

static void put_number(struct writer *writer, size_t number, int octets)
{
	while (octets--) {
		uint8_t octet = number >> 8 * octets;

		put(writer, &octet, 1);
	}
}

static int put_element(struct writer *writer, enum element element)
{
	put_number(writer, element, 1);
	return writer->elements++ < VICI_ELEMENTS_MAX ? 0 : -1;
}

static int put_key(struct writer *writer, const char *key)
{
	size_t size = key ? strlen(key) : 0;

	if (!size || size > KEY_MAX)
		return -1;
	put_number(writer, size, 1);
	put(writer, key, size);
	return 0;
}

static int put_value(struct writer *writer, const struct tree *value)
{
	if (value->size > VALUE_MAX)
		return -1;
	put_number(writer, value->size, 2);
	put(writer, value->value, value->size);
	return 0;
}

static int put_pair(struct writer *writer, const struct tree *value)
{
	if (put_element(writer, KEY_VALUE) || put_key(writer, value->key))
		return -1;
	return put_value(writer, value);
}

static int put_list(struct writer *writer, const struct tree *list)
{
	if (put_element(writer, LIST_START) || put_key(writer, list->key))
		return -1;
	for (const struct tree *one = list->first; one; one = one->next)
		if (put_element(writer, LIST_ITEM) || put_value(writer, one))
			return -1;
	return put_element(writer, LIST_END);
}

static int put_inside(struct writer *writer, const struct tree *section, int depth);

static int put_section(struct writer *writer, const struct tree *section, int depth)
{
	if (depth > VICI_DEPTH_MAX)
		return -1;
	if (put_element(writer, SECTION_START) || put_key(writer, section->key) ||
	    put_inside(writer, section, depth))
		return -1;
	return put_element(writer, SECTION_END);
}

static int put_inside(struct writer *writer, const struct tree *section, int depth)
{
	int err = 0;

	for (const struct tree *one = section->first; one && !err; one = one->next) {
		switch (one->kind) {
		case TREE_SECTION:
			err = put_section(writer, one, depth + 1);
			break;
		case TREE_LIST:
			err = put_list(writer, one);
			break;
		case TREE_VALUE:
			err = put_pair(writer, one);
			break;
		}
	}
	return err;
}

static int put_packet(struct writer *writer, enum vici_packet type, const char *name,
		      const struct tree *message)
{
	put_number(writer, type, 1);
	if (has_name(type) && put_key(writer, name))
		return -1;
	if (message && (message->kind != TREE_SECTION || put_inside(writer, message, 0)))
		return -1;
	return writer->size <= VICI_PACKET_MAX ? 0 : -1;
}

uint8_t *vici_write(enum vici_packet type, const char *name, const struct tree *message,
		    size_t *size)
{
	struct writer counted = { 0 };
	struct writer written = { 0 };

	if (put_packet(&counted, type, name, message))
		return NULL;
	*size = VICI_LENGTH_SIZE + counted.size;
	written.room = malloc(*size);
	if (!written.room)
		return NULL;
	put_number(&written, counted.size, VICI_LENGTH_SIZE);
	put_packet(&written, type, name, message);
	return written.room;
}
