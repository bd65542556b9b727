from collections.abc import Sequence
from fractions import Fraction

import pytest

from assessment.statement_figures import StatementFigures, figures
from frameworks.definition import Rating
from tests.frameworks.builders import cell, framework, s

MODEL = framework(cell(1, "a", s("a1"), s("a2")))


def of_a1(codes: str) -> Sequence[StatementFigures]:
    return figures(MODEL, [{"a1": Rating(code)} for code in codes.split()])


def test_shares_counts_and_spread_of_five_teams() -> None:
    [found] = of_a1("F L DK NA F")
    assert found == StatementFigures("a1", 5, Fraction(1, 5), Fraction(1, 5), (0, 0, 1, 2), Fraction(2, 3))


def test_of_four_teams_nothing_is_told() -> None:
    assert of_a1("F L DK NA") == ()


def test_teams_that_were_not_asked_do_not_count() -> None:
    teams = [{"a1": Rating.F}] * 4 + [{"a2": Rating.F}]
    assert figures(MODEL, teams) == ()


@pytest.mark.parametrize(
    ("codes", "spread", "doubts"),
    [
        ("N N F F F", Fraction(9, 5), ()),
        ("F F F F F", Fraction(0), ("alike",)),
        ("N P L F DK", Fraction(5, 3), ("unknown",)),
        ("NA NA F L P", Fraction(4, 3), ("left_out",)),
        ("DK DK DK DK NA", None, ("unknown", "left_out")),
        ("F DK DK DK DK", None, ("unknown",)),
    ],
)
def test_doubtful_statements_are_those_unknown_left_out_or_answered_alike(
    codes: str, spread: Fraction | None, doubts: tuple[str, ...]
) -> None:
    [found] = of_a1(codes)
    assert (found.spread, found.doubts) == (spread, doubts)
