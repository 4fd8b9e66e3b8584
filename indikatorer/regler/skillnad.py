"""skillnad: the difference between women's and men's share in another indicator."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from indikatorer.andelsregel import Andelsregel
from indikatorer.forklaring import forklara_skillnad
from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.interval import newcombe
from indikatorer.mening import CITAT, Sprak, las_grans_eller, passar, skriv_grans
from indikatorer.resultat import Del, Orsak, Resultat
from indikatorer.schema import Text
from indikatorer.utfall import Utfall, doma, omfattar_grans
from indikatorer.visning import avrunda

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

UTAN_GRANS = "inom en ännu inte beslutad gräns"
AVRUNDADE = ", räknad på hela procent"


class Skillnad(Indikator):
    """Women's share minus men's, in percentage points; the limit is on its size.

    av: an indicator about a share. raknad_pa: "avrundade" takes the difference of whole percents, as some do.
    """

    regel: ClassVar[str] = "skillnad"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.HOGST_ENHETER})

    av: Text
    raknad_pa: Literal["exakta", "avrundade"] = "exakta"

    def beror_av(self) -> tuple[str, ...]:
        return (self.av,)

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        av = definitioner.get(self.av)
        return av.kallor_(definitioner)[:1] if isinstance(av, Andelsregel) else ()

    def dimensioner(self) -> tuple[str, ...]:
        return ("kon",)

    def utfall(self, b: Berakning) -> list[Utfall]:
        av = b.definitioner.get(self.av)
        if not isinstance(av, Andelsregel):
            return [Utfall(None, None, orsak=Orsak.INTE_MATT)]
        kalla, fraga = av.par(b.definitioner)[0]
        matt = av.matt(b, kalla, fraga)
        if matt is None or not b.har_kolumn(kalla, "kon"):
            return [Utfall(None, kalla, fraga, orsak=Orsak.INTE_MATT)]
        eget = tuple((b.klausul(kalla, kolumn, varden),) for kolumn, varden in self.urval.items())
        rakning = b.rakna(kalla, matt._replace(urval=matt.urval + eget))
        plats, _ = b.delar(kalla, "kon")
        tal = [(int(rakning.taljare[i]), int(rakning.namnare[i])) for i in (plats.start, plats.start + 1)]
        alla = int(rakning.namnare[0])
        enkat = b.data(kalla).kalla.typ == "enkat"
        rader = int(rakning.rader[0]) - alla if enkat and av.har_bortfall() else None
        return [self._jamfor(kalla, fraga, tal, alla, rader, enkat)]

    def _jamfor(
        self, kalla: str, fraga: str | None, tal: list[tuple[int, int]], alla: int, bortfall: int | None, enkat: bool
    ) -> Utfall:
        if not all(namnare for _, namnare in tal):
            return Utfall(None, kalla, fraga, orsak=Orsak.INTE_MATT)
        kvinna, man = (Del(t, n, Fraction(100 * t, n)) for t, n in tal)
        if self.raknad_pa == "avrundade":
            varde = avrunda(kvinna.varde) - avrunda(man.varde)
        else:
            varde = kvinna.varde - man.varde
        signal, orsak = doma(abs(varde), self.gron, self.gul)
        intervall = newcombe(tal[0], tal[1]) if enkat else None
        return Utfall(
            None,
            kalla,
            fraga,
            varde=varde,
            enhet="procentenheter",
            signal=signal,
            orsak=orsak,
            rader=None if bortfall is None else bortfall + alla,
            rest=alla - kvinna.namnare - man.namnare,
            intervall=intervall,
            osaker=self._osaker(intervall),
            delar={"kvinna": kvinna, "man": man},
        )

    def _osaker(self, intervall: tuple[float, float] | None) -> bool | None:
        """The limit is on the size of the difference, so it stands on both sides of 0."""
        if intervall is None:
            return None
        speglat = (-intervall[1], -intervall[0])
        return bool(omfattar_grans(intervall, self.gron, self.gul) or omfattar_grans(speglat, self.gron, self.gul))

    def kontrollera(self, k: Kontroll) -> None:
        av = k.indikator(self, ("av",), self.av)
        if av is None:
            return
        if not isinstance(av, Andelsregel) or av.regel == "konszon" or av.kallor is not None:
            regel = "ska vara en indikator om en andel i en enda källa, för att kunna delas på kvinnor och män"
            k.fel(self, ("av",), "fel-sorts-indikator", f"”{self.av}”", regel, "Välj en annan indikator.")
            return
        for kalla in av.kallor_(k.indikatorer):
            data = k.underlag.kallor.get(kalla)
            if data is not None:
                k.kravd_kolumn(self, data, "kon")

    def huvudmening(self, sprak: Sprak) -> str:
        gron = skriv_grans(self.gron, UTAN_GRANS)
        hur = AVRUNDADE if self.raknad_pa == "avrundade" else ""
        return f"skillnaden mellan kvinnor och män i {sprak.titel(self.av)} ska vara {gron}{hur}."

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = (
            rf"skillnaden mellan kvinnor och män i (?P<av>{CITAT}) ska vara (?P<gron>[^”]+?)(?P<hur>{AVRUNDADE})?\."
        )
        traff = passar(monster, mening)
        if traff is None:
            return None
        return {
            "av": sprak.indikator_med_titel(traff["av"]),
            "gron": las_grans_eller(traff["gron"], UTAN_GRANS),
            "raknad_pa": "avrundade" if traff["hur"] else "exakta",
        }

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"av": self.av, "raknad_pa": self.raknad_pa}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_skillnad(resultat, sprak)
