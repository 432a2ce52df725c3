# SPDX-License-Identifier: GPL-2.0
"""Sockets in network namespaces: send any packet, see every packet."""

import collections
import ctypes
import os
import select
import socket
import struct
import time

ETH_P_ALL = 0x0003
ETH_P_IP = 0x0800
ETH_P_IPV6 = 0x86dd
CLONE_NEWNET = 0x40000000
SO_TIMESTAMPNS = 35
PACKET_OUTGOING = 4
LINKTYPE_RAW = 101

libc = ctypes.CDLL(None, use_errno=True)

Seen = collections.namedtuple("Seen", "when out data")


class Namespace:
    """with Namespace("ue"): what is opened inside belongs to it."""

    def __init__(self, name):
        self.path = "/run/netns/" + name

    def __enter__(self):
        self.home = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open(self.path, os.O_RDONLY)
        enter(there)
        os.close(there)

    def __exit__(self, *_):
        enter(self.home)
        os.close(self.home)


def enter(fd):
    """setns(2), which Python 3.11 does not have."""
    if libc.setns(fd, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def send6(namespace, packet):
    """Routed by the namespace as if it were its own, whatever its source is."""
    packet = bytes(packet)
    with Namespace(namespace):
        with socket.socket(socket.AF_INET6, socket.SOCK_RAW,
                           socket.IPPROTO_RAW) as sock:
            sock.sendto(packet, (socket.inet_ntop(socket.AF_INET6, packet[24:40]), 0))


def send4(namespace, packet):
    """The same for IPv4."""
    packet = bytes(packet)
    with Namespace(namespace):
        with socket.socket(socket.AF_INET, socket.SOCK_RAW,
                           socket.IPPROTO_RAW) as sock:
            sock.sendto(packet, (socket.inet_ntop(socket.AF_INET, packet[16:20]), 0))


def send_frame(namespace, interface, frame):
    """An Ethernet frame, out of an interface."""
    with Namespace(namespace):
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
            sock.bind((interface, 0))
            sock.send(bytes(frame))


class Sniffer:
    """Every packet on an interface, from the IP header on, in order."""

    def __init__(self, namespace, interface):
        with Namespace(namespace):
            self.sock = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM,
                                      socket.htons(ETH_P_ALL))
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUFFORCE
                             if hasattr(socket, "SO_RCVBUFFORCE") else 33, 8 << 20)
        self.sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.sock.bind((interface, ETH_P_ALL))
        self.sock.setblocking(False)

    def close(self):
        """No more."""
        self.sock.close()

    def drain(self):
        """What has come since the last time, without waiting."""
        seen = []
        while True:
            try:
                data, control, _, address = self.sock.recvmsg(1 << 17, 64)
            except BlockingIOError:
                return seen
            if address[1] not in (ETH_P_IP, ETH_P_IPV6):
                continue
            when = time.time()
            for level, kind, value in control:
                if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                    seconds, nanoseconds = struct.unpack("qq", value)
                    when = seconds + nanoseconds / 1e9
            seen.append(Seen(when, address[2] == PACKET_OUTGOING, data))

    def until(self, wanted, limit):
        """Packets up to the first that is wanted, and that one or None."""
        seen = []
        end = time.monotonic() + limit
        while True:
            for packet in self.drain():
                seen.append(packet)
                if wanted(packet):
                    return seen, packet
            left = end - time.monotonic()
            if left <= 0:
                return seen, None
            select.select([self.sock], [], [], left)


def write_pcap(path, seen):
    """A capture of bare IP packets with nanoseconds."""
    with open(path, "wb") as file:
        file.write(struct.pack("=IHHiIII", 0xa1b23c4d, 2, 4, 0, 0, 1 << 18, LINKTYPE_RAW))
        for packet in seen:
            seconds = int(packet.when)
            file.write(struct.pack("=IIII", seconds, int((packet.when - seconds) * 1e9),
                                   len(packet.data), len(packet.data)))
            file.write(packet.data)
