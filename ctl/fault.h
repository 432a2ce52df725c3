/* SPDX-License-Identifier: GPL-2.0 */
/* What went wrong, in one sentence, and the exit status that it deserves. */

#ifndef _CTL_FAULT_H
#define _CTL_FAULT_H

enum {
	STATUS_OK = 0,
	STATUS_REFUSED = 1, /* the kernel, or the system, said no */
	STATUS_WRONG = 2,   /* the command line, or a line of a file, is wrong */
};

struct fault {
	int status;
	char text[1024];
};

/* Both return -1, so that a caller can return what they return. */
__attribute__((format(printf, 2, 3))) int fault_wrong(struct fault *fault, const char *format, ...);
__attribute__((format(printf, 2, 3))) int fault_refused(struct fault *fault, const char *format,
							...);

/* Add a word to the sentence, with a blank in front. */
void fault_add(struct fault *fault, const char *word);

#endif
