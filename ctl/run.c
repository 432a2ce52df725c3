// SPDX-License-Identifier: GPL-2.0
/* From words to the command that knows them. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "fault.h"
#include "names.h"
#include "nl.h"
#include "request.h"
#include "spec.h"

static const struct {
	const char *word;
	int (*run)(const struct options *options, int argc, char **argv, struct fault *fault);
} commands[] = {
	{ "sa", ctl_sa },           { "monitor", ctl_monitor }, { "save", ctl_save },
	{ "restore", ctl_restore }, { "run", ctl_service },     { "help", ctl_help },
};

void ctl_note(const char *sentence)
{
	fprintf(stderr, "dsmipctl: note: %s\n", sentence);
}

int ctl_flush(struct fault *fault)
{
	if (!fflush(stdout) && !ferror(stdout))
		return 0;
	return fault_refused(fault, "cannot write: %s", strerror(errno));
}

int ctl_device_words(int argc, char **argv, unsigned int *ifindex, struct fault *fault)
{
	*ifindex = 0;
	if (!argc)
		return 0;
	if (strcmp(argv[0], "dev"))
		return fault_wrong(fault, "unknown word '%s'; expected dev", argv[0]);
	if (argc == 1)
		return fault_wrong(fault, "dev wants a value: the name of a dsmip device");
	if (argc > 2)
		return fault_wrong(fault, "unknown word '%s'; nothing was expected", argv[2]);
	if (names_index(argv[1], ifindex) || !*ifindex)
		return fault_refused(fault, "dev: there is no interface '%s'", argv[1]);
	return 0;
}

int ctl_run(const struct options *options, int argc, char **argv, struct fault *fault)
{
	struct netlink netlink;
	struct request request;
	int err;

	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(argv[0], commands[i].word))
			return commands[i].run(options, argc - 1, argv + 1, fault);
	if (request_read(&request, argc, argv, fault) || netlink_open(&netlink, fault))
		return -1;
	err = ctl_request(&netlink, options, &request, fault);
	netlink_close(&netlink);
	return err;
}
