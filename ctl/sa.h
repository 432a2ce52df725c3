/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The security associations of the signalling. They are XFRM's: states of ESP
 * in transport mode between home address and home agent, and two policies that
 * ask for them on Mobility Header messages. Keys pass through here on their way
 * to XFRM and are forgotten; the dsmip family never sees them.
 */

#ifndef _CTL_SA_H
#define _CTL_SA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct options;

#define SA_KEY_SIZE 512

/* The words, as places and as bits of what is given. */
enum sa_word {
	SA_DEV,
	SA_HOA,
	SA_HA,
	SA_REQID,
	SA_SPI_IN,
	SA_SPI_OUT,
	SA_AEAD,
	SA_ENC,
	SA_AUTH_TRUNC,
	SA_REPLAY_WINDOW,
};

#define SA_BIT(word) (1u << (word))

struct sa_algorithm {
	char name[64];
	uint8_t key[SA_KEY_SIZE];
	size_t key_size; /* octets */
	uint32_t bits;   /* of the check value */
};

struct sa {
	uint32_t given;
	const char *dev;
	bool home_agent; /* what dev is, once that is known */
	uint8_t hoa[16];
	uint8_t ha[16];
	uint32_t reqid;
	uint32_t spi_in;
	uint32_t spi_out;
	uint8_t replay_window;
	struct sa_algorithm aead;
	struct sa_algorithm enc;
	struct sa_algorithm auth;
};

enum sa_verb {
	SA_SHOW,
	SA_ADD,
	SA_DEL,
};

/* Keys are wiped from the words as they are read. */
int sa_read(struct sa *sa, enum sa_verb *verb, int argc, char **argv, struct fault *fault);

int sa_add(const struct sa *sa, struct fault *fault);
int sa_del(const struct sa *sa, struct fault *fault);
int sa_show(const struct sa *sa, const struct options *options, struct fault *fault);

/* A state of ESP in transport mode over IPv6, without its key. */
struct sa_state {
	uint8_t src[16];
	uint8_t dst[16];
	uint32_t spi;
	uint32_t reqid;
	uint32_t replay_window;
	uint64_t packets;
	uint64_t octets;
	char aead[64];
	char enc[64];
	char auth[64];
	uint32_t bits;
};

struct netlink;

/* Every such state; the answer is less than 0 to end it. */
int sa_each_state(struct netlink *xfrm, int (*use)(const struct sa_state *state, void *arg),
		  void *arg, struct fault *fault);

#endif
