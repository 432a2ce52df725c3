// SPDX-License-Identifier: GPL-2.0

#include "policy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/msg.h>

#include "../fault.h"
#include "../sa.h"
#include "../xfrm.h"
#include "policy-list.h"

struct policies *policies_open(struct fault *fault)
{
	struct policies *policies = calloc(1, sizeof(*policies));
	struct fault why;

	if (!policies) {
		fault_refused(fault, "no memory");
		return NULL;
	}
	if (!netlink_open_xfrm(&policies->xfrm, &why))
		return policies;
	fault_refused(fault, "XFRM cannot be asked: %s: modprobe xfrm_user", why.text);
	free(policies);
	return NULL;
}

void policies_close(struct policies *policies)
{
	if (!policies)
		return;
	netlink_close(&policies->xfrm);
	free(policies);
}

static int refused(const struct xfrm_way *way, const struct refusal *refusal, struct fault *fault)
{
	char src[INET6_ADDRSTRLEN];
	char dst[INET6_ADDRSTRLEN];
	struct fault why;

	netlink_fault(refusal, NULL, &why);
	return fault_refused(fault, "policy from %s to %s: %s",
			     inet_ntop(AF_INET6, way->src, src, sizeof(src)),
			     inet_ntop(AF_INET6, way->dst, dst, sizeof(dst)), why.text);
}

/* A policy that is right is left alone: what uses it need not look it up again. */
static int set_way(struct policies *policies, const struct xfrm_way *way, uint32_t reqid,
		   struct fault *fault)
{
	struct netlink *xfrm = &policies->xfrm;
	struct refusal refusal;

	if (!xfrm_ask(xfrm, xfrm_policy(XFRM_MSG_NEWPOLICY, way, reqid), NULL, NULL, &refusal))
		return 0;
	if (refusal.error != EEXIST)
		return refused(way, &refusal, fault);
	if (xfrm_policy_reqid(xfrm, way) == reqid)
		return 0;
	if (!xfrm_ask(xfrm, xfrm_policy(XFRM_MSG_UPDPOLICY, way, reqid), NULL, NULL, &refusal))
		return 0;
	return refused(way, &refusal, fault);
}

/* One that was made stays when the other is refused: to let nothing through is
 * the better half. */
int policies_set(struct policies *policies, const uint8_t hoa[16], const uint8_t ha[16],
		 bool home_agent, uint32_t reqid, struct fault *fault)
{
	struct xfrm_way ways[2];

	xfrm_find_ways(hoa, ha, home_agent, ways);
	if (set_way(policies, &ways[0], reqid, fault))
		return -1;
	return set_way(policies, &ways[1], reqid, fault);
}

int policies_del(struct policies *policies, const uint8_t hoa[16], const uint8_t ha[16],
		 bool home_agent, struct fault *fault)
{
	struct xfrm_way ways[2];
	int err = 0;

	xfrm_find_ways(hoa, ha, home_agent, ways);
	for (size_t i = 0; i < 2; i++) {
		struct nl_msg *msg = xfrm_policy_id(XFRM_MSG_DELPOLICY, &ways[i]);
		struct refusal refusal;

		if (xfrm_ask(&policies->xfrm, msg, NULL, NULL, &refusal) && refusal.error != ENOENT)
			err = refused(&ways[i], &refusal, fault);
	}
	return err;
}

/* ---- lists: read to the end before anything is done about them ----------------- */

struct reading {
	policy_is_wanted *is_wanted;
	const void *arg;
	struct policy_list *list;
};

static int read_policy(const struct nlmsghdr *header, void *arg)
{
	struct reading *reading = arg;
	struct policy_list *list = reading->list;
	struct xfrm_policy_seen seen;
	struct xfrm_policy_seen *more;

	if (xfrm_read_policy(header, &seen) || !reading->is_wanted(&seen, reading->arg))
		return 0;
	more = realloc(list->list, (list->count + 1) * sizeof(*more));
	if (!more)
		return -1;
	list->list = more;
	more[list->count++] = seen;
	return 0;
}

int policy_list_read(struct policies *policies, struct policy_list *list,
		     policy_is_wanted *is_wanted, const void *arg, struct fault *fault)
{
	struct reading reading = { .is_wanted = is_wanted, .arg = arg, .list = list };
	struct nl_msg *msg = nlmsg_alloc_simple(XFRM_MSG_GETPOLICY, NLM_F_REQUEST | NLM_F_DUMP);
	struct refusal refusal;

	*list = (struct policy_list){ 0 };
	if (!xfrm_ask(&policies->xfrm, msg, read_policy, &reading, &refusal))
		return 0;
	policy_list_free(list);
	if (!refusal.error)
		return fault_refused(fault, "no memory");
	return netlink_fault(&refusal, NULL, fault);
}

void policy_list_free(struct policy_list *list)
{
	free(list->list);
	*list = (struct policy_list){ 0 };
}

static bool is_ours(const struct xfrm_policy_seen *seen, const void *arg)
{
	const struct xfrm_selector *selector = &seen->info.sel;
	const struct xfrm_user_tmpl *tmpl = &seen->tmpl;

	(void)arg;
	if (seen->info.dir != XFRM_POLICY_IN || seen->info.action != XFRM_POLICY_ALLOW ||
	    seen->if_id)
		return false;
	if (selector->family != AF_INET6 || selector->proto != IPPROTO_MH ||
	    selector->prefixlen_s != 128 || selector->prefixlen_d != 128 || selector->sport_mask ||
	    selector->dport_mask || selector->ifindex)
		return false;
	return tmpl->id.proto == IPPROTO_ESP && tmpl->mode == XFRM_MODE_TRANSPORT;
}

int policies_each(struct policies *policies, bool home_agent,
		  int (*use)(void *arg, const uint8_t hoa[16], const uint8_t ha[16],
			     uint32_t reqid),
		  void *arg, struct fault *fault)
{
	struct policy_list list;
	int err = policy_list_read(policies, &list, is_ours, NULL, fault);

	for (size_t i = 0; i < list.count && err >= 0; i++) {
		const struct xfrm_selector *selector = &list.list[i].info.sel;
		const void *hoa = home_agent ? &selector->saddr : &selector->daddr;
		const void *ha = home_agent ? &selector->daddr : &selector->saddr;

		err = use(arg, hoa, ha, list.list[i].tmpl.reqid);
	}
	policy_list_free(&list);
	return err < 0 ? err : 0;
}

/* ---- states ------------------------------------------------------------------- */

struct state_list {
	uint32_t first; /* of the reqids that are looked for */
	uint32_t last;
	struct sa_state *list;
	size_t count;
};

/* A state that waits for a key has no SPI, cannot be asked for, and goes by itself. */
static int read_state(const struct sa_state *state, void *arg)
{
	struct state_list *list = arg;
	struct sa_state *more;

	if (!state->spi || state->reqid < list->first || state->reqid > list->last)
		return 0;
	more = realloc(list->list, (list->count + 1) * sizeof(*more));
	if (!more)
		return -1;
	list->list = more;
	more[list->count++] = *state;
	return 0;
}

static bool is_kept(uint32_t spi, const uint32_t *keep, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keep[i] == spi)
			return true;
	return false;
}

static int purge(struct policies *policies, const struct sa_state *state, struct fault *fault)
{
	struct xfrm_way way = { .src = state->src, .dst = state->dst };
	struct nl_msg *msg = xfrm_state_id(XFRM_MSG_DELSA, &way, state->spi);
	struct refusal refusal;
	struct fault why;

	if (!xfrm_ask(&policies->xfrm, msg, NULL, NULL, &refusal) || refusal.error == ESRCH)
		return 0;
	netlink_fault(&refusal, NULL, &why);
	return fault_refused(fault, "state of SPI 0x%08x: %s", state->spi, why.text);
}

int policies_purge(struct policies *policies, uint32_t reqid, const uint32_t *keep, size_t count,
		   struct fault *fault)
{
	struct state_list list = { .first = reqid, .last = reqid };
	int err = sa_each_state(&policies->xfrm, read_state, &list, fault);

	for (size_t i = 0; i < list.count && !err; i++)
		if (!is_kept(list.list[i].spi, keep, count))
			err = purge(policies, &list.list[i], fault);
	free(list.list);
	return err;
}

static int compare_reqids(const void *left, const void *right)
{
	const struct sa_state *a = left;
	const struct sa_state *b = right;

	return a->reqid < b->reqid ? -1 : a->reqid > b->reqid;
}

int policies_each_reqid(struct policies *policies, uint32_t first, uint32_t last,
			int (*use)(void *arg, uint32_t reqid), void *arg, struct fault *fault)
{
	struct state_list list = { .first = first, .last = last };
	int err = sa_each_state(&policies->xfrm, read_state, &list, fault);

	if (list.count)
		qsort(list.list, list.count, sizeof(*list.list), compare_reqids);
	for (size_t i = 0; i < list.count && err >= 0; i++)
		if (!i || list.list[i].reqid != list.list[i - 1].reqid)
			err = use(arg, list.list[i].reqid);
	free(list.list);
	return err < 0 ? err : 0;
}
