"""antal: how many, as the sum of `antal` over urval."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from indikatorer.counts import Matt
from indikatorer.forklaring import forklara_antal
from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.mening import Sprak, las_grans_eller, passar, skriv_grans
from indikatorer.resultat import Orsak, Resultat
from indikatorer.schema import Text
from indikatorer.utfall import Utfall, doma

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

UTAN_GRANS = "inom en ännu inte beslutad gräns"


class Antal(Indikator):
    """A count of persons, answers or whatever a row stands for. An empty källa was not measured; a 0 within it was."""

    regel: ClassVar[str] = "antal"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.MINST_ANTAL, Granstyp.MINST_ANTAL_PER_AR})

    kalla: Text

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return (self.kalla,)

    def utfall(self, b: Berakning) -> list[Utfall]:
        matbart = b.har_tabell(self.kalla) and all(b.har_kolumn(self.kalla, k) for k in self.urval)
        if not matbart or b.tabell(self.kalla).rader == 0:
            return [Utfall(None, self.kalla, enhet="", orsak=Orsak.INTE_MATT)]
        urval = tuple((b.klausul(self.kalla, kolumn, varden),) for kolumn, varden in self.urval.items())
        antal = int(b.rakna(self.kalla, Matt(urval, (), ())).rader[0])
        signal, orsak = doma(Fraction(antal), self.gron, self.gul)
        return [Utfall(None, self.kalla, None, antal, None, Fraction(antal), "", signal=signal, orsak=orsak)]

    def kontrollera(self, k: Kontroll) -> None:
        k.kalla(self, ("kalla",), self.kalla, "enkat", "register")

    def huvudmening(self, sprak: Sprak) -> str:
        return f"antalet räknat bland {sprak.kallas(self.kalla)} ska vara {skriv_grans(self.gron, UTAN_GRANS)}."

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        traff = passar(rf"antalet räknat bland (?P<grupp>{sprak.grupp}) ska vara (?P<gron>[^”]+)\.", mening)
        if traff is None:
            return None
        return {"kalla": sprak.kalla_med_ord(traff["grupp"]), "gron": las_grans_eller(traff["gron"], UTAN_GRANS)}

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"kalla": self.kalla}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_antal(resultat, sprak)
