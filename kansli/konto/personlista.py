"""Everyone with an account, as a list that can be searched and sorted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kansli.lista import Kolumn, Lista, build_lista
from kansli.models import Konto
from kansli.roller import ROLLORD, Roll
from kansli.sprak import gettext as _


def build_personer(alla: Sequence[Konto], fraga: Mapping[str, str]) -> Lista[Konto]:
    """The list as it was asked for. fraga: the arguments of the address."""
    return build_lista(
        alla,
        (
            Kolumn("namn", _("Namn"), lambda konto: konto.namn),
            Kolumn("epost", _("E-postadress"), lambda konto: konto.epost),
            Kolumn("roll", _("Roll"), roll_i_ord),
            Kolumn("konto", _("Konto"), lage),
        ),
        fraga,
    )


def roll_i_ord(konto: Konto) -> str:
    """The role, in the reader's language."""
    return _(ROLLORD[Roll(konto.roll)])


def lage(konto: Konto) -> str:
    """Whether somebody can log in."""
    if not konto.aktiv:
        return _("stängt")
    return _("öppet") if konto.totp else _("inbjuden, har inte loggat in")
