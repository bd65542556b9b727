"""What every Plotly figure shares. Figures are plain JSON in the places of the SVG they stand in for: no margins, one
pixel a unit, places on the paper from 0 to 1. Every label is escaped, because Plotly reads some HTML in texts."""

from html import escape as escape_html
from typing import Any

from reports.charts.legend import Entry
from reports.charts.lettering import wrap
from reports.charts.marks import LETTERS, WIDTH, Style
from reports.charts.palette import FONT, INK, LINE, SURFACE

Json = dict[str, Any]

CLEAR = "rgba(0,0,0,0)"
CONFIG: Json = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "plotlyServerURL": ""}

_HOVER = WIDTH * 0.42
_SIDES = {"start": "left", "middle": "center", "end": "right"}
_DIAMETERS = {"circle": 2.0, "square": 2.0, "diamond": 2 / 1.3, "triangle-up": 1.56}


def figure(traces: list[Json], height: float, legend: tuple[Entry, ...], **layout: Any) -> Json:
    """A figure with `data`, `layout` and `config` of a picture this high, its legend where the picture has it."""
    return {"data": traces, "layout": {**_paper(height), **_legend(height, legend), **layout}, "config": CONFIG}


def escape(text: str) -> str:
    """A text that Plotly shows as it is. It reads tags and most entities, but leaves `&quot;` standing."""
    return escape_html(text, quote=False)


def hover(tip: str) -> str:
    """What a pointer brings up, broken into lines: a label finds room on one side of its point, wherever that is."""
    return _joined(wrap(tip, LETTERS, _HOVER, lines=20))


def _joined(lines: tuple[str, ...]) -> str:
    return "<br>".join(escape(line) for line in lines)


def note(lines: tuple[str, ...], x: float, y: float, height: float, anchor: str = "start", **font: Any) -> Json:
    """Text on the paper as a Plotly annotation, its lines centered on `y`."""
    return {
        "text": _joined(lines),
        "x": x / WIDTH,
        "y": 1 - y / height,
        "xref": "paper",
        "yref": "paper",
        "xanchor": _SIDES[anchor],
        "yanchor": "middle",
        "align": _SIDES[anchor],
        "showarrow": False,
        "borderpad": 0,
        "font": {"color": INK, **font},
    }


def marker(style: Style) -> Json:
    return {
        "symbol": style.symbol,
        "size": round(style.reach * _DIAMETERS[style.symbol], 2),
        "color": style.fill,
        "line": {"color": style.color, "width": style.line},
        "opacity": 1,
    }


def dash(style: Style) -> str:
    """An SVG dash pattern as Plotly wants it: "6px,3px"; "solid" for none."""
    return ",".join(f"{part}px" for part in style.dash.split()) or "solid"


def _paper(height: float) -> Json:
    letters = {"family": FONT, "size": LETTERS, "color": INK}
    return {
        "width": WIDTH,
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": letters,
        "hoverlabel": {"bgcolor": SURFACE, "bordercolor": LINE, "font": letters, "align": "left"},
        "hovermode": "closest",
        "dragmode": False,
    }


def _legend(height: float, entries: tuple[Entry, ...]) -> Json:
    if not entries:
        return {"showlegend": False}
    place = {"x": 0.5, "xanchor": "center", "y": 1 - (entries[0].y - 16) / height, "yanchor": "top"}
    still = {"itemclick": False, "itemdoubleclick": False}
    return {
        "showlegend": True,
        "legend": {"orientation": "h", "bgcolor": CLEAR, "traceorder": "reversed"} | place | still,
    }
