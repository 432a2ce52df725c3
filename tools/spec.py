#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Write everything that follows from Documentation/netlink/specs/dsmip.yaml.

usage: spec.py SPEC FRAMES OUT

SPEC is the YAML description of the family, FRAMES the directory with the
hand-written frames (ctl/*.in), OUT the directory that the files go below.
Run it through tools/spec.sh.
"""

import os
import sys
import textwrap

import yaml

NOTE = "Written by tools/spec.sh from Documentation/netlink/specs/dsmip.yaml. Do not edit."
UAPI_LICENSE = "((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)"

VERBS = {"get": "show", "new": "add", "set": "set", "del": "del", "flush": "flush"}
SIZES = {"u8": 1, "u16": 2, "u32": 4, "u64": 8}
FLAGS = {"admin-perm": "GENL_ADMIN_PERM", "uns-admin-perm": "GENL_UNS_ADMIN_PERM"}
GROUP_FLAGS = {"admin-perm": "GENL_MCAST_CAP_SYS_ADMIN",
               "uns-admin-perm": "GENL_MCAST_CAP_NET_ADMIN"}
S16_MAX = 32767

# What the controller knows beyond the types of the family: numbers that are
# interfaces, addresses that may be IPv4 ones in disguise, and lengths that
# are written behind the address they belong to.
INTERFACES = {"ifindex", "link", "home-link"}
CARE_OF = {"coa", "coa-before"}
LENGTHS = {"hoa": "plen", "home-prefix": "home-plen"}


def upper(name):
    return name.upper().replace("-", "_")


def lower(name):
    return name.lower().replace("-", "_")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def one_line(text):
    return " ".join((text or "").split())


class Enum:
    """An enum or a set of flags: entries are (value, word, doc)."""

    def __init__(self, family, raw):
        self.name = raw["name"]
        self.doc = one_line(raw.get("doc"))
        self.flags = raw["type"] == "flags"
        self.prefix = f"{upper(family)}_{upper(self.name)}"
        self.start = raw.get("value-start", 0)
        self.entries = []
        value = self.start
        for entry in raw["entries"]:
            entry = {"name": entry} if isinstance(entry, str) else entry
            value = entry.get("value", value)
            self.entries.append((value, entry["name"], one_line(entry.get("doc"))))
            value += 1

    def constant(self, word):
        return f"{self.prefix}_{upper(word)}"

    @property
    def mask(self):
        return sum(1 << value for value, _, _ in self.entries)

    @property
    def limits(self):
        if self.flags:
            return 0, self.mask
        values = [value for value, _, _ in self.entries]
        return min(values), max(values)


class Attribute:
    """One attribute of an attribute set."""

    def __init__(self, spec, space, number, raw):
        self.name = raw["name"]
        self.id = number
        self.constant = f"{upper(spec.name)}_A_{upper(space)}_{upper(self.name)}"
        self.type = raw["type"]
        self.doc = one_line(raw.get("doc"))
        self.hint = raw.get("display-hint")
        self.enum = spec.enums.get(raw.get("enum"))
        self.checks = raw.get("checks", {})
        if "enum" in raw and not self.enum:
            raise ValueError(f"{space}/{self.name}: no enum {raw['enum']}")
        self.word, self.alias = self.words(space)

    def words(self, space):
        """The controller says dev for the device, whatever the number is called."""
        if space == "device":
            return self.name, "dev" if self.name == "name" else None
        return "dev" if self.name == "ifindex" else self.name, None

    @property
    def limits(self):
        if self.enum:
            return self.enum.limits
        most = (1 << 8 * SIZES[self.type]) - 1
        return self.checks.get("min", 0), self.checks.get("max", most)

    @property
    def size(self):
        if self.type in SIZES:
            return SIZES[self.type]
        return self.checks.get("exact-len", self.checks.get("max-len", 0))

    def form(self, space):
        """How the controller reads and shows it."""
        if self.enum:
            return "SPEC_FLAGS" if self.enum.flags else "SPEC_ENUM"
        if self.name in INTERFACES and space != "device" or self.name == "home-link":
            return "SPEC_INTERFACE"
        if self.name in CARE_OF:
            return "SPEC_CARE_OF"
        if self.hint in ("ipv4", "ipv6"):
            return f"SPEC_{self.hint.upper()}"
        if self.type in SIZES:
            return "SPEC_HEX" if self.hint == "hex" else "SPEC_NUMBER"
        return "SPEC_TEXT"


class Space:
    """An attribute set: one object."""

    def __init__(self, spec, raw):
        self.name = raw["name"]
        self.doc = one_line(raw.get("doc"))
        self.prefix = f"{upper(spec.name)}_A_{upper(self.name)}"
        self.attributes = [Attribute(spec, self.name, number, attribute)
                           for number, attribute in enumerate(raw["attributes"], 1)]
        self.by_name = {attribute.name: attribute for attribute in self.attributes}

    def plen_of(self, attribute):
        """The length that may stand behind an address."""
        return self.by_name.get(LENGTHS.get(attribute.name))


class Operation:
    """One command of the family."""

    def __init__(self, spec, number, raw):
        self.name = raw["name"]
        self.id = number
        self.doc = one_line(raw["doc"])
        self.constant = f"{upper(spec.name)}_CMD_{upper(self.name)}"
        self.space = spec.by_name[raw["attribute-set"]]
        self.flags = raw.get("flags", [])
        self.notify = "notify" in raw
        self.verb = VERBS.get(self.name.rsplit("-", 1)[1])
        self.do = self.request(raw, "do")
        self.dump = self.request(raw, "dump")

    def request(self, raw, kind):
        if kind not in raw:
            return None
        names = raw[kind].get("request", {}).get("attributes", [])
        return [self.space.by_name[name] for name in names]

    @property
    def takes(self):
        """struct genl_ops has one policy for do and dump."""
        both = {attribute.id: attribute for attribute in (self.do or []) + (self.dump or [])}
        return [both[number] for number in sorted(both)]


class Spec:
    """The family."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as source:
            raw = yaml.safe_load(source)
        self.name = raw["name"]
        self.version = raw.get("version", 1)
        self.doc = raw["doc"].strip()
        self.enums = {entry["name"]: Enum(self.name, entry) for entry in raw["definitions"]}
        self.spaces = [Space(self, entry) for entry in raw["attribute-sets"]]
        self.by_name = {space.name: space for space in self.spaces}
        self.operations = [Operation(self, number, entry)
                           for number, entry in enumerate(raw["operations"]["list"], 1)]
        self.groups = raw["mcast-groups"]["list"]

    def of(self, space):
        """The operations that a user can ask for on an object."""
        return [op for op in self.operations if op.space is space and not op.notify]

    def notification(self, space):
        return next((op for op in self.operations if op.space is space and op.notify), None)

    def combined(self, space, attribute):
        """Show ADDR/PLEN when every verb that takes the address takes the length."""
        plen = space.plen_of(attribute)
        return bool(plen) and all(plen in op.takes for op in self.of(space)
                                  if attribute in op.takes)


# --- C in general -----------------------------------------------------------

def c_head(license_, include_guard=None, block=False):
    spdx = f"SPDX-License-Identifier: {license_}"
    lines = [f"/* {spdx} */" if block else f"// {spdx}", f"/* {NOTE} */"]
    if include_guard:
        lines += ["", f"#ifndef {include_guard}", f"#define {include_guard}"]
    return lines + [""]


def kernel_doc(name, doc, members):
    lines = ["/**"]
    lines += wrapped(f"{name} - {doc}", " * ", " *\t")
    for member, text in members:
        lines += wrapped(f"@{member}: {text}", " * ", " *\t")
    return lines + [" */"]


def wrapped(text, first, rest):
    return textwrap.wrap(text, 76, initial_indent=first, subsequent_indent=rest,
                         break_long_words=False, break_on_hyphens=False)


# --- uapi/linux/dsmip.h -----------------------------------------------------

def uapi_enum(enum):
    members = [(enum.constant(word), doc or word) for _, word, doc in enum.entries]
    lines = kernel_doc(f"enum {lower(enum.prefix)}", enum.doc, members)
    lines.append(f"enum {lower(enum.prefix)} {{")
    expected = 0
    for value, word, _ in enum.entries:
        if enum.flags:
            lines.append(f"\t{enum.constant(word)} = 1 << {value},")
        elif value != expected:
            lines.append(f"\t{enum.constant(word)} = {value},")
        else:
            lines.append(f"\t{enum.constant(word)},")
        expected = value + 1
    if enum.flags:
        lines += ["", "\t/* private: */", f"\t{enum.prefix}_MASK = {enum.mask:#x},"]
    else:
        lines += maximum(enum.prefix)
    return lines + ["};", ""]


def maximum(prefix):
    return ["", "\t/* private: */", f"\t__{prefix}_MAX,",
            f"\t{prefix}_MAX = (__{prefix}_MAX - 1)"]


def numbered(name, doc, prefix, members):
    """An enum that counts from 1: attributes and commands."""
    lines = kernel_doc(f"enum {name}", doc, members)
    lines.append(f"enum {name} {{")
    lines.append(f"\t{members[0][0]} = 1,")
    lines += [f"\t{member}," for member, _ in members[1:]]
    return lines + maximum(prefix) + ["};", ""]


def uapi(spec):
    lines = c_head(UAPI_LICENSE, "_UAPI_LINUX_DSMIP_H", block=True)
    lines += [f'#define DSMIP_FAMILY_NAME\t"{spec.name}"',
              f"#define DSMIP_FAMILY_VERSION\t{spec.version}", ""]
    for enum in spec.enums.values():
        lines += uapi_enum(enum)
    for space in spec.spaces:
        members = [(attribute.constant, attribute.doc or "alignment")
                   for attribute in space.attributes]
        lines += numbered(lower(space.prefix), f"attributes: {space.doc}", space.prefix, members)
    members = [(op.constant, op.doc) for op in spec.operations]
    lines += numbered("dsmip_cmd", "commands and notifications", "DSMIP_CMD", members)
    for group in spec.groups:
        lines.append(f'#define DSMIP_MCGRP_{upper(group["name"])}\t"{group["name"]}"')
    return lines + ["", "#endif"]


# --- kmod/nl-gen.[ch] -------------------------------------------------------

def policy_entry(attribute):
    kind = {"string": "NLA_NUL_STRING", "binary": "NLA_BINARY"}.get(
        attribute.type, f"NLA_{attribute.type.upper()}")
    if attribute.type == "binary":
        if "exact-len" not in attribute.checks:
            raise ValueError(f"{attribute.constant}: binary without a length")
        return f"NLA_POLICY_EXACT_LEN({attribute.checks['exact-len']})"
    if attribute.type == "string":
        if "max-len" not in attribute.checks:
            raise ValueError(f"{attribute.constant}: string without a length")
        return f"{{ .type = {kind}, .len = {attribute.checks['max-len']} }}"
    if attribute.enum and attribute.enum.flags:
        return f"NLA_POLICY_MASK({kind}, {attribute.enum.mask:#x})"
    least, most = attribute.limits
    whole = (1 << 8 * SIZES[attribute.type]) - 1
    if (least, most) == (0, whole):
        return f"{{ .type = {kind} }}"
    if most == whole and least <= S16_MAX:
        return f"NLA_POLICY_MIN({kind}, {least})"
    if most > S16_MAX:
        return f"NLA_POLICY_FULL_RANGE({kind}, &{range_name(attribute)})"
    if least == 0:
        return f"NLA_POLICY_MAX({kind}, {most})"
    return f"NLA_POLICY_RANGE({kind}, {least}, {most})"


def range_name(attribute):
    least, most = attribute.limits
    return f"range_{least}_to_{most}"


def kernel_ranges(spec):
    """Not const: struct nla_policy of Linux 6.1 points to them as writable."""
    lines = []
    seen = set()
    for op in spec.operations:
        for attribute in op.takes:
            name = range_name(attribute) if attribute.type in SIZES else ""
            if name in seen or f"&{name})" not in policy_entry(attribute):
                continue
            seen.add(name)
            lines += [f"static struct netlink_range_validation {name} = {{",
                      f"\t.min = {attribute.limits[0]},", f"\t.max = {attribute.limits[1]},",
                      "};", ""]
    return lines


def kernel_names(spec):
    lines = []
    for enum in spec.enums.values():
        if enum.flags:
            continue
        lines.append(f"const char * const {lower(enum.prefix)}_names[] = {{")
        lines += [f"\t[{enum.constant(word)}] = {quoted(word)},"
                  for _, word, _ in enum.entries]
        lines += ["};", ""]
    return lines


def kernel_policy(op):
    last = op.takes[-1].constant
    lines = [f"/* {op.constant}: {op.doc} */",
             f"static const struct nla_policy {lower(op.name)}_policy[{last} + 1] = {{"]
    lines += [f"\t[{attribute.constant}] = {policy_entry(attribute)},"
              for attribute in op.takes]
    return lines + ["};", ""]


def kernel_op(op):
    lines = ["\t{", f"\t\t.cmd = {op.constant},"]
    if op.do is not None:
        lines.append(f"\t\t.doit = dsmip_nl_{lower(op.name)}_doit,")
    if op.dump is not None:
        lines.append(f"\t\t.dumpit = dsmip_nl_{lower(op.name)}_dumpit,")
    lines += [f"\t\t.policy = {lower(op.name)}_policy,",
              f"\t\t.maxattr = {op.takes[-1].constant},"]
    if op.flags:
        lines.append(f"\t\t.flags = {' | '.join(FLAGS[flag] for flag in op.flags)},")
    return lines + ["\t},"]


def kernel_group(group):
    lines = [f"\t[DSMIP_NLGRP_{upper(group['name'])}] = {{",
             f"\t\t.name = DSMIP_MCGRP_{upper(group['name'])},"]
    if group.get("flags"):
        flags = " | ".join(GROUP_FLAGS[flag] for flag in group["flags"])
        lines.append(f"\t\t.flags = {flags},")
    return lines + ["\t},"]


FAMILY = """\
struct genl_family dsmip_nl_family __ro_after_init = {
	.name = DSMIP_FAMILY_NAME,
	.version = DSMIP_FAMILY_VERSION,
	.netnsok = true,
	.parallel_ops = true,
	.module = THIS_MODULE,
	.ops = ops,
	.n_ops = ARRAY_SIZE(ops),
	.mcgrps = groups,
	.n_mcgrps = ARRAY_SIZE(groups),
};"""


def kernel_source(spec):
    asked = [op for op in spec.operations if not op.notify]
    lines = c_head("GPL-2.0") + ['#include "nl-gen.h"', "", "#include <linux/module.h>", "",
                                 "#include <net/netlink.h>", ""]
    lines += kernel_names(spec) + kernel_ranges(spec)
    for op in asked:
        lines += kernel_policy(op)
    lines.append("static const struct genl_ops ops[] = {")
    for op in asked:
        lines += kernel_op(op)
    lines += ["};", "", "static const struct genl_multicast_group groups[] = {"]
    for group in spec.groups:
        lines += kernel_group(group)
    lines += ["};", "",
              "/* Validation is strict and resv_start_op zero: what is not asked for is refused. */"]
    return lines + FAMILY.split("\n")


def kernel_header(spec):
    lines = c_head("GPL-2.0", "_DSMIP_NL_GEN_H", block=True)
    lines += ["#include <net/genetlink.h>", "", "#include <uapi/linux/dsmip.h>", ""]
    for op in spec.operations:
        if op.do is not None:
            lines.append(f"int dsmip_nl_{lower(op.name)}_doit(struct sk_buff *skb, "
                         "struct genl_info *info);")
        if op.dump is not None:
            lines.append(f"int dsmip_nl_{lower(op.name)}_dumpit(struct sk_buff *skb, "
                         "struct netlink_callback *cb);")
    lines += ["", "enum {"]
    lines += [f"\tDSMIP_NLGRP_{upper(group['name'])}," for group in spec.groups]
    lines += ["};", ""]
    for enum in spec.enums.values():
        if not enum.flags:
            count = f"__{enum.prefix}_MAX"
            lines.append(f"extern const char * const {lower(enum.prefix)}_names[{count}];")
    return lines + ["", "extern struct genl_family dsmip_nl_family;", "", "#endif"]


# --- ctl/spec-gen.c ---------------------------------------------------------

def ctl_enum(enum):
    name = lower(enum.name)
    lines = [f"static const struct spec_value {name}_values[] = {{"]
    lines += [f"\t{{ {enum.constant(word)}, {quoted(word)}, {quoted(doc or word)} }},"
              for _, word, doc in enum.entries]
    lines += ["};", "", f"static const struct spec_enum {name}_enum = {{",
              f"\t.values = {name}_values,", f"\t.count = ARRAY_SIZE({name}_values),",
              "};", ""]
    return lines


def ctl_attribute(spec, space, attribute):
    lines = [f"\t{{", f"\t\t.id = {attribute.constant},", f"\t\t.name = {quoted(attribute.name)},",
             f"\t\t.word = {quoted(attribute.word)},"]
    if attribute.alias:
        lines.append(f"\t\t.alias = {quoted(attribute.alias)},")
    lines += [f"\t\t.form = {attribute.form(space.name)},", f"\t\t.size = {attribute.size},"]
    if attribute.type in SIZES:
        least, most = attribute.limits
        if least:
            lines.append(f"\t\t.min = {least},")
        lines.append(f"\t\t.max = {most}{'ull' if most >> 32 else 'u'},")
    if attribute.enum:
        lines.append(f"\t\t.choice = &{lower(attribute.enum.name)}_enum,")
    if space.plen_of(attribute):
        lines.append(f"\t\t.plen = {space.plen_of(attribute).constant},")
    if spec.combined(space, attribute):
        lines.append("\t\t.combined = true,")
    return lines + [f"\t\t.doc = {quoted(attribute.doc)},", "\t},"]


def ctl_mask(name, attributes):
    bits = [f"SPEC_BIT({attribute.constant})" for attribute in attributes]
    lines = [f"\t\t.{name} = {bits[0] if bits else '0'}"]
    for bit in bits[1:]:
        lines[-1] += " |"
        lines.append(f"\t\t\t{bit}")
    lines[-1] += ","
    return lines


def ctl_verb(op):
    lines = ["\t{", f"\t\t.word = {quoted(op.verb)},", f"\t\t.doc = {quoted(op.doc)},",
             f"\t\t.cmd = {op.constant},"]
    if op.do is not None:
        lines += ctl_mask("takes", op.do)
    if op.dump is not None:
        lines += ["\t\t.dumps = true,"] + ctl_mask("filters", op.dump)
    return lines + ["\t},"]


def ctl_object(spec, space):
    notification = spec.notification(space)
    lines = ["\t{", f"\t\t.word = {quoted(space.name)},", f"\t\t.doc = {quoted(space.doc)},",
             f"\t\t.attrs = {space.name}_attrs,",
             f"\t\t.attr_count = ARRAY_SIZE({space.name}_attrs),",
             f"\t\t.verbs = {space.name}_verbs,",
             f"\t\t.verb_count = ARRAY_SIZE({space.name}_verbs),"]
    if notification:
        lines.append(f"\t\t.notification = {notification.constant},")
    return lines + ["\t},"]


def ctl_source(spec):
    lines = c_head("GPL-2.0") + ["/* clang-format off */", "", '#include "spec.h"', "",
                                 "#include <linux/dsmip.h>", ""]
    for enum in spec.enums.values():
        lines += ctl_enum(enum)
    for space in spec.spaces:
        lines.append(f"static const struct spec_attr {space.name}_attrs[] = {{")
        for attribute in space.attributes:
            if attribute.type != "pad":
                lines += ctl_attribute(spec, space, attribute)
        lines += ["};", "", f"static const struct spec_verb {space.name}_verbs[] = {{"]
        for op in spec.of(space):
            lines += ctl_verb(op)
        lines += ["};", ""]
    lines.append("const struct spec_object spec_objects[] = {")
    for space in spec.spaces:
        lines += ctl_object(spec, space)
    return lines + ["};", "", "const size_t spec_object_count = ARRAY_SIZE(spec_objects);"]


# --- words for people -------------------------------------------------------

def value_of(space, attribute, beside=None):
    """The value behind a word, as the man page writes it, among other words."""
    form = attribute.form(space.name)
    if attribute.name == "name" and space.name == "device":
        return "NAME"
    if form == "SPEC_ENUM":
        words = [word for _, word, _ in attribute.enum.entries]
        return "|".join(words) if len(words) < 5 else upper(attribute.enum.name)
    plen = space.plen_of(attribute)
    address = "ADDR/PLEN" if plen and (beside is None or plen in beside) else "ADDR"
    return {"SPEC_FLAGS": "FLAG,...", "SPEC_INTERFACE": "NAME", "SPEC_CARE_OF": "ADDR",
            "SPEC_IPV4": "ADDR4", "SPEC_IPV6": address, "SPEC_TEXT": "TEXT"}.get(form, "NUMBER")


def limits_of(attribute):
    """What a number may be, when that is less than its type holds."""
    if attribute.type == "string" and attribute.size:
        return f"at most {attribute.size} octets"
    if attribute.type not in SIZES or attribute.enum:
        return ""
    least, most = attribute.limits
    whole = (1 << 8 * SIZES[attribute.type]) - 1
    return "" if (least, most) == (0, whole) else f"{least} to {most}"


def shown_attributes(space):
    return [attribute for attribute in space.attributes if attribute.type != "pad"]


# --- Documentation/netlink/dsmip.md -----------------------------------------

def md_cell(text):
    return text.replace("|", "\\|")


def md_table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(md_cell(cell) for cell in row) + " |" for row in rows] + [""]


def md_operations(spec):
    rows = []
    for op in spec.operations:
        takes = ", ".join(attribute.name for attribute in op.takes)
        kinds = [kind for kind, there in (("do", op.do), ("dump", op.dump)) if there is not None]
        rows.append((f"`{op.name}`", str(op.id), ", ".join(kinds) or "notification",
                     "yes" if op.flags else "", takes, op.doc))
    return md_table(("command", "number", "kind", "CAP_NET_ADMIN", "attributes", "what it does"),
                    rows)


def md_attribute(attribute):
    kind = attribute.type
    if attribute.enum:
        kind += f", {attribute.enum.name}"
    elif attribute.hint:
        kind += f", {attribute.hint}"
    checks = limits_of(attribute)
    return (f"`{attribute.name}`", str(attribute.id), kind, checks, attribute.doc)


def markdown(spec):
    lines = ["<!-- SPDX-License-Identifier: GPL-2.0 -->", f"<!-- {NOTE} -->", "",
             f"# Generic netlink family `{spec.name}`, version {spec.version}", "", spec.doc, ""]
    groups = ", ".join(f"`{group['name']}`" for group in spec.groups)
    lines += ["## Commands", "",
              f"Notifications go to the multicast group {groups}, which wants CAP_NET_ADMIN too.",
              ""]
    lines += md_operations(spec)
    for space in spec.spaces:
        lines += [f"## Attributes of {space.name}", "", space.doc, ""]
        lines += md_table(("name", "number", "type", "allowed", "meaning"),
                          [md_attribute(attribute) for attribute in space.attributes])
    for enum in spec.enums.values():
        lines += [f"## {'Flags' if enum.flags else 'Values'} of {enum.name}", "", enum.doc, ""]
        rows = [(f"`{word}`", str(1 << value if enum.flags else value), doc)
                for value, word, doc in enum.entries]
        lines += md_table(("name", "value", "meaning"), rows)
    return lines[:-1]


# --- ctl/dsmipctl.8 and ctl/completion/dsmipctl.bash ------------------------

def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return "\\&" + text if text.startswith(".") else text


def man_words(space, attributes):
    words = []
    lengths = {space.plen_of(attribute) for attribute in attributes}
    for attribute in attributes:
        if attribute in lengths or space.name == "device" and attribute.name == "ifindex":
            continue
        words.append(f"[\\ \\fB{roff(attribute.alias or attribute.word)}\\fR\\ "
                     f"\\fI{roff(value_of(space, attribute, attributes))}\\fR\\ ]")
    return words


def man_verb(space, op):
    attributes = op.takes
    lines = [".TP", f".B dsmipctl {roff(space.name)} {op.verb}"]
    lines += man_words(space, attributes)
    return lines + [".br", roff(op.doc[0].upper() + op.doc[1:]) + "."]


def man_attribute(space, attribute):
    value = value_of(space, attribute)
    limits = limits_of(attribute)
    text = attribute.doc + (f" ({limits})" if limits else "")
    lines = [".TP", f".BI {roff(attribute.word)} \" {roff(value)}\"", roff(text) + "."]
    if attribute.alias:
        lines.append(f"Also written \\fB{attribute.alias}\\fR, or the bare name as first word.")
    return lines


def man_object(spec, space):
    lines = [f".SS {space.name}", roff(space.doc)]
    for op in spec.of(space):
        lines += man_verb(space, op)
    lines += [".PP", "Words:"]
    for attribute in shown_attributes(space):
        lines += man_attribute(space, attribute)
    return lines


def man_enum(enum):
    lines = [f".SS {upper(enum.name)}", roff(enum.doc)]
    for _, word, doc in enum.entries:
        lines += [".TP", f".B {roff(word)}", roff(doc) + "." if doc else ""]
    return [line for line in lines if line]


def man(spec, frame):
    objects = [line for space in spec.spaces for line in man_object(spec, space)]
    enums = [line for enum in spec.enums.values() for line in man_enum(enum)]
    return fill(frame, {"NOTE": [NOTE], "OBJECTS": objects, "VALUES": enums})


def bash_case(pairs):
    return [f"\t{pattern}) echo {quoted(' '.join(words))} ;;" for pattern, words in pairs]


def bash(spec, frame):
    verbs = [(space.name, [op.verb for op in spec.of(space)]) for space in spec.spaces]
    words = []
    values = []
    for space in spec.spaces:
        for op in spec.of(space):
            both = [word for attribute in op.takes
                    for word in (attribute.word, attribute.alias) if word]
            words.append((f"{space.name}/{op.verb}", both))
        for attribute in shown_attributes(space):
            if attribute.enum:
                entries = [word for _, word, _ in attribute.enum.entries]
                values.append((f"{space.name}/{attribute.word}", entries))
    return fill(frame, {"NOTE": [f"# {NOTE}"], "VERBS": bash_case(verbs),
                        "OBJECTS": [" ".join(space.name for space in spec.spaces)],
                        "WORDS": bash_case(words), "VALUES": bash_case(values)})


def fill(path, parts):
    """Put the parts in the places of a frame: @NAME@ alone, or inside a line."""
    lines = []
    with open(path, encoding="utf-8") as frame:
        for line in frame.read().splitlines():
            name = line.strip().strip("@")
            if line.strip() == f"@{name}@" and name in parts:
                lines += parts[name]
                continue
            for name, part in parts.items():
                line = line.replace(f"@{name}@", " ".join(part))
            lines.append(line)
    return lines


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    spec = Spec(sys.argv[1])
    frames, out = sys.argv[2:]
    files = {
        "uapi/linux/dsmip.h": uapi(spec),
        "kmod/nl-gen.h": kernel_header(spec),
        "kmod/nl-gen.c": kernel_source(spec),
        "ctl/spec-gen.c": ctl_source(spec),
        "ctl/dsmipctl.8": man(spec, f"{frames}/ctl/dsmipctl.8.in"),
        "ctl/completion/dsmipctl.bash": bash(spec, f"{frames}/ctl/completion/dsmipctl.bash.in"),
        "Documentation/netlink/dsmip.md": markdown(spec),
    }
    for name, lines in files.items():
        path = os.path.join(out, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as target:
            target.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
