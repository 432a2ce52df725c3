#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2086,SC2317 # checks call what stands here by name
#
# What the service does to its host: links, addresses, routes and rules of host.h,
# policies, states and moves of policy.h. Each call is made once by host_guest
# (make -f host.mk), most of them twice, and ip tells what came of it.
#
#   selftests/vm/run.sh -- selftests/service/host.sh

# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/../lib.sh"

PROGRAM=${PROGRAM:-$TOP/build/selftests-host/host_guest}
HA=2001:db8:f::1
HOA=2001:db8:100:1::7
HOA2=2001:db8:100:2::7
COA_A=2001:db8:a::2
COA_B=2001:db8:b::2
KEY=0x000102030405060708090a0b0c0d0e0f10111213
WATCHED=$STATE/watched
HEARD=$STATE/heard

# ---- the laboratory ------------------------------------------------------------

lab_up()
{
	modprobe -aq dummy veth tun xfrm_user xfrm_interface esp4 esp6
	ip -batch - <<-END
	netns add here
	netns add there
	link add v0 netns here type veth peer name v0 netns there
	link add v1 netns here type veth peer name v1 netns there
	END
	in_ns there sh -c 'echo 0 >/proc/sys/net/ipv6/conf/all/accept_ra'
	ip -n there -batch - <<-END
	link set v0 up
	link set v1 up
	END
	ip -n here -batch - <<-END
	link set lo up
	link set v1 up
	address add 2001:db8:1::2/64 dev v1 nodad
	address add 192.0.2.2/24 dev v1
	END
}

lab_down()
{
	local pid

	for pid in $(jobs -p); do
		kill "$pid"
	done
	return 0
}

lab_destroy()
{
	local ns

	for ns in here there; do
		[ ! -e /run/netns/$ns ] || ip netns del $ns
	done
}

# ---- words of these checks -------------------------------------------------------

# t VERB WORDS...: the program, in the namespace
t()
{
	in_ns here "$PROGRAM" "$@"
}

# The second time in the same breath, for nothing shall come of it. Not for what does
# many things: a second time would finish what the first left undone.
twice()
{
	in_ns here "$PROGRAM" -2 "$@"
}

# behind FILE COMMAND...: in the namespace, in the background; BEHIND is its number
behind()
{
	local file=$1

	shift
	: >"$file"
	nsenter --net=/run/netns/here -- "$@" >>"$file" &
	BEHIND=$!
}

# says PATTERN VERB WORDS...: refused, and this is in the sentence
says()
{
	local pattern=$1 said status

	shift
	said=$(t "$@" 2>&1)
	status=$?
	is "$status $(grep -Ec "$pattern" <<<"$said")" '1 1' || {
		echo "$said"
		return 1
	}
}

# ends STATUS LINES VERB WORDS...: it leaves with that, having printed so many
ends()
{
	local status=$1 lines=$2 said

	shift 2
	said=$(t "$@")
	is "$? $(grep -c . <<<"$said")" "$status $lines"
}

# tells EXPECTED FILTER IP WORDS...: what jq makes of what ip tells
tells()
{
	local expected=$1 filter=$2

	shift 2
	is "$(ip -n here -j "$@" | jq -c "$filter")" "$expected"
}

index()
{
	in_ns here cat "/sys/class/net/$1/ifindex" 2>/dev/null ||
		ip -n here -j link show dev "$1" | jq '.[].ifindex'
}

# routes EXPECTED IP WORDS...: "gateway device metric source" of each, sorted
routes()
{
	local expected=$1

	shift
	is "$(ip -n here -j "$@" | jq -r '.[] | "\(.gateway // .via.host // "-") \(.dev
		) \(.metric // 0) \(.prefsrc // "-")"' | sort | paste -sd,)" "$expected"
}

default4()
{
	routes "$1" route show table "${2:-main}" default
}

default6()
{
	routes "$1" -6 route show table "${2:-main}" default
}

rules()
{
	local expected=$1

	shift
	is "$(ip -n here "$@" rule | sed -n 's/^\(10[0-9]*\):[ \t]*/\1 /p' |
		sed 's/ *$//' | sort | paste -sd,)" "$expected"
}

# ---- links -------------------------------------------------------------------------

link_goes_up()
{
	twice link-up v0 up &&
		tells '[true]' '[.[].flags | index("UP") != null]' link show dev v0
}

link_goes_down()
{
	twice link-up v0 down &&
		tells '[false]' '[.[].flags | index("UP") != null]' link show dev v0 &&
		t link-up v0 up
}

xfrm_link()
{
	local first second

	first=$(t xfrm-link x7 7) && second=$(t xfrm-link x7 7) &&
		is "$second" "$first" && is "$first" "$(index x7)" &&
		tells '[["xfrm","0x7",true]]' \
			'[.[] | [.linkinfo.info_kind, .linkinfo.info_data.if_id,
				(.flags | index("UP") != null)]]' -d link show dev x7
}

xfrm_link_goes_up_again()
{
	ip -n here link set x7 down && t xfrm-link x7 7 &&
		tells '[true]' '[.[].flags | index("UP") != null]' link show dev x7
}

xfrm_link_is_anothers()
{
	says 'link v0 is there and is no xfrm link of if_id 7: choose' xfrm-link v0 7 &&
		says 'link x7 is there and is no xfrm link of if_id 8' xfrm-link x7 8 &&
		says 'link v0 is there and is no xfrm link of if_id 0' xfrm-link v0 0 &&
		says 'another link has if_id 7: choose' xfrm-link x8 7 &&
		tells '[]' '[.[] | select(.ifname == "x8")]' link
}

xfrm_link_is_none()
{
	says 'if_id must be non zero|Invalid' xfrm-link x0 0 &&
		says "'abcdefghijklmnop' is no name of a link: it is too long" \
			xfrm-link abcdefghijklmnop 9 &&
		says "'' is no name of a link: it is too short" xfrm-link '' 9
}

link_is_deleted()
{
	t xfrm-link abcdefghijklmno 9 && twice link-del abcdefghijklmnop 9 && t link-del '' 9 &&
		t link-del abcdefghijklmno 8 &&
		tells '["dsmipctl run"]' '[.[] | select(.ifname == "abcdefghijklmno") | .ifalias]' link &&
		twice link-del abcdefghijklmno 9 &&
		tells 0 '[.[] | select(.ifname == "abcdefghijklmno")] | length' link
}

link_is_not_deleted()
{
	ip -n here link add x9 type xfrm dev v1 if_id 9
	t xfrm-link x9 9 && t link-del x9 9 && t link-del lo 0 && t link-del v0 9 &&
		tells 1 '[.[] | select(.ifname == "x9")] | length' link &&
		ip -n here link del x9
}

# ---- addresses ------------------------------------------------------------------------

# All but link-local ones: "address/length flags"
addresses()
{
	is "$(ip -n here -j address show dev "$1" | jq -r '.[].addr_info[] |
		select(.scope == "global") | "\(.local)/\(.prefixlen)\(if .nodad then " nodad"
			else "" end)\(if .tentative then " tentative" else "" end)"' |
		paste -sd,)" "$2"
}

# DAD is on here, but not for this one.
address6_is_added()
{
	twice address-add v0 $HOA/128 && addresses v0 "$HOA/128 nodad"
}

address_is_another()
{
	says "address $HOA/64 is on v0, but with /128: delete it there" \
		address-add v0 $HOA/64 && addresses v0 "$HOA/128 nodad"
}

address4_is_added()
{
	twice address-add v0 10.0.0.7/32 && t address-add v0 10.1.0.7/24 &&
		addresses v0 "10.0.0.7/32,10.1.0.7/24,$HOA/128 nodad"
}

address_is_none()
{
	says '129 is no prefix length of 2001:db8::9: it is from 0 to 128' \
		address-add v0 2001:db8::9/129 &&
		says '129 is no prefix length of 10.0.0.9: it is from 96 to 128' \
			address-add v0 10.0.0.9/33 &&
		says '80 is no prefix length' address-del v0 10.0.0.9/-16
}

addresses_are_told()
{
	local count=0

	in_ns here sh -c 'echo 1000 >/proc/sys/net/ipv6/conf/v0/dad_transmits'
	ip -n here address add 2001:db8:77::1/64 dev v0
	is "$(t addresses v0 | sort | paste -sd,)" \
		"$HOA/128,::ffff:10.0.0.7/128,::ffff:10.1.0.7/120" || count=1
	ip -n here address del 2001:db8:77::1/64 dev v0
	return $count
}

addresses_end()
{
	ends 7 1 addresses v0 1 && ends 7 2 addresses v0 2 && ends 0 3 addresses v0
}

address_is_deleted()
{
	twice address-del v0 $HOA/128 && twice address-del v0 10.1.0.7/24 &&
		addresses v0 10.0.0.7/32
}

# Another length is another address.
address_is_not_deleted()
{
	t address-add v0 $HOA/128 && t address-del v0 $HOA/64 && t address-del v0 10.0.0.7/24 &&
		addresses v0 "10.0.0.7/32,$HOA/128 nodad"
}

# What is gone cannot be used, but has nothing and can lose all.
link_is_gone()
{
	says 'interface 9999 cannot go up: .*No such device' link-up 9999 up &&
		says "address $HOA/128 on interface 9999: " address-add 9999 $HOA/128 &&
		says 'route default of interface 9999: ' route-add default 9999 &&
		t link-up 9999 down && t address-del 9999 $HOA/128 &&
		t address-del 9999 10.0.0.7/32 && t route-del default 9999 &&
		t mirror 9999 109 && ends 0 0 addresses 9999 &&
		t mirror 0 109 && t link-up 0 down && says 'interface 0 cannot go up' link-up 0 up
}

# ---- routes ----------------------------------------------------------------------------

route6_is_added()
{
	twice route-add default v0 src $HOA metric 1 &&
		default6 "- v0 1 $HOA"
}

route_is_anothers()
{
	says 'route default of v1: another is there with metric 1: choose another metric' \
		route-add default v1 metric 1 &&
		says 'another is there with metric 1' \
			route-add default v0 via fe80::1 metric 1 &&
		default6 "- v0 1 $HOA"
}

route_has_another_source()
{
	t route-add default v1 metric 2 && t address-add v0 $HOA2/128 &&
		t route-add default v0 src $HOA2 metric 1 &&
		default6 "- v0 1 $HOA2,- v1 2 -"
}

# Its source is gone: it is the same way.
route_loses_its_source()
{
	t address-del v0 $HOA2/128 && default6 '- v0 1 -,- v1 2 -' &&
		t route-add default v0 src $HOA metric 1 && default6 "- v0 1 $HOA,- v1 2 -"
}

route4_is_added()
{
	twice route-add default4 v0 src 10.0.0.7 &&
		twice route-add 0.0.0.0/0 v1 via 192.0.2.1 metric 5 table 200 &&
		default4 '- v0 0 10.0.0.7' && default4 '192.0.2.1 v1 5 -' 200
}

route4_over_ipv6()
{
	twice route-add 198.51.100.0/24 v1 via fe80::9 table 201 &&
		routes 'fe80::9 v1 0 -' route show table 201 198.51.100.0/24
}

# IPv6 has no metric of 0; and what is behind the prefix does not count.
route_to_a_prefix()
{
	twice route-add 2001:db8:5::99/48 v1 via 2001:db8:1::1 table 70000 &&
		routes '2001:db8:1::1 v1 1024 -' -6 route show table 70000 2001:db8:5::/48 &&
		twice route-add 203.0.113.77/24 v1 table 70000 &&
		routes '- v1 0 -' route show table 70000 203.0.113.0/24
}

route_is_onlink()
{
	says 'route 203.0.113.0/25 of v1: .*invalid gateway' \
		route-add 203.0.113.0/25 v1 via 172.16.0.1 table 70000 &&
		twice route-add 203.0.113.0/25 v1 via 172.16.0.1 table 70000 onlink &&
		tells '[["172.16.0.1",["onlink"]]]' '[.[] | [.gateway, .flags]]' \
			route show table 70000 203.0.113.0/25
}

route_is_none()
{
	says 'its addresses are of IPv4 and of IPv6' \
		route-add default v1 via 192.0.2.1 table 202 &&
		says 'its addresses are of IPv4 and of IPv6' \
			route-add default4 v1 src $HOA table 202 &&
		says '130 is no prefix length of 2001:db8::: it is from' \
			route-add 2001:db8::/130 v1 &&
		is "$(ip -n here route show table 202; ip -n here -6 route show table 202)" ''
}

route_is_deleted()
{
	t route-add default4 v0 src 10.0.0.7 metric 9 && t route-add default v0 metric 3 &&
		twice route-del default4 v0 && default4 '- v0 9 10.0.0.7' &&
		t route-del default4 v0 metric 9 && default4 '' &&
		t route-del default v0 && t route-del default v1 metric 3 &&
		t route-del default v0 via fe80::1 metric 3 &&
		default6 "- v0 1 $HOA,- v0 3 -,- v1 2 -" &&
		t route-del default v0 metric 3 && t route-del default v0 metric 1 &&
		t route-del default v1 metric 2 && default6 '' &&
		twice route-del 198.51.100.0/24 v1 via fe80::9 table 201 &&
		is "$(ip -n here route show table 201)" ''
}

table_is_flushed()
{
	ip -n here route add unreachable 198.51.100.0/24 table 70000
	ip -n here -6 route add blackhole 2001:db8:9::/48 table 70000
	t route-add default v0 table 70001 && t flush-table 70000 &&
		is "$(ip -n here route show table 70000; ip -n here -6 route show table 70000)" '' &&
		default6 '- v0 1024 -' 70001 && twice flush-table 70001 && default6 '' 70001
}

table_is_the_kernels()
{
	local table

	for table in 0 253 254 255; do
		says "table $table is the kernel's own: choose another" flush-table $table &&
			says "table $table is the kernel's own" mirror v1 $table || return
	done
	routes '- v1 256 -' -6 route show 2001:db8:1::/64
}

# ---- rules --------------------------------------------------------------------------------

rule_is_added()
{
	twice rule-add $COA_A/128 101 1000 && twice rule-add 2001:db8:b::2/64 70000 1000 &&
		twice rule-add 10.0.0.7/32 101 1001 &&
		rules '1000 from 2001:db8:a::2 lookup 101,1000 from 2001:db8:b::/64 lookup 70000' -6 &&
		rules '1001 from 10.0.0.7 lookup 101' -4
}

# The same but for one thing is another.
rule_is_deleted()
{
	t rule-del $COA_A/128 102 1000 && t rule-del $COA_A/128 101 1001 &&
		t rule-del $COA_B/128 101 1000 && t rule-del 10.0.0.8/32 101 1001 &&
		rules '1000 from 2001:db8:a::2 lookup 101,1000 from 2001:db8:b::/64 lookup 70000' -6 &&
		twice rule-del $COA_A/128 101 1000 && twice rule-del 10.0.0.7/32 101 1001 &&
		rules '1000 from 2001:db8:b::/64 lookup 70000' -6 && rules '' -4
}

rules_are_flushed()
{
	ip -n here -6 rule add from 2001:db8:c::/64 prohibit priority 1000
	ip -n here -batch - <<-END
	rule add from 10.9.0.0/16 unreachable priority 1000
	rule add iif v1 lookup 105 priority 1000
	rule add from 10.9.0.0/16 lookup 106 priority 1001
	END
	t flush-rules 1000 && rules '' -6 && rules '1001 from 10.9.0.0/16 lookup 106' -4 &&
		t flush-rules 1000 && t flush-rules 1001 && rules '' -4
}

rules_are_the_kernels()
{
	local priority

	for priority in 0 32766 32767; do
		says "rules of priority $priority are the kernel's own" flush-rules $priority ||
			return
	done
	is "$(ip -n here -4 rule | grep -c lookup) $(ip -n here -6 rule | grep -c lookup)" '3 2'
}

# ---- default routes, mirrored -----------------------------------------------------------------

defaults_of_v1()
{
	ip -n here -6 -batch - <<-END
	route add default via 2001:db8:1::1 dev v1 metric 20
	route add default via fe80::1 dev v1 metric 30
	route add default via fe80::2 dev v0 metric 50
	END
	ip -n here -batch - <<-END
	route add default via 192.0.2.1 dev v1 metric 20 src 192.0.2.2
	route add default via 172.16.0.1 dev v1 metric 30 onlink
	route add default dev v0 metric 50
	END
	ip -n here -4 route add default via inet6 fe80::4 dev v1 metric 40
}

defaults_are_mirrored()
{
	defaults_of_v1 && t mirror v1 101 &&
		default6 '2001:db8:1::1 v1 20 -,fe80::1 v1 30 -' 101 &&
		default4 '172.16.0.1 v1 30 -,192.0.2.1 v1 20 192.0.2.2,fe80::4 v1 40 -' 101 &&
		tells '[["onlink"]]' '[.[] | select(.metric == 30) | .flags]' \
			route show table 101 default
}

# Nothing changes: nobody is told of anything.
mirror_is_quiet()
{
	local pid

	behind "$STATE/monitor" stdbuf -oL ip monitor route
	pid=$BEHIND
	wait_until "in_ns here grep -q ' 0 *$pid ' /proc/net/netlink" 10
	t route-add 10.77.0.0/16 v1 && wait_until "grep -q 10.77 $STATE/monitor" 5 &&
		t mirror v1 101 && t route-add 10.78.0.0/16 v1 &&
		wait_until "grep -q 10.78 $STATE/monitor" 5
	kill $pid
	wait $pid 2>/dev/null
	is "$(cut -d/ -f1 "$STATE/monitor" | paste -sd,)" 10.77.0.0,10.78.0.0
}

# Another gateway at the same metric, a metric that is gone, one that is new; and
# what others have put into the table.
defaults_follow()
{
	ip -n here -6 -batch - <<-END
	route replace default via fe80::7 dev v1 metric 20
	route del default dev v1 metric 30
	END
	ip -n here -batch - <<-END
	route replace default via 192.0.2.9 dev v1 metric 20
	route del default dev v1 metric 30
	route add default via 192.0.2.8 dev v1 metric 35
	route add 10.5.0.0/16 dev v1 table 101
	END
	t mirror v1 101 && default6 'fe80::7 v1 20 -' 101 &&
		default4 '192.0.2.8 v1 35 -,192.0.2.9 v1 20 -,fe80::4 v1 40 -' 101 &&
		routes '- v1 0 -' route show table 101 10.5.0.0/16
}

# A route of several ways, some over other interfaces.
defaults_of_many_ways()
{
	ip -n here -batch - <<-END
	route del default dev v1 metric 20
	route del default dev v1 metric 35
	route del default dev v1 metric 40
	route add default metric 60 nexthop dev v0 nexthop via 192.0.2.5 dev v1
	END
	ip -n here -6 -batch - <<-END
	route del default dev v1 metric 20
	route add default metric 60 nexthop via fe80::8 dev v0 nexthop via fe80::5 dev v1
	END
	t mirror v1 101 && default4 '192.0.2.5 v1 60 -' 101 && default6 'fe80::5 v1 60 -' 101
}

defaults_go()
{
	ip -n here route flush default metric 60
	ip -n here -6 route flush default metric 60
	t mirror v1 101 && default4 '' 101 && default6 '' 101 &&
		t flush-table 101
}

# An xfrm link and a tun have no neighbours; v0 has, and no gateway.
default_over_link()
{
	ip -n here -batch - <<-END
	address add 2001:db8:7::2/64 dev x7
	address add 10.7.0.2/32 dev x7
	tuntap add t0 mode tun
	link set t0 up
	address add 10.8.0.2/32 dev t0
	route del default dev v0 metric 50
	END
	ip -n here -6 route del default dev v0 metric 50
	t mirror x7 107 && default6 '- x7 1024 -' 107 && default4 '- x7 0 -' 107 &&
		t mirror t0 108 && default6 '' 108 && default4 '- t0 0 -' 108 &&
		t mirror v0 109 && default6 '' 109 && default4 '' 109
}

default_over_link_goes()
{
	ip -n here address del 10.7.0.2/32 dev x7
	ip -n here -6 route add default via fe80::1 dev x7 metric 1024
	t mirror x7 107 && default4 '' 107 && default6 'fe80::1 x7 1024 -' 107 &&
		ip -n here -6 route del default dev x7 && t mirror x7 107 &&
		default6 '- x7 1024 -' 107 && ip -n here link set x7 down &&
		t mirror x7 107 && default6 '' 107
}

# ---- changes --------------------------------------------------------------------------------------

watch()
{
	behind "$WATCHED" "$PROGRAM" watch
	WATCHER=$BEHIND
	wait_until "grep -q ready $WATCHED" 10
}

# changes COMMAND...: after it, a change is told
changes()
{
	: >"$WATCHED"
	"$@" && wait_until "grep -q changed $WATCHED" 5
}

# changes_not COMMAND...: after it, something is told, and that there is no change
changes_not()
{
	: >"$WATCHED"
	"$@" && wait_until "grep -q nothing $WATCHED" 5 && stays "! grep -q changed $WATCHED" 1
}

changes_are_told()
{
	changes ip -n here link set v0 mtu 1400 &&
		changes ip -n here address add 10.3.0.1/32 dev v1 &&
		changes ip -n here address del 10.3.0.1/32 dev v1 &&
		changes ip -n here route add default via 192.0.2.1 dev v1 &&
		changes ip -n here -6 route add default via 2001:db8:1::1 dev v1 &&
		changes ip -n here -6 route del default dev v1
}

# What came before has come after a second.
other_routes_are_no_change()
{
	stays true 1
	changes_not ip -n here route add 10.3.0.0/24 dev v1 &&
		changes_not ip -n here route add default via 192.0.2.1 table 77 &&
		changes_not ip -n here -6 route add 2001:db8:33::/48 dev v1
}

# More than there is room for: stopped meanwhile, it may not miss it.
lost_changes_are_changes()
{
	local i batch=

	kill -STOP $WATCHER
	for i in {1..2500}; do
		batch+="route add 10.4.$((i / 250)).$((i % 250))/32 dev v1"$'\n'
	done
	ip -n here -batch - <<<"$batch"
	: >"$WATCHED"
	kill -CONT $WATCHER
	wait_until "grep -q changed $WATCHED" 10
}

watch_no_more()
{
	kill $WATCHER
	wait $WATCHER 2>/dev/null
	ip -n here route flush root 10.4.0.0/16
	ip -n here route flush default
}

# ---- policies -----------------------------------------------------------------------------------------

xfrm()
{
	ip -n here xfrm "$@"
}

# With all there is to know.
xfrm_all()
{
	ip -n here -s xfrm "$@"
}

xfrm_clear()
{
	xfrm policy flush
	xfrm policy flush ptype sub 2>/dev/null
	xfrm state flush
}

# What ip xfrm makes of the same words, in another namespace.
by_hand()
{
	ip -n there xfrm policy flush
	ip -n there -batch - <<-END
	xfrm policy add src $1 dst $2 proto 135 dir in tmpl src $1 dst $2 proto esp reqid $3 mode transport
	xfrm policy add src $2 dst $1 proto 135 dir out tmpl src $2 dst $1 proto esp reqid $3 mode transport
	END
}

# policies NAMESPACE: in one order, without when they were made
policies()
{
	ip -n "$1" -s xfrm policy list dir in | grep -v '^	  add\|index'
	ip -n "$1" -s xfrm policy list dir out | grep -v '^	  add\|index'
}

policies_of_gateway()
{
	t policy-set gateway $HOA $HA 101 && by_hand $HOA $HA 101 &&
		is "$(policies here)" "$(policies there)"
}

policies_of_mobile()
{
	xfrm_clear
	t policy-set mobile $HOA $HA 101 && by_hand $HA $HOA 101 &&
		is "$(policies here)" "$(policies there)"
}

# They are not even made anew: their numbers are the same.
policies_stay()
{
	local before

	before=$(xfrm_all policy)
	t policy-set mobile $HOA $HA 101 && is "$(xfrm_all policy)" "$before"
}

policies_are_replaced()
{
	t policy-set mobile $HOA $HA 102 && by_hand $HA $HOA 102 &&
		is "$(policies here)" "$(policies there)" &&
		xfrm policy update src $HA dst $HOA proto 135 dir in tmpl src $HA dst $COA_A \
			proto esp reqid 102 mode tunnel &&
		t policy-set mobile $HOA $HA 102 && is "$(policies here)" "$(policies there)"
}

# Of the same two, but otherwise; and the real ones by other hands.
policies_among_others()
{
	ip -n here -batch - <<-END
	xfrm policy add src $HOA dst $HA dir out tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA dst $HOA dir in tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA dst $HOA proto 135 dir in ptype sub tmpl proto route2 mode ro level use
	xfrm policy add src $HA dst $HOA proto 135 type 6 dir in tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA dst $HOA proto 135 dir in if_id 3 tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA/127 dst $HOA proto 135 dir in tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA dst 2001:db8:100:3::7 proto 135 dir in tmpl src $HA dst $COA_A proto esp reqid 7 mode tunnel
	xfrm policy add src $HA dst 2001:db8:100:4::7 proto 135 dir fwd tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA dst 2001:db8:100:5::7 proto 135 dir in action block tmpl proto esp reqid 7 mode transport
	xfrm policy add src 10.0.0.1 dst 10.0.0.2 proto 135 dir in tmpl proto esp reqid 7 mode transport
	xfrm policy add src $HA dst $HOA2 proto 135 dir in tmpl proto esp reqid 103 mode transport
	END
}

policies_are_told()
{
	policies_among_others && is "$(t policies mobile | sort | paste -sd,)" \
		"hoa $HOA ha $HA reqid 102,hoa $HOA2 ha $HA reqid 103" &&
		is "$(t policies gateway | sort | paste -sd,)" \
			"hoa $HA ha $HOA reqid 102,hoa $HA ha $HOA2 reqid 103" &&
		ends 7 1 policies mobile 1
}

# They go while they are told, and what is like them stays.
policies_go()
{
	local before

	before=$(xfrm policy | grep -c '^src')
	t policies-drop mobile && is "$(t policies mobile)" '' &&
		is "$(xfrm policy | grep -c '^src')" $((before - 3)) && t policies-drop mobile
}

policies_are_deleted()
{
	xfrm_clear
	t policy-set gateway $HOA $HA 101 && t policy-set gateway $HOA2 $HA 102 &&
		twice policy-del gateway $HOA $HA && by_hand $HOA2 $HA 102 &&
		is "$(policies here)" "$(policies there)" && t policy-del gateway $HOA2 $HA &&
		is "$(xfrm policy)" ''
}

# ---- states ---------------------------------------------------------------------------------------------

# state SRC DST SPI REQID [MODE]
state()
{
	xfrm state add src "$1" dst "$2" proto esp spi "$3" reqid "$4" mode "${5:-transport}" \
		aead 'rfc4106(gcm(aes))' $KEY 128
}

# states: SPIs, in one order
states()
{
	xfrm state | sed -n 's/.*proto esp spi \(0x[0-9a-f]*\) .*/\1/p' | sort | paste -sd,
}

# A packet that no state protects: XFRM asks for a key, and remembers that.
state_that_waits()
{
	local pid

	behind "$STATE/acquire" stdbuf -oL ip xfrm monitor acquire
	pid=$BEHIND
	ip -n here address add $HOA dev lo nodad
	ip -n here -6 route add $HA dev v1
	wait_until "in_ns here grep -q ' 6 *[0-9]* *00000001' /proc/net/netlink" 10 &&
		t policy-set mobile $HOA $HA 119 &&
		in_ns here python3 -c "
from socket import *
s = socket(AF_INET6, SOCK_RAW, 135)
s.bind(('$HOA', 0))
s.setblocking(False)
try: s.sendto(bytes([59, 1, 5, 0]) + bytes(12), ('$HA', 0))
except OSError: pass" && wait_until "xfrm state | grep -q 0x00000000" 5
	kill $pid
	wait $pid 2>/dev/null
	xfrm state | grep -q 'spi 0x00000000 reqid 119'
}

states_are_there()
{
	state $HOA $HA 0x1001 111 && state $HA $HOA 0x1002 111 && state $HOA $HA 0x1101 111 &&
		state $HOA2 $HA 0x2001 112 && state $HOA $HA 0x3001 115 &&
		state $HOA $HA 0x4001 111 tunnel && state 10.0.0.1 10.0.0.2 0x5001 111 &&
		state $HOA2 $HA 0x6001 4294967295 && state_that_waits
}

reqids_are_told()
{
	is "$(t reqids 0 0xffffffff | paste -sd,)" 111,112,115,4294967295 &&
		is "$(t reqids 112 115 | paste -sd,)" 112,115 && is "$(t reqids 113 114)" '' &&
		ends 7 2 reqids 0 0xffffffff 2
}

states_are_purged()
{
	t purge 111 0x1002 0x9999 &&
		is "$(states)" \
			0x00000000,0x00001002,0x00002001,0x00003001,0x00004001,0x00005001,0x00006001 &&
		twice purge 111 && twice purge 119 && t purge 111 0x1002 &&
		is "$(states)" 0x00000000,0x00002001,0x00003001,0x00004001,0x00005001,0x00006001
}

# ---- moves --------------------------------------------------------------------------------------------------

listen()
{
	behind "$HEARD" "$PROGRAM" listen
	wait_until "grep -q ready $HEARD" 10
}

# heard LINES COMMAND...: the listener heard exactly that, and the states and
# policies of the signalling are as they were
heard()
{
	local lines=$1

	shift
	: >"$HEARD"
	"$@" && stays "[ \$(grep -c . $HEARD) -le $(grep -c . <<<"$lines") ]" 1 &&
		is "$(cat "$HEARD")" "$lines"
}

signalling()
{
	xfrm_clear
	state $HOA $HA 0x1001 111 && state $HA $HOA 0x1002 111 &&
		t policy-set mobile $HOA $HA 111 && xfrm_all state >"$STATE/states" &&
		xfrm_all policy >"$STATE/policies"
}

signalling_stays()
{
	is "$(xfrm_all state)" "$(cat "$STATE/states")" &&
		is "$(xfrm_all policy)" "$(cat "$STATE/policies")"
}

mobile_signals()
{
	signalling && heard "in proto 135 selects $HA $HOA key-manager $COA_B $HA mode 0 reqid 111 old $HA $COA_A new $HA $COA_B" \
		t migrate mobile signalling 111 $HOA $HA $COA_A $COA_B && signalling_stays
}

nothing_signals()
{
	heard '' t migrate mobile signalling 112 $HOA $HA $COA_A $COA_B &&
		heard '' t migrate mobile signalling 111 $HOA2 $HA $COA_A $COA_B &&
		heard '' t migrate gateway signalling 111 $HOA $HA $COA_A $COA_B &&
		heard '' t migrate mobile signalling 111 $HOA $HA $COA_A $COA_A &&
		heard '' t migrate mobile tunnel 111 $HOA $HA $COA_A $COA_B && signalling_stays
}

gateway_signals()
{
	xfrm_clear
	t policy-set gateway $HOA $HA 111 &&
		heard "in proto 135 selects $HOA $HA key-manager $HA $COA_B mode 0 reqid 111 old $COA_A $HA new $COA_B $HA" \
			t migrate gateway signalling 111 $HOA $HA $COA_A $COA_B
}

# What there is twice, and in other protocols: it is refused before the kernel is asked.
move_is_none()
{
	says 'does not move between IPv4 and IPv6: make a new one' \
		migrate gateway signalling 111 $HOA $HA $COA_A 192.0.2.50 &&
		says 'does not move between IPv4 and IPv6' \
			migrate gateway tunnel 111 $HOA 192.0.2.1 $COA_A $COA_B &&
		says 'does not move' migrate gateway tunnel 111 $HOA $HA 192.0.2.9 $COA_B
}

# tunnel REQID SPI THERE BACK MINE COA HA [IF_ID]: of a mobile; policies in, fwd, out
# between prefixes, states between care-of address and home agent
tunnel()
{
	local id=${7:+if_id $7} tmpl="proto esp reqid $1 mode tunnel"
	local aead="reqid $1 mode tunnel aead rfc4106(gcm(aes)) $KEY 128 $id"

	ip -n here -batch - <<-END
	xfrm state add src $5 dst $6 proto esp spi $2 $aead
	xfrm state add src $6 dst $5 proto esp spi $(($2 + 1)) $aead
	xfrm policy add src $4 dst $3 dir out $id tmpl src $5 dst $6 $tmpl
	xfrm policy add src $3 dst $4 dir in $id tmpl src $6 dst $5 $tmpl
	xfrm policy add src $3 dst $4 dir fwd $id tmpl src $6 dst $5 $tmpl
	END
}

# ends_of REQID: templates "in SRC DST", and states "SPI SRC DST"
ends_of()
{
	xfrm policy | awk -v reqid="$1" '/^\tdir/ { dir = $2 }
		/^\ttmpl/ { ends = $3 " " $5 } $0 ~ "reqid " reqid " mode" { print dir, ends }' | sort
	xfrm state | awk -v reqid="$1" '/^src/ { ends = $2 " " $4 }
		$0 ~ "reqid " reqid " mode" { print $4, ends }' | sort
}

# tunnel_of COA HA SPI: what ends_of prints of a mobile's
tunnel_of()
{
	printf '%s\n' "fwd $2 $1" "in $2 $1" "out $1 $2"
	printf '0x%08x %s\n' "$3" "$1 $2" $(($3 + 1)) "$2 $1"
}

# The key manager hears of the last, when all have moved.
tunnel_moves()
{
	xfrm_clear
	tunnel 121 0x7001 2001:db8:c::/64 $HOA/128 $COA_A $HA &&
		tunnel 122 0x7101 2001:db8:c::/64 $HOA2/128 $COA_A $HA &&
		signalling_beside && : >"$HEARD" &&
		t migrate mobile tunnel 121 $HOA $HA $COA_A $COA_B &&
		is "$(ends_of 121)" "$(tunnel_of $COA_B $HA 0x7001)" &&
		is "$(ends_of 122)" "$(tunnel_of $COA_A $HA 0x7101)" && is "$(states | grep -c 1001)" 1
}

signalling_beside()
{
	state $HOA $HA 0x1001 111 && t policy-set mobile $HOA $HA 111
}

tunnel_is_heard()
{
	wait_until "[ \$(grep -c 'reqid 121' $HEARD) = 3 ]" 5 &&
		is "$(grep -c . "$HEARD") $(grep -c key-manager "$HEARD")" '3 1' &&
		tail -n 1 "$HEARD" | grep -q "key-manager $COA_B $HA mode 1 reqid 121"
}

nothing_is_left_to_move()
{
	heard '' t migrate mobile tunnel 121 $HOA $HA $COA_A $COA_B &&
		heard '' t migrate mobile tunnel 122 $HOA $HA $COA_A $COA_B &&
		heard '' t migrate gateway tunnel 122 $HOA2 $HA $COA_A $COA_B &&
		heard '' t migrate mobile tunnel 122 $HOA2 $HA $COA_B $COA_A &&
		is "$(ends_of 122)" "$(tunnel_of $COA_A $HA 0x7101)"
}

# The gateway's tunnel of an IPv4 home address, in a policy for an interface: what
# is "out" of the mobile is "in" here.
tunnel_of_gateway_moves()
{
	xfrm_clear
	tunnel 123 0x7201 10.100.0.0/24 0.0.0.0/0 $HA $COA_A 9 &&
		heard_last "key-manager $HA $COA_B" \
			t migrate gateway tunnel 123 10.100.0.1 $HA $COA_A $COA_B &&
		is "$(ends_of 123)" "$(tunnel_of $HA $COA_B 0x7201)"
}

heard_last()
{
	local what=$1

	shift
	: >"$HEARD"
	"$@" && wait_until "[ \$(grep -c . $HEARD) = 3 ]" 5 && tail -n 1 "$HEARD" | grep -q "$what"
}

tunnel_over_ipv4_moves()
{
	xfrm_clear
	tunnel 124 0x7301 ::/0 2001:db8:100:1::/64 192.0.2.50 192.0.2.1 &&
		heard_last 'key-manager 198.51.100.9 192.0.2.1' \
			t migrate mobile tunnel 124 $HOA 192.0.2.1 192.0.2.50 198.51.100.9 &&
		is "$(ends_of 124)" "$(tunnel_of 198.51.100.9 192.0.2.1 0x7301)"
}

# A mobile whose home address is not in the selector, one bit beside it.
tunnel_of_others_stays()
{
	xfrm_clear
	tunnel 125 0x7401 ::/0 2001:db8:100:1::8/125 $COA_A $HA &&
		heard '' t migrate mobile tunnel 125 $HOA $HA $COA_A $COA_B &&
		is "$(ends_of 125)" "$(tunnel_of $COA_A $HA 0x7401)" &&
		t migrate mobile tunnel 125 2001:db8:100:1::f $HA $COA_A $COA_B &&
		is "$(ends_of 125)" "$(tunnel_of $COA_B $HA 0x7401)"
}

# 6.12 finds the policy as it would for a packet; 6.1 by its selector.
tunnel_behind_another()
{
	xfrm_clear
	tunnel 127 0x7601 2001:db8:c::/64 $HOA/128 $COA_A $HA &&
		xfrm policy add src 2001:db8:c::/48 dst $HOA/128 dir in priority 0 &&
		xfrm policy update src 2001:db8:c::/64 dst $HOA/128 dir in priority 5 \
			tmpl src $HA dst $COA_A proto esp reqid 127 mode tunnel || return
	if [ "$KVER" = 6.1 ]; then
		t migrate mobile tunnel 127 $HOA $HA $COA_A $COA_B &&
			is "$(ends_of 127)" "$(tunnel_of $COA_B $HA 0x7601)"
	else
		says 'policies of reqid 127 did not move: is another in front' \
			migrate mobile tunnel 127 $HOA $HA $COA_A $COA_B
	fi
}

# Two tunnels of one address, one of another, one of a prefix around it.
tunnels_are_cleared()
{
	xfrm_clear
	tunnel 131 0x7701 2001:db8:c::/64 $HOA/128 $COA_A $HA &&
		tunnel 132 0x7801 2001:db8:d::/64 $HOA/128 $COA_B $HA &&
		tunnel 133 0x7901 2001:db8:c::/64 $HOA2/128 $COA_A $HA &&
		tunnel 134 0x7a01 2001:db8:e::/64 2001:db8:100:1::/64 $COA_A $HA &&
		tunnel 135 0x7b01 0.0.0.0/0 10.100.0.1/32 $COA_A $HA &&
		state $HOA $HA 0x1001 131 && t clear $HOA 0x7802 &&
		is "$(ends_of 131)$(ends_of 132)" "0x00001001 $HOA ${HA}0x00007802 $HA $COA_B" &&
		is "$(ends_of 133)" "$(tunnel_of $COA_A $HA 0x7901)" &&
		is "$(ends_of 134)" "$(tunnel_of $COA_A $HA 0x7a01)" &&
		is "$(ends_of 135)" "$(tunnel_of $COA_A $HA 0x7b01)" &&
		twice clear 10.100.0.1 && is "$(ends_of 135)" '' &&
		is "$(ends_of 133)" "$(tunnel_of $COA_A $HA 0x7901)"
}

# ---- without the right ----------------------------------------------------------------------------------------

# refuses VERB WORDS...: as nobody
refuses()
{
	local said

	said=$(in_ns here setpriv --reuid 65534 --clear-groups --bounding-set -all \
		--inh-caps -all "$PROGRAM" "$@" 2>&1)
	is "$? ${said#*: not permitted}" '1 : CAP_NET_ADMIN is wanted'
}

nobody_may()
{
	refuses link-up v0 up && refuses address-add v0 2001:db8::5/128 &&
		refuses route-add default v0 metric 77 && refuses rule-add $COA_A/128 101 1000 &&
		refuses flush-rules 1000 && refuses xfrm-link x5 5 && refuses link-del x7 7 &&
		refuses policy-set mobile $HOA $HA 5 && refuses policy-del mobile $HOA $HA &&
		refuses migrate mobile signalling 5 $HOA $HA $COA_A $COA_B
}

plan 68
lab_up

check "a link goes up, and stays up" link_goes_up
check "a link goes down, and stays down" link_goes_down
check "an xfrm link is made, up, or found [3G-21]" xfrm_link
check "an xfrm link that is there goes up" xfrm_link_goes_up_again
check "a name, or an if_id, that another link has is refused" xfrm_link_is_anothers
check "names and if_ids that cannot be are refused" xfrm_link_is_none
check "a link is deleted, and may be gone already" link_is_deleted
check "one that another made stays" link_is_not_deleted

check "an IPv6 address is added without duplicate address detection" address6_is_added
check "an address that is there with another length is refused" address_is_another
check "IPv4 addresses are added, once" address4_is_added
check "prefix lengths that cannot be are refused" address_is_none
check "global addresses are told, not one that is not ready" addresses_are_told
check "the telling of addresses ends when it is asked to" addresses_end
check "addresses are deleted, and may be gone already" address_is_deleted
check "an address of another length is not deleted" address_is_not_deleted
check "an interface that is gone has nothing, and loses all" link_is_gone

check "a default route of a metric with a source is added, once" route6_is_added
check "a route where another is, is refused" route_is_anothers
check "a route that prefers another source replaces its like" route_has_another_source
check "and one whose source is gone" route_loses_its_source
check "IPv4 default routes are added, in two forms" route4_is_added
check "an IPv4 route has an IPv6 gateway" route4_over_ipv6
check "routes to prefixes are added to tables of great numbers" route_to_a_prefix
check "a gateway can be on the link, whatever routes say" route_is_onlink
check "routes that cannot be are refused" route_is_none
check "that very route is deleted, and may be gone already" route_is_deleted
check "a table is flushed, and no other" table_is_flushed
check "the kernel's tables are left to it" table_is_the_kernels

check "rules are added, once" rule_is_added
check "that very rule is deleted, and may be gone already" rule_is_deleted
check "all rules of a priority are flushed, and no others" rules_are_flushed
check "the kernel's rules are left to it" rules_are_the_kernels

check "default routes of an interface are mirrored" defaults_are_mirrored
check "a mirror that is right is left alone" mirror_is_quiet
check "the mirror follows, and keeps what is not a default" defaults_follow
check "routes of several ways are mirrored as far as they go there" defaults_of_many_ways
check "what main has no longer goes from the mirror" defaults_go
check "an interface without neighbours gets a default route over it" default_over_link
check "and loses it with its addresses, or to a gateway, or down" default_over_link_goes

check "changes are awaited" watch
check "changes of links, addresses, default routes are told" changes_are_told
check "other routes, and other tables, are none" other_routes_are_no_change
check "changes that were lost are changes" lost_changes_are_changes
watch_no_more

check "policies of a gateway are as made by hand [IP-06]" policies_of_gateway
check "policies of a mobile are as made by hand [IP-06]" policies_of_mobile
check "policies that are right are left alone" policies_stay
check "policies of another reqid, or another shape, are replaced" policies_are_replaced
check "pairs of policies are told, and nothing that is like them [IP-09]" policies_are_told
check "policies can be deleted while they are told" policies_go
check "policies are deleted, and may be gone already" policies_are_deleted

xfrm_clear
check "states of several kinds are there, one waits for its key" states_are_there
check "their reqids are told, once" reqids_are_told
check "states of a reqid are purged, except those that are kept" states_are_purged

check "a key manager listens" listen
check "signalling of a mobile moves: it is told, nothing changes [IP-07] [IP-14]" mobile_signals
check "that there is nothing to move is no fault, and not told" nothing_signals
check "signalling of a gateway moves: it is told [IP-14]" gateway_signals
check "moves that cannot be are refused" move_is_none
check "a tunnel moves, states and policies, and no other [IP-12]" tunnel_moves
check "and that is told at the end" tunnel_is_heard
check "a tunnel that has moved, or that is another's, does not" nothing_is_left_to_move
check "an IPv4 home address moves at the gateway, over an interface" tunnel_of_gateway_moves
check "a tunnel over IPv4 moves" tunnel_over_ipv4_moves
check "a tunnel that does not cover the home address stays" tunnel_of_others_stays
check "a policy behind another moves, or that is a fault" tunnel_behind_another

check "tunnels of an address are cleared, except states that are kept" tunnels_are_cleared
check "who may not is told so" nobody_may
finish
