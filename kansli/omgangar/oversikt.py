"""The list of rounds, and the questionnaires and periods that a new one is chosen among."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from enkat.formular import Enkat
from enkat.lage import Lage, lage
from enkat.lasning import las_enkat
from enkat.models import Omgang
from enkat.omgang import OmgangFel, enkat_i
from enkat.prove import hitta
from kansli.arbetsmapp import Arbetsmapp
from kansli.lista import Kolumn
from kansli.sprak import gettext as _
from kansli.sprak import mark

# What the list can be limited to.
VALEN: Final = (
    ("", mark("Alla")),
    ("forbereds", mark("Förbereds")),
    ("oppna", mark("Öppna")),
    ("att-frysa", mark("Stängda, att frysa")),
    ("klara", mark("Frysta och gallrade")),
)
LAGESORD: Final[dict[Lage, str]] = {
    "utkast": mark("Utkast"),
    "vantar": mark("Väntar på att öppna"),
    "oppen": mark("Öppen"),
    "nad": mark("Sista timmen"),
    "stangd": mark("Stängd"),
    "fryst": mark("Fryst"),
    "gallrad": mark("Gallrad"),
}
_GRUPP: Final = {
    "utkast": "forbereds",
    "vantar": "forbereds",
    "oppen": "oppna",
    "nad": "oppna",
    "stangd": "att-frysa",
    "fryst": "klara",
    "gallrad": "klara",
}


@dataclass(frozen=True)
class Rad:
    """A round in the list."""

    id: str
    titel: str
    period: str
    lage_i_ord: str
    grupp: str
    oppnar: datetime | None
    stanger: datetime | None
    provomgang: bool


def rader(omgangar: Sequence[Omgang], nu: datetime) -> list[Rad]:
    """The rounds as rows."""
    return [
        Rad(
            o.id,
            enkat_i(o).titel,
            o.period,
            _(LAGESORD[lage(o, nu)]),
            _GRUPP[lage(o, nu)],
            o.oppnar,
            o.stanger,
            o.provomgang,
        )
        for o in omgangar
    ]


def kolumner() -> Sequence[Kolumn[Rad]]:
    """The columns, with their headings in the language of the page."""
    return (
        Kolumn("titel", _("Enkät"), lambda r: f"{r.titel} {r.id if r.provomgang else ''}"),
        Kolumn("period", _("Period"), lambda r: r.period),
        Kolumn("lage", _("Läge"), lambda r: r.lage_i_ord),
        Kolumn("oppnar", _("Öppnar"), lambda r: r.oppnar, sokbar=False),
        Kolumn("stanger", _("Stänger"), lambda r: r.stanger, sokbar=False),
    )


def enkatval(mapp: Arbetsmapp) -> list[tuple[str, str]]:
    """The questionnaires without fault: file name without .toml, and title."""
    return [(Path(fil).stem, enkat.titel) for fil, enkat in _felfria(mapp)]


def hitta_fil(mapp: Arbetsmapp, namn: str) -> tuple[str, bytes]:
    """A questionnaire that was chosen: its file name and content.

    Raises:
        OmgangFel: it is no longer there.
    """
    fil = mapp.enkater / f"{namn}.toml"
    if namn not in [v for v, _titel in enkatval(mapp)]:
        raise OmgangFel(
            namn, mark("enkäten ska finnas och vara utan fel"), mark("den gör inte det nu"), mark("Välj en annan.")
        )
    return fil.name, fil.read_bytes()


def las_vald(mapp: Arbetsmapp, namn: str) -> Enkat:
    """The same, read.

    Raises:
        OmgangFel: it is no longer there.
    """
    fil, data = hitta_fil(mapp, namn)
    enkat = las_enkat(fil, data)[0]
    assert enkat is not None
    return enkat


def nasta_period(period: str) -> str:
    """The same part of the next year; the same text when it does not begin with a year."""
    traff = re.match(r"(\d{4})(.*)", period)
    return f"{int(traff[1]) + 1}{traff[2]}" if traff else period


def _felfria(mapp: Arbetsmapp) -> list[tuple[str, Enkat]]:
    lasta = [(fil, las_enkat(fil, data)[0]) for fil, data in hitta(mapp.enkater).items()]
    return [(fil, enkat) for fil, enkat in lasta if enkat is not None]
