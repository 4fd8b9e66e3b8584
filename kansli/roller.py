"""Who may do what: every page of the staff, and the roles that may open it.

A page that is not in the table is open to nobody. tests/web/test_kansli_roller.py walks all of them as every role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from kansli.sprak import mark


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
    Roll.FORBUNDSCHEF: mark("Förbundschef"),
    Roll.KANSLI: mark("Kansli"),
    Roll.INSATSANSVARIG: mark("Insatsansvarig"),
    Roll.STYRELSE: mark("Styrelse"),
    Roll.REVISOR: mark("Revisor"),
    Roll.GRANSKARE: mark("Granskare"),
    Roll.GODKANNARE: mark("Godkännare"),
}
# What each role is for, in the words that the one who invites reads.
ROLLBESKRIVNING: Final[Mapping[Roll, str]] = {
    Roll.FORBUNDSCHEF: mark("gör allt, och bjuder in andra"),
    Roll.KANSLI: mark("gör allt utom att bjuda in andra"),
    Roll.INSATSANSVARIG: mark("ser och fyller i sina egna insatser"),
    Roll.STYRELSE: mark("läser allt, ner till antalen"),
    Roll.REVISOR: mark("läser allt, ner till antalen, och loggen"),
    Roll.GRANSKARE: mark("granskar texter och översättningar"),
    Roll.GODKANNARE: mark("godkänner ett bokslut som den andra personen"),
}

ALLA: Final = frozenset(Roll)
LEDNING: Final = frozenset({Roll.FORBUNDSCHEF, Roll.KANSLI})
LASARE: Final = LEDNING | {Roll.STYRELSE, Roll.REVISOR}
CHEF: Final = frozenset({Roll.FORBUNDSCHEF})
# Those who read what is to be published, and those who write it.
TEXTLASARE: Final = LASARE | {Roll.GRANSKARE, Roll.GODKANNARE}
SKRIBENTER: Final = LEDNING | {Roll.GRANSKARE}
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
    "personer.avsluta": CHEF,
    "personer.bjud_in_igen": CHEF,
    "personer.glom_leverantor": CHEF,
    "oidc.borja": OPPEN,
    "oidc.svar": OPPEN,
    "hem.hem": ALLA,
    "signaler.start": LASARE | {Roll.GRANSKARE, Roll.GODKANNARE},
    "signaler.visa": LASARE | {Roll.GRANSKARE, Roll.GODKANNARE},
    "signaler.andringar": LASARE | {Roll.GRANSKARE, Roll.GODKANNARE},
    "signaler.tank_om": LASARE,
    "omgangar.lista": LASARE,
    "omgangar.visa": LASARE,
    "omgangar.ny": LEDNING,
    "omgangar.kopiera": LEDNING,
    "omgangar.antal": LEDNING,
    "omgangar.forlang": LEDNING,
    "omgangar.stang": LEDNING,
    "omgangar.kasta": LEDNING,
    "oppning.oppna": LEDNING,
    "oppning.papperskopia": LEDNING,
    "oppning.sparad": LEDNING,
    "koder.skriv_ut": LEDNING,
    "koder.makulera": LEDNING,
    "koder.makulera_bunt": LEDNING,
    "koder.utdelade": LEDNING,
    "dorrar.lank": LEDNING,
    "dorrar.affisch": LEDNING,
    "dorrar.blankett": LEDNING,
    "brev.skriv": LEDNING,
    "brev.adresser": LEDNING,
    "brev.radera": LEDNING,
    "inmatning.papper": LEDNING,
    "inmatning.mall": LEDNING,
    "inmatning.fil": LEDNING,
    "frysning.frys": LEDNING,
    "frysning.stada": LEDNING,
    "frysning.gallra": LEDNING,
    "frysning.gallra_fritext": LEDNING,
    "enkatimport.ladda_upp": LEDNING,
    "enkatimport.mappning": LEDNING,
    "enkatimport.prova": LEDNING,
    "enkatimport.kasta": LEDNING,
    "enkater.lista": LASARE | {Roll.GRANSKARE},
    "enkater.visa": LASARE | {Roll.GRANSKARE},
    "enkater.borja": LEDNING,
    "enkater.ny": LEDNING,
    "enkatfraga.andra_fraga": LEDNING,
    "enkatfraga.ny_fraga": LEDNING,
    "enkatfraga.flytta": LEDNING,
    "enkatfraga.ta_bort": LEDNING,
    "enkatdelar.huvud": LEDNING,
    "enkatdelar.skala": LEDNING,
    "enkatdelar.ny_skala": LEDNING,
    "enkatdelar.ta_bort_skala": LEDNING,
    "enkatdelar.stavning": LEDNING,
    "enkatdelar.som_text": LEDNING,
    "enkatdelar.versioner": LASARE,
    "enkatdelar.version": LASARE,
    "enkatdelar.atergang": LEDNING,
    "forhandsvisning.visa": LASARE | {Roll.GRANSKARE},
    "forhandsvisning.telefon": LASARE | {Roll.GRANSKARE},
    "oversattningar.lista": LASARE | {Roll.GRANSKARE},
    "oversattningar.granska": LEDNING | {Roll.GRANSKARE},
    "oversattningar.undanta": CHEF,
    "oversattningar.andra": LEDNING | {Roll.GRANSKARE},
    "mallar.lista": LASARE,
    "mallar.visa": LASARE,
    "mallar.hamta": LASARE,
    "texter.start": TEXTLASARE,
    "texter.lista": TEXTLASARE,
    "texter.visa": TEXTLASARE,
    "texter.version": TEXTLASARE,
    "texter.andra": SKRIBENTER,
    "exempel.start": TEXTLASARE,
    "exempel.lista": TEXTLASARE,
    "exempel.visa": TEXTLASARE,
    "exempel.nytt": SKRIBENTER,
    "exempel.andra": SKRIBENTER,
    "exempel.ta_bort": LEDNING,
    "exempel.granska": SKRIBENTER | {Roll.GODKANNARE},
    "publicering.start": TEXTLASARE,
    "publicering.visa": TEXTLASARE,
    "publicering.forhandsgranska": LEDNING,
    "publicering.ratta": LEDNING,
    "publicering.publicera": LEDNING,
    "godkannande.godkann": CHEF | {Roll.GODKANNARE},
    "utgava.visa": TEXTLASARE,
    "utgava.kontrollera": LEDNING | {Roll.REVISOR},
    "utgava.hamta": LASARE,
    "utgava.sida": TEXTLASARE,
    "utgava.utkast": TEXTLASARE,
    "jobb.lista": LEDNING,
    "jobb.visa": LEDNING,
    "mal.lista": LASARE | {Roll.GODKANNARE},
    "mal.borja": LEDNING,
    "mal.ny": LEDNING,
    "mal.andra": LEDNING,
    "mal.flytta": LEDNING,
    "mal.avsluta": LEDNING,
    "malomraden.omrade": LEDNING,
    "malomraden.mal": LEDNING,
    "malversioner.text": LEDNING,
    "malversioner.lista": LASARE | {Roll.GODKANNARE},
    "malversioner.visa": LASARE | {Roll.GODKANNARE},
    "malversioner.skillnaden": LASARE | {Roll.GODKANNARE},
    "malversioner.besluta": LEDNING,
    "malversioner.oppna_igen": LEDNING,
    "logg.visa": CHEF | {Roll.REVISOR},
    "logg.kontrollera": CHEF | {Roll.REVISOR},
    "helarspersoner.start": LEDNING,
    "helarspersoner.visa": LEDNING,
    "helarspersoner.hamta": LEDNING,
    "helarspersoner.ladda_upp": LEDNING,
    "helarspersoner.lamna": LEDNING,
    # The register: rows for those who lead, and for an insatsansvarig her own; protected sums for those who read.
    **dict.fromkeys(
        (
            *("register.lista", "register.ny", "register.visa", "register.ta_bort", "register.mall"),
            *("register.importera", "register.granska", "register.spara", "register.arbete"),
            *("register.sammanstallning", "register.flode"),
        ),
        LEDNING | {Roll.INSATSANSVARIG},
    ),
    **dict.fromkeys(
        (
            *("register.insatser", "register.insats_ny", "register.insats_andra", "register.lamna"),
            *("register.rader", "register.uppfoljning"),
        ),
        LEDNING,
    ),
    "register.summor": LASARE,
    "register.summor_fil": LASARE,
    "register.start": LASARE | {Roll.INSATSANSVARIG},
    "register.arsval": LASARE | {Roll.INSATSANSVARIG},
}


def far(roll: Roll | None, sida: str) -> bool:
    """Whether a role, None for one who is not logged in, may open a page."""
    if sida not in TILLTRADE:
        return False
    roller = TILLTRADE[sida]
    return roller is None or (roll is not None and roll in roller)
