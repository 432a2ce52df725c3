#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The completion offers what the controller takes.

set -uo pipefail

cd "$(dirname "$0")" || exit 2
# shellcheck source=selftests/ctl/lib.sh
. ./lib.sh
# shellcheck source=ctl/completion/dsmipctl.bash
. ../../ctl/completion/dsmipctl.bash
ctl=$1/dsmipctl

# offer WORD...: what is offered for the last
offer()
{
	COMP_WORDS=(dsmipctl "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_dsmipctl
	echo "${COMPREPLY[*]}"
}

# offers WANTED WORD...
offers()
{
	local wanted=$1 got

	shift
	got=$(offer "$@")
	[ "$got" = "$wanted" ] || printf '# wanted: %s\n# got:    %s\n' "$wanted" "$got"
	[ "$got" = "$wanted" ]
	result $? "dsmipctl $* is completed"
}

offers 'device' de
offers 'mobile monitor' mo
offers 'show add set del ifindex name dev' device ''
offers 'show set' device s
offers 'dev' mobile flush ''
offers 'hoa plen' mobile del dev lo ''
offers 'hoa hoa4' mobile add dev lo ho
offers 'no yes' mobile add dev lo pool ''
offers 'home-agent' device add ha0 role h
offers 'device' -j -n somewhere de
offers 'enc' sa add e
offers 'device' help de
offers '' help device ''
offers 'dev' save ''
interfaces=(/sys/class/net/*)
offers "${interfaces[*]##*/}" mobile show dev ''

# Every word that is offered is taken, at least as a word.
refused=0 offered=0
for object in $(offer ''); do
	for verb in $(_dsmipctl_verbs "$object"); do
		for word in $(_dsmipctl_words "$object/$verb"); do
			offered=$((offered + 1))
			said=$("$ctl" "$object" "$verb" "$word" 2>&1)
			[[ $said == *"$word wants a value"* ]] && continue
			echo "# refused: $object $verb $word"
			refused=$((refused + 1))
		done
	done
done
[ $offered -gt 60 ] && [ $refused = 0 ]
result $? "$offered words that are offered are taken"
plan
