#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# What the laboratory promises, tried by hand, without a controller: charon, RADIUS,
# ePDG and DNS are as the stories need them.
#
#	selftests/vm/run.sh -- selftests/ike/laboratory.sh

# shellcheck source=selftests/ike/lab.sh
. "$(dirname "$0")/lab.sh"

# knows NAMESPACE FILE: swanctl loads a connection, as the controller would.
knows()
{
	swan "$1" --load-conns --file "$IKE/$1/$2"
}

home_address()
{
	sa "$1" home '."local-vips" | join(" ")'
}

# A connection with another secret than the subscriber's.
with_password()
{
	subscriber ue1@example "$1" >"$IKE/ue/swanctl.conf"
	swan ue --load-creds --file "$IKE/ue/swanctl.conf"
}

attach_ike()
{
	swan "$1" --initiate --ike home --timeout 15
}

detach_ike()
{
	swan "$1" --terminate --ike home --timeout 5
}

resolve()
{
	in_ns ue unshare -m --propagation private sh -c \
		'mount --bind "$0" /etc/resolv.conf && getent ahostsv6 "$1"' \
		"$IKE/resolv.conf" "$1"
}

epdg_link()
{
	ip -n ue link add epdg0 type xfrm dev acc-c if_id 7
	ip -n ue -6 rule add from "$1" table 104
	ip -n ue -6 -batch - <<-END
	link set epdg0 up
	address add $1/128 dev epdg0 nodad
	route add default dev epdg0 table 104
	END
}

plan 18
ike_up
check "RADIUS answers" radius_up
check "DNS answers" dns_up
check "and charon, everywhere" charon_up gw ue ue2 epdg
gateway_connection >"$IKE/gw/s2c.conf"
home_connection ue1@example "remote_addrs = $HA" "local_addrs = $COA_A" >"$IKE/ue/home.conf"
home_connection ue2@example "remote_addrs = $HA" |
	sed 's/auth = eap$/auth = eap-tls\ncerts = ue2.pem\naaa_id = aaa.example/' >"$IKE/ue2/home.conf"
epdg_client ue1@example 7 "local_addrs = $COA_C" >"$IKE/ue/epdg.conf"
knows gw s2c.conf >/dev/null && knows ue home.conf >/dev/null && knows ue2 home.conf >/dev/null
record inet laboratory udp port 500

check "a UE authenticates by EAP-MSCHAPv2" attach_ike ue
check "and has the home addresses that RADIUS knows [IP-22] [3G-04]" \
	is "$(home_address ue)" "$HOA $HOA4"
check "another does by EAP-TLS" attach_ike ue2
check "and has its own" is "$(home_address ue2)" "$HOA2 10.100.0.2"
check "the gateway knows who they are" \
	is "$(sa gw s2c '."remote-id"' | sort | xargs)" "ue1@example ue2@example"
check "and AAA, that their sessions began" \
	is "$(grep -c 'Acct-Status-Type = Start' "$IKE/aaa/accounting")" 2
check "AAA can end one [3G-41]" radius_disconnect ue1@example
check "which the UE notices" wait_until '[ -z "$(home_address ue)" ]' 5
with_password wrong >/dev/null
check "a wrong password is refused" fails attach_ike ue
with_password one >/dev/null
radius_down
check "without AAA everybody is" fails attach_ike ue
radius_up

ike_listen gw
attach_ike ue >/dev/null
charon_kill ue
charon_up ue >/dev/null
knows ue home.conf >/dev/null
attach_ike ue >/dev/null
check "who comes again after a crash is the same session's, events say" \
	ike_told gw '"ike-updown", \{"s2c".*"state": "ESTABLISHED".*ue1@example'
check "the home agent is found by its name [BS-01]" \
	is "$(resolve gw.example | awk '{ print $1; exit }')" "$HA"

check "an untrusted access leads to the ePDG only [3G-21]" \
	eval "reaches ue $EPDG -I $COA_C && not reaches ue $HA -I $COA_C"
knows ue epdg.conf >/dev/null
swan ue --initiate --child tunnel --timeout 15 >/dev/null
vip=$(sa ue epdg '."local-vips"[0]')
epdg_link "$vip"
check "and by its tunnel to the gateway" reaches ue $HA -I "$vip"
record_end inet laboratory
check "captures have the key exchange" \
	[ "$(tcpdump -r "$OUT/laboratory.pcap" 2>/dev/null | wc -l)" -gt 40 ]
finish
