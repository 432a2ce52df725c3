/* SPDX-License-Identifier: GPL-2.0 */
/* Who an inner packet is from and to, and where it came from. */
#ifndef DSMIP_INNER_H
#define DSMIP_INNER_H

#include "registration.h"

/**
 * struct dsmip_inner - addresses of an inner packet
 * @v6: IPv6, else IPv4
 * @src: IPv6 source
 * @dst: IPv6 destination
 * @src4: IPv4 source
 * @dst4: IPv4 destination
 */
struct dsmip_inner {
	bool v6;
	struct in6_addr src;
	struct in6_addr dst;
	__be32 src4;
	__be32 dst4;
};

/**
 * struct dsmip_origin - where an outer packet came from
 * @addr: outer source, v4-mapped over IPv4
 * @port: UDP source port, 0 without UDP
 * @ip4: it came over IPv4
 */
struct dsmip_origin {
	struct in6_addr addr;
	__be16 port;
	bool ip4;
};

/**
 * dsmip_inner_read() - read them
 * @skb: data at the inner packet; made linear as far as needed
 * @v6: what it should be
 * @in: result
 *
 * Return: false when that is not there.
 */
bool dsmip_inner_read(struct sk_buff *skb, bool v6, struct dsmip_inner *in);

/* The registration that an inner destination belongs to, on any mobile node here; RCU held. */
struct dsmip_registration *dsmip_inner_registration_rcu(struct net *net,
							const struct dsmip_inner *in);

/**
 * dsmip_origin_is_ha_rcu() - whether a home agent sent it
 * @from: where it came from
 * @r: registration with that home agent
 *
 * What it sends in UDP comes from its port [DS-03] [DS-32].
 */
bool dsmip_origin_is_ha_rcu(const struct dsmip_origin *from,
			    const struct dsmip_registration *r);

#endif
