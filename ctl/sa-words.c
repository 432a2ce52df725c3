// SPDX-License-Identifier: GPL-2.0
/* The words of sa. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "sa.h"
#include "spec.h"
#include "word.h"

#define SPI_LEAST 256

/* How many values a word takes, and what they are. */
static const struct {
	const char *word;
	int values;
	const char *expected;
} words[] = {
	[SA_DEV] = { "dev", 1, "the name of a dsmip device" },
	[SA_HOA] = { "hoa", 1, "an IPv6 address" },
	[SA_HA] = { "ha", 1, "an IPv6 address" },
	[SA_REQID] = { "reqid", 1, "a number from 1 to 4294967295" },
	[SA_SPI_IN] = { "spi-in", 1, "a number from 256 to 4294967295" },
	[SA_SPI_OUT] = { "spi-out", 1, "a number from 256 to 4294967295" },
	[SA_AEAD] = { "aead", 3, "NAME 0xKEY|@FILE ICVBITS" },
	[SA_ENC] = { "enc", 2, "NAME 0xKEY|@FILE" },
	[SA_AUTH_TRUNC] = { "auth-trunc", 3, "NAME 0xKEY|@FILE BITS" },
	[SA_REPLAY_WINDOW] = { "replay-window", 1, "a number from 0 to 32" },
};

#define WHICH (SA_BIT(SA_DEV) | SA_BIT(SA_HOA) | SA_BIT(SA_HA))

static const struct {
	const char *word;
	uint32_t takes;
	uint32_t wants;
} verbs[] = {
	[SA_SHOW] = { "show", WHICH | SA_BIT(SA_REQID), 0 },
	[SA_ADD] = { "add", SA_BIT(ARRAY_SIZE(words)) - 1,
		     WHICH | SA_BIT(SA_REQID) | SA_BIT(SA_SPI_IN) | SA_BIT(SA_SPI_OUT) },
	[SA_DEL] = { "del", WHICH | SA_BIT(SA_REQID) | SA_BIT(SA_SPI_IN) | SA_BIT(SA_SPI_OUT),
		     WHICH },
};

/* A whole file; -1 when it does not fit. */
static ssize_t read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0;
	ssize_t got;

	if (fd < 0)
		return -1;
	do {
		got = read(fd, text + used, size - used);
		used += got > 0 ? got : 0;
	} while (got > 0 && used < size);
	close(fd);
	return got < 0 || used == size ? -1 : (ssize_t)used;
}

/* A key of a file, with or without 0x and blanks around it. */
static int key_of_file(const char *path, struct sa_algorithm *algorithm)
{
	char text[2 * SA_KEY_SIZE + 64] = "0x";
	int err = -1;

	if (read_file(path, text + 2, sizeof(text) - 3) > 0) {
		char *begin = text + 2 + strspn(text + 2, " \t\r\n");

		begin[strcspn(begin, " \t\r\n")] = 0;
		if (strncmp(begin, "0x", 2)) {
			begin -= 2;
			memcpy(begin, "0x", 2);
		}
		err = word_octets(begin, algorithm->key, SA_KEY_SIZE, &algorithm->key_size);
	}
	explicit_bzero(text, sizeof(text));
	return err;
}

/* The word is wiped, so that the list of processes does not show it for long. */
static int read_key(const char *word, char *text, struct sa_algorithm *algorithm,
		    struct fault *fault)
{
	int err;

	if (*text == '@') {
		if (key_of_file(text + 1, algorithm))
			return fault_wrong(fault, "%s: '%s' holds no key in hex digits", word,
					   text + 1);
		return 0;
	}
	err = word_octets(text, algorithm->key, SA_KEY_SIZE, &algorithm->key_size);
	explicit_bzero(text, strlen(text));
	if (err)
		return fault_wrong(fault, "%s: the key is not 0x and hex digits, nor @FILE", word);
	return 0;
}

static int read_algorithm(enum sa_word word, char **argv, struct sa_algorithm *algorithm,
			  struct fault *fault)
{
	uint64_t bits = 0;

	if (!*argv[0] || strlen(argv[0]) >= sizeof(algorithm->name))
		return fault_wrong(fault, "%s: '%s' is not the name of an algorithm",
				   words[word].word, argv[0]);
	strcpy(algorithm->name, argv[0]);
	if (read_key(words[word].word, argv[1], algorithm, fault))
		return -1;
	if (words[word].values == 3 && (word_number(argv[2], 8, 512, &bits) || bits % 8))
		return fault_wrong(fault, "%s: '%s' is not a number of bits: 8 to 512, by eights",
				   words[word].word, argv[2]);
	algorithm->bits = bits;
	return 0;
}

static int bad_value(enum sa_word word, const char *text, struct fault *fault)
{
	return fault_wrong(fault, "%s: '%s' is not %s", words[word].word, text,
			   words[word].expected);
}

static int read_number(enum sa_word word, const char *text, uint64_t min, uint64_t max,
		       uint32_t *number, struct fault *fault)
{
	uint64_t wide;

	if (word_number(text, min, max, &wide))
		return bad_value(word, text, fault);
	*number = wide;
	return 0;
}

static int read_values(struct sa *sa, enum sa_word word, char **argv, struct fault *fault)
{
	uint32_t window = 0;

	switch (word) {
	case SA_DEV:
		sa->dev = argv[0];
		return word_interface(argv[0]) ? bad_value(word, argv[0], fault) : 0;
	case SA_HOA:
		return word_ipv6(argv[0], sa->hoa) ? bad_value(word, argv[0], fault) : 0;
	case SA_HA:
		return word_ipv6(argv[0], sa->ha) ? bad_value(word, argv[0], fault) : 0;
	case SA_REQID:
		return read_number(word, argv[0], 1, UINT32_MAX, &sa->reqid, fault);
	case SA_SPI_IN:
		return read_number(word, argv[0], SPI_LEAST, UINT32_MAX, &sa->spi_in, fault);
	case SA_SPI_OUT:
		return read_number(word, argv[0], SPI_LEAST, UINT32_MAX, &sa->spi_out, fault);
	case SA_AEAD:
		return read_algorithm(word, argv, &sa->aead, fault);
	case SA_ENC:
		return read_algorithm(word, argv, &sa->enc, fault);
	case SA_AUTH_TRUNC:
		return read_algorithm(word, argv, &sa->auth, fault);
	case SA_REPLAY_WINDOW:
		if (read_number(word, argv[0], 0, 32, &window, fault))
			return -1;
		sa->replay_window = window;
		return 0;
	}
	return -1;
}

static void add_words(struct fault *fault, uint32_t set)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (set & SA_BIT(i))
			fault_add(fault, words[i].word);
}

/* The place of a word that the verb takes, or -1. */
static int find_word(enum sa_verb verb, const char *text)
{
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].word, text) && (verbs[verb].takes & SA_BIT(i)))
			return i;
	return -1;
}

static int read_all(struct sa *sa, enum sa_verb verb, int argc, char **argv, struct fault *fault)
{
	while (argc) {
		int word = find_word(verb, argv[0]);

		if (word < 0) {
			fault_wrong(fault, "unknown word '%s'; sa %s takes:", argv[0],
				    verbs[verb].word);
			add_words(fault, verbs[verb].takes);
			return -1;
		}
		if (sa->given & SA_BIT(word))
			return fault_wrong(fault, "%s is given twice", argv[0]);
		if (argc <= words[word].values)
			return fault_wrong(fault, "%s wants a value: %s", argv[0],
					   words[word].expected);
		if (read_values(sa, word, argv + 1, fault))
			return -1;
		sa->given |= SA_BIT(word);
		argc -= 1 + words[word].values;
		argv += 1 + words[word].values;
	}
	return 0;
}

static int check_wanted(const struct sa *sa, enum sa_verb verb, struct fault *fault)
{
	uint32_t missing = verbs[verb].wants & ~sa->given;
	uint32_t pair = SA_BIT(SA_ENC) | SA_BIT(SA_AUTH_TRUNC);
	uint32_t algorithms = sa->given & (pair | SA_BIT(SA_AEAD));

	if (missing) {
		fault_wrong(fault, "sa %s wants too:", verbs[verb].word);
		add_words(fault, missing);
		return -1;
	}
	if (verb == SA_ADD && algorithms != pair && algorithms != SA_BIT(SA_AEAD))
		return fault_wrong(fault, "sa add wants aead, or enc and auth-trunc");
	return 0;
}

int sa_read(struct sa *sa, enum sa_verb *verb, int argc, char **argv, struct fault *fault)
{
	memset(sa, 0, sizeof(*sa));
	sa->replay_window = 32;
	*verb = SA_SHOW;
	for (size_t i = 0; argc && i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(argv[0], verbs[i].word))
			continue;
		*verb = i;
		argc--;
		argv++;
		break;
	}
	if (read_all(sa, *verb, argc, argv, fault))
		return -1;
	return check_wanted(sa, *verb, fault);
}
