#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The program as a whole, without the module: exit statuses and sentences.

set -uo pipefail

# shellcheck source=selftests/ctl/lib.sh
. "$(dirname "$0")/lib.sh"
ctl=$1/dsmipctl
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect STATUS PATTERN ARGUMENT...: what comes on the standard error
expect()
{
	local wanted=$1 pattern=$2 said status=0

	shift 2
	said=$("$ctl" "$@" 2>&1 >"$work/out") || status=$?
	# shellcheck disable=SC2053 # a pattern it is
	if [ "$status" = "$wanted" ] && [[ $said == $pattern ]]; then
		result 0 "dsmipctl $* ends with $wanted"
	else
		printf '# %s\n' "status $status" "$said"
		result 1 "dsmipctl $* ends with $wanted"
	fi
}

file()
{
	printf '%b' "$2" >"$work/$1"
}

expect 0 '' -h
expect 0 '' help
expect 0 '' help mobile
expect 2 "*no help for 'cheese'*" help cheese
expect 0 '' -V
expect 0 ''
expect 2 '*invalid option*see dsmipctl -h' -x
expect 2 "*unknown object 'cheese'; there are: device mobile*" cheese
expect 2 "*unknown word 'colour'*" mobile add colour green
expect 2 '*hoa: *not an IPv6 address*' mobile add dev lo hoa 10.0.0.1
expect 2 "*unknown word 'now'; expected dev" monitor now
expect 2 '*dev wants a value*' monitor dev
expect 2 "*unknown word 'x'; nothing was expected" save dev lo x
expect 1 "*there is no interface 'nowhere0'" monitor dev nowhere0
expect 2 '*save writes commands*' -j save
expect 2 '*sa add wants too:*' sa add dev lo
expect 2 "*unknown word 'x'; -b takes*" -b /dev/null x
expect 2 "*unknown word 'b'; restore takes*" restore a b
expect 1 '*no network namespace*' -n no-such-namespace device
expect 1 '*no network namespace*' -n /no/such/path device
expect 1 '*/no/such/file: No such file*' -b /no/such/file
expect 1 '*cannot read on: Is a directory' -b /
expect 0 '' -b /dev/null
expect 0 '' restore /dev/null

file wrong 'device show\nmobile add dev lo hoa ::1\n\n# remark\nmobile ad dev lo\n'
expect 2 "*wrong:5: unknown word 'ad'*" -b "$work/wrong"
file quote "mobile add dev lo id 'ue1\n"
expect 2 '*quote:1: an open quote*' -b "$work/quote"
file zero 'device show\n\0'
expect 1 '*zero:2: cannot read on: Invalid or incomplete*' -b "$work/zero"
file key 'sa add dev lo hoa ::1 ha ::2 reqid 1 spi-in 4096 spi-out 4097 aead a 0xzz 128\n'
expect 2 '*key:1: aead: the key is not*' restore "$work/key"
file remarks '# nothing\n   \n\t# at all'
expect 0 '' -b "$work/remarks"

said=$("$ctl" -b - <"$work/wrong" 2>&1)
[ $? = 2 ] && [[ $said == *"standard input:5: unknown word 'ad'"* ]]
result $? "a file as standard input is checked before anything is done"
said=$(printf 'mobile ad dev lo\n' | "$ctl" restore 2>&1)
[ $? = 2 ] && [[ $said == *"standard input:1: unknown word 'ad'"* ]]
result $? "a pipe is read line by line"
"$ctl" -h >/dev/full 2>"$work/said"
[ $? = 1 ] && grep -q 'cannot write: No space left' "$work/said"
result $? "a full disk is noticed"

# The module may be there; it is only asked when the namespace is our own.
if unshare -r -n true 2>/dev/null && ! grep -qsw dsmip /proc/modules; then
	for words in device 'mobile show dev lo' 'device del ha0' monitor save 'sa show' \
		'stats' 'sa del dev lo hoa ::1 ha ::2'; do
		# shellcheck disable=SC2086 # words they are
		expect 1 '*the dsmip module is not loaded: modprobe dsmip' $words
	done
	said=$(printf 'device show\nmobile ad dev lo\n' | "$ctl" -b - 2>&1)
	[ $? = 1 ] && [[ $said == *"standard input:1: the dsmip module is not loaded"* ]]
	result $? "a pipe stops where it fails"
fi
plan
