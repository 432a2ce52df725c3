# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The laboratory with real key exchange: charon on both ends, RADIUS behind the
# gateway, an ePDG, DNS, and a second UE. It is topo.sh's with more around it:
#
#@                       2001:db8:3c::/64        2001:db8:13c::/64
#@  +------+ access C ::2 +---------------[acc-c]----------------+ ::2   ::ff +--------+
#@  |  ue  |              no way but to ePDG and DNS             |  +---------+  epdg  |
#@  | mn0  |                                                     |  | 2001:db8:4::/64  |
#@  +------+ access A ::2 +---------------[acc-a]----------------+ inet       | ::1    |
#@           access B ::2 +---------------[acc-b]----------------+  |         +--------+
#@  +------+ access A ::2 +- 2a::/64 -----[acc-a]                   |  inside: 2001:db8:4e::/64
#@  | ue2  | access B ::2 +- 2b::/64 -----[acc-b]          gw ------+
#@  | mn0  |                                      5::/64 ::1 |      | 2001:db8:6::/64
#@  +------+                                 10.201.0.0/24 .1 |     +------[dns] ::53
#@                                                         [aaa] ::2, .2
#
# A story says, for example:
#
#	. "$(dirname "$0")/lab.sh"
#	plan 1
#	ike_up
#	radius_up
#	charon_up gw ue
#	gateway_connection >"$IKE/gw/s2c.conf"
#	controller_up gw "$IKE/gw/dsmip.conf"		# which the story wrote
#	check "a sentence" COMMAND...
#	finish
#
# Subscribers are ue1@example, password "one", and ue2@example, "two"; RADIUS gives
# them $HOA and $HOA4, $HOA2 and 10.100.0.2. In $IKE/<namespace> are charon.log, the
# output of each daemon (*.out, *.err) and what it is configured with.

# shellcheck source=selftests/topo.sh
. "$(dirname "${BASH_SOURCE[0]}")/../topo.sh"
# shellcheck source=selftests/ike/conf.sh
. "$HERE/ike/conf.sh"

NAMESPACES="$NAMESPACES ue2 acc-c epdg aaa dns"
COA_C=2001:db8:3c::2
EPDG=2001:db8:4::1
AAA=2001:db8:5::2
AAA4=10.201.0.2
DNS=2001:db8:6::53
COA2_A=2001:db8:2a::2
COA2_B=2001:db8:2b::2
: "$COA_C" "$AAA4"

# ---- the network ----------------------------------------------------------------

ike_links()
{
	ip -batch - <<-END
	link add acc-c netns ue type veth peer name ue netns acc-c
	link add acc-a netns ue2 type veth peer name ue2 netns acc-a
	link add acc-b netns ue2 type veth peer name ue2 netns acc-b
	link add inet netns acc-c type veth peer name acc-c netns inet
	link add inet netns epdg type veth peer name epdg netns inet
	link add inet netns dns type veth peer name dns netns inet
	link add gw netns aaa type veth peer name aaa netns gw
	END
}

ike_routers()
{
	ip -n acc-a -batch - <<-END
	address add 2001:db8:2a::1/64 dev ue2
	link set ue2 up
	END
	ip -n acc-b -batch - <<-END
	address add 2001:db8:2b::1/64 dev ue2
	link set ue2 up
	END
	ip -n acc-c -batch - <<-END
	address add 2001:db8:3c::1/64 dev ue
	address add 2001:db8:13c::1/64 dev inet
	link set ue up
	link set inet up
	route add 2001:db8:4::/64 via 2001:db8:13c::2
	route add 2001:db8:6::/64 via 2001:db8:13c::2
	END
	ip -n inet -batch - <<-END
	address add 2001:db8:13c::2/64 dev acc-c
	address add 2001:db8:4::ff/64 dev epdg
	address add 2001:db8:6::ff/64 dev dns
	link set acc-c up
	link set epdg up
	link set dns up
	route add 2001:db8:2a::/64 via 2001:db8:1a::1
	route add 2001:db8:2b::/64 via 2001:db8:1b::1
	route add 2001:db8:3c::/64 via 2001:db8:13c::1
	route add 2001:db8:4e::/64 via $EPDG
	END
}

ike_hosts()
{
	ip -n epdg -batch - <<-END
	address add $EPDG/64 dev inet
	link set inet up
	route add default via 2001:db8:4::ff
	END
	ip -n dns -batch - <<-END
	address add $DNS/64 dev inet
	link set inet up
	route add default via 2001:db8:6::ff
	END
	ip -n gw -batch - <<-END
	address add 2001:db8:5::1/64 dev aaa
	address add 10.201.0.1/24 dev aaa
	link set aaa up
	END
	ip -n aaa -batch - <<-END
	address add $AAA/64 dev gw
	address add $AAA4/24 dev gw
	link set gw up
	END
}

# As lab_accesses does: what is said from an address goes by its access.
ike_accesses()
{
	ip -n ue -6 rule add from 2001:db8:3c::/64 table 103
	ip -n ue -batch - <<-END
	link set acc-c up
	address add $COA_C/64 dev acc-c nodad
	route add default via 2001:db8:3c::1 dev acc-c metric 1003
	route add default via 2001:db8:3c::1 dev acc-c table 103
	END
	ip -n ue2 -6 rule add from 2001:db8:2a::/64 table 101
	ip -n ue2 -6 rule add from 2001:db8:2b::/64 table 102
	ip -n ue2 -batch - <<-END
	link set acc-a up
	link set acc-b up
	address add $COA2_A/64 dev acc-a nodad
	address add $COA2_B/64 dev acc-b nodad
	route add default via 2001:db8:2a::1 dev acc-a metric 1001
	route add default via 2001:db8:2b::1 dev acc-b metric 1002
	route add default via 2001:db8:2a::1 dev acc-a table 101
	route add default via 2001:db8:2b::1 dev acc-b table 102
	END
}

# The first SA of its kind has modules loaded, and that can take longer than a
# message is waited for.
ike_warm()
{
	ip -n epdg -batch - <<-END
	xfrm state add src $EPDG dst $HA proto esp spi 1 mode tunnel enc cbc(aes) ${KEY_GCM:0:34} auth-trunc hmac(sha256) $KEY_SHA 128
	xfrm state flush
	link add epdg0 type xfrm dev lo if_id 1
	link del epdg0
	END
}

ike_up()
{
	lab_destroy
	rm -rf "$IKE"
	lab_build || exit
	shape epdg 1
	ike_links && ike_routers && ike_hosts || exit
	lab_accesses && ike_accesses || exit
	ike_warm || exit
	ike_configure || exit
	lab_break || exit
}

# In place of topo.sh's: what daemons leave behind is in all corners, so the whole
# network goes, and a story that comes after builds it anew.
lab_down()
{
	local logs

	listen_no_more
	[ -z "${TO_STATION:-}" ] || station forget
	daemons_end
	lab_destroy
	logs=$OUT/$(basename "$0" .sh).logs
	[ ! -e "$IKE" ] || (mkdir -p "$logs" && cd "$IKE" &&
		find . -type f -size +0 ! -name '*.pem' -exec cp --parents -t "$logs" {} +)
	return 0
}

# ---- daemons --------------------------------------------------------------------

declare -A DAEMONS=()

# daemon NAMESPACE NAME COMMAND...: goes on until it is ended, or the story dies.
daemon()
{
	local ns=$1 name=$2

	shift 2
	mkdir -p "$IKE/$ns"
	setpriv --pdeathsig KILL nsenter --net="/run/netns/$ns" -- "$@" \
		>>"$IKE/$ns/$name.out" 2>>"$IKE/$ns/$name.err" &
	DAEMONS["$ns $name"]=$!
}

# daemon_end SIGNAL NAMESPACE NAME: and wait for it.
daemon_end()
{
	local pid=${DAEMONS["$2 $3"]:-}

	[ -n "$pid" ] || return 0
	kill -s "$1" "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	unset "DAEMONS[$2 $3]"
}

# Those who keep state in the kernel first.
daemons_end()
{
	local daemon ns name

	for daemon in "${!DAEMONS[@]}"; do
		[[ $daemon != *\ controller ]] || daemon_end TERM "${daemon% *}" controller
	done
	for daemon in "${!DAEMONS[@]}"; do
		read -r ns name <<<"$daemon"
		daemon_end TERM "$ns" "$name"
	done
}

# listens NAMESPACE PORT: by UDP.
listens()
{
	[ -n "$(in_ns "$1" ss -Hlun "sport = $2")" ]
}

# charon_up NAMESPACE...: they start together, with their secrets, keys and pools.
charon_up()
{
	local ns

	for ns; do
		rm -f "$IKE/$ns/vici"
		daemon "$ns" charon env "STRONGSWAN_CONF=$IKE/$ns/strongswan.conf" \
			/usr/sbin/charon-systemd
	done
	for ns; do
		wait_until "[ -S '$IKE/$ns/vici' ]" 30 || return
		swan "$ns" --load-all --file "$IKE/$ns/swanctl.conf" || return
	done
}

# With leave of the peers.
charon_down()
{
	daemon_end TERM "$1" charon
}

charon_kill()
{
	daemon_end KILL "$1" charon
}

# swan NAMESPACE WORDS...: swanctl for the charon that is there.
swan()
{
	local ns=$1

	shift
	STRONGSWAN_CONF=$IKE/$ns/strongswan.conf in_ns "$ns" \
		swanctl "$@" --uri "unix://$IKE/$ns/vici"
}

# sa NAMESPACE CONNECTION FILTER: of its IKE SAs, by jq, as in
# sa gw s2c '."remote-vips"[0]'; one that is not established does not count.
sa()
{
	/usr/bin/python3 -B "$HERE/ike/vici.py" "$IKE/$1/vici" list-sas |
		jq -r --arg name "$2" ".[1][\$name]? // empty |
			select(.state == \"ESTABLISHED\") | $3 // empty"
}

# ike_listen NAMESPACE: events go to $IKE/NAMESPACE/vici.out from now on.
ike_listen()
{
	daemon "$1" vici /usr/bin/python3 -B "$HERE/ike/vici.py" "$IKE/$1/vici" -e \
		ike-updown ike-rekey ike-update child-updown child-rekey
	wait_until "grep -q '\"listening\"' '$IKE/$1/vici.out'" 10
}

# ike_told NAMESPACE PATTERN: there was such an event.
ike_told()
{
	wait_until "grep -Eq '$2' '$IKE/$1/vici.out'" 10
}

# controller_up NAMESPACE FILE: "dsmipctl run", which asks our DNS.
controller_up()
{
	# shellcheck disable=SC2016
	daemon "$1" controller unshare --mount --propagation private sh -c \
		'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$IKE/resolv.conf" \
		"$CTL" -n "$1" run "$2"
}

# It leaves everything as it is.
controller_down()
{
	daemon_end TERM "$1" controller
}

controller_kill()
{
	daemon_end KILL "$1" controller
}

# said NAMESPACE PATTERN: by the controller, on its standard error.
said()
{
	wait_until "grep -Eq '$2' '$IKE/$1/controller.err'" 15 || {
		tail -n 20 "$IKE/$1/controller.err"
		return 1
	}
}

# radius_up: accounting goes to $IKE/aaa/accounting.
radius_up()
{
	daemon aaa radius freeradius -f -l stdout -d "$HERE/ike/radius"
	wait_until "listens aaa 1812" 20
}

radius_down()
{
	daemon_end TERM aaa radius
}

# The AAA server has a subscriber's session ended (RFC 5176).
radius_disconnect()
{
	in_ns aaa radclient 10.201.0.1:3799 disconnect laboratory <<<"User-Name = \"$1\""
}

dns_up()
{
	daemon dns dnsmasq dnsmasq -k -C "$HERE/ike/dns.conf"
	wait_until "listens dns 53" 10
}

dns_down()
{
	daemon_end TERM dns dnsmasq
}

# record NAMESPACE NAME [FILTER]...: what passes there goes to $OUT/NAME.pcap.
record()
{
	local ns=$1 name=$2

	shift 2
	daemon "$ns" "$name" tcpdump -q -n -U -Z root -i any -w "$OUT/$name.pcap" "$@"
	wait_until "grep -q 'listening on' '$IKE/$ns/$name.err'" 10
}

record_end()
{
	daemon_end INT "$1" "$2"
}
