from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from frameworks.consistency import Inconsistency, inconsistencies
from frameworks.definition import Framework, Rating
from tests.frameworks.builders import assessments, cell, framework, ratings, s

LOW, ALSO_LOW, HIGH = s("low", practice="tests"), s("other", practice="data"), s("high", practice="tests")
FRAMEWORK = framework(cell(1, "a", LOW, ALSO_LOW), cell(2, "b", HIGH))
quick = settings(derandomize=True, max_examples=100, deadline=None)


def test_higher_statement_in_place_above_a_lower_one_that_is_not_is_pointed_out() -> None:
    for said in ("low N, high F", "low P, high L"):
        assert inconsistencies(FRAMEWORK, ratings(said)) == (Inconsistency(HIGH, LOW),)


def test_anything_else_is_left_alone() -> None:
    for said in (
        "low L, high F",
        "low F, high N",
        "low DK, high F",
        "low NA, high F",
        "high F",
        "low N",
        "other N, high F",
    ):
        assert inconsistencies(FRAMEWORK, ratings(said)) == ()


def test_statements_of_one_level_and_those_without_a_practice_are_left_alone() -> None:
    same = framework(cell(1, "a", LOW), cell(1, "b", HIGH))
    none = framework(cell(1, "a", replace(LOW, practice=None)), cell(2, "b", replace(HIGH, practice=None)))
    assert inconsistencies(same, ratings("low N, high F")) == inconsistencies(none, ratings("low N, high F")) == ()


@quick
@given(assessments(), st.sampled_from(["one", "two"]))
def test_every_pair_shares_a_practice_across_levels_and_is_met_above_and_not_below(
    assessed: tuple[Framework, dict[str, Rating]], practice: str
) -> None:
    known, given_ratings = assessed
    model = replace(
        known,
        cells=tuple(
            replace(c, statements=tuple(replace(x, practice=practice) for x in c.statements)) for c in known.cells
        ),
    )
    found = inconsistencies(model, given_ratings)
    level = {key: one.level for key, one in model.cell_of.items()}
    pairs = {(one.higher.key, one.lower.key) for one in found}
    assert pairs == {
        (high, low)
        for high, said in given_ratings.items()
        for low, other in given_ratings.items()
        if said in ("L", "F") and other in ("N", "P") and level[high] > level[low]
    }
    assert len(pairs) == len(found)
