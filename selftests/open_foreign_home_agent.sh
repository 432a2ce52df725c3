#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# A home agent that is not ours, made of scapy by the letter of RFC 6275, and our
# mobile node: what it sends, when it sends it again, which answers it takes
# and what it makes of each.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

FHOA=2001:db8:300::7 FHA=2001:db8:d::1

start()
{
	station agent "$1"
	ctl ue registration add dev mn0 hoa $FHOA plen 64 ha $FHA lifetime 600 \
		reqid "${2:-0}" "${@:3}"
}

# state_is STATE: the registration comes to that, soon.
state_is()
{
	wait_until "shows state $1 ue registration show dev mn0 hoa $FHOA >/dev/null" 8 ||
		shows state "$1" ue registration show dev mn0 hoa $FHOA
}

# after TEXT LOW HIGH: a Binding Update came so many milliseconds after the last.
after()
{
	between "$(word after "$1")" "$2" "$3"
}

plan 43
station_start
lab_up open
ip -n ue addr add $FHOA/128 dev mn0 nodad

start open
check "a Binding Update by the letter comes [MR-01] [MR-02] [MR-06] [MH-11]" \
	eval 'first=$(station await) && [[ $first = "life 150 flags HA coa 2001:db8:a::2 "* ]]'
check "without an answer the next after 1.5 seconds [MR-09]" \
	eval 'second=$(station await) && after "$second" 1400 2300'
check "and twice that for the third [MR-09]" \
	eval 'third=$(station await) && after "$third" 2900 3900'
check "the state is registering, tries 3" \
	is "$(word state "$(ctl ue registration show dev mn0 hoa $FHOA)") $(word tries "$(ctl ue registration show dev mn0 hoa $FHOA)")" \
	"registering 3"
remember ue mn0
station answer shift 1
station answer shift 32768
station fence_access
check "acknowledgements of other sequence numbers are ignored [MR-12]" \
	counted ue mn0 "ba-sequence+2 mh-received+2"
station answer form tunnel
station fence_access
check "one without a type 2 routing header is ignored" counted ue mn0 "rx-clear+1"
station answer
check "the right one is taken [MR-12]" state_is registered
check "data by the tunnel, both ways [MR-21]" station agent_ping
remember ue mn0
station answer
station fence_access
check "the same again is no answer to anything [MR-12]" counted ue mn0 "ba-sequence+1 mh-received+1"

ctl ue registration set dev mn0 hoa $FHOA coa $COA_B
check "a move sends the next Binding Update by the other access [MR-07]" \
	eval 'text=$(station await acc-b) && [[ $text = *"coa 2001:db8:b::2 "* ]]'
check "until it is answered the old care-of address is in use [DS-33] [TRAP-14]" \
	eval 'shows state refreshing ue registration show dev mn0 hoa $FHOA'
check "with a binding the next comes after 1 second [MR-09]" \
	eval 'text=$(station await acc-b) && after "$text" 900 1800'
station answer status 135 shift 1000
check "status 135: the next one goes on from the number that it told [MR-13]" \
	eval 'old=$(word seq "$(ctl ue registration show dev mn0 hoa $FHOA)")
		text=$(station await acc-b) && station agent-sequence-is-next'
station answer life 3
check "12 seconds granted of 600: both sides count from when it was sent [MR-14]" \
	eval 'state_is registered && shows granted 12 ue registration show dev mn0 hoa $FHOA'
check "it is refreshed before they are over [MR-15]" \
	eval 'text=$(station await acc-b 12) && after "$text" 3000 11500'
station answer life 150 refresh 1
check "refresh advice of 4 seconds is followed [MR-15]" \
	eval 'text=$(station await acc-b 8) && after "$text" 1000 6000'
station answer life 200
check "more than was asked for is not taken [MR-14]" \
	eval 'state_is registered && shows granted 600 ue registration show dev mn0 hoa $FHOA'

station agent_error be 1
check "Binding Error 1 from the home agent makes it register again [MR-24]" \
	station await acc-b
station answer
state_is registered >/dev/null
station agent_error parameter
check "a router that does not know the message changes nothing now [MR-23]" \
	station no_update acc-b 1

station agent_error option
check "nor does one that does not know the option [HO-09]" station no_update acc-b 1

ctl ue registration set dev mn0 hoa $FHOA lifetime 604
check "a new wish is told [MR-07]" eval 'text=$(station await acc-b) && [[ $text = "life 151 "* ]]'
station agent_error parameter
check "now an ICMP error about it: the next is put off [MR-23]" station no_update acc-b 4
station answer status 129
check "status 129 ends the asking [MR-18]" state_is refused
check "the binding there is, stays" station agent_ping
check "and no more is sent [MR-18]" station no_update acc-b 3
listen ue
ctl ue registration set dev mn0 hoa $FHOA lifetime 608
check "until somebody changes something" station await acc-b
station answer status 134
check "status 134: the home address is somebody else's [MR-17]" state_is refused
check "who listens was told, to take another one [BS-06]" \
	told "^.refused. registration.* hoa $FHOA .*state refused status 134"
ctl ue registration set dev mn0 hoa $FHOA lifetime 612
check "it is not used again [MR-17]" \
	eval 'station no_update acc-b 2 && not station agent_ping'
ctl ue registration del dev mn0 hoa $FHOA
check "deleted, it is gone at once [BS-06]" \
	eval 'is "$(ctl ue registration show dev mn0)" "" && told "^.deleted. registration.* hoa $FHOA"'
listen_no_more
check "without another word to the home agent [BS-06]" station no_update acc-b 1
ctl ue registration add dev mn0 hoa $FHOA plen 64 ha $FHA key-management yes
check "K is not asked for in open mode [MR-05]" \
	eval 'text=$(station await) && [[ $text = *"flags HA "* ]]'
ctl ue registration del dev mn0 hoa $FHOA
lab_down

lab_up esp
ip -n ue addr add $FHOA/128 dev mn0 nodad
ctl ue -b - <<-END
sa add dev mn0 hoa $FHOA ha $FHA reqid 301 spi-in 0x3002 spi-out 0x3001 enc ecb(cipher_null) 0x auth-trunc hmac(sha256) $KEY_SHA2 128
END
start esp 301 hoa4 0.0.0.0 key-management yes
check "with ESP by scapy: the Binding Update is protected [IP-01] [IP-02] [IP-06]" \
	eval 'text=$(station await) && [[ $text = *"hoa4 0.0.0.0/32" ]]'
remember ue mn0
station answer sa no
station fence_access
check "an acknowledgement in clear is ignored [MR-12]" counted ue mn0 "ba-unprotected+1"
station answer hoa4 10.44.0.7
check "a protected one is taken [MR-12]" state_is registered
check "with the IPv4 home address of option 30 [DS-20] [DS-27]" \
	shows hoa4 10.44.0.7 ue registration show dev mn0 hoa $FHOA
ctl ue registration set dev mn0 hoa $FHOA lifetime 604
check "it is named in the next Binding Update [DS-26]" \
	eval 'text=$(station await) && [[ $text = *"hoa4 10.44.0.7/32" ]]'
station answer
check "no option 30: no IPv4 there, and option 29 is not sent again [DS-20] [TRAP-11]" \
	eval 'state_is registered &&
		not shows hoa4 10.44.0.7 ue registration show dev mn0 hoa $FHOA &&
		ctl ue registration set dev mn0 hoa $FHOA lifetime 608 &&
		text=$(station await) && [[ $text != *hoa4* ]]'
station answer
check "data by the tunnel" station agent_ping
listen ue
check "K is asked for, where a key exchange is said to move along [MR-05] [3G-32]" \
	eval 'ctl ue registration set dev mn0 hoa $FHOA lifetime 612 &&
		text=$(station await) && [[ $text = *"flags KHA "* ]]'
station answer flags K
check "K in the acknowledgement is told [MR-19] [IP-14]" \
	told "^.refreshed. registration.*key-management-granted yes"
ctl ue registration set dev mn0 hoa $FHOA lifetime 616
station await >/dev/null
station answer
check "so is its absence [MR-19] [IP-14]" \
	told "^.refreshed. registration.*key-management-granted no"
listen_no_more
ctl ue registration del dev mn0 hoa $FHOA
check "goodbye: life 0 [DR-01]" eval 'text=$(station await) && [[ $text = "life 0 "* ]]'
station answer life 0
finish
