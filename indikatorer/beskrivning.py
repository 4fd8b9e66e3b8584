"""underlag.toml: what the källor, questions and scales of one year are. CONTRACT section 1."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from indikatorer.schema import Ar, Lista, Modell, Text, Texter


class Giltighet(Modell):
    """The years, both included, that something is valid; None where it is open."""

    fran: Ar | None = None
    till: Ar | None = None

    def galler(self, ar: int) -> bool:
        """Whether it is valid in that year."""
        return (self.fran is None or self.fran <= ar) and (self.till is None or ar <= self.till)

    def ar_vand(self) -> bool:
        """Whether it ends before it begins, so that it is never valid."""
        return self.fran is not None and self.till is not None and self.fran > self.till


class Skala(Giltighet):
    """A scale. svar: option ids, worst first when ordnad. text: the words of each option, in the same order."""

    svar: Texter
    text: Annotated[tuple[Text, ...], Lista, Field(min_length=1)]
    ordnad: bool = True

    def text_for(self, svar: str) -> str:
        """The words of an option; an answer beside the scale (vill_inte_svara) is its own id."""
        return self.text[self.svar.index(svar)] if svar in self.svar else svar


class Fraga(Giltighet):
    """A question, or a column that indicators name by `fraga`. text: as put; unique in its källa."""

    text: Text
    skala: Text
    kanslig: bool = False


class Kalla(Modell):
    """A named table. kallas: how sentences name those it is about. population_antal, utdelade: None when not known."""

    typ: Literal["enkat", "register", "statistik", "berattelser"]
    skydd: Literal["personer", "offentlig"]
    kallas: Text
    fil: Text
    period: Text
    population: str = ""
    population_antal: Annotated[int, Field(ge=0)] | None = None
    utdelade: Annotated[int, Field(ge=0)] | None = None
    anmarkning: str = ""
    fraga: dict[str, Fraga] = Field(default_factory=dict)


class Beskrivning(Modell):
    """The whole file.

    ar: the year it is about, when that is not the year of the indicators. foregaende: a folder. pahittat: the answers
    are synthetic, and everything that is published from them says so.
    """

    ar: Ar | None = None
    foregaende: str | None = None
    pahittat: bool = False
    skala: dict[str, Skala] = Field(default_factory=dict)
    kalla: dict[str, Kalla] = Field(default_factory=dict)
