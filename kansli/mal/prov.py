"""What may be shown of a definition that is only tried: no more than its saved version has shown, and what is harmless.

Whoever may try definitions one after another can ask anything, also about one person: a share of eleven and then of
ten of them tells of the eleventh. So a figure of a trial is shown only when it is known already, or when all that can
ever be learnt by trying is what CONTRACT section 4 shows of a question anyway. docs/beslut/0008-forhandsvisning.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from indikatorer.definition import Definitioner
from indikatorer.forberedelse import Forberett
from indikatorer.indikator import Indikator, grunder
from indikatorer.resultat import Orsak, Resultat, Signal, Uppdelningsrad, Utvardering
from indikatorer.svarsandel import Svarsandel
from indikatorer.visning import DOLD

# The keys that do not decide what is counted: words, limits, years, and what the figures are split by.
_EJ_RAKNING: Final = frozenset(
    {"id", "titel", "nummer", "mal", "gron", "gul", "anmarkning", "ersatter", "fran", "till", "dela_upp"}
    | {"vid_liten_rest"}
)
_DOLDA: Final = (Orsak.SKYDDAD, Orsak.FOR_FA_SVAR)
# A question of a källa.
Fraga = tuple[str, str]
# (id, grupp) of a result.
Vilket = tuple[str, str | None]


@dataclass(frozen=True)
class Ett:
    """One year with one set of definitions. skyddad: its evaluation as it may be shown."""

    forberett: Forberett
    skyddad: Utvardering

    @cached_property
    def giltiga(self) -> dict[str, Indikator]:
        """The indicators of the year."""
        return self.forberett.definitioner.giltiga(self.forberett.ar)

    @cached_property
    def resultat(self) -> dict[Vilket, Resultat]:
        """Its results."""
        return {(r.id, r.grupp): r for r in self.skyddad.resultat()}

    @cached_property
    def rakningar(self) -> dict[str, Any]:
        """What each indicator counts."""
        return {id_: rakning(i, self.giltiga) for id_, i in self.giltiga.items()}

    @cached_property
    def bundna_fragor(self) -> frozenset[Fraga]:
        """The questions where a share of all would tell more than is shown: a whole is hidden of it, or a part shown.

        A hidden comparison of women and men binds nothing: the share of all says no more of it than it says already.
        """
        bundna = {r.id for r in self.skyddad.resultat() if r.orsak in _DOLDA and r.regel != "skillnad"}
        delar = {id_ for id_, i in self.giltiga.items() if not all(map(self.ar_av_alla, grunder(i, self.giltiga)))}
        valda = (self.giltiga[id_] for id_ in bundna | delar if id_ in self.giltiga)
        return frozenset(f for i in valda for f in _fragor(i, self.giltiga))

    def ar_av_alla(self, indikator: Indikator) -> bool:
        """Whether it counts everyone who answered, and not those of an urval, a parent or a condition."""
        if indikator.urval or indikator.raknas_inte != self.forberett.definitioner.standard.raknas_inte:
            return False
        if not isinstance(indikator, Svarsandel):
            return indikator.regel in ("konszon", "skillnad")
        return indikator.under is None and indikator.taljare is None and indikator.namnare == "besvarat"

    @cached_property
    def kand_kon(self) -> frozenset[Fraga]:
        """The questions that may be counted among those of known gender only, if the definitions are followed."""
        valda = (i for i in self.giltiga.values() if i.vid_liten_rest == "bas_kand_kon" and "kon" in i.dimensioner())
        return frozenset(f for i in valda for f in _fragor(i, self.giltiga))


def rakning(indikator: Indikator, alla: Mapping[str, Indikator]) -> Any:
    """What an indicator counts, its parents included: two that are equal here have the same figures, always."""
    return tuple(
        (i.regel, *((namn, varde) for namn, varde in i if namn not in _EJ_RAKNING)) for i in grunder(indikator, alla)
    )


def visa_prov(provat: Ett, sparat: Ett) -> tuple[dict[Vilket, Resultat], frozenset[Vilket]]:
    """The results of a trial as they may be shown, and which of them are held back until the change is saved.

    provat: the trial, with each result protected on its own. sparat: the year as it is saved, wholly protected.
    """
    if not sparat.skyddad.minsta_grupp:
        return provat.resultat, frozenset()
    visade, hallna = dict[Vilket, Resultat](), set[Vilket]()
    for vilket, r in provat.resultat.items():
        visat = _visa(r, provat, sparat)
        visade[vilket] = _hall(r) if visat is None else visat
        if visat is None:
            hallna.add(vilket)
    _hall_index(provat, visade, hallna)
    return visade, frozenset(hallna)


def _visa(r: Resultat, provat: Ett, sparat: Ett) -> Resultat | None:
    """A result as it may be shown, None when it must wait."""
    indikator = provat.giltiga.get(r.id)
    if indikator is None or r.orsak is Orsak.FEL_I_DEFINITIONEN or _ar_oppen(indikator, provat):
        return r
    fragor = set(_fragor(indikator, provat.giltiga))
    if fragor & (provat.kand_kon ^ sparat.kand_kon):
        return None
    kand = _kant(r, indikator, provat, sparat)
    if kand is not None:
        return _som_kand(r, kand)
    return _utan_delning(r) if _ar_enkel(indikator, sparat, fragor) else None


def _ar_oppen(indikator: Indikator, provat: Ett) -> bool:
    """Whether there is nobody to protect: public figures, stories, and källor where nothing is measured yet."""
    kallor = provat.forberett.underlag.kallor
    return not any(
        kallor[id_].kalla.skydd == "personer" and _har_rader(provat.forberett, id_)
        for id_ in indikator.kallor_(provat.giltiga)
        if id_ in kallor
    )


def _har_rader(forberett: Forberett, kalla: str) -> bool:
    kodad = forberett.kodade.get(kalla)
    return kodad is not None and (kodad.raknat is not None or kodad.rader > 0)


def _kant(r: Resultat, indikator: Indikator, provat: Ett, sparat: Ett) -> Resultat | None:
    """The saved result that counts the same, whatever it is called; None when there is none."""
    sokt = provat.rakningar[indikator.id]
    for id_ in (r.id, *sparat.rakningar):
        kand = sparat.resultat.get((id_, r.grupp))
        if kand is not None and sparat.rakningar.get(id_) == sokt and kand.orsak is not Orsak.FEL_I_DEFINITIONEN:
            return kand
    return None


def _som_kand(r: Resultat, kand: Resultat) -> Resultat | None:
    """The result with what is hidden of the known one hidden here too. A hidden figure may not be judged anew."""
    if kand.orsak not in _DOLDA:
        return replace(r, uppdelning=_kanda_rader(r, kand)) if _siffror(r) == _siffror(kand) else None
    if (r.gron, r.gul) != (kand.gron, kand.gul) and r.gron is not None and kand.orsak is Orsak.SKYDDAD:
        return None
    signal = None if r.signal is None else Signal.GRA if r.gron is None else kand.signal
    return replace(_hall(r), visat=kand.visat, signal=signal, orsak=kand.orsak)


def _kanda_rader(r: Resultat, kand: Resultat) -> tuple[Uppdelningsrad, ...]:
    """The split with the rows that are not shown already hidden; an enhet may have been put together with another."""
    visade = {(u.dimension, u.del_, u.taljare, u.namnare) for u in kand.uppdelning if u.orsak not in _DOLDA}
    return tuple(u if (u.dimension, u.del_, u.taljare, u.namnare) in visade else _dold_rad(u) for u in r.uppdelning)


def _siffror(r: Resultat) -> tuple[object, ...]:
    """All that was counted, but for the split."""
    return r.taljare, r.namnare, r.varde, r.delar, r.bortfall


def _ar_enkel(indikator: Indikator, sparat: Ett, fragor: set[Fraga]) -> bool:
    """Whether it is a share of all who answered one question that is not sensitive, and about which nothing is hidden.

    All that such trials can ever tell, however many, is how many gave each answer.
    """
    if not isinstance(indikator, Svarsandel) or not sparat.ar_av_alla(indikator) or fragor & sparat.bundna_fragor:
        return False
    kallor = sparat.forberett.underlag.kallor
    return all(
        id_ in kallor and kallor[id_].kalla.typ == "enkat" and not _ar_kanslig(sparat, id_, fraga)
        for id_, fraga in fragor
    )


def _ar_kanslig(ett: Ett, kalla: str, fraga: str) -> bool:
    """A question is sensitive when it is said to be, and when an indicator of zero tolerance reads it."""
    uppgift = ett.forberett.underlag.kallor[kalla].kalla.fraga.get(fraga)
    nolltolerans = (i for i in ett.giltiga.values() if i.regel == "nolltolerans")
    return uppgift is None or uppgift.kanslig or any((kalla, fraga) in _fragor(i, ett.giltiga) for i in nolltolerans)


def _hall_index(provat: Ett, visade: dict[Vilket, Resultat], hallna: set[Vilket]) -> None:
    """Hold back an index that would tell a signal that is held back. An index may be about another one."""
    d: Definitioner = provat.forberett.definitioner
    medlemmar = d.medlemmar(provat.forberett.ar)
    for _ in medlemmar:
        ids = {id_ for id_, _ in hallna}
        nya = {v for v, r in visade.items() if v not in hallna and ids & set(medlemmar.get(r.id, ()))}
        if not nya:
            return
        hallna |= nya
        visade.update({v: _hall(visade[v]) for v in nya})


def _hall(r: Resultat) -> Resultat:
    """The result without anything that was counted."""
    return replace(
        r,
        taljare=None,
        namnare=None,
        varde=None,
        visat=DOLD,
        signal=None,
        orsak=Orsak.SKYDDAD,
        intervall=None,
        osaker=None,
        bortfall=None,
        delar=None,
        uppdelning=tuple(map(_dold_rad, r.uppdelning)),
    )


def _utan_delning(r: Resultat) -> Resultat:
    return replace(r, uppdelning=tuple(map(_dold_rad, r.uppdelning)))


def _dold_rad(rad: Uppdelningsrad) -> Uppdelningsrad:
    return Uppdelningsrad(rad.dimension, rad.del_, None, None, None, DOLD, None, Orsak.SKYDDAD)


def _fragor(indikator: Indikator, alla: Mapping[str, Indikator]) -> Iterator[Fraga]:
    """Every question that an indicator's figures come from, those of its parents too."""
    kallor = indikator.kallor_(alla)
    yield from dict.fromkeys((k, f) for g in grunder(indikator, alla) for k in kallor for f in g.fragor_(k))
