// SPDX-License-Identifier: GPL-2.0

#include "sas.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

#define EVENT_MISSES 2

static const uint8_t mapped[12] = { [10] = 0xff, 0xff };

int sas_address(const char *text, uint8_t addr[16])
{
	if (!text)
		return -1;
	if (inet_pton(AF_INET6, text, addr) == 1)
		return 0;
	if (inet_pton(AF_INET, text, addr + 12) != 1)
		return -1;
	memcpy(addr, mapped, sizeof(mapped));
	return 0;
}

bool sas_is_ipv4(const uint8_t addr[16])
{
	return !memcmp(addr, mapped, sizeof(mapped));
}

static void copy_text(char *to, size_t size, const struct tree *in, const char *key)
{
	const char *text = tree_text(in, key);

	if (text)
		snprintf(to, size, "%s", text);
}

static uint64_t number_of(const struct tree *in, const char *key)
{
	uint64_t number;

	return tree_number(in, key, &number) ? 0 : number;
}

static uint32_t spi_of(const struct tree *in, const char *key)
{
	uint64_t number;

	return tree_hex(in, key, &number) || number > UINT32_MAX ? 0 : number;
}

/* ADDR/128[protocol]: the address of a selector that names one IPv6 host. */
static void read_selector(const struct tree *selectors, uint8_t addr[16])
{
	const struct tree *item = selectors ? selectors->first : NULL;
	char text[INET6_ADDRSTRLEN + 16];
	char *slash;

	memset(addr, 0, 16);
	if (!item || item->kind != TREE_VALUE)
		return;
	snprintf(text, sizeof(text), "%s", (const char *)item->value);
	slash = strchr(text, '/');
	if (!slash || strncmp(slash, "/128", 4))
		return;
	*slash = '\0';
	if (inet_pton(AF_INET6, text, addr) != 1)
		memset(addr, 0, 16);
}

static struct child *child_find(const struct ike *ike, uint32_t unique)
{
	struct child *child = ike->children;

	while (child && child->unique != unique)
		child = child->next;
	return child;
}

static struct child *child_have(struct ike *ike, uint32_t unique)
{
	struct child *child = child_find(ike, unique);

	if (child)
		return child;
	child = calloc(1, sizeof(*child));
	if (child) {
		child->unique = unique;
		child->next = ike->children;
		ike->children = child;
	}
	return child;
}

static void child_drop(struct ike *ike, uint32_t unique)
{
	for (struct child **at = &ike->children; *at; at = &(*at)->next) {
		struct child *child = *at;

		if (child->unique != unique)
			continue;
		*at = child->next;
		free(child);
		return;
	}
}

static void read_child(struct ike *ike, const struct tree *section)
{
	uint32_t unique = number_of(section, "uniqueid");
	const char *mode = tree_text(section, "mode");
	struct child *child = unique ? child_have(ike, unique) : NULL;

	if (!child)
		return;
	copy_text(child->name, sizeof(child->name), section, "name");
	child->reqid = number_of(section, "reqid");
	/* a successor that is REKEYED lives until the peer has deleted it */
	child->installed = tree_is(section, "state", "INSTALLED") ||
			   tree_is(section, "state", "REKEYING");
	child->transport = mode && !strncmp(mode, "TRANSPORT", 9);
	child->spi_in = spi_of(section, "spi-in");
	child->spi_out = spi_of(section, "spi-out");
	child->in_octets = number_of(section, "bytes-in");
	child->out_octets = number_of(section, "bytes-out");
	read_selector(tree_find(section, "local-ts"), child->local);
	read_selector(tree_find(section, "remote-ts"), child->remote);
}

static void read_vips(struct ike *ike, const struct tree *vips)
{
	static const uint8_t none[16];
	uint8_t addr[16];

	for (const struct tree *vip = vips ? vips->first : NULL; vip; vip = vip->next) {
		if (vip->kind != TREE_VALUE || sas_address((const char *)vip->value, addr))
			continue;
		if (!memcmp(addr, none, sizeof(none)))
			continue;
		memcpy(sas_is_ipv4(addr) ? ike->vip4 : ike->vip, addr, 16);
	}
}

/* Everything of an IKE SA but its children, which not every message tells of. */
static void read_ike(struct ike *ike, const struct tree *section)
{
	const char *eap = tree_text(section, "remote-eap-id");

	copy_text(ike->peer, sizeof(ike->peer), section, "remote-id");
	if (eap)
		snprintf(ike->peer, sizeof(ike->peer), "%s", eap);
	ike->established = tree_is(section, "state", "ESTABLISHED") ||
			   tree_is(section, "state", "REKEYING");
	ike->nat = tree_is(section, "nat-any", "yes");
	if (sas_address(tree_text(section, "local-host"), ike->local))
		memset(ike->local, 0, 16);
	if (sas_address(tree_text(section, "remote-host"), ike->remote))
		memset(ike->remote, 0, 16);
	memset(ike->vip, 0, 16);
	memset(ike->vip4, 0, 16);
	/* one end has only the one, the other the other; who initiated may change */
	read_vips(ike, tree_find(section, "local-vips"));
	read_vips(ike, tree_find(section, "remote-vips"));
	ike->dirty = true;
	ike->gone = false;
	ike->misses = 0;
}

static size_t hash_of(const char *conn)
{
	size_t hash = 5381;

	while (*conn)
		hash = hash * 33 + (uint8_t)*conn++;
	return hash % SAS_HASH;
}

struct ike *sas_find(const struct sas *sas, uint32_t unique)
{
	struct ike *ike = sas->by_unique[unique % SAS_HASH];

	while (ike && ike->unique != unique)
		ike = ike->same_unique;
	return ike;
}

struct ike *sas_newest(const struct sas *sas, const char *conn)
{
	struct ike *newest = NULL;

	for (struct ike *ike = sas->by_conn[hash_of(conn)]; ike; ike = ike->same_conn)
		if (!strcmp(ike->conn, conn) && ike->established && !ike->gone &&
		    (!newest || ike->unique > newest->unique))
			newest = ike;
	return newest;
}

static void ike_unhash(struct sas *sas, struct ike *ike)
{
	struct ike **at = &sas->by_unique[ike->unique % SAS_HASH];

	while (*at != ike)
		at = &(*at)->same_unique;
	*at = ike->same_unique;
	at = &sas->by_conn[hash_of(ike->conn)];
	while (*at != ike)
		at = &(*at)->same_conn;
	*at = ike->same_conn;
}

static void ike_hash(struct sas *sas, struct ike *ike)
{
	struct ike **unique = &sas->by_unique[ike->unique % SAS_HASH];
	struct ike **conn = &sas->by_conn[hash_of(ike->conn)];

	ike->same_unique = *unique;
	*unique = ike;
	ike->same_conn = *conn;
	*conn = ike;
}

static struct ike *ike_have(struct sas *sas, const char *conn, const struct tree *section)
{
	uint32_t unique = number_of(section, "uniqueid");
	struct ike *ike = unique ? sas_find(sas, unique) : NULL;

	if (!unique)
		return NULL;
	if (!ike) {
		ike = calloc(1, sizeof(*ike));
		if (!ike)
			return NULL;
		ike->unique = unique;
		ike->next = sas->first;
		sas->first = ike;
		ike_hash(sas, ike);
	}
	ike_unhash(sas, ike);
	snprintf(ike->conn, sizeof(ike->conn), "%s", conn);
	ike_hash(sas, ike);
	read_ike(ike, section);
	return ike;
}

/* The one section of a message, which has the name of the connection. */
static const struct tree *ike_section(const struct tree *message)
{
	const struct tree *section = message->first;

	while (section && section->kind != TREE_SECTION)
		section = section->next;
	return section && section->key ? section : NULL;
}

static void ike_updown(struct sas *sas, const struct tree *section, bool up)
{
	struct ike *ike;

	if (up) {
		ike = ike_have(sas, section->key, section);
		if (ike)
			ike->established = true;
		return;
	}
	ike = sas_find(sas, number_of(section, "uniqueid"));
	if (ike) {
		ike->gone = true;
		ike->dirty = true;
	}
}

/* An event of a child that comes after the end of its IKE SA revives nothing. */
static void child_updown(struct sas *sas, const struct tree *section, bool up)
{
	struct ike *ike = up ? ike_have(sas, section->key, section) :
			       sas_find(sas, number_of(section, "uniqueid"));
	const struct tree *children = tree_find(section, "child-sas");

	for (const struct tree *one = children ? children->first : NULL; ike && one;
	     one = one->next) {
		read_child(ike, one);
		if (!up)
			child_drop(ike, number_of(one, "uniqueid"));
	}
	if (ike)
		ike->dirty = true;
}

static void move_children(struct ike *from, struct ike *to)
{
	struct child **end = &to->children;

	while (*end)
		end = &(*end)->next;
	*end = from->children;
	from->children = NULL;
}

/* The IKE SA is another one from now on, and has the children of the former. */
static void ike_rekey(struct sas *sas, const struct tree *section)
{
	const struct tree *old = tree_find(section, "old");
	const struct tree *new = tree_find(section, "new");
	struct ike *before = sas_find(sas, number_of(old, "uniqueid"));
	struct ike *after = new ? ike_have(sas, section->key, new) : NULL;

	if (after)
		after->established = true;
	if (!before || before == after)
		return;
	if (after)
		move_children(before, after);
	before->gone = true;
	before->dirty = true;
}

static void child_rekey(struct sas *sas, const struct tree *section)
{
	struct ike *ike = ike_have(sas, section->key, section);
	const struct tree *children = tree_find(section, "child-sas");

	for (const struct tree *one = children ? children->first : NULL; ike && one;
	     one = one->next) {
		const struct tree *old = tree_find(one, "old");
		const struct tree *new = tree_find(one, "new");
		uint32_t before = number_of(old, "uniqueid");

		if (new)
			read_child(ike, new);
		if (before != number_of(new, "uniqueid"))
			child_drop(ike, before);
	}
}

/* Where it is now stands beside the section, which says where it was. */
static void ike_update(struct sas *sas, const struct tree *message, const struct tree *section)
{
	struct ike *ike = ike_have(sas, section->key, section);
	uint8_t addr[16];

	if (ike && !sas_address(tree_text(message, "local-host"), addr))
		memcpy(ike->local, addr, 16);
	if (ike && !sas_address(tree_text(message, "remote-host"), addr))
		memcpy(ike->remote, addr, 16);
}

void sas_event(struct sas *sas, const char *name, const struct tree *message)
{
	const struct tree *section = ike_section(message);
	bool up = tree_is(message, "up", "yes");

	sas->events++;
	if (!section)
		return;
	if (!strcmp(name, "ike-updown"))
		ike_updown(sas, section, up);
	else if (!strcmp(name, "child-updown"))
		child_updown(sas, section, up);
	else if (!strcmp(name, "ike-rekey"))
		ike_rekey(sas, section);
	else if (!strcmp(name, "child-rekey"))
		child_rekey(sas, section);
	else if (!strcmp(name, "ike-update"))
		ike_update(sas, message, section);
}

static void children_free(struct ike *ike)
{
	while (ike->children)
		child_drop(ike, ike->children->unique);
}

void sas_list_begin(struct sas *sas)
{
	for (struct ike *ike = sas->first; ike; ike = ike->next)
		ike->misses++;
}

void sas_list(struct sas *sas, const struct tree *message)
{
	const struct tree *section = ike_section(message);
	const struct tree *children = section ? tree_find(section, "child-sas") : NULL;
	struct ike *ike = section ? ike_have(sas, section->key, section) : NULL;

	if (!ike)
		return;
	children_free(ike);
	for (const struct tree *one = children ? children->first : NULL; one; one = one->next)
		read_child(ike, one);
}

void sas_list_end(struct sas *sas, bool noblock)
{
	for (struct ike *ike = sas->first; ike; ike = ike->next)
		if (ike->misses >= (noblock ? EVENT_MISSES : 1)) {
			ike->gone = true;
			ike->dirty = true;
		}
}

size_t sas_spis(const struct sas *sas, uint32_t *spis, size_t max)
{
	size_t count = 0;

	for (struct ike *ike = sas->first; ike; ike = ike->next)
		for (struct child *child = ike->children; child; child = child->next)
			if (count + 2 <= max && !ike->gone) {
				spis[count++] = child->spi_in;
				spis[count++] = child->spi_out;
			}
	return count;
}

void sas_forget(struct sas *sas, bool all)
{
	struct ike **at = &sas->first;

	while (*at) {
		struct ike *ike = *at;

		if (!all && !ike->gone) {
			at = &ike->next;
			continue;
		}
		*at = ike->next;
		ike_unhash(sas, ike);
		children_free(ike);
		free(ike);
	}
}

struct child *ike_child(const struct ike *ike, uint32_t reqid)
{
	struct child *newest = NULL;

	for (struct child *child = ike->children; child; child = child->next)
		if (child->installed && child->transport && child->reqid == reqid &&
		    (!newest || child->unique > newest->unique))
			newest = child;
	return newest;
}

struct child *ike_child_named(const struct ike *ike, const char *name)
{
	struct child *newest = NULL;

	for (struct child *child = ike->children; child; child = child->next)
		if (child->installed && !strcmp(child->name, name) &&
		    (!newest || child->unique > newest->unique))
			newest = child;
	return newest;
}
