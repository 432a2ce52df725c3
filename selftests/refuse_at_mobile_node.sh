#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# What a mobile node must not believe: acknowledgements that ESP does not protect,
# routing headers that are not for it, tunnels that are not its home agent's.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# refused PACKET COUNTERS ANSWER
refused()
{
	local answer wait=0

	[ "$3" = silence ] || wait=5
	answer=$(station attack_ue "$1" "$wait")
	changes ue mn0
	is "$risen | $answer" "$2 | $3"
}

registration()
{
	local line

	line=$(ctl ue registration show dev mn0)
	echo "${line%% remaining *} ${line#* tries }"
}

judged="mh-received+1"

plan 23
station_start
lab_up esp
station watch-updates
attach
station keep-answer
remember ue mn0
check "an acknowledgement in clear [MR-12] [IP-01]" \
	refused ba-unprotected "ba-unprotected+1" silence
check "one in clear through the tunnel [MR-12]" refused ba-tunnelled "rx-clear+1" silence
errors=$(xfrm_error ue XfrmInStateSeqError)
check "a genuine acknowledgement delivered again [IP-19]" \
	eval 'ctl ue registration set dev mn0 hoa $HOA lifetime 604 &&
		wait_until "shows lifetime 604 gw binding show dev ha0 hoa $HOA >/dev/null" 10 &&
		station replay_ue && station fence ue'
check "XFRM counts it" is "$(xfrm_error ue XfrmInStateSeqError)" $((errors + 1))
wait_until 'shows state registered ue registration show dev mn0 >/dev/null' 10
stand=$(registration)
remember ue mn0
check "a routing header with another's home address [RH-01]" \
	refused rh2-not-ours "rh2-not-ours+1" silence
check "one from another than the home agent [RH-01]" \
	refused rh2-peer "rh2-peer+1" silence
check "one with no segment left [RH-01]" refused rh2-left-0 "rh2-form+1" silence
check "one with two segments left [RH-01]" refused rh2-left-2 "rh2-form+1" silence
check "one of two addresses [RH-01]" refused rh2-length-4 "rh2-form+1" silence
check "one of no address [RH-01]" refused rh2-length-0 "rh2-form+1" silence
check "one to a link-local home address [RH-03]" refused rh2-scope "rh2-scope+1" silence
check "a type 0 routing header stays the stack's to refuse [RH-07]" \
	refused rh0 "" "parameter 0 at 42"
check "a tunnel that is not the home agent's [MR-21]" \
	refused outer-source "rx-not-home-agent+1" silence
check "an inner destination that is not ours is left to other tunnels" \
	refused inner-destination "" "unreachable 4"
check "a Binding Error from an unknown node is ignored [MR-24]" \
	refused be-unknown "be-unknown+1 $judged" silence
check "a Binding Update at a mobile node, in clear [MH-18]" \
	refused bu-at-mobile "ba-unprotected+1" silence
check "the home agent puts no ESP on what only pretends to be its own [IP-08] [MR-12]" \
	refused ba-by-gateway "" silence
check "after all that the registration is as it was" is "$(registration)" "$stand"
check "and the tunnel works" reaches cn $HOA

# Another's SA: no input policy helps here, the judgement is ours.
ip -n ue -batch - <<-END
xfrm policy delete src $HA dst $HOA proto 135 dir in
xfrm state add src $HA dst $HOA proto esp spi 0x1999 mode transport reqid 999 replay-window 32 auth-trunc hmac(sha256) $KEY_SHA2 128 enc ecb(cipher_null) ""
END
remember ue mn0
check "an acknowledgement under an SA that is not this registration's [MR-12]" \
	refused ba-wrong-sa "ba-wrong-sa+1 $judged" silence
ctl ue registration set dev mn0 hoa $HOA reqid 101 spi 0x1002
check "the same when an SPI is asked for" \
	refused ba-wrong-sa "ba-wrong-sa+1 $judged" silence
check "the right one still serves" \
	eval 'ctl ue registration set dev mn0 hoa $HOA lifetime 608 &&
		wait_until "shows granted 608 ue registration show dev mn0 >/dev/null" 10'
check "and the tunnel works after that" reaches cn $HOA
finish
