"""One write within another: both are stored, or neither, on both databases."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from enkat import omgang, store
from grund.db import skrivning
from kansli.logg.store import skriv
from kansli.models import Handelse
from tests.databas.provenkat import TOML


def gor(session: Session, mapp: Path) -> None:
    with skrivning(session):
        omgang.skapa(session, mapp, "prov.toml", TOML.encode(), "2026", minsta_grupp=5)
        skriv(session, datetime.now(UTC), None, "omgang-skapad", "prov-2026")


def rader(session: Session) -> tuple[int, int]:
    handelser = session.exec(select(Handelse).where(col(Handelse.pa) == "prov-2026")).all()
    return len(store.las_omgangar(session)), len(handelser)


def test_a_change_and_the_line_that_tells_of_it_are_one(motor: Engine, session: Session, tmp_path: Path) -> None:
    gor(session, tmp_path)
    with Session(motor) as annan:
        assert rader(annan) == (1, 1)


def test_when_the_line_cannot_be_written_the_change_is_not_made(
    motor: Engine, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faller(*_: object) -> None:
        raise RuntimeError("disk")

    monkeypatch.setattr("tests.databas.test_skrivning.skriv", faller)
    with pytest.raises(RuntimeError, match="disk"):
        gor(session, tmp_path)
    with Session(motor) as annan:
        assert rader(annan) == (0, 0)
    monkeypatch.undo()
    gor(session, tmp_path)
    with Session(motor) as annan:
        assert rader(annan) == (1, 1)
