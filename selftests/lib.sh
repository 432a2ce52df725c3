# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What every story has: a plan, checks, waiting, counters, the station.
#
# A story is a file of selftests/ that is run by run.sh, or alone:
#
#	. "$(dirname "$0")/topo.sh"
#	plan 2			# how many checks there will be
#	lab_up esp
#	check "a sentence that is true [ID]" COMMAND...
#	finish
#
# A check fails when its command does. A plan that is not kept fails, and so
# does a story that ends before "finish". Nothing is skipped.

set -u

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TOP=${TOP:-$(cd "$HERE/.." && pwd)}
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export TOP PATH LC_ALL=C.UTF-8
CTL=$TOP/build/ctl/dsmipctl
STATE=${STATE:-$(mktemp -d /tmp/dsmip.XXXXXX)}
OUT=${OUT:-$STATE}
export STATE OUT
# Break something on purpose, and see who notices: see lab_break in topo.sh.
BREAK=${BREAK:-}

planned=0 number=0 failed=0

plan()
{
	planned=$1
	echo "TAP version 13"
	echo "1..$planned"
	trap leave EXIT
}

# What a check said, as comments: only when it fails.
comment()
{
	local line

	while IFS= read -r line; do
		printf '# %s\n' "$line"
	done
}

# report STATUS SENTENCE
report()
{
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number $2"
	else
		echo "not ok $number $2"
		failed=$((failed + 1))
	fi
}

# check SENTENCE COMMAND...: in this shell, so it may remember something.
check()
{
	local sentence=$1 status

	shift
	"$@" >"$STATE/said" 2>&1
	status=$?
	report $status "$sentence"
	[ $status = 0 ] || tail -n 25 "$STATE/said" | comment
	return 0
}

# fails COMMAND...: the command says no, and says why.
fails()
{
	local said

	said=$("$@" 2>&1) && {
		echo "succeeded: $*"
		return 1
	}
	[ -n "$said" ]
}

not()
{
	! "$@"
}

# is WHAT EXPECTED: two words are the same.
is()
{
	[ "$1" = "$2" ] || {
		echo "got:  $1"
		echo "want: $2"
		return 1
	}
}

# between VALUE LOW HIGH
between()
{
	if [ "$1" -lt "$2" ] || [ "$1" -gt "$3" ]; then
		echo "got $1, not between $2 and $3"
		return 1
	fi
}

finish()
{
	[ $number = "$planned" ] || {
		echo "# $number checks were made, $planned were planned"
		failed=$((failed + 1))
	}
	lab_down
	finished=yes
	[ $failed = 0 ]
	exit
}

finished=
leave()
{
	local status=$?

	if [ -z "$finished" ]; then
		echo "# the story broke off"
		[ $status != 0 ] || status=1
		lab_down
	fi
	[ -n "${LAB_KEEP:-}" ] || lab_destroy
	exit $status
}

now_ms()
{
	local now=$EPOCHREALTIME

	echo "$((${now%.*} * 1000 + 10#${now#*.} / 1000))"
}

# A breath between two looks at a condition; nothing else may use it.
exec {NEVER}<> <(:)
breathe()
{
	read -rt 0.04 -u "$NEVER" _
	return 0
}

# wait_until CONDITION LIMIT: a command line, and seconds.
wait_until()
{
	local end

	end=$(($(now_ms) + $2 * 1000))
	until eval "$1"; do
		if [ "$(now_ms)" -gt $end ]; then
			echo "waited $2 seconds for: $1"
			return 1
		fi
		breathe
	done
}

# stays CONDITION SECONDS: it holds all the time.
stays()
{
	local end

	end=$(($(now_ms) + $2 * 1000))
	while [ "$(now_ms)" -lt $end ]; do
		eval "$1" || {
			echo "no longer: $1"
			return 1
		}
		breathe
	done
}

# in_ns NAMESPACE COMMAND...
in_ns()
{
	local ns=$1

	shift
	nsenter --net="/run/netns/$ns" -- "$@"
}

# ctl NAMESPACE WORDS...
ctl()
{
	"$CTL" -n "$@"
}

# word KEY LINE: the value that stands behind a key.
word()
{
	local line=" $2 "

	case $line in
	*" $1 "*)
		line=${line#*" $1 "}
		echo "${line%% *}"
		;;
	*) return 1 ;;
	esac
}

# shows KEY VALUE NAMESPACE WORDS...: an object that is shown has this value.
shows()
{
	local key=$1 value=$2 line

	shift 2
	line=$(ctl "$@") || return
	line=$(word "$key" "$line")
	[ "$line" = "$value" ] || {
		echo "$* has $key $line, not $value"
		return 1
	}
}

# listen NAMESPACE: what dsmipctl monitor prints there goes to $EVENTS.
EVENTS=$STATE/events LISTENER=
listen()
{
	local already

	already=$(listeners "$1")
	"$CTL" -n "$1" monitor >"$EVENTS" &
	LISTENER=$!
	wait_until "[ \$(listeners $1) -gt $already ]" 10
}

# How many sockets of generic netlink are members of a group.
listeners()
{
	local proto groups count=0

	while read -r _ proto _ groups _; do
		[ "$proto" != 16 ] || [ "$groups" = 00000000 ] || count=$((count + 1))
	done < <(in_ns "$1" cat /proc/net/netlink)
	echo $count
}

listen_no_more()
{
	[ -n "$LISTENER" ] || return 0
	kill "$LISTENER"
	wait "$LISTENER" 2>/dev/null
	LISTENER=
}

# told PATTERN: who listens has been told.
told()
{
	wait_until "grep -Eq '$1' '$EVENTS'" 5 || {
		cat "$EVENTS"
		return 1
	}
}

# ---- counters -----------------------------------------------------------------

declare -A before=()

# remember NAMESPACE DEVICE: how the counters stand.
remember()
{
	local name value

	before=()
	while read -r _ _ _ name _ value; do
		before[$name]=$value
	done < <(ctl "$1" stats show dev "$2")
}

# changes NAMESPACE DEVICE: what rose since that or the last time goes to
# $risen, as "name+N" in the order of the description, blanks between.
risen=
changes()
{
	local name value more

	risen=
	while read -r _ _ _ name _ value; do
		more=$((value - ${before[$name]:-0}))
		before[$name]=$value
		[ $more = 0 ] || risen+=" $name+$more"
	done < <(ctl "$1" stats show dev "$2")
	risen=${risen# }
}

# counted NAMESPACE DEVICE EXPECTED: exactly this rose.
counted()
{
	changes "$1" "$2"
	is "$risen" "$3"
}

# counter NAMESPACE DEVICE NAME
counter()
{
	local name value

	while read -r _ _ _ name _ value; do
		[ "$name" != "$3" ] || echo "$value"
	done < <(ctl "$1" stats show dev "$2")
}

# rose NAMESPACE DEVICE NAME: since it was remembered.
rose()
{
	[ "$(counter "$@")" -gt "${before[$3]:-0}" ]
}

# xfrm_error NAMESPACE NAME: a counter of /proc/net/xfrm_stat
xfrm_error()
{
	local name value

	while read -r name value; do
		[ "$name" != "$2" ] || echo "$value"
	done < <(in_ns "$1" cat /proc/net/xfrm_stat)
}

# ---- the station: scapy, once for all stories ---------------------------------

# A process that crafts and watches packets: tools/station.py. The first who
# needs it starts it, which takes seconds; run.sh keeps it for all stories.
station_start()
{
	if [ ! -p "$STATE/station.in" ]; then
		mkfifo "$STATE/station.in" "$STATE/station.out"
		/usr/bin/python3 -B "$HERE/tools/station.py" "$STATE/station.in" \
			"$STATE/station.out" >"$STATE/station.log" 2>&1 &
		echo $! >"$STATE/station.pid"
	fi
	exec {TO_STATION}<>"$STATE/station.in" {FROM_STATION}<>"$STATE/station.out"
}

station_stop()
{
	[ -p "$STATE/station.in" ] || return 0
	station_start
	station quit
	unset TO_STATION
	rm -f "$STATE"/station.{in,out,pid}
}

# station WORDS...: one command. It is answered by "ok" or "error", a failure,
# and a text, which goes to standard output.
station()
{
	local ticket=$EPOCHREALTIME pid line status=

	read -r pid <"$STATE/station.pid"
	echo "$ticket $*" >&"$TO_STATION"
	while kill -0 "$pid" 2>/dev/null; do
		read -rt 5 -u "$FROM_STATION" line || continue
		case $line in
		"$ticket ok" | "$ticket error") status=${line#* } ;;
		"$ticket end")
			[ "$status" = ok ]
			return
			;;
		*) [ -z "$status" ] || echo "$line" ;;
		esac
	done
	tail -n 20 "$STATE/station.log"
	return 1
}

# ---- the kernel's log ---------------------------------------------------------

# The kernel has said nothing new that a sound one does not say.
log_mark()
{
	dmesg | wc -l >"$STATE/dmesg.mark"
}

log_is_clean()
{
	local lines

	lines=$(dmesg | tail -n "+$(($(cat "$STATE/dmesg.mark") + 1))" | grep -E \
		'WARNING:|BUG|Oops|Call Trace:|KASAN|UBSAN|INFO: |refcount_t:|ref_tracker|unregister_netdevice: waiting|still has objects|suspicious RCU')
	[ -z "$lines" ] || {
		echo "$lines"
		return 1
	}
}
