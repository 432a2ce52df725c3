# SPDX-License-Identifier: GPL-2.0
# Written by tools/spec.sh from Documentation/netlink/specs/dsmip.yaml. Do not edit.
# Completion of dsmipctl(8) for bash.

_dsmipctl_verbs()
{
	case $1 in
	device) echo "show add set del" ;;
	mobile) echo "show add set del flush" ;;
	binding) echo "show del flush" ;;
	registration) echo "show add set del flush" ;;
	access) echo "show add set del" ;;
	pool) echo "show add del" ;;
	stats) echo "show" ;;
	sa) echo "show add del" ;;
	esac
}

_dsmipctl_words()
{
	case $1 in
	device/show) echo "ifindex name dev" ;;
	device/add) echo "name dev role addr auth home-link home-prefix home-plen prefix-valid prefix-preferred lifetime-max refresh grace hop-limit encap-limit tclass-copy max-mobiles addr4 udp-port udp keepalive nat-always" ;;
	device/set) echo "ifindex name dev addr auth home-link home-prefix home-plen prefix-valid prefix-preferred lifetime-max refresh grace hop-limit encap-limit tclass-copy max-mobiles addr4 udp-port udp keepalive nat-always" ;;
	device/del) echo "ifindex name dev" ;;
	mobile/show) echo "dev hoa plen" ;;
	mobile/add) echo "dev hoa plen hoa4 pool id reqid spi lifetime-max account key-management" ;;
	mobile/set) echo "dev hoa plen hoa4 pool id reqid spi lifetime-max account key-management" ;;
	mobile/del) echo "dev hoa plen" ;;
	mobile/flush) echo "dev" ;;
	binding/show) echo "dev hoa" ;;
	binding/del) echo "dev hoa" ;;
	binding/flush) echo "dev" ;;
	registration/show) echo "dev hoa" ;;
	registration/add) echo "dev hoa plen ha hoa4 coa lifetime reqid spi link-local key-management mobile-router id ha4 force-udp" ;;
	registration/set) echo "dev hoa hoa4 coa lifetime reqid spi force-udp" ;;
	registration/del) echo "dev hoa" ;;
	registration/flush) echo "dev" ;;
	access/show) echo "dev link" ;;
	access/add) echo "dev link preference" ;;
	access/set) echo "dev link preference" ;;
	access/del) echo "dev link" ;;
	pool/show) echo "dev" ;;
	pool/add) echo "dev first last" ;;
	pool/del) echo "dev" ;;
	stats/show) echo "dev" ;;
	sa/show) echo "dev hoa ha reqid" ;;
	sa/add) echo "dev hoa ha reqid spi-in spi-out aead enc auth-trunc replay-window" ;;
	sa/del) echo "dev hoa ha reqid spi-in spi-out" ;;
	monitor/* | save/*) echo "dev" ;;
	esac
}

# What may stand behind a word: one of an enum, an interface, or who knows.
_dsmipctl_values()
{
	case $1 in
	device/role) echo "home-agent mobile-node" ;;
	device/auth) echo "esp open" ;;
	device/tclass-copy) echo "no yes" ;;
	device/event) echo "created moved refreshed expired deleted revoked refused sa-wanted hoa4-wanted changed" ;;
	device/udp) echo "auto always nat-only" ;;
	device/nat-always) echo "no yes" ;;
	mobile/pool) echo "no yes" ;;
	mobile/event) echo "created moved refreshed expired deleted revoked refused sa-wanted hoa4-wanted changed" ;;
	mobile/account) echo "no yes" ;;
	mobile/key-management) echo "no yes" ;;
	binding/outer) echo "ip6 ip4 udp4 udp6" ;;
	binding/flags) echo "ack home link-local key-management mobile-router force-udp multiple" ;;
	binding/event) echo "created moved refreshed expired deleted revoked refused sa-wanted hoa4-wanted changed" ;;
	binding/reason) echo "mh-truncated mh-checksum mh-payload-proto mh-short mh-unknown-type mh-unexpected mh-position opt-truncated opt-length opt-repeated opt-auth-place bu-unprotected bu-wrong-sa bu-hoa-invalid bu-coa-invalid bu-coa-forbidden bu-not-home bu-nonce bu-no-hao bu-options bu-sequence bu-type-change bu-not-served bu-not-authorised bu-no-binding bu-duplicate bu-resources bu-prefix bu-multiple bu-pending bu-role ba-unprotected ba-wrong-sa ba-unknown ba-sequence ba-form be-unknown hao-address hao-no-binding hao-form hao-fragment rh2-form rh2-not-ours rh2-not-mobile rh2-scope rh2-peer arrival-forged arrival-cookie rx-truncated rx-udp-payload rx-no-mobile rx-no-binding rx-outer-source rx-not-home-agent rx-not-home-address rx-clear rx-policy rx-ecn rx-backlog tx-truncated tx-protocol tx-no-mobile tx-no-binding tx-not-home-address tx-link-local tx-multicast tx-no-route tx-loop tx-too-big tx-encap-limit tx-memory device-down ha-spoofed sig-no-sa sig-no-route sig-memory sig-rate nd-form" ;;
	binding/nat) echo "no yes" ;;
	registration/coa-auto) echo "no yes" ;;
	registration/state) echo "idle registering registered refreshing at-home deregistering refused unprotected" ;;
	registration/link-local) echo "no yes" ;;
	registration/key-management) echo "no yes" ;;
	registration/mobile-router) echo "no yes" ;;
	registration/event) echo "created moved refreshed expired deleted revoked refused sa-wanted hoa4-wanted changed" ;;
	registration/key-management-granted) echo "no yes" ;;
	registration/force-udp) echo "no yes" ;;
	registration/outer) echo "ip6 ip4 udp4 udp6" ;;
	registration/nat) echo "no yes" ;;
	access/usable) echo "no yes" ;;
	*/dev | */link | */home-link) ls /sys/class/net ;;
	esac
}

# What was typed before the word under the cursor, without options.
_dsmipctl_typed()
{
	local i

	typed=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-n | -b) ((i++)) ;;
		-*) ;;
		*) typed+=("${COMP_WORDS[i]}") ;;
		esac
	done
}

_dsmipctl()
{
	local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local typed object verb known word given=" " offer=

	_dsmipctl_typed
	object=${typed[0]:-}
	verb=${typed[1]:-}
	known=" $(_dsmipctl_verbs "$object") "
	if [[ $before == -b || $object == restore && ${#typed[@]} == 1 ]]; then
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return
	elif [[ $before == -n ]]; then
		offer=$(ls /run/netns 2>/dev/null)
	elif [[ ! $object ]]; then
		offer="device mobile binding registration access pool stats sa monitor save restore help -j -p -n -b -h -V"
	elif [[ $object == help ]]; then
		[[ $verb ]] || offer="device mobile binding registration access pool stats"
	else
		if [[ ! $verb ]]; then
			offer=$known
			verb=show
		elif [[ $known != *" $verb "* ]]; then
			verb=show
		fi
		known=" $(_dsmipctl_words "$object/$verb") "
		if [[ $known == *" $before "* ]]; then
			offer=$(_dsmipctl_values "$object/$before")
		else
			for word in "${typed[@]}"; do
				given+="$word "
			done
			for word in $known; do
				[[ $given == *" $word "* ]] || offer+=" $word"
			done
		fi
	fi
	mapfile -t COMPREPLY < <(compgen -W "$offer" -- "$current")
}

complete -F _dsmipctl dsmipctl
