"""The tables of the staff: accounts, how they come in, and a log that nobody edits.

What could open an account lies here only as a hash, or sealed under the instance's secret.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlmodel import Field, SQLModel

from grund.db import Tidpunkt

ROLLER: Final = ("forbundschef", "kansli", "insatsansvarig", "styrelse", "revisor", "granskare", "godkannare")
SLAG: Final = ("inbjudan", "nytt_losen")
HASH: Final = 64


def _krav(namn: str, villkor: str) -> CheckConstraint:
    return CheckConstraint(villkor, name=namn)


def _konto_id(**val: Any) -> Any:
    return Field(sa_column=Column(String, ForeignKey("konto.id", ondelete="CASCADE"), nullable=False, **val))


def nytt_id() -> str:
    """An id that says nothing about who or when."""
    return secrets.token_hex(8)


class Konto(SQLModel, table=True):
    """A person who works here. losen: an Argon2 hash, None until the invitation is used.

    totp: the sealed secret of the second factor, None until it is set up. totp_steg: the last time step that was used,
    so that a code works once.
    """

    __tablename__ = "konto"
    __table_args__: ClassVar[Any] = (
        _krav("konto_roll", f"roll IN {ROLLER}"),
        _krav("konto_epost", "epost = lower(epost) AND epost LIKE '_%@_%' AND length(epost) <= 254"),
        _krav("konto_namn", "length(trim(namn)) BETWEEN 1 AND 120"),
        _krav("konto_losen", "losen LIKE '$argon2id$%'"),
    )

    id: str = Field(primary_key=True, default_factory=nytt_id)
    epost: str = Field(unique=True)
    namn: str
    roll: str
    losen: str | None = None
    totp: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    totp_steg: int | None = None
    aktiv: bool = True
    skapad: datetime = Field(sa_type=Tidpunkt)


class Reservkod(SQLModel, table=True):
    """What lets a person in once when the phone with the second factor is gone. hash_: SHA-256 of the code."""

    __tablename__ = "reservkod"
    __table_args__: ClassVar[Any] = (_krav("reservkod_hash", f"length(hash_) = {HASH}"),)

    konto_id: str = _konto_id(primary_key=True)
    hash_: str = Field(primary_key=True)


class Koppling(SQLModel, table=True):
    """The identity provider that vouches for somebody. subject: its own name for the person, which never changes.

    An account has one at most, and a provider's person one account: an address that changes hands opens nothing.
    """

    __tablename__ = "konto_leverantor"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("issuer", "subject", name="konto_leverantor_subject"),
        _krav("konto_leverantor_langd", "length(issuer) BETWEEN 1 AND 500 AND length(subject) BETWEEN 1 AND 255"),
    )

    konto_id: str = _konto_id(primary_key=True)
    issuer: str
    subject: str
    kopplad: datetime = Field(sa_type=Tidpunkt)


class Inbjudan(SQLModel, table=True):
    """A link that sets a password, once. hash_: SHA-256 of what the link holds."""

    __tablename__ = "inbjudan"
    __table_args__: ClassVar[Any] = (
        _krav("inbjudan_hash", f"length(hash_) = {HASH}"),
        _krav("inbjudan_slag", f"slag IN {SLAG}"),
    )

    hash_: str = Field(primary_key=True)
    konto_id: str = _konto_id()
    slag: str
    galler_till: datetime = Field(sa_type=Tidpunkt)


class Inloggning(SQLModel, table=True):
    """An open session. hash_: SHA-256 of the cookie. webblasare: the browser it belongs to, as a keyed hash.

    visas: that browser in words, for the person who wants to see where she is logged in.
    """

    __tablename__ = "inloggning"
    __table_args__: ClassVar[Any] = (
        _krav("inloggning_hash", f"length(hash_) = {HASH} AND length(webblasare) = {HASH}"),
    )

    hash_: str = Field(primary_key=True)
    konto_id: str = _konto_id(index=True)
    webblasare: str
    visas: str
    borjade: datetime = Field(sa_type=Tidpunkt)
    senast: datetime = Field(sa_type=Tidpunkt)


class Forsok(SQLModel, table=True):
    """Failed attempts in a row. nyckel: a keyed hash of the account or the network that they were about."""

    __tablename__ = "forsok"
    __table_args__: ClassVar[Any] = (_krav("forsok_antal", f"antal >= 1 AND length(nyckel) = {HASH}"),)

    nyckel: str = Field(primary_key=True)
    antal: int
    senast: datetime = Field(sa_type=Tidpunkt)


class Handelse(SQLModel, table=True):
    """One line of the log. Triggers refuse to change or remove it, whoever asks.

    vem, roll: as they were then. vad: a code. pa: what it was done to. fore, efter: the change as text.
    kedja: SHA-256 of the line and of the line before it, so that one that is gone or changed on disk shows.
    """

    __tablename__ = "handelse"
    __table_args__: ClassVar[Any] = (
        _krav("handelse_vad", "length(vad) BETWEEN 1 AND 60"),
        _krav("handelse_kedja", f"length(kedja) = {HASH}"),
    )

    nr: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    tid: datetime = Field(sa_type=Tidpunkt)
    konto_id: str | None = None
    vem: str
    roll: str
    vad: str
    pa: str = ""
    fore: str = ""
    efter: str = ""
    kedja: str
