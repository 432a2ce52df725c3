// SPDX-License-Identifier: GPL-2.0
/* The syntax of swanctl.conf, and what a file of connections becomes. */

#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ktap.h"
#include "fault.h"
#include "swan.h"
#include "tree.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A tree in one line: key=<value> key=[item,item] key{...}, no line breaks. */
static void print(FILE *file, const struct tree *tree)
{
	for (const struct tree *one = tree->first; one; one = one->next) {
		if (one != tree->first)
			fputc(tree->kind == TREE_LIST ? ',' : ' ', file);
		fprintf(file, "%s", one->key ? one->key : "");
		if (one->kind == TREE_VALUE) {
			fprintf(file, one->key ? "=<" : "<");
			fwrite(one->value, 1, one->size, file);
			fputc('>', file);
			continue;
		}
		fprintf(file, one->kind == TREE_LIST ? "=[" : "{");
		print(file, one);
		fputc(one->kind == TREE_LIST ? ']' : '}', file);
	}
}

static char *line_of(const struct tree *tree, const struct fault *fault)
{
	char *line = NULL;
	size_t size;
	FILE *file;

	if (!tree)
		return strdup(fault->text);
	file = open_memstream(&line, &size);
	print(file, tree);
	fclose(file);
	for (char *c = line; *c; c++)
		if (*c == '\n' || *c == '\r' || *c == '\t')
			*c = *c == '\n' ? '^' : '_';
	return line;
}

static void becomes(const char *text, const char *wanted, const char *sentence)
{
	struct fault fault = { 0 };
	struct tree *tree = swan_parse("f", text, &fault);
	char *line = line_of(tree, &fault);

	check_text(line, wanted, sentence);
	check(tree || fault.status == STATUS_WRONG, "and its fault is one of the file, if any");
	tree_free(tree);
	free(line);
}

static void syntax(void)
{
	static const char *const rows[][3] = {
		{ "", "", "an empty text has nothing" },
		{ " \t\r\n# all of it", "", "comments are nothing" },
		{ "a = b", "a=<b>", "a value without a line break behind it is read" },
		{ "a=b\nc=d", "a=<b> c=<d>", "blanks around = are not needed" },
		{ "a\n=\tb # c", "a=<b>", "= may stand on the next line" },
		{ "a = b#c", "a=<b>", "a comment needs no blank in front" },
		{ "a =   b \t c  \r\n", "a=<b c>", "blanks between words become one" },
		{ "a = x{y=z:w,v.u", "a=<x{y=z:w,v.u>", "a word may hold { = : , and ." },
		{ "a = 'b c'", "a=<'b c'>", "single quotes mean nothing here" },
		{ "a = \"b  {}#=  c\"", "a=<b  {}#=  c>", "quotes keep blanks and signs" },
		{ "a = \"\"", "a=<>", "empty quotes are an empty value" },
		{ "a = b\"c d\"e", "a=<b c d e>", "words and quotes become one value" },
		{ "a = \"b\n c\"\nx = e", "a=<b^ c> x=<e>", "quotes go over a line break" },
		{ "a = \"b\\\n c\"", "a=<b c>", "a backslash takes a line break away" },
		{ "a = \"b\\\r\n c\"", "a=<b c>", "one of two octets as well" },
		{ "a = \"\\\"\\\\\\n\\r\\t\\x\"", "a=<\"\\^__x>", "what a backslash means" },
		{ "a = \\n", "a=<\\n>", "outside of quotes it means nothing" },
		{ "s { }", "s{}", "an empty section is one" },
		{ "s{a=b}", "s{a=<b>}", "} ends a value" },
		{ "s\n{\na = b\n}\n", "s{a=<b>}", "{ may stand on the next line" },
		{ "s { t { a = b } } c = d", "c=<d> s{t{a=<b>}}", "values stand before sections" },
		{ "s { a = b }\ns { c = d }", "s{a=<b> c=<d>}", "a section goes on" },
		{ "a = 1\nb = 2\na = 3", "a=<3> b=<2>", "the last counts, in the first place" },
		{ "a = 1\na =\nb = 2", "b=<2>", "nothing takes a value away" },
		{ "a =\na = 1", "a=<1>", "and another gives it again" },
		{ "a = 1\na { }", "a=<1> a{}", "a value and a section may have one name" },
		{ "include = a\ninclude{}\nincludes { }", "include=<a> include{} includes{}",
		  "include is a name like others where nothing is included" },
		{ "f/b-c_d*e@f { g'h = i }", "f/b-c_d*e@f{g'h=<i>}", "names hold most signs" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		becomes(rows[i][0], rows[i][1], rows[i][2]);
}

static void refusals(void)
{
	static const char *const rows[][3] = {
		{ "a = b\n\ninclude c.conf",
		  "f:3: include is not followed here; write into this "
		  "file what is included",
		  "include is refused" },
		{ "s { include\tc }",
		  "f:1: include is not followed here; write into this "
		  "file what is included",
		  "include in a section is refused" },
		{ "\na : b { }", "f:2: 'a' inherits, which is not followed here; write it out",
		  "inheritance is refused" },
		{ "s {\n t {\n }\n", "f:1: the section 's' is not closed; } is wanted",
		  "an open section is refused where it begins" },
		{ "s { }\n}", "f:2: no section is open that } could close", "a lone } is refused" },
		{ "a = \"b\n\n", "f:1: the quotes are not closed", "open quotes are refused" },
		{ "a = \"b\\", "f:1: the quotes are not closed",
		  "and with a backslash at the end" },
		{ "a = \"b\n\"\nc", "f:3: 'c' is followed by neither = nor {",
		  "lines inside of quotes are counted" },
		{ "a = \"b\\\n\"\nc", "f:3: 'c' is followed by neither = nor {",
		  "and those behind a backslash" },
		{ "# a\r\n\r\nb", "f:3: 'b' is followed by neither = nor {",
		  "a word alone is refused" },
		{ "a b = c", "f:1: 'a' is followed by neither = nor {", "two words are refused" },
		{ "a.b = c", "f:1: a name has no '.'; 'a' is to be renamed", "a dot is refused" },
		{ "a,b = c", "f:1: a name has no ','; 'a' is to be renamed", "a comma is refused" },
		{ "# a\r\n#\rb = c", "f:2: a carriage return ends no line; a line feed does",
		  "a carriage return that stands alone is refused" },
		{ "= b", "f:1: a name is wanted in front of '='",
		  "a value without name is refused" },
		{ "{ }", "f:1: a name is wanted in front of '{'",
		  "a section without name is refused" },
		{ "\"a\" = b", "f:1: a name stands without quotes", "a name in quotes is refused" },
		{ "a%b { }", "f:1: swanctl takes no % in the name of a section", "% is refused" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		becomes(rows[i][0], rows[i][1], rows[i][2]);
}

/* A text, that many of a part, and that many of another behind it. */
static char *repeat(const char *text, const char *part, size_t count, const char *other,
		    size_t more)
{
	char *all = malloc(strlen(text) + count * strlen(part) + more * strlen(other) + 1);
	char *to = stpcpy(all, text);

	for (; count; count--)
		to = stpcpy(to, part);
	for (; more; more--)
		to = stpcpy(to, other);
	return all;
}

static bool is_read(char *text)
{
	struct fault fault = { 0 };
	struct tree *tree = swan_parse("f", text, &fault);

	free(text);
	tree_free(tree);
	return tree;
}

static void limits(void)
{
	check(is_read(repeat("", "a", 255, " = b", 1)), "a name of 255 octets is read");
	check(!is_read(repeat("", "a", 256, " = b", 1)), "one of 256 is refused");
	check(is_read(repeat("", "s", 100, "{}", 1)), "a section has 100 octets of a name");
	check(!is_read(repeat("", "s", 101, "{}", 1)), "and not 101");
	check(is_read(repeat("a = ", "b", 65535, "", 0)), "a value of 65535 octets is read");
	check(!is_read(repeat("a = ", "b", 65536, "", 0)), "one of 65536 is refused");
	check(is_read(repeat("", "s{", 15, "}", 15)), "15 sections in one another are read");
	check(!is_read(repeat("", "s{", 16, "}", 16)), "16 are refused");
	check(!is_read(repeat("", "s{", 400000, "", 0)), "very many are refused");
}

/* ---- files ------------------------------------------------------------------------ */

static char directory[] = "/tmp/swan_test.XXXXXX";

static void put(const char *name, const void *octets, size_t size)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	fwrite(octets, 1, size, file);
	fclose(file);
}

/* Where the directory stands in a line, ~ stands for it. */
static void shorten(char *line)
{
	char *at;

	while ((at = strstr(line, directory))) {
		*at = '~';
		memmove(at + 1, at + strlen(directory), strlen(at + strlen(directory)) + 1);
	}
}

static void loads(const char *text, const char *wanted, const char *sentence)
{
	struct fault fault = { 0 };
	struct tree *tree;
	char path[256];
	char *line;

	put("f", text, strlen(text));
	snprintf(path, sizeof(path), "%s/f", directory);
	tree = swan_read(path, directory, &fault);
	line = line_of(tree, &fault);
	shorten(line);
	check_text(line, wanted, sentence);
	tree_free(tree);
	free(line);
}

static void connections(void)
{
	static const char *const rows[][3] = {
		{ "", "", "a file may have no connections" },
		{ "connections { }\nsecrets { eap { secret = x } }", "",
		  "what is not a connection is left" },
		{ "connections { c { version = 2 } d { } }", "c{version=<2>} d{}",
		  "every connection is there" },
		{ "connections { c { } }\nconnections { d { } }", "c{} d{}",
		  "connections may stand in two places" },
		{ "connections { a = b }", "~/f: 'a' is no connection; a { } is wanted",
		  "a value among connections is refused" },
		{ "connections { c { proposals = aes128-sha256 , default,\n} }",
		  "c{proposals=[<aes128-sha256>,<default>]}", "a list is cut at commas" },
		{ "connections { c { pools = \"a, 'b, c', ' d' e,\t,,'f\"\n} }",
		  "c{pools=[<a>,<b, c>,< d>,<e>,<_>,<'f>]}", "quotes hold an item together" },
		{ "connections { c { vips = \"\"\n vips = \" , \"\n} }", "c{vips=[]}",
		  "a list may have no items" },
		{ "connections { c { VIPS = a\n} }", "c{VIPS=[<a>]}",
		  "lists are known in capitals as well" },
		{ "connections { c { local { certs = a.pem, ~/x\n cacerts = a.pem\n"
		  "pubkeys = a.pem\n} } }",
		  "c{local{certs=[<one>,<four>] cacerts=[<two>] pubkeys=[<three>]}}",
		  "files are found in the folders of swanctl" },
		{ "connections { c { local { cert-1 { file = ~/x\n } } } }",
		  "c{local{cert-1{file=<~/x>}}}", "charon itself reads what file names" },
		{ "connections { c { local { pubkeys = 0x41:4243,0Sabc=,0s-_Ab,0X30,0sYQ==\n} } }",
		  "c{local{pubkeys=[<ABC>,<i\xb7>,<\xfb\xf0\x1b>,<0>,<a>]}}",
		  "hex digits and base64 are read in place" },
		{ "connections { c { local { pubkeys = 0x4\n} } }",
		  "~/f: connection 'c', pubkeys: what stands behind 0x is not pairs of hex digits",
		  "half a pair of hex digits is refused" },
		{ "connections { c { local { pubkeys = 0xag\n} } }",
		  "~/f: connection 'c', pubkeys: what stands behind 0x is not pairs of hex digits",
		  "other letters as hex digits are refused" },
		{ "connections { c { local { certs = 0x\n} } }",
		  "~/f: connection 'c', certs: what stands behind 0x is not pairs of hex digits",
		  "no hex digits are refused" },
		{ "connections { c { local { certs = 0sabc\n} } }",
		  "~/f: connection 'c', certs: what stands behind 0s is not base64",
		  "base64 that is cut off is refused" },
		{ "connections { c { local { certs = 0sab=c\n} } }",
		  "~/f: connection 'c', certs: what stands behind 0s is not base64",
		  "base64 behind its end is refused" },
		{ "connections { c { local { certs = 0sa===\n} } }",
		  "~/f: connection 'c', certs: what stands behind 0s is not base64",
		  "base64 of no octet is refused" },
		{ "connections { c { local { certs = 0sAAAAA===\n} } }",
		  "~/f: connection 'c', certs: what stands behind 0s is not base64",
		  "base64 of a part of an octet is refused" },
		{ "connections { c { local { certs = no.pem\n} } }",
		  "~/f: connection 'c', certs: cannot read ~/x509/no.pem: No such file or "
		  "directory",
		  "a certificate that is not there is refused" },
		{ "connections { c { local { cacerts = ~/x509\n} } }",
		  "~/f: connection 'c', cacerts: ~/x509 is not a file",
		  "a certificate that is no file is refused" },
		{ "connections { c { local { certs = ~/long\n} } }",
		  "~/f: connection 'c', certs: ~/long is longer than 65535 octets",
		  "a certificate that is too long is refused" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char text[1024] = "";
		char *to = text;

		for (const char *from = rows[i][0]; *from; from++)
			to = stpcpy(to, *from == '~' ? directory : (char[]){ *from, 0 });
		loads(text, rows[i][1], rows[i][2]);
	}
}

static void fails(const char *path, const char *wanted, const char *sentence)
{
	struct fault fault = { 0 };
	struct tree *tree = swan_read(path, NULL, &fault);

	shorten(fault.text);
	check_text(tree ? "read" : fault.text, wanted, sentence);
	tree_free(tree);
}

static void other_files(void)
{
	char path[256];

	fails("/no/such", "cannot read /no/such: No such file or directory",
	      "a file that is not there is refused");
	fails("/dev/null", "/dev/null is not a file", "what is not a file is refused");
	put("zero", "a\0b", 3);
	snprintf(path, sizeof(path), "%s/zero", directory);
	fails(path, "~/zero: an octet of zero is in it; is it a text?",
	      "a file that is no text is refused");
	snprintf(path, sizeof(path), "%s/zero", directory);
	check(!truncate(path, (1 << 20) + 1), "a long file is made");
	fails(path, "~/zero is longer than 1048576 octets", "a very long file is refused");
}

/* The directory that is meant when none is given. */
static void default_directory(void)
{
	static const char text[] = "connections { c { local { certs = a.pem\n} } }";
	struct fault fault = { 0 };
	char path[256];
	struct tree *tree;

	put("f", text, strlen(text));
	snprintf(path, sizeof(path), "%s/f", directory);
	setenv("SWANCTL_DIR", directory, 1);
	tree = swan_read(path, NULL, &fault);
	check(tree, "SWANCTL_DIR says where certificates are");
	tree_free(tree);
	unsetenv("SWANCTL_DIR");
	fails(path,
	      "~/f: connection 'c', certs: cannot read /etc/swanctl/x509/a.pem: No such file "
	      "or directory",
	      "and otherwise it is /etc/swanctl");
}

static void make_files(void)
{
	static const char *const folders[] = { "x509", "x509ca", "pubkey" };
	static const char long_one[65536];
	char path[256];

	if (!mkdtemp(directory))
		exit(2);
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, folders[i]);
		mkdir(path, 0700);
	}
	put("x509/a.pem", "one", 3);
	put("x509ca/a.pem", "two", 3);
	put("pubkey/a.pem", "three", 5);
	put("x", "four", 4);
	put("long", long_one, sizeof(long_one));
}

static void remove_files(void)
{
	static const char *const names[] = { "x509/a.pem", "x509ca/a.pem", "pubkey/a.pem",
					     "x509",       "x509ca",       "pubkey",
					     "x",          "long",         "f",
					     "zero" };
	char path[256];

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		remove(path);
	}
	check(!rmdir(directory), "nothing is left behind");
}

int main(void)
{
	make_files();
	syntax();
	refusals();
	limits();
	connections();
	other_files();
	default_directory();
	remove_files();
	return ktap_end();
}
