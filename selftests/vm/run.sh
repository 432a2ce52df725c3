#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Run a command in a virtual machine with a kernel of our choice and the
# host's own files.
#
#   selftests/vm/run.sh [OPTION]... [--] COMMAND...
#
#   -k KERNEL	a folder of build/kernels: 6.12 (default), 6.1, ...
#   -s CPUS	number of processors (2)
#   -m MB	memory (1024)
#   -t SECONDS	how long it may take (600)
#   -o OUTDIR	what the guest writes below $OUT stays here
#   -e VAR=VAL	an environment variable for the command, repeatable
#   -w		a kernel warning is a panic
#   -q		print nothing but what the command prints
#
# The command runs as root in the project's folder; its output is ours, its
# exit status too. In its environment: OUT, KVER (as -k), DSMIP_VM=1.
# Beside that, 124 means that the time was over, 125 that the guest did not
# come to its end, and 126 that the kernel complained. OUTDIR/dmesg.txt is the
# kernel's log, OUTDIR/console.txt what it printed before init.

set -euo pipefail

HERE=$(cd "$(dirname "$0")" && pwd)
TOP=$(cd "$HERE/../.." && pwd)
KERNEL=6.12 CPUS=2 MEMORY=1024 SECONDS_MAX=600 OUTDIR='' PANIC_ON_WARN=0 QUIET=
VARIABLES=()

# What a sound kernel never says.
COMPLAINTS='WARNING:|\bBUG\b|\bOops\b|Call Trace:|Kernel panic|KASAN|KCSAN|UBSAN'
COMPLAINTS+='|INFO: (task|possible|trying|rcu|inconsistent)|DEBUG_LOCKS_WARN'
COMPLAINTS+='|suspicious RCU|rcu.*self-detected stall|scheduling while atomic'
COMPLAINTS+='|sleeping function called|unable to handle|general protection'
COMPLAINTS+='|refcount_t:|ref_tracker|[Ll]eaked|corruption|stack-protector'
COMPLAINTS+='|unregister_netdevice: waiting|kmemleak: [0-9]+ new suspected'
# What an emulated machine makes it say.
HARMLESS='FW BUG|BIOS BUG|Firmware Bug|Spectre'

say()
{
	[ -n "$QUIET" ] || printf '# vm: %s\n' "$*"
}

refuse()
{
	printf 'vm: %s\n' "$*" >&2
	exit 2
}

read_options()
{
	while getopts k:s:m:t:o:e:wqh option; do
		case $option in
		k) KERNEL=$OPTARG ;;
		s) CPUS=$OPTARG ;;
		m) MEMORY=$OPTARG ;;
		t) SECONDS_MAX=$OPTARG ;;
		o) OUTDIR=$OPTARG ;;
		e) VARIABLES+=("$OPTARG") ;;
		w) PANIC_ON_WARN=1 ;;
		q) QUIET=yes ;;
		h) sed -n '4,24s/^# \{0,1\}//p' "$0"; exit 0 ;;
		*) exit 2 ;;
		esac
	done
}

check_tools()
{
	local tool

	for tool in qemu-system-x86_64 busybox cpio modprobe; do
		PATH=$PATH:/sbin:/usr/sbin command -v $tool >/dev/null ||
			refuse "$tool is not here; run tools/setup.sh guest"
	done
	[ -e "$DIR/release" ] ||
		refuse "there is no $DIR; run tools/kernels.sh $KERNEL"
}

# The modules without which the guest cannot mount its root, dependencies
# first. Those that are built in come as a line that begins with "builtin".
boot_modules()
{
	local module

	for module in virtio_pci virtio_console 9pnet_virtio 9p overlay; do
		PATH=$PATH:/sbin:/usr/sbin modprobe -d "$DIR/root" \
			-S "$(cat "$DIR/release")" --show-depends "$module"
	done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
}

make_initramfs()
{
	local tree module

	tree=$(mktemp -d -p "$DIR")
	mkdir -p "$tree"/{bin,modules}
	cp "$(command -v busybox)" "$tree/bin/busybox"
	busybox --list | while read -r applet; do
		[ "$applet" = busybox ] || ln -s busybox "$tree/bin/$applet"
	done
	cp "$HERE/init" "$tree/init"
	chmod 755 "$tree/init"
	: >"$tree/modules/list"
	if [ -e "$DIR/modules" ]; then
		for module in $(boot_modules); do
			cp "$module" "$tree/modules/"
			basename "$module" >>"$tree/modules/list"
		done
	fi
	(cd "$tree" && find . | cpio --quiet -o -H newc) >"$tree.cpio"
	mv "$tree.cpio" "$DIR/initramfs.cpio"
	rm -r "$tree"
}

write_job()
{
	mkdir -p "$OUTDIR/.vm"
	rm -f "$OUTDIR"/{dmesg,console,kmemleak}.txt \
		"$OUTDIR"/.vm/{status,booted}
	{
		echo 'export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp'
		echo 'export LANG=C.UTF-8 TERM=dumb DSMIP_VM=1'
		printf 'export %q\n' "OUT=$OUTDIR" "KVER=$KERNEL" "${VARIABLES[@]}"
		printf 'cd %q || exit 125\n' "$TOP"
		printf 'exec'
		printf ' %q' "$@"
		echo
	} >"$OUTDIR/.vm/job"
}

command_line()
{
	local modules=

	[ ! -e "$DIR/modules" ] || modules=$(readlink -f "$DIR/modules")
	echo "console=ttyS0 quiet loglevel=5 panic=-1 oops=panic" \
		"panic_on_warn=$PANIC_ON_WARN mitigations=off nokaslr no5lvl slab_nomerge" \
		"audit=0 apparmor=0 random.trust_cpu=on tsc=reliable" \
		"log_buf_len=4M rcupdate.rcu_cpu_stall_timeout=120" \
		"watchdog_thresh=60 vm.top=$TOP vm.out=$OUTDIR vm.modules=$modules"
}

# The command's output comes through a pipe of its own; the serial line has
# what the kernel says. No accelerator but the emulator: it works everywhere.
emulate()
{
	local kernel=$DIR/vmlinux

	[ -e "$kernel" ] || kernel=$DIR/vmlinuz
	timeout --foreground -k 10 "$SECONDS_MAX" qemu-system-x86_64 \
		-nodefaults -no-user-config -no-reboot -display none \
		-machine q35,usb=off -accel tcg,thread=multi \
		-cpu max,la57=off -smp "$CPUS" -m "$MEMORY" \
		-kernel "$kernel" -initrd "$DIR/initramfs.cpio" \
		-append "$(command_line)" \
		-chardev "file,id=console,path=$OUTDIR/console.txt" \
		-serial chardev:console \
		-device virtio-serial-pci \
		-chardev file,id=output,path=/dev/fd/3 \
		-device virtserialport,chardev=output,name=output \
		-fsdev local,id=host,path=/,security_model=none,readonly=on,multidevs=remap \
		-device virtio-9p-pci,fsdev=host,mount_tag=host \
		-fsdev "local,id=out,path=$OUTDIR,security_model=none,multidevs=remap" \
		-device virtio-9p-pci,fsdev=out,mount_tag=out \
		</dev/null 3>&1 >"$OUTDIR/.vm/qemu.txt" 2>&1
}

complaints()
{
	[ -e "$OUTDIR/dmesg.txt" ] || cp "$OUTDIR/console.txt" "$OUTDIR/dmesg.txt"
	grep -aE "$COMPLAINTS" "$OUTDIR/dmesg.txt" | grep -avE "$HARMLESS" || :
	[ ! -s "$OUTDIR/kmemleak.txt" ] || cat "$OUTDIR/kmemleak.txt"
}

# Prints the verdict and leaves with it.
conclude()
{
	local emulator=$1 began=$2 lines status=125

	lines=$(complaints)
	if [ -n "$lines" ]; then
		echo "# vm: the kernel complained (see $OUTDIR/dmesg.txt):"
		printf '%s\n' "$lines" | sed 's/^/# vm: /'
	fi
	if [ "$emulator" = 124 ] || [ "$emulator" = 137 ]; then
		echo "# vm: stopped after $SECONDS_MAX seconds"
		exit 124
	elif [ ! -s "$OUTDIR/.vm/status" ]; then
		echo "# vm: the guest did not come to its end; the last it said:"
		tail -n 20 "$OUTDIR/console.txt" "$OUTDIR/.vm/qemu.txt"
		exit 125
	fi
	status=$(cat "$OUTDIR/.vm/status")
	say "$KERNEL booted in $(cat "$OUTDIR/.vm/booted") s," \
		"exit status $status after $((SECONDS - began)) s"
	[ -z "$lines" ] || [ "$status" != 0 ] || status=126
	[ -n "$KEEP" ] || [ "$status" != 0 ] || rm -rf "$OUTDIR"
	exit "$status"
}

main()
{
	local emulator=0 began=$SECONDS

	read_options "$@"
	shift $((OPTIND - 1))
	[ $# -gt 0 ] || refuse "which command?"
	DIR=$TOP/build/kernels/$KERNEL
	check_tools
	KEEP=$OUTDIR
	if [ -z "$OUTDIR" ]; then
		mkdir -p "$TOP/build/vm"
		OUTDIR=$(mktemp -d -p "$TOP/build/vm")
	fi
	mkdir -p "$OUTDIR"
	OUTDIR=$(cd "$OUTDIR" && pwd)
	case $TOP$OUTDIR in
	*[[:space:],]*) refuse "no blank or comma may be in $TOP or $OUTDIR" ;;
	esac
	if [ ! "$DIR/initramfs.cpio" -nt "$HERE/init" ]; then
		make_initramfs
	fi
	write_job "$@"
	# A file as our standard output must be appended to, not opened anew.
	emulate | cat || emulator=$?
	conclude "$emulator" "$began"
}

main "$@"
