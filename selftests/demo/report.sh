#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Tell what a run of the demonstration left in $OUT (build/demo).

set -euo pipefail

cd "$(dirname "$0")/../.."
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
OUT=${OUT:-$PWD/build/demo}

if [ ! -s "$OUT/raw/untrusted/stats-gw.json" ]; then
	echo "demo: the run in $OUT broke off; there is nothing to tell" >&2
	exit 1
fi
status=0
/usr/bin/python3 -B selftests/demo/report.py "$OUT" || status=$?
for flow in trusted untrusted; do
	mergecap -w "$OUT/$flow.pcapng" \
		"$OUT/raw/$flow"/{ue-acc-*,gw-inet,gw-aaa}.pcapng 2>/dev/null
done
cat <<END

where it is: $OUT
  {trusted,untrusted}-ladder.svg	the messages; .txt as above
  {trusted,untrusted}-timeline.svg	packets by access around each move
  {trusted,untrusted}-summary.json	the numbers, and the counters of UE and gateway
  {trusted,untrusted}.pcapng		accesses, core and AAA; all of it deciphered by
  WIRESHARK_CONFIG_DIR=$OUT/raw/trusted/wireshark wireshark $OUT/trusted.pcapng
END
if [ $status != 0 ]; then
	echo "demo: something that must hold does not: see above" >&2
fi
exit $status
