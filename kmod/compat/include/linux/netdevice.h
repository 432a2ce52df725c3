/* SPDX-License-Identifier: GPL-2.0 */
/* 6.12 turned two feature bits into fields of struct net_device. */
#ifndef DSMIP_COMPAT_LINUX_NETDEVICE_H
#define DSMIP_COMPAT_LINUX_NETDEVICE_H

#include_next <linux/netdevice.h>

/**
 * dsmip_netdev_fix() - transmit without a lock, stay in the namespace
 * @dev: device, before it is registered
 */
static inline void dsmip_netdev_fix(struct net_device *dev)
{
#ifdef NETIF_F_LLTX
	dev->features |= NETIF_F_LLTX | NETIF_F_NETNS_LOCAL;
#else
	dev->lltx = true;
	dev->netns_local = true;
#endif
}

#endif
