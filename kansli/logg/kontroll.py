"""Long work: to follow the chain of the whole log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from flask import url_for

from grund.db import skrivning
from kansli.jobb.kor import Arbete, Framsteg, Stopp
from kansli.konto import store as store_konto
from kansli.logg import kedja
from kansli.logg import store as store_logg
from kansli.sprak import mark

SLAG: Final = "loggkontroll"
ARBETSORD: Final = {SLAG: mark("Kontroll av loggen")}


def arbete(konto_id: str) -> Arbete:
    """The work, on behalf of somebody."""
    till = url_for("logg.visa")

    def kontrollera(framsteg: Framsteg) -> tuple[str, str]:
        def sag(last: int, alla: int) -> None:
            framsteg(f"Rad {last} av {alla}", 100 * last // alla if alla else None)

        funnen = kedja.folj_fran_borjan(framsteg.session, sag)
        svar = "hel" if funnen.bruten is None else f"bruten vid rad {funnen.bruten}"
        with skrivning(framsteg.session):
            konto = store_konto.hamta(framsteg.session, konto_id)
            store_logg.skriv(framsteg.session, datetime.now(UTC), konto, "logg-kontrollerad", "", "", svar)
        if funnen.bruten is not None:
            raise Stopp(
                f"Kedjan är bruten vid rad {funnen.bruten}: någon har ändrat i databasen utanför programmet. Ta fram"
                " den senaste säkerhetskopian och jämför."
            )
        return f"Alla {funnen.nr} raderna är kontrollerade, och kedjan är hel.", till

    return kontrollera
