# SPDX-License-Identifier: GPL-2.0
# Results of a shell test; the plan comes last.

number=0

# result STATUS SENTENCE...
result()
{
	local status=$1

	shift
	number=$((number + 1))
	if [ "$status" = 0 ]; then
		echo "ok $number ${*//#/}"
	else
		echo "not ok $number ${*//#/}"
	fi
}

plan()
{
	echo "1..$number"
}
