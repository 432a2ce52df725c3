// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as a Binding Update and as the world that it comes to: a verdict is
 * given, it is a safe one, and its acknowledgement can be sent. Beyond the
 * message zeroes stand for a world in which it is welcome.
 */

#include "fuzz.h"
#include "../../kmod/rule/accept.h"
#include "../../kmod/rule/life.h"
#include "../../kmod/wire/ext.h"
#include "../../kmod/wire/help_test.h"

enum {
	LEAST = 16,
	PORT = 40000,
	UNIT_S = DSMIP_LIFE_UNIT_S
};

/* The octets behind the message; zeroes when there are no more. */
static struct dsmip_span rest;

static u8 octet(void)
{
	u8 v = rest.len ? rest.data[0] : 0;

	rest = dsmip_span_skip(rest, 1);
	return v;
}

static u32 number(u8 octets)
{
	u32 v = 0;

	while (octets--)
		v = v << 8 | octet();
	return v;
}

/* Where an IPv4 Care-of Address option of the golden vectors is from. */
static const struct in6_addr mapped = { .s6_addr = { [10] = 0xff, 0xff, 192, 0, 2, 33 } };

/* One that matters, or any. */
static struct in6_addr address(struct in6_addr usual)
{
	static const struct in6_addr some[] = {
		{ .s6_addr = { 0 } },
		{ .s6_addr = { 0xff, 0x0e, [15] = 1 } },
		{ .s6_addr = { 0xfe, 0x80, [15] = 1 } },
		{ .s6_addr = { [10] = 0xff, 0xff, 10, 0, 2, 33 } },
		{ .s6_addr = { [10] = 0xff, 0xff, 224, 0, 0, 1 } },
	};
	const u8 which = octet();
	struct in6_addr any;
	u8 i;

	if (!which)
		return usual;
	if (which <= ARRAY_SIZE(some))
		return some[which - 1];
	if (which < 16)
		return which % 3 ? which % 3 == 1 ? test_hoa : test_ha : test_coa;
	for (i = 0; i < sizeof(any); i++)
		any.s6_addr[i] = octet();
	return any;
}

static bool is_ip4(const struct dsmip_arrival *a)
{
	return a->outer == DSMIP_OUTER_IP4 || a->outer == DSMIP_OUTER_UDP4;
}

static bool is_udp(u8 outer)
{
	return outer == DSMIP_OUTER_UDP4 || outer == DSMIP_OUTER_UDP6;
}

static void make_arrival(struct dsmip_arrival *a)
{
	static const u8 protections[] = { DSMIP_PROTECTION_OURS, DSMIP_PROTECTION_NONE,
					  DSMIP_PROTECTION_OTHER, 0xff };
	const u8 bits = octet();

	*a = (struct dsmip_arrival){
		.outer = bits & 7,
		.hao = !(bits & 8),
		.protection = protections[bits >> 4 & 3],
		.port = bits & 0x40 ? number(2) : PORT,
		.home_link = bits & 0x80,
	};
	a->hoa = address(test_hoa);
	a->ha = address(test_ha);
	a->src = address(is_ip4(a) ? mapped : test_coa);
}

static void make_snapshot(struct dsmip_snapshot *s)
{
	const u8 bits = octet();

	*s = (struct dsmip_snapshot){
		.exists = bits & 1,
		.held = bits & 2,
		.pending = (bits & 12) == 12,
		.home = !(bits & 16),
		.router = bits & 64,
		.seq = bits ? number(2) : 0,
		.hoa4 = bits & 32 ? cpu_to_be32(number(4)) : 0,
	};
	s->coa = address(test_coa);
}

static void make_policy(struct dsmip_policy *p)
{
	const u16 bits = number(2);

	*p = (struct dsmip_policy){
		.open = bits & 1,
		.authorised = !(bits & 2),
		.room = !(bits & 4),
		.dad = bits & 8,
		.mobile_router = !(bits & 16),
		.pool = !(bits & 32),
		.home_plen = bits & 64 ? octet() : 0,
		.prefix_valid_s = bits & 128 ? number(4) : DSMIP_LIFE_FOREVER_S,
		.prefix_preferred_s = bits & 256 ? number(4) : DSMIP_LIFE_FOREVER_S,
		.lifetime_max_s = bits & 512 ? number(4) : 3600,
		.refresh_s = bits & 1024 ? number(4) : 0,
		.hoa4 = bits & 2048 ? cpu_to_be32(number(4)) : 0,
		.key_management = bits & 4096,
		.udp = bits >> 13 & 3,
		.nat_always = bits & 32768,
		.keepalive_s = bits & 32768 ? number(4) : 110,
	};
	p->home_prefix = address(test_hoa);
}

/* All that is judged. */
struct matter {
	struct dsmip_bu bu;
	struct dsmip_snapshot snap;
	struct dsmip_arrival arrival;
	struct dsmip_policy policy;
};

static void judge(const struct matter *m, struct dsmip_verdict *v, u8 junk)
{
	memset(v, junk, sizeof(*v));
	dsmip_accept(&m->bu, &m->snap, &m->arrival, &m->policy, v);
}

static bool same_verdict(const struct dsmip_verdict *a, const struct dsmip_verdict *b)
{
	return a->action == b->action && a->why == b->why && a->status == b->status &&
	       a->ba_flags == b->ba_flags && a->ba_seq == b->ba_seq &&
	       a->store_seq == b->store_seq && a->seq == b->seq && a->flags == b->flags &&
	       a->lifetime_s == b->lifetime_s && a->refresh_s == b->refresh_s &&
	       test_same_in6(&a->coa, &b->coa) && a->outer == b->outer && a->port == b->port &&
	       a->nat_found == b->nat_found && a->nat_told == b->nat_told &&
	       a->nat.force == b->nat.force && a->nat.refresh_s == b->nat.refresh_s &&
	       a->rh2 == b->rh2 && a->hoa4_action == b->hoa4_action &&
	       test_same_hoa4(&a->hoa4, &b->hoa4, 1);
}

/* [HR-01], said otherwise than where it is under test. */
static bool follows(u16 seq, u16 last)
{
	const u16 distance = seq - last;

	return distance && distance < 32768;
}

static bool is_mapped(const struct in6_addr *a)
{
	return dsmip_in6_prefix_equal(a, &mapped, 96);
}

static void check_refusal(const struct matter *m, const struct dsmip_verdict *v)
{
	const bool old = v->why == DSMIP_DROP_BU_SEQUENCE;

	require(v->why != DSMIP_OK && !v->flags && !(v->ba_flags & ~DSMIP_BA_K) && !v->lifetime_s &&
		!v->refresh_s && v->hoa4_action == DSMIP_HOA4_NONE && !v->nat_told);
	require(v->action == DSMIP_ACTION_REFUSE || !v->ba_flags);
	require((v->status >= DSMIP_BA_UNSPECIFIED) == (v->action == DSMIP_ACTION_REFUSE));
	require((v->status == DSMIP_BA_SEQUENCE) == old);
	require(v->ba_seq == (old ? m->snap.seq : m->bu.seq));
	require(!old || !follows(m->bu.seq, m->snap.seq));
	require(!v->store_seq || (m->snap.exists && v->action == DSMIP_ACTION_REFUSE &&
				  follows(m->bu.seq, m->snap.seq)));
}

/* [HR-12] */
static void check_key_management(const struct matter *m, const struct dsmip_verdict *v)
{
	require(!(v->flags & DSMIP_BU_K) || v->ba_flags & DSMIP_BA_K);
	if (!(v->ba_flags & DSMIP_BA_K))
		return;
	require(m->bu.flags & DSMIP_BU_K && m->bu.flags & DSMIP_BU_H);
	require(m->policy.key_management && m->arrival.protection == DSMIP_PROTECTION_OURS);
	require(v->action == DSMIP_ACTION_REFUSE || v->flags & DSMIP_BU_K);
}

static void check_authority(const struct matter *m, const struct dsmip_verdict *v)
{
	require(m->arrival.protection == DSMIP_PROTECTION_OURS ||
		(m->arrival.protection == DSMIP_PROTECTION_NONE && m->policy.open));
	require(m->policy.authorised && !m->snap.pending && m->bu.flags & DSMIP_BU_H);
	require(!m->bu.bid_count && !(m->bu.has & DSMIP_HAS(DSMIP_OPT_NONCE)));
	if (m->snap.exists || m->snap.held)
		require(follows(m->bu.seq, m->snap.seq));
	require(v->store_seq && v->seq == m->bu.seq && v->ba_seq == m->bu.seq);
	require(m->snap.exists == (v->action >= DSMIP_ACTION_UPDATE));
	require(!m->snap.exists || m->snap.home);
	require(v->action != DSMIP_ACTION_UPDATE || m->snap.router == !!(m->bu.flags & DSMIP_BU_R));
}

static void check_addresses(const struct matter *m, const struct dsmip_verdict *v)
{
	const struct dsmip_arrival *a = &m->arrival;

	require(dsmip_in6_is_unicast(&a->hoa) && !test_same_in6(&v->coa, &a->ha));
	require(is_mapped(&v->coa) == (a->outer == DSMIP_OUTER_UDP4));
	require(is_mapped(&v->coa) || dsmip_in6_is_unicast(&v->coa));
	require(a->home_link || (a->hao && !test_same_in6(&a->src, &a->hoa)));
	require(!v->rh2 || (a->hao && !test_same_in6(&a->src, &a->hoa)));
	if (v->action != DSMIP_ACTION_DELETE)
		require(!test_same_in6(&v->coa, &a->hoa) && !test_same_in6(&a->src, &a->hoa));
}

/* [DS-02] [DS-04] [DS-36] in UDP it is where it was seen, and there is a port */
static void check_endpoint(const struct matter *m, const struct dsmip_verdict *v)
{
	const struct dsmip_arrival *a = &m->arrival;

	require(a->outer != DSMIP_OUTER_IP4 && v->port == a->port);
	if (is_udp(a->outer))
		require(v->port && test_same_in6(&v->coa, &a->src));
	switch (v->outer) {
	case DSMIP_OUTER_IP4:
	case DSMIP_OUTER_UDP4:
		require(a->outer == DSMIP_OUTER_UDP4);
		break;
	case DSMIP_OUTER_UDP6:
		require(a->outer == DSMIP_OUTER_UDP6);
		break;
	default:
		require(v->outer == DSMIP_OUTER_IP6 && !is_udp(a->outer));
	}
}

/* [DS-06] whether the mobile said of itself what was seen; said otherwise than under test */
static bool says_what_is_seen(const struct matter *m)
{
	const struct dsmip_bu *bu = &m->bu;

	if (m->arrival.outer == DSMIP_OUTER_UDP6)
		return bu->has & DSMIP_HAS(DSMIP_OPT_ALT_COA) &&
		       test_same_in6(&bu->alt_coa, &m->arrival.src);
	return bu->has & DSMIP_HAS(DSMIP_OPT_COA4) &&
	       !memcmp(&bu->coa4, &m->arrival.src.s6_addr[12], sizeof(bu->coa4));
}

/* [DS-07] [DS-08] [DS-09] [DS-18] and what a mobile makes of it is what was meant */
static void check_nat(const struct matter *m, const struct dsmip_verdict *v)
{
	const bool nat = v->nat.refresh_s != (u32)DSMIP_NAT_NEVER_S;
	const bool f = m->bu.flags & DSMIP_BU_F;

	require(v->nat_found == (is_udp(m->arrival.outer) && !says_what_is_seen(m)));
	require(v->outer != DSMIP_OUTER_IP4 || !v->nat_found);
	require(!v->nat_told || is_udp(m->arrival.outer));
	if (v->action == DSMIP_ACTION_DELETE) {
		require(!v->nat_told);
		return;
	}
	require(!f == !(v->flags & DSMIP_BU_F) && (!f || is_udp(v->outer)));
	require(!f || v->nat_found || m->policy.udp != DSMIP_UDP_NAT_ONLY);
	require(!v->nat_found || v->nat_told);
	require(is_udp(v->outer) == (v->nat_told && (v->nat.force || nat)));
	require(!v->nat_told || !nat ||
		(v->nat_found && v->nat.refresh_s == m->policy.keepalive_s));
}

static void check_life(const struct matter *m, const struct dsmip_verdict *v)
{
	const struct dsmip_policy *p = &m->policy;

	require(!v->refresh_s || v->refresh_s < v->lifetime_s);
	require((v->action == DSMIP_ACTION_DELETE) == !v->lifetime_s);
	if (v->action == DSMIP_ACTION_DELETE) {
		require(v->status == DSMIP_BA_ACCEPTED);
		return;
	}
	require(v->lifetime_s <= m->bu.lifetime_s && v->lifetime_s <= p->prefix_valid_s);
	require(v->lifetime_s <= max_t(u32, p->lifetime_max_s, UNIT_S));
	require(v->lifetime_s % UNIT_S == 0 && v->status <= DSMIP_BA_ACCEPTED_PREFIX);
	require(!p->home_plen ||
		dsmip_in6_prefix_equal(&m->arrival.hoa, &p->home_prefix, p->home_plen));
	require(m->snap.exists || p->room);
	require(!(v->flags & ~m->bu.flags));
	require(!(v->flags & DSMIP_BU_R) == !(v->ba_flags & DSMIP_BA_R));
	require(!(v->flags & DSMIP_BU_R) || p->mobile_router);
}

static void check_hoa4(const struct matter *m, const struct dsmip_verdict *v)
{
	require(v->action != DSMIP_ACTION_DELETE || v->hoa4_action == DSMIP_HOA4_NONE);
	switch (v->hoa4_action) {
	case DSMIP_HOA4_BIND:
		require(v->hoa4.addr && v->hoa4.addr == m->policy.hoa4);
		break;
	case DSMIP_HOA4_ALLOCATE:
		require(m->policy.pool &&
			(!v->hoa4.addr || (m->snap.exists && v->hoa4.addr == m->snap.hoa4)));
		break;
	case DSMIP_HOA4_REFUSE:
		require(v->hoa4.status >= DSMIP_HOA4_UNSPECIFIED && !v->hoa4.plen);
		break;
	}
	require(v->hoa4_action != DSMIP_HOA4_NONE || !m->bu.hoa4_count ||
		v->action == DSMIP_ACTION_DELETE);
}

/* What was accepted is old when it comes again. */
static void check_replay(struct matter *m, const struct dsmip_verdict *v)
{
	struct dsmip_verdict again;

	m->snap = (struct dsmip_snapshot){
		.exists = v->action != DSMIP_ACTION_DELETE,
		.held = v->action == DSMIP_ACTION_DELETE,
		.home = true,
		.seq = v->seq,
		.coa = v->coa,
	};
	judge(m, &again, 0);
	require(again.action == DSMIP_ACTION_REFUSE && again.status == DSMIP_BA_SEQUENCE);
}

static void check_answer(const struct matter *m, const struct dsmip_verdict *v)
{
	struct dsmip_ba ba, again;
	u8 buf[256];
	int len;

	dsmip_accept_answer(&m->bu, v, &ba);
	len = dsmip_ba_build(&ba, buf, sizeof(buf));
	require(len >= LEAST && len % 8 == 0);
	require(dsmip_ba_parse(dsmip_span(buf, len), &again) == DSMIP_OK);
	require(test_same_ba(&ba, &again));
	require(ba.status == v->status && ba.seq == v->ba_seq && ba.lifetime_s == v->lifetime_s);
	require(!(ba.has & DSMIP_HAS(DSMIP_OPT_NAT)) == !v->nat_told);
	require(ba.hoa4_count == (v->action > DSMIP_ACTION_REFUSE ? m->bu.hoa4_count : 0));
}

static void check(struct matter *m)
{
	struct dsmip_verdict v, again;

	judge(m, &v, 0xa5);
	judge(m, &again, 0x5a);
	require(same_verdict(&v, &again) && v.action <= DSMIP_ACTION_DELETE);
	if (v.action != DSMIP_ACTION_DROP)
		check_answer(m, &v);
	if (v.action <= DSMIP_ACTION_REFUSE) {
		check_refusal(m, &v);
		check_key_management(m, &v);
		return;
	}
	require(v.why == DSMIP_OK);
	check_authority(m, &v);
	check_key_management(m, &v);
	check_addresses(m, &v);
	check_endpoint(m, &v);
	check_nat(m, &v);
	check_life(m, &v);
	check_hoa4(m, &v);
	check_replay(m, &v);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct matter m;
	size_t len;
	u8 *exact;

	if (size < LEAST)
		return 0;
	len = min_t(size_t, (data[1] + 1) * 8, size & ~7ul);
	if (len < LEAST)
		return 0;
	exact = malloc(len);
	memcpy(exact, data, len);
	if (dsmip_bu_parse(dsmip_span(exact, len), &m.bu) == DSMIP_OK) {
		rest = dsmip_span(data + len, size - len);
		make_arrival(&m.arrival);
		make_snapshot(&m.snap);
		make_policy(&m.policy);
		check(&m);
	}
	free(exact);
	return 0;
}
