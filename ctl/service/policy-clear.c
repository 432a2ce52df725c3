// SPDX-License-Identifier: GPL-2.0
/*
 * Tunnels that a charon which was killed left behind. Its successor counts reqids
 * from the beginning, so a number alone names nothing: a policy is known by the
 * address that it is for, and a state by the ends of that policy's tunnel.
 */

#include "policy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/msg.h>

#include "fault.h"
#include "policy-list.h"

struct stale {
	const struct policy_list *tunnels;
	const uint32_t *keep;
	size_t keep_count;
	struct xfrm_usersa_info *list;
	size_t count;
};

static bool is_host(const xfrm_address_t *addr, uint8_t plen, uint16_t family,
		    const uint8_t wanted[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	if (family == AF_INET)
		return plen == 32 && !memcmp(wanted, mapped, sizeof(mapped)) &&
		       !memcmp(addr, wanted + 12, 4);
	return plen == 128 && !memcmp(addr, wanted, 16);
}

static bool is_tunnel_of(const struct xfrm_policy_seen *seen, const void *arg)
{
	const struct xfrm_selector *selector = &seen->info.sel;

	return seen->tmpl.id.proto == IPPROTO_ESP && seen->tmpl.mode == XFRM_MODE_TUNNEL &&
	       (is_host(&selector->saddr, selector->prefixlen_s, selector->family, arg) ||
		is_host(&selector->daddr, selector->prefixlen_d, selector->family, arg));
}

static bool is_of_tunnel(const struct xfrm_usersa_info *info, const struct xfrm_user_tmpl *tmpl)
{
	return info->reqid == tmpl->reqid && info->family == tmpl->family &&
	       !memcmp(&info->saddr, &tmpl->saddr, sizeof(info->saddr)) &&
	       !memcmp(&info->id.daddr, &tmpl->id.daddr, sizeof(info->id.daddr));
}

/* A copy: its numbers of 64 bits want an alignment that messages do not have. */
static int read_state(const struct nlmsghdr *header, void *arg)
{
	struct stale *stale = arg;
	struct xfrm_usersa_info info;
	struct xfrm_usersa_info *more;
	bool found = false;

	if (header->nlmsg_len < NLMSG_HDRLEN + sizeof(info))
		return 0;
	memcpy(&info, nlmsg_data(header), sizeof(info));
	for (size_t i = 0; i < stale->tunnels->count; i++)
		found |= is_of_tunnel(&info, &stale->tunnels->list[i].tmpl);
	for (size_t i = 0; i < stale->keep_count; i++)
		found &= stale->keep[i] != ntohl(info.id.spi);
	if (!found || !info.id.spi || info.mode != XFRM_MODE_TUNNEL || info.id.proto != IPPROTO_ESP)
		return 0;
	more = realloc(stale->list, (stale->count + 1) * sizeof(*more));
	if (!more)
		return -1;
	stale->list = more;
	more[stale->count++] = info;
	return 0;
}

static int del_state(struct policies *policies, const struct xfrm_usersa_info *info,
		     struct fault *fault)
{
	struct xfrm_usersa_id id = {
		.daddr = info->id.daddr,
		.spi = info->id.spi,
		.family = info->family,
		.proto = info->id.proto,
	};
	struct nl_msg *msg = xfrm_message(XFRM_MSG_DELSA, &id, sizeof(id));
	struct refusal refusal;

	if (!xfrm_ask(&policies->xfrm, msg, NULL, NULL, &refusal) || refusal.error == ESRCH)
		return 0;
	return netlink_fault(&refusal, NULL, fault);
}

static int del_policy(struct policies *policies, const struct xfrm_policy_seen *seen,
		      struct fault *fault)
{
	struct xfrm_userpolicy_id id = { .sel = seen->info.sel, .dir = seen->info.dir };
	struct nl_msg *msg = xfrm_message(XFRM_MSG_DELPOLICY, &id, sizeof(id));
	struct refusal refusal;

	if (msg && seen->if_id)
		nla_put_u32(msg, XFRMA_IF_ID, seen->if_id);
	if (!xfrm_ask(&policies->xfrm, msg, NULL, NULL, &refusal) || refusal.error == ENOENT)
		return 0;
	return netlink_fault(&refusal, NULL, fault);
}

static int clear_states(struct policies *policies, struct stale *stale, struct fault *fault)
{
	struct nl_msg *msg = nlmsg_alloc_simple(XFRM_MSG_GETSA, NLM_F_REQUEST | NLM_F_DUMP);
	struct refusal refusal;
	int err = xfrm_ask(&policies->xfrm, msg, read_state, stale, &refusal);

	if (err)
		return fault_refused(fault, "states cannot be read");
	for (size_t i = 0; i < stale->count && !err; i++)
		err = del_state(policies, &stale->list[i], fault);
	return err;
}

int policies_clear(struct policies *policies, const uint8_t addr[16], const uint32_t *keep,
		   size_t count, struct fault *fault)
{
	struct policy_list list;
	struct stale stale = { .tunnels = &list, .keep = keep, .keep_count = count };
	int err = policy_list_read(policies, &list, is_tunnel_of, addr, fault);

	if (!err && list.count)
		err = clear_states(policies, &stale, fault);
	for (size_t i = 0; i < list.count && !err; i++)
		err = del_policy(policies, &list.list[i], fault);
	free(stale.list);
	policy_list_free(&list);
	return err;
}
