// SPDX-License-Identifier: GPL-2.0
/* Words into a message, and the message back into words. */

#include <stdint.h>
#include <stdlib.h>

#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "fault.h"
#include "ktap.h"
#include "out.h"
#include "print.h"
#include "request.h"
#include "word.h"

#define FAMILY 31

static struct fault fault;
static char *line_copy;

static int read_line(struct request *request, const char *line)
{
	char *words[64];
	int count;

	free(line_copy);
	line_copy = strdup(line);
	memset(&fault, 0, sizeof(fault));
	count = word_split(line_copy, words, 64);
	return request_read(request, count, words, &fault);
}

/* What the message of a request says, in a voice. */
static char *print_request(const struct request *request, bool json)
{
	struct nl_msg *msg = request_message(request, FAMILY, NLM_F_REQUEST, &fault);
	struct out out = { .json = json, .stream = true };
	struct attrs attrs;
	char *text = NULL;
	size_t size;

	if (!msg)
		return strdup("");
	out.file = open_memstream(&text, &size);
	attrs_read(&attrs, request->object, nlmsg_hdr(msg));
	out_begin(&out, NULL);
	print_attrs(&out, request->object, &attrs, UINT32_MAX);
	out_end(&out);
	fclose(out.file);
	nlmsg_free(msg);
	return text;
}

static const struct {
	const char *line;
	const char *wrong; /* a piece of the sentence */
} wrong_rows[] = {
	{ "devise", "unknown object 'devise'; there are: device mobile" },
	{ "mobiles show", "unknown object 'mobiles'" },
	{ "binding add dev lo", "binding cannot add; it can: show del flush" },
	{ "stats del", "stats cannot del; it can: show" },
	{ "mobile shew dev lo", "unknown word 'shew'; expected a verb" },
	{ "mobile add dve lo", "unknown word 'dve'; mobile add takes: dev hoa plen" },
	{ "mobile add dev lo dev lo", "dev is given twice" },
	{ "mobile add dev lo hoa ::1/64 plen 64", "plen is given twice" },
	{ "mobile add dev lo plen 64 hoa ::1/64", "plen is given twice" },
	{ "mobile add dev", "dev wants a value: the name of an interface" },
	{ "mobile add dev lo hoa", "hoa wants a value: an IPv6 address" },
	{ "mobile add hoa 192.0.2.1", "hoa: '192.0.2.1' is not an IPv6 address" },
	{ "mobile add hoa ::1/0", "hoa: '/0' is not a length from 1 to 128" },
	{ "mobile add hoa ::1/129", "hoa: '::1/129' is not an IPv6 address" },
	{ "mobile add hoa4 ::1", "hoa4: '::1' is not an IPv4 address" },
	{ "mobile add pool maybe", "pool: 'maybe' is not one of: no yes" },
	{ "mobile add reqid 4294967296",
	  "reqid: '4294967296' is not a number from 0 to 4294967295" },
	{ "mobile add lifetime-max 262141", "not a number from 0 to 262140" },
	{ "mobile show pool yes", "mobile show takes no 'pool'; it takes: dev hoa plen" },
	{ "mobile show event created", "mobile show takes no 'event'" },
	{ "binding del dev lo hoa ::1/128", "hoa: no length is wanted behind the address" },
	{ "device add ha0 role gateway", "role: 'gateway' is not one of: home-agent mobile-node" },
	{ "device add ha0 hop-limit 0", "hop-limit: '0' is not a number from 1 to 255" },
	{ "device add ha0 hop-limit 256", "hop-limit: '256' is not a number from 1 to 255" },
	{ "device add ha0 lifetime-max 3", "not a number from 4 to 262140" },
	{ "device add ha0 name ha1", "name is given twice" },
	{ "device add ha0 dev ha1", "dev is given twice" },
	{ "device add 1234567890123456", "name: '1234567890123456' is not at most 15 octets" },
	{ "device add ha0 bindings 3", "device add takes no 'bindings'" },
	{ "device set ha0 role home-agent", "device set takes no 'role'" },
	{ "registration add coa nowhere", "coa: 'nowhere' is not an IPv6 or IPv4 address" },
	{ "access add link a/b", "link: 'a/b' is not the name of an interface" },
	{ "pool add first 10.0.0", "first: '10.0.0' is not an IPv4 address" },
	{ "stats name x", "stats show takes no 'name'; it takes: dev" },
	{ "stats nome x", "unknown word 'nome'; expected a verb or what show takes: show dev" },
};

static void wrong_lines(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(wrong_rows); i++) {
		struct request request;
		int result = read_line(&request, wrong_rows[i].line);

		check(result && fault.status == STATUS_WRONG &&
			      strstr(fault.text, wrong_rows[i].wrong),
		      "%s: is wrong, and said so", wrong_rows[i].line);
		if (!result || !strstr(fault.text, wrong_rows[i].wrong))
			printf("# wanted: %s\n# got:    %s\n", wrong_rows[i].wrong, fault.text);
	}
}

static const struct {
	const char *line;
	const char *text;
	const char *json;
} right_rows[] = {
	{ "device", "", "{}" },
	{ "device show ha0", "name ha0", "{\"name\":\"ha0\"}" },
	{ "device add ha0 role home-agent addr 2001:db8::1",
	  "name ha0 role home-agent addr 2001:db8::1",
	  "{\"name\":\"ha0\",\"role\":\"home-agent\",\"addr\":\"2001:db8::1\"}" },
	{ "device add dev ha0 role mobile-node auth open", "name ha0 role mobile-node auth open",
	  "{\"name\":\"ha0\",\"role\":\"mobile-node\",\"auth\":\"open\"}" },
	{ "device add name ha0 home-prefix 2001:db8::/40 home-link lo",
	  "name ha0 home-link lo home-prefix 2001:db8::/40",
	  "{\"name\":\"ha0\",\"home-link\":\"lo\",\"home-prefix\":\"2001:db8::\",\"home-plen\":40}" },
	{ "device set ifindex 7 home-link none", "ifindex 7 home-link none",
	  "{\"ifindex\":7,\"home-link\":\"none\"}" },
	{ "device set ha0 prefix-valid 4294967295 encap-limit 255 tclass-copy yes",
	  "name ha0 prefix-valid 4294967295 encap-limit 255 tclass-copy yes",
	  "{\"name\":\"ha0\",\"prefix-valid\":4294967295,\"encap-limit\":255,\"tclass-copy\":\"yes\"}" },
	{ "mobile", "", "{}" },
	{ "mobile dev lo", "dev lo", "{\"ifindex\":1,\"dev\":\"lo\"}" },
	{ "mobile add dev lo hoa 2001:db8:1::/64 hoa4 10.0.0.7 pool yes id ue1@example.org reqid 7 spi 0x1001",
	  "dev lo hoa 2001:db8:1::/64 hoa4 10.0.0.7 pool yes id ue1@example.org reqid 7 spi 0x00001001",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"2001:db8:1::\",\"plen\":64,\"hoa4\":\"10.0.0.7\","
	  "\"pool\":\"yes\",\"id\":\"ue1@example.org\",\"reqid\":7,\"spi\":4097}" },
	{ "mobile add dev lo plen 64 hoa 2001:db8:1::", "dev lo hoa 2001:db8:1::/64",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"2001:db8:1::\",\"plen\":64}" },
	{ "mobile add dev lo hoa ::2 id 'it'\\''s $HOME'", "dev lo hoa ::2 id 'it'\\''s $HOME'",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"::2\",\"id\":\"it's $HOME\"}" },
	{ "mobile set dev lo hoa ::2 id ''", "dev lo hoa ::2 id ''",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"::2\",\"id\":\"\"}" },
	{ "mobile del dev if4294 hoa ::2/128", "dev if4294 hoa ::2/128",
	  "{\"ifindex\":4294,\"dev\":\"if4294\",\"hoa\":\"::2\",\"plen\":128}" },
	{ "binding del hoa ::2 dev lo", "dev lo hoa ::2",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"::2\"}" },
	{ "binding flush dev lo", "dev lo", "{\"ifindex\":1,\"dev\":\"lo\"}" },
	{ "registration add dev lo hoa 2001:db8::7/64 ha 2001:db8::1 hoa4 0.0.0.0 coa 192.0.2.33",
	  "dev lo hoa 2001:db8::7 plen 64 ha 2001:db8::1 hoa4 0.0.0.0 coa 192.0.2.33",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"2001:db8::7\",\"plen\":64,\"ha\":\"2001:db8::1\","
	  "\"hoa4\":\"0.0.0.0\",\"coa\":\"192.0.2.33\"}" },
	{ "registration set dev lo hoa ::7 coa ::", "dev lo hoa ::7 coa ::",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"::7\",\"coa\":\"::\"}" },
	{ "access add dev lo link lo preference 10", "dev lo link lo preference 10",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"link\":\"lo\",\"preference\":10}" },
	{ "pool add dev lo first 10.0.0.1 last 10.0.0.9", "dev lo first 10.0.0.1 last 10.0.0.9",
	  "{\"ifindex\":1,\"dev\":\"lo\",\"first\":\"10.0.0.1\",\"last\":\"10.0.0.9\"}" },
	{ "stats dev none", "dev none", "{\"ifindex\":0,\"dev\":\"none\"}" },
};

/* The text of an object is what can be given again. */
static void read_again(const struct request *request, const char *text)
{
	struct request again;
	char line[512];
	char *second;

	snprintf(line, sizeof(line), "%s %s %s", request->object->word, request->verb->word, text);
	if (read_line(&again, line)) {
		check(false, "%s: can be given again: %s", line, fault.text);
		return;
	}
	second = print_request(&again, false);
	check(again.given == request->given && !strcmp(second, text), "and can be given again");
	free(second);
}

static void right_lines(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(right_rows); i++) {
		struct request request;
		char wanted[512];
		char *text;
		char *json;

		if (read_line(&request, right_rows[i].line)) {
			check(false, "%s: is right: %s", right_rows[i].line, fault.text);
			continue;
		}
		text = print_request(&request, false);
		json = print_request(&request, true);
		snprintf(wanted, sizeof(wanted), "%s\n", right_rows[i].text);
		check_text(text, wanted, right_rows[i].line);
		snprintf(wanted, sizeof(wanted), "%s\n", right_rows[i].json);
		check_text(json, wanted, right_rows[i].line);
		read_again(&request, text);
		free(text);
		free(json);
	}
}

static void dumps(void)
{
	static const struct {
		const char *line;
		bool dump;
	} rows[] = {
		{ "device", true },
		{ "device show ha0", false },
		{ "mobile show", true },
		{ "mobile show dev lo", true },
		{ "mobile show dev lo hoa ::1", false },
		{ "stats", true },
		{ "stats show dev lo", true },
		{ "mobile flush dev lo", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct request request;

		check(!read_line(&request, rows[i].line) &&
			      request_is_dump(&request) == rows[i].dump,
		      "%s: asks for %s", rows[i].line, rows[i].dump ? "all" : "one");
	}
}

static void missing_interface(void)
{
	struct request request;
	struct nl_msg *msg = NULL;

	if (!read_line(&request, "mobile flush dev nowhere0"))
		msg = request_message(&request, FAMILY, 0, &fault);
	check(!msg && fault.status == STATUS_REFUSED, "an interface that is not there is refused");
	check_text(fault.text, "dev: there is no interface 'nowhere0'", "and said so");
	nlmsg_free(msg);
}

static void every_word(void)
{
	for (size_t i = 0; i < spec_object_count; i++) {
		const struct spec_object *object = &spec_objects[i];

		for (size_t j = 0; j < object->attr_count; j++) {
			const struct spec_attr *attr = &object->attrs[j];

			check(attr->id < SPEC_ATTR_LIMIT && spec_attr(object, attr->word) == attr &&
				      spec_attr_by_id(object, attr->id) == attr,
			      "%s %s is found by its word and by its number", object->word,
			      attr->word);
		}
		check(!object->notification || spec_attr(object, "event"),
		      "%s says the event if it has notifications", object->word);
	}
}

int main(void)
{
	wrong_lines();
	right_lines();
	dumps();
	missing_interface();
	every_word();
	free(line_copy);
	return ktap_end();
}
