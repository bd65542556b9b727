"""The levels of a model as rungs, and which of them are reached."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.marks import Role
from reports.charts.table import Table


@dataclass(frozen=True)
class Ladder:
    """`levels` are the names of levels 1 and up. `current`, `target` and `previous` are levels; 0 is below the first
    one. A level that is not on the ladder is a ValueError."""

    title: str
    levels: tuple[str, ...]
    current: int
    target: int | None = None
    previous: int | None = None

    def __post_init__(self) -> None:
        if not self.levels:
            raise ValueError("a ladder has at least one level")
        for role, level in self.marked.items():
            if not 0 <= level <= len(self.levels):
                raise ValueError(f"{role}: levels go from 0 to {len(self.levels)}")

    @property
    def marked(self) -> dict[Role, int]:
        """The level of each role that has one."""
        marks = {Role.CURRENT: self.current, Role.TARGET: self.target, Role.PREVIOUS: self.previous}
        return {role: level for role, level in marks.items() if level is not None}

    @property
    def grounded(self) -> bool:
        """Whether something stands below the first level."""
        return 0 in self.marked.values()

    @property
    def description(self) -> str:
        return " ".join(f"{role.label}: {self.level_name(level)}." for role, level in self.marked.items())

    def level_name(self, level: int) -> str:
        if level == 0:
            return _("Not yet at level 1")
        return _("Level %(number)s, %(name)s") % {"number": level, "name": self.levels[level - 1]}

    def table(self) -> Table:
        """The highest level first, as on the picture."""
        lowest = 0 if self.grounded else 1
        levels = range(len(self.levels), lowest - 1, -1)
        return Table((_("Level"), _("State")), tuple((self.level_name(level), self.state(level)) for level in levels))

    def state(self, level: int) -> str:
        """Whether a level is reached, and what stands there: "reached, Now, Target"."""
        reached = _("reached") if level <= self.current else _("not yet reached")
        return ", ".join([reached] * (level > 0) + [role.label for role in self.roles(level)])

    def roles(self, level: int) -> list[Role]:
        return [role for role, marked in self.marked.items() if marked == level]
