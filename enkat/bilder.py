"""Pictures beside the options of a scale: drawn with the text's own colour, hidden from screen readers, never alone."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup


@cache
def bild(sort: str | None, nummer: int, antal: int) -> Markup:
    """The picture of an option. nummer: 0 is the worst of `antal`. Empty when the scale has none."""
    if sort == "ansikten":
        return _svg(_ansikte(nummer / max(antal - 1, 1)))
    if sort == "staplar":
        return _svg(_staplar(nummer, antal), 42)
    if sort == "ja_nej":
        return _svg('<path d="M6 17l7 7L26 9"/>' if nummer == 0 else '<path d="M8 8l16 16M24 8L8 24"/>')
    return Markup()


def _ansikte(lycka: float) -> str:
    """A face whose mouth goes from sad (0) to glad (1)."""
    boj = lycka - 0.5
    return (
        '<circle cx="16" cy="16" r="14"/>'
        '<path d="M11 11.5v1.5M21 11.5v1.5" stroke-width="3.2"/>'
        f'<path d="M9 {21 - 5 * boj:.1f}Q16 {21 + 11 * boj:.1f} 23 {21 - 5 * boj:.1f}"/>'
    )


def _staplar(nummer: int, antal: int) -> str:
    """Steps that rise; as many are filled as the option is high. The lowest fills none: "not at all" is empty."""
    bredd = 36 / antal
    vagar = [f"M{4 + bredd * i:.1f} 27v-{4 + 18 * i / antal:.1f}" for i in range(antal)]
    fyllda = nummer + 1 if nummer else 0
    tjock = f'stroke-width="{bredd - 2.4:.1f}" stroke-linecap="butt"'
    return "".join(
        f'<path {tjock} {stil}d="{"".join(del_)}"/>'
        for stil, del_ in (("", vagar[:fyllda]), ('opacity=".28" ', vagar[fyllda:]))
        if del_
    )


def _svg(innehall: str, bredd: int = 32) -> Markup:
    return Markup(f'<svg viewBox="0 0 {bredd} 32" aria-hidden="true">{innehall}</svg>')
