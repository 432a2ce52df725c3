// SPDX-License-Identifier: GPL-2.0
/* XFRM, the host's links, addresses, routes and rules, and a resolver. */

#include "world.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include "fault.h"
#include "find.h"
#include "host.h"
#include "policy.h"

#define LARVAL_MS 30000

/* ---- links --------------------------------------------------------------------------- */

static bool host_is_changed;

struct world_link *world_link(uint32_t ifindex)
{
	struct world_link *link = world.links;

	while (link && link->ifindex != ifindex)
		link = link->next;
	return link;
}

/* As if_nametoindex(). */
uint32_t world_ifindex(const char *name)
{
	struct world_link *link = world.links;

	while (link && strcmp(link->name, name))
		link = link->next;
	return link ? link->ifindex : 0;
}

struct world_link *world_link_add(const char *name)
{
	struct world_link *link = calloc(1, sizeof(*link));

	snprintf(link->name, sizeof(link->name), "%s", name);
	link->ifindex = world.ifindex++;
	link->next = world.links;
	world.links = link;
	host_is_changed = true;
	return link;
}

static void drop_entries(uint32_t ifindex)
{
	struct world_host_entry **at = &world.entries;

	while (*at) {
		struct world_host_entry *entry = *at;

		if (entry->kind >= WORLD_RULE || entry->ifindex != ifindex) {
			at = &entry->next;
			continue;
		}
		*at = entry->next;
		free(entry);
	}
}

void world_link_del(uint32_t ifindex)
{
	for (struct world_link **at = &world.links; *at; at = &(*at)->next) {
		struct world_link *link = *at;

		if (link->ifindex != ifindex)
			continue;
		*at = link->next;
		free(link);
		drop_entries(ifindex);
		host_is_changed = true;
		return;
	}
}

/* ---- the host ---------------------------------------------------------------------------- */

struct host {
	int nothing;
};

struct host *host_open(struct fault *fault)
{
	(void)fault;
	return calloc(1, sizeof(struct host));
}

void host_close(struct host *host)
{
	free(host);
}

int host_fd(const struct host *host)
{
	(void)host;
	return WORLD_HOST_FD;
}

bool world_host_is_readable(int fd)
{
	return fd >= WORLD_FIND_FD || (fd == WORLD_HOST_FD && host_is_changed);
}

bool host_changed(struct host *host)
{
	bool was = host_is_changed;

	(void)host;
	host_is_changed = false;
	return was;
}

static bool is_entry(const struct world_host_entry *a, const struct world_host_entry *b)
{
	return a->kind == b->kind && a->ifindex == b->ifindex && !memcmp(a->dst, b->dst, 16) &&
	       a->plen == b->plen && (a->kind == WORLD_ROUTE || !memcmp(a->addr, b->addr, 16));
}

static struct world_host_entry **find_entry(const struct world_host_entry *like)
{
	struct world_host_entry **at = &world.entries;

	while (*at && !is_entry(*at, like))
		at = &(*at)->next;
	return at;
}

static int add_entry(const struct world_host_entry *like, struct fault *fault)
{
	struct world_host_entry **at = find_entry(like);
	struct world_host_entry *next = NULL;

	if (like->kind < WORLD_RULE && !world_link(like->ifindex))
		return fault_refused(fault, "No such device");
	if (*at)
		next = (*at)->next;
	else
		*at = calloc(1, sizeof(**at));
	**at = *like;
	(*at)->next = next;
	return 0;
}

static int del_entry(const struct world_host_entry *like)
{
	struct world_host_entry **at = find_entry(like);
	struct world_host_entry *entry = *at;

	if (!entry)
		return 0;
	*at = entry->next;
	free(entry);
	return 0;
}

static struct world_host_entry address_of(uint32_t ifindex, const uint8_t addr[16], int plen)
{
	struct world_host_entry entry = { .kind = WORLD_ADDRESS, .ifindex = ifindex, .plen = plen };

	memcpy(entry.addr, addr, 16);
	return entry;
}

int host_address_add(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		     struct fault *fault)
{
	struct world_host_entry entry = address_of(ifindex, addr, plen);

	(void)host;
	return add_entry(&entry, fault);
}

/* With an address goes the route that prefers it. */
int host_address_del(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		     struct fault *fault)
{
	struct world_host_entry entry = address_of(ifindex, addr, plen);

	(void)host;
	(void)fault;
	del_entry(&entry);
	for (struct world_host_entry *one = world.entries; one; one = one->next)
		if (one->kind == WORLD_ROUTE && !memcmp(one->addr, addr, 16)) {
			entry = *one;
			return del_entry(&entry);
		}
	return 0;
}

int host_each_address(struct host *host, uint32_t ifindex,
		      int (*use)(void *arg, const uint8_t addr[16], int plen), void *arg,
		      struct fault *fault)
{
	(void)host;
	(void)fault;
	for (struct world_host_entry *one = world.entries; one; one = one->next)
		if (one->kind == WORLD_ADDRESS && one->ifindex == ifindex) {
			int answer = use(arg, one->addr, one->plen);

			if (answer < 0)
				return answer;
		}
	return 0;
}

int host_link_up(struct host *host, uint32_t ifindex, bool up, struct fault *fault)
{
	struct world_link *link = world_link(ifindex);

	(void)host;
	if (!link)
		return fault_refused(fault, "No such device");
	link->up = up;
	return 0;
}

int host_xfrm_link(struct host *host, const char *name, uint32_t if_id, uint32_t *ifindex,
		   struct fault *fault)
{
	(void)host;
	(void)if_id;
	(void)fault;
	*ifindex = world_ifindex(name);
	if (!*ifindex) {
		*ifindex = world_link_add(name)->ifindex;
		world_link(*ifindex)->ours = true;
	}
	return 0;
}

int host_xfrm_link_del(struct host *host, const char *name, uint32_t if_id, struct fault *fault)
{
	struct world_link *link = world_link(world_ifindex(name));

	(void)host;
	(void)if_id;
	(void)fault;
	if (link && link->ours)
		world_link_del(link->ifindex);
	return 0;
}

bool host_has_carrier(struct host *host, uint32_t ifindex)
{
	(void)host;
	return world_link(ifindex);
}

static struct world_host_entry route_of(const struct host_route *route)
{
	struct world_host_entry entry = {
		.kind = WORLD_ROUTE,
		.ifindex = route->ifindex,
		.plen = route->plen,
	};

	memcpy(entry.addr, route->src, 16);
	memcpy(entry.dst, route->dst, 16);
	return entry;
}

int host_route_add(struct host *host, const struct host_route *route, struct fault *fault)
{
	struct world_host_entry entry = route_of(route);

	(void)host;
	return add_entry(&entry, fault);
}

int host_route_del(struct host *host, const struct host_route *route, struct fault *fault)
{
	struct world_host_entry entry = route_of(route);

	(void)host;
	(void)fault;
	return del_entry(&entry);
}

static struct world_host_entry rule_of(int kind, const uint8_t addr[16], int plen, uint32_t table,
				       uint32_t priority)
{
	struct world_host_entry entry = {
		.kind = kind,
		.ifindex = table,
		.plen = plen,
		.priority = priority,
	};

	memcpy(entry.addr, addr, 16);
	return entry;
}

int host_rule_add(struct host *host, const uint8_t src[16], int plen, uint32_t table,
		  uint32_t priority, struct fault *fault)
{
	struct world_host_entry entry = rule_of(WORLD_RULE, src, plen, table, priority);

	(void)host;
	return add_entry(&entry, fault);
}

int host_rule_del(struct host *host, const uint8_t src[16], int plen, uint32_t table,
		  uint32_t priority, struct fault *fault)
{
	struct world_host_entry entry = rule_of(WORLD_RULE, src, plen, table, priority);

	(void)host;
	(void)fault;
	return del_entry(&entry);
}

int host_rule_to_add(struct host *host, const uint8_t dst[16], int plen, uint32_t table,
		     uint32_t priority, struct fault *fault)
{
	struct world_host_entry entry = rule_of(WORLD_WAY, dst, plen, table, priority);

	(void)host;
	return add_entry(&entry, fault);
}

int host_rule_to_del(struct host *host, const uint8_t dst[16], int plen, uint32_t table,
		     uint32_t priority, struct fault *fault)
{
	struct world_host_entry entry = rule_of(WORLD_WAY, dst, plen, table, priority);

	(void)host;
	(void)fault;
	return del_entry(&entry);
}

int host_mirror_defaults(struct host *host, uint32_t ifindex, uint32_t table, struct fault *fault)
{
	(void)host;
	(void)table;
	return world_link(ifindex) ? 0 : fault_refused(fault, "No such device");
}

int host_flush_rules(struct host *host, uint32_t priority, struct fault *fault)
{
	struct world_host_entry **at = &world.entries;

	(void)host;
	(void)fault;
	while (*at) {
		struct world_host_entry *entry = *at;

		if (entry->kind < WORLD_RULE || (priority && entry->priority != priority)) {
			at = &entry->next;
			continue;
		}
		*at = entry->next;
		free(entry);
	}
	return 0;
}

int host_flush_table(struct host *host, uint32_t table, struct fault *fault)
{
	(void)host;
	(void)table;
	(void)fault;
	return 0;
}

void world_address_add(const char *link, const char *addr)
{
	struct fault fault;

	host_address_add(NULL, world_ifindex(link), world_address(addr), 64, &fault);
	host_is_changed = true;
}

void world_address_del(const char *link, const char *addr)
{
	struct fault fault;

	host_address_del(NULL, world_ifindex(link), world_address(addr), 64, &fault);
	host_is_changed = true;
}

bool world_has(int kind, const uint8_t addr[16])
{
	for (struct world_host_entry *one = world.entries; one; one = one->next)
		if ((int)one->kind == kind && !memcmp(one->addr, addr, 16))
			return true;
	return false;
}

/* ---- policies --------------------------------------------------------------------------------- */

struct policies {
	int nothing;
};

struct policies *policies_open(struct fault *fault)
{
	(void)fault;
	return calloc(1, sizeof(struct policies));
}

void policies_close(struct policies *policies)
{
	free(policies);
}

/* Of the way in: from the home address at the home agent, to it at the mobile. */
static struct world_policy **find_policy(const uint8_t hoa[16], const uint8_t ha[16],
					 bool home_agent)
{
	const uint8_t *src = home_agent ? hoa : ha;
	const uint8_t *dst = home_agent ? ha : hoa;
	struct world_policy **at = &world.policies;

	while (*at && (memcmp((*at)->src, src, 16) || memcmp((*at)->dst, dst, 16)))
		at = &(*at)->next;
	return at;
}

uint32_t world_policy(const uint8_t hoa[16], const uint8_t ha[16], bool home_agent)
{
	struct world_policy *policy = *find_policy(hoa, ha, home_agent);

	return policy ? policy->reqid : 0;
}

int policies_set(struct policies *policies, const uint8_t hoa[16], const uint8_t ha[16],
		 bool home_agent, uint32_t reqid, struct fault *fault)
{
	struct world_policy **at = find_policy(hoa, ha, home_agent);

	(void)policies;
	(void)fault;
	if (!*at) {
		*at = calloc(1, sizeof(**at));
		memcpy((*at)->src, home_agent ? hoa : ha, 16);
		memcpy((*at)->dst, home_agent ? ha : hoa, 16);
	}
	(*at)->reqid = reqid;
	return 0;
}

int policies_del(struct policies *policies, const uint8_t hoa[16], const uint8_t ha[16],
		 bool home_agent, struct fault *fault)
{
	struct world_policy **at = find_policy(hoa, ha, home_agent);
	struct world_policy *policy = *at;

	(void)policies;
	(void)fault;
	if (!policy)
		return 0;
	*at = policy->next;
	free(policy);
	return 0;
}

/* From a list that was read before, as the real one has it. */
int policies_each(struct policies *policies, bool home_agent,
		  int (*use)(void *arg, const uint8_t hoa[16], const uint8_t ha[16],
			     uint32_t reqid),
		  void *arg, struct fault *fault)
{
	int answer = 0;

	(void)policies;
	(void)fault;
	for (struct world_policy *one = world.policies; one && answer >= 0; one = one->next)
		answer = use(arg, home_agent ? one->src : one->dst,
			     home_agent ? one->dst : one->src, one->reqid);
	return answer < 0 ? answer : 0;
}

/* charon hears of it when there is such a policy, and tells nobody. */
int policies_migrate(struct policies *policies, const struct policy_move *move, struct fault *fault)
{
	bool is_ipv4 = world_is_ipv4(move->ha);

	(void)policies;
	if (world_is_ipv4(move->from) != is_ipv4 || world_is_ipv4(move->to) != is_ipv4)
		return fault_refused(fault, "a key exchange does not move between IPv4 and IPv6");
	if (!move->tunnel && !world_policy(move->hoa, move->ha, move->home_agent))
		return 0;
	world.migrates++;
	memcpy(world.migrated_to, move->to, 16);
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next) {
		uint8_t *end = move->home_agent ? ike->remote : ike->local;

		if (!memcmp(end, move->from, 16) && ike->initiator != move->home_agent)
			memcpy(end, move->to, 16);
	}
	return 0;
}

/* ---- states ------------------------------------------------------------------------------------ */

struct world_state *world_state_add(const uint8_t src[16], const uint8_t dst[16], uint32_t spi,
				    uint32_t reqid)
{
	struct world_state *state = calloc(1, sizeof(*state));

	memcpy(state->src, src, 16);
	memcpy(state->dst, dst, 16);
	state->spi = spi;
	state->reqid = reqid;
	state->end = spi ? 0 : world.now + LARVAL_MS;
	state->next = world.states;
	world.states = state;
	return state;
}

struct world_state *world_state(uint32_t spi)
{
	struct world_state *state = world.states;

	while (state && state->spi != spi)
		state = state->next;
	return state;
}

static void drop_state(struct world_state *state)
{
	struct world_state **at = &world.states;

	while (*at != state)
		at = &(*at)->next;
	*at = state->next;
	free(state);
}

void world_state_del(uint32_t spi)
{
	struct world_state *state = spi ? world_state(spi) : NULL;

	if (state)
		drop_state(state);
}

void world_states_time(void)
{
	struct world_state *next;

	for (struct world_state *state = world.states; state; state = next) {
		next = state->next;
		if (state->end && state->end <= world.now)
			drop_state(state);
	}
}

uint64_t world_states_next(void)
{
	uint64_t next = WORLD_NEVER;

	for (struct world_state *state = world.states; state; state = state->next)
		if (state->end && state->end < next)
			next = state->end;
	return next;
}

static bool is_kept(const struct world_state *state, const uint32_t *keep, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keep[i] == state->spi)
			return true;
	return false;
}

/* What waits for a key has no SPI, is not found by it, and goes by itself. */
int policies_purge(struct policies *policies, uint32_t reqid, const uint32_t *keep, size_t count,
		   struct fault *fault)
{
	struct world_state *next;

	(void)policies;
	(void)fault;
	for (struct world_state *state = world.states; state; state = next) {
		next = state->next;
		if (state->reqid == reqid && state->spi && !state->tunnel &&
		    !is_kept(state, keep, count))
			drop_state(state);
	}
	return 0;
}

int policies_clear(struct policies *policies, const uint8_t addr[16], const uint32_t *keep,
		   size_t count, struct fault *fault)
{
	struct world_state *next;

	(void)policies;
	(void)fault;
	for (struct world_state *state = world.states; state; state = next) {
		next = state->next;
		if (state->tunnel && !memcmp(state->inner, addr, 16) &&
		    !is_kept(state, keep, count))
			drop_state(state);
	}
	return 0;
}

int policies_each_reqid(struct policies *policies, uint32_t first, uint32_t last,
			int (*use)(void *arg, uint32_t reqid), void *arg, struct fault *fault)
{
	int answer = 0;

	(void)policies;
	(void)fault;
	if (++world.turns > 10000) {
		world_complain("XFRM is asked the same without an end");
		return -1;
	}
	for (struct world_state *one = world.states; one && answer >= 0; one = one->next) {
		struct world_state *before = world.states;

		while (before != one &&
		       (before->reqid != one->reqid || before->tunnel || !before->spi))
			before = before->next;
		if (before == one && !one->tunnel && one->spi && one->reqid >= first &&
		    one->reqid <= last)
			answer = use(arg, one->reqid);
	}
	return answer < 0 ? answer : 0;
}

/* ---- the resolver -------------------------------------------------------------------------------- */

struct find {
	int fd;
	find_done *done;
	void *arg;
};

struct find *find_open(const char *what, bool service, find_done *done, void *arg,
		       struct fault *fault)
{
	struct find *find = calloc(1, sizeof(*find));

	(void)what;
	(void)service;
	(void)fault;
	find->fd = WORLD_FIND_FD + world.finds++ % 64;
	find->done = done;
	find->arg = arg;
	return find;
}

int find_fd(const struct find *find)
{
	return find->fd;
}

void find_ready(struct find *find)
{
	struct finds finds = { 0 };

	for (; finds.count < 2 && *world.dns[finds.count]; finds.count++)
		memcpy(finds.list[finds.count].addr, world_address(world.dns[finds.count]), 16);
	find->done(find->arg, &finds, finds.count ? NULL : "there is no such name");
}

void find_close(struct find *find)
{
	free(find);
}

/* ---- the end --------------------------------------------------------------------------------------- */

void world_host_end(void)
{
	while (world.links)
		world_link_del(world.links->ifindex);
	host_flush_rules(NULL, 0, NULL);
	while (world.states)
		drop_state(world.states);
	while (world.policies) {
		struct world_policy *policy = world.policies;

		world.policies = policy->next;
		free(policy);
	}
	host_is_changed = false;
}
