/* SPDX-License-Identifier: GPL-2.0 */
/* What every fuzzer begins with. */
#ifndef DSMIP_FUZZ_H
#define DSMIP_FUZZ_H

#include <stdlib.h>
#include <user.h>

/* libFuzzer calls this; what it gives is as long as it says and no longer. */
int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

/* An invariant; libFuzzer keeps the input that broke it. */
static inline void require(bool holds)
{
	if (!holds)
		abort();
}

#endif
