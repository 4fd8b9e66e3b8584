"""The forms of an import: the file, and the last word before it is taken in. The mapping is a form of its own kind."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Regexp

from grund.forms import BaseForm, text
from kansli.omgangar.forms import PERIOD
from kansli.sprak import lazy_gettext as _l


class UppladdForm(BaseForm):
    """A file of answers. The file itself is read by the view."""

    enkat = SelectField(_l("Enkäten som svaren hör till"))
    period = StringField(
        _l("Period"),
        [
            InputRequired(_l("Skriv vilken period svaren gäller, till exempel 2024.")),
            Regexp(PERIOD, message=_l("Perioden ska vara ett år som 2024, eller en del av ett som 2024H1.")),
        ],
    )
    blad = StringField(_l("Blad i Excelfilen, om den har flera"), [Length(max=100)])
    rubrikrader = StringField(
        _l("Rubrikens rader, om vi gissar fel"),
        [
            Regexp(
                r"\s*(\d{1,2}(\s*,\s*\d{1,2})*)?\s*\Z",
                message=_l("Rubrikens rader: skriv nummer, som 1, 2."),
            )
        ],
    )

    def __init__(self, enkater: list[tuple[str, str]], **val: Any) -> None:
        super().__init__(**val)
        self.enkat.choices = [SelectChoice(*e, {"lang": "sv"}) for e in enkater]

    def rader(self) -> tuple[int, ...]:
        """The lines of the header; none is a guess."""
        return tuple(int(del_) for del_ in text(self.rubrikrader).split(",") if del_.strip() and int(del_) > 0)


class LasInForm(BaseForm):
    """Take it in."""

    utan_felaktiga = BooleanField(_l("Lämna de felaktiga raderna utanför"))
    ersatt = BooleanField(_l("Ersätt den tidigare importen"))
