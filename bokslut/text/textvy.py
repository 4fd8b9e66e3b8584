"""A text as it is shown: Markdown without HTML, its live figures in place and linked to where they are explained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape
from nh3 import clean

from bokslut.text.levande import Levande
from indikatorer.diagnos import Diagnos
from indikatorer.toml.fel import Rader

_TAGGAR: Final = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "hr", "a", "span", "code", "pre"} | {
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_ATTRIBUT: Final = {"a": {"href", "class"}, "span": {"class"}, "ol": {"start"}}
# Stand for live figure number n while the Markdown is read: no author can type them (texter.las_texter).
_BORJAN, _SLUT = "\ue000", "\ue001"
_PLATS: Final = re.compile(f"{_BORJAN}(\\d+){_SLUT}")
_HTML: Final = re.compile(r"<(?:/?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|!--|!\[CDATA|\?)")
_BRUTEN_LANK: Final = re.compile(r"!?\[[^\[\]\n]*\](?:\([^)\n]*\)?|\[[^\]\n]*\])|\[\^[^\]\n]+\]")
_ADRESS: Final = re.compile(r"(?:https://|mailto:).+")

Lankar = Mapping[tuple[str, str | None], str]


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def som_html(text: str, levande: Sequence[Levande], lankar: Lankar, niva: int = 2) -> str:
    """The text as HTML that cannot do anything.

    levande: its calls, looked up, in order. lankar: where a result stands, by (id, grupp). niva: level of its headings.
    """
    tokens = _markdown().parse(_med_platser(text, levande))
    _satt_rubriknivaer([t for t in tokens if t.type in ("heading_open", "heading_close")], niva)
    for token in tokens:
        if token.type in ("fence", "code_block"):
            token.content = _PLATS.sub(lambda t: levande[int(t[1])].text, token.content)
        token.children = list(_ifyllda(token.children or [], levande, lankar))
    md = _markdown()
    html = md.renderer.render(tokens, md.options, {})
    return clean(html, tags=_TAGGAR, attributes=_ATTRIBUT, url_schemes={"https", "mailto"}, link_rel=None)


def _satt_rubriknivaer(rubriker: Sequence[Token], niva: int) -> None:
    """Headings from `niva` down, none more than a step below the one before, whatever signs the author chose."""
    skrivna = sorted({t.tag for t in rubriker})
    forra = niva - 1
    for token in rubriker:
        if token.type == "heading_open":
            forra = min(niva + skrivna.index(token.tag), forra + 1, 6)
        token.tag = f"h{forra}"


def _med_platser(text: str, levande: Sequence[Levande]) -> str:
    for nr, lev in reversed(list(enumerate(levande))):
        text = f"{text[: lev.anrop.start]}{_BORJAN}{nr}{_SLUT}{text[lev.anrop.slut :]}"
    return text


def _ifyllda(tokens: Sequence[Token], levande: Sequence[Levande], lankar: Lankar) -> Iterator[Token]:
    """The parts of a line, with each live figure as a link to its result; in a link, and in code, as text."""
    i_lank = 0
    for token in tokens:
        i_lank += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "code_inline":
            token.content = _PLATS.sub(lambda t: levande[int(t[1])].text, token.content)
        if token.type != "text" or _BORJAN not in token.content:
            yield token
            continue
        for nr, del_ in enumerate(_PLATS.split(token.content)):
            if nr % 2:
                yield Token("html_inline", "", 0, content=_figur(levande[int(del_)], {} if i_lank else lankar))
            else:
                yield Token("text", "", 0, content=del_)


def _figur(lev: Levande, lankar: Lankar) -> str:
    lank = lankar.get((lev.resultat.id, lev.resultat.grupp)) if lev.resultat is not None else None
    if lank:
        return f'<a class="tal" href="{escape(lank)}">{escape(lev.text)}</a>'
    return f'<span class="{"tal" if lev.eget is None else "tal eget"}">{escape(lev.text)}</span>'


def fel_i_markdown(fil: str, text: str, levande: Sequence[Levande], sidor: frozenset[str]) -> Iterator[Diagnos]:
    """What would not be shown as its author meant: HTML, pictures, and links that lead nowhere.

    sidor: the pages of the site ("metod.html").
    """
    rader = Rader(text)
    for traff in _HTML.finditer(text):
        plats = rader.plats(traff.start(), traff.end())
        regel = "är HTML, men texter skrivs i Markdown"
        yield Diagnos(
            "html-i-text",
            fil,
            plats,
            f"”{traff[0][:60]}”",
            regel,
            "Ta bort det, eller skriv *kursivt* och **fetstil**.",
        )
    for token in _alla(_markdown().parse(_med_platser(text, levande))):
        if token.type == "image":
            yield _lankfel(
                fil,
                rader,
                text,
                str(token.attrs.get("src", "")),
                "är en bild, och bilder tas inte emot",
                "Ta bort den.",
            )
        elif token.type == "link_open":
            adress = str(token.attrs.get("href", ""))
            if not _leder_nagonstans(adress, sidor):
                atgard = f"Bokslutets sidor är {', '.join(sorted(sidor))}; andra adresser börjar med https://."
                yield _lankfel(fil, rader, text, adress, "är en länk som inte leder någonstans", atgard)
        elif token.type == "text":
            for traff in _BRUTEN_LANK.finditer(token.content):
                atgard = "Skriv länken som [text](adress), eller ta bort hakparenteserna."
                yield _lankfel(
                    fil, rader, text, traff[0], "är en länk eller hänvisning som inte leder någonstans", atgard
                )


def _alla(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _hopslagna(token.children or [])


def _hopslagna(barn: Sequence[Token]) -> Iterator[Token]:
    """The parts of a line with neighbouring text as one: a link that failed lies in pieces."""
    ord_ = ""
    for token in barn:
        if token.type in ("text", "text_special"):
            ord_ += token.content
            continue
        if ord_:
            yield Token("text", "", 0, content=ord_)
            ord_ = ""
        yield token
    if ord_:
        yield Token("text", "", 0, content=ord_)


def _leder_nagonstans(adress: str, sidor: frozenset[str]) -> bool:
    return _ADRESS.fullmatch(adress) is not None or adress.partition("#")[0] in sidor


def _lankfel(fil: str, rader: Rader, text: str, skrivet: str, regel: str, atgard: str) -> Diagnos:
    start = max(text.find(skrivet), 0) if skrivet else 0
    plats = rader.plats(start, start + (len(skrivet) if text.startswith(skrivet, start) else 0))
    return Diagnos("trasig-lank", fil, plats, f"”{skrivet}”", regel, atgard)
