// SPDX-License-Identifier: GPL-2.0
/* Lines of dsmipctl, made word by word. */

#include <arpa/inet.h>
#include <stdlib.h>

#include "ktap.h"
#include "request.h"
#include "fault.h"
#include "word.h"
#include "words.h"

static const uint8_t hoa[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 7 };
static const uint8_t hoa4[16] = { [10] = 0xff, [11] = 0xff, 10, 100, 0, 1 };

static const char *said(const struct words *words)
{
	static char text[WORDS_SIZE];

	words_say(words, text, sizeof(text));
	return text;
}

static void every_kind_of_value(void)
{
	struct words words;

	words_begin(&words, "mobile add");
	check(words.count == 2 && !strcmp(words.list[1], "add"), "a line begins with its words");
	words_text(&words, "dev", "ha0");
	words_address(&words, "hoa", hoa, 64);
	words_ipv4(&words, "hoa4", hoa4);
	words_number(&words, "reqid", UINT32_MAX);
	words_number(&words, "octets", UINT64_MAX);
	check_text(said(&words),
		   "mobile add dev ha0 hoa 2001:db8::7/64 hoa4 10.100.0.1 reqid 4294967295 "
		   "octets 18446744073709551615",
		   "values are said as the command line has them");
	words_begin(&words, "registration  del ");
	words_address(&words, "hoa", hoa, -1);
	words_address(&words, "ha", hoa, 128);
	words_address(&words, "any", hoa, 0);
	check_text(said(&words),
		   "registration del hoa 2001:db8::7 ha 2001:db8::7 any 2001:db8::7/0",
		   "an address has a length where it is not all of it");
	words_begin(&words, "");
	check(!words.count && !*said(&words) && !words.full, "a line may begin with nothing");
}

static void the_command_line_takes_them(void)
{
	struct request request;
	struct words words;
	struct fault fault;

	words_begin(&words, "mobile add");
	words_text(&words, "dev", "ha0");
	words_address(&words, "hoa", hoa, 64);
	words_ipv4(&words, "hoa4", hoa4);
	words_text(&words, "id", "it's \"me\" # and \\ \n");
	check(request_read(&request, words.count, words.list, &fault) == -1,
	      "an identity with a line break is refused as on the command line");
	words_begin(&words, "mobile add");
	words_text(&words, "dev", "ha0");
	words_address(&words, "hoa", hoa, 64);
	words_text(&words, "id", "ue1@example.org");
	check(!request_read(&request, words.count, words.list, &fault),
	      "a line is read as one that was typed");
}

/* What is said can be pasted into a batch file, whatever the words are. */
static void what_is_said_can_be_typed(void)
{
	static const char *const texts[] = {
		"plain", "",  "two words", "#begin",    "in#side",     "a\\b",    "\"quoted\"",
		"it's",  "'", "' '",       "tab\there", "ends with '", "\"'\\# ", "\xc3\xbc",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		char line[WORDS_SIZE];
		char *back[8];
		struct words words;
		int count;

		words_begin(&words, "x");
		words_text(&words, "id", texts[i]);
		words_text(&words, "last", "word");
		words_say(&words, line, sizeof(line));
		count = word_split(line, back, 8);
		check(count == 5 && !strcmp(back[2], texts[i]) && !strcmp(back[4], "word"),
		      "text %zu is the same when what was said is read", i);
	}
}

static void too_much_is_noticed(void)
{
	static char longest[WORDS_SIZE];
	char small[8];
	struct words words;

	words_begin(&words, "a");
	for (int i = 1; i < WORDS_MAX; i++)
		words_begin(&words, "a");
	check(!words.full, "a line can begin again");
	for (int i = 0; i < WORDS_MAX; i++)
		words_text(&words, "k", "v");
	check(words.full && words.count == WORDS_MAX,
	      "more words than there is room for are noticed");
	memset(longest, 'x', sizeof(longest) - 1);
	words_begin(&words, "");
	words_text(&words, "k", longest);
	check(words.full, "and a longer text than there is room for");
	words_begin(&words, "");
	longest[WORDS_SIZE - 3] = '\0';
	words_text(&words, "k", longest);
	check(!words.full, "not one that just fits");
	words_begin(&words, longest);
	check(!words.full && words.count == 1, "and a long line can begin");
	words_text(&words, "k", "");
	check(words.full, "behind which nothing fits");
	words_begin(&words, "mobile add dev");
	words_say(&words, small, sizeof(small));
	check_text(small, "mobile ", "what is said is cut to its room");
	words_say(&words, small, 1);
	check_text(small, "", "to nothing, if need be");
}

int main(void)
{
	every_kind_of_value();
	the_command_line_takes_them();
	what_is_said_can_be_typed();
	too_much_is_noticed();
	return ktap_end();
}
