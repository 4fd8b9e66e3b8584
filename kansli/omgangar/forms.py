"""The forms of a round's own life: make, count, open, extend, freeze, dispose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from wtforms import BooleanField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp, StopValidation

from grund.forms import BaseForm
from kansli.omgangar import klockslag
from kansli.omgangar.falt import Dag, Heltal, Klockslag
from kansli.sprak import gettext as _
from kansli.sprak import lazy_gettext as _l
from kansli.sprak import svenska

# A year, or a part of one. It becomes a folder's name, so nothing else gets through.
PERIOD: Final = r"\s*(20\d\d)([HKV]\d{1,2}|-\d{2})?\s*\Z"
MINSTA_GRUPP: Final = 5
KORTAST_FRAS: Final = 12


def _period() -> StringField:
    return StringField(
        _l("Period"),
        [
            InputRequired(_l("Skriv vilken period omgången gäller, till exempel 2026.")),
            Regexp(PERIOD, message=_l("Perioden ska vara ett år som 2026, eller en del av ett som 2026H1.")),
        ],
    )


def _antal(etikett: str) -> Heltal:
    stort = NumberRange(0, 1_000_000, _l("%(falt)s: högst en miljon.", falt=etikett))
    return Heltal(etikett, [Optional(), stort])


def _moment(falt: Klockslag, dag: date, slut: bool) -> datetime | None:
    """The moment that a day and a time of day say; None with a fault by the time when that hour is not there."""
    try:
        return klockslag.stanger(dag, falt.data) if slut else klockslag.oppnar(dag, falt.data)
    except klockslag.FinnsInte as fel:
        finns_inte = _("Klockan %(tid)s finns inte den dagen: då ställs klockan fram. Välj en annan tid.", tid=str(fel))
        falt.errors = [*falt.errors, finns_inte]
        return None


class NyForm(BaseForm):
    """A round from a questionnaire."""

    enkat = RadioField(_l("Enkät"), validators=[InputRequired(_l("Välj en enkät."))])
    period = _period()
    provomgang = BooleanField(_l("En provomgång: svaren räknas aldrig"))
    minsta_grupp = Heltal(
        _l("Minsta grupp som visas"),
        [
            InputRequired(_l("Skriv hur många som minst ska ha svarat för att något ska visas.")),
            NumberRange(MINSTA_GRUPP, 50, _l("Minsta grupp som visas: mellan 5 och 50.")),
        ],
    )
    population_antal = _antal(_l("Hur många de är, om ni vet"))
    utdelade = _antal(_l("Hur många som får enkäten, om det inte är med koder"))

    def __init__(self, enkater: list[tuple[str, str]], **val: Any) -> None:
        super().__init__(**val)
        self.enkat.choices = [SelectChoice(id_, svenska(titel)) for id_, titel in enkater]


class KopieraForm(BaseForm):
    """An earlier round once more."""

    period = _period()
    provomgang = BooleanField(_l("En provomgång: svaren räknas aldrig"))


class AntalForm(BaseForm):
    """How many there are, and how many were asked."""

    population_antal = _antal(_l("Hur många de är"))
    utdelade = _antal(_l("Hur många som har fått enkäten, när det inte är med koder"))


class StangerForm(BaseForm):
    """When a round closes. nu: the time of the request. stanger: the moment, when what was typed is one ahead."""

    stanger_dag = Dag(_l("Sista dagen"), [InputRequired(_l("Välj sista dagen."))])
    stanger_tid = Klockslag(_l("Klockslag, om inte hela dagen"), [Optional()])

    stanger: datetime | None = None

    def __init__(self, nu: datetime, **val: Any) -> None:
        super().__init__(**val)
        self._nu = nu

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that it closes ahead. A field that may be empty has its other validators passed by when it is."""
        ratt = bool(super().validate(extra_validators))
        if self.stanger_dag.data is None or self.stanger_tid.errors:
            return False
        self.stanger = _moment(self.stanger_tid, self.stanger_dag.data, slut=True)
        if self.stanger is not None and self.stanger <= self._nu:
            self._fel(_("Sista dagen har varit. Välj en senare."))
        return ratt and self.stanger is not None and not self.stanger_dag.errors

    def _fel(self, text: str) -> None:
        self.stanger_dag.errors = [*self.stanger_dag.errors, text]


class OppnaForm(StangerForm):
    """Open a round. nu: the time of the request. har_vag: whether there are codes to answer with."""

    oppnar_dag = Dag(_l("Första dagen, om inte nu genast"), [Optional()])
    oppnar_tid = Klockslag(_l("Öppnar klockan, om inte när dagen börjar"), [Optional()])
    losenfras = PasswordField(_l("Lösenfras, om ni vill ha en"), [Length(max=200, message=_l("Högst 200 tecken."))])
    igen = PasswordField(_l("Samma lösenfras igen"))
    utan_koder = BooleanField(_l("Ingen kod är utskriven än, och det ska vara så"))

    oppnar: datetime | None = None

    def __init__(self, nu: datetime, har_vag: bool, **val: Any) -> None:
        super().__init__(nu, **val)
        self._har_vag = har_vag

    def validate_losenfras(self, falt: PasswordField) -> None:
        if falt.data and len(falt.data) < KORTAST_FRAS:
            raise StopValidation(_("Lösenfrasen ska ha minst 12 tecken. Fyra slumpade ord räcker."))

    def validate_igen(self, falt: PasswordField) -> None:
        if (falt.data or "") != (self.losenfras.data or ""):
            raise StopValidation(_("De två lösenfraserna är inte lika."))

    def validate_utan_koder(self, falt: BooleanField) -> None:
        if not self._har_vag and not falt.data:
            raise StopValidation(
                _(
                    "Ingen kod är utskriven, så ingen kan svara. Skriv ut koder först, eller kryssa i att ni använder"
                    " en öppen länk eller en kiosk."
                )
            )

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that it closes after it opens."""
        ratt = super().validate(extra_validators)
        self.oppnar = self._oppnar()
        if self.oppnar is not None and self.stanger is not None and self._nu < self.stanger <= self.oppnar:
            self._fel(_("Omgången skulle stänga innan den öppnar. Välj en senare sista dag."))
        return ratt and self.oppnar is not None and not self.stanger_dag.errors

    def _oppnar(self) -> datetime | None:
        if self.oppnar_dag.data is not None:
            return _moment(self.oppnar_tid, self.oppnar_dag.data, slut=False)
        if self.oppnar_tid.data is not None:
            self.oppnar_dag.errors = [_("Välj också första dagen, eller töm klockslaget.")]
            return None
        return None if self.oppnar_dag.errors else self._nu


class ForlangForm(StangerForm):
    """Close later."""


class PapperskopiaForm(BaseForm):
    """Show the key's paper copy again. The passphrase is asked for where there is one."""

    losenfras = PasswordField(_l("Lösenfrasen"))


class FrysForm(BaseForm):
    """Freeze: with the key's file, with its passphrase, or from paper."""

    hur = RadioField(
        _l("Nyckeln"),
        choices=[
            SelectChoice("fil", _l("Nyckelfilen, som finns här")),
            SelectChoice("papper", _l("Papperskopian, som jag skriver av")),
        ],
        validators=[InputRequired(_l("Välj hur nyckeln ska läsas."))],
    )
    losenfras = PasswordField(_l("Lösenfrasen"))
    papper = TextAreaField(_l("Grupperna på papperet"), [Length(max=2000)])
    trasiga = Heltal(_l("Så många kuvert får vara oläsliga"), [Optional(), NumberRange(0, 10_000)])


class BekraftaForm(BaseForm):
    """A button for what cannot be undone: one has to say that one knows."""

    sakert = BooleanField(
        _l("Jag vet att det inte går att ångra"), [InputRequired(_l("Kryssa i att du vet att det inte går att ångra."))]
    )
