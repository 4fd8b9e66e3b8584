"""The commands about paper, letters and imports, as a person at kansli runs them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session

from enkat import nycklar, omgang, store, store_bunt
from enkat.utskick.adresslista import Adresslista, Mottagare
from grund.db import migrera, open_db
from grund.settings import las_instans
from kansli.kommandon.enkat_papper import KOMMANDON

ROT = Path(__file__).parents[3]
PERSONAL = ROT / "config/enkater/personal.toml"
RETT = ["--forbund", "F", "--kontakt", "K"]


@pytest.fixture
def instans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "instans"))
    monkeypatch.delenv("BOKSLUT_DATABAS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def omgang_id(instans: Path) -> str:
    inst = las_instans()
    motor = open_db(inst.databas)
    migrera(motor)
    nu = datetime.now(UTC)
    with Session(motor) as session:
        rad = omgang.skapa(session, inst.nycklar, PERSONAL.name, PERSONAL.read_bytes(), "2026", minsta_grupp=5)
        omgang.oppna(session, inst.nycklar, rad, nu - timedelta(minutes=1), nu + timedelta(days=7))
        store_bunt.skapa_bunt(session, rad.id, nycklar.las_hemlighet(inst.nycklar, rad.id), "Nord", 12)
        id_ = rad.id
    motor.dispose()
    return id_


def kor(*argument: str) -> Result:
    grupp = click.Group(commands={k.name or "": k for k in KOMMANDON})
    return CliRunner().invoke(grupp, list(argument), catch_exceptions=False)


def antal_kuvert(omgang_id: str) -> int:
    motor = open_db(las_instans().databas)
    with Session(motor) as session:
        antal = store.antal_kuvert(session, omgang_id)
    motor.dispose()
    return antal


def test_cards_are_written_once_for_their_owner_alone(omgang_id: str) -> None:
    argument = ("koder-pdf", omgang_id, "Syd", "10", "--adress", "https://exempel.se/e", "--ut", "kort.pdf")
    assert kor(*argument).exit_code == 0
    assert len(pypdfium2.PdfDocument(Path("kort.pdf").read_bytes())) == 2
    assert Path("kort.pdf").stat().st_mode & 0o077 == 0
    assert "skrivs inte över" in kor(*argument).output


def test_cards_can_be_piped_and_leave_no_file(omgang_id: str, instans: Path) -> None:
    fore = sorted(instans.iterdir())
    svar = kor("koder-pdf", omgang_id, "Syd", "10", "--adress", "https://exempel.se/e", "--ut", "-")
    assert svar.stdout_bytes.startswith(b"%PDF")
    assert sorted(instans.iterdir()) == fore


def test_no_file_is_left_when_the_round_does_not_exist(instans: Path) -> None:
    svar = kor("koder-pdf", "finns-inte", "Syd", "10", "--adress", "https://exempel.se/e", "--ut", "kort.pdf")
    assert (svar.exit_code, Path("kort.pdf").exists()) == (1, False)


def test_the_questionnaire_is_printed_as_html(instans: Path) -> None:
    svar = kor("pappersenkat", str(PERSONAL), "--ut", "p.html", "--gallras", "2028-12-31", "--sprak", "ar", *RETT)
    assert svar.exit_code == 0
    assert 'dir="rtl"' in Path("p.html").read_text("utf-8")
    okant = kor("pappersenkat", str(PERSONAL), "--ut", "p.html", "--gallras", "2028-12-31", "--sprak", "xx", *RETT)
    assert "inget av språken" in okant.output


def test_paper_goes_from_template_to_urn(omgang_id: str) -> None:
    assert kor("mata-in", omgang_id, "--mall", "2", "--ut", "in.csv").exit_code == 0
    rader = Path("in.csv").read_text("utf-8").split("\n")
    celler = rader[1].rstrip("\r").split(";")
    rader[1] = ";".join([*celler[:2], "1", *celler[3:]])
    Path("in.csv").write_text("\n".join(rader), "utf-8")
    svar = kor("mata-in", omgang_id, "--fil", "in.csv")
    assert "1 papper inmatade." in svar.output
    assert antal_kuvert(omgang_id) == 1
    assert "1 rader var redan inmatade" in kor("mata-in", omgang_id, "--fil", "in.csv").output
    assert antal_kuvert(omgang_id) == 1


def test_one_fault_keeps_every_paper_out(omgang_id: str) -> None:
    kor("mata-in", omgang_id, "--mall", "2", "--ut", "in.csv")
    rader = Path("in.csv").read_bytes().decode().split("\r\n")
    rader[1:3] = [rader[1].replace(";;", ";1;", 1), rader[2].replace(";;", ";99;", 1)]
    Path("in.csv").write_bytes("\r\n".join(rader).encode())
    svar = kor("mata-in", omgang_id, "--fil", "in.csv")
    assert svar.exit_code == 2
    assert "in.csv:3:" in svar.output
    assert antal_kuvert(omgang_id) == 0


def test_letters_are_refused_without_a_server(omgang_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOKSLUT_SMTP_VARD", raising=False)
    Path("a.csv").write_text("epost\na@exempel.se\n")
    argument = ("paminn", omgang_id, "inbjudan", "--lank", "https://exempel.se/o", *RETT, "--adresser", "a.csv")
    svar = kor(*argument)
    assert "1 nya adresser" in svar.output
    assert "BOKSLUT_SMTP_VARD" in svar.output


def test_the_addresses_go_when_the_round_has_closed(omgang_id: str) -> None:
    inst = las_instans()
    lista = Adresslista(inst.mapp, omgang_id)
    lista.lagg_till([Mottagare("a@exempel.se", "sv")])
    motor = open_db(inst.databas)
    with Session(motor) as session:
        rad = store.las_omgang(session, omgang_id)
        assert rad is not None
        omgang.stang(session, rad, datetime.now(UTC))
    motor.dispose()
    svar = kor("paminn", omgang_id, "paminnelse", "--lank", "https://exempel.se/o", *RETT)
    assert "Adresslistan är raderad" in svar.output
    assert not lista.finns()


def test_an_import_goes_from_proposal_to_frozen_set(instans: Path) -> None:
    Path("svar.csv").write_text("Kön;trivs;Tid\nKvinna;Till stor del;09:12\nMan;Delvs;09:15\n", "utf-8")
    grund = ("importera", "svar.csv", "--enkat", str(PERSONAL), "--mappning", "karta.toml")
    assert "Gör ett förslag" in kor(*grund).output
    assert kor(*grund, "--foresla", "2019").exit_code == 0
    assert "finns redan" in kor(*grund, "--foresla", "2019").output
    assert kor(*grund, "--ut", "2019").exit_code == 2
    karta = Path("karta.toml").read_text("utf-8").replace('"Tid" = "?"', '"Tid" = ""')
    karta = "\n".join(rad for rad in karta.split("\n") if not rad.startswith('"Delvs"'))
    Path("karta.toml").write_text(karta, "utf-8")
    svar = kor(*grund, "--ut", "2019")
    assert svar.exit_code == 2
    assert "svar.csv:3:2: okant-svar ”Delvs”" in svar.output
    assert "Menade du ”delvis”" in svar.output
    assert not Path("2019").exists()
    assert "1 svar är inlästa" in kor(*grund, "--ut", "2019", "--utan-felaktiga").output
    assert "inget ändrades" in kor(*grund, "--ut", "2019", "--utan-felaktiga").output
