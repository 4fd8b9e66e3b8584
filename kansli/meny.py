"""The menu of the staff's pages: a few subjects, the pages of each, and where among them one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kansli.sprak import mark


@dataclass(frozen=True)
class Rad:
    """A page of the menu. rum: the blueprints whose pages belong to it."""

    sida: str
    namn: str
    rum: frozenset[str]


@dataclass(frozen=True)
class Amne:
    """A subject and its pages; without a name it is one page alone."""

    namn: str
    rader: tuple[Rad, ...]


@dataclass(frozen=True)
class Menyrad:
    """A line as it is shown. nu: where one is, as aria-current has it: "page", "true" for a page beneath it, or ""."""

    sida: str
    namn: str
    nu: str


@dataclass(frozen=True)
class Menygrupp:
    """A subject as it is shown: its name leads to the first of its pages."""

    namn: str
    sida: str
    nu: str
    rader: tuple[Menyrad, ...]


def _rad(sida: str, namn: str, *fler: str) -> Rad:
    return Rad(sida, namn, frozenset({sida.partition(".")[0], *fler}))


# In the order of the menu.
MENYN: Final = (
    Amne("", (_rad("hem.hem", mark("Hem")),)),
    Amne(
        mark("Resultaten"),
        (
            _rad("signaler.start", mark("Signaler")),
            _rad("mal.lista", mark("Mål"), "malomraden", "malversioner"),
        ),
    ),
    Amne(
        mark("Frågor och svar"),
        (
            _rad("enkater.lista", mark("Enkäter"), "enkatfraga", "enkatdelar", "forhandsvisning"),
            _rad("oversattningar.lista", mark("Översättningar")),
            _rad(
                *("omgangar.lista", mark("Omgångar"), "oppning", "koder", "dorrar", "brev", "inmatning", "frysning"),
                "enkatimport",
            ),
            _rad("mallar.lista", mark("Mallar")),
        ),
    ),
    Amne(
        mark("Register"),
        (
            _rad("register.start", mark("Registret")),
            _rad("helarspersoner.start", mark("Helårspersoner")),
        ),
    ),
    Amne(
        mark("Bokslutet"),
        (
            _rad("texter.start", mark("Texter")),
            _rad("exempel.start", mark("Goda exempel")),
            _rad("publicering.start", mark("Publicering"), "godkannande", "utgava"),
        ),
    ),
    Amne(
        mark("Administration"),
        (
            _rad("personer.lista", mark("Personer")),
            _rad("logg.visa", mark("Logg")),
            _rad("jobb.lista", mark("Arbeten")),
        ),
    ),
)


def build_meny(far: Callable[[str], bool], andpunkt: str) -> list[Menygrupp]:
    """The menu of one who may open some of the pages, on one of them."""
    return [grupp for amne in MENYN if (grupp := _grupp(amne, [r for r in amne.rader if far(r.sida)], andpunkt))]


def _grupp(amne: Amne, rader: list[Rad], andpunkt: str) -> Menygrupp | None:
    """A subject that one may open anything of. A single page needs no subject above it."""
    if not rader:
        return None
    visade = tuple(Menyrad(r.sida, r.namn, _nu(r, andpunkt)) for r in rader)
    if len(visade) == 1:
        return Menygrupp(visade[0].namn, visade[0].sida, visade[0].nu, ())
    return Menygrupp(amne.namn, visade[0].sida, "true" if any(r.nu for r in visade) else "", visade)


def _nu(rad: Rad, andpunkt: str) -> str:
    if andpunkt == rad.sida:
        return "page"
    return "true" if andpunkt.partition(".")[0] in rad.rum else ""
