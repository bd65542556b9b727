"""Whoever changes an answer, and by whatever way, leaves an event."""

from typing import Any

import pytest
from django.db import connection, models

from assessment import triggers
from assessment.models import Answer, Assessment
from people import audit
from people.models import Event
from tests.conftest import Cast
from tests.factories import make_assessment, make_round, make_user

SAID: dict[str, Any] = {
    "rating": "NA",
    "note": "A note with 'quotes' and €",
    "reason": "Not ours",
    "evidence": ["https://example.org/a", "Runbook"],
    "state": "confirmed",
}
NOT_SAID = {
    "id",
    "assessment",
    "statement_key",
    "revision",
    "page",
    "answered_by",
    "answered_at",
    "verified_by",
    "verified_at",
}


def sentences() -> list[str]:
    return [audit.read(event).sentence for event in Event.objects.order_by("pk")]


def test_answer_leaves_who_and_what_and_what_stood_before(cast: Cast) -> None:
    said = {name: value for name, value in SAID.items() if name != "state"}
    cast.assessment.record_answer("a1", by=cast.alice, **said)
    cast.assessment.record_answer("a1", by=cast.bob, **said | {"rating": "F"})
    first, second = Event.objects.order_by("pk")
    assert (first.before, first.after) == (None, SAID)
    assert (second.before, second.after) == (SAID, SAID | {"rating": "F"})
    assert [first.actor_email, second.actor_id] == ["alice@example.org", cast.bob.pk]
    assert first.object_code == cast.assessment.code.hex
    assert first.organization == cast.organization
    assert sentences() == ["Alice answered a1, Claims, H2 2026.", "Bob answered a1, Claims, H2 2026."]


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: Answer.objects.filter(pk=answer.pk).update(rating="N"),
        lambda answer: Answer.objects.bulk_update([answer], ["rating"]),
        lambda answer: answer.save(),
        lambda answer: connection.cursor().execute("UPDATE assessment_answer SET rating = 'N'"),
    ],
    ids=["update", "bulk_update", "save", "sql"],
)
def test_answer_changed_by_any_way_leaves_an_event(cast: Cast, change: Any) -> None:
    answer = Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="F", answered_by=cast.alice)
    answer.rating = "N"
    change(answer)
    made, changed = Event.objects.order_by("pk")
    assert (made.after["rating"], changed.before["rating"], changed.after["rating"]) == ("F", "F", "N")


def test_answer_saved_as_it_is_leaves_none(cast: Cast) -> None:
    answer = Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="F")
    answer.save()
    assert Event.objects.count() == 1


def test_state_nobody_gave_names_nobody(cast: Cast) -> None:
    answer = Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="F", answered_by=cast.alice)
    for state in (Answer.State.REVIEW, Answer.State.ARCHIVED, Answer.State.CARRIED, Answer.State.SUGGESTED):
        Answer.objects.filter(pk=answer.pk).update(state=state)
    assert sentences()[1:] == [
        "The answer to a1, Claims, H2 2026 was put up for review.",
        "The answer to a1, Claims, H2 2026 was archived.",
        "The answer to a1, Claims, H2 2026 was carried over.",
        "An answer to a1, Claims, H2 2026 was suggested.",
    ]
    assert Event.objects.exclude(actor_name="").count() == 1


def test_answer_removed_leaves_what_it_was(cast: Cast) -> None:
    Answer.objects.create(assessment=cast.assessment, statement_key="a1", rating="F")
    Assessment.objects.filter(pk=cast.assessment.pk).delete()
    assert sentences()[1:] == ["The answer to a1, Claims, H2 2026 was removed."]
    assert Event.objects.last().before["rating"] == "F"


def test_person_without_a_name_is_told_by_email(cast: Cast) -> None:
    dora = make_user("dora@example.org")
    cast.assessment.record_answer("a1", by=dora, rating="F")
    assert sentences() == ["dora@example.org answered a1, Claims, H2 2026."]


def test_every_field_of_an_answer_that_says_something_is_recorded() -> None:
    fields = {field.name for field in Answer._meta.get_fields() if isinstance(field, models.Field)}
    assert fields - NOT_SAID == set(triggers.KEPT)


def test_answers_carried_over_leave_one_event_each(cast: Cast) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    later = make_assessment(team=cast.team, round=make_round(organization=cast.organization, name="H1 2027"))
    later.carry_over(cast.assessment)
    assert sentences()[1:] == ["The answer to a1, Claims, H1 2027 was carried over."]
