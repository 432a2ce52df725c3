#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""twins.py ROUNDS DEVICE DEVICE: two that register the same at the same moment.

Both ask the kernel for the same home addresses, each for its own device, in one
system call each, which begin together. Prints the home addresses that both got,
and how often each was the first.
"""

import mmap
import os
import socket
import struct
import sys

NETLINK_GENERIC, REQUEST, DUMP, DONE = 16, 1, 0x300, 3
GET_REGISTRATION, NEW_REGISTRATION, DEL_REGISTRATION = 13, 14, 16
IFINDEX, HOA, HA = 1, 2, 4
WANTED = 32
HOME_AGENT = socket.inet_pton(socket.AF_INET6, "2001:db8:d::1")
HOMES = [socket.inet_pton(socket.AF_INET6, f"2001:db8:300::{n:x}") for n in range(1, WANTED + 1)]


def attribute(kind, value):
    """One of them, padded."""
    return struct.pack("HH", len(value) + 4, kind) + value + bytes(-len(value) % 4)


def message(family, command, body, flags=REQUEST):
    """A request without acknowledgement."""
    body = struct.pack("BBH", command, 1, 0) + body
    return struct.pack("IHHII", len(body) + 16, family, flags, 0, 0) + body


def messages(data):
    """What is in a datagram: (type, octets behind both headers)."""
    while len(data) >= 16:
        length, kind = struct.unpack("IH", data[:6])
        yield kind, data[20:length]
        data = data[(length + 3) & ~3:]


def attributes(data):
    """{kind: octets}"""
    found = {}
    while len(data) >= 4:
        length, kind = struct.unpack("HH", data[:4])
        found[kind] = data[4:length]
        data = data[(length + 3) & ~3:]
    return found


class Door:
    """A socket to the family."""

    def __init__(self):
        self.sock = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_GENERIC)
        self.sock.bind((0, 0))
        self.sock.send(message(16, 3, attribute(2, b"dsmip\0")))
        _, answer = next(messages(self.sock.recv(65536)))
        self.family = struct.unpack("H", attributes(answer)[1])[0]

    def ask(self, command, ifindex, more=b""):
        """For all of the addresses, in one datagram."""
        return b"".join(
            message(self.family, command, attribute(IFINDEX, struct.pack("I", ifindex)) +
                    attribute(HOA, hoa) + more) for hoa in HOMES)

    def drain(self):
        """The refusals."""
        try:
            while self.sock.recv(65536, socket.MSG_DONTWAIT):
                pass
        except BlockingIOError:
            pass

    def homes(self, ifindex):
        """What a device has."""
        self.sock.send(message(self.family, GET_REGISTRATION,
                               attribute(IFINDEX, struct.pack("I", ifindex)), REQUEST | DUMP))
        found = set()
        while True:
            for kind, data in messages(self.sock.recv(65536)):
                if kind == DONE:
                    return found
                if kind != self.family:
                    raise OSError("the dump was refused")
                found.add(attributes(data).get(HOA))


def twin(door, memory, me, ifindex, rounds):
    """Wait for the other, turning on the spot; add; wait; delete."""
    add = door.ask(NEW_REGISTRATION, ifindex, attribute(HA, HOME_AGENT))
    leave = door.ask(DEL_REGISTRATION, ifindex)
    for number in range(rounds):
        for step, data in enumerate((add, b"", leave)):
            memory[me] = (3 * number + step + 1) & 0xff
            while (memory[1 - me] - memory[me]) & 0xff not in (0, 1):
                pass
            if data:
                door.sock.send(data)
                door.drain()
            else:
                yield door.homes(ifindex)


def main():
    """The first of both compares what they got; the other tells by a pipe."""
    rounds = int(sys.argv[1])
    indices = [socket.if_nametoindex(name) for name in sys.argv[2:4]]
    memory = mmap.mmap(-1, 2)
    inlet, outlet = os.pipe()
    other = os.fork()
    if not other:
        for homes in twin(Door(), memory, 1, indices[1], rounds):
            os.write(outlet, bytes(hoa in homes for hoa in HOMES))
        os._exit(0)
    firsts = [0, 0]
    for homes in twin(Door(), memory, 0, indices[0], rounds):
        theirs = os.read(inlet, WANTED)
        for hoa, has in zip(HOMES, theirs):
            firsts[0] += hoa in homes
            firsts[1] += has
            if (hoa in homes) + has != 1:
                print("both" if has else "nobody", socket.inet_ntop(socket.AF_INET6, hoa))
    os.waitpid(other, 0)
    print(*firsts)


if __name__ == "__main__":
    main()
