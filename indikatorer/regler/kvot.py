"""kvot: one sum divided by another, such as outcome by budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from indikatorer.forklaring import forklara_kvot
from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.kontroll_tabell import kontrollera_talkolumn
from indikatorer.mening import NAMN, Sprak, las_grans_eller, las_namn, passar, skriv_grans, skriv_namn
from indikatorer.rader import grupper, rader_i_urval
from indikatorer.resultat import Orsak, Resultat, Tal
from indikatorer.schema import Lista, Text
from indikatorer.tal import las_tal
from indikatorer.utfall import Utfall, doma

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

UTAN_GRANS = "inom en ännu inte beslutad gräns"


class Kvot(Indikator):
    """Sum of the column `taljare` / sum of the column `namnare`, in percent. per: one result per value of a column."""

    regel: ClassVar[str] = "kvot"
    granser: ClassVar[frozenset[Granstyp]] = frozenset(
        {Granstyp.MINST_PROCENT, Granstyp.HOGST_PROCENT, Granstyp.MELLAN_PROCENT}
    )
    raknar_personer: ClassVar[bool] = False
    hogst_hundra: ClassVar[bool] = False

    kalla: Text
    taljare: Text
    namnare: Text
    per: Annotated[tuple[Text, ...], Lista, Field(max_length=1)] = ()

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return (self.kalla,)

    def utfall(self, b: Berakning) -> list[Utfall]:
        if not all(b.har_kolumn(self.kalla, k) for k in (self.taljare, self.namnare, *self.per, *self.urval)):
            return [Utfall(None, self.kalla, orsak=Orsak.INTE_MATT)]
        tabell = b.tabell(self.kalla)
        urval = rader_i_urval(tabell, self.urval)
        svar = [self._kvot(b, grupp, rader) for grupp, rader in grupper(tabell, urval, self.per, self.urval)]
        return svar or [Utfall(None, self.kalla, orsak=Orsak.INTE_MATT)]

    def _kvot(self, b: Berakning, grupp: str | None, rader: list[int]) -> Utfall:
        taljare, namnare = (self._summa(b, kolumn, rader) for kolumn in (self.taljare, self.namnare))
        if not namnare or taljare is None:
            return Utfall(grupp, self.kalla, orsak=Orsak.INTE_MATT, taljare=None, namnare=None)
        varde = 100 * taljare / namnare
        signal, orsak = doma(varde, self.gron, self.gul)
        return Utfall(
            grupp, self.kalla, None, _helst_heltal(taljare), _helst_heltal(namnare), varde, signal=signal, orsak=orsak
        )

    def _summa(self, b: Berakning, kolumn: str, rader: list[int]) -> Fraction | None:
        """The exact sum, each row as many times as its antal says; None when every cell is empty."""
        tabell = b.tabell(self.kalla)
        kodad = tabell.kolumner[kolumn]
        tal = [las_tal(kodad.etiketter[kodad.koder[r]]) for r in rader]
        vikter = [1 if tabell.antal is None else int(tabell.antal[r]) for r in rader]
        kanda = [t * v for t, v in zip(tal, vikter, strict=True) if t is not None]
        return sum(kanda, Fraction(0)) if kanda else None

    def kontrollera(self, k: Kontroll) -> None:
        data = k.kalla(self, ("kalla",), self.kalla, "register", "statistik")
        if data is None:
            return
        for nyckel, kolumn in self._kolumner():
            if k.kolumn(self, nyckel, data, kolumn) and nyckel[0] != "per":
                kontrollera_talkolumn(k, self, data, kolumn)

    def _kolumner(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield ("taljare",), self.taljare
        yield ("namnare",), self.namnare
        for nummer, kolumn in enumerate(self.per):
            yield ("per", nummer), kolumn

    def huvudmening(self, sprak: Sprak) -> str:
        per = f", räknat per {skriv_namn(self.per[0])}" if self.per else ""
        return (
            f"kvoten {skriv_namn(self.taljare)} delat med {skriv_namn(self.namnare)} bland {sprak.kallas(self.kalla)}"
            f" ska vara {skriv_grans(self.gron, UTAN_GRANS)}{per}."
        )

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = (
            rf"kvoten (?P<taljare>{NAMN}) delat med (?P<namnare>{NAMN}) bland (?P<grupp>{sprak.grupp})"
            rf" ska vara (?P<gron>[^”]+?)(?:, räknat per (?P<per>{NAMN}))?\."
        )
        traff = passar(monster, mening)
        if traff is None:
            return None
        return {
            "kalla": sprak.kalla_med_ord(traff["grupp"]),
            "taljare": las_namn(traff["taljare"]),
            "namnare": las_namn(traff["namnare"]),
            "per": (las_namn(traff["per"]),) if traff["per"] else (),
            "gron": las_grans_eller(traff["gron"], UTAN_GRANS),
        }

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"kalla": self.kalla, "taljare": self.taljare, "namnare": self.namnare, "per": self.per}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_kvot(resultat, self.taljare, self.namnare, sprak)


def _helst_heltal(tal: Fraction) -> Tal:
    return int(tal) if tal.denominator == 1 else tal
