// SPDX-License-Identifier: GPL-2.0
/* The client of charon, with charons of every kind at the other end. */

#include <fcntl.h>
#include <poll.h>
#include <sys/un.h>

#include "charon.h"
#include "fake_charon.h"
#include "fault.h"
#include "ktap.h"
#include "tree.h"
#include "vici.h"
#include "wire.h"

/* Milliseconds that are waited for charon: as ever, and where it does not answer. */
#define LONG 10000
#define SHORT 600
/* For a machine that is busy, but less than LONG. */
#define IN_TIME 9000

static const char *const no_events[] = { NULL };
static const char *const up_down[] = { "up", "down", NULL };

/* What was handed out, as a text: "up 1, down 2, ". */
struct seen {
	char text[4096];
	unsigned int count;
	struct charon *charon; /* to be asked by an event, if any */
	char answers[256];
};

static void note(void *arg, const char *name, const struct tree *message)
{
	struct seen *seen = arg;
	size_t used = strlen(seen->text);

	seen->count++;
	snprintf(seen->text + used, sizeof(seen->text) - used, "%s %s, ", name,
		 tree_text(message, "n") ?: "?");
}

static struct fault fault;

static struct charon *meet(struct fake *fake, void (*play)(struct fake *fake),
			   const char *const *events, struct seen *seen)
{
	int fd = fake_begin(fake, play, NULL);

	memset(&fault, 0, sizeof(fault));
	memset(seen, 0, sizeof(*seen));
	return charon_on(fd, events, note, seen, &fault);
}

static void part(struct fake *fake, struct charon *charon, const char *sentence)
{
	charon_close(charon);
	check(fake_end(fake), "%s: charon heard what it shall hear", sentence);
}

/* Read until so many events were handed out, or the connection is lost. */
static int ready_until(struct charon *charon, struct seen *seen, unsigned int count)
{
	struct pollfd poll_fd = { .fd = charon_fd(charon), .events = POLLIN };
	int err = 0;

	while (!err && seen->count < count &&
	       (charon_has_kept(charon) || poll(&poll_fd, 1, 5000) > 0))
		err = charon_ready(charon, &fault);
	return err;
}

static bool is_answered(struct charon *charon, const char *command, const char *n)
{
	struct tree *answer = charon_ask(charon, command, NULL, &fault);
	bool right = tree_is(answer, "n", n);

	tree_free(answer);
	return right;
}

static bool says(const char *part)
{
	bool said = strstr(fault.text, part);

	if (!said)
		printf("# fault: %s\n", fault.text);
	return said;
}

/* ---- subscriptions --------------------------------------------------------------- */

static void play_subscriptions(struct fake *fake)
{
	confirm(fake, "up");
	hear(fake, VICI_EVENT_REGISTER, "down");
	say_event(fake, "up", "1");
	say_event(fake, "up", "2");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	say_event(fake, "down", "3");
	linger(fake);
}

static void subscriptions(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_subscriptions, up_down, &seen);

	check(charon && !seen.count, "events are subscribed to, and none is handed out early");
	check(charon_has_kept(charon), "those that came before a confirmation are kept");
	check(!ready_until(charon, &seen, 3) && !charon_is_lost(charon), "they are handed out");
	check_text(seen.text, "up 1, up 2, down 3, ", "in the order in which they came");
	check(!charon_has_kept(charon) && !charon_ready(charon, &fault) && seen.count == 3,
	      "and not twice");
	part(&fake, charon, "subscriptions");
}

static void play_unknown_event(struct fake *fake)
{
	confirm(fake, "up");
	hear(fake, VICI_EVENT_REGISTER, "down");
	say(fake, VICI_EVENT_UNKNOWN, NULL, NULL, NULL);
	linger(fake);
}

static void play_answer_for_confirmation(struct fake *fake)
{
	hear(fake, VICI_EVENT_REGISTER, "up");
	say(fake, VICI_CMD_UNKNOWN, NULL, NULL, NULL);
	linger(fake);
}

static void play_close_at_once(struct fake *fake)
{
	(void)fake;
}

static void refused_subscriptions(void)
{
	struct fake fake;
	struct seen seen;

	check(!meet(&fake, play_unknown_event, up_down, &seen) && says("no event \"down\""),
	      "an event that charon does not know is a fault");
	part(&fake, NULL, "an unknown event");
	check(!meet(&fake, play_answer_for_confirmation, up_down, &seen) && says("not asked"),
	      "an unknown command instead of a confirmation is a fault");
	part(&fake, NULL, "no confirmation");
	check(!meet(&fake, play_close_at_once, up_down, &seen) && says("closed"),
	      "a charon that closes at once is a fault");
	part(&fake, NULL, "closed at once");
}

/* ---- questions ------------------------------------------------------------------- */

static void play_question(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "version");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "5.9.8");
	hear(fake, VICI_CMD_REQUEST, "load-conn");
	if (!tree_is(tree_find(fake->heard, "home"), "version", "2"))
		complain(fake, "another message in", "load-conn");
	say(fake, VICI_CMD_RESPONSE, NULL, "success", "yes");
	linger(fake);
}

static void questions(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_question, NULL, &seen);
	struct tree *message = tree_new();
	struct tree *answer;

	tree_add_text(tree_add_section(message, "home"), "version", "2");
	check(charon && is_answered(charon, "version", "5.9.8"), "a question has its answer");
	answer = charon_ask(charon, "load-conn", message, &fault);
	check(tree_is(answer, "success", "yes"), "a question with a message has its answer");
	tree_free(answer);
	tree_free(message);
	check(!charon_has_kept(charon) && !charon_is_lost(charon), "nothing is left of them");
	part(&fake, charon, "questions");
}

static void play_events_between(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	say_event(fake, "up", "1");
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_event(fake, "down", "2");
	usleep(20000);
	say_event(fake, "up", "3");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "9");
	say_event(fake, "down", "4");
	hear(fake, VICI_CMD_REQUEST, "version");
	say_event(fake, "up", "5");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "10");
	linger(fake);
}

static void events_between(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_events_between, up_down, &seen);

	check(is_answered(charon, "stats", "9"), "an answer is found behind events");
	check(!seen.count && charon_has_kept(charon), "which are kept");
	check(is_answered(charon, "version", "10") && !seen.count,
	      "a second answer is found too, and still none is handed out");
	ready_until(charon, &seen, 5);
	check_text(seen.text, "up 1, down 2, up 3, down 4, up 5, ", "then all are, in their order");
	part(&fake, charon, "events between");
}

/* All in one piece, so that what is behind the answer is received with it. */
static void play_one_piece(struct fake *fake)
{
	uint8_t octets[1024];
	size_t used = 0;

	confirm(fake, "up");
	confirm(fake, "down");
	hear(fake, VICI_CMD_REQUEST, "stats");
	for (int i = 0; i < 3; i++) {
		size_t size;
		uint8_t *packet =
			packet_of(i == 1 ? VICI_CMD_RESPONSE : VICI_EVENT, "up", "n", "7", &size);

		memcpy(octets + used, packet, size);
		used += size;
		free(packet);
	}
	say_octets(fake, octets, used);
	linger(fake);
}

static void one_piece(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_one_piece, up_down, &seen);

	check(is_answered(charon, "stats", "7") && charon_has_kept(charon),
	      "what came in one piece with an answer is known to be there");
	check(!charon_ready(charon, &fault) && seen.count == 2, "and is handed out without a poll");
	part(&fake, charon, "one piece");
}

static void play_octet_by_octet(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_slowly(fake, VICI_EVENT, "up", "n", "1");
	say_slowly(fake, VICI_CMD_RESPONSE, NULL, "n", "2");
	say_slowly(fake, VICI_EVENT, "up", "n", "3");
	say_slowly(fake, VICI_EVENT, "down", "n", "4");
	linger(fake);
}

static void octet_by_octet(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_octet_by_octet, up_down, &seen);

	check(is_answered(charon, "stats", "2"), "an answer may come octet by octet");
	check(!ready_until(charon, &seen, 3), "events may too");
	check_text(seen.text, "up 1, up 3, down 4, ", "and are handed out when they are whole");
	part(&fake, charon, "octet by octet");
}

/* One event and a half, and the other half when the first was read. */
static void play_one_and_a_half(struct fake *fake)
{
	uint8_t octets[256];
	size_t size;
	uint8_t *packet = packet_of(VICI_EVENT, "up", "n", "1", &size);

	confirm(fake, "up");
	confirm(fake, "down");
	memcpy(octets, packet, size);
	memcpy(octets + size, packet, size);
	say_octets(fake, octets, size + size / 2);
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, octets + size / 2, size - size / 2);
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "2");
	free(packet);
	linger(fake);
}

static void one_and_a_half(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_one_and_a_half, up_down, &seen);

	check(!ready_until(charon, &seen, 1) && seen.count == 1,
	      "one event is handed out, the half of another is not");
	check(is_answered(charon, "stats", "2") && !ready_until(charon, &seen, 2),
	      "with its other half it is");
	check_text(seen.text, "up 1, up 1, ", "and both say the same");
	part(&fake, charon, "one and a half");
}

/* ---- refusals that leave the connection ------------------------------------------ */

static void play_refusals(struct fake *fake)
{
	size_t size;
	uint8_t *packet;
	struct tree *message = tree_new();

	hear(fake, VICI_CMD_REQUEST, "load-conn");
	tree_add_text(message, "success", "no");
	tree_add_text(message, "errmsg", "parsing\n'rekey_time' failed");
	packet = vici_write(VICI_CMD_RESPONSE, NULL, message, &size);
	say_octets(fake, packet, size);
	free(packet);
	hear(fake, VICI_CMD_REQUEST, "load-conn");
	tree_remove(message, "errmsg");
	tree_add_value(message, "errmsg", "a\0b", 3);
	packet = vici_write(VICI_CMD_RESPONSE, NULL, message, &size);
	say_octets(fake, packet, size);
	free(packet);
	tree_free(message);
	hear(fake, VICI_CMD_REQUEST, "load-conn");
	say(fake, VICI_CMD_RESPONSE, NULL, "success", "no");
	hear(fake, VICI_CMD_REQUEST, "fly");
	say(fake, VICI_EVENT, "up", "n", "1");
	say(fake, VICI_CMD_UNKNOWN, NULL, NULL, NULL);
	hear(fake, VICI_CMD_REQUEST, "stats");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "1");
	linger(fake);
}

static void refusals(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_refusals, no_events, &seen);

	check(!charon_ask(charon, "load-conn", NULL, &fault), "success = no is a fault");
	check_text(fault.text, "charon refuses load-conn: parsing 'rekey_time' failed",
		   "with what charon says about it, in one line");
	check(!charon_ask(charon, "load-conn", NULL, &fault) && says("does not say why"),
	      "what charon says may not have a NUL inside");
	check(!charon_ask(charon, "load-conn", NULL, &fault) && says("does not say why"),
	      "charon may say nothing");
	check(!charon_ask(charon, "fly", NULL, &fault) && says("no command \"fly\""),
	      "a command that charon does not know is a fault");
	check(!charon_is_lost(charon) && is_answered(charon, "stats", "1"),
	      "after all that, charon is still there");
	part(&fake, charon, "refusals");
}

static void play_too_much(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "1");
	linger(fake);
}

static void too_much(void)
{
	static char octets[65536];
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_too_much, no_events, &seen);
	struct tree *message = tree_new();
	char name[257];

	tree_add_value(message, "v", octets, sizeof(octets));
	check(!charon_ask(charon, "load-conn", message, &fault) && says("too much"),
	      "a message that cannot be written is a fault");
	tree_free(message);
	memset(name, 'n', sizeof(name));
	name[256] = 0;
	check(!charon_ask(charon, name, NULL, &fault) && !charon_ask(charon, "", NULL, &fault),
	      "so is a command with no name, or too long a one");
	check(!charon_is_lost(charon) && is_answered(charon, "stats", "1"),
	      "nothing of it was sent, and charon is still there");
	part(&fake, charon, "too much");
}

/* ---- what breaks the connection --------------------------------------------------- */

static void play_confirm_for_answer(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	linger(fake);
}

static void play_two_answers(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\0\0\0\1\1\0\0\0\1\1", 10);
	linger(fake);
}

static void play_broken_answer(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\0\0\0\3\1\1\5", 7);
	linger(fake);
}

static void play_no_packet(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\0\0\0\1\10", 5);
	linger(fake);
}

static void play_length_0(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\0\0\0\0", 4);
	linger(fake);
}

static void play_length_512_kib(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\0\10\0\1", 4);
	linger(fake);
}

static void play_length_4_gib(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\377\377\377\377\1\1\1\1", 8);
	linger(fake);
}

static void play_text(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "HTTP/1.1 400 Bad Request\r\n\r\n", 28);
	linger(fake);
}

static void play_close(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
}

static void play_close_in_length(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_half(fake, VICI_CMD_RESPONSE, NULL, "n", "1", 2);
}

static void play_close_in_packet(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_half(fake, VICI_CMD_RESPONSE, NULL, "n", "1", 8);
}

static void play_unsaid(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	linger(fake);
}

static void play_half_said(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_half(fake, VICI_CMD_RESPONSE, NULL, "n", "1", 8);
	linger(fake);
}

static void play_only_events(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	while (say_event(fake, "up", "1"))
		usleep(100);
}

static void breaks(void)
{
	static const struct {
		void (*play)(struct fake *fake);
		int patience;
		const char *part;
		const char *sentence;
	} rows[] = {
		{ play_confirm_for_answer, LONG, "not asked", "a confirmation for an answer" },
		{ play_broken_answer, LONG, "cannot be read", "an answer that is no message" },
		{ play_no_packet, LONG, "is none", "a packet that is none" },
		{ play_length_0, LONG, "of 0 octets", "a packet of no octets" },
		{ play_length_512_kib, LONG, "of 524289 octets", "a packet longer than 512 KiB" },
		{ play_length_4_gib, LONG, "of 4294967295 octets", "a packet of 4 GiB" },
		{ play_text, LONG, "octets", "another protocol" },
		{ play_close, LONG, "closed the connection", "the end instead of an answer" },
		{ play_close_in_length, LONG, "in the middle", "the end inside a length" },
		{ play_close_in_packet, LONG, "in the middle", "the end inside an answer" },
		{ play_unsaid, SHORT, "does not answer", "no answer" },
		{ play_half_said, SHORT, "does not answer", "half an answer" },
		{ play_only_events, SHORT, "does not answer", "events, and never an answer" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake fake;
		struct seen seen;
		struct charon *charon = meet(&fake, rows[i].play, no_events, &seen);
		int64_t begin = wire_now();

		wire_set_patience(rows[i].patience);
		check(!charon_ask(charon, "stats", NULL, &fault) && says(rows[i].part),
		      "%s is a fault", rows[i].sentence);
		check(charon_is_lost(charon) && wire_now() - begin < IN_TIME,
		      "%s: the connection is lost, in time", rows[i].sentence);
		check(!charon_ask(charon, "stats", NULL, &fault) && says(rows[i].part) &&
			      charon_ready(charon, &fault) && says(rows[i].part),
		      "%s: it stays lost, and says why again", rows[i].sentence);
		part(&fake, charon, rows[i].sentence);
		wire_set_patience(LONG);
	}
}

static void play_much(struct fake *fake)
{
	static char octets[65535];
	struct tree *message = tree_new();
	size_t size;
	uint8_t *packet;

	for (int i = 0; i < 7; i++)
		tree_add_value(message, "v", octets, sizeof(octets));
	/* A type, and eight values with a type, a key and a length. */
	tree_add_value(message, "v", octets, VICI_PACKET_MAX - 1 - 7 * 65535 - 8 * 5);
	packet = vici_write(VICI_CMD_RESPONSE, NULL, message, &size);
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, packet, size);
	hear(fake, VICI_CMD_REQUEST, "stats");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "2");
	free(packet);
	tree_free(message);
	linger(fake);
}

static void much(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_much, no_events, &seen);
	struct tree *answer = charon_ask(charon, "stats", NULL, &fault);
	size_t size = 1;

	for (const struct tree *one = answer ? answer->first : NULL; one; one = one->next)
		size += one->size + 5;
	check(size == VICI_PACKET_MAX, "an answer may have 512 KiB");
	tree_free(answer);
	check(is_answered(charon, "stats", "2"), "the next one is read as ever");
	part(&fake, charon, "much");
}

static void play_deaf(struct fake *fake)
{
	struct pollfd poll_fd = { .fd = fake->fd, .events = POLLRDHUP };

	poll(&poll_fd, 1, 5000);
}

static void deaf(void)
{
	static char octets[65535];
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_deaf, no_events, &seen);
	struct tree *message = tree_new();
	int64_t begin = wire_now();

	for (int i = 0; i < 7; i++)
		tree_add_value(message, "v", octets, sizeof(octets));
	wire_set_patience(SHORT);
	check(!charon_ask(charon, "stats", message, &fault) && says("does not answer"),
	      "a charon that does not read is a fault");
	check(charon_is_lost(charon) && wire_now() - begin < IN_TIME, "and is lost, in time");
	wire_set_patience(LONG);
	tree_free(message);
	part(&fake, charon, "deaf");
}

/* In the middle of a question that no socket holds as a whole. */
static void play_gone(struct fake *fake)
{
	char octets[1000];

	hear_octets(fake, octets, sizeof(octets));
}

static void gone(void)
{
	static char octets[65535];
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_gone, no_events, &seen);
	struct tree *message = tree_new();

	for (int i = 0; i < 7; i++)
		tree_add_value(message, "v", octets, sizeof(octets));
	check(!charon_ask(charon, "stats", message, &fault) && says("closed the connection") &&
		      charon_is_lost(charon),
	      "a charon that goes while it is asked is a fault");
	tree_free(message);
	part(&fake, charon, "gone");
}

static void play_answer_and_none(struct fake *fake)
{
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_octets(fake, "\0\0\0\1\1\0\0\0\1\10", 10);
	linger(fake);
}

static void behind_an_answer(void)
{
	static const struct {
		void (*play)(struct fake *fake);
		const char *part;
		const char *sentence;
	} rows[] = {
		{ play_two_answers, "not asked", "a second one" },
		{ play_answer_and_none, "is none", "a packet that is none" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake fake;
		struct seen seen;
		struct charon *charon = meet(&fake, rows[i].play, no_events, &seen);
		struct tree *answer = charon_ask(charon, "stats", NULL, &fault);

		check(answer && charon_is_lost(charon), "an answer holds, with %s behind it",
		      rows[i].sentence);
		tree_free(answer);
		check(!charon_ask(charon, "stats", NULL, &fault) && says(rows[i].part) &&
			      charon_ready(charon, &fault) && says(rows[i].part),
		      "the connection is lost then");
		part(&fake, charon, rows[i].sentence);
	}
}

static void play_flood(struct fake *fake)
{
	static char octets[65535];
	struct tree *message = tree_new();
	size_t size;
	uint8_t *packet;

	for (int i = 0; i < 7; i++)
		tree_add_value(message, "v", octets, sizeof(octets));
	packet = vici_write(VICI_EVENT, "up", message, &size);
	hear(fake, VICI_CMD_REQUEST, "stats");
	while (say_octets(fake, packet, size))
		;
	free(packet);
	tree_free(message);
}

static void flood(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_flood, no_events, &seen);

	check(!charon_ask(charon, "stats", NULL, &fault) && says("more events than can be kept"),
	      "what is kept has a bound");
	check(charon_is_lost(charon) && charon_ready(charon, &fault) && seen.count > 100,
	      "the connection is lost, and what was kept is handed out");
	part(&fake, charon, "flood");
}

static void play_much_in_all(struct fake *fake)
{
	static char octets[65535];
	struct tree *message = tree_new();
	size_t size;
	uint8_t *packet;

	for (int i = 0; i < 7; i++)
		tree_add_value(message, "v", octets, sizeof(octets));
	packet = vici_write(VICI_EVENT, "up", message, &size);
	for (int i = 0; i < 160; i++)
		say_octets(fake, packet, size);
	free(packet);
	tree_free(message);
	linger(fake);
}

static void much_in_all(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_much_in_all, no_events, &seen);

	check(!ready_until(charon, &seen, 160) && seen.count == 160,
	      "what is handed out does not count any more");
	part(&fake, charon, "much in all");
}

/* ---- streams --------------------------------------------------------------------- */

static void count_listed(void *arg, const struct tree *message)
{
	struct seen *seen = arg;

	seen->count += tree_is(message, "n", "7");
}

static void play_stream(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	for (int i = 0; i < 5000; i++) {
		say_event(fake, "list-sa", "7");
		if (i % 2000 == 0)
			say_event(fake, "up", "1");
	}
	say(fake, VICI_CMD_RESPONSE, NULL, NULL, NULL);
	hear(fake, VICI_EVENT_UNREGISTER, "list-sa");
	say_event(fake, "down", "2");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	linger(fake);
}

static void streams(void)
{
	struct fake fake;
	struct seen seen;
	struct seen listed = { .count = 0 };
	struct charon *charon = meet(&fake, play_stream, up_down, &seen);

	check(!charon_stream(charon, "list-sas", NULL, "list-sa", count_listed, &listed, &fault) &&
		      listed.count == 5000,
	      "all that is listed is handed out");
	ready_until(charon, &seen, 4);
	check_text(seen.text, "up 1, up 1, up 1, down 2, ", "other events are kept meanwhile");
	part(&fake, charon, "streams");
}

static void play_refused_streams(struct fake *fake)
{
	hear(fake, VICI_EVENT_REGISTER, "list-sa");
	say(fake, VICI_EVENT_UNKNOWN, NULL, NULL, NULL);
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	say_event(fake, "list-sa", "7");
	say(fake, VICI_CMD_RESPONSE, NULL, "success", "no");
	hear(fake, VICI_EVENT_UNREGISTER, "list-sa");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	say(fake, VICI_CMD_UNKNOWN, NULL, NULL, NULL);
	hear(fake, VICI_EVENT_UNREGISTER, "list-sa");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	say_octets(fake, "\0\0\0\12\7\7list-sa\2", 14);
	linger(fake);
}

static void refused_streams(void)
{
	struct fake fake;
	struct seen seen;
	struct seen listed = { .count = 0 };
	struct charon *charon = meet(&fake, play_refused_streams, no_events, &seen);

	check(charon_stream(charon, "list-sas", NULL, "list-sa", count_listed, &listed, &fault) &&
		      says("no event \"list-sa\""),
	      "a listing whose event charon does not know is a fault");
	check(charon_stream(charon, "list-sas", NULL, "list-sa", count_listed, &listed, &fault) &&
		      says("refuses list-sas") && listed.count == 1,
	      "a listing that ends with success = no is a fault");
	check(charon_stream(charon, "list-sas", NULL, "list-sa", count_listed, &listed, &fault) &&
		      says("no command \"list-sas\""),
	      "a listing that charon does not know is a fault");
	check(!charon_is_lost(charon), "after these, charon is still there");
	check(charon_stream(charon, "list-sas", NULL, "list-sa", count_listed, &listed, &fault) &&
		      says("cannot be read") && charon_is_lost(charon),
	      "after one that cannot be read it is not");
	part(&fake, charon, "refused streams");
}

static void play_slow_stream(struct fake *fake)
{
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	for (int i = 0; i < 8; i++) {
		usleep(150000);
		say_event(fake, "list-sa", "7");
	}
	say(fake, VICI_CMD_RESPONSE, NULL, NULL, NULL);
	hear(fake, VICI_EVENT_UNREGISTER, "list-sa");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	linger(fake);
}

static void play_endless_stream(struct fake *fake)
{
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	while (say_event(fake, "list-sa", "7"))
		usleep(1000);
}

static void play_stalled_stream(struct fake *fake)
{
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	say_event(fake, "list-sa", "7");
	linger(fake);
}

static void slow_streams(void)
{
	static const struct {
		void (*play)(struct fake *fake);
		bool whole;
		const char *sentence;
	} rows[] = {
		{ play_slow_stream, true, "a listing may take longer than a single answer" },
		{ play_endless_stream, false, "a listing may not go on for ever" },
		{ play_stalled_stream, false, "a listing may not stall" },
	};

	wire_set_patience(SHORT);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake fake;
		struct seen seen;
		struct seen listed = { .count = 0 };
		struct charon *charon = meet(&fake, rows[i].play, no_events, &seen);
		int64_t begin = wire_now();
		int err = charon_stream(charon, "list-sas", NULL, "list-sa", count_listed, &listed,
					&fault);

		check(!err == rows[i].whole && charon_is_lost(charon) == !rows[i].whole &&
			      wire_now() - begin < IN_TIME,
		      "%s", rows[i].sentence);
		part(&fake, charon, rows[i].sentence);
	}
	wire_set_patience(LONG);
}

static void ask_when_listed(void *arg, const struct tree *message)
{
	struct seen *seen = arg;

	(void)message;
	seen->count += !charon_ask(seen->charon, "stats", NULL, &fault) &&
		       says("still being asked");
}

static void play_asked_when_listed(struct fake *fake)
{
	confirm(fake, "list-sa");
	hear(fake, VICI_CMD_REQUEST, "list-sas");
	say_event(fake, "list-sa", "7");
	say(fake, VICI_CMD_RESPONSE, NULL, NULL, NULL);
	hear(fake, VICI_EVENT_UNREGISTER, "list-sa");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	linger(fake);
}

static void asked_when_listed(void)
{
	struct fake fake;
	struct seen seen;
	struct seen listed = { .count = 0 };
	struct charon *charon = meet(&fake, play_asked_when_listed, no_events, &seen);

	listed.charon = charon;
	check(!charon_stream(charon, "list-sas", NULL, "list-sa", ask_when_listed, &listed,
			     &fault) &&
		      listed.count == 1,
	      "charon cannot be asked while it lists, and lists on");
	part(&fake, charon, "asked when it lists");
}

/* ---- events ---------------------------------------------------------------------- */

static void play_end_behind_events(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	say_event(fake, "up", "1");
	say_event(fake, "down", "2");
}

static void play_end_in_event(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	say_event(fake, "up", "1");
	say_half(fake, VICI_EVENT, "down", "n", "2", 9);
}

static void play_unasked_answer(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	say_event(fake, "up", "1");
	/* An empty answer, and an event behind it in the same piece. */
	say_octets(fake, "\0\0\0\1\1\0\0\0\12\7\2up\3\1n\0\0013", 19);
	linger(fake);
}

static void play_broken_event(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	say_event(fake, "up", "1");
	say_octets(fake, "\0\0\0\5\7\2up\2", 9);
	linger(fake);
}

static void play_garbage(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	say_event(fake, "up", "1");
	say_octets(fake, "\377\377\377\377", 4);
	linger(fake);
}

static void events_before_the_end(void)
{
	static const struct {
		void (*play)(struct fake *fake);
		const char *part;
		const char *seen;
		const char *sentence;
	} rows[] = {
		{ play_end_behind_events, "closed the connection", "up 1, down 2, ", "the end" },
		{ play_end_in_event, "in the middle", "up 1, ", "the end inside an event" },
		{ play_unasked_answer, "not asked", "up 1, ", "an answer to nothing" },
		{ play_broken_event, "cannot be read", "up 1, ", "an event that is no message" },
		{ play_garbage, "of 4294967295 octets", "up 1, ", "a length of 4 GiB" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fake fake;
		struct seen seen;
		struct charon *charon = meet(&fake, rows[i].play, up_down, &seen);

		check(ready_until(charon, &seen, 99) == -1 && says(rows[i].part) &&
			      charon_is_lost(charon),
		      "%s is a fault", rows[i].sentence);
		charon_ready(charon, &fault);
		check_text(seen.text, rows[i].seen, "what came before it is handed out, no more");
		part(&fake, charon, rows[i].sentence);
	}
}

static void ask_in_event(void *arg, const char *name, const struct tree *message)
{
	struct seen *seen = arg;
	struct tree *answer;
	size_t used = strlen(seen->answers);

	note(arg, name, message);
	answer = charon_ask(seen->charon, "stats", NULL, &fault);
	snprintf(seen->answers + used, sizeof(seen->answers) - used, "%s, ",
		 tree_text(answer, "n") ?: "?");
	tree_free(answer);
	if (charon_ready(seen->charon, &fault) || seen->count > 3)
		strcat(seen->answers, "!");
}

static void play_asked_in_event(struct fake *fake)
{
	confirm(fake, "up");
	say_event(fake, "up", "1");
	hear(fake, VICI_CMD_REQUEST, "stats");
	say_event(fake, "up", "2");
	say_event(fake, "up", "3");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "a");
	hear(fake, VICI_CMD_REQUEST, "stats");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "b");
	hear(fake, VICI_CMD_REQUEST, "stats");
	say(fake, VICI_CMD_RESPONSE, NULL, "n", "c");
	linger(fake);
}

static void asked_in_event(void)
{
	static const char *const up[] = { "up", NULL };
	struct fake fake;
	struct seen seen = { .count = 0 };
	int fd = fake_begin(&fake, play_asked_in_event, NULL);

	seen.charon = charon_on(fd, up, ask_in_event, &seen, &fault);
	ready_until(seen.charon, &seen, 1);
	check(seen.count == 1 && charon_has_kept(seen.charon),
	      "an event may ask charon, and what comes meanwhile is kept");
	charon_ready(seen.charon, &fault);
	check_text(seen.text, "up 1, up 2, up 3, ", "it is handed out afterwards, in order");
	check_text(seen.answers, "a, b, c, ", "every question has its own answer");
	part(&fake, seen.charon, "asked in an event");
}

static void play_lost_in_event(struct fake *fake)
{
	confirm(fake, "up");
	say_event(fake, "up", "1");
	hear(fake, VICI_CMD_REQUEST, "stats");
	linger(fake);
}

static void lost_in_event(void)
{
	static const char *const up[] = { "up", NULL };
	struct fake fake;
	struct seen seen = { .count = 0 };
	int fd = fake_begin(&fake, play_lost_in_event, NULL);

	seen.charon = charon_on(fd, up, ask_in_event, &seen, &fault);
	wire_set_patience(SHORT);
	check(ready_until(seen.charon, &seen, 1) == -1 && says("does not answer") &&
		      seen.count == 1,
	      "a connection that is lost in an event is known to be lost");
	wire_set_patience(LONG);
	part(&fake, seen.charon, "lost in an event");
}

static void play_many_events(struct fake *fake)
{
	confirm(fake, "up");
	confirm(fake, "down");
	for (int i = 0; i < 100000; i++)
		say_event(fake, i % 2 ? "up" : "down", "1");
	linger(fake);
}

static void many_events(void)
{
	struct fake fake;
	struct seen seen;
	struct charon *charon = meet(&fake, play_many_events, up_down, &seen);

	check(!ready_until(charon, &seen, 100000) && seen.count == 100000,
	      "a hundred thousand events are handed out");
	part(&fake, charon, "many events");
}

/* ---- the socket ------------------------------------------------------------------ */

static int listen_on(const char *path, int backlog)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(addr.sun_path, path);
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, backlog))
		exit(2);
	return fd;
}

/* Nobody accepts: those that fit into the queue are connected. */
static void full_queue(const char *path)
{
	struct charon *charons[8];
	int fd = listen_on(path, 0);
	int64_t begin = wire_now();
	int count = 0;

	wire_set_patience(SHORT);
	while (count < 8 && (charons[count] = charon_open(path, NULL, note, NULL, &fault)))
		count++;
	check(count && count < 8 && says("does not accept") && wire_now() - begin < IN_TIME,
	      "a charon that does not accept is a fault, in time");
	check(charon_fd(charons[0]) >= 0 && fcntl(charon_fd(charons[0]), F_GETFD) & FD_CLOEXEC,
	      "the socket is not for programs that are started");
	check(!charon_open(path, up_down, note, NULL, &fault) && says("does not accept"),
	      "nor is one that accepts nobody any more");
	wire_set_patience(LONG);
	while (count)
		charon_close(charons[--count]);
	close(fd);
	unlink(path);
}

static void sockets(void)
{
	char directory[] = "/tmp/charon_test-XXXXXX";
	char path[128];
	char longer[200];

	if (!mkdtemp(directory))
		exit(2);
	snprintf(path, sizeof(path), "%s/vici", directory);
	check(!charon_open(path, NULL, note, NULL, &fault) && says("not running"),
	      "without a socket, charon is not running");
	close(listen_on(path, 3));
	check(!charon_open(path, NULL, note, NULL, &fault) && says("not running"),
	      "a socket on which nobody listens is the same");
	unlink(path);
	check(!charon_open(directory, NULL, note, NULL, &fault) && says(directory),
	      "a directory is no socket");
	memset(longer, 'x', sizeof(longer));
	longer[199] = 0;
	check(!charon_open(longer, NULL, note, NULL, &fault) && says("too long") &&
		      fault.status == STATUS_WRONG,
	      "a name that no socket can have is wrong");
	full_queue(path);
	rmdir(directory);
	charon_close(NULL);
}

int main(void)
{
	subscriptions();
	refused_subscriptions();
	questions();
	events_between();
	one_piece();
	octet_by_octet();
	one_and_a_half();
	refusals();
	too_much();
	breaks();
	much();
	deaf();
	gone();
	behind_an_answer();
	flood();
	much_in_all();
	streams();
	refused_streams();
	slow_streams();
	asked_when_listed();
	events_before_the_end();
	asked_in_event();
	lost_in_event();
	many_events();
	sockets();
	return ktap_end();
}
