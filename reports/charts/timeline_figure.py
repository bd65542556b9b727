"""A timeline as a Plotly figure, in the places its SVG has."""

from reports.charts.marks import BASELINE, WIDTH
from reports.charts.palette import CURRENT, HAIRLINE, QUIET, SURFACE, TARGET
from reports.charts.plotting import Json, figure, hover, note
from reports.charts.timeline import Timeline
from reports.charts.timeline_drawing import FADED, Bar, TimelineDrawing, draw_timeline


def plot_timeline(chart: Timeline) -> Json:
    drawing = draw_timeline(chart)
    return figure(
        [_bars(chart, drawing)],
        drawing.height,
        (),
        xaxis={"domain": [0, 1], "range": [0, WIDTH], "visible": False, "fixedrange": True},
        yaxis={"domain": [0, 1], "range": [drawing.height, 0], "visible": False, "fixedrange": True},
        bargap=0,
        shapes=[*_months(drawing), *map(_outline, drawing.bars), _today(drawing)],
        annotations=_notes(drawing),
    )


def _bars(chart: Timeline, drawing: TimelineDrawing) -> Json:
    """In the picture's own units. Plotly's bars have no dashes, so their outlines are shapes."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": chart.title,
        "base": [bar.x for bar in drawing.bars],
        "x": [bar.width for bar in drawing.bars],
        "y": [bar.y + bar.height / 2 for bar in drawing.bars],
        "width": [bar.height for bar in drawing.bars],
        "marker": {
            "color": [SURFACE if bar.span.progress == "planned" else CURRENT for bar in drawing.bars],
            "opacity": [FADED if bar.span.progress == "done" else 1 for bar in drawing.bars],
            "line": {"width": 0},
        },
        "hovertext": [hover(bar.tip) for bar in drawing.bars],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _months(drawing: TimelineDrawing) -> list[Json]:
    return [_upright(tick.x, drawing, HAIRLINE, 1) | {"layer": "below"} for tick in drawing.ticks]


def _today(drawing: TimelineDrawing) -> Json:
    return _upright(drawing.today, drawing, TARGET, 1.8)


def _upright(x: float, drawing: TimelineDrawing, color: str, width: float) -> Json:
    ends = {"x0": x, "x1": x, "y0": drawing.top, "y1": drawing.bottom}
    return {"type": "line", "xref": "x", "yref": "y", **ends, "line": {"color": color, "width": width}}


def _outline(bar: Bar) -> Json:
    corners = {"x0": bar.x, "x1": bar.end, "y0": bar.y, "y1": bar.y + bar.height}
    dash = "4px,2px" if bar.span.progress == "planned" else "solid"
    return {"type": "rect", "xref": "x", "yref": "y", **corners, "line": {"color": CURRENT, "width": 1.5, "dash": dash}}


def _notes(drawing: TimelineDrawing) -> list[Json]:
    height = drawing.height
    names = [note(tuple(text for text, _y in bar.name), 0, bar.y + bar.height / 2, height) for bar in drawing.bars]
    months = [note((tick.month,), tick.x, drawing.month_y - BASELINE, height, color=QUIET) for tick in drawing.ticks]
    years = [
        note((tick.year,), tick.x, drawing.year_y - BASELINE, height, color=QUIET)
        for tick in drawing.ticks
        if tick.year
    ]
    today = note((drawing.today_label,), drawing.today, drawing.today_y - BASELINE, height, "middle", color=TARGET)
    return [*names, *months, *years, today]
