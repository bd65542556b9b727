"""What a round's result page says about all its teams together, composed once and frozen.

`compose` is pure. `report_for` is the one place that queries for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple
from uuid import UUID

from django.db.models import prefetch_related_objects

from assessment.aggregation import OrganizationScore, Standing, TeamResult
from assessment.models import Assessment, Profile, Round, ratings_of
from frameworks.definition import Action, Framework, Rating
from frameworks.models import Action as ActionRow
from frameworks.profile import Guidance
from people.models import Team
from reports import memory
from reports.earlier import EarlierRound, Figures
from reports.memory import Numbered, Recent, Same
from reports.shared_actions import SharedAction


@dataclass(frozen=True)
class RoundContext:
    """Whose round it is. Names are texts, so that a report outlives its rows. `closed_at` is None while it is open,
    `as_of` when it was closed or last submitted to. `incomparable` is the version of the round before where that is
    another major one."""

    organization: str
    round: str
    closed_at: datetime | None = None
    reference: str = ""
    as_of: datetime | None = None
    decision: str = ""
    confidentiality: str = ""
    distribution: str = ""
    incomparable: str = ""


@dataclass(frozen=True)
class TeamLine:
    """A team that submitted, its targets by pillar, and the decision it asks for. `reference` is its assessment's
    code."""

    name: str
    reference: str
    result: TeamResult
    targets: Mapping[str, int] = field(default_factory=dict)
    decision: str = ""


class Row(NamedTuple):
    """An assessment of the round, without its answers."""

    pk: int
    code: UUID
    state: str
    submitted_at: datetime | None
    decision: str
    team_id: int
    team: str
    weight: int

    @property
    def is_submitted(self) -> bool:
        return self.state == Assessment.State.SUBMITTED


LINES: Recent[tuple[TeamLine, ...]] = Recent(16)


@dataclass(frozen=True)
class LevelLine:
    """How many teams are at a level, and how many there or above. `name` is None at level 0."""

    level: int
    name: str | None
    teams: int
    teams_or_above: int


@dataclass(frozen=True)
class RoundReport(Numbered):
    """`submitted` and `missing` are in the order of their names. `score` is None where nobody submitted."""

    context: RoundContext
    framework: Framework
    submitted: tuple[TeamLine, ...]
    missing: tuple[str, ...]
    score: OrganizationScore | None
    actions: tuple[SharedAction, ...] = ()
    earlier: EarlierRound | None = None

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

    @property
    def first_actions(self) -> tuple[SharedAction, ...]:
        """The three that help most teams towards their next level; fewer where less is in the way."""
        return tuple(found for found in self.actions if found.pressing and not found.deferred)[:3]

    def as_earlier(self) -> EarlierRound | None:
        """What a later report keeps of this one; None where nobody submitted."""
        if self.score is None:
            return None
        return EarlierRound(
            round=self.context.round,
            version=self.framework.version,
            as_of=self.context.closed_at,
            whole=figures(self.score.whole),
            pillars={found.slug: figures(found.standing) for found in self.score.pillars},
            teams={team.name: team.result.score.level for team in self.submitted},
        )

    def covered_to(self, slug: str) -> int:
        """The highest level at which the model asks something of a pillar; the entry level where it asks nothing."""
        asked = (cell.level for cell in self.framework.in_pillar(slug) if cell.statements)
        return max(asked, default=self.framework.entry_level)


def figures(standing: Standing) -> Figures:
    achievement = standing.achievement.mean if standing.achievement else None
    return Figures(standing.level, standing.position.mean, achievement)


def _from(level: int, reached: Sequence[int]) -> int:
    return sum(found >= level for found in reached)


def compose(
    framework: Framework,
    submitted: Sequence[TeamLine],
    missing: Sequence[str],
    context: RoundContext,
    actions: Sequence[Action] = (),
    deferred: Mapping[str, str] | None = None,
    earlier: EarlierRound | None = None,
) -> RoundReport:
    results = [team.result for team in submitted]
    return RoundReport(
        context=context,
        framework=framework,
        submitted=tuple(submitted),
        missing=tuple(missing),
        score=memory.aggregated(framework, results) if results else None,
        actions=memory.shared(
            framework, [(team.name, team.result.ratings, team.targets) for team in submitted], actions, deferred or {}
        ),
        earlier=earlier,
    )


def report_for(round: Round) -> RoundReport:
    """The report as it stands; once the round is closed, as it was stored then."""
    return (_stored(round) if round.is_closed else None) or compose_for(round)


def _stored(round: Round) -> RoundReport | None:
    kept = round.snapshots.filter(kind="close", assessment=None).only("content_hash").first()
    return kept.as_round_report() if kept else None


def compose_for(round: Round) -> RoundReport:
    """Queries the round's teams, their answers and targets, actions and the round before; the framework comes from
    memory once it was read."""
    rows = _rows(round)
    before = round.before()
    comparable = before is not None and before.version.major == round.version.major
    return _composed(
        Same(round.version.definition()),
        Same(_lines(round, rows)),
        tuple(row.team for row in rows if not row.is_submitted),
        _context(round, rows, before.version.number if before and not comparable else ""),
        ActionRow.objects.definitions(),
        Same(Profile.objects.guidance_for(round.organization)),
        Same(_stored(before) if before and comparable else None),
    )


@lru_cache(maxsize=16)
def _composed(
    framework: Same[Framework],
    submitted: Same[tuple[TeamLine, ...]],
    missing: tuple[str, ...],
    context: RoundContext,
    actions: tuple[Action, ...],
    guidance: Same[Guidance],
    stored: Same[RoundReport | None],
) -> RoundReport:
    """The same report again wherever nothing differs."""
    earlier = stored.object.as_earlier() if stored.object else None
    return compose(framework.object, submitted.object, missing, context, actions, guidance.object.deferred, earlier)


def _context(round: Round, rows: Sequence[Row], incomparable: str) -> RoundContext:
    submitted = [row.submitted_at for row in rows if row.submitted_at]
    return RoundContext(
        organization=round.organization.name,
        round=round.name,
        closed_at=round.closed_at,
        reference=str(round.code),
        as_of=round.closed_at or max(submitted, default=None),
        decision=round.decision,
        confidentiality=round.organization.confidentiality,
        distribution=round.organization.distribution,
        incomparable=incomparable,
    )


def lines_for(round: Round) -> tuple[TeamLine, ...]:
    """The teams that submitted, without all that follows from it."""
    stored = _stored(round) if round.is_closed else None
    return stored.submitted if stored else _lines(round, _rows(round))


def _rows(round: Round) -> tuple[Row, ...]:
    found = round.assessments.order_by("team__name", "pk").values_list(
        *("pk", "code", "state", "submitted_at", "decision", "team_id", "team__name", "team__weight")
    )
    return tuple(starmap(Row, found))


def _lines(round: Round, rows: Sequence[Row]) -> tuple[TeamLine, ...]:
    """What the teams submitted; the same lines again where they submitted the same."""
    prefetch_related_objects([round], "targets")
    submitted = tuple(row for row in rows if row.is_submitted)
    targets = tuple((target.team_id, target.pillar, target.level) for target in round.targets.all())
    rated = round.assessments.filter(state=Assessment.State.SUBMITTED).rated()
    key = (Same(round.version.definition()), round.target_level, targets, submitted, rated)
    return LINES.get(key, lambda: _read(round, submitted, rated))


def _read(round: Round, submitted: Sequence[Row], rated: Iterable[tuple[int, str, str]]) -> tuple[TeamLine, ...]:
    ratings = ratings_of(rated)
    return tuple(_line(round, row, ratings.get(row.pk, {})) for row in submitted)


def _line(round: Round, row: Row, given: Mapping[str, Rating]) -> TeamLine:
    framework = round.version.definition()
    ratings = {key: given[key] for key in framework.statements if key in given}
    return TeamLine(
        name=row.team,
        reference=str(row.code),
        result=TeamResult(row.weight, memory.score(framework, ratings), ratings),
        targets=round.targets_for(Team(pk=row.team_id)),
        decision=row.decision,
    )
