#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# The module is taken out under traffic and put in again, many times. What it
# leaves behind, the kernel log and the slab would tell.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

RELOADS=${RELOADS:-100}

# Traffic from outside that the module meets whenever it is there.
pings=()
traffic()
{
	nsenter --net=/run/netns/inet -- ping -q -n -i 0.01 "$HA" >/dev/null 2>&1 &
	pings+=($!)
	nsenter --net=/run/netns/cn -- ping -q -n -i 0.01 "$HOA" >/dev/null 2>&1 &
	pings+=($!)
}

# Every tenth time with devices, a mobile and a registration that is on its way.
once()
{
	modprobe dsmip || return
	[ $(($1 % 10)) != 0 ] || {
		lab_gateway open && lab_mobile open &&
			ctl ue registration add dev mn0 hoa "$HOA" plen 64 ha "$HA" hoa4 0.0.0.0
	} || return
	modprobe -r dsmip
}

many()
{
	local n

	for ((n = 1; n <= RELOADS; n++)); do
		once "$n" || {
			echo "in round $n"
			return 1
		}
	done
}

# Memory of ours by the kernel's own account; the cache goes with the module.
caches()
{
	grep -c '^dsmip' /proc/slabinfo
}

plan 5
lab_up open
attach
traffic
check "a module in use with devices and bindings can be taken out" modprobe -r dsmip
check "its devices went with it" eval '! ip -n gw link show ha0 && ! ip -n ue link show mn0'
check "in and out $RELOADS times under traffic" many
check "no cache stays" is "$(caches)" 0
kill "${pings[@]}"
modprobe dsmip
lab_gateway open
lab_mobile open
check "it works as at first" eval 'attach && reaches cn $HOA'
finish
