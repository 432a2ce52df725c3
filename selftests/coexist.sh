#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# Other tunnels on the same hosts and addresses keep working beside the module,
# and what is not addressed to it is left to the stack: the same packets get the
# same answers as without it.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# What the gateway answers at an address that is no home agent's.
answers()
{
	local packet

	for packet in hao-other rh2-other message-other; do
		echo "$packet: $(station send $packet)"
	done
}

# A plain tunnel between the very addresses that dsmip uses.
plain_tunnel()
{
	modprobe ip6_tunnel
	ip -n ue -batch - <<-END || return
	link add plain type ip6tnl local $COA_A remote $HA encaplimit none mode any
	link set plain up
	address add 2001:db8:5::2/64 dev plain nodad
	END
	ip -n gw -batch - <<-END
	link add plain type ip6tnl local $HA remote $COA_A encaplimit none mode any
	link set plain up
	address add 2001:db8:5::1/64 dev plain nodad
	END
}

# ESP in tunnel mode between the same hosts.
esp_tunnel()
{
	local aead="aead rfc4106(gcm(aes)) $KEY_GCM2 128" ns out in

	for ns in ue gw; do
		out=out in=in
		[ "$ns" = ue ] || out=in in=out
		ip -n "$ns" -batch - <<-END || return
		xfrm state add src $COA_A dst $HA proto esp spi 0x77 reqid 77 mode tunnel $aead
		xfrm state add src $HA dst $COA_A proto esp spi 0x78 reqid 77 mode tunnel $aead
		xfrm policy add src 2001:db8:6::2 dst 2001:db8:6::1 dir $out tmpl src $COA_A dst $HA proto esp reqid 77 mode tunnel
		xfrm policy add src 2001:db8:6::1 dst 2001:db8:6::2 dir $in tmpl src $HA dst $COA_A proto esp reqid 77 mode tunnel
		END
	done
	ip -n ue -batch - <<-END
	address add 2001:db8:6::2/128 dev lo
	route add 2001:db8:6::1 via 2001:db8:a::1 dev acc-a src 2001:db8:6::2
	END
	ip -n gw -batch - <<-END
	address add 2001:db8:6::1/128 dev lo
	route add 2001:db8:6::2 via 2001:db8:f::ff
	END
}

# ESP in transport mode between the same hosts, for UDP.
esp_transport()
{
	local aead="aead rfc4106(gcm(aes)) $KEY_GCM2 128" ns out in

	for ns in ue gw; do
		out=out in=in
		[ "$ns" = ue ] || out=in in=out
		ip -n "$ns" -batch - <<-END || return
		xfrm state add src $COA_B dst $HA proto esp spi 0x79 reqid 79 mode transport $aead
		xfrm state add src $HA dst $COA_B proto esp spi 0x7a reqid 79 mode transport $aead
		xfrm policy add src $COA_B dst $HA proto 58 dir $out tmpl proto esp reqid 79 mode transport
		xfrm policy add src $HA dst $COA_B proto 58 dir $in tmpl proto esp reqid 79 mode transport
		END
	done
}

others_work()
{
	reaches ue 2001:db8:5::1 && reaches ue 2001:db8:6::1 -I 2001:db8:6::2 &&
		reaches ue "$HA" -I "$COA_B"
}

plan 19
station_start
lab_build
lab_accesses
modprobe -r dsmip
without=$(answers)
modprobe dsmip
lab_up esp
attach
check "with the module an address of the gateway that is no home agent's answers as without it [MH-18]" \
	is "$(answers)" "$without"
remember gw ha0
check "a Home Address option for another host passes the gateway as it is [MH-18]" \
	station arrives cn gw hao
check "a type 2 routing header for another host too" station arrives cn gw rh2
check "a Mobility Header message for another host too" station arrives cn gw message
check "and the option that is private to a home agent" station arrives cn gw arrival
check "none of these was counted" counted gw ha0 ""
check "an ip6_tunnel between the same addresses is made" plain_tunnel
check "and carries IPv6" \
	wait_until 'reaches ue 2001:db8:5::1 >/dev/null' 10
check "what is the other tunnel's is counted as no mobile's [ND-10]" rose gw ha0 rx-no-mobile
check "ESP in tunnel mode between the same addresses is set up" esp_tunnel
check "and carries IPv6" \
	wait_until 'reaches ue 2001:db8:6::1 -I 2001:db8:6::2 >/dev/null' 10
check "ESP in transport mode between the same addresses is set up" esp_transport
check "and carries ICMPv6" wait_until 'reaches ue $HA -I $COA_B >/dev/null' 10
check "by ESP" eval '[ "$(ip -n gw -s xfrm state list proto esp spi 0x79 | grep -c "oseq 0x0")" = 1 ] &&
	ip -n gw -s xfrm state list proto esp spi 0x79 | grep -Eq "[1-9][0-9]*\(bytes\)"'
check "dsmip still works for IPv6" reaches cn "$HOA"
check "and for IPv4" reaches cn "$HOA4"
check "a move does not disturb them" eval 'move $COA_B && others_work && reaches cn $HOA'
lab_devices_gone gw ha0
check "they go on without the home agent" others_work
lab_devices_gone ue mn0
check "and without the mobile node" others_work
ip -n ue link del plain
ip -n gw link del plain
ip -n ue address del 2001:db8:6::2/128 dev lo
ip -n gw address del 2001:db8:6::1/128 dev lo
ip -n gw route del 2001:db8:6::2
finish
