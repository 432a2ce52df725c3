#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# How the tunnel treats what it carries where its own packets are IPv4, or UDP: sizes,
# errors, fragments, hop limits, congestion marks, large pieces; and UDP over IPv6.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

CAPTURE=
# record NAMESPACE INTERFACE: what passes there from now on.
record()
{
	rm -f "$STATE/tcpdump"
	setpriv --pdeathsig KILL nsenter --net="/run/netns/$1" -- tcpdump -q -n -U \
		--immediate-mode -Z root -i "$2" -s 200 -w "$STATE/manners.pcap" >/dev/null 2>"$STATE/tcpdump" &
	CAPTURE=$!
	wait_until 'grep -qs "listening on" "$STATE/tcpdump"' 10
}

# read_record FIELD...: to $STATE/record, a line a packet, UDP 4191 read as IP.
read_record()
{
	local words=() field

	for field; do
		words+=(-e "$field")
	done
	kill $CAPTURE
	wait $CAPTURE 2>/dev/null
	tshark -n -r "$STATE/manners.pcap" -d udp.port==4191,ip -o ip.defragment:FALSE \
		-T fields -E occurrence=f -E separator=' ' "${words[@]}" \
		2>/dev/null >"$STATE/record"
}

# goes_to COA SEEN WAY
goes_to()
{
	ctl ue registration set dev mn0 hoa "$HOA" coa "$1" &&
		wait_until "shows coa $2 gw binding show dev ha0 hoa $HOA >/dev/null &&
			shows outer $3 ue registration show dev mn0 >/dev/null" 15
}

forget()
{
	local ns

	for ns; do
		ip -n "$ns" -6 route flush cache
		ip -n "$ns" route flush cache
	done
}

# told_mtu ADDRESS SIZE: what the correspondent is told that is too big.
told_mtu()
{
	in_ns cn ping -n -c 3 -i 0.3 -W 1 -M "do" -s "$2" "$1" 2>&1 |
		sed -n 's/.*mtu *= *\([0-9]*\).*/\1/p' | tail -n 1
}

fits()
{
	reaches cn "$HOA" -M "do" -s $(($1 - 48)) && reaches cn "$HOA4" -M "do" -s $(($1 - 28))
}

too_big()
{
	is "$(told_mtu "$HOA" $(($1 - 47))) $(told_mtu "$HOA4" $(($1 - 27)))" "$1 $1"
}

# found_on_the_way MTU: by the packet before.
found_on_the_way()
{
	told_mtu "$HOA" 1400 >/dev/null
	forget cn
	is "$(told_mtu "$HOA" 1400) $(told_mtu "$HOA4" 1400)" "$1 $1"
}

# transfer ADDRESS WORDS...: a second of TCP between correspondent and UE.
transfer()
{
	wait_until 'in_ns ue ss -Hltn "sport = :5201" | grep -q .' 10 || return
	in_ns cn timeout 15 iperf3 -c "$1" -t 1 -J "${@:2}" >"$STATE/iperf" || return
	between "$(jq '.end.sum_received.bytes' "$STATE/iperf")" 300000 10000000000
}

# longest PROTOCOL: of what was recorded with this protocol outside.
longest()
{
	awk -v protocol="$1" '$1 == protocol && $2 > most { most = $2 } END { print most + 0 }' \
		"$STATE/record"
}

# sizes ACCESS OVERHEAD SENTENCE
sizes()
{
	local access=$1 most=$((1500 - $2)) less=$((1400 - $2))

	forget cn gw ue
	check "$3: $most octets of both families fit [TU-04]" fits $most
	check "$3: one more does not, and is told [TU-05] [TU-06]" too_big $most
	uplink_mtu "$access" 1400
	check "$3: a path of 1400 is found on the way: $less is told [TU-08]" found_on_the_way $less
	check "$3: $less fit" fits $less
	uplink_mtu "$access" 1280
	forget cn gw ue
	# at both ends
	told_mtu "$HOA" 1340 >/dev/null
	reaches ue "$CN" -I "$HOA" -s 1232 >/dev/null
	check "$3: a path of 1280: 1280 octets of IPv6 go, the outer packet in pieces [TU-05] [DS-40]" \
		reaches cn "$HOA" -s 1232
	check "$3: and from the UE [DS-40]" reaches ue "$CN" -I "$HOA" -s 1232
	check "$3: IPv4 without DF goes, too [TU-06]" reaches cn "$HOA4" -M dont -s 1300
	uplink_mtu "$access" 1500
	forget cn gw ue
}

plan 41
lab_up esp
access_up acc-4 acc-n
ctl gw device set dev ha0 addr4 "$HA4"
# Its own MTU is right for IPv6 outside; what a care-of address takes is known by it.
ip -n gw link set ha0 mtu 1500
ip -n ue link set mn0 mtu 1500
attach ha4 "$HA4" coa "$COA_4"
check "a public IPv4 address" goes_to "$COA_4" "$COA_4" ip4
sizes acc-4 20 "IP in IP"
check "after a move the path is found anew [TU-13]" \
	eval 'uplink_mtu acc-4 1300; told_mtu "$HOA" 1400 >/dev/null; uplink_mtu acc-4 1500
		goes_to "$COA_A" "$COA_A" ip6 && goes_to "$COA_4" "$COA_4" ip4 && forget cn gw ue && fits 1480'

# What is written outside: each packet is known by its length.
check "congestion is marked on the way" in_ns inet nft 'table ip congestion {
	chain forward {
		type filter hook forward priority 0
		ip protocol { 4, 41 } ip ecn { ect0, ect1 } ip length 300-420 ip ecn set ce
	}
}'
record acc-4 ue
reaches cn "$HOA" -s 100 -Q 2 >/dev/null
reaches cn "$HOA" -s 101 -Q 1 >/dev/null
reaches cn "$HOA" -s 102 >/dev/null
reaches cn "$HOA4" -s 120 -Q 2 >/dev/null
reaches cn "$HOA4" -s 122 >/dev/null
read_record frame.len ip.src ip.ttl ip.flags.df ip.dsfield.ecn
# 14 of Ethernet, 20 of IPv4, 40 and 8, or 20 and 8
check "hop limit, DF and mark of the outer packet [TU-01] [TU-06] [TU-09]" \
	is "$(awk -v ha=$HA4 '$2 == ha && $1 ~ /^(182|183|184)$/ && ++n <= 3' "$STATE/record" | xargs)" \
	"182 $HA4 62 1 2 183 $HA4 62 1 1 184 $HA4 62 1 0"
check "with IPv4 inside, too [TU-01] [TU-06] [TU-09]" \
	is "$(awk -v ha=$HA4 '$2 == ha && $1 ~ /^(182|184)$/ && ++n > 2' "$STATE/record" | xargs)" \
	"182 $HA4 62 1 2 184 $HA4 62 1 0"
record ue mn0
reaches cn "$HOA" -s 260 -Q 2 >/dev/null
reaches cn "$HOA4" -s 280 -Q 2 >/dev/null
read_record ipv6.dst ipv6.tclass.ecn ip.dst ip.dsfield.ecn
check "congestion on the way comes out of the tunnel [TU-10]" \
	is "$(grep -E "^$HOA | $HOA4 " "$STATE/record" | xargs)" "$HOA 3 $HOA4 3"
in_ns inet nft flush chain ip congestion forward
in_ns inet nft 'add rule ip congestion forward ip protocol { 4, 41 } ip length 300-420 ip ecn set ce'
remember ue mn0
check "on a flow that does not know it, it is a loss [TU-10]" \
	eval '! reaches cn $HOA -s 260 && ! reaches cn $HOA4 -s 280'
check "which is counted" counted ue mn0 "rx-ecn+2"
in_ns inet nft delete table ip congestion

in_ns ue iperf3 -s -D -I "$STATE/iperf.pid"
record gw inet
check "TCP over IPv6, in IPv4" transfer "$HOA"
check "TCP over IPv4, in IPv4" transfer "$HOA4"
read_record ip.proto frame.len
check "in large pieces down to the link, both" \
	eval 'between "$(longest 41)" 3000 100000 && between "$(longest 4)" 3000 100000'
check "TCP over IPv6, up" transfer "$HOA" -R

# UDP.
check "behind a NAT" goes_to "$COA_N" "$SEEN_N" udp4
sizes acc-n 28 "UDP"
record gw inet
reaches cn "$HOA" -s 103 >/dev/null
check "TCP over IPv6, in UDP" transfer "$HOA"
check "TCP over IPv4, in UDP" transfer "$HOA4"
read_record ip.proto frame.len udp.srcport udp.checksum ip.ttl
check "UDP has no checksum over IPv4, and needs none [DS-39]" \
	is "$(awk '$3 == 4191 { print $4 }' "$STATE/record" | sort -u)" 0x0000
check "the hop limit is treated as without UDP [DS-16]" \
	is "$(awk '$3 == 4191 { print $5 }' "$STATE/record" | sort -u)" 64
check "in large pieces" between "$(longest 17)" 3000 100000
dropped=$(ip -n gw -j -s link show inet | jq '.[0].stats64.tx.dropped')
in_ns gw ethtool -K inet tx-udp_tnl-segmentation off tx-udp_tnl-csum-segmentation off
check "TCP over IPv6, where the link cannot cut it itself" transfer "$HOA"
check "it is cut for the link, and nothing is refused there" \
	is "$(ip -n gw -j -s link show inet | jq '.[0].stats64.tx.dropped')" "$dropped"
in_ns gw ethtool -K inet tx-udp_tnl-segmentation on tx-udp_tnl-csum-segmentation on
check "TCP over IPv6 up, in UDP" transfer "$HOA" -R
check "TCP over IPv4 up, in UDP" transfer "$HOA4" -R

# UDP over IPv6, for who asks for it.
ctl ue registration set dev mn0 hoa "$HOA" force-udp yes
check "with F in IPv6 all goes in UDP [DS-19]" goes_to "$COA_A" "$COA_A" udp6
check "1452 octets fit [TU-04]" eval 'forget cn gw ue; fits 1452'
check "1453 do not [TU-05] [TU-06]" too_big 1452
check "TCP over IPv6, in UDP over IPv6, whose checksum must be there [TU-12]" transfer "$HOA"
check "TCP over IPv4" transfer "$HOA4"
kill "$(tr -d '\0' <"$STATE/iperf.pid")"
finish
