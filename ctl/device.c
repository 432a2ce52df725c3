// SPDX-License-Identifier: GPL-2.0

#include "device.h"

#include <stdlib.h>
#include <string.h>

#include <linux/dsmip.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "fault.h"
#include "nl.h"
#include "print.h"
#include "request.h"

struct nl_msg *device_dump_message(struct netlink *netlink, const struct spec_object *object,
				   uint32_t ifindex, struct fault *fault)
{
	struct request request = { .object = object, .verb = spec_verb(object, "show") };
	struct nl_msg *msg =
		request_message(&request, netlink->family, NLM_F_REQUEST | NLM_F_DUMP, fault);

	if (msg && ifindex)
		nla_put_u32(msg, spec_attr(object, "dev")->id, ifindex);
	return msg;
}

static int remember(const struct nlmsghdr *header, void *arg)
{
	const struct spec_object *object = spec_object("device");
	struct devices *devices = arg;
	struct device *more;
	struct attrs attrs;

	more = realloc(devices->list, (devices->count + 1) * sizeof(*more));
	if (!more)
		return -1;
	devices->list = more;
	more += devices->count++;
	memset(more, 0, sizeof(*more));
	attrs_read(&attrs, object, header);
	more->ifindex = attrs_find(&attrs, object, "ifindex", 0);
	more->role = attrs_find(&attrs, object, "role", DSMIP_ROLE_HOME_AGENT);
	if (attrs.by_id[DSMIP_A_DEVICE_ADDR])
		memcpy(more->addr, nla_data(attrs.by_id[DSMIP_A_DEVICE_ADDR]), sizeof(more->addr));
	return 0;
}

int devices_read(struct netlink *netlink, struct devices *devices, struct fault *fault)
{
	const struct spec_object *object = spec_object("device");
	struct nl_msg *msg = device_dump_message(netlink, object, 0, fault);
	struct refusal refusal;
	int err;

	memset(devices, 0, sizeof(*devices));
	if (!msg)
		return -1;
	err = netlink_ask(netlink, msg, remember, devices, &refusal);
	nlmsg_free(msg);
	if (!err)
		return 0;
	devices_free(devices);
	return netlink_fault(&refusal, object, fault);
}

void devices_free(struct devices *devices)
{
	free(devices->list);
	memset(devices, 0, sizeof(*devices));
}

const struct device *devices_find(const struct devices *devices, uint32_t ifindex)
{
	for (size_t i = 0; i < devices->count; i++)
		if (devices->list[i].ifindex == ifindex)
			return &devices->list[i];
	return NULL;
}
