// SPDX-License-Identifier: GPL-2.0
/*
 * Read dsmip_step() first. An event changes wishes and facts and says when the
 * next Binding Update is due; settle() alone sends, expires and sets the timer.
 * So nothing that comes in between, and be it a flood, moves a timer that it
 * has no right to.
 */

#include "../wire/ext.h"
#include "../wire/msg.h"
#include "seq.h"
#include "step.h"
#include "way.h"

enum step_limits {
	STOP_TRIES = 3,		/* of a deregistration that nobody needs any more */
	TURN_TRIES = 3,		/* by one care-of address while there is another [DS-29] */
	ACKS_BACK = 15,		/* older ones are no answers but echoes */
	RETRY_MS = DSMIP_BACKOFF_MAX_MS,
	LATE_S = 16,		/* leaves room for 1 + 2 + 4 + 8 s of retransmissions */
};

/**
 * struct turn - one step
 * @reg: state
 * @want: wishes
 * @in: event
 * @out: what to do
 */
struct turn {
	struct dsmip_reg *reg;
	const struct dsmip_want *want;
	const struct dsmip_step_in *in;
	struct dsmip_step_out *out;
};

static bool same(const struct in6_addr *a, const struct in6_addr *b)
{
	return !memcmp(a, b, sizeof(*a));
}

static bool is_any(const struct in6_addr *a)
{
	static const struct in6_addr any;

	return same(a, &any);
}

static bool is_bound(const struct dsmip_reg *reg)
{
	return !is_any(&reg->bound_coa);
}

static bool is_home(const struct turn *t)
{
	return same(&t->reg->coa, &t->want->hoa);
}

/* An acknowledgment may have been lost: the home agent may know more than we do. */
static bool may_be_bound(const struct turn *t)
{
	const struct dsmip_reg *reg = t->reg;

	return is_bound(reg) ||
	       (reg->asked_s && reg->sent_ms + reg->asked_s * 1000ULL > t->in->now_ms);
}

/* [MR-17], and RFC 3963 5.4: no R again where it was not permitted, until the wishes change. */
static bool is_final(const struct dsmip_reg *reg)
{
	return reg->hoa_forbidden || (reg->state == DSMIP_STATE_REFUSED &&
				      reg->status == DSMIP_BA_MR_NOT_PERMITTED);
}

static u8 busy_state(const struct dsmip_reg *reg)
{
	if (reg->deregister)
		return DSMIP_STATE_DEREGISTERING;
	return is_bound(reg) ? DSMIP_STATE_REFRESHING : DSMIP_STATE_REGISTERING;
}

/* Send the same again, now; acknowledgments on their way still count. */
static void hurry(const struct turn *t)
{
	t->reg->timeout_ms = 0;
	t->reg->next_ms = t->in->now_ms;
	t->reg->state = busy_state(t->reg);
}

/* From here on acknowledgments of what was sent answer nothing. */
static void forget_sent(struct dsmip_reg *reg)
{
	reg->outstanding = false;
	reg->seq_oldest = reg->seq + 1;
}

/* Send something else, now. */
static void start(const struct turn *t)
{
	forget_sent(t->reg);
	t->reg->tries = 0;
	hurry(t);
}

static void rest(struct dsmip_reg *reg, u8 state)
{
	forget_sent(reg);
	reg->next_ms = 0;
	reg->state = state;
}

/*
 * As rest(), but what was sent after the message that this one answers may be
 * answered too: the home agent's last word counts, not its first.
 */
static void rest_after(struct dsmip_reg *reg, u8 state, const struct dsmip_ba *ba)
{
	rest(reg, state);
	reg->seq_oldest = ba->seq + 1;
	reg->tries = 0;
	reg->timeout_ms = 0;
}

/* What was not sent, or was answered, says nothing against the address in use [DS-29]. */
static void recount(struct dsmip_reg *reg, u32 tries)
{
	if (!reg->deregister)
		reg->tries = tries;
}

static void start_registration(const struct turn *t)
{
	if (!t->reg->hoa_forbidden && !is_any(&t->reg->coa) && !is_home(t))
		start(t);
}

static void unbind(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	if (is_bound(reg))
		t->out->bound = true;
	dsmip_way_unbind(reg);
	reg->granted_s = 0;
	reg->key_management = false;
	reg->expires_ms = 0;
	reg->hoa4 = 0;
	reg->hoa4_plen = 0;
}

/* [MR-20] */
static void expire(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	unbind(t);
	t->out->event = DSMIP_EVENT_EXPIRED;
	if (is_any(&reg->coa) && !reg->stopping && !is_final(reg))
		rest(reg, DSMIP_STATE_IDLE);
	else if (reg->state == DSMIP_STATE_REGISTERED || reg->state == DSMIP_STATE_REFRESHING)
		reg->state = DSMIP_STATE_REGISTERING;
}

static void finish_deregistration(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	unbind(t);
	reg->deregister = false;
	reg->asked_s = 0;
	rest(reg, reg->stopping ? DSMIP_STATE_IDLE : DSMIP_STATE_AT_HOME);
	t->out->event = DSMIP_EVENT_DELETED;
}

/*
 * No access is left. What is bound stays so until it expires: an access may
 * come back. One that stops waits for that as long as for an answer.
 */
static void lose_access(struct dsmip_reg *reg)
{
	u8 state = reg->state;

	if (reg->stopping)
		return;
	if (!is_bound(reg) && !is_final(reg))
		state = DSMIP_STATE_IDLE;
	else if (state == DSMIP_STATE_DEREGISTERING)
		state = DSMIP_STATE_REGISTERED;
	rest(reg, state);
}

/*
 * [DR-05] [3G-24] Not known at the home agent: nothing to say. One that stops
 * says from here what it was about to say.
 */
static void on_home(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	if (is_home(t))
		return;
	dsmip_way_home(reg, &t->want->hoa);
	if (reg->stopping) {
		hurry(t);
	} else if (may_be_bound(t)) {
		reg->deregister = true;
		start(t);
	} else if (!is_final(reg)) {
		rest(reg, DSMIP_STATE_AT_HOME);
	}
}

/*
 * [DS-29] An address that nobody answers gives way to the other for as many tries.
 * Want of an SA is no fault of an address. One that stops tries either once.
 */
static bool is_others_turn(const struct dsmip_reg *reg)
{
	if (!dsmip_way_has_other(reg) || reg->state == DSMIP_STATE_UNPROTECTED)
		return false;
	return reg->stopping ? reg->tries == TURN_TRIES : reg->tries >= TURN_TRIES;
}

/*
 * What comes to the rescue of an address that nobody answers need not wait for the
 * long timeouts of it.
 */
static void on_same_coa(const struct turn *t, bool was_alone)
{
	struct dsmip_reg *reg = t->reg;

	if (reg->state == DSMIP_STATE_REFUSED && !is_final(reg))
		start_registration(t);
	else if (was_alone && is_others_turn(reg))
		reg->next_ms = t->in->now_ms;
}

/* The same address again is no news, except to one that was refused. */
static void on_coa(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;
	const bool was_alone = !dsmip_way_has_other(reg);

	if (same(&t->in->coa, &t->want->hoa)) {
		on_home(t);
		return;
	}
	if (!dsmip_way_choose(reg, &t->in->coa, t->in->coa4)) {
		on_same_coa(t, was_alone);
		return;
	}
	if (!reg->stopping)
		reg->deregister = false;
	if (is_any(&reg->coa))
		lose_access(reg);
	else if (reg->stopping)
		hurry(t);
	else if (!is_final(reg))
		start_registration(t);
}

static void on_stop(const struct turn *t)
{
	if (t->reg->stopping)
		return;
	t->reg->stopping = true;
	if (may_be_bound(t)) {
		t->reg->deregister = true;
		start(t);
	} else {
		finish_deregistration(t);
	}
}

static void on_changed(const struct turn *t)
{
	if (!t->reg->stopping)
		start_registration(t);
}

static void on_sa(const struct turn *t)
{
	switch (t->reg->state) {
	case DSMIP_STATE_REFUSED:
		if (!is_final(t->reg))
			start_registration(t);
		break;
	case DSMIP_STATE_REGISTERING:
	case DSMIP_STATE_REFRESHING:
	case DSMIP_STATE_DEREGISTERING:
	case DSMIP_STATE_UNPROTECTED:
		if (is_any(&t->reg->coa))
			break;
		recount(t->reg, 0);
		hurry(t);
		break;
	}
}

/*
 * The retransmission timer runs on, so it is tried again, more and more slowly, and
 * told once. One that stops wants no SA any more.
 */
static void on_no_sa(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	if (!reg->outstanding || reg->stopping || reg->state == DSMIP_STATE_UNPROTECTED)
		return;
	reg->state = DSMIP_STATE_UNPROTECTED;
	t->out->event = DSMIP_EVENT_SA_WANTED;
}

/* An SA has come without a word; if it goes again, that is to be told again. */
static void on_sent(const struct turn *t)
{
	if (!t->reg->outstanding || t->reg->state != DSMIP_STATE_UNPROTECTED)
		return;
	recount(t->reg, 1);
	t->reg->state = busy_state(t->reg);
}

/*
 * [DS-31] [DS-19] Something on the way lets no tunnel through that is not in UDP. Asked
 * for once: where it is refused, it is. A NAT may have forgotten us: then the home agent
 * does not know where we are, until it hears from us [DS-35].
 */
static void on_silent(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;
	const bool udp = reg->bound_outer > DSMIP_OUTER_IP4;

	if (reg->state != DSMIP_STATE_REGISTERED || !same(&reg->coa, &reg->bound_coa) ||
	    (!udp && reg->force_refused))
		return;
	if (!udp)
		reg->force = true;
	start_registration(t);
}

/*
 * [MR-23] Anybody can forge this, so it only slows down, counted from the last
 * Binding Update: a flood does not put off the next one for ever.
 */
static void on_unsupported(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	if (!reg->outstanding || reg->stopping)
		return;
	reg->timeout_ms = DSMIP_BACKOFF_MAX_MS;
	reg->next_ms = max(reg->next_ms, reg->sent_ms + RETRY_MS);
}

/*
 * [MR-24] Not protected either: at most one Binding Update a second comes of
 * it, and none beside one that is out.
 */
static void on_be(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	if (t->in->be_status == DSMIP_BE_UNKNOWN_TYPE) {
		on_unsupported(t);
		return;
	}
	if (!is_bound(reg))
		t->out->why = DSMIP_DROP_BE_UNKNOWN;
	if (t->in->be_status != DSMIP_BE_UNKNOWN_BINDING || is_any(&reg->coa) ||
	    reg->state != DSMIP_STATE_REGISTERED)
		return;
	start(t);
	reg->next_ms = max(reg->next_ms, reg->sent_ms + DSMIP_BACKOFF_INITIAL_MS);
}

/*
 * [MR-12] [MR-13]. A 135 that the last Binding Update already satisfies is the
 * echo of an earlier one: acting on it would only make another.
 */
static enum dsmip_drop ba_fault(const struct turn *t)
{
	const struct dsmip_reg *reg = t->reg;
	const u16 seq = t->in->ba->seq;
	bool answers;

	if (!t->in->from_ha)
		return DSMIP_DROP_BA_FORM;
	if (t->in->protection == DSMIP_PROTECTION_NONE && !t->want->open)
		return DSMIP_DROP_BA_UNPROTECTED;
	if (t->in->protection > DSMIP_PROTECTION_OURS)
		return DSMIP_DROP_BA_WRONG_SA;
	if (reg->state == DSMIP_STATE_IDLE)
		answers = false;
	else if (t->in->ba->status == DSMIP_BA_SEQUENCE)
		answers = reg->outstanding && !dsmip_seq_is_newer(reg->seq, seq);
	else
		answers = (u16)(reg->seq - seq) < (u16)(reg->seq + 1 - reg->seq_oldest);
	return answers ? DSMIP_OK : DSMIP_DROP_BA_SEQUENCE;
}

/*
 * [MR-13]. At once the first time; a home agent that is never content gets its
 * Binding Updates at the pace of retransmissions.
 */
static void resynchronise(const struct turn *t, u8 status_before)
{
	t->reg->seq = t->in->ba->seq;
	forget_sent(t->reg);
	recount(t->reg, 0);
	if (status_before != DSMIP_BA_SEQUENCE)
		t->reg->next_ms = t->in->now_ms;
}

/*
 * When the Binding Update with this number was sent: lives count from there
 * [MR-14]. Older ones than are remembered are taken to be as old as they can be.
 */
static u64 sent_when(const struct dsmip_reg *reg, u16 seq)
{
	const u16 back = reg->seq - seq;
	const u64 oldest = reg->sent_at_ms[DSMIP_RATE_COUNT - 1];
	u64 more;

	if (back < DSMIP_RATE_COUNT)
		return reg->sent_at_ms[back];
	more = (back - DSMIP_RATE_COUNT + 1) * (u64)DSMIP_BACKOFF_MAX_MS;
	return oldest > more ? oldest - more : 0;
}

/*
 * [MR-15] [MR-16] Status 1 wants the home prefixes learned before the next
 * registration. Nobody learns them here yet, and to let the binding end helps
 * nobody: refresh as late as leaves room for retransmissions, unless told
 * earlier that the wishes changed.
 */
static u64 refresh_delay_ms(const struct dsmip_ba *ba, u32 life_s)
{
	if (ba->status == DSMIP_BA_ACCEPTED_PREFIX)
		return (life_s - min_t(u32, life_s / 4, LATE_S)) * 1000ULL;
	return dsmip_life_refresh_delay_ms(life_s, ba->refresh_s);
}

/* [DS-20] [DS-21] [DS-27] */
static void take_hoa4(const struct turn *t)
{
	const struct dsmip_hoa4 *ack = &t->in->ba->hoa4[0];
	struct dsmip_reg *reg = t->reg;
	const __be32 before = reg->hoa4;

	reg->hoa4 = 0;
	reg->hoa4_plen = 0;
	if (!t->want->hoa4_asked || reg->hoa4_unsupported)
		return;
	reg->hoa4_unsupported = !t->in->ba->hoa4_count;
	if (reg->hoa4_unsupported)
		return;
	reg->hoa4_status = ack->status;
	if (ack->status < DSMIP_HOA4_UNSPECIFIED && dsmip_in4_is_unicast(ack->addr)) {
		reg->hoa4 = ack->addr;
		reg->hoa4_plen = ack->plen && ack->plen < 32 ? ack->plen : 32;
	} else if (before && !t->want->hoa4) {
		/* the one given earlier is gone: ask for any at once */
		start(t);
	}
}

/* [MR-05] Where nothing need be protected there is no key exchange to move. */
static bool asks_for_k(const struct turn *t)
{
	return t->want->flags & DSMIP_BU_K && !t->want->open;
}

/* [MR-19] A K that was not asked for is no promise. */
static void take_k(const struct turn *t)
{
	t->reg->key_management = asks_for_k(t) && t->in->ba->flags & DSMIP_BA_K;
}

static int event_of_binding(const struct dsmip_reg *reg)
{
	if (!is_bound(reg))
		return DSMIP_EVENT_CREATED;
	return same(&reg->bound_coa, &reg->coa) ? DSMIP_EVENT_REFRESHED : DSMIP_EVENT_MOVED;
}

/* [MR-14]: more than was asked for is not granted. */
static void on_accepted(const struct turn *t)
{
	const struct dsmip_ba *ba = t->in->ba;
	struct dsmip_reg *reg = t->reg;
	const u32 life_s = min(ba->lifetime_s, reg->asked_s);
	const u64 from = sent_when(reg, ba->seq);

	t->out->bound = true;
	t->out->event = event_of_binding(reg);
	reg->coa_before = reg->bound_coa;
	dsmip_way_bind(reg, t->want, ba);
	reg->granted_s = life_s;
	reg->expires_ms = from + life_s * 1000ULL;
	rest_after(reg, DSMIP_STATE_REGISTERED, ba);
	reg->next_ms = max(from + refresh_delay_ms(ba, life_s), t->in->now_ms);
	take_k(t);
	take_hoa4(t);
}

/*
 * [MR-18] What may be otherwise in half a minute: no reason, no room, a binding
 * of another kind that will end, and "accepted" for no time at all.
 */
static bool may_pass(u8 status)
{
	return status <= DSMIP_BA_UNSPECIFIED || status == DSMIP_BA_RESOURCES ||
	       status == DSMIP_BA_TYPE_CHANGE;
}

/*
 * A binding that exists is not ended by the refusal of another, RFC 6275 10.3.1;
 * but by a home address that is somebody else's, or by a life of nothing. What is
 * refused for the sake of F is asked for without it [DS-18].
 */
static void on_refused(const struct turn *t)
{
	const struct dsmip_ba *ba = t->in->ba;
	struct dsmip_reg *reg = t->reg;

	t->out->event = DSMIP_EVENT_REFUSED;
	if (ba->seq == reg->seq)
		reg->asked_s = 0;
	if (ba->status < DSMIP_BA_UNSPECIFIED || ba->status == DSMIP_BA_DAD_FAILED)
		unbind(t);
	if (ba->status == DSMIP_BA_UDP_REFUSED && dsmip_way_asks_for_udp(reg, t->want)) {
		reg->force_refused = true;
		start_registration(t);
	} else if (may_pass(ba->status)) {
		rest_after(reg, busy_state(reg), ba);
		reg->next_ms = t->in->now_ms + RETRY_MS;
	} else {
		rest_after(reg, DSMIP_STATE_REFUSED, ba);
	}
	if (ba->status == DSMIP_BA_DAD_FAILED) {
		reg->hoa_forbidden = true;
		reg->asked_s = 0;
		forget_sent(reg);
	}
}

/* 133 says that there is nothing left to end. Without a known binding any answer will do. */
static void on_deregistration_ack(const struct turn *t)
{
	const u8 status = t->in->ba->status;
	struct dsmip_reg *reg = t->reg;

	if (status < DSMIP_BA_UNSPECIFIED || status == DSMIP_BA_NOT_HA_FOR_MN ||
	    reg->stopping || !is_bound(reg)) {
		finish_deregistration(t);
		if (status < DSMIP_BA_UNSPECIFIED)
			take_k(t);
		return;
	}
	t->out->event = DSMIP_EVENT_REFUSED;
	rest_after(reg, DSMIP_STATE_DEREGISTERING, t->in->ba);
	reg->next_ms = t->in->now_ms + RETRY_MS;
}

static void on_ba(const struct turn *t)
{
	const u8 status_before = t->reg->status;

	t->out->why = ba_fault(t);
	if (t->out->why != DSMIP_OK)
		return;
	t->reg->status = t->in->ba->status;
	if (t->reg->status == DSMIP_BA_SEQUENCE)
		resynchronise(t, status_before);
	else if (t->reg->deregister)
		on_deregistration_ack(t);
	else if (t->reg->status < DSMIP_BA_UNSPECIFIED && t->in->ba->lifetime_s)
		on_accepted(t);
	else
		on_refused(t);
}

/* [MR-07] [MR-08] */
static void take_number(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	reg->seq = reg->sent ? reg->seq + 1 : t->in->random;
	reg->sent = true;
	if (!reg->outstanding)
		reg->seq_oldest = reg->seq;
	else if ((u16)(reg->seq - reg->seq_oldest) > ACKS_BACK)
		reg->seq_oldest = reg->seq - ACKS_BACK;
	reg->outstanding = true;
}

static void note_time(struct dsmip_reg *reg, u64 now)
{
	memmove(&reg->sent_at_ms[1], &reg->sent_at_ms[0],
		sizeof(reg->sent_at_ms) - sizeof(reg->sent_at_ms[0]));
	reg->sent_at_ms[0] = now;
	reg->sent_ms = now;
}

/* [DS-26] A length that the home agent gave is shown to it again. */
static void ask_hoa4(const struct turn *t)
{
	const struct dsmip_reg *reg = t->reg;
	struct dsmip_bu *bu = &t->out->bu;
	const __be32 addr = t->want->hoa4 ?: reg->hoa4;
	const bool is_given = addr && addr == reg->hoa4;

	bu->has |= DSMIP_HAS(DSMIP_OPT_HOA4);
	bu->hoa4_count = 1;
	bu->hoa4[0].addr = addr;
	bu->hoa4[0].plen = is_given ? reg->hoa4_plen : 32;
}

/* [MR-02] [DS-02] What the outer header says is covered by no ESP. */
static void write_coa(const struct turn *t)
{
	struct dsmip_bu *bu = &t->out->bu;

	if (is_home(t))
		return;
	bu->coa4 = dsmip_in6_to_in4(&t->reg->coa);
	if (bu->coa4) {
		bu->has = DSMIP_HAS(DSMIP_OPT_COA4);
	} else {
		bu->has = DSMIP_HAS(DSMIP_OPT_ALT_COA);
		bu->alt_coa = t->reg->coa;
	}
}

/* [MR-01] [MR-05] [MR-06] [DS-18] */
static void write_bu(const struct turn *t)
{
	const u32 life_s = max_t(u32, t->want->lifetime_s, DSMIP_LIFE_UNIT_S);
	struct dsmip_bu *bu = &t->out->bu;
	struct dsmip_reg *reg = t->reg;

	bu->seq = reg->seq;
	bu->flags = DSMIP_BU_A | DSMIP_BU_H | (t->want->flags & (DSMIP_BU_L | DSMIP_BU_R));
	if (asks_for_k(t))
		bu->flags |= DSMIP_BU_K;
	if (dsmip_way_asks_for_udp(reg, t->want))
		bu->flags |= DSMIP_BU_F;
	write_coa(t);
	if (reg->deregister)
		return;
	reg->asked_s = dsmip_life_grant(life_s, DSMIP_LIFE_MAX_S, DSMIP_LIFE_FOREVER_S);
	bu->lifetime_s = reg->asked_s;
	if (t->want->hoa4_asked && !reg->hoa4_unsupported)
		ask_hoa4(t);
}

/*
 * [MR-11] Too many in a second: a little later, and nothing is lost. A millisecond
 * more than the second, for the clock leaves out fractions.
 */
static bool is_too_soon(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;
	const u64 third = reg->sent_at_ms[DSMIP_RATE_COUNT - 1];

	if (!third || t->in->now_ms > third + DSMIP_RATE_WINDOW_MS)
		return false;
	reg->next_ms = third + DSMIP_RATE_WINDOW_MS + 1;
	return true;
}

/*
 * [DS-29] By the other address the series begins anew, and what was sent by this
 * one is not taken for an answer about that one; a farewell is one by any.
 */
static void take_turns(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;

	if (!is_others_turn(reg))
		return;
	dsmip_way_turn(reg);
	reg->timeout_ms = 0;
	recount(reg, 0);
	if (!reg->deregister)
		forget_sent(reg);
}

/* [MR-09]. One that stops has its tries counted without an access too. */
static void transmit(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;
	const u64 now = t->in->now_ms;

	reg->timeout_ms = dsmip_backoff_next_ms(reg->timeout_ms, is_bound(reg));
	reg->next_ms = now + reg->timeout_ms;
	reg->tries++;
	if (reg->state != DSMIP_STATE_UNPROTECTED)
		reg->state = busy_state(reg);
	if (is_any(&reg->coa))
		return;
	take_number(t);
	note_time(reg, now);
	write_bu(t);
	t->out->coa = reg->coa;
	t->out->outer = dsmip_way_of_bu(reg, t->want);
	t->out->send = true;
}

/*
 * Away from home nobody waits for it, by one address or by either; at home, not
 * longer than there is a binding to end.
 */
static bool has_tried_enough(const struct dsmip_reg *reg)
{
	const u32 most = dsmip_way_has_other(reg) ? STOP_TRIES + TURN_TRIES : STOP_TRIES;

	return reg->deregister && reg->tries >= most && (reg->stopping || !is_bound(reg));
}

static void send_what_is_due(const struct turn *t)
{
	if (has_tried_enough(t->reg)) {
		finish_deregistration(t);
	} else if (!is_too_soon(t)) {
		take_turns(t);
		transmit(t);
	}
}

/* [DS-12] A refresh like any other, so that the home agent's answer goes by the NAT too. */
static u64 keepalive_ms(const struct turn *t)
{
	const u64 heard_ms = min(t->in->udp_ms, t->in->now_ms);

	if (t->reg->state != DSMIP_STATE_REGISTERED)
		return 0;
	return dsmip_way_keep_ms(t->reg, heard_ms);
}

static void make_due(struct dsmip_reg *reg, u64 when)
{
	if (when && (!reg->due_ms || when < reg->due_ms))
		reg->due_ms = when;
}

static void settle(const struct turn *t)
{
	struct dsmip_reg *reg = t->reg;
	const u64 now = t->in->now_ms;

	if (reg->expires_ms && now >= reg->expires_ms)
		expire(t);
	if (keepalive_ms(t) && now >= keepalive_ms(t))
		hurry(t);
	if (reg->next_ms && now >= reg->next_ms)
		send_what_is_due(t);
	reg->due_ms = reg->next_ms;
	make_due(reg, reg->expires_ms);
	make_due(reg, keepalive_ms(t));
}

static void take_event(const struct turn *t)
{
	static void (*const takers[])(const struct turn *t) = {
		[DSMIP_STEP_COA] = on_coa,
		[DSMIP_STEP_HOME] = on_home,
		[DSMIP_STEP_STOP] = on_stop,
		[DSMIP_STEP_BA] = on_ba,
		[DSMIP_STEP_BE] = on_be,
		[DSMIP_STEP_UNSUPPORTED] = on_unsupported,
		[DSMIP_STEP_CHANGED] = on_changed,
		[DSMIP_STEP_SA] = on_sa,
		[DSMIP_STEP_NO_SA] = on_no_sa,
		[DSMIP_STEP_SENT] = on_sent,
		[DSMIP_STEP_SILENT] = on_silent,
	};

	if (t->in->event < ARRAY_SIZE(takers) && takers[t->in->event])
		takers[t->in->event](t);
}

/* What who follows the notifications need not be left to guess. */
static bool shows_another(const struct dsmip_reg *reg, const struct dsmip_reg *before)
{
	return reg->state != before->state || reg->status != before->status ||
	       reg->key_management != before->key_management || reg->nat != before->nat ||
	       reg->bound_outer != before->bound_outer || !same(&reg->coa, &before->coa);
}

void dsmip_step(struct dsmip_reg *reg, const struct dsmip_want *want,
		const struct dsmip_step_in *in, struct dsmip_step_out *out)
{
	const struct turn t = { .reg = reg, .want = want, .in = in, .out = out };
	const struct dsmip_reg before = *reg;
	const bool over = reg->stopping && !reg->deregister;

	*out = (struct dsmip_step_out){ .event = -1, .why = DSMIP_OK };
	if (!over) {
		take_event(&t);
		settle(&t);
	}
	out->ended = reg->stopping && !reg->deregister;
	if (out->event < 0 && shows_another(reg, &before))
		out->event = DSMIP_EVENT_CHANGED;
}
