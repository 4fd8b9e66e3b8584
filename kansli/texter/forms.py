"""The form of a text."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField
from wtforms.validators import Regexp

from grund.forms import BaseForm
from kansli.sprak import lazy_gettext as _l


class TextForm(BaseForm):
    """A text as it is written. grund: the sum of what it was when the form was shown."""

    text = TextAreaField(_l("Texten"), filters=[lambda t: (t or "").replace("\r\n", "\n").replace("\r", "\n")])
    grund = HiddenField(
        validators=[Regexp(r"[0-9a-f]{64}\Z", message=_l("Läs in sidan igen: formuläret var inte helt."))]
    )
