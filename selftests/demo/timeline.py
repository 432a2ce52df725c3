# SPDX-License-Identifier: GPL-2.0
"""Every move as a panel: packets per 10 ms by access, pings, TCP."""

import math

import capture
import svg

BIN = 0.010
BEFORE = 0.3
LEFT, RIGHT, TOP = 176, 24, 100
WIDTH = 1160
LANE, STRIP, PANEL = 62, 17, 290


class Panel:
    """Where a move stands on the page, and its scale."""

    def __init__(self, page, y, run, event, after):
        self.page, self.y, self.run, self.event, self.t = page, y, run, event, event["t"]
        self.after = after
        self.scale = (WIDTH - LEFT - RIGHT) / (BEFORE + after)

    def x(self, t):
        return LEFT + (t - self.t + BEFORE) * self.scale

    def has(self, t):
        return -BEFORE <= t - self.t < self.after


def counts(panel, access, up):
    """Packets of the tunnel in each 10 ms, by number of the bin."""
    bins = {}
    for packet in panel.run.access[access]:
        if packet.inner() and panel.run.is_up(packet) == up and panel.has(packet.t):
            n = math.floor((packet.t - panel.t) / BIN)
            bins[n] = bins.get(n, 0) + 1
    return bins


def lane(panel, access, y):
    """Up above the line, down below it."""
    middle, unit, half = y + LANE / 2, 3.2, LANE / 2 - 3
    panel.page.text(24, middle - 4, f"access {access}", f"label {access}")
    panel.page.text(24, middle + 10, "packets per 10 ms", "tiny")
    panel.page.text(LEFT - 8, middle - 8, "up", "tiny", "end")
    panel.page.text(LEFT - 8, middle + 15, "down", "tiny", "end")
    panel.page.line(LEFT, middle, WIDTH - RIGHT, middle, "axis")
    width = BIN * panel.scale
    for up in True, False:
        for n, count in counts(panel, access, up).items():
            height = min(count * unit, half)
            x = panel.x(panel.t + n * BIN)
            panel.page.rect(x + 0.3, middle - height if up else middle, max(width - 0.6, 0.8),
                            height, f"f{access}")


def pings(panel, name, label, y):
    series = panel.run.pings[name]
    panel.page.text(24, y + 4, label, "tiny")
    for number, t in series.sent.items():
        if not panel.has(t):
            continue
        x = panel.x(t)
        if number in series.come:
            panel.page.circle(x, y, 1.5, "dot")
        else:
            panel.page.path(f"M{x - 3:.1f} {y - 4}l6 8m0 -8l-6 8", "lost sbad")


def tcp(panel, way, label, y):
    panel.page.text(24, y + 4, label, "tiny")
    for t in panel.run.records[way].arrivals():
        if panel.has(t):
            panel.page.line(panel.x(t), y - 4, panel.x(t), y + 4, "tick")


def marks(panel, top, bottom):
    page = panel.page
    step = 0.1 if panel.after < 1.3 else 0.2
    for n in range(math.ceil(-BEFORE / step), math.floor(panel.after / step) + 1):
        x = panel.x(panel.t + n * step)
        page.line(x, top, x, bottom, "grid")
        page.text(x, bottom + 12, f"{n * step * 1000:.0f} ms" if n else "0", "tiny", "middle")
    x = panel.x(panel.t)
    page.line(x, top - 4, x, bottom, "mark")
    page.path(f"M{x - 5:.1f} {top - 10}h10l-5 8z", "fmark")
    # Half a triangle each, so that neither hides the other.
    for kind, cls, half in (capture.BU, "good", "h-7l7 8z"), (capture.BA, "ack", "h7l-7 8z"):
        for packet in panel.run.messages(panel.event["to"], kind, panel.t, panel.t + panel.after):
            x = panel.x(packet.t)
            page.line(x, top - 4, x, bottom, f"mark s{cls}")
            page.path(f"M{x:.1f} {top - 11}{half}", f"f{cls}")


def headline(panel, numbers):
    event, y = panel.event, panel.y + 16
    panel.page.text(24, y, f"Move {event['number']}: {event['from']} to {event['to']}, "
                    f"{event['kind'].replace('-', ' ')}", "head")
    panel.page.text(24, y + 17, event["how"], "small")
    lost = numbers["ping6"]["lost"] + numbers["ping4"]["lost"]
    sent = numbers["ping6"]["sent"] + numbers["ping4"]["sent"]
    longest = max(numbers[name]["longest_gap_ms"] for name in ("ping6", "ping4"))
    still = max(numbers[name]["standstill_ms"] for name in ("tcp_up", "tcp_down"))
    panel.page.text(WIDTH - RIGHT, y, f"{lost} of {sent} pings lost",
                    "label bad" if lost else "label good", "end")
    panel.page.text(WIDTH - RIGHT, y + 17, f"longest gap between answers {longest:.0f} ms, "
                    f"in the TCP session {still:.0f} ms", "small", "end")


def moved(panel, numbers):
    headline(panel, numbers)
    top = panel.y + 58
    bottom = top + 2 * LANE + 4 * STRIP + 14
    marks(panel, top, bottom)
    for n, access in enumerate(sorted((panel.event["from"], panel.event["to"]))):
        lane(panel, access, top + n * LANE)
    y = top + 2 * LANE + 12
    pings(panel, "ping6", "ping UE to CN, IPv6", y)
    pings(panel, "ping4", "ping CN to UE, IPv4", y + STRIP)
    tcp(panel, "up", "TCP, arrives at CN", y + 2 * STRIP)
    tcp(panel, "down", "TCP, arrives at UE", y + 3 * STRIP)


def legend(page):
    x, y = 24, 78
    for words, shape, cls, width in (
            ("what makes it move", f"M{x} {y - 9}h10l-5 8z", "fmark", 160),
            ("Binding Update", f"M{x + 169} {y - 9}h-7l7 8z", "fgood", 132),
            ("Binding Acknowledgement", f"M{x + 294} {y - 9}h7l-7 8z", "fack", 190)):
        page.path(shape, cls)
        page.text(x + 16, y, words, "small")
        x += width
    page.circle(x, y - 4, 1.8, "dot")
    page.text(x + 10, y, "ping sent and answered", "small")
    page.path(f"M{x + 167} {y - 8}l6 8m0 -8l-6 8", "lost sbad")
    page.text(x + 180, y, "ping sent and lost", "small")


def draw(run, summary, title):
    answered = [m["first_ba_ms"] / 1000 for m in summary["moves"] if m["first_ba_ms"] is not None]
    after = math.ceil((max(answered, default=0) + 0.35) * 10) / 10
    page = svg.Page(WIDTH, TOP + len(summary["moves"]) * PANEL + 8, "What traffic saw of each move")
    page.text(24, 34, f"What traffic saw of each move: {title}", "title")
    page.text(24, 54, "Packets inside the tunnel as they passed the UE's two links. Pings stand where "
              "they were sent, TCP where it was read.", "small")
    legend(page)
    for n, (event, _) in enumerate(run.moves()):
        moved(Panel(page, TOP + n * PANEL, run, event, after), summary["moves"][n])
    return page.finish()
