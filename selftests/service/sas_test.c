// SPDX-License-Identifier: GPL-2.0
/*
 * What charon has, from its events and listings. The messages are those of charon
 * 5.9.8, as swanctl --raw writes them.
 */

#include <ctype.h>
#include <stdlib.h>

#include <arpa/inet.h>

#include "ktap.h"
#include "sas.h"
#include "tree.h"

/* ---- key=value key=[item item] key {...} ---------------------------------------------- */

static const char *at;

static void skip(void)
{
	while (*at == ' ' || *at == '\n' || *at == '\t')
		at++;
}

static void take(char *word, size_t size, const char *until)
{
	size_t length = strcspn(at, until);

	snprintf(word, size, "%.*s", (int)length, at);
	at += length;
}

static void read_list(struct tree *list)
{
	char item[128];

	for (at++, skip(); *at && *at != ']'; skip()) {
		size_t length = strcspn(at, " ]");

		/* a selector has brackets of its own */
		if (at[length] == ']' && memchr(at, '[', length))
			length++;
		snprintf(item, sizeof(item), "%.*s", (int)length, at);
		tree_add_text(list, NULL, item);
		at += length;
	}
	at += *at == ']';
}

static void read_section(struct tree *in)
{
	char key[128], value[512];

	for (skip(); *at && *at != '}'; skip()) {
		take(key, sizeof(key), " ={");
		skip();
		if (*at == '{') {
			at++;
			read_section(tree_add_section(in, key));
			continue;
		}
		at++;
		if (*at == '[') {
			read_list(tree_add_list(in, key));
			continue;
		}
		take(value, sizeof(value), " }");
		tree_add_text(in, key, value);
	}
	at += *at == '}';
}

static struct tree *message(const char *text)
{
	struct tree *tree = tree_new();

	at = text;
	read_section(tree);
	return tree;
}

static void hear(struct sas *sas, const char *name, const char *text)
{
	struct tree *tree = message(text);

	sas_event(sas, name, tree);
	tree_free(tree);
}

static void list(struct sas *sas, const char *text)
{
	struct tree *tree = message(text);

	sas_list(sas, tree);
	tree_free(tree);
}

static bool is(const uint8_t addr[16], const char *text)
{
	uint8_t wanted[16] = { 0 };

	return (!*text || !sas_address(text, wanted)) && !memcmp(addr, wanted, 16);
}

/* ---- messages ------------------------------------------------------------------------------ */

#define HEAD(unique, state)                                                                      \
	"uniqueid=" unique " version=2 state=" state " local-host=2001:db8:f::1 local-port=500 " \
	"local-id=gw.example remote-host=2001:db8:a::2 remote-port=500 "                         \
	"remote-id=ue1@example initiator-spi=766feff32df77ce4 responder-spi=a34158447a46d25b "   \
	"encr-alg=AES_CBC encr-keysize=128 dh-group=CURVE_25519 "
#define VIPS "remote-vips=[2001:db8:100:1::7 10.100.0.1] "
#define CHILD(unique, state, in)                                                         \
	"name=mh-65536 uniqueid=" unique " reqid=65536 state=" state                     \
	" mode=TRANSPORT_PROXY protocol=ESP spi-in=" in " spi-out=c73f0da4 bytes-in=12 " \
	"bytes-out=34 local-ts=[2001:db8:f::1/128[mobility-header]] "                    \
	"remote-ts=[2001:db8:100:1::7/128[mobility-header]] "

static const char ike_up[] = "up=yes s2c {" HEAD("1", "ESTABLISHED") VIPS
	"tasks-passive=[IKE_ESTABLISH CHILD_CREATE]}";
static const char ike_down[] = "s2c {" HEAD("1", "DELETING") VIPS "}";
static const char child_up[] = "up=yes s2c {" HEAD("1", "ESTABLISHED") VIPS
	"child-sas {mh-65536-1 {" CHILD("1", "INSTALLED", "c41d3da0") "}}}";
static const char child_down[] = "s2c {" HEAD("1", "ESTABLISHED") VIPS
	"child-sas {mh-65536-1 {" CHILD("1", "DELETED", "c41d3da0") "}}}";
static const char child_rekey[] = "s2c {" HEAD("1", "ESTABLISHED") VIPS
	"child-sas {mh-65536 {old {" CHILD("1", "REKEYED", "c41d3da0") "} new {" CHILD(
		"3", "INSTALLED", "c0cfeb36") "}}}}";
static const char ike_rekey[] =
	"s2c {old {" HEAD("1", "REKEYING") "} new {" HEAD("2", "ESTABLISHED") VIPS "}}";
static const char listed[] = "s2c {" HEAD("1", "ESTABLISHED") VIPS
	"child-sas {mh-65536-1 {" CHILD("1", "INSTALLED", "c41d3da0") "}}}";
static const char listed_without[] = "s2c {" HEAD("1", "ESTABLISHED") VIPS "child-sas {}}";

/* ---- events --------------------------------------------------------------------------------- */

static void an_ike_sa_comes_and_goes(void)
{
	struct sas sas = { 0 };
	struct ike *ike;

	hear(&sas, "ike-updown", ike_up);
	ike = sas_find(&sas, 1);
	check(ike && ike->established && ike->dirty && !ike->gone, "an IKE SA that is up is there");
	check(ike && !strcmp(ike->conn, "s2c") && !strcmp(ike->peer, "ue1@example"),
	      "with its connection and its peer");
	check(ike && is(ike->local, "2001:db8:f::1") && is(ike->remote, "2001:db8:a::2"),
	      "with its ends");
	check(ike && is(ike->vip, "2001:db8:100:1::7") && is(ike->vip4, "10.100.0.1"),
	      "and with both virtual addresses");
	check(ike && !ike->children, "without children");
	hear(&sas, "ike-updown", ike_down);
	check(ike && ike->gone && ike->dirty, "one that is down is gone");
	sas_forget(&sas, false);
	check(!sas.first && sas.events == 2, "and then forgotten");
	hear(&sas, "ike-updown", ike_down);
	hear(&sas, "child-updown", child_down);
	check(!sas.first, "what ends without having begun is nothing");
	sas_forget(&sas, true);
}

static void a_child_comes_and_goes(void)
{
	struct sas sas = { 0 };
	struct child *child;
	struct ike *ike;

	hear(&sas, "child-updown", child_up);
	ike = sas_find(&sas, 1);
	child = ike ? ike_child(ike, 65536) : NULL;
	check(child, "a child brings its IKE SA along when that was missed");
	check(child && child->unique == 1 && child->spi_in == 0xc41d3da0 &&
		      child->spi_out == 0xc73f0da4 && child->transport &&
		      !strcmp(child->name, "mh-65536"),
	      "it has its name, mode and SPIs");
	check(child && is(child->local, "2001:db8:f::1") && is(child->remote, "2001:db8:100:1::7"),
	      "and the hosts of its selectors");
	check(child && child->in_octets == 12 && child->out_octets == 34, "and its octets");
	check(ike && ike_child_named(ike, "mh-65536") == child && !ike_child_named(ike, "mh") &&
		      !ike_child(ike, 65537),
	      "it is found by its reqid and by its name");
	if (ike)
		ike->dirty = false;
	hear(&sas, "child-updown", child_up);
	check(ike && ike->children && !ike->children->next && ike->dirty,
	      "told twice it is one, and looked at again");
	hear(&sas, "child-updown", child_down);
	check(ike && !ike->children && !ike->gone, "one that is down is gone, its IKE SA is not");
	hear(&sas, "child-updown", child_up);
	hear(&sas, "ike-updown", ike_down);
	hear(&sas, "child-updown", child_down);
	check(ike && ike->gone, "the end of a child revives no IKE SA");
	sas_forget(&sas, true);
}

static void keys_change(void)
{
	struct sas sas = { 0 };
	struct child *child;
	struct ike *ike;

	hear(&sas, "ike-updown", ike_up);
	hear(&sas, "child-updown", child_up);
	hear(&sas, "child-rekey", child_rekey);
	ike = sas_find(&sas, 1);
	child = ike ? ike_child(ike, 65536) : NULL;
	check(child && child->unique == 3 && child->spi_in == 0xc0cfeb36 && !child->next,
	      "the new child takes the place of the old one");
	hear(&sas, "ike-rekey", ike_rekey);
	ike = sas_find(&sas, 2);
	check(ike && ike->established && ike_child(ike, 65536) == child &&
		      is(ike->vip, "2001:db8:100:1::7"),
	      "the IKE SA has another number, the same child and the same address");
	check(sas_find(&sas, 1) && sas_find(&sas, 1)->gone && !sas_find(&sas, 1)->children,
	      "the former is gone");
	sas_forget(&sas, false);
	check(sas.first == ike && !ike->next, "and forgotten");
	sas_forget(&sas, true);

	hear(&sas, "ike-rekey", ike_rekey);
	check(sas_find(&sas, 2) && !sas_find(&sas, 1), "a change of one that was missed is one");
	hear(&sas, "child-rekey", child_rekey);
	check(sas_find(&sas, 1) && ike_child(sas_find(&sas, 1), 65536),
	      "as is a child's change of one");
	sas_forget(&sas, true);
}

static void it_is_the_newest_that_counts(void)
{
	struct sas sas = { 0 };
	struct child *child;
	struct ike *ike;

	hear(&sas, "child-updown",
	     "up=yes s2c {" HEAD("1", "ESTABLISHED") "child-sas {a {" CHILD("7", "INSTALLED", "7") "} b {" CHILD(
		     "9", "INSTALLED",
		     "9") "} c {" CHILD("8", "INSTALLED",
					"8") "} d {" CHILD("10", "DELETED",
							   "10") "} e {" CHILD("11", "REKEYED",
									       "11") "} f {name=mh-65536 uniqueid=12 reqid=65536 state=INSTALLED mode=TUNNEL}}}");
	ike = sas_find(&sas, 1);
	child = ike ? ike_child(ike, 65536) : NULL;
	check(child && child->unique == 9,
	      "of children with one reqid the newest that is installed and no tunnel counts");
	child = ike ? ike_child_named(ike, "mh-65536") : NULL;
	check(child && child->unique == 12, "by its name a tunnel is found too");
	sas_forget(&sas, true);
}

static void identities(void)
{
	struct sas sas = { 0 };
	struct ike *ike;

	hear(&sas, "ike-updown",
	     "up=yes s2c {uniqueid=1 state=ESTABLISHED remote-id=outer@example "
	     "remote-eap-id=inner@example}");
	ike = sas_find(&sas, 1);
	check(ike && !strcmp(ike->peer, "inner@example"),
	      "[HR-07] who EAP has proved somebody to be is the peer, not who IKE was told");
	check(ike && is(ike->vip, "") && is(ike->vip4, "") && is(ike->local, ""),
	      "what is not said is not there");
	hear(&sas, "ike-update",
	     "local-host=192.0.2.1 s2c {uniqueid=1 state=ESTABLISHED local-host=192.0.2.1 "
	     "remote-host=192.0.2.2 remote-id=outer@example remote-eap-id=inner@example "
	     "remote-vips=[0.0.0.0 :: 10.0.0.1]}");
	check(ike && is(ike->local, "192.0.2.1") && is(ike->remote, "192.0.2.2") &&
		      sas_is_ipv4(ike->local),
	      "an update moves its ends");
	check(ike && is(ike->vip, "") && is(ike->vip4, "10.0.0.1"),
	      "the unspecified address is none");
	check(ike && !ike->nat, "where no NAT is told of there is none");
	hear(&sas, "child-updown",
	     "up=yes s2c {uniqueid=1 state=ESTABLISHED local-host=192.0.2.1 "
	     "remote-host=192.0.2.2 remote-port=23772 nat-remote=yes nat-any=yes}");
	check(ike && ike->nat, "a NAT at either end is one");
	hear(&sas, "ike-updown", "s2c {uniqueid=2 state=CONNECTING remote-id=%any}");
	check(!sas_find(&sas, 2), "one that never was up cannot end");
	hear(&sas, "ike-updown",
	     "up=yes home {uniqueid=3 state=ESTABLISHED initiator=yes "
	     "remote-id=gw.example local-vips=[2001:db8:100:1::7]}");
	check(sas_find(&sas, 3) && is(sas_find(&sas, 3)->vip, "2001:db8:100:1::7"),
	      "at a mobile the virtual address is its own");
	sas_forget(&sas, true);
}

static void selectors(void)
{
	static const struct {
		const char *selector;
		const char *host;
	} rows[] = {
		{ "2001:db8::7/128[135]", "2001:db8::7" },
		{ "2001:db8::7/128", "2001:db8::7" },
		{ "2001:db8::/64[135]", "" },
		{ "::/0", "" },
		{ "10.0.0.1/32", "" },
		{ "2001:db8::7", "" },
		{ "dynamic[135]", "" },
		{ "nonsense/128", "" },
		{ "2001:db8::1..2001:db8::9", "" },
		{ "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc/128", "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sas sas = { 0 };
		struct child *child;
		char text[512];

		snprintf(
			text, sizeof(text),
			"up=yes s2c {uniqueid=1 state=ESTABLISHED child-sas {a {uniqueid=1 reqid=5 "
			"state=INSTALLED mode=TRANSPORT remote-ts=[%s 2001:db8::9/128]}}}",
			rows[i].selector);
		hear(&sas, "child-updown", text);
		child = sas.first ? ike_child(sas.first, 5) : NULL;
		check(child && is(child->remote, rows[i].host), "the selector %s is %s",
		      rows[i].selector, *rows[i].host ? "a host" : "none");
		sas_forget(&sas, true);
	}
}

/* What charon never says, but who knows. */
static void nonsense_is_harmless(void)
{
	static const char *const names[] = { "ike-updown",  "child-updown", "ike-rekey",
					     "child-rekey", "ike-update",   "other" };
	static const char *const texts[] = {
		"",
		"up=yes",
		"up=yes s2c {}",
		"up=yes s2c {uniqueid=0}",
		"up=yes s2c {uniqueid=x}",
		"up=yes s2c {uniqueid=99999999999999999999}",
		"s2c {uniqueid=5 child-sas=none}",
		"up=yes s2c {uniqueid=5 child-sas {a {} b {uniqueid=0} c=d e=[f]}}",
		"s2c {uniqueid=5 child-sas {a {old {} new {}} b {old {uniqueid=1}} c {new {uniqueid=1}}}}",
		"s2c {old {} new {}}",
		"s2c {old {uniqueid=5} new {uniqueid=5}}",
		"s2c {old {uniqueid=5}}",
		"s2c {new {uniqueid=6 remote-vips=x local-vips {}}}",
		"s2c {uniqueid=7 remote-host=here local-host= remote-vips=[here there]}",
	};
	struct sas sas = { 0 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t j = 0; j < sizeof(texts) / sizeof(texts[0]); j++) {
			hear(&sas, names[i], texts[j]);
			list(&sas, texts[j]);
		}
	check(true, "what makes no sense does no harm");
	sas_forget(&sas, true);
	check(!sas.first, "and all can be forgotten");
}

/* ---- listings -------------------------------------------------------------------------------- */

static void a_listing_mends_what_was_missed(void)
{
	struct sas sas = { 0 };
	struct ike *ike;

	sas_list_begin(&sas);
	list(&sas, listed);
	sas_list_end(&sas, false);
	ike = sas_find(&sas, 1);
	check(ike && ike->established && ike->dirty && ike_child(ike, 65536),
	      "what is listed is there, with its children");
	sas_list_begin(&sas);
	list(&sas, listed_without);
	sas_list_end(&sas, false);
	check(ike && !ike->children && !ike->gone, "a child that is not listed has gone");
	sas_list_begin(&sas);
	sas_list_end(&sas, false);
	check(ike && ike->gone && ike->dirty, "an IKE SA that is not listed has gone");
	sas_forget(&sas, true);
	list(&sas, "s2c {uniqueid=4 state=CONNECTING remote-id=%any child-sas {}}");
	check(sas_find(&sas, 4) && !sas_find(&sas, 4)->established,
	      "one that is only beginning is not up");
	list(&sas, "s2c {uniqueid=4 state=DELETING remote-id=a child-sas {}}");
	check(!sas_find(&sas, 4)->established && !sas_find(&sas, 4)->gone,
	      "nor is one that is ending");
	list(&sas, "s2c {uniqueid=4 state=REKEYING remote-id=a child-sas {}}");
	check(sas_find(&sas, 4)->established, "one that changes its keys is up");
	sas_forget(&sas, true);
}

/* Those that are busy are passed over once, and then listed. */
static void a_listing_that_does_not_wait(void)
{
	struct sas sas = { 0 };
	struct ike *ike;

	hear(&sas, "child-updown", child_up);
	ike = sas_find(&sas, 1);
	sas_list_begin(&sas);
	sas_list_end(&sas, true);
	check(ike && !ike->gone && ike_child(ike, 65536), "one that it passes over once is there");
	sas_list_begin(&sas);
	list(&sas, listed);
	sas_list_end(&sas, true);
	sas_list_begin(&sas);
	sas_list_end(&sas, true);
	check(ike && !ike->gone, "also when that happens again later");
	sas_list_begin(&sas);
	sas_list_end(&sas, true);
	check(ike && ike->gone, "one that two do not have has gone");
	hear(&sas, "child-updown", child_up);
	check(ike && !ike->gone, "unless it is heard of");
	sas_forget(&sas, true);
}

static void spis_are_collected(void)
{
	struct sas sas = { 0 };
	uint32_t spis[4] = { 0 };

	hear(&sas, "child-updown", child_up);
	check(sas_spis(&sas, spis, 4) == 2 && spis[0] == 0xc41d3da0 && spis[1] == 0xc73f0da4,
	      "the SPIs of all children are told");
	check(sas_spis(&sas, spis, 1) == 0, "pairs that there is no room for are not");
	hear(&sas, "ike-updown", ike_down);
	check(sas_spis(&sas, spis, 4) == 0, "nor those of one that is gone");
	sas_forget(&sas, true);
}

/* More than there are chains; two of each connection. */
static void many_are_found(void)
{
	struct sas sas = { 0 };
	bool found = true, newest = true;
	unsigned int left = 0;
	char text[128];

	for (uint32_t i = 1; i <= 1200; i++) {
		snprintf(text, sizeof(text), "up=yes home-%u { uniqueid=%u state=ESTABLISHED }",
			 i % 600, i);
		hear(&sas, "ike-updown", text);
	}
	for (uint32_t i = 1; i <= 1200; i++)
		found &= sas_find(&sas, i) && sas_find(&sas, i)->unique == i;
	for (uint32_t i = 601; i <= 1200; i++) {
		snprintf(text, sizeof(text), "home-%u", i % 600);
		newest &= sas_newest(&sas, text) == sas_find(&sas, i);
		sas_find(&sas, i)->gone = true;
		newest &= sas_newest(&sas, text) == sas_find(&sas, i - 600);
	}
	check(found, "many are found by their numbers");
	check(newest, "and the newest of a connection, by its name");
	sas_forget(&sas, false);
	for (uint32_t i = 1; i <= 1200; i++)
		left += !!sas_find(&sas, i);
	check(left == 600, "those that are gone are not");
	hear(&sas, "ike-updown", "up=yes away { uniqueid=7 state=ESTABLISHED }");
	check(sas_newest(&sas, "away") == sas_find(&sas, 7) && !sas_newest(&sas, "home-7"),
	      "one has one connection");
	check(!sas_newest(&sas, "nowhere"), "one that nobody has has none");
	sas_forget(&sas, true);
}

static void addresses(void)
{
	uint8_t addr[16];

	check(!sas_address("2001:db8::1", addr) && addr[15] == 1 && !sas_is_ipv4(addr),
	      "an IPv6 address");
	check(!sas_address("192.0.2.1", addr) && addr[12] == 192 && sas_is_ipv4(addr),
	      "an IPv4 address is v4-mapped");
	check(sas_address("%any", addr) && sas_address("", addr) && sas_address(NULL, addr),
	      "anything else is none");
}

int main(void)
{
	an_ike_sa_comes_and_goes();
	a_child_comes_and_goes();
	keys_change();
	it_is_the_newest_that_counts();
	identities();
	selectors();
	nonsense_is_harmless();
	a_listing_mends_what_was_missed();
	a_listing_that_does_not_wait();
	spis_are_collected();
	many_are_found();
	addresses();
	return ktap_end();
}
