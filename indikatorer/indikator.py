"""What every indicator has, whatever its rule: the keys that all share, and the questions a rule must answer.

A rule is one module in `regler/` with one class that inherits from here. Everything that the rest of the engine
asks of an indicator is asked through these methods, so that a new rule touches no other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import translate
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from indikatorer.beskrivning import Giltighet
from indikatorer.gransvarde import Grans, Granstyp, gissa_fras, las_grans
from indikatorer.mening import Sprak
from indikatorer.resultat import Resultat
from indikatorer.schema import Lista, Modell, Text, Texter, uppraknat

if TYPE_CHECKING:
    from indikatorer.berakning import Berakning
    from indikatorer.kontroll import Kontroll
    from indikatorer.utfall import Utfall


def _fras(varde: object, info: ValidationInfo) -> object:
    """Read a limit. The kinds that the rule takes come as validation context, since only they tell what was meant."""
    granser: frozenset[Granstyp] = (info.context or {}).get("granser", frozenset(Granstyp))
    if isinstance(varde, str) and granser == {Granstyp.SVAR}:
        return Grans(Granstyp.SVAR, None, None, varde)
    grans = las_grans(varde) if isinstance(varde, str) else None
    if grans is not None:
        return grans
    delar = _regel_och_exempel(granser) | {"forslag": gissa_fras(str(varde).replace(".", ","), granser)}
    raise PydanticCustomError("grans_olaslig", "unreadable", delar)


def _regel_och_exempel(granser: frozenset[Granstyp]) -> dict[str, Any]:
    """How a fault says what a limit must be, and how to mend it when nothing can be guessed."""
    if not granser:
        return {"regel": "behövs inte, för regeln har ingen gräns", "atgard": "Ta bort raden."}
    if granser == {Granstyp.SVAR}:
        return {"regel": "ska vara ett av svaren på frågan", "atgard": 'Skriv till exempel "ja".'}
    fraser = uppraknat([f"”{typ.value}”" for typ in sorted(granser)], "eller")
    exempel = max(granser).replace("N", "80").replace("A", "40").replace("B", "60")
    return {"regel": f"ska vara {fraser}", "atgard": f'Skriv till exempel "{exempel}".'}


GransFalt = Annotated[Grans, BeforeValidator(_fras)]


class Villkor(Modell):
    """One question and the answers that count. Exactly one of svar and svar_minst is given."""

    fraga: Text
    svar: Texter | None = None
    svar_minst: Text | None = None


class Villkorsgrupp(Modell):
    """Conditions on one respondent's answers: all of them, or any of them. Exactly one is given."""

    alla: Annotated[tuple[Villkor, ...], Lista, Field(min_length=1)] | None = None
    nagon: Annotated[tuple[Villkor, ...], Lista, Field(min_length=1)] | None = None

    def villkor(self) -> tuple[Villkor, ...]:
        """The conditions, however they are joined."""
        return self.alla or self.nagon or ()


class Indikator(Giltighet):
    """The keys of CONTRACT section 2 that any rule may carry.

    gron, gul: limits, None when not decided. urval: column → values; only such rows count.
    raknas_inte: answers that are no answer. ersatter: the id of the indicator that this one takes over from.
    """

    regel: ClassVar[str]
    granser: ClassVar[frozenset[Granstyp]]
    # Rules about people's answers or persons may be hidden; a rule about money, stories or signals has nothing to hide.
    raknar_personer: ClassVar[bool] = True
    har_signal: ClassVar[bool] = True
    # A share cannot exceed the whole; a quota of money can.
    hogst_hundra: ClassVar[bool] = True

    id: Text = Field(repr=False)
    titel: Text
    nummer: Text | None = None
    mal: str = ""
    gron: GransFalt | None = None
    gul: GransFalt | None = None
    urval: Mapping[str, Texter] = Field(default_factory=dict)
    raknas_inte: Annotated[tuple[Text, ...], Lista] = ()
    vid_liten_rest: Literal["dolj_uppdelning", "bas_kand_kon"] = "dolj_uppdelning"
    anmarkning: str = ""
    ersatter: Text | None = None

    def beror_av(self) -> tuple[str, ...]:
        """Ids of indicators that must be computed first (wildcards are resolved by Kontroll)."""
        return ()

    def kallor_(self, definitioner: Mapping[str, Indikator]) -> tuple[str, ...]:
        """Ids of the källor that it reads, in the order of its results."""
        return ()

    def fragor_(self, kalla: str) -> tuple[str, ...]:
        """The questions that it reads in a källa."""
        return ()

    def dimensioner(self) -> tuple[str, ...]:
        """The columns that it may split its källor by."""
        return ()

    def kontrollera(self, k: Kontroll) -> None:
        """Hold the definition against config and underlag; faults are told to k."""
        raise NotImplementedError

    def utfall(self, b: Berakning) -> list[Utfall]:
        """Compute and judge, without protection: one Utfall per result."""
        raise NotImplementedError

    def huvudmening(self, sprak: Sprak) -> str:
        """The sentence that says the rule and its limit."""
        raise NotImplementedError

    def egen_betydelse(self, sprak: Sprak) -> dict[str, Any]:
        """What only this rule's keys decide, in the normal form that `las_huvudmening` gives."""
        raise NotImplementedError

    @classmethod
    def las_huvudmening(cls, mening: str, sprak: Sprak) -> dict[str, Any] | None:
        """The keys that the sentence says; None when another rule wrote it."""
        raise NotImplementedError

    def forklara(self, resultat: Resultat, sprak: Sprak) -> str:
        """A shown result in words."""
        raise NotImplementedError

    def ger_signal(self) -> bool:
        """Whether its results are judged, if only as grey."""
        return self.har_signal


def har_jokrar(monster: str) -> bool:
    """Whether a pattern of ids has wildcards, and is not an id."""
    return any(tecken in monster for tecken in "*?[")


def traffade(monster: Iterable[str], ids: Iterable[str]) -> list[str]:
    """The ids that any of the patterns means, in their own order."""
    alla = set(monster)
    namn = {m for m in alla if not har_jokrar(m)}
    jokrar = "|".join(translate(m) for m in sorted(alla - namn))
    if not jokrar:
        return [id_ for id_ in ids if id_ in namn]
    traff = re.compile(jokrar).match
    return [id_ for id_ in ids if id_ in namn or traff(id_)]


def grunder(indikator: Indikator, definitioner: Mapping[str, Indikator]) -> list[Indikator]:
    """The indicator and those whose answers it builds on: parents, and what a skillnad compares. An index has none."""
    funna, kvar = [indikator], list(indikator.beror_av())
    while kvar:
        annan = definitioner.get(kvar.pop())
        if annan is not None and annan.regel != "index" and annan not in funna:
            funna.append(annan)
            kvar += annan.beror_av()
    return funna
