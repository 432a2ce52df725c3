#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# What a home agent must not believe: each packet is refused for its own reason,
# told by exactly its counter, answered as the RFC says or not at all, and no
# binding is touched. The packets are scapy's: tools/refusals.py.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# refused PACKET COUNTERS ANSWER
refused()
{
	local answer wait=0

	[ "$3" = silence ] || wait=5
	answer=$(station attack "$1" "$wait")
	changes gw ha0
	is "$risen | $answer" "$2 | $3"
}

# answered PACKET COUNTER STATUS: a Binding Update is refused aloud.
answered()
{
	local answer

	answer=$(station attack "$1" 5)
	changes gw ha0
	is "$risen | ${answer/ seq +([0-9])/}" \
		"$2+1 $parsed ba-sent+1 | ba $3 rh2 esp"
}
shopt -s extglob

# What both mobiles have, without what time changes.
bindings()
{
	local line

	ctl gw binding show dev ha0 | while read -r line; do
		echo "${line%% remaining *} ${line#* flags }"
	done
}

# A Binding Update that reached the handler and was refused there, silently.
judged="mh-received+1"
parsed="$judged bu-received+1"

plan 76
station_start
lab_up esp
station watch-updates
attach
station keep-update acc-a
station mobile esp
ctl gw -b - <<-END
mobile add dev ha0 hoa 2001:db8:100:4::7/128 id ue4@example reqid 104
END

# Before ue2 is bound.
remember gw ha0
check "data from a mobile without a binding [ND-08]" \
	refused unbound "rx-no-binding+1" silence
check "a deregistration without a binding is answered 133 [DR-02] [HR-20]" \
	is "$(station register life=0 | cut -d ' ' -f 1-2)" "status 133"
check "and counted [DR-02]" counted gw ha0 "bu-no-binding+1 $parsed ba-sent+1"
check "the foreign mobile registers, which shows that it can, and that no binding is asked for [HO-04]" \
	is "$(station register)" "status 0 life 150"
remember gw ha0
stand=$(bindings)

# Data out of the tunnel.
check "data with a forged outer source [ND-08] [DS-36]" \
	refused outer-source "rx-outer-source+1" silence
check "data of the UE by another mobile's care-of address [ND-08]" \
	refused outer-source-of-another "rx-outer-source+1" silence
check "data with an inner source that is no mobile's is left to other tunnels [ND-10]" \
	refused inner-source "rx-no-mobile+1" "unreachable 4"
check "data with another mobile's home address [ND-10] [ND-08]" \
	refused inner-source-of-another "rx-outer-source+1" silence
check "an inner packet of the wrong version" refused inner-version "rx-truncated+1" silence
check "a Binding Update in clear through the tunnel [IP-01]" \
	refused inner-message "rx-clear+1" silence

# Who sent it.
check "another mobile's SA with the UE's home address [HR-07] [IP-08]" \
	refused wrong-sa "bu-wrong-sa+1" silence
check "a Binding Update in clear [IP-01]" refused unprotected "bu-unprotected+1" silence
check "the same without a Home Address option [IP-01]" \
	refused unprotected-no-hao "bu-unprotected+1" silence
check "ESP, but no Home Address option [HR-06] [TRAP-03]" \
	refused no-hao "bu-no-hao+1 $parsed" silence
errors=$(xfrm_error gw XfrmInStateProtoError)
check "ESP with a wrong key never comes to us [IP-01]" refused wrong-key "" silence
check "XFRM counts it" is "$(xfrm_error gw XfrmInStateProtoError)" $((errors + 1))
errors=$(xfrm_error gw XfrmInStateSeqError)
check "a genuine Binding Update delivered again [IP-19]" is "$(station replay)" silence
check "or delivered again from elsewhere [IP-19] [DS-35]" \
	is "$(station replay 2001:db8:e::66)" silence
check "XFRM counts both" is "$(xfrm_error gw XfrmInStateSeqError)" $((errors + 2))
check "and we saw neither" counted gw ha0 ""

# Sequence numbers; those of the foreign mobile have wrapped meanwhile or will.
check "a sequence number used before is answered 135 with the last one [HR-01] [HR-20]" \
	is "$(station register-old 0)" "status 135 last"
check "so is an older one [HR-01]" is "$(station register-old 3)" "status 135 last"
check "and one of 32768 before, which counts as old [HR-01]" \
	is "$(station register-old 32768)" "status 135 last"
check "all of them counted [HR-01]" \
	counted gw ha0 "bu-sequence+3 mh-received+3 bu-received+3 ba-sent+3"

# The fixed header.
check "a bad checksum [MH-01] [MH-02]" refused checksum "mh-checksum+1 $judged" silence
check "Header Len beyond the packet [MH-07]" \
	refused header-length "mh-truncated+1 $judged" silence
check "Payload Proto that is not 59; what ESP hid is not quoted [MH-05]" \
	refused payload-proto "mh-payload-proto+1 $judged" silence
check "the same in clear: the ICMP error points at it [MH-05]" \
	refused clear-payload-proto "mh-payload-proto+1 $judged" "parameter 0 at 40"
check "Header Len below the least of the type: the ICMP error points at it [MH-06]" \
	refused short "mh-short+1 $judged" "parameter 0 at 41"
check "an unknown type: Binding Error 2 to the source, as it is [MH-04] [MH-17] [MH-16] [MH-14]" \
	refused unknown-type "mh-unknown-type+1 $judged be-sent+1" "be 2 ::"
check "the same behind a Home Address option: it goes to the care-of address [MH-17]" \
	refused unknown-type-hao "mh-unknown-type+1 $judged be-sent+1" "be 2 $HOA2"
check "a heartbeat of proxies is unknown here [GR-01]" \
	refused heartbeat "mh-unknown-type+1 $judged be-sent+1" "be 2 ::"
check "a message behind options that are no Home Address option [MH-14]" \
	refused behind-options "mh-position+1" silence
check "a Home Test Init: there is no correspondent role [MH-18]" \
	refused hoti "mh-unexpected+1 $judged" silence
check "a Binding Error at the home agent [MR-24]" \
	refused be-at-home-agent "mh-unexpected+1 $judged" silence
check "a Binding Acknowledgement at the home agent" \
	refused ba-at-home-agent "mh-unexpected+1 $judged" silence

# Options.
check "an option that runs beyond the message [MH-09]" \
	refused option-overrun "opt-truncated+1 $judged" silence
check "an option without its length octet [MH-09]" \
	refused option-no-length "opt-truncated+1 $judged" silence
check "an IPv4 home address of 4 octets [MH-09]" \
	refused option-length "opt-length+1 $judged" silence
check "the Alternate Care-of Address twice" \
	refused option-twice "opt-repeated+1 $judged" silence
check "authorization data that is not last [MH-13]" \
	refused auth-not-last "opt-auth-place+1 $judged" silence

# What it says.
check "a home registration with Nonce Indices [HR-04]" \
	refused nonce "bu-nonce+1 $parsed" silence
check "a multicast care-of address [MH-15] [HR-17]" \
	refused coa-multicast "bu-coa-invalid+1 $parsed" silence
check "a link-local care-of address [MH-15] [HR-17]" \
	refused coa-link-local "bu-coa-invalid+1 $parsed" silence
check "the home agent's address as care-of address [TU-11]" \
	refused coa-home-agent "bu-coa-forbidden+1 $parsed" silence
check "a home address as care-of address is answered 129 [TU-11] [HR-05]" \
	answered coa-home-address bu-coa-forbidden 129
check "H differs from the binding: 139 [HR-03]" answered not-home bu-type-change 139
check "UDP asked for with a native care-of address: 144 [DS-18] [DS-19] [TRAP-05]" \
	answered force-udp bu-options 144
check "R differs from the binding: 139 [NE-01]" answered router bu-type-change 139
check "several care-of addresses, which are not there yet: 166" \
	answered multiple bu-multiple 166
check "the last of these, refused but in order, is remembered by its number [HR-20]" \
	shows seq "$(station sequence)" gw binding show dev ha0 hoa $HOA2

check "the T flag is not looked at [DS-15] [TRAP-15]" \
	refused flag-t "$parsed ba-sent+1 binding-refreshed+1" "ba 0 seq $(($(station sequence) + 1 & 65535)) rh2 esp"
check "the O flag of 3GPP is taken, without identifiers it says nothing [TRAP-07] [3G-33]" \
	refused flag-o "$parsed ba-sent+1 binding-refreshed+1" "ba 0 seq $(($(station sequence) + 1 & 65535)) rh2 esp"
check "authentication by option instead of ESP is none [AU-03]" \
	refused auth-option "bu-unprotected+1" silence

# Home Address options.
check "data behind a Home Address option without a binding: Binding Error 1 [HO-02] [HO-03]" \
	refused hao-no-binding "hao-no-binding+1 be-sent+1" "be 1 2001:db8:100:3::7"
check "data with a bound home address from elsewhere [HO-02] [HO-03]" \
	refused hao-stolen "hao-no-binding+1 be-sent+1" "be 1 $HOA2"
check "a multicast home address [HO-01]" refused hao-multicast "hao-address+1" silence
check "a link-local home address [HO-01]" refused hao-link-local "hao-address+1" silence
check "the loopback address as home address [HO-01]" \
	refused hao-loopback "hao-address+1" silence
check "the unspecified address as home address [HO-01]" \
	refused hao-unspecified "hao-address+1" silence
check "two Home Address options [HO-07]" refused hao-twice "hao-form+1" silence
check "a Home Address option in company [HO-07]" refused hao-company "hao-form+1" silence
check "a Home Address option of 8 octets [HO-07]" refused hao-short "hao-form+1" silence
check "a header that ends behind the packet [HO-07]" \
	refused hao-truncated "hao-form+1" silence
check "a fragment header behind it, from elsewhere [HO-07]" \
	refused hao-fragment "hao-fragment+1 be-sent+1" "be 1 $HOA2"
check "a fragment of a Binding Update in clear comes to nothing [HO-07]" \
	refused hao-message-fragment "" silence
check "but a mobile's big packet in fragments is taken, and answered by routing header [HO-07] [ND-07]" \
	station fragmented-hao
remember gw ha0

# Routing headers and the private option.
check "a type 2 routing header at a home agent [RH-02]" \
	refused rh2-at-home-agent "rh2-not-mobile+1" silence
check "a type 0 routing header stays the stack's to refuse [RH-07]" \
	refused rh0-at-home-agent "" "parameter 0 at 42"
check "the private arrival option from outside [DS-34]" \
	refused arrival "arrival-forged+1" silence
check "the same out of the tunnel [DS-34]" \
	refused arrival-tunnelled "arrival-forged+1" silence
check "the same twice" refused arrival-twice "arrival-forged+1" silence
check "the same, short" refused arrival-short "arrival-forged+1" silence

# A policy of the host's, for data: with none of its own SAs it asks for ESP.
ip -n gw xfrm policy add src $COA_A dst $HA proto 41 dir in tmpl proto esp mode transport
remember gw ha0
check "data without the ESP that a policy asks for [ND-09]" \
	eval 'not reaches ue $CN -I $HOA -W 1; counted gw ha0 "rx-policy+1"'
ip -n gw xfrm policy delete src $COA_A dst $HA proto 41 dir in

check "after all that the UE's binding is as it was [HO-05] [DS-35]" \
	is "$(bindings | grep ue1)" "$(grep ue1 <<<"$stand")"
check "and its tunnel works" reaches cn $HOA
finish
