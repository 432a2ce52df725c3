# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What the daemons of the laboratory are told: certificates, strongswan.conf and
# swanctl.conf. The zone and the subscribers are in dns.conf and radius/.

IKE=$STATE/ike
PKI=$STATE/pki
PLUGINS="random drbg nonce openssl gcrypt hmac kdf pem pkcs1 pkcs8 x509 constraints
	pubkey kernel-netlink socket-default vici updown eap-identity eap-mschapv2
	eap-tls eap-radius"
export IKE PKI

# How long a message is waited for: RETRANSMIT seconds, then more by half each time.
RETRANSMIT=0.5 RETRANSMIT_TRIES=4
# What the connections below say.
MOBIKE=no DPD=0s REKEY=1h
# Data goes in the tunnel to the ePDG; a processor of a slow machine can be far behind
# the other one.
REPLAY_WINDOW=1024
GATEWAY_AUTH=eap-radius GATEWAY_POOLS=radius

# ---- certificates ---------------------------------------------------------------

# An authority and five who trust it, in folders as swanctl looks for them; made
# once for all stories.
ike_certificates()
{
	local owner name pid pids=()

	[ ! -e "$PKI" ] || return 0
	mkdir -p "$PKI"/{gw,epdg,aaa,ue,ue2}/{x509{,ca,ocsp,aa,ac,crl},pubkey,private,rsa,ecdsa,bliss,pkcs{8,12}}
	pki --gen --type ecdsa --size 256 --outform pem >"$PKI/ca.key" &&
		pki --self --ca --in "$PKI/ca.key" --type ecdsa --dn CN=Laboratory \
			--outform pem >"$PKI/ca.pem" || return
	while read -r owner name; do
		certificate "$PKI/$owner/private/$owner.pem" "$name" \
			>"$PKI/$owner/x509/$owner.pem" &
		pids+=($!)
		cp "$PKI/ca.pem" "$PKI/$owner/x509ca/"
	done <<-END
	gw gw.example
	epdg epdg.example
	aaa aaa.example
	ue ue1@example
	ue2 ue2@example
	END
	for pid in "${pids[@]}"; do
		wait "$pid" || return
	done
}

# certificate KEYFILE NAME
certificate()
{
	pki --gen --type ecdsa --size 256 --outform pem >"$1" &&
		pki --issue --cacert "$PKI/ca.pem" --cakey "$PKI/ca.key" \
			--in "$1" --type ecdsa --dn "CN=$2" --san "$2" --outform pem
}

# ---- configurations -------------------------------------------------------------

ike_configure()
{
	local ns

	mkdir -p "$IKE"/{ue,ue2,gw,epdg}
	for ns in ue ue2 gw epdg; do
		strongswan_conf "$ns"
	done
	STRONGSWAN_CONF=$IKE/gw/strongswan.conf ike_certificates || return
	cp -r "$PKI/." "$IKE"
	echo "nameserver $DNS" >"$IKE/resolv.conf"
	subscriber ue1@example one >"$IKE/ue/swanctl.conf"
	subscriber ue2@example two >"$IKE/ue2/swanctl.conf"
	{
		subscriber ue1@example one
		subscriber ue2@example two
	} | tee "$IKE/gw/swanctl.conf" >"$IKE/epdg/swanctl.conf"
	radius_client >>"$IKE/gw/tuned.conf"
	gateway_pools >>"$IKE/gw/swanctl.conf"
	epdg_connection >>"$IKE/epdg/swanctl.conf"
}

# strongswan_conf NAMESPACE: for charon, and for swanctl and pki, which do not need all
# plugins there are. What charon_tune says comes last, so it wins.
strongswan_conf()
{
	: >"$IKE/$1/tuned.conf"
	cat >"$IKE/$1/strongswan.conf" <<-END
	charon-systemd {
		load_modular = no
		load = ${PLUGINS//$'\n'/ }
		install_virtual_ip = no
		install_routes = no
		interfaces_ignore = mn0, ha0, cn, aaa
		retransmit_timeout = $RETRANSMIT
		retransmit_base = 1.5
		retransmit_tries = $RETRANSMIT_TRIES
		filelog {
			log {
				path = $IKE/$1/charon.log
				time_format = %T
				time_add_ms = yes
				flush_line = yes
			}
		}
		plugins {
			vici {
				socket = unix://$IKE/$1/vici
			}
			kernel-netlink {
				roam_events = no
			}
		}
		include tuned.conf
	}
	swanctl {
		load = random openssl pem pkcs1 pkcs8 x509
	}
	pki {
		load = random openssl pem pkcs1 pkcs8 x509
	}
	END
}

# The gateway's part of RADIUS; sessions may be ended by it too, but over IPv4 only.
radius_client()
{
	cat <<-END
	plugins {
		eap-radius {
			accounting = yes
			dae {
				enable = yes
				listen = 10.201.0.1
				secret = laboratory
			}
			servers {
				aaa {
					address = $AAA
					secret = laboratory
					retransmit_timeout = $RETRANSMIT
					retransmit_base = 1
					retransmit_tries = 3
				}
			}
		}
	}
	END
}

# charon_tune NAMESPACE LINE...: more for the section charon-systemd, such as
# "plugins { kernel-netlink { roam_events = yes } }"; before charon_up.
charon_tune()
{
	local ns=$1

	shift
	printf '%s\n' "$@" >>"$IKE/$ns/tuned.conf"
}

# subscriber ID PASSWORD: for swanctl.
subscriber()
{
	cat <<-END
	secrets {
		eap-${1%@*} {
			id = $1
			secret = $2
		}
	}
	END
}

# Home addresses for GATEWAY_AUTH=eap-mschapv2 GATEWAY_POOLS="hoa, hoa4".
gateway_pools()
{
	cat <<-END
	pools {
		hoa {
			addrs = 2001:db8:100:10::7-2001:db8:100:10::ff
		}
		hoa4 {
			addrs = 10.100.10.1-10.100.10.99
		}
	}
	END
}

# gateway_connection [LINE]...: the connection s2c, with these lines too.
gateway_connection()
{
	cat <<-END
	connections {
		s2c {
			version = 2
			local_addrs = $HA
			childless = allow
			mobike = $MOBIKE
			dpd_delay = $DPD
			pools = $GATEWAY_POOLS
			proposals = aes128-sha256-x25519
			$(printf '%s\n' "$@")
			local {
				auth = pubkey
				certs = gw.pem
				id = gw.example
			}
			remote {
				auth = $GATEWAY_AUTH
				eap_id = %any
			}
			children {
				mh {
					esp_proposals = aes128-sha256
					rekey_time = $REKEY
				}
				payload {
					local_ts = ::/0, 0.0.0.0/0
					remote_ts = dynamic
					esp_proposals = aes128-sha256
					rekey_time = $REKEY
				}
			}
		}
	}
	END
}

# home_connection ID [LINE]...: the connection home of a UE.
home_connection()
{
	local id=$1

	shift
	cat <<-END
	connections {
		home {
			version = 2
			childless = force
			vips = ::, 0.0.0.0
			mobike = $MOBIKE
			dpd_delay = $DPD
			proposals = aes128-sha256-x25519
			$(printf '%s\n' "$@")
			local {
				auth = eap
				id = $id
				eap_id = $id
			}
			remote {
				auth = pubkey
				id = gw.example
			}
			children {
				mh {
					esp_proposals = aes128-sha256
					rekey_time = $REKEY
				}
				payload {
					local_ts = dynamic
					remote_ts = ::/0, 0.0.0.0/0
					esp_proposals = aes128-sha256
					rekey_time = $REKEY
				}
			}
		}
	}
	END
}

# The ePDG's own. 19 is HOME_AGENT_ADDRESS [3G-12].
epdg_connection()
{
	cat <<-END
	connections {
		epdg {
			version = 2
			local_addrs = $EPDG
			mobike = no
			pools = coa
			proposals = aes128-sha256-x25519
			local {
				auth = pubkey
				certs = epdg.pem
				id = epdg.example
			}
			remote {
				auth = eap-mschapv2
				eap_id = %any
			}
			children {
				tunnel {
					local_ts = ::/0
					remote_ts = dynamic
					esp_proposals = aes128-sha256
					replay_window = $REPLAY_WINDOW
				}
			}
		}
	}
	pools {
		coa {
			addrs = 2001:db8:4e::100-2001:db8:4e::1ff
			19 = $HA
		}
	}
	END
}

# epdg_client ID IF_ID [LINE]...: the connection epdg of a UE.
epdg_client()
{
	local id=$1 if_id=$2

	shift 2
	cat <<-END
	connections {
		epdg {
			version = 2
			remote_addrs = $EPDG
			vips = ::
			mobike = no
			dpd_delay = $DPD
			proposals = aes128-sha256-x25519
			$(printf '%s\n' "$@")
			local {
				auth = eap
				id = $id
				eap_id = $id
			}
			remote {
				auth = pubkey
				id = epdg.example
			}
			children {
				tunnel {
					local_ts = dynamic
					remote_ts = ::/0
					if_id_in = $if_id
					if_id_out = $if_id
					esp_proposals = aes128-sha256
					replay_window = $REPLAY_WINDOW
				}
			}
		}
	}
	END
}
