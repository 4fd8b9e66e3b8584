"""Texts that know what they are made of: Swedish to whoever takes them as strings, another language to who asks.

The content of a bokslut is built once. A `Fras` is its Swedish text, so files, checks and the PDF use it as any string;
an English page asks it for its English (`sprak`). What the förbund itself wrote is a plain string and stays Swedish.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from bokslut.sprak import Sprak

# (text, whether it is Swedish in a text of another language), in the order they are read.
Bitar: TypeAlias = tuple[tuple[str, bool], ...]
Pa: TypeAlias = "Callable[[Sprak], Bitar]"


class Oversatt(str):
    """A text that is in the reader's language already."""

    __slots__ = ()

    def lower(self) -> Oversatt:
        """Stays what it is."""
        return Oversatt(super().lower())


class Fras(str):
    """A Swedish text. pa: what it is in another language."""

    __slots__ = ("pa",)
    pa: Pa

    def __new__(cls, svenska: str, pa: Pa) -> Fras:
        """The text, with how to say it in another language."""
        self = super().__new__(cls, svenska)
        self.pa = pa
        return self

    def lower(self) -> Fras:
        """In small letters, but for what the förbund wrote."""
        return _andrad(self, str.lower)

    def capitalize(self) -> Fras:
        """With a capital letter first; what follows is kept in the other language, where it may be a name."""
        return Fras(super().capitalize(), lambda s: _stor(self.pa(s)))


def fras(mall: str, **varden: object) -> Fras:
    """A text of the interface, with its values in place: fras("{antal} av {alla}", antal=…, alla=…).

    A value that is a Fras is translated too, a plain one with letters in it is Swedish.
    """
    return Fras(mall.format(**varden), lambda s: fyll(s.gettext(mall), varden, s))


def flertal(en: str, flera: str, antal_: int, /, **varden: object) -> Fras:
    """The same of a number of something: one text for one, another for more."""
    svenska = (en if antal_ == 1 else flera).format(**varden)
    return Fras(svenska, lambda s: fyll(s.ngettext(en, flera, antal_), varden, s))


def fogad(*delar: object, skilje: str = "") -> Fras:
    """Texts after one another."""
    return Fras(
        skilje.join(map(str, delar)),
        lambda s: tuple(
            bit
            for nr, del_ in enumerate(delar)
            for bit in (*(((skilje, False),) if nr and skilje else ()), *bitar(del_, s))
        ),
    )


def stor(text: str) -> str:
    """With a capital letter first."""
    svenska = f"{text[:1].upper()}{text[1:]}"
    if isinstance(text, Oversatt):
        return Oversatt(svenska)
    return Fras(svenska, lambda s: _stor(text.pa(s))) if isinstance(text, Fras) else svenska


def bitar(varde: object, sprak: Sprak) -> Bitar:
    """A value in parts: what is a Fras in the language, and what has letters and is none as Swedish."""
    if isinstance(varde, Fras):
        return varde.pa(sprak)
    text = str(varde)
    svensk = isinstance(varde, str) and not isinstance(varde, Oversatt) and any(t.isalpha() for t in text)
    return ((text, svensk),)


def fyll(mall: str, varden: Mapping[str, object], sprak: Sprak) -> Bitar:
    """A text in another language with its values in place, in parts."""
    ut: list[tuple[str, bool]] = []
    for fast, namn, _, _ in Formatter().parse(mall):
        if fast:
            ut.append((fast, False))
        if namn is not None:
            ut += bitar(varden[namn], sprak)
    return tuple(ut)


def _andrad(text: Fras, andra: Callable[[str], str]) -> Fras:
    return Fras(andra(text), lambda s: tuple((t if svensk else andra(t), svensk) for t, svensk in text.pa(s)))


def _stor(delar: Sequence[tuple[str, bool]]) -> Bitar:
    (forst, svensk), *resten = delar or (("", False),)
    return ((f"{forst[:1].upper()}{forst[1:]}", svensk), *resten)
