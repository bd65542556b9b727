"""Everything a result page, a PDF or an export says about one assessment, composed once and frozen.

`compose` is pure. `report_for` is the one place that queries for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property, lru_cache

from assessment import models
from assessment.aggregation import IN_PLACE
from frameworks import planning
from frameworks.definition import Action, Answer, Framework, Pillar, Rating, Statement
from frameworks.models import Action as ActionRow
from frameworks.planning import Advice, GapItem, PillarGap, Way
from frameworks.profile import Guidance
from frameworks.scoring import PillarScore, Score, SetScore
from reports import memory
from reports.backing import Backing, Signature, backing_of, count_backings
from reports.earlier import Earlier, Figures
from reports.memory import Numbered, Same


class State(StrEnum):
    """`open`: still being answered; `submitted`: the round is open; `closed`: nothing changes any more;
    `unsubmitted`: the round was closed before the team submitted."""

    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    UNSUBMITTED = "unsubmitted"

    @property
    def is_provisional(self) -> bool:
        return self in (State.OPEN, State.SUBMITTED)


@dataclass(frozen=True)
class Context:
    """Whom the report is about and how it came about. Names are texts, so that a report outlives its rows.

    `as_of` is when it was submitted, else when the last answer was given; None where nothing is known of it.
    `incomparable` is the version of the round before where that is another major one."""

    organization: str
    team: str = ""
    round: str = ""
    systems: str = ""
    units: str = ""
    period: str = ""
    decision: str = ""
    state: State = State.OPEN
    as_of: datetime | None = None
    submitted_by: str = ""
    reference: str = ""
    official_total: int | None = None
    confidentiality: str = ""
    distribution: str = ""
    incomparable: str = ""


@dataclass(frozen=True)
class PillarResult:
    """One pillar with everything known about it. `target` is None where none is set, and never beyond the model."""

    pillar: Pillar
    score: PillarScore
    gap: PillarGap
    why_not: tuple[GapItem, ...]

    @property
    def target(self) -> int | None:
        return self.gap.target


@dataclass(frozen=True)
class Report(Numbered):
    context: Context
    framework: Framework
    answers: Mapping[str, Answer]
    targets: Mapping[str, int]
    score: Score
    gaps: tuple[GapItem, ...]
    why_not: tuple[GapItem, ...]
    way: Way | None
    pillars: tuple[PillarResult, ...]
    advice: tuple[Advice, ...]
    pitfalls: tuple[Action, ...] = ()
    guidance: Guidance = field(default_factory=Guidance)
    earlier: Earlier | None = None
    signatures: Mapping[str, Signature] = field(default_factory=dict)

    @property
    def top_level(self) -> int:
        return len(self.framework.levels)

    @property
    def level_name(self) -> str | None:
        return self.framework.level_name(self.score.level)

    @property
    def next_level(self) -> int | None:
        return planning.next_level(self.score)

    @property
    def next_level_name(self) -> str | None:
        return None if self.next_level is None else self.framework.level_name(self.next_level)

    @cached_property
    def open_statements(self) -> tuple[Statement, ...]:
        """Without a rating, or with DK."""
        return tuple(statement for key, statement in self.framework.statements.items() if not self._is_answered(key))

    @property
    def answered(self) -> int:
        return len(self.framework.statements) - len(self.open_statements)

    @property
    def to_find_out(self) -> tuple[Statement, ...]:
        """What somebody looked at and does not know yet."""
        return tuple(item for item in self.open_statements if self.rating(item.key) is Rating.DK)

    @property
    def first_advice(self) -> tuple[Advice, ...]:
        """The three things to do first; fewer where less is pressing."""
        return tuple(found for found in self.advice if found.is_pressing)[:3]

    @property
    def largest_gaps(self) -> tuple[PillarResult, ...]:
        """The pillars below their target, largest gap first."""
        return tuple(found for found in self.by_gap if found.gap.gap)

    @property
    def by_gap(self) -> tuple[PillarResult, ...]:
        """All pillars, largest gap first."""
        return tuple(sorted(self.pillars, key=lambda pillar: (-pillar.gap.gap, -pillar.gap.missing)))

    @cached_property
    def matrix(self) -> tuple[tuple[Pillar, tuple["Square", ...]], ...]:
        """A row for each pillar, with a square for each level."""
        return tuple((found.pillar, tuple(self._squares(found))) for found in self.pillars)

    @property
    def gained(self) -> tuple[Statement, ...]:
        """What is in place now, largely at least, and was not in the round before."""
        return tuple(item for item in self._known_before if self._in_place(item) and not self._was_in_place(item))

    @property
    def lost(self) -> tuple[Statement, ...]:
        """What was in place in the round before, and is not now."""
        return tuple(item for item in self._known_before if self._was_in_place(item) and not self._in_place(item))

    @property
    def _known_before(self) -> tuple[Statement, ...]:
        known = self.earlier.ratings if self.earlier else {}
        return tuple(statement for key, statement in self.framework.statements.items() if key in known)

    def _in_place(self, statement: Statement) -> bool:
        return self.rating(statement.key) in IN_PLACE

    def _was_in_place(self, statement: Statement) -> bool:
        return self.earlier is not None and self.earlier.ratings[statement.key] in IN_PLACE

    def as_earlier(self) -> Earlier:
        """What a later report keeps of this one."""
        return Earlier(
            round=self.context.round,
            version=self.framework.version,
            as_of=self.context.as_of,
            whole=Figures(self.score.level, self.score.position, self.score.achievement),
            pillars={p.slug: Figures(p.level, p.position, p.achievement) for p in self.score.pillars},
            ratings={key: answer.rating for key, answer in self.answers.items()},
        )

    def rating(self, key: str) -> Rating | None:
        return self.answers[key].rating if key in self.answers else None

    def statement(self, key: str) -> Statement:
        return self.framework.statements[key]

    def backing(self, key: str) -> Backing | None:
        return backing_of(self.answers.get(key), self.signatures.get(key))

    def backings(self, pillar: str = "") -> Counter[Backing]:
        """How many answers, of all or of one pillar, rest on what."""
        cells = self.framework.cell_of
        chosen = {key: answer for key, answer in self.answers.items() if pillar in ("", cells[key].pillar)}
        return count_backings(chosen, self.signatures)

    def actions_for(self, item: GapItem) -> tuple[Action, ...]:
        return tuple(advice.action for advice in self.advice if item in advice.closes)

    def _is_answered(self, key: str) -> bool:
        return key in self.answers and self.answers[key].rating.is_answer

    def _squares(self, found: PillarResult) -> "list[Square]":
        scores = {cell.level: cell for cell in found.score.cells}
        return [
            Square(
                level=level.number,
                is_covered=self.framework.cell(level.number, found.pillar.slug) is not None,
                score=scores.get(level.number),
            )
            for level in self.framework.levels
        ]


@dataclass(frozen=True)
class Square:
    """A place in the level × pillar table. `score` is None where nothing is asked."""

    level: int
    is_covered: bool
    score: SetScore | None


def compose(
    framework: Framework,
    answers: Mapping[str, Answer],
    targets: Mapping[str, int],
    context: Context,
    actions: Sequence[Action],
    guidance: Guidance | None = None,
    earlier: Earlier | None = None,
    signatures: Mapping[str, Signature] | None = None,
) -> Report:
    """Raises UnknownStatement where an answer is to nothing the framework asks."""
    guidance = guidance or Guidance()
    ratings = {key: answer.rating for key, answer in answers.items()}
    worked = memory.worked(framework, ratings, targets, actions, guidance.deferred)
    return Report(
        context=context,
        framework=framework,
        answers=answers,
        targets=targets,
        score=worked.score,
        gaps=worked.gaps,
        why_not=worked.why_not,
        way=worked.way,
        pillars=_pillars(framework, worked),
        advice=worked.advice,
        pitfalls=worked.pitfalls,
        guidance=guidance,
        earlier=earlier,
        signatures=signatures or {},
    )


def _pillars(framework: Framework, worked: memory.Worked) -> tuple[PillarResult, ...]:
    gap_of = {gap.slug: gap for gap in worked.pillar_gaps}
    return tuple(
        PillarResult(framework.pillar(found.slug), found, gap_of[found.slug], worked.pillars_why_not[found.slug])
        for found in worked.score.pillars
    )


def report_for(assessment: models.Assessment) -> Report:
    """The report as it stands; once the round is closed, as it was stored then."""
    return (_stored(assessment) if assessment.round.is_closed else None) or compose_for(assessment)


def _stored(assessment: models.Assessment) -> Report | None:
    kept = assessment.snapshots.filter(kind="close").only("content_hash").first()
    return kept.as_report() if kept else None


def compose_for(assessment: models.Assessment) -> Report:
    """Queries answers, targets, actions and the round before; the framework comes from memory once it was read, and the
    report where all of these are what they were."""
    before = assessment.before()
    comparable = before is not None and before.round.version.major == assessment.round.version.major
    entries = assessment.entries()
    return _composed(
        Same(assessment.framework),
        entries,
        tuple(assessment.round.targets_for(assessment.team).items()),
        _context(
            assessment,
            last_answer=max((entry.answered_at for entry in entries), default=None),
            incomparable=before.round.version.number if before and not comparable else "",
        ),
        ActionRow.objects.definitions(),
        Same(models.Profile.objects.guidance_for(assessment.organization)),
        Same(_earlier(before) if before and comparable else None),
    )


@lru_cache(maxsize=128)
def _composed(
    framework: Same[Framework],
    entries: tuple[models.Entry, ...],
    targets: tuple[tuple[str, int], ...],
    context: Context,
    actions: tuple[Action, ...],
    guidance: Same[Guidance],
    earlier: Same[Earlier | None],
) -> Report:
    """The same report again wherever nothing differs: its page need not be written anew either."""
    given = {entry.statement_key: entry for entry in entries if entry.rating}
    rows = {key: given[key] for key in framework.object.statements if key in given}
    return compose(
        framework=framework.object,
        answers={key: Answer(Rating(row.rating), row.note, row.reason, row.evidence) for key, row in rows.items()},
        targets=dict(targets),
        context=context,
        actions=actions,
        guidance=guidance.object,
        earlier=earlier.object,
        signatures={key: _signature(row) for key, row in rows.items()},
    )


def _signature(row: models.Entry) -> Signature:
    """What was put up for review is no longer what somebody verified."""
    if row.state != models.Answer.State.CONFIRMED:
        return Signature(row.by, row.answered_at, revision=row.revision)
    return Signature(row.by, row.answered_at, row.verified_by, row.verified_at, row.revision)


def _earlier(before: models.Assessment) -> Earlier | None:
    kept = before.snapshots.filter(kind="close").only("content_hash").first()
    return kept.as_earlier() if kept else None


def _context(assessment: models.Assessment, last_answer: datetime | None, incomparable: str) -> Context:
    return Context(
        organization=assessment.organization.name,
        team=assessment.team.name,
        round=assessment.round.name,
        systems=assessment.systems,
        units=assessment.units,
        period=assessment.period,
        decision=assessment.decision,
        state=_state(assessment),
        as_of=assessment.submitted_at or last_answer,
        submitted_by=str(assessment.submitted_by or ""),
        reference=str(assessment.code),
        official_total=assessment.official_total,
        confidentiality=assessment.organization.confidentiality,
        distribution=assessment.organization.distribution,
        incomparable=incomparable,
    )


def _state(assessment: models.Assessment) -> State:
    if assessment.round.is_closed:
        return State.CLOSED if assessment.submitted_at else State.UNSUBMITTED
    return State.SUBMITTED if assessment.state == models.Assessment.State.SUBMITTED else State.OPEN
