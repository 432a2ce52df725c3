# SPDX-License-Identifier: GPL-2.0
"""Captures as values: what tshark says of every packet, IKE and ESP deciphered."""

import os
import subprocess

FIELDS = """frame.time_epoch frame.protocols ipv6.src ipv6.dst ip.src ip.dst esp.spi esp.sequence
isakmp.ispi isakmp.exchangetype isakmp.messageid isakmp.flag_r isakmp.typepayload
isakmp.notify.msgtype isakmp.id.data.fqdn isakmp.id.data.user_fqdn isakmp.cfg.type
isakmp.cfg.attr.type isakmp.cfg.attr.internal_ip6_address isakmp.cfg.attr.internal_ip4_address
eap.code eap.type eap.ms_chap_v2.opcode
radius.code radius.id radius.User_Name radius.Framed-IP-Address radius.Acct_Status_Type
mip6.mhtype mip6.bu.seqnr mip6.bu.lifetime mip6.bu.a_flag mip6.bu.h_flag
mip6.bu.l_flag mip6.bu.k_flag mip6.nemo.bu.r_flag mip6.acoa.acoa mip6.ipv4ha.ha
mip6.ba.status mip6.ba.seqnr mip6.ba.lifetime mip6.ipv4aa.sts
icmpv6.type icmpv6.echo.identifier icmpv6.echo.sequence_number
icmp.type icmp.ident icmp.seq tcp.srcport tcp.analysis.retransmission""".split()
BU, BA = "5", "6"
IP = {"ipv6": 6, "ip": 4}


class Packet:
    """One packet: fields by the last part of their name, the first where there are several."""

    def __init__(self, line):
        self.all = dict(zip(FIELDS, line.rstrip("\n").split("\t")))
        self.t = float(self.all["frame.time_epoch"])
        layers = self.all["frame.protocols"].removeprefix("eth:ethertype:").split(":")
        # Behind ESP in tunnel mode, that is the ePDG's, is a packet as any other.
        self.depth = 0
        if layers[0] in IP and "esp" in layers:
            n = layers.index("esp") + 1
            self.depth = int(layers[n:n + 1] != [] and layers[n] in IP)
            layers = layers[n:] if self.depth else layers
        self.layers = layers

    def __getitem__(self, field):
        return self.all[field].split(",")[0]

    def list(self, field):
        return [word for word in self.all[field].split(",") if word]

    def address(self, end, depth):
        """Of the header so deep inside; the outer ones are IPv6 unless there is none."""
        there = self.list(f"ipv6.{end}") or self.list(f"ip.{end}")
        return there[depth] if depth < len(there) else ""

    @property
    def src(self):
        return self.address("src", 0)

    @property
    def dst(self):
        return self.address("dst", 0)

    def is_in_tunnel(self):
        """In the one to the ePDG."""
        return self.depth > 0

    def ends(self):
        """Source and destination, as who is behind that tunnel sees them."""
        return self.address("src", self.depth), self.address("dst", self.depth)

    def is_ike(self):
        return "isakmp" in self.layers

    def is_mh(self):
        return "mipv6" in self.layers

    def is_protected(self):
        return "esp" in self.layers

    def inner(self):
        """The version of IP inside IPv6, or 0."""
        return IP.get(self.layers[1], 0) if self.layers[0] == "ipv6" and len(self.layers) > 1 else 0

    def same(self):
        """What it has in common with itself on another link."""
        if self.is_ike():
            return tuple(self[f"isakmp.{field}"] for field in ("ispi", "messageid", "flag_r"))
        return tuple(self.list(f"esp.{field}")[-1] if self[f"esp.{field}"] else ""
                     for field in ("spi", "sequence"))


def read(path, settings):
    """All packets of a capture, in the order of their times."""
    words = ["tshark", "-n", "-r", path, "-T", "fields"]
    for field in FIELDS:
        words += ["-e", field]
    told = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False, env=os.environ | {"WIRESHARK_CONFIG_DIR": settings})
    if told.returncode:
        raise SystemExit(f"tshark cannot read {path}: {told.stderr}")
    return sorted((Packet(line) for line in told.stdout.splitlines()), key=lambda p: p.t)
