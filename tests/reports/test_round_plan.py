"""The plan of a round: the same action once for all teams. Olivia owns the organization, Bob reads."""

import re
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, PlannedAction, Round
from reports import wording
from tests.conftest import Cast
from tests.factories import make_assessment, make_bundled_version, make_member, make_round, make_team, make_user


@pytest.fixture
def olivia(cast: Cast) -> Client:
    owner = make_user("olivia@example.org", name="Olivia")
    make_member(owner, cast.organization, is_owner=True)
    return cast.client_of(owner)


def answered(cast: Cast, teams: int = 3) -> Round:
    """All teams have everything partly in place, but the last, which has everything."""
    round = make_round(organization=cast.organization, version=make_bundled_version(), name="Full")
    for number in range(teams):
        rating = "F" if teams > 1 and number == teams - 1 else "P"
        team = make_team(organization=cast.organization, slug=f"team-{number}")
        ratings = dict.fromkeys(round.version.definition().statements, rating)
        make_assessment(team=team, round=round, ratings=ratings).submit(by=cast.alice)
    return round


def page(client: Client, round: Round) -> str:
    html = client.get(f"/o/northwind/rounds/{round.code}/plan/").content.decode()
    return html.replace(wording.NBSP, " ")


def offered(html: str) -> list[str]:
    return re.findall(r'name="action" value="([\w-]+)"', html)


def test_library_says_how_many_teams_an_action_helps(cast: Cast, olivia: Client, bob: Client) -> None:
    round = answered(cast)
    html = page(olivia, round)
    assert len(offered(html)) == len(set(offered(html))) > 3
    assert "Closes gaps in 2 of 3 teams, and for 2 of them something in the way of the next level." in html
    assert offered(page(bob, round)) == []


def test_action_of_the_round_is_one_row_with_one_owner(cast: Cast, olivia: Client, bob: Client) -> None:
    round = answered(cast)
    path = f"/o/northwind/rounds/{round.code}/plan/"
    first = offered(page(olivia, round))[0]
    assert olivia.post(path, {"action": [first]}).status_code == 302
    row = PlannedAction.objects.get()
    assert (row.round, row.assessment, row.action) == (round, None, first)
    filled = {"title": row.title, "person": cast.bob.pk, "starts_on": row.starts_on, "due_on": row.due_on}
    olivia.post(f"{path}{row.code}/", filled | {"state": "doing", "effort": "2", "revision": "0"})
    html = page(bob, round)
    assert first not in offered(page(olivia, round))
    assert html.count(f"<h3>{row.title}</h3>") == 1
    assert "Bob" in html
    assert "Closes gaps in 2 of 3 teams" in html.split(f'id="{row.code}"')[1]


def test_owner_writes_an_action_for_all(cast: Cast, olivia: Client) -> None:
    round = answered(cast)
    filled = {"title": "Ours", "starts_on": "2026-11-01", "due_on": "2027-01-31", "state": "planned", "effort": "1"}
    assert olivia.post(f"/o/northwind/rounds/{round.code}/plan/new/", filled).status_code == 302
    assert "<h3>Ours</h3>" in page(olivia, round)


def test_plan_before_the_first_team_submits_says_so(cast: Cast, bob: Client) -> None:
    assert "As soon as a team submits" in page(bob, cast.assessment.round)


def test_plan_of_a_team_does_not_show_in_that_of_the_round(cast: Cast, olivia: Client) -> None:
    round = answered(cast)
    assessment = Assessment.objects.filter(round=round).with_everything().order_by("pk")[0]
    first = offered(page(olivia, round))[0]
    olivia.post(f"{assessment.get_absolute_url()}plan/", {"action": [first]})
    assert PlannedAction.objects.get().assessment == assessment
    assert first in offered(page(olivia, round))


@pytest.mark.parametrize("teams", [1, 10])
def test_plan_asks_the_database_equally_often_for_one_and_ten_teams(
    cast: Cast, bob: Client, django_assert_num_queries: Any, teams: int
) -> None:
    round = answered(cast, teams)
    page(bob, round)
    with django_assert_num_queries(10):
        page(bob, round)
