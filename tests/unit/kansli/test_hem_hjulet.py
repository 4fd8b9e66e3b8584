"""The wheel of the year: how each part stands, its days in words, the picture, and the first steps."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from kansli.hem import hjulet
from kansli.hem.hjulbild import rita
from kansli.hem.kom_igang import steg
from kansli.hem.lage import Arslage, Enkaten, Lage, Omgangen

ENKAT = Enkaten("personal", "Personalenkäten", "personalenkat")
FRYST = Omgangen("host", "Personalenkäten", "personalenkat", 2021, "fryst")


def tillstand(kod: str, idag: date, **mer: Any) -> str:
    return next(d.tillstand for d in hjulet.delar(Lage(idag, **mer)) if d.station.kod == kod)


@pytest.mark.parametrize(
    ("kod", "idag", "mer", "vantat"),
    [
        ("mal", date(2021, 9, 30), {}, hjulet.KOMMER),
        ("mal", date(2021, 10, 1), {}, hjulet.NU),
        ("mal", date(2021, 12, 31), {}, hjulet.NU),
        ("mal", date(2021, 10, 1), {"aren": (Arslage(2022, beslutade=True),)}, hjulet.KLAR),
        ("mal", date(2021, 10, 1), {"aren": (Arslage(2022),)}, hjulet.NU),
        ("enkater", date(2021, 12, 16), {"enkater": (ENKAT,)}, hjulet.KVAR),
        ("enkater", date(2021, 12, 16), {"enkater": (ENKAT,), "omgangar": (FRYST,)}, hjulet.KLAR),
        ("enkater", date(2021, 12, 16), {}, hjulet.VET_INTE),
        ("bokslut", date(2021, 4, 1), {"aren": (Arslage(2020),)}, hjulet.KVAR),
        ("bokslut", date(2021, 3, 31), {"aren": (Arslage(2020),)}, hjulet.NU),
        ("bokslut", date(2021, 2, 1), {"aren": (Arslage(2020, publicerad=1),)}, hjulet.KLAR),
        ("resultat", date(2021, 3, 1), {"aren": (Arslage(2020, signaler={"rod": 1}, roda=1),)}, hjulet.KVAR),
        ("resultat", date(2021, 3, 1), {"aren": (Arslage(2020, signaler={"rod": 1}),)}, hjulet.KLAR),
        ("exempel", date(2021, 2, 1), {"aren": (Arslage(2020, exempel={"med": 1}),)}, hjulet.KLAR),
        ("kvartal1", date(2021, 5, 1), {}, hjulet.VET_INTE),
        ("kvartal1", date(2021, 4, 30), {}, hjulet.NU),
        ("deltagare", date(2021, 7, 1), {}, hjulet.NU),
    ],
)
def test_a_part_is_done_now_left_or_to_come(kod: str, idag: date, mer: dict[str, Any], vantat: str) -> None:
    assert tillstand(kod, idag, **mer) == vantat


def test_what_the_program_cannot_know_is_never_called_left() -> None:
    alla = hjulet.delar(Lage(date(2021, 12, 31)))
    assert {d.station.kod for d in alla if d.tillstand == hjulet.KVAR} == set()


def test_days_are_said_as_people_say_them() -> None:
    nar = {d.station.kod: d.nar for d in hjulet.delar(Lage(date(2021, 5, 1)))}
    assert nar["kvartal1"] == "senast 30 april"
    assert nar["exempel"] == "1–31 januari"
    assert nar["bokslut"] == "15 februari – 31 mars"
    assert nar["deltagare"] == "hela året"


def test_no_two_parts_of_a_ring_lie_on_each_other() -> None:
    for spar in range(3):
        egna = [s for s in hjulet.STATIONER if s.spar == spar and s.fran != s.till and s.kod != "deltagare"]
        assert all(a.till < b.fran for a, b in pairwise(egna)), spar


def test_the_picture_has_every_number_of_the_list_and_stays_inside_its_frame() -> None:
    delar = hjulet.delar(Lage(date(2024, 2, 29)))
    bild = str(rita(delar, date(2024, 2, 29)))
    assert re.findall(r'class="nr"[^>]*>(\d+)<', bild) != []
    assert {int(nr) for nr in re.findall(r'class="nr"[^>]*>(\d+)<', bild)} == {d.nr for d in delar}
    tal = [float(x) for x in re.findall(r'(?:x|y|x1|y1|x2|y2|cx|cy)="([\d.-]+)"', bild)]
    assert min(tal) >= 0
    assert max(tal) <= 360
    assert "style=" not in bild


def test_the_hand_points_at_the_day() -> None:
    # The first of January is at the top, and three months later to the right.
    for dag, x, y in ((date(2021, 1, 1), 180.0, 28.0), (date(2021, 4, 2), 332.0, 180.0)):
        hand = re.search(r'hjulvisare" x1="[\d.]+" y1="[\d.]+" x2="([\d.]+)" y2="([\d.]+)"', str(rita([], dag)))
        assert hand is not None
        assert float(hand[1]) == pytest.approx(x, abs=2)
        assert float(hand[2]) == pytest.approx(y, abs=2)


def test_on_the_first_day_there_are_five_steps_and_none_is_done() -> None:
    alla = steg(Lage(date(2021, 1, 1)))
    assert [s.klart for s in alla] == [False] * 5
    assert all(s.lankar and s.varfor.endswith(".") for s in alla)


def test_each_step_is_done_by_what_it_asks_for() -> None:
    halvvags = Lage(
        date(2021, 1, 1),
        aren=(Arslage(2021),),
        enkater=(ENKAT,),
        personer=2,
        godkannare=True,
        omgangar=(Omgangen("u", "U", "u", 2021, "utkast"),),
    )
    assert [s.klart for s in steg(halvvags)] == [True, True, True, False, False]


def test_the_steps_are_gone_when_all_are_done_and_when_a_year_is_published() -> None:
    klart = {"enkater": (ENKAT,), "personer": 2, "godkannare": True, "omgangar": (FRYST,), "insatser": 1}
    assert steg(Lage(date(2021, 1, 1), aren=(Arslage(2021),), **klart)) == []
    assert steg(Lage(date(2021, 1, 1), aren=(Arslage(2020, publicerad=1),))) == []


def test_the_year_to_account_for_is_the_latest_that_is_measured() -> None:
    matt = {"gron": 1}
    aren = (Arslage(2022), Arslage(2021, signaler={"gra": 4}), Arslage(2020, signaler=matt))
    for idag, ar in ((date(2021, 5, 1), 2020), (date(2019, 1, 1), 2022)):
        valt = Lage(idag, aren).bokslutsar()
        assert valt is not None
        assert valt.ar == ar
    assert Lage(date(2021, 1, 1)).bokslutsar() is None
