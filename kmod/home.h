/* SPDX-License-Identifier: GPL-2.0 */
/* The home link, seen by a mobile node: RFC 6275 11.5.2 and 11.5.5. */
#ifndef DSMIP_HOME_H
#define DSMIP_HOME_H

#include "registration.h"

/**
 * dsmip_home_is_link_rcu() - whether an interface is on the home link [3G-24]
 * @net: namespace
 * @ifindex: interface, an access
 * @r: registration
 *
 * RCU held. The home network prefix is on-link there: an address other than
 * the home address is inside it, or a router advertised it.
 */
bool dsmip_home_is_link_rcu(struct net *net, int ifindex, const struct dsmip_registration *r);

/**
 * dsmip_home_solicit() - ask for the home agent's link-layer address [DR-08]
 * @net: namespace
 * @ifindex: home link
 * @hoa: home address
 *
 * Any context. What comes back is learned by dsmip_home_hook(); beside it the
 * stack resolves the home agent's address from an address of the home link.
 */
void dsmip_home_solicit(struct net *net, int ifindex, const struct in6_addr *hoa);

/**
 * dsmip_home_announce() - take the home address over from the home agent [DR-09]
 * @net: namespace
 * @ifindex: home link
 * @hoa: home address
 *
 * Any context; after the acknowledgment.
 */
void dsmip_home_announce(struct net *net, int ifindex, const struct in6_addr *hoa);

/**
 * dsmip_home_hook() - a packet came in on some interface, before routing
 * @d: mobile node
 * @skb: IPv6 packet, header pulled
 *
 * RCU held, BH off. On the home link, solicitations for a home address that
 * the interface does not have are answered, for the acknowledgment must find
 * its way; and the home agent's answer to dsmip_home_solicit() is learned.
 * Return: true when the packet was consumed.
 */
bool dsmip_home_hook(struct dsmip_dev *d, struct sk_buff *skb);

#endif
