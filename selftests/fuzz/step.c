// SPDX-License-Identifier: GPL-2.0
/*
 * Any octets as what happens to a registration: whatever it is, the machine
 * keeps to its pace, never sleeps when there is something to do, believes only
 * what it may believe, and can be ended.
 */

#include "fuzz.h"
#include "../../kmod/rule/step.h"
#include "../../kmod/wire/ext.h"
#include "../../kmod/wire/help_test.h"

enum {
	BEGIN_MS = 1000000,
	TURN = 3,
	ENOUGH = 64
};

static const struct in6_addr nowhere;
static const __be32 places4[] = { 0, cpu_to_be32(0xc0000221), cpu_to_be32(0xc6336409) };
static const struct in6_addr coa_b = { .s6_addr = { 0x20, 0x01, 0x0d, 0xb8, 0, 3, [15] = 9 } };

/* The script; zeroes when there is no more. */
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

/**
 * struct machine - a registration under test
 * @reg: state
 * @want: wishes
 * @in: last event
 * @out: what it did
 * @now: clock
 * @udp_ms: when data was last sent
 * @coa6: IPv6 care-of address last told of
 * @coa4: IPv4 care-of address last told of
 * @sent: times of the last messages, the last one first
 */
struct machine {
	struct dsmip_reg reg;
	struct dsmip_want want;
	struct dsmip_step_in in;
	struct dsmip_step_out out;
	u64 now;
	u64 udp_ms;
	struct in6_addr coa6;
	__be32 coa4;
	u64 sent[DSMIP_RATE_COUNT + 1];
};

static bool is_bound(const struct dsmip_reg *reg)
{
	return !test_same_in6(&reg->bound_coa, &nowhere);
}

static bool is_home(const struct machine *m)
{
	return test_same_in6(&m->reg.coa, &m->want.hoa);
}

static bool believes(const struct machine *m)
{
	return m->in.event == DSMIP_STEP_BA && m->out.why == DSMIP_OK;
}

/* [MR-07] [MR-08] [MR-11] [MR-13] */
static void check_pace(struct machine *m, const struct dsmip_reg *before)
{
	u16 last = before->seq;

	if (believes(m) && m->in.ba->status == DSMIP_BA_SEQUENCE)
		last = m->in.ba->seq;
	if (!before->sent)
		last = m->in.random - 1;
	memmove(&m->sent[1], &m->sent[0], sizeof(m->sent) - sizeof(m->sent[0]));
	m->sent[0] = m->now;
	require(m->now - m->sent[DSMIP_RATE_COUNT] > DSMIP_RATE_WINDOW_MS);
	require(m->out.bu.seq == (u16)(last + 1) && m->reg.seq == m->out.bu.seq);
}

/* [MR-02] [DS-02] [DS-18] [DS-19] where from, in what, and that it is said inside */
static void check_way(const struct machine *m, const struct dsmip_bu *bu)
{
	const __be32 coa4 = dsmip_in6_to_in4(&m->out.coa);
	const bool f = bu->flags & DSMIP_BU_F;

	if (is_home(m)) {
		require(!f && m->out.outer == DSMIP_OUTER_IP6);
		require(!(bu->has & (DSMIP_HAS(DSMIP_OPT_ALT_COA) | DSMIP_HAS(DSMIP_OPT_COA4))));
		return;
	}
	require(!(bu->has & DSMIP_HAS(DSMIP_OPT_COA4)) == !coa4);
	require(!(bu->has & DSMIP_HAS(DSMIP_OPT_ALT_COA)) == !!coa4);
	require(f == ((m->want.flags & DSMIP_BU_F || m->reg.force) && !m->reg.force_refused));
	if (coa4) {
		require(m->out.outer == DSMIP_OUTER_UDP4);
		require(bu->coa4 == coa4 && coa4 == m->coa4);
	} else {
		require(m->out.outer == (f ? DSMIP_OUTER_UDP6 : DSMIP_OUTER_IP6));
		require(test_same_in6(&bu->alt_coa, &m->out.coa) &&
			test_same_in6(&m->out.coa, &m->coa6));
	}
}

/* [MR-01] [MR-05] [MR-06] [MR-17] */
static void check_message(const struct machine *m)
{
	struct dsmip_bu again;
	u8 buf[256];
	int len;

	len = dsmip_bu_build(&m->out.bu, buf, sizeof(buf));
	require(len > 0 && dsmip_bu_parse(dsmip_span(buf, len), &again) == DSMIP_OK);
	require(test_same_bu(&m->out.bu, &again));
	require((again.flags & (DSMIP_BU_A | DSMIP_BU_H)) == (DSMIP_BU_A | DSMIP_BU_H));
	require(!test_same_in6(&m->out.coa, &nowhere));
	require(test_same_in6(&m->out.coa, &m->reg.coa));
	require(!again.lifetime_s == m->reg.deregister);
	require(!m->reg.stopping || m->reg.deregister);
	require(!m->reg.hoa_forbidden || m->reg.deregister);
	require(!(again.flags & DSMIP_BU_K) || (m->want.flags & DSMIP_BU_K && !m->want.open));
	check_way(m, &again);
}

/* [DS-29] an address is left when it is gone, or after three without an answer */
static void check_turn(const struct machine *m, const struct dsmip_reg *before)
{
	const bool told = m->in.event == DSMIP_STEP_COA || m->in.event == DSMIP_STEP_HOME;

	if (test_same_in6(&before->coa, &m->reg.coa))
		return;
	require(told || (m->out.send && before->tries >= TURN && m->coa4 &&
			 !test_same_in6(&m->coa6, &nowhere)));
	require(!m->reg.force && !m->reg.force_refused);
}

/* [DS-07] [DS-12] [DS-31] what is bound is of its family, and a NAT hears us in time */
static void check_nat(const struct machine *m, const struct dsmip_reg *before)
{
	const struct dsmip_reg *reg = &m->reg;
	const bool ip4 = dsmip_in6_to_in4(&reg->bound_coa);
	const u64 heard = reg->sent_ms > m->udp_ms ? reg->sent_ms : m->udp_ms;

	if (ip4)
		require(reg->bound_outer == DSMIP_OUTER_IP4 ||
			reg->bound_outer == DSMIP_OUTER_UDP4);
	else
		require(reg->bound_outer == DSMIP_OUTER_IP6 ||
			reg->bound_outer == DSMIP_OUTER_UDP6);
	require(!reg->nat || reg->bound_outer >= DSMIP_OUTER_UDP4);
	require(!reg->keepalive_s || reg->nat);
	require(is_bound(reg) || (!reg->nat && reg->bound_outer == DSMIP_OUTER_IP6));
	if (reg->bound_outer != before->bound_outer || reg->nat != before->nat)
		require(m->out.bound);
	if (reg->force && !before->force)
		require(m->in.event == DSMIP_STEP_SILENT &&
			before->bound_outer < DSMIP_OUTER_UDP4 && !before->force_refused);
	if (reg->keepalive_s && reg->state == DSMIP_STATE_REGISTERED &&
	    test_same_in6(&reg->coa, &reg->bound_coa))
		require(reg->due_ms <= heard + reg->keepalive_s * 1000ULL);
}

/* [MR-12] [MR-20] [MR-22] what changes a binding: an answer, its end, a farewell */
static void check_binding(const struct machine *m, const struct dsmip_reg *before)
{
	const bool over = before->expires_ms && before->expires_ms <= m->now;
	const bool left = before->deregister && !m->reg.deregister;

	require(is_bound(&m->reg) == !!m->reg.expires_ms);
	require(is_bound(&m->reg) || (!m->reg.hoa4 && !m->reg.granted_s));
	if (test_same_in6(&before->bound_coa, &m->reg.bound_coa))
		return;
	require(believes(m) || over || left);
	require(m->out.bound);
}

static void check_timer(const struct machine *m)
{
	const struct dsmip_reg *reg = &m->reg;
	const bool busy = reg->state != DSMIP_STATE_IDLE && reg->state != DSMIP_STATE_AT_HOME &&
			  reg->state != DSMIP_STATE_REFUSED;

	require(!reg->due_ms || reg->due_ms > m->now);
	require(!reg->expires_ms || (reg->due_ms && reg->due_ms <= reg->expires_ms));
	require(m->out.ended == (reg->stopping && !reg->deregister));
	if (m->out.ended)
		require(!reg->due_ms && !is_bound(reg));
	else if (busy && !test_same_in6(&reg->coa, &nowhere))
		require(reg->due_ms && reg->next_ms && reg->next_ms > m->now);
}

static void check_state(const struct machine *m)
{
	const struct dsmip_reg *reg = &m->reg;

	require(reg->state <= DSMIP_STATE_MAX);
	if (reg->state == DSMIP_STATE_AT_HOME)
		require(is_home(m) && !is_bound(reg) && !reg->deregister);
	if (reg->state == DSMIP_STATE_REGISTERED || reg->state == DSMIP_STATE_REFRESHING)
		require(is_bound(reg));
	if (reg->state == DSMIP_STATE_REGISTERING)
		require(!is_bound(reg));
	if (reg->state == DSMIP_STATE_DEREGISTERING)
		require(reg->deregister);
	require(!reg->hoa4 || dsmip_in4_is_unicast(reg->hoa4));
	require(m->out.event >= -1 && m->out.event <= DSMIP_EVENT_MAX);
}

/* [MR-19] granted by who accepted, to who asked; and what is shown is told */
static void check_told(const struct machine *m, const struct dsmip_reg *before)
{
	const struct dsmip_reg *reg = &m->reg;
	const bool asked = m->want.flags & DSMIP_BU_K && !m->want.open;

	if (reg->key_management && !before->key_management)
		require(believes(m) && asked && m->in.ba->status < DSMIP_BA_UNSPECIFIED &&
			m->in.ba->flags & DSMIP_BA_K);
	if (m->out.event == DSMIP_EVENT_MOVED)
		require(test_same_in6(&reg->coa_before, &before->bound_coa));
	if (m->out.event == -1)
		require(reg->state == before->state && reg->status == before->status &&
			reg->key_management == before->key_management && reg->nat == before->nat &&
			reg->bound_outer == before->bound_outer &&
			test_same_in6(&reg->coa, &before->coa));
}

/* A message that is ignored changes nothing, but that time goes by and data is sent. */
static void check_ignored(const struct machine *m, const struct dsmip_reg *before)
{
	const bool idle = !before->due_ms || before->due_ms > m->now;
	struct dsmip_reg after = m->reg;

	if (m->out.why == DSMIP_OK || !idle)
		return;
	require(before->due_ms == after.due_ms || before->keepalive_s);
	after.due_ms = before->due_ms;
	require(!memcmp(before, &after, sizeof(after)) && m->out.event == -1);
}

static void step(struct machine *m)
{
	const struct dsmip_reg before = m->reg;

	m->in.now_ms = m->now;
	m->in.udp_ms = m->udp_ms;
	if (m->in.event == DSMIP_STEP_COA) {
		m->coa6 = m->in.coa;
		m->coa4 = m->in.coa4;
	}
	memset(&m->out, 0xa5, sizeof(m->out));
	dsmip_step(&m->reg, &m->want, &m->in, &m->out);
	if (m->out.send) {
		check_pace(m, &before);
		check_message(m);
	}
	check_turn(m, &before);
	check_binding(m, &before);
	check_nat(m, &before);
	check_timer(m);
	check_state(m);
	check_told(m, &before);
	check_ignored(m, &before);
}

static void make_ba(struct dsmip_ba *ba, const struct dsmip_reg *reg)
{
	static const u8 statuses[] = { 0, 0, 1, 128, 129, 130, 133, 134, 135, 139, 140, 144 };
	const u8 bits = octet();

	*ba = (struct dsmip_ba){
		.status = bits & 0x80 ? octet() : statuses[bits % ARRAY_SIZE(statuses)],
		.seq = bits & 0x40 ? number(2) : reg->seq - octet() % 4,
		.lifetime_s = number(bits & 0x20 ? 2 : 1) * DSMIP_LIFE_UNIT_S,
		.refresh_s = bits & 0x10 ? number(2) * DSMIP_LIFE_UNIT_S : 0,
		.hoa4_count = !!(bits & 1),
		.flags = bits & 8 ? DSMIP_BA_K : 0,
	};
	if (bits & 4) {
		ba->has = DSMIP_HAS(DSMIP_OPT_NAT);
		ba->nat.force = octet() & 1;
		ba->nat.refresh_s = octet();
		if (ba->nat.refresh_s > 128)
			ba->nat.refresh_s = DSMIP_NAT_NEVER_S;
	}
	if (ba->hoa4_count)
		ba->hoa4[0] = (struct dsmip_hoa4){
			.addr = cpu_to_be32(number(4)),
			.plen = octet() & 63,
			.status = octet(),
		};
}

static void make_event(struct machine *m, struct dsmip_ba *ba)
{
	const struct in6_addr places[] = { test_coa, coa_b, nowhere, test_hoa };
	const u8 bits = octet();

	m->in = (struct dsmip_step_in){ .event = bits & 15, .from_ha = true };
	m->in.random = number(2);
	m->in.coa = places[bits >> 4 & 3];
	m->in.coa4 = places4[(bits >> 6) % ARRAY_SIZE(places4)];
	m->in.be_status = bits >> 4 & 3;
	m->in.protection = DSMIP_PROTECTION_OURS;
	if (m->in.event != DSMIP_STEP_BA)
		return;
	make_ba(ba, &m->reg);
	m->in.ba = ba;
	m->in.from_ha = (bits & 0x70) != 0x10;
	if (bits & 0x80)
		m->in.protection = bits >> 4 & 3;
}

static void make_wishes(struct machine *m)
{
	const u8 bits = octet();

	m->want.hoa = test_hoa;
	m->want.open = bits & 1;
	m->want.hoa4_asked = bits & 2;
	m->want.hoa4 = bits & 4 ? cpu_to_be32(0x0a000007) : 0;
	m->want.lifetime_s = number(bits & 8 ? 4 : 1);
	m->want.flags = bits << 8;
	m->want.keepalive_s = bits & 16 ? octet() : 110;
}

/* To the timer, most of all; or some milliseconds; or a long time. Data is sent meanwhile. */
static void let_time_pass(struct machine *m)
{
	const u8 how = octet();

	if (how % 4 == 1)
		m->udp_ms = m->now;

	if (how < 128 && m->reg.due_ms)
		m->now = m->reg.due_ms;
	else if (how < 250)
		m->now += 1 + (how & 63) * 8;
	else
		m->now += number(3);
}

/* A few tries, and it has ended. */
static void stop(struct machine *m)
{
	u8 i;

	m->in = (struct dsmip_step_in){ .event = DSMIP_STEP_STOP };
	step(m);
	m->in.event = DSMIP_STEP_TIMER;
	for (i = 0; i < 20 && !m->out.ended; i++) {
		m->now = m->reg.due_ms;
		step(m);
	}
	require(m->out.ended);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct machine m = { .now = BEGIN_MS };
	struct dsmip_ba ba;
	u32 i;

	rest = dsmip_span(data, size);
	make_wishes(&m);
	for (i = 0; i < ENOUGH && rest.len; i++) {
		let_time_pass(&m);
		make_event(&m, &ba);
		if (m.in.event == DSMIP_STEP_CHANGED)
			make_wishes(&m);
		step(&m);
	}
	stop(&m);
	return 0;
}
