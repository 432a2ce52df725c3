// SPDX-License-Identifier: GPL-2.0
/* One word into one value. */

#include <stdint.h>
#include <stdlib.h>

#include "ktap.h"
#include "spec.h"
#include "word.h"

static void numbers(void)
{
	static const struct {
		const char *text;
		uint64_t min;
		uint64_t max;
		int result;
		uint64_t number;
	} rows[] = {
		{ "0", 0, 10, 0, 0 },
		{ "10", 0, 10, 0, 10 },
		{ "11", 0, 10, -1, 0 },
		{ "3", 4, 10, -1, 0 },
		{ "0x0a", 0, 10, 0, 10 },
		{ "0xA", 0, 10, 0, 10 },
		{ "010", 0, 10, 0, 10 },
		{ "4294967295", 0, UINT32_MAX, 0, UINT32_MAX },
		{ "4294967296", 0, UINT32_MAX, -1, 0 },
		{ "18446744073709551615", 0, UINT64_MAX, 0, UINT64_MAX },
		{ "18446744073709551616", 0, UINT64_MAX, -1, 0 },
		{ "0x10000000000000000", 0, UINT64_MAX, -1, 0 },
		{ "99999999999999999999999", 0, UINT64_MAX, -1, 0 },
		{ "", 0, 10, -1, 0 },
		{ "0x", 0, 10, -1, 0 },
		{ "0X1", 0, 10, -1, 0 },
		{ "-1", 0, UINT64_MAX, -1, 0 },
		{ "+1", 0, 10, -1, 0 },
		{ " 1", 0, 10, -1, 0 },
		{ "1 ", 0, 10, -1, 0 },
		{ "1e1", 0, 100, -1, 0 },
		{ "0x1g", 0, 100, -1, 0 },
		{ "1.5", 0, 100, -1, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		uint64_t number = 0;
		int result = word_number(rows[i].text, rows[i].min, rows[i].max, &number);

		check(result == rows[i].result && number == rows[i].number,
		      "number '%s' of %llu to %llu is %s", rows[i].text,
		      (unsigned long long)rows[i].min, (unsigned long long)rows[i].max,
		      rows[i].result ? "refused" : "read");
	}
}

static void addresses(void)
{
	static const uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff, 192, 0, 2, 1 };
	uint8_t addr[16];
	int plen;

	check(!word_ipv4("192.0.2.1", addr) && addr[0] == 192 && addr[3] == 1,
	      "an IPv4 address is read");
	check(word_ipv4("192.0.2", addr), "three octets are no IPv4 address");
	check(word_ipv4("192.0.2.256", addr), "256 is no octet of an IPv4 address");
	check(word_ipv4("192.0.2.1 ", addr), "a blank behind an IPv4 address is refused");
	check(word_ipv4("::1", addr), "an IPv6 address is no IPv4 address");
	check(!word_ipv6("2001:db8::1", addr) && addr[0] == 0x20 && addr[15] == 1,
	      "an IPv6 address is read");
	check(word_ipv6("2001:db8::1%lo", addr), "a zone behind an IPv6 address is refused");
	check(word_ipv6("192.0.2.1", addr), "an IPv4 address is no IPv6 address");
	check(!word_care_of("192.0.2.1", addr) && !memcmp(addr, mapped, 16),
	      "an IPv4 care-of address is v4-mapped");
	check(!word_care_of("2001:db8::1", addr) && addr[0] == 0x20,
	      "an IPv6 care-of address stays as it is");
	check(word_care_of("gw", addr), "a name is no care-of address");
	check(!word_prefix("2001:db8::/32", addr, &plen) && plen == 32 && addr[3] == 0xb8,
	      "an address with a length is read");
	check(!word_prefix("2001:db8::", addr, &plen) && plen == WORD_NO_PLEN,
	      "an address without a length has none");
	check(!word_prefix("::/0", addr, &plen) && plen == 0, "a length may be 0");
	check(!word_prefix("::1/128", addr, &plen) && plen == 128, "a length may be 128");
	check(word_prefix("::1/129", addr, &plen), "a length of 129 is refused");
	check(word_prefix("::1/", addr, &plen), "an empty length is refused");
	check(word_prefix("::1/6x", addr, &plen), "a length with a letter is refused");
	check(word_prefix("/64", addr, &plen), "a length alone is refused");
	check(word_prefix("::1/64/64", addr, &plen), "two lengths are refused");
	check(word_prefix("1111:1111:1111:1111:1111:1111:1111:1111:1111:1111/64", addr, &plen),
	      "an address that is too long is refused");
}

static void octets(void)
{
	uint8_t room[4] = { 0 };
	size_t length = 9;

	check(!word_octets("0x00ffA5", room, 4, &length) && length == 3 && room[1] == 0xff &&
		      room[2] == 0xa5,
	      "octets are read");
	check(!word_octets("0x", room, 4, &length) && !length, "no octets are octets too");
	check(word_octets("00ff", room, 4, &length), "octets without 0x are refused");
	check(word_octets("0x0", room, 4, &length), "half an octet is refused");
	check(word_octets("0x0g", room, 4, &length), "an octet of other letters is refused");
	check(word_octets("0x0102030405", room, 4, &length), "more octets than room are refused");
	check(word_octets("", room, 4, &length), "nothing is no octets");
}

static void choices(void)
{
	static const struct spec_value values[] = {
		{ 1, "ack", "" },
		{ 2, "home", "" },
		{ 8, "link-local", "" },
	};
	static const struct spec_enum choice = { values, ARRAY_SIZE(values) };
	uint64_t value = 77;

	check(!word_choice(&choice, "home", &value) && value == 2, "a word of an enum is read");
	check(word_choice(&choice, "hom", &value), "a shortened word is refused");
	check(word_choice(&choice, "homes", &value), "a lengthened word is refused");
	check(word_choice(&choice, "", &value), "an empty word is refused");
	check(!word_flags(&choice, "ack,link-local", &value) && value == 9, "flags are read");
	check(!word_flags(&choice, "none", &value) && !value, "no flags are called none");
	check(word_flags(&choice, "ack,", &value), "a comma at the end is refused");
	check(word_flags(&choice, ",ack", &value), "a comma at the front is refused");
	check(word_flags(&choice, "ack,,home", &value), "two commas are refused");
	check(word_flags(&choice, "", &value), "an empty set of flags is refused");
}

static void texts(void)
{
	check(!word_text("ue1@example.org", 15), "a text of just the size is read");
	check(word_text("ue12@example.org", 15), "a longer text is refused");
	check(!word_text("anything at all", 0), "a text without a limit is read");
	check(word_text("a\nb", 15), "a line break in a text is refused");
	check(word_text("a\x1b[0m", 15), "an escape in a text is refused");
	check(!word_text("f\xc3\xbc", 15), "UTF-8 in a text is read");
	check(!word_interface("ha0"), "a name of an interface is read");
	check(!word_interface("123456789012345"), "15 octets are a name of an interface");
	check(word_interface("1234567890123456"), "16 octets are none");
	check(word_interface(""), "an empty name of an interface is refused");
	check(word_interface("a/b"), "a slash in a name of an interface is refused");
	check(word_interface("a b"), "a blank in a name of an interface is refused");
	check(word_interface(".."), ".. is no name of an interface");
}

static void lines(void)
{
	static const struct {
		const char *line;
		int count;
		const char *words; /* with | behind each */
	} rows[] = {
		{ "", 0, "" },
		{ "   \t ", 0, "" },
		{ "# all of it", 0, "" },
		{ "a b  c", 3, "a|b|c|" },
		{ "  a\tb\r", 2, "a|b|" },
		{ "a # b", 1, "a|" },
		{ "a#b", 1, "a#b|" },
		{ "'a b' c", 2, "a b|c|" },
		{ "\"a b\" c", 2, "a b|c|" },
		{ "a'b'c", 1, "abc|" },
		{ "''", 1, "|" },
		{ "'' ''", 2, "||" },
		{ "it\\'s", 1, "it's|" },
		{ "'it'\\''s'", 1, "it's|" },
		{ "\"a\\\"b\"", 1, "a\"b|" },
		{ "'a\\b'", 1, "a\\b|" },
		{ "a\\ b", 1, "a b|" },
		{ "'a", -1, "" },
		{ "\"a", -1, "" },
		{ "a\\", -1, "" },
		{ "1 2 3 4 5", -1, "" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char *line = strdup(rows[i].line);
		char all[64] = "";
		char *words[4];
		int count = word_split(line, words, 4);

		for (int j = 0; j < count; j++) {
			strcat(all, words[j]);
			strcat(all, "|");
		}
		check(count == rows[i].count && !strcmp(all, rows[i].words),
		      "line %zu \"%s\" has %d words", i, rows[i].line, rows[i].count);
		free(line);
	}
}

int main(void)
{
	numbers();
	addresses();
	octets();
	choices();
	texts();
	lines();
	return ktap_end();
}
