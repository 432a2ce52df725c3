// SPDX-License-Identifier: GPL-2.0
/*
 * The resolver of the C library waits, so it does in a child, which tells of each
 * address as soon as it has it: when time is up, what was found so far is used.
 */

#include "find.h"

#include <arpa/nameser.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../fault.h"

#define SECONDS 20
#define NAME_MAX_LENGTH 253
/* All of them have to be known before the first one is. */
#define TARGETS_MAX 256
#define SERVICE "_mip6._ipv6."

enum said {
	SAID_FOUND = 1, /* an address, and the name of its host */
	SAID_END,       /* nothing more; a sentence when it is because of a fault */
};

/* What a child says, in pieces that a pipe does not cut. */
struct saying {
	uint32_t said;
	uint8_t addr[16];
	char text[512];
};

_Static_assert(sizeof(struct saying) <= 4096, "a pipe cuts what is longer than PIPE_BUF");

struct find {
	pid_t pid; /* of the child, 0 when it is gone */
	int fd;
	struct saying saying; /* the next one, as far as it has come */
	size_t used;
	struct finds finds;
	find_done *done; /* NULL when it was called */
	void *arg;
};

/* ---- in the child ------------------------------------------------------------------ */

struct child {
	int fd;
	struct finds told; /* addresses only */
	char why[512];     /* the last that went wrong */
};

/* Static, for a signal handler says it. */
static struct saying late = {
	.said = SAID_END,
	.text = "DNS takes longer than a home agent is waited for; can its servers be reached?",
};
static int late_fd;

static void say_late(int signal)
{
	(void)signal;
	_exit(write(late_fd, &late, sizeof(late)) != sizeof(late));
}

/* Nobody reads any more: nothing is left to do. */
static void tell(const struct child *child, const struct saying *saying)
{
	if (write(child->fd, saying, sizeof(*saying)) != sizeof(*saying))
		_exit(1);
}

__attribute__((format(printf, 2, 3))) static int fail(struct child *child, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(child->why, sizeof(child->why), format, args);
	va_end(args);
	return -1;
}

/* A home agent is on some other host. */
static bool is_usable(const struct sockaddr *address)
{
	const struct in6_addr *ipv6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
	uint32_t ipv4 = ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr);

	if (address->sa_family == AF_INET)
		return ipv4 >> 24 && ipv4 >> 24 != IN_LOOPBACKNET && ipv4 >> 28 < 0xe;
	return !IN6_IS_ADDR_UNSPECIFIED(ipv6) && !IN6_IS_ADDR_LOOPBACK(ipv6) &&
	       !IN6_IS_ADDR_MULTICAST(ipv6) && !IN6_IS_ADDR_LINKLOCAL(ipv6) &&
	       !IN6_IS_ADDR_V4MAPPED(ipv6);
}

static void copy_address(uint8_t addr[16], const struct sockaddr *address)
{
	static const uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff };

	memcpy(addr, mapped, 16);
	if (address->sa_family == AF_INET)
		memcpy(addr + 12, &((const struct sockaddr_in *)address)->sin_addr, 4);
	else
		memcpy(addr, &((const struct sockaddr_in6 *)address)->sin6_addr, 16);
}

static bool is_told(const struct finds *told, const uint8_t addr[16])
{
	for (size_t i = 0; i < told->count; i++)
		if (!memcmp(told->list[i].addr, addr, 16))
			return true;
	return false;
}

static void tell_address(struct child *child, const char *name, const struct sockaddr *address)
{
	struct saying saying = { .said = SAID_FOUND };

	copy_address(saying.addr, address);
	if (child->told.count == FOUND_MAX || is_told(&child->told, saying.addr))
		return;
	memcpy(child->told.list[child->told.count++].addr, saying.addr, 16);
	snprintf(saying.text, sizeof(saying.text), "%s", name);
	tell(child, &saying);
}

static int fail_host(struct child *child, const char *name, int err)
{
	switch (err) {
	case EAI_NONAME:
		return fail(child, "DNS has no name %s", name);
	case EAI_NODATA:
	case EAI_ADDRFAMILY:
		return fail(child, "DNS has no address for %s", name);
	case EAI_AGAIN:
	case EAI_FAIL:
		return fail(child, "no DNS server answers for %s; see /etc/resolv.conf", name);
	default:
		return fail(child, "cannot ask for the address of %s: %s", name,
			    err == EAI_SYSTEM ? strerror(errno) : gai_strerror(err));
	}
}

/* The addresses of a host, IPv6 ones first. */
static int find_host(struct child *child, const char *name)
{
	static const int families[] = { AF_INET6, AF_INET };
	/* One of each address, and whatever addresses we have: that changes. */
	struct addrinfo hints = { .ai_socktype = SOCK_DGRAM };
	struct addrinfo *all;
	bool any = false;
	int err = getaddrinfo(name, NULL, &hints, &all);

	if (err)
		return fail_host(child, name, err);
	for (size_t i = 0; i < 2; i++) {
		for (struct addrinfo *one = all; one; one = one->ai_next) {
			if (one->ai_family != families[i] || !is_usable(one->ai_addr))
				continue;
			any = true;
			tell_address(child, name, one->ai_addr);
		}
	}
	freeaddrinfo(all);
	return any ? 0 : fail(child, "%s has no address that a home agent could have", name);
}

static int fail_service(struct child *child, const char *question, int err)
{
	switch (err) {
	case HOST_NOT_FOUND:
	case NO_DATA:
		return fail(child, "DNS has no SRV record %s; is it the right domain?", question);
	case NO_RECOVERY:
		return fail(child, "the DNS server does not want to be asked for %s", question);
	default:
		return fail(child, "no DNS server answers for %s; see /etc/resolv.conf", question);
	}
}

/* How many targets are to be tried; in the order of the answer. */
static int ask_service(struct child *child, const char *domain, struct find_target *targets)
{
	static uint8_t answer[NS_MAXMSG];
	char question[NAME_MAX_LENGTH + 1];
	int count;
	int size;

	snprintf(question, sizeof(question), SERVICE "%s", domain);
	size = res_query(question, ns_c_in, ns_t_srv, answer, sizeof(answer));
	if (size < 0)
		return fail_service(child, question, h_errno);
	if ((size_t)size > sizeof(answer))
		size = sizeof(answer);
	count = find_targets(answer, size, targets, TARGETS_MAX);
	if (count < 0)
		return fail(child, "what DNS answers for %s is broken; who answers there?",
			    question);
	if (!count)
		return fail(child, "%s names no host; is it a good SRV record?", question);
	if (count == 1 && !strcmp(targets[0].name, "."))
		return fail(child, "%s has no home agents: its SRV record says so", domain);
	return count;
}

static uint32_t random_below(void *arg, uint32_t below)
{
	uint32_t number = 0;

	(void)arg;
	if (getrandom(&number, sizeof(number), 0) != sizeof(number))
		return 0;
	return (uint64_t)number * below >> 32;
}

/* What is named in DNS is named in full: no other domain is tried behind it. */
static int find_service(struct child *child, const char *domain)
{
	static struct find_target targets[TARGETS_MAX];
	int count;

	if (res_init())
		return fail(child, "cannot read /etc/resolv.conf: %s", strerror(errno));
	_res.options &= ~(RES_DEFNAMES | RES_DNSRCH);
	count = ask_service(child, domain, targets);
	if (count < 0)
		return -1;
	find_order(targets, count, random_below, NULL);
	for (int i = 0; i < count && child->told.count < FOUND_MAX; i++)
		if (strcmp(targets[i].name, "."))
			find_host(child, targets[i].name);
	return child->told.count ? 0 : -1;
}

/*
 * A child has what its parent has: signals that are blocked, sockets to the
 * kernel and to charon, which nobody else may keep open.
 */
static void leave_parent(int fd, pid_t parent)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	if (fd > 3)
		close_range(3, fd - 1, 0);
	close_range(fd < 3 ? 3 : fd + 1, ~0U, 0);
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	late_fd = fd;
	signal(SIGALRM, say_late);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	alarm(SECONDS);
}

static _Noreturn void be_child(int fd, pid_t parent, const char *what, bool service)
{
	struct saying end = { .said = SAID_END };
	struct child child = { .fd = fd };
	int err;

	leave_parent(fd, parent);
	err = service ? find_service(&child, what) : find_host(&child, what);
	if (err)
		snprintf(end.text, sizeof(end.text), "%s", child.why);
	tell(&child, &end);
	_exit(0);
}

/* ---- in the parent ----------------------------------------------------------------- */

static int check_what(const char *what, bool service, struct fault *fault)
{
	size_t max = NAME_MAX_LENGTH - (service ? strlen(SERVICE) : 0);
	size_t good = strspn(what, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "0123456789-_.:");

	if (!*what || what[good])
		return fault_wrong(fault, "'%s' is not a name that DNS could have", what);
	if (good > max)
		return fault_wrong(fault, "a name of %zu octets is too long for DNS; %zu it may be",
				   good, max);
	return 0;
}

static int start(struct find *find, const char *what, bool service, struct fault *fault)
{
	pid_t parent = getpid();
	int fds[2];

	if (pipe2(fds, O_CLOEXEC))
		return fault_refused(fault, "cannot make a pipe: %s", strerror(errno));
	find->pid = fork();
	if (!find->pid)
		be_child(fds[1], parent, what, service);
	close(fds[1]);
	if (find->pid < 0) {
		close(fds[0]);
		return fault_refused(fault, "cannot start a child that asks DNS: %s",
				     strerror(errno));
	}
	find->fd = fds[0];
	fcntl(find->fd, F_SETFL, O_NONBLOCK);
	return 0;
}

struct find *find_open(const char *what, bool service, find_done *done, void *arg,
		       struct fault *fault)
{
	struct find *find;

	if (check_what(what, service, fault))
		return NULL;
	find = calloc(1, sizeof(*find));
	if (!find) {
		fault_refused(fault, "no memory");
		return NULL;
	}
	find->done = done;
	find->arg = arg;
	if (start(find, what, service, fault)) {
		free(find);
		return NULL;
	}
	return find;
}

int find_fd(const struct find *find)
{
	return find->fd;
}

static void end_child(struct find *find)
{
	if (!find->pid)
		return;
	kill(find->pid, SIGKILL);
	while (waitpid(find->pid, NULL, 0) < 0 && errno == EINTR)
		;
	find->pid = 0;
}

/* The callee may close the find at once: what it is given is not in there. */
static void finish(struct find *find, const char *sentence)
{
	struct finds finds = find->finds;
	find_done *done = find->done;
	char why[sizeof(find->saying.text)];

	end_child(find);
	find->done = NULL;
	snprintf(why, sizeof(why), "%s", sentence);
	done(find->arg, &finds, finds.count ? NULL : why);
}

/* Text that can be shown; a name is one word and fits where it goes. */
static bool is_sound(const struct saying *saying)
{
	size_t size = saying->said == SAID_FOUND ? sizeof(((struct found *)0)->name) :
						   sizeof(saying->text);
	size_t length = strnlen(saying->text, size);

	if (length == size)
		return false;
	for (size_t i = 0; i < length; i++)
		if (saying->text[i] < ' ' || saying->text[i] == 0x7f)
			return false;
	return saying->said == SAID_FOUND || saying->said == SAID_END;
}

/* True when more is to come. */
static bool hear(struct find *find)
{
	const struct saying *saying = &find->saying;
	struct found *found = find->finds.list + find->finds.count;

	find->used = 0;
	if (!is_sound(saying) || (saying->said == SAID_FOUND && find->finds.count == FOUND_MAX)) {
		finish(find, "the child that asks DNS says what it should not");
		return false;
	}
	if (saying->said == SAID_END) {
		finish(find, *saying->text ? saying->text : "DNS has no address for it");
		return false;
	}
	memcpy(found->addr, saying->addr, sizeof(found->addr));
	memcpy(found->name, saying->text, strlen(saying->text) + 1);
	find->finds.count++;
	return true;
}

void find_ready(struct find *find)
{
	while (find->done) {
		ssize_t got = read(find->fd, (char *)&find->saying + find->used,
				   sizeof(find->saying) - find->used);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return;
		if (got <= 0) {
			finish(find, "the child that asks DNS has died");
			return;
		}
		find->used += got;
		if (find->used == sizeof(find->saying) && !hear(find))
			return;
	}
}

void find_close(struct find *find)
{
	if (!find)
		return;
	end_child(find);
	close(find->fd);
	free(find);
}
