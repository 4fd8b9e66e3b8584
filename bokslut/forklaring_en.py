"""A shown result in English words, made as `indikatorer.forklaring` makes the Swedish: from the Resultat alone.

Figures are the engine's own texts, or rounded as those are, so that both languages show the same. Whose answers count
is said in the words that the board decided, which stay Swedish.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from bokslut import tal
from bokslut.fras import Bitar, Fras, Oversatt, fyll, stor
from indikatorer.gransvarde import Grans, Granstyp
from indikatorer.resultat import Del, Orsak, Resultat, Signal
from indikatorer.visning import avrunda, skriv_tal, visa

if TYPE_CHECKING:
    from bokslut.sprak import Sprak

_SIGNAL: Final = {Signal.GRON: "green", Signal.GUL: "yellow", Signal.ROD: "red", Signal.GRA: "grey"}
# "64 av 82 svarade ”Ja” på frågan ”…”. Målet är …": what they did, past every full stop within a quotation.
_GJORDE: Final = re.compile(r"\S+ av \S+ ((?:”[^”]*”|[^”])*?)\.(?= (?:Målet är|Inget mål|Gränsen|Med) |$)", re.DOTALL)
_MEDLEMMAR: Final = re.compile(r" bland ((?:”[^”]*”|[^”.])+)")
_FARRE: Final = re.compile(r"färre än \w+", re.IGNORECASE)

# A sentence and its values.
Mening = tuple[str, dict[str, object]]


def tvasprakig(r: Resultat) -> Fras:
    """The engine's explanation, which in English is ours."""
    return Fras(r.forklaring, lambda s: _ihop(_forklara(r), s))


def _ihop(meningar: Iterator[Mening], sprak: Sprak) -> Bitar:
    ut: list[tuple[str, bool]] = []
    for nr, (mall, varden) in enumerate(meningar):
        ut += [(" ", False)] if nr else []
        ut += fyll(mall, varden, sprak)
    return tuple(ut)


def _forklara(r: Resultat) -> Iterator[Mening]:
    if r.varde is None and not (r.regel == "nulage" and r.orsak in (None, Orsak.INGET_MAL)):
        return _utan_siffror(r)
    return _REGLER.get(r.regel, _andel)(r)


def _andel(r: Resultat) -> Iterator[Mening]:
    gjorde = _GJORDE.match(r.forklaring)
    antal: dict[str, object] = {"delen": _antal(r.taljare), "hela": _antal(r.namnare)}
    if r.regel == "progression":
        yield "{delen} of {hela} with at least two measurements were higher at the latest than at the first.", antal
    elif gjorde is not None:
        yield "{delen} of {hela}: {gjorde}.", antal | {"gjorde": gjorde[1]}
    else:
        yield "{delen} of {hela} count.", antal
    yield from _mot_mal(r)
    yield from _osakerhet(r)


def _konszon(r: Resultat) -> Iterator[Mening]:
    antal: dict[str, object] = {"delen": _antal(r.taljare), "hela": _antal(r.namnare), "visat": tal.visat(r.visat)}
    # Whose share it is stands in the definition, which the sentence was made from.
    vilka = "women" if " är kvinnor, " in r.forklaring else "men" if " är män, " in r.forklaring else "of that gender"
    yield f"{{delen}} of {{hela}} are {vilka}, {{visat}}.", antal
    if r.gron is not None and r.varde is not None:
        yield "The goal is that both women and men are {krav}.", {"krav": tal.visat(r.gron.text)}
        yield _zon(r, r.gron, r.varde)
    yield from _utan_mal_eller_gul(r)
    yield from _osakerhet(r)


def _zon(r: Resultat, zon: Grans, varde: Fraction) -> Mening:
    if r.signal is Signal.GRON:
        return "Both are within the zone.", {}
    if zon.nadd(varde):
        return "The other gender is outside the zone.", {}
    grans = zon.lag if zon.lag is not None and varde < zon.lag else zon.hog
    return "That is {avstand} outside the zone.", {"avstand": _avstand(r, varde, grans or Fraction(0))}


def _skillnad(r: Resultat) -> Iterator[Mening]:
    if r.delar is None or r.varde is None:
        yield from _utan_siffror(r)
        return
    kvinna, man = (_del(r.delar[kon]) for kon in ("kvinna", "man"))
    yield (
        "Women: {k} of {kn} ({kp}). Men: {m} of {mn} ({mp}).",
        {
            **dict(zip(("k", "kn", "kp"), kvinna, strict=True)),
            **dict(zip(("m", "mn", "mp"), man, strict=True)),
        },
    )
    if r.varde == 0:
        yield "There is no difference.", {}
    else:
        storlek = r.visat.removeprefix("\u2212")
        mindre = storlek.startswith("0\u00a0")
        hogst = "The women are" if r.varde > 0 else "The men are"
        hur = "less than one percentage point" if mindre else "{storlek}"
        yield f"{hogst} {hur} higher.", {"storlek": tal.visat(storlek)}
    if r.gron is not None:
        yield "The goal is a difference of {krav}.", {"krav": tal.visat(r.gron.text)}
    yield from _utan_mal_eller_gul(r)
    yield from _osakerhet(r)


def _raknat(r: Resultat) -> Iterator[Mening]:
    """A count, or a quota, against its limit."""
    visat = tal.visat(r.visat)
    if r.regel == "kvot":
        varden: dict[str, object] = {"delen": _antal(r.taljare), "hela": _antal(r.namnare), "visat": visat}
        yield "{delen} divided by {hela} is {visat}.", varden
    elif r.regel == "goda_exempel":
        yield "The number of good examples is {visat}.", {"visat": visat}
    else:
        yield "The number is {visat}.", {"visat": visat}
    if r.gron is not None:
        yield f"The goal is {{krav}}, so the signal is {_signal(r)}.", {"krav": tal.visat(r.gron.text)}
    else:
        yield from _utan_mal_eller_gul(r)


def _nulage(r: Resultat) -> Iterator[Mening]:
    yield "The latest answer is {visat}.", {"visat": f"”{r.visat}”"}
    if r.gron is None:
        yield from _utan_mal_eller_gul(r)
    else:
        yield f"The signal is {_signal(r)}.", {}


def _forandring(r: Resultat) -> Iterator[Mening]:
    if r.varde:
        vag = "fell" if r.varde < 0 else "rose"
        yield f"The share {vag} by {{storlek}}.", {"storlek": tal.visat(r.visat.removeprefix("\u2212"))}
    else:
        yield "The share was unchanged.", {}
    if r.gron is not None:
        yield "The goal is that it should be {krav}.", {"krav": tal.visat(r.gron.text)}
    yield from _utan_mal_eller_gul(r)


def _index(r: Resultat) -> Iterator[Mening]:
    medlemmar = _MEDLEMMAR.search(r.forklaring)
    antal: dict[str, object] = {"delen": _antal(r.taljare), "hela": _antal(r.namnare)}
    if medlemmar is None:
        yield "{delen} of {hela} are green.", antal
    else:
        yield "{delen} of {hela} are green among {medlemmar}.", antal | {"medlemmar": medlemmar[1]}
    yield from _mot_mal(r)


_REGLER: Final[dict[str, Callable[[Resultat], Iterator[Mening]]]] = {
    "konszon": _konszon,
    "skillnad": _skillnad,
    "antal": _raknat,
    "goda_exempel": _raknat,
    "kvot": _raknat,
    "nulage": _nulage,
    "forandring": _forandring,
    "index": _index,
}


def _utan_siffror(r: Resultat) -> Iterator[Mening]:
    if r.orsak is Orsak.FOR_FA_SVAR:
        vilka = " of the women or of the men" if r.regel == "skillnad" else ""
        yield f"{{fa}}{vilka} answered. Then neither figures nor signal are shown.", {"fa": stor(_fa(r, "too few"))}
    elif r.orsak is Orsak.SKYDDAD:
        fa = _fa(r, "few")
        yield "The figures are not shown, since they could point out somebody in a group of {fa}.", {"fa": fa}
        if r.signal is not None:
            yield f"The signal is {_signal(r)}.", {}
    elif r.orsak is Orsak.FEL_I_DEFINITIONEN:
        yield "The indicator cannot be computed, since there is an error in how it is described.", {}
    else:
        yield "There are no answers or data to compute from, so this has not been measured.", {}


def _fa(r: Resultat, annars: str) -> str:
    """The smallest group that is shown, as the engine's sentence has it; annars: where it has none."""
    farre = _FARRE.search(r.forklaring)
    return Oversatt(annars) if farre is None else tal.visat(farre[0].lower())


def _mot_mal(r: Resultat) -> Iterator[Mening]:
    """The goal, and how far from it the shown figure lies."""
    varde, visat = r.varde or Fraction(0), tal.visat(r.visat)
    if r.gron is None:
        yield from _utan_mal_eller_gul(r)
        return
    if r.gron.typ is Granstyp.SAMTLIGA:
        yield "The goal is everyone.", {}
        yield ("The goal is reached.", {}) if varde == 100 else ("{visat} is not everyone.", {"visat": visat})
        return
    grans = r.gron.lag if r.gron.lag is not None else r.gron.hog
    if grans is None:
        return
    yield "The goal is {krav}.", {"krav": tal.visat(r.gron.text)}
    if avrunda(varde, _decimaler(r)) == grans:
        yield "{visat} is exactly at the goal.", {"visat": visat}
    else:
        lage = "above" if varde > grans else "below"
        yield f"{{visat}} is {{avstand}} {lage} the goal.", {"visat": visat, "avstand": _avstand(r, varde, grans)}
    yield from _utan_mal_eller_gul(r)


def _utan_mal_eller_gul(r: Resultat) -> Iterator[Mening]:
    if r.orsak is Orsak.INGET_MAL:
        yield "No goal has been decided, so the signal is grey.", {}
    elif r.gul is not None and r.signal is Signal.GUL:
        yield "The limit for yellow, {gul}, is reached.", {"gul": tal.visat(r.gul.text)}


def _osakerhet(r: Resultat) -> Iterator[Mening]:
    if r.intervall is None:
        return
    lag, hog = (skriv_tal(Fraction(t), 0) for t in r.intervall)
    strack, enhet = ("\u00a0till\u00a0", "procentenheter") if r.delar is not None else ("–", "%")
    antal = sum(d.namnare for d in r.delar.values()) if r.delar is not None else r.namnare
    slump = ", so chance could have given another signal" if r.osaker else ""
    yield (
        f"With {{antal}} answers the uncertainty is {{intervall}}{slump}.",
        {
            "antal": _antal(antal),
            "intervall": tal.visat(f"{lag}{strack}{hog}\u00a0{enhet}"),
        },
    )


def _avstand(r: Resultat, varde: Fraction, grans: Fraction) -> Fras:
    """How far the figure, rounded as it is shown, lies from a limit: as in the Swedish text."""
    avstand = abs(avrunda(varde, _decimaler(r)) - grans)
    decimaler = next(d for d in range(40) if (avstand * 10**d).denominator == 1)
    return tal.visat(visa(avstand, "procentenheter", decimaler))


def _del(d: Del) -> tuple[Fras, Fras, Fras]:
    return _antal(d.taljare), _antal(d.namnare), tal.procent(d.varde)


def _antal(antal: int | Fraction | None) -> Fras:
    if antal is None:
        return tal.visat("–")
    hel = Fraction(antal)
    return tal.visat(skriv_tal(hel, 0 if hel.denominator == 1 else 2))


def _decimaler(r: Resultat) -> int:
    """How many decimals the shown figure has."""
    return len(r.visat.split("\u00a0")[0].partition(",")[2])


def _signal(r: Resultat) -> str:
    return _SIGNAL[r.signal or Signal.GRA]
