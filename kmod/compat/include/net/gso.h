/* SPDX-License-Identifier: GPL-2.0 */
/* Before 6.5 the GSO helpers were declared in linux/skbuff.h. */
#ifndef DSMIP_COMPAT_NET_GSO_H
#define DSMIP_COMPAT_NET_GSO_H

#include <linux/version.h>
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
#include <linux/skbuff.h>
#else
#include_next <net/gso.h>
#endif

#endif
