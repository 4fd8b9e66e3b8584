"""The demo as a newcomer has it: answer, close, freeze, evaluate, look; with the very commands that are printed."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.test import Client

from enkat import store
from enkat.nycklar import las_privat
from enkat.omgang import enkat_i
from enkat.papper.kodark import PER_BLAD
from enkat.urna import oppna as oppna_kuvert
from kansli.app import create_app, med_kansli
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import las_aret
from kansli.cli import main
from kansli.kommandon.demo import ENKATER, PAHITTADE, Oppet, oppna
from kansli.server import visa_enkater, visa_kansli
from tests import kansliprov
from tests.enkatprov import borja, lamna_in, svara_allt

ROT = Path(__file__).parents[2]
ADRESS = "http://127.0.0.1:8000/e"
# The newcomer was treated very badly; among the invented answers, which are always the same, nobody else was not well.
MITT = {"Hur har du blivit bemött?": {"svar": "mycket_daligt"}}


@contextmanager
def oppnad(mapp: Path) -> Iterator[Oppet]:
    oppet = oppna(mapp / "demo" / "instans", ROT / "config", ROT / "exempel", ADRESS)
    yield oppet
    oppet.mottagning.motor.dispose()


@pytest.fixture(scope="module")
def mapp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demon")


@pytest.fixture(scope="module")
def demo(mapp: Path) -> Iterator[Oppet]:
    """One that the tests only look at."""
    with oppnad(mapp) as oppet:
        yield oppet


@pytest.fixture
def klient(demo: Oppet, mapp: Path) -> FlaskClient:
    return create_app(mapp, (demo.mottagning, demo.installning)).test_client()


def kor(kommando: str) -> Result:
    """Run a command as it is printed; the program itself is the one under test."""
    ord_ = shlex.split(kommando)
    miljo = dict(o.split("=", 1) for o in ord_[: ord_.index(".venv/bin/bokslut")])
    svar = CliRunner().invoke(main, ord_[len(miljo) + 1 :], env=miljo, catch_exceptions=False)
    assert svar.exit_code == 0, svar.output
    return svar


def test_an_answer_given_in_the_demo_is_counted_in_a_bokslut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOKSLUT_DATABAS", raising=False)
    with oppnad(tmp_path) as demo:
        klient = create_app(tmp_path, (demo.mottagning, demo.installning)).test_client()
        kvitto = lamna_in(klient, svara_allt(klient, borja(klient, demo.prova[0][1]), MITT))
        assert kvitto.rubrik == "Tack! Vi har tagit emot dina svar"
        stang, frys, utvardera, bygg, starta = [kommando for kommando, _ in demo.sedan]
        assert "är stängd" in kor(stang).output
        assert f"{PAHITTADE + 1} svar i källan ”deltagarenkat”" in kor(frys).output
        resultat = json.loads(kor(f"{utvardera} --json").stdout)["indikatorer"]
        bemott = next(r for r in resultat if r["id"] == "bemotande")
        assert bemott["namnare"] - bemott["taljare"] == 1  # me
        kor(bygg)
        index = (tmp_path / "demo" / "mitt-bokslut" / "index.html").read_text("utf-8")
        assert "påhittade" in index
        assert starta == f".venv/bin/bokslut starta {tmp_path / 'demo' / 'mitt-bokslut'} --port 8001"
        for namn in ENKATER[1:]:
            _ovriga(tmp_path / "demo" / "instans", namn)


def _ovriga(instans: Path, namn: str) -> None:
    """Each of the other surveys has indicators that it feeds by itself."""
    ar = max((instans / "frysta").iterdir())
    val = f"--indikatorer {instans / namn}.toml --underlag {ar}"
    for kommando in (f"enkat stang {namn}-{ar.name}", f"enkat frys {namn}-{ar.name}", f"kontrollera {val}"):
        kor(f"BOKSLUT_INSTANS={instans} .venv/bin/bokslut {kommando}")
    resultat = json.loads(kor(f".venv/bin/bokslut utvardera {val} --json").stdout)["indikatorer"]
    assert len(resultat) >= 3
    assert any(r["signal"] in ("gron", "rod") for r in resultat)


def test_the_invented_answers_are_sealed_in_the_urn_like_everybodys(demo: Oppet, mapp: Path) -> None:
    with Session(demo.mottagning.motor) as session:
        rader = store.las_omgangar(session)
        assert [rad.enkat_id for rad in rader] == sorted(ENKATER)
        for rad in rader:
            privat = las_privat(mapp / "demo" / "instans" / "nycklar", rad.id)
            kuvert = store.las_kuvert(session, rad.id)
            svar = [oppna_kuvert(enkat_i(rad), k, privat, rad.id) for k in kuvert]
            assert [s.enhet for s in svar] == ["Exempelenheten"] * PAHITTADE
            assert all(set(s.svar) <= {f.id for f in enkat_i(rad).fragor} for s in svar)


def test_every_survey_has_a_page_of_cards_that_scan_and_one_code_to_type(demo: Oppet, klient: FlaskClient) -> None:
    assert len(demo.kort) == len(demo.prova) == 4
    for fil in demo.kort:
        [sida] = pypdfium2.PdfDocument(fil.read_bytes())
        lasta = [kod.text for kod in zxingcpp.read_barcodes(sida.render(scale=3).to_pil())]
        assert len(lasta) == PER_BLAD == 6
        assert all(text.startswith(f"{ADRESS}#") for text in lasta)
        assert borja(klient, lasta[0].split("#")[1]).rubrik == "Innan du börjar"
    assert all(borja(klient, kod).rubrik == "Innan du börjar" for _, kod in demo.prova)


def test_page_and_terminal_say_that_the_answers_are_invented(
    demo: Oppet, klient: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "demonstration med påhittade svar" in borja(klient, demo.prova[0][1]).html
    visa_enkater(demo, "http://127.0.0.1:8000")
    ut = capsys.readouterr().out
    assert f"ligger redan {PAHITTADE} påhittade svar" in ut
    assert f"Med ditt blir de {PAHITTADE + 1}." in ut
    assert all(kommando in ut for kommando, _ in demo.sedan)
    assert all(re.search(rf"{kod}\s+{titel}", ut) for titel, kod in demo.prova)


def test_the_printed_person_gets_in_and_meets_both_the_example_and_this_year(
    demo: Oppet, mapp: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visa_kansli(demo, "http://127.0.0.1:8000")
    ut = capsys.readouterr().out
    [epost, ord_, kod] = re.search(r"(chef@\S+)\s+lösenord (\S+)\s+reservkod ([^,\s]+)", ut).groups()  # type: ignore[union-attr]
    klient = Client(med_kansli(create_app(mapp), demo.kansli))
    steg = kansliprov.skicka(klient, "/kansli/logga-in", epost=epost, losen=ord_)
    assert steg.status_code == 303
    assert kansliprov.skicka(klient, steg.location, kod=kod).status_code == 303
    assert "Hej Disa" in klient.get("/kansli").text
    arbetsmapp = Arbetsmapp(mapp / "demo" / "instans")
    assert len(arbetsmapp.ar()) == 2
    for ar in arbetsmapp.ar():
        aret = las_aret(arbetsmapp, ar)
        assert aret is not None
        assert not aret.forberett.fel()
