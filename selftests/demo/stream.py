#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""One end of a TCP session on which both ends write at a steady pace.

    stream.py serve ADDRESS PORT
    stream.py connect ADDRESS PORT SOURCE

Every 10 ms a record with its number and the time of sending. For every record
that arrives, a line: number, time sent, time received. Ends on SIGTERM, or
when the other end does.
"""

import select
import signal
import socket
import struct
import sys
import time

PACE = 0.010
RECORD = struct.Struct("!Qd48x")


class Stream:
    """A connected socket, what came, and when to write next."""

    def __init__(self, sock):
        self.sock = sock
        self.rest = b""
        self.lines = []
        self.number = 0
        self.due = time.monotonic()
        self.ending = False

    def end(self, *_):
        self.ending = True

    def write(self):
        """What is late is not made up for: a stall shall be seen as one."""
        record = RECORD.pack(self.number, time.time())
        self.number += 1
        self.due = max(self.due + PACE, time.monotonic())
        try:
            if self.sock.send(record, socket.MSG_DONTWAIT) != len(record):
                raise OSError("the socket took part of a record")
        except BlockingIOError:
            pass

    def read(self):
        """False at the end of the stream."""
        data = self.sock.recv(65536)
        now = time.time()
        self.rest += data
        whole = len(self.rest) // RECORD.size * RECORD.size
        for number, sent in RECORD.iter_unpack(self.rest[:whole]):
            self.lines.append(f"{number} {sent:.6f} {now:.6f}")
        self.rest = self.rest[whole:]
        return bool(data)

    def run(self):
        while not self.ending:
            wait = max(0, self.due - time.monotonic())
            ready, _, _ = select.select([self.sock], [], [], wait)
            if ready and not self.read():
                return
            if time.monotonic() >= self.due:
                self.write()
        self.sock.shutdown(socket.SHUT_WR)
        while self.read():
            pass


def connected(words):
    if words[0] == "connect":
        return socket.create_connection(
            (words[1], int(words[2])), source_address=(words[3], 0))
    server = socket.create_server(
        (words[1], int(words[2])), family=socket.AF_INET6)
    return server.accept()[0]


def main():
    sock = connected(sys.argv[1:])
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    stream = Stream(sock)
    signal.signal(signal.SIGTERM, stream.end)
    stream.run()
    print("\n".join(stream.lines))


main()
