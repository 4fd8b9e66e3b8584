"""The site: whole, honest pages that need nothing from elsewhere and say nothing that is hidden."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from bokslut.sidor import bygg
from bokslut.tillganglighet import TILLSYN
from indikatorer.resultat import Utvardering

SIDOR = [
    "index",
    "deltagare",
    "helarspersoner",
    "malomrade-nytta",
    "malomrade-jamlik",
    "goda-exempel",
    "enheter",
    "enhet-torget",
    "metod",
    "data",
    "tillganglighet",
]
OWN_ADDRESSES = {"http://www.w3.org/2000/svg", "https://json-schema.org/draft/2020-12/schema"}
PICTURES = (".png", ".pdf")
KIB = 1024


class Page(HTMLParser):
    """What a test asks of a page: its tags with their attributes, its text, its ids and addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.stack: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "script" not in self.stack:
            self.text.append(data)

    def attributes(self, name: str) -> list[str]:
        return [a[name] or "" for _, a in self.tags if name in a]

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.tags if t == tag]


def page(plats: Path, namn: str) -> Page:
    return Page((plats / f"{namn}.html").read_text("utf-8"))


def everything(plats: Path) -> dict[str, str]:
    """Every file of our own, as text."""
    return {
        p.relative_to(plats).as_posix(): p.read_text("utf-8")
        for p in plats.rglob("*")
        if p.is_file() and "vendor" not in p.parts and p.suffix not in PICTURES
    }


def test_every_page_that_the_data_allows_is_built(plats: Path) -> None:
    assert sorted(p.stem for p in plats.glob("*.html")) == sorted(SIDOR)


@pytest.mark.parametrize("namn", SIDOR)
def test_a_page_has_language_title_description_one_heading_and_landmarks(plats: Path, namn: str) -> None:
    sida = page(plats, namn)
    assert sida.named("html") == [{"lang": "sv"}]
    assert len(sida.named("h1")) == len(sida.named("main")) == sida.named("title").count({}) == 1
    assert any(a.get("name") == "description" and a.get("content") for a in sida.named("meta"))
    assert all(a.get("aria-label") or a.get("aria-labelledby") for a in sida.named("nav") + sida.named("section"))
    assert sida.named("a")[0] == {"class": "hoppa", "href": "#innehall"}


@pytest.mark.parametrize("namn", SIDOR)
def test_headings_leave_out_no_level(plats: Path, namn: str) -> None:
    levels = [int(t[1]) for t, _ in page(plats, namn).tags if re.fullmatch("h[1-6]", t)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("namn", SIDOR)
def test_ids_are_unique_and_every_label_names_one(plats: Path, namn: str) -> None:
    sida = page(plats, namn)
    ids = sida.attributes("id")
    assert len(ids) == len(set(ids))
    assert {name for value in sida.attributes("aria-labelledby") for name in value.split()} <= set(ids)


@pytest.mark.parametrize("namn", SIDOR)
def test_every_link_leads_to_a_file_and_a_place_in_it(plats: Path, namn: str) -> None:
    for address in page(plats, namn).attributes("href") + page(plats, namn).attributes("src"):
        if address == TILLSYN:
            continue
        file, _, place = address.partition("#")
        target = plats / file if file else plats / f"{namn}.html"
        assert target.is_file(), address
        if place and target.suffix == ".html":
            assert place in page(plats, target.stem).attributes("id"), address


@pytest.mark.parametrize("namn", SIDOR)
def test_a_page_obeys_a_strict_policy(plats: Path, namn: str) -> None:
    sida = page(plats, namn)
    assert sida.attributes("style") == []
    assert sida.named("style") == []
    assert all(a.get("type") == "application/json" or a.get("src") for a in sida.named("script"))
    assert not [name for _, a in sida.tags for name in a if name.startswith("on")]


def test_nothing_is_fetched_from_elsewhere(plats: Path) -> None:
    for file, text in everything(plats).items():
        if file.endswith("tillganglighet.html"):
            text = text.replace(f'<a href="{TILLSYN}">{TILLSYN}</a>', "")
        assert set(re.findall(r"""(?:https?:)?//[\w.-]+\.\w+[^\s"'<>)]*""", text)) <= OWN_ADDRESSES | {
            "//www.w3.org/2000/svg"
        }, file


def test_what_others_wrote_is_text_and_not_markup(plats: Path) -> None:
    html = "".join(text for file, text in everything(plats).items() if file.endswith(".html"))
    assert "<b>Farlig" not in html
    assert "alert(1)</script>" not in html
    assert "Förbundet &lt;&amp;&gt;" in html
    assert "<strong>bra</strong>" in html


def test_a_hidden_result_is_marked_and_explained_and_shows_no_figure(plats: Path) -> None:
    html = (plats / "malomrade-nytta.html").read_text("utf-8")
    rad = html[html.index('id="r-i1-3"') : html.index('id="r-i1-4"')]
    assert re.search(r"<abbr[^>]*färre än fem personer[^>]*>\.\.", rad)
    assert "Når målet" in rad
    assert not re.search(r"\d+ av \d+", rad)


def test_protected_figures_appear_nowhere(utvardering: Utvardering, tmp_path: Path) -> None:
    ut = tmp_path / "ut"
    bygg(utvardering, ut)
    for r in json.loads((ut / "resultat.json").read_text("utf-8"))["indikatorer"]:
        if r["orsak"] == "skyddad":
            figures = ("taljare", "namnare", "varde", "intervall", "osaker", "delar", "bortfall")
            assert {r[f] for f in figures} == {None}
    hidden = [(c.enhet or "", c.utfall, c.kon or "alla") for c in utvardering.tabeller if c.antal is None]
    lines = (ut / "data/deltagare.csv").read_text("utf-8-sig").splitlines()[1:]
    told = {(enhet, utfall, kon): rest for _, enhet, utfall, kon, *rest in (line.split(";") for line in lines)}
    assert all(told[key] == ["", "", "..", ".."] for key in hidden)


def test_the_page_says_why_a_grey_result_is_grey(plats: Path) -> None:
    html = (plats / "malomrade-nytta.html").read_text("utf-8")
    assert "Inte mätt" in html[html.index('id="r-i1-4"') : html.index('id="r-i1-5"')]


def test_last_year_is_shown_with_what_has_changed(plats: Path) -> None:
    assert "2019: 73\u00a0%, men svarsskalan har ändrats" in (plats / "malomrade-nytta.html").read_text("utf-8")


def test_a_hidden_split_is_told_in_a_sentence_and_an_open_one_in_rows(plats: Path) -> None:
    html = (plats / "malomrade-nytta.html").read_text("utf-8")
    oppen, dold = html[html.index('id="r-i1-1"') : html.index('id="r-i1-2"')], html[html.index('id="r-i1-3"') :]
    assert "33 av 44" in oppen
    assert "Uppdelningen efter kön visas inte" not in oppen
    assert "Uppdelningen efter kön visas inte" in dold
    assert "<caption>Uppdelat" not in dold


def test_earlier_years_stand_beside_this_one(utvardering: Utvardering, tmp_path: Path) -> None:
    bygg(replace(utvardering, aldre=(replace(utvardering, ar=2019),)), tmp_path / "ut")
    html = (tmp_path / "ut/index.html").read_text("utf-8")
    assert re.findall(r'<th scope="row">(20\d\d)</th><td>(\d+)</td><td>(\d+)</td>', html) == [
        ("2020", "9", "13"),
        ("2019", "9", "13"),
    ]


def test_invented_answers_are_said_to_be_invented_on_every_page(utvardering: Utvardering, tmp_path: Path) -> None:
    def sidor_med_notis(pahittat: bool) -> tuple[int, int]:
        bygg(replace(utvardering, pahittat=pahittat), tmp_path / "ut")
        sidor = list((tmp_path / "ut").glob("*.html"))
        return sum('class="notis"' in p.read_text("utf-8") for p in sidor), len(sidor)

    med, alla = sidor_med_notis(True)
    assert med == alla > 0
    assert sidor_med_notis(False)[0] == 0
