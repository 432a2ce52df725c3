# SPDX-License-Identifier: GPL-2.0
"""SVG by hand: a page with a ground of its own, for light and dark."""

from xml.sax.saxutils import escape

LIGHT = {"ground": "#ffffff", "ink": "#1f2328", "faint": "#59636e", "rule": "#d1d9e0",
         "band": "#f3f5f8", "A": "#1f6feb", "B": "#bc4c00", "C": "#0f7b6c",
         "bad": "#cf222e", "good": "#1a7f37",
         "ack": "#8250df"}
DARK = {"ground": "#0d1117", "ink": "#e6edf3", "faint": "#9198a1", "rule": "#30363d",
        "band": "#1b222c", "A": "#6cb0ff", "B": "#ffa657", "C": "#4fd1bd",
        "bad": "#ff7b72", "good": "#56d364",
        "ack": "#d2a8ff"}
SHAPES = """
text { font: 13px 'DejaVu Sans', 'Helvetica Neue', Arial, sans-serif }
.title { font-size: 20px; font-weight: bold } .head { font-size: 15px; font-weight: bold }
.label { font-weight: bold } .small { font-size: 11px } .tiny { font-size: 10px }
.time { font-size: 11px; font-family: 'DejaVu Sans Mono', Menlo, monospace }
.stepno { font-size: 11px; font-weight: bold }
line { stroke-width: 1 } .life { stroke-width: 1.5 } .lane { stroke-dasharray: 2 4 }
.esp { stroke-width: 2.2 } .ike, .aaa { stroke-width: 1.4 } .tube { stroke-width: 9; opacity: 0.2 }
.tunnel { stroke-width: 1.2; stroke-dasharray: 6 3 }
.mark { stroke-width: 1.4 } .grid { stroke-width: 0.6 } .lost { stroke-width: 2 }
.step { stroke-width: 1.2 }
"""


def colours(c):
    """The rules that differ between light and dark."""
    rules = [f".ground, .step {{ fill: {c['ground']} }}",
             f"text {{ fill: {c['ink']} }}", f".small, .tiny, .time {{ fill: {c['faint']} }}",
             f".life, .step {{ stroke: {c['ink']} }}",
             f".grid, .axis {{ stroke: {c['rule']} }}", f".band {{ fill: {c['band']} }}",
             f".mark {{ stroke: {c['ink']} }}", f".fmark {{ fill: {c['ink']} }}",
             f".dot {{ fill: {c['faint']} }}", f".tick {{ stroke: {c['faint']} }}"]
    for name in "A", "B", "C", "ink", "bad", "good", "ack":
        rules.append(f".s{name} {{ stroke: {c[name]} }} .f{name}, text.{name} {{ fill: {c[name]} }}")
    return "\n".join(rules)


class Page:
    """Shapes are put on it; finish() gives the text of the file."""

    def __init__(self, width, height, title):
        self.parts = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">',
            "<!-- SPDX-License-Identifier: GPL-2.0 -->",
            f"<title>{escape(title)}</title>",
            f"<style>{SHAPES}{colours(LIGHT)}\n"
            f"@media (prefers-color-scheme: dark) {{\n{colours(DARK)}\n}}</style>"]
        self.rect(0, 0, width, height, "ground", 10)

    def text(self, x, y, words, cls, anchor="start"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{cls}" '
                          f'text-anchor="{anchor}">{escape(words)}</text>')

    def line(self, x1, y1, x2, y2, cls):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
                          f'class="{cls}"/>')

    def rect(self, x, y, width, height, cls, radius=0):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
                          f'height="{height:.1f}" rx="{radius}" class="{cls}"/>')

    def circle(self, x, y, radius, cls):
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" class="{cls}"/>')

    def path(self, shape, cls):
        self.parts.append(f'<path d="{shape}" class="{cls}"/>')

    def finish(self):
        return "\n".join([*self.parts, "</svg>", ""])
