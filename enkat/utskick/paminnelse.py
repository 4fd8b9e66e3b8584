"""Sends invitations and reminders by SMTP: to staff and boards, to everyone on the list, never to deltagare.

Nobody knows who has answered, so nobody is left out. A letter goes to each person once: before it is handed over it is
noted as pagar, after the server's reply as skickat. What was interrupted between the two may have arrived, and is not
sent again by itself. Everything else that did not get away is sent when the same letter is sent again.
"""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Final, Literal

from enkat.formular import Enkat
from enkat.utskick.adresslista import Adresslista, Mottagare, Slag, Utskick
from enkat.utskick.brev import Brevinnehall, skriv_brev, stampla
from enkat.utskick.smtp import Epost, anslut

PER_MINUT: Final = 60
# Attempts in a row to reach the server, and how long to wait between them.
FORSOK: Final = 3
_VANTA_SEKUNDER: Final = 5.0

Klocka = Callable[[], datetime]
_Utfall = Literal["skickat", "nekat", "senare"]


class UtskickFel(ValueError):
    """A letter that must not be sent. Its parts, joined, are what a person reads."""

    def __init__(self, where: str, rule: str, got: str, remedy: str) -> None:
        super().__init__(f"{where}: {rule}, men {got}. {remedy}")
        self.where, self.rule, self.got, self.remedy = where, rule, got, remedy


@dataclass
class Rapport:
    """What became of a letter. nekade: address and the server's words. osakra: may have arrived; kvar: not sent.

    avbrott: why it stopped before the end; "" when it did not.
    """

    skickade: int = 0
    nekade: list[tuple[str, str]] = field(default_factory=list)
    osakra: list[str] = field(default_factory=list)
    kvar: int = 0
    avbrott: str = ""

    def klar(self) -> bool:
        """Whether everyone who can be reached has the letter."""
        return not (self.kvar or self.osakra or self.avbrott)


def ar_deltagarenkat(enkat: Enkat) -> bool:
    """Whether a questionnaire is for deltagare, by any of its names. They are never written to."""
    return any("deltagar" in ord_.casefold() for ord_ in (enkat.id, enkat.kalla, enkat.kallas, enkat.population))


def planera(lista: Adresslista, enkat: Enkat, slag: Slag, dag: date) -> Utskick:
    """The letter to send: an unfinished one goes on; an invitation is one and the same; else a new reminder.

    Raises:
        UtskickFel: it is for deltagare, the list is empty, no invitation went before, or a reminder went today.
    """
    if ar_deltagarenkat(enkat):
        remedy = "Påminn på plats, muntligt eller med en affisch."
        raise UtskickFel(enkat.id, "brev skickas bara till personal och styrelser", "det är deltagarnas enkät", remedy)
    if not lista.finns() or not lista.antal():
        raise UtskickFel(enkat.id, "ska ha en adresslista", "den är tom", "Läs in adresser först.")
    forra = lista.senaste(slag)
    if slag == "inbjudan":
        return forra or lista.nytt_utskick(slag, dag)
    if lista.senaste("inbjudan") is None:
        remedy = "Skicka inbjudan först: påminnelsen hänvisar till den."
        raise UtskickFel(enkat.id, "en påminnelse följer på en inbjudan", "ingen har skickats", remedy)
    if forra is None or (forra.dag != dag and not lista.mottagare(forra, "kvar")):
        return lista.nytt_utskick(slag, dag)
    if not lista.mottagare(forra, "kvar"):
        raise UtskickFel(enkat.id, "en påminnelse om dagen räcker", "en har gått i dag", "Vänta till i morgon.")
    return forra


def skicka(
    lista: Adresslista,
    utskick: Utskick,
    innehall: Brevinnehall,
    epost: Epost,
    klocka: Klocka,
    osakra_igen: bool = False,
    per_minut: int = PER_MINUT,
    vanta: Callable[[float], None] = time.sleep,
) -> Rapport:
    """Send a letter to those who have not got it. osakra_igen: also to those who may have.

    The same call may be made again after any interruption.
    """
    forsta = lista.senaste("inbjudan")
    innehall = replace(innehall, forsta=forsta.dag if utskick.slag == "paminnelse" and forsta else None)
    sandare = _Sandare(lista, utskick, innehall, epost, klocka, vanta)
    mottagare = lista.mottagare(utskick, "kvar")
    mottagare += lista.mottagare(utskick, "pagar") if osakra_igen else []
    try:
        for nummer, person in enumerate(mottagare):
            if nummer:
                vanta(60 / per_minut)
            if not sandare.skicka(person):
                break
    finally:
        sandare.stang()
    sandare.rapport.kvar = len(lista.mottagare(utskick, "kvar"))
    sandare.rapport.osakra = [m.epost for m in lista.mottagare(utskick, "pagar")]
    return sandare.rapport


@dataclass
class _Sandare:
    """A connection that is made anew when it breaks, and what it has achieved."""

    lista: Adresslista
    utskick: Utskick
    innehall: Brevinnehall
    epost: Epost
    klocka: Klocka
    vanta: Callable[[float], None]
    rapport: Rapport = field(default_factory=Rapport)
    smtp: smtplib.SMTP | None = None

    def skicka(self, person: Mottagare) -> bool:
        """Send to one person. False when the server cannot be reached, and the rest must wait."""
        for _ in range(FORSOK):
            try:
                utfall, ord_ = self._lamna(self._anslutning(), person)
            except smtplib.SMTPAuthenticationError as fel:
                self.rapport.avbrott = f"E-postservern godtar inte inloggningen ({fel.smtp_code})."
                return False
            except (smtplib.SMTPException, OSError) as fel:
                self._avbruten(fel)
                if self.lista_sager(person) == "pagar":
                    return True
                continue
            return self._anteckna(person, utfall, ord_)
        return False

    def lista_sager(self, person: Mottagare) -> str:
        """How the letter stands with someone after a break."""
        return "pagar" if person in self.lista.mottagare(self.utskick, "pagar") else "kvar"

    def stang(self) -> None:
        """Say goodbye to the server, if it is still there."""
        if self.smtp is not None:
            try:
                self.smtp.quit()
            except (smtplib.SMTPException, OSError):
                self.smtp.close()
            self.smtp = None

    def _anslutning(self) -> smtplib.SMTP:
        if self.smtp is None:
            self.smtp = anslut(self.epost)
        return self.smtp

    def _avbruten(self, fel: Exception) -> None:
        if self.smtp is not None:
            self.smtp.close()
            self.smtp = None
        self.rapport.avbrott = f"Kontakten med e-postservern bröts: {fel}."
        self.vanta(_VANTA_SEKUNDER)

    def _lamna(self, smtp: smtplib.SMTP, person: Mottagare) -> tuple[_Utfall, str]:
        """Hand a letter over. An exception after pagar is noted means that nobody knows."""
        data = self._brev(person).as_bytes()
        for kod, svar in (
            smtp.mail(parseaddr(self.epost.fran)[1]),
            smtp.rcpt(person.epost),
        ):
            if kod not in (250, 251):
                smtp.rset()
                return _nej(kod), _ord(kod, svar)
        self.lista.anteckna(self.utskick, person.epost, "pagar")
        try:
            kod, svar = smtp.data(data)
        except smtplib.SMTPDataError as fel:  # the server would not even hear it
            return _nej(fel.smtp_code), _ord(fel.smtp_code, fel.smtp_error)
        return ("skickat", "") if kod == 250 else (_nej(kod), _ord(kod, svar))

    def _brev(self, person: Mottagare) -> EmailMessage:
        doman = parseaddr(self.epost.fran)[1].rpartition("@")[2]
        brev = skriv_brev(self.innehall, person, self.epost.fran, self.epost.svar_till)
        forsta = self.lista.senaste("inbjudan")
        svarar_pa = self.utskick.slag == "paminnelse" and forsta is not None
        stampla(
            brev,
            self.lista.meddelande_id(self.utskick, person.epost, doman),
            self.lista.meddelande_id(forsta, person.epost, doman) if svarar_pa and forsta is not None else None,
            self.klocka(),
        )
        return brev

    def _anteckna(self, person: Mottagare, utfall: _Utfall, ord_: str) -> bool:
        self.lista.anteckna(self.utskick, person.epost, "kvar" if utfall == "senare" else utfall)
        self.rapport.avbrott = ""
        if utfall == "skickat":
            self.rapport.skickade += 1
        elif utfall == "nekat":
            self.rapport.nekade.append((person.epost, ord_))
        return True


def _nej(kod: int) -> _Utfall:
    """4xx is "not now", anything else "never"."""
    return "senare" if 400 <= kod < 500 else "nekat"


def _ord(kod: int, svar: bytes | str) -> str:
    text = svar.decode(errors="replace") if isinstance(svar, bytes) else svar
    return f"{kod} {' '.join(text.split())}"
