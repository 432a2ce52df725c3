/* SPDX-License-Identifier: GPL-2.0 */
/* Which SA of XFRM belongs to a mobile or a registration, by its numbers. */
#ifndef DSMIP_RULE_SA_H
#define DSMIP_RULE_SA_H

#include "../wire/wire.h"

/**
 * struct dsmip_sa - numbers that the SA of incoming signalling must have
 * @reqid: reqid, 0 for any
 * @spi: SPI, 0 for any
 * @spi_before: SPI that is good beside @spi, 0 for none
 *
 * A rekeyed SA and its predecessor live side by side for a while, and the peer
 * changes over when it likes. When XFRM has deleted the old one, nothing can
 * come under it any more, whatever is allowed here.
 */
struct dsmip_sa {
	u32 reqid;
	__be32 spi;
	__be32 spi_before;
};

/**
 * dsmip_sa_set_spi() - another SPI, and what becomes of the one there was
 * @sa: numbers
 * @spi: SPI, 0 for any; the same again forgets the predecessor
 */
static inline void dsmip_sa_set_spi(struct dsmip_sa *sa, __be32 spi)
{
	sa->spi_before = spi && spi != sa->spi ? sa->spi : 0;
	sa->spi = spi;
}

/**
 * dsmip_sa_takes() - whether an SA is the one that is meant
 * @sa: numbers
 * @reqid: reqid of an SA
 * @spi: its SPI
 */
static inline bool dsmip_sa_takes(const struct dsmip_sa *sa, u32 reqid, __be32 spi)
{
	if (sa->reqid && sa->reqid != reqid)
		return false;
	return !sa->spi || sa->spi == spi || (sa->spi_before && sa->spi_before == spi);
}

#endif
