"""Databases of tests that wait for no disk: a power cut is no part of what they try, and each wait is many milliseconds.

tests/databas/ keeps the program's own settings.
"""

from typing import Final

from grund import db

RIKTIGA: Final = db.PRAGMAN
SNABBA: Final = tuple("synchronous = OFF" if p.startswith("synchronous") else p for p in RIKTIGA)
