"""Long work: to follow the chain of the whole log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from flask import url_for

from grund.db import skrivning
from kansli.jobb.besked import besked
from kansli.jobb.kor import Arbete, Framsteg, Stopp, Utfall
from kansli.konto import store as store_konto
from kansli.logg import kedja
from kansli.logg import store as store_logg
from kansli.sprak import mark

SLAG: Final = "loggkontroll"
ARBETSORD: Final = {SLAG: mark("Kontroll av loggen")}
_BRUTEN: Final = mark(
    "Kedjan är bruten vid rad %(nr)s: någon har ändrat i databasen utanför programmet. Ta fram den senaste"
    " säkerhetskopian och jämför."
)


def arbete(konto_id: str) -> Arbete:
    """The work, on behalf of somebody."""
    till = url_for("logg.visa")

    def kontrollera(framsteg: Framsteg) -> Utfall:
        def sag(last: int, alla: int) -> None:
            rad = besked(mark("Rad %(last)s av %(alla)s"), last=last, alla=alla)
            framsteg(rad, 100 * last // alla if alla else None)

        funnen = kedja.folj_fran_borjan(framsteg.session, sag)
        svar = "hel" if funnen.bruten is None else f"bruten vid rad {funnen.bruten}"
        with skrivning(framsteg.session):
            konto = store_konto.hamta(framsteg.session, konto_id)
            store_logg.skriv(framsteg.session, datetime.now(UTC), konto, "logg-kontrollerad", "", "", svar)
        if funnen.bruten is not None:
            raise Stopp(besked(_BRUTEN, nr=funnen.bruten))
        return besked(mark("Alla %(antal)s raderna är kontrollerade, och kedjan är hel."), antal=funnen.nr), till

    return kontrollera
