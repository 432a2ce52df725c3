// SPDX-License-Identifier: GPL-2.0

#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "fault.h"
#include "vici.h"

#define READ_SIZE 65536

static int patience = 10000;

void wire_set_patience(int milliseconds)
{
	patience = milliseconds;
}

int64_t wire_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t wire_deadline(void)
{
	return wire_now() + patience;
}

/* ---- the connection -------------------------------------------------------------- */

void wire_init(struct wire *wire, int fd)
{
	memset(wire, 0, sizeof(*wire));
	wire->fd = fd;
}

void wire_close(struct wire *wire)
{
	if (wire->fd >= 0)
		close(wire->fd);
	free(wire->buffer);
	wire_init(wire, -1);
}

/* A charon that does not accept is waited for, when its queue is full. */
static void bound_connecting(int fd)
{
	struct timeval time = { .tv_sec = patience / 1000, .tv_usec = patience % 1000 * 1000 };

	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time));
}

static int cannot_connect(const char *path, struct fault *fault)
{
	switch (errno) {
	case ENOENT:
	case ECONNREFUSED:
		return fault_refused(fault, "charon is not running: nobody listens on %s", path);
	case EAGAIN:
		return fault_refused(fault, "charon does not accept a connection on %s", path);
	case EACCES:
	case EPERM:
		return fault_refused(fault, "not permitted to connect to charon on %s", path);
	default:
		return fault_refused(fault, "cannot connect to charon on %s: %s", path,
				     strerror(errno));
	}
}

int wire_open(struct wire *wire, const char *path, struct fault *fault)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int64_t deadline = wire_deadline();
	int err;

	wire_init(wire, -1);
	if (strlen(path) >= sizeof(addr.sun_path))
		return fault_wrong(fault, "%s is too long for the name of a socket", path);
	strcpy(addr.sun_path, path);
	wire->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (wire->fd < 0)
		return fault_refused(fault, "no socket: %s", strerror(errno));
	bound_connecting(wire->fd);
	do {
		err = connect(wire->fd, (struct sockaddr *)&addr, sizeof(addr));
	} while (err && errno == EINTR && wire_now() < deadline);
	if (!err)
		return 0;
	cannot_connect(path, fault);
	wire_close(wire);
	return -1;
}

static int wait_for(struct wire *wire, short events, int64_t deadline, struct fault *fault)
{
	struct pollfd poll_fd = { .fd = wire->fd, .events = events };

	for (;;) {
		int64_t left = deadline - wire_now();
		int ready;

		if (left <= 0)
			return fault_refused(fault, "charon does not answer");
		ready = poll(&poll_fd, 1, left);
		if (ready > 0)
			return 0;
		if (ready < 0 && errno != EINTR)
			return fault_refused(fault, "cannot wait for charon: %s", strerror(errno));
	}
}

int wire_wait(struct wire *wire, int64_t deadline, struct fault *fault)
{
	return wait_for(wire, POLLIN, deadline, fault);
}

/* ---- sending --------------------------------------------------------------------- */

static int send_octets(struct wire *wire, const uint8_t *octets, size_t size, int64_t deadline,
		       struct fault *fault)
{
	while (size) {
		ssize_t sent = send(wire->fd, octets, size, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (sent >= 0) {
			octets += sent;
			size -= sent;
		} else if (errno == EAGAIN) {
			if (wait_for(wire, POLLOUT, deadline, fault))
				return -1;
		} else if (errno != EINTR) {
			return fault_refused(fault, "charon closed the connection: %s",
					     strerror(errno));
		}
	}
	return 0;
}

int wire_send(struct wire *wire, uint8_t *packet, size_t size, int64_t deadline,
	      struct fault *fault)
{
	int err = send_octets(wire, packet, size, deadline, fault);

	explicit_bzero(packet, size);
	free(packet);
	return err;
}

/* ---- receiving ------------------------------------------------------------------- */

static size_t length_of(const uint8_t *octets)
{
	return (size_t)octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3];
}

int wire_next(struct wire *wire, const uint8_t **packet, size_t *size, struct vici_head *head,
	      struct fault *fault)
{
	size_t there = wire->end - wire->start;
	const uint8_t *octets;
	size_t length;

	if (there < VICI_LENGTH_SIZE)
		return 0;
	octets = wire->buffer + wire->start;
	length = length_of(octets);
	if (!length || length > VICI_PACKET_MAX)
		return fault_refused(fault, "charon sent a packet of %zu octets", length);
	if (there < VICI_LENGTH_SIZE + length)
		return 0;
	*packet = octets + VICI_LENGTH_SIZE;
	*size = length;
	wire->start += VICI_LENGTH_SIZE + length;
	if (vici_read_head(*packet, length, head))
		return fault_refused(fault, "charon sent a packet that is none");
	return 1;
}

/* Room for more behind what is not yet taken, which is less than one packet. */
static int make_room(struct wire *wire, struct fault *fault)
{
	size_t there = wire->end - wire->start;
	uint8_t *larger;

	if (wire->start)
		memmove(wire->buffer, wire->buffer + wire->start, there);
	wire->start = 0;
	wire->end = there;
	if (wire->room - there >= READ_SIZE)
		return 0;
	larger = realloc(wire->buffer, there + 2 * READ_SIZE);
	if (!larger)
		return fault_refused(fault, "no memory");
	wire->buffer = larger;
	wire->room = there + 2 * READ_SIZE;
	return 0;
}

int wire_fill(struct wire *wire, struct fault *fault)
{
	ssize_t got;

	if (make_room(wire, fault))
		return -1;
	do {
		got = recv(wire->fd, wire->buffer + wire->end, wire->room - wire->end,
			   MSG_DONTWAIT);
	} while (got < 0 && errno == EINTR);
	if (got < 0 && errno == EAGAIN)
		return 0;
	if (got < 0)
		return fault_refused(fault, "charon cannot be read: %s", strerror(errno));
	if (!got)
		return fault_refused(fault, "charon closed the connection%s",
				     wire->end ? " in the middle of a packet" : "");
	wire->end += got;
	return 1;
}
