/* SPDX-License-Identifier: GPL-2.0 */
/* One step of a registration, carried out: under the lock, and then without it. */
#ifndef DSMIP_DRIVE_H
#define DSMIP_DRIVE_H

#include "registration.h"
#include "signal.h"

enum dsmip_drive_limits {
	DSMIP_DRIVE_BU_MAX = 384,	/* all options that a BU of ours can have */
};

/**
 * struct dsmip_dispatch - what is left to do when the lock is gone
 * @letter: Binding Update to send, if @letter.len
 * @seq: its sequence number
 * @awaited: there was no SA for the one before: that there is one now, is news
 * @solicit: home link on which to ask for the home agent first, or 0
 * @announce: home link on which to take the home address over, or 0
 * @mh: octets of the Binding Update
 */
struct dsmip_dispatch {
	struct dsmip_letter letter;
	u16 seq;
	bool awaited;
	int solicit;
	int announce;
	u8 mh[DSMIP_DRIVE_BU_MAX];
};

/* Lock held. Whether anything may still happen to a registration. */
bool dsmip_drive_may_locked(const struct dsmip_registration *r);

/**
 * dsmip_drive_locked() - one step of the state machine, data path and timer with it
 * @r: registration that dsmip_drive_may_locked()
 * @in: event; clock and random number are filled in here
 * @go: to be given to dsmip_drive_finish() when the lock is gone
 *
 * Lock held. May forget the registration.
 */
void dsmip_drive_locked(struct dsmip_registration *r, struct dsmip_step_in *in,
			struct dsmip_dispatch *go);

/* Lock not held, a reference or RCU is: send what a step asked for. */
void dsmip_drive_finish(struct dsmip_registration *r, struct dsmip_dispatch *go);

/* Both of them; lock not held, a reference or RCU is. */
void dsmip_drive(struct dsmip_registration *r, struct dsmip_step_in *in);
void dsmip_drive_event(struct dsmip_registration *r, u8 event);

/*
 * Lock held: end a registration, and say so or not. Nothing starts any more;
 * whoever goes on with it has a reference or RCU.
 */
void dsmip_drive_abandon_locked(struct dsmip_registration *r);
void dsmip_drive_forget_locked(struct dsmip_registration *r);

/* The work of struct dsmip_registration.timer. */
void dsmip_drive_timer(struct work_struct *work);

#endif
