/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The way to the home agent: by which of the care-of addresses that there are,
 * and in what format. RFC 5555 4.2, 4.3, 4.4.1 and 4.4.2.
 */
#ifndef DSMIP_RULE_WAY_H
#define DSMIP_RULE_WAY_H

#include "step.h"

/**
 * dsmip_way_choose() - take note of what addresses there are, and choose one
 * @reg: state; @coa6, @coa4 and @coa change
 * @coa6: IPv6 care-of address, :: for none
 * @coa4: IPv4 care-of address, 0 for none
 *
 * Where there are both, the preferred one is chosen [DS-29] [DS-30], unless it was
 * there before already and the other is in use: then it was tried, or is good.
 *
 * Return: true when @coa is another one now.
 */
bool dsmip_way_choose(struct dsmip_reg *reg, const struct in6_addr *coa6, __be32 coa4);

/**
 * dsmip_way_home() - the care-of address is the home address, which has no other
 * @reg: state
 * @hoa: home address
 */
void dsmip_way_home(struct dsmip_reg *reg, const struct in6_addr *hoa);

/**
 * dsmip_way_has_other() - whether there is another care-of address than that in use
 * @reg: state
 */
bool dsmip_way_has_other(const struct dsmip_reg *reg);

/**
 * dsmip_way_turn() - use the other one, which there is
 * @reg: state
 */
void dsmip_way_turn(struct dsmip_reg *reg);

/**
 * dsmip_way_asks_for_udp() - whether F is set in Binding Updates from here
 * @reg: state
 * @want: wishes
 */
bool dsmip_way_asks_for_udp(const struct dsmip_reg *reg, const struct dsmip_want *want);

/**
 * dsmip_way_of_bu() - the format that a Binding Update goes in
 * @reg: state
 * @want: wishes
 *
 * Return: enum dsmip_outer.
 */
u8 dsmip_way_of_bu(const struct dsmip_reg *reg, const struct dsmip_want *want);

/**
 * dsmip_way_bind() - bind the care-of address in use as the acknowledgment says
 * @reg: state
 * @want: wishes
 * @ba: an acknowledgment that accepts
 */
void dsmip_way_bind(struct dsmip_reg *reg, const struct dsmip_want *want,
		    const struct dsmip_ba *ba);

/**
 * dsmip_way_unbind() - no care-of address is bound
 * @reg: state
 */
void dsmip_way_unbind(struct dsmip_reg *reg);

/**
 * dsmip_way_keep_ms() - when a NAT wants to hear us again [DS-12]
 * @reg: state
 * @heard_ms: when data was last sent in UDP
 *
 * Return: on the clock of @reg; 0 for never.
 */
u64 dsmip_way_keep_ms(const struct dsmip_reg *reg, u64 heard_ms);

#endif
