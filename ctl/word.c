// SPDX-License-Identifier: GPL-2.0

#include "word.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>

#include "spec.h"

static int digit_of(char c, unsigned int base)
{
	int digit = -1;

	if (c >= '0' && c <= '9')
		digit = c - '0';
	else if (c >= 'a' && c <= 'f')
		digit = c - 'a' + 10;
	else if (c >= 'A' && c <= 'F')
		digit = c - 'A' + 10;
	return digit < (int)base ? digit : -1;
}

int word_number(const char *text, uint64_t min, uint64_t max, uint64_t *number)
{
	unsigned int base = 10;
	uint64_t sum = 0;

	if (text[0] == '0' && text[1] == 'x') {
		base = 16;
		text += 2;
	}
	if (!*text)
		return -1;
	for (; *text; text++) {
		int digit = digit_of(*text, base);

		if (digit < 0 || sum > (UINT64_MAX - digit) / base)
			return -1;
		sum = sum * base + digit;
	}
	if (sum < min || sum > max)
		return -1;
	*number = sum;
	return 0;
}

int word_ipv4(const char *text, uint8_t addr[4])
{
	return inet_pton(AF_INET, text, addr) == 1 ? 0 : -1;
}

int word_ipv6(const char *text, uint8_t addr[16])
{
	return inet_pton(AF_INET6, text, addr) == 1 ? 0 : -1;
}

int word_care_of(const char *text, uint8_t addr[16])
{
	uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff };

	if (!word_ipv6(text, addr))
		return 0;
	if (word_ipv4(text, mapped + 12))
		return -1;
	memcpy(addr, mapped, sizeof(mapped));
	return 0;
}

int word_prefix(const char *text, uint8_t addr[16], int *plen)
{
	const char *slash = strchr(text, '/');
	char part[INET6_ADDRSTRLEN];
	uint64_t length;

	*plen = WORD_NO_PLEN;
	if (!slash)
		return word_ipv6(text, addr);
	if ((size_t)(slash - text) >= sizeof(part))
		return -1;
	memcpy(part, text, slash - text);
	part[slash - text] = 0;
	if (word_number(slash + 1, 0, 128, &length) || word_ipv6(part, addr))
		return -1;
	*plen = length;
	return 0;
}

int word_octets(const char *text, uint8_t *octets, size_t size, size_t *length)
{
	size_t count;

	if (text[0] != '0' || text[1] != 'x')
		return -1;
	text += 2;
	count = strlen(text);
	if (count % 2 || count / 2 > size)
		return -1;
	for (size_t i = 0; i < count; i += 2) {
		int high = digit_of(text[i], 16);
		int low = digit_of(text[i + 1], 16);

		if (high < 0 || low < 0)
			return -1;
		octets[i / 2] = high << 4 | low;
	}
	*length = count / 2;
	return 0;
}

static int choice_of(const struct spec_enum *choice, const char *text, size_t length,
		     uint64_t *value)
{
	for (size_t i = 0; i < choice->count; i++) {
		const char *word = choice->values[i].word;

		if (strlen(word) == length && !memcmp(word, text, length)) {
			*value = choice->values[i].value;
			return 0;
		}
	}
	return -1;
}

int word_choice(const struct spec_enum *choice, const char *text, uint64_t *value)
{
	return choice_of(choice, text, strlen(text), value);
}

int word_flags(const struct spec_enum *choice, const char *text, uint64_t *value)
{
	uint64_t sum = 0;
	uint64_t flag;

	if (!strcmp(text, "none")) {
		*value = 0;
		return 0;
	}
	for (;;) {
		size_t length = strcspn(text, ",");

		if (choice_of(choice, text, length, &flag))
			return -1;
		sum |= flag;
		if (!text[length])
			break;
		text += length + 1;
	}
	*value = sum;
	return 0;
}

int word_text(const char *text, size_t size)
{
	if (size && strlen(text) > size)
		return -1;
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			return -1;
	return 0;
}

int word_interface(const char *text)
{
	size_t length = strlen(text);

	if (!length || length > 15 || !strcmp(text, ".") || !strcmp(text, ".."))
		return -1;
	return text[strcspn(text, "/: \t\n\v\f\r")] ? -1 : 0;
}

/* Copy one word down to *to, without its quotes; returns what is behind it. */
static char *unquote(char *from, char **to)
{
	char quote = 0;

	for (; *from; from++) {
		if (*from == '\\' && quote != '\'') {
			if (!*++from)
				return NULL;
		} else if (quote ? *from == quote : *from == '\'' || *from == '"') {
			quote = quote ? 0 : *from;
			continue;
		} else if (!quote && isspace((unsigned char)*from)) {
			break;
		}
		*(*to)++ = *from;
	}
	return quote ? NULL : from;
}

int word_split(char *line, char **words, int max)
{
	int count = 0;

	for (;;) {
		char *to;
		char *behind;

		while (isspace((unsigned char)*line))
			line++;
		if (!*line || *line == '#')
			return count;
		if (count == max)
			return -1;
		to = line;
		words[count++] = line;
		behind = unquote(line, &to);
		if (!behind)
			return -1;
		line = *behind ? behind + 1 : behind;
		*to = 0;
	}
}
