"""The generated summary: correct Swedish for every count, and nothing said that the figures do not say."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from bokslut import underlag
from bokslut.text.sammanfattning import nar_malet, sammanfatta
from indikatorer.evaluate import evaluate
from indikatorer.resultat import (
    Brott,
    Foregaende,
    Kallfakta,
    Mal,
    Malomrade,
    Orsak,
    Resultat,
    Signal,
    Tabellcell,
    Utvardering,
)
from tests.unit.bokslut.conftest import andel, resultat

ROOT = Path(__file__).parents[3]
NB = "\u00a0"


def ar(*resultat_: Resultat, **falt: object) -> Utvardering:
    grund = {"forbund": "F", "ar": 2020, "beslut": "b", "minsta_grupp": 5}
    omrade = Malomrade("o", 1, "Deltagarnytta", (Mal("m", "Mål.", tuple(resultat_)),))
    return Utvardering(**{**grund, "malomraden": (omrade,), **falt})


def signaler(gron: int, rod: int, gra: int = 0, gul: int = 0) -> list[Resultat]:
    par = ((Signal.GRON, gron), (Signal.ROD, rod), (Signal.GRA, gra), (Signal.GUL, gul))
    return [resultat(f"1.{s}{n}", "andel", signal=s) for s, antal in par for n in range(antal)]


def stycke(u: Utvardering, rubrik: str) -> str:
    return {s.rubrik: s.text for s in sammanfatta(u)}.get(rubrik, "")


@pytest.mark.parametrize(
    ("nar", "alla", "text"),
    [
        (0, 0, "inga resultat är bedömda ännu"),
        (0, 1, "det enda bedömda resultatet når inte målet"),
        (1, 1, "det enda bedömda resultatet når målet"),
        (0, 2, "inget av de två resultaten når målet"),
        (1, 2, "ett av två resultat når målet"),
        (2, 2, "båda resultaten når målet"),
        (0, 12, "inget av de tolv resultaten når målet"),
        (1, 12, "ett av tolv resultat når målet"),
        (12, 12, "alla tolv resultaten når målet"),
        (0, 13, "inget av de 13 resultaten når målet"),
        (1, 13, "1 av 13 resultat når målet"),
        (2, 13, "2 av 13 resultat når målet"),
        (12, 13, "12 av 13 resultat når målet"),
        (13, 13, "alla 13 resultaten når målet"),
    ],
)
def test_how_many_reach_their_goal_is_said_in_swedish(nar: int, alla: int, text: str) -> None:
    assert nar_malet(nar, alla) == text
    assert stycke(ar(*signaler(nar, alla - nar)), "Målen") == f"{text[:1].upper()}{text[1:]}."


@pytest.mark.parametrize("alla", range(2, 16))
def test_no_count_gives_a_singular_with_a_plural(alla: int) -> None:
    for nar in range(alla + 1):
        text = nar_malet(nar, alla)
        assert not re.search(r"\b(?:ett|1) resultat(?:en)?\b", text)
        assert ("resultaten" in text) == (nar in (0, alla))


@pytest.mark.parametrize(
    ("gron", "rod", "mening"),
    [
        (0, 0, "I Andra är inget resultat bedömt."),
        (1, 0, "I Andra når det enda bedömda resultatet målet."),
        (0, 1, "I Andra når det enda bedömda resultatet inte målet."),
        (0, 2, "I Andra når inget av de två resultaten målet."),
        (2, 0, "I Andra når båda resultaten målet."),
        (1, 4, "I Andra når ett av fem resultat målet."),
        (13, 0, "I Andra når alla 13 resultaten målet."),
    ],
)
def test_each_area_has_its_sentence(gron: int, rod: int, mening: str) -> None:
    forsta = Malomrade("a", 1, "Första", (Mal("m", "M", tuple(signaler(1, 1))),))
    andra = Malomrade("b", 2, "Andra", (Mal("n", "N", tuple(signaler(gron, rod))),))
    assert mening in stycke(ar(malomraden=(forsta, andra)), "Målen")


@pytest.mark.parametrize(
    ("gra", "gul", "slut"),
    [
        (1, 0, "Ett resultat är inte bedömt."),
        (2, 0, "Två resultat är inte bedömda."),
        (13, 0, "13 resultat är inte bedömda."),
        (0, 1, "Ett resultat är nära målet."),
        (0, 3, "Tre resultat är nära målet."),
    ],
)
def test_grey_and_yellow_are_told_with_agreement(gra: int, gul: int, slut: str) -> None:
    assert stycke(ar(*signaler(1, 1, gra, gul)), "Målen").endswith(slut)


def med_fore(nummer: str, nu: int, da: int, brott: tuple[Brott, ...] = (), signal: Signal = Signal.ROD) -> Resultat:
    fore = Foregaende(2019, Fraction(da), f"{da}{NB}%", signal, None, brott)
    return andel(nummer, nu, 100, str(nu), foregaende=fore, kalla=None)


def test_the_largest_changes_are_those_that_can_be_compared() -> None:
    u = ar(
        med_fore("1.1", 70, 60),
        med_fore("1.2", 75, 70),
        med_fore("1.3", 40, 55),
        med_fore("1.4", 99, 1, (Brott.SKALA,)),
        med_fore("1.5", 10, 90, (Brott.GRANS, Brott.ORDALYDELSE)),
    )
    text = stycke(u, "Sedan 2019")
    assert f"Mest har andelen ökat i ”Titel 1.1”, från 60{NB}% till 70{NB}%." in text
    assert f"Mest har andelen minskat i ”Titel 1.3”, från 55{NB}% till 40{NB}%." in text
    assert "Titel 1.4" not in text
    assert "Två resultat går inte att jämföra, eftersom frågan, skalan eller målet har ändrats." in text


def test_changes_of_the_same_size_are_all_named() -> None:
    text = stycke(ar(med_fore("1.1", 70, 60), med_fore("1.2", 75, 65)), "Sedan 2019")
    assert f"i ”Titel 1.1”, från 60{NB}% till 70{NB}% och ”Titel 1.2”, från 65{NB}% till 75{NB}%." in text


@pytest.mark.parametrize(
    ("upp", "ned", "text"),
    [
        (1, 0, "Ett resultat som inte nådde målet 2019 gör det 2020."),
        (2, 0, "Två resultat som inte nådde målet 2019 gör det 2020."),
        (0, 1, "Ett resultat som nådde målet 2019 gör det inte 2020."),
        (0, 0, "Inget resultat som går att jämföra har passerat sitt mål sedan 2019, åt något håll."),
    ],
)
def test_what_crossed_its_goal_is_counted(upp: int, ned: int, text: str) -> None:
    alla = [med_fore(f"1.{n}", 81, 79) for n in range(upp)]
    alla += [med_fore(f"2.{n}", 79, 81, signal=Signal.GRON) for n in range(ned)]
    assert text in stycke(ar(*(alla or [med_fore("1.1", 50, 50)])), "Sedan 2019")


def test_a_hidden_value_takes_no_part_in_the_changes() -> None:
    dold = replace(med_fore("1.1", 90, 10), varde=None, visat="..", taljare=None, namnare=None, orsak=Orsak.SKYDDAD)
    assert "Mest" not in stycke(ar(dold), "Sedan 2019")


def test_a_change_that_rounding_hides_is_not_said_to_be_one() -> None:
    r = med_fore("1.1", 70, 70)
    assert r.foregaende is not None
    nara = replace(r, foregaende=replace(r.foregaende, varde=Fraction(699, 10)))
    assert "Mest" not in stycke(ar(nara), "Sedan 2019")


def test_the_year_before_is_the_one_that_there_is() -> None:
    r = med_fore("1.1", 81, 79)
    assert r.foregaende is not None
    u = ar(replace(r, foregaende=replace(r.foregaende, ar=2018)), aldre=(ar(ar=2018),))
    assert stycke(u, "Sedan 2018").startswith("Ett resultat som inte nådde målet 2018 gör det 2020.")


def test_without_a_year_before_there_is_no_word_of_change() -> None:
    assert [s.rubrik for s in sammanfatta(ar(*signaler(1, 1)))] == ["Målen", "Skydd"]


@pytest.mark.parametrize(("typ", "slump"), [("enkat", True), ("register", False)])
@pytest.mark.parametrize(("da", "nu", "inom"), [(5, 6, True), (1, 19, False)])
def test_a_change_that_chance_can_have_given_is_said_to_be_that(
    typ: str, slump: bool, da: int, nu: int, inom: bool
) -> None:
    kalla = Kallfakta("k", typ, "personer", "de", "2020", "alla", None, None, 20, None, "", ())
    fore = andel("1.1", da, 20, str(5 * da), kalla="k")
    f = Foregaende(2019, fore.varde, fore.visat, Signal.ROD, None, ())
    u = ar(andel("1.1", nu, 20, str(5 * nu), kalla="k", foregaende=f), kallor=(kalla,), aldre=(ar(fore, ar=2019),))
    assert ("slumpen kan ha gett" in stycke(u, "Sedan 2019")) == (slump and inom)


def enkat(namn: str, antal: int | None, utdelade: int | None = None) -> Kallfakta:
    frekvens = Fraction(100 * antal, utdelade) if antal is not None and utdelade else None
    return Kallfakta(namn, "enkat", "personer", namn, "2020", "alla", None, utdelade, antal, frekvens, "", ())


@pytest.mark.parametrize(
    ("kallor", "text"),
    [
        ((enkat("deltagarna", 82, 210),), f"Av deltagarna svarade 39{NB}% (82 av 210)."),
        ((enkat("styrelsen", 6, 8),), f"Av styrelsen svarade 75{NB}% (sex av åtta)."),
        (
            (enkat("styrelsen", 1),),
            "Enkäterna har gett ett svar från styrelsen. Hur många som fick frågorna är inte känt, så svarsfrekvensen kan inte räknas.",
        ),
        ((enkat("a", 1), enkat("b", 13)), "Enkäterna har gett 1 svar från a och 13 svar från b."),
        ((enkat("a", 20, 40), enkat("b och c", 2)), "Hur många som fick frågorna är inte känt för b och c, så"),
        ((enkat("a", None),), "Hur många som fick frågorna är inte känt"),
    ],
)
def test_how_many_answered_is_told_and_what_is_not_known(kallor: tuple[Kallfakta, ...], text: str) -> None:
    assert text in stycke(ar(*signaler(1, 1), kallor=kallor), "Svaren")


@pytest.mark.parametrize(
    ("antal", "text"),
    [
        (0, ""),
        (1, "I ett resultat är svaren så få att slumpen kan ha avgjort signalen. Det är märkt osäkert."),
        (2, "I två resultat är svaren så få att slumpen kan ha avgjort signalen. De är märkta osäkert."),
        (13, "I 13 resultat är svaren så få att slumpen kan ha avgjort signalen. De är märkta osäkert."),
    ],
)
def test_the_uncertain_ones_are_counted(antal: int, text: str) -> None:
    osakra = [andel(f"1.{n}", 8, 10, "80", osaker=True) for n in range(antal)]
    assert stycke(ar(*osakra, andel("2.1", 8, 10, "80", osaker=False)), "Osäkerhet") == text


@pytest.mark.parametrize(
    ("skyddade", "for_fa", "celler", "text"),
    [
        (0, 0, 0, "Inga siffror har behövt skyddas."),
        (
            1,
            0,
            0,
            "I ett resultat är siffrorna skyddade, eftersom de kan avslöja något om färre än fem personer. Signalen visas ändå.",
        ),
        (0, 2, 0, "I två resultat har färre än fem svarat, så där visas varken siffra eller signal."),
        (0, 0, 1, "I deltagartabellerna är en cell dold, av sammanlagt 2."),
        (0, 0, 2, "I deltagartabellerna är två celler dolda, av sammanlagt 3."),
    ],
)
def test_what_is_protected_is_told_and_why(skyddade: int, for_fa: int, celler: int, text: str) -> None:
    dolda = [resultat(f"1.{n}", "andel", signal=Signal.GRON, orsak=Orsak.SKYDDAD) for n in range(skyddade)]
    dolda += [resultat(f"2.{n}", "andel", signal=Signal.GRA, orsak=Orsak.FOR_FA_SVAR) for n in range(for_fa)]
    tabeller = [Tabellcell("1", None, "arbete", None, None, None, "..")] * celler
    tabeller += [Tabellcell("1", None, "studier", None, 9, None, "9")] if celler else []
    assert stycke(ar(*dolda, *signaler(1, 1), tabeller=tuple(tabeller)), "Skydd") == text


def test_without_protection_it_is_said() -> None:
    assert stycke(ar(*signaler(1, 1), minsta_grupp=0), "Skydd").startswith("Skyddet är avstängt")


def test_the_example_is_summed_up_and_no_hidden_figure_is_in_it() -> None:
    forberett = underlag.las(ROOT / "config/indicators.toml", ROOT / "exempel/umea-2020")
    text = {s.rubrik: s.text for s in sammanfatta(evaluate(forberett))}
    assert text["Målen"].startswith("34 av 62 resultat når målet. I Samhälls- och medlemsnytta når fyra av tio")
    assert "I Deltagarnytta når ett av fyra resultat målet." in text["Målen"]
    assert "från 70\u00a0% till 82\u00a0%, en skillnad som slumpen kan ha gett." in text["Sedan 2019"]
    assert text["Skydd"].startswith("I nio resultat är siffrorna skyddade")
    assert all(t.endswith(".") and "  " not in t and ".." not in t for t in text.values())
