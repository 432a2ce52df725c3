#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Fetch the Debian kernels that dsmip is built for and tested on, and unpack
# them below build/kernels. Nothing is installed, and the host's own package
# lists and sources are never touched.
#
#   tools/kernels.sh [6.12|6.1|source]...      all three without an argument
#
# build/kernels/<version>/
#	release		the full release name, as uname -r prints it
#	vmlinuz		the kernel, and vmlinux: the same without its compression,
#			which an emulated machine starts several times as fast
#	config		its configuration
#	modules/	what a guest mounts at /lib/modules/<release>
#	headers/	make -C here M=... modules
# build/kernels/source/			scripts/checkpatch.pl, tools/net/ynl, ...
# build/kernels/linux-source-6.12.tar.xz	the whole of it
# build/kernels/checkpatch.pl

set -euo pipefail

cd "$(dirname "$0")/.."
TOP=$PWD
APT=$TOP/build/apt
OUT=$TOP/build/kernels
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

say()
{
	printf 'kernels: %s\n' "$*"
}

refuse()
{
	printf 'kernels: %s\n' "$*" >&2
	exit 1
}

# The first Debian archive that the host itself uses.
mirror()
{
	local uri

	# shellcheck disable=SC2016 # the names are apt's
	uri=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' \
		'Created-By: Packages' 2>/dev/null |
		awk '$1 == "Debian" && $2 == "Debian" { print $3; exit }')
	echo "${uri:-http://deb.debian.org/debian/}"
}

# 6.12 is Debian 13's kernel; its build for Debian 12 is in backports. The
# kbuild programs are linked to the C library of the suite.
suite_of_612()
{
	local VERSION_ID=12

	# shellcheck source=/dev/null
	. /etc/os-release
	if [ "$VERSION_ID" = 12 ]; then
		echo bookworm-backports
	else
		echo trixie
	fi
}

apt_options()
{
	APT_OPTIONS=(
		-q=2
		-o "Dir::State=$APT/state" -o "Dir::State::lists=$APT/lists"
		-o "Dir::State::status=$APT/status" -o "Dir::Cache=$APT/cache"
		-o "Dir::Etc::sourcelist=$APT/sources.list"
		-o "Dir::Etc::sourceparts=$APT/none" -o "Dir::Etc::preferences=$APT/none"
		-o "Dir::Etc::preferencesparts=$APT/none"
		-o "APT::Architecture=amd64" -o "APT::Sandbox::User="
		-o "Acquire::Retries=3" -o "Acquire::http::Timeout=60"
		-o "Acquire::Languages=none"
	)
}

ours()
{
	local program=$1

	shift
	"$program" "${APT_OPTIONS[@]}" "$@"
}

# Our own package lists, once per run and only when something is missing.
update_lists()
{
	local uri options=

	[ -z "${updated:-}" ] || return 0
	uri=$(mirror)
	[ ! -e "$KEYRING" ] || options="[signed-by=$KEYRING] "
	mkdir -p "$APT"/{state,lists/partial,cache/archives/partial,none,debs}
	: >"$APT/status"
	printf "deb $options%s %s main\n" "$uri" bookworm \
		"$uri" "$(suite_of_612)" >"$APT/sources.list"
	say "reading package lists from $uri"
	ours apt-get update ||
		refuse "cannot read the package lists of $uri; check the network and /etc/apt"
	updated=yes
}

# The newest release of a version for which image and headers are there.
newest_release()
{
	local version=${1//./\\.}

	ours apt-cache search --names-only \
		"^linux-(image|headers)-$version\\.[0-9.+a-z]+(-[0-9]+)?-amd64\$" |
		awk '{ sub(/^linux-(image|headers)-/, "", $1); print $1 }' |
		sort -V | uniq -d | tail -n 1
}

# What a headers package names: the common headers, and the kbuild programs.
headers_need()
{
	ours apt-cache depends "$1" |
		awk '$1 == "Depends:" && $2 ~ /^linux-(headers|kbuild)-/ { print $2 }'
}

# Fetches packages and unpacks them below a folder.
unpack()
{
	local root=$1 debs

	shift
	debs=$(mktemp -d -p "$APT/debs")
	say "fetching $*"
	(cd "$debs" && ours apt-get download "$@") ||
		refuse "cannot download $*; check the network"
	for deb in "$debs"/*.deb; do
		dpkg-deb -x "$deb" "$root"
	done
	rm -r "$debs"
}

# Debian's headers know two absolute paths, and their compiler by version.
fit_headers()
{
	local headers=$1 common=$2

	cat >"$headers/Makefile" <<-EOF
		include $common/Makefile
	EOF
	if ! command -v x86_64-linux-gnu-gcc-12 >/dev/null; then
		sed -i 's/\(CROSS_COMPILE)gcc\)-12$/\1/' "$headers/.kernelvariables"
	fi
	# Without the kernel's image no BTF is made, and nobody is told so.
	rm -f "$headers/vmlinux"
}

fit_modules()
{
	local root=$1 release=$2

	rm -f "$root/lib/modules/$release"/{build,source}
	find "$root/lib/modules/$release" -name '*.ko.xz' -print0 |
		xargs -0 -r -P "$(nproc)" -n 64 xz -d
	# A path in modules.order carries no .xz; depmod takes it as it is.
	depmod -b "$root" "$release"
}

# A little-endian number of some bytes in a file.
number_at()
{
	od -A n -t "u$3" -j "$2" -N "$3" "$1" | tr -d ' '
}

# The ELF image inside a bzImage, found as Documentation/arch/x86/boot.rst of
# the kernel says. The last four bytes of the payload are its length unpacked.
extract_vmlinux()
{
	local image=$1 sectors offset length

	sectors=$(number_at "$image" $((0x1f1)) 1)
	offset=$(number_at "$image" $((0x248)) 4)
	length=$(number_at "$image" $((0x24c)) 4)
	tail -c "+$(((sectors + 1) * 512 + offset + 1))" "$image" |
		{ head -c $((length - 4)); cat >/dev/null; } >"$2.packed"
	case $(od -A n -t x1 -N 2 "$2.packed" | tr -d ' ') in
	28b5) zstd -qdc "$2.packed" ;;
	fd37) xz -dc "$2.packed" ;;
	1f8b) gzip -dc "$2.packed" ;;
	*) return 1 ;;
	esac >"$2"
	rm "$2.packed"
}

# One version, made aside and put in place in one step.
get_kernel()
{
	local version=$1 dir=$OUT/$1 root release headers need

	[ ! -e "$dir/complete" ] || return 0
	update_lists
	release=$(newest_release "$version")
	[ -n "$release" ] ||
		refuse "$(mirror) has no linux-image-$version with its headers"
	headers=linux-headers-$release
	mapfile -t need < <(headers_need "$headers")
	rm -rf "$dir"
	root=$dir/root
	mkdir -p "$root"
	unpack "$root" "linux-image-$release" "$headers" "${need[@]}"
	fit_headers "$root/usr/src/$headers" \
		"$root/usr/src/${headers%-amd64}-common"
	fit_modules "$root" "$release"
	ln -s "root/boot/vmlinuz-$release" "$dir/vmlinuz"
	extract_vmlinux "$dir/vmlinuz" "$dir/vmlinux" ||
		refuse "cannot decompress $dir/vmlinuz; install zstd and xz-utils"
	ln -s "root/boot/config-$release" "$dir/config"
	ln -s "root/lib/modules/$release" "$dir/modules"
	ln -s "root/usr/src/$headers" "$dir/headers"
	echo "$release" >"$dir/release"
	touch "$dir/complete"
	say "$version is $release"
}

# checkpatch.pl and the netlink generator come in no package but the source.
get_source()
{
	local tar=$OUT/linux-source-6.12.tar.xz root=$OUT/source.tmp

	[ ! -e "$OUT/source/complete" ] || return 0
	update_lists
	rm -rf "$OUT/source" "$root"
	mkdir -p "$root"
	unpack "$root" linux-source-6.12
	mv "$root/usr/src/linux-source-6.12.tar.xz" "$tar"
	rm -r "$root"
	mkdir "$OUT/source"
	say "unpacking checkpatch.pl and the netlink generator"
	xz -dc -T0 "$tar" | tar -x -C "$OUT/source" --strip-components=1 \
		--wildcards '*/scripts/checkpatch.pl' '*/scripts/spelling.txt' \
		'*/scripts/const_structs.checkpatch' '*/.clang-format' \
		'*/scripts/kernel-doc' '*/MAINTAINERS' '*/tools/net/ynl' \
		'*/Documentation/netlink' '*/tools/testing/kunit' \
		'*/tools/testing/selftests/kselftest'
	ln -sfn source/scripts/checkpatch.pl "$OUT/checkpatch.pl"
	touch "$OUT/source/complete"
}

main()
{
	local part

	mkdir -p "$OUT"
	apt_options
	exec 9>"$OUT/.lock"
	flock 9
	[ $# -gt 0 ] || set -- 6.12 6.1 source
	for part; do
		case $part in
		6.12 | 6.1) get_kernel "$part" ;;
		source) get_source ;;
		*) refuse "no part is called '$part'; the parts are 6.12 6.1 source" ;;
		esac
	done
}

main "$@"
