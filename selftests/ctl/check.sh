#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every test of the controller, as groups of KTAP.
#
#   check.sh OUT FUZZ_SECONDS TEST...

set -uo pipefail

cd "$(dirname "$0")" || exit 2
out=$1 seconds=$2
shift 2
groups=("$@" cli.sh words.sh completion.sh line_fuzz)
number=0 failed=0

group()
{
	case $1 in
	*.sh) "./$1" "$out" ;;
	line_fuzz) fuzz ;;
	*) "$out/$1" ;;
	esac
}

fuzz()
{
	local log=$out/line_fuzz.log

	if "$out/line_fuzz" -dict="$out/line.dict" -max_total_time="$seconds" -max_len=400 \
		-artifact_prefix="$out/" "$out/corpus" >"$log" 2>&1; then
		echo "ok 1 lines of any kind do no harm"
	else
		tail -n 30 "$log" | sed 's/^/# /'
		echo "not ok 1 lines of any kind do no harm"
	fi
	echo 1..1
}

echo "KTAP version 1"
echo "1..${#groups[@]}"
for name in "${groups[@]}"; do
	number=$((number + 1))
	lines=$(group "$name" 2>&1)
	status=$?
	printf '    %s\n' "${lines//$'\n'/$'\n    '}"
	if [ $status = 0 ] && ! grep -q '^not ok' <<<"$lines"; then
		echo "ok $number $name"
	else
		echo "not ok $number $name # exit status $status"
		failed=1
	fi
done
exit $failed
