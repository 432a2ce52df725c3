// SPDX-License-Identifier: GPL-2.0
#include "signal.h"

#include <linux/icmpv6.h>
#include <net/addrconf.h>
#include <net/ip6_route.h>
#include <net/ipv6.h>
#include <net/xfrm.h>

#include "ha.h"
#include "mn.h"
#include "outer.h"
#include "wire/ba.h"
#include "wire/bu.h"
#include "wire/ext.h"
#include "wire/msg.h"

/*
 * Out: a message gets a route of its own, whose output is ours. XFRM finds its
 * policy by the home address and puts ESP on; what comes out at the end of
 * that, at once or from a crypto queue, is our output, and the route still
 * says which care-of address the message is to show and in which form. So
 * IPsec knows nothing of care-of addresses, and no state of ours has to wait.
 *
 * The fields of the route that nothing on its way reads are used for that:
 * rt6i_dst and rt6i_src hold the outer addresses, and in their lengths the interface,
 * and form and port.
 *
 * Our output queues the packet on our own device, because with esp6_offload
 * XFRM only marks it, and encrypts when a device is about to send. The device
 * knows the route again (dsmip_signal_carry()).
 */
static void tell_route(struct rt6_info *rt, const struct dsmip_letter *l)
{
	rt->rt6i_dst.addr = l->way.local;
	rt->rt6i_dst.plen = l->way.ifindex;
	rt->rt6i_src.addr = l->way.remote;
	rt->rt6i_src.plen = (u32)l->form << 16 | ntohs(l->way.port);
}

static int ask_route(const struct rt6_info *rt, struct dsmip_way *way)
{
	*way = (struct dsmip_way){
		.local = rt->rt6i_dst.addr,
		.remote = rt->rt6i_src.addr,
		.ifindex = rt->rt6i_dst.plen,
		.port = htons(rt->rt6i_src.plen & 0xffff),
	};
	return (u32)rt->rt6i_src.plen >> 16;
}

static bool insert_header(struct sk_buff *skb, const struct dsmip_way *way, int form)
{
	const u32 hlen = sizeof(struct ipv6hdr);
	struct ipv6hdr *ip6;

	if (form == DSMIP_LETTER_PLAIN)
		return true;
	if (skb_cow_head(skb, DSMIP_HAO_LEN + LL_MAX_HEADER))
		return false;
	memmove(skb->data - DSMIP_HAO_LEN, skb->data, hlen);
	__skb_push(skb, DSMIP_HAO_LEN);
	skb_reset_network_header(skb);
	ip6 = ipv6_hdr(skb);
	if (form == DSMIP_LETTER_HAO) {
		dsmip_hao_build(skb->data + hlen, ip6->nexthdr, &ip6->saddr);
		ip6->saddr = way->local;
		ip6->nexthdr = NEXTHDR_DEST;
	} else {
		dsmip_rh2_build(skb->data + hlen, ip6->nexthdr, &ip6->daddr);
		ip6->daddr = way->remote;
		ip6->nexthdr = NEXTHDR_ROUTING;
	}
	return true;
}

static int output(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	skb->dev = skb_dst(skb)->dev;
	skb->protocol = htons(ETH_P_IPV6);
	return dev_queue_xmit(skb);
}

/* Nothing of the way so far is left on it. */
static void scrub(struct sk_buff *skb, struct dst_entry *dst)
{
	skb_dst_drop(skb);
	skb_dst_set(skb, dst);
	secpath_reset(skb);
	nf_reset_ct(skb);
}

static void post(struct net *net, struct sk_buff *skb, struct dst_entry *dst)
{
	scrub(skb, dst);
	memset(IP6CB(skb), 0, sizeof(*IP6CB(skb)));
	skb_set_transport_header(skb, sizeof(struct ipv6hdr));
	ip6_local_out(net, NULL, skb);
}

/*
 * [DS-02] [DS-03]. Messages are short: if one does not fit, its outer packet is
 * fragmented, however large it is.
 */
static enum dsmip_drop post_udp(struct dsmip_dev *d, struct sk_buff *skb,
				const struct dsmip_way *way, struct dst_entry *dst)
{
	struct dsmip_wrap wrap = {
		.proto = IPPROTO_IPV6,
		.hop_limit = rcu_dereference(d->config)->hop_limit,
		.limit = 255,
	};
	u32 len = dsmip_outer_len(way->outer, wrap.limit);

	wrap.fragment = skb->len + len > dst_mtu(dst);
	if (skb_cow_head(skb, len + LL_RESERVED_SPACE(dst->dev) + dst->header_len) ||
	    dsmip_outer_offload(skb, way->outer)) {
		dst_release(dst);
		return DSMIP_DROP_SIG_MEMORY;
	}
	scrub(skb, dst);
	dsmip_outer_push(d->net, skb, way, &wrap);
	dsmip_outer_send(d->net, skb, way->outer, NULL);
	return DSMIP_OK;
}

/* The addresses that the packet has now, but where they are wrapped up. */
static void look_at_packet(struct dsmip_dev *d, const struct sk_buff *skb, int form,
			   struct dsmip_way *way)
{
	if (form == DSMIP_LETTER_UDP) {
		way->outer = ipv6_addr_v4mapped(&way->remote) ? DSMIP_OUTER_UDP4 :
								DSMIP_OUTER_UDP6;
		way->sport = dsmip_dev_port(d, way->outer);
		return;
	}
	way->outer = DSMIP_OUTER_IP6;
	way->local = ipv6_hdr(skb)->saddr;
	way->remote = ipv6_hdr(skb)->daddr;
}

/* The end of our route: behind ESP, in front of the access. */
static enum dsmip_drop carry(struct dsmip_dev *d, struct sk_buff *skb,
			     const struct rt6_info *rt)
{
	struct dst_entry *dst;
	struct dsmip_way way;
	int form;

	form = ask_route(rt, &way);
	if (form != DSMIP_LETTER_UDP && !insert_header(skb, &way, form))
		return DSMIP_DROP_SIG_MEMORY;
	look_at_packet(d, skb, form, &way);
	if (form == DSMIP_LETTER_UDP && !way.sport)
		return DSMIP_DROP_SIG_NO_ROUTE;
	dst = dsmip_coa_look_up(d->net, &way, ipv6_hdr(skb)->nexthdr);
	if (!dst || dsmip_dev_is_ours(dst->dev)) {
		dst_release(dst);
		return DSMIP_DROP_SIG_NO_ROUTE;
	}
	if (form == DSMIP_LETTER_UDP)
		return post_udp(d, skb, &way, dst);
	post(d->net, skb, dst);
	return DSMIP_OK;
}

bool dsmip_signal_carry(struct dsmip_dev *d, struct sk_buff *skb)
{
	struct dst_entry *dst = skb_dst(skb);
	enum dsmip_drop why;

	if (!dst || dst->output != output)
		return false;
	why = carry(d, skb, dst_rt6_info(dst));
	if (why != DSMIP_OK)
		dsmip_drop_skb(d->counters, skb, why);
	return true;
}

static bool is_esp_transport(const struct xfrm_state *x)
{
	return x && x->id.proto == IPPROTO_ESP && x->props.mode == XFRM_MODE_TRANSPORT;
}

/* Return: the route, through XFRM; ERR_PTR(-ENOKEY) when ESP is due and absent. */
static struct dst_entry *letter_route(struct dsmip_dev *d, const struct dsmip_letter *l)
{
	struct flowi6 fl6 = {
		.saddr = l->src,
		.daddr = l->dst,
		.flowi6_proto = IPPROTO_MH,
		.uli.mht.type = l->mh[2],
	};
	struct dst_entry *dst;
	struct rt6_info *rt;

	rt = ip6_dst_alloc(d->net, d->dev, 0);
	if (!rt)
		return ERR_PTR(-ENOMEM);
	rt->rt6i_idev = in6_dev_get(d->dev);
	if (!rt->rt6i_idev) {
		dst_release(&rt->dst);
		return ERR_PTR(-ENETDOWN);
	}
	rt->dst.output = output;
	tell_route(rt, l);
	dst = xfrm_lookup(d->net, &rt->dst, flowi6_to_flowi(&fl6), NULL, 0);
	if (IS_ERR(dst))
		return ERR_PTR(-ENOKEY);
	if (dst == &rt->dst ? l->clear : is_esp_transport(dst->xfrm))
		return dst;
	dst_release(dst);
	return ERR_PTR(-ENOKEY);
}

static struct sk_buff *letter_skb(const struct dsmip_dev *d, struct dsmip_letter *l,
				  const struct dst_entry *dst)
{
	u32 room = LL_MAX_HEADER + dst->header_len + DSMIP_HAO_LEN + sizeof(struct ipv6hdr);
	struct ipv6hdr *ip6;
	struct sk_buff *skb;

	skb = alloc_skb(room + l->len + dst->trailer_len, GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, room);
	dsmip_mh_seal(l->mh, l->len, &l->src, &l->dst);
	skb_put_data(skb, l->mh, l->len);
	skb_reset_transport_header(skb);
	ip6 = skb_push(skb, sizeof(*ip6));
	skb_reset_network_header(skb);
	ip6_flow_hdr(ip6, 0, 0);
	ip6->payload_len = htons(l->len);
	ip6->nexthdr = IPPROTO_MH;
	ip6->hop_limit = rcu_dereference_check(d->config, true)->hop_limit;
	ip6->saddr = l->src;
	ip6->daddr = l->dst;
	skb->protocol = htons(ETH_P_IPV6);
	skb->priority = TC_PRIO_CONTROL;
	return skb;
}

int dsmip_signal_send(struct dsmip_dev *d, struct dsmip_letter *letter)
{
	struct dst_entry *dst;
	struct sk_buff *skb;
	int err;

	rcu_read_lock_bh();
	dst = letter_route(d, letter);
	err = PTR_ERR_OR_ZERO(dst);
	if (err) {
		dsmip_drop_count(d->counters, err == -ENOKEY ? DSMIP_DROP_SIG_NO_SA :
				 DSMIP_DROP_SIG_MEMORY);
		goto unlock;
	}
	skb = letter_skb(d, letter, dst);
	if (!skb) {
		dst_release(dst);
		dsmip_drop_count(d->counters, DSMIP_DROP_SIG_MEMORY);
		err = -ENOMEM;
		goto unlock;
	}
	skb->dev = d->dev;
	skb_dst_set(skb, dst);
	err = ip6_local_out(d->net, NULL, skb);
	err = net_xmit_eval(err);
unlock:
	rcu_read_unlock_bh();
	return err;
}

/* Binding Errors are answers to strangers: ten a second, bursts of ten. */
static bool may_send_be(struct dsmip_dev *d)
{
	return __ratelimit(&d->be_limit);
}

void dsmip_signal_be(struct dsmip_dev *d, const struct in6_addr *to,
		     const struct in6_addr *from, const struct in6_addr *hoa, u8 status)
{
	struct dsmip_be be = { .status = status };
	struct dsmip_letter letter = { .src = *from, .dst = *to, .clear = true };
	u8 buf[DSMIP_MH_HLEN + 2 + 16];
	int len;

	if (!dsmip_in6_is_unicast(to))
		return;
	if (!may_send_be(d)) {
		dsmip_drop_count(d->counters, DSMIP_DROP_SIG_RATE);
		return;
	}
	if (hoa)
		be.hoa = *hoa;
	len = dsmip_be_build(&be, buf, sizeof(buf));
	if (len < 0)
		return;
	letter.mh = buf;
	letter.len = len;
	if (!dsmip_signal_send(d, &letter))
		dsmip_count(d->counters, DSMIP_COUNT_BE_TX);
}

void dsmip_signal_unknown_hao(struct dsmip_dev *d, const struct in6_addr *src,
			      const struct in6_addr *dst, const struct in6_addr *hoa)
{
	dsmip_signal_be(d, src, dst, hoa, DSMIP_BE_UNKNOWN_BINDING);
}

/*
 * In. What was hidden by ESP is not quoted in clear; and what came with an
 * arrival option is shown as the sender sent it, to where it came from.
 */
static void report_field(struct dsmip_dev *d, struct sk_buff *skb,
			 const struct dsmip_arrival *a, u16 at)
{
	u32 hlen = skb_transport_offset(skb) - skb_network_offset(skb);
	struct ipv6hdr *ip6;

	if (dsmip_control_sa(skb))
		return;
	if (a->hao && d->role != DSMIP_ROLE_HOME_AGENT)
		return;
	if (a->hao) {
		if (skb_unclone(skb, GFP_ATOMIC))
			return;
		ip6 = ipv6_hdr(skb);
		dsmip_hao_build_long((u8 *)(ip6 + 1), NEXTHDR_MOBILITY, &a->hoa);
		ip6->saddr = a->src;
	}
	__skb_push(skb, hlen);
	icmpv6_send(skb, ICMPV6_PARAMPROB, ICMPV6_HDR_FIELD, hlen + at);
	__skb_pull(skb, hlen);
}

static enum dsmip_drop take_bu(struct dsmip_dev *d, struct dsmip_arrival *a,
			       struct dsmip_span mh, const struct xfrm_state *sa)
{
	struct dsmip_bu bu;
	enum dsmip_drop why;

	why = dsmip_bu_parse(mh, &bu);
	if (why != DSMIP_OK)
		return why;
	if (d->role != DSMIP_ROLE_HOME_AGENT)
		return DSMIP_DROP_BU_ROLE;
	dsmip_count(d->counters, DSMIP_COUNT_BU_RX);
	dsmip_ha_bu(d, a, &bu, sa);
	return DSMIP_OK;
}

static enum dsmip_drop take_ba(struct dsmip_dev *d, const struct dsmip_arrival *a,
			       struct dsmip_span mh, const struct xfrm_state *sa)
{
	struct dsmip_ba ba;
	enum dsmip_drop why;

	why = dsmip_ba_parse(mh, &ba);
	if (why != DSMIP_OK)
		return why;
	if (d->role != DSMIP_ROLE_MOBILE_NODE)
		return DSMIP_DROP_MH_UNEXPECTED;
	dsmip_mn_ba(d, a, &ba, sa);
	return DSMIP_OK;
}

static enum dsmip_drop take_be(struct dsmip_dev *d, const struct dsmip_arrival *a,
			       struct dsmip_span mh)
{
	struct dsmip_be be;
	enum dsmip_drop why;

	why = dsmip_be_parse(mh, &be);
	if (why != DSMIP_OK)
		return why;
	if (d->role != DSMIP_ROLE_MOBILE_NODE)
		return DSMIP_DROP_MH_UNEXPECTED;
	dsmip_mn_be(d, a, &be);
	return DSMIP_OK;
}

static enum dsmip_drop take(struct dsmip_dev *d, struct dsmip_arrival *a, u8 type,
			    struct dsmip_span mh, const struct xfrm_state *sa)
{
	switch (type) {
	case DSMIP_MH_BU:
		return take_bu(d, a, mh, sa);
	case DSMIP_MH_BA:
		return take_ba(d, a, mh, sa);
	case DSMIP_MH_BE:
		return take_be(d, a, mh);
	}
	return DSMIP_DROP_MH_UNEXPECTED;
}

/* The answers that RFC 6275 9.2 asks for; only to a message with a right checksum. */
static void answer_malformed(struct dsmip_dev *d, struct sk_buff *skb,
			     const struct dsmip_arrival *a, enum dsmip_drop why, u16 at)
{
	bool ha = d->role == DSMIP_ROLE_HOME_AGENT;
	const struct in6_addr *src = ha ? &a->src : &a->hoa;

	if (why == DSMIP_DROP_MH_UNKNOWN_TYPE)
		dsmip_signal_be(d, src, &a->ha, ha && a->hao ? &a->hoa : NULL,
				DSMIP_BE_UNKNOWN_TYPE);
	else if (why == DSMIP_DROP_MH_PAYLOAD_PROTO || why == DSMIP_DROP_MH_SHORT)
		report_field(d, skb, a, at);
}

static bool checksum_is_right(struct dsmip_span in, const struct dsmip_arrival *a)
{
	u32 len = in.len < 8 ? 0 : (in.data[1] + 1u) * 8;

	/* a length that lies is the parser's affair */
	return !len || len > in.len ||
	       !dsmip_mh_checksum(dsmip_span_take(in, len), &a->hoa, &a->ha);
}

void dsmip_signal_mh(struct dsmip_dev *d, struct sk_buff *skb, struct dsmip_arrival *arrival)
{
	struct dsmip_span in = dsmip_span(skb->data, skb->len);
	enum dsmip_drop why = DSMIP_DROP_MH_CHECKSUM;
	struct dsmip_mh mh;
	u16 at = 0;

	if (!checksum_is_right(in, arrival))
		goto drop;
	why = dsmip_mh_parse(in, &mh, &at);
	if (why != DSMIP_OK) {
		answer_malformed(d, skb, arrival, why, at);
		goto drop;
	}
	why = take(d, arrival, mh.type, dsmip_span_take(in, mh.len), dsmip_control_sa(skb));
	if (why != DSMIP_OK)
		goto drop;
	consume_skb(skb);
	return;
drop:
	dsmip_drop_skb(d->counters, skb, why);
}
