/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is said to XFRM about two ends, home address and home agent: messages of
 * states of ESP in transport mode between the two, and of the policies that ask
 * for them on Mobility Header messages.
 */

#ifndef _CTL_XFRM_H
#define _CTL_XFRM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/xfrm.h>

#include "nl.h"

/* One way between the two: towards the home agent, or from it. */
struct xfrm_way {
	const uint8_t *src;
	const uint8_t *dst;
	uint8_t dir; /* of the policy */
};

/* The way in and the way out; they point to the addresses given. */
void xfrm_find_ways(const uint8_t *hoa, const uint8_t *ha, bool home_agent,
		    struct xfrm_way ways[2]);

void xfrm_fill_selector(struct xfrm_selector *selector, const struct xfrm_way *way,
			uint8_t protocol);
void xfrm_fill_lifetime(struct xfrm_lifetime_cfg *lifetime);

/* Messages, or NULL without memory. */
struct nl_msg *xfrm_message(int type, const void *body, size_t size);
struct nl_msg *xfrm_state_id(int type, const struct xfrm_way *way, uint32_t spi);
struct nl_msg *xfrm_policy_id(int type, const struct xfrm_way *way);
/* Of type NEW, or UPD to replace what is there. */
struct nl_msg *xfrm_policy(int type, const struct xfrm_way *way, uint32_t reqid);

/* Ask, and forget what was asked: it may have held a key. The message may be NULL. */
int xfrm_ask(struct netlink *xfrm, struct nl_msg *msg, netlink_answer *answer, void *arg,
	     struct refusal *refusal);

/* A policy of the main type with one template, as an answer tells it; or -1. */
struct xfrm_policy_seen {
	struct xfrm_userpolicy_info info;
	struct xfrm_user_tmpl tmpl;
	uint32_t if_id;
};

int xfrm_read_policy(const struct nlmsghdr *header, struct xfrm_policy_seen *seen);

/* The reqid of the policy of this way; 0 for none, or for one of another shape. */
uint32_t xfrm_policy_reqid(struct netlink *xfrm, const struct xfrm_way *way);

#endif
