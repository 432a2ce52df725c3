#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Install the Debian packages that building and testing dsmip takes.
#
#   tools/setup.sh [SET...]      sets: build guest check debug lab; the first three
#				without an argument
#
# Asks dpkg first, so a second run touches nothing and needs no network.

set -euo pipefail

declare -A SETS=(
	[build]="gcc make libc6-dev libelf-dev bc kmod xz-utils pkg-config
		libnl-3-dev libnl-genl-3-dev libnl-route-3-dev python3 python3-yaml"
	[guest]="qemu-system-x86 busybox-static cpio kmod xz-utils zstd procps
		iproute2 iputils-ping ethtool nftables conntrack socat tcpdump tshark iperf3 jq
		python3 python3-scapy"
	[check]="clang clang-format libclang-rt-14-dev sparse codespell
		shellcheck perl python3 python3-yaml universal-ctags
		man-db groff git"
	[debug]="flex bison libssl-dev libelf-dev bc rsync"
	[lab]="strongswan-swanctl charon-systemd strongswan-pki
		libcharon-extra-plugins libcharon-extauth-plugins
		libstrongswan-extra-plugins libstrongswan-standard-plugins
		freeradius freeradius-utils dnsmasq-base openssl"
)

usage()
{
	sed -n '4,9s/^# \{0,1\}//p' "$0"
}

refuse()
{
	printf 'setup: %s\n' "$1" >&2
	exit 1
}

# The C runtime of clang's sanitizers carries clang's version in its name.
fit_release()
{
	if [ "$VERSION_ID" != 12 ]; then
		SETS[check]=${SETS[check]/libclang-rt-14-dev/libclang-rt-dev}
	fi
}

check_system()
{
	[ "$(uname -m)" = x86_64 ] ||
		refuse "this is $(uname -m); build and test on an x86_64 machine"
	ID=unknown VERSION_ID=0
	# shellcheck source=/dev/null
	[ ! -r /etc/os-release ] || . /etc/os-release
	case "$ID-${VERSION_ID:-0}" in
	debian-12 | debian-13) ;;
	*) refuse "this is not Debian 12 or 13; run in a Debian 12 or 13 system, for example a container of debian:bookworm" ;;
	esac
	command -v apt-get >/dev/null ||
		refuse "apt-get is not here; run in a complete Debian 12 or 13 system"
}

installed()
{
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Prints those of the given packages that are not installed.
missing()
{
	local package

	for package; do
		installed "$package" || echo "$package"
	done | sort -u
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

apt_get()
{
	as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
		apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
		"$@" </dev/null
}

# Package scripts must not start daemons on the machine that runs the tests.
install_packages()
{
	local policy=/usr/sbin/policy-rc.d made='' status=0

	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
		as_root chmod 755 $policy
		made=yes
	fi
	apt_get install --no-install-recommends -y "$@" || status=$?
	[ -z "$made" ] || as_root rm -f $policy
	return $status
}

check_root()
{
	[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null ||
		refuse "missing: $*; run tools/setup.sh once as root or with sudo"
}

main()
{
	local set lacking wanted=()

	case "${1:-}" in
	-h | --help) usage; exit 0 ;;
	esac
	check_system
	fit_release
	[ $# -gt 0 ] || set -- build guest check
	for set; do
		[ -n "${SETS[$set]:-}" ] ||
			refuse "no set is called '$set'; the sets are ${!SETS[*]}"
		read -r -d '' -a packages <<<"${SETS[$set]}" || :
		wanted+=("${packages[@]}")
	done
	mapfile -t lacking < <(missing "${wanted[@]}")
	if [ "${#lacking[@]}" = 0 ]; then
		echo "setup: all ${#wanted[@]} packages of '$*' are here"
		return
	fi
	check_root "${lacking[@]}"
	echo "setup: installing ${lacking[*]}"
	apt_get update ||
		refuse "apt-get update failed; check the network and /etc/apt"
	install_packages "${lacking[@]}" ||
		refuse "apt-get could not install ${lacking[*]}; check the network and /etc/apt"
	echo "setup: done"
}

main "$@"
