#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""The steps of 3GPP's attach over S2c, found in what was captured.

    steps.py FOLDER

Prints the ladder of an attach, and fails with a sentence for everything that is not as
the flow has it.
"""

import sys

import capture
import ladder
import titles
from watched import Watched

MS = 1000
# 3GPP's sections, and the numbers of their steps by what a message is for.
TITLES = {"trusted": "5.4.2.5.1, initial attach from a trusted access",
          "untrusted": "5.4.2.5.2, initial attach from an untrusted access"}
STEPS = {"trusted": {"keys": 1, "address": 2, "update": 3, "acknowledgement": 4, "data": 5},
         "untrusted": {"epdg keys": 1, "epdg address": 2, "tunnel": 3, "keys": 4, "address": 5,
                       "update": 6, "acknowledgement": 7, "data": 8}}
CREATE_CHILD_SA = "36"
KEY_EXCHANGES = "34", "35", CREATE_CHILD_SA
USE_TRANSPORT_MODE = "16391"
ACCESS_ACCEPT = "2"


class Row:
    """A message from one to another, or, without them, an event."""

    def __init__(self, t, title, detail="", *, ends=(), access="", tunnel=False, took=None,
                 role="", kind="event"):
        self.t, self.title, self.detail, self.ends = t, title, detail, ends
        self.access, self.tunnel, self.took = access, tunnel, took
        self.role, self.kind, self.step = role, kind, None


def took(run, packet):
    """How long it was on its way to or from the gateway, in ms, where that was watched."""
    there = [p for p in run.packets.get("gw-inet", [])
             if (p.is_ike() or p.is_mh()) and p.same() == packet.same()]
    return abs(there[0].t - packet.t) * MS if there else None


def message(run, access, packet):
    """A packet of an access as a row."""
    peer = "ePDG" if run.is_of_epdg(packet) else "PDN GW"
    ends = ("UE", peer) if run.is_up(packet) else (peer, "UE")
    if packet.is_ike():
        words, kind = titles.ike(packet), "ike"
        role = "address" if titles.is_reply(packet) else "keys"
        role = f"epdg {role}" if peer == "ePDG" else role
        role = role if packet["isakmp.exchangetype"] in KEY_EXCHANGES else ""
    elif packet["mip6.mhtype"] == capture.BU:
        words, role, kind = titles.update(packet), "update", "esp"
    else:
        words, role, kind = titles.acknowledgement(packet), "acknowledgement", "esp"
    return Row(packet.t, *words, ends=ends, access=access, tunnel=packet.is_in_tunnel(),
               took=took(run, packet), role=role, kind=kind)


def signalling(run, begin, end):
    said = set()
    for access, packet in run.by_access(begin, end):
        if packet.is_ike() or packet["mip6.mhtype"] in (capture.BU, capture.BA):
            row = message(run, access, packet)
            if packet.is_ike() and packet.same() in said:
                row.title += ", again"
            said.add(packet.same())
            yield row
    for packet in run.packets["gw-aaa"]:
        if packet["radius.code"] and begin <= packet.t < end:
            ends = ("AAA", "PDN GW") if packet.src == run.names["aaa"] else ("PDN GW", "AAA")
            yield Row(packet.t, *titles.radius(packet), ends=ends, role="keys", kind="aaa")


def data(run, access, begin, end):
    """The first packet of each family and direction that goes by an access."""
    for version in 6, 4:
        for up in True, False:
            packets = [p for p in run.tunnelled(access, up, begin, end) if p.inner() == version]
            if packets:
                yield Row(packets[0].t, f"IPv{version} in IPv6, first {'up' if up else 'down'}",
                          ends=("UE", "PDN GW") if up else ("PDN GW", "UE"), access=access,
                          tunnel=packets[0].is_in_tunnel(), role="data", kind="tunnel")


def tunnel(run, begin, end):
    """That the tunnel to the ePDG is there: the first packet in it."""
    for _, packet in run.by_access(begin, end):
        if packet.is_in_tunnel():
            yield Row(packet.t, "the tunnel to the ePDG is there",
                      f"first packet in it: ESP, SPI {packet['esp.spi']}, from {packet.ends()[0]}",
                      role="tunnel")
            return


def attach(run):
    """From the first message to the first packets of data, with the numbers of the steps."""
    begin, end = run.one("attach")["t"], run.one("attached")["t"]
    rows = [*tunnel(run, begin, end), *signalling(run, begin, end)]
    for access in run.access:
        rows += data(run, access, begin, end)
    for row in rows:
        row.step = STEPS[run.flow].get(row.role)
    return sorted(rows, key=lambda row: row.t)


def whole(run):
    """The attach, every move, and the leave of a run, in the order of time."""
    rows = attach(run)
    for event, end in run.moves():
        name = f"move {event['number']}: {event['from']} to {event['to']}, {event['kind']}"
        rows.append(Row(event["t"], name.replace("-", " "), event["how"]))
        rows += [*signalling(run, event["t"], end), *data(run, event["to"], event["t"], end)]
    leave = run.one("leave")["t"]
    rows.append(Row(leave, "leave", "the UE ends its session"))
    rows += signalling(run, leave, float("inf"))
    return sorted(rows, key=lambda row: row.t)


# ---- is it as the flow has it? ---------------------------------------------------------


def order(run, rows):
    """Every step begins when the one before has begun, none is missing."""
    first = {}
    for row in rows:
        first.setdefault(row.step, row.t)
    wanted = list(STEPS[run.flow].values())
    found = sorted((step for step in first if step), key=first.get)
    return (f"steps {wanted[0]} to {wanted[-1]} of {TITLES[run.flow]}, came in this order: "
            f"{' '.join(map(str, found))}", found == wanted)


def home_addresses(run, begin, end):
    """What the gateway gave by CFG_REPLY."""
    return [titles.addresses(packet) for _, packet in run.by_access(begin, end)
            if packet.is_ike() and titles.is_reply(packet) and not run.is_of_epdg(packet)]


def accepted(run, begin, end):
    return [p.t for p in run.packets["gw-aaa"]
            if p["radius.code"] == ACCESS_ACCEPT and begin <= p.t < end]


def signalling_sas(run, begin, end):
    """When CREATE_CHILD_SA was answered with an SA for transport mode."""
    return [p.t for _, p in run.by_access(begin, end)
            if p["isakmp.exchangetype"] == CREATE_CHILD_SA and not run.is_up(p)
            and USE_TRANSPORT_MODE in p.list("isakmp.notify.msgtype")]


def judge(run, rows):
    """Sentence, and whether it holds."""
    begin, end = run.one("attach")["t"], run.one("attached")["t"]
    first = {role: min(row.t for row in rows if row.role == role)
             for role in {row.role for row in rows}}
    nowhere = float("inf")
    updated = first.get("update", nowhere)
    yield order(run, rows)
    given = home_addresses(run, begin, end)
    yield (f"the gateway gave both home addresses while keys were exchanged: {given}",
           given == [[run.names["hoa"], run.names["hoa4"]]])
    granted = accepted(run, begin, end)
    yield ("AAA accepted the subscriber before that",
           len(granted) == 1 and first.get("keys", nowhere) < granted[0] < first.get("address", 0))
    sas = signalling_sas(run, begin, end)
    yield ("the SA for the signalling was made between that and the first Binding Update",
           bool(sas) and first.get("address", nowhere) < sas[-1] < updated)
    spoken = [p for _, p in run.by_access(begin, end) if p.is_mh()]
    yield (f"{len(spoken)} Mobility Headers were all in ESP, and the Acknowledgement accepted",
           bool(spoken) and all(p.is_protected() for p in spoken)
           and all(p["mip6.ba.status"] in ("", "0") for p in spoken))
    flows = [row for row in rows if row.role == "data"]
    yield ("then data of both families went both ways",
           len(flows) == 4 and min(row.t for row in flows) > first.get("acknowledgement", nowhere))
    if run.flow == "untrusted":
        with_gateway = [row for row in rows
                        if "UE" in row.ends and "PDN GW" in row.ends]
        yield ("all that UE and gateway said was in the tunnel to the ePDG",
               bool(with_gateway) and all(row.tunnel for row in with_gateway))


def say(checks):
    """Return: the number of those that do not hold."""
    failed = 0
    for sentence, holds in checks:
        print(f"  {'holds' if holds else 'DOES NOT HOLD'}: {sentence}")
        failed += not holds
    return failed


def main():
    run = Watched(sys.argv[1])
    rows = attach(run)
    print(ladder.text(rows, TITLES[run.flow]))
    return 1 if say(judge(run, rows)) else 0


if __name__ == "__main__":
    sys.exit(main())
