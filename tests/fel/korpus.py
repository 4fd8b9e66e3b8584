"""The corpus of wrong files: each folder holds the files that differ from `_grund/`, and what must be said of them.

python -m tests.fel.korpus    writes MEDDELANDEN.txt anew, when the wording was changed on purpose
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indikatorer.definition import las_definitioner
from indikatorer.diagnos import Diagnos, Fix, Niva, ordnade, ratta
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.toml.source import las_bytes
from indikatorer.underlag import Innehall, las_underlag

KATALOG = Path(__file__).parent
MEDDELANDEN = KATALOG / "MEDDELANDEN.txt"
CONFIG, UNDERLAG, VANTAT = "indicators.toml", "underlag.toml", "vantat.toml"

Filer = Mapping[str, bytes]


@dataclass(frozen=True)
class Vantat:
    """One fault: where it stands, and the line as it reads when that fault alone is mended (None: no fix)."""

    fil: str
    rad: int
    kolumn: int
    kod: str
    efter: str | None = None


@dataclass(frozen=True)
class Fall:
    """One folder. vad: what somebody did. filer: all the files, those of the base too.

    fel: all the faults, in the order they are told. paverkar: ids that a preview leaves out because of them.
    Without faults lika says that every result is that of the base, or signal what the results are ("ingen": None).
    """

    namn: str
    vad: str
    filer: Filer
    fel: tuple[Vantat, ...]
    paverkar: tuple[str, ...]
    lika: bool
    signal: Mapping[str, str]


def las_mapp(mapp: Path) -> dict[str, bytes]:
    """The files of a folder and those below it, by their path from the folder."""
    return {f.relative_to(mapp).as_posix(): f.read_bytes() for f in sorted(mapp.rglob("*")) if f.is_file()}


GRUND = las_mapp(KATALOG / "_grund")


def las_fall(mapp: Path) -> Fall:
    """One case: the base with the folder's own files put in; those named in `utan` are left out."""
    egna = las_mapp(mapp)
    vantat = tomllib.loads(egna.pop(VANTAT).decode("utf-8"))
    filer = {fil: data for fil, data in (GRUND | egna).items() if fil not in vantat.get("utan", ())}
    fel = tuple(Vantat(**post) for post in vantat.get("fel", ()))
    paverkar, lika, signal = tuple(vantat.get("paverkar", ())), vantat.get("lika", False), vantat.get("signal", {})
    return Fall(mapp.name, vantat["vad"], filer, fel, paverkar, lika, signal)


def alla_fall() -> list[Fall]:
    """All cases, by name."""
    return [las_fall(mapp.parent) for mapp in sorted(KATALOG.glob(f"*/{VANTAT}"))]


def hamtare(filer: Filer, fil: str) -> Innehall | None:
    """What `las_underlag` asks for: a file, or the stories of a folder."""
    if fil in filer:
        return filer[fil]
    i_mapp = {namn.removeprefix(f"{fil}/"): data for namn, data in filer.items() if namn.startswith(f"{fil}/")}
    return i_mapp or None


def las(filer: Filer) -> tuple[Forberett | None, list[Diagnos]]:
    """Read and check, as the command does, without a disk. None when the config has no [bokslut] to go by."""
    definitioner, fel = las_definitioner(CONFIG, filer[CONFIG])
    underlag, fler = las_underlag(UNDERLAG, lambda fil: hamtare(filer, fil))
    if definitioner is None:
        return None, list(ordnade([*fel, *fler]))
    forberett = forbered(definitioner, underlag, [*fel, *fler])
    return forberett, forberett.alla_diagnoser()


def fel_i(filer: Filer) -> list[Diagnos]:
    """The faults, in the order they are told."""
    return [d for d in las(filer)[1] if d.niva is Niva.FEL]


def rattade(filer: Filer, *fixar: Fix) -> dict[str, bytes]:
    """The files with fixes applied, saved as the command saves them."""
    texter = {fil: las_bytes(fil, filer[fil]).text for fil in {fix.fil for fix in fixar}}
    return dict(filer) | {fil: text.encode("utf-8") for fil, text in ratta(texter, fixar).items()}


def rad_efter(filer: Filer, fix: Fix) -> str:
    """The lines that a fix touched, as they read when it alone is applied."""
    text = rattade(filer, fix)[fix.fil].decode("utf-8")
    borjan = text.rfind("\n", 0, fix.start) + 1
    slut = text.find("\n", fix.start + len(fix.text))
    return text[borjan : slut if slut >= 0 else None].strip("\r\n")


def meddelanden() -> str:
    """Every message of the corpus, case by case: code and sentence."""
    stycken = []
    for fall in alla_fall():
        rader = [f"{d.kod}: {str(d).split(f' {d.kod} ', 1)[1]}" for d in fel_i(fall.filer)]
        if rader:
            stycken.append("\n".join([f"# {fall.namn}", *rader]))
    return "\n\n".join(stycken) + "\n"


if __name__ == "__main__":
    MEDDELANDEN.write_text(meddelanden(), "utf-8", newline="\n")
