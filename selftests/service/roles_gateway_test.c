// SPDX-License-Identifier: GPL-2.0
/* Subscribers come, go, steal and change; nothing restarts. */

#include "roles.h"

/* A subscriber as he should be: authenticated, and then with his SA. */
static struct world_ike *attach(const char *id, const char *hoa)
{
	struct world_ike *ike = world_ike_up(GATEWAY, id, hoa, NULL);

	pass(10);
	if (ike)
		world_child_up(ike, world_address(hoa));
	pass(10);
	return ike;
}

static uint32_t spi_of(const struct world_ike *ike)
{
	struct world_child *child = ike ? world_child_of(ike) : NULL;

	return child ? child->spi_in : 0;
}

/* Is he the mobile with that home address, under the SA that he has now? */
static bool serves(const struct world_ike *ike, const char *id, const char *hoa)
{
	const uint8_t *addr = world_address(hoa);
	struct world_mobile *mobile = world_mobile(addr);
	struct world_child *child = ike ? world_child_of(ike) : NULL;

	return mobile && child && !strcmp(mobile->id, id) && mobile->spi == child->spi_in &&
	       mobile->reqid == child->reqid && world_may_bind(child->spi_in, addr) &&
	       world_policy(addr, world_address(HA), true) == child->reqid;
}

static bool binds(const struct world_ike *ike, const char *hoa, const char *coa)
{
	return world_binding_update(spi_of(ike), world_address(hoa), world_address(coa), false);
}

static void a_subscriber_comes_and_goes(void)
{
	const char *const story = "a subscriber comes and goes";
	const struct world_offer *offer;
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	check(!world_offer(GATEWAY, world_address(HOA1)),
	      "[IP-08] before anybody came charon offers no SA");
	ike = world_ike_up(GATEWAY, ME, HOA1, "10.100.0.1");
	pass(10);
	offer = world_offer(GATEWAY, world_address(HOA1));
	check(offer && !memcmp(offer->local, world_address(HA), 16),
	      "[IP-08] an SA is offered for the home address that was assigned");
	check(!count_mobiles(), "[HR-07] who has no SA yet is no mobile");
	world_child_up(ike, world_address(HOA1));
	pass(10);
	check(serves(ike, ME, HOA1),
	      "[BS-02] [HR-07] with his SA he is a mobile, by identity, address, reqid and SPI");
	check(!memcmp(world_mobile(world_address(HOA1))->hoa4, world_address("10.100.0.1"), 16),
	      "with his IPv4 home address");
	check(!world_offer(GATEWAY, world_address(HOA1)),
	      "[IP-08] and no second SA is offered for that address");
	check(binds(ike, HOA1, COA1), "[HR-07] his Binding Update is accepted");
	pass(10);
	check(is_journaled("session-start", ME), "his session begins in the account");
	world_ike_down(ike);
	pass(1000);
	check(world_mobile(world_address(HOA1)), "his binding lingers behind his IKE SA");
	pass(1500);
	check(!count_mobiles() && !count_policies() && !count_states(),
	      "[3G-40] and then nothing of him is left");
	check(is_journaled("session-stop", ME), "his session ends in the account");
	check(world.journal[(world.journal_count - 1) % WORLD_ENTRIES].octets == 1000,
	      "with the octets that the module counted to the end");
	finish(story);
}

static void one_without_an_address_is_no_mobile(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	ike = world_ike_up(GATEWAY, ME, NULL, "10.100.0.1");
	pass(100);
	check(!count_mobiles() && !world_offer(GATEWAY, world_address("::")),
	      "[BS-02] whom the pool had no IPv6 address for is no mobile");
	check(world_said("or the pool is empty"), "and it is said why");
	check(!world_child_up(ike, world_address(HOA1)), "[IP-08] nor can he have another's SA");
	check(world.terminated == 1 && !count_ikes(), "he is told so by the end of his IKE SA");
	finish("one without an address is no mobile");
}

static void keys_change(void)
{
	struct world_ike *ike;
	struct world_child *old;
	unsigned int lines;
	uint32_t before;

	begin_with(GATEWAY_LINES);
	ike = attach(ME, HOA1);
	binds(ike, HOA1, COA1);
	pass(10);
	lines = world.lines;
	ike = world_ike_rekey(ike);
	pass(100);
	check(serves(ike, ME, HOA1) && world.lines == lines,
	      "an IKE SA under a new number changes nothing");
	old = world_child_of(ike);
	before = old->spi_in;
	world_child_rekey(ike, old);
	pass(100);
	check(serves(ike, ME, HOA1), "[HR-07] a new SA is authorised when it is made");
	check(world_may_bind(before, world_address(HOA1)),
	      "and what is under way under the old one still comes in");
	check(world_mobile(world_address(HOA1))->bound, "the binding stays");
	pass(6000);
	check(!world_may_bind(before, world_address(HOA1)), "until that SA goes");
	pass(100000);
	check(serves(ike, ME, HOA1) && !world.terminated, "a listing changes nothing");
	ike = world_ike_rekey(ike);
	world_child_rekey(ike, world_child_of(ike));
	ike = world_ike_rekey(ike);
	world_child_rekey(ike, world_child_of(ike));
	pass(100);
	check(serves(ike, ME, HOA1) && !world.terminated, "nor does much at once");
	finish("keys change");
}

static void the_same_authenticates_anew(void)
{
	struct world_ike *old;
	struct world_ike *new;

	begin_with(GATEWAY_LINES);
	old = attach(ME, HOA1);
	binds(old, HOA1, COA1);
	pass(10);
	new = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	check(serves(old, ME, HOA1), "while the new SA is not there the old one is good");
	check(world_offer(GATEWAY, world_address(HOA1)), "and a new one is offered");
	world_child_up(new, world_address(HOA1));
	pass(10);
	check(serves(new, ME, HOA1), "[HR-07] then the new one is authorised");
	world_ike_down(old);
	pass(10000);
	check(serves(new, ME, HOA1), "and stays so when the old IKE SA ends");
	check(world_mobile(world_address(HOA1))->bound && !is_journaled("session-stop", ME),
	      "one who authenticates before he leaves keeps his binding");
	world_ike_down(new);
	pass(500);
	new = attach(ME, HOA1);
	check(serves(new, ME, HOA1) && world_mobile(world_address(HOA1))->bound,
	      "as does one who is back at once");
	pass(10000);
	check(serves(new, ME, HOA1) && !world.terminated, "and he stays");
	world_ike_down(new);
	pass(5000);
	check(!count_mobiles() && is_journaled("session-stop", ME),
	      "one who is late has none any more");
	new = attach(ME, HOA1);
	check(serves(new, ME, HOA1), "but may come again");
	finish("the same authenticates anew");
}

/* The new SA comes to nothing, and the old one goes on. */
static void a_new_beginning_is_given_up(void)
{
	struct world_ike *old;
	struct world_ike *new;

	begin_with(GATEWAY_LINES);
	old = attach(ME, HOA1);
	binds(old, HOA1, COA1);
	pass(10);
	new = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	world_ike_down(new);
	pass(100000);
	check(serves(old, ME, HOA1) && !world.terminated,
	      "when a new IKE SA is given up the old one is good again");
	check(world_mobile(world_address(HOA1)) && world_mobile(world_address(HOA1))->bound,
	      "and the binding has outlived that");
	finish("a new beginning is given up");
}

static void an_address_goes_to_another(void)
{
	struct world_ike *first;
	struct world_ike *second;

	begin_with(GATEWAY_LINES);
	first = attach(ME, HOA1);
	binds(first, HOA1, COA1);
	pass(10);
	world_ike_down(first);
	pass(10);
	second = attach(OTHER, HOA1);
	check(serves(second, OTHER, HOA1),
	      "[BS-02] an address that is assigned to another is another's at once");
	check(!world_mobile(world_address(HOA1))->bound && is_journaled("session-stop", ME),
	      "[IP-08] and the former's binding is gone");
	check(binds(second, HOA1, COA2), "the new one can bind it");
	pass(5000);
	check(serves(second, OTHER, HOA1) && world_mobile(world_address(HOA1))->bound,
	      "and what lingered of the former does him no harm");
	world.lose = 100;
	world_ike_down(second);
	world.lose = 0;
	first = attach(ME, HOA1);
	pass(90000);
	check(world_ike_of(GATEWAY) && !world.terminated,
	      "[BS-02] who gets the address of one whose end was missed is not refused");
	first = world_ike_of(GATEWAY);
	if (first && !world_child_of(first))
		world_child_up(first, world_address(HOA1));
	pass(100);
	check(serves(first, ME, HOA1), "but becomes the mobile");
	finish("an address goes to another");
}

static void a_thief_gets_nothing(void)
{
	struct world_ike *owner;
	struct world_ike *thief;
	struct world_child *stolen;
	uint32_t spi;

	begin_with(GATEWAY_LINES);
	thief = attach(OTHER, HOA2);
	owner = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	stolen = world_child_up(thief, world_address(HOA1));
	thief->guilty = true;
	check(stolen, "charon itself gives an SA to whoever asks for it");
	spi = stolen ? stolen->spi_in : 0;
	check(!world_may_bind(spi, world_address(HOA1)),
	      "[IP-08] [HR-07] a stolen SA is good for nothing before anybody has seen it");
	pass(10);
	check(!world_may_bind(spi, world_address(HOA1)), "[IP-08] [HR-07] nor afterwards");
	check(world.last_terminated == thief->unique && world.terminated == 1,
	      "the thief loses his IKE SA");
	check(is_journaled("refused", OTHER), "which is in the account");
	check(!world_state(spi), "what he stole is out of XFRM at once");
	check(world_offer(GATEWAY, world_address(HOA1)), "the owner's is still offered");
	pass(1000);
	world_child_up(owner, world_address(HOA1));
	pass(5000);
	check(serves(owner, ME, HOA1) && world.terminated == 1, "and his SA");
	check(!world_mobile(world_address(HOA2)), "[3G-40] nothing of the thief is left");
	thief = attach(OTHER, HOA2);
	check(serves(thief, OTHER, HOA2), "who may come again for what is his");
	check(!world_child_up(thief, world_address(HOA1)),
	      "[IP-08] while the owner has his SA charon has none to give");
	finish("a thief gets nothing");
}

/* The victim's new SA is waited for while the old one is in use. */
static void a_thief_of_one_who_authenticates_anew(void)
{
	struct world_ike *owner;
	struct world_ike *again;
	struct world_ike *thief;
	struct world_child *stolen;
	uint32_t spi;

	begin_with(GATEWAY_LINES);
	thief = attach(OTHER, HOA2);
	owner = attach(ME, HOA1);
	binds(owner, HOA1, COA1);
	pass(10);
	again = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	stolen = world_child_up(thief, world_address(HOA1));
	thief->guilty = true;
	thief->silent = true;
	check(stolen && !world_may_bind(stolen->spi_in, world_address(HOA1)),
	      "[IP-08] an SA stolen from one who authenticates anew is no good either");
	spi = stolen ? stolen->spi_out : 0;
	pass(1000);
	check(spi && !world_state(spi), "it is out of XFRM though the thief does not answer");
	check(world.terminated == 1 && world.last_terminated == 1, "only the thief is refused");
	check(serves(owner, ME, HOA1), "the owner's old SA stays good");
	world_child_up(again, world_address(HOA1));
	pass(10);
	world_ike_down(owner);
	pass(90000);
	check(serves(again, ME, HOA1) && world.terminated == 1,
	      "and his new one is authorised when he has it");
	finish("a thief of one who authenticates anew");
}

/* By an IKE SA that he has left behind. */
static void a_thief_has_two_hands(void)
{
	struct world_ike *old;
	struct world_ike *new;

	begin_with(GATEWAY_LINES);
	old = attach(OTHER, HOA2);
	new = attach(OTHER, HOA2);
	world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	check(world_child_up(old, world_address(HOA1)), "charon gives an SA to an old IKE SA too");
	old->guilty = true;
	pass(100);
	check(!world_ike_lives(old) && serves(new, OTHER, HOA2),
	      "[IP-08] the one that has stolen is ended, and the other is not");
	finish("a thief has two hands");
}

/* Both ask before anybody has looked. */
static void a_thief_and_the_owner_ask_at_once(void)
{
	struct world_ike *owner;
	struct world_ike *thief;

	begin_with(GATEWAY_LINES);
	thief = attach(OTHER, HOA2);
	owner = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	world_child_up(owner, world_address(HOA1));
	world_child_up(thief, world_address(HOA1));
	thief->guilty = true;
	pass(100);
	check(!world_ike_lives(thief) && serves(owner, ME, HOA1),
	      "[IP-08] the thief who asks behind the owner is ended, and the owner served");
	check(count_states() == 2, "and only the owner's SA is there");
	finish("a thief and the owner ask at once");
}

static void two_come_together(void)
{
	struct world_ike *one;
	struct world_ike *two;

	begin_with(GATEWAY_LINES);
	one = world_ike_up(GATEWAY, ME, HOA1, NULL);
	two = world_ike_up(GATEWAY, OTHER, HOA2, NULL);
	pass(10);
	check(world_offer(GATEWAY, world_address(HOA1)) &&
		      world_offer(GATEWAY, world_address(HOA2)),
	      "two that wait are offered an SA each");
	world_child_up(two, world_address(HOA2));
	pass(10);
	check(world_offer(GATEWAY, world_address(HOA1)), "one still is when the other has his");
	world_child_up(one, world_address(HOA1));
	pass(10);
	check(serves(one, ME, HOA1) && serves(two, OTHER, HOA2), "then both are mobiles");
	check(!world_may_bind(spi_of(one), world_address(HOA2)) &&
		      !world_may_bind(spi_of(two), world_address(HOA1)),
	      "[IP-08] [HR-07] and neither can register the other's home address");
	world_ike_down(two);
	pass(5000);
	check(serves(one, ME, HOA1) && count_mobiles() == 1, "the one stays when the other goes");
	finish("two come together");
}

static void an_address_is_in_use(const char *lines, const char *what)
{
	const char *const next = "2001:db8:100:1::8";
	struct world_ike *ike;
	uint32_t unique;

	begin_with(lines);
	ike = attach(ME, HOA1);
	unique = ike->unique;
	world_binding_update(spi_of(ike), world_address(HOA1), world_address(COA1), true);
	pass(10);
	check(world_offer(GATEWAY, world_address(next)),
	      "[BS-06] %s: after a 134 the address beside it is offered", what);
	check(serves(ike, ME, HOA1), "while the mobile is what it was");
	world_child_up(ike, world_address(next));
	pass(10);
	check(serves(ike, ME, next) && world_ike_find(unique),
	      "[BS-06] %s: under the same IKE SA it becomes the mobile's", what);
	check(!world_policy(world_address(HOA1), world_address(HA), true),
	      "and the policies of the former are gone");
	check(binds(ike, next, COA1), "[BS-06] %s: it can be bound", what);
	check(count_mobiles() == 1, "there is one mobile");
	pass(100000);
	check(serves(ike, ME, next) && !world.terminated, "[BS-06] %s: and stays so", what);
	world_child_rekey(ike, world_child_of(ike));
	ike = world_ike_rekey(ike);
	pass(90000);
	check(serves(ike, ME, next) && !world.terminated, "[BS-06] %s: with new keys too", what);
	world_ike_down(ike);
	pass(10000);
	check(!count_mobiles() && !count_policies() && !count_states(),
	      "[3G-40] %s: nothing is left at the end", what);
	finish(what);
}

/* The pool gives to a third what the one with a 134 was offered. */
static void what_is_offered_is_assigned_to_another(void)
{
	const char *const next = "2001:db8:100:1::8";
	struct world_ike *one;
	struct world_ike *two;

	begin_with(GATEWAY_LINES);
	one = attach(ME, HOA1);
	world_binding_update(spi_of(one), world_address(HOA1), world_address(COA1), true);
	pass(10);
	two = world_ike_up(GATEWAY, OTHER, next, NULL);
	pass(10);
	world_child_up(two, world_address(next));
	pass(10);
	check(serves(two, OTHER, next) && !world.terminated,
	      "[BS-02] [BS-06] whom the pool gives what was offered to another becomes the mobile");
	check(!world_offer(GATEWAY, world_address(next)), "[IP-08] and it is offered no more");
	check(world_offer(GATEWAY, world_address("2001:db8:100:1::9")),
	      "[BS-06] the other is offered the next");
	if (one)
		world_child_up(one, world_address("2001:db8:100:1::9"));
	pass(10);
	check(serves(one, ME, "2001:db8:100:1::9") && serves(two, OTHER, next), "and has it");
	finish("what is offered is assigned to another");
}

/* The owner of an address comes when one with a 134 has it already. */
static void what_was_taken_is_assigned_to_another(void)
{
	const char *const next = "2001:db8:100:1::8";
	struct world_ike *one;
	struct world_ike *two;

	begin_with(GATEWAY_LINES);
	one = attach(ME, HOA1);
	world_binding_update(spi_of(one), world_address(HOA1), world_address(COA1), true);
	pass(10);
	world_child_up(one, world_address(next));
	pass(10);
	two = world_ike_up(GATEWAY, OTHER, next, NULL);
	pass(10);
	world_child_up(two, world_address(next));
	pass(10);
	check(serves(one, ME, next) && !serves(two, OTHER, next),
	      "[BS-02] [BS-06] who comes first has an address that was taken after a 134");
	finish("what was taken is assigned to another");
}

/* The first address is free again, and he has not taken leave of the second. */
static void one_with_a_134_comes_anew(void)
{
	const char *const next = "2001:db8:100:1::8";
	struct world_ike *before;
	struct world_ike *now;

	begin_with(GATEWAY_LINES);
	check(world_link(world_ifindex("ha0"))->up, "a gateway's device is up");
	before = attach(ME, HOA1);
	world_binding_update(spi_of(before), world_address(HOA1), world_address(COA1), true);
	pass(10);
	world_child_up(before, world_address(next));
	pass(10);
	now = attach(ME, HOA1);
	check(serves(now, ME, HOA1),
	      "[BS-05] one who had a 134 comes anew to the address he is given");
	pass(40000);
	check(!world.terminated && !is_journaled("refused", ME),
	      "[IP-08] and is no thief of the one that he had");
	world_ike_down(before);
	pass(10000);
	check(serves(now, ME, HOA1) && count_mobiles() == 1 && count_policies() == 1,
	      "which goes when the former key exchange does");
	finish("one with a 134 comes anew");
}

static void the_keys_follow(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES "gateway connection " SESSION " dev ha1 moves migrate\n"
				 "do device add name ha1 role home-agent addr 2001:db8:f::2\n");
	ike = world_ike_up(SESSION, ME, HOA1, NULL);
	memcpy(ike->local, world_address("2001:db8:f::2"), 16);
	pass(10);
	world_child_up(ike, world_address(HOA1));
	pass(10);
	binds(ike, HOA1, COA1);
	pass(10);
	check(!world.migrates, "where the mobile attached no key exchange is to be moved");
	binds(ike, HOA1, COA2);
	pass(10);
	check(world.migrates == 1 && !memcmp(ike->remote, world_address(COA2), 16),
	      "[IP-14] the key exchange moves along with the mobile");
	check(is_journaled("handover", ME), "the handover is in the account");
	memcpy(ike->remote, world_address(COA1), 16);
	pass(35000);
	check(!memcmp(ike->remote, world_address(COA2), 16),
	      "[IP-12] one that went back is moved again, when a listing shows it");
	finish("the keys follow");
}

/* What is said no to is asked for again. */
static void the_others_are_unwilling(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	world.refuse_load = 2;
	ike = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	check(!world_child_up(ike, world_address(HOA1)),
	      "while charon does not take the child there is none");
	pass(2500);
	check(world_child_up(ike, world_address(HOA1)), "it is told again");
	world.refuse_mobiles = 2;
	pass(10);
	check(!count_mobiles(), "while the module does not take the mobile there is none");
	pass(2500);
	check(serves(ike, ME, HOA1), "it is told again");
	world_child_rekey(ike, world_child_of(ike));
	world.refuse_mobiles = 2;
	pass(2500);
	check(serves(ike, ME, HOA1), "a change too");
	finish("the others are unwilling");
}

static void swanctl_loads_its_files(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	ike = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(10);
	world_swanctl_load(GATEWAY);
	check(!world_child_up(ike, world_address(HOA1)), "swanctl loads a file without our child");
	pass(5000);
	check(world_child_up(ike, world_address(HOA1)), "within seconds it is there again");
	pass(10);
	world_swanctl_unload(GATEWAY);
	pass(5000);
	check(world_ike_up(GATEWAY, OTHER, HOA2, NULL),
	      "a connection that was unloaded is loaded again");
	finish("swanctl loads its files");
}

static void events_are_missed(void)
{
	struct world_ike *one;
	struct world_ike *two;

	begin_with(GATEWAY_LINES);
	world.lose = 1;
	one = world_ike_up(GATEWAY, ME, HOA1, NULL);
	pass(35000);
	check(world_child_up(one, world_address(HOA1)),
	      "a listing finds an IKE SA whose beginning was missed");
	pass(10);
	check(serves(one, ME, HOA1), "and he becomes a mobile");
	two = world_ike_up(GATEWAY, OTHER, HOA2, NULL);
	pass(10);
	world.lose = 1;
	world_child_up(two, world_address(HOA2));
	pass(35000);
	check(serves(two, OTHER, HOA2), "a listing finds a child whose beginning was missed");
	world.lose = 2;
	one = world_ike_rekey(one);
	world_child_rekey(one, world_child_of(one));
	pass(35000);
	check(serves(one, ME, HOA1) && !world.terminated,
	      "a listing finds keys whose change was missed");
	world.lose = 2;
	world_ike_down(two);
	pass(65000 + 5000);
	check(!world_mobile(world_address(HOA2)) && serves(one, ME, HOA1),
	      "two listings find an end that was missed");
	world.lose = 0;
	one->busy = true;
	pass(31000);
	check(serves(one, ME, HOA1), "one that a listing passes over once stays");
	finish("events are missed");
}

static void events_overtake(void)
{
	struct world_ike *ike;

	begin_with(GATEWAY_LINES);
	ike = attach(ME, HOA1);
	world_child_rekey(ike, world_child_of(ike));
	ike = world_ike_rekey(ike);
	world_events_swap(0);
	pass(65000);
	check(serves(ike, ME, HOA1) && !world.terminated,
	      "the end of an IKE SA that overtakes its child's change does no harm");
	world_ike_down(ike);
	world_events_swap(0);
	pass(90000);
	check(!count_mobiles() && !count_states(), "nor does an end that a child's end overtakes");
	finish("events overtake");
}

int main(void)
{
	static const char wide[] = "do device add name ha0 role home-agent addr " HA "\n"
				   "gateway connection " GATEWAY " dev ha0 prefix-length 64\n";

	a_subscriber_comes_and_goes();
	one_without_an_address_is_no_mobile();
	keys_change();
	the_same_authenticates_anew();
	a_new_beginning_is_given_up();
	an_address_goes_to_another();
	a_thief_gets_nothing();
	a_thief_of_one_who_authenticates_anew();
	a_thief_has_two_hands();
	a_thief_and_the_owner_ask_at_once();
	two_come_together();
	an_address_is_in_use(GATEWAY_LINES, "an address is in use");
	an_address_is_in_use(wide, "an address of a /64 is in use");
	what_is_offered_is_assigned_to_another();
	what_was_taken_is_assigned_to_another();
	one_with_a_134_comes_anew();
	the_keys_follow();
	the_others_are_unwilling();
	swanctl_loads_its_files();
	events_are_missed();
	events_overtake();
	return ktap_end();
}
