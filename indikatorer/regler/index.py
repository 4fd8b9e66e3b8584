"""index: how large a share of some indicators' results are green, each with its weight."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from indikatorer.forklaring import forklara_index
from indikatorer.gransvarde import Granstyp
from indikatorer.indikator import Indikator
from indikatorer.mening import CITAT, CITATLISTA, Sprak, citat, citera, las_grans_eller, passar
from indikatorer.resultat import Orsak, Resultat, Signal
from indikatorer.schema import Texter, uppraknat
from indikatorer.tal import las_tal, skriv_exakt
from indikatorer.utfall import Utfall, doma

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll

BEDOMDA = (Signal.GRON, Signal.GUL, Signal.ROD)

# Weights may be written 2, 0.5 or "0,5"; they are kept exactly.
Vikt = Annotated[
    Fraction, BeforeValidator(lambda v: las_tal(str(v)) if isinstance(v, int | float | str) else v), Field(gt=0)
]


class Index(Indikator):
    """Green / (green + yellow + red) over the results of `av`, where * stands for anything; grey ones do not count.

    vikt: id or wildcard → weight; 1 where none is given. Without gron it has no signal.
    """

    regel: ClassVar[str] = "index"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.MINST_PROCENT})
    raknar_personer: ClassVar[bool] = False

    av: Texter
    vikt: Mapping[str, Vikt] = Field(default_factory=dict)

    def beror_av(self) -> tuple[str, ...]:
        return self.av

    def ger_signal(self) -> bool:
        return self.gron is not None

    def vikt_for(self, indikator: str) -> Fraction:
        """The weight of a member: its own id before any wildcard."""
        egen = self.vikt.get(indikator)
        monster = (v for m, v in self.vikt.items() if fnmatchcase(indikator, m))
        return egen if egen is not None else next(monster, Fraction(1))

    def utfall(self, b: Berakning) -> list[Utfall]:
        vikter = [
            (self.vikt_for(id_), signal)
            for id_ in b.medlemmar(self.id)
            for signal in b.visade_signaler(id_)
            if signal in BEDOMDA
        ]
        namnare = sum((vikt for vikt, _ in vikter), Fraction(0))
        if not namnare:
            return [Utfall(None, None, orsak=Orsak.INTE_MATT)]
        taljare = sum((vikt for vikt, signal in vikter if signal is Signal.GRON), Fraction(0))
        varde = 100 * taljare / namnare
        signal, orsak = (None, None) if self.gron is None else doma(varde, self.gron, self.gul)
        return [
            Utfall(
                None,
                None,
                taljare=_helst_heltal(taljare),
                namnare=_helst_heltal(namnare),
                varde=varde,
                signal=signal,
                orsak=orsak,
            )
        ]

    def kontrollera(self, k: Kontroll) -> None:
        for nummer, monster in enumerate(self.av):
            if "*" in monster or "?" in monster:
                if not k.traffar(self, monster):
                    regel = "passar inte på någon annan indikator"
                    k.fel(
                        self,
                        ("av", nummer),
                        "monster-utan-traff",
                        f"”{monster}”",
                        regel,
                        "Jämför med indikatorernas id.",
                    )
            else:
                k.indikator(self, ("av", nummer), monster)
        medlemmar = k.medlemmar(self, self.av)
        for monster in self.vikt:
            if not any(fnmatchcase(m, monster) for m in medlemmar):
                k.okand(self, ("vikt", monster), "indikator", monster, medlemmar, ar_nyckel=True)
        if self.urval:
            k.fel(
                self, ("urval",), "onodigt-urval", "Ett index", "har inga egna rader att välja bland", "Ta bort urval."
            )

    def huvudmening(self, sprak: Sprak) -> str:
        medlemmar = [
            sprak.titel(m) + ("" if self.vikt_for(m) == 1 else f" (vikt {skriv_exakt(self.vikt_for(m))})")
            for m in sprak.medlemmar.get(self.id, ())
        ]
        slut = "redovisas utan mål" if self.gron is None else f"ska vara {self.gron.text}"
        return f"andelen gröna av {uppraknat(medlemmar or [citera('')])} {slut}."

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        vikt = r"(?: \(vikt [0-9,]+\))?"
        lista = CITATLISTA.replace(CITAT, CITAT + vikt)
        traff = passar(rf"andelen gröna av (?P<av>{lista}) (?:redovisas utan mål|ska vara (?P<gron>[^”]+))\.", mening)
        if traff is None:
            return None
        titlar = [sprak.indikator_med_titel(t) for t in citat(traff["av"])]
        vikter = _las_vikter(traff["av"])
        gron = las_grans_eller(traff["gron"], "") if traff["gron"] else None
        return {"av": tuple(titlar), "vikt": tuple(vikter), "gron": gron}

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        medlemmar = sprak.medlemmar.get(self.id, ())
        return {"av": medlemmar, "vikt": tuple(self.vikt_for(m) for m in medlemmar)}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        return forklara_index(resultat, sprak)


def _las_vikter(text: str) -> list[Fraction]:
    return [
        Fraction(1) if not vikt else las_tal(vikt) or Fraction(1)
        for vikt in re.findall(rf"{CITAT}(?: \(vikt ([0-9,]+)\))?", text)
    ]


def _helst_heltal(tal: Fraction) -> int | Fraction:
    return int(tal) if tal.denominator == 1 else tal
