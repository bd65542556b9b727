"""How the statements of a framework are answered across teams: which ones people cannot answer, and which tell nobody
apart. Plain Python, exact fractions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from frameworks.definition import STEPS, Framework, Rating

LEAST_TEAMS = 5
NOTABLE_FROM = Fraction(1, 5)

type Doubt = Literal["unknown", "left_out", "alike"]


@dataclass(frozen=True)
class StatementFigures:
    """How `teams` answered one statement: the shares that do not know and that left it out, and how many gave N, P, L
    and F. `spread` is how far two teams that rated it are apart on average, in steps; None where fewer than two did."""

    statement: str
    teams: int
    unknown: Fraction
    left_out: Fraction
    steps: tuple[int, ...]
    spread: Fraction | None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Why the statement wants another look."""
        found: list[Doubt] = []
        if self.unknown >= NOTABLE_FROM:
            found.append("unknown")
        if self.left_out >= NOTABLE_FROM:
            found.append("left_out")
        if self.spread == 0:
            found.append("alike")
        return tuple(found)


def figures(framework: Framework, teams: Sequence[Mapping[str, Rating]]) -> tuple[StatementFigures, ...]:
    """Of every statement that at least five teams answered, in the order of the file. Of fewer nothing is told, so that
    no team can be made out."""
    answered = ((key, [ratings[key] for ratings in teams if key in ratings]) for key in framework.statements)
    return tuple(_figures(key, given) for key, given in answered if len(given) >= LEAST_TEAMS)


def _figures(key: str, given: Sequence[Rating]) -> StatementFigures:
    steps = tuple(given.count(step) for step in STEPS)
    return StatementFigures(
        statement=key,
        teams=len(given),
        unknown=Fraction(given.count(Rating.DK), len(given)),
        left_out=Fraction(given.count(Rating.NA), len(given)),
        steps=steps,
        spread=_spread(steps),
    )


def _spread(steps: Iterable[int]) -> Fraction | None:
    """The mean distance of all pairs."""
    places = [place for place, count in enumerate(steps) for _ in range(count)]
    pairs = len(places) * (len(places) - 1) // 2
    if not pairs:
        return None
    return Fraction(sum(place * (2 * number - len(places) + 1) for number, place in enumerate(places)), pairs)
