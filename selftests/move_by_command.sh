#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# The UE is moved by command while a ping runs at 100 a second: not one is lost,
# addresses and keys stay, and the previous access is listened to for a while.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# lossless NAMESPACE ADDRESS: a ping while the UE moves to B and back.
lossless()
{
	local said

	in_ns "$1" ping -n -q -i 0.01 -c 250 "$2" >"$STATE/ping" 2>&1 &
	wait_until "moving_ping_began $1" 10 &&
		move "$COA_B" && move "$COA_A" && move "$COA_B" && move "$COA_A"
	wait $!
	said=$(cat "$STATE/ping")
	echo "$said"
	[[ $said = *" 0% packet loss"* && $said != *duplicates* ]]
}

# The first answers are back: the path has been found.
moving_ping_began()
{
	local sent

	sent=$(in_ns "$1" cat /proc/net/snmp6 | awk '/Icmp6InEchoReplies/ { print $2 }')
	[ "$sent" -ge $((${echoes:-0} + 5)) ]
}

# Without counters and times.
states()
{
	ip -n gw xfrm state list nokeys | grep -E '^src|proto'
	ip -n gw xfrm policy
}

# granted ANSWER FLAGS: what both sides think of K.
granted()
{
	is "$(word key-management-granted "$(ctl ue registration show dev mn0)") $(binding flags)" \
		"$1 $2"
}

plan 24
station_start
lab_up esp
attach key-management yes
check "K is asked for, and 0 where nobody moves the key exchange along [HR-12]" \
	granted no ack,home
ctl gw mobile set dev ha0 hoa 2001:db8:100:1::/64 key-management yes
listen gw
before_states=$(states)
sequence=$(binding seq)
remember gw ha0
check "a command moves the UE to access B, and the home agent knows [HR-19]" move $COA_B
check "it took one Binding Update with the next sequence number [MR-07] [HR-20]" \
	is "$(binding seq)" $(((sequence + 1) & 65535))
check "the binding was moved, not made anew [HR-15]" \
	counted gw ha0 "mh-received+1 bu-received+1 ba-sent+1 binding-moved+1"
check "who listens at the home agent was told, from where and where to [IP-14]" \
	told "^.moved. binding.* hoa $HOA .*coa $COA_B .*key-management .*coa-before $COA_A"
check "K is 1 where somebody does [HR-12] [3G-32]" granted yes ack,home,key-management
listen_no_more
check "IPv6 follows [HR-19]" reaches cn $HOA
check "IPv4 follows [DS-01]" reaches cn $HOA4
check "states and policies were not touched [IP-07]" is "$(states)" "$before_states"

station watch-updates
check "what the UE sends now leaves by access B [MR-21]" \
	eval 'reaches ue $CN -I $HOA >/dev/null && [ "$(station longest inet acc-b)" -gt 0 ] &&
		is "$(station longest inet acc-a)" 0'
ctl gw device set dev ha0 grace 10000
move $COA_A
remember gw ha0
check "the home agent still takes what was under way from the previous access" \
	is "$(station attack late-from-b)" "routed type 2"
check "and counts that" counted gw ha0 "rx-grace+1"
ctl gw device set dev ha0 grace 0
move $COA_B
move $COA_A
remember gw ha0
check "with grace 0, which is the letter, it does not [ND-08]" \
	is "$(station attack late-from-b)" silence
check "and counts that" counted gw ha0 "rx-outer-source+1"
check "the UE still takes what comes by the previous access [MR-22]" \
	station down-by $COA_B
ctl gw device set dev ha0 grace 1000

listen ue
move $COA_B
check "who listens at the UE was told, from where and where to [MR-19] [IP-14]" \
	told "^.moved. registration.* coa $COA_B .*state registered .*coa-before $COA_A .*granted yes"
ctl gw mobile set dev ha0 hoa 2001:db8:100:1::/64 key-management no
ctl ue registration set dev mn0 hoa $HOA lifetime 604
check "K that is no longer granted is told with the next acceptance [MR-19]" \
	told "^.refreshed. registration.*key-management-granted no"
check "the home agent shows that too" granted no ack,home
check "only a move has an address before" not grep -E "^.(refreshed|changed).*coa-before" "$EVENTS"
listen_no_more
move $COA_A

echoes=$(in_ns cn cat /proc/net/snmp6 | awk '/Icmp6InEchoReplies/ { print $2 }')
check "four moves lose no ping from the correspondent [MR-22] [DS-33]" lossless cn $HOA
echoes=$(in_ns ue cat /proc/net/snmp6 | awk '/Icmp6InEchoReplies/ { print $2 }')
check "four moves lose no ping from the UE [MR-22] [DS-33]" lossless ue $CN
check "a care-of address that the UE does not have is refused" \
	fails ctl ue registration set dev mn0 hoa $HOA coa 2001:db8:a::99
check "a home address as care-of address is refused [TU-11]" \
	fails ctl ue registration set dev mn0 hoa $HOA coa $HOA
check "neither changed anything" is "$(binding coa)" $COA_A
finish
