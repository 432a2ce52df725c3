#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# The laboratory's IPv4 is what it says: the gateway sees another address and port
# than the UE has when there is a NAT between them, NATs forget and change their
# minds, IP in IP is held back, ways are narrow, and nothing of it stays.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# mirror_up: who speaks to port 4191 of the gateway is told where from.
mirror_up()
{
	nsenter --net=/run/netns/gw -- socat -t 20 UDP4-RECVFROM:4191,reuseaddr,fork \
		SYSTEM:'echo $SOCAT_PEERADDR $SOCAT_PEERPORT' &
	MIRROR=$!
	wait_until '[ -n "$(in_ns gw ss -Hlun "sport = 4191")" ]' 10
}

mirror_down()
{
	kill "$MIRROR"
	wait "$MIRROR" 2>/dev/null
}

# seen COA: where this care-of address, port 5000, comes from.
seen()
{
	local line answer socat

	exec {answer}< <(exec nsenter --net=/run/netns/ue -- \
		socat -t 20 - "UDP4:$HA4:4191,bind=$1:5000" <<<where)
	socat=$!
	read -rt 20 -u "$answer" line
	kill "$socat"
	wait "$socat" 2>/dev/null
	exec {answer}<&-
	echo "$line"
}

# seen_as COA ADDRESS LOW HIGH: a port between these.
seen_as()
{
	local address port

	read -r address port <<<"$(seen "$1")"
	is "$address" "$2" && between "$port" "$3" "$4"
}

# hears NAMESPACE SOCKETS WORD COMMAND...: one of these sockets, of such an address of
# socat's, hears what the command sends.
hears()
{
	local ns=$1 sockets=$2 word=$3 heard=$STATE/heard socat

	shift 3
	: >"$heard"
	nsenter --net="/run/netns/$ns" -- socat -u "$word" - >"$heard" &
	socat=$!
	wait_until "in_ns $ns grep -Eq '$sockets' /proc/net/{raw,udp}" 10 &&
		echo hello | "$@" &&
		wait_until "[ -s '$heard' ]" 2
	kill "$socat" 2>/dev/null
	wait "$socat"
	grep -aq hello "$heard"
}

# mapped COA "ADDRESS PORT": what the gateway sends to there arrives here.
mapped()
{
	hears ue ":$(printf %04X 5000) " "UDP4-RECVFROM:5000,bind=$1" \
		in_ns gw socat -u - "UDP4-SENDTO:${2/ /:},bind=$HA4:4191,reuseaddr"
}

# passes PROTOCOL: in IPv4 from the UE to the gateway.
passes()
{
	hears gw ":$(printf %04X "$1") " "IP4-RECVFROM:$1" \
		in_ns ue socat -u - "IP4-SENDTO:$HA4:$1,bind=$COA_4"
}

# fits OCTETS WORDS...: an echo of IPv4 with so many goes through as it is.
fits()
{
	local octets=$1

	shift
	reaches ue "$HA4" -M "do" -s $((octets - 28)) "$@"
}

nothing_stays()
{
	lab4_down
	is "$(in_ns gw ip -4 -br address show dev inet | awk '{ print $3 }')" "" &&
		is "$(in_ns inet ip -4 route)" "" &&
		is "$(in_ns ue ip rule | grep -c 'lookup 10[456]')" 0 &&
		is "$(in_ns inet nft list ruleset)" ""
}

plan 27
lab_build
lab_accesses
access_up acc-4 acc-n acc-nn || exit
mirror_up || exit

for coa in $COA_4 $COA_N $COA_NN; do
	check "$coa reaches the gateway" reaches ue $HA4 -I "$coa"
done
check "no private address is reached from outside" \
	eval "not reaches gw $COA_N && not reaches gw $COA_NN"
check "without a NAT the UE is seen as it is" seen_as $COA_4 $COA_4 5000 5000
check "behind a NAT it is not" seen_as $COA_N $SEEN_N 20000 29999
check "behind two it is the outer one that is seen" seen_as $COA_NN $SEEN_NN 40000 49999
check "IPv6 is as ever" reaches ue $HA -I $COA_A

mapping=$(seen $COA_N)
check "a mapping stays while it is used" is "$(seen $COA_N)" "$mapping"
check "by it the gateway reaches the UE" mapped $COA_N "$mapping"
nat_maps acc-n $SEEN_N:50000-50999
check "new rules leave it alone" is "$(seen $COA_N)" "$mapping"
nat_forgets acc-n
check "what is forgotten is no way to the UE" not mapped $COA_N "$mapping"
check "the next mapping is another" seen_as $COA_N $SEEN_N 50000 50999
nat_maps acc-n 192.0.2.67:50000-50999
nat_forgets acc-n
check "and it may be of another address" seen_as $COA_N 192.0.2.67 50000 50999
mapping=$(seen $COA_NN)
nat_forgets cgn
check "the outer NAT alone may forget" not mapped $COA_NN "$mapping"
nat_patience acc-n 3
nat_forgets acc-n
seen $COA_N >/dev/null
check "a NAT may be impatient" eval 'is "$(mappings acc-n 4191)" 1 &&
	wait_until "[ \$(mappings acc-n 4191) = 0 ]" 10'

check "IPv6 in IPv4 passes" passes 41
block_ip_in_ip acc-4
check "unless it is held back" not passes 41
check "so is IPv4 in IPv4" not passes 4
check "and counted" is "$(blocked acc-4)" 2
check "UDP passes" seen_as $COA_4 $COA_4 5000 5000
unblock_ip_in_ip acc-4
check "it passes again" passes 41

uplink_mtu acc-4 1280
check "a way is as narrow as its uplink" eval 'fits 1280 && not fits 1281'
uplink_mtu acc-4 9000
access_mtu acc-4 9000
core_mtu 9000
check "or as wide as all its links" eval 'fits 9000 && not fits 9001'

mirror_down
gateway_behind_nat
mirror_up || exit
check "the gateway may be behind a NAT itself" seen_as $COA_4 $COA_4 5000 5000
check "which is not the end of the others" seen_as $COA_NN $SEEN_NN 40000 49999
mirror_down
check "nothing of this stays" nothing_stays
finish
