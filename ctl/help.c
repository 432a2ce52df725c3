// SPDX-License-Identifier: GPL-2.0
/* What the tables say, for eyes. */

#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "fault.h"
#include "spec.h"

static void print_verb(const struct spec_object *object, const struct spec_verb *verb)
{
	printf("\n%s %s: %s\n", object->word, verb->word, verb->doc);
	for (size_t i = 0; i < object->attr_count; i++) {
		const struct spec_attr *attr = &object->attrs[i];

		if ((verb->takes | verb->filters) & SPEC_BIT(attr->id))
			printf("    %-18s %s\n", attr->word, attr->doc);
	}
}

static int print_object(const char *word, struct fault *fault)
{
	const struct spec_object *object = spec_object(word);

	if (!object)
		return fault_wrong(fault, "no help for '%s'; see the manual page dsmipctl(8)",
				   word);
	printf("%s\n", object->doc);
	for (size_t i = 0; i < object->verb_count; i++)
		print_verb(object, &object->verbs[i]);
	return ctl_flush(fault);
}

int ctl_help(const struct options *options, int argc, char **argv, struct fault *fault)
{
	(void)options;
	if (argc)
		return print_object(argv[0], fault);
	fputs("usage: dsmipctl [-j] [-p] [-n NETNS] OBJECT [VERB] [KEY VALUE]...\n"
	      "       dsmipctl [-j] [-p] [-n NETNS] -b FILE\n"
	      "VERB := show | add | set | del | flush\n"
	      "OBJECT :=\n",
	      stdout);
	for (size_t i = 0; i < spec_object_count; i++)
		printf("    %-18s %s\n", spec_objects[i].word, spec_objects[i].doc);
	fputs("    sa                 Security associations of the signalling, in XFRM.\n"
	      "    monitor            Follow what happens: monitor [dev NAME].\n"
	      "    save               Write the commands that make what is there: save [dev NAME].\n"
	      "    restore            Carry out such commands: restore [FILE].\n"
	      "    help               This, or the words of an object: help OBJECT.\n",
	      stdout);
	return ctl_flush(fault);
}
