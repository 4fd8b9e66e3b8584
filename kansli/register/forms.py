"""The forms of the register: a row, its end, its removal, an insats, a file. Only a name is free text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from flask_wtf.file import FileField
from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from grund.forms import BaseForm, text
from insatser import koder
from insatser.datum import DatumFel, tolka_datum
from insatser.models import FLEST_SIFFROR, HOGSTA_NUMMER, LANGSTA_NAMN, MINSTA_OMFATTNING, Deltagare
from insatser.personnummer import ser_ut_som_personnummer
from insatser.register import RUBRIKER, Rad, granska
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l
from kansli.sprak import mark, svenska

# The names of the fields, marked for the catalogue.
FALTORD: Final[Mapping[str, str]] = {
    "insats_id": mark("Insats"),
    "nummer": mark("Nummer"),
    "kon": mark("Kön"),
    "alder": mark("Ålder vid start"),
    "start": mark("Startdatum"),
    "slut": mark("Slutdatum"),
    "utfall": mark("Utfall"),
    "anstallning": mark("Anställning"),
    "omfattning": mark("Omfattning"),
    "fore": mark("Sysselsättning före"),
    "tid": mark("Tid i offentlig försörjning"),
    "utbildning": mark("Utbildning"),
    "handlingsplan": mark("Handlingsplan"),
    "plan_klar": mark("Plan klar"),
}


class Dag(StringField):
    """A day: the browser's own chooser where it has one, and any way of writing it where it has none."""

    widget = DateInput()

    def dag(self) -> date | None:
        """The day; None when nothing was typed. Asked for after the field has been found right."""
        return tolka_datum(text(self)) if text(self) else None

    def pre_validate(self, form: object) -> None:
        """Refuse what is no day."""
        try:
            self.dag()
        except DatumFel as fel:
            ord_ = _("%(falt)s %(fel)s. Skriv dagen som 2026-03-31.", falt=self.label.text, fel=svenska(str(fel)))
            raise StopValidation(ord_) from fel


class Lista(SelectField):
    """A choice from a list of codes, which must be chosen unless the list has words for nothing."""

    def __init__(self, namn: str, lista: Mapping[str, str], *krav: Any, **val: Any) -> None:
        self._lista = lista
        alla = lista if "" in lista else {"": mark("Välj"), **lista}
        valen = [SelectChoice(kod, _l(ord_)) for kod, ord_ in alla.items()]
        super().__init__(_l(FALTORD[namn]), [*krav], choices=valen, **val)

    def pre_validate(self, form: object) -> None:
        """Refuse what is not in the list; nothing is left to the field's own demands."""
        if self.data and str(self.data) not in self._lista:
            raise StopValidation(_("%(falt)s: välj något i listan.", falt=self.label.text))


def _heltal(falt: Field, lagst: int, hogst: int) -> int:
    ord_ = text(falt).removesuffix("%").strip()
    tal = int(ord_) if ord_.isascii() and ord_.isdecimal() and len(ord_) < 8 else 0
    if not lagst <= tal <= hogst:
        ord_ = _(
            "%(falt)s ska vara ett heltal från %(lagst)s till %(hogst)s.",
            falt=falt.label.text,
            lagst=lagst,
            hogst=hogst,
        )
        raise StopValidation(ord_)
    return tal


class DeltagareForm(BaseForm):
    """A row of the register. The rules between its fields are those of `insatser.register`."""

    version = HiddenField(default="0")
    insats_id = SelectField(_l("Insats"), [InputRequired(_l("Välj insats."))], choices=[], validate_choice=False)
    nummer = StringField(_l("Nummer"), [InputRequired(_l("Skriv ett löpnummer.")), Length(max=20)])
    kon = Lista("kon", koder.KON, InputRequired(_l("Välj kön, eller okänt.")))
    alder = Lista("alder", koder.ALDER, InputRequired(_l("Välj ålder, eller okänd.")))
    start = Dag(_l("Startdatum"), [InputRequired(_l("Skriv startdatum.")), Length(max=20)])
    fore = Lista("fore", koder.FORE, default="okant")
    tid = Lista("tid", koder.TID, default="okand")
    utbildning = Lista("utbildning", koder.UTBILDNING, default="okand")
    handlingsplan = Lista("handlingsplan", koder.HANDLINGSPLAN, default="okant")
    plan_klar = Dag(_l("Plan klar"), [Optional(), Length(max=20)])
    slut = Dag(_l("Slutdatum"), [Optional(), Length(max=20)])
    utfall = Lista("utfall", {"": mark("Har inte slutat"), **koder.UTFALL})
    anstallning = Lista("anstallning", {"": mark("Inget valt"), **koder.ANSTALLNING})
    omfattning = StringField(_l("Omfattning"), [Optional(), Length(max=10)])

    def __init__(self, insatser: Sequence[tuple[int, str]], idag: date, *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self._insatser, self._idag = {str(id_) for id_, _namn in insatser}, idag
        self.insats_id.choices = _insatsval(_("Välj"), insatser)

    def validate_insats_id(self, falt: SelectField) -> None:
        """Only one's own."""
        if str(falt.data) not in self._insatser:
            raise StopValidation(_("Välj insats."))

    def validate_nummer(self, falt: StringField) -> None:
        """A running number, and nothing that could be a person's."""
        if ser_ut_som_personnummer(text(falt)):
            falt.data = ""
            raise StopValidation(
                _("Nummer ser ut som ett personnummer. Registret tar inte emot sådana. Skriv ett eget löpnummer.")
            )
        _heltal(falt, 1, HOGSTA_NUMMER)

    def validate_omfattning(self, falt: StringField) -> None:
        """Percent of full time."""
        _heltal(falt, MINSTA_OMFATTNING, 100)

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, and then what they say together."""
        if not super().validate(extra_validators):
            return False
        for fel in granska(self.rad(), self._idag):
            self[fel.falt].errors = [*self[fel.falt].errors, svenska(fel.mening())]
        return not self.errors

    def rad(self) -> Rad:
        """What the form tells, once it is right."""
        return Rad(
            insats_id=int(self.insats_id.data),
            nummer=int(text(self.nummer)),
            kon=text(self.kon),
            alder=text(self.alder),
            start=self.start.dag() or self._idag,
            slut=self.slut.dag(),
            utfall=text(self.utfall) or None,
            anstallning=text(self.anstallning) or None,
            omfattning=_heltal(self.omfattning, MINSTA_OMFATTNING, 100) if text(self.omfattning) else None,
            fore=text(self.fore) or "okant",
            tid=text(self.tid) or "okand",
            utbildning=text(self.utbildning) or "okand",
            handlingsplan=text(self.handlingsplan) or "okant",
            plan_klar=self.plan_klar.dag(),
        )


def version(falt: Field) -> int:
    """The version that a page was made from; what is no number is no version."""
    ord_ = text(falt)
    return int(ord_) if ord_.isascii() and ord_.isdecimal() and len(ord_) < 8 else 0


def ur_rad(rad: Deltagare) -> dict[str, str]:
    """A stored row as the fields of the form."""
    falten = (*FALTORD, "version")
    return {namn: "" if (varde := getattr(rad, namn)) is None else str(varde) for namn in falten}


class TaBortForm(BaseForm):
    """Why a row is taken away."""

    version = HiddenField(default="0")
    skal = RadioField(
        _l("Varför tas raden bort?"),
        choices=[SelectChoice(kod, _l(ord_)) for kod, ord_ in koder.SKAL.items()],
        validators=[InputRequired(_l("Välj varför raden tas bort."))],
    )


class InsatsForm(BaseForm):
    """An insats, what it is counted under, and who answers for it."""

    namn = StringField(_l("Namn"), [InputRequired(_l("Skriv insatsens namn.")), Length(max=LANGSTA_NAMN)])
    enhet = StringField(_l("Enhet i bokslutet"), [Length(max=LANGSTA_NAMN)])
    aktiv = RadioField(
        _l("Läge"),
        choices=[SelectChoice("ja", _l("Pågår")), SelectChoice("nej", _l("Avslutad: inga nya deltagare"))],
        default="ja",
    )
    ansvariga = SelectMultipleField(
        _l("Insatsansvariga"), choices=[], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )

    def __init__(self, konton: Sequence[tuple[str, str]], *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self.ansvariga.choices = [SelectChoice(id_, namn) for id_, namn in konton]

    def validate_namn(self, falt: StringField) -> None:
        """A name, not a person's number."""
        _fa_siffror(falt)

    def validate_enhet(self, falt: StringField) -> None:
        """The same."""
        _fa_siffror(falt)

    def falt(self) -> dict[str, Any]:
        """The fields of the insats. Without an enhet of its own it is counted under its name."""
        return {
            "namn": text(self.namn),
            "enhet": text(self.enhet) or text(self.namn),
            "aktiv": self.aktiv.data == "ja",
        }


def _insatsval(ingen: str, insatser: Sequence[tuple[int, str]]) -> list[SelectChoice]:
    return [SelectChoice("", ingen), *(SelectChoice(str(id_), namn) for id_, namn in insatser)]


def _fa_siffror(falt: StringField) -> None:
    if sum(tecken.isdigit() for tecken in text(falt)) > FLEST_SIFFROR:
        ord_ = _(
            "%(falt)s får ha högst %(antal)s siffror, så att inget personnummer ryms.",
            falt=falt.label.text,
            antal=FLEST_SIFFROR,
        )
        raise StopValidation(ord_)


class FilForm(BaseForm):
    """A file for the register."""

    fil = FileField(_l("Fil"))
    insats_id = SelectField(_l("Rader utan insats hör till"), choices=[], validate_choice=False)

    def __init__(self, insatser: Sequence[tuple[int, str]], *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self._insatser = {str(id_) for id_, _namn in insatser}
        self.insats_id.choices = _insatsval(_("Insatsen står i filen"), insatser)

    def validate_fil(self, falt: FileField) -> None:
        """That there is one."""
        if not falt.data or not falt.data.filename:
            raise StopValidation(_("Välj en fil, .xlsx eller .csv."))

    def forvald(self) -> int | None:
        """The insats of rows that name none; None when they must."""
        val = str(self.insats_id.data or "")
        return int(val) if val in self._insatser else None


class KnappForm(BaseForm):
    """A button that does something."""


assert FALTORD == RUBRIKER, "a form and a file must call a field the same"
