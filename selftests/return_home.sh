#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# A real home link: the home agent tries the home address out and defends it while
# the UE is away; the UE comes home, and leaves again. A home address that is
# somebody else's is refused.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

home_up()
{
	ctl gw device add ha1 role home-agent addr $HOME_HA \
		home-prefix 2001:db8:200::/64 home-link home
	ip -n gw link set ha1 up
	echo 1 | in_ns gw tee /proc/sys/net/ipv6/conf/home/dad_transmits >/dev/null
	ctl gw -b - <<-END
	mobile add dev ha1 hoa $HOME_HOA/128 id ue1@example reqid 201
	sa add dev ha1 hoa $HOME_HOA ha $HOME_HA reqid 201 spi-in 0x4001 spi-out 0x4002 aead rfc4106(gcm(aes)) $KEY_GCM2 128
	END
	ip -n ue -batch - <<-END
	address add $HOME_HOA/128 dev mn0 nodad
	END
	ctl ue -b - <<-END
	sa add dev mn0 hoa $HOME_HOA ha $HOME_HA reqid 201 spi-in 0x4002 spi-out 0x4001 aead rfc4106(gcm(aes)) $KEY_GCM2 128
	END
}

register_home()
{
	ctl ue registration add dev mn0 hoa $HOME_HOA plen 64 ha $HOME_HA lifetime 600 \
		reqid 201 link-local "${1:-no}"
}

state_is()
{
	wait_until "shows state $1 ue registration show dev mn0 hoa $HOME_HOA >/dev/null" "${2:-15}"
}

# seen PATTERN: a message on the home link since it was last cleared; waits for it.
seen()
{
	wait_until 'station link seen >>"$STATE/link"; grep -Eq "'"$1"'" "$STATE/link"' 6 || {
		cat "$STATE/link"
		return 1
	}
}

clear_link()
{
	station link clear
	: >"$STATE/link"
}

neighbour_reaches()
{
	ip -n home -6 neigh flush dev switch
	reaches home "$HOME_HOA"
}

# What came first on the link: PATTERN before PATTERN.
before_that()
{
	awk -v first="$1" -v second="$2" '
		$0 ~ first && !a { a = NR } $0 ~ second && !b { b = NR }
		END { print a, b; exit !(a && b && a < b) }' "$STATE/link"
}

mac_of()
{
	ip -n "$1" -br link show dev home | awk '{ print $3 }'
}

plan 37
station_start
lab_up esp
home_up
gateway=$(mac_of gw)
mobile=$(mac_of ue)

clear_link
register_home
check "the UE registers from abroad" state_is registered
check "the home agent tried the address out first [HR-08]" \
	seen "^ns $HOME_HOA from :: to ff02::1:ff00:7"
check "and announced it: R=0 S=0 O=1, its own link-layer address [ND-01]" \
	seen "^na $HOME_HOA from $HOME_HA to ff02::1 r0 s0 o1 $gateway"
clear_link
check "a neighbour reaches the UE through the home agent [ND-03] [ND-04]" neighbour_reaches
check "which answered for it [ND-03]" \
	seen "^na $HOME_HOA from $HOME_HA to 2001:db8:200::9 r0 s1 o0 $gateway"
check "so does the correspondent from afar" reaches cn $HOME_HOA
clear_link
check "a move tries nothing out [HR-08]" \
	eval 'ctl ue registration set dev mn0 hoa $HOME_HOA coa $COA_B && wait_until \
		"shows coa $COA_B gw binding show dev ha1 hoa $HOME_HOA >/dev/null" 10 &&
		! seen "^ns $HOME_HOA from ::"'
check "somebody who tries the address out is told that it is taken [ND-03]" \
	eval 'in_ns home sh -c "echo 1 >/proc/sys/net/ipv6/conf/switch/accept_dad
			echo 1 >/proc/sys/net/ipv6/conf/switch/dad_transmits"
		ip -n home addr add $HOME_HOA/64 dev switch
		wait_until "ip -n home addr show dev switch | grep -q dadfailed" 8'
ip -n home addr del $HOME_HOA/64 dev switch

# Home.
ctl ue registration set dev mn0 hoa $HOME_HOA coa ::
state_is registered
echo 1 | in_ns ue tee /proc/sys/net/ipv6/conf/home/accept_ra >/dev/null
remember gw ha1
clear_link
ctl ue access add dev mn0 link home preference 1
ip -n ue link set home up
check "a link whose router advertises the home prefix is home [3G-24]" \
	eval 'wait_until "station link advertise
		shows state at-home ue registration show dev mn0 hoa $HOME_HOA >/dev/null" 20'
check "the UE looked for its home agent from :: for its home address [DR-08]" \
	grep -q "^ns $HOME_HOA from :: to ff02::1:ff00:7" <(cat "$STATE/link"; station link seen | tee -a "$STATE/link")
check "and deregistered [DR-01] [DR-05]" \
	wait_until '[ -z "$(ctl gw binding show dev ha1)" ]' 10
check "by one Binding Update, from the home address itself [DR-05] [HR-16]" \
	counted gw ha1 "mh-received+1 bu-received+1 ba-sent+1 binding-deleted+1"
check "then it announced its home address with its own link-layer address [DR-09]" \
	seen "^na $HOME_HOA from [^ ]* to ff02::1 r0 s0 o1 $mobile"
check "not before it was answered: the address was the home agent's till then [DR-07]" \
	before_that "^esp from $HOME_HA to $HOME_HOA" "^na $HOME_HOA .* $mobile"
check "the SAs of the signalling stay [DR-10] [IP-20]" \
	is "$(ip -n ue xfrm state | grep -c 'spi 0x0000400[12]')" 2
clear_link
check "a neighbour reaches it directly" neighbour_reaches
check "it answered itself [DR-09]" seen "^na $HOME_HOA from [^ ]* to 2001:db8:200::9 r0 s1 o1 $mobile"
check "the home agent did not [ND-03] [DR-04]" not grep "^na $HOME_HOA .* $gateway" "$STATE/link"
ip -n ue -6 route replace default via $HOME_HA dev home metric 1
check "the correspondent from afar reaches it [3G-51]" reaches cn $HOME_HOA

# Away again.
clear_link
ip -n ue -6 route replace default dev mn0 src $HOA metric 1
ip -n ue link set home down
check "the home link goes: it registers from abroad" state_is registered
check "the home agent tries the address out again [HR-08]" seen "^ns $HOME_HOA from ::"
check "a neighbour reaches it through the home agent again [ND-01] [3G-51]" \
	eval 'reaches home $HOME_HOA || reaches home $HOME_HOA'
ctl gw binding flush dev ha1
remember gw ha1
clear_link
ip -n ue link set home up
check "home again, but the home agent has no binding: it says 133, on the link [DR-06] [DR-02]" \
	eval 'wait_until "station link advertise
		shows state at-home ue registration show dev mn0 hoa $HOME_HOA >/dev/null" 20 &&
		rose gw ha1 bu-no-binding && seen "^esp from $HOME_HA to $HOME_HOA"'
ip -n ue link set home down
state_is registered
ctl ue access del dev mn0 link home

# IPv4 on the home link.
ip -n gw addr add 10.201.0.1/24 dev home
ip -n gw route add 10.201.0.7 dev ha1
ip -n home addr add 10.201.0.9/24 dev switch
ip -n ue addr add 10.201.0.7/32 dev mn0
ctl gw mobile set dev ha1 hoa $HOME_HOA/128 hoa4 10.201.0.7
ctl ue registration set dev mn0 hoa $HOME_HOA hoa4 0.0.0.0
wait_until 'shows hoa4 10.201.0.7 gw binding show dev ha1 hoa $HOME_HOA >/dev/null' 10
check "a neighbour reaches the IPv4 home address: the home agent answers its ARP [ND-11]" \
	reaches home 10.201.0.7
check "by its own link-layer address [ND-11]" \
	eval 'ip -n home neigh show 10.201.0.7 | grep -q "$gateway"'
ip -n gw addr del 10.201.0.1/24 dev home
ip -n home addr del 10.201.0.9/24 dev switch

# Somebody else has the home address.
ctl ue registration del dev mn0 hoa $HOME_HOA
wait_until '[ -z "$(ctl ue registration show dev mn0 hoa $HOME_HOA 2>/dev/null)" ]' 10
ip -n home addr add $HOME_HOA/64 dev switch nodad
ctl gw mobile del dev ha1 hoa $HOME_HOA/128
ctl gw mobile add dev ha1 hoa $HOME_HOA/128 id ue1@example reqid 201
remember gw ha1
register_home
check "the home address is another's: refused [HR-08]" state_is refused
check "with status 134 [HR-08]" shows status 134 ue registration show dev mn0 hoa $HOME_HOA
check "counted at the home agent [HR-08]" \
	counted gw ha1 "bu-duplicate+1 mh-received+1 bu-received+1 ba-sent+1"
check "the neighbour keeps its address" reaches gw $HOME_HOA -I $HOME_HA
remember ue mn0
ctl ue registration set dev mn0 hoa $HOME_HOA lifetime 700
check "the UE does not use it again [MR-17]" \
	eval '! wait_until "rose ue mn0 bu-sent" 3 >/dev/null'
ip -n home addr del $HOME_HOA/64 dev switch
ctl ue registration del dev mn0 hoa $HOME_HOA

# The link-local address, with L.
clear_link
register_home yes
check "with L the link-local address is tried out too [HR-08] [MR-04]" \
	eval 'state_is registered && seen "^ns fe80::7 from ::"'
check "and announced [ND-01]" seen "^na fe80::7 from [^ ]* to ff02::1 r0 s0 o1 $gateway"
remember gw ha1
check "packets for it are not tunnelled [ND-05]" \
	eval 'ip -n home -6 neigh flush dev switch
		said=$(in_ns home ping -n -c 1 -W 3 fe80::7%switch); echo "$said"; [[ $said = *nreachable* ]]'
check "but counted [ND-05]" rose gw ha1 tx-link-local
ctl ue registration del dev mn0 hoa $HOME_HOA
wait_until '[ -z "$(ctl gw binding show dev ha1)" ]' 10
ctl gw -b - <<-END
mobile del dev ha1 hoa $HOME_HOA/128
mobile add dev ha1 hoa 2001:db8:200::/124 id ue1@example reqid 201
END
clear_link
ctl ue registration add dev mn0 hoa $HOME_HOA plen 64 ha $HOME_HA lifetime 600 \
	reqid 201 mobile-router yes
check "for a mobile router the announcement has R=1 [ND-02]" \
	eval 'state_is registered && seen "^na $HOME_HOA from $HOME_HA to ff02::1 r1 s0 o1 $gateway"'
ctl ue registration del dev mn0 hoa $HOME_HOA
clear_link
check "after goodbye the address is defended no more [ND-03]" \
	eval 'wait_until "[ -z \"\$(ctl gw binding show dev ha1)\" ]" 10 && not neighbour_reaches'
check "nor the link-local one" not grep -q "^na fe80::7" <(station link seen)
finish
