// SPDX-License-Identifier: GPL-2.0
/* Tables of routes as a whole, and the rules that lead to them. */

#include "host.h"

#include <errno.h>
#include <string.h>

#include <linux/fib_rules.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/msg.h>
#include <netlink/route/link.h>
#include <netlink/route/route.h>
#include <netlink/route/rule.h>

#include "../fault.h"
#include "host-ask.h"
#include "host-route.h"

/* More default routes of one interface than anybody has. */
#define DEFAULTS_MAX 16

static const int families[] = { AF_INET6, AF_INET };

/* ---- default routes ------------------------------------------------------------------ */

struct defaults {
	struct host_route list[DEFAULTS_MAX];
	size_t count;
};

static bool is_default(const struct host_route *route)
{
	return route->plen == (route->ipv4 ? 96 : 0);
}

static const struct host_route *of_metric(const struct defaults *defaults, uint32_t metric)
{
	for (size_t i = 0; i < defaults->count; i++)
		if (defaults->list[i].metric == metric)
			return &defaults->list[i];
	return NULL;
}

/* Of several with one metric the first: a table has one of each metric, too. */
static int want_of_main(struct host *host, int family, uint32_t ifindex, struct defaults *wanted,
			struct fault *fault)
{
	struct host_list list;
	int err = host_route_read(host, family, RT_TABLE_MAIN, ifindex, &list, fault);

	for (size_t i = 0; i < list.count && wanted->count < DEFAULTS_MAX; i++) {
		struct host_route *next = &wanted->list[wanted->count];

		if (host_route_take(list.list[i], ifindex, next) && is_default(next) &&
		    !of_metric(wanted, next->metric))
			wanted->count++;
	}
	host_list_free(&list);
	return err;
}

struct look {
	bool ipv4;
	bool found;
};

static int see_address(void *arg, const uint8_t addr[16], int plen)
{
	struct look *look = arg;

	(void)plen;
	look->found |= host_is_ipv4(addr) == look->ipv4;
	return 0;
}

/* Where there are no neighbours a route needs no gateway. */
static int want_over_link(struct host *host, int family, uint32_t ifindex, struct defaults *wanted,
			  struct fault *fault)
{
	struct host_route over_link = { .ipv4 = family == AF_INET, .ifindex = ifindex };
	struct look look = { .ipv4 = over_link.ipv4 };
	unsigned int flags;

	if (host_link_flags(host, ifindex, &flags, fault))
		return -1;
	if (!(flags & IFF_UP) || !(flags & (IFF_POINTOPOINT | IFF_NOARP)))
		return 0;
	if (host_each_address(host, ifindex, see_address, &look, fault))
		return -1;
	if (!look.found)
		return 0;
	return host_route_normalize(&over_link, &wanted->list[wanted->count++], fault);
}

/* What has the metric of one that is wanted makes room when that comes. */
static int take_away(struct host *host, struct host_list *list, uint32_t ifindex,
		     const struct defaults *wanted, struct fault *fault)
{
	for (size_t i = 0; i < list->count; i++) {
		struct host_route route;
		struct refusal refusal;
		char text[HOST_ROUTE_TEXT];

		if (!host_route_take(list->list[i], ifindex, &route) || !is_default(&route) ||
		    of_metric(wanted, route.metric))
			continue;
		if (host_route_unput(host, list->list[i], &refusal))
			return host_refused(fault, &refusal, "route %s in table %u",
					    host_route_text(&route, text), route.table);
	}
	return 0;
}

static bool is_there(struct host_list *list, const struct host_route *wanted)
{
	for (size_t i = 0; i < list->count; i++) {
		struct host_route route;

		if (host_route_take(list->list[i], wanted->ifindex, &route) &&
		    host_route_is_same(&route, wanted))
			return true;
	}
	return false;
}

static int mirror(struct host *host, int family, uint32_t ifindex, uint32_t table,
		  struct defaults *wanted, struct fault *fault)
{
	struct host_list list;
	int err = host_route_read(host, family, table, ifindex, &list, fault);

	if (!err)
		err = take_away(host, &list, ifindex, wanted, fault);
	for (size_t i = 0; i < wanted->count && !err; i++) {
		struct host_route *route = &wanted->list[i];
		struct refusal refusal;
		char text[HOST_ROUTE_TEXT];

		route->table = table;
		if (!is_there(&list, route) && host_route_put(host, route, NLM_F_REPLACE, &refusal))
			err = host_refused(fault, &refusal, "route %s in table %u",
					   host_route_text(route, text), table);
	}
	host_list_free(&list);
	return err;
}

/* Is it a table that people have for themselves, or nobody at all? */
static int check_table(uint32_t table, struct fault *fault)
{
	if (table && table != RT_TABLE_MAIN && table != RT_TABLE_LOCAL && table != RT_TABLE_DEFAULT)
		return 0;
	return fault_refused(fault, "table %u is the kernel's own: choose another", table);
}

int host_mirror_defaults(struct host *host, uint32_t ifindex, uint32_t table, struct fault *fault)
{
	if (check_table(table, fault))
		return -1;
	for (size_t f = 0; f < 2; f++) {
		struct defaults wanted = { .count = 0 };

		if (want_of_main(host, families[f], ifindex, &wanted, fault))
			return -1;
		if (!wanted.count && want_over_link(host, families[f], ifindex, &wanted, fault))
			return -1;
		if (mirror(host, families[f], ifindex, table, &wanted, fault))
			return -1;
	}
	return 0;
}

int host_flush_table(struct host *host, uint32_t table, struct fault *fault)
{
	if (check_table(table, fault))
		return -1;
	for (size_t f = 0; f < 2; f++) {
		struct host_list list;
		struct refusal refusal;
		int err = host_route_read(host, families[f], table, 0, &list, fault);

		for (size_t i = 0; i < list.count && !err; i++)
			if (host_route_unput(host, list.list[i], &refusal))
				err = host_refused(fault, &refusal, "a route of table %u", table);
		host_list_free(&list);
		if (err)
			return err;
	}
	return 0;
}

/* ---- rules ----------------------------------------------------------------------------- */

/* What a rule selects by: where a packet comes from, or where it goes. */
enum side {
	SIDE_FROM,
	SIDE_TO,
};

static struct rtnl_rule *make_rule(enum side side, const uint8_t addr[16], int plen, uint32_t table,
				   uint32_t priority)
{
	struct rtnl_rule *rule = rtnl_rule_alloc();
	uint8_t masked[16];
	struct nl_addr *at;

	memcpy(masked, addr, 16);
	host_mask(masked, plen);
	at = host_addr(masked, plen);
	if (rule && at) {
		rtnl_rule_set_family(rule, nl_addr_get_family(at));
		if (side == SIDE_FROM)
			rtnl_rule_set_src(rule, at);
		else
			rtnl_rule_set_dst(rule, at);
		rtnl_rule_set_table(rule, table);
		rtnl_rule_set_prio(rule, priority);
		rtnl_rule_set_action(rule, FR_ACT_TO_TBL);
	} else {
		rtnl_rule_put(rule);
		rule = NULL;
	}
	nl_addr_put(at);
	return rule;
}

static int refused_rule(enum side side, const uint8_t addr[16], int plen,
			const struct refusal *refusal, struct fault *fault)
{
	char text[HOST_TEXT];

	return host_refused(fault, refusal, "rule %s %s", side == SIDE_FROM ? "from" : "to",
			    host_text(addr, plen, text));
}

static int add_rule(struct host *host, enum side side, const uint8_t addr[16], int plen,
		    uint32_t table, uint32_t priority, struct fault *fault)
{
	struct rtnl_rule *rule;
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	int err = -1;

	if (host_check_plen(addr, plen, fault))
		return -1;
	rule = make_rule(side, addr, plen, table, priority);
	if (rule)
		err = rtnl_rule_build_add_request(rule, NLM_F_CREATE | NLM_F_EXCL, &msg);
	rtnl_rule_put(rule);
	if (!host_ask(host, err, msg, &refusal) || refusal.error == EEXIST)
		return 0;
	return refused_rule(side, addr, plen, &refusal, fault);
}

static int del_rule(struct host *host, enum side side, const uint8_t addr[16], int plen,
		    uint32_t table, uint32_t priority, struct fault *fault)
{
	struct rtnl_rule *rule;
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	int err = -1;

	if (host_check_plen(addr, plen, fault))
		return -1;
	rule = make_rule(side, addr, plen, table, priority);
	if (rule)
		err = rtnl_rule_build_delete_request(rule, 0, &msg);
	rtnl_rule_put(rule);
	if (!host_ask(host, err, msg, &refusal) || refusal.error == ENOENT)
		return 0;
	return refused_rule(side, addr, plen, &refusal, fault);
}

int host_rule_add(struct host *host, const uint8_t src[16], int plen, uint32_t table,
		  uint32_t priority, struct fault *fault)
{
	return add_rule(host, SIDE_FROM, src, plen, table, priority, fault);
}

int host_rule_del(struct host *host, const uint8_t src[16], int plen, uint32_t table,
		  uint32_t priority, struct fault *fault)
{
	return del_rule(host, SIDE_FROM, src, plen, table, priority, fault);
}

int host_rule_to_add(struct host *host, const uint8_t dst[16], int plen, uint32_t table,
		     uint32_t priority, struct fault *fault)
{
	return add_rule(host, SIDE_TO, dst, plen, table, priority, fault);
}

int host_rule_to_del(struct host *host, const uint8_t dst[16], int plen, uint32_t table,
		     uint32_t priority, struct fault *fault)
{
	return del_rule(host, SIDE_TO, dst, plen, table, priority, fault);
}

/* The kernel deletes the first that fits what is said, and only the priority is. */
static int delete_rule(struct host *host, int family, uint32_t priority, struct refusal *refusal)
{
	struct fib_rule_hdr body = { .family = family };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_DELRULE, 0);

	if (msg) {
		nlmsg_append(msg, &body, sizeof(body), NLMSG_ALIGNTO);
		nla_put_u32(msg, FRA_PRIORITY, priority);
	}
	return host_ask(host, msg ? 0 : -1, msg, refusal);
}

int host_flush_rules(struct host *host, uint32_t priority, struct fault *fault)
{
	/* Those that lead to tables local, main and default. */
	if (!priority || priority == 32766 || priority == 32767)
		return fault_refused(fault, "rules of priority %u are the kernel's own", priority);
	for (size_t f = 0; f < 2; f++) {
		struct refusal refusal;

		while (!delete_rule(host, families[f], priority, &refusal))
			;
		if (refusal.error != ENOENT)
			return host_refused(fault, &refusal, "rules of priority %u", priority);
	}
	return 0;
}
