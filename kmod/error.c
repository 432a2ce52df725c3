// SPDX-License-Identifier: GPL-2.0
#include "error.h"

#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/route.h>

#include "icmp.h"
#include "inner.h"
#include "mobile.h"
#include "wire/ext.h"

/**
 * struct fault - an error, in the words of ICMPv6, and what it quotes
 * @type: ICMPv6 type
 * @code: ICMPv6 code
 * @info: MTU, or offset of the fault
 * @local: outer source that is quoted: ours
 * @remote: outer destination that is quoted
 * @ip4: these are IPv4
 * @port: UDP port of @remote that is quoted, 0 without UDP
 * @limit: there is a tunnel encapsulation limit
 * @len: octets of outer headers
 * @v6: an inner packet of IPv6, else of IPv4, is behind them
 */
struct fault {
	u8 type;
	u8 code;
	u32 info;
	struct in6_addr local;
	struct in6_addr remote;
	bool ip4;
	__be16 port;
	bool limit;
	u32 len;
	bool v6;
};

/* Who guesses must guess the port too [TU-08]; and nothing goes in another format. */
static bool went_by(const struct dsmip_way *way, const struct fault *f)
{
	return ipv6_addr_equal(&way->remote, &f->remote) &&
	       ipv6_addr_equal(&way->local, &f->local) &&
	       (dsmip_outer_is_udp(way->outer) ? way->port : 0) == f->port;
}

/* The endpoint and device that sent a quoted packet. */
static struct dsmip_dev *find_sender(struct net *net, const struct fault *f,
				     const struct dsmip_inner *in, int *ifindex)
{
	struct dsmip_inner back = { .v6 = in->v6, .dst = in->src, .dst4 = in->src4 };
	struct dsmip_registration *r;
	struct dsmip_mobile *m;
	struct dsmip_coa *coa;
	struct dsmip_dev *d;

	d = f->ip4 ? dsmip_dev_find_ha4_rcu(net, dsmip_in4_of(&f->local)) :
		     dsmip_dev_find_ha_rcu(net, &f->local);
	if (d) {
		m = in->v6 ? dsmip_mobile_find_rcu(d, &in->dst) :
			     dsmip_mobile_find4_rcu(d, in->dst4);
		coa = m ? rcu_dereference(m->coa) : NULL;
	} else {
		r = dsmip_inner_registration_rcu(net, &back);
		coa = r ? rcu_dereference(r->coa) : NULL;
		d = r ? r->d : NULL;
	}
	if (!coa || !went_by(&coa->way, f))
		return NULL;
	*ifindex = coa->way.ifindex;
	return d;
}

/* No router has a smaller MTU than its IP has, whatever an error claims. */
static u32 inner_mtu(const struct fault *f)
{
	const u32 least = f->ip4 ? IPV4_MIN_MTU : IPV6_MIN_MTU;

	if (f->type != ICMPV6_PKT_TOOBIG)
		return 0;
	return max(f->info, max(least, f->len)) - f->len;
}

/* A parameter that is wrong is ours, unless it is the encapsulation limit. */
static bool is_relayed(const struct fault *f)
{
	if (f->type != ICMPV6_PARAMPROB)
		return true;
	return f->code == ICMPV6_HDR_FIELD && f->limit &&
	       f->info == sizeof(struct ipv6hdr) + DSMIP_ENCAP_LIMIT_AT;
}

static void learn_mtu(struct net *net, struct sk_buff *skb, const struct fault *f, int ifindex)
{
	if (f->type != ICMPV6_PKT_TOOBIG)
		return;
	if (f->ip4)
		ipv4_update_pmtu(skb, net, f->info, ifindex,
				 f->v6 ? IPPROTO_IPV6 : IPPROTO_IPIP);
	else
		ip6_update_pmtu(skb, net, htonl(f->info), ifindex, 0, sock_net_uid(net, NULL));
}

/*
 * @skb: data at the quoted outer header. @learns: the path MTU is for us to learn.
 * Return: whether it was ours.
 */
static bool tell(struct net *net, struct sk_buff *skb, const struct fault *f, bool learns)
{
	struct sk_buff *quote;
	struct dsmip_inner in;
	struct dsmip_dev *d;
	int ifindex;

	quote = skb_clone(skb, GFP_ATOMIC);
	if (!quote)
		return false;
	skb_pull(quote, f->len);
	d = dsmip_inner_read(quote, f->v6, &in) ? find_sender(net, f, &in, &ifindex) : NULL;
	if (d) {
		skb_reset_network_header(quote);
		if (learns)
			learn_mtu(net, skb, f, ifindex);
		if (is_relayed(f))
			dsmip_icmp_relay(d, quote, f->type, f->code, inner_mtu(f), f->v6);
	}
	kfree_skb(quote);
	return d;
}

static bool is_ours(struct net *net)
{
	return !list_empty(&dsmip_net(net)->devs);
}

static int about_ip6(struct sk_buff *skb, u8 type, u8 code, int offset, __be32 info, bool v6)
{
	struct fault f = { .type = type, .code = code, .info = ntohl(info), .len = offset,
			   .v6 = v6 };
	struct net *net = dev_net(skb->dev);
	const struct ipv6hdr *outer;

	if (!is_ours(net) || !pskb_may_pull(skb, offset))
		return -ENOENT;
	outer = (const struct ipv6hdr *)skb->data;
	f.local = outer->saddr;
	f.remote = outer->daddr;
	f.limit = outer->nexthdr == NEXTHDR_DEST;
	return tell(net, skb, &f, true) ? 0 : -ENOENT;
}

int dsmip_error_ip6(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type, u8 code,
		    int offset, __be32 info)
{
	return about_ip6(skb, type, code, offset, info, true);
}

int dsmip_error_ip4(struct sk_buff *skb, struct inet6_skb_parm *opt, u8 type, u8 code,
		    int offset, __be32 info)
{
	return about_ip6(skb, type, code, offset, info, false);
}

/* What ICMP says, in ICMPv6's words; false for what concerns nobody inside. */
static bool translate(const struct icmphdr *icmp, u32 mtu, struct fault *f)
{
	switch (icmp->type) {
	case ICMP_DEST_UNREACH:
		f->type = icmp->code == ICMP_FRAG_NEEDED ? ICMPV6_PKT_TOOBIG : ICMPV6_DEST_UNREACH;
		f->info = icmp->code == ICMP_FRAG_NEEDED ? mtu : 0;
		f->code = icmp->code == ICMP_FRAG_NEEDED ? 0 : ICMPV6_ADDR_UNREACH;
		return true;
	case ICMP_TIME_EXCEEDED:
		f->type = ICMPV6_TIME_EXCEED;
		return icmp->code == ICMP_EXC_TTL;
	}
	return false;
}

static bool read_outer4(struct sk_buff *skb, struct fault *f)
{
	const struct iphdr *outer;

	if (!pskb_may_pull(skb, sizeof(*outer)))
		return false;
	outer = (const struct iphdr *)skb->data;
	if (outer->ihl < 5)
		return false;
	f->ip4 = true;
	f->len = outer->ihl * 4;
	ipv6_addr_set_v4mapped(outer->saddr, &f->local);
	ipv6_addr_set_v4mapped(outer->daddr, &f->remote);
	return pskb_may_pull(skb, f->len);
}

/*
 * Old routers quote eight octets only, in which no inner address is: to us, who sent
 * it, the MTU is news all the same.
 */
static bool learns_alone(struct net *net, struct sk_buff *skb, const struct fault *f)
{
	if (f->type != ICMPV6_PKT_TOOBIG || skb->len >= f->len + sizeof(struct ipv6hdr) ||
	    !dsmip_dev_find_ha4_rcu(net, dsmip_in4_of(&f->local)))
		return false;
	learn_mtu(net, skb, f, 0);
	return true;
}

static int about_ip4(struct sk_buff *skb, u32 info, bool v6)
{
	struct net *net = dev_net(skb->dev);
	struct fault f = { .v6 = v6 };

	if (!is_ours(net) || !translate(icmp_hdr(skb), info, &f) || !read_outer4(skb, &f))
		return -ENOENT;
	return tell(net, skb, &f, true) || learns_alone(net, skb, &f) ? 0 : -ENOENT;
}

int dsmip_error_ip6_in_ip4(struct sk_buff *skb, u32 info)
{
	return about_ip4(skb, info, true);
}

int dsmip_error_ip4_in_ip4(struct sk_buff *skb, u32 info)
{
	return about_ip4(skb, info, false);
}

static bool read_outer6(struct sk_buff *skb, struct fault *f)
{
	const struct ipv6hdr *outer;

	if (!pskb_may_pull(skb, sizeof(*outer)))
		return false;
	outer = (const struct ipv6hdr *)skb->data;
	f->len = sizeof(*outer);
	f->local = outer->saddr;
	f->remote = outer->daddr;
	f->type = icmp6_hdr(skb)->icmp6_type;
	f->code = icmp6_hdr(skb)->icmp6_code;
	f->info = ntohl(icmp6_hdr(skb)->icmp6_mtu);
	return outer->nexthdr == IPPROTO_UDP;
}

void dsmip_error_udp(struct dsmip_dev *d, struct sk_buff *skb, bool ip4)
{
	struct fault f = {};

	if (ip4 && !translate(icmp_hdr(skb), ntohs(icmp_hdr(skb)->un.frag.mtu), &f))
		return;
	if (ip4 ? !read_outer4(skb, &f) : !read_outer6(skb, &f))
		return;
	if (!pskb_may_pull(skb, f.len + sizeof(struct udphdr) + 1))
		return;
	f.port = ((struct udphdr *)(skb->data + f.len))->dest;
	if (!f.port)
		return;
	f.len += sizeof(struct udphdr);
	f.v6 = skb->data[f.len] >> 4 == 6;
	tell(d->net, skb, &f, false);
}
