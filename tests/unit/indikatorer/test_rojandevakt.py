"""Everything published together, as röjandevakten hands it on: Umeå, surveys whose splits meet, and corrections."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.slumptabeller import MINSTA
from indikatorer.evaluate import evaluate
from indikatorer.forberedelse import Forberett
from indikatorer.resultat import Utvardering, som_json
from indikatorer.skydd.intyg import Skal
from indikatorer.skydd.rojandevakt import skydda
from tests.unit.indikatorer.provunderlag import Prov, csv_text, kalla
from tests.unit.indikatorer.tabellprov import att_skydda, facit

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def vaktad(umea: Forberett) -> Utvardering:
    return skydda(umea)


def dolda_celler(u: Utvardering) -> set[tuple[str, str, str]]:
    return {(c.enhet or "", c.utfall, c.kon or "") for c in u.tabeller if c.antal is None}


# --- Umeå -----------------------------------------------------------------------------------------------------------------


def test_in_umea_nothing_hidden_can_be_found(vaktad: Utvardering) -> None:
    assert vaktad.intyg is not None
    assert vaktad.intyg.haller
    assert vaktad.intyg.skyddade > 100
    assert all(ar.intyg is not None and ar.intyg.haller for ar in vaktad.aldre)


def test_a_second_opinion_on_umea_finds_nothing_either(vaktad: Utvardering, umea_oppet: Utvardering) -> None:
    antal = {(c.enhet or "", c.utfall, c.kon or ""): int(c.antal or 0) for c in umea_oppet.tabeller}
    svar, dolda = facit(dict(antal)), dolda_celler(vaktad)
    assert [vad for vad in att_skydda(dict(antal)) if not svar.sakert(vad, dolda, MINSTA)] == []


def test_in_umea_more_than_half_of_the_tables_is_seen_and_all_totals_of_the_whole(vaktad: Utvardering) -> None:
    assert vaktad.intyg is not None
    assert (vaktad.intyg.celler, vaktad.intyg.dolda_celler) == (264, len(dolda_celler(vaktad)))
    assert len(dolda_celler(vaktad)) <= 120
    assert [c for c in vaktad.tabeller if c.enhet is None and c.kon is None and c.antal is None] == []


def test_in_umea_the_results_show_what_their_rules_let_them(vaktad: Utvardering, umea_skyddat: Utvardering) -> None:
    assert som_json(vaktad)["indikatorer"] == som_json(umea_skyddat)["indikatorer"]


def test_a_count_is_hidden_everywhere_or_shown(vaktad: Utvardering) -> None:
    """1.1.a-g tell the first table's counts once more."""
    celler = {c.utfall: c.antal for c in vaktad.tabeller if c.enhet is None and c.kon is None}
    for id_, utfall in (("till-arbete", "arbete"), ("till-extratjanst", "extratjanst"), ("positiv-losning", "positiv")):
        (resultat,) = (r for r in vaktad.resultat() if r.id == id_)
        assert resultat.taljare == celler[utfall]


def test_the_same_underlag_hides_the_same(umea: Forberett, vaktad: Utvardering) -> None:
    assert som_json(skydda(umea)) == som_json(vaktad)


def test_a_correction_that_changes_nothing_hides_the_same(umea: Forberett, vaktad: Utvardering) -> None:
    assert som_json(skydda(umea, tidigare=[som_json(vaktad)])) == som_json(vaktad)


def test_without_protection_nothing_changes(umea: Forberett, umea_oppet: Utvardering) -> None:
    u = skydda(umea, minsta_grupp=0)
    assert u.intyg is None
    assert som_json(u) == som_json(umea_oppet)


# --- Smaller cases ----------------------------------------------------------------------------------------------------------


def fraga(id_: str, fraga: str) -> str:
    return f'[indikator.{id_}]\nregel = "andel"\nkalla = "k"\nfraga = "{fraga}"\nsvar = ["ja"]\ngron = "minst 50 %"\ndela_upp = ["kon"]\n'


def visade(u: Utvardering) -> dict[str, list[int | None]]:
    return {r.id: [d.namnare for d in r.uppdelning] for r in u.resultat()}


def test_a_split_that_would_tell_of_another_questions_few_is_hidden_with_it() -> None:
    """One of neither gender answered f and not g: of g all are women or men, so g's split counts the one who is not."""
    rader = csv_text("kon,f,g", "kvinna,ja,ja * 12", "man,nej,nej * 9", "annat,ja, * 1")
    prov = Prov(fraga("x", "f") + fraga("y", "g"), kalla("k", f="ja_nej", g="ja_nej"), {"k.csv": rader})
    ensam = evaluate(prov.forberett(), 5)
    assert visade(ensam) == {"x": [None, None], "y": [12, 9]}
    tillsammans = skydda(prov.forberett(), 5)
    assert visade(tillsammans) == {"x": [None, None], "y": [None, None]}
    assert tillsammans.intyg is not None
    assert tillsammans.intyg.haller
    (dold,) = (d for d in tillsammans.intyg.dolda if d.skal is Skal.SKYDDAR)
    assert (dold.nyckel, dold.om) == (("delning", "y", "", "kon"), ("delning", "x", "", "kon"))


REGISTER = "enhet,kon,ny,avslutad,utfall,antal"
ARBETE = '[indikator.a]\nregel = "andel"\nkalla = "r"\nfraga = "utfall"\nsvar = ["arbete"]\ngron = "minst 50 %"\n'


def register(*rader: str, config: str = "") -> Prov:
    return Prov(config, kalla("r", "register", utfall="utfall"), {"r.csv": csv_text(REGISTER, *rader)})


UTAN_FA = csv_text(REGISTER, "A,kvinna,nej,ja,arbete,30", "A,man,nej,ja,arbete,30")
MED_FA = ("A,kvinna,nej,ja,arbete,3", "A,man,nej,ja,arbete,9", "B,kvinna,nej,ja,arbete,20", "B,man,nej,ja,studier,8")


def test_a_cell_and_an_indicator_with_the_same_count_are_hidden_together() -> None:
    u = skydda(register(*MED_FA, config=ARBETE).forberett(), 5)
    assert u.intyg is not None
    assert u.intyg.haller
    cell = next(c for c in u.tabeller if (c.enhet, c.utfall, c.kon) == (None, "arbete", None))
    (resultat,) = u.resultat()
    assert (cell.antal is None) == (resultat.taljare is None)


def test_a_register_without_few_needs_no_solver() -> None:
    kod = (
        "import sys; from tests.unit.indikatorer.provunderlag import *; from indikatorer.skydd.rojandevakt import skydda;"
        f"prov = Prov('', kalla('r', 'register', utfall='utfall'), {{'r.csv': {UTAN_FA!r}}});"
        "u = skydda(prov.forberett(), 5);"
        "assert u.tabeller and u.intyg.skyddade == 0 and u.intyg.haller; print('highspy' in sys.modules)"
    )
    svar = subprocess.run([sys.executable, "-c", kod], cwd=ROOT, capture_output=True, text=True, check=True)
    assert svar.stdout.strip() == "False"


def test_a_correction_does_not_show_what_the_first_version_hid_for_the_sake_of_a_few() -> None:
    """v1 hid one of several figures that would do as well; were v2 to choose another, the two would tell it all."""
    forsta = skydda(register(*MED_FA).forberett(), 5)
    rattad = register(*MED_FA[:3], "B,man,nej,ja,studier,11").forberett()
    andra = skydda(rattad, 5, tidigare=[som_json(forsta)])
    nu = {(c["enhet"], c["utfall"], c["kon"]): c["antal"] for c in som_json(evaluate(rattad, 0))["tabeller"]}
    da = {
        (c["enhet"], c["utfall"], c["kon"]): c["antal"]
        for c in som_json(evaluate(register(*MED_FA).forberett(), 0))["tabeller"]
    }
    oandrade = {(e or "", u, k or "") for (e, u, k), antal in nu.items() if da[e, u, k] == antal}
    assert andra.intyg is not None
    assert andra.intyg.haller
    assert dolda_celler(forsta) & oandrade <= dolda_celler(andra) | {c for c in oandrade if nu_antal(nu, c) >= 5}


def nu_antal(nu: dict[tuple[Any, ...], int], cell: tuple[str, str, str]) -> int:
    enhet, utfall, kon = cell
    return nu[enhet or None, utfall, kon or None]


def test_what_an_unprotected_version_told_can_not_be_taken_back() -> None:
    prov = register(*MED_FA)
    u = skydda(prov.forberett(), 5, tidigare=[som_json(evaluate(prov.forberett(), 0))])
    assert u.intyg is not None
    assert not u.intyg.haller
    assert ("cell", "A", "arbete", "kvinna") in {a.om for a in u.intyg.atkomliga}


def test_the_tables_of_earlier_years_are_not_told_again(umea: Forberett, vaktad: Utvardering) -> None:
    assert [ar.tabeller for ar in vaktad.aldre] == [()]
