// SPDX-License-Identifier: GPL-2.0
#include "registration.h"

#include <linux/rculist.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "wire/ext.h"

struct dsmip_registration *dsmip_registration_find_rcu(struct dsmip_dev *d,
						       const struct in6_addr *hoa)
{
	struct dsmip_registration *r;

	list_for_each_entry_rcu(r, &d->registrations, list, lockdep_is_held(&d->lock))
		if (ipv6_addr_equal(&r->hoa, hoa))
			return r;
	return NULL;
}

/* Two home addresses may share a prefix: the address itself goes first. */
struct dsmip_registration *dsmip_registration_match_rcu(struct dsmip_dev *d,
							const struct in6_addr *addr)
{
	struct dsmip_registration *r = dsmip_registration_find_rcu(d, addr);

	if (r)
		return r;
	list_for_each_entry_rcu(r, &d->registrations, list, lockdep_is_held(&d->lock))
		if (dsmip_in6_prefix_equal(&r->hoa, addr, r->plen))
			return r;
	return NULL;
}

struct dsmip_registration *dsmip_registration_match4_rcu(struct dsmip_dev *d, __be32 addr)
{
	struct dsmip_registration *r;

	if (!addr)
		return NULL;
	list_for_each_entry_rcu(r, &d->registrations, list, lockdep_is_held(&d->lock))
		if (READ_ONCE(r->hoa4) == addr)
			return r;
	return NULL;
}

struct dsmip_registration *dsmip_registration_lookup_rcu(struct net *net,
							 const struct in6_addr *hoa)
{
	struct dsmip_registration *r;
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list) {
		if (d->role != DSMIP_ROLE_MOBILE_NODE)
			continue;
		r = dsmip_registration_find_rcu(d, hoa);
		if (r)
			return r;
	}
	return NULL;
}

struct dsmip_registration *dsmip_registration_lookup4_rcu(struct net *net, __be32 hoa4)
{
	struct dsmip_registration *r;
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list) {
		if (d->role != DSMIP_ROLE_MOBILE_NODE)
			continue;
		r = dsmip_registration_match4_rcu(d, hoa4);
		if (r)
			return r;
	}
	return NULL;
}

bool dsmip_registration_get_maybe(struct dsmip_registration *r)
{
	return refcount_inc_not_zero(&r->ref);
}

void dsmip_registration_put(struct dsmip_registration *r)
{
	if (refcount_dec_and_test(&r->ref))
		kfree_rcu(r, rcu);
}
