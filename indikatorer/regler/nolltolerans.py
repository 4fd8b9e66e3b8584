"""nolltolerans: everyone who answered gave an allowed answer. None at all is not the same as none wrong."""

from __future__ import annotations

from typing import ClassVar

from indikatorer.gransvarde import Granstyp
from indikatorer.svarsandel import Svarsandel


class Nolltolerans(Svarsandel):
    """The allowed answers are taljare; green only when all of namnare gave one. No interval: one is too many."""

    regel: ClassVar[str] = "nolltolerans"
    granser: ClassVar[frozenset[Granstyp]] = frozenset({Granstyp.SAMTLIGA})
    mall: ClassVar[str] = "av {vilka} ska {gron} {villkor}."
    utan_grans: ClassVar[str] = "en ännu inte beslutad andel (nolltolerans)"

    def har_intervall(self) -> bool:
        return False
