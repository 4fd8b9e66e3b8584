"""Fields whose faults are told in Swedish, and each by its own name."""

from __future__ import annotations

from typing import Any

from wtforms import DateField, IntegerField, SelectMultipleField, TimeField
from wtforms.widgets import CheckboxInput, ListWidget

from kansli.sprak import gettext as _


class Dag(DateField):
    """A day."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("%(falt)s: skriv dagen som 2026-03-31.", falt=self.label.text)) from None


class Klockslag(TimeField):
    """A time of day."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("%(falt)s: skriv klockslaget som 16:30.", falt=self.label.text)) from None


class Heltal(IntegerField):
    """A whole number; nothing typed is None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        skrivet = [v.strip().replace("\u00a0", "").replace(" ", "") for v in valuelist]
        if not any(skrivet):
            self.data = None
            return
        if not (skrivet[0].isascii() and skrivet[0].isdecimal() and len(skrivet[0]) < 10):
            raise ValueError(_("%(falt)s: skriv ett heltal med siffror.", falt=self.label.text))
        self.data = int(skrivet[0])


class Kryssrutor(SelectMultipleField):
    """Several to choose, each with its box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
