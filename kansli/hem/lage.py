"""How the work of a förbund stands, as plain facts: read by `las`, judged elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from enkat.lage import Lage as Omgangslage


@dataclass(frozen=True)
class Omgangen:
    """A round. lage: where it is in its life. kalla: what its answers become. stanger: its last day, None in a draft.

    papper_kvar: nobody has said that the paper copy of its key is kept.
    """

    id: str
    titel: str
    kalla: str
    ar: int | None
    lage: Omgangslage
    stanger: date | None = None
    provomgang: bool = False
    papper_kvar: bool = False


@dataclass(frozen=True)
class Enkaten:
    """A questionnaire that can be used. kalla: what its answers become."""

    id: str
    titel: str
    kalla: str


@dataclass(frozen=True)
class Arslage:
    """A year that has goals.

    fel: faults in goals and underlag; stopp: why the year, or its versions, cannot be read at all. beslutade: whether
    the board's decision on the goals is written down. signaler: how many results have each signal, by its code.
    roda: red indicators without a comment. inte_matta: indicators without any answer or figure.
    exempel: how many good examples stand in each way (kansli.exempel). hinder: what else blocks a publication.
    godkanda, inaktuella: who has approved exactly this, and who approved what has changed since. racker: two persons
    have, with the board's decision. utkast: a draft can be read; inaktuellt_utkast: it is of something older.
    publicerad: the latest version. andrade: how many results and cells differ from it; oforandrad: nothing at all does.
    """

    ar: int
    fel: int = 0
    stopp: str = ""
    beslutade: bool = False
    har_underlag: bool = False
    signaler: Mapping[str, int] = field(default_factory=dict)
    roda: int = 0
    inte_matta: int = 0
    exempel: Mapping[str, int] = field(default_factory=dict)
    hinder: int = 0
    godkanda: tuple[str, ...] = ()
    inaktuella: tuple[str, ...] = ()
    racker: bool = False
    utkast: bool = False
    inaktuellt_utkast: bool = False
    publicerad: int | None = None
    andrade: int = 0
    oforandrad: bool = False
    skal_saknas: bool = False

    @property
    def har_siffror(self) -> bool:
        """Whether anything can be judged or told yet."""
        return any(antal for kod, antal in self.signaler.items() if kod != "gra")

    @property
    def kan_godkannas(self) -> bool:
        """Whether there is something to approve, and nothing that must be mended first."""
        vantar = self.roda or self.hinder or self.fel or self.stopp or self.skal_saknas
        return self.har_underlag and self.har_siffror and not vantar and not self.oforandrad and not self._exempel_kvar

    @property
    def kan_lasas(self) -> bool:
        """Whether there is a draft of exactly what stands now."""
        return self.utkast and not self.inaktuellt_utkast

    @property
    def _exempel_kvar(self) -> int:
        return sum(self.exempel.get(lage, 0) for lage in ("fel", "samtycke", "granskas"))


@dataclass(frozen=True)
class Lage:
    """Everything. idag: in Sweden. aren: the latest first. sprak: languages whose translation nobody has reviewed.

    personer: active accounts; godkannare: whether one of them approves as the second person. insatser: how many there
    are. egna_insatser: those of the one who asks, by name.
    """

    idag: date
    aren: tuple[Arslage, ...] = ()
    omgangar: tuple[Omgangen, ...] = ()
    enkater: tuple[Enkaten, ...] = ()
    sprak: tuple[str, ...] = ()
    personer: int = 1
    godkannare: bool = False
    insatser: int = 0
    egna_insatser: tuple[str, ...] = ()

    def aret(self, ar: int) -> Arslage | None:
        """A year; None when it has no goals."""
        return next((a for a in self.aren if a.ar == ar), None)

    def bokslutsar(self) -> Arslage | None:
        """The year to account for: the latest that is measured, this one at the most; else the latest with goals."""
        gangna = [a for a in self.aren if a.ar <= self.idag.year]
        return next((a for a in gangna if a.har_siffror), gangna[0] if gangna else next(iter(self.aren), None))
