// SPDX-License-Identifier: GPL-2.0

#include "fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int fault_wrong(struct fault *fault, const char *format, ...)
{
	va_list args;

	fault->status = STATUS_WRONG;
	va_start(args, format);
	vsnprintf(fault->text, sizeof(fault->text), format, args);
	va_end(args);
	return -1;
}

int fault_refused(struct fault *fault, const char *format, ...)
{
	va_list args;

	fault->status = STATUS_REFUSED;
	va_start(args, format);
	vsnprintf(fault->text, sizeof(fault->text), format, args);
	va_end(args);
	return -1;
}

void fault_add(struct fault *fault, const char *word)
{
	size_t used = strlen(fault->text);

	snprintf(fault->text + used, sizeof(fault->text) - used, " %s", word);
}
