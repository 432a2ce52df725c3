# SPDX-License-Identifier: GPL-2.0
"""The ladder of messages as text: 100 columns for a terminal."""

# Where those who speak stand, and the mark of the access.
PLACES = {"UE": 14, "ePDG": 46, "PDN GW": 73, "AAA": 96}
ACCESS = 18
WIDTH = 99


class Canvas:
    """A line on which something is written over what is there."""

    def __init__(self, places):
        self.cells = [" "] * WIDTH
        for x in places:
            self.cells[x] = "|"

    def put(self, x, words):
        self.cells[x:x + len(words)] = words
        return self

    def middle(self, x, words):
        return self.put(max(x - len(words) // 2, 0), words)

    def finish(self):
        return "".join(self.cells).rstrip()


def arrow(canvas, row):
    """From one to the other; what is in the tunnel to the ePDG is drawn as one."""
    x1, x2 = sorted(PLACES[who] for who in row.ends)
    canvas.put(x1 + 1, "-" * (x2 - x1 - 1))
    if row.tunnel:
        canvas.put(x1 + 1, "=" * (PLACES["ePDG"] - x1 - 1))
    left = x1
    if row.access:
        canvas.put(ACCESS, row.access)
        left = ACCESS
    canvas.middle((left + x2) // 2 + 1, f" {row.title} ")
    is_right = PLACES[row.ends[1]] > PLACES[row.ends[0]]
    canvas.put(x2 - 1 if is_right else x1 + 1, ">" if is_right else "<")


def wrapped(words, width):
    """Lines no longer than that, broken behind commas."""
    lines = [""]
    for part in words.split(", "):
        longer = f"{lines[-1]}, {part}" if lines[-1] else part
        if len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return [line for line in lines if line]


def places(rows):
    """Of those who say something here, and of the ePDG where its tunnel is used."""
    there = {who for row in rows for who in row.ends}
    return {who: x for who, x in PLACES.items() if who in there}


def beside(row):
    """Where the detail of a row begins."""
    return PLACES["UE" if "UE" in row.ends or not row.ends else "ePDG"] + 2


def text(rows, title):
    """The ladder; times are seconds since the first row."""
    there = places(rows)
    start = rows[0].t
    head = Canvas([]).put(1, " seconds").middle(ACCESS + 2, "access")
    for who, x in there.items():
        head.middle(x, who)
    lines = [title, "", head.finish()]

    def blank():
        return Canvas(there.values())

    for row in rows:
        line = blank().put(0, f"{row.t - start:9.4f}").put(10, f"{row.step or '':>2}")
        if row.ends:
            arrow(line, row)
        else:
            lines.append(blank().finish())
            line.put(beside(row), f"{row.title} ")
        lines.append(line.finish())
        for said in wrapped(row.detail, WIDTH - beside(row) - 1):
            lines.append(blank().put(beside(row), f"{said} ").finish())
    return "\n".join(lines) + "\n"
