/* SPDX-License-Identifier: GPL-2.0 */
/* One request: read from words, checked against the tables, put into a message. */

#ifndef _CTL_REQUEST_H
#define _CTL_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "spec.h"

struct fault;
struct nl_msg;

union request_value {
	uint64_t number;
	uint8_t addr[16];
	const char *text; /* also an interface, until the message is made */
};

struct request {
	const struct spec_object *object;
	const struct spec_verb *verb;
	uint32_t given; /* SPEC_BIT of the attributes that have a value */
	union request_value values[SPEC_ATTR_LIMIT];
};

/* Read OBJECT [VERB] [KEY VALUE]...; texts stay where the words are. */
int request_read(struct request *request, int argc, char **argv, struct fault *fault);

/* Is it a question about all, or about one? */
bool request_is_dump(const struct request *request);

/* A message for it, or NULL; looks interfaces up. */
struct nl_msg *request_message(const struct request *request, int family, int flags,
			       struct fault *fault);

#endif
