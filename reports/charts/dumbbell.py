"""How far each pillar is from its target."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.marks import Role
from reports.charts.table import Table


@dataclass(frozen=True)
class Distance:
    """A pillar's level and its target, which asks for no more than the model covers; None without a target."""

    pillar: str
    now: int
    target: int | None = None

    @property
    def gap(self) -> int | None:
        """Whole levels still to go; None without a target."""
        return None if self.target is None else max(0, self.target - self.now)

    @property
    def gap_text(self) -> str:
        """ "+2" or "at target"; empty without a target."""
        if self.gap is None:
            return ""
        return f"+{self.gap}" if self.gap else _("at target")

    @property
    def tip(self) -> str:
        target = "" if self.target is None else f", {Role.TARGET.label} {self.target} ({self.gap_text})"
        return f"{self.pillar}: {Role.CURRENT.label} {self.now}{target}"


@dataclass(frozen=True)
class Dumbbell:
    """Rows stay in their order. A level outside of 0 to `levels`, or no row at all, is a ValueError."""

    title: str
    levels: int
    rows: tuple[Distance, ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("a dumbbell chart has at least one row")
        for row in self.rows:
            if not all(0 <= level <= self.levels for level in (row.now, row.target or 0)):
                raise ValueError(f"{row.pillar}: levels go from 0 to {self.levels}")

    @property
    def description(self) -> str:
        scale = _("Levels %(first)s to %(last)s.") % {"first": self.first, "last": self.levels}
        return f"{scale} {self.table().spoken()}"

    @property
    def first(self) -> int:
        """Where the scale begins: at level 1, unless something stands below it."""
        return 0 if any(0 in (row.now, row.target) for row in self.rows) else 1

    @property
    def roles(self) -> tuple[Role, ...]:
        targets = any(row.target is not None for row in self.rows)
        return (Role.CURRENT, Role.TARGET) if targets else (Role.CURRENT,)

    def table(self) -> Table:
        header = (_("Pillar"), Role.CURRENT.label, Role.TARGET.label, _("Gap"))
        return Table(header, tuple(self._cells(row) for row in self.rows))

    def _cells(self, row: Distance) -> tuple[str, ...]:
        target = Role.TARGET.missing if row.target is None else str(row.target)
        return row.pillar, str(row.now), target, row.gap_text or "–"
