# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Watching a flow for its ladder: captures of single interfaces with all keys, so that
# what was said can be read, and notes of what was done. All of it goes to a folder,
# which selftests/demo/steps.py and report.py read.

WATCHED=$STATE

# tell_keys NAMESPACE...: charon there writes the keys of its IKE SAs down, and the kernel
# those of its SAs; before charon_up.
tell_keys()
{
	local ns

	for ns; do
		charon_tune "$ns" "filelog {" "keys {" "path = $IKE/$ns/ike-keys.log" \
			"default = -1" "ike = 4" "ike_name = yes" "}" "}"
		keep_keys "$ns" || return
	done
}

# watch NAMESPACE INTERFACE...: into $WATCHED, from now on.
watch()
{
	local ns=$1 interface

	shift
	mkdir -p "$WATCHED"
	for interface; do
		daemon "$ns" "watch-$interface" dumpcap -q -B 16 -i "$interface" \
			-w "$WATCHED/$ns-$interface.pcapng"
	done
	for interface; do
		wait_until "grep -qs ^File: '$IKE/$ns/watch-$interface.err'" 30 || return
	done
}

# What the kernel or the program had to leave out would be a hole in the ladder.
watch_no_more()
{
	local daemon ns name status=0

	for daemon in "${!DAEMONS[@]}"; do
		read -r ns name <<<"$daemon"
		[[ $name = watch-* ]] || continue
		daemon_end TERM "$ns" "$name"
		grep 'dropped on' "$IKE/$ns/$name.err" | grep -v '/0 (pcap:0/' && status=1
		rm "$IKE/$ns/$name.err"
	done
	for ns in ue gw; do
		cp "$IKE/$ns/keys.out" "$WATCHED/$ns-esp.keys"
	done
	cp "$IKE/ue/ike-keys.log" "$WATCHED/ue-ike.keys"
	return $status
}

# note EVENT [JSON MEMBERS]: what happens from now on, with its time.
note()
{
	mkdir -p "$WATCHED"
	printf '{"t": %s, "event": "%s"%s}\n' "$EPOCHREALTIME" "$1" \
		"${2:+, $2}" >>"$WATCHED/events.jsonl"
}

# note_flow FLOW: trusted or untrusted, and who has which address; before anything else.
note_flow()
{
	note flow "$(jq -rn '$ARGS.named | tojson | .[1:-1]' \
		--arg flow "$1" --arg hoa "$HOA" --arg hoa4 "$HOA4" --arg ha "$HA" \
		--arg epdg "$EPDG" --arg aaa "$AAA" --arg cn "$CN" --arg cn4 "$CN4" \
		--argjson care_of "{\"A\": \"$COA_A\", \"B\": \"$COA_B\", \"C\": \"$COA_C\"}")"
}

# steps: what was watched is as 3GPP's text has it; the ladder stays in a file.
steps()
{
	/usr/bin/python3 -B "$HERE/demo/steps.py" "$WATCHED" | tee "$WATCHED/ladder.txt"
	return "${PIPESTATUS[0]}"
}
