"""A whole round from the command line, and the faults that a person makes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session

from bokslut.bevisfil import skriv_bevis
from enkat import koder as enkatkoder
from enkat import nycklar, store
from grund.db import open_db
from indikatorer.skydd.bevis import Bevis
from kansli import enkat_instans
from kansli.cli import enkat
from tests.databas.provenkat import INDIKATORER, MED_FRITEXT, TOML, Prov


class Kommando:
    """Runs `bokslut enkat` in an instance of its own, at a time of its own."""

    def __init__(self, mapp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.mapp, self.nu = mapp, datetime(2026, 10, 5, 10, tzinfo=UTC)
        monkeypatch.setattr("kansli.kommandon.enkat_omgang.nu", lambda: self.nu)
        monkeypatch.setenv("BOKSLUT_INSTANS", str(mapp / "instans"))
        monkeypatch.delenv("BOKSLUT_DATABAS", raising=False)
        (mapp / "prov.toml").write_text(TOML, "utf-8")
        (mapp / "indicators.toml").write_text(INDIKATORER, "utf-8")

    def __call__(self, *ord_: str, svar: str | None = None) -> Result:
        return CliRunner().invoke(enkat, list(ord_), input=svar)

    def ok(self, *ord_: str, svar: str | None = None) -> str:
        resultat = self(*ord_, svar=svar)
        assert resultat.exit_code == 0, resultat.output
        return resultat.output


@pytest.fixture
def kor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kommando:
    return Kommando(tmp_path, monkeypatch)


def svara(kor: Kommando, koder: list[str], **skrivet: str) -> None:
    """Answer, as the web does."""
    motor = open_db(f"sqlite:///{kor.mapp / 'instans' / 'bokslut.db'}")
    with Session(motor) as session:
        omgang = store.las_omgang(session, "prov-2026")
        assert omgang is not None
        mapp = kor.mapp / "instans" / "nycklar"
        prov = Prov(motor, session, mapp, omgang, "", nycklar.las_hemlighet(mapp, omgang.id))
        for kod in koder:
            svar = {"stod": "helt", "redo": "ja", "kon": "kvinna", **skrivet}
            t = prov.tillstand(enkatkoder.las(kod), svar, enhet="Team A")
            assert prov.lamna_in(t, kor.nu).utfall == "mottaget"
    motor.dispose()


def test_a_round_from_draft_to_disposal(kor: Kommando) -> None:
    assert "prov-2026" in kor.ok("skapa", str(kor.mapp / "prov.toml"), "--period", "2026", "--minsta-grupp", "3")
    rader = kor.ok("koder", "prov-2026", "Team A", "12").splitlines()
    koder = [rad for rad in rader if rad[0].isdigit()]
    assert len(koder) == 12
    assert "Övriga enheter" in kor.ok("koder", "prov-2026", "Liten", "4")
    kor.ok("reserv", "prov-2026", "Team A", "3")
    assert "stänger 2026-10-20 00:00" in kor.ok(
        "oppna", "prov-2026", "--stanger", "2026-10-19", "--oppnar", "2026-10-05"
    )
    svara(kor, koder[:6])
    assert "Makulerade 1" in kor.ok("makulera", "prov-2026", koder[6], koder[0])
    assert "Alla: minst 5 av 16" in kor.ok("status")
    kor.ok("forlang", "prov-2026", "--stanger", "2026-10-25 17:00")
    assert "2026-10-25 17:00" in kor.ok("status", "prov-2026")
    kor.ok("stang", "prov-2026")
    assert "Vänta till 13:00" in kor("frys", "prov-2026").output
    kor.nu += timedelta(hours=1)
    ut = str(kor.mapp / "ut")
    assert "6 svar" in kor.ok("frys", "prov-2026", "--ut", ut)
    assert "är fryst" in kor.ok("status")
    kor.ok("frys", "prov-2026", "--ut", ut)
    bevis = skriv_bevis(Path(ut), {"2026/deltagarenkat": Bevis((), ((3,),))})
    kor.ok("gallra", "prov-2026", "--ut", ut, "--indikatorer", str(kor.mapp / "indicators.toml"), "--yes")
    assert not bevis.exists()
    assert "är gallrad" in kor.ok("status")
    assert "2027" in kor.ok("skapa", "prov-2026", "--period", "2027")


def test_free_text_has_a_day_of_its_own_that_status_tells(kor: Kommando) -> None:
    (kor.mapp / "prov.toml").write_text(MED_FRITEXT, "utf-8")
    kor.ok("skapa", str(kor.mapp / "prov.toml"), "--period", "2026", "--minsta-grupp", "3")
    koder = [rad for rad in kor.ok("koder", "prov-2026", "Team A", "12").splitlines() if rad[0].isdigit()]
    kor.ok("oppna", "prov-2026", "--stanger", "2026-10-19", "--oppnar", "2026-10-05")
    svara(kor, koder[:3], bra="Kaffet")
    kor.nu += timedelta(days=30)
    assert "3 fritexter i fritext-prov.csv, skilda från svaren" in kor.ok("frys", "prov-2026")
    fil = kor.mapp / "instans" / "frysta" / "2026" / "fritext-prov.csv"
    assert fil.read_text("utf-8-sig").count("Kaffet") == 3
    assert "Fritext: 3 texter i fritext-prov.csv, som gallras senast 2027-04-21." in kor.ok("status")
    kor.nu += timedelta(days=200)
    assert "3 texter skulle ha gallrats 2027-04-21. Kör bokslut enkat gallra-fritext prov-2026." in kor.ok("status")
    assert "De andra svaren är kvar" in kor.ok("gallra-fritext", "prov-2026", "--yes")
    assert not fil.exists()
    assert "Fritext" not in kor.ok("status")
    assert "Det finns ingen fritext" in kor("gallra-fritext", "prov-2026", "--yes").output


def test_the_addresses_go_when_the_round_closes_and_not_before(kor: Kommando) -> None:
    kor.ok("skapa", str(kor.mapp / "prov.toml"), "--period", "2026")
    kor.ok("oppna", "prov-2026", "--stanger", "2026-10-19", "--oppnar", "2026-10-05")
    lista = kor.mapp / "instans" / "utskick" / "prov-2026.db"
    lista.parent.mkdir()
    lista.write_bytes(b"adresser")
    assert kor("frys", "prov-2026").exit_code == 1
    assert lista.exists()
    assert "raderad" in kor.ok("stang", "prov-2026")
    assert not lista.exists()


def test_a_key_under_a_passphrase_and_on_paper(kor: Kommando) -> None:
    kor.ok("skapa", str(kor.mapp / "prov.toml"), "--period", "2026")
    ord_ = ("oppna", "prov-2026", "--stanger", "2026-10-19", "--losenfras")
    papper = kor.ok(*ord_, svar="kaffe med dopp\nkaffe med dopp\n")
    grupper = " ".join(rad for rad in papper.splitlines() if len(rad) in (29, 17) and rad.isupper())
    assert "Lösenfrasen stämmer inte" in kor("papperskopia", "prov-2026", svar="te\n").output
    assert grupper.split()[0] in kor.ok("papperskopia", "prov-2026", svar="kaffe med dopp\n")
    kor.nu += timedelta(days=30)
    (kor.mapp / "instans" / "nycklar" / "prov-2026.nyckel").unlink()
    assert "papperskopian" in kor("frys", "prov-2026").output
    assert "Grupp 1 stämmer inte" in kor("frys", "prov-2026", "--fran-papper", svar="0000" + grupper[4:] + "\n").output
    assert "0 svar" in kor.ok("frys", "prov-2026", "--fran-papper", svar=grupper + "\n")


@pytest.mark.parametrize(
    ("ord_", "fel"),
    [
        (("status", "finns-inte"), "Det finns ingen omgång ”finns-inte”"),
        (("skapa", "finns-inte.toml", "--period", "2026"), "varken en fil eller en omgång"),
        (("makulera", "prov-2026", "123"), "Koden har 15 siffror."),
        (("makulera", "prov-2026", "1" * 15), "Stavningen stämmer inte."),
        (("stang", "prov-2026"), "den är ett utkast"),
        (("frys", "prov-2026"), "ska vara stängd, men den är ett utkast"),
        (("oppna", "prov-2026", "--stanger", "2026-10-01"), "ska stänga efter att den öppnar"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_no_traceback(kor: Kommando, ord_: tuple[str, ...], fel: str) -> None:
    kor.ok("skapa", str(kor.mapp / "prov.toml"), "--period", "2026")
    resultat = kor(*ord_)
    assert resultat.exit_code == 1
    assert fel in resultat.output
    assert isinstance(resultat.exception, SystemExit)
    assert "1" * 15 not in resultat.output


def test_the_clock_has_its_zone() -> None:
    assert enkat_instans.nu().tzinfo is UTC
