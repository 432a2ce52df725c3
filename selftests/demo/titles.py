# SPDX-License-Identifier: GPL-2.0
"""What a message is called, and what is in it, for people: title and detail."""

EXCHANGES = {"34": "IKE_SA_INIT", "35": "IKE_AUTH", "36": "CREATE_CHILD_SA", "37": "INFORMATIONAL"}
PAYLOADS = {"33": "SA", "34": "KE", "35": "IDi", "36": "IDr", "37": "CERT", "38": "CERTREQ",
            "39": "AUTH", "40": "nonce", "42": "DELETE", "44": "TSi", "45": "TSr"}
NOTIFIES = {"14": "NO_PROPOSAL_CHOSEN", "24": "AUTHENTICATION_FAILED",
            "36": "INTERNAL_ADDRESS_FAILURE", "38": "TS_UNACCEPTABLE",
            "16391": "USE_TRANSPORT_MODE", "16393": "REKEY_SA"}
CFG_REQUEST, CFG_REPLY = "1", "2"
ATTRIBUTES = {"1": "IPv4", "8": "IPv6"}
HOME_AGENT_ADDRESS = "19"
EAP_CODES = {"1": "request", "2": "response", "3": "success", "4": "failure"}
EAP_TYPES = {"1": "identity", "3": "other method", "13": "TLS", "26": "MSCHAPv2"}
EAP_MSCHAPV2 = "26"
OPCODES = {"1": "challenge", "2": "response", "3": "success", "4": "failure"}
RADIUS = {"1": "Access-Request", "2": "Access-Accept", "3": "Access-Reject",
          "4": "Accounting-Request", "5": "Accounting-Response", "11": "Access-Challenge",
          "40": "Disconnect-Request", "41": "Disconnect-ACK"}
ACCOUNTING = {"1": "Start", "2": "Stop", "3": "Interim-Update"}
FLAGS = {"A": "mip6.bu.a_flag", "H": "mip6.bu.h_flag", "L": "mip6.bu.l_flag",
         "K": "mip6.bu.k_flag", "R": "mip6.nemo.bu.r_flag"}
UNIT = 4  # seconds, of a lifetime


def eap(packet):
    if not packet["eap.code"]:
        return ""
    words = ["EAP", EAP_CODES.get(packet["eap.code"], "?")]
    if packet["eap.type"]:
        words.append(EAP_TYPES.get(packet["eap.type"], f"type {packet['eap.type']}"))
    if packet["eap.type"] == EAP_MSCHAPV2:
        words.append(OPCODES.get(packet["eap.ms_chap_v2.opcode"], ""))
    return " ".join(words).strip()


def addresses(packet):
    """Those that a CFG_REPLY gives, IPv6 first."""
    return [packet[f"isakmp.cfg.attr.internal_ip{v}_address"] for v in (6, 4)
            if packet[f"isakmp.cfg.attr.internal_ip{v}_address"]]


def is_reply(packet):
    return CFG_REPLY in packet.list("isakmp.cfg.type")


def configuration(packet):
    kinds = packet.list("isakmp.cfg.type")
    if CFG_REQUEST in kinds:
        asked = [ATTRIBUTES[a] for a in packet.list("isakmp.cfg.attr.type") if a in ATTRIBUTES]
        return f"CP asks for {' and '.join(asked)} address"
    if CFG_REPLY in kinds:
        also = ", home agent" if HOME_AGENT_ADDRESS in packet.list("isakmp.cfg.attr.type") else ""
        return f"CP gives {' and '.join(addresses(packet))}{also}"
    return ""


def identities(packet):
    """IDi and IDr with who they are, in that order where there are both."""
    return {"IDi": packet["isakmp.id.data.user_fqdn"], "IDr": packet["isakmp.id.data.fqdn"]}


def ike(packet):
    """Title and detail of an IKE message."""
    exchange = EXCHANGES.get(packet["isakmp.exchangetype"], "IKE")
    way = "response" if packet["isakmp.flag_r"] in ("1", "True") else "request"
    number = int(packet["isakmp.messageid"], 16)
    who = identities(packet)
    said = [f"{name} {who[name]}" if who.get(name) else name
            for name in dict.fromkeys(PAYLOADS.get(kind, "")
                                      for kind in packet.list("isakmp.typepayload")) if name]
    said += [NOTIFIES[kind] for kind in packet.list("isakmp.notify.msgtype") if kind in NOTIFIES]
    said += [words for words in (eap(packet), configuration(packet)) if words]
    return f"{exchange} {way} {number}" if number else f"{exchange} {way}", ", ".join(said)


def radius(packet):
    kind = RADIUS.get(packet["radius.code"], "RADIUS")
    status = ACCOUNTING.get(packet["radius.Acct_Status_Type"], "")
    said = [words for words in (status, packet["radius.User_Name"], eap(packet)) if words]
    return kind, ", ".join(said)


def update(packet):
    seconds = int(packet["mip6.bu.lifetime"]) * UNIT
    flags = " ".join(letter for letter, field in FLAGS.items() if packet[field] in ("1", "True"))
    said = [f"seq {packet['mip6.bu.seqnr']}", f"{seconds} s", f"flags {flags}",
            f"care-of {packet['mip6.acoa.acoa']}"]
    if packet["mip6.ipv4ha.ha"]:
        said.append(f"IPv4 home address {packet['mip6.ipv4ha.ha']}")
    return "Binding Update" if seconds else "Binding Update, lifetime 0", ", ".join(said)


def acknowledgement(packet):
    seconds = int(packet["mip6.ba.lifetime"]) * UNIT
    status = packet["mip6.ba.status"]
    said = [f"seq {packet['mip6.ba.seqnr']}", "accepted" if status == "0" else f"status {status}",
            f"{seconds} s"]
    if packet["mip6.ipv4ha.ha"]:
        said.append(f"IPv4 home address {packet['mip6.ipv4ha.ha']}, "
                    f"status {packet['mip6.ipv4aa.sts']}")
    return "Binding Acknowledgement", ", ".join(said)
