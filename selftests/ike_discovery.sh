#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2086,SC2119,SC2317 # checks call what stands here by name
#
# How a UE finds its home agent: by service records, where the first one named does
# not answer; by name; and what it says when nobody knows one.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"

# finds WORD...: it attaches to the home agent that these words lead to, and leaves.
finds()
{
	mobile_up ue "$@" hoa4 ike moves migrate && registered ue $COA_A
}

plan 9
RETRANSMIT_TRIES=2
ike_up
check "RADIUS and DNS are there" eval 'radius_up && dns_up'
charon_up gw ue >/dev/null
gateway_up moves migrate
home_connection ue1@example | grep -v remote_addrs >"$IKE/ue/home.conf"

check "a service record leads to the home agent [BS-01] [3G-10]" finds domain example
check "nothing stays when the UE leaves" eval "mobile_leaves ue && nothing_stale ue gw"
check "the first one named does not answer: the UE goes to the second [BS-01]" \
	finds domain second.example
check "and has said why" tells ue 'home: cannot attach: .*(giving up|not responding)'
check "nothing stays when it leaves" eval "mobile_leaves ue && nothing_stale ue gw"
check "a name leads there [3G-10]" finds home-agent gw.example
check "nothing stays, again" eval "mobile_leaves ue && nothing_stale ue gw"
mobile_up ue domain nowhere.example hoa4 ike moves migrate
check "nobody knows one: the UE says so" tells ue 'home: no home agent for nowhere.example: '
finish
