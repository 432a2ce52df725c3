#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2317 # checks call what stands here by name
#
# Each kind of access, each home address, and all that a mobile does there: it
# attaches, refreshes, leaves, comes from another access and goes back. What passed the
# internet is looked at in the end.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# Where the UE is, what the gateway sees of it, and how data goes.
COA=$COA_A SEEN=$COA_A WAY=ip6 NAT=

both_agree()
{
	shows coa "$SEEN" gw binding show dev ha0 hoa "$HOA" &&
		shows outer "$WAY" gw binding show dev ha0 hoa "$HOA" &&
		shows state registered ue registration show dev mn0 &&
		shows coa "$COA" ue registration show dev mn0 &&
		shows outer "$WAY" ue registration show dev mn0 &&
		{ [ -z "$NAT" ] || shows nat "$NAT" gw binding show dev ha0 hoa "$HOA"; } &&
		{ [ -z "$NAT" ] || shows nat "$NAT" ue registration show dev mn0; }
}

agreed()
{
	wait_until 'both_agree >/dev/null' 20 || both_agree
}

# Both home addresses, in both directions.
goes()
{
	reaches cn "$HOA" && reaches ue "$CN" -I "$HOA" && reaches cn "$HOA4" && reaches ue "$CN4" -I "$HOA4"
}

arrives()
{
	attach ha4 "$HA4" coa "$COA" && agreed
}

refreshes()
{
	local seq

	seq=$(binding seq)
	ctl ue registration set dev mn0 hoa "$HOA" lifetime $((RANDOM % 200 + 400)) &&
		wait_until "[ \$(binding seq) != $seq ]" 15 && agreed
}

leaves()
{
	ctl ue registration del dev mn0 hoa "$HOA" &&
		wait_until '[ -z "$(ctl gw binding show dev ha0)" ] &&
			[ -z "$(ctl ue registration show dev mn0)" ]' 15
}

comes()
{
	attach ha4 "$HA4" coa "$COA_B" &&
		ctl ue registration set dev mn0 hoa "$HOA" coa "$COA" && agreed
}

# all_of SENTENCE: what there is to do in an access.
all_of()
{
	check "$1: the UE attaches$2" arrives
	check "$1: IPv6 and IPv4 get from end to end" goes
	check "$1: it refreshes [DS-02]" refreshes
	check "$1: it leaves" leaves
	check "$1: it comes from another access" comes
	check "$1: IPv6 and IPv4 get from end to end after that" goes
	check "$1: it leaves again" leaves
}

plan 57
lab_up esp
access_up acc-4 acc-n acc-nn
ctl gw device set dev ha0 addr4 "$HA4"
nsenter --net=/run/netns/inet -- tcpdump -q -n -U -Z root -i any -w "$OUT/inet.pcap" >/dev/null 2>&1 &
capture=$!
remember gw ha0
all_of "IPv6" " [DS-01]"
COA=$COA_4 SEEN=$COA_4 WAY=ip4 NAT=no
all_of "a public IPv4 address" " [DS-01] [DS-02] [DS-04]"
COA=$COA_N SEEN=$SEEN_N WAY=udp4 NAT=yes
all_of "behind a NAT" " [DS-06] [DS-07]"
COA=$COA_NN SEEN=$SEEN_NN
all_of "behind two NATs" " [DS-06] [DS-07]"
COA=$COA_4 SEEN=$COA_4 NAT=no
ctl gw device set dev ha0 udp always
all_of "UDP because the home agent says so" " [DS-09] [DS-14]"
ctl gw device set dev ha0 udp auto
check "nothing was refused, but sequence numbers that began anew after a deregistration" \
	eval 'changes gw ha0; said=$(xargs -n 1 <<<"$risen" | grep -E "^(bu|rx|tx|sig|mh|arrival)-" |
		grep -Ev "^(bu-received|mh-received|bu-sequence)"); is "$said" ""'

# IP in IP does not get through: seen by the UE, as it asks and nothing answers.
block_ip_in_ip acc-4
WAY=udp4
check "a firewall against IP in IP: the UE attaches all the same" \
	eval 'attach ha4 $HA4 coa $COA_4 && shows outer ip4 ue registration show dev mn0'
in_ns ue ping -n -q -i 0.2 -c 60 -I "$HOA" "$CN" >/dev/null 2>&1 &
check "as nothing comes back, it asks for UDP, and gets it [DS-31] [DS-09]" agreed
check "the home agent knows that it was asked for" \
	eval 'said=$(binding flags); [[ ,$said, = *,force-udp,* ]]'
check "IPv6 and IPv4 get from end to end" goes
check "it refreshes, and stays in UDP" refreshes
check "it leaves" leaves
wait $!
unblock_ip_in_ip acc-4

ctl gw device set dev ha0 addr4 0.0.0.0
gateway_behind_nat
ctl gw device set dev ha0 addr4 $HA4_INSIDE udp always
all_of "a home agent behind a NAT" " [DS-32]"

kill $capture
wait $capture 2>/dev/null
# seen FILTER: how many packets, each once, what is in UDP 4191 read as IP
seen()
{
	tshark -n -r "$OUT/inet.pcap" -d udp.port==4191,ip -Y "sll.pkttype == 4 and ($1)" \
		-T fields -e frame.number 2>/dev/null | wc -l
}
check "there was signalling in UDP [DS-14]" between "$(seen 'udp.port == 4191 and esp')" 40 400
check "and none in IPv4 without it [DS-02]" is "$(seen 'ip and esp and !udp.port == 4191')" 0
check "nor in clear" is "$(seen mipv6)" 0
check "data went in IP in IP where it may" between "$(seen 'ip.proto == 41 or ip.proto == 4')" 8 400
check "but never behind a NAT [DS-07]" \
	is "$(seen "(ip.proto == 41 or ip.proto == 4) and (ip.addr == $SEEN_N or ip.addr == $SEEN_NN)")" 0
check "all that is in UDP 4191 is IP as it should be [DS-13]" \
	is "$(seen 'udp.port == 4191 and (_ws.malformed or _ws.expert.severity == error)')" 0
check "the home agent speaks from its port and no other, behind a NAT too [DS-03] [DS-32]" \
	is "$(seen "udp and ip.src == $HA4 and udp.srcport != 4191")" 0
check "the UE from one of its own [DS-05]" \
	between "$(seen "udp.dstport == 4191 and udp.srcport != 4191")" 40 400
finish
