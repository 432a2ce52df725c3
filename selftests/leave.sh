#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# The UE deregisters: the home agent stops at once, remembers the sequence number
# for ten seconds, and forgets. IPv4 goes with IPv6, or before it.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

no_registration()
{
	[ -z "$(ctl ue registration show dev mn0)" ]
}

no_binding()
{
	[ -z "$(ctl gw binding show dev ha0)" ]
}

# What the correspondent is told about an address.
is_unreachable()
{
	local said

	said=$(in_ns cn ping -n -c 1 -W 2 "$1" 2>&1)
	echo "$said"
	[[ $said = *nreachable* ]]
}

plan 19
station_start
lab_up esp
attach
listen gw
remember gw ha0
ctl ue registration del dev mn0 hoa $HOA
check "a registration that is deleted says goodbye and ends" wait_until no_registration 10
check "the home agent has deleted the binding [DR-01] [DR-03]" no_binding
check "one Binding Update and its acknowledgement did that [DR-03]" \
	counted gw ha0 "mh-received+1 bu-received+1 ba-sent+1 binding-deleted+1"
check "the UE took the acknowledgement" is "$(counter ue mn0 ba-received)" 2
check "the correspondent is told that the home address is unreachable [DR-04]" \
	is_unreachable $HOA
check "IPv4 is gone with it [DR-11]" is_unreachable $HOA4
check "who listens was told" told "^.deleted. binding.* $HOA"
listen_no_more
check "it registers anew in these ten seconds, by status 135 if its first number is old [MR-13]" \
	attach
check "with a new binding" is "$(binding coa)" $COA_A

station mobile esp
check "the foreign mobile registers both its addresses [DS-01]" \
	is "$(station register hoa4=10.100.0.2)" "status 0 life 150 hoa4 0 10.100.0.2/32"
check "its IPv4 works" station ping 4
check "a Binding Update without option 29 ends the IPv4 binding only [DR-11]" \
	is "$(station register)" "status 0 life 150"
remember gw ha0
check "its IPv6 still works, its IPv4 does not [DR-11]" \
	eval 'station ping 6 && not station ping 4 limit=1'
station register hoa4=10.100.0.2 >/dev/null
check "it deregisters: status 0, life 0, no refresh advice [DR-03] [HR-14]" \
	is "$(station register life=0)" "status 0 life 0"
check "a late Binding Update with an old number is answered 135 [DR-04] [HR-01] [3G-54]" \
	is "$(station register-old 2)" "status 135 last"
check "deregistering again finds nothing: 133 [DR-02]" \
	is "$(station register life=0 | cut -d ' ' -f 1-2)" "status 133"
# The ten seconds run from here: the last of the deregistrations.
check "after MAX_DELETE_BCE_TIMEOUT the number is forgotten, and any is taken [DR-04] [HR-02]" \
	wait_until '[[ "$(station register-old 2)" = "status 0"* ]]' 14
check "an administrator ends a binding; the mobile stays authorised" \
	eval 'ctl gw binding del dev ha0 hoa $HOA2 && [ "$(station register)" = "status 0 life 150" ]'
check "all bindings are flushed, the UE's too" \
	eval 'ctl gw binding flush dev ha0 && no_binding && is_unreachable $HOA'
finish
