#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# The keys are not ours: states and policies that ip-xfrm(8) installs, as a key
# daemon would, serve as well. Without any, the UE waits for them.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

waits_for_keys()
{
	shows state unprotected ue registration show dev mn0
}

# The SPI that the SA of incoming messages must have.
spi_at_gw()
{
	ctl gw mobile set dev ha0 hoa $UE spi "$1"
}

spi_at_ue()
{
	ctl ue registration set dev mn0 hoa $HOA spi "$1"
}

# before ANSWER: the predecessors that are shown, of home agent and UE.
before()
{
	local gw ue

	gw=$(word spi-before "$(ctl gw mobile show dev ha0 hoa "$UE")")
	ue=$(word spi-before "$(ctl ue registration show dev mn0)")
	is "$gw $ue" "$1"
}

# The UE's Binding Update comes under an SA that is not the mobile's.
not_taken()
{
	remember gw ha0
	ctl ue registration set dev mn0 hoa "$HOA" lifetime "$1"
	wait_until 'rose gw ha0 bu-wrong-sa' 5
}

taken()
{
	wait_until "shows lifetime $1 gw binding show dev ha0 hoa $HOA >/dev/null" 10
}

no_registration()
{
	is "$(ctl ue registration show dev mn0)" ""
}

UE=2001:db8:100:1::/64

plan 24
lab_up xfrm
check "the UE registers under states of ip-xfrm, which select by protocol [IP-02] [IP-09]" attach
check "the home agent has the binding [IP-02]" is "$(binding coa)" $COA_A
check "the tunnel carries data" reaches cn $HOA
check "a move needs no change of states or policies [IP-07] [IP-12]" move $COA_B
check "the tunnel follows" reaches cn $HOA
spi_at_gw 0x1001
spi_at_ue 0x1002
check "the right SPIs are taken, and have no predecessor" eval 'move $COA_A && before " "'
spi_at_gw 0x1101
spi_at_ue 0x1102
check "a rekeying is announced: the SPIs before are shown" before "0x00001001 0x00001002"
check "what is under way under the old SAs is still taken [IP-07] [HR-07] [MR-12]" move $COA_B
check "other changes do not forget them" \
	eval 'ctl gw mobile set dev ha0 hoa $UE lifetime-max 3000 && before "0x00001001 0x00001002"'
check "new keys, as after a rekeying, serve at once [IP-07]" \
	eval 'lab_rekey_by_xfrm && move $COA_A && reaches cn $HOA'
spi_at_gw 0x1101
spi_at_ue 0x1102
check "the same SPIs again: those before are forgotten" before " "
spi_at_gw 0
spi_at_gw 0x1001
check "an SPI that is neither is refused [HR-07]" not_taken 604
spi_at_gw 0x1101
check "the right one again is taken [HR-07]" taken 604
spi_at_gw 0
spi_at_ue 0

# What two say of one mobile at once.
ctl gw mobile set dev ha0 hoa $UE id ue1@example lifetime-max 3000
ctl gw mobile set dev ha0 hoa $UE lifetime-max 2000
check "a change is of what is given, and of nothing else" \
	eval 'shows id ue1@example gw mobile show dev ha0 hoa $UE &&
		shows reqid 101 gw mobile show dev ha0 hoa $UE &&
		shows hoa4 $HOA4 gw mobile show dev ha0 hoa $UE'

# The keys go, in the middle of a binding's life.
listen ue
ip -n ue xfrm state flush
remember ue mn0
ctl ue registration set dev mn0 hoa $HOA lifetime 608
check "without keys nothing is sent, and the state says so [IP-01]" \
	wait_until 'waits_for_keys >/dev/null' 10
check "a counter says so too [IP-01]" rose ue mn0 sig-no-sa
check "who listens is asked for keys" told "^.sa-wanted. registration.* hoa $HOA .*state unprotected"
check "the tunnel goes on as long as the binding [MR-20]" reaches cn $HOA
check "after some tries it was said once" \
	eval 'wait_until "[ \$(word tries \"\$(ctl ue registration show dev mn0)\") -ge 3 ]" 15 &&
		is "$(grep -c "^.sa-wanted" "$EVENTS")" 1'
ctl ue registration set dev mn0 hoa $HOA reqid 101
check "told that keys came, which is not so, it asks again" \
	wait_until '[ "$(grep -c "^.sa-wanted" "$EVENTS")" = 2 ]' 5
ctl ue registration del dev mn0 hoa $HOA
check "a registration that cannot say goodbye goes at once" \
	eval 'wait_until no_registration 3 && told "^.deleted. registration.* hoa $HOA"'
check "and asks for no keys to do so" is "$(grep -c "^.sa-wanted" "$EVENTS")" 2
ip -n ue xfrm policy flush
ctl ue registration add dev mn0 hoa $HOA plen 64 ha $HA reqid 101
check "nor is a first Binding Update sent in clear [IP-01]" \
	wait_until 'waits_for_keys >/dev/null' 10
listen_no_more
ip -n gw xfrm state flush
ip -n gw xfrm policy flush
lab_keys_by_xfrm
check "when the keys come, it registers by itself" \
	wait_until 'shows state registered ue registration show dev mn0 >/dev/null' 30
finish
