"""One page per enhet: its own figures beside the whole, none that is not shown elsewhere, and kind words for none."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from bokslut.innehall import build_innehall
from bokslut.sidor import bygg
from indikatorer.resultat import Orsak, Resultat, Tabellcell, Utvardering
from tests.unit.bokslut import fem_ar


@pytest.fixture(scope="module")
def fem() -> Utvardering:
    return fem_ar.utvarderat()


def dolj_delning(r: Resultat) -> Resultat:
    tomt = {"taljare": None, "namnare": None, "varde": None, "visat": "..", "signal": None, "orsak": Orsak.SKYDDAD}
    return replace(r, uppdelning=tuple(replace(d, **tomt) for d in r.uppdelning))


def hide_splits(u: Utvardering) -> Utvardering:
    omraden = tuple(
        replace(o, mal=tuple(replace(m, resultat=tuple(map(dolj_delning, m.resultat))) for m in o.mal))
        for o in u.malomraden
    )
    return replace(u, malomraden=omraden, aldre=tuple(map(hide_splits, u.aldre)))


def celler(enhet: str, synliga: bool) -> tuple[Tabellcell, ...]:
    return tuple(
        Tabellcell("9", enhet, utfall, kon, 12 if synliga else None, None, "12" if synliga else "..")
        for utfall in ("deltagare", "avslutade", "positiv")
        for kon in ("kvinna", "man", None)
    )


def text(html: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<script.*?</script>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def test_each_enhet_of_the_tables_and_the_splits_has_a_page(utvardering: Utvardering, fem: Utvardering) -> None:
    assert [e.sida for e in build_innehall(utvardering).jamforelse.enheter] == ["enhet-torget.html"]
    assert [e.namn for e in build_innehall(fem).jamforelse.enheter] == ["Norra", "Lilla"]


def test_the_figure_of_each_year_stands_beside_the_whole(fem: Utvardering) -> None:
    norra = build_innehall(fem).jamforelse.enheter[0]
    (rad,) = norra.rader
    assert (rad.namn, rad.lank) == ("1.1 Stöd mot arbete", "malomrade-omrade.html#r-stod")
    assert [c.visat for c in rad.ar] == ["60\u00a0%", "65\u00a0%", "60\u00a0%", "..", "85\u00a0%"]
    assert [c.anm for c in rad.ar] == ["", "svarsskalan har ändrats", "", "", ""]
    assert (rad.hela.visat, rad.signal, rad.ord) == ("85\u00a0%", "gron", "Når målet")
    assert norra.diagram is not None
    assert [(r.namn, [v.visat for v in r.varden]) for r in norra.diagram.rader] == [
        ("1.1 Stöd mot arbete", ["85\u00a0%", "85\u00a0%"])
    ]


def test_the_table_of_an_enhet_has_the_share_of_the_whole_beside_it(utvardering: Utvardering) -> None:
    tabell = build_innehall(utvardering).jamforelse.enheter[0].tabell
    assert tabell is not None
    assert tabell.kolumner[-1] == "Förbundet"
    assert {rad.namn: rad.celler[-1].visat for rad in tabell.rader} == {
        "Avslutade under året": "210",
        "Avslutade till en för individen positiv lösning": "150",
        "Avbrott av hälsoskäl": "..",
    }
    assert next(c for rad in tabell.rader for c in rad.celler if c.visat == "..").skyddad


def test_an_enhet_with_every_figure_hidden_says_so_kindly(fem: Utvardering, tmp_path: Path) -> None:
    bygg(replace(hide_splits(fem), tabeller=celler("Fjällhuset", synliga=False)), tmp_path / "ut")
    for namn in ("fjallhuset", "norra"):
        html = (tmp_path / f"ut/enhet-{namn}.html").read_text("utf-8")
        assert "Det de har varit med om räknas ändå" in text(html)
        assert "<table" not in html
        assert "<figure" not in html
    assert "För Fjällhuset visas inga siffror." in text((tmp_path / "ut/enheter.html").read_text("utf-8"))


def test_what_is_hidden_whole_is_told_beside_what_shows(fem: Utvardering) -> None:
    u = replace(hide_splits(fem), tabeller=celler("Norra", synliga=True))
    norra, lilla = build_innehall(u).jamforelse.enheter
    assert norra.rader == ()
    assert norra.dolt == (
        "Svaren, uppdelade efter enhet, visas inte för Norra, eftersom gruppen är så liten att någon kunde kännas igen."
    )
    assert lilla.dolt == ""
    assert lilla.mening.startswith("För Lilla visas inga siffror.")


def utfall(fem: Utvardering, visad: bool, dold: bool = True, fraga: str = "utfall") -> Utvardering:
    """As if the split result was an outcome that the tables hold too: 85 of 100, in Norra 34 of 40 or hidden."""

    def till_utfall(r: Resultat) -> Resultat:
        egen = replace(r, fraga=fraga, taljare=85, namnare=100)
        return r if r.id != "stod" else dolj_delning(egen) if dold else egen

    omraden = tuple(
        replace(o, mal=tuple(replace(m, resultat=tuple(map(till_utfall, m.resultat))) for m in o.mal))
        for o in fem.malomraden
    )
    tabeller = [
        ("1", None, "avslutade", 100, None),
        ("1", None, "positiv", 85, 85),
        ("2", "Norra", "avslutade", 40, None),
    ]
    tabeller += [("2", "Norra", "positiv", 34 if visad else None, 85 if visad else None)]
    celler_ = tuple(
        Tabellcell(t, e, u, None, n, None if p is None else Fraction(p), ".." if n is None else str(n))
        for t, e, u, n, p in tabeller
    )
    return replace(fem, malomraden=omraden, tabeller=celler_)


def test_a_share_that_is_hidden_in_a_row_and_shown_in_the_table_is_explained(fem: Utvardering, tmp_path: Path) -> None:
    norra, lilla = build_innehall(utfall(fem, visad=True)).jamforelse.enheter
    assert norra.olika.startswith("Siffran för 1.1 Stöd mot arbete är skyddad i tabellen nedan.")
    assert lilla.olika == ""
    bygg(utfall(fem, visad=True), tmp_path / "ut")
    html = (tmp_path / "ut/enhet-norra.html").read_text("utf-8")
    assert text(html).index("så där kan samma andel ändå stå") < text(html).index("Indikator 2016")
    assert "is protected in the table below" in (tmp_path / "ut/en/enhet-norra.html").read_text("utf-8")


def test_nothing_is_explained_where_both_are_hidden_or_both_shown(fem: Utvardering) -> None:
    assert build_innehall(utfall(fem, visad=False)).jamforelse.enheter[0].olika == ""
    assert build_innehall(utfall(fem, visad=True, dold=False)).jamforelse.enheter[0].olika == ""


def test_an_answer_that_has_the_counts_of_an_outcome_is_not_taken_for_it(fem: Utvardering) -> None:
    assert build_innehall(utfall(fem, visad=True, fraga="stod")).jamforelse.enheter[0].olika == ""


def test_names_that_look_alike_have_pages_of_their_own(fem: Utvardering) -> None:
    u = replace(fem, tabeller=(*celler("Ö", synliga=True), *celler("O", synliga=True), *celler("!", synliga=True)))
    sidor = [e.sida for e in build_innehall(u).jamforelse.enheter]
    assert sidor[:3] == ["enhet-o.html", "enhet-o--2.html", "enhet-utan-namn.html"]
    assert len(set(sidor)) == len(sidor)


def test_pages_of_enheter_are_reached_from_one_page_and_crowd_no_menu(fem: Utvardering, tmp_path: Path) -> None:
    bygg(fem, tmp_path / "ut")
    index, alla = ((tmp_path / f"ut/{f}.html").read_text("utf-8") for f in ("index", "enheter"))
    meny = re.search(r'<nav class="meny".*?</nav>', index, re.DOTALL)[0]  # type: ignore[index]
    assert "enheter.html" in meny
    assert "enhet-norra.html" not in index
    assert "enhet-norra.html" in alla
    assert 'href="enheter.html">Enheter</a></li>' in (tmp_path / "ut/enhet-norra.html").read_text("utf-8")


def test_an_enhet_page_shows_no_figure_that_stands_nowhere_else(fem: Utvardering) -> None:
    kanda = {d.visat for u in (fem, *fem.aldre) for r in u.resultat() for d in r.uppdelning}
    kanda |= {r.visat for r in fem.resultat()} | {"–", ".."}
    for e in build_innehall(fem).jamforelse.enheter:
        assert {c.visat for r in e.rader for c in (*r.ar, r.hela)} <= kanda


def test_without_enheter_there_is_no_page_for_them(fem: Utvardering, tmp_path: Path) -> None:
    def utan(r: Resultat) -> Resultat:
        return replace(r, uppdelning=())

    omraden = tuple(
        replace(o, mal=tuple(replace(m, resultat=tuple(map(utan, m.resultat))) for m in o.mal)) for o in fem.malomraden
    )
    bygg(replace(fem, malomraden=omraden, aldre=()), tmp_path / "ut")
    assert not list((tmp_path / "ut").glob("enhet*"))
