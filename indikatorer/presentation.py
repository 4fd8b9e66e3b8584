"""From an Utfall to a Resultat: protection applied, figures rounded for show, remarks added."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.mening import Sprak, skriv_mening
from indikatorer.resultat import FardigaOrd, Foregaende, Ord, Orsak, Resultat, Signal, Uppdelningsrad
from indikatorer.skydd.rojande import NASTAN_ALLA, Skydd
from indikatorer.utfall import SIGNALER, Delning, Utfall
from indikatorer.visning import DOLD, SAKNAS, visa, visa_andelar

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning

# What stands for a result whose figures are hidden.
_INGET: Final = Utfall(None, None)
TRASIGS_ORD: Final = FardigaOrd("", "Indikatorn kan inte räknas, för det är ett fel i hur den är beskriven.")
NASTAN_ALLA_SVARADE: Final = "Nästan alla tillfrågade har svarat, så den verkliga osäkerheten är mindre än intervallet."


@dataclass(frozen=True, slots=True)
class Indikatorord:
    """The words about the results of one indicator."""

    indikator: Indikator
    sprak: Sprak

    def mening(self) -> str:
        return skriv_mening(self.indikator, self.sprak)

    def forklaring(self, resultat: Resultat) -> str:
        return self.indikator.forklara(resultat, self.sprak)


def presentera(
    indikator: Indikator, utfall: Utfall, foregaende: Foregaende | None, ord_: Ord, b: Berakning
) -> Resultat:
    """The result as it may be shown."""
    skydd = b.skydd(indikator, utfall.kalla)
    dold = None if skydd is None else skydd.orsak(utfall)
    orsak = dold or utfall.orsak
    nolltolerans = indikator.granser == frozenset({Granstyp.SAMTLIGA})
    visat = _visat(indikator, utfall) if skydd is None or dold is None else skydd.visat(utfall, dold, nolltolerans)
    synligt = _INGET if dold else utfall
    # Too few answered this question, or the whole survey: then not even how many is told.
    tyst = dold is Orsak.FOR_FA_SVAR or (utfall.kalla is not None and b.for_fa_i(utfall.kalla))
    return Resultat(
        id=indikator.id,
        nummer=indikator.nummer,
        grupp=utfall.grupp,
        regel=indikator.regel,
        titel=indikator.titel,
        taljare=synligt.taljare,
        namnare=synligt.namnare,
        varde=synligt.varde,
        visat=visat,
        krav=None if indikator.gron is None else indikator.gron.text,
        gron=indikator.gron,
        gul=indikator.gul,
        signal=_signal(indikator, utfall, dold),
        orsak=orsak,
        ord_=ord_,
        intervall=synligt.intervall,
        osaker=synligt.osaker,
        svarsfrekvens=None if utfall.kalla is None or tyst else b.svarsfrekvens(utfall.kalla),
        bortfall=None if dold or tyst else _bortfall(utfall),
        foregaende=foregaende,
        delar=synligt.delar,
        uppdelning=tuple(r for d in utfall.delningar for r in _rader(indikator, utfall, d, skydd, dold)),
        anmarkningar=_anmarkningar(indikator, utfall, skydd, b),
        kalla=utfall.kalla,
        fraga=utfall.fraga,
    )


def trasigt_resultat(id_: str, titel: str, regel: str, nummer: object) -> Resultat:
    """What a preview shows of an indicator that cannot be computed because its definition is faulty."""
    return Resultat(
        id=id_,
        nummer=nummer if isinstance(nummer, str) else None,
        grupp=None,
        regel=regel,
        titel=titel,
        taljare=None,
        namnare=None,
        varde=None,
        visat=SAKNAS,
        krav=None,
        gron=None,
        gul=None,
        signal=Signal.GRA,
        orsak=Orsak.FEL_I_DEFINITIONEN,
        ord_=TRASIGS_ORD,
    )


def _signal(indikator: Indikator, utfall: Utfall, dold: Orsak | None) -> Signal | None:
    if not indikator.ger_signal():
        return None
    return Signal.GRA if dold is Orsak.FOR_FA_SVAR else utfall.signal


def _visat(indikator: Indikator, utfall: Utfall) -> str:
    if utfall.text is not None:
        return utfall.text
    if utfall.varde is None:
        return SAKNAS
    return visa(utfall.varde, utfall.enhet, utfall.decimaler, indikator.gron, indikator.gul)


def _bortfall(utfall: Utfall) -> int | None:
    if utfall.rader is None:
        return None
    if utfall.delar is not None:
        return utfall.rader - utfall.rest - sum(d.namnare for d in utfall.delar.values())
    return utfall.rader - int(utfall.namnare or 0)


def _rader(
    indikator: Indikator, utfall: Utfall, delning: Delning, skydd: Skydd | None, dold: Orsak | None
) -> list[Uppdelningsrad]:
    if dold is not None or (skydd is not None and skydd.doljer_delning(utfall, delning)):
        return [
            Uppdelningsrad(delning.dimension, del_, None, None, None, DOLD, None, Orsak.SKYDDAD)
            for del_ in delning.etiketter
        ]
    texter = visa_andelar(delning.taljare, delning.namnare, (indikator.gron, indikator.gul))
    tal = zip(delning.etiketter, delning.taljare.tolist(), delning.namnare.tolist(), texter, strict=True)
    signaler = [None] * len(texter) if delning.signaler is None else [SIGNALER[s] for s in delning.signaler.tolist()]
    return [_rad(indikator, delning.dimension, *rad, signal) for rad, signal in zip(tal, signaler, strict=True)]


def _rad(
    indikator: Indikator, dimension: str, del_: str, taljare: int, namnare: int, text: str | None, signal: Signal | None
) -> Uppdelningsrad:
    if namnare == 0:
        ingen = Signal.GRA if indikator.ger_signal() else None
        return Uppdelningsrad(dimension, del_, None, None, None, SAKNAS, ingen, Orsak.INTE_MATT)
    varde, orsak = Fraction(100 * taljare, namnare), None
    if signal is None and indikator.har_signal:
        signal, orsak = Signal.GRA, Orsak.INGET_MAL
    visat = text or visa(varde, "%", 0, indikator.gron, indikator.gul)
    return Uppdelningsrad(dimension, del_, taljare, namnare, varde, visat, signal, orsak)


def _anmarkningar(indikator: Indikator, utfall: Utfall, skydd: Skydd | None, b: Berakning) -> tuple[str, ...]:
    kallans = "" if utfall.kalla is None else b.data(utfall.kalla).kalla.anmarkning
    tackning = None if skydd is None or utfall.kalla is None else b.tackning(utfall.kalla)
    nastan = tackning is not None and tackning >= NASTAN_ALLA
    svarade = NASTAN_ALLA_SVARADE if nastan and utfall.intervall is not None else ""
    return tuple(a for a in (indikator.anmarkning, *utfall.anmarkningar, kallans, svarade) if a)
