#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# The UE has an access with IPv6 and IPv4, and finds out by itself which of them is of
# use; it moves between families and accesses by itself, and is refused what it must not
# have.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

COA_6=2001:db8:4a::2

# The access acc-4 gets IPv6 as well.
both_families()
{
	ip -n acc-4 -6 -batch - <<-END || return
	address add 2001:db8:4a::1/64 dev ue nodad
	address add 2001:db8:14a::1/64 dev inet nodad
	route add default via 2001:db8:14a::2
	END
	ip -n inet -6 -batch - <<-END || return
	address add 2001:db8:14a::2/64 dev acc-4 nodad
	route add 2001:db8:4a::/64 via 2001:db8:14a::1
	END
	ip -n ue -6 -batch - <<-END
	rule add from 2001:db8:4a::/64 table 104
	address add $COA_6/64 dev acc-4 nodad
	route add default via 2001:db8:4a::1 dev acc-4 table 104
	route add default via 2001:db8:4a::1 dev acc-4 metric 1104
	END
}

one_family()
{
	ip -n ue -6 rule del from 2001:db8:4a::/64 table 104
	ip -n inet route del 2001:db8:4a::/64
}

at()
{
	wait_until "shows coa $1 gw binding show dev ha0 hoa $HOA >/dev/null &&
		shows state registered ue registration show dev mn0 >/dev/null" "${2:-20}"
}

tried()
{
	counter ue mn0 bu-sent
}

plan 25
lab_up esp
access_up acc-4 acc-n
check "the access has both families" both_families
ctl gw device set dev ha0 addr4 "$HA4"
ctl ue -b - <<-END
access del dev mn0 link acc-a
access del dev mn0 link acc-b
access add dev mn0 link acc-4 preference 10
END
attach ha4 "$HA4"
check "an access with both: IPv6 is chosen [DS-29]" at "$COA_6"
filter ip6 saddr "$COA_6" drop
ctl ue registration del dev mn0 hoa "$HOA"
ctl ue registration del dev mn0 hoa "$HOA"
ctl gw binding flush dev ha0
tries=$(tried)
ctl ue registration add dev mn0 hoa "$HOA" plen 64 ha "$HA" ha4 "$HA4" hoa4 0.0.0.0 lifetime 600 reqid $REQID
check "IPv6 is there, but leads nowhere: IPv4 is tried, and is good [DS-29]" at "$COA_4" 30
check "after three Binding Updates, the fourth was it [DS-29]" is $(($(tried) - tries)) 4
check "both home addresses are reached" eval 'reaches cn $HOA && reaches cn $HOA4'
unfilter
ctl ue access add dev mn0 link acc-n preference 5
check "a better access has IPv4 only: the UE goes there" at "$SEEN_N"
ctl ue access set dev mn0 link acc-n preference 50
check "back where both are: the family that was good last is kept [DS-30]" at "$COA_4"
ip -n ue -6 address del $COA_6/64 dev acc-4
ip -n ue -6 address add $COA_6/64 dev acc-4 nodad
check "IPv6 coming and going disturbs nobody who is in IPv4" \
	stays 'shows coa $COA_4 gw binding show dev ha0 hoa $HOA >/dev/null' 2
ip -n ue address flush dev acc-4 scope global
check "all of that access is gone: the other one is taken" at "$SEEN_N"
ip -n ue address add $COA_6/64 dev acc-4 nodad
ip -n ue route replace default via 2001:db8:4a::1 dev acc-4 table 104
check "IPv6 comes in the better one: the UE goes there" at "$COA_6"
access_up acc-4
check "IPv4 beside it is no reason to go" \
	stays 'shows coa $COA_6 gw binding show dev ha0 hoa $HOA >/dev/null' 2
filter ip6 saddr "$COA_6" drop
ctl ue registration set dev mn0 hoa "$HOA" lifetime 500
check "IPv6 stops to work: the refresh goes by IPv4 in the end [DS-29]" at "$COA_4" 40
unfilter

# A move loses nothing where both accesses are there.
in_ns cn ping -n -q -i 0.02 -c 400 "$HOA" >"$STATE/ping6" 2>&1 &
pings=$!
in_ns cn ping -n -q -i 0.02 -c 400 "$HOA4" >"$STATE/ping4" 2>&1 &
wait_until 'reaches cn $HOA >/dev/null' 5
lab_accesses
for coa in "$COA_A" "$COA_N" "$COA_4" "$COA_B" "$COA_N"; do
	ctl ue registration set dev mn0 hoa "$HOA" coa "$coa"
	seen=$coa
	[ "$coa" != "$COA_N" ] || seen=$SEEN_N
	at "$seen"
done
wait $pings
wait
check "five moves between families and formats lose no ping of IPv6 [MR-22] [DS-33]" \
	eval 'cat $STATE/ping6; grep -q " 0% packet loss" $STATE/ping6'
check "nor of IPv4" eval 'cat $STATE/ping4; grep -q " 0% packet loss" $STATE/ping4'

# F.
ctl gw device set dev ha0 udp nat-only
ctl ue registration set dev mn0 hoa "$HOA" coa "$COA_4"
at "$COA_4"
remember gw ha0
ctl ue registration set dev mn0 hoa "$HOA" force-udp yes
check "who asks for UDP without a NAT may be refused with 144 [DS-18]" \
	wait_until 'rose gw ha0 bu-options' 10
check "and goes on without [DS-18]" eval 'at $COA_4 && shows outer ip4 ue registration show dev mn0'
ctl gw device set dev ha0 udp auto
ctl ue registration set dev mn0 hoa "$HOA" force-udp yes
check "where it may, it is in UDP, and no keepalives are wanted [DS-09]" \
	wait_until 'shows outer udp4 ue registration show dev mn0 >/dev/null &&
		! ctl ue registration show dev mn0 | grep -q keepalive' 10
ctl ue registration set dev mn0 hoa "$HOA" force-udp no

# What is wrong is said.
check "a home agent without UDP has no IPv4" fails ctl gw device set dev ha0 udp-port 0
check "an IPv4 care-of address that is not ours is refused" \
	fails ctl ue registration set dev mn0 hoa "$HOA" coa 192.0.2.9
check "nor a home address [TU-11]" fails ctl ue registration set dev mn0 hoa "$HOA" coa "$HOA4"
check "an address for mobiles must be one" fails ctl gw device set dev ha0 addr4 224.0.0.1
check "and two home agents cannot have the same" \
	fails ctl gw device add ha1 role home-agent addr 2001:db8:c::1 addr4 "$HA4"
check "the port is the module's as long as the device is there" \
	fails in_ns gw socat -u "UDP4-RECVFROM:4191,bind=$HA4" -
check "it stays as long as mobiles are bound by it" fails ctl gw device set dev ha0 addr4 0.0.0.0
ctl gw binding flush dev ha0
ctl gw device set dev ha0 addr4 0.0.0.0
check "and free without it" eval 'in_ns gw timeout 1 socat -u "UDP4-RECVFROM:4191,bind=$HA4" - ; [ $? = 124 ]'
one_family
finish
