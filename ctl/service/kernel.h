/* SPDX-License-Identifier: GPL-2.0 */
/* The module as the service has it: lines to it, lists and events from it. */

#ifndef _SERVICE_KERNEL_H
#define _SERVICE_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

struct attrs;
struct fault;
struct kernel;
struct spec_object;
struct words;

typedef void kernel_event(void *arg, const struct spec_object *object, const struct attrs *attrs);

/* NULL, with the fault, while the module is not loaded. */
struct kernel *kernel_open(kernel_event *event, void *arg, struct fault *fault);
void kernel_close(struct kernel *kernel);

/* To poll for reading; kernel_ready() hands out the events that are there. -1: the
 * module went away, or events were lost: open again, and look at everything. */
int kernel_fd(const struct kernel *kernel);
int kernel_ready(struct kernel *kernel, struct fault *fault);

/* Carry out a line. kernel_error() is the errno of the last refusal, or 0. */
int kernel_do(struct kernel *kernel, const struct words *words, struct fault *fault);
int kernel_error(const struct kernel *kernel);

/* All of an object, in one device when ifindex is not 0. */
int kernel_each(struct kernel *kernel, const char *object, uint32_t ifindex,
		void (*use)(void *arg, const struct spec_object *object, const struct attrs *attrs),
		void *arg, struct fault *fault);

/* Values by the words of the command line; 0, all zero or "" when not there. */
uint64_t kernel_number(const struct spec_object *object, const struct attrs *attrs,
		       const char *word);
void kernel_address(const struct spec_object *object, const struct attrs *attrs, const char *word,
		    uint8_t addr[16]);
const char *kernel_text(const struct spec_object *object, const struct attrs *attrs,
			const char *word);
bool kernel_has(const struct spec_object *object, const struct attrs *attrs, const char *word);

#endif
