/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Home agents by DNS, RFC 5026 section 5.1 and RFC 5555 section 2.1: SRV records
 * of _mip6._ipv6.DOMAIN, or AAAA records of a name. [BS-01] [3G-10]
 */

#ifndef _SERVICE_FIND_H
#define _SERVICE_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;

#define FOUND_MAX 16

struct found {
	uint8_t addr[16]; /* an IPv4 address is v4-mapped */
	char name[256];   /* of the host it was found under */
};

struct finds {
	struct found list[FOUND_MAX];
	size_t count;
};

/*
 * A question under way: in a child process, for the resolver waits. The fd
 * becomes readable when find_ready() may be called.
 */
struct find;
typedef void find_done(void *arg, const struct finds *finds, const char *why);

/*
 * what: a name (its AAAA records, then its A records), or a domain when service
 * is true (SRV, by priority, and by weight among equals as RFC 2782 wants, then
 * the addresses of the targets). NULL with the fault.
 */
struct find *find_open(const char *what, bool service, find_done *done, void *arg,
		       struct fault *fault);
int find_fd(const struct find *find);
/*
 * Calls done once, with why == NULL for at least one address, or a sentence. That
 * is within 20 seconds; what was found by then counts. What done is given is there
 * until it returns, and it may close the find.
 */
void find_ready(struct find *find);
void find_close(struct find *find);

/* ---- pure, for tests and the fuzzer ------------------------------------------ */

struct find_target {
	uint16_t priority;
	uint16_t weight;
	uint16_t port;
	char name[256];
};

/* The targets of an answer from the wire, at most max; -1 for a broken answer. */
int find_targets(const uint8_t *answer, size_t size, struct find_target *targets, size_t max);

/* Into the order of trying; the random source gives numbers below its argument. */
void find_order(struct find_target *targets, size_t count,
		uint32_t (*random)(void *arg, uint32_t below), void *arg);

#endif
