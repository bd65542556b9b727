"""A dumbbell chart as places for its SVG template."""

from dataclasses import dataclass

from reports.charts.dumbbell import Distance, Dumbbell
from reports.charts.legend import Entry, Key, legend
from reports.charts.lettering import wrap
from reports.charts.marks import BASELINE, LETTERS, WIDTH, Mark, Role, tenth

LEADING = 18.0
LEFT, RIGHT = 182.0, 376.0
TOP = 26.0
_NAME_ROOM = LEFT - 22


@dataclass(frozen=True)
class Row:
    """A pillar's line. `y` is its middle; `start` and `end` are the ends of the connector."""

    lines: tuple[str, ...]
    y: float
    marks: tuple[Mark, ...]
    gap: int | None
    gap_text: str

    @property
    def start(self) -> float:
        return self.marks[0].x

    @property
    def end(self) -> float:
        return self.marks[-1].x

    @property
    def gap_y(self) -> float:
        return tenth(self.y + BASELINE)

    @property
    def baselines(self) -> tuple[tuple[str, float], ...]:
        first = self.y + BASELINE - (len(self.lines) - 1) * LEADING / 2
        return tuple((line, tenth(first + step * LEADING)) for step, line in enumerate(self.lines))


@dataclass(frozen=True)
class DumbbellDrawing:
    """Coordinates in a view box of `width` x `height`. Rows lie between `top` and `bottom`; `ticks` are the levels with
    their places; `rules` are the heights of the lines between rows."""

    height: float
    bottom: float
    ticks: tuple[tuple[str, float], ...]
    rules: tuple[float, ...]
    rows: tuple[Row, ...]
    legend: tuple[Entry, ...]
    top: float = TOP
    tick_y: float = TOP - 7
    width: int = WIDTH


def draw_dumbbell(chart: Dumbbell) -> DumbbellDrawing:
    names = [wrap(row.pillar, LETTERS, _NAME_ROOM) for row in chart.rows]
    step = max(36.0, max(len(lines) for lines in names) * LEADING + 12)
    bottom = TOP + step * len(chart.rows)
    entries = legend([Key(role.label, role, joined=False) for role in chart.roles], bottom + 28)
    return DumbbellDrawing(
        height=entries[-1].y + 10,
        bottom=bottom,
        ticks=tuple((str(level), _x(chart, level)) for level in range(chart.first, chart.levels + 1)),
        rules=tuple(TOP + step * number for number in range(len(names) + 1)),
        rows=tuple(
            _row(chart, row, lines, TOP + step * (number + 0.5))
            for number, (row, lines) in enumerate(zip(chart.rows, names, strict=True))
        ),
        legend=entries,
    )


def _row(chart: Dumbbell, row: Distance, lines: tuple[str, ...], y: float) -> Row:
    """The target's mark comes first: now lies on top of it."""
    targets = () if row.target is None else (Mark(Role.TARGET, _x(chart, row.target), y, row.tip),)
    return Row(lines, y, (*targets, Mark(Role.CURRENT, _x(chart, row.now), y, row.tip)), row.gap, row.gap_text)


def _x(chart: Dumbbell, level: int) -> float:
    return tenth(LEFT + (RIGHT - LEFT) * (level - chart.first) / max(1, chart.levels - chart.first))
