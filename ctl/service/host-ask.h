/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of host share: questions to the kernel, and addresses. */

#ifndef _SERVICE_HOST_ASK_H
#define _SERVICE_HOST_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../nl.h"

struct fault;
struct nl_addr;

struct host {
	struct netlink ask;
	struct netlink events;
};

/*
 * Ask for a deed and wait for its end. The message, made by libnl-route with err
 * as its answer, is freed; there is none when err is not 0.
 */
int host_ask(struct host *host, int err, struct nl_msg *msg, struct refusal *refusal);

/* "What: why", -1. */
__attribute__((format(printf, 3, 4))) int
host_refused(struct fault *fault, const struct refusal *refusal, const char *format, ...);

/* Messages that the kernel listed, copied: so what is done about them may ask. */
struct host_list {
	struct nl_msg **list;
	size_t count;
};

/* The message, which may be NULL, is freed; the list is to be freed in any case. */
int host_read(struct host *host, struct nl_msg *msg, struct host_list *list, struct fault *fault);
void host_list_free(struct host_list *list);

bool host_is_ipv4(const uint8_t addr[16]);
bool host_is_any(const uint8_t addr[16]);

/* Is plen a prefix length of an address of that kind? A fault when not. */
int host_check_plen(const uint8_t addr[16], int plen, struct fault *fault);

/* What is behind the prefix becomes zero. */
void host_mask(uint8_t addr[16], int plen);

/* NULL without memory. */
struct nl_addr *host_addr(const uint8_t addr[16], int plen);

/* The other way; false when it is none of IP, and addr is all zero then. */
bool host_take_addr(const struct nl_addr *from, uint8_t addr[16]);

/* The flags of an interface, IFF_UP and the like; none when it is gone. */
int host_link_flags(struct host *host, uint32_t ifindex, unsigned int *flags, struct fault *fault);

/* "2001:db8::7/64", for sentences; with plen below 0 only the address. */
#define HOST_TEXT 64
const char *host_text(const uint8_t addr[16], int plen, char text[HOST_TEXT]);
/* The name of an interface, or "interface N" when it is gone. */
const char *host_name(uint32_t ifindex, char text[HOST_TEXT]);

#endif
