"""A card per result that others may show on their own pages: one small file, in a frame, or a link with a text.

A card follows whoever reads it in light and dark, and leads to the result in the bokslut. Its style lies in it, so that
it needs nothing; whoever serves it allows that style by its sum.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from markupsafe import Markup

from bokslut.diagram import penna
from bokslut.innehall import Innehall
from bokslut.mallar import rendera
from bokslut.oppna_data.filer_att_hamta import Fil
from bokslut.resultatvy import Resultatvy
from indikatorer.resultat import Utvardering

MAPP: Final = "badda"
# What stands in the code to copy when the config does not tell where the bokslut lies.
OKAND_ADRESS: Final = "ADRESSEN/"
_STIL: Final = (
    ":root{color-scheme:light dark;--y:#fff;--t:#1a2730;--s:#51606a;--l:#dcd7cc;--a:#0b4f5c;"
    "--gron:#1a7346;--gul:#8f5f00;--rod:#b3261e;--gra:#5c6871;--ingen:#5c6871;--i:#fff}"
    "@media(prefers-color-scheme:dark){:root{--y:#18222a;--t:#e8eef1;--s:#a8b5bd;--l:#33414b;--a:#86d3df;"
    "--gron:#5fc890;--gul:#ecbd4e;--rod:#ff8f84;--gra:#a3b0b8;--ingen:#a3b0b8;--i:#10171c}}"
    "*{box-sizing:border-box}body{margin:0;background:var(--y);color:var(--t);font:1rem/1.45 system-ui,sans-serif}"
    "main{border:1px solid var(--l);border-radius:8px;padding:1rem 1.1rem;min-height:100vh;overflow-wrap:break-word}"
    "h1{font-size:1.05rem;line-height:1.3;margin:0 0 .5rem}p{margin:.2rem 0}.s{color:var(--s);font-size:.9rem}"
    ".tal{font-size:2rem;font-weight:700;line-height:1.2;font-variant-numeric:tabular-nums}"
    ".signal{display:flex;gap:.45em;align-items:center;font-weight:650}"
    "svg{width:1.25em;height:1.25em;flex:none;overflow:visible}"
    ".gron{color:var(--gron);fill:var(--gron)}.gul{color:var(--gul);fill:var(--gul)}.rod{color:var(--rod);fill:var(--rod)}"
    ".gra,.ingen{color:var(--gra);fill:var(--gra)}.tom{fill:none;stroke:var(--gra);stroke-width:1.5}"
    ".streck{stroke:var(--gra);stroke-width:1.5}"
    ".inne{fill:none;stroke:var(--i);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}"
    "a{color:var(--a);display:inline-block;padding:.55rem 0;min-height:44px}"
)
STIL_SUMMA: Final = f"sha256-{b64encode(hashlib.sha256(_STIL.encode()).digest()).decode()}"


@dataclass(frozen=True, slots=True)
class Kort:
    """A card. kod: what to copy to show it in a frame. lankkod: the same as a link, for sites that allow no frames."""

    resultat: Resultatvy
    fil: str
    kod: str
    lankkod: str


def build_kort(innehall: Innehall, adress: str) -> tuple[Kort, ...]:
    """One card per result, area by area. adress: of the bokslut, "" when not known."""
    u, bas = innehall.utvardering, adress or OKAND_ADRESS
    return tuple(_kort(r, u, bas) for o in innehall.omraden for m in o.mal for r in m.resultat)


def build_kortfiler(innehall: Innehall, kort: tuple[Kort, ...]) -> Iterator[Fil]:
    """The cards as files."""
    for k in kort:
        data = {"r": k.resultat, "u": innehall.utvardering, "stil": Markup(_STIL), "skyddstext": innehall.skyddstext}
        form = Markup(penna.FORMER[k.resultat.signal])
        yield Fil(k.fil, rendera("kort.html", **data, form=form, pahittat=innehall.pahittat))


def _kort(r: Resultatvy, u: Utvardering, bas: str) -> Kort:
    fil = f"{MAPP}/{r.ankare.removeprefix('r-')}.html"
    titel = escape(f"{r.nummer} {r.namn}".strip())
    kod = (
        f'<iframe src="{bas}{fil}" title="{titel}" width="100%" height="340" loading="lazy" '
        'style="border:0;max-width:26rem"></iframe>'
    )
    visat = "siffran är skyddad" if r.skyddad else r.visat
    text = escape(f"{r.namn}: {visat} ({r.ord.lower()}). {u.forbund}, socialt bokslut {u.ar}")
    return Kort(r, fil, kod, f'<a href="{bas}{r.lank}">{text}</a>')
