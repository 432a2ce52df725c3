# SPDX-License-Identifier: GPL-2.0
"""Foreign peers by the letter of RFC 6275: a mobile node and a home agent.

Both live behind inet, in networks that are routed nowhere, and are made of
scapy. They complain about everything that the RFC does not allow.
"""

import struct

from scapy.layers.inet import ICMP, IP
from scapy.layers.inet6 import ICMPv6ParamProblem, IPv6
from scapy.packet import Raw

import craft
import scene
import wires
from scene import Trouble

LIMIT = 10


class Mobile:
    """A mobile node with HOA2 that registers with our home agent."""

    def __init__(self, stage, mode):
        self.stage = stage
        self.sniffer = stage.sniffer("inet", "gw")
        self.coa = craft.COA2
        self.seq = self.accepted = 65530	# it wraps soon [HR-01]
        self.out = self.back = None
        if mode == "esp":
            self.out = craft.readable_sa(0x2001, craft.KEY_SHA)
            self.back = craft.readable_sa(0x2002, craft.KEY_SHA)

    def keys(self):
        """For reading what comes back."""
        return [self.back] if self.back else []

    def next_seq(self):
        """[MR-07]"""
        self.seq = (self.seq + 1) & 0xffff
        return self.seq

    def update(self, life=150, options=(), flags="HA", coa=None, hoa=craft.HOA2):
        """A Binding Update as it should be, with all around it."""
        coa = coa or self.coa
        message = craft.bu(self.next_seq(), life, flags,
                           [craft.alt_coa(coa)] + list(options), hoa)
        return craft.with_hao(message, coa, self.out, hoa)

    def exchange(self, packet, coa=None, hoa=craft.HOA2):
        """Send a Binding Update, and read the acknowledgement to it."""
        coa = coa or self.coa
        self.sniffer.drain()
        wires.send6("inet", packet)
        _, found = self.sniffer.until(lambda p: self.is_answer(p, coa), LIMIT)
        if not found:
            raise Trouble("no acknowledgement")
        message = craft.Message(found.data, self.keys())
        self.examine(message, coa, hoa)
        return message

    @staticmethod
    def is_answer(seen, coa):
        """Something from the home agent to the care-of address."""
        return (not seen.out and not scene.is_noise(seen.data) and
                seen.data[8:24] == craft.address(craft.HA) and
                seen.data[24:40] == craft.address(coa))

    def examine(self, message, coa, hoa):
        """The form of an acknowledgement [HR-16] [MH-01] [MH-03] [IP-01]."""
        if message.packet is None or message.octets[2] != 6:
            raise Trouble("no acknowledgement but " + scene.tell(bytes(message.outer)))
        if message.rh2 != hoa or message.rh2_left != 1:
            raise Trouble(f"no type 2 routing header to {hoa}: {message.rh2}")
        if message.wire_dst != coa or message.wire_src != craft.HA:
            raise Trouble("wrong addresses")
        if bool(message.esp) != bool(self.out):
            raise Trouble(f"ESP: {message.esp}")
        if not message.is_sound():
            raise Trouble("wrong checksum")
        if len(message.octets) % 8:
            raise Trouble("no multiple of 8 octets")

    def register(self, life=150, options=(), coa=None, hoa=craft.HOA2, flags="HA"):
        """Binding Update and Acknowledgement. Return: what it says, in words."""
        self.coa = coa or self.coa
        message = self.exchange(self.update(life, options, flags, hoa=hoa), hoa=hoa)
        packet = message.packet
        if packet.status != 135 and packet.seq != self.seq:
            raise Trouble(f"sequence number {packet.seq}, not {self.seq}")
        if packet.status != 135:
            self.accepted = self.seq
        text = f"status {packet.status} life {packet.mhtime}"
        if packet.flags & "K":
            text += " K"
        ack = message.option(30)
        if ack:
            text += f" hoa4 {ack[0]} {'.'.join(map(str, ack[2:6]))}/{ack[1] >> 2}"
            if message.option_at % 4:
                raise Trouble("option 30 is not on its alignment")
        advice = message.option(2)
        if advice:
            text += f" refresh {struct.unpack('!H', advice)[0]}"
        return text

    def ping6(self, limit=LIMIT):
        """Out by the reverse tunnel, and back by the tunnel."""
        self.stage.number += 0x10000
        number = self.stage.number & 0xffffff
        inner = craft.echo(craft.HOA2, craft.CN, number)
        return self.tunnel(inner, 41, lambda data: data[40:41] == b"\x81" and
                           data[44:48] == number.to_bytes(4, "big"), limit)

    def ping4(self, hoa4=craft.HOA4_2, limit=LIMIT):
        """The same in IPv4."""
        inner = IP(src=hoa4, dst=craft.CN4) / ICMP(type=8, id=77) / Raw(bytes(8))
        return self.tunnel(inner, 4, lambda data: data[20:21] == b"\0", limit)

    def tunnel(self, inner, proto, wanted, limit):
        """One packet there, one back [ND-04] [ND-08]."""
        self.sniffer.drain()
        wires.send6("inet", craft.tunnelled(inner, self.coa, craft.HA))
        _, found = self.sniffer.until(
            lambda p: self.is_answer(p, self.coa) and p.data[6] == proto and
            wanted(p.data[40:]), limit)
        if not found:
            raise Trouble("no answer by the tunnel")
        return f"hop limit {found.data[7]}"

    def fragmented(self, cut):
        """A big echo from the home address, by the option, in fragments [HO-07].

        The home agent puts it together and answers the home address, by a type
        2 routing header [ND-07].
        """
        self.stage.number += 0x10000
        number = self.stage.number & 0xffffff
        whole = bytes(craft.echo(craft.HOA2, craft.HA, number, 1600))[40:]
        self.sniffer.drain()
        for packet in cut(self.coa, craft.HOA2, 58, whole):
            wires.send6("inet", packet)
        _, found = self.sniffer.until(
            lambda p: self.is_answer(p, self.coa) and p.data[6] == craft.ROUTING, LIMIT)
        if not found:
            raise Trouble("no answer by a routing header")


class HomeAgent:
    """A home agent at FOREIGN_HA, with which our UE registers."""

    HOA = "2001:db8:300::7"

    def __init__(self, stage, mode):
        self.stage = stage
        self.sniffers = [stage.sniffer("inet", "acc-a"), stage.sniffer("inet", "acc-b")]
        self.out = self.back = self.update = None
        self.when = self.told = 0
        if mode == "esp":
            self.back = craft.readable_sa(0x3001, craft.KEY_SHA2)
            self.out = craft.readable_sa(0x3002, craft.KEY_SHA2)

    def forget(self):
        """What came up to now."""
        for sniffer in self.sniffers:
            sniffer.drain()

    def wait(self, access="acc-a", limit=LIMIT):
        """The next Binding Update. Return: what it says, in words."""
        sniffer = self.stage.sniffer("inet", access)
        _, found = sniffer.until(
            lambda p: not p.out and not scene.is_noise(p.data) and
            p.data[24:40] == craft.address(craft.FOREIGN_HA), limit)
        if not found:
            raise Trouble("no Binding Update")
        message = craft.Message(found.data, [self.back] if self.back else [])
        self.examine(message)
        self.update, gap = message, int((found.when - self.when) * 1000)
        self.when = found.when
        packet = message.packet
        text = f"life {packet.mhtime} flags {packet.flags} coa {message.wire_src} after {gap}"
        asked = message.option(29)
        return text + (f" hoa4 {'.'.join(map(str, asked[2:6]))}/{asked[0] >> 2}"
                       if asked else "")

    def examine(self, message):
        """The form of a home registration [MR-01] [MR-02] [MH-02] [MH-11] [HO-07]."""
        if message.packet is None or message.octets[2] != 5:
            raise Trouble("no Binding Update but " + scene.tell(bytes(message.outer)))
        if message.hao != self.HOA or message.hao_at % 8 != 6:
            raise Trouble(f"no Home Address option of {self.HOA}: {message.hao}")
        if bool(message.esp) != bool(self.out):
            raise Trouble(f"ESP: {message.esp}")
        if not message.is_sound():
            raise Trouble("wrong checksum")
        if message.option(3) != craft.address(message.wire_src) or message.option_at % 8 != 6:
            raise Trouble("no Alternate Care-of Address option of the source, on 8n+6")
        if not {"H", "A"} <= set(str(message.packet.flags)):
            raise Trouble(f"flags are {message.packet.flags}")

    def answer(self, status=0, life=150, shift=0, options=(), form="rh2", ha=craft.FOREIGN_HA,
               hoa=None, sa=True, flags=""):
        """An acknowledgement to the last Binding Update, or something like it.

        What was sent again while we took our time is not to be taken for the next.
        """
        self.forget()
        seq = self.told = (self.update.packet.seq + shift) & 0xffff
        hoa = hoa or self.HOA
        message = craft.ba(seq, status, life, flags, options, hoa, ha)
        sa = self.out if sa else None
        if form == "rh2":
            packet = craft.with_rh2(message, self.update.wire_src, sa, hoa, ha)
        else:
            packet = craft.plain(message, ha, hoa, sa)
            packet = craft.tunnelled(packet, ha, self.update.wire_src)
        wires.send6("inet", packet)

    def ping6(self, outer, limit):
        """Through the tunnel to the home address, and back [MR-21]."""
        self.stage.number += 0x10000
        number = (self.stage.number & 0xffffff).to_bytes(4, "big")
        coa = self.update.wire_src
        sniffer = self.stage.sniffer("inet", scene.access_of(coa))
        sniffer.drain()
        inner = craft.echo(craft.CN, self.HOA, int.from_bytes(number, "big"))
        wires.send6("inet", craft.tunnelled(inner, outer, coa))
        _, found = sniffer.until(
            lambda p: not p.out and p.data[6] == 41 and p.data[80:81] == b"\x81" and
            p.data[84:88] == number, limit)
        if not found:
            raise Trouble("no answer by the tunnel")
        back = IPv6(found.data)
        if back.src != coa or back.dst != craft.FOREIGN_HA:
            raise Trouble(f"answered from {back.src} to {back.dst}")

    def complain(self, kind, number):
        """Errors about the last Binding Update, some of them forged [MR-23] [MR-24]."""
        coa = self.update.wire_src
        if kind in ("parameter", "option"):
            quoted = bytes(self.update.outer)
            body = ICMPv6ParamProblem(code=1, ptr=40) if kind == "parameter" else \
                ICMPv6ParamProblem(code=2, ptr=46)
            packet = IPv6(src=craft.FOREIGN_HA, dst=coa) / body / Raw(quoted[:1200])
        else:
            message = bytes([59, 2, 7, 0, 0, 0, number, 0]) + craft.address(self.HOA)
            message = craft.seal(message, craft.FOREIGN_HA, coa)
            packet = craft.plain(message, craft.FOREIGN_HA, coa)
        wires.send6("inet", packet)
