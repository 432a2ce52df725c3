# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What goes on while the UE of the demonstration moves: pings of both families, and a
# TCP session. What each end saw goes to $WATCHED.

declare -A JOBS=()

# job NAME NAMESPACE COMMAND...: goes on until it is ended.
job()
{
	local name=$1 ns=$2

	shift 2
	(exec nsenter --net="/run/netns/$ns" -- "$@") \
		>"$WATCHED/$name.txt" 2>"$WATCHED/$name.log" &
	JOBS[$name]=$!
}

# end SIGNAL NAME...: 0 waits for those that end by themselves.
end()
{
	local signal=$1 name

	shift
	for name; do
		[ "$signal" = 0 ] || kill "-$signal" "${JOBS[$name]}"
	done
	for name; do
		wait "${JOBS[$name]}" || [ $? -gt 128 ] || {
			echo "$name failed:"
			tail -n 5 "$WATCHED/$name.log"
			return 1
		}
	done
}

# They shall not wait for this script: the machine is a slow one.
traffic_start()
{
	local stream=$TOP/selftests/demo/stream.py

	job tcp-cn cn chrt -f 10 /usr/bin/python3 -B "$stream" serve "$CN" 5001
	wait_until "in_ns cn ss -Htln | grep -q :5001" 30 || return
	job tcp-ue ue chrt -f 10 /usr/bin/python3 -B "$stream" connect "$CN" 5001 "$HOA"
	job ping6 ue chrt -f 10 ping -n -D -i 0.01 -I "$HOA" "$CN"
	job ping4 cn chrt -f 10 ping -n -D -i 0.01 "$HOA4"
	wait_until "[ -s $WATCHED/ping4.txt ] && in_ns ue ss -Htn | grep -q :5001" 30
}

traffic_end()
{
	end INT ping6 ping4 && end TERM tcp-ue && end 0 tcp-cn
}

pings_once()
{
	in_ns ue ping -n -c 1 -W 5 -I "$HOA" "$CN" | sed -n 's/^[0-9]* bytes/    &/p'
	in_ns ue ping -n -c 1 -W 5 "$CN4" | sed -n 's/^[0-9]* bytes/    &/p'
	in_ns cn ping -n -c 1 -W 5 "$HOA" | sed -n 's/^[0-9]* bytes/    &/p'
	in_ns cn ping -n -c 1 -W 5 "$HOA4" | sed -n 's/^[0-9]* bytes/    &/p'
}
