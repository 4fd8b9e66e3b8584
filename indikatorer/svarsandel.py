"""Shares of answers: what andel, nolltolerans and information have in common.

One question with svar or svar_minst, or conditions on one respondent's answers to several.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from indikatorer.andelsregel import Andelsregel, Namnare, villkor_uttryck
from indikatorer.counts import Uttryck
from indikatorer.forklaring import forklara_andel
from indikatorer.indikator import Villkor, Villkorsgrupp
from indikatorer.kontroll_andel import kontrollera_kallor, kontrollera_svar
from indikatorer.mening import Sprak, las_grans_eller, passar, skriv_grans
from indikatorer.resultat import Resultat
from indikatorer.schema import Text, Texter
from indikatorer.svarsmening import (
    INFINITIV,
    PRETERITUM,
    VILLKORSGRUPP,
    las_fragor,
    las_vilka,
    las_villkor,
    normalform,
    skriv_vilka,
    skriv_villkor,
    vilka_monster,
)

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll


class Svarsandel(Andelsregel):
    """Rows that meet taljare, of those in namnare.

    Either fraga with svar or svar_minst (one question), or taljare (conditions on one respondent's answers).
    namnare: "besvarat" (rows that answered every question in taljare; the default), "alla", or conditions.
    """

    # The main sentence, with {gron}, {vilka} and {villkor}; and what stands for a limit that is not yet decided.
    mall: ClassVar[str] = "{gron} av {vilka} ska {villkor}."
    utan_grans: ClassVar[str] = "en ännu inte beslutad andel"
    verbform: ClassVar[tuple[str, str]] = INFINITIV

    fraga: Text | None = None
    svar: Texter | None = None
    svar_minst: Text | None = None
    taljare: Villkorsgrupp | None = None
    namnare: Namnare = "besvarat"

    def egen_fraga(self) -> str | None:
        return self.fraga

    def villkor(self, fraga: str | None) -> Villkorsgrupp:
        """taljare, whichever way it was written, for a källa whose question is `fraga`."""
        if self.taljare is not None:
            return self.taljare
        return _ett_villkor(fraga or "?", self.svar, self.svar_minst)

    def fragor_i(self, fraga: str | None) -> tuple[str, ...]:
        if self.taljare is None and isinstance(self.namnare, str):
            return super().fragor_i(fraga)
        grupper = [self.villkor(fraga)] if self.taljare is not None or fraga else []
        if isinstance(self.namnare, Villkorsgrupp):
            grupper.append(self.namnare)
        return tuple(dict.fromkeys(v.fraga for g in grupper for v in g.villkor()))

    def taljare_uttryck(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        grupp = self.villkor(fraga)
        return villkor_uttryck(b, kalla, grupp.villkor(), grupp.alla is not None)

    def namnare_uttryck(self, b: Berakning, kalla: str, fraga: str | None) -> Uttryck:
        if isinstance(self.namnare, Villkorsgrupp):
            return villkor_uttryck(b, kalla, self.namnare.villkor(), self.namnare.alla is not None)
        if self.namnare == "alla":
            return ()
        fragor = dict.fromkeys(v.fraga for v in self.villkor(fraga).villkor())
        return tuple((b.besvarad(kalla, f, self.raknas_inte),) for f in fragor)

    def ar_matt(self, b: Berakning, kalla: str, fraga: str | None) -> bool:
        if self.taljare is None and fraga is None:
            return False
        villkor = self.villkor(fraga).villkor()
        if isinstance(self.namnare, Villkorsgrupp):
            villkor += self.namnare.villkor()
        return all(b.har_svar(kalla, v.fraga, v.svar or (v.svar_minst or "",)) for v in villkor)

    def har_bortfall(self) -> bool:
        return self.namnare != "alla"

    def kontrollera(self, k: Kontroll) -> None:
        kontrollera_kallor(k, self)
        kontrollera_svar(k, self)

    def huvudmening(self, sprak: Sprak) -> str:
        par = self.par(sprak.indikatorer)
        return self.mall.format(
            gron=skriv_grans(self.gron, self.utan_grans),
            vilka=skriv_vilka(par, self.namnare, self.under, self.bas, sprak),
            villkor=skriv_villkor(self.villkor(par[0][1] if par else self.fraga), par, sprak, self.verbform),
        )

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        monster = cls.mall.replace(".", r"\.").format(
            gron="(?P<gron>[^”]+?)", vilka=vilka_monster(sprak), villkor=f"(?P<villkor>{VILLKORSGRUPP})"
        )
        traff = passar(monster, mening)
        if traff is None:
            return None
        gron = las_grans_eller(traff.get("gron", cls.utan_grans), cls.utan_grans)
        if (gron is None and traff.get("gron", "").casefold() not in ("", cls.utan_grans)) or (
            gron and gron.typ not in cls.granser
        ):
            return None
        vilka = las_vilka(traff, sprak)
        kallor = vilka.pop("kallor", ())
        under = vilka.get("under")
        egna = kallor or tuple(k for k, _ in _par_under(under, sprak))
        villkor = las_villkor(traff["villkor"], [(k, None) for k in egna], sprak)
        fragor = las_fragor(traff["villkor"], egna, sprak) if len(villkor[1]) == 1 else (None,) * len(egna)
        return vilka | {"gron": gron, "par": tuple(zip(egna, fragor, strict=True)), "taljare": villkor}

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        par = self.par(sprak.indikatorer)
        grupp = self.villkor(par[0][1] if par else self.fraga)
        ensam = len(grupp.villkor()) == 1
        namnare = normalform(self.namnare) if isinstance(self.namnare, Villkorsgrupp) else self.namnare
        vilka = {"under": self.under, "bas": self.bas} if self.under is not None else {"namnare": namnare}
        fragor = [(kalla, (fraga or grupp.villkor()[0].fraga) if ensam else None) for kalla, fraga in par]
        return vilka | {"par": tuple(fragor), "taljare": normalform(grupp)}

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        par = [(k, f) for k, f in self.par(sprak.indikatorer) if resultat.grupp in (None, k)]
        gjorde = skriv_villkor(self.villkor(par[0][1] if par else self.fraga), par, sprak, PRETERITUM)
        return forklara_andel(resultat, f"{gjorde}", sprak)


@lru_cache(maxsize=1024)
def _ett_villkor(fraga: str, svar: tuple[str, ...] | None, svar_minst: str | None) -> Villkorsgrupp:
    """The one condition that an indicator asks for many times over while it is checked, computed and told."""
    return Villkorsgrupp(alla=(Villkor(fraga=fraga, svar=svar, svar_minst=svar_minst),))


def _par_under(under: str | None, sprak: Sprak) -> tuple[tuple[str, str | None], ...]:
    foralder = sprak.indikatorer.get(under or "")
    return foralder.par(sprak.indikatorer) if isinstance(foralder, Andelsregel) else ()
