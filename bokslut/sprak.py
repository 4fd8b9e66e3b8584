"""The languages of the public pages: Swedish as written, and English from the catalogue "bokslut"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from bokslut import engelska
from bokslut.diagram.spec import ChartSpec, Rad
from bokslut.fras import Bitar, Fras, Oversatt, bitar
from grund.i18n import las_po, oversattning

DOMAN: Final = "bokslut"
KATALOG: Final = Path(__file__).resolve().parent.parent / "translations" / "en" / "LC_MESSAGES" / f"{DOMAN}.po"
_MARKE: Final = Markup('<span lang="sv">{}</span>')


@dataclass(frozen=True, slots=True, eq=False)  # there is one of each, below
class Sprak:
    """A language. kod: as in the lang attribute. namn: "På svenska", for the link that leads to it.

    mapp: where its pages lie, beside the Swedish ones. siffertext: a figure or a limit of the engine's, in parts.
    avskiljare, procent: decimal sign and sign between thousands, and what stands after a percent, for live charts.
    """

    kod: str
    namn: str
    mapp: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    siffertext: Callable[[str], Bitar]
    avskiljare: str
    procent: str

    @property
    def rot(self) -> str:
        """From its pages to the files that all languages share."""
        return "../" if self.mapp else ""

    def ren(self, text: str) -> str:
        """A text in this language, without marks: for attributes and drawings."""
        if not self.mapp or not isinstance(text, Fras):
            return text
        return Oversatt("".join(t for t, _ in text.pa(self)))

    def lang(self, text: str) -> str:
        """The language of a text where it is not this one: "sv" for what the förbund wrote; else ""."""
        return "sv" if self.mapp and not isinstance(text, Oversatt) and any(t.isalpha() for t in text) else ""

    def html(self, text: object) -> object:
        """A Fras in this language, with what is Swedish in it marked; anything else as it is."""
        if not self.mapp or not isinstance(text, Fras):
            return text
        return _html(text.pa(self))

    def sv(self, text: object) -> object:
        """The same for a text that may be the förbund's own: Swedish, and marked as such."""
        if not self.mapp or not isinstance(text, str) or hasattr(text, "__html__"):
            return text
        return _html(bitar(text, self))

    def diagram(self, spec: ChartSpec) -> ChartSpec:
        """A chart with its texts in this language."""
        if not self.mapp:
            return spec
        return replace(
            spec,
            titel=self.ren(spec.titel),
            las=self.ren(spec.las),
            kalla=self.ren(spec.kalla),
            radnamn=self.ren(spec.radnamn),
            serier=tuple(replace(s, namn=self.ren(s.namn)) for s in spec.serier),
            rader=tuple(map(self._rad, spec.rader)),
            fotnoter=tuple(map(self.ren, spec.fotnoter)),
        )

    def _rad(self, rad: Rad) -> Rad:
        varden = tuple(replace(v, visat=self.ren(v.visat), anm=self.ren(v.anm)) for v in rad.varden)
        return replace(
            rad,
            namn=self.ren(rad.namn),
            varden=varden,
            ord=self.ren(rad.ord),
            under=self.ren(rad.under),
            intervall_visat=self.ren(rad.intervall_visat),
        )


def _html(delar: Iterable[tuple[str, bool]]) -> Markup:
    return Markup("").join(_MARKE.format(text) if svensk else escape(text) for text, svensk in delar)


def _svensk(text: str) -> str:
    return text


SVENSKA: Final = Sprak(
    kod="sv",
    namn="På svenska",
    mapp="",
    gettext=_svensk,
    ngettext=lambda en, flera, antal: en if antal == 1 else flera,
    siffertext=lambda text: ((text, False),),
    avskiljare=", ",
    procent="\u00a0%",
)


@cache
def engelsk() -> Sprak:
    """English, as its catalogue says it."""
    katalog = oversattning(las_po(KATALOG, "en", DOMAN))
    return Sprak("en", "In English", "en/", katalog.gettext, katalog.ngettext, engelska.siffertext, ".,", "%")


@cache
def alla() -> tuple[Sprak, ...]:
    """Every language, Swedish first."""
    return (SVENSKA, engelsk())
