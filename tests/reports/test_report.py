from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from assessment.models import Answer as AnswerRow
from assessment.models import Assessment, Round, Target
from frameworks.definition import Answer, Basis, Rating
from frameworks.planning import Reason
from frameworks.scoring import UnknownStatement
from frameworks.stocking import update_actions
from reports.report import Context, State, compose, report_for
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_action, make_report, worked_example
from tests.frameworks.builders import cell, framework, s


def test_report_of_the_worked_example() -> None:
    report = make_report()
    assert (report.score.level, report.level_name, report.top_level) == (2, "Practised", 2)
    assert (report.next_level, report.next_level_name, report.way, report.why_not) == (None, None, None, ())
    assert [(found.pillar.slug, found.score.level, found.score.position) for found in report.pillars] == [
        ("a", 1, Fraction(4, 3)),
        ("b", 2, Fraction(2)),
    ]


def test_report_says_what_is_in_the_way_and_the_shortest_way() -> None:
    report = make_report(WORKED_RATINGS | {"b2": "P"})
    assert (report.next_level, report.next_level_name) == (2, "Practised")
    assert [(item.statement.key, item.reason) for item in report.why_not] == [
        ("b2", Reason.GATE),
        ("a3", Reason.BLOCKS),
    ]
    assert [(step.statement, step.before, step.after) for step in report.way.raises] == [("b2", "P", "L")]


def test_open_statements_are_those_without_rating_and_those_not_known() -> None:
    report = make_report({"a1": "F", "a2": "DK", "b1": "NA"})
    assert [statement.key for statement in report.open_statements] == ["a2", "a3", "b2"]
    assert report.answered == 2
    assert [statement.key for statement in report.to_find_out] == ["a2"]


def test_gaps_of_pillars_are_ordered_by_levels_then_by_what_is_missing() -> None:
    three = framework(*(cell(1, slug, s(f"{slug}1")) for slug in "abc"), cell(2, "c", s("c2")))
    report = make_report({"a1": "P", "b1": "N", "c1": "N", "c2": "N"}, three, {"a": 1, "b": 1, "c": 2})
    assert [(found.pillar.slug, found.gap.gap) for found in report.largest_gaps] == [("c", 2), ("b", 1), ("a", 1)]
    assert [found.pillar.slug for found in report.by_gap] == ["c", "b", "a"]


def test_pillar_without_a_target_has_no_gap() -> None:
    report = make_report({"a1": "N"}, targets={"b": 2})
    assert [(found.pillar.slug, found.target) for found in report.pillars] == [("a", None), ("b", 2)]
    assert [found.pillar.slug for found in report.largest_gaps] == ["b"]
    assert [found.pillar.slug for found in report.by_gap] == ["b", "a"]


def test_target_beyond_what_the_model_covers_is_where_it_ends() -> None:
    model = framework(cell(1, "a", s("a1")), cell(1, "b", s("b1")), cell(2, "b", s("b2")))
    report = make_report({"a1": "F", "b1": "F", "b2": "N"}, model, {"a": 2, "b": 2})
    assert [(found.pillar.slug, found.target) for found in report.pillars] == [("a", 1), ("b", 2)]
    assert [found.pillar.slug for found in report.largest_gaps] == ["b"]


def test_matrix_tells_uncovered_from_unasked_from_not_rated() -> None:
    model = framework(cell(1, "a", s("a1")), cell(2, "a", s("a2")), cell(2, "b", basis=Basis.FLOOR))
    report = make_report({"a1": "NA", "a2": "F"}, model)
    shown = {
        pillar.slug: [
            (square.level, square.is_covered, square.score and square.score.achievement) for square in squares
        ]
        for pillar, squares in report.matrix
    }
    assert shown == {
        "a": [(1, True, None), (2, True, Fraction(1))],
        "b": [(1, False, None), (2, True, None)],
    }
    squares = report.matrix[0][1]
    assert (squares[0].score is None, report.matrix[1][1][1].score is None) == (False, True)


def test_actions_of_a_gap_are_those_that_advance_its_practice() -> None:
    model = framework(cell(1, "a", s("a1", practice="testing"), s("a2")))
    report = make_report(
        {"a1": "N", "a2": "N"}, model, actions=[make_action("kit", "testing"), make_action("other", "x")]
    )
    assert [[action.key for action in report.actions_for(item)] for item in report.gaps] == [["kit"], []]
    assert [advice.action.key for advice in report.advice] == ["kit"]


def test_first_advice_is_the_first_three_that_press() -> None:
    model = framework(
        cell(1, "a", *(s(key, practice=key) for key in "vwxyz")), cell(2, "a", s("late", practice="late"))
    )
    actions = [make_action(key, key) for key in ("late", *"vwxyz")]
    pressing = make_report(dict.fromkeys("vwxyz", "N"), model, {"a": 2}, actions=actions)
    assert [advice.action.key for advice in pressing.advice] == ["v", "w", "x", "y", "z", "late"]
    assert [advice.action.key for advice in pressing.first_advice] == ["v", "w", "x"]
    at_the_top = make_report({**dict.fromkeys("vwxyz", "F"), "late": "L"}, model, {"a": 2}, actions=actions)
    assert [advice.action.key for advice in at_the_top.advice] == ["late"]
    assert at_the_top.first_advice == ()


def test_report_looks_things_up() -> None:
    report = make_report({"a1": "F"})
    assert (report.rating("a1"), report.rating("a2")) == (Rating.F, None)
    assert report.statement("a2").key == "a2"


def test_answer_to_nothing_asked_is_refused() -> None:
    with pytest.raises(UnknownStatement, match="worked-example has no statement zz"):
        compose(worked_example(), {"zz": Answer(Rating.F)}, {}, Context("Northwind"), ())


def test_report_for_an_assessment_says_what_its_rows_say(cast: Cast) -> None:
    cast.assessment.describe(systems="Claims assistant", units="Motor", period="Autumn", decision="Fund it.")
    Target.objects.create(round=cast.assessment.round, pillar="a", level=2)
    AnswerRow.objects.create(assessment=cast.assessment, statement_key="a1", rating="F", state="archived")
    AnswerRow.objects.create(assessment=cast.assessment, statement_key="gone", rating="F")
    AnswerRow.objects.create(assessment=cast.assessment, statement_key="a2", rating="")
    answer = cast.assessment.record_answer("b1", by=cast.alice, rating="L", note="Seen", evidence=["Minutes"])
    action = replace(make_action("kit", "testing"), months=(0, 3))
    update_actions([action])
    report = report_for(Assessment.objects.with_everything().get())
    assert report.answers == {"b1": Answer(Rating.L, "Seen", "", ("Minutes",))}
    assert report.targets == {"a": 2}
    assert report.framework == worked_example()
    assert report.context == Context(
        organization="Northwind",
        team="Claims",
        round="H2 2026",
        systems="Claims assistant",
        units="Motor",
        period="Autumn",
        decision="Fund it.",
        state=State.OPEN,
        as_of=answer.answered_at,
        submitted_by="",
        reference=str(cast.assessment.code),
        official_total=None,
        confidentiality="Internal",
    )


def test_report_for_a_submitted_assessment_names_who_and_when(cast: Cast) -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    Assessment.objects.update(state="submitted", submitted_at=at, submitted_by=cast.alice, official_total=12)
    context = report_for(Assessment.objects.with_everything().get()).context
    assert (context.state, context.as_of, context.submitted_by) == (State.SUBMITTED, at, "Alice")
    assert context.official_total == 12


@pytest.mark.parametrize(("submitted", "state"), [(True, State.CLOSED), (False, State.UNSUBMITTED)])
def test_report_of_a_closed_round_tells_what_was_never_submitted(cast: Cast, submitted: bool, state: State) -> None:
    if submitted:
        Assessment.objects.update(state="submitted", submitted_at=datetime(2026, 11, 20, tzinfo=UTC))
    Round.objects.update(state="closed")
    assert report_for(Assessment.objects.with_everything().get()).context.state is state


def test_report_asks_the_database_for_answers_targets_actions_and_profile_alone(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    report_for(Assessment.objects.with_everything().get())
    assessment = Assessment.objects.with_everything().get()
    with django_assert_num_queries(5):
        report_for(assessment)
