// SPDX-License-Identifier: GPL-2.0

#include "sa.h"

#include <string.h>

#include <linux/dsmip.h>

#include "ctl.h"
#include "device.h"
#include "fault.h"
#include "names.h"
#include "nl.h"

/* What the device is decides which way is in and which is out. */
static int find_role(struct sa *sa, struct fault *fault)
{
	const struct device *device;
	struct netlink netlink;
	struct devices devices;
	uint32_t ifindex;
	int err;

	if (names_index(sa->dev, &ifindex))
		return fault_refused(fault, "dev: there is no interface '%s'", sa->dev);
	if (netlink_open(&netlink, fault))
		return -1;
	err = devices_read(&netlink, &devices, fault);
	netlink_close(&netlink);
	if (err)
		return -1;
	device = devices_find(&devices, ifindex);
	if (device)
		sa->home_agent = device->role == DSMIP_ROLE_HOME_AGENT;
	else
		err = fault_refused(fault, "dev: '%s' is not a dsmip device", sa->dev);
	devices_free(&devices);
	return err;
}

static int run(struct sa *sa, enum sa_verb verb, const struct options *options, struct fault *fault)
{
	if (verb == SA_SHOW)
		return sa_show(sa, options, fault);
	if (find_role(sa, fault))
		return -1;
	return verb == SA_ADD ? sa_add(sa, fault) : sa_del(sa, fault);
}

int ctl_sa(const struct options *options, int argc, char **argv, struct fault *fault)
{
	enum sa_verb verb;
	struct sa sa;
	int err = sa_read(&sa, &verb, argc, argv, fault);

	if (!err)
		err = run(&sa, verb, options, fault);
	explicit_bzero(&sa, sizeof(sa));
	return err;
}

int ctl_sa_check(int argc, char **argv, struct fault *fault)
{
	enum sa_verb verb;
	struct sa sa;
	int err = sa_read(&sa, &verb, argc, argv, fault);

	explicit_bzero(&sa, sizeof(sa));
	return err;
}
