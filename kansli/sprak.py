"""The languages of the staff's pages: Swedish as written, and English from the catalogue "kansli".

What a förbund decides and publishes, goals, texts and questions, stays in the language that it is decided in.
`python -m kansli.katalog` says what lacks a translation.
"""

from __future__ import annotations

import gettext as gettext_
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask, g, has_request_context, session
from flask_babel.speaklater import LazyString
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from grund.i18n import las_po, oversattning

DOMAN: Final = "kansli"
KATALOG: Final = Path(__file__).resolve().parent.parent / "translations" / "en" / "LC_MESSAGES" / f"{DOMAN}.po"
SPRAKEN: Final = {"sv": "Svenska", "en": "English"}
_NYCKEL: Final = "sprak"


def valt() -> str:
    """The language of this request: a code of SPRAKEN."""
    if not has_request_context():
        return "sv"
    if "sprak" not in g:
        kod = session.get(_NYCKEL, "sv")
        g.sprak = kod if kod in SPRAKEN else "sv"
    return str(g.sprak)


def valj(kod: str) -> None:
    """Go on in another language, until one chooses again."""
    if kod in SPRAKEN:
        session[_NYCKEL] = g.sprak = kod


def gettext(text: str, /, **varden: object) -> str:
    """A text in the language of this request, with values in the place of %(names)s.

    With a value that is marked up, as by svenska, the whole is.
    """
    ut = _oversattning(valt()).gettext(text)
    if any(isinstance(varde, Markup) for varde in varden.values()):
        ut = escape(ut)
    return ut % varden if varden else ut


def ngettext(en: str, flera: str, antal: int, /, **varden: object) -> str:
    """The same for a text that goes by a number, which is there as %(num)s."""
    return _oversattning(valt()).ngettext(en, flera, antal) % {"num": antal, **varden}


def lazy_gettext(text: str, /, **varden: object) -> str:
    """A text that is looked up when it is shown: for what forms say, which is written before any request."""
    lat: str = LazyString(gettext, text, **varden)
    return lat


def svenska(text: object) -> Markup:
    """What is Swedish in every language: what a förbund has written, and what the engine says.

    One who reads the pages in another language hears it read as Swedish (WCAG 3.1.2).
    """
    if not text:
        return Markup()
    return escape(text) if valt() == "sv" else Markup('<span lang="sv">{}</span>').format(text)


@pass_context
def _sv(_sida: Context, text: object) -> Markup:
    """`svenska` in a template. It takes the page, or Jinja would do it once, in the language of whoever came first."""
    return svenska(text)


def kand(text: str) -> Markup:
    """A word that may be of ours or not, as the reason of a change: translated when the catalogue knows it."""
    ut = gettext(text) if text else ""
    return svenska(text) if ut == text else escape(ut)


def mark(text: str) -> str:
    """A text of a table, which is looked up where it is shown: here it is only marked for the catalogue."""
    return text


def init_sprak(app: Flask) -> None:
    """Let the templates look texts up, as {{ _("text") }} and {% trans %}."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        lambda text: _oversattning(valt()).gettext(text),
        lambda en, flera, antal: _oversattning(valt()).ngettext(en, flera, antal),
        newstyle=True,
    )
    app.add_template_filter(_sv, "sv")
    app.add_template_filter(kand, "kand")


@cache
def _oversattning(kod: str) -> gettext_.NullTranslations:
    return gettext_.NullTranslations() if kod == "sv" else oversattning(las_po(KATALOG, kod, DOMAN))
