"""The steps of logging in: password, second factor, session. Every refusal says the same, and each is slower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, Final

from sqlmodel import Session

from kansli.inne import hemlighet, natet, webblasare, webblasare_i_ord
from kansli.konto import losen
from kansli.konto import store as store_konto
from kansli.models import Konto
from kansli.sprak import gettext as _
from kansli.sprak import mark, ngettext

HALVVAGS: Final = timedelta(minutes=10)
BAKAT: Final = timedelta(minutes=1)
FEL_LOSEN: Final = mark("Adressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.")
FEL_KOD: Final = mark("Koden stämmer inte, eller så är den använd. Vänta på nästa kod i appen och skriv den.")


@dataclass(frozen=True)
class Halvvags:
    """Somebody who has given the right password, and not yet the second factor."""

    konto_id: str
    epost: str
    har_faktor: bool
    galler_till: datetime
    till: str | None = None

    def som_kaka(self, till: str | None) -> dict[str, Any]:
        """As it is kept, signed, in the browser between the steps."""
        return {
            "konto": self.konto_id,
            "epost": self.epost,
            "faktor": self.har_faktor,
            "till": till,
            "tid": self.galler_till.isoformat(),
        }

    @classmethod
    def ur_kaka(cls, kaka: dict[str, Any] | None, nu: datetime) -> Halvvags | None:
        """The same again; None when there is none, when it took too long, and when the clock has been set back."""
        slut = datetime.fromisoformat(kaka["tid"]) if kaka else nu
        if not kaka or not slut - HALVVAGS - BAKAT <= nu < slut:
            return None
        return cls(kaka["konto"], kaka["epost"], kaka["faktor"], slut, kaka["till"])


def halvvags_for(konto: Konto, nu: datetime) -> Halvvags:
    """Somebody who has just shown that she is the one whose account it is, but for the second factor."""
    return Halvvags(konto.id, konto.epost, konto.totp is not None, nu + HALVVAGS)


def prova_losen(session: Session, nu: datetime, epost: str, ord_: str) -> Halvvags | str:
    """Whose password it is; else what to tell the one who tried."""
    nycklar = _nycklar(epost)
    if vanta := store_konto.vantan(session, nu, nycklar):
        return vanta_i_ord(vanta)
    konto = store_konto.hamta_epost(session, epost)
    ratt = losen.stammer(konto.losen if konto is not None and konto.aktiv else None, ord_)
    if konto is None or not ratt:
        store_konto.misslyckades(session, nu, nycklar, "fel-losen", epost.strip().lower()[:254])
        return _(FEL_LOSEN)
    return halvvags_for(konto, nu)


def prova_kod(session: Session, nu: datetime, halvvags: Halvvags, kod: str) -> str | None:
    """Check the second factor; None when it is right, else what to tell."""
    konto, nycklar = store_konto.hamta(session, halvvags.konto_id), _nycklar(halvvags.epost)
    if vanta := store_konto.vantan(session, nu, nycklar):
        return vanta_i_ord(vanta)
    if konto is not None and konto.aktiv and _ratt_kod(session, nu, konto, kod):
        store_konto.lyckades(session, nycklar)
        return None
    store_konto.misslyckades(session, nu, nycklar, "fel-kod", halvvags.epost)
    return _(FEL_KOD)


def _ratt_kod(session: Session, nu: datetime, konto: Konto, kod: str) -> bool:
    hemlig = None if konto.totp is None else losen.bryt(hemlighet(), konto.id, konto.totp)
    steg = None if hemlig is None else losen.totp_steg(hemlig, kod, nu, konto.totp_steg)
    if steg is not None:
        return store_konto.anvand_totp(session, konto, steg)
    return store_konto.anvand_reservkod(session, nu, konto, kod) is not None


def satt_faktor(session: Session, nu: datetime, halvvags: Halvvags, hemlig: str, kod: str) -> list[str] | None:
    """Set up the second factor when the code shows that the app has it. Returns the reserve codes."""
    konto = store_konto.hamta(session, halvvags.konto_id)
    steg = losen.totp_steg(hemlig, kod, nu, None)
    if konto is None or not konto.aktiv or konto.totp is not None or steg is None:
        return None
    koder = losen.nya_reservkoder()
    store_konto.satt_totp(session, nu, konto, losen.forsegla(hemlighet(), konto.id, hemlig), steg, koder)
    store_konto.lyckades(session, _nycklar(konto.epost))
    return koder


def oppna(session: Session, nu: datetime, halvvags: Halvvags) -> str:
    """Open the session. Returns what its cookie holds."""
    konto = store_konto.hamta(session, halvvags.konto_id)
    if konto is None:
        raise LookupError(halvvags.konto_id)  # the step before has just read it
    return store_konto.oppna_inloggning(session, nu, konto, webblasare(), webblasare_i_ord())


def begar_nytt_losen(session: Session, nu: datetime, epost: str, skicka: Callable[[Konto, str], None]) -> str | None:
    """Send a link to the address if there is an account; None when all is said, else why one must wait.

    Each request counts as an attempt, so that nobody's inbox is filled.
    """
    nycklar = (losen.fingeravtryck(hemlighet(), f"glömt {epost.strip().lower()}"), _natnyckel())
    if vanta := store_konto.vantan(session, nu, nycklar):
        return vanta_i_ord(vanta)
    store_konto.misslyckades(session, nu, nycklar, "nytt-losen-begart", epost.strip().lower()[:254])
    konto = store_konto.hamta_epost(session, epost)
    if konto is not None and konto.aktiv:
        skicka(konto, store_konto.ny_inbjudan(session, nu, None, konto, "nytt_losen"))
    return None


def vanta_i_ord(vanta: timedelta) -> str:
    """How long to wait, to the one who must."""
    return ngettext(
        "Det har varit många försök. Vänta en minut och försök igen.",
        "Det har varit många försök. Vänta %(num)s minuter och försök igen.",
        ceil(vanta.total_seconds() / 60),
    )


def _nycklar(epost: str) -> tuple[str, str]:
    return losen.fingeravtryck(hemlighet(), f"konto {epost.strip().lower()}"), _natnyckel()


def _natnyckel() -> str:
    return losen.fingeravtryck(hemlighet(), f"nät {natet()}")
