// SPDX-License-Identifier: GPL-2.0
/* Follow the notifications. */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/dsmip.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "ctl.h"
#include "fault.h"
#include "names.h"
#include "nl.h"
#include "out.h"
#include "print.h"

#define RECEIVE_BUFFER (4 << 20)

struct monitor {
	struct out out;
	uint32_t only; /* ifindex of the one device to follow, or 0 */
};

static const char *event_word(const struct spec_attr *event, const struct attrs *attrs)
{
	const char *word = NULL;

	if (attrs->by_id[event->id])
		word = spec_value_word(event->choice, attrs_number(attrs->by_id[event->id]));
	return word ? word : "changed";
}

static void print_event(struct monitor *monitor, const struct nlmsghdr *header)
{
	const struct genlmsghdr *genl = nlmsg_data(header);
	const struct spec_object *object = spec_notifier(genl->cmd);
	const struct spec_attr *event = object ? spec_attr(object, "event") : NULL;
	struct out *out = &monitor->out;
	struct attrs attrs;
	const char *word;
	char prefix[80];

	if (!genl->cmd || !event)
		return;
	attrs_read(&attrs, object, header);
	if (monitor->only && attrs_find(&attrs, object, "ifindex", 0) != monitor->only)
		return;
	word = event_word(event, &attrs);
	snprintf(prefix, sizeof(prefix), "[%s] %s ", word, object->word);
	out_begin(out, prefix);
	if (out->json) {
		out_text(out, "event", word);
		out_text(out, "object", object->word);
	}
	print_attrs(out, object, &attrs, ~SPEC_BIT(event->id));
	out_end(out);
}

/* The kernel had more to tell than the socket could hold. */
static void print_lost(struct monitor *monitor)
{
	out_begin(&monitor->out, "[lost]");
	if (monitor->out.json)
		out_text(&monitor->out, "event", "lost");
	out_end(&monitor->out);
}

static int follow(struct monitor *monitor, struct netlink *netlink, struct fault *fault)
{
	while (!ctl_flush(fault)) {
		struct nlmsghdr *header = (void *)netlink->buffer;
		struct refusal refusal = { 0 };
		int left = netlink_receive(netlink, &refusal);

		names_forget();
		if (left < 0 && refusal.error != ENOBUFS)
			return netlink_fault(&refusal, NULL, fault);
		if (left < 0)
			print_lost(monitor);
		for (; nlmsg_ok(header, left); header = nlmsg_next(header, &left))
			if (header->nlmsg_type == netlink->family &&
			    header->nlmsg_len >= NLMSG_HDRLEN + GENL_HDRLEN)
				print_event(monitor, header);
	}
	return -1;
}

int ctl_monitor(const struct options *options, int argc, char **argv, struct fault *fault)
{
	struct monitor monitor = {
		.out = { .file = stdout,
			 .json = options->json,
			 .pretty = options->pretty,
			 .stream = true },
	};
	struct netlink netlink;
	int size = RECEIVE_BUFFER;
	int err;

	if (ctl_device_words(argc, argv, &monitor.only, fault) || netlink_open(&netlink, fault))
		return -1;
	setsockopt(nl_socket_get_fd(netlink.sock), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	err = netlink_join(&netlink, fault);
	if (!err)
		err = follow(&monitor, &netlink, fault);
	netlink_close(&netlink);
	return err;
}
