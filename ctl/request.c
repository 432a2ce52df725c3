// SPDX-License-Identifier: GPL-2.0

#include "request.h"

#include <stdio.h>
#include <string.h>

#include <linux/dsmip.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "fault.h"
#include "names.h"
#include "word.h"

static uint32_t attrs_of(const struct spec_verb *verb)
{
	return verb->takes | verb->filters;
}

static void add_words(struct fault *fault, const struct request *request)
{
	for (size_t i = 0; i < request->object->attr_count; i++) {
		const struct spec_attr *attr = &request->object->attrs[i];

		if (attrs_of(request->verb) & SPEC_BIT(attr->id))
			fault_add(fault, attr->alias ? attr->alias : attr->word);
	}
}

static void add_verbs(struct fault *fault, const struct spec_object *object)
{
	for (size_t i = 0; i < object->verb_count; i++)
		fault_add(fault, object->verbs[i].word);
}

static int unknown_object(const char *word, struct fault *fault)
{
	fault_wrong(fault, "unknown object '%s'; there are:", word);
	for (size_t i = 0; i < spec_object_count; i++)
		fault_add(fault, spec_objects[i].word);
	fault_add(fault, "sa monitor save restore help");
	return -1;
}

/* No verb at all is show, where there is one: then the word is a key. */
static int read_verb(struct request *request, const char *word, struct fault *fault)
{
	static const char *const verbs[] = { "show", "add", "set", "del", "flush" };

	request->verb = word ? spec_verb(request->object, word) : NULL;
	if (request->verb)
		return 1;
	for (size_t i = 0; word && i < ARRAY_SIZE(verbs); i++) {
		if (strcmp(word, verbs[i]))
			continue;
		fault_wrong(fault, "%s cannot %s; it can:", request->object->word, word);
		add_verbs(fault, request->object);
		return -1;
	}
	request->verb = spec_verb(request->object, "show");
	return 0;
}

/* What to say a value may be. */
static void add_expected(struct fault *fault, const struct spec_attr *attr)
{
	char text[80];

	switch (attr->form) {
	case SPEC_NUMBER:
	case SPEC_HEX:
		snprintf(text, sizeof(text), "a number from %llu to %llu",
			 (unsigned long long)attr->min, (unsigned long long)attr->max);
		break;
	case SPEC_TEXT:
		snprintf(text, sizeof(text), "at most %u octets, none of them a control character",
			 attr->size);
		break;
	case SPEC_INTERFACE:
		snprintf(text, sizeof(text), "the name of an interface, or none");
		break;
	case SPEC_IPV4:
		snprintf(text, sizeof(text), "an IPv4 address");
		break;
	case SPEC_IPV6:
		snprintf(text, sizeof(text), "an IPv6 address%s", attr->plen ? ", /length" : "");
		break;
	case SPEC_CARE_OF:
		snprintf(text, sizeof(text), "an IPv6 or IPv4 address");
		break;
	case SPEC_ENUM:
	case SPEC_FLAGS:
		snprintf(text, sizeof(text), attr->form == SPEC_ENUM ? "one of:" : "some of:");
		break;
	}
	fault_add(fault, text);
	for (size_t i = 0; attr->choice && i < attr->choice->count; i++)
		fault_add(fault, attr->choice->values[i].word);
}

static int bad_value(struct fault *fault, const struct spec_attr *attr, const char *text)
{
	fault_wrong(fault, "%s: '%s' is not", attr->word, text);
	add_expected(fault, attr);
	return -1;
}

/* ADDR/PLEN gives two values. */
static int read_plen(struct request *request, const struct spec_attr *attr, int plen,
		     struct fault *fault)
{
	const struct spec_attr *length = spec_attr_by_id(request->object, attr->plen);

	if (!length || !(attrs_of(request->verb) & SPEC_BIT(length->id)))
		return fault_wrong(fault, "%s: no length is wanted behind the address", attr->word);
	if (request->given & SPEC_BIT(length->id))
		return fault_wrong(fault, "%s is given twice", length->word);
	if ((uint64_t)plen < length->min || (uint64_t)plen > length->max)
		return fault_wrong(fault, "%s: '/%d' is not a length from %llu to %llu", attr->word,
				   plen, (unsigned long long)length->min,
				   (unsigned long long)length->max);
	request->values[length->id].number = plen;
	request->given |= SPEC_BIT(length->id);
	return 0;
}

static int read_value(struct request *request, const struct spec_attr *attr, const char *text,
		      struct fault *fault)
{
	union request_value *value = &request->values[attr->id];
	int plen = WORD_NO_PLEN;
	int wrong = -1;

	switch (attr->form) {
	case SPEC_NUMBER:
	case SPEC_HEX:
		wrong = word_number(text, attr->min, attr->max, &value->number);
		break;
	case SPEC_ENUM:
		wrong = word_choice(attr->choice, text, &value->number);
		break;
	case SPEC_FLAGS:
		wrong = word_flags(attr->choice, text, &value->number);
		break;
	case SPEC_INTERFACE:
		wrong = word_interface(text);
		value->text = text;
		break;
	case SPEC_IPV4:
		wrong = word_ipv4(text, value->addr);
		break;
	case SPEC_IPV6:
		wrong = word_prefix(text, value->addr, &plen);
		break;
	case SPEC_CARE_OF:
		wrong = word_care_of(text, value->addr);
		break;
	case SPEC_TEXT:
		wrong = word_text(text, attr->size);
		value->text = text;
		break;
	}
	if (wrong)
		return bad_value(fault, attr, text);
	request->given |= SPEC_BIT(attr->id);
	return plen == WORD_NO_PLEN ? 0 : read_plen(request, attr, plen, fault);
}

static int unknown_word(struct request *request, const char *word, bool no_verb,
			struct fault *fault)
{
	const char *object = request->object->word;
	const char *verb = request->verb->word;

	if (spec_attr(request->object, word)) {
		fault_wrong(fault, "%s %s takes no '%s'; it takes:", object, verb, word);
	} else if (no_verb) {
		fault_wrong(fault, "unknown word '%s'; expected a verb or what show takes:", word);
		add_verbs(fault, request->object);
	} else {
		fault_wrong(fault, "unknown word '%s'; %s %s takes:", word, object, verb);
	}
	add_words(fault, request);
	return -1;
}

/* Words that name a thing: "device show ha0" is "device show name ha0". */
static const struct spec_attr *bare_name(const struct request *request, const char *word)
{
	const struct spec_attr *attr = spec_attr(request->object, "name");

	if (!attr || !attr->alias || spec_attr(request->object, word))
		return NULL;
	return attrs_of(request->verb) & SPEC_BIT(attr->id) ? attr : NULL;
}

static int read_pairs(struct request *request, int argc, char **argv, bool no_verb,
		      struct fault *fault)
{
	const struct spec_attr *name = argc && !no_verb ? bare_name(request, argv[0]) : NULL;

	if (name) {
		if (read_value(request, name, argv[0], fault))
			return -1;
		argc--;
		argv++;
	}
	for (; argc; argc -= 2, argv += 2) {
		const struct spec_attr *attr = spec_attr(request->object, argv[0]);

		if (!attr || !(attrs_of(request->verb) & SPEC_BIT(attr->id)))
			return unknown_word(request, argv[0], no_verb, fault);
		if (request->given & SPEC_BIT(attr->id))
			return fault_wrong(fault, "%s is given twice", argv[0]);
		if (argc == 1) {
			fault_wrong(fault, "%s wants a value:", argv[0]);
			add_expected(fault, attr);
			return -1;
		}
		if (read_value(request, attr, argv[1], fault))
			return -1;
		no_verb = false;
	}
	return 0;
}

int request_read(struct request *request, int argc, char **argv, struct fault *fault)
{
	int verbs;

	memset(request, 0, sizeof(*request));
	request->object = spec_object(argv[0]);
	if (!request->object)
		return unknown_object(argv[0], fault);
	verbs = read_verb(request, argc > 1 ? argv[1] : NULL, fault);
	if (verbs < 0)
		return -1;
	argc -= 1 + verbs;
	argv += 1 + verbs;
	return read_pairs(request, argc, argv, !verbs, fault);
}

bool request_is_dump(const struct request *request)
{
	return request->verb->dumps && !(request->given & ~request->verb->filters);
}

static int put_number(struct nl_msg *msg, const struct spec_attr *attr, uint64_t number)
{
	switch (attr->size) {
	case 1:
		return nla_put_u8(msg, attr->id, number);
	case 2:
		return nla_put_u16(msg, attr->id, number);
	case 4:
		return nla_put_u32(msg, attr->id, number);
	default:
		return nla_put_u64(msg, attr->id, number);
	}
}

static int put_value(struct nl_msg *msg, const struct spec_attr *attr,
		     const union request_value *value, struct fault *fault)
{
	uint32_t ifindex;
	int err;

	switch (attr->form) {
	case SPEC_INTERFACE:
		if (names_index(value->text, &ifindex))
			return fault_refused(fault, "%s: there is no interface '%s'", attr->word,
					     value->text);
		err = nla_put_u32(msg, attr->id, ifindex);
		break;
	case SPEC_IPV4:
	case SPEC_IPV6:
	case SPEC_CARE_OF:
		err = nla_put(msg, attr->id, attr->size, value->addr);
		break;
	case SPEC_TEXT:
		err = nla_put_string(msg, attr->id, value->text);
		break;
	default:
		err = put_number(msg, attr, value->number);
		break;
	}
	return err ? fault_refused(fault, "no room in the message for %s", attr->word) : 0;
}

struct nl_msg *request_message(const struct request *request, int family, int flags,
			       struct fault *fault)
{
	struct nl_msg *msg = nlmsg_alloc_size(2048);

	if (!msg ||
	    !genlmsg_put(msg, 0, 0, family, 0, flags, request->verb->cmd, DSMIP_FAMILY_VERSION)) {
		fault_refused(fault, "no memory");
		goto free_msg;
	}
	for (size_t i = 0; i < request->object->attr_count; i++) {
		const struct spec_attr *attr = &request->object->attrs[i];

		if (!(request->given & SPEC_BIT(attr->id)))
			continue;
		if (put_value(msg, attr, &request->values[attr->id], fault))
			goto free_msg;
	}
	return msg;
free_msg:
	nlmsg_free(msg);
	return NULL;
}
