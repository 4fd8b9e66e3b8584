"""The rounds' pages: each state says where it is and what to do next, and the whole road is walked in the browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from enkat.omgang import SVENSK_TID
from tests import omgangsprov
from tests.kansliprov import Prov, skicka, token
from tests.omgangsprov import (
    ADRESS,
    antal_kuvert,
    bunt,
    bygg_rum,
    flytta,
    hamta,
    oppnad,
    ren,
    stangd,
    svara,
    utkast,
    vanta,
)

OM_TVA_VECKOR = (datetime.now(SVENSK_TID) + timedelta(days=14)).date().isoformat()


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_rum(tmp_path)
    yield prov
    prov.motor.dispose()


def logg(prov: Prov, vad: str = "") -> list[str]:
    return [f"{r.vad} {r.pa} {r.fore} {r.efter}" for r in omgangsprov.logg(prov, vad)]


def knapp(html: str) -> str:
    """The one main button of the page of a round."""
    alla = re.findall(r'class="knapp"[^>]*>([^<]+)<', html)
    assert len(alla) == 1, alla
    return str(alla[0])


def test_the_first_day_says_how_to_begin(prov: Prov) -> None:
    sida = prov.person("kansli").get("/kansli/omgangar").text
    assert "Ingen omgång än" in sida
    assert "provomgång" in sida
    assert '<a class="knapp" href="/kansli/omgangar/ny">' in sida


def test_the_whole_road_from_draft_to_frozen(prov: Prov) -> None:
    klient = prov.person("forbundschef")
    svar = skicka(klient, "/kansli/omgangar/ny", enkat="prov", period="2026", minsta_grupp="5")
    assert svar.location == "/kansli/omgangar/prov-2026"
    assert knapp(klient.get(svar.location).text) == "Skriv ut koder"
    pdf = skicka_koder(klient, "prov-2026", "Team A", 12)
    koder = qr(pdf)
    assert len(koder) == 12
    assert all(k.startswith(f"{ADRESS}#") for k in koder)
    assert knapp(klient.get(svar.location).text) == "Öppna omgången"
    nyckel = skicka(klient, "/kansli/omgangar/prov-2026/oppna", stanger_dag=OM_TVA_VECKOR)
    assert nyckel.headers["Cache-Control"] == "no-store"
    assert re.search(r'<pre class="grupper">([0-9A-Z]{5}\s){12}[0-9A-Z]{5}</pre>', nyckel.text)
    svara(prov, "prov-2026", [k.partition("#")[2] for k in koder[:6]])
    assert knapp(klient.get(svar.location).text) == "Spara papperskopian av nyckeln"
    klart = klient.post("/kansli/omgangar/prov-2026/papperskopia/sparad", data={"csrf_token": token(nyckel)})
    assert klart.status_code == 303
    sida = ren(klient.get(svar.location).text)
    assert "Alla 5 12" in sida
    assert "Team A 5 12" in sida
    assert skicka(klient, "/kansli/omgangar/prov-2026/stang", sakert="y").status_code == 303
    assert "Sista timmen" in klient.get(svar.location).text
    flytta(prov, "prov-2026", timedelta(hours=-2))
    assert knapp(klient.get(svar.location).text) == "Frys svaren"
    slut = vanta(klient, skicka(klient, "/kansli/omgangar/prov-2026/frys", hur="fil"))
    assert "Svaren är frysta och årets underlag" in slut
    assert hamta(prov, "prov-2026").lage == "fryst"
    assert (prov.mapp.underlag(2026) / "deltagarenkat.parquet").is_file()
    assert not list(prov.mapp.nycklar.glob("prov-2026*"))
    sida = ren(klient.get(svar.location).text)
    assert "6 svar av 12 utdelade" in sida
    assert "Omgång fryst" in sida


def skicka_koder(klient, omgang_id: str, enhet: str, antal: int, **falt: str) -> bytes:  # type: ignore[no-untyped-def]
    adress = f"/kansli/omgangar/{omgang_id}/koder"
    namn = re.search(r'name="bunt"[^>]*value="([0-9a-f]{8})"', klient.get(adress).text)
    assert namn is not None
    svar = skicka(klient, adress, **{"bunt": namn[1], "enhet": enhet, "antal": str(antal), "svara_pa": ADRESS, **falt})
    assert svar.mimetype == "application/pdf", svar.text
    assert svar.headers["Cache-Control"] == "no-store"
    return bytes(svar.data)


def qr(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as dok:
        return [k.text for sida in dok for k in zxingcpp.read_barcodes(sida.render(scale=3).to_pil())]


def test_the_log_says_that_a_batch_was_printed_and_never_a_code(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    koder = [k.partition("#")[2] for k in qr(skicka_koder(klient, omgang_id, "Team A", 10))]
    skicka(klient, f"/kansli/omgangar/{omgang_id}/makulera", koder="\n".join(koder[:2]))
    rader = "\n".join(logg(prov))
    assert "omgang-bunt prov-2026  10 kort, Team A" in rader
    assert "omgang-makulerat prov-2026" in rader
    assert not any(kod in rader.replace(" ", "") for kod in koder)
    assert "Team A" in klient.get(f"/kansli/omgangar/{omgang_id}").text


def test_the_same_form_prints_once(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    adress = f"/kansli/omgangar/{omgang_id}/koder"
    falt = {"bunt": "0a1b2c3d", "enhet": "Team A", "antal": "10", "svara_pa": ADRESS}
    assert skicka(klient, adress, **falt).mimetype == "application/pdf"
    igen = skicka(klient, adress, **falt)
    assert igen.status_code == 409
    assert "Korten är redan gjorda" in igen.text
    assert len(logg(prov, "omgang-bunt")) == 1


def test_a_small_batch_is_told_to_be_counted_with_others(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    skicka_koder(klient, omgang_id, "Liten", 4)
    assert "Liten" in ren(klient.get(f"/kansli/omgangar/{omgang_id}").text)
    assert "Övriga enheter" in klient.get(f"/kansli/omgangar/{omgang_id}").text


@pytest.mark.parametrize(
    ("falt", "fel"),
    [
        ({"enhet": ""}, "Skriv vilken enhet korten är till."),
        ({"antal": "0"}, "1–200 åt gången"),
        ({"antal": "5000"}, "1–200 åt gången"),
        ({"antal": "tolv"}, "Antal kort: skriv ett heltal"),
        ({"svara_pa": "exempel.se"}, "Adressen ska börja med https://"),
        ({"enhet": "x" * 200}, "högst"),
    ],
)
def test_faults_stand_beside_their_field_and_nothing_is_printed(prov: Prov, falt: dict[str, str], fel: str) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    ratt = {"bunt": "0a1b2c3d", "enhet": "Team A", "antal": "10", "svara_pa": ADRESS}
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/koder", **(ratt | falt))
    assert svar.status_code == 422
    assert fel in svar.text
    assert logg(prov, "omgang-bunt") == []


def test_without_a_code_the_opening_has_to_be_meant(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    adress = f"/kansli/omgangar/{omgang_id}/oppna"
    svar = skicka(klient, adress, stanger_dag=OM_TVA_VECKOR)
    assert svar.status_code == 422
    assert "Ingen kod är utskriven" in svar.text
    assert hamta(prov, omgang_id).lage == "utkast"
    assert "Skriv ut den här sidan nu" in skicka(klient, adress, stanger_dag=OM_TVA_VECKOR, utan_koder="y").text


@pytest.mark.parametrize(
    ("falt", "fel"),
    [
        ({}, "Välj sista dagen."),
        ({"stanger_dag": "31/3"}, "skriv dagen som 2026-03-31"),
        ({"stanger_dag": "2020-01-01"}, "Sista dagen har varit"),
        ({"stanger_dag": "2031-05-01", "oppnar_dag": "2031-06-01"}, "skulle stänga innan den öppnar"),
        ({"stanger_dag": "2031-03-30", "stanger_tid": "02:30"}, "Klockan 02:30 finns inte den dagen"),
        ({"stanger_dag": "2031-05-01", "oppnar_dag": "2031-03-30", "oppnar_tid": "02:30"}, "finns inte den dagen"),
        ({"stanger_dag": OM_TVA_VECKOR, "losenfras": "kort", "igen": "kort"}, "minst 12 tecken"),
        ({"stanger_dag": OM_TVA_VECKOR, "losenfras": "fyra gula bussar", "igen": "fem"}, "inte lika"),
    ],
)
def test_an_opening_that_cannot_be_is_told(prov: Prov, falt: dict[str, str], fel: str) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/oppna", utan_koder="y", **falt)
    assert svar.status_code == 422
    assert fel in svar.text
    assert hamta(prov, omgang_id).lage == "utkast"
    assert not list(prov.mapp.nycklar.glob("*.nyckel"))


@pytest.mark.parametrize(
    ("dag", "tid", "utc"),
    [
        ("2031-07-01", "", "2031-07-01 22:00"),  # the whole day, summer time
        ("2031-12-01", "", "2031-12-01 23:00"),
        ("2031-07-01", "16:30", "2031-07-01 14:30"),
        ("2031-10-26", "02:30", "2031-10-26 01:30"),  # the hour that is there twice: the last of them
        ("2031-10-26", "", "2031-10-26 23:00"),
    ],
)
def test_times_are_swedish_also_when_the_clock_changes(prov: Prov, dag: str, tid: str, utc: str) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    skicka(klient, f"/kansli/omgangar/{omgang_id}/oppna", stanger_dag=dag, stanger_tid=tid, utan_koder="y")
    stanger = hamta(prov, omgang_id).stanger
    assert stanger is not None
    assert f"{stanger.astimezone(UTC):%Y-%m-%d %H:%M}" == utc


def test_two_who_press_open_make_one_key(prov: Prov) -> None:
    en, tva, omgang_id = prov.person("kansli"), prov.person("forbundschef"), utkast(prov)
    adress = f"/kansli/omgangar/{omgang_id}/oppna"
    hos_tva = token(tva.get(adress))
    skicka(en, adress, stanger_dag=OM_TVA_VECKOR, utan_koder="y")
    nyckel = hamta(prov, omgang_id).nyckel_id
    svar = tva.post(adress, data={"csrf_token": hos_tva, "stanger_dag": OM_TVA_VECKOR, "utan_koder": "y"})
    assert svar.status_code == 409
    assert "Det går inte just nu" in svar.text
    assert "Omgång öppnad, av Kansli" in svar.text
    assert hamta(prov, omgang_id).nyckel_id == nyckel


def test_the_key_is_shown_again_until_somebody_says_that_it_is_kept(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    adress = f"/kansli/omgangar/{omgang_id}"
    fras = "fyra gula bussar hoppar"
    forst = skicka(klient, f"{adress}/oppna", stanger_dag=OM_TVA_VECKOR, utan_koder="y", losenfras=fras, igen=fras)
    grupper = re.findall(r'class="grupper">([^<]+)<', forst.text)
    fel = skicka(klient, f"{adress}/papperskopia", losenfras="fel fras helt")
    assert fel.status_code == 422
    assert "Lösenfrasen stämmer inte." in fel.text
    igen = skicka(klient, f"{adress}/papperskopia", losenfras=fras)
    assert re.findall(r'class="grupper">([^<]+)<', igen.text) == grupper
    klient.post(f"{adress}/papperskopia/sparad", data={"csrf_token": token(igen)})
    sedan = klient.get(f"{adress}/papperskopia")
    assert sedan.status_code == 409
    assert "grupper" not in sedan.text
    assert [rad.split()[0] for rad in logg(prov)][:3] == [
        "omgang-papper-sparat",
        "omgang-papper-visat",
        "omgang-oppnad",
    ]
    assert grupper[0].split()[0] not in "\n".join(logg(prov))


def test_a_code_of_another_round_voids_nothing(prov: Prov) -> None:
    klient, en, annan = prov.person("kansli"), utkast(prov), utkast(prov, "2027")
    min_, frammande = bunt(prov, en, "Team A", 10), bunt(prov, annan, "Team A", 10)
    adress = f"/kansli/omgangar/{en}/makulera"
    svar = skicka(klient, adress, koder=f"{min_[0]}\n{frammande[0]}")
    assert svar.status_code == 422
    assert "Rad 2: Stavningen stämmer inte" in svar.text
    assert "Inget är makulerat" in svar.text
    assert "Koden är makulerad" in folj(klient, skicka(klient, adress, koder=min_[0]))
    assert "Ge inget nytt kort" in folj(klient, skicka(klient, adress, koder=min_[0]))


def folj(klient, svar) -> str:  # type: ignore[no-untyped-def]
    assert svar.status_code == 303, svar.text
    return str(klient.get(svar.location).text)


def test_voiding_a_batch_does_not_tell_how_many_have_answered(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    svara(prov, omgang_id, bunt(prov, omgang_id, "Team A", 12)[:7])
    sida = klient.get(f"/kansli/omgangar/{omgang_id}").text
    bunt_id = re.findall(r"/bunt/([0-9a-f]{8})/makulera", sida)[0]
    efter = folj(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/bunt/{bunt_id}/makulera", sakert="y"))
    assert "är makulerat" in efter
    assert not re.search(r"\b[57]\b", ren(efter).replace("5 12", ""))
    assert logg(prov, "omgang-bunt-makulerad") == [f"omgang-bunt-makulerad {omgang_id}  {bunt_id}"]


def test_a_batch_of_another_round_is_not_there(prov: Prov) -> None:
    klient, en, annan = prov.person("kansli"), utkast(prov), utkast(prov, "2027")
    bunt(prov, annan, "Team A", 10)
    sida = klient.get(f"/kansli/omgangar/{annan}").text
    bunt_id = re.findall(r"/bunt/([0-9a-f]{8})/makulera", sida)[0]
    for vad in ("makulera", "utdelade"):
        assert klient.get(f"/kansli/omgangar/{en}/bunt/{bunt_id}/{vad}").status_code == 404


def test_handed_out_is_at_most_what_was_printed(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov)
    bunt(prov, omgang_id, "Team A", 12)
    bunt_id = re.findall(r"/bunt/([0-9a-f]{8})/utdelade", klient.get(f"/kansli/omgangar/{omgang_id}").text)[0]
    adress = f"/kansli/omgangar/{omgang_id}/bunt/{bunt_id}/utdelade"
    assert "Bunten har bara 12 kort." in skicka(klient, adress, antal="13").text
    assert "Team A " + bunt_id + " 12 11" in ren(folj(klient, skicka(klient, adress, antal="11")))


def test_few_answers_and_small_enheter_do_not_show(prov: Prov) -> None:
    klient = prov.person("styrelse")
    omgang_id, _ = oppnad(prov)
    svara(prov, omgang_id, bunt(prov, omgang_id, "Team A", 9)[:6])
    sida = ren(klient.get(f"/kansli/omgangar/{omgang_id}").text)
    assert "Visas när minst tio har fått enkäten." in sida
    assert "Alla 5" not in sida


def test_those_who_read_see_no_button_that_does_anything(prov: Prov) -> None:
    omgang_id, _ = stangd(prov)
    for roll in ("styrelse", "revisor"):
        sida = prov.person(roll).get(f"/kansli/omgangar/{omgang_id}").text
        assert "Stängd" in sida
        assert 'class="knapp"' not in sida
        assert "Förläng" not in sida
        assert prov.person(roll).post(f"/kansli/omgangar/{omgang_id}/frys").status_code == 403


def test_a_request_without_the_page_s_token_changes_nothing(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    svar = klient.post(f"/kansli/omgangar/{omgang_id}/stang", data={"sakert": "y"})
    assert svar.status_code == 400
    assert "Öppen" in klient.get(f"/kansli/omgangar/{omgang_id}").text


def test_a_closing_has_to_be_meant_and_can_be_taken_back(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    adress = f"/kansli/omgangar/{omgang_id}"
    assert "Kryssa i att du vet" in skicka(klient, f"{adress}/stang").text
    skicka(klient, f"{adress}/stang", sakert="y")
    assert "Sista dagen har varit" in skicka(klient, f"{adress}/forlang", stanger_dag="2020-01-01").text
    assert "Öppen" in folj(klient, skicka(klient, f"{adress}/forlang", stanger_dag=OM_TVA_VECKOR))


def test_last_year_is_done_again_in_one_step(prov: Prov) -> None:
    klient, forra = prov.person("kansli"), utkast(prov, "2025", minsta_grupp=7)
    sida = klient.get(f"/kansli/omgangar/{forra}/gor-om")
    assert 'value="2026"' in sida.text
    svar = skicka(klient, f"/kansli/omgangar/{forra}/gor-om", period="2026")
    assert svar.location == "/kansli/omgangar/prov-2026"
    assert hamta(prov, "prov-2026").minsta_grupp == 7


@pytest.mark.parametrize("period", ["", "../../x", "i år", "2026/1", "26"])
def test_a_period_is_a_year_or_a_part_of_one(prov: Prov, period: str) -> None:
    svar = skicka(prov.person("kansli"), "/kansli/omgangar/ny", enkat="prov", period=period, minsta_grupp="5")
    assert svar.status_code == 422
    assert "period" in svar.text.lower()


def test_a_questionnaire_that_is_gone_is_told(prov: Prov) -> None:
    svar = skicka(prov.person("kansli"), "/kansli/omgangar/ny", enkat="finns-inte", period="2026", minsta_grupp="5")
    assert svar.status_code == 422
    (prov.mapp.enkater / "prov.toml").unlink()
    assert "Det finns ingen enkät att fråga med." in prov.person("kansli").get("/kansli/omgangar/ny").text


def test_a_trial_is_thrown_away_and_a_real_round_is_not(prov: Prov) -> None:
    klient = prov.person("kansli")
    prova, _ = oppnad(prov, provomgang=True)
    svara(prov, prova, bunt(prov, prova, "Team A", 10)[:3])
    riktig, _ = oppnad(prov, period="2027")
    assert klient.get(f"/kansli/omgangar/{riktig}/kasta").status_code == 404
    assert "är borta" in folj(klient, skicka(klient, f"/kansli/omgangar/{prova}/kasta", sakert="y"))
    assert klient.get(f"/kansli/omgangar/{prova}").status_code == 404
    assert not list(prov.mapp.nycklar.glob(f"{prova}*"))


def test_a_new_round_with_an_old_name_has_a_history_of_its_own(prov: Prov) -> None:
    klient = prov.person("kansli")
    ratt = {"enkat": "prov", "period": "2026", "minsta_grupp": "5"}
    skicka(klient, "/kansli/omgangar/ny", **ratt)
    nyckel = skicka(klient, "/kansli/omgangar/prov-2026/antal", utdelade="40")
    assert nyckel.status_code == 303
    skicka(klient, "/kansli/omgangar/prov-2026/kasta", sakert="y")
    skicka(klient, "/kansli/omgangar/ny", **ratt)
    sida = klient.get("/kansli/omgangar/prov-2026").text
    assert "Omgång skapad" in sida
    assert "utdelade 40" not in sida


def test_the_list_is_searched_sorted_and_limited_by_its_address(prov: Prov) -> None:
    klient = prov.person("kansli")
    utkast(prov, "2025")
    oppnad(prov, period="2026")
    lista = "/kansli/omgangar"
    assert rader(klient.get(lista).text) == ["2026", "2025"]
    assert rader(klient.get(f"{lista}?sort=period").text) == ["2025", "2026"]
    assert rader(klient.get(f"{lista}?lage=oppna").text) == ["2026"]
    assert rader(klient.get(f"{lista}?sok=2025").text) == ["2025"]
    assert rader(klient.get(f"{lista}?sok=finns-inte").text) == []


def rader(html: str) -> list[str]:
    return re.findall(r"</th><td>(\d{4})</td>", html)


def test_the_clock_that_closes_a_round_takes_its_addresses(prov: Prov) -> None:
    from enkat.utskick.adresslista import Adresslista, Mottagare

    omgang_id, _ = oppnad(prov)
    lista = Adresslista(prov.mapp.rot, omgang_id)
    lista.lagg_till([Mottagare("a@exempel.se", "sv")])
    prov.person("styrelse").get("/kansli/omgangar")
    assert lista.finns()
    flytta(prov, omgang_id, timedelta(minutes=-1))
    prov.person("styrelse").get("/kansli/omgangar")
    assert not lista.finns()


def test_paper_answers_are_sealed_like_others_and_counted_once(prov: Prov) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    bunt(prov, omgang_id, "Team A", 12)
    adress = f"/kansli/omgangar/{omgang_id}/papper"
    falt = {"papper": "ABC234-1", "enhet": "Team A", "stod": "helt", "redo": "ja", "kon": "man"}
    assert "1 papper inmatade." in folj(klient, skicka(klient, adress, **falt))
    assert "redan inmatade" in folj(klient, skicka(klient, adress, **falt))
    assert antal_kuvert(prov, omgang_id) == 1
    assert logg(prov, "omgang-inmatat") == [f"omgang-inmatat {omgang_id}  1 papper"]


@pytest.mark.parametrize(
    ("falt", "fel"),
    [
        ({"enhet": "Team A"}, "Inget är ifyllt."),
        ({"stod": "helt"}, "är ingen enhet i omgången"),
        ({"enhet": "Team A", "stod": "kanske"}, "är inget svar på fråga stod"),
        ({"enhet": "Team A", "stod": "helt", "papper": "x"}, "ska vara radens namn i mallen"),
    ],
)
def test_a_faulty_paper_is_told_and_what_was_typed_stays(prov: Prov, falt: dict[str, str], fel: str) -> None:
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    bunt(prov, omgang_id, "Team A", 12)
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/papper", **falt)
    assert svar.status_code == 422
    assert fel in svar.text
    assert antal_kuvert(prov, omgang_id) == 0
    if falt.get("stod") == "helt":
        assert 'value="helt" checked' in svar.text
