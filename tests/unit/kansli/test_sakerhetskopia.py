"""A backup of an instance: taken while people answer, without keys, and put back only where nothing is."""

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session

from enkat import nycklar, omgang, store, store_bunt
from enkat.frysning.frys import frys
from enkat.mottagning import Mottagning
from enkat.papper import papperskopia
from grund.db import migrera, open_db
from grund.sakerhetskopia import DATABAS, INNEHALL, las_kopia
from grund.settings import las_instans
from kansli.cli import main
from kansli.kommandon.demo_svar import lamna_in_pahittade

ROT = Path(__file__).parents[3]
PERSONAL = ROT / "config/enkater/personal.toml"


class Instansen:
    """An instance with an open round of six answers, a frozen year, an address list and a settings file."""

    def __init__(self, rot: Path) -> None:
        self.rot, self.inst = rot, las_instans()
        motor = open_db(self.inst.databas)
        migrera(motor)
        nu = datetime.now(UTC)
        with Session(motor) as session:
            rad = omgang.skapa(session, self.inst.nycklar, PERSONAL.name, PERSONAL.read_bytes(), "2026", minsta_grupp=5)
            oppnad = omgang.oppna(session, self.inst.nycklar, rad, nu - timedelta(minutes=1), nu + timedelta(days=7))
            hemlighet = nycklar.las_hemlighet(self.inst.nycklar, rad.id)
            self.koder = store_bunt.skapa_bunt(session, rad.id, hemlighet, "Nord", 12)[1]
            self.id, self.papper, self.nyckel_id = rad.id, oppnad.papper, str(rad.nyckel_id)
        self.mottagning = Mottagning(motor, self.inst.nycklar)
        lamna_in_pahittade(self.mottagning, self.mottagning.omgangar()[self.id], self.koder[:6])
        for namn, text in (("frysta/2025/x.csv", "a"), ("utskick/p.db", "kim@exempel.se"), ("enkat.toml", "b")):
            (self.inst.mapp / namn).parent.mkdir(parents=True, exist_ok=True)
            (self.inst.mapp / namn).write_text(text, "utf-8")
        self.inst.hemlighet.write_bytes(b"s" * 32)


@pytest.fixture
def instansen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Instansen:
    monkeypatch.setenv("BOKSLUT_INSTANS", str(tmp_path / "instans"))
    monkeypatch.delenv("BOKSLUT_DATABAS", raising=False)
    return Instansen(tmp_path)


def kor(*ord_: str | Path, instans: Path | None = None) -> Result:
    miljo = {} if instans is None else {"BOKSLUT_INSTANS": str(instans)}
    return CliRunner().invoke(main, [str(o) for o in ord_], env=miljo, catch_exceptions=False)


def test_a_backup_has_database_and_frozen_sets_but_no_key_secret_or_address(instansen: Instansen) -> None:
    fil = instansen.rot / "kopia.tar.gz"
    svar = kor("sakerhetskopiera", fil)
    assert svar.exit_code == 0
    assert "Nycklarna är inte med" in svar.output
    assert fil.stat().st_mode & 0o077 == 0
    innehall = las_kopia(fil)
    assert sorted(innehall) == [DATABAS, "enkat.toml", "frysta/2025/x.csv"]
    privat = nycklar.las_privat(instansen.inst.nycklar, instansen.id)
    hemlighet = nycklar.las_hemlighet(instansen.inst.nycklar, instansen.id)
    allt = b"".join(innehall.values())
    for hemligt in (privat.nyckel, hemlighet.kod, hemlighet.kvitto, b"s" * 32):
        assert hemligt not in allt
        assert hemligt.hex().encode() not in allt
    assert b"kim@exempel.se" not in allt
    assert [p.name for p in instansen.inst.mapp.iterdir() if p.name.startswith(".")] == []


def test_a_backup_is_taken_while_people_answer_and_has_what_was_handed_in(instansen: Instansen) -> None:
    fil = instansen.rot / "kopia.tar.gz"
    with closing(sqlite3.connect(instansen.inst.mapp / DATABAS, isolation_level=None)) as skrivare:
        skrivare.execute("BEGIN IMMEDIATE")  # somebody is handing in
        skrivare.execute("UPDATE omgang SET population = 'halvvägs'")
        assert kor("sakerhetskopiera", fil).exit_code == 0
        skrivare.execute("ROLLBACK")
    with closing(sqlite3.connect(":memory:")) as kopia:
        kopia.deserialize(las_kopia(fil)[DATABAS])
        assert kopia.execute("SELECT count(*) FROM kuvert").fetchone() == (6,)
        assert kopia.execute("SELECT count(*) FROM omgang WHERE population = 'halvvägs'").fetchone() == (0,)
        assert kopia.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_round_is_frozen_from_a_restored_backup_and_the_paper_copy(instansen: Instansen, tmp_path: Path) -> None:
    fil, ny = tmp_path / "kopia.tar.gz", tmp_path / "ny"
    kor("sakerhetskopiera", fil)
    svar = kor("aterstall", fil, instans=ny)
    assert svar.exit_code == 0
    assert f"{instansen.id} saknar sin nyckel" in svar.output
    assert (ny / "frysta/2025/x.csv").read_text("utf-8") == "a"
    assert (ny / DATABAS).stat().st_mode & 0o077 == 0
    motor = open_db(f"sqlite:///{ny / DATABAS}")
    with Session(motor) as session:
        rad = store.las_omgang(session, instansen.id)
        assert rad is not None
        privat = papperskopia.las(instansen.papper, instansen.nyckel_id)
        efter = datetime.now(UTC) + timedelta(days=8)
        assert frys(session, ny / "nycklar", rad, privat, tmp_path / "ut", efter).svar == 6
    motor.dispose()


def test_nothing_is_written_over(instansen: Instansen, tmp_path: Path) -> None:
    fil = tmp_path / "kopia.tar.gz"
    kor("sakerhetskopiera", fil)
    fore = fil.read_bytes()
    svar = kor("sakerhetskopiera", fil)
    assert (svar.exit_code, "skrivs inte över" in svar.output) == (1, True)
    assert fil.read_bytes() == fore
    svar = kor("aterstall", fil)
    assert (svar.exit_code, "Det finns redan något att skriva över" in svar.output) == (1, True)
    (tmp_path / "halv" / "frysta" / "2025").mkdir(parents=True)
    (tmp_path / "halv" / "frysta" / "2025" / "x.csv").write_text("min", "utf-8")
    assert kor("aterstall", fil, instans=tmp_path / "halv").exit_code == 1
    assert not (tmp_path / "halv" / DATABAS).exists()
    assert (tmp_path / "halv" / "frysta" / "2025" / "x.csv").read_text("utf-8") == "min"


def gor_om(fil: Path, andra: Callable[[dict[str, bytes]], None], typ: bytes = tarfile.REGTYPE) -> None:
    """The same archive with other content, and sums that are right for it."""
    innehall = las_kopia(fil)
    andra(innehall)
    summor = {namn: hashlib.sha256(data).hexdigest() for namn, data in innehall.items()}
    huvud = json.dumps({"format": 1, "filer": summor}).encode()
    with tarfile.open(fil, "w:gz") as arkiv:
        for namn, data in {INNEHALL: huvud, **innehall}.items():
            uppgift = tarfile.TarInfo(namn)
            uppgift.size = len(data)
            uppgift.type = typ if namn != INNEHALL else tarfile.REGTYPE
            arkiv.addfile(uppgift, io.BytesIO(data))


@pytest.mark.parametrize("namn", ["../ute.txt", "/ute.txt", "nycklar/x.nyckel", "hemlighet"])
def test_a_backup_that_would_write_elsewhere_or_bring_a_key_is_refused(
    instansen: Instansen, tmp_path: Path, namn: str
) -> None:
    fil = tmp_path / "kopia.tar.gz"
    kor("sakerhetskopiera", fil)
    gor_om(fil, lambda innehall: innehall.update({namn: b"x"}))
    svar = kor("aterstall", fil, instans=tmp_path / "ny")
    assert (svar.exit_code, "ingen säkerhetskopia" in svar.output) == (1, True)
    assert not (tmp_path / "ny").exists()
    assert not (tmp_path / "ute.txt").exists()


def test_a_damaged_backup_is_refused_and_leaves_nothing(instansen: Instansen, tmp_path: Path) -> None:
    hel = tmp_path / "kopia.tar.gz"
    kor("sakerhetskopiera", hel)
    data = hel.read_bytes()
    for nr, skadad in enumerate((b"", b"skrap", data[: len(data) // 2], data[:60] + b"\xff" * 8 + data[68:])):
        fil = tmp_path / f"{nr}.tar.gz"
        fil.write_bytes(skadad)
        svar = kor("aterstall", fil, instans=tmp_path / "ny")
        assert (svar.exit_code, "skadad" in svar.output) == (1, True)
        assert not (tmp_path / "ny").exists()
    gor_om(hel, lambda innehall: innehall.update({DATABAS: innehall[DATABAS][:5000] + b"\xff" * 4000}))
    svar = kor("aterstall", hel, instans=tmp_path / "ny")
    assert (svar.exit_code, "Databasen i kopian är skadad" in svar.output) == (1, True)
    assert not (tmp_path / "ny" / DATABAS).exists()


def test_a_backup_of_nothing_inside_itself_or_of_postgresql_is_one_sentence(
    instansen: Instansen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Lägg kopian utanför" in kor("sakerhetskopiera", instansen.inst.mapp / "k.tar.gz").output
    svar = kor("sakerhetskopiera", tmp_path / "k.tar.gz", instans=tmp_path / "tom")
    assert "Det finns ingen databas" in svar.output
    assert not (tmp_path / "tom").exists()
    monkeypatch.setenv("BOKSLUT_DATABAS", "postgresql+psycopg://kansli:hemligt@localhost/bokslut")
    svar = kor("sakerhetskopiera", tmp_path / "k.tar.gz")
    assert (svar.exit_code, "pg_dump" in svar.output, "hemligt" in svar.output) == (1, True, False)
    assert not (tmp_path / "k.tar.gz").exists()
