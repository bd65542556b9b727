"""A ladder as places for its SVG template."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts.ladder import Ladder
from reports.charts.lettering import width, wrap
from reports.charts.marks import BASELINE, LETTERS, WIDTH, Mark, tenth
from reports.charts.palette import Shade, scale, shade

_RUNG = 42.0
_GROUND = 30.0
_GAP = 3.0
_RUNG_WIDTH = 236.0
_NAME_X = 46.0
_LEADING = 18.0


@dataclass(frozen=True)
class Tag:
    """A mark beside a rung and the place of its word."""

    mark: Mark
    x: float
    y: float

    @property
    def label(self) -> str:
        return self.mark.role.label


@dataclass(frozen=True)
class Rung:
    """A level. `name` are lines of text with their baselines; without a shade it is the ground below level 1."""

    number: int
    name: tuple[tuple[str, float], ...]
    y: float
    height: float
    reached: bool
    current: bool
    tags: tuple[Tag, ...]
    shade: Shade | None

    @property
    def baseline(self) -> float:
        return self.y + self.height / 2 + 6


@dataclass(frozen=True)
class LadderDrawing:
    """Coordinates in a view box of `width` x `height`; `scale` is how many shades the levels have."""

    height: float
    rungs: tuple[Rung, ...]
    scale: int
    width: int = WIDTH
    rung_width: float = _RUNG_WIDTH
    name_x: float = _NAME_X


def draw_ladder(ladder: Ladder) -> LadderDrawing:
    count = len(ladder.levels)
    rungs = [_rung(ladder, level, 1 + (count - level) * (_RUNG + _GAP)) for level in range(count, 0, -1)]
    if ladder.grounded:
        rungs.append(_ground(ladder, 1 + count * (_RUNG + _GAP)))
    return LadderDrawing(rungs[-1].y + rungs[-1].height + 1, tuple(rungs), scale(count))


def _rung(ladder: Ladder, level: int, y: float) -> Rung:
    return Rung(
        number=level,
        name=tuple(_lines(ladder.levels[level - 1], y + _RUNG / 2)),
        y=y,
        height=_RUNG,
        reached=level <= ladder.current,
        current=level == ladder.current,
        tags=tuple(_tags(ladder, level, y + _RUNG / 2)),
        shade=shade(level, len(ladder.levels)),
    )


def _ground(ladder: Ladder, y: float) -> Rung:
    middle = y + _GROUND / 2
    name = tuple(_lines(ladder.level_name(0), middle))
    return Rung(0, name, y, _GROUND, True, ladder.current == 0, tuple(_tags(ladder, 0, middle)), None)


def _lines(name: str, middle: float) -> Iterator[tuple[str, float]]:
    lines = wrap(name, LETTERS, _RUNG_WIDTH - _NAME_X - 8, lines=2)
    first = middle + BASELINE - (len(lines) - 1) * _LEADING / 2
    return ((line, tenth(first + step * _LEADING)) for step, line in enumerate(lines))


def _tags(ladder: Ladder, level: int, middle: float) -> Iterator[Tag]:
    x = _RUNG_WIDTH + 18
    for role in ladder.roles(level):
        yield Tag(Mark(role, x, middle), tenth(x + 11), tenth(middle + BASELINE))
        x += 11 + width(role.label, LETTERS) + 15
