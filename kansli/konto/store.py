"""Accounts, invitations, open sessions and failed attempts. Every write is one transaction with its line in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, delete, select

from grund.db import skrivning
from kansli.konto.losen import forbrukat, hash_av, normera_reservkod, ny_token
from kansli.logg import store as store_logg
from kansli.models import Forsok, Inbjudan, Inloggning, Konto, Reservkod

INBJUDAN_DAGAR: Final = 7
NYTT_LOSEN_TIMMAR: Final = 2
# A session ends when nothing has been done for this long, and always after a working day.
VILA: Final = timedelta(hours=2)
LANGST: Final = timedelta(hours=12)
# What is seen again within this time is not written down again.
_GLES: Final = timedelta(minutes=1)
# So many attempts are free; then each failed one doubles the wait, up to the longest.
FRIA_FORSOK: Final = 5
FORSTA_VANTAN: Final = timedelta(seconds=30)
LANGSTA_VANTAN: Final = timedelta(minutes=15)
GLOMS: Final = timedelta(days=1)


class FinnsRedan(ValueError):
    """There is an account with this address already."""


def hamta(session: Session, konto_id: str) -> Konto | None:
    """An account by its id."""
    return session.get(Konto, konto_id)


def hamta_epost(session: Session, epost: str) -> Konto | None:
    """An account by its address, however it was typed."""
    return session.exec(select(Konto).where(Konto.epost == epost.strip().lower())).first()


def alla(session: Session) -> Sequence[Konto]:
    """All accounts, by name."""
    return session.exec(select(Konto).order_by(Konto.namn)).all()


def skapa(session: Session, nu: datetime, av: Konto | None, epost: str, namn: str, roll: str) -> tuple[Konto, str]:
    """A new account, and what the link of its invitation holds.

    Raises:
        FinnsRedan: somebody has the address.
    """
    if hamta_epost(session, epost) is not None:
        raise FinnsRedan(epost)
    konto = Konto(epost=epost.strip().lower(), namn=namn.strip(), roll=roll, skapad=nu)
    with skrivning(session):
        session.add(konto)
        session.flush()
        token = _ny_lank(session, konto, nu + timedelta(days=INBJUDAN_DAGAR), "inbjudan")
        store_logg.skriv(session, nu, av, "konto-skapat", konto.epost, "", f"{konto.namn}, {konto.roll}")
    session.refresh(konto)
    return konto, token


def ny_inbjudan(session: Session, nu: datetime, av: Konto | None, konto: Konto, slag: str) -> str:
    """A new link to set a password with; earlier ones stop working."""
    galler = timedelta(days=INBJUDAN_DAGAR) if slag == "inbjudan" else timedelta(hours=NYTT_LOSEN_TIMMAR)
    with skrivning(session):
        token = _ny_lank(session, konto, nu + galler, slag)
        store_logg.skriv(session, nu, av, f"{slag}-skickad".replace("_", "-"), konto.epost)
    return token


def bjud_in_igen(session: Session, nu: datetime, av: Konto, konto: Konto) -> str:
    """A new invitation to one who has lost password, phone and reserve codes: all she had stops working."""
    with skrivning(session):
        if konto.totp is not None:
            store_logg.skriv(session, nu, av, "andra-faktorn-borttagen", konto.epost)
        konto.losen, konto.totp, konto.totp_steg = None, None, None
        session.add(konto)
        session.exec(delete(Reservkod).where(col(Reservkod.konto_id) == konto.id))
        session.exec(delete(Inloggning).where(col(Inloggning.konto_id) == konto.id))
        token = ny_inbjudan(session, nu, av, konto, "inbjudan")
    session.refresh(konto)
    return token


def _ny_lank(session: Session, konto: Konto, galler_till: datetime, slag: str) -> str:
    session.exec(delete(Inbjudan).where(col(Inbjudan.konto_id) == konto.id))
    token = ny_token()
    session.add(Inbjudan(hash_=hash_av(token), konto_id=konto.id, slag=slag, galler_till=galler_till))
    return token


def inbjuden(session: Session, token: str, nu: datetime) -> Konto | None:
    """Whose invitation it is; None when it is used, too old or none."""
    rad = session.get(Inbjudan, hash_av(token))
    # A link never lives longer than the longest, also when the clock has been set back since it was made.
    galler = rad is not None and nu < rad.galler_till <= nu + timedelta(days=INBJUDAN_DAGAR) + _GLES
    konto = session.get(Konto, rad.konto_id) if rad is not None and galler else None
    return konto if konto is not None and konto.aktiv else None


def anvand_inbjudan(session: Session, nu: datetime, token: str, losen: str) -> Konto | None:
    """Set the password that an invitation is for, and end what was open; None when somebody was before."""
    with skrivning(session):
        konto = inbjuden(session, token, nu)
        if konto is None:
            return None
        session.exec(delete(Inbjudan).where(col(Inbjudan.hash_) == hash_av(token)))
        session.exec(delete(Inloggning).where(col(Inloggning.konto_id) == konto.id))
        konto.losen = losen
        session.add(konto)
        store_logg.skriv(session, nu, konto, "losen-satt", konto.epost)
    session.refresh(konto)
    return konto


def satt_totp(session: Session, nu: datetime, konto: Konto, totp: bytes, steg: int, reservkoder: Sequence[str]) -> None:
    """The second factor, and new reserve codes in the place of old ones."""
    with skrivning(session):
        konto.totp, konto.totp_steg = totp, steg
        session.add(konto)
        _byt_reservkoder(session, konto, reservkoder)
        store_logg.skriv(session, nu, konto, "andra-faktorn-satt", konto.epost)
    session.refresh(konto)


def byt_reservkoder(session: Session, nu: datetime, konto: Konto, reservkoder: Sequence[str]) -> None:
    """New reserve codes; the old ones stop working."""
    with skrivning(session):
        _byt_reservkoder(session, konto, reservkoder)
        store_logg.skriv(session, nu, konto, "reservkoder-bytta", konto.epost)


def _byt_reservkoder(session: Session, konto: Konto, reservkoder: Sequence[str]) -> None:
    session.exec(delete(Reservkod).where(col(Reservkod.konto_id) == konto.id))
    session.add_all([Reservkod(konto_id=konto.id, hash_=hash_av(kod)) for kod in reservkoder])


def anvand_totp(session: Session, konto: Konto, steg: int) -> bool:
    """Remember a used time step; False when somebody used it, or a later one, in the same moment."""
    with skrivning(session):
        nu = session.exec(select(Konto).where(Konto.id == konto.id).with_for_update()).one()
        if forbrukat(nu.totp_steg, steg):
            return False
        nu.totp_steg = steg
        session.add(nu)
    return True


def anvand_reservkod(session: Session, nu: datetime, konto: Konto, kod: str) -> int | None:
    """Use up a reserve code. Returns how many are left, or None when it is no code of this account."""
    with skrivning(session):
        rad = session.get(Reservkod, (konto.id, hash_av(normera_reservkod(kod))))
        if rad is None:
            return None
        session.delete(rad)
        session.flush()
        kvar = len(session.exec(select(Reservkod).where(Reservkod.konto_id == konto.id)).all())
        store_logg.skriv(session, nu, konto, "reservkod-anvand", konto.epost, "", f"{kvar} kvar")
    return kvar


def andra(session: Session, nu: datetime, av: Konto | None, konto: Konto, roll: str, aktiv: bool) -> None:
    """Another role, or closed and opened again. What is open ends, so that the new role holds from the next page on."""
    with skrivning(session):
        fore = f"{konto.roll}, {'aktivt' if konto.aktiv else 'stängt'}"
        konto.roll, konto.aktiv = roll, aktiv
        session.add(konto)
        session.exec(delete(Inloggning).where(col(Inloggning.konto_id) == konto.id))
        efter = f"{roll}, {'aktivt' if aktiv else 'stängt'}"
        store_logg.skriv(session, nu, av, "konto-andrat", konto.epost, fore, efter)
    session.refresh(konto)


def oppna_inloggning(session: Session, nu: datetime, konto: Konto, webblasare: str, visas: str) -> str:
    """A new session. Returns what its cookie holds."""
    token = ny_token()
    with skrivning(session):
        session.add(
            Inloggning(
                hash_=hash_av(token), konto_id=konto.id, webblasare=webblasare, visas=visas, borjade=nu, senast=nu
            )
        )
        store_logg.skriv(session, nu, konto, "inloggad", konto.epost, "", visas)
    return token


def hamta_inloggning(session: Session, nu: datetime, token: str, webblasare: str) -> tuple[Inloggning, Konto] | None:
    """The open session of a cookie and whose it is; None, and ended, when it is too old or another browser's."""
    rad = session.get(Inloggning, hash_av(token))
    if rad is None:
        return None
    konto = session.get(Konto, rad.konto_id)
    # A clock that was set back must not make a session last longer.
    for_gammal = not (rad.senast - _GLES <= nu < rad.senast + VILA) or nu >= rad.borjade + LANGST
    if konto is None or not konto.aktiv or for_gammal or rad.webblasare != webblasare:
        avsluta(session, nu, konto, rad.hash_)
        return None
    if nu >= rad.senast + _GLES:
        with skrivning(session):
            rad.senast = nu
            session.add(rad)
        session.refresh(rad)
    return rad, konto


def inloggningar(session: Session, konto: Konto) -> Sequence[Inloggning]:
    """Where a person is logged in, latest first."""
    fraga = select(Inloggning).where(Inloggning.konto_id == konto.id).order_by(col(Inloggning.senast).desc())
    return session.exec(fraga).all()


def avsluta(session: Session, nu: datetime, konto: Konto | None, hash_: str) -> None:
    """End a session of this person; any when there is no person left."""
    with skrivning(session):
        rad = session.get(Inloggning, hash_)
        if rad is not None and (konto is None or rad.konto_id == konto.id):
            session.delete(rad)
            store_logg.skriv(session, nu, konto, "utloggad", "" if konto is None else konto.epost, rad.visas)


def avsluta_alla(session: Session, nu: datetime, av: Konto, konto: Konto) -> int:
    """End everything that a person has open. Returns how many there were."""
    with skrivning(session):
        antal = len(inloggningar(session, konto))
        session.exec(delete(Inloggning).where(col(Inloggning.konto_id) == konto.id))
        store_logg.skriv(session, nu, av, "inloggningar-avslutade", konto.epost, str(antal), "0")
    return antal


def vantan(session: Session, nu: datetime, nycklar: Sequence[str]) -> timedelta:
    """How long one must wait before another attempt with any of these keys; zero when one may try now."""
    # What was written while the clock was ahead of the right time says nothing of how long one has waited since.
    rader = [r for nyckel in nycklar if (r := session.get(Forsok, nyckel)) is not None and r.senast <= nu + _GLES]
    kvar = [rad.senast + _vantan_efter(rad.antal) - nu for rad in rader]
    return max([timedelta(0), *(min(k, LANGSTA_VANTAN) for k in kvar)])


def _vantan_efter(antal: int) -> timedelta:
    if antal < FRIA_FORSOK:
        return timedelta(0)
    dubblingar: int = 2 ** min(antal - FRIA_FORSOK, 10)
    return min(FORSTA_VANTAN * dubblingar, LANGSTA_VANTAN)


def misslyckades(session: Session, nu: datetime, nycklar: Sequence[str], vad: str, pa: str) -> None:
    """Count a failed attempt, and log it."""
    with skrivning(session):
        for nyckel in nycklar:
            rad = session.get(Forsok, nyckel)
            if rad is None:
                rad = Forsok(nyckel=nyckel, antal=0, senast=nu)
            rad.antal = 1 if nu >= rad.senast + GLOMS else rad.antal + 1
            rad.senast = nu
            session.add(rad)
        store_logg.skriv(session, nu, None, vad, pa)


def lyckades(session: Session, nycklar: Sequence[str]) -> None:
    """Forget failed attempts."""
    with skrivning(session):
        session.exec(delete(Forsok).where(col(Forsok.nyckel).in_(list(nycklar))))
