"""What every form of the staff has: a token against forged requests, and messages that make sense alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from flask import current_app
from flask_wtf import FlaskForm
from wtforms import Field

FORMULARORD: Final = "formularord"


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form with CSRF protection. Its messages name the field, for they are also listed at the top of the page.

    An application may have words for what fields say of themselves: an object with gettext and ngettext, among its
    extensions as FORMULARORD.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask-wtf ships no types
        """Where fields get their words."""

        def get_translations(self, form: object) -> Any:
            """The application's; else the library's own."""
            return current_app.extensions.get(FORMULARORD) or super().get_translations(form)

    def fel(self) -> Iterator[tuple[str, str]]:
        """(id of the field, message) of every fault, in the order of the form; the id is "" for the form's own."""
        for falt in self:
            yield from ((falt.id, text) for text in _texter(falt))
        yield from (("", _som_text(text)) for text in self.form_errors)


def text(falt: Field) -> str:
    """What was typed, without the spaces around it; "" for nothing."""
    return str(falt.data or "").strip()


def _texter(falt: Field) -> list[str]:
    return [_som_text(text) for text in falt.errors]


def _som_text(text: object) -> str:
    """What is marked up stays so."""
    return text if isinstance(text, str) else str(text)
