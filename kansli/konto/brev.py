"""Letters about an account: an invitation, and a link to a new password."""

from __future__ import annotations

import logging
import smtplib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Final

from enkat.utskick.smtp import Epost, anslut
from kansli.konto.store import INBJUDAN_DAGAR, NYTT_LOSEN_TIMMAR
from kansli.models import Konto

_logg = logging.getLogger("bokslut")
_REGLER: Final = SMTP.clone(cte_type="7bit")
INBJUDAN: Final = """Hej {namn}!

Du har fått ett konto hos {forbund}, där det sociala bokslutet görs. Välj ett lösenord här:

{lank}

Länken gäller i {dagar} dagar och kan användas en gång. Ha telefonen till hands: du behöver en app för
engångskoder, till exempel den som redan finns i telefonen.

{forbund}
"""
NYTT_LOSEN: Final = """Hej {namn}!

Någon, förhoppningsvis du, har bett om att få välja ett nytt lösenord. Det gör du här:

{lank}

Länken gäller i {timmar} timmar och kan användas en gång. Har du inte bett om den behöver du inte göra
något: ditt lösenord är kvar.

{forbund}
"""


def skicka_inbjudan(epost: Epost | None, forbund: str, konto: Konto, lank: str) -> bool:
    """Invite somebody; False when no letter could be sent, so that the link must be handed over another way."""
    text = INBJUDAN.format(namn=konto.namn, forbund=forbund, lank=lank, dagar=INBJUDAN_DAGAR)
    return _skicka(epost, konto, f"Ditt konto hos {forbund}", text)


def skicka_nytt_losen(epost: Epost | None, forbund: str, konto: Konto, lank: str) -> bool:
    """Send the link; False when no letter could be sent."""
    text = NYTT_LOSEN.format(namn=konto.namn, forbund=forbund, lank=lank, timmar=NYTT_LOSEN_TIMMAR)
    return _skicka(epost, konto, "Välj ett nytt lösenord", text)


def _skicka(epost: Epost | None, konto: Konto, amne: str, text: str) -> bool:
    if epost is None:
        return False
    brev = EmailMessage(policy=_REGLER)
    brev["From"], brev["To"] = epost.fran, konto.epost
    brev["Subject"] = " ".join(amne.split())
    brev["Date"], brev["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain="bokslut.invalid")
    brev["Auto-Submitted"] = "auto-generated"
    brev.set_content(text)
    try:
        with anslut(epost) as smtp:
            smtp.send_message(brev)
    except (OSError, smtplib.SMTPException) as fel:
        _logg.warning("mail about an account could not be sent: %s", type(fel).__name__)  # never the link
        return False
    return True
