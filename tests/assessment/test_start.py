import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessment.models import Assessment, Round
from people.models import Membership
from tests.conftest import Cast
from tests.factories import (
    make_assessment,
    make_member,
    make_organization,
    make_round,
    make_team,
    make_user,
    make_version,
)


def start(client: Client) -> str:
    return client.get("/").content.decode()


def continues(client: Client) -> list[str]:
    """Where the page leads somebody who has something to answer."""
    return re.findall(r'btn-primary" href="(.*?)">(Continue.*?)<', start(client))


@pytest.mark.django_db
def test_start_without_a_framework_says_so_and_offers_operators_alone_to_publish_one(client: Client) -> None:
    assert "No framework is published yet" in start(client)
    assert "manage.py load_frameworks" not in start(client)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert "manage.py load_frameworks" in start(client)


@pytest.mark.django_db
def test_start_names_the_published_models(client: Client) -> None:
    make_version()
    assert '<a href="/frameworks/worked-example/">Worked example</a>' in start(client)
    assert "2 levels, 2 pillars, 5 statements, about 3 minutes" in start(client)


@pytest.mark.django_db
@pytest.mark.parametrize("sign_up", [True, False])
def test_start_for_somebody_without_an_organization_says_what_to_do(
    client: Client, settings: Any, sign_up: bool
) -> None:
    settings.SIGN_UP = sign_up
    client.force_login(make_user())
    assert "Ask an owner of yours to invite alice@example.org" in start(client)
    assert ('href="/organizations/new/"' in start(client)) is sign_up


def test_start_for_somebody_who_has_left_every_organization_is_the_same(cast: Cast, alice: Client) -> None:
    Membership.objects.filter(user=cast.alice).delete()
    assert "You belong to no organization." in start(alice)
    assert continues(alice) == []


def test_start_for_somebody_not_signed_in_names_no_organization(cast: Cast, client: Client) -> None:
    assert "Northwind" not in start(client)
    assert '<a class="btn btn-primary" href="/accounts/login/">Sign in</a>' in start(client)


def test_start_shows_the_organizations_of_the_person_alone(alice: Client, charlie: Client) -> None:
    assert re.findall(r'<h3><a href="/o/(.*?)/">', start(alice)) == ["northwind"]
    assert re.findall(r'<h3><a href="/o/(.*?)/">', start(charlie)) == ["southwind"]


def test_start_leads_a_lead_to_the_open_assessment_and_nobody_else(cast: Cast, alice: Client, bob: Client) -> None:
    assert continues(alice) == [(cast.assessment.get_absolute_url(), "Continue: Claims, 0 of 5 answered")]
    assert continues(bob) == []


def test_start_leads_to_the_newest_round(cast: Cast, alice: Client) -> None:
    newer = make_round(organization=cast.organization, version=cast.assessment.round.version, name="H1 2027")
    make_assessment(team=cast.team, round=newer, ratings={"a1": "F", "a2": "DK"})
    assert [text for _path, text in continues(alice)] == ["Continue: Claims, 2 of 5 answered"]


@pytest.mark.parametrize(
    "ended",
    [
        lambda: Round.objects.update(state=Round.State.CLOSED),
        lambda: Assessment.objects.update(state=Assessment.State.SUBMITTED, submitted_at=timezone.now()),
    ],
)
def test_start_leads_to_nothing_that_is_over(alice: Client, ended: Any) -> None:
    ended()
    assert continues(alice) == []


@pytest.mark.parametrize("organizations", [1, 30])
def test_start_asks_the_database_equally_often_for_one_and_thirty_organizations(
    db: None, client: Client, django_assert_num_queries: Any, organizations: int
) -> None:
    alice, version = make_user(), make_version()
    for number in range(organizations):
        organization = make_organization(f"north-{number}")
        team = make_team(organization=organization)
        make_member(alice, organization, leads=[team])
        make_assessment(team=team, round=make_round(organization=organization, version=version))
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    start(client)
    with django_assert_num_queries(5):
        start(client)
