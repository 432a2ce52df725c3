# SPDX-License-Identifier: GPL-2.0
#
# Arrows only point down: fails when a file includes one of a higher floor.
#
#   awk -f tools/floors.awk kmod/*.[ch] kmod/*/*.[ch]
#
# The plan is Documentation/house.md.

function floor(f) {
	sub(/.*kmod\//, "", f)
	if (f ~ /^wire\//)
		return 1
	if (f ~ /^rule\//)
		return 2
	sub(/\.[ch]$/, "", f)
	if (f ~ /^(drop|net|coa|dev|account|mobile|binding|pool|registration)$/)
		return 3
	if (f ~ /^(control|rx|tx|udp|inner|outer|error|icmp|nd|ndlink|ndmsg|ndrecv|ndwork|detour|access|home)$/)
		return 4
	if (f ~ /^(signal|ha|mn|drive)$/)
		return 5
	return 6
}

# A path without its "dir/.." pairs.
function plain(path) {
	while (sub(/[^\/]+\/\.\.\//, "", path))
		;
	return path
}

/^#include "/ {
	split($0, quoted, "\"")
	dir = FILENAME
	sub(/[^\/]*$/, "", dir)
	target = plain(dir quoted[2])
	if (floor(target) > floor(FILENAME)) {
		print FILENAME ": upward: " quoted[2]
		bad = 1
	}
}

END { exit bad }
