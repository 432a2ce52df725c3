#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# run.sh FOLDER LIMIT HARNESS...
#
# Runs each harness of the folder until LIMIT, an option of libFuzzer such as
# -runs=1000 or -max_total_time=10. Prints KTAP; the first line of a failure and
# the input that caused it stay in FOLDER/log.

set -u

out=$1
limit=$2
shift 2

# The golden vectors are where each harness starts from.
seed()
{
	mkdir -p "$out/corpus/$1" "$out/log/$1"
	case $1 in
	ext) cp "$out"/golden/ext-* "$out/corpus/$1/" ;;
	*) cp "$out"/golden/* "$out/corpus/$1/" ;;
	esac
}

echo "KTAP version 1"
echo "1..$#"
number=0
failed=0
for name; do
	number=$((number + 1))
	seed "$name"
	log=$out/log/$name.txt
	if "$out/$name" "$limit" -max_len=2304 -print_final_stats=1 \
		-artifact_prefix="$out/log/$name/" "$out/corpus/$name" >"$log" 2>&1; then
		echo "# $(grep '^Done' "$log")"
		echo "ok $number $name"
	else
		failed=1
		grep -m 5 -e ERROR -e 'runtime error' -e '#[0-3] .* in dsmip' "$log" | sed 's/^/# /'
		echo "not ok $number $name # see $log"
	fi
done
exit $failed
