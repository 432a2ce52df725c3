// SPDX-License-Identifier: GPL-2.0
/*
 * Whom IKE authenticated may be a mobile, with the home address that it was
 * assigned and under the SA that it made for it; and only so long. [HR-07] [IP-08]
 *
 * charon takes the selectors of a child from its configuration, and compares them
 * with no virtual address. So a child is configured only for those who wait for
 * one; what is asked for by another is ended here, and the module knows each
 * mobile's SA by its SPI, which no other can have.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <arpa/inet.h>

#include <linux/dsmip.h>

#include "fault.h"
#include "print.h"
#include "charon.h"
#include "conf.h"
#include "host.h"
#include "journal.h"
#include "kernel.h"
#include "loop.h"
#include "policy.h"
#include "service.h"
#include "tree.h"
#include "words.h"

#define OFFERS_TRIED 8
#define ID_SIZE 254
#define RETRY_MS 1000
#define OFFER_AGAIN_MS 3000

struct subscriber {
	struct subscriber *next;
	char id[ID_SIZE];
	uint8_t hoa[16];
	uint8_t hoa4[16];
	uint8_t offer[16]; /* home address whose SA is waited for; hoa but after a 134 */
	uint32_t reqid;
	uint32_t ike; /* 0: none now, until end */
	uint64_t end;
	uint32_t spi;   /* of the SA that is authorised, 0 for none */
	bool known;     /* to the module */
	bool policed;   /* XFRM has the policies for hoa */
	bool stale;     /* states may be left from before */
	bool waiting;   /* for a child, which charon is to offer */
	bool leaving;   /* forgotten, but the module's last word on its binding is out */
	bool masked;    /* only the prefix of hoa is known, as the module tells it */
	uint64_t retry; /* when the module said no */
	/* the binding, for the account */
	bool bound;
	time_t since;
	uint64_t handovers;
	uint8_t coa[16];
	uint64_t counted_before[4]; /* by the module, when the session began */
	uint64_t octets[2];
	uint64_t packets[2];
};

struct gateway {
	struct gateway *next;
	struct service *service;
	const struct conf_gateway *conf;
	struct subscriber *subscribers;
	uint32_t reqid;   /* the last one given */
	uint32_t ifindex; /* of the device, 0 while it is not there */
	uint8_t ha[16];
	bool offers_changed;
	uint64_t offers_retry; /* not before */
	uint64_t offers_again; /* look then whether charon still has them */
};

static const uint8_t nowhere[16];

static bool same(const uint8_t a[16], const uint8_t b[16], int plen)
{
	int whole = plen / 8;
	uint8_t mask = plen % 8 ? 0xff << (8 - plen % 8) : 0;

	return !memcmp(a, b, whole) && !((a[whole % 16] ^ b[whole % 16]) & mask);
}

static struct subscriber *by_ike(const struct gateway *gateway, uint32_t ike)
{
	struct subscriber *sub = gateway->subscribers;

	while (sub && (sub->ike != ike || sub->leaving))
		sub = sub->next;
	return sub;
}

static struct subscriber *by_hoa(const struct gateway *gateway, const uint8_t hoa[16])
{
	struct subscriber *sub = gateway->subscribers;

	while (sub && (sub->leaving || !same(sub->hoa, hoa, gateway->conf->plen)))
		sub = sub->next;
	return sub;
}

static struct subscriber *by_reqid(const struct gateway *gateway, uint32_t reqid)
{
	struct subscriber *sub = gateway->subscribers;

	while (sub && (sub->reqid != reqid || sub->leaving))
		sub = sub->next;
	return sub;
}

bool gateway_has(const struct gateway *gateways, uint32_t reqid)
{
	for (; gateways; gateways = gateways->next)
		if (by_reqid(gateways, reqid))
			return true;
	return false;
}

bool gateway_polices(const struct gateway *gateways, uint32_t reqid, const uint8_t hoa[16])
{
	for (; gateways; gateways = gateways->next) {
		const struct subscriber *sub = by_reqid(gateways, reqid);

		if (sub && (sub->masked || !memcmp(sub->hoa, hoa, 16)))
			return true;
	}
	return false;
}

/* ---- the account --------------------------------------------------------------- */

static void account(const struct subscriber *sub, const char *event, const uint8_t *before,
		    const char *cause)
{
	uint64_t seconds = sub->since ? (uint64_t)(time(NULL) - sub->since) : 0;
	bool ends = !strcmp(event, "session-stop");

	journal_write(&(struct journal){
		.event = event,
		.id = sub->id,
		.hoa = sub->hoa,
		.hoa4 = sub->hoa4,
		.coa = sub->coa,
		.coa_before = before,
		.octets = ends ? sub->octets : NULL,
		.packets = ends ? sub->packets : NULL,
		.seconds = ends ? &seconds : NULL,
		.handovers = ends ? &sub->handovers : NULL,
		.cause = cause,
	});
}

/* ---- beginning and end of a subscriber ------------------------------------------ */

/* Is it a child's, of whomever? After a restart those may be seen later. */
static bool is_childs(const struct sas *sas, uint32_t reqid)
{
	for (struct ike *ike = sas->first; ike; ike = ike->next)
		for (struct child *child = ike->children; child; child = child->next)
			if (child->reqid == reqid)
				return true;
	return false;
}

static uint32_t new_reqid(struct gateway *gateway)
{
	const struct conf *conf = gateway->service->conf;
	uint32_t span = conf->reqid_last - conf->reqid_first;

	for (uint32_t i = 0; i <= span; i++) {
		if (gateway->reqid < conf->reqid_first || gateway->reqid >= conf->reqid_last)
			gateway->reqid = conf->reqid_first - 1;
		gateway->reqid++;
		if (!gateway_has(gateway->service->gateways, gateway->reqid) &&
		    !session_has(gateway->service->sessions, gateway->reqid) &&
		    !is_childs(&gateway->service->sas, gateway->reqid))
			return gateway->reqid;
	}
	return 0;
}

static struct subscriber *new_subscriber(struct gateway *gateway, const char *id,
					 const uint8_t hoa[16], uint32_t reqid)
{
	struct subscriber *sub = reqid ? calloc(1, sizeof(*sub)) : NULL;

	if (!sub) {
		say(id, "no room for another subscriber: see reqids");
		return NULL;
	}
	snprintf(sub->id, sizeof(sub->id), "%s", id);
	memcpy(sub->hoa, hoa, 16);
	memcpy(sub->offer, hoa, 16);
	sub->reqid = reqid;
	sub->next = gateway->subscribers;
	gateway->subscribers = sub;
	return sub;
}

static void free_subscriber(struct gateway *gateway, struct subscriber *sub)
{
	struct subscriber **at = &gateway->subscribers;

	while (*at && *at != sub)
		at = &(*at)->next;
	if (*at)
		*at = sub->next;
	free(sub);
}

static void drop_mobile(struct gateway *gateway, struct subscriber *sub)
{
	struct words words;
	struct fault fault;

	if (!sub->known)
		return;
	sub->known = false;
	sub->spi = 0;
	words_begin(&words, "mobile del");
	words_text(&words, "dev", gateway->conf->dev);
	words_address(&words, "hoa", sub->hoa, gateway->conf->plen);
	if (gateway->service->kernel && kernel_do(gateway->service->kernel, &words, &fault) &&
	    kernel_error(gateway->service->kernel) != ENOENT &&
	    kernel_error(gateway->service->kernel) != ENODEV)
		say(sub->id, "mobile del: %s", fault.text);
}

/* Nothing of it stays: not in the module, nor in XFRM. */
static void end_subscriber(struct gateway *gateway, struct subscriber *sub, const char *why)
{
	struct fault fault;

	say(sub->id, "detached: %s", why);
	if (sub->waiting)
		gateway->offers_changed = true;
	drop_mobile(gateway, sub);
	if (policies_del(gateway->service->policies, sub->offer, gateway->ha, true, &fault) ||
	    policies_del(gateway->service->policies, sub->hoa, gateway->ha, true, &fault))
		say(sub->id, "policies: %s", fault.text);
	sub->ike = 0;
	sub->waiting = false;
	/* what a charon that we cannot ask may still have is swept when it is back */
	if (sub->stale && gateway->service->charon)
		service_clear(gateway->service, sub->id, sub->reqid, sub->hoa, sub->hoa4);
	/* its octets come with the module's word that the binding has ended */
	if (sub->bound && gateway->service->kernel) {
		sub->leaving = true;
		sub->end = loop_now() + RETRY_MS;
		return;
	}
	if (sub->bound)
		account(sub, "session-stop", NULL, why);
	free_subscriber(gateway, sub);
}

/* ---- what charon is to offer ------------------------------------------------------ */

static int offer(struct tree *children, const struct gateway *gateway, const struct subscriber *sub)
{
	char name[24], ha[INET6_ADDRSTRLEN], hoa[INET6_ADDRSTRLEN];
	struct tree *child, *local, *remote;
	int err;

	inet_ntop(AF_INET6, gateway->ha, ha, sizeof(ha));
	inet_ntop(AF_INET6, sub->offer, hoa, sizeof(hoa));
	snprintf(name, sizeof(name), "mh-%u", sub->reqid);
	child = tree_add_section(children, name);
	err = tree_add_text(child, "mode", "transport_proxy");
	err |= tree_add_text(child, "policies", "no");
	err |= tree_add(child, "reqid", "%u", sub->reqid);
	local = tree_add_list(child, "local_ts");
	err |= tree_add(local, NULL, "%s/128[135]", ha);
	remote = tree_add_list(child, "remote_ts");
	err |= tree_add(remote, NULL, "%s/128[135]", hoa);
	return err;
}

static int load_offers(struct gateway *gateway, struct fault *fault)
{
	struct tree *children = tree_new();
	int err = 0;

	for (struct subscriber *sub = gateway->subscribers; sub && !err; sub = sub->next)
		if (sub->waiting && !sub->leaving)
			err = offer(children, gateway, sub);
	if (err)
		fault_refused(fault, "no memory");
	else
		err = service_load(gateway->service,
				   conf_connection(gateway->service->conf, gateway->conf->conn),
				   children, fault);
	tree_free(children);
	return err;
}

static bool has_waiting(const struct gateway *gateway)
{
	for (struct subscriber *sub = gateway->subscribers; sub; sub = sub->next)
		if (sub->waiting && !sub->leaving)
			return true;
	return false;
}

static bool is_loaded(struct gateway *gateway)
{
	struct fault fault;
	struct tree *answer = charon_ask(gateway->service->charon, "get-conns", NULL, &fault);
	const struct tree *names = tree_find(answer, "conns");
	bool loaded = !answer;

	for (const struct tree *one = names ? names->first : NULL; one; one = one->next)
		loaded |= one->kind == TREE_VALUE &&
			  !strcmp((const char *)one->value, gateway->conf->conn);
	tree_free(answer);
	return loaded;
}

/* swanctl may load its files at any time, without our children or the connection. */
static void check_offers(struct gateway *gateway)
{
	uint64_t now = loop_now();

	if (!gateway->service->charon || gateway->offers_changed)
		return;
	if (gateway->offers_again <= now) {
		gateway->offers_changed = has_waiting(gateway) || !is_loaded(gateway);
		gateway->offers_again = now + OFFER_AGAIN_MS;
	}
	loop_wake(gateway->service->loop, gateway->offers_again);
}

static void offer_all(struct gateway *gateway)
{
	struct fault fault;

	if (!gateway->offers_changed || !gateway->service->charon || !gateway->ifindex)
		return;
	if (gateway->offers_retry > loop_now()) {
		loop_wake(gateway->service->loop, gateway->offers_retry);
		return;
	}
	if (!load_offers(gateway, &fault)) {
		gateway->offers_changed = false;
		gateway->offers_again = loop_now() + OFFER_AGAIN_MS;
		return;
	}
	say(gateway->conf->conn, "charon does not take the connection: %s", fault.text);
	gateway->offers_retry = loop_now() + RETRY_MS;
	loop_wake(gateway->service->loop, gateway->offers_retry);
}

static void wait_for_child(struct gateway *gateway, struct subscriber *sub)
{
	if (sub->waiting)
		return;
	sub->waiting = true;
	gateway->offers_changed = true;
}

/* ---- from an IKE SA to a subscriber ------------------------------------------------ */

static void refuse(struct gateway *gateway, struct ike *ike, const uint8_t hoa[16],
		   const char *cause)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, hoa, text, sizeof(text));
	say(ike->peer, "refused: %s: %s", text, cause);
	journal_write(&(struct journal){ .event = "refused",
					 .id = ike->peer,
					 .hoa = hoa,
					 .coa = ike->remote,
					 .cause = cause });
	service_terminate(gateway->service, ike->unique);
}

/* The same subscriber by a new key exchange, while the former is there or remembered. */
static void take_over(struct gateway *gateway, struct subscriber *sub, struct ike *ike)
{
	say(sub->id, "has a new IKE SA");
	sub->ike = ike->unique;
	memcpy(sub->offer, ike->vip, 16);
	if (sub->masked)
		memcpy(sub->hoa, ike->vip, 16);
	sub->masked = false;
	if (memcmp(sub->hoa4, ike->vip4, 16)) {
		memcpy(sub->hoa4, ike->vip4, 16);
		sub->spi = 0;
	}
	wait_for_child(gateway, sub);
}

static bool is_ours(const struct gateway *gateway, const struct child *child)
{
	const struct conf *conf = gateway->service->conf;

	return child->transport && child->reqid >= conf->reqid_first &&
	       child->reqid <= conf->reqid_last;
}

/* It may have its SA already, when we were not there: the reqid is in it. */
static uint32_t reqid_for(struct gateway *gateway, const struct ike *ike)
{
	for (struct child *child = ike->children; child; child = child->next)
		if (is_ours(gateway, child) && !memcmp(child->remote, ike->vip, 16) &&
		    !gateway_has(gateway->service->gateways, child->reqid))
			return child->reqid;
	return new_reqid(gateway);
}

/* An address beside the one that is in use on the home link. [BS-06] */
static void offer_another(struct gateway *gateway, struct subscriber *sub)
{
	uint8_t next[16];

	memcpy(next, sub->offer, 16);
	for (int i = 0; i < OFFERS_TRIED; i++) {
		struct subscriber *other;

		for (int octet = 15; octet >= 8 && !++next[octet]; octet--)
			;
		other = by_hoa(gateway, next);
		if ((other && other != sub) || !memcmp(next, gateway->ha, 16))
			continue;
		memcpy(sub->offer, next, 16);
		sub->waiting = true;
		gateway->offers_changed = true;
		say(sub->id, "the home address is in use on the home link; offering the next");
		return;
	}
	say(sub->id, "the home address is in use, and so are those beside it");
}

/* What was offered to another after a 134 is assigned to this one. */
static void take_offer(struct gateway *gateway, const struct subscriber *sub)
{
	for (struct subscriber *other = gateway->subscribers; other; other = other->next)
		if (other != sub && !other->leaving && !memcmp(other->offer, sub->hoa, 16) &&
		    memcmp(other->hoa, sub->hoa, 16))
			offer_another(gateway, other);
}

/* One whose end was missed has nothing to keep the address with. */
static bool has_gone(struct gateway *gateway, const struct subscriber *sub)
{
	struct ike *ike = sas_find(&gateway->service->sas, sub->ike);

	if (service_has_ike(gateway->service, sub->ike))
		return false;
	if (ike)
		ike->gone = true;
	return true;
}

static struct subscriber *attach(struct gateway *gateway, struct ike *ike)
{
	struct subscriber *sub = by_hoa(gateway, ike->vip);
	char hoa[INET6_ADDRSTRLEN];

	if (sub && !strcmp(sub->id, ike->peer)) {
		take_over(gateway, sub, ike);
		return sub;
	}
	if (sub && sub->ike && !has_gone(gateway, sub)) {
		refuse(gateway, ike, ike->vip, "the home address is another subscriber's");
		return NULL;
	}
	if (sub)
		end_subscriber(gateway, sub, "its home address went to another subscriber");
	sub = new_subscriber(gateway, ike->peer, ike->vip, reqid_for(gateway, ike));
	if (!sub)
		return NULL;
	sub->ike = ike->unique;
	memcpy(sub->hoa4, ike->vip4, 16);
	say(sub->id, "authenticated, home address %s, reqid %u",
	    inet_ntop(AF_INET6, sub->hoa, hoa, sizeof(hoa)), sub->reqid);
	take_offer(gateway, sub);
	wait_for_child(gateway, sub);
	return sub;
}

static void mobile_words(struct gateway *gateway, const struct subscriber *sub, uint32_t spi,
			 const char *verb, struct words *words)
{
	const struct conf_gateway *conf = gateway->conf;

	words_begin(words, verb);
	words_text(words, "dev", conf->dev);
	words_address(words, "hoa", sub->hoa, conf->plen);
	if (memcmp(sub->hoa4, nowhere, 16))
		words_ipv4(words, "hoa4", sub->hoa4);
	words_text(words, "pool", conf->pool ? "yes" : "no");
	words_text(words, "id", sub->id);
	words_number(words, "reqid", sub->reqid);
	words_number(words, "spi", spi);
	words_number(words, "lifetime-max", conf->lifetime_max);
	words_text(words, "account", conf->account ? "yes" : "no");
	words_text(words, "key-management", conf->moves == MOVES_MIGRATE ? "yes" : "no");
}

static int tell_module(struct gateway *gateway, struct subscriber *sub, uint32_t spi)
{
	struct service *service = gateway->service;
	struct words words;
	struct fault fault;
	int err;

	mobile_words(gateway, sub, spi, sub->known ? "mobile set" : "mobile add", &words);
	err = kernel_do(service->kernel, &words, &fault);
	if (err && !sub->known && kernel_error(service->kernel) == EEXIST) {
		/* another's, with a binding that is not to come to this one */
		sub->known = true;
		drop_mobile(gateway, sub);
		err = kernel_do(service->kernel, &words, &fault);
	}
	if (!err)
		sub->known = true;
	else if (kernel_error(service->kernel) == ENOENT)
		sub->known = false;
	if (err)
		say(sub->id, "the module refuses the mobile: %s", fault.text);
	return err;
}

/* After a 134 the mobile has chosen another address of its own. [BS-06] */
static void change_address(struct gateway *gateway, struct subscriber *sub, const uint8_t hoa[16])
{
	struct fault fault;

	if (!memcmp(sub->hoa, hoa, 16))
		return;
	policies_del(gateway->service->policies, sub->hoa, gateway->ha, true, &fault);
	sub->policed = false;
	if (gateway->conf->plen == 128)
		drop_mobile(gateway, sub);
	memcpy(sub->hoa, hoa, 16);
}

static void authorise(struct gateway *gateway, struct subscriber *sub, const struct child *child)
{
	struct service *service = gateway->service;
	struct fault fault;

	if (!service->kernel || !gateway->ifindex || sub->retry > loop_now())
		return;
	sub->retry = 0;
	change_address(gateway, sub, child->remote);
	if (policies_set(service->policies, sub->hoa, gateway->ha, true, sub->reqid, &fault)) {
		say(sub->id, "policies: %s", fault.text);
		sub->retry = loop_now() + RETRY_MS;
		return;
	}
	sub->policed = true;
	if (tell_module(gateway, sub, child->spi_in)) {
		sub->retry = loop_now() + RETRY_MS;
		return;
	}
	sub->spi = child->spi_in;
	if (sub->stale)
		service_clear(gateway->service, sub->id, sub->reqid, sub->hoa, sub->hoa4);
	sub->stale = false;
}

static bool is_authorised(const struct subscriber *sub, const struct child *child)
{
	return sub->known && sub->policed && sub->spi == child->spi_in;
}

static bool is_for(const struct subscriber *sub, const struct child *child)
{
	return child->reqid == sub->reqid &&
	       (!memcmp(child->remote, sub->offer, 16) || !memcmp(child->remote, sub->hoa, 16));
}

/* The address that IKE gave, and those that were offered behind a 134. */
static bool is_own(const struct subscriber *sub, const struct ike *ike, const struct child *child)
{
	return !memcmp(child->remote, ike->vip, 16) ||
	       (sub && (child->reqid == sub->reqid || !memcmp(child->remote, sub->offer, 16) ||
			!memcmp(child->remote, sub->hoa, 16)));
}

/*
 * The one of that name whose child it is. He may be there twice: after a 134 with the
 * next address, and anew with the first one, while that is free.
 */
static struct subscriber *owner_of(const struct gateway *gateway, const struct ike *ike,
				   const struct child *child)
{
	struct subscriber *sub = is_ours(gateway, child) ? by_reqid(gateway, child->reqid) : NULL;

	if (!sub || strcmp(sub->id, ike->peer))
		return NULL;
	if (memcmp(child->remote, sub->offer, 16) &&
	    !same(child->remote, sub->hoa, gateway->conf->plen))
		return NULL;
	return sub;
}

/* Has it a child that it was not to have? Those offered to another end the IKE SA. */
static bool is_thief(struct gateway *gateway, struct ike *ike, const struct subscriber *sub)
{
	for (struct child *child = ike->children; child; child = child->next) {
		if (!is_ours(gateway, child) || is_own(sub, ike, child) ||
		    owner_of(gateway, ike, child))
			continue;
		refuse(gateway, ike, child->remote, "the SA is for another's home address");
		return true;
	}
	return false;
}

static void gone(struct gateway *gateway, uint32_t unique)
{
	struct subscriber *sub = by_ike(gateway, unique);

	if (!sub)
		return;
	sub->ike = 0;
	sub->end = loop_now() + gateway->service->conf->linger * 1000ull;
	if (sub->waiting) {
		sub->waiting = false;
		gateway->offers_changed = true;
	}
	/* one from before may be there still, and good again */
	for (struct ike *ike = gateway->service->sas.first; ike; ike = ike->next)
		if (!ike->gone && !strcmp(ike->peer, sub->id)) {
			ike->dirty = true;
			loop_wake(gateway->service->loop, loop_now());
		}
}

/*
 * The stolen SA goes at once, for the thief need not answer: it is between the
 * owner's addresses and has his reqid.
 */
static void take_back(struct gateway *gateway, struct ike *thief)
{
	thief->gone = true;
	gone(gateway, thief->unique);
	for (struct child *child = thief->children; child; child = child->next)
		if (is_ours(gateway, child))
			service_clear(gateway->service, thief->peer, child->reqid, child->remote,
				      nowhere);
}

/* Made for what is offered no more: before a 134, or before we began anew. */
static void end_strange(struct gateway *gateway, struct ike *ike, const struct subscriber *sub)
{
	for (struct child *child = ike->children; child; child = child->next)
		if (is_ours(gateway, child) && child->installed && !is_for(sub, child))
			service_end_child(gateway->service, child);
}

/* The same SA under a new number: its children say whose it is. */
static struct subscriber *by_children(const struct gateway *gateway, const struct ike *ike)
{
	const struct child *newest = NULL;
	struct subscriber *sub;

	for (const struct child *child = ike->children; child; child = child->next)
		if (owner_of(gateway, ike, child) && child->installed &&
		    (!newest || child->unique > newest->unique))
			newest = child;
	sub = newest ? owner_of(gateway, ike, newest) : NULL;
	if (sub && !sub->ike) {
		if (sub->masked)
			memcpy(sub->hoa, newest->remote, 16);
		memcpy(sub->offer, newest->remote, 16);
		sub->masked = false;
	}
	return sub;
}

static struct subscriber *subscriber_of(struct gateway *gateway, struct ike *ike)
{
	struct subscriber *sub = by_ike(gateway, ike->unique);

	if (sub)
		return sub;
	sub = by_children(gateway, ike);
	if (sub) {
		sub->ike = ike->unique;
		return sub;
	}
	if (!memcmp(ike->vip, nowhere, 16)) {
		refuse(gateway, ike, nowhere,
		       "no IPv6 home address: not asked for, or the pool is empty");
		return NULL;
	}
	return attach(gateway, ike);
}

/* One from before, of a subscriber who has a newer one: it only waits for its end. */
static bool is_superseded(const struct gateway *gateway, const struct ike *ike)
{
	const struct subscriber *sub = by_hoa(gateway, ike->vip);

	return sub && sub->ike > ike->unique && !strcmp(sub->id, ike->peer);
}

/* The newest SA for the address that he is offered, or else for the one that he has. */
static const struct child *child_of(const struct ike *ike, const struct subscriber *sub)
{
	const struct child *best = NULL;
	bool best_offered = false;

	for (const struct child *child = ike->children; child; child = child->next) {
		bool offered = !memcmp(child->remote, sub->offer, 16);

		if (!child->installed || !child->transport || !is_for(sub, child))
			continue;
		if (best && (best_offered > offered ||
			     (best_offered == offered && best->unique > child->unique)))
			continue;
		best = child;
		best_offered = offered;
	}
	return best;
}

static void look_at(struct gateway *gateway, struct ike *ike)
{
	const struct child *child;
	struct subscriber *sub;
	bool superseded;

	if (ike->gone) {
		gone(gateway, ike->unique);
		return;
	}
	if (!ike->established)
		return;
	superseded = is_superseded(gateway, ike);
	sub = superseded ? by_hoa(gateway, ike->vip) : subscriber_of(gateway, ike);
	if (is_thief(gateway, ike, sub)) {
		take_back(gateway, ike);
		return;
	}
	if (!sub || superseded)
		return;
	end_strange(gateway, ike, sub);
	child = child_of(ike, sub);
	if (!child || memcmp(child->remote, sub->offer, 16)) {
		wait_for_child(gateway, sub);
	} else if (sub->waiting) {
		sub->waiting = false;
		gateway->offers_changed = true;
	}
	if (!child)
		return;
	if (!is_authorised(sub, child))
		authorise(gateway, sub, child);
	else
		sub->stale = false; /* that charon is the one from before */
}

void gateway_ike(struct gateway *gateways, struct ike *ike)
{
	for (; gateways; gateways = gateways->next)
		if (!strcmp(gateways->conf->conn, ike->conn))
			look_at(gateways, ike);
}

void gateway_charon_lost(struct gateway *gateways)
{
	for (; gateways; gateways = gateways->next) {
		gateways->offers_changed = true;
		for (struct subscriber *sub = gateways->subscribers; sub; sub = sub->next) {
			if (sub->leaving || !sub->ike)
				continue;
			sub->ike = 0;
			sub->stale = true;
			sub->waiting = false;
			sub->end = loop_now() + gateways->service->conf->hold * 1000ull;
		}
	}
}

/* ---- the module ------------------------------------------------------------------------ */

static void find_device(void *arg, const struct spec_object *object, const struct attrs *attrs)
{
	struct gateway *gateway = arg;

	if (strcmp(kernel_text(object, attrs, "name"), gateway->conf->dev))
		return;
	gateway->ifindex = service_device(gateway->conf->dev);
	kernel_address(object, attrs, "addr", gateway->ha);
}

/*
 * A mobile that is there from before, by us: its reqid says so. Where its address or
 * its reqid is another's by now, it ended when the module was not heard.
 */
static void adopt(void *arg, const struct spec_object *object, const struct attrs *attrs)
{
	struct gateway *gateway = arg;
	const struct conf *conf = gateway->service->conf;
	uint32_t reqid = kernel_number(object, attrs, "reqid");
	const char *id = kernel_text(object, attrs, "id");
	struct subscriber *sub;
	uint8_t hoa[16];

	if (reqid < conf->reqid_first || reqid > conf->reqid_last)
		return;
	kernel_address(object, attrs, "hoa", hoa);
	sub = by_hoa(gateway, hoa);
	if (!sub || strcmp(sub->id, id)) {
		bool ended = sub || by_reqid(gateway, reqid);

		sub = new_subscriber(gateway, id, hoa, reqid);
		if (!sub)
			return;
		if (ended)
			sub->reqid = 0;
		sub->masked = gateway->conf->plen < 128;
		sub->stale = true;
		sub->end = loop_now() + conf->hold * 1000ull;
		kernel_address(object, attrs, "hoa4", sub->hoa4);
	}
	sub->known = true;
	sub->spi = kernel_number(object, attrs, "spi");
}

static void adopt_binding(void *arg, const struct spec_object *object, const struct attrs *attrs)
{
	struct gateway *gateway = arg;
	struct subscriber *sub;
	uint8_t hoa[16];

	kernel_address(object, attrs, "hoa", hoa);
	sub = by_hoa(gateway, hoa);
	if (!sub || sub->bound)
		return;
	sub->bound = true;
	sub->since = time(NULL);
	kernel_address(object, attrs, "coa", sub->coa);
}

/* The policies are ours: they have the address, where the module has the prefix. */
static int see_policy(void *arg, const uint8_t hoa[16], const uint8_t ha[16], uint32_t reqid)
{
	struct gateway *gateway = arg;
	struct subscriber *sub = by_reqid(gateway, reqid);

	if (!sub || memcmp(ha, gateway->ha, 16))
		return 0;
	if (sub->masked && same(hoa, sub->hoa, gateway->conf->plen)) {
		memcpy(sub->hoa, hoa, 16);
		memcpy(sub->offer, hoa, 16);
		sub->masked = false;
	}
	sub->policed |= !memcmp(hoa, sub->hoa, 16);
	return 0;
}

static void end_those_without_reqid(struct gateway *gateway)
{
	struct subscriber *next;

	for (struct subscriber *sub = gateway->subscribers; sub; sub = next) {
		next = sub->next;
		if (!sub->reqid && !sub->leaving)
			end_subscriber(gateway, sub, "it ended meanwhile");
	}
}

static void read_module(struct gateway *gateway)
{
	struct kernel *kernel = gateway->service->kernel;
	struct fault fault;

	if (host_link_up(gateway->service->host, gateway->ifindex, true, &fault))
		say(gateway->conf->dev, "%s", fault.text);
	for (struct subscriber *sub = gateway->subscribers; sub; sub = sub->next) {
		sub->known = false;
		sub->policed = false;
	}
	if (kernel_each(kernel, "mobile", gateway->ifindex, adopt, gateway, &fault) ||
	    kernel_each(kernel, "binding", gateway->ifindex, adopt_binding, gateway, &fault))
		say(gateway->conf->conn, "cannot read the module: %s", fault.text);
	/* with them may go policies of who has the address now */
	end_those_without_reqid(gateway);
	if (policies_each(gateway->service->policies, true, see_policy, gateway, &fault))
		say(gateway->conf->conn, "cannot read policies: %s", fault.text);
	gateway->offers_changed = true;
}

void gateway_kernel_came(struct gateway *gateways)
{
	for (; gateways; gateways = gateways->next) {
		struct kernel *kernel = gateways->service->kernel;
		struct fault fault;

		gateways->ifindex = 0;
		if (kernel_each(kernel, "device", 0, find_device, gateways, &fault) ||
		    !gateways->ifindex)
			say(gateways->conf->conn, "there is no device %s yet", gateways->conf->dev);
		else
			read_module(gateways);
	}
}

void gateway_kernel_lost(struct gateway *gateways)
{
	for (; gateways; gateways = gateways->next) {
		gateways->ifindex = 0;
		for (struct subscriber *sub = gateways->subscribers; sub; sub = sub->next) {
			sub->known = false;
			sub->spi = 0;
		}
	}
}

/* The module counts for as long as it has the mobile; a session is from its beginning. */
static void count(struct subscriber *sub, const struct spec_object *object,
		  const struct attrs *attrs, bool begins)
{
	static const char *const words[] = { "in-octets", "out-octets", "in-packets",
					     "out-packets" };
	uint64_t now[4];

	if (!kernel_has(object, attrs, words[0]))
		return;
	for (size_t i = 0; i < 4; i++) {
		now[i] = kernel_number(object, attrs, words[i]);
		if (begins || now[i] < sub->counted_before[i])
			sub->counted_before[i] = begins ? now[i] : 0;
		now[i] -= sub->counted_before[i];
	}
	memcpy(sub->octets, now, sizeof(sub->octets));
	memcpy(sub->packets, now + 2, sizeof(sub->packets));
}

static void binding_event(struct gateway *gateway, struct subscriber *sub,
			  const struct spec_object *object, const struct attrs *attrs)
{
	uint64_t event = kernel_number(object, attrs, "event");
	uint8_t before[16];

	memcpy(before, sub->coa, 16);
	if (event == DSMIP_EVENT_REFUSED) {
		if (kernel_number(object, attrs, "status") == 134)
			offer_another(gateway, sub);
		return;
	}
	kernel_address(object, attrs, "coa", sub->coa);
	if (kernel_has(object, attrs, "hoa4"))
		kernel_address(object, attrs, "hoa4", sub->hoa4);
	count(sub, object, attrs, event == DSMIP_EVENT_CREATED);
	switch (event) {
	case DSMIP_EVENT_CREATED:
		sub->bound = true;
		sub->since = time(NULL);
		sub->handovers = 0;
		account(sub, "session-start", NULL, NULL);
		break;
	case DSMIP_EVENT_MOVED:
		sub->handovers++;
		account(sub, "handover", before, NULL);
		break;
	case DSMIP_EVENT_EXPIRED:
	case DSMIP_EVENT_DELETED:
	case DSMIP_EVENT_REVOKED:
		sub->bound = false;
		account(sub, "session-stop", NULL,
			event == DSMIP_EVENT_EXPIRED ? "expired" : "ended");
		memset(sub->coa, 0, 16);
		break;
	}
}

static struct subscriber *bound_or_leaving(struct gateway *gateway, const uint8_t hoa[16])
{
	for (struct subscriber *sub = gateway->subscribers; sub; sub = sub->next)
		if (sub->leaving && same(sub->hoa, hoa, gateway->conf->plen))
			return sub;
	return by_hoa(gateway, hoa);
}

void gateway_event(struct gateway *gateways, const struct spec_object *object,
		   const struct attrs *attrs)
{
	uint32_t ifindex = kernel_number(object, attrs, "dev");
	struct subscriber *sub;
	uint8_t hoa[16];

	if (strcmp(object->word, "binding"))
		return;
	kernel_address(object, attrs, "hoa", hoa);
	for (; gateways; gateways = gateways->next) {
		if (gateways->ifindex != ifindex)
			continue;
		sub = bound_or_leaving(gateways, hoa);
		if (!sub)
			continue;
		binding_event(gateways, sub, object, attrs);
		if (sub->leaving && !sub->bound)
			free_subscriber(gateways, sub);
	}
}

/* ---- time -------------------------------------------------------------------------------- */

static void end_those(struct gateway *gateway)
{
	struct service *service = gateway->service;
	struct subscriber *sub, *next;
	uint64_t now = loop_now();

	for (sub = gateway->subscribers; sub; sub = next) {
		next = sub->next;
		if (sub->retry > now)
			loop_wake(service->loop, sub->retry);
		/* it may be one that was busy when charon listed what there is */
		if (sub->ike || (sub->stale && service->charon && service->listings < 2))
			continue;
		if (sub->end > now)
			loop_wake(service->loop, sub->end);
		else if (!sub->leaving)
			end_subscriber(gateway, sub, "its IKE SA has gone");
		else
			free_subscriber(gateway, sub);
	}
}

/*
 * The key exchange follows the binding. charon tells nobody that it went along, so
 * what was asked for is taken for done until a listing says otherwise. [IP-12]
 */
static void follow(struct gateway *gateway, struct subscriber *sub, struct ike *ike)
{
	struct policy_move move = { .home_agent = true, .reqid = sub->reqid };
	struct child *child = ike->children;
	struct fault fault;

	if (gateway->conf->moves != MOVES_MIGRATE || !sub->bound || !sub->spi ||
	    !memcmp(ike->remote, sub->coa, 16) || !memcmp(sub->coa, nowhere, 16))
		return;
	memcpy(move.hoa, sub->hoa, 16);
	memcpy(move.ha, gateway->ha, 16);
	memcpy(move.from, ike->remote, 16);
	memcpy(move.to, sub->coa, 16);
	/* charon takes the key exchange along with the first of its children that moves */
	while (child && (child->transport || !child->installed))
		child = child->next;
	if (child) {
		move.tunnel = true;
		move.reqid = child->reqid;
	}
	if (policies_migrate(gateway->service->policies, &move, &fault))
		say(sub->id, "cannot move the key exchange: %s", fault.text);
	memcpy(ike->remote, sub->coa, 16);
}

/* Those that the module refused, or that it has lost; and those that moved. */
static void look_again(struct gateway *gateway)
{
	for (struct subscriber *sub = gateway->subscribers; sub; sub = sub->next) {
		struct ike *ike = sub->ike ? sas_find(&gateway->service->sas, sub->ike) : NULL;
		const struct child *child = ike ? child_of(ike, sub) : NULL;

		if (child && !is_authorised(sub, child))
			authorise(gateway, sub, child);
		if (child)
			follow(gateway, sub, ike);
	}
}

void gateway_turn(struct gateway *gateways)
{
	for (; gateways; gateways = gateways->next) {
		end_those(gateways);
		look_again(gateways);
		check_offers(gateways);
		offer_all(gateways);
	}
}

struct gateway *gateway_new(struct service *service, const struct conf_gateway *conf,
			    struct gateway *next)
{
	struct gateway *gateway = calloc(1, sizeof(*gateway));

	if (!gateway)
		return NULL;
	gateway->service = service;
	gateway->conf = conf;
	gateway->next = next;
	gateway->offers_changed = true;
	/* not where one before us began: what it left is not swept away yet */
	gateway->reqid = service->conf->reqid_first +
			 loop_now() % (service->conf->reqid_last - service->conf->reqid_first + 1);
	return gateway;
}

void gateway_free(struct gateway *gateways)
{
	while (gateways) {
		struct gateway *next = gateways->next;

		while (gateways->subscribers)
			free_subscriber(gateways, gateways->subscribers);
		free(gateways);
		gateways = next;
	}
}
