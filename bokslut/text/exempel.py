"""The good examples as the pages show them: in their sections, with how many they are and how it went for all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from nh3 import clean

from bokslut.fras import fras
from bokslut.resultatvy import Resultatvy
from indikatorer.resultat import Berattelse, Utvardering

_TAGGAR: Final = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "h5"}
# The sections of a story, by how their headings begin.
AVSNITT: Final = {"bakgrund": fras("Bakgrund"), "stöd": fras("Stöd"), "framgångsfaktor": fras("Framgångsfaktorer")}
_RUBRIK: Final = re.compile(
    r"(?im)^(?:#{1,6}[ \t]+(?P<a>bakgrund|stödet|stöd|framgångsfaktorer|framgångsfaktor)[ \t]*[.:]?[ \t]*#*[ \t]*$"
    r"|\*\*(?P<b>bakgrund|stödet|stöd|framgångsfaktorer|framgångsfaktor)[.:]?\*\*[.:]?[ \t]*)"
)


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A part of a story. rubrik: "" for what stands before the first heading. text: HTML, cleaned."""

    rubrik: str
    text: str


@dataclass(frozen=True, slots=True)
class Berattelsevy:
    """A good example. resultat: the indicator that counts it. plats: which of how many, of those that it counts.

    for_alla: results that it is also tagged with, which say how it went for everybody. mal: goals, in words.
    """

    id: str
    titel: str
    enhet: str
    resultat: Resultatvy | None
    plats: tuple[int, int]
    avsnitt: tuple[Avsnitt, ...]
    for_alla: tuple[Resultatvy, ...]
    mal: tuple[str, ...]
    granskad_av: str


def build_exempel(u: Utvardering, per_id: Mapping[str, Sequence[Resultatvy]]) -> dict[str, tuple[Berattelsevy, ...]]:
    """The stories by the id of the indicator that counts them. per_id: the results of each indicator."""
    maltexter = {m.id: m.text for o in u.malomraden for m in o.mal}
    ut: dict[str, tuple[Berattelsevy, ...]] = {}
    for nr, b in enumerate(u.berattelser, 1):
        vy = Berattelsevy(
            id=f"exempel-{nr}",
            titel=b.titel,
            enhet=b.enhet,
            resultat=per_id[b.indikator][0] if b.indikator in per_id else None,
            plats=_plats(b, u.berattelser),
            avsnitt=tuple(Avsnitt(rubrik, _html(text)) for rubrik, text in dela_avsnitt(b.text)),
            for_alla=tuple(v for i in b.indikatorer[1:] for v in per_id.get(i, ()) if v.regel != "goda_exempel"),
            mal=tuple(maltexter[m] for m in b.mal if m in maltexter),
            granskad_av=b.granskad_av,
        )
        ut[b.indikator] = (*ut.get(b.indikator, ()), vy)
    return ut


def _plats(b: Berattelse, alla: Sequence[Berattelse]) -> tuple[int, int]:
    samma = [a for a in alla if b.indikator in a.indikatorer]
    return next(nr for nr, a in enumerate(samma, 1) if a is b), len(samma)


def dela_avsnitt(text: str) -> list[tuple[str, str]]:
    """A story's Markdown in sections, by heading: a line "## Stöd", or one that begins with "**Stöd.**"."""
    traffar = list(_RUBRIK.finditer(text))
    ut = [("", text[: traffar[0].start()] if traffar else text)]
    slut_vid = [*(t.start() for t in traffar), len(text)][1:]
    for traff, slut in zip(traffar, slut_vid, strict=True):
        skriven = (traff["a"] or traff["b"]).casefold()
        rubrik = next(namn for borjan, namn in AVSNITT.items() if skriven.startswith(borjan))
        ut.append((rubrik, text[traff.end() : slut]))
    return [(rubrik, del_.strip()) for rubrik, del_ in ut if del_.strip()]


def saknade_avsnitt(text: str) -> list[str]:
    """The sections that a story ought to have and lacks."""
    har = {rubrik for rubrik, _ in dela_avsnitt(text)}
    return [namn for namn in AVSNITT.values() if namn not in har]


def _html(markdown: str) -> str:
    """Markdown as HTML that cannot do anything; its headings lie under the section's own."""
    md = MarkdownIt("commonmark", {"html": False})
    tokens = md.parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h5"
    return clean(md.renderer.render(tokens, md.options, {}), tags=_TAGGAR, attributes={})
