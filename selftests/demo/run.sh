#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The demonstration, in a guest: the two attach flows of 3GPP over S2c, with charon at
# UE, PDN GW and ePDG, and FreeRADIUS behind the gateway. In each the UE attaches,
# moves under traffic of both families, and takes its leave. What was captured and
# logged goes to $OUT/raw; report.sh tells it.
#
#	tools/demo.sh		builds what is needed, and runs both

# shellcheck source=selftests/ike/flows.sh
. "$(dirname "${BASH_SOURCE[0]}")/../ike/flows.sh"
# shellcheck source=selftests/ike/watch.sh
. "$HERE/ike/watch.sh"
# shellcheck source=selftests/demo/traffic.sh
. "$HERE/demo/traffic.sh"

SETTLE=3	# seconds of traffic between two moves

step()
{
	printf '\n%s\n' "$*"
}

show()
{
	printf '  $ dsmipctl -n %s\n' "$*"
	ctl "$@" | fold -s -w 88 | sed 's/^/    /'
}

# must COMMAND...: or there is nothing more to show.
must()
{
	"$@" && return
	echo "the demonstration broke off: $*"
	tail -n 10 "$IKE"/{ue,gw}/controller.err
	exit 1
}

draw()
{
	cat <<-'END'

	             +------------[acc-a]------------+
	             |  access A, 2001:db8:a::/64    |          2001:db8:f::1   2001:db8:c::2, 10.200.0.2
	  +------+---+            (say, Wi-Fi)       +--+--------+      +--------+      +----+
	  |  ue  |   +------------[acc-b]---------------+  inet  +------+   gw   +------+ cn |
	  | mn0  |      access B, 2001:db8:b::/64       |        |      |  ha0   |      +----+
	  |      |                (say, LTE)         +--+---+----+      +----+---+
	  +------+---+                               |      |                |
	             |  access C, 2001:db8:3c::/64   |  +---+----+      +----+---+
	             +------------[acc-c]------------+  |  epdg  |      |  aaa   |
	                          (say, a cafe)         +--------+      +--------+
	                                              2001:db8:4::1    FreeRADIUS
	  ue    User Equipment, the mobile node       gw    PDN GW, the home agent
	        home addresses 2001:db8:100:1::7      cn    correspondent: knows nothing
	        and 10.100.0.1, by IKEv2                    of all this
	END
}

# ---- moving --------------------------------------------------------------------

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

# moves NUMBER FROM TO KIND HOW
moves()
{
	step "move $1: access $2 to $3, $4: $5"
	note move "\"number\": $1, \"from\": \"$2\", \"to\": \"$3\", \"kind\": \"$4\", \"how\": \"$5\""
}

moved_to()
{
	sleep $SETTLE
	must bound_to "$1"
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

# ---- what both flows have --------------------------------------------------------

# attaches WHERE STEP: the UE's service does all of it; WHERE waits until it is there.
attaches()
{
	note attach
	must mobile_up ue home-agent $HA hoa4 ike moves migrate
	must "$1"
	must watch ue mn0
	echo "  what the UE's service said:"
	sed 's/^/    /' "$IKE/ue/controller.err"
	: >"$IKE/ue/controller.err"
	show ue registration show
	show gw mobile show dev ha0
	show gw binding show
	echo "  addresses of the UE:"
	in_ns ue ip -brief address show scope global | sed 's/^/    /'
	step "step $2: the home addresses are in use, in both families and directions"
	pings_once
	note attached
	[ "$BREAK" != clear ] || spoil
	step "traffic: 100 pings a second UE to CN (IPv6) and CN to UE (IPv4), and a TCP session, 100 writes a second each way"
	must traffic_start
	note traffic
	sleep $SETTLE
}

# leaves COA: before that, all who know of the session must still agree about it.
leaves()
{
	note traffic-ends
	must traffic_end
	must both_agree "$1"
	step "leave: the UE deregisters, and ends the key exchange"
	note leave
	must mobile_leaves ue
	must wait_until "[ -z \"\$(ctl gw binding show dev ha0)\" ] &&
		[ -z \"\$(ctl gw mobile show dev ha0)\" ] && [ -z \"\$(swan gw --list-sas)\" ]" 30
	ctl ue -j stats show dev mn0 >"$WATCHED/stats-ue.json"
	ctl gw -j stats show dev ha0 >"$WATCHED/stats-gw.json"
	must watch_no_more
	ctl ue device del mn0
	echo "    neither binding nor security association is left"
}

# For the report's own sake: it must notice. See lab_break for others.
spoil()
{
	ctl ue device set dev mn0 auth open
	ctl gw device set dev ha0 auth open
	ip -n ue xfrm policy flush
	ip -n gw xfrm policy flush
}

# ---- the flows -----------------------------------------------------------------------

on_access_a()
{
	registered ue "$COA_A"
}

trusted()
{
	WATCHED=$STATE/trusted
	note_flow trusted
	home_connection ue1@example >"$IKE/ue/home.conf"
	must watch ue acc-a acc-b
	must watch gw inet aaa ha0
	step "3GPP 5.4.2.5.1: attach from a trusted access; A is preferred"
	attaches on_access_a 5

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
	leaves "$COA_A"
}

# In the tunnel to the ePDG.
in_tunnel()
{
	wait_until "ip -n ue -br address show type xfrm scope global | grep -q 2001:db8:4e:" 60 &&
		read -r _ _ INSIDE _ < <(ip -n ue -br address show dev epdg0 scope global) &&
		INSIDE=${INSIDE%/*} && registered ue "$INSIDE"
}

untrusted()
{
	WATCHED=$STATE/untrusted
	note_flow untrusted
	{
		home_connection ue1@example
		epdg_client ue1@example 7
	} >"$IKE/ue/home.conf"
	MOBILE_LINES="access link acc-c table 1030
	epdg connection epdg link epdg0 over acc-c if-id 7 dev mn0 preference 15 table 1040"
	must watch ue acc-a acc-c
	must watch gw inet aaa ha0
	ip -n ue link set acc-a down
	ip -n ue link set acc-b down
	step "3GPP 5.4.2.5.2: attach from an untrusted access, by the ePDG; there is only C"
	attaches in_tunnel 8

	arm ip -n ue -batch -
	moves 1 C A make-before-break "by itself, as A, which is trusted, comes and is preferred"
	access_appears a "$COA_A" 1001
	moved_to "$COA_A"

	arm "$CTL" -n ue -b -
	moves 2 A C make-before-break "by itself, as C is preferred now"
	fire "access set dev mn0 link epdg0 preference 5"
	moved_to "$INSIDE"
	leaves "$INSIDE"
}

# ---- all of it -------------------------------------------------------------------------

# Also of a run that broke off.
keep()
{
	local flow

	[ ${#DAEMONS[@]} = 0 ] || watch_no_more
	for flow in trusted untrusted; do
		[ ! -e "$STATE/$flow" ] || cp -r "$STATE/$flow" "$OUT/raw/"
	done
	lab_down
	lab_destroy
}

main()
{
	mkdir -p "$OUT/raw"
	trap keep EXIT
	step "the laboratory"
	draw
	ike_up
	must radius_up
	must tell_keys gw ue
	must charon_up gw ue epdg >/dev/null
	must gateway_up moves migrate
	trusted
	untrusted
}

main
