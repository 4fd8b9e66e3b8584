"""Freezing and disposing in the browser: the key is asked for, what is wrong is told, and nothing is done twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from bokslut.bevisfil import skriv_bevis
from enkat import nycklar as enkatnycklar
from indikatorer.skydd.bevis import Bevis
from kansli.jobb import store as store_jobb
from kansli.omgangar import frysjobb
from tests.databas.provenkat import MED_FRITEXT
from tests.kansliprov import Prov, skicka
from tests.omgangsprov import antal_kuvert, bygg_rum, flytta, hamta, logg, oppnad, ren, stangd, utkast, vanta

FRAS = "fyra gula bussar hoppar"


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_rum(tmp_path)
    yield prov
    prov.motor.dispose()


def test_a_wrong_passphrase_is_told_beside_its_field_and_starts_nothing(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov, losenfras=FRAS)
    adress = f"/kansli/omgangar/{omgang_id}/frys"
    svar = skicka(klient, adress, hur="fil", losenfras="fel fras helt")
    assert svar.status_code == 422
    assert 'href="#losenfras">Lösenfrasen stämmer inte.' in svar.text
    assert "fel fras helt" not in svar.text
    with Session(prov.motor) as session:
        assert store_jobb.senaste(session, frysjobb._nu()) == []
    assert "Svaren är frysta" in vanta(klient, skicka(klient, adress, hur="fil", losenfras=FRAS))


def test_without_the_key_s_file_the_paper_copy_is_asked_for_and_enough(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, papper = stangd(prov)
    enkatnycklar.forstor_privat(prov.mapp.nycklar, omgang_id)
    adress = f"/kansli/omgangar/{omgang_id}/frys"
    assert "Nyckelfilen finns inte här" in klient.get(adress).text
    assert 'value="papper" checked' in re.sub(r'id="hur-\d" name="hur" type="radio" ', "", klient.get(adress).text) or (
        re.search(r'<input checked[^>]*value="papper"', klient.get(adress).text)
    )
    assert "Nyckelfilen finns inte. Återställ den" in skicka(klient, adress, hur="fil").text
    felskriven = ("0" if papper[0] != "0" else "1") + papper[1:]
    fel = skicka(klient, adress, hur="papper", papper=felskriven)
    assert fel.status_code == 422
    assert "Grupp 1 stämmer inte" in fel.text
    assert "13 grupper" in skicka(klient, adress, hur="papper", papper="ABC").text
    assert antal_kuvert(prov, omgang_id) == 6
    assert "Svaren är frysta" in vanta(klient, skicka(klient, adress, hur="papper", papper=papper.lower()))


def test_the_paper_of_another_round_opens_nothing(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov)
    _, annat = oppnad(prov, period="2027")
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="papper", papper=annat)
    assert svar.status_code == 422
    assert "Nyckeln hör inte till den här omgången." in svar.text


def test_freezing_twice_is_told_and_by_whom(prov: Prov) -> None:
    en, tva = prov.person("kansli"), prov.person("forbundschef")
    omgang_id, _ = stangd(prov)
    adress = f"/kansli/omgangar/{omgang_id}/frys"
    vanta(en, skicka(en, adress, hur="fil"))
    sida = tva.get(adress)
    assert sida.status_code == 409
    assert "är fryst" in sida.text
    assert "Omgång fryst, av Kansli" in sida.text


def test_a_round_that_is_open_or_in_its_last_hour_waits(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    assert "är öppen" in klient.get(f"/kansli/omgangar/{omgang_id}/frys").text
    flytta(prov, omgang_id, timedelta(minutes=-5))
    sida = klient.get(f"/kansli/omgangar/{omgang_id}/frys")
    assert sida.status_code == 409
    assert "Vänta till" in sida.text
    assert "Kan frysas" in klient.get(f"/kansli/omgangar/{omgang_id}").text


def test_no_result_shows_before_the_freeze_and_few_answers_not_after_it(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov, svar=3)
    sida = klient.get(f"/kansli/omgangar/{omgang_id}").text
    assert "Helt" not in sida
    assert "till stor del" not in sida
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="fil"))
    assert "Färre än 5 svar av 12 utdelade" in ren(klient.get(f"/kansli/omgangar/{omgang_id}").text)


def test_a_year_that_has_the_answers_already_is_told_before_the_key_is_asked_for(prov: Prov) -> None:
    klient = prov.person("kansli")
    en, _ = stangd(prov)
    tva, _ = stangd(prov)
    vanta(klient, skicka(klient, f"/kansli/omgangar/{en}/frys", hur="fil"))
    sida = klient.get(f"/kansli/omgangar/{tva}/frys")
    assert sida.status_code == 409
    assert "där finns redan källan ”deltagarenkat”" in sida.text
    assert antal_kuvert(prov, tva) == 6


def test_the_log_says_who_froze_it_and_nothing_of_the_key(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, papper = stangd(prov, losenfras=FRAS)
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="papper", papper=papper))
    rader = [(r.vad, r.vem, r.efter) for r in logg(prov, pa=omgang_id)]
    alla = str([(r.fore, r.efter, r.pa) for r in logg(prov)])
    assert rader == [("omgang-fryst", "Kansli", ""), ("omgang-frysning-borjad", "Kansli", "")]
    assert papper.split()[0] not in alla
    assert FRAS not in alla


def test_a_freeze_that_was_cut_off_is_cleaned_up_after(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov)
    kopia = (prov.mapp.nycklar / f"{omgang_id}.nyckel").read_bytes()
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="fil"))
    (prov.mapp.nycklar / f"{omgang_id}.nyckel").write_bytes(kopia)
    adress = f"/kansli/omgangar/{omgang_id}"
    assert 'class="knapp" href="' + adress + '/stada"' in klient.get(adress).text
    assert skicka(klient, f"{adress}/stada").status_code == 303
    assert not (prov.mapp.nycklar / f"{omgang_id}.nyckel").exists()


def test_rows_are_disposed_of_from_the_day_that_was_told_and_not_before(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov)
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="fil"))
    adress = f"/kansli/omgangar/{omgang_id}/gallra"
    assert klient.get(adress).status_code == 409
    assert "Raderna gallras från och med" in klient.get(adress).text
    flytta(prov, omgang_id, timedelta(days=-740))
    assert "Kryssa i att du vet" in skicka(klient, adress).text
    bevis = skriv_bevis(prov.mapp.underlag(2026), {"2026/deltagarenkat": Bevis((), ((3,),))})
    assert "Raderna är borta" in vanta(klient, skicka(klient, adress, sakert="y"))
    assert hamta(prov, omgang_id).lage == "gallrad"
    assert not (prov.mapp.underlag(2026) / "deltagarenkat.parquet").exists()
    assert not bevis.exists()


def test_without_goals_nobody_knows_which_counts_to_keep(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov)
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="fil"))
    prov.mapp.mal(2026).unlink()
    flytta(prov, omgang_id, timedelta(days=-740))
    slut = vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/gallra", sakert="y"))
    assert "Det finns inga mål för 2026" in slut
    assert hamta(prov, omgang_id).lage == "fryst"


def test_free_text_goes_alone(tmp_path: Path) -> None:
    prov = bygg_rum(tmp_path, MED_FRITEXT)
    klient = prov.person("kansli")
    omgang_id, _ = stangd(prov)
    vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/frys", hur="fil"))
    fil = prov.mapp.underlag(2026) / "fritext-prov.csv"
    assert fil.exists()
    assert "Gallra fritexten" in klient.get(f"/kansli/omgangar/{omgang_id}").text
    assert skicka(klient, f"/kansli/omgangar/{omgang_id}/gallra-fritext", sakert="y").status_code == 303
    assert not fil.exists()
    assert (prov.mapp.underlag(2026) / "deltagarenkat.parquet").exists()
    assert "Gallra fritexten" not in klient.get(f"/kansli/omgangar/{omgang_id}").text
    prov.motor.dispose()


def test_a_draft_cannot_be_frozen(prov: Prov) -> None:
    sida = prov.person("kansli").get(f"/kansli/omgangar/{utkast(prov)}/frys")
    assert sida.status_code == 409
    assert "är ett utkast" in sida.text
