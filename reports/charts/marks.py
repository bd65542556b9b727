"""What stands for now, target and previous in every chart: a color, a dash, a shape and a word, so that no series
rests on its color alone."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from reports.charts.palette import CURRENT, PLANNED, PREVIOUS, SURFACE, TARGET

WIDTH = 460
"""Width of every picture's view box. One width and one scale of letters let charts stand beside each other."""
LETTERS = 15
"""The size of every letter but those of a radar with long names: 11 pixels on a phone, where a picture is three
quarters as wide. `.chart-picture` in static/css/charts.css keeps it from getting smaller."""
BASELINE = 5.0
"""How far below the middle of a line its baseline is."""


class Role(StrEnum):
    CURRENT = "current"
    TARGET = "target"
    PREVIOUS = "previous"
    PLANNED = "planned"

    @property
    def label(self) -> str:
        return {
            Role.CURRENT: _("Now"),
            Role.TARGET: _("Target"),
            Role.PREVIOUS: _("Previous"),
            Role.PLANNED: _("Then"),
        }[self]

    @property
    def missing(self) -> str:
        """What a table says where there is no value."""
        return _("no target") if self is Role.TARGET else _("not rated")


@dataclass(frozen=True)
class Style:
    """`dash` is an SVG dash pattern, `symbol` Plotly's name of the shape, `reach` how far the shape goes from its
    point. Now, target and previous stay visible on one point; so do now, target and then."""

    color: str
    fill: str
    dash: str
    line: float
    symbol: str
    reach: float


STYLES = {
    Role.CURRENT: Style(CURRENT, CURRENT, "", 2.2, "circle", 4.2),
    Role.TARGET: Style(TARGET, SURFACE, "6 3", 1.8, "diamond", 7.0),
    Role.PREVIOUS: Style(PREVIOUS, SURFACE, "1.5 3.5", 1.8, "square", 5.0),
    Role.PLANNED: Style(PLANNED, SURFACE, "9 3 2 3", 2.2, "triangle-up", 8.0),
}


@dataclass(frozen=True)
class Mark:
    """A shape around a point. `tip` is the text a pointer brings up."""

    role: Role
    x: float
    y: float
    tip: str = ""

    @property
    def style(self) -> Style:
        return STYLES[self.role]

    @property
    def outline(self) -> str:
        """The shape as an SVG path."""
        x, y, reach = self.x, self.y, self.style.reach
        if self.role is Role.TARGET:
            return path([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)])
        if self.role is Role.PLANNED:
            return path([(x, y - reach), (x + reach * 0.9, y + reach * 0.6), (x - reach * 0.9, y + reach * 0.6)])
        if self.role is Role.PREVIOUS:
            return path(
                [(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)]
            )
        return (
            f"M{tenth(x - reach)} {tenth(y)}a{reach} {reach} 0 1 1 {2 * reach} 0a{reach} {reach} 0 1 1 {-2 * reach} 0Z"
        )


def path(points: list[tuple[float, float]], closed: bool = True) -> str:
    """An SVG path through the points."""
    return "M" + "L".join(f"{tenth(x)} {tenth(y)}" for x, y in points) + "Z" * closed


def tenth(value: float) -> float:
    """A coordinate as it is written into a picture; never -0.0."""
    return round(value, 1) + 0.0
