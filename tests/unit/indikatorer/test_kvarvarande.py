"""Two years' tables are about the same people, where these stayed: what one year hides the other must not give back."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from bench.slumptabeller import MINSTA, Cell, Rad, slumpa
from indikatorer.evaluate import evaluate
from indikatorer.resultat import Utvardering, som_json
from indikatorer.skydd.rojandevakt import skydda
from tests.unit.indikatorer.facit import Facit
from tests.unit.indikatorer.tabellprov import samband
from tests.unit.indikatorer.test_sammanslagning import celler, register

# A has three women who left to work: too few to show. 17 of its women stayed.
FJOL = (
    "A,kvinna,ja,nej,,17",
    "A,kvinna,ja,ja,arbete,3",
    "A,man,ja,nej,,20",
    "A,man,ja,ja,arbete,9",
    "B,kvinna,ja,nej,,30",
    "B,kvinna,ja,ja,arbete,12",
    "B,man,ja,nej,,30",
    "B,man,ja,ja,studier,14",
)
# Nobody left, and enough have come everywhere: alone, all that is hidden of this year is nothing.
I_AR = tuple(f"{e},{k},{ny},nej,,{n}" for e, k, kvar in (("A", "kvinna", 17), ("A", "man", 20), ("B", "kvinna", 30),
             ("B", "man", 30)) for ny, n in (("nej", kvar), ("ja", 10)))  # fmt: skip


def aret(*rader: str, fjol: Sequence[dict[str, Any]] = (), ihop: str = "") -> Utvardering:
    u = skydda(register(*rader, ihop=ihop).forberett(), 5, fjol=fjol)
    assert u.intyg is not None
    assert u.intyg.haller
    return u


def bara(u: Utvardering, enhet: str, *kon: str) -> dict[str, Any]:
    """A bokslut with the table of one enhet, or one gender's part of it."""
    dokument = som_json(u)
    egna = [c for c in dokument["tabeller"] if c["enhet"] == enhet and (not kon or c["kon"] in kon)]
    return dokument | {"tabeller": egna}


def test_what_last_year_hid_is_not_had_from_those_who_stayed() -> None:
    fore = aret(*FJOL)
    assert celler(fore, "deltagare")["A", "kvinna"] == 20
    assert celler(fore, "avslutade")["A", "kvinna"] is None
    for_sig = aret(*I_AR)
    assert all(c.antal is not None for c in for_sig.tabeller)
    i_ar = aret(*I_AR, fjol=[som_json(fore)])
    assert None in (celler(i_ar, "deltagare")["A", "kvinna"], celler(i_ar, "nya")["A", "kvinna"])


def test_what_is_hidden_this_year_is_not_had_from_what_last_year_told() -> None:
    """Three women came to B: too few to show. Last year tells that 30 stayed, so neither may all the women be told."""
    rader = tuple(rad.replace("B,kvinna,ja,nej,,10", "B,kvinna,ja,nej,,3") for rad in I_AR)
    fore = aret(*(rad.replace("A,kvinna,ja,ja,arbete,3", "A,kvinna,ja,ja,arbete,8") for rad in FJOL))
    assert (celler(fore, "deltagare")["B", "kvinna"], celler(fore, "avslutade")["B", "kvinna"]) == (42, 12)
    for_sig, i_ar = aret(*rader), aret(*rader, fjol=[som_json(fore)])
    assert celler(for_sig, "deltagare")["B", "kvinna"] == 33
    assert celler(i_ar, "nya")["B", "kvinna"] is None
    assert celler(i_ar, "deltagare")["B", "kvinna"] is None


def test_a_correction_of_last_year_is_known_too() -> None:
    """The first version told what the second hides."""
    forsta, andra = evaluate(register(*FJOL, ihop="").forberett(), 0), aret(*FJOL)
    assert aret(*I_AR, fjol=[som_json(andra)]).tabeller != aret(*I_AR).tabeller
    assert aret(*I_AR, fjol=[som_json(forsta), som_json(andra)]).tabeller == aret(*I_AR).tabeller


@pytest.mark.parametrize(("kvar", "gick"), [(29, 12), (60, 12), (60, 3)])
def test_years_that_do_not_fit_together_lead_a_reader_wrong_and_hide_nothing(kvar: int, gick: int) -> None:
    """One of B's women was entered wrongly last year, or more are said to have stayed than there were."""
    fore = aret(*(rad.replace("B,kvinna,ja,ja,arbete,12", f"B,kvinna,ja,ja,arbete,{gick}") for rad in FJOL))
    fore_b = bara(fore, "B", "kvinna")
    assert [c["antal"] for c in fore_b["tabeller"] if c["utfall"] == "avslutade"] == [None]
    oppet_b = fore_b | {"tabeller": [c | {"antal": {"deltagare": 30 + gick, "avslutade": gick}.get(c["utfall"])}
                                     for c in fore_b["tabeller"]]}  # fmt: skip
    byt = {"B,kvinna,nej,nej,,30": f"B,kvinna,nej,nej,,{kvar}", "B,kvinna,ja,nej,,10": "B,kvinna,ja,nej,,3"}
    rader = [byt.get(rad, rad) for rad in I_AR]
    assert aret(*rader, fjol=[oppet_b]).tabeller == aret(*rader).tabeller
    if kvar == 60:
        assert aret(*rader, fjol=[fore_b]).tabeller == aret(*rader).tabeller


def test_enheter_that_were_put_together_since_are_others() -> None:
    bara_a = bara(aret(*FJOL), "A")
    ihop = '[sla_ihop.a]\nnamn = "A"\nenheter = ["A och C", "C"]\n\n'
    rader = (*(rad.replace("A,", "A och C,", 1) for rad in I_AR), "C,kvinna,ja,nej,,9")
    assert all(c.antal is not None for c in aret(*rader, fjol=[bara_a], ihop=ihop).tabeller)
    assert not all(c.antal is not None for c in aret(*I_AR, fjol=[bara_a]).tabeller)


# --- A second opinion --------------------------------------------------------------------------------------------------


def aret_efter(rader: list[Rad], fro: int) -> list[Rad]:
    """A year when those who did not leave are there still, some leave, and some are new."""
    slump = Random(fro)
    ut: list[Rad] = []
    for enhet, kon, _ny, avslutad, _utfall, antal in rader:
        if avslutad == "nej":
            gick = slump.randint(0, antal)
            ut += [(enhet, kon, "nej", "nej", "", antal - gick), (enhet, kon, "nej", "ja", "arbete", gick)]
        ut.append((enhet, kon, "ja", "nej", "", slump.choice((0, 2, 3, 8, 15))))
    return [rad for rad in ut if rad[5]]


def oppna(rader: list[Rad]) -> dict[Cell, int]:
    u = evaluate(som_register(rader), 0)
    return {(c.enhet or "", c.utfall, c.kon or ""): int(c.antal or 0) for c in u.tabeller}


def som_register(rader: list[Rad]):  # type: ignore[no-untyped-def]
    return register(*(",".join(map(str, rad)) for rad in rader), ihop="").forberett()


def bada_aren(fore: dict[Cell, int], nu: dict[Cell, int]) -> Facit:
    """All that a reader of both years knows: each year's cells, and that those who stayed are in both."""
    antal: dict[tuple[str, ...], int] = {}
    summor: list[list[tuple[str, ...]]] = []
    minst: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for ar, egna in (("fjol", fore), ("nu", nu)):
        antal |= {(ar, *cell): n for cell, n in egna.items()}
        sum_, par = samband(egna)
        summor += [[(ar, *cell) for cell in rad] for rad in sum_]
        minst += [((ar, *a), (ar, *b)) for a, b in par]
    for enhet, rad, kon in fore:
        if rad == "deltagare" and (enhet, "nya", kon) in nu:
            kvar = ("kvar", enhet, "", kon)
            antal[kvar] = fore[enhet, rad, kon] - fore[enhet, "avslutade", kon]
            summor.append([("fjol", enhet, rad, kon), ("fjol", enhet, "avslutade", kon), kvar])
            summor.append([("nu", enhet, rad, kon), ("nu", enhet, "nya", kon), kvar])
    return Facit(antal, summor, minst)


def dolda(ar: str, u: Utvardering) -> set[tuple[str, ...]]:
    return {(ar, c.enhet or "", c.utfall, c.kon or "") for c in u.tabeller if c.antal is None}


@pytest.mark.parametrize("fro", range(8))
def test_two_years_together_tell_of_no_few_by_a_second_opinion(fro: int) -> None:
    rader = slumpa(fro, 3, 1)
    senare = aret_efter(rader, fro)
    forsta = skydda(som_register(rader), MINSTA)
    andra = skydda(som_register(senare), MINSTA, fjol=[som_json(forsta)])
    assert andra.intyg is not None
    assert andra.intyg.haller
    fore, nu = oppna(rader), oppna(senare)
    svar = bada_aren(fore, nu)
    hemliga = dolda("fjol", forsta) | dolda("nu", andra) | {c for c in svar.antal if c[0] == "kvar"}  # type: ignore[index]
    sma = [(ar, *cell) for ar, egna in (("fjol", fore), ("nu", nu)) for cell, n in egna.items() if 0 < n < MINSTA]
    for cell in Random(fro).sample(sma, min(12, len(sma))):
        assert svar.sakert({cell: 1}, hemliga, MINSTA), cell
