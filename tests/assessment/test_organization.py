import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessment.models import Assessment, Round
from people.models import Membership, Organization
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_round, make_team


def page(client: Client) -> str:
    return client.get("/o/northwind/").content.decode()


def rows(client: Client) -> list[list[str]]:
    """The text of every cell."""
    found = re.findall(r"<tr.*?>(.*?)</tr>", page(client).split("<tbody", 1)[1], re.DOTALL)
    return [[" ".join(re.sub("<.*?>", "", cell).split()) for cell in re.split(r"</t[dh]>", row)[:-1]] for row in found]


def chosen(client: Client, query: str) -> list[list[str]]:
    """Team and round of each row of a choice."""
    found = re.findall(r"<tr.*?>(.*?)</tr>", client.get(f"/o/northwind/?{query}").content.decode(), re.DOTALL)
    return [[re.sub("<.*?>", "", cell).strip() for cell in re.split(r"</t[dh]>", row)[:2]] for row in found[1:]]


def primary(client: Client, slug: str = "northwind") -> list[tuple[str, str]]:
    """What the page offers first: address and words."""
    html = client.get(f"/o/{slug}/").content.decode()
    return re.findall(r'class="btn btn-primary" href="(.*?)">(.*?)<', html)


def test_organization_shows_what_has_been_answered(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="DK")
    assert rows(alice) == [
        ["Claims", "H2 2026", "Worked example 1.0", "In progress", "1 of 5", "–", "Answer for Claims in H2 2026"]
    ]


def test_organization_shows_readers_the_way_to_the_result(cast: Cast, bob: Client) -> None:
    assert rows(bob)[0][3:] == ["Not yet started", "0 of 5", "–", "Result of Claims in H2 2026"]
    assert f'<a href="{cast.assessment.get_absolute_url()}result/">' in page(bob)


def test_organization_shows_level_and_file_once_submitted(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    assert rows(alice)[0][5] == "–"
    cast.assessment.submit(by=cast.alice)
    Assessment.objects.update(submitted_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    submitted, answered, level, links = rows(alice)[0][3:]
    assert (submitted, answered, level) == ("Submitted 20 Nov 2026", "5 of 5", "2")
    assert links == "Result of Claims in H2 2026 PDF of Claims in H2 2026"


def test_organization_says_when_answers_are_due(cast: Cast, alice: Client) -> None:
    Round.objects.update(due_on=date(2027, 5, 31))
    assert rows(alice)[0][3] == "Not yet started due on 31 May 2027"


def test_what_waits_for_ninety_days_is_paused(cast: Cast, alice: Client) -> None:
    Round.objects.update(opened_at=timezone.now() - timedelta(days=91))
    assert rows(alice)[0][3] == "Paused"


def test_lead_sees_the_own_team_and_an_executive_every_team(cast: Cast, alice: Client, bob: Client) -> None:
    make_assessment(team=make_team(organization=cast.organization, slug="underwriting"), round=cast.assessment.round)
    assert [row[0] for row in rows(alice)] == ["Claims"]
    assert [row[0] for row in rows(bob)] == ["Claims", "Underwriting"]


@pytest.fixture
def three(cast: Cast) -> None:
    """Claims in an older closed round and in the open one, where underwriting has submitted."""
    version = cast.assessment.round.version
    older = make_round(organization=cast.organization, version=version, name="H1 2026", state="closed")
    Round.objects.filter(pk=older.pk).update(opened_at=datetime(2026, 1, 1, tzinfo=UTC))
    make_assessment(team=cast.team, round=older)
    other = make_team(organization=cast.organization, slug="underwriting")
    make_assessment(team=other, round=cast.assessment.round, ratings=WORKED_RATINGS).submit(by=cast.bob)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [["Claims", "H2 2026"], ["Underwriting", "H2 2026"], ["Claims", "H1 2026"]]),
        ("team=claims", [["Claims", "H2 2026"], ["Claims", "H1 2026"]]),
        ("state=open", [["Claims", "H2 2026"]]),
        ("state=submitted", [["Underwriting", "H2 2026"]]),
        ("state=missed", [["Claims", "H1 2026"]]),
        ("framework=worked-example&team=underwriting", [["Underwriting", "H2 2026"]]),
        ("team=claims&state=submitted", []),
    ],
)
def test_assessments_are_chosen_by_what_the_address_says(bob: Client, query: str, found: list[list[str]]) -> None:
    assert chosen(bob, query) == found


@pytest.mark.usefixtures("three")
def test_assessments_are_chosen_by_round(cast: Cast, bob: Client) -> None:
    assert chosen(bob, f"round={Round.objects.get(name='H1 2026').code}") == [["Claims", "H1 2026"]]


@pytest.mark.parametrize("query", ["team=sales", "state=none", "round=none", "framework=none"])
def test_choice_that_is_none_is_refused(bob: Client, query: str) -> None:
    response = bob.get(f"/o/northwind/?{query}")
    assert response.status_code == 422
    assert "No assessment is like that." in response.content.decode()


def test_lead_chooses_only_from_what_the_own_teams_have(cast: Cast, alice: Client) -> None:
    version = cast.assessment.round.version
    other = make_team(organization=cast.organization, slug="underwriting")
    make_assessment(team=other, round=make_round(organization=cast.organization, version=version, name="Secret"))
    assert re.findall(r"<option value=.*?>(.*?)</option>", page(alice)) == [
        *("Every team", "Claims", "Every round", "H2 2026", "Every framework", "Worked example"),
        *("Every state", "To be answered", "Submitted", "Not submitted"),
    ]


def test_list_has_pages_of_twenty_five_that_keep_the_choice(cast: Cast, bob: Client) -> None:
    for number in range(26):
        team = make_team(organization=cast.organization, slug=f"team-{number:02}")
        make_assessment(team=team, round=cast.assessment.round)
    assert len(chosen(bob, "state=open")) == 25
    assert chosen(bob, "state=open&page=2") == [["Team-24", "H2 2026"], ["Team-25", "H2 2026"]]
    assert 'rel="next" href="?state=open&amp;page=2"' in bob.get("/o/northwind/?state=open").content.decode()


def test_newest_round_comes_first(cast: Cast, bob: Client) -> None:
    Round.objects.update(opened_at=datetime(2026, 4, 1, tzinfo=UTC))
    newer = make_round(organization=cast.organization, version=cast.assessment.round.version, name="H1 2027")
    make_assessment(team=cast.team, round=newer)
    assert [row[1] for row in rows(bob)] == ["H1 2027", "H2 2026"]


def test_everybody_is_offered_what_they_do_next(cast: Cast, alice: Client, bob: Client) -> None:
    round = cast.assessment.round
    assert primary(alice) == [(cast.assessment.get_absolute_url(), "Continue: Claims, 0 of 5 answered")]
    assert primary(bob) == [(f"{round.get_absolute_url()}result/", "Result of all teams in H2 2026")]
    Membership.objects.filter(user=cast.bob).update(is_owner=True)
    assert primary(bob) == [("/o/northwind/rounds/new/", "Open a round")]


def test_owner_of_a_new_organization_is_led_to_teams_and_then_to_a_round(cast: Cast, charlie: Client) -> None:
    assert primary(charlie, "southwind") == [("/o/southwind/teams/new/", "Add a team")]
    make_team(organization=Organization.objects.get(slug="southwind"), slug="sales")
    assert primary(charlie, "southwind") == [("/o/southwind/rounds/new/", "Open a round")]


def test_member_without_a_round_is_told_who_opens_one(cast: Cast, charlie: Client) -> None:
    Membership.objects.filter(user=cast.charlie).update(is_owner=False, is_executive=True)
    assert "No round has been opened for you yet." in charlie.get("/o/southwind/").content.decode()
    assert primary(charlie, "southwind") == []


def test_header_leads_everybody_where_they_may_go(cast: Cast, alice: Client, bob: Client, charlie: Client) -> None:
    def header(client: Client, path: str) -> list[str]:
        nav = client.get(path).content.decode().split('aria-label="Main"', 1)[1].split("</nav>", 1)[0]
        return re.findall(r'<a href="([^"]*)"', nav)

    everybody = ["/o/northwind/", "/o/northwind/rounds/", "/frameworks/"]
    assert [header(client, "/o/northwind/") for client in (alice, bob)] == [everybody, everybody]
    ends = ["", "rounds/", "teams/", "people/", "settings/"]
    assert header(charlie, "/o/southwind/people/") == [*(f"/o/southwind/{end}" for end in ends), "/frameworks/"]


@pytest.mark.parametrize("assessments", [1, 30])
def test_organization_asks_the_database_equally_often_for_one_and_thirty_assessments(
    cast: Cast, bob: Client, django_assert_num_queries: Any, assessments: int
) -> None:
    for number in range(assessments - 1):
        team = make_team(organization=cast.organization, slug=f"team-{number}")
        made = make_assessment(team=team, round=cast.assessment.round, ratings=WORKED_RATINGS)
        made.submit(by=cast.bob)
    page(bob)
    with django_assert_num_queries(11):
        assert len(rows(bob)) == min(assessments, 25)
