"""The way in for a new installation: five steps, and which of them are done."""

from __future__ import annotations

from dataclasses import dataclass

from kansli.hem.lage import Lage
from kansli.hem.uppgift import Lank
from kansli.sprak import gettext as _


@dataclass(frozen=True)
class Steg:
    """One step. varfor: one sentence. klart: whether it is done."""

    rubrik: str
    varfor: str
    klart: bool
    lankar: tuple[Lank, ...]
    knapp: str


def steg(lage: Lage) -> list[Steg]:
    """The steps in their order; none when all are done, or a year has been published."""
    if any(a.publicerad for a in lage.aren):
        return []
    alla = [_malen(lage), _enkaterna(lage), _personerna(lage), _omgangen(lage), _registret(lage)]
    return [] if all(s.klart for s in alla) else alla


def _malen(lage: Lage) -> Steg:
    return Steg(
        _("Bestäm målen"),
        _("Vad ska året leda till, och hur märks det? Börja från ett färdigt exempel och ändra det."),
        bool(lage.aren),
        (("mal.lista", {}) if lage.aren else ("mal.borja", {}),),
        _("Till målen"),
    )


def _enkaterna(lage: Lage) -> Steg:
    return Steg(
        _("Se igenom enkäterna"),
        _("Fyra enkäter ligger färdiga, på åtta språk. Läs frågorna och ändra det som inte passar er."),
        bool(lage.enkater),
        (("enkater.lista", {}),),
        _("Till enkäterna"),
    )


def _personerna(lage: Lage) -> Steg:
    return Steg(
        _("Bjud in en till"),
        _("Två personer godkänner ett bokslut. Bjud in den som ska vara den andra, och dina kollegor."),
        lage.personer > 1 and lage.godkannare,
        (("personer.bjud_in", {}),),
        _("Bjud in"),
    )


def _omgangen(lage: Lage) -> Steg:
    return Steg(
        _("Öppna den första omgången"),
        _("Skriv ut koder till deltagarna, eller skicka en länk. Ingen kan se vem som har svarat vad."),
        any(o.lage != "utkast" and not o.provomgang for o in lage.omgangar),
        (("omgangar.lista", {}),),
        _("Till omgångarna"),
    )


def _registret(lage: Lage) -> Steg:
    return Steg(
        _("Lägg in insatserna"),
        _("Registret håller reda på hur många som börjar, slutar och går vidare, utan personnummer."),
        lage.insatser > 0,
        (("register.start", {}),),
        _("Till registret"),
    )
