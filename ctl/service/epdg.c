// SPDX-License-Identifier: GPL-2.0
/*
 * Untrusted access: first a tunnel to an ePDG, and the address that it gives is
 * the care-of address. [3G-21] The tunnel's inside is a link of kind xfrm, which
 * the module uses as any other access; MTU, routes and movement follow from that.
 */

#include <stdlib.h>
#include <string.h>

#include "fault.h"
#include "charon.h"
#include "conf.h"
#include "host.h"
#include "loop.h"
#include "service.h"
#include "tree.h"

#include <arpa/inet.h>

#define ATTEMPT_MS 60000
#define RETRY_FIRST_MS 500
#define RETRY_LAST_MS 30000
#define SETTLE_MS 1000
#define LEAVE_MS 5000

struct epdg {
	struct epdg *next;
	struct service *service;
	const struct conf_epdg *conf;
	struct attempt *attempt;
	uint64_t retry;
	unsigned int failures;
	uint32_t ike;     /* told to end, or in use */
	uint8_t addr[16]; /* on the link, all zero for none */
	uint8_t over[16]; /* what the tunnel was made from */
	uint64_t end;     /* the tunnel's end is waited for until then */
	bool left;
};

static const uint8_t nowhere[16];

static bool is_none(const uint8_t addr[16])
{
	return !memcmp(addr, nowhere, 16);
}

static void forget_attempt(struct epdg *epdg)
{
	if (!epdg->attempt)
		return;
	loop_unwatch(epdg->service->loop, attempt_fd(epdg->attempt));
	attempt_close(epdg->attempt);
	epdg->attempt = NULL;
}

static void wait_more(struct epdg *epdg)
{
	uint64_t wait = RETRY_FIRST_MS << (epdg->failures > 8 ? 8 : epdg->failures);

	epdg->failures++;
	epdg->retry = loop_now() + (wait > RETRY_LAST_MS ? RETRY_LAST_MS : wait);
}

static void attempt_ended(void *arg, const char *why)
{
	struct epdg *epdg = arg;

	forget_attempt(epdg);
	if (!why) {
		/* the event that tells what came of it may be behind this answer */
		epdg->retry = loop_now() + SETTLE_MS;
		return;
	}
	say(epdg->conf->conn, "no tunnel to the ePDG: %s", why);
	wait_more(epdg);
}

static void attempt_readable(void *arg)
{
	struct epdg *epdg = arg;

	attempt_ready(epdg->attempt);
}

/* The first child of the connection is the tunnel. */
static const char *child_name(const struct tree *connection)
{
	const struct tree *children = tree_find(connection, "children");

	return children && children->first ? children->first->key : NULL;
}

static void start(struct epdg *epdg)
{
	struct service *service = epdg->service;
	struct tree *connection = tree_copy(conf_connection(service->conf, epdg->conf->conn));
	const char *child = child_name(connection);
	struct tree *message = tree_new();
	char text[INET6_ADDRSTRLEN];
	struct fault fault;

	/* by the access below, whatever the default route is now */
	if (!tree_find(connection, "local_addrs")) {
		inet_ntop(AF_INET6, epdg->over, text, sizeof(text));
		tree_add_text(tree_add_list(connection, "local_addrs"), NULL, text);
	}
	tree_add_text(message, "ike", epdg->conf->conn);
	if (child)
		tree_add_text(message, "child", child);
	tree_add(message, "timeout", "%d", ATTEMPT_MS);
	tree_add_text(message, "loglevel", "1");
	if (service_load(service, connection, NULL, &fault))
		goto failed;
	epdg->attempt =
		attempt_open(service->conf->vici, "initiate", message, attempt_ended, epdg, &fault);
	if (!epdg->attempt)
		goto failed;
	loop_watch(service->loop, attempt_fd(epdg->attempt), attempt_readable, epdg);
	goto free_trees;
failed:
	say(epdg->conf->conn, "no tunnel to the ePDG: %s", fault.text);
	wait_more(epdg);
free_trees:
	tree_free(message);
	tree_free(connection);
}

/* ---- the access below -------------------------------------------------------------- */

static int take_address(void *arg, const uint8_t addr[16], int plen)
{
	struct epdg *epdg = arg;

	(void)plen;
	if (sas_is_ipv4(addr))
		return 0;
	/* the one in use, if it is still there */
	if (is_none(epdg->over))
		memcpy(epdg->over, addr, 16);
	return 0;
}

static int find_address(void *arg, const uint8_t addr[16], int plen)
{
	struct epdg *epdg = arg;

	(void)plen;
	return !memcmp(epdg->over, addr, 16) ? -1 : 0;
}

static bool has_access(struct epdg *epdg)
{
	uint32_t ifindex = service_device(epdg->conf->over);
	struct host *host = epdg->service->host;
	struct fault fault;

	if (!host_has_carrier(host, ifindex)) {
		memset(epdg->over, 0, 16);
		return false;
	}
	if (!is_none(epdg->over) && !host_each_address(host, ifindex, find_address, epdg, &fault))
		memset(epdg->over, 0, 16);
	host_each_address(host, ifindex, take_address, epdg, &fault);
	return !is_none(epdg->over);
}

/* ---- the link inside ---------------------------------------------------------------- */

static uint32_t have_link(struct epdg *epdg)
{
	struct fault fault;
	uint32_t ifindex;

	if (!host_xfrm_link(epdg->service->host, epdg->conf->link, epdg->conf->access.if_id,
			    &ifindex, &fault))
		return ifindex;
	say(epdg->conf->link, "the link into the tunnel: %s", fault.text);
	return 0;
}

static void set_address(struct epdg *epdg, uint32_t ifindex, const uint8_t addr[16])
{
	char text[INET6_ADDRSTRLEN];
	struct fault fault;

	if (!memcmp(epdg->addr, addr, 16))
		return;
	if (!is_none(epdg->addr)) {
		host_address_del(epdg->service->host, ifindex, epdg->addr, 128, &fault);
		service_clear(epdg->service, epdg->conf->conn, 0, epdg->addr, nowhere);
	}
	memset(epdg->addr, 0, 16);
	if (is_none(addr)) {
		say(epdg->conf->conn, "the tunnel to the ePDG is gone");
		return;
	}
	if (host_address_add(epdg->service->host, ifindex, addr, 128, &fault)) {
		say(epdg->conf->conn, "address of the ePDG: %s", fault.text);
		return;
	}
	memcpy(epdg->addr, addr, 16);
	/* before anybody speaks from it: else the first word goes by the access below */
	access_changed(epdg->service);
	say(epdg->conf->conn, "in the tunnel to the ePDG with %s",
	    inet_ntop(AF_INET6, addr, text, sizeof(text)));
}

static bool has_tunnel(const struct ike *ike)
{
	for (struct child *child = ike->children; child; child = child->next)
		if (child->installed && !child->transport)
			return true;
	return false;
}

static void end_tunnel(struct epdg *epdg, const struct ike *ike)
{
	if (ike && epdg->ike != ike->unique)
		service_terminate(epdg->service, ike->unique);
	epdg->ike = ike ? ike->unique : 0;
}

/* The last to go: what the sessions have to say is said inside. [3G-40] */
static void leave(struct epdg *epdg)
{
	struct service *service = epdg->service;
	struct ike *ike = sas_newest(&service->sas, epdg->conf->conn);
	uint64_t now = loop_now();
	struct fault fault;

	if (epdg->left || !session_all_left(service->sessions))
		return;
	if (!epdg->end)
		epdg->end = now + LEAVE_MS;
	if (!ike && epdg->attempt && epdg->end > now) {
		loop_wake(service->loop, epdg->end);
		return;
	}
	if (epdg->attempt && !ike)
		service_give_up(service, epdg->conf->conn);
	forget_attempt(epdg);
	if (ike && epdg->end > now) {
		end_tunnel(epdg, ike);
		loop_wake(service->loop, epdg->end);
		return;
	}
	set_address(epdg, service_device(epdg->conf->link), nowhere);
	if (host_xfrm_link_del(service->host, epdg->conf->link, epdg->conf->access.if_id, &fault))
		say(epdg->conf->link, "the link into the tunnel: %s", fault.text);
	epdg->left = true;
}

static void turn(struct epdg *epdg)
{
	struct service *service = epdg->service;
	struct ike *ike;
	uint32_t ifindex;

	if (service->leaving) {
		leave(epdg);
		return;
	}
	ike = sas_newest(&service->sas, epdg->conf->conn);
	ifindex = have_link(epdg);
	if (!ifindex || !service->charon)
		return;
	if (!has_access(epdg)) {
		end_tunnel(epdg, ike);
		forget_attempt(epdg);
		set_address(epdg, ifindex, nowhere);
		return;
	}
	if (ike && has_tunnel(ike) && !is_none(ike->vip)) {
		epdg->failures = 0;
		set_address(epdg, ifindex, ike->vip);
		return;
	}
	if (!ike)
		set_address(epdg, ifindex, nowhere);
	if (epdg->attempt)
		return;
	if (epdg->retry > loop_now())
		loop_wake(service->loop, epdg->retry);
	else
		start(epdg);
}

void epdg_turn(struct epdg *epdgs)
{
	for (; epdgs; epdgs = epdgs->next)
		turn(epdgs);
}

bool epdg_all_left(const struct epdg *epdgs)
{
	while (epdgs && epdgs->left)
		epdgs = epdgs->next;
	return !epdgs;
}

void epdg_charon_lost(struct epdg *epdgs)
{
	for (; epdgs; epdgs = epdgs->next)
		forget_attempt(epdgs);
}

bool epdg_has(const struct epdg *epdgs, const uint8_t coa[16])
{
	for (; epdgs; epdgs = epdgs->next)
		if (!is_none(epdgs->addr) && !memcmp(epdgs->addr, coa, 16))
			return true;
	return false;
}

struct epdg *epdg_new(struct service *service, const struct conf_epdg *conf, struct epdg *next)
{
	struct epdg *epdg = calloc(1, sizeof(*epdg));

	if (!epdg)
		return NULL;
	epdg->service = service;
	epdg->conf = conf;
	epdg->next = next;
	return epdg;
}

void epdg_free(struct epdg *epdgs)
{
	while (epdgs) {
		struct epdg *next = epdgs->next;

		forget_attempt(epdgs);
		free(epdgs);
		epdgs = next;
	}
}
