/* SPDX-License-Identifier: GPL-2.0 */
/*
 * XFRM policies for signalling, and what moves with a mobile. charon installs
 * the states (policies = no in its configuration), for its own policies would
 * follow the care-of address into the selectors; the policies are ours. [IP-06]
 * [IP-07] Selected is Mobility Header without a type: XFRM of today matches types
 * only behind an extension header, and the module looks at them itself. [IP-09]
 */

#ifndef _SERVICE_POLICY_H
#define _SERVICE_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct policies;

struct policies *policies_open(struct fault *fault);
void policies_close(struct policies *policies);

/* Both policies (in and out) of HoA <-> HA with that reqid; idempotent. One of
 * another reqid between the same two is replaced. */
int policies_set(struct policies *policies, const uint8_t hoa[16], const uint8_t ha[16],
		 bool home_agent, uint32_t reqid, struct fault *fault);
int policies_del(struct policies *policies, const uint8_t hoa[16], const uint8_t ha[16],
		 bool home_agent, struct fault *fault);

/*
 * Every pair of policies like these, whoever made them: one call a pair. Nothing
 * in a policy tells which of its two ends is the home agent, so the caller says
 * which end it takes this host for; that ha is one of its own is for the caller
 * to see. An answer less than 0 ends it, and is the answer here too.
 */
int policies_each(struct policies *policies, bool home_agent,
		  int (*use)(void *arg, const uint8_t hoa[16], const uint8_t ha[16],
			     uint32_t reqid),
		  void *arg, struct fault *fault);

/*
 * Delete every state of ESP in transport mode over IPv6 with that reqid, except
 * those whose SPIs (as numbers) are in keep. What a charon that was killed left
 * behind.
 */
int policies_purge(struct policies *policies, uint32_t reqid, const uint32_t *keep, size_t count,
		   struct fault *fault);

/*
 * Delete what selects that one address, IPv4 v4-mapped, for ESP in tunnel mode:
 * policies, and the states between the ends of their tunnels but for those whose
 * SPIs are in keep. For when no charon holds such a tunnel any more.
 */
int policies_clear(struct policies *policies, const uint8_t addr[16], const uint32_t *keep,
		   size_t count, struct fault *fault);

/* Every reqid from first to last that a state of ESP transport IPv6 has, once; not
 * of those that wait for a key. An answer less than 0 ends it, and is the answer
 * here too. */
int policies_each_reqid(struct policies *policies, uint32_t first, uint32_t last,
			int (*use)(void *arg, uint32_t reqid), void *arg, struct fault *fault);

/*
 * XFRM_MSG_MIGRATE with XFRMA_KMADDRESS: the endpoints of a key exchange and of
 * what it keyed move from one care-of address to another. charon listens. [IP-12]
 * [IP-14] For signalling (tunnel false) the states stay and only charon hears of
 * it; with tunnel, states and policies of user data move, and charon hears of it
 * when they have: those of that reqid between these ends, whose selector covers
 * hoa, which may be an IPv4 home address, v4-mapped. ha, from and to are of one
 * IP version. That nothing was found to move is no fault, and charon hears
 * nothing then.
 */
struct policy_move {
	bool home_agent; /* which end we are */
	bool tunnel;
	uint32_t reqid;
	uint8_t hoa[16];
	uint8_t ha[16];
	uint8_t from[16];
	uint8_t to[16];
};

int policies_migrate(struct policies *policies, const struct policy_move *move,
		     struct fault *fault);

#endif
