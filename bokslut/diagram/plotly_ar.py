"""A chart over the years as a Plotly figure: years to the right, a line only where nothing broke."""

from __future__ import annotations

from typing import Any

from bokslut.diagram.spec import ChartSpec
from bokslut.fras import fras
from bokslut.sprak import SVENSKA, Sprak


def data(spec: ChartSpec, sprak: Sprak = SVENSKA) -> list[dict[str, Any]]:
    """The points with their texts, then the goals, then a line for each pair of years that compare."""
    return [_punkter(spec), *_granser(spec, sprak), *_linjer(spec)]


def _punkter(spec: ChartSpec) -> dict[str, Any]:
    ringar = ["circle-open" if r.varden[0].osaker else "circle" for r in spec.rader]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": spec.serier[0].namn,
        "x": [r.namn for r in spec.rader],
        "y": [r.varden[0].tal for r in spec.rader],
        "text": [r.varden[0].visat for r in spec.rader],
        "textposition": "top center",
        "cliponaxis": False,
        "customdata": [[r.varden[0].visat, r.ord, r.intervall_visat, r.varden[0].anm] for r in spec.rader],
        "hovertemplate": "%{x}<br><b>%{customdata[0]}</b> %{customdata[1]}<br>%{customdata[3]}<extra></extra>",
        "marker": {"size": 12, "symbol": ringar, "color": "var(--resultat)", "line": {"width": 2}},
        "showlegend": False,
    }


def _granser(spec: ChartSpec, sprak: Sprak) -> list[dict[str, Any]]:
    mal = sprak.ren(fras("Mål"))
    par = [(r.namn, g, r.under) for r in spec.rader for g in r.grans]
    if not par:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": mal,
            "x": [namn for namn, _, _ in par],
            "y": [g for _, g, _ in par],
            "customdata": [[under] for _, _, under in par],
            "hovertemplate": f"%{{x}}<br>%{{customdata[0]}}<extra>{mal}</extra>",
            "marker": {"symbol": "line-ew", "size": 34, "line": {"width": 3, "color": "var(--text)"}},
            "showlegend": False,
        }
    ]


def _linjer(spec: ChartSpec) -> list[dict[str, Any]]:
    linje = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    return [
        linje
        | {
            "name": "",
            "x": [spec.rader[i].namn for i in par],
            "y": [spec.rader[i].varden[0].tal for i in par],
            "line": {"width": 2, "color": "var(--resultat)"},
        }
        for par in spec.linjer()
    ]


def layout(spec: ChartSpec, sprak: Sprak = SVENSKA) -> dict[str, Any]:
    """Axes and colours; a year without a figure keeps its place."""
    axel = {"gridcolor": "var(--linje)", "zeroline": False, "fixedrange": True}
    lag, hog = spec.axel
    namn = [r.namn for r in spec.rader]
    return {
        "template": None,
        "separators": sprak.avskiljare,
        "hovermode": "closest",
        "dragmode": False,
        "height": 260,
        "margin": {"l": 48, "r": 12, "t": 24, "b": 32},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "system-ui, sans-serif", "size": 13, "color": "var(--text)"},
        "hoverlabel": {"bgcolor": "var(--yta)", "bordercolor": "var(--text)", "font": {"color": "var(--text)"}},
        "xaxis": axel
        | {"type": "category", "categoryorder": "array", "categoryarray": namn, "range": [-0.5, len(namn) - 0.5]},
        "yaxis": axel
        | {"range": [lag, hog + (hog - lag) / 8], "ticksuffix": sprak.procent if spec.enhet == "%" else ""},
    }
