"""The texts of a bokslut as their authors wrote them: foreword, about, and a comment per indicator.

They lie in the folder `texter` of an underlag: `forord.md`, `om.md` and `kommentarer/<indikator>.md`, where the name
is the id of an indicator or its nummer. Nothing of them is shown before `textgranskning` has found no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bokslut.fras import fras
from indikatorer.diagnos import HELA_FILEN, Diagnos, narmast
from indikatorer.toml.fel import Rader
from indikatorer.toml.source import las_bytes

MAPP: Final = "texter"
KOMMENTARER: Final = "kommentarer"
SLAG: Final = {"forord": fras("Förord"), "om": fras("Om bokslutet")}
# A text for readers is a few pages; more is the wrong file.
STORST: Final = 100_000
# What å, ä, ö and quotes become when UTF-8 is read as something else and saved again.
_FEL_KODNING: Final = re.compile("Ã[¥¤¶…„–©]|â€[œ™“”]|\ufffd")
# Characters that nobody types: control characters, and those that stand for live figures while a text is rendered.
_OTILLATNA: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Text:
    """One file. slag: "forord", "om" or "kommentar". namn: for a comment what it is about, as the file is called."""

    slag: str
    namn: str
    fil: str
    text: str


@dataclass(frozen=True, slots=True)
class Texter:
    """What could be read, and every fault of the reading."""

    alla: tuple[Text, ...] = ()
    diagnoser: tuple[Diagnos, ...] = ()

    def med_slag(self, slag: str) -> Text | None:
        """The foreword or the text about the bokslut; None when there is none, or only blanks."""
        return next((t for t in self.alla if t.slag == slag and t.text.strip()), None)

    @property
    def kommentarer(self) -> tuple[Text, ...]:
        """The comments that say something."""
        return tuple(t for t in self.alla if t.slag == "kommentar" and t.text.strip())


INGA: Final = Texter()


def las_texter(underlag: Path) -> Texter:
    """Read the texts of the underlag in a folder. No folder `texter` is no fault: then there are no texts."""
    mapp = underlag / MAPP
    if not mapp.is_dir():
        return INGA
    innehall = {f.relative_to(mapp).as_posix(): _bytes(f) for f in sorted(mapp.rglob("*.md")) if f.is_file()}
    return tolka_texter(mapp.as_posix(), innehall)


def _bytes(fil: Path) -> bytes:
    """The file, or so much of it that its size is seen to be too large."""
    with fil.open("rb") as oppen:
        return oppen.read(STORST + 1)


def tolka_texter(mapp: str, innehall: Mapping[str, bytes]) -> Texter:
    """The texts of a folder. innehall: by path in the folder ("kommentarer/stod.md")."""
    texter, diagnoser = [], []
    for namn, data in innehall.items():
        text, fel = _tolka(f"{mapp}/{namn}", namn, data)
        diagnoser += fel
        texter += [text] if text is not None else []
    return Texter(tuple(texter), tuple(diagnoser))


def _tolka(fil: str, namn: str, data: bytes) -> tuple[Text | None, list[Diagnos]]:
    delar = namn.removesuffix(".md").split("/")
    if len(delar) == 2 and delar[0] == KOMMENTARER:
        slag = "kommentar"
    elif len(delar) == 1 and delar[0] in SLAG:
        slag = delar[0]
    else:
        return None, [_okand_text(fil, namn, delar)]
    if len(data) > STORST:
        regel = f"är större än {STORST // 1000} kB, men en text i bokslutet ska gå att läsa på några minuter"
        return None, [Diagnos("text-for-stor", fil, HELA_FILEN, "Texten", regel, "Kontrollera att det är rätt fil.")]
    avkodad = las_bytes(fil, data)
    if avkodad.diagnoser:
        return None, list(avkodad.diagnoser)
    text = avkodad.text.replace("\r\n", "\n").replace("\r", "\n")
    return Text(slag, delar[-1], fil, text), list(_teckenfel(fil, text))


def _okand_text(fil: str, namn: str, delar: list[str]) -> Diagnos:
    kandidat = narmast(delar[0], [*SLAG, KOMMENTARER])
    bytt = "/".join([kandidat or "", *delar[1:]])
    return Diagnos(
        kod="okand-text",
        fil=fil,
        plats=HELA_FILEN,
        fann=f"”{namn}”",
        regel="är ingen text som bokslutet har plats för",
        atgard="De som finns är forord.md, om.md och kommentarer/<indikator>.md.",
        kandidat=f"”{bytt}.md”" if kandidat and (len(delar) == 1 or kandidat == KOMMENTARER) else None,
    )


def _teckenfel(fil: str, text: str) -> Iterator[Diagnos]:
    rader = Rader(text)
    fel = _FEL_KODNING.search(text)
    if fel is not None:
        regel = "visar att texten har sparats i en teckenkodning och lästs i en annan"
        plats = rader.plats(fel.start(), fel.end())
        yield Diagnos("fel-kodning", fil, plats, f"”{fel[0]}”", regel, "Spara texten på nytt som UTF-8.")
    for tecken in _OTILLATNA.finditer(text):
        regel = "är ett tecken som inte syns och inte får stå i en text"
        plats = rader.plats(tecken.start(), tecken.end())
        yield Diagnos("otillatet-tecken", fil, plats, f"U+{ord(tecken[0]):04X}", regel, "Ta bort det.")
