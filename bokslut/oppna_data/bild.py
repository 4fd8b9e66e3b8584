"""A chart as a picture that stands alone, on a slide or in a newsletter: with its title, its source and who made it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from resvg_py import svg_to_bytes

from bokslut import typsnitt
from bokslut.diagram import penna, svg
from bokslut.diagram.spec import ChartSpec

# Larger than on the page, for slides.
_FORSTORING: Final = 1.5
_MARGINAL: Final = 24
_RUBRIK: Final = 18.0
_LITEN: Final = 12.0


def som_svg(spec: ChartSpec, avsandare: str) -> str:
    """The chart as a file of its own. avsandare: who publishes it, and the year."""
    ritad = penna.fristaende(svg.draw(spec, svg.BRED))
    bredd, hojd = (float(x) for x in re.findall(r'(?:width|height)="([\d.]+)"', ritad)[:2])
    rubrik = penna.rader(spec.titel, bredd, _RUBRIK)
    kalla = penna.rader(f"{spec.kalla} {avsandare}.", bredd, _LITEN)
    topp = _MARGINAL + 24.0 * len(rubrik) + 8
    text = [penna.text(_MARGINAL, _MARGINAL + 24 * n - 6, r, _RUBRIK, "fet") for n, r in enumerate(rubrik, 1)]
    text += [penna.text(_MARGINAL, topp + hojd + 18 * n, r, _LITEN, "svag") for n, r in enumerate(kalla, 1)]
    ram = f'width="{penna.tal(bredd + 2 * _MARGINAL)}" height="{penna.tal(topp + hojd + 18 * len(kalla) + _MARGINAL)}"'
    huvud, _, resten = ritad.partition("</desc>")
    grund, _, marken = resten.partition("/>")
    huvud = re.sub(r'viewBox="[^"]*" width="[^"]*" height="[^"]*"', f"{_vybox(ram)} {ram}", huvud, count=1)
    flyttad = f'<g transform="translate({_MARGINAL} {penna.tal(topp)})">{marken.rstrip().removesuffix("</svg>")}</g>'
    return f"{huvud}</desc>{grund}/>{penna.med_utseende(''.join(text))}{flyttad}</svg>\n"


@lru_cache(maxsize=128)
def som_png(ritad: str) -> bytes:
    """A drawing as PNG, with the fonts that go with the program. The same drawing gives the same bytes."""
    return svg_to_bytes(
        svg_string=ritad,
        zoom=_FORSTORING,
        skip_system_fonts=True,
        font_files=[str(f) for f in typsnitt.BROD],
        font_family=typsnitt.BROD_NAMN,
        sans_serif_family=typsnitt.BROD_NAMN,
    )


def _vybox(ram: str) -> str:
    bredd, hojd = re.findall(r'"([\d.]+)"', ram)
    return f'viewBox="0 0 {bredd} {hojd}"'
