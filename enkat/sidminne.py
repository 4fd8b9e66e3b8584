"""Pages that are the same for everyone but for their seal, kept in memory so that most steps render and pack nothing.

Only a question that has no answer yet is kept here: no page that is kept holds an answer, a fault, a code or a seal.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

# Some twenty kB each, packed form and all.
FLEST: Final = 600
# Stands for the seal while a page is made. Nobody can know it, so it stands nowhere else.
PLATS: Final = secrets.token_hex(16)


# RFC 1952: deflated, no name, no time, an unknown system.
_GZIP: Final = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
_RA: Final = -zlib.MAX_WBITS


@dataclass(frozen=True)
class Sida:
    """A page with a hole for the seal. Its two sides are packed once; a seal is packed by itself and put between."""

    fore: str
    efter: str

    def med(self, sigill: str) -> str:
        """The page with this seal."""
        return self.fore + sigill + self.efter

    def packad(self, sigill: str) -> bytes:
        """The same, as gzip."""
        fore, efter = self._delar
        summa = zlib.crc32(self.efter.encode(), zlib.crc32(sigill.encode(), zlib.crc32(self.fore.encode())))
        # A flush ends on a whole byte and forgets what was said before, so that packed parts may follow one another.
        mitt = zlib.compressobj(1, zlib.DEFLATED, _RA, memLevel=1)
        hela = _GZIP + fore + mitt.compress(sigill.encode()) + mitt.flush(zlib.Z_FULL_FLUSH) + efter
        langd = len(self.med(sigill).encode())
        return hela + summa.to_bytes(4, "little") + langd.to_bytes(4, "little")

    @cached_property
    def _delar(self) -> tuple[bytes, bytes]:
        fore, efter = zlib.compressobj(9, zlib.DEFLATED, _RA), zlib.compressobj(9, zlib.DEFLATED, _RA)
        return (
            fore.compress(self.fore.encode()) + fore.flush(zlib.Z_FULL_FLUSH),
            efter.compress(self.efter.encode()) + efter.flush(),
        )


@dataclass
class Sidminne:
    """The pages, by all that each depends on."""

    _sidor: dict[tuple[object, ...], Sida] = field(default_factory=dict, repr=False)

    def hamta(self, nyckel: tuple[object, ...], gor: Callable[[str], str]) -> Sida:
        """The page of a key. gor: makes it, given a seal."""
        sida = self._sidor.get(nyckel)
        if sida is None:
            fore, _, efter = gor(PLATS).partition(PLATS)
            if len(self._sidor) >= FLEST:
                self._sidor.clear()
            sida = self._sidor[nyckel] = Sida(fore, efter)
        return sida
