"""Promise 1: what an answer leaves in the database, by constraint."""

import secrets

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from enkat import models as enkatens
from enkat.models import Bunt, Fritext, Kod, Kuvert, Kvitto, Makulerad, Omgang, Rattelse, Svarslage
from enkat.urna import FRITEXT_BYTE, KUVERT_BYTE
from insatser import models as insatsers  # noqa: F401
from kansli import models as kansliets  # noqa: F401
from tests.databas.provenkat import Prov

# What is promised here is about those who answer: the survey's tables. What staff do is no secret among them.
ENKATENS = {m.__tablename__ for m in (Omgang, Rattelse, Bunt, Kod, Makulerad, Kuvert, Fritext, Kvitto, Svarslage)}
KOLUMNER = {
    "kuvert": {"id", "omgang_id", "nyckel_id", "chiffer"},
    "fritext": {"id", "omgang_id", "nyckel_id", "chiffer"},
    "kod": {"avtryck", "bunt_id"},
    "makulerad": {"avtryck", "bunt_id"},
    "kvitto": {"omgang_id", "avtryck"},
}


def test_no_table_of_anybody_else_points_at_the_survey() -> None:
    assert {t.name for t in SQLModel.metadata.sorted_tables} > ENKATENS
    for tabell in SQLModel.metadata.sorted_tables:
        if tabell.name not in ENKATENS:
            assert not ENKATENS & {nyckel.column.table.name for nyckel in tabell.foreign_keys}, tabell.name


def test_the_survey_is_all_of_its_models() -> None:
    assert {
        v.__tablename__
        for v in vars(enkatens).values()
        if getattr(v, "__module__", "") == "enkat.models" and hasattr(v, "__tablename__")
    } == ENKATENS


@pytest.mark.parametrize("tabell", KOLUMNER)
def test_what_an_answer_touches_has_exactly_these_columns(motor: Engine, tabell: str) -> None:
    assert {kolumn["name"] for kolumn in inspect(motor).get_columns(tabell)} == KOLUMNER[tabell]


def test_no_table_of_the_survey_keeps_the_order_of_insertion_by_a_number(motor: Engine) -> None:
    for tabell in SQLModel.metadata.sorted_tables:
        numrerad = any(kolumn.autoincrement is True or kolumn.server_default for kolumn in tabell.columns)
        assert not numrerad or tabell.name not in ENKATENS, tabell.name
    with motor.connect() as a:
        if motor.dialect.name == "sqlite":
            tabeller = a.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
            assert not {n for n, sql in tabeller if "WITHOUT ROWID" not in sql} & ENKATENS
        else:
            raknare = a.execute(text("SELECT relname FROM pg_class WHERE relkind = 'S'")).scalars().all()
            assert not [r for r in raknare if any(r.startswith(f"{namn}_") for namn in ENKATENS)]


@pytest.mark.parametrize("byte", [0, 1, KUVERT_BYTE - 1, KUVERT_BYTE + 1, 100_000])
def test_an_envelope_of_another_size_is_refused(prov: Prov, byte: int) -> None:
    rad = Kuvert(id=secrets.token_bytes(16), omgang_id=prov.omgang.id, nyckel_id="x", chiffer=bytes(byte))
    _vagras(prov, rad)


@pytest.mark.parametrize("byte", [0, 1, KUVERT_BYTE, FRITEXT_BYTE - 1, FRITEXT_BYTE + 1])
def test_an_envelope_with_text_of_another_size_is_refused(prov: Prov, byte: int) -> None:
    rad = Fritext(id=secrets.token_bytes(16), omgang_id=prov.omgang.id, nyckel_id="x", chiffer=bytes(byte))
    _vagras(prov, rad)


def test_no_long_text_lies_in_a_table_beside_that_numbers_its_rows(motor: Engine) -> None:
    if motor.dialect.name != "postgresql":
        pytest.skip("SQLite has no such table")
    with motor.connect() as a:
        fraga = "SELECT attstorage FROM pg_attribute WHERE attrelid = 'fritext'::regclass AND attname = 'chiffer'"
        assert a.execute(text(fraga)).scalar_one() in ("p", b"p")


@pytest.mark.parametrize("id_", [b"", b"1", bytes(17)])
def test_an_envelope_has_a_whole_random_id(prov: Prov, id_: bytes) -> None:
    _vagras(prov, Kuvert(id=id_, omgang_id=prov.omgang.id, nyckel_id="x", chiffer=bytes(KUVERT_BYTE)))


def test_an_envelope_belongs_to_a_round(prov: Prov) -> None:
    _vagras(prov, Kuvert(id=bytes(16), omgang_id="ingen", nyckel_id="x", chiffer=bytes(KUVERT_BYTE)))


def test_neither_a_code_nor_a_nonce_can_stand_in_clear(prov: Prov) -> None:
    prov.bunt("Team A", 12)
    [bunt] = prov.session.execute(text("SELECT id FROM bunt")).scalars()
    _vagras(prov, Kod(avtryck=b"123456789012345", bunt_id=bunt))
    _vagras(prov, Makulerad(avtryck=b"123456789012345", bunt_id=bunt))
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
