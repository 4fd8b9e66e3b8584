"""Conditions and groups in sentences, "svara ”Ja” på frågan ”…”" or "deltagarna som svarar …", and how to read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from indikatorer.indikator import Villkor, Villkorsgrupp
from indikatorer.mening import CITAT, CITATLISTA, Sprak, citat
from indikatorer.schema import uppraknat

# How a condition is said: as an infinitive, in the present, and in the past; of people who answered, or of a register.
INFINITIV: Final = ("svara", "ha")
PRESENS: Final = ("svarar", "har")
PRETERITUM: Final = ("svarade", "hade")

_VERB: Final = "(?:svarar|svarade|svara|har|hade|ha)"
_VILLKOR: Final = f"{_VERB} (?:{CITATLISTA})(?: eller mer)? (?:på frågan|i uppgiften) {CITAT}(?: respektive {CITAT})*"
VILLKORSGRUPP: Final = f"{_VILLKOR}(?:, {_VILLKOR})*(?: (?:eller|och) {_VILLKOR})?"

Par = Sequence[tuple[str, str | None]]
Normalform = tuple[str, tuple[tuple[str, tuple[str, ...], str], ...]]


def skriv_villkor(grupp: Villkorsgrupp, par: Par, sprak: Sprak, form: tuple[str, str]) -> str:
    """The conditions in words. par: källor with the question that each puts in the place of the first one's."""
    kalla = par[0][0] if par else ""
    verb = form[0] if sprak.ar_enkat(kalla) else form[1]
    lank = "på frågan" if sprak.ar_enkat(kalla) else "i uppgiften"
    delar = [f"{verb} {_svar(v, kalla, sprak)} {lank} {_fragor(v, par, sprak)}" for v in grupp.villkor()]
    return uppraknat(delar, "och" if grupp.alla else "eller")


def _svar(villkor: Villkor, kalla: str, sprak: Sprak) -> str:
    if villkor.svar_minst is not None:
        return f"{sprak.svar(kalla, villkor.fraga, villkor.svar_minst)} eller mer"
    return uppraknat([sprak.svar(kalla, villkor.fraga, s) for s in villkor.svar or ()], "eller")


def _fragor(villkor: Villkor, par: Par, sprak: Sprak) -> str:
    texter = [sprak.fraga(kalla, villkor.fraga if fraga is None else fraga) for kalla, fraga in par]
    return texter[0] if len(set(texter)) == 1 else " respektive ".join(texter)


def las_villkor(text: str, par: Par, sprak: Sprak) -> Normalform:
    """The conditions that the words say: how they are joined, and (fråga, svar, svar_minst) of each."""
    kalla = par[0][0] if par else ""
    delar = re.findall(_VILLKOR, text)
    nagon = len(delar) > 1 and re.search(f" eller {_VERB} ", _utan_citat(text)) is not None
    return ("nagon" if nagon else "alla"), tuple(_las_ett(d, kalla, sprak) for d in delar)


def _las_ett(text: str, kalla: str, sprak: Sprak) -> tuple[str, tuple[str, ...], str]:
    traff = re.fullmatch(f"{_VERB} ({CITATLISTA})( eller mer)? (?:på frågan|i uppgiften) ({CITAT}).*", text)
    if traff is None:
        raise ValueError(text)
    fraga = sprak.fraga_med_text(kalla, traff[3])
    svar = tuple(sprak.svar_med_text(kalla, fraga, s) for s in citat(traff[1]))
    return (fraga, (), svar[0]) if traff[2] else (fraga, svar, "")


def las_fragor(text: str, kallor: Sequence[str], sprak: Sprak) -> tuple[str, ...]:
    """The question of each källa, where a sentence has one condition for several källor."""
    svar = f"{_VERB} {CITATLISTA}(?: eller mer)? (?:på frågan|i uppgiften) "
    skrivna = citat(re.sub(f"^{svar}", "", text))
    alla = skrivna if len(skrivna) == len(kallor) else skrivna * len(kallor)
    return tuple(sprak.fraga_med_text(kalla, fraga) for kalla, fraga in zip(kallor, alla, strict=False))


def normalform(grupp: Villkorsgrupp) -> Normalform:
    """Conditions as `las_villkor` gives them: one alone counts as "alla"."""
    ord_ = "nagon" if grupp.nagon is not None and len(grupp.nagon) > 1 else "alla"
    return ord_, tuple((v.fraga, v.svar or (), v.svar_minst or "") for v in grupp.villkor())


def skriv_vilka(par: Par, namnare: str | Villkorsgrupp, under: str | None, bas: str, sprak: Sprak) -> str:
    """Who is counted: "deltagarna", "alla deltagarna", "deltagarna som svarar …", or those of a parent."""
    if under is not None:
        titel = sprak.titel(under)
        return f"dem som räknas i {titel}" if bas == "taljare" else f"underlaget för {titel}"
    grupper = " respektive ".join(sprak.kallas(kalla) for kalla, _ in par)
    if isinstance(namnare, Villkorsgrupp):
        return f"{grupper} som {skriv_villkor(namnare, [(k, None) for k, _ in par], sprak, PRESENS)}"
    return f"alla {grupper}" if namnare == "alla" else grupper


def vilka_monster(sprak: Sprak) -> str:
    """What `skriv_vilka` may have written, as a regular expression with named groups."""
    grupper = (
        rf"(?P<alla>alla )?(?P<grupper>{sprak.grupp}(?: respektive {sprak.grupp})*)(?: som (?P<bland>{VILLKORSGRUPP}))?"
    )
    return rf"(?:dem som räknas i (?P<under>{CITAT})|underlaget för (?P<underlag>{CITAT})|{grupper})"


def las_vilka(traff: Mapping[str, str], sprak: Sprak) -> dict[str, Any]:
    """Who is counted, as keys of a normal form: kallor (ids), namnare, under, bas."""
    if traff["under"] or traff["underlag"]:
        bas = "taljare" if traff["under"] else "namnare"
        return {"under": sprak.indikator_med_titel(traff["under"] or traff["underlag"]), "bas": bas}
    kallor = tuple(sprak.kalla_med_ord(g) for g in re.findall(sprak.grupp, traff["grupper"]))
    if traff["bland"]:
        return {"kallor": kallor, "namnare": las_villkor(traff["bland"], [(kallor[0], None)], sprak)}
    return {"kallor": kallor, "namnare": "alla" if traff["alla"] else "besvarat"}


def _utan_citat(text: str) -> str:
    return re.sub(CITAT, "””", text)
