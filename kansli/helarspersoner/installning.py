"""Where the figures are fetched: the instance's statistik.toml, else the one that comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from grund.hamtning import far_hamtas
from indikatorer.diagnos import UnderlagFel
from indikatorer.schema import Modell, Text, las_modell
from indikatorer.toml.source import las_bytes, las_toml

FIL: Final = "statistik.toml"
FORSTA_MANAD: Final = "2014M01"
_MEDFOLJER: Final = Path(__file__).resolve().parents[2] / "config" / FIL


def _ar_adress(text: str) -> str:
    if not far_hamtas(text) or "?" in text:
        raise PydanticCustomError("fel_typ", "no address", {"regel": "ska vara en hel adress som börjar med https://"})
    return text


class Installning(Modell):
    """adress: of the table. fraga: what is asked of it, but for kommuner and months. aldersgrupp: as "20-64"."""

    adress: Annotated[Text, AfterValidator(_ar_adress)]
    aldersgrupp: Text = "20-64"
    fraga: dict[str, str] = Field(default_factory=dict)

    def hela(self, kommuner: tuple[str, ...]) -> str:
        """The address that asks for these kommuner, every month there is."""
        val = {"valueCodes[Region]": ",".join(kommuner), "valueCodes[Tid]": f"from({FORSTA_MANAD})"}
        return f"{self.adress}?{urlencode({**self.fraga, **val})}"


class Statistikfil(Modell):
    """The file."""

    helarsekvivalenter: Installning


def las_installning(mapp: Path) -> Installning:
    """What holds for an instance.

    Raises:
        UnderlagFel: its own file is faulty; all its faults.
    """
    egen = mapp / FIL
    fil = egen if egen.exists() else _MEDFOLJER
    avkodad = las_bytes(fil.as_posix(), fil.read_bytes())
    dok = las_toml(fil.as_posix(), avkodad.text)
    last, fel = las_modell(Statistikfil, dok, (), dok.data)
    alla = [*avkodad.diagnoser, *dok.diagnoser, *fel]
    if last is None or alla:
        raise UnderlagFel(alla)
    return last.helarsekvivalenter
