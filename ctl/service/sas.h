/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What charon has: its IKE SAs and their children, as its events and its listing
 * tell. Events may come in any order and may be missed; every message about an
 * IKE SA describes it, so a late one mends what was missed. The roles look here
 * at what is, never at an event.
 */

#ifndef _SERVICE_SAS_H
#define _SERVICE_SAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tree;

struct child {
	struct child *next;
	uint32_t unique;
	uint32_t reqid;
	char name[64];
	bool installed;
	bool transport; /* one of ours protects signalling; a tunnel, user data */
	uint32_t spi_in;
	uint32_t spi_out;
	uint64_t in_octets;
	uint64_t out_octets;
	uint8_t local[16]; /* of the first selector, if that is one IPv6 host */
	uint8_t remote[16];
};

struct ike {
	struct ike *next;
	struct ike *same_unique; /* the next with that hash of it */
	struct ike *same_conn;
	uint32_t unique;
	char conn[64];
	char peer[254]; /* the identity that EAP proved, or else IKE's */
	bool established;
	bool nat;          /* between the two, or at least one of them believes so */
	uint8_t local[16]; /* addresses that the exchange itself uses; IPv4 v4-mapped */
	uint8_t remote[16];
	uint8_t vip[16];  /* virtual IPv6 address, of whoever asked for one, all zero for none */
	uint8_t vip4[16]; /* IPv4, v4-mapped, all zero for none */
	struct child *children;
	bool dirty; /* something was said about it; the service clears that */
	bool gone;  /* it was deleted; the service forgets it then */
	unsigned int misses;
};

#define SAS_HASH 256

struct sas {
	struct ike *first;
	struct ike *by_unique[SAS_HASH];
	struct ike *by_conn[SAS_HASH];
	unsigned long events;
};

void sas_event(struct sas *sas, const char *name, const struct tree *message);

/*
 * A listing: begin, every list-sa, end. What is not in it is gone. Listings that
 * pass over SAs that are busy (noblock) must be two that miss it.
 */
void sas_list_begin(struct sas *sas);
void sas_list(struct sas *sas, const struct tree *message);
void sas_list_end(struct sas *sas, bool noblock);

struct ike *sas_find(const struct sas *sas, uint32_t unique);

/* The newest of a connection that is established. */
struct ike *sas_newest(const struct sas *sas, const char *conn);

/* The SPIs of every child that there is, at most max of them. */
size_t sas_spis(const struct sas *sas, uint32_t *spis, size_t max);

/* Forget those that are gone, or all. */
void sas_forget(struct sas *sas, bool all);

/* The newest child in transport mode that is installed with that reqid. */
struct child *ike_child(const struct ike *ike, uint32_t reqid);
/* The newest child of that name that is installed. */
struct child *ike_child_named(const struct ike *ike, const char *name);

/* An address as charon writes it; IPv4 becomes v4-mapped. 0 or -1. */
int sas_address(const char *text, uint8_t addr[16]);
/* Is it one of those? */
bool sas_is_ipv4(const uint8_t addr[16]);

#endif
