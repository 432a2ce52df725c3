// SPDX-License-Identifier: GPL-2.0

#include "charon.h"

#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "tree.h"
#include "vici.h"
#include "wire.h"

/*
 * Octets of events that came while an answer was waited for. A busy home agent
 * has a thousand events a second of a thousand octets each, for ten seconds.
 */
#define KEPT_MAX (64 << 20)
/* Of what is received in one charon_ready(): others wait too. */
#define ROUNDS 16
/* A listing may take so many times the patience for a single answer. */
#define STREAM_PATIENCE 6

/* A packet with an event. */
struct kept {
	struct kept *next;
	size_t size;
	uint8_t packet[];
};

struct charon {
	struct wire wire;
	charon_event *event;
	void *arg;
	struct kept *first;
	struct kept *last;
	size_t kept; /* octets */
	bool lost;
	struct fault why; /* it is lost */
	bool asking;
	bool handing;
};

/* What is sent, and what is to be done until its answer comes. */
struct question {
	enum vici_packet type;
	const char *name;
	const struct tree *message;
	const char *event; /* that is streamed, or NULL */
	void (*each)(void *arg, const struct tree *message);
	void *arg;
};

/* The connection is good for nothing more, for the reason that the fault says. */
static int lose(struct charon *charon, const struct fault *fault)
{
	charon->lost = true;
	charon->why = *fault;
	return -1;
}

static int lose_for(struct charon *charon, struct fault *fault, const char *why)
{
	fault_refused(fault, "%s", why);
	return lose(charon, fault);
}

/* Whoever comes later hears the reason again. */
static int is_lost(const struct charon *charon, struct fault *fault)
{
	*fault = charon->why;
	return -1;
}

/* ---- events that are kept -------------------------------------------------------- */

static int keep(struct charon *charon, const uint8_t *packet, size_t size, struct fault *fault)
{
	struct kept *kept;

	if (charon->kept + size > KEPT_MAX)
		return lose_for(charon, fault, "charon sent more events than can be kept");
	kept = malloc(sizeof(*kept) + size);
	if (!kept)
		return lose_for(charon, fault, "no memory");
	kept->next = NULL;
	kept->size = size;
	memcpy(kept->packet, packet, size);
	if (charon->last)
		charon->last->next = kept;
	else
		charon->first = kept;
	charon->last = kept;
	charon->kept += size;
	return 0;
}

static struct kept *take_kept(struct charon *charon)
{
	struct kept *kept = charon->first;

	charon->first = kept->next;
	if (!charon->first)
		charon->last = NULL;
	charon->kept -= kept->size;
	return kept;
}

bool charon_has_kept(const struct charon *charon)
{
	return charon->first;
}

static int hand_out_one(struct charon *charon, const struct kept *kept, struct fault *fault)
{
	struct vici_head head;
	struct tree *message;

	vici_read_head(kept->packet, kept->size, &head);
	message = vici_read(head.message, head.size);
	if (!message)
		return lose_for(charon, fault, "charon sent an event that cannot be read");
	if (charon->event)
		charon->event(charon->arg, head.name, message);
	tree_free(message);
	return 0;
}

/* Those that are kept now; what an event leads to comes the next time. */
static void hand_out(struct charon *charon, struct fault *fault)
{
	const struct kept *until = charon->last;
	bool ended = !until;

	charon->handing = true;
	while (!ended) {
		struct kept *kept = take_kept(charon);

		ended = hand_out_one(charon, kept, fault) || kept == until;
		free(kept);
	}
	charon->handing = false;
}

/* Nobody has asked, so only events can come. */
static int keep_received(struct charon *charon, struct fault *fault)
{
	struct vici_head head;
	const uint8_t *packet;
	size_t size;
	int got;

	while ((got = wire_next(&charon->wire, &packet, &size, &head, fault)) > 0) {
		if (head.type != VICI_EVENT)
			return lose_for(charon, fault, "charon answered what was not asked");
		if (keep(charon, packet, size, fault))
			return -1;
	}
	return got;
}

static int receive(struct charon *charon, struct fault *fault)
{
	int round = 0;
	int got;

	do {
		if (keep_received(charon, fault))
			return -1;
		if (round++ == ROUNDS)
			return 0;
		got = wire_fill(&charon->wire, fault);
	} while (got > 0);
	return got;
}

/* What came before the connection broke is handed out all the same. */
int charon_ready(struct charon *charon, struct fault *fault)
{
	if (charon->handing)
		return 0;
	if (!charon->lost && receive(charon, fault))
		lose(charon, fault);
	hand_out(charon, fault);
	return charon->lost ? is_lost(charon, fault) : 0;
}

/* ---- questions and answers ------------------------------------------------------- */

static int send_question(struct charon *charon, const struct question *question, int64_t deadline,
			 struct fault *fault)
{
	size_t size;
	uint8_t *packet = vici_write(question->type, question->name, question->message, &size);

	if (!packet)
		return fault_refused(fault, "%s: too much for a message to charon", question->name);
	if (!wire_send(&charon->wire, packet, size, deadline, fault))
		return 0;
	return lose(charon, fault);
}

static int stream_one(struct charon *charon, const struct question *question,
		      const struct vici_head *head, struct fault *fault)
{
	struct tree *message = vici_read(head->message, head->size);

	if (!message)
		return lose_for(charon, fault, "charon listed what cannot be read");
	question->each(question->arg, message);
	tree_free(message);
	return 0;
}

/* The answer, if it is among what was received: 1 or 0. */
static int find_answer(struct charon *charon, const struct question *question,
		       struct vici_head *answer, int64_t *deadline, struct fault *fault)
{
	const uint8_t *packet;
	size_t size;
	int got;

	while ((got = wire_next(&charon->wire, &packet, &size, answer, fault)) > 0) {
		int err;

		if (answer->type != VICI_EVENT)
			return 1;
		if (question->event && !strcmp(question->event, answer->name)) {
			err = stream_one(charon, question, answer, fault);
			*deadline = wire_deadline();
		} else {
			err = keep(charon, packet, size, fault);
		}
		if (err)
			return -1;
	}
	return got;
}

static int await_answer(struct charon *charon, const struct question *question, int64_t deadline,
			struct vici_head *answer, struct fault *fault)
{
	int64_t last = wire_now() + STREAM_PATIENCE * (deadline - wire_now());

	for (;;) {
		int got = find_answer(charon, question, answer, &deadline, fault);

		if (got)
			return got < 0 ? -1 : 0;
		if (wire_wait(&charon->wire, deadline < last ? deadline : last, fault) ||
		    wire_fill(&charon->wire, fault) < 0)
			return -1;
	}
}

/*
 * What came in behind an answer is kept at once, for no poll will tell of it. The
 * answer holds, even if there are no events behind it but something that is wrong.
 */
static void look_behind(struct charon *charon)
{
	struct fault fault;

	if (keep_received(charon, &fault))
		lose(charon, &fault);
}

/* One question, and its answer, which is good until the next one. */
static int ask(struct charon *charon, const struct question *question, struct vici_head *answer,
	       struct fault *fault)
{
	int64_t deadline = wire_deadline();
	int err;

	if (charon->lost)
		return is_lost(charon, fault);
	if (charon->asking)
		return fault_refused(fault, "charon is still being asked");
	if (send_question(charon, question, deadline, fault))
		return -1;
	charon->asking = true;
	err = await_answer(charon, question, deadline, answer, fault);
	charon->asking = false;
	if (err)
		return lose(charon, fault);
	look_behind(charon);
	return 0;
}

static int subscribe(struct charon *charon, enum vici_packet type, const char *event,
		     struct fault *fault)
{
	struct question question = { .type = type, .name = event };
	struct vici_head answer;

	if (ask(charon, &question, &answer, fault))
		return -1;
	switch (answer.type) {
	case VICI_EVENT_CONFIRM:
		return 0;
	case VICI_EVENT_UNKNOWN:
		return fault_refused(fault, "charon knows no event \"%s\"", event);
	default:
		return lose_for(charon, fault, "charon answered what was not asked");
	}
}

/* An answer as a tree, or NULL when it says no. */
static struct tree *read_answer(struct charon *charon, const char *command,
				const struct vici_head *answer, struct fault *fault)
{
	struct tree *message;
	char why[512];

	if (answer->type == VICI_CMD_UNKNOWN) {
		fault_refused(fault, "charon knows no command \"%s\"", command);
		return NULL;
	}
	if (answer->type != VICI_CMD_RESPONSE) {
		lose_for(charon, fault, "charon answered what was not asked");
		return NULL;
	}
	message = vici_read(answer->message, answer->size);
	if (!message) {
		lose_for(charon, fault, "charon sent an answer that cannot be read");
		return NULL;
	}
	if (!tree_is(message, "success", "no"))
		return message;
	if (tree_line(message, "errmsg", why, sizeof(why)))
		fault_refused(fault, "charon refuses %s: %s", command, why);
	else
		fault_refused(fault, "charon refuses %s and does not say why", command);
	tree_free(message);
	return NULL;
}

struct tree *charon_ask(struct charon *charon, const char *command, const struct tree *message,
			struct fault *fault)
{
	struct question question = {
		.type = VICI_CMD_REQUEST,
		.name = command,
		.message = message,
	};
	struct vici_head answer;

	if (ask(charon, &question, &answer, fault))
		return NULL;
	return read_answer(charon, command, &answer, fault);
}

int charon_stream(struct charon *charon, const char *command, const struct tree *message,
		  const char *event, void (*each)(void *arg, const struct tree *message), void *arg,
		  struct fault *fault)
{
	struct question question = {
		.type = VICI_CMD_REQUEST,
		.name = command,
		.message = message,
		.event = event,
		.each = each,
		.arg = arg,
	};
	struct vici_head answer;
	struct tree *end = NULL;

	if (subscribe(charon, VICI_EVENT_REGISTER, event, fault))
		return -1;
	if (!ask(charon, &question, &answer, fault))
		end = read_answer(charon, command, &answer, fault);
	tree_free(end);
	if (!charon->lost && subscribe(charon, VICI_EVENT_UNREGISTER, event, fault))
		return -1;
	return end ? 0 : -1;
}

bool charon_is_lost(const struct charon *charon)
{
	return charon->lost;
}

/* ---- open and close -------------------------------------------------------------- */

/* On a connection, which is closed when there will be no charon on it. */
static struct charon *begin(struct wire *wire, const char *const *events, charon_event *event,
			    void *arg, struct fault *fault)
{
	struct charon *charon = calloc(1, sizeof(*charon));

	if (!charon) {
		fault_refused(fault, "no memory");
		wire_close(wire);
		return NULL;
	}
	charon->wire = *wire;
	charon->event = event;
	charon->arg = arg;
	for (; events && *events; events++) {
		if (subscribe(charon, VICI_EVENT_REGISTER, *events, fault)) {
			charon_close(charon);
			return NULL;
		}
	}
	return charon;
}

struct charon *charon_open(const char *path, const char *const *events, charon_event *event,
			   void *arg, struct fault *fault)
{
	struct wire wire;

	return wire_open(&wire, path, fault) ? NULL : begin(&wire, events, event, arg, fault);
}

struct charon *charon_on(int fd, const char *const *events, charon_event *event, void *arg,
			 struct fault *fault)
{
	struct wire wire;

	wire_init(&wire, fd);
	return begin(&wire, events, event, arg, fault);
}

void charon_close(struct charon *charon)
{
	if (!charon)
		return;
	while (charon->first)
		free(take_kept(charon));
	wire_close(&charon->wire);
	free(charon);
}

int charon_fd(const struct charon *charon)
{
	return charon->wire.fd;
}
