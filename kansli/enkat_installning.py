"""What an installation says about its survey: the file enkat.toml in the instance folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from enkat.views_sida import Installning
from indikatorer.diagnos import UnderlagFel
from indikatorer.schema import Modell, Text, las_modell
from indikatorer.toml.source import las_bytes, las_toml

FIL: Final = "enkat.toml"
EXEMPEL: Final = """forbund = "Samordningsförbundet …"
kontakt = "namn, telefon eller e-post: den man frågar"
ombud = "dataskyddsombudets namn och e-post"
"""


def _ar_webbadress(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        delar = {"regel": "ska vara en hel webbadress", "forslag": f"https://{text.removeprefix('//')}"}
        raise PydanticCustomError("fel_typ", "no address", delar)
    return text


Sekunder = Annotated[int, Field(ge=10, le=3600)]


class Enkatfil(Modell):
    """The keys of enkat.toml; those left out are as in `Installning`.

    lamna_till: where "Lämna sidan snabbt" leads. adress: where one answers, as codes and links are printed with it.
    """

    forbund: Text
    kontakt: Text
    ombud: str = ""
    adress: Annotated[str, AfterValidator(_ar_webbadress)] | None = None
    lamna_till: Annotated[str, AfterValidator(_ar_webbadress)] = Installning.lamna_till
    kiosk_sekunder: Sekunder = Installning.kiosk_sekunder
    kiosk_varnar: Sekunder = Installning.kiosk_varnar


def las_installning(mapp: Path) -> Installning:
    """What stands in the instance's file.

    Raises:
        FileNotFoundError: there is none.
        UnderlagFel: it is faulty; all its faults.
    """
    fil = mapp / FIL
    avkodad = las_bytes(fil.as_posix(), fil.read_bytes())
    dok = las_toml(fil.as_posix(), avkodad.text)
    lasta, fel = las_modell(Enkatfil, dok, (), dok.data)
    alla = [*avkodad.diagnoser, *dok.diagnoser, *fel]
    if lasta is None or alla:
        raise UnderlagFel(alla)
    return Installning(**lasta.model_dump())
