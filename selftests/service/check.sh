#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The tests and fuzzers of the service, each a group of KTAP. A fuzzer gets RUNS
# inputs, 100000 without, always the same; X_fuzz.dict and the files in X_fuzz.seeds help it.
#
#   check.sh OUT NAME...

set -uo pipefail

cd "$(dirname "$0")" || exit 2
out=$1
shift
runs=${RUNS:-100000}
number=0 failed=0

group()
{
	case $1 in
	*_fuzz) fuzz "$1" ;;
	*) "$out/$1" ;;
	esac
}

fuzz()
{
	local name=$1 log=$out/$1.log
	local arguments=(-runs="$runs" -timeout=10 "-artifact_prefix=$out/$name-")

	# A check is the same every time; what is new is for those who run on and on.
	[ "$runs" = -1 ] || arguments+=(-seed=1)

	[ ! -e "$name.dict" ] || arguments+=("-dict=$name.dict")
	mkdir -p "$out/corpus/$name"
	arguments+=("$out/corpus/$name")
	[ ! -d "$name.seeds" ] || arguments+=("$name.seeds")
	if "$out/$name" "${arguments[@]}" >"$log" 2>&1; then
		grep -a '^Done ' "$log" | sed 's/^/# /'
		echo "ok 1 octets of any kind do no harm"
	else
		tail -n 30 "$log" | sed 's/^/# /'
		echo "not ok 1 octets of any kind do no harm"
	fi
	echo 1..1
}

echo "KTAP version 1"
echo "1..$#"
for name; do
	number=$((number + 1))
	lines=$(group "$name" 2>&1)
	status=$?
	printf '    %s\n' "${lines//$'\n'/$'\n    '}"
	if [ $status = 0 ] && ! grep -q '^not ok' <<<"$lines" &&
		grep -qE '^1\.\.[1-9]' <<<"$lines"; then
		echo "ok $number $name"
	else
		echo "not ok $number $name # exit status $status"
		failed=1
	fi
done
exit $failed
