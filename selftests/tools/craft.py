# SPDX-License-Identifier: GPL-2.0
"""Mobile IPv6 packets by scapy: an implementation that is not ours.

What scapy makes is right by RFC 6275; what shall be wrong is bent afterwards.
"""

import ipaddress
import socket
import struct

from scapy.layers.inet6 import (
    HAO, ICMPv6EchoRequest, ICMPv6DestUnreach, ICMPv6PacketTooBig,
    ICMPv6ParamProblem, ICMPv6TimeExceeded, IPv6, IPv6ExtHdrDestOpt,
    IPv6ExtHdrRouting, MIP6MH_BA, MIP6MH_BE, MIP6MH_BU, MIP6OptAltCoA,
    MIP6OptMobNetPrefix,     MIP6OptBRAdvice,     MIP6OptUnknown, in6_chksum)
from scapy.layers.ipsec import ESP, IPSecIntegrityError, SecurityAssociation
from scapy.packet import Raw

HA = "2001:db8:f::1"
HOA = "2001:db8:100:1::7"
HOA2 = "2001:db8:100:2::7"
HOA4_2 = "10.100.0.2"
COA_A = "2001:db8:a::2"
COA_B = "2001:db8:b::2"
CN = "2001:db8:c::2"
CN4 = "10.200.0.2"
COA2 = "2001:db8:e::5"		# the foreign mobile
COA2_B = "2001:db8:e::6"
ATTACKER = "2001:db8:e::66"
FOREIGN_HA = "2001:db8:d::1"
MH, ROUTING, ESP_PROTO, DSTOPTS, NO_NEXT = 135, 43, 50, 60, 59

KEY_GCM = bytes(range(20))
KEY_SHA = bytes(range(0x40, 0x60))
KEY_SHA2 = bytes(range(0x60, 0x80))


def address(text):
    """16 octets."""
    return socket.inet_pton(socket.AF_INET6, text)


def readable_sa(spi, key, number=1):
    """ESP with a checksum that counts and an encryption that hides nothing."""
    return SecurityAssociation(ESP, spi=spi, seq_num=number, crypt_algo="NULL",
                               auth_algo="SHA2-256-128", auth_key=key)


def gcm_sa(spi, key):
    """ESP as the UE has it."""
    return SecurityAssociation(ESP, spi=spi, crypt_algo="AES-GCM", crypt_key=key,
                               crypt_icv_size=16)


def seal(message, src, dst):
    """The message with its checksum, whatever else is wrong with it."""
    message = message[:4] + b"\0\0" + message[6:]
    total = in6_chksum(MH, IPv6(src=src, dst=dst), message)
    return message[:4] + struct.pack("!H", total) + message[6:]


def checksum_is_right(message, src, dst):
    """RFC 6275 6.1.1, with the addresses that upper layers see."""
    return seal(message, src, dst) == message


def hoa4_option(addr="0.0.0.0", plen=32, prefix=0):
    """RFC 5555 3.1.1: scapy does not know it."""
    return MIP6OptUnknown(otype=29, odata=struct.pack("!BB", plen << 2 | prefix << 1, 0) +
                          socket.inet_aton(addr))


def hoa4_ack(addr, status="0", plen="32"):
    """RFC 5555 3.2.1."""
    return MIP6OptUnknown(otype=30, odata=struct.pack("!BB", int(status), int(plen) << 2) +
                          socket.inet_aton(addr))


def prefix_option(prefix):
    """A mobile network prefix of 64 bits, RFC 3963 4.3."""
    return MIP6OptMobNetPrefix(prefix=prefix, plen=64)


def refresh_option(units):
    """Binding Refresh Advice, in units of 4 s."""
    return MIP6OptBRAdvice(rinter=units)


def bu(seq, life=150, flags="HA", options=(), hoa=HOA2, ha=HA):
    """A Binding Update; the life is in units of 4 s."""
    packet = IPv6(src=hoa, dst=ha) / MIP6MH_BU(seq=seq, mhtime=life, flags=flags,
                                               options=list(options))
    return bytes(packet)[40:]


def alt_coa(coa):
    """The care-of address where ESP covers it [MR-02]."""
    return MIP6OptAltCoA(acoa=coa)


def ba(seq, status=0, life=150, flags="", options=(), hoa=HOA, ha=FOREIGN_HA):
    """A Binding Acknowledgement."""
    packet = IPv6(src=ha, dst=hoa) / MIP6MH_BA(seq=seq, mhtime=life, status=status,
                                               flags=flags, options=list(options))
    return bytes(packet)[40:]


def protect(message, sa, src, dst):
    """(next header, octets): under ESP if there is an SA."""
    if sa is None:
        return MH, message
    packet = sa.encrypt(IPv6(src=src, dst=dst, nh=MH) / Raw(message))
    return ESP_PROTO, bytes(packet)[40:]


def with_hao(message, coa, sa=None, hoa=HOA2, ha=HA, hao=None):
    """IPv6(CoA, HA) | Home Address option | [ESP] | message."""
    proto, octets = protect(message, sa, hoa, ha)
    return (IPv6(src=coa, dst=ha) /
            IPv6ExtHdrDestOpt(nh=proto, options=[HAO(hoa=hao or hoa)]) / Raw(octets))


def with_rh2(message, coa, sa=None, hoa=HOA, ha=FOREIGN_HA):
    """IPv6(HA, CoA) | type 2 routing header | [ESP] | message."""
    proto, octets = protect(message, sa, ha, hoa)
    return (IPv6(src=ha, dst=coa) /
            IPv6ExtHdrRouting(nh=proto, type=2, segleft=1, addresses=[hoa]) / Raw(octets))


def bent_rh2(octets, coa, hoa, ha, kind=2, length=2, left=1, proto=MH):
    """A routing header as it need not be."""
    header = struct.pack("!BBBBI", proto, length, kind, left, 0) + address(hoa)
    header += bytes(max(0, (length + 1) * 8 - len(header)))
    return IPv6(src=ha, dst=coa, nh=ROUTING) / Raw(header[:(length + 1) * 8] + octets)


def plain(message, src, dst=HA, sa=None):
    """A message without any extension header."""
    proto, octets = protect(message, sa, src, dst)
    return IPv6(src=src, dst=dst, nh=proto) / Raw(octets)


def dstopts(next_header, options):
    """A Destination Options header of these octets, padded."""
    body = options
    short = -(len(body) + 2) % 8
    if short == 1:
        body += b"\0"
    elif short:
        body += bytes([1, short - 2]) + bytes(short - 2)
    return bytes([next_header, (len(body) + 2) // 8 - 1]) + body


def echo(src, dst, number, size=8, **fields):
    """An echo request that can be told by its number."""
    return IPv6(src=src, dst=dst, **fields) / ICMPv6EchoRequest(
        id=number >> 16, seq=number & 0xffff, data=bytes(size))


def tunnelled(inner, src, dst, **fields):
    """RFC 2473."""
    proto = 4 if inner.version == 4 else 41
    return IPv6(src=src, dst=dst, nh=proto, **fields) / Raw(bytes(inner))


class Message:
    """A Mobility Header message as it was found on the wire."""

    def __init__(self, data, sas=()):
        self.outer = IPv6(data)
        self.src, self.dst = self.outer.src, self.outer.dst
        self.wire_src, self.wire_dst = self.src, self.dst
        self.rh2 = self.hao = self.esp = self.packet = None
        self.octets = b""
        self.walk(data[40:], self.outer.nh, sas)

    def walk(self, rest, proto, sas):
        """Down to the message."""
        while len(rest) >= 8:
            if proto == ROUTING and rest[2] == 2 and len(rest) >= 24:
                self.rh2 = str(ipaddress.IPv6Address(rest[8:24]))
                self.rh2_left, self.dst = rest[3], self.rh2
            elif proto == DSTOPTS:
                at = rest.find(b"\xc9\x10")
                if at < 0:
                    return
                self.hao = self.src = str(ipaddress.IPv6Address(rest[at + 2:at + 18]))
                self.hao_at = at
            elif proto == ESP_PROTO:
                self.esp = int.from_bytes(rest[:4], "big")
                proto, rest = self.decrypt(rest, sas)
                continue
            elif proto == MH:
                self.octets = rest
                self.packet = {5: MIP6MH_BU, 6: MIP6MH_BA, 7: MIP6MH_BE}.get(
                    rest[2], Raw)(rest)
                return
            else:
                return
            proto, rest = rest[0], rest[(rest[1] + 1) * 8:]

    def decrypt(self, rest, sas):
        """By the key of its SPI, if we have that."""
        for sa in sas:
            if sa.spi == self.esp:
                try:
                    clear = sa.decrypt(IPv6(bytes(
                        IPv6(src=self.src, dst=self.dst, nh=ESP_PROTO) / Raw(rest))))
                except IPSecIntegrityError:
                    break
                return clear.nh, bytes(clear)[40:]
        return 0, b""

    def is_sound(self):
        """The checksum, with what upper layers see."""
        return checksum_is_right(self.octets, self.src, self.dst)

    def option(self, kind):
        """Octets of an option, or None."""
        at = {5: 12, 6: 12, 7: 24}[self.octets[2]]
        while at < len(self.octets):
            if self.octets[at] == 0:
                at += 1
                continue
            length = self.octets[at + 1]
            if self.octets[at] == kind:
                self.option_at = at
                return self.octets[at + 2:at + 2 + length]
            at += 2 + length
        return None


def error_of(packet):
    """An ICMPv6 error in a word, or None."""
    for kind, name in ((ICMPv6DestUnreach, "unreachable"), (ICMPv6PacketTooBig, "too-big"),
                       (ICMPv6TimeExceeded, "time"), (ICMPv6ParamProblem, "parameter")):
        if kind in packet:
            found = packet[kind]
            text = f"{name} {found.code}"
            if kind is ICMPv6ParamProblem:
                text += f" at {found.ptr}"
            if kind is ICMPv6PacketTooBig:
                text += f" mtu {found.mtu}"
            return text
    return None

