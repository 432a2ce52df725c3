# SPDX-License-Identifier: GPL-2.0
"""The keys of a run, as a folder of settings with which Wireshark reads all of it."""

import glob
import os
import re

SPI_OCTETS = 8
ESP_SUITE = "AES-CBC [RFC3602]", "HMAC-SHA-256-128 [RFC4868]"
IKE_SUITE = "AES-CBC-128 [RFC3602]", "HMAC_SHA2_256_128 [RFC4868]"
SETTINGS = """esp.enable_encryption_decode: TRUE
radius.shared_secret: laboratory
"""


def of_esp(lines):
    """What "ip xfrm monitor SA" wrote: SPI, key of the cipher, key of the check."""
    spi = check = ""
    for words in (line.split() for line in lines):
        if words[0] == "proto":
            spi = words[3]
        elif words[0] == "auth-trunc":
            check = words[2]
        elif words[0] == "enc":
            yield spi, words[2], check


def dumps(lines):
    """What charon dumped: which IKE SA's, name, octets in hex."""
    dump = None
    for line in lines:
        begin = re.match(r"\S+ <(\S+)> (.*?) => \d+ bytes @", line)
        octets = re.match(r"\S+ <(\S+)> +\d+: ((?:[0-9A-F]{2} )+)", line)
        if begin:
            if dump:
                yield dump
            dump = [*begin.groups(), ""]
        elif octets and dump:
            dump[2] += octets[2].replace(" ", "").lower()
        elif dump:
            yield dump
            dump = None
    if dump:
        yield dump


def of_ike(lines):
    """Of each IKE SA: SPIs, keys of the cipher, keys of the check."""
    spis, keys = {}, {}
    for which, name, octets in dumps(lines):
        if name == "natd_chunk":
            spis[which] = octets[:2 * SPI_OCTETS], octets[2 * SPI_OCTETS:4 * SPI_OCTETS]
        elif name.startswith("Sk_"):
            keys[which, name[3:5]] = octets
    for which, (initiator, responder) in spis.items():
        if (which, "er") in keys:
            yield initiator, responder, *(keys[which, k] for k in ("ei", "er", "ai", "ar"))


def lines_of(pattern):
    for path in sorted(glob.glob(pattern)):
        with open(path, encoding="ascii", errors="replace") as file:
            yield from (line for line in file if line.strip())


def settings(folder):
    """From the files of keys in the folder; return: the new folder, for tshark too."""
    result = os.path.join(folder, "wireshark")
    os.makedirs(result, exist_ok=True)

    def put(name, lines):
        with open(os.path.join(result, name), "w", encoding="ascii") as file:
            file.writelines(lines)

    put("preferences", SETTINGS)
    put("esp_sa", [f'"{ip}","*","*","{spi}","{ESP_SUITE[0]}","{cipher}","{ESP_SUITE[1]}","{check}"\n'
                   for spi, cipher, check in
                   sorted(set(of_esp(lines_of(os.path.join(folder, "*-esp.keys")))))
                   for ip in ("IPv6", "IPv4")])
    put("ikev2_decryption_table",
        [f'{i},{r},{ei},{er},"{IKE_SUITE[0]}",{ai},{ar},"{IKE_SUITE[1]}"\n'
         for i, r, ei, er, ai, ar in of_ike(lines_of(os.path.join(folder, "*-ike.keys")))])
    return result
