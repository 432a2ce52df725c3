# SPDX-License-Identifier: GPL-2.0
"""What the captures and logs of a run say: moves, pings, the TCP session."""

import json
import os
from collections import Counter

import capture
from watched import Watched

MS = 1000
# A move is over so many seconds behind its last acknowledgement.
AFTER = 0.5


class Run(Watched):
    """A flow with traffic, read once."""

    def __init__(self, folder):
        super().__init__(folder)
        self.stats = {}
        for node in "ue", "gw":
            with open(os.path.join(folder, f"stats-{node}.json"), encoding="utf-8") as file:
                self.stats[node] = {c["name"]: c["value"] for c in json.load(file) if c["value"]}
        self.records = {way: Records(self.words(f"tcp-{end}.txt"))
                        for way, end in (("down", "ue"), ("up", "cn"))}
        self.pings = {"ping6": ping6(self), "ping4": ping4(self)}

    def words(self, name):
        with open(os.path.join(self.folder, name), encoding="ascii") as file:
            return [line.split() for line in file]


class Series:
    """Numbered things that are sent at one time and come at another, or never."""

    def __init__(self, sent, come, twice=0):
        self.sent, self.come, self.twice = sent, come, twice

    def lost(self, begin, end):
        return sorted(t for number, t in self.sent.items()
                      if begin <= t < end and number not in self.come)

    def count(self, begin, end):
        return sum(begin <= t < end for t in self.sent.values())

    def gap(self, begin, end):
        return gap(self.come.values(), begin, end)

    def pause(self, begin, end):
        return gap(self.sent.values(), begin, end)


class Records(Series):
    """What one end of the TCP session read."""

    def __init__(self, lines):
        super().__init__({int(n): float(sent) for n, sent, _ in lines},
                         {int(n): float(come) for n, _, come in lines})
        self.is_whole = bool(lines) and [int(n) for n, _, _ in lines] == list(range(len(lines)))

    def arrivals(self):
        return sorted(set(self.come.values()))


def gap(times, begin, end):
    """The longest time, in ms, in which nothing came."""
    inside = sorted(t for t in times if begin - 0.1 <= t < end)
    return max((b - a for a, b in zip(inside, inside[1:])), default=end - begin) * MS


def echoes(packets, names, request, reply):
    kind, ident, seq = names
    series = Counter(p[ident] for p in packets if p[kind] == request).most_common(1)[0][0]
    asked = {int(p[seq]): p.t for p in packets if p[kind] == request and p[ident] == series}
    answers = [(int(p[seq]), p.t) for p in packets if p[kind] == reply and p[ident] == series]
    return Series(asked, dict(reversed(answers)), len(answers) - len(dict(answers)))


def ping6(run):
    names = "icmpv6.type", "icmpv6.echo.identifier", "icmpv6.echo.sequence_number"
    return echoes(run.packets["ue-mn0"], names, "128", "129")


def ping4(run):
    return echoes(run.packets["gw-ha0"], ("icmp.type", "icmp.ident", "icmp.seq"), "8", "0")


def retransmissions(run, way, begin, end):
    where, port = ("ue-mn0", lambda p: p["tcp.srcport"] != "5001") if way == "up" else \
        ("gw-ha0", lambda p: p["tcp.srcport"] == "5001")
    return sum(begin <= p.t < end and bool(p["tcp.analysis.retransmission"]) and port(p)
               for p in run.packets[where])


def traffic(run, begin, end, quiet=None):
    """What pings and TCP saw in a time; gaps are looked for until "quiet" only."""
    seen = {}
    quiet = quiet or end
    for name, series in run.pings.items():
        seen[name] = {"sent": series.count(begin, end), "lost": len(series.lost(begin, end)),
                      "longest_gap_ms": round(series.gap(begin, quiet), 1),
                      "longest_pause_of_sender_ms": round(series.pause(begin, quiet), 1)}
    for way, series in run.records.items():
        seen[f"tcp_{way}"] = {
            "records": series.count(begin, end),
            "standstill_ms": round(series.gap(begin, quiet), 1),
            "longest_pause_of_sender_ms": round(series.pause(begin, quiet), 1),
            "retransmissions": retransmissions(run, way, begin, end)}
    return seen


def first(times, since):
    return round((times[0].t - since) * MS, 2) if times else None


def move(run, event, end):
    """One move in numbers; times in ms since what made it happen."""
    t, new, old = event["t"], event["to"], event["from"]
    updates = run.messages(new, capture.BU, t, end)
    answers = run.messages(new, capture.BA, t, end)
    last = run.tunnelled(old, False, t, end)
    numbers = {k: event[k] for k in ("number", "from", "to", "kind", "how", "t")}
    numbers |= {
        "binding_updates": len(updates), "binding_acknowledgements": len(answers),
        "accepted": bool(answers) and all(p["mip6.ba.status"] == "0" for p in answers),
        "first_bu_ms": first(updates, t), "first_ba_ms": first(answers, t),
        "first_packet_up_ms": first(run.tunnelled(new, True, t, end), t),
        "first_packet_down_ms": first(run.tunnelled(new, False, t, end), t),
        "last_packet_down_by_old_ms": first(last[-1:], t)}
    quiet = answers[-1].t + AFTER if answers else end
    return numbers | traffic(run, t, end, min(quiet, end))


def summary(run):
    moves = [move(run, event, end) for event, end in run.moves()]
    begin, end = run.one("traffic")["t"], run.one("traffic-ends")["t"]
    return {
        "addresses": {k: v for k, v in run.names.items() if k not in ("t", "event")},
        "before_moves": traffic(run, begin, moves[0]["t"]), "moves": moves,
        "whole": traffic(run, begin, end),
        "duplicate_pings": {name: series.twice for name, series in run.pings.items()},
        "tcp_whole": {way: series.is_whole for way, series in run.records.items()},
        "counters": run.stats}
