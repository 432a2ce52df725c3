#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2030,SC2031,SC2317 # checks call what stands here by name
#
# Run the stories: all, or those named, without ".sh"; core, ip4 and ike name those
# with IPv6 accesses, those with IPv4 ones, and those with a key exchange.
#
#   selftests/run.sh [-l] [STORY]...
#
#   -l		name the stories
#
# KTAP comes out: a line for each check, one for each story, and totals. What a
# story printed is in $OUT/<story>.ktap. In the end it is proven that nothing
# was left behind: what the module made it has unmade, it can go, and the
# kernel had nothing to complain about.
#
# To see that the checks can fail: BREAK=WHAT, see lab_break in topo.sh. RELOADS,
# ROUNDS and MOBILES make some stories shorter. It takes root, and a machine
# that may be spoiled: selftests/vm/run.sh makes one.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

# In this order: what the later ones rely on first.
CORE="attach attach_foreign_keys move_by_command move_by_itself leave
	refresh_and_expiry ipv4_home_address account refuse_at_home_agent
	refuse_at_mobile_node open_foreign_mobile open_foreign_home_agent
	same_home_address return_home tunnel_manners coexist scale namespace_exit reload"
IKE="ike_trusted ike_untrusted ike_mobike ike_discovery ike_refusals ike_theft
	ike_conflict ike_restarts ike_interrupted"
IP4="topology4 ip4_accesses ip4_nat ip4_selection ip4_manners"
LIMIT=${LIMIT:-600}
TRACING=/sys/kernel/tracing

# What the module makes, the function that does it and how its return value tells
# success, and what unmakes it. Static functions have their names all the same.
OBJECTS="endpoint dsmip_coa_alloc pointer free_coa_rcu
	mobile dsmip_mobile_add zero free_mobile
	mobile dsmip_mobile_add_open_locked pointer free_mobile
	device dsmip_dev_create pointer dev_free
	registration dsmip_mn_add zero dsmip_drive_forget_locked
	account dsmip_account_alloc pointer free_account"

# Count them from outside: by probes, which outlive the module. A kernel without
# probes must have kmemleak, which the machine asks in the end.
probes_set()
{
	local object make tells unmake value

	if [ ! -e $TRACING/kprobe_events ]; then
		echo "# no probes: objects are left to kmemleak"
		OBJECTS=
		[ -e /sys/kernel/debug/kmemleak ]
		return
	fi
	probes_gone
	while read -r object make tells unmake; do
		# of a pointer, an octet that is 0 for none and 255 for an error
		value='$retval:b8@40/64'
		[ "$tells" = pointer ] || value='$retval:s32'
		echo "r:dsmip_made/${object}_$make dsmip:$make value=$value"
		echo "p:dsmip_unmade/$object dsmip:$unmake"
	done <<<"$OBJECTS" | sort -u | while read -r object; do
		echo "$object" >>$TRACING/kprobe_events || return
	done
	for object in "$TRACING"/events/dsmip_made/*/; do
		echo hist:keys=value >"$object/trigger" || return
	done
	for object in made unmade; do
		echo 1 >$TRACING/events/dsmip_$object/enable || return
	done
}

probes_gone()
{
	local group

	[ -e $TRACING/kprobe_events ] || return 0
	for group in $TRACING/events/dsmip_{made,unmade}; do
		[ ! -e "$group" ] || echo 0 >"$group/enable"
	done
	for group in "$TRACING"/events/dsmip_made/*/; do
		[ ! -e "$group" ] || echo '!hist:keys=value' >"$group/trigger"
	done
	grep -o '[^:]*:dsmip_[a-z]*/[^ ]*' $TRACING/kprobe_events | sed 's/^[^:]*/-/' |
		while read -r group; do
			echo "$group" >>$TRACING/kprobe_events
		done
}

# Lines of a histogram: { value:    0 } hitcount:    3
successes()
{
	local file tells line value sum=0

	for file in "$TRACING/events/dsmip_made/$1"_*/hist; do
		tells=zero
		[[ $file = *add/hist ]] || tells=pointer
		while read -r line; do
			[[ $line =~ ^\{\ value:\ *(-?[0-9]+)\ *\}\ *hitcount:\ *([0-9]+) ]] || continue
			value=${BASH_REMATCH[1]}
			case $tells-$value in
			zero-0) sum=$((sum + BASH_REMATCH[2])) ;;
			zero-* | pointer-0 | pointer-255) ;;
			pointer-*) sum=$((sum + BASH_REMATCH[2])) ;;
			esac
		done <"$file"
	done
	echo $sum
}

unmade()
{
	awk -v name="$1" '$1 == name { print $2 }' $TRACING/kprobe_profile
}

# balanced OBJECT: as many were made as unmade, and some were.
balanced()
{
	local made

	made=$(successes "$1")
	echo "$1: $made made, $(unmade "$1") unmade"
	[ "$made" = "$(unmade "$1")" ]
}

# A story in a shell of its own, bounded; its lines are ours, indented.
story()
{
	local name=$1 log=$OUT/$1.ktap status

	SECONDS=0
	log_mark
	timeout -k 10 "$LIMIT" bash "$HERE/$name.sh" >"$log" 2>&1
	status=$?
	sed 's/^/    /' "$log"
	if [ $status = 124 ] || [ $status = 137 ]; then
		echo "# stopped after $LIMIT s"
		lab_down
		lab_destroy
		station_stop
		station_start
	fi
	if ! log_is_clean >"$STATE/said"; then
		comment <"$STATE/said"
		status=1
	fi
	report $status "$name # $SECONDS s"
}

# The namespaces go, and then the module: nothing holds them.
network_goes()
{
	lab_destroy
	wait_until '[ -z "$(ip netns list)" ]' 10
}

module_goes()
{
	wait_until 'modprobe -r dsmip' 20
}

# What is left when all is over, as a story of its own.
afterwards()
(
	local object objects

	objects=$(awk 'NF && !seen[$1]++ { print $1 }' <<<"$OBJECTS")
	number=0 failed=0
	plan $((2 + $(wc -w <<<"$objects")))
	trap - EXIT
	check "the network can be taken away" network_goes
	check "the module can go" module_goes
	for object in $objects; do
		check "every $object that was made was unmade" balanced "$object"
		comment <"$STATE/said"
	done
	[ $failed = 0 ]
)

chosen()
{
	local name

	for name in "$@"; do
		case $name in
		core) echo "$CORE" ;;
		ike) echo "$IKE" ;;
		ip4) echo "$IP4" ;;
		*) echo "$name" ;;
		esac
	done
}

main()
{
	local name names

	if [ "${1:-}" = -l ]; then
		xargs -n 1 <<<"$CORE $IP4 $IKE"
		return
	fi
	[ $# -gt 0 ] || set -- core ip4 ike
	read -r -d '' -a names < <(chosen "$@")
	for name in "${names[@]}"; do
		[ -e "$HERE/$name.sh" ] || {
			echo "run: there is no story called $name" >&2
			exit 2
		}
	done
	mkdir -p "$OUT"
	export LAB_KEEP=yes
	echo "TAP version 13"
	echo "1..$((${#names[@]} + 1))"
	modprobe dsmip || exit
	probes_set || exit
	station_start
	for name in "${names[@]}"; do
		story "$name"
	done
	station_stop
	afterwards >"$OUT/afterwards.ktap" 2>&1
	name=$?
	sed 's/^/    /' "$OUT/afterwards.ktap"
	report $name afterwards
	probes_gone
	echo "# checks: $(cat "$OUT"/*.ktap | grep -c '^ok') passed," \
		"$(cat "$OUT"/*.ktap | grep -c '^not ok') failed;" \
		"stories: $((number - failed)) passed, $failed failed"
	[ $failed = 0 ]
}

main "$@"
