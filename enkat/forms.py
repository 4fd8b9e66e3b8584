"""The survey's form. It has no CSRF token: the seal is what nobody else can make, and there is no cookie to ride on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wtforms import Form, HiddenField, SelectMultipleField, StringField

from enkat.formular import Fraga

SVAR = "svar"
SPRAK = "sprak:"
SIDA = "sida:"
# Kinds of question where one writes, and which keyboard a phone shows.
SKRIVS = {"tal": "numeric", "datum": "numeric", "text": "text"}


class SvarForm(Form):
    """What every page of the survey sends. sigill: the state; s: the page's language; gor: the button."""

    sigill = HiddenField()
    s = HiddenField()
    gor = StringField()

    @property
    def valt_sprak(self) -> str | None:
        """The code of the language whose button was pressed."""
        return _efter(SPRAK, self.gor.data)

    @property
    def vald_sida(self) -> int | None:
        """The number of the page whose button was pressed."""
        text = _efter(SIDA, self.gor.data)
        return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 5 else None


class KodForm(SvarForm):
    """The page where the code is typed; a scanned code is put there by the page's script."""

    kod = StringField()
    skannad = HiddenField()


class FrageForm(Form):
    """The answer on a page with one question, beside what `SvarForm` holds. Its fields are added by `bygg`."""

    def varde(self, fraga: Fraga) -> object:
        """What was given, as `svar.fel_i_svar` wants it."""
        if fraga.typ == "matris":
            return {rad: self.data[_falt(rad)] for rad, _ in fraga.rader}
        sant = self.data[SVAR] or []
        if fraga.typ == "flera_val":
            return sant
        if fraga.typ in SKRIVS:  # a text and a box beside it
            sant = [text for text in sant if text.strip()] or [""]
        return sant[0] if len(sant) == 1 else sant or None


@lru_cache(maxsize=512)
def bygg(rader: tuple[str, ...]) -> type[FrageForm]:
    """The form of a question. Options are not checked here: `svar.fel_i_svar` has the words for what is wrong."""
    falt: Mapping[str, object] = {
        SVAR: SelectMultipleField(validate_choice=False),
        **{_falt(rad): StringField() for rad in rader},
    }
    return type("FrageFormMedSvar", (FrageForm,), dict(falt))


def form_for(fraga: Fraga) -> type[FrageForm]:
    """The form of a question of the questionnaire."""
    return bygg(tuple(rad for rad, _ in fraga.rader))


def _falt(rad: str) -> str:
    return f"{SVAR}.{rad}"


def _efter(prefix: str, text: str | None) -> str | None:
    return text[len(prefix) :] if text is not None and text.startswith(prefix) else None
