#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# Two UEs, both authenticated; the second wants what is the first one's: its home
# address, an SA for it, its binding, its packets.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"

# Long enough to hold a message of the first UE back.
RETRANSMIT_TRIES=10

# The thief's connection as its service loaded it, with a child for the other's
# home address: charon takes it for the same.
stealing_connection()
{
	ask_for_other "local_addrs = $COA2_A" | awk -v hoa="$HOA" -v ha=$HA '
		{ print }
		/children {/ {
			print "stolen {\n mode = transport_proxy\n policies = no\n reqid = 4711"
			print "local_ts = " hoa "/128[135]\n remote_ts = " ha "/128[135]"
			print "esp_proposals = aes128-sha256\n}"
		}'
}

# ask_for_other [LINE]...: of the thief, who asks for the other's address at once.
ask_for_other()
{
	home_connection ue2@example "remote_addrs = $HA" "$@" | sed "s/vips = ::/vips = $HOA/"
}

steals_child()
{
	swan ue2 --load-conns --file "$IKE/ue2/stealing.conf" >/dev/null &&
		swan ue2 --initiate --ike home --child stolen --timeout 20 >"$STATE/stolen" 2>&1
}

# What the gateway has of the first UE, but for what changes by itself.
of_victim()
{
	ctl gw mobile show dev ha0 hoa 2001:db8:100:1::/64 | sed 's/ in-packets.*//'
	ctl gw binding show dev ha0 hoa "$HOA" | sed 's/ remaining.* flags/ flags/; s/ in-packets.*//'
	states gw
}

is_as_before()
{
	is "$(of_victim)" "$before_theft" && reaches cn "$HOA"
}

# A tunnel of the thief's own, beside the module's.
thief_tunnel()
{
	ip -n ue2 -batch - <<-END
	link add thief type ip6tnl mode ip6ip6 local $COA2_A remote $HA encaplimit none
	link set thief up
	route add $CN/128 dev thief
	address add $HOA/128 dev mn0 nodad
	END
}

# The thief's SA between the other's home address and the home agent: what a UE
# says under its keys is its own affair.
forge_sa()
{
	local old

	old=$(ip -n ue2 xfrm state list src "$HOA2" dst "$HA")
	# shellcheck disable=SC2046 # names and keys are words
	set -- "$(word spi "${old//$'\n'/ }")" $(sed -n 's/^\s*\(auth-trunc\|enc\) //p' <<<"$old")
	ip -n ue2 -batch - <<-END
	xfrm state delete src $HOA2 dst $HA proto esp spi $1
	xfrm state add src $HOA dst $HA proto esp spi $1 reqid 4711 mode transport replay-oseq 1000 auth-trunc $2 $3 $4 enc $5 $6
	xfrm policy add src $HOA dst $HA proto 135 dir out tmpl src $HOA dst $HA proto esp reqid 4711 mode transport
	END
	ctl ue2 registration add dev mn0 hoa "$HOA" plen 64 ha "$HA" lifetime 600 reqid 4711
}

# CREATE_CHILD_SA of the first UE, by the exchange type in the header of IKE.
hold_child()
{
	filter ip6 saddr "$COA_A" udp dport 500 @th,208,8 36 drop
}

offered()
{
	wait_until "swan gw --list-conns | grep -q 'remote: *$HOA/128'" 60
}

plan 21
ike_up
radius_up
charon_up gw ue ue2 >/dev/null
home_connection ue1@example "remote_addrs = $HA" >"$IKE/ue/home.conf"
ask_for_other >"$IKE/ue2/home.conf"
stealing_connection >"$IKE/ue2/stealing.conf"
gateway_up moves migrate
mobile_up ue hoa4 ike moves migrate
check "the first UE has its session" registered ue "$COA_A"
before_theft=$(of_victim)
mobile_up ue2 hoa4 ike moves migrate
check "the second one attaches, too" registered ue2 "$COA2_A"
check "it asked for the first one's home address" wrote gw "peer requested virtual IP $HOA"
check "and got its own, which it takes [BS-05] [BS-02]" \
	eval 'shows hoa $HOA2 ue2 registration show dev mn0 && shows id ue2@example gw mobile show dev ha0 hoa 2001:db8:100:2::/64'

# An SA of one's own for another's home address.
check "its IKE SA makes it no SA for the other's home address [IP-08] [HR-07]" \
	eval 'not steals_child && cat $STATE/stolen && grep -q "received TS_UNACCEPTABLE" $STATE/stolen'
check "the first UE has what it had" is_as_before

# Data.
thief_tunnel
remember gw ha0
check "what the second UE sends by a tunnel of its own gets through" reaches ue2 $CN -I $HOA2
check "but not from the first one's home address [ND-08]" \
	eval 'not reaches ue2 $CN -I $HOA && rose gw ha0 rx-outer-source'
ip -n ue2 link del thief
ip -n ue2 address del $HOA/128 dev mn0
check "the first UE has what it had" is_as_before

# While its owner waits for the SA.
mobile_leaves ue
hush gw
hold_child
mobile_up ue hoa4 ike moves migrate
tells gw '^ue1@example: authenticated'
offered
mark gw
check "between IKE_AUTH and CREATE_CHILD_SA another may be quicker" \
	eval 'steals_child; wrote gw "CHILD_SA mh-[0-9]+.* established"'
check "the gateway sees it, and refuses him [IP-08] [HR-07]" \
	tells gw "^ue2@example: refused: $HOA: the SA is for another.s home address"
check "its journal names thief and address" \
	journals gw '"refused"' '"id": ?"ue2@example"' "\"hoa\": ?\"$HOA\""
check "his IKE SA is ended" wrote gw 'deleting IKE_SA s2c\[[0-9]*\] between .*\[ue2@example\]'
check "and nothing between the two addresses is left in XFRM" \
	wait_until '[ -z "$(states gw)" ]' 30
unfilter
check "the owner gets its session all the same [IP-08]" registered ue "$COA_A"
check "and who knows of its SA agrees" both_agree "$COA_A"
check "the thief, too, when he attaches as himself" registered ue2 "$COA2_A"

# A Binding Update, under one's own SA.
before_theft=$(of_victim)
remember gw ha0
check "a Binding Update for another's home address, under one's own SA" forge_sa
check "is refused [IP-08] [HR-07]" wait_until 'rose gw ha0 bu-wrong-sa' 30
check "and nothing is said about it to anybody" \
	eval 'shows state registering ue2 registration show dev mn0 hoa $HOA'
check "the first UE has what it had" is_as_before
finish
