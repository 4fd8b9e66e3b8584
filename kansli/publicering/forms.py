"""The forms of publishing: an approval, the reason of a correction, and the publication itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional, Regexp

from grund.forms import BaseForm, text
from kansli.sprak import lazy_gettext as _l

_SUMMA = Regexp(r"[0-9a-f]{64}\Z", message=_l("Läs in sidan igen: formuläret var inte helt."))


def _ren(skrivet: str | None) -> str:
    return " ".join((skrivet or "").split())


class GodkannForm(BaseForm):
    """An approval of exactly what the page shows. akt: the sum of it. The decision may be left to the other person."""

    beslutande = StringField(
        _l("Vem som beslutade"), [Length(max=80, message=_l("Skriv högst 80 tecken."))], filters=[_ren]
    )
    datum = DateField(_l("Beslutets dag"), [Optional()])
    paragraf = StringField(_l("Paragraf"), [Length(max=20, message=_l("Skriv högst 20 tecken."))], filters=[_ren])
    akt = HiddenField(validators=[_SUMMA])

    def __init__(self, i_dag: date, krav_pa_beslut: bool, *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self._i_dag, self._krav = i_dag, krav_pa_beslut

    def validate_beslutande(self, falt: StringField) -> None:
        if self.datum.raw_data and any(self.datum.raw_data) and not text(falt):
            raise ValidationError(_l("Skriv vem som beslutade, till exempel styrelsen."))
        if not text(falt).isprintable():
            raise ValidationError(_l("Skriv vem som beslutade med vanliga bokstäver."))

    def validate(self, extra_validators: Any = None) -> bool:
        helt = bool(super().validate(extra_validators))
        if helt and self.datum.data is None and (self._krav or text(self.paragraf)):
            fel = _l("Skriv vilken dag styrelsen beslutade. En av de två som godkänner ska ange det.")
            self.datum.errors = [fel]
        elif helt and self.datum.data is not None and self.datum.data > self._i_dag:
            self.datum.errors = [_l("Beslutet är daterat efter i dag. Rätta dagen.")]
        return not self.errors

    def beslut(self) -> str:
        """The decision as it is kept: "styrelsen 2021-03-12 § 14"; "" when it is left to the other person."""
        if self.datum.data is None:
            return ""
        paragraf = text(self.paragraf).removeprefix("§").strip()
        return f"{text(self.beslutande)} {self.datum.data.isoformat()}{f' § {paragraf}' if paragraf else ''}"


class RattaForm(BaseForm):
    """Why a published version is to be corrected."""

    skal = TextAreaField(
        _l("Varför bokslutet rättas"),
        [
            InputRequired(_l("Skriv varför. Läsaren ser det.")),
            Length(max=1_000, message=_l("Skriv högst 1 000 tecken.")),
        ],
        filters=[_ren],
    )


class PubliceraForm(BaseForm):
    """Publish exactly what the page shows. akt: the sum of it. trots: why the warnings may stand."""

    trots = TextAreaField(
        _l("Varför varningarna får stå kvar"),
        [Length(max=1_000, message=_l("Skriv högst 1 000 tecken."))],
        filters=[_ren],
    )
    akt = HiddenField(validators=[_SUMMA])

    def __init__(self, varningar: int, *args: Any, **val: Any) -> None:
        super().__init__(*args, **val)
        self._varningar = varningar

    def validate_trots(self, falt: TextAreaField) -> None:
        if self._varningar and not text(falt):
            raise ValidationError(
                _l("Skriv varför varningarna får stå kvar. Det står i manifestet, som alla kan läsa.")
            )


class KnappForm(BaseForm):
    """A button that begins some work."""
