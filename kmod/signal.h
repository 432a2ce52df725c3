/* SPDX-License-Identifier: GPL-2.0 */
/* The only place where Mobility Header messages enter or leave an skb. */
#ifndef DSMIP_SIGNAL_H
#define DSMIP_SIGNAL_H

#include "coa.h"
#include "control.h"
#include "wire/mh.h"

/**
 * enum dsmip_letter_form - how the outer packet shows the home address
 * @DSMIP_LETTER_PLAIN: not at all: source and destination are the real ones
 * @DSMIP_LETTER_HAO: source becomes way.local, the home address goes into a HAO
 * @DSMIP_LETTER_RH2: destination becomes way.remote, the home address goes into a RH2
 * @DSMIP_LETTER_UDP: it stays, inside UDP that goes from way.local to way.remote
 */
enum dsmip_letter_form {
	DSMIP_LETTER_PLAIN,
	DSMIP_LETTER_HAO,
	DSMIP_LETTER_RH2,
	DSMIP_LETTER_UDP,
};

/**
 * struct dsmip_letter - one Mobility Header message to send
 * @src: source as upper layers and XFRM see it
 * @dst: destination as upper layers and XFRM see it
 * @way: outer addresses and ports, and interface to leave by; see @form
 * @form: enum dsmip_letter_form
 * @clear: may leave without ESP (open mode, or a Binding Error)
 * @mh: message, checksum not yet set
 * @len: its length
 */
struct dsmip_letter {
	struct in6_addr src;
	struct in6_addr dst;
	struct dsmip_way way;
	u8 form;
	bool clear;
	u8 *mh;
	u16 len;
};

/**
 * dsmip_signal_send() - send a message, through XFRM and then in its outer form
 * @d: device
 * @letter: what; @letter->mh gets its checksum
 *
 * Any context, BH may be off. Sets counters on failure.
 * Return: 0, -ENOKEY without an SA, -ENETUNREACH, -ENOMEM.
 */
int dsmip_signal_send(struct dsmip_dev *d, struct dsmip_letter *letter);

/**
 * dsmip_signal_be() - send a Binding Error, rate limited [MH-16] [MH-17]
 * @d: device
 * @to: source address seen on the wire
 * @from: our address
 * @hoa: content of the HAO, or NULL
 * @status: enum dsmip_be_status
 */
void dsmip_signal_be(struct dsmip_dev *d, const struct in6_addr *to,
		     const struct in6_addr *from, const struct in6_addr *hoa, u8 status);

/**
 * dsmip_signal_carry() - a packet that the device is to transmit
 * @d: device
 * @skb: packet
 *
 * Return: true when it was a message of ours, and so consumed.
 */
bool dsmip_signal_carry(struct dsmip_dev *d, struct sk_buff *skb);

/* Upcalls of control.h */
void dsmip_signal_mh(struct dsmip_dev *d, struct sk_buff *skb, struct dsmip_arrival *arrival);
void dsmip_signal_unknown_hao(struct dsmip_dev *d, const struct in6_addr *src,
			      const struct in6_addr *dst, const struct in6_addr *hoa);

#endif
