// SPDX-License-Identifier: GPL-2.0
/*
 * Read dsmip_accept() first: it is the table of contents. A judge returns
 * whether the next one is to be asked; if not, it has written the verdict.
 *
 * What is dropped makes no sound: whoever is not the mobile, or sends what
 * RFC 6275 9.5.1 wants discarded, learns nothing. What is refused is answered
 * and, once the sequence number was right, remembered by that number [HR-20].
 */

#include "../wire/ext.h"
#include "accept.h"
#include "life.h"
#include "seq.h"

/* Flags that are granted as they are asked for; the rest is decided, or ignored [MH-10]. */
#define GRANTED (DSMIP_BU_A | DSMIP_BU_H | DSMIP_BU_L | DSMIP_BU_R | DSMIP_BU_F)

enum { HOA4_PLEN = 32 };

/**
 * struct matter - what is judged
 * @bu: message
 * @snap: binding that exists
 * @arrival: how it came
 * @policy: what is allowed
 * @v: verdict being written
 * @deregisters: it asks for the end of the binding [DR-01]
 */
struct matter {
	const struct dsmip_bu *bu;
	const struct dsmip_snapshot *snap;
	const struct dsmip_arrival *arrival;
	const struct dsmip_policy *policy;
	struct dsmip_verdict *v;
	bool deregisters;
};

static bool drop(const struct matter *m, enum dsmip_drop why)
{
	m->v->action = DSMIP_ACTION_DROP;
	m->v->why = why;
	return false;
}

/*
 * [HR-12] [3G-32]. K says what this home agent can do, in every answer: in a
 * refusal, a 0 would make the mobile drop a key exchange that goes on. What came
 * without an SA has none.
 */
static bool moves_key_exchange(const struct matter *m)
{
	const u16 asked = DSMIP_BU_H | DSMIP_BU_K;

	return (m->bu->flags & asked) == asked && m->policy->key_management &&
	       m->arrival->protection == DSMIP_PROTECTION_OURS;
}

static bool refuse(const struct matter *m, u8 status, enum dsmip_drop why)
{
	m->v->action = DSMIP_ACTION_REFUSE;
	m->v->status = status;
	if (moves_key_exchange(m))
		m->v->ba_flags = DSMIP_BA_K;
	m->v->why = why;
	return false;
}

static bool same(const struct in6_addr *a, const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static bool is_udp(u8 outer)
{
	return outer == DSMIP_OUTER_UDP4 || outer == DSMIP_OUTER_UDP6;
}

/* An IPv4 one may be private: what counts is where the home agent saw it. */
static bool is_care_of(const struct in6_addr *a, u8 outer)
{
	if (outer != DSMIP_OUTER_UDP4)
		return dsmip_in6_is_unicast(a);
	return dsmip_in4_is_unicast(dsmip_in6_to_in4(a));
}

/*
 * [HR-18] In UDP it is the outer source, whatever an Alternate Care-of Address
 * says: RFC 5555 4.2 stores the address that was seen [DS-04].
 */
static const struct in6_addr *care_of(const struct dsmip_bu *bu, const struct dsmip_arrival *a)
{
	if (bu->has & DSMIP_HAS(DSMIP_OPT_ALT_COA) && !is_udp(a->outer))
		return &bu->alt_coa;
	return &a->src;
}

/*
 * [DS-06] A NAT shows by an outer source that is not the address that the mobile
 * itself gave. Where it gave none nobody can tell, and UDP works either way.
 */
static bool is_behind_nat(const struct dsmip_bu *bu, const struct dsmip_arrival *a)
{
	switch (a->outer) {
	case DSMIP_OUTER_UDP4:
		return !(bu->has & DSMIP_HAS(DSMIP_OPT_COA4)) ||
		       bu->coa4 != dsmip_in6_to_in4(&a->src);
	case DSMIP_OUTER_UDP6:
		return !(bu->has & DSMIP_HAS(DSMIP_OPT_ALT_COA)) || !same(&bu->alt_coa, &a->src);
	}
	return false;
}

/* [DS-18] F is met in UDP only: nobody sends in UDP to who has no port. */
static bool may_force_udp(const struct matter *m)
{
	return is_udp(m->arrival->outer) &&
	       (m->policy->udp != DSMIP_UDP_NAT_ONLY || m->v->nat_found);
}

/* [DS-07] [DS-09] What came in UDP over IPv6 shows that the mobile wants it so [DS-19]. */
static u8 data_format(const struct matter *m)
{
	if (m->arrival->outer == DSMIP_OUTER_UDP6)
		return DSMIP_OUTER_UDP6;
	if (m->arrival->outer != DSMIP_OUTER_UDP4)
		return DSMIP_OUTER_IP6;
	if (m->v->nat_found || m->bu->flags & DSMIP_BU_F || m->policy->udp == DSMIP_UDP_ALWAYS)
		return DSMIP_OUTER_UDP4;
	return DSMIP_OUTER_IP4;
}

/*
 * [DR-01] RFC 3963 6.2 takes the home address as care-of address for an end
 * too. With a Binding Identifier it is not: that may be home and foreign at
 * once, RFC 5648 5.6.3.
 *
 * The type 2 routing header answers a Home Address option [HR-16], which only
 * a native IPv6 care-of address has [DS-11].
 */
static void prepare(struct matter *m)
{
	const struct in6_addr *coa = care_of(m->bu, m->arrival);
	const struct dsmip_arrival *a = m->arrival;

	*m->v = (struct dsmip_verdict){
		.ba_seq = m->bu->seq,
		.seq = m->bu->seq,
		.coa = *coa,
		.port = a->port,
		.nat_found = is_behind_nat(m->bu, a),
		.rh2 = a->hao && a->outer == DSMIP_OUTER_IP6 && !same(&a->src, &a->hoa),
	};
	m->v->outer = data_format(m);
	m->deregisters = !m->bu->lifetime_s || (same(coa, &a->hoa) && !m->bu->bid_count);
}

/* [HR-07] Another's SA is worse than none: open mode does not open that. */
static bool protection(const struct matter *m)
{
	switch (m->arrival->protection) {
	case DSMIP_PROTECTION_OURS:
		return true;
	case DSMIP_PROTECTION_NONE:
		return m->policy->open || drop(m, DSMIP_DROP_BU_UNPROTECTED);
	}
	return drop(m, DSMIP_DROP_BU_WRONG_SA);
}

/*
 * [MH-15] [HR-06] [HR-17] [DR-05]. The source must be routable even where an
 * Alternate Care-of Address is used: the acknowledgment goes there. From the
 * home address itself comes only who leaves, or is both, and only by the home
 * link: elsewhere somebody else sends what he has caught. A home address of
 * another mobile is not looked for here; the data path refuses loops [TU-11].
 * Over IPv4 there is no registration but in UDP, and from a port [DS-02].
 */
static bool addresses(const struct matter *m)
{
	const struct dsmip_arrival *a = m->arrival;
	const struct in6_addr *coa = &m->v->coa;
	const bool from_home = !a->hao || same(&a->src, &a->hoa);

	if (!dsmip_in6_is_unicast(&a->hoa) || same(&a->hoa, &a->ha))
		return drop(m, DSMIP_DROP_BU_HOA_INVALID);
	if (a->outer == DSMIP_OUTER_IP4)
		return drop(m, DSMIP_DROP_BU_NO_HAO);
	if (is_udp(a->outer) && !a->port)
		return drop(m, DSMIP_DROP_BU_COA_INVALID);
	if (!is_care_of(&a->src, a->outer) || !is_care_of(coa, a->outer))
		return drop(m, DSMIP_DROP_BU_COA_INVALID);
	if (same(coa, &a->ha) || same(&a->src, &a->ha))
		return drop(m, DSMIP_DROP_BU_COA_FORBIDDEN);
	if (from_home && (!a->home_link || (!m->deregisters && !m->bu->bid_count)))
		return drop(m, DSMIP_DROP_BU_NO_HAO);
	return true;
}

/*
 * [HR-04]. A message without H that has a home binding to differ from is told
 * so by sequence(); one without is a correspondent registration, which no keygen
 * token of ours can have authorised. RFC 3963 6.2 wants an answer to R.
 */
static bool form(const struct matter *m)
{
	const u16 flags = m->bu->flags;

	if (!(flags & DSMIP_BU_H) && !(m->snap->exists && m->snap->home)) {
		if (flags & DSMIP_BU_R && !m->deregisters)
			return refuse(m, DSMIP_BA_MR_NOT_PERMITTED, DSMIP_DROP_BU_PREFIX);
		return drop(m, DSMIP_DROP_BU_NOT_HOME);
	}
	if (flags & DSMIP_BU_H && m->bu->has & DSMIP_HAS(DSMIP_OPT_NONCE))
		return drop(m, DSMIP_DROP_BU_NONCE);
	return true;
}

/*
 * [HR-01] [HR-02] [HR-03] [DR-04] [NE-01]. While DAD runs nothing is answered, a
 * deregistration neither: "no binding" would be a lie a second later. Whoever
 * waits sends again.
 */
static bool sequence(const struct matter *m)
{
	const struct dsmip_snapshot *snap = m->snap;
	const u16 flags = m->bu->flags;

	if (snap->pending)
		return drop(m, DSMIP_DROP_BU_PENDING);
	if ((snap->exists || snap->held) && !dsmip_seq_is_newer(m->bu->seq, snap->seq)) {
		m->v->ba_seq = snap->seq;
		return refuse(m, DSMIP_BA_SEQUENCE, DSMIP_DROP_BU_SEQUENCE);
	}
	if (snap->exists && snap->home != !!(flags & DSMIP_BU_H))
		return refuse(m, DSMIP_BA_TYPE_CHANGE, DSMIP_DROP_BU_TYPE_CHANGE);
	m->v->store_seq = snap->exists;
	if (snap->exists && !m->deregisters && snap->router != !!(flags & DSMIP_BU_R))
		return refuse(m, DSMIP_BA_TYPE_CHANGE, DSMIP_DROP_BU_TYPE_CHANGE);
	return true;
}

/*
 * [DR-02]. A binding of another home address of the same mobile is not ended
 * by this one. No Binding Identifier is known here, and RFC 5648 6.2 answers
 * the end of an unknown one with 133.
 */
static bool may_end(const struct matter *m)
{
	if (!m->snap->exists || m->bu->bid_count)
		return refuse(m, DSMIP_BA_NOT_HA_FOR_MN, DSMIP_DROP_BU_NO_BINDING);
	if (!m->policy->authorised)
		return refuse(m, DSMIP_BA_PROHIBITED, DSMIP_DROP_BU_NOT_AUTHORISED);
	return true;
}

/*
 * [NE-01] [NE-02]. R without Mobile Network Prefix options is the implicit mode
 * that 3GPP uses for the home network prefix [3G-30]; nothing here authorises
 * a prefix by name.
 */
static bool may_route(const struct matter *m)
{
	if (!(m->bu->flags & DSMIP_BU_R))
		return true;
	if (!m->policy->mobile_router)
		return refuse(m, DSMIP_BA_MR_NOT_PERMITTED, DSMIP_DROP_BU_PREFIX);
	if (m->bu->mnp_count)
		return refuse(m, DSMIP_BA_PREFIX_NOT_AUTHORISED, DSMIP_DROP_BU_PREFIX);
	return true;
}

/*
 * [HR-05], in the order of RFC 6275 10.3.1. F that is not met is refused rather
 * than overlooked, or the mobile would wait for packets in UDP that nobody
 * sends it [DS-18].
 */
static bool authority(const struct matter *m)
{
	const struct dsmip_policy *p = m->policy;

	if (m->deregisters)
		return may_end(m);
	if (p->home_plen &&
	    !dsmip_in6_prefix_equal(&m->arrival->hoa, &p->home_prefix, p->home_plen))
		return refuse(m, DSMIP_BA_NOT_HOME_SUBNET, DSMIP_DROP_BU_NOT_SERVED);
	if (!p->authorised)
		return refuse(m, DSMIP_BA_PROHIBITED, DSMIP_DROP_BU_NOT_AUTHORISED);
	if (m->bu->bid_count)
		return refuse(m, DSMIP_BA_MCOA_PROHIBITED, DSMIP_DROP_BU_MULTIPLE);
	if (!may_route(m))
		return false;
	if (m->bu->flags & DSMIP_BU_F && !may_force_udp(m))
		return refuse(m, DSMIP_BA_UDP_REFUSED, DSMIP_DROP_BU_OPTIONS);
	if (!m->snap->exists && !p->room)
		return refuse(m, DSMIP_BA_RESOURCES, DSMIP_DROP_BU_RESOURCES);
	return true;
}

/* [HR-09] [HR-11] [HR-14]. A prefix with no unit of life left is no home subnet. */
static bool lifetime(const struct matter *m)
{
	const struct dsmip_policy *p = m->policy;
	u32 granted_s;

	if (m->deregisters)
		return true;
	granted_s = dsmip_life_grant(m->bu->lifetime_s, p->lifetime_max_s, p->prefix_valid_s);
	if (!granted_s)
		return refuse(m, DSMIP_BA_NOT_HOME_SUBNET, DSMIP_DROP_BU_NOT_SERVED);
	m->v->lifetime_s = granted_s;
	m->v->refresh_s = dsmip_life_refresh(granted_s, p->refresh_s);
	if (dsmip_life_prefix_matters(granted_s, p->prefix_preferred_s, p->prefix_valid_s))
		m->v->status = DSMIP_BA_ACCEPTED_PREFIX;
	return true;
}

/* The option that asks for an address, or the first; the other one asks for a prefix [DS-28]. */
static u8 address_option(const struct dsmip_bu *bu)
{
	return bu->hoa4_count > 1 && bu->hoa4[0].prefix && !bu->hoa4[1].prefix;
}

/*
 * [DS-22] [DS-23] [DS-26]. The RFC names the codes, not the cases. A length
 * other than 32 that is one is overridden by the answer [DS-27].
 */
static u8 hoa4_fault(const struct matter *m, const struct dsmip_hoa4 *asked)
{
	const struct dsmip_policy *p = m->policy;
	const bool bound = asked->addr && m->snap->exists && asked->addr == m->snap->hoa4;

	if (!asked->plen || asked->plen > HOA4_PLEN)
		return DSMIP_HOA4_UNSPECIFIED;
	if (asked->prefix && !bound)
		return DSMIP_HOA4_PREFIX_UNAUTHORISED;
	if (asked->addr && !dsmip_in4_is_unicast(asked->addr))
		return DSMIP_HOA4_INVALID;
	if (!p->hoa4 && !p->pool)
		return asked->addr ? DSMIP_HOA4_PROHIBITED : DSMIP_HOA4_UNAVAILABLE;
	if (asked->addr && asked->addr != p->hoa4 && !(bound && p->pool))
		return DSMIP_HOA4_INCORRECT;
	return DSMIP_HOA4_OK;
}

/* [DS-21] Whatever comes of it, the IPv6 binding stands. */
static void judge_hoa4(const struct matter *m)
{
	const struct dsmip_hoa4 *asked = &m->bu->hoa4[address_option(m->bu)];
	const __be32 addr = asked->addr ?: m->policy->hoa4;
	const u8 status = hoa4_fault(m, asked);

	if (status != DSMIP_HOA4_OK) {
		m->v->hoa4_action = DSMIP_HOA4_REFUSE;
		m->v->hoa4 = (struct dsmip_hoa4){ .addr = asked->addr, .status = status };
		return;
	}
	m->v->hoa4 = (struct dsmip_hoa4){ .addr = addr, .plen = HOA4_PLEN };
	if (addr && addr == m->policy->hoa4)
		m->v->hoa4_action = DSMIP_HOA4_BIND;
	else
		m->v->hoa4_action = DSMIP_HOA4_ALLOCATE;
}

static void grant_flags(const struct matter *m, u16 flags)
{
	struct dsmip_verdict *v = m->v;

	v->flags = m->bu->flags & flags;
	if (v->flags & DSMIP_BU_R)
		v->ba_flags = DSMIP_BA_R;
	if (moves_key_exchange(m)) {
		v->flags |= DSMIP_BU_K;
		v->ba_flags |= DSMIP_BA_K;
	}
}

/*
 * [DR-03] [DR-11]. Option 29 in a deregistration is answered with success:
 * silence would tell the mobile that there is no IPv4 here, ever [DS-20].
 */
static void end(const struct matter *m)
{
	const struct dsmip_hoa4 *asked = &m->bu->hoa4[address_option(m->bu)];

	m->v->action = DSMIP_ACTION_DELETE;
	grant_flags(m, DSMIP_BU_A | DSMIP_BU_H);
	if (m->bu->hoa4_count)
		m->v->hoa4 = (struct dsmip_hoa4){
			.addr = asked->addr ?: m->snap->hoa4,
			.plen = HOA4_PLEN,
		};
}

/*
 * [DS-08] The RFC wants option 31 with a NAT (3.2.2), or always (4.2), and to a
 * mobile it means UDP (4.4.2). So it is there where data goes in UDP; @nat_always
 * adds the one that says "no NAT" by its refresh time. F stands where UDP would
 * else not be understood: without a NAT, or with one that need not be kept awake
 * [DS-07] [DS-09]. What is refused or ends has no tunnel to speak of.
 */
static void tell_nat(const struct matter *m)
{
	struct dsmip_verdict *v = m->v;

	v->nat_told = is_udp(v->outer) || (is_udp(m->arrival->outer) && m->policy->nat_always);
	if (!v->nat_told)
		return;
	v->nat.refresh_s = v->nat_found ? m->policy->keepalive_s : DSMIP_NAT_NEVER_S;
	v->nat.force = is_udp(v->outer) && v->nat.refresh_s == (u32)DSMIP_NAT_NEVER_S;
}

/* [HR-08] */
static void grant(const struct matter *m)
{
	struct dsmip_verdict *v = m->v;

	if (m->snap->exists)
		v->action = DSMIP_ACTION_UPDATE;
	else if (m->policy->dad)
		v->action = DSMIP_ACTION_CREATE_DAD;
	else
		v->action = DSMIP_ACTION_CREATE;
	grant_flags(m, GRANTED);
	tell_nat(m);
	if (m->bu->hoa4_count)
		judge_hoa4(m);
}

void dsmip_accept(const struct dsmip_bu *bu, const struct dsmip_snapshot *snap,
		  const struct dsmip_arrival *arrival,
		  const struct dsmip_policy *policy, struct dsmip_verdict *v)
{
	struct matter m = {
		.bu = bu, .snap = snap, .arrival = arrival, .policy = policy, .v = v,
	};

	prepare(&m);
	if (!protection(&m) || !addresses(&m) || !form(&m) || !sequence(&m) ||
	    !authority(&m) || !lifetime(&m))
		return;
	v->store_seq = true;
	if (m.deregisters)
		end(&m);
	else
		grant(&m);
}

/* RFC 5648 6.2: in every answer, and without the care-of address, which may be left out. */
static void answer_bids(const struct dsmip_bu *bu, struct dsmip_ba *ba)
{
	u8 i;

	for (i = 0; i < bu->bid_count; i++) {
		struct dsmip_bid *bid = &ba->bid[ba->bid_count];

		if (bu->bid[i].coa_len == 0xff)
			continue;
		*bid = bu->bid[i];
		bid->status = 0;
		bid->coa_len = 0;
		ba->bid_count++;
	}
	if (ba->bid_count)
		ba->has |= DSMIP_HAS(DSMIP_OPT_BID);
}

/* [DS-20], to what was accepted: RFC 5555 2.3.1. An option not taken up is refused beside it. */
static void answer_hoa4(const struct dsmip_bu *bu, const struct dsmip_verdict *v,
			struct dsmip_ba *ba)
{
	const struct dsmip_hoa4 *other = &bu->hoa4[!address_option(bu)];

	ba->has |= DSMIP_HAS(DSMIP_OPT_HOA4_ACK);
	ba->hoa4[ba->hoa4_count++] = v->hoa4;
	if (bu->hoa4_count < 2)
		return;
	ba->hoa4[ba->hoa4_count++] = (struct dsmip_hoa4){
		.addr = other->addr,
		.status = other->prefix ? DSMIP_HOA4_PREFIX_UNAUTHORISED : DSMIP_HOA4_PROHIBITED,
	};
}

void dsmip_accept_answer(const struct dsmip_bu *bu, const struct dsmip_verdict *v,
			 struct dsmip_ba *ba)
{
	*ba = (struct dsmip_ba){
		.status = v->status,
		.flags = v->ba_flags,
		.seq = v->ba_seq,
		.lifetime_s = v->lifetime_s,
		.refresh_s = v->refresh_s,
	};
	if (v->refresh_s)
		ba->has |= DSMIP_HAS(DSMIP_OPT_REFRESH);
	if (bu->hoa4_count && v->action > DSMIP_ACTION_REFUSE)
		answer_hoa4(bu, v, ba);
	if (v->nat_told && v->action > DSMIP_ACTION_REFUSE) {
		ba->nat = v->nat;
		ba->has |= DSMIP_HAS(DSMIP_OPT_NAT);
	}
	answer_bids(bu, ba);
}
