// SPDX-License-Identifier: GPL-2.0
/* An untrusted access: the tunnel to the ePDG, what is inside it, and how both end. */

#include "roles.h"

#include <linux/dsmip.h>

#define LINK "ipsec0"
#define UNTRUSTED                                                             \
	"do device add name mn0 role mobile-node\n"                           \
	"access link eth0 dev mn0 preference 2 table 101\n"                   \
	"epdg connection " TUNNEL " link " LINK " over eth1 if-id 7 dev mn0 " \
	"preference 1 table 102\n"                                            \
	"session connection " SESSION " dev mn0 home-agent " HA "\n"

static void go_inside(void)
{
	begin_with(UNTRUSTED);
	world_address_add("eth1", COA2);
	pass(10000);
}

static bool is_inside(void)
{
	const struct world_registration *one = world.registrations;

	return one && one->state == DSMIP_STATE_REGISTERED &&
	       world_has(WORLD_ADDRESS, world_address(INSIDE)) && world_ike_of(TUNNEL) &&
	       world_ike_of(SESSION);
}

static bool is_there(const char *conn)
{
	for (struct world_ike *ike = world.ikes; ike; ike = ike->next)
		if (!strcmp(ike->cfg->conn, conn))
			return true;
	return false;
}

/* The tunnel is whole as long as somebody has something to say inside. */
static bool leaves_in_order(void)
{
	bool ordered = true;

	served.service.leaving = true;
	for (int ms = 0; ms < 20000 && !has_left(&served.service); ms++) {
		pass(1);
		ordered &= world_ike_of(TUNNEL) || (!world.registrations && !is_there(SESSION));
		ordered &= world_ifindex(LINK) || !is_there(TUNNEL);
	}
	return ordered && has_left(&served.service);
}

static bool is_nothing_left(void)
{
	world_pass_alone(1000);
	return !world.registrations && !world.ikes && !count_policies() && !count_states() &&
	       !world_has(WORLD_ADDRESS, world_address(INSIDE));
}

static void it_goes_by_the_tunnel(void)
{
	go_inside();
	check(is_inside(), "[3G-21] in an untrusted access a session goes by the ePDG's tunnel");
	pass(100000);
	check(is_inside() && world.initiated == 3, "and is at peace there");
	world_address_del("eth1", COA2);
	pass(5000);
	check(!world_ike_of(TUNNEL) && !world_has(WORLD_ADDRESS, world_address(INSIDE)),
	      "without its access the tunnel ends");
	world_address_add("eth1", COA2);
	pass(5000);
	check(is_inside(), "and is there again when the access is");
	finish("it goes by the tunnel");
}

static void it_leaves(void)
{
	go_inside();
	check(leaves_in_order(), "[3G-40] who leaves deregisters, ends the IKE SA, and then the "
				 "tunnel around both");
	check(is_nothing_left() && !world_ifindex(LINK),
	      "nothing stays, nor does the link into the tunnel");
	finish("it leaves");

	go_inside();
	restart();
	check(leaves_in_order() && is_nothing_left() && !world_ifindex(LINK),
	      "[3G-40] the same by a service that was just started");
	finish("it leaves at once");

	go_inside();
	world_ike_of(TUNNEL)->silent = true;
	world_ike_of(SESSION)->silent = true;
	world.far.mute = true;
	check(leaves_in_order() || has_left(&served.service), "who is not answered leaves");
	check(!world_ifindex(LINK), "and takes the link along");
	finish("it leaves those who are silent");

	go_inside();
	world_charon_kill();
	served.service.leaving = true;
	pass(20000);
	check(has_left(&served.service) && !world_ifindex(LINK),
	      "without a charon the link goes, too");
	finish("it leaves without a charon");
}

static void the_link_is_anothers(void)
{
	begin_with(GATEWAY_LINES);
	world_link_add(LINK);
	serve_no_more();
	conf_free(the_conf);
	the_conf = make_conf(UNTRUSTED);
	serve(the_conf);
	world_address_add("eth1", COA2);
	pass(10000);
	check(is_inside(), "a link that is there is used");
	check(leaves_in_order() && is_nothing_left() && world_ifindex(LINK),
	      "and stays there, as another made it");
	finish("the link is another's");
}

int main(void)
{
	it_goes_by_the_tunnel();
	it_leaves();
	the_link_is_anothers();
	return ktap_end();
}
