// SPDX-License-Identifier: GPL-2.0
/*
 * Any text as a file of connections. What is read is written out, in quotes, and
 * is the same when it is read again; and every connection is one for VICI.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fault.h"
#include "swan.h"
#include "tree.h"
#include "vici.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int held, const char *sentence)
{
	if (held)
		return;
	fprintf(stderr, "%s\n", sentence);
	abort();
}

static void write_value(FILE *file, const struct tree *value)
{
	fprintf(file, "%s = \"", value->key);
	must(strlen((char *)value->value) == value->size, "a value ends before its end");
	for (size_t i = 0; i < value->size; i++) {
		char c = value->value[i];

		if (c == '\r')
			fputs("\\r", file);
		else
			fprintf(file, c == '"' || c == '\\' ? "\\%c" : "%c", c);
	}
	fputs("\"\n", file);
}

static void write_section(FILE *file, const struct tree *section)
{
	for (const struct tree *one = section->first; one; one = one->next) {
		must(one->kind != TREE_LIST, "a text has no lists");
		if (one->kind == TREE_VALUE) {
			write_value(file, one);
			continue;
		}
		/* No blank: "include" would be one. */
		fprintf(file, "%s{\n", one->key);
		write_section(file, one);
		fputs("}\n", file);
	}
}

static char *text_of(const struct tree *tree)
{
	char *text;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	write_section(file, tree);
	fclose(file);
	return text;
}

static void read_again(const struct tree *tree)
{
	struct fault fault = { 0 };
	char *text = text_of(tree);
	struct tree *again = swan_parse("again", text, &fault);
	char *second;

	must(again != NULL, fault.text);
	second = text_of(again);
	must(!strcmp(text, second), "it says something else when it is read again");
	tree_free(again);
	free(second);
	free(text);
}

static bool as_text(const uint8_t *data, size_t size)
{
	struct fault fault = { 0 };
	char *text = strndup((const char *)data, size);
	struct tree *tree = swan_parse("text", text, &fault);

	free(text);
	must(tree || *fault.text, "no sentence says why");
	if (tree)
		read_again(tree);
	tree_free(tree);
	return tree;
}

static void as_message(const struct tree *connection)
{
	struct tree *message = tree_new();
	uint8_t *packet;
	size_t size;

	must(tree_add_copy(message, connection->key, connection) != NULL,
	     "a connection is no tree");
	packet = vici_write(VICI_CMD_REQUEST, "load-conn", message, &size);
	must(packet != NULL, "a connection is no message");
	free(packet);
	tree_free(message);
}

static void as_file(const uint8_t *data, size_t size)
{
	struct fault fault = { 0 };
	struct tree *connections;
	char path[64];
	int fd = memfd_create("swan", 0);

	must(write(fd, data, size) == (ssize_t)size, "no memory for the file");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	connections = swan_read(path, "/no/such/directory", &fault);
	close(fd);
	must(connections || *fault.text, "no sentence says why");
	for (struct tree *one = connections ? connections->first : NULL; one; one = one->next)
		as_message(one);
	tree_free(connections);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (as_text(data, size))
		as_file(data, size);
	return 0;
}
