/* SPDX-License-Identifier: GPL-2.0 */
/* What tables are made of: routes in one form, as host-route.c has them. */

#ifndef _SERVICE_HOST_ROUTE_H
#define _SERVICE_HOST_ROUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "host-ask.h"

struct host_route;

/* Into the form in which the kernel tells of it. */
int host_route_normalize(const struct host_route *given, struct host_route *route,
			 struct fault *fault);

/* Add it, with those flags beside NLM_F_CREATE. */
int host_route_put(struct host *host, const struct host_route *route, int flags,
		   struct refusal *refusal);

/* Delete what that message told of: this and no other. */
int host_route_unput(struct host *host, struct nl_msg *told, struct refusal *refusal);

/* All of a table; of one interface when ifindex is not 0. */
int host_route_read(struct host *host, int family, uint32_t table, uint32_t ifindex,
		    struct host_list *list, struct fault *fault);

/*
 * A route that a message tells of, as it goes over that interface; its numbers
 * are the kernel's, none stands for another. False for what does not go there.
 */
bool host_route_take(struct nl_msg *msg, uint32_t ifindex, struct host_route *route);

/* The same way, whatever source it prefers; and the same altogether. */
bool host_route_is_same_way(const struct host_route *a, const struct host_route *b);
bool host_route_is_same(const struct host_route *a, const struct host_route *b);

/* "default of wlan0", "2001:db8::/64 of wlan0" */
#define HOST_ROUTE_TEXT (2 * HOST_TEXT)
const char *host_route_text(const struct host_route *route, char text[HOST_ROUTE_TEXT]);

#endif
