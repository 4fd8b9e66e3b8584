"""The certificate of an evaluation: what was hidden and why, and that nobody can find what is hidden.

It holds no hidden figure. How many are protected, hidden and found may be published; which are hidden by a rule and
which for the sake of others may not, as a reader would then know that the former are few. That is for the kansli.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from indikatorer.skydd.bevis import Bevis

# What may be hidden: ("cell", enhet, row, kön), ("resultat", id, grupp) or ("delning", id, grupp, dimension).
Nyckel: TypeAlias = tuple[str, ...]


class Skal(StrEnum):
    """Why something is hidden. REGEL: it may itself say something of a few persons. SKYDDAR: others could be found."""

    REGEL = "regel"
    SKYDDAR = "skyddar"


@dataclass(frozen=True, slots=True)
class Dold:
    """Something hidden. om: what could have been found had it been shown; av: together with what. Empty for REGEL."""

    nyckel: Nyckel
    skal: Skal
    om: Nyckel = ()
    av: tuple[Nyckel, ...] = ()


@dataclass(frozen=True, slots=True)
class Atkomlig:
    """A hidden count that a reader can find, or know too well.

    vad: "antal"; "rest", those whom no part of a split counts; "ovriga", those of the base who are not counted;
    "kvar", those who stayed from last year, of whom its bokslut hides something.
    hogsta: whether `grans` is the most it can be, and not the least. grans: None where it could not be settled.
    """

    om: Nyckel
    vad: str
    hogsta: bool
    grans: int | None


@dataclass(frozen=True, slots=True)
class Intyg:
    """The audit of one year. skyddade: how many hidden counts the attacker has looked for.

    celler, dolda_celler: of the participant tables. bevis: by källa, what shows it; secret.
    """

    skyddade: int
    atkomliga: tuple[Atkomlig, ...]
    dolda: tuple[Dold, ...]
    celler: int
    dolda_celler: int
    bevis: Mapping[str, Bevis] = field(default_factory=dict, repr=False, compare=False)

    @property
    def haller(self) -> bool:
        """Whether it may be published: nothing that is hidden can be found."""
        return not self.atkomliga
