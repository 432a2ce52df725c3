#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# Two mobile nodes of one host are told to register the same home addresses at the
# same moment: each becomes one's, never both's.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

ROUNDS=${ROUNDS:-100}

each_is_ones()
{
	local said

	said=$(in_ns ue timeout 120 "$HERE/tools/twins.py" "$ROUNDS" mn0 mn1) || return
	echo "$said"
	[[ $said != *both* && $said != *nobody* ]]
}

plan 3
lab_up open
ctl ue device add mn1 role mobile-node auth open
ip -n ue link set mn1 up
ctl ue access del dev mn0 link acc-a
ctl ue access del dev mn0 link acc-b
check "what both want at once becomes one's" each_is_ones
check "what one has is refused to the other" \
	eval 'ctl ue registration add dev mn1 hoa $HOA ha $HA &&
		fails ctl ue registration add dev mn0 hoa $HOA ha $HA'
check "until it is given up" \
	eval 'ctl ue registration del dev mn1 hoa $HOA && ctl ue registration add dev mn0 hoa $HOA ha $HA'
finish
