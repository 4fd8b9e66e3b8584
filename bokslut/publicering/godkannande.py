"""Approvals: who has approved exactly what. A file that only grows, where each line holds the sum of the one before.

Functions over posts, so that a database can take the file's place: `las`, `lagg_till`, and what follows from posts.
"""

from __future__ import annotations

import fcntl
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from bokslut.fras import fras
from bokslut.publicering.kontrollsumma import Akt, sha256, som_json
from bokslut.publicering.manifest import Godkannande
from grund.settings import skapa_mapp, synka_mapp
from indikatorer.schema import Modell

ROLLER: Final = {"forbundschef": fras("förbundschef"), "godkannare": fras("godkännare")}
_DAG: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGST: Final = 200


class GodkannandeFel(Exception):
    """An approval cannot be taken, or the file of them cannot be trusted; the text says why, in Swedish."""


class Post(Modell):
    """One approval. delar: the sum of each part, by name. foregaende: the sum of the line before, "" on the first."""

    av: str
    roll: str
    datum: str
    beslut: str
    ar: int
    version: int
    akt: str
    delar: dict[str, str]
    foregaende: str

    def as_godkannande(self) -> Godkannande:
        """What is published of it."""
        return Godkannande(av=self.av, roll=self.roll, datum=self.datum, beslut=self.beslut)


def las(fil: Path) -> tuple[Post, ...]:
    """All approvals, oldest first; none when there is no file.

    Raises:
        GodkannandeFel: a line has been changed, added by hand or taken away.
    """
    try:
        rader = _hela_rader(fil.read_bytes()) if fil.exists() else []
    except OSError as fel:
        raise GodkannandeFel(f"{fil} går inte att läsa: {fel.strerror}.") from None
    poster, fore = [], ""
    for nr, rad in enumerate(rader, 1):
        try:
            post = Post.model_validate_json(rad)
        except ValidationError:
            raise _fel_kedja(fil, nr) from None
        if post.foregaende != fore:
            raise _fel_kedja(fil, nr)
        poster.append(post)
        fore = sha256(rad)
    return tuple(poster)


def lagg_till(fil: Path, akt: Akt, av: str, roll: str, beslut: str, datum: date) -> Post:
    """Record an approval of exactly this content, on the disk before the call returns.

    datum: the day it is given. beslut: the decision it rests on, with its date ("styrelsen 2021-03-12 § 14"), or "".

    Raises:
        GodkannandeFel: a name, role or decision that will not do, or somebody who has approved this already.
        OSError: the file cannot be written.
    """
    av, beslut = " ".join(_synligt(av).split()), " ".join(beslut.split())
    _krav(av, roll, beslut, datum)
    skapa_mapp(fil.parent)
    with _last(fil) as nummer:
        poster = las(fil)
        _krav_ny_person(giltiga(poster, akt), av)
        data = b"".join(rad + b"\n" for rad in _hela_rader(fil.read_bytes()))
        fore = sha256(data.splitlines()[-1]) if data else ""
        post = Post(
            av=av,
            roll=roll,
            datum=datum.isoformat(),
            beslut=beslut,
            ar=akt.ar,
            version=akt.version,
            akt=akt.summa(),
            delar=akt.delar(),
            foregaende=fore,
        )
        os.ftruncate(nummer, len(data))  # a line that was cut off by a crash was never an approval
        _skriv_rad(nummer, som_json(post.model_dump(mode="json")).encode() + b"\n", len(data))
    synka_mapp(fil.parent)
    return post


def giltiga(poster: Sequence[Post], akt: Akt) -> list[Post]:
    """The approvals of exactly this content, one a person, oldest first."""
    summa = akt.summa()
    per_person: dict[str, Post] = {}
    for post in poster:
        if post.akt == summa:
            per_person.setdefault(samma_person(post.av), post)
    return list(per_person.values())


def inaktuella(poster: Sequence[Post], akt: Akt) -> list[tuple[Post, list[str]]]:
    """Approvals of this version that something was changed after, by person, with what was changed."""
    klara = {samma_person(post.av) for post in giltiga(poster, akt)}
    senast = {samma_person(p.av): p for p in poster if (p.ar, p.version) == (akt.ar, akt.version)}
    return [(p, andrat(p.delar, akt.delar())) for person, p in senast.items() if person not in klara]


def andrat(fore: Mapping[str, str], efter: Mapping[str, str]) -> list[str]:
    """The parts whose sums differ, by name."""
    return [namn for namn in dict.fromkeys((*efter, *fore)) if fore.get(namn) != efter.get(namn)]


def racker(poster: Sequence[Post]) -> bool:
    """Whether these are two persons, one of them with the role godkannare."""
    return len({samma_person(p.av) for p in poster}) >= 2 and any(p.roll == "godkannare" for p in poster)


def samma_person(av: str) -> str:
    """What two spellings of a name have in common: case, spaces and invisible characters make nobody somebody else."""
    return "".join(_synligt(unicodedata.normalize("NFKC", av)).split()).casefold()


def beslutsdatum(beslut: str) -> date | None:
    """The date in a decision, None when it has none that exists."""
    for skrivet in _DAG.findall(beslut):
        try:
            return date.fromisoformat(skrivet)
        except ValueError:
            continue
    return None


def _synligt(av: str) -> str:
    return "".join(tecken for tecken in av if unicodedata.category(tecken) != "Cf")


def _krav(av: str, roll: str, beslut: str, datum: date) -> None:
    if not samma_person(av) or not av.isprintable() or len(av) > _LANGST:
        raise GodkannandeFel("Skriv namnet på den som godkänner, för- och efternamn: --av ”Anna Ek”.")
    if roll not in ROLLER:
        raise GodkannandeFel(f"Rollen ”{roll}” finns inte. De som finns: {', '.join(ROLLER)}.")
    if not beslut:
        return
    dag = beslutsdatum(beslut)
    if dag is None or not beslut.isprintable() or len(beslut) > _LANGST:
        raise GodkannandeFel(
            f"Beslutet ”{beslut[:_LANGST]}” har inget datum. Skriv vem som beslutade, dag och paragraf: "
            "--beslut ”styrelsen 2021-03-12 § 14”."
        )
    if dag > datum:
        raise GodkannandeFel(f"Beslutet är daterat {dag}, efter dagen för godkännandet ({datum}). Rätta datumet.")


def _krav_ny_person(givna: Sequence[Post], av: str) -> None:
    for post in givna:
        if samma_person(post.av) == samma_person(av):
            raise GodkannandeFel(
                f"{post.av} godkände det här innehållet {post.datum}, som {ROLLER[post.roll]}. "
                "Samma person räknas en gång: be någon annan godkänna."
            )


def _hela_rader(data: bytes) -> list[bytes]:
    return data.split(b"\n")[:-1]


def _skriv_rad(nummer: int, rad: bytes, fran: int) -> None:
    """The whole line, or nothing of it."""
    try:
        os.lseek(nummer, fran, os.SEEK_SET)
        kvar = memoryview(rad)
        while kvar:
            kvar = kvar[os.write(nummer, kvar) :]
        os.fsync(nummer)
    except OSError:
        os.ftruncate(nummer, fran)
        raise


@contextmanager
def _last(fil: Path) -> Iterator[int]:
    """The file open for one writer at a time."""
    nummer = os.open(fil, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(nummer, fcntl.LOCK_EX)
        yield nummer
    finally:
        os.close(nummer)


def _fel_kedja(fil: Path, nr: int) -> GodkannandeFel:
    return GodkannandeFel(
        f"{fil}, rad {nr}: godkännandena har ändrats för hand, så inget av dem går att lita på. "
        "Hämta filen från säkerhetskopian, eller ta bort den och godkänn på nytt."
    )
