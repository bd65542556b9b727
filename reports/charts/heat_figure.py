"""A heat map as a Plotly figure, in the places its SVG has.

Plotly puts gaps between tiles only by these two numbers; at 0 it would draw with a style attribute, which the content
security policy forbids."""

from reports.charts.heat import FILLS, Heat
from reports.charts.heat_drawing import LEFT, TOP, HeatDrawing, draw_heat
from reports.charts.marks import BASELINE, WIDTH
from reports.charts.palette import BANDS, LINE, QUIET
from reports.charts.plotting import Json, escape, figure, hover, note

GAP = 3


def plot_heat(chart: Heat) -> Json:
    drawing = draw_heat(chart)
    return figure(
        [_tiles(chart)],
        drawing.height,
        (),
        xaxis=_columns(chart),
        yaxis=_rows(chart, drawing),
        shapes=[*_outlines(drawing), *_samples(drawing)],
        annotations=_notes(drawing),
    )


def _tiles(chart: Heat) -> Json:
    """`z` is the place of a tile's fill in the scale."""
    tips = list(chart.tips())
    width = len(chart.columns)
    return {
        "type": "heatmap",
        "x": list(range(1, width + 1)),
        "y": list(range(len(chart.rows))),
        "z": [[FILLS.index(tile.fill) for tile in tiles] for _name, tiles in chart.rows],
        "text": [[escape(tile.printed) for tile in tiles] for _name, tiles in chart.rows],
        "hovertext": [[hover(tip) for tip in tips[row * width : (row + 1) * width]] for row in range(len(chart.rows))],
        "hoverinfo": "text",
        "colorscale": _scale(),
        "zmin": -0.5,
        "zmax": len(FILLS) - 0.5,
        "showscale": False,
        "xgap": GAP,
        "ygap": GAP,
        "name": chart.title,
    }


def _scale() -> list[list[float | str]]:
    """Every fill a step of one color."""
    steps = len(FILLS)
    return [[edge / steps, BANDS[fill].fill] for place, fill in enumerate(FILLS) for edge in (place, place + 1)]


def _columns(chart: Heat) -> Json:
    return {
        "domain": [LEFT / WIDTH, 1],
        "range": [0.5, len(chart.columns) + 0.5],
        "visible": False,
        "fixedrange": True,
    }


def _rows(chart: Heat, drawing: HeatDrawing) -> Json:
    return {
        "domain": [1 - drawing.bottom / drawing.height, 1 - TOP / drawing.height],
        "range": [len(chart.rows) - 0.5, -0.5],
        "visible": False,
        "fixedrange": True,
    }


def _outlines(drawing: HeatDrawing) -> list[Json]:
    """The rims of tiles as light as the page, and the hatching of those the model does not cover."""
    squares = [square for line in drawing.lines for square in line.squares]
    rims = [_rim(square.x, square.y, square.width, square.height, drawing) for square in squares if square.paint.rim]
    hatched = [square.hatching for square in squares if square.hatching]
    return rims + [_hatching(path, drawing) for path in hatched]


def _samples(drawing: HeatDrawing) -> list[Json]:
    """The legend's squares."""
    made = []
    for square in (swatch.square for swatch in drawing.swatches if swatch.square):
        rim = _rim(square.x, square.y, square.width, square.height, drawing)
        made.append(rim | {"fillcolor": square.paint.fill, "line": {"color": LINE, "width": square.paint.rim}})
        if square.hatching:
            made.append(_hatching(square.hatching, drawing))
    return made


def _rim(x: float, y: float, width: float, height: float, drawing: HeatDrawing) -> Json:
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "x0": x / WIDTH,
        "x1": (x + width) / WIDTH,
        "y0": 1 - y / drawing.height,
        "y1": 1 - (y + height) / drawing.height,
        "line": {"color": LINE, "width": 1},
    }


def _hatching(path: str, drawing: HeatDrawing) -> Json:
    """An SVG path in pixels, hung at the paper's corner."""
    return {
        "type": "path",
        "path": _flipped(path),
        "xref": "paper",
        "yref": "paper",
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": 0,
        "yanchor": 1,
        "line": {"color": LINE, "width": 0.8},
    }


def _flipped(path: str) -> str:
    """Plotly measures pixels upward from the anchor: "M1 2L3 4" becomes "M1,-2L3,-4"."""
    steps = path.replace("L", " L").replace("M", " M").split()
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return "".join(f"{x},{-float(y)}" for x, y in pairs)


def _notes(drawing: HeatDrawing) -> list[Json]:
    heads = [
        note((text,), x, drawing.head_y - BASELINE, drawing.height, "middle", color=QUIET) for text, x in drawing.heads
    ]
    names = [
        note(
            tuple(text for text, _y in line.name),
            0,
            _middle(line.squares[0].y, line.squares[0].height),
            drawing.height,
        )
        for line in drawing.lines
    ]
    texts = [
        note(
            (square.tile.printed,),
            square.middle,
            square.baseline - BASELINE,
            drawing.height,
            "middle",
            color=square.paint.ink,
        )
        for line in drawing.lines
        for square in line.squares
        if square.tile.printed
    ]
    legend = [
        note((swatch.label,), swatch.label_x, swatch.y - BASELINE, drawing.height, color=QUIET)
        for swatch in drawing.swatches
    ]
    stars = [
        note(("*",), swatch.x + 8, swatch.y - BASELINE, drawing.height)
        for swatch in drawing.swatches
        if not swatch.square
    ]
    return heads + names + texts + legend + stars


def _middle(y: float, height: float) -> float:
    return y + height / 2
