"""Verifying an answer: by another person than who gave it, and only as long as the answer stays. Dora leads the team
beside Alice, Olivia owns the organization."""

import pytest
from django.test import Client

from assessment.models import Answer, Round
from people import audit
from people.models import Event, User
from tests.conftest import Cast
from tests.factories import make_member, make_user


@pytest.fixture
def dora(cast: Cast) -> User:
    dora = make_user("dora@example.org", name="Dora")
    make_member(dora, cast.organization, leads=[cast.team])
    return dora


def answered(cast: Cast, rating: str = "F") -> Answer:
    return cast.assessment.record_answer("a1", by=cast.alice, rating=rating)


def verify(client: Client, cast: Cast, answer: Answer, **data: str) -> int:
    path = cast.assessment.url("verify", answer.statement_key)
    return client.post(path, {"revision": str(answer.revision)} | data).status_code


def verifier(answer: Answer) -> User | None:
    answer.refresh_from_db()
    assert (answer.verified_at is None) == (answer.verified_by is None)
    return answer.verified_by


def test_another_lead_verifies_and_is_led_back_to_the_pillar(cast: Cast, dora: User) -> None:
    answer = answered(cast)
    path = cast.assessment.url("verify", "a1")
    response = cast.client_of(dora).post(path, {"revision": "1"})
    assert response.headers["Location"] == f"{cast.assessment.get_absolute_url()}result/a/#a1"
    assert verifier(answer) == dora
    assert audit.read(Event.objects.latest("pk")).sentence == "Dora verified the answer to a1, Claims, H2 2026."


def test_owner_verifies_what_was_submitted(cast: Cast) -> None:
    olivia = make_user("olivia@example.org")
    make_member(olivia, cast.organization, is_owner=True)
    answer = answered(cast)
    cast.assessment.state = "submitted"
    cast.assessment.save()
    assert verify(cast.client_of(olivia), cast, answer) == 302
    assert verifier(answer) == olivia


def test_who_answered_cannot_verify_it(cast: Cast, alice: Client) -> None:
    answer = answered(cast)
    assert verify(alice, cast, answer) == 403
    assert verifier(answer) is None


def test_executive_reads_and_verifies_nothing(cast: Cast, bob: Client) -> None:
    answer = answered(cast)
    assert verify(bob, cast, answer) == 403
    assert verifier(answer) is None


@pytest.mark.parametrize("rating", ["DK", ""])
def test_what_is_no_answer_cannot_be_verified(cast: Cast, dora: User, rating: str) -> None:
    answer = answered(cast, "F")
    cast.assessment.record_answer("a1", by=cast.alice, rating=rating)
    answer.refresh_from_db()
    assert verify(cast.client_of(dora), cast, answer) == 403


def test_closed_round_takes_no_verification(cast: Cast, dora: User) -> None:
    answer = answered(cast)
    Round.objects.update(state=Round.State.CLOSED)
    assert verify(cast.client_of(dora), cast, answer) == 403
    assert verifier(answer) is None


def test_answer_that_changes_is_no_longer_verified(cast: Cast, dora: User) -> None:
    answer = answered(cast)
    verify(cast.client_of(dora), cast, answer)
    cast.assessment.record_answer("a1", by=cast.alice, rating="F")
    assert verifier(answer) == dora, "nothing was changed"
    cast.assessment.record_answer("a1", by=cast.alice, rating="F", note="Since May")
    assert verifier(answer) is None


def test_answer_changed_since_it_was_looked_at_is_not_verified(cast: Cast, dora: User) -> None:
    client, seen = cast.client_of(dora), answered(cast)
    cast.assessment.record_answer("a1", by=cast.alice, rating="P")
    response = client.post(cast.assessment.url("verify", "a1"), {"revision": str(seen.revision)}, follow=True)
    assert "The answer was changed meanwhile." in response.content.decode()
    assert verifier(seen) is None


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_hostile_revision_verifies_nothing(cast: Cast, dora: User, revision: str) -> None:
    answer = answered(cast)
    assert verify(cast.client_of(dora), cast, answer, revision=revision) == 302
    assert verifier(answer) is None


def test_verification_is_withdrawn(cast: Cast, dora: User) -> None:
    client, answer = cast.client_of(dora), answered(cast)
    verify(client, cast, answer)
    assert verify(client, cast, answer, withdraw="") == 302
    assert verifier(answer) is None
    assert [event.verb for event in Event.objects.order_by("pk")] == ["answered", "verified", "withdrawn"]


def test_verified_twice_is_verified_once(cast: Cast, dora: User) -> None:
    client, answer = cast.client_of(dora), answered(cast)
    assert [verify(client, cast, answer) for _time in range(2)] == [302, 302]
    assert [event.verb for event in Event.objects.order_by("pk")] == ["answered", "verified"]


def test_statement_the_framework_does_not_have_is_not_found(cast: Cast, dora: User) -> None:
    assert cast.client_of(dora).post(cast.assessment.url("verify", "nothing"), {"revision": "0"}).status_code == 404
