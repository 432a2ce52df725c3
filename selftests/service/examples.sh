#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # checks call what stands here by name
#
# The examples in ctl/examples are what Documentation/ike.md tells to copy: the
# service takes them as they are, and swanctl has the same syntax.
#
#   selftests/service/examples.sh

# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/../lib.sh"

# There is no laboratory to take away.
lab_down()
{
	:
}

lab_destroy()
{
	:
}

EXAMPLES=$TOP/ctl/examples
DIR=$STATE/examples

# With the folders of an installed machine elsewhere.
installed()
{
	mkdir -p "$DIR/x509"
	echo certificate >"$DIR/x509/gateway.pem"
	for file in "$EXAMPLES"/*.conf; do
		sed -e "s#/etc/swanctl/conf.d/s2c.conf#$DIR/gateway-swanctl.conf#" \
			-e "s#/etc/dsmip/swanctl.conf#$DIR/ue-swanctl.conf#" \
			-e "s#directory /etc/swanctl#directory $DIR#" \
			"$file" >"$DIR/${file##*/}"
	done
}

takes()
{
	"$CTL" run "$DIR/$1" check
}

# refuses STATUS FILE SED SENTENCE
refuses()
{
	sed "$3" "$DIR/$2" >"$DIR/broken.conf"
	said=$("$CTL" run "$DIR/broken.conf" check 2>&1)
	[ $? = "$1" ] && [[ $said == *"$4"* ]]
}

# Every key of the service's lines in the manual page, and no other.
in_manual()
{
	local word

	while read -r word _; do
		case $word in
		'' | '#'*) continue ;;
		esac
		grep -q "^\.BI $word " "$TOP/ctl/dsmipctl-run.8" || return
	done < <(cat "$DIR"/{ue,gateway}.conf)
}

plan 7
installed
check "the service takes the gateway's configuration" takes gateway.conf
check "and the UE's" takes ue.conf
sed -i 's/^#\(access\|epdg\)/\1/' "$DIR/ue.conf"
check "and with an untrusted access" takes ue.conf
check "a word that is none is refused with its line and what is expected" \
	refuses 2 gateway.conf 's/^gateway connection/gateway link/' \
	"broken.conf:22: unknown word 'link'; expected connection"
check "a connection that is in no file is refused" \
	refuses 2 ue.conf 's/^session connection home/session connection away/' \
	"no connection 'away'"
check "a certificate that is not there is refused" \
	refuses 1 gateway.conf "s#directory $DIR#directory /nonexistent#" gateway.pem
check "the manual page knows the words of the examples" in_manual
finish
