"""Closing and reopening a round, as an owner does it. What was stored on closing stays to be downloaded."""

from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, Reopening, Round
from people.models import Membership
from reports import closing
from reports.models import Snapshot
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_member, make_team, make_user


@pytest.fixture
def owner(cast: Cast) -> Client:
    user = make_user("olivia@example.org", name="Olivia")
    make_member(user, cast.organization, is_owner=True)
    return cast.client_of(user)


@pytest.fixture
def round(cast: Cast) -> Round:
    """Claims have submitted, fire has not."""
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    cast.assessment.submit(by=cast.alice)
    make_assessment(team=make_team(organization=cast.organization, slug="fire"), round=cast.assessment.round)
    return cast.assessment.round


def address(round: Round, page: str) -> str:
    return f"{round.get_absolute_url()}{page}/"


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_close_page_says_what_happens_and_does_nothing(round: Round, owner: Client) -> None:
    html = text(owner.get(address(round, "close")))
    assert "1 team has submitted and counts in the result." in html
    assert "left out of the result: <ul><li>Fire</li></ul>" in html
    assert not Round.objects.get().is_closed


def test_owner_closes_the_round(round: Round, owner: Client) -> None:
    assert owner.post(address(round, "close")).url == round.get_absolute_url()
    assert Round.objects.get().is_closed
    assert Snapshot.objects.filter(kind="close").count() == 3
    assert owner.post(address(round, "close")).url == round.get_absolute_url()


def test_reopening_wants_a_reason(round: Round, owner: Client) -> None:
    closing.close(round)
    response = owner.post(address(round, "reopen"), {"reason": " "})
    assert response.status_code == 422
    assert Round.objects.get().is_closed


def test_reopened_round_says_when_by_whom_and_why(round: Round, owner: Client, alice: Client) -> None:
    closing.close(round)
    owner.post(address(round, "reopen"), {"reason": "Fire was on leave"})
    html = text(alice.get(round.get_absolute_url()))
    assert "by Olivia: Fire was on leave" in html
    assert (Round.objects.get().is_closed, Round.objects.get().closed_at) == (False, None)


def test_reopening_hands_back_the_teams_chosen(cast: Cast, round: Round, owner: Client, alice: Client) -> None:
    closing.close(round)
    owner.post(address(round, "reopen"), {"reason": "A mistake", "teams": ["claims"]})
    handed_back = Assessment.objects.get(team=cast.team)
    assert (handed_back.state, handed_back.submitted_at, handed_back.submitted_by) == ("in_progress", None, None)
    assert alice.post(cast.assessment.url("statement", "a1"), {"a1-rating": "P", "a1-revision": "1"}).status_code == 302
    assert handed_back.answers.get(statement_key="a1").rating == "P"


def test_other_teams_stay_submitted(cast: Cast, round: Round, owner: Client, alice: Client) -> None:
    closing.close(round)
    owner.post(address(round, "reopen"), {"reason": "Fire was on leave"})
    assert Assessment.objects.get(team=cast.team).state == "submitted"
    assert alice.post(cast.assessment.url("statement", "a1"), {"a1-rating": "P"}).status_code == 403


def test_team_that_never_submitted_cannot_be_handed_back(round: Round, owner: Client) -> None:
    closing.close(round)
    assert owner.post(address(round, "reopen"), {"reason": "Why not", "teams": ["fire"]}).status_code == 422


def test_report_stored_on_closing_stays_when_the_round_is_reopened_and_closed_again(
    cast: Cast, round: Round, owner: Client, alice: Client
) -> None:
    closing.close(round)
    result = cast.assessment.get_absolute_url() + "result/"
    before = alice.get(cast.assessment.get_absolute_url() + "report.pdf").content
    owner.post(address(round, "reopen"), {"reason": "A mistake", "teams": ["claims"]})
    cast.assessment.refresh_from_db()
    cast.assessment.record_answer("a1", by=cast.alice, rating="N")
    cast.assessment.submit(by=cast.alice)
    owner.post(address(round, "close"))
    snapshot = cast.assessment.snapshots.get(kind="reopened")
    link = f"{cast.assessment.get_absolute_url()}reports/{snapshot.code}.pdf"
    assert f'<a href="{link}">On closing the round, which was reopened' in text(alice.get(result))
    assert alice.get(link).content == before
    assert cast.assessment.snapshots.get(kind="close").report != snapshot.report
    assert Reopening.objects.count() == 1


def test_reopening_an_open_round_does_nothing(cast: Cast, round: Round) -> None:
    closing.reopen(round, reason="Again", by=cast.bob, teams=[cast.team])
    assert not Reopening.objects.exists()
    assert Assessment.objects.get(team=cast.team).state == "submitted"


def test_earlier_report_is_for_readers_of_the_assessment(
    cast: Cast, round: Round, alice: Client, bob: Client, charlie: Client, client: Client
) -> None:
    closing.close(round)
    current = cast.assessment.snapshots.get()
    links = [f"{cast.assessment.get_absolute_url()}reports/{code}.pdf" for code in (current.code, round.code)]
    assert [bob.get(link).status_code for link in links] == [404, 404]
    closing.reopen(round, reason="A mistake", by=cast.bob)
    assert [each.get(links[0]).status_code for each in (alice, bob, charlie)] == [200, 200, 404]
    assert client.get(links[0]).url == f"/accounts/login/?next={links[0]}"
    assert bob.post(links[0]).status_code == 405
    assert charlie.get(links[0].replace("northwind", "southwind")).status_code == 404
    other = Assessment.objects.get(team__slug="fire")
    assert bob.get(f"{other.get_absolute_url()}reports/{current.code}.pdf").status_code == 404
    Membership.objects.get(user=cast.alice).teams.clear()
    assert alice.get(links[0]).status_code == 404
