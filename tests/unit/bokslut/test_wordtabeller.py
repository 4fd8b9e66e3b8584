"""The tables for Word: plain tables with headings, the same figures as the pages, and nothing that Word would keep."""

import re
from html.parser import HTMLParser
from pathlib import Path

from bokslut.innehall import build_innehall
from indikatorer.resultat import Utvardering

TILLATNA = {
    "html",
    "head",
    "meta",
    "title",
    "body",
    "main",
    "h1",
    "h2",
    "p",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Tabeller(HTMLParser):
    """tabeller: of each the rows, of each the cells as (tag, scope, text)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.taggar: set[str] = set()
        self.attribut: set[str] = set()
        self.i_cell = False
        self.tabeller: list[list[list[tuple[str, str, str]]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.taggar.add(tag)
        self.attribut |= {namn for namn, _ in attrs}
        if tag == "table":
            self.tabeller.append([])
        elif tag == "tr":
            self.tabeller[-1].append([])
        elif tag in ("th", "td"):
            self.tabeller[-1][-1].append((tag, dict(attrs).get("scope") or "", ""))
        self.i_cell = tag in ("th", "td")

    def handle_endtag(self, tag: str) -> None:
        self.i_cell = False

    def handle_data(self, data: str) -> None:
        if self.i_cell:
            tag, scope, text = self.tabeller[-1][-1][-1]
            self.tabeller[-1][-1][-1] = (tag, scope, text + data)


def las(plats: Path) -> Tabeller:
    return Tabeller((plats / "data" / "tabeller.html").read_text("utf-8"))


def test_every_row_is_whole_and_every_heading_says_what_it_heads(plats: Path) -> None:
    tabeller = las(plats).tabeller
    assert len(tabeller) == 1 + 2 + 2 + 1  # signals, areas, participants by unit, series
    for huvud, *rader in tabeller:
        assert {(tag, scope) for tag, scope, _ in huvud} == {("th", "col")}
        assert all(text for _, _, text in huvud)
        assert rader
        for rad in rader:
            assert len(rad) == len(huvud)
            assert rad[0][:2] == ("th", "row")
            assert {tag for tag, _, _ in rad[1:]} == {"td"}


def test_there_is_no_layout_in_it(plats: Path) -> None:
    html = las(plats)
    assert html.taggar <= TILLATNA
    assert html.attribut <= {"lang", "charset", "scope", "align", "border", "cellspacing", "cellpadding"}


def test_its_figures_are_those_of_the_pages(utvardering: Utvardering, plats: Path) -> None:
    rader = {
        rad[1][2]: [text for _, _, text in rad] for tabell in las(plats).tabeller for rad in tabell if len(rad) > 4
    }
    for o in build_innehall(utvardering).omraden:
        for m in o.mal:
            for r in m.resultat:
                rad = rader[f"{r.nummer} {r.namn}"]
                assert rad[:5] == [m.text, f"{r.nummer} {r.namn}", r.visat, r.antal, r.krav]
                assert rad[5] == f"{r.ord}{' (osäkert)' if r.osaker else ''}"


def test_a_hidden_cell_stays_hidden(plats: Path) -> None:
    deltagare = las(plats).tabeller[3]
    assert [text for _, _, text in deltagare[-1]] == ["Avbrott av hälsoskäl", "15", "..", "..", ".."]
    assert not re.search(r"\d", deltagare[-1][2][2])
