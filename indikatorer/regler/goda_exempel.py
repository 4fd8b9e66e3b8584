"""goda_exempel: how many published, reviewed stories are tagged with the indicator. None is a count, and red."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

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


class GodaExempel(Indikator):
    """kalla may be left out: then all källor of berattelser are searched."""

    regel: ClassVar[str] = "goda_exempel"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.MINST_ANTAL})
    raknar_personer: ClassVar[bool] = False

    kalla: Text | None = None

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return () if self.kalla is None else (self.kalla,)

    def utfall(self, b: Berakning) -> list[Utfall]:
        kallor = [k for k in b.underlag.kallor.values() if k.kalla.typ == "berattelser" and self.kalla in (None, k.id)]
        if not kallor:
            return [Utfall(None, self.kalla, enhet="", orsak=Orsak.INTE_MATT)]
        antal = sum(1 for k in kallor for berattelse in b.berattelser(k.id) if self.id in berattelse.indikatorer)
        signal, orsak = doma(Fraction(antal), self.gron, self.gul)
        return [Utfall(None, kallor[0].id, None, antal, None, Fraction(antal), "", signal=signal, orsak=orsak)]

    def kontrollera(self, k: Kontroll) -> None:
        if self.kalla is not None:
            k.kalla(self, ("kalla",), self.kalla, "berattelser")
        elif not any(d.kalla.typ == "berattelser" for d in k.underlag.kallor.values()):
            regel = "behöver en källa av typen berattelser i underlag.toml"
            k.fel(
                self,
                ("regel",),
                "saknad-kalla",
                "Regeln goda_exempel",
                regel,
                "Lägg till källan, eller ta bort indikatorn.",
            )
        if self.urval:
            k.fel(
                self,
                ("urval",),
                "onodigt-urval",
                "Regeln goda_exempel",
                "har inga rader att välja bland",
                "Ta bort urval.",
            )

    def huvudmening(self, sprak: Sprak) -> str:
        i = f" i {sprak.kallas(self.kalla)}" if self.kalla is not None else ""
        return f"antalet publicerade goda exempel på detta{i} ska vara {skriv_grans(self.gron, UTAN_GRANS)}."

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = (
            rf"antalet publicerade goda exempel på detta(?: i (?P<grupp>{sprak.grupp}))? ska vara (?P<gron>[^”]+)\."
        )
        traff = passar(monster, mening)
        if traff is None:
            return None
        kalla = sprak.kalla_med_ord(traff["grupp"]) if traff["grupp"] else None
        return {"kalla": kalla, "gron": las_grans_eller(traff["gron"], UTAN_GRANS)}

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"kalla": self.kalla}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_antal(resultat, sprak)
