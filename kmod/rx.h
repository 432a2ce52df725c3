/* SPDX-License-Identifier: GPL-2.0 */
/* Out of the tunnel. */
#ifndef DSMIP_RX_H
#define DSMIP_RX_H

int dsmip_rx_init(void);
void dsmip_rx_exit(void);

#endif
