/* SPDX-License-Identifier: GPL-2.0 */
/* The service inside a test program, in the world; included once. */

#ifndef _SELFTESTS_SERVE_H
#define _SELFTESTS_SERVE_H

#include <net/if.h>
#include <stdio.h>

#include "world.h"

/* What it says goes to the world, and so do its questions about interfaces. */
#undef stderr
#define stderr world_log()
#define if_nametoindex world_ifindex
#include "../../ctl/service/service.c"
#undef stderr
#undef if_nametoindex

static struct run served;

static void serve(const struct conf *conf)
{
	struct fault fault;

	memset(&served, 0, sizeof(served));
	served.signals = -1;
	served.lock = -1;
	served.service.conf = conf;
	served.service.loop = loop_new();
	if (make_roles(&served.service))
		world_complain("no memory");
	served.service.policies = policies_open(&fault);
	served.service.host = host_open(&fault);
	loop_watch(served.service.loop, host_fd(served.service.host), host_readable, &served);
}

/* Killed, or told to end: that is the same to everybody else. */
static void serve_no_more(void)
{
	end(&served);
}

static void pass(uint64_t ms)
{
	struct fault fault;

	world_limit(world.now + ms);
	for (;;) {
		turn(&served);
		if (world_is_quiet() || has_left(&served.service))
			return;
		loop_wait(served.service.loop, &fault);
	}
}

#endif
