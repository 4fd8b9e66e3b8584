"""The proof of what is hidden, kept beside the underlag that it is about, and as secret as that.

It saves the time that the search for the least harmful choice takes, and lets a bokslut be recomputed with the same
choice when the solver has changed. It is read as if a stranger had written it: what does not show what it must is not
used (`indikatorer.skydd.bevis`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grund.settings import ersatt_privat, forstor_fil
from indikatorer.skydd.bevis import Bevis
from indikatorer.skydd.intyg import Dold, Skal

FIL: Final = "rojandevakt.json"
_STORST: Final = 20_000_000
_Antal = Annotated[int, Field(ge=0, le=10_000_000)]
_Nyckel = Annotated[tuple[str, ...], Field(max_length=6)]


class _Dold(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False)

    nyckel: _Nyckel
    skal: Skal
    om: _Nyckel = ()
    av: tuple[_Nyckel, ...] = ()


class _Bevis(BaseModel):
    model_config = ConfigDict(extra="forbid")

    dolda: tuple[_Dold, ...]
    # (number of a smallest group, persons in it), those that hold nobody left out; after the number of groups.
    grupper: _Antal
    varldar: tuple[tuple[tuple[_Antal, _Antal], ...], ...]


class _Fil(BaseModel):
    model_config = ConfigDict(extra="forbid")

    om: str
    bevis: dict[str, _Bevis]


_OM: Final = (
    "Vad röjandevakten har valt att dölja, och varför ingen kan räkna ut det. Lika hemligt som underlaget: publicera"
    " det aldrig. Filen kan tas bort; då räknas valet om."
)


class Bevisfil(Mapping[str, Bevis]):
    """The proofs in the folder of an underlag, read when somebody asks: not everyone who evaluates has use for them."""

    def __init__(self, underlag: Path) -> None:
        self._underlag = underlag

    @cached_property
    def _last(self) -> dict[str, Bevis]:
        return las_bevis(self._underlag)

    def __getitem__(self, namn: str) -> Bevis:
        return self._last[namn]

    def __iter__(self) -> Iterator[str]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)


def las_bevis(underlag: Path) -> dict[str, Bevis]:
    """The proofs in the folder of an underlag; none when there is no file, or it is not one."""
    fil = underlag / FIL
    try:
        if fil.stat().st_size > _STORST:
            return {}
        return dict(_tolka(fil.read_bytes()))
    except (OSError, ValueError, ValidationError):
        return {}


@lru_cache(maxsize=4)
def _tolka(data: bytes) -> Mapping[str, Bevis]:
    """What a file holds; the same bytes are the same proofs, however often somebody asks while a year is worked on."""
    return {namn: _som_bevis(b) for namn, b in _Fil.model_validate_json(data).bevis.items()}


def skriv_bevis(underlag: Path, bevis: Mapping[str, Bevis]) -> Path:
    """Keep the proofs in the folder of their underlag, in the place of those that were there.

    Raises:
        OSError: the folder cannot be written.
    """
    poster = {namn: _som_json(b) for namn, b in sorted(bevis.items())}
    ersatt_privat(underlag / FIL, _som_text(poster).encode())
    return underlag / FIL


def glom_bevis(underlag: Path, namn: str) -> None:
    """Erase a proof from the folder of its underlag, and from those beside it: each year proves those before it too.

    A file that cannot be read is erased whole. Those of other källor stay, so that the same choice is made of them.
    """
    for fil in sorted(underlag.resolve().parent.glob(f"*/{FIL}")):
        try:
            bevis = json.loads(fil.read_bytes())["bevis"]
            kvar = {n: b for n, b in bevis.items() if n != namn}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            bevis, kvar = None, {}
        if kvar != bevis:
            forstor_fil(fil)
            if kvar:
                ersatt_privat(fil, _som_text(kvar).encode())


def _som_text(poster: Mapping[str, object]) -> str:
    return json.dumps({"om": _OM, "bevis": poster}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _som_bevis(b: _Bevis) -> Bevis:
    dolda = tuple(Dold(d.nyckel, d.skal, d.om, d.av) for d in b.dolda)
    if b.grupper * len(b.varldar) > _STORST or any(nr >= b.grupper for varld in b.varldar for nr, _ in varld):
        return Bevis(dolda, ())
    varldar = (dict(varld) for varld in b.varldar)
    return Bevis(dolda, tuple(tuple(varld.get(nr, 0) for nr in range(b.grupper)) for varld in varldar))


def _som_json(b: Bevis) -> dict[str, object]:
    return {
        "dolda": [{"nyckel": d.nyckel, "skal": d.skal, "om": d.om, "av": d.av} for d in b.dolda],
        "grupper": len(b.varldar[0]) if b.varldar else 0,
        "varldar": [[(nr, antal) for nr, antal in enumerate(varld) if antal] for varld in b.varldar],
    }
