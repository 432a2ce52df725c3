#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Write the files that follow from Documentation/netlink/specs/dsmip.yaml.
#
#   tools/spec.sh           write them
#   tools/spec.sh --check   fail, and show the difference, when they are stale

set -euo pipefail

cd "$(dirname "$0")/.."
SPEC=Documentation/netlink/specs/dsmip.yaml

case "${1:-}" in
'')
	exec /usr/bin/python3 tools/spec.py "$SPEC" . .
	;;
--check)
	fresh=$(mktemp -d)
	trap 'rm -rf "$fresh"' EXIT
	/usr/bin/python3 tools/spec.py "$SPEC" . "$fresh"
	stale=0
	while read -r file; do
		diff -u "$file" "$fresh/$file" || stale=1
	done < <(cd "$fresh" && find . -type f | sort)
	[ "$stale" = 0 ] || echo "spec: run tools/spec.sh and commit what it writes" >&2
	exit "$stale"
	;;
*)
	sed -n '3,7s/^# \{0,1\}//p' "$0" >&2
	exit 2
	;;
esac
