/* SPDX-License-Identifier: GPL-2.0 */
/* A service with a configuration, from its beginning to its end in a world. */

#ifndef _SELFTESTS_ROLES_H
#define _SELFTESTS_ROLES_H

#include <stdlib.h>
#include <unistd.h>

#include "ktap.h"
#include "serve.h"

#define HA "2001:db8:f::1"
#define HOA1 "2001:db8:100:1::7"
#define HOA2 "2001:db8:100:2::8"
#define COA1 "2001:db8:a::2"
#define COA2 "2001:db8:b::2"
#define ME "ue1@example.org"
#define OTHER "ue2@example.org"
#define GATEWAY "s2c"
#define SESSION "home"
#define TUNNEL "epdg"
#define INSIDE "2001:db8:4e::1"

#define UNUSED __attribute__((unused))

/* What swanctl.conf would have. */
static const char connections[] =
	"connections {\n"
	"	" GATEWAY " {\n"
	"		version = 2\n"
	"		local_addrs = " HA "\n"
	"		pools = homes\n"
	"		children { mh { esp_proposals = aes128-sha256 } }\n"
	"	}\n"
	"	" SESSION " {\n"
	"		version = 2\n"
	"		vips = ::\n"
	"		children {\n"
	"			mh { esp_proposals = aes128-sha256 }\n"
	"			payload { remote_ts = ::/0 }\n"
	"		}\n"
	"	}\n"
	"	" TUNNEL " {\n"
	"		remote_addrs = 2001:db8:4::1\n"
	"		children { inside { remote_ts = ::/0 } }\n"
	"	}\n"
	"}\n";

#define GATEWAY_LINES                                          \
	"do device add name ha0 role home-agent addr " HA "\n" \
	"gateway connection " GATEWAY " dev ha0\n"
#define SESSION_DEVICE                              \
	"do device add name mn0 role mobile-node\n" \
	"access link eth0 dev mn0 preference 1\n"   \
	"access link eth1 dev mn0 preference 2\n"
#define SESSION_LINES SESSION_DEVICE "session connection " SESSION " dev mn0 home-agent " HA "\n"

static char folder[] = "/tmp/dsmip-roles-XXXXXX";

static void write_file(const char *name, const char *text, char *path, size_t size)
{
	FILE *file;

	snprintf(path, size, "%s/%s", folder, name);
	file = fopen(path, "w");
	if (!file)
		exit(2);
	fputs(text, file);
	fclose(file);
}

/* The lines of a test, behind those that every one has. */
UNUSED static struct conf *make_conf(const char *lines)
{
	char swan[128], path[128], text[4096];
	struct fault fault;
	struct conf *conf;

	if (!mkdtemp(folder))
		exit(2);
	write_file("swanctl.conf", connections, swan, sizeof(swan));
	snprintf(text, sizeof(text), "connections %s\n%s", swan, lines);
	write_file("dsmip.conf", text, path, sizeof(path));
	conf = conf_read(path, &fault);
	if (!conf)
		printf("# %s\n", fault.text);
	unlink(swan);
	unlink(path);
	rmdir(folder);
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	if (!conf)
		exit(2);
	return conf;
}

static struct conf *the_conf;

/* Everything is there, and nobody has come yet. */
UNUSED static void begin_with(const char *lines)
{
	the_conf = make_conf(lines);
	world_begin();
	world_link_add("eth0");
	world_link_add("eth1");
	world_address_add("eth0", COA1);
	memcpy(world.far.vip, world_address(HOA1), 16);
	world_charon_start();
	world_module_load();
	serve(the_conf);
	pass(3000);
}

UNUSED static void finish(const char *story)
{
	check(!*world.complaint, "%s: nobody complains: %s", story,
	      *world.complaint ? world.complaint : "indeed");
	check(!world.inherited, "%s: nobody inherits another's binding", story);
	serve_no_more();
	world_end();
	conf_free(the_conf);
}

UNUSED static void restart(void)
{
	serve_no_more();
	serve(the_conf);
}

UNUSED static int count_mobiles(void)
{
	int count = 0;

	for (struct world_mobile *one = world.mobiles; one; one = one->next)
		count++;
	return count;
}

UNUSED static int count_states(void)
{
	int count = 0;

	for (struct world_state *one = world.states; one; one = one->next)
		count++;
	return count;
}

UNUSED static int count_policies(void)
{
	int count = 0;

	for (struct world_policy *one = world.policies; one; one = one->next)
		count++;
	return count;
}

UNUSED static int count_ikes(void)
{
	int count = 0;

	for (struct world_ike *one = world.ikes; one; one = one->next)
		count++;
	return count;
}

UNUSED static bool is_journaled(const char *event, const char *id)
{
	for (unsigned int i = 0; i < WORLD_ENTRIES && i < world.journal_count; i++)
		if (!strcmp(world.journal[i].event, event) && !strcmp(world.journal[i].id, id))
			return true;
	return false;
}

#endif
