"""A letter before it goes: as text to read, and as a letter to oneself."""

from __future__ import annotations

import email.utils
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from enkat.sprak import KALLSPRAK, SPRAK
from enkat.utskick.adresslista import Adresslista, Mottagare, Slag
from enkat.utskick.brev import Brevinnehall, skriv_brev, stampla
from enkat.utskick.smtp import Epost, anslut


@dataclass(frozen=True)
class Visat:
    """A letter to read."""

    amne: str
    text: str


def visa(innehall: Brevinnehall, lista: Adresslista, slag: Slag) -> Visat:
    """The letter in Swedish, as everyone with that language gets it."""
    till = Mottagare("mottagaren@exempel.se", KALLSPRAK.kod)
    brev = skriv_brev(_med_forsta(innehall, lista, slag), till, "", "")
    return Visat(str(brev["Subject"]), str(brev.get_content()))


def skicka(innehall: Brevinnehall, lista: Adresslista, slag: Slag, epost: Epost, till: str, nu: datetime) -> None:
    """Send the letter to one who wants to see it; the list does not know of it.

    Raises:
        smtplib.SMTPException: the server refuses.
        OSError: it cannot be reached.
    """
    brev = skriv_brev(_med_forsta(innehall, lista, slag), Mottagare(till, SPRAK[0].kod), epost.fran, epost.svar_till)
    stampla(brev, email.utils.make_msgid(domain=parseaddr(epost.fran)[1].rpartition("@")[2]), None, nu)
    with anslut(epost) as smtp:
        smtp.send_message(brev)


def _med_forsta(innehall: Brevinnehall, lista: Adresslista, slag: Slag) -> Brevinnehall:
    """In a reminder, the day that the first letter went; before it has gone, the last day stands in its place."""
    forsta = lista.senaste("inbjudan") if lista.finns() else None
    if slag == "inbjudan":
        return innehall
    return replace(innehall, forsta=forsta.dag if forsta is not None else innehall.stanger)
