"""What a report keeps of the round before, to say what changed. Names and numbers only: it outlives rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from frameworks.definition import Rating


@dataclass(frozen=True)
class Figures:
    """Where the whole, or a pillar, stood. Of several teams, position and achievement are their means."""

    level: int
    position: Fraction
    achievement: Fraction | None


@dataclass(frozen=True)
class Earlier:
    """What one team came to in its round before, on the same major version. `pillars` are by slug."""

    round: str
    version: str
    as_of: datetime | None
    whole: Figures
    pillars: Mapping[str, Figures]
    ratings: Mapping[str, Rating]


@dataclass(frozen=True)
class EarlierRound:
    """What the teams came to together in the closed round before, on the same major version. `teams` are the levels of
    those that submitted, by name."""

    round: str
    version: str
    as_of: datetime | None
    whole: Figures
    pillars: Mapping[str, Figures]
    teams: Mapping[str, int] = field(default_factory=dict)
