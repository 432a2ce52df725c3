// SPDX-License-Identifier: GPL-2.0
/* The clock, waiting, the log and the account of the world. */

#include "world.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>

#include "journal.h"
#include "loop.h"

#define LOG_SIZE (1 << 16)
#define WATCHES 64
/* So many turns in a moment are none that wait for anything. */
#define SPIN 2000

struct world world;
bool world_is_loud;

/* ---- addresses ---------------------------------------------------------------------- */

const uint8_t *world_address(const char *text)
{
	static uint8_t rooms[8][16];
	static unsigned int next;
	uint8_t *addr = rooms[next++ % 8];

	memset(addr, 0, 16);
	if (inet_pton(AF_INET6, text, addr) == 1)
		return addr;
	addr[10] = 0xff;
	addr[11] = 0xff;
	if (inet_pton(AF_INET, text, addr + 12) != 1)
		memset(addr, 0, 16);
	return addr;
}

bool world_same(const uint8_t a[16], const uint8_t b[16], int plen)
{
	for (int i = 0; i < plen; i++)
		if ((a[i / 8] ^ b[i / 8]) & (0x80 >> i % 8))
			return false;
	return true;
}

bool world_is_none(const uint8_t addr[16])
{
	static const uint8_t none[16];

	return !memcmp(addr, none, 16);
}

bool world_is_ipv4(const uint8_t addr[16])
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	return !memcmp(addr, mapped, 12);
}

/* ---- the log ------------------------------------------------------------------------- */

static char log_text[LOG_SIZE + 1];
static size_t log_used;

static ssize_t write_log(void *cookie, const char *text, size_t size)
{
	(void)cookie;
	if (world_is_loud)
		fwrite(text, 1, size, stderr);
	if (size > LOG_SIZE / 2)
		return size;
	if (log_used + size > LOG_SIZE) {
		memmove(log_text, log_text + LOG_SIZE / 2, log_used - LOG_SIZE / 2);
		log_used -= LOG_SIZE / 2;
	}
	memcpy(log_text + log_used, text, size);
	log_used += size;
	log_text[log_used] = '\0';
	return size;
}

FILE *world_log(void)
{
	static const cookie_io_functions_t functions = { .write = write_log };
	static FILE *file;

	if (!file) {
		file = fopencookie(NULL, "w", functions);
		setvbuf(file, NULL, _IOLBF, 1024);
	}
	return file;
}

bool world_said(const char *part)
{
	fflush(world_log());
	return strstr(log_text, part);
}

void world_forget_said(void)
{
	fflush(world_log());
	log_used = 0;
	log_text[0] = '\0';
}

void world_complain(const char *format, ...)
{
	va_list args;

	if (*world.complaint)
		return;
	va_start(args, format);
	vsnprintf(world.complaint, sizeof(world.complaint), format, args);
	va_end(args);
}

/* ---- the account ----------------------------------------------------------------------- */

void journal_write(const struct journal *entry)
{
	struct world_entry *to = &world.journal[world.journal_count++ % WORLD_ENTRIES];

	memset(to, 0, sizeof(*to));
	snprintf(to->event, sizeof(to->event), "%s", entry->event);
	snprintf(to->id, sizeof(to->id), "%s", entry->id ? entry->id : "");
	snprintf(to->cause, sizeof(to->cause), "%s", entry->cause ? entry->cause : "");
	if (entry->hoa)
		memcpy(to->hoa, entry->hoa, 16);
	if (entry->coa)
		memcpy(to->coa, entry->coa, 16);
	world.accused = strstr(to->cause, "the SA is for another's");
	if (entry->octets)
		to->octets = entry->octets[0];
	if (world_is_loud)
		fprintf(stderr, "\t[%s %s %s]\n", to->event, to->id, to->cause);
}

/* ---- waiting ----------------------------------------------------------------------------- */

struct watch {
	int fd; /* 0 for none */
	loop_ready *ready;
	void *arg;
};

struct loop {
	struct watch watches[WATCHES];
	uint64_t wake;
};

static struct loop *the_loop;
static uint64_t limit;

struct loop *loop_new(void)
{
	the_loop = calloc(1, sizeof(*the_loop));
	the_loop->wake = WORLD_NEVER;
	return the_loop;
}

void loop_free(struct loop *loop)
{
	the_loop = NULL;
	free(loop);
}

int loop_watch(struct loop *loop, int fd, loop_ready *ready, void *arg)
{
	for (int i = 0; i < WATCHES; i++)
		if (!loop->watches[i].fd) {
			loop->watches[i] = (struct watch){ .fd = fd, .ready = ready, .arg = arg };
			return 0;
		}
	world_complain("more than %d descriptors are watched", WATCHES);
	return -1;
}

void loop_unwatch(struct loop *loop, int fd)
{
	for (int i = 0; i < WATCHES; i++)
		if (loop->watches[i].fd == fd)
			loop->watches[i].fd = 0;
}

void loop_wake(struct loop *loop, uint64_t when)
{
	if (when < loop->wake)
		loop->wake = when;
}

uint64_t loop_now(void)
{
	return world.now;
}

static bool is_readable(int fd)
{
	return world_charon_is_readable(fd) || world_module_is_readable(fd) ||
	       world_host_is_readable(fd);
}

static bool has_news(const struct loop *loop)
{
	for (int i = 0; i < WATCHES; i++)
		if (loop->watches[i].fd && is_readable(loop->watches[i].fd))
			return true;
	return false;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static void let_time_pass(uint64_t until)
{
	uint64_t next = least(world_charon_next(), least(world_module_next(), world_states_next()));

	until = least(least(until, next), limit);
	if (until > world.now) {
		world.now = until;
		world.turns = 0;
	} else if (++world.turns == SPIN) {
		world_complain("the service does not wait");
	}
	world_charon_time();
	world_module_time();
	world_states_time();
}

/* As the real one: what is ready is called, or time passes until something is due. */
int loop_wait(struct loop *loop, struct fault *fault)
{
	uint64_t wake = loop->wake;

	(void)fault;
	loop->wake = WORLD_NEVER;
	if (!has_news(loop)) {
		let_time_pass(wake);
		return 0;
	}
	for (int i = 0; i < WATCHES; i++) {
		struct watch watch = loop->watches[i];

		if (watch.fd && is_readable(watch.fd))
			watch.ready(watch.arg);
	}
	if (++world.turns == SPIN)
		world_complain("there are always news");
	return 0;
}

void world_limit(uint64_t until)
{
	limit = until;
}

bool world_is_quiet(void)
{
	return *world.complaint ||
	       (!has_news(the_loop) && world.now >= limit && the_loop->wake > world.now);
}

/* Nobody is there to see it. */
void world_pass_alone(uint64_t ms)
{
	limit = world.now + ms;
	while (world.now < limit)
		let_time_pass(WORLD_NEVER);
}

/* ---- beginning and end -------------------------------------------------------------------- */

void world_begin(void)
{
	memset(&world, 0, sizeof(world));
	world.now = 1000000;
	world.ifindex = 2;
	world.spi = 0xc0000000;
	world_forget_said();
	world_charon_begin();
}

void world_end(void)
{
	world_charon_end();
	world_module_end();
	world_host_end();
}
