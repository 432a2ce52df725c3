#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# IPv4 home addresses: a fixed one, one of a pool, and every reason why not. What
# becomes of them never harms the IPv6 binding.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# asks HOA4 ANSWER: the foreign mobile registers with option 29.
asks()
{
	is "$(station register hoa4="$1")" "status 0 life 150 hoa4 $2"
}

# ue2 WORDS...: what the home agent may give the mobile.
ue2()
{
	ctl gw mobile set dev ha0 hoa 2001:db8:100:2::/64 hoa4 0.0.0.0 "$@"
}

plan 23
station_start
lab_up esp
station mobile esp
check "any address: it is given its own [DS-22] [DS-20]" asks 0.0.0.0 "0 10.100.0.2/32"
check "the binding has it [DS-01] [DS-24]" shows hoa4 10.100.0.2 gw binding show dev ha0 hoa $HOA2
check "the tunnel carries it [DS-36]" station ping 4
check "its own by name [DS-23]" asks 10.100.0.2 "0 10.100.0.2/32"
check "a length other than 32 is overridden [DS-27]" asks 10.100.0.2/24 "0 10.100.0.2/32"
check "another's: 130 [DS-23]" asks 10.100.0.1 "130 10.100.0.1/0"
check "a multicast address: 131 [DS-23]" asks 224.0.0.1 "131 224.0.0.1/0"
check "length 0: 128 [DS-26]" asks 10.100.0.2/0 "128 10.100.0.2/0"
check "a prefix: 133 [DS-28]" asks 0.0.0.0/24/1 "133 0.0.0.0/0"
check "the IPv6 binding stands after all that [DS-21] [TRAP-16]" station ping 6
check "but IPv4 is not bound any more [DS-21]" \
	eval 'asks 10.100.0.1 "130 10.100.0.1/0" && not station ping 4 limit=1'

ue2
check "a mobile that has none: any is not available, 132 [DS-22]" asks 0.0.0.0 "132 0.0.0.0/0"
check "and one by name is prohibited, 129 [DS-23]" asks 10.100.0.77 "129 10.100.0.77/0"

ctl gw pool add dev ha0 first 10.100.0.10 last 10.100.0.11
ue2 pool yes
check "a mobile that may use the pool is given an address of it [DS-22] [DS-25]" \
	asks 0.0.0.0 "0 10.100.0.10/32"
check "the pool counts it" shows used 1 gw pool show dev ha0
check "the tunnel carries it" station ping 4 10.100.0.10
check "a refresh that names it keeps it [DS-26]" asks 10.100.0.10 "0 10.100.0.10/32"
check "one that asks for any keeps it too" asks 0.0.0.0 "0 10.100.0.10/32"
check "another address of the pool by name: 130 [DS-23]" \
	asks 10.100.0.11 "130 10.100.0.11/0"

ctl gw -b - <<-END
pool del dev ha0
pool add dev ha0 first 10.100.0.10 last 10.100.0.10
mobile set dev ha0 hoa 2001:db8:100:1::/64 hoa4 0.0.0.0 pool yes
END
attach
check "the UE is given the only one [DS-22]" \
	shows hoa4 10.100.0.10 ue registration show dev mn0
check "for the next none is left: 132, and the IPv6 binding stands [DS-22] [DS-21]" \
	asks 0.0.0.0 "132 0.0.0.0/0"
check "the UE goes, and its address is free again" \
	eval 'ctl ue registration del dev mn0 hoa $HOA &&
		wait_until "shows used 0 gw pool show dev ha0 >/dev/null" 10'
check "and the next has it" asks 0.0.0.0 "0 10.100.0.10/32"
finish
