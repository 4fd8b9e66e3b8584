"""A chart as a Plotly figure, in plain data: what the page carries for a reader who wants to point at the marks.

Colours are names of the style sheet's custom properties ("var(--gron)"); the page's script reads them, so that light
and dark hold. plotly itself is not imported here: the figure is checked against it in the tests.
"""

from __future__ import annotations

from typing import Any, Final

from bokslut.diagram import penna, plotly_ar
from bokslut.diagram.spec import ChartSpec, Diagramtyp, Rad, Serie
from bokslut.fras import fras
from bokslut.sprak import SVENSKA, Sprak

CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayNotifier": False,
    "responsive": True,
    "locale": "sv",
    "scrollZoom": False,
    "doubleClick": "reset",
}
_FORM: Final = {
    "kvinna": "circle",
    "man": "square",
    "fore": "circle-open",
    "period3": "circle-open",
    "period2": "circle-open",
}


def build(spec: ChartSpec, sprak: Sprak = SVENSKA) -> dict[str, Any]:
    """The figure: data, layout and config. Each trace carries its texts in `customdata`, None-valued figures too.

    sprak: that the texts are in already.
    """
    config = CONFIG | {"locale": sprak.kod}
    if spec.typ is Diagramtyp.AR:
        return {"data": plotly_ar.data(spec, sprak), "layout": plotly_ar.layout(spec, sprak), "config": config}
    staplar = spec.typ in (Diagramtyp.SIGNALTAVLA, Diagramtyp.UTFALL, Diagramtyp.ANDEL, Diagramtyp.INDEX)
    data = [
        _stapel(spec, i, s) if staplar and _som_stapel(s) else _punkter(spec, i, s) for i, s in enumerate(spec.serier)
    ]
    return {"data": [*data, *_odelat(spec), *_granser(spec, sprak)], "layout": _layout(spec, sprak), "config": config}


def _som_stapel(serie: Serie) -> bool:
    return serie.klass not in ("fore", "alla")


def _stapel(spec: ChartSpec, nr: int, serie: Serie) -> dict[str, Any]:
    spar = _spar(spec, nr, serie) | {"type": "bar", "orientation": "h", "textposition": "auto", "textangle": 0}
    spar["constraintext"] = "none"
    if spec.typ is Diagramtyp.ANDEL:
        spar |= {"textposition": "inside", "insidetextanchor": "start"}
    if spec.typ is Diagramtyp.ANDEL and any(r.intervall for r in spec.rader):
        spar["error_x"] = _felstaplar(spec.rader)
    farg = "stapel" if serie.klass == "resultat" else serie.klass
    spar["marker"] = {"color": f"var(--{farg})"}
    return spar


def _odelat(spec: ChartSpec) -> list[dict[str, Any]]:
    """The pale end of bars whose sum is shown but not all of its parts. It says no figure of its own."""
    rest = [spec.odelat(rad) or None for rad in spec.rader]
    if spec.typ is not Diagramtyp.UTFALL or not any(rest):
        return []
    spar: dict[str, Any] = {"type": "bar", "orientation": "h", "x": rest, "y": [rad.namn for rad in spec.rader]}
    return [spar | {"name": "", "marker": {"color": "var(--spar)"}, "hoverinfo": "skip", "showlegend": False}]


def _punkter(spec: ChartSpec, nr: int, serie: Serie) -> dict[str, Any]:
    """Marks. Only the lowest and the highest of a row carry their text, outwards, so that no two texts meet."""
    texter = [_punkttext(spec, nr, rad) for rad in spec.rader]
    form = _FORM.get(serie.klass, "circle")
    farg = f"var(--{'resultat' if serie.klass.startswith('period') else serie.klass})"
    return _spar(spec, nr, serie) | {
        "type": "scatter",
        "mode": "markers" if serie.klass == "fore" else "markers+text",
        "text": [text for text, _ in texter],
        "textposition": [plats for _, plats in texter],
        "cliponaxis": False,
        "marker": {"symbol": form, "size": 13, "color": farg, "line": {"width": 2, "color": farg}},
    }


def _spar(spec: ChartSpec, nr: int, serie: Serie) -> dict[str, Any]:
    """What every trace has. A figure that is not drawn keeps its text and has no place on the axis."""
    ritad = nr < spec.ritade
    spar: dict[str, Any] = {
        "name": serie.namn,
        "x": [r.varden[nr].tal if ritad else None for r in spec.rader],
        "y": [r.namn for r in spec.rader],
        "text": [r.varden[nr].visat for r in spec.rader],
        "customdata": [[r.varden[nr].visat, r.ord, r.intervall_visat] for r in spec.rader],
        "hovertemplate": "%{y}<br><b>%{customdata[0]}</b> %{customdata[1]}<extra>" + serie.namn + "</extra>",
    }
    if not ritad:
        spar |= {"visible": False, "showlegend": False}
    return spar


def _punkttext(spec: ChartSpec, nr: int, rad: Rad) -> tuple[str, str]:
    """The text of a mark and where it stands; empty for a mark in the middle of its row."""
    tal = {i: v.tal for i, v in enumerate(rad.varden[: spec.ritade]) if v.tal is not None}
    if nr not in tal:
        return "", "top center"
    if len(tal) == 1:
        return rad.varden[nr].visat, "top center"
    lagst, hogst = min(tal, key=lambda i: (tal[i], i)), max(tal, key=lambda i: (tal[i], i))
    return (rad.varden[nr].visat if nr in (lagst, hogst) else ""), f"middle {'left' if nr == lagst else 'right'}"


def _felstaplar(rader: tuple[Rad, ...]) -> dict[str, Any]:
    par = [(r.intervall, r.varden[0].tal) for r in rader]
    return {
        "type": "data",
        "symmetric": False,
        "array": [i[1] - t if i and t is not None else 0 for i, t in par],
        "arrayminus": [t - i[0] if i and t is not None else 0 for i, t in par],
        "color": "var(--text)",
        "thickness": 1.5,
        "width": 4,
    }


def _granser(spec: ChartSpec, sprak: Sprak) -> list[dict[str, Any]]:
    """The limits, as one trace of ticks."""
    if spec.typ is not Diagramtyp.ANDEL or not any(r.grans for r in spec.rader):
        return []
    mal = sprak.ren(fras("Mål"))
    par = [(g, r.namn, r.under) for r in spec.rader for g in r.grans]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "name": mal,
            "x": [g for g, _, _ in par],
            "y": [n for _, n, _ in par],
            "customdata": [[u] for _, _, u in par],
            "hovertemplate": f"%{{y}}<br>%{{customdata[0]}}<extra>{mal}</extra>",
            "marker": {"symbol": "line-ns", "size": 26, "line": {"width": 3, "color": "var(--text)"}},
        }
    ]


def _layout(spec: ChartSpec, sprak: Sprak) -> dict[str, Any]:
    # Plotly draws a band into the plot as a shape; the order of rows runs upwards, so it is reversed.
    former = []
    if spec.zon is not None:
        band = {"type": "rect", "xref": "x", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}, "layer": "below"}
        former.append(band | {"x0": spec.zon[0], "x1": spec.zon[1], "fillcolor": "var(--band)"})
    return {
        "template": None,
        "separators": sprak.avskiljare,
        "barmode": "stack",
        "hovermode": "closest",
        "dragmode": False,
        "height": 80 + 46 * len(spec.rader),
        "margin": {"l": 8, "r": 56, "t": 40, "b": 36},
        "bargap": 0.5,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "system-ui, sans-serif", "size": 14, "color": "var(--text)"},
        "showlegend": sum(i < spec.ritade for i, _ in enumerate(spec.serier)) > 1,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "traceorder": "normal",
        },
        "hoverlabel": {"bgcolor": "var(--yta)", "bordercolor": "var(--text)", "font": {"color": "var(--text)"}},
        "xaxis": {
            "range": _omfang(spec),
            "ticksuffix": sprak.procent if spec.enhet == "%" else "",
            "gridcolor": "var(--linje)",
            "zeroline": False,
            "fixedrange": True,
        },
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
            "gridcolor": "var(--linje)",
            "zeroline": False,
            "tickvals": [r.namn for r in spec.rader],
            "ticktext": _etiketter(spec, 250),
        },
        "shapes": former,
        "meta": {"smal": _etiketter(spec, 112), "bred": _etiketter(spec, 250)},
    }


def _omfang(spec: ChartSpec) -> list[float]:
    """The ends of the axis, with room for texts beside the marks where two or more share a row."""
    lag, hog = spec.axel
    luft = (hog - lag) / 6 if spec.typ in (Diagramtyp.SERIE, Diagramtyp.SKILLNAD) else 0
    return [lag - luft, hog + luft / 2]


def _etiketter(spec: ChartSpec, plats: float) -> list[str]:
    """The rows' labels, broken to a width; the page's script takes the narrow ones on a phone."""
    return ["<br>".join(f"{bit}  " for bit in penna.rader(r.namn, plats, 13)) for r in spec.rader]
