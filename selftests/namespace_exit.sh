#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# Namespaces are deleted while traffic runs through the devices in them.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

ROUNDS=${ROUNDS:-1}

# The ping of the correspondent goes on while the namespace goes; one inside it
# would hold it.
once()
{
	local victim=$1 outside inside

	lab_up esp
	attach >/dev/null || return
	in_ns cn ping -q -n -i 0.002 "$HOA" >/dev/null 2>&1 &
	outside=$!
	in_ns ue ping -q -n -i 0.002 -I "$HOA" "$CN" >/dev/null 2>&1 &
	inside=$!
	wait_until "reaches cn $HOA >/dev/null" 10 || return
	ip netns del "$victim"
	[ "$victim" != ue ] || kill -9 "$inside"
	stays "kill -0 $outside" 1
	kill -9 "$outside"
	[ "$victim" = ue ] || kill -9 "$inside"
	wait "$outside" "$inside" 2>/dev/null
	lab_destroy
}

many()
{
	local n

	for ((n = 1; n <= ROUNDS; n++)); do
		once "$1" || {
			echo "in round $n"
			return 1
		}
	done
}

# Cleanup of namespaces is work in the background: what holds one is told by
# the module, which cannot go while a device is left.
released()
{
	wait_until "modprobe -r dsmip" 20
}

plan 4
modprobe dsmip
check "the home agent's namespace goes under traffic, $ROUNDS time(s)" many gw
check "the mobile node's goes under traffic, $ROUNDS time(s)" many ue
check "nothing holds the module afterwards" released
lab_up esp
check "all works as at first" eval 'attach && reaches cn $HOA'
finish
