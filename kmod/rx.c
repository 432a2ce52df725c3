// SPDX-License-Identifier: GPL-2.0
/*
 * Out of the tunnel. The handlers are the kernel's for IPv6 and IPv4 in IPv6;
 * they are shared with all other tunnels, so what is not ours is passed on.
 * The inner source must be a home address whose binding has exactly this outer
 * source [ND-08] [ND-10]; at a mobile node the outer source must be the home
 * agent of the home address [MR-21].
 */
#include "rx.h"

#include <net/addrconf.h>
#include <net/dst_metadata.h>
#include <net/inet_ecn.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/xfrm.h>

#include "icmp.h"
#include "mobile.h"
#include "registration.h"
#include "wire/ext.h"

/**
 * struct inner - who an inner packet is from and to
 * @v6: IPv6, else IPv4
 * @src: IPv6 source
 * @dst: IPv6 destination
 * @src4: IPv4 source
 * @dst4: IPv4 destination
 */
struct inner {
	bool v6;
	struct in6_addr src;
	struct in6_addr dst;
	__be32 src4;
	__be32 dst4;
};

static bool read_inner(struct sk_buff *skb, bool v6, struct inner *in)
{
	in->v6 = v6;
	if (v6) {
		if (!pskb_may_pull(skb, sizeof(struct ipv6hdr)) ||
		    ((struct ipv6hdr *)skb->data)->version != 6)
			return false;
		in->src = ((struct ipv6hdr *)skb->data)->saddr;
		in->dst = ((struct ipv6hdr *)skb->data)->daddr;
		return true;
	}
	if (!pskb_may_pull(skb, sizeof(struct iphdr)) ||
	    ((struct iphdr *)skb->data)->version != 4)
		return false;
	in->src4 = ((struct iphdr *)skb->data)->saddr;
	in->dst4 = ((struct iphdr *)skb->data)->daddr;
	return true;
}

static bool is_from_coa(struct dsmip_dev *d, struct dsmip_mobile *m, const struct in6_addr *src)
{
	struct dsmip_coa *coa = rcu_dereference(m->coa);

	if (coa && ipv6_addr_equal(&coa->remote, src))
		return true;
	/* what was in flight when the mobile moved [Documentation/deviations.md] */
	coa = rcu_dereference(m->old_coa);
	if (!coa || !ipv6_addr_equal(&coa->remote, src) ||
	    !time_before(jiffies, READ_ONCE(m->old_until)) || !rcu_access_pointer(m->coa))
		return false;
	dsmip_count(d->counters, DSMIP_COUNT_RX_GRACE);
	return true;
}

static enum dsmip_drop judge_at_ha(struct dsmip_dev *d, struct dsmip_mobile *m,
				   const struct in6_addr *outer)
{
	if (!rcu_access_pointer(m->coa))
		return DSMIP_DROP_RX_NO_BINDING;
	return is_from_coa(d, m, outer) ? DSMIP_OK : DSMIP_DROP_RX_OUTER_SOURCE;
}

/* The registration that an inner destination belongs to, on any mobile node here. */
static struct dsmip_registration *find_registration(struct net *net, const struct inner *in)
{
	struct dsmip_registration *r;
	struct dsmip_dev *d;

	list_for_each_entry_rcu(d, &dsmip_net(net)->devs, list) {
		if (d->role != DSMIP_ROLE_MOBILE_NODE)
			continue;
		r = in->v6 ? dsmip_registration_match_rcu(d, &in->dst) :
			     dsmip_registration_match4_rcu(d, in->dst4);
		if (r)
			return r;
	}
	return NULL;
}

/* An arrival option out of the tunnel for one of ours is a forgery: only we put it there. */
static bool has_arrival(struct net *net, struct sk_buff *skb, const struct inner *in)
{
	const u32 at = sizeof(struct ipv6hdr);
	enum dsmip_ext_kind kind;
	struct dsmip_ext ext;

	if (!in->v6 || ((struct ipv6hdr *)skb->data)->nexthdr != NEXTHDR_DEST ||
	    !(dsmip_dev_find_ha_rcu(net, &in->dst) ||
	      dsmip_registration_lookup_rcu(net, &in->dst)))
		return false;
	if (!pskb_may_pull(skb, at + 8) ||
	    !pskb_may_pull(skb, at + dsmip_ext_length(dsmip_span(skb->data + at, 8))))
		return false;
	kind = dsmip_ext_dstopts(dsmip_span(skb->data + at, skb_headlen(skb) - at), &ext);
	return kind == DSMIP_EXT_IS_ARRIVAL ||
	       (kind == DSMIP_EXT_BAD && ext.why == DSMIP_DROP_ARRIVAL_FORGED);
}

static void strip(struct dsmip_dev *d, struct sk_buff *skb, bool v6,
		  struct dsmip_account *account)
{
	const struct ipv6hdr *outer;
	u32 len = skb->len;
	u32 hlen = skb_network_header(skb) - skb->head;

	if (__iptunnel_pull_header(skb, 0, v6 ? htons(ETH_P_IPV6) : htons(ETH_P_IP), false,
				   false)) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_TX_MEMORY);
		return;
	}
	/* the head may have moved, the offset has not */
	outer = (const struct ipv6hdr *)(skb->head + hlen);
	skb_reset_network_header(skb);
	skb_reset_mac_header(skb);
	if (IP6_ECN_decapsulate(outer, skb) > 1) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_ECN);
		return;
	}
	if (account)
		dsmip_account_count(account, DSMIP_ACCOUNT_IN, skb);
	memset(skb->cb, 0, sizeof(struct inet6_skb_parm));
	/* what protected the outer packet was judged by take(), and says nothing of the inner */
	secpath_reset(skb);
	__skb_tunnel_rx(skb, d->dev, d->net);
	if (gro_cells_receive(&d->gro_cells, skb) == NET_RX_SUCCESS)
		dev_sw_netstats_rx_add(d->dev, len);
	else
		dsmip_drop_count(d->counters, DSMIP_DROP_RX_BACKLOG);
}

/*
 * @account: of the mobile that it came from, or NULL. Return: whether the packet was
 * ours, and so consumed.
 */
static bool take(struct dsmip_dev *d, struct sk_buff *skb, const struct inner *in,
		 enum dsmip_drop why, struct dsmip_account *account)
{
	if (why == DSMIP_OK && !netif_running(d->dev))
		why = DSMIP_DROP_DEVICE_DOWN;
	if (why == DSMIP_OK && has_arrival(d->net, skb, in))
		why = DSMIP_DROP_ARRIVAL_FORGED;
	if (why == DSMIP_OK && !xfrm6_policy_check(NULL, XFRM_POLICY_IN, skb))
		why = DSMIP_DROP_RX_POLICY;
	if (why != DSMIP_OK)
		dsmip_drop_skb(d->counters, skb, why);
	else
		strip(d, skb, in->v6, account);
	return true;
}

static bool receive_at_ha(struct dsmip_dev *d, struct sk_buff *skb, const struct inner *in)
{
	struct dsmip_mobile *m;

	m = in->v6 ? dsmip_mobile_find_rcu(d, &in->src) : dsmip_mobile_find4_rcu(d, in->src4);
	if (!m) {
		/* it may be another tunnel's */
		dsmip_drop_count(d->counters, DSMIP_DROP_RX_NO_MOBILE);
		return false;
	}
	return take(d, skb, in, judge_at_ha(d, m, &ipv6_hdr(skb)->saddr),
		    rcu_dereference(m->account));
}

static bool receive_at_mn(struct net *net, struct sk_buff *skb, const struct inner *in)
{
	struct dsmip_registration *r = find_registration(net, in);

	if (!r)
		return false;
	return take(r->d, skb, in, ipv6_addr_equal(&r->ha, &ipv6_hdr(skb)->saddr) ?
		    DSMIP_OK : DSMIP_DROP_RX_NOT_HOME_AGENT, NULL);
}

/* For the kernel's tunnel demultiplexer: 0 taken, else ask the next. */
static int receive(struct sk_buff *skb, bool v6)
{
	struct net *net = dev_net(skb->dev);
	struct dsmip_dev *d;
	struct inner in;
	bool taken;

	if (list_empty(&dsmip_net(net)->devs))
		return 1;
	d = dsmip_dev_find_ha_rcu(net, &ipv6_hdr(skb)->daddr);
	if (!read_inner(skb, v6, &in)) {
		if (!d)
			return 1;
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_TRUNCATED);
		return 0;
	}
	taken = d ? receive_at_ha(d, skb, &in) : receive_at_mn(net, skb, &in);
	return !taken;
}

static int receive_ip6(struct sk_buff *skb)
{
	return receive(skb, true);
}

static int receive_ip4(struct sk_buff *skb)
{
	return receive(skb, false);
}

/* The endpoint and device of an outer packet that we sent, quoted in an ICMP error. */
static struct dsmip_dev *find_sender(struct net *net, const struct ipv6hdr *outer,
				     const struct inner *in, int *ifindex)
{
	struct dsmip_dev *d = dsmip_dev_find_ha_rcu(net, &outer->saddr);
	struct dsmip_registration *r;
	struct dsmip_mobile *m;
	struct inner back = { .v6 = in->v6, .dst = in->src, .dst4 = in->src4 };
	struct dsmip_coa *coa;

	if (d) {
		m = in->v6 ? dsmip_mobile_find_rcu(d, &in->dst) :
			     dsmip_mobile_find4_rcu(d, in->dst4);
		coa = m ? rcu_dereference(m->coa) : NULL;
	} else {
		r = find_registration(net, &back);
		coa = r ? rcu_dereference(r->coa) : NULL;
		d = r ? r->d : NULL;
	}
	if (!coa || !ipv6_addr_equal(&coa->remote, &outer->daddr) ||
	    !ipv6_addr_equal(&coa->local, &outer->saddr))
		return NULL;
	*ifindex = coa->ifindex;
	return d;
}

/* A router cannot have a smaller MTU than IPv6 has, whatever an error claims. */
static u32 inner_mtu(u8 type, __be32 info, u32 overhead)
{
	if (type != ICMPV6_PKT_TOOBIG)
		return 0;
	return max_t(u32, ntohl(info), IPV6_MIN_MTU) - min_t(u32, overhead, IPV6_MIN_MTU);
}

/* A parameter that is wrong is ours, unless it is the encapsulation limit. */
static bool is_relayed(const struct ipv6hdr *outer, u8 type, u8 code, __be32 info)
{
	if (type != ICMPV6_PARAMPROB)
		return true;
	return code == ICMPV6_HDR_FIELD && outer->nexthdr == NEXTHDR_DEST &&
	       ntohl(info) == sizeof(*outer) + DSMIP_ENCAP_LIMIT_AT;
}

/*
 * An error about a packet whose IPv6 header is at skb->data, and whose payload,
 * our inner packet, is at @offset. Return: 0 when it was ours.
 */
static int error(struct sk_buff *skb, u8 type, u8 code, int offset, __be32 info, bool v6)
{
	struct net *net = dev_net(skb->dev);
	struct ipv6hdr outer;
	struct sk_buff *quote;
	struct dsmip_dev *d;
	struct inner in;
	int ifindex;

	if (list_empty(&dsmip_net(net)->devs) || !pskb_may_pull(skb, offset))
		return -ENOENT;
	outer = *(struct ipv6hdr *)skb->data;
	quote = skb_clone(skb, GFP_ATOMIC);
	if (!quote)
		return -ENOMEM;
	skb_pull(quote, offset);
	d = read_inner(quote, v6, &in) ? find_sender(net, &outer, &in, &ifindex) : NULL;
	if (d) {
		skb_reset_network_header(quote);
		if (type == ICMPV6_PKT_TOOBIG)
			ip6_update_pmtu(skb, net, info, ifindex, 0,
					sock_net_uid(net, NULL));
		if (is_relayed(&outer, type, code, info))
			dsmip_icmp_relay(d, quote, type, code, inner_mtu(type, info, offset),
					 v6);
	}
	kfree_skb(quote);
	return d ? 0 : -ENOENT;
}

static int error_ip6(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type, u8 code,
		     int offset, __be32 info)
{
	return error(skb, type, code, offset, info, true);
}

static int error_ip4(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type, u8 code,
		     int offset, __be32 info)
{
	return error(skb, type, code, offset, info, false);
}

/*
 * Lower comes first. ip6_vti has 0, ip6_tunnel 1, xfrm interfaces 2, and two of
 * one priority exclude each other; so ours is none of theirs, and in front,
 * because a tunnel without a remote address would take everything.
 */
static struct xfrm6_tunnel ip6_handler __read_mostly = {
	.handler = receive_ip6,
	.err_handler = error_ip6,
	.priority = -1,
};

static struct xfrm6_tunnel ip4_handler __read_mostly = {
	.handler = receive_ip4,
	.err_handler = error_ip4,
	.priority = -1,
};

int dsmip_rx_init(void)
{
	int err = xfrm6_tunnel_register(&ip6_handler, AF_INET6);

	if (err)
		return err;
	err = xfrm6_tunnel_register(&ip4_handler, AF_INET);
	if (err)
		xfrm6_tunnel_deregister(&ip6_handler, AF_INET6);
	return err;
}

void dsmip_rx_exit(void)
{
	xfrm6_tunnel_deregister(&ip4_handler, AF_INET);
	xfrm6_tunnel_deregister(&ip6_handler, AF_INET6);
}
