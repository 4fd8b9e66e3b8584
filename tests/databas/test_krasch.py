"""kill -9 between Skicka and the receipt: stored once or not at all, and the same form gets its receipt."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from enkat import nycklar
from enkat.models import Kod, Kuvert, Kvitto
from tests.databas.provenkat import EFTER, Prov

ROT = Path(__file__).parents[2]
SVAR = {"stod": "helt", "redo": "ja", "annan": "nej", "kon": "man"}
# Dies at the SQL statement with a number, or after COMMIT but before anything is said, in a process of its own.
BARN = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlmodel import Session
from enkat import nycklar, store
from grund.db import open_db
from tests.databas.provenkat import NU, Prov
url, mapp, omgang_id, kod, dor_vid = sys.argv[1:]
motor = open_db(url)
antal = 0
def dor(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def rakna(*_):
    global antal
    antal += 1
    if str(antal) == dor_vid:
        dor()
with Session(motor) as session:
    omgang = store.las_omgang(session, omgang_id)
    prov = Prov(motor, session, Path(mapp), omgang, "", nycklar.las_hemlighet(Path(mapp), omgang_id))
    t = prov.tillstand(kod, SVAR, nonce=b"k" * 16)
    kuvert = prov.kuvert(t.svar)
    if dor_vid == "fore_commit":
        event.listen(motor, "commit", dor)
    event.listen(motor, "before_cursor_execute", rakna)
    svar = store.lamna_in(session, t, kuvert, prov.hemlighet, NU)
    if dor_vid == "efter_commit":
        dor()
    print(antal, svar.utfall)
""".replace("SVAR", repr(SVAR))


def barn(prov: Prov, kod: str, dor_vid: str) -> subprocess.CompletedProcess[str]:
    url = prov.motor.url.render_as_string(hide_password=False)
    ord_ = [sys.executable, "-c", BARN, url, str(prov.nycklar), prov.omgang.id, kod, dor_vid]
    return subprocess.run(ord_, cwd=ROT, env=os.environ | {"PYTHONPATH": str(ROT)}, capture_output=True, text=True)


@pytest.mark.parametrize("dor_vid", ["2", "3", "4", "fore_commit", "efter_commit"])
def test_killed_anywhere_the_answer_is_stored_once_or_not_at_all(prov: Prov, dor_vid: str) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    dog = barn(prov, kod, dor_vid)
    assert dog.returncode == -signal.SIGKILL, dog.stderr
    with Session(prov.motor) as session:
        kod_kvar, kuvert, kvitto = (
            session.exec(select(func.count()).select_from(t)).one() for t in (Kod, Kuvert, Kvitto)
        )
    assert (kod_kvar, kuvert, kvitto) == ((11, 1, 1) if dor_vid == "efter_commit" else (12, 0, 0))
    igen = prov.lamna_in(prov.tillstand(kod, SVAR, nonce=b"k" * 16))
    assert igen.utfall == ("redan_mottaget" if dor_vid == "efter_commit" else "mottaget")
    assert prov.lamna_in(prov.tillstand(kod, SVAR, nonce=b"k" * 16), EFTER).kvitto == igen.kvitto


def test_processes_that_hand_in_one_form_at_once_store_it_once(prov: Prov) -> None:
    kod, *_ = prov.bunt("Team A", 12)
    url = prov.motor.url.render_as_string(hide_password=False)
    ord_ = [sys.executable, "-c", BARN, url, str(prov.nycklar), prov.omgang.id, kod, "aldrig"]
    barnen = [subprocess.Popen(ord_, cwd=ROT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    svar = sorted(b.communicate()[0].split()[1] for b in barnen)
    assert svar == ["mottaget", "redan_mottaget", "redan_mottaget"]


def test_the_keys_are_files_that_only_their_owner_reads(prov: Prov) -> None:
    for fil in prov.nycklar.iterdir():
        assert fil.stat().st_mode & 0o077 == 0
    assert prov.nycklar.stat().st_mode & 0o077 == 0
    assert nycklar.las_privat(prov.nycklar, prov.omgang.id).nyckel_id == prov.omgang.nyckel_id
