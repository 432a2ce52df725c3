// SPDX-License-Identifier: GPL-2.0

#include "kernel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <linux/dsmip.h>
#include <linux/genetlink.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>

#include "device.h"
#include "fault.h"
#include "names.h"
#include "nl.h"
#include "print.h"
#include "request.h"
#include "words.h"

#define RECEIVE_BUFFER (16 << 20)

struct kernel {
	struct netlink ask;    /* questions and answers */
	struct netlink listen; /* events of the family, and of families */
	kernel_event *event;
	void *arg;
	int error;
};

/* The controller of all families tells when ours goes. */
static int join_families(struct netlink *netlink, struct fault *fault)
{
	int group = genl_ctrl_resolve_grp(netlink->sock, "nlctrl", "notify");
	int err = group < 0 ? group : nl_socket_add_membership(netlink->sock, group);

	return err < 0 ?
		       fault_refused(fault, "no events of netlink families: %s", nl_geterror(err)) :
		       0;
}

struct kernel *kernel_open(kernel_event *event, void *arg, struct fault *fault)
{
	struct kernel *kernel = calloc(1, sizeof(*kernel));
	int size = RECEIVE_BUFFER;

	if (!kernel) {
		fault_refused(fault, "no memory");
		return NULL;
	}
	kernel->event = event;
	kernel->arg = arg;
	if (netlink_open(&kernel->ask, fault) || netlink_open(&kernel->listen, fault) ||
	    netlink_join(&kernel->listen, fault) || join_families(&kernel->listen, fault)) {
		kernel_close(kernel);
		return NULL;
	}
	setsockopt(kernel_fd(kernel), SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	nl_socket_set_nonblocking(kernel->listen.sock);
	return kernel;
}

void kernel_close(struct kernel *kernel)
{
	if (!kernel)
		return;
	netlink_close(&kernel->ask);
	netlink_close(&kernel->listen);
	free(kernel);
}

int kernel_fd(const struct kernel *kernel)
{
	return nl_socket_get_fd(kernel->listen.sock);
}

int kernel_error(const struct kernel *kernel)
{
	return kernel->error;
}

static bool is_our_end(const struct nlmsghdr *header)
{
	const struct genlmsghdr *genl = nlmsg_data(header);
	const struct nlattr *name;

	if (header->nlmsg_type != GENL_ID_CTRL || genl->cmd != CTRL_CMD_DELFAMILY)
		return false;
	name = nlmsg_find_attr((struct nlmsghdr *)header, GENL_HDRLEN, CTRL_ATTR_FAMILY_NAME);
	return name && nla_len(name) == sizeof(DSMIP_FAMILY_NAME) &&
	       !memcmp(nla_data(name), DSMIP_FAMILY_NAME, sizeof(DSMIP_FAMILY_NAME));
}

static void hand_out(struct kernel *kernel, const struct nlmsghdr *header)
{
	const struct genlmsghdr *genl = nlmsg_data(header);
	const struct spec_object *object = genl->cmd ? spec_notifier(genl->cmd) : NULL;
	struct attrs attrs;

	if (!object)
		return;
	attrs_read(&attrs, object, header);
	kernel->event(kernel->arg, object, &attrs);
}

int kernel_ready(struct kernel *kernel, struct fault *fault)
{
	struct netlink *listen = &kernel->listen;

	for (;;) {
		struct nlmsghdr *header = (void *)listen->buffer;
		struct refusal refusal = { 0 };
		int left = netlink_receive(listen, &refusal);

		if (left < 0 && refusal.error == EAGAIN)
			return 0;
		if (left < 0)
			return netlink_fault(&refusal, NULL, fault);
		for (; nlmsg_ok(header, left); header = nlmsg_next(header, &left)) {
			if (header->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
				continue;
			if (is_our_end(header))
				return fault_refused(fault, "the dsmip module was unloaded");
			if (header->nlmsg_type == listen->family)
				hand_out(kernel, header);
		}
	}
}

int kernel_do(struct kernel *kernel, const struct words *words, struct fault *fault)
{
	struct refusal refusal;
	struct request request;
	struct nl_msg *msg;
	int err;

	kernel->error = EINVAL;
	if (words->full)
		return fault_refused(fault, "a line is too long");
	/* devices come and go while we wait */
	names_forget();
	if (request_read(&request, words->count, (char **)words->list, fault))
		return -1;
	msg = request_message(&request, kernel->ask.family, NLM_F_REQUEST | NLM_F_ACK, fault);
	if (!msg) {
		kernel->error = ENODEV;
		return -1;
	}
	err = netlink_ask(&kernel->ask, msg, NULL, NULL, &refusal);
	nlmsg_free(msg);
	kernel->error = err ? refusal.error : 0;
	return err ? netlink_fault(&refusal, request.object, fault) : 0;
}

struct each {
	const struct spec_object *object;
	void (*use)(void *arg, const struct spec_object *object, const struct attrs *attrs);
	void *arg;
};

static int use_one(const struct nlmsghdr *header, void *arg)
{
	const struct each *each = arg;
	struct attrs attrs;

	attrs_read(&attrs, each->object, header);
	each->use(each->arg, each->object, &attrs);
	return 0;
}

int kernel_each(struct kernel *kernel, const char *object, uint32_t ifindex,
		void (*use)(void *arg, const struct spec_object *object, const struct attrs *attrs),
		void *arg, struct fault *fault)
{
	struct each each = { .object = spec_object(object), .use = use, .arg = arg };
	struct nl_msg *msg = device_dump_message(&kernel->ask, each.object, ifindex, fault);
	struct refusal refusal;
	int err;

	if (!msg)
		return -1;
	err = netlink_ask(&kernel->ask, msg, use_one, &each, &refusal);
	nlmsg_free(msg);
	return err ? netlink_fault(&refusal, each.object, fault) : 0;
}

static const struct nlattr *find(const struct spec_object *object, const struct attrs *attrs,
				 const char *word)
{
	const struct spec_attr *attr = spec_attr(object, word);

	return attr ? attrs->by_id[attr->id] : NULL;
}

bool kernel_has(const struct spec_object *object, const struct attrs *attrs, const char *word)
{
	return find(object, attrs, word);
}

uint64_t kernel_number(const struct spec_object *object, const struct attrs *attrs,
		       const char *word)
{
	const struct nlattr *attr = find(object, attrs, word);

	return attr ? attrs_number(attr) : 0;
}

void kernel_address(const struct spec_object *object, const struct attrs *attrs, const char *word,
		    uint8_t addr[16])
{
	const struct nlattr *attr = find(object, attrs, word);

	memset(addr, 0, 16);
	if (!attr)
		return;
	if (nla_len(attr) == 16) {
		memcpy(addr, nla_data(attr), 16);
	} else if (nla_len(attr) == 4) {
		addr[10] = 0xff;
		addr[11] = 0xff;
		memcpy(addr + 12, nla_data(attr), 4);
	}
}

const char *kernel_text(const struct spec_object *object, const struct attrs *attrs,
			const char *word)
{
	const struct nlattr *attr = find(object, attrs, word);

	return attr ? nla_data(attr) : "";
}
