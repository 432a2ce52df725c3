#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2016,SC2119,SC2317 # checks call what stands here by name
#
# Ten thousand mobiles from a file: added, shown, saved, restored, flushed.

# shellcheck source=selftests/topo.sh
. "$(dirname "$0")/topo.sh"

MOBILES=${MOBILES:-10000}

# The file: prefixes, every third with an IPv4 home address, every other counted.
make_mobiles()
{
	awk -v n="$MOBILES" 'BEGIN {
		for (i = 0; i < n; i++) {
			printf "mobile add dev ha0 hoa 2001:db8:1%02x:%x::/64", i / 65536, i % 65536
			if (i % 3 == 0)
				printf " hoa4 10.%d.%d.%d", 101 + i / 65536, i / 256 % 256, i % 256
			if (i % 2)
				printf " account yes"
			printf " id ue%d@example reqid %d\n", i, i + 1000
		}
	}'
}

shown()
{
	ctl gw mobile show dev ha0 | grep -c '^dev ha0 hoa'
}

# The order is the table's, which is nobody's promise.
saved()
{
	ctl gw save dev ha0 | sort
}

plan 11
lab_up esp
ctl gw mobile flush dev ha0
make_mobiles >"$STATE/mobiles"
start=$(now_ms)
check "$MOBILES mobiles are added from a file" ctl gw -b "$STATE/mobiles"
echo "# in $(($(now_ms) - start)) ms"
check "the device counts them" shows mobiles "$MOBILES" gw device show ha0
check "all are shown" is "$(shown)" "$MOBILES"
check "they are shown as JSON" eval \
	'[ "$(ctl gw -j mobile show dev ha0 | jq length)" = $MOBILES ]'
saved >"$STATE/saved"
check "one is found among them" shows id ue4711@example gw mobile show dev ha0 \
	hoa 2001:db8:100:1267::/64
check "the same file again is refused" fails ctl gw -b "$STATE/mobiles"
check "and changed nothing" eval 'saved | cmp - "$STATE/saved"'
check "all are flushed" ctl gw mobile flush dev ha0
check "and gone" shows mobiles 0 gw device show ha0
ctl gw device del ha0
check "the whole gateway is restored from what was saved" \
	eval 'sort -k1,1 "$STATE/saved" | ctl gw restore -'
check "and is what it was" eval 'saved | cmp - "$STATE/saved"'
finish
