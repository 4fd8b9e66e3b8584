"""The rows of the list of texts: each with how it stands, what must be written first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bokslut import ordval
from indikatorer.diagnos import Diagnos, Niva
from kansli.arbetsmapp import Arbetsmapp
from kansli.aret import Aret
from kansli.lista import Kolumn
from kansli.sprak import gettext as _
from kansli.sprak import mark
from kansli.texter.lasning import lagen
from kansli.texter.models import Textversion
from kansli.texter.textfil import TITLAR, Textfil, alla

# How a text stands, in the order of the list.
LAGEN: Final = {
    "rod": mark("Röd utan kommentar"),
    "fel": mark("Har fel"),
    "tal": mark("Tal att kontrollera"),
    "klar": mark("Klar"),
    "tom": mark("Ingen text"),
}


@dataclass(frozen=True)
class Textrad:
    """A text. signaler: the colours of the results that it is about. lage: a code of LAGEN. fynd: how many findings."""

    namn: str
    nummer: str
    titel: str
    signaler: tuple[str, ...]
    lage: str
    fynd: int
    andrad: datetime | None
    vem: str


def build_textrader(mapp: Arbetsmapp, aret: Aret, senast: Mapping[str, Textversion]) -> list[Textrad]:
    """Every text of a year, those that stop a publication first. senast: the latest version, by file."""
    u = aret.utvardering
    stand = lagen(mapp.underlag(aret.ar), aret)
    rader = [
        _rad(t, stand.fynd.get(t.stig.as_posix(), []), bool(t.handlar_om) and t.namn in stand.roda, senast.get(t.fil))
        for t in alla(mapp, aret.ar, u)
    ]
    return sorted(rader, key=lambda rad: list(LAGEN).index(rad.lage))


def _rad(t: Textfil, fynd: Sequence[Diagnos], rod: bool, senast: Textversion | None) -> Textrad:
    titel = _(TITLAR[t.slag]) if t.slag in TITLAR else t.handlar_om[0].titel if t.handlar_om else t.stig.name
    signaler = (ordval.signal_kod(r.signal) for r in t.handlar_om)
    return Textrad(
        namn=t.namn,
        nummer=(t.handlar_om[0].nummer or "") if t.handlar_om else "",
        titel=titel,
        signaler=tuple(dict.fromkeys(signaler)),
        lage=_lage(t, fynd, rod),
        fynd=len(fynd),
        andrad=None if senast is None else senast.tid,
        vem="" if senast is None else senast.vem,
    )


def _lage(t: Textfil, fynd: Sequence[Diagnos], rod: bool) -> str:
    if rod:
        return "rod"
    if fynd:
        return "fel" if any(d.niva is Niva.FEL for d in fynd) else "tal"
    return "klar" if t.stig.is_file() and t.stig.stat().st_size else "tom"


def ovriga_fynd(mapp: Arbetsmapp, aret: Aret) -> list[Diagnos]:
    """What is wrong with files that no row of the list is about: by a name that nothing has a place for, or twice."""
    u = aret.utvardering
    kanda = {t.stig.as_posix() for t in alla(mapp, aret.ar, u)}
    return [d for fil, fynd in lagen(mapp.underlag(aret.ar), aret).fynd.items() if fil not in kanda for d in fynd]


def kolumner() -> Sequence[Kolumn[Textrad]]:
    """What the list can be sorted by and searched in."""
    ordning = {kod: nr for nr, kod in enumerate(("rod", "gul", "gron", "gra", "ingen"))}
    return (
        Kolumn("nummer", _("Nummer"), lambda r: _nummer(r.nummer), sokbar=False),
        Kolumn("titel", _("Text"), lambda r: f"{r.titel} {r.nummer}"),
        Kolumn("signal", _("Signal"), lambda r: min((ordning[s] for s in r.signaler), default=None), sokbar=False),
        Kolumn("lage", _("Läge"), lambda r: list(LAGEN).index(r.lage), sokbar=False),
        Kolumn("andrad", _("Senast ändrad"), lambda r: r.andrad, sokbar=False),
    )


def _nummer(nummer: str) -> str | None:
    """Sorted as a number of parts: 2.10 after 2.9."""
    return "".join(del_.rjust(4) if del_.isdecimal() else del_ for del_ in nummer.split(".")) or None


def signalord(kod: str) -> str:
    """A colour in a word."""
    return str(ordval.SIGNAL_NAMN[kod])
