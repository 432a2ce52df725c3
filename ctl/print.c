// SPDX-License-Identifier: GPL-2.0

#include "print.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "names.h"
#include "out.h"

/* Is it as long as such a value must be? A text must also end. */
static bool is_sound(const struct spec_attr *attr, const struct nlattr *nla)
{
	int length = nla_len(nla);

	switch (attr->form) {
	case SPEC_IPV4:
	case SPEC_IPV6:
	case SPEC_CARE_OF:
		return length == attr->size;
	case SPEC_TEXT:
		return length && !((const char *)nla_data(nla))[length - 1];
	default:
		return length == 1 || length == 2 || length == 4 || length == 8;
	}
}

void attrs_read(struct attrs *attrs, const struct spec_object *object,
		const struct nlmsghdr *header)
{
	const struct genlmsghdr *genl = nlmsg_data(header);
	int left = nlmsg_datalen(header) - GENL_HDRLEN;
	struct nlattr *nla;

	memset(attrs, 0, sizeof(*attrs));
	for (nla = (struct nlattr *)(genl + 1); nla_ok(nla, left); nla = nla_next(nla, &left)) {
		const struct spec_attr *attr = spec_attr_by_id(object, nla_type(nla));

		if (attr && is_sound(attr, nla))
			attrs->by_id[attr->id] = nla;
	}
}

uint64_t attrs_number(const struct nlattr *nla)
{
	uint64_t wide;
	uint32_t number;
	uint16_t half;

	switch (nla_len(nla)) {
	case 1:
		return *(const uint8_t *)nla_data(nla);
	case 2:
		memcpy(&half, nla_data(nla), sizeof(half));
		return half;
	case 4:
		memcpy(&number, nla_data(nla), sizeof(number));
		return number;
	default:
		memcpy(&wide, nla_data(nla), sizeof(wide));
		return wide;
	}
}

uint64_t attrs_find(const struct attrs *attrs, const struct spec_object *object, const char *name,
		    uint64_t otherwise)
{
	for (size_t i = 0; i < object->attr_count; i++) {
		const struct spec_attr *attr = &object->attrs[i];

		if (!strcmp(attr->name, name) && attrs->by_id[attr->id])
			return attrs_number(attrs->by_id[attr->id]);
	}
	return otherwise;
}

const char *spec_value_word(const struct spec_enum *choice, uint64_t value)
{
	for (size_t i = 0; i < choice->count; i++)
		if (choice->values[i].value == value)
			return choice->values[i].word;
	return NULL;
}

static void print_choice(struct out *out, const struct spec_attr *attr, const char *key,
			 uint64_t value)
{
	const char *word = spec_value_word(attr->choice, value);

	if (word)
		out_text(out, key, word);
	else
		out_number(out, key, value);
}

static void print_flags(struct out *out, const struct spec_attr *attr, const char *key,
			uint64_t value)
{
	bool empty = !value;
	bool first = true;

	out_list_begin(out, key);
	for (size_t i = 0; i < attr->choice->count; i++) {
		const struct spec_value *flag = &attr->choice->values[i];

		if (!(value & flag->value))
			continue;
		out_list_item(out, flag->word, first);
		value &= ~(uint64_t)flag->value;
		first = false;
	}
	if (value) {
		char rest[24];

		snprintf(rest, sizeof(rest), "0x%llx", (unsigned long long)value);
		out_list_item(out, rest, first);
	}
	out_list_end(out, empty);
}

/* In JSON the number keeps its name, and the interface's name comes with it. */
static void print_interface(struct out *out, const struct spec_attr *attr, uint32_t ifindex)
{
	bool renamed = strcmp(attr->name, attr->word);
	char name[IF_NAMESIZE];

	names_name(ifindex, name);
	if (out->json && renamed)
		out_number(out, attr->name, ifindex);
	out_text(out, attr->word, name);
}

static void print_ipv6(struct out *out, const struct spec_attr *attr, const struct attrs *attrs)
{
	const struct nlattr *length = attrs->by_id[attr->plen];
	const uint8_t *addr = nla_data(attrs->by_id[attr->id]);
	char text[INET6_ADDRSTRLEN];

	if (attr->form == SPEC_CARE_OF && IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)addr))
		inet_ntop(AF_INET, addr + 12, text, sizeof(text));
	else
		inet_ntop(AF_INET6, addr, text, sizeof(text));
	if (!out->json && attr->combined && length)
		out_prefix(out, attr->word, text, attrs_number(length));
	else
		out_text(out, out->json ? attr->name : attr->word, text);
}

static void print_attr(struct out *out, const struct spec_attr *attr, const struct attrs *attrs)
{
	const struct nlattr *nla = attrs->by_id[attr->id];
	const char *key = out->json ? attr->name : attr->word;
	char text[INET_ADDRSTRLEN];

	switch (attr->form) {
	case SPEC_NUMBER:
		out_number(out, key, attrs_number(nla));
		break;
	case SPEC_HEX:
		out_hex(out, key, attrs_number(nla));
		break;
	case SPEC_ENUM:
		print_choice(out, attr, key, attrs_number(nla));
		break;
	case SPEC_FLAGS:
		print_flags(out, attr, key, attrs_number(nla));
		break;
	case SPEC_INTERFACE:
		print_interface(out, attr, attrs_number(nla));
		break;
	case SPEC_IPV4:
		out_text(out, key, inet_ntop(AF_INET, nla_data(nla), text, sizeof(text)));
		break;
	case SPEC_IPV6:
	case SPEC_CARE_OF:
		print_ipv6(out, attr, attrs);
		break;
	case SPEC_TEXT:
		out_text(out, key, nla_data(nla));
		break;
	}
}

/* Lengths that are printed behind their address. */
static uint32_t combined_lengths(const struct spec_object *object, const struct attrs *attrs,
				 uint32_t set)
{
	uint32_t lengths = 0;

	for (size_t i = 0; i < object->attr_count; i++) {
		const struct spec_attr *attr = &object->attrs[i];

		if (attr->combined && attrs->by_id[attr->id] && (set & SPEC_BIT(attr->id)))
			lengths |= SPEC_BIT(attr->plen);
	}
	return lengths;
}

void print_attrs(struct out *out, const struct spec_object *object, const struct attrs *attrs,
		 uint32_t set)
{
	if (!out->json)
		set &= ~combined_lengths(object, attrs, set);
	for (size_t i = 0; i < object->attr_count; i++) {
		const struct spec_attr *attr = &object->attrs[i];

		if (attrs->by_id[attr->id] && (set & SPEC_BIT(attr->id)))
			print_attr(out, attr, attrs);
	}
}
