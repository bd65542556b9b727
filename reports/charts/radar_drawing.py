"""A radar as paths and places for its SVG template."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from reports.charts.hatching import Point
from reports.charts.legend import Entry, Key, legend
from reports.charts.marks import BASELINE, LETTERS, STYLES, WIDTH, Mark, Role, Style, path, tenth
from reports.charts.polygon import Label, Polygon, polygon
from reports.charts.radar import Radar, Series


@dataclass(frozen=True)
class Outline:
    """The line of a series."""

    role: Role
    path: str

    @property
    def style(self) -> Style:
        return STYLES[self.role]


@dataclass(frozen=True)
class RadarDrawing:
    """Coordinates in a view box of `width` x `height`; `numbers` are the rings' levels with their places."""

    height: float
    rings: tuple[str, ...]
    spokes: str
    hatching: str
    band: str
    area: str
    outlines: tuple[Outline, ...]
    marks: tuple[Mark, ...]
    numbers: tuple[tuple[str, float, float], ...]
    labels: tuple[Label, ...]
    legend: tuple[Entry, ...]
    width: int = WIDTH

    @property
    def is_dense(self) -> bool:
        """Whether long names have smaller letters."""
        return any(label.size < LETTERS for label in self.labels)


def draw_radar(radar: Radar) -> RadarDrawing:
    plane = plane_of(radar)
    entries = legend(_keys(radar), plane.bottom + 32)
    return RadarDrawing(
        height=tenth(max(entries[-1].y + 10 if entries else plane.bottom + 8, plane.lowest)),
        rings=tuple(path(plane.ring(level)) for level in range(radar.levels, 0, -1)),
        spokes="".join(path([plane.point(0, 0), corner], closed=False) for corner in plane.ring(radar.levels)),
        hatching="".join(path(list(line), closed=False) for line in hatching(radar, plane)),
        band=path([plane.point(*place) for place in radar.band.ring]) if radar.band else "",
        area="".join(path([plane.point(*place) for place in area]) for area in areas(radar)),
        outlines=tuple(Outline(series.role, _outline(series, plane)) for series in radar.layers),
        marks=tuple(mark for series in radar.layers for mark in _marks(radar, series, plane)),
        numbers=tuple(_number(level, plane) for level in range(radar.levels + 1)),
        labels=plane.labels,
        legend=entries,
    )


def plane_of(radar: Radar) -> Polygon:
    return polygon(tuple(axis.label for axis in radar.axes), radar.levels)


def hatching_label() -> str:
    return _("Not covered by this model")


def hatching(radar: Radar, plane: Polygon) -> Iterator[tuple[Point, Point]]:
    for index, axis in enumerate(radar.axes):
        if axis.covered_to < radar.levels:
            yield from plane.beyond(index, axis.covered_to)


def areas(radar: Radar) -> Iterator[list[tuple[int, float]]]:
    """The filled shapes of now, as (axis, level): one, or a fan per stretch of rated axes. None inside a band, which
    would not be told from them."""
    current = (series for series in radar.series if series.role is Role.CURRENT and not radar.band)
    for run in (run for series in current for run in _runs(series)):
        yield run if len(run) == len(radar.axes) else [(run[0][0], 0.0), *run]


def _keys(radar: Radar) -> list[Key]:
    band = [Key(radar.band.label, filled=True)] if radar.band else []
    hatched = [Key(hatching_label())] if radar.hatched else []
    return [*(Key(series.role.label, series.role) for series in radar.series), *band, *hatched]


def _outline(series: Series, plane: Polygon) -> str:
    whole = len(series.values)
    return "".join(path([plane.point(*place) for place in run], len(run) == whole) for run in _runs(series))


def _runs(series: Series) -> list[list[tuple[int, float]]]:
    """Neighboring axes with a value, going round: [3, None, 1] is one stretch, from the last axis to the first."""
    places = list(enumerate(series.values))
    start = next((axis for axis, value in places if value is None), 0)
    stretches = groupby(places[start:] + places[:start], key=lambda place: place[1] is None)
    return [[(axis, value) for axis, value in run if value is not None] for empty, run in stretches if not empty]


def _marks(radar: Radar, series: Series, plane: Polygon) -> Iterator[Mark]:
    for axis, value in enumerate(series.values):
        if value is not None:
            yield Mark(series.role, *plane.point(axis, value), radar.tip(series, axis))


def _number(level: int, plane: Polygon) -> tuple[str, float, float]:
    x, y = plane.point(0, level)
    return str(level), tenth(x - 11), tenth(y + BASELINE)
