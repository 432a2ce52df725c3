// SPDX-License-Identifier: GPL-2.0

#include "conf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"
#include "reader.h"
#include "spec.h"
#include "word.h"
#include "swan.h"
#include "tree.h"

#define VICI_PATH "/run/charon.vici"
#define LINE_WORDS 64
/* Above those that charon numbers its own SAs with. */
#define REQID_FIRST 65536
#define REQID_LAST 1114111

/* How a word is read, and where it goes. */
enum form {
	FORM_NAME, /* of a connection or a host: a text of that size */
	FORM_LINK, /* of an interface */
	FORM_NUMBER,
	FORM_CHOICE,
};

struct field {
	const char *word;
	enum form form;
	size_t offset;
	size_t size; /* of a text */
	uint64_t min;
	uint64_t max;
	const struct spec_enum *choice;
	bool wanted;
};

static const struct spec_value answer_values[] = { { 0, "no", "" }, { 1, "yes", "" } };
static const struct spec_enum answers = { answer_values, ARRAY_SIZE(answer_values) };

static const struct spec_value moves_values[] = {
	{ MOVES_MOBIKE, "mobike", "" },
	{ MOVES_MIGRATE, "migrate", "" },
	{ MOVES_NONE, "none", "" },
};
static const struct spec_enum moves = { moves_values, ARRAY_SIZE(moves_values) };

static const struct spec_value hoa4_values[] = {
	{ HOA4_NO, "no", "" },
	{ HOA4_IKE, "ike", "" },
	{ HOA4_BINDING, "binding", "" },
};
static const struct spec_enum hoa4s = { hoa4_values, ARRAY_SIZE(hoa4_values) };

#define AT(type, member) offsetof(struct conf_##type, member)
#define NAME(type, word, member, wanted)                                                         \
	{                                                                                        \
		word, FORM_NAME, AT(type, member), sizeof(((struct conf_##type *)0)->member), 0, \
			0, NULL, wanted                                                          \
	}
#define LINK(type, word, member)                                       \
	{                                                              \
		word, FORM_LINK, AT(type, member), 0, 0, 0, NULL, true \
	}
#define NUMBER(type, word, member, min, max)                                  \
	{                                                                     \
		word, FORM_NUMBER, AT(type, member), 0, min, max, NULL, false \
	}
#define CHOICE(type, word, member, choice)                                  \
	{                                                                   \
		word, FORM_CHOICE, AT(type, member), 0, 0, 0, choice, false \
	}

static const struct field gateway_fields[] = {
	NAME(gateway, "connection", conn, true),
	LINK(gateway, "dev", dev),
	NUMBER(gateway, "prefix-length", plen, 1, 128),
	CHOICE(gateway, "pool", pool, &answers),
	CHOICE(gateway, "moves", moves, &moves),
	NUMBER(gateway, "lifetime-max", lifetime_max, 0, 262140),
	CHOICE(gateway, "account", account, &answers),
};

static const struct field session_fields[] = {
	NAME(session, "connection", conn, true),
	LINK(session, "dev", dev),
	NAME(session, "home-agent", name, false),
	NAME(session, "domain", name, false),
	NUMBER(session, "prefix-length", plen, 1, 128),
	CHOICE(session, "hoa4", hoa4, &hoa4s),
	NUMBER(session, "lifetime", lifetime, 4, 262140),
	CHOICE(session, "moves", moves, &moves),
	CHOICE(session, "default-route", route, &answers),
	CHOICE(session, "payload", payload, &answers),
	CHOICE(session, "mobile-router", router, &answers),
	NAME(session, "id", id, false),
};

static const struct field access_fields[] = {
	LINK(access, "link", link),
	{ "dev", FORM_LINK, AT(access, dev), 0, 0, 0, NULL, false },
	NUMBER(access, "preference", preference, 0, UINT32_MAX),
	NUMBER(access, "table", table, 1, UINT32_MAX),
};

static const struct field epdg_fields[] = {
	NAME(epdg, "connection", conn, true),
	LINK(epdg, "link", link),
	LINK(epdg, "over", over),
	LINK(epdg, "dev", access.dev),
	NUMBER(epdg, "preference", access.preference, 0, UINT32_MAX),
	NUMBER(epdg, "table", access.table, 1, UINT32_MAX),
	NUMBER(epdg, "if-id", access.if_id, 1, UINT32_MAX),
};

static void add_choices(struct fault *fault, const struct spec_enum *choice)
{
	for (size_t i = 0; i < choice->count; i++)
		fault_add(fault, choice->values[i].word);
}

static int read_field(const struct field *field, void *to, const char *value, struct fault *fault)
{
	char *at = (char *)to + field->offset;

	switch (field->form) {
	case FORM_NAME:
		if (word_text(value, field->size - 1) || !*value)
			return fault_wrong(fault, "%s: not a name: '%s'", field->word, value);
		strcpy(at, value);
		return 0;
	case FORM_LINK:
		if (word_interface(value))
			return fault_wrong(fault, "%s: not the name of an interface: '%s'",
					   field->word, value);
		snprintf(at, IFNAMSIZ, "%s", value);
		return 0;
	case FORM_NUMBER:
		if (!word_number(value, field->min, field->max, (uint64_t *)at))
			return 0;
		return fault_wrong(fault, "%s: not a number from %llu to %llu: '%s'", field->word,
				   (unsigned long long)field->min, (unsigned long long)field->max,
				   value);
	default:
		if (!word_choice(field->choice, value, (uint64_t *)at))
			return 0;
		fault_wrong(fault, "%s: unknown value '%s'; expected one of", field->word, value);
		add_choices(fault, field->choice);
		return -1;
	}
}

static int read_fields(const struct field *fields, size_t count, void *to, int argc, char **argv,
		       struct fault *fault)
{
	uint32_t given = 0;

	for (; argc; argc -= 2, argv += 2) {
		size_t i = 0;

		while (i < count && strcmp(fields[i].word, argv[0]))
			i++;
		if (i == count) {
			fault_wrong(fault, "unknown word '%s'; expected", argv[0]);
			for (i = 0; i < count; i++)
				fault_add(fault, fields[i].word);
			return -1;
		}
		if (argc == 1)
			return fault_wrong(fault, "%s wants a value", argv[0]);
		if (given & (1u << i))
			return fault_wrong(fault, "%s is given twice", argv[0]);
		given |= 1u << i;
		if (read_field(&fields[i], to, argv[1], fault))
			return -1;
	}
	for (size_t i = 0; i < count; i++)
		if (fields[i].wanted && !(given & (1u << i)))
			return fault_wrong(fault, "%s is missing", fields[i].word);
	return 0;
}

/* A new thing at the end of its list. */
#define APPEND(list)                            \
	({                                      \
		__typeof__(list) *at = &(list); \
                                                \
		while (*at)                     \
			at = &(*at)->next;      \
		*at = calloc(1, sizeof(**at));  \
		*at;                            \
	})

#define FREE_LIST(list)                              \
	do {                                         \
		while (list) {                       \
			__typeof__(list) one = list; \
                                                     \
			list = one->next;            \
			free(one);                   \
		}                                    \
	} while (0)

static bool says(int argc, char **argv, const char *word)
{
	for (int i = 0; i < argc; i += 2)
		if (!strcmp(argv[i], word))
			return true;
	return false;
}

#define READ(kind, one) \
	read_fields(kind##_fields, ARRAY_SIZE(kind##_fields), one, argc, argv, fault)

static int read_gateway(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct conf_gateway *one = APPEND(conf->gateways);

	if (!one)
		return fault_refused(fault, "no memory");
	one->plen = 128;
	one->account = 1;
	return READ(gateway, one);
}

static int read_session(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct conf_session *one = APPEND(conf->sessions);

	if (!one)
		return fault_refused(fault, "no memory");
	for (struct conf_session *other = conf->sessions; other != one; other = other->next)
		one->number = other->number + 1;
	one->plen = 64;
	one->lifetime = 600;
	one->route = 1;
	if (READ(session, one))
		return -1;
	if (says(argc, argv, "domain")) {
		if (says(argc, argv, "home-agent"))
			return fault_wrong(fault, "either home-agent or domain, not both");
		one->find = FIND_DOMAIN;
	} else if (*one->name) {
		one->find = word_ipv6(one->name, one->ha) ? FIND_NAME : FIND_ADDRESS;
	}
	return 0;
}

static int read_access(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct conf_access *one = APPEND(conf->accesses);

	return one ? READ(access, one) : fault_refused(fault, "no memory");
}

/* The inside of the tunnel is an access like any other. */
static int read_epdg(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct conf_epdg *one = APPEND(conf->epdgs);

	if (!one)
		return fault_refused(fault, "no memory");
	if (READ(epdg, one))
		return -1;
	if (!one->access.if_id)
		return fault_wrong(fault, "if-id is missing: the number that if_id_in and "
					  "if_id_out of the connection's child have");
	memcpy(one->access.link, one->link, sizeof(one->link));
	return 0;
}

static int read_do(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct conf_line *one = APPEND(conf->lines);

	if (!one)
		return fault_refused(fault, "no memory");
	if (argc < 2)
		return fault_wrong(fault, "do wants a line of dsmipctl: OBJECT VERB KEY VALUE...");
	words_begin(&one->words, "");
	for (int i = 0; i < argc; i++)
		words_word(&one->words, argv[i]);
	return one->words.full ? fault_wrong(fault, "the line is too long") : 0;
}

static int read_route(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct conf_route *one = APPEND(conf->routes);
	char text[64];
	char *slash;
	uint64_t plen;

	if (!one)
		return fault_refused(fault, "no memory");
	if (argc != 3 || strcmp(argv[1], "dev") || word_interface(argv[2]))
		return fault_wrong(fault, "expected route PREFIX dev DEVICE");
	snprintf(one->dev, sizeof(one->dev), "%s", argv[2]);
	snprintf(text, sizeof(text), "%s", argv[0]);
	slash = strchr(text, '/');
	if (slash)
		*slash++ = '\0';
	if (!slash || word_care_of(text, one->dst))
		return fault_wrong(fault, "not a prefix: '%s'", argv[0]);
	one->ipv4 = !strchr(text, ':');
	if (word_number(slash, 0, one->ipv4 ? 32 : 128, &plen))
		return fault_wrong(fault, "not a prefix: '%s'", argv[0]);
	one->plen = one->ipv4 ? (int)plen + 96 : (int)plen;
	return 0;
}

/* All connections of one more file; none may be there twice. */
static int read_connections(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	struct tree *more;

	if (argc != 1 && (argc != 3 || strcmp(argv[1], "directory")))
		return fault_wrong(fault, "expected connections FILE [directory DIRECTORY]");
	more = swan_read(argv[0], argc == 3 ? argv[2] : NULL, fault);
	if (!more)
		return -1;
	while (more->first) {
		struct tree *one = more->first;

		if (tree_find(conf->connections, one->key)) {
			fault_wrong(fault, "%s: there is a connection '%s' already", argv[0],
				    one->key);
			tree_free(more);
			return -1;
		}
		more->first = one->next;
		one->next = NULL;
		*(conf->connections->last ? &conf->connections->last->next :
					    &conf->connections->first) = one;
		conf->connections->last = one;
	}
	more->last = NULL;
	tree_free(more);
	return 0;
}

static int read_vici(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	if (argc != 1 || strlen(argv[0]) >= sizeof(conf->vici))
		return fault_wrong(fault, "expected vici PATH, the socket of charon");
	strcpy(conf->vici, argv[0]);
	return 0;
}

static int read_number(uint32_t *number, uint32_t min, uint32_t max, int argc, char **argv,
		       struct fault *fault)
{
	uint64_t wide;

	if (argc != 1 || word_number(argv[0], min, max, &wide))
		return fault_wrong(fault, "expected a number from %u to %u", min, max);
	*number = wide;
	return 0;
}

static int read_hold(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	return read_number(&conf->hold, 0, 86400, argc, argv, fault);
}

static int read_linger(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	return read_number(&conf->linger, 0, 3600, argc, argv, fault);
}

static int read_attempts(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	return read_number(&conf->attempts, 1, 1000, argc, argv, fault);
}

static int read_reqids(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	uint64_t first, last;

	if (argc != 2 || word_number(argv[0], 16384, UINT32_MAX, &first) ||
	    word_number(argv[1], first, UINT32_MAX, &last))
		return fault_wrong(fault, "expected reqids FIRST LAST, from 16384 on: charon "
					  "counts its own from 1");
	conf->reqid_first = first;
	conf->reqid_last = last;
	return 0;
}

static const struct {
	const char *word;
	int (*read)(struct conf *conf, int argc, char **argv, struct fault *fault);
} kinds[] = {
	{ "vici", read_vici },       { "connections", read_connections },
	{ "gateway", read_gateway }, { "session", read_session },
	{ "access", read_access },   { "epdg", read_epdg },
	{ "do", read_do },           { "route", read_route },
	{ "reqids", read_reqids },   { "hold", read_hold },
	{ "linger", read_linger },   { "attempts", read_attempts },
};

static int read_words(struct conf *conf, int argc, char **argv, struct fault *fault)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(argv[0], kinds[i].word))
			return kinds[i].read(conf, argc - 1, argv + 1, fault);
	fault_wrong(fault, "unknown word '%s'; expected", argv[0]);
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		fault_add(fault, kinds[i].word);
	return -1;
}

/* Put file and line in front of what is wrong. */
static int wrong_at(const char *path, unsigned long line, struct fault *fault)
{
	struct fault why = *fault;

	fault_wrong(fault, "%s:%lu: %.900s", path, line, why.text);
	fault->status = why.status;
	return -1;
}

static int read_lines(struct conf *conf, const char *path, struct reader *reader,
		      struct fault *fault)
{
	char *words[LINE_WORDS];
	char *line;

	errno = 0;
	while ((line = reader_line(reader))) {
		int count = word_split(line, words, LINE_WORDS);

		if (count < 0)
			fault_wrong(fault, "an open quote, or more than %d words", LINE_WORDS);
		if (count < 0 || (count && read_words(conf, count, words, fault)))
			return wrong_at(path, reader->line, fault);
	}
	return errno ? fault_refused(fault, "%s: %s", path, strerror(errno)) : 0;
}

struct tree *conf_connection(const struct conf *conf, const char *conn)
{
	return tree_find(conf->connections, conn);
}

static int check_connection(const struct conf *conf, const char *what, const char *conn,
			    struct fault *fault)
{
	if (conf_connection(conf, conn))
		return 0;
	return fault_wrong(fault, "%s: no connection '%s' is in the files that connections name",
			   what, conn);
}

/* What one line cannot see. */
static int check_whole(const struct conf *conf, struct fault *fault)
{
	const struct conf_session *session = conf->sessions;

	for (const struct conf_gateway *one = conf->gateways; one; one = one->next)
		if (check_connection(conf, "gateway", one->conn, fault))
			return -1;
	for (; session; session = session->next) {
		if (check_connection(conf, "session", session->conn, fault))
			return -1;
		if (session->number > conf->reqid_last - conf->reqid_first)
			return fault_wrong(fault, "reqids: fewer than there are sessions");
	}
	for (const struct conf_epdg *one = conf->epdgs; one; one = one->next)
		if (check_connection(conf, "epdg", one->conn, fault))
			return -1;
	if (!conf->gateways && !conf->sessions && !conf->epdgs)
		return fault_wrong(fault, "neither gateway nor session: nothing to do");
	return 0;
}

struct conf *conf_read(const char *path, struct fault *fault)
{
	struct conf *conf = calloc(1, sizeof(*conf));
	struct reader reader;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int err;

	if (fd < 0) {
		fault_refused(fault, "%s: %s", path, strerror(errno));
		free(conf);
		return NULL;
	}
	reader_init(&reader, fd);
	if (conf)
		conf->connections = tree_new();
	if (!conf || !conf->connections) {
		err = fault_refused(fault, "no memory");
	} else {
		strcpy(conf->vici, VICI_PATH);
		conf->reqid_first = REQID_FIRST;
		conf->reqid_last = REQID_LAST;
		conf->hold = 120;
		conf->linger = 2;
		conf->attempts = 16;
		err = read_lines(conf, path, &reader, fault);
		if (!err && check_whole(conf, fault)) {
			struct fault why = *fault;

			err = fault_wrong(fault, "%s: %.900s", path, why.text);
		}
	}
	reader_free(&reader);
	if (!err)
		return conf;
	conf_free(conf);
	return NULL;
}

void conf_free(struct conf *conf)
{
	if (!conf)
		return;
	FREE_LIST(conf->gateways);
	FREE_LIST(conf->sessions);
	FREE_LIST(conf->accesses);
	FREE_LIST(conf->epdgs);
	FREE_LIST(conf->lines);
	FREE_LIST(conf->routes);
	tree_free(conf->connections);
	free(conf);
}
