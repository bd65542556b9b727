"""What follows from a score: what is missing, what stands in the way of the next level, and the least that leads to it.
Plain Python on top of `scoring`; the order of the file breaks every tie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor, inf

from frameworks import scoring
from frameworks.definition import STEPS, Action, ActionKind, Cell, Framework, Rating, Statement
from frameworks.scoring import (
    GATE_OPENS_FROM,
    HOLDS_FROM,
    NOTHING,
    REACHES_ABOVE,
    Condition,
    Ladder,
    PillarScore,
    RatedSet,
    Score,
    Values,
    holds,
    ladder,
    reaches,
    values,
)

FULLY = len(STEPS) - 1
"""Steps from N to F; one step is a third of what a statement counts."""


class Reason(StrEnum):
    """Why a statement is in the gap, most pressing first."""

    GATE = "gate"
    BLOCKS = "blocks"
    NEXT_LEVEL = "next_level"
    LATER = "later"


@dataclass(frozen=True)
class GapItem:
    """An applicable statement below F. `missing` is its weight times what it lacks, 1/3..3.

    `rating` is None where it is unanswered."""

    statement: Statement
    cell: Cell
    rating: Rating | None
    missing: Fraction
    reason: Reason


@dataclass(frozen=True)
class PillarGap:
    """How many whole levels a pillar lacks, and the weight its statements miss up to the target.

    `target` asks for no more than the model covers and applies here. Without a target both figures are 0."""

    slug: str
    level: int
    target: int | None
    gap: int
    missing: Fraction


@dataclass(frozen=True)
class Raise:
    """One statement, by its key, to be raised. `before` is the rating as given; None: unanswered."""

    statement: str
    before: Rating | None
    after: Rating


@dataclass(frozen=True)
class Way:
    """What to raise, lowest level first, at what effort, and the level number reached by it."""

    number: int
    effort: int
    raises: tuple[Raise, ...]


# What is missing


def next_level(standing: Score | PillarScore) -> int | None:
    """The lowest rated level above the one reached, of the whole or of a pillar; None at the top."""
    sets = standing.levels if isinstance(standing, Score) else standing.cells
    return next((s.level for s in sets if s.level > standing.level and s.achievement is not None), None)


def gaps(
    framework: Framework, ratings: Mapping[str, Rating], score: Score, targets: Mapping[str, int]
) -> tuple[GapItem, ...]:
    """Every applicable statement below F up to the next level of the whole or its pillar's target, whichever is higher.

    `targets` are levels by pillar slug; a pillar without one is left out. Order: reason, level, most missing, file."""
    ahead = next_level(score)
    return tuple(
        item
        for item in _items(framework, framework.cells, ratings, ahead)
        if item.cell.level <= max(targets.get(item.cell.pillar, 0), ahead or 0)
    )


def why_not_next(
    framework: Framework, ratings: Mapping[str, Rating], score: Score, *, pillar: str | None = None
) -> tuple[GapItem, ...]:
    """What stands between the whole, or one pillar, and its next level; empty only at the top.

    Raises KeyError where the framework has no such pillar."""
    if pillar is None:
        items = _items(framework, framework.cells, ratings, next_level(score))
    else:
        standing = {found.slug: found for found in score.pillars}[pillar]
        items = _items(framework, tuple(framework.in_pillar(pillar)), ratings, next_level(standing))
    return tuple(item for item in items if item.reason in (Reason.GATE, Reason.BLOCKS))


def _items(
    framework: Framework, cells: Sequence[Cell], ratings: Mapping[str, Rating], ahead: int | None
) -> list[GapItem]:
    """All gap items of the cells in the order of a gap list; `ahead` is the next level of the ladder over them."""
    worth = values(framework, ratings)
    obstacles = _obstacles(ladder(framework, cells, worth), ahead)
    items = [
        GapItem(
            statement, cell, ratings.get(statement.key), missing, obstacles.get(statement.key, _otherwise(cell, ahead))
        )
        for cell in cells
        for statement in cell.statements
        if (missing := _missing(statement, worth))
    ]
    return sorted(items, key=_urgency)


def _otherwise(cell: Cell, ahead: int | None) -> Reason:
    return Reason.NEXT_LEVEL if cell.level == ahead else Reason.LATER


def _urgency(item: GapItem) -> tuple[int, int, Fraction]:
    return _pressure(item), item.cell.level, -item.missing


def _missing(statement: Statement, worth: Values) -> Fraction:
    """w·(1 - v); nothing where the statement does not apply."""
    return statement.weight * (1 - worth.get(statement.key, Fraction(1)))


def _obstacles(climbed: Ladder, ahead: int | None) -> dict[str, Reason]:
    """What stands in the way of the level ahead: failed gates, and all statements of a set that is not achieved enough.

    Where only gates fail, the set's other statements are no obstacles: raising them would change nothing."""
    return {
        statement.key: Reason.GATE if statement.key in rated.failed_gates else Reason.BLOCKS
        for level, rated in _conditions(climbed, ahead)
        for statement in rated.statements
        if statement.key in rated.failed_gates or not _achieves(rated, reaches if level == ahead else holds)
    }


def _achieves(rated: RatedSet, condition: Condition) -> bool:
    """Whether a set would pass if no gate failed."""
    return condition(replace(rated, failed_gates=()))


def _conditions(climbed: Ladder, ahead: int | None) -> Iterator[tuple[int, RatedSet]]:
    """Every set, with its level, that decides on the level ahead: that level's must reach, the lower ones hold."""
    return ((rung.level, rated) for rung in climbed.climb if rung.level <= (ahead or 0) for rated in rung.sets)


def pillar_gaps(
    framework: Framework, ratings: Mapping[str, Rating], score: Score, targets: Mapping[str, int]
) -> tuple[PillarGap, ...]:
    """Every pillar's gap to its target, largest first, then most missing, then the order of the file."""
    worth = values(framework, ratings)
    found = (_pillar_gap(framework, worth, pillar, targets.get(pillar.slug)) for pillar in score.pillars)
    return tuple(sorted(found, key=lambda pillar: (-pillar.gap, -pillar.missing)))


def _pillar_gap(framework: Framework, worth: Values, pillar: PillarScore, target: int | None) -> PillarGap:
    applies_to = max((cell.level for cell in pillar.cells if cell.achievement is not None), default=pillar.level)
    reachable = None if target is None else min(target, applies_to)
    aim = reachable or 0
    cells = (cell for cell in framework.in_pillar(pillar.slug) if cell.level <= aim)
    missing = sum((_missing(statement, worth) for cell in cells for statement in cell.statements), NOTHING)
    return PillarGap(pillar.slug, pillar.level, reachable, max(0, aim - pillar.level), missing)


# The shortest way to the next level


def shortest_way(framework: Framework, ratings: Mapping[str, Rating], score: Score) -> Way | None:
    """The least effort that makes the next level reach and every rated set below it hold; None at the top.

    Of equally cheap ways it is the one that raises the first statement furthest, then the second, and so on, where
    statements are read lowest level first and inside a level in the order of the file."""
    ahead = next_level(score)
    if ahead is None:
        return None
    worth = values(framework, ratings)
    proposed: dict[str, int] = {}
    for level, rated in _conditions(ladder(framework, framework.cells, worth), ahead):
        needed = _needed(rated.statements, reach_only=level == ahead)
        proposed |= _cheapest(rated.statements, worth, needed)
    return _way(framework, ratings, {key: step for key, step in proposed.items() if step > _step(worth[key])})


def _way(framework: Framework, ratings: Mapping[str, Rating], proposed: Mapping[str, int]) -> Way:
    after = {key: STEPS[step] for key, step in proposed.items()}
    worth = values(framework, ratings)
    effort = sum(framework.statements[key].effort * (step - _step(worth[key])) for key, step in proposed.items())
    number = scoring.score(framework, {**ratings, **after}).level
    return Way(number, effort, tuple(Raise(key, ratings.get(key), rating) for key, rating in after.items()))


def _needed(statements: Sequence[Statement], reach_only: bool) -> int:
    """The least weighted steps with which these statements reach, or hold."""
    all_steps = FULLY * sum(statement.weight for statement in statements)
    return floor(REACHES_ABOVE * all_steps) + 1 if reach_only else ceil(HOLDS_FROM * all_steps)


def _cheapest(statements: Sequence[Statement], worth: Values, needed: int) -> dict[str, int]:
    """The step, 0 to 3, each statement comes to when the set passes its gates and gains `needed` weighted steps."""
    gated = {statement.key: _past_gate(statement, worth) for statement in statements}
    lacking = max(0, needed - sum(statement.weight * gated[statement.key] for statement in statements))
    further = _least_effort([(statement, FULLY - gated[statement.key]) for statement in statements], lacking)
    return {key: step + more for (key, step), more in zip(gated.items(), further, strict=True)}


def _least_effort(room: Sequence[tuple[Statement, int]], lacking: int) -> list[int]:
    """How many steps to raise each statement, at most its room, for `lacking` weighted steps at the least effort.

    Of equally cheap proposals it is the one that raises the earliest statement furthest."""
    chosen = []
    for (statement, most), least_after in zip(room, _least_efforts(room, lacking), strict=True):
        _effort, fewer = min(_choices(statement, most, lacking, least_after))
        chosen.append(-fewer)
        lacking = max(0, lacking + statement.weight * fewer)
    return chosen


def _least_efforts(room: Sequence[tuple[Statement, int]], lacking: int) -> list[list[float]]:
    """For each statement, what those after it cost at least, by the weighted steps left to them; infinite where they
    cannot give so many."""
    least = [[0] + [inf] * lacking]
    for statement, most in reversed(room[1:]):
        costs = (min(_choices(statement, most, left, least[-1])) for left in range(lacking + 1))
        least.append([effort for effort, _fewer in costs])
    return least[::-1]


def _choices(statement: Statement, most: int, lacking: int, least_after: list[float]) -> Iterator[tuple[float, int]]:
    """The effort of raising a statement by 0, 1, … steps and those after it by the rest, and the steps as a negative
    number: of equally cheap choices the smallest raises furthest."""
    for steps in range(most + 1):
        yield statement.effort * steps + least_after[max(0, lacking - statement.weight * steps)], -steps


def _past_gate(statement: Statement, worth: Values) -> int:
    step = _step(worth[statement.key])
    return max(step, ceil(GATE_OPENS_FROM * FULLY)) if statement.essential else step


def _step(value: Fraction) -> int:
    return int(value * FULLY)


# What to do about it


@dataclass(frozen=True)
class Advice:
    """An action, and the gap items it closes, most pressing first. `deferred` says why it can wait, or is ""."""

    action: Action
    closes: tuple[GapItem, ...]
    deferred: str = ""

    @property
    def is_pressing(self) -> bool:
        """Whether it leads to the next level, and nothing lets it wait."""
        return not self.deferred and self.closes[0].reason is not Reason.LATER


def advice(
    items: Sequence[GapItem], actions: Sequence[Action], deferred: Mapping[str, str] | None = None
) -> tuple[Advice, ...]:
    """What to do first: every action that closes something no earlier one closes. Pitfalls are no advice.

    First comes what closes the most pressing kind of gap, then where most of that kind is missing, then the least
    effort, then what is made for the fewest practices, then the order of the library. What would close only statements
    whose practices can wait comes last; `deferred` has the reason by practice."""
    waits = deferred or {}
    offers = [Advice(action, closed) for action in actions if (closed := _closes(action, items))]
    chosen: list[Advice] = []
    covered: set[str] = set()
    while left := [offer for offer in offers if _still_open(offer, covered)]:
        best = min(left, key=lambda offer: _usefulness(offer.action, _still_open(offer, covered), waits))
        chosen.append(replace(best, deferred=_reason_to_wait(_still_open(best, covered), waits)))
        covered |= {item.statement.key for item in best.closes}
    return tuple(chosen)


def pitfalls(items: Sequence[GapItem], actions: Sequence[Action]) -> tuple[Action, ...]:
    """What to avoid on the way: the pitfalls of the practices in the gap, in the order of the library."""
    practices = {item.statement.practice for item in items}
    return tuple(
        action for action in actions if action.kind is ActionKind.PITFALL and practices.intersection(action.practices)
    )


def _reason_to_wait(items: Sequence[GapItem], deferred: Mapping[str, str]) -> str:
    """Why all of these can wait, or ""."""
    reasons = [deferred.get(str(item.statement.practice), "") for item in items]
    return reasons[0] if all(reasons) else ""


def _closes(action: Action, items: Sequence[GapItem]) -> tuple[GapItem, ...]:
    if action.kind is ActionKind.PITFALL:
        return ()
    return tuple(item for item in items if item.statement.practice in action.practices)


def _still_open(offer: Advice, covered: set[str]) -> tuple[GapItem, ...]:
    """What it closes that nothing chosen before does."""
    return tuple(item for item in offer.closes if item.statement.key not in covered)


def _usefulness(
    action: Action, items: Sequence[GapItem], deferred: Mapping[str, str]
) -> tuple[bool, int, Fraction, int, int]:
    """The smaller, the better."""
    kind = min(_pressure(item) for item in items)
    closing = sum((item.missing for item in items if _pressure(item) == kind), NOTHING)
    return bool(_reason_to_wait(items, deferred)), kind, -closing, action.effort, len(action.practices)


def _pressure(item: GapItem) -> int:
    """0 for the most pressing kind."""
    return list(Reason).index(item.reason)
