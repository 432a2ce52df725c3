/* SPDX-License-Identifier: GPL-2.0 */
/* The commands. Each returns 0, or -1 and says in the fault why. */

#ifndef _CTL_CTL_H
#define _CTL_CTL_H

#include <stdbool.h>

struct fault;
struct netlink;
struct request;

struct options {
	bool json;
	bool pretty;
};

/* A whole command line, from its object on; opens and closes the socket. */
int ctl_run(const struct options *options, int argc, char **argv, struct fault *fault);

/* One request on an open socket: show prints, the others change something. */
int ctl_request(struct netlink *netlink, const struct options *options,
		const struct request *request, struct fault *fault);

/* Commands with a grammar of their own; the words begin behind the object. */
int ctl_monitor(const struct options *options, int argc, char **argv, struct fault *fault);
int ctl_save(const struct options *options, int argc, char **argv, struct fault *fault);
int ctl_restore(const struct options *options, int argc, char **argv, struct fault *fault);
int ctl_sa(const struct options *options, int argc, char **argv, struct fault *fault);
int ctl_sa_check(int argc, char **argv, struct fault *fault);
int ctl_service(const struct options *options, int argc, char **argv, struct fault *fault);
int ctl_help(const struct options *options, int argc, char **argv, struct fault *fault);

/* Commands from a file; - is the standard input. */
int ctl_batch(const struct options *options, const char *path, struct fault *fault);

/* One optional "dev NAME": its ifindex, or 0. */
int ctl_device_words(int argc, char **argv, unsigned int *ifindex, struct fault *fault);

/* A sentence on the standard error that is no fault. */
void ctl_note(const char *sentence);

/* The standard output is whole: nothing was lost in a full disk. */
int ctl_flush(struct fault *fault);

#endif
