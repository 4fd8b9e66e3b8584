"""Long work: to ask the statistics office."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from grund.hamtning import Fraga, HamtningFel, hamta
from insatser.helarsekvivalenter import RIKET, las_manader
from insatser.pxweb import HOGST_BYTE, PxwebFel, las_kub
from kansli.arbetsmapp import Arbetsmapp
from kansli.helarspersoner import store
from kansli.helarspersoner.arkiv import Val
from kansli.helarspersoner.installning import Installning
from kansli.jobb.besked import Besked, besked
from kansli.jobb.kor import Arbete, Framsteg, Stopp, Utfall
from kansli.konto import store as store_konto
from kansli.sprak import mark

SLAG: Final = "helarspersoner"
ARBETSORD: Final = {SLAG: mark("Hämtning av helårspersoner")}
SEKUNDER: Final = 60.0
_ORSAKER: Final = {
    "adress": mark("Adressen i statistik.toml får inte användas: den ska börja med https://."),
    "svarar-inte": mark("SCB svarar inte, eller för långsamt. Försök igen om en stund, eller ladda upp en fil."),
    "for-stort": mark("SCB:s svar är för stort. Välj färre kommuner."),
    "inte-json": mark("SCB svarar inte med en tabell. Försök igen om en stund, eller ladda upp en fil."),
}


def arbete(mapp: Arbetsmapp, ar: int, val: Val, installning: Installning, konto_id: str, till: str) -> Arbete:
    """The work, for a year, on behalf of somebody. Nothing is kept of an answer that cannot be counted from."""
    adress = installning.hela((*val.kommuner, RIKET))

    def hamta_(framsteg: Framsteg) -> Utfall:
        framsteg(besked(mark("Frågar SCB")))
        innehall = _hamta(adress, till)
        framsteg(besked(mark("Läser svaret")))
        try:
            las_manader(las_kub(innehall), installning.aldersgrupp)
        except PxwebFel as fel:
            raise Stopp(str(fel), till) from fel
        konto = store_konto.hamta(framsteg.session, konto_id)
        svar = innehall, adress, "helarspersoner-hamtade"
        store.ta_emot(framsteg.session, datetime.now(UTC), konto, mapp, ar, svar, val)
        klart = mark("Uppgifterna är hämtade. Se efter vad som saknas innan du lämnar dem till bokslutet.")
        return besked(klart), till

    return hamta_


def _hamta(adress: str, till: str) -> bytes:
    try:
        return hamta(Fraga(adress, hogst=HOGST_BYTE, sekunder=SEKUNDER))
    except HamtningFel as fel:
        raise Stopp(_orsak(fel), till) from fel


def _orsak(fel: HamtningFel) -> Besked:
    if fel.orsak != "nekar":
        return besked(_ORSAKER[fel.orsak])
    if fel.kod == 429:
        return besked(mark("SCB tar emot få frågor i taget. Vänta en minut och försök igen."))
    if fel.kod in (400, 404):
        return besked(
            mark("SCB känner inte igen frågan. Kontrollera kommunkoderna. Stämmer de: ladda upp en fil i stället.")
        )
    return besked(
        mark("SCB svarar med fel %(kod)s. Försök igen om en stund, eller ladda upp en fil."), kod=str(fel.kod)
    )
