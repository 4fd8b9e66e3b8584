"""The texts of a bokslut as its pages show them: foreword, about, a comment beside its indicator, and own numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bokslut.fras import fras
from bokslut.text.texter import INGA, SLAG, Text, Texter
from bokslut.text.textgranskning import las_mot
from bokslut.text.textvy import som_html
from indikatorer.diagnos import Niva, UnderlagFel, ordnade
from indikatorer.resultat import Resultat, Utvardering


@dataclass(frozen=True, slots=True)
class Egetvy:
    """A number that its author has checked by hand. var: the text that it stands in."""

    tal: str
    kalla: str
    var: str


@dataclass(frozen=True, slots=True)
class Textsidor:
    """HTML, cleaned. sidor: "forord" and "om", those that are written. kommentarer: by the indicator's id."""

    sidor: Mapping[str, str] = field(default_factory=dict)
    kommentarer: Mapping[str, str] = field(default_factory=dict)
    egna: tuple[Egetvy, ...] = ()


def build_textsidor(u: Utvardering, lankar: Mapping[tuple[str, str | None], str], texter: Texter = INGA) -> Textsidor:
    """The texts, each live figure a link to its result. lankar: where a result stands, by (id, grupp).

    Raises:
        UnderlagFel: a text has a fault, so that it could not be shown as meant.
    """
    lasta, diagnoser = las_mot(texter, u)
    fel = [d for d in diagnoser if d.niva is Niva.FEL]
    if fel:
        raise UnderlagFel(ordnade(fel))
    skrivna = [last for last in lasta if last.text.text.strip()]
    return Textsidor(
        sidor={t.text.slag: som_html(t.text.text, t.levande, lankar) for t in skrivna if t.text.slag in SLAG},
        # A comment stands in a table, where no heading of its own would fit the page's.
        kommentarer={t.handlar_om[0].id: som_html(t.text.text, t.levande, lankar, 4) for t in skrivna if t.handlar_om},
        egna=tuple(Egetvy(e.tal, e.kalla, _var(t.text, t.handlar_om)) for t in skrivna for e in t.egna),
    )


def _var(text: Text, handlar_om: Sequence[Resultat]) -> str:
    if handlar_om:
        return fras("Kommentaren till {vad}", vad=handlar_om[0].nummer or handlar_om[0].titel)
    return SLAG.get(text.slag, text.namn)
