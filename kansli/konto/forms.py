"""The forms of logging in, of one's own account, and of the accounts of others."""

from __future__ import annotations

from typing import Any, Final

from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Regexp, StopValidation

from grund.forms import BaseForm
from kansli.konto.losen import brist
from kansli.roller import ROLLBESKRIVNING, ROLLORD

_EPOST: Final = Regexp(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", message="E-postadressen ska se ut som namn@exempel.se.")


_ROLLER: Final = [SelectChoice(r.value, f"{ord_}: {ROLLBESKRIVNING[r]}") for r, ord_ in ROLLORD.items()]


class LoggaInForm(BaseForm):
    """First step: who one says one is."""

    epost = EmailField("E-postadress", [InputRequired("Skriv din e-postadress.")])
    losen = PasswordField("Lösenord", [InputRequired("Skriv ditt lösenord.")])
    till = HiddenField()


class KodForm(BaseForm):
    """Second step: a code from the authenticator app, or a reserve code."""

    kod = StringField("Kod ur appen, eller en reservkod", [InputRequired("Skriv koden."), Length(max=40)])


class GlomtForm(BaseForm):
    """Ask for a link to set a new password."""

    epost = EmailField("E-postadress", [InputRequired("Skriv din e-postadress."), _EPOST])


class LosenForm(BaseForm):
    """A new password, typed twice. epost, namn: whose, for a password must not be built on them."""

    losen = PasswordField("Nytt lösenord", [InputRequired("Skriv ett lösenord.")])
    igen = PasswordField("Samma lösenord igen", [InputRequired("Skriv lösenordet en gång till.")])

    def __init__(self, epost: str, namn: str, *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self._vem = epost, namn

    def validate_losen(self, falt: PasswordField) -> None:
        text = brist(falt.data or "", *self._vem)
        if text is not None:
            raise StopValidation(text)

    def validate_igen(self, falt: PasswordField) -> None:
        if falt.data != self.losen.data:
            raise StopValidation("De två lösenorden är inte lika.")


class PersonForm(BaseForm):
    """Somebody to invite."""

    namn = StringField("Namn", [InputRequired("Skriv personens namn."), Length(max=120)])
    epost = EmailField("E-postadress", [InputRequired("Skriv personens e-postadress."), _EPOST, Length(max=254)])
    roll = RadioField("Roll", choices=_ROLLER, validators=[InputRequired("Välj en roll.")])


class RollForm(BaseForm):
    """Another role for somebody, or none."""

    roll = RadioField("Roll", choices=_ROLLER)
    aktiv = RadioField(
        "Konto", choices=[SelectChoice("ja", "Öppet"), SelectChoice("nej", "Stängt: personen kan inte logga in")]
    )


class TomForm(BaseForm):
    """A button that does something."""
