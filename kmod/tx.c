// SPDX-License-Identifier: GPL-2.0
/*
 * Into the tunnel. Per packet: one look-up by home address, one RCU pointer to
 * the endpoint, one cached route; no lock, no allocation beyond headroom. GSO
 * packets pass whole.
 */
#include "tx.h"

#include <net/dsfield.h>
#include <net/gso.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>

#include "icmp.h"
#include "mobile.h"
#include "outer.h"
#include "registration.h"
#include "wire/ext.h"

/**
 * struct carriage - how one packet leaves
 * @config: of the device
 * @coa: endpoint
 * @account: of the mobile that it goes to, or NULL
 * @route: route of the outer packet
 * @wrap: what the outer header says
 */
struct carriage {
	const struct dsmip_config *config;
	struct dsmip_coa *coa;
	struct dsmip_account *account;
	struct dst_entry *route;
	struct dsmip_wrap wrap;
};

static void refuse(struct dsmip_dev *d, struct sk_buff *skb, enum dsmip_drop why)
{
	DEV_STATS_INC(d->dev, tx_dropped);
	dsmip_drop_skb(d->counters, skb, why);
}

static void refuse_unreachable(struct dsmip_dev *d, struct sk_buff *skb, enum dsmip_drop why)
{
	dsmip_icmp_unreachable(skb);
	refuse(d, skb, why);
}

static bool is_v6(const struct sk_buff *skb)
{
	return skb->protocol == htons(ETH_P_IPV6);
}

/* Link scope stays on the link [ND-05] [ND-06]; wider groups are a later matter. */
static bool is_carried(struct dsmip_dev *d, struct sk_buff *skb)
{
	const struct in6_addr *dst = &ipv6_hdr(skb)->daddr;

	if (ipv6_addr_is_multicast(dst)) {
		refuse(d, skb, DSMIP_DROP_TX_MULTICAST);
		return false;
	}
	if (ipv6_addr_type(dst) & IPV6_ADDR_LINKLOCAL) {
		refuse_unreachable(d, skb, DSMIP_DROP_TX_LINK_LOCAL);
		return false;
	}
	return true;
}

/* The stack routed it here, but that its header is there is for us to see. */
static bool has_header(struct dsmip_dev *d, struct sk_buff *skb)
{
	enum dsmip_drop why = DSMIP_DROP_TX_TRUNCATED;

	if (is_v6(skb)) {
		if (pskb_may_pull(skb, sizeof(struct ipv6hdr)))
			return is_carried(d, skb);
	} else if (skb->protocol == htons(ETH_P_IP)) {
		if (pskb_may_pull(skb, sizeof(struct iphdr)))
			return true;
	} else {
		why = DSMIP_DROP_TX_PROTOCOL;
	}
	refuse(d, skb, why);
	return false;
}

/* Neither into a tunnel of ours again, nor to this host itself [TU-11]. */
static bool is_way_out(const struct net_device *dev)
{
	return !dsmip_dev_is_ours(dev) && !(dev->flags & IFF_LOOPBACK);
}

static bool has_route(struct dsmip_dev *d, struct sk_buff *skb, const struct carriage *c)
{
	if (!c->route) {
		refuse_unreachable(d, skb, DSMIP_DROP_TX_NO_ROUTE);
		return false;
	}
	if (!is_way_out(c->route->dev)) {
		refuse_unreachable(d, skb, DSMIP_DROP_TX_LOOP);
		return false;
	}
	return true;
}

static bool is_longer(const struct sk_buff *skb, u32 mtu)
{
	return skb_is_gso(skb) ? !skb_gso_validate_network_len(skb, mtu) : skb->len > mtu;
}

/*
 * RFC 2473 7: an IPv6 packet above 1280 and the tunnel MTU is answered with
 * Packet Too Big, an IPv4 packet with DF above it with Fragmentation Needed;
 * all others go, and the outer packet is fragmented [TU-05] [TU-06].
 */
static bool fits(struct dsmip_dev *d, struct sk_buff *skb, struct carriage *c,
		 unsigned int overhead)
{
	u32 mtu = dst_mtu(c->route) - overhead;

	if (likely(!is_longer(skb, mtu)))
		return true;
	c->wrap.fragment = true;
	if (is_v6(skb))
		mtu = max_t(u32, mtu, IPV6_MIN_MTU);
	if (is_v6(skb) ? !is_longer(skb, mtu) : !(ip_hdr(skb)->frag_off & htons(IP_DF)))
		return true;
	skb_dst_update_pmtu_no_confirm(skb, mtu);
	dsmip_icmp_too_big(skb, mtu);
	refuse(d, skb, DSMIP_DROP_TX_TOO_BIG);
	return false;
}

/* Return: what the inner packet says of the limit, or 255 when it says nothing. */
static u8 inner_limit(struct sk_buff *skb, u32 *at)
{
	u32 hlen = sizeof(struct ipv6hdr);
	struct dsmip_span s;

	if (!is_v6(skb) || ipv6_hdr(skb)->nexthdr != NEXTHDR_DEST ||
	    !pskb_may_pull(skb, hlen + 8))
		return 255;
	s = dsmip_span(skb->data + hlen, 8);
	if (!pskb_may_pull(skb, hlen + dsmip_ext_length(s)))
		return 255;
	s = dsmip_span(skb->data + hlen, skb_headlen(skb) - hlen);
	return dsmip_ext_encap_limit(s, at);
}

/* [TU-02], RFC 2473 4.1.1 */
static bool set_limit(struct dsmip_dev *d, struct sk_buff *skb, struct carriage *c)
{
	u32 at = 0;
	u8 inner = inner_limit(skb, &at);

	c->wrap.limit = c->config->encap_limit;
	if (inner == 255)
		return true;
	if (!inner) {
		icmpv6_ndo_send(skb, ICMPV6_PARAMPROB, ICMPV6_HDR_FIELD,
				sizeof(struct ipv6hdr) + at);
		refuse(d, skb, DSMIP_DROP_TX_ENCAP_LIMIT);
		return false;
	}
	c->wrap.limit = inner - 1;
	return true;
}

static bool make_room(struct dsmip_dev *d, struct sk_buff *skb, const struct carriage *c,
		      unsigned int overhead)
{
	unsigned int room = LL_RESERVED_SPACE(c->route->dev) + c->route->header_len + overhead;

	if (!skb_cow_head(skb, room))
		return true;
	refuse(d, skb, DSMIP_DROP_TX_MEMORY);
	return false;
}

/* Normal mode of RFC 6040 4.1: the two bits as they are [TU-09]. */
static u8 outer_dsfield(const struct sk_buff *skb, const struct dsmip_config *config)
{
	u8 inner = is_v6(skb) ? ipv6_get_dsfield(ipv6_hdr(skb)) :
				ipv4_get_dsfield(ip_hdr(skb));

	return config->tclass_copy ? inner : inner & INET_ECN_MASK;
}

/* What keeps a NAT awake [DS-12], and what wants an answer [DS-31]; to the second. */
static void note_sent(struct dsmip_coa *coa)
{
	if (!READ_ONCE(coa->asked))
		WRITE_ONCE(coa->asked, jiffies | 1);
	if (dsmip_outer_is_udp(coa->way.outer) &&
	    time_after(jiffies, READ_ONCE(coa->sent) + HZ))
		WRITE_ONCE(coa->sent, jiffies | 1);
}

/* IPv6 or IPv4, in what the way says. */
static void encapsulate(struct dsmip_dev *d, struct sk_buff *skb, struct carriage *c)
{
	const struct dsmip_way *way = &c->coa->way;
	unsigned int overhead;

	c->route = dsmip_coa_route_rcu(d->net, c->coa, is_v6(skb));
	if (!has_route(d, skb, c) || !set_limit(d, skb, c))
		return;
	overhead = dsmip_outer_len(way->outer, c->wrap.limit);
	if (!fits(d, skb, c, overhead) || !make_room(d, skb, c, overhead))
		return;
	c->wrap.proto = is_v6(skb) ? IPPROTO_IPV6 : IPPROTO_IPIP;
	c->wrap.dsfield = outer_dsfield(skb, c->config);
	c->wrap.hop_limit = c->config->hop_limit;
	if (dsmip_outer_offload(skb, way->outer)) {
		refuse(d, skb, DSMIP_DROP_TX_MEMORY);
		return;
	}
	if (c->account)
		dsmip_account_count(c->account, DSMIP_ACCOUNT_OUT, skb);
	if (d->role == DSMIP_ROLE_MOBILE_NODE)
		note_sent(c->coa);
	skb_scrub_packet(skb, false);
	dsmip_outer_push(d->net, skb, way, &c->wrap);
	skb_dst_drop(skb);
	skb_dst_set_noref(skb, c->route);
	dsmip_outer_send(d->net, skb, way->outer, d->dev);
}

/*
 * Between the home agent itself and the mobile node there is no tunnel: the
 * home address travels in a type 2 routing header [ND-07], or in a Home Address
 * option the other way. Headers in front of ESP stay in front of it.
 */
static void push_ext(struct sk_buff *skb, const struct dsmip_coa *coa, bool rh2)
{
	const u32 hlen = sizeof(struct ipv6hdr);
	struct in6_addr home;
	struct ipv6hdr *ip6;

	memmove(skb->data - DSMIP_HAO_LEN, skb->data, hlen);
	__skb_push(skb, DSMIP_HAO_LEN);
	skb_reset_network_header(skb);
	skb_set_transport_header(skb, hlen);
	skb_reset_inner_headers(skb);
	ip6 = ipv6_hdr(skb);
	home = rh2 ? ip6->daddr : ip6->saddr;
	if (rh2) {
		dsmip_rh2_build(skb->data + hlen, ip6->nexthdr, &home);
		ip6->daddr = coa->way.remote;
		ip6->nexthdr = NEXTHDR_ROUTING;
	} else {
		dsmip_hao_build(skb->data + hlen, ip6->nexthdr, &home);
		ip6->saddr = coa->way.local;
		ip6->nexthdr = NEXTHDR_DEST;
	}
}

/* The checksum covers the home address, so no device may compute it later. */
static void insert_ext(struct dsmip_dev *d, struct sk_buff *skb, struct carriage *c, bool rh2)
{
	c->route = dsmip_coa_look_up(d->net, &c->coa->way,
				     rh2 ? NEXTHDR_ROUTING : NEXTHDR_DEST);
	if (!has_route(d, skb, c) || !fits(d, skb, c, DSMIP_HAO_LEN) ||
	    !make_room(d, skb, c, DSMIP_HAO_LEN)) {
		dst_release(c->route);
		return;
	}
	if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_help(skb)) {
		dst_release(c->route);
		refuse(d, skb, DSMIP_DROP_TX_MEMORY);
		return;
	}
	skb_scrub_packet(skb, false);
	push_ext(skb, c->coa, rh2);
	skb_dst_set(skb, c->route);
	dsmip_outer_send(d->net, skb, DSMIP_OUTER_IP6, d->dev);
}

static void insert_ext_each(struct dsmip_dev *d, struct sk_buff *skb, struct carriage *c,
			    bool rh2)
{
	struct sk_buff *segs, *next;

	if (!skb_is_gso(skb)) {
		insert_ext(d, skb, c, rh2);
		return;
	}
	segs = skb_gso_segment(skb, 0);
	if (IS_ERR_OR_NULL(segs)) {
		refuse(d, skb, DSMIP_DROP_TX_MEMORY);
		return;
	}
	consume_skb(skb);
	skb_list_walk_safe(segs, skb, next) {
		skb_mark_not_on_list(skb);
		insert_ext(d, skb, c, rh2);
	}
}

/*
 * Whether nothing stands where our header would have to stand [HO-07], and there is
 * an IPv6 header that it may stand behind: the others have a tunnel only [DS-11].
 */
static bool takes_ext(const struct sk_buff *skb, const struct dsmip_coa *coa)
{
	u8 next = ipv6_hdr(skb)->nexthdr;

	return coa->way.outer == DSMIP_OUTER_IP6 && next != NEXTHDR_HOP &&
	       next != NEXTHDR_ROUTING && next != NEXTHDR_DEST;
}

/* A Mobility Header that did not get its ESP does not leave in clear. */
static bool is_bare_message(const struct sk_buff *skb, const struct dsmip_config *config)
{
	return ipv6_hdr(skb)->nexthdr == NEXTHDR_MOBILITY && config->auth != DSMIP_AUTH_OPEN;
}

static void send_direct(struct dsmip_dev *d, struct sk_buff *skb, struct carriage *c, bool rh2)
{
	if (is_bare_message(skb, c->config))
		refuse(d, skb, DSMIP_DROP_SIG_NO_SA);
	else if (takes_ext(skb, c->coa))
		insert_ext_each(d, skb, c, rh2);
	else
		encapsulate(d, skb, c);
}

void dsmip_tx_ha(struct dsmip_dev *d, struct sk_buff *skb)
{
	struct carriage c = { .config = rcu_dereference(d->config) };
	struct dsmip_mobile *m;

	if (!has_header(d, skb))
		return;
	m = is_v6(skb) ? dsmip_mobile_find_rcu(d, &ipv6_hdr(skb)->daddr) :
			 dsmip_mobile_find4_rcu(d, ip_hdr(skb)->daddr);
	if (!m) {
		refuse_unreachable(d, skb, DSMIP_DROP_TX_NO_MOBILE);
		return;
	}
	c.coa = rcu_dereference(m->coa);
	c.account = rcu_dereference(m->account);
	if (!c.coa)
		refuse_unreachable(d, skb, DSMIP_DROP_TX_NO_BINDING);
	else if (is_v6(skb) && ipv6_addr_equal(&ipv6_hdr(skb)->saddr, &c.config->addr) &&
		 ipv6_addr_equal(&ipv6_hdr(skb)->daddr, &c.coa->home))
		send_direct(d, skb, &c, true);
	else
		encapsulate(d, skb, &c);
}

void dsmip_tx_mn(struct dsmip_dev *d, struct sk_buff *skb)
{
	struct carriage c = { .config = rcu_dereference(d->config) };
	struct dsmip_registration *r;

	if (!has_header(d, skb))
		return;
	r = is_v6(skb) ? dsmip_registration_match_rcu(d, &ipv6_hdr(skb)->saddr) :
			 dsmip_registration_match4_rcu(d, ip_hdr(skb)->saddr);
	if (!r) {
		refuse_unreachable(d, skb, DSMIP_DROP_TX_NOT_HOME_ADDRESS);
		return;
	}
	c.coa = rcu_dereference(r->coa);
	if (!c.coa)
		refuse_unreachable(d, skb, DSMIP_DROP_TX_NO_BINDING);
	else if (is_v6(skb) && ipv6_addr_equal(&ipv6_hdr(skb)->daddr, &r->ha) &&
		 ipv6_addr_equal(&ipv6_hdr(skb)->saddr, &r->hoa))
		send_direct(d, skb, &c, false);
	else
		encapsulate(d, skb, &c);
}
