# SPDX-License-Identifier: GPL-2.0
#
# Programs with a world of their own instead of charon, the module and the host.
# They have service.c inside; what the world has, the library is not asked for.

WORLDLY := roles_gateway_test roles_session_test roles_restart_test roles_epdg_test \
	order_fuzz
# A fuzzer is to learn from the service and not from the world.
WORLD := $(patsubst %,$(OUT)/world/%.o,world world-charon world-module world-host)

$(patsubst %,$(OUT)/%,$(filter %_test,$(WORLDLY))): $(OUT)/%: $(OUT)/selftests/service/%.o $(WORLD) $(LIB)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

$(patsubst %,$(OUT)/%,$(filter %_fuzz,$(WORLDLY))): $(OUT)/%: $(OUT)/selftests/service/%.o $(WORLD) $(LIB)
	@$(CC) $(CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(OUT)/world/%.o: $(HERE)/%.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -c -o $@ $<

-include $(WORLD:.o=.d)
