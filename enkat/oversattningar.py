"""An installation's own translations: a folder like translations/, whose texts and reviews win over the program's.

The program's folder may be read-only and is replaced by the next version; what an installation translates and reviews
lies in its instance. Each process is told once which folder that is, and sees a file that another one has changed when
it is told again (`anvand`) or asked to look (`las_om`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GRANSKNING: Final = "granskning.toml"


@dataclass(frozen=True)
class Egna:
    """The folder as it was last looked at; mapp: None without one. stampel: path, time and size of each file."""

    mapp: Path | None = None
    stampel: tuple[tuple[str, int, int], ...] = ()

    def po_fil(self, katalog: str, doman: str) -> Path | None:
        """The installation's own catalogue; None when it has none."""
        fil = None if self.mapp is None else egen_po(self.mapp, katalog, doman)
        return fil if fil is not None and fil.is_file() else None

    def granskning(self) -> Path | None:
        """The installation's own reviews; None when it has none."""
        fil = None if self.mapp is None else self.mapp / GRANSKNING
        return fil if fil is not None and fil.is_file() else None


_NU: Final = [Egna()]


def egna() -> Egna:
    """The folder that this process uses."""
    return _NU[0]


def anvand(mapp: Path | None) -> None:
    """Let the translations in a folder win from now on. It need not be there yet. None: only the program's own."""
    ny = Egna(mapp, () if mapp is None else tuple(_stampla(mapp)))
    if ny != _NU[0]:
        _NU[0] = ny


def las_om() -> None:
    """See what others may have written in the folder."""
    anvand(egna().mapp)


def egen_po(mapp: Path, katalog: str, doman: str) -> Path:
    """Where an installation's own catalogue lies."""
    return mapp / katalog / "LC_MESSAGES" / f"{doman}.po"


def _stampla(mapp: Path) -> Iterator[tuple[str, int, int]]:
    for fil in sorted((*mapp.glob("*/LC_MESSAGES/*.po"), *mapp.glob(GRANSKNING))):
        info = fil.stat()
        yield str(fil), info.st_mtime_ns, info.st_size
