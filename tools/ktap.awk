# SPDX-License-Identifier: GPL-2.0
#
# Count the results in KTAP: awk -v status=N -f tools/ktap.awk LOG
#
# Prints "passed failed skipped". Only leaves count: the line that sums up a
# group of deeper ones counts only when it fails though none of them did. So
# does a program's exit status, a plan that was not kept, and the whole when
# it holds no result at all.

function depth_of(line)
{
	match(line, /^ */)
	return RLENGTH
}

# Ends what is open deeper than here; tells how many of it failed, or -1.
function close_deeper(depth, d, failures)
{
	failures = -1
	for (d = deepest; d > depth; d--) {
		if (d in results) {
			if (failures < 0)
				failures = 0
			failures += failed_at[d]
			keep_plan(d)
		}
	}
	deepest = depth
	return failures
}

function keep_plan(depth)
{
	if ((depth in plan) && plan[depth] > results[depth] + 0)
		failed++
	delete plan[depth]
	delete results[depth]
	delete failed_at[depth]
}

/^ *1\.\.[0-9]+/ {
	depth = depth_of($0)
	close_deeper(depth)
	line = $0
	sub(/^ *1\.\./, "", line)
	plan[depth] = line + 0
	if (plan[depth] == 0 && toupper(line) ~ /# SKIP/)
		skipped++
	next
}

/^ *(not )?ok [0-9]+/ {
	depth = depth_of($0)
	inner = close_deeper(depth)
	results[depth]++
	bad = ($1 == "not")
	if (bad)
		failed_at[depth]++
	if (inner >= 0) {
		if (bad && inner == 0)
			failed++
	} else if (toupper($0) ~ /# SKIP/) {
		skipped++
	} else if (bad) {
		failed++
	} else {
		passed++
	}
}

END {
	close_deeper(0)
	keep_plan(0)
	if (passed + failed + skipped == 0)
		status == 0 ? passed++ : failed++
	else if (status != 0 && failed + skipped == 0)
		failed++
	print passed + 0, failed + 0, skipped + 0
}
