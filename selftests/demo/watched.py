# SPDX-License-Identifier: GPL-2.0
"""A flow as it was watched: captures, and notes of what was done. See ike/watch.sh."""

import glob
import json
import os

import capture
import keys


class Watched:
    """All of a folder, read once."""

    def __init__(self, folder):
        self.folder = folder
        self.settings = keys.settings(folder)
        with open(os.path.join(folder, "events.jsonl"), encoding="utf-8") as file:
            self.events = [json.loads(line) for line in file]
        self.packets = {}
        for path in sorted(glob.glob(os.path.join(folder, "*.pcapng"))):
            name = os.path.basename(path).removesuffix(".pcapng")
            self.packets[name] = capture.read(path, self.settings)
        self.names = self.one("flow")
        self.flow = self.names["flow"]
        self.access = {name[-1].upper(): packets for name, packets in self.packets.items()
                       if name.startswith("ue-acc-")}

    def one(self, event):
        return next(e for e in self.events if e["event"] == event)

    def moves(self):
        """Each with its end: when the next thing happens."""
        for number, event in enumerate(self.events):
            if event["event"] == "move":
                yield event, self.events[number + 1]["t"]

    def is_up(self, packet):
        """On an access: what the UE says itself."""
        return packet.src in self.names["care_of"].values()

    def is_of_epdg(self, packet):
        """Said to the ePDG or by it, and not through it."""
        return not packet.is_in_tunnel() and self.names["epdg"] in (packet.src, packet.dst)

    def by_access(self, begin, end):
        """Access and packet."""
        for access, packets in self.access.items():
            for packet in packets:
                if begin <= packet.t < end:
                    yield access, packet

    def messages(self, access, kind, begin, end):
        return [p for p in self.access[access]
                if p["mip6.mhtype"] == kind and begin <= p.t < end]

    def tunnelled(self, access, up, begin, end):
        """What goes between home address and home agent, IP in IPv6."""
        return [p for p in self.access[access]
                if begin <= p.t < end and p.inner() and self.is_up(p) == up]
