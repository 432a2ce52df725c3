#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# A UE cannot attach: it says why, and so does the gateway where it is the one who
# knows; nothing stays behind at either end; and when the cause is mended, the UE
# attaches by itself.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"

GATEWAY_POOLS="one, hoa4"

# aaa_up SUBSCRIBER...: an AAA server that knows these, and their passwords.
aaa_up()
{
	mkdir -p "$STATE/aaa/ike/radius"
	cp "$HERE/ike/radius/radiusd.conf" "$STATE/aaa/ike/radius/"
	printf '%s Cleartext-Password := "%s"\n' "$@" >"$STATE/aaa/ike/radius/users"
	HERE=$STATE/aaa radius_up
}

aaa_signal()
{
	kill -s "$1" "${DAEMONS["aaa radius"]}"
}

# password WORD: of the UE.
password()
{
	subscriber ue1@example "$1" >"$IKE/ue/swanctl.conf"
	swan ue --load-creds --file "$IKE/ue/swanctl.conf"
}

begins()
{
	hush ue
	hush gw
	mark gw
	mobile_up ue hoa4 ike moves migrate
}

attaches()
{
	registered ue "$COA_A"
}

leaves()
{
	mobile_leaves "$1" && nothing_stale ue gw
}

plan 28
ike_up
echo "pools { one { addrs = $HOA/128 } }" >>"$IKE/gw/swanctl.conf"
home_connection ue1@example "remote_addrs = $HA" >"$IKE/ue/home.conf"
home_connection ue2@example "remote_addrs = $HA" >"$IKE/ue2/home.conf"
charon_up gw ue ue2 >/dev/null
gateway_up moves migrate

aaa_up ue2@example two
begins
check "an unknown subscriber: the UE hears that EAP failed [IP-21]" \
	tells ue "cannot attach: received EAP_FAILURE, EAP authentication failed"
check "the gateway's charon says of whom" wrote gw "RADIUS authentication of .ue1@example. failed"
check "nothing stays behind" nothing_stale ue gw
radius_down
aaa_up ue1@example one ue2@example two
check "when AAA knows him, he attaches by himself" attaches
check "and leaves nothing when he leaves" leaves ue

password wrong >/dev/null
begins
check "a wrong password: the same" \
	tells ue "cannot attach: received EAP_FAILURE, EAP authentication failed"
check "the gateway's charon says whose" wrote gw "RADIUS authentication of .ue1@example. failed"
check "nothing stays behind" nothing_stale ue gw
password one >/dev/null
check "with the right one the UE attaches by itself" attaches
check "and leaves nothing when it leaves" leaves ue

aaa_signal STOP
begins
check "AAA says nothing: the same again" \
	tells ue "cannot attach: received EAP_FAILURE, EAP authentication failed"
check "the gateway's charon knows better" wrote gw "RADIUS Access-Request timed out"
check "nothing stays behind" nothing_stale ue gw
aaa_signal CONT
check "when AAA speaks again, the UE attaches by itself" attaches
check "and leaves nothing when it leaves" leaves ue

mobile_up ue2 hoa4 ike moves migrate
registered ue2 "$COA2_A"
begins
check "the pool is empty: the UE says that it was given no home address" \
	tells ue "the home agent gave no IPv6 home address: is its pool empty?"
check "the gateway says so, too" tells gw "^ue1@example: refused: .*the pool is empty"
check "and has it in its journal" journals gw '"event": ?"refused"' '"id": ?"ue1@example"'
check "nothing stays behind at the UE" nothing_stale ue
check "nor at the gateway, but of who has the address [BS-02]" \
	eval 'wait_until "[ \"\$(how_many gw)\" = \"mobiles 1 bindings 1 ike 1 states 2 policies 2\" ]" 60 &&
		shows id ue2@example gw mobile show dev ha0 hoa 2001:db8:100:1::/64'
mobile_leaves ue2
check "who comes after gets it, by itself [BS-02] [IP-22]" \
	eval 'attaches && shows hoa $HOA ue registration show dev mn0'
check "and leaves nothing when it leaves" leaves ue

filter udp dport 500 drop
begins
check "the gateway does not answer: the UE says so" \
	tells ue "cannot attach: .*peer not responding"
check "nothing stays behind" nothing_stale ue gw
unfilter
check "when it answers, the UE attaches by itself" attaches
mobile_leaves ue

controller_down gw
begins
check "the gateway's service is away: there is no SA for the home address" \
	tells ue "no SA for the signalling: the home agent made a tunnel"
controller_up gw "$IKE/gw/dsmip.conf"
check "when it is back, the UE goes on by itself" attaches
check "and leaves nothing when it leaves" leaves ue
finish
