#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Shows every golden vector to a foreign dissector, tshark, and compares what it
# reads with what the vector says it should. Prints KTAP.

exec /usr/bin/python3 -B "$(dirname "$0")/check.py" "$@"
