"""andel: at least, or at most, a share of those who answered."""

from __future__ import annotations

from typing import ClassVar

from indikatorer.gransvarde import Granstyp
from indikatorer.svarsandel import Svarsandel


class Andel(Svarsandel):
    """A share judged against "minst N %" or "högst N %"."""

    regel: ClassVar[str] = "andel"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.MINST_PROCENT, Granstyp.HOGST_PROCENT})
