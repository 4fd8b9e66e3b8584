"""forandring: how much a published share changed from one period to the next, per kommun. 0.0 is no change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from indikatorer.forklaring import forklara_forandring
from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.kontroll_tabell import kontrollera_ett_varde_per_period, kontrollera_talkolumn
from indikatorer.mening import NAMN, Sprak, las_grans_eller, las_namn, passar, skriv_grans, skriv_namn
from indikatorer.rader import grupper, rader_i_urval, varde
from indikatorer.resultat import Orsak, Resultat
from indikatorer.schema import Lista, Text
from indikatorer.tal import antal_decimaler, las_tal
from indikatorer.utfall import Utfall, doma

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

UTAN_GRANS = "inom en ännu inte beslutad gräns"
OSAKER = "Källans värde är osäkert"
OLIKA_PERIODER = "olika perioder"
SKALBROTT = "Sättet att mäta har ändrats mellan perioderna, så de går inte att jämföra"


class Forandring(Indikator):
    """Later value minus earlier, in percentage points, with the source's decimals. per: a result per value of a column.

    fraga: the column of the values. perioder: two periods; the year before and the year itself when left out.
    """

    regel: ClassVar[str] = "forandring"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.LAGRE, Granstyp.HOGRE})
    raknar_personer: ClassVar[bool] = False

    kalla: Text
    fraga: Text = "andel"
    per: Annotated[tuple[Text, ...], Lista, Field(max_length=1)] = ()
    perioder: Annotated[tuple[Text, ...], Lista, Field(min_length=2, max_length=2)] | None = None

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return (self.kalla,)

    def utfall(self, b: Berakning) -> list[Utfall]:
        if not all(b.har_kolumn(self.kalla, k) for k in ("period", self.fraga, *self.per, *self.urval)):
            return [self._saknas(None)]
        tabell = b.tabell(self.kalla)
        urval = rader_i_urval(tabell, self.urval)
        alla = grupper(tabell, urval, self.per, self.urval)
        return [self._forandring(b, grupp, rader) for grupp, rader in alla] or [self._saknas(None)]

    def _forandring(self, b: Berakning, grupp: str | None, rader: list[int]) -> Utfall:
        perioder = self.perioder or (str(b.ar - 1), str(b.ar))
        tabell = b.tabell(self.kalla)
        par = [next((r for r in rader if varde(tabell, "period", r) == period), None) for period in perioder]
        texter = ["" if r is None else varde(tabell, self.fraga, r) for r in par]
        tal = [las_tal(t) for t in texter]
        status = {"" if r is None else varde(tabell, "status", r) for r in par}
        if self._skalbrott(b, perioder[0]):
            return self._saknas(grupp, SKALBROTT)
        if tal[0] is None or tal[1] is None or "saknas" in status:
            return self._saknas(grupp)
        skillnad = tal[1] - tal[0]
        signal, orsak = doma(skillnad, self.gron, self.gul)
        anmarkningar = [OSAKER] if "osaker" in status else []
        if _sort(perioder[0]) != _sort(perioder[1]):
            anmarkningar.append(OLIKA_PERIODER)
        return Utfall(
            grupp,
            self.kalla,
            varde=skillnad,
            enhet="procentenheter",
            decimaler=max(map(antal_decimaler, texter)),
            signal=signal,
            orsak=orsak,
            anmarkningar=tuple(anmarkningar),
        )

    def _saknas(self, grupp: str | None, *anmarkningar: str) -> Utfall:
        return Utfall(grupp, self.kalla, enhet="procentenheter", orsak=Orsak.INTE_MATT, anmarkningar=anmarkningar)

    def _skalbrott(self, b: Berakning, forsta: str) -> bool:
        """Whether the column is declared as valid only after the first period: then the two do not compare."""
        fraga = b.data(self.kalla).kalla.fraga.get(self.fraga)
        return fraga is not None and not fraga.galler(int(forsta[:4]) if forsta[:4].isdecimal() else b.ar)

    def kontrollera(self, k: Kontroll) -> None:
        data = k.kalla(self, ("kalla",), self.kalla, "statistik")
        if data is None or not k.kravd_kolumn(self, data, "period"):
            return
        if k.kolumn(self, ("fraga",), data, self.fraga):
            kontrollera_talkolumn(k, self, data, self.fraga)
        for nummer, kolumn in enumerate(self.per):
            k.kolumn(self, ("per", nummer), data, kolumn)
        for nummer, period in enumerate(self.perioder or ()):
            kanda = [] if data.tabell is None else [v for v in data.tabell.kolumner["period"].varden if v]
            if period not in kanda:
                k.okand(self, ("perioder", nummer), "period", period, kanda)
        kontrollera_ett_varde_per_period(k, self, data, self.per)

    def huvudmening(self, sprak: Sprak) -> str:
        per = f" för varje {skriv_namn(self.per[0])}" if self.per else ""
        fraga = "" if self.fraga == "andel" else f", enligt kolumnen {skriv_namn(self.fraga)}"
        perioder = (
            f", {skriv_namn(self.perioder[1])} jämfört med {skriv_namn(self.perioder[0])}" if self.perioder else ""
        )
        return f"{sprak.kallas(self.kalla)} ska vara {skriv_grans(self.gron, UTAN_GRANS)}{per}{fraga}{perioder}."

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = (
            rf"(?P<grupp>{sprak.grupp}) ska vara (?P<gron>lägre än året före|högre än året före|{UTAN_GRANS})"
            rf"(?: för varje (?P<per>{NAMN}))?(?:, enligt kolumnen (?P<fraga>{NAMN}))?"
            rf"(?:, (?P<andra>{NAMN}) jämfört med (?P<forsta>{NAMN}))?\."
        )
        traff = passar(monster, mening) or passar(f"(?i:{monster})", mening)
        if traff is None:
            return None
        return {
            "kalla": sprak.kalla_med_ord(traff["grupp"]),
            "gron": las_grans_eller(traff["gron"], UTAN_GRANS),
            "fraga": las_namn(traff["fraga"]) if traff["fraga"] else "andel",
            "per": (las_namn(traff["per"]),) if traff["per"] else (),
            "perioder": (las_namn(traff["forsta"]), las_namn(traff["andra"])) if traff["forsta"] else (),
        }

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"kalla": self.kalla, "fraga": self.fraga, "per": self.per, "perioder": self.perioder}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_forandring(resultat, sprak)


def _sort(period: str) -> str:
    """What kind of period it is: a year, a half-year, a quarter, a month."""
    return re.sub(r"\d", "0", period)
