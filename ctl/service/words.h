/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A command line of dsmipctl, made word by word. The service asks the module for
 * nothing that a hand could not type, and can show what it asked.
 */

#ifndef _SERVICE_WORDS_H
#define _SERVICE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#define WORDS_MAX 64
#define WORDS_SIZE 2048

struct words {
	int count;
	char *list[WORDS_MAX];
	size_t used;
	char room[WORDS_SIZE];
	int full; /* something did not fit: the line is not to be used */
};

/* "mobile add", with blanks between words. */
void words_begin(struct words *words, const char *text);

/* One word, whatever is in it. */
void words_word(struct words *words, const char *word);

/* KEY VALUE, in whatever form the value is. */
void words_text(struct words *words, const char *key, const char *value);
void words_number(struct words *words, const char *key, uint64_t value);
/* IPv6; with plen below 0 or above 127 without a length behind it. */
void words_address(struct words *words, const char *key, const uint8_t addr[16], int plen);
/* The IPv4 address in a v4-mapped one. */
void words_ipv4(struct words *words, const char *key, const uint8_t addr[16]);

/* As it could be typed in a shell. */
void words_say(const struct words *words, char *text, size_t size);

#endif
