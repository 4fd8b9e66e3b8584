"""What the rules about shares have in common: who is counted, in which källor, under which parent, split how.

andel, information, nolltolerans and konszon inherit from here; what differs between them is whose share, and the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Discriminator, Field, Tag

from indikatorer.counts import Matt, Rakning, Uttryck
from indikatorer.indikator import Indikator, Villkor, Villkorsgrupp
from indikatorer.interval import wilson
from indikatorer.resultat import Orsak, Signal
from indikatorer.schema import Lista, Modell, Text
from indikatorer.utfall import SIGNALER, Delning, Utfall, doma_andelar, omfattar_grans

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning, Visade


class KallaFraga(Modell):
    """One of several källor, and its question where that differs from the indicator's own."""

    kalla: Text
    fraga: Text | None = None


def _som_tabell(varde: object) -> object:
    return {"kalla": varde} if isinstance(varde, str) else varde


Kallor = Annotated[
    tuple[Annotated[KallaFraga, BeforeValidator(_som_tabell)], ...],
    Lista,
    Field(min_length=1),
]
# Tags in capitals are left out of error paths (`schema`).
Namnare = Annotated[
    Annotated[Literal["alla", "besvarat"], Tag("ORD")] | Annotated[Villkorsgrupp, Tag("GRUPP")],
    Discriminator(lambda varde: "ORD" if isinstance(varde, str) else "GRUPP"),
]


class Andelsregel(Indikator):
    """A share of rows. Who counts is kalla or kallor, or the parent in `under`; urval limits the rows first.

    bas: whether the parent's numerator ("taljare") or its denominator ("namnare") is this one's denominator.
    """

    kalla: Text | None = None
    kallor: Kallor | None = None
    under: Text | None = None
    bas: Literal["taljare", "namnare"] = "taljare"
    dela_upp: Annotated[tuple[Text, ...], Lista] = ()

    def beror_av(self) -> tuple[str, ...]:
        return () if self.under is None else (self.under,)

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return tuple(kalla for kalla, _ in self.par(definitioner))

    def dimensioner(self) -> tuple[str, ...]:
        return self.dela_upp

    def par(self, definitioner: Mapping[str, Indikator]) -> tuple[tuple[str, str | None], ...]:
        """(källa, fråga) of each result: its own källor, else the parent's."""
        if self.kallor is not None:
            return tuple((k.kalla, k.fraga or self.egen_fraga()) for k in self.kallor)
        if self.kalla is not None:
            return ((self.kalla, self.egen_fraga()),)
        overst: Indikator | None = self
        for _ in range(len(definitioner) + 1):
            if not isinstance(overst, Andelsregel):
                return ()
            if overst.kalla is not None or overst.kallor is not None:
                return ((overst.par(definitioner)[0][0], self.egen_fraga()),)
            overst = definitioner.get(overst.under or "")
        return ()  # a circle, which is told when the config is read

    def egen_fraga(self) -> str | None:
        """The question it is about, when that is one."""
        return None

    def fragor_i(self, fraga: str | None) -> tuple[str, ...]:
        """All the questions that are read in a källa whose own question is `fraga`."""
        return () if fraga is None else (fraga,)

    def fragor_(self, kalla: str) -> tuple[str, ...]:
        egna = (k.fraga for k in self.kallor or () if k.kalla == kalla and k.fraga is not None)
        return self.fragor_i(next(egna, self.egen_fraga()))

    def taljare_uttryck(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        """Which rows of the denominator count."""
        raise NotImplementedError

    def namnare_uttryck(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        """Which rows are the denominator, without a parent."""
        raise NotImplementedError

    def matt(self, b: Berakning, kalla: str, fraga: str | None) -> Matt | None:
        """What to count; None when the källa lacks a column this year, so that nothing was measured."""
        if not self.ar_matt(b, kalla, fraga) or not all(b.har_kolumn(kalla, k) for k in self.urval):
            return None
        urval = self._kand_kon(b, kalla, fraga)
        if self.urval:
            urval += tuple((b.klausul(kalla, kolumn, varden),) for kolumn, varden in self.urval.items())
        taljare = self.taljare_uttryck(b, kalla, fraga)
        if self.under is None:
            return Matt(urval, self.namnare_uttryck(b, kalla, fraga), taljare)
        foralder = b.definitioner.get(self.under)
        over = foralder.matt(b, *foralder.par(b.definitioner)[0]) if isinstance(foralder, Andelsregel) else None
        if over is None:
            return None
        namnare = over.namnare if self.bas == "namnare" else over.namnare + over.taljare
        return Matt(over.urval + urval, namnare + self.smalare_namnare(b, kalla), taljare)

    def ar_matt(self, b: Berakning, kalla: str, fraga: str | None) -> bool:
        """Whether the källa holds what this is about this year."""
        return all(b.har_kolumn(kalla, k) for k in self.fragor_i(fraga))

    def smalare_namnare(self, b: Berakning, kalla: str) -> Uttryck:
        """What a rule asks of its denominator even under a parent."""
        return ()

    def _kand_kon(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        if not b.kand_kon or not any((kalla, f) in b.kand_kon for f in self.fragor_i(fraga)):
            return ()
        return ((b.klausul(kalla, "kon", ("kvinna", "man")),),)

    def utfall(self, b: Berakning) -> list[Utfall]:
        par = self.par(b.definitioner)
        flera = self.kallor is not None
        return [self._utfall(b, kalla, fraga, kalla if flera else None) for kalla, fraga in par]

    def _utfall(self, b: Berakning, kalla: str, fraga: str | None, grupp: str | None) -> Utfall:
        matt = self.matt(b, kalla, fraga)
        if matt is None:
            return Utfall(grupp, kalla, fraga, orsak=Orsak.INTE_MATT)
        rakning = b.rakna(kalla, matt)
        taljare, namnare = int(rakning.taljare[0]), int(rakning.namnare[0])
        enkat = b.data(kalla).kalla.typ == "enkat"
        rader = int(rakning.rader[0]) if enkat and self.har_bortfall() else None
        if namnare == 0:
            return Utfall(grupp, kalla, fraga, orsak=Orsak.INTE_MATT, rader=rader)
        varde = Fraction(100 * taljare, namnare)
        signaler = self.signaler(b, kalla, matt, rakning)
        signal, orsak = self._signal(signaler)
        intervall = wilson(taljare, namnare) if enkat and self.har_intervall() else None
        return Utfall(
            grupp,
            kalla,
            fraga,
            taljare,
            namnare,
            varde,
            signal=signal,
            orsak=orsak,
            rader=rader,
            intervall=intervall,
            osaker=omfattar_grans(intervall, self.gron, self.gul),
            delningar=_dela(b.visade_delar(kalla, self.dela_upp), rakning, signaler),
        )

    def signaler(self, b: Berakning, kalla: str, matt: Matt, rakning: Rakning) -> NDArray[np.int8] | None:
        """The signals of the whole and of every part, in the order of the Rakning; None without a limit."""
        return doma_andelar(rakning.taljare, rakning.namnare, self.gron, self.gul)

    def _signal(self, signaler: NDArray[np.int8] | None) -> tuple[Signal | None, Orsak | None]:
        """The signal of the whole."""
        if not self.har_signal:
            return None, None
        return (Signal.GRA, Orsak.INGET_MAL) if signaler is None else (SIGNALER[signaler[0]], None)

    def har_bortfall(self) -> bool:
        """Whether "did not answer" means something for it."""
        return True

    def har_intervall(self) -> bool:
        """Whether an interval means something for it, in a survey."""
        return True


def _dela(visade: Iterable[Visade], rakning: Rakning, signaler: NDArray[np.int8] | None) -> tuple[Delning, ...]:
    _, namnare, taljare = rakning
    egna = [None if signaler is None else signaler[plats] for _, _, plats in visade]
    return tuple([Delning(d, namn, taljare[p], namnare[p], s) for (d, namn, p), s in zip(visade, egna, strict=True)])


def villkor_uttryck(b: Berakning, kalla: str, villkor: Sequence[Villkor], alla: bool) -> Uttryck:
    """Conditions on one row as an expression: all of them, or any."""
    delar = [b.klausul(kalla, v.fraga, godkanda(b, kalla, v)) for v in villkor]
    return tuple((d,) for d in delar) if alla else (tuple(delar),)


def godkanda(b: Berakning, kalla: str, villkor: Villkor) -> tuple[str, ...]:
    """The answers that a condition accepts: those listed, or svar_minst and all after it on the scale."""
    if villkor.svar is not None:
        return villkor.svar
    skala = b.underlag.beskrivning.skala[b.data(kalla).kalla.fraga[villkor.fraga].skala]
    minst = villkor.svar_minst
    return skala.svar[skala.svar.index(minst) :] if minst in skala.svar else ()
