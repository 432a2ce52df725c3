# SPDX-License-Identifier: GPL-2.0
"""The ladder of messages as SVG."""

import ladder
import svg

WIDTH, TOP = 1130, 140
PLACES = {"UE": 200, "ePDG": 560, "PDN GW": 800, "AAA": 1030}
BELOW = {"UE": "mobile node, mn0", "ePDG": "IPsec gateway", "PDN GW": "home agent, ha0",
         "AAA": "FreeRADIUS"}
LANES = {"A": 292, "B": 338, "C": 384}
# Titles stand right of the lanes.
TITLES = 406
HEIGHTS = {"event": 58, "ike": 42, "aaa": 42, "esp": 42, "tunnel": 26}
SMALL = 5.7  # of a letter, in pixels


def heads(page, there, lanes, title, bottom):
    page.text(24, 36, title, "title")
    page.text(24, 58, "Every arrow is a packet of the capture. IKE, ESP and what is inside of the "
              "tunnel to the ePDG are deciphered here.", "small")
    page.text(24, 74, "Numbers: the steps of 3GPP's attach flow.", "small")
    for who in there:
        page.text(PLACES[who], 106, who, "head", "middle")
        page.text(PLACES[who], 121, BELOW[who], "small", "middle")
        page.line(PLACES[who], TOP - 12, PLACES[who], bottom, "life")
    for letter in lanes:
        page.text(LANES[letter], 106, letter, f"head {letter}", "middle")
        page.text(LANES[letter], 121, "access", "small", "middle")
        page.line(LANES[letter], TOP - 12, LANES[letter], bottom, f"lane s{letter}")


def arrow(page, row, y):
    x1, x2 = (PLACES[who] for who in row.ends)
    colour = row.access or "ink"
    ahead = 9 if x2 > x1 else -9
    if row.tunnel:
        page.line(PLACES["UE"], y, PLACES["ePDG"], y, f"tube s{row.access}")
    page.line(x1, y, x2 - ahead, y, f"{row.kind} s{colour}")
    page.path(f"M{x2} {y}l{-ahead * 1.2:.1f} -4.5v9z", f"f{colour}")
    if row.access:
        page.circle(LANES[row.access], y, 3.6, f"f{row.access}")
    left = TITLES if row.access else min(x1, x2) + 14
    page.text(left, y - 6, row.title, "label" if row.kind != "tunnel" else "small")
    if row.detail:
        below = PLACES["UE"] + 8 if row.access else left
        page.rect(below - 2, y + 5, SMALL * len(row.detail) + 4, 13, "ground")
        page.text(below, y + 15, row.detail, "small")
    if row.took is not None:
        page.text(PLACES["PDN GW"] + 12, y + 4, f"{row.took:.2f} ms on its way", "tiny")


def step(page, number, y):
    page.circle(PLACES["UE"] - 24, y, 9, "step")
    page.text(PLACES["UE"] - 24, y + 4, str(number), "stepno", "middle")


def band(page, row, y, right):
    page.rect(PLACES["UE"] - 40, y - 19, right - PLACES["UE"] + 70, 38, "band", 6)
    page.text(PLACES["UE"] - 8, y - 3, row.title, "label")
    page.text(PLACES["UE"] - 8, y + 12, row.detail, "small")


def draw(rows, title):
    height = TOP + sum(HEIGHTS[row.kind] for row in rows) + 26
    page = svg.Page(WIDTH, height, f"Message ladder: {title}")
    there = ladder.places(rows)
    heads(page, there, sorted({row.access for row in rows if row.access}), title, height - 20)
    right = max(PLACES[who] for who in there)
    start, y = rows[0].t, TOP
    for row in rows:
        y += HEIGHTS[row.kind]
        at = y - HEIGHTS[row.kind] // 2 + {"event": 2, "tunnel": 5}.get(row.kind, -2)
        page.text(PLACES["UE"] - 54, at + 4, f"{row.t - start:.4f} s", "time", "end")
        if row.ends:
            arrow(page, row, at)
        else:
            band(page, row, at, right)
        if row.step:
            step(page, row.step, at)
    return page.finish()
