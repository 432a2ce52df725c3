# SPDX-License-Identifier: GPL-2.0
#
# The program of host.sh, under sanitisers:
#   make -f selftests/service/host.mk

TOP := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../..)
OUT := $(TOP)/build/selftests-host
CC := clang
LIBRARIES := libnl-genl-3.0 libnl-route-3.0
CFLAGS := -std=gnu11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -Wshadow -MMD -MP
CFLAGS += -Wstrict-prototypes -Wmissing-prototypes
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=all
CFLAGS += -I$(TOP)/uapi -I$(TOP)/ctl -I$(TOP)/ctl/service
CFLAGS += $(shell pkg-config --cflags $(LIBRARIES))

SRC := $(wildcard $(TOP)/ctl/service/host*.c $(TOP)/ctl/service/policy*.c)
SRC += $(addprefix $(TOP)/ctl/,fault.c nl.c sa-xfrm.c spec.c spec-gen.c xfrm.c)
SRC += $(TOP)/selftests/service/host_guest.c
OBJ := $(SRC:$(TOP)/%.c=$(OUT)/%.o)

$(OUT)/host_guest: $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(shell pkg-config --libs $(LIBRARIES))

$(OUT)/%.o: $(TOP)/%.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -c -o $@ $<

-include $(OBJ:.o=.d)
