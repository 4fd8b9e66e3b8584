"""The wheel of the year: what comes when, and how each part stands. The same thing is drawn and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kansli.hem.arshjul import LOPANDE
from kansli.hem.lage import Lage
from kansli.hem.uppgift import Lank, dag_i_ord
from kansli.sprak import gettext as _
from kansli.sprak import mark

# (month, day)
Dag = tuple[int, int]
# How a part stands. vet_inte: what the program cannot know was done.
KLAR, NU, KVAR, KOMMER, VET_INTE = "klar", "nu", "kvar", "kommer", "vet_inte"
TILLSTAND: Final = {
    KLAR: mark("Klart"),
    NU: mark("Nu"),
    KVAR: mark("Återstår"),
    KOMMER: mark("Kommer"),
    VET_INTE: mark("Har varit"),
}


@dataclass(frozen=True)
class Station:
    """A part of the year. fran, till: its first and last day; the same for a day when something is due.

    spar: which of the rings it is drawn in, the outermost first, so that two of the same time lie side by side.
    """

    kod: str
    fran: Dag
    till: Dag
    rubrik: str
    text: str
    spar: int = 0
    lankar: tuple[Lank, ...] = ()


@dataclass(frozen=True)
class Del:
    """A part as it stands this year. nr: what ties the list to the picture. nar: its days in words."""

    nr: int
    station: Station
    tillstand: str
    nar: str
    rubrik: str
    text: str


# The year of DOMAN section 2, from January to December.
STATIONER: Final = (
    Station(
        "deltagare",
        (1, 1),
        (12, 31),
        mark("Deltagarna svarar"),
        mark("Deltagarenkäten lämnas ut när någon slutar, och registret fylls i under hela året."),
        2,
        (("omgangar.lista", {}),),
    ),
    Station(
        "exempel",
        (1, 1),
        (1, 31),
        mark("Samla förra året"),
        mark(
            "Goda exempel skrivs och granskas, registret stäms av och helårspersoner hämtas för samma tid som i fjol."
        ),
        0,
        (("exempel.start", {}),),
    ),
    Station(
        "kvartal4",
        (1, 31),
        (1, 31),
        mark("Kvartal 4"),
        mark("Kvartalsrapporter och rekvisitioner; slutrapport för insatser som slutade vid årsskiftet."),
        1,
        (("register.start", {}),),
    ),
    Station(
        "resultat",
        (2, 1),
        (2, 28),
        mark("Läs resultaten"),
        mark("Signalerna räknas, de röda kommenteras, och styrelsen får en PM om andra halvåret."),
        0,
        (("signaler.start", {}),),
    ),
    Station(
        "bokslut",
        (2, 15),
        (3, 31),
        mark("Bokslutet"),
        mark("Utkast, social revision, två godkännanden och publicering: webbplats, PDF och öppna data."),
        1,
        (("publicering.start", {}),),
    ),
    Station(
        "arsredovisning",
        (3, 31),
        (3, 31),
        mark("Årsredovisningen"),
        mark("Den ska vara upprättad inom tre månader från årets slut enligt lagen om finansiell samordning."),
        1,
    ),
    Station(
        "aterkoppling",
        (3, 15),
        (4, 30),
        mark("Återkoppla"),
        mark("Berätta för deltagare, personal och parter vad svaren ledde till, och lämna till Uppföljning Finsam."),
        0,
        (("register.start", {}),),
    ),
    Station(
        "kvartal1",
        (4, 30),
        (4, 30),
        mark("Kvartal 1"),
        mark("Kvartalsrapporter och rekvisitioner."),
        1,
        (("register.start", {}),),
    ),
    Station(
        "kvartal2",
        (7, 31),
        (7, 31),
        mark("Kvartal 2"),
        mark("Kvartalsrapporter och rekvisitioner."),
        1,
        (("register.start", {}),),
    ),
    Station(
        "halvar",
        (8, 1),
        (9, 30),
        mark("Halvåret"),
        mark("PM om första halvåret till styrelsen, och delårsrapport om förbundsordningen säger det."),
        0,
        (("signaler.start", {}),),
    ),
    Station(
        "enkater",
        (10, 1),
        (12, 15),
        mark("Höstens enkäter"),
        mark("Personal, styrgrupper och styrelse svarar en gång, med en påminnelse."),
        1,
        (("omgangar.lista", {}),),
    ),
    Station(
        "kvartal3",
        (10, 31),
        (10, 31),
        mark("Kvartal 3"),
        mark("Kvartalsrapporter och rekvisitioner. Se också efter vad som inte hinner användas före årsskiftet."),
        2,
        (("register.start", {}),),
    ),
    Station(
        "mal",
        (10, 1),
        (12, 31),
        mark("Nästa års mål, plan och budget"),
        mark("Styrelsen beslutar dem före årsskiftet, helst senast 30 november, och målen låses."),
        0,
        (("mal.lista", {}),),
    ),
)


def delar(lage: Lage) -> list[Del]:
    """The parts of this calendar year, each as it stands today."""
    gjort = _gjort(lage)
    return [
        Del(nr, s, _tillstand(s, gjort, lage.idag), _nar(s, lage.idag), _(s.rubrik), _(s.text))
        for nr, s in enumerate(STATIONER, 1)
    ]


def _gjort(lage: Lage) -> Mapping[str, bool]:
    """What the program knows, by part: done or not. What is not here it cannot know."""
    i_ar = lage.idag.year
    forra, nasta = lage.aret(i_ar - 1), lage.aret(i_ar + 1)
    klara = {o.kalla for o in lage.omgangar if o.ar == i_ar and o.lage in ("fryst", "gallrad") and not o.provomgang}
    hostens = {e.kalla for e in lage.enkater if e.kalla != LOPANDE}
    gjort = {"mal": nasta is not None and nasta.beslutade}
    if hostens:
        gjort["enkater"] = hostens <= klara
    if forra is not None:
        gjort |= {
            "exempel": bool(forra.exempel.get("med")),
            "resultat": forra.har_siffror and not forra.roda,
            "bokslut": forra.publicerad is not None,
        }
    return gjort


def _tillstand(s: Station, gjort: Mapping[str, bool], idag: date) -> str:
    fran, till = _dagar(s, idag.year)
    if gjort.get(s.kod):
        return KLAR
    if idag < fran:
        return KOMMER
    if idag <= till:
        return NU
    return KVAR if s.kod in gjort else VET_INTE


def _dagar(s: Station, ar: int) -> tuple[date, date]:
    return date(ar, *s.fran), date(ar, *s.till)


def _nar(s: Station, idag: date) -> str:
    fran, till = _dagar(s, idag.year)
    if fran == till:
        return _("senast %(dag)s", dag=dag_i_ord(till, idag))
    if (s.fran, s.till) == ((1, 1), (12, 31)):
        return _("hela året")
    if fran.month == till.month:
        return _("%(fran)s–%(till)s", fran=fran.day, till=dag_i_ord(till, idag))
    return _("%(fran)s – %(till)s", fran=dag_i_ord(fran, idag), till=dag_i_ord(till, idag))
