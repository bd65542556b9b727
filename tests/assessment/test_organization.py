import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from assessment.models import Assessment, Round
from tests.conftest import Cast
from tests.factories import WORKED_RATINGS, make_assessment, make_round, make_team


def page(client: Client) -> str:
    return client.get("/o/northwind/").content.decode()


def rows(client: Client) -> list[list[str]]:
    """The text of every cell."""
    found = re.findall(r"<tr.*?>(.*?)</tr>", page(client).split("<tbody", 1)[1], re.DOTALL)
    return [[" ".join(re.sub("<.*?>", "", cell).split()) for cell in re.split(r"</t[dh]>", row)[:-1]] for row in found]


def test_organization_shows_what_has_been_answered(cast: Cast, alice: Client) -> None:
    cast.assessment.record_answer("a1", by=cast.alice, rating="DK")
    assert rows(alice) == [["Claims", "In progress", "1 of 5", "–", "–", "Answer for Claims"]]


def test_organization_shows_readers_the_way_to_the_result(cast: Cast, bob: Client) -> None:
    assert rows(bob) == [["Claims", "Not yet started", "0 of 5", "–", "–", "Result of Claims"]]
    assert f'<a href="{cast.assessment.get_absolute_url()}result/">' in page(bob)


def test_organization_shows_the_level_once_submitted(cast: Cast, alice: Client) -> None:
    for key, rating in WORKED_RATINGS.items():
        cast.assessment.record_answer(key, by=cast.alice, rating=rating)
    assert rows(alice)[0][4] == "–"
    cast.assessment.submit(by=cast.alice)
    Assessment.objects.update(submitted_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert rows(alice) == [["Claims", "Submitted", "5 of 5", "20 Nov 2026", "2", "Result of Claims"]]


def test_lead_sees_the_own_team_and_an_executive_every_team(cast: Cast, alice: Client, bob: Client) -> None:
    make_assessment(team=make_team(organization=cast.organization, slug="underwriting"), round=cast.assessment.round)
    assert [row[0] for row in rows(alice)] == ["Claims"]
    assert [row[0] for row in rows(bob)] == ["Claims", "Underwriting"]


def test_result_of_all_teams_is_offered_to_an_executive_and_not_to_a_lead(
    cast: Cast, alice: Client, bob: Client
) -> None:
    link = f'<a href="/o/northwind/rounds/{cast.assessment.round.code}/result/">'
    assert [link in page(client) for client in (alice, bob)] == [False, True]


def test_newest_round_comes_first_with_its_dates(cast: Cast, bob: Client) -> None:
    Round.objects.update(
        state="closed", closed_at=datetime(2026, 6, 2, tzinfo=UTC), opened_at=datetime(2026, 4, 1, tzinfo=UTC)
    )
    version = cast.assessment.round.version
    newer = make_round(organization=cast.organization, version=version, name="H1 2027", due_on=date(2027, 5, 31))
    make_assessment(team=cast.team, round=newer)
    assert re.findall(r"<h2 id=.*?>(.*?)</h2>", page(bob)) == ["H1 2027", "H2 2026"]
    assert re.findall(r"Worked example 1.0,\s+(.*?)\s+<", page(bob)) == [
        "open, due on 31 May 2027",
        "closed on 2 Jun 2026",
    ]


def test_organization_without_a_round_says_who_opens_one(charlie: Client) -> None:
    assert "No round has been opened for you yet." in charlie.get("/o/southwind/").content.decode()


@pytest.mark.parametrize("assessments", [1, 30])
def test_organization_asks_the_database_equally_often_for_one_and_thirty_assessments(
    cast: Cast, bob: Client, django_assert_num_queries: Any, assessments: int
) -> None:
    for number in range(assessments - 1):
        team = make_team(organization=cast.organization, slug=f"team-{number}")
        made = make_assessment(team=team, round=cast.assessment.round, ratings=WORKED_RATINGS)
        made.submit(by=cast.bob)
    page(bob)
    with django_assert_num_queries(6):
        assert len(rows(bob)) == assessments
