"""The accessibility statement claims what was measured of these very pages, and says what was not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bokslut import matt, sidor, tillganglighet
from bokslut.grind.hinder import Hinder
from bokslut.grind.provar_sidor import granska_sidor
from bokslut.matt import Brist, Matt, Telefon
from bokslut.publicering.manifest import Godkannande
from bokslut.publicering.utgava import Utgava
from bokslut.tillganglighet import PROV, Redogorelse, build_redogorelse
from indikatorer.resultat import Utvardering
from indikatorer.utgivare import Utgivare

HELT = Matt(
    datum=date(2026, 11, 22),
    version="1.2",
    avtryck="abc",
    exempel="Förbundet Prov 2020",
    sidor=92,
    farger=("ljus", "mork", "tvingade"),
    bredder=(320, 1280),
    verktyg={"axe-core": "4.12"},
    axe=(),
    i_sidled=(),
    html=(),
    utomstaende=0,
    telefon=Telefon(sida="over-aren.html", sekunder=1.4, skift=0.0),
    prov=dict.fromkeys(PROV, True),
)
DELVIS = "delvis förenlig med lagen"
INTE_BEDOMT = "Det är inte bedömt hur väl"


def med(**falt: Any) -> Matt:
    return HELT.model_copy(update=falt)


def redogor(m: Matt | None = HELT, version: str = "1.2", avtryck: str = "abc", **falt: Any) -> Redogorelse:
    val: dict[str, Any] = {"kontakt": "", "utgava": None, "med_pdf": False, **falt}
    return build_redogorelse(m, version, avtryck, **val)


def test_the_pages_that_were_measured_are_partly_in_keeping_with_the_law_and_never_wholly() -> None:
    r = redogor()
    assert DELVIS in r.foljsamhet
    assert "helt förenlig" not in r.foljsamhet
    assert r.funna == r.inte_matt == ()
    assert any("hjälpmedel har provat" in mening for mening in r.kanda)


@pytest.mark.parametrize(
    ("m", "version", "avtryck"),
    [(None, "1.2", "abc"), (HELT, "1.3", "abc"), (HELT, "1.2", "abd")],
    ids=["no measurement", "another program", "other pages"],
)
def test_of_pages_that_nobody_measured_no_degree_is_claimed(m: Matt | None, version: str, avtryck: str) -> None:
    r = redogor(m, version, avtryck)
    assert INTE_BEDOMT in r.foljsamhet
    assert DELVIS not in r.foljsamhet


def test_without_a_measurement_nothing_is_said_to_hold() -> None:
    r = redogor(None)
    assert r.resultat == ()
    assert ("Senaste bedömningen", "Ingen bedömning är gjord.") in r.fakta


@pytest.mark.parametrize(
    ("falt", "namnt", "borta"),
    [
        (
            {"axe": (Brist(sida="a.html", regel="color-contrast"),)},
            "color-contrast” på sidan a.html",
            "axe-core fann inga",
        ),
        ({"html": (Brist(sida="a.html", regel="Bad."),)}, "Bad.” på sidan a.html", "Nu Html Checker fann inga"),
        ({"i_sidled": ("a.html",)}, "rulla i sidled på sidan a.html", "Ingen sida rullar"),
        ({"utomstaende": 1}, "hämtar något från någon annan", "Ingen sida hämtar"),
        ({"telefon": Telefon(sida="a", sekunder=2.1, skift=0.0)}, "mer än två sekunder", "går att läsa efter"),
        ({"telefon": Telefon(sida="a", sekunder=1.0, skift=0.2)}, "Texten flyttar sig", "går att läsa efter"),
        ({"prov": {**HELT.prov, "pdf": False}}, f"höll inte: ”{PROV['pdf']}", str(PROV["pdf"])),
    ],
)
def test_what_was_found_is_told_and_not_said_to_hold(falt: dict[str, Any], namnt: str, borta: str) -> None:
    r = redogor(med(**falt))
    assert namnt in "\n".join(r.funna)
    assert borta not in "\n".join(r.resultat)
    assert borta in "\n".join(redogor().resultat)


@pytest.mark.parametrize(
    ("falt", "namnt", "borta"),
    [
        ({"html": None}, "HTML följer standarden", "Nu Html Checker"),
        ({"utomstaende": None}, "hämtar något från någon annan", "Ingen sida hämtar"),
        ({"telefon": None}, "telefon med svag täckning", "går att läsa efter"),
        ({"prov": {}}, str(PROV["tangentbord"]), str(PROV["tangentbord"])),
    ],
)
def test_what_could_not_be_measured_is_told_and_not_said_to_hold(falt: dict[str, Any], namnt: str, borta: str) -> None:
    r = redogor(med(**falt))
    assert namnt in "\n".join(r.inte_matt)
    assert borta not in "\n".join(r.resultat)


def test_a_rule_that_many_pages_break_is_one_sentence() -> None:
    [mening] = redogor(med(axe=tuple(Brist(sida=f"{n}.html", regel="label") for n in range(9)))).funna
    assert "9 sidor, bland dem 0.html, 1.html, 2.html" in mening


@pytest.mark.parametrize(
    ("m", "pdf", "mening"),
    [
        (HELT, True, "Ingen har läst PDF-filerna med skärmläsare."),
        (med(prov={"pdf": False}), True, "Det är inte prövat om PDF-filerna är tillgängliga."),
        (med(avtryck="annat"), True, "Det är inte prövat om PDF-filerna är tillgängliga."),
        (HELT, False, ""),
    ],
)
def test_the_pdf_is_spoken_of_where_there_is_one(m: Matt, pdf: bool, mening: str) -> None:
    om_pdf = [text for text in redogor(m, med_pdf=pdf).kanda if "PDF" in text]
    assert [text.startswith(mening) for text in om_pdf] == ([True] if pdf else [])


def test_it_says_what_was_measured_when_and_which_edition_this_is() -> None:
    godkannanden = tuple(Godkannande(av="A", roll="r", datum=d, beslut="") for d in ("2026-03-01", "2026-03-09"))
    fakta = dict(redogor(utgava=Utgava(2, godkannanden), version="1.3").fakta)
    assert fakta["Senaste bedömningen"] == "2026-11-22"
    assert fakta["Mätningen gjordes på"] == "Exemplet Förbundet Prov 2020, 92 sidor"
    assert fakta["Programmet som mättes"] == "bokslut 1.2"
    assert fakta["Programmet som byggde sidorna du läser"] == "bokslut 1.3"
    assert fakta["Utgåvan du läser"] == "Version 2, byggd sedan den godkändes 2026-03-09"
    assert "inget datum" in dict(redogor().fakta)["Utgåvan du läser"]


@pytest.mark.parametrize("text", [None, "sidor = 1", "inte toml", "\udcff"], ids=["gone", "half", "no TOML", "no text"])
def test_a_file_that_cannot_be_relied_on_is_no_measurement(tmp_path: Path, text: str | None) -> None:
    fil = tmp_path / "matt.toml"
    if text is not None:
        fil.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert matt.las(fil) is None


def test_the_measurement_that_goes_with_the_program_can_be_read() -> None:
    m = matt.las()
    assert m is not None
    assert set(m.prov) <= set(PROV)


@pytest.mark.parametrize("fil", ["templates/bokslut/a.html", "static/bokslut/a.css", "bokslut/diagram/a.py"])
def test_pages_of_another_form_have_another_sum(tmp_path: Path, fil: str) -> None:
    for rot in ("fore", "nyss"):
        (tmp_path / rot / fil).parent.mkdir(parents=True)
        (tmp_path / rot / fil).write_text(rot, "utf-8")
    assert matt.avtryck(tmp_path / "fore") != matt.avtryck(tmp_path / "nyss")


@pytest.fixture
def sida(utvardering: Utvardering, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Builds the page of a measurement and a contact; gives its HTML."""

    def bygg(m: Matt | None, kontakt: str = "", **falt: Any) -> str:
        monkeypatch.setattr(matt, "las", lambda: m)
        sidor.bygg(replace(utvardering, utgivare=Utgivare(kontakt=kontakt)), tmp_path / "ut", **falt)
        return (tmp_path / "ut" / tillganglighet.SIDA).read_text("utf-8")

    return bygg


def test_the_page_claims_nothing_where_nothing_was_measured(sida: Any) -> None:
    html = sida(None)
    assert INTE_BEDOMT in html
    assert DELVIS not in html
    assert "Det som höll" not in html
    assert "axe-core" not in html
    assert "har mätt" not in html
    assert "Den är inte granskad." in html


def test_the_page_of_older_measurements_says_that_they_are_of_other_pages(sida: Any) -> None:
    html = sida(HELT)
    assert INTE_BEDOMT in html
    assert "Det som höll när sidorna mättes" in html


def test_the_page_lists_what_was_found(sida: Any) -> None:
    html = sida(med(axe=(Brist(sida="a.html", regel="color-<contrast>"),)))
    assert "Fel som mätningen fann" in html
    assert "color-&lt;contrast&gt;" in html


def test_a_reader_is_told_where_to_write_or_that_the_forbund_has_not_said(sida: Any) -> None:
    assert 'href="mailto:bokslut@exempel.se"' in sida(HELT, "bokslut@exempel.se")
    utan = sida(HELT)
    assert "mailto:" not in utan
    assert "Förbundet har inte angett någon e-postadress" in utan


def test_the_supervisor_is_a_link_that_the_gate_lets_by(sida: Any, tmp_path: Path) -> None:
    assert f'href="{tillganglighet.TILLSYN}"' in sida(HELT)
    hinder: list[Hinder] = [h for h in granska_sidor(tmp_path / "ut") if h.var == tillganglighet.SIDA]
    assert hinder == []


def test_every_page_leads_to_the_statement_and_the_menu_has_it_last(plats: Path) -> None:
    for fil in plats.glob("*.html"):
        html = fil.read_text("utf-8")
        assert f'href="{tillganglighet.SIDA}"' in html.partition("<footer")[2], fil.name
        meny = html.partition("<nav")[2].partition("</nav>")[0]
        assert meny.rpartition("<a ")[2].startswith(f'href="{tillganglighet.SIDA}"'), fil.name
