/* SPDX-License-Identifier: GPL-2.0 */
/*
 * VICI packets over a socket: sent whole until a deadline, and received in the
 * pieces in which they come. No waiting but in wire_send() and wire_wait().
 */

#ifndef _SERVICE_WIRE_H
#define _SERVICE_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "vici.h"

struct fault;

struct wire {
	int fd;
	uint8_t *buffer; /* of what was received */
	size_t room;
	size_t start; /* of what is not yet taken */
	size_t end;
};

/*
 * Everything returns -1 with the fault when the connection can no longer be used;
 * it is to be closed then, as also when opening it failed.
 */

int wire_open(struct wire *wire, const char *path, struct fault *fault);
/* A socket that is connected; it is the wire's from here on. */
void wire_init(struct wire *wire, int fd);
void wire_close(struct wire *wire);

/* A packet of vici_write(), which is wiped and freed whatever happens. */
int wire_send(struct wire *wire, uint8_t *packet, size_t size, int64_t deadline,
	      struct fault *fault);

/*
 * The next whole packet of what was received: 1, or 0 when there is none. Packet
 * and head are good until wire_fill(); a packet may be kept and read again.
 */
int wire_next(struct wire *wire, const uint8_t **packet, size_t *size, struct vici_head *head,
	      struct fault *fault);

/* Receive what is there: 1, or 0 when nothing is. */
int wire_fill(struct wire *wire, struct fault *fault);

/* Wait until something is there. */
int wire_wait(struct wire *wire, int64_t deadline, struct fault *fault);

/* Milliseconds that only go forward, and the moment when patience ends. */
int64_t wire_now(void);
int64_t wire_deadline(void);

/* For tests: instead of 10,000 ms. */
void wire_set_patience(int milliseconds);

#endif
