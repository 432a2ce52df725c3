/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One word of a command line into one value. Pure: text in, value out, no
 * system call, so that tests and fuzzers can have it all. Every function
 * returns 0, or -1 when the word does not say such a value.
 */

#ifndef _CTL_WORD_H
#define _CTL_WORD_H

#include <stddef.h>
#include <stdint.h>

struct spec_enum;

#define WORD_NO_PLEN (-1)

int word_number(const char *text, uint64_t min, uint64_t max, uint64_t *number);
int word_ipv4(const char *text, uint8_t addr[4]);
int word_ipv6(const char *text, uint8_t addr[16]);

/* An IPv6 address, or an IPv4 address that becomes v4-mapped. */
int word_care_of(const char *text, uint8_t addr[16]);

/* ADDR or ADDR/PLEN; *plen is WORD_NO_PLEN for the former. */
int word_prefix(const char *text, uint8_t addr[16], int *plen);

/* 0x and an even count of hex digits, at most size octets. */
int word_octets(const char *text, uint8_t *octets, size_t size, size_t *length);

int word_choice(const struct spec_enum *choice, const char *text, uint64_t *value);

/* Words of a set of flags with commas between them; none is 0. */
int word_flags(const struct spec_enum *choice, const char *text, uint64_t *value);

/* At most size octets, if that is not 0, and no control characters. */
int word_text(const char *text, size_t size);

/* What can be the name of an interface. */
int word_interface(const char *text);

/*
 * Take a line apart in place, as a shell would: blanks part words, ' and "
 * keep them together, \ takes the next character as it is, # begins a
 * comment. Returns the count of words, or -1 for an open quote or more than
 * max words.
 */
int word_split(char *line, char **words, int max);

#endif
