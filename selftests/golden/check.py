#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Golden vectors against tshark. A vector is octets in hex, # begins a comment,
and a comment that begins with #: tells a key and its value:

  field NAME VALUE    what tshark must read
  via udp4 SRC PORT DST PORT
                      carried in UDP over IPv4, not in bare IPv6
  kind KIND           dstopts or routing: an IPv6 extension header
  fault NAME WHY      tshark is known to be wrong about a field, or "malformed"
  refuse REASON       in bad/: the entry of enum dsmip_drop
  at OFFSET           in bad/: what an ICMPv6 Parameter Problem points at
"""

import glob
import os
import socket
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
HOA, HA = "2001:db8:1::7", "2001:db8:f::1"
NEXT_HEADER = {"mh": 135, "dstopts": 60, "routing": 43}
UDP_PORT = 4191
LINKTYPE_RAW = 101


class Vector:
    """One .hex file."""

    def __init__(self, path):
        self.name = os.path.splitext(os.path.basename(path))[0]
        self.fields, self.keys, octets = [], {}, ""
        with open(path, encoding="ascii") as file:
            for line in file:
                if line.startswith("#: field "):
                    self.fields.append(line.split(None, 3)[2:])
                elif line.startswith("#: "):
                    key, value = line[3:].split(None, 1)
                    self.keys[key] = value.split()
                octets += line.split("#")[0]
        self.octets = bytes.fromhex(octets)
        self.kind = self.keys.get("kind", ["mh"])[0]

    def packet(self):
        """The vector in the packet that carries it."""
        addr = [socket.inet_pton(socket.AF_INET6, a) for a in (HOA, HA)]
        packet = struct.pack("!IHBB", 6 << 28, len(self.octets),
                             NEXT_HEADER[self.kind], 64) + b"".join(addr) + self.octets
        if "via" not in self.keys:
            return packet
        _, src, sport, dst, dport = self.keys["via"]
        addr = [socket.inet_aton(a) for a in (src, dst)]
        packet = struct.pack("!HHHH", int(sport), int(dport), 8 + len(packet), 0) + packet
        return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(packet), 0, 0x4000, 64,
                           socket.IPPROTO_UDP, 0) + b"".join(addr) + packet

    def checksum(self):
        """What the checksum of RFC 6275 6.1.1 leaves: 0 when it is right."""
        words = b"".join(socket.inet_pton(socket.AF_INET6, a) for a in (HOA, HA))
        words += struct.pack("!II", len(self.octets), NEXT_HEADER["mh"]) + self.octets
        total = sum(struct.unpack("!%dH" % (len(words) // 2), words))
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        return total ^ 0xffff


def dissect(vectors, names):
    """Rows of what tshark reads in the fields of these names, one per vector."""
    pcap = struct.pack("!IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, LINKTYPE_RAW)
    for vector in vectors:
        packet = vector.packet()
        pcap += struct.pack("!IIII", 0, 0, len(packet), len(packet)) + packet
    command = ["tshark", "-r", "-", "-d", "udp.port==%d,ip" % UDP_PORT, "-T", "fields",
               "-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=,"]
    for name in names:
        command += ["-e", name]
    done = subprocess.run(command, input=pcap, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=True)
    rows = done.stdout.decode().splitlines()
    return [dict(zip(names, row.split("|"))) for row in rows]


def complaints(vector, row):
    """What is wrong with one vector."""
    fault = vector.keys.get("fault", [""])[0]
    if row["_ws.malformed"] and fault != "malformed":
        yield "malformed, says tshark"
    if vector.kind == "mh" and vector.checksum():
        yield "checksum is off by %#x" % vector.checksum()
    if not vector.fields:
        yield "says nothing to compare with"
    for name, value in vector.fields:
        if row[name] != value.strip() and fault != name:
            yield "%s: tshark reads %s, not %s" % (name, row[name] or "nothing", value.strip())


def main():
    """KTAP over all vectors that are well-formed."""
    vectors = [Vector(path) for path in sorted(glob.glob(HERE + "/*.hex"))]
    names = sorted({name for vector in vectors for name, _ in vector.fields} |
                   {"_ws.malformed"})
    rows = dissect(vectors, names)
    failed = len(rows) != len(vectors)
    print("KTAP version 1\n1..%d" % len(vectors))
    for number, (vector, row) in enumerate(zip(vectors, rows), 1):
        found = list(complaints(vector, row))
        failed = failed or bool(found)
        for line in found:
            print("# " + line)
        print("%s %d %s" % ("not ok" if found else "ok", number, vector.name))
    return failed or not vectors


if __name__ == "__main__":
    sys.exit(main())
