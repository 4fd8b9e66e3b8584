"""What a log may hold: never a one-time code, not even when someone types it where an address belongs."""

from __future__ import annotations

import logging
import re
from typing import Final

ATKOMSTLOGGAR: Final = ("werkzeug", "gunicorn.access")
# Nine digits or more, in groups or not; or as many signs of another script as an address writes them.
_KOD: Final = re.compile(r"\d(?:(?:%20|[\s+_-])*\d){8,}|(?:%[0-9A-Fa-f]{2}){9,}")


class UtanKoder(logging.Filter):
    """Puts three points where a code could stand."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record before any handler sees it."""
        record.msg, record.args = _KOD.sub("…", record.getMessage()), ()
        return True


def skydda_loggar() -> None:
    """Let no access log of this process hold a code; once is enough, more does no harm."""
    for namn in ATKOMSTLOGGAR:
        logg = logging.getLogger(namn)
        if not any(isinstance(f, UtanKoder) for f in logg.filters):
            logg.addFilter(UtanKoder())
