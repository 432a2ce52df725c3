/* SPDX-License-Identifier: GPL-2.0 */
/* The socket, the family, and what the kernel answers. */

#ifndef _CTL_NL_H
#define _CTL_NL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct nl_msg;
struct nl_sock;
struct nlmsghdr;
struct spec_object;

#define NETLINK_BUFFER 65536

struct netlink {
	struct nl_sock *sock;
	int family; /* number of the dsmip family; 0 for another protocol */
	uint32_t seq;
	bool interrupted; /* a list changed while it was read */
	char *buffer;
};

/* The kernel's no. */
struct refusal {
	int error;            /* an errno, 0 for yes */
	unsigned int attr;    /* number of the attribute that is wrong, or 0 */
	unsigned int missing; /* number of the attribute that is missing, or 0 */
	char text[256];       /* a sentence, or nothing */
};

/* Called for every message of an answer; less than 0 ends the reading. */
typedef int netlink_answer(const struct nlmsghdr *header, void *arg);

int netlink_open(struct netlink *netlink, struct fault *fault);
int netlink_open_xfrm(struct netlink *netlink, struct fault *fault);
int netlink_open_route(struct netlink *netlink, struct fault *fault);
void netlink_close(struct netlink *netlink);

/* Join the group of the notifications. */
int netlink_join(struct netlink *netlink, struct fault *fault);

/* Send, and collect the answer to the last message until it is complete. */
int netlink_ask(struct netlink *netlink, struct nl_msg *msg, netlink_answer *answer, void *arg,
		struct refusal *refusal);

/* The pieces of it, for many messages at once. */
int netlink_send(struct netlink *netlink, const void *data, size_t size, struct refusal *refusal);
int netlink_receive(struct netlink *netlink, struct refusal *refusal);
void netlink_refusal(const struct nlmsghdr *header, const void *asked, struct refusal *refusal);

/* Forget the octets of a message that held a key, and free it. */
void netlink_free_secret(struct nl_msg *msg);

/* A refusal as a sentence; the object, if any, knows the words of attributes. */
int netlink_fault(const struct refusal *refusal, const struct spec_object *object,
		  struct fault *fault);

#endif
