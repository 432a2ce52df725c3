// SPDX-License-Identifier: GPL-2.0
/* The commands that make what is there. */

#include <stdio.h>

#include <linux/dsmip.h>
#include <netlink/msg.h>

#include "ctl.h"
#include "device.h"
#include "fault.h"
#include "nl.h"
#include "out.h"
#include "print.h"

/* What stands in a device of a role, in the order in which it is made again. */
static const struct {
	const char *object;
	unsigned int role;
} contents[] = {
	{ "pool", DSMIP_ROLE_HOME_AGENT },
	{ "mobile", DSMIP_ROLE_HOME_AGENT },
	{ "access", DSMIP_ROLE_MOBILE_NODE },
	{ "registration", DSMIP_ROLE_MOBILE_NODE },
};

struct save {
	struct netlink *netlink;
	struct out out;
	const struct spec_object *object;
	uint32_t only; /* ifindex of the one device to save, or 0 */
};

/* A care-of address that was chosen is not one that was asked for. */
static uint32_t words_of(const struct save *save, const struct attrs *attrs)
{
	uint32_t words = spec_verb(save->object, "add")->takes;
	const struct spec_attr *coa = spec_attr(save->object, "coa");

	if (coa && attrs_find(attrs, save->object, "coa-auto", DSMIP_ANSWER_NO) == DSMIP_ANSWER_YES)
		words &= ~SPEC_BIT(coa->id);
	return words;
}

static int write_command(const struct nlmsghdr *header, void *arg)
{
	struct save *save = arg;
	struct attrs attrs;
	char prefix[40];

	attrs_read(&attrs, save->object, header);
	if (save->only && attrs_find(&attrs, save->object, "ifindex", 0) != save->only)
		return 0;
	snprintf(prefix, sizeof(prefix), "%s add ", save->object->word);
	out_begin(&save->out, prefix);
	print_attrs(&save->out, save->object, &attrs, words_of(save, &attrs));
	out_end(&save->out);
	return 0;
}

static int save_object(struct save *save, const char *word, uint32_t ifindex, struct fault *fault)
{
	struct refusal refusal;
	struct nl_msg *msg;
	int err;

	save->object = spec_object(word);
	msg = device_dump_message(save->netlink, save->object, ifindex, fault);
	if (!msg)
		return -1;
	err = netlink_ask(save->netlink, msg, write_command, save, &refusal);
	nlmsg_free(msg);
	return err ? netlink_fault(&refusal, save->object, fault) : 0;
}

static int save_contents(struct save *save, const struct device *device, struct fault *fault)
{
	for (size_t i = 0; i < ARRAY_SIZE(contents); i++)
		if (contents[i].role == device->role &&
		    save_object(save, contents[i].object, device->ifindex, fault))
			return -1;
	return 0;
}

static int save_all(struct save *save, struct fault *fault)
{
	struct devices devices;
	int err;

	if (devices_read(save->netlink, &devices, fault))
		return -1;
	err = save_object(save, "device", 0, fault);
	for (size_t i = 0; i < devices.count && !err; i++)
		if (!save->only || devices.list[i].ifindex == save->only)
			err = save_contents(save, &devices.list[i], fault);
	devices_free(&devices);
	if (!err && save->netlink->interrupted)
		err = fault_refused(fault, "something changed meanwhile: save again");
	return err;
}

int ctl_save(const struct options *options, int argc, char **argv, struct fault *fault)
{
	struct netlink netlink;
	struct save save = { .netlink = &netlink, .out = { .file = stdout } };
	int err;

	if (options->json)
		return fault_wrong(fault, "save writes commands: -j is for show and monitor");
	if (ctl_device_words(argc, argv, &save.only, fault) || netlink_open(&netlink, fault))
		return -1;
	err = save_all(&save, fault);
	netlink_close(&netlink);
	return err;
}

int ctl_restore(const struct options *options, int argc, char **argv, struct fault *fault)
{
	if (argc > 1)
		return fault_wrong(fault, "unknown word '%s'; restore takes the name of a file",
				   argv[1]);
	return ctl_batch(options, argc ? argv[0] : "-", fault);
}
