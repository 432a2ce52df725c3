#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Build a 6.12 that finds faults: the sanitizers and checkers of
# selftests/vm/debug.config, nothing that the guest suite does not need.
# It goes to build/kernels/6.12-debug, laid out as tools/kernels.sh does, and
# is built anew only when its configuration changes.

set -euo pipefail

cd "$(dirname "$0")/.."
TOP=$PWD
DIR=$TOP/build/kernels/6.12-debug
FRAGMENT=$TOP/selftests/vm/debug.config

say()
{
	printf 'debug-kernel: %s\n' "$*"
}

kernel_make()
{
	make -C "$DIR/source" "O=$DIR/headers" -j"$(nproc)" -s "$@"
}

unpack_source()
{
	[ ! -e "$DIR/source/.complete" ] || return 0
	tools/kernels.sh source
	say "unpacking the source"
	rm -rf "$DIR/source"
	mkdir -p "$DIR/source"
	xz -dc -T0 build/kernels/linux-source-6.12.tar.xz |
		tar -x -C "$DIR/source" --strip-components=1
	touch "$DIR/source/.complete"
}

# An option of ours that the configuration did not take is a mistake of ours.
configure()
{
	local lost

	mkdir -p "$DIR/headers"
	kernel_make tinyconfig
	cat "$FRAGMENT" >>"$DIR/headers/.config"
	kernel_make olddefconfig 2>/dev/null
	lost=$(grep '^CONFIG_' "$FRAGMENT" | sort -u |
		comm -23 - <(grep '^CONFIG_' "$DIR/headers/.config" | sort -u))
	if [ -n "$lost" ]; then
		say "not in this kernel:" "$lost" >&2
		exit 1
	fi
}

# The layout of an unpacked Debian kernel; all but dsmip is built in.
lay_out()
{
	local release modules

	release=$(cat "$DIR/headers/include/config/kernel.release")
	modules=root/lib/modules/$release
	mkdir -p "$DIR/$modules"
	cp "$DIR"/headers/modules.builtin* "$DIR/$modules/"
	: >"$DIR/$modules/modules.order"
	cp "$DIR/headers/vmlinux.symvers" "$DIR/headers/Module.symvers"
	/sbin/depmod -b "$DIR/root" "$release"
	ln -sfn "$modules" "$DIR/modules"
	ln -sfn headers/.config "$DIR/config"
	objcopy -S "$DIR/headers/vmlinux" "$DIR/vmlinux"
	rm -f "$DIR/initramfs.cpio"
	echo "$release" >"$DIR/release"
}

main()
{
	mkdir -p "$DIR"
	if [ "$DIR/release" -nt "$FRAGMENT" ]; then
		return
	fi
	unpack_source
	configure
	say "building, which takes ten minutes; what is said is in ${DIR#"$TOP"/}/build.log"
	kernel_make vmlinux modules_prepare >"$DIR/build.log" 2>&1 || {
		tail -n 30 "$DIR/build.log"
		exit 1
	}
	lay_out
	say "ready: $(cat "$DIR/release")"
}

main "$@"
