// SPDX-License-Identifier: GPL-2.0
/* The module: devices, mobiles, bindings, registrations, accesses, and its events. */

#include "world.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <linux/dsmip.h>

#include "fault.h"
#include "kernel.h"
#include "print.h"
#include "spec.h"
#include "words.h"

#define ANSWER_MS 30
#define RECORD_MAX 24

/* ---- what is handed out: the words and values of an object -------------------------------- */

struct record {
	int count;
	struct field {
		const char *word;
		uint64_t number;
		uint8_t addr[16];
		char text[254];
	} fields[RECORD_MAX];
};

static struct field *put(struct record *record, const char *word)
{
	struct field *field = &record->fields[record->count++];

	field->word = word;
	field->number = 0;
	field->text[0] = '\0';
	return field;
}

static void put_number(struct record *record, const char *word, uint64_t number)
{
	put(record, word)->number = number;
}

static void put_address(struct record *record, const char *word, const uint8_t addr[16])
{
	memcpy(put(record, word)->addr, addr, 16);
}

static void put_text(struct record *record, const char *word, const char *text)
{
	struct field *field = put(record, word);

	snprintf(field->text, sizeof(field->text), "%s", text);
}

/* A word that the real one does not know is never there. */
static const struct field *find(const struct spec_object *object, const struct attrs *attrs,
				const char *word)
{
	const struct record *record = (const struct record *)attrs;

	if (!spec_attr(object, word))
		world_complain("%s has no %s", object->word, word);
	for (int i = 0; i < record->count; i++)
		if (!strcmp(record->fields[i].word, word))
			return &record->fields[i];
	return NULL;
}

bool kernel_has(const struct spec_object *object, const struct attrs *attrs, const char *word)
{
	return find(object, attrs, word);
}

uint64_t kernel_number(const struct spec_object *object, const struct attrs *attrs,
		       const char *word)
{
	const struct field *field = find(object, attrs, word);

	return field ? field->number : 0;
}

void kernel_address(const struct spec_object *object, const struct attrs *attrs, const char *word,
		    uint8_t addr[16])
{
	const struct field *field = find(object, attrs, word);

	memset(addr, 0, 16);
	if (field)
		memcpy(addr, field->addr, 16);
}

const char *kernel_text(const struct spec_object *object, const struct attrs *attrs,
			const char *word)
{
	const struct field *field = find(object, attrs, word);

	return field ? field->text : "";
}

/* ---- events ------------------------------------------------------------------------------------ */

struct event {
	struct event *next;
	const char *object;
	struct record record;
};

struct kernel {
	kernel_event *event;
	void *arg;
	bool gone;      /* the module was unloaded meanwhile */
	bool overflown; /* events were lost */
	int error;
};

static struct kernel *listener;
static struct event *queue;
static struct event **queue_end = &queue;

static void drop_events(void)
{
	while (queue) {
		struct event *event = queue;

		queue = event->next;
		free(event);
	}
	queue_end = &queue;
}

static void raise_event(const char *object, const struct record *record)
{
	struct event *event;

	if (!listener)
		return;
	event = malloc(sizeof(*event));
	event->next = NULL;
	event->object = object;
	event->record = *record;
	*queue_end = event;
	queue_end = &event->next;
}

struct kernel *kernel_open(kernel_event *event, void *arg, struct fault *fault)
{
	if (!world.module) {
		fault_refused(fault, "the dsmip module is not loaded");
		return NULL;
	}
	if (listener)
		world_complain("there are two connections to the module");
	listener = calloc(1, sizeof(*listener));
	listener->event = event;
	listener->arg = arg;
	return listener;
}

void kernel_close(struct kernel *kernel)
{
	if (!kernel)
		return;
	drop_events();
	free(kernel);
	listener = NULL;
}

int kernel_fd(const struct kernel *kernel)
{
	(void)kernel;
	return WORLD_MODULE_FD;
}

int kernel_error(const struct kernel *kernel)
{
	return kernel->error;
}

bool world_module_is_readable(int fd)
{
	return fd == WORLD_MODULE_FD && listener &&
	       (queue || listener->gone || listener->overflown);
}

/* Of the events that are lost, none are known; those before them come. */
int kernel_ready(struct kernel *kernel, struct fault *fault)
{
	if (kernel->overflown)
		return fault_refused(fault, "events of the module were lost");
	while (queue) {
		struct event *event = queue;

		queue = event->next;
		if (!queue)
			queue_end = &queue;
		kernel->event(kernel->arg, spec_object(event->object),
			      (const struct attrs *)&event->record);
		free(event);
	}
	return kernel->gone ? fault_refused(fault, "the dsmip module was unloaded") : 0;
}

void world_module_overflow(void)
{
	drop_events();
	if (listener)
		listener->overflown = true;
}

/* ---- bindings --------------------------------------------------------------------------------------- */

/* The counters go on from binding to binding. */
static void tell_binding(struct world_mobile *mobile, uint64_t event)
{
	struct record record = { 0 };

	mobile->counted += 1000;
	put_number(&record, "dev", mobile->ifindex);
	put_address(&record, "hoa", mobile->bound_hoa);
	put_address(&record, "coa", mobile->coa);
	put_text(&record, "id", mobile->id);
	put_number(&record, "in-octets", mobile->counted);
	put_number(&record, "out-octets", mobile->counted);
	put_number(&record, "in-packets", mobile->counted);
	put_number(&record, "out-packets", mobile->counted);
	put_number(&record, "event", event);
	raise_event("binding", &record);
}

static void tell_refused(const struct world_mobile *mobile, const uint8_t hoa[16], uint64_t status)
{
	struct record record = { 0 };

	put_number(&record, "dev", mobile->ifindex);
	put_address(&record, "hoa", hoa);
	put_number(&record, "status", status);
	put_number(&record, "event", DSMIP_EVENT_REFUSED);
	raise_event("binding", &record);
}

static void end_binding(struct world_mobile *mobile, uint64_t event)
{
	if (!mobile->bound)
		return;
	mobile->bound = false;
	tell_binding(mobile, event);
}

struct world_mobile *world_mobile(const uint8_t hoa[16])
{
	struct world_mobile *best = NULL;

	for (struct world_mobile *one = world.mobiles; one; one = one->next)
		if (world_same(one->hoa, hoa, one->plen) && (!best || one->plen > best->plen))
			best = one;
	return best;
}

static struct world_mobile *who_may(uint32_t spi, const uint8_t hoa[16])
{
	struct world_mobile *mobile = world_mobile(hoa);
	struct world_state *state = world_state(spi);
	struct world_link *link = mobile ? world_link(mobile->ifindex) : NULL;

	if (!link || !state || memcmp(state->src, hoa, 16) || memcmp(state->dst, link->addr, 16))
		return NULL;
	/* XFRM asks for that reqid, and then the module for its own numbers */
	if (world_policy(hoa, link->addr, true) != state->reqid)
		return NULL;
	if (mobile->reqid && mobile->reqid != state->reqid)
		return NULL;
	if (mobile->spi && mobile->spi != spi && (!mobile->spi_before || mobile->spi_before != spi))
		return NULL;
	return mobile;
}

bool world_may_bind(uint32_t spi, const uint8_t hoa[16])
{
	return who_may(spi, hoa);
}

bool world_binding_update(uint32_t spi, const uint8_t hoa[16], const uint8_t coa[16],
			  bool duplicate)
{
	struct world_mobile *mobile = who_may(spi, hoa);
	bool moves;

	if (!mobile)
		return false;
	if (duplicate) {
		end_binding(mobile, DSMIP_EVENT_DELETED);
		tell_refused(mobile, hoa, 134);
		return false;
	}
	if (mobile->bound && memcmp(mobile->bound_hoa, hoa, 16))
		end_binding(mobile, DSMIP_EVENT_DELETED);
	moves = mobile->bound && memcmp(mobile->coa, coa, 16);
	memcpy(mobile->bound_hoa, hoa, 16);
	memcpy(mobile->coa, coa, 16);
	tell_binding(mobile, !mobile->bound ? DSMIP_EVENT_CREATED :
			     moves          ? DSMIP_EVENT_MOVED :
					      DSMIP_EVENT_REFRESHED);
	mobile->bound = true;
	return true;
}

void world_binding_expire(struct world_mobile *mobile)
{
	end_binding(mobile, DSMIP_EVENT_EXPIRED);
}

/* ---- words of a line ----------------------------------------------------------------------------------- */

static const char *value_of(const struct words *words, const char *key)
{
	for (int i = 2; i + 1 < words->count; i += 2)
		if (!strcmp(words->list[i], key))
			return words->list[i + 1];
	return NULL;
}

static uint64_t number_of(const struct words *words, const char *key)
{
	const char *value = value_of(words, key);

	return value ? strtoull(value, NULL, 10) : 0;
}

static void address_of(const struct words *words, const char *key, uint8_t addr[16], int *plen)
{
	const char *value = value_of(words, key);
	char text[INET6_ADDRSTRLEN + 8];
	char *slash;

	memset(addr, 0, 16);
	if (!value)
		return;
	snprintf(text, sizeof(text), "%s", value);
	slash = strchr(text, '/');
	if (slash)
		*slash++ = '\0';
	if (plen)
		*plen = slash ? atoi(slash) : 128;
	memcpy(addr, world_address(text), 16);
}

/* Would dsmipctl take it? The tables say so. */
static void check_words(const struct words *words)
{
	const struct spec_object *object = spec_object(words->list[0]);
	const struct spec_verb *verb = object ? spec_verb(object, words->list[1]) : NULL;

	if (!verb || words->count % 2 || words->full) {
		world_complain("not a line: %s %s", words->list[0], words->list[1]);
		return;
	}
	for (int i = 2; i < words->count; i += 2) {
		const struct spec_attr *attr = spec_attr(object, words->list[i]);

		if (!attr || !(verb->takes & SPEC_BIT(attr->id)))
			world_complain("%s %s does not take %s", words->list[0], words->list[1],
				       words->list[i]);
	}
}

/* ---- mobiles -------------------------------------------------------------------------------------------- */

static struct world_mobile *find_mobile(uint32_t ifindex, const uint8_t hoa[16], int plen)
{
	struct world_mobile *one = world.mobiles;

	while (one &&
	       (one->ifindex != ifindex || one->plen != plen || !world_same(one->hoa, hoa, plen)))
		one = one->next;
	return one;
}

/* What an authorisation must be: an SA of that very subscriber, for his home address. */
static void check_mobile(const struct world_mobile *mobile)
{
	const struct world_made *made = world_maker(mobile->spi);

	if (!mobile->spi || !mobile->reqid || !*mobile->id) {
		world_complain("a mobile without SPI, reqid or identity");
		return;
	}
	if (!made || strcmp(made->id, mobile->id) ||
	    !world_same(made->hoa, mobile->hoa, mobile->plen)) {
		char text[INET6_ADDRSTRLEN];

		inet_ntop(AF_INET6, mobile->hoa, text, sizeof(text));
		world_complain("%s gets %s with SPI 0x%x, made by %s", mobile->id, text,
			       mobile->spi, made ? made->id : "nobody");
	}
}

static void set_mobile(struct world_mobile *mobile, const struct words *words)
{
	const char *id = value_of(words, "id");
	uint32_t spi = number_of(words, "spi");

	if (id && strcmp(mobile->id, id)) {
		world.inherited += mobile->bound;
		mobile->spi = 0;
		mobile->spi_before = 0;
		snprintf(mobile->id, sizeof(mobile->id), "%s", id);
	}
	if (value_of(words, "spi")) {
		mobile->spi_before = spi && spi != mobile->spi ? mobile->spi : 0;
		mobile->spi = spi;
	}
	if (value_of(words, "reqid"))
		mobile->reqid = number_of(words, "reqid");
	if (value_of(words, "hoa4"))
		address_of(words, "hoa4", mobile->hoa4, NULL);
	check_mobile(mobile);
}

static int add_mobile(uint32_t ifindex, const struct words *words)
{
	struct world_mobile *mobile;
	uint8_t hoa[16];
	int plen;

	address_of(words, "hoa", hoa, &plen);
	if (world.refuse_mobiles > 0) {
		world.refuse_mobiles--;
		return ENOSPC;
	}
	if (find_mobile(ifindex, hoa, plen))
		return EEXIST;
	mobile = calloc(1, sizeof(*mobile));
	mobile->ifindex = ifindex;
	mobile->plen = plen;
	for (int i = 0; i < plen; i++)
		mobile->hoa[i / 8] |= hoa[i / 8] & (0x80 >> i % 8);
	mobile->next = world.mobiles;
	world.mobiles = mobile;
	set_mobile(mobile, words);
	return 0;
}

static int change_mobile(uint32_t ifindex, const struct words *words)
{
	struct world_mobile *mobile;
	uint8_t hoa[16];
	int plen;

	address_of(words, "hoa", hoa, &plen);
	mobile = find_mobile(ifindex, hoa, plen);
	if (!mobile)
		return ENOENT;
	if (world.refuse_mobiles > 0) {
		world.refuse_mobiles--;
		return EADDRINUSE;
	}
	set_mobile(mobile, words);
	return 0;
}

static void drop_mobile(struct world_mobile *mobile)
{
	struct world_mobile **at = &world.mobiles;

	while (*at != mobile)
		at = &(*at)->next;
	*at = mobile->next;
	free(mobile);
}

static int del_mobile(uint32_t ifindex, const struct words *words)
{
	struct world_mobile *mobile;
	uint8_t hoa[16];
	int plen;

	address_of(words, "hoa", hoa, &plen);
	mobile = find_mobile(ifindex, hoa, plen);
	if (!mobile)
		return ENOENT;
	end_binding(mobile, DSMIP_EVENT_DELETED);
	drop_mobile(mobile);
	return 0;
}

/* ---- registrations ------------------------------------------------------------------------------------------ */

struct world_registration *world_registration(const uint8_t hoa[16])
{
	struct world_registration *one = world.registrations;

	while (one && memcmp(one->hoa, hoa, 16))
		one = one->next;
	return one;
}

static void fill_registration(struct record *record, const struct world_registration *one)
{
	put_number(record, "dev", one->ifindex);
	put_address(record, "hoa", one->hoa);
	put_address(record, "ha", one->ha);
	put_address(record, "coa", one->coa);
	put_number(record, "reqid", one->reqid);
	put_number(record, "spi", one->spi);
	put_number(record, "state", one->state);
	put_number(record, "status", one->status);
	put_number(record, "key-management-granted", one->keys_move);
	if (*world.far.hoa4)
		put_address(record, "hoa4", world_address(world.far.hoa4));
}

static void tell_registration(const struct world_registration *one, uint64_t event,
			      const uint8_t *before)
{
	struct record record = { 0 };

	fill_registration(&record, one);
	if (before)
		put_address(&record, "coa-before", before);
	put_number(&record, "event", event);
	raise_event("registration", &record);
}

static void drop_registration(struct world_registration *one)
{
	struct world_registration **at = &world.registrations;

	tell_registration(one, DSMIP_EVENT_DELETED, NULL);
	while (*at != one)
		at = &(*at)->next;
	*at = one->next;
	free(one);
}

static bool best_coa(uint32_t ifindex, uint8_t coa[16])
{
	const struct world_access *best = NULL;

	memset(coa, 0, 16);
	for (struct world_access *one = world.accesses; one; one = one->next)
		if (one->ifindex == ifindex && (!best || one->preference < best->preference))
			for (struct world_host_entry *e = world.entries; e; e = e->next)
				if (e->kind == WORLD_ADDRESS && e->ifindex == one->link) {
					best = one;
					memcpy(coa, e->addr, 16);
				}
	return best;
}

static int add_registration(uint32_t ifindex, const struct words *words)
{
	struct world_registration *one;
	uint8_t hoa[16];

	address_of(words, "hoa", hoa, NULL);
	one = world_registration(hoa);
	if (one && !one->stopping)
		return EEXIST;
	if (one)
		drop_registration(one);
	one = calloc(1, sizeof(*one));
	memcpy(one->hoa, hoa, 16);
	one->ifindex = ifindex;
	address_of(words, "ha", one->ha, NULL);
	address_of(words, "hoa4", one->hoa4, NULL);
	one->reqid = number_of(words, "reqid");
	one->wants_keys_moved = !strcmp(value_of(words, "key-management"), "yes");
	best_coa(ifindex, one->coa);
	one->state = DSMIP_STATE_IDLE;
	one->due = world.now + ANSWER_MS;
	one->next = world.registrations;
	world.registrations = one;
	tell_registration(one, DSMIP_EVENT_CREATED, NULL);
	return 0;
}

static int change_registration(const struct words *words)
{
	struct world_registration *one;
	uint8_t hoa[16];

	address_of(words, "hoa", hoa, NULL);
	one = world_registration(hoa);
	if (!one || one->stopping)
		return ENOENT;
	world.renewed++;
	if (value_of(words, "spi"))
		one->spi = number_of(words, "spi");
	if (value_of(words, "reqid"))
		one->reqid = number_of(words, "reqid");
	one->due = world.now + ANSWER_MS;
	return 0;
}

/* The first time it says goodbye, the second time it leaves. */
static int del_registration(const struct words *words)
{
	struct world_registration *one;
	uint8_t hoa[16];

	address_of(words, "hoa", hoa, NULL);
	one = world_registration(hoa);
	if (!one)
		return ENOENT;
	if (one->stopping) {
		drop_registration(one);
		return 0;
	}
	one->stopping = true;
	one->state = DSMIP_STATE_DEREGISTERING;
	one->due = world.now + (world.far.mute ? 30000 : ANSWER_MS);
	tell_registration(one, DSMIP_EVENT_CHANGED, NULL);
	return 0;
}

static bool is_protected(const struct world_registration *one)
{
	uint32_t reqid = world_policy(one->hoa, one->ha, false);

	if (reqid != one->reqid)
		return false;
	for (struct world_state *state = world.states; state; state = state->next)
		if (state->reqid == reqid && state->spi && !memcmp(state->src, one->hoa, 16) &&
		    !memcmp(state->dst, one->ha, 16))
			return true;
	return false;
}

static bool is_refused(struct world_registration *one)
{
	int *count = world.far.duplicates > 0 ? &world.far.duplicates : &world.far.strangers;

	if (*count <= 0 || one->state == DSMIP_STATE_REGISTERED)
		return false;
	one->status = world.far.duplicates > 0 ? 134 : 129;
	one->state = DSMIP_STATE_REFUSED;
	(*count)--;
	return true;
}

static void answer(struct world_registration *one)
{
	bool was = one->state == DSMIP_STATE_REGISTERED;

	one->due = 0;
	if (one->stopping) {
		drop_registration(one);
		return;
	}
	if (world_is_none(one->coa) && !best_coa(one->ifindex, one->coa)) {
		one->due = world.now + 1000;
		return;
	}
	if (!is_protected(one)) {
		if (one->state != DSMIP_STATE_UNPROTECTED) {
			one->state = DSMIP_STATE_UNPROTECTED;
			tell_registration(one, DSMIP_EVENT_SA_WANTED, NULL);
		}
		one->due = world.now + 1000;
		return;
	}
	if (world.far.mute) {
		one->due = world.now + 1000;
		return;
	}
	if (is_refused(one)) {
		tell_registration(one, DSMIP_EVENT_REFUSED, NULL);
		return;
	}
	one->state = DSMIP_STATE_REGISTERED;
	one->status = 0;
	one->keys_move = one->wants_keys_moved && !world.far.keeps_keys;
	tell_registration(one, was ? DSMIP_EVENT_REFRESHED : DSMIP_EVENT_CREATED, NULL);
}

void world_move(const uint8_t coa[16])
{
	for (struct world_registration *one = world.registrations; one; one = one->next) {
		uint8_t before[16];

		if (one->stopping || one->state != DSMIP_STATE_REGISTERED)
			continue;
		memcpy(before, one->coa, 16);
		memcpy(one->coa, coa, 16);
		tell_registration(one, DSMIP_EVENT_MOVED, before);
	}
}

/* ---- devices and accesses --------------------------------------------------------------------------------------- */

static int add_device(const struct words *words)
{
	const char *name = value_of(words, "name");
	struct world_link *link;

	if (world.device_lost || !name)
		return EINVAL;
	if (world_ifindex(name))
		return EEXIST;
	link = world_link_add(name);
	link->device = true;
	link->home_agent = !strcmp(value_of(words, "role"), "home-agent");
	address_of(words, "addr", link->addr, NULL);
	return 0;
}

static int add_access(uint32_t ifindex, const struct words *words)
{
	uint32_t link = world_ifindex(value_of(words, "link"));
	struct world_access *one = world.accesses;

	if (!link)
		return ENODEV;
	while (one && (one->ifindex != ifindex || one->link != link))
		one = one->next;
	if (one)
		return EEXIST;
	one = calloc(1, sizeof(*one));
	one->ifindex = ifindex;
	one->link = link;
	one->preference = number_of(words, "preference");
	one->next = world.accesses;
	world.accesses = one;
	return 0;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------- */

static int carry_out(const struct words *words)
{
	const char *dev = value_of(words, "dev");
	uint32_t ifindex = dev ? world_ifindex(dev) : 0;
	char line[32];

	snprintf(line, sizeof(line), "%s %s", words->list[0], words->list[1]);
	if (!strcmp(line, "device add"))
		return add_device(words);
	if (!ifindex)
		return ENODEV;
	if (!strcmp(line, "mobile add"))
		return add_mobile(ifindex, words);
	if (!strcmp(line, "mobile set"))
		return change_mobile(ifindex, words);
	if (!strcmp(line, "mobile del"))
		return del_mobile(ifindex, words);
	if (!strcmp(line, "registration add"))
		return add_registration(ifindex, words);
	if (!strcmp(line, "registration set"))
		return change_registration(words);
	if (!strcmp(line, "registration del"))
		return del_registration(words);
	if (!strcmp(line, "access add"))
		return add_access(ifindex, words);
	world_complain("the module is told to %s", line);
	return EINVAL;
}

int kernel_do(struct kernel *kernel, const struct words *words, struct fault *fault)
{
	if (world_is_loud) {
		char text[512];

		words_say(words, text, sizeof(text));
		fprintf(stderr, "\t%s\n", text);
	}
	world.lines++;
	check_words(words);
	/* of a family that is not there, netlink says the same */
	kernel->error = kernel->gone ? ENOENT : carry_out(words);
	return kernel->error ? fault_refused(fault, "%s", strerror(kernel->error)) : 0;
}

typedef void kernel_use(void *arg, const struct spec_object *object, const struct attrs *attrs);

static void each_device(const struct spec_object *object, kernel_use *use, void *arg)
{
	for (struct world_link *link = world.links; link; link = link->next) {
		struct record record = { 0 };

		if (!link->device)
			continue;
		put_number(&record, "ifindex", link->ifindex);
		put_text(&record, "name", link->name);
		put_address(&record, "addr", link->addr);
		use(arg, object, (const struct attrs *)&record);
	}
}

static void each_mobile(const struct spec_object *object, uint32_t ifindex, kernel_use *use,
			void *arg)
{
	struct world_mobile *next;

	for (struct world_mobile *one = world.mobiles; one; one = next) {
		struct record record = { 0 };

		next = one->next;
		if (one->ifindex != ifindex)
			continue;
		put_number(&record, "dev", one->ifindex);
		put_address(&record, "hoa", one->hoa);
		put_number(&record, "plen", one->plen);
		put_text(&record, "id", one->id);
		put_number(&record, "reqid", one->reqid);
		put_number(&record, "spi", one->spi);
		if (one->hoa4[10])
			put_address(&record, "hoa4", one->hoa4);
		use(arg, object, (const struct attrs *)&record);
	}
}

static void each_binding(const struct spec_object *object, uint32_t ifindex, kernel_use *use,
			 void *arg)
{
	for (struct world_mobile *one = world.mobiles; one; one = one->next) {
		struct record record = { 0 };

		if (one->ifindex != ifindex || !one->bound)
			continue;
		put_number(&record, "dev", one->ifindex);
		put_address(&record, "hoa", one->bound_hoa);
		put_address(&record, "coa", one->coa);
		put_text(&record, "id", one->id);
		use(arg, object, (const struct attrs *)&record);
	}
}

static void each_registration(const struct spec_object *object, uint32_t ifindex, kernel_use *use,
			      void *arg)
{
	for (struct world_registration *one = world.registrations; one; one = one->next) {
		struct record record = { 0 };

		if (one->ifindex != ifindex && ifindex)
			continue;
		fill_registration(&record, one);
		use(arg, object, (const struct attrs *)&record);
	}
}

static void each_access(const struct spec_object *object, uint32_t ifindex, kernel_use *use,
			void *arg)
{
	for (struct world_access *one = world.accesses; one; one = one->next) {
		struct record record = { 0 };
		uint8_t coa[16] = { 0 };

		if (one->ifindex != ifindex && ifindex)
			continue;
		for (struct world_host_entry *e = world.entries; e; e = e->next)
			if (e->kind == WORLD_ADDRESS && e->ifindex == one->link)
				memcpy(coa, e->addr, 16);
		put_number(&record, "dev", one->ifindex);
		put_number(&record, "link", one->link);
		put_number(&record, "preference", one->preference);
		put_number(&record, "usable", !world_is_none(coa));
		put_address(&record, "coa", coa);
		use(arg, object, (const struct attrs *)&record);
	}
}

int kernel_each(struct kernel *kernel, const char *name, uint32_t ifindex, kernel_use *use,
		void *arg, struct fault *fault)
{
	const struct spec_object *object = spec_object(name);

	if (kernel->gone)
		return fault_refused(fault, "the dsmip module is not loaded");
	if (!strcmp(name, "device"))
		each_device(object, use, arg);
	else if (!strcmp(name, "mobile"))
		each_mobile(object, ifindex, use, arg);
	else if (!strcmp(name, "binding"))
		each_binding(object, ifindex, use, arg);
	else if (!strcmp(name, "registration"))
		each_registration(object, ifindex, use, arg);
	else if (!strcmp(name, "access"))
		each_access(object, ifindex, use, arg);
	else
		world_complain("the module is asked for every %s", name);
	return 0;
}

/* ---- time, beginning and end ------------------------------------------------------------------------------------------- */

void world_module_time(void)
{
	struct world_registration *next;

	for (struct world_registration *one = world.registrations; one; one = next) {
		next = one->next;
		if (one->due && one->due <= world.now)
			answer(one);
	}
}

uint64_t world_module_next(void)
{
	uint64_t next = WORLD_NEVER;

	for (struct world_registration *one = world.registrations; one; one = one->next)
		if (one->due && one->due < next)
			next = one->due;
	return next;
}

void world_module_load(void)
{
	world.module = true;
}

static void drop_devices(void)
{
	struct world_link *next;

	for (struct world_link *link = world.links; link; link = next) {
		next = link->next;
		if (link->device)
			world_link_del(link->ifindex);
	}
}

/* Nothing of it stays, and its last word is that it goes. */
void world_module_unload(void)
{
	world.module = false;
	while (world.mobiles)
		drop_mobile(world.mobiles);
	while (world.registrations)
		drop_registration(world.registrations);
	while (world.accesses) {
		struct world_access *one = world.accesses;

		world.accesses = one->next;
		free(one);
	}
	drop_devices();
	if (listener)
		listener->gone = true;
}

void world_module_end(void)
{
	world_module_unload();
	drop_events();
	listener = NULL;
}
