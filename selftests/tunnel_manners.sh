#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# How the tunnel treats what it carries: hop limits, congestion marks, packets
# that are too big, errors from inside, loops, and TCP in large pieces.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# asked WORDS... ANSWER: a question about the tunnel.
asked()
{
	is "$(station tunnel "${@:1:$#-1}")" "${!#}"
}

# transfer FAMILY WORDS...: two seconds of TCP between correspondent and UE.
transfer()
{
	local to=$HOA

	[ "$1" = 6 ] || to=$HOA4
	shift
	wait_until 'in_ns ue ss -Hltn "sport = :5201" | grep -q .' 10 || return
	in_ns cn iperf3 -c "$to" -t 2 -J "$@" >"$STATE/iperf" || {
		tail -n 5 "$STATE/iperf"
		return 1
	}
	between "$(jq '.end.sum_received.bytes' "$STATE/iperf")" 1000000 10000000000
}

# sent_in_large_pieces INTERFACE FAMILY WORDS...: packets of many segments are whole
# in the tunnel, where the interface would cut them.
sent_in_large_pieces()
{
	local ns=${1%/*} interface=${1#*/}

	shift
	station capture "$ns" "$interface"
	transfer "$@" && between "$(station longest "$ns" "$interface")" 3000 100000
}

mtu_of_access()
{
	ip -n inet link set acc-a mtu "$1"
	ip -n acc-a link set inet mtu "$1"
}

mtu_of_gateway()
{
	ip -n gw link set inet mtu "$1"
	ip -n inet link set gw mtu "$1"
}

# Nobody remembers an MTU.
mtu_forgotten()
{
	local ns

	for ns in gw cn ue; do
		ip -n "$ns" -6 route flush cache
		ip -n "$ns" route flush cache
	done
	move "$COA_B"
	move "$COA_A"
}

plan 49
station_start
lab_up esp
attach
bound_to $COA_A
station fence ue

# Hop limits. On the access link the outer header has passed inet, of three routers.
check "down: one hop for the gateway, none for the tunnel [TU-01]" \
	asked hops down 6 "outer 63 inner 63 behind 63"
check "down, IPv4 [TU-01]" asked hops down 4 "outer 63 inner 63 behind 63"
check "up: none for the UE's own packet, one for the gateway [TU-01]" \
	asked hops up 6 "outer 63 inner 64 behind 63"
check "up, IPv4 [TU-01]" asked hops up 4 "outer 63 inner 64 behind 63"
ctl gw device set dev ha0 hop-limit 77
check "the outer hop limit is configurable [TU-01]" \
	asked hops down 6 "outer 76 inner 63 behind 63"
ctl gw device set dev ha0 hop-limit 64

# Large pieces.
in_ns ue iperf3 -s -D -I "$STATE/iperf.pid"
check "TCP over IPv6 down" transfer 6
check "TCP over IPv6 up, in large pieces" sent_in_large_pieces gw/inet 6 -R
check "TCP over IPv4 down, in large pieces" sent_in_large_pieces inet/acc-a 4
check "TCP over IPv4 up" transfer 4 -R
kill "$(tr -d '\0' <"$STATE/iperf.pid")"

# Traffic class: bits of DSCP 0xb8, and all four marks.
check "down: the mark is copied outwards, DSCP is not [TU-09] [TU-03] [DS-17]" \
	asked ingress down "00 01 02 03 00 01 02 03"
check "up: the same [TU-09] [TU-03]" asked ingress up "00 01 02 03 00 01 02 03"
ctl gw device set dev ha0 tclass-copy yes
check "DSCP is copied too when asked for [TU-03] [DS-17]" \
	asked ingress down "b8 b9 ba bb b8 b9 ba bb"
ctl gw device set dev ha0 tclass-copy no
remember ue mn0
check "down: all of RFC 6040 figure 4, both families [TU-10]" station tunnel egress down
check "what was dropped is counted [TU-10]" rose ue mn0 rx-ecn
remember gw ha0
check "up: all of RFC 6040 figure 4, both families [TU-10]" station tunnel egress up
check "what was dropped is counted there too [TU-10]" rose gw ha0 rx-ecn

# Size. The access links have 1500 octets.
mtu_forgotten
check "1460 octets of IPv6 go whole [TU-04]" asked big down 6 1460 whole
check "1461 do not: Packet Too Big, 1460 [TU-05] [TU-04]" \
	asked big down 6 1461 "too-big 0 mtu 1460"
check "1461 of IPv4 with DF do not: Fragmentation Needed, 1460 [TU-06]" \
	asked big down 4 1461 df "unreachable4 4 mtu 1460"
ip -n cn route flush cache
check "without DF the stack cuts them for the device's MTU [TU-06]" \
	asked big down 4 1461 whole
check "up: 1460 octets go whole" asked big up 6 1460 whole
mtu_of_gateway 1300
check "a path of 1300: 1280 octets of IPv6 go, the outer packet in pieces [TU-05]" \
	asked big down 6 1280 "fragments 2"
check "1281 do not: Packet Too Big, 1280 [TU-05]" asked big down 6 1281 "too-big 0 mtu 1280"
check "1400 of IPv4 without DF go, the outer packet in pieces [TU-06]" \
	asked big down 4 1400 "fragments 2"
check "IPv4 with DF is told 1260 [TU-06]" asked big down 4 1261 df "unreachable4 4 mtu 1260"
mtu_of_gateway 1500
mtu_forgotten
mtu_of_access 1400
remember gw ha0
check "a path of 1400, found on the way: the correspondent is told 1360 [TU-07] [TU-04]" \
	eval 'said=$(in_ns cn ping -n -c 3 -i 0.3 -W 2 -M do -s 1400 $HOA 2>&1); echo "$said"
		[[ $said = *"mtu=1360"* ]]'
check "by an error from inside the tunnel [TU-07]" rose gw ha0 icmp-relayed
ip -n cn -6 route flush cache
check "and after that by the gateway itself" asked big down 6 1400 "too-big 0 mtu 1360"
check "1360 octets go whole" asked big down 6 1360 whole
move $COA_B
move $COA_A
mtu_of_access 1500
move $COA_B
check "after a move the path is found anew [TU-13]" \
	eval 'in_ns cn ip -6 route flush cache; in_ns gw ip -6 route flush cache
		reaches cn $HOA -M do -s 1412'
move $COA_A
station fence ue

# Errors about packets in the tunnel, of a router on the access.
check "unreachable: the inner source is told type 1 code 3 [TU-07]" \
	asked relay unreachable down 6 "unreachable 3"
check "the same in IPv4: type 3 code 1 [TU-07]" \
	asked relay unreachable down 4 "unreachable4 1"
check "hop limit exceeded: type 1 code 3 [TU-07]" asked relay time down 6 "unreachable 3"
check "too big, inner of more than 1280: told MTU less the headers [TU-07]" \
	asked relay too-big down 6 1440 1400 "too-big 0 mtu 1400"
check "too big, inner of less: nobody is told [TU-07]" \
	asked relay too-big down 6 1280 1100 silence
check "too big, IPv4 with DF: told [TU-07]" \
	asked relay too-big down 4 1440 1400 "unreachable4 4 mtu 1400"
check "up: an error comes back to the UE's own address [TU-07]" \
	asked relay unreachable up 6 "unreachable 3"
mtu_forgotten

# The encapsulation limit.
check "a limit of 3 inside becomes 2 outside [TU-02]" asked limit 3 "limit 2"
check "a limit of 0: Parameter Problem at the limit [TU-02]" asked limit 0 "parameter 0 at 44"
ctl gw device set dev ha0 encap-limit 4
check "the device's own limit is written [TU-02]" \
	eval 'station capture inet acc-a; reaches cn $HOA && station limit-seen 4'
check "and costs 8 octets: 1452 go whole [TU-02] [TU-04]" asked big down 6 1452 whole
check "1453 do not [TU-04]" asked big down 6 1453 "too-big 0 mtu 1452"
ctl gw device set dev ha0 encap-limit 255

# Loops and scopes.
remember gw ha0
ip -n gw -6 route add multicast ff0e::/16 dev ha0 table local
in_ns gw ping -n -c 1 -W 1 -I $HA ff0e::77 >/dev/null 2>&1
check "global multicast is not tunnelled yet [ND-06]" rose gw ha0 tx-multicast
ip -n gw -6 route add 2001:db8:a::/64 via fe80::1 dev ha0
remember gw ha0
check "a care-of address that is routed into the tunnel is no way out [TU-11]" \
	not reaches cn $HOA
check "and is counted [TU-11]" rose gw ha0 tx-loop
ip -n gw -6 route del 2001:db8:a::/64 dev ha0
check "without that route it goes again" reaches cn $HOA
remember ue mn0
station tunnel foreign-source
check "the UE sends by its tunnel only what is from a home address [ND-10]" \
	rose ue mn0 tx-not-home-address

# The gateway itself to the UE, and back.
check "the home agent's own packet goes by routing header, the answer by Home Address option [ND-07] [RH-05] [HO-06]" \
	asked direct "down 43, up 60"
check "both are taken [HO-06]" reaches gw $HOA -I $HA
finish
