"""Limits as short phrases: "minst 80 %" is parsed to exact numbers and printed again in the same words.

CONTRACT section 2 lists the phrases. Red is always "otherwise", so a limit only knows what reaches it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Granstyp(StrEnum):
    """The kinds of limit. Each rule says which of them it takes."""

    MINST_PROCENT = "minst N %"
    HOGST_PROCENT = "högst N %"
    MELLAN_PROCENT = "mellan A och B %"
    SAMTLIGA = "samtliga"
    HOGST_ENHETER = "högst N procentenheter"
    MINST_ANTAL = "minst N"
    MINST_ANTAL_PER_AR = "minst N per år"
    LAGRE = "lägre än året före"
    HOGRE = "högre än året före"
    SVAR = "svar"


PROCENT: Final = frozenset({Granstyp.MINST_PROCENT, Granstyp.HOGST_PROCENT, Granstyp.MELLAN_PROCENT})

_TAL = r"(\d+(?:,\d+)?)"
_MONSTER: Final = (
    (Granstyp.MINST_PROCENT, re.compile(rf"minst {_TAL} ?%")),
    (Granstyp.HOGST_PROCENT, re.compile(rf"högst {_TAL} ?%")),
    (Granstyp.MELLAN_PROCENT, re.compile(rf"mellan {_TAL} och {_TAL} ?%")),
    (Granstyp.SAMTLIGA, re.compile(r"samtliga")),
    (Granstyp.HOGST_ENHETER, re.compile(rf"högst {_TAL} procentenhet(?:er)?")),
    (Granstyp.MINST_ANTAL_PER_AR, re.compile(rf"minst {_TAL} per år")),
    (Granstyp.MINST_ANTAL, re.compile(rf"minst {_TAL}")),
    (Granstyp.LAGRE, re.compile(r"lägre än året före")),
    (Granstyp.HOGRE, re.compile(r"högre än året före")),
)


@dataclass(frozen=True, slots=True)
class Grans:
    """A limit.

    lag, hog: the bounds, both included, in the unit of the phrase (percent, percentage points or a count);
    None where the phrase has none. text: the phrase in its normal form, as it is printed.
    """

    typ: Granstyp
    lag: Fraction | None
    hog: Fraction | None
    text: str

    def nadd(self, varde: Fraction) -> bool:
        """Whether a value in the phrase's own unit reaches the limit. skillnad gives the absolute value."""
        return self.nadd_kvot(varde.numerator, varde.denominator)

    def nadd_kvot(self, taljare: int, namnare: int) -> bool:
        """The same of taljare / namnare, namnare above 0. In whole numbers, as it is asked for every figure shown."""
        if self.typ is Granstyp.LAGRE:
            return taljare < 0
        if self.typ is Granstyp.HOGRE:
            return taljare > 0
        if self.typ is Granstyp.SAMTLIGA:
            return taljare == 100 * namnare
        lag, hog = self.lag, self.hog
        if lag is not None and taljare * lag.denominator < lag.numerator * namnare:
            return False
        return hog is None or taljare * hog.denominator <= hog.numerator * namnare

    def ar_svagare_an(self, annan: Grans) -> bool:
        """Whether everything that reaches `annan` also reaches this one, and something more does."""
        if (self.lag, self.hog) == (annan.lag, annan.hog):
            return False
        lagre = self.lag is None or (annan.lag is not None and self.lag <= annan.lag)
        hogre = self.hog is None or (annan.hog is not None and self.hog >= annan.hog)
        return lagre and hogre


def las_grans(fras: str) -> Grans | None:
    """The limit that a phrase says, or None when it says none. Spaces and U+00A0 count alike; N may have a comma.

    A phrase that is an answer ("ja, i stort sett") is not read here: the rule nulage knows its scale.
    """
    slat = " ".join(fras.split()).casefold()
    for typ, monster in _MONSTER:
        traff = monster.fullmatch(slat)
        if traff is not None:
            tal = [Fraction(t.replace(",", ".")) for t in traff.groups()]
            return _bygg(typ, tal, traff.groups())
    return None


def _bygg(typ: Granstyp, tal: list[Fraction], skrivet: tuple[str, ...]) -> Grans:
    if typ is Granstyp.MELLAN_PROCENT:
        return Grans(typ, tal[0], tal[1], f"mellan {skrivet[0]} och {skrivet[1]} %")
    if not tal:
        return Grans(typ, None, None, typ.value)
    text = typ.value.replace("N", skrivet[0])
    if typ is Granstyp.HOGST_ENHETER and tal[0] == 1:
        text = text.replace("procentenheter", "procentenhet")
    if typ.value.startswith("högst"):
        return Grans(typ, None, tal[0], text)
    return Grans(typ, tal[0], None, text)


def gissa_fras(skrivet: str, granser: frozenset[Granstyp]) -> str | None:
    """What somebody who wrote "80", ">= 80%" or "0,8" must have meant, among these kinds; None when not plain."""
    slat = skrivet.casefold()
    if re.search(r"(?<![\d ])\s*[-\u2212] ?\d|\binte\b|\bej\b", slat) and not re.search(r"\d ?[-\u2212] ?\d", slat):
        return None
    tal = [_procenttal(t, slat) for t in re.findall(r"\d+(?:[.,]\d+)?", slat)]
    hogst = any(tecken in slat for tecken in ("högst", "max", "at most", "upp till", "under", "mindre", "<", "≤"))
    minst = any(tecken in slat for tecken in ("minst", "lägst", "över", "mer än", ">", "≥"))
    if len(tal) == 2:
        forslag = {Granstyp.MELLAN_PROCENT: f"mellan {min(tal, key=_varde)} och {max(tal, key=_varde)} %"}
    elif len(tal) == 1:
        forslag = _forslag_med_tal(tal[0], minst, hogst)
        if tal[0] == "100":
            forslag[Granstyp.SAMTLIGA] = "samtliga"
    elif any(ord_ in slat for ord_ in ("alla", "samtlig")):
        forslag = {Granstyp.SAMTLIGA: "samtliga"}
    else:
        forslag = _forslag_om_forandring(slat)
    return next((text for typ, text in forslag.items() if typ in granser), None)


def _forslag_med_tal(tal: str, minst: bool, hogst: bool) -> dict[Granstyp, str]:
    """A limit in the direction that is written, never in the other; in either one where none is."""
    lagst = {Granstyp.MINST_PROCENT: f"minst {tal} %", Granstyp.MINST_ANTAL: f"minst {tal}"}
    mest = {Granstyp.HOGST_PROCENT: f"högst {tal} %", Granstyp.HOGST_ENHETER: f"högst {tal} procentenheter"}
    return {} if minst and hogst else lagst if minst else mest if hogst else lagst | mest


def _forslag_om_forandring(slat: str) -> dict[Granstyp, str]:
    if any(ord_ in slat for ord_ in ("läg", "minsk", "färre")):
        return {Granstyp.LAGRE: Granstyp.LAGRE.value}
    if any(ord_ in slat for ord_ in ("hög", "öka", "fler")):
        return {Granstyp.HOGRE: Granstyp.HOGRE.value}
    return {}


def _procenttal(tal: str, slat: str) -> str:
    """A number below one without a percent sign ("0,8") is a share of one."""
    varde = _varde(tal)
    if 0 < varde < 1 and "%" not in slat:
        return f"{float(varde * 100):g}".replace(".", ",")
    return tal.replace(".", ",")


def _varde(tal: str) -> Fraction:
    return Fraction(tal.replace(",", "."))
