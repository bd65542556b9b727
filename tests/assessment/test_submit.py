import pytest
from django.test import Client

from assessment.models import Assessment
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS


@pytest.fixture
def answered(cast: Cast) -> Assessment:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    return cast.assessment


def test_submitting_all_answers_keeps_when_and_by_whom(cast: Cast, answered: Assessment, alice: Client) -> None:
    response = alice.post(answered.url("submit"))
    assert response.url == answered.url("submitted")
    kept = Assessment.objects.get()
    assert (kept.state, kept.submitted_by, kept.submitted_at is None) == ("submitted", cast.alice, False)


def test_submitting_with_an_open_statement_is_refused_and_changes_nothing(
    cast: Cast, answered: Assessment, alice: Client
) -> None:
    answered.answers.filter(statement_key="b2").delete()
    response = alice.post(answered.url("submit"), follow=True)
    assert response.redirect_chain == [(answered.url("check"), 302)]
    assert "1 statement has no answer yet." in response.content.decode()
    kept = Assessment.objects.get()
    assert (kept.state, kept.submitted_by, kept.submitted_at) == ("in_progress", None, None)


def test_not_knowing_counts_as_answered_for_submitting(cast: Cast, answered: Assessment, alice: Client) -> None:
    answered.record_answer("b2", by=cast.alice, rating="DK")
    assert alice.post(answered.url("submit")).url == answered.url("submitted")


def test_second_submit_is_refused_and_changes_nothing(answered: Assessment, alice: Client) -> None:
    alice.post(answered.url("submit"))
    before = Assessment.objects.values().get()
    assert alice.post(answered.url("submit")).status_code == 403
    assert Assessment.objects.values().get() == before


def test_submitting_needs_a_post(answered: Assessment, alice: Client) -> None:
    assert alice.get(answered.url("submit")).status_code == 405
    assert Assessment.objects.get().state == "in_progress"


def test_submitting_needs_the_token_of_the_form(cast: Cast, answered: Assessment) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(answered.url("submit")).status_code == 403
    assert Assessment.objects.get().state == "in_progress"
