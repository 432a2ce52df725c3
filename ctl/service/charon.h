/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A connection to charon over its VICI socket. Commands are short and waited
 * for; events that arrive meanwhile are kept and handed out afterwards. An
 * attempt, which may take as long as a key exchange, has a connection of its own
 * and is not waited for.
 */

#ifndef _SERVICE_CHARON_H
#define _SERVICE_CHARON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct tree;
struct charon;

/* One event; the tree is the callee's to read, not to keep. */
typedef void charon_event(void *arg, const char *name, const struct tree *message);

/*
 * Connect to the socket of that path and subscribe to the events (a list of
 * names that ends with NULL, or NULL). NULL, with the fault, when charon is not
 * there, does not confirm within 10 seconds or does not know an event.
 */
struct charon *charon_open(const char *path, const char *const *events, charon_event *event,
			   void *arg, struct fault *fault);
void charon_close(struct charon *charon);

/* To poll for reading. */
int charon_fd(const struct charon *charon);

/*
 * Read what is there and hand out the events, those kept included, in the order
 * in which they came. -1: the connection is gone, close it, but not from inside an
 * event. An event may ask charon, it may not call this.
 */
int charon_ready(struct charon *charon, struct fault *fault);

/* Are events kept that no poll will tell of? */
bool charon_has_kept(const struct charon *charon);

/*
 * One command; the message may be NULL. Its answer, or NULL with the fault. An
 * answer of "success = no" is a fault too, with charon's errmsg in it; charon is
 * still there then. Waits 10 seconds at most; afterwards, or when the connection
 * broke or more events came than can be kept, charon_is_lost() is true and it is
 * to be closed; everything says why until then.
 */
struct tree *charon_ask(struct charon *charon, const char *command, const struct tree *message,
			struct fault *fault);
bool charon_is_lost(const struct charon *charon);

/*
 * A command that streams: every "list-sa" and the like is handed to each() as it
 * comes (event is the name that is streamed, none of those subscribed to). 0, or -1
 * with the fault. Waits 10 seconds at most for each, and 60 for all; each() may ask
 * charon nothing.
 */
int charon_stream(struct charon *charon, const char *command, const struct tree *message,
		  const char *event, void (*each)(void *arg, const struct tree *message), void *arg,
		  struct fault *fault);

/*
 * An attempt: "initiate" or "terminate" or "rekey" with its own connection. Done
 * is called once, from attempt_ready(), with why == NULL for success; otherwise
 * why is one sentence: the line of charon's log of this attempt (control-log at
 * level 1) that says most about the failure, such as a received notify, a failed
 * EAP method, a peer that does not answer; or else its errmsg. The attempt has
 * ended then and is freed by the callee with attempt_close(), at any time: from
 * inside done, or before it was called. How long charon tries is "timeout" in the
 * message, in ms; an attempt has no end of its own.
 */
struct attempt;
typedef void attempt_done(void *arg, const char *why);

struct attempt *attempt_open(const char *path, const char *command, const struct tree *message,
			     attempt_done *done, void *arg, struct fault *fault);
int attempt_fd(const struct attempt *attempt);
void attempt_ready(struct attempt *attempt);
void attempt_close(struct attempt *attempt);

/* ---- for tests: the same over a socket that is connected, and theirs from then on */

struct charon *charon_on(int fd, const char *const *events, charon_event *event, void *arg,
			 struct fault *fault);
struct attempt *attempt_on(int fd, const char *command, const struct tree *message,
			   attempt_done *done, void *arg, struct fault *fault);

#endif
