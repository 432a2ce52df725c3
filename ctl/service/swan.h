/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A file in the syntax of swanctl.conf: sections with { }, key = value, # for
 * comments, " for values with blanks or with any of { } # = inside. Connections
 * stand in one, so that swanctl and we load the very same; swanctl's keys of
 * lists become lists, and certificates and the like are read from their files as
 * swanctl does it. "include PATTERN", inheritance (name : other) and what else
 * is not understood is refused with file, line and remedy, and nothing is used.
 */

#ifndef _SERVICE_SWAN_H
#define _SERVICE_SWAN_H

struct fault;
struct tree;

/*
 * All connections of the file: a section that has one section a connection, each
 * ready to be sent by "load-conn". NULL with the fault. Relative names of
 * certificates are looked for where swanctl does: x509, x509ca, pubkey below the
 * directory, which is SWANCTL_DIR or /etc/swanctl when NULL. ("swanctl --file"
 * takes the directory of that file.)
 */
struct tree *swan_read(const char *path, const char *directory, struct fault *fault);

/*
 * The text of a file into a tree, without reading any other file: for tests. All
 * of its sections are there, values in front of sections, lists still as values.
 */
struct tree *swan_parse(const char *name, const char *text, struct fault *fault);

#endif
