// SPDX-License-Identifier: GPL-2.0

#include "names.h"

#include <stdio.h>
#include <string.h>

#include "word.h"

static struct {
	uint32_t ifindex; /* 0 when nothing is kept */
	char name[IF_NAMESIZE];
} last;

void names_forget(void)
{
	last.ifindex = 0;
}

static void keep(uint32_t ifindex, const char *name)
{
	last.ifindex = ifindex;
	snprintf(last.name, sizeof(last.name), "%s", name);
}

int names_index(const char *name, uint32_t *ifindex)
{
	uint64_t number;

	if (last.ifindex && !strcmp(name, last.name)) {
		*ifindex = last.ifindex;
		return 0;
	}
	*ifindex = if_nametoindex(name);
	if (*ifindex) {
		keep(*ifindex, name);
		return 0;
	}
	if (!strcmp(name, "none") || !strcmp(name, "0"))
		return 0;
	if (strncmp(name, "if", 2) || word_number(name + 2, 1, INT32_MAX, &number))
		return -1;
	*ifindex = number;
	return 0;
}

void names_name(uint32_t ifindex, char name[IF_NAMESIZE])
{
	if (!ifindex) {
		strcpy(name, "none");
	} else if (ifindex == last.ifindex) {
		strcpy(name, last.name);
	} else if (if_indextoname(ifindex, name)) {
		keep(ifindex, name);
	} else {
		snprintf(name, IF_NAMESIZE, "if%u", ifindex);
	}
}
