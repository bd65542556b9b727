"""What a round's result page says about all its teams together, composed once and frozen.

`compose` is pure. `report_for` is the one place that queries for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.aggregation import OrganizationScore, TeamResult, aggregate
from assessment.models import Assessment, Round
from frameworks.definition import Framework
from frameworks.scoring import score


@dataclass(frozen=True)
class RoundContext:
    """Whose round it is. Names are texts, so that a report outlives its rows. `closed_at` is None while it is open."""

    organization: str
    round: str
    closed_at: datetime | None = None
    reference: str = ""


@dataclass(frozen=True)
class TeamLine:
    """A team that submitted. `reference` is its assessment's code."""

    name: str
    reference: str
    result: TeamResult


@dataclass(frozen=True)
class LevelLine:
    """How many teams are at a level, and how many there or above. `name` is None at level 0."""

    level: int
    name: str | None
    teams: int
    teams_or_above: int


@dataclass(frozen=True)
class RoundReport:
    """`submitted` and `missing` are in the order of their names. `score` is None where nobody submitted."""

    context: RoundContext
    framework: Framework
    submitted: tuple[TeamLine, ...]
    missing: tuple[str, ...]
    score: OrganizationScore | None

    @property
    def top_level(self) -> int:
        return len(self.framework.levels)

    @property
    def teams(self) -> int:
        """All of the round's."""
        return len(self.submitted) + len(self.missing)

    @property
    def is_weighted(self) -> bool:
        """Whether some team counts more than another."""
        return len({team.result.weight for team in self.submitted}) > 1

    @property
    def levels(self) -> tuple[LevelLine, ...]:
        """Every level a team can be at, the highest first."""
        reached = [team.result.score.level for team in self.submitted]
        return tuple(
            LevelLine(number, self.framework.level_name(number), reached.count(number), _from(number, reached))
            for number in range(self.top_level, self.framework.entry_level - 1, -1)
        )

    def covered_to(self, slug: str) -> int:
        """The highest level at which the model asks something of a pillar; the entry level where it asks nothing."""
        asked = (cell.level for cell in self.framework.in_pillar(slug) if cell.statements)
        return max(asked, default=self.framework.entry_level)


def _from(level: int, reached: Sequence[int]) -> int:
    return sum(found >= level for found in reached)


def compose(
    framework: Framework, submitted: Sequence[TeamLine], missing: Sequence[str], context: RoundContext
) -> RoundReport:
    results = [team.result for team in submitted]
    return RoundReport(
        context=context,
        framework=framework,
        submitted=tuple(submitted),
        missing=tuple(missing),
        score=aggregate(framework, results) if results else None,
    )


def report_for(round: Round) -> RoundReport:
    """The report as it stands; once the round is closed, as it was stored then."""
    kept = round.snapshots.filter(kind="close", assessment=None).defer("pdf")
    stored = kept.first() if round.is_closed else None
    return stored.as_round_report() if stored else compose_for(round)


def compose_for(round: Round) -> RoundReport:
    """Queries the round's teams and their answers; the framework comes from memory once it was read."""
    framework = round.version.definition()
    rows = list(round.assessments.select_related("team").prefetch_related("answers").order_by("team__name", "pk"))
    return compose(
        framework=framework,
        submitted=[_line(framework, row) for row in rows if _is_submitted(row)],
        missing=[row.team.name for row in rows if not _is_submitted(row)],
        context=RoundContext(round.organization.name, round.name, round.closed_at, str(round.code)),
    )


def _is_submitted(assessment: Assessment) -> bool:
    return assessment.state == Assessment.State.SUBMITTED


def _line(framework: Framework, assessment: Assessment) -> TeamLine:
    ratings = assessment.ratings()
    result = TeamResult(assessment.team.weight, score(framework, ratings), ratings)
    return TeamLine(assessment.team.name, str(assessment.code), result)
