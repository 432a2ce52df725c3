# SPDX-License-Identifier: GPL-2.0
#
# Programs with a world of their own instead of charon, the module and the host:
# they have service.c inside, and the roles beside it.

WORLDLY := roles_gateway_test roles_restart_test roles_session_test order_fuzz
WORLD := $(patsubst %,$(OUT)/selftests/service/%.o,world world-charon world-module world-host)
ROLES := $(patsubst %,$(OUT)/ctl/service/%.o,gateway session epdg access sas conf swan tree words)
ROLES += $(patsubst %,$(OUT)/ctl/%.o,fault reader spec spec-gen word)

$(OUT)/roles_gateway_test $(OUT)/roles_restart_test $(OUT)/roles_session_test: $(OUT)/%: $(OUT)/selftests/service/%.o $(WORLD) $(ROLES)
	@$(CC) $(CFLAGS) -o $@ $^

$(OUT)/order_fuzz: $(OUT)/%: $(OUT)/selftests/service/%.o $(WORLD) $(ROLES)
	@$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^
