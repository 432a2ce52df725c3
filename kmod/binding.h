/* SPDX-License-Identifier: GPL-2.0 */
/* The life of a binding: created, moved, refreshed, held, expired. */
#ifndef DSMIP_BINDING_H
#define DSMIP_BINDING_H

#include "mobile.h"
#include "rule/accept.h"

/**
 * struct dsmip_binding_ops - told of changes; filled by main.c
 * @event: a binding changed (enum dsmip_event); lock held, must not sleep
 * @intercept: start or stop to answer for the home address on the home link;
 *	lock held, must not sleep
 * @refused: a Binding Update was refused with a status; lock held, must not sleep
 * @forgotten: a mobile goes, its binding has gone; lock held, must not sleep
 *
 * So that this floor need not know who listens.
 */
struct dsmip_binding_ops {
	void (*event)(struct dsmip_dev *d, struct dsmip_mobile *m, int event);
	void (*intercept)(struct dsmip_dev *d, struct dsmip_mobile *m, bool on);
	void (*refused)(struct dsmip_dev *d, const struct in6_addr *hoa,
			const struct in6_addr *coa, u8 status, enum dsmip_drop why);
	void (*forgotten)(struct dsmip_dev *d, struct dsmip_mobile *m);
};

extern struct dsmip_binding_ops dsmip_binding_ops;

/* Lock held. The binding as values, for dsmip_accept(). @m may be NULL. */
void dsmip_binding_snapshot_locked(const struct dsmip_mobile *m, struct dsmip_snapshot *snap);

/**
 * dsmip_binding_commit_locked() - make an accepted verdict true
 * @d: home agent
 * @m: mobile
 * @arrival: how the Binding Update came
 * @v: verdict CREATE, CREATE_DAD, UPDATE or DELETE; its hoa4 is completed with
 *	the address bound or the status that says why not
 *
 * Lock held. Return: 0, or -ENOMEM with nothing changed.
 */
int dsmip_binding_commit_locked(struct dsmip_dev *d, struct dsmip_mobile *m,
				const struct dsmip_arrival *arrival, struct dsmip_verdict *v);

/* Lock held. End a binding for @event; frees open mobiles: do not use @m afterwards. */
void dsmip_binding_end_locked(struct dsmip_dev *d, struct dsmip_mobile *m, int event);

/* Lock held. Seconds that a living binding has left. */
u32 dsmip_binding_remaining_locked(const struct dsmip_mobile *m);

/* The wheel: process context. */
int dsmip_binding_wheel_setup(struct dsmip_dev *d);
void dsmip_binding_wheel_teardown(struct dsmip_dev *d);

#endif
