"""information: a share that is told without being judged."""

from __future__ import annotations

from typing import ClassVar

from indikatorer.gransvarde import Granstyp
from indikatorer.svarsandel import Svarsandel
from indikatorer.svarsmening import PRESENS


class Information(Svarsandel):
    """A share without limit and without signal."""

    regel: ClassVar[str] = "information"
    granser: ClassVar[frozenset[Granstyp]] = frozenset()
    mall: ClassVar[str] = "andelen av {vilka} som {villkor} redovisas utan mål."
    verbform: ClassVar[tuple[str, str]] = PRESENS
    har_signal: ClassVar[bool] = False
