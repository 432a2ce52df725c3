#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every word of the description is in the manual page, in the completion and in
# the reference; what is generated is what is committed; JSON is JSON.

set -uo pipefail

cd "$(dirname "$0")/../.." || exit 2
# shellcheck source=selftests/ctl/lib.sh
. selftests/ctl/lib.sh
out=$1
spec=Documentation/netlink/specs/dsmip.yaml

# The words of the objects, verbs, attributes and values.
words()
{
	/usr/bin/python3 - "$spec" <<-'EOF'
		import sys, yaml
		spec = yaml.safe_load(open(sys.argv[1], encoding="utf-8"))
		for space in spec["attribute-sets"]:
		    print("object", space["name"])
		    for attribute in space["attributes"]:
		        if attribute["type"] == "pad":
		            continue
		        print("attribute", attribute["name"])
		asked = {name for op in spec["operations"]["list"] for kind in ("do", "dump")
		         for name in op.get(kind, {}).get("request", {}).get("attributes", [])}
		for name in sorted(asked):
		    print("asked", name)
		for enum in spec["definitions"]:
		    for entry in enum["entries"]:
		        print("value", entry["name"])
	EOF
}

in_file()
{
	grep -qE "(^|[^a-z0-9-])$1([^a-z0-9-]|$)" "$2"
}

check_words()
{
	local kind word missing=()

	while read -r kind word; do
		in_file "$word" Documentation/netlink/dsmip.md || missing+=("md:$word")
		[ "$word" = ifindex ] && [ "$kind" = attribute ] ||
			in_file "$word" "$out/man" || missing+=("man:$word")
		case $kind in
		object | asked)
			in_file "$word" ctl/completion/dsmipctl.bash ||
				missing+=("completion:$word")
			;;
		esac
	done < <(words)
	[ "${#missing[@]}" = 0 ] || echo "# missing: ${missing[*]}"
	[ "${#missing[@]}" = 0 ]
}

sed 's/\\-/-/g; s/\\f[A-Z]/ /g; s/\\ / /g' ctl/dsmipctl.8 >"$out/man"
[ "$(words | wc -l)" -gt 200 ]
result $? "the description has its words"
check_words
result $? "every word is in the manual page, the completion and the reference"
tools/spec.sh --check
result $? "what is generated is what is committed"

if command -v man >/dev/null; then
	said=$(MANWIDTH=80 man --warnings -E UTF-8 -l ctl/dsmipctl.8 2>&1 >/dev/null)
	[ -z "$said" ]
	result $? "the manual page has no faults $said"
else
	number=$((number + 1))
	echo "ok $number the manual page has no faults # SKIP there is no man"
fi

# The lines of JSON that the other tests wanted and got.
"$out/print_test" json >"$out/json"
count=0 bad=0
while read -r line; do
	count=$((count + 1))
	/usr/bin/python3 -m json.tool <<<"$line" >/dev/null || bad=$((bad + 1))
done <"$out/json"
[ $count -gt 10 ] && [ $bad = 0 ]
result $? "$count pieces of JSON are JSON"
plan
