"""A dumbbell chart as a Plotly figure, in the places its SVG has."""

from reports.charts.dumbbell import Dumbbell
from reports.charts.dumbbell_drawing import LEFT, RIGHT, DumbbellDrawing, Row, draw_dumbbell
from reports.charts.marks import STYLES, WIDTH, Role
from reports.charts.palette import HAIRLINE, LINE, QUIET
from reports.charts.plotting import Json, figure, hover, marker, note


def plot_dumbbell(chart: Dumbbell) -> Json:
    drawing = draw_dumbbell(chart)
    traces = [_connectors(chart), *(_marks(chart, role) for role in reversed(chart.roles))]
    return figure(
        traces,
        drawing.height,
        drawing.legend,
        xaxis=_levels(chart),
        yaxis=_rows(chart, drawing),
        shapes=[*_rules(drawing), *_ticks(drawing)],
        annotations=_notes(drawing),
    )


def _connectors(chart: Dumbbell) -> Json:
    pairs = [(number, row) for number, row in enumerate(chart.rows) if row.gap]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [level for _number, row in pairs for level in (row.now, row.target, None)],
        "y": [place for number, _row in pairs for place in (number, number, None)],
        "line": {"color": LINE, "width": 3},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(chart: Dumbbell, role: Role) -> Json:
    values = [row.now if role is Role.CURRENT else row.target for row in chart.rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": role.label,
        "x": values,
        "y": list(range(len(values))),
        "marker": marker(STYLES[role]),
        "hovertext": [hover(row.tip) for row in chart.rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _levels(chart: Dumbbell) -> Json:
    return {
        "domain": [LEFT / WIDTH, RIGHT / WIDTH],
        "range": [chart.first, max(chart.levels, chart.first + 1)],
        "visible": False,
        "fixedrange": True,
    }


def _rows(chart: Dumbbell, drawing: DumbbellDrawing) -> Json:
    return {
        "domain": [1 - drawing.bottom / drawing.height, 1 - drawing.top / drawing.height],
        "range": [len(chart.rows) - 0.5, -0.5],
        "visible": False,
        "fixedrange": True,
    }


def _rules(drawing: DumbbellDrawing) -> list[Json]:
    places = [1 - y / drawing.height for y in drawing.rules]
    return [_line({"x0": 0, "x1": 1, "y0": place, "y1": place}) for place in places]


def _ticks(drawing: DumbbellDrawing) -> list[Json]:
    top, bottom = 1 - drawing.top / drawing.height, 1 - drawing.bottom / drawing.height
    return [_line({"x0": x / WIDTH, "x1": x / WIDTH, "y0": bottom, "y1": top}) for _text, x in drawing.ticks]


def _line(ends: Json) -> Json:
    return {
        "type": "line",
        "layer": "below",
        "xref": "paper",
        "yref": "paper",
        "line": {"color": HAIRLINE, "width": 1},
    } | ends


def _notes(drawing: DumbbellDrawing) -> list[Json]:
    levels = [note((text,), x, drawing.top - 11, drawing.height, "middle", color=QUIET) for text, x in drawing.ticks]
    names = [note(row.lines, 0, row.y, drawing.height) for row in drawing.rows]
    gaps = [
        note((row.gap_text,), WIDTH, row.y, drawing.height, "end", **_weight(row))
        for row in drawing.rows
        if row.gap_text
    ]
    return levels + names + gaps


def _weight(row: Row) -> Json:
    return {"weight": 600} if row.gap else {}
