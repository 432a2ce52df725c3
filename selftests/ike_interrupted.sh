#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# The services are killed when it suits least: in the midst of an attach, at either
# end, and when the UE moves. What charon and the module did meanwhile is found, and
# taken up where it was left.

# shellcheck source=selftests/ike/deaths.sh
. "$(dirname "$0")/ike/deaths.sh"

# hold EXCHANGE: messages of IKE of that type from the UE get stuck.
hold()
{
	filter ip6 saddr "$COA_A" udp dport 500 @th,208,8 "$1" drop
}

# anew EXCHANGE: the UE attaches from the beginning, and gets as far as that.
IKE_AUTH=35 CREATE_CHILD_SA=36
anew()
{
	local exchange=$1

	mobile_leaves ue
	nothing_stale ue gw || return
	mark ue gw
	hush ue
	hush gw
	hold "$exchange"
	mobile_up ue hoa4 ike moves migrate
}

# SAs for the signalling, and nobody who would tell the module.
charons_have_it()
{
	wait_until '[ -n "$(spis ue)" ] && [ "$(spis ue)" = "$(spis gw)" ]' 60 &&
		is "$(ctl gw mobile show dev ha0)$(ctl ue registration show dev mn0)" ""
}

plan 14
check "the UE has a session" both_up

# a move
pinging
services_die ue gw
prefer acc-b acc-a
check "both services are away when the UE moves: the module moves it" registered ue "$COA_B"
services_come gw ue
check "when they are back, the key exchange follows [IP-12]" one_session "$COA_B"
prefer acc-a acc-b
services_die ue
check "the UE's dies while it moves: the module moves it" registered ue "$COA_A"
services_come ue
check "it is back, and both ends agree" one_session "$COA_A"
check "no packet is lost" no_ping_is_lost

# an attach
check "the UE attaches anew, and is stuck in IKE_AUTH" \
	eval 'anew $IKE_AUTH && wrote ue "generating IKE_AUTH request 1"'
services_die ue
unfilter
check "its service dies, and charon ends IKE_AUTH without it" \
	wrote ue "IKE_SA home.* established"
services_come ue
check "it goes on from there: one session by that IKE SA" \
	eval 'one_session $COA_A && is "$(log_of gw | grep -c "IKE_SA s2c.* established")" 1'
anew $IKE_AUTH
wrote ue "generating IKE_AUTH request 1"
services_die gw
unfilter
check "the gateway's service dies there: the UE gets no SA for the signalling" \
	tells ue "no SA for the signalling"
services_come gw
check "it is back: one session" one_session "$COA_A"
anew $CREATE_CHILD_SA
tells gw "^ue1@example: authenticated"
wrote ue "generating CREATE_CHILD_SA"
services_die ue gw
unfilter
check "both die, and the charons make the SA without them" charons_have_it
services_come gw ue
check "when they are back they tell the modules: one session" one_session "$COA_A"
check "the UE leaves, and nothing stays" eval 'mobile_leaves ue && nothing_stale ue gw'
finish
