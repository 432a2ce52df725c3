# SPDX-License-Identifier: GPL-2.0
"""Packets that must be refused. Each is named as the stories name it."""

import struct

from scapy.layers.inet6 import HAO, IPv6, IPv6ExtHdrDestOpt, MIP6OptUnknown
from scapy.packet import Raw

import craft
from craft import ATTACKER, COA2, COA_A, CN, HA, HOA, HOA2

UNBOUND = "2001:db8:100:2::99"		# in the prefix of a mobile that is bound elsewhere
FREE = "2001:db8:100:3::7"		# of no mobile


def bent(mobile, change, coa=COA2, sa=True):
    """A Binding Update of ue2 with some octets changed, under its SA."""
    message = bytearray(craft.bu(mobile.next_seq(), 150, "HA", [craft.alt_coa(coa)]))
    change(message)
    message = craft.seal(bytes(message), HOA2, HA)
    return [craft.with_hao(message, coa, mobile.out if sa else None)]


def put(at, octets):
    """A change of octets in place."""
    def change(message):
        message[at:at + len(octets)] = octets
    return change


def option_at_end(octets):
    """A change that appends options, padded to whole words."""
    def change(message):
        message += octets + b"\0" * (-len(octets) % 8)
        message[1] = len(message) // 8 - 1
    return change


def wrong_checksum(mobile):
    """What ESP hides has a wrong checksum."""
    message = craft.bu(mobile.next_seq(), 150, "HA", [craft.alt_coa(COA2)])
    message = message[:4] + struct.pack("!H", int.from_bytes(message[4:6], "big") ^ 0x55) + \
        message[6:]
    return [craft.with_hao(message, COA2, mobile.out)]


def with_options(mobile, *options, flags="HA", life=150, coa=COA2):
    """Well-formed, but with these options."""
    message = craft.bu(mobile.next_seq(), life, flags, options)
    return [craft.with_hao(message, coa, mobile.out)]


def hao_and(payload, nh, hoa=FREE, options=None, src=ATTACKER):
    """A Home Address option in front of something that is no signalling."""
    return [IPv6(src=src, dst=HA) /
            IPv6ExtHdrDestOpt(nh=nh, options=options or [HAO(hoa=hoa)]) / Raw(payload)]


def raw_dstopts(options, nh=craft.NO_NEXT, src=ATTACKER, dst=HA):
    """A Destination Options header of any octets."""
    return [IPv6(src=src, dst=dst, nh=60) / Raw(craft.dstopts(nh, options))]


def hao_octets(hoa=HOA2):
    """The option itself, with what brings it to 8n+6."""
    return bytes([1, 2, 0, 0, 0xc9, 16]) + craft.address(hoa)


def arrival(hoa=HOA2, coa=ATTACKER):
    """The private option of our home agent, as an attacker would build it."""
    return bytes([0x1e, 26, 0, 0]) + craft.address(coa) + bytes(8) + bytes([1, 0])


def forged_arrival(inner_of=None):
    """In front of a Binding Update in clear; from outside or out of the tunnel."""
    message = craft.bu(9, 150, "HA", [craft.alt_coa(ATTACKER)], HOA2)
    packet = IPv6(src=HOA2, dst=HA, nh=60) / Raw(craft.dstopts(craft.MH, arrival()) + message)
    return [craft.tunnelled(packet, inner_of, HA)] if inner_of else [packet]


def wrong_sa(mobile, hoa=HOA):
    """ue2's keys and ue's home address [HR-07]."""
    message = craft.bu(mobile.next_seq(), 150, "HA", [craft.alt_coa(COA2)], hoa)
    return [craft.with_hao(message, COA2, mobile.out, hoa)]


def clear(octets, src=ATTACKER, dst=HA):
    """A message without anything around it, with a right checksum."""
    return [craft.plain(craft.seal(octets, src, dst), src, dst)]


def fragment(src, hoa):
    """Half a Binding Update behind a Home Address option [HO-07]."""
    header = struct.pack("!BBHI", craft.MH, 0, 1, 4711)
    return hao_and(header + craft.bu(9, 150, "HA", [], hoa)[:8], 44, hoa, src=src)


def fragments(coa, hoa, proto, whole):
    """A packet's upper layer in two fragments, behind a Home Address option."""
    cut = len(whole) // 2 & ~7
    packets = []
    for at, piece in ((0, whole[:cut]), (cut, whole[cut:])):
        header = struct.pack("!BBHI", proto, 0, at | (at == 0), 4712)
        packets += hao_and(header + piece, 44, hoa, src=coa)
    return packets


def routing(kind, dst=HA, hoa=HOA, src=ATTACKER, length=2, left=1):
    """A routing header of some type in front of an echo request."""
    payload = bytes(craft.echo(src, hoa, 99))[40:]
    return [craft.bent_rh2(payload, dst, hoa, src, kind, length, left, 58)]


PAD = bytes([1, 2, 0, 0])
BARE_BU = craft.bu(9, 150, "HA", [craft.alt_coa(ATTACKER)], HOA2)
CLEAR_BU = craft.bu(9, 150, "HA", [craft.alt_coa(COA2)], HOA2)

# name: a function of the foreign mobile that makes the packets
AT_HOME_AGENT = {
    # data out of the tunnel [ND-08] [ND-10]
    "outer-source": lambda m: [craft.tunnelled(craft.echo(HOA, CN, 1), ATTACKER, HA)],
    "outer-source-of-another": lambda m: [craft.tunnelled(craft.echo(HOA, CN, 1), COA2, HA)],
    "inner-source": lambda m: [craft.tunnelled(craft.echo(FREE, CN, 1), COA2, HA)],
    "inner-source-of-another": lambda m: [craft.tunnelled(craft.echo(HOA2, CN, 1), COA_A, HA)],
    "inner-version": lambda m: [IPv6(src=COA2, dst=HA, nh=41) / Raw(b"\x45" + bytes(59))],
    "inner-message": lambda m: [craft.tunnelled(craft.plain(CLEAR_BU, HOA2), COA2, HA)],
    "unbound": lambda m: [craft.tunnelled(craft.echo(HOA2, CN, 1), COA2, HA)],
    "late-from-b": lambda m: [craft.tunnelled(craft.echo(HOA, HA, 0xabcdef), craft.COA_B, HA)],
    # who sent it [HR-07] [IP-01] [IP-08]
    "wrong-sa": wrong_sa,
    "unprotected": lambda m: [craft.with_hao(CLEAR_BU, COA2)],
    "unprotected-no-hao": lambda m: [craft.plain(CLEAR_BU, HOA2)],
    "no-hao": lambda m: [craft.plain(
        craft.bu(m.next_seq(), 150, "HA", [craft.alt_coa(COA2)]), HOA2, sa=m.out)],
    "wrong-key": lambda m: [craft.with_hao(
        CLEAR_BU, COA2, craft.readable_sa(0x2001, bytes(32), 5000))],
    # the fixed header [MH-01] [MH-05] [MH-06] [MH-07]
    "checksum": wrong_checksum,
    "header-length": lambda m: bent(m, put(1, b"\x20")),
    "payload-proto": lambda m: bent(m, put(0, b"\x3a")),
    "short": lambda m: clear(bytes([59, 0, 5, 0, 0, 0, 0, 1])),
    "clear-payload-proto": lambda m: clear(bytes([6, 1]) + BARE_BU[2:16]),
    "unknown-type": lambda m: clear(bytes([59, 0, 99, 0, 0, 0, 0, 0])),
    "unknown-type-hao": lambda m: bent(m, put(2, b"\x63")),
    "heartbeat": lambda m: clear(bytes([59, 1, 13, 0, 0, 0, 0, 0]) + bytes(8)),
    "behind-options": lambda m: [IPv6(src=ATTACKER, dst=HA, nh=60) / Raw(
        craft.dstopts(craft.MH, bytes([1, 4, 0, 0, 0, 0])) +
        craft.seal(BARE_BU, ATTACKER, HA))],
    "auth-option": lambda m: [craft.with_hao(craft.bu(m.seq, 150, "HA", [
        craft.alt_coa(COA2), MIP6OptUnknown(otype=9, odata=bytes(17))]), COA2)],
    "flag-t": lambda m: bent(m, put(8, struct.pack("!H", 0xc080))),
    "flag-o": lambda m: bent(m, put(8, struct.pack("!H", 0xc040))),
    "hoti": lambda m: clear(bytes([59, 1, 1, 0, 0, 0, 0, 0]) + bytes(8)),
    "be-at-home-agent": lambda m: clear(bytes([59, 2, 7, 0, 0, 0, 1, 0]) + bytes(16)),
    "ba-at-home-agent": lambda m: clear(bytes([59, 1, 6, 0, 0, 0, 0, 0]) + bytes(8)),
    # options [MH-09] [MH-13]
    "option-overrun": lambda m: bent(m, put(12, bytes([1, 200]))),
    "option-no-length": lambda m: bent(m, option_at_end(bytes([1, 5, 0, 0, 0, 0, 0, 3]))),
    "option-length": lambda m: bent(m, option_at_end(bytes([29, 4, 0, 0, 0, 0]))),
    "option-twice": lambda m: bent(m, option_at_end(bytes([1, 4, 0, 0, 0, 0, 3, 16]) +
                                                    craft.address(COA2))),
    "auth-not-last": lambda m: bent(m, option_at_end(bytes([5, 12]) + bytes(12) + PAD)),
    # what it says [HR-04] [MH-15] [TU-11]
    "nonce": lambda m: with_options(m, craft.alt_coa(COA2),
                                    MIP6OptUnknown(otype=4, odata=bytes(4))),
    "coa-multicast": lambda m: with_options(m, craft.alt_coa("ff0e::1")),
    "coa-link-local": lambda m: with_options(m, craft.alt_coa("fe80::1")),
    "coa-home-agent": lambda m: with_options(m, craft.alt_coa(HA)),
    "coa-home-address": lambda m: with_options(m, craft.alt_coa(HOA)),
    "not-home": lambda m: with_options(m, craft.alt_coa(COA2), flags="A"),
    "force-udp": lambda m: bent(m, put(8, struct.pack("!H", 0xc100))),
    "router": lambda m: bent(m, put(8, struct.pack("!H", 0xc400))),
    "multiple": lambda m: bent(m, option_at_end(bytes([35, 4, 0, 1, 0, 0]))),
    # Home Address options [HO-01] [HO-02] [HO-03] [HO-07]
    "hao-no-binding": lambda m: hao_and(bytes(craft.echo(FREE, HA, 1))[40:], 58),
    "hao-stolen": lambda m: hao_and(bytes(craft.echo(HOA2, HA, 1))[40:], 58, HOA2),
    "hao-multicast": lambda m: hao_and(CLEAR_BU, craft.MH, "ff0e::1"),
    "hao-link-local": lambda m: hao_and(CLEAR_BU, craft.MH, "fe80::7"),
    "hao-loopback": lambda m: hao_and(CLEAR_BU, craft.MH, "::1"),
    "hao-unspecified": lambda m: hao_and(CLEAR_BU, craft.MH, "::"),
    "hao-twice": lambda m: raw_dstopts(hao_octets() + hao_octets()),
    "hao-company": lambda m: raw_dstopts(hao_octets() + bytes([0x1f, 1, 0])),
    "hao-short": lambda m: raw_dstopts(bytes([0xc9, 8]) + bytes(8)),
    "hao-truncated": lambda m: [IPv6(src=ATTACKER, dst=HA, nh=60) / Raw(
        bytes([59, 9]) + hao_octets())],
    "hao-fragment": lambda m: fragment(ATTACKER, HOA2),
    "hao-message-fragment": lambda m: fragment(COA2, HOA2),
    # routing headers [RH-02] [RH-07]
    "rh2-at-home-agent": lambda m: routing(2),
    "rh0-at-home-agent": lambda m: routing(0),
    # the private option
    "arrival": lambda m: forged_arrival(),
    "arrival-tunnelled": lambda m: forged_arrival(COA2),
    "arrival-twice": lambda m: raw_dstopts(arrival() + arrival(), craft.MH, HOA2),
    "arrival-short": lambda m: raw_dstopts(bytes([0x1e, 4, 0, 0, 0, 0]), craft.MH, HOA2),
}


def message_to_ue(octets, src=HA, form="rh2"):
    """To the UE's care-of address, as a home agent would."""
    octets = craft.seal(octets, src, HOA)
    if form == "rh2":
        return [craft.bent_rh2(octets, COA_A, HOA, src)]
    return [craft.tunnelled(craft.plain(octets, src, HOA), src, COA_A)]


def be_to_ue(src, status=1):
    """A Binding Error to the care-of address [MR-24]."""
    octets = bytes([59, 2, 7, 0, 0, 0, status, 0]) + craft.address(HOA)
    return [craft.plain(craft.seal(octets, src, COA_A), src, COA_A)]


BA = craft.ba(1, hoa=HOA, ha=HA)
WRONG_SA = craft.readable_sa(0x1999, craft.KEY_SHA2)

AT_MOBILE_NODE = {
    "ba-unprotected": lambda: message_to_ue(BA),
    "ba-wrong-sa": lambda: [craft.with_rh2(BA, COA_A, WRONG_SA, HOA, HA)],
    "ba-tunnelled": lambda: message_to_ue(BA, form="tunnel"),
    "rh2-not-ours": lambda: routing(2, COA_A, HOA2, HA),
    "rh2-peer": lambda: routing(2, COA_A, HOA, ATTACKER),
    "rh2-left-0": lambda: routing(2, COA_A, HOA, HA, left=0),
    "rh2-left-2": lambda: routing(2, COA_A, HOA, HA, left=2),
    "rh2-length-4": lambda: routing(2, COA_A, HOA, HA, length=4),
    "rh2-length-0": lambda: [IPv6(src=HA, dst=COA_A, nh=43) / Raw(
        bytes([59, 0, 2, 1, 0, 0, 0, 0]))],
    "rh2-scope": lambda: routing(2, COA_A, "fe80::7", HA),
    "rh0": lambda: routing(0, COA_A, HOA, HA),
    "outer-source": lambda: [craft.tunnelled(craft.echo(CN, HOA, 1), ATTACKER, COA_A)],
    "inner-destination": lambda: [craft.tunnelled(craft.echo(CN, FREE, 1), HA, COA_A)],
    "be-unknown": lambda: be_to_ue(ATTACKER),
    "bu-at-mobile": lambda: message_to_ue(craft.bu(7, 150, "HA", [], HA, HOA)),
    # from outside, with the home agent's address as its source
    "ba-by-gateway": lambda: [craft.plain(BA, HA, HOA)],
}

OTHER = "2001:db8:c::1"			# an address of the gateway that is no home agent's

# What is not addressed to a home agent or mobile node, and stays as it is.
PASSING = {
    "hao": lambda: IPv6(src=COA2, dst=CN) / IPv6ExtHdrDestOpt(
        nh=58, options=[HAO(hoa=HOA2)]) / Raw(bytes(craft.echo(HOA2, CN, 1))[40:]),
    "rh2": lambda: routing(2, CN, HOA)[0],
    "message": lambda: craft.plain(craft.seal(BARE_BU, ATTACKER, CN), ATTACKER, CN),
    "arrival": lambda: IPv6(src=ATTACKER, dst=CN, nh=60) / Raw(
        craft.dstopts(craft.NO_NEXT, arrival())),
    "hao-other": lambda: IPv6(src=ATTACKER, dst=OTHER) / IPv6ExtHdrDestOpt(
        nh=58, options=[HAO(hoa=HOA2)]) / Raw(bytes(craft.echo(HOA2, OTHER, 1))[40:]),
    "rh2-other": lambda: routing(2, OTHER, HOA)[0],
    "message-other": lambda: craft.plain(
        craft.seal(BARE_BU, ATTACKER, OTHER), ATTACKER, OTHER),
}
