"""Where the pillars stand on one scale: an axis per pillar, a ring per level."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.marks import Role
from reports.charts.table import Table, number


@dataclass(frozen=True)
class Axis:
    """A pillar and the highest level the model describes for it."""

    label: str
    covered_to: int


@dataclass(frozen=True)
class Series:
    """A position from 0 to the top level per axis, in their order; None where nothing is rated or wanted."""

    role: Role
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Band:
    """The range of several teams: the lowest and the highest position per axis, in their order."""

    lower: tuple[float, ...]
    upper: tuple[float, ...]

    @property
    def label(self) -> str:
        return _("Range of teams")

    @property
    def ring(self) -> list[tuple[int, float]]:
        """Its shape as (axis, level): once round along the highest, then back along the lowest, so that the middle
        stays empty however a program fills it."""
        around = [*range(len(self.upper)), 0]
        return [(axis, self.upper[axis]) for axis in around] + [(axis, self.lower[axis]) for axis in around[::-1]]

    def shown(self, axis: int) -> str:
        """ "1.3 to 2"."""
        return _("%(lower)s to %(upper)s") % {"lower": number(self.lower[axis]), "upper": number(self.upper[axis])}


@dataclass(frozen=True)
class Radar:
    """3 to 8 axes from level 0 to the top level, and at most one series of each role; else ValueError."""

    title: str
    axes: tuple[Axis, ...]
    levels: int
    series: tuple[Series, ...]
    band: Band | None = None

    def __post_init__(self) -> None:
        if not 3 <= len(self.axes) <= 8:
            raise ValueError(f"a radar has 3 to 8 axes, not {len(self.axes)}")
        if len({series.role for series in self.series}) < len(self.series):
            raise ValueError("a radar shows each role once")
        for series in self.series:
            self._check(series.role, series.values)
        if self.band:
            self._check_band(self.band)

    def _check(self, name: str, values: tuple[float | None, ...]) -> None:
        if len(values) != len(self.axes):
            raise ValueError(f"{name}: {len(values)} values for {len(self.axes)} axes")
        if any(value is not None and not 0 <= value <= self.levels for value in values):
            raise ValueError(f"{name}: values go from 0 to {self.levels}")

    def _check_band(self, band: Band) -> None:
        self._check("band", band.lower)
        self._check("band", band.upper)
        if any(lower > upper for lower, upper in zip(band.lower, band.upper, strict=True)):
            raise ValueError("band: nothing is lower than the lowest")

    @property
    def description(self) -> str:
        scale = _("Levels 0 to %(levels)s.") % {"levels": self.levels}
        return f"{scale} {self.table().spoken()}"

    @property
    def hatched(self) -> bool:
        """Whether the model covers less than the scale on some axis."""
        return any(axis.covered_to < self.levels for axis in self.axes)

    @property
    def overlays(self) -> list[Role]:
        """What lies beside now and can be hidden."""
        return [series.role for series in self.series if series.role is not Role.CURRENT]

    @property
    def layers(self) -> list[Series]:
        """The series from the bottom up: now lies on top."""
        return sorted(self.series, key=lambda series: list(Role)[::-1].index(series.role))

    def table(self) -> Table:
        header = (_("Pillar"), *(series.role.label for series in self.series), *self._band_label())
        rows = tuple((axis.label, *self._shown(index)) for index, axis in enumerate(self.axes))
        if not self.hatched:
            return Table(header, rows)
        covered = tuple((*row, str(axis.covered_to)) for row, axis in zip(rows, self.axes, strict=True))
        return Table((*header, _("Covered to level")), covered)

    def tip(self, series: Series, axis: int) -> str:
        """What a pointer brings up at a point: "Prompts: Now 2.4"; empty where there is none. Now tells the range."""
        value = series.values[axis]
        if value is None:
            return ""
        told = f"{self.axes[axis].label}: {series.role.label} {number(value)}"
        if self.band and series.role is Role.CURRENT:
            return f"{told}, {self.band.label} {self.band.shown(axis)}"
        return told

    def _band_label(self) -> tuple[str, ...]:
        return (self.band.label,) if self.band else ()

    def _shown(self, axis: int) -> Iterator[str]:
        for series in self.series:
            value = series.values[axis]
            yield series.role.missing if value is None else number(value)
        if self.band:
            yield self.band.shown(axis)
