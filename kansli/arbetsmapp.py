"""Where the year's files lie in an instance: goals, questionnaires, underlag, what is published.

The commands read the same folders: what is made in the browser can be worked with from a terminal, and the other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GODKANNANDEN: Final = "godkannanden.jsonl"


@dataclass(frozen=True)
class Arbetsmapp:
    """An instance folder. Nothing has to be there yet: an empty installation has no year and no questionnaire."""

    rot: Path

    def mal(self, ar: int) -> Path:
        """The goals of a year, as `config/indicators.toml` is written."""
        return self.rot / "mal" / f"{ar}.toml"

    def underlag(self, ar: int | str) -> Path:
        """The folder with a year's tables, underlag.toml, texter/ and exempel/; rounds are frozen into it."""
        return self.rot / "frysta" / str(ar)

    @property
    def enkater(self) -> Path:
        """The questionnaires, one TOML file each."""
        return self.rot / "enkater"

    @property
    def nycklar(self) -> Path:
        """The keys of the rounds, where `grund.settings.Instans` has them."""
        return self.rot / "nycklar"

    @property
    def oversattningar(self) -> Path:
        """The installation's own translations of the survey (`enkat.oversattningar`)."""
        return self.rot / "oversattningar"

    @property
    def publicerat(self) -> Path:
        """The folder of all published years."""
        return self.rot / "publicerat"

    @property
    def godkannanden(self) -> Path:
        """The approvals: a file that only grows."""
        return self.rot / GODKANNANDEN

    def utan_rot(self, text: str) -> str:
        """A text where files are named from this folder, and nobody is told where that lies."""
        return text.replace(f"{self.rot}/", "").replace(f"{self.rot.resolve()}/", "")

    def ar(self) -> Sequence[int]:
        """The years that have goals, the latest first."""
        return sorted((int(fil.stem) for fil in self.rot.glob("mal/*.toml") if fil.stem.isdecimal()), reverse=True)
