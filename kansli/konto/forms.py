"""The forms of logging in, of one's own account, and of the accounts of others."""

from __future__ import annotations

from typing import Any, Final

from wtforms import EmailField, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Regexp, StopValidation

from grund.forms import BaseForm
from kansli.konto.losen import brist
from kansli.roller import ROLLBESKRIVNING, ROLLORD
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l

_EPOST: Final = Regexp(r"\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*", message=_l("E-postadressen ska se ut som namn@exempel.se."))


def _roller() -> list[SelectChoice]:
    """The roles to choose among, in the reader's language."""
    return [SelectChoice(r.value, f"{_(ord_)}: {_(ROLLBESKRIVNING[r])}") for r, ord_ in ROLLORD.items()]


def _konto() -> list[SelectChoice]:
    return [SelectChoice("ja", _("Öppet")), SelectChoice("nej", _("Stängt: personen kan inte logga in"))]


class LoggaInForm(BaseForm):
    """First step: who one says one is."""

    epost = EmailField(_l("E-postadress"), [InputRequired(_l("Skriv din e-postadress."))])
    losen = PasswordField(_l("Lösenord"), [InputRequired(_l("Skriv ditt lösenord."))])
    till = HiddenField()


class KodForm(BaseForm):
    """Second step: a code from the authenticator app, or a reserve code."""

    kod = StringField(
        _l("Kod ur appen, eller en reservkod"),
        [
            InputRequired(_l("Skriv koden.")),
            Length(max=40, message=_l("Koden är för lång. Den har sex siffror, eller åtta tecken.")),
        ],
    )


class GlomtForm(BaseForm):
    """Ask for a link to set a new password."""

    epost = EmailField(_l("E-postadress"), [InputRequired(_l("Skriv din e-postadress.")), _EPOST])


class LosenForm(BaseForm):
    """A new password, typed twice. epost, namn: whose, for a password must not be built on them."""

    losen = PasswordField(_l("Nytt lösenord"), [InputRequired(_l("Skriv ett lösenord."))])
    igen = PasswordField(_l("Samma lösenord igen"), [InputRequired(_l("Skriv lösenordet en gång till."))])

    def __init__(self, epost: str, namn: str, *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self._vem = epost, namn

    def validate_losen(self, falt: PasswordField) -> None:
        text = brist(falt.data or "", *self._vem)
        if text is not None:
            raise StopValidation(text)

    def validate_igen(self, falt: PasswordField) -> None:
        if falt.data != self.losen.data:
            raise StopValidation(_("De två lösenorden är inte lika."))


class PersonForm(BaseForm):
    """Somebody to invite."""

    namn = StringField(
        _l("Namn"),
        [InputRequired(_l("Skriv personens namn.")), Length(max=120, message=_l("Namnet får ha högst 120 tecken."))],
    )
    epost = EmailField(
        _l("E-postadress"),
        [
            InputRequired(_l("Skriv personens e-postadress.")),
            _EPOST,
            Length(max=254, message=_l("Adressen får ha högst 254 tecken.")),
        ],
    )
    roll = RadioField(_l("Roll"), choices=_roller, validators=[InputRequired(_l("Välj en roll."))])


class RollForm(BaseForm):
    """Another role for somebody, or none."""

    roll = RadioField(_l("Roll"), choices=_roller)
    aktiv = RadioField(_l("Konto"), choices=_konto)


class TomForm(BaseForm):
    """A button that does something."""
