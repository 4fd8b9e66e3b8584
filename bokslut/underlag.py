"""Reads the files of an underlag from a disk, for the engine, which opens none itself."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bokslut.bevisfil import Bevisfil
from indikatorer import gallrat
from indikatorer.definition import Definitioner, las_definitioner
from indikatorer.diagnos import HELA_FILEN, Diagnos, UnderlagFel, ordnade, ratta
from indikatorer.forberedelse import Forberett, forbered
from indikatorer.toml.source import las_bytes
from indikatorer.underlag import Innehall, las_underlag


def hamta(fil: str) -> Innehall | None:
    """The content of a file (Parquet as a table), or the Markdown files of a folder; None when there is none."""
    stig = Path(fil)
    if not _ar_fil(stig):
        return {f.name: f.read_bytes() for f in sorted(stig.glob("*.md")) if f.is_file()} if _ar_mapp(stig) else None
    if stig.name.endswith(gallrat.ANDELSE):
        return gallrat.las(fil, stig.read_bytes())
    if stig.suffix != ".parquet":
        return stig.read_bytes()
    # Imported here, since most underlag is text and starts sooner without it.
    from pyarrow import ArrowInvalid

    from bokslut.parquet import las_parquet

    try:
        return las_parquet(stig)
    except ArrowInvalid:  # something else by that name: the engine says what
        return stig.read_bytes()


def las(indikatorer: Path, underlag: Path, text: str | None = None) -> Forberett:
    """Read and check a config and the underlag in a folder, and what has been proven of it.

    text: what the config would hold, in the place of what the file holds.

    Raises:
        UnderlagFel: the config has no year to go by; all other faults are in the answer.
    """
    definitioner, fel = las_config(indikatorer, text)
    lasta, fler = las_underlag((underlag / "underlag.toml").as_posix(), hamta)
    if definitioner is None:
        raise UnderlagFel(ordnade([*fel, *fler]))
    return replace(forbered(definitioner, lasta, [*fel, *fler]), bevis=Bevisfil(underlag))


def las_config(fil: Path, text: str | None = None) -> tuple[Definitioner | None, list[Diagnos]]:
    """Read the config, or tell that there is none."""
    if text is not None:
        return _las_definitioner(fil.as_posix(), text.encode())
    if not _ar_fil(fil):
        vad = "det här är en mapp, men ska vara filen med indikatorer"
        regel = vad if _ar_mapp(fil) else "filen med indikatorer finns inte"
        return None, [Diagnos("fil-saknas", fil.as_posix(), HELA_FILEN, "", regel, "Kontrollera sökvägen.")]
    return _las_definitioner(fil.as_posix(), fil.read_bytes())


def _las_definitioner(fil: str, data: bytes) -> tuple[Definitioner | None, list[Diagnos]]:
    definitioner, fel = _kanda_definitioner(fil, data)
    return definitioner, list(fel)


@lru_cache(maxsize=8)
def _kanda_definitioner(fil: str, data: bytes) -> tuple[Definitioner | None, tuple[Diagnos, ...]]:
    """The same bytes are the same definitions; several pages ask in a row."""
    definitioner, fel = las_definitioner(fil, data)
    return definitioner, tuple(fel)


def kalltexter(filer: Iterable[str]) -> dict[str, str]:
    """The texts of these files as the engine reads them, to show or mend faulty lines; what is no file is left out."""
    return {fil: las_bytes(fil, Path(fil).read_bytes()).text for fil in filer if _ar_fil(Path(fil))}


def _ar_fil(stig: Path) -> bool:
    """As Path.is_file, but a name that no file can have is none."""
    with suppress(OSError, ValueError):
        return stig.is_file()
    return False


def _ar_mapp(stig: Path) -> bool:
    with suppress(OSError, ValueError):
        return stig.is_dir()
    return False


def ratta_filer(fel: Iterable[Diagnos]) -> dict[str, int]:
    """Apply the fixes that the faults offer, and save the files as UTF-8. Returns how many fixes each file had."""
    fixar = list(dict.fromkeys(d.fix for d in fel if d.fix is not None))
    texter = kalltexter({fix.fil for fix in fixar})
    for fil, text in ratta(texter, fixar).items():
        Path(fil).write_text(text, "utf-8", newline="")
    return {fil: sum(1 for fix in fixar if fix.fil == fil) for fil in texter}
