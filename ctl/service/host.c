// SPDX-License-Identifier: GPL-2.0

#include "host.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>

#include "../fault.h"
#include "host-ask.h"

/* A list that changes while it is read is read again, but not for ever. */
#define READINGS 8

/* ---- open and close ------------------------------------------------------------- */

static int listen_to(struct netlink *events, struct fault *fault)
{
	int err = nl_socket_add_memberships(events->sock, RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR,
					    RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE,
					    RTNLGRP_IPV6_ROUTE, 0);

	if (!err)
		err = nl_socket_set_nonblocking(events->sock);
	return err ? fault_refused(fault, "changes of the host are not told: %s",
				   nl_geterror(err)) :
		     0;
}

struct host *host_open(struct fault *fault)
{
	struct host *host = calloc(1, sizeof(*host));
	int yes = 1;

	if (!host) {
		fault_refused(fault, "no memory");
		return NULL;
	}
	if (netlink_open_route(&host->ask, fault) || netlink_open_route(&host->events, fault) ||
	    listen_to(&host->events, fault)) {
		host_close(host);
		return NULL;
	}
	/* Lists of what is asked for, not of everything there is. */
	setsockopt(nl_socket_get_fd(host->ask.sock), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &yes,
		   sizeof(yes));
	return host;
}

void host_close(struct host *host)
{
	if (!host)
		return;
	netlink_close(&host->ask);
	netlink_close(&host->events);
	free(host);
}

/* ---- asking --------------------------------------------------------------------- */

int host_ask(struct host *host, int err, struct nl_msg *msg, struct refusal *refusal)
{
	if (err) {
		memset(refusal, 0, sizeof(*refusal));
		refusal->error = ENOMEM;
		return -1;
	}
	nlmsg_hdr(msg)->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
	err = netlink_ask(&host->ask, msg, NULL, NULL, refusal);
	nlmsg_free(msg);
	return err;
}

int host_refused(struct fault *fault, const struct refusal *refusal, const char *format, ...)
{
	struct fault why;
	char what[512];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	netlink_fault(refusal, NULL, &why);
	return fault_refused(fault, "%s: %.480s", what, why.text);
}

static int keep(const struct nlmsghdr *header, void *arg)
{
	struct host_list *list = arg;
	struct nl_msg **more = realloc(list->list, (list->count + 1) * sizeof(struct nl_msg *));

	if (!more)
		return -1;
	list->list = more;
	more[list->count] = nlmsg_convert((struct nlmsghdr *)header);
	if (!more[list->count])
		return -1;
	nlmsg_set_proto(more[list->count++], NETLINK_ROUTE);
	return 0;
}

void host_list_free(struct host_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		nlmsg_free(list->list[i]);
	free(list->list);
	*list = (struct host_list){ 0 };
}

int host_read(struct host *host, struct nl_msg *msg, struct host_list *list, struct fault *fault)
{
	struct refusal refusal = { .error = ENOMEM };
	int err = msg ? 0 : -1;

	*list = (struct host_list){ 0 };
	for (int i = 0; i < READINGS && !err; i++) {
		host_list_free(list);
		host->ask.interrupted = false;
		err = netlink_ask(&host->ask, msg, keep, list, &refusal);
		if (!host->ask.interrupted)
			break;
	}
	nlmsg_free(msg);
	/* A routing table that nobody used yet, or an interface that is gone. */
	if (!err || refusal.error == ENOENT || refusal.error == ENODEV)
		return 0;
	if (!refusal.error)
		refusal.error = ENOMEM;
	return netlink_fault(&refusal, NULL, fault);
}

/* ---- addresses ------------------------------------------------------------------- */

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

bool host_is_ipv4(const uint8_t addr[16])
{
	return !memcmp(addr, mapped, sizeof(mapped));
}

bool host_is_any(const uint8_t addr[16])
{
	static const uint8_t any[16];

	return !memcmp(addr, any, 16);
}

int host_check_plen(const uint8_t addr[16], int plen, struct fault *fault)
{
	char text[HOST_TEXT];

	if (plen <= 128 && plen >= (host_is_ipv4(addr) ? 96 : 0))
		return 0;
	return fault_refused(fault, "%d is no prefix length of %s: it is from %d to 128", plen,
			     host_text(addr, -1, text), host_is_ipv4(addr) ? 96 : 0);
}

void host_mask(uint8_t addr[16], int plen)
{
	for (int i = 0; i < 16; i++) {
		int bits = plen - 8 * i;

		if (bits < 8)
			addr[i] &= bits > 0 ? 0xff << (8 - bits) : 0;
	}
}

struct nl_addr *host_addr(const uint8_t addr[16], int plen)
{
	bool ipv4 = host_is_ipv4(addr);
	struct nl_addr *to = ipv4 ? nl_addr_build(AF_INET, addr + 12, 4) :
				    nl_addr_build(AF_INET6, addr, 16);

	if (to)
		nl_addr_set_prefixlen(to, ipv4 ? plen - 96 : plen);
	return to;
}

bool host_take_addr(const struct nl_addr *from, uint8_t addr[16])
{
	unsigned int size = from ? nl_addr_get_len(from) : 0;

	memset(addr, 0, 16);
	if (size == 4 && nl_addr_get_family(from) == AF_INET) {
		memcpy(addr, mapped, sizeof(mapped));
		memcpy(addr + 12, nl_addr_get_binary_addr(from), 4);
		return true;
	}
	if (size == 16 && nl_addr_get_family(from) == AF_INET6) {
		memcpy(addr, nl_addr_get_binary_addr(from), 16);
		return true;
	}
	return false;
}

const char *host_text(const uint8_t addr[16], int plen, char text[HOST_TEXT])
{
	bool ipv4 = host_is_ipv4(addr);
	size_t used;

	inet_ntop(ipv4 ? AF_INET : AF_INET6, ipv4 ? addr + 12 : addr, text, HOST_TEXT);
	used = strlen(text);
	if (plen >= 0)
		snprintf(text + used, HOST_TEXT - used, "/%d", ipv4 ? plen - 96 : plen);
	return text;
}

const char *host_name(uint32_t ifindex, char text[HOST_TEXT])
{
	if (!if_indextoname(ifindex, text))
		snprintf(text, HOST_TEXT, "interface %u", ifindex);
	return text;
}

/* ---- changes --------------------------------------------------------------------- */

int host_fd(const struct host *host)
{
	return nl_socket_get_fd(host->events.sock);
}

static bool is_change(const struct nlmsghdr *header)
{
	const struct rtmsg *route;

	switch (header->nlmsg_type) {
	case RTM_NEWLINK:
	case RTM_DELLINK:
	case RTM_NEWADDR:
	case RTM_DELADDR:
		return true;
	case RTM_NEWROUTE:
	case RTM_DELROUTE:
		route = nlmsg_data(header);
		return nlmsg_datalen(header) >= (int)sizeof(*route) && !route->rtm_dst_len &&
		       route->rtm_table == RT_TABLE_MAIN;
	}
	return false;
}

/* What was lost for want of room may have been anything. */
bool host_changed(struct host *host)
{
	bool changed = false;

	for (;;) {
		struct nlmsghdr *header = (void *)host->events.buffer;
		struct refusal refusal;
		int left = netlink_receive(&host->events, &refusal);

		if (left < 0 && refusal.error == EAGAIN)
			return changed;
		if (left < 0 && refusal.error != ENOBUFS && refusal.error != EMSGSIZE)
			return true;
		changed |= left < 0;
		for (; left > 0 && nlmsg_ok(header, left); header = nlmsg_next(header, &left))
			changed |= is_change(header);
	}
}
