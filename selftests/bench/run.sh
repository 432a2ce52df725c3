#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What the tunnel costs, as ratios in one run. Runs in the guest.
#
#   run.sh [ROUNDS]
#
# TCP from the UE to the correspondent, each way in turn, ROUNDS times (5), so
# that all ways see the same machine: routed without a tunnel, through dsmip,
# through ip6_tunnel, and through dsmip without segmentation offload. Medians;
# absolute numbers of an emulated machine mean nothing.

BENCH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=selftests/topo.sh
. "$BENCH/../topo.sh"

ROUNDS=${1:-5}
SECONDS_EACH=2
TUNNEL=2001:db8:5::2

# throughput SOURCE [reverse]: Mbit/s
throughput()
{
	in_ns ue iperf3 -J -c "$CN" -B "$1" -t $SECONDS_EACH ${2:+-R} |
		jq -r '.end.sum_received.bits_per_second / 1e6 * 10 | round / 10'
}

other_tunnel()
{
	modprobe ip6_tunnel
	ip -n ue link add peer type ip6tnl local "$COA_A" remote "$HA" encaplimit none mode any
	ip -n ue link set peer up mtu 1460
	ip -n ue address add $TUNNEL/64 dev peer nodad
	ip -n ue route add "$CN" dev peer src $TUNNEL table 77
	ip -n ue -6 rule add from $TUNNEL lookup 77
	ip -n gw link add peer type ip6tnl local "$HA" remote "$COA_A" encaplimit none mode any
	ip -n gw link set peer up mtu 1460
	ip -n gw address add 2001:db8:5::1/64 dev peer nodad
}

plain_way()
{
	ip -n ue route add "$CN" via 2001:db8:a::1 dev acc-a table 78
	ip -n ue route add "$HA" via 2001:db8:a::1 dev acc-a table 78
	ip -n ue -6 rule add from "$COA_A" lookup 78
}

segmentation()
{
	in_ns ue ethtool -K mn0 tso "$1" gso "$1" >/dev/null
	in_ns gw ethtool -K ha0 tso "$1" gso "$1" >/dev/null
}

# One line a measurement: WAY DIRECTION MBITS
round()
{
	local direction

	for direction in up down; do
		local back=
		[ $direction = up ] || back=reverse
		echo "routed $direction $(throughput "$COA_A" $back)"
		echo "dsmip $direction $(throughput "$HOA" $back)"
		echo "ip6_tunnel $direction $(throughput $TUNNEL $back)"
		segmentation off
		echo "dsmip-no-gso $direction $(throughput "$HOA" $back)"
		segmentation on
	done
}

lab_up esp
trap lab_destroy EXIT
# shellcheck disable=SC2119
attach >/dev/null || exit
plain_way
other_tunnel
in_ns cn iperf3 -s -D
wait_until "reaches ue $CN -I $TUNNEL >/dev/null" 10 || exit
for ((n = 1; n <= ROUNDS; n++)); do
	echo "# round $n of $ROUNDS" >&2
	round
done >"$OUT/bench.txt"
/usr/bin/python3 "$BENCH/table.py" "$OUT/bench.txt" "$OUT/bench.json"
