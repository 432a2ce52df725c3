# SPDX-License-Identifier: GPL-2.0
"""The home link: neighbour discovery as it was seen, and a router's word."""

from scapy.layers.inet6 import (
    ICMPv6ND_NA, ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6NDOptDstLLAddr,
    ICMPv6NDOptPrefixInfo, IPv6)
from scapy.layers.l2 import Ether

import wires
from scene import Trouble

ALL_NODES = "ff02::1"
PREFIX = "2001:db8:200::"


def messages(stage):
    """Neighbour discovery and ESP that passed the switch, in words."""
    # the switch itself sees what is for it or for all; its port, all of the gateway's
    seen = [(p, 58) for p in stage.sniffer("home", "switch").drain()]
    seen += [(p, 50) for p in stage.sniffer("home", "gw").drain()]
    found = []
    for packet, kind in sorted(seen, key=lambda pair: pair[0].when):
        data = packet.data
        if data[0] >> 4 != 6 or data[6] != kind:
            continue
        ip = IPv6(data)
        if data[6] == 50:
            found.append(f"esp from {ip.src} to {ip.dst}")
        if ICMPv6ND_NS in ip:
            found.append(f"ns {ip[ICMPv6ND_NS].tgt} from {ip.src} to {ip.dst}")
        elif ICMPv6ND_NA in ip:
            na = ip[ICMPv6ND_NA]
            lladdr = ip[ICMPv6NDOptDstLLAddr].lladdr if ICMPv6NDOptDstLLAddr in ip else "none"
            found.append(f"na {na.tgt} from {ip.src} to {ip.dst} "
                         f"r{na.R} s{na.S} o{na.O} {lladdr}")
    return found


def ask(stage, what, words):
    """seen | clear | advertise [LIFE]"""
    if what == "clear":
        messages(stage)
        return ""
    if what == "seen":
        return "\n".join(messages(stage))
    if what == "advertise":
        life = int(words[0]) if words else 1800
        packet = (Ether(src="02:00:00:00:00:09", dst="33:33:00:00:00:01") /
                  IPv6(src="fe80::9", dst=ALL_NODES, hlim=255) /
                  ICMPv6ND_RA(routerlifetime=0) /
                  ICMPv6NDOptPrefixInfo(prefixlen=64, L=1, A=0, prefix=PREFIX,
                                        validlifetime=life, preferredlifetime=life))
        wires.send_frame("home", "switch", packet)
        return ""
    raise Trouble("no such question")
