/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the host shall have beside the device: addresses, routes, rules, links.
 * Over libnl-route. All of it is idempotent: to add what is there, or to take
 * away what is not, is no fault. What is there in another form is one, and stays.
 */

#ifndef _SERVICE_HOST_H
#define _SERVICE_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct host;

struct host *host_open(struct fault *fault);
void host_close(struct host *host);

/* Addresses are 16 octets; IPv4 ones are v4-mapped (plen counts from 96 to 128). */

int host_link_up(struct host *host, uint32_t ifindex, bool up, struct fault *fault);

/* A link of kind xfrm with that if_id, up; or the one that is there. A fault when
 * the name, or the if_id, belongs to another link. [3G-21] */
int host_xfrm_link(struct host *host, const char *name, uint32_t if_id, uint32_t *ifindex,
		   struct fault *fault);
/* The one that the former made, in this life or one before; no other. */
int host_xfrm_link_del(struct host *host, const char *name, uint32_t if_id, struct fault *fault);
/* Is it up, and is there something at its other end? */
bool host_has_carrier(struct host *host, uint32_t ifindex);

/* Without duplicate address detection: the home agent answers for it. */
int host_address_add(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		     struct fault *fault);
int host_address_del(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		     struct fault *fault);

/*
 * Every global address of an interface that can be used, IPv4 ones v4-mapped; not
 * one in duplicate address detection, whose end host_changed() tells. An answer
 * less than 0 ends it, and is the answer here too.
 */
int host_each_address(struct host *host, uint32_t ifindex,
		      int (*use)(void *arg, const uint8_t addr[16], int plen), void *arg,
		      struct fault *fault);

struct host_route {
	bool ipv4;
	uint8_t dst[16]; /* :: with plen 0 is the default route; IPv4 v4-mapped */
	int plen;
	uint32_t ifindex;
	uint32_t table;  /* 0 for main */
	uint32_t metric; /* 0 for the kernel's */
	uint8_t via[16]; /* all zero for none; an IPv4 route may have an IPv6 one */
	uint8_t src[16]; /* preferred source, all zero for none */
	bool onlink;     /* via is on the link, whatever other routes say */
};

/*
 * One that goes the same way but prefers another source is replaced. To delete, a
 * route must be the same but for the source: the kernel itself takes the source
 * away from an IPv6 route, and the route from IPv4, when the address goes.
 */
int host_route_add(struct host *host, const struct host_route *route, struct fault *fault);
int host_route_del(struct host *host, const struct host_route *route, struct fault *fault);

/*
 * "from ADDR/PLEN lookup TABLE" at that priority. What an access says from its
 * care-of address leaves by that access, whatever the default route is.
 */
int host_rule_add(struct host *host, const uint8_t src[16], int plen, uint32_t table,
		  uint32_t priority, struct fault *fault);
int host_rule_del(struct host *host, const uint8_t src[16], int plen, uint32_t table,
		  uint32_t priority, struct fault *fault);

/*
 * "to ADDR/PLEN lookup TABLE": the same by where a packet goes. It shows a charon
 * that moves by itself (MOBIKE) which way the mobile node has taken.
 */
int host_rule_to_add(struct host *host, const uint8_t dst[16], int plen, uint32_t table,
		     uint32_t priority, struct fault *fault);
int host_rule_to_del(struct host *host, const uint8_t dst[16], int plen, uint32_t table,
		     uint32_t priority, struct fault *fault);

/*
 * Copy the default routes (IPv6 and IPv4) of an interface from table main into
 * another table, and take away there what main no longer has for it. An
 * interface without neighbours (point to point, or an xfrm link) that has an
 * address but no default route gets one over it. The table is for this interface
 * alone.
 */
int host_mirror_defaults(struct host *host, uint32_t ifindex, uint32_t table, struct fault *fault);

/* All rules at that priority, and all routes of that table; not the kernel's own. */
int host_flush_rules(struct host *host, uint32_t priority, struct fault *fault);
int host_flush_table(struct host *host, uint32_t table, struct fault *fault);

/*
 * Changes of links, addresses and default routes of table main: a descriptor to
 * poll; host_changed() reads it empty and says whether there was any.
 */
int host_fd(const struct host *host);
bool host_changed(struct host *host);

#endif
