"""What a result would be if some statements were put in place. Pure, on a report."""

from collections.abc import Iterable
from dataclasses import dataclass

from frameworks.definition import STEPS, Rating
from frameworks.scoring import PillarScore, Score, score
from reports.report import PillarResult, Report


@dataclass(frozen=True)
class Prospect:
    """A pillar now and then."""

    now: PillarResult
    then: PillarScore


@dataclass(frozen=True)
class Outlook:
    """`raised` are the statements put in place, by key, with the rating each comes to; `effort` is what that takes."""

    raised: dict[str, Rating]
    effort: int
    score: Score
    pillars: tuple[Prospect, ...]


def outlook(report: Report, keys: Iterable[str]) -> Outlook:
    """What follows when these statements are put in place. What is already, or does not apply, stays as it is."""
    raised = {key: wanted(report, key) for key in dict.fromkeys(keys) if may_rise(report, key)}
    ratings = {key: answer.rating for key, answer in report.answers.items()}
    after = score(report.framework, ratings | raised)
    return Outlook(
        raised=raised,
        effort=sum(_effort(report, key, rating) for key, rating in raised.items()),
        score=after,
        pillars=tuple(Prospect(now, then) for now, then in zip(report.pillars, after.pillars, strict=True)),
    )


def wanted(report: Report, key: str) -> Rating:
    """What a statement has to come to: enough for the next level where it is on the shortest way, else all of it."""
    steps = report.way.raises if report.way else ()
    return next((step.after for step in steps if step.statement == key), Rating.F)


def may_rise(report: Report, key: str) -> bool:
    return key in report.framework.statements and report.rating(key) not in (Rating.F, Rating.NA)


def _effort(report: Report, key: str, rating: Rating) -> int:
    before = report.rating(key)
    steps = STEPS.index(rating) - (STEPS.index(before) if before in STEPS else 0)
    return max(0, steps) * report.statement(key).effort
