/* SPDX-License-Identifier: GPL-2.0 */
/* Before 6.5 the GSO helpers were declared in linux/skbuff.h. */
#ifndef DSMIP_COMPAT_NET_GSO_H
#define DSMIP_COMPAT_NET_GSO_H

#ifdef DSMIP_HAVE_NET_GSO_H
#include_next <net/gso.h>
#else
#include <linux/skbuff.h>
#endif

#endif
