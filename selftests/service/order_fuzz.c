// SPDX-License-Identifier: GPL-2.0
/*
 * Whatever happens, in whatever order: nobody is ever authorised under a stolen
 * SA, nobody is ended as a thief who is none, and when the world is left in peace
 * everything is as it shall be. The octets of the fuzzer say what happens.
 */

#include <sanitizer/allocator_interface.h>

#include <linux/dsmip.h>

#include "roles.h"

#define UES 4
#define STEPS_MAX 64
#define PEACE_STEPS 32
/* Those who get no SA begin anew in the end, as our own mobile node does. */
#define TRIES 8

struct ue {
	char id[16];
	uint8_t lease[16]; /* what the pool has for it */
	uint8_t hoa[16];   /* what it uses: the lease, or one beside it */
	bool on;           /* it wants to be attached */
	bool moved;        /* it was told 134 */
	int tries;         /* for an SA that it did not get */
	bool was_moved;    /* ever */
};

static struct ue ues[UES];
static struct conf *confs[8];
static struct conf *conf;
static bool running;

/* ---- what a mobile may do --------------------------------------------------------------- */

static struct world_ike *ike_of(const struct ue *ue)
{
	struct world_ike *newest = NULL;

	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		if (!ike->initiator && !ike->end && !strcmp(ike->id, ue->id) &&
		    (!newest || ike->unique > newest->unique))
			newest = ike;
	return newest;
}

static struct world_child *child_of(const struct ue *ue)
{
	const struct world_ike *ike = ike_of(ue);
	struct world_child *newest = NULL;

	for (struct world_child *child = ike ? ike->children : NULL; child; child = child->next)
		if (!child->end && !memcmp(child->remote, ue->hoa, 16) &&
		    (!newest || child->unique > newest->unique))
			newest = child;
	return newest;
}

/* A lease is in use until the last SA that has it is gone. */
static bool is_leased(const uint8_t addr[16], const struct ue *but)
{
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		if (!ike->initiator && !memcmp(ike->vip, addr, 16) && strcmp(ike->id, but->id))
			return true;
	return false;
}

static void attach(struct ue *ue)
{
	if (is_leased(ue->lease, ue))
		return;
	ue->on = true;
	if (!world_ike_vip(GATEWAY, ue->id, ue->lease))
		return;
	/* IKE gives it an address, and it takes it */
	memcpy(ue->hoa, ue->lease, 16);
	ue->moved = false;
}

static void want_child(struct ue *ue)
{
	struct world_ike *ike = ike_of(ue);

	if (!ike || child_of(ue) || !world_child_up(ike, ue->hoa))
		return;
	/* the next address is another's: he should have asked for one of his own */
	for (int i = 0; i < UES; i++)
		ike->guilty |= &ues[i] != ue && !memcmp(ues[i].lease, ue->hoa, 16);
}

/* Another's, or one that nobody has. */
static void steal(struct ue *ue, const uint8_t hoa[16])
{
	struct world_ike *ike = ike_of(ue);

	if (ike && memcmp(hoa, ue->hoa, 16) && memcmp(hoa, ue->lease, 16) &&
	    world_child_up(ike, hoa))
		ike->guilty = true;
}

static void update(struct ue *ue, unsigned int coa, bool duplicate)
{
	uint8_t addr[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 + coa % 3 };
	struct world_child *child = child_of(ue);
	bool accepted;

	if (!child)
		return;
	if (duplicate && !world_may_bind(child->spi_in, ue->hoa))
		return;
	accepted = world_binding_update(child->spi_in, ue->hoa, addr, duplicate);
	if (duplicate && !accepted) {
		ue->hoa[15]++;
		ue->moved = true;
		ue->was_moved = true;
	}
}

static void go(struct ue *ue)
{
	struct world_ike *ike;

	ue->on = false;
	while ((ike = ike_of(ue)))
		world_ike_down(ike);
}

/* Two who are away find that the pool has exchanged their addresses. */
static void exchange(struct ue *a, struct ue *b)
{
	uint8_t lease[16];

	if (is_leased(a->lease, b) || is_leased(b->lease, a) || ike_of(a) || ike_of(b))
		return;
	memcpy(lease, a->lease, 16);
	memcpy(a->lease, b->lease, 16);
	memcpy(b->lease, lease, 16);
}

/* ---- what must never be --------------------------------------------------------------------- */

static void expect(bool held, const char *what)
{
	if (held && !*world.complaint)
		return;
	fprintf(stderr, "%s\n", held ? world.complaint : what);
	abort();
}

/*
 * An SA of one for whom IKE has another home address is good for nothing, but
 * where a 134 was said.
 */
static void nobody_has_stolen(void)
{
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next) {
		bool moved = false;

		for (int i = 0; i < UES; i++)
			moved |= !strcmp(ues[i].id, ike->id) && ues[i].was_moved;
		for (struct world_child *child = ike->children; child; child = child->next) {
			struct world_mobile *mobile = world_mobile(child->remote);

			if (ike->initiator || !child->transport ||
			    !world_may_bind(child->spi_in, child->remote))
				continue;
			expect(!strcmp(mobile->id, ike->id), "[IP-08] an SA is good for another");
			if (!ike->guilty)
				continue;
			expect(world_same(child->remote, ike->vip, conf->gateways->plen) || moved,
			       "[IP-08] a stolen SA is good");
		}
	}
	expect(!world.inherited, "[IP-08] a binding is another's now");
}

static void let_pass(uint64_t ms)
{
	if (running)
		pass(ms);
	else
		world_pass_alone(ms);
	nobody_has_stolen();
}

/* Who knew of an address beside the one that was given may have forgotten. */
static void excuse_those_who_moved(void)
{
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		for (struct world_child *child = ike->children; child; child = child->next)
			ike->guilty |= child->transport && memcmp(child->remote, ike->vip, 16);
}

/* ---- what happens ------------------------------------------------------------------------------- */

static void stop(void)
{
	if (running)
		serve_no_more();
	running = false;
	excuse_those_who_moved();
}

static void start(void)
{
	if (!running)
		serve(conf);
	running = true;
}

static void to_keys(struct ue *ue, unsigned int what, unsigned int much)
{
	struct world_ike *ike = ike_of(ue);

	switch (what) {
	case 0:
		attach(ue);
		break;
	case 1:
		want_child(ue);
		break;
	case 2:
		world_child_rekey(ike, ike ? world_child_of(ike) : NULL);
		break;
	case 3:
		world_ike_rekey(ike);
		break;
	case 4:
		if (child_of(ue))
			world_child_down(ike, child_of(ue));
		break;
	case 5:
		world_ike_down(ike);
		break;
	case 6:
		steal(ue, ues[much % UES].lease);
		break;
	case 7:
		steal(ue, ues[much % UES].hoa);
		break;
	}
}

static void to_a_mobile(struct ue *ue, unsigned int what, unsigned int much)
{
	struct world_ike *ike = ike_of(ue);

	switch (what) {
	case 0:
		update(ue, much, false);
		break;
	case 1:
		update(ue, much, true);
		break;
	case 2:
		go(ue);
		break;
	case 3:
		exchange(ue, &ues[much % UES]);
		break;
	case 4:
		if (ike)
			ike->silent = much % 2;
		break;
	case 5:
		if (ike) {
			ike->busy = much % 2;
			excuse_those_who_moved();
		}
		break;
	case 6:
		if (world_mobile(ue->hoa))
			world_binding_expire(world_mobile(ue->hoa));
		break;
	case 7:
		/* it comes, gets what is its own, and is there */
		attach(ue);
		let_pass(5);
		want_child(ue);
		let_pass(5);
		update(ue, much, false);
		break;
	}
}

static void to_charon(unsigned int what, unsigned int much)
{
	switch (what) {
	case 0:
		world_charon_kill();
		break;
	case 1:
		if (!world.charon)
			world_charon_start();
		break;
	case 2:
		world_charon_hang_up();
		excuse_those_who_moved();
		break;
	case 3:
		world.lose = much % 8;
		break;
	case 4:
		world_events_swap(much % 4);
		break;
	case 5:
		world_events_lose();
		break;
	case 6:
		if (much % 2)
			world_swanctl_load(GATEWAY);
		else
			world_swanctl_unload(GATEWAY);
		break;
	case 7:
		world.refuse_load = much % 4;
		world.oldest_first = much & 4;
		break;
	}
}

static void to_the_rest(unsigned int what, unsigned int much)
{
	switch (what) {
	case 0:
		stop();
		start();
		break;
	case 1:
		stop();
		break;
	case 2:
		start();
		break;
	case 3:
		world_module_unload();
		excuse_those_who_moved();
		break;
	case 4:
		world_module_load();
		break;
	case 5:
		world_module_overflow();
		break;
	case 6:
		world.refuse_mobiles = much % 4;
		break;
	case 7:
		let_pass(much * 400);
		break;
	}
}

static void to_the_session(unsigned int what, unsigned int much)
{
	struct world_ike *ike = world_ike_of(SESSION);

	switch (what) {
	case 0:
		world.far.silent = much & 1;
		world.far.refusing = much & 2;
		world.far.childless = much & 4;
		world.far.empty = much & 8;
		world.far.mute = much & 16;
		break;
	case 1:
		world.far.duplicates = much % 12;
		world.far.strangers = much / 64;
		break;
	case 2:
		world.far.vip[15] = 0x80 + much % 4 * 16;
		break;
	case 3:
		if (ike)
			world_ike_down(ike);
		break;
	case 4:
		if (ike && world_child_of(ike))
			world_child_down(ike, world_child_of(ike));
		break;
	case 5:
		if (ike)
			world_ike_rekey(ike);
		break;
	case 6:
		if (ike)
			world_child_rekey(ike, world_child_of(ike));
		break;
	case 7:
		world_move(world_address(much % 2 ? COA1 : COA2));
		break;
	}
}

/* Three octets each: what, to whom, how much; and whether somebody looks at once. */
static void happen(const uint8_t octets[3])
{
	unsigned int what = octets[0] % 8;
	unsigned int kind = octets[0] / 8 % 8;
	struct ue *ue = &ues[octets[1] % UES];

	if (world_is_loud)
		fprintf(stderr, "%lu: %u.%u to %s, %u\n", (unsigned long)world.now, kind, what,
			ue->id, octets[2]);
	switch (kind) {
	case 0:
	case 1:
	case 2:
		to_keys(ue, what, octets[2]);
		break;
	case 3:
	case 4:
		to_a_mobile(ue, what, octets[2]);
		break;
	case 5:
		to_charon(what, octets[2]);
		break;
	case 6:
		to_the_rest(what, octets[2]);
		break;
	case 7:
		to_the_session(what, octets[2]);
		break;
	}
	if (octets[0] & 0x80)
		return;
	let_pass(octets[1] / 64 * 20);
}

/* ---- peace ------------------------------------------------------------------------------------------- */

static void make_peace(void)
{
	if (!world.charon)
		world_charon_start();
	if (!world.module)
		world_module_load();
	start();
	world.lose = 0;
	world.refuse_load = 0;
	world.refuse_mobiles = 0;
	world.far.silent = false;
	world.far.refusing = false;
	world.far.childless = false;
	world.far.empty = false;
	world.far.mute = false;
	world.far.duplicates = 0;
	world.far.strangers = 0;
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next) {
		ike->busy = false;
		ike->silent = false;
	}
	/* an address beside the lease may be another's in the end */
	for (int i = 0; i < UES; i++)
		if (conf->gateways->plen == 128 && ues[i].moved)
			while (ike_of(&ues[i]))
				world_ike_down(ike_of(&ues[i]));
}

static void end_old_ikes(const struct ue *ue)
{
	struct world_ike *next;
	struct world_ike *newest = ike_of(ue);

	for (struct world_ike *ike = world.ikes; ike; ike = next) {
		next = ike->next;
		if (ike != newest && !ike->initiator && !ike->end && !strcmp(ike->id, ue->id))
			world_ike_down(ike);
	}
}

static void be_good(struct ue *ue)
{
	if (!ue->on) {
		go(ue);
		return;
	}
	end_old_ikes(ue);
	if (child_of(ue)) {
		ue->tries = 0;
		update(ue, 0, false);
	} else if (!ike_of(ue)) {
		attach(ue);
	} else if (++ue->tries % TRIES) {
		want_child(ue);
	} else {
		world_ike_down(ike_of(ue));
	}
}

static void live_in_peace(int steps)
{
	for (int step = 0; step < steps; step++) {
		for (int i = 0; i < UES; i++)
			be_good(&ues[i]);
		let_pass(step % 2 ? 100 : 9900);
	}
}

/* ---- what shall be in the end ---------------------------------------------------------------------------- */

static bool is_session(void)
{
	return conf->sessions;
}

static bool is_served(const struct ue *ue)
{
	struct world_mobile *mobile = world_mobile(ue->hoa);
	struct world_child *child = child_of(ue);

	return mobile && child && !strcmp(mobile->id, ue->id) && mobile->reqid == child->reqid &&
	       mobile->spi == child->spi_in && mobile->bound &&
	       world_policy(ue->hoa, world_address(HA), true) == child->reqid;
}

static bool has_owner(uint32_t spi)
{
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		for (struct world_child *child = ike->children; child; child = child->next)
			if (child->spi_in == spi || child->spi_out == spi)
				return true;
	return false;
}

static void session_is_up(void)
{
	struct world_ike *ike = world_ike_of(SESSION);
	struct world_registration *one = world.registrations;
	struct world_child *child = ike ? world_child_of(ike) : NULL;
	int addresses = 0;

	expect(one && !one->next && one->state == DSMIP_STATE_REGISTERED, "it is not registered");
	expect(child && one && !memcmp(child->local, one->hoa, 16) && child->reqid == one->reqid,
	       "its SA is another");
	expect(one && world_policy(one->hoa, one->ha, false) == one->reqid, "it has no policies");
	expect(one && world_has(WORLD_ADDRESS, one->hoa) && world_has(WORLD_ROUTE, one->hoa),
	       "the host does not have its address");
	for (struct world_host_entry *e = world.entries; e; e = e->next)
		addresses += e->kind == WORLD_ADDRESS &&
			     e->ifindex == world_ifindex(conf->sessions->dev);
	expect(addresses == 1, "the host has more addresses of it");
}

static void all_is_well(void)
{
	int on = 0, mobiles = 0, policies = 0;

	for (int i = 0; i < UES; i++) {
		expect(!ues[i].on || is_served(&ues[i]), "[HR-07] a subscriber is not served");
		on += ues[i].on;
	}
	for (struct world_mobile *one = world.mobiles; one; one = one->next)
		mobiles++;
	expect(mobiles == on, "[3G-40] there is a mobile without a key exchange");
	for (struct world_policy *one = world.policies; one; one = one->next)
		policies++;
	expect(policies == on + is_session(), "there are policies without an owner");
	for (struct world_state *one = world.states; one; one = one->next)
		expect(!one->spi || has_owner(one->spi), "there are states without an owner");
	if (is_session())
		session_is_up();
	expect(world.attempts <= 1, "there are more attempts than sessions");
}

/* ---- the harness ----------------------------------------------------------------------------------------------- */

static void make_ues(void)
{
	bool wide = conf->gateways->plen < 128;

	memset(ues, 0, sizeof(ues));
	for (int i = 0; i < UES; i++) {
		snprintf(ues[i].id, sizeof(ues[i].id), "ue%d@example", i);
		memcpy(ues[i].lease, world_address(HOA1), 16);
		ues[i].lease[wide ? 7 : 15] += i;
		memcpy(ues[i].hoa, ues[i].lease, 16);
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	world_is_loud = getenv("LOUD");
	world_log();
	for (int i = 0; i < 8; i++) {
		char lines[1024];

		snprintf(lines, sizeof(lines),
			 "hold %d\nlinger %d\n"
			 "do device add name ha0 role home-agent addr " HA "\n"
			 "gateway connection " GATEWAY " dev ha0 prefix-length %d\n%s",
			 i & 4 ? 0 : 20, i & 4 ? 0 : 2, i & 1 ? 64 : 128,
			 i & 2 ? SESSION_LINES : "");
		confs[i] = make_conf(lines);
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t before;

	if (size < 4)
		return 0;
	conf = confs[data[0] % 8];
	data++;
	size--;
	if (size > STEPS_MAX * 3)
		size = STEPS_MAX * 3;
	world_begin();
	world_link_add("eth0");
	world_link_add("eth1");
	world_address_add("eth0", COA1);
	memcpy(world.far.vip, world_address("2001:db8:900:1::80"), 16);
	make_ues();
	world_charon_start();
	world_module_load();
	start();
	let_pass(1000);
	for (; size >= 3; size -= 3, data += 3)
		happen(data);
	if (world_is_loud)
		fprintf(stderr, "%lu: peace\n", (unsigned long)world.now);
	make_peace();
	live_in_peace(PEACE_STEPS);
	all_is_well();
	before = __sanitizer_get_current_allocated_bytes();
	live_in_peace(4);
	all_is_well();
	expect(__sanitizer_get_current_allocated_bytes() <= before, "it grows");
	serve_no_more();
	running = false;
	world_end();
	return 0;
}
