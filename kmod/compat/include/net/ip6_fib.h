/* SPDX-License-Identifier: GPL-2.0 */
/* 6.11 gave the cast from a route to its IPv6 form a name. */
#ifndef DSMIP_COMPAT_NET_IP6_FIB_H
#define DSMIP_COMPAT_NET_IP6_FIB_H

#include_next <net/ip6_fib.h>

#ifndef dst_rt6_info
#define dst_rt6_info(ptr) container_of(ptr, struct rt6_info, dst)
#endif

#endif
