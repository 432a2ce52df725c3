# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the stories about refusals, theft and restarts share: whether something is
# left of a session, and whether all who know of one say the same.

# shellcheck source=selftests/ike/flows.sh
. "$(dirname "${BASH_SOURCE[0]}")/flows.sh"

# ---- what is said -----------------------------------------------------------------

# hush NAMESPACE: forget what its service has said.
hush()
{
	: >"$IKE/$1/controller.err"
	: >"$IKE/$1/controller.out"
}

# tells NAMESPACE PATTERN: its service has said so since, or will.
tells()
{
	wait_until "grep -Eq '$2' '$IKE/$1/controller.err'" 90 || {
		tail -n 20 "$IKE/$1/controller.err"
		return 1
	}
}

# journals NAMESPACE PATTERN...: one line of its journal has all of them.
journals()
{
	local ns=$1 pattern

	shift
	cp "$IKE/$ns/controller.out" "$STATE/journal"
	for pattern; do
		grep -E -- "$pattern" "$STATE/journal" >"$STATE/journal.some"
		mv "$STATE/journal.some" "$STATE/journal"
	done
	[ -s "$STATE/journal" ] || {
		cat "$IKE/$ns/controller.out"
		return 1
	}
}

# ---- what is there ------------------------------------------------------------------

# left NAMESPACE: all that is there of a session. The rules for care-of addresses are
# the service's as long as it is there.
left()
{
	local ns=$1

	if [ "$ns" = gw ]; then
		ctl gw mobile show dev ha0
		ctl gw binding show dev ha0
	else
		ctl "$ns" registration show dev mn0
		ip -n "$ns" -o address show dev mn0 scope global
		ip -n "$ns" -6 rule list pref 1001
		[ -n "${DAEMONS["$ns controller"]:-}" ] || ip -n "$ns" -6 rule list pref 1000
	fi
	ip -n "$ns" xfrm state list nokeys
	ip -n "$ns" xfrm policy list nosock
	swan "$ns" --list-sas
}

# nothing_stale NAMESPACE...: nor will there be, when attempts have ended.
nothing_stale()
{
	local ns

	for ns; do
		wait_until "[ -z \"\$(left $ns 2>&1)\" ]" 90 || {
			left "$ns"
			return 1
		}
	done
}

# how_many NAMESPACE: mobiles or registrations, bindings, IKE SAs, states, policies.
how_many()
{
	local ns=$1

	{
		if [ "$ns" = gw ]; then
			ctl gw mobile show dev ha0 | sed 's/^/mobile /'
			ctl gw binding show dev ha0 | sed 's/^/binding /'
		else
			ctl "$ns" registration show dev mn0 | sed 's/^/mobile /'
		fi
		swan "$ns" --list-sas | sed -n 's/.*, IKEv2, .*/ike/p'
		ip -n "$ns" xfrm state list nokeys | sed -n 's/^src.*/state/p'
		ip -n "$ns" xfrm policy list nosock | sed -n 's/^src.*/policy/p'
	} | awk '{ count[$1]++ }
		END { print "mobiles", count["mobile"] + 0, "bindings", count["binding"] + 0,
			"ike", count["ike"] + 0, "states", count["state"] + 0,
			"policies", count["policy"] + 0 }'
}

# The UE has one session, and that is all there is.
is_alone()
{
	is "$(how_many gw)" "mobiles 1 bindings 1 ike 1 states 2 policies 2" &&
		is "$(how_many ue)" "mobiles 1 bindings 0 ike 1 states 2 policies 2"
}

only_one()
{
	wait_until "is_alone >/dev/null" 90 || is_alone
}

# one_session COA: and both ends agree about it.
one_session()
{
	only_one && both_agree "$1"
}
