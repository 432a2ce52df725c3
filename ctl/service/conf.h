/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The configuration of the service: one thing a line, in the words of the command
 * line; # begins a comment. dsmipctl-run(8) has it all.
 */

#ifndef _SERVICE_CONF_H
#define _SERVICE_CONF_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "words.h"

struct fault;
struct tree;

#define CONF_NAME 64

/* Who moves the key exchange when the mobile moves. [IP-14] */
enum conf_moves {
	MOVES_MOBIKE,  /* charon by itself, RFC 4555 [IP-17] */
	MOVES_MIGRATE, /* we by XFRM migrate: the K bit, RFC 4877 7.4 */
	MOVES_NONE,    /* nobody: a new IKE SA after a move */
};

/* Where an IPv4 home address comes from. [3G-04] */
enum conf_hoa4 {
	HOA4_NO,
	HOA4_IKE,     /* asked for in the key exchange */
	HOA4_BINDING, /* asked for in the Binding Update */
};

/* How the home agent is found. [3G-10] */
enum conf_find {
	FIND_PEER, /* whom the connection names */
	FIND_ADDRESS,
	FIND_NAME,   /* AAAA, A */
	FIND_DOMAIN, /* SRV */
};

/* gateway connection NAME dev DEV ... */
struct conf_gateway {
	struct conf_gateway *next;
	char conn[CONF_NAME];
	char dev[IFNAMSIZ];
	uint64_t plen; /* of the home network prefix that a mobile has around its address */
	uint64_t pool;
	uint64_t moves;
	uint64_t lifetime_max;
	uint64_t account;
};

/* session connection NAME dev DEV ... */
struct conf_session {
	struct conf_session *next;
	char conn[CONF_NAME];
	char dev[IFNAMSIZ];
	enum conf_find find;
	uint8_t ha[16];
	char name[256];
	uint64_t plen;
	uint64_t hoa4;
	uint64_t lifetime;
	uint64_t moves;
	uint64_t route;   /* a default route over the device */
	uint64_t payload; /* user data protected by ESP in tunnel mode [IP-05] [3G-23] */
	uint64_t router;  /* the R flag: the whole prefix [3G-30] */
	char id[256];     /* identity for the Binding Update [ID-01] */
	uint32_t number;  /* which of the sessions */
};

/* access link LINK dev DEV preference N table T */
struct conf_access {
	struct conf_access *next;
	char link[IFNAMSIZ];
	char dev[IFNAMSIZ];
	uint64_t preference;
	uint64_t table;
	uint64_t if_id; /* not 0: made by the service, inside the tunnel to an ePDG */
};

/* epdg connection NAME link LINK over LINK */
struct conf_epdg {
	struct conf_epdg *next;
	char conn[CONF_NAME];
	char link[IFNAMSIZ];
	char over[IFNAMSIZ];
	struct conf_access access;
};

/* do LINE: a line of dsmipctl that shall hold. */
struct conf_line {
	struct conf_line *next;
	struct words words;
	unsigned long number;
};

/* route PREFIX dev DEV: home addresses into a gateway's device. */
struct conf_route {
	struct conf_route *next;
	char dev[IFNAMSIZ];
	uint8_t dst[16];
	int plen; /* of the v4-mapped address for IPv4 */
	bool ipv4;
};

struct conf {
	char vici[108];
	uint32_t reqid_first;
	uint32_t reqid_last;
	uint32_t hold;     /* seconds that state outlives a charon that vanished */
	uint32_t linger;   /* seconds that it outlives a deleted IKE SA */
	uint32_t attempts; /* at the same time */
	struct conf_gateway *gateways;
	struct conf_session *sessions;
	struct conf_access *accesses;
	struct conf_epdg *epdgs;
	struct conf_line *lines;
	struct conf_route *routes;
	struct tree *connections; /* a section each, as charon is to load them */
};

/* NULL with the fault: file, line, what is wrong and what is expected. */
struct conf *conf_read(const char *path, struct fault *fault);
void conf_free(struct conf *conf);

/* The section of a connection; there is one for every connection that is named. */
struct tree *conf_connection(const struct conf *conf, const char *conn);

#endif
