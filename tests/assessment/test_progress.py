from assessment.progress import PillarProgress, progress, statements_of
from frameworks.definition import Basis
from tests.frameworks.builders import cell, framework, s

FRAMEWORK = framework(
    cell(2, "b", s("b2")),
    cell(1, "b", s("b1"), s("b0")),
    cell(1, "a", s("a1")),
    cell(2, "silent", basis=Basis.FLOOR),
)


def test_statements_come_from_the_lowest_level_up_and_inside_it_in_the_order_of_the_file() -> None:
    assert [statement.key for statement in statements_of(FRAMEWORK, "b")] == ["b1", "b0", "b2"]


def test_progress_has_a_row_for_each_pillar_that_asks_something_in_the_order_of_the_file() -> None:
    assert [row.pillar.slug for row in progress(FRAMEWORK, set())] == ["b", "a"]


def test_progress_counts_what_is_answered_and_nothing_else() -> None:
    b, a = progress(FRAMEWORK, {"b1", "a1", "gone"})
    assert (b.answered, b.total, b.is_complete) == (1, 3, False)
    assert a == PillarProgress(FRAMEWORK.pillar("a"), (s("a1"),), 1)
    assert a.is_complete
