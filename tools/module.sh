#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build dsmip.ko in a folder of its own, so that several kernels' builds do
# not get in each other's way.
#
#   tools/module.sh [-l] KERNEL
#
#   -l		lint: everything anew with W=1 and sparse, every line counts
#   KERNEL	6.12 or 6.1 (fetched when missing), another folder of
#		build/kernels, or "running"
#
# The result is build/<KERNEL>/dsmip.ko. A guest finds it by modprobe.

set -euo pipefail

cd "$(dirname "$0")/.."
TOP=$PWD

refuse()
{
	printf 'module: %s\n' "$*" >&2
	exit 1
}

# Where the headers of a kernel are.
headers_of()
{
	local release=${KERNELRELEASE:-$(uname -r)} headers

	case $1 in
	running)
		headers=/lib/modules/$release/build
		[ -e "$headers" ] ||
			refuse "there are no headers for the kernel $release: install linux-headers-$release, or name one of ours as in: make modules KVER=6.12"
		;;
	*)
		case $1 in
		6.12 | 6.1) tools/kernels.sh "$1" >&2 ;;
		esac
		headers=$TOP/build/kernels/$1/headers
		[ -e "$headers" ] ||
			refuse "there is no build/kernels/$1; ours are 6.12 and 6.1"
		;;
	esac
	readlink -f "$headers"
}

# A tree of links: objects land beside them, not beside the sources.
link_sources()
{
	local tree=$1 room

	mkdir -p "$tree"
	for room in Kbuild kmod uapi; do
		[ ! -e "$room" ] || cp -rsf "$TOP/$room" "$tree/"
	done
	find "$tree" -xtype l -delete
}

kbuild()
{
	local headers=$1 tree=$2

	shift 2
	# BTF would need the kernel's own image; neither is here.
	make -C "$headers" "M=$tree" --no-print-directory -j"$(nproc)" \
		CONFIG_DEBUG_INFO_BTF_MODULES= "$@" modules
}

# Sparse, warnings, and nothing else, may be printed.
lint()
{
	local kernel=$1 headers=$2 tree=$TOP/build/lint/$1 log

	log=$TOP/build/lint/$kernel.log
	rm -rf "$tree"
	link_sources "$tree"
	kbuild "$headers" "$tree" W=1 C=2 CF=-D__CHECK_ENDIAN__ \
		>"$log" 2>&1 || {
		cat "$log"
		refuse "the build with W=1 C=2 for $kernel failed"
	}
	! grep -E '(warning|error|undefined)( #[0-9]+)?:|WARNING|ERROR' "$log" ||
		refuse "the compiler or sparse has something to say, in full in ${log#"$TOP"/}"
	echo "module: nothing to say about $kernel"
}

# So that "modprobe dsmip" and "ip link add type dsmip" work in the guest.
offer_to_guest()
{
	local dir=$TOP/build/kernels/$1 release updates

	[ -e "$dir/release" ] || return 0
	release=$(cat "$dir/release")
	updates=$dir/root/lib/modules/$release/updates
	if [ "$updates/dsmip.ko" -nt "$2" ]; then
		return
	fi
	mkdir -p "$updates"
	strip --strip-debug -o "$updates/dsmip.ko.new" "$2"
	mv "$updates/dsmip.ko.new" "$updates/dsmip.ko"
	PATH=$PATH:/sbin:/usr/sbin depmod -b "$dir/root" "$release"
}

main()
{
	local linting='' kernel headers

	if [ "${1:-}" = -l ]; then
		linting=yes
		shift
	fi
	[ $# = 1 ] || refuse "which kernel? 6.12, 6.1 or running"
	kernel=$1
	headers=$(headers_of "$kernel")
	mkdir -p build/lint
	exec 8>"build/.lock-$kernel${linting:+-lint}"
	flock 8
	if [ -n "$linting" ]; then
		lint "$kernel" "$headers"
		return
	fi
	link_sources "$TOP/build/$kernel"
	kbuild "$headers" "$TOP/build/$kernel"
	offer_to_guest "$kernel" "$TOP/build/$kernel/dsmip.ko"
}

main "$@"
