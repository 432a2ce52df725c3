// SPDX-License-Identifier: GPL-2.0
/* dsmipctl run: between charon, the module and the host. */

#include "service.h"

#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <arpa/inet.h>

#include "ctl.h"
#include "fault.h"
#include "print.h"
#include "charon.h"
#include "conf.h"
#include "host.h"
#include "kernel.h"
#include "loop.h"
#include "policy.h"
#include "tree.h"
#include "words.h"

#define RETRY_MS 500
#define LIST_MS 30000
/* Soon after the first listing: those that were busy then. */
#define LIST_AGAIN_MS 2000
#define SETTLE_MS 50

struct run {
	struct service service;
	int signals;
	int lock;
	bool stop;
	uint64_t list_at;
	uint64_t charon_at; /* when to look for it again */
	uint64_t kernel_at;
	bool charon_missed; /* it was said that it is not there */
	bool kernel_missed;
	bool swept;
	bool began;       /* rules from a life before are gone */
	uint64_t host_at; /* look at the accesses then, 0 for nothing to look at */
};

static const char *const events[] = { "ike-updown",  "child-updown", "ike-rekey",
				      "child-rekey", "ike-update",   NULL };

void say(const char *who, const char *format, ...)
{
	va_list args;

	if (who)
		fprintf(stderr, "%s: ", who);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

uint32_t service_device(const char *dev)
{
	return if_nametoindex(dev);
}

/* ---- charon ---------------------------------------------------------------------- */

/* What our child does not say itself, it has from the file's child mh. */
static int fill_child(struct tree *child, const struct tree *template)
{
	const struct tree *one = template ? template->first : NULL;

	for (; one; one = one->next) {
		struct tree *copy;

		if (tree_find(child, one->key))
			continue;
		copy = tree_copy(one);
		if (!copy)
			return -1;
		*(child->last ? &child->last->next : &child->first) = copy;
		child->last = copy;
	}
	return 0;
}

static int add_children(struct tree *connection, const struct tree *children)
{
	struct tree *in = tree_find(connection, "children");
	struct tree *template = in ? tree_copy(tree_find(in, "mh")) : NULL;
	int err = 0;

	if (!in)
		in = tree_add_section(connection, "children");
	if (!in)
		return -1;
	tree_remove(in, "mh");
	for (const struct tree *one = children ? children->first : NULL; one && !err;
	     one = one->next) {
		struct tree *child = tree_copy(one);

		if (!child)
			return -1;
		*(in->last ? &in->last->next : &in->first) = child;
		in->last = child;
		err = fill_child(child, template);
	}
	tree_free(template);
	return err;
}

int service_load(struct service *service, const struct tree *connection,
		 const struct tree *children, struct fault *fault)
{
	struct tree *message = tree_new();
	struct tree *copy = tree_copy(connection);
	struct tree *answer = NULL;

	if (!message || !copy || add_children(copy, children)) {
		fault_refused(fault, "no memory");
		tree_free(copy);
	} else {
		message->first = copy;
		message->last = copy;
		answer = charon_ask(service->charon, "load-conn", message, fault);
	}
	tree_free(message);
	tree_free(answer);
	return answer ? 0 : -1;
}

static void probed(void *arg, const struct tree *message)
{
	sas_list(arg, message);
}

bool service_has_ike(struct service *service, uint32_t unique)
{
	struct tree *message = tree_new();
	struct sas sas = { 0 };
	struct fault fault;
	struct ike *ike;
	bool has;

	tree_add_text(message, "noblock", "yes");
	tree_add(message, "ike-id", "%u", unique);
	has = charon_stream(service->charon, "list-sas", message, "list-sa", probed, &sas, &fault);
	ike = sas_find(&sas, unique);
	has |= ike && ike->established;
	sas_forget(&sas, true);
	tree_free(message);
	return has;
}

void service_terminate(struct service *service, uint32_t ike)
{
	struct tree *message = tree_new();
	struct fault fault;

	if (!service->charon || !ike)
		return;
	tree_add(message, "ike-id", "%u", ike);
	tree_add_text(message, "timeout", "-1");
	tree_free(charon_ask(service->charon, "terminate", message, &fault));
	tree_free(message);
}

/* charon goes on when nobody waits any more. */
void service_give_up(struct service *service, const char *conn)
{
	struct tree *message = tree_new();
	struct fault fault;

	if (service->charon) {
		tree_add_text(message, "ike", conn);
		tree_add_text(message, "timeout", "-1");
		tree_free(charon_ask(service->charon, "terminate", message, &fault));
	}
	tree_free(message);
}

void service_end_child(struct service *service, struct child *child)
{
	struct tree *message = tree_new();
	struct fault fault;

	child->installed = false;
	tree_add(message, "child-id", "%u", child->unique);
	tree_add_text(message, "timeout", "-1");
	tree_free(charon_ask(service->charon, "terminate", message, &fault));
	tree_free(message);
}

/* Has charon a tunnel of that address? Then policies for it are charon's. */
static bool has_tunnel(const struct sas *sas, const uint8_t vip[16])
{
	for (struct ike *ike = sas->first; ike; ike = ike->next) {
		if (ike->gone || memcmp(ike->vip, vip, 16))
			continue;
		for (struct child *child = ike->children; child; child = child->next)
			if (!child->transport)
				return true;
	}
	return false;
}

void service_clear(struct service *service, const char *who, uint32_t reqid, const uint8_t hoa[16],
		   const uint8_t hoa4[16])
{
	static const uint8_t nowhere[16];
	struct policies *policies = service->policies;
	struct fault fault;
	size_t children = 0;
	uint32_t *spis;
	size_t count;

	for (struct ike *ike = service->sas.first; ike; ike = ike->next)
		for (struct child *child = ike->children; child; child = child->next)
			children++;
	spis = calloc(children + 1, 2 * sizeof(*spis));
	if (!spis)
		return;
	count = sas_spis(&service->sas, spis, 2 * children);
	if ((reqid && policies_purge(policies, reqid, spis, count, &fault)) ||
	    (!has_tunnel(&service->sas, hoa) &&
	     (policies_clear(policies, hoa, spis, count, &fault) ||
	      (memcmp(hoa4, nowhere, 16) && policies_clear(policies, hoa4, spis, count, &fault)))))
		say(who, "what is left over in XFRM: %s", fault.text);
	free(spis);
}

static void charon_spoke(void *arg, const char *name, const struct tree *message)
{
	struct service *service = arg;

	sas_event(&service->sas, name, message);
}

static void charon_lost(struct run *run, const char *why)
{
	struct service *service = &run->service;

	if (service->charon) {
		say(NULL, "charon is gone: %s", why);
		loop_unwatch(service->loop, charon_fd(service->charon));
		charon_close(service->charon);
		service->charon = NULL;
	}
	run->charon_at = loop_now() + RETRY_MS;
	sas_forget(&service->sas, true);
	gateway_charon_lost(service->gateways);
	session_charon_lost(service->sessions);
	epdg_charon_lost(service->epdgs);
}

static void charon_readable(void *arg)
{
	struct run *run = arg;
	struct fault fault;

	if (charon_ready(run->service.charon, &fault))
		charon_lost(run, fault.text);
}

static void listed(void *arg, const struct tree *message)
{
	struct service *service = arg;

	sas_list(&service->sas, message);
}

/* Those that are busy are passed over: one may wait for an AAA server for long. */
static void list(struct run *run)
{
	struct service *service = &run->service;
	struct tree *message = tree_new();
	struct fault fault;

	tree_add_text(message, "noblock", "yes");
	sas_list_begin(&service->sas);
	if (charon_stream(service->charon, "list-sas", message, "list-sa", listed, service, &fault))
		say(NULL, "charon does not list its SAs: %s", fault.text);
	else
		sas_list_end(&service->sas, true);
	service->listings++;
	tree_free(message);
	run->list_at = loop_now() + LIST_MS;
}

static void find_charon(struct run *run)
{
	struct service *service = &run->service;
	struct fault fault;

	if (service->charon || run->charon_at > loop_now())
		return;
	service->charon = charon_open(service->conf->vici, events, charon_spoke, service, &fault);
	if (!service->charon) {
		if (!run->charon_missed)
			say(NULL, "waiting for charon: %s", fault.text);
		run->charon_missed = true;
		run->charon_at = loop_now() + RETRY_MS;
		return;
	}
	say(NULL, "charon is there");
	run->charon_missed = false;
	run->swept = false;
	service->listings = 0;
	loop_watch(service->loop, charon_fd(service->charon), charon_readable, run);
	list(run);
	run->list_at = loop_now() + LIST_AGAIN_MS;
}

/* ---- the module --------------------------------------------------------------------- */

int service_do(struct service *service, const char *who, const struct words *words)
{
	char line[WORDS_SIZE];
	struct fault fault;

	if (!kernel_do(service->kernel, words, &fault))
		return 0;
	words_say(words, line, sizeof(line));
	say(who, "%s: %s", line, fault.text);
	return -1;
}

/* Lines that shall hold: that it is there already is what they want. */
static void do_lines(struct service *service)
{
	for (struct conf_line *line = service->conf->lines; line; line = line->next) {
		char text[WORDS_SIZE];
		struct fault fault;

		if (!kernel_do(service->kernel, &line->words, &fault) ||
		    kernel_error(service->kernel) == EEXIST)
			continue;
		words_say(&line->words, text, sizeof(text));
		say("do", "%s: %s", text, fault.text);
	}
}

/* Neighbour discovery has nothing to ask on the device: one neighbour for all. */
static void set_routes(struct service *service)
{
	static const uint8_t any_neighbour[16] = { 0xfe, 0x80, [15] = 1 };

	for (struct conf_route *one = service->conf->routes; one; one = one->next) {
		struct host_route route = { .ipv4 = one->ipv4, .plen = one->plen };
		struct fault fault;

		route.ifindex = service_device(one->dev);
		memcpy(route.dst, one->dst, 16);
		if (!one->ipv4)
			memcpy(route.via, any_neighbour, 16);
		if (!route.ifindex)
			continue;
		if (host_link_up(service->host, route.ifindex, true, &fault) ||
		    host_route_add(service->host, &route, &fault))
			say(one->dev, "route: %s", fault.text);
	}
}

static void module_spoke(void *arg, const struct spec_object *object, const struct attrs *attrs)
{
	struct service *service = arg;

	gateway_event(service->gateways, object, attrs);
	session_event(service->sessions, object, attrs);
}

static void kernel_lost(struct run *run, const char *why)
{
	struct service *service = &run->service;

	say(NULL, "%s", why);
	loop_unwatch(service->loop, kernel_fd(service->kernel));
	kernel_close(service->kernel);
	service->kernel = NULL;
	run->kernel_at = loop_now() + RETRY_MS;
	gateway_kernel_lost(service->gateways);
	session_kernel_lost(service->sessions);
}

static void kernel_readable(void *arg)
{
	struct run *run = arg;
	struct fault fault;

	if (kernel_ready(run->service.kernel, &fault))
		kernel_lost(run, fault.text);
}

static void find_kernel(struct run *run)
{
	struct service *service = &run->service;
	struct fault fault;

	if (service->kernel || run->kernel_at > loop_now())
		return;
	service->kernel = kernel_open(module_spoke, service, &fault);
	if (!service->kernel) {
		if (!run->kernel_missed)
			say(NULL, "waiting for the module: %s", fault.text);
		run->kernel_missed = true;
		run->kernel_at = loop_now() + RETRY_MS;
		return;
	}
	run->kernel_missed = false;
	run->swept = false;
	loop_watch(service->loop, kernel_fd(service->kernel), kernel_readable, run);
	do_lines(service);
	set_routes(service);
	if (!run->began && (host_flush_rules(service->host, SERVICE_SOURCES, &fault) ||
			    host_flush_rules(service->host, SERVICE_WAYS, &fault)))
		say(NULL, "rules from before: %s", fault.text);
	run->began = true;
	access_changed(service);
	gateway_kernel_came(service->gateways);
	session_kernel_came(service->sessions);
}

/* ---- what nobody owns ------------------------------------------------------------------ */

#define SWEEP_MAX 64

struct sweep {
	const struct service *service;
	bool home_agent;
	size_t pairs;
	uint8_t hoa[SWEEP_MAX][16];
	uint8_t ha[SWEEP_MAX][16];
	size_t reqids;
	uint32_t reqid[SWEEP_MAX];
};

static bool is_owned(const struct service *service, uint32_t reqid)
{
	return reqid < service->conf->reqid_first || reqid > service->conf->reqid_last ||
	       gateway_has(service->gateways, reqid) || session_has(service->sessions, reqid);
}

/* Which end is the home agent, policies do not tell. */
static bool is_policed(const struct service *service, uint32_t reqid, const uint8_t a[16],
		       const uint8_t b[16])
{
	return reqid < service->conf->reqid_first || reqid > service->conf->reqid_last ||
	       gateway_polices(service->gateways, reqid, a) ||
	       gateway_polices(service->gateways, reqid, b) ||
	       session_polices(service->sessions, reqid, a) ||
	       session_polices(service->sessions, reqid, b);
}

static int sweep_pair(void *arg, const uint8_t hoa[16], const uint8_t ha[16], uint32_t reqid)
{
	struct sweep *sweep = arg;

	if (is_policed(sweep->service, reqid, hoa, ha) || sweep->pairs == SWEEP_MAX)
		return 0;
	memcpy(sweep->hoa[sweep->pairs], hoa, 16);
	memcpy(sweep->ha[sweep->pairs++], ha, 16);
	return 0;
}

static int sweep_reqid(void *arg, uint32_t reqid)
{
	struct sweep *sweep = arg;

	if (!is_owned(sweep->service, reqid) && sweep->reqids < SWEEP_MAX)
		sweep->reqid[sweep->reqids++] = reqid;
	return 0;
}

/* Policies and states with reqids of ours that belong to nobody, some at a time. */
static int sweep_some(struct service *service, bool home_agent, bool *more, struct fault *fault)
{
	struct sweep sweep = { .service = service, .home_agent = home_agent };
	struct policies *policies = service->policies;

	if (policies_each(policies, home_agent, sweep_pair, &sweep, fault) ||
	    policies_each_reqid(policies, service->conf->reqid_first, service->conf->reqid_last,
				sweep_reqid, &sweep, fault))
		return -1;
	for (size_t i = 0; i < sweep.pairs; i++)
		if (policies_del(policies, sweep.hoa[i], sweep.ha[i], home_agent, fault))
			return -1;
	for (size_t i = 0; i < sweep.reqids; i++)
		if (policies_purge(policies, sweep.reqid[i], NULL, 0, fault))
			return -1;
	*more = sweep.pairs || sweep.reqids;
	return 0;
}

/* When both are there, everybody who is has been seen. */
static void sweep(struct run *run)
{
	struct fault fault;

	if (run->swept || !run->service.charon || !run->service.kernel || run->service.listings < 2)
		return;
	run->swept = true;
	for (int i = 0; i < 2; i++)
		for (bool more = true; more;)
			if (sweep_some(&run->service, i, &more, &fault)) {
				say(NULL, "cannot tidy up XFRM: %s", fault.text);
				return;
			}
}

/* ---- the host ------------------------------------------------------------------------------ */

static void host_readable(void *arg)
{
	struct run *run = arg;

	if (host_changed(run->service.host) && !run->host_at)
		run->host_at = loop_now() + SETTLE_MS;
}

static void look_at_host(struct run *run)
{
	if (!run->host_at)
		return;
	if (run->host_at > loop_now()) {
		loop_wake(run->service.loop, run->host_at);
		return;
	}
	run->host_at = 0;
	if (run->service.kernel)
		access_changed(&run->service);
}

/* ---- one turn -------------------------------------------------------------------------------- */

static void settle(struct service *service)
{
	struct ike *ike = service->sas.first;

	for (; ike; ike = ike->next) {
		if (!ike->dirty)
			continue;
		ike->dirty = false;
		gateway_ike(service->gateways, ike);
	}
	session_turn(service->sessions);
	epdg_turn(service->epdgs);
	gateway_turn(service->gateways);
	sas_forget(&service->sas, false);
}

static void turn(struct run *run)
{
	struct service *service = &run->service;
	uint64_t now = loop_now();

	find_kernel(run);
	find_charon(run);
	if (!service->kernel)
		loop_wake(service->loop, run->kernel_at);
	if (!service->charon)
		loop_wake(service->loop, run->charon_at);
	if (service->charon && charon_has_kept(service->charon))
		charon_readable(run);
	if (service->charon && run->list_at <= now)
		list(run);
	look_at_host(run);
	settle(service);
	sweep(run);
	if (service->charon && charon_is_lost(service->charon))
		charon_lost(run, "it did not answer");
	if (service->charon)
		loop_wake(service->loop, charon_has_kept(service->charon) ? 0 : run->list_at);
}

static void signalled(void *arg)
{
	struct run *run = arg;
	struct signalfd_siginfo info;

	if (read(run->signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGUSR1)
		run->service.leaving = true;
	else
		run->stop = true;
}

static bool has_left(const struct service *service)
{
	return service->leaving && session_all_left(service->sessions) &&
	       epdg_all_left(service->epdgs);
}

/* ---- beginning and end -------------------------------------------------------------------------- */

/* One service for a charon in a network namespace: a name that ends with its owner. */
static int take_lock(struct run *run, struct fault *fault)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int length = snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1, "dsmipctl run %.90s",
			      run->service.conf->vici);

	run->lock = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (run->lock >= 0 && !bind(run->lock, (struct sockaddr *)&name,
				    offsetof(struct sockaddr_un, sun_path) + 1 + length))
		return 0;
	if (errno == EADDRINUSE)
		return fault_refused(fault, "another dsmipctl run serves this charon already");
	return fault_refused(fault, "no lock: %s", strerror(errno));
}

static int take_signals(struct run *run, struct fault *fault)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	run->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (run->signals < 0 || loop_watch(run->service.loop, run->signals, signalled, run))
		return fault_refused(fault, "no signals: %s", strerror(errno));
	return 0;
}

/* The lists are made from behind, for each new one stands in front. */
static int make_gateways(struct service *service, const struct conf_gateway *conf)
{
	if (!conf)
		return 0;
	if (make_gateways(service, conf->next))
		return -1;
	service->gateways = gateway_new(service, conf, service->gateways);
	return service->gateways ? 0 : -1;
}

static int make_roles(struct service *service)
{
	for (struct conf_session *one = service->conf->sessions; one; one = one->next) {
		struct session *session = session_new(service, one, service->sessions);

		if (!session)
			return -1;
		service->sessions = session;
	}
	for (struct conf_epdg *one = service->conf->epdgs; one; one = one->next) {
		struct epdg *epdg = epdg_new(service, one, service->epdgs);

		if (!epdg)
			return -1;
		service->epdgs = epdg;
	}
	return make_gateways(service, service->conf->gateways);
}

static int begin(struct run *run, struct fault *fault)
{
	struct service *service = &run->service;

	service->loop = loop_new();
	if (!service->loop || make_roles(service))
		return fault_refused(fault, "no memory");
	if (take_lock(run, fault) || take_signals(run, fault))
		return -1;
	service->policies = policies_open(fault);
	service->host = service->policies ? host_open(fault) : NULL;
	if (!service->host)
		return -1;
	loop_watch(service->loop, host_fd(service->host), host_readable, run);
	return 0;
}

/* Everything in the module, in charon and on the host stays as it is. */
static void end(struct run *run)
{
	struct service *service = &run->service;

	session_free(service->sessions);
	epdg_free(service->epdgs);
	gateway_free(service->gateways);
	if (service->leaving && service->host)
		access_leave(service);
	access_free(service);
	charon_close(service->charon);
	kernel_close(service->kernel);
	policies_close(service->policies);
	host_close(service->host);
	sas_forget(&service->sas, true);
	loop_free(service->loop);
	if (run->signals >= 0)
		close(run->signals);
	if (run->lock >= 0)
		close(run->lock);
}

int ctl_service(const struct options *options, int argc, char **argv, struct fault *fault)
{
	struct run run = { .signals = -1, .lock = -1 };
	struct conf *conf;
	int err;

	(void)options;
	if (argc < 1 || argc > 2 ||
	    (argc == 2 && strcmp(argv[1], "leave") && strcmp(argv[1], "check")))
		return fault_wrong(fault, "expected run FILE [leave | check]");
	conf = conf_read(argv[0], fault);
	if (!conf)
		return -1;
	if (argc == 2 && !strcmp(argv[1], "check")) {
		conf_free(conf);
		return 0;
	}
	run.service.conf = conf;
	run.service.leaving = argc == 2;
	err = begin(&run, fault);
	while (!err && !run.stop) {
		turn(&run);
		if (has_left(&run.service))
			break;
		err = loop_wait(run.service.loop, fault);
	}
	end(&run);
	conf_free(conf);
	return err;
}
