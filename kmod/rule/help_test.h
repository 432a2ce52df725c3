/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests of the state machine share: a registration, and what happens to it. */
#ifndef DSMIP_RULE_HELP_TEST_H
#define DSMIP_RULE_HELP_TEST_H

#include "../wire/ext.h"
#include "../wire/help_test.h"
#include "step.h"

#define IP4(a, b, c, d) cpu_to_be32((a) * 16777216u + (b) * 65536 + (c) * 256 + (d))
#define EXPECT_IP4(test, left, right) \
	KUNIT_EXPECT_EQ(test, be32_to_cpu(left), be32_to_cpu(right))

#define COA4 IP4(192, 0, 2, 33)
#define COA4_B IP4(198, 51, 100, 9)

enum { T0 = 1000000, LIFE = 600, RANDOM = 0xfff0, LAST_TRY = 1500 + 3000 + 6000 };

#define NEVER_S ((u32)DSMIP_NAT_NEVER_S)

static const struct in6_addr nowhere __maybe_unused;
static const struct in6_addr coa_b __maybe_unused = {
	.s6_addr = { 0x20, 0x01, 0x0d, 0xb8, 0, 3, [15] = 9 },
};

static const struct in6_addr coa_c __maybe_unused = {
	.s6_addr = { 0x20, 0x01, 0x0d, 0xb8, 0, 4, [15] = 9 },
};

/* A registration, its clock, and what the last step said. */
struct machine {
	struct dsmip_reg reg;
	struct dsmip_want want;
	struct dsmip_step_out out;
	u64 now;
};

static inline void make(struct machine *m)
{
	*m = (struct machine){
		.want = { .hoa = test_hoa, .lifetime_s = LIFE },
		.now = T0,
	};
}

static inline void step(struct machine *m, struct dsmip_step_in in)
{
	in.now_ms = m->now;
	in.random = RANDOM;
	dsmip_step(&m->reg, &m->want, &in, &m->out);
}

static inline void happens(struct machine *m, u8 event)
{
	step(m, (struct dsmip_step_in){ .event = event });
}

static inline void moves_to(struct machine *m, const struct in6_addr *coa)
{
	step(m, (struct dsmip_step_in){ .event = DSMIP_STEP_COA, .coa = *coa });
}

/* To where there may be IPv6, IPv4 or both. */
static inline void moves_to_both(struct machine *m, const struct in6_addr *coa6, __be32 coa4)
{
	step(m, (struct dsmip_step_in){ .event = DSMIP_STEP_COA, .coa = *coa6, .coa4 = coa4 });
}

/* Whether the last step sent a Binding Update from this IPv4 address. */
static inline bool sent_from4(const struct machine *m, __be32 coa4)
{
	return m->out.send && dsmip_in6_to_in4(&m->out.coa) == coa4;
}

static inline bool sent_from6(const struct machine *m, const struct in6_addr *coa)
{
	return m->out.send && test_same_in6(&m->out.coa, coa);
}

static inline void hears(struct machine *m, const struct dsmip_ba *ba)
{
	step(m, (struct dsmip_step_in){
		.event = DSMIP_STEP_BA, .ba = ba, .from_ha = true,
		.protection = DSMIP_PROTECTION_OURS,
	});
}

static inline void answers(struct machine *m, u8 status, u16 seq, u32 lifetime_s)
{
	const struct dsmip_ba ba = { .status = status, .seq = seq, .lifetime_s = lifetime_s };

	hears(m, &ba);
}

/* Accepted, with this option 31. */
static inline void is_told_nat(struct machine *m, bool force, u32 refresh_s)
{
	const struct dsmip_ba ba = {
		.seq = m->reg.seq, .lifetime_s = LIFE,
		.has = DSMIP_HAS(DSMIP_OPT_NAT),
		.nat = { .force = force, .refresh_s = refresh_s },
	};

	hears(m, &ba);
}

/* The home agent's answer to the last Binding Update. */
static inline void is_told(struct machine *m, u8 status)
{
	answers(m, status, m->reg.seq, status < 128 ? LIFE : 0);
}

static inline void timer(struct machine *m)
{
	m->now = m->reg.due_ms;
	happens(m, DSMIP_STEP_TIMER);
}

/* Time goes by, and the timer is served; what was sent in it is counted. */
static inline u32 waits(struct machine *m, u64 ms)
{
	const u64 until = m->now + ms;
	u32 sent = 0;

	while (m->reg.due_ms && m->reg.due_ms <= until) {
		timer(m);
		sent += m->out.send;
	}
	m->now = until;
	return sent;
}

static inline void make_registered(struct machine *m)
{
	make(m);
	moves_to(m, &test_coa);
	m->now += 40;
	is_told(m, DSMIP_BA_ACCEPTED);
}

#endif
