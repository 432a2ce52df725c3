# SPDX-License-Identifier: GPL-2.0
"""What a tunnel does to packets: looked at from outside and from inside."""

import struct

from scapy.layers.inet import ICMP, IP
from scapy.layers.inet6 import ICMPv6DestUnreach, ICMPv6PacketTooBig, ICMPv6TimeExceeded, IPv6
from scapy.packet import Raw

import craft
import wires
from craft import CN, CN4, COA_A, HA, HOA
from scene import Trouble

HOA4 = "10.100.0.1"
LIMIT = 8
ECN = ("not-ect", "ect1", "ect0", "ce")
# RFC 6040 figure 4: by inner and outer mark; None is dropped [TU-10].
EGRESS = {
    "not-ect": {"not-ect": "not-ect", "ect1": "not-ect", "ect0": "not-ect", "ce": None},
    "ect0": {"not-ect": "ect0", "ect1": "ect1", "ect0": "ect0", "ce": "ce"},
    "ect1": {"not-ect": "ect1", "ect1": "ect1", "ect0": "ect1", "ce": "ce"},
    "ce": {"not-ect": "ce", "ect1": "ce", "ect0": "ce", "ce": "ce"},
}


def inner_packet(family, src, dst, number, tclass=0, size=8, hops=64, dont_fragment=False):
    """An echo that can be told by its number."""
    if family == "6":
        return craft.echo(src, dst, number, size, tc=tclass, hlim=hops)
    flags = "DF" if dont_fragment else ""
    return (IP(src=src, dst=dst, tos=tclass, ttl=hops, flags=flags, id=number & 0xffff) /
            ICMP(type=8, id=number >> 16, seq=number & 0xffff) / Raw(bytes(size)))


def read_inner(data):
    """(family, traffic class, hop limit, number) of an echo, or None."""
    if data[0] >> 4 == 6:
        tclass = int.from_bytes(data[:4], "big") >> 20 & 0xff
        if data[6] != 58 or data[40] not in (128, 129):
            return None
        return "6", tclass, data[7], int.from_bytes(data[44:48], "big")
    if data[9] != 1 or data[20] not in (0, 8):
        return None
    return "4", data[1], data[8], int.from_bytes(data[24:28], "big")


class Tunnel:
    """Between our gateway and our UE, which is attached by access A."""

    def __init__(self, stage):
        self.stage = stage

    def number(self):
        """Of the next echo."""
        self.stage.number += 1
        return self.stage.number & 0xffffff

    def ends(self, way, family):
        """Inner source and destination, and who sends and who sees it."""
        if way == "down":
            return ((CN, HOA), "cn", ("ue", "mn0")) if family == "6" else \
                ((CN4, HOA4), "cn", ("ue", "mn0"))
        return ((HOA, CN), "ue", ("cn", "gw")) if family == "6" else \
            ((HOA4, CN4), "ue", ("cn", "gw"))

    def watch(self, namespace, interface, number, outer):
        """The packet with this number, on its way or behind the tunnel."""
        sniffer = self.stage.sniffer(namespace, interface)

        def wanted(seen):
            data = seen.data
            if outer:
                if data[0] >> 4 != 6 or data[6] not in (4, 41):
                    return False
                data = data[40:]
            found = read_inner(data)
            return bool(found) and found[3] == number
        return sniffer.until(wanted, LIMIT)[1]

    def through(self, way, family, **fields):
        """Send one through. Return: it in its outer header, and it behind the tunnel."""
        (src, dst), sender, (namespace, interface) = self.ends(way, family)
        number = self.number()
        for pair in (("inet", "acc-a"), (namespace, interface)):
            self.stage.sniffer(*pair).drain()
        packet = inner_packet(family, src, dst, number, **fields)
        (wires.send6 if family == "6" else wires.send4)(sender, packet)
        outer = self.watch("inet", "acc-a", number, True)
        if not outer:
            raise Trouble(f"{way} {family}: not in the tunnel")
        behind = self.watch(namespace, interface, number, False)
        if not behind:
            raise Trouble(f"{way} {family}: not behind the tunnel")
        return outer.data, behind.data

    def hops(self, way, family):
        """Hop limits: outer, and inner on the way and behind; sent with 64."""
        outer, behind = self.through(way, family)
        return f"outer {outer[7]} inner {read_inner(outer[40:])[2]} " \
               f"behind {read_inner(behind)[2]}"

    def ingress(self, way):
        """Marks of outer headers for all marks of inner ones [TU-09]."""
        found = []
        for family in "64":
            for mark in range(4):
                outer, _ = self.through(way, family, tclass=0xb8 | mark)
                tclass = int.from_bytes(outer[:4], "big") >> 20 & 0xff
                found.append(f"{tclass:02x}")
        return " ".join(found)

    def egress(self, way):
        """The whole table, both families [TU-10]. Return: what was not as it says."""
        sent, wrong = {}, []
        if way == "down":
            outer_src, outer_dst, interface = HA, COA_A, ("ue", "mn0")
        else:
            outer_src, outer_dst, interface = COA_A, HA, ("gw", "cn")
        sniffer = self.stage.sniffer(*interface)
        sniffer.drain()
        for family in "64":
            (src, dst), _, _ = self.ends(way, family)
            for inner, row in EGRESS.items():
                for outer, result in row.items():
                    number = self.number()
                    sent[number] = (family, inner, outer, result)
                    packet = inner_packet(family, src, dst, number, tclass=ECN.index(inner))
                    wires.send6("inet", craft.tunnelled(packet, outer_src, outer_dst,
                                                        tc=ECN.index(outer)))
        self.stage.fence("ue" if way == "down" else "gw")
        seen = {}
        for packet in sniffer.drain():
            found = read_inner(packet.data)
            if found and found[3] in sent and found[3] not in seen:
                seen[found[3]] = ECN[found[1] & 3]
                if found[0] == "4" and ipv4_checksum(packet.data[:20]):
                    wrong.append("IPv4 checksum")
        for number, (family, inner, outer, result) in sent.items():
            if seen.get(number) != result:
                wrong.append(f"IPv{family} {inner} in {outer}: {seen.get(number)}, not {result}")
        return "; ".join(wrong)

    def big(self, way, family, size, dont_fragment=False):
        """A packet of this size. Return: what became of it, in words."""
        (src, dst), sender, _ = self.ends(way, family)
        number = self.number()
        tunnel = self.stage.sniffer("inet", "acc-a", "tunnel")
        source = self.stage.sniffer(sender, "gw" if sender == "cn" else "lo")
        for sniffer in (tunnel, source):
            sniffer.drain()
        packet = inner_packet(family, src, dst, number,
                              size=size - (48 if family == "6" else 28),
                              dont_fragment=dont_fragment)
        (wires.send6 if family == "6" else wires.send4)(sender, packet)
        self.stage.fence("gw")
        self.stage.fence("ue")
        for seen in source.drain():
            text = self.tell_error(seen.data, number)
            if text:
                return text
        kinds = [seen.data[6] for seen in tunnel.drain() if seen.out == (way == "down") and
                 (len(seen.data) > 200 or seen.data[6] == 44)]
        if 44 in kinds:
            return f"fragments {kinds.count(44)}"
        return "whole" if kinds else "silence"

    def relay(self, kind, way="down", family="6", mtu=1400, size=1300):
        """A router on the access quotes a packet of the tunnel in an error.

        Return: what the inner source is told about it, or "silence".
        """
        (src, dst), _, _ = self.ends(way, family)
        number = self.number()
        inner = bytes(inner_packet(family, src, dst, number, size=size, dont_fragment=True))
        ends = (HA, COA_A) if way == "down" else (COA_A, HA)
        quoted = bytes(craft.tunnelled(IPv6(inner) if family == "6" else IP(inner), *ends))
        body = {
            "too-big": ICMPv6PacketTooBig(mtu=mtu),
            "unreachable": ICMPv6DestUnreach(code=0),
            "time": ICMPv6TimeExceeded(code=0),
        }[kind]
        error = IPv6(src="2001:db8:1a::2", dst=ends[0]) / body / Raw(quoted[:1200])
        sniffer = self.stage.sniffer(*(("cn", "gw") if way == "down" else ("ue", "lo")))
        sniffer.drain()
        wires.send6("inet", error)
        self.stage.fence("gw" if way == "down" else "ue")
        for packet in sniffer.drain():
            text = self.tell_error(packet.data, number)
            if text:
                return text
        return "silence"

    @staticmethod
    def tell_error(data, number):
        """An ICMP error about the packet with this number, in words."""
        mark = number.to_bytes(4, "big")
        if data[0] >> 4 == 6 and data[6] == 58 and data[40] < 128 and data[92:96] == mark:
            return craft.error_of(IPv6(data))
        if data[0] >> 4 == 4 and data[9] == 1 and data[20] == 3 and data[52:56] == mark:
            mtu = struct.unpack("!H", data[26:28])[0]
            return f"unreachable4 {data[21]}" + (f" mtu {mtu}" if data[21] == 4 else "")
        return None

    def limit(self, value):
        """An inner packet with a Tunnel Encapsulation Limit [TU-02].

        Return: what the outer packet has, or what the source is told.
        """
        number = self.number()
        option = struct.pack("!BBBBBBBB", 58, 0, 4, 1, value, 1, 1, 0)
        inner = IPv6(src=CN, dst=HOA, nh=60) / Raw(
            option + bytes(craft.echo(CN, HOA, number))[40:])
        tunnel = self.stage.sniffer("inet", "acc-a", "tunnel")
        source = self.stage.sniffer("cn", "gw")
        for sniffer in (tunnel, source):
            sniffer.drain()
        wires.send6("cn", inner)
        self.stage.fence("gw")
        self.stage.fence("ue")
        for packet in tunnel.drain():
            if packet.data[6] == 60 and packet.data[42] == 4:
                return f"limit {packet.data[44]}"
        for packet in source.drain():
            error = craft.error_of(IPv6(packet.data)) if packet.data[6] == 58 else None
            if error:
                return error
        return "silence"


def foreign_source(stage):
    """The UE sends what is from no home address of its own."""
    wires.send6("ue", craft.echo("2001:db8:77::1", CN, 7))
    stage.fence("ue")


def direct(stage):
    """An echo of the home agent itself. Return: in which forms it goes and comes."""
    number = 0xd1ec7
    tunnel = stage.sniffer("inet", "acc-a", "tunnel")
    tunnel.drain()
    wires.send6("gw", craft.echo(HA, HOA, number))
    stage.fence("ue")
    mark = number.to_bytes(4, "big")
    return ", ".join(
        ("down" if packet.out else "up") + f" {packet.data[6]}" for packet in tunnel.drain()
        if packet.data[40] == 58 and packet.data[68:72] == mark)


def ipv4_checksum(header):
    """0 for a right IPv4 header."""
    total = sum(struct.unpack(f"!{len(header) // 2}H", header))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return total ^ 0xffff

