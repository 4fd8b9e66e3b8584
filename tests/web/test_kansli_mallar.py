"""The draft documents: filled with what the installation is, marked where somebody has to decide, and to be had."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kansli.enkater import filer
from kansli.mallar.dokument import ATT_GORA, MALLAR, att_gora, cell, som_html
from kansli.roller import Roll
from tests.enkatprov import ALLA_SLAG
from tests.kansliprov import FORBUND, Prov, bygg

ADRESS = "/kansli/mallar"
alla_mallar = pytest.mark.parametrize("mall", MALLAR)


@pytest.fixture(scope="module")
def prov(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    prov = bygg(tmp_path_factory.mktemp("mallar"), exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def klient(prov: Prov) -> FlaskClient:
    return prov.person(Roll.FORBUNDSCHEF)


@pytest.fixture
def installning(prov: Prov) -> Iterator[Path]:
    fil = prov.mapp.rot / "enkat.toml"
    fil.write_text(f'forbund = "{FORBUND}"\nkontakt = "Kim [chef] | 090-12 34 56"\nombud = "dso@exempel.se"\n', "utf-8")
    yield fil
    fil.unlink()


def dokument(klient: FlaskClient, mall: str) -> str:
    return klient.get(f"{ADRESS}/{mall}/markdown").text


def test_the_list_names_each_with_its_rule_and_what_is_left(klient: FlaskClient) -> None:
    sida = klient.get(ADRESS).text
    for artikel in ("artikel 35", "Arkivlagen (1990:782)", "artikel 28", "artikel 13"):
        assert artikel in sida
    assert sida.count("ställen att fylla i eller pröva") == 4


@alla_mallar
def test_each_is_a_draft_with_the_forbund_in_it_and_what_is_left_is_marked(klient: FlaskClient, mall: str) -> None:
    sida = klient.get(f"{ADRESS}/{mall}").text
    artikel = sida.partition('<article class="dokument"')[2]
    assert "Utkast att anpassa" in artikel
    assert FORBUND in artikel
    kvar = att_gora(dokument(klient, mall))
    assert artikel.count("<mark>") == kvar > 0
    assert f"{kvar} ställen är märkta" in sida
    assert artikel.count("<h1>") == 1
    assert sida.count("<h1") == 1


@alla_mallar
def test_nothing_of_the_template_shows_and_every_table_is_whole(klient: FlaskClient, mall: str) -> None:
    markdown = dokument(klient, mall)
    assert not re.search(r"\{[{%]|[%}]\}|None|\bnan\b", markdown)
    html = som_html(markdown)
    for tabell in re.findall(r"<table>.*?</table>", html, re.S):
        antal = {len(re.findall(r"<t[hd]>", rad)) for rad in re.findall(r"<tr>(.*?)</tr>", tabell, re.S)}
        assert len(antal) == 1
    assert "|" not in re.sub(r"<[^>]+>", "", html).replace("Kim [chef] | 090", "")
    okant = [hake for hake in re.findall(r"\[[^\]]*\]", re.sub(r"<[^>]+>", "", html)) if not ATT_GORA.fullmatch(hake)]
    assert okant == []


def test_the_facts_are_those_of_the_questionnaires(klient: FlaskClient, prov: Prov) -> None:
    bedomning = dokument(klient, "konsekvensbedomning")
    assert "Har du blivit diskriminerad på grund av kön?" in bedomning
    assert "8 frågor är märkta som känsliga" in bedomning
    assert "grupper om minst 5 personer" in bedomning
    assert "Inga frågor besvaras med egna ord" in bedomning
    gallring = dokument(klient, "gallringsbeslut")
    assert "Senast 24 månader efter att omgången stängde" in gallring
    fil = filer.fil_for(prov.mapp, "prov")
    fil.write_text(ALLA_SLAG.lstrip(), "utf-8")
    assert "Svar i egna ord: ”Något mer?”" in dokument(klient, "gallringsbeslut")
    assert "Senast 12 månader" in dokument(klient, "gallringsbeslut")
    assert "tas bort efter högst 12 månader" in dokument(klient, "information")
    fil.unlink()


@pytest.mark.usefixtures("installning")
def test_the_contact_and_the_ombud_stand_where_they_were_to_be_filled_in(klient: FlaskClient) -> None:
    html = som_html(dokument(klient, "information"))
    assert "Kim [chef] | 090-12 34 56" in html
    assert "dso@exempel.se" in html
    rad = som_html(dokument(klient, "bitradesavtal")).partition("<td>Kontakt</td>")[2].partition("</tr>")[0]
    assert "Kim [chef] | 090-12 34 56" in rad


def test_without_questionnaires_the_documents_still_hold(tmp_path: Path) -> None:
    prov = bygg(tmp_path)
    klient = prov.person(Roll.FORBUNDSCHEF)
    for mall in MALLAR:
        assert klient.get(f"{ADRESS}/{mall}").status_code == 200
    assert "ingen enkät är inlagd än" in dokument(klient, "information")
    prov.motor.dispose()


@alla_mallar
def test_a_file_for_word_is_one_page_by_itself(klient: FlaskClient, mall: str) -> None:
    svar = klient.get(f"{ADRESS}/{mall}/word")
    assert svar.headers["Content-Disposition"] == f'attachment; filename="{mall}-utkast.html"'
    assert svar.text.startswith("<!doctype html>")
    assert '<meta charset="utf-8">' in svar.text
    assert not re.search(r"<script|<link|src=|href=", svar.text)


@pytest.mark.parametrize("adress", ["/finns-inte", "/information/pdf", "/../hemlighet/word"])
def test_what_is_not_there_is_a_page_that_says_so(klient: FlaskClient, adress: str) -> None:
    assert klient.get(ADRESS + adress).status_code == 404


def test_a_fact_cannot_become_markup() -> None:
    elakt = "<script>x</script> | [fyll i: x](javascript:1) **fet** `kod`"
    html = som_html(f"| A | B |\n|---|---|\n| {cell(elakt)} | 2 |\n")
    assert "<script" not in html
    assert "<a" not in html
    assert "<strong" not in html
    assert html.count("<td>") == 2
