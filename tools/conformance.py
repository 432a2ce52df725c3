#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Which test proves which requirement.

usage: conformance.py [--write | --selftest]

tools/requirements.txt has a line for every requirement. Tests name what they
prove by its ID in brackets, and nothing else says so:

  kmod/wire/*_test.c kmod/rule/*_test.c   in a comment at a test function, or at
  selftests/ctl/*_test.c                  a helper of some; in the sentence of a
  selftests/service/*_test.c              row of a table
  selftests/fuzz/*.c                      in a comment at the function that checks
  selftests/*.sh                          in the sentence of a check, or in a
  selftests/service/*.sh                  comment in the same paragraph above it
  selftests/golden/*.hex                  in a comment of the vector
  selftests/ctl/*.sh                      in a comment

"[MH-04] to [MH-09]" names what is between, too. An ID anywhere else is prose,
but has to exist. Documentation/conformance.md is what --write makes of all this;
without it the script checks that it still is. Prints KTAP.
"""

import collections
import pathlib
import re
import sys
import tempfile

LIST = "tools/requirements.txt"
PAGE = "Documentation/conformance.md"
SELF = "tools/conformance.py"
AREAS = ("kmod", "uapi", "ctl", "selftests", "tools", "Documentation")
LEVELS = {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "must", "should", "may"}
STATUSES = ("tested", "partly", "not yet", "out of scope")

PREFIX = r"(?:[A-Z]{2,4}|3G)"
NUMBERED = re.compile(rf"({PREFIX})-(\d\d)")
BRACKETS = re.compile(rf"\[({PREFIX}-\w[^][\n]{{0,40}})\]")
RANGE = re.compile(rf"\[({PREFIX})-(\d\d)\](?: to |\.\.)\[\1-(\d\d)\]")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
CHECK = re.compile(r"""\s*(?:check|report\s+\S+)\s+(?:"((?:[^"\\]|\\.)*)"|'([^']*)')""")
CASE = re.compile(r"\bKUNIT_CASE(?:_\w+)?\((\w+)")
TABLE = re.compile(r"[a-z].*?\b(\w+)\[.*\] = \{$")

HEAD = """<!-- SPDX-License-Identifier: GPL-2.0 -->
<!-- Written by tools/conformance.py --write. Do not edit. -->
# Which test proves which requirement

The requirements are those of `tools/requirements.txt`: a number is an RFC, TS a
3GPP specification, and what follows the section. The tests are those that name
the requirement; `tools/conformance.py` says where it looks and fails when this
page is not what the sources say. Capital letters are RFC 2119's, small ones say
that the source states it plainly; "MUST NOT" stands before what must not be. A
status of "partly" says what there is or what is missing, and where that belongs;
"not yet" says to which part of the work it belongs.
"""

Requirement = collections.namedtuple("Requirement", "id level text source reason section line")
Claim = collections.namedtuple("Claim", "id file test row line")


# What there is to prove.

def read_list(path):
    """Return: the requirements, and what is wrong with their lines."""
    found, wrong, section = [], [], None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("## "):
            section = line[3:]
        if not line or line.startswith("#"):
            continue
        words = line.split("\t")
        if len(words) not in (4, 5) or not all(words):
            wrong.append(f"{LIST}:{number}: wants 4 or 5 words between tabs")
            continue
        entry = Requirement(*words[:4], words[4] if len(words) == 5 else "", section, number)
        if not NUMBERED.fullmatch(entry.id):
            wrong.append(f"{LIST}:{number}: {entry.id} is no ID")
        if entry.id in {other.id for other in found}:
            wrong.append(f"{LIST}:{number}: {entry.id} was there before")
        if entry.level not in LEVELS:
            wrong.append(f"{LIST}:{number}: {entry.level} is no level")
        if entry.reason and not entry.reason.startswith(tuple(f"{s}: " for s in STATUSES[1:])):
            wrong.append(f"{LIST}:{number}: a reason begins with one of "
                         + ", ".join(f'"{s}: "' for s in STATUSES[1:]))
        if not section:
            wrong.append(f"{LIST}:{number}: stands in no section")
        found.append(entry)
    return found, wrong


# What the sources name.

def names(line):
    """The IDs of a line."""
    found = [m[1] for m in BRACKETS.finditer(line)]
    for prefix, first, last in RANGE.findall(line):
        found += [f"{prefix}-{n:02}" for n in range(int(first) + 1, int(last))]
    return found


def sentence(text):
    """A sentence without the IDs in it."""
    return " ".join(BRACKETS.sub("", text).split())


def c_functions(lines):
    """The functions of a file: (name, first line, last line), numbers from 0."""
    found, head, begin = [], 0, None
    for number, line in enumerate(lines):
        if line == "{":
            begin = head
        elif line == "}" and begin is not None:
            text = " ".join(lines[begin:number])
            name = re.search(r"(\w+)\(", text)
            found.append((name[1] if name else "?", begin, number))
            begin = None
        elif begin is None and re.match(r"[A-Za-z_]", line):
            head = number
    return found


def callers(name, functions, lines, cases):
    """The test cases that come to a helper or a table, itself if it is one."""
    wanted, seen = [name], set()
    while wanted:
        name = wanted.pop()
        seen.add(name)
        for other, first, last in functions:
            body = "\n".join(lines[first + 1:last])
            if other not in seen and re.search(rf"\b{name}\b", body):
                wanted.append(other)
    return [case for case in cases if case in seen]


def runner(number, functions, lines, cases):
    """The first test case that goes through the rows of the table of a line."""
    tables = [m[1] for m in map(TABLE.match, lines[:number]) if m]
    text = "\n".join(lines)
    for param in re.findall(rf"\bKUNIT_ARRAY_PARAM\((\w+), {tables[-1]},", text) if tables else ():
        case = re.search(rf"\bKUNIT_CASE_PARAM\((\w+),\s*{param}_gen_params\)", text)
        if case:
            return [case[1]]
    return callers(tables[-1], functions, lines, cases)[:1] if tables else []


def read_c(text):
    """Of tests in C: (ID, test, row, line). Without test cases functions are tests."""
    lines = text.splitlines()
    functions = c_functions(lines)
    cases = CASE.findall(text)
    head = next((n for n, line in enumerate(lines) if line.startswith("#include")), 0)
    for number, line in enumerate(lines):
        found = names(line) if number >= head else []
        if not found:
            continue
        at = next((f for f in functions if f[2] >= number), None)
        row = next((s for s in STRING.findall(line) if names(s)), "")
        if row and (not at or at[1] > number):
            tests = runner(number, functions, lines, cases)
        elif not at:
            tests = []
        else:
            row = ""
            tests = callers(at[0], functions, lines, cases) if cases else [at[0]]
        for test in tests:
            yield from ((name, test, sentence(row), number + 1) for name in found)


def read_story(text):
    """Of checks in a story: (ID, sentence, no row, line)."""
    pending = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            pending = []
        elif line.lstrip().startswith("#"):
            pending += names(line)
        else:
            check = CHECK.match(line)
            if check:
                said = check[1] or check[2] or ""
                yield from ((name, sentence(said), "", number) for name in pending + names(said))
                pending = []


def read_comments(text):
    """Of a file that is a test as a whole: (ID, no test, no row, line)."""
    for number, line in enumerate(text.splitlines(), 1):
        if "#" in line:
            yield from ((name, "", "", number) for name in names(line[line.index("#"):]))


READERS = (
    ("kmod/wire/*_test.c", read_c),
    ("kmod/rule/*_test.c", read_c),
    ("selftests/*.sh", read_story),
    ("selftests/fuzz/*.c", read_c),
    ("selftests/golden/*.hex", read_comments),
    ("selftests/golden/bad/*.hex", read_comments),
    ("selftests/ctl/*_test.c", read_c),
    ("selftests/ctl/*.sh", read_comments),
    ("selftests/service/*_test.c", read_c),
    ("selftests/service/*.sh", read_story),
)


def read_tests(top):
    """All claims, in the order of the sources, none twice."""
    claims = {}
    for pattern, reader in READERS:
        for path in sorted(top.glob(pattern)):
            file = str(path.relative_to(top))
            for name, *where in reader(path.read_text(errors="replace")):
                claims.setdefault((name, file, *where), Claim(name, file, *where))
    return list(claims.values())


def sources(top):
    """Every file in which an ID may stand; ours has wrong ones to be found."""
    yield from top.glob("*.md")
    for area in AREAS:
        for path in sorted((top / area).rglob("*")):
            file = str(path.relative_to(top))
            if path.is_file() and file not in (LIST, PAGE, SELF) and "__pycache__" not in file:
                yield path


# The page.

def status(entry, tests):
    return entry.reason or ("tested" if tests else "untested")


def count(entries, claims):
    """How many there are of each status."""
    tested = {claim.id for claim in claims}
    words = [status(entry, entry.id in tested).split(":")[0] for entry in entries]
    return [words.count(word) for word in STATUSES]


def escaped(text):
    return re.sub(r"([|<>*$`\\])", r"\\\1", text)


def tests_of(name, claims):
    """The tests of a requirement, those of one file in one line."""
    files = {}
    for claim in claims:
        if claim.id == name:
            rows = files.setdefault(claim.file, {}).setdefault(claim.test, [])
            rows += [claim.row] if claim.row and claim.row not in rows else []
    out = []
    for file, tests in files.items():
        said = [escaped(test) + (f" ({escaped('; '.join(rows))})" if rows else "")
                for test, rows in tests.items() if test]
        out.append(f"`{file}`" + (": " + "; ".join(said) if said else ""))
    return "<br>".join(out)


def page(entries, claims):
    sections = {}
    for entry in entries:
        sections.setdefault(entry.section, []).append(entry)
    out = [HEAD, "| section | " + " | ".join(STATUSES) + " |", "|---|" + "---|" * len(STATUSES)]
    for section, rows in [*sections.items(), ("all", entries)]:
        out.append(f"| {section} | " + " | ".join(map(str, count(rows, claims))) + " |")
    for section, rows in sections.items():
        out += ["", f"## {section}", "", "| ID | level | requirement | status | tests |",
                "|---|---|---|---|---|"]
        for row in rows:
            tests = tests_of(row.id, claims)
            words = (row.id, row.level, f"{escaped(row.text)} ({row.source})",
                     status(row, tests), tests)
            out.append("| " + " | ".join(words).rstrip() + " |")
    return "\n".join(out) + "\n"


# What may be wrong.

def without_reason(entries, tested):
    for entry in entries:
        if entry.id not in tested and not entry.reason:
            yield f"{entry.id} has neither test nor reason: {entry.level}: {entry.text}"


def contradictions(entries, tested, claims):
    for entry in entries:
        partly = entry.reason.startswith("partly: ")
        if partly and entry.id not in tested:
            yield f"{LIST}:{entry.line}: {entry.id} is partly tested, but by nothing"
        if entry.reason and not partly and entry.id in tested:
            claim = next(c for c in claims if c.id == entry.id)
            yield f"{claim.file}:{claim.line}: tests {entry.id}, which is \"{entry.reason}\""


def unknown(top, known):
    for path in sources(top):
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for name in names(line):
                if name not in known:
                    yield f"{path.relative_to(top)}:{number}: [{name}] is no requirement"


def namesakes(claims):
    """Two tests under one name: nobody could tell which of them proves it."""
    first = {}
    for claim in claims:
        if claim.row or claim.file.endswith(".sh"):
            said = claim.row or claim.test
            line = first.setdefault((claim.file, claim.test, claim.row), claim.line)
            if said and line != claim.line:
                yield f"{claim.file}:{claim.line}: \"{said}\" is also in line {line}"


def stale(top, wanted):
    path = top / PAGE
    have = path.read_text().splitlines() if path.exists() else []
    wanted = wanted.splitlines()
    if have != wanted:
        yield f"{PAGE}: run tools/conformance.py --write and commit what it writes"
        old, new = set(have), set(wanted)
        yield from ("- " + line for line in have if line not in new)
        yield from ("+ " + line for line in wanted if line not in old)


def examine(top):
    """Return: (what must hold, what is wrong with it), and the counts."""
    entries, ill_formed = read_list(top / LIST)
    claims = read_tests(top)
    tested = {claim.id for claim in claims}
    known = {entry.id for entry in entries}
    results = [
        ("every requirement is there once and complete", ill_formed),
        ("every requirement has a test or a reason", without_reason(entries, tested)),
        ("no reason contradicts a test", contradictions(entries, tested, claims)),
        ("no unknown ID is named", unknown(top, known)),
        ("no two tests of a file have the same name", namesakes(claims)),
        ("conformance.md is what the sources say", stale(top, page(entries, claims))),
    ]
    return [(what, list(wrong)) for what, wrong in results], count(entries, claims)


def write(top):
    entries, _ = read_list(top / LIST)
    (top / PAGE).write_text(page(entries, read_tests(top)))


# Does it find what is wrong? In a small tree that is made for it.

STORY = """# A story: what is said here of [AA-04] is prose.

plan 2
check "a sentence [AA-01]" true
# [AA-02]
check "another" true
"""
UNIT = """static const struct row rows[] = {
	{ "[AA-05] a row" },
};

KUNIT_ARRAY_PARAM(row, rows, say);

/* [AA-03] */
static void helper(void)
{
}

static void a_case(struct kunit *test)
{
	helper();
}

static struct kunit_case cases[] = {
	KUNIT_CASE(a_case),
	KUNIT_CASE_PARAM(each_row, row_gen_params),
};
"""
REQUIREMENTS = """## Section
AA-01	MUST	one	1
AA-02	must	two	1
AA-03	MAY	three	1	partly: something
AA-04	SHOULD	four	1	not yet: something
AA-05	SHOULD NOT	five	1
"""
TREE = {LIST: REQUIREMENTS, "selftests/story.sh": STORY, "kmod/rule/x_test.c": UNIT}


def small_tree(top):
    for file, text in TREE.items():
        (top / file).parent.mkdir(parents=True, exist_ok=True)
        (top / file).write_text(text)
    (top / "Documentation").mkdir()
    write(top)


def replaced(file, old, new):
    def change(top):
        text = (top / file).read_text()
        if old not in text:
            raise AssertionError(f"{old} is not in {file}")
        (top / file).write_text(text.replace(old, new, 1))
    return change


# What is changed, whether the page is written anew, and what must be found.
GONE = "AA-03 is partly tested, but by nothing"
STALE = "conformance.py --write"
FAULTS = (
    ("nothing where nothing is wrong", lambda top: None, False, []),
    ("a wrong ID", replaced("selftests/story.sh", "AA-02", "AA-20"), True,
     ["AA-02 has neither", "[AA-20] is no requirement"]),
    ("a wrong ID in a range", replaced("selftests/story.sh", "[AA-02]", "[AA-02] to [AA-07]"),
     True, ["[AA-06] is no requirement", "[AA-07] is no requirement", 'AA-04, which is "not yet']),
    ("a wrong ID in prose", replaced("kmod/rule/x_test.c", "helper();", "/* [AA-07] */"), True,
     [GONE, "[AA-07] is no requirement"]),
    ("an ill-written ID", replaced("kmod/rule/x_test.c", "AA-03", "AA-3"), True,
     [GONE, "[AA-3] is no requirement"]),
    ("a missing reason", replaced(LIST, "\tnot yet: something", ""), True,
     ["AA-04 has neither"]),
    ("a reason against a test", replaced(LIST, "partly:", "not yet:"), True,
     ['AA-03, which is "not yet']),
    ("a reason of no kind", replaced(LIST, "not yet:", "perhaps:"), True,
     ["a reason begins with"]),
    ("a requirement twice", replaced(LIST, "AA-02", "AA-01"), True,
     ["AA-01 was there before", "[AA-02] is no requirement"]),
    ("a level that is none", replaced(LIST, "SHOULD\t", "OUGHT\t"), True, ["OUGHT is no level"]),
    ("two tests of one name", replaced("selftests/story.sh", "another", "a sentence"), True,
     ['"a sentence" is also in line']),
    ("a helper that no test calls", replaced("kmod/rule/x_test.c", "helper();", ""), True, [GONE]),
    ("a case that is not run", replaced("kmod/rule/x_test.c", "KUNIT_CASE(a_case),", ""), True,
     [GONE]),
    ("a table that no test goes through", replaced("kmod/rule/x_test.c", "row_gen", "other_gen"),
     True, ["AA-05 has neither"]),
    ("a comment far from a check", replaced("selftests/story.sh", "# [AA-02]\n", "# [AA-02]\n\n"),
     True, ["AA-02 has neither"]),
    ("a stale page", replaced("selftests/story.sh", "a sentence", "another sentence"), False,
     [STALE]),
    ("a page that was edited", replaced(PAGE, "not yet: something", "tested"), False, [STALE]),
)


def fault_found(change, anew, wanted):
    """Return: what was not found, or found besides."""
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        small_tree(top)
        change(top)
        if anew:
            write(top)
        wrong = [line for _, lines in examine(top)[0] for line in lines
                 if line[:2] not in ("- ", "+ ")]
    missing = [f"not found: {text}" for text in wanted if not any(text in w for w in wrong)]
    return missing or (wrong if len(wrong) != len(wanted) else [])


def selftest():
    return [(f"finds {what}", fault_found(*rest)) for what, *rest in FAULTS]


def report(results):
    print("TAP version 13")
    print(f"1..{len(results)}")
    for number, (what, wrong) in enumerate(results, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} {what}")
        for line in wrong:
            print("#", line)
    return any(wrong for _, wrong in results)


def main(words):
    top = pathlib.Path(__file__).resolve().parent.parent
    if words not in ([], ["--write"], ["--selftest"]):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    if words == ["--selftest"]:
        return report(selftest())
    if words:
        write(top)
    results, counts = examine(top)
    failed = report(results + selftest())
    print("# " + ", ".join(f"{n} {word}" for n, word in zip(counts, STATUSES)))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
