#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2034,SC2086,SC2317 # checks call what stands here by name
#
# 3GPP's initial attach from an untrusted access, steps 1 to 8: a tunnel to the ePDG
# first, and all the rest inside it. Then the UE goes to a trusted access, and back,
# while a TCP session goes on.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"
# shellcheck source=selftests/ike/watch.sh
. "$HERE/ike/watch.sh"

INSIDE=

# The address that the ePDG gave, on the link into the tunnel.
in_tunnel()
{
	wait_until 'ip -n ue -br address show dev epdg0 scope global | grep -q 2001:db8:4e:' 60 &&
		read -r _ _ INSIDE _ < <(ip -n ue -br address show dev epdg0 scope global) &&
		INSIDE=${INSIDE%/*}
}

# fits OCTETS: an IPv6 packet of that size gets to the UE whole, and back.
fits()
{
	reaches cn $HOA -M "do" -s $(($1 - 48))
}

# too_big OCTETS: one of that size is answered with the size that fits.
too_big()
{
	in_ns cn ip -6 route flush cache
	reaches cn $HOA -M "do" -s $(($1 - 48)) >"$STATE/big" 2>&1 && return 1
	grep -oE 'mtu[=:] ?[0-9]+' "$STATE/big" | grep -oE '[0-9]+' | head -n 1
}

learn()
{
	local n

	for n in 1 2 3; do
		too_big 1400 && return
	done
}

# said_delete NAMESPACE CONNECTION: so often was it asked to delete an IKE SA.
said_delete()
{
	log_of "$1" | grep -c "received DELETE for IKE_SA $2"
}

# before NAMESPACE CONNECTION NAMESPACE CONNECTION: the former was, by the time of day.
before()
{
	local first second

	first=$(log_of "$1" | grep "received DELETE for IKE_SA $2" | cut -d ' ' -f 1)
	second=$(log_of "$3" | grep "received DELETE for IKE_SA $4" | cut -d ' ' -f 1)
	echo "$first $second"
	[[ -n $first && $first < $second ]]
}

# stream NAMESPACE WORDS...: an end of the TCP session, which writes what comes.
stream()
{
	local ns=$1

	shift
	daemon "$ns" stream /usr/bin/python3 -B "$HERE/demo/stream.py" "$@"
}

stream_begins()
{
	stream cn serve $CN 5001
	wait_until "in_ns cn ss -Htln | grep -q :5001" 30 || return
	stream ue connect $CN 5001 $HOA
	wait_until "in_ns cn ss -Htn state established | grep -q :5001" 30
}

# An end writes when it ends what it has read; the other one ends with it.
stream_ends()
{
	local pid=${DAEMONS["cn stream"]}

	daemon_end TERM ue stream
	unset "DAEMONS[cn stream]"
	wait "$pid"
}

# whole NAMESPACE: every record came, in its order, from the first one on.
whole()
{
	awk '$1 != NR - 1 { print "record " $1 " in line " NR; bad = 1 }
		END { print NR " records"; exit bad || NR < 100 }' "$IKE/$1/stream.out"
}

plan 26
ike_up
check "a RADIUS server is there" radius_up
WATCHED=$OUT/ike_untrusted
note_flow untrusted
tell_keys gw ue
charon_up gw ue epdg >/dev/null
gateway_up moves migrate
{
	home_connection ue1@example
	epdg_client ue1@example 7
} >"$IKE/ue/home.conf"
watch ue acc-c
watch gw aaa
ip -n ue link set acc-a down
ip -n ue link set acc-b down
MOBILE_LINES="access link acc-c table 1030
	epdg connection epdg link epdg0 over acc-c if-id 7 dev mn0 preference 5 table 1040"
note attach
mobile_up ue home-agent $HA hoa4 ike moves migrate payload yes

# steps 1 to 3
check "the ePDG authenticates the UE and gives it an address [3G-21]" in_tunnel
check "it tells the home agent's address, too, which charon hands on to nobody [3G-12]" \
	wrote ue 'HOME_AGENT_ADDRESS'

# steps 4 to 8
check "inside the UE attaches: the care-of address is the ePDG's [3G-21]" registered ue "$INSIDE"
check "both ends have the same SAs [IP-07]" both_agree "$INSIDE"
check "the key exchange with the home agent goes inside, from there [IP-11]" \
	is "$(session gw | cut -d ' ' -f 5)" "$INSIDE"
check "IPv6 gets from end to end" eval 'reaches cn $HOA && reaches ue $CN -I $HOA'
check "IPv4 does, too" eval 'reaches cn $HOA4 && reaches ue $CN4 -I $HOA4'
note attached
check "an SA for user data is not made, though it is asked for elsewhere [3G-22]" \
	eval '! swan ue --list-sas | grep -q "payload:"'
mtu=$(learn)
check "what is too big for both tunnels is answered with what fits: $mtu" \
	between "$mtu" 1300 1420
check "that fits" fits "$mtu"
check "one octet more does not" eval '! fits $((mtu + 1))'

# to a trusted access
check "a TCP session begins" stream_begins
kept=$(session gw)
ip -n ue link set acc-a up
lab_accesses
check "a trusted access comes: with less preference it changes nothing" registered ue "$INSIDE"
prefer acc-a acc-b epdg0
check "it is preferred: the UE goes there" registered ue $COA_A
check "IKE SA and SA are those from before [3G-55] [IP-07]" \
	eval 'both_agree $COA_A && is "$(session gw)" "${kept% *} $COA_A"'
check "user data is protected there, as was asked for [3G-23] [IP-05]" \
	wait_until 'swan ue --list-sas | grep -q "payload:.*INSTALLED, TUNNEL"' 60
check "and gets from end to end" eval 'reaches cn $HOA && reaches cn $HOA4'

# and back
prefer epdg0 acc-a acc-b
check "back in the untrusted access IKE SA and SA are still those [3G-55]" \
	eval 'registered ue $INSIDE && both_agree $INSIDE && is "$(session gw)" "${kept% *} $INSIDE"'
check "the TCP session lived through it: nothing is missing at the correspondent [3G-55]" \
	eval 'stream_ends && whole cn'
check "nor at the UE" whole ue
check "the UE leaves, and nothing stays" eval "mobile_leaves ue && nothing_stale ue gw"
check "it took leave of the home agent, and then of the ePDG around that [3G-40]" \
	eval 'is "$(said_delete gw s2c)$(said_delete epdg epdg)" "11" && before gw s2c epdg epdg'
check "nor does the link into the tunnel stay" fails ip -n ue link show dev epdg0

# What was on the wires.
watch_no_more
check "steps 1 to 8 came in their order, all from 4 on inside the tunnel [3G-21]" steps
check "nothing but IKE and ESP with the ePDG was in the untrusted access" \
	is "$(tshark -n -r "$WATCHED/ue-acc-c.pcapng" -Y "not icmpv6 and (!(isakmp or esp) or !(ipv6.addr == $EPDG))" \
		-T fields -e frame.number 2>/dev/null | head -n 3)" ""
finish
