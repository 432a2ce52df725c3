// SPDX-License-Identifier: GPL-2.0
/*
 * Who restarts, in which order, and when: charon, the module, the service. What
 * shall be is reached all the same.
 */

#include "roles.h"

#include <linux/dsmip.h>

#define BOTH GATEWAY_LINES SESSION_LINES

static struct world_ike *ike_by_id(const char *id)
{
	struct world_ike *newest = NULL;

	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		if (!strcmp(ike->id, id) && !ike->end && (!newest || ike->unique > newest->unique))
			newest = ike;
	return newest;
}

static bool serves(const char *id, const char *hoa)
{
	const uint8_t *addr = world_address(hoa);
	struct world_ike *ike = ike_by_id(id);
	struct world_child *child = ike ? world_child_of(ike) : NULL;
	struct world_mobile *mobile = world_mobile(addr);

	return mobile && child && !strcmp(mobile->id, id) && mobile->spi == child->spi_in &&
	       mobile->reqid == child->reqid && world_may_bind(child->spi_in, addr);
}

static struct world_ike *attach(const char *id, const char *hoa)
{
	struct world_ike *ike = world_ike_up(GATEWAY, id, hoa, NULL);

	pass(10);
	world_child_up(ike, world_address(hoa));
	pass(10);
	return ike;
}

static void bind_it(const char *id, const char *hoa)
{
	struct world_child *child = world_child_of(ike_by_id(id));

	if (child)
		world_binding_update(child->spi_in, world_address(hoa), world_address(COA1), false);
	pass(10);
}

static bool is_bound(const char *hoa)
{
	struct world_mobile *mobile = world_mobile(world_address(hoa));

	return mobile && mobile->bound;
}

static bool is_registered(void)
{
	return world.registrations && world.registrations->state == DSMIP_STATE_REGISTERED &&
	       world_ike_of(SESSION) && world_has(WORLD_ADDRESS, world.registrations->hoa);
}

/* ---- the service ------------------------------------------------------------------------ */

static void the_service_restarts_in_peace(void)
{
	begin_with(GATEWAY_LINES);
	attach(ME, HOA1);
	bind_it(ME, HOA1);
	restart();
	pass(100);
	check(serves(ME, HOA1) && is_bound(HOA1), "a service that restarts changes no mobile");
	check(!world.terminated && !world.replaced, "nor any SA");
	pass(200000);
	check(serves(ME, HOA1) && is_bound(HOA1) && count_mobiles() == 1,
	      "and knows it as its own for ever");
	world_ike_down(ike_by_id(ME));
	pass(10000);
	check(!count_mobiles() && !count_policies() && !count_states() &&
		      is_journaled("session-stop", ME),
	      "to take it away when it goes");
	finish("the service restarts in peace");

	begin_with(SESSION_LINES);
	restart();
	pass(200000);
	check(is_registered() && world.initiated == 2 && !world.terminated && world.renewed <= 1,
	      "nor does a session notice that the service restarts");
	finish("the service restarts over a session");
}

/* Whatever it was doing. */
static void the_service_restarts_at_any_moment(void)
{
	for (int when = 0; when < 6; when++) {
		struct world_ike *ike;

		begin_with(GATEWAY_LINES);
		ike = world_ike_up(GATEWAY, ME, HOA1, NULL);
		if (when == 0)
			restart();
		pass(10);
		if (when == 1) {
			restart();
			pass(1000);
		}
		world_child_up(ike, world_address(HOA1));
		if (when == 2)
			restart();
		pass(10);
		if (when == 3)
			restart();
		bind_it(ME, HOA1);
		world_child_rekey(ike, world_child_of(ike));
		if (when == 4)
			restart();
		ike = world_ike_rekey(ike);
		if (when == 5)
			restart();
		pass(100000);
		check(serves(ME, HOA1) && is_bound(HOA1) && count_mobiles() == 1 &&
			      !world.terminated,
		      "[HR-07] a service that restarts at moment %d gets to the same", when);
		finish("the service restarts at any moment");
	}
}

static void the_session_is_begun_again_at_any_moment(void)
{
	for (int when = 0; when < 150; when += 5) {
		begin_with(SESSION_LINES);
		world_ike_down(world_ike_of(SESSION));
		pass(10);
		world_module_unload();
		world_module_load();
		pass(500 + when);
		restart();
		pass(100000);
		if (!is_registered() || count_ikes() != 1 || count_policies() != 1)
			check(false, "[3G-20] a session whose service restarts after %d ms is up",
			      when);
		serve_no_more();
		world_end();
		conf_free(the_conf);
	}
	check(true, "[3G-20] a session is up whenever its service restarts");
}

static void much_happens_while_it_is_away(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	ike = attach(ME, HOA1);
	bind_it(ME, HOA1);
	serve_no_more();
	world_child_rekey(ike, world_child_of(ike));
	ike = world_ike_rekey(ike);
	world_pass_alone(7000);
	serve(the_conf);
	pass(100);
	check(serves(ME, HOA1) && is_bound(HOA1),
	      "keys that changed while it was away are authorised");
	serve_no_more();
	world_ike_down(ike);
	serve(the_conf);
	pass(100);
	check(count_mobiles() == 1, "one who went while it was away is held for a while");
	pass(125000);
	check(!count_mobiles() && !count_policies() && !count_states(), "and then forgotten");
	ike = attach(ME, HOA1);
	bind_it(ME, HOA1);
	serve_no_more();
	world_ike_down(ike);
	world_ike_up(GATEWAY, OTHER, HOA1, NULL);
	serve(the_conf);
	pass(100);
	check(!is_bound(HOA1), "[IP-08] [BS-02] an address that went to another while it was away "
			       "is bound no more");
	world_child_up(ike_by_id(OTHER), world_address(HOA1));
	pass(100);
	check(serves(OTHER, HOA1) && !world.terminated, "[BS-02] but the other's");
	finish("much happens while it is away");
}

static void a_thief_comes_while_it_is_away(void)
{
	struct world_ike *thief;
	struct world_ike *owner;

	begin_with(GATEWAY_LINES);
	thief = attach(OTHER, HOA2);
	owner = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	serve_no_more();
	world_child_up(thief, world_address(HOA1));
	thief->guilty = true;
	world_child_up(owner, world_address(HOA1));
	serve(the_conf);
	pass(10);
	check(!ike_by_id(OTHER) || ike_by_id(OTHER)->unique != thief->unique,
	      "[IP-08] a theft while it was away is seen");
	pass(100000);
	check(serves(ME, HOA1), "[IP-08] and the owner has what is his");
	finish("a thief comes while it is away");
}

/* What the former service offered has another number than it has now. */
static void what_was_offered_before_is_taken(void)
{
	struct world_ike *one;
	struct world_ike *two;

	begin_with(GATEWAY_LINES);
	one = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	two = world_ike_up(GATEWAY, OTHER, HOA2, NULL);
	pass(10);
	serve_no_more();
	serve(the_conf);
	turn(&served);
	world_child_up(one, world_address(HOA1));
	world_child_up(two, world_address(HOA2));
	for (int i = 0; i < 4; i++) {
		pass(1000);
		if (!world_child_of(one))
			world_child_up(one, world_address(HOA1));
		if (!world_child_of(two))
			world_child_up(two, world_address(HOA2));
	}
	pass(100);
	check(serves(ME, HOA1) && serves(OTHER, HOA2) && !world.terminated,
	      "[BS-02] who takes what was offered before the service restarted is no thief");
	finish("what was offered before is taken");
}

static void it_restarts_after_a_134(const char *lines, const char *story)
{
	const char *const next = "2001:db8:100:1::8";
	struct world_ike *ike;

	begin_with(lines);
	ike = attach(ME, HOA1);
	world_binding_update(world_child_of(ike)->spi_in, world_address(HOA1), world_address(COA1),
			     true);
	pass(10);
	world_child_up(ike, world_address(next));
	pass(10);
	bind_it(ME, next);
	restart();
	pass(100000);
	check(serves(ME, next) && is_bound(next) && !world.terminated,
	      "[BS-06] %s: one with another address than IKE gave stays", story);
	serve_no_more();
	ike = ike_by_id(ME);
	world_child_rekey(ike, world_child_of(ike));
	world_ike_rekey(ike);
	world_pass_alone(6000);
	serve(the_conf);
	pass(100000);
	check(serves(ME, next) && !world.terminated, "[BS-06] %s: also with keys that changed",
	      story);
	finish(story);
}

static void a_session_restarts_after_a_134(void)
{
	uint8_t hoa[16];

	begin_with(SESSION_LINES);
	world.far.duplicates = 1;
	world_ike_down(world_ike_of(SESSION));
	world_module_unload();
	world_module_load();
	pass(5000);
	check(is_registered(), "a session is up after a 134");
	memcpy(hoa, world.registrations->hoa, 16);
	restart();
	pass(100000);
	check(is_registered() && !memcmp(hoa, world.registrations->hoa, 16) && !world.terminated,
	      "[BS-06] a session that has another address than IKE gave keeps it");
	check(count_states() == 2, "and has no more SAs than it wants");
	world_ike_down(world_ike_of(SESSION));
	pass(5000);
	check(is_registered() && !memcmp(world.far.vip, world.registrations->hoa, 16) &&
		      count_policies() == 1,
	      "[BS-05] until IKE gives one anew");
	finish("a session restarts after a 134");
}

static void a_prefix_is_known_again(void)
{
	begin_with("do device add name ha0 role home-agent addr " HA "\n"
		   "gateway connection " GATEWAY " dev ha0 prefix-length 64\n");
	attach(ME, HOA1);
	bind_it(ME, HOA1);
	restart();
	pass(100000);
	check(serves(ME, HOA1) && is_bound(HOA1) && !world.terminated && count_mobiles() == 1 &&
		      count_policies() == 1,
	      "the mobile of a /64, too, is known again");
	world_ike_down(ike_by_id(ME));
	pass(10000);
	check(!count_mobiles() && !count_policies() && !count_states(), "and taken away");
	attach(ME, HOA1);
	serve_no_more();
	world_ike_down(ike_by_id(ME));
	serve(the_conf);
	pass(130000);
	check(!count_mobiles() && !count_policies() && !count_states(),
	      "also when it went while the service was away");
	finish("a prefix is known again");
}

/* ---- charon --------------------------------------------------------------------------------- */

static void charon_hangs_up(void)
{
	unsigned int lines;

	begin_with(BOTH);
	attach(ME, HOA2);
	bind_it(ME, HOA2);
	lines = world.lines;
	world_charon_hang_up();
	pass(200000);
	check(serves(ME, HOA2) && is_bound(HOA2) && is_registered() && world.lines == lines,
	      "a connection to charon that breaks changes nothing");
	check(!world.terminated && count_ikes() == 2 && !world.replaced,
	      "nor is any SA made or ended");
	finish("charon hangs up");
}

static void charon_is_killed(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	attach(ME, HOA1);
	bind_it(ME, HOA1);
	world_charon_kill();
	pass(60000);
	check(is_bound(HOA1), "without charon a binding is held");
	world_charon_start();
	pass(5000);
	ike = world_ike_up(GATEWAY, ME, HOA1, NULL);
	check(ike, "one that is back has the connection");
	pass(100);
	world_child_up(ike, world_address(HOA1));
	pass(100);
	check(serves(ME, HOA1) && is_bound(HOA1), "who authenticates with it keeps his binding");
	check(count_states() == 2, "and what it left in XFRM is gone");
	world_charon_kill();
	world_pass_alone(10);
	pass(119000);
	check(is_bound(HOA1), "for a time");
	pass(5000);
	check(!count_mobiles() && !count_policies() && is_journaled("session-stop", ME),
	      "and then it is forgotten");
	world_charon_start();
	pass(5000);
	check(!count_states(), "and what was left in XFRM is swept away when charon is back");
	attach(ME, HOA1);
	check(serves(ME, HOA1), "to begin again");
	finish("charon is killed");
}

static void charon_is_killed_under_another(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	attach(ME, HOA1);
	bind_it(ME, HOA1);
	world_charon_kill();
	world_charon_start();
	pass(5000);
	ike = world_ike_up(GATEWAY, OTHER, HOA1, NULL);
	pass(100);
	check(!is_bound(HOA1),
	      "[IP-08] a pool that forgot gives an address to another: the binding ends");
	world_child_up(ike, world_address(HOA1));
	pass(100);
	check(serves(OTHER, HOA1) && count_states() == 2 && !world.terminated,
	      "[BS-02] and the other becomes the mobile");
	finish("charon is killed, and another comes");
}

static void charon_is_killed_under_a_session(void)
{
	begin_with(SESSION_LINES);
	world_charon_kill();
	pass(30000);
	check(world.registrations && world_has(WORLD_ADDRESS, world_address(HOA1)),
	      "a registration outlives a charon that is killed");
	world_charon_start();
	pass(5000);
	check(is_registered() && world.renewed == 1, "and is told again under new keys");
	check(count_states() == 2, "what the former left in XFRM is gone");
	memcpy(world.far.vip, world_address(HOA2), 16);
	world_charon_kill();
	world_charon_start();
	pass(5000);
	check(is_registered() && world_registration(world_address(HOA2)) &&
		      !world_has(WORLD_ADDRESS, world_address(HOA1)) && count_policies() == 1 &&
		      count_states() == 2,
	      "[BS-05] another address takes the place of the former");
	finish("charon is killed under a session");
}

/* ---- the module --------------------------------------------------------------------------------- */

static void the_module_is_reloaded(void)
{
	begin_with(BOTH);
	attach(ME, HOA2);
	bind_it(ME, HOA2);
	world_module_unload();
	pass(2000);
	world_module_load();
	pass(3000);
	check(serves(ME, HOA2), "[HR-07] a module that is loaded anew is told of the mobiles");
	check(is_registered(), "and of the registrations");
	bind_it(ME, HOA2);
	check(is_bound(HOA2) && !world.terminated && count_ikes() == 2, "the keys are the same");
	world_module_unload();
	pass(2000);
	world_ike_down(ike_by_id(ME));
	pass(10000);
	world_module_load();
	pass(5000);
	check(!count_mobiles() && count_policies() == 1 && count_states() == 2,
	      "who goes meanwhile is not put back");
	world_module_unload();
	pass(2000);
	world_ike_up(GATEWAY, ME, HOA2, NULL);
	pass(100);
	world_module_load();
	pass(5000);
	world_child_up(ike_by_id(ME), world_address(HOA2));
	pass(100);
	check(serves(ME, HOA2), "and who comes meanwhile has not long to wait");
	finish("the module is reloaded");
}

static void events_of_the_module_are_lost(void)
{
	struct world_ike *ike;

	begin_with(BOTH);
	attach(ME, HOA2);
	bind_it(ME, HOA2);
	world_module_overflow();
	pass(5000);
	check(serves(ME, HOA2) && is_bound(HOA2) && is_registered(),
	      "when events of the module are lost, what it has is read");
	check(!world.renewed && !world.terminated, "and left as it is");
	world_module_overflow();
	pass(10);
	ike = ike_by_id(ME);
	world_ike_down(ike);
	pass(400);
	pass(10000);
	check(!count_mobiles() && count_policies() == 1, "who went meanwhile is taken away");
	finish("events of the module are lost");
}

/* Nobody is held here, so that he ends before the module is heard again. */
static void a_session_ends_while_the_module_is_not_heard(void)
{
	begin_with("hold 0\nlinger 0\n" GATEWAY_LINES);
	attach(ME, HOA1);
	bind_it(ME, HOA1);
	world_module_overflow();
	world_charon_hang_up();
	pass(5000);
	check(serves(ME, HOA1) && count_policies() == 1,
	      "who is found to be there still has his policies again");
	bind_it(ME, HOA1);
	world_module_overflow();
	pass(10);
	world_ike_down(ike_by_id(ME));
	pass(10);
	world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(1000);
	world_child_up(ike_by_id(ME), world_address(HOA1));
	pass(10);
	check(serves(ME, HOA1) && is_bound(HOA1), "one who came anew meanwhile has his binding");
	pass(100000);
	check(serves(ME, HOA1) && is_bound(HOA1) && count_mobiles() == 1 && count_policies() == 1,
	      "which no end of what was before takes away");
	finish("a session ends while the module is not heard");
}

static void the_device_comes_late(void)
{
	begin_with(GATEWAY_LINES);
	world_module_unload();
	world.device_lost = true;
	world_module_load();
	pass(5000);
	check(world_said("there is no device ha0"), "a device that is not there is waited for");
	finish("the device comes late");
}

/* ---- what was left --------------------------------------------------------------------------------- */

static void what_nobody_owns_is_swept(void)
{
	struct fault fault;

	begin_with(BOTH);
	serve_no_more();
	policies_set(NULL, world_address("2001:db8:100:9::9"), world_address(HA), true, 70000,
		     &fault);
	policies_set(NULL, world_address("2001:db8:100:9::8"), world_address(HA), false, 70001,
		     &fault);
	policies_set(NULL, world_address("2001:db8:100:9::7"), world_address(HA), true, 7, &fault);
	world_state_add(world_address(HOA2), world_address(HA), 0xc9000001, 70002);
	world_state_add(world_address(HOA2), world_address(HA), 0xc9000002, 7);
	world_state_add(world_address(HOA2), world_address(HA), 0, 70003);
	serve(the_conf);
	pass(3000);
	check(!world_policy(world_address("2001:db8:100:9::9"), world_address(HA), true) &&
		      !world_policy(world_address("2001:db8:100:9::8"), world_address(HA), false) &&
		      !world_state(0xc9000001),
	      "policies and states with reqids of ours that nobody has are swept away");
	check(world_policy(world_address("2001:db8:100:9::7"), world_address(HA), true) == 7 &&
		      world_state(0xc9000002),
	      "those with other reqids are another's");
	check(is_registered(), "and the session is not touched");
	finish("what nobody owns is swept");
}

int main(void)
{
	the_service_restarts_in_peace();
	the_service_restarts_at_any_moment();
	the_session_is_begun_again_at_any_moment();
	much_happens_while_it_is_away();
	a_thief_comes_while_it_is_away();
	what_was_offered_before_is_taken();
	it_restarts_after_a_134(GATEWAY_LINES, "it restarts after a 134");
	it_restarts_after_a_134("do device add name ha0 role home-agent addr " HA "\n"
				"gateway connection " GATEWAY " dev ha0 prefix-length 64\n",
				"it restarts after a 134 in a /64");
	a_session_restarts_after_a_134();
	a_prefix_is_known_again();
	charon_hangs_up();
	charon_is_killed();
	charon_is_killed_under_another();
	charon_is_killed_under_a_session();
	the_module_is_reloaded();
	events_of_the_module_are_lost();
	a_session_ends_while_the_module_is_not_heard();
	the_device_comes_late();
	what_nobody_owns_is_swept();
	return ktap_end();
}
