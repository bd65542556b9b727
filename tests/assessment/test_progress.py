from dataclasses import dataclass
from datetime import UTC, datetime

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
    assert [row.pillar.slug for row in progress(FRAMEWORK, set(), {})] == ["b", "a"]


def test_progress_counts_what_is_answered_and_nothing_else() -> None:
    b, a = progress(FRAMEWORK, {"b1", "a1", "gone"}, {})
    assert (b.answered, b.total, b.is_complete) == (1, 3, False)
    assert a == PillarProgress(FRAMEWORK.pillar("a"), (s("a1"),), 1, None)
    assert a.is_complete


@dataclass(frozen=True)
class Given:
    answered_at: datetime


def test_last_of_a_pillar_is_its_newest_answer() -> None:
    b1, b2, a1 = (Given(datetime(2026, 5, day, tzinfo=UTC)) for day in (4, 3, 5))
    b, a = progress(FRAMEWORK, set(), {"b1": b1, "b2": b2})
    assert (b.last, a.last) == (b1, None)
    assert progress(FRAMEWORK, set(), {"a1": a1})[1].last == a1
