// SPDX-License-Identifier: GPL-2.0
/* A request and what comes back. */

#include <stdio.h>

#include <netlink/msg.h>
#include <netlink/netlink.h>

#include "ctl.h"
#include "fault.h"
#include "nl.h"
#include "out.h"
#include "print.h"
#include "request.h"

struct show {
	struct out out;
	const struct spec_object *object;
};

static int print_one(const struct nlmsghdr *header, void *arg)
{
	struct show *show = arg;
	struct attrs attrs;

	attrs_read(&attrs, show->object, header);
	out_begin(&show->out, NULL);
	print_attrs(&show->out, show->object, &attrs, UINT32_MAX);
	out_end(&show->out);
	return 0;
}

int ctl_request(struct netlink *netlink, const struct options *options,
		const struct request *request, struct fault *fault)
{
	bool dump = request_is_dump(request);
	bool show = request->verb->dumps;
	struct show state = {
		.out = { .file = stdout, .json = options->json, .pretty = options->pretty },
		.object = request->object,
	};
	int flags = NLM_F_REQUEST | (dump ? NLM_F_DUMP : NLM_F_ACK);
	struct nl_msg *msg = request_message(request, netlink->family, flags, fault);
	struct refusal refusal;
	int err;

	if (!msg)
		return -1;
	netlink->interrupted = false;
	err = netlink_ask(netlink, msg, show ? print_one : NULL, &state, &refusal);
	nlmsg_free(msg);
	if (show && (!err || state.out.objects))
		out_close(&state.out);
	if (err)
		return netlink_fault(&refusal, request->object, fault);
	if (*refusal.text)
		ctl_note(refusal.text);
	if (netlink->interrupted)
		ctl_note("the list changed while it was read: it may not be whole");
	return 0;
}
