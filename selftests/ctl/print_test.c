// SPDX-License-Identifier: GPL-2.0
/* What the kernel says, printed in two voices; sound and unsound. */

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>

#include <linux/dsmip.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "ktap.h"
#include "out.h"
#include "print.h"

/* Print the pieces of JSON, for others to look at, and check nothing. */
static bool only_json;

static struct nl_msg *new_message(void)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, 0, 0, 31, 0, 0, DSMIP_CMD_BINDING_GET, DSMIP_FAMILY_VERSION);
	return msg;
}

static struct nl_msg *binding(void)
{
	static const uint8_t hoa[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 7 };
	static const uint8_t coa[16] = { [10] = 0xff, [11] = 0xff, 192, 0, 2, 33 };
	struct nl_msg *msg = new_message();

	nla_put_u32(msg, DSMIP_A_BINDING_IFINDEX, 1);
	nla_put(msg, DSMIP_A_BINDING_HOA, 16, hoa);
	nla_put_u8(msg, DSMIP_A_BINDING_PLEN, 64);
	nla_put_u32(msg, DSMIP_A_BINDING_HOA4, htonl(0x0a000007));
	nla_put(msg, DSMIP_A_BINDING_COA, 16, coa);
	nla_put_u8(msg, DSMIP_A_BINDING_OUTER, DSMIP_OUTER_UDP4);
	nla_put_u16(msg, DSMIP_A_BINDING_PORT, 4191);
	nla_put_u16(msg, DSMIP_A_BINDING_SEQ, 65535);
	nla_put_u32(msg, DSMIP_A_BINDING_LIFETIME, 540);
	nla_put_u16(msg, DSMIP_A_BINDING_FLAGS, DSMIP_BINDING_FLAGS_ACK | DSMIP_BINDING_FLAGS_HOME);
	nla_put_string(msg, DSMIP_A_BINDING_ID, "ue1@example.org");
	return msg;
}

static char *print(struct nl_msg *msg, const char *word, const char *prefix, struct out *out)
{
	const struct spec_object *object = spec_object(word);
	struct attrs attrs;
	char *text = NULL;
	size_t size;

	out->file = open_memstream(&text, &size);
	attrs_read(&attrs, object, nlmsg_hdr(msg));
	out_begin(out, prefix);
	print_attrs(out, object, &attrs, UINT32_MAX);
	out_end(out);
	out_close(out);
	fclose(out->file);
	return text;
}

static void check_print(struct nl_msg *msg, const char *word, struct out out, const char *wanted,
			const char *sentence)
{
	char *text = print(msg, word, NULL, &out);

	if (!only_json)
		check_text(text, wanted, sentence);
	else if (out.json && !out.pretty)
		fputs(text, stdout);
	free(text);
	nlmsg_free(msg);
}

static void two_voices(void)
{
	check_print(
		binding(), "binding", (struct out){ 0 },
		"dev lo hoa 2001:db8::7 plen 64 hoa4 10.0.0.7 coa 192.0.2.33 outer udp4 port 4191 "
		"seq 65535 lifetime 540 flags ack,home id ue1@example.org\n",
		"a binding is a line of text");
	check_print(binding(), "binding", (struct out){ .json = true },
		    "[{\"ifindex\":1,\"dev\":\"lo\",\"hoa\":\"2001:db8::7\",\"plen\":64,"
		    "\"hoa4\":\"10.0.0.7\",\"coa\":\"192.0.2.33\",\"outer\":\"udp4\",\"port\":4191,"
		    "\"seq\":65535,\"lifetime\":540,\"flags\":[\"ack\",\"home\"],"
		    "\"id\":\"ue1@example.org\"}]\n",
		    "a binding is an object of an array of JSON");
}

static void pretty(void)
{
	struct nl_msg *msg = new_message();

	nla_put_u8(msg, DSMIP_A_BINDING_PLEN, 64);
	nla_put_u16(msg, DSMIP_A_BINDING_FLAGS, 0);
	check_print(msg, "binding", (struct out){ .json = true, .pretty = true },
		    "[\n\t{\n\t\t\"plen\": 64,\n\t\t\"flags\": []\n\t}\n]\n",
		    "JSON for eyes has a line for every member");
}

static void arrays(void)
{
	struct out out = { .json = true };
	char *text = NULL;
	size_t size;

	out.file = open_memstream(&text, &size);
	out_close(&out);
	for (int i = 0; i < 2; i++) {
		out_begin(&out, NULL);
		out_number(&out, "a", i);
		out_end(&out);
	}
	out_close(&out);
	fclose(out.file);
	check_text(text, "[]\n[{\"a\":0},{\"a\":1}]\n", "an array of JSON has none, one or many");
	free(text);
}

static void prefixes(void)
{
	struct nl_msg *msg = new_message();
	struct out out = { 0 };
	char *text;

	nla_put_u16(msg, DSMIP_A_BINDING_FLAGS, 0);
	text = print(msg, "binding", "[created] binding ", &out);
	check_text(text, "[created] binding flags none\n", "a prefix stands in front of the line");
	free(text);
	nlmsg_free(msg);
}

static void unknown_values(void)
{
	struct nl_msg *msg = new_message();

	nla_put_u8(msg, DSMIP_A_BINDING_OUTER, 77);
	nla_put_u16(msg, DSMIP_A_BINDING_FLAGS, 0x8001);
	nla_put_u32(msg, DSMIP_A_BINDING_REASON, DSMIP_DROP_BU_WRONG_SA);
	nla_put_u32(msg, 31, 1);
	nla_put_u32(msg, 300, 1);
	check_print(msg, "binding", (struct out){ 0 },
		    "outer 77 flags ack,0x8000 reason bu-wrong-sa\n",
		    "what a later kernel says is shown as numbers, or not at all");
}

static void unsound_attributes(void)
{
	struct nl_msg *msg = new_message();

	nla_put(msg, DSMIP_A_BINDING_HOA, 15, "xxxxxxxxxxxxxxx");
	nla_put(msg, DSMIP_A_BINDING_PLEN, 0, NULL);
	nla_put(msg, DSMIP_A_BINDING_PORT, 3, "xxx");
	nla_put(msg, DSMIP_A_BINDING_ID, 3, "ue1");
	nla_put_u8(msg, DSMIP_A_BINDING_SEQ, 5);
	check_print(msg, "binding", (struct out){ 0 }, "seq 5\n",
		    "attributes of a wrong length are passed over");
	msg = new_message();
	nla_put_u8(msg, DSMIP_A_BINDING_PLEN, 64);
	nla_put_u32(msg, DSMIP_A_BINDING_LIFETIME, 540);
	nlmsg_hdr(msg)->nlmsg_len -= 6;
	check_print(msg, "binding", (struct out){ 0 }, "plen 64\n",
		    "an attribute that is cut off is passed over");
	msg = nlmsg_alloc();
	nlmsg_put(msg, 0, 0, 31, 0, 0);
	check_print(msg, "binding", (struct out){ 0 }, "\n", "a message of nothing is passed over");
}

static void check_string(const char *string, const char *text, const char *json,
			 const char *sentence)
{
	struct nl_msg *one = new_message();
	struct nl_msg *two = new_message();

	nla_put_string(one, DSMIP_A_BINDING_ID, string);
	nla_put_string(two, DSMIP_A_BINDING_ID, string);
	check_print(one, "binding", (struct out){ 0 }, text, sentence);
	check_print(two, "binding", (struct out){ .json = true, .stream = true }, json, sentence);
}

static void strings(void)
{
	check_string("", "id ''\n", "{\"id\":\"\"}\n", "an empty text");
	check_string("a b", "id 'a b'\n", "{\"id\":\"a b\"}\n", "a blank in a text");
	check_string("it's", "id 'it'\\''s'\n", "{\"id\":\"it's\"}\n", "a quote in a text");
	check_string("a\"b\\", "id 'a\"b\\'\n", "{\"id\":\"a\\\"b\\\\\"}\n",
		     "a double quote and a backslash in a text");
	check_string("$(id)", "id '$(id)'\n", "{\"id\":\"$(id)\"}\n", "a command in a text");
	check_string("a\nb", "id 'a\\x0ab'\n", "{\"id\":\"a\\u000ab\"}\n",
		     "a line break in a text");
	check_string("\x1b[2J", "id '\\x1b[2J'\n", "{\"id\":\"\\u001b[2J\"}\n",
		     "an escape in a text");
	check_string("f\xc3\xbcr", "id 'f\xc3\xbcr'\n", "{\"id\":\"f\xc3\xbcr\"}\n",
		     "UTF-8 in a text");
	check_string("\xc2\x9b", "id '\\xc2\\x9b'\n", "{\"id\":\"\\u009b\"}\n",
		     "a control character of the upper half in a text");
	check_string("\xff", "id '\\xff'\n", "{\"id\":\"\\u00ff\"}\n", "no UTF-8 in a text");
	check_string("\xe2\x82", "id '\\xe2\\x82'\n", "{\"id\":\"\\u00e2\\u0082\"}\n",
		     "UTF-8 that is cut off in a text");
	check_string("\xed\xa0\x80", "id '\\xed\\xa0\\x80'\n",
		     "{\"id\":\"\\u00ed\\u00a0\\u0080\"}\n", "a surrogate in a text");
	check_string("\xc0\xaf", "id '\\xc0\\xaf'\n", "{\"id\":\"\\u00c0\\u00af\"}\n",
		     "UTF-8 that is too long in a text");
}

int main(int argc, char **argv)
{
	only_json = argc > 1 && !strcmp(argv[1], "json");
	two_voices();
	unknown_values();
	unsound_attributes();
	strings();
	if (only_json)
		return 0;
	pretty();
	arrays();
	prefixes();
	return ktap_end();
}
