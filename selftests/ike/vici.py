# SPDX-License-Identifier: GPL-2.0
"""Ask charon by VICI, or listen to it.

vici.py SOCKET COMMAND [KEY=VALUE]...	a command, what it streams, its answer
vici.py SOCKET -e EVENT...		events, until killed

Prints a JSON array a line: name, message, time.
"""

import json
import socket
import struct
import sys
import time

# packets
CMD_REQUEST, CMD_RESPONSE, EVENT_REGISTER, EVENT_CONFIRM, EVENT = 0, 1, 3, 5, 7
# elements of a message
SECTION_START, SECTION_END, KEY_VALUE, LIST_START, LIST_ITEM, LIST_END = range(1, 7)

STREAMS = {
    "list-conns": "list-conn", "list-policies": "list-policy", "list-sas": "list-sa",
    "initiate": "control-log", "terminate": "control-log",
}


def name_of(text):
    """A name is an octet of length and that many octets."""
    return bytes([len(text)]) + text.encode()


class Reader:
    """Takes octets from the front."""

    def __init__(self, octets):
        self.octets = octets

    def take(self, count):
        taken, self.octets = self.octets[:count], self.octets[count:]
        return taken

    def text(self, size):
        """A length in so many octets, and that many octets."""
        return self.take(int.from_bytes(self.take(size), "big")).decode()


def message(reader):
    """Sections are objects, lists are arrays."""
    open_ones = [{}]
    while reader.octets:
        kind = reader.take(1)[0]
        here = open_ones[-1]
        if kind == SECTION_START:
            open_ones.append(here.setdefault(reader.text(1), {}))
        elif kind == LIST_START:
            open_ones.append(here.setdefault(reader.text(1), []))
        elif kind == KEY_VALUE:
            key = reader.text(1)
            here[key] = reader.text(2)
        elif kind == LIST_ITEM:
            here.append(reader.text(2))
        else:
            open_ones.pop()
    return open_ones[0]


class Charon:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)

    def send(self, kind, name, octets=b""):
        packet = bytes([kind]) + name_of(name) + octets
        self.socket.sendall(struct.pack("!I", len(packet)) + packet)

    def receive(self, count):
        octets = self.socket.recv(count, socket.MSG_WAITALL)
        if len(octets) < count:
            sys.exit("charon has gone")
        return octets

    def hear(self):
        length, = struct.unpack("!I", self.receive(4))
        reader = Reader(self.receive(length))
        kind = reader.take(1)[0]
        return kind, reader.text(1) if kind == EVENT else "", reader

    def register(self, event):
        self.send(EVENT_REGISTER, event)
        while self.hear()[0] != EVENT_CONFIRM:
            pass


def show(*what):
    print(json.dumps([*what, round(time.time(), 3)]), flush=True)


def main(path, command, *words):
    charon = Charon(path)
    if command == "-e":
        for event in words:
            charon.register(event)
        show("listening", {})
    else:
        if command in STREAMS:
            charon.register(STREAMS[command])
        pairs = (word.split("=", 1) for word in words)
        charon.send(CMD_REQUEST, command, b"".join(
            bytes([KEY_VALUE]) + name_of(key) + struct.pack("!H", len(value)) + value.encode()
            for key, value in pairs))
    while True:
        kind, name, reader = charon.hear()
        show(name or command, message(reader))
        if kind == CMD_RESPONSE:
            break


main(*sys.argv[1:])
