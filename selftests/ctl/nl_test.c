// SPDX-License-Identifier: GPL-2.0
/* The kernel's no, and lines of a file. */

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <linux/dsmip.h>
#include <linux/netlink.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "fault.h"
#include "ktap.h"
#include "nl.h"
#include "reader.h"
#include "spec.h"

/* An answer of the kernel: an error of a request, whole or capped. */
static struct nl_msg *error_message(struct nl_msg *asked, int error, bool capped)
{
	struct nl_msg *msg = nlmsg_alloc();
	int flags = NLM_F_ACK_TLVS | (capped ? NLM_F_CAPPED : 0);
	size_t size = capped ? NLMSG_HDRLEN : nlmsg_hdr(asked)->nlmsg_len;
	struct nlmsghdr *header = nlmsg_put(msg, 0, 0, NLMSG_ERROR, sizeof(int) + size, flags);
	struct nlmsgerr *body = nlmsg_data(header);

	body->error = -error;
	memcpy(&body->msg, nlmsg_hdr(asked), size);
	return msg;
}

static struct nl_msg *mobile_request(void)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, 0, 0, 31, 0, 0, DSMIP_CMD_MOBILE_NEW, DSMIP_FAMILY_VERSION);
	nla_put_u32(msg, DSMIP_A_MOBILE_IFINDEX, 1);
	nla_put_u32(msg, DSMIP_A_MOBILE_LIFETIME_MAX, 5);
	return msg;
}

/* The sentence that comes of it. */
static void check_sentence(struct nl_msg *answer, struct nl_msg *asked, const char *wanted,
			   const char *sentence)
{
	struct refusal refusal = { 0 };
	struct fault fault = { 0 };

	netlink_refusal(nlmsg_hdr(answer), nlmsg_hdr(asked), &refusal);
	if (refusal.error)
		netlink_fault(&refusal, spec_object("mobile"), &fault);
	check_text(fault.text, wanted, sentence);
	nlmsg_free(answer);
	nlmsg_free(asked);
}

static void refusals(void)
{
	for (int capped = 0; capped < 2; capped++) {
		struct nl_msg *asked = mobile_request();
		struct nl_msg *answer = error_message(asked, EINVAL, capped);

		nla_put_string(answer, NLMSGERR_ATTR_MSG, "integer out of range");
		nla_put_u32(answer, NLMSGERR_ATTR_OFFS, NLMSG_HDRLEN + GENL_HDRLEN + 8);
		check_sentence(answer, asked, "lifetime-max: integer out of range",
			       "the kernel's sentence comes with the word it is about");
		asked = mobile_request();
		answer = error_message(asked, EINVAL, capped);
		nla_put_u32(answer, NLMSGERR_ATTR_MISS_TYPE, DSMIP_A_MOBILE_HOA);
		check_sentence(answer, asked, "hoa is missing", "a missing attribute is named");
		asked = mobile_request();
		answer = error_message(asked, EEXIST, capped);
		check_sentence(answer, asked, "File exists", "an error without a sentence has one");
		asked = mobile_request();
		answer = error_message(asked, EPERM, capped);
		check_sentence(answer, asked, "not permitted: CAP_NET_ADMIN is wanted",
			       "what is not permitted wants CAP_NET_ADMIN");
		asked = mobile_request();
		answer = error_message(asked, 0, capped);
		check_sentence(answer, asked, "", "a yes is no refusal");
		asked = mobile_request();
		answer = error_message(asked, EINVAL, capped);
		nla_put_u32(answer, NLMSGERR_ATTR_OFFS, 60000);
		check_sentence(answer, asked, "Invalid argument",
			       "an offset beyond the request is passed over");
	}
}

static void end_of_dump(void)
{
	struct nl_msg *asked = mobile_request();
	struct nl_msg *answer = nlmsg_alloc();
	struct nlmsghdr *header = nlmsg_put(answer, 0, 0, NLMSG_DONE, sizeof(int), NLM_F_ACK_TLVS);

	*(int *)nlmsg_data(header) = -ENODEV;
	nla_put_string(answer, NLMSGERR_ATTR_MSG, "no such device");
	check_sentence(answer, asked, "no such device", "a dump that ends with an error has one");
}

static void cut_off(void)
{
	for (unsigned int size = NLMSG_HDRLEN; size < 70; size++) {
		struct nl_msg *asked = mobile_request();
		struct nl_msg *answer = error_message(asked, EINVAL, false);
		struct refusal refusal = { 0 };

		nla_put_string(answer, NLMSGERR_ATTR_MSG, "a sentence that is cut off");
		if (nlmsg_hdr(answer)->nlmsg_len > size)
			nlmsg_hdr(answer)->nlmsg_len = size;
		netlink_refusal(nlmsg_hdr(answer), nlmsg_hdr(asked), &refusal);
		nlmsg_free(asked);
		nlmsg_free(answer);
	}
	check(true, "an answer that is cut off anywhere does no harm");
}

/* Lines out of a pipe, with | behind each. */
static void check_lines(const char *text, size_t size, const char *wanted, const char *sentence)
{
	struct reader reader;
	char all[64] = "";
	char *line;
	int ends[2];

	if (pipe(ends) || write(ends[1], text, size) != (ssize_t)size)
		return check(false, "a pipe");
	close(ends[1]);
	reader_init(&reader, ends[0]);
	while ((line = reader_line(&reader)))
		snprintf(all + strlen(all), sizeof(all) - strlen(all), "%s|", line);
	if (errno)
		strcat(all, "error");
	check_text(all, wanted, sentence);
	check(!reader_rewind(&reader), "a pipe cannot be read twice");
	reader_free(&reader);
}

static void lines(void)
{
	char template[] = "/tmp/dsmip-reader.XXXXXX";
	size_t size = 300000;
	char *long_line = malloc(size);
	struct reader reader;
	bool whole;
	int fd;

	check_lines("a\nb\n", 4, "a|b|", "lines");
	check_lines("a\n\nb", 4, "a||b|", "an empty line, and a last one without an end");
	check_lines("", 0, "", "no lines");
	check_lines("\n", 1, "|", "one empty line");
	check_lines("a\nb\0c\n", 6, "a|error", "an octet of zero is refused");

	fd = mkstemp(template);
	unlink(template);
	memset(long_line, 'x', size);
	memcpy(long_line, "first\n", 6);
	long_line[size - 1] = '\n';
	check(fd >= 0 && write(fd, long_line, size) == (ssize_t)size && !lseek(fd, 0, SEEK_SET),
	      "a file with a long line");
	reader_init(&reader, fd);
	for (int pass = 0; pass < 2; pass++) {
		char *line = reader_line(&reader);

		whole = line && !strcmp(line, "first");
		line = reader_line(&reader);
		whole = whole && line && strlen(line) == size - 7 && reader.line == 2;
		check(whole && !reader_line(&reader) && reader_rewind(&reader),
		      "a long line is read, and again");
	}
	reader_free(&reader);
	free(long_line);
}

int main(void)
{
	refusals();
	end_of_dump();
	cut_off();
	lines();
	return ktap_end();
}
