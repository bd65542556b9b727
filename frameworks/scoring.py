"""How the answers to a framework are counted: from ratings to levels. Plain Python, exact fractions.

Read it from top to bottom: a statement's value, a set, a rung, a ladder, the score. The whole and every pillar climb
their ladder by the same rule. Everything is counted twice: as answered, and as if all that is open were in place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import chain
from math import floor
from typing import Any, Literal

from frameworks.definition import Cell, Framework, Overall, Rating, Statement

type Band = Literal["N", "P", "L", "F"]
type Values = Mapping[str, Fraction]
"""What each statement counts, 0..1, by key. A statement that does not apply has no entry."""

NOTHING, EVERYTHING = Fraction(0), Fraction(1)
REACHES_ABOVE = Fraction(1, 2)
HOLDS_FROM = Fraction(2, 3)
FULL_ABOVE = Fraction(85, 100)
NOT_IN_PLACE_TO = Fraction(15, 100)
GATE_OPENS_FROM = Fraction(2, 3)
COMPLETE_FROM = Fraction(80, 100)
LIMITED_ABOVE = Fraction(30, 100)
NEVER_THE_NEXT_LEVEL = Fraction(99, 100)


class UnknownStatement(ValueError):
    """A rating was given for a statement the framework does not have."""


# The statement


def values(framework: Framework, ratings: Mapping[str, Rating], unanswered: Fraction = NOTHING) -> Values:
    """The value of every applicable statement; `unanswered` is what an open one counts.

    Raises UnknownStatement, naming the keys, where the framework does not have all the statements rated."""
    unknown = sorted(ratings.keys() - framework.statements.keys())
    if unknown:
        raise UnknownStatement(f"{framework.slug} has no statement {', '.join(unknown)}")
    given = {key: ratings.get(key, Rating.DK) for key in framework.statements}
    return {key: _value(rating, unanswered) for key, rating in given.items() if rating is not Rating.NA}


def _value(rating: Rating, unanswered: Fraction) -> Fraction:
    return unanswered if rating.worth is None else rating.worth


# The set


@dataclass(frozen=True)
class RatedSet:
    """Statements that are judged together, at least one of them: those of a level, or of a cell, that apply."""

    statements: tuple[Statement, ...]
    achievement: Fraction
    failed_gates: tuple[str, ...]


type Condition = Callable[[RatedSet], bool]


def reaches(rated: RatedSet) -> bool:
    return rated.achievement > REACHES_ABOVE and not rated.failed_gates


def holds(rated: RatedSet) -> bool:
    return rated.achievement >= HOLDS_FROM and not rated.failed_gates


def full(rated: RatedSet) -> bool:
    return rated.achievement > FULL_ABOVE and not rated.failed_gates


def rated_set(statements: Iterable[Statement], values: Values) -> RatedSet | None:
    """None where no statement applies: the set is not rated."""
    applicable = tuple(statement for statement in statements if statement.key in values)
    if not applicable:
        return None
    return RatedSet(applicable, _achievement(applicable, values), _failed_gates(applicable, values))


def _achievement(applicable: tuple[Statement, ...], values: Values) -> Fraction:
    in_place = sum((statement.weight * values[statement.key] for statement in applicable), NOTHING)
    return in_place / sum(statement.weight for statement in applicable)


def _failed_gates(applicable: tuple[Statement, ...], values: Values) -> tuple[str, ...]:
    essential = (statement.key for statement in applicable if statement.essential)
    return tuple(key for key in essential if values[key] < GATE_OPENS_FROM)


def band(achievement: Fraction, gate_failed: bool) -> Band:
    """The letter a set is shown with; a failed gate shows at most P."""
    if achievement <= NOT_IN_PLACE_TO:
        return "N"
    if achievement <= REACHES_ABOVE or gate_failed:
        return "P"
    return "L" if achievement <= FULL_ABOVE else "F"


# The rung


@dataclass(frozen=True)
class Rung:
    """One level of a ladder. It reaches, holds or is full when every one of its rated sets does or is."""

    level: int
    sets: tuple[RatedSet, ...]

    @property
    def achievement(self) -> Fraction | None:
        """The plain mean of the sets'; None where no set is rated."""
        return _mean([rated.achievement for rated in self.sets])

    @property
    def failed_gates(self) -> tuple[str, ...]:
        return tuple(key for rated in self.sets for key in rated.failed_gates)

    def every_set(self, condition: Condition) -> bool:
        return all(condition(rated) for rated in self.sets)


def _mean(achievements: list[Fraction]) -> Fraction | None:
    return sum(achievements, NOTHING) / len(achievements) if achievements else None


# The ladder


@dataclass(frozen=True)
class Ladder:
    """The whole, or one pillar: its levels with statements, lowest first."""

    entry_level: int
    rungs: tuple[Rung, ...]

    @property
    def climb(self) -> tuple[Rung, ...]:
        """The rungs that set conditions: rated, and above the entry level."""
        return tuple(rung for rung in self.rungs if rung.sets and rung.level > self.entry_level)

    @property
    def level(self) -> int:
        """The highest that reaches while every lower one holds."""
        return self._reached_while(holds)

    @property
    def secured_level(self) -> int:
        """The highest that reaches while every lower one is full."""
        return self._reached_while(full)

    def _reached_while(self, lower_sets_pass: Condition) -> int:
        reached = self.entry_level
        for rung in self.climb:
            if not rung.every_set(reaches):
                break
            reached = rung.level
            if not rung.every_set(lower_sets_pass):
                break
        return reached

    @property
    def position(self) -> Fraction:
        """The level and the share of the next one that is in place: 2.4 is level 2 and 40 % of level 3."""
        level = self.level
        above = (rung.achievement for rung in self.climb if rung.level > level)
        return level + min(next(above, None) or NOTHING, NEVER_THE_NEXT_LEVEL)

    @property
    def achievement(self) -> Fraction | None:
        """The plain mean of the rated rungs', those up to the entry level included; None where there are none."""
        return _mean([rung.achievement for rung in self.rungs if rung.achievement is not None])


def ladder(framework: Framework, cells: Iterable[Cell], values: Values) -> Ladder:
    """The ladder over `cells`: all of a framework's for the whole, those in a pillar for the pillar."""
    asked = [cell for cell in cells if cell.statements]
    levels = sorted({cell.level for cell in asked})
    rungs = (_rung(framework, level, [cell for cell in asked if cell.level == level], values) for level in levels)
    return Ladder(framework.entry_level, tuple(rungs))


def _rung(framework: Framework, level: int, cells: list[Cell], values: Values) -> Rung:
    """Under `levels` the cells of a level are one set, under `weakest_pillar` each is a set of its own."""
    sets = [cell.statements for cell in cells]
    if framework.overall is Overall.LEVELS:
        sets = [tuple(chain.from_iterable(sets))]
    rated = (rated_set(statements, values) for statements in sets)
    return Rung(level, tuple(found for found in rated if found is not None))


# The score


@dataclass(frozen=True)
class SetScore:
    """One level, or one cell, with statements. Achievements 0..1 and band are None where nothing applies."""

    level: int
    achievement: Fraction | None
    achievement_high: Fraction | None
    band: Band | None
    failed_gates: tuple[str, ...]


@dataclass(frozen=True)
class PillarScore:
    """One pillar. `covered_to` is its highest level with a statement; the entry level where it has none."""

    slug: str
    level: int
    level_high: int
    secured_level: int
    position: Fraction
    position_high: Fraction
    achievement: Fraction | None
    achievement_high: Fraction | None
    covered_to: int
    limited_scope: bool
    cells: tuple[SetScore, ...]


@dataclass(frozen=True)
class Score:
    """One assessment. `…_high` is what it comes to if everything open turns out to be fully in place.

    Achievements and `coverage` are 0..1, positions are in levels; an achievement is None where nothing applies."""

    level: int
    level_high: int
    secured_level: int
    position: Fraction
    position_high: Fraction
    achievement: Fraction | None
    achievement_high: Fraction | None
    coverage: Fraction
    complete: bool
    limited_scope: bool
    levels: tuple[SetScore, ...]
    pillars: tuple[PillarScore, ...]


def score(framework: Framework, ratings: Mapping[str, Rating]) -> Score:
    """What the ratings, by statement key, come to. Raises UnknownStatement, naming the key."""
    now, at_best = values(framework, ratings), values(framework, ratings, unanswered=EVERYTHING)
    low, high = ladder(framework, framework.cells, now), ladder(framework, framework.cells, at_best)
    coverage = _coverage(framework, ratings)
    pillars = tuple(_pillar_score(framework, pillar.slug, now, at_best) for pillar in framework.pillars)
    return Score(
        level=low.level,
        level_high=high.level,
        secured_level=low.secured_level,
        position=low.position,
        position_high=high.position,
        achievement=low.achievement,
        achievement_high=high.achievement,
        coverage=coverage,
        complete=coverage >= COMPLETE_FROM,
        limited_scope=any(pillar.limited_scope for pillar in pillars) or _any_level_left_out(framework, now),
        levels=_set_scores(low, high),
        pillars=pillars,
    )


def _pillar_score(framework: Framework, slug: str, now: Values, at_best: Values) -> PillarScore:
    cells = tuple(framework.in_pillar(slug))
    low, high = ladder(framework, cells, now), ladder(framework, cells, at_best)
    return PillarScore(
        slug=slug,
        level=low.level,
        level_high=high.level,
        secured_level=low.secured_level,
        position=low.position,
        position_high=high.position,
        achievement=low.achievement,
        achievement_high=high.achievement,
        covered_to=max((rung.level for rung in low.rungs), default=framework.entry_level),
        limited_scope=_limits_scope([statement for cell in cells for statement in cell.statements], now),
        cells=_set_scores(low, high),
    )


def _set_scores(low: Ladder, high: Ladder) -> tuple[SetScore, ...]:
    return tuple(_set_score(rung, best) for rung, best in zip(low.rungs, high.rungs, strict=True))


def _set_score(rung: Rung, best: Rung) -> SetScore:
    achievement, gates = rung.achievement, rung.failed_gates
    letter = None if achievement is None else band(achievement, gate_failed=bool(gates))
    return SetScore(rung.level, achievement, best.achievement, letter, gates)


# How much was answered, and of what


def _coverage(framework: Framework, ratings: Mapping[str, Rating]) -> Fraction:
    answered = sum(rating.is_answer for rating in ratings.values())
    return Fraction(answered, len(framework.statements))


def _any_level_left_out(framework: Framework, values: Values) -> bool:
    return any(_much_left_out(list(framework.at_level(level.number)), values) for level in framework.levels)


def _limits_scope(statements: list[Statement], values: Values) -> bool:
    essential_left_out = any(statement.essential and statement.key not in values for statement in statements)
    return essential_left_out or _much_left_out(statements, values)


def _much_left_out(statements: list[Statement], values: Values) -> bool:
    left_out = sum(statement.weight for statement in statements if statement.key not in values)
    return left_out > LIMITED_ABOVE * sum(statement.weight for statement in statements)


# The score as people and programs see it


def decimal(number: Fraction) -> str:
    """A number of at least 0 with four decimals, half up: 11/16 is "0.6875"."""
    ten_thousandths = floor(number * 10_000 + Fraction(1, 2))
    return f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04d}"


def to_json(score: Score) -> dict[str, Any]:
    """The score with its own names as plain dicts, lists and numbers, fractions rounded to four decimals."""
    return {name: _plain(value) for name, value in asdict(score).items()}


def _plain(value: Any) -> Any:
    match value:
        case Fraction():
            return float(decimal(value))
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case tuple():
            return [_plain(inner) for inner in value]
    return value
