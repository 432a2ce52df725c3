// SPDX-License-Identifier: GPL-2.0
/* An attempt: a command with a connection of its own, and the log of it. */

#include "charon.h"

#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "tree.h"
#include "vici.h"
#include "wire.h"

/* Of what is received in one attempt_ready(): others wait too. */
#define ROUNDS 16

/*
 * What charon writes about a failure, with what says most about it first. A line
 * has the one part and, behind it, the other.
 */
static const struct telling {
	const char *part;
	const char *then;
} tellings[] = {
	/* What we do not accept of the peer. */
	{ "constraint check failed", "" },
	{ "constraint requires ", "" },
	{ "certificate invalid (valid from", "" },
	{ "no trusted ", " public key found for" },
	{ "received IDr ", " but require " },
	{ "MAC mismatched", "" },
	{ "verification of AUTH payload", "failed" },
	{ "EAP-MS-CHAPv2 verification failed", "" },
	/* What we do not have. */
	{ "no shared key found for", "" },
	{ "no private key found for", "" },
	{ "no EAP key found for", "" },
	{ "no USIM found", "" },
	/* What the peer says about our method. */
	{ "failed with error", "" },
	{ "notification error", "" },
	{ "EAP method", "failed" },
	{ "method failed", "" },
	{ "method not supported", "" },
	{ "EAP authentication failed", "" },
	/* What the two do not agree about. */
	{ "traffic selectors", "unacceptable" },
	{ "no acceptable ", " found" },
	{ "mode requested by responder is unacceptable", "" },
	{ "proposal selection invalid", "" },
	{ "received ", " notify error" },
	{ "received ", " notify, no CHILD_SA built" },
	/* What the kernel does not do. */
	{ "not supported by kernel", "" },
	{ "unable to install ", " in kernel" },
	{ "installing virtual IP", "failed" },
	{ "received netlink error", "" },
	/* Who is not there. */
	{ "unable to resolve", "" },
	{ "error writing to socket", "" },
	{ "peer not responding", "" },
	{ "giving up after", "" },
	/* What went wrong before one of these was written. */
	{ "received DELETE for IKE_SA", "" },
	{ "integrity check failed", "" },
	{ "processing failed", "" },
	{ "failed to establish", "" },
	{ "received ", " notify" },
	{ "retransmit ", " of request" },
	{ " failed", "" },
};

#define TELLINGS (sizeof(tellings) / sizeof(tellings[0]))

struct attempt {
	struct wire wire;
	char *command;
	struct tree *message;
	attempt_done *done;
	void *arg;
	bool asked; /* the log is subscribed to, and the command is sent */
	bool ended;
	size_t telling; /* place of the line in the list, or behind it */
	char line[512];
};

static size_t place_of(const char *line)
{
	size_t place;

	for (place = 0; place < TELLINGS; place++) {
		const char *part = strstr(line, tellings[place].part);

		if (part && strstr(part + strlen(tellings[place].part), tellings[place].then))
			break;
	}
	return place;
}

/* Of lines that say as much, the last one stays: it counts the tries. */
static void note_line(struct attempt *attempt, const struct tree *message)
{
	char line[sizeof(attempt->line)];
	size_t place;

	if (!tree_line(message, "msg", line, sizeof(line)))
		return;
	place = place_of(line);
	if (place == TELLINGS || place > attempt->telling)
		return;
	attempt->telling = place;
	memcpy(attempt->line, line, sizeof(line));
}

/* ---- packets: 0 to go on, 1 for success, -1 with the fault for failure ------------ */

static int send_packet(struct attempt *attempt, enum vici_packet type, const char *name,
		       const struct tree *message, struct fault *fault)
{
	size_t size;
	uint8_t *packet = vici_write(type, name, message, &size);

	if (!packet)
		return fault_refused(fault, "%s: too much for a message to charon", name);
	return wire_send(&attempt->wire, packet, size, wire_deadline(), fault);
}

static int take_event(struct attempt *attempt, const struct vici_head *head, struct fault *fault)
{
	struct tree *message = vici_read(head->message, head->size);

	if (!message)
		return fault_refused(fault, "charon sent an event that cannot be read");
	if (!strcmp(head->name, "control-log"))
		note_line(attempt, message);
	tree_free(message);
	return 0;
}

static int take_confirm(struct attempt *attempt, struct fault *fault)
{
	if (send_packet(attempt, VICI_CMD_REQUEST, attempt->command, attempt->message, fault))
		return -1;
	attempt->asked = true;
	return 0;
}

static int failed(const struct attempt *attempt, const struct tree *answer, struct fault *fault)
{
	char why[512];

	if (attempt->telling < TELLINGS)
		return fault_refused(fault, "%s", attempt->line);
	if (tree_line(answer, "errmsg", why, sizeof(why)))
		return fault_refused(fault, "%s", why);
	return fault_refused(fault, "charon does not say why");
}

static int take_answer(struct attempt *attempt, const struct vici_head *head, struct fault *fault)
{
	struct tree *answer = vici_read(head->message, head->size);
	int result;

	if (!answer)
		return fault_refused(fault, "charon sent an answer that cannot be read");
	result = tree_is(answer, "success", "yes") ? 1 : failed(attempt, answer, fault);
	tree_free(answer);
	return result;
}

static int take_unknown(struct attempt *attempt, const struct vici_head *head, struct fault *fault)
{
	if (head->type == VICI_CMD_UNKNOWN && attempt->asked)
		return fault_refused(fault, "charon knows no command \"%s\"", attempt->command);
	if (head->type == VICI_EVENT_UNKNOWN && !attempt->asked)
		return fault_refused(fault, "charon knows no event \"control-log\"");
	return fault_refused(fault, "charon answered what was not asked");
}

static int take_packet(struct attempt *attempt, const struct vici_head *head, struct fault *fault)
{
	if (head->type == VICI_EVENT)
		return take_event(attempt, head, fault);
	if (head->type == VICI_EVENT_CONFIRM && !attempt->asked)
		return take_confirm(attempt, fault);
	if (head->type == VICI_CMD_RESPONSE && attempt->asked)
		return take_answer(attempt, head, fault);
	return take_unknown(attempt, head, fault);
}

static int take_received(struct attempt *attempt, struct fault *fault)
{
	struct vici_head head;
	const uint8_t *packet;
	size_t size;
	int got;

	while ((got = wire_next(&attempt->wire, &packet, &size, &head, fault)) > 0) {
		int result = take_packet(attempt, &head, fault);

		if (result)
			return result;
	}
	return got;
}

static int receive(struct attempt *attempt, struct fault *fault)
{
	for (int round = 0; round < ROUNDS; round++) {
		int got = wire_fill(&attempt->wire, fault);

		if (got > 0)
			got = take_received(attempt, fault);
		else if (!got)
			return 0;
		if (got)
			return got;
	}
	return 0;
}

/* The attempt may be gone when done returns. */
void attempt_ready(struct attempt *attempt)
{
	struct fault fault;
	int result = attempt->ended ? 0 : receive(attempt, &fault);

	if (!result)
		return;
	attempt->ended = true;
	attempt->done(attempt->arg, result < 0 ? fault.text : NULL);
}

/* ---- open and close -------------------------------------------------------------- */

/* On a connection, which is closed when there will be no attempt on it. */
static struct attempt *begin(struct wire *wire, const char *command, const struct tree *message,
			     struct fault *fault)
{
	struct attempt *attempt = calloc(1, sizeof(*attempt));

	if (!attempt) {
		fault_refused(fault, "no memory");
		wire_close(wire);
		return NULL;
	}
	attempt->wire = *wire;
	attempt->telling = TELLINGS;
	attempt->command = strdup(command);
	attempt->message = message ? tree_copy(message) : tree_new();
	if (!attempt->command || !attempt->message)
		fault_refused(fault, "no memory");
	else if (!send_packet(attempt, VICI_EVENT_REGISTER, "control-log", NULL, fault))
		return attempt;
	attempt_close(attempt);
	return NULL;
}

static struct attempt *tell(struct attempt *attempt, attempt_done *done, void *arg)
{
	if (attempt) {
		attempt->done = done;
		attempt->arg = arg;
	}
	return attempt;
}

struct attempt *attempt_open(const char *path, const char *command, const struct tree *message,
			     attempt_done *done, void *arg, struct fault *fault)
{
	struct wire wire;

	if (wire_open(&wire, path, fault))
		return NULL;
	return tell(begin(&wire, command, message, fault), done, arg);
}

struct attempt *attempt_on(int fd, const char *command, const struct tree *message,
			   attempt_done *done, void *arg, struct fault *fault)
{
	struct wire wire;

	wire_init(&wire, fd);
	return tell(begin(&wire, command, message, fault), done, arg);
}

void attempt_close(struct attempt *attempt)
{
	if (!attempt)
		return;
	wire_close(&attempt->wire);
	tree_free(attempt->message);
	free(attempt->command);
	free(attempt);
}

int attempt_fd(const struct attempt *attempt)
{
	return attempt->wire.fd;
}
