#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Tell what a run of the demonstration left in $OUT (build/demo).

set -euo pipefail

cd "$(dirname "$0")/../.."
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
OUT=${OUT:-$PWD/build/demo}

if [ ! -s "$OUT/raw/stats-gw.json" ]; then
	echo "demo: the run in $OUT broke off; there is nothing to tell" >&2
	exit 1
fi
mergecap -w "$OUT/attach.pcapng" "$OUT"/raw/{acc-a,acc-b,core}.pcapng 2>/dev/null
status=0
/usr/bin/python3 -B selftests/demo/report.py "$OUT" || status=$?
key=$(cat "$OUT/raw/key.txt")
cat <<END

where it is
  $OUT/ladder.svg	the messages
  $OUT/timeline.svg	packets by access around each move
  $OUT/summary.json	the numbers, and the counters of UE and gateway
  $OUT/attach.pcapng	both access links and the core; messages in clear by
  tshark -r $OUT/attach.pcapng -o esp.enable_encryption_decode:TRUE \\
    -o 'uat:esp_sa:"IPv6","*","*","*","AES-GCM with 16 octet ICV [RFC4106]","$key","NULL",""' \\
    -Y mipv6
END
if [ $status != 0 ]; then
	echo "demo: something that must hold does not: see above" >&2
fi
exit $status
