"""What a changed config would give, before it is saved: results, signals that change, and index, this year and before.

Nothing is read from disk and nothing is stored: the underlag that `las_aret` has read and coded is used again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from indikatorer.definition import las_definitioner
from indikatorer.diagnos import Diagnos, ordnade
from indikatorer.evaluate import evaluate
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.resultat import Orsak, Resultat, Signal, Utvardering
from kansli.aret import Aret
from kansli.mal.prov import Ett, visa_prov

# A result in a year: (year, id, grupp).
Nyckel = tuple[int, str, str | None]


@dataclass(frozen=True)
class Signalandring:
    """A signal that the change turns. fore, efter: None where the result is not there before, or after."""

    ar: int
    id: str
    grupp: str | None
    nummer: str | None
    titel: str
    fore: Signal | None
    efter: Signal | None


@dataclass(frozen=True)
class Forhandsvisning:
    """A tried config beside the saved one, all years together.

    ar: the year that is changed. diagnoser: faults and warnings of the tried config, as `bokslut kontrollera` tells.
    fore: the saved year, as it may be shown. efter: the tried one; empty when it cannot be read at all.
    hallna: results of `efter` that are held back, since trying definitions must not tell what is hidden; they are
    without figure and signal until the change is saved. forberett: the tried config, None when it cannot be read.
    """

    ar: int
    diagnoser: tuple[Diagnos, ...]
    fore: Mapping[Nyckel, Resultat]
    efter: Mapping[Nyckel, Resultat]
    hallna: frozenset[Nyckel] = frozenset()
    forberett: Forberett | None = field(default=None, repr=False, compare=False)

    def antal_signaler(self, ar: int) -> int:
        """How many results of the tried config have a signal that year, those held back too."""
        return sum(1 for n, r in self.efter.items() if n[0] == ar and self._har_signal(n, r))

    def _har_signal(self, nyckel: Nyckel, r: Resultat) -> bool:
        return r.gron is not None if nyckel in self.hallna else _signal(r) is not None

    def andrade(self, ar: int | None = None) -> tuple[Signalandring, ...]:
        """The signals that turn, the latest year first; of one year when it is given. Those held back are not told."""
        return tuple(a for a in self._andrade() if ar in (None, a.ar))

    def hallna_signaler(self, ar: int) -> tuple[Resultat, ...]:
        """The results of a year whose signal is held back."""
        return tuple(self.efter[n] for n in self.efter if n in self.hallna and n[0] == ar)

    def ar_med_resultat(self) -> tuple[int, ...]:
        """The years, the latest first."""
        return tuple(sorted({n[0] for n in (*self.fore, *self.efter)}, reverse=True))

    def index(self) -> tuple[tuple[Resultat | None, Resultat | None], ...]:
        """Every index of the year, before and after; None where it is not there."""
        nycklar = dict.fromkeys((*self.efter, *self.fore))
        par = ((self.fore.get(n), self.efter.get(n)) for n in nycklar if n[0] == self.ar)
        return tuple((fore, efter) for fore, efter in par if "index" in {r.regel for r in (fore, efter) if r})

    def par(self, indikator: str, ar: int) -> tuple[tuple[Resultat | None, Resultat | None], ...]:
        """The results of an indicator that year, before and after, in the order of the tried config."""
        nycklar = [n for n in dict.fromkeys((*self.efter, *self.fore)) if n[:2] == (ar, indikator)]
        return tuple((self.fore.get(n), self.efter.get(n)) for n in nycklar)

    def _andrade(self) -> Iterator[Signalandring]:
        for nyckel in sorted(dict.fromkeys((*self.efter, *self.fore)), key=lambda n: -n[0]):
            fore, efter = self.fore.get(nyckel), self.efter.get(nyckel)
            par = _signal(fore), _signal(efter)
            r = efter or fore
            trasig = efter is not None and efter.orsak is Orsak.FEL_I_DEFINITIONEN  # which is told as a fault
            if r is not None and nyckel not in self.hallna and par[0] != par[1] and not trasig:
                yield Signalandring(*nyckel, r.nummer, r.titel, *par)


def forhandsvisa(aret: Aret, text: str) -> Forhandsvisning:
    """What the year would be with `text` as its config.

    The year stays the one of `aret`, whatever the text says, and so does the smallest group, unless it grows.
    """
    sparat = aret.forberett
    fore = {(u.ar, r.id, r.grupp): r for u in _aren(aret.utvardering) for r in u.resultat()}
    if text == sparat.definitioner.dok.text:
        return Forhandsvisning(sparat.ar, tuple(sparat.alla_diagnoser()), fore, fore, frozenset(), sparat)
    provat, fel = forbered_text(aret, text)
    if provat is None:
        return Forhandsvisning(sparat.ar, ordnade(fel), fore, {})
    minsta = max(aret.utvardering.minsta_grupp, provat.definitioner.bokslut.minsta_grupp)
    efter, hallna = _efter(provat, sparat, evaluate(provat, minsta, forhandsvisa=True), aret.utvardering)
    return Forhandsvisning(sparat.ar, tuple(provat.alla_diagnoser()), fore, efter, hallna, provat)


def forbered_text(aret: Aret, text: str) -> tuple[Forberett | None, list[Diagnos]]:
    """A tried config held against the underlag that is read already; None, and why, when it has no year to go by."""
    sparat = aret.forberett
    definitioner, fel = las_definitioner(sparat.definitioner.dok.fil, text.encode())
    if definitioner is None:
        return None, fel
    bokslut = definitioner.bokslut.model_copy(update={"ar": sparat.ar})
    nytt = forbered(replace(definitioner, bokslut=bokslut), sparat.underlag, [*fel, *_fel_i_filerna(sparat)])
    return replace(nytt, diagnoser=tuple(dict.fromkeys(nytt.diagnoser))), fel


def _fel_i_filerna(sparat: Forberett) -> Iterator[Diagnos]:
    """The faults that were found when the underlag was read: they do not go by the config."""
    for d in sparat.diagnoser:
        # A story that names an indicator is held against the tried config anew.
        taggar = d.fil.endswith(".md") and d.kod.startswith("okand-")
        if d.fil != sparat.definitioner.dok.fil and d.indikator is None and not taggar:
            yield d


def _efter(
    provat: Forberett, sparat: Forberett, provad: Utvardering, sparad: Utvardering
) -> tuple[dict[Nyckel, Resultat], frozenset[Nyckel]]:
    """The results of every year as they may be shown, each with the year before as that is shown."""
    visade, hallna = dict[Nyckel, Resultat](), set[Nyckel]()
    ar = zip(_forberedda(provat), _forberedda(sparat), _aren(provad), _aren(sparad), strict=True)
    for nytt, gammalt, ny, gammal in ar:
        resultat, egna = visa_prov(Ett(nytt, ny), Ett(gammalt, gammal))
        visade |= {(ny.ar, *vilket): r for vilket, r in resultat.items()}
        hallna |= {(ny.ar, *vilket) for vilket in egna}
    return {n: _med_fore(r, visade) for n, r in visade.items()}, frozenset(hallna)


def _med_fore(r: Resultat, visade: Mapping[Nyckel, Resultat]) -> Resultat:
    """With last year's figure and signal as that year shows them."""
    if r.foregaende is None:
        return r
    fore = visade[r.foregaende.ar, r.foregaende.id, r.grupp]
    nytt = replace(r.foregaende, varde=fore.varde, visat=fore.visat, signal=fore.signal, orsak=fore.orsak)
    return replace(r, foregaende=nytt)


def _aren(u: Utvardering) -> tuple[Utvardering, ...]:
    return (u, *u.aldre)


def _forberedda(forberett: Forberett) -> Iterator[Forberett]:
    nasta: Forberett | None = forberett
    while nasta is not None:
        yield nasta
        nasta = nasta.foregaende


def _signal(r: Resultat | None) -> Signal | None:
    """The signal of a result that could be judged; a faulty definition has none."""
    return None if r is None or r.orsak is Orsak.FEL_I_DEFINITIONEN else r.signal
