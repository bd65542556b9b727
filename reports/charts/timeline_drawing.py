"""A timeline as places for its SVG template."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.charts.lettering import wrap
from reports.charts.marks import BASELINE, LETTERS, WIDTH, tenth
from reports.charts.timeline import Span, Timeline

LEADING = 17.0
LEFT, TOP = 186.0, 42.0
FADED = 0.35
"""How much color a bar that is done still has."""
_NAME_ROOM = LEFT - 14
_BAR = 16.0
_MOST_TICKS = 7
_TICK_ROOM = 32


@dataclass(frozen=True)
class Bar:
    """An action's row. `y` is the top of its bar."""

    span: Span
    name: tuple[tuple[str, float], ...]
    x: float
    y: float
    width: float
    height: float = _BAR

    @property
    def tip(self) -> str:
        return self.span.tip

    @property
    def overdue(self) -> bool:
        return bool(self.span.note)

    @property
    def end(self) -> float:
        return tenth(self.x + self.width)


@dataclass(frozen=True)
class Tick:
    """A month, with its year where it is the first one shown of it."""

    month: str
    year: str
    x: float


@dataclass(frozen=True)
class TimelineDrawing:
    """Coordinates in a view box of `width` x `height`; `ticks` are months with their places, `today` one of its own."""

    height: float
    bottom: float
    ticks: tuple[Tick, ...]
    today: float
    today_label: str
    bars: tuple[Bar, ...]
    top: float = TOP
    month_y: float = TOP - 6
    year_y: float = TOP - 23
    width: int = WIDTH
    faded: float = FADED

    @property
    def today_y(self) -> float:
        return tenth(self.bottom + 16)


def draw_timeline(chart: Timeline) -> TimelineDrawing:
    names = [wrap(row.label, LETTERS, _NAME_ROOM, lines=3) for row in chart.rows]
    step = max(34.0, max(len(lines) for lines in names) * LEADING + 8)
    bottom = TOP + step * len(names)
    return TimelineDrawing(
        height=tenth(bottom + 22),
        bottom=tenth(bottom),
        ticks=_ticks(chart),
        today=_x(chart, chart.today),
        today_label=_("Today"),
        bars=tuple(
            _bar(chart, row, lines, TOP + step * (number + 0.5))
            for number, (row, lines) in enumerate(zip(chart.rows, names, strict=True))
        ),
    )


def _x(chart: Timeline, day: date) -> float:
    return tenth(LEFT + (WIDTH - LEFT - 2) * (day - chart.first).days / (chart.last - chart.first).days)


def _ticks(chart: Timeline) -> tuple[Tick, ...]:
    """As many months as can be read, evenly; the first of every year says which."""
    shown = chart.months[:: -(-len(chart.months) // _MOST_TICKS)]
    years = [""] + [str(before.year) for before in shown]
    return tuple(
        Tick(date_format(month, "M"), "" if str(month.year) == year else str(month.year), _x(chart, month))
        for month, year in zip(shown, years, strict=False)
        if _x(chart, month) <= WIDTH - _TICK_ROOM
    )


def _bar(chart: Timeline, row: Span, lines: tuple[str, ...], middle: float) -> Bar:
    first = middle + BASELINE - (len(lines) - 1) * LEADING / 2
    start, end = _x(chart, row.starts_on), _x(chart, row.due_on)
    return Bar(
        span=row,
        name=tuple((line, tenth(first + number * LEADING)) for number, line in enumerate(lines)),
        x=start,
        y=tenth(middle - _BAR / 2),
        width=tenth(max(4.0, end - start)),
    )
