"""A heat map as places for its SVG template."""

from dataclasses import dataclass

from reports.charts.hatching import hatch
from reports.charts.heat import Fill, Heat, Tile, fill_label, gate_label
from reports.charts.lettering import width, wrap
from reports.charts.marks import BASELINE, LETTERS, WIDTH, path, tenth
from reports.charts.palette import BANDS, Paint

LEADING = 18.0
LEFT, TOP = 160.0, 26.0
_NAME_ROOM = LEFT - 12
_GAP = 3.0
_SWATCH, _SWATCH_HEIGHT = 22.0, 15.0
_LEGEND_ROW = 22.0
_NAME_LINES = 3


@dataclass(frozen=True)
class Square:
    """A tile in its place, with the text in its middle."""

    tile: Tile
    tip: str
    x: float
    y: float
    width: float
    height: float

    @property
    def paint(self) -> Paint:
        return BANDS[self.tile.fill]

    @property
    def hatching(self) -> str:
        """A piece of hatching as an SVG path; nothing for tiles that have a fill."""
        if self.tile.fill != "uncovered":
            return ""
        left, right, top, bottom = self.x, self.x + self.width, self.y, self.y + self.height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return "".join(path(list(line), closed=False) for line in hatch(corners))

    @property
    def middle(self) -> float:
        return tenth(self.x + self.width / 2)

    @property
    def baseline(self) -> float:
        return tenth(self.y + self.height / 2 + BASELINE)


@dataclass(frozen=True)
class Line:
    """A pillar's name in lines with their baselines, and its tiles."""

    name: tuple[tuple[str, float], ...]
    squares: tuple[Square, ...]


@dataclass(frozen=True)
class Swatch:
    """A fill and what it means; `y` is the baseline of its label. Without a square, the star."""

    label: str
    x: float
    y: float
    square: Square | None

    @property
    def label_x(self) -> float:
        return tenth(self.x + _SWATCH + 7)


@dataclass(frozen=True)
class HeatDrawing:
    """Coordinates in a view box of `width` x `height`. `heads` are the numbers of the levels with their places."""

    height: float
    bottom: float
    heads: tuple[tuple[str, float], ...]
    lines: tuple[Line, ...]
    swatches: tuple[Swatch, ...]
    head_y: float = TOP - 8
    width: int = WIDTH


def draw_heat(chart: Heat) -> HeatDrawing:
    names = [wrap(name, LETTERS, _NAME_ROOM, lines=_NAME_LINES) for name, _tiles in chart.rows]
    step = max(38.0, max(len(lines) for lines in names) * LEADING + 8)
    bottom = TOP + step * len(names)
    swatches = _swatches(chart, bottom + 24)
    return HeatDrawing(
        height=tenth(swatches[-1].y + 8),
        bottom=bottom,
        heads=tuple((str(number), tenth(_x(chart, number - 0.5))) for number in range(1, len(chart.columns) + 1)),
        lines=tuple(_lines(chart, names, step)),
        swatches=swatches,
    )


def _x(chart: Heat, column: float) -> float:
    return LEFT + (WIDTH - LEFT) * column / len(chart.columns)


def _lines(chart: Heat, names: list[tuple[str, ...]], step: float) -> list[Line]:
    tips = chart.tips()
    return [
        Line(
            _name(lines, TOP + step * (row + 0.5)),
            tuple(
                _square(tile, next(tips), _x(chart, column), TOP + step * row, _x(chart, 1) - LEFT, step)
                for column, tile in enumerate(tiles)
            ),
        )
        for row, (lines, (_pillar, tiles)) in enumerate(zip(names, chart.rows, strict=True))
    ]


def _name(lines: tuple[str, ...], middle: float) -> tuple[tuple[str, float], ...]:
    first = middle + BASELINE - (len(lines) - 1) * LEADING / 2
    return tuple((line, tenth(first + number * LEADING)) for number, line in enumerate(lines))


def _square(tile: Tile, tip: str, x: float, y: float, width: float, height: float) -> Square:
    return Square(tile, tip, tenth(x + _GAP / 2), tenth(y + _GAP / 2), tenth(width - _GAP), tenth(height - _GAP))


def _swatches(chart: Heat, top: float) -> tuple[Swatch, ...]:
    """What the fills mean, in rows as wide as the picture."""
    labels: list[tuple[Fill | None, str]] = [(fill, fill_label(fill)) for fill in chart.fills]
    if chart.gated:
        labels.append((None, gate_label()))
    placed, x, y = [], 0.0, top
    for fill, label in labels:
        room = _SWATCH + 7 + width(label, LETTERS)
        if x and x + room > WIDTH:
            x, y = 0.0, y + _LEGEND_ROW
        placed.append(Swatch(label, tenth(x), tenth(y), _sample(fill, x, y)))
        x += room + 12
    return tuple(placed)


def _sample(fill: Fill | None, x: float, y: float) -> Square | None:
    if fill is None:
        return None
    return Square(Tile(fill, "", ""), "", tenth(x), tenth(y - 11), _SWATCH, _SWATCH_HEIGHT)
