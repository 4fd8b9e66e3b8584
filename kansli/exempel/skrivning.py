"""What becomes of a file of a good example when it is written, reviewed or handed back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kansli.exempel.berattelsefil import AVSNITT, Berattelse, avidentifierad, skriv, skriv_kropp
from kansli.sprak import gettext as _
from kansli.texter.models import ATERLAMNAT, GRANSKAT
from kansli.texter.store import Andring

# What a review is about: when any of it changes, somebody must go through it again.
_GRANSKAS: Final = ("titel", "enhet")


def skriven(tidigare: Berattelse, uppgifter: Mapping[str, Any], avsnitt: Mapping[str, str], grund: str) -> Andring:
    """A story as its form holds it. One that has been changed since it was reviewed is no longer reviewed."""
    ny_text = any(avsnitt[falt] != tidigare.avsnitt.get(falt, "") for falt in AVSNITT)
    omskriven = ny_text or any(uppgifter[n] != tidigare.uppgifter.get(n, "") for n in _GRANSKAS)
    alla = dict(uppgifter)
    alla |= {namn: list(uppgifter[namn]) or None for namn in ("fler_indikatorer", "mal")}
    alla["granskad_av"] = "" if omskriven else str(tidigare.uppgifter.get("granskad_av", ""))
    if omskriven:
        alla["avidentifierad"] = None
    kropp = skriv_kropp(avsnitt) if ny_text or not tidigare.text else tidigare.kropp
    text = skriv(tidigare.text, alla, kropp)
    efter = ", ".join(filter(None, (_("ny text") if omskriven else "", _flaggor(alla))))
    return Andring(text, grund, "exempel-sparat", fore=_flaggor(tidigare.uppgifter), efter=efter, med_text=False)


def granskad(tidigare: Berattelse, av: str, anteckning: str, grund: str) -> Andring:
    """A story that somebody else has gone through and found to point out nobody."""
    uppgifter = {"granskad_av": av, "avidentifierad": avidentifierad(klar=True)}
    text = skriv(tidigare.text, uppgifter, tidigare.kropp)
    efter = _("granskad av %(av)s, checklistan klar", av=av)
    return Andring(text, grund, "exempel-granskat", GRANSKAT, efter=efter, anteckning=anteckning, med_text=False)


def aterlamnad(tidigare: Berattelse, anteckning: str, grund: str) -> Andring:
    """A story that its writer is to go on with; until then it is a draft."""
    uppgifter = {"granskad_av": "", "avidentifierad": None, "publicerad": False}
    text = skriv(tidigare.text, uppgifter, tidigare.kropp)
    return Andring(text, grund, "exempel-aterlamnat", ATERLAMNAT, anteckning=anteckning, med_text=False)


def borttagen(grund: str) -> Andring:
    """A story that is taken away."""
    return Andring("", grund, "exempel-borttaget", med_text=False)


def _flaggor(uppgifter: Mapping[str, Any]) -> str:
    """What the log tells of a story: never a word of it."""
    ja = {"samtycke": _("samtycke"), "publicerad": _("med i bokslutet")}
    return ", ".join(
        f"{namn} {_('ja') if uppgifter.get(nyckel) is True else _('nej')}" for nyckel, namn in ja.items() if uppgifter
    )
