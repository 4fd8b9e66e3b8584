"""The files of a year's texts: which there is a place for, and reading and writing one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bokslut.text.levande import med_namn
from bokslut.text.texter import KOMMENTARER, MAPP, SLAG
from grund.settings import ersatt_privat, skapa_mapp, synka_mapp
from indikatorer.resultat import Resultat, Utvardering
from kansli.arbetsmapp import Arbetsmapp
from kansli.sprak import mark

# What a file may be called: the id of an indicator, or its nummer.
_NAMN: Final = re.compile(r"[\w][\w.-]{0,99}")
TITLAR: Final = {"forord": mark("Förord"), "om": mark("Om bokslutet")}


@dataclass(frozen=True)
class Textfil:
    """A text that there is a place for. namn: in addresses. slag: of bokslut.text.texter. stig: of its file.

    handlar_om: the results that a comment is about; none when it is about no indicator of the year.
    """

    ar: int
    namn: str
    slag: str
    stig: Path
    handlar_om: tuple[Resultat, ...] = ()

    @property
    def fil(self) -> str:
        """The file from the underlag, as history and findings name it."""
        return f"{MAPP}/{self.i_mappen}"

    @property
    def i_mappen(self) -> str:
        """The file from the folder of texts."""
        return self.stig.name if self.slag in SLAG else f"{KOMMENTARER}/{self.stig.name}"

    def las(self) -> str | None:
        """What stands in it, with one kind of line ends; None when it is not there."""
        if not self.stig.is_file():
            return None
        text = self.stig.read_bytes().decode("utf-8-sig", errors="replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def skriv(self, text: str) -> None:
        """Write it whole or not at all; "" takes it away."""
        skapa_mapp(self.stig.parent)
        if text:
            ersatt_privat(self.stig, text.encode())
        else:
            self.stig.unlink(missing_ok=True)
        synka_mapp(self.stig.parent)


def hitta(mapp: Arbetsmapp, ar: int, namn: str, u: Utvardering) -> Textfil | None:
    """The text of a name: "forord", "om", or an indicator by id or nummer; None when there is no place for such."""
    rot = mapp.underlag(ar) / MAPP
    if namn in SLAG:
        return Textfil(ar, namn, namn, rot / f"{namn}.md")
    if _NAMN.fullmatch(namn) is None:
        return None
    om = tuple(med_namn(namn, u))
    stig = _kommentarfil(rot, om) if om else rot / KOMMENTARER / f"{namn}.md"
    if not om and not stig.is_file():
        return None
    return Textfil(ar, om[0].id if om else namn, "kommentar", stig, om)


def _kommentarfil(rot: Path, om: tuple[Resultat, ...]) -> Path:
    """The file there is, called by id or by nummer, else the one to write."""
    namn = [n for n in (om[0].id, om[0].nummer) if n]
    stigar = [rot / KOMMENTARER / f"{n}.md" for n in namn]
    return next((stig for stig in stigar if stig.is_file()), stigar[0])


def alla(mapp: Arbetsmapp, ar: int, u: Utvardering) -> list[Textfil]:
    """Every text that there is a place for: foreword, about, each indicator, and files that are about none."""
    namn = [*SLAG, *dict.fromkeys(r.id for r in u.resultat())]
    kanda = [t for t in (hitta(mapp, ar, n, u) for n in namn) if t is not None]
    finns = {t.stig for t in kanda}
    ovriga = sorted((mapp.underlag(ar) / MAPP / KOMMENTARER).glob("*.md"))
    lasta = (hitta(mapp, ar, stig.stem, u) for stig in ovriga if stig not in finns)
    return [*kanda, *(t for t in lasta if t is not None and not t.handlar_om)]
