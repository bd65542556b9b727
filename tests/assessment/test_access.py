"""What changes who gets in where, from one request to the next. Alice leads the team and answers, Bob reads.

Who gets in at all is one table for all addresses, tests/access/matrix.txt; every new address gets its line there."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessment.models import Answer, Assessment, Round
from people.models import Membership
from tests.conftest import Cast

WRITING = ["scope", "statement", "pillar", "submit"]
READING = ["assessment", "check", "submitted"]
ARGUMENTS = {"statement": ["a1"], "pillar": ["a"]}
VALID = {"a1-rating": "F", "systems": "The claims assistant"}


def address(name: str, assessment: Assessment) -> str:
    return assessment.url(name, *ARGUMENTS.get(name, []))


def write(client: Client, name: str, assessment: Assessment) -> HttpResponse:
    return client.post(address(name, assessment), VALID)


@pytest.fixture
def submitted(cast: Cast) -> Assessment:
    cast.assessment.state = Assessment.State.SUBMITTED
    cast.assessment.submitted_at = timezone.now()
    cast.assessment.save()
    return cast.assessment


def test_reader_who_writes_is_told_who_may(cast: Cast, bob: Client) -> None:
    response = write(bob, "statement", cast.assessment)
    assert response.status_code == 403
    assert "Only a lead of this team fills in its assessment." in response.content.decode()


@pytest.mark.parametrize("name", ["statement", "pillar"])
def test_page_with_answers_offers_fields_to_the_lead_alone(cast: Cast, alice: Client, bob: Client, name: str) -> None:
    pages = [client.get(address(name, cast.assessment)).content.decode() for client in (alice, bob)]
    assert ["<textarea" in page for page in pages] == [True, False]


def test_who_leaves_an_organization_is_out_on_the_next_request(cast: Cast, alice: Client) -> None:
    assert [alice.get(address(name, cast.assessment)).status_code for name in READING] == [200, 200, 302]
    Membership.objects.filter(user=cast.alice).delete()
    assert [alice.get(address(name, cast.assessment)).status_code for name in READING] == [404, 404, 404]
    assert [write(alice, name, cast.assessment).status_code for name in WRITING] == [404, 404, 404, 404]


def test_who_stops_leading_a_team_reads_it_no_longer(cast: Cast, alice: Client) -> None:
    pages = [cast.assessment.get_absolute_url(), cast.assessment.round.get_absolute_url()]
    assert [alice.get(page).status_code for page in pages] == [200, 200]
    Membership.objects.get(user=cast.alice).teams.clear()
    assert [alice.get(page).status_code for page in pages] == [404, 404]


def test_who_stops_being_an_executive_reads_the_result_of_all_teams_no_longer(cast: Cast, bob: Client) -> None:
    page = f"{cast.assessment.round.get_absolute_url()}result/"
    assert bob.get(page).status_code == 200
    Membership.objects.filter(user=cast.bob).update(is_executive=False)
    assert bob.get(page).status_code == 404


def test_owner_who_becomes_an_executive_changes_nothing_more(cast: Cast, bob: Client) -> None:
    Membership.objects.filter(user=cast.bob).update(is_owner=True)
    page = f"{cast.assessment.round.get_absolute_url()}change/"
    assert bob.get(page).status_code == 200
    Membership.objects.filter(user=cast.bob).update(is_owner=False)
    assert bob.post(page, {"decision": "Fund it"}).status_code == 403


def test_executive_who_leads_the_team_answers(cast: Cast, bob: Client) -> None:
    Membership.objects.get(user=cast.bob).teams.add(cast.team)
    assert write(bob, "statement", cast.assessment).status_code == 302


@pytest.mark.parametrize("name", WRITING)
def test_submitted_assessment_refuses_the_lead_and_stays(submitted: Assessment, alice: Client, name: str) -> None:
    response = write(alice, name, submitted)
    assert response.status_code == 403
    assert (
        "This assessment was submitted or its round is closed, so nothing in it changes." in response.content.decode()
    )
    assert not Answer.objects.exists()
    assert Assessment.objects.values_list("revision", "systems").get() == (0, "")


@pytest.mark.parametrize("name", WRITING)
def test_closed_round_refuses_the_lead_and_stays(cast: Cast, alice: Client, name: str) -> None:
    Round.objects.update(state=Round.State.CLOSED)
    assert write(alice, name, cast.assessment).status_code == 403
    assert not Answer.objects.exists()
    assert Assessment.objects.values_list("revision", "systems", "state").get() == (0, "", "in_progress")


@pytest.mark.parametrize("name", ["assessment", "statement", "check"])
def test_header_leads_on_from_every_page_of_an_assessment(cast: Cast, alice: Client, name: str) -> None:
    html = alice.get(address(name, cast.assessment)).content.decode()
    assert '<a href="/o/northwind/" aria-current="true">Assessments</a>' in html
