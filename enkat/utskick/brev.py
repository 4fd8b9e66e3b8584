"""Letters to staff and boards, as plain text in the language of each: the invitation, and its reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from enkat import texter
from enkat.papper.blankett import som_datum
from enkat.sprak import KALLSPRAK, gettext_for, ngettext_for, sprak
from enkat.utskick import brevtexter
from enkat.utskick.adresslista import Mottagare

# Not every mail server takes eight bits.
_REGLER: Final = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Brevinnehall:
    """What a letter tells. lank: the open link, the same for all. forsta: in a reminder, when the first went."""

    titel: str
    lank: str
    forbund: str
    kontakt: str
    stanger: date
    minuter: int
    forsta: date | None = None


def skriv_brev(innehall: Brevinnehall, till: Mottagare, fran: str, svar_till: str) -> EmailMessage:
    """The letter to someone, without its date and ids (`stampla`)."""
    brev = EmailMessage(policy=_REGLER)
    brev["From"] = fran
    brev["To"] = till.epost
    if svar_till:
        brev["Reply-To"] = svar_till
    brev["Subject"] = " ".join(_amne(innehall, till.sprak).split())
    brev["Auto-Submitted"] = "auto-generated"  # so that no one's "away from the office" answers
    brev.set_content("\n\n".join(_stycken(innehall, till.sprak)) + "\n")
    brev["Content-Language"] = (sprak(till.sprak) or KALLSPRAK).lang
    return brev


def stampla(brev: EmailMessage, id_: str, forsta_id: str | None, nu: datetime) -> None:
    """Set when it is sent, its own id and that of the letter it refers to."""
    brev["Date"] = format_datetime(nu)
    brev["Message-ID"] = id_
    if forsta_id is not None:
        brev["In-Reply-To"] = forsta_id
        brev["References"] = forsta_id


def _amne(innehall: Brevinnehall, kod: str) -> str:
    _ = gettext_for(kod)
    titel = _(innehall.titel)
    return titel if innehall.forsta is None else _(brevtexter.BREV_AMNE_PAMINNELSE).format(titel=titel)


def _stycken(innehall: Brevinnehall, kod: str) -> Sequence[str]:
    _, valt = gettext_for(kod), sprak(kod) or KALLSPRAK
    if innehall.forsta is None:
        varfor = _(brevtexter.BREV_INBJUDAN).format(forbund=innehall.forbund, titel=_(innehall.titel))
    else:
        forsta = som_datum(innehall.forsta, valt)
        varfor = _(brevtexter.BREV_PAMINNELSE).format(datum=forsta, titel=_(innehall.titel))
        varfor = f"{varfor} {_(brevtexter.BREV_ALLA)}"
    return (
        _(brevtexter.BREV_HEJ),
        varfor,
        f"{_(brevtexter.BREV_LANK)}\n{innehall.lank}",
        f"{_(brevtexter.BREV_SISTA_DAG).format(datum=som_datum(innehall.stanger, valt))} {_tid(innehall, kod)}",
        f"{_(brevtexter.BREV_SAMMA_LANK)} {_(texter.FRIVILLIGT)}",
        f"{_(texter.FRAGOR_RUBRIK)} {_(texter.KONTAKT).format(kontakt=innehall.kontakt)}",
        _(brevtexter.BREV_ADRESS),
        innehall.forbund,
    )


def _tid(innehall: Brevinnehall, kod: str) -> str:
    return ngettext_for(kod)(*texter.FORE_TID, innehall.minuter).format(n=innehall.minuter)
