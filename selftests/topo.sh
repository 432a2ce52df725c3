#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The laboratory: builds itself in network namespaces, and draws itself.
#
#   topo.sh draw		show the picture below
#   topo.sh up [MODE]		build it, with home agent and mobile node
#   topo.sh down		take it away
#
# MODE is esp (default), open, or xfrm: ESP whose states and policies come from
# ip-xfrm(8) only. As a library it offers lab_up, lab_down, attach, move and
# the like to the stories.
#
#@                 2001:db8:a::/64        2001:db8:1a::/64
#@           ::2 +-----------------[acc-a]-----------------+ ::2
#@  +------+-----+                  ::1 ::1                +-----+------+
#@  |  ue  |  access A                                           | inet |
#@  |      |                                                     |      |
#@  | mn0  |  access B                                           |      |  2001:db8:d::/64 other
#@  +--+---+-----+                  ::1 ::1                +-----+--+---+  home agents, e::/64
#@     |     ::2 +-----------------[acc-b]-----------------+ ::2    | ::ff other mobiles and
#@     |           2001:db8:b::/64        2001:db8:1b::/64          |      attackers: scapy
#@     |                                                            | 2001:db8:f::/64
#@     |  home link 2001:db8:200::/64                               | ::1
#@     +---------------------[home]--------------------------+-----+--+
#@                         ::9 switch and neighbour      ::1 |  gw    |
#@                                                           |  ha0   |
#@   home prefixes 2001:db8:100::/40, 10.100.0.0/16          +---+----+
#@   routed to ha0 at gw:                                        | ::1, .1
#@   ue  2001:db8:100:1::/64 10.100.0.1                          | 2001:db8:c::/64
#@   ue2 2001:db8:100:2::/64 10.100.0.2 (scapy)                  | 10.200.0.0/24
#@                                                           ::2 | .2
#@                                                             [cn] correspondent

# shellcheck source=selftests/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=selftests/topo4.sh
. "$HERE/topo4.sh"

REQID=0 FILTERED=
NAMESPACES="ue acc-a acc-b inet gw cn home"
HA=2001:db8:f::1
HOA=2001:db8:100:1::7
HOA4=10.100.0.1
HOA2=2001:db8:100:2::7
COA_A=2001:db8:a::2
COA_B=2001:db8:b::2
CN=2001:db8:c::2
CN4=10.200.0.2
HOME_HA=2001:db8:200::1
HOME_HOA=2001:db8:200::7
# The keys of the laboratory are public, so that captures can be read.
KEY_GCM=0x000102030405060708090a0b0c0d0e0f10111213
KEY_GCM2=0x202122232425262728292a2b2c2d2e2f30313233
KEY_SHA=0x404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f
KEY_SHA2=0x606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f
: "$HOA2" "$CN" "$CN4" "$HOME_HA" "$HOME_HOA" "$KEY_GCM2" "$KEY_SHA2"

lab_draw()
{
	sed -n 's/^#@//p' "${BASH_SOURCE[0]}" "$HERE/topo4.sh"
}

# ---- the network, which stays from story to story -----------------------------

# A fresh namespace: forwarding where it is asked for, no waiting for DAD.
shape()
{
	local ns=$1 forward=$2

	# shellcheck disable=SC2016
	in_ns "$ns" sh -c '
		cd /proc/sys/net
		for where in all default; do
			echo 0 >ipv6/conf/$where/accept_dad
			echo 0 >ipv6/conf/$where/dad_transmits
			echo 0 >ipv6/conf/$where/router_solicitations
			echo '"$forward"' >ipv6/conf/$where/forwarding
			echo 0 >ipv4/conf/$where/rp_filter
		done
		echo '"$forward"' >ipv4/ip_forward
		echo 0 >ipv6/icmp/ratelimit
		echo 0 >ipv4/icmp_ratelimit
		ip link set lo up'
}

lab_links()
{
	ip -batch - <<-END
	link add acc-a netns ue type veth peer name ue netns acc-a
	link add acc-b netns ue type veth peer name ue netns acc-b
	link add home netns ue type veth peer name ue netns home
	link add inet netns acc-a type veth peer name acc-a netns inet
	link add inet netns acc-b type veth peer name acc-b netns inet
	link add gw netns inet type veth peer name inet netns gw
	link add cn netns gw type veth peer name gw netns cn
	link add home netns gw type veth peer name gw netns home
	END
}

lab_routers()
{
	ip -n acc-a -batch - <<-END
	address add 2001:db8:a::1/64 dev ue
	address add 2001:db8:1a::1/64 dev inet
	link set ue up
	link set inet up
	route add default via 2001:db8:1a::2
	END
	ip -n acc-b -batch - <<-END
	address add 2001:db8:b::1/64 dev ue
	address add 2001:db8:1b::1/64 dev inet
	link set ue up
	link set inet up
	route add default via 2001:db8:1b::2
	END
	ip -n inet -batch - <<-END
	address add 2001:db8:1a::2/64 dev acc-a
	address add 2001:db8:1b::2/64 dev acc-b
	address add 2001:db8:f::ff/64 dev gw
	link set acc-a up
	link set acc-b up
	link set gw up
	route add 2001:db8:a::/64 via 2001:db8:1a::1
	route add 2001:db8:b::/64 via 2001:db8:1b::1
	route add 2001:db8:c::/64 via 2001:db8:f::1
	route add 2001:db8:100::/40 via 2001:db8:f::1
	route add 2001:db8:200::/64 via 2001:db8:f::1
	route add blackhole 2001:db8:d::/64
	route add blackhole 2001:db8:e::/64
	END
}

lab_hosts()
{
	ip -n gw -batch - <<-END
	address add $HA/64 dev inet
	address add 2001:db8:c::1/64 dev cn
	address add 10.200.0.1/24 dev cn
	address add $HOME_HA/64 dev home
	link set inet up
	link set cn up
	link set home up
	route add default via 2001:db8:f::ff
	END
	ip -n cn -batch - <<-END
	address add $CN/64 dev gw
	address add $CN4/24 dev gw
	link set gw up
	route add default via 2001:db8:c::1
	route add default via 10.200.0.1
	END
	ip -n ue -6 -batch - <<-END
	rule add from 2001:db8:a::/64 table 101
	rule add from 2001:db8:b::/64 table 102
	END
	ip -n home -batch - <<-END
	link add switch type bridge
	link set ue master switch
	link set gw master switch
	address add 2001:db8:200::9/64 dev switch
	link set switch up
	link set ue up
	link set gw up
	END
}

lab_build()
{
	local ns

	[ ! -e /run/netns/ue ] || return 0
	modprobe dsmip
	for ns in $NAMESPACES; do
		echo "netns add $ns"
	done | ip -batch -
	for ns in $NAMESPACES; do
		case $ns in
		acc-* | inet | gw) shape "$ns" 1 ;;
		*) shape "$ns" 0 ;;
		esac
	done
	lab_links
	lab_routers
	lab_hosts
}

lab_destroy()
{
	local ns

	for ns in $NAMESPACES $NAMESPACES4; do
		[ ! -e "/run/netns/$ns" ] || echo "netns del $ns"
	done | ip -batch -
}

# ---- what the stories are about -----------------------------------------------

# The accesses of the UE as they are at the beginning. What the UE itself says
# from a care-of address goes by its access, by the rules of lab_hosts.
lab_accesses()
{
	ip -n ue -batch - <<-END
	link set acc-a up
	link set acc-b up
	address replace $COA_A/64 dev acc-a nodad
	address replace $COA_B/64 dev acc-b nodad
	route replace default via 2001:db8:a::1 dev acc-a metric 1001
	route replace default via 2001:db8:b::1 dev acc-b metric 1002
	route replace default via 2001:db8:a::1 dev acc-a table 101
	route replace default via 2001:db8:b::1 dev acc-b table 102
	END
}

lab_gateway()
{
	local mode=$1 auth=esp

	[ "$mode" != open ] || auth=open
	ctl gw -b - <<-END
	device add ha0 role home-agent addr $HA home-prefix 2001:db8:100::/40 auth $auth
	END
	ip -n gw -batch - <<-END
	link set ha0 up
	route add 2001:db8:100::/40 via fe80::1 dev ha0
	route add 10.100.0.0/16 dev ha0
	END
	if [ "$mode" = open ]; then
		ctl gw -b - <<-END
		mobile add dev ha0 hoa 2001:db8:100:1::/64 hoa4 $HOA4 id ue1@example
		mobile add dev ha0 hoa 2001:db8:100:2::/64 hoa4 10.100.0.2 id ue2@example
		END
	else
		ctl gw -b - <<-END
		mobile add dev ha0 hoa 2001:db8:100:1::/64 hoa4 $HOA4 id ue1@example reqid 101
		mobile add dev ha0 hoa 2001:db8:100:2::/64 hoa4 10.100.0.2 id ue2@example reqid 102
		END
	fi
}

lab_mobile()
{
	local mode=$1 auth=esp

	[ "$mode" != open ] || auth=open
	ctl ue -b - <<-END
	device add mn0 role mobile-node auth $auth
	END
	ip -n ue -batch - <<-END
	link set mn0 up
	address add $HOA/128 dev mn0 nodad
	address add $HOA4/32 dev mn0
	route add default dev mn0 src $HOA metric 1
	route add default dev mn0 src $HOA4
	END
	ctl ue -b - <<-END
	access add dev mn0 link acc-a preference 10
	access add dev mn0 link acc-b preference 20
	END
}

# Security associations of the UE and of ue2, the latter with an encryption that
# leaves the octets readable.
lab_keys()
{
	ctl gw -b - <<-END
	sa add dev ha0 hoa $HOA ha $HA reqid 101 spi-in 0x1001 spi-out 0x1002 aead rfc4106(gcm(aes)) $KEY_GCM 128
	END
	ctl ue -b - <<-END
	sa add dev mn0 hoa $HOA ha $HA reqid 101 spi-in 0x1002 spi-out 0x1001 aead rfc4106(gcm(aes)) $KEY_GCM 128
	END
	lab_keys2
}

lab_keys2()
{
	ctl gw -b - <<-END
	sa add dev ha0 hoa $HOA2 ha $HA reqid 102 spi-in 0x2001 spi-out 0x2002 enc ecb(cipher_null) 0x auth-trunc hmac(sha256) $KEY_SHA 128
	END
}

# The same by other hands: what a key daemon of any kind would install.
lab_keys_by_xfrm()
{
	local there="src $HOA dst $HA" back="src $HA dst $HOA" sel="proto 135"
	local esp="proto esp reqid 101 mode transport"
	local aead="mode transport reqid 101 aead rfc4106(gcm(aes)) $KEY_GCM 128"

	ip -n gw -batch - <<-END
	xfrm state add $there proto esp spi 0x1001 replay-window 32 $aead
	xfrm state add $back proto esp spi 0x1002 $aead
	xfrm policy add $there $sel dir in tmpl $there $esp
	xfrm policy add $back $sel dir out tmpl $back $esp
	END
	ip -n ue -batch - <<-END
	xfrm state add $there proto esp spi 0x1001 $aead
	xfrm state add $back proto esp spi 0x1002 replay-window 32 $aead
	xfrm policy add $there $sel dir out tmpl $there $esp
	xfrm policy add $back $sel dir in tmpl $back $esp
	END
}

# A second pair beside the first, and the first goes.
lab_rekey_by_xfrm()
{
	local there="src $HOA dst $HA" back="src $HA dst $HOA" ns
	local aead="mode transport reqid 101 replay-window 32 aead rfc4106(gcm(aes)) $KEY_GCM2 128"

	for ns in gw ue; do
		ip -n $ns -batch - <<-END || return
		xfrm state add $there proto esp spi 0x1101 $aead
		xfrm state add $back proto esp spi 0x1102 $aead
		xfrm state delete $there proto esp spi 0x1001
		xfrm state delete $back proto esp spi 0x1002
		END
	done
}

# BREAK=WHAT spoils the laboratory, to see that the checks notice:
#   esp		no ESP gets through		tunnel	no IPv6 in IPv6
#   tunnel4	no IPv4 in IPv6			b	access B is dead
#   clear	the UE's messages go in clear	loss	one packet in fifty is lost
#   ecn		marks are washed off		hop	one hop too many is counted
lab_break()
{
	case $BREAK in
	'' | clear) ;;
	esp) filter ip6 nexthdr '{ 43, 50, 60 }' drop ;;
	tunnel) filter ip6 nexthdr 41 drop ;;
	tunnel4) filter ip6 nexthdr 4 drop ;;
	b) filter iifname acc-b drop ;;
	loss) filter numgen inc mod 50 0 drop ;;
	ecn) filter ip6 ecn set not-ect ;;
	hop) filter ip6 hoplimit set 9 ;;
	*)
		echo "# no such BREAK: $BREAK"
		exit 1
		;;
	esac
}

# lab_up esp|open|xfrm
lab_up()
{
	local mode=$1

	[ "$BREAK" != clear ] || mode=open
	case $mode in
	open) REQID=0 ;;
	*) REQID=101 ;;
	esac
	lab_build || exit
	lab_accesses || exit
	lab_gateway "$mode" || exit
	lab_mobile "$mode" || exit
	case $mode in
	esp) lab_keys || exit ;;
	xfrm) lab_keys_by_xfrm || exit ;;
	esac
	lab_break || exit
}

# Devices, associations and what a story did to the accesses; not the network.
lab_down()
{
	listen_no_more
	[ -e /run/netns/ue ] && [ -e /run/netns/gw ] || return 0
	[ -z "${TO_STATION:-}" ] || station forget
	ip -n ue -batch - <<-END
	xfrm state flush
	xfrm policy flush
	address flush dev acc-a scope global
	address flush dev acc-b scope global
	address flush dev home scope global
	link set acc-a mtu 1500
	link set acc-b mtu 1500
	link set home down
	END
	ip -n gw -batch - <<-END
	xfrm state flush
	xfrm policy flush
	END
	lab_devices_gone ue mn0 mn1
	lab_devices_gone gw ha0 ha1
	if [ -n "$FILTERED" ]; then
		in_ns inet nft flush ruleset
		FILTERED=
	fi
	lab4_down
	return 0
}

# lab_devices_gone NAMESPACE DEVICE...
lab_devices_gone()
{
	local ns=$1 device there

	shift
	there=" $(ip -n "$ns" -br link | while read -r device _; do
		printf '%s ' "${device%@*}"
	done)"
	for device; do
		[[ $there != *" $device "* ]] || ctl "$ns" device del "$device"
	done
}

# In inet, something is done to packets that pass: nft rules of the chain forward.
filter()
{
	FILTERED=yes
	in_ns inet nft "add table ip6 lab; add chain ip6 lab forward { type filter hook forward priority 0; }; add rule ip6 lab forward $*"
}

unfilter()
{
	FILTERED=
	in_ns inet nft delete table ip6 lab
}

# ---- verbs ---------------------------------------------------------------------

# attach [WORDS...]: register the UE; the words go to "registration add".
attach()
{
	ctl ue registration add dev mn0 hoa $HOA plen 64 ha $HA hoa4 0.0.0.0 \
		lifetime 600 reqid $REQID "$@" &&
		wait_until "shows state registered ue registration show dev mn0 >/dev/null" 15
}

# move ADDRESS: by command, and the home agent knows it.
move()
{
	ctl ue registration set dev mn0 hoa $HOA coa "$1" && bound_to "$1"
}

# bound_to ADDRESS: wait until both sides agree on the care-of address.
bound_to()
{
	wait_until "shows coa $1 gw binding show dev ha0 hoa $HOA >/dev/null &&
		shows state registered ue registration show dev mn0 >/dev/null" 15
}

# reaches NAMESPACE ADDRESS [PING WORDS...]: one echo comes back.
reaches()
{
	local ns=$1 to=$2

	shift 2
	in_ns "$ns" ping -n -c 1 -W 3 "$@" "$to"
}

# binding KEY: of the UE, at the home agent.
binding()
{
	word "$1" "$(ctl gw binding show dev ha0 hoa $HOA)"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	case ${1:-} in
	draw) lab_draw ;;
	up) lab_up "${2:-esp}" ;;
	down)
		lab_down
		lab_destroy
		;;
	*)
		sed -n '4,13s/^# \{0,1\}//p' "$0"
		exit 2
		;;
	esac
fi
