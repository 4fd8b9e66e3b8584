"""Publishing in the browser: the gate as a list with links, two persons, a sealed version, its correction."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from bokslut.publicering import godkannande, verifiera
from kansli.publicering import arbeten
from tests.kansliprov import Prov, bygg
from tests.publiceringsprov import bygg_litet, handelser, posta, vanta_pa_arbetet

SIDAN = "/kansli/publicering/2020"
BESLUT = {"beslutande": "styrelsen", "datum": "2021-03-12", "paragraf": "14"}


@pytest.fixture
def prov(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_litet(tmp_path)
    yield prov
    prov.motor.dispose()


@pytest.fixture
def rott(tmp_path: Path) -> Iterator[Prov]:
    """With a red indicator that nobody has commented on."""
    prov = bygg_litet(tmp_path, ja=40, nej=60)
    yield prov
    prov.motor.dispose()


def godkann_av_tva(prov: Prov) -> None:
    assert posta(prov.person("forbundschef"), f"{SIDAN}/godkann").status_code == 303
    assert posta(prov.person("godkannare"), f"{SIDAN}/godkann", **BESLUT).status_code == 303


def publicera(prov: Prov) -> str:
    """Press the last button, and read what the work says when it is over."""
    svar = posta(prov.person("forbundschef"), f"{SIDAN}/publicera", trots="Förklaras i förordet.")
    assert svar.status_code == 303, svar.text
    vanta_pa_arbetet()
    return prov.person("forbundschef").get(svar.location).text


def versioner(prov: Prov) -> list[str]:
    return sorted(stig.name for stig in (prov.mapp.publicerat / "2020").glob("v*") if stig.is_dir())


def test_from_a_red_indicator_without_comment_to_a_published_version_and_a_corrected_one(rott: Prov) -> None:
    chef, kansli = rott.person("forbundschef"), rott.person("kansli")
    # The list leads to the page where it is mended, and a comment mends it.
    sida = chef.get(SIDAN)
    assert "En sak ska rättas innan version 1 kan godkännas." in sida.text
    skriv = "/kansli/texter/2020/stod/andra"
    assert f'href="{skriv}"' in sida.text
    kommentar = 'Bara {{ andel("1.1") }} fick stöd. Vi ringer alla som väntar.'
    assert posta(kansli, skriv, text=kommentar, spara="1").status_code == 303
    assert "Inget hindrar version 1." in chef.get(SIDAN).text
    # A draft to read, which is exactly what is approved.
    svar = posta(chef, SIDAN, f"{SIDAN}/utkast")
    assert svar.status_code == 303
    vanta_pa_arbetet()
    assert "Utkastet är klart att läsa." in chef.get(svar.location).text
    assert "Utkastet visar exakt det som godkänns." in chef.get(SIDAN).text
    omrade = rott.person("godkannare").get("/kansli/utkast/2020/malomrade-nytta.html", buffered=True)
    assert "40 av 100" in omrade.text
    assert "script-src 'none'" in omrade.headers["Content-Security-Policy"]
    # Two persons, and the publication.
    godkann_av_tva(rott)
    assert "Version 1 är godkänd." in chef.get(SIDAN).text
    klart = publicera(rott)
    assert "Version 1 av socialt bokslut 2020 är publicerad." in klart
    summa = re.search(r"protokoll: ([0-9a-f]{64})", klart)
    assert summa is not None
    utgava = chef.get(f"{SIDAN}/v1")
    assert summa[1] in utgava.text
    assert "styrelsen 2021-03-12 § 14" in utgava.text
    assert str(rott.mapp.publicerat / "2020" / "v1") in utgava.text
    assert "40 av 100" in chef.get("/kansli/publicerat/2020/v1/malomrade-nytta.html", buffered=True).text
    # The correction: other answers, a reason, the difference before anyone approves, and two approvals anew.
    forra = (rott.mapp.publicerat / "2020" / "v1" / "manifest.json").read_bytes()
    (rott.mapp.underlag(2020) / "enkat.csv").write_text("stod,antal\nja,45\nnej,55\n", "utf-8")
    assert "En sak ska rättas innan version 2 kan godkännas." in chef.get(SIDAN).text
    assert posta(chef, f"{SIDAN}/ratta", skal="Två svarskuvert låg kvar.").status_code == 303
    granska = rott.person("godkannare").get(f"{SIDAN}/godkann").text
    assert "Vad som ändras mot version 1" in granska
    assert "Två svarskuvert låg kvar." in granska
    assert re.search(r"40\s%.*?45\s%", granska, re.DOTALL)
    godkann_av_tva(rott)
    assert "Version 2 av socialt bokslut 2020 är publicerad." in publicera(rott)
    assert (rott.mapp.publicerat / "2020" / "v1" / "manifest.json").read_bytes() == forra
    manifest = json.loads((rott.mapp.publicerat / "2020" / "v2" / "manifest.json").read_bytes())
    assert [r["skal"] for r in manifest["rattelser"]] == ["Två svarskuvert låg kvar."]
    assert "Vad den rättade" in chef.get(f"{SIDAN}/v2").text
    for namn in versioner(rott):
        assert verifiera.verifiera_filer(rott.mapp.publicerat / "2020" / namn).avvikelser == ()
    assert [rad.split(": ")[1] for rad in handelser(rott, "bokslut-publicerat")] == ["2020 v2", "2020 v1"]
    assert len(handelser(rott, "bokslut-godkant")) == 4


def test_nobody_approves_before_what_hinders_is_mended(rott: Prov) -> None:
    assert "Det går inte att godkänna än." in rott.person("forbundschef").get(f"{SIDAN}/godkann").text
    akt = "0" * 64
    svar = posta(rott.person("forbundschef"), SIDAN, f"{SIDAN}/godkann", akt=akt, beslutande="styrelsen")
    assert svar.status_code == 422
    assert godkannande.las(rott.mapp.godkannanden) == ()


def test_the_same_person_is_counted_once(prov: Prov) -> None:
    chef = prov.person("forbundschef", "anna ek")
    gammal = chef.get(f"{SIDAN}/godkann")
    assert posta(chef, f"{SIDAN}/godkann").status_code == 303
    igen = posta(chef, SIDAN, f"{SIDAN}/godkann", akt=_akt(gammal.text), **BESLUT)
    assert igen.status_code == 422
    assert "Samma person räknas en gång" in igen.text
    assert len(godkannande.las(prov.mapp.godkannanden)) == 1
    assert "Samma person räknas en gång" in handelser(prov, "godkannande-nekat")[0]


def test_one_person_with_two_accounts_is_one_person(prov: Prov) -> None:
    assert posta(prov.person("forbundschef", "anna ek"), f"{SIDAN}/godkann").status_code == 303
    andra = _konto_med_samma_namn(prov)
    sida = andra.get(f"{SIDAN}/godkann")
    assert "Nu är det någon annans tur." in sida.text
    svar = posta(
        andra, SIDAN, f"{SIDAN}/godkann", akt=_akt(prov.person("forbundschef").get(f"{SIDAN}/godkann").text), **BESLUT
    )
    assert svar.status_code == 422
    assert len(godkannande.las(prov.mapp.godkannanden)) == 1


def test_what_has_changed_since_the_page_was_shown_is_not_approved(prov: Prov) -> None:
    chef = prov.person("forbundschef")
    visad = _akt(chef.get(f"{SIDAN}/godkann").text)
    assert (
        posta(prov.person("kansli"), "/kansli/texter/2020/om/andra", text="Nytt om bokslutet.", spara="1").status_code
        == 303
    )
    svar = posta(chef, f"{SIDAN}/godkann", akt=visad)
    assert svar.status_code == 422
    assert "Något har ändrats sedan sidan visades" in svar.text
    assert godkannande.las(prov.mapp.godkannanden) == ()
    assert _akt(svar.text) != visad


def test_a_change_after_the_approval_is_told_with_what_changed(prov: Prov) -> None:
    godkann_av_tva(prov)
    assert (
        posta(prov.person("kansli"), "/kansli/texter/2020/om/andra", text="Nytt om bokslutet.", spara="1").status_code
        == 303
    )
    text = prov.person("forbundschef").get(SIDAN).text
    assert "men sedan dess har något ändrats: texten om.md" in text
    assert "Till publiceringen" not in text
    svar = posta(prov.person("forbundschef"), f"{SIDAN}/publicera", trots="x")
    assert svar.status_code == 422
    assert "Två personer behöver godkänna" in svar.text


def test_the_second_person_tells_the_decision_when_the_first_has_not(prov: Prov) -> None:
    assert posta(prov.person("forbundschef"), f"{SIDAN}/godkann").status_code == 303
    svar = posta(prov.person("godkannare"), f"{SIDAN}/godkann")
    assert svar.status_code == 422
    assert "En av de två som godkänner ska ange det." in svar.text
    assert 'name="beslutande" type="text" value="styrelsen"' in svar.text
    framtid = posta(prov.person("godkannare"), f"{SIDAN}/godkann", datum="2999-01-01", beslutande="styrelsen")
    assert "Beslutet är daterat efter i dag." in framtid.text


def test_a_clock_that_is_set_back_breaks_no_chain(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    assert posta(prov.person("forbundschef"), f"{SIDAN}/godkann", **BESLUT).status_code == 303
    i_gar = datetime.now(UTC) - timedelta(days=1)
    monkeypatch.setattr("kansli.publicering.views_godkann.nu", lambda: i_gar)
    klient = prov.person("godkannare")
    assert posta(klient, f"{SIDAN}/godkann").status_code == 303
    forst, sedan = godkannande.las(prov.mapp.godkannanden)
    assert sedan.datum < forst.datum
    assert "är godkänd" in klient.get(SIDAN).text


def test_approvals_that_somebody_has_edited_are_trusted_by_no_page(prov: Prov) -> None:
    godkann_av_tva(prov)
    fil = prov.mapp.godkannanden
    fil.write_text(fil.read_text("utf-8").replace("Forbundschef", "Någon Annan"), "utf-8")
    svar = prov.person("forbundschef").get(SIDAN)
    assert svar.status_code == 422
    assert "har ändrats för hand" in svar.text


def test_pressing_publish_twice_makes_one_version(prov: Prov) -> None:
    godkann_av_tva(prov)
    chef = prov.person("forbundschef")
    sida = chef.get(f"{SIDAN}/publicera")
    data = {"csrf_token": _token(sida.text), "akt": _akt(sida.text), "trots": "Förklaras."}
    forst = chef.post(f"{SIDAN}/publicera", data=data)
    sedan = chef.post(f"{SIDAN}/publicera", data=data)
    vanta_pa_arbetet()
    assert (forst.status_code, sedan.status_code) == (303, 303)
    assert versioner(prov) == ["v1"]
    assert "inget har ändrats sedan dess" in chef.get(SIDAN).text


def test_nothing_that_a_version_is_made_of_is_changed_while_it_is_made(
    prov: Prov, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kansli.texter.views.publiceras_nu", lambda *_: True)
    svar = posta(prov.person("kansli"), "/kansli/texter/2020/om/andra", text="Mitt i.", spara="1")
    assert svar.status_code == 422
    assert "publiceras just nu" in svar.text
    assert "Mitt i." in svar.text
    assert not (prov.mapp.underlag(2020) / "texter" / "om.md").exists()


@pytest.mark.parametrize(
    ("sida", "falt"),
    [
        ("/kansli/mal/2020/text", {"text": "# Annat.\n{text}", "skal": "Annat.", "knapp": "spara"}),
        ("/kansli/mal/2020/omrade", {"nummer": "9", "titel": "Annat.", "skal": "Nytt."}),
        ("/kansli/mal/2020/beslut", {"beslut": "styrelsen § 1", "datum": "2019-12-05", "skal": "Annat."}),
    ],
)
def test_no_goal_is_changed_while_a_version_is_made_of_them(
    prov: Prov, monkeypatch: pytest.MonkeyPatch, sida: str, falt: dict[str, str]
) -> None:
    monkeypatch.setattr("kansli.mal.sidan.publiceras_nu", lambda *_: True)
    fore = prov.mapp.mal(2020).read_bytes()
    svar = posta(prov.person("kansli"), sida, **{n: v.replace("{text}", fore.decode()) for n, v in falt.items()})
    assert svar.status_code == 422
    assert "publiceras just nu" in svar.text
    assert "Annat." in svar.text
    assert prov.mapp.mal(2020).read_bytes() == fore


def test_a_draft_shows_the_texts_that_it_says_it_is_of(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are approved by it, also when somebody saves another in the seconds that it takes to build."""
    om, bygg_version = prov.mapp.underlag(2020) / "texter" / "om.md", arbeten.bygg_version
    om.parent.mkdir()
    om.write_text("Så här blev året.\n", "utf-8")

    def bygg_av_andrat(*delar: Any) -> None:
        om.write_text("Någonting annat.\n", "utf-8")
        bygg_version(*delar)
        om.write_text("Så här blev året.\n", "utf-8")

    monkeypatch.setattr(arbeten, "bygg_version", bygg_av_andrat)
    chef = prov.person("forbundschef")
    posta(chef, SIDAN, f"{SIDAN}/utkast")
    vanta_pa_arbetet()
    assert "Utkastet visar exakt det som godkänns." in chef.get(SIDAN).text
    sida = chef.get("/kansli/utkast/2020/om.html", buffered=True).text
    assert "Så här blev året." in sida
    assert "Någonting annat." not in sida


def test_a_full_disk_publishes_nothing_and_stands_in_the_log(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    godkann_av_tva(prov)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("bokslut.publicering.publicera._forsegla", full)
    text = publicera(prov)
    assert "Disken är full." in text
    assert f'href="{SIDAN}">Gå dit det kan rättas' in text
    assert versioner(prov) == []
    assert "Disken är full." in handelser(prov, "publicering-stannade")[0]
    monkeypatch.undo()
    assert "är publicerad" in publicera(prov)


def test_warnings_must_be_answered_for(tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path)
    fil = prov.mapp.underlag(2020) / "underlag.toml"
    fil.write_text(f"pahittat = true\n{fil.read_text('utf-8')}", "utf-8")
    godkann_av_tva(prov)
    assert "Svaren är påhittade" in prov.person("forbundschef").get(SIDAN).text
    svar = posta(prov.person("forbundschef"), f"{SIDAN}/publicera")
    assert svar.status_code == 422
    assert "Skriv varför varningarna får stå kvar." in svar.text
    assert "är publicerad" in publicera(prov)
    assert "Förklaras i förordet." in prov.person("revisor").get(f"{SIDAN}/v1").text
    prov.motor.dispose()


def test_a_draft_is_told_as_stale_when_something_has_changed(prov: Prov) -> None:
    chef = prov.person("forbundschef")
    posta(chef, SIDAN, f"{SIDAN}/utkast")
    vanta_pa_arbetet()
    assert "Utkastet visar exakt det som godkänns." in chef.get(SIDAN).text
    posta(chef, "/kansli/texter/2020/om/andra", text="Nytt om bokslutet.", spara="1")
    assert "Något har ändrats sedan utkastet gjordes." in chef.get(SIDAN).text


def test_every_finding_of_the_gate_has_words_and_its_link_can_be_made(tmp_path: Path) -> None:
    from bokslut.grind.hinder import KODER
    from kansli.publicering.fynd import I_ORD

    assert set(KODER) <= {*I_ORD, "godkannande-saknas", "godkannande-inaktuellt", "beslut-saknas"}


@pytest.fixture(scope="module")
def utgiven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    """With a version that is published."""
    prov = bygg_litet(tmp_path_factory.mktemp("utgiven"))
    godkann_av_tva(prov)
    publicera(prov)
    assert versioner(prov) == ["v1"]
    yield prov
    prov.motor.dispose()


@pytest.mark.parametrize(
    "fil",
    [
        "../../../kansli.db",
        "..%2f..%2fkansli.db",
        "%2e%2e/%2e%2e/hemlighet",
        "v1/..%2f..%2f..%2fgodkannanden.jsonl",
        "....//....//hemlighet",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..\\..\\godkannanden.jsonl",
        "v1/%00",
        "x" * 5000,
    ],
)
def test_no_address_leaves_the_published_folder(utgiven: Prov, fil: str) -> None:
    for rot in ("publicerat", "utkast"):
        assert utgiven.person("revisor").get(f"/kansli/{rot}/2020/{fil}", buffered=True).status_code in (
            404,
            400,
            308,
        ), fil


def test_a_link_on_the_disk_leads_nowhere(utgiven: Prov) -> None:
    lank = utgiven.mapp.publicerat / "2020" / "lank.html"
    lank.symlink_to(utgiven.mapp.godkannanden)
    assert utgiven.person("revisor").get("/kansli/publicerat/2020/lank.html").status_code == 404
    lank.unlink()


def test_the_published_pages_are_read_without_their_scripts(utgiven: Prov) -> None:
    svar = utgiven.person("styrelse").get("/kansli/publicerat/2020/v1/index.html", buffered=True)
    assert svar.status_code == 200
    assert "script-src 'none'" in svar.headers["Content-Security-Policy"]
    assert svar.headers["Cache-Control"] == "no-store"
    assert utgiven.person("styrelse").get("/kansli/publicerat/2020/v1").location.endswith("v1/")
    assert utgiven.person("styrelse").get("/kansli/publicerat/2020/v1/", buffered=True).status_code == 200
    assert utgiven.app.test_client().get("/kansli/publicerat/2020/v1/index.html", buffered=True).status_code == 303


def test_the_zip_holds_the_version_as_it_was_sealed_and_the_way_to_it(utgiven: Prov) -> None:
    svar = utgiven.person("kansli").get(f"{SIDAN}/v1.zip")
    assert svar.is_streamed
    arkiv = zipfile.ZipFile(io.BytesIO(svar.data))
    assert arkiv.testzip() is None
    rot = utgiven.mapp.publicerat / "2020"
    pa_disk = {f.relative_to(rot).as_posix(): f.read_bytes() for f in rot.rglob("*") if f.is_file()}
    assert {namn: arkiv.read(namn) for namn in arkiv.namelist()} == pa_disk
    assert utgiven.person("kansli").get(f"{SIDAN}/v1.zip").data == svar.data
    assert handelser(utgiven, "utgava-hamtad")
    assert utgiven.person("kansli").get(f"{SIDAN}/v9.zip").status_code == 404


def test_a_version_is_verified_file_by_file_and_figure_by_figure(tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path)
    godkann_av_tva(prov)
    publicera(prov)
    svar = posta(prov.person("revisor"), f"{SIDAN}/v1", f"{SIDAN}/v1/kontrollera")
    vanta_pa_arbetet()
    assert svar.location == f"{SIDAN}/v1"
    assert "Varje fil är som den publicerades." in prov.person("revisor").get(f"{SIDAN}/v1").text
    fil = prov.mapp.publicerat / "2020" / "v1" / "index.html"
    fil.chmod(0o644)
    fil.write_text(fil.read_text("utf-8") + " ", "utf-8")
    posta(prov.person("forbundschef"), f"{SIDAN}/v1", f"{SIDAN}/v1/kontrollera")
    vanta_pa_arbetet()
    text = prov.person("revisor").get(f"{SIDAN}/v1").text
    assert "index.html" in text
    assert "är inte som den publicerades" in text
    assert "En publicerad version har ändrats" in prov.person("revisor").get(SIDAN).text
    prov.motor.dispose()


def test_a_version_whose_manifest_is_broken_is_told_and_not_served_as_a_zip(tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path)
    godkann_av_tva(prov)
    publicera(prov)
    fil = prov.mapp.publicerat / "2020" / "v1" / "manifest.json"
    fil.chmod(0o644)
    fil.write_text("{", "utf-8")
    assert "är ingen hel JSON-fil" in prov.person("revisor").get(f"{SIDAN}/v1").text
    assert prov.person("revisor").get(f"{SIDAN}/v1.zip").status_code == 404
    prov.motor.dispose()


def test_the_first_day_has_a_way_on(tmp_path: Path) -> None:
    prov = bygg(tmp_path)
    for sida in ("texter", "exempel", "publicering"):
        assert "Det finns inget år än." in prov.person("forbundschef").get(f"/kansli/{sida}").text
        assert prov.person("forbundschef").get(f"/kansli/{sida}/2020").status_code == 404
    prov.motor.dispose()


def test_a_year_with_goals_and_nothing_else_has_a_way_on(prov: Prov) -> None:
    prov.mapp.mal(2021).write_text(prov.mapp.mal(2020).read_text("utf-8").replace("ar = 2020", "ar = 2021"), "utf-8")
    svar = prov.person("forbundschef").get("/kansli/publicering/2021")
    assert svar.status_code == 200
    assert "inget underlag än" in svar.text
    assert prov.person("forbundschef").get("/kansli/texter/2021").status_code == 200


def _akt(text: str) -> str:
    traff = re.search(r'name="akt"[^>]*value="([0-9a-f]{64})"', text) or re.search(r'summa">([0-9a-f]{64})<', text)
    assert traff is not None, text
    return traff[1]


def _token(text: str) -> str:
    traff = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert traff is not None
    return traff[1]


def _konto_med_samma_namn(prov: Prov) -> FlaskClient:
    """A second account of the same human, whose name is spelt otherwise."""
    from sqlmodel import Session, select

    from kansli.models import Konto

    klient = prov.person("godkannare", "anna-andra")
    with Session(prov.motor) as session:
        konto = session.exec(select(Konto).where(Konto.epost == "anna-andra@exempel.se")).one()
        konto.namn = "ANNA  Ek"
        session.add(konto)
        session.commit()
    return klient
