/* SPDX-License-Identifier: GPL-2.0 */
/* A test program: any number of checks, each a sentence, and a plan at the end. */

#ifndef _SELFTESTS_KTAP_H
#define _SELFTESTS_KTAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int ktap_count;
static int ktap_failures;

__attribute__((format(printf, 2, 3))) static inline void check(bool held, const char *sentence, ...)
{
	char text[2048];
	va_list args;

	va_start(args, sentence);
	vsnprintf(text, sizeof(text), sentence, args);
	va_end(args);
	for (char *c = text; *c; c++)
		if (*c == '\n' || *c == '#')
			*c = ' ';
	printf("%sok %d %s\n", held ? "" : "not ", ++ktap_count, text);
	ktap_failures += !held;
}

static inline void check_text(const char *got, const char *wanted, const char *sentence)
{
	check(!strcmp(got, wanted), "%s", sentence);
	if (strcmp(got, wanted))
		printf("# wanted: %s\n# got:    %s\n", wanted, got);
}

static inline int ktap_end(void)
{
	printf("1..%d\n", ktap_count);
	return ktap_failures != 0;
}

#endif
