#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build for a kernel and run the guest suite on it.
#
#   tools/vm.sh KERNEL [TEST]...

set -euo pipefail

cd "$(dirname "$0")/.."

kernel=${1:?which kernel? 6.12 or 6.1}
shift
tools/module.sh "$kernel"
make --no-print-directory ctl
exec selftests/vm/run.sh -k "$kernel" -m 1536 -t 1800 -o "build/vm-$kernel" \
	-- selftests/run.sh "$@"
