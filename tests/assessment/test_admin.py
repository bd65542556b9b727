"""What assessments add to the administration of frameworks."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from frameworks.drafting import draft_from
from frameworks.models import Version
from tests.conftest import Cast
from tests.factories import make_assessment, make_organization, make_round, make_team, make_user, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None) -> Client:
    return Cast.client_of(make_user("root@example.org", is_staff=True, is_superuser=True))


def submitted(version: Version, *teams: dict[str, str]) -> None:
    """A round in which each team said so much."""
    organization = make_organization(f"org-{version.pk}")
    round = make_round(organization=organization, version=version)
    for number, ratings in enumerate(teams):
        team = make_team(organization=organization, slug=f"team-{number}")
        make_assessment(team=team, round=round, ratings=ratings, state="submitted", submitted_at=timezone.now())


def answered(client: Client, version: Version) -> str:
    return client.get(reverse("admin:frameworks_version_answered", args=[version.pk])).content.decode()


def test_list_counts_the_assessments_of_each_version(operator: Client) -> None:
    version = make_version()
    submitted(version, {"a1": "F"}, {"a1": "F"})
    draft_from(version)
    html = operator.get("/admin/frameworks/version/").content.decode()
    assert re.findall(r'<td class="field-used">(\d+)</td>', html) == ["2", "0"]


def test_statements_that_five_teams_answered_are_told_and_no_others(operator: Client) -> None:
    version = make_version()
    submitted(version, *[{"a1": "DK", "a2": "L"}] * 2, *[{"a1": "F", "a2": "L"}] * 2, {"a1": "F"})
    found = re.findall(r"<td>([\w, .]+)</td>", answered(operator, version))
    assert found == ["5", "2", "0", "0, 0, 0, 3", "0.0", "many do not know, all answer alike"]


def test_four_teams_tell_nothing(operator: Client) -> None:
    version = make_version()
    submitted(version, *[{"a1": "DK"}] * 4)
    assert "Not enough teams have submitted yet." in answered(operator, version)


def test_draft_shows_how_the_version_before_was_answered(operator: Client) -> None:
    version = make_version()
    submitted(version, *[{"a1": "DK"}] * 5)
    made = draft_from(version)
    assert "many do not know" in answered(operator, made)
    page = operator.get(reverse("admin:frameworks_version_publish", args=[made.pk])).content.decode()
    assert "1 statement was answered in a way that wants a look." in page


@pytest.mark.parametrize("teams", [5, 30])
def test_figures_ask_the_database_equally_often(operator: Client, django_assert_num_queries: Any, teams: int) -> None:
    version = make_version()
    submitted(version, *[{"a1": "F"}] * teams)
    answered(operator, version)
    with django_assert_num_queries(4):
        answered(operator, version)
