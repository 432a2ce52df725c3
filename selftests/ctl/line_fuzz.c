// SPDX-License-Identifier: GPL-2.0
/*
 * A line of a batch file, all the way: words, request, message, and what is
 * printed of that is read again and says the same.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "fault.h"
#include "out.h"
#include "print.h"
#include "request.h"
#include "sa.h"
#include "word.h"

#define WORDS 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *print_message(const struct spec_object *object, struct nl_msg *msg, bool json)
{
	struct out out = { .json = json, .pretty = json };
	struct attrs attrs;
	char *text = NULL;
	size_t size;

	out.file = open_memstream(&text, &size);
	attrs_read(&attrs, object, nlmsg_hdr(msg));
	out_begin(&out, NULL);
	print_attrs(&out, object, &attrs, UINT32_MAX);
	out_end(&out);
	out_close(&out);
	fclose(out.file);
	return text;
}

static struct nl_msg *message_of(char *line, struct request *request)
{
	struct fault fault = { 0 };
	char *words[WORDS];
	int count = word_split(line, words, WORDS);

	if (count < 1 || request_read(request, count, words, &fault))
		return NULL;
	return request_message(request, 31, 0, &fault);
}

static void read_again(const struct request *request, struct nl_msg *msg, const char *text)
{
	size_t size = strlen(text) + 64;
	char *line = malloc(size);
	struct request again;
	struct nl_msg *second;

	snprintf(line, size, "%s %s %s", request->object->word, request->verb->word, text);
	second = message_of(line, &again);
	if (!second || nlmsg_datalen(nlmsg_hdr(second)) != nlmsg_datalen(nlmsg_hdr(msg)) ||
	    memcmp(nlmsg_data(nlmsg_hdr(second)), nlmsg_data(nlmsg_hdr(msg)),
		   nlmsg_datalen(nlmsg_hdr(msg)))) {
		fprintf(stderr, "does not say the same: %s\n", text);
		abort();
	}
	nlmsg_free(second);
	free(line);
}

static void as_request(const uint8_t *data, size_t size)
{
	char *line = strndup((const char *)data, size);
	struct request request;
	struct nl_msg *msg = message_of(line, &request);

	if (msg) {
		char *text = print_message(request.object, msg, false);

		free(print_message(request.object, msg, true));
		if (!strstr(text, "\\x"))
			read_again(&request, msg, text);
		free(text);
		nlmsg_free(msg);
	}
	free(line);
}

/* Files are left alone. */
static void as_sa(const uint8_t *data, size_t size)
{
	char *line = strndup((const char *)data, size);
	struct fault fault = { 0 };
	char *words[WORDS];
	enum sa_verb verb;
	struct sa sa;
	int count = strchr(line, '@') ? -1 : word_split(line, words, WORDS);

	if (count >= 0)
		sa_read(&sa, &verb, count, words, &fault);
	free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	as_request(data, size);
	as_sa(data, size);
	return 0;
}
