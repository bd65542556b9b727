"""Putting actions into a plan, and changing them without losing what somebody else wrote."""

import pytest

from assessment import plans
from assessment.models import PlannedAction
from assessment.plans import Proposal
from people import audit
from people.models import Event
from tests.conftest import Cast
from tests.factories import make_planned

TESTS = Proposal("Write tests", months=3, action="write-tests", owner="Developers", statements=("a1",))


def titles(cast: Cast, *, of_round: bool = False) -> list[str]:
    holder = None if of_round else cast.assessment
    return [planned.title for planned in PlannedAction.objects.of(cast.assessment.round, holder)]


def test_action_becomes_part_of_the_plan_once(cast: Cast) -> None:
    own = Proposal("Ours", months=12)
    assert len(plans.add(cast.assessment.round, cast.assessment, [TESTS, own], by=cast.alice)) == 2
    assert plans.add(cast.assessment.round, cast.assessment, [TESTS], by=cast.alice) == []
    assert titles(cast) == ["Write tests", "Ours"]
    planned = PlannedAction.objects.get(action="write-tests")
    assert (planned.owner, planned.statements, planned.state) == ("Developers", ["a1"], "planned")
    assert (planned.due_on - planned.starts_on).days == 91
    assert [audit.read(event).sentence for event in Event.objects.order_by("pk")] == [
        "Alice added the action Write tests to a plan.",
        "Alice added the action Ours to a plan.",
    ]


def test_plans_of_a_team_and_of_the_round_are_apart(cast: Cast) -> None:
    plans.add(cast.assessment.round, None, [TESTS], by=cast.alice)
    assert (titles(cast), titles(cast, of_round=True)) == ([], ["Write tests"])
    plans.add(cast.assessment.round, cast.assessment, [TESTS], by=cast.alice)
    assert (titles(cast), titles(cast, of_round=True)) == (["Write tests"], ["Write tests"])


def test_change_raises_the_revision_and_tells_what_differs(cast: Cast) -> None:
    planned = make_planned(round=cast.assessment.round, assessment=cast.assessment)
    planned.state, planned.person = PlannedAction.State.DOING, cast.alice
    plans.save(planned, by=cast.alice)
    planned.refresh_from_db()
    assert (planned.revision, planned.changed_by) == (1, cast.alice)
    line = audit.read(Event.objects.get())
    assert line.sentence == "Alice changed the planned action Write tests."
    assert [(change.label, change.before, change.after) for change in line.changes] == [
        ("Person", "", "Alice"),
        ("State", "Planned", "In progress"),
    ]


def test_what_is_saved_as_it_is_leaves_nothing(cast: Cast) -> None:
    planned = make_planned(round=cast.assessment.round, assessment=cast.assessment)
    plans.save(planned, by=cast.alice)
    assert (PlannedAction.objects.get().revision, Event.objects.count()) == (0, 0)


def test_change_of_what_somebody_else_changed_is_refused_and_shows_it(cast: Cast) -> None:
    planned = make_planned(round=cast.assessment.round, assessment=cast.assessment)
    theirs = PlannedAction.objects.get()
    theirs.title = "Write many tests"
    plans.save(theirs, by=cast.alice)
    planned.title = "Write few tests"
    with pytest.raises(plans.ChangedMeanwhile) as conflict:
        plans.save(planned, by=cast.bob)
    assert conflict.value.stored.title == "Write many tests"
    assert PlannedAction.objects.get().title == "Write many tests"
