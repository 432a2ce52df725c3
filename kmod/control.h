/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where Home Address options, type 2 routing headers and Mobility Headers
 * enter from the network: a hook in front of the stack, and one behind its
 * input filters. The true outer source travels past ESP in an arrival option;
 * Documentation/arrival.md says why and what it withstands.
 */
#ifndef DSMIP_CONTROL_H
#define DSMIP_CONTROL_H

#include "dev.h"
#include "rule/accept.h"
#include "rule/sa.h"

struct dsmip_origin;
struct dsmip_registration;
struct xfrm_state;

/**
 * struct dsmip_upcalls - where this floor hands messages to; filled by main.c
 * @mh: a Mobility Header message of a home agent or mobile node. @skb is
 *	linear from the Mobility Header on, checksum not yet checked; the callee
 *	consumes it. RCU held, BH off
 * @unknown_hao: a Home Address option without a binding was dropped: answer
 *	with a Binding Error [HO-03]; the packet is still the caller's
 * @unsupported: an ICMPv6 Parameter Problem says that the home agent does not
 *	know the Mobility Header [MR-23]; the packet is still the caller's
 */
struct dsmip_upcalls {
	void (*mh)(struct dsmip_dev *d, struct sk_buff *skb, struct dsmip_arrival *arrival);
	void (*unknown_hao)(struct dsmip_dev *d, const struct in6_addr *src,
			    const struct in6_addr *dst, const struct in6_addr *hoa);
	void (*unsupported)(struct dsmip_registration *r);
};

extern struct dsmip_upcalls dsmip_upcalls;

/* RTNL held: netfilter hooks of a namespace, counted. Return: 0 or -errno. */
int dsmip_control_hook(struct dsmip_net *dn);
void dsmip_control_unhook(struct dsmip_net *dn);

/**
 * dsmip_control_udp() - a message that came in UDP
 * @d: device whose port it came to
 * @skb: data at an inner IPv6 packet, network header at the outer one
 * @from: outer source
 *
 * RCU held, BH off. What may be a message, in ESP or not, for the home agent, or from
 * the home agent for a mobile node, enters the stack again on our device, with @from in
 * an arrival option [DS-34].
 *
 * Return: whether it was that, and so was consumed.
 */
bool dsmip_control_udp(struct dsmip_dev *d, struct sk_buff *skb,
		       const struct dsmip_origin *from);

/**
 * dsmip_control_sa() - the transport mode ESP SA that a packet came under
 * @skb: packet that came out of XFRM
 *
 * Return: the state, when the innermost SA was ESP in transport mode (an access
 * may have put others around it); NULL otherwise.
 */
struct xfrm_state *dsmip_control_sa(const struct sk_buff *skb);

/**
 * dsmip_control_sa_matches() - whether an SA is the one of a pair of addresses
 * @x: SA, or NULL
 * @src: its source: the sender's home address, or the home agent
 * @dst: its destination
 * @sa: numbers that it must have
 */
bool dsmip_control_sa_matches(const struct xfrm_state *x, const struct in6_addr *src,
			      const struct in6_addr *dst, const struct dsmip_sa *sa);

#endif
