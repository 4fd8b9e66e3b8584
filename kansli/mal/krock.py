"""Two who edit the same indicator: what the other did is taken in, and where both did something both are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kansli.mal.forms import IndikatorForm, med_fel
from kansli.mal.models import Malversion
from kansli.mal.redigering import ifyllt_formular
from kansli.sprak import gettext as _
from kansli.sprak import kand, svenska


@dataclass(frozen=True)
class Sammanfogning:
    """What came of it. hennes: the version of the other. hamtade: fields taken from it. krockar: (field, hers)."""

    hennes: Malversion
    hamtade: Sequence[str]
    krockar: Sequence[tuple[str, str]]


def sammanfoga(form: IndikatorForm, indikator: str, bas: Malversion, hennes: Malversion) -> Sammanfogning:
    """Let the form be one made from the other's version, with everything typed in it kept.

    Raises:
        KeyError: she has removed the indicator.
        GarInte: it can no longer be edited in a form.
    """
    da, nu = (ifyllt_formular(v.text, indikator, v.nr) for v in (bas, hennes))
    form.version.data = str(hennes.nr)
    hamtade, krockar = [], []
    for falt in form.falten:
        f = form[falt.nyckel]
        if falt.nyckel not in da or falt.nyckel not in nu or _lika(da[falt.nyckel].data, nu[falt.nyckel].data):
            continue
        deras = nu[falt.nyckel].data
        if _lika(f.data, da[falt.nyckel].data):
            f.data = deras
            hamtade.append(_(falt.rubrik))
        elif not _lika(f.data, deras):
            krockar.append((_(falt.rubrik), _i_ord(deras)))
            text = _(
                "%(vem)s har skrivit ”%(deras)s” här. Det du skrev står kvar.",
                vem=kand(hennes.vem),
                deras=svenska(_i_ord(deras)),
            )
            med_fel(form, falt.nyckel, text)
    return Sammanfogning(hennes, hamtade, krockar)


def _lika(a: object, b: object) -> bool:
    """Whether two fields hold the same; browsers send lines with other endings."""
    return _i_ord(a) == _i_ord(b)


def _i_ord(data: object) -> str:
    if isinstance(data, list | tuple):
        return ", ".join(map(str, data))
    return str(data or "").strip().replace("\r\n", "\n")
