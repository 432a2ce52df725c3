// SPDX-License-Identifier: GPL-2.0
/* Attempts, and which line of charon's log says why one failed. */

#include <poll.h>
#include <sys/un.h>

#include "charon.h"
#include "fake_charon.h"
#include "fault.h"
#include "ktap.h"
#include "tree.h"
#include "vici.h"
#include "wire.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct fault fault;

/* How an attempt ended. */
struct outcome {
	unsigned int count;
	char why[1024];        /* "-" for success */
	struct attempt *close; /* when it ends, if any */
};

static void done(void *arg, const char *why)
{
	struct outcome *outcome = arg;

	outcome->count++;
	snprintf(outcome->why, sizeof(outcome->why), "%s", why ?: "-");
	attempt_close(outcome->close);
}

static struct attempt *attempt_with(struct fake *fake, void (*play)(struct fake *fake),
				    const void *arg, struct outcome *outcome)
{
	struct tree *message = tree_new();
	int fd = fake_begin(fake, play, arg);
	struct attempt *attempt;

	memset(outcome, 0, sizeof(*outcome));
	tree_add_text(message, "child", "mh");
	attempt = attempt_on(fd, "initiate", message, done, outcome, &fault);
	tree_free(message);
	return attempt;
}

static void ready_until_done(struct attempt *attempt, const struct outcome *outcome)
{
	struct pollfd poll_fd = { .fd = attempt_fd(attempt), .events = POLLIN };

	while (!outcome->count && poll(&poll_fd, 1, 5000) > 0)
		attempt_ready(attempt);
}

/* The whole of one, with a fake charon of that play. */
static void try(void (*play)(struct fake *fake), const void *arg, const char *why,
		const char *sentence)
{
	struct fake fake;
	struct outcome outcome;
	struct attempt *attempt = attempt_with(&fake, play, arg, &outcome);

	ready_until_done(attempt, &outcome);
	check(outcome.count == 1, "%s: the attempt ends once", sentence);
	check_text(outcome.why, why, sentence);
	attempt_close(attempt);
	check(fake_end(&fake), "%s: charon heard what it shall hear", sentence);
}

static void hear_attempt(struct fake *fake)
{
	confirm(fake, "control-log");
	hear(fake, VICI_CMD_REQUEST, "initiate");
	if (!tree_is(fake->heard, "child", "mh"))
		complain(fake, "another message in", "initiate");
}

static void say_log(struct fake *fake, const char *line)
{
	say(fake, VICI_EVENT, "control-log", "msg", line);
}

static void answer_no(struct fake *fake, const char *errmsg)
{
	struct tree *message = tree_new();
	uint8_t *packet;
	size_t size;

	tree_add_text(message, "success", "no");
	if (errmsg)
		tree_add_text(message, "errmsg", errmsg);
	packet = vici_write(VICI_CMD_RESPONSE, NULL, message, &size);
	say_octets(fake, packet, size);
	free(packet);
	tree_free(message);
}

/* ---- which line ------------------------------------------------------------------ */

/* Lines of a log, each with what ends it. */
static void play_log(struct fake *fake)
{
	const char *line = fake->arg;

	hear_attempt(fake);
	while (*line) {
		char one[512];

		snprintf(one, sizeof(one), "%.*s", (int)strcspn(line, "\n"), line);
		say_log(fake, one);
		line += strlen(one) + 1;
	}
	answer_no(fake, "establishing CHILD_SA 'mh' failed");
	linger(fake);
}

/* As charon 5.9.8 writes them, around what matters. */
#define BEGUN                                                                       \
	"initiating IKE_SA home[1] to 2001:db8:f::1\n"                              \
	"generating IKE_SA_INIT request 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]\n" \
	"sending packet: from 2001:db8:a::2[500] to 2001:db8:f::1[500] (240 bytes)\n"
#define ANSWERED                                                                      \
	"received packet: from 2001:db8:f::1[500] to 2001:db8:a::2[500] (36 bytes)\n" \
	"parsed IKE_SA_INIT response 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) ]\n"      \
	"selected proposal: IKE:AES_CBC_128/HMAC_SHA2_256_128/PRF_HMAC_SHA2_256/MODP_2048\n"
#define AUTHENTICATED "authentication of 'gw.example' with pre-shared key successful\n"

static void logs(void)
{
	static const struct {
		const char *log;
		const char *why;
		const char *sentence;
	} rows[] = {
		{ BEGUN "received NO_PROPOSAL_CHOSEN notify error\n",
		  "received NO_PROPOSAL_CHOSEN notify error", "no proposal" },
		{ BEGUN ANSWERED "received AUTHENTICATION_FAILED notify error\n",
		  "received AUTHENTICATION_FAILED notify error", "the peer does not believe us" },
		{ BEGUN ANSWERED AUTHENTICATED
		  "received TS_UNACCEPTABLE notify, no CHILD_SA built\n"
		  "failed to establish CHILD_SA, keeping IKE_SA\n",
		  "received TS_UNACCEPTABLE notify, no CHILD_SA built", "no traffic selectors" },
		{ BEGUN ANSWERED AUTHENTICATED
		  "received INTERNAL_ADDRESS_FAILURE notify, no CHILD_SA built\n"
		  "failed to establish CHILD_SA, keeping IKE_SA\n",
		  "received INTERNAL_ADDRESS_FAILURE notify, no CHILD_SA built",
		  "no home address" },
		{ BEGUN ANSWERED
		  "server requested EAP_MSCHAPV2 authentication (id 0x4C)\n"
		  "EAP-MS-CHAPv2 failed with error ERROR_AUTHENTICATION_FAILURE: '(null)'\n"
		  "EAP_MSCHAPV2 method failed\n"
		  "sending DELETE for IKE_SA home[1]\n",
		  "EAP-MS-CHAPv2 failed with error ERROR_AUTHENTICATION_FAILURE: '(null)'",
		  "a wrong password" },
		{ BEGUN ANSWERED "received EAP_FAILURE, EAP authentication failed\n",
		  "received EAP_FAILURE, EAP authentication failed", "EAP failed" },
		{ BEGUN ANSWERED "EAP method EAP_MSCHAPV2 failed for peer ue1\n"
				 "generating IKE_AUTH response 3 [ EAP/FAIL ]\n",
		  "EAP method EAP_MSCHAPV2 failed for peer ue1", "EAP failed at the server" },
		{ BEGUN ANSWERED "no shared key found for 'ue1' - 'gw.example'\n",
		  "no shared key found for 'ue1' - 'gw.example'", "no key of ours" },
		{ BEGUN ANSWERED "  using untrusted intermediate certificate \"CN=other\"\n"
				 "no issuer certificate found for \"CN=other\"\n"
				 "  issuer is \"CN=nobody\"\n"
				 "no trusted RSA public key found for 'gw.example'\n"
				 "generating INFORMATIONAL request 2 [ N(AUTH_FAILED) ]\n",
		  "no trusted RSA public key found for 'gw.example'", "no trust in a certificate" },
		{ BEGUN ANSWERED AUTHENTICATED
		  "constraint check failed: identity 'gw.example' required \n"
		  "selected peer config 'home' unacceptable: constraint checking failed\n"
		  "no alternative config found\n",
		  "constraint check failed: identity 'gw.example' required",
		  "another peer than wanted" },
		{ BEGUN ANSWERED
		  "tried 1 shared key for 'ue1' - 'gw.example', but MAC mismatched\n",
		  "tried 1 shared key for 'ue1' - 'gw.example', but MAC mismatched",
		  "another key at the peer" },
		{ BEGUN "retransmit 1 of request with message ID 0\n"
			"retransmit 2 of request with message ID 0\n",
		  "retransmit 2 of request with message ID 0", "no answer so far" },
		{ BEGUN "retransmit 1 of request with message ID 0\n"
			"giving up after 1 retransmits\n"
			"peer not responding, trying again (2/3)\n"
			"retransmit 1 of request with message ID 0\n"
			"giving up after 1 retransmits\n"
			"peer not responding, trying again (3/3)\n"
			"giving up after 1 retransmits\n",
		  "peer not responding, trying again (3/3)", "no answer, tried again" },
		{ BEGUN "giving up after 5 retransmits\n"
			"establishing IKE_SA failed, peer not responding\n",
		  "establishing IKE_SA failed, peer not responding", "no answer at all" },
		{ "unable to resolve gw.example, initiate aborted\n"
		  "tried to checkin and delete nonexisting IKE_SA\n",
		  "unable to resolve gw.example, initiate aborted", "no address" },
		{ BEGUN ANSWERED AUTHENTICATED
		  "received netlink error: Function not implemented (38)\n"
		  "unable to add SAD entry with SPI c41d3da0 (FAILED)\n"
		  "unable to install inbound and outbound IPsec SA (SAD) in kernel\n"
		  "failed to establish CHILD_SA, keeping IKE_SA\n",
		  "unable to install inbound and outbound IPsec SA (SAD) in kernel",
		  "no states in the kernel" },
		{ "  giving up after 5 retransmits\x1b[31m\n", "giving up after 5 retransmits [31m",
		  "a line that a terminal must not see" },
		{ BEGUN ANSWERED, "establishing CHILD_SA 'mh' failed", "a log that says nothing" },
		{ "", "establishing CHILD_SA 'mh' failed", "no log" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		try(play_log, rows[i].log, rows[i].why, rows[i].sentence);
}

/* A line longer than room is cut, and nothing else. */
static void long_lines(void)
{
	static char log[600] = "received ";
	struct fake fake;
	struct outcome outcome;
	struct attempt *attempt;

	memset(log + 9, 'x', 480);
	strcpy(log + 489, " notify error and more than there is room for\n");
	attempt = attempt_with(&fake, play_log, log, &outcome);
	ready_until_done(attempt, &outcome);
	check(strlen(outcome.why) > 500 && strlen(outcome.why) < 512 &&
		      !strncmp(outcome.why, log, strlen(outcome.why)),
	      "a line that is too long is cut");
	attempt_close(attempt);
	check(fake_end(&fake), "long lines: charon heard what it shall hear");
}

/* ---- other ends ------------------------------------------------------------------ */

static void play_success(struct fake *fake)
{
	hear_attempt(fake);
	say_log(fake, "received AUTHENTICATION_FAILED notify error");
	say(fake, VICI_CMD_RESPONSE, NULL, "success", "yes");
	linger(fake);
}

static void play_success_slowly(struct fake *fake)
{
	hear(fake, VICI_EVENT_REGISTER, "control-log");
	say_slowly(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	hear(fake, VICI_CMD_REQUEST, "initiate");
	say_slowly(fake, VICI_EVENT, "control-log", "msg", "initiating IKE_SA home[1]");
	say_slowly(fake, VICI_CMD_RESPONSE, NULL, "success", "yes");
	linger(fake);
}

static void play_no_reason(struct fake *fake)
{
	hear_attempt(fake);
	answer_no(fake, NULL);
	linger(fake);
}

static void play_no_result(struct fake *fake)
{
	hear_attempt(fake);
	say(fake, VICI_CMD_RESPONSE, NULL, NULL, NULL);
	linger(fake);
}

static void play_other_events(struct fake *fake)
{
	hear(fake, VICI_EVENT_REGISTER, "control-log");
	say(fake, VICI_EVENT, "log", "msg", "received AUTHENTICATION_FAILED notify error");
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	hear(fake, VICI_CMD_REQUEST, "initiate");
	say(fake, VICI_EVENT, "log", "msg", "received AUTHENTICATION_FAILED notify error");
	say(fake, VICI_EVENT, "control-log", "group", "IKE");
	answer_no(fake, "no");
	linger(fake);
}

static void play_unknown_command(struct fake *fake)
{
	hear_attempt(fake);
	say(fake, VICI_CMD_UNKNOWN, NULL, NULL, NULL);
	linger(fake);
}

static void play_unknown_log(struct fake *fake)
{
	hear(fake, VICI_EVENT_REGISTER, "control-log");
	say(fake, VICI_EVENT_UNKNOWN, NULL, NULL, NULL);
	linger(fake);
}

static void play_early_answer(struct fake *fake)
{
	hear(fake, VICI_EVENT_REGISTER, "control-log");
	say(fake, VICI_CMD_RESPONSE, NULL, "success", "yes");
	linger(fake);
}

static void play_confirm_twice(struct fake *fake)
{
	hear_attempt(fake);
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
	linger(fake);
}

static void play_broken_log(struct fake *fake)
{
	hear_attempt(fake);
	say_octets(fake, "\0\0\0\16\7\13control-log\2", 18);
	linger(fake);
}

static void play_broken_answer(struct fake *fake)
{
	hear_attempt(fake);
	say_octets(fake, "\0\0\0\2\1\7", 6);
	linger(fake);
}

static void play_garbage(struct fake *fake)
{
	hear_attempt(fake);
	say_log(fake, "received AUTHENTICATION_FAILED notify error");
	say_octets(fake, "\377\377\377\377", 4);
	linger(fake);
}

static void play_close(struct fake *fake)
{
	hear_attempt(fake);
	say_log(fake, "retransmit 1 of request with message ID 0");
}

static void play_close_in_packet(struct fake *fake)
{
	hear_attempt(fake);
	say_half(fake, VICI_CMD_RESPONSE, NULL, "success", "yes", 12);
}

static void ends(void)
{
	try(play_success, NULL, "-", "success, whatever the log says");
	try(play_success_slowly, NULL, "-", "success, octet by octet");
	try(play_no_reason, NULL, "charon does not say why", "no reason");
	try(play_no_result, NULL, "charon does not say why", "no result");
	try(play_other_events, NULL, "no", "other events");
	try(play_unknown_command, NULL, "charon knows no command \"initiate\"",
	    "an unknown command");
	try(play_unknown_log, NULL, "charon knows no event \"control-log\"", "an unknown log");
	try(play_early_answer, NULL, "charon answered what was not asked", "an early answer");
	try(play_confirm_twice, NULL, "charon answered what was not asked",
	    "a second confirmation");
	try(play_broken_log, NULL, "charon sent an event that cannot be read", "a broken log");
	try(play_broken_answer, NULL, "charon sent an answer that cannot be read",
	    "a broken answer");
	try(play_garbage, NULL, "charon sent a packet of 4294967295 octets", "a length of 4 GiB");
	try(play_close, NULL, "charon closed the connection", "the end");
	try(play_close_in_packet, NULL, "charon closed the connection in the middle of a packet",
	    "the end inside an answer");
}

/* ---- how it is closed ------------------------------------------------------------ */

static void play_half_log(struct fake *fake)
{
	hear_attempt(fake);
	say_half(fake, VICI_EVENT, "control-log", "msg", "received half a line", 20);
	linger(fake);
}

static void play_two_answers(struct fake *fake)
{
	hear_attempt(fake);
	answer_no(fake, NULL);
	answer_no(fake, NULL);
}

static void closing(void)
{
	struct fake fake;
	struct outcome outcome;
	struct attempt *attempt = attempt_with(&fake, play_success, NULL, &outcome);

	outcome.close = attempt;
	ready_until_done(attempt, &outcome);
	check(outcome.count == 1, "an attempt may be closed when it ends");
	check(fake_end(&fake), "closed at the end: charon heard what it shall hear");

	attempt = attempt_with(&fake, play_half_log, NULL, &outcome);
	for (int i = 0; i < 50; i++) {
		attempt_ready(attempt);
		usleep(1000);
	}
	check(!outcome.count, "half a packet is waited for elsewhere");
	attempt_close(attempt);
	check(!outcome.count && fake_end(&fake), "an attempt may be closed before it ends");

	attempt = attempt_with(&fake, play_two_answers, NULL, &outcome);
	ready_until_done(attempt, &outcome);
	fake_wait(&fake);
	attempt_ready(attempt);
	check(outcome.count == 1, "one that has ended does not end again");
	attempt_close(attempt);
	check(fake_end(&fake), "closed late: charon heard what it shall hear");
	attempt_close(NULL);
}

static void play_never_asked(struct fake *fake)
{
	confirm(fake, "control-log");
	linger(fake);
}

static void opening(void)
{
	static char octets[65536];
	struct outcome outcome;
	struct tree *message = tree_new();
	struct fake fake;
	struct attempt *attempt;

	check(!attempt_open("/nowhere/vici", "initiate", NULL, done, &outcome, &fault) &&
		      strstr(fault.text, "not running"),
	      "without charon there is no attempt");
	tree_add_value(message, "v", octets, sizeof(octets));
	attempt = attempt_on(fake_begin(&fake, play_never_asked, NULL), "initiate", message, done,
			     &outcome, &fault);
	memset(&outcome, 0, sizeof(outcome));
	ready_until_done(attempt, &outcome);
	check_text(outcome.why, "initiate: too much for a message to charon",
		   "an attempt with a message that cannot be written ends");
	attempt_close(attempt);
	check(fake_end(&fake), "too much: charon heard what it shall hear");
	tree_free(message);
}

int main(void)
{
	logs();
	long_lines();
	ends();
	closing();
	opening();
	return ktap_end();
}
