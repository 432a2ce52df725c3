// SPDX-License-Identifier: GPL-2.0
/* A mobile node attaches, moves, is refused and leaves; nothing restarts. */

#include "roles.h"

#include <linux/dsmip.h>

static struct world_registration *registered(const char *hoa)
{
	struct world_registration *one = world_registration(world_address(hoa));

	return one && one->state == DSMIP_STATE_REGISTERED ? one : NULL;
}

/* All that a session has when it is up. */
static bool is_up(const char *hoa)
{
	struct world_ike *ike = world_ike_of(SESSION);
	struct world_child *child = ike ? world_child_of(ike) : NULL;
	const uint8_t *addr = world_address(hoa);

	return child && registered(hoa) && registered(hoa)->reqid == child->reqid &&
	       !memcmp(child->local, addr, 16) && world_has(WORLD_ADDRESS, addr) &&
	       world_has(WORLD_ROUTE, addr) &&
	       world_policy(addr, world_address(HA), false) == child->reqid;
}

static bool is_nothing_left(void)
{
	return !world.registrations && !count_policies() && !count_states() &&
	       !world_has(WORLD_ADDRESS, world_address(HOA1)) &&
	       !world_has(WORLD_ROUTE, world_address(HOA1));
}

static void it_attaches(void)
{
	struct world_ike *ike;

	begin_with(SESSION_LINES);
	ike = world_ike_of(SESSION);
	check(is_up(HOA1), "[3G-20] [BS-05] it authenticates, takes its address and registers it");
	check(ike && ike->cfg->tree && world.initiated == 2 && count_ikes() == 1,
	      "with one key exchange and one child");
	check(!world.replaced, "its connection is never replaced while SAs are up");
	pass(100000);
	check(is_up(HOA1) && world.initiated == 2 && world.renewed == 0, "and then it is at peace");
	finish("it attaches");
}

static void keys_change(void)
{
	unsigned int lines;

	begin_with(SESSION_LINES);
	lines = world.lines;
	world_ike_rekey(world_ike_of(SESSION));
	pass(100);
	check(is_up(HOA1) && world.lines == lines, "an IKE SA under a new number changes nothing");
	world_child_rekey(world_ike_of(SESSION), world_child_of(world_ike_of(SESSION)));
	pass(10000);
	check(is_up(HOA1) && world.lines == lines, "nor does a new SA under the same reqid");
	world_ike_rekey(world_ike_of(SESSION));
	world_child_rekey(world_ike_of(SESSION), world_child_of(world_ike_of(SESSION)));
	world.lose = 2;
	world_ike_rekey(world_ike_of(SESSION));
	world_child_rekey(world_ike_of(SESSION), world_child_of(world_ike_of(SESSION)));
	pass(100000);
	check(is_up(HOA1) && world.initiated == 2 && count_ikes() == 1,
	      "nor many changes of which some were missed");
	finish("keys change");
}

static void keys_are_lost(void)
{
	unsigned int initiated;

	begin_with(SESSION_LINES);
	world_ike_down(world_ike_of(SESSION));
	pass(3000);
	check(is_up(HOA1), "when the home agent ends the IKE SA, it authenticates anew");
	check(world.renewed == 1, "and tells the home agent again where it is");
	world_child_down(world_ike_of(SESSION), world_child_of(world_ike_of(SESSION)));
	pass(3000);
	check(is_up(HOA1) && count_ikes() == 1, "a child that ends is made again");
	memcpy(world.far.vip, world_address(HOA2), 16);
	world_ike_down(world_ike_of(SESSION));
	pass(3000);
	check(is_up(HOA2) && !registered(HOA1) && !world_has(WORLD_ADDRESS, world_address(HOA1)) &&
		      count_policies() == 1,
	      "[BS-05] another address takes the place of the former");
	initiated = world.initiated;
	world.far.silent = true;
	world.lose = 10;
	world_ike_down(world_ike_of(SESSION));
	world.lose = 0;
	pass(40000);
	check(is_up(HOA2) == false && registered(HOA2),
	      "while the home agent is silent the registration outlives the IKE SA");
	pass(150000);
	check(!world.registrations && !count_policies() && !count_states(), "but not for ever");
	check(world.initiated - initiated <= 3, "and it is not asked all the time");
	world.far.silent = false;
	pass(200000);
	check(is_up(HOA2), "it attaches when the home agent is back");
	finish("keys are lost");
}

static void authentication_fails(void)
{
	unsigned int initiated;

	begin_with(SESSION_DEVICE "session connection " SESSION " dev mn0 home-agent " HA "\n");
	world.far.refusing = true;
	world_ike_down(world_ike_of(SESSION));
	pass(10);
	initiated = world.initiated;
	pass(600000);
	check(world.initiated - initiated > 5 && world.initiated - initiated < 30,
	      "who is refused tries again, more and more seldom");
	check(world_said("EAP authentication failed"), "and says why");
	check(is_nothing_left(), "and the former registration has ended");
	world.far.refusing = false;
	pass(61000);
	check(is_up(HOA1), "a minute after it would be accepted it is");
	finish("authentication fails");
}

static void the_pool_is_empty(void)
{
	begin_with(SESSION_LINES);
	world.far.empty = true;
	world_ike_down(world_ike_of(SESSION));
	pass(30000);
	check(world_said("gave no IPv6 home address") && count_ikes() <= 1,
	      "an IKE SA without an address is ended, and it is said why");
	check(world.initiated < 20, "[BS-05] it is asked more and more seldom (%u)",
	      world.initiated);
	pass(600000);
	check(!world.registrations && !count_policies(),
	      "nothing is registered without an address");
	world.far.empty = false;
	pass(70000);
	check(is_up(HOA1), "until there is one");
	finish("the pool is empty");
}

static void the_child_is_refused(void)
{
	uint32_t unique;

	begin_with(SESSION_LINES);
	world.far.childless = true;
	world_child_down(world_ike_of(SESSION), world_child_of(world_ike_of(SESSION)));
	unique = world_ike_of(SESSION)->unique;
	pass(2000);
	check(world_ike_find(unique) && world_said("no SA for the signalling"),
	      "a child that is refused is asked for again under the same IKE SA");
	world.far.childless = false;
	pass(5000);
	check(is_up(HOA1) && world_ike_find(unique), "and made when it may be");
	world.far.childless = true;
	world_child_down(world_ike_of(SESSION), world_child_of(world_ike_of(SESSION)));
	pass(300000);
	check(!world_ike_find(unique), "in the end the IKE SA is given up and made anew");
	world.far.childless = false;
	pass(130000);
	check(is_up(HOA1) && count_ikes() == 1, "and then all is well");
	finish("the child is refused");
}

static void the_address_is_in_use(void)
{
	uint32_t unique;

	begin_with(SESSION_LINES);
	world.far.duplicates = 2;
	world_ike_down(world_ike_of(SESSION));
	pass(10);
	world_module_unload();
	world_module_load();
	pass(5000);
	unique = world_ike_of(SESSION) ? world_ike_of(SESSION)->unique : 0;
	check(is_up("2001:db8:100:1::9"),
	      "[BS-06] after two 134s the second address beside it is registered");
	check(unique == 2, "[BS-06] under the same IKE SA");
	check(!world_has(WORLD_ADDRESS, world_address(HOA1)) && count_policies() == 1,
	      "and those that were in use are gone");
	pass(100000);
	check(is_up("2001:db8:100:1::9"), "and that stays");
	world_ike_rekey(world_ike_of(SESSION));
	pass(100000);
	check(is_up("2001:db8:100:1::9") && count_ikes() == 1, "with new keys too");
	finish("the address is in use");
}

static void every_address_is_in_use(void)
{
	begin_with(SESSION_LINES);
	world.far.duplicates = 1000000;
	world_ike_down(world_ike_of(SESSION));
	pass(10);
	world_module_unload();
	world_module_load();
	pass(3600000);
	check(world_said("no home address is free"),
	      "[BS-06] after eight addresses it is said that none is free");
	check(world.initiated < 3000, "and nobody is asked all the time");
	world.far.duplicates = 0;
	pass(600000);
	check(world.registrations && world.registrations->state == DSMIP_STATE_REGISTERED,
	      "it registers when one is");
	finish("every address is in use");
}

static void it_is_not_known_yet(void)
{
	begin_with(SESSION_LINES);
	world_ike_down(world_ike_of(SESSION));
	world_module_unload();
	world_module_load();
	world.far.strangers = 3;
	pass(10000);
	check(is_up(HOA1), "who was refused with 129, for he was not known yet, tries again");
	world_module_unload();
	world_module_load();
	world.far.strangers = 1000000;
	pass(600000);
	check(world.renewed < 40, "more and more seldom");
	world.far.strangers = 0;
	pass(61000);
	check(is_up(HOA1), "until he is accepted");
	finish("it is not known yet");
}

static void it_leaves(void)
{
	begin_with(SESSION_LINES);
	served.service.leaving = true;
	pass(1);
	check(world_ike_of(SESSION) && world.registrations && world.registrations->stopping &&
		      !world.terminated,
	      "[3G-40] who leaves deregisters first, under the SA that he has");
	pass(500);
	check(has_left(&served.service) && world.terminated == 1, "then he ends the IKE SA");
	world_pass_alone(1000);
	check(is_nothing_left() && !count_ikes(), "[3G-40] and nothing is left");
	finish("it leaves");

	begin_with(SESSION_LINES);
	world.far.mute = true;
	served.service.leaving = true;
	pass(4000);
	check(!world.terminated, "[3G-40] an acknowledgment is waited for");
	pass(2000);
	check(has_left(&served.service) && world.terminated == 1, "but not for long");
	world_pass_alone(1000);
	check(!count_policies() && !count_states() && !count_ikes(),
	      "[3G-40] and then nothing is left either");
	finish("it leaves a home agent that is mute");

	begin_with(SESSION_LINES);
	restart();
	served.service.leaving = true;
	pass(6000);
	check(has_left(&served.service), "one who was just started can leave too");
	world_pass_alone(1000);
	check(is_nothing_left() && !count_ikes(), "[3G-40] and leaves nothing");
	finish("it leaves at once");

	begin_with(SESSION_LINES);
	world_charon_kill();
	pass(1000);
	served.service.leaving = true;
	pass(6000);
	check(has_left(&served.service) && is_nothing_left(), "and one without a charon");
	finish("it leaves without a charon");
}

/* charon does not stop to attach when nobody wants it any more. */
static void it_leaves_while_it_attaches(bool silent, const char *what)
{
	begin_with(SESSION_LINES);
	world.far.silent = true;
	world_ike_down(world_ike_of(SESSION));
	for (int ms = 0; ms < 10000 && !world.attempts; ms++)
		pass(1);
	check(world.attempts == 1 && !world_ike_of(SESSION), "%s: it attaches", what);
	world.far.silent = silent;
	served.service.leaving = true;
	pass(7000);
	check(has_left(&served.service), "%s: it leaves all the same", what);
	serve_no_more();
	world.far.silent = false;
	world_pass_alone(200000);
	check(is_nothing_left() && !count_ikes(), "[3G-40] %s: nothing comes afterwards", what);
	serve(the_conf);
	pass(5000);
	check(is_up(HOA1), "%s: and it can attach again", what);
	finish(what);
}

static void it_moves(const char *moves, bool keeps)
{
	char lines[512], story[64];
	uint32_t unique;

	snprintf(lines, sizeof(lines), "%s moves %s\n", SESSION_LINES, moves);
	lines[strlen(SESSION_LINES) - 1] = ' ';
	snprintf(story, sizeof(story), "it moves by %s", moves);
	begin_with(lines);
	world.far.keeps_keys = keeps;
	check(is_up(HOA1), "it is up with moves %s", moves);
	if (keeps) {
		world_ike_down(world_ike_of(SESSION));
		pass(3000);
	}
	unique = world_ike_of(SESSION)->unique;
	world_address_del("eth0", COA1);
	world_address_add("eth1", COA2);
	world_move(world_address(COA2));
	pass(3000);
	if (!strcmp(moves, "migrate") && !keeps)
		check(world.migrates == 1 && world_ike_of(SESSION)->unique == unique &&
			      !memcmp(world_ike_of(SESSION)->local, world_address(COA2), 16),
		      "[IP-14] [IP-12] with K the key exchange moves along");
	else if (!strcmp(moves, "mobike"))
		check(!world.migrates && !world.terminated, "[IP-17] charon moves it by itself");
	else
		check(!world_ike_find(unique) && world_ike_of(SESSION) && !world.migrates,
		      "[IP-14] without K there is a new one");
	finish(story);
}

static void it_is_found_by_name(void)
{
	struct world_cfg *cfg;

	begin_with(SESSION_DEVICE "session connection " SESSION
				  " dev mn0 home-agent ha.example.org\n");
	check(world.finds && !world.initiated,
	      "[BS-01] a home agent without an address is waited for");
	strcpy(world.dns[0], "2001:db8:f::5");
	strcpy(world.dns[1], HA);
	world.far.refusing = true;
	pass(10000);
	check(world.finds >= 3, "[BS-01] when all of them fail, it is asked again who there is");
	world.far.refusing = false;
	pass(60000);
	cfg = world.cfgs;
	while (cfg && strcmp(cfg->conn, SESSION))
		cfg = cfg->next;
	check(world_ike_of(SESSION) && cfg && tree_find(cfg->tree, "remote_addrs"),
	      "[BS-01] the connection gets the address that was found");
	check(registered(HOA1), "and the session is up");
	finish("it is found by name");
}

static void ipv4_comes_by_either_way(void)
{
	begin_with(SESSION_DEVICE "session connection " SESSION " dev mn0 home-agent " HA
				  " hoa4 binding\n");
	strcpy(world.far.hoa4, "10.100.0.9");
	world_ike_down(world_ike_of(SESSION));
	pass(3000);
	check(is_up(HOA1) && world_has(WORLD_ADDRESS, world_address("10.100.0.9")),
	      "[3G-04] an IPv4 address that the acknowledgment has is on the device");
	finish("IPv4 comes by the binding");

	begin_with(SESSION_DEVICE "session connection " SESSION " dev mn0 home-agent " HA
				  " hoa4 ike\n");
	memcpy(world.far.vip4, world_address("10.100.0.1"), 16);
	world_ike_down(world_ike_of(SESSION));
	pass(3000);
	check(is_up(HOA1) && world_has(WORLD_ADDRESS, world_address("10.100.0.1")),
	      "[3G-04] one that IKE assigned is on the device");
	finish("IPv4 comes by IKE");
}

static bool has_payload(void)
{
	struct world_ike *ike = world_ike_of(SESSION);

	for (struct world_child *child = ike ? ike->children : NULL; child; child = child->next)
		if (!strcmp(child->name, "payload"))
			return true;
	return false;
}

static void user_data_is_protected(void)
{
	begin_with(SESSION_DEVICE "session connection " SESSION " dev mn0 home-agent " HA
				  " payload yes\n");
	check(is_up(HOA1) && has_payload(), "[3G-23] an SA for user data follows the registration");
	pass(100000);
	check(world.initiated == 3, "and is made once");
	finish("user data is protected");
}

static void several_attach_at_a_time(void)
{
	begin_with("attempts 1\n" SESSION_DEVICE "session connection " SESSION
		   " dev mn0 home-agent " HA "\n"
		   "session connection " GATEWAY " dev mn0 home-agent " HA "\n");
	check(world.attempts_most == 1 && world_ike_of(SESSION) && world_ike_of(GATEWAY),
	      "no more attempts are made at a time than may be, and all come to an end");
	finish("several attach at a time");
}

static void the_module_refuses(void)
{
	begin_with(SESSION_LINES);
	world_ike_down(world_ike_of(SESSION));
	world_module_unload();
	pass(3000);
	check(!world.registrations, "without a module nothing is registered");
	world_module_load();
	pass(3000);
	check(is_up(HOA1), "and when it is back everything is");
	finish("the module refuses");
}

int main(void)
{
	it_attaches();
	keys_change();
	keys_are_lost();
	authentication_fails();
	the_pool_is_empty();
	the_child_is_refused();
	the_address_is_in_use();
	every_address_is_in_use();
	it_is_not_known_yet();
	it_leaves();
	it_leaves_while_it_attaches(false, "it leaves while it attaches");
	it_leaves_while_it_attaches(true, "it leaves before it is answered");
	it_moves("mobike", false);
	it_moves("migrate", false);
	it_moves("migrate", true);
	it_moves("none", false);
	it_is_found_by_name();
	ipv4_comes_by_either_way();
	user_data_is_protected();
	several_attach_at_a_time();
	the_module_refuses();
	return ktap_end();
}
