"""Letters and doors from the browser: to staff and boards by a real mail server on this machine, never to deltagare."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from aiosmtpd.controller import Controller
from PIL import Image

from enkat import nycklar
from enkat.biljett import Dorr, las_dorr
from enkat.utskick.adresslista import Adresslista, Mottagare
from enkat.utskick.smtp import Epost
from tests.kansliprov import Prov, skicka, token
from tests.omgangsprov import ADRESS, PERSONAL, bunt, bygg_rum, flytta, ladda_upp, logg, oppnad, ren, utkast, vanta
from tests.unit.enkat.test_paminnelse import Brevlada


@pytest.fixture
def prov(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Prov]:
    monkeypatch.setattr("kansli.omgangar.brevjobb.PER_MINUT", 6000)
    prov = bygg_rum(tmp_path, PERSONAL, "personal")
    yield prov
    prov.motor.dispose()


@pytest.fixture
def lada(prov: Prov) -> Iterator[Brevlada]:
    lada = Brevlada()
    with socket.create_server(("127.0.0.1", 0)) as uttag:
        port = uttag.getsockname()[1]
    server = Controller(lada, hostname="127.0.0.1", port=port)
    server.start()
    rum = prov.app.extensions["kansli"]
    epost = Epost("127.0.0.1", port, "ingen", "Förbundet <kansli@exempel.se>")
    prov.app.extensions["kansli"] = replace(rum, epost=epost)
    yield lada
    server.stop()


def omgang(prov: Prov, **val: object) -> str:
    return oppnad(prov, namn="personal", **val)[0]  # type: ignore[arg-type]


def lista(prov: Prov, omgang_id: str, antal: int = 0) -> Adresslista:
    lista = Adresslista(prov.mapp.rot, omgang_id)
    if antal:
        lista.lagg_till(Mottagare(f"p{n}@exempel.se", "sv") for n in range(antal))
    return lista


BREV = {"slag": "inbjudan", "kontakt": "Kim", "svara_pa": ADRESS}


def test_addresses_are_pasted_as_they_come_and_stand_in_no_log(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    svar = skicka(
        klient, f"/kansli/omgangar/{omgang_id}/adresser", klistrat="A@exempel.se; b@exempel.se,\n<c@exempel.se>\n"
    )
    assert svar.status_code == 303
    assert [m.epost for m in _alla(lista(prov, omgang_id))] == ["a@exempel.se", "b@exempel.se", "c@exempel.se"]
    assert "3 adresser på listan." in klient.get(svar.location).text
    assert "exempel.se" not in str([r.efter for r in logg(prov, pa=omgang_id)])


def _alla(lista: Adresslista) -> list[Mottagare]:
    from datetime import date

    return lista.mottagare(lista.nytt_utskick("inbjudan", date(2026, 1, 1)), "kvar")


@pytest.mark.parametrize(
    ("klistrat", "fel"),
    [
        ("a@exempel.se\nb.exempel.se", "Adress 2: ”b.exempel.se” är ingen e-postadress"),
        ("epost;sprak\na@exempel.se;xx", "är inget av språken"),
        ("   ", "Klistra in minst en adress"),
    ],
)
def test_one_faulty_address_stops_them_all(prov: Prov, klistrat: str, fel: str) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/adresser", klistrat=klistrat)
    assert svar.status_code == 422
    assert fel in svar.text
    assert klistrat.strip() in svar.text
    assert not lista(prov, omgang_id).finns()


def test_a_file_of_addresses_is_read_with_its_languages(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    svar = ladda_upp(klient, f"/kansli/omgangar/{omgang_id}/adresser", "epost;sprak\na@exempel.se;en\n", klistrat="")
    assert svar.status_code == 303
    assert _alla(lista(prov, omgang_id)) == [Mottagare("a@exempel.se", "en")]


def test_the_letter_is_read_tried_and_sent(prov: Prov, lada: Brevlada) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    lista(prov, omgang_id, 3)
    adress = f"/kansli/omgangar/{omgang_id}/brev"
    sida = skicka(klient, adress, gor="visa", **BREV)
    assert "Så här blir brevet" in sida.text
    assert f"{ADRESS}/l/{omgang_id}/" in sida.text
    assert "Kim" in ren(sida.text)
    assert "Skicka till alla 3 adresser" in sida.text
    assert lada.brev == []
    assert "Ett provbrev är på väg" in folj(klient, skicka(klient, adress, gor="prov", **BREV))
    assert lada.till() == ["kansli@exempel.se"]
    assert "3 brev skickade." in vanta(klient, skicka(klient, adress, gor="skicka", **BREV))
    assert sorted(lada.till()[1:]) == ["p0@exempel.se", "p1@exempel.se", "p2@exempel.se"]
    lank = re.search(rf"{ADRESS}/l/{omgang_id}/(\S+)", lada.last(1).get_content())
    assert lank is not None
    assert las_dorr(nycklar.las_hemlighet(prov.mapp.nycklar, omgang_id), omgang_id, lank[1]) == Dorr("lank")
    [rad] = logg(prov, "omgang-brev")
    assert (rad.vem, rad.efter) == ("Kansli", "inbjudan: 3 skickade")


def folj(klient, svar) -> str:  # type: ignore[no-untyped-def]
    assert svar.status_code == 303, svar.text
    return str(klient.get(svar.location).text)


def test_a_reminder_goes_to_all_once_a_day_and_after_the_first_letter(prov: Prov, lada: Brevlada) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    lista(prov, omgang_id, 2)
    adress, paminn = f"/kansli/omgangar/{omgang_id}/brev", BREV | {"slag": "paminnelse"}
    assert "Skicka inbjudan först" in skicka(klient, adress, gor="skicka", **paminn).text
    vanta(klient, skicka(klient, adress, gor="skicka", **BREV))
    vanta(klient, skicka(klient, adress, gor="skicka", **paminn))
    assert len(lada.brev) == 4
    assert "Vänta till i morgon" in skicka(klient, adress, gor="skicka", **paminn).text


def test_what_the_mail_server_refused_is_told_with_the_way_on(prov: Prov, lada: Brevlada) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    lista(prov, omgang_id, 3)
    lada.neka["p1@exempel.se"] = "550 okänd"
    slut = vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/brev", gor="skicka", **BREV))
    assert "2 brev skickade." in slut
    assert "Togs inte emot: p1@exempel.se" in slut


def test_a_round_that_closes_stops_its_letters_and_its_list_stays_gone(prov: Prov, lada: Brevlada) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    lista(prov, omgang_id, 4)

    def fore(_server: object, nummer: int) -> None:
        if nummer == 1:
            flytta(prov, omgang_id, timedelta(minutes=-1))

    lada.fore = fore  # type: ignore[assignment]
    slut = vanta(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/brev", gor="skicka", **BREV))
    assert "Omgången stängdes medan breven skickades" in slut
    assert len(lada.brev) == 2
    assert not lista(prov, omgang_id).finns()


def test_closing_deletes_the_addresses_and_says_so(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    lista(prov, omgang_id, 2)
    efter = folj(klient, skicka(klient, f"/kansli/omgangar/{omgang_id}/stang", sakert="y"))
    assert "Listan med e-postadresser är raderad." in efter
    assert not lista(prov, omgang_id).finns()


def test_without_a_mail_server_it_says_so(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    lista(prov, omgang_id, 2)
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/brev", gor="skicka", **BREV)
    assert svar.status_code == 422
    assert "Det finns ingen e-postserver" in svar.text


def test_deltagare_are_never_written_to(tmp_path: Path) -> None:
    prov = bygg_rum(tmp_path)
    klient = prov.person("kansli")
    omgang_id, _ = oppnad(prov)
    for sida in ("brev", "adresser"):
        svar = klient.get(f"/kansli/omgangar/{omgang_id}/{sida}")
        assert svar.status_code == 409
        assert "deltagarnas enkät" in svar.text
    assert "Skicka brev" not in klient.get(f"/kansli/omgangar/{omgang_id}").text
    prov.motor.dispose()


def test_an_upload_that_is_too_large_is_a_page_and_nothing_is_kept(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    adress = f"/kansli/omgangar/{omgang_id}/adresser"
    svar = ladda_upp(klient, adress, b"epost\n" + b"a@exempel.se\n" * 900_000, klistrat="")
    assert svar.status_code == 413
    assert "Filen är för stor" in svar.text
    assert "Högst 10 MB" in svar.text
    assert not lista(prov, omgang_id).finns()
    for stor in ("stang", "antal"):
        svar = ladda_upp(klient, f"/kansli/omgangar/{omgang_id}/{stor}", b"x" * 2_000_000)
        assert svar.status_code == 413


@pytest.mark.parametrize(
    ("falt", "vantad"),
    [
        ({"slag": "lank"}, Dorr("lank")),
        ({"slag": "lank", "enhet": "Nord"}, Dorr("lank", "Nord")),
        ({"slag": "kiosk", "med_kod": "y"}, Dorr("kiosk", None, True)),
    ],
)
def test_the_door_that_is_shown_is_the_one_that_was_asked_for(prov: Prov, falt: dict[str, str], vantad: Dorr) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    bunt(prov, omgang_id, "Nord", 12)
    sida = skicka(klient, f"/kansli/omgangar/{omgang_id}/lank", svara_pa=ADRESS, **falt)
    visad = re.search(r"readonly>([^<]+)<", sida.text)
    assert visad is not None
    hemlighet = nycklar.las_hemlighet(prov.mapp.nycklar, omgang_id)
    assert las_dorr(hemlighet, omgang_id, visad[1].rpartition("/")[2]) == vantad
    falt = {"csrf_token": token(sida), "hela": visad[1], "format": "png"}
    bild = klient.post(f"/kansli/omgangar/{omgang_id}/affisch", data=falt)
    [kod] = zxingcpp.read_barcodes(Image.open(io.BytesIO(bild.data)))
    assert kod.text == visad[1]
    affisch = klient.post(f"/kansli/omgangar/{omgang_id}/affisch", data=falt | {"format": "pdf"})
    with pypdfium2.PdfDocument(io.BytesIO(affisch.data)) as dok:
        assert "Provförbundet" in dok[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("falt", "fel"),
    [
        ({"slag": "lank", "enhet": "Syd"}, "De som finns: Nord."),
        ({"slag": "lank", "med_kod": "y"}, "En öppen länk har ingen kod."),
        ({"slag": "kiosk", "med_kod": "y", "enhet": "Nord"}, "En kod vet redan sin enhet."),
        ({"slag": "lank", "svara_pa": "exempel.se"}, "ska börja med https://"),
    ],
)
def test_a_door_that_cannot_be_is_told(prov: Prov, falt: dict[str, str], fel: str) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    bunt(prov, omgang_id, "Nord", 12)
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/lank", **({"svara_pa": ADRESS} | falt))
    assert svar.status_code == 422
    assert fel in svar.text


def test_a_poster_is_only_made_of_an_address_of_the_round(prov: Prov) -> None:
    klient, omgang_id = prov.person("kansli"), omgang(prov)
    hos = token(klient.get(f"/kansli/omgangar/{omgang_id}/lank"))
    falt = {"csrf_token": hos, "hela": "https://elak.exempel/e/l/x/y", "format": "pdf"}
    svar = klient.post(f"/kansli/omgangar/{omgang_id}/affisch", data=falt)
    assert svar.status_code == 422
    assert "Adressen hör inte till omgången" in svar.text


@pytest.mark.parametrize(("format_", "typ"), [("html", "text/html"), ("pdf", "application/pdf")])
def test_the_questionnaire_is_printed(prov: Prov, format_: str, typ: str) -> None:
    klient, omgang_id = prov.person("kansli"), utkast(prov, namn="personal")
    falt = {"sprak": "sv", "format": format_, "kontakt": "Kim", "gallras": "2028-12-31"}
    svar = skicka(klient, f"/kansli/omgangar/{omgang_id}/pappersenkat", **falt)
    assert svar.mimetype == typ
    assert svar.headers["Content-Disposition"].startswith("attachment")
