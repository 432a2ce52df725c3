#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# A mobile node that is not ours, made of scapy by the letter of RFC 6275, and our
# home agent, with and without ESP. In open mode strangers are served too, but
# a mobile that has an SA to its name is not.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# registers WORDS... ANSWER
registers()
{
	is "$(station register "${@:1:$#-1}")" "${!#}"
}

plan 34
station_start
lab_up esp
station mobile esp
check "with ESP by scapy: it registers [IP-01] [IP-02]" registers "status 0 life 150"
check "IPv6 out and back by the tunnel, outer hop limit 64 [TU-01] [ND-04] [ND-08]" \
	is "$(station ping 6)" "hop limit 64"
check "a wish beyond the longest life is cut [HR-09]" registers life=65535 "status 0 life 900"
check "it moves [HR-18] [HR-19]" registers coa=2001:db8:e::6 "status 0 life 150"
check "and is reached there" station ping 6
check "its sequence numbers wrapped on the way [HR-01]" \
	eval 'for _ in 1 2 3 4; do station register >/dev/null || exit; done
		between "$(station sequence)" 0 99'
check "K with keys that nobody moves: 0 [HR-12] [MR-05]" registers flags=KHA "status 0 life 150"
ctl gw mobile set dev ha0 hoa 2001:db8:100:2::/64 key-management yes
check "K of a key exchange that moves along: 1 [HR-12] [3G-32] [IP-14]" \
	registers flags=KHA "status 0 life 150 K"
check "not asked for: 0 [HR-12]" registers "status 0 life 150"
check "in a refusal too, so that the key exchange is kept: 139 [HR-12]" \
	registers flags=RKHA "status 139 life 0 K"
check "it leaves [DR-01] [DR-03]" registers flags=KHA life=0 "status 0 life 0 K"
ctl gw mobile set dev ha0 hoa 2001:db8:100:2::/64 key-management no
check "133 with manual keys [HR-12]" registers flags=KHA life=0 "status 133 life 0"
lab_down

lab_up open
station mobile open
ctl gw mobile set dev ha0 hoa 2001:db8:100:2::/64 key-management yes
check "in clear: it registers in open mode, and no key exchange is there to move [HR-12]" \
	registers flags=KHA "status 0 life 150"
check "the binding is the mobile's that is known" \
	shows id ue2@example gw binding show dev ha0 hoa $HOA2
check "IPv6 out and back by the tunnel" station ping 6
check "both addresses [DS-01]" registers hoa4=0.0.0.0 "status 0 life 150 hoa4 0 10.100.0.2/32"
check "IPv4 out and back by the tunnel" station ping 4
remember gw ha0
check "another home address of the same prefix while one is bound: 129 [HR-05]" \
	registers hoa=2001:db8:100:2::8 "status 129 life 0"
check "counted" counted gw ha0 "bu-not-authorised+1 mh-received+1 bu-received+1 ba-sent+1"
check "a home address outside the home prefix: 132 [HR-05]" \
	registers hoa=2001:db8:999::7 "status 132 life 0"
check "counted too" counted gw ha0 "bu-not-served+1 mh-received+1 bu-received+1 ba-sent+1"
check "a stranger is served in open mode" registers hoa=2001:db8:100:77::7 "status 0 life 150"
check "and forgotten when it leaves [DR-02]" \
	eval 'registers hoa=2001:db8:100:77::7 life=0 "status 0 life 0" &&
		wait_until "shows mobiles 2 gw device show dev ha0 >/dev/null" 14'
ctl gw device set dev ha0 max-mobiles 2
remember gw ha0
check "no room for another one: 130 [HR-05]" \
	registers hoa=2001:db8:100:78::7 "status 130 life 0"
check "counted as such" counted gw ha0 "bu-resources+1 mh-received+1 bu-received+1 ba-sent+1"
ctl gw device set dev ha0 max-mobiles 1000
check "R where it was not before: 139 [NE-01]" registers flags=RHA "status 139 life 0"
station register life=0 >/dev/null
check "R for a mobile whose whole prefix is its own is granted [3G-30] [NE-03]" \
	registers flags=RHA "status 0 life 150"
check "a mobile network prefix that nobody authorised: 142 [NE-02]" \
	registers flags=RHA prefix=2001:db8:999:: "status 142 life 0"
check "and shown" shows flags ack,home,mobile-router gw binding show dev ha0 hoa $HOA2
check "R for a stranger's single address: 140 [NE-01]" \
	registers hoa=2001:db8:100:79::7 flags=RHA "status 140 life 0"
check "R without H: 140 [NE-01]" registers hoa=2001:db8:100:79::7 flags=RA "status 140 life 0"
ctl gw mobile set dev ha0 hoa 2001:db8:100:1::/64 reqid 101
remember gw ha0
check "a mobile with an SA to its name is not open [HR-07] [IP-01]" \
	eval '! station register hoa=$HOA >/dev/null'
check "that is counted as unprotected" \
	counted gw ha0 "bu-unprotected+1 mh-received+1 bu-received+1"
ctl gw device set dev ha0 auth esp
check "auth esp closes the door for all [IP-01]" eval '! station register >/dev/null'
finish
