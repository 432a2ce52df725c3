#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# What goes through the tunnel from and to a mobile is counted for who asks for it,
# as inner packets, and told with the end of binding and mobile.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

UE=2001:db8:100:1::/64

account()
{
	ctl gw mobile set dev ha0 hoa "$UE" account "$1"
}

# counters OBJECT: in-packets in-octets out-packets out-octets
counters()
{
	local line key

	case $1 in
	mobile) line=$(ctl gw mobile show dev ha0 hoa $UE) ;;
	binding) line=$(ctl gw binding show dev ha0 hoa $HOA) ;;
	*) line=$(grep "^\[$1" "$EVENTS" | tail -n 1) ;;
	esac
	for key in in-packets in-octets out-packets out-octets; do
		word $key "$line" || return
	done | paste -sd ' '
}

has_no_counters()
{
	not grep -E 'in-packets|out-octets' <<<"$(ctl gw "$1" show dev ha0)"
}

# echoes FAMILY COUNT: pings of 100 octets from the correspondent, all answered.
echoes()
{
	local to=$HOA

	[ "$1" = 6 ] || to=$HOA4
	in_ns cn ping -n -q -c "$2" -i 0.05 -s 100 "$to" | grep -q " 0% packet loss"
}

# transfer WORDS...: TCP, and what it added to the counters: $bytes, and $added.
added=() bytes=0
transfer()
{
	local before after i

	wait_until 'in_ns ue ss -Hltn "sport = :5201" | grep -q .' 10 || return
	read -ra before <<<"$(counters mobile)"
	in_ns cn iperf3 -c "$HOA" -n 4000000 -J "$@" >"$STATE/iperf" || {
		tail -n 5 "$STATE/iperf"
		return 1
	}
	bytes=$(jq .end.sum_sent.bytes "$STATE/iperf")
	read -ra after <<<"$(counters mobile)"
	for i in 0 1 2 3; do
		added[i]=$((after[i] - before[i]))
	done
	echo "added ${added[*]} for $bytes"
}

# in_segments PACKETS OCTETS: each of these packets fits the tunnel, and has its
# 72 octets of headers; what is over comes from the test's own connection.
in_segments()
{
	between $(($2 / $1)) 1300 1460 && between $((($2 - bytes) / $1)) 70 80
}

plan 27
station_start
lab_up esp
listen gw
check "nothing is counted for who does not ask" \
	eval 'attach && echoes 6 1 && has_no_counters mobile && has_no_counters binding &&
		shows account no gw mobile show dev ha0 hoa $UE'
check "it is switched on while the mobile is bound, and begins at 0" \
	eval 'account yes && is "$(counters mobile)" "0 0 0 0"'
check "IPv6 counts by its own length, from and to the mobile" \
	eval 'echoes 6 3 && is "$(counters mobile)" "3 444 3 444"'
check "so does IPv4" eval 'echoes 4 2 && is "$(counters mobile)" "5 700 5 700"'
check "the binding shows the same" is "$(counters binding)" "5 700 5 700"
check "the other mobile has no counters" \
	eval 'not grep packets <<<"$(ctl gw mobile show dev ha0 hoa 2001:db8:100:2::/64)"'
check "what is not answered counts one way" \
	eval 'not reaches cn ${HOA%7}99 -s 100 -W 1; is "$(counters mobile)" "5 700 6 848"'
stand=$(counters mobile)
check "signalling does not count" \
	eval 'ctl ue registration set dev mn0 hoa $HOA lifetime 604 &&
		wait_until "shows lifetime 604 gw binding show dev ha0 hoa $HOA >/dev/null" 10 &&
		is "$(counters mobile)" "$stand"'
check "nor what the home agent itself says without the tunnel" \
	eval 'reaches gw $HOA -I $HA && is "$(counters mobile)" "$stand"'
remember gw ha0
check "nor what is refused" \
	eval 'station attack outer-source >/dev/null && rose gw ha0 rx-outer-source &&
		is "$(counters mobile)" "$stand"'
check "said again, they go on" eval 'account yes && is "$(counters mobile)" "$stand"'
check "other changes leave them alone" \
	eval 'ctl gw mobile set dev ha0 hoa $UE lifetime-max 500 && is "$(counters mobile)" "$stand"'

in_ns ue iperf3 -s -D -I "$STATE/iperf.pid"
check "TCP to the mobile" transfer
check "counts segment by segment, however large the pieces are" \
	in_segments "${added[2]}" "${added[3]}"
check "TCP from the mobile" transfer -R
check "counts segment by segment too" in_segments "${added[0]}" "${added[1]}"
kill "$(tr -d '\0' <"$STATE/iperf.pid")"

check "a move goes on counting, and tells" \
	eval 'stand=$(counters mobile) && move $COA_B && told "^.moved. binding" &&
		is "$(counters "moved. binding")" "$stand"'
ctl ue registration del dev mn0 hoa $HOA
check "the end of the binding tells the last octets" \
	eval 'told "^.deleted. binding" && is "$(counters "deleted. binding")" "$stand"'
check "the mobile keeps them" is "$(counters mobile)" "$stand"
check "and goes on with its next binding" \
	eval 'attach && echoes 6 1 && read -ra sum <<<"$stand" &&
		is "$(counters mobile)" \
			"$((sum[0] + 1)) $((sum[1] + 148)) $((sum[2] + 1)) $((sum[3] + 148))"'
check "switched off, they are gone" \
	eval 'account no && has_no_counters mobile && has_no_counters binding && echoes 6 1'
check "and begin at 0 again" \
	eval 'account yes && echoes 6 1 && is "$(counters mobile)" "1 148 1 148"'
ctl gw mobile del dev ha0 hoa $UE
check "the end of the mobile tells them too" \
	eval 'told "^.deleted. mobile.* hoa $UE" && is "$(counters "deleted. mobile")" "1 148 1 148"'
check "it is added again, with account, and saved so" \
	eval 'ctl gw mobile add dev ha0 hoa $UE reqid 101 account yes id again@example &&
		ctl gw save dev ha0 | grep -E "^mobile add .*again@example.* account yes"'
check "its counters are new" is "$(counters mobile)" "0 0 0 0"
listen_no_more
listen gw
check "a flush tells of each mobile that is counted, and then of all" \
	eval 'ctl gw mobile flush dev ha0 && told "^.deleted. mobile dev ha0$" &&
		is "$(grep -c "^.deleted. mobile" "$EVENTS")" 2 &&
		is "$(counters "deleted. mobile dev ha0 hoa")" "0 0 0 0"'
listen_no_more
check "nothing is left of them" shows mobiles 0 gw device show ha0
finish
