// SPDX-License-Identifier: GPL-2.0
/*
 * What host.h and policy.h offer, by hand: one call a run, for host.sh, which
 * compares what came of it with what ip tells.
 *
 *	host_guest [-2] VERB WORDS...
 *
 * -2: twice. Exit status 1 and a sentence for a fault, 7 when it was ended by an
 * answer of -7 from here.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/netlink.h>
#include <linux/xfrm.h>

#include "fault.h"
#include "host.h"
#include "policy.h"

#define ENDED (-7)

static struct fault fault;
static struct host *host;
static struct policies *policies;
static char **words; /* behind the verb */
static int count;

static void wrong(const char *what)
{
	fprintf(stderr, "host_guest: %s\n", what);
	exit(2);
}

/* ---- words ---------------------------------------------------------------------- */

static const char *word(int i)
{
	if (i >= count)
		wrong("a word is missing");
	return words[i];
}

static uint32_t number(int i)
{
	return strtoul(word(i), NULL, 0);
}

static uint32_t ifindex_of(const char *text)
{
	uint32_t ifindex = if_nametoindex(text);

	return ifindex ? ifindex : strtoul(text, NULL, 0);
}

/* ADDR or ADDR/PLEN; the length counts as host.h wants it. */
static int prefix_of(const char *text, uint8_t addr[16])
{
	static const uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff };
	char copy[80];
	char *slash;
	int plen = 128;

	snprintf(copy, sizeof(copy), "%s", text);
	slash = strchr(copy, '/');
	if (slash)
		*slash = 0;
	if (strchr(copy, '.')) {
		memcpy(addr, mapped, 16);
		if (inet_pton(AF_INET, copy, addr + 12) != 1)
			wrong("no IPv4 address");
		return slash ? atoi(slash + 1) + 96 : plen;
	}
	if (inet_pton(AF_INET6, copy, addr) != 1)
		wrong("no address");
	return slash ? atoi(slash + 1) : plen;
}

static void address(int i, uint8_t addr[16])
{
	prefix_of(word(i), addr);
}

static bool gateway(int i)
{
	return !strcmp(word(i), "gateway");
}

static const char *text(const uint8_t addr[16], char to[INET6_ADDRSTRLEN])
{
	return inet_ntop(AF_INET6, addr, to, INET6_ADDRSTRLEN);
}

/* How many calls there may be: a word, or any number. */
static int calls_left;

static void limit_calls(int i)
{
	calls_left = i < count ? (int)number(i) : INT32_MAX;
}

static int called(void)
{
	return --calls_left > 0 ? 0 : ENDED;
}

/* ---- links, addresses ------------------------------------------------------------- */

static int do_link_up(void)
{
	return host_link_up(host, ifindex_of(word(0)), !strcmp(word(1), "up"), &fault);
}

static int do_xfrm_link(void)
{
	uint32_t ifindex = 0;
	int err = host_xfrm_link(host, word(0), number(1), &ifindex, &fault);

	if (!err)
		printf("%u\n", ifindex);
	return err;
}

static int do_link_del(void)
{
	return host_xfrm_link_del(host, word(0), number(1), &fault);
}

static int do_address_add(void)
{
	uint8_t addr[16];
	int plen = prefix_of(word(1), addr);

	return host_address_add(host, ifindex_of(word(0)), addr, plen, &fault);
}

static int do_address_del(void)
{
	uint8_t addr[16];
	int plen = prefix_of(word(1), addr);

	return host_address_del(host, ifindex_of(word(0)), addr, plen, &fault);
}

static int print_address(void *arg, const uint8_t addr[16], int plen)
{
	char to[INET6_ADDRSTRLEN];

	(void)arg;
	printf("%s/%d\n", text(addr, to), plen);
	return called();
}

static int do_addresses(void)
{
	limit_calls(1);
	return host_each_address(host, ifindex_of(word(0)), print_address, NULL, &fault);
}

/* ---- routes, rules ------------------------------------------------------------------ */

/* DST/PLEN|default|default4 DEV [via A] [src A] [table N] [metric N] [onlink] */
static void read_route(struct host_route *route)
{
	const char *dst = word(0);

	memset(route, 0, sizeof(*route));
	route->ipv4 = strchr(dst, '.') || !strcmp(dst, "default4");
	if (strncmp(dst, "default", 7))
		route->plen = prefix_of(dst, route->dst);
	route->ifindex = ifindex_of(word(1));
	for (int i = 2; i < count; i++) {
		if (!strcmp(words[i], "via"))
			address(++i, route->via);
		else if (!strcmp(words[i], "src"))
			address(++i, route->src);
		else if (!strcmp(words[i], "table"))
			route->table = number(++i);
		else if (!strcmp(words[i], "metric"))
			route->metric = number(++i);
		else if (!strcmp(words[i], "onlink"))
			route->onlink = true;
		else
			wrong("a word of a route");
	}
}

static int do_route_add(void)
{
	struct host_route route;

	read_route(&route);
	return host_route_add(host, &route, &fault);
}

static int do_route_del(void)
{
	struct host_route route;

	read_route(&route);
	return host_route_del(host, &route, &fault);
}

static int do_rule_add(void)
{
	uint8_t addr[16];
	int plen = prefix_of(word(0), addr);

	return host_rule_add(host, addr, plen, number(1), number(2), &fault);
}

static int do_rule_del(void)
{
	uint8_t addr[16];
	int plen = prefix_of(word(0), addr);

	return host_rule_del(host, addr, plen, number(1), number(2), &fault);
}

static int do_mirror(void)
{
	return host_mirror_defaults(host, ifindex_of(word(0)), number(1), &fault);
}

static int do_flush_rules(void)
{
	return host_flush_rules(host, number(0), &fault);
}

static int do_flush_table(void)
{
	return host_flush_table(host, number(0), &fault);
}

/* Until killed: a line whenever the descriptor said something. */
static int do_watch(void)
{
	struct pollfd fd = { .fd = host_fd(host), .events = POLLIN };

	puts("ready");
	while (poll(&fd, 1, -1) == 1)
		puts(host_changed(host) ? "changed" : "nothing");
	return 0;
}

/* ---- policies, states ----------------------------------------------------------------- */

static int do_policy_set(void)
{
	uint8_t hoa[16];
	uint8_t ha[16];

	address(1, hoa);
	address(2, ha);
	return policies_set(policies, hoa, ha, gateway(0), number(3), &fault);
}

static int do_policy_del(void)
{
	uint8_t hoa[16];
	uint8_t ha[16];

	address(1, hoa);
	address(2, ha);
	return policies_del(policies, hoa, ha, gateway(0), &fault);
}

static int print_policy(void *arg, const uint8_t hoa[16], const uint8_t ha[16], uint32_t reqid)
{
	char to[2][INET6_ADDRSTRLEN];

	(void)arg;
	printf("hoa %s ha %s reqid %u\n", text(hoa, to[0]), text(ha, to[1]), reqid);
	return called();
}

static int do_policies(void)
{
	limit_calls(1);
	return policies_each(policies, gateway(0), print_policy, NULL, &fault);
}

/* What each() tells may be deleted at once. */
static int drop_policy(void *arg, const uint8_t hoa[16], const uint8_t ha[16], uint32_t reqid)
{
	(void)reqid;
	return policies_del(policies, hoa, ha, *(bool *)arg, &fault);
}

static int do_policies_drop(void)
{
	bool home_agent = gateway(0);

	return policies_each(policies, home_agent, drop_policy, &home_agent, &fault);
}

static int do_purge(void)
{
	uint32_t keep[16];
	size_t kept = 0;

	for (int i = 1; i < count && kept < 16; i++)
		keep[kept++] = number(i);
	return policies_purge(policies, number(0), keep, kept, &fault);
}

/* ADDR [SPI]... */
static int do_clear(void)
{
	uint32_t keep[16];
	size_t kept = 0;
	uint8_t addr[16];

	address(0, addr);
	for (int i = 1; i < count && kept < 16; i++)
		keep[kept++] = number(i);
	return policies_clear(policies, addr, keep, kept, &fault);
}

static int print_reqid(void *arg, uint32_t reqid)
{
	(void)arg;
	printf("%u\n", reqid);
	return called();
}

static int do_reqids(void)
{
	limit_calls(2);
	return policies_each_reqid(policies, number(0), number(1), print_reqid, NULL, &fault);
}

/* mobile|gateway signalling|tunnel REQID HOA HA FROM TO */
static int do_migrate(void)
{
	struct policy_move move = {
		.home_agent = gateway(0),
		.tunnel = !strcmp(word(1), "tunnel"),
		.reqid = number(2),
	};

	address(3, move.hoa);
	address(4, move.ha);
	address(5, move.from);
	address(6, move.to);
	return policies_migrate(policies, &move, &fault);
}

/* ---- what a key manager hears ------------------------------------------------------------ */

static const char *xfrm_text(const xfrm_address_t *addr, int family, char to[INET6_ADDRSTRLEN])
{
	return inet_ntop(family, addr, to, INET6_ADDRSTRLEN);
}

static void print_ends(const char *what, const void *a, const void *b, int family)
{
	char to[2][INET6_ADDRSTRLEN];

	printf(" %s %s %s", what, xfrm_text(a, family, to[0]), xfrm_text(b, family, to[1]));
}

static void print_attribute(int type, const void *data)
{
	if (type == XFRMA_MIGRATE) {
		struct xfrm_user_migrate move;

		memcpy(&move, data, sizeof(move));
		printf(" mode %u reqid %u", move.mode, move.reqid);
		print_ends("old", &move.old_saddr, &move.old_daddr, move.old_family);
		print_ends("new", &move.new_saddr, &move.new_daddr, move.new_family);
	} else if (type == XFRMA_KMADDRESS) {
		struct xfrm_user_kmaddress address;

		memcpy(&address, data, sizeof(address));
		print_ends("key-manager", &address.local, &address.remote, address.family);
	}
}

static void print_migrate(const char *message, size_t size)
{
	static const char *const dirs[] = { "in", "out", "fwd" };
	struct xfrm_userpolicy_id id;
	size_t at = NLMSG_HDRLEN + NLMSG_ALIGN(sizeof(id));

	memcpy(&id, message + NLMSG_HDRLEN, sizeof(id));
	printf("%s proto %u", dirs[id.dir % 3], id.sel.proto);
	print_ends("selects", &id.sel.saddr, &id.sel.daddr, id.sel.family);
	while (at + NLA_HDRLEN <= size) {
		struct nlattr attr;

		memcpy(&attr, message + at, sizeof(attr));
		print_attribute(attr.nla_type, message + at + NLA_HDRLEN);
		at += NLA_ALIGN(attr.nla_len);
	}
	putchar('\n');
}

/* Until killed: a line for every MIGRATE. */
static int do_listen(void)
{
	struct sockaddr_nl address = {
		.nl_family = AF_NETLINK,
		.nl_groups = 1 << (XFRMNLGRP_MIGRATE - 1),
	};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_XFRM);
	char message[8192];
	ssize_t size;

	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		return fault_refused(&fault, "no socket: %s", strerror(errno));
	puts("ready");
	while ((size = recv(fd, message, sizeof(message), 0)) > 0)
		print_migrate(message, size);
	return 0;
}

/* ---- verbs -------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	int (*run)(void);
} verbs[] = {
	{ "link-up", do_link_up },
	{ "xfrm-link", do_xfrm_link },
	{ "link-del", do_link_del },
	{ "address-add", do_address_add },
	{ "address-del", do_address_del },
	{ "addresses", do_addresses },
	{ "route-add", do_route_add },
	{ "route-del", do_route_del },
	{ "rule-add", do_rule_add },
	{ "rule-del", do_rule_del },
	{ "mirror", do_mirror },
	{ "flush-rules", do_flush_rules },
	{ "flush-table", do_flush_table },
	{ "watch", do_watch },
	{ "policy-set", do_policy_set },
	{ "policy-del", do_policy_del },
	{ "policies", do_policies },
	{ "policies-drop", do_policies_drop },
	{ "purge", do_purge },
	{ "clear", do_clear },
	{ "reqids", do_reqids },
	{ "migrate", do_migrate },
	{ "listen", do_listen },
};

/* Without a fault there is no sentence, and with one there is. */
static int tell(int err)
{
	if (err == ENDED)
		return 7;
	if (err && !*fault.text)
		wrong("a fault without a sentence");
	if (!err && *fault.text)
		wrong("a sentence without a fault");
	if (err)
		fprintf(stderr, "%s\n", fault.text);
	return err ? 1 : 0;
}

static int run(const char *verb)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(verb, verbs[i].name))
			return verbs[i].run();
	wrong("no such verb");
	return -1;
}

/* What needs XFRM begins at policy-set. */
static bool needs_xfrm(const char *verb)
{
	return !strncmp(verb, "polic", 5) || !strcmp(verb, "purge") || !strcmp(verb, "clear") ||
	       !strcmp(verb, "reqids") || !strcmp(verb, "migrate");
}

int main(int argc, char **argv)
{
	bool again = argc > 1 && !strcmp(argv[1], "-2");
	int status;

	argv += again;
	argc -= again;
	if (argc < 2)
		wrong("which verb?");
	setvbuf(stdout, NULL, _IOLBF, 0);
	words = argv + 2;
	count = argc - 2;
	if (needs_xfrm(argv[1]))
		policies = policies_open(&fault);
	else
		host = host_open(&fault);
	status = policies || host ? tell(run(argv[1])) : tell(-1);
	if (again && !status)
		status = tell(run(argv[1]));
	policies_close(policies);
	host_close(host);
	return status;
}
