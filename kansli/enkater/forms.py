"""The forms of the questionnaires: each is filled from what stands in the file, and gives what shall stand there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from grund.forms import BaseForm, text
from indikatorer.diagnos import Diagnos
from kansli.enkater.redigera import Varde
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l
from kansli.sprak import svenska

TYPER: Final = {
    "skala": _l("Skala: svar i ordning, som ”inte alls” till ”helt”"),
    "ja_nej": _l("Ja eller nej"),
    "ett_val": _l("Ett val bland flera"),
    "flera_val": _l("Flera val"),
    "matris": _l("Flera rader med samma svar"),
    "tal": _l("Ett tal"),
    "datum": _l("Ett datum"),
    "text": _l("Egna ord (fritext)"),
}
BILDER: Final = {
    "": _l("Inga bilder"),
    "ansikten": _l("Ansikten, ledsna till glada"),
    "staplar": _l("Staplar, låga till höga"),
    "ja_nej": _l("Ja och nej"),
}
_LANGST_ID: Final = 40
TOMMA_RADER: Final = 2


class Heltal(IntegerField):
    """A whole number, or nothing, with a complaint in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([v.strip() for v in valuelist])
        except ValueError:
            raise ValueError(_("%(falt)s: skriv ett heltal med siffror.", falt=self.label.text)) from None


class Dag(DateField):
    """A day, with a complaint in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("%(falt)s Skriv datumet som 2026-03-31.", falt=self.label.text)) from None


class Kryssrutor(SelectMultipleField):
    """Several choices, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AndringForm(BaseForm):
    """What every change asks: why, for the log. version: what the form began from, so that nobody's work is lost."""

    # Which field a fault is shown at, where it is not called as the key is.
    vid: ClassVar[Mapping[str, str]] = {"visas_om": "villkor"}
    orsak = StringField(_l("Varför ändrar du?"), [Optional(), Length(max=250)])
    version = HiddenField()

    @property
    def skal(self) -> str:
        """Why, in words."""
        return text(self.orsak) or _("Ändrad i kansliet")

    def visa(self, fel: Sequence[Diagnos], *tabell: str) -> None:
        """Put faults beside the fields of a table that they are at, the others at the top; in kontrollera's words."""
        inled = f"{'.'.join(tabell)}."
        for d in fel:
            namn = d.falt.removeprefix(inled).split(".")[0] if d.falt.startswith(inled) else ""
            falt = self._fields.get(self.vid.get(namn, namn)) if namn else None
            if falt is None:
                self.form_errors.append(svenska(d.mening()))
            else:
                falt.errors = [*falt.errors, svenska(d.mening())]


class NyForm(BaseForm):
    """A questionnaire to begin with: what it is called, and what its answers become."""

    id = StringField(
        _l("Kort namn, för filen"),
        [DataRequired(_l("Skriv ett kort namn på enkäten, som personal_2027.")), Length(max=_LANGST_ID)],
    )
    titel = StringField(_l("Vad heter enkäten?"), [DataRequired(_l("Skriv vad enkäten ska heta.")), Length(max=200)])
    ingress = TextAreaField(
        _l("Vad handlar den om, och vem är den för?"), [DataRequired(_l("Skriv en inledning till den som ska svara."))]
    )
    kallas = StringField(
        _l("Vad kallas de som svarar, i bokslutets meningar?"),
        [DataRequired(_l("Skriv vad de som svarar kallas, som deltagarna.")), Length(max=80)],
    )
    population = StringField(_l("Vilka får svara?"), [Optional(), Length(max=200)])


class HuvudForm(AndringForm):
    """The head of a questionnaire, and its question about the enhet."""

    titel = StringField(_l("Vad heter enkäten?"), [DataRequired(_l("Skriv vad enkäten heter."))])
    ingress = TextAreaField(_l("Inledning"), [DataRequired(_l("Skriv en inledning till den som ska svara."))])
    kalla = StringField(_l("Källa: vad målen kallar svaren"), [DataRequired(_l("Skriv källans namn."))])
    kallas = StringField(
        _l("Vad kallas de som svarar, i bokslutets meningar?"), [DataRequired(_l("Skriv vad de som svarar kallas."))]
    )
    population = StringField(_l("Vilka får svara?"))
    hogst_minuter = Heltal(_l("Hur många minuter får den ta?"), [Optional()])
    utan_kon = StringField(_l("Skäl att inte fråga efter kön"))
    last = StringField(_l("Instrumentets lås"))
    enhet_text = StringField(_l("Frågan om enhet"))
    enhet_hjalp = StringField(_l("Hjälp till frågan om enhet"))

    def huvud(self) -> dict[str, Varde]:
        """The keys of [enkat]."""
        egna = ("titel", "ingress", "kalla", "kallas", "population", "utan_kon", "last")
        falt: dict[str, Varde] = {n: rent(self[n].data) or None for n in egna}
        falt["hogst_minuter"] = self.hogst_minuter.data
        return falt

    def enhet(self) -> dict[str, Varde]:
        """The keys of [enhet]; without text there is no such question."""
        return {"text": rent(self.enhet_text.data) or None, "hjalp": rent(self.enhet_hjalp.data) or None}


class FrageForm(AndringForm):
    """A question. villkor: the answers to earlier ones that it is shown after, as "fråga=svar"."""

    text = TextAreaField(
        _l("Frågan"), [DataRequired(_l("Skriv frågan, som den som svarar ska läsa den."))], render_kw={"rows": 3}
    )
    hjalp = TextAreaField(_l("Hjälptext"), render_kw={"rows": 3})
    typ = SelectField(_l("Hur svarar man?"), choices=[SelectChoice(*par) for par in TYPER.items()])
    skala = SelectField(_l("Skala"), validate_choice=False)
    kanslig = BooleanField(_l("Känslig: om diskriminering, hälsa eller våld"))
    villkor = Kryssrutor(_l("Visas bara för den som har svarat"), validate_choice=False)
    rader = TextAreaField(_l("Rader"))
    minst = Heltal(_l("Minsta tal"), [Optional()])
    hogst = Heltal(_l("Högsta tal"), [Optional()])
    langst = Heltal(_l("Högst så många tecken"), [Optional()])
    gallras_efter_manader = Heltal(_l("Texten tas bort efter så många månader"), [Optional()])
    id = StringField(_l("Kort namn (id), som blir kolumnen i svaren"), [Optional(), Length(max=_LANGST_ID)])

    def valj_bland(self, skalor: Iterable[str]) -> None:
        """The scales that there are."""
        self.skala.choices = [SelectChoice("", _("Ingen skala")), *(SelectChoice(id_, id_) for id_ in skalor)]

    def falt(self) -> dict[str, Varde]:
        """The keys of [fraga.id]."""
        tal: dict[str, Varde] = {n: self[n].data for n in ("minst", "hogst", "langst", "gallras_efter_manader")}
        return {
            "typ": self.typ.data,
            "skala": self.skala.data or None,
            "text": rent(self.text.data) or None,
            "hjalp": rent(self.hjalp.data) or None,
            "kanslig": True if self.kanslig.data else None,
            "visas_om": self._villkor(),
            "rader": som_rader(self.rader.data or "") or None,
            **tal,
        }

    def _villkor(self) -> Varde:
        par = [v.partition("=") for v in self.villkor.data or []]
        return {"fraga": par[0][0], "svar": [svar for _fraga, _lika, svar in par]} if par else None

    def validate_villkor(self, falt: Kryssrutor) -> None:
        """One question is enough to depend on."""
        if len({v.partition("=")[0] for v in falt.data or []}) > 1:
            raise StopValidation(_("Visas bara för: välj svar på en enda fråga. Kryssa ur dem på de andra."))


class SvarsradForm(Form):
    """An option of a scale."""

    svar = StringField(_l("Kort namn"))
    text = StringField(_l("Som den som svarar läser det"))


class SkalaForm(AndringForm):
    """A scale: its options in order, worst first."""

    vid: ClassVar[Mapping[str, str]] = {"svar": "rader", "text": "rader"}
    id = StringField(_l("Kort namn på skalan"), [Optional(), Length(max=_LANGST_ID)])
    rader = FieldList(FormField(SvarsradForm), label=_l("Svaren, sämst först"))
    ordnad = BooleanField(_l("Svaren står i ordning från sämst till bäst"))
    bild = SelectField(_l("Bilder bredvid svaren"), choices=[SelectChoice(*par) for par in BILDER.items()])

    def falt(self) -> dict[str, Varde]:
        """The keys of [skala.id]. A row without text is no option; one without a short name gets one."""
        par = [(rent(r.form.svar.data), rent(r.form.text.data)) for r in self.rader]
        par = [(svar or som_id(ord_), ord_) for svar, ord_ in par if svar or ord_]
        return {
            "svar": [svar for svar, _ord in par],
            "text": [ord_ for _svar, ord_ in par],
            "bild": self.bild.data or None,
            "ordnad": None if self.ordnad.data else False,
        }


class TomlForm(AndringForm):
    """The whole file."""

    toml = TextAreaField(_l("Enkäten som text"), [Length(max=400_000)])


class GranskaForm(BaseForm):
    """Somebody has read a language through. version: the texts as they were then."""

    granskad_av = StringField(
        _l("Vem har läst igenom språket?"),
        [DataRequired(_l("Skriv namnet på den som har läst igenom språket.")), Length(max=120)],
    )
    datum = Dag(_l("När?"), [InputRequired(_l("Skriv dagen då språket lästes igenom."))])
    intygar = BooleanField(
        _l("Den som granskar har språket som modersmål eller arbetsspråk, och har svarat igenom enkäterna på det."),
        [DataRequired(_l("Kryssa i att den som granskar kan språket och har svarat igenom enkäterna."))],
    )
    version = HiddenField()

    def validate_datum(self, falt: Dag) -> None:
        """A review lies in the past."""
        if falt.data is not None and falt.data > datetime.now(UTC).astimezone().date() + timedelta(days=1):
            raise StopValidation(_("När: dagen har inte varit än."))


class UndantagForm(BaseForm):
    """Why a language is used though nobody has reviewed it; empty takes the exception away."""

    undantag = TextAreaField(_l("Skäl att använda språket utan granskning"), [Optional(), Length(max=500)])


def texter_form(nycklar: Sequence[str]) -> type[AndringForm]:
    """A form with a text for each key."""
    return type("TexterForm", (AndringForm,), {namn: TextAreaField(validators=[Length(max=3000)]) for namn in nycklar})


def fyll_fraga(falt: Mapping[str, Any]) -> dict[str, Any]:
    """What a question's form begins with, from what stands in the file."""
    villkor = falt.get("visas_om")
    villkor = villkor if isinstance(villkor, Mapping) else {}
    svar = villkor.get("svar") if isinstance(villkor.get("svar"), list) else []
    rader = falt.get("rader")
    rader = rader if isinstance(rader, Mapping) else {}
    return {**falt, "villkor": [f"{villkor.get('fraga')}={s}" for s in svar or []], "rader": rader_i_text(rader)}


def rader_i_text(rader: Mapping[str, Any]) -> str:
    """The rows of a matris as one types them."""
    return "\n".join(f"{id_} = {ord_}" for id_, ord_ in rader.items())


def som_rader(text_: str) -> dict[str, str]:
    """Rows as they were typed, "id = text" or only the text, by their id."""
    rader = {}
    for rad in filter(None, map(rent, text_.splitlines())):
        id_, lika, ord_ = rad.partition(" = ")
        rader[id_.strip() if lika else som_id(rad)] = ord_.strip() if lika else rad
    return rader


def som_id(text_: str) -> str:
    """A short name from a text: "Hur har du haft det?" → "hur_har_du_haft_det"."""
    ascii_ = unicodedata.normalize("NFKD", text_).encode("ascii", "ignore").decode().lower()
    ord_ = re.sub(r"[^a-z0-9]+", "_", ascii_).strip("_")
    kort = ord_ if len(ord_) <= _LANGST_ID else ord_[:_LANGST_ID].rpartition("_")[0] or ord_[:_LANGST_ID]
    return kort if kort[:1].isalpha() else f"f_{kort}".rstrip("_")


def rent(text_: object) -> str:
    """A text on one line, without the spaces around it."""
    return " ".join(str(text_ or "").split())
