#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# 3GPP's initial attach from a trusted access, steps 1 to 5, with EAP against a
# RADIUS server. Then the UE moves, both ends renew keys, also while it moves;
# another UE comes by EAP-TLS; and both take their leave. What was on the wires is
# read in the end.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "$0")/ike/leftovers.sh"
# shellcheck source=selftests/ike/watch.sh
. "$HERE/ike/watch.sh"

# has LINE WORD...: there are these words in it.
has()
{
	local line=$1 word

	shift
	for word; do
		[[ $line = *"$word"* ]] || {
			echo "no \"$word\" in: $line"
			return 1
		}
	done
}

# octets PATTERN: what the UE's charon dumps behind a line with it.
octets()
{
	awk -v pattern="$1" 'index($0, pattern) { found = 1; next }
		found && $2 ~ /^[0-9]+:$/ {
			for (i = 3; i <= 18 && $i ~ /^[0-9A-F][0-9A-F]$/; i++)
				octets = octets $i
			next
		}
		octets { exit }
		END { print tolower(octets) }' "$IKE/ue/octets.log"
}

# account STATUS SUBSCRIBER: what AAA was told, its lines in one.
account()
{
	awk -v RS= -v FS='\n\t' -v "status=Acct-Status-Type = $1" -v "name=\"$2\"" \
		'index($0, status) && index($0, name) { $1 = ""; print }' "$IKE/aaa/accounting"
}

# journal EVENT SUBSCRIBER: what the gateway wrote down last.
journal()
{
	jq -c --arg event "$1" --arg id "$2" 'select(.event == $event and .id == $id) |
		del(.time, .seconds)' "$IKE/gw/controller.out" | tail -n 1
}

# In both directions: it is spoken to, and speaks.
pings()
{
	reaches cn "$1" && reaches ue "$2" -I "$1"
}

policies()
{
	ip -n "$1" xfrm policy list nosock | sed -n 's/ *$//; /^src/p'
}

# Whatever an end sends when it has nothing to say is answered.
alive()
{
	mark "$1"
	wrote "$1" 'sending DPD request' && wait_until "
		log_of $1 | sed '1,/sending DPD request/d' | grep -q 'received packet: from $2'" 20
}

# Of what session prints, the SPIs of both kinds.
declare -A FIELDS=([child]="1,2" [ike]="3,4")
part()
{
	cut -d ' ' -f "${FIELDS[$1]}" <<<"$2"
}

is_new()
{
	local now

	now=$(part "$1" "$(session gw)")
	[ -n "$now" ] && [ "$now" != "$(part "$1" "$2")" ]
}

# renewed NAMESPACE child|ike COA: that end makes the SA for the signalling, or the IKE
# SA, anew; both ends use the new one, and the other is as it was.
renewed()
{
	local rekey other=ike before

	rekey="--child $(swan "$1" --list-sas | sed -n 's/^  \(mh-[0-9]*\): .* INSTALLED.*/\1/p')"
	[ "$2" = child ] || other=child rekey="--ike home"
	[ "$1 $2" != "gw ike" ] || rekey="--ike s2c"
	before=$(session gw)
	# shellcheck disable=SC2086
	swan "$1" --rekey $rekey && wait_until "is_new $2 '$before'" 30 && both_agree "$3" &&
		is "$(part $other "$(session gw)")" "$(part $other "$before")"
}

# renewed_moving NAMESPACE child|ike LINK COA: it asks for that, and the answer is held
# back; the UE moves; then the answer gets through.
renewed_moving()
{
	local side=saddr other=acc-a moved

	[ "$1" = ue ] || side=daddr
	[ "$3" != acc-a ] || other=acc-b
	# of an exchange CREATE_CHILD_SA
	filter ip6 "$side" "$HA" udp dport 500 @th,208,8 36 counter drop
	renewed "$1" "$2" "$4" >"$STATE/renewed" 2>&1 &
	wait_until held_back 30 && prefer "$3" "$other" &&
		wait_until "shows coa $4 ue registration show dev mn0 >/dev/null" 30
	moved=$?
	unfilter
	if ! wait $! || [ "$moved" != 0 ] || ! registered ue "$4"; then
		cat "$STATE/renewed"
		return 1
	fi
}

held_back()
{
	in_ns inet nft list chain ip6 lab forward | grep -q 'counter packets [1-9]'
}

# tunnelled FIELD: packets and octets in the tunnel, with a care-of address of the first
# UE there.
tunnelled()
{
	dissect trusted "(ipv6.nxt == 41 or ipv6.nxt == 4) and $1 in {$COA_A, $COA_B}" ipv6.plen |
		awk '{ octets += $1 } END { print NR, octets }'
}

# What is left of UE and service on the host, beside what leftovers.sh looks at.
routes_left()
{
	ip -n ue route show dev mn0
	ip -n ue -6 route show dev mn0
	ip -n ue -6 route show table 1010
	ip -n ue -6 route show table 1020
	ip -n ue -6 rule show pref 1000
}

plan 50
ike_up
check "a RADIUS server is there" radius_up
WATCHED=$OUT/ike_trusted
note_flow trusted
tell_keys gw ue
charon_tune ue "filelog {" "octets {" "path = $IKE/ue/octets.log" "enc = 3" "}" "}"
charon_up gw ue ue2 >/dev/null
record inet trusted not icmp6
watch ue acc-a
watch gw aaa
DPD=2s gateway_up moves migrate pool yes
home_connection ue1@example >"$IKE/ue/home.conf"

# steps 1 and 2
note attach
mobile_up ue home-agent $HA hoa4 ike moves migrate
check "a UE attaches from a trusted access [3G-20]" registered ue $COA_A
check "its first IKE_AUTH has no AUTH, and asks for both home addresses [IP-21] [3G-04]" \
	wrote gw 'parsed IKE_AUTH request 1 \[ IDi [^]]*IDr CPRQ\(ADDR6 ADDR\) N'
check "it asks for the IPv6 one by an attribute 8 without a value [BS-03] [IP-22]" \
	has "$(octets 'generating CONFIGURATION payload finished')" \
	0000100100000000080000 00010000
check "the answer has 17 octets: the address and the length of its prefix [BS-03] [IP-22]" \
	has "$(octets 'parsing CONFIGURATION payload,')" \
	00002502000000 0008001120010db801000001000000000000000740 000100040a640001
check "EAP is between the UE and AAA, which says who it is [IP-21] [3G-03]" \
	wrote gw 'RADIUS authentication of .ue1@example. successful'
check "a home address of his own is what AAA has for him [BS-02] [3G-02]" \
	has "$(ctl gw mobile show dev ha0)" "hoa 2001:db8:100:1::/64 hoa4 $HOA4 " " id ue1@example "
check "the UE takes the addresses that it was given [BS-05]" \
	is "$(ip -n ue -br address show dev mn0 scope global | xargs)" \
	"mn0 UNKNOWN $HOA4/32 $HOA/128"
check "IKE_AUTH made no SA, which would not have known the home address" \
	eval "not grep -q 'IKE_AUTH.* TSi' '$IKE/gw/charon.log'"
check "CREATE_CHILD_SA made it, for transport mode" \
	wrote gw 'parsed CREATE_CHILD_SA request [0-9]+ \[ N\(USE_TRANSP\) SA No TSi TSr \]'
check "it is between home address and home agent, at both ends [IP-01] [IP-07] [IP-22]" \
	both_agree $COA_A
check "policies want it for the Mobility Header only [IP-09]" \
	is "$(policies ue; policies gw | sort)" "$(printf '%s\n' \
		"src $HOA/128 dst $HA/128 proto mobility-header" \
		"src $HA/128 dst $HOA/128 proto mobility-header" \
		"src $HOA/128 dst $HA/128 proto mobility-header" \
		"src $HA/128 dst $HOA/128 proto mobility-header")"

# steps 3 to 5
check "the home agent has the binding: both addresses, and K [3G-32] [MR-05]" \
	has "$(ctl gw binding show dev ha0)" " hoa4 $HOA4 coa $COA_A " "key-management id ue1@example"
check "IPv6 gets from end to end [3G-20]" pings $HOA $CN
check "IPv4 does, too [DS-01]" pings $HOA4 $CN4
note attached
watch_no_more
check "steps 1 to 5 came in their order [3G-20]" steps
check "AAA was told that a session begins, and of both addresses" \
	has "$(account Start ue1@example)" "Framed-IPv6-Address = $HOA" "Framed-IP-Address = $HOA4" \
	"Calling-Station-Id = \"${COA_A}[500]\""
check "so says the gateway's journal" is "$(journal session-start ue1@example)" \
	'{"event":"session-start","id":"ue1@example","hoa":"'$HOA'","hoa4":"'$HOA4'","coa":"'$COA_A'"}'

# It moves.
session=$(session gw)
prefer acc-b acc-a
check "the UE moves to another access" registered ue $COA_B
check "the key exchange moves with it, at both ends [IP-14] [3G-32]" both_agree $COA_B
check "IKE SA and SA are those from before [IP-07]" \
	is "$(session gw)" "${session% *} $COA_B"
check "traffic follows" eval "pings $HOA $CN && pings $HOA4 $CN4"
check "the gateway's journal has the handover" is "$(journal handover ue1@example)" \
	'{"event":"handover","id":"ue1@example","hoa":"'$HOA'","hoa4":"'$HOA4'","coa":"'$COA_B'","coa-before":"'$COA_A'"}'
check "the gateway asks at the new address whether the UE lives, and it does" \
	alive gw $COA_B
check "the gateway renews the SA" renewed gw child $COA_B
check "the UE renews the SA" renewed ue child $COA_B
check "the gateway renews the IKE SA" renewed gw ike $COA_B
check "the UE renews the IKE SA" renewed ue ike $COA_B

# Both at a time.
check "with these the UE moves back while it renews the SA, not answered yet [IP-07]" \
	renewed_moving ue child acc-a $COA_A
check "it moves while the gateway does so [IP-07]" renewed_moving gw child acc-b $COA_B
check "it moves while it renews the IKE SA" renewed_moving ue ike acc-a $COA_A
check "it moves while the gateway does so, too" renewed_moving gw ike acc-b $COA_B
ip -n ue link set acc-b down
check "its access fails: it moves, and the key exchange with it" \
	eval "registered ue $COA_A && both_agree $COA_A"
check "after all that traffic gets from end to end" \
	eval "pings $HOA $CN && pings $HOA4 $CN4"

# Another UE: its IPv4 home address comes by option 29.
DPD=1s home_connection ue2@example | sed 's/vips = .*/vips = ::/
	s/auth = eap$/auth = eap-tls\ncerts = ue2.pem\naaa_id = aaa.example/' >"$IKE/ue2/home.conf"
mobile_up ue2 home-agent $HA hoa4 binding moves migrate
check "another UE attaches by EAP-TLS" registered ue2 $COA2_A
check "and has a home network prefix of its own [3G-02]" \
	is "$(word hoa "$(ctl gw binding show dev ha0 hoa $HOA2)")" $HOA2
check "it has an IPv4 home address from the pool, by the Binding Update [3G-04] [DS-22]" \
	reaches cn 10.100.0.10
check "the two reach each other by their home addresses" reaches ue $HOA2 -I $HOA
ctl ue2 access set dev mn0 link acc-b preference 1
registered ue2 $COA2_B
check "it moves, and hears from there that the gateway lives" alive ue2 $HA

# Leave.
check "the first UE takes its leave" mobile_leaves ue
check "nothing of it stays at either end" eval "nothing_stale ue && wait_until '
	[ -z \"\$(ctl gw mobile show dev ha0 hoa ${HOA%7}/64 2>/dev/null; ip -n gw xfrm state list nokeys dst $HOA)\" ]' 30"
check "nor do routes and rules" is "$(routes_left)" ""
check "AAA was told that the session has ended" \
	has "$(account Stop ue1@example)" "Framed-IPv6-Address = $HOA" "Acct-Terminate-Cause = User-Request"
check "the other UE leaves, too, and then nothing is left at all" \
	eval "mobile_leaves ue2 && nothing_stale ue2 gw"
record_end inet trusted

# What was on the wires.
signalling=$(dissect trusted "ipv6.addr == $HA and not ipv6.addr == $COA2_A and not ipv6.addr == $COA2_B and
	(mipv6 or isakmp)" ipv6.src esp.spi mip6.mhtype mip6.bu.a_flag mip6.bu.h_flag \
	mip6.bu.k_flag mip6.bu.lifetime mip6.ba.status mip6.ba.k_flag isakmp.exchangetype)
check "the first Binding Update was in ESP, with the flags A, H and K [IP-01] [MR-01] [3G-32]" \
	has "$(grep -m 1 '|5|' <<<"$signalling")" "$COA_A|0x" "|5|1|1|1|150|"
check "the first acknowledgement was, too, and had K [IP-01] [HR-12]" \
	has "$(grep -m 1 '|6|' <<<"$signalling")" "$HA|0x" "|6|||||0|1|"
check "the last were: Binding Update for no time, acknowledgement, IKE's DELETE [3G-40]" \
	is "$(tail -n 4 <<<"$signalling" | cut -d '|' -f 1,3,7,8,10)" \
	"$(printf '%s\n' "$COA_A|5|0||" "$HA|6||0|" "$COA_A||||37" "$HA||||37")"
check "octets and packets of the session are what the wires had" \
	is "$(journal session-stop ue1@example | jq -r '"\(."in-packets") \(."in-octets") \(."out-packets") \(."out-octets") \(.handovers)"')" \
	"$(tunnelled ipv6.src) $(tunnelled ipv6.dst) 6"
check "no Mobility Header was in clear on any wire [IP-01]" \
	is "$(dissect trusted 'mipv6 and not esp' frame.number)" ""
check "IKE went by care-of addresses only [IP-11]" \
	is "$(dissect trusted isakmp ipv6.src ipv6.dst | sort -u | xargs)" \
	"$(printf '%s\n' {$COA_A,$COA_B,$COA2_A,$COA2_B}"|$HA" "$HA|"{$COA_A,$COA_B,$COA2_A,$COA2_B} | sort | xargs)"
finish
