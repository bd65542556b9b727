"""Teams side by side: each pillar's position, and the lowest, middle and highest of them. No team is ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import gettext as _

from assessment.aggregation import Distribution, OrganizationScore, Spread
from frameworks.definition import Framework, Pillar
from frameworks.scoring import Score
from reports import memory
from reports.memory import Numbered, Same
from reports.round_report import TeamLine


class DifferentVersions(ValueError):
    """Rounds were chosen that do not ask the same; the message says which ask what."""


@dataclass(frozen=True)
class Place:
    """Where a team is, in a pillar or on the whole."""

    level: int
    position: Fraction


@dataclass(frozen=True)
class ComparedTeam:
    """`reference` is its assessment's code. `places` are in the order of the pillars."""

    name: str
    round: str
    reference: str
    whole: Place
    places: tuple[Place, ...]
    score: Score


@dataclass(frozen=True)
class Summary:
    """One figure over all teams, for the whole and each pillar."""

    label: str
    whole: Fraction
    pillars: tuple[Fraction, ...]


@dataclass(frozen=True)
class Comparison(Numbered):
    """`teams` are in the order of their names, `uneven` in that of the framework."""

    framework: Framework
    teams: tuple[ComparedTeam, ...]
    summaries: tuple[Summary, ...]
    uneven: tuple[Distribution, ...]

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        return self.framework.pillars


@dataclass(frozen=True)
class Submitted:
    """What the teams of a round submitted, and what it asked."""

    round: str
    framework: Framework
    lines: tuple[TeamLine, ...]


def compare_rounds(rounds: Sequence[Submitted], visible: frozenset[str] | None) -> Comparison:
    """The teams of some rounds, as far as they are `visible`, by their assessments' codes; None: all. For the same
    lines it is worked out once.

    Raises DifferentVersions. At least one round."""
    submitted = tuple((each.round, Same(each.lines)) for each in rounds)
    return _compared(Same(_common(rounds)), submitted, visible)


@lru_cache(maxsize=16)
def _compared(
    asked: Same[Framework], rounds: tuple[tuple[str, Same[tuple[TeamLine, ...]]], ...], visible: frozenset[str] | None
) -> Comparison:
    framework = asked.object
    lines = [
        (round, line)
        for round, submitted in rounds
        for line in submitted.object
        if visible is None or line.reference in visible
    ]
    results = [line.result for _round, line in lines]
    score = memory.aggregated(framework, results) if results else None
    return Comparison(
        framework=framework,
        teams=tuple(sorted((_team(round, line) for round, line in lines), key=lambda team: (team.name, team.round))),
        summaries=_summaries(score) if score else (),
        uneven=score.uneven if score else (),
    )


def _common(rounds: Sequence[Submitted]) -> Framework:
    if len({(each.framework.slug, each.framework.version) for each in rounds}) == 1:
        return rounds[0].framework
    told = _("%(round)s asked %(framework)s %(version)s")
    raise DifferentVersions(
        ", ".join(
            told % {"round": each.round, "framework": each.framework.name, "version": each.framework.version}
            for each in rounds
        )
    )


def _team(round: str, line: TeamLine) -> ComparedTeam:
    score = line.result.score
    return ComparedTeam(
        name=line.name,
        round=round,
        reference=line.reference,
        whole=Place(score.level, score.position),
        places=tuple(Place(pillar.level, pillar.position) for pillar in score.pillars),
        score=score,
    )


def _summaries(score: OrganizationScore) -> tuple[Summary, ...]:
    spreads = [found.standing.position for found in score.pillars]
    return tuple(
        Summary(label, getattr(score.whole.position, name), _figures(spreads, name)) for name, label in _names().items()
    )


def _figures(spreads: Sequence[Spread], name: str) -> tuple[Fraction, ...]:
    return tuple(getattr(spread, name) for spread in spreads)


def _names() -> dict[str, str]:
    return {"minimum": _("Lowest"), "median": _("Median"), "maximum": _("Highest")}
