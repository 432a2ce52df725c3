// SPDX-License-Identifier: GPL-2.0

#include "out.h"

#include <string.h>

static void line_break(struct out *out, int depth)
{
	if (!out->pretty)
		return;
	fputc('\n', out->file);
	while (depth--)
		fputc('\t', out->file);
}

void out_begin(struct out *out, const char *prefix)
{
	out->members = 0;
	if (out->json && !out->stream)
		fputc(out->objects ? ',' : '[', out->file);
	if (out->json) {
		if (!out->stream)
			line_break(out, 1);
		fputc('{', out->file);
	} else if (prefix) {
		fputs(prefix, out->file);
	}
	out->objects++;
}

void out_end(struct out *out)
{
	if (!out->json) {
		fputc('\n', out->file);
		return;
	}
	if (out->members)
		line_break(out, out->stream ? 0 : 1);
	fputc('}', out->file);
	if (out->stream)
		fputc('\n', out->file);
}

void out_close(struct out *out)
{
	if (out->json && !out->stream) {
		if (!out->objects)
			fputc('[', out->file);
		line_break(out, 0);
		fputs("]\n", out->file);
	}
	out->objects = 0;
}

/* Octets of the UTF-8 character at text, or 0 when it is none. */
static size_t utf8_length(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	size_t length = c[0] < 0x80 ? 1 : c[0] < 0xc2 ? 0 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : 4;

	if (!length || c[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((c[i] & 0xc0) != 0x80)
			return 0;
	if ((c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xf0 && c[1] < 0x90))
		return 0;
	if ((c[0] == 0xed && c[1] > 0x9f) || (c[0] == 0xf4 && c[1] > 0x8f))
		return 0;
	return length;
}

/* The control characters of ASCII and, in UTF-8, of ISO 6429's upper half. */
static bool is_control(const char *text, size_t length)
{
	const unsigned char *c = (const unsigned char *)text;

	return (length == 1 && (c[0] < 0x20 || c[0] == 0x7f)) ||
	       (length == 2 && c[0] == 0xc2 && c[1] < 0xa0);
}

/* Octets that are no UTF-8 go out as the characters of the same number. */
static void json_string(struct out *out, const char *text)
{
	fputc('"', out->file);
	while (*text) {
		size_t length = utf8_length(text);

		if (*text == '"' || *text == '\\')
			fprintf(out->file, "\\%c", *text);
		else if (length > 1 && is_control(text, length))
			fprintf(out->file, "\\u%04x", (unsigned char)text[1]);
		else if (!length || is_control(text, length))
			fprintf(out->file, "\\u%04x", (unsigned char)*text);
		else
			fwrite(text, 1, length, out->file);
		text += length ? length : 1;
	}
	fputc('"', out->file);
}

/*
 * A word that a shell and the batch reader take for one. What a terminal might
 * obey is shown as \xNN; such a word does not survive being read again.
 */
static void text_string(struct out *out, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "-_.:/@,+=%";

	if (*text && !text[strspn(text, plain)]) {
		fputs(text, out->file);
		return;
	}
	fputc('\'', out->file);
	while (*text) {
		size_t length = utf8_length(text);

		if (*text == '\'')
			fputs("'\\''", out->file);
		else if (length && !is_control(text, length))
			fwrite(text, 1, length, out->file);
		else
			for (size_t i = 0; i < (length ? length : 1); i++)
				fprintf(out->file, "\\x%02x", (unsigned char)text[i]);
		text += length ? length : 1;
	}
	fputc('\'', out->file);
}

static void member(struct out *out, const char *key)
{
	if (!out->json) {
		fprintf(out->file, "%s%s ", out->members++ ? " " : "", key);
		return;
	}
	if (out->members++)
		fputc(',', out->file);
	line_break(out, out->stream ? 1 : 2);
	json_string(out, key);
	fputs(out->pretty ? ": " : ":", out->file);
}

void out_number(struct out *out, const char *key, uint64_t number)
{
	member(out, key);
	fprintf(out->file, "%llu", (unsigned long long)number);
}

void out_hex(struct out *out, const char *key, uint32_t number)
{
	member(out, key);
	fprintf(out->file, out->json ? "%u" : "0x%08x", number);
}

void out_text(struct out *out, const char *key, const char *text)
{
	member(out, key);
	if (out->json)
		json_string(out, text);
	else
		text_string(out, text);
}

void out_prefix(struct out *out, const char *key, const char *addr, unsigned int plen)
{
	member(out, key);
	fprintf(out->file, "%s/%u", addr, plen);
}

void out_list_begin(struct out *out, const char *key)
{
	member(out, key);
	if (out->json)
		fputc('[', out->file);
}

void out_list_item(struct out *out, const char *item, bool first)
{
	if (!first)
		fputc(',', out->file);
	if (out->json)
		json_string(out, item);
	else
		fputs(item, out->file);
}

void out_list_end(struct out *out, bool empty)
{
	if (out->json)
		fputc(']', out->file);
	else if (empty)
		fputs("none", out->file);
}
