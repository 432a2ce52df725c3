// SPDX-License-Identifier: GPL-2.0
/* The states and policies of sa, to and from XFRM. */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/xfrm.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>

#include "fault.h"
#include "nl.h"
#include "sa.h"
#include "xfrm.h"

/* One way between the two, and its state. */
struct way {
	struct xfrm_way on;
	uint32_t spi;
	const char *name;
};

static void find_ways(const struct sa *sa, struct way ways[2])
{
	struct xfrm_way on[2];

	xfrm_find_ways(sa->hoa, sa->ha, sa->home_agent, on);
	ways[0] = (struct way){ .on = on[0], .spi = sa->spi_in, .name = "spi-in" };
	ways[1] = (struct way){ .on = on[1], .spi = sa->spi_out, .name = "spi-out" };
}

static void put_aead(struct nl_msg *msg, const struct sa_algorithm *algorithm)
{
	struct nlattr *attr = nla_reserve(msg, XFRMA_ALG_AEAD,
					  sizeof(struct xfrm_algo_aead) + algorithm->key_size);
	struct xfrm_algo_aead *algo = nla_data(attr);

	strcpy(algo->alg_name, algorithm->name);
	algo->alg_key_len = algorithm->key_size * 8;
	algo->alg_icv_len = algorithm->bits;
	memcpy(algo->alg_key, algorithm->key, algorithm->key_size);
}

static void put_enc(struct nl_msg *msg, const struct sa_algorithm *algorithm)
{
	struct nlattr *attr =
		nla_reserve(msg, XFRMA_ALG_CRYPT, sizeof(struct xfrm_algo) + algorithm->key_size);
	struct xfrm_algo *algo = nla_data(attr);

	strcpy(algo->alg_name, algorithm->name);
	algo->alg_key_len = algorithm->key_size * 8;
	memcpy(algo->alg_key, algorithm->key, algorithm->key_size);
}

static void put_auth(struct nl_msg *msg, const struct sa_algorithm *algorithm)
{
	struct nlattr *attr = nla_reserve(msg, XFRMA_ALG_AUTH_TRUNC,
					  sizeof(struct xfrm_algo_auth) + algorithm->key_size);
	struct xfrm_algo_auth *algo = nla_data(attr);

	strcpy(algo->alg_name, algorithm->name);
	algo->alg_key_len = algorithm->key_size * 8;
	algo->alg_trunc_len = algorithm->bits;
	memcpy(algo->alg_key, algorithm->key, algorithm->key_size);
}

static struct nl_msg *state_message(const struct sa *sa, const struct way *way)
{
	struct xfrm_usersa_info info = {
		.id.spi = htonl(way->spi),
		.id.proto = IPPROTO_ESP,
		.reqid = sa->reqid,
		.family = AF_INET6,
		.mode = XFRM_MODE_TRANSPORT,
		.replay_window = sa->replay_window,
	};
	struct nl_msg *msg;

	memcpy(&info.saddr, way->on.src, 16);
	memcpy(&info.id.daddr, way->on.dst, 16);
	xfrm_fill_selector(&info.sel, &way->on, 0);
	xfrm_fill_lifetime(&info.lft);
	msg = xfrm_message(XFRM_MSG_NEWSA, &info, sizeof(info));
	if (!msg)
		return NULL;
	if (sa->given & SA_BIT(SA_AEAD)) {
		put_aead(msg, &sa->aead);
	} else {
		put_enc(msg, &sa->enc);
		put_auth(msg, &sa->auth);
	}
	return msg;
}

static int refused(const char *what, const struct way *way, const struct refusal *refusal,
		   struct fault *fault)
{
	struct fault why;

	netlink_fault(refusal, NULL, &why);
	return fault_refused(fault, "%s: %s: %s", way->name, what, why.text);
}

static void unmake_state(struct netlink *xfrm, const struct way *way)
{
	struct refusal refusal;

	xfrm_ask(xfrm, xfrm_state_id(XFRM_MSG_DELSA, &way->on, way->spi), NULL, NULL, &refusal);
}

/* Make a state and a policy; what was made before a refusal is unmade. */
static int make_way(struct netlink *xfrm, const struct sa *sa, const struct way *way,
		    bool *made_policy, struct fault *fault)
{
	struct refusal refusal;
	struct nl_msg *policy;

	*made_policy = false;
	if (xfrm_ask(xfrm, state_message(sa, way), NULL, NULL, &refusal))
		return refused("state", way, &refusal, fault);
	policy = xfrm_policy(XFRM_MSG_NEWPOLICY, &way->on, sa->reqid);
	if (!xfrm_ask(xfrm, policy, NULL, NULL, &refusal)) {
		*made_policy = true;
		return 0;
	}
	if (refusal.error == EEXIST && xfrm_policy_reqid(xfrm, &way->on) == sa->reqid)
		return 0;
	refused("policy", way, &refusal, fault);
	unmake_state(xfrm, way);
	return -1;
}

int sa_add(const struct sa *sa, struct fault *fault)
{
	struct netlink xfrm;
	struct refusal refusal;
	struct way ways[2];
	bool made_policy[2];
	int err;

	if (netlink_open_xfrm(&xfrm, fault))
		return -1;
	find_ways(sa, ways);
	err = make_way(&xfrm, sa, &ways[0], &made_policy[0], fault);
	if (!err) {
		err = make_way(&xfrm, sa, &ways[1], &made_policy[1], fault);
		if (err) {
			unmake_state(&xfrm, &ways[0]);
			if (made_policy[0])
				xfrm_ask(&xfrm, xfrm_policy_id(XFRM_MSG_DELPOLICY, &ways[0].on),
					 NULL, NULL, &refusal);
		}
	}
	netlink_close(&xfrm);
	return err;
}

/* --- taking away ---------------------------------------------------------- */

struct found {
	const struct sa *sa;
	const struct way *ways;
	struct way *list;
	size_t count;
};

/* Remember the states of this SA, of this reqid if one is given. */
static int find_state(const struct sa_state *state, void *arg)
{
	struct found *found = arg;

	if ((found->sa->given & SA_BIT(SA_REQID)) && state->reqid != found->sa->reqid)
		return 0;
	for (size_t i = 0; i < 2; i++) {
		const struct way *way = &found->ways[i];
		struct way *more;

		if (memcmp(state->src, way->on.src, 16) || memcmp(state->dst, way->on.dst, 16))
			continue;
		more = realloc(found->list, (found->count + 1) * sizeof(*more));
		if (!more)
			return -1;
		found->list = more;
		more[found->count] = *way;
		more[found->count++].spi = state->spi;
	}
	return 0;
}

static int del_state(struct netlink *xfrm, const struct way *way, struct fault *fault)
{
	struct nl_msg *msg = xfrm_state_id(XFRM_MSG_DELSA, &way->on, way->spi);
	struct refusal refusal;

	if (!xfrm_ask(xfrm, msg, NULL, NULL, &refusal))
		return 0;
	if (refusal.error == ESRCH)
		return fault_refused(fault, "%s: there is no state of 0x%08x", way->name, way->spi);
	return refused("state", way, &refusal, fault);
}

/* All states between the two, and the policies. */
static int del_all(struct netlink *xfrm, const struct sa *sa, const struct way ways[2],
		   struct fault *fault)
{
	struct found found = { .sa = sa, .ways = ways };
	struct refusal refusal;
	int err = sa_each_state(xfrm, find_state, &found, fault);
	size_t policies = 0;

	for (size_t i = 0; i < found.count && !err; i++)
		err = del_state(xfrm, &found.list[i], fault);
	free(found.list);
	for (size_t i = 0; i < 2 && !err; i++) {
		err = xfrm_ask(xfrm, xfrm_policy_id(XFRM_MSG_DELPOLICY, &ways[i].on), NULL, NULL,
			       &refusal);
		policies += !err;
		if (err && refusal.error == ENOENT)
			err = 0;
		if (err)
			refused("policy", &ways[i], &refusal, fault);
	}
	if (!err && !found.count && !policies)
		err = fault_refused(fault, "there is no SA between the two");
	return err;
}

/* With SPIs, as after a new key exchange: only those states. */
int sa_del(const struct sa *sa, struct fault *fault)
{
	struct netlink xfrm;
	struct way ways[2];
	int err = 0;

	if (netlink_open_xfrm(&xfrm, fault))
		return -1;
	find_ways(sa, ways);
	if (sa->given & SA_BIT(SA_SPI_IN))
		err = del_state(&xfrm, &ways[0], fault);
	if (!err && (sa->given & SA_BIT(SA_SPI_OUT)))
		err = del_state(&xfrm, &ways[1], fault);
	if (!(sa->given & (SA_BIT(SA_SPI_IN) | SA_BIT(SA_SPI_OUT))))
		err = del_all(&xfrm, sa, ways, fault);
	netlink_close(&xfrm);
	return err;
}

/* --- reading -------------------------------------------------------------- */

struct each {
	int (*use)(const struct sa_state *state, void *arg);
	void *arg;
};

static void copy_name(char *name, const char *from, size_t size)
{
	snprintf(name, size, "%.*s", (int)size - 1, from);
}

static void read_algorithms(struct sa_state *state, const struct nlmsghdr *header)
{
	struct nlattr *attr;
	int left;

	nlmsg_for_each_attr(attr, (struct nlmsghdr *)header, sizeof(struct xfrm_usersa_info),
			    left) {
		const struct xfrm_algo_aead *aead = nla_data(attr);
		const struct xfrm_algo_auth *auth = nla_data(attr);
		const struct xfrm_algo *enc = nla_data(attr);
		size_t size = nla_len(attr);

		if (nla_type(attr) == XFRMA_ALG_AEAD && size >= sizeof(*aead)) {
			copy_name(state->aead, aead->alg_name, sizeof(state->aead));
			state->bits = aead->alg_icv_len;
		} else if (nla_type(attr) == XFRMA_ALG_CRYPT && size >= sizeof(*enc)) {
			copy_name(state->enc, enc->alg_name, sizeof(state->enc));
		} else if (nla_type(attr) == XFRMA_ALG_AUTH_TRUNC && size >= sizeof(*auth)) {
			copy_name(state->auth, auth->alg_name, sizeof(state->auth));
			state->bits = auth->alg_trunc_len;
		}
	}
}

/* A copy: its numbers of 64 bits want an alignment that messages do not have. */
static int read_state(const struct nlmsghdr *header, void *arg)
{
	const struct each *each = arg;
	struct sa_state state = { 0 };
	struct xfrm_usersa_info info;

	if (header->nlmsg_len < NLMSG_HDRLEN + sizeof(info))
		return 0;
	memcpy(&info, nlmsg_data(header), sizeof(info));
	if (info.family != AF_INET6 || info.mode != XFRM_MODE_TRANSPORT ||
	    info.id.proto != IPPROTO_ESP)
		return 0;
	memcpy(state.src, &info.saddr, 16);
	memcpy(state.dst, &info.id.daddr, 16);
	state.spi = ntohl(info.id.spi);
	state.reqid = info.reqid;
	state.replay_window = info.replay_window;
	state.packets = info.curlft.packets;
	state.octets = info.curlft.bytes;
	read_algorithms(&state, header);
	return each->use(&state, each->arg);
}

int sa_each_state(struct netlink *xfrm, int (*use)(const struct sa_state *state, void *arg),
		  void *arg, struct fault *fault)
{
	struct each each = { .use = use, .arg = arg };
	struct nl_msg *msg = nlmsg_alloc_simple(XFRM_MSG_GETSA, NLM_F_REQUEST | NLM_F_DUMP);
	struct refusal refusal;

	if (!xfrm_ask(xfrm, msg, read_state, &each, &refusal))
		return 0;
	if (!refusal.error)
		return fault_refused(fault, "no memory");
	return netlink_fault(&refusal, NULL, fault);
}
