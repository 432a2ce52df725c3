// SPDX-License-Identifier: GPL-2.0
/*
 * Home agents by DNS: answers from the wire, the order of trying, and the child
 * as far as it needs no DNS. With "ask NAME" or "ask-service DOMAIN" this program
 * asks as the service does, for find.sh.
 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault.h"
#include "find.h"
#include "ktap.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define WAIT_MS 60000

/* ---- answers from the wire --------------------------------------------------------- */

struct answer {
	uint8_t octets[4096];
	size_t size;
};

static void put(struct answer *answer, const void *octets, size_t size)
{
	memcpy(answer->octets + answer->size, octets, size);
	answer->size += size;
}

static void put_16(struct answer *answer, unsigned int number)
{
	put(answer, (uint8_t[]){ number >> 8, number }, 2);
}

/* Labels, and the end of the name unless a pointer follows. */
static void put_labels(struct answer *answer, const char *name)
{
	while (*name) {
		size_t length = strcspn(name, ".");

		put(answer, (uint8_t[]){ length }, 1);
		put(answer, name, length);
		name += length + (name[length] == '.');
	}
}

static void put_name(struct answer *answer, const char *name)
{
	put_labels(answer, name);
	put(answer, "", 1);
}

/* A head and the question of _mip6._ipv6.example.org, whose domain is at 24. */
#define QUESTION_AT 12
#define DOMAIN_AT 24

static void begin(struct answer *answer, unsigned int answers)
{
	answer->size = 0;
	put_16(answer, 0x1234);
	put_16(answer, 0x8180);
	put_16(answer, 1);
	put_16(answer, answers);
	put(answer, "\0\0\0\0", 4);
	put_name(answer, "_mip6._ipv6.example.org");
	put_16(answer, 33);
	put_16(answer, 1);
}

static void begin_record(struct answer *answer, unsigned int type, unsigned int length)
{
	put_16(answer, 0xc000 | QUESTION_AT);
	put_16(answer, type);
	put_16(answer, 1);
	put(answer, "\0\0\x0e\x10", 4);
	put_16(answer, length);
}

static void put_numbers(struct answer *answer)
{
	put_16(answer, 10);
	put_16(answer, 20);
	put_16(answer, 30);
}

static void put_target(struct answer *answer, const char *name)
{
	begin_record(answer, 33, 6 + strlen(name) + 2);
	put_numbers(answer);
	put_name(answer, name);
}

/* All targets in one text, or what else there is. */
static const char *targets_of(const struct answer *answer, size_t max)
{
	static char text[2048];
	struct find_target targets[4];
	/* Its own memory, so that nothing behind it is read unseen. */
	uint8_t *copy = malloc(answer->size);
	int count;

	memcpy(copy, answer->octets, answer->size);
	count = find_targets(copy, answer->size, targets, max);
	free(copy);
	snprintf(text, sizeof(text), count < 0 ? "broken" : "");
	for (int i = 0; i < count; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s %u %u %u",
			 i ? ", " : "", targets[i].name, targets[i].priority, targets[i].weight,
			 targets[i].port);
	return text;
}

static void good_answers(void)
{
	struct answer answer;

	begin(&answer, 1);
	put_target(&answer, "ha1.example.org");
	check_text(targets_of(&answer, 4), "ha1.example.org 10 20 30", "a target is read");
	begin(&answer, 2);
	put_target(&answer, "ha1.example.org");
	put_target(&answer, "HA_2.x");
	check_text(targets_of(&answer, 4), "ha1.example.org 10 20 30, HA_2.x 10 20 30",
		   "two targets are read");
	check_text(targets_of(&answer, 1), "ha1.example.org 10 20 30",
		   "no more than there is room for");
	begin(&answer, 0);
	check_text(targets_of(&answer, 4), "", "an answer without records has no targets");
	begin(&answer, 2);
	begin_record(&answer, 5, 2);
	put_16(&answer, 0xc000 | DOMAIN_AT);
	put_target(&answer, "ha1.x");
	check_text(targets_of(&answer, 4), "ha1.x 10 20 30", "other records are passed over");
	begin(&answer, 1);
	begin_record(&answer, 33, 7);
	put_numbers(&answer);
	put_name(&answer, "");
	check_text(targets_of(&answer, 4), ". 10 20 30", "the root as a target means none");
	begin(&answer, 1);
	put_target(&answer, "ha1.x");
	put(&answer, "rubbish", 7);
	check_text(targets_of(&answer, 4), "ha1.x 10 20 30", "what comes behind does not count");
	begin(&answer, 3);
	put_target(&answer, "h\x01.x");
	put_target(&answer, "\xff.x");
	put_target(&answer, "ha1.x");
	check_text(targets_of(&answer, 4), "ha1.x 10 20 30", "what no host is called is left out");
}

static void pointers(void)
{
	struct answer answer;
	size_t at;

	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 4 + 2);
	put_numbers(&answer);
	put_labels(&answer, "ha1");
	put_16(&answer, 0xc000 | DOMAIN_AT);
	check_text(targets_of(&answer, 4), "ha1.example.org 10 20 30",
		   "a name goes on where a pointer says");
	at = answer.size - 6;
	answer.octets[7] = 2;
	begin_record(&answer, 33, 6 + 2);
	put_numbers(&answer);
	put_16(&answer, 0xc000 | at);
	check_text(targets_of(&answer, 4), "ha1.example.org 10 20 30, ha1.example.org 10 20 30",
		   "and again where another says");
}

/* The name of the record's target is a pointer and nothing else. */
static void points_to(unsigned int where, const char *sentence)
{
	struct answer answer;

	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 2);
	put_numbers(&answer);
	put_16(&answer, 0xc000 | (where ? where : answer.size));
	check_text(targets_of(&answer, 4), "broken", sentence);
}

static void bad_pointers(void)
{
	struct answer answer;
	size_t at;

	points_to(0, "a pointer to itself is refused");
	points_to(0x3fff, "a pointer behind the end is refused");
	points_to(60, "a pointer further behind is refused");
	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 4);
	put_numbers(&answer);
	at = answer.size;
	put_labels(&answer, "a");
	put_16(&answer, 0xc000 | at);
	check_text(targets_of(&answer, 4), "broken", "a pointer in a circle is refused");
	begin(&answer, 2);
	begin_record(&answer, 5, 2);
	at = answer.size;
	put_16(&answer, 0xc000 | at);
	begin_record(&answer, 33, 6 + 2);
	put_numbers(&answer);
	put_16(&answer, 0xc000 | at);
	check_text(targets_of(&answer, 4), "broken", "and one to a circle elsewhere");
	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 1);
	put_numbers(&answer);
	put(&answer, "\xc0", 1);
	check_text(targets_of(&answer, 4), "broken", "half a pointer is refused");
	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 3);
	put_numbers(&answer);
	put(&answer, "\x41x\0", 3);
	check_text(targets_of(&answer, 4), "broken", "a label of another kind is refused");
}

static void long_names(void)
{
	char name[512];
	struct answer answer;

	/* 3 labels of 63 octets and one of 61: 255 octets on the wire. */
	memset(name, 'a', sizeof(name));
	name[63] = name[127] = name[191] = '.';
	name[253] = 0;
	begin(&answer, 1);
	put_target(&answer, name);
	check(!strncmp(targets_of(&answer, 4), name, 253), "a name of 253 octets is read");
	name[253] = 'a';
	name[254] = 0;
	begin(&answer, 1);
	put_target(&answer, name);
	check_text(targets_of(&answer, 4), "broken", "one of 254 is refused");
}

static void broken_answers(void)
{
	struct answer answer;
	size_t size;
	bool held = true;

	begin(&answer, 2);
	put_target(&answer, "ha1.x");
	begin_record(&answer, 33, 6 + 4 + 2);
	put_numbers(&answer);
	put_labels(&answer, "ha1");
	put_16(&answer, 0xc000 | DOMAIN_AT);
	size = answer.size;
	for (answer.size = 0; answer.size < size; answer.size++)
		held = held && !strcmp(targets_of(&answer, 4), "broken");
	check(held, "an answer that is cut off anywhere is refused");
	begin(&answer, 1);
	put_target(&answer, "ha1.x");
	answer.octets[2] = 1;
	check_text(targets_of(&answer, 4), "broken", "a question is no answer");
	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 7 + 1);
	put_numbers(&answer);
	put_name(&answer, "ha1.x");
	put(&answer, "x", 1);
	check_text(targets_of(&answer, 4), "broken", "a record that is too long is refused");
	begin(&answer, 1);
	begin_record(&answer, 33, 6 + 7 - 1);
	put_numbers(&answer);
	put_name(&answer, "ha1.x");
	check_text(targets_of(&answer, 4), "broken", "a record that is too short is refused");
}

/* ---- the order of trying ------------------------------------------------------------ */

struct dice {
	uint32_t numbers[8];
	size_t thrown;
	uint32_t below[8]; /* what was asked for */
};

static uint32_t throw_dice(void *arg, uint32_t below)
{
	struct dice *dice = arg;

	dice->below[dice->thrown] = below;
	return dice->numbers[dice->thrown++];
}

/* Targets are words of a letter, a priority and a weight: "a1,50". */
static const char *order_of(const char *words, struct dice *dice)
{
	static char text[128];
	struct find_target targets[8];
	size_t count = 0;

	for (; *words; words += strcspn(words, " "), words += *words == ' ') {
		char *end;

		targets[count].name[0] = *words;
		targets[count].priority = strtoul(words + 1, &end, 10);
		targets[count++].weight = strtoul(end + 1, NULL, 10);
	}
	find_order(targets, count, throw_dice, dice);
	memset(text, 0, sizeof(text));
	for (size_t i = 0; i < count; i++)
		text[i] = targets[i].name[0];
	return text;
}

static void orders(void)
{
	static const struct {
		const char *targets;
		struct dice dice;
		const char *order;
		const char *sentence;
	} rows[] = {
		{ "", { { 0 }, 0, { 0 } }, "", "no targets have no order" },
		{ "a1,5", { { 0 }, 0, { 0 } }, "a", "one target is not thrown for" },
		{ "a3,0 b1,0 c2,0", { { 0 }, 0, { 0 } }, "bca", "a lower priority comes first" },
		{ "a65535,9 b0,0", { { 0 }, 0, { 0 } }, "ba", "whatever the weights are" },
		{ "a1,10 b1,20 c1,30", { { 0, 0 }, 0, { 0 } }, "abc", "the least number" },
		{ "a1,10 b1,20 c1,30", { { 60, 30 }, 0, { 0 } }, "cba", "the greatest number" },
		{ "a1,10 b1,20 c1,30", { { 10, 20 }, 0, { 0 } }, "abc", "the last of each" },
		{ "a1,10 b1,20 c1,30", { { 11, 11 }, 0, { 0 } }, "bca", "the first of the next" },
		{ "a1,10 b1,0", { { 0 }, 0, { 0 } }, "ba", "weight 0 comes first by a 0" },
		{ "a1,10 b1,0", { { 1 }, 0, { 0 } }, "ab", "and by nothing else" },
		{ "a2,7 b1,9 c2,3 d1,1",
		  { { 10, 0 }, 0, { 0 } },
		  "bdca",
		  "each priority for itself" },
		{ "a1,65535 b1,65535 c1,65535",
		  { { 196605, 65536 }, 0, { 0 } },
		  "cba",
		  "large weights have a sum" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct dice dice = rows[i].dice;

		check_text(order_of(rows[i].targets, &dice), rows[i].order, rows[i].sentence);
	}
}

static void dice_have_as_many_sides(void)
{
	struct dice dice = { { 0 }, 0, { 0 } };

	order_of("a1,10 b1,20 c1,30 d2,1 e2,2", &dice);
	check(dice.thrown == 3 && dice.below[0] == 61 && dice.below[1] == 51 && dice.below[2] == 4,
	      "a number from 0 to the sum of the weights is asked for each time");
}

/* ---- the child ------------------------------------------------------------------------ */

struct heard {
	int times;
	char text[4096];
	struct find *find;
};

static void hear(void *arg, const struct finds *finds, const char *why)
{
	struct heard *heard = arg;
	char addr[INET6_ADDRSTRLEN];

	/* As the service does it. */
	find_close(heard->find);
	heard->find = NULL;
	heard->times++;
	snprintf(heard->text, sizeof(heard->text), "%s", why ? why : "");
	for (size_t i = 0; i < finds->count; i++) {
		size_t used = strlen(heard->text);

		inet_ntop(AF_INET6, finds->list[i].addr, addr, sizeof(addr));
		snprintf(heard->text + used, sizeof(heard->text) - used, "%s%s %s",
			 used ? "\n" : "", addr, finds->list[i].name);
	}
}

static const char *ask(const char *what, bool service)
{
	static struct heard heard;
	struct fault fault;
	struct pollfd poll_fd = { .events = POLLIN };

	heard.times = 0;
	heard.find = find_open(what, service, hear, &heard, &fault);
	if (!heard.find) {
		snprintf(heard.text, sizeof(heard.text), "%s", fault.text);
		return heard.text;
	}
	poll_fd.fd = find_fd(heard.find);
	while (heard.find && poll(&poll_fd, 1, WAIT_MS) == 1)
		find_ready(heard.find);
	return heard.times == 1 ? heard.text : "was not called once";
}

static void addresses(void)
{
	static const char *const rows[][3] = {
		{ "2001:db8::1", "2001:db8::1 2001:db8::1", "an address is its own" },
		{ "192.0.2.1", "::ffff:192.0.2.1 192.0.2.1", "an IPv4 address is v4-mapped" },
		{ "::1", "::1 has no address that a home agent could have",
		  "no home agent is on the loopback" },
		{ "::", ":: has no address that a home agent could have",
		  "the unspecified address is no home agent's" },
		{ "fe80::1", "fe80::1 has no address that a home agent could have",
		  "a link-local address is no home agent's" },
		{ "ff02::1", "ff02::1 has no address that a home agent could have",
		  "a group is no home agent" },
		{ "::ffff:192.0.2.1",
		  "::ffff:192.0.2.1 has no address that a home agent could have",
		  "an IPv4 address is not written as an IPv6 one" },
		{ "127.0.0.1", "127.0.0.1 has no address that a home agent could have",
		  "nor is it on the loopback of IPv4" },
		{ "0.0.0.0", "0.0.0.0 has no address that a home agent could have",
		  "nor unspecified" },
		{ "224.0.0.1", "224.0.0.1 has no address that a home agent could have",
		  "nor a group" },
		{ "", "'' is not a name that DNS could have", "an empty name is refused" },
		{ "a b", "'a b' is not a name that DNS could have", "a blank is refused" },
		{ "a\nb", "'a b' is not a name that DNS could have", "a line break is refused" },
		{ "a%b", "'a%b' is not a name that DNS could have", "% is refused" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[4096];

		snprintf(text, sizeof(text), "%s", ask(rows[i][0], false));
		for (char *c = text; *c; c++)
			if (*c == '\n')
				*c = ' ';
		check_text(text, rows[i][1], rows[i][2]);
	}
}

static void long_questions(void)
{
	char name[300];

	memset(name, 'a', sizeof(name));
	name[254] = 0;
	check_text(ask(name, false), "a name of 254 octets is too long for DNS; 253 it may be",
		   "a name of 254 octets is refused");
	name[242] = 0;
	check_text(ask(name, true), "a name of 242 octets is too long for DNS; 241 it may be",
		   "a domain has less, for something stands in front of it");
}

static void closing(void)
{
	struct fault fault;
	struct heard heard = { 0 };

	for (int i = 0; i < 20; i++) {
		struct find *find = find_open("2001:db8::1", i & 1, hear, &heard, &fault);

		if (i & 2)
			usleep(1000);
		find_close(find);
	}
	check(!heard.times, "who closes is not called any more");
	check(waitpid(-1, NULL, WNOHANG) < 0, "and no child is left");
	find_close(NULL);
	heard.find = find_open("2001:db8::1", false, hear, &heard, &fault);
	find_ready(heard.find);
	check(heard.times <= 1, "find_ready() may be called when nothing is there");
	if (!heard.times)
		find_close(heard.find);
	check(waitpid(-1, NULL, WNOHANG) < 0, "and no child is left then");
}

/* ---- for find.sh ------------------------------------------------------------------------ */

/* With signals blocked, as in the service. */
static int ask_once(const char *what, bool service)
{
	const char *answer;
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	answer = ask(what, service);
	printf("%s\n", answer);
	return !answer[0];
}

int main(int argc, char **argv)
{
	if (argc == 3 && !strcmp(argv[1], "ask"))
		return ask_once(argv[2], false);
	if (argc == 3 && !strcmp(argv[1], "ask-service"))
		return ask_once(argv[2], true);
	good_answers();
	pointers();
	bad_pointers();
	long_names();
	broken_answers();
	orders();
	dice_have_as_many_sides();
	addresses();
	long_questions();
	closing();
	return ktap_end();
}
