"""How often one address may knock: per worker, in memory, and without knowing any address.

The address is kept as an HMAC under a key that is thrown away every day. A whole group behind one Wi-Fi gets through;
what guards the codes is that they cannot be guessed, so the limits only keep a machine from trying all day.
"""

from __future__ import annotations

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import Final

DYGN: Final = 86400
FLEST_ADRESSER: Final = 20000


@dataclass
class Takt:
    """A bucket per address that holds `antal` and fills up evenly again in `sekunder`."""

    antal: int
    sekunder: int
    _hinkar: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict, repr=False)
    _nyckel: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _dygn: int = 0
    _las: Lock = field(default_factory=Lock, repr=False)

    def far(self, adress: str, nu: float) -> bool:
        """Whether an address may once more. nu: seconds, from any start."""
        with self._las:
            self._byt_nyckel(nu)
            vem = hmac.digest(self._nyckel, adress.encode(), sha256)
            kvar, da = self._hinkar.pop(vem, (float(self.antal), nu))
            kvar = min(float(self.antal), kvar + max(0.0, nu - da) * self.antal / self.sekunder)
            self._hinkar[vem] = (kvar - 1 if kvar >= 1 else kvar, nu)
            if len(self._hinkar) > FLEST_ADRESSER:
                self._hinkar.popitem(last=False)
            return kvar >= 1

    def _byt_nyckel(self, nu: float) -> None:
        if int(nu // DYGN) != self._dygn:
            self._dygn, self._nyckel = int(nu // DYGN), secrets.token_bytes(32)
            self._hinkar.clear()
