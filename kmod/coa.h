/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A care-of endpoint: where outer packets go, and from where. Immutable but
 * for its route cache; a move replaces the whole object under RCU.
 */
#ifndef DSMIP_COA_H
#define DSMIP_COA_H

#include <linux/in6.h>
#include <linux/rcupdate.h>
#include <net/dst.h>

/**
 * struct dsmip_route - a cached route
 * @dst: the route, with a reference
 * @cookie: of @dst
 * @rcu: for freeing
 */
struct dsmip_route {
	struct dst_entry *dst;
	u32 cookie;
	struct rcu_head rcu;
};

/**
 * struct dsmip_coa - care-of endpoint
 * @home: home address that was registered with it
 * @local: our outer address: the home agent's, or a mobile node's care-of address
 * @remote: the peer's outer address
 * @ifindex: interface that must be used, 0 for any
 * @port: UDP port of the peer, 0 without UDP
 * @outer: enum dsmip_outer
 * @route: cached routes of IPv6 and of IPv4 in the tunnel: XFRM policies may
 *	tell them apart; RCU, replaced with cmpxchg()
 * @rcu: for freeing
 */
struct dsmip_coa {
	struct in6_addr home;
	struct in6_addr local;
	struct in6_addr remote;
	int ifindex;
	__be16 port;
	u8 outer;
	struct dsmip_route __rcu *route[2];
	struct rcu_head rcu;
};

int dsmip_coa_init(void);
void dsmip_coa_exit(void);

/**
 * dsmip_coa_alloc() - make an endpoint; atomic context is fine
 * @home: home address
 * @local: our outer address
 * @remote: the peer's
 * @ifindex: interface, or 0
 * @outer: enum dsmip_outer
 * @port: UDP port, or 0
 *
 * Return: the endpoint or NULL.
 */
struct dsmip_coa *dsmip_coa_alloc(const struct in6_addr *home, const struct in6_addr *local,
				  const struct in6_addr *remote, int ifindex, u8 outer,
				  __be16 port);

/**
 * dsmip_coa_free() - let an endpoint go after a grace period
 * @coa: no longer reachable for new readers; NULL is fine
 */
void dsmip_coa_free(struct dsmip_coa *coa);

/**
 * dsmip_coa_look_up() - a route for outer packets, not cached
 * @net: namespace
 * @src: source
 * @dst: destination
 * @ifindex: interface it must leave by, 0 for any
 * @proto: protocol of the outer payload, for policies
 *
 * Return: a route with a reference, XFRM policies applied; NULL without one.
 */
struct dst_entry *dsmip_coa_look_up(struct net *net, const struct in6_addr *src,
				    const struct in6_addr *dst, int ifindex, u8 proto);

/**
 * dsmip_coa_route_rcu() - the route of tunnelled packets
 * @net: namespace
 * @coa: endpoint
 * @v6: of IPv6 in the tunnel, else of IPv4
 *
 * Under rcu_read_lock(). With XFRM policies applied, so an access that is
 * itself inside IPsec works.
 *
 * Return: a route, valid as long as the RCU section, no reference taken;
 * NULL without a route.
 */
struct dst_entry *dsmip_coa_route_rcu(struct net *net, struct dsmip_coa *coa, bool v6);

#endif
