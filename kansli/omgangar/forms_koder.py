"""The forms of what a round is answered with: codes, doors, paper."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, StopValidation

from enkat.biljett import las_dorr
from enkat.nycklar import las_hemlighet
from enkat.sprak import SPRAK
from enkat.urna import ENHET_BYTE
from grund.forms import BaseForm, text
from kansli.omgangar.dorr import fel_i_adress, fel_i_enhet
from kansli.omgangar.falt import Dag, Heltal, Kryssrutor
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l

# What is drawn in a few seconds; a larger pile is printed as several.
FLEST_KORT: Final = 200
_SPRAKVAL: Final = [SelectChoice(s.kod, s.namn, {"lang": s.lang}) for s in SPRAK]


def _far_rum(form: BaseForm, falt: StringField) -> None:
    if len(text(falt).encode()) > ENHET_BYTE:
        raise StopValidation(_("%(falt)s: högst %(antal)s tecken.", falt=falt.label.text, antal=ENHET_BYTE))


def _ar_adress(form: BaseForm, falt: StringField) -> None:
    fel = fel_i_adress(text(falt))
    if fel is not None:
        raise StopValidation(fel)


def _adress() -> StringField:
    return StringField(
        _l("Adressen där man svarar"),
        [InputRequired(_l("Skriv adressen där man svarar.")), Length(max=200), _ar_adress],
    )


class KoderForm(BaseForm):
    """A batch of codes to print. bunt: its name, so that the same form prints once."""

    bunt = HiddenField(validators=[Regexp(r"[0-9a-f]{8}\Z")])
    enhet = StringField(_l("Enhet"), [InputRequired(_l("Skriv vilken enhet korten är till.")), _far_rum])
    antal = Heltal(
        _l("Antal kort"),
        [
            InputRequired(_l("Skriv hur många kort som ska skrivas ut.")),
            NumberRange(1, FLEST_KORT, _l("Antal kort: 1–200 åt gången. Behöver ni fler, skriv ut flera buntar.")),
        ],
    )
    reserv = BooleanField(_l("En reservbunt, som räknas som utdelad först när ni säger hur många som gick åt"))
    tillsammans = StringField(_l("Räkna ihop med andra små enheter, under namnet"), [_far_rum])
    svara_pa = _adress()
    sprak = Kryssrutor(
        _l("Språk på korten; inget val ger alla"), choices=[v for v in _SPRAKVAL if v.value != "sv@latt"]
    )

    def __init__(self, **val: Any) -> None:
        super().__init__(**val)
        self.bunt.data = self.bunt.data or secrets.token_hex(4)


class MakuleraForm(BaseForm):
    """Codes to void, one on each line."""

    koder = TextAreaField(_l("Koder, en på varje rad"), [InputRequired(_l("Skriv minst en kod.")), Length(max=20_000)])

    def rader(self) -> list[str]:
        """The lines with something on them."""
        return [rad.strip() for rad in str(self.koder.data or "").splitlines() if rad.strip()]


class UtdeladeForm(BaseForm):
    """How many of a batch were handed out. hogst: as many as were printed."""

    antal = Heltal(_l("Utdelade"), [InputRequired(_l("Skriv hur många som har delats ut."))])

    def __init__(self, hogst: int, **val: Any) -> None:
        super().__init__(**val)
        self._hogst = hogst

    def validate_antal(self, falt: Heltal) -> None:
        if falt.data is not None and falt.data > self._hogst:
            raise StopValidation(_("Bunten har bara %(antal)s kort.", antal=self._hogst))


class DorrForm(BaseForm):
    """An open link or a kiosk. enheter: those of the round; empty when it knows none."""

    slag = RadioField(
        _l("Hur svarar man?"),
        choices=[
            SelectChoice("lank", _l("Öppen länk: alla som har adressen kan svara, i sin egen telefon eller dator")),
            SelectChoice("kiosk", _l("Kiosk: en surfplatta i receptionen, som tömmer sig efter varje person")),
        ],
        validators=[InputRequired(_l("Välj öppen länk eller kiosk."))],
    )
    enhet = StringField(_l("Enhet, om alla svar hör till en"), [_far_rum])
    med_kod = BooleanField(_l("Var och en skriver också en kod, så att ingen svarar två gånger (bara kiosk)"))
    svara_pa = _adress()

    def __init__(self, enheter: Sequence[str], **val: Any) -> None:
        super().__init__(**val)
        self._enheter = enheter

    def validate_enhet(self, falt: StringField) -> None:
        fel = fel_i_enhet(text(falt) or None, self._enheter)
        if fel is not None:
            raise StopValidation(fel)

    def validate_med_kod(self, falt: BooleanField) -> None:
        if falt.data and self.slag.data == "lank":
            raise StopValidation(_("En öppen länk har ingen kod. Välj kiosk, eller ta bort krysset."))
        if falt.data and text(self.enhet):
            raise StopValidation(_("En kod vet redan sin enhet. Töm enheten, eller ta bort krysset."))


class AffischForm(BaseForm):
    """A poster of an address that was given before. hemligt: the folder of keys, that tells a true one."""

    hela = HiddenField()
    format = HiddenField(default="pdf")

    def __init__(self, hemligt: Path, omgang_id: str, **val: Any) -> None:
        super().__init__(**val)
        self._hemligt, self._omgang_id = hemligt, omgang_id

    def validate_hela(self, falt: HiddenField) -> None:
        biljett = text(falt).rpartition("/")[2]
        if las_dorr(las_hemlighet(self._hemligt, self._omgang_id), self._omgang_id, biljett) is None:
            raise StopValidation(_("Adressen hör inte till omgången. Gör en ny under Öppen länk eller kiosk."))


class BlankettForm(BaseForm):
    """The questionnaire on paper."""

    sprak = SelectField(_l("Språk"), choices=_SPRAKVAL)
    format = RadioField(
        _l("Fil"),
        choices=[SelectChoice("pdf", _l("PDF")), SelectChoice("html", _l("HTML, att skriva ut från webbläsaren"))],
        default="pdf",
    )
    kontakt = StringField(_l("Vem man frågar"), [InputRequired(_l("Skriv vem man frågar.")), Length(max=200)])
    ombud = StringField(_l("Dataskyddsombudet"), [Length(max=200)])
    gallras = Dag(_l("Sista dagen som svaren finns kvar"), [InputRequired(_l("Välj dagen då svaren är borta."))])
    retur = StringField(_l("Hur papperet lämnas, om inte i kuvert och låda"), [Length(max=300)])
    liten_grupp = BooleanField(_l("Gruppen är så liten att svaren läggs ihop med andras"))


class AdressForm(BaseForm):
    """Addresses to write to: a file, or pasted. The file is read by the view, which knows its size."""

    klistrat = TextAreaField(_l("Klistra in adresser"), [Length(max=400_000)])


class BrevForm(BaseForm):
    """A letter to everyone on the list."""

    slag = RadioField(
        _l("Brev"),
        choices=[SelectChoice("inbjudan", _l("Inbjudan")), SelectChoice("paminnelse", _l("Påminnelse"))],
        default="inbjudan",
    )
    kontakt = StringField(_l("Vem man frågar"), [InputRequired(_l("Skriv vem man frågar.")), Length(max=200)])
    svara_pa = _adress()
    osakra_igen = BooleanField(_l("Skicka också till dem där ingen vet om brevet kom fram"))
