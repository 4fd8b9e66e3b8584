"""A result is followed back through its names, and a year tells only what it told by itself."""

from dataclasses import replace
from fractions import Fraction

import pytest

from bokslut.jamforelse.arsserie import Arsserie, folj
from indikatorer.resultat import Brott, Foregaende, Orsak, Resultat, Signal, Utvardering
from tests.unit.bokslut import fem_ar


def serie(u: Utvardering, id_: str) -> Arsserie:
    return next(s for s in folj(u) if s.nu.id == id_)


@pytest.fixture(scope="module")
def fem() -> Utvardering:
    return fem_ar.utvarderat()


def test_a_result_is_followed_through_the_names_it_has_had(fem: Utvardering) -> None:
    punkter = serie(fem, "stod").punkter
    assert [p.ar for p in punkter] == list(fem_ar.AR)
    assert [p.varde for p in punkter] == [60, 65, 60, Fraction(100 * 17, 22), 85]
    assert [p.krav for p in punkter] == ["minst 60 %"] * 2 + ["minst 70 %"] * 3
    assert [p.signal for p in punkter] == [Signal.GRON, Signal.GRON, Signal.ROD, Signal.GRON, Signal.GRON]


@pytest.mark.parametrize(
    ("id_", "brott"),
    [
        ("stod", {2017: Brott.SKALA, 2018: Brott.GRANS}),
        ("lyssnar", {2017: Brott.SKALA, 2019: Brott.REGEL}),
        ("plan", {2018: Brott.ORDALYDELSE}),
        ("lika", {}),
    ],
)
def test_each_year_has_its_own_breaks(fem: Utvardering, id_: str, brott: dict[int, Brott]) -> None:
    assert {p.ar: b for p in serie(fem, id_).punkter for b in p.brott} == brott


def test_years_before_a_question_was_asked_are_not_measured(fem: Utvardering) -> None:
    assert [p.saknas for p in serie(fem, "ny").punkter] == ["mättes inte"] * 4 + [""]


def test_a_year_without_underlag_keeps_its_place() -> None:
    punkter = serie(fem_ar.utvarderat(2016, 2017, 2019, 2020), "stod").punkter
    assert [(p.ar, p.saknas) for p in punkter][2] == (2018, "uppgifter saknas")
    assert [p.visat for p in punkter if not p.saknas] == [f"{n}\u00a0%" for n in (60, 65, 77, 85)]


def test_a_protected_year_keeps_its_mark_and_its_signal(fem: Utvardering) -> None:
    (dold,) = (p for p in serie(fem, "lika").punkter if p.ar == 2018)
    assert (dold.varde, dold.visat, dold.signal, dold.orsak) == (None, "färre än fem", Signal.ROD, Orsak.SKYDDAD)
    assert dold.intervall is None


def test_at_most_five_years_are_followed(fem: Utvardering) -> None:
    langt = replace(fem, aldre=(*fem.aldre, replace(fem.aldre[-1], ar=2015)))
    assert [p.ar for p in serie(langt, "plan").punkter] == list(fem_ar.AR)


def test_what_the_year_after_hides_is_hidden_with_its_splits(fem: Utvardering) -> None:
    """Should a later evaluation hide last year's figure, the page must not take it from last year's own."""

    def dolj(r: Resultat) -> Resultat:
        f = r.foregaende
        dold = None if f is None else Foregaende(f.ar, None, "..", f.signal, Orsak.SKYDDAD, f.brott, f.id)
        return replace(r, foregaende=dold)

    omraden = tuple(
        replace(o, mal=tuple(replace(m, resultat=tuple(map(dolj, m.resultat))) for m in o.mal)) for o in fem.malomraden
    )
    fjol = serie(replace(fem, malomraden=omraden), "stod").punkter[-2]
    assert (fjol.varde, fjol.visat, fjol.uppdelning, fjol.intervall) == (None, "..", (), None)
