"""A thing to do: what, why, where, for whom and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from kansli.roller import CHEF, LEDNING, Roll
from kansli.sprak import gettext as _
from kansli.sprak import mark

# A page by its endpoint and the arguments of its address.
Lank = tuple[str, Mapping[str, object]]

DE_SOM_GODKANNER: Final = CHEF | {Roll.GODKANNARE}
DE_SOM_GRANSKAR: Final = LEDNING | {Roll.GRANSKARE}
DE_SOM_LASER: Final = frozenset({Roll.STYRELSE, Roll.REVISOR, Roll.GRANSKARE, Roll.GODKANNARE})
_MANADER: Final = (
    *(mark("januari"), mark("februari"), mark("mars"), mark("april"), mark("maj"), mark("juni")),
    *(mark("juli"), mark("augusti"), mark("september"), mark("oktober"), mark("november"), mark("december")),
)


class Grad(IntEnum):
    """How soon, in the order of the list."""

    FORSENAD = 0
    NU = 1
    SNART = 2


@dataclass(frozen=True)
class Uppgift:
    """Something to do. varfor: one sentence. lankar: where it is done, the best place first; knapp: what leads there.

    senast: the last day, None when there is none.
    """

    kod: str
    rubrik: str
    varfor: str
    lankar: tuple[Lank, ...]
    knapp: str
    roller: frozenset[Roll]
    grad: Grad = Grad.NU
    senast: date | None = None


def dag_i_ord(dag: date, idag: date) -> str:
    """A day as it is said, with its year when that is another one."""
    text = _("%(dag)s %(manad)s", dag=dag.day, manad=_(_MANADER[dag.month - 1]))
    return text if dag.year == idag.year else f"{text} {dag.year}"


def manad_i_ord(manad: int) -> str:
    """A month, 1 to 12."""
    return _(_MANADER[manad - 1])
