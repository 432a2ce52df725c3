#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Everything that must hold before a change goes in.
#
#   tools/check.sh [STEP]...	all steps without an argument
#   tools/check.sh -l		names the steps
#
# Prints one KTAP line for each step, and last how many tests passed, failed
# and were skipped in all of them. A skipped test is no success. What a step
# printed is in build/check/<step>.log.

set -euo pipefail

cd "$(dirname "$0")/.."
# Debian's own programs before others of the same name.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH LC_ALL=C.UTF-8
LOGS=build/check
LANES=2
# What is no misspelling here, in small letters.
ABBREVIATIONS=bu,ue,ues,iif,fo,hist,nd,ot,te

# Steps of a group run at the same time, as many as there are lanes; a group
# begins when the one before has ended.
GROUPS_OF_STEPS=(
	"setup"
	"spec floors conformance checkpatch lint-6.12 lint-6.1 style
		shellcheck spelling manpage unit golden modules-6.12
		modules-6.1 ctl service fuzz"
	"guest-6.12 guest-6.1 guest-ike guest-ip4"
)

our_files()
{
	find . \( -path ./build -o -path ./.git \) -prune -o -type f "$@" -print |
		sort
}

step_setup()
{
	tools/setup.sh build guest check lab
	tools/kernels.sh
}

# What is generated from the description is what is committed.
step_spec()
{
	tools/spec.sh --check
}

step_floors()
{
	mapfile -t files < <(find kmod -name '*.[ch]' | sort)
	[ "${#files[@]}" -gt 0 ]
	awk -f tools/floors.awk "${files[@]}"
}

step_conformance()
{
	tools/conformance.py
}

step_checkpatch()
{
	mapfile -t files < <(find kmod uapi -name '*.[ch]' \
		! -name 'nl-gen.[ch]' | sort)
	[ "${#files[@]}" -gt 0 ]
	build/kernels/checkpatch.pl --no-tree --strict --quiet --no-summary \
		--show-types --color=never \
		-f "${files[@]}"
}

step_lint-6.12()
{
	tools/module.sh -l 6.12
}

step_lint-6.1()
{
	tools/module.sh -l 6.1
}

step_style()
{
	mapfile -t files < <(find ctl selftests -name '*.[ch]' | sort)
	[ "${#files[@]}" -gt 0 ]
	clang-format --dry-run -Werror "${files[@]}"
}

step_shellcheck()
{
	mapfile -t files < <(our_files ! -name '*.c' |
		xargs -d '\n' grep -lIE -m 1 '^#!(/usr)?/bin/(env )?(ba|busybox |da)?sh' |
		sort)
	shellcheck -x "${files[@]}"
}

step_spelling()
{
	mapfile -t files < <(our_files ! -name '*.hex' ! -name '*.pcap' \
		! -path '*/corpus/*')
	codespell -q 3 -L "$ABBREVIATIONS" "${files[@]}"
}

step_manpage()
{
	local page said failed=0

	for page in ctl/*.8; do
		said=$(MANWIDTH=80 man --warnings -E UTF-8 -l "$page" 2>&1 >/dev/null)
		[ -z "$said" ] || {
			printf '%s: %s\n' "$page" "$said"
			failed=1
		}
	done
	return $failed
}

step_unit()
{
	make -C selftests/unit check
}

step_golden()
{
	selftests/golden/check.sh
}

step_modules-6.12()
{
	tools/module.sh 6.12
}

step_modules-6.1()
{
	tools/module.sh 6.1
}

step_ctl()
{
	make ctl
	make -C selftests/ctl check
}

# In namespaces of its own anybody may be root.
as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		unshare --map-root-user "$@"
	fi
}

step_service()
{
	RUNS=10000 make -C selftests/service check
	selftests/service/examples.sh
	as_root selftests/service/swan.sh
	as_root selftests/service/find.sh
}

step_fuzz()
{
	make -C selftests/fuzz smoke
}

# in_guest NAME KERNEL STORY...
in_guest()
{
	local name=$1 kernel=$2

	shift 2
	selftests/vm/run.sh -k "$kernel" -m 1536 -t 1800 -o "$LOGS/$name" -- \
		selftests/run.sh "$@"
}

step_guest-6.12()
{
	in_guest guest-6.12 6.12 core
}

step_guest-6.1()
{
	in_guest guest-6.1 6.1 core ip4_accesses ike_trusted
}

step_guest-ip4()
{
	in_guest guest-ip4 6.12 ip4
}

step_guest-ike()
{
	in_guest guest-ike 6.12 ike
}

all_steps()
{
	echo "${GROUPS_OF_STEPS[@]}" | xargs -n 1
}

# In a shell of its own, bounded, with the log and the status in files.
run_step()
{
	local name=$1 status=0 began=$SECONDS

	timeout -k 10 2000 tools/check.sh --step "$name" \
		>"$LOGS/$name.log" 2>&1 </dev/null || status=$?
	[ $status != 124 ] || echo "stopped after 2000 s" >>"$LOGS/$name.log"
	echo "$status $((SECONDS - began))" >"$LOGS/$name.status"
}

# The line of a step, its counts added to ours, and why it failed.
report_step()
{
	local name=$1 status seconds p f s

	read -r status seconds <"$LOGS/$name.status"
	read -r p f s < <(awk -v status="$status" -f tools/ktap.awk \
		"$LOGS/$name.log")
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
	number=$((number + 1))
	if [ $((f + s)) = 0 ]; then
		echo "ok $number $name # $p passed, $seconds s"
		return
	fi
	echo "not ok $number $name # $p passed, $f failed, $s skipped," \
		"$seconds s, exit status $status, see $LOGS/$name.log"
	grep -aE '^ *not ok |# SKIP' "$LOGS/$name.log" | head -n 40 |
		sed 's/^/# /' || :
	tail -n 30 "$LOGS/$name.log" | sed 's/^/#   /'
}

# Those of the group that have ended, in order, as far as nobody is missing.
report_ended()
{
	while [ $# -gt "$reported" ]; do
		shift "$reported"
		[ -e "$LOGS/$1.status" ] || break
		report_step "$1"
		shift
		reported=$((reported + 1))
		set -- "${group[@]}"
	done
}

run_group()
{
	local name group=("$@") running=0 reported=0

	for name; do
		rm -f "$LOGS/$name".{log,status}
	done
	for name; do
		if [ $running -ge $LANES ]; then
			wait -n
			running=$((running - 1))
			report_ended "$@"
		fi
		run_step "$name" &
		running=$((running + 1))
	done
	while [ $running -gt 0 ]; do
		wait -n
		running=$((running - 1))
		report_ended "$@"
	done
}

wanted_of()
{
	local name

	for name in $1; do
		if [ -z "$2" ] || [[ " $2 " = *" $name "* ]]; then
			echo "$name"
		fi
	done
}

check_names()
{
	local name

	for name; do
		declare -F "step_$name" >/dev/null || {
			echo "check: no step is called '$name'; the steps are:" \
				"$(all_steps | paste -sd ' ')" >&2
			exit 2
		}
	done
}

main()
{
	local group names passed=0 failed=0 skipped=0 number=0

	check_names "$@"
	mkdir -p "$LOGS"
	echo "TAP version 13"
	echo "1..$(if [ $# -gt 0 ]; then echo $#; else all_steps | wc -l; fi)"
	for group in "${GROUPS_OF_STEPS[@]}"; do
		mapfile -t names < <(wanted_of "$group" "$*")
		[ "${#names[@]}" = 0 ] || run_group "${names[@]}"
	done
	echo "$passed passed, $failed failed, $skipped skipped" |
		tee "$LOGS/summary"
	[ $((failed + skipped)) = 0 ]
}

case ${1:-} in
--step) "step_$2" ;;
-l) all_steps ;;
-h | --help) sed -n '4,12s/^# \{0,1\}//p' "$0" ;;
*) main "$@" ;;
esac
