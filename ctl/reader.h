/* SPDX-License-Identifier: GPL-2.0 */
/* Lines from a file descriptor, and whether the next one is at hand. */

#ifndef _CTL_READER_H
#define _CTL_READER_H

#include <stdbool.h>
#include <stddef.h>

struct reader {
	int fd;
	long origin; /* where the first line begins, -1 if that is no place to go back to */
	char *buffer;
	size_t size;
	size_t start; /* of what is not yet handed out */
	size_t end;
	bool last; /* nothing more to come */
	unsigned long line;
};

/* An fd is the reader's from here on. */
void reader_init(struct reader *reader, int fd);
void reader_free(struct reader *reader);

/* From the first line again, where the file can do that. */
bool reader_rewind(struct reader *reader);

/* Can a line be had without waiting for somebody to write it? */
bool reader_is_ready(struct reader *reader);

/* The next line without its end, NULL after the last or with errno set. */
char *reader_line(struct reader *reader);

#endif
