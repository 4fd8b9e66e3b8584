"""A published version as a zip that is made while it is sent: it takes no memory and leaves nothing on the disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bokslut.publicering.manifest import MANIFEST
from bokslut.publicering.versioner import Version

_BIT: Final = 1 << 16
# The same content is the same bytes, whenever it is fetched.
_TID: Final = (1980, 1, 1, 0, 0, 0)
_PACKADE: Final = (".png", ".pdf", ".woff2", ".zip", ".xlsx", ".docx", ".gz", ".parquet")
BREDVID: Final = ("index.html", "versioner.html", "versioner.css")


def packa(version: Version) -> Iterator[bytes]:
    """The version's folder and what leads readers to it, to unpack in the folder of the year on a web server.

    Only what the manifest names is sent, and no link is followed.
    """
    ar_mapp = version.mapp.parent
    namn = [f"{version.mapp.name}/{n}" for n in (MANIFEST, *sorted(version.manifest.filer))]
    ut = _Strom()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for fil in (*namn, *BREDVID):
            yield from _lagg_till(arkiv, ut, ar_mapp / fil, fil)
    yield ut.tom()


def _lagg_till(arkiv: zipfile.ZipFile, ut: _Strom, stig: Path, namn: str) -> Iterator[bytes]:
    if stig.is_symlink() or not stig.is_file():
        return
    uppgift = zipfile.ZipInfo(namn, _TID)
    uppgift.compress_type = zipfile.ZIP_STORED if stig.suffix in _PACKADE else zipfile.ZIP_DEFLATED
    uppgift.external_attr = 0o644 << 16
    with stig.open("rb") as fil, arkiv.open(uppgift, "w") as post:
        while bit := fil.read(_BIT):
            post.write(bit)
            yield ut.tom()
    yield ut.tom()


class _Strom(io.RawIOBase):
    """Where the zip is written: it is handed on piece by piece, and never read back."""

    def __init__(self) -> None:
        self._bitar: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        bit = bytes(data)  # type: ignore[call-overload]  # whatever a file may be handed
        self._bitar.append(bit)
        return len(bit)

    def tom(self) -> bytes:
        """What has been written since the last time."""
        data, self._bitar = b"".join(self._bitar), []
        return data
