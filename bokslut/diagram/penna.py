"""Drawing in SVG text: the shapes, their classes, and how words are broken into lines of a known width.

Colour lies in classes, so that one style sheet serves light, dark and print. `fristaende` gives a drawing that is
saved as a file the same look by attributes, which a strict CSP lets through.
"""

from __future__ import annotations

import re
from html import escape
from typing import Final

# Attributes per class, for a drawing that stands alone on white paper.
_UTSEENDE: Final = {
    "gron": 'fill="#1a7346"',
    "gul": 'fill="#c98a00"',
    "rod": 'fill="#b3261e"',
    "gra": 'fill="#6b7680"',
    "ingen": 'fill="#6b7680"',
    "resultat": 'fill="#0b4f5c"',
    "stapel": 'fill="#5f9ca6"',
    "kvinna": 'fill="#0b6b75"',
    "man": 'fill="#b8651b"',
    "alla": 'fill="#1d2a33"',
    "positiv": 'fill="#0b6b75"',
    "avbrott1": 'fill="#b8651b"',
    "avbrott2": 'fill="#6b7680"',
    "period1": 'fill="#0b4f5c"',
    "period2": 'fill="#fff" stroke="#0b4f5c" stroke-width="2"',
    "period3": 'fill="#fff" stroke="#6b7680" stroke-width="1.5"',
    "fore": 'fill="#fff" stroke="#1d2a33" stroke-width="2"',
    "spar": 'fill="#e9e6df"',
    "band": 'fill="#cfe3d6"',
    "linje": 'stroke="#b4b9bc" stroke-width="1"',
    "tunn": 'stroke="#1d2a33" stroke-width="1.5"',
    "grans": 'stroke="#1d2a33" stroke-width="3"',
    "svag": 'fill="#55626c"',
    "inne": 'fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"',
    "text": 'fill="#1d2a33"',
    "fet": 'fill="#1d2a33" font-weight="700"',
    "streck": 'stroke="#6b7680" stroke-width="1.5"',
    "halo": 'stroke="#fff" stroke-width="7"',
    "svagt": "",
    "tom": 'fill="none" stroke="#6b7680" stroke-width="1.5"',
    "kurva": 'stroke="#0b4f5c" stroke-width="2"',
    "brott": 'stroke="#1d2a33" stroke-width="1.5" stroke-dasharray="3 4"',
}
_BREDA: Final = frozenset("mwMWÅÄÖABCDEFGHKNOPQRSTUVXYZ%–—")
_SMALA: Final = frozenset("iljtfrI.,:;()'|! ")


def tal(x: float) -> str:
    """A coordinate, short."""
    return f"{x:.1f}".removesuffix(".0")


def bredd(text: str, storlek: float) -> float:
    """How wide a text becomes in a system sans serif, a little more rather than less."""
    em = sum(0.8 if t in _BREDA else 0.36 if t in _SMALA else 0.6 for t in text)
    return em * storlek


def rader(text: str, plats: float, storlek: float) -> list[str]:
    """The text broken at spaces into lines that fit the width; a word that is too long keeps its line."""
    ut: list[str] = []
    for ord_ in text.split(" "):
        prov = f"{ut[-1]} {ord_}" if ut else ord_
        if ut and bredd(prov, storlek) <= plats:
            ut[-1] = prov
        else:
            ut.append(ord_)
    return ut


def text(
    x: float, y: float, innehall: str, storlek: float, klass: str = "text", fast: str = "start", lang: str = ""
) -> str:
    """A line of text on its baseline; fast: start, middle or end. lang: its language, where it is not the page's."""
    ankare = "" if fast == "start" else f' text-anchor="{fast}"'
    lang = f' lang="{lang}"' if lang else ""
    return (
        f'<text class="{klass}" x="{tal(x)}" y="{tal(y)}" font-size="{tal(storlek)}"{ankare}{lang}>'
        f"{escape(innehall)}</text>"
    )


def ruta(x: float, y: float, b: float, h: float, klass: str, rund: float = 0) -> str:
    """A rectangle; none when it has no width."""
    hornet = f' rx="{tal(rund)}"' if rund else ""
    return (
        f'<rect class="{klass}" x="{tal(x)}" y="{tal(y)}" width="{tal(b)}" height="{tal(h)}"{hornet}/>' if b > 0 else ""
    )


def linje(x1: float, y1: float, x2: float, y2: float, klass: str) -> str:
    """A straight line."""
    return f'<line class="{klass}" x1="{tal(x1)}" y1="{tal(y1)}" x2="{tal(x2)}" y2="{tal(y2)}"/>'


def marke(klass: str, x: float, y: float, r: float = 6) -> str:
    """The mark of a series, told apart by shape as well as by colour."""
    if klass in ("man", "avbrott2", "alla"):
        return ruta(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, klass, 1)
    if klass == "avbrott1":
        return f'<path class="{klass}" d="M{tal(x)} {tal(y - r)}l{tal(r)} {tal(r * 1.8)}h{tal(-2 * r)}z"/>'
    if klass == "period3":
        r *= 0.7
    return f'<circle class="{klass}" cx="{tal(x)}" cy="{tal(y)}" r="{tal(r)}"/>'


def signal(klass: str, x: float, y: float, r: float = 8) -> str:
    """A signal: circle with a check, triangle with an exclamation mark, diamond with a cross, ring with a dash."""
    skala = (
        f'transform="translate({tal(x)} {tal(y)}) scale({tal(r / 8)})"'
        if r != 8
        else (f'transform="translate({tal(x)} {tal(y)})"')
    )
    return f"<g {skala}>{FORMER[klass]}</g>"


def tecken(klass: str, x: float, y: float) -> str:
    """The sign alone, white on a cell of the signal's colour: check, exclamation mark, cross or dash."""
    return f'<path class="inne" transform="translate({tal(x)} {tal(y)}) scale(.8)" d="{_TECKEN[klass]}"/>'


_TECKEN: Final = {
    "gron": "M-3.6 .2l2.5 2.6 4.7-5.2",
    "gul": "M0-3.6v4.6M0 4.4v.1",
    "rod": "M-3-3 3 3M3-3l-6 6",
    "gra": "M-3 0h6",
    "ingen": "M0 0v.1",
}
FORMER: Final = {
    "gron": '<circle class="gron" r="8"/><path class="inne" d="M-3.6 .2l2.5 2.6 4.7-5.2"/>',
    "gul": '<path class="gul" d="M0-8.4L8.6 7.2H-8.6z"/><path class="inne" d="M0-2.6v4M0 4.4v.1"/>',
    "rod": '<path class="rod" d="M0-9.2L9.2 0 0 9.2-9.2 0z"/><path class="inne" d="M-3-3 3 3M3-3l-6 6"/>',
    "gra": '<rect class="tom" x="-7" y="-7" width="14" height="14" rx="2"/><path class="streck" d="M-3.5 0h7"/>',
    "ingen": '<circle class="tom" r="6.5"/><circle class="ingen" r="1.8"/>',
}


def med_utseende(delar: str) -> str:
    """Parts of a drawing with attributes instead of classes."""
    return re.sub(r'class="([^"]*)"', lambda t: " ".join(_UTSEENDE[k] for k in t[1].split() if k in _UTSEENDE), delar)


def fristaende(svg: str) -> str:
    """The drawing as a file of its own: namespace, white ground, and attributes instead of classes."""
    oppnad, _, resten = svg.partition(">")
    oppnad = re.sub(r' class="[^"]*"', "", oppnad)
    resten = med_utseende(resten)
    grund = '<rect width="100%" height="100%" fill="#fff"/>'
    huvud = oppnad.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif"', 1)
    slut = resten.index("</desc>") + len("</desc>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{huvud}>{resten[:slut]}{grund}{resten[slut:]}\n'
