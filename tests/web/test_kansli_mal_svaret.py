"""What the script on an indicator's page is answered with: the button's own preview, alone, and nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session, func, select

from kansli.mal.models import Malversion
from kansli.models import Handelse
from kansli.roller import Roll
from tests.kansliprov import ROT, Prov, bygg
from tests.web.test_kansli_mal import STOD, falten, fil, fyll, ren, skicka_vidare

SKRIPT = "/kansli/stil/forhandsvisning.js"
NY = "/kansli/mal/2020/indikator?regel=andel&mal=inflytande"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg(tmp_path, exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def chef(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


@pytest.mark.parametrize(
    ("adress", "andrat"),
    [
        (STOD, {"gron": "minst 70 %"}),
        (STOD, {"gron": "minst 70 %", "titel": "<script>x</script>"}),
        ("/kansli/mal/2020/indikator/skillnad-stod", {"gron": "högst 3 procentenheter"}),
        (NY, {"titel": "Ny", "kalla": "personalenkat", "fraga": "trivs", "svar": ["helt_och_hallet"]}),
    ],
)
def test_it_is_what_the_button_gives_and_nothing_else(chef: FlaskClient, adress: str, andrat: dict[str, str]) -> None:
    knappens, svaret = (fyll(chef, adress, knapp, **andrat) for knapp in ("rakna", "prova"))
    assert svaret.status_code == 200
    assert len(ren(svaret.text)) > 60
    assert ren(svaret.text) in ren(knappens.text)
    assert not re.search(r"<(html|h1|input|select|form|script)\b", svaret.text)


def test_it_has_the_result_the_signals_that_turn_and_the_index(chef: FlaskClient) -> None:
    text = ren(fyll(chef, STOD, "prova", gron="minst 70 %").text)
    assert "2020 78 % 64 av 82 Når målet Sparat: 78 % 64 av 82 Når inte målet" in text
    assert "det behövs 125" in text
    assert "2019: 1 av 56 signaler ändras." in text
    assert "5.14 Jämställdhetsindex 91 %, ändras inte" in text


def test_what_is_held_back_from_the_button_is_held_back_here_too(chef: FlaskClient) -> None:
    text = ren(fyll(chef, "/kansli/mal/2020/indikator/skillnad-stod", "prova", gron="högst 3 procentenheter").text)
    assert "hålls inne visas när du har sparat" in text


def test_a_fault_is_a_link_to_its_field_in_the_words_that_saving_would_say(chef: FlaskClient) -> None:
    svar = fyll(chef, STOD, "prova", gron="80%", fran="i fjol")
    lankar = {falt: ren(text) for falt, text in re.findall(r'<a href="#(\w+)">(.*?)</a>', svar.text)}
    sparad = ren(fyll(chef, STOD, "spara", gron="80%", fran="i fjol", skal="Prov").text)
    assert svar.status_code == 200
    assert "Fel att rätta" in svar.text
    assert set(lankar) == {"gron", "fran"}
    assert all(text in sparad for text in lankar.values())
    assert "Varför" not in svar.text, "who is still writing has not forgotten to say why"


def test_what_is_read_aloud_is_the_result_and_the_signals_or_else_the_fault(chef: FlaskClient) -> None:
    def sags(gron: str) -> list[str]:
        return [
            ren(text)
            for _, text in re.findall(r"<(\w+) data-sags>(.*?)</\1>", fyll(chef, STOD, "prova", gron=gron).text, re.S)
        ]

    assert sags("minst 70 %") == ["78 % 64 av 82 Når målet", "2020: 1 av 62 signaler ändras."]
    assert [rad.split(",")[0] for rad in sags("minst 7")] == ["Ett fel att rätta", "”minst 7” passar inte regeln andel"]


def test_nothing_is_stored_by_it(prov: Prov, chef: FlaskClient) -> None:
    def sparat() -> tuple[str, int, int]:
        with Session(prov.motor) as session:
            antal = [session.exec(select(func.count()).select_from(tabell)).one() for tabell in (Malversion, Handelse)]
        return fil(prov), antal[0], antal[1]

    sida = chef.get(STOD).text
    fore = sparat()
    for gron in ("minst 70 %", "hej", ""):
        assert skicka_vidare(chef, STOD, sida, "prova", gron=gron, skal="Ett gott skäl").status_code == 200
    assert sparat() == fore


def test_one_who_writes_is_told_that_somebody_has_saved_meanwhile_and_can_still_save(
    prov: Prov, chef: FlaskClient
) -> None:
    sida = chef.get(STOD).text
    assert fyll(prov.person(Roll.KANSLI), STOD, "spara", titel="Hennes titel", skal="Hon").status_code == 303
    svar = skicka_vidare(chef, STOD, sida, "prova", gron="minst 70 %")
    assert "Kansli sparade version 2 medan du skrev. Det du skrev står kvar." in ren(svar.text)
    assert "2020: 1 av 62 signaler ändras." in ren(svar.text)
    text = ren(skicka_vidare(chef, STOD, sida, "spara", gron="minst 70 %", skal="Jag").text)
    assert "Kansli sparade samtidigt" in text


def test_only_this_page_may_call_the_server_and_only_our_own(chef: FlaskClient) -> None:
    def policy(adress: str) -> list[str]:
        return chef.get(adress).headers["Content-Security-Policy"].split("; ")

    for adress in (STOD, NY):
        assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= set(policy(adress))
    assert not [del_ for del_ in policy("/kansli/mal/2020") if del_.startswith("connect-src")]


def test_the_script_is_a_small_file_of_our_own_and_the_button_stays(chef: FlaskClient) -> None:
    sida = chef.get(STOD).text
    assert re.findall(r"<script\b[^>]*>", sida) == [f'<script src="{SKRIPT}" defer>']
    assert falten(sida)["version"]
    assert sida.count('name="knapp" value="rakna"') == 2
    svar = chef.get(SKRIPT)
    assert svar.mimetype in ("text/javascript", "application/javascript")
    assert svar.data == (ROT / "static/kansli/forhandsvisning.js").read_bytes()
    assert len(svar.data) <= 2048
