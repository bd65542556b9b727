"""Step lines as a Plotly figure, in the places their SVG has."""

from reports.charts.marks import BASELINE, STYLES, WIDTH, Role
from reports.charts.palette import HAIRLINE, LINE, QUIET
from reports.charts.plotting import Json, figure, hover, marker, note
from reports.charts.steps import Line, Steps
from reports.charts.steps_drawing import TOP, StepsDrawing, Track, draw_steps, row_height, x_of, y_of


def plot_steps(chart: Steps) -> Json:
    drawing = draw_steps(chart)
    traces = [_line(chart, line, TOP + row_height(chart) * row) for row, line in enumerate(chart.lines)]
    return figure(
        traces,
        drawing.height,
        (),
        xaxis={"domain": [0, 1], "range": [0, WIDTH], "visible": False, "fixedrange": True},
        yaxis={"domain": [0, 1], "range": [drawing.height, 0], "visible": False, "fixedrange": True},
        shapes=[*_floors(drawing), *_changes(drawing)],
        annotations=_notes(chart, drawing),
    )


def _line(chart: Steps, line: Line, top: float) -> Json:
    """In the picture's own units; the pen is lifted between runs."""
    places: list[int | None] = []
    for run in chart.runs(line):
        places += [*run, None]
    style = STYLES[Role.CURRENT]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.label,
        "x": [None if place is None else x_of(chart, place) for place in places],
        "y": [None if place is None else y_of(chart, top, line.levels[place] or 0) for place in places],
        "hovertext": ["" if place is None else hover(chart.tip(line, place)) for place in places],
        "hoverinfo": "text",
        "line": {"color": style.color, "width": style.line, "shape": "hv"},
        "marker": marker(style),
        "showlegend": False,
        "cliponaxis": False,
    }


def _floors(drawing: StepsDrawing) -> list[Json]:
    return [
        _rule(drawing.left, WIDTH, y, y, HAIRLINE) for track in drawing.tracks for y in (track.floor, track.ceiling)
    ]


def _changes(drawing: StepsDrawing) -> list[Json]:
    return [
        _rule(head.change_x, head.change_x, drawing.top, drawing.bottom, LINE)
        | {"line": {"color": LINE, "width": 1.5, "dash": "solid" if head.change == "major" else "dot"}}
        for head in drawing.heads
        if head.change
    ]


def _rule(x0: float, x1: float, y0: float, y1: float, color: str) -> Json:
    return {
        "type": "line",
        "layer": "below",
        "xref": "x",
        "yref": "y",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": color, "width": 1},
    }


def _notes(chart: Steps, drawing: StepsDrawing) -> list[Json]:
    height = drawing.height
    heads = [
        note((text,), head.x, y - BASELINE, height, "middle", color=QUIET)
        for head in drawing.heads
        for text, y in head.lines
    ]
    versions = [
        note((head.version,), head.change_x, drawing.bottom + 7, height, "middle", color=QUIET)
        for head in drawing.heads
        if head.change
    ]
    names = [note(tuple(text for text, _y in track.name), 0, _middle(track), height) for track in drawing.tracks]
    levels = [
        note((str(joint.level),), joint.mark.x, joint.text_y - BASELINE, height, "middle")
        for track in drawing.tracks
        for joint in track.joints
    ]
    return heads + versions + names + levels


def _middle(track: Track) -> float:
    return (track.floor + track.ceiling) / 2
