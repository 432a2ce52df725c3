#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Tell what a run of the demonstration left.

    report.py FOLDER

Of each flow in FOLDER/raw it prints the ladder and what the moves cost, writes
FOLDER/<flow>-ladder.txt, -ladder.svg, -timeline.svg and -summary.json, and fails with a
sentence for everything that does not hold.
"""

import json
import os
import sys

import capture
import ladder
import measure
import picture
import steps
import timeline

FLOWS = "trusted", "untrusted"


def messages(run, kind):
    return [p for packets in run.access.values() for p in packets if p["mip6.mhtype"] == kind]


def used(run):
    """The accesses on which the UE is registered in the course of the flow."""
    return sorted({event[end] for event, _ in run.moves() for end in ("from", "to")})


def on_the_wire(run):
    """What the captures of the accesses must show: sentence, and whether it holds."""
    accesses = [p for packets in run.access.values() for p in packets]
    expected = 2 + len(list(run.moves()))
    for kind, name in (capture.BU, "Binding Updates"), (capture.BA, "Binding Acknowledgements"):
        there = messages(run, kind)
        safe = sum(p.is_protected() for p in there)
        yield (f"{len(there)} {name} on the access links (at least {expected} awaited), "
               f"{safe} of them in ESP", safe == len(there) >= expected)
    yield ("no Mobility Header in clear on access links and core, nor in the tunnel",
           not any(p.is_mh() and not p.is_protected()
                   for p in accesses + run.packets["gw-inet"]))
    yield ("every Binding Update was accepted",
           all(p["mip6.ba.status"] == "0" for p in messages(run, capture.BA)))
    leave = max(messages(run, capture.BU), key=lambda p: p.t)
    yield ("the last Binding Update says that the UE takes leave, and is heard",
           leave["mip6.bu.lifetime"] == "0" and any(p.t > leave.t and p["mip6.ba.lifetime"] == "0"
                                                    for p in messages(run, capture.BA)))
    for access in used(run):
        for version in 6, 4:
            count = sum(p.inner() == version for p in run.access[access])
            yield f"access {access} carried {count} packets IPv{version} in IPv6", count > 0
    yield ("no packet of a home address outside the tunnel on the access links",
           not any(run.names["hoa"] in p.ends() for p in accesses))
    yield from of_keys(run)


def of_keys(run):
    """What was said about keys, and to whom."""
    attached = run.one("attached")["t"]
    yield ("no move needed new keys: IKE_SA_INIT, IKE_AUTH and CREATE_CHILD_SA were in the attach only",
           not any(p["isakmp.exchangetype"] in steps.KEY_EXCHANGES
                   for _, p in run.by_access(attached, float("inf"))))
    if run.flow == "untrusted":
        others = [p for p in run.access["C"] if "icmpv6" not in p.layers or p.depth
                  if not (run.names["epdg"] in (p.src, p.dst) and (p.is_in_tunnel() or p.is_ike()))]
        yield (f"access C carried nothing but IKE and ESP with the ePDG: {len(others)} others",
               not others)


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


def tell(folder, flow):
    """Return: how much does not hold."""
    run = measure.Run(os.path.join(folder, "raw", flow))
    summary = measure.summary(run)
    title = f"3GPP {steps.TITLES[flow]}"
    rows = steps.whole(run)
    said = ladder.text(rows, title)
    print(f"\n{said}\nwhat it cost")
    table(summary)
    print("\nwhat must hold\n")
    failed = steps.say([*steps.judge(run, steps.attach(run)), *on_the_wire(run),
                        *for_the_user(run, summary)])
    summary["holds"] = not failed
    write(folder, f"{flow}-summary.json", json.dumps(summary, indent=1) + "\n")
    write(folder, f"{flow}-ladder.txt", said)
    write(folder, f"{flow}-ladder.svg", picture.draw(rows, title))
    write(folder, f"{flow}-timeline.svg", timeline.draw(run, summary, flow))
    return failed


def main():
    failed = sum([tell(sys.argv[1], flow) for flow in FLOWS])
    return 1 if failed else 0


sys.exit(main())
