"""The mail server that this installation uses, from the environment, and an encrypted connection to it."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final, Literal, get_args

Sakerhet = Literal["starttls", "ssl", "ingen"]
_PORTAR: Final[Mapping[str, int]] = {"starttls": 587, "ssl": 465, "ingen": 25}
_DENNA_DATOR: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SEKUNDER: Final = 30.0


class EpostFel(ValueError):
    """A setting that is missing or wrong. Its parts, joined, are what a person reads; never the password."""

    def __init__(self, where: str, rule: str, got: str, remedy: str) -> None:
        super().__init__(f"{where}: {rule}, men {got}. {remedy}")
        self.where, self.rule, self.got, self.remedy = where, rule, got, remedy


@dataclass(frozen=True)
class Epost:
    """How mail is sent. ca: a file with the certificates to trust, when the server's is not public; else ""."""

    vard: str
    port: int
    sakerhet: Sakerhet
    fran: str
    svar_till: str = ""
    anvandare: str = ""
    losenord: str = field(default="", repr=False)
    ca: str = ""


def las_epost(miljo: Mapping[str, str] = os.environ) -> Epost:
    """The settings BOKSLUT_SMTP_VARD, _PORT, _SAKERHET, _ANVANDARE, _LOSENORD, _CA and BOKSLUT_EPOST_FRAN, _SVAR_TILL.

    Raises:
        EpostFel: one is missing or wrong.
    """
    vard, fran = miljo.get("BOKSLUT_SMTP_VARD", ""), miljo.get("BOKSLUT_EPOST_FRAN", "")
    if not vard:
        raise EpostFel("BOKSLUT_SMTP_VARD", "ska vara e-postserverns namn", "den är tom", "Fråga it-avdelningen.")
    if "@" not in parseaddr(fran)[1]:
        remedy = "Exempel: BOKSLUT_EPOST_FRAN='Förbundet <kansli@exempel.se>'."
        raise EpostFel("BOKSLUT_EPOST_FRAN", "ska vara avsändarens adress", f"värdet är ”{fran}”", remedy)
    sakerhet = _las_sakerhet(miljo.get("BOKSLUT_SMTP_SAKERHET", "starttls"), vard)
    return Epost(
        vard=vard,
        port=_las_port(miljo.get("BOKSLUT_SMTP_PORT", str(_PORTAR[sakerhet]))),
        sakerhet=sakerhet,
        fran=fran,
        svar_till=miljo.get("BOKSLUT_EPOST_SVAR_TILL", ""),
        anvandare=miljo.get("BOKSLUT_SMTP_ANVANDARE", ""),
        losenord=miljo.get("BOKSLUT_SMTP_LOSENORD", ""),
        ca=miljo.get("BOKSLUT_SMTP_CA", ""),
    )


def anslut(epost: Epost) -> smtplib.SMTP:
    """An open connection, encrypted and logged in.

    Raises:
        smtplib.SMTPException: the server refuses.
        OSError: it cannot be reached, or its certificate is not to be trusted.
    """
    tls = ssl.create_default_context(cafile=epost.ca or None)
    if epost.sakerhet == "ssl":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(epost.vard, epost.port, timeout=_SEKUNDER, context=tls)
    else:
        smtp = smtplib.SMTP(epost.vard, epost.port, timeout=_SEKUNDER)
    try:
        if epost.sakerhet == "starttls":
            smtp.starttls(context=tls)
        smtp.ehlo_or_helo_if_needed()
        if epost.anvandare:
            smtp.login(epost.anvandare, epost.losenord)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _las_sakerhet(text: str, vard: str) -> Sakerhet:
    for namn in get_args(Sakerhet):
        if text == namn and (namn != "ingen" or vard in _DENNA_DATOR):
            return namn  # type: ignore[no-any-return]
    rule = "ska vara starttls eller ssl (ingen bara till den egna datorn)"
    raise EpostFel("BOKSLUT_SMTP_SAKERHET", rule, f"värdet är ”{text}”", "Prova starttls.")


def _las_port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise EpostFel("BOKSLUT_SMTP_PORT", "ska vara ett portnummer", f"värdet är ”{text}”", "Vanligast är 587.")
    return int(text)
