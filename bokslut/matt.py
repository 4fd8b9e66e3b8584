"""What was measured of the pages' accessibility, as `make tillganglighet` wrote it down in one file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from indikatorer.schema import Lista, Modell

FIL: Final = Path(__file__).with_name("tillganglighet.toml")
_ROT: Final = Path(__file__).resolve().parent.parent
# What decides how a page is built and drawn. A library that is kept as its authors made it has its version in its name.
_FORM: Final = ("templates/bokslut", "static/bokslut", "bokslut/diagram")
_ANDRAS: Final = ("vendor", "__pycache__")

Antal = Annotated[int, Field(ge=0)]


class Brist(Modell):
    """A fault that a tool found on a page. regel: the tool's name for it, or its words."""

    sida: str
    regel: str


class Telefon(Modell):
    """The longest page on a weak line and a slow phone. sekunder: until there was text. skift: CLS, 0 is still."""

    sida: str
    sekunder: Annotated[float, Field(ge=0)]
    skift: Annotated[float, Field(ge=0)]


Brister = Annotated[tuple[Brist, ...], Lista]


class Matt(Modell):
    """One measurement of every page of the example.

    version, avtryck: the program, and the sum of what decides the form of its pages, as they were then.
    farger, bredder: how every page was met, folded and unfolded. verktyg: name and version of what measured.
    prov: by code, whether the tests of it passed; what was not run is not there.
    html, utomstaende, telefon: None when it could not be measured.
    """

    datum: date
    version: str
    avtryck: str
    exempel: str
    sidor: Annotated[int, Field(ge=1)]
    farger: Annotated[tuple[Literal["ljus", "mork", "tvingade"], ...], Lista]
    bredder: Annotated[tuple[int, ...], Lista]
    verktyg: dict[str, str]
    axe: Brister
    i_sidled: Annotated[tuple[str, ...], Lista]
    html: Brister | None = None
    utomstaende: Antal | None = None
    telefon: Telefon | None = None
    prov: dict[str, bool] = Field(default_factory=dict)


def las(fil: Path = FIL) -> Matt | None:
    """The measurement. None when there is no file, or one that cannot be relied on: then nothing is known."""
    try:
        return Matt.model_validate(tomllib.loads(fil.read_text("utf-8")))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        return None


def avtryck(rot: Path = _ROT) -> str:
    """The sum of every file that decides the form of the pages, by path: another sum is other pages."""
    summa = sha256()
    for fil in sorted(_formen(rot)):
        data = fil.read_bytes()
        summa.update(f"{fil.relative_to(rot).as_posix()}\0{len(data)}\0".encode())
        summa.update(data)
    return summa.hexdigest()


def _formen(rot: Path) -> Iterator[Path]:
    for mapp in _FORM:
        yield from (f for f in (rot / mapp).rglob("*") if f.is_file() and not set(_ANDRAS) & set(f.parts))
