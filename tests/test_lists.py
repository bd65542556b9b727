"""Lists ask the database equally often, whether they have one row or two hundred."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.models import Assessment, Round
from people import audit, teams
from people.models import Invitation, Membership, Team, User
from tests.conftest import Cast
from tests.factories import make_member, make_user


def add_teams(cast: Cast, numbers: range) -> list[Team]:
    rows = [Team(organization=cast.organization, slug=f"team-{n}", name=f"Team {n}") for n in numbers]
    return Team.objects.bulk_create(rows)


def add_rounds(cast: Cast, numbers: range) -> None:
    version = cast.assessment.round.version
    rows = [Round(organization=cast.organization, version=version, name=f"Round {n}") for n in numbers]
    Assessment.objects.bulk_create(Assessment(round=row, team=cast.team) for row in Round.objects.bulk_create(rows))


def add_assessments(cast: Cast, numbers: range) -> None:
    rows = [Assessment(round=cast.assessment.round, team=team) for team in add_teams(cast, numbers)]
    Assessment.objects.bulk_create(rows)


def add_people(cast: Cast, numbers: range) -> None:
    users = User.objects.bulk_create(User(email=f"member-{n}@example.org") for n in numbers)
    Membership.objects.bulk_create(Membership(user=user, organization=cast.organization) for user in users)
    later = timezone.now() + timedelta(days=7)
    Invitation.objects.bulk_create(
        Invitation(organization=cast.organization, email=f"i-{n}@example.org", token_hash=str(n), expires_at=later)
        for n in numbers
    )


def add_events(cast: Cast, numbers: range) -> None:
    for _number in numbers:
        audit.record(teams.ARCHIVED, cast.bob, cast.organization, "claims", "Claims")


LISTS: dict[str, Callable[[Cast, range], Any]] = {
    "/o/northwind/": add_rounds,
    "/o/northwind/rounds/": add_rounds,
    "/o/northwind/rounds/new/": add_teams,
    "round": add_assessments,
    "/o/northwind/teams/": add_teams,
    "/o/northwind/people/": add_people,
    "/o/northwind/audit/": add_events,
}


@pytest.mark.parametrize("page", LISTS)
def test_list_asks_the_database_equally_often_for_one_and_two_hundred(
    cast: Cast, page: str, django_assert_num_queries: Any
) -> None:
    olivia = make_user("olivia@example.org")
    make_member(olivia, cast.organization, is_owner=True)
    client = cast.client_of(olivia)
    address = cast.assessment.round.get_absolute_url() if page == "round" else page
    LISTS[page](cast, range(1))
    client.get(address)
    few = queries(client, address)
    LISTS[page](cast, range(1, 200))
    with django_assert_num_queries(few):
        assert client.get(address).status_code == 200


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
