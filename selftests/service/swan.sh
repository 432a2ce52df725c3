#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2317 # checks call what stands here by name
#
# To a real charon, swanctl's connections and ours (swanctl_test, see make -C
# selftests/service) are the same ones: it updates what it has, and keeps its IKE
# SAs. One that differs in anything is replaced.
#
#   selftests/service/swan.sh

[ -n "${SWAN_ALONE:-}" ] || SWAN_ALONE=yes exec unshare -n "$0" "$@"

# shellcheck source=selftests/lib.sh
. "$(dirname "$0")/../lib.sh"

PROGRAM=${PROGRAM:-$TOP/build/selftests-service/swanctl_test}
DIR=$STATE/swanctl
SOCKET=$STATE/vici
LOG=$STATE/charon.log
export STRONGSWAN_CONF=$STATE/strongswan.conf SWANCTL_DIR=$DIR
charon=''

# ---- the laboratory ------------------------------------------------------------------

# It needs no kernel for connections, and shall leave that of the host alone.
configure()
{
	cat >"$STRONGSWAN_CONF" <<-END
	charon-systemd {
		load = random nonce openssl pem pkcs1 x509 pubkey revocation hmac kdf \
			socket-default kernel-netlink vici eap-identity eap-mschapv2 \
			eap-radius md4 updown
		install_routes = no
		plugins {
			vici {
				socket = unix://$SOCKET
			}
		}
		filelog {
			log {
				path = $LOG
				flush_line = yes
			}
		}
	}
	END
}

# make_certificates: in the folders of swanctl
make_certificates()
{
	mkdir -p "$DIR/x509" "$DIR/x509ca" "$DIR/pubkey" && cd "$DIR" &&
		openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=ca" -keyout ca.key \
			-out x509ca/ca.pem &&
		openssl req -x509 -newkey rsa:2048 -nodes -subj "/CN=ha.example.org" \
			-addext subjectAltName=DNS:ha.example.org -keyout ha.key -out x509/ha.pem &&
		openssl x509 -in x509/ha.pem -outform DER -out x509/ha2.der &&
		openssl rsa -in ca.key -pubout -out pubkey/mobile.pub
}

lab_up()
{
	ip link set lo up
	configure
	make_certificates || return 1
	/usr/sbin/charon-systemd >/dev/null 2>&1 &
	charon=$!
	wait_until "[ -S $SOCKET ]" 20
}

lab_down()
{
	kill "$charon"
	wait "$charon"
	return 0
}

lab_destroy()
{
	:
}

# ---- words of these checks --------------------------------------------------------------

# by_swanctl FILE, by_us FILE: load its connections
by_swanctl()
{
	cp "$1" "$DIR/f" &&
		swanctl --load-conns --file "$DIR/f" --uri "unix://$SOCKET"
}

by_us()
{
	cp "$1" "$DIR/f" && "$PROGRAM" load "$DIR/f" "$DIR" "$SOCKET"
}

# becomes EXPECTED BY FILE: what charon makes of each connection then
becomes()
{
	local expected=$1 by=$2 file=$3 before

	before=$(wc -l <"$LOG")
	"$by" "$file" || return 1
	is "$(tail -n "+$((before + 1))" "$LOG" |
		sed -n 's/.*\(added\|updated\|replaced\) vici connection: /\1 /p' |
		paste -sd,)" "$expected" || {
		tail -n 5 "$LOG"
		return 1
	}
}

changed()
{
	sed "$1" "$HERE/service/swan/$2" >"$STATE/changed"
	echo "$STATE/changed"
}

MOBILE=$HERE/service/swan/mobile.conf
GATEWAY=$HERE/service/swan/gateway.conf

plan 12
check "a charon is there" lab_up
check "swanctl loads a mobile" becomes 'added home' by_swanctl "$MOBILE"
check "we load the very same one" becomes 'updated home' by_us "$MOBILE"
check "and so does swanctl again" becomes 'updated home' by_swanctl "$MOBILE"
check "one that differs is another" becomes 'replaced home' by_us \
	"$(changed 's/dpd_delay = 30s/dpd_delay = 31s/' mobile.conf)"
check "and one with another child is the same" becomes 'updated home' by_us \
	"$(changed 's/dpd_delay = 30s/dpd_delay = 31s/; s/reqid = 4000/reqid = 4001/' mobile.conf)"
check "and one without a certificate is another" becomes 'replaced home' by_us \
	"$(changed 's/dpd_delay = 30s/dpd_delay = 31s/; /cacerts/d' mobile.conf)"
check "we load gateways" becomes 'added mobiles,added peers' by_us "$GATEWAY"
check "swanctl loads the very same ones" becomes 'updated mobiles,updated peers' \
	by_swanctl "$GATEWAY"
check "and so do we again" becomes 'updated mobiles,updated peers' by_us "$GATEWAY"
check "of two, the one that differs is another" becomes 'updated mobiles,replaced peers' by_us \
	"$(changed 's/id = \*@example.org/id = *@example.net/' gateway.conf)"
check "charon has all of them as swanctl tells" is "$(swanctl --list-conns \
	--uri "unix://$SOCKET" | grep -c '^[a-z]*: IKE')" 2
finish
