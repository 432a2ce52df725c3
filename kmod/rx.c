// SPDX-License-Identifier: GPL-2.0
/*
 * Out of the tunnel. The handlers are the kernel's for IPv6 and IPv4 in IPv6 and in
 * IPv4; they are shared with all other tunnels, so what is not ours is passed on.
 * UDP comes from a port of our own. The inner source must be a home address whose
 * binding has exactly this outer source [ND-08] [ND-10] [DS-36]; at a mobile node the
 * outer source must be the home agent of the home address [MR-21].
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

#include "error.h"
#include "inner.h"
#include "mobile.h"
#include "registration.h"
#include "wire/ext.h"

/*
 * What comes in UDP has the port that the home agent saw; over IPv4 it is taken where
 * IP in IP is agreed upon too [DS-08]. Without UDP it must not come where a NAT is:
 * all who are behind that have the same address.
 */
static bool comes_by(const struct dsmip_coa *coa, const struct dsmip_origin *from)
{
	if (!coa || !ipv6_addr_equal(&coa->way.remote, &from->addr))
		return false;
	if (from->port)
		return coa->way.port == from->port;
	return !dsmip_outer_is_udp(coa->way.outer);
}

static bool is_from_coa(struct dsmip_dev *d, struct dsmip_mobile *m,
			const struct dsmip_origin *from)
{
	if (comes_by(rcu_dereference(m->coa), from))
		return true;
	/* what was in flight when the mobile moved [Documentation/deviations.md] */
	if (!comes_by(rcu_dereference(m->old_coa), from) ||
	    !time_before(jiffies, READ_ONCE(m->old_until)) || !rcu_access_pointer(m->coa))
		return false;
	dsmip_count(d->counters, DSMIP_COUNT_RX_GRACE);
	return true;
}

static enum dsmip_drop judge_at_ha(struct dsmip_dev *d, struct dsmip_mobile *m,
				   const struct dsmip_origin *from)
{
	if (!rcu_access_pointer(m->coa))
		return DSMIP_DROP_RX_NO_BINDING;
	return is_from_coa(d, m, from) ? DSMIP_OK : DSMIP_DROP_RX_OUTER_SOURCE;
}

/* An arrival option out of the tunnel for one of ours is a forgery: only we put it there. */
static bool has_arrival(struct net *net, struct sk_buff *skb, const struct dsmip_inner *in)
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

/* [TU-10]; @outer: the outer header, @skb already at the inner one. */
static int carry_ecn(const void *outer, struct sk_buff *skb, bool ip4)
{
	return ip4 ? IP_ECN_decapsulate(outer, skb) : IP6_ECN_decapsulate(outer, skb);
}

static void strip(struct dsmip_dev *d, struct sk_buff *skb, bool v6, bool ip4,
		  struct dsmip_account *account)
{
	u32 len = skb->len;
	u32 hlen = skb_network_header(skb) - skb->head;

	if (__iptunnel_pull_header(skb, 0, v6 ? htons(ETH_P_IPV6) : htons(ETH_P_IP), false,
				   false)) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_TX_MEMORY);
		return;
	}
	skb_reset_network_header(skb);
	skb_reset_mac_header(skb);
	/* the head may have moved, the offset has not */
	if (carry_ecn(skb->head + hlen, skb, ip4) > 1) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_ECN);
		return;
	}
	if (account)
		dsmip_account_count(account, DSMIP_ACCOUNT_IN, skb);
	memset(skb->cb, 0, max(sizeof(struct inet6_skb_parm), sizeof(struct inet_skb_parm)));
	/* what protected the outer packet was judged by take(), and says nothing of the inner */
	secpath_reset(skb);
	__skb_tunnel_rx(skb, d->dev, d->net);
	if (gro_cells_receive(&d->gro_cells, skb) == NET_RX_SUCCESS)
		dev_sw_netstats_rx_add(d->dev, len);
	else
		dsmip_drop_count(d->counters, DSMIP_DROP_RX_BACKLOG);
}

/* Of what came in UDP the socket's policy was asked for already. */
static bool policy_allows(struct sk_buff *skb, const struct dsmip_origin *from)
{
	if (from->port)
		return true;
	return from->ip4 ? xfrm4_policy_check(NULL, XFRM_POLICY_IN, skb) :
			   xfrm6_policy_check(NULL, XFRM_POLICY_IN, skb);
}

/*
 * @account: of the mobile that it came from, or NULL. Return: whether the packet was
 * ours, and so consumed.
 */
static bool take(struct dsmip_dev *d, struct sk_buff *skb, const struct dsmip_inner *in,
		 const struct dsmip_origin *from, enum dsmip_drop why,
		 struct dsmip_account *account)
{
	if (why == DSMIP_OK && !netif_running(d->dev))
		why = DSMIP_DROP_DEVICE_DOWN;
	if (why == DSMIP_OK && has_arrival(d->net, skb, in))
		why = DSMIP_DROP_ARRIVAL_FORGED;
	if (why == DSMIP_OK && !policy_allows(skb, from))
		why = DSMIP_DROP_RX_POLICY;
	if (why != DSMIP_OK)
		dsmip_drop_skb(d->counters, skb, why);
	else
		strip(d, skb, in->v6, from->ip4, account);
	return true;
}

static bool receive_at_ha(struct dsmip_dev *d, struct sk_buff *skb, const struct dsmip_inner *in,
			  const struct dsmip_origin *from)
{
	struct dsmip_mobile *m;

	m = in->v6 ? dsmip_mobile_find_rcu(d, &in->src) : dsmip_mobile_find4_rcu(d, in->src4);
	if (!m) {
		/* it may be another tunnel's */
		dsmip_drop_count(d->counters, DSMIP_DROP_RX_NO_MOBILE);
		return false;
	}
	return take(d, skb, in, from, judge_at_ha(d, m, from), rcu_dereference(m->account));
}

/* Something came back by the way that we use: it is open [DS-31]. */
static void note_heard(const struct dsmip_registration *r, const struct dsmip_origin *from)
{
	struct dsmip_coa *coa = rcu_dereference(r->coa);

	if (!coa || !ipv6_addr_equal(&coa->way.remote, &from->addr) ||
	    dsmip_outer_is_udp(coa->way.outer) != !!from->port)
		return;
	if (!READ_ONCE(coa->heard))
		WRITE_ONCE(coa->heard, true);
	if (READ_ONCE(coa->asked))
		WRITE_ONCE(coa->asked, 0);
}

static bool receive_at_mn(struct net *net, struct sk_buff *skb, const struct dsmip_inner *in,
			  const struct dsmip_origin *from)
{
	struct dsmip_registration *r = dsmip_inner_registration_rcu(net, in);
	enum dsmip_drop why = DSMIP_DROP_RX_NOT_HOME_AGENT;

	if (!r)
		return false;
	if (dsmip_origin_is_ha_rcu(from, r)) {
		why = DSMIP_OK;
		note_heard(r, from);
	}
	return take(r->d, skb, in, from, why, NULL);
}

/* For the kernel's tunnel demultiplexers: 0 taken, else ask the next. */
static int receive(struct sk_buff *skb, bool v6, bool ip4)
{
	struct net *net = dev_net(skb->dev);
	struct dsmip_origin from = { .ip4 = ip4 };
	struct dsmip_dev *d;
	struct dsmip_inner in;
	bool taken;

	if (list_empty(&dsmip_net(net)->devs))
		return 1;
	if (ip4) {
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, &from.addr);
		d = dsmip_dev_find_ha4_rcu(net, ip_hdr(skb)->daddr);
	} else {
		from.addr = ipv6_hdr(skb)->saddr;
		d = dsmip_dev_find_ha_rcu(net, &ipv6_hdr(skb)->daddr);
	}
	if (!dsmip_inner_read(skb, v6, &in)) {
		if (!d)
			return 1;
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_TRUNCATED);
		return 0;
	}
	taken = d ? receive_at_ha(d, skb, &in, &from) : receive_at_mn(net, skb, &in, &from);
	return !taken;
}

void dsmip_rx_udp(struct dsmip_dev *d, struct sk_buff *skb, bool v6,
		  const struct dsmip_origin *from)
{
	struct dsmip_inner in;
	bool taken;

	if (!dsmip_inner_read(skb, v6, &in)) {
		dsmip_drop_skb(d->counters, skb, DSMIP_DROP_RX_TRUNCATED);
		return;
	}
	if (d->role == DSMIP_ROLE_HOME_AGENT) {
		taken = receive_at_ha(d, skb, &in, from);
	} else {
		taken = receive_at_mn(d->net, skb, &in, from);
		if (!taken)
			dsmip_drop_count(d->counters, DSMIP_DROP_RX_NOT_HOME_ADDRESS);
	}
	if (!taken)
		kfree_skb(skb);
}

static int receive_ip6(struct sk_buff *skb)
{
	return receive(skb, true, false);
}

static int receive_ip4(struct sk_buff *skb)
{
	return receive(skb, false, false);
}

static int receive_ip6_in_ip4(struct sk_buff *skb)
{
	return receive(skb, true, true);
}

static int receive_ip4_in_ip4(struct sk_buff *skb)
{
	return receive(skb, false, true);
}

/*
 * Lower comes first. In IPv6 ip6_vti has 0, ip6_tunnel 1, xfrm interfaces 2; in IPv4
 * sit and ipip have 1, IPComp 3; and two of one priority exclude each other. So ours
 * is none of theirs, and in front, because a tunnel without a remote address would
 * take everything.
 */
enum { PRIORITY = -1 };

static struct xfrm6_tunnel ip6_handler __read_mostly = {
	.handler = receive_ip6,
	.err_handler = dsmip_error_ip6,
	.priority = PRIORITY,
};

static struct xfrm6_tunnel ip4_handler __read_mostly = {
	.handler = receive_ip4,
	.err_handler = dsmip_error_ip4,
	.priority = PRIORITY,
};

static struct xfrm_tunnel ip6_in_ip4_handler __read_mostly = {
	.handler = receive_ip6_in_ip4,
	.err_handler = dsmip_error_ip6_in_ip4,
	.priority = PRIORITY,
};

static struct xfrm_tunnel ip4_in_ip4_handler __read_mostly = {
	.handler = receive_ip4_in_ip4,
	.err_handler = dsmip_error_ip4_in_ip4,
	.priority = PRIORITY,
};

static int register_over_ip4(void)
{
	int err = xfrm4_tunnel_register(&ip6_in_ip4_handler, AF_INET6);

	if (err)
		return err;
	err = xfrm4_tunnel_register(&ip4_in_ip4_handler, AF_INET);
	if (err)
		xfrm4_tunnel_deregister(&ip6_in_ip4_handler, AF_INET6);
	return err;
}

static void deregister_over_ip4(void)
{
	xfrm4_tunnel_deregister(&ip4_in_ip4_handler, AF_INET);
	xfrm4_tunnel_deregister(&ip6_in_ip4_handler, AF_INET6);
}

int dsmip_rx_init(void)
{
	int err = register_over_ip4();

	if (err)
		return err;
	err = xfrm6_tunnel_register(&ip6_handler, AF_INET6);
	if (err)
		goto deregister;
	err = xfrm6_tunnel_register(&ip4_handler, AF_INET);
	if (!err)
		return 0;
	xfrm6_tunnel_deregister(&ip6_handler, AF_INET6);
deregister:
	deregister_over_ip4();
	return err;
}

void dsmip_rx_exit(void)
{
	xfrm6_tunnel_deregister(&ip4_handler, AF_INET);
	xfrm6_tunnel_deregister(&ip6_handler, AF_INET6);
	deregister_over_ip4();
}
