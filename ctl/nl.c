// SPDX-License-Identifier: GPL-2.0

#include "nl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/dsmip.h>
#include <linux/netlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "fault.h"
#include "spec.h"

/* Room for the refusals of a whole window of requests. */
#define SOCKET_BUFFER (256 << 10)

static int open_socket(struct netlink *netlink, int protocol, struct fault *fault)
{
	int yes = 1;
	int err;
	int fd;

	memset(netlink, 0, sizeof(*netlink));
	netlink->buffer = malloc(NETLINK_BUFFER);
	netlink->sock = nl_socket_alloc();
	if (!netlink->buffer || !netlink->sock) {
		fault_refused(fault, "no memory");
		goto close;
	}
	err = nl_connect(netlink->sock, protocol);
	if (err) {
		fault_refused(fault, "no netlink socket: %s", nl_geterror(err));
		goto close;
	}
	fd = nl_socket_get_fd(netlink->sock);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &yes, sizeof(yes));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &yes, sizeof(yes));
	nl_socket_set_buffer_size(netlink->sock, SOCKET_BUFFER, SOCKET_BUFFER);
	return 0;
close:
	netlink_close(netlink);
	return -1;
}

int netlink_open(struct netlink *netlink, struct fault *fault)
{
	if (open_socket(netlink, NETLINK_GENERIC, fault))
		return -1;
	netlink->family = genl_ctrl_resolve(netlink->sock, DSMIP_FAMILY_NAME);
	if (netlink->family >= 0)
		return 0;
	if (netlink->family == -NLE_OBJ_NOTFOUND)
		fault_refused(fault, "the dsmip module is not loaded: modprobe dsmip");
	else
		fault_refused(fault, "no family: %s", nl_geterror(netlink->family));
	netlink_close(netlink);
	return -1;
}

int netlink_open_xfrm(struct netlink *netlink, struct fault *fault)
{
	return open_socket(netlink, NETLINK_XFRM, fault);
}

int netlink_open_route(struct netlink *netlink, struct fault *fault)
{
	return open_socket(netlink, NETLINK_ROUTE, fault);
}

void netlink_close(struct netlink *netlink)
{
	if (netlink->buffer)
		explicit_bzero(netlink->buffer, NETLINK_BUFFER);
	free(netlink->buffer);
	nl_socket_free(netlink->sock);
	memset(netlink, 0, sizeof(*netlink));
}

int netlink_join(struct netlink *netlink, struct fault *fault)
{
	int group = genl_ctrl_resolve_grp(netlink->sock, DSMIP_FAMILY_NAME, DSMIP_MCGRP_EVENTS);
	int err = group < 0 ? group : nl_socket_add_membership(netlink->sock, group);

	if (err == -NLE_PERM || err == -NLE_NOACCESS)
		return fault_refused(fault, "not permitted: CAP_NET_ADMIN is wanted");
	if (err < 0)
		return fault_refused(fault, "no events: %s", nl_geterror(err));
	return 0;
}

static int failed(struct refusal *refusal, int error, const char *text)
{
	refusal->error = error;
	snprintf(refusal->text, sizeof(refusal->text), "%s: %s", text, strerror(error));
	return -1;
}

int netlink_send(struct netlink *netlink, const void *data, size_t size, struct refusal *refusal)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	int fd = nl_socket_get_fd(netlink->sock);

	while (sendto(fd, data, size, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		if (errno != EINTR)
			return failed(refusal, errno, "cannot send");
	return 0;
}

/* Octets received from the kernel; what others send is passed over. */
int netlink_receive(struct netlink *netlink, struct refusal *refusal)
{
	struct sockaddr_nl sender;
	struct iovec space = { .iov_base = netlink->buffer, .iov_len = NETLINK_BUFFER };
	struct msghdr message = { .msg_iov = &space, .msg_iovlen = 1, .msg_name = &sender };
	ssize_t size;

	do {
		message.msg_namelen = sizeof(sender);
		size = recvmsg(nl_socket_get_fd(netlink->sock), &message, 0);
		if (size < 0 && errno != EINTR)
			return failed(refusal, errno, "cannot receive");
	} while (size < 0 || sender.nl_pid);
	if (message.msg_flags & MSG_TRUNC)
		return failed(refusal, EMSGSIZE, "cannot receive");
	return size;
}

/* The number of the attribute that stands at an offset of what was asked. */
static unsigned int attr_at(const struct nlmsghdr *asked, uint32_t offset)
{
	const struct nlattr *attr = (const void *)((const char *)asked + offset);

	if (offset < NLMSG_HDRLEN || offset + sizeof(*attr) > asked->nlmsg_len)
		return 0;
	return nla_type(attr);
}

static void read_extack(const struct nlattr *attrs, int left, const void *asked,
			struct refusal *refusal)
{
	const struct nlattr *attr;

	for (attr = attrs; nla_ok(attr, left); attr = nla_next(attr, &left)) {
		switch (nla_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			snprintf(refusal->text, sizeof(refusal->text), "%.*s", nla_len(attr),
				 (const char *)nla_data(attr));
			break;
		case NLMSGERR_ATTR_OFFS:
			if (asked && nla_len(attr) >= 4)
				refusal->attr = attr_at(asked, nla_get_u32(attr));
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			if (nla_len(attr) >= 4)
				refusal->missing = nla_get_u32(attr);
			break;
		}
	}
}

/* Take an error message apart; in a dump, the end of it is one too. */
void netlink_refusal(const struct nlmsghdr *header, const void *asked, struct refusal *refusal)
{
	const int *error = nlmsg_data(header);
	size_t skip = sizeof(*error);

	if (header->nlmsg_len < NLMSG_HDRLEN + skip)
		return;
	refusal->error = -*error;
	if (!(header->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (header->nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *body = nlmsg_data(header);

		if (header->nlmsg_len < NLMSG_HDRLEN + sizeof(*body))
			return;
		skip = sizeof(*body);
		if (!(header->nlmsg_flags & NLM_F_CAPPED) && body->msg.nlmsg_len > NLMSG_HDRLEN)
			skip += body->msg.nlmsg_len - NLMSG_HDRLEN;
	}
	skip = NLMSG_ALIGN(skip);
	if (header->nlmsg_len <= NLMSG_HDRLEN + skip)
		return;
	read_extack((const void *)((const char *)error + skip),
		    header->nlmsg_len - NLMSG_HDRLEN - skip, asked, refusal);
}

/* One message of an answer. Returns 1 when it was the last, -1 to give up. */
static int take(struct netlink *netlink, struct nlmsghdr *header, const struct nlmsghdr *asked,
		netlink_answer *answer, void *arg, struct refusal *refusal)
{
	if (header->nlmsg_seq != netlink->seq)
		return 0;
	if (header->nlmsg_flags & NLM_F_DUMP_INTR)
		netlink->interrupted = true;
	switch (header->nlmsg_type) {
	case NLMSG_NOOP:
		return 0;
	case NLMSG_ERROR:
	case NLMSG_DONE:
		netlink_refusal(header, asked, refusal);
		return refusal->error ? -1 : 1;
	}
	return answer && answer(header, arg) < 0 ? -1 : 0;
}

int netlink_ask(struct netlink *netlink, struct nl_msg *msg, netlink_answer *answer, void *arg,
		struct refusal *refusal)
{
	struct nlmsghdr *asked = nlmsg_hdr(msg);

	memset(refusal, 0, sizeof(*refusal));
	asked->nlmsg_seq = ++netlink->seq;
	if (netlink_send(netlink, asked, asked->nlmsg_len, refusal))
		return -1;
	for (;;) {
		struct nlmsghdr *header = (void *)netlink->buffer;
		int left = netlink_receive(netlink, refusal);

		if (left < 0)
			return -1;
		for (; nlmsg_ok(header, left); header = nlmsg_next(header, &left)) {
			int done = take(netlink, header, asked, answer, arg, refusal);

			if (done)
				return done < 0 ? -1 : 0;
		}
	}
}

void netlink_free_secret(struct nl_msg *msg)
{
	if (msg)
		explicit_bzero(nlmsg_hdr(msg), nlmsg_get_max_size(msg));
	nlmsg_free(msg);
}

int netlink_fault(const struct refusal *refusal, const struct spec_object *object,
		  struct fault *fault)
{
	const char *sentence = *refusal->text ? refusal->text : strerror(refusal->error);
	const struct spec_attr *missing = NULL;
	const struct spec_attr *wrong = NULL;

	if (object) {
		missing = spec_attr_by_id(object, refusal->missing);
		wrong = spec_attr_by_id(object, refusal->attr);
	}
	if (refusal->error == EPERM)
		return fault_refused(fault, "not permitted: CAP_NET_ADMIN is wanted%s%s",
				     *refusal->text ? ": " : "", refusal->text);
	if (missing)
		return fault_refused(fault, "%s is missing", missing->word);
	if (wrong)
		return fault_refused(fault, "%s: %s", wrong->word, sentence);
	return fault_refused(fault, "%s", sentence);
}
