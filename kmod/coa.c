// SPDX-License-Identifier: GPL-2.0
#include "coa.h"

#include <linux/slab.h>
#include <net/flow.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>
#include <net/xfrm.h>

/* Caches of their own: the kernel tells at unload if one was forgotten. */
static struct kmem_cache *coa_cache;
static struct kmem_cache *route_cache;

int dsmip_coa_init(void)
{
	coa_cache = KMEM_CACHE(dsmip_coa, SLAB_ACCOUNT);
	route_cache = KMEM_CACHE(dsmip_route, 0);
	if (coa_cache && route_cache)
		return 0;
	dsmip_coa_exit();
	return -ENOMEM;
}

void dsmip_coa_exit(void)
{
	/* endpoints first: freeing one may free its routes */
	rcu_barrier();
	kmem_cache_destroy(coa_cache);
	kmem_cache_destroy(route_cache);
}

struct dsmip_coa *dsmip_coa_alloc(const struct in6_addr *home, const struct dsmip_way *way)
{
	struct dsmip_coa *coa = kmem_cache_zalloc(coa_cache, GFP_ATOMIC);

	if (!coa)
		return NULL;
	coa->home = *home;
	coa->way = *way;
	return coa;
}

bool dsmip_way_is(const struct dsmip_way *a, const struct dsmip_way *b)
{
	return ipv6_addr_equal(&a->local, &b->local) && ipv6_addr_equal(&a->remote, &b->remote) &&
	       a->ifindex == b->ifindex && a->outer == b->outer && a->port == b->port &&
	       a->sport == b->sport;
}

static void free_route(struct dsmip_route *route)
{
	if (!route)
		return;
	dst_release(route->dst);
	kmem_cache_free(route_cache, route);
}

static void free_route_rcu(struct rcu_head *rcu)
{
	free_route(container_of(rcu, struct dsmip_route, rcu));
}

static void free_coa_rcu(struct rcu_head *rcu)
{
	struct dsmip_coa *coa = container_of(rcu, struct dsmip_coa, rcu);

	free_route(rcu_dereference_raw(coa->route[0]));
	free_route(rcu_dereference_raw(coa->route[1]));
	kmem_cache_free(coa_cache, coa);
}

void dsmip_coa_free(struct dsmip_coa *coa)
{
	if (coa)
		call_rcu(&coa->rcu, free_coa_rcu);
}

/*
 * With a source address given, a plain look-up takes the interface for a wish
 * only: a better route by another one would win, that into the tunnel first.
 */
static struct dst_entry *look_up6(struct net *net, const struct dsmip_way *way, u8 proto)
{
	struct flowi6 fl6 = {
		.saddr = way->local,
		.daddr = way->remote,
		.flowi6_oif = way->ifindex,
		.flowi6_proto = proto,
	};
	struct dst_entry *route;

	if (dsmip_outer_is_udp(way->outer)) {
		fl6.fl6_sport = way->sport;
		fl6.fl6_dport = way->port;
	}
	route = ip6_route_output_flags(net, NULL, &fl6, way->ifindex ? RT6_LOOKUP_F_IFACE : 0);
	if (!route->error)
		return xfrm_lookup(net, route, flowi6_to_flowi(&fl6), NULL, 0);
	return route;
}

static struct dst_entry *look_up4(struct net *net, const struct dsmip_way *way, u8 proto)
{
	struct flowi4 fl4 = {
		.saddr = dsmip_in4_of(&way->local),
		.daddr = dsmip_in4_of(&way->remote),
		.flowi4_oif = way->ifindex,
		.flowi4_proto = proto,
	};
	struct rtable *route;

	if (dsmip_outer_is_udp(way->outer)) {
		fl4.fl4_sport = way->sport;
		fl4.fl4_dport = way->port;
	}
	route = ip_route_output_key(net, &fl4);
	if (IS_ERR(route))
		return ERR_CAST(route);
	return xfrm_lookup(net, &route->dst, flowi4_to_flowi(&fl4), NULL, 0);
}

struct dst_entry *dsmip_coa_look_up(struct net *net, const struct dsmip_way *way, u8 proto)
{
	struct dst_entry *route;

	if (dsmip_outer_is_udp(way->outer))
		proto = IPPROTO_UDP;
	if (dsmip_outer_is_ip4(way->outer))
		route = look_up4(net, way, proto);
	else
		route = look_up6(net, way, proto);
	if (IS_ERR(route))
		return NULL;
	if (!route->error)
		return route;
	dst_release(route);
	return NULL;
}

static struct dsmip_route *make_route(struct net *net, const struct dsmip_coa *coa, bool v6)
{
	struct dsmip_route *route = kmem_cache_alloc(route_cache, GFP_ATOMIC);

	if (!route)
		return NULL;
	route->dst = dsmip_coa_look_up(net, &coa->way, v6 ? IPPROTO_IPV6 : IPPROTO_IPIP);
	if (!route->dst) {
		kmem_cache_free(route_cache, route);
		return NULL;
	}
	/* routes of IPv4 are told from their successors without one */
	route->cookie = dsmip_outer_is_ip4(coa->way.outer) ? 0 :
			rt6_get_cookie(dst_rt6_info(route->dst));
	return route;
}

/*
 * Route and cookie are one object: a route with the cookie of a later one would
 * pass for valid. Who loses the race to publish uses his own and lets it go.
 */
struct dst_entry *dsmip_coa_route_rcu(struct net *net, struct dsmip_coa *coa, bool v6)
{
	struct dsmip_route __rcu **slot = &coa->route[!v6];
	struct dsmip_route *old = rcu_dereference(*slot), *new;

	if (likely(old && old->dst->ops->check(old->dst, old->cookie)))
		return old->dst;
	new = make_route(net, coa, v6);
	if (unrcu_pointer(cmpxchg(slot, RCU_INITIALIZER(old), RCU_INITIALIZER(new))) != old)
		old = new;
	if (old)
		call_rcu(&old->rcu, free_route_rcu);
	return new ? new->dst : NULL;
}
