"""Who may do what: every page of the staff, and the roles that may open it.

A page that is not in the table is open to nobody. tests/web/test_kansli_roller.py walks all of them as every role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Roll(StrEnum):
    """What a person is here for."""

    FORBUNDSCHEF = "forbundschef"
    KANSLI = "kansli"
    INSATSANSVARIG = "insatsansvarig"
    STYRELSE = "styrelse"
    REVISOR = "revisor"
    GRANSKARE = "granskare"
    GODKANNARE = "godkannare"


ROLLORD: Final[Mapping[Roll, str]] = {
    Roll.FORBUNDSCHEF: "Förbundschef",
    Roll.KANSLI: "Kansli",
    Roll.INSATSANSVARIG: "Insatsansvarig",
    Roll.STYRELSE: "Styrelse",
    Roll.REVISOR: "Revisor",
    Roll.GRANSKARE: "Granskare",
    Roll.GODKANNARE: "Godkännare",
}
# What each role is for, in the words that the one who invites reads.
ROLLBESKRIVNING: Final[Mapping[Roll, str]] = {
    Roll.FORBUNDSCHEF: "gör allt, och bjuder in andra",
    Roll.KANSLI: "gör allt utom att bjuda in andra",
    Roll.INSATSANSVARIG: "ser och fyller i sina egna insatser",
    Roll.STYRELSE: "läser allt, ner till antalen",
    Roll.REVISOR: "läser allt, ner till antalen, och loggen",
    Roll.GRANSKARE: "granskar texter och översättningar",
    Roll.GODKANNARE: "godkänner ett bokslut som den andra personen",
}

ALLA: Final = frozenset(Roll)
LEDNING: Final = frozenset({Roll.FORBUNDSCHEF, Roll.KANSLI})
LASARE: Final = LEDNING | {Roll.STYRELSE, Roll.REVISOR}
CHEF: Final = frozenset({Roll.FORBUNDSCHEF})
# For pages that one must reach to log in at all.
OPPEN: Final[frozenset[Roll] | None] = None

TILLTRADE: Final[Mapping[str, frozenset[Roll] | None]] = {
    "konto.logga_in": OPPEN,
    "konto.andra_faktorn": OPPEN,
    "konto.inbjudan": OPPEN,
    "konto.ny_faktor": OPPEN,
    "konto.glomt": OPPEN,
    "konto.stil": OPPEN,
    "konto.byt_sprak": OPPEN,
    "konto.logga_ut": ALLA,
    "konto.mitt": ALLA,
    "konto.avsluta": ALLA,
    "konto.reservkoder": ALLA,
    "personer.lista": CHEF,
    "personer.bjud_in": CHEF,
    "personer.andra": CHEF,
    "hem.hem": ALLA,
    "jobb.lista": LEDNING,
    "jobb.visa": LEDNING,
    "logg.visa": CHEF | {Roll.REVISOR},
}


def far(roll: Roll | None, sida: str) -> bool:
    """Whether a role, None for one who is not logged in, may open a page."""
    if sida not in TILLTRADE:
        return False
    roller = TILLTRADE[sida]
    return roller is None or (roll is not None and roll in roller)
