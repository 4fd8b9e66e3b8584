"""All that is wrong with the texts of a bokslut, for its author and for the publishing gate.

A FEL stops the building: what it is about could not be shown as meant. A VARNING is a number that no figure bears out;
the gate decides what it stops.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from bokslut.text.kandasiffror import Siffra, i_ordning, kanda_siffror
from bokslut.text.levande import Eget, Levande, anrop_for, med_namn, sla_upp
from bokslut.text.siffergranskning import Sammanhang, granska_siffror
from bokslut.text.talfynd import hitta_tal
from bokslut.text.textanrop import Anrop, las_anrop
from bokslut.text.texter import KOMMENTARER, SLAG, Text, Texter
from bokslut.text.textvy import fel_i_markdown
from indikatorer.diagnos import HELA_FILEN, Diagnos, Plats, narmast, ordnade
from indikatorer.resultat import Resultat, Signal, Utvardering

_ALLTID: Final = ("index.html", "metod.html", "data.html")
# Texts of a year that are kept as they were read, and what somebody writes before it is saved.
_FLEST: Final = 400


@dataclass(frozen=True, slots=True)
class LastText:
    """A text that has been read against an evaluation. handlar_om: the results that a comment is about."""

    text: Text
    levande: tuple[Levande, ...]
    handlar_om: tuple[Resultat, ...] = ()

    @property
    def egna(self) -> tuple[Eget, ...]:
        """The numbers that the author has checked by hand."""
        return tuple(lev.eget for lev in self.levande if lev.eget is not None)


def granska_texter(texter: Texter, utvardering: Utvardering, lasare: Textlasare | None = None) -> list[Diagnos]:
    """Every fault and warning of the texts, the most fundamental first. No text is no fault.

    lasare: one that has read texts against this evaluation before.
    """
    return list(ordnade((lasare or Textlasare(utvardering)).las(texter)[1]))


def las_mot(texter: Texter, u: Utvardering) -> tuple[list[LastText], list[Diagnos]]:
    """The texts with their live figures looked up, and all that is wrong with them."""
    return Textlasare(u).las(texter)


class Textlasare:
    """Reads texts against one evaluation. What was found in a text is kept: read again, only what has changed is.

    How a text reads follows from its own bytes, from the figures, and from which pages there are to link to.
    """

    def __init__(self, u: Utvardering) -> None:
        self.u = u
        self._last = lru_cache(maxsize=_FLEST)(self._las)

    def las(self, texter: Texter) -> tuple[list[LastText], list[Diagnos]]:
        """As `las_mot`."""
        fel, lasta, finns = [*texter.diagnoser, *_dubbla(texter, self.u)], [], sidor(self.u, texter)
        for text in texter.alla:
            last, nya = self._last(text, finns)
            fel += nya
            lasta.append(last)
        return lasta, fel

    @cached_property
    def _siffror(self) -> list[Siffra]:
        return i_ordning(kanda_siffror(self.u), self.u.ar)

    @cached_property
    def _nummer(self) -> dict[str, str]:
        return {r.nummer: r.id for r in self.u.resultat() if r.nummer}

    def _las(self, text: Text, finns: frozenset[str]) -> tuple[LastText, tuple[Diagnos, ...]]:
        anrop, fel = las_anrop(text.fil, text.text)
        levande, fel_i_anrop = sla_upp(text.fil, text.text, anrop, self.u)
        om = tuple(med_namn(text.namn, self.u)) if text.slag == "kommentar" else ()
        fel += fel_i_anrop
        if text.slag == "kommentar" and not om:
            fel.append(_okand_kommentar(text, self.u))
        fel += fel_i_markdown(text.fil, text.text, levande, finns)
        fel += self._fel_i_siffror(text, om, anrop, [d.plats for d in fel])
        return LastText(text, tuple(levande), om), tuple(fel)

    def _fel_i_siffror(
        self, text: Text, om: tuple[Resultat, ...], anrop: list[Anrop], trasiga: Iterable[Plats]
    ) -> list[Diagnos]:
        """The numbers outside calls, and outside what has been told as a fault already."""
        tysta = [(a.start, a.slut) for a in anrop] + [(p.start, p.slut) for p in trasiga]
        skrivna = _ord(text.text)
        namnda = frozenset(id_ for nr, id_ in self._nummer.items() if nr in skrivna)
        namnda |= {r.id for a in anrop if a.namn != "eget" for r in med_namn(a.argument[0].strip(), self.u)}
        sammanhang = Sammanhang(text.fil, text.text, om[0].id if om else None, namnda)
        return granska_siffror(sammanhang, hitta_tal(text.text, tysta, self._nummer), self._siffror)


def _ord(text: str) -> set[str]:
    return {o.strip('.,;:()”"') for o in text.split()}


def sidor(u: Utvardering, texter: Texter) -> frozenset[str]:
    """The pages of the site that this evaluation and these texts give, to link to."""
    egna = [f"{slag}.html" for slag in SLAG if texter.med_slag(slag)]
    omraden = [f"malomrade-{o.id}.html" for o in u.malomraden]
    villkor = (("deltagare.html", u.tabeller), ("helarspersoner.html", u.serier), ("goda-exempel.html", u.berattelser))
    return frozenset((*_ALLTID, *egna, *omraden, *(sida for sida, finns in villkor if finns)))


def _okand_kommentar(text: Text, u: Utvardering) -> Diagnos:
    kanda = list(dict.fromkeys(n for r in u.resultat() for n in (r.id, r.nummer) if n))
    nara = narmast(text.namn, kanda)
    return Diagnos(
        kod="okand-indikator",
        fil=text.fil,
        plats=HELA_FILEN,
        fann=f"”{text.namn}”",
        regel="är varken id eller nummer för någon indikator i år, så kommentaren visas ingenstans",
        atgard="" if nara else "Döp filen efter indikatorn.",
        kandidat=f"”{nara}.md”" if nara else None,
    )


def _dubbla(texter: Texter, u: Utvardering) -> Iterator[Diagnos]:
    sedda: dict[str, Text] = {}
    for text in texter.kommentarer:
        for id_ in {r.id for r in med_namn(text.namn, u)}:
            if id_ in sedda:
                regel = f"handlar om samma indikator som {sedda[id_].fil}"
                yield Diagnos(
                    "dubbel-kommentar", text.fil, HELA_FILEN, f"”{text.namn}”", regel, "Slå ihop dem till en."
                )
            sedda.setdefault(id_, text)


def saknar_kommentar(utvardering: Utvardering, texter: Texter) -> list[Resultat]:
    """The red results whose indicator has no comment; for an indicator with groups, each that is red."""
    om = {r.id for text in texter.kommentarer for r in med_namn(text.namn, utvardering)}
    return [r for r in utvardering.resultat() if r.signal is Signal.ROD and r.id not in om]


def fel_saknad_kommentar(utvardering: Utvardering, texter: Texter, mapp: str) -> list[Diagnos]:
    """The same as faults, one per indicator, at the file to write. mapp: the folder of the texts."""
    per_id: dict[str, Resultat] = {}
    for r in saknar_kommentar(utvardering, texter):
        per_id.setdefault(r.id, r)
    return [
        Diagnos(
            kod="rod-utan-kommentar",
            fil=f"{mapp}/{KOMMENTARER}/{r.id}.md",
            plats=HELA_FILEN,
            fann=f"”{r.nummer or r.id} {r.titel}”",
            regel="har röd signal men ingen kommentar",
            atgard=f"Skriv vad som ligger bakom och vad ni gör åt det. Siffran fås med {anrop_for(r, utvardering)}.",
        )
        for r in per_id.values()
    ]
