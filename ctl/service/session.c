// SPDX-License-Identifier: GPL-2.0
/*
 * A session of a mobile node: find a home agent, let charon authenticate with it,
 * take the home address that it gives, have an SA made for the signalling, and
 * give all that to the module, which registers. [3G-20] Each turn looks how far
 * it is, and takes one step.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include <linux/dsmip.h>

#include "fault.h"
#include "print.h"
#include "charon.h"
#include "conf.h"
#include "find.h"
#include "host.h"
#include "kernel.h"
#include "loop.h"
#include "policy.h"
#include "service.h"
#include "tree.h"
#include "words.h"

#define ATTEMPT_MS 120000
#define RETRY_FIRST_MS 250
#define RETRY_LAST_MS 60000
#define RETRY_CHILD_MS 4000
#define LEAVE_MS 5000
#define SETTLE_MS 1000
/* Refusals of a child before the key exchange is given up and begun anew. */
#define CHILD_TRIES 10
#define ADDRESSES_TRIED 8
#define DAD_FAILED 134

enum aim {
	AIM_KEYS,    /* an IKE SA */
	AIM_CHILD,   /* the SA for signalling */
	AIM_PAYLOAD, /* the SA for user data */
};

struct session {
	struct session *next;
	struct service *service;
	const struct conf_session *conf;
	uint32_t reqid;
	struct tree *connection; /* as it was loaded last, without our children */
	/* finding a home agent */
	struct find *find;
	struct finds found;
	size_t tried;
	/* asking charon */
	struct attempt *attempt;
	enum aim aim;
	uint64_t retry;
	uint64_t settled;
	unsigned int failures;
	/* what has been reached */
	uint32_t ike;
	uint8_t vip[16];
	uint8_t hoa[16]; /* vip, or one beside it after a 134 */
	unsigned int addresses_tried;
	uint8_t hoa4[16];
	uint8_t ha[16];
	uint64_t end; /* without an IKE SA until then */
	bool addressed;
	bool addressed4;
	bool policed;
	bool registered; /* the module has it */
	bool renew;      /* it is to be told to the home agent again */
	uint64_t state;
	uint64_t refused; /* status of a refusal that is not yet answered */
	uint8_t coa[16];
	bool keys_move; /* the home agent said K */
	uint32_t way;   /* routing table that packets to the home agent take, 0 for any */
	bool stale;     /* XFRM may have something from before these keys */
	bool parting;   /* it has been said to the module */
	bool ending;    /* and to charon */
	bool left;
};

static const uint8_t nowhere[16];

static bool is_none(const uint8_t addr[16])
{
	return !memcmp(addr, nowhere, 16);
}

static uint64_t backoff(unsigned int failures)
{
	uint64_t wait = RETRY_FIRST_MS << (failures > 8 ? 8 : failures);

	return wait > RETRY_LAST_MS ? RETRY_LAST_MS : wait;
}

/* A child is refused while the home agent's service is not there: it may be soon. */
static void wait_more(struct session *session)
{
	uint64_t wait = backoff(session->failures++);

	if (session->aim == AIM_CHILD && wait > RETRY_CHILD_MS)
		wait = RETRY_CHILD_MS;
	session->retry = loop_now() + wait;
}

/* ---- attempts ------------------------------------------------------------------- */

static void forget_attempt(struct session *session)
{
	if (!session->attempt)
		return;
	loop_unwatch(session->service->loop, attempt_fd(session->attempt));
	attempt_close(session->attempt);
	session->attempt = NULL;
	session->service->attempts--;
}

static const char *aim_text(enum aim aim)
{
	switch (aim) {
	case AIM_KEYS:
		return "cannot attach";
	case AIM_CHILD:
		return "no SA for the signalling";
	default:
		return "no SA for user data";
	}
}

static void attempt_ended(void *arg, const char *why)
{
	struct session *session = arg;

	forget_attempt(session);
	if (!why) {
		/* the event that tells what came of it may be behind this answer */
		session->settled = loop_now() + SETTLE_MS;
		return;
	}
	say(session->conf->conn, "%s: %s", aim_text(session->aim), why);
	wait_more(session);
	/* the next home agent that was found, and when all were tried, ask again [BS-01] */
	if (session->aim == AIM_KEYS && session->found.count &&
	    ++session->tried == session->found.count)
		session->found.count = 0;
}

static void attempt_readable(void *arg)
{
	struct session *session = arg;

	attempt_ready(session->attempt);
}

/* May something be tried now? Otherwise we are woken when it may. */
static bool may_try(struct session *session)
{
	struct service *service = session->service;

	if (session->attempt || session->find)
		return false;
	if (session->retry > loop_now() || session->settled > loop_now()) {
		loop_wake(service->loop,
			  session->retry > session->settled ? session->retry : session->settled);
		return false;
	}
	/* whoever ends makes a turn */
	return service->attempts < service->conf->attempts;
}

static void attempt(struct session *session, enum aim aim, const char *child)
{
	struct service *service = session->service;
	struct tree *message = tree_new();
	struct fault fault;

	session->aim = aim;
	tree_add_text(message, "ike", session->conf->conn);
	if (child)
		tree_add_text(message, "child", child);
	tree_add(message, "timeout", "%d", ATTEMPT_MS);
	tree_add_text(message, "loglevel", "1");
	session->attempt = attempt_open(service->conf->vici, "initiate", message, attempt_ended,
					session, &fault);
	tree_free(message);
	if (!session->attempt) {
		say(session->conf->conn, "%s: %s", aim_text(aim), fault.text);
		wait_more(session);
		return;
	}
	service->attempts++;
	loop_watch(service->loop, attempt_fd(session->attempt), attempt_readable, session);
}

/* ---- finding a home agent --------------------------------------------------------- */

static void forget_find(struct session *session)
{
	if (!session->find)
		return;
	loop_unwatch(session->service->loop, find_fd(session->find));
	find_close(session->find);
	session->find = NULL;
}

static void found(void *arg, const struct finds *finds, const char *why)
{
	struct session *session = arg;

	forget_find(session);
	if (why) {
		say(session->conf->conn, "no home agent for %s: %s", session->conf->name, why);
		wait_more(session);
		return;
	}
	session->found = *finds;
	session->tried = 0;
}

static void find_readable(void *arg)
{
	struct session *session = arg;

	find_ready(session->find);
}

static bool has_home_agent(struct session *session)
{
	const struct conf_session *conf = session->conf;
	struct fault fault;

	if (conf->find == FIND_PEER || conf->find == FIND_ADDRESS || session->found.count)
		return true;
	session->find = find_open(conf->name, conf->find == FIND_DOMAIN, found, session, &fault);
	if (session->find) {
		loop_watch(session->service->loop, find_fd(session->find), find_readable, session);
	} else {
		say(conf->conn, "cannot look for a home agent: %s", fault.text);
		wait_more(session);
	}
	return false;
}

/* ---- the connection as charon gets it ------------------------------------------------ */

static void set_address(struct tree *connection, const char *key, const uint8_t addr[16])
{
	char text[INET6_ADDRSTRLEN];

	if (sas_is_ipv4(addr))
		inet_ntop(AF_INET, addr + 12, text, sizeof(text));
	else
		inet_ntop(AF_INET6, addr, text, sizeof(text));
	tree_remove(connection, key);
	tree_add_text(tree_add_list(connection, key), NULL, text);
}

struct choice {
	unsigned int accesses;
	uint64_t preference;
	uint8_t coa[16];
};

static void best_access(void *arg, const struct spec_object *object, const struct attrs *attrs)
{
	struct choice *choice = arg;
	uint64_t preference = kernel_number(object, attrs, "preference");

	choice->accesses++;
	if (!kernel_number(object, attrs, "usable"))
		return;
	if (!is_none(choice->coa) && preference >= choice->preference)
		return;
	choice->preference = preference;
	kernel_address(object, attrs, "coa", choice->coa);
}

static void choose_access(const struct session *session, struct choice *choice)
{
	struct fault fault;

	*choice = (struct choice){ 0 };
	kernel_each(session->service->kernel, "access", service_device(session->conf->dev),
		    best_access, choice, &fault);
}

/* What is untrusted is no access: nothing is said by it before the ePDG's tunnel is there. */
static bool has_access(struct session *session)
{
	struct choice choice;

	choose_access(session, &choice);
	if (!choice.accesses || !is_none(choice.coa))
		return true;
	loop_wake(session->service->loop, loop_now() + RETRY_FIRST_MS);
	return false;
}

/*
 * From the care-of address that the module would take, to the home agent that was
 * found. The words of the file come first, where there are any.
 */
static int make_connection(struct session *session)
{
	const struct conf_session *conf = session->conf;
	struct choice choice;

	tree_free(session->connection);
	session->connection = tree_copy(conf_connection(session->service->conf, conf->conn));
	if (!session->connection)
		return -1;
	if (conf->find == FIND_ADDRESS) {
		if (!tree_find(session->connection, "remote_addrs"))
			set_address(session->connection, "remote_addrs", conf->ha);
	} else if (session->found.count) {
		set_address(session->connection, "remote_addrs",
			    session->found.list[session->tried].addr);
	}
	choose_access(session, &choice);
	if (!tree_find(session->connection, "local_addrs") && !is_none(choice.coa))
		set_address(session->connection, "local_addrs", choice.coa);
	return 0;
}

static void start_keys(struct session *session)
{
	struct fault fault;

	if (!may_try(session) || !has_access(session) || !has_home_agent(session))
		return;
	if (make_connection(session)) {
		wait_more(session);
		return;
	}
	if (service_load(session->service, session->connection, NULL, &fault)) {
		say(session->conf->conn, "charon does not take the connection: %s", fault.text);
		wait_more(session);
		return;
	}
	attempt(session, AIM_KEYS, NULL);
}

static struct tree *child_tree(const struct session *session, const char *name)
{
	char hoa[INET6_ADDRSTRLEN], ha[INET6_ADDRSTRLEN];
	struct tree *children = tree_new();
	struct tree *child = tree_add_section(children, name);

	inet_ntop(AF_INET6, session->hoa, hoa, sizeof(hoa));
	inet_ntop(AF_INET6, session->ha, ha, sizeof(ha));
	tree_add_text(child, "mode", "transport_proxy");
	tree_add_text(child, "policies", "no");
	tree_add(child, "reqid", "%u", session->reqid);
	tree_add(tree_add_list(child, "local_ts"), NULL, "%s/128[135]", hoa);
	tree_add(tree_add_list(child, "remote_ts"), NULL, "%s/128[135]", ha);
	return children;
}

static void start_child(struct session *session)
{
	struct tree *children;
	struct fault fault;
	char name[24];
	int err;

	if (!may_try(session))
		return;
	if (session->failures > CHILD_TRIES) {
		say(session->conf->conn, "the home agent makes no SA for the home address; "
					 "attaching anew");
		service_terminate(session->service, session->ike);
		wait_more(session);
		return;
	}
	snprintf(name, sizeof(name), "mh-%u", session->reqid);
	children = child_tree(session, name);
	err = service_load(session->service, session->connection, children, &fault);
	tree_free(children);
	if (err) {
		say(session->conf->conn, "charon does not take the child: %s", fault.text);
		wait_more(session);
		return;
	}
	attempt(session, AIM_CHILD, name);
}

/* ---- the host ------------------------------------------------------------------------ */

/* The default route over the device that prefers a home address. */
static struct host_route way_out(const uint8_t src[16], bool ipv4, uint32_t ifindex)
{
	struct host_route route = { .ipv4 = ipv4, .ifindex = ifindex, .metric = 1 };

	if (ipv4) {
		memcpy(route.dst, src, 12);
		route.plen = 96;
	}
	memcpy(route.src, src, 16);
	return route;
}

static void set_route(struct session *session, const uint8_t src[16], bool ipv4, uint32_t ifindex)
{
	struct host_route route = way_out(src, ipv4, ifindex);
	struct fault fault;

	if (session->conf->route && host_route_add(session->service->host, &route, &fault))
		say(session->conf->conn, "default route: %s", fault.text);
}

/* The home address stands on the device: sessions are bound to it. */
static bool set_addresses(struct session *session)
{
	uint32_t ifindex = service_device(session->conf->dev);
	struct host *host = session->service->host;
	struct fault fault;

	if (!session->addressed) {
		if (host_link_up(host, ifindex, true, &fault) ||
		    host_address_add(host, ifindex, session->hoa, 128, &fault)) {
			say(session->conf->conn, "home address: %s", fault.text);
			return false;
		}
		session->addressed = true;
		set_route(session, session->hoa, false, ifindex);
	}
	if (!session->addressed4 && !is_none(session->hoa4)) {
		if (host_address_add(host, ifindex, session->hoa4, 128, &fault)) {
			say(session->conf->conn, "IPv4 home address: %s", fault.text);
			return true;
		}
		session->addressed4 = true;
		set_route(session, session->hoa4, true, ifindex);
	}
	return true;
}

/* The route may have been taken over from another session; that one has it again. */
static void unset_route(struct session *session, const uint8_t src[16], bool ipv4, uint32_t ifindex)
{
	struct host_route route = way_out(src, ipv4, ifindex);
	struct fault fault;

	if (!session->conf->route)
		return;
	if (host_route_del(session->service->host, &route, &fault))
		say(session->conf->conn, "default route: %s", fault.text);
	for (struct session *other = session->service->sessions; other; other = other->next) {
		if (other == session || service_device(other->conf->dev) != ifindex)
			continue;
		if (ipv4 ? other->addressed4 : other->addressed)
			set_route(other, ipv4 ? other->hoa4 : other->hoa, ipv4, ifindex);
	}
}

static void unset_address(struct session *session, const uint8_t addr[16], bool ipv4,
			  uint32_t ifindex)
{
	struct fault fault;

	/* it may be from before, when it was not we who set it */
	if (!ifindex || is_none(addr))
		return;
	host_address_del(session->service->host, ifindex, addr, 128, &fault);
	unset_route(session, addr, ipv4, ifindex);
}

static void unset_addresses(struct session *session)
{
	uint32_t ifindex = service_device(session->conf->dev);

	unset_address(session, session->hoa, false, ifindex);
	unset_address(session, session->hoa4, true, ifindex);
	session->addressed = false;
	session->addressed4 = false;
}

/* ---- the module ------------------------------------------------------------------------- */

static void name_registration(const struct session *session, const char *verb, struct words *words)
{
	words_begin(words, verb);
	words_text(words, "dev", session->conf->dev);
	words_address(words, "hoa", session->hoa, -1);
}

static void del_registration(struct session *session)
{
	struct words words;
	struct fault fault;

	if (!session->registered || !session->service->kernel)
		return;
	name_registration(session, "registration del", &words);
	if (kernel_do(session->service->kernel, &words, &fault) &&
	    kernel_error(session->service->kernel) != ENOENT)
		say(session->conf->conn, "registration del: %s", fault.text);
}

static void registration_words(const struct session *session, struct words *words)
{
	const struct conf_session *conf = session->conf;

	name_registration(session, "registration add", words);
	words_number(words, "plen", conf->plen);
	words_address(words, "ha", session->ha, -1);
	if (conf->hoa4 == HOA4_BINDING)
		words_text(words, "hoa4", "0.0.0.0");
	else if (!is_none(session->hoa4))
		words_ipv4(words, "hoa4", session->hoa4);
	words_number(words, "lifetime", conf->lifetime);
	words_number(words, "reqid", session->reqid);
	words_text(words, "key-management", conf->moves == MOVES_MIGRATE ? "yes" : "no");
	words_text(words, "mobile-router", conf->router ? "yes" : "no");
	if (*conf->id)
		words_text(words, "id", conf->id);
}

static bool add_registration(struct session *session)
{
	struct words words;
	struct fault fault;
	int err;

	registration_words(session, &words);
	err = kernel_do(session->service->kernel, &words, &fault);
	if (err && kernel_error(session->service->kernel) != EEXIST) {
		say(session->conf->conn, "the module refuses the registration: %s", fault.text);
		wait_more(session);
		return false;
	}
	session->registered = true;
	session->renew = err;
	return true;
}

/* Behind a new key exchange the home agent may have forgotten us. */
static void renew_registration(struct session *session)
{
	struct words words;
	struct fault fault;

	session->renew = false;
	name_registration(session, "registration set", &words);
	words_number(&words, "lifetime", session->conf->lifetime);
	if (kernel_do(session->service->kernel, &words, &fault))
		say(session->conf->conn, "registration set: %s", fault.text);
}

/* ---- steps --------------------------------------------------------------------------------- */

/*
 * charon asks the kernel for the way to the home agent, and moves when it is
 * another one: so it is shown the one that the registration has taken. [IP-17]
 */
static void show_way(struct session *session, uint32_t table)
{
	struct host *host = session->service->host;
	struct fault fault;

	if (session->way == table)
		return;
	if (session->way &&
	    host_rule_to_del(host, session->ha, 128, session->way, SERVICE_WAYS, &fault))
		say(session->conf->conn, "way to the home agent: %s", fault.text);
	if (table && host_rule_to_add(host, session->ha, 128, table, SERVICE_WAYS, &fault))
		say(session->conf->conn, "way to the home agent: %s", fault.text);
	session->way = table;
}

/* Nothing of it stays, but in charon. */
static void tear_down(struct session *session)
{
	struct service *service = session->service;
	struct fault fault;

	if (is_none(session->hoa))
		return;
	del_registration(session);
	session->registered = false;
	show_way(session, 0);
	if (!is_none(session->ha) &&
	    policies_del(service->policies, session->hoa, session->ha, false, &fault))
		say(session->conf->conn, "policies: %s", fault.text);
	session->policed = false;
	unset_addresses(session);
	service_clear(service, session->conf->conn, session->reqid, session->hoa, session->hoa4);
	memset(session->hoa, 0, 16);
	memset(session->hoa4, 0, 16);
	memset(session->coa, 0, 16);
}

/* A new IKE SA, or the same under another number after it was rekeyed. */
static void take_keys(struct session *session, const struct ike *ike)
{
	const struct child *child = ike_child(ike, session->reqid);
	bool goes_on = child && !memcmp(child->local, session->hoa, 16);
	bool rekeyed = session->ike && goes_on;
	char text[INET6_ADDRSTRLEN];

	session->ike = ike->unique;
	session->failures = 0;
	session->retry = 0;
	if (rekeyed)
		return;
	session->settled = 0;
	/* what it gives is taken, also after another was used behind a 134 [BS-05] */
	if (!goes_on && (memcmp(session->vip, ike->vip, 16) || memcmp(session->hoa, ike->vip, 16)))
		tear_down(session);
	memcpy(session->vip, ike->vip, 16);
	if (is_none(session->hoa)) {
		memcpy(session->hoa, ike->vip, 16);
		session->addresses_tried = 0;
	}
	if (session->conf->hoa4 != HOA4_BINDING)
		memcpy(session->hoa4, ike->vip4, 16);
	if (session->conf->find == FIND_ADDRESS)
		memcpy(session->ha, session->conf->ha, 16);
	else
		memcpy(session->ha, ike->remote, 16);
	session->renew = session->registered;
	session->stale |= session->registered || session->conf->payload;
	say(session->conf->conn, "authenticated, home address %s",
	    inet_ntop(AF_INET6, session->hoa, text, sizeof(text)));
}

/* After a restart the connection that charon has must be known again. */
static bool knows_connection(struct session *session, const struct ike *ike)
{
	if (session->connection)
		return true;
	if (make_connection(session))
		return false;
	if (!tree_find(conf_connection(session->service->conf, session->conf->conn), "local_addrs"))
		set_address(session->connection, "local_addrs", ike->local);
	if (session->conf->find == FIND_NAME || session->conf->find == FIND_DOMAIN)
		set_address(session->connection, "remote_addrs", ike->remote);
	return true;
}

static bool wants_payload(const struct session *session)
{
	/* to an ePDG everything is protected already [3G-22] */
	return session->conf->payload && session->state == DSMIP_STATE_REGISTERED &&
	       !epdg_has(session->service->epdgs, session->coa);
}

/* SAs for home addresses that were tried before this one. */
static void end_former(struct session *session, struct ike *ike)
{
	for (struct child *child = ike->children; child; child = child->next)
		if (child->installed && child->transport && child->reqid == session->reqid &&
		    memcmp(child->local, session->hoa, 16))
			service_end_child(session->service, child);
}

/*
 * A home agent with no SA for us yet may have one for user data that covers what we
 * ask for: then it makes a tunnel of it, and another is refused as a duplicate.
 */
static bool end_tunnel(struct session *session, const struct ike *ike)
{
	struct child *child;
	char name[24];

	snprintf(name, sizeof(name), "mh-%u", session->reqid);
	child = ike_child_named(ike, name);
	if (!child || child->transport)
		return false;
	say(session->conf->conn, "no SA for the signalling: the home agent made a tunnel");
	service_end_child(session->service, child);
	wait_more(session);
	return true;
}

static void protect(struct session *session, const struct ike *ike)
{
	struct child *child = ike_child_named(ike, "payload");

	if (!session->conf->payload || session->state != DSMIP_STATE_REGISTERED)
		return;
	if (wants_payload(session) && !child && may_try(session)) {
		attempt(session, AIM_PAYLOAD, "payload");
	} else if (!wants_payload(session) && child) {
		service_end_child(session->service, child);
	}
}

/*
 * The key exchange follows the registration. charon tells nobody that it went
 * along, and may go back when the home agent speaks to the old address: so we
 * compare at every turn. [IP-12] [IP-14]
 */
static void follow(struct session *session, struct ike *ike)
{
	struct service *service = session->service;
	struct child *payload = ike_child_named(ike, "payload");
	struct policy_move move = { .reqid = session->reqid };
	struct fault fault;

	if (session->state != DSMIP_STATE_REGISTERED)
		return;
	if (session->conf->moves == MOVES_MOBIKE) {
		show_way(session, access_table(service, session->coa));
		return;
	}
	if (!memcmp(ike->local, session->coa, 16))
		return;
	if (session->conf->moves == MOVES_NONE || !session->keys_move) {
		/* no means to move it: a new one from here [IP-14] */
		say(session->conf->conn, "the home agent does not move the key exchange; "
					 "beginning it anew");
		service_terminate(service, ike->unique);
		return;
	}
	memcpy(move.hoa, session->hoa, 16);
	memcpy(move.ha, session->ha, 16);
	memcpy(move.from, ike->local, 16);
	memcpy(move.to, session->coa, 16);
	if (payload) {
		move.tunnel = true;
		move.reqid = payload->reqid;
	}
	if (policies_migrate(service->policies, &move, &fault))
		say(session->conf->conn, "cannot move the key exchange: %s", fault.text);
	memcpy(ike->local, session->coa, 16);
}

/* The next address of our own; the same key exchange. [BS-06] */
static void try_another(struct session *session)
{
	struct service *service = session->service;
	uint8_t next[16];
	struct fault fault;

	memcpy(next, session->hoa, 16);
	for (int octet = 15; octet >= 8 && !++next[octet]; octet--)
		;
	session->retry = 0;
	if (++session->addresses_tried > ADDRESSES_TRIED) {
		say(session->conf->conn, "no home address is free on the home link");
		memcpy(next, session->vip, 16);
		session->addresses_tried = 0;
		session->retry = loop_now() + RETRY_LAST_MS;
	} else {
		say(session->conf->conn,
		    "the home address is in use on the home link; trying the next");
	}
	del_registration(session);
	session->registered = false;
	policies_del(service->policies, session->hoa, session->ha, false, &fault);
	session->policed = false;
	unset_addresses(session);
	memcpy(session->hoa, next, 16);
	session->failures = 0;
}

/* By another address, or once more: it may not have been told of us yet. */
static void answer_refusal(struct session *session)
{
	uint64_t status = session->refused;

	session->refused = 0;
	if (!session->registered)
		return;
	if (status == DAD_FAILED) {
		try_another(session);
		return;
	}
	session->retry = loop_now() + backoff(session->failures++);
	session->renew = true;
}

static void advance(struct session *session, struct ike *ike)
{
	struct service *service = session->service;
	struct child *child = ike_child(ike, session->reqid);
	struct fault fault;

	if (!knows_connection(session, ike))
		return;
	if (session->refused)
		answer_refusal(session);
	if (!child || memcmp(child->local, session->hoa, 16)) {
		if (!end_tunnel(session, ike))
			start_child(session);
		return;
	}
	if (!service_device(session->conf->dev)) {
		loop_wake(service->loop, loop_now() + RETRY_FIRST_MS);
		return;
	}
	if (session->stale)
		service_clear(service, session->conf->conn, session->reqid, session->hoa,
			      session->hoa4);
	session->stale = false;
	if (!session->policed) {
		if (policies_set(service->policies, session->hoa, session->ha, false,
				 session->reqid, &fault)) {
			say(session->conf->conn, "policies: %s", fault.text);
			loop_wake(service->loop, loop_now() + RETRY_FIRST_MS);
			return;
		}
		session->policed = true;
	}
	if (!set_addresses(session)) {
		loop_wake(service->loop, loop_now() + RETRY_FIRST_MS);
		return;
	}
	end_former(session, ike);
	if (session->retry > loop_now()) {
		loop_wake(service->loop, session->retry);
		return;
	}
	if (!session->registered && !add_registration(session))
		return;
	if (session->renew)
		renew_registration(session);
	follow(session, ike);
	protect(session, ike);
}

static void lost_keys(struct session *session)
{
	if (session->ike) {
		session->ike = 0;
		session->end = loop_now() + session->service->conf->hold * 1000ull;
		say(session->conf->conn, "the IKE SA is gone; attaching anew");
	}
	if (is_none(session->hoa))
		return;
	if (session->end <= loop_now())
		tear_down(session);
	else
		loop_wake(session->service->loop, session->end);
}

/* An IKE SA is coming: it is ended when it has come, for the home agent knows of it. */
static bool is_attempting(const struct session *session, const struct ike *ike)
{
	return !session->ending && !ike && (session->attempt || session->settled > loop_now());
}

/*
 * Goodbye to the home agent, then to charon, then to the host. [3G-40] One is waited
 * for before the next, for an ePDG's tunnel goes when all that is over.
 */
static void leave(struct session *session, struct ike *ike)
{
	uint64_t now = loop_now();

	if (session->left)
		return;
	forget_find(session);
	if (!session->parting) {
		session->parting = true;
		session->end = now + LEAVE_MS;
		del_registration(session);
	}
	if (is_attempting(session, ike) && session->end > now) {
		loop_wake(session->service->loop, session->end);
		return;
	}
	if (session->attempt && !ike)
		service_give_up(session->service, session->conf->conn);
	forget_attempt(session);
	if (session->registered && !session->ending && session->end > now) {
		loop_wake(session->service->loop, session->end);
		return;
	}
	if (ike && !session->ending) {
		session->ending = true;
		session->end = now + LEAVE_MS;
		service_terminate(session->service, ike->unique);
	}
	if (ike && session->end > now) {
		loop_wake(session->service->loop, session->end);
		return;
	}
	tear_down(session);
	session->left = true;
	say(session->conf->conn, "detached");
}

static void turn(struct session *session)
{
	struct service *service = session->service;
	struct ike *ike = sas_newest(&service->sas, session->conf->conn);

	if (service->leaving) {
		leave(session, ike);
		return;
	}
	if (!service->charon || !service->kernel)
		return;
	if (!ike) {
		lost_keys(session);
		start_keys(session);
		return;
	}
	if (is_none(ike->vip)) {
		if (session->retry > loop_now())
			return;
		say(session->conf->conn, "the home agent gave no IPv6 home address: is its pool "
					 "empty?");
		service_terminate(service, ike->unique);
		wait_more(session);
		return;
	}
	if (session->ike != ike->unique)
		take_keys(session, ike);
	advance(session, ike);
}

void session_turn(struct session *sessions)
{
	for (; sessions; sessions = sessions->next)
		turn(sessions);
}

/* ---- what is told ------------------------------------------------------------------------------ */

void session_charon_lost(struct session *sessions)
{
	for (; sessions; sessions = sessions->next) {
		forget_attempt(sessions);
		tree_free(sessions->connection);
		sessions->connection = NULL;
		sessions->stale = true;
	}
}

static void adopt(void *arg, const struct spec_object *object, const struct attrs *attrs)
{
	struct session *session = arg;
	char text[INET6_ADDRSTRLEN];
	uint8_t hoa[16];

	if (kernel_number(object, attrs, "reqid") != session->reqid)
		return;
	kernel_address(object, attrs, "hoa", hoa);
	if (!is_none(session->hoa) && memcmp(hoa, session->hoa, 16))
		return;
	if (is_none(session->hoa)) {
		memcpy(session->hoa, hoa, 16);
		memcpy(session->vip, hoa, 16);
		kernel_address(object, attrs, "hoa4", session->hoa4);
		if (!memcmp(session->hoa4 + 12, nowhere, 4))
			memset(session->hoa4, 0, 16);
		kernel_address(object, attrs, "ha", session->ha);
		session->end = loop_now() + session->service->conf->hold * 1000ull;
		session->addressed = true;
		say(session->conf->conn, "found its registration of %s",
		    inet_ntop(AF_INET6, hoa, text, sizeof(text)));
	}
	session->registered = true;
	session->state = kernel_number(object, attrs, "state");
	if (session->state == DSMIP_STATE_REFUSED)
		session->refused = kernel_number(object, attrs, "status");
	session->keys_move = kernel_number(object, attrs, "key-management-granted");
	kernel_address(object, attrs, "coa", session->coa);
}

/* The device may be another one: what stood on it is to be set again. */
void session_kernel_came(struct session *sessions)
{
	for (; sessions; sessions = sessions->next) {
		struct fault fault;

		sessions->registered = false;
		sessions->addressed = false;
		sessions->addressed4 = false;
		if (kernel_each(sessions->service->kernel, "registration",
				service_device(sessions->conf->dev), adopt, sessions, &fault))
			say(sessions->conf->conn, "cannot read the module: %s", fault.text);
		sessions->addressed = false;
	}
}

void session_kernel_lost(struct session *sessions)
{
	for (; sessions; sessions = sessions->next) {
		sessions->registered = false;
		sessions->addressed = false;
		sessions->addressed4 = false;
	}
}

static void say_state(const struct session *session, const struct spec_object *object,
		      const struct attrs *attrs)
{
	char text[INET6_ADDRSTRLEN];

	if (session->state == DSMIP_STATE_REGISTERED)
		say(session->conf->conn, "registered from %s",
		    inet_ntop(AF_INET6, session->coa, text, sizeof(text)));
	else if (session->state == DSMIP_STATE_REFUSED)
		say(session->conf->conn, "the home agent refuses the registration: status %u",
		    (unsigned int)kernel_number(object, attrs, "status"));
	else if (session->state == DSMIP_STATE_AT_HOME)
		say(session->conf->conn, "at home");
}

static void take_hoa4(struct session *session, const struct spec_object *object,
		      const struct attrs *attrs)
{
	uint8_t hoa4[16];

	if (session->conf->hoa4 != HOA4_BINDING || !kernel_has(object, attrs, "hoa4"))
		return;
	kernel_address(object, attrs, "hoa4", hoa4);
	if (memcmp(hoa4 + 12, nowhere, 4) && is_none(session->hoa4))
		memcpy(session->hoa4, hoa4, 16);
}

static void heard(struct session *session, const struct spec_object *object,
		  const struct attrs *attrs)
{
	uint64_t event = kernel_number(object, attrs, "event");
	uint64_t state = kernel_number(object, attrs, "state");
	bool changed = state != session->state || event == DSMIP_EVENT_MOVED;

	/* at home it is the binding that has ended */
	if (event == DSMIP_EVENT_DELETED && state != DSMIP_STATE_AT_HOME) {
		session->registered = false;
		session->state = DSMIP_STATE_IDLE;
		return;
	}
	session->state = state;
	kernel_address(object, attrs, "coa", session->coa);
	take_hoa4(session, object, attrs);
	session->keys_move = kernel_number(object, attrs, "key-management-granted");
	if (changed)
		say_state(session, object, attrs);
	if (state == DSMIP_STATE_REGISTERED)
		session->failures = 0;
	if (event == DSMIP_EVENT_REFUSED && state == DSMIP_STATE_REFUSED)
		session->refused = kernel_number(object, attrs, "status");
}

void session_event(struct session *sessions, const struct spec_object *object,
		   const struct attrs *attrs)
{
	uint8_t hoa[16];

	if (strcmp(object->word, "registration"))
		return;
	kernel_address(object, attrs, "hoa", hoa);
	for (; sessions; sessions = sessions->next)
		if (!memcmp(sessions->hoa, hoa, 16) &&
		    service_device(sessions->conf->dev) == kernel_number(object, attrs, "dev"))
			heard(sessions, object, attrs);
}

bool session_has(const struct session *sessions, uint32_t reqid)
{
	while (sessions && sessions->reqid != reqid)
		sessions = sessions->next;
	return sessions;
}

bool session_polices(const struct session *sessions, uint32_t reqid, const uint8_t hoa[16])
{
	while (sessions && sessions->reqid != reqid)
		sessions = sessions->next;
	return sessions && !memcmp(sessions->hoa, hoa, 16);
}

bool session_all_left(const struct session *sessions)
{
	while (sessions && sessions->left)
		sessions = sessions->next;
	return !sessions;
}

struct session *session_new(struct service *service, const struct conf_session *conf,
			    struct session *next)
{
	struct session *session = calloc(1, sizeof(*session));

	if (!session)
		return NULL;
	session->service = service;
	session->conf = conf;
	session->stale = true;
	session->reqid = service->conf->reqid_first + conf->number;
	session->next = next;
	return session;
}

void session_free(struct session *sessions)
{
	while (sessions) {
		struct session *next = sessions->next;

		forget_attempt(sessions);
		forget_find(sessions);
		tree_free(sessions->connection);
		free(sessions);
		sessions = next;
	}
}
