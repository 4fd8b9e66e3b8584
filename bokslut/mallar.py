"""The templates of the bokslut, and a page that is no part of the site's own list from one of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bokslut.sprak import SVENSKA, Sprak

_MAPP: Final = Path(__file__).resolve().parent.parent / "templates"


@cache
def miljo(sprak: Sprak = SVENSKA) -> Environment:
    """The templates, as the site uses them in a language."""
    return build_miljo(sprak=sprak)


def build_miljo(*framfor: str, sprak: Sprak = SVENSKA) -> Environment:
    """The templates, with those in some of their folders in front of those of the same name.

    In them `_` and `trans` are the language's, and `rot` leads to what all languages share. The filter `sv` marks what
    the förbund wrote, as does the attribute `lang_sv`, and `lang_har` leads back within it. The filter `ren` gives a
    text without marks, for attributes.
    """
    env = Environment(
        loader=FileSystemLoader([*(_MAPP / mapp for mapp in framfor), _MAPP]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        finalize=sprak.html,
    )
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals |= {"_": _gettext(sprak), "gettext": _gettext(sprak), "ngettext": _ngettext(sprak)}
    env.globals |= {
        "sprak": sprak,
        "rot": sprak.rot,
        "lang_sv": _lang("sv", sprak),
        "lang_har": _lang(sprak.kod, sprak),
    }
    env.filters |= {"sv": sprak.sv, "ren": sprak.ren}
    return env


def rendera(mall: str, **data: Any) -> str:
    """A page from its template, in Swedish."""
    return miljo().get_template(f"bokslut/{mall}").render(data)


def _lang(kod: str, sprak: Sprak) -> Markup:
    """The attribute that a part of a page in another language needs; nothing in a Swedish page."""
    return Markup(' lang="{}"').format(kod) if sprak.mapp else Markup("")


def _gettext(sprak: Sprak) -> Any:
    def gettext(text: str, **varden: object) -> Markup:
        return Markup(sprak.gettext(text)) % _pa(sprak, varden)

    return gettext


def _ngettext(sprak: Sprak) -> Any:
    def ngettext(en: str, flera: str, antal: int, **varden: object) -> Markup:
        return Markup(sprak.ngettext(en, flera, antal)) % _pa(sprak, varden)

    return ngettext


def _pa(sprak: Sprak, varden: dict[str, object]) -> dict[str, object]:
    return {namn: sprak.html(varde) for namn, varde in varden.items()}
