#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# A binding lives as long as it was granted: shorter than asked when the device,
# the mobile or the prefix says so; refreshed in time; gone when it is not.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

no_binding()
{
	[ -z "$(ctl gw binding show dev ha0 hoa "$HOA" 2>/dev/null)" ]
}

refreshed()
{
	[ "$(counter gw ha0 binding-refreshed)" -ge "$1" ]
}

ask_again()
{
	local seq

	seq=$(binding seq)
	ctl ue registration set dev mn0 hoa $HOA lifetime "$1"
	wait_until '[ "$(binding seq)" != '"$seq"' ] &&
		shows state registered ue registration show dev mn0 >/dev/null' 10
}

# Granted: what both sides think of it.
granted()
{
	echo "$(binding lifetime) $(word granted "$(ctl ue registration show dev mn0)")"
}

plan 18
station_start
lab_up esp
attach
check "the life asked for is granted [HR-09]" is "$(granted)" "600 600"
ctl gw device set dev ha0 lifetime-max 100
check "a changed wish is told at once" ask_again 1000
check "the device grants 100 at most; both sides count by that [HR-09] [MR-14]" \
	is "$(granted)" "100 100"
ctl gw mobile set dev ha0 hoa 2001:db8:100:1::/64 lifetime-max 40
ask_again 900
check "the mobile less: 40 [HR-09]" is "$(granted)" "40 40"
ctl gw mobile set dev ha0 hoa 2001:db8:100:1::/64 lifetime-max 0
ctl gw device set dev ha0 lifetime-max 3600 prefix-valid 31 prefix-preferred 31
ask_again 800
check "no longer than the prefix is valid, in units of 4 [HR-09]" \
	between "$(binding lifetime)" 24 28
check "a prefix that ends within the binding: status 1 [HR-11] [MR-16]" \
	shows status 1 ue registration show dev mn0
ctl gw device set dev ha0 prefix-valid 4294967295 prefix-preferred 50
ask_again 700
check "a prefix that becomes deprecated within it: status 1 [HR-11]" \
	shows status 1 ue registration show dev mn0
ctl gw device set dev ha0 prefix-preferred 4294967295
ask_again 600
check "otherwise status 0" shows status 0 ue registration show dev mn0

station mobile esp
ctl gw device set dev ha0 refresh 8
check "refresh advice is given, less than the life [HR-14]" \
	is "$(station register)" "status 0 life 150 refresh 2"
ask_again 604
seen=$(counter gw ha0 binding-refreshed)
check "the UE follows the advice long before the end [MR-15]" \
	wait_until "refreshed $((seen + 1))" 12
ctl gw device set dev ha0 refresh 0
ask_again 8
seen=$(counter gw ha0 binding-refreshed)
check "with a life of 8 seconds it is refreshed again and again [MR-15]" \
	eval "wait_until 'refreshed $((seen + 2))' 20"
check "and never expired [HR-09]" is "$(counter gw ha0 binding-expired)" 0

ctl gw mobile set dev ha0 hoa 2001:db8:100:1::/64 account yes
reaches cn $HOA
filter iifname '{ acc-a, acc-b }' drop
listen gw
check "nothing comes from the UE: the binding ends after its 8 seconds [HR-09] [3G-42]" \
	wait_until no_binding 14
check "not before" between "$(counter gw ha0 binding-expired)" 1 1
check "who listens was told, the last octets too" \
	told "^.expired. binding.* $HOA .*in-packets 1 in-octets 104 out-packets 1 out-octets 104"
listen_no_more
check "the UE knows that it is gone [MR-20]" \
	wait_until 'shows state registering ue registration show dev mn0 >/dev/null' 10
unfilter
check "and registers when it can again [MR-09]" bound_to $COA_A
check "the tunnel works" reaches cn $HOA
finish
