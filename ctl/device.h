/* SPDX-License-Identifier: GPL-2.0 */
/* The devices that there are, for those who need more of them than a name. */

#ifndef _CTL_DEVICE_H
#define _CTL_DEVICE_H

#include <stddef.h>
#include <stdint.h>

struct fault;
struct netlink;
struct nl_msg;
struct spec_object;

struct device {
	uint32_t ifindex;
	unsigned int role;
	uint8_t addr[16];
};

struct devices {
	struct device *list;
	size_t count;
};

int devices_read(struct netlink *netlink, struct devices *devices, struct fault *fault);
void devices_free(struct devices *devices);
const struct device *devices_find(const struct devices *devices, uint32_t ifindex);

/* A request for all of an object, in one device when ifindex is not 0. */
struct nl_msg *device_dump_message(struct netlink *netlink, const struct spec_object *object,
				   uint32_t ifindex, struct fault *fault);

#endif
