/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the family can be asked for, as tables. spec-gen.c holds them; it is
 * written from the YAML description, and nothing else here knows an object.
 */

#ifndef _CTL_SPEC_H
#define _CTL_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Attribute numbers are below this, so that a set of them fits a word. */
#define SPEC_ATTR_LIMIT 32
#define SPEC_BIT(id) (1u << (id))

/* How a value is written and shown. */
enum spec_form {
	SPEC_NUMBER,
	SPEC_HEX,
	SPEC_ENUM,
	SPEC_FLAGS,
	SPEC_INTERFACE,
	SPEC_IPV4,
	SPEC_IPV6,
	SPEC_CARE_OF, /* IPv6, or IPv4 that travels v4-mapped */
	SPEC_TEXT,
};

struct spec_value {
	uint32_t value;
	const char *word;
	const char *doc;
};

struct spec_enum {
	const struct spec_value *values;
	size_t count;
};

struct spec_attr {
	uint16_t id;
	const char *name;  /* in the description and in JSON */
	const char *word;  /* on the command line and in text */
	const char *alias; /* another word for it, or NULL */
	enum spec_form form;
	uint16_t size; /* octets; the most for a text, 0 for any */
	uint64_t min;
	uint64_t max;
	const struct spec_enum *choice;
	uint16_t plen; /* attribute with the length that may stand behind it, or 0 */
	bool combined; /* show it with that length behind it */
	const char *doc;
};

struct spec_verb {
	const char *word;
	const char *doc;
	uint8_t cmd;
	bool dumps;       /* there is a request about all */
	uint32_t takes;   /* attributes of a request about one */
	uint32_t filters; /* attributes of a request about all */
};

struct spec_object {
	const char *word;
	const char *doc;
	const struct spec_attr *attrs;
	size_t attr_count;
	const struct spec_verb *verbs;
	size_t verb_count;
	uint8_t notification; /* command of its notifications, or 0 */
};

extern const struct spec_object spec_objects[];
extern const size_t spec_object_count;

const struct spec_object *spec_object(const char *word);
const struct spec_object *spec_notifier(uint8_t cmd);
const struct spec_verb *spec_verb(const struct spec_object *object, const char *word);
const struct spec_attr *spec_attr(const struct spec_object *object, const char *word);
const struct spec_attr *spec_attr_by_id(const struct spec_object *object, unsigned int id);

#endif
