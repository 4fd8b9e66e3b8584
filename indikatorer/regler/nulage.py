"""nulage: what each insats last answered about its state: ja, ja i stort sett, nej."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from indikatorer.beskrivning import Skala
from indikatorer.forklaring import forklara_nulage
from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.indikator import Indikator
from indikatorer.mening import CITAT, NAMN, Sprak, avcitera, citera, las_namn, passar, skriv_namn
from indikatorer.rader import grupper, rader_i_urval, varde
from indikatorer.resultat import Orsak, Resultat, Signal
from indikatorer.schema import Lista, Text
from indikatorer.utfall import Utfall

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll


class Nulage(Indikator):
    """The answer in the latest period. gron and gul are the words of an answer; every other answer is red."""

    regel: ClassVar[str] = "nulage"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.SVAR})

    kalla: Text
    fraga: Text
    per: Annotated[tuple[Text, ...], Lista, Field(max_length=1)] = ()

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        return (self.kalla,)

    def fragor_(self, kalla: str) -> tuple[str, ...]:
        return (self.fraga,)

    def utfall(self, b: Berakning) -> list[Utfall]:
        skala = b.skala_for(self.kalla, self.fraga)
        if skala is None or not all(b.har_kolumn(self.kalla, k) for k in (*self.per, *self.urval)):
            return [Utfall(None, self.kalla, self.fraga, enhet="", orsak=Orsak.INTE_MATT)]
        tabell = b.tabell(self.kalla)
        urval = rader_i_urval(tabell, self.urval)
        svar = [self._senaste(b, skala, grupp, rader) for grupp, rader in grupper(tabell, urval, self.per, self.urval)]
        return svar or [Utfall(None, self.kalla, self.fraga, enhet="", orsak=Orsak.INTE_MATT)]

    def _senaste(self, b: Berakning, skala: Skala, grupp: str | None, rader: list[int]) -> Utfall:
        """The last row of the latest period that holds an answer. Periods sort as text: 2024, 2024K1, 2024K2."""
        tabell = b.tabell(self.kalla)
        besvarade = [
            (varde(tabell, "period", rad), rad)
            for rad in rader
            if varde(tabell, self.fraga, rad) not in ("", *self.raknas_inte)
        ]
        if not besvarade:
            return Utfall(grupp, self.kalla, self.fraga, enhet="", orsak=Orsak.INTE_MATT)
        text = skala.text_for(varde(tabell, self.fraga, max(besvarade)[1]))
        signal, orsak = self._dom(text)
        return Utfall(grupp, self.kalla, self.fraga, enhet="", text=text, signal=signal, orsak=orsak)

    def _dom(self, text: str) -> tuple[Signal, Orsak | None]:
        if self.gron is None:
            return Signal.GRA, Orsak.INGET_MAL
        if _samma(text, self.gron):
            return Signal.GRON, None
        return (Signal.GUL if self.gul is not None and _samma(text, self.gul) else Signal.ROD), None

    def kontrollera(self, k: Kontroll) -> None:
        data = k.kalla(self, ("kalla",), self.kalla, "enkat", "register")
        if data is None:
            return
        for nummer, kolumn in enumerate(self.per):
            k.kolumn(self, ("per", nummer), data, kolumn)
        fraga = k.fraga(self, ("fraga",), data, self.fraga)
        skala = None if fraga is None else k.skala(fraga)
        if skala is not None:
            self._kontrollera_svar(k, skala)

    def _kontrollera_svar(self, k: Kontroll, skala: Skala) -> None:
        texter = [text.casefold() for text in skala.text]
        plats = {}
        for nyckel, grans in (("gron", self.gron), ("gul", self.gul)):
            if grans is None:
                continue
            if grans.text.casefold() in texter:
                plats[nyckel] = texter.index(grans.text.casefold())
            else:
                k.okand(self, (nyckel,), "svar", grans.text, texter)
        if plats.get("gron") == plats.get("gul", -1) or (skala.ordnad and plats.get("gul", -1) > plats.get("gron", 99)):
            regel = "ska vara ett sämre svar än det gröna"
            k.fel(
                self,
                ("gul",),
                "gul-inte-svagare",
                f"”{self.gul.text if self.gul else ''}”",
                regel,
                "Välj ett annat svar.",
            )

    def huvudmening(self, sprak: Sprak) -> str:
        per = f" för varje {skriv_namn(self.per[0])}" if self.per else ""
        svar = "är ännu inte beslutat" if self.gron is None else f"ska vara {citera(self.gron.text)}"
        return (
            f"det senaste svaret från {sprak.kallas(self.kalla)} på {sprak.fraga(self.kalla, self.fraga)} {svar}{per}."
        )

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = (
            rf"det senaste svaret från (?P<grupp>{sprak.grupp}) på (?P<fraga>{CITAT})"
            rf" (?:är ännu inte beslutat|ska vara (?P<gron>{CITAT}))(?: för varje (?P<per>{NAMN}))?\."
        )
        traff = passar(monster, mening)
        if traff is None:
            return None
        kalla = sprak.kalla_med_ord(traff["grupp"])
        return {
            "kalla": kalla,
            "fraga": sprak.fraga_med_text(kalla, traff["fraga"]),
            "per": (las_namn(traff["per"]),) if traff["per"] else (),
            "gron": Grans(Granstyp.SVAR, None, None, avcitera(traff["gron"])) if traff["gron"] else None,
        }

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        return {"kalla": self.kalla, "fraga": self.fraga, "per": self.per}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_nulage(resultat, sprak)


def _samma(text: str, grans: Grans) -> bool:
    return text.casefold() == grans.text.casefold()
