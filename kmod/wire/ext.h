/* SPDX-License-Identifier: GPL-2.0 */
/*
 * IPv6 extension headers of ours: the Home Address option (RFC 6275 6.3), the
 * type 2 routing header (6.4), and the private arrival option, which carries
 * the true outer source of a packet past ESP (Documentation/arrival.md).
 */
#ifndef DSMIP_WIRE_EXT_H
#define DSMIP_WIRE_EXT_H

#include "span.h"

enum dsmip_ext_sizes {
	DSMIP_HAO_LEN = 24,		/* Destination Options header with PadN and HAO */
	DSMIP_RH2_LEN = 24,
	DSMIP_ARRIVAL_LEN = 32,
	DSMIP_ENCAP_LIMIT_LEN = 8,	/* RFC 2473 4.1.1 */
	DSMIP_ENCAP_LIMIT_AT = 4,	/* offset of the limit in it */
};

enum dsmip_ext_types {
	DSMIP_EXT_HAO = 0xc9,
	DSMIP_EXT_ARRIVAL = 0x1e,	/* RFC 4727 experimental, skip if unknown */
	DSMIP_EXT_ENCAP_LIMIT = 4,
	DSMIP_RH_TYPE2 = 2,
};

/**
 * enum dsmip_ext_kind - what a Destination Options or Routing header is to us
 * @DSMIP_EXT_OTHER: nothing of ours in it: leave it to the stack
 * @DSMIP_EXT_IS_HAO: exactly one Home Address option, else padding
 * @DSMIP_EXT_IS_ARRIVAL: exactly our arrival option as dsmip_arrival_build() makes it
 * @DSMIP_EXT_BAD: ours, but not as it may be: see the reason
 */
enum dsmip_ext_kind {
	DSMIP_EXT_OTHER,
	DSMIP_EXT_IS_HAO,
	DSMIP_EXT_IS_ARRIVAL,
	DSMIP_EXT_BAD,
};

/**
 * struct dsmip_ext - an extension header as values
 * @nexthdr: next header
 * @len: length in octets
 * @addr: home address of a HAO, care-of address of an arrival option (v4-mapped for IPv4)
 * @port: UDP port of an arrival option, host order
 * @cookie: keyed hash in an arrival option
 * @why: reason when the kind is DSMIP_EXT_BAD
 */
struct dsmip_ext {
	u8 nexthdr;
	u16 len;
	struct in6_addr addr;
	u16 port;
	u64 cookie;
	enum dsmip_drop why;
};

/**
 * dsmip_ext_length() - length that a header's first two octets claim
 * @in: at least 2 octets
 *
 * Return: octets.
 */
static inline u32 dsmip_ext_length(struct dsmip_span in)
{
	return (in.data[1] + 1u) * 8;
}

/**
 * dsmip_ext_dstopts() - judge a Destination Options header
 * @in: from its first octet to the end of the packet, or as much as was pulled
 * @ext: result
 *
 * A HAO with company other than padding, twice, of a wrong length or reaching
 * beyond the header is DSMIP_EXT_BAD with DSMIP_DROP_HAO_FORM; an arrival
 * option anywhere but in our own form is DSMIP_EXT_BAD with
 * DSMIP_DROP_ARRIVAL_FORGED. A header that reaches beyond @in and could hold
 * either is DSMIP_EXT_BAD with DSMIP_DROP_HAO_FORM.
 *
 * Return: what it is.
 */
enum dsmip_ext_kind dsmip_ext_dstopts(struct dsmip_span in, struct dsmip_ext *ext);

/**
 * dsmip_ext_rh2() - judge a Routing header
 * @in: from its first octet to the end of the packet
 * @ext: nexthdr, len, and addr = the home address
 *
 * Return: DSMIP_OK for a well-formed type 2 header with one segment left;
 * DSMIP_DROP_RH2_FORM for a type 2 header of another form [RH-01]. Must only
 * be called for routing type 2.
 */
enum dsmip_drop dsmip_ext_rh2(struct dsmip_span in, struct dsmip_ext *ext);

/**
 * dsmip_ext_encap_limit() - find a Tunnel Encapsulation Limit, RFC 2473 4.1.1
 * @in: from the first octet of a Destination Options header on
 * @at: offset of the limit octet in @in, when there is one
 *
 * Return: the limit; 255 when there is none, or the header is not whole.
 */
u8 dsmip_ext_encap_limit(struct dsmip_span in, u32 *at);

/* Writers; @buf has at least the length that the enum above says. */
void dsmip_hao_build(u8 *buf, u8 nexthdr, const struct in6_addr *hoa);
/* The same option in DSMIP_ARRIVAL_LEN octets, to stand where an arrival option stood. */
void dsmip_hao_build_long(u8 *buf, u8 nexthdr, const struct in6_addr *hoa);
void dsmip_rh2_build(u8 *buf, u8 nexthdr, const struct in6_addr *hoa);
void dsmip_arrival_build(u8 *buf, u8 nexthdr, const struct in6_addr *addr, u16 port,
			 u64 cookie);
void dsmip_encap_limit_build(u8 *buf, u8 nexthdr, u8 limit);

/**
 * dsmip_in6_is_unicast() - an address that may be a home or care-of address
 * @a: address
 *
 * Return: false for ::, ::1, multicast, link-local, v4-mapped and v4-compatible.
 */
bool dsmip_in6_is_unicast(const struct in6_addr *a);

/**
 * dsmip_in4_is_unicast() - an IPv4 address that may be a home address
 * @a: address
 *
 * Return: false for 0/8, 127/8, 224/4, 240/4 and link-local 169.254/16.
 */
bool dsmip_in4_is_unicast(__be32 a);

/**
 * dsmip_in6_prefix_equal() - whether two addresses share a prefix
 * @a: address
 * @b: address
 * @plen: how many bits; above 128 counts as 128
 */
bool dsmip_in6_prefix_equal(const struct in6_addr *a, const struct in6_addr *b, u8 plen);

/**
 * dsmip_in6_from_in4() - an IPv4 address as care-of addresses are kept
 * @a: address
 *
 * Return: it, v4-mapped; :: for 0.0.0.0, which stands for none.
 */
struct in6_addr dsmip_in6_from_in4(__be32 a);

/**
 * dsmip_in6_to_in4() - the IPv4 address in a v4-mapped one
 * @a: address
 *
 * Return: it; 0 when @a is not v4-mapped.
 */
__be32 dsmip_in6_to_in4(const struct in6_addr *a);

#endif
