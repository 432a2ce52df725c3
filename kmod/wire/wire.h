/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ground that both worlds share: this folder is built into the module,
 * into the unit tests and into the fuzzers. No skb, no allocation, no lock,
 * no clock, no log.
 */
#ifndef DSMIP_WIRE_H
#define DSMIP_WIRE_H

#include <linux/types.h>
#include <linux/errno.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <asm/byteorder.h>
#include <linux/dsmip.h>
#ifdef __KERNEL__
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/build_bug.h>
#else
#include <user.h> /* u8..u64, bool, min(), ARRAY_SIZE() for user space */
#endif

/* Nothing is wrong: the one value of enum dsmip_drop that is not a reason. */
#define DSMIP_OK ((enum dsmip_drop)0)

#endif
