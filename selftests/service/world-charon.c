// SPDX-License-Identifier: GPL-2.0
/* charon: connections, IKE SAs and their children, events, commands, attempts. */

#include "world.h"

#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include "charon.h"
#include "fault.h"
#include "sas.h"
#include "tree.h"

#define EXCHANGE_MS 20
#define OLD_CHILD_MS 5000
#define RETRANSMIT_MS 165000
#define ESTABLISHED "ESTABLISHED"
#define INSTALLED "INSTALLED"
#define REKEYED "REKEYED"
#define DELETED "DELETED"
#define DELETING "DELETING"

/* ---- events --------------------------------------------------------------------------- */

struct event {
	struct event *next;
	const char *name;
	struct tree *message;
};

struct charon {
	charon_event *event;
	void *arg;
	struct event *kept; /* came while an answer was waited for */
	bool dead;          /* the process at the other end */
	bool lost;
};

static struct charon *listener;
static struct event *queue;

static void free_event(struct event *event)
{
	tree_free(event->message);
	free(event);
}

static struct event **end_of(struct event **list)
{
	while (*list)
		list = &(*list)->next;
	return list;
}

/* Takes the message. */
static void raise_event(const char *name, struct tree *message)
{
	struct event *event = calloc(1, sizeof(*event));

	event->name = name;
	event->message = message;
	if (!listener || world.lose > 0) {
		world.lose -= listener && world.lose > 0;
		free_event(event);
		return;
	}
	*end_of(&queue) = event;
}

int world_events(void)
{
	int count = 0;

	for (struct event *event = queue; event; event = event->next)
		count++;
	return count;
}

void world_events_swap(int at)
{
	struct event **first = &queue;
	struct event *second;

	while (at-- > 0 && *first)
		first = &(*first)->next;
	second = *first ? (*first)->next : NULL;
	if (!second)
		return;
	(*first)->next = second->next;
	second->next = *first;
	*first = second;
}

void world_events_lose(void)
{
	while (queue) {
		struct event *event = queue;

		queue = event->next;
		free_event(event);
	}
}

/* ---- what is said of an SA ----------------------------------------------------------------- */

static void add_address(struct tree *in, const char *key, const uint8_t addr[16])
{
	char text[INET6_ADDRSTRLEN];

	if (world_is_ipv4(addr))
		inet_ntop(AF_INET, addr + 12, text, sizeof(text));
	else
		inet_ntop(AF_INET6, addr, text, sizeof(text));
	tree_add_text(in, key, text);
}

static void add_vips(struct tree *in, const struct world_ike *ike)
{
	struct tree *list;

	if (world_is_none(ike->vip) && world_is_none(ike->vip4))
		return;
	list = tree_add_list(in, ike->initiator ? "local-vips" : "remote-vips");
	if (!world_is_none(ike->vip))
		add_address(list, NULL, ike->vip);
	if (!world_is_none(ike->vip4))
		add_address(list, NULL, ike->vip4);
}

static struct tree *add_ike(struct tree *in, const char *key, const struct world_ike *ike,
			    const char *state)
{
	struct tree *section = tree_add_section(in, key);

	tree_add(section, "uniqueid", "%u", ike->unique);
	tree_add_text(section, "version", "2");
	tree_add_text(section, "state", state);
	add_address(section, "local-host", ike->local);
	tree_add_text(section, "local-id", "gw.example");
	add_address(section, "remote-host", ike->remote);
	tree_add_text(section, "remote-id", ike->connecting ? "%any" : ike->id);
	if (ike->initiator)
		tree_add_text(section, "initiator", "yes");
	return section;
}

static void add_selector(struct tree *in, const char *key, const uint8_t addr[16], bool transport)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(AF_INET6, addr, text, sizeof(text));
	tree_add(tree_add_list(in, key), NULL, "%s/%s", text, transport ? "128[135]" : "0");
}

static void add_child(struct tree *in, const char *key, const struct world_child *child,
		      const char *state)
{
	struct tree *section = tree_add_section(in, key);

	tree_add_text(section, "name", child->name);
	tree_add(section, "uniqueid", "%u", child->unique);
	tree_add(section, "reqid", "%u", child->reqid);
	tree_add_text(section, "state", state);
	tree_add_text(section, "mode", child->transport ? "TRANSPORT_PROXY" : "TUNNEL");
	tree_add_text(section, "protocol", "ESP");
	tree_add(section, "spi-in", "%08x", child->spi_in);
	tree_add(section, "spi-out", "%08x", child->spi_out);
	add_selector(section, "local-ts", child->local, child->transport);
	add_selector(section, "remote-ts", child->remote, child->transport);
}

static const char *child_key(const struct world_child *child)
{
	static char key[WORLD_NAME + 16];

	snprintf(key, sizeof(key), "%s-%u", child->name, child->unique);
	return key;
}

static const char *state_of(const struct world_ike *ike)
{
	if (ike->connecting)
		return "CONNECTING";
	return ike->end ? DELETING : ESTABLISHED;
}

static void tell_ike(const struct world_ike *ike, bool up)
{
	struct tree *message = tree_new();

	if (up)
		tree_add_text(message, "up", "yes");
	add_vips(add_ike(message, ike->cfg->conn, ike, up ? ESTABLISHED : state_of(ike)), ike);
	raise_event("ike-updown", message);
}

static void tell_child(const struct world_ike *ike, const struct world_child *child, bool up,
		       const char *state)
{
	struct tree *message = tree_new();
	struct tree *section;

	if (up)
		tree_add_text(message, "up", "yes");
	section = add_ike(message, ike->cfg->conn, ike, state_of(ike));
	add_vips(section, ike);
	add_child(tree_add_section(section, "child-sas"), child_key(child), child, state);
	raise_event("child-updown", message);
}

static void tell_ike_rekey(const struct world_ike *before, const struct world_ike *after)
{
	struct tree *message = tree_new();
	struct tree *section = tree_add_section(message, after->cfg->conn);

	add_ike(section, "old", before, "REKEYING");
	add_vips(add_ike(section, "new", after, ESTABLISHED), after);
	raise_event("ike-rekey", message);
}

static void tell_child_rekey(const struct world_ike *ike, const struct world_child *before,
			     const struct world_child *after)
{
	struct tree *message = tree_new();
	struct tree *section = add_ike(message, ike->cfg->conn, ike, state_of(ike));
	struct tree *both;

	add_vips(section, ike);
	both = tree_add_section(tree_add_section(section, "child-sas"), before->name);
	add_child(both, "old", before, REKEYED);
	add_child(both, "new", after, INSTALLED);
	raise_event("child-rekey", message);
}

/* ---- connections ------------------------------------------------------------------------------ */

static struct world_cfg *find_cfg(const char *conn)
{
	struct world_cfg *cfg = world.cfgs;

	while (cfg && (!cfg->current || strcmp(cfg->conn, conn)))
		cfg = cfg->next;
	return cfg;
}

static bool trees_equal(const struct tree *a, const struct tree *b)
{
	for (; a && b; a = a->next, b = b->next) {
		if (a->kind != b->kind || strcmp(a->key ? a->key : "", b->key ? b->key : "") ||
		    a->size != b->size || (a->size && memcmp(a->value, b->value, a->size)))
			return false;
		if (!trees_equal(a->first, b->first))
			return false;
	}
	return !a && !b;
}

/* "ADDR/128[135]": the address of one host, and only its signalling. */
static void read_host(const struct tree *child, const char *key, uint8_t addr[16])
{
	const struct tree *list = tree_find(child, key);
	char text[64];
	char *slash;

	memset(addr, 0, 16);
	if (!list || !list->first)
		return;
	snprintf(text, sizeof(text), "%s", (const char *)list->first->value);
	slash = strchr(text, '/');
	if (!slash || strcmp(slash, "/128[135]"))
		return;
	*slash = '\0';
	inet_pton(AF_INET6, text, addr);
}

static void check_offer(const struct tree *child, const struct world_offer *offer)
{
	if (!offer->transport)
		return;
	if (!tree_is(child, "policies", "no"))
		world_complain("charon is to make policies for %s itself", offer->name);
	if (world_is_none(offer->local) || world_is_none(offer->remote))
		world_complain("the selectors of %s are not two hosts' signalling", offer->name);
	if (!offer->reqid)
		world_complain("%s has no reqid", offer->name);
}

static void read_offers(struct world_cfg *cfg, const struct tree *children)
{
	const struct tree *child = children ? children->first : NULL;

	for (cfg->count = 0; child && cfg->count < WORLD_CHILDREN; child = child->next) {
		struct world_offer *offer = &cfg->offers[cfg->count++];
		uint64_t reqid = 0;

		tree_number(child, "reqid", &reqid);
		snprintf(offer->name, sizeof(offer->name), "%s", child->key);
		offer->reqid = reqid;
		offer->transport = tree_is(child, "mode", "transport_proxy");
		read_host(child, "local_ts", offer->local);
		read_host(child, "remote_ts", offer->remote);
		check_offer(child, offer);
	}
}

static void free_cfg(struct world_cfg *cfg)
{
	struct world_cfg **at = &world.cfgs;

	while (*at != cfg)
		at = &(*at)->next;
	*at = cfg->next;
	tree_free(cfg->tree);
	free(cfg);
}

static void drop_unused_cfgs(void)
{
	struct world_cfg *next;

	for (struct world_cfg *cfg = world.cfgs; cfg; cfg = next) {
		struct world_ike *ike = world.ikes;

		next = cfg->next;
		while (ike && ike->cfg != cfg)
			ike = ike->next;
		if (!ike && !cfg->current)
			free_cfg(cfg);
	}
}

/* In place where nothing but children differs; or else SAs that are up keep the old one. */
static void load_conn(const struct tree *message)
{
	const struct tree *section = message->first;
	const struct tree *children = tree_find(section, "children");
	struct tree *rest = tree_copy(section);
	struct world_cfg *cfg = find_cfg(section->key);

	tree_remove(rest, "children");
	world.loads++;
	if (!cfg || !trees_equal(cfg->tree->first, rest->first)) {
		if (cfg) {
			world.replaced++;
			cfg->current = false;
		}
		cfg = calloc(1, sizeof(*cfg));
		snprintf(cfg->conn, sizeof(cfg->conn), "%s", section->key);
		cfg->current = true;
		cfg->tree = rest;
		cfg->next = world.cfgs;
		world.cfgs = cfg;
	} else {
		tree_free(rest);
	}
	read_offers(cfg, children);
	drop_unused_cfgs();
}

void world_swanctl_load(const char *conn)
{
	struct world_cfg *cfg = find_cfg(conn);

	if (cfg)
		cfg->count = 0;
}

void world_swanctl_unload(const char *conn)
{
	struct world_cfg *cfg = find_cfg(conn);

	if (cfg)
		cfg->current = false;
	drop_unused_cfgs();
}

const struct world_offer *world_offer(const char *conn, const uint8_t hoa[16])
{
	struct world_cfg *cfg = find_cfg(conn);

	for (int i = 0; cfg && i < cfg->count; i++)
		if (cfg->offers[i].transport && !memcmp(cfg->offers[i].remote, hoa, 16))
			return &cfg->offers[i];
	return NULL;
}

/* ---- children ------------------------------------------------------------------------------------ */

static void note_maker(const struct world_ike *ike, const struct world_child *child)
{
	struct world_made *made = &world.made[world.made_count++ % WORLD_ENTRIES];

	memset(made, 0, sizeof(*made));
	made->spi = child->spi_in;
	snprintf(made->id, sizeof(made->id), "%s", ike->id);
	memcpy(made->vip, ike->vip, 16);
	memcpy(made->hoa, child->remote, 16);
}

const struct world_made *world_maker(uint32_t spi)
{
	for (unsigned int i = 0; i < WORLD_ENTRIES; i++)
		if (world.made[i].spi == spi)
			return &world.made[i];
	return NULL;
}

/* Those of a tunnel are between the ends of the key exchange. */
static void add_states(const struct world_ike *ike, const struct world_child *child)
{
	const uint8_t *local = child->transport ? child->local : ike->local;
	const uint8_t *remote = child->transport ? child->remote : ike->remote;
	struct world_state *in = world_state_add(remote, local, child->spi_in, child->reqid);
	struct world_state *out = world_state_add(local, remote, child->spi_out, child->reqid);

	if (child->transport) {
		note_maker(ike, child);
		return;
	}
	in->tunnel = true;
	out->tunnel = true;
	memcpy(in->inner, ike->vip, 16);
	memcpy(out->inner, ike->vip, 16);
}

static struct world_child *new_child(struct world_ike *ike, const struct world_offer *offer)
{
	struct world_child *child = calloc(1, sizeof(*child));

	snprintf(child->name, sizeof(child->name), "%s", offer->name);
	child->unique = ++world.child_unique;
	child->reqid = offer->reqid ? offer->reqid : child->unique;
	child->transport = offer->transport;
	child->state = INSTALLED;
	child->spi_in = ++world.spi;
	child->spi_out = ++world.spi;
	memcpy(child->local, offer->local, 16);
	memcpy(child->remote, offer->remote, 16);
	child->next = ike->children;
	ike->children = child;
	add_states(ike, child);
	return child;
}

static void drop_child(struct world_ike *ike, struct world_child *child)
{
	struct world_child **at = &ike->children;

	while (*at != child)
		at = &(*at)->next;
	*at = child->next;
	world_state_del(child->spi_in);
	world_state_del(child->spi_out);
	free(child);
}

/* A test may hold one that the service has ended. */
bool world_ike_lives(const struct world_ike *ike)
{
	const struct world_ike *one = world.ikes;

	while (one && one != ike)
		one = one->next;
	return one && !one->end;
}

/* The first that is configured for what is wanted; whose it is charon does not ask. */
struct world_child *world_child_up(struct world_ike *ike, const uint8_t hoa[16])
{
	for (int i = 0; world_ike_lives(ike) && i < ike->cfg->count; i++) {
		const struct world_offer *offer = &ike->cfg->offers[i];
		struct world_child *child;

		if (!offer->transport || memcmp(offer->remote, hoa, 16))
			continue;
		child = new_child(ike, offer);
		tell_child(ike, child, true, INSTALLED);
		return child;
	}
	return NULL;
}

void world_child_down(struct world_ike *ike, struct world_child *child)
{
	tell_child(ike, child, false, DELETED);
	drop_child(ike, child);
}

/* The old one stays for a while; nothing is said when it goes. */
struct world_child *world_child_rekey(struct world_ike *ike, struct world_child *child)
{
	struct world_offer offer = { 0 };
	struct world_child *after;

	if (!child)
		return NULL;
	offer.reqid = child->reqid;
	offer.transport = child->transport;
	memcpy(offer.name, child->name, sizeof(offer.name));
	memcpy(offer.local, child->local, 16);
	memcpy(offer.remote, child->remote, 16);
	after = new_child(ike, &offer);
	tell_child_rekey(ike, child, after);
	child->state = DELETED;
	child->end = world.now + OLD_CHILD_MS;
	return after;
}

struct world_child *world_child_of(const struct world_ike *ike)
{
	struct world_child *newest = NULL;

	if (!world_ike_lives(ike))
		return NULL;
	for (struct world_child *child = ike->children; child; child = child->next)
		if (child->transport && !child->end && (!newest || child->unique > newest->unique))
			newest = child;
	return newest;
}

/* ---- IKE SAs ---------------------------------------------------------------------------------------- */

struct world_ike *world_ike_find(uint32_t unique)
{
	struct world_ike *ike = world.ikes;

	while (ike && ike->unique != unique)
		ike = ike->next;
	return ike;
}

/* The newest of a connection that lives. */
struct world_ike *world_ike_of(const char *conn)
{
	struct world_ike *newest = NULL;

	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		if (!strcmp(ike->cfg->conn, conn) && !ike->connecting && !ike->end &&
		    (!newest || ike->unique > newest->unique))
			newest = ike;
	return newest;
}

static struct world_ike *new_ike(struct world_cfg *cfg, const char *id)
{
	struct world_ike *ike = calloc(1, sizeof(*ike));

	ike->cfg = cfg;
	ike->unique = ++world.unique;
	snprintf(ike->id, sizeof(ike->id), "%s", id);
	memcpy(ike->local, world_address("2001:db8:f::1"), 16);
	memcpy(ike->remote, world_address("2001:db8:a::2"), 16);
	ike->next = world.ikes;
	world.ikes = ike;
	return ike;
}

struct world_ike *world_ike_vip(const char *conn, const char *id, const uint8_t vip[16])
{
	struct world_cfg *cfg = world.charon ? find_cfg(conn) : NULL;
	struct world_ike *ike = cfg ? new_ike(cfg, id) : NULL;

	if (!ike)
		return NULL;
	if (vip)
		memcpy(ike->vip, vip, 16);
	tell_ike(ike, true);
	return ike;
}

struct world_ike *world_ike_up(const char *conn, const char *id, const char *vip, const char *vip4)
{
	struct world_cfg *cfg = world.charon ? find_cfg(conn) : NULL;
	struct world_ike *ike = cfg ? new_ike(cfg, id) : NULL;

	if (!ike)
		return NULL;
	if (vip)
		memcpy(ike->vip, world_address(vip), 16);
	if (vip4)
		memcpy(ike->vip4, world_address(vip4), 16);
	tell_ike(ike, true);
	return ike;
}

static void drop_ike(struct world_ike *ike)
{
	struct world_ike **at = &world.ikes;

	while (*at != ike)
		at = &(*at)->next;
	*at = ike->next;
	while (ike->children)
		drop_child(ike, ike->children);
	free(ike);
	drop_unused_cfgs();
}

static void finish_ike(struct world_ike *ike)
{
	tell_ike(ike, false);
	for (struct world_child *child = ike->children; child; child = child->next)
		if (!child->end)
			tell_child(ike, child, false, INSTALLED);
	drop_ike(ike);
}

void world_ike_down(struct world_ike *ike)
{
	if (!world_ike_lives(ike))
		return;
	ike->end = world.now;
	finish_ike(ike);
}

/* By us: it has to be answered, and then it is told. */
static void terminate_ike(struct world_ike *ike)
{
	world.terminated++;
	world.last_terminated = ike->unique;
	if (world.accused && !ike->guilty)
		world_complain("%s is no thief", ike->id);
	world.accused = false;
	if (ike->end)
		return;
	ike->end = world.now + (ike->silent ? RETRANSMIT_MS : EXCHANGE_MS);
}

struct world_ike *world_ike_rekey(struct world_ike *ike)
{
	struct world_ike *after;
	struct world_ike *next;
	uint32_t unique;

	if (!world_ike_lives(ike))
		return NULL;
	after = new_ike(ike->cfg, ike->id);
	next = after->next;
	unique = after->unique;
	*after = *ike;
	after->next = next;
	after->unique = unique;
	ike->children = NULL;
	tell_ike_rekey(ike, after);
	drop_ike(ike);
	return after;
}

/* ---- the connection ------------------------------------------------------------------------------------ */

struct charon *charon_open(const char *path, const char *const *events, charon_event *event,
			   void *arg, struct fault *fault)
{
	(void)path;
	(void)events;
	if (!world.charon) {
		fault_refused(fault, "Connection refused");
		return NULL;
	}
	if (listener)
		world_complain("there are two connections for events");
	listener = calloc(1, sizeof(*listener));
	listener->event = event;
	listener->arg = arg;
	return listener;
}

static void drop_kept(struct charon *charon)
{
	while (charon->kept) {
		struct event *event = charon->kept;

		charon->kept = event->next;
		free_event(event);
	}
}

void charon_close(struct charon *charon)
{
	if (!charon)
		return;
	drop_kept(charon);
	world_events_lose();
	free(charon);
	listener = NULL;
}

int charon_fd(const struct charon *charon)
{
	(void)charon;
	return WORLD_CHARON_FD;
}

bool charon_has_kept(const struct charon *charon)
{
	return charon->kept;
}

bool charon_is_lost(const struct charon *charon)
{
	return charon->lost;
}

static int is_lost(struct charon *charon, struct fault *fault)
{
	charon->lost = true;
	return fault_refused(fault, "the connection to charon is lost");
}

/* Those that there are; what comes of them is for the next time. */
int charon_ready(struct charon *charon, struct fault *fault)
{
	struct event *event;
	struct event *next;

	*end_of(&charon->kept) = queue;
	queue = NULL;
	event = charon->kept;
	charon->kept = NULL;
	for (; event; event = next) {
		next = event->next;
		charon->event(charon->arg, event->name, event->message);
		free_event(event);
	}
	return charon->dead || charon->lost ? is_lost(charon, fault) : 0;
}

static void end_attempts(const char *conn, const char *why);

static void terminate_conn(const char *conn)
{
	end_attempts(conn, "it was terminated");
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		if (!strcmp(ike->cfg->conn, conn))
			terminate_ike(ike);
}

static void terminate(const struct tree *message)
{
	uint64_t unique = 0;

	if (!tree_number(message, "ike-id", &unique)) {
		struct world_ike *ike = world_ike_find(unique);

		if (ike)
			terminate_ike(ike);
		world.accused = false;
		return;
	}
	if (tree_find(message, "ike")) {
		terminate_conn(tree_text(message, "ike"));
		return;
	}
	tree_number(message, "child-id", &unique);
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		for (struct world_child *child = ike->children; child; child = child->next)
			if (child->unique == unique) {
				world_child_down(ike, child);
				return;
			}
}

static struct tree *names_of_conns(void)
{
	struct tree *answer = tree_new();
	struct tree *list = tree_add_list(answer, "conns");

	for (struct world_cfg *cfg = world.cfgs; cfg; cfg = cfg->next)
		if (cfg->current)
			tree_add_text(list, NULL, cfg->conn);
	return answer;
}

static bool is_refused(const char *command, struct fault *fault)
{
	if (strcmp(command, "load-conn") || !world.refuse_load)
		return false;
	world.refuse_load--;
	fault_refused(fault, "charon refuses load-conn: not now");
	return true;
}

struct tree *charon_ask(struct charon *charon, const char *command, const struct tree *message,
			struct fault *fault)
{
	if (charon->dead) {
		is_lost(charon, fault);
		return NULL;
	}
	/* what came before the answer is kept */
	*end_of(&charon->kept) = queue;
	queue = NULL;
	if (is_refused(command, fault))
		return NULL;
	if (!strcmp(command, "get-conns"))
		return names_of_conns();
	if (!strcmp(command, "load-conn"))
		load_conn(message);
	else if (!strcmp(command, "terminate"))
		terminate(message);
	else
		world_complain("charon knows no command %s", command);
	return tree_new();
}

static void list_one(const struct world_ike *ike,
		     void (*each)(void *arg, const struct tree *message), void *arg)
{
	struct tree *message = tree_new();
	struct tree *section = add_ike(message, ike->cfg->conn, ike, state_of(ike));
	struct tree *children;

	add_vips(section, ike);
	children = tree_add_section(section, "child-sas");
	for (struct world_child *child = ike->children; child; child = child->next)
		add_child(children, child_key(child), child, child->state);
	each(arg, message);
	tree_free(message);
}

/* One of them, or all. */
static bool is_asked_for(struct world_ike *ike, const struct tree *message)
{
	bool was_busy = ike->busy;
	uint64_t unique;

	if (!tree_number(message, "ike-id", &unique) && unique != ike->unique)
		return false;
	ike->busy = false;
	return !was_busy || !tree_is(message, "noblock", "yes");
}

static void list_those(struct world_ike *ike, const struct tree *message,
		       void (*each)(void *arg, const struct tree *message), void *arg)
{
	if (!ike)
		return;
	if (world.oldest_first)
		list_those(ike->next, message, each, arg);
	if (is_asked_for(ike, message))
		list_one(ike, each, arg);
	if (!world.oldest_first)
		list_those(ike->next, message, each, arg);
}

int charon_stream(struct charon *charon, const char *command, const struct tree *message,
		  const char *event, void (*each)(void *arg, const struct tree *message), void *arg,
		  struct fault *fault)
{
	(void)event;
	if (charon->dead)
		return is_lost(charon, fault);
	if (strcmp(command, "list-sas"))
		world_complain("charon knows no command %s", command);
	*end_of(&charon->kept) = queue;
	queue = NULL;
	world.listings++;
	list_those(world.ikes, message, each, arg);
	return 0;
}

/* ---- attempts ----------------------------------------------------------------------------------------- */

struct attempt {
	struct attempt *next;
	int fd;
	char conn[WORLD_NAME];
	char child[WORLD_NAME];
	attempt_done *done;
	void *arg;
	uint64_t due;   /* when the home agent answers */
	uint64_t until; /* when charon gives up */
	uint32_t ike;   /* that it waits for */
	bool ended;
	bool alone; /* nobody waits for it any more */
	const char *why;
};

static struct attempt *attempts;

struct attempt *attempt_open(const char *path, const char *command, const struct tree *message,
			     attempt_done *done, void *arg, struct fault *fault)
{
	struct attempt *attempt;
	uint64_t timeout = 0;

	(void)path;
	if (!world.charon) {
		fault_refused(fault, "Connection refused");
		return NULL;
	}
	if (strcmp(command, "initiate"))
		world_complain("nobody attempts to %s", command);
	attempt = calloc(1, sizeof(*attempt));
	attempt->fd = WORLD_ATTEMPT_FD + world.initiated++ % 512;
	snprintf(attempt->conn, sizeof(attempt->conn), "%s", tree_text(message, "ike"));
	if (tree_find(message, "child"))
		snprintf(attempt->child, sizeof(attempt->child), "%s", tree_text(message, "child"));
	tree_number(message, "timeout", &timeout);
	attempt->done = done;
	attempt->arg = arg;
	attempt->due = world.now + EXCHANGE_MS;
	attempt->until = world.now + timeout;
	attempt->next = attempts;
	attempts = attempt;
	if (++world.attempts > world.attempts_most)
		world.attempts_most = world.attempts;
	return attempt;
}

static void free_attempt(struct attempt *attempt)
{
	struct attempt **at = &attempts;

	while (*at != attempt)
		at = &(*at)->next;
	*at = attempt->next;
	free(attempt);
}

/* charon goes on all the same. */
void attempt_close(struct attempt *attempt)
{
	world.attempts--;
	if (attempt->ended) {
		free_attempt(attempt);
		return;
	}
	attempt->alone = true;
	attempt->fd = -1;
}

int attempt_fd(const struct attempt *attempt)
{
	return attempt->fd;
}

void attempt_ready(struct attempt *attempt)
{
	attempt->done(attempt->arg, attempt->why);
}

static void end_attempt(struct attempt *attempt, const char *why)
{
	attempt->ended = true;
	attempt->why = why;
}

/* Those that are ended and alone are of no use to anybody. */
static void free_attempts(void)
{
	struct attempt *next;

	for (struct attempt *attempt = attempts; attempt; attempt = next) {
		next = attempt->next;
		if (attempt->alone && attempt->ended)
			free_attempt(attempt);
	}
}

static void end_attempts(const char *conn, const char *why)
{
	for (struct attempt *attempt = attempts; attempt; attempt = attempt->next)
		if (!attempt->ended && (!conn || !strcmp(attempt->conn, conn)))
			end_attempt(attempt, why);
	free_attempts();
}

static struct world_ike *ike_with(const struct world_cfg *cfg)
{
	struct world_ike *ike = world.ikes;

	while (ike && (ike->cfg != cfg || ike->connecting || ike->end))
		ike = ike->next;
	return ike;
}

static void take_address(const struct world_cfg *cfg, const char *key, const char *otherwise,
			 uint8_t addr[16])
{
	const struct tree *list = tree_find(cfg->tree, key);
	const char *text = list && list->first ? (const char *)list->first->value : otherwise;

	memcpy(addr, world_address(text), 16);
}

static struct world_ike *initiate_ike(struct world_cfg *cfg)
{
	struct world_ike *ike = new_ike(cfg, "gw.example");

	ike->initiator = true;
	take_address(cfg, "local_addrs", "2001:db8:a::2", ike->local);
	take_address(cfg, "remote_addrs", "2001:db8:f::1", ike->remote);
	if (!strcmp(cfg->conn, "epdg"))
		memcpy(ike->vip, world_address("2001:db8:4e::1"), 16);
	else if (!world.far.empty)
		memcpy(ike->vip, world.far.vip, 16);
	memcpy(ike->vip4, world.far.vip4, 16);
	tell_ike(ike, true);
	return ike;
}

static const char *initiate_child(struct world_ike *ike, const char *name)
{
	const struct world_cfg *cfg = ike->cfg;
	int i = 0;

	while (i < cfg->count && strcmp(cfg->offers[i].name, name))
		i++;
	if (i == cfg->count)
		return "CHILD_SA config not found";
	if (cfg->offers[i].transport && world.far.childless)
		return "received TS_UNACCEPTABLE notify, no CHILD_SA built";
	tell_child(ike, new_child(ike, &cfg->offers[i]), true, INSTALLED);
	return NULL;
}

/* An IKE SA of that very connection is used, or else a new one is made. */
static void carry_out(struct attempt *attempt)
{
	struct world_cfg *cfg = find_cfg(attempt->conn);
	struct world_ike *ike = cfg ? ike_with(cfg) : NULL;

	if (!cfg) {
		end_attempt(attempt, "no config named so");
		return;
	}
	if (world.far.refusing) {
		end_attempt(attempt, "EAP authentication failed");
		return;
	}
	/* nothing happens, and charon waits for it */
	if (ike && !*attempt->child)
		return;
	if (!ike)
		ike = initiate_ike(cfg);
	end_attempt(attempt, *attempt->child ? initiate_child(ike, attempt->child) : NULL);
}

/* ---- time ------------------------------------------------------------------------------------------------ */

static void try_attempt(struct attempt *attempt)
{
	if (attempt->ended)
		return;
	if (attempt->until <= world.now) {
		end_attempt(attempt, "peer not responding");
	} else if (attempt->due && attempt->due <= world.now && !world.far.silent) {
		attempt->due = 0;
		carry_out(attempt);
	}
}

void world_charon_time(void)
{
	struct world_ike *next;

	for (struct attempt *attempt = attempts; attempt; attempt = attempt->next)
		try_attempt(attempt);
	free_attempts();
	for (struct world_ike *ike = world.ikes; ike; ike = next) {
		struct world_child *after;

		next = ike->next;
		for (struct world_child *child = ike->children; child; child = after) {
			after = child->next;
			if (child->end && child->end <= world.now)
				drop_child(ike, child);
		}
		if (ike->end && ike->end <= world.now)
			finish_ike(ike);
	}
}

static void sooner(uint64_t *next, uint64_t when)
{
	if (when && when < *next)
		*next = when;
}

uint64_t world_charon_next(void)
{
	uint64_t next = WORLD_NEVER;

	for (struct attempt *attempt = attempts; attempt; attempt = attempt->next) {
		if (attempt->ended)
			continue;
		sooner(&next, attempt->until);
		if (!world.far.silent)
			sooner(&next, attempt->due);
	}
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next) {
		sooner(&next, ike->end);
		for (struct world_child *child = ike->children; child; child = child->next)
			sooner(&next, child->end);
	}
	return next;
}

bool world_charon_is_readable(int fd)
{
	if (fd == WORLD_CHARON_FD)
		return queue || (listener && listener->dead);
	for (struct attempt *attempt = attempts; attempt; attempt = attempt->next)
		if (attempt->fd == fd)
			return attempt->ended;
	return false;
}

/* ---- beginning and end -------------------------------------------------------------------------------------- */

void world_charon_start(void)
{
	world.charon = true;
	world.unique = 0;
	world.child_unique = 0;
}

/* Without a word: what is in XFRM stays. */
void world_charon_kill(void)
{
	world.charon = false;
	if (listener)
		listener->dead = true;
	while (world.ikes) {
		struct world_ike *ike = world.ikes;

		while (ike->children) {
			struct world_child *child = ike->children;

			ike->children = child->next;
			free(child);
		}
		world.ikes = ike->next;
		free(ike);
	}
	while (world.cfgs)
		free_cfg(world.cfgs);
	end_attempts(NULL, "the connection to charon is lost");
}

/* Only the connection to it breaks. */
void world_charon_hang_up(void)
{
	if (listener)
		listener->dead = true;
}

void world_charon_begin(void)
{
	listener = NULL;
	queue = NULL;
	attempts = NULL;
}

void world_charon_end(void)
{
	world_charon_kill();
	world_events_lose();
}
