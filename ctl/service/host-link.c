// SPDX-License-Identifier: GPL-2.0
/* Links, and the addresses on them. */

#include "host.h"

#include <errno.h>
#include <string.h>

#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/msg.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/xfrmi.h>

#include "../fault.h"
#include "host-ask.h"

#define ADD (NLM_F_CREATE | NLM_F_EXCL)
/* The alias of the links that we made: who made one, the kernel does not keep. */
#define OURS "dsmipctl run"

/* ---- links ---------------------------------------------------------------------- */

int host_link_up(struct host *host, uint32_t ifindex, bool up, struct fault *fault)
{
	struct rtnl_link *which = rtnl_link_alloc();
	struct rtnl_link *change = rtnl_link_alloc();
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	char name[HOST_TEXT];
	int err = -1;

	if (which && change) {
		rtnl_link_set_ifindex(which, ifindex);
		if (up)
			rtnl_link_set_flags(change, IFF_UP);
		else
			rtnl_link_unset_flags(change, IFF_UP);
		err = rtnl_link_build_change_request(which, change, 0, &msg);
	}
	rtnl_link_put(which);
	rtnl_link_put(change);
	err = host_ask(host, err, msg, &refusal);
	/* What is gone is down. */
	if (!err || (!up && refusal.error == ENODEV))
		return 0;
	return host_refused(fault, &refusal, "%s cannot go %s", host_name(ifindex, name),
			    up ? "up" : "down");
}

static bool is_name(const char *name)
{
	return *name && strlen(name) < IFNAMSIZ;
}

/* What a link is; all zero when there is none. */
struct seen {
	uint32_t ifindex;
	uint32_t if_id; /* 0 for another kind */
	unsigned int flags;
	bool ours;
};

static void see_link(struct nl_object *object, void *arg)
{
	struct rtnl_link *link = (struct rtnl_link *)object;
	struct seen *seen = arg;
	const char *kind = rtnl_link_get_type(link);
	const char *alias = rtnl_link_get_ifalias(link);

	seen->ours = alias && !strcmp(alias, OURS);
	seen->ifindex = rtnl_link_get_ifindex(link);
	seen->flags = rtnl_link_get_flags(link);
	if (kind && !strcmp(kind, "xfrm"))
		rtnl_link_xfrmi_get_if_id(link, &seen->if_id);
}

static int take_link(const struct nlmsghdr *header, void *arg)
{
	struct nl_msg *msg = nlmsg_convert((struct nlmsghdr *)header);

	if (!msg)
		return -1;
	nlmsg_set_proto(msg, NETLINK_ROUTE);
	nl_msg_parse(msg, see_link, arg);
	nlmsg_free(msg);
	return 0;
}

/* By number, or by name when that is 0. */
static int find_link(struct host *host, uint32_t ifindex, const char *name, struct seen *seen,
		     struct fault *fault)
{
	struct nl_msg *msg = NULL;
	struct refusal refusal = { .error = ENOMEM };
	char text[HOST_TEXT];

	*seen = (struct seen){ 0 };
	/* libnl aborts when asked for neither. */
	if (!ifindex && !name)
		return 0;
	if (!rtnl_link_build_get_request(ifindex, name, &msg)) {
		/* The acknowledgment is the end of the answer. */
		nlmsg_hdr(msg)->nlmsg_flags |= NLM_F_REQUEST | NLM_F_ACK;
		netlink_ask(&host->ask, msg, take_link, seen, &refusal);
		nlmsg_free(msg);
	}
	if (!refusal.error || refusal.error == ENODEV)
		return 0;
	return host_refused(fault, &refusal, "link %s", name ? name : host_name(ifindex, text));
}

int host_link_flags(struct host *host, uint32_t ifindex, unsigned int *flags, struct fault *fault)
{
	struct seen seen;
	int err = find_link(host, ifindex, NULL, &seen, fault);

	*flags = seen.flags;
	return err;
}

bool host_has_carrier(struct host *host, uint32_t ifindex)
{
	unsigned int flags;
	struct fault fault;

	return ifindex && !host_link_flags(host, ifindex, &flags, &fault) && (flags & IFF_RUNNING);
}

static int add_xfrm_link(struct host *host, const char *name, uint32_t if_id, struct fault *fault)
{
	struct rtnl_link *link = rtnl_link_xfrmi_alloc();
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	int err = -1;

	if (link) {
		rtnl_link_set_name(link, name);
		rtnl_link_xfrmi_set_if_id(link, if_id);
		err = rtnl_link_build_add_request(link, ADD, &msg);
	}
	rtnl_link_put(link);
	if (!host_ask(host, err, msg, &refusal))
		return 0;
	if (refusal.error == EEXIST)
		return fault_refused(fault,
				     "link %s: another link has if_id %u: choose another, "
				     "or delete that link",
				     name, if_id);
	if (refusal.error == EOPNOTSUPP)
		return fault_refused(fault,
				     "link %s: the kernel has no xfrm links: "
				     "modprobe xfrm_interface",
				     name);
	return host_refused(fault, &refusal, "link %s", name);
}

/* A new link takes no alias. */
static int sign_link(struct host *host, const char *name, uint32_t ifindex, struct fault *fault)
{
	struct rtnl_link *which = rtnl_link_alloc();
	struct rtnl_link *change = rtnl_link_alloc();
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	int err = -1;

	if (which && change) {
		rtnl_link_set_ifindex(which, ifindex);
		err = rtnl_link_build_change_request(which, change, 0, &msg);
	}
	rtnl_link_put(which);
	rtnl_link_put(change);
	/* libnl forgets that one */
	if (!err && nla_put_string(msg, IFLA_IFALIAS, OURS)) {
		nlmsg_free(msg);
		err = -1;
	}
	if (!host_ask(host, err, msg, &refusal))
		return 0;
	return host_refused(fault, &refusal, "alias of link %s", name);
}

int host_xfrm_link(struct host *host, const char *name, uint32_t if_id, uint32_t *ifindex,
		   struct fault *fault)
{
	struct seen seen;

	if (!is_name(name))
		return fault_refused(fault, "'%s' is no name of a link: it is too %s", name,
				     *name ? "long" : "short");
	if (find_link(host, 0, name, &seen, fault))
		return -1;
	if (!seen.ifindex &&
	    (add_xfrm_link(host, name, if_id, fault) || find_link(host, 0, name, &seen, fault) ||
	     sign_link(host, name, seen.ifindex, fault)))
		return -1;
	if (!seen.if_id || seen.if_id != if_id)
		return fault_refused(fault,
				     "link %s is there and is no xfrm link of if_id %u: "
				     "choose another name, or delete it",
				     name, if_id);
	*ifindex = seen.ifindex;
	return host_link_up(host, seen.ifindex, true, fault);
}

int host_xfrm_link_del(struct host *host, const char *name, uint32_t if_id, struct fault *fault)
{
	struct rtnl_link *link;
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	struct seen seen;
	int err = -1;

	/* libnl would cut it, and another be found. */
	if (!is_name(name))
		return 0;
	if (find_link(host, 0, name, &seen, fault))
		return -1;
	if (!seen.ours || !seen.if_id || seen.if_id != if_id)
		return 0;
	link = rtnl_link_alloc();
	if (link) {
		rtnl_link_set_ifindex(link, seen.ifindex);
		err = rtnl_link_build_delete_request(link, &msg);
	}
	rtnl_link_put(link);
	if (!host_ask(host, err, msg, &refusal) || refusal.error == ENODEV)
		return 0;
	return host_refused(fault, &refusal, "link %s cannot be deleted", name);
}

/* ---- addresses ------------------------------------------------------------------- */

static struct rtnl_addr *make_address(uint32_t ifindex, const uint8_t addr[16], int plen)
{
	struct rtnl_addr *address = rtnl_addr_alloc();
	struct nl_addr *local = host_addr(addr, plen);

	if (address && local) {
		rtnl_addr_set_ifindex(address, ifindex);
		rtnl_addr_set_local(address, local);
		rtnl_addr_set_flags(address, IFA_F_NODAD);
	} else {
		rtnl_addr_put(address);
		address = NULL;
	}
	nl_addr_put(local);
	return address;
}

struct look {
	const uint8_t *addr;
	int plen; /* of what was found, or -1 */
};

static int see_plen(void *arg, const uint8_t addr[16], int plen)
{
	struct look *look = arg;

	if (!memcmp(addr, look->addr, 16))
		look->plen = plen;
	return 0;
}

/* IPv6 has an address once on an interface, whatever its prefix length is. */
static int is_the_same(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		       struct fault *fault)
{
	struct look look = { .addr = addr, .plen = -1 };
	char text[HOST_TEXT];
	char name[HOST_TEXT];

	if (host_each_address(host, ifindex, see_plen, &look, fault))
		return -1;
	if (look.plen < 0 || look.plen == plen || host_is_ipv4(addr))
		return 0;
	return fault_refused(fault, "address %s is on %s, but with /%d: delete it there",
			     host_text(addr, plen, text), host_name(ifindex, name), look.plen);
}

int host_address_add(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		     struct fault *fault)
{
	struct rtnl_addr *address;
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	char text[HOST_TEXT];
	char name[HOST_TEXT];
	int err = -1;

	if (host_check_plen(addr, plen, fault))
		return -1;
	address = make_address(ifindex, addr, plen);
	if (address)
		err = rtnl_addr_build_add_request(address, ADD, &msg);
	rtnl_addr_put(address);
	if (!host_ask(host, err, msg, &refusal))
		return 0;
	if (refusal.error == EEXIST)
		return is_the_same(host, ifindex, addr, plen, fault);
	return host_refused(fault, &refusal, "address %s on %s", host_text(addr, plen, text),
			    host_name(ifindex, name));
}

int host_address_del(struct host *host, uint32_t ifindex, const uint8_t addr[16], int plen,
		     struct fault *fault)
{
	struct rtnl_addr *address;
	struct nl_msg *msg = NULL;
	struct refusal refusal;
	char text[HOST_TEXT];
	char name[HOST_TEXT];
	int err = -1;

	if (host_check_plen(addr, plen, fault))
		return -1;
	address = make_address(ifindex, addr, plen);
	if (address)
		err = rtnl_addr_build_delete_request(address, 0, &msg);
	rtnl_addr_put(address);
	if (!host_ask(host, err, msg, &refusal) || refusal.error == EADDRNOTAVAIL ||
	    refusal.error == ENODEV)
		return 0;
	return host_refused(fault, &refusal, "address %s of %s", host_text(addr, plen, text),
			    host_name(ifindex, name));
}

/* ---- and what there is of them ----------------------------------------------------- */

static struct nl_msg *list_addresses(int family, uint32_t ifindex)
{
	struct ifaddrmsg body = { .ifa_family = family, .ifa_index = ifindex };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP);

	if (msg)
		nlmsg_append(msg, &body, sizeof(body), NLMSG_ALIGNTO);
	return msg;
}

struct use {
	int (*use)(void *arg, const uint8_t addr[16], int plen);
	void *arg;
	uint32_t ifindex;
	int answer;
};

static bool is_usable(unsigned int flags)
{
	return !(flags & IFA_F_DADFAILED) &&
	       (!(flags & IFA_F_TENTATIVE) || (flags & IFA_F_OPTIMISTIC));
}

static void use_address(struct nl_object *object, void *arg)
{
	struct rtnl_addr *address = (struct rtnl_addr *)object;
	struct nl_addr *local = rtnl_addr_get_local(address);
	struct use *use = arg;
	uint8_t addr[16];
	int plen;

	if ((uint32_t)rtnl_addr_get_ifindex(address) != use->ifindex ||
	    rtnl_addr_get_scope(address) != RT_SCOPE_UNIVERSE ||
	    !is_usable(rtnl_addr_get_flags(address)) || !host_take_addr(local, addr))
		return;
	plen = rtnl_addr_get_prefixlen(address);
	use->answer = use->use(use->arg, addr, host_is_ipv4(addr) ? plen + 96 : plen);
}

int host_each_address(struct host *host, uint32_t ifindex,
		      int (*use)(void *arg, const uint8_t addr[16], int plen), void *arg,
		      struct fault *fault)
{
	static const int families[] = { AF_INET6, AF_INET };
	struct use one = { .use = use, .arg = arg, .ifindex = ifindex };

	for (size_t f = 0; f < 2 && one.answer >= 0; f++) {
		struct host_list list;
		int err = host_read(host, list_addresses(families[f], ifindex), &list, fault);

		for (size_t i = 0; !err && i < list.count && one.answer >= 0; i++)
			nl_msg_parse(list.list[i], use_address, &one);
		host_list_free(&list);
		if (err)
			return err;
	}
	return one.answer < 0 ? one.answer : 0;
}
