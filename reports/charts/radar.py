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
class Radar:
    """3 to 8 axes from level 0 to the top level, and at most one series of each role; else ValueError."""

    title: str
    axes: tuple[Axis, ...]
    levels: int
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        if not 3 <= len(self.axes) <= 8:
            raise ValueError(f"a radar has 3 to 8 axes, not {len(self.axes)}")
        if len({series.role for series in self.series}) < len(self.series):
            raise ValueError("a radar shows each role once")
        for series in self.series:
            self._check(series)

    def _check(self, series: Series) -> None:
        if len(series.values) != len(self.axes):
            raise ValueError(f"{series.role}: {len(series.values)} values for {len(self.axes)} axes")
        if any(value is not None and not 0 <= value <= self.levels for value in series.values):
            raise ValueError(f"{series.role}: values go from 0 to {self.levels}")

    @property
    def description(self) -> str:
        scale = _("Levels 0 to %(levels)s.") % {"levels": self.levels}
        return f"{scale} {self.table().spoken()}"

    @property
    def hatched(self) -> bool:
        """Whether the model covers less than the scale on some axis."""
        return any(axis.covered_to < self.levels for axis in self.axes)

    @property
    def layers(self) -> list[Series]:
        """The series from the bottom up: now lies on top."""
        return sorted(self.series, key=lambda series: list(Role)[::-1].index(series.role))

    def table(self) -> Table:
        header = (_("Pillar"), *(series.role.label for series in self.series))
        rows = tuple((axis.label, *self._shown(index)) for index, axis in enumerate(self.axes))
        if not self.hatched:
            return Table(header, rows)
        covered = tuple((*row, str(axis.covered_to)) for row, axis in zip(rows, self.axes, strict=True))
        return Table((*header, _("Covered to level")), covered)

    def tip(self, series: Series, axis: int) -> str:
        """What a pointer brings up at a point: "Prompts: Now 2.4"; empty where there is none."""
        value = series.values[axis]
        return "" if value is None else f"{self.axes[axis].label}: {series.role.label} {number(value)}"

    def _shown(self, axis: int) -> Iterator[str]:
        for series in self.series:
            value = series.values[axis]
            yield series.role.missing if value is None else number(value)
