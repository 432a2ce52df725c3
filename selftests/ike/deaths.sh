# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the stories about restarts share: who dies and comes again, and whether traffic
# notices.

# shellcheck source=selftests/ike/leftovers.sh
. "$(dirname "${BASH_SOURCE[0]}")/leftovers.sh"

# A peer that is dead is noticed in ten seconds.
RETRANSMIT_TRIES=5
DPD=2s
: "$RETRANSMIT_TRIES" "$DPD"

# pinging: the correspondent speaks to the UE from now on.
pinging()
{
	daemon cn ping ping -n -i 0.2 "$HOA"
}

# unanswered: how many of these, the last one left out, which may be under way.
unanswered()
{
	daemon_end INT cn ping
	awk '/ packets transmitted/ { sent = $1; lost = $1 - $4 }
		END { if (lost <= 1) lost = 0; print lost, "of", sent }' "$IKE/cn/ping.out"
	: >"$IKE/cn/ping.out"
}

no_ping_is_lost()
{
	local lost

	lost=$(unanswered)
	echo "lost: $lost"
	[[ $lost =~ ^0\ of\ [1-9] ]]
}

# charons_die NAMESPACE...: at the same time, and are there again.
charons_die()
{
	local ns

	for ns; do
		charon_kill "$ns"
	done
	charon_up "$@"
}

services_die()
{
	local ns

	for ns; do
		controller_kill "$ns"
	done
}

services_come()
{
	local ns

	for ns; do
		controller_up "$ns" "$IKE/$ns/dsmip.conf"
	done
}

# Both ends are in one kernel here: the module dies for both.
module_dies()
{
	wait_until 'modprobe -r dsmip 2>/dev/null' 20
}

module_comes()
{
	modprobe dsmip
}

# both_up: a gateway and a UE, who has a session in the end. A charon that begins has no
# secrets for a moment: what the gateway is left with then is not to be waited for long.
both_up()
{
	ike_up
	charon_tune gw "half_open_timeout = 10"
	radius_up
	charon_up gw ue >/dev/null
	home_connection ue1@example "remote_addrs = $HA" >"$IKE/ue/home.conf"
	gateway_up moves migrate
	mobile_up ue hoa4 ike moves migrate
	registered ue "$COA_A"
}
