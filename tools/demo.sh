#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The demonstration: in a guest, then what is told from its captures here.
# Everything it leaves is in build/demo. BREAK=WHAT spoils the laboratory, to see
# that the report notices: clear, loss, and others of lab_break in topo.sh.

set -euo pipefail

cd "$(dirname "$0")/.."
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
OUT=$PWD/build/demo

mkdir -p build/log
{
	tools/module.sh 6.12
	make --no-print-directory ctl
} >build/log/demo-build.txt 2>&1 || {
	cat build/log/demo-build.txt
	exit 1
}
rm -rf "$OUT"
status=0
selftests/vm/run.sh -q -k 6.12 -m 1536 -t 900 -e "BREAK=${BREAK:-}" -o "$OUT" -- \
	selftests/demo/run.sh "$@" || status=$?
if [ -x selftests/demo/report.sh ]; then
	OUT=$OUT selftests/demo/report.sh || status=$?
fi
exit $status
