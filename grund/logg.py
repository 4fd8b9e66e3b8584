"""What a log may hold: never a one-time code, not even when someone types it where an address belongs.

gunicorn tells the address of whoever sends a request that it cannot read; that is taken out too.
"""

from __future__ import annotations

import logging
import re
from typing import Final

# Those of the servers, and the application's own.
LOGGAR: Final = ("werkzeug", "gunicorn.access", "gunicorn.error", "bokslut", "kansli", "kansli.app")
# Nine digits or more, in groups or not; or as many signs of another script as an address writes them.
_KOD: Final = re.compile(r"\d(?:(?:%20|[\s+_-])*\d){8,}|(?:%[0-9A-Fa-f]{2}){9,}")
# What opens an account once, in the address of a letter.
_INBJUDAN: Final = re.compile(r"(/inbjudan/)[\w-]+")
_AVSANDARE: Final = re.compile(r"\bip=\S+")


class UtanKoder(logging.Filter):
    """Puts three points where a code could stand."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record before any handler sees it."""
        record.msg, record.args = _dolj(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _dolj(logging.Formatter().formatException(record.exc_info))  # handlers print it as it is
        return True


def _dolj(text: str) -> str:
    return _INBJUDAN.sub(r"\1…", _AVSANDARE.sub("ip=…", _KOD.sub("…", text)))


def skydda_loggar() -> None:
    """Let no log of this process hold a code; once is enough, more does no harm."""
    for namn in LOGGAR:
        logg = logging.getLogger(namn)
        if not any(isinstance(f, UtanKoder) for f in logg.filters):
            logg.addFilter(UtanKoder())
