/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The mobile node's side of a home registration as a pure state machine:
 * RFC 6275 11.7.1, 11.7.3 and 11.8. (state, event, now) in, (state, what to
 * do, when to come back) out.
 */
#ifndef DSMIP_RULE_STEP_H
#define DSMIP_RULE_STEP_H

#include "../wire/ba.h"
#include "../wire/bu.h"
#include "accept.h"
#include "life.h"

/**
 * struct dsmip_want - what the registration is asked to be; set by commands
 * @hoa: home address
 * @lifetime_s: life to ask for
 * @flags: DSMIP_BU_L, DSMIP_BU_K, DSMIP_BU_R, DSMIP_BU_F as configured; K is not sent
 *	when @open; F asks for UDP wherever we are, and a home agent that refuses it
 *	with 144 is asked without [DS-18]
 * @keepalive_s: how often to be heard behind a NAT when the home agent does not say;
 *	0 for never
 * @hoa4_asked: an IPv4 home address is wanted
 * @hoa4: which; 0.0.0.0 for any
 * @open: acknowledgments in clear are accepted: lab mode
 */
struct dsmip_want {
	struct in6_addr hoa;
	u32 lifetime_s;
	u16 flags;
	bool hoa4_asked;
	__be32 hoa4;
	bool open;
	u32 keepalive_s;
};

/**
 * struct dsmip_reg - the pure state of a registration
 * @state: enum dsmip_state
 * @coa: care-of address to be registered, v4-mapped for IPv4; :: for none. One of the
 *	next two, or the home address
 * @coa6: IPv6 care-of address that there is; :: for none
 * @coa4: IPv4 care-of address that there is, 0 for none
 * @prefers4: where there are both, the last accepted one was IPv4 [DS-30]
 * @force: F is asked for [DS-31]
 * @force_refused: F was refused with 144: not asked for again from here [DS-18]
 * @bound_outer: outer format for data by @bound_coa, enum dsmip_outer
 * @nat: there is a NAT on the way of the binding
 * @keepalive_s: how often a NAT wants to hear us; 0 for never
 * @bound_coa: care-of address that the home agent acknowledged; :: for none.
 *	Data goes out by it until a new one is acknowledged (make before break)
 * @coa_before: @bound_coa before the last acceptance; :: when there was no binding
 * @seq: sequence number of the last Binding Update sent
 * @seq_oldest: oldest sequence number that an acknowledgment may still answer;
 *	@seq + 1 when none
 * @sent: a Binding Update was ever sent, so @seq means something
 * @outstanding: Binding Updates await their acknowledgment
 * @deregister: what is outstanding has lifetime 0
 * @stopping: told to end: nothing registers any more
 * @tries: Binding Updates sent since the last acknowledgment or the last change
 * @timeout_ms: timeout of the last one
 * @asked_s: life that the last registration asked for; 0 when it was refused or ended
 * @granted_s: life granted
 * @sent_ms: when the last Binding Update was sent
 * @expires_ms: when the binding ends; 0 without a binding
 * @next_ms: when the next Binding Update is to be sent; 0 for never
 * @due_ms: when the machine wants DSMIP_STEP_TIMER; 0 for never
 * @status: status of the last acknowledgment
 * @key_management: K was granted by the last one that accepted [MR-19]
 * @hoa4: IPv4 home address bound, 0 for none
 * @hoa4_plen: its prefix length
 * @hoa4_status: status of the last option 30
 * @hoa4_unsupported: the home agent answered without option 30: do not ask again [DS-20]
 * @hoa_forbidden: the home address was refused with 134: never again [MR-17]
 * @sent_at_ms: times of the last DSMIP_RATE_COUNT messages, the last one first [MR-11]
 */
struct dsmip_reg {
	u8 state;
	struct in6_addr coa;
	struct in6_addr coa6;
	__be32 coa4;
	bool prefers4;
	bool force;
	bool force_refused;
	u8 bound_outer;
	bool nat;
	u32 keepalive_s;
	struct in6_addr bound_coa;
	struct in6_addr coa_before;
	u16 seq;
	u16 seq_oldest;
	bool sent;
	bool outstanding;
	bool deregister;
	bool stopping;
	u32 tries;
	u32 timeout_ms;
	u32 asked_s;
	u32 granted_s;
	u64 sent_ms;
	u64 expires_ms;
	u64 next_ms;
	u64 due_ms;
	u8 status;
	bool key_management;
	__be32 hoa4;
	u8 hoa4_plen;
	u8 hoa4_status;
	bool hoa4_unsupported;
	bool hoa_forbidden;
	u64 sent_at_ms[DSMIP_RATE_COUNT];
};

/**
 * enum dsmip_step_event - what happened
 * @DSMIP_STEP_COA: care-of addresses chosen or changed (@coa, :: for none; @coa4, 0 for
 *	none). With both, IPv6 is tried first, or what was accepted last [DS-29] [DS-30];
 *	after three Binding Updates without an answer it is the other's turn
 * @DSMIP_STEP_HOME: on the home link: deregister
 * @DSMIP_STEP_STOP: told to deregister and end
 * @DSMIP_STEP_TIMER: due_ms has come (or earlier: harmless)
 * @DSMIP_STEP_BA: acknowledgment (@ba, @protection, @from_ha)
 * @DSMIP_STEP_BE: Binding Error from the home agent (@be_status)
 * @DSMIP_STEP_UNSUPPORTED: ICMPv6 Parameter Problem 1 in answer to a Binding Update [MR-23]
 * @DSMIP_STEP_CHANGED: the wishes changed (lifetime, IPv4): register again
 * @DSMIP_STEP_SA: security associations came: try again now
 * @DSMIP_STEP_NO_SA: the Binding Update could not be sent for want of an SA
 * @DSMIP_STEP_SENT: it was sent, which DSMIP_STATE_UNPROTECTED waits for
 * @DSMIP_STEP_SILENT: data goes out and nothing comes back, though the home agent
 *	answers: something on the way has no taste for IP in IP [DS-31], or a NAT has
 *	forgotten us
 */
enum dsmip_step_event {
	DSMIP_STEP_COA,
	DSMIP_STEP_HOME,
	DSMIP_STEP_STOP,
	DSMIP_STEP_TIMER,
	DSMIP_STEP_BA,
	DSMIP_STEP_BE,
	DSMIP_STEP_UNSUPPORTED,
	DSMIP_STEP_CHANGED,
	DSMIP_STEP_SA,
	DSMIP_STEP_NO_SA,
	DSMIP_STEP_SENT,
	DSMIP_STEP_SILENT,
};

/**
 * struct dsmip_step_in - an event with what belongs to it
 * @event: enum dsmip_step_event
 * @now_ms: monotonic clock, never 0
 * @coa: for DSMIP_STEP_COA: IPv6
 * @coa4: for DSMIP_STEP_COA: IPv4
 * @udp_ms: when anything was last sent in UDP by the binding's endpoint, beside Binding
 *	Updates; 0 for never. It keeps a NAT awake as well [DS-12]; in all events
 * @ba: for DSMIP_STEP_BA
 * @protection: for DSMIP_STEP_BA, enum dsmip_protection
 * @from_ha: for DSMIP_STEP_BA: it came from the home agent to our home address
 * @be_status: for DSMIP_STEP_BE
 * @random: 16 random bits, for the first sequence number [MR-08]
 */
struct dsmip_step_in {
	u8 event;
	u64 now_ms;
	struct in6_addr coa;
	__be32 coa4;
	u64 udp_ms;
	const struct dsmip_ba *ba;
	u8 protection;
	bool from_ha;
	u8 be_status;
	u16 random;
};

/**
 * struct dsmip_step_out - what to do
 * @send: send the Binding Update in @bu from @coa; the home agent is the registration's
 * @bu: ready for dsmip_bu_build()
 * @coa: source to send from; equals the home address when at home (no HAO)
 * @outer: how to send it: DSMIP_OUTER_IP6, or UDP4 always from an IPv4 address [DS-02],
 *	or UDP6 from an IPv6 address with F
 * @bound: the binding with the home agent changed: bound_coa, life or IPv4
 *	address are to be applied to the data path and to addresses
 * @ended: deregistration is over (acknowledged or given up): may be freed after STOP
 * @event: enum dsmip_event of the notification to send, -1 for none
 * @why: reason to count when the message was ignored; DSMIP_OK otherwise
 */
struct dsmip_step_out {
	bool send;
	struct dsmip_bu bu;
	struct in6_addr coa;
	u8 outer;
	bool bound;
	bool ended;
	int event;
	enum dsmip_drop why;
};

/**
 * dsmip_step() - one step of the machine
 * @reg: state, changed in place
 * @want: wishes
 * @in: event
 * @out: what to do, always wholly written
 *
 * Afterwards reg->due_ms says when DSMIP_STEP_TIMER is wanted; never in the
 * past, never closer than a millisecond.
 */
void dsmip_step(struct dsmip_reg *reg, const struct dsmip_want *want,
		const struct dsmip_step_in *in, struct dsmip_step_out *out);

#endif
