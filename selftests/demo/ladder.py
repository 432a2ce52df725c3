# SPDX-License-Identifier: GPL-2.0
"""The ladder of messages, made of what was captured: rows, as text, as SVG."""

import capture
import svg

MS = 1000


class Row:
    """A message between UE and PDN GW, or, without a way, an event."""

    def __init__(self, t, title, *, detail="", access="", up=None, took=None, step="", kind=""):
        self.t, self.title, self.detail = t, title, detail
        self.access, self.up, self.took = access, up, took
        self.step, self.kind = step, kind


def took(run, packet):
    """How long it was on its way, in ms: the same ESP packet in the core."""
    there = [p for p in run.packets["core"] if p.is_protected() and p.esp() == packet.esp()]
    return abs(there[0].t - packet.t) * MS if there else None


def flags(packet):
    names = {"A": "mip6.bu.a_flag", "H": "mip6.bu.h_flag", "L": "mip6.bu.l_flag",
             "K": "mip6.bu.k_flag", "R": "mip6.nemo.bu.r_flag"}
    return " ".join(letter for letter, field in names.items()
                    if packet[field] in ("1", "True"))


def update(run, packet, access):
    seconds = int(packet["mip6.bu.lifetime"]) * 4
    said = [f"seq {packet['mip6.bu.seqnr']}", f"lifetime {seconds} s", f"flags {flags(packet)}",
            f"care-of {packet['mip6.acoa.acoa']}"]
    if packet["mip6.ipv4ha.ha"]:
        said.append(f"IPv4 home address {packet['mip6.ipv4ha.ha']}")
    return Row(packet.t, "Binding Update" if seconds else "Binding Update, lifetime 0",
               detail=", ".join(said), access=access, up=True, took=took(run, packet),
               step="3" if seconds else "", kind="esp")


def acknowledgement(run, packet, access):
    seconds = int(packet["mip6.ba.lifetime"]) * 4
    said = [f"seq {packet['mip6.ba.seqnr']}",
            "accepted" if packet["mip6.ba.status"] == "0" else f"status {packet['mip6.ba.status']}",
            f"lifetime {seconds} s"]
    if packet["mip6.ipv4ha.ha"]:
        said.append(f"IPv4 home address {packet['mip6.ipv4ha.ha']}, "
                    f"status {packet['mip6.ipv4aa.sts']}")
    return Row(packet.t, "Binding Acknowledgement", detail=", ".join(said), access=access,
               up=False, took=took(run, packet), step="4" if seconds else "", kind="esp")


def signalling(run, begin, end):
    for access in run.access:
        for packet in run.messages(access, capture.BU, begin, end):
            yield update(run, packet, access)
        for packet in run.messages(access, capture.BA, begin, end):
            yield acknowledgement(run, packet, access)


def tunnel(run, access, begin, end):
    """The first packet of each family and direction that goes by an access."""
    for version in 6, 4:
        for up in True, False:
            packets = [p for p in run.tunnelled(access, up, begin, end) if p.inner() == version]
            if packets:
                yield Row(packets[0].t, f"IPv{version} in IPv6: first packet {'up' if up else 'down'}",
                          access=access, up=up, step="5", kind="tunnel")


def rows(run):
    """In the order of time."""
    attach, leave = run.one("attach")["t"], run.one("deregister")["t"]
    first_move = next(run.moves())[0]["t"]
    result = [Row(attach, "attach", kind="event",
                  detail="steps 1 and 2, security association and home address: "
                         "by hand here, IKEv2 in 3GPP's flow")]
    result += signalling(run, attach, first_move)
    result += tunnel(run, "A", attach, first_move)
    for event, end in run.moves():
        result.append(Row(event["t"], f"move {event['number']}: {event['from']} to {event['to']}, "
                          f"{event['kind'].replace('-', ' ')}", detail=event["how"], kind="event"))
        result += signalling(run, event["t"], end)
        result += tunnel(run, event["to"], event["t"], end)
    result.append(Row(leave, "leave", detail="the UE deregisters", kind="event"))
    result += signalling(run, leave, float("inf"))
    return sorted(result, key=lambda row: row.t)


def text(all_rows):
    """For a terminal: 100 columns."""
    start = all_rows[0].t
    lines = [f"{'seconds':>10}   UE{'PDN GW':>58}"]
    for row in all_rows:
        when = f"{row.t - start:10.4f}"
        if row.up is None:
            lines += ["", f"{when}   {row.title}: {row.detail}"]
            continue
        label = f" {row.step + ' ' if row.step else ''}{row.title} "
        body = f"--{row.access}--" + label.center(48, "-") + "----"
        line = f"|{body}>|" if row.up else f"|<{body}|"
        late = f"  {row.took:.2f} ms" if row.took is not None else ""
        lines.append(f"{when}   {line}{late}")
        if row.detail:
            lines.append(f"{'':10}   |  {row.detail}")
    return "\n".join(lines) + "\n"


# ---- the picture -----------------------------------------------------------------

WIDTH, TOP = 960, 132
UE, GW = 170, 750
LANES = {"A": 340, "B": 490}
HEIGHTS = {"event": 62, "esp": 54, "tunnel": 26}


def heads(page, bottom):
    page.text(24, 36, "A mobile attaches and moves over S2c", "title")
    page.text(24, 58, "Every arrow is a packet of the capture; Binding Updates and "
              "Acknowledgements are ESP on the wire and deciphered here. "
              "Numbers: steps of 3GPP's attach flow.", "small")
    for x, name, below, cls in ((UE, "UE", "mobile node, mn0", "node"),
                                (LANES["A"], "access A", "2001:db8:a::/64", "A"),
                                (LANES["B"], "access B", "2001:db8:b::/64", "B"),
                                (GW, "PDN GW", "home agent, ha0", "node")):
        page.text(x, 92, name, f"head {cls}", "middle")
        page.text(x, 108, below, "small", "middle")
        page.line(x, TOP - 16, x, bottom, "life" if cls == "node" else f"lane s{cls}")


def arrow(page, row, y):
    x1, x2 = (UE, GW) if row.up else (GW, UE)
    lane, ahead = LANES[row.access], 9 if row.up else -9
    page.line(x1, y, x2 - ahead, y, f"{row.kind} s{row.access}")
    page.path(f"M{x2} {y}l{-ahead * 1.2:.1f} -4.5v9z", f"f{row.access}")
    page.circle(lane, y, 3.6, f"f{row.access}")
    if row.step:
        page.circle(UE - 24, y, 9, "step")
        page.text(UE - 24, y + 4, row.step, "stepno", "middle")
    if row.kind == "esp":
        page.text(LANES["B"] + 18, y - 6, row.title, "label")
        page.rect(UE + 7, y + 6, 6.1 * len(row.detail), 13, "ground")
        page.text(UE + 10, y + 16, row.detail, "small")
    else:
        page.text(LANES["B"] + 18, y - 4, row.title, "small")
    if row.took is not None:
        page.text(GW + 12, y + 4, f"{row.took:.2f} ms on its way", "small")


def picture(all_rows):
    height = TOP + sum(HEIGHTS[row.kind] for row in all_rows) + 26
    page = svg.Page(WIDTH, height, "Message ladder of the demonstration")
    heads(page, height - 20)
    start, y = all_rows[0].t, TOP
    for row in all_rows:
        y += HEIGHTS[row.kind]
        at = y - HEIGHTS[row.kind] // 2 + {"event": 4, "esp": -2, "tunnel": 6}[row.kind]
        page.text(UE - 54, at + 4, f"{row.t - start:.4f} s", "time", "end")
        if row.kind == "event":
            page.rect(UE - 40, at - 19, GW - UE + 80, 38, "band", 6)
            page.text(UE - 24, at - 3, row.title, "label")
            page.text(UE - 24, at + 12, row.detail, "small")
        else:
            arrow(page, row, at)
    return page.finish()
