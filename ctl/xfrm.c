// SPDX-License-Identifier: GPL-2.0

#include "xfrm.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#define MESSAGE_SIZE 4096
#define FLAGS (NLM_F_REQUEST | NLM_F_ACK)

/* The home agent's way in is the mobile node's way out. */
void xfrm_find_ways(const uint8_t *hoa, const uint8_t *ha, bool home_agent, struct xfrm_way ways[2])
{
	ways[0] = (struct xfrm_way){
		.src = home_agent ? hoa : ha,
		.dst = home_agent ? ha : hoa,
		.dir = XFRM_POLICY_IN,
	};
	ways[1] = (struct xfrm_way){
		.src = ways[0].dst,
		.dst = ways[0].src,
		.dir = XFRM_POLICY_OUT,
	};
}

void xfrm_fill_selector(struct xfrm_selector *selector, const struct xfrm_way *way,
			uint8_t protocol)
{
	memcpy(&selector->saddr, way->src, 16);
	memcpy(&selector->daddr, way->dst, 16);
	selector->family = AF_INET6;
	selector->prefixlen_s = 128;
	selector->prefixlen_d = 128;
	selector->proto = protocol;
}

void xfrm_fill_lifetime(struct xfrm_lifetime_cfg *lifetime)
{
	lifetime->soft_byte_limit = XFRM_INF;
	lifetime->hard_byte_limit = XFRM_INF;
	lifetime->soft_packet_limit = XFRM_INF;
	lifetime->hard_packet_limit = XFRM_INF;
}

struct nl_msg *xfrm_message(int type, const void *body, size_t size)
{
	struct nl_msg *msg = nlmsg_alloc_size(MESSAGE_SIZE);
	struct nlmsghdr *header = msg ? nlmsg_put(msg, 0, 0, type, size, FLAGS) : NULL;

	if (header)
		memcpy(nlmsg_data(header), body, size);
	return msg;
}

struct nl_msg *xfrm_state_id(int type, const struct xfrm_way *way, uint32_t spi)
{
	struct xfrm_usersa_id id = {
		.spi = htonl(spi),
		.family = AF_INET6,
		.proto = IPPROTO_ESP,
	};
	struct nl_msg *msg;

	memcpy(&id.daddr, way->dst, 16);
	msg = xfrm_message(type, &id, sizeof(id));
	if (msg)
		nla_put(msg, XFRMA_SRCADDR, 16, way->src);
	return msg;
}

struct nl_msg *xfrm_policy_id(int type, const struct xfrm_way *way)
{
	struct xfrm_userpolicy_id id = { .dir = way->dir };

	xfrm_fill_selector(&id.sel, way, IPPROTO_MH);
	return xfrm_message(type, &id, sizeof(id));
}

struct nl_msg *xfrm_policy(int type, const struct xfrm_way *way, uint32_t reqid)
{
	struct xfrm_userpolicy_info info = {
		.dir = way->dir,
		.action = XFRM_POLICY_ALLOW,
	};
	struct xfrm_user_tmpl tmpl = {
		.id.proto = IPPROTO_ESP,
		.family = AF_INET6,
		.reqid = reqid,
		.mode = XFRM_MODE_TRANSPORT,
		.aalgos = UINT32_MAX,
		.ealgos = UINT32_MAX,
		.calgos = UINT32_MAX,
	};
	struct nl_msg *msg;

	xfrm_fill_selector(&info.sel, way, IPPROTO_MH);
	xfrm_fill_lifetime(&info.lft);
	memcpy(&tmpl.saddr, way->src, 16);
	memcpy(&tmpl.id.daddr, way->dst, 16);
	msg = xfrm_message(type, &info, sizeof(info));
	if (msg)
		nla_put(msg, XFRMA_TMPL, sizeof(tmpl), &tmpl);
	return msg;
}

int xfrm_ask(struct netlink *xfrm, struct nl_msg *msg, netlink_answer *answer, void *arg,
	     struct refusal *refusal)
{
	int err;

	if (!msg) {
		memset(refusal, 0, sizeof(*refusal));
		refusal->error = ENOMEM;
		return -1;
	}
	err = netlink_ask(xfrm, msg, answer, arg, refusal);
	netlink_free_secret(msg);
	return err;
}

/* Copies: their numbers of 64 bits want an alignment that messages do not have. */
int xfrm_read_policy(const struct nlmsghdr *header, struct xfrm_policy_seen *seen)
{
	struct nlattr *attr;
	bool read = false;
	int left;

	memset(seen, 0, sizeof(*seen));
	if (header->nlmsg_len < NLMSG_HDRLEN + sizeof(seen->info))
		return -1;
	memcpy(&seen->info, nlmsg_data(header), sizeof(seen->info));
	nlmsg_for_each_attr(attr, (struct nlmsghdr *)header, sizeof(seen->info), left) {
		size_t size = nla_len(attr);

		if (nla_type(attr) == XFRMA_TMPL && size == sizeof(seen->tmpl)) {
			memcpy(&seen->tmpl, nla_data(attr), size);
			read = true;
		} else if (nla_type(attr) == XFRMA_IF_ID && size >= 4) {
			seen->if_id = nla_get_u32(attr);
		} else if (nla_type(attr) == XFRMA_POLICY_TYPE && size &&
			   *(uint8_t *)nla_data(attr) != XFRM_POLICY_TYPE_MAIN) {
			return -1;
		}
	}
	return read ? 0 : -1;
}

static int take_reqid(const struct nlmsghdr *header, void *arg)
{
	struct xfrm_policy_seen seen;

	if (!xfrm_read_policy(header, &seen) && seen.tmpl.mode == XFRM_MODE_TRANSPORT)
		*(uint32_t *)arg = seen.tmpl.reqid;
	return 0;
}

uint32_t xfrm_policy_reqid(struct netlink *xfrm, const struct xfrm_way *way)
{
	struct nl_msg *msg = xfrm_policy_id(XFRM_MSG_GETPOLICY, way);
	struct refusal refusal;
	uint32_t reqid = 0;

	return xfrm_ask(xfrm, msg, take_reqid, &reqid, &refusal) ? 0 : reqid;
}
