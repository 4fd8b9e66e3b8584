"""What every form of the staff has: a token against forged requests, and messages that make sense alone."""

from __future__ import annotations

from collections.abc import Iterator

from flask_wtf import FlaskForm
from wtforms import Field


class BaseForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form with CSRF protection. Its messages name the field, for they are also listed at the top of the page."""

    def fel(self) -> Iterator[tuple[str, str]]:
        """(id of the field, message) of every fault, in the order of the form; the id is "" for the form's own."""
        for falt in self:
            yield from ((falt.id, text) for text in _texter(falt))
        yield from (("", str(text)) for text in self.form_errors)


def text(falt: Field) -> str:
    """What was typed, without the spaces around it; "" for nothing."""
    return str(falt.data or "").strip()


def _texter(falt: Field) -> list[str]:
    return [str(text) for text in falt.errors]
