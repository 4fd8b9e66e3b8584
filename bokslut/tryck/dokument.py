"""The bokslut as one document for print: the pages of the site, each a chapter, put together as one HTML.

The folder `templates/tryck` lies in front of `templates`, so a page is made of the same template as on the site with
the frame, the charts and the tables drawn for paper. What is added to the site is in print the same day.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment
from markupsafe import Markup

from bokslut import ordval, tillganglighet
from bokslut.diagram import penna, svg, words
from bokslut.diagram.spec import ChartSpec
from bokslut.innehall import Omradesvy
from bokslut.mallar import build_miljo
from bokslut.tryck import arslinje, granntabell

if TYPE_CHECKING:
    from bokslut.sidor import Sida

STIL: Final = Path(__file__).resolve().parents[2] / "static" / "tryck"
_TYPSNITT: Final = "Brod, Brodplus"
# How tall a chart may be drawn, so that its heading and words keep to the same page; and how wide.
_HOGST: Final = 172.0
_BREDAST: Final = 166.0
_HALV: Final = 78.0
# The page of files is replaced by the list of what lies within the document. The accessibility statement is about the
# site. A page that is not in the menu (one per enhet) is a section of the chapter that leads to it.
_FILSIDA: Final = "data.html"
_UTAN: Final = (_FILSIDA, tillganglighet.SIDA)
# A list of terms may be grouped in HTML but not in PDF.
_I_GRUPP: Final = re.compile(r"<div>\s*(<dt>.*?</dd>)\s*</div>", re.DOTALL)
# A link that holds elements would lie outside the tree of tags, so on paper it is none.
_RIK_LANK: Final = re.compile(r"<a [^>]*>([^<]*<(?!/a>)(?:(?!</a>).)*)</a>", re.DOTALL)
_TAGG: Final = re.compile(r"<[a-z][^<>]*>")  # of what lies between tags nothing may change
_PEKAR: Final = re.compile(r' (id|href|aria-labelledby|aria-describedby)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Kapitel:
    """A chapter. html: its content, with ids that are unique in the document."""

    id: str
    titel: str
    html: Markup


def som_html(
    gemensamt: Mapping[str, Any], sidor: Sequence[Sida], bilagor: Sequence[tuple[str, str]], datum: str
) -> str:
    """The document.

    Args:
        gemensamt: what every page of the site is given.
        sidor: the pages, in order.
        bilagor: the files that lie within the document, as (what it holds, name).
        datum: the day that the document carries as its own, as 2020-12-31.
    """
    med = [s for s in sidor if s.kort and s.fil not in _UTAN]
    egna_former = {"bakgrund": arslinje.som_bakgrund, "granntabeller": granntabell.build_granntabeller}
    data = {**gemensamt, "rita": _rita, "sidor": med, **egna_former}
    # Remarks on a källa stand with the källa.
    noter = {f"{k.anmarkning[:1].upper()}{k.anmarkning[1:]}" for k in gemensamt["u"].kallor}
    mallar = build_miljo("tryck")
    mallar.globals["noter"] = noter
    kapitel = [_kapitel(mallar, s, data, {a.fil for a in med}) for s in med]
    koder = [k for k in ordval.SIGNAL_ORD if k in gemensamt["i"].signaler]
    egna = {"kapitel": kapitel, "bilagor": bilagor, "datum": datum}
    drag = {"koder": koder, "antal": antal, "ikoner": ikoner()}
    return mallar.get_template("bokslut/bokslut.html").render(data, **egna, **drag)


def antal(omrade: Omradesvy, kod: str) -> int:
    """How many results of an area have a signal."""
    return sum(g.antal for g in omrade.grupper if g.signal == kod)


@cache
def ikoner() -> Markup:
    """The shapes of the signals as style rules: a background is no content, so it is not read out."""
    regler = []
    for kod, form in penna.FORMER.items():
        bild = penna.med_utseende(form)
        ritad = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -10 20 20">{bild}</svg>'
        regler.append(
            f".ikon.{kod}{{background-image:url(data:image/svg+xml;base64,{b64encode(ritad.encode()).decode()})}}"
        )
    return Markup("".join(regler))


def _kapitel(mallar: Environment, sida: Sida, data: Mapping[str, Any], filer: set[str]) -> Kapitel:
    namn = _namn(sida.fil)
    html = mallar.get_template(f"bokslut/{sida.mall}").render(data, sida=sida, **sida.data)
    html = _RIK_LANK.sub(r"\1", _I_GRUPP.sub(r"\1", html))
    html = _TAGG.sub(lambda tagg: _PEKAR.sub(lambda t: _peka_om(t, namn, filer), tagg[0]), html)
    return Kapitel(namn, sida.kort if sida.fil == "index.html" else sida.titel, Markup(html))


def _namn(fil: str) -> str:
    return fil.removesuffix(".html")


def _peka_om(traff: re.Match[str], kapitel: str, filer: set[str]) -> str:
    """An id or what points at one, as it must be when all pages are one; what leads out of the document is no link."""
    slag, varde = traff.groups()
    if slag != "href":
        return f' {slag}="{" ".join(f"{kapitel}--{v}" for v in varde.split())}"'
    if ":" in varde:
        return traff.group()
    fil, _, plats = varde.partition("#")
    if fil and fil not in filer:
        return ' href="#bilagor"' if fil == _FILSIDA else ""
    mal = _namn(fil) if fil else kapitel
    return f' href="#{mal}--{plats}"' if plats else f' href="#{mal}"'


def _rita(spec: ChartSpec, med_bred: bool = True) -> dict[str, Any]:
    """A chart for paper: one drawing as wide as the page, and one for two in a row."""
    bild, liten = partial(_bild, spec, svg.PAPPER, _BREDAST), partial(_bild, spec, svg.SMAL, _HALV)
    return {"bild": bild, "liten": liten, "ord": words.describe(spec)}


def _bild(spec: ChartSpec, ritbredd: int, bredast: float) -> Markup:
    """The drawing. WeasyPrint reads a figure's alternative text from its title alone, so that says it all."""
    bild = penna.fristaende(svg.draw(spec, ritbredd)).partition("?>")[2]
    bredd, hojd = (float(x) for x in re.findall(r'(?:width|height)="([\d.]+)"', bild)[:2])
    skala = min(bredast / bredd, _HOGST / hojd)
    titel = f"<title>{escape(f'{spec.titel}. {words.describe(spec)}')}</title>"
    bild = re.sub(r"<title.*?</desc>", lambda _: titel, bild, count=1, flags=re.DOTALL)
    bild = re.sub(r' aria-labelledby="[^"]*"', "", bild).replace("system-ui, sans-serif", _TYPSNITT, 1)
    return Markup(bild.replace("<svg", f'<svg style="width:{bredd * skala:.1f}mm;height:{hojd * skala:.1f}mm"', 1))
