"""The forms of the goals. That of an indicator is built from the fields of its rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from grund.forms import BaseForm
from indikatorer.regler import REGLER
from kansli.mal.falt import REGELORD, Falt, Sort, falten
from kansli.mal.models import LANGSTA_SKAL
from kansli.mal.utbud import Val
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l
from kansli.sprak import svenska

F = TypeVar("F", bound=BaseForm)
# Marks a field that is filled in as in the file, whatever its sort.
TOMLMARKE: Final = "toml-"
# Of a line in a list whose words are Swedish in every language.
SVENSKA: Final = {"lang": "sv"}
_ID: Final = Regexp(
    r"[a-z0-9][a-z0-9-]{0,79}$", message=_l("Namnet i filen ska vara små bokstäver a–z, siffror och bindestreck.")
)
_SKAL: Final = [
    InputRequired(_l("Skriv varför du ändrar, så att den som läser versionerna förstår.")),
    Length(max=LANGSTA_SKAL, message=_l("Skälet får vara högst 500 tecken.")),
]


class _Sparas(BaseForm):
    """What every change carries. version: the number of the version that it was made from."""

    skal = StringField(_l("Varför ändrar du?"), _SKAL)
    version = HiddenField()

    def gjord_av(self) -> int:
        """The version that the change was made from."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


class Kryss(SelectMultipleField):
    """Several of a list, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class IndikatorForm(_Sparas):
    """An indicator. Its other fields are those of the rule (`bygg_indikatorform`)."""

    regel = SelectField(_l("Regel"), validate_choice=False)
    id_ = StringField(_l("Namnet i filen"), [Optional(), _ID])

    falten: Sequence[Falt] = ()
    i_toml: frozenset[str] = frozenset()

    def valj(self, val: Mapping[str, Sequence[Val]]) -> None:
        """Give each field its choices. What is chosen and not among them stays, and says so."""
        self.regel.choices = [SelectChoice(r, _(REGELORD[r].namn) if r in REGELORD else r) for r in REGLER]
        for falt in self.falten:
            f = self[falt.nyckel]
            if falt.nyckel in val and isinstance(f, SelectField):
                f.choices = _choices(f, val[falt.nyckel])

    def valda(self) -> dict[str, list[str]]:
        """What is chosen in the fields that others go by."""
        return {namn: _lista(self[namn].data) for namn in ("kalla", "kallor", "under", "fraga") if namn in self}


def bygg_indikatorform(regel: str, i_toml: frozenset[str]) -> type[IndikatorForm]:
    """The form of a rule. i_toml: the keys that are filled in as in the file."""
    falt = falten(regel)
    egna: dict[str, Any] = {f.nyckel: _falt(Sort.TOML if f.nyckel in i_toml else f.sort, _l(f.rubrik)) for f in falt}
    egna |= {f"{TOMLMARKE}{nyckel}": HiddenField(default="1") for nyckel in i_toml}
    return type("EgenIndikatorForm", (IndikatorForm,), egna | {"falten": falt, "i_toml": i_toml})


def _falt(sort: Sort, rubrik: str) -> Field:
    match sort:
        case Sort.ETT:
            return SelectField(rubrik, validate_choice=False)
        case Sort.FLERA:
            return Kryss(rubrik, validate_choice=False)
        case Sort.TEXT | Sort.HELTAL:
            return StringField(rubrik)
        case _:
            return TextAreaField(rubrik)


def _choices(f: SelectField, val: Sequence[Val]) -> list[Any]:
    kanda = {v.varde for v in val}
    okanda = [varde for varde in _lista(f.data) if varde and varde not in kanda]
    tomt = [] if isinstance(f, Kryss) else [SelectChoice("", _("Välj …") if val else _("Inget att välja"))]
    egna = [SelectChoice(v, _("%(varde)s (finns inte att välja)", varde=v)) for v in okanda]
    return [*tomt, *(_choice(f, v) for v in val), *egna]


def _choice(f: SelectField, val: Val) -> SelectChoice:
    """A box has a label that can be marked, a line of a list only itself."""
    if isinstance(f, Kryss):
        return SelectChoice(val.varde, svenska(val.ord_) if val.svenskt else val.ord_)
    return SelectChoice(val.varde, val.ord_, SVENSKA if val.svenskt else None)


def _lista(data: Any) -> list[str]:
    return [str(v) for v in data] if isinstance(data, list | tuple) else [str(data)] if data else []


class OmradeForm(_Sparas):
    """A målområde."""

    nummer = IntegerField(_l("Nummer"), [InputRequired(_l("Skriv numret: det ger ordningen.")), NumberRange(0, 99)])
    titel = StringField(_l("Titel"), [InputRequired(_l("Skriv vad målområdet heter."))])
    id_ = StringField(_l("Namnet i filen"), [Optional(), _ID])


class MalForm(_Sparas):
    """A social goal."""

    malomrade = SelectField(_l("Målområde"), validate_choice=False)
    text = TextAreaField(_l("Målet"), [InputRequired(_l("Skriv målet, så som styrelsen har beslutat det."))])
    id_ = StringField(_l("Namnet i filen"), [Optional(), _ID])


class TextForm(_Sparas):
    """The whole file as text."""

    text = TextAreaField(_l("Målen som text"))


class SkalForm(_Sparas):
    """A change that needs nothing but a reason: move, retire, remove, open again."""

    till = IntegerField(_l("Sista året"), [Optional(), NumberRange(1900, 2200)])


class FlyttForm(BaseForm):
    """One step up or down."""

    version = HiddenField()


class BeslutForm(_Sparas):
    """The board's decision on the goals of a year."""

    beslut = StringField(
        _l("Beslutet"),
        [InputRequired(_l("Skriv vem som beslutade och paragrafen, till exempel styrelsen § 41.")), Length(max=200)],
    )
    datum = DateField(_l("Datum för beslutet"), [InputRequired(_l("Skriv datumet för beslutet, som 2020-12-03."))])


class BorjaForm(BaseForm):
    """A year that has no goals yet. fran: where they are taken from."""

    ar = IntegerField(
        _l("År"),
        [
            InputRequired(_l("Skriv vilket år målen ska gälla.")),
            NumberRange(1990, 2100, _l("Året ska vara mellan 1990 och 2100.")),
        ],
    )
    fran = RadioField(_l("Börja med"), [InputRequired(_l("Välj vad du vill börja med."))], validate_choice=False)


def med_fel(form: BaseForm, nyckel: str, text: str) -> None:
    """Tell a fault beside its field; one of no field at the top."""
    falt = form[nyckel] if nyckel in form and not isinstance(form[nyckel], HiddenField) else None
    if falt is None:
        form.form_errors.append(text)
    elif text not in falt.errors:
        falt.errors = [*falt.errors, text]
