/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A charon that says and hears what a test wants, in a thread at the other end of
 * a pair of sockets. It waits for nothing longer than five seconds.
 */

#ifndef _SELFTESTS_FAKE_CHARON_H
#define _SELFTESTS_FAKE_CHARON_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tree.h"
#include "vici.h"

struct fake {
	int fd;
	pthread_t thread;
	bool ended;
	void (*play)(struct fake *fake);
	const void *arg;     /* of the play */
	struct tree *heard;  /* the message of the last packet */
	char complaint[256]; /* the first thing that was not as wanted */
};

static inline void complain(struct fake *fake, const char *what, const char *name)
{
	if (!*fake->complaint)
		snprintf(fake->complaint, sizeof(fake->complaint), "%s %s", what, name);
}

static inline bool hear_octets(struct fake *fake, void *octets, size_t size)
{
	for (size_t at = 0; at < size;) {
		ssize_t got = read(fake->fd, (char *)octets + at, size - at);

		if (got <= 0)
			return false;
		at += got;
	}
	return true;
}

/* A packet has to come, of that type and name. */
static inline void hear(struct fake *fake, enum vici_packet type, const char *name)
{
	uint8_t length[4];
	uint8_t *packet;
	size_t size;
	struct vici_head head;

	if (!hear_octets(fake, length, 4)) {
		complain(fake, "did not hear", name);
		return;
	}
	size = length[0] << 24 | length[1] << 16 | length[2] << 8 | length[3];
	packet = malloc(size);
	if (!hear_octets(fake, packet, size) || vici_read_head(packet, size, &head) ||
	    head.type != type || strcmp(head.name, name))
		complain(fake, "heard something else than", name);
	tree_free(fake->heard);
	fake->heard = vici_read(head.message, head.size);
	free(packet);
}

/* False when nobody is there any more, which is for the play to judge. */
static inline bool say_octets(struct fake *fake, const void *octets, size_t size)
{
	for (size_t at = 0; at < size;) {
		ssize_t sent = send(fake->fd, (const char *)octets + at, size - at, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		at += sent;
	}
	return true;
}

/* With a message of one value, or with none. */
static inline uint8_t *packet_of(enum vici_packet type, const char *name, const char *key,
				 const char *value, size_t *size)
{
	struct tree *message = tree_new();
	uint8_t *packet;

	if (key)
		tree_add_text(message, key, value);
	packet = vici_write(type, name, message, size);
	tree_free(message);
	return packet;
}

static inline bool say(struct fake *fake, enum vici_packet type, const char *name, const char *key,
		       const char *value)
{
	size_t size;
	uint8_t *packet = packet_of(type, name, key, value, &size);
	bool said = say_octets(fake, packet, size);

	free(packet);
	return said;
}

/* Octet by octet, with time to read each. */
static inline void say_slowly(struct fake *fake, enum vici_packet type, const char *name,
			      const char *key, const char *value)
{
	size_t size;
	uint8_t *packet = packet_of(type, name, key, value, &size);

	for (size_t i = 0; i < size; i++) {
		say_octets(fake, packet + i, 1);
		usleep(500);
	}
	free(packet);
}

/* A packet, cut off behind so many octets. */
static inline void say_half(struct fake *fake, enum vici_packet type, const char *name,
			    const char *key, const char *value, size_t octets)
{
	size_t size;
	uint8_t *packet = packet_of(type, name, key, value, &size);

	say_octets(fake, packet, octets);
	free(packet);
}

static inline bool say_event(struct fake *fake, const char *name, const char *number)
{
	return say(fake, VICI_EVENT, name, "n", number);
}

/* What is subscribed to is confirmed. */
static inline void confirm(struct fake *fake, const char *name)
{
	hear(fake, VICI_EVENT_REGISTER, name);
	say(fake, VICI_EVENT_CONFIRM, NULL, NULL, NULL);
}

/* Stay until the other side has closed. */
static inline void linger(struct fake *fake)
{
	char octets[4096];

	while (read(fake->fd, octets, sizeof(octets)) > 0)
		;
}

static void *play_fake(void *arg)
{
	struct fake *fake = arg;

	fake->play(fake);
	shutdown(fake->fd, SHUT_RDWR);
	return NULL;
}

/* Begin the play; the other end of the pair. */
static inline int fake_begin(struct fake *fake, void (*play)(struct fake *fake), const void *arg)
{
	struct timeval limit = { .tv_sec = 5 };
	int pair[2];

	memset(fake, 0, sizeof(*fake));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		exit(2);
	setsockopt(pair[1], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(pair[1], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	fake->fd = pair[1];
	fake->play = play;
	fake->arg = arg;
	if (pthread_create(&fake->thread, NULL, play_fake, fake))
		exit(2);
	return pair[0];
}

/* Until the play has ended, and its end of the connection with it. */
static inline void fake_wait(struct fake *fake)
{
	if (!fake->ended)
		pthread_join(fake->thread, NULL);
	fake->ended = true;
}

/* When the other end is closed: was everything as wanted? */
static inline bool fake_end(struct fake *fake)
{
	fake_wait(fake);
	close(fake->fd);
	tree_free(fake->heard);
	if (*fake->complaint)
		printf("# fake charon: %s\n", fake->complaint);
	return !*fake->complaint;
}

#endif
