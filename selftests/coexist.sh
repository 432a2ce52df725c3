#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# Other tunnels on the same hosts and addresses keep working beside the module,
# and what is not addressed to it is left to the stack.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# A plain tunnel between the very addresses that dsmip uses.
plain_tunnel()
{
	modprobe ip6_tunnel
	ip -n ue route add "$HA" via 2001:db8:a::1 dev acc-a metric 1 &&
		ip -n ue link add plain type ip6tnl local "$COA_A" remote "$HA" encaplimit none \
			mode any dev acc-a &&
		ip -n ue link set plain up &&
		ip -n ue address add 2001:db8:5::2/64 dev plain nodad &&
		ip -n gw link add plain type ip6tnl local "$HA" remote "$COA_A" encaplimit none \
			mode any &&
		ip -n gw link set plain up &&
		ip -n gw address add 2001:db8:5::1/64 dev plain nodad
}

# ESP in tunnel mode between the same hosts.
esp_tunnel()
{
	local aead="aead rfc4106(gcm(aes)) $KEY_GCM2 128" ns out in

	for ns in ue gw; do
		out=out in=in
		[ $ns = ue ] || out=in in=out
		ip -n $ns -batch - <<-END || return
		xfrm state add src $COA_A dst $HA proto esp spi 0x77 reqid 77 mode tunnel $aead
		xfrm state add src $HA dst $COA_A proto esp spi 0x78 reqid 77 mode tunnel $aead
		xfrm policy add src 2001:db8:6::2 dst 2001:db8:6::1 dir $out tmpl src $COA_A dst $HA proto esp reqid 77 mode tunnel
		xfrm policy add src 2001:db8:6::1 dst 2001:db8:6::2 dir $in tmpl src $HA dst $COA_A proto esp reqid 77 mode tunnel
		END
	done
	ip -n ue address add 2001:db8:6::2/128 dev lo
	ip -n gw address add 2001:db8:6::1/128 dev lo
	ip -n ue route add 2001:db8:6::1 via 2001:db8:a::1 dev acc-a src 2001:db8:6::2
	ip -n gw route add 2001:db8:6::2 via 2001:db8:f::ff
}

plan 8
lab_up esp
attach
check "IPv6 goes through dsmip" reaches cn $HOA
check "an ip6_tunnel between the same addresses is made" plain_tunnel
check "and carries IPv6" eval 'wait_until "reaches ue 2001:db8:5::1 >/dev/null" 10'
check "ESP in tunnel mode between the same addresses is set up" esp_tunnel
check "and carries IPv6" eval 'wait_until "reaches ue 2001:db8:6::1 -I 2001:db8:6::2 >/dev/null" 10'
check "dsmip still works for IPv6" reaches cn $HOA
check "and for IPv4" reaches cn $HOA4
check "a move does not disturb them" eval \
	'move $COA_B && reaches ue 2001:db8:5::1 && reaches ue 2001:db8:6::1 -I 2001:db8:6::2 && reaches cn $HOA'
ip -n ue link del plain
ip -n gw link del plain
ip -n ue address del 2001:db8:6::2/128 dev lo
ip -n gw address del 2001:db8:6::1/128 dev lo
finish
