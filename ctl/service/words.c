// SPDX-License-Identifier: GPL-2.0

#include "words.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void add(struct words *words, const char *word, size_t length)
{
	if (words->count == WORDS_MAX || length >= sizeof(words->room) - words->used) {
		words->full = 1;
		return;
	}
	words->list[words->count++] = words->room + words->used;
	memcpy(words->room + words->used, word, length);
	words->used += length;
	words->room[words->used++] = '\0';
}

void words_begin(struct words *words, const char *text)
{
	words->count = 0;
	words->used = 0;
	words->full = 0;
	while (*text) {
		size_t length = strcspn(text, " ");

		if (length)
			add(words, text, length);
		text += length + (text[length] == ' ');
	}
}

void words_word(struct words *words, const char *word)
{
	add(words, word, strlen(word));
}

void words_text(struct words *words, const char *key, const char *value)
{
	words_word(words, key);
	words_word(words, value);
}

void words_number(struct words *words, const char *key, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, value);
	words_text(words, key, text);
}

void words_address(struct words *words, const char *key, const uint8_t addr[16], int plen)
{
	char text[INET6_ADDRSTRLEN + 4];

	inet_ntop(AF_INET6, addr, text, sizeof(text));
	if (plen >= 0 && plen < 128)
		snprintf(text + strlen(text), 5, "/%d", plen);
	words_text(words, key, text);
}

void words_ipv4(struct words *words, const char *key, const uint8_t addr[16])
{
	char text[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, addr + 12, text, sizeof(text));
	words_text(words, key, text);
}

static void put(char *text, size_t size, size_t *used, char c)
{
	if (*used + 1 < size) {
		text[(*used)++] = c;
		text[*used] = '\0';
	}
}

/* A ' ends the quotes, stands behind a backslash, and they begin again. */
static void say_word(const char *word, char *text, size_t size, size_t *used)
{
	bool quoted = strpbrk(word, " \t\r\"'#\\") || !*word;

	if (quoted)
		put(text, size, used, '\'');
	for (; *word; word++) {
		if (*word == '\'') {
			put(text, size, used, '\'');
			put(text, size, used, '\\');
			put(text, size, used, '\'');
		}
		put(text, size, used, *word);
	}
	if (quoted)
		put(text, size, used, '\'');
}

void words_say(const struct words *words, char *text, size_t size)
{
	size_t used = 0;

	*text = '\0';
	for (int i = 0; i < words->count; i++) {
		if (i)
			put(text, size, &used, ' ');
		say_word(words->list[i], text, size, &used);
	}
}
