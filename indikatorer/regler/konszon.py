"""konszon: the shares of women and of men both lie in the zone, limits included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from indikatorer.andelsregel import Andelsregel
from indikatorer.counts import Matt, Rakning, Uttryck
from indikatorer.forklaring import forklara_konszon
from indikatorer.gransvarde import Granstyp
from indikatorer.kontroll_andel import kontrollera_kallor
from indikatorer.mening import Sprak, las_grans_eller, passar, skriv_grans
from indikatorer.resultat import Resultat
from indikatorer.svarsmening import las_vilka, skriv_vilka, vilka_monster
from indikatorer.utfall import doma_andelar

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

KANDA: tuple[str, ...] = ("kvinna", "man", "annat")
UTAN_GRANS = "inom en ännu inte beslutad zon"


class Konszon(Andelsregel):
    """The share of one gender among those whose gender is kvinna, man or annat. redovisa: whose share is shown."""

    regel: ClassVar[str] = "konszon"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.MELLAN_PROCENT})

    redovisa: Literal["kvinna", "man"] = "kvinna"

    def fragor_i(self, fraga: str | None) -> tuple[str, ...]:
        return ("kon",)

    def namnare_uttryck(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        return ((b.klausul(kalla, "kon", KANDA),),)

    def smalare_namnare(self, b: Berakning, kalla: str) -> Uttryck:
        return self.namnare_uttryck(b, kalla, None)

    def taljare_uttryck(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        return ((b.klausul(kalla, "kon", (self.redovisa,)),),)

    def signaler(self, b: Berakning, kalla: str, matt: Matt, rakning: Rakning) -> NDArray[np.int8] | None:
        """The worse signal of the two genders: "annat" may push one of them out of the zone alone."""
        annan = "man" if self.redovisa == "kvinna" else "kvinna"
        andra = b.rakna(kalla, matt._replace(taljare=((b.klausul(kalla, "kon", (annan,)),),)))
        forsta = doma_andelar(rakning.taljare, rakning.namnare, self.gron, self.gul)
        sist = doma_andelar(andra.taljare, andra.namnare, self.gron, self.gul)
        return None if forsta is None or sist is None else np.maximum(forsta, sist)

    def kontrollera(self, k: Kontroll) -> None:
        kontrollera_kallor(k, self)
        if "kon" in self.dela_upp:
            nummer = self.dela_upp.index("kon")
            regel = "är det som en könszon redan visar, så den kan inte delas upp på kön"
            k.fel(self, ("dela_upp", nummer), "onodig-uppdelning", "”kon”", regel, "Ta bort den ur listan.")

    def huvudmening(self, sprak: Sprak) -> str:
        par = self.par(sprak.indikatorer)
        vilka = skriv_vilka(par, "besvarat", self.under, self.bas, sprak)
        gron = skriv_grans(self.gron, UTAN_GRANS)
        visas = "" if self.redovisa == "kvinna" else ", och männens andel redovisas"
        return f"andelen kvinnor och andelen män bland {vilka} ska båda vara {gron}{visas}."

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        vilka = vilka_monster(sprak)
        gron = r"(?P<gron>[^”]+?)(?P<man>, och männens andel redovisas)?"
        traff = passar(rf"andelen kvinnor och andelen män bland {vilka} ska båda vara {gron}\.", mening)
        if traff is None:
            return None
        nycklar = las_vilka(traff, sprak)
        kallor = nycklar.pop("kallor", ())
        nycklar.pop("namnare", None)
        gransen = las_grans_eller(traff["gron"], UTAN_GRANS)
        return nycklar | {"kallor": kallor, "gron": gransen, "redovisa": "man" if traff["man"] else "kvinna"}

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        if self.under is not None:
            return {"under": self.under, "bas": self.bas, "redovisa": self.redovisa}
        return {"kallor": self.kallor_(sprak.indikatorer), "redovisa": self.redovisa}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_konszon(resultat, self.redovisa, sprak)
