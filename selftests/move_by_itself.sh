#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# The UE moves by itself as accesses come and go: the most preferred of those
# that have an address and a route is used.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

route_of_a()
{
	ip -n ue -batch - <<-END
	route $1 default via 2001:db8:a::1 dev acc-a metric 1001
	route $1 default via 2001:db8:a::1 dev acc-a table 101
	END
}

plan 15
lab_up esp
check "the preferred access is used first" eval 'attach && bound_to $COA_A'
listen ue
ip -n ue addr del $COA_A/64 dev acc-a
check "its address goes: the UE moves to the other" bound_to $COA_B
check "and is reached there" reaches cn $HOA
ip -n ue addr add $COA_A/64 dev acc-a nodad
route_of_a replace
check "the address comes back: the UE returns" bound_to $COA_A
route_of_a del
check "its route to the home agent goes: the UE moves" bound_to $COA_B
route_of_a add
check "the route comes back: the UE returns" bound_to $COA_A
ip -n acc-a link set ue down
check "its carrier goes: the UE moves" bound_to $COA_B
ip -n acc-a link set ue up
ip -n acc-a -6 addr replace 2001:db8:a::1/64 dev ue nodad
check "the carrier comes back: the UE returns" bound_to $COA_A
ctl ue access set dev mn0 link acc-b preference 5
check "the other is preferred now: the UE moves" bound_to $COA_B
ctl ue access del dev mn0 link acc-b
check "the other may no longer be used: the UE returns" bound_to $COA_A
check "and is reached there" reaches cn $HOA
ip -n ue addr add 2001:db8:a::3/64 dev acc-a nodad
check "another address on the same access is no reason to move" \
	stays 'shows coa $COA_A ue registration show dev mn0' 1
ip -n ue addr del $COA_A/64 dev acc-a
check "until the first one goes" bound_to 2001:db8:a::3
check "the moves were told to who listened" told "^.moved. registration.* coa $COA_B"
listen_no_more
ctl ue registration set dev mn0 hoa $HOA lifetime 8
ip -n ue addr del 2001:db8:a::3/64 dev acc-a
ctl ue access add dev mn0 link acc-b preference 20
check "a registration that found no access for a while finds the next" bound_to $COA_B
finish
