// SPDX-License-Identifier: GPL-2.0
/*
 * The whole client, with a charon at the other end that says the fuzzer's octets.
 *
 * The first octet says how. Without FRAMED, all that follows is said at once, and
 * then the connection ends. With it, that is a row of packets, each with one octet
 * in front: its length, and whether it comes together with the one before. After
 * every question packets are said until one of them is an answer, of whatever kind
 * it is; when there are no more, the connection ends. So nobody ever waits. With
 * CONFIRMED, subscriptions are confirmed out of order, that more is reached.
 */

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "charon.h"
#include "fault.h"
#include "tree.h"
#include "vici.h"
#include "wire.h"

#define FRAMED 1
#define CONFIRMED 2

#define TOGETHER 0x80

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int held, const char *sentence)
{
	if (held)
		return;
	fprintf(stderr, "%s\n", sentence);
	abort();
}

/* ---- the other end --------------------------------------------------------------- */

struct mouth {
	int fd;
	uint8_t how;
	const uint8_t *at;
	size_t left;
	uint8_t words[16384]; /* that are to be said */
	size_t count;
};

/* When the client has closed, nobody listens. */
static void say_it(struct mouth *mouth)
{
	if (mouth->count)
		send(mouth->fd, mouth->words, mouth->count, MSG_NOSIGNAL);
	mouth->count = 0;
}

/* Many together: there is not room for many of their own, when nobody reads yet. */
static void say(struct mouth *mouth, const void *octets, size_t size)
{
	const uint8_t *at = octets;

	while (size) {
		size_t room = sizeof(mouth->words) - mouth->count;
		size_t some = size < room ? size : room;

		memcpy(mouth->words + mouth->count, at, some);
		mouth->count += some;
		at += some;
		size -= some;
		if (mouth->count == sizeof(mouth->words))
			say_it(mouth);
	}
}

static bool is_answer(uint8_t type)
{
	return type == VICI_CMD_RESPONSE || type == VICI_CMD_UNKNOWN ||
	       type == VICI_EVENT_CONFIRM || type == VICI_EVENT_UNKNOWN;
}

/* The next packet; was it an answer, or the end? */
static bool say_packet(struct mouth *mouth)
{
	uint8_t packet[4 + 127] = { 0 };
	size_t size;

	if (!mouth->left) {
		say_it(mouth);
		shutdown(mouth->fd, SHUT_WR);
		return true;
	}
	size = *mouth->at & ~TOGETHER;
	if (size > mouth->left - 1)
		size = mouth->left - 1;
	packet[3] = size;
	memcpy(packet + 4, mouth->at + 1, size);
	mouth->at += 1 + size;
	mouth->left -= 1 + size;
	say(mouth, packet, 4 + size);
	return size && is_answer(packet[4]);
}

static void say_together(struct mouth *mouth)
{
	while (mouth->left && *mouth->at & TOGETHER)
		say_packet(mouth);
}

static void say_first(struct mouth *mouth)
{
	if (mouth->how & FRAMED) {
		say_together(mouth);
		say_it(mouth);
		return;
	}
	say(mouth, mouth->at, mouth->left);
	say_it(mouth);
	mouth->left = 0;
	shutdown(mouth->fd, SHUT_WR);
}

/* What is said to a question of that type. */
static void answer(struct mouth *mouth, uint8_t type)
{
	if (mouth->how & CONFIRMED && type != VICI_CMD_REQUEST) {
		say(mouth, "\0\0\0\1\5", 5);
		say_it(mouth);
		return;
	}
	while (!say_packet(mouth))
		;
	say_together(mouth);
	say_it(mouth);
}

/* The next question, which the client has sent in one piece; none has 256 octets. */
static bool hear(struct mouth *mouth, int flags)
{
	uint8_t packet[4 + 255];

	if (recv(mouth->fd, packet, 4, flags) != 4 ||
	    recv(mouth->fd, packet + 4, packet[3], MSG_WAITALL) != packet[3])
		return false;
	answer(mouth, packet[4]);
	return true;
}

/* Mouths come here to speak, and go back when the client has closed. */
static int queue[2];

static void *speak(void *arg)
{
	struct mouth *mouth;
	sigset_t all;

	/* libFuzzer's clock interrupts the client, which can stand it. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, NULL);
	while (read(queue[1], &mouth, sizeof(mouth)) == sizeof(mouth)) {
		say_first(mouth);
		while (hear(mouth, MSG_WAITALL))
			;
		must(write(queue[1], &mouth, sizeof(mouth)) == sizeof(mouth), "no queue");
	}
	return arg;
}

static void let_speak(struct mouth *mouth)
{
	must(write(queue[0], &mouth, sizeof(mouth)) == sizeof(mouth), "no queue");
}

static void wait_for(struct mouth *mouth)
{
	struct mouth *back;
	ssize_t got;

	do {
		got = read(queue[0], &back, sizeof(back));
	} while (got < 0 && errno == EINTR);
	must(got == sizeof(back) && back == mouth, "no queue");
}

/* The client's end of a pair. */
static int meet(struct mouth *mouth, const uint8_t *data, size_t size)
{
	int pair[2];

	must(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), "no sockets");
	*mouth = (struct mouth){ .fd = pair[1], .how = *data, .at = data + 1, .left = size - 1 };
	return pair[0];
}

/* ---- the client ------------------------------------------------------------------ */

struct client {
	struct charon *charon;
	bool inside; /* an event */
	int events;
};

static void look_at(const struct tree *message)
{
	struct tree *copy = tree_copy(message);

	must(copy != NULL, "no copy");
	tree_free(copy);
}

static void ask(struct charon *charon, const char *command)
{
	struct fault fault = { 0 };
	struct tree *message = charon_ask(charon, command, NULL, &fault);

	must(message || *fault.text, "a fault without a word");
	if (message)
		look_at(message);
	tree_free(message);
}

/* Every third event asks, which may bring more events. */
static void event(void *arg, const char *name, const struct tree *message)
{
	struct client *client = arg;

	must(*name, "an event without a name");
	must(!client->inside, "an event inside an event");
	look_at(message);
	client->inside = true;
	if (client->events++ % 3 == 2)
		ask(client->charon, "stats");
	client->inside = false;
}

static void listed(void *arg, const struct tree *message)
{
	(void)arg;
	look_at(message);
}

static void ready(struct charon *charon)
{
	struct fault fault = { 0 };

	if (!charon_ready(charon, &fault))
		return;
	must(charon_is_lost(charon), "the end, and the connection is not lost");
	must(*fault.text, "the end without a word");
}

static void use(struct client *client)
{
	struct fault fault = { 0 };

	ask(client->charon, "version");
	ready(client->charon);
	charon_stream(client->charon, "list-sas", NULL, "list-sa", listed, NULL, &fault);
	ask(client->charon, "stats");
	while (charon_has_kept(client->charon))
		ready(client->charon);
}

static void as_charon(const uint8_t *data, size_t size)
{
	static const char *const events[] = { "up", "down", NULL };
	struct client client = { 0 };
	struct fault fault = { 0 };
	struct mouth mouth;
	int fd = meet(&mouth, data, size);

	let_speak(&mouth);
	client.charon = charon_on(fd, events, event, &client, &fault);
	must(client.charon || *fault.text, "a fault without a word");
	if (client.charon)
		use(&client);
	charon_close(client.charon);
	wait_for(&mouth);
	close(mouth.fd);
}

static void done(void *arg, const char *why)
{
	int *count = arg;

	must(!why || *why, "a reason without a word");
	++*count;
}

static void as_attempt(const uint8_t *data, size_t size)
{
	struct fault fault = { 0 };
	struct mouth mouth;
	int count = 0;
	int fd = meet(&mouth, data, size);
	struct attempt *attempt = attempt_on(fd, "initiate", NULL, done, &count, &fault);

	must(attempt != NULL, "no attempt");
	say_first(&mouth);
	for (int i = 0; i < 4 && !count; i++) {
		hear(&mouth, MSG_DONTWAIT);
		attempt_ready(attempt);
	}
	must(count == 1, "an attempt ends once");
	attempt_close(attempt);
	close(mouth.fd);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	pthread_t thread;

	(void)argc;
	(void)argv;
	must(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, queue), "no queue");
	must(!pthread_create(&thread, NULL, speak, NULL), "no thread");
	/* Whoever waits is stopped by libFuzzer. */
	wire_set_patience(60000);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	as_charon(data, size);
	as_attempt(data, size);
	return 0;
}
