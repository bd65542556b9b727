"""The line under a chart that says what its marks mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.charts.hatching import Point, hatch
from reports.charts.lettering import width
from reports.charts.marks import LETTERS, WIDTH, Mark, Role, path, tenth

_ROW = 22
_GAP = 18


@dataclass(frozen=True)
class Key:
    """What is explained; without a role, hatching, or a band if it is `filled`. `joined`: whether a line joins the
    marks on the chart."""

    label: str
    role: Role | None = None
    joined: bool = True
    filled: bool = False

    @property
    def sample(self) -> int:
        """The width of what stands before the label."""
        return 33 if self.joined else 14

    @property
    def width(self) -> float:
        return self.sample + 7 + width(self.label, LETTERS) + _GAP


@dataclass(frozen=True)
class Entry:
    """A key in its place; `y` is the baseline of its label."""

    key: Key
    x: float
    y: float

    @property
    def mark(self) -> Mark | None:
        return Mark(self.key.role, self.x + self.key.sample / 2, self.y - 5) if self.key.role else None

    @property
    def hatching(self) -> str:
        """A piece of hatching as an SVG path."""
        return "".join(path(list(line), closed=False) for line in hatch(self._corners))

    @property
    def filling(self) -> str:
        """A piece of a band as an SVG path."""
        return path(self._corners)

    @property
    def _corners(self) -> list[Point]:
        left, right, top, bottom = self.x, self.x + self.key.sample, self.y - 12, self.y + 2
        return [(left, top), (right, top), (right, bottom), (left, bottom)]

    @property
    def label_x(self) -> float:
        return tenth(self.x + self.key.sample + 7)


def legend(keys: list[Key], top: float) -> tuple[Entry, ...]:
    """The keys in centered rows as wide as the picture; the first baseline is at `top`."""
    rows: list[list[Key]] = []
    for key in keys:
        if rows and _width([*rows[-1], key]) <= WIDTH:
            rows[-1].append(key)
        else:
            rows.append([key])
    return tuple(entry for number, row in enumerate(rows) for entry in _placed(row, tenth(top + number * _ROW)))


def _placed(row: list[Key], y: float) -> Iterator[Entry]:
    x = (WIDTH - _width(row)) / 2
    for key in row:
        yield Entry(key, tenth(x), y)
        x += key.width


def _width(row: list[Key]) -> float:
    return sum(key.width for key in row) - _GAP
