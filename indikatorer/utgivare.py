"""Who publishes a bokslut, and where: optional keys of [bokslut] that the catalogue of open data needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

_ADRESS: Final = re.compile(r"https?://[a-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~%-]+)*/?", re.ASCII)
_EPOST: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_ORGNUMMER: Final = re.compile(r"\d{6}-?\d{4}", re.ASCII)
_MALL: Final = "{regel}"


@dataclass(frozen=True, slots=True)
class Utgivare:
    """webbadress: of the folder where every year lies, with a slash last. "" for what the config does not tell.

    omraden: the kommuner, and last the region, that it is about.
    """

    webbadress: str = ""
    organisationsnummer: str = ""
    kontakt: str = ""
    omraden: tuple[str, ...] = ()


OKAND: Final = Utgivare()


def _webbadress(text: str) -> str:
    if _ADRESS.fullmatch(text):
        return text.rstrip("/") + "/"
    raise PydanticCustomError(
        "fel_webbadress",
        _MALL,
        {
            "regel": "ska vara en hel adress utan frågetecken och nummertecken",
            "atgard": 'Exempel: "https://www.exempel.se/bokslut/".',
        },
    )


def _kontakt(text: str) -> str:
    if _EPOST.fullmatch(text):
        return text
    regel = "ska vara en e-postadress som läsare kan skriva till"
    raise PydanticCustomError("fel_kontakt", _MALL, {"regel": regel, "atgard": 'Exempel: "bokslut@exempel.se".'})


def _organisationsnummer(text: str) -> str:
    siffror = text.replace("-", "")
    if _ORGNUMMER.fullmatch(text) and _kontrollsumma(siffror) % 10 == 0:
        return siffror
    raise PydanticCustomError(
        "fel_organisationsnummer",
        _MALL,
        {
            "regel": "ska vara ett organisationsnummer, där den sista siffran stämmer med de andra",
            "atgard": 'Skriv det som hos Skatteverket, till exempel "222000-0000".',
        },
    )


def _kontrollsumma(siffror: str) -> int:
    """The sum that a whole number of tens makes valid: every other digit doubled, and the digits of all added."""
    dubblade = (int(s) * (2 - plats % 2) for plats, s in enumerate(siffror))
    return sum(d // 10 + d % 10 for d in dubblade)


Webbadress = Annotated[str, AfterValidator(_webbadress)]
Kontakt = Annotated[str, AfterValidator(_kontakt)]
Organisationsnummer = Annotated[str, AfterValidator(_organisationsnummer)]
