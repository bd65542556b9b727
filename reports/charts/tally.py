"""How many teams are at each level of a model."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.charts.table import Table


@dataclass(frozen=True)
class Tier:
    """A level and the teams at it; `name` is None at level 0."""

    level: int
    name: str | None
    teams: int

    @property
    def label(self) -> str:
        return _("Not yet at level 1") if self.name is None else self.name

    @property
    def count(self) -> str:
        return ngettext("%(teams)d team", "%(teams)d teams", self.teams) % {"teams": self.teams}


@dataclass(frozen=True)
class Tally:
    """`tiers` from the highest level down; `levels` is how many the model has, `current` that of all teams together."""

    title: str
    levels: int
    tiers: tuple[Tier, ...]
    current: int

    def __post_init__(self) -> None:
        if not self.tiers:
            raise ValueError("a tally has at least one level")

    @property
    def most(self) -> int:
        return max(tier.teams for tier in self.tiers)

    @property
    def description(self) -> str:
        return " ".join(f"{self._name(tier)}: {tier.count}." for tier in self.tiers)

    def table(self) -> Table:
        return Table((_("Level"), _("Teams")), tuple(self._rows()))

    def _rows(self) -> Iterable[tuple[str, str]]:
        return ((self._name(tier), str(tier.teams)) for tier in self.tiers)

    def _name(self, tier: Tier) -> str:
        if tier.name is None:
            return tier.label
        return _("Level %(number)s, %(name)s") % {"number": tier.level, "name": tier.name}
