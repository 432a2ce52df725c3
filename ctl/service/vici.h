/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The octets of charon's VICI protocol, version 1: packets, and the messages in
 * them. Pure: no system call, so that tests and a fuzzer can have it all.
 * On the socket stands, in front of each packet, its length as 4 octets, most
 * significant first. https://docs.strongswan.org/docs/5.9/plugins/vici.html and
 * strongSwan's src/libcharon/plugins/vici/README.md describe it.
 */

#ifndef _SERVICE_VICI_H
#define _SERVICE_VICI_H

#include <stddef.h>
#include <stdint.h>

struct tree;

/* charon refuses longer ones, and so do we. */
#define VICI_PACKET_MAX (512 * 1024)
/* Of sections in sections. */
#define VICI_DEPTH_MAX 16
/* Of octets in front of a packet that say its length. */
#define VICI_LENGTH_SIZE 4
/* More sections, lists and values than any message has; they cost memory. */
#define VICI_ELEMENTS_MAX 65536

enum vici_packet {
	VICI_CMD_REQUEST,
	VICI_CMD_RESPONSE,
	VICI_CMD_UNKNOWN,
	VICI_EVENT_REGISTER,
	VICI_EVENT_UNREGISTER,
	VICI_EVENT_CONFIRM,
	VICI_EVENT_UNKNOWN,
	VICI_EVENT,
};

struct vici_head {
	enum vici_packet type;
	char name[256]; /* of a command or an event; empty for the types without one */
	const uint8_t *message;
	size_t size;
};

/*
 * A packet without its length in front; 0, or -1 when it is none. The message
 * points into the packet.
 */
int vici_read_head(const uint8_t *packet, size_t size, struct vici_head *head);

/*
 * A message as a tree, or NULL when it is none or there is no memory. None is
 * also one with a key that is empty or has a NUL inside, or with sections deeper
 * than VICI_DEPTH_MAX. Values may be any octets. What is read is the same octets
 * again when it is written.
 */
struct tree *vici_read(const uint8_t *message, size_t size);

/*
 * A packet with its length in front; the message may be NULL for none, and the
 * name is for the types that have one. *size is its size. NULL without memory,
 * for a name or a key that is empty or longer than 255 octets, a value longer than
 * 65535, too deep a tree, too many elements or too long a packet. It may hold
 * secrets: to be wiped before it is freed.
 */
uint8_t *vici_write(enum vici_packet type, const char *name, const struct tree *message,
		    size_t *size);

#endif
