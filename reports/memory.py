"""What was worked out last, kept in memory: scoring and planning are pure, so equal answers come to equal results.

Nothing here grows without end, and nothing has to be thrown away when an answer changes: it is another answer then."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count
from typing import Any

from assessment.aggregation import OrganizationScore, TeamResult, aggregate
from frameworks import planning, scoring
from frameworks.definition import Action, Framework, Rating
from frameworks.planning import Advice, GapItem, PillarGap, Way
from frameworks.scoring import Score
from reports.shared_actions import SharedAction, shared_actions

NUMBERS = count(1)

type Pairs = tuple[tuple[str, Any], ...]
type Given = tuple[tuple[str, ...], str]
"""Ratings as a key: the statements' keys, and the codes of their ratings in one text, which is quick to compare."""


class Same[T]:
    """Something large as a key: two are equal when they are the same object, as that of a version is, which
    `Version.definition()` keeps."""

    def __init__(self, object: T) -> None:
        self.object = object

    def __hash__(self) -> int:
        return id(self.object)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.object is self.object


def score(framework: Framework, ratings: Mapping[str, Rating]) -> Score:
    return _score(Same(framework), _given(ratings))


def gaps(framework: Framework, ratings: Mapping[str, Rating], targets: Mapping[str, int]) -> tuple[GapItem, ...]:
    return _gaps(Same(framework), _given(ratings), tuple(targets.items()))


def aggregated(framework: Framework, teams: Sequence[TeamResult]) -> OrganizationScore:
    """What teams come to together; for equal answers in the same order it is worked out once."""
    return _aggregated(Same(framework), tuple((team.weight, _given(team.ratings)) for team in teams))


@dataclass(frozen=True)
class Worked:
    """All that follows from the answers of one team."""

    score: Score
    gaps: tuple[GapItem, ...]
    why_not: tuple[GapItem, ...]
    way: Way | None
    pillar_gaps: tuple[PillarGap, ...]
    pillars_why_not: Mapping[str, tuple[GapItem, ...]]
    advice: tuple[Advice, ...]
    pitfalls: tuple[Action, ...]


def worked(
    framework: Framework,
    ratings: Mapping[str, Rating],
    targets: Mapping[str, int],
    actions: Sequence[Action],
    deferred: Mapping[str, str],
) -> Worked:
    return _worked(Same(framework), _given(ratings), tuple(targets.items()), tuple(actions), tuple(deferred.items()))


def shared(
    framework: Framework,
    teams: Sequence[tuple[str, Mapping[str, Rating], Mapping[str, int]]],
    actions: Sequence[Action],
    deferred: Mapping[str, str],
) -> tuple[SharedAction, ...]:
    """What helps most teams, each of which has a name, ratings and targets."""
    keys = tuple((name, _given(ratings), tuple(targets.items())) for name, ratings, targets in teams)
    return _shared(Same(framework), keys, tuple(actions), tuple(deferred.items()))


def _given(ratings: Mapping[str, Rating]) -> Given:
    return tuple(ratings), " ".join(ratings.values())


def _ratings(given: Given) -> dict[str, Rating]:
    keys, codes = given
    return dict(zip(keys, map(Rating, codes.split()), strict=True))


@lru_cache(maxsize=2048)
def _score(key: Same[Framework], given: Given) -> Score:
    return scoring.score(key.object, _ratings(given))


@lru_cache(maxsize=1024)
def _gaps(key: Same[Framework], given: Given, targets: Pairs) -> tuple[GapItem, ...]:
    return planning.gaps(key.object, _ratings(given), _score(key, given), dict(targets))


@lru_cache(maxsize=16)
def _aggregated(key: Same[Framework], teams: tuple[tuple[int, Given], ...]) -> OrganizationScore:
    results = [TeamResult(weight, _score(key, given), _ratings(given)) for weight, given in teams]
    return aggregate(key.object, results)


@lru_cache(maxsize=16)
def _shared(
    key: Same[Framework], teams: tuple[tuple[str, Given, Pairs], ...], actions: tuple[Action, ...], deferred: Pairs
) -> tuple[SharedAction, ...]:
    return shared_actions(
        [(name, _gaps(key, given, targets)) for name, given, targets in teams], actions, dict(deferred)
    )


@lru_cache(maxsize=256)
def _worked(
    key: Same[Framework], ratings: Given, targets: Pairs, actions: tuple[Action, ...], deferred: Pairs
) -> Worked:
    framework, given = key.object, _ratings(ratings)
    result, found = _score(key, ratings), _gaps(key, ratings, targets)
    return Worked(
        score=result,
        gaps=found,
        why_not=planning.why_not_next(framework, given, result),
        way=planning.shortest_way(framework, given, result),
        pillar_gaps=planning.pillar_gaps(framework, given, result, dict(targets)),
        pillars_why_not={
            pillar.slug: planning.why_not_next(framework, given, result, pillar=pillar.slug)
            for pillar in result.pillars
        },
        advice=planning.advice(found, actions, dict(deferred)),
        pitfalls=planning.pitfalls(found, actions),
    )


class Numbered:
    """What is composed once and shown often: pages keep what they wrote of it under its number."""

    @cached_property
    def number(self) -> int:
        """Tells it from everything else this process has composed or read."""
        return next(NUMBERS)


class Recent[T]:
    """The values used last, by what they follow from."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        value = self.values.pop(key, None) or make()
        self.values[key] = value
        while len(self.values) > self.most:
            self.values.popitem(last=False)
        return value
