"""What to look at again before submitting: answers to one practice that do not fit together. Plain Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frameworks.definition import Framework, Rating, Statement

MET = (Rating.L, Rating.F)
UNMET = (Rating.N, Rating.P)


@dataclass(frozen=True)
class Inconsistency:
    """A statement in place, and one on a lower level on the same practice that is not. Both may be true."""

    higher: Statement
    lower: Statement


def inconsistencies(framework: Framework, ratings: Mapping[str, Rating]) -> tuple[Inconsistency, ...]:
    """In the order of the file, each higher statement with every lower one."""
    return tuple(
        Inconsistency(higher, lower)
        for higher in _rated(framework, ratings, MET)
        for lower in _rated(framework, ratings, UNMET)
        if _asks_more(framework, higher, lower)
    )


def _rated(framework: Framework, ratings: Mapping[str, Rating], wanted: tuple[Rating, ...]) -> Iterator[Statement]:
    return (statement for key, statement in framework.statements.items() if ratings.get(key) in wanted)


def _asks_more(framework: Framework, higher: Statement, lower: Statement) -> bool:
    same = higher.practice is not None and higher.practice == lower.practice
    return same and framework.cell_of[higher.key].level > framework.cell_of[lower.key].level
