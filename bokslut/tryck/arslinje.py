"""A result over the years as a line without words, for a cell of a table that says the same in figures.

It is set as a background, which is no content: nothing in it is read out, and it has no text to be laid out.
"""

from __future__ import annotations

from base64 import b64encode

from bokslut.diagram import penna, svg_linje
from bokslut.diagram.spec import ChartSpec


def som_bakgrund(spec: ChartSpec) -> str:
    """The address of the drawing, for a style sheet; "" where no year has a figure."""
    if not spec.har_marken():
        return ""
    delar, matt = penna.med_utseende(svg_linje.delar(spec)), f"0 0 {svg_linje.BREDD:.0f} {svg_linje.HOJD:.0f}"
    ritad = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{matt}">{delar}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(ritad.encode()).decode()}"
