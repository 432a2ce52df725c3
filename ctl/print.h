/* SPDX-License-Identifier: GPL-2.0 */
/* Attributes of a message through the printer, by the tables. */

#ifndef _CTL_PRINT_H
#define _CTL_PRINT_H

#include <stdint.h>

#include "spec.h"

struct nlmsghdr;
struct nlattr;
struct out;

/* Attributes of one message, by number; NULL where there is none, or a bad one. */
struct attrs {
	const struct nlattr *by_id[SPEC_ATTR_LIMIT];
};

void attrs_read(struct attrs *attrs, const struct spec_object *object,
		const struct nlmsghdr *header);

uint64_t attrs_number(const struct nlattr *attr);

/* The number behind a name, or the other value when there is none. */
uint64_t attrs_find(const struct attrs *attrs, const struct spec_object *object, const char *name,
		    uint64_t otherwise);

/* The word of an enum's value, or NULL. */
const char *spec_value_word(const struct spec_enum *choice, uint64_t value);

/* Print those of the attributes that are in the set. */
void print_attrs(struct out *out, const struct spec_object *object, const struct attrs *attrs,
		 uint32_t set);

#endif
