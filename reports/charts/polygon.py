"""The plane of a radar: where axes, rings and the pillars' names lie."""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, sin

from reports.charts.hatching import Point, hatch
from reports.charts.lettering import wrap
from reports.charts.marks import WIDTH, tenth

# Letter size and radius, the best first: long names get more room, and the longest smaller letters.
_TRIES = (
    (15, 130),
    (15, 122),
    (15, 114),
    (15, 106),
    (15, 98),
    (15, 90),
    (13, 90),
    (12, 84),
    (11, 80),
)
_GAP, _GAP_ABOVE = 12, 16
_EDGE = 4
_WIDEST = 240
_LEADING = 1.22


@dataclass(frozen=True)
class Label:
    """A pillar's name. `y` is the middle of its lines, `baselines` where each of them is written."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * _LEADING

    @property
    def baselines(self) -> tuple[tuple[str, float], ...]:
        first = self.y - self.height / 2 + self.size * 0.95
        return tuple((line, tenth(first + step * self.size * _LEADING)) for step, line in enumerate(self.lines))


@dataclass(frozen=True)
class Polygon:
    """A regular polygon, its first corner up, with names around it. `middle` is the height of its center."""

    levels: int
    radius: float
    middle: float
    labels: tuple[Label, ...]

    @property
    def axes(self) -> range:
        return range(len(self.labels))

    @property
    def bottom(self) -> float:
        return max([label.y + label.height / 2 for label in self.labels] + [y for _x, y in self.ring(self.levels)])

    @property
    def lowest(self) -> float:
        """Where the circle through the corners ends. Plotly lays out the whole circle and refuses one cut off."""
        return self.middle + self.radius

    @property
    def angles(self) -> list[float]:
        """Degrees clockwise from the top."""
        return [round(360 * axis / len(self.labels), 4) for axis in self.axes]

    def point(self, axis: float, level: float) -> Point:
        """The place of a level on an axis; half an axis further lies the middle of the ring's side."""
        reach = self.radius * level / self.levels * (cos(pi / len(self.labels)) if axis % 1 else 1)
        angle = 2 * pi * axis / len(self.labels)
        return WIDTH / 2 + reach * sin(angle), self.middle - reach * cos(angle)

    def polar(self, point: Point) -> tuple[float, float]:
        """A place as level and degrees clockwise from the top."""
        right, up = point[0] - WIDTH / 2, self.middle - point[1]
        return round(hypot(right, up) / self.radius * self.levels, 4), round(degrees(atan2(right, up)) % 360, 4)

    def ring(self, level: float) -> list[Point]:
        return [self.point(axis, level) for axis in self.axes]

    def beyond(self, axis: int, level: int) -> list[tuple[Point, Point]]:
        """Hatching around an axis above a level, half-way to its neighbors."""
        return [line for side in (axis - 0.5, axis + 0.5) for line in hatch(self._slab(axis, side, level))]

    def _slab(self, axis: int, side: float, level: int) -> list[Point]:
        top = self.levels
        return [self.point(axis, top), self.point(side, top), self.point(side, level), self.point(axis, level)]


def polygon(names: tuple[str, ...], levels: int) -> Polygon:
    """The largest polygon that leaves room for every name in at most three lines; at the smallest, names are cut."""
    size, radius = next((attempt for attempt in _TRIES if _fits(names, *attempt)), _TRIES[-1])
    labels = [_label(name, axis, len(names), size, radius) for axis, name in enumerate(names)]
    middle = tenth(_EDGE - min([label.y - label.height / 2 for label in labels]))
    return Polygon(levels, radius, middle, tuple(_lowered(label, middle) for label in labels))


def _fits(names: tuple[str, ...], size: float, radius: float) -> bool:
    wrapped = (_label(name, axis, len(names), size, radius).lines for axis, name in enumerate(names))
    return all(" ".join(lines).split() == name.split() for name, lines in zip(names, wrapped, strict=True))


def _label(name: str, axis: int, axes: int, size: float, radius: float) -> Label:
    """A name beside its corner, around a center at height 0."""
    angle = 2 * pi * axis / axes
    right, up = sin(angle), cos(angle)
    anchor = "middle" if abs(right) < 0.01 else "start" if right > 0 else "end"
    lines = wrap(name, size, _room(anchor, right, radius))
    half = len(lines) * size * _LEADING / 2
    reach = radius + (_GAP_ABOVE if anchor == "middle" else _GAP)
    return Label(lines, tenth(WIDTH / 2 + right * reach), -up * (reach + abs(up) * half), anchor, size)


def _room(anchor: str, right: float, radius: float) -> float:
    """How wide a name may be: above and below the plot as it reads well, beside it up to the picture's edge."""
    return _WIDEST if anchor == "middle" else WIDTH / 2 - abs(right) * (radius + _GAP) - _EDGE


def _lowered(label: Label, by: float) -> Label:
    return Label(label.lines, label.x, label.y + by, label.anchor, label.size)
