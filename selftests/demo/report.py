#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Tell what a run of the demonstration left.

    report.py FOLDER

Reads FOLDER/raw, writes summary.json, ladder.txt, ladder.svg and timeline.svg
beside it, and fails with a sentence for everything that does not hold.
"""

import json
import os
import sys

import capture
import ladder
import measure
import timeline


def messages(run, kind):
    return [p for packets in run.access.values() for p in packets if p["mip6.mhtype"] == kind]


def on_the_wire(run):
    """What the captures of the accesses must show: sentence, and whether it holds."""
    accesses = [p for packets in run.access.values() for p in packets]
    wire = accesses + run.packets["core"]
    expected = 2 + len(list(run.moves()))
    for kind, name in (capture.BU, "Binding Updates"), (capture.BA, "Binding Acknowledgements"):
        there = messages(run, kind)
        safe = sum(p.is_protected() for p in there)
        yield (f"{len(there)} {name} on the access links (at least {expected} awaited), "
               f"{safe} of them in ESP", safe == len(there) >= expected)
    yield ("no Mobility Header in clear on access links and core, nor in the tunnel",
           not any(p.is_mh() and not p.is_protected() for p in wire))
    yield ("every Binding Update was accepted",
           all(p["mip6.ba.status"] == "0" for p in messages(run, capture.BA)))
    for version in 6, 4:
        for name, packets in run.access.items():
            count = sum(p.inner() == version for p in packets)
            yield f"access {name} carried {count} packets IPv{version} in IPv6", count > 0
    yield ("no packet of a home address outside the tunnel on the access links",
           not any(run.names["hoa"] in (p["ipv6.src"], p["ipv6.dst"]) for p in accesses))


def for_the_user(run, summary):
    """What the traffic must have seen."""
    for m in summary["moves"]:
        name = f"move {m['number']}, {m['from']} to {m['to']}"
        yield f"{name}: registered and both directions on the new access", m["accepted"] and \
            None not in (m["first_packet_up_ms"], m["first_packet_down_ms"])
        if m["kind"] == "make-before-break":
            lost = m["ping6"]["lost"] + m["ping4"]["lost"]
            sent = m["ping6"]["sent"] + m["ping4"]["sent"]
            yield f"{name}, make before break: {lost} of {sent} pings lost", sent and not lost
    yield ("the TCP session lived through all moves, nothing missing at either end",
           all(summary["tcp_whole"].values()))
    yield "no ping was answered twice", not any(summary["duplicate_pings"].values())
    for ping in "ping6", "ping4":
        lost = summary["whole"][ping]["lost"] - sum(m[ping]["lost"] for m in summary["moves"])
        yield f"{ping}: {lost} lost between the moves", not lost


def table(summary):
    """Losses and standstills; ping and TCP in ms."""
    print(f"\n  {'':34}{'pings lost':>14}{'longest gap between answers':>30}{'TCP standstill':>22}")
    print(f"  {'':34}{'6':>7}{'4':>7}{'ping 6':>15}{'ping 4':>15}{'down':>11}{'up':>11}")
    rows = [("before the moves", summary["before_moves"])]
    rows += [(f"move {m['number']}: {m['from']} to {m['to']}, {m['kind']}", m)
             for m in summary["moves"]]
    for name, seen in rows:
        print(f"  {name:34}{seen['ping6']['lost']:7}{seen['ping4']['lost']:7}"
              f"{seen['ping6']['longest_gap_ms']:12.0f} ms{seen['ping4']['longest_gap_ms']:12.0f} ms"
              f"{seen['tcp_down']['standstill_ms']:8.0f} ms{seen['tcp_up']['standstill_ms']:8.0f} ms")
    print("\n  The senders' own longest pauses in the same times, for the machine is an emulated one:")
    for name, seen in rows:
        print(f"  {name:34}{'':14}{seen['ping6']['longest_pause_of_sender_ms']:12.0f} ms"
              f"{seen['ping4']['longest_pause_of_sender_ms']:12.0f} ms"
              f"{seen['tcp_down']['longest_pause_of_sender_ms']:8.0f} ms"
              f"{seen['tcp_up']['longest_pause_of_sender_ms']:8.0f} ms")
    print(f"\n  {'ms since what made it happen':34}{'BU':>10}{'BA':>10}"
          f"{'first up':>12}{'first down':>12}{'BUs':>6}")
    for m in summary["moves"]:
        times = [m[k] for k in ("first_bu_ms", "first_ba_ms", "first_packet_up_ms",
                                "first_packet_down_ms")]
        cells = ["-" if t is None else f"{t:.1f}" for t in times]
        print(f"  move {m['number']}: {m['from']} to {m['to']:23}{cells[0]:>10}{cells[1]:>10}"
              f"{cells[2]:>12}{cells[3]:>12}{m['binding_updates']:6}")


def write(folder, name, words):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(words)


def judge(checks):
    """Return: the number of those that do not hold."""
    failed = 0
    for sentence, holds in checks:
        print(f"  {'holds' if holds else 'DOES NOT HOLD'}: {sentence}")
        failed += not holds
    return failed


def main():
    folder = sys.argv[1]
    run = measure.Run(os.path.join(folder, "raw"))
    summary = measure.summary(run)
    steps = ladder.rows(run)
    said = ladder.text(steps)
    print(f"\nwhat was captured\n\n{said}\nwhat it cost")
    table(summary)
    print("\nwhat must hold\n")
    failed = judge([*on_the_wire(run), *for_the_user(run, summary)])
    summary["holds"] = not failed
    write(folder, "summary.json", json.dumps(summary, indent=1) + "\n")
    write(folder, "ladder.txt", said)
    write(folder, "ladder.svg", ladder.picture(steps))
    write(folder, "timeline.svg", timeline.picture(run, summary))
    return 1 if failed else 0


sys.exit(main())
