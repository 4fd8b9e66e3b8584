"""The wheel drawn: twelve months around, each part of the year as an arc or a dot in its ring, and a hand for today.

Colours and widths are classes of the style sheet, since the pages allow no style of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

from kansli.hem.hjulet import Del
from kansli.hem.uppgift import manad_i_ord

STORLEK: Final = 360
_MITT: Final = STORLEK / 2
_MANADER: Final = 164.0  # the radius of the months' names
_YTTRE: Final = 148.0
# The middle of each ring, the outermost first.
_RINGAR: Final = (132.0, 104.0, 76.0)
_BAGE: Final = 22.0
_PRICK: Final = 11.0


def rita(delar: Sequence[Del], idag: date) -> Markup:
    """The picture. It says nothing that the list beside it does not, so it is hidden from those who listen."""
    inre = "".join((*_manaderna(), *(_del(d, idag.year) for d in _under(delar)), _visare(idag)))
    return Markup(  # made of numbers, and of month names that are escaped below
        f'<svg class="hjul" viewBox="0 0 {STORLEK} {STORLEK}" aria-hidden="true" focusable="false">{inre}</svg>'
    )


def _under(delar: Sequence[Del]) -> list[Del]:
    """Arcs before dots, so that a day lies on top of the time it falls in."""
    return sorted(delar, key=lambda d: d.station.fran == d.station.till)


def _manaderna() -> Iterator[str]:
    for manad in range(1, 13):
        x, y = _punkt(_vinkel(2, date(2001, manad, 1).timetuple().tm_yday), 58)
        x2, y2 = _punkt(_vinkel(2, date(2001, manad, 1).timetuple().tm_yday), _YTTRE)
        yield f'<line class="hjullinje" x1="{x}" y1="{y}" x2="{x2}" y2="{y2}"/>'
        x, y = _punkt(_vinkel(2, date(2001, manad, 15).timetuple().tm_yday), _MANADER)
        yield _text(x, y, manad_i_ord(manad)[:3], "hjulmanad")


def _del(d: Del, ar: int) -> str:
    s = d.station
    fran, till = (date(ar, *dag).timetuple().tm_yday for dag in (s.fran, s.till))
    radie = _RINGAR[s.spar]
    if s.fran == s.till:
        x, y = _punkt(_vinkel(ar, fran), radie)
        form = f'<circle cx="{x}" cy="{y}" r="{_PRICK}"/>'
    else:
        x, y = _punkt(_vinkel(ar, (fran + till) // 2), radie)
        form = _bage(_vinkel(ar, fran), _vinkel(ar, till + 1), radie)
    return f'<g class="hjuldel {d.tillstand}">{form}{_text(x, y, str(d.nr), "nr")}</g>'


def _bage(fran: float, till: float, radie: float) -> str:
    """A thick arc; the whole year is a ring."""
    if till - fran > 2 * pi - 0.05:
        return f'<circle class="ring" cx="{_MITT}" cy="{_MITT}" r="{radie}" stroke-width="{_BAGE}"/>'
    glipa = 0.6 / radie
    (x1, y1), (x2, y2) = _punkt(fran + glipa, radie), _punkt(till - glipa, radie)
    stor = int(till - fran > pi)
    return f'<path class="ring" d="M{x1} {y1}A{radie} {radie} 0 {stor} 1 {x2} {y2}" stroke-width="{_BAGE}"/>'


def _visare(idag: date) -> str:
    vinkel = _vinkel(idag.year, idag.timetuple().tm_yday)
    (x1, y1), (x2, y2) = _punkt(vinkel, 50), _punkt(vinkel, _YTTRE + 4)
    hand = f'<line class="hjulvisare" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'
    return hand + _text(_MITT, _MITT, str(idag.year), "hjular")


def _text(x: float, y: float, text: str, klass: str) -> str:
    ord_ = Markup.escape(text)
    return f'<text class="{klass}" x="{x}" y="{y}" text-anchor="middle" dominant-baseline="central">{ord_}</text>'


def _vinkel(ar: int, dag: int) -> float:
    """The angle of a day, with the first of January at the top and time going clockwise."""
    dagar = date(ar, 12, 31).timetuple().tm_yday
    return 2 * pi * (dag - 1) / dagar - pi / 2


def _punkt(vinkel: float, radie: float) -> tuple[float, float]:
    return round(_MITT + radie * cos(vinkel), 1), round(_MITT + radie * sin(vinkel), 1)
