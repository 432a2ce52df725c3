// SPDX-License-Identifier: GPL-2.0
/*
 * Commands from a file. Requests that only change something go to the kernel
 * by the windowful, and only the last of a window is acknowledged: the kernel
 * carries them out in order, and says of the others which it refused.
 *
 * A file is read through before anything is done, so that a wrong line changes
 * nothing. What cannot be read twice, as a pipe, is carried out as it comes.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <netlink/msg.h>
#include <netlink/netlink.h>

#include "ctl.h"
#include "fault.h"
#include "names.h"
#include "nl.h"
#include "reader.h"
#include "request.h"
#include "word.h"

#define WINDOW_REQUESTS 64
#define WINDOW_OCTETS 32768
#define LINE_WORDS 128

struct window {
	_Alignas(struct nlmsghdr) char octets[WINDOW_OCTETS];
	size_t used;
	unsigned int count;
	struct nlmsghdr *requests[WINDOW_REQUESTS];
	const struct spec_object *objects[WINDOW_REQUESTS];
	unsigned long lines[WINDOW_REQUESTS];
};

struct batch {
	const struct options *options;
	const char *path;
	struct reader reader;
	struct netlink netlink;
	bool opened;
	struct window window;
};

static void say(const struct batch *batch, unsigned long line, const char *sentence)
{
	const char *name = strcmp(batch->path, "-") ? batch->path : "standard input";

	fprintf(stderr, "dsmipctl: %s:%lu: %s\n", name, line, sentence);
}

/* Which request of the window an answer is about, or -1. */
static int place_of(const struct window *window, const struct nlmsghdr *header)
{
	unsigned int place = header->nlmsg_seq - window->requests[0]->nlmsg_seq;

	return header->nlmsg_type == NLMSG_ERROR && place < window->count ? (int)place : -1;
}

static bool is_refused(const struct batch *batch, int place, const struct nlmsghdr *header)
{
	const struct window *window = &batch->window;
	struct refusal refusal = { 0 };
	struct fault fault;

	netlink_refusal(header, window->requests[place], &refusal);
	if (!refusal.error)
		return false;
	netlink_fault(&refusal, window->objects[place], &fault);
	say(batch, window->lines[place], fault.text);
	return true;
}

/* Read answers up to that of the last request, and count those refused. */
static int collect(struct batch *batch, unsigned int *refused, struct fault *fault)
{
	const struct window *window = &batch->window;

	*refused = 0;
	for (;;) {
		struct nlmsghdr *header = (void *)batch->netlink.buffer;
		struct refusal refusal = { 0 };
		int left = netlink_receive(&batch->netlink, &refusal);

		if (left < 0)
			return netlink_fault(&refusal, NULL, fault);
		for (; nlmsg_ok(header, left); header = nlmsg_next(header, &left)) {
			int place = place_of(window, header);

			if (place < 0)
				continue;
			*refused += is_refused(batch, place, header);
			if (place == (int)window->count - 1)
				return 0;
		}
	}
}

static int exchange(struct batch *batch, struct fault *fault)
{
	struct window *window = &batch->window;
	struct refusal refusal = { 0 };
	unsigned int refused;

	window->requests[window->count - 1]->nlmsg_flags |= NLM_F_ACK;
	if (netlink_send(&batch->netlink, window->octets, window->used, &refusal))
		return netlink_fault(&refusal, NULL, fault);
	if (collect(batch, &refused, fault))
		return -1;
	if (!refused)
		return 0;
	if (refused == window->count)
		return fault_refused(fault, "stopped");
	return fault_refused(fault, "stopped; lines up to %lu that are not named were carried out",
			     window->lines[window->count - 1]);
}

/* Send the window and wait for what the kernel says of it. */
static int drain(struct batch *batch, struct fault *fault)
{
	int err = batch->window.count ? exchange(batch, fault) : 0;

	batch->window.used = 0;
	batch->window.count = 0;
	return err;
}

static int enqueue(struct batch *batch, const struct request *request, struct fault *fault)
{
	struct window *window = &batch->window;
	struct nl_msg *msg = request_message(request, batch->netlink.family, NLM_F_REQUEST, fault);
	struct nlmsghdr *header;
	size_t size;

	if (!msg)
		return -1;
	header = nlmsg_hdr(msg);
	size = NLMSG_ALIGN(header->nlmsg_len);
	if ((window->count == WINDOW_REQUESTS || window->used + size > WINDOW_OCTETS) &&
	    drain(batch, fault)) {
		nlmsg_free(msg);
		return -1;
	}
	header->nlmsg_seq = ++batch->netlink.seq;
	window->requests[window->count] = (void *)(window->octets + window->used);
	window->objects[window->count] = request->object;
	window->lines[window->count++] = batch->reader.line;
	memcpy(window->octets + window->used, header, header->nlmsg_len);
	window->used += size;
	nlmsg_free(msg);
	return 0;
}

/*
 * What is shown must see what was asked for before; names of interfaces mean
 * something else once a device is made or gone; sa has a socket of its own.
 */
static int run_words(struct batch *batch, int count, char **words, struct fault *fault)
{
	struct request request;
	bool alone;

	if (!strcmp(words[0], "sa"))
		return drain(batch, fault) ? -1 :
					     ctl_sa(batch->options, count - 1, words + 1, fault);
	if (request_read(&request, count, words, fault))
		return -1;
	alone = request.verb->dumps || spec_attr(request.object, "role");
	if (!batch->opened && netlink_open(&batch->netlink, fault))
		return -1;
	batch->opened = true;
	if (!alone)
		return enqueue(batch, &request, fault);
	if (drain(batch, fault))
		return -1;
	names_forget();
	return ctl_request(&batch->netlink, batch->options, &request, fault);
}

static int check_words(struct batch *batch, int count, char **words, struct fault *fault)
{
	struct request request;

	(void)batch;
	if (!strcmp(words[0], "sa"))
		return ctl_sa_check(count - 1, words + 1, fault);
	return request_read(&request, count, words, fault);
}

typedef int use_words(struct batch *batch, int count, char **words, struct fault *fault);

/* The next line through one of the two above; 1 when there is none. */
static int use_line(struct batch *batch, use_words *use, struct fault *fault)
{
	char *words[LINE_WORDS];
	char *line = reader_line(&batch->reader);
	int count;

	if (!line && !errno)
		return 1;
	if (!line)
		return fault_refused(fault, "cannot read on: %s", strerror(errno));
	count = word_split(line, words, LINE_WORDS);
	if (count < 0)
		return fault_wrong(fault, "an open quote, or more than %d words", LINE_WORDS);
	return count ? use(batch, count, words, fault) : 0;
}

/* Where nothing is at hand, what was read is carried out before waiting. */
static int each_line(struct batch *batch, use_words *use, struct fault *fault)
{
	unsigned long line;
	int status;

	do {
		if (!reader_is_ready(&batch->reader)) {
			names_forget();
			if (drain(batch, fault))
				return -1;
		}
		line = batch->reader.line + 1;
		status = use_line(batch, use, fault);
	} while (!status);
	if (status > 0)
		return drain(batch, fault);
	say(batch, line, fault->text);
	*fault->text = 0;
	return -1;
}

static int run_file(struct batch *batch, struct fault *fault)
{
	struct fault later;
	int err = 0;

	if (reader_rewind(&batch->reader)) {
		err = each_line(batch, check_words, fault);
		if (!err && !reader_rewind(&batch->reader))
			err = fault_refused(fault, "cannot read it again: %s", strerror(errno));
	}
	if (!err)
		err = each_line(batch, run_words, fault);
	if (err)
		drain(batch, &later);
	return err;
}

int ctl_batch(const struct options *options, const char *path, struct fault *fault)
{
	struct batch batch = { .options = options, .path = path };
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	int err;

	if (fd < 0)
		return fault_refused(fault, "%s: %s", path, strerror(errno));
	reader_init(&batch.reader, fd);
	err = run_file(&batch, fault);
	reader_free(&batch.reader);
	if (batch.opened)
		netlink_close(&batch.netlink);
	return err;
}
