#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""station.py IN OUT: crafts, sends and watches packets for the stories.

One command a line comes by the pipe IN; the answer goes to OUT: "ok" or
"error" on a line, and a text.
"""

import io
import shlex
import sys
import traceback

import craft
import foreign
import home
import refusals
import scene
import tunnel
import wires
from scene import Trouble


class Station:
    """The commands are the methods that begin with do_."""

    def __init__(self):
        self.stage = scene.Scene()
        self.mobile = self.agent = None
        self.kept = []

    def do_ready(self):
        """Answered when everything is loaded."""

    def do_forget(self):
        """Between stories: nothing is watched any more."""
        self.stage.forget()
        self.mobile = self.agent = None
        self.kept = []

    # refusals

    def do_attack(self, name, wait="0"):
        """At the home agent. What comes back is told, "silence" for nothing.

        An answer that goes through a crypto queue may come behind the fence: it is
        waited for by who expects one.
        """
        packets = refusals.AT_HOME_AGENT[name](self.mobile)
        return self.told(self.stage.send("gw", packets, float(wait)))

    def do_attack_ue(self, name, wait="0"):
        """At the mobile node."""
        packets = refusals.AT_MOBILE_NODE[name]()
        return self.told(self.stage.send("ue", packets, float(wait)))

    def told(self, answers):
        """Answers in words."""
        keys = self.mobile.keys() if self.mobile else []
        return "; ".join(scene.tell(data, keys) for data in answers) or "silence"

    def do_watch_updates(self):
        """Begin to keep what the UE sends to its home agent."""
        for access in ("acc-a", "acc-b"):
            self.stage.sniffer("inet", access).drain()

    def do_keep_update(self, access):
        """Keep the last protected Binding Update from an access, for a replay."""
        found = [p.data for p in self.stage.sniffer("inet", access).drain()
                 if not p.out and p.data[6] == craft.DSTOPTS and
                 p.data[40] == craft.ESP_PROTO]
        if not found:
            raise Trouble("no Binding Update seen")
        self.kept = [found[-1]]

    def do_replay(self, source=""):
        """Send what was kept again, from elsewhere if a source is given."""
        data = self.kept[0]
        if source:
            data = data[:8] + craft.address(source) + data[24:]
        return self.told(self.stage.send("gw", [data]))

    def do_keep_answer(self):
        """Keep the last protected acknowledgement to access A, for a replay."""
        found = [p.data for p in self.stage.sniffer("inet", "acc-a").drain()
                 if p.out and p.data[6] == craft.ROUTING and p.data[40] == craft.ESP_PROTO]
        if not found:
            raise Trouble("no acknowledgement seen")
        self.kept = [found[-1]]

    def do_replay_ue(self):
        """Send what was kept to the UE again."""
        wires.send6("inet", self.kept[0])

    def do_fence(self, side):
        """All that was sent before has been dealt with."""
        self.stage.fence(side)

    def do_down_by(self, coa):
        """The UE takes what the home agent sends to this care-of address, and answers
        by the one that it uses."""
        number = 0x123456
        inner = craft.echo(craft.CN, craft.HOA, number)
        sniffer = self.stage.sniffer("inet", scene.access_of(craft.COA_A))
        sniffer.drain()
        wires.send6("inet", craft.tunnelled(inner, craft.HA, coa))
        mark = bytes([129]), number.to_bytes(4, "big")
        if not sniffer.until(lambda p: not p.out and scene.is_echo(p.data, mark), 5)[1]:
            raise Trouble("no answer")

    # the foreign mobile node

    def do_mobile(self, mode):
        """A new one; esp or open."""
        self.mobile = foreign.Mobile(self.stage, mode)

    def do_register(self, life="150", coa="", hoa4="", flags="HA", hoa=craft.HOA2, prefix=""):
        """It registers."""
        options = [craft.hoa4_option(*split4(hoa4))] if hoa4 else []
        if prefix:
            options.append(craft.prefix_option(prefix))
        return self.mobile.register(int(life), options, coa or None, hoa, flags)

    def do_register_old(self, back="1"):
        """It uses a sequence number again. The next one goes on from the newest."""
        newest, last = self.mobile.seq, self.mobile.accepted
        self.mobile.seq = (last - int(back) - 1) & 0xffff
        packet = self.mobile.update()
        self.mobile.seq = newest
        found = self.mobile.exchange(packet).packet
        return f"status {found.status} {'last' if found.seq == last else found.seq}"

    def do_sequence(self):
        """The number that it used last."""
        return str(self.mobile.seq)

    def do_ping(self, family, hoa4=craft.HOA4_2, limit="8"):
        """It reaches the correspondent through its tunnel."""
        if family == "6":
            return self.mobile.ping6(float(limit))
        return self.mobile.ping4(hoa4, float(limit))

    def do_fragmented_hao(self):
        """A big echo to the home agent itself, in two fragments behind the option."""
        return self.mobile.fragmented(refusals.fragments)

    # the foreign home agent

    def do_agent(self, mode):
        """A new one; esp or open."""
        self.agent = foreign.HomeAgent(self.stage, mode)
        self.agent.forget()

    def do_await(self, access="acc-a", limit="10"):
        """It waits for a Binding Update."""
        return self.agent.wait(access, float(limit))

    def do_no_update(self, access="acc-a", limit="2"):
        """For some seconds no Binding Update comes."""
        try:
            text = self.agent.wait(access, float(limit))
        except Trouble:
            return
        raise Trouble("a Binding Update came: " + text)

    def do_answer(self, *words):
        """It acknowledges: status N, life N, shift N, form rh2|tunnel, ha A, hoa A, sa no,
        flags LETTERS."""
        fields = dict(zip(words[::2], words[1::2]))
        for name in ("status", "life", "shift"):
            if name in fields:
                fields[name] = int(fields[name])
        options = []
        if "refresh" in fields:
            options.append(craft.refresh_option(int(fields.pop("refresh"))))
        if "hoa4" in fields:
            options.append(craft.hoa4_ack(*fields.pop("hoa4").split(",")))
        if "sa" in fields:
            fields["sa"] = fields["sa"] != "no"
        self.agent.answer(options=options, **fields)

    def do_agent_sequence_is_next(self):
        """The last Binding Update has the number behind the one that was told."""
        number = self.agent.update.packet.seq
        if number != (self.agent.told + 1) & 0xffff:
            raise Trouble(f"{number} after {self.agent.told}")

    def do_fence_access(self):
        """The UE has dealt with what came by access A or B.

        Its access is not a tunnel here, so an echo of the care-of address serves.
        """
        self.stage.fence_address(self.agent.update.wire_src)

    def do_agent_ping(self, outer=craft.FOREIGN_HA, limit="4"):
        """It reaches the UE's home address through the tunnel."""
        self.agent.ping6(outer, float(limit))

    def do_agent_error(self, kind, number="1"):
        """It sends a Binding Error, or a router says that it does not know the message."""
        self.agent.complain(kind, int(number))

    # the tunnel between our own

    def do_tunnel(self, what, *words):
        """One of the questions of tunnel.py."""
        way = tunnel.Tunnel(self.stage)
        if what == "hops":
            return way.hops(*words)
        if what == "ingress":
            return way.ingress(*words)
        if what == "egress":
            wrong = way.egress(*words)
            if wrong:
                raise Trouble(wrong)
            return ""
        if what == "big":
            return way.big(words[0], words[1], int(words[2]), "df" in words[3:])
        if what == "relay":
            return way.relay(words[0], words[1], words[2], *map(int, words[3:]))
        if what == "foreign-source":
            return tunnel.foreign_source(self.stage)
        if what == "direct":
            return tunnel.direct(self.stage)
        if what == "limit":
            return way.limit(int(words[0]))
        raise Trouble("no such question")

    # the home link

    def do_link(self, what, *words):
        """One of the questions of home.py."""
        return home.ask(self.stage, what, words)

    def do_limit_seen(self, limit):
        """An outer packet with this Tunnel Encapsulation Limit was seen."""
        if not any(p.data[6] == 60 and p.data[42] == 4 and p.data[44] == int(limit)
                   for p in self.stage.sniffer("inet", "acc-a").drain()):
            raise Trouble("none")

    # captures

    def do_capture(self, namespace, interface):
        """Watch from now on."""
        self.stage.sniffer(namespace, interface).drain()

    def do_longest(self, namespace, interface):
        """Octets of the longest packet in the tunnel since."""
        seen = self.stage.sniffer(namespace, interface).drain()
        return str(max((len(p.data) for p in seen
                        if p.data[0] >> 4 == 6 and p.data[6] in (4, 41)), default=0))

    def do_arrives(self, namespace, interface, name):
        """A packet for the correspondent that is none of the home agent's affair:
        it comes out as it went in, but for the hop limit."""
        packet = bytes(refusals.PASSING[name]())
        sniffer = self.stage.sniffer(namespace, interface)
        sniffer.drain()
        wires.send6("inet", packet)
        self.stage.fence("gw")
        want = packet[:7] + packet[8:]
        if not any(p.data[:7] + p.data[8:] == want for p in sniffer.drain()):
            raise Trouble("it did not arrive as it was")

    def do_send(self, name):
        """A packet to another address of the gateway. What comes back is told."""
        return self.told(self.stage.send("gw", [refusals.PASSING[name]()]))

    def do_write(self, path, namespace, interface):
        """Everything since, as a pcap file."""
        seen = self.stage.sniffer(namespace, interface).drain()
        wires.write_pcap(path, seen)
        return str(len(seen))


def split4(text):
    """ADDRESS[/PLEN[/P]] as arguments of hoa4_option()."""
    parts = text.split("/")
    return [parts[0]] + [int(part) for part in parts[1:]]


def serve(station, line):
    """(status, text) for one command."""
    words = shlex.split(line)
    method = getattr(station, "do_" + words[0].replace("-", "_"), None)
    if method is None:
        return "error", "no such command"
    fields, plain = {}, []
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if equals and name.isidentifier():
            fields[name] = value
        else:
            plain.append(word)
    try:
        return "ok", method(*plain, **fields) or ""
    except Exception as trouble:  # whatever it is, the story goes on
        if not isinstance(trouble, Trouble):
            traceback.print_exc()
        return "error", f"{type(trouble).__name__}: {trouble}"


def main():
    """Until the word "quit". Both pipes are held open, so that nobody sees an end."""
    station = Station()
    with open(sys.argv[1], "r+b", 0) as commands, open(sys.argv[2], "r+b", 0) as answers:
        for line in io.TextIOWrapper(io.BufferedReader(commands)):
            ticket, _, line = line.strip().partition(" ")
            status, text = ("ok", "") if line == "quit" else serve(station, line)
            text = text and text + "\n"
            answers.write(f"{ticket} {status}\n{text}{ticket} end\n".encode())
            if line == "quit":
                return


if __name__ == "__main__":
    main()
