"""Step lines as places for their SVG template."""

from dataclasses import dataclass

from reports.charts.lettering import width, wrap
from reports.charts.marks import BASELINE, LETTERS, WIDTH, Mark, Role, tenth
from reports.charts.steps import Change, Line, Steps

LEADING = 17.0
LEFT, TOP = 150.0, 50.0
RIGHT = WIDTH - 34.0
_NAME_ROOM = LEFT - 26
UNIT = 11.0
_ROOM = 26.0


@dataclass(frozen=True)
class Joint:
    """A round's mark on a line, with the level printed over it."""

    mark: Mark
    level: int

    @property
    def text_y(self) -> float:
        return tenth(self.mark.y - 8)


@dataclass(frozen=True)
class Track:
    """A line's row: `path` are its steps, `floor` and `ceiling` the heights of the lowest and the highest level."""

    name: tuple[tuple[str, float], ...]
    path: str
    joints: tuple[Joint, ...]
    floor: float
    ceiling: float


@dataclass(frozen=True)
class Head:
    """A round's name over its column, as near as the picture's edge lets it be, and the mark where the version changed
    before it."""

    lines: tuple[tuple[str, float], ...]
    x: float
    change: Change
    change_x: float
    version: str


@dataclass(frozen=True)
class StepsDrawing:
    height: float
    bottom: float
    heads: tuple[Head, ...]
    tracks: tuple[Track, ...]
    left: float = LEFT - 8
    top: float = TOP
    width: int = WIDTH


def draw_steps(chart: Steps) -> StepsDrawing:
    step = row_height(chart)
    bottom = TOP + step * len(chart.lines)
    return StepsDrawing(
        height=tenth(bottom + (18 if any(stop.change for stop in chart.stops) else 4)),
        bottom=tenth(bottom),
        heads=tuple(_head(chart, place) for place in range(len(chart.stops))),
        tracks=tuple(_track(chart, line, TOP + step * row) for row, line in enumerate(chart.lines)),
    )


def row_height(chart: Steps) -> float:
    return UNIT * chart.levels + _ROOM


def x_of(chart: Steps, place: float) -> float:
    return tenth(LEFT + 12 + (RIGHT - LEFT - 12) * place / (len(chart.stops) - 1))


def y_of(chart: Steps, top: float, level: float) -> float:
    return tenth(top + row_height(chart) - 6 - UNIT * level)


def _head(chart: Steps, place: int) -> Head:
    stop = chart.stops[place]
    lines = wrap(stop.label, LETTERS, max(44.0, (RIGHT - LEFT) / len(chart.stops) - 4), lines=2)
    first = TOP - 12 - (len(lines) - 1) * LEADING
    return Head(
        lines=tuple((line, tenth(first + number * LEADING)) for number, line in enumerate(lines)),
        x=min(x_of(chart, place), tenth(WIDTH - max(width(line, LETTERS) for line in lines) / 2)),
        change=stop.change,
        change_x=x_of(chart, place - 0.5),
        version=stop.version,
    )


def _track(chart: Steps, line: Line, top: float) -> Track:
    names = wrap(line.label, LETTERS, _NAME_ROOM, lines=3)
    middle = y_of(chart, top, chart.levels / 2)
    first = middle + BASELINE - (len(names) - 1) * LEADING / 2
    return Track(
        name=tuple((text, tenth(first + number * LEADING)) for number, text in enumerate(names)),
        path="".join(_steps(chart, line, run, top) for run in chart.runs(line)),
        joints=tuple(_joint(chart, line, place, top) for run in chart.runs(line) for place in run),
        floor=y_of(chart, top, 0),
        ceiling=y_of(chart, top, chart.levels),
    )


def _steps(chart: Steps, line: Line, run: list[int], top: float) -> str:
    """Levels are whole, so a line goes on level and then up or down at the next round."""
    drawn = f"M{x_of(chart, run[0])} {y_of(chart, top, line.levels[run[0]] or 0)}"
    for place in run[1:]:
        drawn += f"H{x_of(chart, place)}V{y_of(chart, top, line.levels[place] or 0)}"
    return drawn


def _joint(chart: Steps, line: Line, place: int, top: float) -> Joint:
    level = line.levels[place] or 0
    return Joint(Mark(Role.CURRENT, x_of(chart, place), y_of(chart, top, level), chart.tip(line, place)), level)
