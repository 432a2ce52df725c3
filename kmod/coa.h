/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A care-of endpoint: where outer packets go, and from where. Immutable but
 * for its route cache; a move replaces the whole object under RCU.
 */
#ifndef DSMIP_COA_H
#define DSMIP_COA_H

#include <linux/dsmip.h>
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
 * struct dsmip_way - from where to where outer packets go, and how
 * @local: our outer address: the home agent's, or a mobile node's care-of address;
 *	IPv4 ones are v4-mapped, here and in @remote
 * @remote: the peer's outer address
 * @ifindex: interface that must be used, 0 for any
 * @outer: enum dsmip_outer
 * @port: UDP port of the peer. Of a mobile in IPv4 it is known even where data goes
 *	without UDP: its messages never do [DS-02]
 * @sport: UDP port of our own
 */
struct dsmip_way {
	struct in6_addr local;
	struct in6_addr remote;
	int ifindex;
	u8 outer;
	__be16 port;
	__be16 sport;
};

/**
 * struct dsmip_coa - care-of endpoint
 * @home: home address that was registered with it
 * @way: how its data goes
 * @sent: jiffies at which something was last sent in UDP, give or take a second; 0
 *	for never. Mobile node only, as the next three
 * @asked: jiffies at which the first packet was sent that nothing came back for; 0
 *	for none
 * @told: the @asked of which the state machine was told; under dsmip_dev.lock
 * @heard: something came back by this way, so it was open
 * @route: cached routes of IPv6 and of IPv4 in the tunnel: XFRM policies may
 *	tell them apart; RCU, replaced with cmpxchg()
 * @rcu: for freeing
 */
struct dsmip_coa {
	struct in6_addr home;
	struct dsmip_way way;
	unsigned long sent;
	unsigned long asked;
	unsigned long told;
	bool heard;
	struct dsmip_route __rcu *route[2];
	struct rcu_head rcu;
};

static inline bool dsmip_outer_is_ip4(u8 outer)
{
	return outer == DSMIP_OUTER_IP4 || outer == DSMIP_OUTER_UDP4;
}

static inline bool dsmip_outer_is_udp(u8 outer)
{
	return outer == DSMIP_OUTER_UDP4 || outer == DSMIP_OUTER_UDP6;
}

/* The IPv4 address that a v4-mapped one stands for. */
static inline __be32 dsmip_in4_of(const struct in6_addr *mapped)
{
	return mapped->s6_addr32[3];
}

int dsmip_coa_init(void);
void dsmip_coa_exit(void);

/**
 * dsmip_coa_alloc() - make an endpoint; atomic context is fine
 * @home: home address
 * @way: how its data goes
 *
 * Return: the endpoint or NULL.
 */
struct dsmip_coa *dsmip_coa_alloc(const struct in6_addr *home, const struct dsmip_way *way);

/* Whether two ways are the same. */
bool dsmip_way_is(const struct dsmip_way *a, const struct dsmip_way *b);

/**
 * dsmip_coa_free() - let an endpoint go after a grace period
 * @coa: no longer reachable for new readers; NULL is fine
 */
void dsmip_coa_free(struct dsmip_coa *coa);

/**
 * dsmip_coa_look_up() - a route for outer packets, not cached
 * @net: namespace
 * @way: addresses, interface and ports
 * @proto: protocol of the outer payload, for policies; of a way in UDP it is UDP
 *
 * Return: a route with a reference, XFRM policies applied; NULL without one.
 */
struct dst_entry *dsmip_coa_look_up(struct net *net, const struct dsmip_way *way, u8 proto);

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
