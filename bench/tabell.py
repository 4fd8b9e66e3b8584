"""The table that `make bench` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bench.matning import Matning

RUBRIKER: Final = ("vad", "vårt", "alternativ", "dess", "dess/vårt", "mål", "nått")


@dataclass(frozen=True, slots=True)
class Rad:
    """One measured thing.

    vart: None when it could not be measured, and then `anmarkning` says why. hogst: the target, in the unit of vart.
    alternativ: what others take. maste_sla: those of them that must not be faster. anmarkning: what to know of it.
    """

    vad: str
    vart: Matning | None
    hogst: float | None = None
    alternativ: tuple[tuple[str, Matning], ...] = ()
    maste_sla: tuple[str, ...] = ()
    anmarkning: str = ""

    def natt(self) -> str:
        """Whether the target is reached: by the median, or only by the best round, as on a machine that is busy."""
        if self.vart is None or (self.hogst is None and not self.maste_sla):
            return "–"
        if self._natt_av(lambda m: m.median):
            return "ja"
        return "nej, men som bäst" if self._natt_av(lambda m: min(m.varden)) else "nej"

    def _natt_av(self, tal: Callable[[Matning], float]) -> bool:
        if self.vart is None:
            return False
        egen = self.hogst is None or tal(self.vart) <= self.hogst
        return egen and all(tal(self.vart) <= tal(m) for namn, m in self.alternativ if namn in self.maste_sla)

    def mal(self) -> str:
        """The target in words."""
        delar = [] if self.hogst is None or self.vart is None else [f"≤ {self.hogst:g} {self.vart.enhet}"]
        return ", ".join([*delar, *(["≤ alla andra än pandas"] if self.maste_sla else [])])


def skriv(rader: Iterable[Rad]) -> str:
    """The rows as a table, one line for each alternative, and the remarks below it."""
    rader = list(rader)
    celler = [RUBRIKER, *(c for rad in rader for c in _celler(rad))]
    bredder = [max(len(c[i]) for c in celler) for i in range(len(RUBRIKER))]
    linje = "  ".join("─" * bredd for bredd in bredder)
    tabell = ["  ".join(c.ljust(b) for c, b in zip(cell, bredder, strict=True)).rstrip() for cell in celler]
    anmarkningar = [f"{rad.vad}: {rad.anmarkning}" for rad in rader if rad.anmarkning]
    return "\n".join([tabell[0], linje, *tabell[1:], "", *anmarkningar])


def _celler(rad: Rad) -> list[tuple[str, ...]]:
    vart = "inte mätt" if rad.vart is None else str(rad.vart)
    andra = [(namn, str(m), _kvot(rad.vart, m)) for namn, m in rad.alternativ] or [("", "", "")]
    forsta = (rad.vad, vart, *andra[0], rad.mal(), rad.natt())
    return [forsta, *(("", "", *annan, "", "") for annan in andra[1:])]


def _kvot(vart: Matning | None, dess: Matning) -> str:
    if vart is None or not vart.median or vart.enhet != dess.enhet:
        return ""
    return f"{dess.median / vart.median:.1f} ×".replace(".", ",")
