# SPDX-License-Identifier: GPL-2.0
"""Captures as values: what tshark says of every packet, ESP deciphered."""

import subprocess

FIELDS = """frame.time_epoch frame.protocols ipv6.src ipv6.dst esp.spi esp.sequence
mip6.mhtype mip6.bu.seqnr mip6.bu.lifetime mip6.bu.a_flag mip6.bu.h_flag
mip6.bu.l_flag mip6.bu.k_flag mip6.nemo.bu.r_flag mip6.acoa.acoa mip6.ipv4ha.ha
mip6.ba.status mip6.ba.seqnr mip6.ba.lifetime mip6.ipv4aa.sts
icmpv6.type icmpv6.echo.identifier icmpv6.echo.sequence_number
icmp.type icmp.ident icmp.seq ip.src ip.dst
tcp.srcport tcp.analysis.retransmission""".split()
CIPHER = "AES-GCM with 16 octet ICV [RFC4106]"
SPIS = ("0x00001001", "0x00001002")
BU, BA = "5", "6"


def options(key):
    """What tshark wants to be told to decipher the messages."""
    words = ["-o", "esp.enable_encryption_decode:TRUE"]
    for spi in SPIS:
        words += ["-o", f'uat:esp_sa:"IPv6","*","*","{spi}","{CIPHER}","{key}","NULL",""']
    return words


class Packet:
    """One packet: fields by the last part of their name, the first where there are several."""

    def __init__(self, line):
        self.all = dict(zip(FIELDS, line.rstrip("\n").split("\t")))
        self.t = float(self.all["frame.time_epoch"])
        self.layers = self.all["frame.protocols"].removeprefix("eth:ethertype:").split(":")

    def __getitem__(self, field):
        return self.all[field].split(",")[0]

    def is_mh(self):
        return "mipv6" in self.layers

    def is_protected(self):
        return "esp" in self.layers

    def inner(self):
        """The version of IP inside IPv6, or 0."""
        return {("ipv6", "ipv6"): 6, ("ipv6", "ip"): 4}.get(tuple(self.layers[:2]), 0)

    def esp(self):
        return self["esp.spi"], self["esp.sequence"]


def read(path, key):
    """All packets of a capture, in the order of their times."""
    words = ["tshark", "-n", "-r", path, *options(key), "-T", "fields"]
    for field in FIELDS:
        words += ["-e", field]
    told = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    if told.returncode:
        raise SystemExit(f"tshark cannot read {path}: {told.stderr}")
    return sorted((Packet(line) for line in told.stdout.splitlines()), key=lambda p: p.t)
