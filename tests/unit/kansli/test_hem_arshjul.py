"""What there is to do, as a table: how the work stands in, which tasks out, for whom and how soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kansli.hem.arshjul import uppgifter
from kansli.hem.lage import Arslage, Enkaten, Lage, Omgangen
from kansli.hem.uppgift import Grad
from kansli.roller import TILLTRADE, Roll

CHEF, LEDNING = {Roll.FORBUNDSCHEF}, {Roll.FORBUNDSCHEF, Roll.KANSLI}
MITT_I_MARS = date(2021, 3, 10)
KLART = Arslage(2020, beslutade=True, har_underlag=True, signaler={"gron": 3, "rod": 1})
ENKAT = Enkaten("personal", "Personalenkäten", "personalenkat")
DELTAGARE = Enkaten("deltagare", "Deltagarenkäten", "deltagarenkat")


def lage(idag: date = MITT_I_MARS, *aren: Arslage, **mer: Any) -> Lage:
    """How the work stands with these years; a förbund with its second person, and this year's goals decided."""
    egna = {a.ar for a in aren}
    fler = (Arslage(ar, beslutade=True) for ar in (idag.year, idag.year + 1) if ar not in egna)
    return Lage(idag, tuple(sorted((*aren, *fler), key=lambda a: -a.ar)), **{"godkannare": True, "personer": 2, **mer})


def omgang(lage: Any, **mer: Any) -> Omgangen:
    return Omgangen("host", "Personalenkäten", "personalenkat", 2021, lage, **mer)


def koder(lage: Lage, roll: Roll = Roll.FORBUNDSCHEF, namn: str = "") -> dict[str, Grad]:
    return {u.kod: u.grad for u in uppgifter(lage, roll, namn)}


# (how the work stands, the task, who has it, how soon)
FALL: list[tuple[Lage, str, set[Roll], Grad]] = [
    (lage(MITT_I_MARS, replace(KLART, fel=2)), "fel-2020", LEDNING, Grad.NU),
    (lage(MITT_I_MARS, Arslage(2020, stopp="Går inte.")), "stopp-2020", LEDNING, Grad.NU),
    (Lage(date(2021, 10, 1), (Arslage(2021, beslutade=True),)), "mal-2022", LEDNING, Grad.NU),
    (Lage(date(2021, 12, 31), (Arslage(2021, beslutade=True),)), "mal-2022", LEDNING, Grad.NU),
    (Lage(date(2022, 1, 1), (Arslage(2021, beslutade=True),)), "mal-2022", LEDNING, Grad.FORSENAD),
    (lage(date(2021, 10, 1), Arslage(2022)), "beslut-2022", LEDNING, Grad.NU),
    (lage(date(2021, 10, 1), Arslage(2022)), "las-mal-2022", {Roll.STYRELSE}, Grad.NU),
    (lage(date(2022, 1, 1), Arslage(2022)), "beslut-2022", LEDNING, Grad.FORSENAD),
    (lage(omgangar=(omgang("utkast"),)), "oppna-host", LEDNING, Grad.NU),
    (lage(omgangar=(omgang("oppen", stanger=date(2021, 3, 17)),)), "paminn-host", LEDNING, Grad.NU),
    (lage(omgangar=(omgang("stangd", stanger=date(2021, 3, 9)),)), "frys-host", LEDNING, Grad.NU),
    (lage(omgangar=(omgang("stangd", stanger=date(2021, 2, 24)),)), "frys-host", LEDNING, Grad.NU),
    (lage(omgangar=(omgang("stangd", stanger=date(2021, 2, 23)),)), "frys-host", LEDNING, Grad.FORSENAD),
    (lage(omgangar=(omgang("oppen", papper_kvar=True),)), "papper-host", LEDNING, Grad.NU),
    (lage(omgangar=(omgang("oppen", papper_kvar=True, provomgang=True),)), "papper-host", LEDNING, Grad.NU),
    (lage(enkater=(DELTAGARE,)), "omgang-deltagare", LEDNING, Grad.NU),
    (lage(date(2021, 9, 1), enkater=(ENKAT,)), "omgang-personal", LEDNING, Grad.SNART),
    (lage(date(2021, 10, 1), enkater=(ENKAT,)), "omgang-personal", LEDNING, Grad.NU),
    (lage(sprak=("Soomaali",)), "sprak", LEDNING | {Roll.GRANSKARE}, Grad.SNART),
    (lage(date(2021, 4, 16), insatser=1), "kvartal-4", {Roll.INSATSANSVARIG}, Grad.NU),
    (lage(date(2021, 5, 7), insatser=1), "kvartal-4", {Roll.INSATSANSVARIG}, Grad.SNART),
    (lage(date(2021, 1, 10), KLART, insatser=1), "register-2020", LEDNING, Grad.NU),
    (lage(godkannare=False), "godkannare", CHEF, Grad.SNART),
    (lage(MITT_I_MARS, replace(KLART, roda=2)), "roda-2020", LEDNING, Grad.NU),
    (
        lage(MITT_I_MARS, replace(KLART, exempel={"granskas": 1})),
        "exempel-granskas-2020",
        LEDNING | {Roll.GRANSKARE},
        Grad.NU,
    ),
    (lage(MITT_I_MARS, replace(KLART, exempel={"samtycke": 1})), "exempel-samtycke-2020", LEDNING, Grad.NU),
    (lage(MITT_I_MARS, replace(KLART, exempel={"fel": 1})), "exempel-fel-2020", LEDNING, Grad.NU),
    (lage(MITT_I_MARS, replace(KLART, inte_matta=4)), "luckor-2020", LEDNING, Grad.SNART),
    (lage(MITT_I_MARS, replace(KLART, hinder=1)), "hinder-2020", LEDNING, Grad.NU),
    (lage(MITT_I_MARS, replace(KLART, publicerad=1, skal_saknas=True)), "rattelse-2020", LEDNING, Grad.NU),
    (lage(MITT_I_MARS, KLART), "bygg-2020", LEDNING, Grad.NU),
    (lage(MITT_I_MARS, replace(KLART, utkast=True, inaktuellt_utkast=True)), "bygg-2020", LEDNING, Grad.NU),
    (
        lage(MITT_I_MARS, replace(KLART, utkast=True)),
        "las-2020",
        {Roll.STYRELSE, Roll.REVISOR, Roll.GRANSKARE, Roll.GODKANNARE},
        Grad.NU,
    ),
    (lage(MITT_I_MARS, replace(KLART, utkast=True)), "godkann-2020", CHEF | {Roll.GODKANNARE}, Grad.NU),
    (lage(MITT_I_MARS, replace(KLART, utkast=True, racker=True)), "publicera-2020", LEDNING, Grad.NU),
]


@pytest.mark.parametrize(("lage_", "kod", "roller", "grad"), FALL, ids=[f"{f[1]}-{f[0].idag}" for f in FALL])
def test_what_there_is_to_do_is_told_to_those_who_can_do_it(
    lage_: Lage, kod: str, roller: set[Roll], grad: Grad
) -> None:
    har = {roll: koder(lage_, roll) for roll in Roll}
    assert {roll for roll, egna in har.items() if kod in egna} == roller
    assert {egna[kod] for egna in har.values() if kod in egna} == {grad}


# (how the work stands, what is not asked for)
INTE: list[tuple[Lage, str]] = [
    (lage(date(2021, 9, 30), Arslage(2021, beslutade=True)), "mal-2022"),
    (Lage(date(2021, 11, 1)), "mal-2021"),
    (lage(MITT_I_MARS, replace(KLART, beslutade=False, ar=2021, publicerad=1)), "beslut-2021"),
    (lage(omgangar=(omgang("utkast", provomgang=True),)), "oppna-host"),
    (lage(omgangar=(omgang("oppen", stanger=date(2021, 3, 18)),)), "paminn-host"),
    (
        lage(omgangar=(replace(omgang("oppen", stanger=date(2021, 3, 11)), kalla="deltagarenkat"),)),
        "paminn-host",
    ),
    (lage(omgangar=(omgang("fryst", papper_kvar=True),)), "papper-host"),
    (lage(date(2021, 8, 31), enkater=(ENKAT,)), "omgang-personal"),
    (lage(date(2021, 10, 1), enkater=(ENKAT,), omgangar=(omgang("vantar"),)), "omgang-personal"),
    (lage(date(2021, 4, 15), insatser=1), "kvartal-4"),
    (lage(date(2021, 5, 8), insatser=1), "kvartal-4"),
    (lage(date(2021, 4, 30)), "kvartal-4"),
    (lage(date(2021, 3, 1), KLART, insatser=1), "register-2020"),
    (lage(date(2021, 4, 1), replace(KLART, inte_matta=4)), "luckor-2020"),
    (lage(MITT_I_MARS, replace(KLART, roda=1, utkast=True)), "godkann-2020"),
    (lage(MITT_I_MARS, replace(KLART, exempel={"samtycke": 1}, utkast=True)), "godkann-2020"),
    (lage(MITT_I_MARS, replace(KLART, utkast=True, inaktuellt_utkast=True)), "godkann-2020"),
    (lage(MITT_I_MARS, replace(KLART, roda=1, oforandrad=True, publicerad=1)), "roda-2020"),
    (lage(MITT_I_MARS, replace(KLART, signaler={"gra": 9}, roda=1)), "roda-2020"),
]


@pytest.mark.parametrize(("lage_", "kod"), INTE, ids=[f"{f[1]}-{f[0].idag}" for f in INTE])
def test_what_is_not_to_be_done_now_is_asked_of_nobody(lage_: Lage, kod: str) -> None:
    assert not [roll for roll in Roll if kod in koder(lage_, roll)]


def test_a_round_that_is_missing_makes_the_test_of_the_missing_ones_mean_something() -> None:
    annans = lage(date(2021, 10, 1), enkater=(ENKAT,), omgangar=(replace(omgang("fryst"), ar=2020),))
    assert "omgang-personal" in koder(annans)


def test_one_who_has_approved_is_not_asked_again_however_the_name_is_spelled() -> None:
    stand = lage(MITT_I_MARS, replace(KLART, utkast=True, godkanda=("Åsa  Ek",)))
    assert "godkann-2020" not in koder(stand, Roll.GODKANNARE, "åsa ek")
    assert "godkann-2020" in koder(stand, Roll.GODKANNARE, "Bo Ek")


def test_what_is_late_comes_first_and_then_what_is_due_first() -> None:
    stand = lage(date(2022, 1, 20), replace(KLART, ar=2021, roda=1), Arslage(2022), insatser=1, sprak=("Soomaali",))
    alla = uppgifter(stand, Roll.KANSLI)
    assert [u.kod for u in alla] == ["beslut-2022", "register-2021", "roda-2021", "sprak"]
    assert alla[1].senast == date(2022, 1, 31)
    assert alla[2].senast == date(2022, 3, 31)


def test_no_task_is_late_for_a_day_that_no_law_and_no_decision_has_set() -> None:
    gammalt = lage(date(2026, 11, 22), replace(KLART, roda=3, hinder=1))
    egna = [u for u in uppgifter(gammalt, Roll.FORBUNDSCHEF) if u.kod.endswith("-2020")]
    assert egna
    assert all(u.grad is not Grad.FORSENAD and u.senast is None for u in egna)


def test_every_task_says_why_in_one_sentence_and_leads_to_a_page_that_there_is() -> None:
    for stand, kod, roller, _grad in FALL:
        for u in uppgifter(stand, min(roller)):
            assert u.varfor.endswith("."), kod
            assert u.knapp, kod
            assert any(sida in TILLTRADE for sida, _delar in u.lankar), (kod, u.lankar)


def test_numbers_of_one_are_written_as_one() -> None:
    en, tva = (lage(MITT_I_MARS, replace(KLART, roda=antal)) for antal in (1, 2))
    rubriker = [next(u.rubrik for u in uppgifter(x, Roll.KANSLI) if u.kod == "roda-2020") for x in (en, tva)]
    assert rubriker == ["Kommentera ett rött resultat", "Kommentera 2 röda resultat"]
