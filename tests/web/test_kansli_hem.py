"""The first page: what there is to do by role, on the first day and in the middle of a year, and no link that leads nowhere."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from insatser import store as store_insatser
from insatser.models import Insats
from kansli.aret import las_aret
from kansli.hem import varm as varmen
from kansli.hem.las import las_lage
from kansli.hem.varm import varm
from kansli.models import Konto
from kansli.omgangar import store as store_omgangar
from kansli.publicering.utkastet import las_utkastet
from kansli.roller import LASARE, LEDNING, Roll
from tests.kansliprov import Prov, bygg, skicka
from tests.kanslisida import lankar, sida
from tests.publiceringsprov import bygg_litet, posta, vanta_pa_arbetet


@pytest.fixture(scope="module")
def exempel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    """The worked example; nothing of it is changed."""
    prov = bygg(tmp_path_factory.mktemp("hem"), exempel=True)
    yield prov
    prov.motor.dispose()


@pytest.fixture(scope="module")
def tomt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prov]:
    prov = bygg(tmp_path_factory.mktemp("tomt"))
    yield prov
    prov.motor.dispose()


@pytest.fixture
def litet(tmp_path: Path) -> Iterator[Prov]:
    prov = bygg_litet(tmp_path, ja=40, nej=60)
    yield prov
    prov.motor.dispose()


def hem(prov: Prov, roll: Roll | str = Roll.FORBUNDSCHEF, **fraga: str) -> str:
    svar = prov.person(roll).get("/kansli", query_string=fraga)
    assert svar.status_code == 200
    return sida(svar)


def att_gora(html: str) -> dict[str, str]:
    """What there is to do, and where: heading → address."""
    delar = re.findall(
        r'<li class="grad\d">.*?<h3>(.*?)</h3>.*?</div>\s*(?:<a class="knapplik" href="([^"]*)")?', html, re.S
    )
    return dict(delar)


@pytest.mark.parametrize("roll", Roll)
def test_no_link_of_the_page_leads_nowhere_for_whoever_reads_it(exempel: Prov, tomt: Prov, roll: Roll) -> None:
    for prov in (exempel, tomt):
        klient = prov.person(roll)
        html = hem(prov, roll)
        ids = set(re.findall(r' id="([^"]+)"', html))
        alla = set(lankar(html))
        assert {lank[1:] for lank in alla if lank.startswith("#")} <= ids
        assert len(alla) > 3
        for lank in sorted(lank for lank in alla if not lank.startswith("#")):
            assert klient.get(lank, follow_redirects=True).status_code == 200, (roll, lank)


@pytest.mark.parametrize("roll", Roll)
def test_a_task_without_a_place_to_do_it_is_asked_of_nobody(exempel: Prov, roll: Roll) -> None:
    assert all(att_gora(hem(exempel, roll)).values())


def test_the_first_day_shows_the_way_and_nothing_that_is_late(tmp_path: Path) -> None:
    tomt = bygg(tmp_path)
    html = hem(tomt)
    tomt.motor.dispose()
    assert "Välkommen till kansliet." in html
    assert html.count('<li class="kvar">') == 5
    assert "Försenat" not in html
    stegen = html[html.index('id="kom-igang"') : html.index("</ol>")]
    assert len(lankar(stegen)) == 5


def test_the_steps_that_are_done_say_so_and_are_for_those_who_can_do_them(exempel: Prov) -> None:
    html = hem(exempel, Roll.KANSLI)
    assert html.count('<li class="klart">') >= 2
    stegen = html[html.index('id="kom-igang"') : html.index("</ol>", html.index('id="kom-igang"'))]
    assert "/kansli/personer/bjud-in" not in lankar(stegen)
    for roll in set(Roll) - LEDNING:
        assert "Så kommer du igång" not in hem(exempel, roll)


def test_a_red_result_without_a_comment_is_a_task_until_somebody_has_written_it(litet: Prov) -> None:
    gora = att_gora(hem(litet))
    assert gora["Kommentera ett rött resultat"] == "/kansli/texter/2020"
    assert "Bygg utkastet till bokslutet 2020" not in gora
    text = 'Bara {{ andel("1.1") }} fick stöd. Vi ringer alla som väntar.'
    assert posta(litet.person("kansli"), "/kansli/texter/2020/stod/andra", text=text, spara="1").status_code == 303
    gora = att_gora(hem(litet))
    assert "Kommentera ett rött resultat" not in gora
    assert "Bygg utkastet till bokslutet 2020" in gora


def test_from_a_built_draft_to_a_published_year_each_role_is_told_what_is_hers(tmp_path: Path) -> None:
    prov = bygg_litet(tmp_path)
    sidan = "/kansli/publicering/2020"
    assert "Bygg utkastet till bokslutet 2020" in att_gora(hem(prov))
    posta(prov.person("forbundschef"), sidan, f"{sidan}/utkast")
    vanta_pa_arbetet()
    for roll in (Roll.STYRELSE, Roll.REVISOR, Roll.GRANSKARE, Roll.GODKANNARE):
        assert att_gora(hem(prov, roll))["Läs utkastet till bokslutet 2020"] == "/kansli/utkast/2020/"
    for roll in (Roll.FORBUNDSCHEF, Roll.GODKANNARE):
        assert att_gora(hem(prov, roll))["Godkänn bokslutet 2020"] == f"{sidan}/godkann"
    assert posta(prov.person("forbundschef"), f"{sidan}/godkann").status_code == 303
    assert "Godkänn bokslutet 2020" not in att_gora(hem(prov))
    beslut = {"beslutande": "styrelsen", "datum": "2021-03-12", "paragraf": "14"}
    assert posta(prov.person("godkannare"), f"{sidan}/godkann", **beslut).status_code == 303
    assert "Publicera bokslutet 2020" in att_gora(hem(prov, Roll.KANSLI))
    assert posta(prov.person("forbundschef"), f"{sidan}/publicera", trots="Står i förordet.").status_code == 303
    vanta_pa_arbetet()
    html = hem(prov, ar="2020")
    assert not [rubrik for rubrik in att_gora(html) if "bokslutet 2020" in rubrik]
    assert f"{sidan}/v1" in lankar(html)
    fil = prov.mapp.mal(2020)
    fil.write_text(fil.read_text("utf-8").replace("minst 50 %", "minst 51 %"), "utf-8")
    assert "Det publicerade bokslutet 2020 stämmer inte längre" in att_gora(hem(prov))
    prov.motor.dispose()


def test_a_round_that_is_not_open_is_a_task_that_leads_to_it(litet: Prov) -> None:
    rot = Path(__file__).parents[2]
    data = (rot / "config" / "enkater" / "personal.toml").read_bytes()
    with Session(litet.motor) as session:
        litet.person("forbundschef")
        konto = session.exec(select(Konto)).first()
        assert konto is not None
        ny = store_omgangar.Nytt("personal.toml", data, "2020", 5)
        id_ = store_omgangar.skapa(session, datetime.now(UTC), konto, litet.mapp.nycklar, ny)
    html = hem(litet, ar="2020")
    assert att_gora(html)["Öppna Enkät till dig i personalen"] == f"/kansli/omgangar/{id_}/oppna"
    assert f"/kansli/omgangar/{id_}" in lankar(html[html.index('id="aret"') :])
    assert "Öppna Enkät" not in hem(litet, Roll.STYRELSE)


@pytest.mark.parametrize("innehall", ["[bokslut", "", "\xff\xfe"])
def test_goals_that_cannot_be_read_are_a_task_and_no_crash(litet: Prov, innehall: str) -> None:
    litet.mapp.mal(2020).write_bytes(innehall.encode("latin-1"))
    html = hem(litet)
    assert "2020 går inte att läsa" in html or "fel i mål eller underlag" in html
    assert any(lank.startswith("/kansli/mal/2020") for lank in lankar(html))


def test_approvals_that_have_been_changed_by_hand_are_told(litet: Prov) -> None:
    litet.mapp.godkannanden.write_text('{"av": "någon"}\n', "utf-8")
    html = hem(litet)
    assert "godkännandena har ändrats för hand" in html
    assert str(litet.mapp.rot.parent) not in html


def test_the_state_of_the_year_is_told_in_words_and_as_a_bar_that_leads_on(exempel: Prov) -> None:
    html = hem(exempel, Roll.STYRELSE)
    stapeln = html[html.index('class="signalstapel"') :]
    bredd = {kod: float(b) for kod, b in re.findall(r'<rect class="(\w+)"[^>]*width="([\d.]+)"', stapeln)}
    assert bredd == pytest.approx({"gron": 100 * 34 / 62, "rod": 100 * 28 / 62}, abs=0.01)
    aret = re.sub(r"<[^>]+>", " ", html[html.index('id="aret"') :])
    assert re.search(r"Når målet\s+34\b", aret)
    assert re.search(r"Når inte målet\s+28\b", aret)
    assert "/kansli/signaler/2020?signal=rod" in lankar(html)


def test_another_year_is_chosen_in_the_address_and_nonsense_is_the_usual_one(litet: Prov) -> None:
    text = litet.mapp.mal(2020).read_text("utf-8")
    litet.mapp.mal(2021).write_text(text.replace("ar = 2020", "ar = 2021"), "utf-8")
    assert "Så står det till 2021" in hem(litet, ar="2021")
    for nonsens in ("1", "x", "²", "9" * 5000):
        assert "Så står det till 2020" in hem(litet, ar=nonsens)


def test_one_who_answers_for_an_insats_sees_her_own_and_no_figures_of_the_year(litet: Prov) -> None:
    konto_id = litet.skapa(Roll.INSATSANSVARIG, "ida")
    with Session(litet.motor) as session:
        for namn in ("Ungdomstorget", "Vuxentorget"):
            store_insatser.spara_insats(session, Insats(namn=namn, enhet=namn))
        unga = next(i for i in store_insatser.insatser(session) if i.namn == "Ungdomstorget")
        assert unga.id is not None
        store_insatser.satt_ansvariga(session, unga.id, [konto_id])
        session.commit()
    html = sida(litet.logga_in("ida@exempel.se").get("/kansli"))
    assert "Ungdomstorget" in html
    assert "Vuxentorget" not in html
    assert "Så står det till" not in html


@pytest.mark.parametrize("roll", sorted(LASARE | {Roll.GRANSKARE, Roll.GODKANNARE}))
def test_the_wheel_is_drawn_and_the_same_is_listed(exempel: Prov, roll: Roll) -> None:
    html = hem(exempel, roll)
    hjulet = html[html.index('id="arshjul"') :]
    numren = {int(nr) for nr in re.findall(r'class="nr"[^>]*>(\d+)<', hjulet)}
    assert numren == set(range(1, hjulet.count('<span class="nar">') + 1))
    assert "Nästa års mål, plan och budget" in hjulet


# --- Väntan som inte är läsarens ---


def test_a_changed_year_is_read_before_anybody_asks_for_it(litet: Prov) -> None:
    fil = litet.mapp.mal(2020)
    fil.write_text(fil.read_text("utf-8").replace("minst 50 %", "minst 52 %"), "utf-8")
    varm(litet.mapp)
    aret = las_aret(litet.mapp, 2020)
    assert aret is not None
    assert "utvardering" in vars(aret)
    utkastet = las_utkastet(litet.mapp, 2020)
    assert utkastet is not None
    assert utkastet.aret is aret


def test_what_cannot_be_read_stops_nobody(litet: Prov) -> None:
    litet.mapp.mal(2020).write_text("[bokslut", "utf-8")
    litet.mapp.godkannanden.write_text("{}\n", "utf-8")
    varm(litet.mapp)
    shutil.rmtree(litet.mapp.rot)
    varm(litet.mapp)


def test_a_page_that_changes_things_has_the_year_read_and_one_that_only_shows_does_not(
    litet: Prov, monkeypatch: pytest.MonkeyPatch
) -> None:
    klart, last = threading.Event(), list[object]()
    monkeypatch.setattr(varmen, "varm", lambda mapp: (last.append(mapp), klart.set()))
    klient = litet.person("forbundschef")
    litet.app.testing = False
    assert klient.get("/kansli").status_code == 200
    assert not last
    assert skicka(klient, "/kansli/logga-in", epost="x@exempel.se", losen="x").status_code
    assert klart.wait(5)
    assert set(last) == {litet.mapp}


def test_a_questionnaire_that_comes_changes_and_goes_is_known_at_once(litet: Prov) -> None:
    def titlar() -> list[str]:
        with Session(litet.motor) as session:
            konto = session.exec(select(Konto)).one()
            return [e.titel for e in las_lage(session, litet.mapp, datetime.now(UTC), konto).enkater]

    litet.person("forbundschef")
    assert titlar() == []
    fil = litet.mapp.enkater / "personal.toml"
    fil.parent.mkdir()
    shutil.copy(Path(__file__).parents[2] / "config" / "enkater" / "personal.toml", fil)
    assert titlar() == ["Enkät till dig i personalen"]
    fil.write_text(fil.read_text("utf-8").replace("Enkät till dig i personalen", "Till personalen"), "utf-8")
    assert titlar() == ["Till personalen"]
    fil.unlink()
    assert titlar() == []
