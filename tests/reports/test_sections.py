import pytest

from reports import sections
from tests.factories import make_report
from tests.frameworks.builders import cell, framework, s

MODEL = framework(
    cell(1, "a", s("a1")), cell(1, "b", s("b1")), cell(2, "a", s("a2")), cell(1, "c", s("c1")), cell(2, "c", s("c2"))
)
TOP = {"a": 2, "b": 2, "c": 2}


@pytest.mark.parametrize(
    ("below", "targets", "said"),
    [
        ([], {}, "No target is set, so there is no gap to measure."),
        ([], TOP, "Every pillar with a target has reached it."),
        (["c2"], TOP, "1 of 3 pillars is below its target: C."),
        (["a2", "c1", "c2"], TOP, "2 of 3 pillars are below their target, C furthest."),
    ],
)
def test_distances_are_said_in_a_sentence(below: list[str], targets: dict[str, int], said: str) -> None:
    ratings = {key: "N" if key in below else "F" for key in MODEL.statements}
    assert sections.gap_caption(make_report(ratings, MODEL, targets)) == said


def test_target_of_a_profile_ends_where_the_model_does() -> None:
    report = make_report(dict.fromkeys(MODEL.statements, "F"), MODEL, {"a": 2, "b": 2})
    assert [(row.pillar, row.target) for row in sections.profile(report)] == [("A", "2"), ("B", "1"), ("C", "–")]
