"""What a live figure says: a call and an evaluation in, the words of the page out.

Everything comes from a Resultat, which is protected already; a hidden figure gives its words, never a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bokslut import tal
from bokslut.text.rakneord import rakneord
from bokslut.text.textanrop import Anrop, skriv_anrop
from indikatorer.diagnos import Diagnos, narmast
from indikatorer.forklaring import SIGNALORD
from indikatorer.resultat import Orsak, Resultat, Utvardering
from indikatorer.toml.fel import Rader
from indikatorer.visning import DOLD, SAKNAS

# What stands for a figure that is not shown, in a sentence.
UTAN_TAL: Final = {
    Orsak.SKYDDAD: "skyddat",
    Orsak.FOR_FA_SVAR: "för få svar",
    Orsak.INTE_MATT: "inte mätt",
    Orsak.FEL_I_DEFINITIONEN: "inte räknat",
}


@dataclass(frozen=True, slots=True)
class Eget:
    """A number that its author has checked by hand, and where it comes from."""

    tal: str
    kalla: str


@dataclass(frozen=True, slots=True)
class Levande:
    """A call that has been looked up. text: what is shown. resultat: what it comes from; None for an eget."""

    anrop: Anrop
    text: str
    resultat: Resultat | None = None
    eget: Eget | None = None


def sla_upp(fil: str, text: str, anrop: Sequence[Anrop], u: Utvardering) -> tuple[list[Levande], list[Diagnos]]:
    """Every call of a text with what it says, and a fault for each that says nothing."""
    rader = Rader(text)
    svar = [_ett(a, u) for a in anrop]
    hittade = [s for s in svar if isinstance(s, Levande)]
    fel = [_diagnos(fil, rader, a, s) for a, s in zip(anrop, svar, strict=True) if not isinstance(s, Levande)]
    return hittade, fel


def med_namn(namn: str, u: Utvardering) -> list[Resultat]:
    """The results of the indicator with this id, or else this nummer."""
    alla = u.resultat()
    return [r for r in alla if r.id == namn] or [r for r in alla if r.nummer == namn]


def anrop_for(r: Resultat, u: Utvardering, funktion: str = "tal") -> str:
    """How an author calls for a result."""
    namn = r.nummer or r.id
    flera = len(med_namn(namn, u)) > 1 and r.grupp is not None
    return skriv_anrop(funktion, namn, *([r.grupp or ""] if flera else []))


@dataclass(frozen=True, slots=True)
class _Fel:
    kod: str
    fann: str
    regel: str
    atgard: str
    kandidat: str | None = None


def _ett(a: Anrop, u: Utvardering) -> Levande | _Fel:
    if a.namn == "eget":
        return Levande(a, a.argument[0].strip(), eget=Eget(a.argument[0].strip(), a.argument[1].strip()))
    hittade = med_namn(a.argument[0].strip(), u)
    if not hittade:
        return _okand_indikator(a, u)
    grupp = a.argument[1].strip() if len(a.argument) > 1 else None
    r = _med_grupp(a, hittade, grupp, u)
    if isinstance(r, _Fel):
        return r
    text = _text(a.namn, r)
    return text if isinstance(text, _Fel) else Levande(a, text, r)


def _med_grupp(a: Anrop, hittade: list[Resultat], grupp: str | None, u: Utvardering) -> Resultat | _Fel:
    """The one result that is meant; a group is named by its id, or as the page calls it."""
    if grupp is None and len(hittade) == 1:
        return hittade[0]
    kallas = u.kallas()
    for r in hittade:
        if grupp is not None and grupp.casefold() in (
            (r.grupp or "").casefold(),
            kallas.get(r.grupp or "", "").casefold(),
        ):
            return r
    kanda = [r.grupp for r in hittade if r.grupp is not None]
    if grupp is None:
        forslag = skriv_anrop(a.namn, a.argument[0], kanda[0]) if kanda else None
        return _Fel("saknad-grupp", f"”{a.argument[0]}”", "har flera resultat", _de_som_finns(kanda), forslag)
    nara = narmast(grupp, kanda)
    kandidat = skriv_anrop(a.namn, a.argument[0], nara) if nara else None
    atgard = "" if nara else _de_som_finns(kanda) if kanda else "Ta bort den: indikatorn har bara ett resultat."
    return _Fel("okand-grupp", f"”{grupp}”", "är ingen grupp som indikatorn har resultat för", atgard, kandidat)


def _de_som_finns(namn: Sequence[str]) -> str:
    return f"Välj ett av dem: {tal.rakna_upp([f'”{n}”' for n in namn])}."


def _okand_indikator(a: Anrop, u: Utvardering) -> _Fel:
    kanda = list(dict.fromkeys(n for r in u.resultat() for n in (r.id, r.nummer) if n))
    nara = narmast(a.argument[0], kanda)
    return _Fel(
        "okand-indikator",
        f"”{a.argument[0]}”",
        "är varken id eller nummer för någon indikator i år",
        "" if nara else "Se numren i bokslutet, eller id i filen med indikatorer.",
        skriv_anrop(a.namn, nara, *a.argument[1:]) if nara else None,
    )


def _text(namn: str, r: Resultat) -> str | _Fel:
    if namn == "signal":
        return SIGNALORD[r.signal] if r.signal is not None else _saknas("signal", r, "ger ingen signal", "tal")
    if namn == "fore":
        return _fore(r)
    if r.visat in (DOLD, SAKNAS, "") or (r.varde is None and r.orsak in UTAN_TAL):
        return r.visat if r.visat not in (DOLD, SAKNAS, "") else UTAN_TAL.get(r.orsak or Orsak.INTE_MATT, "inte mätt")
    if namn == "tal":
        return r.visat
    if namn == "andel":
        if isinstance(r.taljare, int) and isinstance(r.namnare, int):
            return f"{tal.antal(r.taljare)} av {tal.antal(r.namnare)}"
        return _saknas("andel", r, "räknar inte en del av en helhet", "tal")
    if isinstance(r.taljare, int):
        return rakneord(r.taljare, neutrum=r.regel in ("goda_exempel", "antal"))
    return _saknas("antal_ord", r, "räknar inget antal", "tal")


def _fore(r: Resultat) -> str | _Fel:
    f = r.foregaende
    if f is None:
        return _saknas("fore", r, "har inget resultat från året före", "tal")
    if f.visat in (DOLD, SAKNAS, ""):
        return UTAN_TAL.get(f.orsak or Orsak.INTE_MATT, "inte mätt")
    return f.visat


def _saknas(namn: str, r: Resultat, varfor: str, annat: str) -> _Fel:
    ord_ = f"”{r.nummer or r.id}” {r.titel}"
    grupp = [r.grupp] if r.grupp else []
    return _Fel(
        "anrop-passar-inte",
        ord_,
        f"{varfor}, så {namn} har inget att visa",
        "",
        skriv_anrop(annat, r.nummer or r.id, *grupp),
    )


def _diagnos(fil: str, rader: Rader, a: Anrop, fel: _Fel) -> Diagnos:
    plats = rader.plats(a.start, a.slut)
    return Diagnos(fel.kod, fil, plats, fel.fann, fel.regel, fel.atgard, kandidat=fel.kandidat)
