// SPDX-License-Identifier: GPL-2.0
/*
 * MIGRATE. The kernel moves one policy a message, and the states that are found
 * at the old addresses of its template; then it tells listeners all of it. With
 * XFRMA_KMADDRESS in it, charon takes its key exchange along and sets right what
 * else it keyed.
 *
 * For signalling the old addresses are those of the care-of address, too: there
 * are no states, for they belong to the home address, and templates of transport
 * mode have no addresses that could move. So nothing changes, and it is told.
 */

#include "policy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/msg.h>

#include "../fault.h"
#include "policy-list.h"

static bool is_ipv4(const uint8_t addr[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	return !memcmp(addr, mapped, sizeof(mapped));
}

/* As XFRM has them: an IPv4 address stands in front. */
static void fill_address(xfrm_address_t *to, const uint8_t addr[16])
{
	memset(to, 0, sizeof(*to));
	if (is_ipv4(addr))
		memcpy(to, addr + 12, 4);
	else
		memcpy(to, addr, 16);
}

static uint16_t family(const uint8_t addr[16])
{
	return is_ipv4(addr) ? AF_INET : AF_INET6;
}

/* Does what a policy selects come from the mobile? */
static bool is_from_mobile(const struct policy_move *move, uint8_t dir)
{
	return (dir == XFRM_POLICY_OUT) != move->home_agent;
}

/* The ends of a tunnel in a direction, with this care-of address. */
static void fill_ends(xfrm_address_t *src, xfrm_address_t *dst, const struct policy_move *move,
		      uint8_t dir, const uint8_t coa[16])
{
	bool from_mobile = is_from_mobile(move, dir);

	fill_address(src, from_mobile ? coa : move->ha);
	fill_address(dst, from_mobile ? move->ha : coa);
}

static void fill_move(struct xfrm_user_migrate *migrate, const struct policy_move *move,
		      uint8_t dir)
{
	memset(migrate, 0, sizeof(*migrate));
	fill_ends(&migrate->old_saddr, &migrate->old_daddr, move, dir, move->from);
	fill_ends(&migrate->new_saddr, &migrate->new_daddr, move, dir, move->to);
	migrate->proto = IPPROTO_ESP;
	migrate->mode = move->tunnel ? XFRM_MODE_TUNNEL : XFRM_MODE_TRANSPORT;
	migrate->reqid = move->reqid;
	migrate->old_family = family(move->from);
	migrate->new_family = family(move->to);
}

static void put_key_manager(struct nl_msg *msg, const struct policy_move *move)
{
	struct xfrm_user_kmaddress address = { .family = family(move->to) };

	fill_address(&address.local, move->home_agent ? move->ha : move->to);
	fill_address(&address.remote, move->home_agent ? move->to : move->ha);
	nla_put(msg, XFRMA_KMADDRESS, sizeof(address), &address);
}

/* One policy moves; if this is the last of them, charon is told. */
static int migrate(struct policies *policies, const struct policy_move *move,
		   const struct xfrm_policy_seen *seen, bool last, struct fault *fault)
{
	struct xfrm_userpolicy_id id = { .sel = seen->info.sel, .dir = seen->info.dir };
	struct nl_msg *msg = xfrm_message(XFRM_MSG_MIGRATE, &id, sizeof(id));
	struct xfrm_user_migrate ends;
	struct refusal refusal;
	struct fault why;

	fill_move(&ends, move, id.dir);
	if (msg) {
		nla_put(msg, XFRMA_MIGRATE, sizeof(ends), &ends);
		if (seen->if_id)
			nla_put_u32(msg, XFRMA_IF_ID, seen->if_id);
		if (last)
			put_key_manager(msg, move);
	}
	if (!xfrm_ask(&policies->xfrm, msg, NULL, NULL, &refusal))
		return 0;
	/* No such policy, or none with such a template. */
	if (refusal.error == ENOENT || refusal.error == ENODATA)
		return 0;
	if (refusal.error == ENOPROTOOPT)
		return fault_refused(fault, "this kernel moves no policies: "
					    "it wants CONFIG_XFRM_MIGRATE");
	netlink_fault(&refusal, NULL, &why);
	return fault_refused(fault, "the policy cannot move: %s", why.text);
}

static int move_signalling(struct policies *policies, const struct policy_move *move,
			   struct fault *fault)
{
	struct xfrm_policy_seen seen = { .info.dir = XFRM_POLICY_IN };
	struct xfrm_way ways[2];

	xfrm_find_ways(move->hoa, move->ha, move->home_agent, ways);
	xfrm_fill_selector(&seen.info.sel, &ways[0], IPPROTO_MH);
	return migrate(policies, move, &seen, true, fault);
}

/* ---- tunnels ------------------------------------------------------------------ */

static bool is_within(const xfrm_address_t *addr, const xfrm_address_t *prefix, int plen)
{
	const uint8_t *a = (const uint8_t *)addr;
	const uint8_t *p = (const uint8_t *)prefix;

	return !memcmp(a, p, plen / 8) &&
	       (!(plen % 8) || !((a[plen / 8] ^ p[plen / 8]) >> (8 - plen % 8)));
}

/* Is the home address in what the policy selects on the mobile's side? */
static bool covers(const struct xfrm_selector *selector, const struct policy_move *move,
		   bool from_mobile)
{
	xfrm_address_t hoa;

	if (selector->family != family(move->hoa))
		return false;
	fill_address(&hoa, move->hoa);
	return from_mobile ? is_within(&hoa, &selector->saddr, selector->prefixlen_s) :
			     is_within(&hoa, &selector->daddr, selector->prefixlen_d);
}

static bool is_moving(const struct xfrm_policy_seen *seen, const void *arg)
{
	const struct policy_move *move = arg;
	const struct xfrm_user_tmpl *tmpl = &seen->tmpl;
	xfrm_address_t src;
	xfrm_address_t dst;

	if (seen->info.dir >= XFRM_POLICY_MAX || tmpl->id.proto != IPPROTO_ESP ||
	    tmpl->mode != XFRM_MODE_TUNNEL || tmpl->reqid != move->reqid ||
	    tmpl->family != family(move->from))
		return false;
	fill_ends(&src, &dst, move, seen->info.dir, move->from);
	return !memcmp(&tmpl->saddr, &src, sizeof(src)) &&
	       !memcmp(&tmpl->id.daddr, &dst, sizeof(dst)) &&
	       covers(&seen->info.sel, move, is_from_mobile(move, seen->info.dir));
}

/*
 * Newer kernels look for the policy as for a packet, and may find another in
 * front of it: then it has not moved though the kernel did not mind.
 */
static int nothing_stayed(struct policies *policies, const struct policy_move *move,
			  struct fault *fault)
{
	struct policy_list list;
	int err = policy_list_read(policies, &list, is_moving, move, fault);

	if (!err && list.count)
		err = fault_refused(fault,
				    "policies of reqid %u did not move: is another in front "
				    "of them? See ip xfrm policy",
				    move->reqid);
	policy_list_free(&list);
	return err;
}

static int move_tunnel(struct policies *policies, const struct policy_move *move,
		       struct fault *fault)
{
	struct policy_list list;
	int err = policy_list_read(policies, &list, is_moving, move, fault);

	for (size_t i = 0; i < list.count && !err; i++)
		err = migrate(policies, move, &list.list[i], i + 1 == list.count, fault);
	if (!err && list.count)
		err = nothing_stayed(policies, move, fault);
	policy_list_free(&list);
	return err;
}

int policies_migrate(struct policies *policies, const struct policy_move *move, struct fault *fault)
{
	if (family(move->from) != family(move->ha) || family(move->to) != family(move->ha))
		return fault_refused(fault, "a key exchange does not move between IPv4 and IPv6: "
					    "make a new one");
	if (!memcmp(move->from, move->to, 16))
		return 0;
	if (move->tunnel)
		return move_tunnel(policies, move, fault);
	return move_signalling(policies, move, fault);
}
