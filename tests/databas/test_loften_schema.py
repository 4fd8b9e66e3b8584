"""Promise 1: what an answer leaves in the database, by constraint."""

import secrets

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from enkat.models import Kod, Kuvert, Kvitto
from enkat.urna import KUVERT_BYTE
from tests.databas.provenkat import Prov

KOLUMNER = {
    "kuvert": {"id", "omgang_id", "nyckel_id", "chiffer"},
    "kod": {"avtryck", "bunt_id"},
    "kvitto": {"omgang_id", "avtryck"},
}


@pytest.mark.parametrize("tabell", KOLUMNER)
def test_what_an_answer_touches_has_exactly_these_columns(motor: Engine, tabell: str) -> None:
    assert {kolumn["name"] for kolumn in inspect(motor).get_columns(tabell)} == KOLUMNER[tabell]


def test_no_table_keeps_the_order_of_insertion_by_a_number(motor: Engine) -> None:
    for tabell in SQLModel.metadata.sorted_tables:
        assert not any(kolumn.autoincrement is True or kolumn.server_default for kolumn in tabell.columns)
    with motor.connect() as a:
        if motor.dialect.name == "sqlite":
            tabeller = a.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
            assert [n for n, sql in tabeller if "WITHOUT ROWID" not in sql and n != "alembic_version"] == []
        else:
            assert a.execute(text("SELECT count(*) FROM pg_class WHERE relkind = 'S'")).scalar_one() == 0


@pytest.mark.parametrize("byte", [0, 1, KUVERT_BYTE - 1, KUVERT_BYTE + 1, 100_000])
def test_an_envelope_of_another_size_is_refused(prov: Prov, byte: int) -> None:
    rad = Kuvert(id=secrets.token_bytes(16), omgang_id=prov.omgang.id, nyckel_id="x", chiffer=bytes(byte))
    _vagras(prov, rad)


@pytest.mark.parametrize("id_", [b"", b"1", bytes(17)])
def test_an_envelope_has_a_whole_random_id(prov: Prov, id_: bytes) -> None:
    _vagras(prov, Kuvert(id=id_, omgang_id=prov.omgang.id, nyckel_id="x", chiffer=bytes(KUVERT_BYTE)))


def test_an_envelope_belongs_to_a_round(prov: Prov) -> None:
    _vagras(prov, Kuvert(id=bytes(16), omgang_id="ingen", nyckel_id="x", chiffer=bytes(KUVERT_BYTE)))


def test_neither_a_code_nor_a_nonce_can_stand_in_clear(prov: Prov) -> None:
    prov.bunt("Team A", 12)
    [bunt] = prov.session.execute(text("SELECT id FROM bunt")).scalars()
    _vagras(prov, Kod(avtryck=b"123456789012345", bunt_id=bunt))
    _vagras(prov, Kvitto(omgang_id=prov.omgang.id, avtryck=b"n" * 16))


@pytest.mark.parametrize(
    "andring",
    [
        "UPDATE omgang SET lage = 'halv'",
        "UPDATE omgang SET publik_nyckel = NULL",
        "UPDATE omgang SET stanger = oppnar",
        "UPDATE omgang SET nad_minuter = -1",
        "UPDATE bunt SET makulerade = 13",
        "UPDATE bunt SET utdelade = 13",
        "UPDATE bunt SET enhet = ''",
    ],
)
def test_a_round_or_batch_that_cannot_be_is_refused(prov: Prov, andring: str) -> None:
    prov.bunt("Team A", 12)
    with pytest.raises(IntegrityError):
        prov.session.execute(text(andring))
    prov.session.rollback()


def _vagras(prov: Prov, rad: SQLModel) -> None:
    with Session(prov.motor) as session:
        session.add(rad)
        with pytest.raises(IntegrityError):
            session.commit()
