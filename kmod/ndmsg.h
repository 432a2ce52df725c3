/* SPDX-License-Identifier: GPL-2.0 */
/* Neighbour Solicitations and Advertisements, RFC 4861 4.3 and 4.4, as packets. */
#ifndef DSMIP_NDMSG_H
#define DSMIP_NDMSG_H

#include <linux/netdevice.h>
#include <linux/skbuff.h>

#include "wire/wire.h"

enum dsmip_ndmsg_sizes { DSMIP_NDMSG_NONCE_LEN = 6 };	/* RFC 7527 4.1 */

/**
 * struct dsmip_ndmsg - a message as values
 * @type: NDISC_NEIGHBOUR_SOLICITATION or NDISC_NEIGHBOUR_ADVERTISEMENT
 * @src: source address
 * @target: target address
 * @has_lladdr: @lladdr is there
 * @has_nonce: @nonce is there
 * @lladdr: Source Link-Layer Address option of a solicitation
 * @nonce: Nonce option
 */
struct dsmip_ndmsg {
	u8 type;
	struct in6_addr src;
	struct in6_addr target;
	bool has_lladdr;
	bool has_nonce;
	u8 lladdr[MAX_ADDR_LEN];
	u8 nonce[DSMIP_NDMSG_NONCE_LEN];
};

/**
 * dsmip_ndmsg_peek() - whether a packet is a message of ours to look at
 * @skb: IPv6 packet, header pulled; its head may move
 * @target: result: target address
 *
 * Looks at nothing but the types.
 * Return: the type, see struct dsmip_ndmsg; 0 for anything else.
 */
u8 dsmip_ndmsg_peek(struct sk_buff *skb, struct in6_addr *target);

/**
 * dsmip_ndmsg_parse() - check a whole message, RFC 4861 7.1
 * @skb: packet that dsmip_ndmsg_peek() knew; becomes linear
 * @msg: result
 *
 * Return: DSMIP_OK or DSMIP_DROP_ND_FORM.
 */
enum dsmip_drop dsmip_ndmsg_parse(struct sk_buff *skb, struct dsmip_ndmsg *msg);

/**
 * dsmip_ndmsg_probe() - ask whether anybody has an address, RFC 4862 5.4.2
 * @link: where
 * @target: the address
 * @nonce: tells our own probe when a loop brings it back
 */
void dsmip_ndmsg_probe(struct net_device *link, const struct in6_addr *target,
		       const u8 nonce[DSMIP_NDMSG_NONCE_LEN]);

/**
 * struct dsmip_advert - an advertisement to send
 * @src: our address
 * @target: address that we answer for
 * @router: the address is a router's
 */
struct dsmip_advert {
	struct in6_addr src;
	struct in6_addr target;
	bool router;
};

/* To all nodes: nobody asked, or one that has no address yet. Overrides. */
void dsmip_ndmsg_announce(struct net_device *link, const struct dsmip_advert *advert);

/* To the one that asked with @msg, which had a source address. Does not override. */
void dsmip_ndmsg_answer(struct net_device *link, const struct dsmip_advert *advert,
			const struct dsmip_ndmsg *msg);

#endif
