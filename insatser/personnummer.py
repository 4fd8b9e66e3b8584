"""Finds what looks like a personnummer or a samordningsnummer, so that the register never takes one in."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

# Ten or twelve digits as people write them: 850312-1234, 19850312 1234, 8503121234, +-signs for the old.
_MONSTER: Final = re.compile(r"(?<!\d)(\d{2})?(\d{2})(\d{2})(\d{2})[ ]?[-+–−]?[ ]?(\d{4})(?!\d)")
# A samordningsnummer has sixty added to its day.
_TILLAGG: Final = 60


def ser_ut_som_personnummer(text: str) -> bool:
    """Whether a text holds one. A wrong check digit is no comfort: it is a slip, and the person is there anyway."""
    return any(_ar_dag(*traff.groups()) for traff in _MONSTER.finditer(text))


def maskera(text: str) -> str:
    """The text with every digit hidden, to be shown to someone who must find it in her own file."""
    return re.sub(r"\d", "•", text)


def _ar_dag(sekel: str | None, ar: str, manad: str, dag: str, _: str) -> bool:
    """Whether the digits begin with a birthday; 2000 stands for any century, since it has a leap day."""
    if sekel is not None and sekel not in ("18", "19", "20"):
        return False
    nummer = int(dag) - (_TILLAGG if int(dag) > _TILLAGG else 0)
    try:
        date(2000 + int(ar) % 4, int(manad), nummer)
    except ValueError:
        return False
    return True
