"""A second scorer, written word for word from the rules in lists and quantifiers, that the first must agree with."""

from dataclasses import dataclass
from fractions import Fraction

from frameworks.definition import Cell, Framework, Rating, Statement
from frameworks.scoring import SetScore

type Ratings = dict[str, Rating]


@dataclass
class Naive:
    """One reading of one ladder: the sets of statements of each level, and what an open answer counts."""

    definition: Framework
    given: Ratings
    cells: list[Cell]
    open_counts: Fraction

    def value(self, statement: Statement) -> Fraction:
        counts = {"N": Fraction(0), "P": Fraction(1, 3), "L": Fraction(2, 3), "F": Fraction(1)}
        return counts.get(self.given.get(statement.key, "DK"), self.open_counts)

    def sets(self, level: int) -> list[list[Statement]]:
        """The rated sets of a level, each with its applicable statements."""
        apart = [list(cell.statements) for cell in self.cells if cell.level == level]
        if self.definition.overall == "levels":
            apart = [[s for statements in apart for s in statements]]
        applicable = [[s for s in statements if self.given.get(s.key) != "NA"] for statements in apart]
        return [statements for statements in applicable if statements]

    def share(self, statements: list[Statement]) -> Fraction:
        return Fraction(sum(s.weight * self.value(s) for s in statements), sum(s.weight for s in statements))

    def failed(self, statements: list[Statement]) -> list[str]:
        return [s.key for s in statements if s.essential and self.value(s) < Fraction(2, 3)]

    def achievement(self, level: int) -> Fraction | None:
        shares = [self.share(statements) for statements in self.sets(level)]
        return Fraction(sum(shares), len(shares)) if shares else None

    def reaches(self, level: int) -> bool:
        return all(self.share(each) > Fraction(1, 2) and not self.failed(each) for each in self.sets(level))

    def holds(self, level: int) -> bool:
        return all(self.share(each) >= Fraction(2, 3) and not self.failed(each) for each in self.sets(level))

    def full(self, level: int) -> bool:
        return all(self.share(each) > Fraction(17, 20) and not self.failed(each) for each in self.sets(level))

    def asked(self) -> list[int]:
        return sorted({cell.level for cell in self.cells if cell.statements})

    def rated(self) -> list[int]:
        return [level for level in self.asked() if self.sets(level)]

    def above_entry(self) -> list[int]:
        return [level for level in self.rated() if level > self.definition.entry_level]

    def level(self) -> int:
        rated = self.above_entry()
        reached = [k for k in rated if self.reaches(k) and all(self.holds(j) for j in rated if j < k)]
        return max(reached, default=self.definition.entry_level)

    def secured_level(self) -> int:
        rated = self.above_entry()
        reached = [k for k in rated if self.reaches(k) and all(self.full(j) for j in rated if j < k)]
        return max(reached, default=self.definition.entry_level)

    def position(self) -> Fraction:
        higher = [k for k in self.above_entry() if k > self.level()]
        if not higher:
            return Fraction(self.level())
        return min(self.level() + (self.achievement(min(higher)) or 0), self.level() + Fraction(99, 100))

    def mean(self) -> Fraction | None:
        means = [self.achievement(level) for level in self.rated()]
        return Fraction(sum(mean for mean in means if mean is not None), len(means)) if means else None

    def band(self, level: int) -> str | None:
        share = self.achievement(level)
        if share is None:
            return None
        letter = (
            "N"
            if share <= Fraction(3, 20)
            else "P"
            if share <= Fraction(1, 2)
            else "L"
            if share <= Fraction(17, 20)
            else "F"
        )
        return "P" if letter in "LF" and any(self.failed(each) for each in self.sets(level)) else letter

    def left_out(self, statements: list[Statement]) -> bool:
        whole = sum(s.weight for s in statements)
        return 10 * sum(s.weight for s in statements if self.given.get(s.key) == "NA") > 3 * whole

    def limited(self) -> bool:
        statements = [s for cell in self.cells for s in cell.statements]
        return self.left_out(statements) or any(s.essential and self.given.get(s.key) == "NA" for s in statements)


def naive_sets(low: Naive, high: Naive) -> tuple[object, ...]:
    return tuple(
        SetScore(
            level,
            low.achievement(level),
            high.achievement(level),
            low.band(level),  # type: ignore[arg-type]
            tuple(key for each in low.sets(level) for key in low.failed(each)),
        )
        for level in low.asked()
    )


def naive_score(definition: Framework, given: Ratings) -> dict[str, object]:
    """The figures of the whole by name; `pillars` has those of each pillar by name."""
    whole = naive_standing(definition, given, list(definition.cells), "levels")
    pillars = [
        naive_standing(definition, given, [cell for cell in definition.cells if cell.pillar == pillar.slug], "cells")
        for pillar in definition.pillars
    ]
    everything = [s for cell in definition.cells for s in cell.statements]
    answered = [s for s in everything if given.get(s.key, "DK") != "DK"]
    of_levels = Naive(definition, given, [], Fraction(0))
    levels = [[s for cell in definition.cells if cell.level == k for s in cell.statements] for k in range(1, 9)]
    limited = any(pillar["limited_scope"] for pillar in pillars) or any(of_levels.left_out(each) for each in levels)
    coverage = Fraction(len(answered), len(everything))
    whole |= {"coverage": coverage, "complete": coverage >= Fraction(4, 5), "limited_scope": limited}
    return whole | {"pillars": pillars}


def naive_standing(definition: Framework, given: Ratings, cells: list[Cell], sets: str) -> dict[str, object]:
    low, high = (Naive(definition, given, cells, Fraction(open_counts)) for open_counts in (0, 1))
    return {
        "level": low.level(),
        "level_high": high.level(),
        "secured_level": low.secured_level(),
        "position": low.position(),
        "position_high": high.position(),
        "achievement": low.mean(),
        "achievement_high": high.mean(),
        "limited_scope": low.limited(),
        sets: naive_sets(low, high),
    }
