"""What a questionnaire is: questions in order, scales, and who sees which question.

A questionnaire is read once and never changes; everything here is frozen. Texts are Swedish, which is also what
gettext looks them up by.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from indikatorer.schema import Lista, Modell, Text, Texter

Typ = Literal["skala", "ja_nej", "ett_val", "flera_val", "tal", "datum", "text", "matris"]
Bild = Literal["ansikten", "staplar", "ja_nej"]

# An answer: option id, number, ISO date or text; of a flera_val the chosen options.
# Its key: the question's id; for each row of a matris "id.rad".
Svar: TypeAlias = Mapping[str, str | tuple[str, ...]]

# Stands beside the options of every question, and is never one of them.
VILL_INTE_SVARA: Final = "vill_inte_svara"
# The option of a flera_val that goes with no other: "none of these".
INGET: Final = "inget"
KON: Final = ("kvinna", "man", "annat")
MED_SKALA: Final = frozenset({"skala", "ja_nej", "ett_val", "flera_val", "matris"})

# In TOML a table of id = "text"; here pairs, in the order of the file.
Rader = Annotated[
    tuple[tuple[str, Text], ...],
    BeforeValidator(lambda varde: tuple(varde.items()) if isinstance(varde, Mapping) else varde),
]


class Skala(Modell):
    """Options that questions share. svar: ids, worst first when ordnad. bild: the set of pictures beside the texts."""

    svar: Texter
    text: Annotated[tuple[Text, ...], Lista, Field(min_length=1)]
    bild: Bild | None = None
    ordnad: bool = True

    def text_for(self, svar: str) -> str:
        """The words of an option."""
        return self.text[self.svar.index(svar)]


class VisasOm(Modell):
    """A question is shown only to those who gave one of these answers to an earlier one."""

    fraga: Text
    svar: Texter


class Fraga(Modell):
    """One question. Which keys a typ takes is checked by `lasning`.

    skala: id of its scale; of a ja_nej "ja_nej" when left out. rader: of a matris, (id, text).
    minst, hogst: of a tal. langst, gallras_efter_manader: of a text, in characters and in months after the close; never
    longer than the page before question 1 promises of all answers.
    """

    id: Text = Field(repr=False)
    typ: Typ
    text: Text
    hjalp: str = ""
    skala: Text | None = None
    kanslig: bool = False
    visas_om: VisasOm | None = None
    rader: Rader = ()
    minst: int | None = None
    hogst: int | None = None
    langst: Annotated[int, Field(ge=1, le=2000)] | None = None
    gallras_efter_manader: Annotated[int, Field(ge=1, le=24)] | None = None

    @property
    def skala_id(self) -> str | None:
        """The id of its scale; None for a tal, datum or text."""
        if self.typ not in MED_SKALA:
            return None
        return self.skala or ("ja_nej" if self.typ == "ja_nej" else None)

    @property
    def nycklar(self) -> tuple[str, ...]:
        """Its keys in Svar: its id, or one per row of a matris."""
        return tuple(f"{self.id}.{rad}" for rad, _ in self.rader) if self.typ == "matris" else (self.id,)


class Enhetsfraga(Modell):
    """The question about the enhet, asked on open links only: a code already says it."""

    text: Text
    hjalp: str = ""


class Huvud(Modell):
    """What stands in [enkat]: what the questionnaire is, for whom, and which källa it gives.

    hogst_minuter: what a respondent's time is worth. last: `instrument` as it must stay, for one that others own.
    utan_kon: the reason why kön is not asked.
    """

    titel: Text
    ingress: Text
    kalla: Text
    kallas: Text
    population: str = ""
    hogst_minuter: Annotated[int, Field(ge=1, le=60)] = 5
    last: str = ""
    utan_kon: str = ""


@dataclass(frozen=True)
class Enkat:
    """A questionnaire without faults. fragor: in the order they are asked. skalor: those of the file, by id."""

    id: str
    huvud: Huvud
    enhet: Enhetsfraga | None
    fragor: tuple[Fraga, ...]
    skalor: Mapping[str, Skala]

    def __hash__(self) -> int:
        """By what a respondent meets, so that what is worked out from a questionnaire can be kept for it."""
        return hash(self.fingeravtryck)

    @property
    def titel(self) -> str:
        """What it is called."""
        return self.huvud.titel

    @property
    def ingress(self) -> str:
        """What it is and for whom."""
        return self.huvud.ingress

    @property
    def kalla(self) -> str:
        """The id of the källa that its answers become."""
        return self.huvud.kalla

    @property
    def kallas(self) -> str:
        """How sentences name those who answered."""
        return self.huvud.kallas

    @property
    def population(self) -> str:
        """Who may answer."""
        return self.huvud.population

    @cached_property
    def _fragor(self) -> dict[str, Fraga]:
        return {fraga.id: fraga for fraga in self.fragor}

    def fraga(self, id_: str) -> Fraga:
        """The question of that id.

        Raises:
            KeyError: there is none.
        """
        return self._fragor[id_]

    def skala(self, fraga: Fraga) -> Skala | None:
        """The scale of a question; None for a tal, datum or text."""
        return None if fraga.skala_id is None else self.skalor[fraga.skala_id]

    def alternativ(self, fraga: Fraga) -> tuple[str, ...]:
        """The option ids of a question, without vill_inte_svara; () for a tal, datum or text."""
        skala = self.skala(fraga)
        return () if skala is None else skala.svar

    def synliga(self, svar: Svar) -> tuple[Fraga, ...]:
        """The questions that apply given the answers so far, in order.

        A question not yet answered counts as vill_inte_svara; one that is itself hidden as no answer at all.
        """
        visade: dict[str, Fraga] = {}
        for fraga in self.fragor:
            if ar_synlig(fraga, visade, svar):
                visade[fraga.id] = fraga
        return tuple(visade.values())

    @cached_property
    def fingeravtryck(self) -> str:
        """SHA-256 of everything that a respondent meets in Swedish, in the order they meet it."""
        huvud = {"titel": self.titel, "ingress": self.ingress}
        enhet = None if self.enhet is None else self.enhet.model_dump()
        return _hash({"huvud": huvud, "enhet": enhet, "fragor": [self._mott(f, med_hjalp=True) for f in self.fragor]})

    @cached_property
    def instrument(self) -> str:
        """SHA-256 of the questions and their options alone: what may not be reworded when somebody else owns it."""
        return _hash([self._mott(f, med_hjalp=False) for f in self.fragor if f.id != "kon"])

    def _mott(self, fraga: Fraga, med_hjalp: bool) -> dict[str, Any]:
        skala = self.skala(fraga)
        mott = fraga.model_dump(exclude={"kanslig", "gallras_efter_manader", "skala", "hjalp"})
        mott |= {"id": fraga.id, "svar": None if skala is None else list(zip(skala.svar, skala.text, strict=True))}
        if med_hjalp:
            mott |= {"hjalp": fraga.hjalp, "bild": None if skala is None else skala.bild}
        return mott

    def texter(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every Swedish text that is translated, with its path in the file, in the order it is met. Some come twice."""
        return ((vag, text) for vag, text in self._alla_texter() if text)

    def _alla_texter(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield ("enkat", "titel"), self.titel
        yield ("enkat", "ingress"), self.ingress
        if self.enhet is not None:
            yield ("enhet", "text"), self.enhet.text
            yield ("enhet", "hjalp"), self.enhet.hjalp
        for fraga in self.fragor:
            vag = ("fraga", fraga.id)
            yield (*vag, "text"), fraga.text
            yield (*vag, "hjalp"), fraga.hjalp
            yield from (((*vag, "rader", rad), text) for rad, text in fraga.rader)
            skala = self.skala(fraga)
            for nummer, text in enumerate(skala.text if skala is not None else ()):
                yield ("skala", str(fraga.skala_id), "text", nummer), text


def ar_synlig(fraga: Fraga, visade: Container[str], svar: Svar) -> bool:
    """Whether a question applies. visade: ids of the questions before it that do."""
    villkor = fraga.visas_om
    if villkor is None or villkor.fraga not in visade:
        return villkor is None
    givet = svar.get(villkor.fraga) or VILL_INTE_SVARA
    return any(g in villkor.svar for g in ((givet,) if isinstance(givet, str) else givet))


def _hash(varde: object) -> str:
    return hashlib.sha256(json.dumps(varde, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
