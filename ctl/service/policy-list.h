/* SPDX-License-Identifier: GPL-2.0 */
/* What policy.c and policy-move.c share: the socket, and lists of policies. */

#ifndef _SERVICE_POLICY_LIST_H
#define _SERVICE_POLICY_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "../xfrm.h"

struct fault;

struct policies {
	struct netlink xfrm;
};

struct policy_list {
	struct xfrm_policy_seen *list;
	size_t count;
};

typedef bool policy_is_wanted(const struct xfrm_policy_seen *seen, const void *arg);

/* Those that are wanted. The list is empty after a fault; free it in any case. */
int policy_list_read(struct policies *policies, struct policy_list *list,
		     policy_is_wanted *is_wanted, const void *arg, struct fault *fault);
void policy_list_free(struct policy_list *list);

#endif
