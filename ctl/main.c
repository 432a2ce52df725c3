// SPDX-License-Identifier: GPL-2.0
/* dsmipctl: the hand tool of the dsmip module. */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"
#include "fault.h"

#define NETNS_DIRECTORY "/run/netns"

/* Into a namespace by its name, as ip-netns(8) gives it, or by a path. */
static int enter(const char *netns, struct fault *fault)
{
	char path[4096];
	int fd;
	int err;

	snprintf(path, sizeof(path), "%s%s%s", strchr(netns, '/') ? "" : NETNS_DIRECTORY,
		 strchr(netns, '/') ? "" : "/", netns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fault_refused(fault, "no network namespace '%s': %s", netns,
				     strerror(errno));
	err = setns(fd, CLONE_NEWNET);
	if (err)
		fault_refused(fault, "cannot enter the network namespace '%s': %s", netns,
			      strerror(errno));
	close(fd);
	return err;
}

static int run(int argc, char **argv, struct fault *fault)
{
	struct options options = { 0 };
	const char *netns = NULL;
	const char *batch = NULL;
	int option;

	while ((option = getopt(argc, argv, "+jpn:b:hV")) != -1) {
		switch (option) {
		case 'p':
			options.json = true;
			options.pretty = true;
			break;
		case 'j':
			options.json = true;
			break;
		case 'n':
			netns = optarg;
			break;
		case 'b':
			batch = optarg;
			break;
		case 'h':
			return ctl_help(&options, 0, NULL, fault);
		case 'V':
			puts("dsmipctl " VERSION);
			return 0;
		default:
			return fault_wrong(fault, "see dsmipctl -h");
		}
	}
	argc -= optind;
	argv += optind;
	if (batch && argc)
		return fault_wrong(fault, "unknown word '%s'; -b takes the commands from its file",
				   argv[0]);
	if (netns && enter(netns, fault))
		return -1;
	if (batch)
		return ctl_batch(&options, batch, fault);
	if (argc)
		return ctl_run(&options, argc, argv, fault);
	return ctl_help(&options, 0, NULL, fault);
}

int main(int argc, char **argv)
{
	struct fault fault = { 0 };

	if (!run(argc, argv, &fault) && !ctl_flush(&fault))
		return STATUS_OK;
	fflush(stdout);
	if (*fault.text)
		fprintf(stderr, "dsmipctl: %s\n", fault.text);
	return fault.status;
}
