"""The forms of good examples: writing one, and reviewing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, Regexp

from grund.forms import BaseForm
from kansli.sprak import lazy_gettext as _l

LANGST: Final = 20_000
_SVENSKA: Final = {"lang": "sv"}
_SUMMA: Final = Regexp(r"[0-9a-f]{64}\Z", message=_l("Läs in sidan igen: formuläret var inte helt."))
_AVSNITT: Final = Length(max=LANGST, message=_l("Avsnittet är längre än 20 000 tecken. Korta det."))


def _ren(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class KryssFalt(SelectMultipleField):
    """Any number of a list, as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class ExempelForm(BaseForm):
    """A good example. grund: the sum of the file when the form was shown."""

    titel = StringField(
        _l("Rubrik"),
        [InputRequired(_l("Skriv en rubrik.")), Length(max=200, message=_l("Rubriken är längre än 200 tecken."))],
    )
    ingress = TextAreaField(_l("Inledning, om det behövs en"), [_AVSNITT], filters=[_ren])
    bakgrund = TextAreaField(_l("Bakgrund"), [_AVSNITT], filters=[_ren])
    stod = TextAreaField(_l("Stöd"), [_AVSNITT], filters=[_ren])
    framgang = TextAreaField(_l("Framgångsfaktorer"), [_AVSNITT], filters=[_ren])
    enhet = StringField(_l("Enhet eller insats"), [Length(max=120, message=_l("Enheten är längre än 120 tecken."))])
    indikator = SelectField(_l("Räknas i indikatorn"), [InputRequired(_l("Välj den indikator som exemplet räknas i."))])
    fler_indikatorer = KryssFalt(_l("Handlar också om indikatorerna"))
    mal = KryssFalt(_l("Handlar om målen"))
    samtycke = BooleanField(_l("Den som berättelsen handlar om har sagt ja till att den publiceras"))
    publicerad = BooleanField(_l("Ska vara med i bokslutet"))
    grund = HiddenField(validators=[_SUMMA])

    def valj(
        self,
        indikatorer: Mapping[str, Sequence[tuple[str, str]]],
        mal: Sequence[tuple[str, str]],
        egna: Mapping[str, Any],
    ) -> None:
        """What there is to choose among: indicators by group. egna: what the file holds, which is never lost."""
        kanda = {id_ for lista in indikatorer.values() for id_, _ in lista}
        borta = [n for n in [egna.get("indikator"), *_lista(egna, "fler_indikatorer")] if n and n not in kanda]
        grupper = {**indikatorer, str(_l("Finns inte i år")): [(str(n), str(n)) for n in dict.fromkeys(borta)]}
        val = [SelectChoice(id_, namn, _SVENSKA, grupp) for grupp, lista in grupper.items() for id_, namn in lista]
        self.indikator.choices = [SelectChoice("", str(_l("Välj"))), *val]
        self.fler_indikatorer.choices = [(v.value, v.label) for v in val]
        okanda = [(str(n), str(n)) for n in _lista(egna, "mal") if n not in dict(mal)]
        self.mal.choices = [*mal, *okanda]

    def validate_publicerad(self, falt: BooleanField) -> None:
        if falt.data and not any(f.data for f in (self.ingress, self.bakgrund, self.stod, self.framgang)):
            raise ValidationError(_l("Skriv berättelsen innan den sätts att vara med i bokslutet."))


class GranskaForm(BaseForm):
    """A review. grund: the sum of the file that was looked at. The four boxes are the checklist."""

    alder = BooleanField()
    plats = BooleanField()
    diagnos = BooleanField()
    utbildning = BooleanField()
    anteckning = TextAreaField(
        _l("Till den som har skrivit"),
        [Length(max=1_000, message=_l("Skriv högst 1 000 tecken."))],
        filters=[_ren],
    )
    grund = HiddenField(validators=[_SUMMA])


class TaBortForm(BaseForm):
    """Take an example away."""

    grund = HiddenField(validators=[_SUMMA])


def _lista(egna: Mapping[str, Any], nyckel: str) -> list[Any]:
    varde = egna.get(nyckel, [])
    return list(varde) if isinstance(varde, list | tuple) else []
