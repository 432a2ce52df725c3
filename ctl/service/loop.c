// SPDX-License-Identifier: GPL-2.0

#include "loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fault.h"

struct watch {
	loop_ready *ready; /* NULL in a place that is free */
	void *arg;
};

struct loop {
	struct pollfd *fds;
	struct watch *watches;
	size_t count;
	uint64_t wake;
};

#define NEVER UINT64_MAX

struct loop *loop_new(void)
{
	struct loop *loop = calloc(1, sizeof(*loop));

	if (loop)
		loop->wake = NEVER;
	return loop;
}

void loop_free(struct loop *loop)
{
	if (!loop)
		return;
	free(loop->fds);
	free(loop->watches);
	free(loop);
}

static int free_place(struct loop *loop)
{
	struct pollfd *fds;
	struct watch *watches;

	for (size_t i = 0; i < loop->count; i++)
		if (loop->fds[i].fd < 0)
			return i;
	fds = realloc(loop->fds, (loop->count + 1) * sizeof(*fds));
	if (!fds)
		return -1;
	loop->fds = fds;
	watches = realloc(loop->watches, (loop->count + 1) * sizeof(*watches));
	if (!watches)
		return -1;
	loop->watches = watches;
	return loop->count++;
}

int loop_watch(struct loop *loop, int fd, loop_ready *ready, void *arg)
{
	int place = free_place(loop);

	if (place < 0)
		return -1;
	/* what was ready at this place before is nothing to the new one */
	loop->fds[place] = (struct pollfd){ .fd = fd, .events = POLLIN };
	loop->watches[place] = (struct watch){ .ready = ready, .arg = arg };
	return 0;
}

void loop_unwatch(struct loop *loop, int fd)
{
	for (size_t i = 0; i < loop->count; i++)
		if (loop->fds[i].fd == fd)
			loop->fds[i] = (struct pollfd){ .fd = -1 };
}

void loop_wake(struct loop *loop, uint64_t when)
{
	if (when < loop->wake)
		loop->wake = when;
}

uint64_t loop_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (uint64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int timeout(const struct loop *loop)
{
	uint64_t now = loop_now();

	if (loop->wake == NEVER)
		return -1;
	if (loop->wake <= now)
		return 0;
	return loop->wake - now > 3600000 ? 3600000 : (int)(loop->wake - now);
}

int loop_wait(struct loop *loop, struct fault *fault)
{
	int ready = poll(loop->fds, loop->count, timeout(loop));

	loop->wake = NEVER;
	if (ready < 0 && errno != EINTR)
		return fault_refused(fault, "cannot wait: %s", strerror(errno));
	/* a callee may watch and unwatch: places stay, and revents goes with them */
	for (size_t i = 0; i < loop->count && ready > 0; i++) {
		if (!loop->fds[i].revents)
			continue;
		loop->fds[i].revents = 0;
		loop->watches[i].ready(loop->watches[i].arg);
	}
	return 0;
}
