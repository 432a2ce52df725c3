// SPDX-License-Identifier: GPL-2.0
/*
 * In two steps, as swanctl has them: the text becomes sections and values, and
 * then those of the connections become what "load-conn" is sent. charon compares
 * a connection with what it has, and replaces all of it when they differ, so
 * that all that swanctl would send is sent, in its order.
 */

#include "swan.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../fault.h"
#include "tree.h"

#define TEXT_MAX (1 << 20)
#define KEY_MAX 255
/*
 * Of a section: swanctl 5.9.8 has room for 255 octets of a connection and its
 * child, and sends nothing of what is in sections of longer names.
 */
#define SECTION_NAME_MAX 100
#define VALUE_MAX 65535
/* Of sections in one another; swanctl.conf has five. */
#define DEPTH_MAX 15
#define BLANK " \t\r\n"

struct text {
	const char *name;
	const char *at;
	unsigned long line;
	char *room; /* for one value: as large as the text, which no value exceeds */
	struct fault *fault;
};

struct word {
	char text[KEY_MAX + 1];
	unsigned long line;
};

/* ---- text to tree ------------------------------------------------------------- */

__attribute__((format(printf, 3, 4))) static int wrong(const struct text *text, unsigned long line,
						       const char *format, ...)
{
	char sentence[512];
	va_list args;

	va_start(args, format);
	vsnprintf(sentence, sizeof(sentence), format, args);
	va_end(args);
	return fault_wrong(text->fault, "%s:%lu: %s", text->name, line, sentence);
}

static int no_memory(struct fault *fault)
{
	return fault_refused(fault, "no memory");
}

static void skip(struct text *text)
{
	for (;; text->at++) {
		if (*text->at == '#')
			text->at += strcspn(text->at, "\n");
		if (!*text->at || !strchr(BLANK, *text->at))
			return;
		text->line += *text->at == '\n';
	}
}

static int read_name(struct text *text, struct word *word)
{
	size_t length = strcspn(text->at, "#{}:.,=\"" BLANK);

	word->line = text->line;
	if (!length && *text->at == '"')
		return wrong(text, text->line, "a name stands without quotes");
	if (!length)
		return wrong(text, text->line, "a name is wanted in front of '%c'", *text->at);
	if (length > KEY_MAX)
		return wrong(text, text->line, "a name has %d octets at most", KEY_MAX);
	memcpy(word->text, text->at, length);
	word->text[length] = 0;
	text->at += length;
	if (!strcmp(word->text, "include") && (*text->at == ' ' || *text->at == '\t') &&
	    text->at[1] != '=')
		return wrong(text, text->line,
			     "include is not followed here; write into this file what is included");
	return 0;
}

static char unescape(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return c;
	}
}

/* Behind a backslash: a letter that means another, or an end of line, which is none. */
static void read_escaped(struct text *text, char **to)
{
	if (text->at[0] == '\r' && text->at[1] == '\n')
		text->at++;
	if (*text->at == '\n')
		text->line++;
	else
		*(*to)++ = unescape(*text->at);
	text->at++;
}

/* What stands between quotes, over as many lines as it wants. */
static int read_quoted(struct text *text, char **to)
{
	unsigned long line = text->line;

	text->at++;
	while (*text->at && *text->at != '"') {
		char c = *text->at++;

		if (c == '\\' && *text->at) {
			read_escaped(text, to);
		} else if (c != '\r') {
			text->line += c == '\n';
			*(*to)++ = c;
		}
	}
	if (!*text->at)
		return wrong(text, line, "the quotes are not closed");
	text->at++;
	return 0;
}

/* Words and quoted parts up to the end of the line, with one blank between. */
static int read_value(struct text *text, struct tree *in, const struct word *key)
{
	char *to = text->room;
	bool any = false;

	for (;;) {
		size_t length;

		text->at += strspn(text->at, " \t\r");
		if (!*text->at || strchr("\n#}", *text->at))
			break;
		if (any)
			*to++ = ' ';
		any = true;
		length = strcspn(text->at, "#}\"" BLANK);
		memcpy(to, text->at, length);
		to += length;
		text->at += length;
		if (!length && read_quoted(text, &to))
			return -1;
	}
	if (to - text->room > VALUE_MAX)
		return wrong(text, key->line, "a value has %d octets at most", VALUE_MAX);
	/* "key =" forgets what an earlier line said; a list stands for that. */
	if (any ? tree_add_value(in, key->text, text->room, to - text->room) :
		  !tree_add_list(in, key->text))
		return no_memory(text->fault);
	return 0;
}

/* A section that is there already goes on. */
static struct tree *section_of(struct tree *in, const char *key)
{
	for (struct tree *one = in->first; one; one = one->next)
		if (one->kind == TREE_SECTION && !strcmp(one->key, key))
			return one;
	return tree_add_section(in, key);
}

static int check_section(const struct text *text, const struct word *name, int depth)
{
	/* The name goes through a format in swanctl, which then finds nothing. */
	if (strchr(name->text, '%'))
		return wrong(text, name->line, "swanctl takes no %% in the name of a section");
	if (strlen(name->text) > SECTION_NAME_MAX)
		return wrong(text, name->line, "a section has a name of %d octets at most",
			     SECTION_NAME_MAX);
	if (depth == DEPTH_MAX)
		return wrong(text, name->line, "more than %d sections in one another", depth);
	return 0;
}

static int read_section(struct text *text, struct tree *in, const struct word *name, int depth);

static int read_setting(struct text *text, struct tree *in, int depth)
{
	struct tree *section;
	struct word word;

	if (read_name(text, &word))
		return -1;
	skip(text);
	switch (*text->at) {
	case '=':
		text->at++;
		return read_value(text, in, &word);
	case '{':
		break;
	case ':':
		return wrong(text, word.line,
			     "'%s' inherits, which is not followed here; write it out", word.text);
	case '.':
	case ',':
		return wrong(text, word.line, "a name has no '%c'; '%s' is to be renamed",
			     *text->at, word.text);
	default:
		return wrong(text, word.line, "'%s' is followed by neither = nor {", word.text);
	}
	if (check_section(text, &word, depth))
		return -1;
	section = section_of(in, word.text);
	if (!section)
		return no_memory(text->fault);
	text->at++;
	return read_section(text, section, &word, depth + 1);
}

/* Up to the } of that section; of the file, which has no name, up to its end. */
static int read_section(struct text *text, struct tree *in, const struct word *name, int depth)
{
	for (;;) {
		skip(text);
		if (!*text->at && !name)
			return 0;
		if (!*text->at)
			return wrong(text, name->line,
				     "the section '%s' is not closed; } is wanted", name->text);
		if (*text->at == '}' && !name)
			return wrong(text, text->line, "no section is open that } could close");
		if (*text->at == '}') {
			text->at++;
			return 0;
		}
		if (read_setting(text, in, depth))
			return -1;
	}
}

/* ---- what was said last counts, where it was said first ------------------------- */

static bool is_first(const struct tree *in, const struct tree *one)
{
	for (const struct tree *other = in->first; other != one; other = other->next)
		if (other->kind != TREE_SECTION && !strcmp(other->key, one->key))
			return false;
	return true;
}

static const struct tree *last_of(const struct tree *one)
{
	const struct tree *last = one;

	for (const struct tree *other = one; other; other = other->next)
		if (other->kind != TREE_SECTION && !strcmp(other->key, one->key))
			last = other;
	return last;
}

/* Values in front of sections: so they are sent. */
static int settle(const struct tree *said, struct tree *to)
{
	for (const struct tree *one = said->first; one; one = one->next) {
		const struct tree *last = last_of(one);

		if (one->kind == TREE_SECTION || last->kind == TREE_LIST || !is_first(said, one))
			continue;
		if (!tree_add_copy(to, one->key, last))
			return -1;
	}
	for (const struct tree *one = said->first; one; one = one->next) {
		struct tree *section;

		if (one->kind != TREE_SECTION)
			continue;
		section = tree_add_section(to, one->key);
		if (!section || settle(one, section))
			return -1;
	}
	return 0;
}

/* Whether a comment ends there depends, in swanctl, on what stands in front of it. */
static int check_returns(const char *name, const char *string, struct fault *fault)
{
	unsigned long line = 1;

	for (; *string; string++) {
		if (string[0] == '\r' && string[1] != '\n')
			return fault_wrong(
				fault, "%s:%lu: a carriage return ends no line; a line feed does",
				name, line);
		line += *string == '\n';
	}
	return 0;
}

/* All that the text says, as it says it. */
static struct tree *said_by(const char *name, const char *string, struct fault *fault)
{
	struct text text = { .name = name, .at = string, .line = 1, .fault = fault };
	size_t size = strlen(string);
	struct tree *said;
	int err;

	if (check_returns(name, string, fault))
		return NULL;
	said = tree_new();
	text.room = malloc(size + 1);
	err = said && text.room ? read_section(&text, said, NULL, 0) : no_memory(fault);
	if (text.room)
		explicit_bzero(text.room, size + 1);
	free(text.room);
	if (!err)
		return said;
	tree_free(said);
	return NULL;
}

struct tree *swan_parse(const char *name, const char *text, struct fault *fault)
{
	struct tree *said = said_by(name, text, fault);
	struct tree *settled;

	if (!said)
		return NULL;
	settled = tree_new();
	if (!settled || settle(said, settled)) {
		no_memory(fault);
		tree_free(settled);
		settled = NULL;
	}
	tree_free(said);
	return settled;
}

/* ---- files ---------------------------------------------------------------------- */

static int read_open(int fd, uint8_t *octets, size_t size)
{
	size_t used = 0;
	ssize_t got = 1;

	while (used < size && got) {
		got = read(fd, octets + used, size - used);
		if (got < 0 && errno != EINTR)
			return -1;
		if (got > 0)
			used += got;
	}
	/* It became shorter meanwhile. */
	errno = EAGAIN;
	return used < size ? -1 : 0;
}

/* All octets of a file, with a NUL behind them; who wants it is said first. */
static uint8_t *read_file(const char *who, const char *path, size_t max, size_t *size,
			  struct fault *fault)
{
	uint8_t *octets = NULL;
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &status)) {
		fault_refused(fault, "%scannot read %s: %s", who, path, strerror(errno));
	} else if (!S_ISREG(status.st_mode)) {
		fault_refused(fault, "%s%s is not a file", who, path);
	} else if ((uint64_t)status.st_size > max) {
		fault_refused(fault, "%s%s is longer than %zu octets", who, path, max);
	} else if (!(octets = calloc(1, status.st_size + 1))) {
		no_memory(fault);
	} else if (read_open(fd, octets, status.st_size)) {
		fault_refused(fault, "%scannot read %s: %s", who, path, strerror(errno));
		free(octets);
		octets = NULL;
	} else {
		*size = status.st_size;
	}
	if (fd >= 0)
		close(fd);
	return octets;
}

/* ---- tree to message ------------------------------------------------------------ */

struct load {
	const char *path;
	const char *directory;
	const char *connection;
	struct fault *fault;
};

static bool is_list(const char *key)
{
	static const char *const keys[] = {
		"local_addrs",  "remote_addrs", "proposals",   "esp_proposals",
		"ah_proposals", "local_ts",     "remote_ts",   "vips",
		"pools",        "groups",       "cert_policy",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strcasecmp(key, keys[i]))
			return true;
	return false;
}

/* Where the files are that a key names, or NULL for a key that names none. */
static const char *folder_of(const char *key)
{
	static const char *const folders[][2] = {
		{ "certs", "x509" },
		{ "cacerts", "x509ca" },
		{ "pubkeys", "pubkey" },
	};

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (!strcasecmp(key, folders[i][0]))
			return folders[i][1];
	return NULL;
}

/* The next item, cut at commas, without blanks around it, or whole in quotes. */
static char *next_item(char **rest)
{
	char *item = *rest + strspn(*rest, ", ");
	char *end = NULL;

	if (!*item)
		return NULL;
	if (*item == '"' || *item == '\'')
		end = strchr(item + 1, *item);
	if (end) {
		*end = 0;
		*rest = end + 1;
		return item + 1;
	}
	end = item + strcspn(item, ",");
	*rest = *end ? end + 1 : end;
	while (end[-1] == ' ')
		end--;
	*end = 0;
	return item;
}

static int hex_of(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return digit ? (int)(digit - digits) : -1;
}

/* In place: the octets are fewer than their digits. -1 for anything else. */
static int from_hex(const char *text, uint8_t *octets)
{
	int count = 0;

	while (*text) {
		int high = hex_of(text[0]);
		int low = high < 0 ? -1 : hex_of(text[1]);

		if (low < 0)
			return -1;
		octets[count++] = high << 4 | low;
		text += 2;
		if (*text == ':' && text[1])
			text++;
	}
	return count;
}

static int sextet_of(char c)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *letter;

	if (c == '-' || c == '_')
		return c == '-' ? 62 : 63;
	letter = c ? strchr(letters, c) : NULL;
	return letter ? (int)(letter - letters) : -1;
}

static int from_base64(const char *text, uint8_t *octets)
{
	size_t length = strcspn(text, "=");
	size_t padding = strlen(text + length);
	uint32_t bits = 0;
	int count = 0;

	if ((length + padding) % 4 || padding > 2 || strspn(text + length, "=") != padding)
		return -1;
	for (size_t i = 0; i < length; i++) {
		int sextet = sextet_of(text[i]);

		if (sextet < 0)
			return -1;
		bits = bits << 6 | sextet;
		if (i % 4)
			octets[count++] = bits >> (6 - 2 * (i % 4));
	}
	return count;
}

static int load_inline(const struct load *load, const char *key, char *item, struct tree *list)
{
	bool is_hex = tolower((unsigned char)item[1]) == 'x';
	uint8_t *octets = (uint8_t *)item;
	int count = is_hex ? from_hex(item + 2, octets) : from_base64(item + 2, octets);

	if (count <= 0)
		return fault_wrong(load->fault,
				   "%s: connection '%s', %s: what stands behind 0%c is not %s",
				   load->path, load->connection, key, is_hex ? 'x' : 's',
				   is_hex ? "pairs of hex digits" : "base64");
	return tree_add_value(list, NULL, octets, count) ? no_memory(load->fault) : 0;
}

static int load_file(const struct load *load, const char *key, const char *item, struct tree *list)
{
	char path[PATH_MAX];
	char who[512];
	uint8_t *octets;
	size_t size;
	int err;

	if (*item == '/')
		snprintf(path, sizeof(path), "%s", item);
	else
		snprintf(path, sizeof(path), "%s/%s/%s", load->directory, folder_of(key), item);
	snprintf(who, sizeof(who), "%s: connection '%s', %s: ", load->path, load->connection, key);
	octets = read_file(who, path, VALUE_MAX, &size, load->fault);
	if (!octets)
		return -1;
	err = tree_add_value(list, NULL, octets, size);
	free(octets);
	return err ? no_memory(load->fault) : 0;
}

/* swanctl sends the octets of a file as they are; charon finds out what they are. */
static int load_item(const struct load *load, const char *key, char *item, struct tree *list)
{
	if (!folder_of(key))
		return tree_add_text(list, NULL, item) ? no_memory(load->fault) : 0;
	if (!strncasecmp(item, "0x", 2) || !strncasecmp(item, "0s", 2))
		return load_inline(load, key, item, list);
	return load_file(load, key, item, list);
}

static int load_list(const struct load *load, const struct tree *value, struct tree *to)
{
	struct tree *list = tree_add_list(to, value->key);
	char *copy = strdup((const char *)value->value);
	char *rest = copy;
	char *item;
	int err = 0;

	if (!list || !copy)
		err = no_memory(load->fault);
	while (!err && (item = next_item(&rest)))
		err = load_item(load, value->key, item, list);
	free(copy);
	return err;
}

static int load_section(const struct load *load, const struct tree *section, struct tree *to)
{
	struct tree *into = tree_add_section(to, section->key);
	int err = into ? 0 : no_memory(load->fault);

	for (const struct tree *one = section->first; one && !err; one = one->next) {
		if (one->kind == TREE_SECTION)
			err = load_section(load, one, into);
		else if (is_list(one->key) || folder_of(one->key))
			err = load_list(load, one, into);
		else if (!tree_add_copy(into, one->key, one))
			err = no_memory(load->fault);
	}
	return err;
}

static int load_all(struct load *load, const struct tree *text, struct tree *to)
{
	const struct tree *all = text->first;

	while (all && (all->kind != TREE_SECTION || strcmp(all->key, "connections")))
		all = all->next;
	for (const struct tree *one = all ? all->first : NULL; one; one = one->next) {
		load->connection = one->key;
		if (one->kind != TREE_SECTION)
			return fault_wrong(load->fault,
					   "%s: '%s' is no connection; %s { } is wanted",
					   load->path, one->key, one->key);
		if (load_section(load, one, to))
			return -1;
	}
	return 0;
}

static struct tree *parse_file(const char *path, struct fault *fault)
{
	struct tree *tree = NULL;
	size_t size;
	char *text = (char *)read_file("", path, TEXT_MAX, &size, fault);

	if (!text)
		return NULL;
	if (memchr(text, 0, size))
		fault_wrong(fault, "%s: an octet of zero is in it; is it a text?", path);
	else
		tree = swan_parse(path, text, fault);
	explicit_bzero(text, size);
	free(text);
	return tree;
}

struct tree *swan_read(const char *path, const char *directory, struct fault *fault)
{
	struct load load = { .path = path, .directory = directory, .fault = fault };
	struct tree *text = parse_file(path, fault);
	struct tree *connections;

	if (!text)
		return NULL;
	if (!load.directory)
		load.directory = getenv("SWANCTL_DIR");
	if (!load.directory)
		load.directory = "/etc/swanctl";
	connections = tree_new();
	if (!connections)
		no_memory(fault);
	if (!connections || load_all(&load, text, connections)) {
		tree_free(connections);
		connections = NULL;
	}
	tree_free(text);
	return connections;
}
