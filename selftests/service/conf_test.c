// SPDX-License-Identifier: GPL-2.0
/* The configuration: what every line becomes, and what is said of every wrong one. */

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ktap.h"
#include "conf.h"
#include "fault.h"
#include "tree.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static char folder[] = "/tmp/dsmip-conf-XXXXXX";
static char path[128];

static const char connections[] = "connections {\n"
				  "	s2c { version = 2 }\n"
				  "	home { remote_addrs = 2001:db8:f::1 }\n"
				  "	epdg { version = 2 }\n"
				  "}\n";
static const char again[] = "connections {\n	s2c { version = 1 }\n}\n";
static const char broken[] = "connections {\n	s2c { version 2 }\n}\n";

static void write_file(const char *name, const char *text)
{
	char full[128];
	FILE *file;

	snprintf(full, sizeof(full), "%s/%s", folder, name);
	file = fopen(full, "w");
	if (!file)
		exit(2);
	fputs(text, file);
	fclose(file);
}

static struct conf *read_lines(const char *lines, struct fault *fault)
{
	memset(fault, 0, sizeof(*fault));
	write_file("conf", lines);
	return conf_read(path, fault);
}

/* Behind a line that names the connections, so it is the second. */
static struct conf *read_behind(const char *lines, struct fault *fault)
{
	char all[4096];

	snprintf(all, sizeof(all), "connections swan\n%s", lines);
	return read_lines(all, fault);
}

/* ---- what lines become ------------------------------------------------------------- */

static void without_a_word_there_are_defaults(void)
{
	static const char lines[] = "gateway connection s2c dev ha0\n"
				    "session connection home dev mn0\n"
				    "access link eth0\n"
				    "epdg connection epdg over eth1 link ipsec0 dev mn0 if-id 7\n";
	const struct conf_session *session;
	struct fault fault;
	struct conf *conf = read_behind(lines, &fault);

	check(conf, "the shortest lines are enough");
	if (!conf) {
		printf("# %s\n", fault.text);
		return;
	}
	session = conf->sessions;
	check(!strcmp(conf->vici, "/run/charon.vici") && conf->reqid_first == 65536 &&
		      conf->reqid_last == 1114111 && conf->hold == 120 && conf->linger == 2 &&
		      conf->attempts == 16,
	      "of the service");
	check(conf->gateways->plen == 128 && conf->gateways->account && !conf->gateways->pool &&
		      conf->gateways->moves == MOVES_MOBIKE && !conf->gateways->lifetime_max,
	      "of a gateway");
	check(session->find == FIND_PEER && session->plen == 64 && session->lifetime == 600 &&
		      session->hoa4 == HOA4_NO && session->route && !session->payload &&
		      !session->router && !*session->id && !session->number,
	      "of a session");
	check(!conf->accesses->preference && !conf->accesses->table && !*conf->accesses->dev,
	      "of an access");
	check(!strcmp(conf->epdgs->access.link, "ipsec0") && conf->epdgs->access.if_id == 7,
	      "the inside of an ePDG's tunnel is an access");
	check(conf_connection(conf, "s2c") && !conf_connection(conf, "nobody"),
	      "connections are found by their names");
	conf_free(conf);
}

static void every_word_is_read(void)
{
	static const char lines[] =
		"vici /run/other\n"
		"reqids 20000 20009\n"
		"hold 0\n"
		"linger 3600\n"
		"attempts 1000\n"
		"gateway connection s2c dev ha0 prefix-length 64 pool yes moves migrate "
		"lifetime-max 262140 account no\n"
		"session connection home dev mn0 home-agent 2001:db8::1 prefix-length 60 hoa4 ike "
		"lifetime 4 moves none default-route no payload yes mobile-router yes id me@x\n"
		"session connection home dev mn1 home-agent ha.example.org hoa4 binding\n"
		"session connection home dev mn2 domain example.org\n"
		"access link eth0 dev mn0 preference 4294967295 table 4294967295\n";
	const struct conf_session *session;
	const struct conf_gateway *gateway;
	struct fault fault;
	struct conf *conf = read_behind(lines, &fault);

	check(conf, "every word is known");
	if (!conf) {
		printf("# %s\n", fault.text);
		return;
	}
	gateway = conf->gateways;
	session = conf->sessions;
	check(!strcmp(conf->vici, "/run/other") && conf->reqid_first == 20000 &&
		      conf->reqid_last == 20009 && !conf->hold && conf->linger == 3600 &&
		      conf->attempts == 1000,
	      "the service's numbers");
	check(gateway->plen == 64 && gateway->pool && gateway->moves == MOVES_MIGRATE &&
		      gateway->lifetime_max == 262140 && !gateway->account,
	      "a gateway's");
	check(session->find == FIND_ADDRESS && session->ha[15] == 1 && session->plen == 60 &&
		      session->hoa4 == HOA4_IKE && session->lifetime == 4 &&
		      session->moves == MOVES_NONE && !session->route && session->payload &&
		      session->router && !strcmp(session->id, "me@x"),
	      "a session's");
	session = session->next;
	check(session->find == FIND_NAME && !strcmp(session->name, "ha.example.org") &&
		      session->hoa4 == HOA4_BINDING && session->number == 1,
	      "[BS-01] a home agent by its name");
	session = session->next;
	check(session->find == FIND_DOMAIN && !strcmp(session->name, "example.org") &&
		      session->number == 2 && !session->next,
	      "[BS-01] home agents of a domain");
	check(conf->accesses->preference == UINT32_MAX && conf->accesses->table == UINT32_MAX &&
		      !strcmp(conf->accesses->dev, "mn0"),
	      "an access's");
	conf_free(conf);
}

static void routes_and_lines(void)
{
	static const char lines[] = "# what stands behind a # is nothing\n"
				    "\n"
				    "gateway connection s2c dev ha0 # nor here\n"
				    "do device add name ha0 role home-agent addr 2001:db8:f::1\n"
				    "do mobile add dev ha0 hoa ::1 id 'two words'\n"
				    "route 2001:db8:100::/40 dev ha0\n"
				    "route 10.100.0.0/16 dev ha0\n"
				    "route ::/0 dev ha0\n";
	struct fault fault;
	struct conf *conf = read_behind(lines, &fault);
	const struct conf_route *route;

	check(conf, "comments, lines and routes are read");
	if (!conf) {
		printf("# %s\n", fault.text);
		return;
	}
	check(conf->lines->words.count == 8 && !strcmp(conf->lines->words.list[7], "2001:db8:f::1"),
	      "a line has all its words");
	check(!strcmp(conf->lines->next->words.list[7], "two words"), "and those with blanks");
	route = conf->routes;
	check(!route->ipv4 && route->plen == 40 && route->dst[4] == 0x01, "a route of IPv6");
	route = route->next;
	check(route->ipv4 && route->plen == 112 && route->dst[12] == 10, "a route of IPv4");
	check(!route->next->ipv4 && !route->next->plen, "a default route");
	conf_free(conf);
}

/* ---- what is wrong -------------------------------------------------------------------- */

static const struct {
	const char *line;
	const char *says; /* behind "FILE:2: " */
} wrongs[] = {
	{ "gates connection s2c dev ha0",
	  "unknown word 'gates'; expected vici connections gateway session" },
	{ "gateway", "connection is missing" },
	{ "gateway connection", "connection wants a value" },
	{ "gateway connection s2c", "dev is missing" },
	{ "gateway connection s2c dev ha0 pool", "pool wants a value" },
	{ "gateway connection s2c dev ha0 dev ha1", "dev is given twice" },
	{ "gateway connection s2c dev ha0 color red",
	  "unknown word 'color'; expected connection dev prefix-length" },
	{ "gateway connection '' dev ha0", "connection: not a name: ''" },
	{ "gateway connection s2c dev a/b", "dev: not the name of an interface: 'a/b'" },
	{ "gateway connection s2c dev 1234567890123456", "dev: not the name of an interface" },
	{ "gateway connection s2c dev ha0 prefix-length 0",
	  "prefix-length: not a number from 1 to 128: '0'" },
	{ "gateway connection s2c dev ha0 prefix-length 129", "not a number from 1 to 128: '129'" },
	{ "gateway connection s2c dev ha0 prefix-length x", "not a number from 1 to 128: 'x'" },
	{ "gateway connection s2c dev ha0 pool maybe",
	  "pool: unknown value 'maybe'; expected one of no yes" },
	{ "gateway connection s2c dev ha0 moves fast",
	  "moves: unknown value 'fast'; expected one of mobike migrate none" },
	{ "gateway connection s2c dev ha0 lifetime-max 262141",
	  "lifetime-max: not a number from 0 to 262140" },
	{ "session connection home", "dev is missing" },
	{ "session connection home dev mn0 hoa4 both",
	  "hoa4: unknown value 'both'; expected one of no ike binding" },
	{ "session connection home dev mn0 lifetime 3", "lifetime: not a number from 4 to 262140" },
	{ "session connection home dev mn0 home-agent a domain b",
	  "either home-agent or domain, not both" },
	{ "session connection home dev mn0 home-agent ''", "home-agent: not a name: ''" },
	{ "session connection home dev mn0 id 'a\tb'", "id: not a name" },
	{ "access dev mn0", "link is missing" },
	{ "access link eth0 preference -1", "preference: not a number from 0 to 4294967295: '-1'" },
	{ "access link eth0 table 0", "table: not a number from 1 to 4294967295: '0'" },
	{ "epdg connection epdg link i0 over eth1", "dev is missing" },
	{ "epdg connection epdg link i0 over eth1 dev mn0", "if-id is missing: the number that" },
	{ "epdg connection epdg link i0 over eth1 dev mn0 if-id 0", "if-id: not a number from 1" },
	{ "do", "do wants a line of dsmipctl: OBJECT VERB KEY VALUE..." },
	{ "do device", "do wants a line of dsmipctl" },
	{ "route 2001:db8::/32", "expected route PREFIX dev DEVICE" },
	{ "route 2001:db8::/32 via ha0", "expected route PREFIX dev DEVICE" },
	{ "route 2001:db8::/32 dev a/b", "expected route PREFIX dev DEVICE" },
	{ "route 2001:db8:: dev ha0", "not a prefix: '2001:db8::'" },
	{ "route 2001:db8::/129 dev ha0", "not a prefix: '2001:db8::/129'" },
	{ "route 10.0.0.0/33 dev ha0", "not a prefix: '10.0.0.0/33'" },
	{ "route here/8 dev ha0", "not a prefix: 'here/8'" },
	{ "connections", "expected connections FILE [directory DIRECTORY]" },
	{ "connections swan folder x", "expected connections FILE [directory DIRECTORY]" },
	{ "connections nowhere", "nowhere: No such file or directory" },
	{ "connections again", "again: there is a connection 's2c' already" },
	{ "connections broken", "broken:2: 'version' is followed by neither = nor {" },
	{ "vici", "expected vici PATH, the socket of charon" },
	{ "vici 1234567890123456789012345678901234567890123456789012345678901234567890123456789"
	  "01234567890123456789012345678",
	  "expected vici PATH" },
	{ "hold", "expected a number from 0 to 86400" },
	{ "hold 86401", "expected a number from 0 to 86400" },
	{ "linger 3601", "expected a number from 0 to 3600" },
	{ "attempts 0", "expected a number from 1 to 1000" },
	{ "attempts 1 2", "expected a number from 1 to 1000" },
	{ "reqids 1 10", "expected reqids FIRST LAST, from 16384 on: charon counts its own" },
	{ "reqids 20000", "expected reqids FIRST LAST" },
	{ "reqids 20000 19999", "expected reqids FIRST LAST" },
	{ "gateway connection 's2c dev ha0", "an open quote, or more than 64 words" },
	{ "do a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q "
	  "r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z",
	  "an open quote, or more than 64 words" },
};

static void wrong_lines_are_told(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrongs); i++) {
		char where[160];
		struct fault fault;
		struct conf *conf = read_behind(wrongs[i].line, &fault);
		size_t length = snprintf(where, sizeof(where), "%s:2: ", path);
		bool told = !strncmp(fault.text, where, length) &&
			    strstr(fault.text, wrongs[i].says);

		check(!conf && told, "'%.40s' is refused with file, line and remedy",
		      wrongs[i].line);
		if (!told)
			printf("# wanted: %s%s\n# got:    %s\n", where, wrongs[i].says, fault.text);
		conf_free(conf);
	}
}

/* What no single line is to blame for: the file, and why. */
static void what_is_wrong_together_is_told(void)
{
	static const struct {
		const char *lines;
		const char *says;
	} rows[] = {
		{ "", "neither gateway nor session: nothing to do" },
		{ "connections swan\naccess link eth0\n", "neither gateway nor session" },
		{ "gateway connection s2c dev ha0\n",
		  "gateway: no connection 's2c' is in the files that connections name" },
		{ "connections swan\nsession connection other dev mn0\n",
		  "session: no connection 'other' is in the files" },
		{ "connections swan\nepdg connection other over eth1 link i0 dev mn0 if-id 1\n",
		  "epdg: no connection 'other' is in the files" },
		{ "connections swan\nreqids 20000 20000\nsession connection home dev mn0\n"
		  "session connection home dev mn1\n",
		  "reqids: fewer than there are sessions" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct fault fault;
		struct conf *conf = read_lines(rows[i].lines, &fault);
		bool told = !strncmp(fault.text, path, strlen(path)) &&
			    strstr(fault.text, rows[i].says);

		check(!conf && told && fault.status == STATUS_WRONG,
		      "file %zu is refused with what is wrong in it: %s", i, rows[i].says);
		if (!told)
			printf("# got: %s\n", fault.text);
		conf_free(conf);
	}
}

static void files_that_cannot_be_read(void)
{
	struct fault fault;
	struct conf *conf = conf_read("/nowhere/at/all", &fault);

	check(!conf && fault.status == STATUS_REFUSED &&
		      !strcmp(fault.text, "/nowhere/at/all: No such file or directory"),
	      "a file that is not there");
	conf = conf_read(folder, &fault);
	check(!conf && fault.status == STATUS_REFUSED && strstr(fault.text, "Is a directory"),
	      "a file that is a directory");
	conf_free(NULL);
	check(true, "nothing can be freed");
}

/* As from the prompt: from where the service was begun. */
static void the_last_line_needs_no_end(void)
{
	struct fault fault;
	struct conf *conf = read_behind("\r\ngateway connection s2c dev ha0", &fault);

	check(conf, "the last line needs no end, and others may have two");
	if (!conf)
		printf("# %s\n", fault.text);
	conf_free(conf);
}

static void every_end_of_a_file_is_harmless(void)
{
	static const char whole[] = "connections swan\nreqids 20000 20009\n"
				    "gateway connection s2c dev ha0 prefix-length 64\n"
				    "route 2001:db8::/32 dev ha0\ndo device add name ha0 role x\n"
				    "epdg connection epdg over eth1 link i0 dev mn0 if-id 1\n";
	bool told = true;

	for (size_t size = 0; size < sizeof(whole); size++) {
		char part[sizeof(whole)];
		struct fault fault;
		struct conf *conf;

		memcpy(part, whole, size);
		part[size] = '\0';
		conf = read_lines(part, &fault);
		told &= conf || *fault.text;
		conf_free(conf);
	}
	check(told, "a file that ends anywhere is read, or it is said what is wrong");
}

int main(void)
{
	if (!mkdtemp(folder) || chdir(folder))
		return 2;
	snprintf(path, sizeof(path), "%s/conf", folder);
	write_file("swan", connections);
	write_file("again", again);
	write_file("broken", broken);
	without_a_word_there_are_defaults();
	every_word_is_read();
	routes_and_lines();
	wrong_lines_are_told();
	what_is_wrong_together_is_told();
	files_that_cannot_be_read();
	the_last_line_needs_no_end();
	every_end_of_a_file_is_harmless();
	unlink("swan");
	unlink("again");
	unlink("broken");
	unlink("conf");
	rmdir(folder);
	return ktap_end();
}
