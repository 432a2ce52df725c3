// SPDX-License-Identifier: GPL-2.0
/*
 * Two hooks per namespace, and nothing global.
 *
 * In front of the stack: a packet for a home agent with a Home Address option,
 * or for a mobile node with a type 2 routing header, gets its home address
 * into the IPv6 header, so that XFRM and upper layers see what they shall
 * [HO-06] [RH-04]. What IPsec or the Mobility Header follows keeps the address
 * that went away in an arrival option, sealed with a keyed cookie, in front of
 * ESP; what else follows was checked against a binding and loses the header.
 * The packet then enters the stack again on our device.
 *
 * What comes in UDP, and may be a message, enters the same way: there the inner packet
 * shows the home address already [DS-11], and the arrival option has the address and
 * port that the outer one came from [DS-34].
 *
 * Behind the stack's input filters: the Mobility Header, after XFRM.
 *
 * Everything that is not addressed to one of our home agents or mobile nodes
 * is left to the stack as it was.
 */
#include "control.h"

#include <linux/etherdevice.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/ipv6.h>
#include <net/xfrm.h>

#include "home.h"
#include "inner.h"
#include "mobile.h"
#include "nd.h"
#include "registration.h"
#include "wire/ext.h"
#include "wire/mh.h"

struct dsmip_upcalls dsmip_upcalls;

/**
 * struct arrival_seal - what a cookie is the hash of
 * @hoa: home address
 * @coa: care-of address
 * @port: UDP port
 */
struct arrival_seal {
	struct in6_addr hoa;
	struct in6_addr coa;
	u64 port;
} __aligned(SIPHASH_ALIGNMENT);

static u64 make_cookie(struct net *net, const struct in6_addr *hoa, const struct in6_addr *coa,
		       u16 port)
{
	struct arrival_seal seal = { .hoa = *hoa, .coa = *coa, .port = port };

	return siphash(&seal, sizeof(seal), &dsmip_net(net)->arrival_key);
}

static unsigned int drop(struct dsmip_dev *d, struct sk_buff *skb, enum dsmip_drop why)
{
	dsmip_drop_skb(d->counters, skb, why);
	return NF_STOLEN;
}

/* Octets behind the IPv6 header that are linear. */
static struct dsmip_span behind_ipv6(const struct sk_buff *skb)
{
	u32 at = skb_network_offset(skb) + sizeof(struct ipv6hdr);

	return dsmip_span(skb->data + at, skb_headlen(skb) - at);
}

/* Pull the extension header behind the IPv6 header; false if it is not all there. */
static bool pull_ext(struct sk_buff *skb)
{
	u32 at = skb_network_offset(skb) + sizeof(struct ipv6hdr);

	return pskb_may_pull(skb, at + 8) &&
	       pskb_may_pull(skb, at + dsmip_ext_length(behind_ipv6(skb)));
}

/*
 * Replace the @old octets of extension header by @new ones: the IPv6 header
 * moves, what comes behind stays. Return: where the new header goes, or NULL.
 */
static u8 *resize_ext(struct sk_buff *skb, u32 old, u32 new)
{
	const u32 hlen = sizeof(struct ipv6hdr);
	u8 *to;

	if (skb_cow_head(skb, new > old ? new - old : 0))
		return NULL;
	if (skb->ip_summed == CHECKSUM_COMPLETE)
		skb->ip_summed = CHECKSUM_NONE;
	to = skb_network_header(skb) + old - new;
	memmove(to, skb_network_header(skb), hlen);
	if (new > old)
		__skb_push(skb, new - old);
	else
		__skb_pull(skb, old - new);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, hlen);
	ipv6_hdr(skb)->payload_len = htons(skb->len - hlen);
	return to + hlen;
}

/* Into the stack once more, on our device. */
static unsigned int reinject(struct dsmip_dev *d, struct sk_buff *skb)
{
	skb_reset_mac_header(skb);
	skb_reset_mac_len(skb);
	skb->dev = d->dev;
	skb_dst_drop(skb);
	skb->pkt_type = PACKET_HOST;
	nf_reset_ct(skb);
	if (netif_rx(skb) != NET_RX_SUCCESS)
		dsmip_drop_count(d->counters, DSMIP_DROP_RX_BACKLOG);
	return NF_STOLEN;
}

/* What may say who it comes from: it is judged by its SA, not by a binding. */
static bool is_judged_later(u8 nexthdr)
{
	return nexthdr == NEXTHDR_ESP || nexthdr == NEXTHDR_AUTH || nexthdr == NEXTHDR_MOBILITY;
}

/*
 * An access may itself be inside IPsec, as it is behind an ePDG. What protected the
 * packet so far is judged here and has done its part: policies that ask for the
 * mobile's own SA would not have another tunnel before it.
 */
static bool was_protected(struct sk_buff *skb)
{
	if (!xfrm6_policy_check(NULL, XFRM_POLICY_IN, skb))
		return false;
	secpath_reset(skb);
	return true;
}

/*
 * The home address was put into the IPv6 header by the caller's @swap.
 * @home: the home address; @away: the care-of address.
 */
static unsigned int enter(struct dsmip_dev *d, struct sk_buff *skb, const struct dsmip_ext *ext,
			  const struct in6_addr *away, bool source)
{
	bool keep = is_judged_later(ext->nexthdr);
	struct in6_addr coa = *away;
	struct ipv6hdr *ip6;
	u8 *to;

	if (!was_protected(skb))
		return drop(d, skb, DSMIP_DROP_RX_POLICY);
	to = resize_ext(skb, ext->len, keep ? DSMIP_ARRIVAL_LEN : 0);
	if (!to)
		return drop(d, skb, DSMIP_DROP_TX_MEMORY);
	ip6 = ipv6_hdr(skb);
	if (source)
		ip6->saddr = ext->addr;
	else
		ip6->daddr = ext->addr;
	ip6->nexthdr = keep ? NEXTHDR_DEST : ext->nexthdr;
	if (keep)
		dsmip_arrival_build(to, ext->nexthdr, &coa, 0,
				    make_cookie(d->net, &ext->addr, &coa, 0));
	return reinject(d, skb);
}

/*
 * Whether an inner packet in UDP is for us to judge: from a mobile to the home agent,
 * or from there to a mobile node. ESP of others is data like any.
 * @r: of a mobile node, the registration that it belongs to
 */
static bool is_message(struct dsmip_dev *d, const struct ipv6hdr *ip6,
		       struct dsmip_registration **r)
{
	*r = NULL;
	if (!is_judged_later(ip6->nexthdr) && ip6->nexthdr != NEXTHDR_ROUTING)
		return false;
	if (d->role == DSMIP_ROLE_HOME_AGENT)
		return ipv6_addr_equal(&rcu_dereference(d->config)->addr, &ip6->daddr);
	*r = dsmip_registration_lookup_rcu(d->net, &ip6->daddr);
	return *r && ipv6_addr_equal(&(*r)->ha, &ip6->saddr);
}

static enum dsmip_drop judge_origin(const struct dsmip_dev *d,
				    const struct dsmip_registration *r,
				    const struct dsmip_origin *from)
{
	if (r && !dsmip_origin_is_ha_rcu(from, r))
		return DSMIP_DROP_RX_NOT_HOME_AGENT;
	return netif_running(d->dev) ? DSMIP_OK : DSMIP_DROP_DEVICE_DOWN;
}

/*
 * RFC 5555 4.5 speaks of a type 2 routing header in the acknowledgment, 4.4.2 of none:
 * one that says what the destination says already is taken off [DS-11].
 * Return: its length, or 0; negative when it is none that may stand here.
 */
static int redundant_rh2(struct sk_buff *skb, u8 *nexthdr)
{
	struct dsmip_ext ext;

	*nexthdr = ipv6_hdr(skb)->nexthdr;
	if (*nexthdr != NEXTHDR_ROUTING)
		return 0;
	if (!pull_ext(skb) || dsmip_ext_rh2(behind_ipv6(skb), &ext) != DSMIP_OK ||
	    !ipv6_addr_equal(&ext.addr, &ipv6_hdr(skb)->daddr) || !is_judged_later(ext.nexthdr))
		return -EINVAL;
	*nexthdr = ext.nexthdr;
	return ext.len;
}

/* The outer headers are gone; nothing of them clings to the packet but @from. */
static bool bare(struct sk_buff *skb)
{
	u32 len = sizeof(struct ipv6hdr) + ntohs(((struct ipv6hdr *)skb->data)->payload_len);

	skb_reset_network_header(skb);
	skb_set_transport_header(skb, sizeof(struct ipv6hdr));
	skb->protocol = htons(ETH_P_IPV6);
	secpath_reset(skb);
	memset(skb->cb, 0, sizeof(struct inet6_skb_parm));
	skb_clear_hash(skb);
	return len <= skb->len && !pskb_trim_rcsum(skb, len);
}

static enum dsmip_drop enter_udp(struct dsmip_dev *d, struct sk_buff *skb,
				 const struct dsmip_origin *from)
{
	const struct in6_addr *home;
	int old;
	u8 nexthdr, *to;

	if (!bare(skb))
		return DSMIP_DROP_RX_TRUNCATED;
	old = redundant_rh2(skb, &nexthdr);
	if (old < 0 || (old && d->role == DSMIP_ROLE_HOME_AGENT))
		return DSMIP_DROP_RH2_FORM;
	to = resize_ext(skb, old, DSMIP_ARRIVAL_LEN);
	if (!to)
		return DSMIP_DROP_TX_MEMORY;
	ipv6_hdr(skb)->nexthdr = NEXTHDR_DEST;
	home = d->role == DSMIP_ROLE_HOME_AGENT ? &ipv6_hdr(skb)->saddr : &ipv6_hdr(skb)->daddr;
	dsmip_arrival_build(to, nexthdr, &from->addr, ntohs(from->port),
			    make_cookie(d->net, home, &from->addr, ntohs(from->port)));
	reinject(d, skb);
	return DSMIP_OK;
}

bool dsmip_control_udp(struct dsmip_dev *d, struct sk_buff *skb,
		       const struct dsmip_origin *from)
{
	struct dsmip_registration *r;
	enum dsmip_drop why;

	if (!pskb_may_pull(skb, sizeof(struct ipv6hdr)) ||
	    !is_message(d, (struct ipv6hdr *)skb->data, &r))
		return false;
	if (r)
		d = r->d;
	why = judge_origin(d, r, from);
	if (why == DSMIP_OK)
		why = enter_udp(d, skb, from);
	if (why != DSMIP_OK)
		dsmip_drop_skb(d->counters, skb, why);
	return true;
}

static bool has_binding(struct dsmip_dev *d, const struct in6_addr *hoa,
			const struct in6_addr *coa)
{
	struct dsmip_mobile *m = dsmip_mobile_find_rcu(d, hoa);
	struct dsmip_coa *at = m ? rcu_dereference(m->coa) : NULL;

	return at && ipv6_addr_equal(&at->way.remote, coa);
}

static unsigned int with_hao(struct dsmip_dev *d, struct sk_buff *skb,
			     const struct dsmip_ext *ext)
{
	struct in6_addr src = ipv6_hdr(skb)->saddr;

	if (!dsmip_in6_is_unicast(&ext->addr))
		return drop(d, skb, DSMIP_DROP_HAO_ADDRESS);
	if (is_judged_later(ext->nexthdr))
		return enter(d, skb, ext, &src, true);
	if (!has_binding(d, &ext->addr, &src)) {
		dsmip_upcalls.unknown_hao(d, &src, &ipv6_hdr(skb)->daddr, &ext->addr);
		return drop(d, skb, ext->nexthdr == NEXTHDR_FRAGMENT ?
			    DSMIP_DROP_HAO_FRAGMENT : DSMIP_DROP_HAO_NO_BINDING);
	}
	return enter(d, skb, ext, &src, true);
}

static unsigned int in_dstopts(struct net *net, struct sk_buff *skb)
{
	struct dsmip_dev *d = dsmip_dev_find_ha_rcu(net, &ipv6_hdr(skb)->daddr);
	struct dsmip_ext ext;

	if (!d)
		return NF_ACCEPT;
	if (!netif_running(d->dev))
		return drop(d, skb, DSMIP_DROP_DEVICE_DOWN);
	if (!pull_ext(skb))
		return drop(d, skb, DSMIP_DROP_HAO_FORM);
	switch (dsmip_ext_dstopts(behind_ipv6(skb), &ext)) {
	case DSMIP_EXT_IS_HAO:
		return with_hao(d, skb, &ext);
	case DSMIP_EXT_IS_ARRIVAL:
		return drop(d, skb, DSMIP_DROP_ARRIVAL_FORGED);
	case DSMIP_EXT_BAD:
		return drop(d, skb, ext.why);
	default:
		return NF_ACCEPT;
	}
}

/* A mobile node of this namespace, for the counters of what belongs to none of its homes. */
static struct dsmip_dev *any_mobile_node(struct net *net)
{
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list)
		if (d->role == DSMIP_ROLE_MOBILE_NODE)
			return d;
	return NULL;
}

static enum dsmip_drop judge_rh2(struct net *net, const struct ipv6hdr *ip6,
				 const struct dsmip_ext *ext, struct dsmip_dev **d)
{
	struct dsmip_registration *r;

	if (ipv6_addr_src_scope(&ext->addr) < ipv6_addr_src_scope(&ip6->daddr))
		return DSMIP_DROP_RH2_SCOPE;
	r = dsmip_registration_lookup_rcu(net, &ext->addr);
	if (!r)
		return DSMIP_DROP_RH2_NOT_OURS;
	*d = r->d;
	return ipv6_addr_equal(&r->ha, &ip6->saddr) ? DSMIP_OK : DSMIP_DROP_RH2_PEER;
}

static unsigned int with_rh2(struct net *net, struct dsmip_dev *d, struct sk_buff *skb)
{
	struct in6_addr coa = ipv6_hdr(skb)->daddr;
	struct dsmip_ext ext;
	enum dsmip_drop why;

	if (!pull_ext(skb))
		return drop(d, skb, DSMIP_DROP_RH2_FORM);
	why = dsmip_ext_rh2(behind_ipv6(skb), &ext);
	if (why == DSMIP_OK)
		why = judge_rh2(net, ipv6_hdr(skb), &ext, &d);
	if (why == DSMIP_OK && !netif_running(d->dev))
		why = DSMIP_DROP_DEVICE_DOWN;
	if (why != DSMIP_OK)
		return drop(d, skb, why);
	return enter(d, skb, &ext, &coa, false);
}

/* Routing headers of other types are the stack's affair, type 0 its refusal [RH-07]. */
static unsigned int in_routing(struct net *net, struct sk_buff *skb)
{
	struct dsmip_dev *d;

	if (!pskb_may_pull(skb, skb_network_offset(skb) + sizeof(struct ipv6hdr) + 8) ||
	    behind_ipv6(skb).data[2] != DSMIP_RH_TYPE2)
		return NF_ACCEPT;
	d = dsmip_dev_find_ha_rcu(net, &ipv6_hdr(skb)->daddr);
	if (d)
		return drop(d, skb, DSMIP_DROP_RH2_NOT_MOBILE);
	d = any_mobile_node(net);
	if (!d || !ipv6_chk_addr(net, &ipv6_hdr(skb)->daddr, NULL, 0))
		return NF_ACCEPT;
	return with_rh2(net, d, skb);
}

static bool intercepted(struct net *net, struct sk_buff *skb)
{
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list) {
		if (d->role == DSMIP_ROLE_MOBILE_NODE ? dsmip_home_hook(d, skb) :
		    READ_ONCE(d->nd) && dsmip_nd_hook(d, skb))
			return true;
	}
	return false;
}

/*
 * Nobody else sends from a home agent's address. Forwarded into the device, such
 * a packet would match the policies of our own messages and get our ESP.
 */
static struct dsmip_dev *spoofed_home_agent(struct net *net, const struct sk_buff *skb)
{
	if (skb->dev->flags & IFF_LOOPBACK || skb->pkt_type == PACKET_LOOPBACK)
		return NULL;
	return dsmip_dev_find_ha_rcu(net, &ipv6_hdr(skb)->saddr);
}

static unsigned int before_routing(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state)
{
	unsigned int verdict = NF_ACCEPT;
	struct dsmip_dev *d;

	d = spoofed_home_agent(state->net, skb);
	if (d)
		return drop(d, skb, DSMIP_DROP_HA_SPOOFED);
	if (dsmip_dev_is_ours(skb->dev))
		return intercepted(state->net, skb) ? NF_STOLEN : NF_ACCEPT;
	switch (ipv6_hdr(skb)->nexthdr) {
	case NEXTHDR_DEST:
		verdict = in_dstopts(state->net, skb);
		break;
	case NEXTHDR_ROUTING:
		verdict = in_routing(state->net, skb);
		break;
	}
	if (verdict != NF_ACCEPT)
		return verdict;
	return intercepted(state->net, skb) ? NF_STOLEN : NF_ACCEPT;
}

/* A Binding Error comes to a care-of address. */
static bool is_coa_of(const struct dsmip_registration *r, const struct in6_addr *addr)
{
	const struct dsmip_coa *coa = rcu_dereference(r->coa);

	return coa && ipv6_addr_equal(&coa->way.local, addr);
}

/* The home agent or mobile node that a message is for. */
static struct dsmip_dev *addressee(struct net *net, const struct ipv6hdr *ip6)
{
	struct dsmip_dev *d = dsmip_dev_find_ha_rcu(net, &ip6->daddr);
	struct dsmip_registration *r;

	if (d)
		return d;
	r = dsmip_registration_lookup_rcu(net, &ip6->daddr);
	if (r)
		return r->d;
	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list)
		list_for_each_entry_rcu(r, &d->registrations, list)
			if (ipv6_addr_equal(&r->ha, &ip6->saddr) ||
			    is_coa_of(r, &ip6->daddr))
				return d;
	return NULL;
}

/* Fill @a from the arrival option. Return: DSMIP_OK, or why it is not to be believed. */
static enum dsmip_drop open_arrival(struct dsmip_dev *d, struct sk_buff *skb,
				    struct dsmip_arrival *a)
{
	const struct in6_addr *hoa;
	struct dsmip_ext ext;

	if (dsmip_ext_dstopts(behind_ipv6(skb), &ext) != DSMIP_EXT_IS_ARRIVAL ||
	    ext.nexthdr != NEXTHDR_MOBILITY)
		return DSMIP_DROP_MH_POSITION;
	if (!dsmip_dev_is_ours(skb->dev))
		return DSMIP_DROP_ARRIVAL_FORGED;
	hoa = d->role == DSMIP_ROLE_HOME_AGENT ? &a->hoa : &a->ha;
	if (ext.cookie != make_cookie(d->net, hoa, &ext.addr, ext.port))
		return DSMIP_DROP_ARRIVAL_COOKIE;
	a->src = ext.addr;
	a->port = ext.port;
	a->hao = true;
	if (ext.port)
		a->outer = ipv6_addr_v4mapped(&ext.addr) ? DSMIP_OUTER_UDP4 : DSMIP_OUTER_UDP6;
	return DSMIP_OK;
}

/* A message in the tunnel, and not in ESP in a Home Address option, is misplaced. */
static enum dsmip_drop open_plain(struct dsmip_dev *d, struct sk_buff *skb,
				  struct dsmip_arrival *a)
{
	int home_link = rcu_dereference(d->config)->home_link;

	a->src = d->role == DSMIP_ROLE_HOME_AGENT ? a->hoa : a->ha;
	a->home_link = home_link && skb->dev->ifindex == home_link;
	return dsmip_dev_is_ours(skb->dev) ? DSMIP_DROP_RX_CLEAR : DSMIP_OK;
}

/* Cut to the message, linear. */
static bool pull_message(struct sk_buff *skb, u32 at)
{
	if (skb->len < at + 8 || skb->len > at + DSMIP_MH_MAX || skb_linearize(skb))
		return false;
	__skb_pull(skb, at);
	skb_reset_transport_header(skb);
	return true;
}

/* The host's own policy said no before we could: the reason is the same. */
static enum dsmip_drop policy_refusal(const struct dsmip_dev *d, const struct sk_buff *skb)
{
	bool esp = dsmip_control_sa(skb);

	if (d->role == DSMIP_ROLE_HOME_AGENT)
		return esp ? DSMIP_DROP_BU_WRONG_SA : DSMIP_DROP_BU_UNPROTECTED;
	return esp ? DSMIP_DROP_BA_WRONG_SA : DSMIP_DROP_BA_UNPROTECTED;
}

static unsigned int take_message(struct dsmip_dev *d, struct sk_buff *skb, bool arrival)
{
	struct dsmip_arrival a = {
		.hoa = ipv6_hdr(skb)->saddr,
		.ha = ipv6_hdr(skb)->daddr,
		.outer = DSMIP_OUTER_IP6,
	};
	u32 at = sizeof(struct ipv6hdr) + (arrival ? DSMIP_ARRIVAL_LEN : 0);
	enum dsmip_drop why;

	why = arrival ? open_arrival(d, skb, &a) : open_plain(d, skb, &a);
	if (why == DSMIP_OK && !netif_running(d->dev))
		why = DSMIP_DROP_DEVICE_DOWN;
	if (why != DSMIP_OK)
		return drop(d, skb, why);
	if (!xfrm6_policy_check(NULL, XFRM_POLICY_IN, skb))
		return drop(d, skb, policy_refusal(d, skb));
	if (!pull_message(skb, at))
		return drop(d, skb, DSMIP_DROP_MH_TRUNCATED);
	dsmip_count(d->counters, DSMIP_COUNT_MH_RX);
	dsmip_upcalls.mh(d, skb, &a);
	return NF_STOLEN;
}

/* Whether a Mobility Header stands behind the first extension header. */
static bool is_behind_dstopts(struct sk_buff *skb)
{
	return ipv6_hdr(skb)->nexthdr == NEXTHDR_DEST && pull_ext(skb) &&
	       behind_ipv6(skb).data[0] == NEXTHDR_MOBILITY;
}

/**
 * struct quote - what an ICMPv6 error brings back of a Binding Update
 * @icmp6: the error
 * @ip6: from our care-of address to the home agent
 * @hao: header with the Home Address option
 */
struct quote {
	struct icmp6hdr icmp6;
	struct ipv6hdr ip6;
	u8 hao[DSMIP_HAO_LEN];
} __packed;

static bool is_unknown_header(const struct icmp6hdr *icmp6)
{
	return icmp6->icmp6_type == ICMPV6_PARAMPROB && icmp6->icmp6_code == ICMPV6_UNK_NEXTHDR;
}

/*
 * The error must quote a care-of address, home agent and home address that
 * belong together: a stranger who knows none of them cannot stop a
 * registration. The packet goes on to the stack in any case.
 */
static void look_at_error(struct net *net, struct sk_buff *skb)
{
	const u32 at = sizeof(struct ipv6hdr);
	struct dsmip_registration *r;
	struct dsmip_ext ext;
	struct quote q;

	if (skb_copy_bits(skb, at, &q, sizeof(q)) || !is_unknown_header(&q.icmp6) ||
	    q.ip6.nexthdr != NEXTHDR_DEST ||
	    dsmip_ext_dstopts(dsmip_span(q.hao, sizeof(q.hao)), &ext) != DSMIP_EXT_IS_HAO ||
	    nf_ip6_checksum(skb, NF_INET_LOCAL_IN, at, IPPROTO_ICMPV6))
		return;
	r = dsmip_registration_lookup_rcu(net, &ext.addr);
	if (r && ipv6_addr_equal(&r->ha, &q.ip6.daddr) &&
	    ipv6_addr_equal(&q.ip6.saddr, &ipv6_hdr(skb)->daddr))
		dsmip_upcalls.unsupported(r);
}

static unsigned int local_in(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	bool plain = ipv6_hdr(skb)->nexthdr == NEXTHDR_MOBILITY;
	struct dsmip_dev *d;

	if (ipv6_hdr(skb)->nexthdr == NEXTHDR_ICMP)
		look_at_error(state->net, skb);
	if (!plain && !is_behind_dstopts(skb))
		return NF_ACCEPT;
	d = addressee(state->net, ipv6_hdr(skb));
	return d ? take_message(d, skb, !plain) : NF_ACCEPT;
}

static const struct nf_hook_ops hooks[] = {
	{
		/* before anything, defragmentation too, looks at the addresses */
		.hook = before_routing,
		.pf = NFPROTO_IPV6,
		.hooknum = NF_INET_PRE_ROUTING,
		.priority = INT_MIN,
	},
	{
		/* after the host's own filter rules; conntrack confirms at INT_MAX */
		.hook = local_in,
		.pf = NFPROTO_IPV6,
		.hooknum = NF_INET_LOCAL_IN,
		.priority = INT_MAX - 1,
	},
};

int dsmip_control_hook(struct dsmip_net *dn)
{
	int err = 0;

	ASSERT_RTNL();
	if (!dn->hooks)
		err = nf_register_net_hooks(dn->net, hooks, ARRAY_SIZE(hooks));
	if (!err)
		dn->hooks++;
	return err;
}

void dsmip_control_unhook(struct dsmip_net *dn)
{
	ASSERT_RTNL();
	if (!--dn->hooks)
		nf_unregister_net_hooks(dn->net, hooks, ARRAY_SIZE(hooks));
}

struct xfrm_state *dsmip_control_sa(const struct sk_buff *skb)
{
	struct sec_path *sp = skb_sec_path(skb);
	struct xfrm_state *x;

	if (!sp || !sp->len)
		return NULL;
	x = sp->xvec[sp->len - 1];
	return x->id.proto == IPPROTO_ESP && x->props.mode == XFRM_MODE_TRANSPORT ? x : NULL;
}

bool dsmip_control_sa_matches(const struct xfrm_state *x, const struct in6_addr *src,
			      const struct in6_addr *dst, const struct dsmip_sa *sa)
{
	return x && x->props.family == AF_INET6 &&
	       ipv6_addr_equal(&x->props.saddr.in6, src) &&
	       ipv6_addr_equal(&x->id.daddr.in6, dst) &&
	       dsmip_sa_takes(sa, x->props.reqid, x->id.spi);
}
