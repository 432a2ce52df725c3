// SPDX-License-Identifier: GPL-2.0

#include "host-route.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/rtnetlink.h>
#include <netlink/msg.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>

#include "../fault.h"
#include "host.h"

/* What the kernel makes of an IPv6 metric of 0. */
#define IPV6_METRIC 1024

static const uint8_t any4[16] = { [10] = 0xff, [11] = 0xff };

const char *host_route_text(const struct host_route *route, char text[HOST_ROUTE_TEXT])
{
	char to[HOST_TEXT] = "default";
	char name[HOST_TEXT];

	if (route->plen > (route->ipv4 ? 96 : 0))
		host_text(route->dst, route->plen, to);
	snprintf(text, HOST_ROUTE_TEXT, "%s of %s", to, host_name(route->ifindex, name));
	return text;
}

int host_route_normalize(const struct host_route *given, struct host_route *route,
			 struct fault *fault)
{
	char text[HOST_ROUTE_TEXT];

	*route = *given;
	if (route->ipv4 && !route->plen && host_is_any(route->dst)) {
		memcpy(route->dst, any4, 16);
		route->plen = 96;
	}
	if (host_check_plen(route->dst, route->plen, fault))
		return -1;
	if (route->ipv4 != host_is_ipv4(route->dst) || (!route->ipv4 && host_is_ipv4(route->via)) ||
	    (!host_is_any(route->src) && route->ipv4 != host_is_ipv4(route->src)))
		return fault_refused(fault, "route %s: its addresses are of IPv4 and of IPv6",
				     host_route_text(route, text));
	host_mask(route->dst, route->plen);
	if (!route->table)
		route->table = RT_TABLE_MAIN;
	if (!route->metric && !route->ipv4)
		route->metric = IPV6_METRIC;
	return 0;
}

bool host_route_is_same_way(const struct host_route *a, const struct host_route *b)
{
	return a->ipv4 == b->ipv4 && a->plen == b->plen && !memcmp(a->dst, b->dst, 16) &&
	       a->ifindex == b->ifindex && a->table == b->table && a->metric == b->metric &&
	       !memcmp(a->via, b->via, 16);
}

bool host_route_is_same(const struct host_route *a, const struct host_route *b)
{
	return host_route_is_same_way(a, b) && !memcmp(a->src, b->src, 16) &&
	       a->onlink == b->onlink;
}

/* ---- to the kernel ------------------------------------------------------------------ */

/* Takes what it is given; an IPv6 gateway of an IPv4 route has its own attribute. */
static struct rtnl_nexthop *make_hop(const struct host_route *route)
{
	struct rtnl_nexthop *hop = rtnl_route_nh_alloc();
	struct nl_addr *via = host_addr(route->via, 128);

	if (hop && via) {
		rtnl_route_nh_set_ifindex(hop, route->ifindex);
		if (route->onlink)
			rtnl_route_nh_set_flags(hop, RTNH_F_ONLINK);
		if (host_is_any(route->via))
			;
		else if (route->ipv4 == host_is_ipv4(route->via))
			rtnl_route_nh_set_gateway(hop, via);
		else
			rtnl_route_nh_set_via(hop, via);
	} else if (hop) {
		rtnl_route_nh_free(hop);
		hop = NULL;
	}
	nl_addr_put(via);
	return hop;
}

static void fill_route(struct rtnl_route *made, const struct host_route *route, struct nl_addr *dst,
		       struct nl_addr *src)
{
	bool over_link = route->ipv4 && host_is_any(route->via);

	rtnl_route_set_family(made, route->ipv4 ? AF_INET : AF_INET6);
	rtnl_route_set_dst(made, dst);
	rtnl_route_set_table(made, route->table);
	rtnl_route_set_priority(made, route->metric);
	rtnl_route_set_scope(made, over_link ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE);
	if (!host_is_any(route->src))
		rtnl_route_set_pref_src(made, src);
}

static struct rtnl_route *make_route(const struct host_route *route)
{
	struct rtnl_route *made = rtnl_route_alloc();
	struct nl_addr *dst = host_addr(route->dst, route->plen);
	struct nl_addr *src = host_addr(route->src, 128);
	struct rtnl_nexthop *hop = make_hop(route);

	if (made && dst && src && hop) {
		fill_route(made, route, dst, src);
		rtnl_route_add_nexthop(made, hop);
	} else {
		if (hop)
			rtnl_route_nh_free(hop);
		rtnl_route_put(made);
		made = NULL;
	}
	nl_addr_put(dst);
	nl_addr_put(src);
	return made;
}

int host_route_put(struct host *host, const struct host_route *route, int flags,
		   struct refusal *refusal)
{
	struct rtnl_route *made = make_route(route);
	struct nl_msg *msg = NULL;
	int err = -1;

	if (made)
		err = rtnl_route_build_add_request(made, flags | NLM_F_CREATE, &msg);
	rtnl_route_put(made);
	return host_ask(host, err, msg, refusal);
}

int host_route_unput(struct host *host, struct nl_msg *told, struct refusal *refusal)
{
	struct nl_msg *msg = nlmsg_convert(nlmsg_hdr(told));

	if (msg) {
		nlmsg_hdr(msg)->nlmsg_type = RTM_DELROUTE;
		nlmsg_hdr(msg)->nlmsg_flags = 0;
	}
	if (!host_ask(host, msg ? 0 : -1, msg, refusal) || refusal->error == ESRCH)
		return 0;
	return -1;
}

/* ---- from the kernel ---------------------------------------------------------------- */

int host_route_read(struct host *host, int family, uint32_t table, uint32_t ifindex,
		    struct host_list *list, struct fault *fault)
{
	struct rtmsg body = { .rtm_family = family };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP);

	if (msg) {
		nlmsg_append(msg, &body, sizeof(body), NLMSG_ALIGNTO);
		nla_put_u32(msg, RTA_TABLE, table);
		if (ifindex)
			nla_put_u32(msg, RTA_OIF, ifindex);
	}
	return host_read(host, msg, list, fault);
}

/* Several ways to one destination may be one route: the first that goes there. */
static bool take_hop(struct rtnl_route *told, struct host_route *route)
{
	for (int i = 0; i < rtnl_route_get_nnexthops(told); i++) {
		struct rtnl_nexthop *hop = rtnl_route_nexthop_n(told, i);
		struct nl_addr *via = rtnl_route_nh_get_gateway(hop);
		unsigned int flags = rtnl_route_nh_get_flags(hop);

		if ((uint32_t)rtnl_route_nh_get_ifindex(hop) != route->ifindex ||
		    (flags & RTNH_F_DEAD))
			continue;
		host_take_addr(via ? via : rtnl_route_nh_get_via(hop), route->via);
		route->onlink = flags & RTNH_F_ONLINK;
		return true;
	}
	return false;
}

bool host_route_take(struct nl_msg *msg, uint32_t ifindex, struct host_route *route)
{
	struct rtnl_route *told;
	bool taken;

	if (rtnl_route_parse(nlmsg_hdr(msg), &told))
		return false;
	*route = (struct host_route){
		.ipv4 = rtnl_route_get_family(told) == AF_INET,
		.plen = nl_addr_get_prefixlen(rtnl_route_get_dst(told)),
		.ifindex = ifindex,
		.table = rtnl_route_get_table(told),
		.metric = rtnl_route_get_priority(told),
	};
	/* The destination of a default route has no octets. */
	if (!host_take_addr(rtnl_route_get_dst(told), route->dst) && route->ipv4)
		memcpy(route->dst, any4, 16);
	if (route->ipv4)
		route->plen += 96;
	host_take_addr(rtnl_route_get_pref_src(told), route->src);
	taken = rtnl_route_get_type(told) == RTN_UNICAST && take_hop(told, route);
	rtnl_route_put(told);
	return taken;
}

/* The message that tells of this way, if there is one; and the source it prefers. */
static struct nl_msg *find_way(const struct host_list *list, const struct host_route *route,
			       struct host_route *found)
{
	for (size_t i = 0; i < list->count; i++)
		if (host_route_take(list->list[i], route->ifindex, found) &&
		    host_route_is_same_way(found, route))
			return list->list[i];
	return NULL;
}

/* ---- both ----------------------------------------------------------------------------- */

static int list_like(struct host *host, const struct host_route *route, struct host_list *list,
		     struct fault *fault)
{
	return host_route_read(host, route->ipv4 ? AF_INET : AF_INET6, route->table, route->ifindex,
			       list, fault);
}

static int refused(const struct host_route *route, const struct refusal *refusal,
		   struct fault *fault)
{
	char text[HOST_ROUTE_TEXT];

	return host_refused(fault, refusal, "route %s", host_route_text(route, text));
}

static int replace(struct host *host, struct nl_msg *told, const struct host_route *route,
		   struct fault *fault)
{
	struct refusal refusal;

	if (host_route_unput(host, told, &refusal) ||
	    host_route_put(host, route, NLM_F_EXCL, &refusal))
		return refused(route, &refusal, fault);
	return 0;
}

/* Something is there: the same, or one of the same way, or another. */
static int settle(struct host *host, const struct host_route *route, struct fault *fault)
{
	struct host_route found;
	struct host_list list;
	char text[HOST_ROUTE_TEXT];
	int err = list_like(host, route, &list, fault);
	struct nl_msg *told = err ? NULL : find_way(&list, route, &found);

	if (told && !host_route_is_same(&found, route))
		err = replace(host, told, route, fault);
	else if (!told && !err)
		err = fault_refused(fault,
				    "route %s: another is there with metric %u: choose "
				    "another metric, or delete that route",
				    host_route_text(route, text), route->metric);
	host_list_free(&list);
	return err;
}

int host_route_add(struct host *host, const struct host_route *given, struct fault *fault)
{
	struct host_route route;
	struct refusal refusal;

	if (host_route_normalize(given, &route, fault))
		return -1;
	if (!host_route_put(host, &route, NLM_F_EXCL, &refusal))
		return 0;
	if (refusal.error == EEXIST)
		return settle(host, &route, fault);
	return refused(&route, &refusal, fault);
}

int host_route_del(struct host *host, const struct host_route *given, struct fault *fault)
{
	struct host_route route;
	struct host_route found;
	struct host_list list;
	struct refusal refusal;
	struct nl_msg *told;
	int err;

	if (host_route_normalize(given, &route, fault))
		return -1;
	err = list_like(host, &route, &list, fault);
	told = err ? NULL : find_way(&list, &route, &found);
	if (told && host_route_unput(host, told, &refusal))
		err = refused(&route, &refusal, fault);
	host_list_free(&list);
	return err;
}
