"""The draft documents: Markdown with the installation's facts in it, as a page, as a file for Word, and as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Final

from markdown_it import MarkdownIt
from nh3 import clean

from kansli.sprak import mark

# What somebody has to fill in, decide or look up stands within brackets that begin with one of these words.
ATT_GORA: Final = re.compile(r"\[((?:fyll i|pröva|kontrollera|välj|datum|namn)[^\[\]\n]*)\]")
_TAGGAR: Final = {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "em", "br", "hr", "blockquote"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
# Word reads this; the page has the style sheet of the staff's pages.
_STIL: Final = """body { font-family: Calibri, Arial, sans-serif; font-size: 11pt; line-height: 1.4; max-width: 17cm; }
table { border-collapse: collapse; } th, td { border: 1px solid #777; padding: 3pt 6pt; text-align: left; }
th, td { vertical-align: top; } mark { background: #fff2a8; }"""


@dataclass(frozen=True)
class Mall:
    """A draft. namn: what it is called. vad: when it is needed, and by which rule."""

    id: str
    namn: str
    vad: str


MALLAR: Final[Mapping[str, Mall]] = {
    m.id: m
    for m in (
        Mall(
            "konsekvensbedomning",
            mark("Konsekvensbedömning"),
            mark("Dataskyddsförordningen artikel 35: innan ni börjar fråga, och när något väsentligt ändras."),
        ),
        Mall(
            "gallringsbeslut",
            mark("Gallringsbeslut"),
            mark("Arkivlagen (1990:782): inget får gallras utan ett beslut om vad, när och varför."),
        ),
        Mall(
            "bitradesavtal",
            mark("Personuppgiftsbiträdesavtal"),
            mark("Dataskyddsförordningen artikel 28: när någon annan driftar systemet åt er."),
        ),
        Mall(
            "information",
            mark("Information till dem som svarar"),
            mark("Dataskyddsförordningen artikel 13: att lämna ut, sätta upp eller lägga på er webbplats."),
        ),
    )
}


def som_html(markdown: str) -> str:
    """The document as HTML that cannot do anything. What is left to do is marked."""
    html = clean(_markdown().render(markdown), tags=_TAGGAR, attributes={})
    return ATT_GORA.sub(r"<mark>[\1]</mark>", html)


def pa_sida(markdown: str) -> str:
    """The same with tables that a narrow screen can scroll, also by keyboard."""
    nummer = count(1)
    rulla = r'<div class="rulla" tabindex="0" role="region" aria-label="Tabell {}"><table>'
    html = re.sub("<table>", lambda _: rulla.format(next(nummer)), som_html(markdown))
    return html.replace("</table>", "</table></div>")


def for_word(titel: str, markdown: str) -> str:
    """The same as a file of its own, which Word and LibreOffice open and save as they like."""
    return (
        f'<!doctype html>\n<html lang="sv"><head><meta charset="utf-8"><title>{titel}</title>'
        f"<style>{_STIL}</style></head><body>\n{som_html(markdown)}</body></html>\n"
    )


def att_gora(markdown: str) -> int:
    """How many places are left to fill in."""
    return len(ATT_GORA.findall(markdown))


def cell(text: object) -> str:
    """A fact as it may stand in a sentence or a table, whatever signs it holds."""
    return re.sub(r"([\\`*_\[\]|<>#])", r"\\\1", " ".join(str(text).split()))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
