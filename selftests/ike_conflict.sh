#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# A real home link, where somebody else uses the home address that the UE is given:
# it goes on to the next one with the IKE SA that it has.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"

GATEWAY_AUTH=eap-mschapv2 GATEWAY_POOLS=home

home_gateway_up()
{
	# shellcheck disable=SC2119
	gateway_connection >"$IKE/gw/s2c.conf"
	cat >"$IKE/gw/dsmip.conf" <<-END
	vici $IKE/gw/vici
	connections $IKE/gw/s2c.conf directory $IKE/gw
	do device add ha0 role home-agent addr $HA home-prefix 2001:db8:200::/64 home-link home
	gateway connection s2c dev ha0 prefix-length 128 moves migrate
	END
	controller_up gw "$IKE/gw/dsmip.conf"
}

# Exchanges of IKE that the UE began, in the order of their first messages.
exchanges()
{
	dissect conflict "isakmp and ipv6.src == $COA_A" isakmp.exchangetype isakmp.messageid |
		awk -F '|' '!seen[$0]++ { print $1 }' | uniq | xargs
}

# Of all that was said to the UE about its Binding Updates.
statuses()
{
	dissect conflict "mip6.mhtype == 6 and ipv6.dst == $COA_A" mip6.ba.status | xargs
}

signalling_of()
{
	ip -n "$1" xfrm policy list nosock | sed -n 's/^src \(\S*\) dst \(\S*\) .*/\1 \2/p' | sort | xargs
}

plan 15
ike_up
HA=$HOME_HA HOA=2001:db8:200::22
charon_tune gw "plugins { eap-radius { accounting = no } }"
echo 1 | in_ns gw tee /proc/sys/net/ipv6/conf/home/dad_transmits >/dev/null
echo "pools { home { addrs = 2001:db8:200::20-2001:db8:200::2f } }" >>"$IKE/gw/swanctl.conf"
charon_up gw ue >/dev/null
keep_keys gw
record inet conflict not icmp6
home_connection ue1@example "remote_addrs = $HA" >"$IKE/ue/home.conf"
ip -n home address add 2001:db8:200::20/64 dev switch nodad
ip -n home address add 2001:db8:200::21/64 dev switch nodad
home_gateway_up
mobile_up ue moves migrate
check "the UE gets a home address" wrote gw "assigning virtual IP 2001:db8:200::20"
check "which is in use on the home link: it tries the next [BS-06] [HR-08]" \
	tells ue "the home address is in use on the home link; trying the next"
check "the gateway has an SA for that one, and no other" \
	tells gw "ue1@example: the home address is in use on the home link; offering the next"
check "which is in use, too; the one behind it is free: the UE registers" registered ue "$COA_A"
check "with that one [BS-06]" shows hoa $HOA ue registration show dev mn0
check "the home agent said 134, 134, and then 0 [BS-06]" is "$(statuses)" "134 134 0"
check "there was one IKE_SA_INIT, one IKE_AUTH, and then CREATE_CHILD_SA only [BS-06]" \
	eval 'said=$(exchanges); echo "$said"; [[ $said =~ ^34\ 35\ 36(\ 36|\ 37)*$ ]]'
check "one session is there, and nothing of those before" only_one
check "the gateway's policies are for that address" \
	is "$(signalling_of gw)" "$HA/128 $HOA/128 $HOA/128 $HA/128"
check "so are the UE's" is "$(signalling_of ue)" "$HA/128 $HOA/128 $HOA/128 $HA/128"
check "the UE has that one only" \
	is "$(ip -n ue -o address show dev mn0 scope global | awk '{ print $4 }')" "$HOA/128"
check "it is reached by it, from afar and from the home link" \
	eval 'reaches cn $HOA && reaches home $HOA'
check "the neighbour keeps its addresses" eval 'reaches gw 2001:db8:200::20 && reaches gw 2001:db8:200::21'
mobile_leaves ue
ip -n home address del 2001:db8:200::20/64 dev switch
hush ue
mobile_up ue moves migrate
registered ue "$COA_A"
check "when the neighbour has gone, the UE takes the address that it is given [BS-05]" \
	shows hoa 2001:db8:200::20 ue registration show dev mn0
check "and leaves nothing when it leaves" eval 'mobile_leaves ue && nothing_stale ue gw'
finish
