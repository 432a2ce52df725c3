# SPDX-License-Identifier: GPL-2.0
"""What the station watches, and how it knows that nothing more will come.

Everything it sends and sees passes the namespace inet: the gateway is behind
its interface gw, the UE behind acc-a and acc-b. An echo to the gateway, or by
the tunnel to the UE, is a fence: when it is answered twice, all that was sent
before has been dealt with, also what went through a queue on its way.
"""

from scapy.layers.inet6 import IPv6

import craft
import wires

LIMIT = 8
FENCE = "2001:db8:e::fe"
FENCE_NUMBER = 0xfe000000


class Trouble(Exception):
    """Not what was expected: the answer is an error."""


class Scene:
    """Sniffers by name, opened when they are first asked for."""

    def __init__(self):
        self.sniffers = {}
        self.number = FENCE_NUMBER

    def sniffer(self, namespace, interface, who=""):
        """One interface, watched from now on. A second pair of eyes sees what the
        first has taken note of, such as a fence."""
        key = (namespace, interface, who)
        if key not in self.sniffers:
            self.sniffers[key] = wires.Sniffer(namespace, interface)
        return self.sniffers[key]

    def forget(self):
        """The laboratory goes."""
        for sniffer in self.sniffers.values():
            sniffer.close()
        self.sniffers = {}

    def fence(self, side, coa=craft.COA_A):
        """Wait until "gw" or "ue" has done with what it got. Return: packets seen."""
        seen = []
        sniffer = self.sniffer("inet", "gw" if side == "gw" else access_of(coa))
        for _ in range(2):
            self.number += 1
            if side == "gw":
                wires.send6("inet", craft.echo(FENCE, craft.HA, self.number))
            else:
                inner = craft.echo(craft.CN, craft.HOA, self.number)
                wires.send6("inet", craft.tunnelled(inner, craft.HA, coa))
            mark = bytes([129]), self.number.to_bytes(4, "big")
            more, last = sniffer.until(lambda p, m=mark: not p.out and is_echo(p.data, m),
                                       LIMIT)
            seen += more
            if not last:
                raise Trouble(f"the fence at {side} was not answered")
        return [p for p in seen if not p.out and not is_noise(p.data)]

    def fence_address(self, coa):
        """The same at a UE that has no tunnel: an echo to its care-of address."""
        sniffer = self.sniffer("inet", access_of(coa))
        for _ in range(2):
            self.number += 1
            wires.send6("inet", craft.echo(FENCE, coa, self.number))
            mark = bytes([129]), self.number.to_bytes(4, "big")
            if not sniffer.until(lambda p, m=mark: not p.out and is_echo(p.data, m),
                                 LIMIT)[1]:
                raise Trouble(f"{coa} does not answer")

    def send(self, side, packets, wait=0, coa=craft.COA_A):
        """Packets from inet, and what comes back; for the first that is waited.

        Return: octets of packets.
        """
        sniffer = self.sniffer("inet", "gw" if side == "gw" else access_of(coa))
        sniffer.drain()
        for packet in packets:
            wires.send6("inet", packet)
        answers = self.fence(side, coa)
        if not answers and wait:
            _, last = sniffer.until(lambda p: not p.out and not is_noise(p.data), wait)
            answers = [last] if last else []
        return [p.data for p in answers]


def access_of(coa):
    """The interface of inet that leads to a care-of address of the UE."""
    return "acc-b" if coa.startswith("2001:db8:b:") else "acc-a"


def is_echo(data, mark):
    """An echo reply with our number, bare or in IPv6."""
    kind, number = mark
    for at in (40, 80):
        if data[at:at + 1] == kind and data[at + 4:at + 8] == number:
            return True
    return False


def is_noise(data):
    """Neighbour discovery, reports of groups, and our own fences."""
    if data[0] >> 4 != 6:
        return False
    if data[6] == 58 and data[40] in (130, 131, 132, 133, 134, 135, 136, 143):
        return True
    if data[6] == 0 and data[40] == 58:
        return True
    return any(data[at:at + 1] in (b"\x80", b"\x81") and data[at + 4:at + 5] == b"\xfe"
               for at in (40, 80))


def tell(data, sas=()):
    """A packet in a few words, for comparison with what a story expects."""
    message = craft.Message(data, sas)
    if message.packet is not None:
        return tell_message(message)
    if message.esp:
        return f"esp {message.esp:#x}"
    packet = IPv6(data)
    error = craft.error_of(packet)
    if error:
        return error
    if packet.nh in (41, 4):
        return "tunnelled"
    if packet.nh == craft.ROUTING:
        return f"routed type {data[42]}"
    return f"protocol {packet.nh}"


def tell_message(message):
    """Kind, what it says, and the form it has."""
    packet, form = message.packet, ""
    if message.rh2:
        form += " rh2"
    if message.hao:
        form += " hao"
    if message.esp:
        form += " esp"
    if not message.is_sound():
        form += " unsound"
    kind = message.octets[2]
    if kind == 6:
        return f"ba {packet.status} seq {packet.seq}{form}"
    if kind == 7:
        return f"be {packet.status} {packet.ha}{form}"
    if kind == 5:
        return f"bu seq {packet.seq}{form}"
    return f"mh {kind}{form}"
