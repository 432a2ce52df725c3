/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting for descriptors, in one thread. What else there is to do has no events
 * of its own: after every wait the service looks at what is and at what shall be,
 * and each of its parts says when it wants to look again.
 */

#ifndef _SERVICE_LOOP_H
#define _SERVICE_LOOP_H

#include <stdint.h>

struct fault;
struct loop;

typedef void loop_ready(void *arg);

struct loop *loop_new(void);
void loop_free(struct loop *loop);

/* Call ready whenever fd can be read. One watch a descriptor. 0, or -1. */
int loop_watch(struct loop *loop, int fd, loop_ready *ready, void *arg);
void loop_unwatch(struct loop *loop, int fd);

/* Not later than then, in milliseconds of loop_now(). */
void loop_wake(struct loop *loop, uint64_t when);

/* Wait once, and call what is ready. */
int loop_wait(struct loop *loop, struct fault *fault);

/* Milliseconds that only go forward, in sleep as well. */
uint64_t loop_now(void);

#endif
