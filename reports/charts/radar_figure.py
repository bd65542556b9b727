"""A radar as a Plotly figure, in the places its SVG has."""

from collections.abc import Iterator, Sequence
from typing import Any

from reports.charts.marks import BASELINE, STYLES, WIDTH
from reports.charts.palette import CURRENT, HAIRLINE, LINE, QUIET
from reports.charts.plotting import CLEAR, Json, dash, figure, hover, marker, note
from reports.charts.polygon import Polygon
from reports.charts.radar import Radar, Series
from reports.charts.radar_drawing import RadarDrawing, areas, draw_radar, hatching, hatching_label, plane_of

Place = tuple[float | None, float | None]
"""Level and degrees clockwise from the top; None where the pen is lifted."""


def plot_radar(radar: Radar) -> Json:
    plane, drawing = plane_of(radar), draw_radar(radar)
    fills = [*_band(radar, plane), *_areas(radar, plane)]
    traces = [*_grid(radar, plane), *_hatching(radar, plane), *fills, *_lines(radar, plane)]
    return figure(traces, drawing.height, drawing.legend, polar=_polar(plane, drawing), annotations=_notes(drawing))


def _grid(radar: Radar, plane: Polygon) -> Iterator[Json]:
    """Rings and spokes. Plotly's own rings are circles on an axis in degrees, and hatching needs degrees."""
    rings = [[(level, angle) for angle in [*plane.angles, 0.0]] for level in range(1, radar.levels + 1)]
    spokes = [[(0, angle), (radar.levels, angle)] for angle in plane.angles]
    yield _still(_joined(rings[:-1] + spokes), line={"color": HAIRLINE, "width": 1}, showlegend=False)
    yield _still(rings[-1], line={"color": LINE, "width": 1}, showlegend=False)


def _hatching(radar: Radar, plane: Polygon) -> Iterator[Json]:
    if radar.hatched:
        ends = _joined([[plane.polar(start), plane.polar(end)] for start, end in hatching(radar, plane)])
        yield _still(ends, line={"color": LINE, "width": 0.8}, name=hatching_label(), showlegend=True)


def _band(radar: Radar, plane: Polygon) -> Iterator[Json]:
    if radar.band:
        ring = [(level, plane.angles[axis]) for axis, level in radar.band.ring]
        shape = {"fill": "toself", "fillcolor": CURRENT, "opacity": 0.22, "line": {"width": 0}}
        yield _still(ring, **shape, name=radar.band.label, showlegend=True)


def _areas(radar: Radar, plane: Polygon) -> Iterator[Json]:
    for area in areas(radar):
        ends = [(level, plane.angles[axis]) for axis, level in area]
        yield _still(ends, line={"width": 0}, fill="toself", fillcolor=CURRENT, opacity=0.14, showlegend=False)


def _still(places: Sequence[Place], **rest: Any) -> Json:
    """Lines that answer no pointer."""
    r, theta = zip(*places, strict=True)
    return {"type": "scatterpolar", "mode": "lines", "r": list(r), "theta": list(theta), "hoverinfo": "skip", **rest}


def _joined(lines: Sequence[Sequence[Place]]) -> list[Place]:
    """Several lines as one, lifted from one to the next."""
    return [place for line in lines for place in [*line, (None, None)]]


def _lines(radar: Radar, plane: Polygon) -> Iterator[Json]:
    return (_line(radar, series, plane.angles) for series in radar.layers)


def _line(radar: Radar, series: Series, angles: list[float]) -> Json:
    """The series, closed by its first point again. Plotly leaves out what is None."""
    round_trip = [*range(len(angles)), 0]
    style = STYLES[series.role]
    return {
        "type": "scatterpolar",
        "mode": "lines+markers",
        "name": series.role.label,
        "meta": series.role,
        "r": [series.values[axis] for axis in round_trip],
        "theta": [angles[axis] for axis in round_trip],
        "hovertext": [hover(radar.tip(series, axis)) for axis in round_trip],
        "hoverinfo": "text",
        "line": {"color": style.color, "width": style.line, "dash": dash(style)},
        "marker": marker(style),
        "cliponaxis": False,
    }


def _polar(plane: Polygon, drawing: RadarDrawing) -> Json:
    right, up = plane.radius / WIDTH, plane.radius / drawing.height
    middle = 1 - plane.middle / drawing.height
    return {
        "domain": {"x": [0.5 - right, 0.5 + right], "y": [middle - up, middle + up]},
        "bgcolor": CLEAR,
        "radialaxis": {"range": [0, plane.levels], "visible": False},
        "angularaxis": {"direction": "clockwise", "rotation": 90, "visible": False},
    }


def _notes(drawing: RadarDrawing) -> list[Json]:
    names = [note(name.lines, name.x, name.y, drawing.height, name.anchor, size=name.size) for name in drawing.labels]
    levels = [note((text,), x, y - BASELINE, drawing.height, "end", color=QUIET) for text, x, y in drawing.numbers]
    return names + levels
