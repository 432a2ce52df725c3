// SPDX-License-Identifier: GPL-2.0
/* States of XFRM that belong to a dsmip device. */

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include <linux/dsmip.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "ctl.h"
#include "device.h"
#include "fault.h"
#include "names.h"
#include "nl.h"
#include "out.h"
#include "print.h"
#include "sa.h"

/*
 * What a state's addresses must be to belong to a device: a home agent's own
 * address with any home address, a mobile node's pairs of the two.
 */
struct owner {
	uint32_t ifindex;
	bool home_agent;
	uint8_t hoa[16]; /* of a mobile node */
	uint8_t ha[16];
};

struct show {
	const struct sa *sa;
	struct out out;
	struct owner *owners;
	size_t count;
	uint32_t ifindex; /* while registrations are read */
};

static int add_owner(struct show *show, const struct owner *owner)
{
	struct owner *more = realloc(show->owners, (show->count + 1) * sizeof(*more));

	if (!more)
		return -1;
	show->owners = more;
	more[show->count++] = *owner;
	return 0;
}

static int add_registration(const struct nlmsghdr *header, void *arg)
{
	struct show *show = arg;
	struct owner owner = { .ifindex = show->ifindex };
	struct attrs attrs;

	attrs_read(&attrs, spec_object("registration"), header);
	if (!attrs.by_id[DSMIP_A_REGISTRATION_HOA] || !attrs.by_id[DSMIP_A_REGISTRATION_HA])
		return 0;
	memcpy(owner.hoa, nla_data(attrs.by_id[DSMIP_A_REGISTRATION_HOA]), sizeof(owner.hoa));
	memcpy(owner.ha, nla_data(attrs.by_id[DSMIP_A_REGISTRATION_HA]), sizeof(owner.ha));
	return add_owner(show, &owner);
}

static int add_registrations(struct show *show, struct netlink *netlink, uint32_t ifindex,
			     struct fault *fault)
{
	const struct spec_object *object = spec_object("registration");
	struct nl_msg *msg = device_dump_message(netlink, object, ifindex, fault);
	struct refusal refusal;
	int err;

	if (!msg)
		return -1;
	show->ifindex = ifindex;
	err = netlink_ask(netlink, msg, add_registration, show, &refusal);
	nlmsg_free(msg);
	return err ? netlink_fault(&refusal, object, fault) : 0;
}

static int add_device(struct show *show, struct netlink *netlink, const struct device *device,
		      struct fault *fault)
{
	uint32_t both = SA_BIT(SA_HOA) | SA_BIT(SA_HA);
	struct owner owner = {
		.ifindex = device->ifindex,
		.home_agent = device->role == DSMIP_ROLE_HOME_AGENT,
	};

	if (owner.home_agent) {
		memcpy(owner.ha, device->addr, sizeof(owner.ha));
		return add_owner(show, &owner);
	}
	if (show->sa->dev && (show->sa->given & both) == both) {
		memcpy(owner.hoa, show->sa->hoa, sizeof(owner.hoa));
		memcpy(owner.ha, show->sa->ha, sizeof(owner.ha));
		return add_owner(show, &owner);
	}
	return add_registrations(show, netlink, device->ifindex, fault);
}

static int find_owners(struct show *show, struct fault *fault)
{
	struct netlink netlink;
	struct devices devices;
	uint32_t only = 0;
	int err = 0;

	if (show->sa->dev && names_index(show->sa->dev, &only))
		return fault_refused(fault, "dev: there is no interface '%s'", show->sa->dev);
	if (netlink_open(&netlink, fault))
		return -1;
	if (devices_read(&netlink, &devices, fault)) {
		netlink_close(&netlink);
		return -1;
	}
	for (size_t i = 0; i < devices.count && !err; i++)
		if (!only || devices.list[i].ifindex == only)
			err = add_device(show, &netlink, &devices.list[i], fault);
	devices_free(&devices);
	netlink_close(&netlink);
	return err;
}

static bool is_wanted(const struct sa *sa, const struct sa_state *state, const uint8_t *hoa,
		      const uint8_t *ha)
{
	if ((sa->given & SA_BIT(SA_HOA)) && memcmp(sa->hoa, hoa, 16))
		return false;
	if ((sa->given & SA_BIT(SA_HA)) && memcmp(sa->ha, ha, 16))
		return false;
	return !(sa->given & SA_BIT(SA_REQID)) || sa->reqid == state->reqid;
}

static void print_address(struct out *out, const char *key, const uint8_t *addr)
{
	char text[INET6_ADDRSTRLEN];

	out_text(out, key, inet_ntop(AF_INET6, addr, text, sizeof(text)));
}

static void print_algorithms(struct out *out, const struct sa_state *state)
{
	if (*state->aead) {
		out_text(out, "aead", state->aead);
		out_number(out, "icv-bits", state->bits);
	}
	if (*state->enc)
		out_text(out, "enc", state->enc);
	if (*state->auth) {
		out_text(out, "auth-trunc", state->auth);
		out_number(out, "trunc-bits", state->bits);
	}
}

static void print_state(struct show *show, const struct owner *owner, const struct sa_state *state,
			bool to_ha)
{
	struct out *out = &show->out;
	char name[IF_NAMESIZE];

	names_name(owner->ifindex, name);
	out_begin(out, NULL);
	if (out->json)
		out_number(out, "ifindex", owner->ifindex);
	out_text(out, "dev", name);
	print_address(out, "hoa", to_ha ? state->src : state->dst);
	print_address(out, "ha", to_ha ? state->dst : state->src);
	out_number(out, "reqid", state->reqid);
	out_hex(out, to_ha == owner->home_agent ? "spi-in" : "spi-out", state->spi);
	print_algorithms(out, state);
	out_number(out, "replay-window", state->replay_window);
	out_number(out, "packets", state->packets);
	out_number(out, "octets", state->octets);
	out_end(out);
}

static bool owns(const struct owner *owner, const uint8_t *hoa, const uint8_t *ha)
{
	return !memcmp(owner->ha, ha, 16) && (owner->home_agent || !memcmp(owner->hoa, hoa, 16));
}

static int show_state(const struct sa_state *state, void *arg)
{
	struct show *show = arg;

	for (size_t i = 0; i < show->count; i++) {
		const struct owner *owner = &show->owners[i];

		if (owns(owner, state->src, state->dst) &&
		    is_wanted(show->sa, state, state->src, state->dst))
			print_state(show, owner, state, true);
		else if (owns(owner, state->dst, state->src) &&
			 is_wanted(show->sa, state, state->dst, state->src))
			print_state(show, owner, state, false);
	}
	return 0;
}

int sa_show(const struct sa *sa, const struct options *options, struct fault *fault)
{
	struct show show = {
		.sa = sa,
		.out = { .file = stdout, .json = options->json, .pretty = options->pretty },
	};
	struct netlink xfrm;
	int err = find_owners(&show, fault);

	if (!err)
		err = netlink_open_xfrm(&xfrm, fault);
	if (!err) {
		err = sa_each_state(&xfrm, show_state, &show, fault);
		if (!err || show.out.objects)
			out_close(&show.out);
		netlink_close(&xfrm);
	}
	free(show.owners);
	return err;
}
