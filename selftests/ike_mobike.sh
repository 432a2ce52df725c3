#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2034,SC2086,SC2119,SC2317 # checks call what stands here by name
#
# A UE on two trusted accesses whose charon moves by itself (MOBIKE), and whose user
# data is protected by an SA of its own.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"

payload()
{
	swan "$1" --list-sas | grep -q 'payload: .* INSTALLED, TUNNEL'
}

# outer COA: the tunnel of user data has these ends, at both ends.
outer()
{
	local ns

	for ns in ue gw; do
		ip -n $ns xfrm state list nokeys src "$1" dst $HA | grep -q 'mode tunnel' &&
			ip -n $ns xfrm state list nokeys src $HA dst "$1" |
			grep -q 'mode tunnel' || return
	done
}

both_ways()
{
	reaches cn $HOA && reaches ue $CN -I $HOA && reaches cn $HOA4 && reaches ue $CN4 -I $HOA4
}

plan 14
ike_up
check "a RADIUS server is there" radius_up
charon_tune ue "plugins {" "kernel-netlink {" "roam_events = yes" "}" "}"
charon_up gw ue >/dev/null
MOBIKE=yes
gateway_up moves mobike
home_connection ue1@example >"$IKE/ue/home.conf"
keep_keys gw
record inet mobike not icmp6
mobile_up ue home-agent $HA hoa4 ike moves mobike payload yes
check "the UE attaches" registered ue $COA_A
check "both ends have the same SAs" both_agree $COA_A
check "an SA for user data is made, in tunnel mode [IP-05] [3G-23]" \
	wait_until 'payload ue && payload gw' 60
check "its ends are care-of address and home agent" outer $COA_A
check "user data goes through it" both_ways
kept=$(session gw)

ip -n ue link set acc-a down
check "an access fails: the UE moves" registered ue $COA_B
check "the key exchange moves by itself, and the SA of the signalling stays [IP-17] [IP-07]" \
	eval 'both_agree $COA_B && is "$(session gw)" "${kept% *} $COA_B"'
check "the SA for user data follows [IP-12]" wait_until "outer $COA_B" 60
check "user data goes on" both_ways
check "the next Binding Update is taken, under the SA from before" \
	eval 'ctl ue registration set dev mn0 hoa $HOA lifetime 500 &&
	wait_until "shows lifetime 500 gw binding show dev ha0 >/dev/null" 30'

check "the UE leaves, and nothing stays" eval "mobile_leaves ue && nothing_stale ue gw"
record_end inet mobike
check "no Mobility Header was in clear on any wire [IP-01]" \
	is "$(dissect mobike 'mipv6 and not esp' frame.number)" ""
check "IKE went by care-of addresses only [IP-11]" \
	is "$(dissect mobike isakmp ipv6.src | sort -u | xargs)" \
	"$(printf '%s\n' $COA_A $COA_B $HA | sort | xargs)"
finish
