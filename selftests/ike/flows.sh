# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the stories of whole flows share: the services of both ends, whether the
# ends agree, and captures in which ESP is read.

# shellcheck source=selftests/ike/lab.sh
. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"

# A slow machine is no dead peer.
RETRANSMIT_TRIES=6

# ---- the services ---------------------------------------------------------------

# gateway_up [WORD]...: of the gateway; the words go to its line "gateway".
gateway_up()
{
	# shellcheck disable=SC2119
	gateway_connection >"$IKE/gw/s2c.conf"
	cat >"$IKE/gw/dsmip.conf" <<-END
	vici $IKE/gw/vici
	connections $IKE/gw/s2c.conf directory $IKE/gw
	do device add ha0 role home-agent addr $HA home-prefix 2001:db8:100::/40
	do pool add dev ha0 first 10.100.0.10 last 10.100.0.250
	route 2001:db8:100::/40 dev ha0
	route 10.100.0.0/16 dev ha0
	gateway connection s2c dev ha0 prefix-length 64 $*
	END
	controller_up gw "$IKE/gw/dsmip.conf"
}

# mobile_up NAMESPACE [WORD]...: of a UE, whose connections are in its home.conf; the
# words go to its line "session", and $MOBILE_LINES are lines of their own. The
# laboratory's rules go, as what a care-of address says is routed by the service.
MOBILE_LINES=
mobile_up()
{
	local ns=$1

	shift
	ip -n "$ns" -6 rule flush
	ip -n "$ns" -6 rule add pref 32766 lookup main
	cat >"$IKE/$ns/dsmip.conf" <<-END
	vici $IKE/$ns/vici
	connections $IKE/$ns/home.conf directory $IKE/$ns
	do device add mn0 role mobile-node
	access dev mn0 link acc-a preference 10 table 1010
	access dev mn0 link acc-b preference 20 table 1020
	$MOBILE_LINES
	session connection home dev mn0 prefix-length 64 $*
	END
	controller_up "$ns" "$IKE/$ns/dsmip.conf"
}

# mobile_leaves NAMESPACE: the service ends its sessions, and then itself.
mobile_leaves()
{
	local pid=${DAEMONS["$1 controller"]}

	unset "DAEMONS[$1 controller]"
	kill -USR1 "$pid"
	wait "$pid"
}

# prefer LINK...: from the best; the UE goes there by itself, as the former stays.
prefer()
{
	local link n=1

	for link; do
		ctl ue access set dev mn0 link "$link" preference $((n++)) || return
	done
}

# registered NAMESPACE COA: as the UE says, which has it from the home agent.
registered()
{
	wait_until "shows coa $2 $1 registration show dev mn0 >/dev/null 2>&1 &&
		shows state registered $1 registration show dev mn0 >/dev/null" 60
}

# ---- do both ends agree? ----------------------------------------------------------

# session NAMESPACE [ID]: what charon knows of a subscriber's session, of both ends the
# same: SPIs of the SA for the signalling, to the UE and from it, SPIs of the IKE SA,
# and where the UE is.
session()
{
	swan "$1" --list-sas | awk -v "id='${2:-ue1@example}'" '
		/^[^ ]/ { sub(/_i.*/, "", $5); sub(/_r.*/, "", $6); ike = $5 " " $6
			up = $2 " " $3 ~ /^#[0-9]+, ESTABLISHED,/; his = 0 }
		/^  (local|remote) / && $2 == id { his = up; coa = $4; sub(/\[.*/, "", coa)
			at_ue = $1 == "local" }
		/^  [^ ]+: #/ { signalling = /, INSTALLED, TRANSPORT_PROXY,/ }
		$1 == "in" { from = substr($2, 1, 8) }
		$1 == "out" && his && signalling { to = substr($2, 1, 8)
			print at_ue ? from " " to : to " " from, ike, coa }'
}

# spis NAMESPACE: the first two of these.
spis()
{
	session "$1" | cut -d ' ' -f 1,2
}

# states NAMESPACE: the same two as XFRM has them, between home address and home
# agent; after a rekey the former two may be there for a while.
states()
{
	local ends

	for ends in "src $HA dst $HOA" "src $HOA dst $HA"; do
		# shellcheck disable=SC2086
		ip -n "$1" xfrm state list nokeys $ends |
			sed -n '/ mode transport/s/.* spi 0x\([0-9a-f]*\) .*/\1/p'
	done
}

# agreed COA: charon, XFRM and the module of both ends know the same of the session.
agreed()
{
	local known to from

	known=$(session ue)
	read -r to from _ <<<"$known"
	[ -n "$from" ] && is "${known##* }" "$1" && is "$(session gw)" "$known" &&
		is "$(states ue | grep -c -e "$to" -e "$from")" 2 &&
		is "$(states gw | grep -c -e "$to" -e "$from")" 2 &&
		is "$(word spi "$(ctl gw mobile show dev ha0 hoa "${HOA%7}/64")")" "0x$from" &&
		is "$(word coa "$(ctl gw binding show dev ha0 hoa "$HOA")")" "$1"
}

both_agree()
{
	wait_until "agreed $1 >/dev/null" 30 || agreed "$1"
}

# ---- what charon wrote --------------------------------------------------------------

declare -A marks=()

# mark NAMESPACE...: its log is looked at from here on.
mark()
{
	local ns

	for ns; do
		marks[$ns]=$(wc -l <"$IKE/$ns/charon.log")
	done
}

log_of()
{
	tail -n "+$((${marks[$1]:-0} + 1))" "$IKE/$1/charon.log"
}

# wrote NAMESPACE PATTERN: it does so sooner or later.
wrote()
{
	wait_until "log_of $1 | grep -Eq '$2'" 30 || {
		log_of "$1" | tail -n 20
		return 1
	}
}

# ---- captures -------------------------------------------------------------------------

# keep_keys NAMESPACE: of all SAs that come from now on, for dissect.
keep_keys()
{
	daemon "$1" keys ip xfrm monitor SA
	wait_until "in_ns $1 grep -Eq '^[0-9a-f]+ 6 +${DAEMONS["$1 keys"]} ' /proc/net/netlink" 10
}

# Lines of SPI, key of AES-CBC, key of HMAC-SHA-256-128.
kept_keys()
{
	awk '$1 == "proto" { spi = $4 } $1 == "auth-trunc" { auth = $3 }
		$1 == "enc" { print spi, $3, auth }' "$IKE"/*/keys.out | sort -u
}

# dissect NAME FILTER FIELD...: of what was recorded, each packet once, ESP read: the
# fields, the first of a name, with bars between, a line a packet.
dissect()
{
	local name=$1 filter=$2 words=() field spi enc auth

	shift 2
	for field; do
		words+=(-e "$field")
	done
	while read -r spi enc auth; do
		words+=(-o "uat:esp_sa:\"IPv6\",\"*\",\"*\",\"$spi\",\"AES-CBC [RFC3602]\",\"$enc\",\"HMAC-SHA-256-128 [RFC4868]\",\"$auth\"")
	done < <(kept_keys)
	tshark -n -r "$OUT/$name.pcap" -o esp.enable_encryption_decode:TRUE "${words[@]}" \
		-Y "sll.pkttype == 4 and ($filter)" -T fields -E 'separator=|' \
		-E occurrence=f 2>"$STATE/tshark" || cat "$STATE/tshark"
}
