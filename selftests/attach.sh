#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# A UE attaches under ESP: it has its home addresses, IPv6 and IPv4, and both
# ways lead through the tunnel. What is on the access link is what the RFCs say,
# octet by octet, in the eyes of tshark.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# What the captures are read by: tshark knows the keys of the laboratory.
TSHARK_SA='uat:esp_sa:"IPv6","*","*","%s","AES-GCM with 16 octet ICV [RFC4106]","'$KEY_GCM'","NULL",""'
FIELDS=(ipv6.src ipv6.dst ipv6.nxt ipv6.hlim
	ipv6.opt.mipv6.home_address ipv6.routing.mipv6.home_address ipv6.routing.segleft
	esp.spi mip6.mhtype mip6.proto mip6.hlen
	mip6.bu.a_flag mip6.bu.h_flag mip6.bu.l_flag mip6.bu.k_flag mip6.bu.f_flag
	mip6.bu.t_flag mip6.bu.lifetime mip6.acoa.acoa
	mip6.ipv4ha.ha mip6.ipv4ha.preflen mip6.ba.status mip6.ba.k_flag mip6.ba.lifetime
	mip6.bu.seqnr mip6.ba.seqnr mip6.options.acoa)

# decode PCAP: one line a packet, the fields between bars.
decode()
{
	local field words=() spi

	for field in "${FIELDS[@]}"; do
		words+=(-e "$field")
	done
	for spi in 0x1001 0x1002; do
		# shellcheck disable=SC2059
		words+=(-o "$(printf "$TSHARK_SA" $spi)")
	done
	tshark -r "$1" -o esp.enable_encryption_decode:TRUE "${words[@]}" \
		-T fields -E 'separator=|' 2>/dev/null
}

# packet LINES N: the Nth line, as an array: FIELD[name]
declare -A field=()
packet()
{
	local values i

	IFS='|' read -ra values < <(sed -n "$2p" <<<"$1")
	field=()
	for i in "${!FIELDS[@]}"; do
		field[${FIELDS[i]}]=${values[i]:-}
	done
}

# has NAME VALUE [NAME VALUE]...: the packet at hand.
has()
{
	while [ $# -gt 0 ]; do
		is "$1 ${field[$1]}" "$1 $2" || return
		shift 2
	done
}

# Every message that tshark found was found inside ESP.
no_message_in_clear()
{
	local n messages=0

	for ((n = 1; n <= $(wc -l <<<"$1"); n++)); do
		packet "$1" "$n"
		[ -n "${field[mip6.mhtype]}" ] || continue
		messages=$((messages + 1))
		[ -n "${field[esp.spi]}" ] || return
	done
	[ "$messages" -gt 0 ]
}

plan 28
station_start
lab_up esp
station capture inet acc-a
station link clear
check "the UE registers with its home agent" attach
remember gw ha0
check "the home agent has the binding: care-of address, addresses, life [HR-18] [HR-19]" \
	is "$(binding coa) $(binding hoa4) $(binding lifetime) $(binding flags) $(binding id)" \
	"$COA_A $HOA4 600 ack,home ue1@example"
check "one Binding Update created it [HR-13]" \
	is "$(counter gw ha0 bu-received) $(counter gw ha0 binding-created)" "1 1"
check "IPv6 from the correspondent reaches the UE [ND-04]" reaches cn $HOA
check "IPv6 from the UE reaches the correspondent [MR-21] [ND-10]" reaches ue $CN -I $HOA
check "IPv4 from the correspondent reaches the UE [DS-01]" reaches cn $HOA4
check "IPv4 from the UE reaches the correspondent [DS-01] [DS-36]" reaches ue $CN4 -I $HOA4
check "nothing was refused at the home agent on the way" counted gw ha0 ""
station write "$OUT/attach.pcap" inet acc-a >/dev/null

# What tshark reads: the first two packets are the signalling.
all=$(decode "$OUT/attach.pcap")
lines=$(grep -Ev '^fe80|\|58\||^ff' <<<"$all")
packet "$lines" 1
check "the Binding Update goes from the care-of address to the home agent [MR-02]" \
	has ipv6.src $COA_A ipv6.dst $HA
check "with the Home Address option in front of ESP [HO-07] [IP-06]" \
	has ipv6.nxt 60 ipv6.opt.mipv6.home_address $HOA esp.spi 0x00001001
check "ESP holds a Binding Update, Payload Proto 59, 40 octets [MH-11] [IP-01]" \
	has mip6.mhtype 5 mip6.proto 59 mip6.hlen 4
check "its flags are A and H only; K is 0 with manual keys [MR-01] [MR-05]" \
	has mip6.bu.a_flag 1 mip6.bu.h_flag 1 mip6.bu.l_flag 0 mip6.bu.k_flag 0
check "F and T are 0 [3G-31] [DS-15] [DS-19] [TRAP-15]" \
	has mip6.bu.f_flag 0 mip6.bu.t_flag 0
check "it asks for 600 seconds in units of 4 [MR-06]" has mip6.bu.lifetime 150
check "the care-of address stands in it too, where ESP covers it [MR-02]" \
	has mip6.acoa.acoa $COA_A
check "it asks for any IPv4 home address, length 32 [DS-22] [DS-26]" \
	has mip6.ipv4ha.ha 0.0.0.0 mip6.ipv4ha.preflen 32
sequence=${field[mip6.bu.seqnr]}
packet "$lines" 2
check "the acknowledgement goes to the care-of address [HR-16] [HR-10]" \
	has ipv6.src $HA ipv6.dst $COA_A
check "with a type 2 routing header to the home address in front of ESP [HR-16] [RH-04]" \
	has ipv6.nxt 43 ipv6.routing.mipv6.home_address $HOA ipv6.routing.segleft 1 \
	esp.spi 0x00001002
check "it says: accepted, 600 seconds, K 0 [HR-12] [HR-13]" \
	has mip6.mhtype 6 mip6.ba.status 0 mip6.ba.lifetime 150 mip6.ba.k_flag 0
check "and has the sequence number of the Binding Update [HR-13]" has mip6.ba.seqnr "$sequence"
check "option 29 was answered by option 30 with the address [DS-20] [DS-27] [TRAP-06]" \
	has mip6.ipv4ha.ha $HOA4 mip6.ipv4ha.preflen 32
packet "$lines" 3
check "IPv6 travels in IPv6, from home agent to care-of address [ND-04] [TU-01]" \
	has ipv6.src "$HA,$CN" ipv6.dst "$COA_A,$HOA" ipv6.nxt 41,58
packet "$lines" 4
check "and back from care-of address to home agent [MR-21]" \
	has ipv6.src "$COA_A,$HOA" ipv6.dst "$HA,$CN" ipv6.nxt 41,58
packet "$lines" 7
check "IPv4 travels in IPv6 [DS-01]" \
	has ipv6.src $HA ipv6.dst $COA_A ipv6.nxt 4
check "no Mobility Header in clear was on the access link [IP-01]" \
	no_message_in_clear "$all"
check "and no option or routing header but on the two messages [HO-08] [RH-06]" \
	is "$(cut -d '|' -f 3 <<<"$all" | grep -cE '43|60')" 2
check "without a home link nothing is tried out or announced on it [ND-12]" \
	is "$(station link seen)" ""
check "a home prefix is one mobile's only [3G-02]" \
	fails ctl gw mobile add dev ha0 hoa 2001:db8:100:1::/64 id ue9@example
finish
