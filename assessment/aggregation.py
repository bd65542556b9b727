"""Several teams, one organization: from the teams' scores to the organization's. Plain Python, exact fractions.

Only submitted assessments come in here. A team counts by its weight wherever a share of the organization is meant, and
as one where teams are counted, and in minimum, median and maximum."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from frameworks.definition import Framework, Rating
from frameworks.scoring import PillarScore, Score

REACHED_FROM = Fraction(80, 100)
UNEVEN_FROM = Fraction(1, 5)
IN_PLACE = (Rating.L, Rating.F)
LACKING = (Rating.N, Rating.P)


class NothingSubmitted(ValueError):
    """There is no submitted assessment to make a result of."""


@dataclass(frozen=True)
class TeamResult:
    """What one team submitted, by statement key, and what it came to. `weight` is a whole number from 1."""

    weight: int
    score: Score
    ratings: Mapping[str, Rating]


@dataclass(frozen=True)
class Spread:
    """A figure over the teams: the mean by weight, and the lowest, middle and highest team."""

    mean: Fraction
    minimum: Fraction
    median: Fraction
    maximum: Fraction


@dataclass(frozen=True)
class Standing:
    """Where the organization is, on the whole or in one pillar.

    `teams_at_level` and `teams_secured` count the teams that reached, or secured, that level or a higher one. Positions
    are in levels, achievements 0..1; `achievement` is over the teams that have one, None where none has."""

    level: int
    teams_at_level: int
    secured_level: int
    teams_secured: int
    position: Spread
    achievement: Spread | None


@dataclass(frozen=True)
class PillarStanding:
    slug: str
    standing: Standing


@dataclass(frozen=True)
class RatingCount:
    rating: Rating
    teams: int


@dataclass(frozen=True)
class Distribution:
    """How many teams gave a statement which rating, from N to NA; ratings nobody gave are left out."""

    statement: str
    counts: tuple[RatingCount, ...]
    uneven: bool


@dataclass(frozen=True)
class OrganizationScore:
    """What `teams` submitted assessments come to together. Pillars and statements are in the order of the file."""

    teams: int
    whole: Standing
    pillars: tuple[PillarStanding, ...]
    statements: tuple[Distribution, ...]

    @property
    def uneven(self) -> tuple[Distribution, ...]:
        return tuple(found for found in self.statements if found.uneven)


def aggregate(framework: Framework, teams: Sequence[TeamResult]) -> OrganizationScore:
    """What the organization's submitted teams come to, in any order. Raises NothingSubmitted where there are none."""
    if not teams:
        raise NothingSubmitted("no team has submitted")
    weights = [team.weight for team in teams]
    by_pillar = zip(*(team.score.pillars for team in teams), strict=True)
    return OrganizationScore(
        teams=len(teams),
        whole=_standing(weights, [team.score for team in teams]),
        pillars=tuple(PillarStanding(scores[0].slug, _standing(weights, scores)) for scores in by_pillar),
        statements=tuple(_distribution(key, teams) for key in framework.statements),
    )


# Levels and figures


def _standing(weights: Sequence[int], scores: Sequence[Score | PillarScore]) -> Standing:
    levels = [score.level for score in scores]
    secured = [score.secured_level for score in scores]
    level, secured_level = _reached(weights, levels), _reached(weights, secured)
    rated = [(weight, score.achievement) for weight, score in zip(weights, scores, strict=True)]
    return Standing(
        level=level,
        teams_at_level=_count_from(level, levels),
        secured_level=secured_level,
        teams_secured=_count_from(secured_level, secured),
        position=_spread(weights, [score.position for score in scores]),
        achievement=_spread_of_rated(rated),
    )


def _reached(weights: Sequence[int], levels: Sequence[int]) -> int:
    """The highest level that enough of the weight is at or above. All of it is at the lowest team's level or above."""
    return max(level for level in levels if _share_from(level, weights, levels) >= REACHED_FROM)


def _share_from(level: int, weights: Sequence[int], levels: Sequence[int]) -> Fraction:
    there = sum(weight for weight, found in zip(weights, levels, strict=True) if found >= level)
    return Fraction(there, sum(weights))


def _count_from(level: int, levels: Iterable[int]) -> int:
    return sum(found >= level for found in levels)


def _spread_of_rated(figures: Iterable[tuple[int, Fraction | None]]) -> Spread | None:
    rated = [(weight, figure) for weight, figure in figures if figure is not None]
    return _spread([weight for weight, _figure in rated], [figure for _weight, figure in rated]) if rated else None


def _spread(weights: Sequence[int], figures: Sequence[Fraction]) -> Spread:
    weighted = sum((weight * figure for weight, figure in zip(weights, figures, strict=True)), Fraction(0))
    return Spread(weighted / sum(weights), min(figures), median(figures), max(figures))


# Statements


def _distribution(key: str, teams: Sequence[TeamResult]) -> Distribution:
    given = [team.ratings.get(key) for team in teams]
    counts = (RatingCount(rating, given.count(rating)) for rating in Rating)
    return Distribution(key, tuple(found for found in counts if found.teams), _is_uneven(key, teams))


def _is_uneven(key: str, teams: Sequence[TeamResult]) -> bool:
    """Whether a fifth of the whole submitted weight has it in place and another fifth lacks it."""
    shares = (_share_with(ratings, key, teams) for ratings in (IN_PLACE, LACKING))
    return all(share >= UNEVEN_FROM for share in shares)


def _share_with(ratings: tuple[Rating, ...], key: str, teams: Sequence[TeamResult]) -> Fraction:
    there = sum(team.weight for team in teams if team.ratings.get(key) in ratings)
    return Fraction(there, sum(team.weight for team in teams))
