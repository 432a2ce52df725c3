/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of interfaces and their numbers. The last one asked for is kept, since
 * a file with a hundred thousand mobiles names the same device in every line;
 * whoever waits, or makes a device, forgets it.
 */

#ifndef _CTL_NAMES_H
#define _CTL_NAMES_H

#include <net/if.h>
#include <stdint.h>

/* The number of a name, or -1; none and 0 are 0, if7 is 7. */
int names_index(const char *name, uint32_t *ifindex);

/* The name of a number: none for 0, if7 for 7 when there is no interface 7. */
void names_name(uint32_t ifindex, char name[IF_NAMESIZE]);

void names_forget(void);

#endif
