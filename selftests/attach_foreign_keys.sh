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

plan 9
lab_up xfrm
check "the UE registers under states of ip-xfrm, which select by protocol [IP-02] [IP-09]" attach
check "the home agent has the binding [IP-02]" is "$(binding coa)" $COA_A
check "the tunnel carries data" reaches cn $HOA
check "a move needs no change of states or policies [IP-07] [IP-12]" move $COA_B
check "the tunnel follows" reaches cn $HOA
check "new keys, as after a rekeying, serve at once [IP-07]" \
	eval 'lab_rekey_by_xfrm && move $COA_A && reaches cn $HOA'

ip -n ue xfrm state flush
ip -n ue xfrm policy flush
ctl ue registration del dev mn0 hoa $HOA
wait_until 'not shows state registered ue registration show dev mn0 >/dev/null' 10
remember ue mn0
ctl ue registration add dev mn0 hoa $HOA plen 64 ha $HA reqid 101
check "without keys nothing is sent, and the state says so [IP-01]" \
	wait_until 'waits_for_keys >/dev/null' 10
check "a counter says so too [IP-01]" rose ue mn0 sig-no-sa
ip -n gw xfrm state flush
ip -n gw xfrm policy flush
lab_keys_by_xfrm
check "when the keys come, it registers by itself" \
	wait_until 'shows state registered ue registration show dev mn0 >/dev/null' 30
finish
