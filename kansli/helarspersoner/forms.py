"""The forms of helårspersoner: which kommuner, and a file instead of fetching."""

from __future__ import annotations

import re
from typing import Any, Final

from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Length, StopValidation

from grund.forms import BaseForm, text
from kansli.helarspersoner.arkiv import Val
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l

FLEST_KOMMUNER: Final = 40
_KOD: Final = re.compile(r"[0-9]{4}")


class ValForm(BaseForm):
    """Which kommuner, and what they are called together."""

    kommuner = StringField(_l("Kommunkoder"), [InputRequired(_l("Skriv kommunernas koder, till exempel 2480, 2460."))])
    namn = StringField(
        _l("Namn på kommunerna tillsammans"),
        [Length(max=80, message=_l("Namnet på kommunerna tillsammans får ha högst 80 tecken."))],
    )

    def validate_kommuner(self, falt: StringField) -> None:
        koder = _koder(falt.data or "")
        fel = [kod for kod in koder if not _KOD.fullmatch(kod)]
        if fel:
            raise StopValidation(
                _("”%(kod)s” är ingen kommunkod. En kommunkod har fyra siffror, som 2480 för Umeå.", kod=fel[0][:40])
            )
        if len(koder) > FLEST_KOMMUNER:
            raise StopValidation(_("Högst %(antal)s kommuner kan hämtas på en gång.", antal=FLEST_KOMMUNER))

    def valda(self) -> Val:
        """What was chosen."""
        return Val(tuple(_koder(text(self.kommuner))), text(self.namn))

    @classmethod
    def med(cls, val: Val, **mer: Any) -> ValForm:
        """The form with what was chosen last."""
        return cls(kommuner=", ".join(val.kommuner), namn=val.namn, **mer)


class FilForm(ValForm):
    """A table that somebody has saved from the statistics office's own pages."""

    fil = FileField(_l("Fil i formatet json-stat2"), [FileRequired(_l("Välj en fil."))])


def _koder(skrivet: str) -> list[str]:
    return list(dict.fromkeys(del_ for del_ in re.split(r"[\s,;]+", skrivet) if del_))
