"""Every test here runs on SQLite and on a real PostgreSQL, each time on a fresh database with the migrated tables."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url, text
from sqlmodel import Session

from grund.db import migrera, open_db
from tests.databas.postgres import GarInteAttKora, server
from tests.databas.provenkat import Prov, ny_omgang
from tests.snabb_disk import RIKTIGA

_NUMMER = count(1)


@pytest.fixture(scope="module", autouse=True)
def riktig_disk() -> Iterator[None]:
    """The database as the program has it: what is told to be stored is on the disk."""
    with pytest.MonkeyPatch.context() as m:
        m.setattr("grund.db.PRAGMAN", RIKTIGA)
        yield


class Databaser:
    """Makes fresh databases, by copying one that was migrated once."""

    def __init__(self, mapp: Path, stack: ExitStack) -> None:
        self._mapp, self._stack = mapp, stack
        self._sqlite: Path | None = None
        self._postgres: tuple[str, Path] | str | None = None

    def ny(self, slag: str) -> str:
        """The URL of a new one."""
        return self._ny_sqlite() if slag == "sqlite" else self._ny_postgres()

    def slang(self, url: str) -> None:
        """Remove one that was made."""
        if url.startswith("postgresql"):
            self._utan_transaktion(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def postgres_data(self) -> Path:
        """The data folder of the PostgreSQL server."""
        return self._starta()[1]

    def _ny_sqlite(self) -> str:
        if self._sqlite is None:
            self._sqlite = self._mapp / "mall.db"
            motor = open_db(f"sqlite:///{self._sqlite}")
            migrera(motor)
            with motor.connect() as anslutning:
                anslutning.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            motor.dispose()
        fil = self._mapp / f"prov{next(_NUMMER)}.db"
        shutil.copy(self._sqlite, fil)
        return f"sqlite:///{fil}"

    def _ny_postgres(self) -> str:
        url, _ = self._starta()
        namn = f"prov{next(_NUMMER)}"
        self._utan_transaktion(f"CREATE DATABASE {namn} TEMPLATE mall")
        return url.format(namn)

    def _utan_transaktion(self, sql: str) -> None:
        motor = create_engine(self._starta()[0].format("postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with motor.connect() as anslutning:
            anslutning.execute(text(sql))

    def _starta(self) -> tuple[str, Path]:
        if self._postgres is None:
            try:
                self._postgres = self._stack.enter_context(server())
                self._utan_transaktion("CREATE DATABASE mall")
                mall = open_db(self._postgres[0].format("mall"))
                migrera(mall)
                mall.dispose()
            except GarInteAttKora as fel:
                self._postgres = str(fel)
        if isinstance(self._postgres, str):
            if os.environ.get("CI") == "true":
                pytest.fail(f"no PostgreSQL: {self._postgres}")
            pytest.skip(f"no PostgreSQL on this machine: {self._postgres}")
        return self._postgres


@pytest.fixture(scope="session")
def databaser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databaser]:
    with ExitStack() as stack:
        yield Databaser(tmp_path_factory.mktemp("databaser"), stack)


@pytest.fixture(params=["sqlite", "postgresql"])
def slag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def motor(slag: str, databaser: Databaser) -> Iterator[Engine]:
    url = databaser.ny(slag)
    motor = open_db(url)
    yield motor
    motor.dispose()
    databaser.slang(url)


@pytest.fixture
def session(motor: Engine) -> Iterator[Session]:
    with Session(motor) as session:
        yield session


@pytest.fixture
def prov(motor: Engine, session: Session, tmp_path: Path) -> Prov:
    return ny_omgang(motor, session, tmp_path / "nycklar")
