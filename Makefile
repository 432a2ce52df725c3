# SPDX-License-Identifier: GPL-2.0
#
# make help names the targets. What is generated goes to build/.

# Which kernel: empty for the one that runs, 6.12 or 6.1 for ours.
KVER ?=
DESTDIR ?=
PREFIX ?= /usr/local
KERNELRELEASE ?= $(shell uname -r)
VERSION := $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
export KERNELRELEASE

KERNEL = $(or $(KVER),running)
MODULES = $(DESTDIR)/lib/modules/$(KERNELRELEASE)
DKMS = $(DESTDIR)/usr/src/dsmip-$(VERSION)

all: modules ctl		## the module for the running kernel, and dsmipctl

modules:			## build/<KVER>/dsmip.ko; KVER=6.12 or 6.1, or the running one
	@tools/module.sh $(KERNEL)

ctl:				## build/ctl/dsmipctl
	@$(MAKE) --no-print-directory -C ctl

unit:				## the pure code under the address sanitizer
	@$(MAKE) --no-print-directory -C selftests/unit check

fuzz-smoke:			## half a minute of each fuzzer
	@$(MAKE) --no-print-directory -C selftests/fuzz smoke

fuzz:				## fuzzers until stopped
	@$(MAKE) --no-print-directory -C selftests/fuzz fuzz

vm:				## the guest suite; KVER=6.1, TESTS="name..."
	@tools/setup.sh build guest
	@tools/vm.sh $(or $(KVER),6.12) $(TESTS)

check:				## everything that must hold; STEPS="name..."
	@tools/check.sh $(STEPS)

check-debug:			## the guest suite under KASAN, lockdep, kmemleak
	@tools/setup.sh build guest debug
	@tools/debug-kernel.sh
	@tools/vm.sh 6.12-debug $(TESTS)

bench:				## packets per second and the like, in a guest
	@tools/setup.sh build guest
	@tools/bench.sh

demo:				## 3GPP's attach flows and moves, told from captures
	@tools/setup.sh build guest lab
	@tools/demo.sh

spec:				## what is generated from Documentation/netlink/specs
	@tools/spec.sh

lint:				## W=1 and sparse, both kernels
	@tools/module.sh -l 6.12
	@tools/module.sh -l 6.1

install: all			## module, dsmipctl, man pages, completion
	install -D -m 644 build/$(KERNEL)/dsmip.ko $(MODULES)/extra/dsmip.ko
	install -D -m 755 build/ctl/dsmipctl $(DESTDIR)$(PREFIX)/sbin/dsmipctl
	install -d $(DESTDIR)$(PREFIX)/share/man/man8
	install -m 644 ctl/dsmipctl.8 ctl/dsmipctl-run.8 $(DESTDIR)$(PREFIX)/share/man/man8/
	install -D -m 644 ctl/completion/dsmipctl.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/dsmipctl
	[ -n "$(DESTDIR)" ] || depmod $(KERNELRELEASE)

dkms-install:			## the module by DKMS, built anew for each kernel
	install -d $(DKMS)
	cp -r Kbuild dkms.conf kmod uapi $(DKMS)/
	[ -n "$(DESTDIR)" ] || dkms install --force dsmip/$(VERSION)

clean:				## remove build/ but for the kernels
	@find build -mindepth 1 -maxdepth 1 ! -name kernels ! -name apt \
		-exec rm -rf {} + 2>/dev/null || true

help:				## this
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1	\2/p' $(MAKEFILE_LIST) | \
		expand -t 14

.PHONY: all modules ctl unit fuzz-smoke fuzz vm check check-debug bench demo
.PHONY: spec lint install dkms-install clean help
