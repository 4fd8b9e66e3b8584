"""Free text: kept apart from the closed answers from the moment it is handed in, and disposed of sooner than they are.

Everyone who hands in a questionnaire that asks for it leaves one envelope more, of a size of its own, whatever was
written and also when nothing was. At the freeze the texts are taken apart, question by question, and sorted: a text
then stands beside no other answer, no enhet, no language and no time, and not beside the same person's other texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from enkat import urna
from enkat.formular import VILL_INTE_SVARA, Enkat, Fraga, Svar
from enkat.nycklar import Privat
from enkat.omgang import SVENSK_TID
from enkat.packning import FORM, PackFel, form, packa_text, packa_upp_text
from enkat.svar import rensa

_SLAG: Final = "fritext"
_DAGAR_PER_MANAD: Final = 30.44
# What Excel takes for a formula.
_FORMELTECKEN: Final = ("=", "+", "-", "@", "\t")

# The id of its question, and what somebody wrote.
Text = tuple[str, str]


def fragor(enkat: Enkat) -> tuple[Fraga, ...]:
    """The questions that are answered in one's own words; none in a questionnaire that does not ask for it."""
    return tuple(f for f in enkat.fragor if f.typ == "text")


def gallras(enkat: Enkat, stanger: datetime | None) -> date | None:
    """The day on which the texts are gone at the latest: the soonest that any of the questions says."""
    manader = [f.gallras_efter_manader for f in fragor(enkat) if f.gallras_efter_manader is not None]
    if not manader or stanger is None:
        return None
    return (stanger + timedelta(days=round(min(manader) * _DAGAR_PER_MANAD))).astimezone(SVENSK_TID).date()


def forsegla(enkat: Enkat, svar: Svar, publik: bytes, omgang_id: str) -> bytes | None:
    """An envelope of FRITEXT_BYTE bytes with what was written; None when the questionnaire asks for no text.

    Raises:
        PackFel: it is more than a form can carry.
    """
    if not fragor(enkat):
        return None
    skrivet = {nyckel: varde for nyckel, varde in svar.items() if varde != VILL_INTE_SVARA}
    klartext = form(enkat) + packa_text(enkat, skrivet)
    if len(klartext) > urna.FRITEXT_BYTE - urna.TILLAGG:
        raise PackFel("too much text")
    return urna.slut(_SLAG, klartext, urna.FRITEXT_BYTE, publik, omgang_id)


def oppna(enkat: Enkat, chiffer: bytes, privat: Privat, omgang_id: str) -> tuple[Text, ...]:
    """What was written, validated again.

    Raises:
        KuvertFel: it cannot be opened, or not read.
    """
    klartext = urna.bryt(_SLAG, chiffer, privat, omgang_id)
    if klartext[:FORM] != form(enkat):
        raise urna.KuvertFel("another questionnaire")
    try:
        skrivet = rensa(enkat, packa_upp_text(enkat, klartext[FORM:]))
    except UnicodeDecodeError:
        raise urna.KuvertFel("no text") from None
    return tuple((f.id, str(skrivet[f.id])) for f in fragor(enkat) if f.id in skrivet)


def som_csv(enkat: Enkat, texter: Iterable[Text]) -> bytes:
    """The frozen table, as Swedish Excel opens it: the question in words and the text, sorted by what they say."""
    ut = io.StringIO()
    skrivare = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skrivare.writerow(("fraga", "text"))
    for fraga, text in sorted(texter):
        skrivare.writerow((enkat.fraga(fraga).text, f"'{text}" if text.startswith(_FORMELTECKEN) else text))
    return ut.getvalue().encode("utf-8-sig")


def fil(enkat_id: str) -> str:
    """The name of the frozen table. underlag.toml does not name it: nothing is computed from it."""
    return f"fritext-{enkat_id}.csv"


def kalla(kalla: str) -> str:
    """What the manifest calls it, beside the källa of the closed answers."""
    return f"fritext-{kalla}"
