# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The laboratory's IPv4: accesses with IPv4 only, behind one NAT or two. They are
# built when a story asks for one of them, and taken away with the story:
#
#	access_up acc-4 acc-n acc-nn
#
#@
#@ IPv4 only, and there when a story says access_up:
#@
#@  +------+                                                             +------+
#@  |  ue  | .2 +- 192.0.2.0/26 .1 -[acc-4]- .130 192.0.2.128/30 -+ .129 | inet |
#@  |      | .2 +- 10.66.0.0/24 .1 -[acc-n]- .66 192.0.2.64/28 ---+ .65  |      |
#@  |      |                           NAT                               |      |
#@  |      | .2 +- 10.68.0.0/24 .1 -[acc-nn]- .2 100.64.0.0/24 --+       |      |
#@  +------+                           NAT                       | .1    |      |
#@                                                            [cgn] NAT  |      |
#@                                                               | .82   |      |
#@                          198.51.100.0/24       192.0.2.80/28 -+--.81--+      |
#@             [gw] .1 -----------------------------------------------.254------+
#@
#@ With gateway_behind_nat the gateway is 10.67.0.1, and inet hands on what comes
#@ to the UDP ports 500, 4191 and 4500 of 198.51.100.1.

NAMESPACES4="acc-4 acc-n acc-nn cgn"
HA4=198.51.100.1
HA4_INSIDE=10.67.0.1
COA_4=192.0.2.2
COA_N=10.66.0.2
COA_NN=10.68.0.2
# What the gateway sees of the latter two.
SEEN_N=192.0.2.66
SEEN_NN=192.0.2.82
: "$HA4_INSIDE" "$SEEN_N" "$SEEN_NN"

# ---- the network, which stays until the story's end ------------------------------

lab4_links()
{
	ip -batch - <<-END
	link add acc-4 netns ue type veth peer name ue netns acc-4
	link add acc-n netns ue type veth peer name ue netns acc-n
	link add acc-nn netns ue type veth peer name ue netns acc-nn
	link add inet netns acc-4 type veth peer name acc-4 netns inet
	link add inet netns acc-n type veth peer name acc-n netns inet
	link add cgn netns acc-nn type veth peer name acc-nn netns cgn
	link add inet netns cgn type veth peer name cgn netns inet
	END
}

lab4_routers()
{
	ip -n acc-4 -batch - <<-END
	address add 192.0.2.1/26 dev ue
	address add 192.0.2.130/30 dev inet
	link set ue up
	link set inet up
	route add default via 192.0.2.129
	END
	ip -n acc-n -batch - <<-END
	address add 10.66.0.1/24 dev ue
	address add $SEEN_N/28 dev inet
	address add 192.0.2.67/28 dev inet
	link set ue up
	link set inet up
	route add default via 192.0.2.65
	END
	ip -n acc-nn -batch - <<-END
	address add 10.68.0.1/24 dev ue
	address add 100.64.0.2/24 dev cgn
	link set ue up
	link set cgn up
	route add default via 100.64.0.1
	END
	ip -n cgn -batch - <<-END
	address add 100.64.0.1/24 dev acc-nn
	address add $SEEN_NN/28 dev inet
	address add 192.0.2.83/28 dev inet
	link set acc-nn up
	link set inet up
	route add default via 192.0.2.81
	END
	ip -n inet -batch - <<-END
	address add 192.0.2.129/30 dev acc-4
	address add 192.0.2.65/28 dev acc-n
	address add 192.0.2.81/28 dev cgn
	address add 198.51.100.254/24 dev gw
	link set acc-4 up
	link set acc-n up
	link set cgn up
	route add 192.0.2.0/26 via 192.0.2.130
	END
}

# As in lab_hosts: what the UE says from a care-of address goes by its access.
lab4_hosts()
{
	ip -n gw -batch - <<-END
	address add $HA4/24 dev inet
	route add default via 198.51.100.254
	END
	ip -n ue -batch - <<-END
	rule add from 192.0.2.0/26 table 104
	rule add from 10.66.0.0/24 table 105
	rule add from 10.68.0.0/24 table 106
	END
}

lab4_build()
{
	local ns

	[ ! -e /run/netns/cgn ] || return 0
	for ns in $NAMESPACES4; do
		echo "netns add $ns"
	done | ip -batch -
	for ns in $NAMESPACES4; do
		shape "$ns" 1
	done
	lab4_links && lab4_routers && lab4_hosts || return
	nat_maps acc-n :20000-29999 && nat_maps acc-nn :30000-39999 &&
		nat_maps cgn :40000-49999
}

# The other stories know nothing of IPv4 between UE and gateway.
lab4_down()
{
	local ns

	[ -e /run/netns/cgn ] || return 0
	for ns in $NAMESPACES4; do
		echo "netns del $ns"
	done | ip -batch -
	in_ns inet nft flush ruleset
	for ns in 104 105 106; do
		ip -n ue rule del table $ns
	done
	ip -n gw -4 address flush dev inet
	ip -n inet -4 address flush dev gw
	core_mtu 1500
	# veths go when their namespaces do, which may be a moment later
	wait_until '! in_ns inet ip -br link | grep -q cgn &&
		! in_ns ue ip -br link | grep -Eq "acc-(4|n|nn)@"' 10
}

# ---- accesses ----------------------------------------------------------------------

# access_up ACCESS...: links and addresses as the UE has them from an access.
access_up()
{
	local access coa table

	lab4_build || return
	for access; do
		case $access in
		acc-4) coa=$COA_4/26 table=104 ;;
		acc-n) coa=$COA_N/24 table=105 ;;
		acc-nn) coa=$COA_NN/24 table=106 ;;
		*) return 1 ;;
		esac
		ip -n ue -batch - <<-END || return
		link set $access up
		address replace $coa dev $access
		route replace default via ${coa%.*}.1 dev $access metric 1$table
		route replace default via ${coa%.*}.1 dev $access table $table
		END
	done
}

# access_down ACCESS...: as if the cable were pulled, with the addresses gone.
access_down()
{
	local access

	for access; do
		ip -n ue -batch - <<-END
		address flush dev $access scope global
		link set $access down
		END
	done
}

# What IPv4 and IPv6 carry in IPv4 or IPv6 does not pass an access, of any kind.
block_ip_in_ip()
{
	in_ns "$1" nft "table inet block {
		chain forward {
			type filter hook forward priority 0;
			meta l4proto { 4, 41 } counter drop
		}
	}"
}

unblock_ip_in_ip()
{
	in_ns "$1" nft delete table inet block
}

# blocked ACCESS: how many packets were held back.
blocked()
{
	in_ns "$1" nft list chain inet block forward |
		sed -n 's/.*counter packets \([0-9]*\).*/\1/p'
}

# ---- NATs ----------------------------------------------------------------------------

# nat_maps NAT [ADDRESS][:PORTS]: what new mappings look like, such as :50000-50999
# or 192.0.2.67:50000-50999; those that are there stay until they are forgotten.
# Nothing comes in that nobody asked for.
nat_maps()
{
	local nat=$1 to=$2 outside=inet how=masquerade

	[ "$nat" != acc-nn ] || outside=cgn
	[[ $to = :* ]] || how=snat
	in_ns "$nat" nft -f - <<-END
	table ip nat
	delete table ip nat
	table ip nat {
		chain postrouting {
			type nat hook postrouting priority 100;
			oifname "$outside" meta l4proto { tcp, udp } $how to $to
			oifname "$outside" masquerade
		}
		chain forward {
			type filter hook forward priority 0;
			iifname "$outside" ct state new drop
		}
	}
	END
}

# nat_forgets NAT...: all its mappings, as when it was switched off and on.
nat_forgets()
{
	local nat

	for nat; do
		in_ns "$nat" conntrack -F 2>/dev/null || return
	done
}

# nat_patience NAT SECONDS: how long a mapping is kept that nobody uses.
nat_patience()
{
	in_ns "$1" sysctl -q "net.netfilter.nf_conntrack_udp_timeout=$2" \
		"net.netfilter.nf_conntrack_udp_timeout_stream=$2"
}

# mappings NAT PORT: how many there are for UDP to this port.
mappings()
{
	in_ns "$1" conntrack -L -p udp --orig-port-dst "$2" 2>/dev/null | grep -c .
}

# The gateway's address is private, and inet has a mapping for it that never
# changes. Before the gateway's devices are made; until the story's end.
gateway_behind_nat()
{
	lab4_build || return
	ip -n gw -batch - <<-END
	address del $HA4/24 dev inet
	address add $HA4_INSIDE/24 dev inet
	route add default via 10.67.0.254
	END
	ip -n inet -batch - <<-END
	address del 198.51.100.254/24 dev gw
	address add 10.67.0.254/24 dev gw
	END
	in_ns inet nft "table ip static {
		chain prerouting {
			type nat hook prerouting priority -100;
			ip daddr $HA4 udp dport { 500, 4191, 4500 } dnat to $HA4_INSIDE
		}
		chain postrouting {
			type nat hook postrouting priority 100;
			ip saddr $HA4_INSIDE oifname != gw snat to $HA4
		}
	}"
}

# ---- how wide the ways are -----------------------------------------------------------

# link_mtu MTU [NAMESPACE LINK]...
link_mtu()
{
	local mtu=$1

	shift
	while [ $# -gt 0 ]; do
		ip -n "$1" link set "$2" mtu "$mtu" || return
		shift 2
	done
}

# access_mtu ACCESS MTU: of the UE's own link, as it can see.
access_mtu()
{
	link_mtu "$2" "$1" ue ue "$1"
}

# uplink_mtu ACCESS MTU: behind the access, where it cannot.
uplink_mtu()
{
	case $1 in
	acc-nn) link_mtu "$2" acc-nn cgn cgn acc-nn cgn inet inet cgn ;;
	*) link_mtu "$2" "$1" inet inet "$1" ;;
	esac
}

# core_mtu MTU: from inet to the gateway and the correspondent.
core_mtu()
{
	link_mtu "$1" inet gw gw inet gw cn cn gw
}
