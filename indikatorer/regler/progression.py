"""progression: the share of persons whose latest measurement is higher than their first."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from indikatorer.forklaring import forklara_progression
from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.interval import wilson
from indikatorer.kontroll_tabell import kontrollera_en_rad_per_person
from indikatorer.mening import CITAT, Sprak, las_grans_eller, passar, skriv_grans
from indikatorer.resultat import Orsak, Resultat
from indikatorer.schema import Text
from indikatorer.tal import las_tal
from indikatorer.utfall import Utfall, doma, omfattar_grans

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

UTAN_GRANS = "en ännu inte beslutad andel"


class Progression(Indikator):
    """Persons with at least two answered measurements; one counts when the last is higher on the scale than the first.

    The källa has one row per person and measurement, with the columns person and matning (1, 2, …).
    """

    regel: ClassVar[str] = "progression"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.MINST_PROCENT, Granstyp.HOGST_PROCENT})

    kalla: Text
    fraga: Text

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return (self.kalla,)

    def fragor_(self, kalla: str) -> tuple[str, ...]:
        return (self.fraga,)

    def utfall(self, b: Berakning) -> list[Utfall]:
        kolumner = ("person", "matning", *self.urval)
        if b.skala_for(self.kalla, self.fraga) is None or not all(b.har_kolumn(self.kalla, k) for k in kolumner):
            return [Utfall(None, self.kalla, self.fraga, orsak=Orsak.INTE_MATT)]
        forsta, sista = self._par(b)
        taljare, namnare = int(np.count_nonzero(sista > forsta)), len(forsta)
        if namnare == 0:
            return [Utfall(None, self.kalla, self.fraga, orsak=Orsak.INTE_MATT)]
        varde = Fraction(100 * taljare, namnare)
        signal, orsak = doma(varde, self.gron, self.gul)
        intervall = wilson(taljare, namnare) if b.data(self.kalla).kalla.typ == "enkat" else None
        osaker = omfattar_grans(intervall, self.gron, self.gul)
        return [
            Utfall(
                None,
                self.kalla,
                self.fraga,
                taljare,
                namnare,
                varde,
                signal=signal,
                orsak=orsak,
                intervall=intervall,
                osaker=osaker,
            )
        ]

    def _par(self, b: Berakning) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """First and last code of each person with at least two answered measurements, in the same order."""
        tabell = b.tabell(self.kalla)
        _, besvarade = b.besvarad(self.kalla, self.fraga, self.raknas_inte)
        svar = tabell.kolumner[self.fraga].koder.astype(np.int64)
        med = np.isin(svar, list(besvarade)) & (tabell.kolumner["person"].koder > 0)
        for kolumn, varden in self.urval.items():
            _, koder = b.klausul(self.kalla, kolumn, varden)
            med &= np.isin(tabell.kolumner[kolumn].koder, list(koder))
        person = tabell.kolumner["person"].koder[med].astype(np.int64)
        tid = _matningstal(tabell.kolumner["matning"].etiketter)[tabell.kolumner["matning"].koder[med]]
        ordning = np.lexsort((tid, person))
        person, svar = person[ordning], svar[med][ordning]
        byte = np.flatnonzero(np.diff(person)) + 1
        start, slut = np.r_[0, byte], np.r_[byte, len(person)]
        flera = slut - start >= 2
        return svar[start[flera]], svar[slut[flera] - 1]

    def kontrollera(self, k: Kontroll) -> None:
        data = k.kalla(self, ("kalla",), self.kalla, "enkat", "register")
        if data is None:
            return
        fraga = k.fraga(self, ("fraga",), data, self.fraga)
        skala = None if fraga is None else k.skala(fraga)
        if skala is not None and not skala.ordnad:
            regel = "har en skala utan ordning, så inget svar är högre än ett annat"
            k.fel(self, ("fraga",), "skala-utan-ordning", f"”{self.fraga}”", regel, "Välj en fråga med ordnad skala.")
        for kolumn in ("person", "matning"):
            k.kravd_kolumn(self, data, kolumn)
        kontrollera_en_rad_per_person(k, self, data)

    def huvudmening(self, sprak: Sprak) -> str:
        gron, grupp = skriv_grans(self.gron, UTAN_GRANS), sprak.kallas(self.kalla)
        fraga = sprak.fraga(self.kalla, self.fraga)
        return (
            f"{gron} av {grupp} med minst två mätningar ska ligga högre vid den senaste än vid den första på {fraga}."
        )

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = (
            rf"(?P<gron>[^”]+?) av (?P<grupp>{sprak.grupp}) med minst två mätningar ska ligga högre vid den senaste"
            rf" än vid den första på (?P<fraga>{CITAT})\."
        )
        traff = passar(monster, mening)
        if traff is None:
            return None
        kalla = sprak.kalla_med_ord(traff["grupp"])
        fraga = sprak.fraga_med_text(kalla, traff["fraga"])
        return {"kalla": kalla, "fraga": fraga, "gron": las_grans_eller(traff["gron"], UTAN_GRANS)}

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"kalla": self.kalla, "fraga": self.fraga}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_progression(resultat, sprak)


def _matningstal(etiketter: tuple[str, ...]) -> NDArray[np.float64]:
    """The order of each measurement; one that is no number comes last of all, and was told as a fault."""
    tal = [las_tal(e) for e in etiketter]
    return np.array([np.inf if t is None else float(t) for t in tal])
