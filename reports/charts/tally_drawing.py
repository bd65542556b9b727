"""A tally as places for its SVG template: a tile with the level's number, its name, a bar and a count."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts.lettering import wrap
from reports.charts.marks import BASELINE, LETTERS, WIDTH, tenth
from reports.charts.palette import Shade, scale, shade
from reports.charts.tally import Tally, Tier

_ROW = 42.0
_GAP = 3.0
_NAME_X = 46.0
_NAME_WIDTH = 150.0
_BAR_X = 206.0
_BAR_WIDTH = 168.0
_LEADING = 18.0


@dataclass(frozen=True)
class Bar:
    """`name` are lines of text with their baselines; `length` is 0 where no team is. Below level 1 there is no
    shade."""

    number: int
    name: tuple[tuple[str, float], ...]
    y: float
    length: float
    count: str
    current: bool
    shade: Shade | None

    @property
    def count_x(self) -> float:
        return tenth(_BAR_X + self.length + (8 if self.length else 0))

    @property
    def baseline(self) -> float:
        return self.y + _ROW / 2 + 6


@dataclass(frozen=True)
class TallyDrawing:
    """Coordinates in a view box of `width` x `height`; `scale` is how many shades the levels have."""

    height: float
    bars: tuple[Bar, ...]
    scale: int
    width: int = WIDTH
    row: float = _ROW
    name_x: float = _NAME_X
    bar_x: float = _BAR_X


def draw_tally(tally: Tally) -> TallyDrawing:
    bars = tuple(_bar(tally, tier, 1 + place * (_ROW + _GAP)) for place, tier in enumerate(tally.tiers))
    return TallyDrawing(bars[-1].y + _ROW + 1, bars, scale(tally.levels))


def _bar(tally: Tally, tier: Tier, y: float) -> Bar:
    return Bar(
        number=tier.level,
        name=tuple(_lines(tier.label, y + _ROW / 2)),
        y=y,
        length=tenth(_BAR_WIDTH * tier.teams / max(tally.most, 1)),
        count=tier.count,
        current=tier.level == tally.current,
        shade=shade(tier.level, tally.levels) if tier.level else None,
    )


def _lines(name: str, middle: float) -> Iterator[tuple[str, float]]:
    lines = wrap(name, LETTERS, _NAME_WIDTH, lines=2)
    first = middle + BASELINE - (len(lines) - 1) * _LEADING / 2
    return ((line, tenth(first + step * _LEADING)) for step, line in enumerate(lines))
