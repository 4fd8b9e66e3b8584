"""What may stand in the way of a publication: its code, whether it blocks, and what the code means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# True: stops the publication. False: a warning, that somebody may answer for. Explained in docs/grind.md.
KODER: Final = {
    "fel-i-definitionen": True,
    "mal-utan-text": True,
    "indikator-utan-kalla": True,
    "skydd-avstangt": True,
    "liten-cell-synlig": True,
    "dold-cell-gar-att-rakna-ut": True,
    "rod-utan-kommentar": True,
    "fel-i-text": True,
    "text-mot-siffra": True,
    "berattelse-utan-samtycke": True,
    "berattelse-ej-granskad": True,
    "berattelse-utan-indikator": True,
    "pdf-saknas": True,
    "pdf-ogiltig": True,
    "tredje-part": True,
    "tidigare-version-andrad": True,
    "rattelse-utan-skal": True,
    "godkannande-saknas": True,
    "godkannande-inaktuellt": True,
    "beslut-saknas": True,
    "nara-gransen": False,
    "svarsfrekvens-okand": False,
    "oversattning-ogranskad": False,
    "pahittade-svar": False,
    "kontakt-saknas": False,
    "berattelse-kan-peka-ut": False,
    "berattelse-ej-genomgangen": False,
    "extern-lank": False,
}


@dataclass(frozen=True, slots=True)
class Hinder:
    """One thing in the way. var: where, as an author knows it. text: what is wrong. atgard: what to do, a sentence."""

    kod: str
    blockerar: bool
    var: str
    text: str
    atgard: str

    def __str__(self) -> str:
        """One line: where, what and what to do."""
        return " ".join(f"{self.var}: {self.text} {self.atgard}".split())


def hinder(kod: str, var: str, text: str, atgard: str) -> Hinder:
    """A Hinder of a known code.

    Raises:
        KeyError: there is no such code (a caller bug).
    """
    return Hinder(kod, KODER[kod], var, text, atgard)


def stoppar(lista: list[Hinder]) -> list[Hinder]:
    """Those that block."""
    return [h for h in lista if h.blockerar]
