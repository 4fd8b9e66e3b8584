"""Another förbund's published resultat.json: checked as a stranger's file, kept as the few things that are compared.

Nothing in it is executed or followed. What it hides stays hidden: a hidden result's figures are dropped even when the
file holds them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Annotated, Final, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bokslut.ordval import REGEL_ORD

HOGST_BYTE: Final = 10_000_000
Nyckel = TypeVar("Nyckel", bound=Hashable)

_VISAS: Final = 5
_SIFFROR: Final = 20
_BE_OM_FILEN: Final = "Be förbundet om filen resultat.json, som ligger i deras publicerade bokslut."

Kort = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=2000)]
Siffra = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]


class Grannresultat(BaseModel):
    """One result of another förbund, as CONTRACT section 3 writes it; the keys that are not compared are left out."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    id: Kort
    nummer: Annotated[str, Field(max_length=40)] | None
    grupp: Annotated[str, Field(max_length=200)] | None
    regel: Kort
    titel: Kort
    varde: Siffra | None
    visat: Annotated[str, Field(max_length=60)]
    krav: Annotated[str, Field(max_length=200)] | None
    mening: Text
    signal: Literal["gron", "gul", "rod", "gra"] | None
    orsak: Literal["for_fa_svar", "inte_matt", "inget_mal", "skyddad", "fel_i_definitionen"] | None


class Grannbokslut(BaseModel):
    """A bokslut of another förbund, or of another year."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    forbund: Kort
    ar: Annotated[int, Field(ge=1990, le=2100)]
    indikatorer: Annotated[tuple[Grannresultat, ...], Field(min_length=1, max_length=5000, strict=False)]

    @property
    def namn(self) -> str:
        """The förbund and its year."""
        return f"{self.forbund} {self.ar}"


class Grannfel(Exception):
    """A file that cannot be compared with. var: the file or address. regel: what it breaks. atgard: what to do."""

    def __init__(self, var: str, regel: str, atgard: str = _BE_OM_FILEN) -> None:
        super().__init__(f"{var}: {regel} {atgard}")
        self.var, self.regel, self.atgard = var, regel, atgard


def las_grannbokslut(var: str, innehall: bytes) -> Grannbokslut:
    """Check a file and read it.

    Raises:
        Grannfel: it is too large, no JSON, of another shape, or tells one result twice.
    """
    if len(innehall) > HOGST_BYTE:
        raise for_stor(var)
    try:
        text = innehall.decode("utf-8-sig")
        dokument = json.loads(text, parse_constant=_inget_tal, parse_int=_heltal, object_pairs_hook=_utan_dubbletter)
    except UnicodeDecodeError as fel:
        raise Grannfel(var, f"Filen är inte text i UTF-8 (byte {fel.start}).") from fel
    except RecursionError as fel:
        raise Grannfel(var, "Filen har listor i listor i hundratals nivåer, så den är inte ett bokslut.") from fel
    except json.JSONDecodeError as fel:
        raise Grannfel(var, f"Filen är inte hel JSON: rad {fel.lineno}, kolumn {fel.colno}.") from fel
    except ValueError as fel:
        raise Grannfel(var, f"Filen är inte hel JSON: {fel}.") from fel
    try:
        bokslut = Grannbokslut.model_validate(dokument)
    except ValidationError as fel:
        raise Grannfel(var, _i_ord(fel.errors(include_url=False, include_input=False, include_context=True))) from fel
    if dubbla := _dubbla((r.id, r.grupp) for r in bokslut.indikatorer):
        raise Grannfel(var, f"Filen har fler än ett resultat för {_rakna(dubbla)}.")
    return bokslut


def for_stor(var: str) -> Grannfel:
    """The fault of a file above the limit."""
    regel = f"Filen är större än {HOGST_BYTE // 1_000_000} MB. Ett bokslut är sällan mer än 1 MB."
    return Grannfel(var, regel)


def samma(alla: Sequence[tuple[str, Grannbokslut]], forbund: str, ar: int) -> Iterator[Grannfel]:
    """The files that are the same bokslut as one before them, or as our own."""
    sedda: dict[tuple[str, int], str] = {(forbund.casefold(), ar): ""}
    for var, b in alla:
        nyckel = (b.forbund.casefold(), b.ar)
        if nyckel in sedda:
            regel = f"Filen är samma bokslut ({b.namn}) som {sedda[nyckel] or 'det som byggs'}."
            yield Grannfel(var, regel, "Ange varje bokslut en gång, och inte ert eget.")
        sedda.setdefault(nyckel, var)


def dold(r: Grannresultat) -> bool:
    """Whether they hide the figure of a result."""
    return r.orsak in ("skyddad", "for_fa_svar")


def _inget_tal(text: str) -> NoReturn:
    raise ValueError(f"”{text}” är inget tal")


def _heltal(text: str) -> int:
    if len(text) > _SIFFROR:
        raise ValueError(f"ett tal har {len(text)} siffror")
    return int(text)


def _utan_dubbletter(par: list[tuple[str, object]]) -> dict[str, object]:
    ut = dict(par)
    if len(ut) < len(par):
        raise ValueError(f"nyckeln ”{_dubbla(k for k, _ in par)[0]}” står två gånger på samma ställe")
    return ut


def _dubbla(nycklar: Iterable[Nyckel]) -> list[Nyckel]:
    return [k for k, antal in Counter(nycklar).items() if antal > 1]


def _rakna(dubbla: Sequence[tuple[str, str | None]]) -> str:
    texter = [f"”{id_}”{f' ({grupp})' if grupp else ''}" for id_, grupp in dubbla[:_VISAS]]
    fler = f" och {len(dubbla) - _VISAS} till" if len(dubbla) > _VISAS else ""
    return f"{', '.join(texter)}{fler}"


# What pydantic calls a fault, in Swedish.
_ANNAT: Final = "har ett värde som inte är tillåtet"
_FEL: Final = {
    "missing": "saknas",
    "string_type": "ska vara text",
    "int_type": "ska vara ett heltal",
    "float_type": "ska vara ett tal eller null",
    "finite_number": "ska vara ett vanligt tal",
    "tuple_type": "ska vara en lista",
    "model_type": "ska vara ett objekt",
    "model_attributes_type": "ska vara ett objekt",
    "string_too_long": "är för lång",
    "string_too_short": "är tom",
    "too_short": "är tom",
    "too_long": "är för lång",
    "literal_error": "har ett ord som inte finns i kontraktet",
}


def _i_ord(fel: Sequence[ErrorDetails]) -> str:
    """The first few faults, each with its place. A list with faulty things in it is not also told to be too short."""
    med_inre = {f["loc"][:1] for f in fel if len(f["loc"]) > 1}
    ord_ = (f"{_plats(f['loc'])} {_FEL.get(f['type'], _ANNAT)}" for f in fel if f["loc"] not in med_inre)
    bitar = list(dict.fromkeys(ord_))
    fler = f", och {len(bitar) - _VISAS} fel till" if len(bitar) > _VISAS else ""
    return f"Filen har inte formen av ett publicerat bokslut: {'; '.join(bitar[:_VISAS])}{fler}."


def _plats(delar: tuple[int | str, ...]) -> str:
    text = ""
    for d in delar:
        text += f"[{d}]" if isinstance(d, int) else f".{d}" if text else str(d)
    return text or "filen"


def regel_text(kod: str) -> str:
    """A rule as it is read; a rule that we do not know keeps its name."""
    return REGEL_ORD.get(kod, kod).lower()
