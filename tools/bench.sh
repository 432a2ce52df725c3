#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Measure in a guest. What comes out stays in build/bench.

set -euo pipefail

cd "$(dirname "$0")/.."

tools/module.sh 6.12
make --no-print-directory ctl
selftests/vm/run.sh -k 6.12 -m 2048 -t 1800 -o build/bench -- \
	selftests/bench/run.sh "$@"
