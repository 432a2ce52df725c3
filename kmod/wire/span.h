/* SPDX-License-Identifier: GPL-2.0 */
/* A borrowed range of octets that nobody can read past. */
#ifndef DSMIP_WIRE_SPAN_H
#define DSMIP_WIRE_SPAN_H

#include "wire.h"

/**
 * struct dsmip_span - octets that belong to somebody else
 * @data: first octet; may be anything when @len is 0
 * @len: how many octets
 */
struct dsmip_span {
	const u8 *data;
	u32 len;
};

static inline struct dsmip_span dsmip_span(const void *data, u32 len)
{
	return (struct dsmip_span){ .data = data, .len = len };
}

/**
 * dsmip_span_skip() - the span without its first @n octets
 * @s: the span
 * @n: how many octets; all of them when the span is shorter
 *
 * Return: the rest, possibly empty.
 */
static inline struct dsmip_span dsmip_span_skip(struct dsmip_span s, u32 n)
{
	if (n > s.len)
		n = s.len;
	return dsmip_span(s.data + n, s.len - n);
}

/**
 * dsmip_span_take() - the first @n octets of a span
 * @s: the span
 * @n: how many octets; all of them when the span is shorter
 *
 * Return: the beginning, possibly empty.
 */
static inline struct dsmip_span dsmip_span_take(struct dsmip_span s, u32 n)
{
	return dsmip_span(s.data, n < s.len ? n : s.len);
}

/* Big-endian reads at an offset that the caller has checked against len. */
static inline u16 dsmip_span_u16(struct dsmip_span s, u32 at)
{
	return (u16)(s.data[at] << 8 | s.data[at + 1]);
}

static inline u32 dsmip_span_u32(struct dsmip_span s, u32 at)
{
	return (u32)dsmip_span_u16(s, at) << 16 | dsmip_span_u16(s, at + 2);
}

static inline u64 dsmip_span_u64(struct dsmip_span s, u32 at)
{
	return (u64)dsmip_span_u32(s, at) << 32 | dsmip_span_u32(s, at + 4);
}

static inline struct in6_addr dsmip_span_in6(struct dsmip_span s, u32 at)
{
	struct in6_addr a;

	memcpy(&a, s.data + at, sizeof(a));
	return a;
}

static inline __be32 dsmip_span_in4(struct dsmip_span s, u32 at)
{
	__be32 a;

	memcpy(&a, s.data + at, sizeof(a));
	return a;
}

#endif
