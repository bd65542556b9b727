import pytest
from django.test import Client

from assessment.models import Assessment, Round
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_member, make_user


@pytest.fixture
def submitted(cast: Cast) -> Assessment:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    return cast.assessment


@pytest.fixture
def olivia(cast: Cast) -> Client:
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


def reopen(client: Client, assessment: Assessment, reason: str = "A number was wrong") -> int:
    return client.post(assessment.url("reopen_assessment"), {"reason": reason}).status_code


def test_lead_reopens_with_a_reason_and_submits_anew(cast: Cast, submitted: Assessment, alice: Client) -> None:
    assert reopen(alice, submitted) == 302
    html = alice.get(submitted.get_absolute_url()).content.decode()
    assert "Reopened by Alice on" in html
    assert "A number was wrong" in html
    fresh = Assessment.objects.get()
    assert (fresh.state, fresh.submitted_at, fresh.submitted_by) == ("in_progress", None, None)
    assert {key: str(rating) for key, rating in fresh.ratings().items()} == WORKED_RATINGS
    assert alice.post(submitted.url("submit")).url == submitted.url("submitted")


def test_owner_reopens_too_and_the_executive_does_not(submitted: Assessment, olivia: Client, bob: Client) -> None:
    assert [reopen(bob, submitted), reopen(olivia, submitted)] == [403, 302]


def test_reopening_is_offered_to_who_may(submitted: Assessment, alice: Client, olivia: Client, bob: Client) -> None:
    link = submitted.url("reopen_assessment")
    pages = [each.get(submitted.get_absolute_url()).content.decode() for each in (alice, olivia, bob)]
    assert [link in page for page in pages] == [True, True, False]


def test_reopening_without_a_reason_is_refused(submitted: Assessment, alice: Client) -> None:
    assert reopen(alice, submitted, " ") == 422
    assert Assessment.objects.get().state == "submitted"


def test_assessment_that_is_open_is_left_as_it_is(cast: Cast, alice: Client) -> None:
    assert reopen(alice, cast.assessment) == 302
    assert not cast.assessment.reopenings.exists()


def test_assessment_of_a_closed_round_is_not_reopened(submitted: Assessment, alice: Client) -> None:
    Round.objects.update(state=Round.State.CLOSED)
    assert reopen(alice, submitted) == 403
    assert Assessment.objects.get().state == "submitted"
