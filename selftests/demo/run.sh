#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The demonstration, in a guest: a UE attaches, moves four times under traffic
# of both families, and takes its leave. What was captured and logged goes to
# $OUT; report.sh tells it.
#
#	tools/demo.sh		builds what is needed, and runs both

# shellcheck source=selftests/topo.sh
. "$(dirname "${BASH_SOURCE[0]}")/../topo.sh"

set -e

AUTH=esp
REQID=101
SETTLE=3	# seconds of traffic between two moves
SA="hoa $HOA ha $HA reqid 101"
KEYS="aead rfc4106(gcm(aes)) $KEY_GCM 128"
declare -A JOBS=()

step()
{
	printf '\n%s\n' "$*"
}

show()
{
	printf '  $ dsmipctl -n %s\n' "$*"
	ctl "$@" | fold -s -w 88 | sed 's/^/    /'
}

# await CONDITION LIMIT: as wait_until, which "set -e" would end.
await()
{
	wait_until "$@" || exit
}

# note EVENT [JSON MEMBERS]: what happens from now on, with its time.
note()
{
	printf '{"t": %s, "event": "%s"%s}\n' "$EPOCHREALTIME" "$1" \
		"${2:+, $2}" >>"$STATE/moves.jsonl"
}

# job NAME NAMESPACE COMMAND...: goes on until it is ended.
job()
{
	local name=$1 ns=$2

	shift 2
	(exec nsenter --net="/run/netns/$ns" -- "$@") \
		>"$STATE/$name.txt" 2>"$STATE/$name.log" &
	JOBS[$name]=$!
}

# end SIGNAL NAME...: 0 waits for those that end by themselves.
end()
{
	local signal=$1 name

	shift
	for name; do
		[ "$signal" = 0 ] || kill "-$signal" "${JOBS[$name]}"
	done
	for name; do
		wait "${JOBS[$name]}" || [ $? -gt 128 ] || {
			echo "$name failed:"
			tail -n 5 "$STATE/$name.log"
			exit 1
		}
	done
}

# ---- the lab -------------------------------------------------------------------

draw()
{
	cat <<-'END'

	                 access A, 2001:db8:a::/64
	             +------------[acc-a]------------+
	  +------+ ::2         (say, Wi-Fi)          |     +--------+      +--------+      +----+
	  |  ue  |---+                               +-----|  inet  |------|   gw   |------| cn |
	  | mn0  |---+                               +-----|        |      |  ha0   |      |    |
	  +------+ ::2           (say, LTE)          |     +--------+      +--------+      +----+
	             +------------[acc-b]------------+    2001:db8:f::/64 ::1   2001:db8:c::/64 ::2
	                 access B, 2001:db8:b::/64                              10.200.0.0/24    .2

	  ue  User Equipment, the mobile node      gw  PDN GW, the home agent
	      home address 2001:db8:100:1::7       cn  correspondent: knows nothing of all this
	END
}

gateway()
{
	ctl gw device add ha0 role home-agent addr "$HA" home-prefix 2001:db8:100::/40 \
		auth $AUTH
	ip -n gw -batch - <<-END
	link set ha0 up
	route add 2001:db8:100::/40 via fe80::1 dev ha0
	route add 10.100.0.0/16 dev ha0
	END
	ctl gw -b - <<-END
	pool add dev ha0 first 10.100.0.10 last 10.100.0.250
	mobile add dev ha0 hoa 2001:db8:100:1::/64 pool yes id ue1@example reqid $REQID
	END
	[ $AUTH = open ] || ctl gw -b - <<-END
	sa add dev ha0 $SA spi-in 0x1001 spi-out 0x1002 $KEYS
	END
}

mobile()
{
	ctl ue device add mn0 role mobile-node auth $AUTH
	ip -n ue -batch - <<-END
	link set mn0 up
	address add $HOA/128 dev mn0 nodad
	route add default dev mn0 src "$HOA" metric 1
	END
	[ $AUTH = open ] || ctl ue -b - <<-END
	sa add dev mn0 $SA spi-in 0x1002 spi-out 0x1001 $KEYS
	END
	ctl ue -b - <<-END
	access add dev mn0 link acc-a preference 10
	access add dev mn0 link acc-b preference 20
	END
}

# ---- watching ------------------------------------------------------------------

# capture NAME NAMESPACE INTERFACE
capture()
{
	job "capture-$1" "$2" dumpcap -q -B 16 -i "$3" -w "$STATE/$1.pcapng"
}

captures_start()
{
	local name

	capture acc-a ue acc-a
	capture acc-b ue acc-b
	capture core gw inet
	capture mn0 ue mn0
	capture ha0 gw ha0
	for name in acc-a acc-b core mn0 ha0; do
		await "grep -q ^File: $STATE/capture-$name.log" 30
	done
}

# What the kernel or the program had to leave out would be a hole in the report.
captures_end()
{
	end TERM capture-{acc-a,acc-b,core,mn0,ha0}
	if grep -h 'dropped on' "$STATE"/capture-*.log | grep -v '/0 (pcap:0/'; then
		echo "a capture is not complete"
		exit 1
	fi
}

# They shall not wait for this script: the machine is a slow one.
traffic_start()
{
	local stream=$TOP/selftests/demo/stream.py

	job tcp-cn cn chrt -f 10 /usr/bin/python3 -B "$stream" serve "$CN" 5001
	await "in_ns cn ss -Htln | grep -q :5001" 30
	job tcp-ue ue chrt -f 10 /usr/bin/python3 -B "$stream" connect "$CN" 5001 "$HOA"
	job ping6 ue chrt -f 10 ping -n -D -i 0.01 -I "$HOA" "$CN"
	job ping4 cn chrt -f 10 ping -n -D -i 0.01 "$HOA4"
	await "[ -s $STATE/ping4.txt ] && in_ns ue ss -Htn | grep -q :5001" 30
}

traffic_end()
{
	end INT ping6 ping4
	end TERM tcp-ue
	end 0 tcp-cn
}

# arm COMMAND...: it is started, and waits for lines. What makes the UE move
# shall have the time of its cause, not of a program being loaded.
arm()
{
	exec {LINE}> >(exec "$@")
	ARMED=$!
	sleep 1
}

# fire LINE...
fire()
{
	printf '%s\n' "$@" >&"$LINE"
	exec {LINE}>&-
	wait $ARMED
}

# ---- what happens --------------------------------------------------------------

# moves NUMBER FROM TO KIND HOW
moves()
{
	step "move $1: access $2 to $3, $4: $5"
	note move "\"number\": $1, \"from\": \"$2\", \"to\": \"$3\", \"kind\": \"$4\", \"how\": \"$5\""
}

moved_to()
{
	sleep $SETTLE
	bound_to "$1" || {
		show ue access show
		show ue registration show
		exit 1
	}
	show gw binding show dev ha0
}

# access_appears LETTER ADDRESS METRIC: in the order of a router advertisement,
# the route, then the address.
access_appears()
{
	fire "link set acc-$1 up" \
		"route replace default via 2001:db8:$1::1 dev acc-$1 onlink metric $3" \
		"address replace $2/64 dev acc-$1 nodad"
}

attaches()
{
	step "attach: the UE has addresses on both accesses; A is preferred"
	show ue access show
	note attach
	# shellcheck disable=SC2119
	attach || exit
	HOA4=$(word hoa4 "$(ctl ue registration show dev mn0)")
	ip -n ue -batch - <<-END
	address add $HOA4/32 dev mn0
	route add default dev mn0 src $HOA4
	END
	show ue registration show
	show gw binding show
	echo "  addresses of the UE:"
	in_ns ue ip -brief address show scope global | sed 's/^/    /'
	note addresses "\"hoa\": \"$HOA\", \"hoa4\": \"$HOA4\", \"ha\": \"$HA\", \"coa_a\": \"$COA_A\", \"coa_b\": \"$COA_B\", \"cn\": \"$CN\", \"cn4\": \"$CN4\""
}

pings_once()
{
	step "step 5: the home addresses are in use, in both families and directions"
	in_ns ue ping -n -c 1 -W 5 -I "$HOA" "$CN" | sed -n 's/^[0-9]* bytes/    &/p'
	in_ns ue ping -n -c 1 -W 5 "$CN4" | sed -n 's/^[0-9]* bytes/    &/p'
	in_ns cn ping -n -c 1 -W 5 "$HOA" | sed -n 's/^[0-9]* bytes/    &/p'
	in_ns cn ping -n -c 1 -W 5 "$HOA4" | sed -n 's/^[0-9]* bytes/    &/p'
}

roams()
{
	arm "$CTL" -n ue -b -
	moves 1 A B make-before-break "by command"
	fire "registration set dev mn0 hoa $HOA coa $COA_B"
	moved_to "$COA_B"

	ctl ue access set dev mn0 link acc-b preference 5
	ctl ue registration set dev mn0 hoa "$HOA" coa ::
	arm ip -n ue -batch -
	moves 2 B A break-before-make "by itself, as the link of B goes down"
	fire "link set acc-b down"
	moved_to "$COA_A"

	arm ip -n ue -batch -
	moves 3 A B make-before-break "by itself, as B comes back and is preferred now"
	access_appears b "$COA_B" 1002
	moved_to "$COA_B"

	note unused '"access": "A"'
	ip -n ue link set acc-a down
	ctl ue access set dev mn0 link acc-a preference 1
	arm ip -n ue -batch -
	moves 4 B A make-before-break "by itself, as A comes back and is preferred now"
	access_appears a "$COA_A" 1001
	moved_to "$COA_A"
}

counters()
{
	ctl ue -j stats show dev mn0 >"$STATE/stats-ue.json"
	ctl gw -j stats show dev ha0 >"$STATE/stats-gw.json"
}

deregisters()
{
	step "leave: the UE deregisters"
	note deregister
	ctl ue registration del dev mn0 hoa "$HOA"
	await "[ -z \"\$(ctl gw binding show dev ha0)\" ] &&
		[ -z \"\$(ctl ue registration show dev mn0)\" ]" 15
	counters
	echo "    neither binding nor registration is left"
}

# Also of a run that broke off.
keep()
{
	printf '%s\n' "$KEY_GCM" >"$STATE/key.txt"
	mkdir -p "$OUT/raw"
	cp "$STATE"/*.* "$OUT/raw/"
}

main()
{
	trap keep EXIT
	# For the report's own sake: it must notice. See lab_break for others.
	[ "$BREAK" != clear ] || AUTH=open REQID=0
	step "the lab"
	draw
	lab_build
	lab_accesses
	gateway
	mobile
	lab_break || exit
	captures_start
	attaches
	pings_once
	step "traffic: 100 pings a second UE to CN (IPv6) and CN to UE (IPv4), and a TCP session, 100 writes a second each way"
	traffic_start
	note traffic
	sleep $SETTLE
	roams
	note traffic-ends
	traffic_end
	deregisters
	captures_end
	lab_down
	lab_destroy
}

main
